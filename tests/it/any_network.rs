//! Any neuron × synapse × wiring × rule × delay × input: a description is built or refused with what to do, never with a panic;
//! and what is built does the same in one piece and in two.

use stdp_playground::lab::built;
use stdp_playground::net::*;
use stdp_playground::sim::Stream;
use stdp_playground::sim::network::Network as Built;

/// How many are drawn.
const NUM: u32 = 3_000;
const STEPS: u32 = 120;

/// One of these, by chance.
fn one<T: Clone>(stream: &mut Stream, all: &[T]) -> T {
    all[stream.below(all.len() as u32) as usize].clone()
}

/// One of the first, or now and then one of the others: most networks could be built but for one thing.
fn mostly<T: Clone>(stream: &mut Stream, usual: &[T], odd: &[T]) -> T {
    let all = if stream.chance(0.96) { usual } else { odd };
    one(stream, all)
}

fn model(stream: &mut Stream) -> Model {
    let reset = one(stream, &[Reset::Hard, Reset::Soft]);
    let tau_m_ms = mostly(stream, &[1.0, 20.0], &[0.05, 0.15]);
    let v_reset_mv = mostly(stream, &[-70.0, -60.0], &[-50.0]);
    let t_ref_ms = one(stream, &[0.0, 0.05, 2.0]);
    let (e_l_mv, v_th_mv) = (one(stream, &[-70.0, -49.0]), -50.0);
    let by_chance =
        [Firing::Exponential { delta_mv: 1.0, tau_ms: 1.0 }, Firing::LinearPerStep { gain: 0.1 }];
    let firing = mostly(stream, &[Firing::Sharp], &by_chance);
    let odd = [Method::TwoHalves, Method::ExponentialEulerMembrane];
    match stream.below(20) {
        0 => Model::SpikeSource,
        1 => Model::LinearPoisson { divisor: 10.0 },
        2..10 => {
            let method = mostly(stream, &[Method::Euler, Method::ExponentialEuler], &odd);
            Model::ConductanceLif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset, method }
        }
        _ => {
            let method = Method::Exact;
            Model::Lif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset, firing, method }
        }
    }
}

fn drive(stream: &mut Stream, is_onto_neurons: bool) -> Drive {
    let rate_hz = one(stream, &[0.0, 40.0, 500.0]);
    let correlation = one(stream, &[0.0, 0.5, 1.0]);
    if is_onto_neurons && stream.chance(0.95) {
        let rate_hz = mostly(stream, &[0.0, 9_000.0], &[1e6]);
        return Drive::Kicks { rate_hz, size_mv: 1.0 };
    }
    match stream.below(25) {
        1 => Drive::PoissonSpan { low_hz: 0.0, high_hz: rate_hz },
        2 => {
            let recipe = one(stream, &[Recipe::SqrtC, Recipe::Mip]);
            let late_ms = mostly(stream, &[0.0], &[3.0]);
            Drive::CommonSource { recipe, rate_hz, correlation, late_ms }
        }
        3 => Drive::Jittered {
            rate_hz,
            correlation,
            low_ms: -2.0,
            high_ms: one(stream, &[-2.0, 2.0]),
        },
        4 => Drive::DoublyStochastic { rate_hz, correlation, sigma: 0.5, tau_ms: 5.0 },
        5 => Drive::HalfGrowing { rate_hz, half_ms: 5.0 },
        6 => Drive::Periodic { period_ms: one(stream, &[0.1, 5.0]) },
        7 => Drive::SpikeTimes { spikes: vec![(0, 1.0)] },
        8 => Drive::UniformNoise { width: 1.0 },
        _ => {
            let counting = one(stream, &[Counting::OncePerStep, Counting::Exact]);
            Drive::Poisson { rate_hz, counting }
        }
    }
}

fn wiring(stream: &mut Stream) -> Wiring {
    let usual = [
        Wiring::Probability { p: 0.0 },
        Wiring::Probability { p: 0.3 },
        Wiring::Probability { p: 1.0 },
        Wiring::InDegree { num: 2 },
        Wiring::AllToAll,
        Wiring::AllToAll,
        Wiring::Listed { pairs: vec![(0, 1), (2, 0), (0, 1)] },
    ];
    let odd = [
        Wiring::InDegree { num: 7 },
        Wiring::OneToOne,
        Wiring::OutDegree { num: 3 },
        Wiring::ByDistance { lambda: 0.5 },
        Wiring::Listed { pairs: vec![(0, 99)] },
        Wiring::AllToOthers,
    ];
    mostly(stream, &usual, &odd)
}

fn synapse(stream: &mut Stream, has_conductances: bool) -> Synapse {
    let tau_s_ms = mostly(stream, &[2.0, 20.0], &[0.05]);
    let lift = Synapse::Delta { per_weight: one(stream, &[1.0, 30.0]) };
    let current = Synapse::Current { tau_s_ms, area_mv_ms: 30.0 };
    // Both projections have the same, as neurons must.
    let conductance = Synapse::Conductance { tau_s_ms: 5.0, e_rev_mv: 0.0, per_weight: 0.1 };
    let (own, other) = match has_conductances {
        true => (conductance, current),
        false => (current, conductance),
    };
    let odd = [
        other,
        Synapse::Nothing,
        Synapse::OneStep { per_weight: 1.0 },
        Synapse::DoubleExponential { tau_rise_ms: 1.0, tau_decay_ms: 5.0, amplitude: 1.0 },
    ];
    mostly(stream, &[lift, own], &odd)
}

