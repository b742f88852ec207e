//! A run being driven: many short ticks, a look at the clock now and then.

use super::{Build, Runner, Spec};
use crate::record::{Fingerprint, WeightsFile};
use crate::sim::Tick;

/// Where the time comes from: `performance.now()` in a browser, a monotonic clock natively, a list
/// of numbers in a test.
pub trait Clock {
    /// Milliseconds since any fixed moment.
    fn now_ms(&mut self) -> f64;
}

/// How far one press of Step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum StepKind {
    /// One tick.
    Tick,
    /// To the end of the trial (a presentation).
    Trial,
}

/// Why a slice ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SliceEnd {
    /// The time was used up.
    Budget,
    /// The tick asked for was reached.
    Target,
    /// The run is over.
    Finished,
    /// The run cannot go on; see [`Runner::fault`].
    Failed,
}

/// A run and the means to drive it.
pub struct Session {
    /// What is being run.
    pub spec: Spec,
    /// The network.
    pub runner: Box<dyn Runner>,
    /// The tick at which a live parameter was changed, if one was: the run is no longer the link's.
    pub edited_at: Option<Tick>,
    /// Ticks between two looks at the clock, so that looking costs nothing.
    ticks_per_look: u32,
}

impl Session {
    /// A run at its first tick.
    pub fn new(spec: Spec, build: Build) -> Self {
        let runner = build(&spec);
        Self { spec, runner, edited_at: None, ticks_per_look: 16 }
    }

    /// Takes over a file of the visitor's, weights or spike trains, and gives it a name made from its content.
    ///
    /// # Errors
    /// What is wrong with it. The run may then have to be built anew.
    pub fn load_file(&mut self, text: &str) -> Result<Fingerprint, String> {
        if WeightsFile::is_one(text) {
            let file = WeightsFile::read(text.as_bytes())?;
            file.check_experiment(self.spec.entry.id)?;
            self.runner.load_weights(&file)?;
        } else {
            self.runner.load_trains(text)?;
        }
        Ok(Fingerprint::of_text(text))
    }

    /// Simulated milliseconds so far.
    pub fn sim_ms(&self) -> f64 {
        self.runner.now() as f64 * self.runner.dt_ms()
    }

    /// Simulated milliseconds of the whole run.
    pub fn total_ms(&self) -> f64 {
        self.runner.num_ticks() as f64 * self.runner.dt_ms()
    }

    /// When a live parameter was changed, in simulated milliseconds.
    pub fn edited_at_ms(&self) -> Option<f64> {
        self.edited_at.map(|tick| tick as f64 * self.runner.dt_ms())
    }

    /// When a fault stopped it, in simulated milliseconds.
    pub fn stopped_ms(&self) -> Option<f64> {
        self.runner.fault().map(|_| self.sim_ms())
    }

    /// All ticks of the run are done.
    pub fn is_finished(&self) -> bool {
        self.runner.now() >= self.runner.num_ticks()
    }

    /// Runs until tick `target`, the end, a fault, or for about `budget_ms`, whichever is first.
    pub fn run_slice(&mut self, clock: &mut dyn Clock, budget_ms: f64, target: Tick) -> SliceEnd {
        let start_ms = clock.now_ms();
        let mut last_ms = start_ms;
        loop {
            let now = self.runner.now();
            if self.is_finished() {
                return self.end_of(SliceEnd::Finished);
            }
            if now >= target {
                return self.end_of(SliceEnd::Target);
            }
            let look = Tick::from(self.ticks_per_look);
            let done = self.tick_times(look.min(target - now));
            if self.runner.fault().is_some() {
                return SliceEnd::Failed;
            }
            // What was cut short says nothing about the time that a look takes.
            if done < look {
                continue;
            }
            let now_ms = clock.now_ms();
            self.adapt(now_ms - last_ms);
            last_ms = now_ms;
            if now_ms - start_ms >= budget_ms {
                return SliceEnd::Budget;
            }
        }
    }

    /// Runs to the end without looking at any clock.
    pub fn run_to_end(&mut self) -> SliceEnd {
        while !self.is_finished() {
            self.tick_times(1_000);
            if self.runner.fault().is_some() {
                return SliceEnd::Failed;
            }
        }
        self.end_of(SliceEnd::Finished)
    }

    /// So many ticks, or as many as are left; tells how many that was. Nothing is asked of the run between two of
    /// them: in wasm a call of an unknown function costs as much as a small network's tick.
    pub fn tick_times(&mut self, ticks: Tick) -> Tick {
        let ticks = ticks.min(self.runner.num_ticks().saturating_sub(self.runner.now()));
        (0..ticks).for_each(|_| self.runner.tick());
        ticks
    }

    fn end_of(&self, end: SliceEnd) -> SliceEnd {
        if self.runner.fault().is_some() { SliceEnd::Failed } else { end }
    }

    /// Looks about once per millisecond.
    fn adapt(&mut self, took_ms: f64) {
        if took_ms < 0.5 {
            self.ticks_per_look = (self.ticks_per_look * 2).min(1 << 16);
        } else if took_ms > 2.0 {
            self.ticks_per_look = (self.ticks_per_look / 2).max(1);
        }
    }
}
