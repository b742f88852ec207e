//! Play, the bar over the run's time, steps, speed; and where the run is.

use std::borrow::Cow;

use leptos::prelude::*;

use super::address;
use super::page::Page;
use super::reactive::{El, button, el};
use super::scrub;
use super::told::{seconds, told};
use crate::lab::StepKind;
use crate::lab::decimal;
use crate::wire::{Frame, RunState};

/// Choices of speed: simulated milliseconds per second, none for the film.
const SPEEDS: [(Option<f64>, &str); 7] = [
    (None, "film"),
    (Some(10.0), "1/100"),
    (Some(50.0), "1/20"),
    (Some(200.0), "1/5"),
    (Some(1_000.0), "real time"),
    (Some(5_000.0), "5×"),
    (Some(20_000.0), "20×"),
];

/// The bar below the stage.
pub fn transport(page: Page) -> El {
    // Without its file there is no run.
    let is_dead = move || {
        page.files.track();
        page.trouble.with(Option::is_some) || !page.missing_files().is_empty()
    };
    let is_going = move || page.is_playing.get() || (is_computing(page) && !page.asks.get());
    let name = move || if is_going() { "Pause" } else { "Play" };
    // One button, so that the focus stays where it is when it changes its meaning.
    let play = el("BUTTON")
        .attr("type", "button")
        .class("play")
        .attr_if("disabled", is_dead)
        .attr_of("aria-label", move || Some(name().into()))
        .attr_of("title", move || Some(format!("{} (space)", name())))
        .text_of(move || if is_going() { "❚❚" } else { "▶" }.into())
        .on("click", move |_| if untrack(is_going) { page.pause() } else { page.play() });
    let reset = button("|◀", move || page.reset())
        .attr("aria-label", "To the start")
        .attr("title", "To the start");
    let spike = button("Next spike", move || page.step(StepKind::Spike));
    let trial = button("Next trial", move || page.step(StepKind::Trial))
        .attr_if("hidden", move || !page.has_trials());
    let tick = button("Next tick", move || page.step(StepKind::Tick)).class("fine");
    let end = button("▶|", move || page.finish())
        .attr("aria-label", "To the end")
        .attr("title", "To the end: the result");
    let cannot_step = move || is_dead() || page.is_at_end();
    let others = [spike, trial, tick].map(|button| button.attr_if("disabled", cannot_step));
    el("DIV")
        .class("transport")
        .attr("role", "group")
        .attr("aria-label", "Run")
        .child(
            el("DIV")
                .class("bar-row")
                .child(reset.attr_if("disabled", is_dead))
                .child(play)
                .child(scrub::bar(page))
                .child(end.attr_if("disabled", is_dead))
                .child(el("SPAN").class("clock").text_of(move || clock(page))),
        )
        .child(
            el("DIV")
                .class("status")
                .child(el("SPAN").class("phase").text_of(move || phase(page)))
                .child(el("SPAN").class("speed").text_of(move || pace(page)))
                .child(el("DIV").class("buttons").children(others))
                .child(speed_control(page))
                .children(fingerprint_parts(page))
                .child(scrub::keys()),
        )
}

/// The run is on its way to its end for the first time.
fn is_computing(page: Page) -> bool {
    page.frame.with(|frame| frame.state) == RunState::Running
}

/// "12.400 of 51.6 s".
fn clock(page: Page) -> String {
    let total_ms = page.frame.with(|frame| frame.total_ms);
    format!("{} of {} s", seconds(page.shown_ms.get()), seconds(total_ms))
}

/// What is going on, of the film while it plays.
fn phase(page: Page) -> String {
    if page.is_playing.get() {
        let shown_ms = page.shown_ms.get();
        if let Some(phase) = page.filmed_phase(shown_ms) {
            return phase;
        }
    }
    let entry = page.link.with(|link| link.spec.entry);
    page.frame.with(|frame| told(frame, entry))
}

/// How fast it goes: "1 s = 5.7 s" in the film, "computing, 120× real time, about 20 s left" before.
fn pace(page: Page) -> String {
    if page.is_playing.get() {
        return match page.speed.get() {
            None => format!("1 s shows {} s", short(page.film_pace(page.shown_ms.get()))),
            Some(ms) => format!("1 s shows {} s", short(ms / 1_000.0)),
        };
    }
    page.frame.with(state_and_speed)
}

/// Two digits that say something.
fn short(value: f64) -> String {
    match value {
        value if value >= 10.0 => format!("{value:.0}"),
        value if value >= 1.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    }
}

