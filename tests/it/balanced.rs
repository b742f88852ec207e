//! Balanced networks through the general step: published rates over seeds, built from their descriptions.

use std::collections::BTreeSet;

use serde::Deserialize;
use stdp_playground::lab::built;
use stdp_playground::net::*;
use stdp_playground::sim::math;
use stdp_playground::sim::network::Network as Built;

const DT_MS: f64 = 0.1;

fn lif(tau_m_ms: f64, [e_l_mv, v_th_mv, v_reset_mv]: [f64; 3], t_ref_ms: f64) -> Model {
    Model::Lif {
        tau_m_ms,
        e_l_mv,
        v_th_mv,
        v_reset_mv,
        t_ref_ms,
        reset: Reset::Hard,
        firing: Firing::Sharp,
        method: Method::Exact,
    }
}

/// Excitatory and inhibitory neurons of one model, whose variables begin as drawn.
fn both(sizes: [u32; 2], model: &Model, start: &[(&str, Draw)]) -> Population {
    let part = |name, size, role| {
        let from = |(variable, from): &(&str, Draw)| Start {
            variable: (*variable).into(),
            from: from.clone(),
            at_or_above: None,
        };
        Part {
            start: start.iter().map(from).collect(),
            ..Part::new(name, size, role, model.clone())
        }
    };
    let [num_exc, num_inh] = sizes;
    let parts = vec![
        part("excitatory", num_exc, Role::Excitatory),
        part("inhibitory", num_inh, Role::Inhibitory),
    ];
    Population::of_parts("neuron", 0, parts)
}

/// From both kinds to all: wiring, weights and synapses of each, inhibition by strength.
fn connected(
    net: &mut Network,
    population: Population,
    sizes: [u32; 2],
    of: impl Fn(bool) -> (Wiring, f64, Synapse),
    delay_ms: f64,
) {
    let mut first = 0;
    for (size, is_inhibitory) in sizes.into_iter().zip([false, true]) {
        let (wiring, weight, synapse) = of(is_inhibitory);
        let ends = [population.some(first, size), population.all()];
        first += size;
        let name = if is_inhibitory { "inhibition" } else { "excitation" };
        let weights = Weights::fixed(weight, Unit::Mv);
        let projection = Projection::new(name, ends, wiring, weights, synapse).delayed(delay_ms);
        net.projections.push(match is_inhibitory {
            true => projection.inhibitory(),
            false => projection,
        });
    }
    net.populations.push(population);
}

/// Benchmark 2 of Brette et al. (2007): currents.
fn cuba() -> Network {
    let mut net = Network::continuous(DT_MS, 1_000.0);
    let model = lif(20.0, [-49.0, -50.0, -60.0], 5.0);
    let start = [("v_mv", Draw::Uniform { low: -60.0, high: -50.0 })];
    let sizes = [3_200, 800];
    let of = |is_inhibitory| {
        let (tau_s_ms, weight) = if is_inhibitory { (10.0, 9.0) } else { (5.0, 1.62) };
        (
            Wiring::Probability { p: 0.02 },
            weight,
            Synapse::Current { tau_s_ms, area_mv_ms: tau_s_ms },
        )
    };
    connected(&mut net, both(sizes, &model, &start), sizes, of, 0.0);
    net
}

/// Benchmark 1 of Brette et al. (2007): conductances.
fn coba() -> Network {
    let mut net = Network::continuous(DT_MS, 1_000.0);
    let model = Model::ConductanceLif {
        tau_m_ms: 20.0,
        e_l_mv: 0.0,
        v_th_mv: 10.0,
        v_reset_mv: 0.0,
        t_ref_ms: 5.0,
        reset: Reset::Hard,
        method: Method::ExponentialEuler,
    };
    let normal = |mean, sd| Draw::Normal { mean, sd, low: None, high: None };
    let start =
        [("v_mv", normal(-5.0, 5.0)), ("g_e", normal(4.0, 1.5)), ("g_i", normal(20.0, 12.0))];
    let sizes = [3_200, 800];
    let of = |is_inhibitory| {
        let (tau_s_ms, e_rev_mv, weight) =
            if is_inhibitory { (10.0, -20.0, 6.7) } else { (5.0, 60.0, 0.6) };
        let synapse = Synapse::Conductance { tau_s_ms, e_rev_mv, per_weight: 1.0 };
        (Wiring::Probability { p: 0.02 }, weight, synapse)
    };
    connected(&mut net, both(sizes, &model, &start), sizes, of, 0.0);
    net
}

/// Brunel (2000): inhibition g times as strong as excitation, external input η times what brings neurons to threshold.
fn brunel(g: f64, eta: f64) -> Network {
    let mut net = Network::continuous(DT_MS, 1_000.0);
    let model = lif(20.0, [0.0, 20.0, 10.0], 2.0);
    let (j_mv, sizes) = (0.1, [10_000, 2_500]);
    let of = |is_inhibitory| {
        let (num, weight) = if is_inhibitory { (250, g * j_mv) } else { (1_000, j_mv) };
        (Wiring::InDegree { num }, weight, Synapse::Delta { per_weight: 1.0 })
    };
    let population = both(sizes, &model, &[]);
    // ν_thr = θ/(J C_E τ), times C_E inputs.
    let rate_hz = eta * 20.0 / (j_mv * 0.020);
    net.drive("external", population.all(), Drive::Kicks { rate_hz, size_mv: j_mv });
    connected(&mut net, population, sizes, of, 1.5);
    net
}

