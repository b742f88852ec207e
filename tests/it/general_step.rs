//! Loops of their own against the general step: a run's inputs and start weights given to the network that is built of its
//! description, the same spikes and weights must come out.
//!
//! What an input fires arrives in the step after it there, and in the same step in these loops: one of both is a step later
//! throughout. What is done every ten steps is done a step earlier there, therefore. Neurons that fire by chance fire when the run's do, and their weights are compared.

use std::collections::BTreeSet;

use stdp_playground::experiments::{build, describe};
use stdp_playground::lab::{Runner, Spec, built};
use stdp_playground::net::{Draw, Drive, Firing, Homeostasis, Model, Network, Projection, Synapse};
use stdp_playground::record::{NamedArray, Spike};
use stdp_playground::sim::network::Network as Built;

use crate::runs::{arrays, every_preset, spec_of};

/// Steps that are compared.
const TICKS: u64 = 10_000;
/// How near weights must be, as a share of the greatest.
const WITHIN: f32 = 1e-4;
const OUTPUT: &str = "output";

/// What a run did.
struct Ran {
    /// Spikes of each population: step and neuron.
    spikes: Vec<(&'static str, Vec<(u64, u32)>)>,
    start: Vec<NamedArray>,
    learned: Vec<NamedArray>,
}

/// The general step beside it.
struct Beside {
    network: Built,
    net: Network,
    /// Spikes of the output, by the run's steps.
    fired: Vec<(u64, u32)>,
}

/// A run from a tick on at which it is at rest.
fn ran(spec: &Spec, from: u64, ticks: u64) -> Ran {
    let mut run = build(spec);
    (0..from).for_each(|_| run.tick());
    let start = arrays(&*run);
    run.hasher().keep();
    (0..ticks).for_each(|_| run.tick());
    let mut kept: Vec<Spike> = Vec::new();
    run.hasher().take(&mut kept);
    let of = |place: usize| {
        let own = kept.iter().filter(|(_, population, _)| usize::from(*population) == place);
        own.map(|(tick, _, neuron)| (tick - from, *neuron)).collect()
    };
    let populations = run.populations();
    let names = populations.iter().enumerate().filter(|(_, population)| population.size > 0);
    let spikes = names.map(|(place, population)| (population.name, of(place))).collect();
    Ran { spikes, start, learned: learned(&*run) }
}

/// Weights, and where changes wait what waits.
fn learned(run: &dyn Runner) -> Vec<NamedArray> {
    let mut all = arrays(run);
    for array in run.eligibilities() {
        let array = array.to_array();
        all.push(NamedArray { name: format!("{} waiting", array.name), ..array });
    }
    all
}

/// An array's values of one projection: all, or of several that keep one array each has its senders'.
fn own_of<'a>(array: &'a NamedArray, of: &Projection) -> &'a [f32] {
    let num = (of.from.size * of.to.size) as usize;
    match array.values.len() == num {
        true => &array.values,
        false => &array.values[of.from.first as usize..][..num],
    }
}

fn is_by_chance(model: &Model) -> bool {
    match model {
        Model::Lif { firing, .. } => *firing != Firing::Sharp,
        Model::LinearPoisson { .. } => true,
        _ => false,
    }
}

/// Has a population fire as listed.
fn give(net: &mut Network, name: &str, spikes: &[(u64, u32)], later: u64) {
    let (to, dt_ms) = (net.population(name).expect("this population").all(), net.dt_ms);
    net.sources.retain(|source| source.to.population != name);
    let at = |(tick, neuron): &(u64, u32)| (*neuron, (tick + later) as f64 * dt_ms);
    let drive = Drive::SpikeTimes { spikes: spikes.iter().map(at).collect() };
    net.drive(&format!("{name} given"), to, drive);
}

