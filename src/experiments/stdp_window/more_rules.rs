//! Rules that are neither of pairs alone nor of triplets: their parameters, and their closed forms.

use get_size2::GetSize;

use crate::lab::param::{FloatRange, Params};
use crate::sim::math;
use crate::sim::plasticity::{InhibitoryStdpParams, PublishedVariant};

/// How far the asymptotic rule's upper end is ahead of a single weight.
const LEAD: f64 = 0.1;
/// 0.9 per step, the study's default, if its step is a millisecond.
const TAU_OF_STUDY_MS: f64 = 9.49;
/// Of weights, in units of the maximum.
pub(super) const WEIGHT: FloatRange = FloatRange::linear(0.01, 1.0, 0.01);
/// Of amplitudes and learning rates.
pub(super) const AMPLITUDE: FloatRange = FloatRange::log(1e-4, 1.0, 1e-4);
/// Of time constants.
pub(super) const TAU: FloatRange = FloatRange::linear(1.0, 100.0, 0.1);
const STUDY_AMPLITUDE: FloatRange = FloatRange::log(1e-4, 10.0, 1e-4);
const STUDY_TAU: FloatRange = FloatRange::log(0.5, 100.0, 0.01);

/// What a pair should do by the formula.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// Δw
    pub change: f64,
    /// Sum of the sizes of all its terms: what rounding is in proportion to.
    pub size: f64,
}

/// The trace of a spike that is this old.
fn trace(ms: f64, tau_ms: f64) -> f64 {
    math::exp_f64(-ms / tau_ms)
}

/// Inhibitory plasticity. Weights are in units of the maximum.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct InhibitoryRule {
    /// The weight before the pair.
    #[param("Weight before", symbol = "w", range = WEIGHT, default = 0.5, main)]
    pub w_init: f64,
    /// What an input and an output spike at the same moment add, before the cost η α.
    #[param("Learning rate", symbol = "η", range = AMPLITUDE, default = 0.01, main)]
    pub eta: f64,
    /// The rate at which the output settles. Each input spike costs η α, with α = 2 ρ₀ τ.
    #[param("Target rate", symbol = "ρ₀", unit = Hz, range = log(0.1, 20.0, 0.1), default = 5.0, main)]
    pub target_rate_hz: f64,
    /// How long the traces of both sides last.
    #[param("Window", symbol = "τ", unit = Ms, range = TAU, default = 20.0)]
    pub tau_ms: f64,
}

impl InhibitoryRule {
    /// Its constants, with weights counted from `origin`.
    pub fn params(&self, origin: f64) -> InhibitoryStdpParams {
        InhibitoryStdpParams {
            eta: self.eta,
            target_rate_hz: self.target_rate_hz,
            tau_ms: self.tau_ms,
            w_min: -origin,
            w_max: 1.0 - origin,
        }
    }

    /// η (e^(−|Δt|/τ) − α), whichever came first; what stands at an end is cut off on the way.
    pub fn expected(&self, delta_ms: f64, w: f64) -> Expected {
        let met = self.eta * trace(delta_ms.abs(), self.tau_ms);
        let lost = self.eta * self.params(0.0).alpha();
        let after = if delta_ms > 0.0 {
            ((w - lost).max(0.0) + met).min(1.0)
        } else {
            (w + met - lost).clamp(0.0, 1.0)
        };
        Expected { change: after - w, size: met + lost }
    }
}

/// The offset rule of the study "STDP-research".
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct OffsetRule {
    /// The weight before the pair.
    #[param("Weight before", symbol = "w", range = WEIGHT, default = 0.5, main)]
    pub w_init: f64,
    /// The study's default is 0.0001; its best trial has 0.095.
    #[param("Learning rate", symbol = "r", range = log(1e-5, 0.1, 1e-5), default = 0.095, main)]
    pub learning_rate: f64,
    /// At this height of the input's trace nothing changes; below it the weight sinks. A new spike has 1.
    #[param("Offset", symbol = "o", range = log(1e-4, 1.0, 1e-3), default = 0.294, main)]
    pub offset: f64,
    /// The study keeps 0.9 of a trace in each step (9.49 ms if a step is 1 ms); its search keeps 0.25 (0.72 ms).
    #[param("Memory of the input", symbol = "τ₊", unit = Ms, range = STUDY_TAU,
            default = TAU_OF_STUDY_MS)]
    pub tau_plus_ms: f64,
}

impl OffsetRule {
    /// Its constants, with weights counted from `origin`.
    pub fn variant(&self, origin: f64) -> PublishedVariant {
        let Self { learning_rate, offset, .. } = *self;
        PublishedVariant::Offset { learning_rate, offset, w_max: 1.0 - origin }
    }

    /// r (x − o) (1 − w)², where x is the trace if the input came first, and else nothing.
    pub fn expected(&self, delta_ms: f64, w: f64) -> Expected {
        let x = if delta_ms > 0.0 { trace(delta_ms, self.tau_plus_ms) } else { 0.0 };
        let rate = self.learning_rate * (1.0 - w) * (1.0 - w);
        Expected { change: rate * (x - self.offset), size: rate * (x + self.offset) }
    }
}

/// The asymptotic rule of the same study.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct AsymptoticRule {
    /// The weight before the pair.
    #[param("Weight before", symbol = "w", range = WEIGHT, default = 0.5, main)]
    pub w_init: f64,
    /// It is multiplied by (M − w)². M is 0.1 above the largest of all weights.
    #[param("Potentiation", symbol = "A₊", range = STUDY_AMPLITUDE, default = 1e-4, main)]
    pub a_plus: f64,
    /// It is multiplied by w². The study's best trial has 9.3: one pair can then take more than the whole weight.
    #[param("Depression", symbol = "A₋", range = STUDY_AMPLITUDE, default = 2e-4, main)]
    pub a_minus: f64,
    /// The study keeps 0.9 of a trace in each step (9.49 ms if a step is 1 ms); its search keeps 0.25 (0.72 ms).
    #[param("Memory of the input", symbol = "τ₊", unit = Ms, range = STUDY_TAU,
            default = TAU_OF_STUDY_MS)]
    pub tau_plus_ms: f64,
    /// The study keeps 0.9 of a trace in each step (9.49 ms if a step is 1 ms); its search keeps 0.25 (0.72 ms).
    #[param("Memory of the output", symbol = "τ₋", unit = Ms, range = STUDY_TAU,
            default = TAU_OF_STUDY_MS)]
    pub tau_minus_ms: f64,
}

impl AsymptoticRule {
    /// Its constants, with weights counted from `origin`.
    pub fn variant(&self, origin: f64) -> PublishedVariant {
        let Self { a_plus, a_minus, .. } = *self;
        PublishedVariant::Asymptotic { a_plus, a_minus, w_min: -origin }
    }

    /// 0.01 A₊ x or −A₋ w² y: the upper end is 0.1 ahead of the only weight, wherever that is.
    pub fn expected(&self, delta_ms: f64, w: f64) -> Expected {
        let change = if delta_ms > 0.0 {
            self.a_plus * LEAD * LEAD * trace(delta_ms, self.tau_plus_ms)
        } else {
            -self.a_minus * w * w * trace(-delta_ms, self.tau_minus_ms)
        };
        Expected { change, size: change.abs() }
    }

    /// What potentiation at `delta_ms` would be if the upper end stood at 1.
    pub fn with_an_end(&self, delta_ms: f64, w: f64) -> f64 {
        self.a_plus * (1.0 - w) * (1.0 - w) * trace(delta_ms, self.tau_plus_ms)
    }
}
