//! The film of a run, and going to any moment of it, through host and wire.

use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use stdp_playground::experiments::{REGISTRY, build};
use stdp_playground::lab::film::{MOST_BYTES, MOST_FRAMES};
use stdp_playground::lab::reel::Reel;
use stdp_playground::lab::shades::NUM_SHADES;
use stdp_playground::lab::shades_then::ShadesThen;
use stdp_playground::lab::{Session, StepKind, panel, values};
use stdp_playground::wire::{Command, RunState, encode};

use crate::page::Page;
use crate::runs::{Named, arrays, every_preset, spec_of};

/// Longer runs are not computed here.
const MOST_TICKS: u64 = 120_000;

/// A page that has computed the run of this link.
fn computed(link: &str) -> Page {
    let mut page = Page::open(link);
    page.finish();
    page
}

fn print(page: &Page) -> String {
    page.frame().fingerprint.expect("a fingerprint").to_string()
}

fn seek(page: &mut Page, ms: f64) {
    let frames = page.frames.len();
    page.send(Command::Seek { ms });
    while page.frames.len() == frames {
        page.work();
    }
}

#[test]
fn a_film_tells_all_that_happened() {
    every_preset().into_par_iter().for_each(|Named { id, spec, .. }| {
        if Session::new(spec.clone(), build).runner.num_ticks() > MOST_TICKS {
            return;
        }
        let page = computed(&id);
        let (film, last) = (&page.film, page.frame());
        assert!(!film.is_empty() && film.len() <= MOST_FRAMES as usize + 1, "{id}: {}", film.len());
        let mut until_ms = 0.0;
        for frame in film {
            let activity = &frame.activity;
            assert_eq!(activity.from_ms, until_ms, "{id}");
            assert!(activity.to_ms > activity.from_ms, "{id}");
            until_ms = activity.to_ms;
        }
        assert_eq!(until_ms, last.sim_ms.max(last.twin.as_ref().map_or(0.0, |t| t.sim_ms)), "{id}");
        let bytes: usize = film.iter().map(|frame| encode(frame).len()).sum();
        assert!(bytes < MOST_BYTES + (2 << 20), "{id}: {bytes} bytes");
        // The bar goes from start to end, and every place on it is a moment of its own.
        let mut reel = Reel::default();
        reel.add(film.clone());
        let moments: Vec<f64> = (0..=20).map(|at| reel.ms_at(f64::from(at) / 20.0)).collect();
        assert!(moments.windows(2).all(|pair| pair[0] < pair[1]), "{id}: {moments:?}");
        assert_eq!(moments[0], 0.0, "{id}");
        assert!((moments[20] - until_ms).abs() <= 1e-6 * until_ms, "{id}: {moments:?}");
        // The last frame shows the result.
        let hero = panel::hero(&spec.panels()) as u16;
        let mut page = page;
        page.send(Command::Watch(vec![hero]));
        page.work();
        let shown = &page.frame().figures[0];
        let filmed =
            page.film.last().expect("a frame").figures.iter().find(|(idx, _)| *idx == hero);
        if page.frame().twin.is_none() {
            assert_eq!(Some(shown), filmed, "{id}");
        }
    });
}

#[test]
fn spikes_and_weights_of_a_film_are_those_of_the_run() {
    for id in [
        "characters&epochs=6",
        "xor_reward&epochs=20",
        "stdp_window",
        "distal_reward&duration_s=20",
    ] {
        let link = format!("demo={id}");
        let page = computed(&link);
        let (_, picture, _) = &page.networks[0];
        let mut alone = Session::new(spec_of(&link), build);
        let populations = alone.runner.populations();
        let sizes: Vec<u32> = populations.iter().map(|p| p.size).collect();
        alone.runner.hasher().watch(&sizes);
        alone.run_to_end();
        let seen = alone.runner.hasher().watched();
        let mut sums = vec![0; picture.network.populations.len()];
        let mut weights: Vec<Vec<f32>> = picture
            .samples
            .iter()
            .map(|sample| sample.synapses.iter().map(|synapse| synapse.weight).collect())
            .collect();
        for frame in &page.film {
            sums.iter_mut().zip(&frame.activity.num_spikes).for_each(|(sum, num)| *sum += num);
            for now in &frame.activity.weights {
                weights[usize::from(now.projection)][usize::from(now.synapse)] = now.weight;
            }
        }
        let place = |name: &str| picture.network.populations.iter().position(|p| p.name == name);
        for (population, num) in populations.iter().zip(&seen.num_spikes) {
            // What runs beside for comparison may be left out of a description.
            if let Some(place) = place(population.name) {
                assert_eq!(sums[place], *num, "{id}: {}", population.name);
            }
        }
        let last = arrays(&*alone.runner);
        for ((projection, sample), told) in
            picture.network.projections.iter().zip(&picture.samples).zip(&weights)
        {
            let array = last.iter().find(|array| Some(&array.name) == projection.array.as_ref());
            let Some(array) = array else { continue };
            let most = told.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
            let bounds = projection.weights.min.zip(projection.weights.max);
            let range = bounds.map_or(2.0 * most, |(min, max)| (max - min) as f32);
            for (synapse, told) in sample.synapses.iter().zip(told) {
                let gap = (told - array.values[synapse.place as usize]).abs();
                assert!(gap <= range / 199.0, "{id}: {gap} of {range}");
            }
        }
    }
}

