//! Any neuron × synapse × wiring × rule × delay × input: a description is built or refused with what to do, never with a panic;
//! and what is built does the same in one piece and in two.

use std::collections::{BTreeMap, BTreeSet};

use stdp_playground::lab::built;
use stdp_playground::lab::described::hodgkin_huxley;
use stdp_playground::net::*;
use stdp_playground::sim::Stream;
use stdp_playground::sim::network::Network as Built;
use stdp_playground::sim::neuron::HodgkinHuxleyParams;
use stdp_playground::sim::plasticity::Rule as Learns;

/// How many are drawn.
const NUM: u32 = 10_000;
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
    let delta_mv = mostly(stream, &[1.0], &[0.0]);
    let firing = [
        Firing::Sharp,
        Firing::Sharp,
        Firing::Exponential { delta_mv, tau_ms: 1.0 },
        Firing::Linear { slope_hz_per_mv: 20.0 },
        Firing::LinearPerStep { gain: 0.1 },
    ];
    let firing = one(stream, &firing);
    match stream.below(29) {
        26 => Model::FirstOrder {
            tau_m_ms: mostly(stream, &[20.0], &[0.05]),
            threshold: 1.0,
            t_ref_ms,
            reset: one(stream, &[Reset::Soft, Reset::Never]),
        },
        27 | 28 => Model::CountedAdEx {
            tau_m_ms,
            e_l_mv,
            v_th_mv,
            delta_t_mv: mostly(stream, &[2.0], &[0.0]),
            v_peak_mv: mostly(stream, &[v_th_mv + 30.0], &[-200.0]),
            v_reset_mv,
            a: 0.5,
            b_mv: 0.2,
            tau_w_ms: mostly(stream, &[100.0], &[0.05]),
            counted: one(stream, &[Counted::AllSoFar, Counted::OfTheStep]),
            method: mostly(stream, &[Method::Euler], &[Method::Exact]),
        },
        0 => Model::SpikeSource,
        1 => Model::LinearPoisson { divisor: mostly(stream, &[10.0], &[0.0]) },
        2 => Model::Softmax { rate_hz: 100.0 },
        3..5 => {
            let tau_s_ms = mostly(stream, &[5.0], &[20.0]);
            Model::SecondOrder { tau_m_ms: 20.0, tau_s_ms, threshold: 1.0, t_ref_ms, reset }
        }
        5..7 => Model::SpikeResponse {
            threshold: 2.0,
            tau_m_ms: one(stream, &[10.0, 2.5]),
            tau_s_ms: 2.5,
            t_ref_ms: one(stream, &[0.0, 1.0]),
            after_spike: mostly(stream, &[2.0], &[1.0]),
            after_pull: 4.0,
        },
        7..10 => Model::Izhikevich {
            a: mostly(stream, &[0.02, 0.1], &[20.0]),
            b: 0.2,
            c_mv: mostly(stream, &[-65.0], &[30.0]),
            d: 8.0,
            v_peak_mv: 30.0,
            quadratic: 0.04,
            linear: 5.0,
            constant: 140.0,
            recovery: one(stream, &[Recovery::Follows, Recovery::Sums { v_u_mv: -65.0 }]),
            method: mostly(stream, &[Method::TwoHalves, Method::Euler], &[Method::Exact]),
        },
        10..13 => Model::AdEx {
            c_m_pf: mostly(stream, &[281.0], &[0.1]),
            g_l_ns: 30.0,
            e_l_mv,
            v_th_mv,
            delta_t_mv: one(stream, &[2.0, 0.0]),
            v_peak_mv: mostly(stream, &[20.0], &[-60.0]),
            v_reset_mv,
            a_ns: one(stream, &[0.0, 4.0]),
            b_pa: one(stream, &[0.0, 80.0]),
            tau_w_ms: 144.0,
            t_ref_ms,
            i_sp_pa: one(stream, &[0.0, 0.0, 400.0]),
            tau_z_ms: mostly(stream, &[40.0], &[0.01]),
            v_th_max_mv: mostly(stream, &[v_th_mv, -30.0], &[-60.0]),
            tau_th_ms: 50.0,
            t_clamp_ms: mostly(stream, &[0.0, 2.0, 2.0], &[0.05, -1.0]),
            v_clamp_mv: one(stream, &[33.0, -40.0]),
            method: mostly(stream, &[Method::Splitting], &[Method::Euler]),
        },
        13..18 => {
            let odd = [Method::TwoHalves, Method::ExponentialEulerMembrane];
            let method = mostly(stream, &[Method::Euler, Method::ExponentialEuler], &odd);
            Model::ConductanceLif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset, method }
        }
        18..20 => {
            let v_th_mv = mostly(stream, &[0.0], &[60.0]);
            let mut model =
                hodgkin_huxley(&HodgkinHuxleyParams { v_th_mv, ..HodgkinHuxleyParams::SQUID });
            if let Model::HodgkinHuxley { method, .. } = &mut model {
                *method = mostly(stream, &[Method::Splitting], &[Method::Euler]);
            }
            model
        }
        _ => {
            let method = mostly(stream, &[Method::Exact], &[Method::Euler]);
            Model::Lif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset, firing, method }
        }
    }
}

