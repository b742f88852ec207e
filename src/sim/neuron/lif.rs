//! Leaky integrate-and-fire neurons, driven by a current that is constant within a step.
//!
//! **Equations.** τ_m dV/dt = −(V − E_L) + R I. At V ≥ V_th the neuron fires; then V = V_reset, and
//! it stays there for t_ref. With the soft reset, V falls by V_th − V_reset instead, so that what was
//! above the threshold is not lost; a raised threshold does not make it fall further. A neuron that it leaves above the threshold fires
//! again once its refractory time is over.
//!
//! **State.** `v_mv` and the refractory steps left.
//!
//! **Source.** Lapicque (1907); the form is that of Rotter and Diesmann (1999,
//! doi:10.1007/s004220050570).
//!
//! **Method.** Exact for a current that is constant within the step:
//! V ← E_L + (V − E_L) e^(−dt/τ_m) + (1 − e^(−dt/τ_m)) R I. Spikes fall on the grid, so a spike time is
//! late by up to one step.

use get_size2::GetSize;

use super::crossings;
use crate::lanes::widely;
use crate::{TimeGrid, math};

/// What the neurons of a population have in common.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct LifParams {
    /// Membrane time constant.
    pub tau_m_ms: f64,
    /// Resting potential.
    pub e_l_mv: f64,
    /// Threshold.
    pub v_th_mv: f64,
    /// Potential after a spike.
    pub v_reset_mv: f64,
    /// Refractory time.
    pub t_ref_ms: f64,
}

/// A population of leaky integrate-and-fire neurons.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Lif {
    leak: f32,
    gain: f32,
    e_l_mv: f32,
    v_th_mv: f32,
    v_reset_mv: f32,
    refractory_steps: f32,
    is_reset_soft: bool,
    v_mv: Vec<f32>,
    steps_left: Vec<f32>,
}

widely! {
    /// A step. Says whether any of them then is at or above the threshold.
    fn advance(
        state: (&mut [f32], &mut [f32]),
        drive_mv: &[f32],
        jump_mv: &[f32],
        constants: [f32; 4],
    ) -> bool {
        let ([leak, gain, e_l, v_th], mut is_any) = (constants, false);
        let columns = state.0.iter_mut().zip(state.1).zip(drive_mv).zip(jump_mv);
        for (((v, left), drive), jump) in columns {
            let (is_held, jump) = (*left > 0.0, *jump);
            let free = e_l + (*v - e_l) * leak + drive * gain;
            // A sum in any case: to store only where there is something new is slow.
            let now = if is_held { *v } else { free } + if is_held { 0.0 } else { jump };
            *v = now;
            *left = math::larger(*left - 1.0, 0.0);
            is_any |= now >= v_th;
        }
        is_any
    }
}

impl Lif {
    /// `num_neurons` neurons at rest.
    pub fn new(num_neurons: usize, params: &LifParams, grid: TimeGrid) -> Self {
        let leak = math::decay_per_step(grid.dt_ms(), params.tau_m_ms);
        Self {
            leak,
            gain: 1.0 - leak,
            e_l_mv: params.e_l_mv as f32,
            v_th_mv: params.v_th_mv as f32,
            v_reset_mv: params.v_reset_mv as f32,
            refractory_steps: grid.ticks_from_ms(params.t_ref_ms) as f32,
            is_reset_soft: false,
            v_mv: vec![params.e_l_mv as f32; num_neurons],
            steps_left: vec![0.0; num_neurons],
        }
    }

    /// The same neurons with the soft reset.
    pub fn with_soft_reset(mut self) -> Self {
        self.is_reset_soft = true;
        self
    }

    /// Membrane potentials.
    pub fn v_mv(&self) -> &[f32] {
        &self.v_mv
    }

    /// Membrane potentials, for a start that is not at rest and for instantaneous inputs.
    pub fn v_mv_mut(&mut self) -> &mut [f32] {
        &mut self.v_mv
    }

    /// The threshold without adaptation.
    pub fn v_th_mv(&self) -> f32 {
        self.v_th_mv
    }

    /// Moves all potentials on by one step under `drive_mv` = R I and, at once, `jump_mv`. A
    /// refractory neuron takes neither. Says whether any of them then is at or above the threshold without adaptation.
    pub fn integrate(&mut self, drive_mv: &[f32], jump_mv: &[f32]) -> bool {
        let state = (&mut *self.v_mv, &mut *self.steps_left);
        let constants = [self.leak, self.gain, self.e_l_mv, self.v_th_mv];
        advance(state, drive_mv, jump_mv, constants)
    }

    /// How far each neuron is above its threshold, which is raised by `theta_mv` (none: not at all).
    #[inline]
    pub fn overshoot_mv(&self, neuron: usize, theta_mv: Option<&[f32]>) -> f32 {
        self.v_mv[neuron] - self.v_th_mv - theta_mv.map_or(0.0, |theta| theta[neuron])
    }

