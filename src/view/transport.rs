//! Run, pause, step, speed, reset, seed; and where the run is.

use std::borrow::Cow;

use leptos::prelude::*;

use super::address;
use super::page::Page;
use super::reactive::{El, button, el};
use super::told::{seconds, told};
use crate::lab::StepKind;
use crate::lab::decimal;
use crate::wire::{Frame, RunState};

/// Choices of speed: simulated milliseconds per second, none for as fast as it goes.
const SPEEDS: [(Option<f64>, &str); 7] = [
    (Some(10.0), "1/100"),
    (Some(50.0), "1/20"),
    (Some(200.0), "1/5"),
    (Some(1_000.0), "real time"),
    (Some(5_000.0), "5×"),
    (Some(20_000.0), "20×"),
    (None, "full speed"),
];

/// The bar above the figures.
pub fn transport(page: Page) -> El {
    let state = Memo::new(move |_| page.frame.with(|frame| frame.state));
    let is_running = move || state.get() == RunState::Running;
    // Without its file there is no run.
    let is_dead = move || {
        page.files.track();
        page.trouble.with(Option::is_some) || !page.missing_files().is_empty()
    };
    let failed = move || state.get() == RunState::Failed;
    let title = move || match state.get() {
        RunState::Finished => "Replay from the start",
        _ => "Run",
    };
    // One button, so that the focus stays where it is when it changes its meaning.
    let run = el("BUTTON")
        .attr("type", "button")
        .class("primary")
        .attr_if("disabled", move || is_dead() || failed())
        .attr_of("title", move || Some(title().into()))
        .text_of(move || if is_running() { "Pause" } else { "Run" }.into())
        .on("click", move |_| if is_running() { page.pause() } else { page.run() });
    let step = button("Step", move || page.step(StepKind::Trial));
    let tick = button("Tick", move || page.step(StepKind::Tick));
    let finish = button("To the end", move || page.finish());
    let reset = button("Reset", move || page.reset());
    let others = [step, tick, finish, reset].map(|button| button.attr_if("disabled", is_dead));
    el("DIV")
        .class("transport")
        .attr("role", "group")
        .attr("aria-label", "Run")
        .child(el("DIV").class("buttons").child(run).children(others))
        .child(speed_control(page))
        .child(seed_control(page))
        .child(compare_button(page))
        .child(status(page))
}

fn speed_control(page: Page) -> El {
    let text = |speed: Option<f64>| speed.map_or("max".into(), |s| s.to_string());
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
            let faster = |(speed, _): &(Option<f64>, _)| speed.is_none_or(|speed| speed > own);
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

/// The seed, where it makes a difference.
fn seed_control(page: Page) -> El {
    let has_chance = move || page.link.with(|link| link.spec.params.has_chance());
    el("DIV").class("seed").children_of(move || {
        let parts = has_chance().then(|| seed_parts(page));
        parts.into_iter().flatten()
    })
}

fn seed_parts(page: Page) -> [El; 3] {
    let error = move || page.error_of("seed");
    let seed = move || page.link.with(|link| link.spec.seed.to_string());
    let input = el("INPUT")
        .attr("name", "seed")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("size", "8")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "seed-error")
        .typed(seed, move || error().is_some(), move |text| page.set_seed(&text));
    [
        el("LABEL").class("inline").text("Seed ").child(input),
        button("New seed", move || page.new_seed()),
        el("P")
            .class("error")
            .attr("id", "seed-error")
            .attr("role", "alert")
            .text_of(move || error().unwrap_or_default()),
    ]
}

/// Two runs side by side.
fn compare_button(page: Page) -> El {
    let is_on = move || page.link.with(|link| link.twin.is_some());
    button("Compare A|B", move || page.compare(!page.link.with_untracked(|l| l.twin.is_some())))
        .attr_of("aria-pressed", move || Some(is_on().to_string()))
        .attr("title", "A second run beside this one, from the same seed and with other parameters")
}

/// Run state, simulated time, speed and fingerprint: always visible.
fn status(page: Page) -> El {
    let phase = move || {
        let entry = page.link.with(|link| link.spec.entry);
        page.frame.with(|frame| told(frame, entry))
    };
    let time =
        move || page.frame.with(|f| format!("{} of {} s", seconds(f.sim_ms), seconds(f.total_ms)));
    let share = move || page.frame.with(|f| f.sim_ms / f.total_ms.max(1.0));
    let speed = move || page.frame.with(state_and_speed);
    let print = move || page.frame.with(fingerprint);
    let is_edited = move || page.is_edited();
    let restart =
        move || button("Restart with these values", move || page.restart_edited()).class("small");
    el("DIV")
        .class("status")
        .child(el("SPAN").class("phase").text_of(phase))
        .child(el("SPAN").class("clock").text_of(time))
        .child(el("SPAN").class("speed").text_of(speed))
        .child(
            el("SPAN")
                .class("fingerprint")
                .attr(
                    "title",
                    "Everything the network has done up to now, as a name to compare aloud",
                )
                .text_of(print),
        )
        .child_if(is_edited, restart)
        .child(
            el("PROGRESS")
                .attr("max", "1")
                .attr("aria-label", "Progress of the run")
                .value(move || share().to_string()),
        )
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

/// "running, 120× real time, about 20 s left".
fn state_and_speed(frame: &Frame) -> String {
    let word = frame.state.word();
    let ratio = frame.speed_ratio;
    if frame.state != RunState::Running || ratio <= 0.0 {
        return word.into();
    }
    let left_s = (frame.total_ms - frame.sim_ms) / ratio / 1_000.0;
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
