//! What the page remembers without showing it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::engine::Engine;
use crate::lab::Picture;
use crate::lab::reel::{Reel, WeightsThen};
use crate::lab::shades_then::ShadesThen;
use crate::plot::network::Scene;
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

/// What is shown of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Show {
    /// Nothing is computed until somebody wants it.
    Nothing,
    /// Its result, and until it has come, how far it is.
    Result,
    /// How it goes while it is computed: it takes long.
    Live,
    /// This moment; the first until somebody wants to see more.
    Moment(f64),
    /// The film from this moment on.
    FilmFrom(f64),
}

impl Show {
    /// What is computed is on screen at once.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Result | Self::Live)
    }
}

/// A network on the page: what it is, its weights at any frame of the film, and where it stands on so many CSS pixels.
pub struct OnPage {
    pub picture: Rc<Picture>,
    pub then: WeightsThen,
    pub shades: ShadesThen,
    pub scene: Option<(f64, f64, Scene)>,
}

impl OnPage {
    /// The film before is another.
    pub fn forget(&mut self) {
        self.then.forget();
        self.shades.forget();
    }
}

/// A mark on the bar over the run's time.
pub struct Mark {
    /// Where, from 0 to 1.
    pub share: f64,
    /// "phase", "round", "reward" or "punish".
    pub kind: &'static str,
    /// What it marks; may be empty.
    pub label: String,
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
    pub show: Cell<Show>,
    /// The run is on its way to its end for the first time.
    pub is_computing: Cell<bool>,
    /// It is to begin when its first tick is on screen.
    pub waits_for_first: Cell<bool>,
    /// The moment that comes next is told to those who cannot see the page.
    pub tells_next: Cell<bool>,
    /// A moment was asked for and has not come yet.
    pub is_seeking: Cell<bool>,
    /// The question that was asked with a step, until that has come to its end.
    pub step_ping: Cell<Option<u32>>,
    /// The moment to ask for then.
    pub wanted_ms: Cell<f64>,
    /// When the moment that is shown was moved on last.
    pub moved_ms: Cell<f64>,
    /// Where the film stops once and asks; no number if nowhere.
    pub stop_ms: Cell<f64>,
    pub reel: RefCell<Reel>,
    /// The frame of the film whose figures are on screen.
    pub filmed: Cell<usize>,
    /// The network of the run, and of the one beside it.
    pub networks: RefCell<Vec<OnPage>>,
    pub watched: RefCell<Vec<u16>>,
    pub is_on_screen: Cell<bool>,
    /// The visitor has set the speed, so that the next run keeps it.
    pub has_chosen_speed: Cell<bool>,
    pub was_paused_off_screen: Cell<bool>,
    pub pings: Cell<u32>,
    pub pongs: Cell<u32>,
    /// Programs that are on their way here to be looked at, not to be saved.
    pub code_asked: Cell<u32>,
    /// The question that was asked with the latest change under way: what comes before its answer is of before the change.
    pub changed_ping: Cell<u32>,
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
            show: Cell::new(Show::Nothing),
            is_computing: Cell::new(false),
            waits_for_first: Cell::new(false),
            tells_next: Cell::new(false),
            is_seeking: Cell::new(false),
            step_ping: Cell::new(None),
            wanted_ms: Cell::new(f64::NAN),
            moved_ms: Cell::new(0.0),
            stop_ms: Cell::new(f64::NAN),
            reel: RefCell::new(Reel::default()),
            filmed: Cell::new(usize::MAX),
            networks: RefCell::new(Vec::new()),
            watched: RefCell::new(watched),
            is_on_screen: Cell::new(!is_embed),
            has_chosen_speed: Cell::new(false),
            was_paused_off_screen: Cell::new(false),
            pings: Cell::new(0),
            pongs: Cell::new(0),
            code_asked: Cell::new(0),
            changed_ping: Cell::new(0),
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
