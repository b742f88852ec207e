//! Networks that the builder makes of descriptions: what must be equal is, and what has a closed form follows it.

use stdp_playground::lab::built;
use stdp_playground::net::*;
use stdp_playground::sim::math;
use stdp_playground::sim::network::{Network as Built, Wiring as Wired};

const SEED: u32 = 5;

pub fn lif(t_ref_ms: f64, firing: Firing) -> Model {
    Model::Lif {
        tau_m_ms: 20.0,
        e_l_mv: -70.0,
        v_th_mv: -54.0,
        v_reset_mv: -60.0,
        t_ref_ms,
        reset: Reset::Hard,
        firing,
        method: Method::Exact,
    }
}

fn adex(delta_t_mv: f64) -> Model {
    Model::AdEx {
        c_m_pf: 200.0,
        g_l_ns: 10.0,
        e_l_mv: -70.0,
        v_th_mv: -54.0,
        delta_t_mv,
        v_peak_mv: 0.0,
        v_reset_mv: -60.0,
        a_ns: 0.0,
        b_pa: 0.0,
        tau_w_ms: 100.0,
        t_ref_ms: 2.0,
        i_sp_pa: 0.0,
        tau_z_ms: 40.0,
        v_th_max_mv: -54.0,
        tau_th_ms: 50.0,
        t_clamp_ms: 0.0,
        v_clamp_mv: 0.0,
        method: Method::Splitting,
    }
}

/// Inputs at random, and neurons of this model.
pub fn ends(net: &mut Network, num: [u32; 2], rate_hz: f64, model: Model) -> [Population; 2] {
    let inputs = Population::input("input", num[0]);
    let counting = Counting::OncePerStep;
    net.drive("inputs", inputs.all(), Drive::Poisson { rate_hz, counting });
    [inputs, Population::new("neuron", num[1], 1, Role::Output, model)]
}

pub fn build(mut net: Network, [inputs, neurons]: [Population; 2]) -> Built {
    net.populations = vec![inputs, neurons];
    built::network(&net, &["input", "neuron"], SEED).expect("a network")
}

/// Spikes of the neurons, by step.
pub fn spikes(network: &mut Built, num_steps: u32) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    for step in 0..num_steps {
        network.step(true);
        found.extend(network.populations[1].fired().iter().map(|neuron| (step, *neuron)));
    }
    found
}

/// Six inputs onto four neurons by pair STDP.
fn learning(rule: &Rule, wiring: Wiring, delay: Delay) -> Built {
    let mut net = Network::continuous(0.5, 1_000.0);
    let ends = ends(&mut net, [6, 4], 40.0, lif(2.0, Firing::Sharp));
    let weights = Weights::new(Draw::Uniform { low: 0.2, high: 0.8 }, Unit::None).within(0.0, 1.0);
    let members = [ends[0].all(), ends[1].all()];
    let synapse = Synapse::Delta { per_weight: 8.0 };
    let mut projection = Projection::new("x", members, wiring, weights, synapse);
    projection.delay = delay;
    net.projections.push(projection.learning(rule.clone()));
    build(net, ends)
}

/// Pair STDP with every convention of what one step is.
fn pair_rules() -> Vec<Rule> {
    let window = Window::pair([0.02, 0.021], [20.0, 30.0]);
    let mut rules = Vec::new();
    for pairing in [Pairing::AllToAll, Pairing::Nearest] {
        for coincidence in
            [Coincidence::PreFirst, Coincidence::PostFirst, Coincidence::Both, Coincidence::Neither]
        {
            for dependence in [Dependence::Hard, Dependence::Soft] {
                let (pairing, coincidence) = (pairing.clone(), coincidence.clone());
                rules.push(Rule { pairing, coincidence, ..Rule::new(window.clone(), dependence) });
            }
        }
    }
    rules
}

/// Neurons that excite each other, each fired by an input of its own.
fn among(rule: &Rule, wiring: Wiring) -> Built {
    let mut net = Network::continuous(0.5, 1_000.0);
    let [input, neurons] = ends(&mut net, [4, 4], 60.0, lif(2.0, Firing::Sharp));
    let each = [input.all(), neurons.all()];
    let (fixed, strong) = (Weights::fixed(1.0, Unit::None), Synapse::Delta { per_weight: 30.0 });
    net.projections.push(Projection::new("in", each, Wiring::OneToOne, fixed, strong));
    let weights = Weights::fixed(0.5, Unit::None).within(0.0, 1.0);
    let (all, weak) = ([neurons.all(), neurons.all()], Synapse::Delta { per_weight: 2.0 });
    let lateral = Projection::new("lateral", all, wiring, weights, weak);
    net.projections.push(lateral.learning(rule.clone()));
    build(net, [input, neurons])
}