/// The general step with what a run was given.
fn beside(spec: &Spec, ran: &Ran, ticks: u64) -> Beside {
    let mut net = describe(spec);
    let is_source = |net: &Network, name: &str| {
        let population = net.population(name).expect("a described population");
        population.parts.iter().all(|part| part.model == Model::SpikeSource)
    };
    for (name, spikes) in &ran.spikes {
        if is_source(&net, name) {
            give(&mut net, name, spikes, 0);
        }
    }
    for projection in &mut net.projections {
        let own = ran.start.iter().filter(|array| projection.array.as_ref() == Some(&array.name));
        for array in own {
            let values = own_of(array, projection).iter().map(|w| f64::from(*w)).collect();
            projection.weights.start = Draw::Listed { values };
        }
    }
    let output = net.populations.iter_mut().find(|of| of.name == OUTPUT).expect("an output");
    if is_by_chance(&output.parts[0].model) {
        output.parts[0].model = Model::SpikeSource;
        let onto = net.projections.iter_mut().filter(|of| of.to.population == OUTPUT);
        onto.for_each(|of| of.synapse = Synapse::Nothing);
        let spikes = &ran.spikes.iter().find(|(name, _)| *name == OUTPUT).expect("it fires").1;
        give(&mut net, OUTPUT, spikes, 1);
    }
    let names: Vec<&str> = ran.spikes.iter().map(|(name, _)| *name).collect();
    let network = built::network(&net, &names, 1).unwrap_or_else(|why| panic!("{why}"));
    let place = names.iter().position(|name| *name == OUTPUT).expect("it is built");
    let mut beside = Beside { network, net, fired: Vec::new() };
    for tick in 0..=ticks {
        beside.network.step(true);
        let fired = beside.network.populations[place].fired();
        beside.fired.extend(fired.iter().map(|neuron| (tick.wrapping_sub(1), *neuron)));
    }
    beside
}

/// Checks so many steps of a run from a step on at which it is at rest; how many spikes there were, and how far weights moved, or what waits at them.
fn check(id: &str, spec: &Spec, (from, ticks): (u64, u64), within: f32) -> (usize, f32) {
    let ran = ran(spec, from, ticks);
    let beside = beside(spec, &ran, ticks);
    let (_, ours) = ran.spikes.iter().find(|(name, _)| *name == OUTPUT).expect("an output");
    let same = ours.iter().zip(&beside.fired).take_while(|(a, b)| a == b).count();
    println!(
        "{id}: {} spikes, {} there, the first {same} the same",
        ours.len(),
        beside.fired.len()
    );
    assert!(same == ours.len() && same == beside.fired.len(), "{id}: {same}");
    let mut moved = 0.0_f32;
    let described = beside.net.projections.iter().filter(|of| {
        let is_built = |name: &String| ran.spikes.iter().any(|(built, _)| built == name);
        is_built(&of.from.population) && is_built(&of.to.population)
    });
    for (built, of) in beside.network.projections.iter().zip(described) {
        let Some(name) = &of.array else { continue };
        let find = |all: &[NamedArray], name: &str| all.iter().find(|a| a.name == name).cloned();
        let scale = of.weights.max.filter(|max| *max < 1e5).unwrap_or(1.0) as f32;
        let mut compare = |run: &[f32], found: &dyn Fn(usize) -> f32, start: &[f32]| {
            for (place, (w, start)) in run.iter().zip(start).enumerate() {
                let found = found(place);
                assert!((w - found).abs() < within * scale, "{id}: {} {w} {found}", of.name);
                moved = moved.max((w - start).abs() / scale);
            }
        };
        let [start, end] =
            [&ran.start, &ran.learned].map(|all| find(all, name).expect("it is kept"));
        let weights = built.weights();
        compare(own_of(&end, of), &|place| weights[place], own_of(&start, of));
        let array = find(&ran.learned, &format!("{name} waiting"));
        if let (Some(array), Some(waiting)) = (array, built.waiting()) {
            let run = own_of(&array, of);
            compare(run, &*waiting, &vec![0.0; run.len()]);
        }
    }
    (same, moved)
}

