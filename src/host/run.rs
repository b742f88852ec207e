//! The run at hand, with the one beside it where two are compared.
//!
//! Two runs are driven to the same simulated time. Each ends for itself, and then the other one goes on alone.

use std::sync::Arc;

use super::export;
use super::film::Film;
use super::meter::SpeedMeter;
use super::others::OtherSeeds;
use crate::export::weights;
use crate::lab::files::Shelved;
use crate::lab::form::controls;
use crate::lab::told;
use crate::lab::{Activity, Makers, Notice, Picture, Session, Spec, StepKind, values};
use crate::lab::{pair, panel};
use crate::record::{Figure, Fingerprint};
use crate::wire::{Command, Event, Frame, RunState, TWIN, TwinFrame};

/// What copies of a run may weigh in all, to go back to.
const PAST_BYTES: usize = 64 << 20;

/// The run at hand.
pub struct Run {
    pub id: u32,
    pub session: Session,
    /// The run that it is compared with, driven to the same simulated time.
    pub(super) twin: Option<Session>,
    pub state: RunState,
    /// Where a step is to stop, in simulated time.
    pub(super) target_ms: f64,
    pub(super) stop_at_target: bool,
    /// A step that ends with a spike as well.
    pub(super) stop_at_spike: bool,
    /// It is where it has not been before, so that the film grows.
    pub(super) is_first_time: bool,
    /// On its way to this moment, behind or ahead.
    pub(super) seek_ms: Option<f64>,
    /// The moment that was asked for, as long as it stands there.
    pub(super) sought_ms: Option<f64>,
    pub last_frame_ms: f64,
    /// When frames of the film were handed over last.
    pub last_film_ms: f64,
    /// There is something new to show.
    pub is_dirty: bool,
    /// The state that the latest frame told.
    pub told_state: RunState,
    pub(super) meter: SpeedMeter,
    pub(super) film: Film,
    /// The panel that answers the question, and that of the run beside it: the film has them.
    pub(super) heroes: Vec<u16>,
    /// What happened since the latest frame, in the run and the one beside it.
    pub(super) since_frame: [Activity; 2],
    pub others: OtherSeeds,
    /// The networks, until they are told.
    pictures: Option<(Arc<Picture>, Option<Arc<Picture>>)>,
    makers: Makers,
}

impl Run {
    /// At its first tick.
    pub fn new(id: u32, spec: Spec, twin: Option<Spec>, makers: Makers) -> Self {
        // Two runs beside each other are enough to look at.
        let others = if twin.is_some() { OtherSeeds::default() } else { OtherSeeds::new(&spec) };
        let mut session = Session::new(spec, makers.build);
        let mut twin = twin.map(|twin| Session::new(twin, makers.build));
        let most_bytes = PAST_BYTES / if twin.is_some() { 2 } else { 1 };
        session.keep_past(most_bytes);
        twin.iter_mut().for_each(|twin| twin.keep_past(most_bytes));
        let heroes = heroes(&session.spec, twin.as_ref().map(|twin| &twin.spec));
        let total_ms = session.total_ms().max(twin.as_ref().map_or(0.0, Session::total_ms));
        let film = Film::new(total_ms, session.runner.dt_ms());
        let picture = session.follow(makers.describe);
        let pictures = Some((picture, twin.as_mut().map(|twin| twin.follow(makers.describe))));
        Self {
            id,
            session,
            twin,
            state: RunState::Idle,
            target_ms: 0.0,
            stop_at_target: false,
            stop_at_spike: false,
            is_first_time: true,
            seek_ms: None,
            sought_ms: None,
            last_frame_ms: 0.0,
            last_film_ms: 0.0,
            is_dirty: true,
            told_state: RunState::Idle,
            meter: SpeedMeter::default(),
            film,
            heroes,
            since_frame: Default::default(),
            others,
            pictures,
            makers,
        }
    }

    /// Carries out a command; its effect is seen in the next frame.
    pub fn handle(&mut self, command: Command, events: &mut Vec<Event>) {
        self.is_dirty = true;
        match command {
            Command::Run => self.go(),
            Command::Pause if self.state == RunState::Running => self.pause(),
            Command::Step(kind) => self.step(kind),
            Command::Seek { ms } => self.seek(ms),
            Command::Reset => self.restart(),
            Command::Set { key, value, is_twin } => match self.set_live(&key, &value, is_twin) {
                Ok(()) => {}
                Err(notice) => events.push(Event::Refused { run_id: self.id, notice }),
            },
            Command::Interact(interaction) => {
                for session in self.sessions() {
                    session.interact(&interaction);
                }
            }
            Command::SaveWeights => {
                let text = weights(&self.session);
                events.push(Event::Weights { run_id: self.id, text });
            }
            Command::Export(export) => {
                let twin = self.twin.as_ref();
                let describe = self.makers.describe;
                events.push(export::event(self.id, (&self.session, twin), describe, export));
            }
            _ => {}
        }
    }

