//! The picture of the network of every preset: what is drawn, read back from its SVG.

use std::sync::Arc;

use rayon::prelude::*;

use stdp_playground::experiments::{build, describe};
use stdp_playground::lab::Session;
use stdp_playground::lab::Snapshot;
use stdp_playground::lab::eligible::{Eligible, EligibleSynapse};
use stdp_playground::lab::levels::LevelWithin;
use stdp_playground::lab::picture::{Activity, Picture, SampledSpike, WeightNow};
use stdp_playground::net::{Receptor, Role};
use stdp_playground::plot::network::{self, Followed, Moment, Scene};
use stdp_playground::plot::{Rect, Theme};

use crate::runs::{Named, every_preset, spec_of};

#[allow(dead_code, reason = "the figures' own tests read more of it")]
#[path = "../../src/plot/shapes.rs"]
pub mod shapes;
use shapes::Shapes;

const SIZES: [(u32, u32); 4] = [(340, 260), (480, 360), (640, 520), (900, 600)];

pub fn picture_of(link: &str) -> (Arc<Picture>, Vec<Vec<f32>>) {
    let mut session = Session::new(spec_of(link), build);
    let picture = session.follow(describe);
    let weights = weights_of(&picture);
    (picture, weights)
}

fn weights_of(picture: &Picture) -> Vec<Vec<f32>> {
    let samples = picture.samples.iter();
    samples.map(|sample| sample.synapses.iter().map(|synapse| synapse.weight).collect()).collect()
}

/// Something waits at every synapse that waits: at every other one depression.
fn everywhere(picture: &Picture) -> Eligible {
    let projections = (0..).zip(picture.network.projections.iter().zip(&picture.samples));
    let waits = projections.filter(|(_, (projection, _))| {
        projection.rule.as_ref().is_some_and(|rule| rule.eligibility.is_some())
    });
    let synapses = waits.flat_map(|(projection, (_, sample))| {
        let value = |synapse: u16| if synapse.is_multiple_of(2) { 0.9 } else { -0.5 };
        (0..sample.synapses.len() as u16).map(move |synapse| EligibleSynapse {
            projection,
            synapse,
            value: value(synapse),
        })
    });
    let within = synapses.collect();
    let scales = vec![1.0; picture.network.projections.len()];
    Eligible { scales, within, at_end: Vec::new() }
}

/// Everybody with a mark fires, and every modulator is high.
fn busy(picture: &Picture, scene: &Scene) -> Activity {
    let spikes = scene.neurons().into_iter().filter_map(|(followed, ..)| {
        let Followed::Neuron { population, neuron } = followed else { return None };
        Some(SampledSpike { population, neuron, at_ms: 1.0 })
    });
    let levels = 0..picture.network.modulators.len() as u16;
    Activity {
        from_ms: 0.0,
        to_ms: 10.0,
        num_spikes: picture.network.populations.iter().map(|p| u64::from(p.size)).collect(),
        spikes: spikes.collect(),
        one_in: 1,
        weights: Vec::new(),
        moved: 0.0,
        levels: levels
            .map(|place| LevelWithin::steady(place, if place % 2 == 0 { 0.7 } else { -0.7 }))
            .collect(),
        eligibility: everywhere(picture),
    }
}

fn snapshot(picture: &Picture, weights: &[Vec<f32>], activity: Activity) -> Snapshot {
    Snapshot { weights: weights.to_vec(), activity, ..Snapshot::at_start(picture) }
}

fn svg(picture: &Picture, weights: &[Vec<f32>], activity: Option<&Activity>) -> String {
    let snapshot = snapshot(picture, weights, activity.cloned().unwrap_or_default());
    network::svg(picture, &snapshot, &Theme::light(), 640, 520).expect("a picture")
}

/// Lines of polygons, strokes, circles and rectangles.
fn num_primitives(document: &str) -> usize {
    document.lines().filter(|line| line.starts_with('<') && !line.starts_with("</")).count()
}

fn num_neurons(picture: &Picture) -> usize {
    picture.network.populations.iter().map(|population| population.size as usize).sum()
}

