//! The page's state and what can be done to it. Components read the signals and call the methods;
//! nothing else talks to the simulator.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

mod edit;
mod files;
mod watch;

use super::address;
use super::dom;
use super::engine::Engine;
use super::kept::{Kept, Plan, Trouble};
use super::saved::{self, Saved};
use super::told::{faults_of, told};
use crate::experiments::REGISTRY;
use crate::lab::link::{self, Autorun, Link};
use crate::lab::told::FileTold;
use crate::lab::{Interaction, Notice, Panel, Spec, StepKind};
use crate::record::Figure;
use crate::record::figure::{Line, LineStyle};
use crate::wire::{Command, Event, Frame, RunState, TWIN};
use files::{FILE, is_of_file};

/// How long the finished picture stands before `autorun=1` replays it.
const HOLD_MS: i32 = 1_500;

/// After a picture the page rests for as long as it took, but no longer.
const LONGEST_REST_MS: f64 = 100.0;

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
    /// Simulated milliseconds per second; none is as fast as it goes.
    pub speed: RwSignal<Option<f64>>,
    /// Something to read out to those who cannot see the page.
    pub announcement: RwSignal<String>,
    /// What became of the visitor's files in the run, and in the one beside it.
    pub files: RwSignal<[Vec<FileTold>; 2]>,
    /// The file that was saved last.
    pub saved: RwSignal<Option<Saved>>,
    kept: StoredValue<Rc<Kept>, LocalStorage>,
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
        let speed = link.page.speed.unwrap_or_else(|| link.spec.params.watch_speed());
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
            speed: RwSignal::new(Some(speed)),
            announcement: RwSignal::new(String::new()),
            files: RwSignal::new(Default::default()),
            saved: RwSignal::new(None),
            kept: StoredValue::new_local(Rc::new(Kept::new(watched, is_embed))),
        }
    }

    fn kept(self) -> Rc<Kept> {
        self.kept.get_value()
    }

    /// Starts the simulator and, unless the link says otherwise, its run.
    pub fn start(self) {
        self.trouble.set(None);
        self.kept().pings.set(0);
        self.kept().pongs.set(0);
        match self.worker() {
            Ok(engine) => {
                self.set_engine(engine);
                self.open_link(self.autorun_plan());
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
        self.open_link(self.autorun_plan());
    }

    fn fail(self, what: String) {
        // Dropping the engine ends the worker for good.
        *self.kept().engine.borrow_mut() = None;
        self.frame.update(|frame| frame.state = RunState::Failed);
        self.trouble.set(Some(Trouble { what }));
    }

    fn autorun_plan(self) -> Option<Plan> {
        // Nothing is computed for somebody who is not looking.
        match self.link.with_untracked(|link| link.page.autorun) {
            _ if !self.kept().is_on_screen.get() => None,
            Autorun::Off => None,
            Autorun::On => Some(Plan::ShowResult { replay: true }),
            Autorun::Visible => Some(Plan::ShowResult { replay: false }),
        }
    }

    fn send(self, command: Command) {
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

    /// Builds the run of the link at hand, and begins it as planned.
    fn open_link(self, plan: Option<Plan>) {
        self.kept().opened_ms.set(dom::now_ms());
        let run_id = self.kept().run_id.get() + 1;
        self.kept().run_id.set(run_id);
        self.others.set(Vec::new());
        let (text, speed) = self.link.with_untracked(|link| {
            let speed = link.page.speed.unwrap_or_else(|| link.spec.params.watch_speed());
            (link.print(), speed)
        });
        if !self.kept().has_chosen_speed.get() {
            self.speed.set(Some(speed));
        }
        let panels = self.link.with_untracked(|link| {
            let specs = std::iter::once(&link.spec).chain(&link.twin);
            specs.flat_map(Spec::panels).map(|panel| panel.key).collect()
        });
        self.kept().forget_figures_unless(panels);
        self.files.set(Default::default());
        self.forget_frame(plan.is_some());
        if !untrack(|| self.missing_files()).is_empty() {
            // Without its file it would be another run: the page says so and waits.
            self.frame.set(Frame { run_id, ..Frame::default() });
            self.send(Command::Pause);
            address::replace_soon(self.link);
            return;
        }
        self.send(Command::Open { run_id, link: text });
        self.send(Command::Watch(self.kept().watched.borrow().clone()));
        if let Some(plan) = plan {
            self.kept().plan.set(plan);
            let speed = match plan {
                Plan::ShowResult { .. } => None,
                Plan::Watch => self.speed.get_untracked(),
            };
            self.send(Command::Speed(speed));
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

    fn take(self, event: Event) {
        let run_id = self.kept().run_id.get();
        match event {
            Event::Frame(frame) if frame.run_id == run_id => self.take_frame(*frame),
            Event::OtherSeed { run_id: id, curve, .. } if id == run_id => {
                self.others.update(|others| others.push(curve));
            }
            Event::FileRead { key, name, notices, .. } => self.file_read(key, name, notices),
            Event::Opened { run_id: id, files, twin_files } if id == run_id => {
                self.files.set([files, twin_files]);
            }
            Event::Refused { notice, .. } if notice.key == FILE => self.file_refused(notice.rule),
            Event::Refused { run_id: id, notice } if id == run_id => {
                self.announcement.set(notice.to_string());
                self.notices.update(|notices| notices.push(notice));
            }
            Event::Weights { run_id: id, text } if id == run_id => {
                let name = self.link.with_untracked(|link| link.spec.entry.id);
                let file = format!("{name}-weights.csv");
                self.saved.set(Some(saved::hand_over(saved::Button::Weights, file, &text)));
            }
            Event::Pong => self.kept().pongs.set(self.kept().pongs.get() + 1),
            // Hello is handled by the engine; everything else is stale.
            _ => {}
        }
    }

    fn take_frame(self, mut frame: Frame) {
        let taken_ms = dom::now_ms();
        let before = self.frame.with_untracked(|frame| frame.state);
        let state = frame.state;
        let mut figures = std::mem::take(&mut frame.figures);
        // Drawing what was on its way when a button was pressed would only delay the answer to it.
        if state == RunState::Running && self.is_answer_awaited() {
            figures.clear();
        }
        if state != before {
            self.announcement.set(match faults_of(&frame) {
                Some(faults) => faults,
                None => {
                    let entry = self.link.with_untracked(|link| link.spec.entry);
                    format!("{}. {}", state.word(), told(&frame, entry))
                }
            });
        }
        self.frame.set(frame);
        for (panel, figure) in figures {
            self.figure(panel).set(Some(Arc::new(figure)));
        }
        // The page is busy with pictures half of the time at most, whatever they cost here.
        dom::before_paint(move || {
            let busy_ms = (dom::now_ms() - taken_ms).min(LONGEST_REST_MS);
            dom::after_ms(busy_ms as i32, move || self.send(Command::Credit(1)));
        });
        if state == RunState::Finished
            && let Plan::ShowResult { replay } = self.kept().plan.get()
        {
            self.kept().plan.set(Plan::Watch);
            self.send(Command::Speed(self.speed.get_untracked()));
            if replay && !dom::matches_media("(prefers-reduced-motion: reduce)") {
                let run_id = self.kept().run_id.get();
                dom::after_ms(HOLD_MS, move || {
                    if self.kept().run_id.get() == run_id && self.kept().is_on_screen.get() {
                        self.send(Command::Run);
                    }
                });
            }
        }
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
        let mut curve = curve.clone();
        self.others.with(|others| {
            // They may go where this run has not been yet.
            curve.reach(others.iter().flatten());
            curve.lines.extend(others.iter().zip(1..).map(|(y, number)| {
                let x = (1..=y.len()).map(|block| block as f32 * curve.per_block).collect();
                Line::new("other seeds", x, y.clone(), LineStyle::Faint)
                    .named(format!("other seed {number}"))
            }));
        });
        Some(Arc::new(Figure::Curve(curve)))
    }

    /// Run or, while running, nothing.
    pub fn run(self) {
        self.kept().plan.set(Plan::Watch);
        self.send(Command::Speed(self.speed.get_untracked()));
        self.send(Command::Run);
        self.expect_answer();
    }

    /// Stop where it is.
    pub fn pause(self) {
        self.kept().plan.set(Plan::Watch);
        self.send(Command::Pause);
        self.expect_answer();
    }

    /// Go a little.
    pub fn step(self, kind: StepKind) {
        self.kept().plan.set(Plan::Watch);
        self.send(Command::Step(kind));
        self.expect_answer();
    }

    /// Back to the first tick.
    pub fn reset(self) {
        self.kept().plan.set(Plan::Watch);
        let was_edited = self.frame.with_untracked(|frame| frame.edited_at_ms.is_some());
        if was_edited {
            // The link's own run again, and the address that goes with it.
            self.open_link(None);
        } else {
            self.send(Command::Reset);
        }
        self.expect_answer();
    }

    /// Straight to the end.
    pub fn finish(self) {
        self.kept().plan.set(Plan::ShowResult { replay: false });
        self.send(Command::Speed(None));
        self.send(Command::Run);
        self.expect_answer();
    }

    /// Another speed.
    pub fn set_speed(self, speed: Option<f64>) {
        self.speed.set(speed);
        self.kept().has_chosen_speed.set(true);
        self.kept().plan.set(Plan::Watch);
        self.send(Command::Speed(speed));
    }

    /// Opens the changed link: goes on watching if the visitor was, else shows the result.
    fn reopen(self) {
        self.notices.update(|notices| notices.retain(|notice| !is_of_file(notice)));
        let is_watching = self.frame.with_untracked(|frame| frame.state == RunState::Running)
            && self.kept().plan.get() == Plan::Watch;
        let autorun = self.link.with_untracked(|link| link.page.autorun);
        self.open_link(match (is_watching, autorun) {
            (true, _) => Some(Plan::Watch),
            (false, Autorun::Off) => None,
            (false, _) => Some(Plan::ShowResult { replay: false }),
        });
        self.expect_answer();
    }

    /// Opens another link of this demo, as a new entry of the browser's history.
    pub fn visit(self, query: &str) {
        let (mut link, notices) = link::parse(query, REGISTRY);
        // Changing what is run does not change how the page looks.
        link.page = self.link.with_untracked(|link| link.page.clone());
        // The visitor's files stay with presets.
        self.link.with_untracked(|old| {
            if link.spec.files.names().is_empty() {
                let specs = std::iter::once(&mut link.spec).chain(&mut link.twin);
                specs.for_each(|spec| spec.files = old.spec.files.clone());
            }
        });
        // The entry that is left holds the run that was on screen, not one before it.
        self.link.with_untracked(address::replace);
        address::push(&link);
        self.open(link, notices);
    }

    /// Opens the link in the address bar: the visitor went back or forth.
    pub fn reread(self) {
        let (link, notices) = address::read();
        self.open(link, notices);
    }

    fn open(self, link: Link, notices: Vec<Notice>) {
        *self.kept().watched.borrow_mut() = panels_of(&link);
        self.edits_twin.set(link.twin.is_some());
        self.link.set(link);
        self.notices.set(notices);
        self.errors.set(Vec::new());
        self.open_link(self.autorun_plan());
    }

    /// The edited run again from its start, as the link on screen has it.
    pub fn restart_edited(self) {
        self.open_link(Some(Plan::Watch));
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

    /// Live controls change the run that is going. One that is over, or is only computed to show its result, is
    /// replaced by the run of the new value instead, so that what is on screen is the link's own run.
    pub fn is_edited_live(self) -> bool {
        self.kept().plan.get() == Plan::Watch
            && self
                .frame
                .with_untracked(|f| matches!(f.state, RunState::Running | RunState::Paused))
    }

    /// A live control has changed a run that was going: no link replays it.
    pub fn is_edited(self) -> bool {
        self.frame.with(|frame| frame.edited_at_ms.is_some())
    }
}
