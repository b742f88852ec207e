//! From a description to the simulator's network of populations and projections: the way back of
//! [`described`](super::described), for what [`sim::network`](crate::sim::network) can do so far.

use crate::net::{
    self, Adaptation, Coincidence, Competition, Delay, Dependence, Draw, Homeostasis, Model,
    Pairing, Synapse, Window, Wiring,
};
use crate::sim::competition::WinnerTakeAll;
use crate::sim::network::{Network, Population, Projection};
use crate::sim::neuron::adds::{AddsParams, Dendrites};
use crate::sim::neuron::{Lif, LifParams};
use crate::sim::plasticity::{
    self, AdaptiveThreshold, AdaptiveThresholdParams, Bound, EligibilityStdp, PairStdp,
    PairStdpParams, Rule,
};
use crate::sim::synapse::ExponentialCurrent;
use crate::sim::{Stream, TimeGrid, connect};

/// The network of these populations and of all synapses between them. Weights are drawn from the stream `wiring`, in the
/// order of the projections; ties of a competition are broken by the stream `ties`.
///
/// # Panics
/// If a population is not there or its neurons are not leaky, if weights are not drawn uniformly, delays not fixed,
/// synapses neither currents nor dendrites, or rules not of pairs.
pub fn network(described: &net::Network, names: &[&str], seed: u32) -> Network {
    let grid = TimeGrid::new(described.dt_ms);
    let mut wiring = Stream::new(seed, "wiring");
    let of = |name: &&str| described.population(name).expect("a population of this name");
    let populations: Vec<&net::Population> = names.iter().map(of).collect();
    let place_of = |end: &net::Members| names.iter().position(|name| *name == end.population);
    let projections = described.projections.iter().filter_map(|of| {
        let [pre, post] = [place_of(&of.from)?, place_of(&of.to)?];
        Some(projection(of, [pre, post], &lif(populations[post]), grid, &mut wiring))
    });
    let projections = projections.collect();
    let populations = populations.into_iter().map(|of| population(of, grid, seed)).collect();
    Network::new(grid, populations, projections)
}

fn lif(of: &net::Population) -> LifParams {
    match of.parts[0].model {
        Model::Lif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, .. } => {
            LifParams { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms }
        }
        _ => panic!("{}: not leaky", of.name),
    }
}

fn population(of: &net::Population, grid: TimeGrid, seed: u32) -> Population {
    let num = of.size as usize;
    // Messages speak of all of them.
    let name = format!("{}s", of.name);
    let mut population = Population::new(&name, Lif::new(num, &lif(of), grid));
    if let Some(Adaptation::Steady { theta_plus_mv, target_rate_hz, theta_min_mv, .. }) =
        of.adaptation
    {
        let params = AdaptiveThresholdParams { theta_plus_mv, target_rate_hz, theta_min_mv };
        population.threshold = Some(AdaptiveThreshold::new(num, &params, grid));
    }
    if let Some(Competition::WinnerTakeAll { inhibition_mv, .. }) = of.competition {
        let ties = Stream::new(seed, "ties");
        population.competition = Some(WinnerTakeAll::new(inhibition_mv as f32, ties));
    }
    population
}

