//! More of the correlated inputs: every generator, neuron, rule and homeostasis in a run, beside theory where
//! there is one.
//!
//! The tests that take long are ignored by `make test`; `make papers` runs them.

use rayon::prelude::*;

use stdp_playground::lab::{Session, Spec};
use stdp_playground::record::Figure;
use stdp_playground::sim::math;

use crate::runs::{finished, number, spec_of};

const NEURON: &str = "demo=correlated_inputs&part=neuron";

/// The numbers called `names`, each as mean and standard deviation over seeds 1 to `num_seeds`.
fn over_seeds<const N: usize>(link: &str, num_seeds: u32, names: [&str; N]) -> [(f64, f64); N] {
    let spec = spec_of(link);
    let run = |seed| {
        let session = finished(&Spec { seed, ..spec.clone() });
        assert!(session.runner.fault().is_none(), "{link}, seed {seed}");
        names.map(|name| number(&session, name))
    };
    let runs: Vec<[f64; N]> = (1..=num_seeds).into_par_iter().map(run).collect();
    let n = runs.len() as f64;
    let found = std::array::from_fn(|place| {
        let mean = runs.iter().map(|run| run[place]).sum::<f64>() / n;
        let squares = runs.iter().map(|run| (run[place] - mean) * (run[place] - mean)).sum::<f64>();
        (mean, (squares / (n - 1.0).max(1.0)).sqrt())
    });
    println!("{link}: {names:?} {found:.3?}");
    found
}

const GROUPS: [&str; 2] = ["mean_weight_correlated", "mean_weight_uncorrelated"];

#[test]
fn weights_of_the_power_law_settle_where_its_closed_form_says() {
    // Drift vanishes at w₀ α_eff^(−1/(1−μ)), α_eff = α/(1 + 1/(N r τ)).
    let closed_form = |mu: f64| {
        let alpha: f64 = 1.05 / (1.0 + 1.0 / 40.0);
        0.5 * math::powf_f64(alpha, -1.0 / (1.0 - mu))
    };
    for mu in [0.0, 0.4] {
        let link = format!("demo=correlated_inputs&preset=power_law&mu={mu}");
        let [(mean, _)] = over_seeds(&link, 4, ["mean_weight"]);
        let expected = closed_form(mu);
        assert!((mean - expected).abs() < 0.01, "μ = {mu}: {mean}, not {expected}");
    }
}

#[test]
fn learning_inhibition_brings_the_output_to_its_target_from_far_above() {
    let link = "demo=correlated_inputs&preset=vogels";
    for target_hz in [6.25, 12.0] {
        let [(rate_hz, _)] =
            over_seeds(&format!("{link}&rho_0_hz={target_hz}"), 4, ["output_rate_hz"]);
        assert!((rate_hz / target_hz - 1.0).abs() < 0.15, "{rate_hz} Hz, not {target_hz}");
    }
    // Where it came from: ten times the target and more.
    let [(before_hz, _)] =
        over_seeds(&format!("{link}&vogels=0&duration_s=10"), 2, ["output_rate_hz"]);
    assert!(before_hz > 60.0, "{before_hz} Hz");
}

#[test]
fn scaling_lowers_the_rate_and_keeps_the_group() {
    let names = ["output_rate_hz", "selectivity"];
    let [(free_hz, _), _] = over_seeds(NEURON, 4, names);
    let [(scaled_hz, _), (gain, _)] = over_seeds("correlated_inputs/scaling", 4, names);
    assert!(free_hz > 25.0 && (scaled_hz - 10.0).abs() < 6.0, "{free_hz}, {scaled_hz} Hz");
    assert!(gain > 0.5, "{gain}");
}

#[test]
fn a_fixed_sum_stays_and_goes_to_the_group() {
    let link = "correlated_inputs/normalised";
    let [group, rest] = over_seeds(link, 4, GROUPS);
    assert!(group.0 > 0.5 && rest.0 < 0.1, "{group:?} {rest:?}");
    let mean = number(&finished(&spec_of(link)), "mean_weight");
    assert!((mean - 0.3).abs() < 0.01, "{mean}");
}

#[test]
fn triplets_need_a_homeostasis() {
    let [group, rest] = over_seeds("correlated_inputs/triplet", 4, GROUPS);
    assert!(group.0 > 0.95 && rest.0 > 0.95, "{group:?} {rest:?}");
    let [group, rest] = over_seeds("correlated_inputs/triplet_normalised", 4, GROUPS);
    assert!(group.0 > 0.5 && rest.0 < 0.1, "{group:?} {rest:?}");
}

