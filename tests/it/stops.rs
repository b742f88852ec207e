//! Where a film stops and asks: what the question says of that moment is so, and so is what the answer says of the end.
//! Both are of the very run that is on screen, the preset with its own seed.

use rayon::prelude::*;

use stdp_playground::experiments::{REGISTRY, build, words};
use stdp_playground::lab::{Session, Spec, Stop, link};
use stdp_playground::record::Figure;

use crate::page::Page;
use crate::runs::{arrays, finished, link_of, number};

/// What a demo asks where its film stops, and the run of that film.
fn asked(id: &str) -> (Stop, Spec) {
    let entry = REGISTRY.find(id).expect("a demo");
    let story = words(entry).story;
    let stop = story.stop.unwrap_or_else(|| panic!("{id} does not stop"));
    let (link, notices) = link::parse(&format!("{id}/{}", story.predict.preset), REGISTRY);
    assert!(notices.is_empty(), "{notices:?}");
    (stop, link.spec)
}

/// The run where it stops, and at its end.
fn then_and_at_the_end(id: &str) -> [Session; 2] {
    let (stop, spec) = asked(id);
    let mut then = Session::new(spec.clone(), build);
    then.go_to(then.tick_at(stop.at_ms));
    assert!((then.sim_ms() - stop.at_ms).abs() < 1e-6, "{id} has no such moment");
    [then, finished(&spec)]
}

/// The points of a line of a figure.
fn line(session: &Session, key: &str, label: &str) -> Vec<(f32, f32)> {
    let place = session.spec.panels().iter().position(|panel| panel.key == key);
    let figures = session.runner.figures(&|panel| Some(usize::from(panel)) == place);
    let Some((_, Figure::Curve(curve))) = figures.into_iter().next() else {
        panic!("{key} is no curve")
    };
    let found = curve.lines.iter().find(|line| line.label == label);
    let found = found.unwrap_or_else(|| panic!("no '{label}' in {key}"));
    found.x.iter().copied().zip(found.y.iter().copied()).collect()
}

fn last(points: &[(f32, f32)]) -> f32 {
    points.last().expect("a point").1
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len() as f32
}

#[test]
fn every_stop_lies_within_its_run_and_its_film() {
    let stops: Vec<(&str, Stop, Spec)> = REGISTRY
        .0
        .iter()
        .map(|entry| {
            let (stop, spec) = asked(entry.id);
            (entry.id, stop, spec)
        })
        .collect();
    stops.par_iter().for_each(|(id, stop, spec)| {
        let session = Session::new(spec.clone(), build);
        let (at_ms, total_ms) = (stop.at_ms, session.total_ms());
        // Something has been seen by then, and something is still to come.
        assert!(at_ms > 0.0 && at_ms < 0.75 * total_ms, "{id}: {at_ms} of {total_ms}");
        assert!(stop.ask.question.ends_with('?') && stop.ask.because.ends_with('.'), "{id}");
        assert!(stop.ask.options.iter().all(|option| !option.ends_with('.')), "{id}");
    });
}

#[test]
fn one_winner_stays_the_winner() {
    let (stop, spec) = asked("characters");
    let mut page = Page::open(&link_of(&spec));
    page.finish();
    let (_, picture, _) = &page.networks[0];
    let outputs = picture.network.populations.iter().position(|it| it.name == "output");
    let outputs = outputs.expect("outputs") as u16;
    let mut spikes = Vec::new();
    for frame in &page.film {
        assert_eq!(frame.activity.one_in, 1, "spikes are missing");
        let own = frame.activity.spikes.iter().filter(|spike| spike.population == outputs);
        spikes.extend(own.map(|it| (frame.activity.from_ms + f64::from(it.at_ms), it.neuron)));
    }
    // Four letters of 300 ms each.
    let winners: Vec<u32> = (0..4)
        .map(|letter| {
            let from_ms = stop.at_ms * f64::from(letter) / 4.0;
            let shown = from_ms..from_ms + stop.at_ms / 4.0;
            let own: Vec<u32> =
                spikes.iter().filter(|it| shown.contains(&it.0)).map(|it| it.1).collect();
            assert!(!own.is_empty() && own.iter().all(|it| *it == own[0]), "{letter}: {own:?}");
            own[0]
        })
        .collect();
    let most = winners.iter().filter(|it| **it == winners[0]).count();
    let others: Vec<&u32> = winners.iter().filter(|it| **it != winners[0]).collect();
    assert_eq!((most, others.len()), (3, 1), "{winners:?}");
    assert!(spikes.len() > 400 && spikes.iter().all(|it| winners.contains(&it.1)));
}