fn projection(
    of: &net::Projection,
    [pre, post]: [usize; 2],
    receiver: &LifParams,
    grid: TimeGrid,
    wiring: &mut Stream,
) -> Projection {
    let [num_pre, num] = [of.from.size as usize, of.to.size as usize];
    let (Draw::Uniform { low, high }, Delay::Fixed { delay_ms }) = (&of.weights.start, &of.delay)
    else {
        panic!("{}: weights that are not uniform, or delays that are not fixed", of.name);
    };
    let (low, high) = (*low as f32, *high as f32);
    let weights = match of.wiring {
        Wiring::AllToAll => connect::all_to_all(num_pre, num, low, high, wiring),
        Wiring::AllToOthers => connect::all_to_others(num, low, high, wiring),
        _ => panic!("{}: not all to all", of.name),
    };
    let ticks = grid.ticks_from_ms(*delay_ms);
    let mut projection = Projection::new(pre as u8, post as u8, num, weights, ticks);
    let LifParams { tau_m_ms, v_th_mv, .. } = *receiver;
    let soma = |tau_s_ms, r_m| Some(ExponentialCurrent::new(num, tau_s_ms, tau_m_ms, r_m, grid));
    match of.synapse {
        Synapse::Current { tau_s_ms, area_mv_ms } => projection.soma = soma(tau_s_ms, area_mv_ms),
        Synapse::Dendrite {
            tau_min_ms, tau_max_ms, r_m, impulse, tau_s_ms, area_mv_ms, ..
        } => {
            let p = AddsParams { tau_min_ms, tau_max_ms, tau_m_ms, v_th_mv, r_m, impulse };
            projection.dendrites = Some(Dendrites::new(num, projection.weights(), p, grid));
            projection.soma = soma(tau_s_ms, area_mv_ms);
        }
        _ => panic!("{}: neither currents nor dendrites", of.name),
    }
    projection.stdp = of.rule.as_ref().map(|rule| {
        let (pair, waits) = (pair_params(rule, &of.weights), rule.eligibility.as_ref());
        match waits.and_then(|waiting| waiting.tau_e_ms) {
            Some(tau) => Rule::Eligibility(EligibilityStdp::new(num_pre, num, pair, tau, grid)),
            None => Rule::Pair(PairStdp::new(num_pre, num, pair, grid)),
        }
    });
    if let Some(
        Homeostasis::NormaliseAtSpikes { total, from_start }
        | Homeostasis::NormalisePerTrial { total, from_start },
    ) = of.homeostasis.first()
    {
        projection.normalise_to = Some(*total as f32);
        if *from_start {
            projection.normalise_all();
        }
    }
    projection
}

/// The constants of pair STDP.
fn pair_params(rule: &net::Rule, weights: &net::Weights) -> PairStdpParams {
    let Window::Pair { a_plus, a_minus, tau_plus_ms, tau_minus_ms } = rule.window else {
        panic!("a rule that is not of pairs");
    };
    PairStdpParams {
        a_plus,
        a_minus,
        tau_plus_ms,
        tau_minus_ms,
        w_min: weights.min.unwrap_or(f64::NEG_INFINITY),
        w_max: weights.max.unwrap_or(f64::INFINITY),
        bound: match rule.dependence {
            Dependence::Soft => Bound::Soft,
            Dependence::Hard => Bound::Hard,
            Dependence::Gate => Bound::Gate,
            Dependence::Unbounded => Bound::Unbounded,
            _ => panic!("a rule whose dependence on the weight is of another kind"),
        },
        pairing: match rule.pairing {
            Pairing::AllToAll => plasticity::Pairing::AllToAll,
            Pairing::Nearest => plasticity::Pairing::Nearest,
            Pairing::PresynapticCentred => plasticity::Pairing::PresynapticCentred,
            Pairing::Reduced => plasticity::Pairing::Reduced,
            Pairing::Neighbours => panic!("a rule that pairs neighbours in the list of all spikes"),
        },
        coincidence: match rule.coincidence {
            Coincidence::PreFirst => plasticity::Coincidence::PreFirst,
            Coincidence::PostFirst => plasticity::Coincidence::PostFirst,
            Coincidence::Both => plasticity::Coincidence::Both,
            Coincidence::Neither => plasticity::Coincidence::Neither,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::described::{lif as described_lif, pair_rule, pair_weights};
    use crate::net::{Role, Schedule, Unit};

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
        let built = network(&net, &["a", "b"], 7);
        let names: Vec<&str> = built.populations.iter().map(|of| &*of.name).collect();
        assert_eq!((names, built.projections.len()), (vec!["as", "bs"], 1));
        assert_eq!(built.populations[1].neurons, Lif::new(2, &neurons, TimeGrid::new(0.5)));
        let mut wiring = Stream::new(7, "wiring");
        let weights = connect::all_to_all(3, 2, 0.5, 1.0, &mut wiring);
        assert_eq!(built.projections[0].weights(), weights, "what is beside draws nothing");
        assert!(matches!(built.projections[0].stdp, Some(Rule::Pair(_))));
    }
}
