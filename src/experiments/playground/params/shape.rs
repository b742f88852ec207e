//! What a spike of an exponential neuron looks like and leaves behind (Clopath et al. 2010, doi:10.1038/nn.2479).

use get_size2::GetSize;

use crate::lab::param::{FloatRange, Params};

/// Time constant of what a spike leaves behind.
const AFTER: FloatRange = FloatRange::log(1.0, 500.0, 0.5);

/// The shape of a spike, with the constants of the authors' program.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct ShapeParams {
    /// A spike stays at its peak of 33 mV for so long.
    #[param("Length of a spike", symbol = "t_sp", unit = Ms, range = linear(1.0, 10.0, 0.1), default = 2.0)]
    pub t_clamp_ms: f64,
    /// A current that every spike starts anew, and that depolarises.
    #[param("After-current", symbol = "I_sp", unit = Pa, range = linear(0.0, 2_000.0, 10.0), default = 400.0)]
    pub i_sp_pa: f64,
    /// How long it lasts.
    #[param("Its time constant", symbol = "τ_z", unit = Ms, range = AFTER, default = 40.0)]
    pub tau_z_ms: f64,
    /// The threshold right after a spike.
    #[param("Threshold after a spike", symbol = "V_Tmax", unit = Mv, range = linear(-60.0, 20.0, 0.1), default = -30.4)]
    pub v_th_max_mv: f64,
    /// How long it takes to sink back.
    #[param("Its way back", symbol = "τ_T", unit = Ms, range = AFTER, default = 50.0)]
    pub tau_th_ms: f64,
}
