//! The run at hand, with the one beside it where two are compared.
//!
//! Two runs are driven to the same simulated time. Each ends for itself, and then the other one goes on alone.

use super::FRAME_INTERVAL_MS;
use super::meter::SpeedMeter;
use super::others::OtherSeeds;
use crate::lab::files::Shelved;
use crate::lab::form::controls;
use crate::lab::pair;
use crate::lab::session::SliceEnd;
use crate::lab::told;
use crate::lab::{Clock, Makers, Notice, Picture, Session, Spec, StepKind, link, values};
use crate::record::{Figure, Fingerprint, WeightsFile};
use crate::sim::Tick;
use crate::wire::{Command, Event, Frame, RunState, TWIN, TwinFrame};

/// A pause longer than this (a sleeping laptop, a throttled tab) does not make slow motion jump.
const LONGEST_GAP_MS: f64 = 100.0;
/// Slow motion that is so much behind does not try to make up for more.
const LONGEST_DEBT_MS: f64 = 100.0;

/// The run at hand.
pub struct Run {
    pub id: u32,
    pub session: Session,
    /// The run that it is compared with, driven to the same simulated time.
    twin: Option<Session>,
    pub state: RunState,
    /// Where a step or slow motion is to stop, in simulated time; fractions of a tick carry over.
    target_ms: f64,
    stop_at_target: bool,
    last_work_ms: Option<f64>,
    pub last_frame_ms: f64,
    /// There is something new to show.
    pub is_dirty: bool,
    /// The state that the latest frame told.
    pub told_state: RunState,
    meter: SpeedMeter,
    pub others: OtherSeeds,
    /// The networks, until they are told.
    pictures: Option<(Picture, Option<Picture>)>,
    makers: Makers,
}

