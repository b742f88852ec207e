//! Leaky integrate-and-fire neurons with decay factors per step, as in snnTorch: its Synaptic, and with α = 0 its Leaky.
//!
//! **Equations.** Per step, I ← α I + Σ w over the inputs that fire, V ← β V + I; the neuron fires
//! if V > θ. The reset comes with the next step: either V ← β V + I − θ (by subtraction), or V ← 0
//! whatever the current is (to zero), or there is none. With α = 0 there is no current that lasts: V ← β V + Σ w is snnTorch's
//! `Leaky`. The current is not reset. All numbers are dimensionless; α =
//! e^(−dt/τ_s), β = e^(−dt/τ_m). With a refractory time, V and I then stay as they are for so many steps, and
//! input is lost.
//!
//! This is not [`Lif`](super::Lif) with an exponential current, although it looks like it: the
//! input enters V undivided by a time constant, one spike of weight w lifts V by up to w (α^(n+1) −
//! β^(n+1))/(α − β), and in a recording V stands above the threshold in the step of a spike.
//!
//! **State.** `current`, `v`, whether the neuron fired in the last step, and the refractory steps left.
//!
//! **Source.** snnTorch 0.6.4's `Synaptic`: Eshraghian et al. (2023,
//! doi:10.1109/JPROC.2023.3308088). It has no refractory time; that is of the study "STDP-research" (2024), which
//! freezes V and I. That the reset comes first is our reading. Later versions (0.9) set V to zero before the step, so that
//! the input of that step stays; here it is lost, as in 0.6.4.
//!
//! **Method.** The recursion itself.

use get_size2::GetSize;

use crate::math;

/// What a spike does to the potential of the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum SynapticReset {
    /// It is zero.
    ToZero,
    /// It is lower by the threshold.
    Subtract,
    /// Nothing: it goes on, and fires in every step in which it is above the threshold.
    Never,
}

/// What the neurons of a population have in common.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct SynapticLifParams {
    /// Decay of the current per step, in [0, 1).
    pub alpha: f32,
    /// Decay of the potential per step, in [0, 1).
    pub beta: f32,
    /// Threshold.
    pub threshold: f32,
    /// Reset.
    pub reset: SynapticReset,
    /// Refractory time in steps, counted from the reset on.
    pub refractory_steps: u32,
}

/// A population of second-order neurons.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct SynapticLif {
    params: SynapticLifParams,
    v: Vec<f32>,
    current: Vec<f32>,
    has_fired: Vec<bool>,
    steps_left: Vec<u32>,
}

impl SynapticLif {
    /// `num_neurons` neurons at zero.
    pub fn new(num_neurons: usize, params: SynapticLifParams) -> Self {
        let zeros = vec![0.0; num_neurons];
        Self {
            params,
            v: zeros.clone(),
            current: zeros,
            has_fired: vec![false; num_neurons],
            steps_left: vec![0; num_neurons],
        }
    }

    /// Potentials.
    pub fn v(&self) -> &[f32] {
        &self.v
    }

    /// Potentials, for a start that is not at zero.
    pub fn v_mut(&mut self) -> &mut [f32] {
        &mut self.v
    }

    /// The threshold without adaptation.
    pub fn threshold(&self) -> f32 {
        self.params.threshold
    }

    /// Currents.
    pub fn current(&self) -> &[f32] {
        &self.current
    }

    /// Currents: an input spike adds its weight before the step, inhibition may take some away.
    pub fn current_mut(&mut self) -> &mut [f32] {
        &mut self.current
    }

    /// Moves all neurons on by one step, in which `input` = Σ w arrives.
    pub fn integrate(&mut self, input: &[f32]) {
        let SynapticLifParams { alpha, beta, threshold, reset, refractory_steps } = self.params;
        let after_spikes = self.has_fired.iter_mut().zip(&mut self.steps_left);
        let columns = self.v.iter_mut().zip(&mut self.current).zip(after_spikes);
        for (((v, current), (has_fired, steps_left)), input) in columns.zip(input) {
            if *steps_left > 0 {
                *steps_left -= 1;
                continue;
            }
            *current = math::flush(*current * alpha + input);
            let free = *v * beta + *current;
            let after_spike = match reset {
                SynapticReset::ToZero => 0.0,
                SynapticReset::Subtract => free - threshold,
                SynapticReset::Never => free,
            };
            *v = math::flush(if *has_fired { after_spike } else { free });
            *steps_left = if *has_fired { refractory_steps } else { 0 };
            *has_fired = false;
        }
    }

    /// Gathers the neurons above threshold, which is raised by `raise` (none: not at all), but for those whose
    /// refractory time goes on.
    pub fn find_crossings(&self, raise: Option<&[f32]>, crossed: &mut Vec<u32>) {
        crossed.clear();
        for (neuron, v) in self.v.iter().enumerate() {
            let threshold = self.params.threshold + raise.map_or(0.0, |raise| raise[neuron]);
            if *v > threshold && self.steps_left[neuron] == 0 {
                crossed.push(neuron as u32);
            }
        }
    }

