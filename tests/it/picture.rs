//! What the page gets to draw a running network from, through host and wire, against the run itself.

use std::collections::BTreeSet;

use rayon::prelude::*;

use stdp_playground::experiments::{build, describe};
use stdp_playground::lab::picture::{Activity, MOST_SYNAPSES, Picture};
use stdp_playground::lab::{Session, Spec};
use stdp_playground::net::Projection;
use stdp_playground::record::watch::{MOST_NEURONS, MOST_SPIKES};
use stdp_playground::wire::{Command, RunState, encode};

use crate::page::Page;
use crate::rewind::allocated;
use crate::runs::{Named, arrays, every_preset, spec_of};

/// Frames of a run that are looked at, some hundred ticks each.
const FRAMES: usize = 60;
/// What a network and a frame's activity weigh at most on the wire.
const NETWORK_BYTES: usize = 64_000;
const ACTIVITY_BYTES: usize = 40_000;

/// A run that is watched for a while and stands then.
fn watched(link: &str) -> Page {
    let mut page = Page::open(link);
    page.send(Command::Run);
    while page.frames.len() < FRAMES && page.frames.last().is_none_or(|f| f.sim_ms < f.total_ms) {
        page.work();
    }
    if page.frame().state == RunState::Running {
        page.pause();
    }
    page
}

/// The same run at its start, which keeps its spikes, and at that time.
fn alone(spec: &Spec, sim_ms: f64) -> (Session, Session) {
    let start = Session::new(spec.clone(), build);
    let mut session = Session::new(spec.clone(), build);
    session.runner.hasher().keep();
    session.advance_to((sim_ms / session.runner.dt_ms()).round() as u64);
    (start, session)
}

/// Stretches follow one another, and all spikes are in them.
fn check_spikes(id: &str, picture: &Picture, all: &[&Activity], session: &mut Session) {
    let dt_ms = session.runner.dt_ms();
    let populations = &picture.network.populations;
    let place_of = |name: &str| populations.iter().position(|p| p.name == name);
    let run = session.runner.populations();
    let mut kept = Vec::new();
    session.runner.hasher().take(&mut kept);
    let mut num_spikes = vec![0_u64; populations.len()];
    let mut real = BTreeSet::new();
    for (tick, population, neuron) in kept {
        let place =
            place_of(run[population as usize].name).expect("a population that is described");
        num_spikes[place] += 1;
        real.insert((tick, place, neuron));
    }
    let mut told = vec![0; populations.len()];
    let mut from_ms = 0.0;
    for activity in all {
        assert_eq!(activity.from_ms, from_ms, "{id}");
        from_ms = activity.to_ms;
        assert!(activity.spikes.len() <= MOST_SPIKES, "{id}: {}", activity.spikes.len());
        told.iter_mut().zip(&activity.num_spikes).for_each(|(told, num)| *told += num);
        for spike in &activity.spikes {
            let tick = ((activity.from_ms + f64::from(spike.at_ms)) / dt_ms).round() as u64;
            let who = (tick, usize::from(spike.population), spike.neuron);
            assert!(real.contains(&who), "{id}: {who:?} did not happen");
        }
        let is_small = |place: usize| populations[place].size <= MOST_NEURONS;
        for place in (0..populations.len()).filter(|place| is_small(*place)) {
            let of = activity.spikes.iter().filter(|s| usize::from(s.population) == place).count();
            assert!(activity.one_in > 1 || of as u64 == activity.num_spikes[place], "{id}");
        }
        assert!(encode(*activity).len() < ACTIVITY_BYTES, "{id}: {}", encode(*activity).len());
    }
    assert_eq!(from_ms, session.sim_ms(), "{id}");
    assert_eq!(told, num_spikes, "{id}");
}