#[test]
fn triplets_depress_at_low_rates_and_potentiate_at_high_ones() {
    // Visual cortex, minimal: drift changes its sign at the output rate A₂⁻ τ₋/(A₃⁺ τ₊ τ_y) = 19 Hz, if
    // inputs and outputs have nothing to do with each other; a linear neuron of many inputs comes close.
    let drift = |rate_hz: f64| {
        let link = format!(
            "{NEURON}&cell=linear&num_inputs=1000&rule=triplet&triplet_scale=0.05&correlated_share=0\
             &w_init_min=0.5&w_init_max=0.5&duration_s=20&rate_hz={rate_hz}"
        );
        over_seeds(&link, 4, ["mean_weight"])[0].0 - 0.5
    };
    // Output at half of the input rate.
    let (slow, fast) = (drift(20.0), drift(60.0));
    assert!(slow < -0.001 && fast > 0.001, "{slow} {fast}");
}

#[test]
fn the_offset_rule_as_coded_tells_nobody_apart_and_its_best_has_no_lower_end() {
    let [group, rest] = over_seeds("correlated_inputs/offset_rule", 4, GROUPS);
    assert!((group.0 - rest.0).abs() < 0.03 && group.0 > 0.2, "{group:?} {rest:?}");
    let [group, rest] = over_seeds("correlated_inputs/offset_rule_best", 4, GROUPS);
    assert!(group.0 > 0.08 && rest.0 < -0.08, "{group:?} {rest:?}");
    let link = "demo=correlated_inputs&preset=offset_rule_best&duration_s=200";
    let [_, later] = over_seeds(link, 2, GROUPS);
    assert!(later.0 < rest.0 - 0.02, "{rest:?}, then {later:?}");
}

#[test]
fn the_asymptotic_rule_lifts_all_weights_alike() {
    let [group, rest] = over_seeds("correlated_inputs/asymptotic_rule", 4, GROUPS);
    assert!((group.0 - rest.0).abs() < 0.005 && rest.0 > 0.05, "{group:?} {rest:?}");
}

#[test]
fn a_rule_that_blows_up_stops_the_run_and_says_so() {
    let link = format!("{NEURON}&rule=offset&learning_rate=0.01&offset=0.294");
    let session = finished(&spec_of(&link));
    let fault = session.runner.fault().expect("a fault").to_string();
    assert!(fault.contains("not a finite number"), "{fault}");
    assert!(session.runner.summary().iter().all(|(_, value)| value.is_finite()));
}

#[test]
fn soft_and_rising_thresholds_find_the_correlated_half() {
    for preset in ["adaptive", "escape", "escape_published"] {
        let link = format!("correlated_inputs/{preset}");
        let [group, rest] = over_seeds(&link, 4, GROUPS);
        assert!(group.0 > 0.95 && rest.0 < 0.55, "{preset}: {group:?} {rest:?}");
    }
}

#[test]
fn a_rising_threshold_takes_spikes_away() {
    let link = format!("{NEURON}&cell=adaptive&rule=none&duration_s=20");
    let [(with_hz, _)] = over_seeds(&link, 2, ["output_rate_hz"]);
    let [(without_hz, _)] = over_seeds(&format!("{link}&theta_plus_mv=0"), 2, ["output_rate_hz"]);
    assert!(with_hz > 0.5 && with_hz < 0.8 * without_hz, "{with_hz}, {without_hz} Hz");
    // The threshold is drawn beside the potential.
    let session = finished(&spec_of(&link));
    let figures = session.runner.figures(&|panel| panel == 5);
    let Figure::Trace(trace) = &figures[0].1 else { panic!("a trace") };
    assert_eq!(trace.series.len(), 2);
    assert!(trace.series[1].values.iter().all(|threshold| *threshold >= -54.0));
}

/// Some seeds find the pattern and some do not, so that a mean needs many.
#[test]
#[ignore = "half a minute"]
fn most_neurons_come_to_fire_in_the_pattern() {
    let names = ["output_in_pattern", "output_in_pattern_by_chance", "output_rate_hz"];
    let [learned, chance, rate_hz] = over_seeds("correlated_inputs/pattern", 8, names);
    assert!((chance.0 - 0.24).abs() < 1e-9);
    assert!(learned.0 > 0.5 && rate_hz.0 > 0.5, "{learned:?} at {rate_hz:?} Hz");
    let [naive, ..] = over_seeds("demo=correlated_inputs&preset=pattern&rule=none", 8, names);
    assert!((0.15..0.35).contains(&naive.0), "{naive:?}");
}

