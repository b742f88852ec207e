//! Pattern clustering: the published numbers over seeds, an independent loop of the published network, and
//! that our network does what it is for.
//!
//! The tests over all seeds are ignored by `make test`; `make papers` runs them.

use serde::Deserialize;

use stdp_playground::sim::published::CountingNet;
use stdp_playground::sim::published::counting_net::Drive;

use crate::runs::over_seeds;

fn column<const N: usize>(rows: &[[f64; N]], place: usize) -> Vec<f64> {
    rows.iter().map(|row| row[place]).collect()
}

/// How many of the values are 1.
fn count(values: &[f64]) -> usize {
    values.iter().filter(|value| **value == 1.0).count()
}

/// Linear between the two nearest values.
fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    below + (above - below) * (place - place.floor())
}

#[derive(Deserialize)]
struct Reference {
    num_iterations: usize,
    iterations_per_sample: usize,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    rule: String,
    w_max: f32,
    v_init_mv: Vec<f32>,
    w_init: Vec<f32>,
    currents: Vec<f32>,
    spikes: Vec<Vec<u32>>,
    weights: Vec<Vec<f32>>,
    v_mv: Vec<Vec<f32>>,
}

#[test]
fn the_published_network_is_that_of_an_independent_loop() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/clustering_numpy.json");
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let reference: Reference =
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
    assert_eq!(reference.cases.len(), 4);
    for case in &reference.cases {
        let has_eligibility = case.rule != "stdp";
        let (v, w) = (case.v_init_mv.clone(), case.w_init.clone());
        let gate = (-1_000.0, case.w_max);
        let mut net = CountingNet::new(has_eligibility, gate, 1_000.0, v, w, 2);
        let mut spikes = vec![Vec::new(); 10];
        for iteration in 0..reference.num_iterations {
            let [a, b] = [0, 1].map(|group| case.currents[2 * iteration + group]);
            net.step(&Drive::Currents(&[a, a, a, a, b, b, b, b]));
            let (inputs, outputs) = net.fired();
            inputs.iter().for_each(|&n| spikes[n as usize].push(iteration as u32));
            outputs.iter().for_each(|&n| spikes[8 + n as usize].push(iteration as u32));
            if (iteration + 1) % reference.iterations_per_sample == 0 {
                let sample = iteration / reference.iterations_per_sample;
                let far = |ours: &[f32], theirs: &[f32]| {
                    let gaps = ours.iter().zip(theirs).map(|(a, b)| (a - b).abs());
                    gaps.fold(0.0, f32::max)
                };
                let gap = far(net.weights(), &case.weights[sample]) / case.w_max;
                assert!(gap < 1e-4, "{}, iteration {iteration}: weights {gap}", case.rule);
                let gap = far(net.v_mv(), &case.v_mv[sample]);
                assert!(gap < 1e-3, "{}, iteration {iteration}: {gap} mV", case.rule);
            }
        }
        assert_eq!(spikes, case.spikes, "{}", case.rule);
    }
}

#[test]
fn published_runs_come_apart_where_one_output_starts_above_threshold() {
    // Every run holds 175 others from other starts.
    for (preset, expected) in [("published_stdp", 0.24), ("published_r_stdp", -0.71)] {
        let names = ["other_starts_cosine_one_above", "other_starts_cosine_else", "other_starts"];
        let runs = over_seeds(&format!("pattern_clustering/{preset}"), 4, names);
        let one = column(&runs, 0).iter().sum::<f64>() / 4.0;
        assert!((one - expected).abs() < 0.1, "{preset}: {one}");
        assert!(column(&runs, 1).iter().all(|other| *other > 0.94), "{preset}: {runs:?}");
        assert_eq!(column(&runs, 2), [175.0; 4]);
    }
}

#[test]
fn published_outputs_from_the_same_start_stay_alike() {
    for rule in ["stdp", "r_stdp"] {
        let link = format!("demo=pattern_clustering&preset=published_same_start&rule={rule}");
        let cosines = column(&over_seeds(&link, 20, ["cosine_final"]), 0);
        assert!(cosines.iter().all(|cosine| *cosine > 0.98), "{rule}: {cosines:?}");
    }
}

#[test]
fn published_silent_neurons_gain_two_only_where_there_is_an_eligibility() {
    for (preset, expected) in [("published_silent", 0.0), ("published_r_silent", 2.0)] {
        let link = format!("pattern_clustering/{preset}");
        let changes = column(&over_seeds(&link, 10, ["silent_output_change"]), 0);
        // Single precision, around 50.
        assert!(changes.iter().all(|gain| (gain - expected).abs() < 1e-3), "{preset}: {changes:?}");
    }
}

#[test]
fn the_published_dopamine_is_constant_and_the_baseline_of_the_cosine_is_099() {
    let names = ["dopamine", "cosine_baseline"];
    let runs = over_seeds("pattern_clustering/published_r_stdp", 10, names);
    assert!(column(&runs, 0).iter().all(|dopamine| *dopamine == 1.0));
    let baseline = column(&runs, 1).iter().sum::<f64>() / 10.0;
    assert!((baseline - 0.99).abs() < 0.005, "{baseline}");
}

