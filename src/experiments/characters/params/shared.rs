//! What several of the models have alike.

use get_size2::GetSize;

use crate::lab::param::{FloatRange, Params, Problem};

pub const WINDOW: FloatRange = FloatRange::log(0.2, 200.0, 0.1);
pub const ETA: FloatRange = FloatRange::log(1e-4, 1.0, 1e-4);
const WEIGHT: FloatRange = FloatRange::linear(0.0, 1.0, 0.01);

/// The three numbers of the published rule.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct Amplitudes {
    /// Scales every weight change.
    #[param("Learning rate", symbol = "η", range = ETA, default = 0.1, live)]
    pub eta: f64,
    /// Amplitude of potentiation.
    #[param("Potentiation", symbol = "A₊", range = WEIGHT, default = 0.1)]
    pub a_plus: f64,
    /// Amplitude of depression.
    #[param("Depression", symbol = "A₋", range = WEIGHT, default = 0.105)]
    pub a_minus: f64,
}

/// Weights between 0 and 1 at the start.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
#[params(check = Self::problems)]
pub struct InitialWeights {
    /// Initial weights are drawn uniformly from this value up.
    #[param("Initial weights from", range = WEIGHT, default = 0.5)]
    pub w_init_min: f64,
    /// Initial weights are drawn uniformly up to this value.
    #[param("Initial weights to", range = WEIGHT, default = 1.0)]
    pub w_init_max: f64,
}

impl InitialWeights {
    /// Least and greatest.
    pub fn range(&self) -> (f32, f32) {
        (self.w_init_min as f32, self.w_init_max as f32)
    }

    fn problems(&self) -> Vec<Problem> {
        no_initial_range(self.w_init_min, self.w_init_max).into_iter().collect()
    }
}

/// Says so if initial weights cannot be drawn from between these.
pub fn no_initial_range(low: f64, high: f64) -> Option<Problem> {
    Problem::when(low >= high, &["w_init_min", "w_init_max"], || {
        format!("w_init_min ({low}) must be below w_init_max ({high}).")
    })
}
