//! The page's state and what can be done to it. Components read the signals and call the methods;
//! nothing else talks to the simulator.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

mod edit;
mod export;
mod files;
mod history;
mod networks;
mod play;
mod stop;
mod take;
mod watch;

use super::address;
use super::dom;
use super::engine::Engine;
use super::kept::{Kept, Show, Trouble};
use super::saved::Saved;
use crate::experiments::REGISTRY;
use crate::lab::link::{self, Autorun, Link};
use crate::lab::parts::shows_section;
use crate::lab::told::FileTold;
use crate::lab::{Followed, Interaction, Notice, Panel, Program, Spec};
use crate::record::Figure;
use crate::wire::{Command, Frame, RunState, TWIN};
pub use files::is_of_file;
pub use history::History;
pub use networks::Weights;

/// The page.
#[derive(Clone, Copy)]
pub struct Page {
    /// The run on screen and how it is shown.
    pub link: RwSignal<Link>,
    /// What was not taken as given.
    pub notices: RwSignal<Vec<Notice>>,
    /// The latest state of the run; its figures are taken out.
    pub frame: RwSignal<Frame>,
    /// Learning curves of other seeds.
    others: RwSignal<Vec<Vec<f32>>>,
    /// What is wrong with a control's value, by key.
    errors: RwSignal<Vec<(String, String)>>,
    /// The simulator is gone.
    pub trouble: RwSignal<Option<Trouble>>,
    /// The controls change the run that is compared, not the link's own.
    pub edits_twin: RwSignal<bool>,
    /// Simulated milliseconds per second; none is the film, from start to end in some seconds.
    pub speed: RwSignal<Option<f64>>,
    /// The moment that is shown, in simulated milliseconds.
    pub shown_ms: RwSignal<f64>,
    /// It moves on by itself.
    pub is_playing: RwSignal<bool>,
    /// When a live control changed the run under way; no number if none has.
    pub edited_ms: RwSignal<f64>,
    /// What is followed in the network.
    pub followed: RwSignal<Option<Followed>>,
    /// Counts what is added to the film, and networks that come.
    pub film: RwSignal<u32>,
    /// Counts networks that were placed on the page.
    pub scenes: RwSignal<u32>,
    /// The end is shown, or what has been computed so far.
    pub is_result: RwSignal<bool>,
    /// The film has come to where it asks.
    pub asks: RwSignal<bool>,
    /// Live controls change the run from the moment that is shown on, not the whole of it.
    pub changes_here: RwSignal<bool>,
    /// Something to read out to those who cannot see the page.
    pub announcement: RwSignal<String>,
    /// What became of the visitor's files in the run, and in the one beside it.
    pub files: RwSignal<[Vec<FileTold>; 2]>,
    /// The file that was saved last.
    pub saved: RwSignal<Option<Saved>>,
    /// Why the network was not written for Brian 2, if that was asked and is so.
    pub no_script: RwSignal<String>,
    /// The network as a program, as far as it is looked at.
    pub code: RwSignal<Program>,
    /// What was changed, to be taken back.
    history: History,
    kept: StoredValue<Rc<Kept>, LocalStorage>,
}

/// Whether the page asks for a prediction.
fn has_question(link: &Link) -> bool {
    let asked = || dom::document().query_selector(".prediction").ok().flatten().is_some();
    !link.page.embed && shows_section(link, "predict") && asked()
}

/// The link's own slow motion; none: the film.
fn slow_motion(link: &Link) -> Option<f64> {
    let own = || Some(link.spec.params.watch_speed());
    link.page.speed.or_else(|| if link.page.autorun == Autorun::On { own() } else { None })
}

/// All panels that a link has.
fn panels_of(link: &Link) -> Vec<u16> {
    let own = 0..link.spec.panels().len() as u16;
    let twin = link.twin.as_ref().map_or(0, |twin| twin.panels().len() as u16);
    own.chain(TWIN..TWIN + twin).collect()
}

