//! One neuron of the spike response kind: every input spike adds a potential of fixed shape, and every output spike
//! one more, after which the inputs before it are forgotten.
//!
//! **Equations.** u(t) = Σ w ε(t − t_in) + η(t − t_out), over the input spikes since the last output spike.
//! ε(s) = K (e^(−s/τ_m) − e^(−s/τ_s)), with K such that its peak is 1;
//! η(s) = θ (2 e^(−s/τ_m) − 4 (e^(−s/τ_m) − e^(−s/τ_s))). The neuron fires at u ≥ θ, though not within t_ref of its
//! last spike. Weights and potential are pure numbers.
//!
//! **State.** The potential u and one synaptic variable y, since both kernels have the same two time constants:
//! du/dt = −u/τ_m + y, dy/dt = −y/τ_s. An input spike adds to y; an output spike sets u = 2 θ and
//! y = −4 θ (1/τ_s − 1/τ_m).
//!
//! **Source.** Masquelier, Guyonneau and Thorpe (2008, doi:10.1371/journal.pone.0001377), after Gerstner, Ritz and van
//! Hemmen (1993, doi:10.1007/BF00199450). Refractory time: Hathway and Goodman (2018,
//! doi:10.5281/zenodo.1327348).
//!
//! **Method.** Exact between spikes, which fall on the grid.

use get_size2::GetSize;

use crate::{TimeGrid, math};

/// The constants of the neuron.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct SpikeResponseParams {
    /// Threshold θ, in units of the peak that a spike of weight 1 makes.
    pub threshold: f64,
    /// Decay of the potential.
    pub tau_m_ms: f64,
    /// Its rise; not the same. Where [`SpikeResponse::after_spike`] is still 1 or more once the refractory time is
    /// over, the first output spike is followed by others without end.
    pub tau_s_ms: f64,
    /// Time after a spike without another.
    pub t_ref_ms: f64,
}

/// One neuron.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct SpikeResponse {
    threshold: f32,
    decay_m: f32,
    decay_s: f32,
    /// What u gains in a step per unit of y.
    from_y: f32,
    /// What an input spike of weight 1 adds to y.
    per_weight: f32,
    y_after_spike: f32,
    refractory_steps: u32,
    u: f32,
    y: f32,
    steps_left: u32,
}

impl SpikeResponse {
    /// A neuron at rest.
    pub fn new(params: &SpikeResponseParams, grid: TimeGrid) -> Self {
        let SpikeResponseParams { threshold, tau_m_ms, tau_s_ms, t_ref_ms } = *params;
        let [decay_m, decay_s] = [tau_m_ms, tau_s_ms].map(|tau| math::exp_f64(-grid.dt_ms() / tau));
        // u after a unit of y: (e^(−t/τ_m) − e^(−t/τ_s))/rate.
        let rate = 1.0 / tau_s_ms - 1.0 / tau_m_ms;
        let at_peak = math::ln_f64(tau_m_ms / tau_s_ms) / rate;
        let peak = (math::exp_f64(-at_peak / tau_m_ms) - math::exp_f64(-at_peak / tau_s_ms)) / rate;
        Self {
            threshold: threshold as f32,
            decay_m: decay_m as f32,
            decay_s: decay_s as f32,
            from_y: ((decay_m - decay_s) / rate) as f32,
            per_weight: (1.0 / peak) as f32,
            y_after_spike: (-4.0 * threshold * rate) as f32,
            refractory_steps: grid.ticks_from_ms(t_ref_ms) as u32,
            u: 0.0,
            y: 0.0,
            steps_left: 0,
        }
    }

    /// The potential that an output spike leaves after `after_ms`, in units of the threshold: η/θ.
    pub fn after_spike(tau_m_ms: f64, tau_s_ms: f64, after_ms: f64) -> f64 {
        let [slow, fast] = [tau_m_ms, tau_s_ms].map(|tau| math::exp_f64(-after_ms / tau));
        2.0 * slow - 4.0 * (slow - fast)
    }

    /// The potential.
    pub fn u(&self) -> f32 {
        self.u
    }

    /// One step with input spikes whose weights sum to `input`.
    #[inline]
    pub fn step(&mut self, input: f32, fired: &mut Vec<u32>) {
        self.y += self.per_weight * input;
        self.u = math::flush(self.u * self.decay_m + self.y * self.from_y);
        self.y = math::flush(self.y * self.decay_s);
        fired.clear();
        if self.steps_left > 0 {
            self.steps_left -= 1;
        } else if self.u >= self.threshold {
            fired.push(0);
            self.u = 2.0 * self.threshold;
            self.y = self.y_after_spike;
            self.steps_left = self.refractory_steps;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: SpikeResponseParams =
        SpikeResponseParams { threshold: 500.0, tau_m_ms: 10.0, tau_s_ms: 2.5, t_ref_ms: 1.0 };

    #[test]
    fn an_input_spike_adds_the_published_potential() {
        let mut neuron = SpikeResponse::new(&PARAMS, TimeGrid::new(0.1));
        let mut fired = Vec::new();
        let mut peak = 0.0_f32;
        for step in 1..=400 {
            neuron.step(if step == 1 { 3.0 } else { 0.0 }, &mut fired);
            let t = f64::from(step) * 0.1;
            let shape = math::exp_f64(-t / 10.0) - math::exp_f64(-t / 2.5);
            // K = 2.1165 for τ_s = τ_m/4.
            assert!((f64::from(neuron.u()) - 3.0 * 2.1165 * shape).abs() < 1e-3, "{t} ms");
            peak = peak.max(neuron.u());
        }
        assert!((peak - 3.0).abs() < 1e-3, "{peak}");
    }

    #[test]
    fn an_output_spike_leaves_its_own_potential_and_nothing_else() {
        let mut neuron = SpikeResponse::new(&PARAMS, TimeGrid::new(0.1));
        let mut fired = Vec::new();
        let mut input = 5_000.0;
        while fired.is_empty() {
            neuron.step(std::mem::take(&mut input), &mut fired);
        }
        assert_eq!(neuron.u(), 1_000.0);
        for step in 1..=300 {
            neuron.step(0.0, &mut fired);
            let t = f64::from(step) * 0.1;
            let (slow, fast) = (math::exp_f64(-t / 10.0), math::exp_f64(-t / 2.5));
            let eta = 500.0 * (2.0 * slow - 4.0 * (slow - fast));
            assert!((f64::from(neuron.u()) - eta).abs() < 0.05, "{t} ms: {}", neuron.u());
            // Above the threshold at first, where only the refractory time keeps it from firing.
            assert!(fired.is_empty(), "{t} ms");
        }
    }
}