impl Run {
    /// At its first tick.
    pub fn new(id: u32, spec: Spec, twin: Option<Spec>, makers: Makers) -> Self {
        // Two runs beside each other are enough to look at.
        let others = if twin.is_some() { OtherSeeds::default() } else { OtherSeeds::new(&spec) };
        let mut session = Session::new(spec, makers.build);
        let mut twin = twin.map(|twin| Session::new(twin, makers.build));
        let picture = session.follow(makers.describe);
        let pictures = Some((picture, twin.as_mut().map(|twin| twin.follow(makers.describe))));
        Self {
            id,
            session,
            twin,
            state: RunState::Idle,
            target_ms: 0.0,
            stop_at_target: false,
            last_work_ms: None,
            last_frame_ms: 0.0,
            is_dirty: true,
            told_state: RunState::Idle,
            meter: SpeedMeter::default(),
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
                let text = self.weights_file();
                events.push(Event::Weights { run_id: self.id, text });
            }
            _ => {}
        }
    }

    fn pause(&mut self) {
        self.last_work_ms = None;
        if self.is_twin_behind() {
            // Both stand at the same time: the twin comes to where the run is, and then they pause.
            self.target_ms = self.session.sim_ms();
            self.stop_at_target = true;
        } else {
            self.state = RunState::Paused;
        }
    }

    /// Slow motion, or the end of it, begins where the run stands.
    pub fn change_pace(&mut self) {
        // A step under way still goes as far as it was to go.
        if !self.stop_at_target {
            self.target_ms = self.leader().sim_ms();
        }
        self.meter = SpeedMeter::default();
    }

    fn go(&mut self) {
        match self.state {
            RunState::Finished => self.restart(),
            RunState::Failed => return,
            // A step that is still going becomes a run.
            RunState::Running if !self.stop_at_target => return,
            RunState::Running => {}
            RunState::Idle | RunState::Paused => {}
        }
        self.state = RunState::Running;
        self.stop_at_target = false;
        self.target_ms = self.leader().sim_ms();
        self.last_work_ms = None;
    }

    fn step(&mut self, kind: StepKind) {
        if self.state == RunState::Finished {
            self.restart();
        }
        if self.state == RunState::Failed {
            return;
        }
        let runner = &self.leader().runner;
        let ticks = match kind {
            StepKind::Tick => 1,
            StepKind::Trial => runner.ticks_to_trial_end(),
        };
        self.target_ms = (runner.now() + ticks) as f64 * runner.dt_ms();
        self.stop_at_target = true;
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
        let (picture, twin) = (Box::new(picture), twin.map(Box::new));
        Some(Event::Network { run_id: self.id, picture, twin })
    }

    /// The run, and the one beside it.
    fn sessions(&mut self) -> impl Iterator<Item = &mut Session> {
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
        let session = self.side_mut(is_twin);
        session.adopt();
        if self.twin.is_none() {
            self.others = OtherSeeds::new(&self.session.spec);
        }
        Ok(())
    }

    fn weights_file(&self) -> String {
        let spec = &self.session.spec;
        let mut link = link::print(spec, &link::PageOptions::default());
        if let Some(ms) = self.session.edited_at_ms() {
            link += &format!(" (changed under way at {ms} ms: this link gives other weights)");
        }
        WeightsFile::csv_of(spec.entry.id, &link, &self.session.runner.weights())
    }

    /// Runs a slice. Gives how long to wait where slow motion has nothing to do yet.
    pub fn advance(
        &mut self,
        clock: &mut dyn Clock,
        slice_ms: f64,
        speed: Option<f64>,
        now_ms: f64,
    ) -> Option<f64> {
        if self.state != RunState::Running {
            return None;
        }
        // The twin first, so that the two never drift apart.
        if self.is_twin_behind() {
            self.catch_up(clock, slice_ms);
            return None;
        }
        let limit_ms = match (self.stop_at_target, speed) {
            (true, _) => self.target_ms,
            (false, None) => f64::INFINITY,
            (false, Some(speed)) => {
                let gap_ms = self.last_work_ms.map_or(0.0, |last| now_ms - last);
                self.target_ms += gap_ms.clamp(0.0, LONGEST_GAP_MS) * speed / 1_000.0;
                self.last_work_ms = Some(now_ms);
                self.target_ms
            }
        };
        let leader = self.leader_mut();
        let before_ms = leader.sim_ms();
        let end = leader.run_slice(clock, slice_ms, tick_at(limit_ms, leader));
        let (after_ms, dt_ms) = (leader.sim_ms(), leader.runner.dt_ms());
        self.meter.add(after_ms - before_ms, clock.now_ms());
        self.is_dirty |= after_ms != before_ms;
        if self.is_twin_behind() {
            return None;
        }
        match end {
            // Each of two runs ends for itself; the other one goes on.
            SliceEnd::Failed | SliceEnd::Finished if self.is_over() => {
                let has_failed = self.sessions().any(|session| session.runner.fault().is_some());
                self.state = if has_failed { RunState::Failed } else { RunState::Finished };
            }
            SliceEnd::Failed | SliceEnd::Finished => {}
            SliceEnd::Target if self.stop_at_target => self.state = RunState::Paused,
            SliceEnd::Target => {
                let to_next_tick_ms = (after_ms + dt_ms - self.target_ms).max(0.0);
                let wait_ms = to_next_tick_ms * 1_000.0 / speed.unwrap_or(1.0);
                return Some(wait_ms.clamp(4.0, FRAME_INTERVAL_MS));
            }
            SliceEnd::Budget if self.stop_at_target => {}
            SliceEnd::Budget => {
                // Slow motion that the machine cannot keep up with must not pile up a debt.
                self.target_ms = self.target_ms.min(after_ms + LONGEST_DEBT_MS);
            }
        }
        self.is_dirty |= self.state != RunState::Running;
        None
    }

    /// The one that sets the pace: the run, or once that is over, the one beside it.
    fn leader(&self) -> &Session {
        match &self.twin {
            Some(twin) if self.session.is_over() => twin,
            _ => &self.session,
        }
    }

    fn leader_mut(&mut self) -> &mut Session {
        match &mut self.twin {
            Some(twin) if self.session.is_over() => twin,
            _ => &mut self.session,
        }
    }

    fn is_over(&self) -> bool {
        self.session.is_over() && self.twin.as_ref().is_none_or(Session::is_over)
    }

    fn is_twin_behind(&self) -> bool {
        self.twin.as_ref().is_some_and(|twin| {
            let target = tick_at(self.session.sim_ms(), twin);
            !self.session.is_over() && !twin.is_over() && twin.runner.now() < target
        })
    }

    fn catch_up(&mut self, clock: &mut dyn Clock, slice_ms: f64) {
        let Some(twin) = &mut self.twin else { return };
        twin.run_slice(clock, slice_ms, tick_at(self.session.sim_ms(), twin));
        self.is_dirty = true;
    }

    /// The figures that are watched, of both runs, where there are two with the same axes.
    fn figures(&self, watched: &[u16]) -> Vec<(u16, Figure)> {
        let mut figures = self.session.runner.figures(&|panel| watched.contains(&panel));
        let Some(twin) = &self.twin else { return figures };
        let mut others = twin.runner.figures(&|panel| watched.contains(&(panel + TWIN)));
        pair::link_axes((&self.session.spec, &mut figures), (&twin.spec, &mut others));
        figures.extend(others.into_iter().map(|(idx, figure)| (idx + TWIN, figure)));
        figures
    }

    /// None while it goes: weights are hashed when it stands. None of a run that was edited: no link has it.
    fn fingerprint_of(&self, session: &Session) -> Option<Fingerprint> {
        let has_one = self.state != RunState::Running && session.edited_at().is_none();
        has_one.then(|| session.runner.fingerprint())
    }

    /// The run at this moment, with the figures that are watched.
    pub fn frame(&mut self, watched: &[u16], now_ms: f64) -> Frame {
        let activity = self.session.activity();
        let twin_activity = self.twin.as_mut().map(Session::activity);
        let runner = &self.session.runner;
        let twin = self.twin.as_ref();
        let fault_of = |session: &Session| session.runner.fault().map(|fault| fault.to_string());
        Frame {
            run_id: self.id,
            state: self.state,
            sim_ms: self.session.sim_ms(),
            total_ms: self.session.total_ms(),
            speed_ratio: match self.state {
                RunState::Running => self.meter.ratio(now_ms),
                _ => 0.0,
            },
            phase: runner.phase(),
            fingerprint: self.fingerprint_of(&self.session),
            edited_at_ms: self.session.edited_at_ms().or(twin.and_then(Session::edited_at_ms)),
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
                activity: twin_activity.unwrap_or_default(),
            }),
        }
    }
}

/// The last tick of a run that begins by this simulated time.
fn tick_at(sim_ms: f64, session: &Session) -> Tick {
    // A time that was made from a tick is not to come out as the tick before.
    (sim_ms / session.runner.dt_ms() + 1e-6) as Tick
}
