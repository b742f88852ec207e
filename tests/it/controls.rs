//! Controls that change what the neurons hear keep them firing as often as the run does: else the control shows what
//! silence does, and not what the input does.
//!
//! The tests that take long are ignored by `make test`; `make papers` runs them.

use rayon::prelude::*;

use stdp_playground::lab::{Session, Spec, values};
use stdp_playground::sim::math;

use crate::runs::{Named, every_preset, finished, number, spec_of, with_file};

/// A control that changes the input keeps the output rate within this factor.
const FACTOR: f64 = 1.5;
/// No preset is longer.
const WHOLE_S: f64 = 20_000.0;

/// What a control may change without touching the input. Every other key is taken to change it, and is measured here.
const NOT_THE_INPUT: [&str; 21] = [
    // How weights change. (`mode` takes another network, with stimuli of its own, and says so in its name.)
    "rule",
    "mirrored",
    "dependence",
    "gated",
    "mode",
    // What neurons do to one another or to themselves.
    "inhibition",
    "lateral",
    "homeostasis",
    "v_init_sd",
    // When reward comes and what it is compared with: the inputs are the same, spike for spike.
    "reward",
    "feedback",
    "baseline",
    "tau_mean_s",
    // How strong synapses of a whole network are, and its drive: those controls are about the rate.
    "excitation",
    "g",
    "external",
    // A current, of which a control is twice or half as much: it is about the rate.
    "current_mv",
    // Another neuron under the same current.
    "neuron",
    // What drives its adaptation.
    "counted",
    // Whether inhibition learns at all.
    "eta",
    // Which pairs of the same two trains the virtual synapse counts; it has no neuron.
    "zero_lag",
];

/// How often the outputs fire, in whatever unit the demo counts; none where there is no output neuron.
fn output_rate(session: &Session) -> Option<f64> {
    let summary = session.runner.summary();
    let of = |name: &str| summary.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    // Pattern clustering counts spikes per presentation of its test.
    let per_test = ["spikes_1_to_a", "spikes_2_to_a", "spikes_1_to_b", "spikes_2_to_b"].map(of);
    let sum = per_test.into_iter().sum::<Option<f64>>();
    of("output_rate_hz").or(sum)
}

/// The same run, no longer than this.
fn shortened(spec: &Spec, duration_s: f64) -> Spec {
    let mut spec = spec.clone();
    let pairs = values::pairs(&*spec.params);
    let own = pairs.iter().find(|(key, _)| *key == "duration_s");
    if own.is_some_and(|(_, own)| own.parse::<f64>().is_ok_and(|own| own > duration_s)) {
        values::set(&mut spec.params, "duration_s", &duration_s.to_string()).expect("a duration");
    }
    spec
}

/// Mean output rate over seeds 1 to `num_seeds`; none where there is no output neuron.
fn mean_rate(spec: &Spec, num_seeds: u32) -> Option<f64> {
    let seeds: Vec<u32> = (1..=num_seeds).collect();
    let rate = |seed: &u32| output_rate(&finished(&Spec { seed: *seed, ..spec.clone() }));
    let rates: Option<Vec<f64>> = seeds.par_iter().map(rate).collect();
    Some(rates?.iter().sum::<f64>() / f64::from(num_seeds))
}

/// Every control of a preset that changes the input.
fn of_the_input(preset: &Named) -> Vec<(&'static str, Spec)> {
    let touches = |name: &str| {
        let mut contrasts = preset.spec.params.contrasts().iter();
        let (_, set) = contrasts.find(|(label, _)| *label == name).expect("a contrast");
        set.iter().any(|(key, _)| !NOT_THE_INPUT.contains(key))
    };
    preset.spec.controls().into_iter().filter(|(name, _)| touches(name)).collect()
}

/// Runs all of them, and returns how many had an output to be measured.
fn hold(duration_s: f64, num_seeds: u32) -> usize {
    let mut num = 0;
    for preset in every_preset() {
        let controls = of_the_input(&preset);
        if controls.is_empty() {
            continue;
        }
        let rate_of = |length_s| mean_rate(&shortened(&preset.spec, length_s), num_seeds);
        let Some(run) = rate_of(duration_s) else {
            // Groups of inputs, and codes: without a neuron.
            let has_none = ["correlated_inputs/groups", "neural_coding/"];
            let is_one = has_none.iter().any(|start| preset.id.starts_with(start));
            assert!(is_one, "{} has no rate", preset.id);
            continue;
        };
        // It takes a yoke some tens of spikes to find the gain.
        let is_slow = run < 1.0;
        let length_s = if is_slow { WHOLE_S } else { duration_s };
        let run = if is_slow { rate_of(length_s).expect("a rate") } else { run };
        for (name, control) in controls {
            let rate = mean_rate(&shortened(&control, length_s), num_seeds).expect("a rate");
            println!("{}, {name}: {rate:.2} for {run:.2}", preset.id);
            // Who can never fire does not under the control either.
            let is_held = rate == run || rate < FACTOR * run && run < FACTOR * rate;
            assert!(is_held, "{}, {name}: an output of {rate} for {run}", preset.id);
            num += 1;
        }
    }
    num
}

#[test]
fn controls_that_change_the_input_hold_the_output_rate() {
    // 17 correlated neurons, 11 runs of pattern clustering.
    let num = hold(60.0, 2);
    assert!(num >= 25, "{num}");
}

