//! The loop around a run: commands in, work in slices, events out.
//!
//! The worker runs it, and the page itself where workers are refused. It knows no DOM and reads the
//! clock it is given, so tests drive it with a list of times.

mod job;
mod others;

use job::Job;
use others::OtherSeeds;

use crate::lab::form::controls;
use crate::lab::session::SliceEnd;
use crate::lab::{Build, Clock, Notice, Registry, Session, Spec, StepKind, link, values};
use crate::record::{Figure, Fingerprint, WeightsFile};
use crate::sim::Tick;
use crate::wire::{Command, Event, Frame, RunState, TWIN, TwinFrame};

/// A frame at most this often.
const FRAME_INTERVAL_MS: f64 = 33.0;
/// A pause longer than this (a sleeping laptop, a throttled tab) does not make slow motion jump.
const LONGEST_GAP_MS: f64 = 100.0;
/// Frames that may be under way unanswered.
const FIRST_CREDIT: u32 = 1;

/// What the caller should do next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    /// Call [`Host::work`] again as soon as commands have been looked at.
    Soon,
    /// Call it again after that many milliseconds.
    After(f64),
    /// Nothing to do until a command comes.
    Idle,
}

/// Drives one run at a time, with a second one beside it where two are compared; and, where there is
/// nothing to watch, jobs.
pub struct Host {
    registry: Registry,
    build: Build,
    slice_ms: f64,
    run: Option<Run>,
    job: Option<Job>,
    watched: Vec<u16>,
    speed: Option<f64>,
    credit: u32,
    is_hidden: bool,
    events: Vec<Event>,
}

/// The run at hand.
struct Run {
    id: u32,
    session: Session,
    /// The run that it is compared with, driven to the same simulated time.
    twin: Option<Session>,
    state: RunState,
    /// Where a step or slow motion is to stop, in ticks; fractions carry over.
    target: f64,
    stop_at_target: bool,
    last_work_ms: Option<f64>,
    last_frame_ms: f64,
    is_dirty: bool,
    /// The state that the latest frame told.
    told_state: RunState,
    meter: SpeedMeter,
    /// The visitor's file, and its name.
    loaded: Option<(String, Fingerprint)>,
    others: OtherSeeds,
    build: Build,
}

impl Host {
    /// A host whose slices take about `slice_ms` milliseconds.
    pub fn new(registry: Registry, build: Build, slice_ms: f64) -> Self {
        Self {
            registry,
            build,
            slice_ms,
            run: None,
            job: None,
            watched: Vec::new(),
            speed: None,
            credit: FIRST_CREDIT,
            is_hidden: false,
            events: Vec::new(),
        }
    }

    /// What has happened since the last call.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Carries out a command; its effect is seen in the next frame.
    pub fn handle(&mut self, command: Command) {
        match command {
            Command::Open { run_id, link } => {
                let (link, _) = link::parse(&link, self.registry);
                self.run = Some(Run::new(run_id, link.spec, link.twin, self.build));
                self.credit = FIRST_CREDIT;
            }
            Command::Speed(speed) => {
                self.speed = speed;
                if let Some(run) = &mut self.run {
                    // A step under way still goes as far as it was to go.
                    if !run.stop_at_target {
                        run.target = run.session.runner.now() as f64;
                    }
                    run.meter = SpeedMeter::default();
                }
            }
            Command::Watch(panels) => {
                self.watched = panels;
                if let Some(run) = &mut self.run {
                    run.is_dirty = true;
                }
            }
            Command::Credit(frames) => self.credit = (self.credit + frames).min(FIRST_CREDIT),
            Command::Hidden(is_hidden) => self.is_hidden = is_hidden,
            Command::Ping => self.events.push(Event::Pong),
            Command::Job { job, link } => {
                let (link, _) = link::parse(&link, self.registry);
                self.job = Some(Job::new(job, Session::new(link.spec, self.build)));
            }
            other => {
                if let Some(run) = &mut self.run {
                    run.handle(other, &mut self.events);
                }
            }
        }
    }

