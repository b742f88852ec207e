//! Parameters of the biofeedback.

use get_size2::GetSize;

use super::{CellParams, RuleParams};
use crate::lab::param::{Field, FloatRange, Group, IntRange, ParamVisitor, Unit};

/// Parameters of the biofeedback.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct BioParams {
    /// What one rewarded spike adds to the dopamine.
    pub reward: f64,
    /// How much later.
    pub delay_ms: f64,
    /// Time constant of dopamine.
    pub tau_d_ms: f64,
    /// Time constant of the mean that is taken off, 0 for none.
    pub tau_mean_s: f64,
    /// Length of the run.
    pub duration_s: f64,
    /// Inputs of each neuron.
    pub num_inputs: u32,
    /// Neurons.
    pub num_outputs: u32,
    /// Rate of an input.
    pub rate_hz: f64,
    /// The rule.
    pub rule: RuleParams,
    /// The neurons.
    pub cell: CellParams,
}

impl Default for BioParams {
    fn default() -> Self {
        Self {
            reward: 1.0,
            delay_ms: 100.0,
            tau_d_ms: 200.0,
            tau_mean_s: 10.0,
            duration_s: 1_200.0,
            num_inputs: 100,
            num_outputs: 6,
            rate_hz: 5.5,
            rule: RuleParams {
                eta: 0.027,
                tau_e_ms: 400.0,
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

impl BioParams {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            reward,
            delay_ms,
            tau_d_ms,
            tau_mean_s,
            duration_s,
            num_inputs,
            num_outputs,
            rate_hz,
            rule,
            cell,
        } = self;
        let field =
            Field::new("reward", "Reward", "What a spike of neuron 1 adds to the dopamine.");
        v.float(field.live().main(), FloatRange::linear(-2.0, 2.0, 0.1), reward);
        let field = Field::new("delay_ms", "Delay of the reward", "How long after the spike.");
        v.float(field.with("d", Unit::Ms).main(), FloatRange::linear(0.0, 2_000.0, 10.0), delay_ms);
        let field = Field::new(
            "tau_mean_s",
            "Memory of the baseline",
            "Of the running mean that is taken off the dopamine; 0 takes nothing off.",
        );
        v.float(field.with("τ_b", Unit::S).main(), FloatRange::linear(0.0, 100.0, 1.0), tau_mean_s);
        v.group(Group { key: "learning", label: "Learning" });
        rule.visit(v);
        let field = Field::new("tau_d_ms", "Dopamine", "How long it stays.");
        v.float(field.with("τ_d", Unit::Ms), FloatRange::log(10.0, 2_000.0, 10.0), tau_d_ms);
        let field = Field::new("duration_s", "Duration", "Simulated time of the whole run.");
        v.float(field.with("", Unit::S), FloatRange::log(10.0, 10_000.0, 10.0), duration_s);
        v.group(Group { key: "inputs", label: "Inputs" });
        let field = Field::new("num_inputs", "Inputs", "How many each neuron has, all its own.");
        v.int(field, IntRange { min: 10, max: 200 }, num_inputs);
        let field = Field::new("num_outputs", "Neurons", "How many share the dopamine.");
        v.int(field, IntRange { min: 2, max: 20 }, num_outputs);
        let field = Field::new("rate_hz", "Input rate", "Of every input.");
        v.float(field.with("r", Unit::Hz), FloatRange::log(0.5, 50.0, 0.5), rate_hz);
        cell.visit(v);
    }
}
