//! The simulator's module: in a worker it listens at once; elsewhere it waits to be used.

fn main() -> Result<(), wasm_bindgen::JsValue> {
    stdp_playground::worker::start()
}