#[test]
fn a_neuron_finds_the_pattern() {
    // Seed 1 is one of those that do.
    let session = finished(&spec_of("correlated_inputs/pattern"));
    let share = number(&session, "output_in_pattern");
    assert!(share > 0.9, "{share}");
    // The raster marks where it was.
    let figures = session.runner.figures(&|panel| panel == 4);
    let Figure::Raster(raster) = &figures[0].1 else { panic!("a raster") };
    assert!((2..=4).contains(&raster.spans.len()), "{}", raster.spans.len());
}

const ANSWERS: [&str; 5] = [
    "output_in_pattern",
    "pattern_hit_share",
    "pattern_latency_ms",
    "output_rate_hz",
    "false_alarms",
];
const MASQUELIER: &str = "demo=correlated_inputs&preset=masquelier";

#[test]
fn masqueliers_neuron_comes_to_fire_in_the_pattern_alone() {
    let [_, hits, latency_ms, rate_hz, false_alarms] = over_seeds(MASQUELIER, 2, ANSWERS);
    assert!(hits.0 > 0.98 && false_alarms.0 == 0.0, "{hits:?} {false_alarms:?}");
    assert!((3.0..10.0).contains(&latency_ms.0), "{latency_ms:?} ms");
    assert!((rate_hz.0 - 5.0).abs() < 0.5, "{rate_hz:?} Hz");
    // Where it came from: 63 Hz, as in the paper, and no more in the pattern than chance has it.
    let frozen = format!("{MASQUELIER}&a_plus=0.00001&duration_s=5");
    let [chance, _, _, before_hz, _] = over_seeds(&frozen, 2, ANSWERS);
    assert!((before_hz.0 - 63.0).abs() < 3.0, "{before_hz:?} Hz");
    assert!((chance.0 - 0.3).abs() < 0.03, "{chance:?}");
    // Pairs that are counted more than once silence it.
    for pairing in ["all", "nearest"] {
        let link = format!("{MASQUELIER}&pairing={pairing}&duration_s=5");
        let [(rate_hz, _)] = over_seeds(&link, 2, ["output_rate_hz"]);
        assert!(rate_hz < 1.0, "{pairing}: {rate_hz} Hz");
    }
}

/// Published, by the same criterion at the end of 450 s: 96 of 100; by the sheet 12 of 13, 3.3 to 5.3 ms late, 303 to
/// 352 weights above 0.9. Here 19 of 20 after 100 s, since one seed is 11 ms late by then.
#[test]
#[ignore = "a minute"]
fn masqueliers_pattern_over_20_seeds() {
    let spec = spec_of(MASQUELIER);
    let run = |seed| {
        let session = finished(&Spec { seed, ..spec.clone() });
        let found = ANSWERS.map(|name| number(&session, name));
        let strong = 2_000.0 * number(&session, "share_above_0_9");
        println!("seed {seed}: {ANSWERS:?} {found:.3?}, {strong:.0} weights above 0.9");
        found
    };
    let runs: Vec<[f64; 5]> = (1..=20).into_par_iter().map(run).collect();
    let is_found = |[_, hits, latency_ms, _, false_alarms]: &&[f64; 5]| {
        *hits > 0.98 && *latency_ms < 10.0 && *false_alarms == 0.0
    };
    let found = runs.iter().filter(is_found).count();
    assert!(found >= 18, "{found} of 20");
    let latency_ms = runs.iter().map(|run| run[2]).sum::<f64>() / 20.0;
    assert!((4.0..7.5).contains(&latency_ms), "{latency_ms} ms");
}

#[test]
fn a_neuron_that_answers_at_once_avoids_the_published_pattern_and_a_slower_one_finds_it() {
    let [at_once, ..] = over_seeds("correlated_inputs/pattern_published", 4, ANSWERS);
    assert!(at_once.0 < 0.15, "{at_once:?}");
    let [later, hits, ..] = over_seeds("correlated_inputs/pattern_response", 4, ANSWERS);
    assert!(later.0 > 0.9 && hits.0 > 0.5, "{later:?} {hits:?}");
}