#[test]
fn nobody_grows_a_synapse_onto_itself() {
    let is_pair = |pre: u32, post: u32| pre != post;
    let pairs: Vec<(u32, u32)> = (0..4)
        .flat_map(|pre| (0..4).filter(move |post| is_pair(pre, *post)).map(move |post| (pre, post)))
        .collect();
    for rule in pair_rules() {
        let mut table = among(&rule, Wiring::AllToOthers);
        let mut listed = among(&rule, Wiring::Listed { pairs: pairs.clone() });
        let fired = spikes(&mut table, 6_000);
        assert!(fired.len() > 300, "{}", fired.len());
        assert_eq!(fired, spikes(&mut listed, 6_000), "{rule:?}");
        let [table, listed] = [&table, &listed].map(|of| of.projections[1].weights().to_vec());
        let others = pairs.iter().map(|(pre, post)| table[(4 * pre + post) as usize]);
        for (one, other) in others.zip(&listed) {
            assert!((one - other).abs() < 1e-6, "{one} {other}: {rule:?}");
        }
        assert!(table.iter().step_by(5).all(|w| *w == 0.0), "{table:?}");
        assert!(listed.iter().any(|w| (w - 0.5).abs() > 0.02), "{listed:?}");
    }
}

#[test]
fn listed_synapses_learn_as_a_table_does() {
    let pairs: Vec<(u32, u32)> =
        (0..6).flat_map(|pre| (0..4).map(move |post| (pre, post))).collect();
    for rule in pair_rules() {
        let delay = Delay::Fixed { delay_ms: 1.5 };
        let mut table = learning(&rule, Wiring::AllToAll, delay.clone());
        let mut listed = learning(&rule, Wiring::Listed { pairs: pairs.clone() }, delay);
        assert!(matches!(listed.projections[0].wiring(), Wired::Sparse(_)));
        let start = table.projections[0].weights().to_vec();
        let fired = spikes(&mut table, 6_000);
        assert!(fired.len() > 50, "{}", fired.len());
        assert_eq!(fired, spikes(&mut listed, 6_000), "{rule:?}");
        let [one, other] = [&table, &listed].map(|of| of.projections[0].weights().to_vec());
        for (one, other) in one.iter().zip(&other) {
            assert!((one - other).abs() < 1e-6, "{one} {other}: {rule:?}");
        }
        let moved = one.iter().zip(&start).filter(|(w, start)| (*w - *start).abs() > 0.02);
        assert!(moved.count() > 12, "{rule:?}");
    }
}

/// The same with dopamine for every spike of the first neuron.
fn learning_from_dopamine(rule: &Rule, wiring: Wiring) -> Built {
    let mut net = Network::continuous(0.5, 1_000.0);
    let ends = ends(&mut net, [6, 4], 40.0, lif(2.0, Firing::Sharp));
    let weights = Weights::new(Draw::Uniform { low: 0.2, high: 0.8 }, Unit::None).within(0.0, 1.0);
    let members = [ends[0].all(), ends[1].all()];
    let synapse = Synapse::Delta { per_weight: 8.0 };
    let projection = Projection::new("x", members, wiring, weights, synapse);
    net.projections.push(projection.learning(rule.clone()));
    let (of, delay_ms) = (ends[1].some(0, 1), 10.0);
    let release = Release::Spikes { of, delay_ms, earns: Vec::new(), is_shuffled: false };
    let signal = Signal::Dopamine {
        tonic: 0.0,
        pulse: 1.0,
        tau_ms: 30.0,
        tau_mean_ms: Some(500.0),
        method: Method::Exact,
    };
    net.modulators.push(Modulator::new("dopamine", signal, release));
    build(net, ends)
}

