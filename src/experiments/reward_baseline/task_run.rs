//! A run of the task: trials without learning, with it, and without it again.

use get_size2::GetSize;

use super::net::POPULATIONS;
use super::learner::{Learner, Phase, TEST_TRIALS, num_trials, trial_ticks};
use super::net::{WEIGHTS, weights_of};
use super::offsets::Offsets;
use super::params::{Part, RewardBaseline, TaskParams};
use super::task::NAMES;
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
        Self {
            learner: Learner::new(p, seed),
            log: RasterLog::new(Tick::from(trial_ticks(p))),
            offsets: Offsets::default(),
        }
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
        num_ticks(&self.learner.p)
    }

    fn trial_ticks(&self) -> Tick {
        Tick::from(trial_ticks(&self.learner.p))
    }

    fn phase(&self, _now: Tick) -> String {
        let learner = &self.learner;
        let name = NAMES[learner.stimulus as usize];
        let (first, num, what) = match learner.phase() {
            Phase::Before => (0, TEST_TRIALS, "untrained"),
            Phase::Learning => (TEST_TRIALS, learner.p.num_trials, "learning"),
            Phase::After => (TEST_TRIALS + learner.p.num_trials, TEST_TRIALS, "test"),
        };
        let trial = (learner.trial - first + 1).min(num);
        format!("{what}, trial {trial} of {num}, stimulus {name}")
    }

    fn adopt(&mut self, params: &RewardBaseline) {
        if let Part::Task(p) = &params.part {
            self.offsets.adopt(&self.learner.p, p);
            self.learner.adopt(p);
        }
    }

    fn summary(&self, _now: Tick) -> Vec<(&'static str, f64)> {
        let learner = &self.learner;
        let [before, learning, after] = &learner.phases[..] else { unreachable!("three phases") };
        vec![
            ("performance_a", learner.performance(0)),
            ("performance_b", learner.performance(1)),
            ("untrained_a", before[0].mean(|t| t.score)),
            ("untrained_b", before[1].mean(|t| t.score)),
            ("chance_a", learner.chance(0)),
            ("chance_b", learner.chance(1)),
            ("success_sigma_a", learning[0].mean(|t| t.success)),
            ("success_sigma_b", learning[1].mean(|t| t.success)),
            ("spikes_a", after[0].mean(|t| t.spikes)),
            ("spikes_b", after[1].mean(|t| t.spikes)),
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

    fn levels(&self) -> Vec<(&'static str, f32)> {
        vec![("success", self.learner.last_success)]
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

/// Steps of the whole run.
pub fn num_ticks(p: &TaskParams) -> Tick {
    Tick::from(trial_ticks(p)) * Tick::from(num_trials(p))
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
