//! From a description to the simulator's network of populations and projections: the way back of
//! [`described`](super::described).
//!
//! What [`sim::network`](crate::sim::network) does not do yet is an [`Unbuildable`], with what to do instead.

mod cells;
mod checks;
mod constants;
mod currents;
mod effects;
mod listed;
mod models;
mod modulators;
mod own_rules;
mod rules;
mod sources;
mod synapses;

pub use listed::{ListedSynapse, listed};

use crate::net::{self, Drive};
use crate::sim::network::{MOST_RECEIVERS, Network, Span};
use crate::sim::{Stream, TimeGrid};

/// Bytes of all synapses of a network, at most: more would not fit beside the rest in a browser's tab.
pub const MOST_SYNAPSE_BYTES: u64 = 64 << 20;

/// Why a description cannot be built: who, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unbuildable {
    /// The population, projection or source.
    pub who: String,
    /// What it has.
    pub what: String,
    /// What to do.
    pub remedy: &'static str,
}

impl std::fmt::Display for Unbuildable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}. {}", self.who, self.what, self.remedy)
    }
}

/// Says why not.
fn refused<T>(who: &str, what: impl Into<String>, remedy: &'static str) -> Result<T, Unbuildable> {
    Err(Unbuildable { who: who.into(), what: what.into(), remedy })
}

/// The network of these populations and of all synapses between them. Weights and wiring are drawn from the stream
/// `wiring`, in the order of the projections; where neurons begin from `start`; each source has a stream of its own name;
/// ties of a competition are broken by the stream `ties`.
///
/// # Errors
/// What cannot be built, and what to do.
pub fn network(
    described: &net::Network,
    names: &[&str],
    seed: u32,
) -> Result<Network, Unbuildable> {
    let grid = TimeGrid::new(described.dt_ms);
    let (mut wiring, mut start) = (Stream::new(seed, "wiring"), Stream::new(seed, "start"));
    let of = |name: &&str| described.population(name).expect("a population of this name");
    let all: Vec<&net::Population> = names.iter().map(of).collect();
    let place_of = |end: &net::Members| names.iter().position(|name| *name == end.population);
    let is_between =
        |of: &&net::Projection| [&of.from, &of.to].iter().all(|end| place_of(end).is_some());
    checks::check(&all, described.projections.iter().filter(is_between), described)?;
    let (mut modulators, mut signals) = (Vec::new(), Vec::new());
    let heard = |of: &net::Modulator| {
        let mut waiting = described.projections.iter().filter(is_between).filter_map(waits_for);
        waiting.any(|name| *name == of.name)
    };
    for of in described.modulators.iter().filter(|of| heard(of)) {
        if let Some(modulator) = self::modulators::modulator(of, place_of, grid, seed)? {
            modulators.push(modulator);
            signals.push(&*of.name);
        }
    }
    let (mut projections, mut num_bytes) = (Vec::new(), 0);
    for of in &described.projections {
        let (Some(pre), Some(post)) = (place_of(&of.from), place_of(&of.to)) else { continue };
        num_bytes += synapses::num_bytes(of);
        if num_bytes > MOST_SYNAPSE_BYTES {
            let remedy = "Make populations smaller, or connect them more sparsely.";
            let what = format!(
                "its synapses and those before take {} MB, more than {} MB",
                num_bytes >> 20,
                MOST_SYNAPSE_BYTES >> 20
            );
            return refused(&of.name, what, remedy);
        }
        let ends = ([pre, post], [all[pre], all[post]]);
        let mut projection = synapses::projection(of, ends, grid, (seed, &mut wiring))?;
        let signal = |name: &str| signals.iter().position(|own| *own == name);
        projection.payout = self::modulators::payout(of, signal, grid)?;
        projections.push(projection);
    }
    let mut populations = Vec::new();
    for of in &all {
        populations.push(cells::population(of, described, (seed, &mut start), grid)?);
    }
    let mut network = Network::new(grid, populations, projections);
    network.modulators = modulators;
    for source in &described.sources {
        let Some(place) = place_of(&source.to) else { continue };
        if let Drive::Current { r_i_mv } = source.drive {
            let drive = &mut network.populations[place].drive_mv;
            let members = drive.iter_mut().skip(source.to.first as usize);
            members.take(source.to.size as usize).for_each(|drive| *drive += r_i_mv as f32);
            continue;
        }
        network.inputs.extend(sources::input(source, place, grid, seed)?);
    }
    Ok(network)
}

/// The signal that the rule of a projection waits for.
fn waits_for(of: &net::Projection) -> Option<&String> {
    Some(&of.rule.as_ref()?.eligibility.as_ref()?.modulator)
}

/// Members by their numbers.
fn span(of: &net::Members) -> Span {
    Span { first: of.first, size: of.size }
}

#[cfg(test)]
mod tests {
    use super::rules::pair_params;
    use super::*;
    use crate::lab::described::{lif as described_lif, pair_rule, pair_weights};
    use crate::net::{Draw, Synapse};
    use crate::net::{Role, Schedule, Unit};
    use crate::sim::connect;
    use crate::sim::network::AnyNeurons;
    use crate::sim::neuron::{Lif, LifParams};
    use crate::sim::plasticity::{self, Bound, PairStdpParams, Rule};

    #[test]
    fn what_was_described_comes_back() {
        let neurons = LifParams {
            tau_m_ms: 20.0,
            e_l_mv: -70.0,
            v_th_mv: -50.0,
            v_reset_mv: -65.0,
            t_ref_ms: 2.0,
        };
        let rule = PairStdpParams {
            a_plus: 0.1,
            a_minus: 0.2,
            tau_plus_ms: 10.0,
            tau_minus_ms: 30.0,
            w_min: -1.0,
            w_max: 2.0,
            bound: Bound::Soft,
            pairing: plasticity::Pairing::Reduced,
            coincidence: plasticity::Coincidence::Both,
        };
        let mut net = net::Network::new(0.5, Schedule::continuous(10.0));
        let population = |name, size, layer| {
            net::Population::new(name, size, layer, Role::Hidden, described_lif(&neurons))
        };
        let [a, b, beside] = [population("a", 3, 0), population("b", 2, 1), population("c", 2, 1)];
        for to in [&beside, &b] {
            let weights = pair_weights(&rule, Draw::Uniform { low: 0.5, high: 1.0 }, Unit::None);
            assert_eq!(pair_params(&pair_rule(&rule), &weights), rule);
            let synapse = Synapse::Current { tau_s_ms: 5.0, area_mv_ms: 1.0 };
            let projection = net::Projection::all_to_all("x", [&a, to], weights, synapse);
            net.projections.push(projection.delayed(1.5).learning(pair_rule(&rule)));
        }
        net.populations = vec![a, b, beside];
        let built = network(&net, &["a", "b"], 7).expect("a network");
        let names: Vec<&str> = built.populations.iter().map(|of| &*of.name).collect();
        assert_eq!((names, built.projections.len()), (vec!["as", "bs"], 1));
        let lif = Lif::new(2, &neurons, TimeGrid::new(0.5));
        assert_eq!(built.populations[1].neurons, AnyNeurons::new(lif));
        let mut wiring = Stream::new(7, "wiring");
        let weights = connect::all_to_all(3, 2, 0.5, 1.0, &mut wiring);
        assert_eq!(built.projections[0].weights(), weights, "what is beside draws nothing");
        assert!(matches!(built.projections[0].stdp, Some(Rule::Pair(_))));
    }
}
