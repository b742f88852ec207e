//! Active dendrites of the ADDS neuron: every synapse has a dendrite whose time constant and gain
//! follow its weight.
//!
//! **Equations.** For weight w of dendrite i, with θ the soma's threshold:
//! τ_i = τ_max − |w| (τ_max − τ_min); R_i = (τ_i θ / R_m) (τ_m/τ_i)^(τ_m/(τ_m − τ_i));
//! τ_i dI_i/dt = −I_i + R_i w δ(t). The soma is a leaky integrator: τ_m dU/dt = −U + R_m Σ I_i.
//!
//! The gain is made so that one spike through one dendrite lifts the soma to a peak of exactly w θ,
//! whatever τ_i is: a strong synapse is fast, a weak one slow, and both are as high as their weight.
//!
//! **State.** `current[pre × num_post + post]`; the constants that follow from a weight are kept with it.
//!
//! **Source.** Panchev and Wermter (2004, doi:10.1016/j.neucom.2003.11.010) in the form of Gupta and
//! Long (2007, doi:10.1109/IJCNN.2007.4370930).
//!
//! **Method.** Exact: each current decays by e^(−dt/τ_i), and its share of the soma's potential after a
//! step is known in closed form. At w → 0 the published formulas divide by zero (τ_i → τ_m when
//! τ_max = τ_m); the limits are used: R_i → e θ τ_i / R_m.

use get_size2::GetSize;

use crate::{TimeGrid, math};

/// What all dendrites have in common.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct AddsParams {
    /// Time constant of a dendrite of weight 1.
    pub tau_min_ms: f64,
    /// Time constant of a dendrite of weight 0.
    pub tau_max_ms: f64,
    /// Membrane time constant of the soma.
    pub tau_m_ms: f64,
    /// Threshold of the soma.
    pub v_th_mv: f64,
    /// Resistance of the soma.
    pub r_m: f64,
    /// Size of an input spike; 1 is the impulse of the equations.
    pub impulse: f64,
}

impl AddsParams {
    /// Time constant of a dendrite of weight `w`.
    pub fn tau_i_ms(&self, w: f64) -> f64 {
        self.tau_max_ms - w.abs().min(1.0) * (self.tau_max_ms - self.tau_min_ms)
    }

    /// Gain of a dendrite with time constant `tau_i_ms`.
    pub fn r_i(&self, tau_i_ms: f64) -> f64 {
        let x = tau_i_ms / self.tau_m_ms;
        tau_i_ms * self.v_th_mv / self.r_m * math::exp_f64(log_ratio(x))
    }
}

/// −ln(x) / (1 − x), which is 1 at x = 1.
fn log_ratio(x: f64) -> f64 {
    let d = 1.0 - x;
    if d.abs() < 1e-4 { 1.0 + d / 2.0 + d * d / 3.0 } else { -math::ln_f64(x) / d }
}

/// (eˣ − 1) / x, which is 1 at x = 0.
fn exp_ratio(x: f64) -> f64 {
    if x.abs() < 1e-4 { 1.0 + x / 2.0 + x * x / 6.0 } else { (math::exp_f64(x) - 1.0) / x }
}

/// The dendrites between `num_pre` inputs and `num_post` somas.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Dendrites {
    params: AddsParams,
    dt_ms: f64,
    num_post: u32,
    current: Vec<f32>,
    decay: Vec<f32>,
    /// Current that a spike adds: R_i w / τ_i.
    jump: Vec<f32>,
    /// Potential that a unit of current adds to the soma within a step.
    to_soma: Vec<f32>,
}

impl Dendrites {
    /// Dendrites without current, for `weights[pre × num_post + post]`.
    pub fn new(num_post: usize, weights: &[f32], params: AddsParams, grid: TimeGrid) -> Self {
        let blank = vec![0.0; weights.len()];
        let mut dendrites = Self {
            params,
            dt_ms: grid.dt_ms(),
            num_post: num_post as u32,
            current: blank.clone(),
            decay: blank.clone(),
            jump: blank.clone(),
            to_soma: blank,
        };
        for (idx, &weight) in weights.iter().enumerate() {
            dendrites.set_weight(idx, weight);
        }
        dendrites
    }

    /// Takes over a changed weight of dendrite `idx` = pre × num_post + post.
    pub fn set_weight(&mut self, idx: usize, weight: f32) {
        let (w, dt, p) = (f64::from(weight), self.dt_ms, &self.params);
        let tau = p.tau_i_ms(w);
        let rate_gap = 1.0 / p.tau_m_ms - 1.0 / tau;
        self.decay[idx] = math::exp_f64(-dt / tau) as f32;
        self.jump[idx] = (p.impulse * p.r_i(tau) * w / tau) as f32;
        // R_m/τ_m (e^(−dt/τ_i) − e^(−dt/τ_m)) / (1/τ_m − 1/τ_i), written without the division by 0.
        let soma_decay = math::exp_f64(-dt / p.tau_m_ms);
        self.to_soma[idx] =
            (p.r_m / p.tau_m_ms * soma_decay * dt * exp_ratio(rate_gap * dt)) as f32;
    }