fn drive(stream: &mut Stream, is_onto_neurons: bool) -> Drive {
    let rate_hz = one(stream, &[0.0, 40.0, 500.0]);
    let correlation = one(stream, &[0.0, 0.5, 1.0]);
    if is_onto_neurons && stream.chance(0.95) {
        let rate_hz = mostly(stream, &[0.0, 9_000.0], &[1e6]);
        return match stream.below(9) {
            5 => Drive::StepCurrent {
                levels: mostly(
                    stream,
                    &[vec![(0.0, 5.0), (2.0, 30.0)]],
                    &[vec![(2.0, 5.0), (1.0, 3.0)]],
                ),
            },
            6 => Drive::RampCurrent {
                from_ms: 1.0,
                to_ms: one(stream, &[None, Some(3.0), Some(0.5)]),
                start_mv: 0.0,
                slope_mv_per_s: 9_000.0,
            },
            7 => Drive::SineCurrent {
                mean_mv: 20.0,
                amplitude_mv: 20.0,
                frequency_hz: mostly(stream, &[100.0], &[1e5]),
            },
            8 => Drive::ColouredNoise {
                mean_mv: 15.0,
                sd_mv: 10.0,
                tau_ms: mostly(stream, &[5.0], &[0.0]),
                is_common: stream.chance(0.5),
            },
            0 => Drive::Current { r_i_mv: 25.0 },
            1 => Drive::CommonCurrent { mean: 1.0, sd: 2.0, r_mv: 10.0 },
            2 => Drive::UniformNoise { width: 60.0 },
            _ => Drive::Kicks { rate_hz, size_mv: 1.0 },
        };
    }
    match stream.below(26) {
        25 => Drive::Stages {
            stages: mostly(
                stream,
                &[vec![(0.0, 500.0), (2.0, 0.0)]],
                &[vec![(2.0, 5.0), (1.0, 3.0)]],
            ),
        },
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
        9 => Drive::RandomOffsets { rate_hz, num_starts: 10, active_ms: 5.0 },
        10 => Drive::Embedded {
            rate_hz,
            pattern_hz: 300.0,
            members: mostly(stream, &[3], &[30]),
            pattern_ms: 3.0,
            every_ms: 6.0,
            noise: 0.5,
            jitter_ms: 0.3,
        },
        _ => {
            let counting = one(stream, &[Counting::OncePerStep, Counting::Exact]);
            Drive::Poisson { rate_hz, counting }
        }
    }
}

fn wiring(stream: &mut Stream) -> Wiring {
    let usual = [
        Wiring::OutDegree { num: 3 },
        Wiring::ByDistance { lambda: 0.5 },
        Wiring::AllToOthers,
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
        Wiring::ByCircuit { lambda: 0.5, num_pairs: 2, tolerance: 0.5 },
        Wiring::Listed { pairs: vec![(0, 99)] },
    ];
    mostly(stream, &usual, &odd)
}

fn synapse(stream: &mut Stream, onto: &Model) -> Synapse {
    let tau_s_ms = mostly(stream, &[2.0, 20.0], &[0.05]);
    let lift = Synapse::Delta { per_weight: one(stream, &[1.0, 30.0]) };
    let current = Synapse::Current { tau_s_ms, area_mv_ms: 300.0 };
    let pulse = Synapse::OneStep { per_weight: one(stream, &[1.0, 300.0]) };
    // Both projections have the same, as neurons must.
    let conductance = Synapse::Conductance { tau_s_ms: 5.0, e_rev_mv: 0.0, per_weight: 0.1 };
    let usual = match onto {
        Model::ConductanceLif { .. } => vec![&conductance, &lift, &current, &pulse],
        Model::FirstOrder { .. } | Model::SecondOrder { .. } => vec![&pulse],
        Model::LinearPoisson { .. } | Model::SpikeResponse { .. } => vec![&lift],
        Model::SpikeSource => vec![&Synapse::Nothing],
        _ => vec![&lift, &current, &pulse],
    };
    let of_two = Synapse::DoubleExponential { tau_rise_ms: 1.0, tau_decay_ms: 5.0, amplitude: 1.0 };
    let odd = [&conductance, &lift, &pulse, &Synapse::Nothing, &of_two];
    mostly(stream, &usual, &odd).clone()
}

