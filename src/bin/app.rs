//! The page, and the simulator in its worker: the same module, started in both places.

fn main() -> Result<(), wasm_bindgen::JsValue> {
    if !stdp_playground::worker::start()? {
        stdp_playground::view::start();
    }
    Ok(())
}
