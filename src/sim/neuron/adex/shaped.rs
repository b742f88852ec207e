//! Adaptive exponential neurons whose spikes have a shape: held for a while, then an after-current and a raised threshold.
//!
//! **Equations.** C dV/dt = −g_L (V − E_L) + g_L Δ_T e^((V − V_T)/Δ_T) − w + z + I, with w as [`AdEx`] has it,
//! τ_z dz/dt = −z and τ_T dV_T/dt = −(V_T − V_th). At V ≥ V_peak the neuron fires: w ← w + b, z ← I_sp, V_T ← V_Tmax.
//! V stays at V_clamp for t_clamp, in which w stands still and z and V_T go on; then V = V_reset for t_ref, as there.
//! Neither takes input in. With Δ_T = 0 the neuron fires at V_T.
//!
//! **State.** `v_mv`, `w_pa`, `z_pa`, `theta_mv` = V_T − V_th, and the steps that are left of clamp and refractory time.
//!
//! **Source.** Clopath, Büsing, Vasilaki and Gerstner (2010, doi:10.1038/nn.2479). The order of events is that of NEST's
//! `aeif_psc_delta_clopath`; in the authors' program (ModelDB 144566, steps of 1 ms) w, z and V_T jump when the clamp ends,
//! and V is 29.4 mV in its first ms and 32.9 mV in its second. V_Tmax is −30.4 mV in that program; in the paper's table and
//! in NEST its sign is lost, which leaves a neuron that cannot fire again for some 100 ms. The program adds b = 0.0805 to
//! a w in pA, though it means nA.
//!
//! **Method.** That of [`AdEx`]: z is taken by its mean in each half of a step and V_T by its value in the middle, so that
//! the error stays of order dt². t_clamp counts from the end of the spike's step. V is V_clamp from the spike's step on, at
//! the ends of as many steps as the clamp takes, and V_reset at the end of the last: who reads potentials once in a step,
//! as [`VoltageStdp`](crate::plasticity::VoltageStdp) does, sees a spike of the length t_clamp.

use get_size2::GetSize;

use super::{AdEx, AdExBroken, AdExParams};
use crate::{TimeGrid, math};

/// What a spike looks like and leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct SpikeShape {
    /// What a spike sets the depolarising after-current to; 0: none.
    pub i_sp_pa: f64,
    /// Time constant of the after-current, above 0 if there is one.
    pub tau_z_ms: f64,
    /// Threshold right after a spike, at least that at rest.
    pub v_th_max_mv: f64,
    /// Time constant of its way back, above 0 if it moves.
    pub tau_th_ms: f64,
    /// For how long the potential is held after a spike, at least 0.
    pub t_clamp_ms: f64,
    /// At which potential.
    pub v_clamp_mv: f64,
}

impl SpikeShape {
    /// That of Clopath et al. (2010), with the threshold of their program.
    pub const CLOPATH: Self = Self {
        i_sp_pa: 400.0,
        tau_z_ms: 40.0,
        v_th_max_mv: -30.4,
        tau_th_ms: 50.0,
        t_clamp_ms: 2.0,
        v_clamp_mv: 33.0,
    };

    /// Every rule that is broken by this shape of such neurons' spikes; empty if all fits.
    pub fn check(&self, neurons: &AdExParams) -> Vec<AdExBroken> {
        let Self { i_sp_pa, tau_z_ms, v_th_max_mv, tau_th_ms, t_clamp_ms, v_clamp_mv } = *self;
        let mut broken = Vec::new();
        for (name, value) in [
            ("i_sp_pa", i_sp_pa),
            ("tau_z_ms", tau_z_ms),
            ("v_th_max_mv", v_th_max_mv),
            ("tau_th_ms", tau_th_ms),
            ("t_clamp_ms", t_clamp_ms),
            ("v_clamp_mv", v_clamp_mv),
        ] {
            let must_be_positive = match name {
                "tau_z_ms" => i_sp_pa != 0.0,
                "tau_th_ms" => v_th_max_mv != neurons.v_th_mv,
                _ => false,
            };
            if !value.is_finite() {
                broken.push(AdExBroken::NonFinite { name, value });
            } else if must_be_positive && value <= 0.0 {
                broken.push(AdExBroken::NotPositive { name, value });
            } else if name == "t_clamp_ms" && value < 0.0 {
                broken.push(AdExBroken::Negative { name, value });
            }
        }
        let v_th_mv = neurons.v_th_mv;
        if v_th_max_mv < v_th_mv {
            broken.push(AdExBroken::ThresholdFalls { v_th_max_mv, v_th_mv });
        }
        broken
    }
}

