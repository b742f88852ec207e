//! Inputs on a layer of leaky neurons with a soft threshold, whose synapses wait for somebody to say what a pairing was
//! worth.
//!
//! **Order of a step.** Traces decay; input spikes arrive and are noted; neurons integrate, fire by chance and are reset;
//! their spikes are noted. What the notes are worth is said from outside ([`GatedNet::gate`]).
//!
//! **State.** Potentials, currents, weights and what the rule notes down: see `neuron/lif.rs`, `neuron/escape_rate.rs`,
//! `synapse/exponential.rs` and `plasticity/gated_stdp.rs`, which have the equations and sources.

use get_size2::GetSize;

use crate::neuron::{Escape, EscapeRate, Lif, LifParams};
use crate::plasticity::{GatedStdp, GatedStdpParams};
use crate::synapse::ExponentialCurrent;
use crate::{Fault, Stream, Tick, TimeGrid, connect};

/// Constants of a network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GatedNetParams {
    /// Of the neurons.
    pub membrane: LifParams,
    /// What makes them fire.
    pub escape: Escape,
    /// Decay of the synaptic current.
    pub tau_s_ms: f64,
    /// Resistance that a weight's current meets.
    pub r_m: f64,
    /// Weights are drawn from the first to the second of these.
    pub w_init: (f32, f32),
    /// They lie between 0 and this.
    pub w_max: f32,
    /// The rule.
    pub rule: GatedStdpParams,
}

/// Inputs, outputs and what is between them.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct GatedNet {
    num_outputs: u32,
    w_max: f32,
    current: ExponentialCurrent,
    lif: Lif,
    law: EscapeRate,
    rule: GatedStdp,
    /// `weights[input × num_outputs + output]`: the height of a postsynaptic potential in mV.
    pub weights: Vec<f32>,
    /// The outputs that fired in the last step.
    pub fired: Vec<u32>,
    drive: Vec<f32>,
    jump: Vec<f32>,
}

impl GatedNet {
    /// A network of `shape` inputs and outputs at rest; two streams draw its weights and its spikes.
    pub fn new(
        shape: [u32; 2],
        p: &GatedNetParams,
        grid: TimeGrid,
        [mut initial, output]: [Stream; 2],
    ) -> Self {
        let [inputs, outputs] = shape.map(|num| num as usize);
        let (low, high) = p.w_init;
        let LifParams { tau_m_ms, t_ref_ms, .. } = p.membrane;
        Self {
            num_outputs: shape[1],
            w_max: p.w_max,
            current: ExponentialCurrent::new(outputs, p.tau_s_ms, tau_m_ms, p.r_m, grid),
            lif: Lif::new(outputs, &p.membrane, grid),
            law: EscapeRate::new(outputs, p.escape, t_ref_ms, grid, output),
            rule: GatedStdp::new(inputs, outputs, p.rule, grid),
            weights: connect::all_to_all(inputs, outputs, low, high, &mut initial),
            fired: Vec::new(),
            drive: vec![0.0; outputs],
            jump: vec![0.0; outputs],
        }
    }

    /// One step, in which these inputs fire.
    pub fn step(&mut self, spikes: impl Iterator<Item = u32>) {
        self.rule.tick();
        let num = self.num_outputs as usize;
        for input in spikes {
            let input = input as usize;
            self.current.receive(&self.weights[input * num..(input + 1) * num]);
            self.rule.pre_spike(input);
        }
        self.jump.fill(0.0);
        self.current.advance(&mut self.jump);
        self.lif.integrate(&self.drive, &self.jump);
        self.law.fire(&self.lif, None, &mut self.fired);
        self.lif.reset_fired(&self.fired);
        for &output in &self.fired {
            self.rule.post_spike(output as usize);
        }
    }

    /// Turns eligibility into weights; `gain` = η S.
    pub fn gate(&mut self, gain: f32) {
        self.rule.gate(gain, (0.0, self.w_max), &mut self.weights);
    }

    /// What waits at the synapse from this input onto this output.
    pub fn eligibility(&self, input: usize, output: usize) -> f32 {
        self.rule.eligibility(input, output)
    }

    /// Back to rest, with the weights as they are.
    pub fn rest(&mut self) {
        self.current.clear();
        self.lif.reset();
        self.law.reset();
        self.rule.clear();
    }

    /// Looks for values that are not finite.
    pub fn find_fault(&self, tick: Tick) -> Option<Fault> {
        let columns = [("V", self.lif.v_mv()), ("weight", &self.weights[..])];
        Fault::non_finite(tick, "outputs", columns)
    }
}