    fn pause(&mut self) {
        self.stop_at_spike = false;
        if self.is_twin_behind() {
            // Both stand at the same time: the twin comes to where the run is, and then they pause.
            self.target_ms = self.session.sim_ms();
            self.stop_at_target = true;
        } else {
            self.state = RunState::Paused;
        }
    }

    fn go(&mut self) {
        (self.seek_ms, self.sought_ms) = (None, None);
        match self.state {
            RunState::Finished => self.restart(),
            RunState::Failed => return,
            // A step that is still going becomes a run.
            RunState::Running if !self.stop_at_target => return,
            RunState::Running => {}
            RunState::Idle | RunState::Paused => {}
        }
        self.state = RunState::Running;
        (self.stop_at_target, self.stop_at_spike) = (false, false);
        self.meter = SpeedMeter::default();
    }

    fn step(&mut self, kind: StepKind) {
        (self.seek_ms, self.sought_ms) = (None, None);
        match self.state {
            RunState::Failed => return,
            // From the start, which it has a copy of.
            RunState::Finished => {
                self.seek(0.0);
                self.seek_ms = None;
            }
            _ => {}
        }
        let runner = &self.leader().runner;
        let ticks = match kind {
            StepKind::Tick => 1,
            StepKind::Trial => runner.ticks_to_trial_end(),
            StepKind::Spike => runner.num_ticks() - runner.now(),
        };
        self.target_ms = (runner.now() + ticks) as f64 * runner.dt_ms();
        (self.stop_at_target, self.stop_at_spike) = (true, kind == StepKind::Spike);
        self.state = RunState::Running;
    }

    /// Back to the first tick, keeping the id and the other seeds' curves.
    fn restart(&mut self) {
        let others = std::mem::take(&mut self.others);
        let twin = self.twin.as_ref().map(|twin| twin.spec.clone());
        *self = Self::new(self.id, self.session.spec.clone(), twin, self.makers);
        self.others = others;
    }

    /// Why neither run could use this file, if none could.
    pub fn refusal(&self, file: &Shelved) -> Option<String> {
        let why_not = |session: &Session| {
            let mut spec = session.spec.clone();
            spec.files.put(file);
            let tried = Session::new(spec, self.makers.build);
            tried.unused.into_iter().find_map(|(key, why)| (key == file.key()).then_some(why))
        };
        let why = why_not(&self.session)?;
        match &self.twin {
            Some(twin) => why_not(twin).map(|_| why),
            None => Some(why),
        }
    }

    /// What became of the visitor's files in each run.
    pub fn files_told(&self) -> Event {
        Event::Opened {
            run_id: self.id,
            files: told::told(&self.session),
            twin_files: self.twin.as_ref().map_or(Vec::new(), told::told),
        }
    }

    /// The networks of the runs, once after they were built.
    pub fn network_told(&mut self) -> Option<Event> {
        let (picture, twin) = self.pictures.take()?;
        let told = |picture: Arc<Picture>| Box::new((*picture).clone());
        let (picture, twin) = (told(picture), twin.map(told));
        Some(Event::Network { run_id: self.id, picture, twin })
    }

    /// The run, and the one beside it.
    pub(super) fn sessions(&mut self) -> impl Iterator<Item = &mut Session> {
        std::iter::once(&mut self.session).chain(&mut self.twin)
    }

    fn side_mut(&mut self, is_twin: bool) -> &mut Session {
        match &mut self.twin {
            Some(twin) if is_twin => twin,
            _ => &mut self.session,
        }
    }