    fn work_on_job(&mut self, clock: &mut dyn Clock) -> Next {
        let Some(job) = &mut self.job else { return Next::Idle };
        let is_over = job.work(clock, self.slice_ms, &mut self.events);
        if is_over {
            self.job = None;
            return Next::Idle;
        }
        Next::Soon
    }

    /// Works for one slice and says when to call again.
    pub fn work(&mut self, clock: &mut dyn Clock) -> Next {
        let Some(run) = &mut self.run else { return self.work_on_job(clock) };
        let now_ms = clock.now_ms();
        let wait_ms = run.advance(clock, self.slice_ms, self.speed, now_ms);
        let now_ms = clock.now_ms();
        let is_due = now_ms - run.last_frame_ms >= FRAME_INTERVAL_MS
            || run.state != RunState::Running
            || run.last_frame_ms == 0.0;
        if run.is_dirty && is_due && self.credit > 0 {
            self.credit -= 1;
            run.is_dirty = false;
            run.last_frame_ms = now_ms;
            run.told_state = run.state;
            let frame = run.frame(&self.watched, now_ms);
            self.events.push(Event::Frame(Box::new(frame)));
        } else if run.state != run.told_state {
            // Who has pressed Pause hears of it at once, however long the last picture takes to draw.
            run.told_state = run.state;
            self.events.push(Event::Frame(Box::new(run.frame(&[], now_ms))));
        }
        if run.state == RunState::Running && wait_ms.is_none() {
            return Next::Soon;
        }
        // The run stands or waits for slow motion's next tick: time for other seeds.
        let wants_others = run.state != RunState::Idle && !self.is_hidden;
        if wants_others && run.others.work(&run.session, self.build, clock, self.slice_ms) {
            if let Some((seed, curve)) = run.others.take() {
                self.events.push(Event::OtherSeed { run_id: run.id, seed, curve });
            }
            return Next::Soon;
        }
        match wait_ms {
            Some(ms) if run.state == RunState::Running => Next::After(ms),
            _ => Next::Idle,
        }
    }
}

impl Run {
    fn new(id: u32, spec: Spec, twin: Option<Spec>, build: Build) -> Self {
        // Two runs beside each other are enough to look at.
        let others = if twin.is_some() { OtherSeeds::default() } else { OtherSeeds::new(&spec) };
        Self {
            id,
            session: Session::new(spec, build),
            twin: twin.map(|twin| Session::new(twin, build)),
            state: RunState::Idle,
            target: 0.0,
            stop_at_target: false,
            last_work_ms: None,
            last_frame_ms: 0.0,
            is_dirty: true,
            told_state: RunState::Idle,
            meter: SpeedMeter::default(),
            loaded: None,
            others,
            build,
        }
    }

    fn handle(&mut self, command: Command, events: &mut Vec<Event>) {
        self.is_dirty = true;
        match command {
            Command::Run => self.go(),
            Command::Pause if self.state == RunState::Running => {
                self.state = RunState::Paused;
                self.last_work_ms = None;
            }
            Command::Step(kind) => self.step(kind),
            Command::Reset => self.restart(),
            Command::Set { key, value, is_twin } => match self.set_live(&key, &value, is_twin) {
                Ok(()) => {}
                Err(notice) => events.push(Event::Refused { run_id: self.id, notice }),
            },
            Command::Interact(interaction) => {
                for session in self.sessions() {
                    session.runner.interact(&interaction);
                }
            }
            Command::SaveWeights => {
                let text = self.weights_file().to_csv();
                events.push(Event::Weights { run_id: self.id, text });
            }
            Command::LoadFile(text) => {
                if let Err(rule) = self.load_file(text) {
                    let notice = Notice {
                        key: "weights".into(),
                        given: "file".into(),
                        used: String::new(),
                        rule,
                    };
                    events.push(Event::Refused { run_id: self.id, notice });
                }
            }
            _ => {}
        }
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
        self.target = self.session.runner.now() as f64;
        self.last_work_ms = None;
    }

