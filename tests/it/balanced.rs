//! Networks that are built from their descriptions: the benchmarks spike by spike against Brian 2, and what is refused.

use std::collections::BTreeSet;

use serde::Deserialize;
use stdp_playground::experiments::describe;
use stdp_playground::lab::built;
use stdp_playground::net::*;
use stdp_playground::sim::math;

use crate::runs::spec_of;

const DT_MS: f64 = 0.1;

/// The network of a preset, or of another link, of the page.
fn described(link: &str) -> Network {
    describe(&spec_of(&format!("demo=balanced_networks&{link}")))
}

fn cuba() -> Network {
    described("part=benchmark&synapses=currents")
}

fn coba() -> Network {
    described("part=benchmark&synapses=conductances")
}

fn leaky([e_l_mv, v_th_mv, v_reset_mv]: [f64; 3], tau_m_ms: f64) -> Model {
    Model::Lif {
        tau_m_ms,
        e_l_mv,
        v_th_mv,
        v_reset_mv,
        t_ref_ms: 0.0,
        reset: Reset::Hard,
        firing: Firing::Sharp,
        method: Method::Exact,
    }
}

#[derive(Deserialize)]
struct Spikes {
    seed: u32,
    ticks: Vec<u64>,
    neurons: Vec<u32>,
}

#[derive(Deserialize)]
struct Reference {
    dt_ms: f64,
    cases: Vec<Spikes>,
}

/// How many of Brian's spikes of the first 20 ms come here in the same step, as a share of all that come in either.
fn share_of_brians(described: &Network, case: &Spikes) -> f64 {
    let mut network = built::network(described, &["neuron"], case.seed).expect("a network");
    let theirs: BTreeSet<(u64, u32)> =
        case.ticks.iter().copied().zip(case.neurons.iter().copied()).collect();
    let mut ours = BTreeSet::new();
    for tick in 0..200 {
        network.step(false);
        ours.extend(network.populations[0].fired().iter().map(|neuron| (tick, *neuron)));
    }
    assert!(theirs.len() > 500, "{}", theirs.len());
    ours.intersection(&theirs).count() as f64 / ours.union(&theirs).count() as f64
}

/// The same wiring and start: later the networks part, since a rounding error grows.
#[test]
fn the_first_spikes_are_brians() {
    for (file, described) in [("cuba", cuba()), ("coba", coba())] {
        let path = format!("{}/tests/reference/{file}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).expect(&path);
        let Reference { dt_ms, cases } = serde_json::from_str(&text).expect(&path);
        assert_eq!(dt_ms, DT_MS);
        let shares: Vec<f64> = cases.iter().map(|case| share_of_brians(&described, case)).collect();
        println!("{file}: {shares:?}");
        let num = shares.iter().filter(|share| **share >= 0.99).count();
        assert!(num >= 4, "{file}: {shares:?}");
    }
}

#[test]
fn what_cannot_be_built_is_told_with_what_to_do() {
    let refusal = |spoil: &dyn Fn(&mut Network)| {
        let mut net = cuba();
        spoil(&mut net);
        built::network(&net, &["neuron"], 1).expect_err("a refusal").to_string()
    };
    let delayed: &dyn Fn(&mut Network) = &|net| {
        net.projections[0].delay = Delay::Uniform { low_ms: 0.0, high_ms: 2.0 };
    };
    assert_eq!(
        refusal(delayed),
        "excitation: delays that are drawn from 0 to 2 ms, at a step of 0.1 ms. Let them begin at one step, and end above that."
    );
    let spread: &dyn Fn(&mut Network) =
        &|net| net.projections[1].wiring = Wiring::ByDistance { lambda: 0.1 };
    let told = refusal(spread);
    assert!(
        told.starts_with(
            "inhibition: wiring by distance of neurons that do not stand in a grid. Lay"
        ),
        "{told}"
    );
    let many: &dyn Fn(&mut Network) = &|net| {
        net.populations[0].parts[0].size = 60_000;
        net.populations[0].size = 60_800;
        for projection in &mut net.projections {
            projection.to.size = 60_800;
        }
        net.projections[0].from.size = 60_000;
        net.projections[0].wiring = Wiring::Probability { p: 0.1 };
    };
    let told = refusal(many);
    assert!(told.contains("MB, more than 64 MB. Make populations smaller"), "{told}");
    let mixed: &dyn Fn(&mut Network) = &|net| {
        net.populations[0].parts[1].model = leaky([-49.0, -50.0, -60.0], 10.0);
    };
    assert!(refusal(mixed).contains("parts of several models"), "{}", refusal(mixed));
}

/// One input that fires every 20 ms onto one neuron that does not, by a synapse that depresses.
#[test]
fn short_term_plasticity_scales_what_a_spike_does() {
    let mut net = Network::continuous(DT_MS, 1_000.0);
    // Fires every 20 ms: τ ln(I / (I − 10)) without a refractory time.
    let sender = leaky([0.0, 10.0, 0.0], 20.0);
    let receiver = leaky([0.0, 1e9, 0.0], 1e9);
    let [pre, post] = [("pre", sender), ("post", receiver)]
        .map(|(name, model)| Population::new(name, 1, 0, Role::Hidden, model));
    let weights = Weights::fixed(1.0, Unit::Mv);
    let synapse = Synapse::Delta { per_weight: 1.0 };
    let mut projection =
        Projection::new("x", [pre.all(), post.all()], Wiring::OneToOne, weights, synapse);
    let (u, tau_d_ms) = (0.5, 200.0);
    let short_term = ShortTerm { u, tau_d_ms, tau_f_ms: 1e-6, sd: 0.0, tau_least_ms: 1e-6 };
    projection.short_term = Some(short_term);
    net.projections.push(projection);
    net.populations = vec![pre, post];
    let mut network = built::network(&net, &["pre", "post"], 1).expect("a network");
    network.populations[0].drive_mv[0] = 10.0 / (1.0 - math::exp(-1.0));
    let (mut ticks, mut jumps, mut before) = (Vec::new(), Vec::new(), 0.0);
    for tick in 0..20_000_u64 {
        network.step(false);
        if !network.populations[0].fired().is_empty() {
            ticks.push(tick);
        }
        let now = network.populations[1].neurons.v_mv()[0];
        if now - before > 0.01 {
            jumps.push(now - before);
        }
        before = now;
    }
    let interval_ms = (ticks[1] - ticks[0]) as f64 * DT_MS;
    // Steady state: R = (1 − e^(−t/τ)) / (1 − (1 − u) e^(−t/τ)).
    let kept = math::exp_f64(-interval_ms / tau_d_ms);
    let steady = u * (1.0 - kept) / (1.0 - (1.0 - u) * kept);
    assert!((f64::from(jumps[0]) - u).abs() < 1e-5, "{}", jumps[0]);
    let last = f64::from(*jumps.last().expect("spikes"));
    assert!(jumps.len() > 50 && (last - steady).abs() < 1e-3 * steady, "{last}, not {steady}");
}
