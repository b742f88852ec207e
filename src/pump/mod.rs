//! Runs a [`Host`] on a browser's event loop, in a worker or in the page.
//!
//! Between two slices the loop gets its turn, so that commands are heard. A message to oneself comes
//! back at once, where a timer would wait 4 ms.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use crate::experiments::{self, REGISTRY};
use crate::host::{Host, Next};
use crate::lab::Clock;
use crate::wire::{Command, Event};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

/// The browser's clock.
pub struct BrowserClock;

impl Clock for BrowserClock {
    fn now_ms(&mut self) -> f64 {
        performance_now()
    }
}

/// A host, and what is needed to call it again.
pub struct Pump {
    host: RefCell<Host>,
    on_event: Box<dyn Fn(Event)>,
    channel: web_sys::MessageChannel,
    is_due: Cell<bool>,
    /// A run that is to be built, and what was asked after it.
    waiting: RefCell<Vec<Command>>,
}

impl Pump {
    /// A pump whose slices take about `slice_ms`; `on_event` gets what the host has to say.
    ///
    /// # Errors
    /// What the browser says if it has no message channels.
    pub fn new(slice_ms: f64, on_event: impl Fn(Event) + 'static) -> Result<Rc<Self>, JsValue> {
        let pump = Rc::new(Self {
            host: RefCell::new(Host::new(REGISTRY, experiments::MAKERS, slice_ms)),
            on_event: Box::new(on_event),
            channel: web_sys::MessageChannel::new()?,
            is_due: Cell::new(false),
            waiting: RefCell::new(Vec::new()),
        });
        let weak = Rc::downgrade(&pump);
        let wake = Closure::<dyn Fn()>::new(move || {
            if let Some(pump) = weak.upgrade() {
                pump.work();
            }
        });
        pump.channel.port1().set_onmessage(Some(wake.as_ref().unchecked_ref()));
        // The port keeps it for as long as the pump lives, which is as long as the page.
        wake.forget();
        Ok(pump)
    }

    /// Hands a command to the host. A large run takes seconds to build: it is begun only after all commands that have come
    /// already, so that of several links in a row only the last is built.
    pub fn command(self: &Rc<Self>, command: Command) {
        let mut waiting = self.waiting.borrow_mut();
        if matches!(command, Command::Open { .. }) {
            waiting.retain(|earlier| !is_of_a_run(earlier));
            waiting.push(command);
        } else if !waiting.is_empty() {
            waiting.push(command);
        } else {
            drop(waiting);
            self.host.borrow_mut().handle(command);
            self.send_events();
        }
        self.wake_soon();
    }

    fn wake_soon(&self) {
        if !self.is_due.replace(true) {
            // Fails only for values that cannot be copied.
            _ = self.channel.port2().post_message(&JsValue::NULL);
        }
    }

    fn work(self: &Rc<Self>) {
        self.is_due.set(false);
        for command in self.waiting.take() {
            self.host.borrow_mut().handle(command);
            self.send_events();
        }
        let next = self.host.borrow_mut().work(&mut BrowserClock);
        self.send_events();
        if next == Next::Soon {
            self.wake_soon();
        }
    }

    fn send_events(&self) {
        // Taken first: an event may make the receiver send a command at once.
        let events = self.host.borrow_mut().take_events();
        for event in events {
            (self.on_event)(event);
        }
    }
}

/// Commands that mean nothing once another run is opened.
fn is_of_a_run(command: &Command) -> bool {
    use Command::{Interact, Open, Pause, Reset, Run, Seek, Set, Step, Watch};
    matches!(
        command,
        Open { .. }
            | Run
            | Pause
            | Step(_)
            | Seek { .. }
            | Reset
            | Set { .. }
            | Interact(_)
            | Watch(_)
    )
}