#[test]
fn what_waits_at_listed_synapses_is_what_waits_in_a_table() {
    let pairs: Vec<(u32, u32)> =
        (0..6).flat_map(|pre| (0..4).map(move |post| (pre, post))).collect();
    let mut earned = Vec::new();
    for tau_e_ms in [Some(100.0), None] {
        let waits = Eligibility {
            tau_e_ms,
            scale: 0.5,
            ..Eligibility::new("dopamine", 100.0, Payout::Every { every_ms: 2.0 })
        };
        let rule = Rule::new(Window::pair([0.02, 0.021], [20.0, 30.0]), Dependence::Unbounded);
        let rule = rule.waiting(waits);
        let mut table = learning_from_dopamine(&rule, Wiring::AllToAll);
        let mut listed = learning_from_dopamine(&rule, Wiring::Listed { pairs: pairs.clone() });
        assert!(matches!(listed.projections[0].wiring(), Wired::Sparse(_)));
        let start = table.projections[0].weights().to_vec();
        let fired = spikes(&mut table, 10_000);
        assert!(fired.len() > 50, "{}", fired.len());
        assert_eq!(fired, spikes(&mut listed, 10_000), "{tau_e_ms:?}");
        let [one, other] = [&table, &listed].map(|of| of.projections[0].weights().to_vec());
        for (one, other) in one.iter().zip(&other) {
            assert!((one - other).abs() < 1e-5, "{one} {other}: {tau_e_ms:?}");
        }
        let [table, listed] = [&table, &listed].map(|of| of.projections[0].waiting());
        let (table, listed) = (table.expect("it waits"), listed.expect("it waits"));
        assert!((0..24).all(|place| (table(place) - listed(place)).abs() < 1e-5));
        earned.push(one.iter().zip(&start).map(|(w, from)| (w - from).abs()).sum::<f32>());
    }
    // Without a memory only pairs of the very step of a payout count.
    println!("moved in all: {earned:?}");
    assert!(earned[0] > 2.0 * earned[1] && earned[1] > 0.0, "{earned:?}");
}

#[test]
fn equal_delays_of_synapses_are_one_delay() {
    for rule in pair_rules() {
        let drawn = Delay::Uniform { low_ms: 1.5, high_ms: 1.5 };
        let chance = Wiring::Probability { p: 0.7 };
        let mut one = learning(&rule, chance.clone(), Delay::Fixed { delay_ms: 1.5 });
        let mut each = learning(&rule, chance, drawn);
        let fired = spikes(&mut one, 4_000);
        assert!(fired.len() > 20, "{}", fired.len());
        assert_eq!(fired, spikes(&mut each, 4_000), "{rule:?}");
        assert_eq!(one.projections[0].weights(), each.projections[0].weights());
    }
}

#[test]
fn each_synapse_has_a_delay_of_its_own() {
    let mut net = Network::continuous(0.1, 1_000.0);
    let inputs = Population::input("input", 1);
    net.drive("inputs", inputs.all(), Drive::SpikeTimes { spikes: vec![(0, 2.0), (0, 4.0)] });
    let neurons = Population::new("neuron", 400, 1, Role::Output, lif(0.0, Firing::Sharp));
    let weights = Weights::new(Draw::Fixed { value: 1.0 }, Unit::None);
    let synapse = Synapse::Delta { per_weight: 100.0 };
    let mut projection = Projection::all_to_all("x", [&inputs, &neurons], weights, synapse);
    projection.delay = Delay::Uniform { low_ms: 1.0, high_ms: 5.0 };
    net.projections.push(projection);
    let mut network = build(net, [inputs, neurons]);
    let fired = spikes(&mut network, 120);
    // Each fires once for each of the two spikes, both times after its own delay.
    assert_eq!(fired.len(), 800);
    let mut delays = vec![Vec::new(); 400];
    for (step, neuron) in fired {
        delays[neuron as usize].push(step);
    }
    let mut sum = 0.0;
    for of in &delays {
        assert_eq!(of[1] - of[0], 20, "{of:?}");
        assert!((30..=70).contains(&of[0]), "{of:?}");
        sum += f64::from(of[0] - 20) / 10.0;
    }
    // The mean of 400 numbers between 1 and 5: a standard error of 0.06.
    assert!((sum / 400.0 - 3.0).abs() < 0.25, "{}", sum / 400.0);
    let distinct: std::collections::BTreeSet<u32> = delays.iter().map(|of| of[0]).collect();
    assert!(distinct.len() > 35, "{distinct:?}");
}

