//! Parameters of the rule and of the neurons, which both parts have.

use get_size2::GetSize;

use crate::lab::param::{FloatRange, Params};
use crate::sim::plasticity::GatedStdpParams;

/// Parameters of the rule.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct RuleParams {
    /// How far a success of 1 moves a weight with an eligibility of 1.
    #[param("Learning rate", symbol = "η", unit = Mv, range = log(0.001, 100.0, 0.01),
            default = 0.3, live)]
    pub eta: f64,
    /// How long a synapse remembers its pairs of spikes.
    #[param("Eligibility", symbol = "τ_e", unit = Ms, range = log(10.0, 10_000.0, 10.0),
            default = 200.0)]
    pub tau_e_ms: f64,
    /// Amplitude of the window for output-first pairs, divided by that for input-first pairs.
    #[param("Depression over potentiation", symbol = "A₋/A₊", range = linear(0.0, 2.0, 0.05),
            default = 0.5)]
    pub ratio: f64,
    /// Time constant for input-first pairs.
    #[param("Window of potentiation", symbol = "τ₊", unit = Ms, range = WINDOW, default = 20.0)]
    pub tau_plus_ms: f64,
    /// Time constant for output-first pairs.
    #[param("Window of depression", symbol = "τ₋", unit = Ms, range = WINDOW, default = 40.0)]
    pub tau_minus_ms: f64,
}

/// Parameters of the neurons and their synapses.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct CellParams {
    /// Mean of the initial weights. They are drawn between 0.5 and 1.5 times this.
    #[group("neurons", "Neurons")]
    #[param("Initial weights", unit = Mv, range = log(0.05, 10.0, 0.05), default = 0.8)]
    pub w_init_mv: f64,
    /// As the peak of the potential that one input spike makes.
    #[param("Maximum weight", symbol = "w_max", unit = Mv, range = log(0.1, 20.0, 0.1),
            default = 2.0)]
    pub w_max_mv: f64,
    /// How fast the potential follows its input. Rest is −70 mV, the middle of the threshold −55 mV.
    #[param("Membrane time constant", symbol = "τ_m", unit = Ms, range = log(2.0, 100.0, 0.5),
            default = 10.0)]
    pub tau_m_ms: f64,
    /// The softer, the more spikes come by chance (escape noise). Chance finds better responses.
    #[param("Softness of the threshold", symbol = "Δ", unit = Mv, range = log(0.1, 10.0, 0.1),
            default = 2.0)]
    pub delta_mv: f64,
    /// Mean time to the next spike while the potential stays at the threshold.
    #[param("Waiting time at the threshold", symbol = "τ_V", unit = Ms,
            range = log(1.0, 1_000.0, 1.0), default = 20.0)]
    pub tau_escape_ms: f64,
}

const WINDOW: FloatRange = FloatRange::log(1.0, 200.0, 0.5);

impl RuleParams {
    /// The biofeedback's: rewards come for single spikes, in small steps and from further back.
    pub(super) fn slow() -> Self {
        Self { eta: 0.027, tau_e_ms: 400.0, ..Self::default() }
    }

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
}
