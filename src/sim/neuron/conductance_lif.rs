//! Leaky integrate-and-fire neurons with excitatory and inhibitory conductances.
//!
//! **Equations.** τ_m dV/dt = (E_L − V) + R I + g_e (E_e − V) + g_i (E_i − V), τ_e dg_e/dt = −g_e,
//! τ_i dg_i/dt = −g_i. Conductances are in units of the leak, thus pure numbers; a spike of weight
//! w adds w. At V ≥ V_th the neuron fires; then V = V_reset, and it stays there for t_ref, while
//! the conductances go on. With the soft reset, V falls by V_th − V_reset instead, so that what was above the
//! threshold is not lost.
//!
//! **State.** `v_mv`, `g_e`, `g_i` and the refractory steps left. The conductances live here and
//! not in a projection, since all synapses of one kind add up in one variable.
//!
//! **Source.** Song, Miller and Abbott (2000, doi:10.1038/78829), whose units these are.
//!
//! **Method.** One of three, see [`Integrator`]; spikes fall on the grid. The methods differ in the
//! charge that a spike brings, Σ g dt: it is w τ in forward Euler and with the mean conductance,
//! but w dt/(1 − e^(−dt/τ)) in exponential Euler, that is 1 % more at dt = τ/50 and 27 % more at dt
//! = τ/2. Weights of a network that was tuned with one of them do not carry over to another at a
//! large step. Forward Euler is unstable for (1 + g_e + g_i) dt > 2 τ_m.

use std::ops::Range;

use get_size2::GetSize;

use super::crossings;
use crate::lanes::widely;
use crate::{TimeGrid, math};

/// How many neurons go through a step together, so that what is computed for them beforehand stays at hand.
const BLOCK: usize = 64;

/// How a step is taken; h = dt, G = 1 + g_e + g_i, V_∞ = (E_L + R I + g_e E_e + g_i E_i)/G.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum Integrator {
    /// V ← V + h/τ_m (…), g ← g (1 − h/τ), as Brian's `euler`. Error of order h, and no
    /// exponential.
    Euler,
    /// V ← V_∞ + (V − V_∞) e^(−h G/τ_m), g ← g e^(−h/τ), as Brian's `exponential_euler`. Error of
    /// order h; stable, and exact for constant conductances.
    ExponentialEuler,
    /// The same with each conductance's mean over the step in place of its value at the start:
    /// error of order h², charge w τ.
    ExponentialMean,
}

/// What the neurons of a population have in common.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct ConductanceLifParams {
    /// Membrane time constant.
    pub tau_m_ms: f64,
    /// Resting potential.
    pub e_l_mv: f64,
    /// Reversal potential of excitation.
    pub e_e_mv: f64,
    /// Reversal potential of inhibition.
    pub e_i_mv: f64,
    /// Decay of the excitatory conductance.
    pub tau_e_ms: f64,
    /// Decay of the inhibitory conductance.
    pub tau_i_ms: f64,
    /// Threshold.
    pub v_th_mv: f64,
    /// Potential after a spike.
    pub v_reset_mv: f64,
    /// Refractory time.
    pub t_ref_ms: f64,
}

/// A population of conductance-based neurons.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct ConductanceLif {
    integrator: Integrator,
    /// h/τ_m.
    step: f32,
    e_l_mv: f32,
    e_e_mv: f32,
    e_i_mv: f32,
    decay_e: f32,
    decay_i: f32,
    /// What the membrane sees of a conductance in a step, per its value at the start.
    seen_e: f32,
    seen_i: f32,
    v_th_mv: f32,
    v_reset_mv: f32,
    refractory_steps: f32,
    is_reset_soft: bool,
    v_mv: Vec<f32>,
    g_e: Vec<f32>,
    g_i: Vec<f32>,
    steps_left: Vec<f32>,
}