#[test]
fn one_pair_leaves_the_weight_and_sixty_move_it() {
    let [then, end] = then_and_at_the_end("stdp_window");
    let spikes_ms = [then.sim_ms() - 15.0, then.sim_ms() - 5.0];
    assert_eq!(spikes_ms, [120.0, 130.0], "the stop is no longer just behind the pair");
    assert_eq!((number(&then, "weight"), number(&end, "weight")), (1.0, 1.0));
    let at_50 = last(&line(&end, "frequency", "+10 ms"));
    assert!((at_50 - 0.76).abs() < 0.005, "{at_50}");
    let measured = last(&line(&end, "frequency", "measured, +10 ms"));
    assert!((measured - 0.56).abs() < 0.005, "{measured}");
}

#[test]
fn the_others_sink_when_the_half_has_won() {
    let [then, end] = then_and_at_the_end("correlated_inputs");
    let halves = |session: &Session| {
        let all = &arrays(&*session.runner)[0].values;
        let (first, second) = all.split_at(all.len() / 2);
        (mean(first), mean(second))
    };
    let (half, others) = halves(&then);
    assert!(half > 0.97 && (0.4..0.55).contains(&others), "{half} {others}");
    assert!(halves(&end).1 < 0.2, "{:?}", halves(&end));
    let rates = line(&then, "rate", "this seed");
    assert!(last(&rates) > 1.3 * rates[0].1, "{rates:?}");
}

#[test]
fn what_punishment_took_comes_back_for_two_patterns() {
    let [then, end] = then_and_at_the_end("xor_reward");
    for (pattern, at_first) in [("01", 30.0), ("10", 30.0), ("11", 70.0)] {
        let rates = line(&then, "rates", pattern);
        assert!(rates[0].1 > at_first && last(&rates) < 15.0, "{pattern}: {rates:?}");
    }
    for (name, rate_hz) in [("rate_01", 128.0), ("rate_10", 128.0), ("rate_11", 30.0)] {
        assert!((number(&end, name) - rate_hz).abs() < 0.5, "{name}: {}", number(&end, name));
    }
}

#[test]
#[ignore = "an hour of a thousand neurons: half a minute"]
fn luck_does_not_last() {
    let [then, end] = then_and_at_the_end("distal_reward");
    let weight_mv = last(&line(&then, "synapse", "chosen"));
    assert!((weight_mv - 2.3).abs() < 0.05, "{weight_mv}");
    assert!((0.0..0.75).contains(&number(&end, "synapse_final")));
}

#[test]
fn the_bonus_does_not_help() {
    let [then, end] = then_and_at_the_end("reward_baseline");
    let successes = ["▲", "■"].map(|stimulus| last(&line(&then, "success", stimulus)));
    assert!(successes[0] > 0.2 && successes[1] < -0.2, "{successes:?}");
    let above = |name: &str| {
        number(&end, &format!("performance_{name}")) > number(&end, &format!("untrained_{name}"))
    };
    assert_eq!((above("a"), above("b")), (false, true));
    assert!((number(&end, "spikes_a") - 2.7).abs() < 0.05);
}

#[test]
fn two_outputs_go_the_same_way() {
    let [then, end] = then_and_at_the_end("pattern_clustering");
    // Which inputs are only in ▲, only in ■, or in both, is in the pictures of the patterns.
    let preferences = |session: &Session| {
        let (_, Figure::Fields(pictures)) = &session
            .runner
            .figures(&|panel| session.spec.panels()[usize::from(panel)].key == "pictures")[0]
        else {
            panic!("no pictures")
        };
        let named = |name: &str| {
            let found = pictures.fields.iter().find(|field| field.label.contains(name));
            &found.unwrap_or_else(|| panic!("no picture '{name}'")).values
        };
        let [a, b] = ["pattern ▲", "pattern ■"].map(named);
        ["output 1", "output 2"].map(|output| {
            let onto = |own: &[f32], other: &[f32]| {
                let weights = named(output).iter().zip(own.iter().zip(other));
                let only: Vec<f32> =
                    weights.filter(|(_, (a, b))| **a > 0.5 && **b < 0.5).map(|(w, _)| *w).collect();
                mean(&only)
            };
            onto(a, b) - onto(b, a)
        })
    };
    let (then, end) = (preferences(&then), preferences(&end));
    assert!(then.iter().all(|by| (0.2..0.35).contains(by)), "{then:?}");
    assert!(end.iter().all(|by| *by > 0.8), "{end:?}");
}

#[test]
fn a_picture_that_is_shown_again_is_read_better() {
    let [then, end] = then_and_at_the_end("neural_coding");
    let (first, all) = (number(&then, "decode_rmse"), number(&end, "mean_rmse"));
    assert!((first - 0.19).abs() < 0.01, "{first}");
    assert!((all - 0.09).abs() < 0.01, "{all}");
}
