//! Van Rossum's rule on a neuron, and what refractory time and reset do to every neuron of the correlated inputs.

use rayon::prelude::*;

use stdp_playground::experiments::words;
use stdp_playground::lab::Spec;

use crate::runs::{every_preset, finished, number, spec_of};

const NEURON: &str = "demo=correlated_inputs&part=neuron";

/// Weights of the plastic inputs at the end.
fn weights(link: &str, seed: u32) -> Vec<f64> {
    let session = finished(&Spec { seed, ..spec_of(link) });
    assert!(session.runner.fault().is_none(), "{link}");
    let arrays = session.runner.weights();
    let inputs = arrays.iter().find(|array| array.name == "input_to_output").expect("weights");
    inputs.values.iter().map(f64::from).collect()
}

/// Mean, standard deviation and skewness.
fn moments(values: &[f64]) -> [f64; 3] {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let power = |x: f64, times: u32| (0..times).fold(1.0, |product, _| product * x);
    let about_mean = |times| values.iter().map(|w| power(w - mean, times)).sum::<f64>() / n;
    let sd = about_mean(2).sqrt();
    [mean, sd, about_mean(3) / (sd * sd * sd)]
}

/// How many there are in each of `N` equal parts of 0 to 1.
fn histogram<const N: usize>(values: &[f64]) -> [f64; N] {
    let mut counts = [0.0; N];
    values.iter().for_each(|w| counts[((w * N as f64) as usize).min(N - 1)] += 1.0);
    counts
}

/// It rises to one top and falls from there, but for what chance does to a count.
fn has_one_mode(counts: &[f64]) -> bool {
    let top = (0..counts.len()).max_by(|a, b| counts[*a].total_cmp(&counts[*b])).expect("bins");
    let rises = |low: f64, high: f64| low <= high + 3.0 * (low + high).sqrt();
    counts[..=top].windows(2).all(|pair| rises(pair[0], pair[1]))
        && counts[top..].windows(2).all(|pair| rises(pair[1], pair[0]))
}

/// The sheet's acceptance: one mode, positively skewed, nothing within 5 % of either end.
#[test]
fn van_rossums_weights_have_one_skewed_hump_away_from_both_ends() {
    let link = "correlated_inputs/van_rossum";
    let runs: Vec<Vec<f64>> = (1..=4).into_par_iter().map(|seed| weights(link, seed)).collect();
    for (seed, run) in (1..).zip(&runs) {
        let [mean, sd, skewness] = moments(run);
        let (low, high) = run.iter().fold((1.0_f64, 0.0_f64), |(a, b), w| (a.min(*w), b.max(*w)));
        println!("seed {seed}: {mean:.3} ± {sd:.3}, skewness {skewness:.2}, {low:.3} to {high:.3}");
        assert!(skewness > 0.2, "seed {seed}: {skewness}");
        assert!(low > 0.05 && high < 0.95, "seed {seed}: {low} to {high}");
    }
    let all = runs.concat();
    let counts = histogram::<25>(&all);
    assert!(has_one_mode(&counts), "{counts:?}");
    // Of additive pairs a third ends there, on the same inputs.
    let additive = weights("demo=correlated_inputs&preset=van_rossum&rule=pair", 1);
    let at_ends = additive.iter().filter(|w| **w < 0.05 || **w > 0.95).count();
    assert!(at_ends > 250, "{at_ends} of 1,000");
}

#[test]
fn van_rossums_mean_weight_is_that_of_the_closed_form_on_a_linear_neuron() {
    // Noise moves no mean: the drift A₊ (1 + 1/(N r τ)) − A₋ w vanishes on average.
    let link = format!(
        "{NEURON}&rule=van_rossum&cell=linear&num_inputs=200&correlated_share=0&coincidence=none&a_plus=0.01\
         &duration_s=1000"
    );
    for a_minus in [0.02, 0.03] {
        let link = format!("{link}&a_minus={a_minus}");
        let means = (1..=4).into_par_iter().map(|seed| moments(&weights(&link, seed))[0]);
        let mean = means.sum::<f64>() / 4.0;
        let expected = 0.01 / a_minus * (1.0 + 1.0 / 40.0);
        assert!((mean - expected).abs() < 0.015, "A₋ = {a_minus}: {mean}, not {expected}");
    }
}

#[test]
fn a_refractory_time_lowers_the_rate_and_the_soft_reset_raises_it() {
    for (cell, w) in [
        ("conductance", 1.0),
        ("adaptive", 1.0),
        ("escape", 1.0),
        ("second_order", 0.05),
        ("response&threshold=3", 1.0),
    ] {
        let link =
            format!("{NEURON}&cell={cell}&rule=none&w_init_min={w}&w_init_max={w}&duration_s=20");
        let rate_hz = |rest: &str| {
            number(&finished(&spec_of(&format!("{link}{rest}"))), "output_rate_hz_overall")
        };
        let (free_hz, held_hz) = (rate_hz(""), rate_hz("&t_ref_ms=20"));
        println!("{cell}: {free_hz} Hz, with a refractory time {held_hz} Hz");
        assert!(held_hz < 50.0 && held_hz < 0.95 * free_hz, "{cell}: {free_hz}, {held_hz} Hz");
        assert!(held_hz > 1.0, "{cell}: {held_hz} Hz");
        if !cell.starts_with("response") {
            let soft_hz = rate_hz("&reset=soft");
            println!("{cell}: with the soft reset {soft_hz} Hz");
            assert!(soft_hz > free_hz, "{cell}: {free_hz}, {soft_hz} Hz");
        }
    }
}

#[test]
fn what_to_notice_follows_what_is_chosen() {
    for preset in every_preset().iter().filter(|preset| preset.entry.id == "correlated_inputs") {
        let notice = words(preset.entry).notice(&*preset.spec.params);
        assert!((3..=5).contains(&notice.len()), "{}", preset.id);
    }
    for (choice, word) in [
        ("", "Additive"),
        ("&mu=0.2", "Van Rossum"),
        ("&rule=power_law", "power law"),
        ("&rule=van_rossum", "Van Rossum"),
        ("&rule=triplet", "Triplets run away"),
        ("&rule=triplet&homeostasis=normalisation", "fixed sum"),
        ("&rule=asymptotic", "asymptotic rule"),
        ("&homeostasis=scaling", "Scaling"),
        ("&rule=none&vogels=1", "Inhibition that learns"),
        ("&recipe=pattern", "Masquelier"),
        ("&recipe=growing", "Rates alone"),
        ("&cell=escape", "refractory"),
        ("&t_ref_ms=2", "refractory"),
    ] {
        let spec = spec_of(&format!("{NEURON}{choice}"));
        let notice = words(spec.entry).notice(&*spec.params);
        assert!(notice.iter().any(|text| text.contains(word)), "{choice}: {notice:?}");
    }
}