#[test]
fn every_preset_has_a_picture_at_every_size() {
    every_preset().into_par_iter().for_each(|Named { id, spec, .. }| {
        let mut session = Session::new(spec, build);
        let picture = session.follow(describe);
        let weights = weights_of(&picture);
        for (width, height) in SIZES {
            let scene = Scene::new(&picture, width.into(), height.into());
            let snapshot = snapshot(&picture, &weights, busy(&picture, &scene));
            for theme in [Theme::light(), Theme::dark()] {
                let document =
                    network::svg(&picture, &snapshot, &theme, width, height).expect("a picture");
                let shapes = Shapes::read(&document);
                let outside = shapes.outside(width, height);
                assert!(outside.is_empty(), "{id} {width}x{height}: {outside:?}");
                let overlaps = shapes.overlapping_texts();
                assert!(overlaps.is_empty(), "{id} {width}x{height}: {overlaps:?}");
                assert!(shapes.texts.iter().all(|(text, _)| !text.contains('…')), "{id} {width}");
                assert!(!shapes.texts.is_empty(), "{id} {width}: no words");
            }
        }
        let num_synapses: usize = weights.iter().map(Vec::len).sum();
        let document = svg(&picture, &weights, None);
        // A shape or a hairline for each, a rim for each neuron, a bar for each where weights stand beside few neurons, and
        // little more.
        let most = 400 + 2 * num_synapses + 2 * num_neurons(&picture);
        assert!(num_primitives(&document) <= most, "{id}: {}", num_primitives(&document));
    });
}

#[test]
fn a_neuron_is_found_where_it_stands() {
    for Named { id, spec, .. } in every_preset() {
        let mut session = Session::new(spec, build);
        let picture = session.follow(describe);
        let weights = weights_of(&picture);
        for (width, height) in SIZES {
            let scene = Scene::new(&picture, width.into(), height.into());
            let neurons = scene.neurons();
            assert!(!neurons.is_empty(), "{id}");
            for (followed, x, y) in neurons {
                let at = (x, y);
                let (text, found) = scene.locate(at, (&weights, &[]), None).expect("a neuron");
                assert_eq!(found, followed, "{id} {width}: {text} at {x}, {y}");
                assert!(!text.contains('_'), "{id}: {text}");
            }
        }
    }
}

#[test]
fn a_spike_changes_its_neurons_mark_only() {
    for id in ["characters", "correlated_inputs/song_10hz", "xor_reward", "pattern_clustering"] {
        let (link, notices) =
            stdp_playground::lab::link::parse(id, stdp_playground::experiments::REGISTRY);
        let id = if notices.is_empty() { id } else { link.spec.entry.id };
        let (picture, weights) = picture_of(id);
        let scene = Scene::new(&picture, 640.0, 520.0);
        let quiet = svg(&picture, &weights, Some(&Activity::default()));
        let before = Shapes::read(&quiet).polygons;
        let neurons = scene.neurons();
        for (followed, x, y) in [neurons[0], neurons[neurons.len() / 2], neurons[neurons.len() - 1]]
        {
            let Followed::Neuron { population, neuron } = followed else { panic!("a neuron") };
            let spikes = vec![SampledSpike { population, neuron, at_ms: 0.0 }; 3];
            let activity = Activity { spikes, one_in: 1, ..Activity::default() };
            let document = svg(&picture, &weights, Some(&activity));
            let lines = |text: &str| text.lines().map(String::from).collect::<Vec<_>>();
            let (old, new) = (lines(&quiet), lines(&document));
            let added: Vec<&String> = new.iter().filter(|line| !old.contains(line)).collect();
            assert!(!added.is_empty(), "{id}: {population}/{neuron}");
            let shapes = Shapes::read(&document);
            assert!(shapes.polygons.len() > before.len(), "{id}");
            let is_new = |points: &[(f64, f64)]| before.iter().all(|old| old.points != points);
            let lit = shapes.polygons.iter().filter(|shape| is_new(&shape.points));
            for shape in lit {
                let near = |(px, py): &(f64, f64)| (px - x).hypot(py - y) < 40.0;
                assert!(shape.points.iter().all(near), "{id}: not at {x}, {y}");
            }
        }
    }
}

/// The area of a polygon, ribbons and bridges included: bridges have none.
fn area(points: &[(f64, f64)]) -> f64 {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0
}

#[test]
fn a_heavier_weight_is_thicker() {
    let (picture, _) = picture_of("stdp_window");
    let projection = &picture.network.projections[0];
    let top = projection.weights.max.unwrap_or(1.0) as f32;
    let areas = [0.1, 0.4, 0.7, 1.0].map(|share| {
        let document = svg(&picture, &[vec![share * top]], None);
        // Synapses are what is drawn first.
        area(&Shapes::read(&document).polygons[0].points)
    });
    assert!(areas.windows(2).all(|pair| pair[1] > 1.2 * pair[0]), "{areas:?}");
}

