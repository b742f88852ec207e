//! A run of which only the results are wanted: one of many seeds.

use crate::lab::session::SliceEnd;
use crate::lab::{Clock, SeedOutcome, Session};
use crate::sim::Tick;
use crate::wire::Event;

/// How often progress is told.
const PROGRESS_INTERVAL_MS: f64 = 250.0;

/// The run at hand.
pub struct Job {
    id: u32,
    session: Session,
    told_ms: f64,
}

impl Job {
    /// At its first tick.
    pub fn new(id: u32, session: Session) -> Self {
        Self { id, session, told_ms: 0.0 }
    }

    /// Works for a slice, tells how it goes, and says whether it is over.
    pub fn work(&mut self, clock: &mut dyn Clock, slice_ms: f64, events: &mut Vec<Event>) -> bool {
        let end = self.session.run_slice(clock, slice_ms, Tick::MAX);
        if matches!(end, SliceEnd::Finished | SliceEnd::Failed) {
            let outcome = SeedOutcome::of(&self.session);
            events.push(Event::JobDone { job: self.id, outcome });
            return true;
        }
        let now_ms = clock.now_ms();
        if now_ms - self.told_ms >= PROGRESS_INTERVAL_MS {
            self.told_ms = now_ms;
            let share = self.session.sim_ms() / self.session.total_ms();
            events.push(Event::JobProgress { job: self.id, share });
        }
        false
    }
}
