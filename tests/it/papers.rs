//! Published numbers, and ours, over fewer seeds than the table has, so that this takes seconds.
//!
//! The tests over all 100 seeds are ignored by `make test`; `make papers` runs them.

use crate::runs::{finished, number, over_seeds as all_over_seeds, spec_of};

/// The same for one of them.
fn over_seeds(link: &str, num_seeds: u32, name: &str) -> Vec<f64> {
    all_over_seeds(link, num_seeds, [name]).into_iter().map(|[value]| value).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Seeds in which all of `num_letters` letters are learned.
fn complete(link: &str, num_seeds: u32, num_letters: f64) -> usize {
    let learned = over_seeds(link, num_seeds, "distinct_outputs");
    learned.iter().filter(|count| **count == num_letters).count()
}

#[test]
fn as_coded_four_letters_score_as_published() {
    let rates = over_seeds("characters/as_coded", 100, "published_hit_rate");
    let mean = mean(&rates);
    assert!((mean - 0.81).abs() < 0.045, "{mean}");
    // Seeds differ: with the same answer everywhere the mean would mean nothing.
    assert!(rates.iter().any(|rate| (rate - mean).abs() > 0.1));
}

#[test]
fn as_coded_the_alphabet_scores_as_published() {
    let mean = mean(&over_seeds("characters/as_coded_alphabet", 20, "published_hit_rate"));
    assert!((mean - 0.65).abs() < 0.05, "{mean}");
}

#[test]
fn mended_four_letters_are_learned_in_both_polarities() {
    for polarity in ["ink", "background"] {
        let link = format!("demo=characters&polarity={polarity}");
        let complete = complete(&link, 40, 4.0);
        assert!(complete as f64 >= 0.98 * 40.0, "{polarity}: {complete} of 40");
    }
}

#[test]
fn mended_the_alphabet_is_learned() {
    assert_eq!(complete("characters/alphabet", 5, 26.0), 5);
}

#[test]
fn without_homeostasis_letters_stay_unlearned() {
    let complete = complete("characters/no_homeostasis", 20, 4.0);
    assert!(complete <= 2, "{complete} of 20");
}

#[test]
fn a_silent_network_looks_accurate_and_hits_nothing() {
    // The weakest drive leaves outputs silent: the trap that the hit rate is there for.
    let link = "demo=characters&mode=coded&w_init_min=0&w_init_max=0.01&pair_silent_pixels=0";
    let session = finished(&spec_of(link));
    assert_eq!(number(&session, "hit_rate"), 0.0);
    assert_eq!(number(&session, "accuracy"), number(&session, "accuracy_if_silent"));
    assert_eq!(number(&session, "accuracy"), 0.75);
}

/// Windows of 1 ms and volleys 89 ms apart: nothing is ever depressed, and silent pixels do not pair.
#[test]
fn as_the_paper_no_weight_is_ever_lowered() {
    let of = |preset: &str, name| over_seeds(&format!("characters/{preset}"), 4, name);
    assert!(of("as_paper", "raised_weights").iter().all(|num| *num > 25.0));
    assert_eq!(of("as_paper", "lowered_weights"), [0.0; 4]);
    assert!(of("as_paper_20ms", "lowered_weights").iter().all(|num| *num > 15.0));
    for preset in ["as_paper", "as_paper_20ms"] {
        assert_eq!(of(preset, "changed_weights_silent"), [0.0; 4]);
    }
    // The early program's depression has the wrong sign.
    assert_eq!(of("as_brian", "lowered_weights"), [0.0; 4]);
}

/// All letters are learned in every one of the 100 seeds of the table; these are the promises.
#[test]
#[ignore = "half a minute"]
fn mended_letters_over_100_seeds() {
    let alphabet = "&letters=ABCDEFGHIJKLMNOPQRSTUVWXYZ&epochs=100";
    for (task, num_letters, least) in [("", 4.0, 98), (alphabet, 26.0, 95)] {
        for polarity in ["ink", "background"] {
            let link = format!("demo=characters&polarity={polarity}{task}");
            let complete = complete(&link, 100, num_letters);
            println!("{num_letters} letters, {polarity}: {complete} of 100");
            assert!(complete >= least, "{link}: {complete} of 100");
        }
    }
}

#[test]
#[ignore = "some seconds"]
fn as_coded_the_alphabet_scores_as_published_over_100_seeds() {
    let rates = over_seeds("characters/as_coded_alphabet", 100, "published_hit_rate");
    let mean = mean(&rates);
    println!("as coded, 26 letters: {mean:.3}; published 0.65");
    assert!((mean - 0.65).abs() < 0.03, "{mean}");
}

/// Hit rate and that of the nearest template, as `tests/reference/characters.md` has them.
fn committed(model: &str, task: &str) -> [f64; 2] {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/characters.md");
    let text = std::fs::read_to_string(path).expect("the table");
    let start = format!("| {model} | {task} | ink | 100 | ");
    let row = text.lines().find(|line| line.starts_with(&start));
    let row = row.unwrap_or_else(|| panic!("no row '{start}'"));
    let cells: Vec<&str> = row.split(" | ").collect();
    let number = |cell: &str| cell.split(' ').next().and_then(|word| word.parse().ok());
    [cells[4], cells[8]].map(|cell| number(cell).unwrap_or_else(|| panic!("a number: '{cell}'")))
}

/// A classifier that compares pixels with the clean letters is what can be reached at all.
#[test]
#[ignore = "half a minute"]
fn flipped_pixels_cost_what_the_table_says_and_more_than_the_nearest_template() {
    let alphabet = "&letters=ABCDEFGHIJKLMNOPQRSTUVWXYZ&epochs=100";
    for (task, rest) in [("ABCD", "&test_presentations=10"), ("A–Z", alphabet)] {
        let mut last = 1.0;
        for (flips, model) in [
            (1, "mended, 1 pixel flipped at the test"),
            (2, "mended, 2 pixels flipped at the test"),
        ] {
            let link = format!("demo=characters&test_flips={flips}{rest}");
            let names = ["hit_rate", "hit_rate_nearest_template"];
            let runs = all_over_seeds(&link, 100, names);
            let [ours, template] =
                [0, 1].map(|place| runs.iter().map(|run| run[place]).sum::<f64>() / 100.0);
            println!("{task}, {flips} flipped: {ours:.3}, nearest template {template:.3}");
            // The table's own seeds, to three digits; a model that changes needs a new table.
            for (found, committed) in [ours, template].iter().zip(committed(model, task)) {
                assert!((found - committed).abs() < 0.005, "{link}: {found}, not {committed}");
            }
            assert!(ours < template && ours > template - 0.12, "{link}: {ours} {template}");
            assert!(ours < last - 0.05, "{link}: {ours}, not below {last}");
            last = ours;
        }
    }
}
