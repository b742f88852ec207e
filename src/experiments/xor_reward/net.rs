//! The network: inputs, hidden neurons, one output, all connected to all of the next layer.
//!
//! **Order of a step.** Neurons take the input of the last step and fire; their spikes are sent on with the
//! weights of now and arrive in the next step; the traces of the rule take this step's spikes; then the reward that
//! this step's output spike earns moves the weights. That is the paper's order, where this reward carries
//! the time t + δt and meets the weights w(t) and the eligibility of t.

use serde::{Deserialize, Serialize};

use super::inputs::{GROUP, Inputs};
use super::params::{Coding, XorReward};
use crate::sim::neuron::{DeltaLif, DeltaLifParams};
use crate::sim::plasticity::{Eligibility, RewardStdp, RewardStdpParams};
use crate::sim::{Stream, TimeGrid};

/// A network, learning or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Net {
    hidden: DeltaLif,
    output: DeltaLif,
    /// Input by input.
    pub w_in: Vec<f32>,
    /// Hidden neuron by hidden neuron.
    pub w_out: Vec<f32>,
    /// Of the synapses onto the hidden neurons and of those onto the output.
    pub rules: Option<[RewardStdp; 2]>,
    /// Hidden neurons that fired in the latest step.
    pub hidden_fired: Vec<u32>,
    /// `[0]` if the output fired in the latest step.
    pub output_fired: Vec<u32>,
}

/// Least and greatest weight of each input onto hidden neurons.
pub fn input_bounds(p: &XorReward) -> Vec<[f32; 2]> {
    let w_max = p.w_in_max_mv as f32;
    let bounds = |input: u32| match p.coding {
        Coding::Temporal { .. } => [-w_max, w_max],
        Coding::Rate { .. } if input % GROUP < GROUP / 2 => [0.0, w_max],
        Coding::Rate { .. } => [-w_max, 0.0],
    };
    (0..Inputs::count(p)).map(bounds).collect()
}

impl Net {
    /// A network whose weights are drawn uniformly within their bounds.
    pub fn new(p: &XorReward, grid: TimeGrid, seed: u32) -> Self {
        let mut stream = Stream::new(seed, "weights");
        let num_hidden = p.num_hidden as usize;
        let in_bounds = input_bounds(p);
        let mut w_in = Vec::with_capacity(in_bounds.len() * num_hidden);
        for &[low, high] in &in_bounds {
            w_in.extend((0..num_hidden).map(|_| stream.between(low, high)));
        }
        let out_bounds = vec![[0.0, p.w_out_max_mv as f32]; num_hidden];
        let w_out = out_bounds.iter().map(|&[low, high]| stream.between(low, high)).collect();
        let neuron = DeltaLifParams {
            tau_m_ms: p.tau_m_ms,
            e_l_mv: -70.0,
            v_th_mv: -54.0,
            v_reset_mv: -70.0,
        };
        let rule = RewardStdpParams {
            a_plus: p.a_plus,
            a_minus: p.a_minus,
            tau_plus_ms: p.tau_plus_ms,
            tau_minus_ms: p.tau_minus_ms,
            eligibility: match p.has_trace() {
                true => Eligibility::Trace { tau_z_ms: p.tau_z_ms },
                false => Eligibility::Instant,
            },
        };
        Self {
            hidden: DeltaLif::new(num_hidden, &neuron, grid),
            output: DeltaLif::new(1, &neuron, grid),
            w_in,
            w_out,
            rules: Some([
                RewardStdp::new(in_bounds, num_hidden, rule, grid),
                RewardStdp::new(out_bounds, 1, rule, grid),
            ]),
            hidden_fired: Vec::new(),
            output_fired: Vec::new(),
        }
    }

    /// The same network, which does not learn.
    pub fn frozen(&self) -> Self {
        Self { rules: None, ..self.clone() }
    }

    /// One step with these input spikes; an output spike in it changes weights by `gain` times their eligibility.
    #[inline]
    pub fn step(&mut self, inputs: &[u32], gain: f32) {
        self.hidden.step(&mut self.hidden_fired);
        self.output.step(&mut self.output_fired);
        let num_hidden = self.w_out.len();
        for &input in inputs {
            self.hidden.add_row(&self.w_in[input as usize * num_hidden..][..num_hidden]);
        }
        for &neuron in &self.hidden_fired {
            self.output.add(0, self.w_out[neuron as usize]);
        }
        if let Some([onto_hidden, onto_output]) = &mut self.rules {
            onto_hidden.step(inputs, &self.hidden_fired);
            onto_output.step(&self.hidden_fired, &self.output_fired);
            if !self.output_fired.is_empty() && gain != 0.0 {
                onto_hidden.reward(gain, &mut self.w_in);
                onto_output.reward(gain, &mut self.w_out);
            }
        }
    }

    /// Eligibility of the synapse from input 0 onto hidden neuron 0, and from there onto the output.
    pub fn eligibility(&self) -> [f32; 2] {
        self.rules.as_ref().map_or([0.0; 2], |rules| [0, 1].map(|i| rules[i].eligibility(0, 0)))
    }

    /// Everything that must stay finite, by name.
    pub fn columns(&self) -> [(&'static str, &[f32]); 4] {
        [
            ("v of hidden neurons", self.hidden.latest_v()),
            ("v of the output", self.output.latest_v()),
            ("w_in", &self.w_in),
            ("w_out", &self.w_out),
        ]
    }
}
