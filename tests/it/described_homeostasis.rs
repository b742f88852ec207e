//! What keeps weights in range, described and built: many neurons are each as if alone.

use stdp_playground::net::*;

use crate::described_networks::{build, ends, lif, spikes};

#[test]
fn each_neuron_is_kept_in_range_as_if_it_were_alone() {
    let scaling = Homeostasis::Scaling {
        target_rate_hz: 20.0,
        tau_rate_ms: 200.0,
        tau_scaling_ms: 400.0,
        every_ms: 10.0,
    };
    for homeostasis in [scaling, Homeostasis::NormaliseEvery { total: 2.5, every_ms: 10.0 }] {
        // The weights of five inputs onto one of two neurons, or onto both.
        let weights_of = |neurons: &[usize]| {
            let mut net = Network::continuous(0.5, 1_000.0);
            let num = neurons.len() as u32;
            let ends = ends(&mut net, [5, num], 40.0, lif(2.0, Firing::Sharp));
            let start = |pre: usize, post: usize| 0.3 + 0.05 * pre as f64 + 0.2 * post as f64;
            let values = (0..5).flat_map(|pre| neurons.iter().map(move |post| start(pre, *post)));
            let weights = Weights::new(Draw::Listed { values: values.collect() }, Unit::None);
            let synapse = Synapse::Delta { per_weight: 8.0 };
            let ends_of = [&ends[0], &ends[1]];
            let mut projection =
                Projection::all_to_all("x", ends_of, weights.within(0.0, 5.0), synapse);
            projection.homeostasis = vec![homeostasis.clone()];
            net.projections.push(projection);
            let mut network = build(net, ends);
            spikes(&mut network, 4_000);
            network.projections[0].weights().to_vec()
        };
        let both = weights_of(&[0, 1]);
        let alone: Vec<Vec<f32>> = [0, 1].map(|neuron| weights_of(&[neuron])).to_vec();
        for (place, w) in both.iter().enumerate() {
            assert!((w - alone[place % 2][place / 2]).abs() < 1e-5, "{homeostasis:?}: {place}");
        }
        let sums = [0, 1].map(|post| both.iter().skip(post).step_by(2).sum::<f32>());
        // They began at 2 and at 3.
        let is_fixed = matches!(homeostasis, Homeostasis::NormaliseEvery { .. });
        let is_kept = |(sum, began): (f32, f32)| match is_fixed {
            true => (sum - 2.5).abs() < 1e-4,
            false => (sum - began).abs() > 0.01,
        };
        assert!(sums.into_iter().zip([2.0, 3.0]).all(is_kept), "{homeostasis:?}: {sums:?}");
    }
}
