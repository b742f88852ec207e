//! Parameters of the single pairings.

use get_size2::GetSize;

use super::{RATIO, TAU_C, TAU_N, ratio_field, tau_c_field, tau_n_field};
use crate::lab::param::{Field, FloatRange, Group, ParamVisitor, Unit};

/// Parameters of the single pairings.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PairingParams {
    /// Dopamine decides; otherwise spikes change the weight at once.
    pub gated: bool,
    /// From the pre spike to the post spike, and back for the second pair.
    pub lag_ms: f64,
    /// From the second spike of a pair to the reward.
    pub delay_s: f64,
    /// Memory of the synapse.
    pub tau_c_ms: f64,
    /// Decay of dopamine.
    pub tau_n_ms: f64,
    /// A₋/A₊.
    pub ratio: f64,
    /// What a reward adds to dopamine.
    pub pulse: f64,
}

impl Default for PairingParams {
    fn default() -> Self {
        Self {
            gated: true,
            lag_ms: 10.0,
            delay_s: 1.0,
            tau_c_ms: 1_000.0,
            tau_n_ms: 200.0,
            ratio: 1.5,
            pulse: 0.5,
        }
    }
}

impl PairingParams {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { gated, lag_ms, delay_s, tau_c_ms, tau_n_ms, ratio, pulse } = self;
        let help = "On: spike timing only proposes, and dopamine decides. Off: classical STDP, in which a pair changes \
                    the weight at once, rewarded or not.";
        v.flag(Field::new("gated", "Dopamine decides", help).main(), gated);
        let help = "Time between the two spikes of a pair.";
        let field = Field::new("lag_ms", "Lag", help).with("Δt", Unit::Ms);
        v.float(field.main(), FloatRange::linear(1.0, 80.0, 1.0), lag_ms);
        let help = "Time from a pair to its reward.";
        let field = Field::new("delay_s", "Delay of reward", help).with("", Unit::S);
        v.float(field.main(), FloatRange::linear(0.0, 3.5, 0.1), delay_s);
        v.group(Group { key: "rule", label: "Rule" });
        v.float(tau_c_field(), TAU_C, tau_c_ms);
        v.float(tau_n_field(), TAU_N, tau_n_ms);
        v.float(ratio_field(), RATIO, ratio);
        let help = "What one reward adds to the concentration of dopamine.";
        let field = Field::new("pulse", "Dopamine per reward", help).with("h", Unit::None);
        v.float(field, FloatRange::linear(0.0, 2.0, 0.05), pulse);
    }
}
