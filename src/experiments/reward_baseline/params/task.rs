//! Parameters of the task with two stimuli.

use get_size2::GetSize;

use super::cell::{CellParams, RuleParams};
use crate::lab::param::{Choice, Params};
use crate::sim::plasticity::{self, SuccessParams};

/// Parameters of the task.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct TaskParams {
    /// What the reward is compared with.
    #[param("Baseline", symbol = "b", live, main)]
    pub baseline: Baseline,
    /// An error made on purpose: it is added to the success, in standard deviations of the reward.
    #[param("Offset of the success", symbol = "o", range = linear(-2.0, 2.0, 0.05), default = 0.0,
            live, main)]
    pub offset: f64,
    /// What each trial with stimulus ▲ earns in addition, whatever the network does.
    #[param("Bonus of ▲", range = linear(-1.0, 1.0, 0.05), default = 0.2, live, main)]
    pub bonus: f64,

    #[group("learning", "Learning")]
    #[nest]
    pub rule: RuleParams,
    /// How many trials back the means go.
    #[param("Memory of the baseline", symbol = "τ", range = log(1.0, 1_000.0, 1.0), default = 20.0,
            when = self.baseline != Baseline::Off)]
    pub tau_trials: f64,
    /// Trials with learning. 200 trials without it come before, and 200 after.
    #[param("Trials", range = 100..=50_000, default = 6_000)]
    pub num_trials: u32,

    /// Standard deviation of the part of the reward that is chance.
    #[group("trials", "Task")]
    #[param("Luck", range = linear(0.0, 1.0, 0.01), default = 0.2)]
    pub luck: f64,
    /// Share of the inputs that fire alike with both stimuli.
    #[param("Similarity", range = linear(0.0, 1.0, 0.05), default = 0.0)]
    pub similarity: f64,
    /// A spike this far from its target, or farther, is no hit.
    #[param("Precision", unit = Ms, range = log(2.0, 200.0, 1.0), default = 40.0)]
    pub precision_ms: f64,
    /// How many inputs a stimulus has.
    #[param("Inputs", range = 10..=500, default = 100)]
    pub num_inputs: u32,
    /// How many outputs share the reward.
    #[param("Outputs", range = 1..=20, default = 5)]
    pub num_outputs: u32,
    /// Rate of each input during a trial.
    #[param("Input rate", symbol = "r", unit = Hz, range = log(0.5, 50.0, 0.5), default = 6.0)]
    pub rate_hz: f64,
    /// How long a stimulus lasts.
    #[param("Trial", symbol = "T", unit = Ms, range = log(50.0, 2_000.0, 10.0), default = 200.0)]
    pub trial_ms: f64,
    #[nest]
    pub cell: CellParams,
}

/// What a reward is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Baseline {
    /// Nothing is subtracted: the reward itself is the success.
    #[choice("none", key = "none")]
    Off,
    /// The mean of the latest rewards, whatever the stimulus.
    #[choice("mean of all trials")]
    Mean,
    /// A critic: the mean of the latest rewards with this stimulus.
    #[choice("mean per stimulus")]
    #[default]
    Critic,
}

impl TaskParams {
    /// The success signal's constants.
    pub fn success(&self) -> SuccessParams {
        SuccessParams {
            baseline: match self.baseline {
                Baseline::Off => plasticity::Baseline::None,
                Baseline::Mean => plasticity::Baseline::RunningMean,
                Baseline::Critic => plasticity::Baseline::PerStimulus,
            },
            tau_trials: self.tau_trials,
            offset: self.offset,
        }
    }
}