/// The same over whole runs.
#[test]
#[ignore = "some minutes"]
fn controls_that_change_the_input_hold_the_output_rate_to_the_end() {
    hold(WHOLE_S, 3);
}

/// Settings that are no preset: every generator of groups, other rules, neurons, rates and shares.
const SETTINGS: [&str; 17] = [
    // These six are run by `make test`.
    "correlation=0.5",
    "correlated_share=0.2",
    "recipe=jittered&jitter_ms=5",
    "rule=van_rossum",
    "cell=linear",
    "rate_hz=20",
    // And these by `make papers`.
    "correlation=0.1",
    "correlated_share=0.8",
    "correlated_share=0.3&correlated_share_2=0.3&correlation_2=0.1",
    "recipe=mip",
    "recipe=modulated&correlation=1&sigma=1",
    "mu=0.5",
    "rule=power_law",
    "cell=response&threshold=10",
    "cell=escape",
    "cell=adaptive&num_inputs=200",
    "homeostasis=scaling&target_rate_hz=20",
];

/// Means of these results over seeds 1 to 3.
fn over_seeds(spec: &Spec, names: &[&str]) -> Vec<f64> {
    let runs: Vec<Session> =
        (1..=3).into_par_iter().map(|seed| finished(&Spec { seed, ..spec.clone() })).collect();
    let mean = |name: &&str| runs.iter().map(|run| number(run, name)).sum::<f64>() / 3.0;
    names.iter().map(mean).collect()
}

#[test]
fn a_yoked_control_has_no_correlation_and_no_group_and_fires_as_often() {
    are_held(&SETTINGS[..6]);
}

#[test]
#[ignore = "half a minute"]
fn a_yoked_control_of_every_generator_rule_and_neuron_fires_as_often() {
    are_held(&SETTINGS);
}

fn are_held(settings: &[&str]) {
    for setting in settings {
        let link = format!("demo=correlated_inputs&duration_s=100&{setting}");
        let run = spec_of(&link);
        let (name, control) = run.controls().remove(0);
        assert!(name.starts_with("not correlated, gain"), "{setting}: {name}");
        let names = ["output_rate_hz", "pairwise_correlation", "selectivity"];
        let [run, control] = [&run, &control].map(|spec| over_seeds(spec, &names));
        println!("{setting}: {run:.3?}, its control {control:.3?}");
        let (rate_hz, held_hz) = (run[0], control[0]);
        let is_held = held_hz < FACTOR * rate_hz && rate_hz < FACTOR * held_hz;
        assert!(is_held && rate_hz > 1.0, "{setting}: {held_hz} Hz for {rate_hz}");
        assert!(control[1].abs() < 1e-3, "{setting}: correlation {}", control[1]);
        assert!(control[2].abs() < 0.12, "{setting}: selectivity {}", control[2]);
        assert!(run[2] > control[2].abs() + 0.1, "{setting}: {} for {}", run[2], control[2]);
    }
}

/// What the page says of the default run, its control, and of a correlation of 0 alone.
#[test]
fn the_control_of_the_default_run_fires_as_often_and_its_groups_end_alike() {
    let mean = |link: &str, name: &str| {
        let spec = spec_of(link);
        let of = |seed| number(&finished(&Spec { seed, ..spec.clone() }), name);
        (1..=8).into_par_iter().map(of).sum::<f64>() / 8.0
    };
    let control = "demo=correlated_inputs&yoked=1";
    let [first, others] =
        ["mean_weight_correlated", "mean_weight_uncorrelated"].map(|name| mean(control, name));
    println!("control: {first:.3}, {others:.3}");
    assert!((first - 0.71).abs() < 0.03 && (others - 0.7).abs() < 0.03, "{first} {others}");
    let rate_hz = mean(control, "output_rate_hz");
    assert!((rate_hz - 30.7).abs() < 0.3, "{rate_hz} Hz");
    let silent_hz = mean("demo=correlated_inputs&correlation=0", "output_rate_hz");
    assert!(silent_hz < 0.5, "{silent_hz} Hz");
}

#[test]
fn a_yoked_control_tells_of_the_copy_that_it_follows() {
    let run = finished(&spec_of("demo=correlated_inputs&duration_s=100"));
    let control = finished(&spec_of("demo=correlated_inputs&duration_s=100&yoked=1"));
    // The copy is the run itself.
    let copy_hz = number(&control, "output_rate_hz_correlated");
    assert!((copy_hz - number(&run, "output_rate_hz")).abs() < 1e-9, "{copy_hz} Hz");
    // ln 1.02 per spike that one has more than the other, of the whole run.
    let all = |session: &Session| number(session, "output_rate_hz_overall") * 100.0;
    let gain = math::powf_f64(1.02, all(&run) - all(&control));
    let found = number(&control, "synapse_gain");
    assert!(found > 1.1 && (found / gain - 1.0).abs() < 0.03, "{found}, not {gain}");
    assert!(run.runner.summary().iter().all(|(name, _)| *name != "synapse_gain"));
}

#[test]
fn a_yoked_control_takes_weights_but_no_spike_trains() {
    let spec = spec_of("demo=correlated_inputs&duration_s=10&yoked=1");
    let refused = with_file(spec, "0,5\n1,7\n").err().expect("inputs of its own");
    assert!(refused.contains("switch it off"), "{refused}");
}