impl Page {
    /// The page for the link in the address bar. Nothing runs yet.
    pub fn new() -> Self {
        let (link, notices) = address::read();
        let speed = slow_motion(&link);
        let is_embed = link.page.embed;
        let watched = panels_of(&link);
        Self {
            edits_twin: RwSignal::new(link.twin.is_some()),
            link: RwSignal::new(link),
            notices: RwSignal::new(notices),
            frame: RwSignal::new(Frame::default()),
            others: RwSignal::new(Vec::new()),
            errors: RwSignal::new(Vec::new()),
            trouble: RwSignal::new(None),
            speed: RwSignal::new(speed),
            shown_ms: RwSignal::new(0.0),
            is_playing: RwSignal::new(false),
            edited_ms: RwSignal::new(f64::NAN),
            followed: RwSignal::new(None),
            film: RwSignal::new(0),
            scenes: RwSignal::new(0),
            is_result: RwSignal::new(false),
            asks: RwSignal::new(false),
            changes_here: RwSignal::new(false),
            announcement: RwSignal::new(String::new()),
            files: RwSignal::new(Default::default()),
            saved: RwSignal::new(None),
            no_script: RwSignal::new(String::new()),
            code: RwSignal::new(Program::default()),
            history: History::new(),
            kept: StoredValue::new_local(Rc::new(Kept::new(watched, is_embed))),
        }
    }

    pub(super) fn kept(self) -> Rc<Kept> {
        self.kept.get_value()
    }

    /// Starts the simulator and, unless the link says otherwise, its run.
    pub fn start(self) {
        self.trouble.set(None);
        self.kept().pings.set(0);
        self.kept().pongs.set(0);
        self.kept().changed_ping.set(0);
        self.kept().step_ping.set(None);
        match self.worker() {
            Ok(engine) => {
                self.set_engine(engine);
                self.open_link(self.first_show());
            }
            Err(_) => self.start_in_page(),
        }
    }

    fn set_engine(self, engine: Engine) {
        *self.kept().engine.borrow_mut() = Some(engine);
        // It has not seen them yet, and what the one before was reading it has to read again.
        self.keep_files();
    }

    fn worker(self) -> Result<Engine, JsValue> {
        Engine::in_worker(
            move |event| self.take(event),
            move |why| {
                // Where a worker cannot even start, the page can still do the work itself.
                if self.has_worker_up() { self.fail(why) } else { self.start_in_page() }
            },
        )
    }

    fn start_in_page(self) {
        self.set_engine(Engine::in_page(move |event| self.take(event), move |why| self.fail(why)));
        self.open_link(self.first_show());
    }

    fn fail(self, what: String) {
        // Dropping the engine ends the worker for good.
        *self.kept().engine.borrow_mut() = None;
        self.kept().is_computing.set(false);
        self.is_playing.set(false);
        self.frame.update(|frame| frame.state = RunState::Failed);
        self.trouble.set(Some(Trouble { what }));
    }

    /// What a link opens with.
    fn first_show(self) -> Show {
        let is_still = dom::matches_media("(prefers-reduced-motion: reduce)");
        let asks = self.asks_first();
        self.link.with_untracked(|link| match (link.page.autorun, link.page.moment_ms) {
            // Nothing is computed for somebody who is not looking.
            _ if !self.kept().is_on_screen.get() => Show::Nothing,
            (_, Some(ms)) => Show::Moment(ms),
            (Autorun::Off, None) => Show::Nothing,
            _ if is_still => Show::Result,
            (Autorun::Visible, None) if asks => Show::Moment(0.0),
            _ => Show::FilmFrom(0.0),
        })
    }

    /// A demo opens with its question: the run on screen is the demo's own, and there is something to predict.
    fn asks_first(self) -> bool {
        self.link.with_untracked(|link| {
            let is_plain = Spec::of(link.spec.entry) == link.spec && link.twin.is_none();
            is_plain && link.page.answer.is_none() && has_question(link)
        })
    }

    pub(super) fn send(self, command: Command) {
        // A copy, because an engine in the page may answer at once, and its answer may end it.
        let engine = self.kept().engine.borrow().clone();
        if let Some(engine) = engine {
            engine.send(command);
        }
    }