/// `holds_spikes`: it is for neurons whose potential shows their spikes.
fn rule(stream: &mut Stream, holds_spikes: bool) -> Option<Rule> {
    let pair = Window::Pair { a_plus: 0.1, a_minus: 0.12, tau_plus_ms: 20.0, tau_minus_ms: 20.0 };
    if stream.chance(0.5) {
        return None;
    }
    let inhibitory = Window::Inhibitory { eta: 0.01, target_rate_hz: 5.0, tau_ms: 20.0 };
    let triplet = Window::Triplet {
        a2_plus: 0.01,
        a3_plus: 0.02,
        a2_minus: 0.02,
        a3_minus: 0.0,
        tau_plus_ms: 17.0,
        tau_minus_ms: 34.0,
        tau_x_ms: 100.0,
        tau_y_ms: 125.0,
    };
    let offset = Window::Offset { learning_rate: 0.1, offset: 0.1, w_max: 1.0, tau_plus_ms: 20.0 };
    let asymptotic = Window::Asymptotic {
        a_plus: 0.1,
        a_minus: 0.1,
        w_min: 0.0,
        lead: 0.1,
        tau_plus_ms: 20.0,
        tau_minus_ms: 20.0,
    };
    let voltage = Window::Voltage {
        a_ltd: 0.01,
        a_ltp: 0.002,
        theta_minus_mv: -70.6,
        theta_plus_mv: -45.3,
        tau_minus_ms: 10.0,
        tau_plus_ms: mostly(stream, &[7.0], &[0.05]),
        tau_x_ms: 15.0,
        lag_ms: mostly(stream, &[4.0, 0.0], &[-1.0, 1e6]),
        u_ref_mv2: mostly(stream, &[None, Some(60.0)], &[Some(0.0)]),
        tau_u_ms: 20.0,
    };
    // It reads neurons of one model only; others are mostly spared it.
    let usual = match holds_spikes && stream.chance(0.5) {
        true => vec![voltage.clone()],
        false => vec![pair.clone(), pair, inhibitory, triplet, offset, asymptotic],
    };
    let log =
        Window::LogWeight { c: 1.0, eta: 0.1, tracks_variance: false, s_start: 0.0, q_start: 1.0 };
    let points = vec![(-30.0, 0.0), (0.0, -0.1), (0.0, 0.1), (20.0, 0.0)];
    let formula = |on_output: &str| Window::Formula {
        on_input: "-0.1*y*w".into(),
        on_output: on_output.into(),
        tau_x_ms: 20.0,
        tau_x_slow_ms: 100.0,
        tau_y_ms: 20.0,
        tau_y_slow_ms: 100.0,
    };
    let own =
        [Window::Drawn { points }, formula("0.1*x*(v + 70)"), formula("log(x - 2)"), formula("x*")];
    let odd: Vec<Window> = own.into_iter().chain([log, voltage]).collect();
    let window = mostly(stream, &usual, &odd);
    let power = |noise| Dependence::Power { mu_plus: 0.5, mu_minus: 0.5, noise };
    let usual = [
        Dependence::Unbounded,
        Dependence::Hard,
        Dependence::Soft,
        Dependence::Gate,
        power(0.0),
        power(0.1),
    ];
    let odd = Dependence::SoftBetween { low: 0.0, high: 1.0 };
    let dependence = mostly(stream, &usual, &[odd]);
    let usual =
        [Pairing::AllToAll, Pairing::Nearest, Pairing::PresynapticCentred, Pairing::Reduced];
    let pairing = mostly(stream, &usual, &[Pairing::Neighbours]);
    let coincidences =
        [Coincidence::PreFirst, Coincidence::PostFirst, Coincidence::Both, Coincidence::Neither];
    let rule = Rule::new(window, dependence);
    let rule = Rule { pairing, coincidence: one(stream, &coincidences), ..rule };
    // Other rules than pairs do not wait.
    let is_of_pairs = matches!(rule.window, Window::Pair { .. });
    if stream.chance(if is_of_pairs { 0.7 } else { 0.97 }) {
        return Some(rule);
    }
    let usual = [Payout::Continuous, Payout::Every { every_ms: 1.0 }];
    let mut waits = Eligibility::new("dopamine", 50.0, mostly(stream, &usual, &[Payout::AtSignal]));
    waits.scale = one(stream, &[1.0, 2.0]);
    waits.tau_e_ms = one(stream, &[Some(50.0), None]);
    waits.start = mostly(stream, &[0.0], &[1.0]);
    Some(rule.waiting(waits))
}