/// The largest difference of potentials between a leaky neuron, whose currents are exact, and an exponential one without its
/// exponential, which takes their means.
fn error_mv(dt_ms: f64) -> f64 {
    let potentials = |model: Model| {
        let mut net = Network::continuous(dt_ms, 1_000.0);
        let inputs = Population::input("input", 1);
        let times = [10.0, 31.0, 33.0, 60.0].map(|ms| (0, ms)).to_vec();
        net.drive("inputs", inputs.all(), Drive::SpikeTimes { spikes: times });
        let neurons = Population::new("neuron", 1, 1, Role::Output, model);
        let weights = Weights::new(Draw::Fixed { value: 1.0 }, Unit::None);
        let synapse = Synapse::Current { tau_s_ms: 3.0, area_mv_ms: 60.0 };
        let projection = Projection::all_to_all("x", [&inputs, &neurons], weights, synapse);
        net.projections.push(projection.delayed(2.0));
        let mut network = build(net, [inputs, neurons]);
        let steps = 0..(100.0 / dt_ms) as u32;
        let v = |_| {
            network.step(false);
            f64::from(network.populations[1].neurons.v_mv()[0])
        };
        steps.map(v).collect::<Vec<f64>>()
    };
    let [exact, means] = [lif(2.0, Firing::Sharp), adex(0.0)].map(potentials);
    assert!(exact.iter().any(|v| *v > -66.0), "the current acts");
    exact.iter().zip(&means).fold(0.0, |most, (a, b)| f64::max(most, (a - b).abs()))
}

#[test]
fn currents_onto_other_membranes_are_of_second_order() {
    let [rough, fine] = [1.0, 0.5].map(error_mv);
    println!("{rough} mV at 1 ms, {fine} at 0.5 ms");
    assert!(rough < 0.02, "{rough}");
    assert!((3.0..5.0).contains(&(rough / fine)), "{rough} {fine}");
}

#[test]
fn what_fires_by_chance_has_its_rate() {
    let rate_of = |model: Model, synapse: Synapse, drive: Option<f64>| {
        let mut net = Network::continuous(1.0, 1_000.0);
        let ends = ends(&mut net, [50, 20], 20.0, model);
        if let Some(r_i_mv) = drive {
            net.drive("current", ends[1].all(), Drive::Current { r_i_mv });
        }
        let weights = Weights::new(Draw::Fixed { value: 0.4 }, Unit::None);
        net.projections.push(Projection::all_to_all("x", [&ends[0], &ends[1]], weights, synapse));
        let mut network = build(net, ends);
        spikes(&mut network, 40_000).len() as f64 / 20.0 / 40.0
    };
    // The mean of weight times rate.
    let linear = Model::LinearPoisson { divisor: 50.0 };
    let rate_hz = rate_of(linear, Synapse::Delta { per_weight: 1.0 }, None);
    assert!((rate_hz - 8.0).abs() < 0.3, "{rate_hz}");
    // 4 mV above the threshold, where it is back in no time: e^(u/Δ)/τ.
    let firing = Firing::Exponential { delta_mv: 4.0, tau_ms: 50.0 };
    let Model::Lif { e_l_mv, v_th_mv, .. } = lif(0.0, Firing::Sharp) else { unreachable!() };
    let soft = Model::Lif {
        tau_m_ms: 1.0,
        e_l_mv,
        v_th_mv,
        v_reset_mv: v_th_mv - 1e-3,
        t_ref_ms: 0.0,
        reset: Reset::Soft,
        firing,
        method: Method::Exact,
    };
    let rate_hz = rate_of(soft, Synapse::Nothing, Some(v_th_mv - e_l_mv + 4.0));
    let expected_hz = 1_000.0 * (1.0 - math::exp_f64(-std::f64::consts::E / 50.0));
    assert!((rate_hz / expected_hz - 1.0).abs() < 0.02, "{rate_hz} {expected_hz}");
}

