//! The network as it is taken home, and the dots of a network with very many synapses.

use rayon::prelude::*;

use stdp_playground::experiments::{build, describe};
use stdp_playground::export::Print;
use stdp_playground::lab::Session;
use stdp_playground::lab::Snapshot;
use stdp_playground::lab::shades::NUM_SHADES;
use stdp_playground::plot::Theme;
use stdp_playground::plot::network::{self, Followed, Moment, Scene};

use crate::network_picture::{moment_of, picture_of, shapes};
use crate::runs::{Named, every_preset};
use shapes::Shapes;

/// Millimetres and points: the narrowest, one and two columns, and a poster.
const PRINTS: [(f64, f64); 5] =
    [(50.0, 5.0), (85.0, 7.0), (85.0, 9.0), (174.0, 7.0), (400.0, 14.0)];

#[test]
fn a_network_is_printed_in_the_size_that_is_asked_for() {
    every_preset().into_par_iter().for_each(|Named { id, spec, .. }| {
        let mut session = Session::new(spec, build);
        session.follow(describe);
        session.advance_to(200);
        let (picture, snapshot) = session.snapshot().expect("a network");
        for (width_mm, font_pt) in PRINTS {
            let print = Print { width_mm, font_pt, is_dark: false };
            let document = print.network(picture, &snapshot).expect("a picture");
            let what = format!("{id} {width_mm} mm {font_pt} pt");
            let number = |text: &str, key| {
                let value = shapes::attribute(text, key).trim_end_matches("mm").to_string();
                value.parse::<f64>().expect("a number")
            };
            assert_eq!(number(&document, "width"), width_mm, "{what}");
            let units = shapes::attribute(&document, "viewBox").split(' ').nth(2).expect("units");
            let pt_per_unit = width_mm / 25.4 * 72.0 / units.parse::<f64>().expect("a number");
            let mut num = 0;
            for text in document.lines().filter(|line| line.starts_with("<text")) {
                let size = number(text, "font-size") * pt_per_unit;
                assert!((size - font_pt).abs() < 1e-6, "{what}: {size} pt");
                num += 1;
            }
            assert!(num > 0, "{what}: no words");
            // The legend, whole, whatever it was broken into.
            let read = Shapes::read(&document);
            let px = |key| (number(&document, key) * 96.0 / 25.4).ceil() as u32;
            let outside = read.outside(px("width"), px("height"));
            assert!(outside.is_empty(), "{what}: {outside:?}");
            // The legend, whole, whatever lines it was broken into.
            let texts = read.texts.iter().map(|(text, _)| format!("{text} "));
            let texts = texts.collect::<String>();
            for (_, words) in Scene::new(picture, 640.0, 520.0).legend() {
                assert!(texts.contains(&words), "{what}: \"{words}\" is not in the legend");
            }
            let overlaps = read.overlapping_texts();
            assert!(overlaps.is_empty(), "{what}: {overlaps:?}");
        }
    });
}

#[test]
fn a_dot_for_each_of_80_000_synapses_shows_its_weight() {
    let (picture, weights) = picture_of("demo=distal_reward&duration_s=20");
    let scene = Scene::new(&picture, 640.0, 520.0);
    let carpet = scene.carpet().expect("dots");
    let start = Snapshot::at_start(&picture).shades;
    assert_eq!(start.len(), 80_000);
    assert!(carpet.columns * carpet.rows >= 80_000 && carpet.columns.is_multiple_of(100));
    // On a common screen no synapse is lost between pixels.
    let (wide, high) = (
        carpet.rect.width / f64::from(carpet.columns),
        carpet.rect.height / f64::from(carpet.rows),
    );
    assert!(wide >= 0.9 && high >= 0.9, "{wide} by {high}");
    for theme in [Theme::light(), Theme::dark()] {
        let mut lighter = Vec::new();
        for shade in 0..NUM_SHADES {
            let mut shades = start.clone();
            shades[777] = shade;
            let pixels = carpet.pixels(&shades, &theme);
            assert_eq!(pixels.len() as u32, 4 * carpet.columns * carpet.rows);
            let at = |place: usize| [0, 1, 2].map(|channel| i32::from(pixels[4 * place + channel]));
            let (surface, ink) = (theme.surface, at(777));
            let far = (ink[0] - i32::from(surface.0)).abs() + (ink[2] - i32::from(surface.2)).abs();
            lighter.push(far);
            assert_eq!(at(776), at(778), "only one synapse is another");
        }
        assert!(lighter.windows(2).all(|pair| pair[1] > pair[0]), "{lighter:?}");
    }
    // Dots tell whose they are, and a click follows their sender.
    let rect = carpet.rect;
    let sender = |share: (f64, f64)| {
        let (x, y) = (rect.x + share.0 * rect.width, rect.y + share.1 * rect.height);
        scene.locate((x, y), (&weights, &start), None).expect("a synapse")
    };
    let (text, followed) = sender((0.001, 0.999));
    let rows_before = (carpet.rows - 1) * carpet.columns / 100;
    assert_eq!(followed, Followed::Neuron { population: 0, neuron: rows_before });
    assert_eq!(text, format!("100 synapses of neuron {}: weights about 1.07", rows_before + 1));
    assert_eq!(sender((0.001, 0.001)).1, Followed::Neuron { population: 0, neuron: 0 });
    // The chosen one is told from the others before it has learned anything, and once it has.
    let moment = |shades| Moment { weights: &weights, shades, ..Moment::default() };
    let mut learned = start.clone();
    learned[0] = NUM_SHADES - 1;
    let drawn = |shades| moment_of(&scene, &weights, &moment(shades));
    assert_ne!(drawn(&start), drawn(&learned));
    // The document is a picture of its own among shapes.
    let snapshot = Snapshot::at_start(&picture);
    let document = network::svg(&picture, &snapshot, &Theme::light(), 640, 520).expect("a picture");
    assert_eq!(document.matches("<image ").count(), 1);
    assert!(document.len() < 300_000, "{} bytes", document.len());
}