fn weights(stream: &mut Stream) -> Weights {
    let usual = [Draw::Fixed { value: 0.5 }, Draw::Uniform { low: 0.2, high: 0.8 }];
    let normal = Draw::Normal { mean: 0.5, sd: 0.3, low: Some(0.0), high: None };
    let start = mostly(stream, &usual, &[normal, Draw::LogUniform]);
    let weights = Weights::new(start, Unit::None);
    // Most rules have ends.
    if stream.chance(0.8) { weights.within(0.0, 1.0) } else { weights }
}

fn projection(stream: &mut Stream, name: &str, [pre, post]: [&Population; 2]) -> Projection {
    let some = |stream: &mut Stream, of: &Population| match stream.chance(0.1) {
        true => of.some(1, of.size - 1),
        false => of.all(),
    };
    let ends = [some(stream, pre), some(stream, post)];
    let (wiring, weights) = (wiring(stream), weights(stream));
    let synapse = synapse(stream, &post.parts[0].model);
    let mut projection = Projection::new(name, ends, wiring, weights, synapse);
    let fixed = |delay_ms| Delay::Fixed { delay_ms };
    let drawn = |low_ms| Delay::Uniform { low_ms, high_ms: 2.0 };
    let usual = [fixed(0.0), fixed(0.1), fixed(1.5), drawn(0.1)];
    projection.delay = mostly(stream, &usual, &[drawn(0.0), fixed(0.05), fixed(1e9)]);
    projection.receptor =
        one(stream, &[Receptor::Excitatory, Receptor::Inhibitory, Receptor::Signed]);
    if stream.chance(0.2) {
        let tau_d_ms = mostly(stream, &[200.0], &[-1.0]);
        projection.short_term =
            Some(ShortTerm { u: 0.5, tau_d_ms, tau_f_ms: 50.0, sd: 0.2, tau_least_ms: 1.0 });
    }
    let onto = &post.parts[0].model;
    projection.rule = rule(stream, matches!(onto, Model::AdEx { t_clamp_ms: 0.1.., .. }));
    // By potentials only dense synapses learn, additively and at once.
    if let Some(rule) = &mut projection.rule
        && matches!(rule.window, Window::Voltage { .. })
        && stream.chance(0.8)
    {
        (rule.dependence, rule.eligibility) = (Dependence::Hard, None);
        projection.wiring = Wiring::AllToAll;
        projection.delay = fixed(1.5);
        (projection.from, projection.to) = (pre.all(), post.all());
    }
    if stream.chance(0.15) {
        projection.homeostasis = vec![homeostasis(stream)];
    }
    projection
}

fn homeostasis(stream: &mut Stream) -> Homeostasis {
    let (total, from_start, every_ms) = (2.0, stream.chance(0.5), 1.0);
    let scaling = Homeostasis::Scaling {
        target_rate_hz: 5.0,
        tau_rate_ms: 20.0,
        tau_scaling_ms: 50.0,
        every_ms,
    };
    let usual = [
        Homeostasis::NormaliseAtSpikes { total, from_start },
        Homeostasis::NormalisePerTrial { total, from_start },
        Homeostasis::NormaliseEvery { total, every_ms },
        scaling,
    ];
    let yoke = Homeostasis::Yoke { leader: "nobody".into(), step: 1.1, limit: 2.0 };
    mostly(stream, &usual, &[yoke])
}

