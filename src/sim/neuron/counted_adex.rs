//! Adaptive exponential neurons whose adaptation is driven by the number of all spikes so far, as a published program has it;
//! and the same with the spikes of the step, as it was meant.
//!
//! **Equations.** τ_m dV/dt = −(V − E_L) + Δ_T e^((V − V_T)/Δ_T) + R I − w and τ_k dw/dt = a (V − E_L) − w + b τ_k N, with w in
//! mV, as R times a current. At V ≥ V_peak the neuron fires; then V = V_r. As coded N is how often it has fired so far
//! ([`Counted::AllSoFar`]): w tends to b τ_k N, which only grows, and so sooner or later the neuron falls silent for ever. It
//! should be the spikes of this step, N = S/dt ([`Counted::OfTheStep`]): each spike then adds b to w, as in
//! [`AdEx`](super::AdEx).
//!
//! **State.** `v_mv`, `w_mv` and how often each has fired. Spikes of a step count from the next one on.
//!
//! **Source.** The program "Neural-Learning-and-Coding" (system 0 of the sheets this page is made from), read as code; the model
//! that it means: Brette and Gerstner (2005, doi:10.1152/jn.00686.2005).
//!
//! **Method.** Forward Euler, as there, first V and then w with the new V. Near the peak the exponential is steep, so that a
//! spike may be late by a step; the exponent is held below 80.

use get_size2::GetSize;

use crate::{TimeGrid, math};

/// Above this an upstroke is over within a step, whatever the step is.
const MOST_EXPONENT: f32 = 80.0;

/// What N is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize, serde::Deserialize)]
pub enum Counted {
    /// How often the neuron has fired so far: as coded.
    AllSoFar,
    /// How often it fired in this step, per time: as meant.
    OfTheStep,
}

/// What the neurons of a population have in common.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct CountedAdExParams {
    /// Membrane time constant.
    pub tau_m_ms: f64,
    /// Resting potential.
    pub e_l_mv: f64,
    /// V_T, where the exponential grows as fast as the leak.
    pub v_th_mv: f64,
    /// Δ_T, how sharply a spike sets in.
    pub delta_t_mv: f64,
    /// Potential at which it fires.
    pub v_peak_mv: f64,
    /// Potential after a spike.
    pub v_reset_mv: f64,
    /// a, how much w follows the potential.
    pub a: f64,
    /// b: what a spike adds to w as it was meant; as coded, what it adds to dw/dt from then on, per ms.
    pub b_mv: f64,
    /// τ_k, how long w remembers.
    pub tau_w_ms: f64,
    /// N.
    pub counted: Counted,
}

/// A population of them.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct CountedAdEx {
    p: CountedAdExParams,
    dt_ms: f32,
    v_mv: Vec<f32>,
    w_mv: Vec<f32>,
    num_spikes: Vec<u32>,
}

