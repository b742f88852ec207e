//! What a film tells of modulators and of what waits for them: how far each level went, and eligibilities.

use rayon::prelude::*;

use stdp_playground::experiments::{build, describe};
use stdp_playground::lab::eligible::{Eligible, MOST_ELIGIBLE};
use stdp_playground::lab::{Picture, Runner, Session};
use stdp_playground::net::{Network, Projection};
use stdp_playground::record::{Figure, NamedArray};
use stdp_playground::wire::{Command, encode};

use crate::page::Page;
use crate::runs::{Named, every_preset, spec_of};

/// One run of every part in which changes wait, and of every kind of modulator.
const LINKS: [&str; 9] = [
    "demo=characters&mode=reward&epochs=6",
    "demo=characters&mode=reward&epochs=6&baseline=1",
    "demo=xor_reward&epochs=20",
    "demo=distal_reward&duration_s=12&reward=regular&every_s=3&tonic=0.002",
    "demo=distal_reward&part=pairing",
    "demo=reward_baseline&num_trials=150&baseline=mean",
    "demo=reward_baseline&part=biofeedback&duration_s=30",
    "demo=pattern_clustering&reward=response&num_training=60",
    "demo=pattern_clustering&preset=published_r_pictures",
];

fn computed(link: &str) -> Page {
    let mut page = Page::open(link);
    page.finish();
    page
}

/// Whether something waits at synapses of the run's own network.
fn waits(network: &Network) -> bool {
    let waits = |p: &Projection| p.rule.as_ref().is_some_and(|rule| rule.eligibility.is_some());
    network.projections.iter().any(|p| p.array.is_some() && waits(p))
}

fn eligibilities(runner: &dyn Runner) -> Vec<NamedArray> {
    runner.eligibilities().iter().map(|array| array.to_array()).collect()
}

/// What is told agrees with the run, to the bit, and nothing large is left out.
fn check(id: &str, picture: &Picture, told: &Eligible, arrays: &[NamedArray]) -> usize {
    let shared = told.at_end.len();
    for of in &told.at_end {
        let projection = &picture.network.projections[usize::from(of.projection)];
        let array = arrays.iter().find(|array| Some(&array.name) == projection.array.as_ref());
        let sample = &picture.samples[usize::from(of.projection)];
        let place = sample.synapses[usize::from(of.synapse)].place;
        let own = array.unwrap_or_else(|| panic!("{id}: no array")).values[place as usize];
        assert_eq!(of.value, own, "{id}: {}", projection.name);
        assert!(of.value != 0.0 && of.value.is_finite(), "{id}");
    }
    let ending = told.clone().ending();
    let least = ending.within.iter().map(|of| ending.share(of).abs()).fold(1.0, f32::min);
    let least = if shared < MOST_ELIGIBLE { 0.1 } else { least };
    for (idx, (projection, sample)) in
        (0_u16..).zip(picture.network.projections.iter().zip(&picture.samples))
    {
        let array = arrays.iter().find(|array| Some(&array.name) == projection.array.as_ref());
        let Some(array) = array else { continue };
        let Some(scale) = told.scales.get(usize::from(idx)).copied() else { continue };
        for (synapse, own) in (0_u16..).zip(&sample.synapses) {
            let value = array.values[own.place as usize];
            assert!(value.abs() <= scale, "{id}: {value} of {scale}");
            if value.abs() > (least + 1e-6) * scale {
                assert_eq!(ending.of(idx, synapse), Some(value), "{id}");
            }
        }
    }
    shared
}

