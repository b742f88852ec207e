//! Bugs that were found once: one test each, which failed before the bug was mended.

use stdp_playground::experiments::REGISTRY;
use stdp_playground::lab::link;
use stdp_playground::sim::TimeGrid;
use stdp_playground::sim::network::{Effect, Network, Population, Projection};
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
    let current = ExponentialCurrent::new(1, 0.5, 20.0, 1.0, grid);
    projection.effects = vec![Effect::Current(current)];
    let mut network = Network::new(grid, vec![source, target], vec![projection]);
    for _ in 0..1_024 {
        network.step(false);
    }
    let fault = network.look().expect("a fault").to_string();
    assert!(fault.contains("not a finite number"), "{fault}");
}

/// The second run took over what its own variant of the model has not, and that broke a rule: its own value was refused.
#[test]
fn what_another_variant_has_does_not_refuse_a_value_of_the_second_run() {
    let given = "demo=correlated_inputs&v=1&recipe=mip&correlated_share=0&correlated_share_2=0.2&compare=1\
                 &b.recipe=offsets&b.correlated_share=1";
    let (link, notices) = link::parse(given, REGISTRY);
    assert_eq!(notices, []);
    let twin = link.twin.as_ref().expect("a second run");
    let value = |key| {
        let pairs = stdp_playground::lab::values::pairs(&*twin.params);
        pairs.into_iter().find(|(other, _)| *other == key).map(|(_, value)| value)
    };
    assert_eq!(value("correlated_share").as_deref(), Some("1"));
    assert_eq!(value("correlated_share_2"), None);
    let (again, notices) = link::parse(&link.print(), REGISTRY);
    assert_eq!(notices, []);
    assert_eq!(again, link);
}
