//! Descriptions against the runs that they describe: who fires, what is learned, how long it takes.

use std::collections::BTreeSet;

use stdp_playground::experiments::{build, describe};
use stdp_playground::lab::form::{ControlKind, controls};
use stdp_playground::lab::{Runner, values};
use stdp_playground::net::{Adaptation, Dependence, Draw, Network, Projection, Window};
use stdp_playground::record::NamedArray;

use crate::runs::{arrays, every_preset};

/// Ticks after which weights of every preset that learns have moved.
const TICKS: u64 = 40_000;

/// The parts of a network's description that an array of weights belongs to.
fn projections<'n>(net: &'n Network, array: &NamedArray) -> Vec<&'n Projection> {
    net.projections.iter().filter(|p| p.array.as_deref() == Some(&array.name)).collect()
}

/// Whether an array is what is raised of the thresholds of a population of this size.
fn is_threshold(net: &Network, array: &NamedArray) -> bool {
    net.populations.iter().any(|population| {
        let name = match &population.adaptation {
            Some(Adaptation::Steady { array, .. } | Adaptation::Relaxing { array, .. }) => array,
            None => return false,
        };
        name.as_deref() == Some(&array.name) && array.values.len() as u32 == population.size
    })
}

fn advance(run: &mut dyn Runner, ticks: u64) {
    (0..ticks.min(run.num_ticks() - run.now())).for_each(|_| run.tick());
}

#[test]
fn every_preset_is_described_without_a_contradiction() {
    for preset in every_preset() {
        let net = describe(&preset.spec);
        let broken: Vec<String> = net.check().iter().map(|broken| broken.to_string()).collect();
        assert!(broken.is_empty(), "{}:\n{}", preset.id, broken.join("\n"));
        assert_eq!(net, describe(&preset.spec));
        assert!(net.tables().len() > 3, "{}", preset.id);
    }
}

#[test]
fn what_keeps_weights_is_described_as_keeping_some() {
    let mut kinds = std::collections::BTreeSet::new();
    for preset in every_preset() {
        let is_kept = describe(&preset.spec).is_kept();
        assert_eq!(is_kept, !arrays(&*build(&preset.spec)).is_empty(), "{}", preset.id);
        kinds.insert(is_kept);
    }
    assert_eq!(kinds.len(), 2);
}

#[test]
fn who_fires_in_a_run_is_described_with_the_same_name_and_size() {
    let mut num = 0;
    for preset in every_preset() {
        let net = describe(&preset.spec);
        let run = build(&preset.spec);
        // A population that this run does not have is counted as 0.
        for fires in run.populations().into_iter().filter(|population| population.size > 0) {
            let described = net.population(fires.name);
            let size = described.map(|population| population.size);
            assert_eq!(size, Some(fires.size), "{}: {}", preset.id, fires.name);
            num += 1;
        }
        let length_ms = run.num_ticks() as f64 * run.dt_ms();
        assert!((run.dt_ms() - net.dt_ms).abs() < 1e-12, "{}", preset.id);
        let described_ms = net.schedule.duration_ms();
        assert!((described_ms - length_ms).abs() < 1e-6, "{}: {described_ms} ms", preset.id);
    }
    assert!(num > 100, "{num} populations");
}

/// Weights lie where their draw says. What is normalised or shared out at once is left out.
fn check_start(id: &str, net: &Network, array: &NamedArray) -> bool {
    let all = projections(net, array);
    let [only] = &all[..] else { return false };
    if !only.homeostasis.is_empty() {
        return false;
    }
    let (low, high) = only.weights.start.range();
    // Rounding to single precision, and neurons that are not connected to themselves.
    let room = 1e-6 * (1.0 + low.abs().min(1e6) + high.abs().min(1e6));
    let is_in = |w: &f32| *w == 0.0 || (low - room..=high + room).contains(&f64::from(*w));
    assert!(array.values.iter().all(is_in), "{id}: {} begins outside {low}..{high}", array.name);
    if let Draw::Uniform { low, high } = only.weights.start
        && array.values.len() >= 100
        && only.wiring.word() == "all to all"
    {
        let mean =
            array.values.iter().map(|w| f64::from(*w)).sum::<f64>() / array.values.len() as f64;
        let expected = (low + high) / 2.0;
        // Five standard errors.
        let sd = (high - low) / 12_f64.sqrt() / (array.values.len() as f64).sqrt();
        assert!((mean - expected).abs() < 5.0 * sd, "{id}: {mean}, not {expected}");
    }
    true
}

/// Weights stay within their bounds, but for gates, which they may overshoot.
fn check_bounds(id: &str, projection: &Projection, array: &NamedArray) {
    let is_gate =
        |p: &Projection| p.rule.as_ref().is_some_and(|rule| rule.dependence == Dependence::Gate);
    if is_gate(projection) || projections_are_several(projection) {
        return;
    }
    let (min, max) = (projection.weights.min, projection.weights.max);
    for w in array.values.iter().map(|w| f64::from(*w)) {
        let room = 1e-6 * (1.0 + w.abs());
        let is_in = min.is_none_or(|min| w >= min - room) && max.is_none_or(|max| w <= max + room);
        assert!(is_in, "{id}: {} is {w}, outside {min:?}..{max:?}", array.name);
    }
}

