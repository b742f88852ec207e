//! The published network: two groups of four inputs, two outputs, and a rule that counts spikes.
//!
//! **Equations**, in this order in every iteration:
//! - neurons: v ← v + (dt/τ)(−(v − E_L) + R I), dt/τ = 0.001; at v ≥ −40 a spike, and v = −70. An input's I is its
//!   external current; an output's is Σ W over the inputs that fired *in the iteration before*;
//! - traces of all neurons: x ← (x + S)(1 − 1/τ_s): they contain the spike of this iteration;
//! - STDP: ΔW = B(W) (A x_pre S_post − A S_pre x_post), A = 2, B = 1 strictly between the gate's ends, else 0. A
//!   weight may overshoot an end by one change, and then stays there;
//! - "R-STDP": d ← d − d/1 + 1, which is 1 from the first iteration on; c ← c − c/3 + ΔW from c = 1; W ← W + c d. The
//!   eligibility goes on pushing when the gate is closed, every ΔW counts three times, and c = 1 gives every
//!   weight 2 for nothing.
//!
//! **State.** Potentials, weights, traces, eligibilities, dopamine.
//!
//! **Source.** M. Zamani, Neural-Learning-and-Coding (notebooks STDPLearning and RSTDPLearning). There is no
//! reward, no window (traces outlive the run), no inhibition, no homeostasis.
//!
//! **Method.** Forward Euler, as there, in single precision. Neurons that start above the threshold are put to −70
//! before the first iteration, without a spike: only so do the published percentiles come out.

use get_size2::GetSize;

use crate::{Fault, Tick, math};

/// Resting potential.
pub const E_L_MV: f32 = -65.0;
/// Threshold.
pub const V_TH_MV: f32 = -40.0;
/// Potential after a spike.
pub const V_RESET_MV: f32 = -70.0;
/// Threshold of the silent output.
pub const NEVER_MV: f32 = 1e6;
/// The step in units of the membrane time constant.
const DT_PER_TAU: f32 = 0.001;
/// Potential that a current of 1 would hold.
pub const R: f32 = 10.0;
/// Change by a pair of spikes that have just come.
pub const A: f32 = 2.0;
/// Memory of an eligibility in iterations.
pub const TAU_C: f32 = 3.0;
const TAU_D: f32 = 1.0;

/// Only a third output differs.
fn threshold(neuron: usize, num_in: usize) -> f32 {
    if neuron >= num_in + 2 { NEVER_MV } else { V_TH_MV }
}

/// What the inputs get in one iteration.
pub enum Drive<'a> {
    /// A current for each.
    Currents(&'a [f32]),
    /// Which of them fire, whatever their potential.
    Spikes(&'a [u32]),
}

/// The network between two iterations.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct CountingNet {
    has_eligibility: bool,
    gate: (f32, f32),
    keep: f32,
    num_in: u32,
    /// Inputs, then outputs; the last output is silent if there are three.
    v_mv: Vec<f32>,
    current: Vec<f32>,
    traces: Vec<f32>,
    has_fired: Vec<bool>,
    /// `weights[input × outputs + output]`
    weights: Vec<f32>,
    eligibility: Vec<f32>,
    dopamine: f32,
    fired_in: Vec<u32>,
    fired_out: Vec<u32>,
}

impl CountingNet {
    /// A network before its first iteration, with STDP or, where it has an eligibility, with "R-STDP". `v_mv` holds inputs,
    /// then outputs.
    pub fn new(
        has_eligibility: bool,
        gate: (f32, f32),
        tau_s: f32,
        mut v_mv: Vec<f32>,
        weights: Vec<f32>,
        num_out: usize,
    ) -> Self {
        let num = v_mv.len();
        let num_in = num - num_out;
        let starts = v_mv.iter_mut().enumerate();
        starts.filter(|(n, v)| **v >= threshold(*n, num_in)).for_each(|(_, v)| *v = V_RESET_MV);
        Self {
            has_eligibility,
            gate,
            keep: 1.0 - 1.0 / tau_s,
            num_in: num_in as u32,
            current: vec![0.0; num],
            traces: vec![0.0; num],
            has_fired: vec![false; num],
            eligibility: vec![1.0; weights.len()],
            dopamine: 2.0,
            fired_in: Vec::new(),
            fired_out: Vec::new(),
            v_mv,
            weights,
        }
    }