/// Seeds in which different outputs win the two patterns in the test.
fn separated(link: &str, num_seeds: u32) -> usize {
    let link = format!("demo=pattern_clustering&{link}");
    count(&column(&over_seeds(&link, num_seeds, ["separated"]), 0))
}

#[test]
fn different_outputs_win_up_to_half_overlap_and_none_wins_the_same_pattern_twice() {
    for link in ["overlap=0", "overlap=0.25", "overlap=0.5", "overlap=0.5&silent=1"] {
        let separated = separated(link, 20);
        assert!(separated >= 19, "{link}: {separated} of 20");
    }
    assert!(separated("overlap=1", 20) <= 1);
    assert!(separated("overlap=1&silent=1", 20) <= 1);
}

#[test]
fn without_competition_outputs_do_not_become_specialists() {
    for link in ["inhibition=0", "homeostasis=0", "inhibition=0&homeostasis=0", "alternating=0"] {
        let separated = separated(link, 20);
        assert!(separated <= 8, "{link}: {separated} of 20");
    }
}

/// The pattern that an output has learned: at least nine of ten of its spikes of the test answer it.
fn learned(to_a: f64, to_b: f64) -> Option<char> {
    let all = to_a + to_b;
    if to_a >= 0.9 * all {
        Some('a')
    } else if to_b >= 0.9 * all {
        Some('b')
    } else {
        None
    }
}

/// What the page says of the run without inhibition.
#[test]
fn without_inhibition_both_outputs_learn_the_same_pattern_in_18_of_20_seeds() {
    let names = ["spikes_1_to_a", "spikes_1_to_b", "spikes_2_to_a", "spikes_2_to_b", "separated"];
    let runs = over_seeds("pattern_clustering/no_inhibition", 20, names);
    let outputs = runs.iter().map(|run| [learned(run[0], run[1]), learned(run[2], run[3])]);
    let same: Vec<char> = outputs.filter_map(|[one, two]| one.filter(|_| one == two)).collect();
    assert_eq!(same.len(), 18, "{runs:?}");
    assert_eq!(count(&column(&runs, 4)), 2, "{runs:?}");
    // Which one it is, is left to chance.
    let num_a = same.iter().filter(|pattern| **pattern == 'a').count();
    assert!((4..=14).contains(&num_a), "{num_a} of 18");
}

/// Of 100 seeds 8 tell the patterns apart, and 86 have both outputs at the same one.
#[test]
#[ignore = "some seconds"]
fn without_inhibition_over_100_seeds() {
    let names = ["spikes_1_to_a", "spikes_1_to_b", "spikes_2_to_a", "spikes_2_to_b", "separated"];
    let runs = over_seeds("pattern_clustering/no_inhibition", 100, names);
    let is_same = |run: &&[f64; 5]| {
        learned(run[0], run[1]).is_some_and(|one| learned(run[2], run[3]) == Some(one))
    };
    let (same, apart) = (runs.iter().filter(is_same).count(), count(&column(&runs, 4)));
    println!("without inhibition: the same pattern in {same}, told apart in {apart} of 100");
    assert!((79..=92).contains(&same) && (3..=15).contains(&apart), "{same} and {apart}");
}

#[test]
fn a_reward_on_the_response_decides_who_learns_what() {
    let assigned = |reward: &str| {
        let link = format!("demo=pattern_clustering&reward={reward}");
        let shares = column(&over_seeds(&link, 20, ["assigned_share"]), 0);
        shares.iter().filter(|share| **share >= 0.9).count()
    };
    assert!(assigned("response") >= 19);
    let by_chance = assigned("constant");
    assert!((4..=16).contains(&by_chance), "{by_chance} of 20");
    assert!(assigned("coin") <= 8);
}

/// Percentiles of the sheet, and medians by who started above the threshold.
#[test]
#[ignore = "a minute"]
fn published_percentiles_over_1000_seeds() {
    let table = [
        ("published_stdp", [0.0, 0.23, 0.92, 0.99, 1.0], 0.24),
        ("published_r_stdp", [-0.79, -0.71, 0.99, 1.0, 1.0], -0.71),
    ];
    for (preset, percentiles, one_above) in table {
        let names = ["cosine_final", "outputs_started_above", "same_winner"];
        let runs = over_seeds(&format!("pattern_clustering/{preset}"), 1_000, names);
        let cosines = column(&runs, 0);
        let ours = [0.05, 0.25, 0.5, 0.75, 0.95].map(|share| percentile(&cosines, share));
        let median_of = |above: &[f64]| {
            let kept = runs.iter().filter(|run| above.contains(&run[1]));
            percentile(&kept.map(|run| run[0]).collect::<Vec<_>>(), 0.5)
        };
        let [none, one, both] = [0.0, 1.0, 2.0].map(|above| median_of(&[above]));
        let otherwise = median_of(&[0.0, 2.0]);
        let same = count(&column(&runs, 2)) as f64 / 1_000.0;
        println!(
            "{preset}: {ours:.2?}; none, one, both above: {none:.2} {one:.2} {both:.2}; same winner {same:.2}"
        );
        for (ours, published) in ours.iter().zip(percentiles) {
            assert!((ours - published).abs() < 0.1, "{preset}: {ours} instead of {published}");
        }
        assert!((one - one_above).abs() < 0.1, "{preset}: {one}");
        assert!(otherwise > 0.94 && both > 0.94, "{preset}: {otherwise}, both above {both}");
        assert!((same - 0.8).abs() < 0.05, "{preset}: {same}");
    }
    let link = "demo=pattern_clustering&mode=published&i_a=125&i_b=125";
    for (rule, lowest) in [("stdp", 0.5), ("r_stdp", -0.95)] {
        let cosines = over_seeds(&format!("{link}&rule={rule}"), 300, ["cosine_final"]);
        let low = percentile(&column(&cosines, 0), 0.05);
        println!("identical currents, {rule}: 5th percentile {low:.2}");
        assert!(low < lowest, "{rule}: {low}");
    }
}

