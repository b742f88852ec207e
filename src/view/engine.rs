//! Where the simulator runs: in a worker, or in the page itself where workers are refused (sandboxed
//! frames, old browsers). Either way the page sends commands and gets events, as bytes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, HtmlLinkElement, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::pump::Pump;
use crate::wire::{self, Command, Event, PROTOCOL};

/// The name of this build, so that a cache never mixes two.
const BUILD: &str = env!("STDP_BUILD");
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
        program: &Program,
        on_event: impl Fn(Event) + 'static,
        on_death: impl Fn(String) + Clone + 'static,
    ) -> Result<Self, JsValue> {
        Remote::start(program, on_event, on_death).map(Self::Worker)
    }

    /// Runs the simulator in the page.
    ///
    /// # Errors
    /// What the browser says if it lacks something.
    pub fn in_page(on_event: impl Fn(Event) + 'static) -> Result<Self, JsValue> {
        Pump::new(SLICE_MS, on_event).map(Self::Local)
    }

    /// Sends a command.
    pub fn send(&self, command: Command) {
        match self {
            Self::Local(pump) => pump.command(command),
            Self::Worker(remote) => remote.outbox.send(command),
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// A promise of everything, compiled for speed; see `public/load.js`.
    #[wasm_bindgen(js_namespace = playground, js_name = full)]
    fn full_program() -> js_sys::Promise;
}

/// What `public/worker-start.js` needs to start a module in a worker: where its script is, and the module
/// itself, compiled already.
#[derive(Clone)]
pub struct Program(JsValue);

impl Program {
    /// The one that runs the page.
    ///
    /// # Errors
    /// If the document does not name its script.
    pub fn own() -> Result<Self, JsValue> {
        // public/load.js has put the script's name, which has a hash in it, into the document.
        let preload = super::dom::document().query_selector("link[rel=modulepreload]")?;
        let preload: HtmlLinkElement =
            preload.ok_or("the page does not name its script")?.unchecked_into();
        let message = js_sys::Object::new();
        Reflect::set(&message, &"script".into(), &preload.href().into())?;
        Reflect::set(&message, &"module".into(), &wasm_bindgen::module())?;
        Ok(Self(message.into()))
    }

    /// The one that is fast; fetched when it is asked for.
    ///
    /// # Errors
    /// What the browser says if it cannot be fetched.
    pub async fn fast() -> Result<Self, JsValue> {
        if cfg!(feature = "demos") {
            return Self::own();
        }
        wasm_bindgen_futures::JsFuture::from(full_program()).await.map(Self)
    }
}

impl Remote {
    fn start(
        Program(program): &Program,
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
        worker.post_message(program)?;
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
