//! Where a run has been: copies of it every so often, so that any earlier tick is a short replay away, and what was
//! changed under way.
//!
//! A run is deterministic, so the replay gives every bit again. Copies are taken after looks for faults, which come at
//! fixed ticks; where they would take more memory than is allowed, every other one goes, and from then on they are taken
//! half as often.

use super::{Experiment, Runner, Spec};
use crate::sim::Tick;

/// Copies of a whole run at the least spacing.
const MOST_COPIES: Tick = 256;

/// A change of live parameters: at which tick, and all parameters from then on.
type Edit = (Tick, Box<dyn Experiment>);

/// What is known of a run's earlier ticks.
pub(super) struct Past {
    /// The parameters with which it began.
    first: Box<dyn Experiment>,
    /// In the order of their ticks.
    edits: Vec<Edit>,
    /// How many of these are behind the run where it stands.
    num_passed: usize,
    /// In the order of their ticks, each with what it weighs.
    copies: Vec<(usize, Box<dyn Runner>)>,
    /// 0: none are kept.
    most_bytes: usize,
    spacing: Tick,
}

impl Past {
    /// Of a run at its first tick, of which no copies are kept.
    pub fn new(spec: &Spec) -> Self {
        Self {
            first: spec.params.boxed_clone(),
            edits: Vec::new(),
            num_passed: 0,
            copies: Vec::new(),
            most_bytes: 0,
            spacing: 1,
        }
    }

    /// Keeps copies from now on.
    pub fn keep(&mut self, runner: &dyn Runner, most_bytes: usize) {
        self.most_bytes = most_bytes;
        let look = runner.look_ticks();
        self.spacing = (runner.num_ticks() / MOST_COPIES / look).max(1) * look;
        self.see(runner);
    }

    /// Copies the run if it is time to, and at its end, where it is most often looked at.
    pub fn see(&mut self, runner: &dyn Runner) {
        let now = runner.now();
        let is_new = self.copies.last().is_none_or(|(_, copy)| copy.now() < now);
        let is_due = now.is_multiple_of(self.spacing) || now == runner.num_ticks();
        if self.most_bytes == 0 || !is_new || !is_due {
            return;
        }
        let copy = runner.boxed_clone();
        self.copies.push((copy.state_bytes(), copy));
        while self.bytes() > self.most_bytes {
            self.thin();
        }
    }

    fn bytes(&self) -> usize {
        self.copies.iter().map(|(bytes, _)| bytes).sum()
    }

    /// Drops every other copy, but that of the end; of the last two the earlier, and the last one as well, if it is too
    /// large by itself.
    fn thin(&mut self) {
        if self.copies.len() <= 2 {
            self.copies.remove(0);
            return;
        }
        self.spacing *= 2;
        let spacing = self.spacing;
        let is_kept = |copy: &dyn Runner| {
            copy.now().is_multiple_of(spacing) || copy.now() == copy.num_ticks()
        };
        self.copies.retain(|(_, copy)| is_kept(&**copy));
    }

    /// The latest tick up to `tick` of which a copy is kept.
    pub fn last_before(&self, tick: Tick) -> Option<Tick> {
        self.copies.iter().rev().map(|(_, copy)| copy.now()).find(|copied| *copied <= tick)
    }

    /// What the run was at the latest tick up to `tick` that is kept. Changes from that tick on are no longer behind it.
    pub fn copy_before(&mut self, tick: Tick) -> Option<Box<dyn Runner>> {
        let (_, copy) = self.copies.iter().rev().find(|(_, copy)| copy.now() <= tick)?;
        // A copy is older than a change at its own tick.
        self.num_passed = self.edits.iter().filter(|(edit, _)| *edit < copy.now()).count();
        Some(copy.boxed_clone())
    }

    /// The run begins again.
    pub fn forget_passed(&mut self) {
        self.num_passed = 0;
    }

    /// The parameters in force where the run stands.
    pub fn params(&self) -> Box<dyn Experiment> {
        let last = self.num_passed.checked_sub(1);
        last.map_or(&self.first, |last| &self.edits[last].1).boxed_clone()
    }

    /// Live parameters were changed. What had been changed later has not happened.
    pub fn edit(&mut self, now: Tick, params: &dyn Experiment) {
        self.edits.truncate(self.num_passed);
        if self.edits.last().is_some_and(|(tick, _)| *tick == now) {
            self.edits.pop();
        }
        self.edits.push((now, params.boxed_clone()));
        self.num_passed = self.edits.len();
        self.copies.retain(|(_, copy)| copy.now() <= now);
    }

    /// The tick of the next change that lies ahead.
    pub fn next_edit(&self) -> Option<Tick> {
        self.edits.get(self.num_passed).map(|(tick, _)| *tick)
    }

    /// That change is behind the run now.
    pub fn pass(&mut self) {
        self.num_passed += 1;
    }

    /// The tick of the first change that was made, be it behind the run or ahead.
    pub fn first_of_all(&self) -> Option<Tick> {
        self.edits.first().map(|(tick, _)| *tick)
    }

    /// The tick of the first change that is behind the run.
    pub fn first_edit(&self) -> Option<Tick> {
        (self.num_passed > 0).then(|| self.edits[0].0)
    }
}
