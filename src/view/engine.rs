//! Where the simulator runs: in a worker, or in the page itself where workers are refused (sandboxed
//! frames, old browsers). Either way the page sends commands and gets events, as bytes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::wire::{self, Command, Event, PROTOCOL};

#[wasm_bindgen]
extern "C" {
    /// Loads the worker's module into the page; see `public/in-page.js`.
    #[wasm_bindgen(js_name = stdpInPage, catch)]
    async fn load_in_page(build: &str, on_event: &js_sys::Function) -> Result<JsValue, JsValue>;

    /// `worker::in_page::InPage`, as the page sees it.
    type InPage;
    #[wasm_bindgen(method)]
    fn command(this: &InPage, bytes: &Uint8Array);
}

/// The name of this build, so that a cache never mixes two.
const BUILD: &str = env!("STDP_BUILD");
/// A worker that has not said Hello by then is not going to.
const HELLO_TIMEOUT_MS: i32 = 8_000;

/// The running simulator.
#[derive(Clone)]
pub enum Engine {
    /// In a worker.
    Worker(Rc<Remote>),
    /// In the page.
    Local(Rc<Local>),
}

/// The simulator in the page's own thread; commands wait until it is loaded.
#[derive(Default)]
pub struct Local {
    host: RefCell<Option<InPage>>,
    waiting: RefCell<Vec<Command>>,
}

impl Local {
    fn start(on_event: impl Fn(Event) + 'static, on_death: impl Fn(String) + 'static) -> Rc<Self> {
        let local = Rc::new(Self::default());
        let loaded = local.clone();
        leptos::task::spawn_local(async move {
            let inbox = Closure::<dyn Fn(Uint8Array)>::new(move |bytes: Uint8Array| {
                if let Ok(event) = wire::decode(&bytes.to_vec()) {
                    on_event(event);
                }
            });
            match load_in_page(BUILD, inbox.as_ref().unchecked_ref()).await {
                Ok(host) => {
                    *loaded.host.borrow_mut() = Some(host.unchecked_into());
                    for command in loaded.waiting.take() {
                        loaded.send(command);
                    }
                }
                Err(error) => on_death(format!("the simulator could not be loaded: {error:?}")),
            }
            // The host calls it for as long as the page lives.
            inbox.forget();
        });
        local
    }

    fn send(&self, command: Command) {
        match &*self.host.borrow() {
            Some(host) => host.command(&Uint8Array::from(&wire::encode(&command)[..])),
            None => self.waiting.borrow_mut().push(command),
        }
    }
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
        match Remote::start(on_event.clone(), on_death.clone()) {
            Ok(remote) => Self::Worker(remote),
            Err(_) => Self::in_page(on_event, on_death),
        }
    }

    /// Runs the simulator in the page.
    pub fn in_page(
        on_event: impl Fn(Event) + 'static,
        on_death: impl Fn(String) + 'static,
    ) -> Self {
        Self::Local(Local::start(on_event, on_death))
    }

    /// Sends a command.
    pub fn send(&self, command: Command) {
        match self {
            Self::Local(local) => local.send(command),
            Self::Worker(remote) => remote.outbox.send(command),
        }
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
            // A file that cannot be loaded makes a plain event, without a message.
            let text = Reflect::get(&error, &"message".into()).ok().and_then(|m| m.as_string());
            let text = text.filter(|text| !text.is_empty());
            died(text.unwrap_or_else(|| "the worker could not be loaded".into()));
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