#[test]
fn the_nearer_the_likelier() {
    let mut net = Network::continuous(1.0, 1_000.0);
    let population = |name| {
        let relay = Population::new(name, 900, 0, Role::Hidden, lif(0.0, Firing::Sharp));
        relay.in_grid(30, 30)
    };
    let [from, to] = [population("input"), population("neuron")];
    let lambda = 0.5;
    let weights = Weights::new(Draw::Fixed { value: 0.1 }, Unit::None);
    let members = [from.all(), to.all()];
    let wiring = Wiring::ByDistance { lambda };
    let synapse = Synapse::Delta { per_weight: 1.0 };
    net.projections.push(Projection::new("x", members, wiring, weights, synapse));
    let network = build(net, [from, to]);
    let Wired::Sparse(sparse) = network.projections[0].wiring() else { panic!("sparse") };
    // Pairs and synapses by the distance along a row.
    for far in 0..6_u32 {
        let pairs = (0..900).filter(|pre| pre % 30 + far < 30);
        let (mut num, mut connected) = (0, 0);
        for pre in pairs {
            num += 1;
            connected += u32::from(sparse.posts(pre).contains(&((pre + far) as u16)));
        }
        let expected = lambda * math::exp_f64(-lambda * f64::from(far));
        let share = f64::from(connected) / f64::from(num);
        let error = (expected * (1.0 - expected) / f64::from(num)).sqrt();
        assert!((share - expected).abs() < 4.0 * error, "{far}: {share} {expected}");
    }
}

#[test]
fn izhikevichs_neurons_feel_one_step_of_current() {
    let mut net = Network::continuous(1.0, 1_000.0);
    let inputs = Population::input("input", 1);
    net.drive("inputs", inputs.all(), Drive::SpikeTimes { spikes: vec![(0, 10.0)] });
    let model = Model::Izhikevich {
        a: 0.02,
        b: 0.2,
        c_mv: -65.0,
        d: 8.0,
        v_peak_mv: 30.0,
        quadratic: 0.04,
        linear: 5.0,
        constant: 140.0,
        recovery: Recovery::Follows,
        method: Method::Euler,
    };
    let mut neurons = Population::new("neuron", 2, 1, Role::Output, model);
    // At its fixed point: v = −70 mV, u = −14.
    let from = |value| Draw::Fixed { value };
    for (variable, value) in [("v_mv", -70.0), ("u", -14.0)] {
        let start = Start { variable: variable.into(), from: from(value), at_or_above: None };
        neurons.parts[0].start.push(start);
    }
    let weights = Weights::new(Draw::Fixed { value: 2.0 }, Unit::None);
    let synapse = Synapse::OneStep { per_weight: 1.5 };
    let members = [inputs.all(), neurons.some(1, 1)];
    net.projections.push(Projection::new("x", members, Wiring::AllToAll, weights, synapse));
    let mut network = build(net, [inputs, neurons]);
    let mut v_mv = Vec::new();
    for _ in 0..14 {
        network.step(false);
        v_mv.push(network.populations[1].neurons.v_mv().to_vec());
    }
    // The spike of step 10 arrives in step 11, and its current is gone in step 12.
    let (mut v, mut u) = (-70.0_f64, -14.0_f64);
    for (step, found) in v_mv.iter().enumerate() {
        let current = if step == 11 { 3.0 } else { 0.0 };
        v += 0.04 * v * v + 5.0 * v + 140.0 - u + current;
        u += 0.02 * (0.2 * v - u);
        assert!((f64::from(found[1]) - v).abs() < 1e-3, "{step}: {} {v}", found[1]);
        assert!((f64::from(found[0]) + 70.0).abs() < 1e-3, "{step}: {}", found[0]);
    }
}

/// A neuron that fires with its only input, 10 ms from the beginning on, by pair STDP that waits for this signal; its weight
/// after so long.
fn rewarded(dt_ms: f64, signal: Signal, release: Release, payout: Payout, duration_ms: f64) -> f64 {
    let mut net = Network::continuous(dt_ms, duration_ms);
    let inputs = Population::input("input", 1);
    net.drive("inputs", inputs.all(), Drive::SpikeTimes { spikes: vec![(0, 10.0)] });
    let neurons = Population::new("neuron", 1, 1, Role::Output, lif(2.0, Firing::Sharp));
    let window = Window::pair([0.01, 0.02], [20.0, 20.0]);
    let rule = Rule::new(window, Dependence::Hard);
    let rule = rule.waiting(Eligibility::new("dopamine", 100.0, payout));
    let weights = Weights::new(Draw::Fixed { value: 0.2 }, Unit::None).within(0.0, 100.0);
    let synapse = Synapse::Delta { per_weight: 1_000.0 };
    let projection = Projection::all_to_all("x", [&inputs, &neurons], weights, synapse);
    net.projections.push(projection.learning(rule));
    net.modulators.push(Modulator::new("dopamine", signal, release));
    let mut network = build(net, [inputs, neurons]);
    let fired = spikes(&mut network, (duration_ms / dt_ms) as u32);
    assert_eq!(fired.len(), 1, "{fired:?}");
    f64::from(network.projections[0].weights()[0]) - 0.2
}