/// A population of adaptive exponential neurons whose spikes have a shape.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct ShapedAdEx {
    /// The neurons without it, whose own steps are not taken.
    plain: AdEx,
    has_exponential: bool,
    i_sp_pa: f32,
    /// Mean of z in either half of a step, for z = 1 pA at its beginning; as a current or as R I.
    z_in_halves: [f32; 2],
    keep_z: f32,
    theta_max_mv: f32,
    keep_theta: f32,
    keep_theta_half: f32,
    clamp_steps: f32,
    v_clamp_mv: f32,
    z_pa: Vec<f32>,
    theta_mv: Vec<f32>,
    clamp_left: Vec<f32>,
    has_fired: Vec<bool>,
}

impl ShapedAdEx {
    /// `num_neurons` neurons at V = E_L, without a spike behind them.
    ///
    /// # Panics
    /// If a rule is broken; [`AdExParams::check`] and [`SpikeShape::check`] say so before.
    pub fn new(
        num_neurons: usize,
        params: &AdExParams,
        shape: &SpikeShape,
        grid: TimeGrid,
    ) -> Self {
        let broken = shape.check(params);
        assert!(broken.is_empty(), "{}", broken[0]);
        // What never rises need not fall.
        let or_1 = |tau_ms: f64| if tau_ms > 0.0 { tau_ms } else { 1.0 };
        let (tau_z_ms, tau_th_ms) = (or_1(shape.tau_z_ms), or_1(shape.tau_th_ms));
        let half_ms = grid.dt_ms() / 2.0;
        let keep_half = math::exp_f64(-half_ms / tau_z_ms);
        let mean_half = (1.0 - keep_half) * tau_z_ms / half_ms;
        Self {
            plain: AdEx::new(num_neurons, params, grid),
            has_exponential: params.delta_t_mv > 0.0,
            i_sp_pa: shape.i_sp_pa as f32,
            z_in_halves: [mean_half as f32, (mean_half * keep_half) as f32],
            keep_z: math::decay_per_step(grid.dt_ms(), tau_z_ms),
            theta_max_mv: (shape.v_th_max_mv - params.v_th_mv) as f32,
            keep_theta: math::decay_per_step(grid.dt_ms(), tau_th_ms),
            keep_theta_half: math::decay_per_step(half_ms, tau_th_ms),
            clamp_steps: grid.ticks_from_ms(shape.t_clamp_ms) as f32,
            v_clamp_mv: shape.v_clamp_mv as f32,
            z_pa: vec![0.0; num_neurons],
            theta_mv: vec![0.0; num_neurons],
            clamp_left: vec![0.0; num_neurons],
            has_fired: vec![false; num_neurons],
        }
    }

    /// Membrane potentials.
    pub fn v_mv(&self) -> &[f32] {
        self.plain.v_mv()
    }

    /// Membrane potentials, for a start that is not at rest.
    pub fn v_mv_mut(&mut self) -> &mut [f32] {
        self.plain.v_mv_mut()
    }

    /// Adaptation currents.
    pub fn w_pa(&self) -> &[f32] {
        self.plain.w_pa()
    }

    /// Adaptation currents, for a start that is not at rest.
    pub fn w_pa_mut(&mut self) -> &mut [f32] {
        self.plain.w_pa_mut()
    }

    /// After-currents.
    pub fn z_pa(&self) -> &[f32] {
        &self.z_pa
    }

    /// How far thresholds are above that at rest.
    pub fn theta_mv(&self) -> &[f32] {
        &self.theta_mv
    }

    /// The potential at which a neuron fires that has not fired for long.
    pub fn fires_at_mv(&self) -> f32 {
        self.plain.fires_at_mv()
    }

    /// The same neurons, which take their current as R I in mV, with R = 1/g_L.
    pub fn driven_in_mv(mut self, params: &AdExParams) -> Self {
        self.plain = self.plain.driven_in_mv(params);
        self.z_in_halves = self.z_in_halves.map(|mean| mean / params.g_l_ns as f32);
        self
    }

