//! A neuron that is followed in the picture of the network, and what of each figure belongs to it.

use rayon::prelude::*;

use stdp_playground::experiments::{build, describe};
use stdp_playground::lab::{Followed, Marked, Session};
use stdp_playground::record::Figure;

use crate::runs::{Named, every_preset, spec_of};

/// A run, somebody in it, and the figures in which that neuron is marked.
const FOLLOWED: &[(&str, (&str, u32), &[&str])] = &[
    ("demo=characters&epochs=6", ("output", 2), &["weights", "outputs", "potentials", "confusion"]),
    ("demo=characters&epochs=6", ("input", 3), &["inputs"]),
    ("demo=characters&mode=reward&epochs=4", ("output", 1), &["weights", "eligibility"]),
    ("demo=correlated_inputs&duration_s=20", ("input", 0), &["weights", "histogram", "spikes"]),
    ("demo=correlated_inputs&duration_s=20", ("output", 0), &["histogram", "spikes", "potential"]),
    ("demo=correlated_inputs&part=groups&duration_s=5", ("chosen", 4), &["spikes"]),
    ("demo=xor_reward&epochs=4", ("hidden", 1), &["spikes", "weights"]),
    ("demo=xor_reward&epochs=4", ("output", 0), &["spikes", "weights"]),
    ("demo=distal_reward&duration_s=20", ("neuron", 0), &["histogram", "spikes"]),
    ("demo=reward_baseline&num_trials=100", ("output", 1), &["fields", "spikes"]),
    (
        "demo=reward_baseline&part=biofeedback&duration_s=20",
        ("output", 0),
        &["rates", "mean_weights", "spikes", "fields"],
    ),
    (
        "demo=pattern_clustering&num_training=200",
        ("output", 1),
        &["pictures", "weights", "spikes", "test_table", "potential", "current"],
    ),
    ("demo=pattern_clustering&num_training=200", ("input", 5), &["weights", "spikes"]),
    (
        "demo=pattern_clustering&preset=published_stdp",
        ("output", 0),
        &["weights", "spikes", "potential", "current"],
    ),
];

/// What of each figure belongs to these neurons, at the end of a run.
fn marked(session: &Session, who: Followed) -> Vec<(&'static str, Figure, Marked)> {
    let (picture, snapshot) = session.snapshot().expect("a network");
    let neurons = picture.neurons_of(who);
    let weights: Vec<f32> =
        neurons.iter().flat_map(|neuron| picture.weights_of(*neuron, &snapshot.weights)).collect();
    let panels = session.spec.panels();
    let figures = session.runner.figures(&|_| true).into_iter();
    let of = |(idx, figure): (u16, Figure)| {
        let panel = &panels[usize::from(idx)];
        let marked = Marked::of(&figure, panel, &neurons);
        let marked = marked.with_weights(&figure, panel, weights.clone());
        (panel.key, figure, marked)
    };
    figures.map(of).collect()
}

fn finished(link: &str) -> Session {
    let mut session = Session::new(spec_of(link), build);
    session.follow(describe);
    session.run_to_end();
    session
}

fn neuron(session: &Session, (name, neuron): (&str, u32)) -> Followed {
    let (picture, _) = session.snapshot().expect("a network");
    let place = picture.network.populations.iter().position(|it| it.name == name);
    let population = place.unwrap_or_else(|| panic!("no {name}")) as u16;
    Followed::Neuron { population, neuron }
}

#[test]
fn a_neuron_is_marked_in_the_figures_that_have_it() {
    FOLLOWED.par_iter().for_each(|(link, who, wanted)| {
        let session = finished(link);
        let all = marked(&session, neuron(&session, *who));
        let found: Vec<&str> =
            all.iter().filter(|(.., it)| !it.is_empty()).map(|(key, ..)| *key).collect();
        for key in *wanted {
            assert!(found.contains(key), "{link} {who:?}: not in {key} but in {found:?}");
        }
        for (key, figure, marked) in &all {
            let num = match figure {
                Figure::Raster(raster) => raster.row_labels.len(),
                Figure::Trace(trace) => trace.series.len(),
                Figure::Fields(fields) => fields.fields.len(),
                Figure::Curve(curve) => curve.lines.len(),
                Figure::Matrix(matrix) => matrix.row_labels.len(),
                Figure::Lamps(_) => 0,
            };
            assert!(marked.items.iter().all(|item| (*item as usize) < num), "{link} {key}");
        }
    });
}

#[test]
fn marked_rows_have_the_neurons_own_spikes() {
    let session = finished("demo=characters&epochs=6");
    for output in 0..4 {
        let all = marked(&session, neuron(&session, ("output", output)));
        let (_, Figure::Raster(raster), marked) =
            all.iter().find(|(key, ..)| *key == "outputs").expect("a raster")
        else {
            panic!("a raster")
        };
        assert_eq!(marked.items.len(), 1);
        assert_eq!(raster.neuron_of_row(marked.items[0]), Some(("output", output)));
        let (_, Figure::Fields(fields), marked) =
            all.iter().find(|(key, ..)| *key == "weights").expect("pictures")
        else {
            panic!("pictures")
        };
        let label = &fields.fields[marked.items[0] as usize].label;
        assert!(label.starts_with(&format!("n{}", output + 1)), "{label}");
    }
}

#[test]
fn a_histogram_has_the_weights_of_the_neuron_and_of_the_synapse_that_is_followed() {
    let session = finished("demo=xor_reward&epochs=4");
    let (picture, snapshot) = session.snapshot().expect("a network");
    let hidden = picture.weights_of(("hidden", 1), &snapshot.weights);
    let incoming = picture.network.projections.iter().zip(&picture.samples).zip(&snapshot.weights);
    let expected: usize = incoming
        .map(|((projection, sample), _)| {
            let ends = sample.synapses.iter();
            let is_own = |pre: u32, post: u32| {
                (projection.from.population == "hidden" && pre == 1)
                    || (projection.to.population == "hidden" && post == 1)
            };
            ends.filter(|ends| is_own(ends.pre, ends.post)).count()
        })
        .sum();
    assert!(expected > 1);
    assert_eq!(hidden.len(), expected);
    // A synapse marks its sender and its receiver.
    let projection = picture.samples.iter().position(|sample| !sample.synapses.is_empty());
    let projection = projection.expect("a projection") as u16;
    let neurons = picture.neurons_of(Followed::Synapse { projection, synapse: 0 });
    let described = &picture.network.projections[usize::from(projection)];
    let names = [&described.from.population, &described.to.population];
    assert_eq!(neurons.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
}

#[test]
fn every_output_that_is_drawn_is_in_some_figure() {
    every_preset().into_par_iter().for_each(|Named { id, spec, .. }| {
        let mut session = Session::new(spec, build);
        session.follow(describe);
        session.advance_to(2_000);
        let (picture, _) = session.snapshot().expect("a network");
        let outputs = (0..).zip(&picture.network.populations).filter(|(_, population)| {
            use stdp_playground::net::Role;
            population.parts.iter().all(|part| part.role == Role::Output)
        });
        let outputs: Vec<u16> = outputs.map(|(place, _)| place).collect();
        for population in outputs {
            let all = marked(&session, Followed::Neuron { population, neuron: 0 });
            let has_raster = all.iter().any(|(_, figure, _)| matches!(figure, Figure::Raster(_)));
            let is_marked = all.iter().any(|(.., marked)| !marked.is_empty());
            assert!(is_marked || !has_raster, "{id}: no figure has the output");
        }
    });
}
