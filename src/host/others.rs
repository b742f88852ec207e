//! The same link from other seeds, run in idle moments for the faint lines behind a learning curve.

use crate::lab::session::SliceEnd;
use crate::lab::{Build, Clock, Session, Spec};
use crate::sim::Tick;

/// How many other seeds are run.
const COUNT: u32 = 12;
/// No further one is begun after that much work: runs that are long take a machine's time only for who
/// asks for many seeds.
const BUDGET_MS: f64 = 10_000.0;

/// Runs the seeds after the link's own, one after the other.
#[derive(Default)]
pub struct OtherSeeds {
    first_seed: u32,
    started: u32,
    total: u32,
    session: Option<Session>,
    spent_ms: f64,
    done: Option<(u32, Vec<f32>)>,
}

impl OtherSeeds {
    /// For this run; none where no panel would show them.
    pub fn new(spec: &Spec) -> Self {
        let is_shown = spec.panels().iter().any(|panel| panel.shows_other_seeds);
        let total = if is_shown { COUNT } else { 0 };
        Self { first_seed: spec.seed, total, ..Self::default() }
    }

    /// Works for a slice; false when all seeds are done.
    pub fn work(
        &mut self,
        own: &Session,
        build: Build,
        clock: &mut dyn Clock,
        slice_ms: f64,
    ) -> bool {
        if self.session.is_none() {
            if self.started == self.total || self.spent_ms > BUDGET_MS {
                return false;
            }
            self.started += 1;
            let spec = Spec { seed: self.seed(), ..own.spec.clone() };
            self.session = Some(Session::new(spec, build));
        }
        let seed = self.seed();
        let Some(session) = &mut self.session else { return false };
        let before_ms = clock.now_ms();
        let end = session.run_slice(clock, slice_ms, Tick::MAX);
        self.spent_ms += clock.now_ms() - before_ms;
        if matches!(end, SliceEnd::Finished | SliceEnd::Failed) {
            self.done = Some((seed, session.runner.learning_curve()));
            self.session = None;
        }
        true
    }

    /// A curve that has just been finished.
    pub fn take(&mut self) -> Option<(u32, Vec<f32>)> {
        self.done.take()
    }

    fn seed(&self) -> u32 {
        self.first_seed.wrapping_add(self.started)
    }
}