fn hex(colour: (u8, u8, u8)) -> String {
    format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2)
}

#[test]
fn inhibition_is_violet_and_excitation_is_not() {
    let violet = hex(Theme::light().inhibit);
    let mut num = 0;
    for Named { id, spec, .. } in every_preset() {
        let mut session = Session::new(spec, build);
        let picture = session.follow(describe);
        let network = &picture.network;
        let inhibits = network.projections.iter().zip(&picture.samples).any(|(p, sample)| {
            let receiver = network.population(&p.to.population).expect("a population");
            let is_own = receiver.parts.iter().any(|part| part.role != Role::Control);
            let is_drawn = receiver.size <= 12 && !sample.synapses.is_empty();
            p.receptor == Receptor::Inhibitory && is_own && is_drawn
        });
        let excites_only = network.projections.iter().all(|p| p.receptor == Receptor::Excitatory)
            && network.populations.iter().all(|p| p.competition.is_none())
            && network
                .populations
                .iter()
                .flat_map(|p| &p.parts)
                .all(|p| p.role != Role::Inhibitory);
        let weights = weights_of(&picture);
        let is_positive = weights.iter().flatten().all(|weight| *weight >= 0.0);
        let has_violet = svg(&picture, &weights, None).contains(&violet);
        if inhibits {
            num += 1;
            assert!(has_violet, "{id}: inhibition without violet");
        } else if excites_only && is_positive {
            assert!(!has_violet, "{id}: violet without inhibition");
        }
    }
    assert!(num > 0, "no preset inhibits");
}

#[test]
fn weights_that_are_no_numbers_draw() {
    for Named { id, spec, .. } in every_preset() {
        let mut session = Session::new(spec, build);
        let picture = session.follow(describe);
        let poison = |sample: &stdp_playground::lab::picture::Sample| {
            let odd = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX];
            (0..sample.synapses.len()).map(|place| odd[place % 4]).collect()
        };
        let weights: Vec<Vec<f32>> = picture.samples.iter().map(poison).collect();
        let document = svg(&picture, &weights, None);
        assert!(Shapes::read(&document).outside(640, 520).is_empty(), "{id}");
        // Fewer weights than synapses, or none.
        let _ = svg(&picture, &[], None);
    }
}

#[test]
fn a_halo_tells_the_sign_of_what_waits_by_colour_and_shape() {
    let theme = Theme::light();
    for link in [
        "demo=characters&mode=reward",
        "demo=xor_reward",
        "demo=distal_reward",
        "demo=distal_reward&part=pairing",
        "demo=reward_baseline",
        "demo=pattern_clustering&reward=response",
    ] {
        let (picture, weights) = picture_of(link);
        let projections = picture.network.projections.iter();
        let waits = projections.map(|p| p.rule.as_ref().is_some_and(|r| r.eligibility.is_some()));
        let projection = waits.take_while(|waits| !waits).count() as u16;
        let most = picture.samples[usize::from(projection)].synapses.len() as u16 - 1;
        for synapse in [0, most] {
            let drawn = [0.0, 0.9, -0.9].map(|value| {
                let within = vec![EligibleSynapse { projection, synapse, value }];
                let scales = vec![1.0; picture.network.projections.len()];
                let eligibility = Eligible { scales, within, at_end: Vec::new() };
                let activity = Activity { eligibility, ..Activity::default() };
                svg(&picture, &weights, Some(&activity))
            });
            let quiet = svg(&picture, &weights, Some(&Activity::default()));
            let shapes = |document: &str| Shapes::read(document).polygons;
            let before = shapes(&quiet);
            let added = |document: &str, colour: (u8, u8, u8)| {
                let is_new = |points: &[(f64, f64)]| before.iter().all(|old| old.points != points);
                let added: Vec<_> =
                    shapes(document).into_iter().filter(|shape| is_new(&shape.points)).collect();
                assert!(!added.is_empty(), "{link}: no halo");
                let num = |document: &str| document.matches(&hex(colour)).count();
                assert!(num(document) > num(&quiet), "{link}: another colour");
                added
            };
            let [up, down] = [added(&drawn[1], theme.reward), added(&drawn[2], theme.punish)];
            // Not by colour alone, and less of it for what takes away.
            let covered = |shapes: &[shapes::Shape]| area(&shapes[0].points);
            assert!(covered(&down) < 0.8 * covered(&up), "{link}");
            assert!(up.iter().all(|shape| down.iter().all(|other| other.points != shape.points)));
        }
        let scene = Scene::new(&picture, 640.0, 520.0);
        let num = scene.legend().iter().filter(|(role, _)| *role == "eligible").count();
        assert_eq!(num, 1, "{link}");
    }
}