#[test]
fn what_scaling_leaves_over_is_in_proportion_to_its_time_constant() {
    let link = "demo=correlated_inputs&preset=scaling";
    let excess_hz =
        |change: &str| over_seeds(&format!("{link}{change}"), 4, ["output_rate_hz"])[0].0 - 10.0;
    let (as_it_is, twice_as_fast) = (excess_hz(""), excess_hz("&tau_scaling_s=5"));
    assert!((3.0..5.5).contains(&as_it_is), "{as_it_is} Hz");
    assert!((twice_as_fast / as_it_is - 0.5).abs() < 0.15, "{as_it_is}, {twice_as_fast} Hz");
    // Half of the push of STDP does the same, and without any the target is met.
    let half = excess_hz("&a_plus=0.0025");
    assert!((half / twice_as_fast - 1.0).abs() < 0.2, "{twice_as_fast}, {half} Hz");
    assert!(excess_hz("&rule=none").abs() < 0.3);
}

#[test]
fn growing_rates_are_halved_and_faster_inputs_lose() {
    let [slow, fast] = over_seeds("correlated_inputs/growing", 4, GROUPS);
    assert!(slow.0 - fast.0 > 0.15, "{slow:?} {fast:?}");
    let half = |at_s: u32| {
        let link =
            format!("{NEURON}&recipe=growing&rate_hz=100&duration_s={at_s}&correlated_share=0");
        number(&finished(&spec_of(&link)), "rate_hz")
    };
    // Mean of i/N, times 3/4 for the halved half.
    let expected = 100.0 * 0.495 * 0.75;
    assert!((half(20) / expected - 1.0).abs() < 0.03, "{}", half(20));
}

#[test]
fn blocks_and_volleys_come_when_they_should() {
    let volleys = finished(&spec_of("correlated_inputs/periodic"));
    assert!((number(&volleys, "rate_hz") - 1_000.0 / 7.0).abs() < 0.5);
    assert!((number(&volleys, "pairwise_correlation") - 1.0).abs() < 1e-9);
    // There is one group, of all inputs: nothing is said of others.
    let names: Vec<String> = volleys.runner.summary().into_iter().map(|(name, _)| name).collect();
    assert!(names.iter().any(|name| name == "mean_weight_correlated"), "{names:?}");
    assert!(!names.iter().any(|name| name == "mean_weight_uncorrelated"), "{names:?}");
    // Each input is active for half of the run.
    let [(rate_hz, _)] = over_seeds("correlated_inputs/offsets", 2, ["rate_hz"]);
    assert!((rate_hz - 10.0).abs() < 0.4, "{rate_hz} Hz");
}

#[test]
fn every_generator_can_be_looked_at_alone() {
    for recipe in ["growing", "offsets", "pattern", "periodic"] {
        let link =
            format!("demo=correlated_inputs&part=groups&recipe={recipe}&duration_s=5&rate_hz=50");
        let session = finished(&spec_of(&link));
        assert!(number(&session, "rate_hz") > 5.0, "{recipe}");
        // Beside it stand independent and identical inputs.
        assert!(number(&session, "pairwise_correlation_independent").abs() < 0.05);
        assert!((number(&session, "pairwise_correlation_identical") - 1.0).abs() < 1e-6);
        assert!(session.runner.phase().len() > 10);
    }
}

/// Rates that fluctuate together, beside the sheet's 0.923, 0.130 and 18.0 Hz.
#[test]
#[ignore = "half a minute"]
fn half_of_a_thousand_inputs_with_common_rates_win() {
    let names = [GROUPS[0], GROUPS[1], "output_rate_hz"];
    let [group, rest, rate_hz] = over_seeds("correlated_inputs/song_modulated", 2, names);
    assert!((group.0 - 0.923).abs() < 0.03, "{group:?}");
    assert!((rest.0 - 0.130).abs() < 0.03, "{rest:?}");
    assert!((rate_hz.0 / 18.0 - 1.0).abs() < 0.15, "{rate_hz:?} Hz");
}

/// Ends of runs that a file of weights must survive.
#[test]
fn inhibition_is_among_what_was_learned() {
    let session: Session = finished(&spec_of("demo=correlated_inputs&preset=vogels&duration_s=5"));
    let arrays = session.runner.weights();
    let names: Vec<&str> = arrays.iter().map(|array| array.name).collect();
    assert_eq!(names, ["input_to_output", "inhibition_to_output"]);
    assert!(arrays[1].values.iter().sum::<f32>() > 0.0);
}
