//! A stand-in for the page: it drives the host with a clock that the test holds.

use stdp_playground::experiments::{REGISTRY, build};
use stdp_playground::host::{Host, Next};
use stdp_playground::lab::{Clock, Notice, SeedOutcome};
use stdp_playground::wire::{Command, Event, Frame, RunState};

/// Length of a slice.
pub const SLICE_MS: f64 = 12.0;

/// Goes on by the same amount at every look.
pub struct StepClock {
    pub now_ms: f64,
    pub per_look_ms: f64,
}

impl Clock for StepClock {
    fn now_ms(&mut self) -> f64 {
        self.now_ms += self.per_look_ms;
        self.now_ms
    }
}

/// What the page would be: sends commands, keeps what comes back, answers frames with credit.
pub struct Page {
    pub host: Host,
    pub clock: StepClock,
    pub answers: bool,
    pub frames: Vec<Frame>,
    pub others: Vec<(u32, u32, Vec<f32>)>,
    pub refused: Vec<Notice>,
    pub files: Vec<String>,
    pub pongs: u32,
    pub progress: Vec<f64>,
    pub outcomes: Vec<(u32, SeedOutcome)>,
}

impl Page {
    pub fn new(per_look_ms: f64) -> Self {
        Self {
            host: Host::new(REGISTRY, build, SLICE_MS),
            clock: StepClock { now_ms: 1_000.0, per_look_ms },
            answers: true,
            frames: Vec::new(),
            others: Vec::new(),
            refused: Vec::new(),
            files: Vec::new(),
            pongs: 0,
            progress: Vec::new(),
            outcomes: Vec::new(),
        }
    }

    /// A page whose looks take 1 ms, with this link as run 1.
    pub fn open(link: &str) -> Self {
        let mut page = Self::new(1.0);
        page.send(Command::Open { run_id: 1, link: link.into() });
        page
    }

    pub fn send(&mut self, command: Command) {
        self.host.handle(command);
        self.collect();
    }

    fn collect(&mut self) {
        for event in self.host.take_events() {
            match event {
                Event::Frame(frame) => {
                    self.frames.push(*frame);
                    if self.answers {
                        self.host.handle(Command::Credit(1));
                    }
                }
                Event::OtherSeed { run_id, seed, curve } => self.others.push((run_id, seed, curve)),
                Event::Refused { notice, .. } => self.refused.push(notice),
                Event::Weights { text, .. } => self.files.push(text),
                Event::Pong => self.pongs += 1,
                Event::JobProgress { share, .. } => self.progress.push(share),
                Event::JobDone { job, outcome } => self.outcomes.push((job, outcome)),
                Event::Hello { .. } => panic!("the host does not greet"),
            }
        }
    }

    /// One call of the host; waits as long as it says.
    pub fn work(&mut self) -> Next {
        let next = self.host.work(&mut self.clock);
        self.collect();
        if let Next::After(ms) = next {
            assert!(ms > 0.0 && ms < 100.0, "waits {ms} ms");
            self.clock.now_ms += ms;
        }
        next
    }

    pub fn frame(&self) -> &Frame {
        self.frames.last().expect("a frame")
    }

    /// Works until a frame says so.
    pub fn work_until(&mut self, state: RunState) -> &Frame {
        for _ in 0..100_000 {
            self.work();
            if self.frames.last().is_some_and(|frame| frame.state == state) {
                return self.frame();
            }
        }
        panic!("never {state:?}; last {:?}", self.frames.last().map(|frame| &frame.phase));
    }

    /// Works until there is nothing left to do.
    pub fn work_until_idle(&mut self) {
        while self.work() != Next::Idle {}
    }

    /// Works for this much time of the clock.
    pub fn work_for(&mut self, ms: f64) {
        let end_ms = self.clock.now_ms + ms;
        while self.clock.now_ms < end_ms {
            self.work();
        }
    }

    /// Stops and tells where.
    pub fn pause(&mut self) -> f64 {
        self.send(Command::Pause);
        self.work_until(RunState::Paused).sim_ms
    }

    pub fn finish(&mut self) -> &Frame {
        self.send(Command::Run);
        self.work_until(RunState::Finished)
    }

    /// Time of the clock that one call of the host takes.
    pub fn time_of_work(&mut self) -> f64 {
        let before_ms = self.clock.now_ms;
        self.host.work(&mut self.clock);
        self.collect();
        self.clock.now_ms - before_ms
    }
}
