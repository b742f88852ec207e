//! A run of the task: trials without learning, with it, and without it again.

use get_size2::GetSize;

use super::learner::Learner;
use super::net::{POPULATIONS, WEIGHTS, weights_of};
use super::offsets::Offsets;
use super::params::{Part, RewardBaseline, TaskParams};
use super::task::{AFTER, BEFORE, LEARNING, NAMES};
use crate::lab::{Model, Population};
use crate::record::{ArrayView, Hasher, RasterLog, WeightsFile};
use crate::sim::{Fault, Tick};

/// What learns, the last trial's spikes, and the same run at other offsets.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct TaskRun {
    pub(super) learner: Learner,
    pub(super) log: RasterLog,
    pub(super) offsets: Offsets,
}

impl TaskRun {
    /// A run at its first tick.
    pub fn new(p: &TaskParams, seed: u32) -> Self {
        let learner = Learner::new(p, seed);
        let log = RasterLog::new(learner.trials.trial_ticks());
        Self { learner, log, offsets: Offsets::default() }
    }
}

impl Model for TaskRun {
    type Params = RewardBaseline;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        self.offsets.run_some(self.learner.p.offset);
        let is_over = self.learner.step();
        let fired = &self.learner.net.fired;
        if !fired.is_empty() {
            hasher.spikes(tick, 0, fired);
        }
        hasher.beside(tick, 1, &self.learner.input_fired);
        self.log.push(tick, fired);
        if is_over {
            self.offsets.trial_is_over(&self.learner);
        }
    }

    fn num_ticks(&self) -> Tick {
        self.learner.trials.num_ticks()
    }

    fn trial_ticks(&self) -> Tick {
        self.learner.trials.trial_ticks()
    }

    fn phase(&self, _now: Tick) -> String {
        let trials = &self.learner.trials;
        let told = trials.told(trials.num_done(), "trial", 1);
        format!("{told}, stimulus {}", NAMES[trials.stimulus() as usize])
    }

    fn adopt(&mut self, params: &RewardBaseline) {
        if let Part::Task(p) = &params.part {
            self.offsets.adopt(&self.learner.p, p);
            self.learner.adopt(p);
        }
    }

    fn summary(&self, _now: Tick) -> Vec<(&'static str, f64)> {
        let learner = &self.learner;
        let of = |phase: usize, stimulus: usize| &learner.phases[phase][stimulus];
        vec![
            ("performance_a", learner.performance(0)),
            ("performance_b", learner.performance(1)),
            ("untrained_a", of(BEFORE, 0).mean(|t| t.score)),
            ("untrained_b", of(BEFORE, 1).mean(|t| t.score)),
            ("chance_a", learner.chance(0)),
            ("chance_b", learner.chance(1)),
            ("success_sigma_a", of(LEARNING, 0).mean(|t| t.success)),
            ("success_sigma_b", of(LEARNING, 1).mean(|t| t.success)),
            ("spikes_a", of(AFTER, 0).mean(|t| t.spikes)),
            ("spikes_b", of(AFTER, 1).mean(|t| t.spikes)),
            ("reward_sigma", learner.reward_sigma()),
        ]
    }

    fn look(&mut self, now: Tick) -> Option<Fault> {
        self.learner.net.find_fault(now)
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.learner.worse()
    }

    fn populations(&self) -> Vec<Population> {
        let TaskParams { num_inputs, num_outputs, .. } = self.learner.p;
        Population::all(POPULATIONS, [num_outputs, num_inputs])
    }

    fn levels(&self) -> impl Iterator<Item = (&'static str, f32)> {
        std::iter::once(("success", self.learner.last_success))
    }

    /// None in trials without learning.
    fn eligibilities(&self) -> Vec<ArrayView<'_>> {
        let learner = &self.learner;
        if !learner.learns() {
            return Vec::new();
        }
        let (shape, num) = ([learner.p.num_inputs, learner.p.num_outputs], learner.p.num_outputs);
        let num = num as usize;
        let value = move |idx: usize| learner.net.eligibility(idx / num, idx % num);
        vec![ArrayView::worked_out(WEIGHTS, &shape, value)]
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        let p = &self.learner.p;
        let shape = [p.num_inputs, p.num_outputs];
        vec![ArrayView::new(WEIGHTS, &shape, &self.learner.net.weights)]
    }

    /// They are not changed any more, here or at other offsets.
    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let learner = &mut self.learner;
        let shape = [learner.p.num_inputs, learner.p.num_outputs];
        learner.net.weights.copy_from_slice(weights_of(file, shape, &learner.p.cell)?);
        learner.is_frozen = true;
        self.offsets = Offsets::default();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = TaskRun::new(&TaskParams::default(), 1);
        run.learner.net.weights[0] = f32::NAN;
        assert_stops(run, 1);
    }
}