fn speed_control(page: Page) -> El {
    let text = |speed: Option<f64>| speed.map_or("film".into(), |s| s.to_string());
    let option = move |(speed, label): (Option<f64>, Cow<'static, str>)| {
        el("OPTION")
            .attr("value", text(speed))
            .attr_if("selected", move || page.speed.get() == speed)
            .text(label)
    };
    // A link or a demo may ask for a speed that is not on the list: it stays there, in its place.
    let unlisted = Memo::new(move |before: Option<&Option<f64>>| {
        let speed = page.speed.get();
        let is_listed = SPEEDS.iter().any(|(listed, _)| *listed == speed);
        if is_listed { before.copied().flatten() } else { speed }
    });
    let options = move || {
        let mut all: Vec<_> = SPEEDS.map(|(speed, label)| (speed, Cow::Borrowed(label))).into();
        if let Some(own) = unlisted.get() {
            let faster = |(speed, _): &(Option<f64>, _)| speed.is_some_and(|speed| speed > own);
            let place = all.iter().position(faster).unwrap_or(all.len());
            all.insert(place, (Some(own), Cow::Owned(speed_name(own))));
        }
        all.into_iter().map(option)
    };
    let select = el("SELECT")
        .attr("name", "speed")
        .on_change(move |value| page.set_speed(decimal::parse(&value)))
        .children_of(options);
    el("LABEL").class("inline").text("Speed ").child(select)
}

/// A speed that has no name of its own.
fn speed_name(ms_per_s: f64) -> String {
    match ms_per_s {
        ms if ms < 1_000.0 => format!("1/{:.0}", 1_000.0 / ms),
        ms => format!("{:.0}×", ms / 1_000.0),
    }
}

/// The fingerprint, and the way back from a run that was changed under way.
fn fingerprint_parts(page: Page) -> [El; 2] {
    let print = move || match page.is_edited() {
        true => format!("edited at {} s", seconds(page.edited_ms.get())),
        false => page.frame.with(fingerprint),
    };
    let restart =
        move || button("Restart with these values", move || page.restart_edited()).class("small");
    [
        el("SPAN")
            .class("fingerprint")
            .attr("title", "Fingerprint: same words, same spikes")
            .text_of(print),
        el("SPAN").child_if(move || page.is_edited(), restart),
    ]
}

/// The run's name to compare aloud, of both runs if there are two.
fn fingerprint(frame: &Frame) -> String {
    match (frame.fingerprint, frame.edited_at_ms, &frame.twin) {
        (_, Some(ms), _) => format!("edited at {} s", seconds(ms)),
        (Some(a), _, Some(twin)) => {
            format!("A {a} · B {}", twin.fingerprint.map_or(String::new(), |b| b.to_string()))
        }
        (Some(print), ..) => print.to_string(),
        (None, None, _) => "–".into(),
    }
}

/// Where a printed page comes from: how far the run is, its fingerprint and its link.
pub fn provenance(page: Page) -> El {
    let state = page.frame.with(|frame| {
        let (done, all) = (seconds(frame.sim_ms), seconds(frame.total_ms));
        format!("{}, {done} of {all} s. Fingerprint: ", frame.state.word())
    });
    let url = page.link.with(address::absolute);
    el("P")
        .class("provenance")
        .text(state)
        .child(el("SPAN").class("fingerprint").text(page.frame.with(fingerprint)))
        .text(". This run: ")
        .child(el("A").attr("href", url.clone()).text(url))
}

/// "computing, 120× real time, about 20 s left".
fn state_and_speed(frame: &Frame) -> String {
    let word = match frame.state {
        RunState::Running => "computing",
        state => state.word(),
    };
    let ratio = frame.speed_ratio;
    if frame.state != RunState::Running || ratio <= 0.0 {
        return word.into();
    }
    let left_s = (frame.total_ms - frame.computed_ms) / ratio / 1_000.0;
    let left = match left_s {
        s if s > 90.0 => format!(", about {:.0} min left", s / 60.0),
        s if s > 2.0 => format!(", about {s:.0} s left"),
        _ => String::new(),
    };
    match ratio {
        ratio if ratio >= 10.0 => format!("{word}, {ratio:.0}× real time{left}"),
        ratio if ratio >= 0.995 => format!("{word}, {ratio:.1}× real time{left}"),
        ratio => format!("{word}, 1/{:.0} of real time{left}", 1.0 / ratio),
    }
}
