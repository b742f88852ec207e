//! Pair STDP against its closed forms.

use super::*;
use crate::math;

fn params(bound: Bound, pairing: Pairing) -> PairStdpParams {
    PairStdpParams {
        a_plus: 0.01,
        a_minus: 0.012,
        tau_plus_ms: 17.0,
        tau_minus_ms: 34.0,
        w_min: 0.0,
        w_max: 1.0,
        bound,
        pairing,
        coincidence: Coincidence::PreFirst,
    }
}

/// Changes of two weights of 0.5, of one input onto two outputs, of which the second fires only
/// at tick 0. Spikes are at these ticks of 0.5 ms.
fn changes(rule: PairStdpParams, pre: &[u64], post: &[u64]) -> [f64; 2] {
    let mut stdp = PairStdp::new(1, 2, rule, TimeGrid::new(0.5));
    let mut w = [0.5_f32; 2];
    for tick in 0..1_000 {
        stdp.tick();
        if pre.contains(&tick) && !stdp.is_post_first() {
            stdp.pre_spike(0, &mut w);
        }
        if tick == 0 {
            stdp.post_spike(1, &mut w);
        }
        if post.contains(&tick) {
            stdp.post_spike(0, &mut w);
        }
        if pre.contains(&tick) && stdp.is_post_first() {
            stdp.pre_spike(0, &mut w);
        }
    }
    w.map(|w| f64::from(w) - 0.5)
}

fn change(rule: PairStdpParams, pre: &[u64], post: &[u64]) -> f64 {
    changes(rule, pre, post)[0]
}

/// Sum of the pairs at these Δt, in ticks.
fn pairs(deltas: &[i64]) -> f64 {
    let window = |delta: i64| {
        let ms = delta as f64 * 0.5;
        if delta >= 0 {
            0.01 * math::exp_f64(-ms / 17.0)
        } else {
            -0.012 * math::exp_f64(ms / 34.0)
        }
    };
    deltas.iter().map(|&delta| window(delta)).sum()
}

#[test]
fn the_window_is_the_closed_form() {
    let rule = params(Bound::Hard, Pairing::AllToAll);
    for delta in [1_u64, 10, 40, 100] {
        let (plus, minus) =
            (change(rule, &[200], &[200 + delta]), change(rule, &[200 + delta], &[200]));
        assert!((plus - pairs(&[delta as i64])).abs() < 2e-7, "{plus}");
        assert!((minus - pairs(&[-(delta as i64)])).abs() < 2e-7, "{minus}");
    }
}

#[test]
fn every_pairing_counts_its_own_pairs() {
    let (pre, post) = ([200, 210, 224, 230], [205, 216, 220, 240]);
    for (pairing, expected) in [
        (
            Pairing::AllToAll,
            &[5, 16, 20, 40, -5, 6, 10, 30, -19, -8, -4, 16, -25, -14, -10, 10][..],
        ),
        (Pairing::Nearest, &[5, -5, 6, 10, -4, -10, 10]),
        (Pairing::PresynapticCentred, &[5, -5, 6, -4, -10, 16, 10]),
        (Pairing::Reduced, &[5, -5, 6, -4, 10]),
    ] {
        let rule = params(Bound::Hard, pairing);
        let [busy, idle] = changes(rule, &pre, &post);
        assert!((busy - pairs(expected)).abs() < 3e-7, "{pairing:?}: {busy}");
        // The second output's single spike is paired with its inputs, whatever the first does.
        let all = pairs(&[-200, -210, -224, -230]);
        let expected = if pairing == Pairing::Reduced { pairs(&[-200]) } else { all };
        assert!((idle - expected).abs() < 3e-7, "{pairing:?}: {idle}");
    }
}

