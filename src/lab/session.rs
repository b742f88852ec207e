//! A run being driven: many short ticks, a look at the clock now and then, and a look for faults at fixed ticks.

use super::files::{DATA, WEIGHTS};
use super::{Build, Runner, Spec};
use crate::sim::Tick;
use crate::sim::encode::TrainCounts;

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
    /// What became of the spikes of the visitor's file, if the run is driven by one.
    pub train_counts: Option<TrainCounts>,
    /// Keys of the visitor's files that this run does not use, and why.
    pub unused: Vec<(&'static str, String)>,
    /// Ticks between two looks at the clock, so that looking costs nothing. When a fault is looked for does not depend
    /// on it: the run stops at the same tick however it is cut into slices.
    ticks_per_glance: u32,
}

impl Session {
    /// A run at its first tick, with the visitor's files that its spec brings. A file that it cannot use is told in
    /// [`Session::unused`], and the run is what it is without.
    pub fn new(spec: Spec, build: Build) -> Self {
        let mut session = Self {
            runner: build(&spec),
            spec,
            edited_at: None,
            train_counts: None,
            unused: Vec::new(),
            ticks_per_glance: 16,
        };
        session.take_weights(build);
        session.take_trains();
        session
    }

    fn take_weights(&mut self, build: Build) {
        let Some(file) = self.spec.files.weights.as_ref().and_then(|file| file.content.clone())
        else {
            return;
        };
        let fits = file.check_experiment(self.spec.entry.id);
        if let Err(why) = fits.and_then(|()| self.runner.load_weights(&file)) {
            // It may have taken some of them before it came to those that do not fit.
            self.runner = build(&self.spec);
            self.unused.push((WEIGHTS, why));
        }
    }

    fn take_trains(&mut self) {
        let Some(trains) = self.spec.files.data.as_ref().and_then(|file| file.content.clone())
        else {
            return;
        };
        match self.runner.load_trains(&trains) {
            Ok(counts) => self.train_counts = Some(counts),
            Err(why) => self.unused.push((DATA, why)),
        }
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

    /// Nothing more is to be done: it is finished, or a fault has stopped it.
    pub fn is_over(&self) -> bool {
        self.is_finished() || self.runner.fault().is_some()
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
            if let Some(end) = self.end(target) {
                return end;
            }
            let glance = Tick::from(self.ticks_per_glance);
            let done = self.tick_times(glance.min(target - self.runner.now()));
            // What was cut short says nothing about the time that so many ticks take.
            if done < glance {
                continue;
            }
            let now_ms = clock.now_ms();
            self.adapt(now_ms - last_ms);
            last_ms = now_ms;
            if now_ms - start_ms >= budget_ms {
                return self.end(target).unwrap_or(SliceEnd::Budget);
            }
        }
    }

    /// Runs until tick `target`, the end or a fault, whichever is first, without looking at any clock.
    pub fn advance_to(&mut self, target: Tick) -> SliceEnd {
        self.tick_times(target.saturating_sub(self.runner.now()));
        self.end(target).unwrap_or(SliceEnd::Target)
    }

    /// Runs to the end, or to a fault, without looking at any clock.
    pub fn run_to_end(&mut self) -> SliceEnd {
        self.advance_to(Tick::MAX)
    }

    /// So many ticks, or as many as are left; no tick is done after a look that finds a fault. Tells how many were done.
    pub fn tick_times(&mut self, ticks: Tick) -> Tick {
        tick_times(&mut *self.runner, ticks)
    }

    /// Why no tick is to be done, if none is.
    fn end(&self, target: Tick) -> Option<SliceEnd> {
        if self.runner.fault().is_some() {
            Some(SliceEnd::Failed)
        } else if self.is_finished() {
            Some(SliceEnd::Finished)
        } else {
            (self.runner.now() >= target).then_some(SliceEnd::Target)
        }
    }

    /// Glances at the clock about once per millisecond.
    fn adapt(&mut self, took_ms: f64) {
        if took_ms < 0.5 {
            self.ticks_per_glance = (self.ticks_per_glance * 2).min(1 << 16);
        } else if took_ms > 2.0 {
            self.ticks_per_glance = (self.ticks_per_glance / 2).max(1);
        }
    }
}

/// See [`Session::tick_times`]. Nothing is asked of the run between two looks: in wasm a call of an unknown function costs
/// as much as a small network's tick.
fn tick_times(runner: &mut dyn Runner, ticks: Tick) -> Tick {
    let (start, whole) = (runner.now(), runner.num_ticks());
    let end = start.saturating_add(ticks).min(whole);
    let look_ticks = runner.look_ticks();
    let mut now = start;
    while now < end && runner.fault().is_none() {
        let next_look = (now / look_ticks + 1) * look_ticks;
        let stop = next_look.min(end);
        (now..stop).for_each(|_| runner.tick());
        now = stop;
        if now == next_look || now == whole {
            runner.look();
        }
    }
    now - start
}

/// Holds a run that a value was put into which is not finite to stopping at one of the next looks, and to standing
/// still then. For the tests of every model.
#[cfg(test)]
pub(crate) fn assert_stops(mut runner: impl Runner, most_looks: Tick) {
    let (start, look_ticks) = (runner.now(), runner.look_ticks());
    tick_times(&mut runner, Tick::MAX);
    let fault = runner.fault().expect("a fault");
    let now = runner.now();
    assert!(fault.to_string().contains("not a finite number"), "{fault}");
    assert_eq!(fault.tick, now);
    assert!(now.is_multiple_of(look_ticks) || now == runner.num_ticks(), "between looks: {now}");
    assert!(now <= (start / look_ticks + most_looks) * look_ticks, "only at {now}");
    assert_eq!(tick_times(&mut runner, 1_000), 0, "no tick is done after it");
}