#[test]
fn any_moment_is_that_of_the_straight_run() {
    REGISTRY.0.par_iter().for_each(|entry| {
        let link = match entry.id {
            // The whole hour would take minutes.
            "distal_reward" => "demo=distal_reward&duration_s=20".to_string(),
            id => format!("demo={id}"),
        };
        let mut page = computed(&link);
        let end = print(&page);
        let total_ms = page.frame().sim_ms;
        let dt_ms = Session::new(spec_of(&link), build).runner.dt_ms();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
        let num_ticks = (total_ms / dt_ms).round() as u64;
        let ticks: Vec<u64> = (0..20).map(|_| rng.random_range(0..num_ticks)).collect();
        let mut sorted = ticks.clone();
        sorted.sort_unstable();
        let mut straight = Session::new(spec_of(&link), build);
        let mut prints = std::collections::BTreeMap::new();
        for tick in sorted {
            straight.advance_to(tick);
            prints.insert(tick, straight.runner.fingerprint().to_string());
        }
        for tick in ticks {
            seek(&mut page, tick as f64 * dt_ms);
            assert_eq!(page.frame().state == RunState::Idle, tick == 0, "{link}");
            assert_eq!(print(&page), prints[&tick], "{link} at tick {tick}");
            // What happened before a jump is no part of what leads there.
            let activity = &page.frame().activity;
            assert!(activity.from_ms <= activity.to_ms, "{link} at tick {tick}");
            assert_eq!(activity.to_ms, page.frame().sim_ms, "{link} at tick {tick}");
        }
        // The result is still there.
        seek(&mut page, total_ms);
        assert_eq!((page.frame().state, print(&page)), (RunState::Finished, end), "{link}");
    });
}

#[test]
fn two_runs_stand_at_the_same_moment() {
    let link = "demo=characters&epochs=6&compare=1&b.homeostasis=0";
    let mut page = computed(link);
    assert!(page.film.iter().all(|frame| frame.twin.is_some()));
    for ms in [900.0, 5_000.0, 37.0] {
        seek(&mut page, ms);
        let frame = page.frame();
        assert_eq!((frame.sim_ms, frame.twin.as_ref().expect("B").sim_ms), (ms, ms));
        let mut alone = Session::new(spec_of("demo=characters&epochs=6&homeostasis=0"), build);
        alone.advance_to(ms as u64);
        let print = frame.twin.as_ref().and_then(|twin| twin.fingerprint);
        assert_eq!(print, Some(alone.runner.fingerprint()));
    }
}

#[test]
fn of_two_runs_the_longer_goes_to_its_own_end() {
    for link in [
        "demo=characters&epochs=6&compare=1&b.epochs=3",
        "demo=characters&epochs=3&compare=1&b.epochs=6",
    ] {
        let mut page = computed(link);
        let ends = |page: &Page| {
            let frame = page.frame();
            let twin = frame.twin.as_ref().expect("B");
            (frame.sim_ms, twin.sim_ms, frame.fingerprint, twin.fingerprint)
        };
        let end = ends(&page);
        let until_ms = page.film.last().expect("a frame").activity.to_ms;
        assert_eq!(until_ms, end.0.max(end.1), "{link}");
        seek(&mut page, 1_000.0);
        assert_eq!((page.frame().sim_ms, ends(&page).1), (1_000.0, 1_000.0), "{link}");
        seek(&mut page, until_ms);
        assert_eq!(ends(&page), end, "{link}");
    }
}

#[test]
fn a_run_that_is_still_computed_goes_on_after_a_look_back() {
    let link = "demo=characters";
    let whole = computed(link);
    let mut page = Page::open(link);
    page.send(Command::Run);
    page.work_for(300.0);
    let computed_ms = page.pause();
    assert!(computed_ms > 1_000.0 && computed_ms < page.frame().total_ms);
    seek(&mut page, computed_ms / 3.0);
    // No further than it has been.
    let total_ms = page.frame().total_ms;
    seek(&mut page, total_ms);
    assert!(page.frame().sim_ms >= computed_ms && page.frame().state == RunState::Paused);
    seek(&mut page, 500.0);
    page.finish();
    assert_eq!(print(&page), print(&whole));
    assert_eq!(page.film.len(), whole.film.len());
    for (a, b) in page.film.iter().zip(&whole.film) {
        assert_eq!(
            (a.activity.to_ms, &a.activity.num_spikes),
            (b.activity.to_ms, &b.activity.num_spikes)
        );
    }
}

