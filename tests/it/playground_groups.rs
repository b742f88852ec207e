//! What the playground's third group, its delays, its initial weights and its kinds of inhibition do, over seeds.

use stdp_playground::experiments::build;

use crate::runs::{arrays, finished, over_seeds, spec_of};

const GROUP: &str = "mean_weight_correlated";
const OTHERS: &str = "mean_weight_uncorrelated";
const ADDED: &str = "mean_weight_added";

fn of_preset<const N: usize>(id: &str, more: &str, names: [&str; N]) -> Vec<[f64; N]> {
    let all = over_seeds(&format!("demo=playground&preset={id}{more}"), 4, names);
    println!("{id}{more}: {all:.3?}");
    all
}

#[test]
fn there_is_room_for_two_groups() {
    for [group, others, added] in of_preset("third_group", "", [GROUP, OTHERS, ADDED]) {
        assert!(group > 0.97 && added > 0.97 && others < 0.2, "{group} {others} {added}");
    }
}

/// Nothing is drawn at random, so that one run is all there is.
#[test]
fn of_a_sequence_the_first_win() {
    let weights = |more: &str| {
        let session = finished(&spec_of(&format!("demo=playground&preset=drawn_spikes{more}")));
        arrays(&*session.runner).swap_remove(0).values
    };
    let all = weights("");
    assert_eq!(all, [1.0, 1.0, 0.0, 0.0, 0.0]);
    // The other way round the last two are the first.
    let reversed = weights("&added_spikes=4@10 3@15 2@20 1@25 0@30");
    assert_eq!(reversed, [0.0, 0.0, 0.0, 1.0, 1.0]);
}

#[test]
fn spikes_that_arrive_apart_do_not_win() {
    for [group, others] in of_preset("many_delays", "", [GROUP, OTHERS]) {
        assert!((0.16..=0.23).contains(&group), "{group}");
        assert!((0.43..=0.56).contains(&others), "{others}");
    }
    // The same delay for all changes nothing.
    for [group, others] in of_preset("many_delays", "&delay_spread_ms=0", [GROUP, OTHERS]) {
        assert!(group > 0.98 && others < 0.4, "{group} {others}");
    }
}

#[test]
fn soft_inhibition_makes_neurons_differ() {
    for [likeness] in of_preset("soft", "", ["likeness"]) {
        assert!((0.05..=0.2).contains(&likeness), "{likeness}");
    }
    let without =
        over_seeds("demo=playground&neuron=second_order&neurons=several", 4, ["likeness"]);
    for [likeness] in without {
        assert!(likeness > 0.8, "{likeness}");
    }
}

/// Inhibition by neurons of its own comes two steps after a spike, by synapses one.
#[test]
fn inhibitory_neurons_do_what_synapses_do() {
    let rates = |lateral: &str| {
        let link = format!("demo=playground&neurons=several&lateral={lateral}&duration_s=20");
        over_seeds(&link, 4, ["output_rate_hz"])
    };
    let both =
        [rates("interneurons&inhibition_mv=16"), rates("synapses&inhibition_mv=16"), rates("none")];
    for ((by_neurons, by_synapses), none) in both[0].iter().zip(&both[1]).zip(&both[2]) {
        assert!(
            (by_neurons[0] / by_synapses[0] - 1.0).abs() < 0.1,
            "{by_neurons:?} {by_synapses:?}"
        );
        assert!(by_neurons[0] < 0.8 * none[0], "{by_neurons:?} {none:?}");
    }
}

#[test]
fn weights_begin_as_chosen() {
    let begin = |more: &str| {
        let spec = spec_of(&format!("demo=playground&neurons=several&num_neurons=4{more}"));
        arrays(&*build(&spec)).swap_remove(0).values
    };
    let mean_of = |all: &[f32], neuron: usize| {
        let own: Vec<f32> = all.iter().skip(neuron).step_by(4).copied().collect();
        own.iter().sum::<f32>() / own.len() as f32
    };
    let normal = begin("&w_init=normal&w_init_mean=0.4&w_init_sd=0.05");
    let mean = normal.iter().sum::<f32>() / 400.0;
    let sd = (normal.iter().map(|w| (w - mean) * (w - mean)).sum::<f32>() / 400.0).sqrt();
    assert!((mean - 0.4).abs() < 0.01 && (sd - 0.05).abs() < 0.005, "{mean} {sd}");
    let over_n = begin("&w_init=over_n");
    assert!(over_n.iter().all(|w| (0.0..=0.01).contains(w)) && over_n.iter().any(|w| *w > 0.0095));
    let sums = begin("&w_init=normalised&w_init_mean=0.3");
    for neuron in 0..4 {
        assert!((mean_of(&sums, neuron) - 0.3).abs() < 1e-4, "{}", mean_of(&sums, neuron));
    }
    // Also where each neuron has some inputs only, and where delays differ.
    for wiring in ["&wiring=in_degree&in_degree=30", "&delay_spread_ms=5"] {
        let all = begin(&format!("&w_init=normalised&w_init_mean=0.3{wiring}"));
        let mean = all.iter().sum::<f32>() / all.len() as f32;
        assert!((mean - 0.3).abs() < 1e-4, "{wiring}: {mean}");
    }
    let inverse = begin("&w_init=inverse_rate&w_init_mean=0.2&recipe=growing");
    // Inputs 25 and 50 of 100: the rate of the second is twice that of the first.
    assert!((inverse[4 * 25] / inverse[4 * 50] - 2.0).abs() < 1e-5 && inverse[0] == 1.0);
}

/// What a rate was drawn as is how inputs fire.
#[test]
fn inputs_fire_at_the_drawn_rate() {
    let link = "demo=playground&added=rate&added_num=100&added_rates=0:10 20:50&duration_s=20";
    let network = stdp_playground::experiments::describe(&spec_of(link));
    let drive = &network.sources.iter().find(|of| of.name == "added inputs").expect("it").drive;
    let built = stdp_playground::lab::built::network(&network, &["input", "neuron"], 1);
    let mut built = built.expect("a network");
    let mut halves = [0_u32; 2];
    for tick in 0..200_000_u32 {
        built.step(true);
        let added = built.populations[0].fired().iter().filter(|input| **input >= 100).count();
        halves[(tick >= 100_000) as usize] += added as u32;
    }
    // 20 Hz and 40 Hz on average, of 100 inputs over 10 s: 20,000 and 40,000, give or take 1 %.
    let [first, second] = halves.map(f64::from);
    assert!((first / 20_000.0 - 1.0).abs() < 0.03, "{first} {drive:?}");
    assert!((second / 40_000.0 - 1.0).abs() < 0.03, "{second}");
}
