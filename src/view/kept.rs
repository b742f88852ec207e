//! What the page remembers without showing it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::engine::Engine;
use crate::record::{Figure, Fingerprint};
use crate::wire::TWIN;

/// No experiment has more panels.
const MOST_PANELS: usize = 16;

/// What went wrong for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What happened, in words.
    pub what: String,
}

/// What comes after the run that is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Straight to the end, to show the result; then stand, or replay.
    ShowResult { replay: bool },
    /// The visitor's own pace.
    Watch,
}

/// A file that the visitor has loaded.
pub struct KeptFile {
    /// Its key in links.
    pub key: String,
    /// Its name in links.
    pub name: Fingerprint,
    /// What it is called on the visitor's machine.
    pub file_name: String,
    /// Its content.
    pub bytes: Rc<Vec<u8>>,
}

/// What a chosen file is called, and its content or why it cannot be had.
pub type Came = (String, Result<Vec<u8>, String>);

/// What the page remembers. In one place, since Leptos compiles its storage anew for
/// every type.
pub struct Kept {
    /// The latest figure of each panel; those of a run that is compared follow in the second half.
    figures: Vec<RwSignal<Option<Arc<Figure>>>>,
    /// The panels that they are of.
    panels: RefCell<Vec<&'static str>>,
    pub engine: RefCell<Option<Engine>>,
    /// When the run was opened.
    pub opened_ms: Cell<f64>,
    pub run_id: Cell<u32>,
    pub plan: Cell<Plan>,
    pub watched: RefCell<Vec<u16>>,
    pub is_on_screen: Cell<bool>,
    /// The visitor has set the speed, so that the next run keeps it.
    pub has_chosen_speed: Cell<bool>,
    pub was_paused_off_screen: Cell<bool>,
    pub pings: Cell<u32>,
    pub pongs: Cell<u32>,
    /// Every file that was loaded, so that a link of before has its own.
    pub files: RefCell<Vec<KeptFile>>,
    /// Files that were chosen, by number, and their contents as they come.
    pub expected: RefCell<VecDeque<(u32, Option<Came>)>>,
    pub tickets: Cell<u32>,
    /// Files that are being read, by what they are called.
    pub loading: RefCell<VecDeque<(String, Rc<Vec<u8>>)>>,
}

impl Kept {
    /// Nothing has happened yet.
    pub fn new(watched: Vec<u16>, is_embed: bool) -> Self {
        Self {
            figures: (0..2 * MOST_PANELS).map(|_| RwSignal::new(None)).collect(),
            panels: RefCell::new(Vec::new()),
            engine: RefCell::new(None),
            opened_ms: Cell::new(0.0),
            run_id: Cell::new(0),
            plan: Cell::new(Plan::Watch),
            watched: RefCell::new(watched),
            is_on_screen: Cell::new(!is_embed),
            has_chosen_speed: Cell::new(false),
            was_paused_off_screen: Cell::new(false),
            pings: Cell::new(0),
            pongs: Cell::new(0),
            files: RefCell::new(Vec::new()),
            expected: RefCell::new(VecDeque::new()),
            tickets: Cell::new(0),
            loading: RefCell::new(VecDeque::new()),
        }
    }

    /// The latest figure of a panel.
    pub fn figure(&self, panel: u16) -> RwSignal<Option<Arc<Figure>>> {
        let twin = if panel >= TWIN { MOST_PANELS } else { 0 };
        self.figures[(panel % TWIN) as usize + twin]
    }

    /// Figures of another run stay until the next comes, but not those of other panels.
    pub fn forget_figures_unless(&self, panels: Vec<&'static str>) {
        if self.panels.replace(panels.clone()) != panels {
            for figure in &self.figures {
                figure.set(None);
            }
        }
    }
}
