//! Adaptive exponential integrate-and-fire neurons; without adaptation, exponential integrate-and-fire neurons.
//!
//! **Equations.** C dV/dt = −g_L (V − E_L) + g_L Δ_T e^((V − V_th)/Δ_T) − w + I, τ_w dw/dt = a (V − E_L) − w. The
//! exponential makes V run away in finite time; at V ≥ V_peak the neuron fires, and then V = V_reset, w ← w + b. V stays
//! there for t_ref, counted from the end of the spike's step, while w goes on. Units fit together: mV, ms, pF, nS, pA.
//!
//! With a = b = 0 this is the exponential integrate-and-fire neuron, for which τ_w does not matter. With Δ_T = 0 there is
//! no exponential, and the neuron fires at V_th: a leaky neuron, with adaptation or without.
//!
//! **State.** `v_mv`, `w_pa` and the refractory steps left.
//!
//! **Source.** Brette and Gerstner (2005, doi:10.1152/jn.00686.2005); without adaptation Fourcaud-Trocmé, Hansel, van
//! Vreeswijk and Brunel (2003, doi:10.1523/JNEUROSCI.23-37-11628.2003). Parameters have NEST's names, and the neuron is
//! NEST's `aeif_psc_delta`, which is reset within a step where t_ref is 0 and then goes on; ours waits for the step's end.
//! What Clopath et al. (2010) added, a shape of the spike and what comes after it, is [`ShapedAdEx`].
//!
//! **Method.** Strang's splitting, of which both parts are exact. The linear part (leak, adaptation, input) takes half a
//! step by its matrix exponential; the exponential part, dV/dt = (Δ_T/τ_m) e^((V − V_th)/Δ_T), takes a whole one by its
//! solution V − Δ_T ln(1 − (dt/τ_m) e^((V − V_th)/Δ_T)), which also says whether V has run away within the step; the
//! linear part takes the other half. So no exponent needs a bound, and no step is too large to be stable. The error is of
//! order dt²: below threshold 0.0006 mV after 24 ms at a step of 1 ms, 0.00001 mV at 0.1 ms (a test measures it); without
//! the exponential there is none. Single precision adds some 0.001 mV where V hardly moves, near the rheobase. Spikes fall
//! on the grid, so a spike time is late by up to one step. The potential is V_peak until that step ends; w does not wait:
//! from when V ran away it goes on as if the reset had been then. At 0.1 ms every spike of four firing patterns, with a
//! refractory time, is in the step in which NEST has it.

use std::ops::Range;

use get_size2::GetSize;

use super::crossings;
use crate::lanes::widely;
use crate::{TimeGrid, math};

mod params;
mod shaped;

pub use params::{AdExBroken, AdExParams};
pub use shaped::{ShapedAdEx, SpikeShape};

/// How many neurons go through a step together, so that exponentials and logarithms are found for several at once.
const BLOCK: usize = 64;

/// What the linear part adds to V and w within a time, for a current that is constant: exact. Changes and not new values,
/// since a factor near 1 would be rounded for good: what it leaves out of dt/τ is off by the same share in every step.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
struct Flow {
    v_of_v: f32,
    v_of_w: f32,
    v_of_i: f32,
    w_of_v: f32,
    w_of_w: f32,
    w_of_i: f32,
}

impl Flow {
    /// The linear part over `ms`.
    fn over(ms: f64, params: &AdExParams, tau_w_ms: f64) -> Self {
        let (c_m, g_l) = (params.c_m_pf, params.g_l_ns);
        // In the variables V − E_L, w and I, the last of which is constant.
        let rates = [
            [-g_l / c_m, -1.0 / c_m, 1.0 / c_m],
            [params.a_ns / tau_w_ms, -1.0 / tau_w_ms, 0.0],
            [0.0; 3],
        ];
        let [v, w, _] = exp_minus_identity(rates.map(|row| row.map(|rate| rate * ms)));
        Self {
            v_of_v: v[0] as f32,
            v_of_w: v[1] as f32,
            v_of_i: v[2] as f32,
            w_of_v: w[0] as f32,
            w_of_w: w[1] as f32,
            w_of_i: w[2] as f32,
        }
    }

