//! The simulator in the page's own thread, for where workers are refused. The page loads the worker's
//! module for it, so that it does not have to carry a simulator that it hardly ever needs.

use std::rc::Rc;

use js_sys::{Function, Uint8Array};
use wasm_bindgen::prelude::*;

use super::encoded;
use crate::pump::Pump;
use crate::wire;

/// Slices in the page are shorter than in a worker: it has to draw as well.
const SLICE_MS: f64 = 8.0;

/// A host beside the page.
#[wasm_bindgen]
pub struct InPage(Rc<Pump>);

#[wasm_bindgen]
impl InPage {
    /// Calls `on_event` with the bytes of every event.
    ///
    /// # Errors
    /// What the browser says if it lacks something.
    #[wasm_bindgen(constructor)]
    pub fn new(on_event: Function) -> Result<Self, JsValue> {
        let pump = Pump::new(SLICE_MS, move |event| {
            if let Err(error) = on_event.call1(&JsValue::NULL, &encoded(&event)) {
                web_sys::console::error_1(&error);
            }
        })?;
        Ok(Self(pump))
    }

    /// Takes the bytes of a command.
    pub fn command(&self, bytes: &Uint8Array) {
        match wire::decode(&bytes.to_vec()) {
            Ok(command) => self.0.command(command),
            Err(error) => web_sys::console::error_1(&error.into()),
        }
    }
}