fn dopamine(tonic: f64, tau_ms: f64) -> Signal {
    Signal::Dopamine { tonic, pulse: 2.0, tau_ms, tau_mean_ms: None, method: Method::Exact }
}

#[test]
fn what_waits_is_paid_by_the_level_as_long_as_both_last() {
    let neuron = || Members { population: "neuron".into(), first: 0, size: 1 };
    let after = |delay_ms| Release::Spikes {
        of: neuron(),
        delay_ms,
        earns: Vec::new(),
        is_shuffled: false,
    };
    // ∫ c d dt from the release on: both have decayed by then, and go on to decay.
    let together = 1.0 / (1.0 / 100.0 + 1.0 / 40.0);
    for delay_ms in [0.0, 50.0] {
        let expected = 0.01 * math::exp_f64(-delay_ms / 100.0) * 2.0 * together;
        let error = |dt_ms| {
            let payout = Payout::Continuous;
            let found = rewarded(dt_ms, dopamine(0.0, 40.0), after(delay_ms), payout, 2_000.0);
            (found / expected - 1.0).abs()
        };
        let [rough, fine] = [1.0, 0.25].map(error);
        println!("{delay_ms} ms: off by {rough:.4} at 1 ms, {fine:.4} at 0.25 ms");
        assert!(rough < 0.025 && fine < 0.4 * rough, "{rough} {fine}");
    }
    // A tonic level alone: c b for as long as c lasts. Paid out every 10 ms it is a sum.
    let tonic = rewarded(0.25, dopamine(0.5, 40.0), Release::Never, Payout::Continuous, 3_000.0);
    assert!((tonic / (0.01 * 0.5 * 100.0) - 1.0).abs() < 0.01, "{tonic}");
    let constant = Signal::Constant { level: 0.5 };
    let every = Payout::Every { every_ms: 10.0 };
    let sum = rewarded(1.0, constant, Release::Always, every, 3_000.0);
    // The spike arrives in the step that ends at 12 ms; the first payout is that of 20 ms.
    let terms = math::exp_f64(-8.0 / 100.0) / (1.0 - math::exp_f64(-0.1));
    assert!((sum / (0.01 * 0.5 * terms) - 1.0).abs() < 1e-3, "{sum} {}", 0.005 * terms);
}

#[test]
fn a_pairing_is_rewarded_once_and_only_in_its_order() {
    let mut net = Network::continuous(1.0, 1_000.0);
    let inputs = Population::input("input", 2);
    // The second after the first: at 110 (soon enough), 140 (used up), 230 (too late), and in the same step at 300.
    let times =
        [(0, 100.0), (1, 110.0), (1, 140.0), (0, 200.0), (1, 230.0), (0, 300.0), (1, 300.0)];
    net.drive("inputs", inputs.all(), Drive::SpikeTimes { spikes: times.to_vec() });
    let neurons = Population::new("neuron", 1, 1, Role::Output, lif(2.0, Firing::Sharp));
    let rule = Rule::new(Window::pair([0.01, 0.02], [20.0, 20.0]), Dependence::Hard);
    let rule = rule.waiting(Eligibility::new("dopamine", 100.0, Payout::Continuous));
    let weights = Weights::new(Draw::Fixed { value: 0.2 }, Unit::None).within(0.0, 1.0);
    let synapse = Synapse::Delta { per_weight: 0.1 };
    let projection = Projection::all_to_all("x", [&inputs, &neurons], weights, synapse);
    net.projections.push(projection.learning(rule));
    let release = Release::Pairing {
        pre: inputs.some(0, 1),
        post: Some(inputs.some(1, 1)),
        within_ms: 20.0,
        delay_min_ms: 5.0,
        delay_max_ms: 15.0,
    };
    net.modulators.push(Modulator::new("dopamine", dopamine(0.0, 1e9), release));
    let mut network = build(net, [inputs, neurons]);
    let mut rises = Vec::new();
    let mut level = 0.0;
    for step in 0..600 {
        network.step(true);
        let now = network.modulators[0].level.level();
        if now > level + 0.5 {
            rises.push((step, now - level));
        }
        level = now;
    }
    assert_eq!(rises.len(), 1, "{rises:?}");
    assert!((115..=125).contains(&rises[0].0) && (rises[0].1 - 2.0).abs() < 1e-5, "{rises:?}");
}