    /// The changes of V and w from `u` = V − E_L and `w`.
    #[inline(always)]
    fn changes(&self, u: f32, w: f32, current: f32) -> (f32, f32) {
        (
            self.v_of_v * u + self.v_of_w * w + self.v_of_i * current,
            self.w_of_v * u + self.w_of_w * w + self.w_of_i * current,
        )
    }
}

/// e^M − 1 by its series, for a matrix that is halved until it is small: then (e^M − 1) = (e^(M/2) − 1)(e^(M/2) + 1).
/// A closed form would need three cases, by the sign of what is under its root.
fn exp_minus_identity(matrix: [[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let largest = matrix.as_flattened().iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    if largest > 0.25 {
        let half = exp_minus_identity(matrix.map(|row| row.map(|x| x / 2.0)));
        let square = times(&half, &half);
        return [0, 1, 2].map(|i| [0, 1, 2].map(|j| 2.0 * half[i][j] + square[i][j]));
    }
    let (mut sum, mut term) = (matrix, matrix);
    for order in 2..20 {
        term = times(&term, &matrix).map(|row| row.map(|x| x / f64::from(order)));
        sum = [0, 1, 2].map(|i| [0, 1, 2].map(|j| sum[i][j] + term[i][j]));
    }
    sum
}

fn times(one: &[[f64; 3]; 3], other: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
    one.map(|row| [0, 1, 2].map(|j| (0..3).map(|k| row[k] * other[k][j]).sum()))
}

/// A step of a neuron that is not held at its reset.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
struct Step {
    /// The linear part over half a step.
    half: Flow,
    e_l_mv: f32,
    delta_t_mv: f32,
    /// 1/Δ_T, and 0 without an exponential.
    per_delta_t: f32,
    /// dt/τ_m, and 0 without an exponential.
    rise: f32,
}

/// Where a step leads.
#[derive(Clone, Copy)]
struct Free {
    /// Change of V.
    dv: f32,
    /// Change of w in the first half.
    dw_before: f32,
    /// And in both.
    dw: f32,
    has_fired: bool,
    /// When V ran away, as a share of the step; 1: not in it.
    until: f32,
}

impl Step {
    /// From `v` and `w`, under one current in each half, with threshold and peak in mV above E_L.
    #[inline(always)]
    fn freely(&self, [v, w]: [f32; 2], currents: [f32; 2], [u_th, u_fires]: [f32; 2]) -> Free {
        let exponential = math::exp(self.exponent([v, w], currents[0], u_th));
        let ln_rest = math::ln(math::larger(self.rest(exponential), f32::MIN_POSITIVE));
        self.reach([v, w], currents, u_fires, [exponential, ln_rest])
    }

    /// (V − V_th)/Δ_T after the first half.
    #[inline(always)]
    fn exponent(&self, [v, w]: [f32; 2], current: f32, u_th: f32) -> f32 {
        let u = v - self.e_l_mv;
        let (dv_before, _) = self.half.changes(u, w, current);
        (u + dv_before - u_th) * self.per_delta_t
    }

    /// 1 less the step in units of the time to infinity: not above 0, V has run away within it.
    #[inline(always)]
    fn rest(&self, exponential: f32) -> f32 {
        1.0 - self.rise * exponential
    }

    /// The whole step, by the exponential of [`Step::exponent`] and the logarithm of the [rest](Step::rest).
    #[inline(always)]
    fn reach(
        &self,
        [v, w]: [f32; 2],
        currents: [f32; 2],
        u_fires: f32,
        [exponential, ln_rest]: [f32; 2],
    ) -> Free {
        let u = v - self.e_l_mv;
        let (dv_before, dw_before) = self.half.changes(u, w, currents[0]);
        let (u_half, w_half) = (u + dv_before, w + dw_before);
        let (share, rest) = (self.rise * exponential, self.rest(exponential));
        let dv_rise = -self.delta_t_mv * ln_rest;
        let has_fired = (rest <= 0.0) | (u_half + dv_rise >= u_fires);
        let (dv_after, dw_after) = self.half.changes(u_half + dv_rise, w_half, currents[1]);
        let until = if share > 1.0 { 1.0 / share } else { 1.0 };
        Free {
            dv: dv_before + dv_rise + dv_after,
            dw_before,
            dw: dw_before + dw_after,
            has_fired,
            until,
        }
    }
}

/// A population of adaptive exponential neurons.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct AdEx {
    step: Step,
    v_th_mv: f32,
    fires_at_mv: f32,
    v_reset_mv: f32,
    /// Where w goes while V is at its reset, and how much of the way in a step.
    w_reset_pa: f32,
    lose: f32,
    b_pa: f32,
    refractory_steps: f32,
    v_mv: Vec<f32>,
    w_pa: Vec<f32>,
    steps_left: Vec<f32>,
}

widely! {
    fn advance(neurons: &mut AdEx, drive_pa: &[f32], jump_mv: &[f32]) -> bool {
        let (num, mut is_any) = (neurons.v_mv.len(), false);
        for first in (0..num).step_by(BLOCK) {
            let block = first..num.min(first + BLOCK);
            is_any |= neurons.step_of(block.clone(), [&drive_pa[block.clone()], &jump_mv[block]]);
        }
        is_any
    }
}

impl AdEx {
    /// `num_neurons` neurons at V = E_L and w = 0.
    ///
    /// # Panics
    /// If a rule is broken; [`AdExParams::check`] says so before.
    pub fn new(num_neurons: usize, params: &AdExParams, grid: TimeGrid) -> Self {
        let broken = params.check();
        assert!(broken.is_empty(), "{}", broken[0]);
        let dt_ms = grid.dt_ms();
        // Without adaptation w stays 0, however fast.
        let tau_w_ms = if params.tau_w_ms > 0.0 { params.tau_w_ms } else { 1.0 };
        let has_exponential = params.delta_t_mv > 0.0;
        let if_it_has = |value: f64| if has_exponential { value as f32 } else { 0.0 };
        Self {
            step: Step {
                half: Flow::over(dt_ms / 2.0, params, tau_w_ms),
                e_l_mv: params.e_l_mv as f32,
                delta_t_mv: params.delta_t_mv as f32,
                per_delta_t: if_it_has(1.0 / params.delta_t_mv),
                rise: if_it_has(dt_ms * params.g_l_ns / params.c_m_pf),
            },
            v_th_mv: params.v_th_mv as f32,
            fires_at_mv: params.fires_at_mv() as f32,
            v_reset_mv: params.v_reset_mv as f32,
            w_reset_pa: (params.a_ns * (params.v_reset_mv - params.e_l_mv)) as f32,
            lose: (1.0 - math::exp_f64(-dt_ms / tau_w_ms)) as f32,
            b_pa: params.b_pa as f32,
            refractory_steps: grid.ticks_from_ms(params.t_ref_ms) as f32,
            v_mv: vec![params.e_l_mv as f32; num_neurons],
            w_pa: vec![0.0; num_neurons],
            steps_left: vec![0.0; num_neurons],
        }
    }

    /// Membrane potentials.
    pub fn v_mv(&self) -> &[f32] {
        &self.v_mv
    }

    /// Membrane potentials, for a start that is not at rest.
    pub fn v_mv_mut(&mut self) -> &mut [f32] {
        &mut self.v_mv
    }

    /// Adaptation currents.
    pub fn w_pa(&self) -> &[f32] {
        &self.w_pa
    }

    /// Adaptation currents, for a start that is not at rest.
    pub fn w_pa_mut(&mut self) -> &mut [f32] {
        &mut self.w_pa
    }

    /// The potential at which a neuron fires.
    pub fn fires_at_mv(&self) -> f32 {
        self.fires_at_mv
    }

    /// The same neurons, which take their current as R I in mV, with R = 1/g_L.
    pub fn driven_in_mv(mut self, params: &AdExParams) -> Self {
        self.step.half.v_of_i *= params.g_l_ns as f32;
        self.step.half.w_of_i *= params.g_l_ns as f32;
        self
    }

    /// Moves all neurons on by one step under the current `drive_pa` and, at its end, `jump_mv`, one of each per neuron.
    /// A refractory neuron takes neither. Says whether any of them then is at its peak.
    pub fn integrate(&mut self, drive_pa: &[f32], jump_mv: &[f32]) -> bool {
        advance(self, drive_pa, jump_mv)
    }

    /// The step of some neurons, at most [`BLOCK`].
    #[inline(always)]
    fn step_of(&mut self, of: Range<usize>, [drive_pa, jump_mv]: [&[f32]; 2]) -> bool {
        let step = self.step;
        let (e_l, v_reset, fires_at) = (step.e_l_mv, self.v_reset_mv, self.fires_at_mv);
        let (u_th, u_fires) = (self.v_th_mv - e_l, fires_at - e_l);
        let (w_reset, lose, b) = (self.w_reset_pa, self.lose, self.b_pa);
        let (mut exponentials, mut ln_rests) = ([0.0_f32; BLOCK], [0.0_f32; BLOCK]);
        let states = self.v_mv[of.clone()].iter().zip(&self.w_pa[of.clone()]).zip(drive_pa);
        for (exponential, ((v, w), drive)) in exponentials.iter_mut().zip(states) {
            *exponential = step.exponent([*v, *w], *drive, u_th);
        }
        math::exp_all(&mut exponentials[..of.len()]);
        for (ln_rest, exponential) in ln_rests.iter_mut().zip(&exponentials[..of.len()]) {
            *ln_rest = math::larger(step.rest(*exponential), f32::MIN_POSITIVE);
        }
        math::ln_all(&mut ln_rests[..of.len()]);
        let states = self.v_mv[of.clone()].iter_mut().zip(&mut self.w_pa[of.clone()]);
        let states = states.zip(&mut self.steps_left[of]);
        let given = drive_pa.iter().zip(jump_mv).zip(exponentials.iter().zip(&ln_rests));
        let mut is_any = false;
        for (((v, w), left), ((drive, jump), (exponential, ln_rest))) in states.zip(given) {
            let free = step.reach([*v, *w], [*drive; 2], u_fires, [*exponential, *ln_rest]);
            // Read in any case, so that there is nothing to branch around.
            let jump = *jump;
            // Small changes are summed before they meet V, so that V is rounded once in a step.
            let v_free = *v + (free.dv + jump);
            let w_free = *w + free.dw;
            // w goes on until V runs away, and then from there as after the reset, which adds b at the end of the step.
            let dw_held = (w_reset - *w) * lose;
            let dw_reset = (w_reset - *w - b) * lose;
            let w_fired = *w + 2.0 * free.until * free.dw_before + (1.0 - free.until) * dw_reset;
            let (v_new, w_new) =
                if free.has_fired { (fires_at, w_fired) } else { (v_free, w_free) };
            let is_held = *left > 0.0;
            *v = if is_held { v_reset } else { v_new };
            *w = math::flush(if is_held { *w + dw_held } else { w_new });
            *left = math::larger(*left - 1.0, 0.0);
            is_any |= *v >= fires_at;
        }
        is_any
    }

    /// Gathers the neurons that have reached the peak.
    pub fn find_spikes(&self, fired: &mut Vec<u32>) {
        crossings::find_reached(&self.v_mv, self.fires_at_mv, fired);
    }

    /// Resets the neurons that fired, lets them adapt and starts their refractory time.
    pub fn reset_fired(&mut self, fired: &[u32]) {
        for &neuron in fired {
            let neuron = neuron as usize;
            self.v_mv[neuron] = self.v_reset_mv;
            self.w_pa[neuron] += self.b_pa;
            self.steps_left[neuron] = self.refractory_steps;
        }
    }

    /// Puts every neuron back to V = E_L and w = 0.
    pub fn reset(&mut self) {
        self.v_mv.fill(self.step.e_l_mv);
        self.w_pa.fill(0.0);
        self.steps_left.fill(0.0);
    }
}

#[cfg(test)]
mod tests;
