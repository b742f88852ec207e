//! Rules of the visitor's own in the playground, and the voltage-based one: what the page claims, over seeds, and what is
//! said of texts that make no sense.

use proptest::prelude::*;

use stdp_playground::experiments::{REGISTRY, build, describe};
use stdp_playground::export::script::{About, script as written};
use stdp_playground::kit::params;
use stdp_playground::lab::Simulator;
use stdp_playground::lab::{Session, built, link, values};
use stdp_playground::net::{Dependence, Rule, Window};

use crate::runs::{arrays, finished, link_of, number, over_seeds, spec_of};

const DEMO: &str = "demo=playground";

fn of_preset<const N: usize>(id: &str, more: &str, names: [&str; N]) -> Vec<[f64; N]> {
    let all = over_seeds(&format!("{DEMO}&preset={id}{more}"), 4, names);
    println!("{id}{more}: {names:?} {all:.4?}");
    all
}

fn every<const N: usize>(all: &[[f64; N]], is_so: impl Fn(&[f64; N]) -> bool) {
    assert!(all.iter().all(is_so), "{all:?}");
}

#[test]
fn a_mirrored_window_has_the_same_area_and_another_winner() {
    let names = ["selectivity", "window_area_ms"];
    let drawn = of_preset("own_window", "", names);
    let mirrored = of_preset("own_window", "&mirrored=1", names);
    every(&drawn, |[gap, _]| (0.8..0.9).contains(gap));
    every(&mirrored, |[gap, _]| (-0.4..-0.3).contains(gap));
    assert!((drawn[0][1] - mirrored[0][1]).abs() < 1e-12);
}

/// A neuron that fires by chance, and a window that is 0 at the lag of what an input causes: then all pairs are chance.
#[test]
fn chance_pairs_drift_by_the_area() {
    let link = format!(
        "{DEMO}&neuron=linear&correlation=0&rule=window&points=-60:0,-30:-0.0006,-5:0,5:0,20:0.0002,60:0&w_init_min=0.5&w_init_max=0.5&duration_s=20"
    );
    for more in ["", "&mirrored=1"] {
        let names = ["mean_weight", "chance_drift_per_s"];
        for [end, drift] in over_seeds(&format!("{link}{more}"), 4, names) {
            let found = (end - 0.5) / 20.0;
            println!("{more}: {found:.5} per s, predicted {drift:.5}");
            assert!((found / drift - 1.0).abs() < 0.1, "{found} {drift}");
        }
    }
}

#[test]
fn pair_stdp_as_a_formula_learns_the_same() {
    let weights = |link: &str| {
        let session = finished(&spec_of(&format!("{DEMO}&duration_s=2{link}")));
        arrays(&*session.runner).swap_remove(0).values
    };
    let (known, own) = (weights(""), weights("&rule=formula"));
    let apart = known.iter().zip(&own).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    println!("{apart:e} apart");
    assert!(apart < 1e-6, "{apart}");
    // The multiplicative rule, which Song, Miller and Abbott compare theirs with.
    let (known, own) = (weights("&mu=1"), weights("&preset=formula_multiplicative"));
    let apart = known.iter().zip(&own).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    println!("{apart:e} apart");
    assert!(apart < 1e-6, "{apart}");
}

#[test]
fn a_multiplicative_formula_keeps_weights_inside() {
    let names = ["share_above_0_9", "mean_weight"];
    // All weights find a place inside the range.
    let all = of_preset("formula_multiplicative", "", names);
    every(&all, |[strong, mean]| *strong < 0.01 && (0.5..0.56).contains(mean));
}

#[test]
fn the_sign_of_a_pair_depends_on_its_rate_where_potentials_count() {
    let names = ["change_plus_10hz", "change_minus_10hz", "change_plus_50hz", "change_minus_50hz"];
    let [voltage] = over_seeds(&format!("{DEMO}&preset=voltage&duration_s=0.1"), 1, names)[..]
    else {
        panic!("one run");
    };
    println!("voltage: {voltage:.3?}");
    let [plus_10, minus_10, plus_50, minus_50] = voltage;
    assert!(plus_10.abs() < 0.05 && minus_10 < -0.3, "{voltage:?}");
    assert!(plus_50 > 0.3 && minus_50 > 0.2, "{voltage:?}");
    // Pairs alone: the order decides, at any rate, or depression wins.
    let [pairs] = over_seeds(&format!("{DEMO}&preset=formula_pair&duration_s=0.1"), 1, names)[..]
    else {
        panic!("one run");
    };
    println!("pairs: {pairs:.3?}");
    assert!(pairs[1] < 0.0 && pairs[3] < 0.0 && pairs[2] < pairs[0], "{pairs:?}");
}

#[test]
fn voltage_based_plasticity_alone_makes_all_grow() {
    let names = ["mean_weight", "output_rate_hz"];
    every(&of_preset("voltage", "", names), |[mean, rate]| *mean > 0.99 && *rate > 30.0);
}

#[test]
fn a_rule_that_reads_spikes_needs_neurons_that_show_them() {
    let mut spec = spec_of(DEMO);
    let told = values::set(&mut spec.params, "rule", "voltage").expect_err("a refusal").rule;
    assert!(told.contains("AdEx with spike shape"), "{told}");
    values::set(&mut spec.params, "neuron", "clopath").expect("a neuron");
    values::set(&mut spec.params, "rule", "voltage").expect("a rule");
    let mut other = spec_of("demo=correlated_inputs");
    assert!(values::set(&mut other.params, "rule", "voltage").is_err());
    assert!(values::set(&mut other.params, "rule", "formula").is_ok());
    assert!(values::set(&mut other.params, "on_input", "v").is_err());
}

