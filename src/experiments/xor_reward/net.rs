//! The network of the paper: which weights each layer may have, and how they are drawn.

use super::params::{Coding, Rule, XorReward};
use crate::sim::encode::BitInputs;
use crate::sim::fast::reward_net::{Layer, RewardNet};
use crate::sim::neuron::DeltaLifParams;
use crate::sim::plasticity::{Eligibility, RewardStdpParams};
use crate::sim::{Stream, TimeGrid};

/// Inputs of one bit in a rate code; the first half of them excites.
pub const GROUP: u32 = 30;

/// How many inputs a coding has.
pub fn num_inputs(p: &XorReward) -> u32 {
    if p.is_rate() { 2 * GROUP } else { 2 }
}

/// Inputs before the first presentation.
pub fn inputs(p: &XorReward, seed: u32) -> BitInputs {
    let stream = Stream::new(seed, "input");
    match p.coding {
        Coding::Rate { rate_hz } => BitInputs::by_rate(GROUP, rate_hz / 1_000.0, stream),
        Coding::Temporal { num_spikes } => {
            BitInputs::by_time(p.presentation_ms, num_spikes, stream)
        }
    }
}

/// Least and greatest weight of each input onto hidden neurons, and of each of those onto the output.
pub fn bounds(p: &XorReward) -> [Vec<[f32; 2]>; 2] {
    let w_max = p.w_in_max_mv as f32;
    let of_input = |input: u32| match p.coding {
        Coding::Temporal { .. } => [-w_max, w_max],
        Coding::Rate { .. } if input % GROUP < GROUP / 2 => [0.0, w_max],
        Coding::Rate { .. } => [-w_max, 0.0],
    };
    let onto_output = vec![[0.0, p.w_out_max_mv as f32]; p.num_hidden as usize];
    [(0..num_inputs(p)).map(of_input).collect(), onto_output]
}

/// Constants of hidden neurons and of the output.
pub fn neuron(p: &XorReward) -> DeltaLifParams {
    DeltaLifParams { tau_m_ms: p.tau_m_ms, e_l_mv: -70.0, v_th_mv: -54.0, v_reset_mv: -70.0 }
}

/// A network at rest, whose weights are drawn uniformly within their bounds.
pub fn build(p: &XorReward, grid: TimeGrid, seed: u32) -> RewardNet {
    let mut stream = Stream::new(seed, "weights");
    let mut num_post = p.num_hidden;
    let layers = bounds(p).map(|bounds| {
        let mut weights = Vec::with_capacity(bounds.len() * num_post as usize);
        for &[low, high] in &bounds {
            weights.extend((0..num_post).map(|_| stream.between(low, high)));
        }
        num_post = 1;
        Layer { weights, bounds }
    });
    let rule = RewardStdpParams {
        a_plus: p.a_plus,
        a_minus: p.a_minus,
        tau_plus_ms: p.tau_plus_ms,
        tau_minus_ms: p.tau_minus_ms,
        eligibility: match p.rule {
            Rule::Mstdp => Eligibility::Instant,
            Rule::Mstdpet => Eligibility::Trace { tau_z_ms: p.tau_z_ms },
        },
    };
    RewardNet::new(&neuron(p), rule, layers, grid)
}
