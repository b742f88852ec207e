//! Second-order leaky integrate-and-fire neurons with decay factors per step, as in snnTorch.
//!
//! **Equations.** Per step, I ← α I + Σ w over the inputs that fire, V ← β V + I; the neuron fires
//! if V > θ. The reset comes with the next step: either V ← β V + I − θ (by subtraction), or V ← 0
//! whatever the current is (to zero). The current is not reset. All numbers are dimensionless; α =
//! e^(−dt/τ_s), β = e^(−dt/τ_m).
//!
//! This is not [`Lif`](super::Lif) with an exponential current, although it looks like it: the
//! input enters V undivided by a time constant, one spike of weight w lifts V by up to w (α^(n+1) −
//! β^(n+1))/(α − β), and in a recording V stands above the threshold in the step of a spike.
//!
//! **State.** `current`, `v` and whether the neuron fired in the last step.
//!
//! **Source.** snnTorch 0.6.4's `Synaptic`: Eshraghian et al. (2023,
//! doi:10.1109/JPROC.2023.3308088).
//!
//! **Method.** The recursion itself.

use serde::{Deserialize, Serialize};

use crate::sim::math;

/// What a spike does to the potential of the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SynapticReset {
    /// It is zero.
    ToZero,
    /// It is lower by the threshold.
    Subtract,
}

/// What the neurons of a population have in common.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SynapticLifParams {
    /// Decay of the current per step, in [0, 1).
    pub alpha: f32,
    /// Decay of the potential per step, in [0, 1).
    pub beta: f32,
    /// Threshold.
    pub threshold: f32,
    /// Reset.
    pub reset: SynapticReset,
}

/// A population of second-order neurons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SynapticLif {
    params: SynapticLifParams,
    v: Vec<f32>,
    current: Vec<f32>,
    has_fired: Vec<bool>,
}

impl SynapticLif {
    /// `num_neurons` neurons at zero.
    pub fn new(num_neurons: usize, params: SynapticLifParams) -> Self {
        let zeros = vec![0.0; num_neurons];
        Self { params, v: zeros.clone(), current: zeros, has_fired: vec![false; num_neurons] }
    }

    /// Potentials.
    pub fn v(&self) -> &[f32] {
        &self.v
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
        let SynapticLifParams { alpha, beta, threshold, reset } = self.params;
        let columns = self.v.iter_mut().zip(&mut self.current).zip(&mut self.has_fired);
        for (((v, current), has_fired), input) in columns.zip(input) {
            *current = math::flush(*current * alpha + input);
            let free = *v * beta + *current;
            let after_spike = match reset {
                SynapticReset::ToZero => 0.0,
                SynapticReset::Subtract => free - threshold,
            };
            *v = math::flush(if *has_fired { after_spike } else { free });
            *has_fired = false;
        }
    }

    /// Gathers the neurons above threshold, which is raised by `raise` (none: not at all).
    pub fn find_crossings(&self, raise: Option<&[f32]>, crossed: &mut Vec<u32>) {
        crossed.clear();
        for (neuron, v) in self.v.iter().enumerate() {
            if *v > self.params.threshold + raise.map_or(0.0, |raise| raise[neuron]) {
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: SynapticLifParams =
        SynapticLifParams { alpha: 0.9, beta: 0.8, threshold: 1.0, reset: SynapticReset::Subtract };

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
    fn potentials(reset: SynapticReset) -> Vec<f32> {
        let mut neuron = SynapticLif::new(1, SynapticLifParams { alpha: 0.0, reset, ..PARAMS });
        let mut fired = Vec::new();
        let mut step = || {
            neuron.integrate(&[0.6]);
            neuron.find_crossings(None, &mut fired);
            neuron.reset_fired(&fired);
            neuron.v()[0]
        };
        (0..4).map(|_| step()).collect()
    }

    #[test]
    fn the_reset_comes_with_the_next_step() {
        // 0.6; 0.8 × 0.6 + 0.6 = 1.08 fires; then the step of the reset; then the one after it.
        let cases = [
            (SynapticReset::Subtract, [0.6, 1.08, 0.464, 0.9712]),
            (SynapticReset::ToZero, [0.6, 1.08, 0.0, 0.6]),
        ];
        for (reset, expected) in cases {
            for (ours, theirs) in potentials(reset).into_iter().zip(expected) {
                assert!((ours - theirs).abs() < 1e-6, "{reset:?}: {ours} {theirs}");
            }
        }
    }
}
