//! What the page of the correlated inputs claims of rules, neurons and homeostasis; see `claims_b`.

use stdp_playground::sim::plasticity::triplet::ROWS;

use crate::claims_b::{
    GROUPS, NEURON, RATE, Spread, each, mean_and_sd, preset, said, ten, weights,
};

/// Half of 200 inputs correlated at 0.1 on the linear neuron.
#[test]
#[ignore = "a minute"]
fn graded_weights() {
    let of = |mu: &str| {
        let [group, others] = ten(&preset("gutig", &format!("&mu={mu}")), GROUPS);
        assert!(group.sd() < 0.02 && others.sd() < 0.02, "μ = {mu}: {group:?}, {others:?}");
        format!("{:.2} against {:.2}", group.mean(), others.mean())
    };
    let [one, fifth, tenth, twentieth] = ["1", "0.2", "0.1", "0.05"].map(of);
    said(&format!("μ = 1, 0.2, 0.1 and 0.05 give {one}, {fifth}, {tenth} and {twentieth}"));
    said(&format!("both end near the middle, {one}"));
    // Nearer to 0 those outside the group do not agree any more.
    let runs = each(&preset("gutig", "&mu=0.02"), 10, |run| mean_and_sd(&weights(&run)[100..]).1);
    said(&format!("spread by {:.2} within a run", Spread(runs).mean()));
}

#[test]
#[ignore = "half a minute"]
fn closed_forms() {
    for (id, expected) in [("gutig_independent", 0.470), ("power_law", 0.480)] {
        let [mean] = ten(&format!("correlated_inputs/{id}"), ["mean_weight"]);
        assert!((mean.mean() - expected).abs() < 0.002 && mean.sd() < 0.005, "{id}: {mean:?}");
        said(&format!("{expected:.3}"));
    }
}

/// The third moment in units of the spread.
fn skewness(values: &[f64]) -> f64 {
    let (mean, sd) = mean_and_sd(values);
    let cubes = values.iter().map(|w| (w - mean) * (w - mean) * (w - mean)).sum::<f64>();
    cubes / values.len() as f64 / (sd * sd * sd)
}

#[test]
#[ignore = "half a minute"]
fn van_rossums_hump() {
    let of = |changes: &str| {
        each(&preset("van_rossum", changes), 10, |run| {
            let w = weights(&run);
            let (mean, sd) = mean_and_sd(&w);
            let low = w.iter().copied().fold(1.0, f64::min);
            let high = w.iter().copied().fold(0.0, f64::max);
            let near_0 = w.iter().filter(|w| **w < 0.1).count() as f64 / 10.0;
            [mean, sd, skewness(&w), low, high, near_0]
        })
    };
    let column =
        |runs: &[[f64; 6]], place: usize| Spread(runs.iter().map(|run| run[place]).collect());
    let runs = of("");
    let [mean, sd, skewed, low, high] = [0, 1, 2, 3, 4].map(|place| column(&runs, place));
    said(&format!("mean weight of {mean:.3}, a spread of {sd:.3} and a skewness of {skewed:.1}"));
    said(&format!("all lie between {:.2} and {:.2}", low.min(), high.max()));
    said(&format!("{:.0} % of the same inputs end below 0.1", column(&of("&rule=pair"), 5)));
    said(&format!("without it they spread by {:.3}", column(&of("&noise=0"), 1).mean()));
    let noisy = column(&of("&noise=0.015"), 4);
    assert!(noisy.min() > 0.95, "some reach the upper end: {noisy:?}");
}

#[test]
fn van_rossums_group() {
    let [group, others] = ten(&format!("{NEURON}&rule=van_rossum"), GROUPS);
    said(&format!("at 0.2, they end at {group:.2} and the others at {others:.2}"));
}

#[test]
fn independent_inputs_part() {
    let [low, high] = ten("correlated_inputs/independent", ["share_below_0_1", "share_above_0_9"]);
    let (low, high) = (low.times(100.0), high.times(100.0));
    said(&format!("{low:.0} % end below 0.1 and {high:.0} % above 0.9 (10 seeds)"));
}

#[test]
fn jittered_copies() {
    let [group, others] = ten("correlated_inputs/find_correlated", GROUPS);
    said(&format!("{group:.3} against {others:.4}"));
}

#[test]
fn other_neurons() {
    let of = |id: &str| {
        let [group, others] = ten(&format!("correlated_inputs/{id}"), GROUPS);
        assert!(group.min() > 0.98, "{id}: {group:?}");
        format!("{others:.2}")
    };
    let [conductance, adaptive, escape] = ["neuron", "adaptive", "escape"].map(of);
    said(&format!(
        "{conductance} with conductances, {adaptive} with a rising threshold, {escape} with escape noise"
    ));
    said(&format!("keep {adaptive} instead of {conductance}"));
}

#[test]
fn the_published_escape_rate() {
    let [selectivity] = ten("correlated_inputs/escape_published", ["selectivity"]);
    assert!(selectivity.min() > 0.4, "{selectivity:?}");
}