/// Weights as they were told are those of the run, but for what nobody sees. Tells how many moved.
fn check_weights(id: &str, picture: &Picture, all: &[&Activity], ends: [&Session; 2]) -> usize {
    let [first, last] = ends.map(|session| arrays(&*session.runner));
    let mut weights: Vec<Vec<f32>> = picture
        .samples
        .iter()
        .map(|sample| sample.synapses.iter().map(|synapse| synapse.weight).collect())
        .collect();
    let moved = all.iter().flat_map(|activity| &activity.weights);
    let moved = moved.map(|now| {
        weights[usize::from(now.projection)][usize::from(now.synapse)] = now.weight;
    });
    let num_moved = moved.count();
    let mut num_told = vec![0; first.len()];
    for ((projection, sample), told) in
        picture.network.projections.iter().zip(&picture.samples).zip(&weights)
    {
        let place = first.iter().position(|array| Some(&array.name) == projection.array.as_ref());
        let Some(place) = place else {
            assert_eq!(sample.synapses.len(), 0, "{id}: {}", projection.name);
            continue;
        };
        num_told[place] += sample.num_weights;
        assert!(sample.synapses.len() <= MOST_SYNAPSES as usize, "{id}");
        let (min, max) = (projection.weights.min, projection.weights.max);
        let greatest = told.iter().fold(0.0_f32, |most, w| most.max(w.abs()));
        let range = min.zip(max).map_or(2.0 * greatest, |(min, max)| (max - min) as f32);
        for (synapse, told) in sample.synapses.iter().zip(told) {
            let at = synapse.place as usize;
            assert_eq!(synapse.weight, first[place].values[at], "{id}: at the start");
            let gap = (told - last[place].values[at]).abs();
            assert!(gap <= range / 199.0, "{id}: {gap} of {range} in {}", projection.name);
            assert!(synapse.pre < projection.from.size && synapse.post < projection.to.size);
        }
    }
    for (array, told) in first.iter().zip(num_told) {
        let is_threshold = array.name == "theta_mv";
        assert_eq!(told, if is_threshold { 0 } else { array.values.len() as u64 }, "{id}");
    }
    num_moved
}

#[test]
fn a_picture_of_every_preset_is_true() {
    let moved: Vec<usize> = every_preset()
        .into_par_iter()
        .map(|Named { id, spec, .. }| {
            let page = watched(&id);
            let [(0, picture, None)] = &page.networks[..] else { panic!("{id}: one network") };
            let network = describe(&spec);
            assert_eq!(picture.network.populations.len(), network.populations.len(), "{id}");
            let bytes = encode(picture).len();
            assert!(bytes < NETWORK_BYTES, "{id}: {bytes} bytes");
            let (start, mut session) = alone(&spec, page.frame().sim_ms);
            let all: Vec<&Activity> = page.frames.iter().map(|frame| &frame.activity).collect();
            check_spikes(&id, picture, &all, &mut session);
            for activity in &all {
                let told: Vec<usize> = activity.levels.iter().map(|l| l.modulator.into()).collect();
                assert_eq!(told, (0..network.modulators.len()).collect::<Vec<_>>(), "{id}");
            }
            check_weights(&id, picture, &all, [&start, &session])
        })
        .collect();
    let num = moved.iter().filter(|moved| **moved > 0).count();
    // Neurons alone under a current and codes of pictures have none that could.
    assert!(num > moved.len() / 3, "weights moved in {num} of {}", moved.len());
}

#[test]
fn the_axes_of_weights_are_senders_and_receivers() {
    let mut num = 0;
    for Named { id, spec, .. } in every_preset() {
        let (network, run) = (describe(&spec), build(&spec));
        for array in run.weights() {
            let of = |p: &&Projection| p.array.as_deref() == Some(array.name);
            let all: Vec<&Projection> = network.projections.iter().filter(of).collect();
            // Of several each has weights of its own, and a drawn wiring has a column for each receiver of a sender.
            let ([only], [rows, columns]) = (&all[..], &array.shape[..]) else { continue };
            let is_drawn = array.ends.is_some();
            assert_eq!(*rows, only.from.size, "{id}: {}", array.name);
            assert!(is_drawn || *columns == only.to.size, "{id}: {}", array.name);
            num += usize::from(!is_drawn);
        }
    }
    assert!(num > 20, "{num} arrays");
}

