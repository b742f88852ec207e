//! Rates that mean-field theory expects of a random network: what Brunel (2000, doi:10.1023/A:1008925309027) solves.
//!
//! **Equations.** A neuron with C_E excitatory inputs of J mV, γ C_E inhibitory ones of −g J and external ones at
//! ν_ext in all, under inputs as if they were independent, has an input with mean μ = J τ (ν_ext + C_E ν (1 − γ g)) and
//! variance σ² = J² τ (ν_ext + C_E ν (1 + γ g²)), and fires at
//! 1/ν = t_ref + τ √π ∫ e^(u²) (1 + erf u) du from (V_r − μ)/σ to (θ − μ)/σ (Siegert 1951). The network's rate is the ν
//! that comes back.
//!
//! **Method.** The integral by Simpson's rule; the lowest rate that comes back by a search upwards from silence, and bisection.
//! With weak inhibition and little drive there is a second, high one.

use crate::sim::math;

/// What the theory needs to know.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanField {
    /// Excitatory inputs of a neuron, C_E.
    pub num_excitatory: f64,
    /// Inhibitory inputs of a neuron.
    pub num_inhibitory: f64,
    /// What a spike of an excitatory input adds.
    pub j_mv: f64,
    /// Inhibition over excitation.
    pub g: f64,
    /// Spikes per second of all external inputs of a neuron together.
    pub external_hz: f64,
    /// Membrane time constant.
    pub tau_m_ms: f64,
    /// Threshold above rest.
    pub v_th_mv: f64,
    /// Reset above rest.
    pub v_reset_mv: f64,
    /// Refractory time.
    pub t_ref_ms: f64,
}

impl MeanField {
    /// The network's rate: of several that come back the lowest, at which a silent network arrives.
    pub fn rate_hz(&self) -> f64 {
        const NUM: u32 = 36;
        let most_hz = 1_000.0 / self.t_ref_ms;
        let at = |place: u32| {
            // From 0.01 Hz to the highest rate, each so many times the one before.
            0.01 * math::powf_f64(most_hz / 0.01, f64::from(place) / f64::from(NUM))
        };
        let Some(place) = (0..=NUM).find(|place| self.answer_hz(at(*place)) <= at(*place)) else {
            return most_hz;
        };
        let mut range = if place == 0 { (0.0, at(0)) } else { (at(place - 1), at(place)) };
        for _ in 0..14 {
            let middle = 0.5 * (range.0 + range.1);
            match self.answer_hz(middle) > middle {
                true => range.0 = middle,
                false => range.1 = middle,
            }
        }
        0.5 * (range.0 + range.1)
    }

    /// How fast a neuron fires if all others fire at this rate.
    fn answer_hz(&self, rate_hz: f64) -> f64 {
        let tau_s = self.tau_m_ms / 1_000.0;
        let (exc_hz, inh_hz) = (self.num_excitatory * rate_hz, self.num_inhibitory * rate_hz);
        let mean = self.j_mv * tau_s * (self.external_hz + exc_hz - self.g * inh_hz);
        let squares = self.external_hz + exc_hz + self.g * self.g * inh_hz;
        let sd = self.j_mv * (tau_s * squares).sqrt().max(1e-9);
        let [low, high] = [self.v_reset_mv, self.v_th_mv].map(|v| (v - mean) / sd);
        let area = std::f64::consts::PI.sqrt() * integral(low, high);
        1_000.0 / (self.t_ref_ms + self.tau_m_ms * area)
    }
}

/// ∫ e^(u²) (1 + erf u) du.
fn integral(low: f64, high: f64) -> f64 {
    // A neuron that is as far from threshold as this never fires.
    if high > 20.0 {
        return f64::INFINITY;
    }
    const NUM: u32 = 30;
    let step = (high - low) / f64::from(2 * NUM);
    let weight = |place| if place % 2 == 1 { 4.0 } else { 2.0 };
    let inner: f64 =
        (1..2 * NUM).map(|place| weight(place) * integrand(low + f64::from(place) * step)).sum();
    (integrand(low) + inner + integrand(high)) * step / 3.0
}

/// e^(u²) (1 + erf u); far below 0, where its factors leave the range of numbers, the first terms of its series.
fn integrand(u: f64) -> f64 {
    if u > -6.0 {
        return math::exp_f64(u * u) * math::erfc_f64(-u);
    }
    let square = u * u;
    let series = 1.0 - (0.5 - (0.75 - 1.875 / square) / square) / square;
    series / (-u * std::f64::consts::PI.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brunel(g: f64, eta: f64) -> MeanField {
        MeanField {
            num_excitatory: 1_000.0,
            num_inhibitory: 250.0,
            j_mv: 0.1,
            g,
            external_hz: eta * 10_000.0,
            tau_m_ms: 20.0,
            v_th_mv: 20.0,
            v_reset_mv: 10.0,
            t_ref_ms: 2.0,
        }
    }

    /// 38.0, 55.8 and 6.5 Hz: Brunel's theory as solved by others.
    #[test]
    fn rates_are_those_of_the_literature() {
        for (g, eta, rate_hz) in [(5.0, 2.0, 38.0), (6.0, 4.0, 55.8), (4.5, 0.9, 6.5)] {
            let found = brunel(g, eta).rate_hz();
            assert!((found - rate_hz).abs() < 0.1, "{found} for {rate_hz} Hz");
        }
    }

    #[test]
    fn without_noise_a_neuron_fires_as_its_period_says() {
        // A strong constant input: t_ref + τ ln((μ − V_r)/(μ − θ)).
        let lone = MeanField {
            num_excitatory: 0.0,
            num_inhibitory: 0.0,
            j_mv: 1e-4,
            external_hz: 30.0 / (1e-4 * 0.020),
            ..brunel(0.0, 0.0)
        };
        let period_ms = 2.0 + 20.0 * math::ln_f64((30.0 - 10.0) / (30.0 - 20.0));
        assert!((lone.rate_hz() - 1_000.0 / period_ms).abs() < 0.05, "{}", lone.rate_hz());
        assert!(brunel(5.0, 0.1).rate_hz() < 1e-3);
        // Two rates are possible here, and a silent network stays silent.
        assert!(brunel(1.5, 0.5).rate_hz() < 1e-3, "{}", brunel(1.5, 0.5).rate_hz());
        assert!(brunel(3.0, 2.0).rate_hz() > 300.0);
    }

    #[test]
    fn the_series_continues_the_product() {
        let product = |u: f64| math::exp_f64(u * u) * math::erfc_f64(-u);
        for u in [-6.0, -8.0, -12.0] {
            assert!((integrand(u) / product(u) - 1.0).abs() < 1e-5, "{u}");
        }
    }
}