fn modulator(stream: &mut Stream, [pre, post]: [&Population; 2]) -> Modulator {
    let method = mostly(stream, &[Method::Exact, Method::Euler], &[Method::TwoHalves]);
    let mean = one(stream, &[None, Some(100.0)]);
    let level =
        Signal::Dopamine { tonic: 0.1, pulse: 1.0, tau_ms: 20.0, tau_mean_ms: mean, method };
    let constant = Signal::Constant { level: 0.5 };
    let success = Signal::Success { baseline: Baseline::None, offset: 0.0 };
    let signal = mostly(stream, &[level.clone(), level, constant], &[success]);
    let elsewhere = Members { population: "nobody".into(), first: 0, size: 1 };
    let of = mostly(stream, &[post.all(), pre.some(1, 2)], &[elsewhere]);
    let delay_ms = one(stream, &[0.0, 3.0]);
    let spikes = Release::Spikes { of, delay_ms, earns: Vec::new(), is_shuffled: false };
    let pairing = Release::Pairing {
        pre: pre.some(0, 2),
        post: mostly(stream, &[Some(post.all())], &[None]),
        within_ms: 5.0,
        delay_min_ms: 1.0,
        delay_max_ms: one(stream, &[1.0, 2.0]),
    };
    let usual = [Release::Never, Release::Every { every_ms: 2.0 }, spikes, pairing];
    let release = mostly(stream, &usual, &[Release::Coin { size: 1.0 }]);
    Modulator::new("dopamine", signal, release)
}

fn any(stream: &mut Stream) -> Network {
    let mut net = Network::continuous(0.1, 1_000.0);
    let inputs = Population::new("input", 5, 0, Role::Input, Model::SpikeSource);
    let neurons = Population::new("neuron", 6, 1, Role::Output, model(stream));
    let [inputs, mut neurons] = match stream.chance(0.8) {
        true => [inputs.in_grid(5, 1), neurons.in_grid(2, 3)],
        false => [inputs, neurons],
    };
    if stream.chance(0.1) {
        let winner = Competition::WinnerTakeAll { inhibition_mv: 5.0, size: 6 };
        neurons.competition =
            Some(mostly(stream, &[winner], &[Competition::Race { delay_ms: 1.0 }]));
    }
    if stream.chance(0.1) {
        neurons.adaptation = Some(Adaptation::Relaxing {
            theta_plus_mv: 1.0,
            ratio: 1.0,
            distance_mv: 20.0,
            tau_theta_ms: 50.0,
            theta_start_mv: 0.0,
            array: None,
        });
    }
    let is_input = matches!(neurons.parts[0].model, Model::SpikeSource);
    net.drive("inputs", inputs.all(), drive(stream, false));
    net.drive("others", neurons.all(), drive(stream, !is_input));
    net.projections.push(projection(stream, "forward", [&inputs, &neurons]));
    net.projections.push(projection(stream, "back", [&neurons, &neurons]));
    net.modulators.push(modulator(stream, [&inputs, &neurons]));
    net.populations = vec![inputs, neurons];
    net
}

/// Steps, or until it cannot go on; and whether a neuron has fired.
fn run(mut network: Built, steps: u32) -> Option<(Built, bool)> {
    let mut has_fired = false;
    for _ in 0..steps {
        network.step(true);
        has_fired |= !network.populations[1].fired().is_empty();
    }
    network.look().is_none().then_some((network, has_fired))
}

#[test]
fn a_network_is_built_or_refused_and_the_same_in_pieces() {
    let (mut num_built, mut num_by_voltage, mut refusals) = (0, 0, BTreeSet::new());
    let mut models = BTreeMap::new();
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
                assert!(Ok(&network) == again.as_ref(), "{seed}: {described:?}");
                // A fault stops both, with numbers that equal nothing.
                let Some((whole, has_fired)) = run(network.clone(), STEPS) else { continue };
                let all = whole.projections.iter().zip(&network.projections);
                num_by_voltage += all
                    .filter(|(new, old)| {
                        matches!(new.stdp, Some(Learns::Voltage(_)))
                            && new.weights() != old.weights()
                    })
                    .count();
                if has_fired {
                    *models.entry(described.populations[1].parts[0].model.word()).or_insert(0) += 1;
                }
                let mut halves = network;
                let copy = (0..STEPS / 3).fold(None, |_, _| {
                    halves.step(true);
                    Some(halves.clone())
                });
                let (halves, _) = run(copy.expect("a copy"), STEPS - STEPS / 3).expect("no fault");
                assert!(whole == halves, "{seed}: {described:?}");
            }
        }
    }
    println!("{num_built} built, {} ways to be refused: {refusals:#?}", refusals.len());
    println!("{models:#?}, {num_by_voltage} have learned by voltage");
    assert!(num_built > NUM / 7, "{num_built}");
    assert!(num_by_voltage > 20, "{num_by_voltage}");
    assert!(refusals.len() >= 30, "{refusals:#?}");
    // Every model has fired in some network, also by chance, but those that are not built.
    assert_eq!(models.len(), 11, "{models:#?}");
}