/// What a network does in so many ms after so many others: its rate, and the mean CV of the intervals of neurons that have
/// at least 20 of them.
struct Told {
    rate_hz: f64,
    cv: f64,
}

fn run(described: &Network, seed: u32, [skip_ms, ms]: [f64; 2]) -> Told {
    assert_eq!(described.check(), []);
    let mut network: Built = built::network(described, &["neuron"], seed).expect("a network");
    let num = network.populations[0].len();
    let ticks = |ms: f64| (ms / DT_MS).round() as u64;
    let mut times = vec![Vec::new(); num];
    for tick in 0..ticks(skip_ms + ms) {
        network.step(false);
        if tick % 1_000 == 0 {
            assert_eq!(network.look(), None);
        }
        if tick >= ticks(skip_ms) {
            for neuron in network.populations[0].fired() {
                times[*neuron as usize].push(tick);
            }
        }
    }
    let total: usize = times.iter().map(Vec::len).sum();
    let cvs: Vec<f64> =
        times.iter().filter(|times| times.len() > 20).map(|times| cv(times)).collect();
    Told {
        rate_hz: total as f64 / num as f64 / (ms / 1_000.0),
        cv: cvs.iter().sum::<f64>() / cvs.len().max(1) as f64,
    }
}

fn cv(times: &[u64]) -> f64 {
    let intervals: Vec<f64> = times.windows(2).map(|pair| (pair[1] - pair[0]) as f64).collect();
    let mean = intervals.iter().sum::<f64>() / intervals.len() as f64;
    let squares = intervals.iter().map(|i| (i - mean) * (i - mean)).sum::<f64>();
    (squares / intervals.len() as f64).sqrt() / mean
}

/// What a run gives is as near to what it should give.
fn check_rate(name: &str, seed: u32, Told { rate_hz, cv }: Told, (low, high): (f64, f64)) {
    println!("{name}, seed {seed}: {rate_hz:.2} Hz, CV {cv:.2}");
    assert!((low..=high).contains(&rate_hz), "{name}, seed {seed}: {rate_hz} Hz");
}

/// Two seconds with the wiring and start that Brian 2 ran in `balanced_traces.py`: the networks part after some 20 ms, but
/// fire at the same rates. Published are 5.2 to 5.7 and 17.3 to 20.7 Hz.
#[test]
fn cuba_and_coba_fire_as_often_as_brians() {
    let cuba_hz = [5.39, 5.68, 5.32, 5.48, 5.73];
    let coba_hz = [17.81, 19.40, 17.66, 18.60, 19.36];
    for (name, described, rates_hz) in [("CUBA", cuba(), cuba_hz), ("COBA", coba(), coba_hz)] {
        for (seed, brians_hz) in (1..).zip(rates_hz) {
            let told = run(&described, seed, [0.0, 2_000.0]);
            check_rate(name, seed, told, (0.95 * brians_hz, 1.05 * brians_hz));
        }
    }
}

/// 37.7, 60.7 and 5.5 Hz in the paper. Every neuron has exactly as many inputs, as there; drawn by chance, that share
/// differs from seed to seed, and with it the rates (slow: 4.8 to 7.2 Hz in five seeds).
#[test]
#[ignore = "12,500 neurons"]
fn brunels_states_fire_as_published() {
    for (name, (g, eta), range) in [
        ("AI", (5.0, 2.0), (36.6, 38.6)),
        ("fast", (6.0, 4.0), (57.5, 60.5)),
        ("slow", (4.5, 0.9), (5.0, 6.0)),
    ] {
        for seed in 1..=5 {
            check_rate(name, seed, run(&brunel(g, eta), seed, [200.0, 4_000.0]), range);
        }
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
        net.projections[0].delay = Delay::Uniform { low_ms: 0.1, high_ms: 2.0 };
    };
    assert_eq!(
        refusal(delayed),
        "excitation: delays that are drawn. Give all its synapses one delay."
    );
    let spread: &dyn Fn(&mut Network) =
        &|net| net.projections[1].wiring = Wiring::ByDistance { lambda: 0.1 };
    assert!(refusal(spread).starts_with("inhibition: wiring of a kind that is not built."));
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
        net.populations[0].parts[1].model = lif(10.0, [-49.0, -50.0, -60.0], 5.0);
    };
    assert!(refusal(mixed).contains("parts of several models"), "{}", refusal(mixed));
}

/// One input that fires every 20 ms onto one neuron that does not, by a synapse that depresses.
#[test]
fn short_term_plasticity_scales_what_a_spike_does() {
    let mut net = Network::continuous(DT_MS, 1_000.0);
    // Fires every 20 ms: τ ln(I / (I − 10)) without a refractory time.
    let sender = lif(20.0, [0.0, 10.0, 0.0], 0.0);
    let receiver = lif(1e9, [0.0, 1e9, 0.0], 0.0);
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
