//! Parameters of the task.

use serde::{Deserialize, Serialize};

use crate::lab::param::{Choice, Field, FloatRange, Group, IntRange, ParamVisitor, Unit};
use crate::sim::plasticity::{Baseline, GatedStdpParams, SuccessParams};

/// Parameters of the task with two stimuli.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskParams {
    /// Index into [`BASELINES`].
    pub baseline: usize,
    /// Error of the baseline, in standard deviations of the reward.
    pub offset: f64,
    /// What every trial with stimulus A earns besides.
    pub bonus: f64,
    /// Trials in which weights learn.
    pub num_trials: u32,
    /// Time constant of the means.
    pub tau_trials: f64,
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
    /// How exactly spikes have to be in time.
    pub precision_ms: f64,
    /// The rule.
    pub rule: RuleParams,
    /// The neurons.
    pub cell: CellParams,
}

/// Parameters of the rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleParams {
    /// Learning rate, in mV for a success and an eligibility of 1.
    pub eta: f64,
    /// How long pairs are remembered.
    pub tau_e_ms: f64,
    /// Amplitude of depression over that of potentiation.
    pub ratio: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
}

/// Parameters of the neurons and their synapses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellParams {
    /// Mean initial weight.
    pub w_init_mv: f64,
    /// Greatest weight.
    pub w_max_mv: f64,
    /// Membrane time constant.
    pub tau_m_ms: f64,
    /// Width of the soft threshold.
    pub delta_mv: f64,
    /// Mean waiting time at the threshold.
    pub tau_escape_ms: f64,
}

impl Default for TaskParams {
    fn default() -> Self {
        Self {
            baseline: 2,
            offset: 0.0,
            bonus: 0.2,
            num_trials: 4_000,
            tau_trials: 50.0,
            similarity: 0.0,
            num_inputs: 100,
            num_outputs: 5,
            rate_hz: 6.0,
            trial_ms: 500.0,
            precision_ms: 20.0,
            rule: RuleParams {
                eta: 1.0,
                tau_e_ms: 500.0,
                ratio: 0.5,
                tau_plus_ms: 20.0,
                tau_minus_ms: 40.0,
            },
            cell: CellParams {
                w_init_mv: 1.0,
                w_max_mv: 4.0,
                tau_m_ms: 10.0,
                delta_mv: 1.0,
                tau_escape_ms: 10.0,
            },
        }
    }
}

const BASELINES: &[Choice] = &[
    Choice { key: "none", label: "none", help: "The reward itself: never negative." },
    Choice {
        key: "mean",
        label: "mean of all trials",
        help: "What was earned of late, whatever the stimulus was.",
    },
    Choice {
        key: "critic",
        label: "mean per stimulus",
        help: "A critic that knows the stimulus and what it has paid of late.",
    },
];

impl TaskParams {
    /// The success signal's constants.
    pub fn success(&self) -> SuccessParams {
        let baseline = [Baseline::None, Baseline::RunningMean, Baseline::PerStimulus][self.baseline];
        SuccessParams { baseline, tau_trials: self.tau_trials, offset: self.offset }
    }

    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            baseline,
            offset,
            bonus,
            num_trials,
            tau_trials,
            similarity,
            num_inputs,
            num_outputs,
            rate_hz,
            trial_ms,
            precision_ms,
            rule,
            cell,
        } = self;
        v.choice(
            Field::new("baseline", "Baseline", "What the reward is compared with.").with("b", Unit::None).live().main(),
            BASELINES,
            baseline,
        );
        v.float(
            Field::new("offset", "Offset of the success", "An error made on purpose, in standard deviations of the reward.")
                .with("o", Unit::None)
                .live()
                .main(),
            FloatRange::linear(-2.0, 2.0, 0.05),
            offset,
        );
        v.float(
            Field::new("bonus", "Bonus of A", "What every trial with stimulus A earns besides its score, whatever the network does.")
                .live()
                .main(),
            FloatRange::linear(-1.0, 1.0, 0.05),
            bonus,
        );
        v.group(Group { key: "learning", label: "Learning" });
        rule.visit(v);
        v.float(
            Field::new("tau_trials", "Memory of the baseline", "In trials that enter a mean.").with("τ", Unit::None),
            FloatRange::log(1.0, 1_000.0, 1.0),
            tau_trials,
        );
        v.int(
            Field::new("num_trials", "Trials", "With learning. 200 without come before them and 200 after."),
            IntRange { min: 100, max: 50_000 },
            num_trials,
        );
        v.group(Group { key: "task", label: "Task" });
        v.float(
            Field::new("similarity", "Similarity", "Share of the inputs that fire alike in both stimuli."),
            FloatRange::linear(0.0, 1.0, 0.05),
            similarity,
        );
        v.float(
            Field::new("precision_ms", "Precision", "A spike that is off by twice this earns nothing.").with("", Unit::Ms),
            FloatRange::log(2.0, 200.0, 1.0),
            precision_ms,
        );
        v.int(Field::new("num_inputs", "Inputs", "How many."), IntRange { min: 10, max: 500 }, num_inputs);
        v.int(Field::new("num_outputs", "Outputs", "How many."), IntRange { min: 1, max: 20 }, num_outputs);
        v.float(
            Field::new("rate_hz", "Input rate", "Of every input within a stimulus.").with("r", Unit::Hz),
            FloatRange::log(0.5, 50.0, 0.5),
            rate_hz,
        );
        v.float(
            Field::new("trial_ms", "Trial", "How long a stimulus lasts.").with("T", Unit::Ms),
            FloatRange::log(50.0, 2_000.0, 10.0),
            trial_ms,
        );
        cell.visit(v);
    }
}