    /// Gathers the neurons at or above threshold, which is raised by `theta_mv` (none: not at all).
    pub fn find_crossings(&self, theta_mv: Option<&[f32]>, crossed: &mut Vec<u32>) {
        crossings::find((&self.v_mv, &self.steps_left), self.v_th_mv, theta_mv, crossed);
    }

    /// Resets the neurons that fired and starts their refractory time.
    pub fn reset_fired(&mut self, fired: &[u32]) {
        for &neuron in fired {
            let v = &mut self.v_mv[neuron as usize];
            *v = if self.is_reset_soft {
                *v - (self.v_th_mv - self.v_reset_mv)
            } else {
                self.v_reset_mv
            };
            self.steps_left[neuron as usize] = self.refractory_steps;
        }
    }

    /// Puts every neuron back to rest.
    pub fn reset(&mut self) {
        self.v_mv.fill(self.e_l_mv);
        self.steps_left.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: LifParams =
        LifParams { tau_m_ms: 20.0, e_l_mv: 0.0, v_th_mv: 10.0, v_reset_mv: 0.0, t_ref_ms: 2.0 };

    /// Spike ticks of one neuron under a constant drive.
    fn spikes(drive_mv: f32, dt_ms: f64, ticks: u64) -> Vec<u64> {
        let mut lif = Lif::new(1, &PARAMS, TimeGrid::new(dt_ms));
        let (mut found, mut fired) = (Vec::new(), Vec::new());
        for tick in 0..ticks {
            lif.integrate(&[drive_mv], &[0.0]);
            lif.find_crossings(None, &mut fired);
            lif.reset_fired(&fired);
            found.extend(fired.iter().map(|_| tick));
        }
        found
    }

    #[test]
    fn charging_follows_the_closed_form_at_any_step() {
        for dt_ms in [1.0, 0.5, 0.1] {
            let mut lif = Lif::new(1, &PARAMS, TimeGrid::new(dt_ms));
            for _ in 0..(30.0 / dt_ms) as u32 {
                lif.integrate(&[9.0], &[0.0]);
            }
            let expected = 9.0 * (1.0 - math::exp_f64(-30.0 / 20.0));
            assert!((f64::from(lif.v_mv()[0]) - expected).abs() < 1e-4, "dt {dt_ms}");
        }
    }

    #[test]
    fn fires_with_the_period_of_the_closed_form() {
        // T = t_ref + τ ln(RI / (RI − V_th)), rounded up to the grid.
        let dt_ms = 0.1;
        let free_ms = 20.0 * math::ln_f64(15.0 / 5.0);
        let expected = (free_ms / dt_ms).ceil() as u64 + 20;
        let ticks = spikes(15.0, dt_ms, 2_000);
        assert!(ticks.len() > 5);
        assert!(ticks.windows(2).all(|pair| pair[1] - pair[0] == expected), "{ticks:?}");
    }

    #[test]
    fn stays_silent_below_threshold() {
        assert!(spikes(9.999, 1.0, 10_000).is_empty());
    }

    #[test]
    fn the_soft_reset_keeps_the_overshoot() {
        let params = LifParams { v_reset_mv: -5.0, ..PARAMS };
        let mut lif = Lif::new(1, &params, TimeGrid::new(1.0)).with_soft_reset();
        lif.v_mv_mut()[0] = 12.5;
        lif.reset_fired(&[0]);
        assert_eq!(lif.v_mv()[0], -2.5);
        assert_eq!(lif.steps_left, [2.0]);
    }

    #[test]
    fn a_refractory_neuron_waits_even_above_the_threshold() {
        let mut lif = Lif::new(1, &PARAMS, TimeGrid::new(1.0)).with_soft_reset();
        let (mut fired, mut ticks) = (Vec::new(), Vec::new());
        lif.v_mv_mut()[0] = 35.0;
        for tick in 0..8 {
            lif.integrate(&[0.0], &[0.0]);
            lif.find_crossings(None, &mut fired);
            lif.reset_fired(&fired);
            ticks.extend(fired.iter().map(|_| tick));
        }
        // 33.3, 23.3 and 13.3 mV, held for two steps each.
        assert_eq!(ticks, [0, 2, 4]);
    }

    #[test]
    fn a_raised_threshold_is_harder_to_reach() {
        let mut lif = Lif::new(2, &PARAMS, TimeGrid::new(1.0));
        lif.v_mv_mut().fill(11.0);
        let mut crossed = Vec::new();
        lif.find_crossings(Some(&[0.5, 1.5]), &mut crossed);
        assert_eq!(crossed, [0]);
        assert_eq!(lif.overshoot_mv(1, Some(&[0.5, 1.5])), -0.5);
    }
}