/// The test of the task, with and without the silent neurons.
#[test]
#[ignore = "a quarter of a minute"]
fn patterns_are_told_apart_over_100_seeds() {
    for silent in [0, 1] {
        for overlap in [0.0, 0.25, 0.5, 1.0] {
            let link = format!("overlap={overlap}&silent={silent}");
            let separated = separated(&link, 100);
            println!("{link}: {separated} of 100");
            let is_met = if overlap < 1.0 { separated >= 95 } else { separated <= 5 };
            assert!(is_met, "{link}: {separated} of 100");
        }
    }
}

/// The sheet's single runs end at 0.995 with STDP and at 0.977 with "R-STDP". Ours are other pictures, textures with
/// the same range of greys; and what decides is where the outputs start, as with currents.
#[test]
fn published_pictures_leave_outputs_alike_unless_one_starts_above_threshold() {
    // Every run holds 175 others from other starts. Measured over 100 seeds, medians of these: −0.96 to −0.94 and
    // 0.994 to 0.997 with STDP, −0.98 to −0.97 and 0.993 to 0.997 with "R-STDP".
    for (preset, apart) in [("published_pictures", -0.95), ("published_r_pictures", -0.97)] {
        let names = ["other_starts_cosine_one_above", "other_starts_cosine_else"];
        let runs = over_seeds(&format!("pattern_clustering/{preset}"), 4, names);
        for [one_above, otherwise] in runs {
            assert!((one_above - apart).abs() < 0.02, "{preset}: {one_above}");
            assert!((otherwise - 0.995).abs() < 0.003, "{preset}: {otherwise}");
        }
    }
    for (preset, expected) in [("published_silent", 0.0), ("published_r_silent", 2.0)] {
        let link = format!("demo=pattern_clustering&preset={preset}&stimulus=pictures");
        let changes = column(&over_seeds(&link, 4, ["silent_output_change"]), 0);
        assert!(changes.iter().all(|gain| (gain - expected).abs() < 1e-3), "{preset}: {changes:?}");
    }
}

/// Where both outputs start above the threshold, every weight rises past the gate and stays there, as in the source's
/// figures: up to 100 to 138 at a cosine of 0.995 with STDP, 205 to 315 at 0.977 with "R-STDP".
#[test]
#[ignore = "half a minute"]
fn published_pictures_over_100_seeds() {
    for (preset, gate, one_apart) in
        [("published_pictures", 100.0, -0.95), ("published_r_pictures", 200.0, -0.97)]
    {
        let names = ["cosine_final", "outputs_started_above", "weight_min", "weight_max"];
        let runs = over_seeds(&format!("pattern_clustering/{preset}"), 100, names);
        let of = |above: f64, place: usize| -> Vec<f64> {
            runs.iter().filter(|run| run[1] == above).map(|run| run[place]).collect()
        };
        let range = |values: &[f64]| [0.0, 0.5, 1.0].map(|share| percentile(values, share));
        let all = [0.05, 0.25, 0.5, 0.75, 0.95].map(|share| percentile(&column(&runs, 0), share));
        println!("{preset}: percentiles {all:.3?}");
        for above in [0.0, 1.0, 2.0] {
            let (num, cosines) = (of(above, 0).len(), range(&of(above, 0)));
            println!("  {above} above, {num} runs: least, median, most {cosines:.3?}");
        }
        let (cosines, least, most) = (of(2.0, 0), range(&of(2.0, 2)), range(&of(2.0, 3)));
        println!("  both above: weights {least:.1?} to {most:.1?}");
        assert!(cosines.len() > 10 && cosines.iter().all(|cosine| *cosine > 0.975), "{cosines:?}");
        assert!(least[0] > gate && most[2] < 1.8 * gate, "{least:?} {most:?}");
        let one = percentile(&of(1.0, 0), 0.5);
        assert!((one - one_apart).abs() < 0.03, "{preset}, one above: {one}");
    }
}