#[test]
fn every_preset_in_which_changes_wait_tells_of_it() {
    let found: Vec<[bool; 2]> = every_preset()
        .into_par_iter()
        .map(|Named { id, spec, .. }| {
            let waits = waits(&describe(&spec));
            let mut session = Session::new(spec, build);
            let picture = session.follow(describe);
            let (total, mut within, mut at_end) = (session.runner.num_ticks(), 0, 0);
            // As frames of a film, as far as needed.
            let mut signs = [false; 2];
            for frame in 1..=600 {
                session.advance_to(total * frame / 601);
                let told = session.activity().eligibility;
                assert!(told.within.len() <= MOST_ELIGIBLE, "{id}");
                within += told.within.len();
                told.within.iter().for_each(|of| signs[usize::from(of.value > 0.0)] = true);
                at_end += check(&id, &picture, &told, &eligibilities(&*session.runner));
                let is_seen = signs == [true; 2] && at_end > 0;
                if is_seen || (!waits && frame > 3) || session.runner.now() > 200_000 {
                    break;
                }
            }
            assert_eq!(within > 0, waits, "{id}");
            assert!(at_end == 0 || waits, "{id}");
            [waits, at_end > 0]
        })
        .collect();
    let num = [0, 1].map(|which| found.iter().filter(|waits| waits[which]).count());
    // Without a trace something waits only in the step of a spike.
    assert!(num[0] > 15 && num[1] + 4 > num[0], "{num:?} presets");
}

#[test]
fn what_a_film_tells_was_in_the_run() {
    LINKS.par_iter().for_each(|link| {
        let page = computed(link);
        let (_, picture, _) = &page.networks[0];
        let mut alone = Session::new(spec_of(link), build);
        let mut num = [0; 2];
        for frame in &page.film {
            let told = &frame.activity.eligibility;
            assert!(told.at_end.is_empty(), "{link}: what is not shown weighs");
            // Every tick of the frame.
            let mut ends = vec![(0.0_f32, 0.0_f32); told.within.len()];
            while alone.sim_ms() + 1e-6 < frame.activity.to_ms {
                alone.advance_to(alone.runner.now() + 1);
                let arrays = alone.runner.eligibilities();
                for (of, (low, high)) in told.within.iter().zip(&mut ends) {
                    let projection = usize::from(of.projection);
                    let name = &picture.network.projections[projection].array;
                    let place = picture.samples[projection].synapses[usize::from(of.synapse)].place;
                    let array = arrays.iter().find(|array| Some(array.name) == name.as_deref());
                    let value = array.map_or(0.0, |array| array.values.get(place as usize));
                    (*low, *high) = (low.min(value), high.max(value));
                }
            }
            for (of, (low, high)) in told.within.iter().zip(ends) {
                // It stood there at some tick, with this sign.
                assert!((low..=high).contains(&of.value), "{link}: {} {low} {high}", of.value);
                num[usize::from(of.value > 0.0)] += 1;
            }
        }
        assert!(num[1] > 0, "{link}: {num:?}");
        // Volleys come before the spikes that they cause, and what is published begins above 0.
        let is_one_way = link.contains("characters") || link.contains("published");
        assert!(num[0] > 0 || is_one_way, "{link}: {num:?}");
    });
}

#[test]
fn every_frame_tells_how_far_a_level_went() {
    LINKS.par_iter().for_each(|link| {
        let page = computed(link);
        let (_, picture, _) = &page.networks[0];
        let mut alone = Session::new(spec_of(link), build);
        alone.runner.watch_levels();
        let names: Vec<&str> = picture.network.modulators.iter().map(|m| &*m.name).collect();
        let mut num_far = 0;
        for frame in &page.film {
            let activity = &frame.activity;
            let mut farthest = vec![0.0_f32; names.len()];
            let mut last = farthest.clone();
            while alone.sim_ms() + 1e-6 < activity.to_ms {
                alone.advance_to(alone.runner.now() + 1);
                for seen in alone.runner.watched_levels() {
                    // One tick: what is farthest is what there is.
                    let Some(place) = names.iter().position(|name| *name == seen.name) else {
                        continue;
                    };
                    last[place] = seen.farthest;
                    if seen.farthest.abs() > farthest[place].abs() {
                        farthest[place] = seen.farthest;
                    }
                }
            }
            for level in &activity.levels {
                let place = usize::from(level.modulator);
                if let stdp_playground::net::Signal::Constant { level: constant } =
                    picture.network.modulators[place].signal
                {
                    assert_eq!(level.farthest, constant as f32, "{link}");
                    num_far += 1;
                    continue;
                }
                assert_eq!(level.farthest, farthest[place], "{link}: {}", names[place]);
                let end = level.at((activity.to_ms - activity.from_ms) as f32);
                let slack = 0.021 * page_largest(&page, level.modulator);
                assert!((end - last[place]).abs() <= slack, "{link}: {end} {}", last[place]);
                num_far += usize::from(farthest[place] != 0.0);
            }
            assert_eq!(activity.levels.len(), names.len(), "{link}");
        }
        assert!(num_far > 2, "{link}: {num_far}");
        let bytes: usize = page.film.iter().map(|frame| encode(frame).len()).sum();
        assert!(bytes < 16 << 20, "{link}: {bytes}");
    });
}

