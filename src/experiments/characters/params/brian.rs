//! Parameters of the program's two early versions, which were written for the simulator Brian.

use get_size2::GetSize;

use super::shared::{WINDOW, no_initial_range};
use crate::lab::param::{FloatRange, Params, Problem};

/// Parameters of the early programs. Defaults are the first version's.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
#[params(check = Self::problems)]
pub struct BrianParams {
    /// How many times every letter is shown in training.
    #[param("Epochs", range = 1..=500, default = 100, main)]
    pub epochs: u32,

    /// Brian 1 wants a negative number for depression, and the programs give a positive one: nothing is ever depressed.
    /// Off: the sign is corrected.
    #[group("learning", "Learning")]
    #[param("Sign slip", default = true)]
    pub depression_slip: bool,
    /// Inhibition between outputs learns by the same rule, and outputs come to inhibit themselves.
    #[param("Plastic inhibition", default = false)]
    pub plastic_inhibition: bool,
    /// Change by a pair without delay, as a share of the maximum weight. Brian 1 reads the programs' 1 mV as 0.001.
    #[param("Potentiation", symbol = "A₊", range = AMPLITUDE, default = 0.001, live)]
    pub a_plus: f64,
    /// Change by a pair without delay, as a share of the maximum weight. Brian 1 reads the programs' 1 mV as 0.001.
    #[param("Depression", symbol = "A₋", range = AMPLITUDE, default = 0.001, live)]
    pub a_minus: f64,
    /// Time constant of an input's trace.
    #[param("Window of potentiation", unit = Ms, range = WINDOW, default = 1.0)]
    pub tau_plus_ms: f64,
    /// Time constant of an output's trace.
    #[param("Window of depression", unit = Ms, range = log(0.2, 1_000.0, 0.1), default = 20.0)]
    pub tau_minus_ms: f64,

    /// Minimum initial weight of an input.
    #[group("synapses", "Synapses")]
    #[param("Initial weights from", unit = Mv, range = EXCITATION, default = 10.0)]
    pub w_init_min: f64,
    /// Maximum initial weight of an input.
    #[param("Initial weights to", unit = Mv, range = EXCITATION, default = 50.0)]
    pub w_init_max: f64,
    /// Where an input's weight stops growing.
    #[param("Maximum weight", unit = Mv, range = linear(0.1, 200.0, 0.1), default = 50.0)]
    pub w_max_mv: f64,
    /// Weights between outputs are drawn uniformly from 0 up to this.
    #[param("Initial inhibition to", unit = Mv, range = linear(0.0, 10_000.0, 1.0), default = 5.0)]
    pub inhibition_init_mv: f64,
    /// Where plastic inhibition stops growing.
    #[param("Maximum inhibition", unit = Mv, range = linear(1.0, 10_000.0, 1.0),
            default = 4_000.0)]
    pub inhibition_max_mv: f64,

    /// How long an output remembers its input (37 % is left after this time).
    #[group("neurons", "Neurons")]
    #[param("Membrane time constant", unit = Ms, range = TAU, default = 20.0)]
    pub tau_m_ms: f64,
    /// Outputs rest at 0 mV: with a threshold below that they fire without any input.
    #[param("Threshold", unit = Mv, range = POTENTIAL, default = 5.0)]
    pub v_th_mv: f64,
    /// Potential after a spike.
    #[param("Reset", unit = Mv, range = POTENTIAL, default = 0.0)]
    pub v_reset_mv: f64,
    /// Time constant of the excitation gₑ.
    #[param("Decay of excitation", unit = Ms, range = TAU, default = 1.0)]
    pub tau_e_ms: f64,
    /// Time constant of the inhibition gᵢ.
    #[param("Decay of inhibition", unit = Ms, range = TAU, default = 10.0)]
    pub tau_i_ms: f64,
    /// From an input's spike to its effect.
    #[param("Delay of excitation", unit = Ms, range = DELAY, default = 10.0)]
    pub delay_e_ms: f64,
    /// From an output's spike to its effect.
    #[param("Delay of inhibition", unit = Ms, range = DELAY, default = 5.0)]
    pub delay_i_ms: f64,
    /// A new order of the letters in every epoch.
    #[param("Random order", default = false)]
    pub random_order: bool,
}

const TAU: FloatRange = FloatRange::log(0.5, 1_000.0, 0.1);
const DELAY: FloatRange = FloatRange::linear(0.0, 50.0, 0.1);
const EXCITATION: FloatRange = FloatRange::linear(0.0, 200.0, 0.1);
const AMPLITUDE: FloatRange = FloatRange::log(1e-5, 1.0, 1e-5);
const POTENTIAL: FloatRange = FloatRange::linear(-100.0, 100.0, 0.1);

impl BrianParams {
    fn problems(&self) -> Vec<Problem> {
        let Self { w_init_min, w_init_max, w_max_mv, v_reset_mv, v_th_mv, .. } = *self;
        let weights = Problem::when(w_init_max > w_max_mv, &["w_init_max", "w_max_mv"], || {
            format!("w_init_max ({w_init_max} mV) must not be above w_max_mv ({w_max_mv} mV).")
        });
        let reset = Problem::when(v_reset_mv >= v_th_mv, &["v_reset_mv", "v_th_mv"], || {
            format!("v_reset_mv ({v_reset_mv} mV) must be below v_th_mv ({v_th_mv} mV).")
        });
        let range = no_initial_range(w_init_min, w_init_max);
        [weights, reset, range].into_iter().flatten().collect()
    }
}