    /// A spike of input `pre` arrives at every soma.
    pub fn receive(&mut self, pre: u32) {
        let row =
            pre as usize * self.num_post as usize..(pre as usize + 1) * self.num_post as usize;
        for (current, jump) in self.current[row.clone()].iter_mut().zip(&self.jump[row]) {
            *current += jump;
        }
    }

    /// Adds what the dendrites bring each soma in this step to `v_jump_mv`, and lets them decay.
    pub fn advance(&mut self, v_jump_mv: &mut [f32]) {
        let rows = self.current.chunks_exact_mut(self.num_post as usize);
        let to_soma = self.to_soma.chunks_exact(self.num_post as usize);
        let decay = self.decay.chunks_exact(self.num_post as usize);
        for ((currents, to_soma), decay) in rows.zip(to_soma).zip(decay) {
            let constants = to_soma.iter().zip(decay);
            for ((current, v), (to_soma, decay)) in
                currents.iter_mut().zip(v_jump_mv.iter_mut()).zip(constants)
            {
                *v += *current * to_soma;
                *current = math::flush(*current * decay);
            }
        }
    }

    /// The currents.
    pub fn current(&self) -> &[f32] {
        &self.current
    }

    /// Takes all current away.
    pub fn clear(&mut self) {
        self.current.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: AddsParams = AddsParams {
        tau_min_ms: 2.0,
        tau_max_ms: 30.0,
        tau_m_ms: 30.0,
        v_th_mv: 10.0,
        r_m: 80.0,
        impulse: 1.0,
    };

    /// Highest potential of a soma after one spike through one dendrite.
    fn peak_mv(w: f32, dt_ms: f64) -> f32 {
        let mut dendrites = Dendrites::new(1, &[w], PARAMS, TimeGrid::new(dt_ms));
        dendrites.receive(0);
        let leak = math::decay_per_step(dt_ms, PARAMS.tau_m_ms);
        let (mut v, mut peak) = (0.0_f32, 0.0_f32);
        for _ in 0..(200.0 / dt_ms) as u32 {
            let mut jump = [0.0];
            dendrites.advance(&mut jump);
            v = v * leak + jump[0];
            peak = peak.max(v);
        }
        peak
    }

    #[test]
    fn one_spike_peaks_at_weight_times_threshold() {
        for w in [1.0, 0.7, 0.5, 0.1, 0.01, 1e-4] {
            let peak = peak_mv(w, 0.05);
            assert!((peak - w * 10.0).abs() < 1e-3 * w * 10.0, "w {w}: {peak}");
        }
    }

    #[test]
    fn the_limit_at_weight_zero_is_taken() {
        // τ_i = τ_m = 30 ms: R_i = e θ τ_i / R_m.
        assert!((PARAMS.r_i(30.0) - std::f64::consts::E * 30.0 * 10.0 / 80.0).abs() < 1e-9);
        // And the formula meets it from both sides.
        for tau in [29.999, 29.9, 30.001] {
            assert!((PARAMS.r_i(tau) / PARAMS.r_i(30.0) - 1.0).abs() < 5e-3, "{tau}");
        }
        assert_eq!(peak_mv(0.0, 1.0), 0.0);
    }

    #[test]
    fn the_series_meet_the_formulas() {
        for x in [1.0e-4, -1.0e-4] {
            let beyond = x * 1.000_001;
            assert!((log_ratio(1.0 - x * 0.999) - log_ratio(1.0 - beyond)).abs() < 1e-7);
            assert!((exp_ratio(x * 0.999) - exp_ratio(beyond)).abs() < 1e-7);
        }
    }

    #[test]
    fn steps_of_any_size_agree() {
        // The soma after 20 ms is the same whether it took 20 steps or 200.
        let after = |dt_ms: f64| {
            let mut dendrites = Dendrites::new(1, &[0.6], PARAMS, TimeGrid::new(dt_ms));
            dendrites.receive(0);
            let leak = math::decay_per_step(dt_ms, PARAMS.tau_m_ms);
            let mut v = 0.0_f32;
            for _ in 0..(20.0 / dt_ms).round() as u32 {
                let mut jump = [0.0];
                dendrites.advance(&mut jump);
                v = v * leak + jump[0];
            }
            v
        };
        assert!((after(1.0) - after(0.1)).abs() < 2e-5, "{} {}", after(1.0), after(0.1));
    }
}
