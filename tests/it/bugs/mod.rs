//! Bugs that were found once: one test each, which failed before the bug was mended.

use stdp_playground::sim::TimeGrid;
use stdp_playground::sim::network::{Network, Population, Projection};
use stdp_playground::sim::neuron::{Lif, LifParams};
use stdp_playground::sim::synapse::ExponentialCurrent;

/// A current that had become infinite went unseen while its neuron was refractory at every check: the
/// neuron fired at the end of its refractory time, was reset at once, and looked sound.
#[test]
fn an_infinite_current_is_a_fault() {
    let grid = TimeGrid::new(1.0);
    let params =
        LifParams { tau_m_ms: 20.0, e_l_mv: 0.0, v_th_mv: 10.0, v_reset_mv: 0.0, t_ref_ms: 20.0 };
    let mut source = Population::new("source", Lif::new(1, &params, grid));
    source.drive_mv[0] = 50.0;
    let target = Population::new("target", Lif::new(1, &params, grid));
    let mut projection = Projection::new(0, 1, 1, vec![f32::MAX], 1);
    // A spike adds w/τ, so that a time constant below 1 ms is enough.
    projection.soma = Some(ExponentialCurrent::new(1, 0.5, 20.0, 1.0, grid));
    let mut network = Network::new(grid, vec![source, target], vec![projection]);
    for _ in 0..1_024 {
        network.step(false);
    }
    let fault = network.look().expect("a fault").to_string();
    assert!(fault.contains("not a finite number"), "{fault}");
}