    fn set_live(&mut self, key: &str, value: &str, is_twin: bool) -> Result<(), Notice> {
        let session = self.side_mut(is_twin);
        let controls = controls(&*session.spec.params);
        if controls.iter().any(|c| c.field.key == key && !c.field.live) {
            let rule = "cannot change under way; open the run with it instead.".into();
            return Err(Notice { key: key.into(), given: value.into(), used: String::new(), rule });
        }
        // What is on its way to a moment is changed there.
        if let Some(ms) = self.seek_ms.take() {
            self.sessions().for_each(|session| _ = session.go_to(session.tick_at(ms)));
            self.gather();
        }
        let session = self.side_mut(is_twin);
        values::set(&mut session.spec.params, key, value)?;
        // With the new value, a run that is over is another run, and so is one that has not begun.
        let is_over = matches!(self.state, RunState::Finished | RunState::Failed);
        if is_over || self.leader().runner.now() == 0 {
            let goes_on = is_over || self.state == RunState::Running;
            self.restart();
            if goes_on {
                self.go();
            }
            return Ok(());
        }
        self.side_mut(is_twin).adopt();
        let now_ms = self.now_ms();
        self.film.cut(now_ms);
        self.sessions().for_each(Session::forget_shades);
        self.is_first_time = true;
        if self.twin.is_none() {
            self.others = OtherSeeds::new(&self.session.spec);
        }
        Ok(())
    }

    /// The one that sets the pace: the run, or once that is over, the one beside it.
    pub(super) fn leader(&self) -> &Session {
        match &self.twin {
            Some(twin) if self.session.is_over() => twin,
            _ => &self.session,
        }
    }

    pub(super) fn leader_mut(&mut self) -> &mut Session {
        match &mut self.twin {
            Some(twin) if self.session.is_over() => twin,
            _ => &mut self.session,
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.session.is_over() && self.twin.as_ref().is_none_or(Session::is_over)
    }

    pub(super) fn is_twin_behind(&self) -> bool {
        self.twin.as_ref().is_some_and(|twin| {
            let target = twin.tick_at(self.session.sim_ms());
            !self.session.is_over() && !twin.is_over() && twin.runner.now() < target
        })
    }

    /// The figures that are watched, of both runs, where there are two with the same axes.
    pub(super) fn figures(&self, watched: &[u16]) -> Vec<(u16, Figure)> {
        let mut figures = self.session.runner.figures(&|panel| watched.contains(&panel));
        let Some(twin) = &self.twin else { return figures };
        let mut others = twin.runner.figures(&|panel| watched.contains(&(panel + TWIN)));
        pair::link_axes((&self.session.spec, &mut figures), (&twin.spec, &mut others));
        figures.extend(others.into_iter().map(|(idx, figure)| (idx + TWIN, figure)));
        figures
    }

    /// None while it goes: weights are hashed when it stands. None of a run that was edited: no link has it.
    fn fingerprint_of(&self, session: &Session) -> Option<Fingerprint> {
        let has_one = self.state != RunState::Running && session.ever_edited_at_ms().is_none();
        has_one.then(|| session.runner.fingerprint())
    }

    /// The run at this moment, with the figures that are watched.
    pub fn frame(&mut self, watched: &[u16], now_ms: f64) -> Frame {
        self.gather();
        let [activity, twin_activity] = std::mem::take(&mut self.since_frame);
        let runner = &self.session.runner;
        let twin = self.twin.as_ref();
        let fault_of = |session: &Session| session.runner.fault().map(|fault| fault.to_string());
        Frame {
            run_id: self.id,
            state: self.state,
            sim_ms: self.session.sim_ms(),
            total_ms: self.session.total_ms(),
            computed_ms: self.film.to_ms,
            sought_ms: self.sought_ms,
            speed_ratio: match self.state {
                RunState::Running => self.meter.ratio(now_ms),
                _ => 0.0,
            },
            phase: runner.phase(),
            fingerprint: self.fingerprint_of(&self.session),
            edited_at_ms: self
                .session
                .ever_edited_at_ms()
                .or(twin.and_then(Session::ever_edited_at_ms)),
            fault: fault_of(&self.session),
            summary: runner.summary(),
            figures: self.figures(watched),
            activity,
            twin: twin.map(|twin| TwinFrame {
                sim_ms: twin.sim_ms(),
                phase: twin.runner.phase(),
                fingerprint: self.fingerprint_of(twin),
                fault: fault_of(twin),
                summary: twin.runner.summary(),
                activity: twin_activity,
            }),
        }
    }
}

/// The panels that answer the question.
fn heroes(spec: &Spec, twin: Option<&Spec>) -> Vec<u16> {
    let hero = |spec: &Spec| {
        let panels = spec.panels();
        (!panels.is_empty()).then(|| panel::hero(&panels) as u16)
    };
    let twin = twin.and_then(hero).map(|hero| hero + TWIN);
    hero(spec).into_iter().chain(twin).collect()
}
