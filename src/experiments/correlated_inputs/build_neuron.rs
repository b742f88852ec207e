//! From parameters to the neuron with its inputs, its synapses and its rule.

use super::classes::Class;
use super::params::NeuronParams;
use crate::sim::encode::{Counting, Group, Poisson, Source};
use crate::sim::fast::fan_in::FanIn;
use crate::sim::{Stream, Tick, TimeGrid};

/// The neuron at its first tick.
pub fn build(
    p: &NeuronParams,
    classes: &[Class],
    num_ticks: Tick,
    grid: TimeGrid,
    seed: u32,
) -> FanIn {
    let num = p.num_inputs as usize;
    let mut initial = Stream::new(seed, "weights");
    let (low, high) = (p.w_init_min as f32, p.w_init_max as f32);
    let weights = (0..num).map(|_| initial.between(low, high)).collect();
    let (cell, gain) = p.cell.build(p.num_inputs, grid, seed);
    let source = source(p, classes, num_ticks, grid, seed);
    let mut neuron = FanIn::new(grid, source, cell, weights, gain, None);
    neuron.rule = p.learning.build_rule(num, grid, seed);
    neuron.published = p.learning.build_published(num, grid);
    neuron.homeostasis = p.homeostasis.build(p.num_inputs, grid);
    neuron.inhibition = p.cell.build_inhibition(grid, seed);
    neuron
}

fn source(
    p: &NeuronParams,
    classes: &[Class],
    num_ticks: Tick,
    grid: TimeGrid,
    seed: u32,
) -> Source {
    if p.rate_span_hz > 0.0 {
        let per_input = p.rate_span_hz / f64::from(p.num_inputs - 1);
        let rates: Vec<f32> = (0..p.num_inputs)
            .map(|input| (p.rate_hz + per_input * f64::from(input)) as f32)
            .collect();
        let stream = Stream::new(seed, "input");
        return Source::Poisson(Poisson::new(Counting::OncePerTick, &rates, grid, stream));
    }
    // Groups follow one another from the first input on: one without correlation keeps its place before one that has
    // some. Members of a pattern are a group whatever the correlation says.
    let is_group = |class: &Class| match p.generator.is_of_groups() {
        true => class.correlation > 0.0,
        false => class.is_group,
    };
    let num_groups = classes.iter().rposition(is_group).map_or(0, |last| last + 1);
    let groups: Vec<Group> = classes[..num_groups]
        .iter()
        .map(|class| Group { size: class.size, correlation: class.correlation as f32 })
        .collect();
    p.generator.source((p.num_inputs, num_ticks), p.rate_hz, &groups, grid, (seed, "input"))
}