    /// The simulator has a thread of its own, and has answered from there.
    fn has_worker_up(self) -> bool {
        matches!(&*self.kept().engine.borrow(), Some(Engine::Worker(remote)) if remote.is_up())
    }

    /// Builds the run of the link at hand, and shows of it what is planned.
    fn open_link(self, show: Show) {
        self.kept().opened_ms.set(dom::now_ms());
        let run_id = self.kept().run_id.get() + 1;
        self.kept().run_id.set(run_id);
        self.others.set(Vec::new());
        self.asks.set(false);
        let (text, speed) = self.link.with_untracked(|link| (link.print(), slow_motion(link)));
        if !self.kept().has_chosen_speed.get() && self.speed.get_untracked() != speed {
            self.speed.set(speed);
        }
        let panels = self.link.with_untracked(|link| {
            let specs = std::iter::once(&link.spec).chain(&link.twin);
            specs.flat_map(Spec::panels).map(|panel| panel.key).collect()
        });
        self.kept().forget_figures_unless(panels);
        self.files.set(Default::default());
        let is_begun = show != Show::Nothing;
        self.forget_frame(is_begun);
        self.forget_film(show);
        if !untrack(|| self.missing_files()).is_empty() {
            // Without its file it would be another run: the page says so and waits.
            self.frame.set(Frame { run_id, ..Frame::default() });
            self.kept().is_computing.set(false);
            self.send(Command::Pause);
            address::replace_soon(self.link);
            return;
        }
        self.send(Command::Open { run_id, link: text });
        self.send(Command::Watch(self.kept().watched.borrow().clone()));
        // A run that is not shown as it is computed begins when its first tick is on screen.
        self.kept().waits_for_first.set(is_begun && !show.is_live());
        if show.is_live() {
            self.send(Command::Run);
        }
        address::replace_soon(self.link);
    }

    /// What is on screen is still of the run before, which is no longer that of the link: it has no fingerprint here.
    fn forget_frame(self, is_begun: bool) {
        let is_dead = self.trouble.with_untracked(Option::is_some);
        let has_twin = self.link.with_untracked(|link| link.twin.is_some());
        self.frame.update(|frame| {
            frame.state = match (is_dead, is_begun) {
                (true, _) => RunState::Failed,
                (false, true) => RunState::Running,
                (false, false) => RunState::Idle,
            };
            frame.fingerprint = None;
            frame.edited_at_ms = None;
            frame.fault = None;
            frame.twin = frame.twin.take().filter(|_| has_twin);
            if let Some(twin) = &mut frame.twin {
                (twin.fingerprint, twin.fault) = (None, None);
            }
        });
    }

    /// The latest figure of a panel.
    pub fn figure(self, panel: u16) -> RwSignal<Option<Arc<Figure>>> {
        self.kept().figure(panel)
    }

    /// The figure with the other seeds' curves laid behind, where the panel wants them.
    pub fn figure_with_others(self, idx: u16, panel: &Panel) -> Option<Arc<Figure>> {
        let figure = self.figure(idx).get()?;
        if !panel.shows_other_seeds {
            return Some(figure);
        }
        let Figure::Curve(curve) = &*figure else { return Some(figure) };
        // How it went elsewhere is not seen before the film of this run has shown it.
        if !self.is_result.get() {
            return Some(figure);
        }
        let mut curve = curve.clone();
        self.others.with(|others| curve.lay_behind(others));
        Some(Arc::new(Figure::Curve(curve)))
    }

    /// Opens the changed link. What is watched stays in view: a film begins anew, a moment stays that moment, and a result is
    /// replaced by the new one.
    fn reopen(self) {
        self.notices.update(|notices| notices.retain(|notice| !is_of_file(notice)));
        self.open_link(self.next_show());
        self.expect_answer();
    }

