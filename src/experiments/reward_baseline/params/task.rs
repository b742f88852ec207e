//! Parameters of the task with two stimuli.

use get_size2::GetSize;

use super::{CellParams, RuleParams};
use crate::lab::param::{
    Alternative, Field, FloatRange, Group, IntRange, ParamVisitor, Unit, choose,
};
use crate::sim::plasticity::{Baseline, SuccessParams};

/// Parameters of the task.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct TaskParams {
    /// Index into [`BASELINES`].
    pub baseline: u32,
    /// Error of the success, in standard deviations of the reward.
    pub offset: f64,
    /// What every trial with stimulus ▲ earns besides.
    pub bonus: f64,
    /// Standard deviation of what a trial earns by chance.
    pub luck: f64,
    /// Time constant of the means, in trials.
    pub tau_trials: f64,
    /// Trials in which weights learn.
    pub num_trials: u32,
    /// Share of the inputs that fire alike in both stimuli.
    pub similarity: f64,
    /// Inputs.
    pub num_inputs: u32,
    /// Outputs.
    pub num_outputs: u32,
    /// Rate of an input.
    pub rate_hz: f64,
    /// Length of a trial.
    pub trial_ms: f64,
    /// How near to its target a spike counts.
    pub precision_ms: f64,
    /// The rule.
    pub rule: RuleParams,
    /// The neurons.
    pub cell: CellParams,
}

impl Default for TaskParams {
    fn default() -> Self {
        Self {
            baseline: 2,
            offset: 0.0,
            bonus: 0.2,
            luck: 0.2,
            tau_trials: 20.0,
            num_trials: 6_000,
            similarity: 0.0,
            num_inputs: 100,
            num_outputs: 5,
            rate_hz: 6.0,
            trial_ms: 200.0,
            precision_ms: 40.0,
            rule: RuleParams {
                eta: 0.3,
                tau_e_ms: 200.0,
                ratio: 0.5,
                tau_plus_ms: 20.0,
                tau_minus_ms: 40.0,
            },
            cell: CellParams {
                w_init_mv: 0.8,
                w_max_mv: 2.0,
                tau_m_ms: 10.0,
                delta_mv: 2.0,
                tau_escape_ms: 20.0,
            },
        }
    }
}

const BASELINES: &[Alternative] = &[
    Alternative { key: "none", label: "none", help: "The reward itself is taken for the success." },
    Alternative {
        key: "mean",
        label: "mean of all trials",
        help: "What was earned of late, whatever the stimulus was.",
    },
    Alternative {
        key: "critic",
        label: "mean per stimulus",
        help: "A critic: what this stimulus has earned of late.",
    },
];

impl TaskParams {
    /// The success signal's constants.
    pub fn success(&self) -> SuccessParams {
        let all = [Baseline::None, Baseline::RunningMean, Baseline::PerStimulus];
        SuccessParams {
            baseline: all[self.baseline as usize],
            tau_trials: self.tau_trials,
            offset: self.offset,
        }
    }

    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            baseline,
            offset,
            bonus,
            luck,
            tau_trials,
            num_trials,
            similarity,
            num_inputs,
            num_outputs,
            rate_hz,
            trial_ms,
            precision_ms,
            rule,
            cell,
        } = self;
        let field = Field::new("baseline", "Baseline", "What the reward is compared with.");
        choose(v, field.with("b", Unit::None).live().main(), BASELINES, baseline);
        v.float(
            Field::new(
                "offset",
                "Offset of the success",
                "An error made on purpose, in standard deviations of the reward.",
            )
            .with("o", Unit::None)
            .live()
            .main(),
            FloatRange::linear(-2.0, 2.0, 0.05),
            offset,
        );
        v.float(
            Field::new(
                "bonus",
                "Bonus of ▲",
                "What every trial with stimulus ▲ earns besides, whatever the network does.",
            )
            .live()
            .main(),
            FloatRange::linear(-1.0, 1.0, 0.05),
            bonus,
        );
        v.group(Group { key: "learning", label: "Learning" });
        rule.visit(v);
        let field = Field::new(
            "tau_trials",
            "Memory of the baseline",
            "How many trials its means go back.",
        );
        v.float(field.with("τ", Unit::None), FloatRange::log(1.0, 1_000.0, 1.0), tau_trials);
        v.int(
            Field::new(
                "num_trials",
                "Trials",
                "With learning. 200 without it come before, and 200 after.",
            ),
            IntRange { min: 100, max: 50_000 },
            num_trials,
        );
        v.group(Group { key: "trials", label: "Task" });
        let field =
            Field::new("luck", "Luck", "Standard deviation of what a trial earns by chance.");
        v.float(field, FloatRange::linear(0.0, 1.0, 0.01), luck);
        let field = Field::new(
            "similarity",
            "Similarity",
            "Share of the inputs that fire alike in both stimuli.",
        );
        v.float(field, FloatRange::linear(0.0, 1.0, 0.05), similarity);
        let field = Field::new(
            "precision_ms",
            "Precision",
            "A spike this far from its target is no hit at all.",
        );
        v.float(field.with("", Unit::Ms), FloatRange::log(2.0, 200.0, 1.0), precision_ms);
        let field = Field::new("num_inputs", "Inputs", "How many inputs fire in a pattern.");
        v.int(field, IntRange { min: 10, max: 500 }, num_inputs);
        let field = Field::new("num_outputs", "Outputs", "How many outputs share the reward.");
        v.int(field, IntRange { min: 1, max: 20 }, num_outputs);
        let field = Field::new("rate_hz", "Input rate", "Of every input during a trial.");
        v.float(field.with("r", Unit::Hz), FloatRange::log(0.5, 50.0, 0.5), rate_hz);
        let field = Field::new("trial_ms", "Trial", "How long a stimulus lasts.");
        v.float(field.with("T", Unit::Ms), FloatRange::log(50.0, 2_000.0, 10.0), trial_ms);
        cell.visit(v);
    }
}