#[test]
fn every_convention_counts_a_coincidence_as_it_says() {
    let pairings =
        [Pairing::AllToAll, Pairing::Nearest, Pairing::PresynapticCentred, Pairing::Reduced];
    for pairing in pairings {
        for (coincidence, expected) in [
            (Coincidence::PreFirst, 0.01),
            (Coincidence::PostFirst, -0.012),
            (Coincidence::Both, -0.002),
            (Coincidence::Neither, 0.0),
        ] {
            let rule = PairStdpParams { coincidence, ..params(Bound::Hard, pairing) };
            let got = change(rule, &[200], &[200]);
            assert!((got - expected).abs() < 2e-7, "{pairing:?} {coincidence:?}: {got}");
        }
    }
    // The example of NEST's documentation: inputs at 10 and 20 ms, an output at 20 ms.
    let rule = PairStdpParams {
        coincidence: Coincidence::Neither,
        ..params(Bound::Hard, Pairing::Nearest)
    };
    assert!((change(rule, &[20, 40], &[40]) - pairs(&[20])).abs() < 2e-7);
    // The output spike still meets the next input spike, and the input spike the next output.
    let later = change(rule, &[200, 250], &[200, 240]);
    assert!((later - pairs(&[40, -10])).abs() < 2e-7, "{later}");
}

#[test]
fn exact_times_give_what_the_grid_gives() {
    let rule = params(Bound::Soft, Pairing::AllToAll);
    let mut stdp = PairStdp::new(1, 1, rule, TimeGrid::new(0.5));
    let mut w = [0.5_f32];
    stdp.pre_spike(0, &mut w);
    stdp.jump_ms(5.0);
    stdp.post_spike(0, &mut w);
    stdp.jump_ms(20.0);
    stdp.pre_spike(0, &mut w);
    let on_grid = change(rule, &[200, 250], &[210]);
    assert!((f64::from(w[0]) - 0.5 - on_grid).abs() < 1e-7);
}

#[test]
fn soft_bounds_scale_with_the_room_left() {
    let rule = params(Bound::Soft, Pairing::AllToAll);
    let hard = params(Bound::Hard, Pairing::AllToAll);
    let ratio = change(rule, &[200], &[210]) / change(hard, &[200], &[210]);
    assert!((ratio - 0.5).abs() < 1e-5, "{ratio}");
    // However often it is potentiated, the weight stays below its bound.
    let all: Vec<u64> = (0..1_000).collect();
    assert!(change(rule, &all, &all) <= 0.5);
}

#[test]
fn hard_bounds_clip() {
    let rule = PairStdpParams { a_plus: 10.0, ..params(Bound::Hard, Pairing::AllToAll) };
    assert_eq!(change(rule, &[1], &[2]), 0.5);
    let rule = PairStdpParams { a_minus: 10.0, ..rule };
    assert_eq!(change(rule, &[2], &[1]), -0.5);
}

#[test]
fn noise_makes_van_rossums_weights_spread_around_their_balance() {
    let bound = Bound::Power { mu_plus: 0.0, mu_minus: 1.0 };
    // c₊ = 1, c₋ = 0.003 per unit of weight, as published; pairs at ±5 ms.
    let rule = PairStdpParams {
        a_plus: 1.0,
        a_minus: 0.003 * 2_000.0,
        tau_plus_ms: 20.0,
        tau_minus_ms: 20.0,
        w_max: 2_000.0,
        ..params(bound, Pairing::Nearest)
    };
    let num = 400;
    let noise = Noise::new(0.015, crate::Stream::new(1, "noise"));
    let mut stdp = PairStdp::new(num, 1, rule, TimeGrid::new(0.5)).with_noise(noise);
    let mut w = vec![100.0_f32; num];
    for _ in 0..4_000 {
        stdp.post_spike(0, &mut w);
        stdp.jump_ms(5.0);
        (0..num).for_each(|pre| stdp.pre_spike(pre, &mut w[pre..=pre]));
        stdp.jump_ms(5.0);
    }
    let mean = w.iter().sum::<f32>() / num as f32;
    let moment = |power: i32| {
        let terms = w.iter().map(|w| (0..power).fold(1.0, |p, _| p * (w - mean)));
        terms.sum::<f32>() / num as f32
    };
    let skewness = moment(3) / (moment(2) * moment(2).sqrt());
    assert!((mean - 1.0 / 0.003).abs() < 15.0, "{mean}");
    assert!(skewness > 0.1, "{skewness}");
    assert!(w.iter().all(|w| *w > 100.0 && *w < 1_900.0));
}
