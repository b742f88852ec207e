//! The simulator's module: bytes in, bytes out. In a Web Worker they are transferred and not copied, see
//! `public/worker-start.js`; where workers are refused, the page loads the module beside itself and uses [`Beside`].
//!
//! It also runs one link step by step for whoever loads it without a worker around it
//! (Node, for the test that all platforms agree, and for the benchmark).

use std::rc::Rc;

use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::experiments::{self, REGISTRY};
use crate::lab::{Session, link};
use crate::pump::Pump;
use crate::wire::{self, Command, Event};

/// Slices of this length let commands be heard well within 100 ms.
const SLICE_MS: f64 = 12.0;
/// Beside the page they are shorter: it has to draw as well.
const BESIDE_SLICE_MS: f64 = 8.0;

/// Starts listening, if this is a worker.
///
/// # Errors
/// What the browser says if it lacks something.
pub fn start() -> Result<(), JsValue> {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return Ok(());
    };
    report_panics();
    let out = scope.clone();
    let pump = Pump::new(SLICE_MS, move |event| post(&out, &event))?;
    let inbox = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        let bytes = Uint8Array::new(&message.data()).to_vec();
        match wire::decode::<Command>(&bytes) {
            Ok(command) => pump.command(command),
            Err(error) => web_sys::console::error_1(&error.into()),
        }
    });
    scope.set_onmessage(Some(inbox.as_ref().unchecked_ref()));
    inbox.forget();
    post(&scope, &Event::Hello { protocol: wire::PROTOCOL });
    Ok(())
}

fn post(scope: &DedicatedWorkerGlobalScope, event: &Event) {
    let bytes = Uint8Array::from(&wire::encode(event)[..]);
    let transfer = Array::of1(&bytes.buffer());
    if let Err(error) = scope.post_message_with_transfer(&bytes.buffer(), &transfer) {
        web_sys::console::error_1(&error);
    }
}

/// Sends the text of a panic as a string, which no event is, before the worker dies of it.
fn report_panics() {
    std::panic::set_hook(Box::new(|info| {
        if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
            _ = scope.post_message(&JsValue::from_str(&info.to_string()));
        }
        console_error_panic_hook::hook(info);
    }));
}

/// The simulator in the page itself.
#[wasm_bindgen]
pub struct Beside(Rc<Pump>);

#[wasm_bindgen]
impl Beside {
    /// A simulator that calls `on_event` with the bytes of its events.
    ///
    /// # Errors
    /// What the browser says if it lacks something.
    #[wasm_bindgen(constructor)]
    pub fn new(on_event: Function) -> Result<Self, JsValue> {
        let tell = move |event| {
            let bytes = Uint8Array::from(&wire::encode(&event)[..]);
            // Whoever listens there reports by itself what goes wrong.
            _ = on_event.call1(&JsValue::NULL, &bytes);
        };
        Pump::new(BESIDE_SLICE_MS, tell).map(Self)
    }

    /// Takes the bytes of a command.
    pub fn send(&self, command: &[u8]) {
        match wire::decode::<Command>(command) {
            Ok(command) => self.0.command(command),
            Err(error) => web_sys::console::error_1(&error.into()),
        }
    }
}

/// One run, step by step, for callers without a worker.
#[wasm_bindgen]
pub struct LinkRun(Session);

#[wasm_bindgen]
impl LinkRun {
    /// The run of `link` at its first tick.
    #[wasm_bindgen(constructor)]
    pub fn new(link: &str) -> Self {
        Self(Session::new(link::parse(link, REGISTRY).0.spec, experiments::build))
    }

    /// Does up to `ticks` steps; false once the run is over.
    pub fn step(&mut self, ticks: u32) -> bool {
        self.0.tick_times(u64::from(ticks));
        !self.0.is_over()
    }

    /// Of everything so far.
    pub fn fingerprint(&self) -> String {
        self.0.runner.fingerprint().to_string()
    }

    /// Why it stopped before its end, if it did.
    pub fn fault(&self) -> Option<String> {
        self.0.runner.fault().map(|fault| fault.to_string())
    }

    /// Simulated milliseconds so far.
    #[wasm_bindgen(js_name = simMs)]
    pub fn sim_ms(&self) -> f64 {
        self.0.sim_ms()
    }
}

/// All presets, as links that [`LinkRun`] takes.
#[wasm_bindgen(js_name = allPresets)]
pub fn all_presets() -> Vec<String> {
    let entries = REGISTRY.0.iter();
    entries
        .flat_map(|entry| entry.presets.iter().map(|p| format!("{}/{}", entry.id, p.id)))
        .collect()
}
