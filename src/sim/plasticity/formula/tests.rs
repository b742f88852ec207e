//! Known rules, written as formulas, against the rules themselves.

use super::super::triplet::{ROWS, Triplet};
use super::super::{Bound, Coincidence, PairStdp, PairStdpParams, Pairing, Rule, TripletParams};
use super::*;
use crate::Stream;

const GRID_MS: f64 = 0.5;

fn formula(on_input: &str, on_output: &str) -> FormulaParams {
    let read = |text| Formula::parse(text).expect("a formula");
    FormulaParams {
        on_input: read(on_input),
        on_output: read(on_output),
        tau_x_ms: 20.0,
        tau_x_slow_ms: 100.0,
        tau_y_ms: 30.0,
        tau_y_slow_ms: 125.0,
        is_nearest: false,
        is_post_first: false,
        w_min: 0.0,
        w_max: 1.0,
    }
}

fn rule(params: FormulaParams) -> Rule {
    Rule::Formula(FormulaRule::new(3, 2, params, TimeGrid::new(GRID_MS)))
}

/// Weights of three inputs onto two outputs after noise on both sides.
fn weights(rule: &mut Rule) -> Vec<f32> {
    let mut stream = Stream::new(1, "spikes");
    let mut w = vec![0.5; 6];
    for _ in 0..4_000 {
        let fires: [bool; 5] = std::array::from_fn(|_| stream.chance(0.03));
        rule.tick();
        for is_input in [!rule.is_post_first(), rule.is_post_first()] {
            for pre in (0..3).filter(|pre| is_input && fires[*pre]) {
                rule.pre_spike(pre, &mut w[2 * pre..2 * pre + 2]);
            }
            for post in (0..2).filter(|post| !is_input && fires[3 + post]) {
                rule.post_spike(post, &mut w);
            }
        }
    }
    w
}

fn assert_alike(name: &str, known: &mut Rule, own: FormulaParams) {
    let (known, own) = (weights(known), weights(&mut rule(own)));
    let apart = known.iter().zip(&own).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    let moved = known.iter().map(|w| (w - 0.5).abs()).fold(0.0, f32::max);
    println!("{name}: {apart:e} apart, moved by {moved}");
    assert!(apart < 1e-6 && moved > 0.01, "{name}: {known:?} {own:?}");
}

fn pair(bound: Bound, pairing: Pairing, coincidence: Coincidence) -> Rule {
    let params = PairStdpParams {
        a_plus: 0.005,
        a_minus: 0.0055,
        tau_plus_ms: 20.0,
        tau_minus_ms: 30.0,
        w_min: 0.0,
        w_max: 1.0,
        bound,
        pairing,
        coincidence,
    };
    Rule::Pair(PairStdp::new(3, 2, params, TimeGrid::new(GRID_MS)))
}

#[test]
fn pair_stdp_as_a_formula_is_pair_stdp() {
    for (pairing, is_nearest) in [(Pairing::AllToAll, false), (Pairing::Nearest, true)] {
        for (coincidence, is_post_first) in
            [(Coincidence::PreFirst, false), (Coincidence::PostFirst, true)]
        {
            let own =
                FormulaParams { is_nearest, is_post_first, ..formula("-0.0055*y", "0.005*x") };
            assert_alike("pairs", &mut pair(Bound::Hard, pairing, coincidence), own);
        }
    }
}

#[test]
fn weight_dependence_as_a_formula_is_the_rules() {
    let power = |mu| Bound::Power { mu_plus: mu, mu_minus: mu };
    let of = |bound| pair(bound, Pairing::AllToAll, Coincidence::PreFirst);
    let own = formula("-0.0055*w*y", "0.005*(w_max - w)*x");
    assert_alike("multiplicative", &mut of(power(1.0)), own);
    let own = formula("-0.0055*w^0.3*y", "0.005*(1 - w)^0.3*x");
    assert_alike("Gütig", &mut of(power(0.3)), own);
}

#[test]
fn triplets_as_a_formula_are_the_triplet_rule() {
    let params = TripletParams {
        tau_plus_ms: 20.0,
        tau_minus_ms: 30.0,
        tau_x_ms: 100.0,
        tau_y_ms: 125.0,
        a2_plus: 0.004,
        a3_plus: 0.006,
        a2_minus: 0.007,
        a3_minus: 0.002,
        bound: Bound::Hard,
        is_nearest: false,
        is_post_first: false,
        ..ROWS[0].params()
    };
    let own = formula("-y*(0.007 + 0.002*x_slow)", "x*(0.004 + 0.006*y_slow)");
    assert_alike(
        "triplets",
        &mut Rule::Triplet(Triplet::new(3, 2, params, TimeGrid::new(GRID_MS))),
        own,
    );
}

#[test]
fn a_potential_is_that_of_the_step() {
    let mut own = FormulaRule::new(1, 2, formula("0.001*(v + 70)", "0"), TimeGrid::new(1.0));
    assert!(own.reads_potential());
    let mut w = [0.5, 0.5];
    own.tick();
    own.observe(&[-60.0, -80.0]);
    own.pre_spike(0, &mut w);
    assert!((w[0] - 0.51).abs() < 1e-6 && (w[1] - 0.49).abs() < 1e-6, "{w:?}");
    assert!(!FormulaRule::new(1, 1, formula("y", "x"), TimeGrid::new(1.0)).reads_potential());
}

#[test]
fn a_result_that_is_not_finite_is_kept_and_changes_nothing() {
    let mut own = FormulaRule::new(1, 1, formula("0.1", "log(x - 0.9)"), TimeGrid::new(1.0));
    let mut w = [0.5];
    own.pre_spike(0, &mut w);
    own.post_spike(0, &mut w);
    assert_eq!(own.undefined(), None);
    let before = w;
    own.jump_ms(10.0);
    own.post_spike(0, &mut w);
    assert_eq!(w, before);
    let told = own.undefined().expect("not a number").to_string();
    assert!(told.contains("output spikes gave NaN at x = 0.6"), "{told}");
    own.reset();
    assert_eq!(own.undefined(), None);
}