    /// These neurons fired: the next step resets them.
    pub fn reset_fired(&mut self, fired: &[u32]) {
        for &neuron in fired {
            self.has_fired[neuron as usize] = true;
        }
    }

    /// Puts every neuron to zero.
    pub fn reset(&mut self) {
        self.v.fill(0.0);
        self.current.fill(0.0);
        self.has_fired.fill(false);
        self.steps_left.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: SynapticLifParams = SynapticLifParams {
        alpha: 0.9,
        beta: 0.8,
        threshold: 1.0,
        reset: SynapticReset::Subtract,
        refractory_steps: 0,
    };

    #[test]
    fn one_spike_gives_the_difference_of_two_powers() {
        let mut neuron = SynapticLif::new(1, PARAMS);
        let (mut alpha_n, mut beta_n) = (1.0_f32, 1.0_f32);
        for step in 0..200 {
            neuron.integrate(&[if step == 0 { 0.2 } else { 0.0 }]);
            (alpha_n, beta_n) = (alpha_n * 0.9, beta_n * 0.8);
            let expected = 0.2 * (alpha_n - beta_n) / (0.9 - 0.8);
            assert!((neuron.v()[0] - expected).abs() < 1e-6, "step {step}");
        }
    }

    /// Potentials of a neuron under an input of 0.6 per step, with α = 0.
    fn potentials(reset: SynapticReset, refractory_steps: u32, num_steps: u32) -> Vec<f32> {
        let params = SynapticLifParams { alpha: 0.0, reset, refractory_steps, ..PARAMS };
        let mut neuron = SynapticLif::new(1, params);
        let mut fired = Vec::new();
        let mut step = || {
            neuron.integrate(&[0.6]);
            neuron.find_crossings(None, &mut fired);
            neuron.reset_fired(&fired);
            neuron.v()[0]
        };
        (0..num_steps).map(|_| step()).collect()
    }

    #[test]
    fn the_reset_comes_with_the_next_step() {
        // 0.6; 0.8 × 0.6 + 0.6 = 1.08 fires; then the step of the reset; then the one after it.
        let cases = [
            (SynapticReset::Subtract, [0.6, 1.08, 0.464, 0.9712]),
            (SynapticReset::ToZero, [0.6, 1.08, 0.0, 0.6]),
            (SynapticReset::Never, [0.6, 1.08, 1.464, 1.7712]),
        ];
        for (reset, expected) in cases {
            for (ours, theirs) in potentials(reset, 0, 4).into_iter().zip(expected) {
                assert!((ours - theirs).abs() < 1e-6, "{reset:?}: {ours} {theirs}");
            }
        }
    }

    /// Without a current that lasts, an input I in every step gives V_n = I (1 − βⁿ)/(1 − β), and it fires first in the first
    /// step in which that is above the threshold.
    #[test]
    fn without_a_lasting_current_it_is_leaky_as_the_closed_form_says() {
        let (beta, input) = (0.9_f64, 0.2_f64);
        let params = SynapticLifParams {
            alpha: 0.0,
            beta: beta as f32,
            reset: SynapticReset::Never,
            ..PARAMS
        };
        let (mut neuron, mut fired, mut power) = (SynapticLif::new(1, params), Vec::new(), 1.0);
        let mut first = None;
        for step in 1..=200 {
            neuron.integrate(&[input as f32]);
            neuron.find_crossings(None, &mut fired);
            power *= beta;
            let expected = input * (1.0 - power) / (1.0 - beta);
            assert!((f64::from(neuron.v()[0]) - expected).abs() < 1e-5, "step {step}");
            assert_eq!(fired.is_empty(), expected <= 1.0, "step {step}");
            first = first.or((!fired.is_empty()).then_some(step));
        }
        // 0.9ⁿ < 1 − 0.1/0.2 from n = 7 on.
        assert_eq!(first, Some(7));
    }

    #[test]
    fn a_refractory_neuron_is_frozen_after_its_reset() {
        let calm = potentials(SynapticReset::Subtract, 0, 4);
        let frozen = potentials(SynapticReset::Subtract, 2, 6);
        // The reset, two steps in which nothing happens, and on from there.
        assert_eq!(frozen[..3], calm[..3]);
        assert_eq!(frozen[3..], [calm[2], calm[2], calm[3]]);
        // What is above the threshold after the reset waits as well.
        let mut neuron = SynapticLif::new(1, SynapticLifParams { refractory_steps: 2, ..PARAMS });
        let (mut fired, mut steps) = (Vec::new(), Vec::new());
        for step in 0..8 {
            neuron.integrate(&[if step == 0 { 5.0 } else { 0.0 }]);
            neuron.find_crossings(None, &mut fired);
            neuron.reset_fired(&fired);
            steps.extend(fired.iter().map(|_| step));
        }
        assert_eq!(steps, [0, 3, 6]);
    }
}
