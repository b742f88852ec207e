//! The simulator in a Web Worker.

fn main() -> Result<(), wasm_bindgen::JsValue> {
    stdp_playground::worker::start()
}