impl RuleParams {
    /// The rule's constants: A₊ is 1, since η scales it.
    pub fn gated(&self) -> GatedStdpParams {
        GatedStdpParams {
            a_plus: 1.0,
            a_minus: self.ratio,
            tau_plus_ms: self.tau_plus_ms,
            tau_minus_ms: self.tau_minus_ms,
            tau_e_ms: self.tau_e_ms,
        }
    }

    fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { eta, tau_e_ms, ratio, tau_plus_ms, tau_minus_ms } = self;
        v.float(
            Field::new("eta", "Learning rate", "How far a weight moves for a success and an eligibility of 1.")
                .with("η", Unit::Mv)
                .live(),
            FloatRange::log(0.001, 100.0, 0.01),
            eta,
        );
        v.float(
            Field::new("tau_e_ms", "Eligibility", "How long pairs are remembered.").with("τ_e", Unit::Ms),
            FloatRange::log(10.0, 10_000.0, 10.0),
            tau_e_ms,
        );
        v.float(
            Field::new("ratio", "Depression over potentiation", "A₋/A₊.").with("A₋/A₊", Unit::None),
            FloatRange::linear(0.0, 2.0, 0.05),
            ratio,
        );
        v.float(
            Field::new("tau_plus_ms", "Window of potentiation", "Its time constant.").with("τ₊", Unit::Ms),
            FloatRange::log(1.0, 200.0, 0.5),
            tau_plus_ms,
        );
        v.float(
            Field::new("tau_minus_ms", "Window of depression", "Its time constant.").with("τ₋", Unit::Ms),
            FloatRange::log(1.0, 200.0, 0.5),
            tau_minus_ms,
        );
    }
}

impl CellParams {
    fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { w_init_mv, w_max_mv, tau_m_ms, delta_mv, tau_escape_ms } = self;
        v.group(Group { key: "neurons", label: "Neurons" });
        v.float(
            Field::new("w_init_mv", "Initial weights", "Their mean; they are drawn from half to one and a half of it.")
                .with("", Unit::Mv),
            FloatRange::log(0.05, 20.0, 0.05),
            w_init_mv,
        );
        v.float(
            Field::new("w_max_mv", "Greatest weight", "As the height of one input spike's potential.").with("w_max", Unit::Mv),
            FloatRange::log(0.1, 20.0, 0.1),
            w_max_mv,
        );
        v.float(
            Field::new("tau_m_ms", "Membrane time constant", "Rest is −70 mV, threshold −55 mV.").with("τ_m", Unit::Ms),
            FloatRange::log(2.0, 100.0, 0.5),
            tau_m_ms,
        );
        v.float(
            Field::new("delta_mv", "Softness of the threshold", "How far from the threshold chance still matters.")
                .with("Δ", Unit::Mv),
            FloatRange::log(0.1, 10.0, 0.1),
            delta_mv,
        );
        v.float(
            Field::new("tau_escape_ms", "Waiting time at the threshold", "Mean time to a spike there.").with("τ", Unit::Ms),
            FloatRange::log(1.0, 1_000.0, 1.0),
            tau_escape_ms,
        );
    }
}
