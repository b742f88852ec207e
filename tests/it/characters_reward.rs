//! The character task with reward: is each letter learned by the output it was given to, and is it the
//! reward that does it?

use std::collections::BTreeMap;

use rayon::prelude::*;

use stdp_playground::experiments::build;
use stdp_playground::lab::Spec;

use crate::runs::{arrays, finished, number, spec_of};

type Summary = BTreeMap<String, f64>;

/// The summaries of seeds 1 to `num_seeds`.
fn over_seeds(link: &str, num_seeds: u32) -> Vec<Summary> {
    let spec = spec_of(link);
    let run = |seed| {
        let session = finished(&Spec { seed, ..spec.clone() });
        assert!(session.runner.fault().is_none(), "{link}, seed {seed}");
        session.runner.summary().into_iter().collect()
    };
    (1..=num_seeds).into_par_iter().map(run).collect()
}

/// Seeds in which this number of letters is all of them.
fn complete(runs: &[Summary], name: &str) -> usize {
    runs.iter().filter(|run| run[name] == run["num_letters"]).count()
}

#[test]
fn reward_says_which_output_learns_which_letter() {
    let runs = over_seeds("characters/reward", 12);
    assert!(complete(&runs, "assigned_letters") >= 11, "{runs:?}");
    // The same network beside it learns the letters too, but not these outputs.
    assert!(complete(&runs, "unrewarded_letters") <= 3, "{runs:?}");
    assert!(runs.iter().all(|run| run["assigned_letters"] <= run["distinct_outputs"]));
}

#[test]
fn yoked_and_absent_reward_do_not() {
    let yoked = over_seeds("characters/reward_yoked", 12);
    assert!(complete(&yoked, "assigned_letters") <= 4, "{yoked:?}");
    // Their verdicts are those of a network that learns.
    assert!(complete(&yoked, "rewarded_letters") >= 11, "{yoked:?}");
    let none = over_seeds("demo=characters&mode=reward&feedback=none", 6);
    assert!(complete(&none, "assigned_letters") <= 1, "{none:?}");
}

#[test]
fn without_reward_no_weight_changes() {
    let spec = spec_of("demo=characters&mode=reward&feedback=none&epochs=3&homeostasis=0");
    let mut runner = build(&spec);
    let before = arrays(&*runner);
    while runner.now() < runner.num_ticks() {
        runner.tick();
    }
    for (after, before) in arrays(&*runner).iter().zip(&before) {
        let pairs = after.values.iter().zip(&before.values);
        // Normalising what sums to 1 already may round.
        pairs.for_each(|(a, b)| assert!((a - b).abs() < 1e-6, "{} {a} {b}", after.name));
    }
}

#[test]
fn a_yoked_network_hears_the_verdicts_of_the_rewarded_one() {
    for seed in [1, 2, 3] {
        let run = |link| finished(&Spec { seed, ..spec_of(link) });
        let yoked = run("demo=characters&mode=reward&epochs=6&feedback=yoked");
        let rewarded = run("demo=characters&mode=reward&epochs=6");
        assert_eq!(number(&yoked, "rewarded_letters"), number(&rewarded, "assigned_letters"));
        assert_eq!(number(&yoked, "unrewarded_letters"), number(&rewarded, "unrewarded_letters"));
    }
}

#[test]
fn a_reward_after_the_next_letter_comes_too_late() {
    let runs = over_seeds("characters/reward_late", 6);
    assert!(complete(&runs, "assigned_letters") <= 2, "{runs:?}");
}

#[test]
#[ignore = "a minute"]
fn reward_for_the_alphabet() {
    let runs = over_seeds("characters/reward_26", 20);
    let letters: f64 = runs.iter().map(|run| run["assigned_letters"]).sum();
    let complete = complete(&runs, "assigned_letters");
    println!("26 letters: {complete} of 20 runs complete, {:.2} letters", letters / 20.0);
    assert!(letters / 20.0 >= 25.0, "{letters}");
    assert!(runs.iter().all(|run| run["unrewarded_letters"] <= 8.0), "{runs:?}");
}

/// The claims of the page, over 100 seeds.
#[test]
#[ignore = "a quarter of a minute"]
fn reward_over_a_hundred_seeds() {
    for (link, low, high) in [
        ("characters/reward", 95, 100),
        ("demo=characters&mode=reward&polarity=background", 95, 100),
        ("characters/reward_yoked", 0, 10),
        ("demo=characters&mode=reward&feedback=none", 0, 10),
        ("characters/reward_late", 0, 30),
    ] {
        let runs = over_seeds(link, 100);
        let assigned = complete(&runs, "assigned_letters");
        let any = complete(&runs, "distinct_outputs");
        let unrewarded = complete(&runs, "unrewarded_letters");
        println!("{link}: assigned {assigned}, any mapping {any}, without reward {unrewarded}");
        assert!((low..=high).contains(&assigned), "{link}: {assigned}");
        assert!(unrewarded <= 10, "{link}: {unrewarded}");
    }
}
