//! What the pages of the character task and of distal reward claim, where no other test holds it.
//!
//! The tests of many seeds are ignored by `make test`; `make papers` runs them.

use rayon::prelude::*;

use stdp_playground::experiments::build;
use stdp_playground::lab::{Session, Spec};
use stdp_playground::record::Figure;
use stdp_playground::record::figure::Matrix;

use crate::runs::{arrays, finished, number, spec_of};

/// What `of` finds in the finished runs of seeds 1 to `num_seeds`.
fn over_seeds<T: Send>(
    link: &str,
    num_seeds: u32,
    of: impl Fn(&Session) -> T + Send + Sync,
) -> Vec<T> {
    let spec = spec_of(link);
    let run = |seed| {
        let session = finished(&Spec { seed, ..spec.clone() });
        assert!(session.runner.fault().is_none(), "{link}, seed {seed}");
        of(&session)
    };
    (1..=num_seeds).into_par_iter().map(run).collect()
}

fn results(link: &str, num_seeds: u32, name: &str) -> Vec<f64> {
    over_seeds(link, num_seeds, |session| number(session, name))
}

/// In how many runs this is all letters.
fn complete(link: &str, num_seeds: u32) -> usize {
    let is_complete = |run: &Session| number(run, "distinct_outputs") == number(run, "num_letters");
    over_seeds(link, num_seeds, is_complete).into_iter().filter(|is_it| *is_it).count()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Of a sample.
fn standard_deviation(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (squares / (values.len() as f64 - 1.0)).sqrt()
}

/// The figure with this key, and its place.
fn figure(session: &Session, key: &str) -> Option<(u16, Figure)> {
    let panels = session.spec.panels();
    let place = panels.iter().position(|panel| panel.key == key)?;
    session.runner.figures(&|panel| usize::from(panel) == place).into_iter().next()
}

/// Who won which letter at the test.
fn wins(session: &Session) -> Matrix {
    match figure(session, "confusion") {
        Some((_, Figure::Matrix(matrix))) => matrix,
        other => panic!("not a table: {other:?}"),
    }
}

/// The output that won the letter of this row every time.
fn winner(wins: &Matrix, row: usize) -> Option<usize> {
    let num = wins.column_labels.len();
    (0..num).find(|column| wins.values[row * num + column] == wins.high)
}

#[test]
fn homeostasis_gives_every_letter_a_neuron() {
    assert_eq!(complete("characters/mended", 100), 100);
    let learned = results("characters/no_homeostasis", 100, "distinct_outputs");
    assert!(learned.iter().all(|num| *num <= 1.0), "{learned:?}");
    // One output wins letter after letter, and most of the others none.
    let won = over_seeds("characters/no_homeostasis", 100, |session| {
        let wins = wins(session);
        let of_output = |output| {
            let is_won = |row: &usize| winner(&wins, *row) == Some(output);
            let any = (0..4).any(|row| wins.values[row * 4 + output] > 0.0);
            ((0..4).filter(is_won).count(), any)
        };
        (0..4).map(of_output).collect::<Vec<_>>()
    });
    for outputs in won {
        let most = outputs.iter().map(|(letters, _)| *letters).max();
        let none = outputs.iter().filter(|(_, has_won_any)| !has_won_any).count();
        assert!(most >= Some(3) && none >= 2, "{outputs:?}");
    }
}

/// Cosine similarity with the pixels of a letter.
fn similarity(field: &[f32], letter: &str) -> f32 {
    let pixels = letter.bytes().map(|bit| f32::from(bit - b'0'));
    let product: f32 = field.iter().zip(pixels.clone()).map(|(w, pixel)| w * pixel).sum();
    let length = |squares: f32| squares.sqrt();
    product / length(field.iter().map(|w| w * w).sum()) / length(pixels.map(|p| p * p).sum())
}

#[test]
fn weights_become_pictures_of_letters() {
    let letters = [
        ("A", "010101111101101"),
        ("B", "110101110101110"),
        ("C", "111100100100111"),
        ("D", "110101101101110"),
    ];
    let pictures = over_seeds("characters/mended", 20, |session| {
        let Some((_, Figure::Fields(fields))) = figure(session, "weights") else {
            panic!("not pictures")
        };
        fields.fields
    });
    for field in pictures.into_iter().flatten() {
        let best = letters.map(|(name, pixels)| (similarity(&field.values, pixels), name));
        let best = best.into_iter().max_by(|a, b| a.0.total_cmp(&b.0)).expect("four");
        // Its own letter is written below it.
        assert_eq!(best.1, field.caption, "{field:?}");
        assert!(best.0 > 0.9, "{best:?}");
    }
}

#[test]
fn as_coded_b_and_d_often_have_one_winner() {
    let is_shared = over_seeds("characters/as_coded", 100, |session| {
        let wins = wins(session);
        assert_eq!((&*wins.row_labels[1], &*wins.row_labels[3]), ("B", "D"));
        let [b, d] = [1, 3].map(|row| winner(&wins, row));
        b.is_some() && b == d
    });
    assert_eq!(is_shared.into_iter().filter(|is_it| *is_it).count(), 54);
    assert_eq!(complete("characters/as_coded", 100), 34);
}

#[test]
fn silence_tells_a_letter_from_one_that_contains_it() {
    for (letters, without) in [("CE", 0), ("CEG", 11)] {
        let link = format!("demo=characters&letters={letters}");
        assert_eq!(complete(&link, 20), 20, "{letters}");
        assert_eq!(complete(&format!("{link}&complement=0"), 20), without, "{letters}");
    }
}

#[test]
#[ignore = "a quarter of a minute"]
fn as_the_paper_nothing_is_learned_with_windows_of_1_or_20_ms() {
    for (preset, raised, lowered) in
        [("as_paper", (31.2, 1.9), (0.0, 0.0)), ("as_paper_20ms", (31.6, 6.4), (21.1, 4.2))]
    {
        let names =
            ["raised_weights", "lowered_weights", "distinct_outputs", "changed_weights_silent"];
        let link = format!("characters/{preset}");
        let runs = over_seeds(&link, 20, |session| names.map(|name| number(session, name)));
        let of = |place: usize| runs.iter().map(|run| run[place]).collect::<Vec<f64>>();
        for (place, (expected, spread)) in [(0, raised), (1, lowered)] {
            let found = (mean(&of(place)), standard_deviation(&of(place)));
            assert!((found.0 - expected).abs() < 0.05, "{preset}: {found:?}");
            assert!((found.1 - spread).abs() < 0.05, "{preset}: {found:?}");
        }
        // No letter learned, and no weight of a silent pixel changed.
        assert!(runs.iter().all(|run| run[2..] == [0.0, 0.0]), "{runs:?}");
    }
    // With one of the gains at face value every output fires at each of the three volleys.
    for gain in ["input_gain", "inhibition_gain"] {
        let link = format!("demo=characters&mode=paper&{gain}=1");
        for name in ["spikes_own", "spikes_other"] {
            assert_eq!(results(&link, 10, name), [3.0; 10], "{link}");
        }
    }
}

#[test]
#[ignore = "a minute"]
fn the_early_brian_programs_learn_no_letter() {
    let names = ["hit_rate", "accuracy", "lowered_weights", "distinct_outputs"];
    for epochs in ["", "&epochs=8"] {
        let link = format!("demo=characters&preset=as_brian{epochs}");
        let runs = over_seeds(&link, 100, |session| names.map(|name| number(session, name)));
        assert!(runs.iter().all(|run| run[0] == 0.0 && run[2] == 0.0), "{link}: {runs:?}");
        // 0.25 where each of the four outputs answers to each of the four letters.
        let all_answer = runs.iter().filter(|run| run[1] == 0.25).count();
        assert!(!epochs.is_empty() || all_answer == 90, "{link}: {all_answer}");
    }
    let link = "demo=characters&preset=as_brian_notebook";
    let runs = over_seeds(link, 100, |session| names.map(|name| number(session, name)));
    assert!(runs.iter().all(|run| run[3] == 0.0), "{runs:?}");
    assert!(runs.iter().all(|run| run[0] == 0.25), "{runs:?}");
    let longer = results(&format!("{link}&test_presentations=100"), 20, "hit_rate");
    assert!(longer.iter().all(|rate| *rate == 0.25), "{longer:?}");
}

#[test]
fn a_reward_moves_thousands_of_synapses_up_and_thousands_down() {
    // Without tonic dopamine nothing moves before the reward, which comes after 4 s.
    let spec = spec_of("demo=distal_reward&reward=regular&every_s=4&tonic=0&duration_s=5");
    let moved: Vec<[usize; 2]> = (1..=10)
        .into_par_iter()
        .map(|seed| {
            let mut session = Session::new(Spec { seed, ..spec.clone() }, build);
            let start = arrays(&*session.runner).swap_remove(0).values;
            session.go_to(3_900);
            assert_eq!(arrays(&*session.runner)[0].values, start, "seed {seed}");
            session.run_to_end();
            let end = arrays(&*session.runner).swap_remove(0).values;
            let num = |is_it: &dyn Fn(f32) -> bool| {
                start.iter().zip(&end).filter(|(before, after)| is_it(*after - *before)).count()
            };
            [num(&|change| change > 0.001), num(&|change| change < -0.001)]
        })
        .collect();
    let means = [0, 1].map(|way| moved.iter().map(|nums| nums[way]).sum::<usize>() / 10);
    assert!(means[0].abs_diff(30_000) < 500 && means[1].abs_diff(33_000) < 500, "{moved:?}");
}

#[test]
fn the_mean_weight_falls_where_depression_is_stronger() {
    for (ratio, falls) in [(1.5, true), (0.5, false)] {
        let link = format!("demo=distal_reward/benchmark&ratio={ratio}");
        for mean in results(&link, 10, "mean_weight") {
            assert_eq!(mean < 1.0, falls, "{ratio}: {mean}");
        }
    }
}

#[test]
fn classical_stdp_does_not_care_when_the_reward_comes() {
    let names = ["change_rewarded", "change_reversed", "change_unrewarded"];
    let changes = |delay_s: u32| {
        let run = finished(&spec_of(&format!("demo=distal_reward/classical&delay_s={delay_s}")));
        names.map(|name| number(&run, name))
    };
    assert_eq!(changes(0), changes(3));
    assert!(changes(0)[0] > 0.05, "{:?}", changes(0));
}

/// The chosen synapse is looked at once a second, which is told apart by whether a reward came in it or in the one
/// before.
#[test]
#[ignore = "two minutes"]
fn the_rewarded_synapse_climbs_when_rewards_come() {
    let spec = spec_of("distal_reward/hour");
    let climb = |seed| {
        let mut session = Session::new(Spec { seed, ..spec.clone() }, build);
        let (mut before, mut rise, mut near_rewards, mut num_near) = ([0.0; 2], 0.0, 0.0, 0);
        let mut was_rewarded = false;
        for second in 1..=3_600 {
            session.go_to(1_000 * second);
            let now = ["synapse_final", "num_rewards"].map(|name| number(&session, name));
            let is_rewarded = now[1] > before[1];
            let up = (now[0] - before[0]).max(0.0);
            rise += up;
            if is_rewarded || was_rewarded {
                near_rewards += up;
                num_near += 1;
            }
            (before, was_rewarded) = (now, is_rewarded);
        }
        (near_rewards / rise, num_near)
    };
    let found: Vec<(f64, u32)> = (1..=10).into_par_iter().map(climb).collect();
    for (share, num_seconds) in &found {
        // Far more of the rise than of the time.
        assert!(*share > 0.8 && *num_seconds < 3_600 / 7, "{found:?}");
    }
}