    /// Inputs, with a silent one.
    pub fn num_in(&self) -> usize {
        self.num_in as usize
    }

    /// Outputs, with a silent one.
    pub fn num_out(&self) -> usize {
        self.v_mv.len() - self.num_in()
    }

    /// One iteration.
    pub fn step(&mut self, drive: &Drive<'_>) {
        self.dopamine += 1.0 - self.dopamine / TAU_D;
        self.gather_currents(drive);
        let (num_in, num) = (self.num_in(), self.v_mv.len());
        let first = if matches!(drive, Drive::Spikes(_)) { num_in } else { 0 };
        self.has_fired.fill(false);
        if let Drive::Spikes(fired) = drive {
            fired.iter().for_each(|&input| self.has_fired[input as usize] = true);
        }
        for neuron in first..num {
            let v = &mut self.v_mv[neuron];
            *v += DT_PER_TAU * (E_L_MV - *v + R * self.current[neuron]);
            self.has_fired[neuron] = *v >= threshold(neuron, num_in);
            if self.has_fired[neuron] {
                *v = V_RESET_MV;
            }
        }
        for (trace, fired) in self.traces.iter_mut().zip(&self.has_fired) {
            *trace = (*trace + f32::from(u8::from(*fired))) * self.keep;
        }
        self.fired_in.clear();
        self.fired_out.clear();
        for neuron in (0..num).filter(|neuron| self.has_fired[*neuron]) {
            match neuron.checked_sub(num_in) {
                None => self.fired_in.push(neuron as u32),
                Some(output) => self.fired_out.push(output as u32),
            }
        }
        self.learn();
    }

    fn gather_currents(&mut self, drive: &Drive<'_>) {
        let (num_in, num_out) = (self.num_in(), self.num_out());
        if let Drive::Currents(currents) = drive {
            self.current[..num_in].copy_from_slice(currents);
        }
        for output in 0..num_out {
            let from = self.fired_in.iter().map(|&i| self.weights[i as usize * num_out + output]);
            self.current[num_in + output] = from.sum();
        }
    }

    fn learn(&mut self) {
        let is_eligible = self.has_eligibility;
        let quiet = self.fired_in.is_empty() && self.fired_out.is_empty();
        if quiet && !is_eligible {
            return;
        }
        let (num_in, num_out) = (self.num_in(), self.num_out());
        let spike = |neuron: usize| f32::from(u8::from(self.has_fired[neuron]));
        for (synapse, w) in self.weights.iter_mut().enumerate() {
            let (pre, post) = (synapse / num_out, num_in + synapse % num_out);
            let change = A * self.traces[pre] * spike(post) - A * spike(pre) * self.traces[post];
            let is_open = *w > self.gate.0 && *w < self.gate.1;
            let change = if is_open { change } else { 0.0 };
            *w += if is_eligible {
                let c = &mut self.eligibility[synapse];
                *c = math::flush(*c - *c / TAU_C + change);
                *c * self.dopamine
            } else {
                change
            };
        }
    }

    /// Potentials: inputs, then outputs.
    pub fn v_mv(&self) -> &[f32] {
        &self.v_mv
    }

    /// Currents: inputs, then outputs.
    pub fn current(&self) -> &[f32] {
        &self.current
    }

    /// `weights[input × outputs + output]`
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// The same, to load what was learned elsewhere.
    pub fn weights_mut(&mut self) -> &mut [f32] {
        &mut self.weights
    }