impl CountedAdEx {
    /// So many, at rest.
    pub fn new(num_neurons: usize, p: &CountedAdExParams, grid: TimeGrid) -> Self {
        Self {
            p: *p,
            dt_ms: grid.dt_ms() as f32,
            v_mv: vec![p.e_l_mv as f32; num_neurons],
            w_mv: vec![0.0; num_neurons],
            num_spikes: vec![0; num_neurons],
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

    /// Adaptation, as R times a current.
    pub fn w_mv(&self) -> &[f32] {
        &self.w_mv
    }

    /// Potential at which they fire.
    pub fn v_th_mv(&self) -> f32 {
        self.p.v_peak_mv as f32
    }

    /// Moves all on by one step under `drive_mv` = R I, and lifts potentials by `jump_mv`. Says whether any of them then is at
    /// its peak.
    pub fn integrate(&mut self, drive_mv: &[f32], jump_mv: &[f32]) -> bool {
        let CountedAdExParams { tau_m_ms, tau_w_ms, counted, .. } = self.p;
        let [e_l, v_t, delta, a, b] =
            [self.p.e_l_mv, self.p.v_th_mv, self.p.delta_t_mv, self.p.a, self.p.b_mv]
                .map(|of| of as f32);
        let (of_v, of_w) = (self.dt_ms / tau_m_ms as f32, self.dt_ms / tau_w_ms as f32);
        // What one of N adds in a step: b τ_k N dt/τ_k.
        let per_spike = match counted {
            Counted::AllSoFar => b * self.dt_ms,
            Counted::OfTheStep => 0.0,
        };
        let peak = self.v_th_mv();
        let mut is_any = false;
        let inputs = drive_mv.iter().zip(jump_mv);
        let states = self.v_mv.iter_mut().zip(&mut self.w_mv).zip(&self.num_spikes);
        for (((v, w), num_spikes), (drive, jump)) in states.zip(inputs) {
            let exponent = ((*v - v_t) / delta).min(MOST_EXPONENT);
            let upstroke = delta * math::exp(exponent);
            *v += of_v * (e_l - *v + upstroke + drive - *w) + jump;
            *w = math::flush(*w + of_w * (a * (*v - e_l) - *w) + per_spike * *num_spikes as f32);
            is_any |= *v >= peak;
        }
        is_any
    }

    /// Gathers those at their peak.
    pub fn find_spikes(&self, fired: &mut Vec<u32>) {
        fired.clear();
        let peak = self.v_th_mv();
        let all = (0..).zip(&self.v_mv).filter(|(_, v)| **v >= peak);
        fired.extend(all.map(|(neuron, _)| neuron));
    }

    /// Resets those that fired, and counts their spikes.
    pub fn reset_fired(&mut self, fired: &[u32]) {
        for &neuron in fired {
            let neuron = neuron as usize;
            self.v_mv[neuron] = self.p.v_reset_mv as f32;
            self.num_spikes[neuron] += 1;
            if self.p.counted == Counted::OfTheStep {
                self.w_mv[neuron] += self.p.b_mv as f32;
            }
        }
    }

    /// Puts every neuron back to rest.
    pub fn reset(&mut self) {
        self.v_mv.fill(self.p.e_l_mv as f32);
        self.w_mv.fill(0.0);
        self.num_spikes.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: CountedAdExParams = CountedAdExParams {
        tau_m_ms: 10.0,
        e_l_mv: -65.0,
        v_th_mv: -50.0,
        delta_t_mv: 2.0,
        v_peak_mv: -40.0,
        v_reset_mv: -70.0,
        a: 0.0,
        b_mv: 0.2,
        tau_w_ms: 100.0,
        counted: Counted::AllSoFar,
    };

    /// When a neuron fires in so many ms, and the neuron then.
    fn spikes(
        p: &CountedAdExParams,
        r_i_mv: f32,
        duration_ms: f64,
        dt_ms: f64,
    ) -> (Vec<f64>, CountedAdEx) {
        let mut neuron = CountedAdEx::new(1, p, TimeGrid::new(dt_ms));
        let (mut fired, mut times_ms) = (Vec::new(), Vec::new());
        for tick in 0..(duration_ms / dt_ms) as u32 {
            neuron.integrate(&[r_i_mv], &[0.0]);
            neuron.find_spikes(&mut fired);
            times_ms.extend(fired.iter().map(|_| f64::from(tick) * dt_ms));
            neuron.reset_fired(&fired);
        }
        (times_ms, neuron)
    }

    /// The rheobase without adaptation (saddle-node; Touboul and Brette 2008, doi:10.1007/s00422-008-0267-4):
    /// R I = V_T − E_L − Δ_T = 13 mV.
    #[test]
    fn fires_above_the_rheobase_only() {
        let calm = CountedAdExParams { b_mv: 0.0, ..PARAMS };
        for dt_ms in [0.1, 0.05] {
            assert_eq!(spikes(&calm, 12.98, 2_000.0, dt_ms).0, []);
            assert!(!spikes(&calm, 13.1, 2_000.0, dt_ms).0.is_empty());
        }
    }

    /// As coded w ends at b τ_k N, and it falls silent once that is so large that R I − w is below the rheobase: N > (R I − 13 mV)/(b τ_k).
    #[test]
    fn a_count_of_all_spikes_silences_it_for_ever() {
        for dt_ms in [0.1, 0.05] {
            let (times_ms, neuron) = spikes(&PARAMS, 100.0, 3_000.0, dt_ms);
            let num = times_ms.len() as f64;
            // 87 mV of room, 20 mV for each spike; w lags behind, so that there are more spikes than that.
            assert!((5.0..=16.0).contains(&num), "{num} spikes");
            assert!(times_ms[times_ms.len() - 1] < 300.0, "{times_ms:?}");
            let expected = 0.2 * 100.0 * num;
            assert!((f64::from(neuron.w_mv()[0]) - expected).abs() < 1e-2 * expected);
        }
    }

    /// As meant it adapts and goes on; then it is the adaptive exponential neuron of the other file.
    #[test]
    fn spikes_of_the_step_make_it_the_usual_neuron() {
        let meant = CountedAdExParams { counted: Counted::OfTheStep, b_mv: 6.0, ..PARAMS };
        let (times_ms, _) = spikes(&meant, 40.0, 1_000.0, 0.01);
        let usual = super::super::AdExParams {
            c_m_pf: 1_000.0,
            g_l_ns: 100.0,
            e_l_mv: -65.0,
            v_th_mv: -50.0,
            delta_t_mv: 2.0,
            v_peak_mv: -40.0,
            v_reset_mv: -70.0,
            a_ns: 0.0,
            // 6 mV times 100 nS.
            b_pa: 600.0,
            tau_w_ms: 100.0,
            t_ref_ms: 0.0,
        };
        let mut other =
            super::super::AdEx::new(1, &usual, TimeGrid::new(0.01)).driven_in_mv(&usual);
        let (mut fired, mut theirs_ms) = (Vec::new(), Vec::new());
        for tick in 0..100_000 {
            other.integrate(&[40.0], &[0.0]);
            other.find_spikes(&mut fired);
            theirs_ms.extend(fired.iter().map(|_| f64::from(tick) * 0.01));
            other.reset_fired(&fired);
        }
        assert_eq!(times_ms.len(), theirs_ms.len());
        assert!(times_ms.len() > 10);
        for (ours, theirs) in times_ms.iter().zip(&theirs_ms) {
            assert!((ours - theirs).abs() < 2.0, "{ours} {theirs}");
        }
    }

    #[test]
    fn back_at_rest_it_is_as_new() {
        let mut neuron = spikes(&PARAMS, 100.0, 50.0, 0.1).1;
        neuron.reset();
        assert_eq!(neuron, CountedAdEx::new(1, &PARAMS, TimeGrid::new(0.1)));
    }
}