fn rule(stream: &mut Stream) -> Option<Rule> {
    let pair = Window::Pair { a_plus: 0.1, a_minus: 0.12, tau_plus_ms: 20.0, tau_minus_ms: 20.0 };
    if stream.chance(0.5) {
        return None;
    }
    let inhibitory = Window::Inhibitory { eta: 0.01, target_rate_hz: 5.0, tau_ms: 20.0 };
    let odd = Window::Offset { learning_rate: 0.1, offset: 0.1, w_max: 1.0, tau_plus_ms: 20.0 };
    let window = mostly(stream, &[pair, inhibitory], &[odd]);
    let power = Dependence::Power { mu_plus: 0.5, mu_minus: 0.5, noise: 0.0 };
    let usual = [Dependence::Unbounded, Dependence::Hard, Dependence::Soft, Dependence::Gate];
    let dependence = mostly(stream, &usual, &[power]);
    let usual =
        [Pairing::AllToAll, Pairing::Nearest, Pairing::PresynapticCentred, Pairing::Reduced];
    let pairing = mostly(stream, &usual, &[Pairing::Neighbours]);
    let coincidences =
        [Coincidence::PreFirst, Coincidence::PostFirst, Coincidence::Both, Coincidence::Neither];
    Some(Rule { pairing, coincidence: one(stream, &coincidences), ..Rule::new(window, dependence) })
}

fn weights(stream: &mut Stream) -> Weights {
    let usual = [Draw::Fixed { value: 0.5 }, Draw::Uniform { low: 0.2, high: 0.8 }];
    let normal = Draw::Normal { mean: 0.5, sd: 0.3, low: Some(0.0), high: None };
    let start = mostly(stream, &usual, &[normal, Draw::LogUniform]);
    let weights = Weights::new(start, Unit::None);
    if stream.chance(0.5) { weights.within(0.0, 1.0) } else { weights }
}

fn projection(stream: &mut Stream, name: &str, [pre, post]: [&Population; 2]) -> Projection {
    let has_conductances = matches!(post.parts[0].model, Model::ConductanceLif { .. });
    let some = |stream: &mut Stream, of: &Population| match stream.chance(0.1) {
        true => of.some(1, of.size - 1),
        false => of.all(),
    };
    let ends = [some(stream, pre), some(stream, post)];
    let (wiring, weights) = (wiring(stream), weights(stream));
    let synapse = synapse(stream, has_conductances);
    let mut projection = Projection::new(name, ends, wiring, weights, synapse);
    let fixed = |delay_ms| Delay::Fixed { delay_ms };
    let drawn = Delay::Uniform { low_ms: 0.1, high_ms: 2.0 };
    projection.delay = mostly(stream, &[0.0, 0.1, 1.5].map(fixed), &[drawn, fixed(0.05)]);
    projection.receptor =
        one(stream, &[Receptor::Excitatory, Receptor::Inhibitory, Receptor::Signed]);
    if stream.chance(0.2) {
        let tau_d_ms = mostly(stream, &[200.0], &[-1.0]);
        projection.short_term =
            Some(ShortTerm { u: 0.5, tau_d_ms, tau_f_ms: 50.0, sd: 0.2, tau_least_ms: 1.0 });
    }
    projection.rule = rule(stream);
    if stream.chance(0.1) {
        projection.homeostasis =
            vec![Homeostasis::NormaliseAtSpikes { total: 2.0, from_start: true }];
    }
    projection
}

fn any(stream: &mut Stream) -> Network {
    let mut net = Network::continuous(0.1, 1_000.0);
    let inputs = Population::new("input", 5, 0, Role::Input, Model::SpikeSource);
    let mut neurons = Population::new("neuron", 6, 1, Role::Output, model(stream));
    if stream.chance(0.1) {
        neurons.competition = Some(Competition::WinnerTakeAll { inhibition_mv: 5.0, size: 6 });
    }
    let is_input = matches!(neurons.parts[0].model, Model::SpikeSource);
    net.drive("inputs", inputs.all(), drive(stream, false));
    net.drive("others", neurons.all(), drive(stream, !is_input));
    net.projections.push(projection(stream, "forward", [&inputs, &neurons]));
    net.projections.push(projection(stream, "back", [&neurons, &neurons]));
    net.populations = vec![inputs, neurons];
    net
}

/// Steps, or until it cannot go on.
fn run(mut network: Built, steps: u32) -> Option<Built> {
    for _ in 0..steps {
        network.step(true);
    }
    network.look().is_none().then_some(network)
}

#[test]
fn a_network_is_built_or_refused_and_the_same_in_pieces() {
    let (mut num_built, mut refusals) = (0, std::collections::BTreeSet::new());
    for seed in 0..NUM {
        let mut stream = Stream::new(seed, "descriptions");
        let described = any(&mut stream);
        match built::network(&described, &["input", "neuron"], seed) {
            Err(refused) => {
                assert!(refused.remedy.ends_with('.') && refused.what.len() > 5, "{refused}");
                refusals.insert(refused.remedy);
            }
            Ok(network) => {
                num_built += 1;
                let again = built::network(&described, &["input", "neuron"], seed);
                assert_eq!(Ok(&network), again.as_ref(), "{seed}");
                // A fault stops both, with numbers that equal nothing.
                let Some(whole) = run(network.clone(), STEPS) else { continue };
                let mut halves = network;
                let copy = (0..STEPS / 3).fold(None, |_, _| {
                    halves.step(true);
                    Some(halves.clone())
                });
                let halves = run(copy.expect("a copy"), STEPS - STEPS / 3).expect("no fault");
                assert_eq!(whole.populations, halves.populations, "{seed}: {described:?}");
                assert_eq!(whole.projections, halves.projections, "{seed}");
            }
        }
    }
    println!("{num_built} built, {} ways to be refused: {refusals:#?}", refusals.len());
    assert!(num_built > NUM / 20, "{num_built}");
    assert!(refusals.len() >= 12, "{refusals:#?}");
}
