//! Synaptic current that jumps with a spike and decays exponentially.
//!
//! **Equations.** τ_s dI/dt = −I + Σ w δ(t): a spike of weight w adds w/τ_s, so its integral is w.
//! The soma, τ_m dV/dt = −V + R_m I, takes the current's exact share of each step.
//!
//! **State.** One current per neuron: linear synapses with one time constant add up.
//!
//! **Source.** Rotter and Diesmann (1999, doi:10.1007/s004220050570).
//!
//! **Method.** Exact for a spike on the grid. Other membranes than the leaky one take the current's mean over each step:
//! its area is exact, and what it does to the potential is off by order dt².

use get_size2::GetSize;

use crate::lanes::widely;
use crate::{TimeGrid, math};

/// The synaptic current of every neuron of a population.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct ExponentialCurrent {
    decay: f32,
    per_weight: f32,
    to_soma: f32,
    current: Vec<f32>,
}

widely! {
    fn advance(current: &mut [f32], v_jump_mv: &mut [f32], constants: [f32; 2]) {
        let [to_soma, decay] = constants;
        for (current, v) in current.iter_mut().zip(v_jump_mv) {
            *v += *current * to_soma;
            *current = math::flush(*current * decay);
        }
    }
}

impl ExponentialCurrent {
    /// No current yet, for a soma with these constants.
    pub fn new(num_post: usize, tau_s_ms: f64, tau_m_ms: f64, r_m: f64, grid: TimeGrid) -> Self {
        let (dt, rate_s, rate_m) = (grid.dt_ms(), 1.0 / tau_s_ms, 1.0 / tau_m_ms);
        let gap = (rate_m - rate_s) * dt;
        // (eˣ − 1)/x, with its limit where both time constants are equal.
        let ratio =
            if gap.abs() < 1e-6 { 1.0 + gap / 2.0 } else { (math::exp_f64(gap) - 1.0) / gap };
        Self {
            decay: math::decay_per_step(dt, tau_s_ms),
            per_weight: rate_s as f32,
            to_soma: (r_m * rate_m * math::exp_f64(-dt * rate_m) * dt * ratio) as f32,
            current: vec![0.0; num_post],
        }
    }

    /// No current yet, for neurons that take R I as their drive: [`ExponentialCurrent::advance`] adds the mean of R I over
    /// the step, whose area for a spike of weight 1 is `area_mv_ms`.
    pub fn as_drive(num_post: usize, tau_s_ms: f64, area_mv_ms: f64, grid: TimeGrid) -> Self {
        let dt = grid.dt_ms();
        let mean = tau_s_ms / dt * (1.0 - math::exp_f64(-dt / tau_s_ms));
        Self {
            decay: math::decay_per_step(dt, tau_s_ms),
            per_weight: (1.0 / tau_s_ms) as f32,
            to_soma: (area_mv_ms * mean) as f32,
            current: vec![0.0; num_post],
        }
    }

    /// One spike reaches every neuron, `row[post]` being its weight there.
    pub fn receive(&mut self, row: &[f32]) {
        for (current, weight) in self.current.iter_mut().zip(row) {
            *current += weight * self.per_weight;
        }
    }

    /// The currents, and what a spike adds to one per weight.
    pub fn column_mut(&mut self) -> (&mut [f32], f32) {
        (&mut self.current, self.per_weight)
    }

    /// Adds what the currents bring each neuron in this step to `brought_mv`, its jump or its drive, and lets them decay.
    pub fn advance(&mut self, brought_mv: &mut [f32]) {
        advance(&mut self.current, brought_mv, [self.to_soma, self.decay]);
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

    fn potential_after(ms: f64, dt_ms: f64, tau_s_ms: f64) -> f64 {
        let mut synapse = ExponentialCurrent::new(1, tau_s_ms, 30.0, 80.0, TimeGrid::new(dt_ms));
        let leak = math::decay_per_step(dt_ms, 30.0);
        synapse.receive(&[0.5]);
        let mut v = 0.0_f32;
        for _ in 0..(ms / dt_ms).round() as u32 {
            let mut jump = [0.0];
            synapse.advance(&mut jump);
            v = v * leak + jump[0];
        }
        f64::from(v)
    }

    #[test]
    fn the_response_is_the_difference_of_two_exponentials() {
        let (tau_s, tau_m, t) = (2.0, 30.0, 7.0);
        let expected =
            80.0 * 0.5 / (tau_m - tau_s) * (math::exp_f64(-t / tau_m) - math::exp_f64(-t / tau_s));
        for dt_ms in [1.0, 0.5, 0.1] {
            let v = potential_after(t, dt_ms, tau_s);
            assert!((v - expected).abs() < 1e-5, "dt {dt_ms}: {v} {expected}");
        }
    }

    #[test]
    fn as_a_drive_it_has_its_area_at_any_step() {
        for (dt_ms, tau_s_ms) in [(1.0, 2.0), (0.1, 2.0), (0.5, 20.0)] {
            let mut synapse = ExponentialCurrent::as_drive(1, tau_s_ms, 30.0, TimeGrid::new(dt_ms));
            synapse.receive(&[0.5]);
            let mut area_mv_ms = 0.0;
            for _ in 0..(20.0 * tau_s_ms / dt_ms) as u32 {
                let mut drive = [0.0];
                synapse.advance(&mut drive);
                area_mv_ms += f64::from(drive[0]) * dt_ms;
            }
            assert!((area_mv_ms - 15.0).abs() < 1e-4, "{dt_ms} {tau_s_ms}: {area_mv_ms}");
        }
    }

    #[test]
    fn equal_time_constants_give_the_alpha_function() {
        let t = 11.0;
        let expected = 80.0 * 0.5 * t / (30.0 * 30.0) * math::exp_f64(-t / 30.0);
        assert!((potential_after(t, 0.5, 30.0) - expected).abs() < 1e-4);
    }
}