#[test]
fn only_a_network_in_which_changes_wait_has_halos_in_its_legend() {
    for Named { id, spec, .. } in every_preset() {
        let picture = Session::new(spec, build).follow(describe);
        let scene = Scene::new(&picture, 640.0, 520.0);
        let own = picture.network.projections.iter().filter(|p| p.array.is_some());
        let waits = own.filter_map(|p| p.rule.as_ref()?.eligibility.as_ref()).count() > 0;
        let told = scene.legend().into_iter().find(|(role, _)| *role == "eligible");
        assert_eq!(told.is_some(), waits, "{id}: {told:?}");
        assert!(told.is_none_or(|(_, words)| words.split(' ').count() <= 15), "{id}");
    }
}

#[test]
fn a_synapse_tells_what_waits_there() {
    let (picture, weights) = picture_of("demo=distal_reward&part=pairing");
    let scene = Scene::new(&picture, 640.0, 520.0);
    let within = vec![EligibleSynapse { projection: 0, synapse: 0, value: -0.0071 }];
    let told = Eligible { scales: vec![1.0], within, at_end: Vec::new() };
    let mut texts = Vec::new();
    for (x, y) in (0..640).step_by(4).flat_map(|x| (0..520).step_by(4).map(move |y| (x, y))) {
        let at = |told| scene.locate((x.into(), y.into()), (&weights, &[]), told);
        if let Some((text, Followed::Synapse { .. })) = at(Some(&told)) {
            let plain = at(None).expect("the same synapse").0;
            assert_eq!(text, format!("{plain}; eligibility −0.0071"));
            texts.push(text);
        }
    }
    assert!(!texts.is_empty());
}

#[test]
fn what_has_moved_is_drawn_above_the_base() {
    let (picture, weights) = picture_of("characters");
    let scene = Scene::new(&picture, 640.0, 520.0);
    let mut moved = weights.clone();
    moved[0].iter_mut().for_each(|weight| *weight *= 1.6);
    let moment = |weights| Moment { weights, shown: "letter B", ..Moment::default() };
    let still = moment_of(&scene, &weights, &moment(&weights));
    let after = moment_of(&scene, &weights, &moment(&moved));
    assert!(still.contains("letter B"));
    assert!(num_primitives(&after) > num_primitives(&still));
    assert!(num_primitives(&after) < 700);
}

#[test]
fn slow_motion_and_who_is_followed_stay_inside() {
    for Named { id, spec, .. } in every_preset() {
        let mut session = Session::new(spec, build);
        let picture = session.follow(describe);
        let weights = weights_of(&picture);
        let scene = Scene::new(&picture, 640.0, 520.0);
        let activity = busy(&picture, &scene);
        let shades = Snapshot::at_start(&picture).shades;
        let synapse = picture.samples.iter().position(|sample| !sample.synapses.is_empty());
        let synapse = synapse
            .map(|projection| Followed::Synapse { projection: projection as u16, synapse: 0 });
        let mut moved = weights.clone();
        moved.iter_mut().flatten().for_each(|weight| *weight = 1.3 * *weight + 0.01);
        for (at_ms, followed) in
            [(Some(0.5), None), (Some(2.0), Some(scene.neurons()[0].0)), (None, synapse)]
        {
            let moment = Moment {
                weights: &moved,
                shades: &shades,
                activity: Some(&activity),
                at_ms,
                level_at_ms: at_ms,
                followed,
                shown: "a very long name of what is shown, which needs more room than there is anywhere above",
            };
            let document = moment_of(&scene, &weights, &moment);
            let shapes = Shapes::read(&document);
            // Units are eighths of a pixel.
            let outside = shapes.outside(640 * 8, 520 * 8);
            assert!(outside.is_empty(), "{id}: {outside:?}");
            let overlaps = shapes.overlapping_texts();
            assert!(overlaps.is_empty(), "{id}: {overlaps:?}");
            let num = num_primitives(&document);
            // 300 synapses that have moved, 300 of who is followed, weights beside ten neurons with 60 inputs, and who has fired.
            assert!(num <= 1_600 + num_neurons(&picture), "{id}: {num}");
        }
    }
}

