//! A stand-in for the page: it drives the host with a clock that the test holds.

use stdp_playground::experiments::{MAKERS, REGISTRY};
use stdp_playground::host::{Host, Next};
use stdp_playground::lab::told::FileTold;
use stdp_playground::lab::{Clock, FilmFrame, Notice, Picture, SeedOutcome};
use stdp_playground::record::Fingerprint;
use stdp_playground::wire::{Command, Event, Frame, RunState, decode, encode};

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
    /// Networks, each with the number of frames before it.
    pub networks: Vec<(usize, Picture, Option<Picture>)>,
    /// The film so far.
    pub film: Vec<FilmFrame>,
    /// When frames of it came.
    pub film_ms: Vec<f64>,
    pub others: Vec<(u32, u32, Vec<f32>)>,
    pub refused: Vec<Notice>,
    pub files: Vec<String>,
    /// Name, kind and content of what was taken home.
    pub taken: Vec<(String, String, Vec<u8>)>,
    pub pongs: u32,
    pub progress: Vec<f64>,
    pub outcomes: Vec<(u32, SeedOutcome)>,
    /// The link on screen, and files that were read: key and name.
    pub link: String,
    pub read: Vec<(String, Fingerprint, Vec<String>)>,
    /// What became of the files of the run, and of the one beside it.
    pub told: [Vec<FileTold>; 2],
    run_id: u32,
}

impl Page {
    pub fn new(per_look_ms: f64) -> Self {
        Self::of(Host::new(REGISTRY, MAKERS, SLICE_MS), per_look_ms)
    }

    /// A page whose simulator is this one.
    pub fn of(host: Host, per_look_ms: f64) -> Self {
        Self {
            host,
            clock: StepClock { now_ms: 1_000.0, per_look_ms },
            answers: true,
            frames: Vec::new(),
            networks: Vec::new(),
            film: Vec::new(),
            film_ms: Vec::new(),
            others: Vec::new(),
            refused: Vec::new(),
            files: Vec::new(),
            taken: Vec::new(),
            pongs: 0,
            progress: Vec::new(),
            outcomes: Vec::new(),
            link: String::new(),
            read: Vec::new(),
            told: Default::default(),
            run_id: 0,
        }
    }

    /// A page whose looks take 1 ms, with this link as run 1.
    pub fn open(link: &str) -> Self {
        let mut page = Self::new(1.0);
        page.go_to(link);
        page
    }

    /// Opens a link, under the next number.
    pub fn go_to(&mut self, link: &str) {
        self.link = link.into();
        self.run_id += 1;
        self.send(Command::Open { run_id: self.run_id, link: link.into() });
    }

    /// Loads a file as the page does: once it is read, the link names it and is opened again.
    pub fn load(&mut self, content: impl Into<Vec<u8>>) {
        let before = self.read.len();
        self.send(Command::LoadFile(content.into()));
        if let Some((key, name, _)) = self.read.get(before).cloned() {
            let others = self.link.split('&').filter(|pair| !pair.starts_with(&format!("{key}=")));
            let link = others.collect::<Vec<_>>().join("&");
            self.go_to(&format!("{link}&{key}={name}"));
        }
    }

    pub fn send(&mut self, command: Command) {
        self.host.handle(command);
        self.collect();
    }

    fn collect(&mut self) {
        for event in self.host.take_events() {
            // As the page gets it.
            match decode(&encode(&event)).expect("an event") {
                Event::Frame(frame) => {
                    self.frames.push(*frame);
                    if self.answers {
                        self.host.handle(Command::Credit(1));
                    }
                }
                Event::Network { picture, twin, .. } => {
                    self.networks.push((self.frames.len(), *picture, twin.map(|twin| *twin)));
                }
                Event::Film { frames, .. } => {
                    self.film_ms.push(self.clock.now_ms);
                    for frame in frames {
                        self.film.retain(|old| old.activity.to_ms <= frame.activity.from_ms + 1e-9);
                        self.film.push(frame);
                    }
                }
                Event::OtherSeed { run_id, seed, curve } => self.others.push((run_id, seed, curve)),
                Event::Refused { notice, .. } => self.refused.push(notice),
                Event::Weights { text, .. } => self.files.push(text),
                Event::Exported { name, mime, bytes, .. } => self.taken.push((name, mime, bytes)),
                Event::Pong => self.pongs += 1,
                Event::JobProgress { share, .. } => self.progress.push(share),
                Event::JobDone { job, outcome } => self.outcomes.push((job, outcome)),
                Event::FileRead { key, name, notices, .. } => self.read.push((key, name, notices)),
                Event::Opened { files, twin_files, .. } => self.told = [files, twin_files],
                Event::Hello { .. } => panic!("the host does not greet"),
            }
        }
    }

    /// One call of the host.
    pub fn work(&mut self) -> Next {
        let next = self.host.work(&mut self.clock);
        self.collect();
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