    /// What another run is shown with.
    fn next_show(self) -> Show {
        let autorun = self.link.with_untracked(|link| link.page.autorun);
        let moment_ms = self.link.with_untracked(|link| link.page.moment_ms);
        // Where the film had stopped to ask, there is another film now.
        let plays = self.is_playing.get_untracked() || self.asks.get_untracked();
        match (plays, autorun, moment_ms) {
            (true, ..) => Show::FilmFrom(0.0),
            (false, Autorun::Off, None) => Show::Nothing,
            (false, _, Some(ms)) => Show::Moment(ms),
            (false, _, None) => Show::Result,
        }
    }

    /// Opens another link of this demo; `name` says what it is, for undo.
    pub fn visit(self, query: &str, name: String) {
        let (mut link, notices) = link::parse(query, REGISTRY);
        // Changing what is run does not change how the page looks.
        link.page = self.link.with_untracked(|link| link.page.clone());
        link.page.moment_ms = None;
        // The visitor's files stay with presets.
        self.link.with_untracked(|old| {
            if link.spec.files.names().is_empty() {
                let specs = std::iter::once(&mut link.spec).chain(&mut link.twin);
                specs.for_each(|spec| spec.files = old.spec.files.clone());
            }
        });
        let before = self.link.get_untracked();
        self.put(link);
        self.notices.set(notices);
        self.remember(&before, Some(name), None);
        self.open_link(self.first_show());
    }

    /// Opens the link in the address bar: the visitor went back or forth.
    pub fn reread(self) {
        let (link, notices) = address::read();
        let before = self.link.get_untracked();
        self.put(link);
        self.notices.set(notices);
        self.remember_visit(&before);
        self.open_link(self.next_show());
    }

    /// Puts another link on screen, whose run is to be opened.
    fn put(self, link: Link) {
        *self.kept().watched.borrow_mut() = panels_of(&link);
        self.edits_twin.set(link.twin.is_some());
        self.link.set(link);
        self.errors.set(Vec::new());
    }

    /// The film of a preset: what a prediction asked about. Where no motion is wanted, its result.
    pub fn see_preset(self, preset: &str) {
        let run_id = self.kept().run_id.get();
        if self.preset_id() != Some(preset) {
            self.choose_preset(preset);
        }
        if self.kept().run_id.get() == run_id {
            self.play();
        }
    }

    /// The edited run again from its start, as the link on screen has it.
    pub fn restart_edited(self) {
        self.open_link(Show::FilmFrom(0.0));
        self.expect_answer();
    }

    /// Which panels are on the page.
    pub fn watch(self, panels: Vec<u16>) {
        self.kept().watched.borrow_mut().clone_from(&panels);
        self.send(Command::Watch(panels));
    }

    /// Something was picked in a panel.
    pub fn pick(self, panel: u16, item: u32) {
        self.send(Command::Interact(Interaction::Pick { panel: panel % TWIN, item }));
    }

    /// Asks for the weights as a file.
    pub fn save_weights(self) {
        self.send(Command::SaveWeights);
    }

    /// When a fault stopped the run of this panel. Its figures come after the news of it.
    pub fn stopped_ms(self, panel: u16) -> Option<f64> {
        self.frame.with_untracked(|frame| match &frame.twin {
            Some(twin) if panel >= TWIN => twin.fault.as_ref().map(|_| twin.sim_ms),
            _ => frame.fault.as_ref().map(|_| frame.sim_ms),
        })
    }

    /// Whether a live control changes the run from the moment that is shown on, and not the whole of it: only if the
    /// visitor wants that, and not at its ends.
    pub fn is_edited_live(self) -> bool {
        let shown_ms = self.shown_ms.get_untracked();
        let until_ms = self.kept().reel.borrow().until_ms();
        let goes_on = self.kept().is_computing.get() && !self.edited_ms.get_untracked().is_nan();
        self.changes_here.get_untracked() && (goes_on || shown_ms > 0.0 && shown_ms < until_ms)
    }

    /// A live control has changed the run under way: no link replays it, also not what it was before that.
    pub fn is_edited(self) -> bool {
        self.edited_ms.with(|ms| !ms.is_nan())
    }
}