/// A moment alone, after a base with other weights.
pub fn moment_of(scene: &Scene, base: &[Vec<f32>], moment: &Moment<'_>) -> String {
    use plotters::prelude::{IntoDrawingArea, SVGBackend};
    use stdp_playground::plot::Scale;
    let theme = Theme::light();
    let (mut ground, mut above) = (String::new(), String::new());
    {
        let area = SVGBackend::with_string(&mut ground, (5_120, 4_160)).into_drawing_area();
        for step in 0..scene.num_steps() {
            scene.draw_step(step, &area, &theme, Scale::svg(8.0), base).expect("a base");
        }
        let area = SVGBackend::with_string(&mut above, (5_120, 4_160)).into_drawing_area();
        scene.draw_moment(&area, &theme, Scale::svg(8.0), moment).expect("a moment");
    }
    above
}

#[test]
fn every_preset_is_told_in_sentences() {
    for Named { id, spec, .. } in every_preset() {
        let sentences = describe(&spec).sentences();
        assert!((1..=8).contains(&sentences.len()), "{id}: {sentences:?}");
        for sentence in sentences {
            let letters: Vec<char> = sentence.chars().collect();
            assert!(letters[0].is_uppercase() || letters[0].is_ascii_digit(), "{id}: {sentence}");
            assert!(sentence.ends_with('.'), "{id}: {sentence}");
            assert!(!sentence.contains('_') && !sentence.contains("  "), "{id}: {sentence}");
            let has_zero = sentence.contains("−0 ") || sentence.contains("-0");
            assert!(!has_zero && !sentence.contains("NaN"), "{id}: {sentence}");
            assert!(sentence.split(' ').count() < 40, "{id}: {sentence}");
        }
    }
}

#[test]
fn excitatory_neurons_have_a_colour_and_a_word_of_their_own() {
    let roles = |link: &str| {
        let (picture, _) = picture_of(link);
        let scene = Scene::new(&picture, 640.0, 520.0);
        let document = svg(&picture, &weights_of(&picture), None);
        (scene.legend(), document.contains(&hex(Theme::light().output)))
    };
    let (legend, has_output) = roles("demo=distal_reward&duration_s=20");
    assert!(legend.contains(&("excite", "excitatory neuron".into())), "{legend:?}");
    assert!(!has_output && !legend.iter().any(|(role, _)| *role == "output"), "{legend:?}");
    let (legend, has_output) = roles("demo=xor_reward");
    assert!(legend.contains(&("excite", "hidden neuron".into())), "{legend:?}");
    assert!(has_output && legend.iter().any(|(role, _)| *role == "output"), "{legend:?}");
}

/// `NETWORK_SAMPLES=folder cargo test --features cli --test it -- networks_to_look_at`
#[test]
fn networks_to_look_at() {
    let Ok(folder) = std::env::var("NETWORK_SAMPLES") else { return };
    let only = std::env::var("NETWORK_ONLY").unwrap_or_default();
    for Named { id, spec, .. } in
        every_preset().into_iter().filter(|named| named.id.contains(&only))
    {
        let mut session = Session::new(spec, build);
        let picture = session.follow(describe);
        let mut weights = weights_of(&picture);
        let dt_ms = session.runner.dt_ms();
        let middle = (session.runner.num_ticks() / 2).min((20_000.0 / dt_ms) as u64);
        session.advance_to(middle);
        let mut moved = session.activity().weights;
        session.advance_to(middle + (40.0 / dt_ms) as u64);
        let activity = session.activity();
        moved.extend(&activity.weights);
        for WeightNow { projection, synapse, weight } in moved {
            weights[usize::from(projection)][usize::from(synapse)] = weight;
        }
        let snapshot = snapshot(&picture, &weights, activity);
        for (width, height) in SIZES {
            for (name, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
                let document =
                    network::svg(&picture, &snapshot, &theme, width, height).expect("a picture");
                let path = format!("{folder}/{}-{width}-{name}.svg", id.replace('/', "-"));
                std::fs::write(path, document).expect("a file");
            }
        }
        let sentences = picture.network.sentences().join("\n");
        std::fs::write(format!("{folder}/{}.txt", id.replace('/', "-")), sentences)
            .expect("a file");
    }
}
