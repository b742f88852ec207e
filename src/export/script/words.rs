//! Names, numbers and what else is the same in every simulator.

use crate::net::{Delay, Members, Model, Network, Population, Projection, Receptor, Synapse};

/// A name that Python takes.
pub(super) fn ident(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let name: String = name.chars().map(letter).collect();
    match name.starts_with(|c: char| c.is_ascii_digit()) || name.is_empty() {
        true => format!("group_{name}"),
        false => name,
    }
}

/// A number, with a point so that it is divided as one, and without what binary fractions leave behind.
pub(super) fn number(value: f64) -> String {
    let value: f64 = format!("{:.11e}", value + 0.0).parse().unwrap_or(value);
    match value.abs() {
        size if size != 0.0 && !(1e-4..1e7).contains(&size) => format!("{value:e}"),
        _ => format!("{value:?}"),
    }
}

/// Members of a population: all of it, or a slice.
pub(super) fn members(of: &Members, size: u32) -> String {
    let name = ident(&of.population);
    match of.first == 0 && of.size == size {
        true => name,
        false => format!("{name}[{}:{}]", of.first, of.first + of.size),
    }
}

/// Fires as it is told.
pub(super) fn is_input(population: &Population) -> bool {
    population.parts.iter().all(|part| part.model == Model::SpikeSource)
}

/// The population of these members.
pub(super) fn population<'n>(net: &'n Network, of: &Members) -> &'n Population {
    net.population(&of.population).expect("a population of this name")
}

/// Both ends of a projection, in Python.
pub(super) fn ends(net: &Network, of: &Projection) -> [String; 2] {
    [&of.from, &of.to].map(|end| members(end, population(net, end).size))
}

/// What a spike does with the sign that it has. Inhibition is told by strengths, by weights that may be negative themselves,
/// or by what a weight of 1 does.
pub(super) fn signed(of: &Projection, value: f64) -> f64 {
    let least = of.weights.min.unwrap_or(0.0).min(of.weights.start.range().0);
    let is_strength = of.receptor == Receptor::Inhibitory && least >= 0.0;
    if is_strength { -value.abs() } else { value }
}

/// Time constants and reversal potentials of what excites and of what inhibits.
pub(super) fn conductances(net: &Network, population: &Population) -> [[f64; 2]; 2] {
    let of = |receptor: Receptor| {
        let onto = net.projections.iter().filter(|of| of.to.population == population.name);
        let mut own = onto.filter(|of| {
            (of.receptor == Receptor::Inhibitory) == (receptor == Receptor::Inhibitory)
        });
        own.find_map(|of| match of.synapse {
            Synapse::Conductance { tau_s_ms, e_rev_mv, .. } => Some([tau_s_ms, e_rev_mv]),
            _ => None,
        })
        // Nothing opens it.
        .unwrap_or([5.0, 0.0])
    };
    [of(Receptor::Excitatory), of(Receptor::Inhibitory)]
}

/// The least number of steps for which spikes of these inputs are under way; 0: they act in their own step.
pub(super) fn least_steps(net: &Network, population: &Population) -> u32 {
    let sent = net.projections.iter().filter(|of| of.from.population == population.name);
    let steps = sent.map(|of| match of.delay {
        Delay::Fixed { delay_ms: ms } | Delay::Uniform { low_ms: ms, .. } => {
            (ms / net.dt_ms).round() as u32
        }
    });
    steps.min().unwrap_or(1)
}
