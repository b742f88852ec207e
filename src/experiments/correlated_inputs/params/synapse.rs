//! Parameters of the virtual synapse.

use get_size2::GetSize;

use super::{CORRELATION, RATE, correlation_field, duration_field, rate_field};
use crate::lab::param::{Field, FloatRange, Group, ParamVisitor, Unit};

/// Parameters of the virtual synapse.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct SynapseParams {
    /// Correlation of the middle group; the others have 0 and 1.
    pub correlation: f64,
    /// A pair without a lag adds 1.
    pub zero_lag: bool,
    /// Every pair counts, not only neighbours in the merged train.
    pub all_pairs: bool,
    /// Every spike is late by a random time up to this.
    pub jitter_ms: f64,
    /// Amplitude of depression.
    pub a_minus: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
    /// Rate of every input.
    pub rate_hz: f64,
    /// Length of the run.
    pub duration_s: f64,
}

impl Default for SynapseParams {
    fn default() -> Self {
        Self {
            correlation: 0.5,
            zero_lag: true,
            all_pairs: false,
            jitter_ms: 0.0,
            a_minus: 1.0,
            tau_plus_ms: 10.0,
            tau_minus_ms: 10.0,
            rate_hz: 10.0,
            duration_s: 4.0,
        }
    }
}

impl SynapseParams {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            correlation,
            zero_lag,
            all_pairs,
            jitter_ms,
            a_minus,
            tau_plus_ms,
            tau_minus_ms,
            rate_hz,
            duration_s,
        } = self;
        v.float(correlation_field(), CORRELATION, correlation);
        v.flag(
            Field::new(
                "zero_lag",
                "Count pairs without a lag",
                "As published, two spikes in the same step of 0.1 ms add the full amplitude. Switch it off, and the \
                 correlation has no effect.",
            )
            .main(),
            zero_lag,
        );
        v.flag(
            Field::new(
                "all_pairs",
                "Count all pairs",
                "As published, only spikes that follow one another in the merged list of all ten inputs are \
                 paired, which misses most.",
            )
            .main(),
            all_pairs,
        );
        v.float(
            Field::new(
                "jitter_ms",
                "Jitter",
                "Every spike comes late by a random time up to this, so that shared spikes have lags of their own.",
            )
            .with("", Unit::Ms)
            .main(),
            FloatRange::linear(0.0, 50.0, 0.5),
            jitter_ms,
        );
        v.group(Group { key: "rule", label: "Window" });
        v.float(
            Field::new("a_minus", "Depression", "Its amplitude; that of potentiation is 1.")
                .with("A₋", Unit::None),
            FloatRange::linear(0.0, 3.0, 0.05),
            a_minus,
        );
        let window = FloatRange::log(1.0, 100.0, 0.5);
        v.float(
            Field::new("tau_plus_ms", "Window of potentiation", "10 ms as published.")
                .with("τ₊", Unit::Ms),
            window,
            tau_plus_ms,
        );
        v.float(
            Field::new("tau_minus_ms", "Window of depression", "10 ms as published.")
                .with("τ₋", Unit::Ms),
            window,
            tau_minus_ms,
        );
        v.group(Group { key: "inputs", label: "Inputs" });
        v.float(rate_field(), RATE, rate_hz);
        v.float(duration_field(), FloatRange::log(1.0, 1_000.0, 1.0), duration_s);
    }
}