fn page_largest(page: &Page, modulator: u16) -> f32 {
    let levels = page.film.iter().flat_map(|frame| &frame.activity.levels);
    let own = levels.filter(|level| level.modulator == modulator);
    own.fold(0.0, |most, level| most.max(level.farthest.abs()))
}

/// The latest value of a line of the figure with this key.
fn latest(session: &Session, key: &str, line: usize) -> f32 {
    let panels = session.spec.panels();
    let place = panels.iter().position(|panel| panel.key == key).expect("a panel");
    let figures = session.runner.figures(&|idx| usize::from(idx) == place);
    let Figure::Trace(trace) = &figures[0].1 else { panic!("a trace") };
    *trace.series[line].values.last().expect("a value")
}

#[test]
fn the_picture_and_the_figure_of_eligibility_agree() {
    let mut session = Session::new(spec_of("demo=xor_reward&epochs=20"), build);
    session.follow(describe);
    let (mut num, mut num_ends) = ([0; 2], Vec::new());
    for nth in 1..650 {
        session.advance_to(nth * 61);
        let told = session.activity().eligibility;
        num_ends.push(told.at_end.len());
        // Lines are the synapse from the first input onto the first hidden neuron, and that from there to the output.
        let last = told.scales.iter().rposition(|scale| *scale > 0.0).unwrap_or(0) as u16;
        for (line, projection) in [(0, 0), (1, last)] {
            let drawn = latest(&session, "eligibility", line);
            let filmed =
                told.at_end.iter().find(|of| (of.projection, of.synapse) == (projection, 0));
            if let Some(filmed) = filmed {
                assert_eq!(filmed.value.signum(), drawn.signum(), "{nth}");
                assert!((filmed.value - drawn).abs() < 1e-6, "{nth}: {} {drawn}", filmed.value);
                num[line] += 1;
            } else if told.at_end.len() < MOST_ELIGIBLE && last > 0 {
                let scale = told.scales[usize::from(projection)];
                assert!(drawn.abs() <= 0.1001 * scale, "{nth}: {drawn} of {scale}");
            }
        }
    }
    assert!(num[0] > 0 && num[1] > 5, "{num:?} {num_ends:?}");
}

#[test]
fn where_the_film_rests_the_run_tells_what_waits_then() {
    let link = "demo=xor_reward&epochs=20";
    let mut page = computed(link);
    let mut alone = Session::new(spec_of(link), build);
    let mut followed = Session::new(spec_of(link), build);
    followed.follow(describe);
    // Steps are 1 ms. Traces fade within 25 of them, so that often nothing waits.
    let mut waits = |tick: &u64| {
        followed.advance_to(*tick);
        !followed.activity().eligibility.at_end.is_empty()
    };
    let all: Vec<u64> = (1..650).map(|nth| nth * 61).filter(|tick| waits(tick)).collect();
    assert!(all.len() > 20, "{all:?}");
    for tick in [all[all.len() / 3], all[all.len() / 2], all[all.len() - 3]] {
        let ms = tick as f64;
        let frames = page.frames.len();
        page.send(Command::Seek { ms });
        while page.frames.len() == frames {
            page.work();
        }
        alone.advance_to(tick);
        let (_, picture, _) = &page.networks[0];
        let told = page.frame().activity.eligibility.clone();
        assert!(check(link, picture, &told, &eligibilities(&*alone.runner)) > 0, "{ms}");
    }
}
