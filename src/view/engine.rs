//! Where the simulator runs: in a worker, or beside the page where workers are refused (sandboxed frames, old browsers).
//! It is a module of its own; the page sends commands and gets events, as bytes, wherever it runs.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::wire::{self, Command, Event, PROTOCOL};

/// The name of this build, so that a cache never mixes two.
const BUILD: &str = env!("STDP_BUILD");
/// A worker that has its program and has not said Hello by then is not going to.
const HELLO_TIMEOUT_MS: i32 = 8_000;

#[wasm_bindgen]
extern "C" {
    /// A promise of what `public/worker-start.js` needs to start the simulator; see `public/load.js`.
    #[wasm_bindgen(js_namespace = playground, js_name = simulator)]
    fn simulator() -> Promise;

    /// A promise of a simulator that runs in the page; it calls back with the bytes of events.
    #[wasm_bindgen(js_namespace = playground, js_name = beside)]
    fn simulator_beside(on_event: &Function) -> Promise;

    /// The simulator's own class, see `src/worker`.
    type Beside;
    #[wasm_bindgen(method)]
    fn send(this: &Beside, command: Uint8Array);
}

/// The running simulator.
#[derive(Clone)]
pub enum Engine {
    /// In a worker.
    Worker(Rc<Remote>),
    /// In the page.
    Beside(Rc<Local>),
}

/// A worker and the closures it calls.
pub struct Remote {
    worker: Worker,
    outbox: Rc<Outbox<Worker>>,
    _inbox: Closure<dyn Fn(MessageEvent)>,
    _errors: Closure<dyn Fn(ErrorEvent)>,
}

/// A simulator in the page and the closure it calls.
pub struct Local {
    outbox: Rc<Outbox<Beside>>,
    _inbox: Closure<dyn Fn(Uint8Array)>,
}

/// Commands for a simulator. Until it is up nobody listens there, and a message would be lost.
struct Outbox<S> {
    simulator: RefCell<Option<S>>,
    is_up: Cell<bool>,
    waiting: RefCell<Vec<Command>>,
}

/// Somebody who takes the bytes of a command.
trait TakesBytes {
    fn take(&self, bytes: Uint8Array);
}

impl TakesBytes for Worker {
    fn take(&self, bytes: Uint8Array) {
        let buffer = bytes.buffer();
        // A worker that cannot be reached is found out by the watchdog.
        _ = self.post_message_with_transfer(&buffer, &Array::of1(&buffer));
    }
}

impl TakesBytes for Beside {
    fn take(&self, bytes: Uint8Array) {
        self.send(bytes);
    }
}

impl<S: TakesBytes> Outbox<S> {
    fn new(simulator: Option<S>) -> Rc<Self> {
        Rc::new(Self {
            simulator: RefCell::new(simulator),
            is_up: Cell::new(false),
            waiting: RefCell::new(Vec::new()),
        })
    }

    fn send(&self, command: Command) {
        match &*self.simulator.borrow() {
            Some(simulator) if self.is_up.get() => {
                simulator.take(Uint8Array::from(&wire::encode(&command)[..]));
            }
            _ => self.waiting.borrow_mut().push(command),
        }
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
        // What is still on its way would call closures that are gone.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Engine {
    /// Starts a worker. `on_death` gets the reason when it does not come up or dies.
    ///
    /// # Errors
    /// What the browser says if it will not have a worker at all.
    pub fn in_worker(
        on_event: impl Fn(Event) + 'static,
        on_death: impl Fn(String) + Clone + 'static,
    ) -> Result<Self, JsValue> {
        Remote::start(on_event, on_death).map(Self::Worker)
    }

    /// Runs the simulator in the page. `on_death` gets the reason when it does not come up.
    pub fn in_page(
        on_event: impl Fn(Event) + 'static,
        on_death: impl Fn(String) + Clone + 'static,
    ) -> Self {
        Self::Beside(Local::start(on_event, on_death))
    }

    /// Sends a command, or keeps it until the simulator is up.
    pub fn send(&self, command: Command) {
        match self {
            Self::Worker(remote) => remote.outbox.send(command),
            Self::Beside(local) => local.outbox.send(command),
        }
    }
}

/// What an error says.
fn text_of(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|text| text.as_string());
    message.filter(|text| !text.is_empty()).unwrap_or_else(|| format!("{error:?}"))
}

impl Local {
    fn start(
        on_event: impl Fn(Event) + 'static,
        on_death: impl Fn(String) + Clone + 'static,
    ) -> Rc<Self> {
        let died = on_death.clone();
        let inbox =
            Closure::<dyn Fn(Uint8Array)>::new(move |bytes: Uint8Array| {
                match wire::decode(&bytes.to_vec()) {
                    Ok(event) => on_event(event),
                    Err(error) => died(error),
                }
            });
        let outbox = Outbox::new(None);
        let (promise, waiting) =
            (simulator_beside(inbox.as_ref().unchecked_ref()), Rc::downgrade(&outbox));
        leptos::task::spawn_local(async move {
            let started = JsFuture::from(promise).await;
            let Some(outbox) = waiting.upgrade() else { return };
            match started {
                Ok(simulator) => {
                    *outbox.simulator.borrow_mut() = Some(simulator.unchecked_into());
                    outbox.open();
                }
                Err(error) => on_death(text_of(&error)),
            }
        });
        Rc::new(Self { outbox, _inbox: inbox })
    }
}

impl Remote {
    fn start(
        on_event: impl Fn(Event) + 'static,
        on_death: impl Fn(String) + Clone + 'static,
    ) -> Result<Rc<Self>, JsValue> {
        // However many signs of it there are, a worker dies once.
        let is_dead = Rc::new(Cell::new(false));
        let on_death = move |why| {
            if !is_dead.replace(true) {
                on_death(why);
            }
        };
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&format!("./worker-start.js?{BUILD}"), &options)?;
        let outbox = Outbox::new(Some(worker.clone()));
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
            // A file that cannot be loaded makes a plain event, without a message.
            let text = Reflect::get(&error, &"message".into()).ok().and_then(|m| m.as_string());
            let text = text.filter(|text| !text.is_empty());
            died(text.unwrap_or_else(|| "the worker could not be loaded".into()));
        });
        worker.set_onmessage(Some(inbox.as_ref().unchecked_ref()));
        worker.set_onerror(Some(errors.as_ref().unchecked_ref()));
        send_program(&outbox, on_death);
        Ok(Rc::new(Self { worker, outbox, _inbox: inbox, _errors: errors }))
    }

    /// It has said Hello.
    pub fn is_up(&self) -> bool {
        self.outbox.is_up.get()
    }
}

/// Sends the program, once it is there, to a worker that waits for it.
fn send_program(outbox: &Rc<Outbox<Worker>>, on_death: impl Fn(String) + 'static) {
    let outbox = outbox.clone();
    leptos::task::spawn_local(async move {
        let program = JsFuture::from(simulator()).await;
        let sent = program.and_then(|program| match &*outbox.simulator.borrow() {
            Some(worker) => worker.post_message(&program),
            None => Ok(()),
        });
        if let Err(error) = sent {
            return on_death(text_of(&error));
        }
        super::dom::after_ms(HELLO_TIMEOUT_MS, move || {
            if !outbox.is_up.get() {
                on_death("the worker did not start".into());
            }
        });
    });
}