    fn step(&mut self, kind: StepKind) {
        if self.state == RunState::Finished {
            self.restart();
        }
        if self.state == RunState::Failed {
            return;
        }
        let ticks = match kind {
            StepKind::Tick => 1,
            StepKind::Trial => self.session.runner.ticks_to_trial_end(),
        };
        self.target = (self.session.runner.now() + ticks) as f64;
        self.stop_at_target = true;
        self.state = RunState::Running;
    }

    /// Back to the first tick, keeping the id, the visitor's file and the other seeds' curves.
    fn restart(&mut self) {
        let loaded = self.loaded.take();
        let others = std::mem::take(&mut self.others);
        *self = self.anew();
        self.others = others;
        if let Some((text, name)) = loaded {
            // It fitted these very networks before.
            if self.sessions().all(|session| session.load_file(&text).is_ok()) {
                self.loaded = Some((text, name));
            }
        }
    }

    /// The same at its first tick.
    fn anew(&self) -> Self {
        let twin = self.twin.as_ref().map(|twin| twin.spec.clone());
        Self::new(self.id, self.session.spec.clone(), twin, self.build)
    }

    /// The run, and the one beside it.
    fn sessions(&mut self) -> impl Iterator<Item = &mut Session> {
        std::iter::once(&mut self.session).chain(&mut self.twin)
    }

    fn set_live(&mut self, key: &str, value: &str, is_twin: bool) -> Result<(), Notice> {
        let session = match &mut self.twin {
            Some(twin) if is_twin => twin,
            _ => &mut self.session,
        };
        let controls = controls(&*session.spec.params);
        if controls.iter().any(|c| c.field.key == key && !c.field.live) {
            let rule = "cannot change under way; open the run with it instead.".into();
            return Err(Notice { key: key.into(), given: value.into(), used: String::new(), rule });
        }
        values::set(&mut session.spec.params, key, value)?;
        session.runner.adopt(&*session.spec.params);
        let now = session.runner.now();
        if now > 0 {
            session.edited_at.get_or_insert(now);
        }
        if self.twin.is_none() {
            self.others = OtherSeeds::new(&self.session.spec);
        }
        Ok(())
    }

    fn weights_file(&self) -> WeightsFile {
        let spec = &self.session.spec;
        let link = link::print(spec, &link::PageOptions::default());
        WeightsFile::new(spec.entry.id, &link, self.session.runner.weights())
    }

    fn load_file(&mut self, text: String) -> Result<(), String> {
        let mut anew = self.anew();
        let mut name = None;
        for session in anew.sessions() {
            name = Some(session.load_file(&text)?);
        }
        let Some(name) = name else { return Ok(()) };
        *self = anew;
        self.loaded = Some((text, name));
        Ok(())
    }

    /// Runs a slice. Gives how long to wait where slow motion has nothing to do yet.
    fn advance(
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
        let dt_ms = self.session.runner.dt_ms();
        let limit = match (self.stop_at_target, speed) {
            (true, _) => self.target as Tick,
            (false, None) => Tick::MAX,
            (false, Some(speed)) => {
                let gap_ms = self.last_work_ms.map_or(0.0, |last| now_ms - last);
                self.target += gap_ms.clamp(0.0, LONGEST_GAP_MS) * speed / 1_000.0 / dt_ms;
                self.last_work_ms = Some(now_ms);
                self.target as Tick
            }
        };
        let before_ms = self.session.sim_ms();
        let end = self.session.run_slice(clock, slice_ms, limit);
        self.meter.add(self.session.sim_ms() - before_ms, clock.now_ms());
        self.is_dirty |= self.session.sim_ms() != before_ms;
        if end != SliceEnd::Failed && self.is_twin_behind() {
            return None;
        }
        match end {
            SliceEnd::Failed => self.state = RunState::Failed,
            SliceEnd::Finished => self.state = RunState::Finished,
            SliceEnd::Target if self.stop_at_target => self.state = RunState::Paused,
            SliceEnd::Target => {
                let ticks_per_ms = speed.unwrap_or(1.0) / 1_000.0 / dt_ms;
                let ms_to_next_tick = (1.0 - self.target.fract()) / ticks_per_ms;
                return Some(ms_to_next_tick.clamp(4.0, FRAME_INTERVAL_MS));
            }
            SliceEnd::Budget if self.stop_at_target => {}
            SliceEnd::Budget => {
                // Slow motion that the machine cannot keep up with must not pile up a debt.
                self.target = self.target.min(self.session.runner.now() as f64 + 100.0 / dt_ms);
            }
        }
        self.is_dirty |= self.state != RunState::Running;
        None
    }