/// The weights of one array may have several ranges: then each has its own.
fn projections_are_several(projection: &Projection) -> bool {
    projection.array.as_deref() == Some("input_to_hidden_mv")
}

#[test]
fn what_learns_in_a_run_is_plastic_in_its_description_and_nothing_else() {
    let (mut moved, mut stayed, mut begun) = (0, 0, 0);
    for preset in every_preset() {
        let (id, net) = (&preset.id, describe(&preset.spec));
        let mut run = build(&preset.spec);
        let before = arrays(&*run);
        advance(&mut *run, TICKS);
        // The neuron is silent at first where its inputs are active in turn.
        if arrays(&*run) == before {
            advance(&mut *run, 10 * TICKS);
        }
        let after = arrays(&*run);
        for (before, after) in before.iter().zip(&after) {
            let has_moved = before.values != after.values;
            if is_threshold(&net, after) {
                assert!(has_moved, "{id}: {} stands still", after.name);
                moved += 1;
                continue;
            }
            let all = projections(&net, after);
            assert!(!all.is_empty(), "{id}: nothing is described that keeps {}", after.name);
            let num: Option<u64> = all.iter().map(|projection| projection.num_weights()).sum();
            assert_eq!(num, Some(after.values.len() as u64), "{id}: {}", after.name);
            let is_plastic = all.iter().any(|projection| projection.is_plastic());
            assert!(
                is_plastic || !has_moved,
                "{id}: {} learns, which is not described",
                after.name
            );
            for projection in &all {
                check_bounds(id, projection, after);
            }
            begun += usize::from(check_start(id, &net, before));
            moved += usize::from(has_moved);
            stayed += usize::from(!is_plastic);
        }
        // What is said to be kept is kept.
        for array in net.projections.iter().filter_map(|projection| projection.array.as_ref()) {
            assert!(after.iter().any(|kept| kept.name == *array), "{id}: no {array} in the run");
        }
        let is_still =
            before.iter().zip(&after).all(|(before, after)| before.values == after.values);
        let may_be_still = net.projections.iter().filter_map(|p| p.rule.as_ref()).any(|rule| {
            // Rewards take a while, and without much pair potentiation one pair does nothing.
            let is_triplet_alone =
                matches!(rule.window, Window::Triplet { a2_plus, .. } if a2_plus < 1e-6);
            rule.eligibility.is_some() || is_triplet_alone
        });
        let is_plastic = net.projections.iter().any(|projection| projection.is_plastic());
        assert!(!is_plastic || !is_still || may_be_still, "{id}: nothing moved");
    }
    assert!(moved > 60 && stayed > 0 && begun > 30, "{moved} {stayed} {begun}");
}

/// Other values of a parameter than the one it has.
fn others(kind: ControlKind) -> Vec<String> {
    match kind {
        ControlKind::Float(range) => {
            [0.0, 0.37, 0.74].map(|share| format!("{}", range.value_at(share))).to_vec()
        }
        ControlKind::Int(range) => [range.min + 1, range.max - 1].map(|n| n.to_string()).to_vec(),
        ControlKind::Flag => ["0", "1"].map(String::from).to_vec(),
        ControlKind::Choice(options) => options.iter().map(|option| option.key.into()).collect(),
        ControlKind::Text(_) => {
            ["AB", "101010101010101", "", "-10:0.5,20:0", "0:5 20:7"].map(String::from).to_vec()
        }
    }
}

#[test]
fn a_description_follows_every_parameter_of_a_link() {
    // How a figure counts, how long the bins of a measurement are, and what is simulated beside the run.
    let outside = [
        ("stdp_window", "sign"),
        ("correlated_inputs", "bin_ms"),
        ("balanced_networks", "response"),
    ];
    // A code is described by its name: what it is a picture of, its constants and how it is read are the task's.
    let of_codes = [
        "bits",
        "budget",
        "drawn",
        "drive",
        "growing",
        "lambda",
        "min_rate",
        "most",
        "off_by_one",
        "period_ms",
        "picture",
        "rate_code",
        "scrambled",
        "sort",
        "tau_m_ms",
    ];
    let of_codes = of_codes.map(|key| ("neural_coding", key));
    let (mut all, mut told) = (BTreeSet::new(), BTreeSet::new());
    for preset in every_preset() {
        let (spec, id) = (&preset.spec, preset.entry.id);
        let net = describe(spec);
        for control in controls(&*spec.params) {
            let key = control.field.key;
            all.insert((id, key));
            let is_told = others(control.kind).iter().any(|other| {
                let mut changed = spec.clone();
                values::set(&mut changed.params, key, other).is_ok() && describe(&changed) != net
            });
            if is_told {
                told.insert((id, key));
            }
        }
    }
    let silent: Vec<_> = all.difference(&told).collect();
    let expected: BTreeSet<_> = outside.into_iter().chain(of_codes).collect();
    assert_eq!(silent.into_iter().copied().collect::<BTreeSet<_>>(), expected);
    assert!(told.len() > 150, "{}", told.len());
}