/// A link of the same run whose neuron has no yoke, no noise, and whatever else has no general form.
fn plain_link(id: &str) -> Option<String> {
    match id {
        // Its gain is held by another neuron's rate: a control of this experiment's.
        "correlated_inputs/not_correlated" => None,
        // Its program makes both changes of a coincidence from the weights before it.
        "correlated_inputs/asymptotic_rule" => None,
        // Noise of another stream.
        "correlated_inputs/van_rossum" => Some(format!("{id}?noise=0")),
        _ => Some(id.into()),
    }
}

#[test]
fn one_neuron_with_its_inputs_is_a_network_of_one() {
    let (mut num, mut all_spikes) = (0, 0);
    let (mut homeostasis, mut rules) = (BTreeSet::new(), BTreeSet::new());
    let presets =
        every_preset().into_iter().filter(|preset| preset.entry.id == "correlated_inputs");
    for link in presets.filter_map(|preset| plain_link(&preset.id)) {
        let spec = spec_of(&link);
        let net = describe(&spec);
        if net.population(OUTPUT).is_none() {
            continue;
        }
        let (spikes, moved) = check(&link, &spec, (0, TICKS), WITHIN);
        // There inputs that fire once in 30 s make nobody fire so soon.
        let is_silent = link.ends_with("/offsets");
        assert!(spikes > 0 || is_silent, "{link}: {spikes}");
        all_spikes += spikes;
        let rule = net.projections.iter().find_map(|of| of.rule.as_ref());
        assert!(moved > 1e-5 || rule.is_none() || is_silent, "{link}: {moved}");
        rules.extend(rule.map(|rule| rule.window.word()));
        let kinds = net.projections.iter().flat_map(|of| &of.homeostasis);
        homeostasis.extend(kinds.map(Homeostasis::word));
        num += 1;
    }
    println!("{num} runs: {rules:?}, {homeostasis:?}");
    assert!(all_spikes > 5_000, "{all_spikes}");
    assert!(
        num > 30 && rules.len() > 2 && homeostasis.len() > 1,
        "{num} {rules:?} {homeostasis:?}"
    );
}

#[test]
fn two_that_compete_for_patterns_are_a_network() {
    // What kicks outputs comes from a stream of its own.
    for (preset, ticks) in [
        ("ours", TICKS),
        ("overlap_50", TICKS),
        ("no_inhibition", TICKS),
        ("no_homeostasis", TICKS),
        ("no_competition", TICKS),
        ("together", TICKS),
        ("counting", TICKS),
        // Until the first reward, which the trials give.
        ("reward", 249),
    ] {
        let link = format!("pattern_clustering/{preset}?background_out_hz=0");
        let (spikes, moved) = check(&link, &spec_of(&link), (0, ticks), WITHIN);
        assert!(spikes > 2 && moved > 0.01, "{link}: {spikes}, {moved}");
    }
}

#[test]
fn what_waits_for_success_waits_in_the_general_step() {
    for (preset, is_of_trials) in [
        ("critic", true),
        ("no_baseline", true),
        ("biofeedback", false),
        ("biofeedback_no_baseline", false),
    ] {
        let link = format!("reward_baseline/{preset}");
        let spec = spec_of(&link);
        // The first trial in which something is learned, but for its end, at which it is judged.
        let phases = describe(&spec).schedule.phases;
        let trial = (phases[0].shown_ms / build(&spec).dt_ms()) as u64;
        let first = u64::from(phases[0].num_trials) * trial;
        let steps = if is_of_trials { (first, trial - 1) } else { (0, TICKS) };
        // Biofeedback is paid out every ten steps.
        let within = if is_of_trials { WITHIN } else { 10.0 * WITHIN };
        let (spikes, moved) = check(&link, &spec, steps, within);
        assert!(spikes > 2 && moved > 1e-3, "{link}: {spikes}, {moved}");
    }
}