    /// Where the twin has to go: as far as the run has come, or to its own end once that is over.
    fn twin_target(&self, twin: &Session) -> Tick {
        if self.session.is_finished() {
            return twin.runner.num_ticks();
        }
        let target = (self.session.sim_ms() / twin.runner.dt_ms() + 1e-6) as Tick;
        target.min(twin.runner.num_ticks())
    }

    fn is_twin_behind(&self) -> bool {
        self.twin.as_ref().is_some_and(|twin| twin.runner.now() < self.twin_target(twin))
    }

    fn catch_up(&mut self, clock: &mut dyn Clock, slice_ms: f64) {
        let Some(mut twin) = self.twin.take() else { return };
        let target = self.twin_target(&twin);
        let end = twin.run_slice(clock, slice_ms, target);
        self.twin = Some(twin);
        self.is_dirty = true;
        if end == SliceEnd::Failed {
            self.state = RunState::Failed;
        }
    }

    /// The figures that are watched, of both runs, where there are two with the same axes.
    fn figures(&self, watched: &[u16]) -> Vec<(u16, Figure)> {
        let mut figures = self.session.runner.figures(&|panel| watched.contains(&panel));
        let Some(twin) = &self.twin else { return figures };
        let mut others = twin.runner.figures(&|panel| watched.contains(&(panel + TWIN)));
        let (panels, other_panels) = (self.session.spec.panels(), twin.spec.panels());
        for (idx, figure) in &mut figures {
            let panel = panels[*idx as usize];
            // Another model may measure something else under the same heading.
            let same = |(other, _): &&mut (u16, Figure)| {
                let other = other_panels[*other as usize];
                (other.key, other.x, other.y) == (panel.key, panel.x, panel.y)
            };
            if let Some((_, other)) = others.iter_mut().find(same) {
                Figure::link_axes(figure, other);
            }
        }
        figures.extend(others.into_iter().map(|(idx, figure)| (idx + TWIN, figure)));
        figures
    }

    fn frame(&self, watched: &[u16], now_ms: f64) -> Frame {
        let runner = &self.session.runner;
        let twin = self.twin.as_ref();
        let is_own = self.session.edited_at.is_none();
        let fault = runner.fault().or(twin.and_then(|twin| twin.runner.fault()));
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
            fingerprint: is_own.then(|| runner.fingerprint()),
            edited_at_ms: self.session.edited_at_ms().or(twin.and_then(Session::edited_at_ms)),
            file_name: self.loaded.as_ref().map(|(_, name)| *name),
            fault: fault.map(|fault| fault.to_string()),
            summary: runner.summary(),
            figures: self.figures(watched),
            twin: twin.map(|twin| TwinFrame {
                phase: twin.runner.phase(),
                fingerprint: twin.edited_at.is_none().then(|| twin.runner.fingerprint()),
                summary: twin.runner.summary(),
            }),
        }
    }
}

/// Simulated time per real time over about the last second.
#[derive(Default)]
struct SpeedMeter {
    start_ms: Option<f64>,
    sim_ms: f64,
}

impl SpeedMeter {
    fn add(&mut self, sim_ms: f64, now_ms: f64) {
        let start_ms = *self.start_ms.get_or_insert(now_ms);
        self.sim_ms += sim_ms;
        if now_ms - start_ms > 1_000.0 {
            // Halving both keeps the ratio and lets old times fade.
            self.sim_ms /= 2.0;
            self.start_ms = Some(now_ms - (now_ms - start_ms) / 2.0);
        }
    }

    fn ratio(&self, now_ms: f64) -> f64 {
        let elapsed_ms = now_ms - self.start_ms.unwrap_or(now_ms);
        if elapsed_ms > 0.0 { self.sim_ms / elapsed_ms } else { 0.0 }
    }
}
