//! Where the simulator runs: in a worker, or in the page itself where workers are refused (sandboxed
//! frames, old browsers, `file:`). Either way the page sends commands and gets events.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::pump::Pump;
use crate::wire::{self, Command, Event, PROTOCOL};

/// Slices in the page are shorter than in a worker: it has to draw as well.
const SLICE_MS: f64 = 8.0;
/// A worker that has not said Hello by then is not going to.
const HELLO_TIMEOUT_MS: i32 = 8_000;

/// The running simulator.
#[derive(Clone)]
pub enum Engine {
    /// In a worker.
    Worker(Rc<Remote>),
    /// In the page.
    Local(Rc<Pump>),
}

/// A worker and the closures it calls.
pub struct Remote {
    worker: Worker,
    outbox: Rc<Outbox>,
    _inbox: Closure<dyn Fn(MessageEvent)>,
    _errors: Closure<dyn Fn(ErrorEvent)>,
}

/// Commands for a worker. Until it has said Hello nobody listens there, and a message would be lost.
struct Outbox {
    worker: Worker,
    is_up: Cell<bool>,
    waiting: RefCell<Vec<Command>>,
}

impl Outbox {
    fn send(&self, command: Command) {
        if !self.is_up.get() {
            self.waiting.borrow_mut().push(command);
            return;
        }
        let bytes = Uint8Array::from(&wire::encode(&command)[..]).buffer();
        // A worker that cannot be reached is found out by the watchdog.
        _ = self.worker.post_message_with_transfer(&bytes, &Array::of1(&bytes));
    }

    fn open(&self) {
        self.is_up.set(true);
        for command in self.waiting.take() {
            self.send(command);
        }
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Engine {
    /// Starts a worker; falls back to the page if the browser will not have one at all. `on_death` gets
    /// the reason when a worker does not come up or dies.
    pub fn start(
        on_event: impl Fn(Event) + Clone + 'static,
        on_death: impl Fn(String) + Clone + 'static,
    ) -> Self {
        match Remote::start(on_event.clone(), on_death) {
            Ok(remote) => Self::Worker(remote),
            Err(_) => Self::in_page(on_event),
        }
    }

    /// Runs the simulator in the page.
    pub fn in_page(on_event: impl Fn(Event) + 'static) -> Self {
        Self::Local(Pump::new(SLICE_MS, on_event).expect("every browser has message channels"))
    }

    /// Sends a command.
    pub fn send(&self, command: Command) {
        match self {
            Self::Local(pump) => pump.command(command),
            Self::Worker(remote) => remote.outbox.send(command),
        }
    }

    /// The simulator has its own thread.
    pub fn is_worker(&self) -> bool {
        matches!(self, Self::Worker(_))
    }
}

impl Remote {
    fn start(
        on_event: impl Fn(Event) + 'static,
        on_death: impl Fn(String) + Clone + 'static,
    ) -> Result<Rc<Self>, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let url = concat!("./worker-start.js?", env!("STDP_BUILD"));
        let worker = Worker::new_with_options(url, &options)?;
        let outbox = Rc::new(Outbox {
            worker: worker.clone(),
            is_up: Cell::new(false),
            waiting: RefCell::new(Vec::new()),
        });
        let (listener, died) = (outbox.clone(), on_death.clone());
        let inbox = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            // A string is the text of a panic; everything else is an event.
            if let Some(panic) = message.data().as_string() {
                died(panic);
                return;
            }
            match wire::decode(&Uint8Array::new(&message.data()).to_vec()) {
                Ok(Event::Hello { protocol: PROTOCOL }) => listener.open(),
                Ok(event) => on_event(event),
                Err(error) => died(error),
            }
        });
        let died = on_death.clone();
        let errors = Closure::<dyn Fn(ErrorEvent)>::new(move |error: ErrorEvent| {
            let text = error.message();
            died(if text.is_empty() { "the worker could not be loaded".into() } else { text });
        });
        worker.set_onmessage(Some(inbox.as_ref().unchecked_ref()));
        worker.set_onerror(Some(errors.as_ref().unchecked_ref()));
        let listener = outbox.clone();
        super::dom::after_ms(HELLO_TIMEOUT_MS, move || {
            if !listener.is_up.get() {
                on_death("the worker did not start".into());
            }
        });
        Ok(Rc::new(Self { worker, outbox, _inbox: inbox, _errors: errors }))
    }

    /// It has said Hello.
    pub fn is_up(&self) -> bool {
        self.outbox.is_up.get()
    }
}