#[test]
fn the_soft_reset() {
    let [hard] = ten("correlated_inputs/adaptive", RATE);
    let [soft] = ten(&preset("adaptive", "&reset=soft"), RATE);
    said(&format!("at {soft:.0} instead of {hard:.0} Hz"));
    let [hard] = ten(NEURON, RATE);
    let [soft] = ten(&format!("{NEURON}&reset=soft"), RATE);
    said(&format!("{soft:.1} instead of {hard:.1} Hz"));
}

#[test]
fn a_refractory_time() {
    let names = ["output_rate_hz", GROUPS[0], GROUPS[1]];
    let [hz, group, others] = ten(&format!("{NEURON}&t_ref_ms=20"), names);
    let [usual_hz, ..] = ten(NEURON, names);
    said(&format!(
        "{hz:.1} instead of {usual_hz:.1} Hz; the group still ends at {group:.3}, the others at {others:.2}"
    ));
}

#[test]
fn triplets() {
    let names = [GROUPS[0], GROUPS[1], "output_rate_hz"];
    let [group, others, hz] = ten("correlated_inputs/triplet", names);
    assert!(others.min() > 0.98, "{others:?}");
    said(&format!("correlated {group:.3}, others {others:.3}, at {hz:.0} Hz"));
    let [group, others, _] = ten("correlated_inputs/triplet_normalised", names);
    said(&format!("{group:.2} against {others:.2} with a fixed sum"));
    let [group, others, hz] = ten("correlated_inputs/triplet_hippocampus", names);
    said(&format!("{group:.2} against {others:.2} at {hz:.0} Hz"));
}

/// A linear neuron of many inputs, whose spikes have next to nothing to do with any one of them. Output is at half of the
/// input rate.
#[test]
fn chance_triplets() {
    let drift = |rate_hz: u32| {
        let link = format!(
            "{NEURON}&cell=linear&num_inputs=1000&rule=triplet&triplet_scale=0.05&correlated_share=0&w_init_min=0.5\
             &w_init_max=0.5&duration_s=20&rate_hz={rate_hz}"
        );
        let [mean] = ten(&link, ["mean_weight"]);
        Spread(mean.0.iter().map(|w| w - 0.5).collect())
    };
    let fit = ROWS[1].params();
    let turn_hz =
        1_000.0 * fit.a2_minus * fit.tau_minus_ms / (fit.a3_plus * fit.tau_plus_ms * fit.tau_y_ms);
    said(&format!("theory turns at {turn_hz:.0} Hz"));
    let (slow, fast) = (drift(20), drift(60));
    assert!(slow.max() < 0.0 && fast.min() > 0.0, "{slow:?}, {fast:?}");
}

#[test]
fn rules_of_steps() {
    let names = [GROUPS[0], GROUPS[1], "output_rate_hz"];
    let [group, others, hz] = ten("correlated_inputs/offset_rule", names);
    said(&format!("{group:.3} in the group, {others:.4} outside it"));
    assert!(hz.0.iter().all(|hz| *hz == 500.0), "{hz:?}");
    let [group, others, _] = ten("correlated_inputs/offset_rule_best", names);
    let [_, later, _] = ten(&preset("offset_rule_best", "&duration_s=200"), names);
    said(&format!(
        "the group reaches {group:.2}, and the others {others:.2} after 100 s and {later:.2} after 200 s"
    ));
    let [group, others, hz] = ten("correlated_inputs/asymptotic_rule", names);
    said(&format!("from 0.01 to {:.3}", group.mean()));
    assert!((group.mean() - others.mean()).abs() < 0.0005, "{group:?}, {others:?}");
    assert!(hz.0.iter().all(|hz| *hz == 500.0), "{hz:?}");
}

#[test]
fn scaling() {
    let names = ["output_rate_hz", GROUPS[0], GROUPS[1]];
    let [hz, group, others] = ten("correlated_inputs/scaling", names);
    let [free_hz, ..] = ten(NEURON, names);
    said(&format!("{hz:.1} instead of {free_hz:.1} Hz"));
    said(&format!("{group:.2} against {others:.3} with scaling"));
    let of = |change: &str| format!("{:.1}", ten(&preset("scaling", change), RATE)[0].mean());
    let [alone, twice, four_times] =
        ["&rule=none", "&tau_scaling_s=5", "&tau_scaling_s=2.5"].map(of);
    said(&format!("without STDP the rate is {alone} Hz"));
    said(&format!("{twice} or {four_times} Hz"));
}

#[test]
fn a_fixed_sum() {
    let [group, others] = ten("correlated_inputs/normalised", GROUPS);
    said(&format!("the group takes {group:.3}, the others keep {others:.3}"));
}

#[test]
fn inhibition_learns() {
    let [before] = ten(&preset("vogels", "&vogels=0&duration_s=10"), RATE);
    let [after] = ten("correlated_inputs/vogels", RATE);
    said(&format!("from {before:.0} to {after:.1} Hz"));
}
