//! A network of two layers that learns from reward: inputs, hidden neurons, one output, each layer connected to all
//! of the next.
//!
//! **Order of a step.** Neurons take the input of the last step and fire; their spikes are sent on with the
//! weights of now and arrive in the next step; the traces of the rule take this step's spikes; then the reward that
//! this step's output spike earns moves the weights. In Florian (2007, doi:10.1162/neco.2007.19.6.1468) this reward
//! carries the time t + δt and meets the weights w(t) and the eligibility of t, which is the same.

use get_size2::GetSize;

use crate::TimeGrid;
use crate::neuron::{DeltaLif, DeltaLifParams};
use crate::plasticity::{RewardStdp, RewardStdpParams};

/// The synapses between two layers.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Layer {
    /// In mV, all of one presynaptic neuron side by side.
    pub weights: Vec<f32>,
    /// Least and greatest weight of each presynaptic neuron.
    pub bounds: Vec<[f32; 2]>,
}

/// A network, learning or not.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct RewardNet {
    hidden: DeltaLif,
    output: DeltaLif,
    /// Onto the hidden neurons, input by input.
    pub w_in: Vec<f32>,
    /// Onto the output, hidden neuron by hidden neuron.
    pub w_out: Vec<f32>,
    /// Of the synapses onto the hidden neurons and of those onto the output.
    rules: Option<[RewardStdp; 2]>,
    /// Hidden neurons that fired in the latest step.
    pub hidden_fired: Vec<u32>,
    /// `[0]` if the output fired in the latest step.
    pub output_fired: Vec<u32>,
}

impl RewardNet {
    /// A network at rest.
    pub fn new(
        neuron: &DeltaLifParams,
        rule: RewardStdpParams,
        [onto_hidden, onto_output]: [Layer; 2],
        grid: TimeGrid,
    ) -> Self {
        let num_hidden = onto_output.weights.len();
        Self {
            hidden: DeltaLif::new(num_hidden, neuron, grid),
            output: DeltaLif::new(1, neuron, grid),
            w_in: onto_hidden.weights,
            w_out: onto_output.weights,
            rules: Some([
                RewardStdp::new(onto_hidden.bounds, num_hidden, rule, grid),
                RewardStdp::new(onto_output.bounds, 1, rule, grid),
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

    /// Eligibility of one synapse: of layer 0, onto the hidden neurons, or of layer 1, onto the output.
    pub fn eligibility_of(&self, layer: usize, pre: usize, post: usize) -> f32 {
        self.rules.as_ref().map_or(0.0, |rules| rules[layer].eligibility(pre, post))
    }

    /// The potential of the output in mV.
    pub fn output_v_mv(&self) -> f32 {
        self.output.v_mv(0)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math;
    use crate::plasticity::Eligibility;

    /// One input, hidden neuron and output, with weights that pass every spike on.
    fn chain(eligibility: Eligibility) -> RewardNet {
        let neuron =
            DeltaLifParams { tau_m_ms: 20.0, e_l_mv: -70.0, v_th_mv: -54.0, v_reset_mv: -70.0 };
        let rule = RewardStdpParams {
            a_plus: 1.0,
            a_minus: -1.0,
            tau_plus_ms: 20.0,
            tau_minus_ms: 20.0,
            eligibility,
        };
        let layer = || Layer { weights: vec![17.0], bounds: vec![[0.0, 30.0]] };
        RewardNet::new(&neuron, rule, [layer(), layer()], TimeGrid::new(1.0))
    }

    /// Weights after one input spike, whose output spike comes two steps later and is rewarded.
    fn after_one_spike(eligibility: Eligibility) -> [f32; 2] {
        let mut net = chain(eligibility);
        let mut fired = Vec::new();
        for step in 0..20 {
            net.step(if step == 5 { &[0] } else { &[] }, 1.0);
            fired.extend(net.hidden_fired.iter().map(|_| (step, "hidden")));
            fired.extend(net.output_fired.iter().map(|_| (step, "output")));
        }
        assert_eq!(fired, [(6, "hidden"), (7, "output")]);
        [net.w_in[0] - 17.0, net.w_out[0] - 17.0]
    }

    #[test]
    fn only_a_trace_lets_the_reward_reach_the_first_layer() {
        let pair = math::exp(-1.0 / 20.0);
        let [first, second] = after_one_spike(Eligibility::Instant);
        assert!(first == 0.0 && (second - pair).abs() < 1e-5, "{first} {second}");
        let [first, second] = after_one_spike(Eligibility::Trace { tau_z_ms: 25.0 });
        assert!((second - pair / 25.0).abs() < 1e-5, "{second}");
        assert!((first - pair / 25.0 * math::exp(-1.0 / 25.0)).abs() < 1e-5, "{first}");
    }

    #[test]
    fn the_frozen_twin_fires_and_does_not_learn() {
        let mut net = chain(Eligibility::Instant).frozen();
        for step in 0..50 {
            net.step(if step % 5 == 0 { &[0] } else { &[] }, 1.0);
        }
        assert_eq!([net.w_in[0], net.w_out[0]], [17.0; 2]);
        assert_eq!(net.eligibility(), [0.0; 2]);
    }
}