/// Decay of a conductance per step, and the part of it that the membrane sees.
fn decay_and_seen(integrator: Integrator, dt_ms: f64, tau_ms: f64) -> (f32, f32) {
    let exact = math::exp_f64(-dt_ms / tau_ms);
    match integrator {
        Integrator::Euler => ((1.0 - dt_ms / tau_ms) as f32, 1.0),
        Integrator::ExponentialEuler => (exact as f32, 1.0),
        Integrator::ExponentialMean => (exact as f32, ((1.0 - exact) * tau_ms / dt_ms) as f32),
    }
}

widely! {
    fn advance(neurons: &mut ConductanceLif, drive_mv: &[f32], jump_mv: &[f32]) -> bool {
        let (num, mut with, mut is_any) = (neurons.v_mv.len(), [neurons.step; BLOCK], false);
        for first in (0..num).step_by(BLOCK) {
            let block = first..num.min(first + BLOCK);
            let given = [&drive_mv[block.clone()], &jump_mv[block.clone()]];
            is_any |= neurons.step_of(block, given, &mut with);
        }
        is_any
    }
}

impl ConductanceLif {
    /// `num_neurons` neurons at rest, without conductances.
    pub fn new(
        num_neurons: usize,
        params: &ConductanceLifParams,
        integrator: Integrator,
        grid: TimeGrid,
    ) -> Self {
        let (decay_e, seen_e) = decay_and_seen(integrator, grid.dt_ms(), params.tau_e_ms);
        let (decay_i, seen_i) = decay_and_seen(integrator, grid.dt_ms(), params.tau_i_ms);
        Self {
            integrator,
            step: (grid.dt_ms() / params.tau_m_ms) as f32,
            e_l_mv: params.e_l_mv as f32,
            e_e_mv: params.e_e_mv as f32,
            e_i_mv: params.e_i_mv as f32,
            decay_e,
            decay_i,
            seen_e,
            seen_i,
            v_th_mv: params.v_th_mv as f32,
            v_reset_mv: params.v_reset_mv as f32,
            refractory_steps: grid.ticks_from_ms(params.t_ref_ms) as f32,
            is_reset_soft: false,
            v_mv: vec![params.e_l_mv as f32; num_neurons],
            g_e: vec![0.0; num_neurons],
            g_i: vec![0.0; num_neurons],
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

    /// Membrane potentials, for a start that is not at rest.
    pub fn v_mv_mut(&mut self) -> &mut [f32] {
        &mut self.v_mv
    }

    /// Excitatory conductances.
    pub fn g_e(&self) -> &[f32] {
        &self.g_e
    }

    /// Excitatory conductances: a spike adds its weight.
    pub fn g_e_mut(&mut self) -> &mut [f32] {
        &mut self.g_e
    }

    /// Inhibitory conductances.
    pub fn g_i(&self) -> &[f32] {
        &self.g_i
    }

    /// Inhibitory conductances: a spike adds its weight.
    pub fn g_i_mut(&mut self) -> &mut [f32] {
        &mut self.g_i
    }

    /// The threshold without adaptation.
    pub fn v_th_mv(&self) -> f32 {
        self.v_th_mv
    }

    /// Moves potentials and conductances on by one step under `drive_mv` = R I and, at its end, by `jump_mv` at once. A
    /// refractory neuron keeps its potential, but jumps at the end of its last refractory step. Says whether any of them
    /// then is at or above the threshold without adaptation.
    pub fn integrate(&mut self, drive_mv: &[f32], jump_mv: &[f32]) -> bool {
        // A lone neuron needs no lanes.
        if self.v_mv.len() == 1 {
            return self.step_of(0..1, [&drive_mv[..1], &jump_mv[..1]], &mut [self.step; BLOCK]);
        }
        advance(self, drive_mv, jump_mv)
    }

    #[inline(always)]
    fn step_of(&mut self, of: Range<usize>, given: [&[f32]; 2], with: &mut [f32; BLOCK]) -> bool {
        if self.integrator == Integrator::Euler {
            return self.each(of, given, with, |v, rest, g, pull, step| {
                v + step * ((rest - v) + (pull - g * v))
            });
        }
        self.find_kept(of.clone(), with);
        self.each(of, given, with, |v, rest, g, pull, kept| {
            let v_inf = (rest + pull) / (1.0 + g);
            v_inf + (v - v_inf) * kept
        })
    }

    /// e^(−h G/τ_m) of some neurons: what is left after a step of the distance from V_∞.
    #[inline(always)]
    fn find_kept(&self, of: Range<usize>, kept: &mut [f32; BLOCK]) {
        let conductances = self.g_e[of.clone()].iter().zip(&self.g_i[of.clone()]);
        for (kept, (g_e, g_i)) in kept.iter_mut().zip(conductances) {
            *kept = -self.step * (1.0 + (g_e * self.seen_e + g_i * self.seen_i));
        }
        math::exp_all(&mut kept[..of.len()]);
    }

    /// `advance` gives the new potential from the old one, the potential at which it would rest
    /// without synapses, their conductance and pull, and what `with` has for the neuron.
    #[inline(always)]
    fn each(
        &mut self,
        of: Range<usize>,
        [drive_mv, jump_mv]: [&[f32]; 2],
        with: &[f32; BLOCK],
        advance: impl Fn(f32, f32, f32, f32, f32) -> f32,
    ) -> bool {
        let (e_l, e_e, e_i, v_th) = (self.e_l_mv, self.e_e_mv, self.e_i_mv, self.v_th_mv);
        let (decay_e, decay_i) = (self.decay_e, self.decay_i);
        let (seen_e, seen_i) = (self.seen_e, self.seen_i);
        let conductances = self.g_e[of.clone()].iter_mut().zip(&mut self.g_i[of.clone()]);
        let columns = self.v_mv[of.clone()].iter_mut().zip(&mut self.steps_left[of]);
        let given = drive_mv.iter().zip(jump_mv).zip(with);
        let mut is_any = false;
        for (((v, left), (g_e, g_i)), ((drive, jump), with)) in columns.zip(conductances).zip(given)
        {
            let (see_e, see_i) = (*g_e * seen_e, *g_i * seen_i);
            let free = advance(*v, e_l + drive, see_e + see_i, see_e * e_e + see_i * e_i, *with);
            let held = if *left > 0.0 { *v } else { free };
            *left = math::larger(*left - 1.0, 0.0);
            // Read in any case, so that there is nothing to branch around.
            let jump = *jump;
            let now = held + if *left > 0.0 { 0.0 } else { jump };
            *v = now;
            is_any |= now >= v_th;
            *g_e = math::flush(*g_e * decay_e);
            *g_i = math::flush(*g_i * decay_i);
        }
        is_any
    }

    /// Gathers the neurons at or above threshold, which is raised by `theta_mv` (none: not at all). The soft reset may
    /// leave a neuron there, which then waits for the end of its refractory time.
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

    /// Puts every neuron back to rest and takes all conductances away.
    pub fn reset(&mut self) {
        self.v_mv.fill(self.e_l_mv);
        self.g_e.fill(0.0);
        self.g_i.fill(0.0);
        self.steps_left.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: ConductanceLifParams = ConductanceLifParams {
        tau_m_ms: 20.0,
        e_l_mv: -70.0,
        e_e_mv: 0.0,
        e_i_mv: -80.0,
        tau_e_ms: 5.0,
        tau_i_ms: 10.0,
        v_th_mv: -54.0,
        v_reset_mv: -60.0,
        t_ref_ms: 2.0,
    };
    const ALL: [Integrator; 3] =
        [Integrator::Euler, Integrator::ExponentialEuler, Integrator::ExponentialMean];

    fn one(params: &ConductanceLifParams, integrator: Integrator, dt_ms: f64) -> ConductanceLif {
        ConductanceLif::new(1, params, integrator, TimeGrid::new(dt_ms))
    }

    /// Potential 16 ms after a spike of either kind.
    fn response_mv(integrator: Integrator, dt_ms: f64) -> f64 {
        let mut neuron = one(&PARAMS, integrator, dt_ms);
        neuron.g_e_mut()[0] = 0.3;
        neuron.g_i_mut()[0] = 0.8;
        for _ in 0..(16.0 / dt_ms).round() as u32 {
            neuron.integrate(&[0.0], &[0.0]);
        }
        f64::from(neuron.v_mv()[0])
    }

    #[test]
    fn errors_shrink_with_the_order_of_the_method() {
        // The limit: dV/dt by a Runge–Kutta step of fourth order in double precision.
        let slope = |t: f64, v: f64| {
            let (g_e, g_i) = (0.3 * math::exp_f64(-t / 5.0), 0.8 * math::exp_f64(-t / 10.0));
            (-70.0 - v - g_e * v + g_i * (-80.0 - v)) / 20.0
        };
        let (mut v, h) = (-70.0, 0.01);
        for step in 0..1_600 {
            let t = f64::from(step) * h;
            let k_1 = slope(t, v);
            let k_2 = slope(t + h / 2.0, v + h / 2.0 * k_1);
            let k_3 = slope(t + h / 2.0, v + h / 2.0 * k_2);
            let k_4 = slope(t + h, v + h * k_3);
            v += h / 6.0 * (k_1 + 2.0 * k_2 + 2.0 * k_3 + k_4);
        }
        for (integrator, order) in ALL.into_iter().zip([1, 1, 2]) {
            for dt_ms in [2.0, 1.0, 0.5] {
                let coarse = (response_mv(integrator, dt_ms) - v).abs();
                let fine = (response_mv(integrator, dt_ms / 2.0) - v).abs();
                let ratio = coarse / fine / f64::from(1 << order);
                println!("{integrator:?} at {dt_ms} ms: {coarse:.6} to {fine:.6} mV: {ratio:.3}");
                assert!((0.8..1.3).contains(&ratio), "{integrator:?} at {dt_ms} ms: {ratio}");
            }
        }
    }

    #[test]
    fn constant_conductances_give_the_closed_form_at_any_step() {
        // Time constants so long that nothing decays; G = 1.7, V_∞ = −(70 + 32)/1.7.
        let params = ConductanceLifParams { tau_e_ms: 1e9, tau_i_ms: 1e9, ..PARAMS };
        let v_inf = -102.0 / 1.7;
        let expected = v_inf + (-70.0 - v_inf) * math::exp_f64(-1.7 * 12.0 / 20.0);
        for dt_ms in [4.0, 1.0, 0.1] {
            let mut neuron = one(&params, Integrator::ExponentialEuler, dt_ms);
            neuron.g_e_mut()[0] = 0.3;
            neuron.g_i_mut()[0] = 0.4;
            for _ in 0..(12.0 / dt_ms).round() as u32 {
                neuron.integrate(&[0.0], &[0.0]);
            }
            assert!((f64::from(neuron.v_mv()[0]) - expected).abs() < 1e-4, "dt {dt_ms}");
        }
    }

    #[test]
    fn the_charge_of_a_spike_depends_on_the_method() {
        let (dt_ms, tau_ms) = (0.5, 1.0);
        let params = ConductanceLifParams { tau_e_ms: tau_ms, ..PARAMS };
        let charges = ALL.map(|integrator| {
            let mut neuron = one(&params, integrator, dt_ms);
            neuron.g_e_mut()[0] = 1.0;
            let mut charge = 0.0;
            for _ in 0..200 {
                charge += f64::from(neuron.g_e()[0] * neuron.seen_e) * dt_ms;
                neuron.integrate(&[0.0], &[0.0]);
            }
            assert_eq!(neuron.g_e()[0], 0.0);
            charge
        });
        for (charge, expected) in charges.into_iter().zip([1.0, 1.270_747, 1.0]) {
            assert!((charge - expected).abs() < 1e-5, "{charges:?}");
        }
    }

    #[test]
    fn strong_inhibition_needs_the_exponential() {
        for (integrator, is_stable) in ALL.into_iter().zip([false, true, true]) {
            let params = ConductanceLifParams { tau_i_ms: 1e9, ..PARAMS };
            let mut neuron = one(&params, integrator, 0.5);
            neuron.g_i_mut()[0] = 400.0;
            for _ in 0..200 {
                neuron.integrate(&[0.0], &[0.0]);
            }
            assert_eq!((neuron.v_mv()[0] + 80.0).abs() < 1.0, is_stable, "{integrator:?}");
        }
    }

    #[test]
    fn a_constant_current_gives_the_period_of_the_closed_form() {
        // T = t_ref + τ ln((V_∞ − V_reset)/(V_∞ − V_th)), rounded up to the grid.
        let mut neuron = one(&PARAMS, Integrator::ExponentialEuler, 0.1);
        let (mut fired, mut ticks) = (Vec::new(), Vec::new());
        for tick in 0..3_000_u64 {
            neuron.integrate(&[25.0], &[0.0]);
            neuron.find_crossings(None, &mut fired);
            neuron.reset_fired(&fired);
            ticks.extend(fired.iter().map(|_| tick));
        }
        let expected = (20.0 * math::ln_f64(15.0 / 9.0) / 0.1).ceil() as u64 + 20;
        assert!(ticks.len() > 5);
        assert!(ticks.windows(2).all(|pair| pair[1] - pair[0] == expected), "{ticks:?}");
    }

    /// Spikes in 1,000 steps of 1 ms, in each of which a membrane that hardly leaks gains `gain_mv`.
    fn spikes_of(gain_mv: f64, t_ref_ms: f64, is_soft: bool) -> usize {
        let params = ConductanceLifParams { tau_m_ms: 1e6, t_ref_ms, ..PARAMS };
        let mut neuron = one(&params, Integrator::Euler, 1.0);
        if is_soft {
            neuron = neuron.with_soft_reset();
        }
        neuron.v_mv_mut()[0] = -60.0;
        let (mut fired, mut count) = (Vec::new(), 0);
        for _ in 0..1_000 {
            neuron.integrate(&[(gain_mv * 1e6) as f32], &[0.0]);
            neuron.find_crossings(None, &mut fired);
            neuron.reset_fired(&fired);
            count += fired.len();
        }
        count
    }

    #[test]
    fn the_soft_reset_loses_nothing_of_what_came_in() {
        // From reset to threshold are 6 mV: 2,500 mV are worth 416 spikes, whatever the step. The hard reset
        // counts three steps of 2.5 mV for each.
        assert_eq!(spikes_of(2.5, 0.0, true), 416);
        assert_eq!(spikes_of(2.5, 0.0, false), 333);
        // Whatever comes in, no two spikes are closer than the refractory time; in a while what came in is used up.
        assert!((490..=500).contains(&spikes_of(1_000.0, 2.0, true)));
    }

    #[test]
    fn a_refractory_neuron_keeps_its_potential_while_its_conductances_decay() {
        let mut neuron = one(&PARAMS, Integrator::Euler, 1.0);
        neuron.g_e_mut()[0] = 1.0;
        neuron.reset_fired(&[0]);
        neuron.integrate(&[0.0], &[0.0]);
        neuron.integrate(&[0.0], &[0.0]);
        assert_eq!(neuron.v_mv()[0], -60.0);
        assert!((neuron.g_e()[0] - 0.64).abs() < 1e-6);
        neuron.integrate(&[0.0], &[0.0]);
        assert!(neuron.v_mv()[0] > -60.0);
    }
}
