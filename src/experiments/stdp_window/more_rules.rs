//! Rules that are neither of pairs alone nor of triplets: their parameters, and their closed forms.

use get_size2::GetSize;

use super::params::{AMPLITUDE, choose_float};
use crate::lab::param::{FloatRange, ParamVisitor, Unit};
use crate::sim::math;
use crate::sim::plasticity::{InhibitoryStdpParams, PublishedVariant};

/// How far the asymptotic rule's upper end is ahead of a single weight.
const LEAD: f64 = 0.1;
/// 0.9 per step, the study's default, if its step is a millisecond.
const TAU_OF_STUDY_MS: f64 = 9.49;
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

fn weight_before(v: &mut dyn ParamVisitor, value: &mut f64) {
    let texts = ("Weight before", "The weight that the pair finds.", "w");
    choose_float(v, "w_init", texts, Unit::None, FloatRange::linear(0.01, 1.0, 0.01), value);
}

/// Inhibitory plasticity. Weights are in units of the greatest one.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct InhibitoryRule {
    /// The strength of inhibition before.
    pub w_init: f64,
    /// Learning rate.
    pub eta: f64,
    /// The output rate at which changes balance.
    pub target_rate_hz: f64,
    /// Time constant of both traces.
    pub tau_ms: f64,
}

impl Default for InhibitoryRule {
    fn default() -> Self {
        Self { w_init: 0.5, eta: 0.01, target_rate_hz: 5.0, tau_ms: 20.0 }
    }
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

    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { w_init, eta, target_rate_hz, tau_ms } = self;
        weight_before(v, w_init);
        let texts =
            ("Learning rate", "What an input and an output spike at the same moment add.", "η");
        choose_float(v, "eta", texts, Unit::None, AMPLITUDE, eta);
        let help =
            "Where the output's rate settles. Every input spike takes away η α, with α = 2 ρ₀ τ.";
        let range = FloatRange::log(0.1, 20.0, 0.1);
        let texts = ("Target rate", help, "ρ₀");
        choose_float(v, "target_rate_hz", texts, Unit::Hz, range, target_rate_hz);
        let texts = ("Window", "How long spikes of either side are remembered.", "τ");
        choose_float(v, "tau_ms", texts, Unit::Ms, FloatRange::linear(1.0, 100.0, 0.1), tau_ms);
    }
}

/// The offset rule of the study "STDP-research".
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct OffsetRule {
    /// The weight before.
    pub w_init: f64,
    /// r
    pub learning_rate: f64,
    /// The trace at which nothing changes.
    pub offset: f64,
    /// Time constant of the input's trace.
    pub tau_plus_ms: f64,
}

impl Default for OffsetRule {
    fn default() -> Self {
        Self { w_init: 0.5, learning_rate: 0.095, offset: 0.294, tau_plus_ms: TAU_OF_STUDY_MS }
    }
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

    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { w_init, learning_rate, offset, tau_plus_ms } = self;
        weight_before(v, w_init);
        let range = FloatRange::log(1e-5, 0.1, 1e-5);
        let texts =
            ("Learning rate", "0.0001 by default in the study, 0.095 in its best trial.", "r");
        choose_float(v, "learning_rate", texts, Unit::None, range, learning_rate);
        let help = "The trace of the input that makes no change: less of it depresses. A spike counts 1 when it is new.";
        let range = FloatRange::log(1e-4, 1.0, 1e-3);
        choose_float(v, "offset", ("Offset", help, "o"), Unit::None, range, offset);
        study_tau(v, "tau_plus_ms", "Memory of the input", "τ₊", tau_plus_ms);
    }
}

fn study_tau(
    v: &mut dyn ParamVisitor,
    key: &'static str,
    label: &'static str,
    symbol: &'static str,
    value: &mut f64,
) {
    let help = "The study keeps 0.9 of a trace per step (9.49 ms, if a step is 1 ms), or 0.25 in its search (0.72 ms).";
    choose_float(v, key, (label, help, symbol), Unit::Ms, STUDY_TAU, value);
}

/// The asymptotic rule of the same study.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct AsymptoticRule {
    /// The weight before.
    pub w_init: f64,
    /// Amplitude of potentiation, per square of the room.
    pub a_plus: f64,
    /// Amplitude of depression, per square of the weight.
    pub a_minus: f64,
    /// Time constant of the input's trace.
    pub tau_plus_ms: f64,
    /// Time constant of the output's trace.
    pub tau_minus_ms: f64,
}

impl Default for AsymptoticRule {
    fn default() -> Self {
        Self {
            w_init: 0.5,
            a_plus: 1e-4,
            a_minus: 2e-4,
            tau_plus_ms: TAU_OF_STUDY_MS,
            tau_minus_ms: TAU_OF_STUDY_MS,
        }
    }
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

    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { w_init, a_plus, a_minus, tau_plus_ms, tau_minus_ms } = self;
        weight_before(v, w_init);
        let range = FloatRange::log(1e-4, 10.0, 1e-4);
        let help = "Times (M − w)², where M is 0.1 more than the largest weight of all.";
        choose_float(v, "a_plus", ("Potentiation", help, "A₊"), Unit::None, range, a_plus);
        let help =
            "Times w². The study's best trial has 9.3: one pair then takes more than there is.";
        choose_float(v, "a_minus", ("Depression", help, "A₋"), Unit::None, range, a_minus);
        study_tau(v, "tau_plus_ms", "Memory of the input", "τ₊", tau_plus_ms);
        study_tau(v, "tau_minus_ms", "Memory of the output", "τ₋", tau_minus_ms);
    }
}
