//! The constants of adaptive exponential neurons, and the rules that they keep.

use get_size2::GetSize;

/// What the neurons of a population have in common.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct AdExParams {
    /// Capacitance C, above 0.
    pub c_m_pf: f64,
    /// Leak conductance, above 0; τ_m = C/g_L.
    pub g_l_ns: f64,
    /// Resting potential of the leak.
    pub e_l_mv: f64,
    /// V_th, where the exponential grows as fast as the leak; with Δ_T = 0 the threshold.
    pub v_th_mv: f64,
    /// Δ_T, the width of the spike's upstroke, at least 0.
    pub delta_t_mv: f64,
    /// Potential at which the neuron fires, at least V_th.
    pub v_peak_mv: f64,
    /// Potential after a spike, below that at which it fires.
    pub v_reset_mv: f64,
    /// a, how much w follows V below threshold. Below −g_L there is no rest.
    pub a_ns: f64,
    /// b, what a spike adds to w.
    pub b_pa: f64,
    /// Time constant of w, above 0 unless a = b = 0.
    pub tau_w_ms: f64,
    /// Refractory time, at least 0.
    pub t_ref_ms: f64,
}

/// A rule that parameters break.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AdExBroken {
    /// A number that is infinite or not a number.
    NonFinite {
        /// The parameter's name.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A number that has to be above 0.
    NotPositive {
        /// The parameter's name.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A number that has to be at least 0.
    Negative {
        /// The parameter's name.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// The peak lies below the threshold, where the exponential has not even begun.
    PeakBelowThreshold {
        /// Potential at which it fires.
        v_peak_mv: f64,
        /// Threshold.
        v_th_mv: f64,
    },
    /// A neuron that is reset to where it fires would fire in every step.
    ResetNotBelowPeak {
        /// Potential after a spike.
        v_reset_mv: f64,
        /// Potential at which it fires: the peak, or without an exponential the threshold.
        fires_at_mv: f64,
    },
    /// A spike must not make the next one easier by its threshold.
    ThresholdFalls {
        /// Threshold right after a spike.
        v_th_max_mv: f64,
        /// Threshold at rest.
        v_th_mv: f64,
    },
}

impl std::fmt::Display for AdExBroken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NonFinite { name, value } => {
                write!(f, "{name}: {value}, and it must be a finite number. Give one.")
            }
            Self::NotPositive { name, value } => {
                write!(f, "{name}: {value}, and it must be above 0. Make it larger.")
            }
            Self::Negative { name, value } => {
                write!(f, "{name}: {value}, and it must not be negative. Make it 0 or larger.")
            }
            Self::PeakBelowThreshold { v_peak_mv, v_th_mv } => write!(
                f,
                "v_peak_mv: {v_peak_mv}, and it must not be below v_th_mv = {v_th_mv}. Raise the peak or lower the threshold."
            ),
            Self::ResetNotBelowPeak { v_reset_mv, fires_at_mv } => write!(
                f,
                "v_reset_mv: {v_reset_mv}, and it must be below {fires_at_mv}, where the neuron fires. Lower it."
            ),
            Self::ThresholdFalls { v_th_max_mv, v_th_mv } => write!(
                f,
                "v_th_max_mv: {v_th_max_mv}, and it must not be below v_th_mv = {v_th_mv}. Raise it, or make them equal."
            ),
        }
    }
}

impl AdExParams {
    /// The pyramidal cell of Brette and Gerstner (2005), which adapts.
    pub const PYRAMIDAL: Self = Self {
        c_m_pf: 281.0,
        g_l_ns: 30.0,
        e_l_mv: -70.6,
        v_th_mv: -50.4,
        delta_t_mv: 2.0,
        v_peak_mv: 20.0,
        v_reset_mv: -70.6,
        a_ns: 4.0,
        b_pa: 80.5,
        tau_w_ms: 144.0,
        t_ref_ms: 0.0,
    };

    /// The exponential neuron that Fourcaud-Trocmé et al. (2003) fitted to the interneuron of Wang and Buzsáki, for a
    /// membrane of 10⁻⁴ cm². The peak is ours: from there to infinity V takes less than 10⁻⁶ ms.
    pub const INTERNEURON: Self = Self {
        c_m_pf: 100.0,
        g_l_ns: 10.0,
        e_l_mv: -65.0,
        v_th_mv: -59.9,
        delta_t_mv: 3.48,
        v_peak_mv: 0.0,
        v_reset_mv: -68.0,
        a_ns: 0.0,
        b_pa: 0.0,
        tau_w_ms: 0.0,
        t_ref_ms: 1.7,
    };

    /// The same neuron without adaptation.
    pub fn without_adaptation(self) -> Self {
        Self { a_ns: 0.0, b_pa: 0.0, ..self }
    }

    /// Every rule that is broken; empty if all fits.
    pub fn check(&self) -> Vec<AdExBroken> {
        let adapts = self.a_ns != 0.0 || self.b_pa != 0.0;
        let numbers = [
            ("c_m_pf", self.c_m_pf),
            ("g_l_ns", self.g_l_ns),
            ("e_l_mv", self.e_l_mv),
            ("v_th_mv", self.v_th_mv),
            ("delta_t_mv", self.delta_t_mv),
            ("v_peak_mv", self.v_peak_mv),
            ("v_reset_mv", self.v_reset_mv),
            ("a_ns", self.a_ns),
            ("b_pa", self.b_pa),
            ("tau_w_ms", self.tau_w_ms),
            ("t_ref_ms", self.t_ref_ms),
        ];
        let mut broken = Vec::new();
        for (name, value) in numbers {
            let must_be_positive = match name {
                "c_m_pf" | "g_l_ns" => true,
                "tau_w_ms" => adapts,
                _ => false,
            };
            let may_be_negative = !matches!(name, "delta_t_mv" | "t_ref_ms");
            if !value.is_finite() {
                broken.push(AdExBroken::NonFinite { name, value });
            } else if must_be_positive && value <= 0.0 {
                broken.push(AdExBroken::NotPositive { name, value });
            } else if !may_be_negative && value < 0.0 {
                broken.push(AdExBroken::Negative { name, value });
            }
        }
        let Self { v_peak_mv, v_th_mv, v_reset_mv, .. } = *self;
        if v_peak_mv < v_th_mv {
            broken.push(AdExBroken::PeakBelowThreshold { v_peak_mv, v_th_mv });
        }
        let fires_at_mv = self.fires_at_mv();
        if v_reset_mv >= fires_at_mv {
            broken.push(AdExBroken::ResetNotBelowPeak { v_reset_mv, fires_at_mv });
        }
        broken
    }

    /// The potential at which a spike is counted.
    pub(super) fn fires_at_mv(&self) -> f64 {
        if self.delta_t_mv > 0.0 { self.v_peak_mv } else { self.v_th_mv }
    }
}