#[test]
fn what_is_changed_from_here_makes_another_end() {
    let mut page = computed("demo=characters&epochs=6");
    let (end, total_ms) = (print(&page), page.frame().total_ms);
    let half_ms = (total_ms / 2.0).round();
    seek(&mut page, half_ms);
    page.send(Command::Set { key: "eta".into(), value: "0.3".into(), is_twin: false });
    page.finish();
    let frame = page.frame();
    assert_eq!((frame.edited_at_ms, frame.fingerprint), (Some(half_ms), None));
    // The film is that of the changed run, without a gap.
    let mut until_ms = 0.0;
    for frame in &page.film {
        assert!((frame.activity.from_ms - until_ms).abs() < 1e-6, "{until_ms}");
        until_ms = frame.activity.to_ms;
    }
    assert_eq!(until_ms, total_ms);
    let num_new = page.film.iter().filter(|it| it.activity.from_ms >= half_ms - 1e-6).count();
    assert!(num_new > 100, "{num_new} frames of the changed half");
    // It shows what the changed run has come to.
    let hero = panel::hero(&spec_of("demo=characters&epochs=6").panels()) as u16;
    page.send(Command::Watch(vec![hero]));
    page.work();
    let shown = &page.frame().figures[0].1;
    assert_eq!(&page.film.last().expect("a frame").figures[0].1, shown);
    // Before the change it is marked as well: the link on screen has the new value.
    seek(&mut page, half_ms - 1.0);
    let frame = page.frame();
    assert_eq!((frame.edited_at_ms, frame.fingerprint), (Some(half_ms), None));
    let mut whole = computed("demo=characters&epochs=6");
    seek(&mut whole, half_ms - 1.0);
    assert_eq!(page.frame().summary, whole.frame().summary);
    seek(&mut whole, total_ms);
    assert_eq!(print(&whole), end);
}

#[test]
fn the_next_spike_is_the_next() {
    let link = "demo=characters&epochs=6";
    let mut page = computed(link);
    seek(&mut page, 1_000.0);
    let mut alone = Session::new(spec_of(link), build);
    alone.runner.hasher().keep();
    alone.run_to_end();
    let mut spikes = Vec::new();
    alone.runner.hasher().take(&mut spikes);
    let names: Vec<&str> = alone.runner.populations().iter().map(|p| p.name).collect();
    let answers =
        spikes.iter().filter(|(_, population, _)| names[*population as usize] == "output");
    let mut ticks: Vec<u64> =
        answers.map(|(tick, ..)| *tick).filter(|tick| *tick >= 1_000).collect();
    ticks.dedup();
    for tick in ticks.iter().take(5) {
        page.send(Command::Step(StepKind::Spike));
        page.work_until(RunState::Paused);
        // The tick in which it happens is done.
        assert_eq!(page.frame().sim_ms, (tick + 1) as f64);
    }
}

#[test]
fn shades_of_a_film_are_those_of_the_run_also_after_a_change() {
    let link = "demo=distal_reward&duration_s=30";
    let mut page = computed(link);
    let check = |page: &Page, expected: &[f32]| {
        let picture = &page.networks[0].1;
        let shades = picture.shades.as_ref().expect("shades");
        let mut reel = Reel::default();
        reel.add(page.film.clone());
        let mut then = ShadesThen::of(picture);
        let now = then.after(&reel, reel.frames().len(), false).to_vec();
        assert_eq!(now.len(), expected.len());
        let step = (shades.high - shades.low) / f32::from(NUM_SHADES - 1);
        for (shade, weight) in now.iter().zip(expected) {
            let gap = (shades.weight_of(*shade) - weight).abs();
            assert!(gap <= 0.71 * step, "{weight} is told as {}", shades.weight_of(*shade));
        }
        now
    };
    let run = |change: Option<f64>| {
        let mut alone = Session::new(spec_of(link), build);
        if let Some(ms) = change {
            alone.advance_to(alone.tick_at(ms));
            values::set(&mut alone.spec.params, "tonic", "0.03").expect("a value");
            alone.adopt();
        }
        alone.run_to_end();
        arrays(&*alone.runner)[0].values.clone()
    };
    let whole = check(&page, &run(None));
    let bytes: usize = page.film.iter().map(|frame| frame.shades.len()).sum();
    assert!(bytes > 10_000, "weights move: {bytes} bytes");
    // Back, and on with another dopamine: the film before the change stays.
    seek(&mut page, 10_000.0);
    let (key, value) = ("tonic".into(), "0.03".into());
    page.send(Command::Set { key, value, is_twin: false });
    page.finish();
    assert_ne!(check(&page, &run(Some(10_000.0))), whole);
}