    /// Moves all neurons on by one step under the current `drive_pa` and, at its end, `jump_mv`, one of each per neuron.
    /// One that is held takes neither. Says whether any of them then has fired.
    pub fn integrate(&mut self, drive_pa: &[f32], jump_mv: &[f32]) -> bool {
        let mut is_any = false;
        let (plain, has_exponential) = (&mut self.plain, self.has_exponential);
        let (step, v_th, v_reset) = (plain.step, plain.v_th_mv, plain.v_reset_mv);
        let (e_l, fires_at) = (step.e_l_mv, plain.fires_at_mv);
        let (w_reset, lose, b) = (plain.w_reset_pa, plain.lose, plain.b_pa);
        let refractory_steps = plain.refractory_steps;
        let (z_in_halves, keep_z) = (self.z_in_halves, self.keep_z);
        let (keep_theta, keep_theta_half) = (self.keep_theta, self.keep_theta_half);
        let (clamps, v_clamp) = (self.clamp_steps > 0.0, self.v_clamp_mv);
        let v_spike = if clamps { v_clamp } else { fires_at };
        let states = plain.v_mv.iter_mut().zip(&mut plain.w_pa).zip(&mut plain.steps_left);
        let after = self.z_pa.iter_mut().zip(&mut self.theta_mv).zip(&mut self.clamp_left);
        let inputs = drive_pa.iter().zip(jump_mv).zip(&mut self.has_fired);
        for ((((v, w), left), ((z, theta), clamp_left)), ((drive, jump), has_fired)) in
            states.zip(after).zip(inputs)
        {
            let u_th = v_th + *theta * keep_theta_half - e_l;
            let u_fires = if has_exponential { fires_at - e_l } else { u_th };
            let currents = z_in_halves.map(|mean| drive + *z * mean);
            let free = step.freely([*v, *w], currents, [u_th, u_fires]);
            let v_free = *v + (free.dv + jump);
            *z = math::flush(*z * keep_z);
            *theta = math::flush(*theta * keep_theta);
            let v_fires = if has_exponential { fires_at } else { v_th + *theta };
            // From when V ran away, w stands still as in the clamp, or else goes on as after the reset.
            let dw_after = if clamps { 0.0 } else { (w_reset - *w - b) * lose };
            let w_fired = *w + 2.0 * free.until * free.dw_before + (1.0 - free.until) * dw_after;
            let w_free = if free.has_fired { w_fired } else { *w + free.dw };
            let (is_clamped, is_refractory) = (*clamp_left > 0.0, *left > 0.0);
            let is_free = !is_clamped && !is_refractory;
            let fires = is_free && (free.has_fired || v_free >= v_fires);
            let w_held = if is_clamped { *w } else { *w + (w_reset - *w) * lose };
            *w = math::flush(if is_free { w_free } else { w_held });
            let v_held = if *clamp_left > 1.0 { v_clamp } else { v_reset };
            let v_moved = if fires { v_spike } else { v_free };
            *v = if is_free { v_moved } else { v_held };
            let ends_clamp = *clamp_left == 1.0;
            let waits = math::larger(*left - 1.0, 0.0);
            *left = if ends_clamp { refractory_steps } else { waits };
            *clamp_left = math::larger(*clamp_left - 1.0, 0.0);
            *has_fired = fires;
            is_any |= fires;
        }
        is_any
    }

    /// Gathers the neurons that fired in this step.
    pub fn find_spikes(&self, fired: &mut Vec<u32>) {
        fired.clear();
        let all = self.has_fired.iter().enumerate();
        fired.extend(all.filter(|(_, has)| **has).map(|(n, _)| n as u32));
    }

    /// Begins the clamp of the neurons that fired, or resets them, and sets what comes after.
    pub fn reset_fired(&mut self, fired: &[u32]) {
        self.plain.reset_fired(fired);
        for &neuron in fired {
            let neuron = neuron as usize;
            self.z_pa[neuron] = self.i_sp_pa;
            self.theta_mv[neuron] = self.theta_max_mv;
            if self.clamp_steps > 0.0 {
                self.plain.v_mv[neuron] = self.v_clamp_mv;
                self.plain.steps_left[neuron] = 0.0;
                self.clamp_left[neuron] = self.clamp_steps;
            }
        }
    }

    /// Puts every neuron back to V = E_L, without a spike behind it.
    pub fn reset(&mut self) {
        self.plain.reset();
        for column in [&mut self.z_pa, &mut self.theta_mv, &mut self.clamp_left] {
            column.fill(0.0);
        }
        self.has_fired.fill(false);
    }
}

#[cfg(test)]
mod tests;