    /// `eligibility[input × outputs + output]`
    pub fn eligibility(&self) -> &[f32] {
        &self.eligibility
    }

    /// Dopamine.
    pub fn dopamine(&self) -> f32 {
        self.dopamine
    }

    /// Inputs and outputs that fired in the last iteration.
    pub fn fired(&self) -> (&[u32], &[u32]) {
        (&self.fired_in, &self.fired_out)
    }

    /// Whether the numbers are still numbers.
    pub fn find_fault(&self, tick: Tick) -> Option<Fault> {
        let columns = [("v", &self.v_mv[..]), ("weight", &self.weights[..])];
        Fault::non_finite(tick, "the network", columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(has_eligibility: bool, w: f32) -> CountingNet {
        CountingNet::new(
            has_eligibility,
            (-1_000.0, 100.0),
            1_000.0,
            vec![-65.0, -40.1],
            vec![w],
            1,
        )
    }

    #[test]
    fn a_constant_current_charges_the_membrane_as_its_closed_form_says() {
        let mut net = pair(false, 0.0);
        for _ in 0..500 {
            net.step(&Drive::Currents(&[2.0]));
        }
        // Euler: E_L + R I (1 − (1 − dt/τ)ⁿ)
        let expected = -65.0 + 20.0 * (1.0 - math::powf_f64(0.999, 500.0));
        assert!((f64::from(net.v_mv()[0]) - expected).abs() < 1e-3);
        // 2000 mV of drive: 30 mV in steps of just under 2.
        let mut net = pair(false, 0.0);
        let spikes: Vec<u32> = (0..700)
            .filter(|_| {
                net.step(&Drive::Currents(&[200.0]));
                !net.fired().0.is_empty()
            })
            .collect();
        assert_eq!(spikes[1] - spikes[0], 16);
    }

    #[test]
    fn a_pre_spike_acts_an_iteration_late_and_the_rule_counts_spikes() {
        let mut net = pair(false, 90.0);
        // The output needs 0.1 mV, of which this spike brings 0.9, later.
        net.step(&Drive::Spikes(&[0]));
        assert!(net.fired().1.is_empty());
        net.step(&Drive::Spikes(&[]));
        assert_eq!(net.fired().1, [0]);
        // One input spike so far, whose trace has decayed twice by 1/1000.
        let gain = 2.0 * 0.999 * 0.999;
        assert!((net.weights()[0] - (90.0 + gain)).abs() < 1e-4);
        // The output's trace by now, and the input spike's own share of it is depression only.
        net.step(&Drive::Spikes(&[0]));
        let loss = 2.0 * 0.999 * 0.999;
        assert!((net.weights()[0] - (90.0 + gain - loss)).abs() < 1e-4);
    }

    #[test]
    fn the_gate_overshoots_once_and_closes() {
        let mut net = pair(false, 99.0);
        for _ in 0..400 {
            net.step(&Drive::Spikes(&[0]));
        }
        let frozen = net.weights()[0];
        assert!(frozen > 100.0, "{frozen}");
        for _ in 0..400 {
            net.step(&Drive::Spikes(&[0]));
        }
        assert_eq!(net.weights()[0], frozen);
    }

    #[test]
    fn the_eligibility_gives_every_weight_two_for_nothing() {
        let mut net = pair(true, 50.0);
        for _ in 0..60 {
            net.step(&Drive::Spikes(&[]));
            assert_eq!(net.dopamine(), 1.0);
        }
        // Σ (2/3)ⁿ from n = 1
        assert!((net.weights()[0] - 52.0).abs() < 1e-4);
    }

    #[test]
    fn who_starts_above_the_threshold_starts_at_the_bottom() {
        let net =
            CountingNet::new(false, (0.0, 1.0), 10.0, vec![-39.0, -41.0, -40.0], vec![0.0; 2], 2);
        assert_eq!(net.v_mv(), [V_RESET_MV, -41.0, V_RESET_MV]);
    }
}