#[test]
fn a_formula_is_checked_as_it_is_typed() {
    let mut spec = spec_of(&format!("{DEMO}&rule=formula"));
    let told = values::set(&mut spec.params, "on_input", "0.1 * yy").expect_err("a slip").rule;
    assert!(told.starts_with("at character 7: there is no “yy”"), "{told}");
    values::set(&mut spec.params, "on_input", " -0.01*max(y, x_slow) + 1e-4 ").expect("a formula");
    let (again, notices) = link::parse(&link_of(&spec), REGISTRY);
    assert_eq!((again.spec.clone(), notices), (spec, vec![]));
    assert!(link_of(&again.spec).len() < 200, "{}", link_of(&again.spec));
}

#[test]
fn a_formula_that_gives_no_number_stops_the_run() {
    let spec = spec_of(&format!("{DEMO}&rule=formula&on_output=log(x-2)&duration_s=5"));
    let mut session = Session::new(spec, build);
    session.run_to_end();
    let told = session.runner.fault().expect("a fault").to_string();
    println!("{told}");
    assert!(told.contains("the formula for output spikes gave NaN at x = "), "{told}");
    assert!(session.sim_ms() < 5_000.0);
    assert!(arrays(&*session.runner)[0].values.iter().all(|w| w.is_finite()));
}

#[test]
fn weights_without_ends_stop_the_run_before_they_mean_nothing() {
    let spec = spec_of(&format!("{DEMO}&rule=asymptotic&a_plus=1&a_minus=0.000001&duration_s=60"));
    let mut session = Session::new(spec, build);
    session.run_to_end();
    let told = session.runner.fault().expect("a fault").to_string();
    assert!(told.contains("beyond 100 times the range"), "{told}");
    assert!(session.sim_ms() < 60_000.0);
}

#[test]
fn points_of_a_window_are_in_the_link() {
    let points: Vec<String> = (-8..8)
        .map(|place| format!("{}:{}", 12.5 * f64::from(place), 0.00123 * f64::from(place)))
        .collect();
    let mut spec = spec_of(&format!("{DEMO}&rule=window"));
    values::set(&mut spec.params, "points", &points.join(" ")).expect("16 points");
    assert!(link_of(&spec).len() < 2_000);
    let (again, notices) = link::parse(&link_of(&spec), REGISTRY);
    assert_eq!((again.spec, notices), (spec.clone(), vec![]));
    let net = describe(&spec);
    let rule = net.projections[0].rule.as_ref().expect("a rule");
    assert!(matches!(&rule.window, Window::Drawn { points } if points.len() == 16));
}

#[test]
fn descriptions_that_make_no_sense_are_refused() {
    let fits = describe(&spec_of(&format!("{DEMO}&rule=formula")));
    let names: Vec<&str> = fits.populations.iter().map(|of| &*of.name).collect();
    let told = |change: &dyn Fn(&mut Rule)| {
        let mut net = fits.clone();
        change(net.projections[0].rule.as_mut().expect("a rule"));
        built::network(&net, &names, 1).map(|_| ()).expect_err("a refusal").to_string()
    };
    let slip = told(&|rule| {
        if let Window::Formula { on_input, .. } = &mut rule.window {
            *on_input = "0.1*".into();
        }
    });
    assert!(slip.contains("makes no sense at character 5"), "{slip}");
    assert!(told(&|rule| rule.dependence = Dependence::Soft).contains("additive"));
    let drawn = |points: &[(f64, f64)]| {
        let window = Window::Drawn { points: points.to_vec() };
        told(&|rule| rule.window = window.clone())
    };
    assert!(drawn(&[(1.0, 0.0)]).contains("fewer than two"));
    assert!(drawn(&[(1.0, 0.0), (1.0, 1.0)]).contains("from left to right"));
}

#[test]
fn a_formula_goes_into_the_script_and_a_drawn_window_says_why_not() {
    let script = |id: &str| {
        let spec = spec_of(&format!("{DEMO}&preset={id}"));
        let about =
            About { title: "Playground", link: &link_of(&spec), seed: 1, is_recorded: false };
        written(&describe(&spec), &about, Simulator::Brian2).map_err(|why| why.to_string())
    };
    let text = script("formula_triplet").expect("a script");
    assert!(text.contains("w = clip(w + ((0.0065 * x) * y_slow), 0"), "{text}");
    assert!(text.contains("dy_slow/dt = -y_slow/tau_y_slow : 1 (event-driven)"), "{text}");
    let why = script("own_window").expect_err("a refusal");
    assert!(why.contains("Brian 2 keeps traces only"), "{why}");
}

proptest! {
    #[test]
    fn no_text_is_too_much_for_a_control(text in "\\PC{0,60}", points in "[-0-9.:;, |e]{0,40}") {
        _ = params::formula_rule(&text);
        _ = params::window_rule(&text);
        _ = params::window_rule(&points);
        let mut spec = spec_of(&format!("{DEMO}&rule=formula"));
        if values::set(&mut spec.params, "on_output", &text).is_ok() {
            values::set(&mut spec.params, "duration_s", "0.1").expect("a duration");
            let mut session = Session::new(spec, build);
            session.advance_to(600);
            _ = number(&session, "mean_weight");
        }
    }
}