#[test]
fn a_large_network_is_told_by_a_sample() {
    let mut session = Session::new(spec_of("distal_reward"), build);
    let picture = session.follow(describe);
    let excitation = &picture.samples[0];
    assert_eq!((excitation.num_weights, excitation.synapses.len()), (80_000, 2_000));
    let bytes = encode(&*picture).len();
    assert!(bytes < 30_000, "{bytes} bytes");
    // The wiring is drawn: only the run knows whom a synapse leads to.
    let receivers: BTreeSet<u32> = excitation.synapses.iter().map(|s| s.post).collect();
    assert!(receivers.len() > 800, "{} receivers", receivers.len());
    let is_own = |projection: &Projection| projection.array.is_none();
    assert!(picture.network.projections[1..].iter().all(is_own));
    session.advance_to(5_000);
    let activity = session.activity();
    assert!(activity.num_spikes[0] > 5_000 && activity.one_in > 0, "{:?}", activity.num_spikes);
    let followed: BTreeSet<u32> = activity.spikes.iter().map(|spike| spike.neuron).collect();
    assert_eq!(followed.len(), 60);
    assert_eq!(activity.levels.len(), 1);
}

#[test]
fn two_runs_are_followed_each_for_itself_and_begin_again_together() {
    let mut page = watched("demo=characters&epochs=4&compare=1&b.homeostasis=0");
    let (_, _, twin) = &page.networks[0];
    let twin = twin.clone().expect("a network beside");
    let spikes = |page: &Page| -> (u64, u64) {
        let twins = page.frames.iter().filter_map(|frame| frame.twin.as_ref());
        let own: u64 = page.frames.iter().flat_map(|frame| &frame.activity.num_spikes).sum();
        (own, twins.flat_map(|frame| &frame.activity.num_spikes).sum())
    };
    let (own, beside) = spikes(&page);
    assert!(own > 0 && beside > 0 && own != beside, "{own} {beside}");
    let (start, mut session) =
        alone(&spec_of("demo=characters&epochs=4&homeostasis=0"), page.frame().sim_ms);
    let all: Vec<&Activity> =
        page.frames.iter().filter_map(|frame| Some(&frame.twin.as_ref()?.activity)).collect();
    check_spikes("twin", &twin, &all, &mut session);
    check_weights("twin", &twin, &all, [&start, &session]);
    // The runs are built anew: their networks are told again, ahead of the first frame.
    page.frames.clear();
    page.networks.clear();
    page.send(Command::Reset);
    page.work_until(RunState::Idle);
    assert_eq!((page.networks.len(), page.networks[0].0), (1, 0));
    assert_eq!((page.frame().activity.to_ms, spikes(&page)), (0.0, (0, 0)));
}

#[test]
fn a_run_that_is_wound_back_is_followed_from_there() {
    let mut session = Session::new(spec_of("characters"), build);
    session.keep_past(1 << 20);
    session.follow(describe);
    session.advance_to(20_000);
    let whole = session.activity();
    session.go_to(10_007);
    let replayed = session.activity();
    assert!(replayed.from_ms < replayed.to_ms && replayed.to_ms == session.sim_ms());
    assert!(replayed.num_spikes < whole.num_spikes && !replayed.weights.is_empty());
    session.advance_to(20_000);
    let rest = session.activity();
    assert_eq!((rest.from_ms, rest.to_ms), (replayed.to_ms, whole.to_ms));
    assert!(rest.num_spikes[0] > 0 && rest.num_spikes[0] < whole.num_spikes[0]);
}

#[test]
fn a_run_that_nobody_draws_is_not_followed() {
    let mut session = Session::new(spec_of("characters"), build);
    session.advance_to(1_000);
    assert_eq!(session.activity(), Activity::default());
}

#[test]
fn a_frame_of_a_large_network_copies_no_weights() {
    let mut session = Session::new(spec_of("distal_reward"), build);
    let weights_bytes = 4 * session.runner.weights()[0].values.len();
    assert_eq!(weights_bytes, 320_000);
    session.follow(describe);
    session.advance_to(30_000);
    session.activity();
    session.advance_to(30_500);
    let panels = session.spec.panels();
    let raster = panels.iter().position(|panel| panel.key == "spikes").expect("the raster") as u16;
    let before = allocated();
    // The raster is as large as there are spikes, whatever the number of synapses.
    let figures = session.runner.figures(&|panel| panel != raster);
    let told = (session.runner.summary(), session.runner.phase(), session.activity());
    let bytes = allocated() - before;
    assert!(figures.len() == panels.len() - 1 && !told.0.is_empty());
    assert!(bytes < weights_bytes / 4, "{bytes} bytes");
    let before = allocated();
    session.runner.fingerprint();
    assert!(allocated() - before < 1_000, "{} bytes for a fingerprint", allocated() - before);
}
