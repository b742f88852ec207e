//! Run, pause, step, speed, reset, seed; and where the run is.

use leptos::prelude::*;

use super::page::Page;
use crate::lab::StepKind;
use crate::wire::RunState;

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
#[component]
pub fn Transport() -> impl IntoView {
    let page = expect_context::<Page>();
    let state = Memo::new(move |_| page.frame.with(|frame| frame.state));
    let is_running = move || state.get() == RunState::Running;
    let is_dead = move || page.trouble.with(Option::is_some);
    let failed = move || state.get() == RunState::Failed;
    view! {
        <div class="transport" role="group" aria-label="Run">
            <div class="buttons">
                <button
                    type="button"
                    class="primary"
                    class:hidden=is_running
                    disabled=move || is_dead() || failed()
                    title=move || if state.get() == RunState::Finished { "Replay from the start" } else { "Run" }
                    on:click=move |_| page.run()
                >"Run"</button>
                <button type="button" class="primary" class:hidden=move || !is_running() on:click=move |_| page.pause()>
                    "Pause"
                </button>
                <button type="button" disabled=is_dead on:click=move |_| page.step(StepKind::Trial)>"Step"</button>
                <button type="button" disabled=is_dead on:click=move |_| page.step(StepKind::Tick)>"Tick"</button>
                <button type="button" disabled=is_dead on:click=move |_| page.finish()>"To the end"</button>
                <button type="button" disabled=is_dead on:click=move |_| page.reset()>"Reset"</button>
            </div>
            <SpeedControl />
            <SeedControl />
            <Status />
        </div>
    }
}

#[component]
fn SpeedControl() -> impl IntoView {
    let page = expect_context::<Page>();
    let text = |speed: Option<f64>| speed.map_or("max".into(), |s: f64| s.to_string());
    let is_listed = move || SPEEDS.iter().any(|(speed, _)| *speed == page.speed.get());
    view! {
        <label class="inline">
            "Speed "
            <select name="speed" on:change:target=move |event| page.set_speed(event.target().value().parse().ok())>
                {SPEEDS.map(|(speed, label)| view! {
                    <option value=text(speed) selected=move || page.speed.get() == speed>{label}</option>
                }).collect_view()}
                {move || (!is_listed()).then(|| view! {
                    <option value=text(page.speed.get()) selected=true>
                        {page.speed.get().map(|speed| format!("{speed} ms/s"))}
                    </option>
                })}
            </select>
        </label>
    }
}

#[component]
fn SeedControl() -> impl IntoView {
    let page = expect_context::<Page>();
    let error = move || page.errors.with(|errors| errors.get("seed").cloned());
    view! {
        <label class="inline">
            "Seed "
            <input
                name="seed"
                type="text"
                inputmode="numeric"
                size="8"
                autocomplete="off"
                aria-invalid=move || error().is_some().then_some("true")
                aria-describedby="seed-error"
                prop:value=move || page.link.with(|link| link.spec.seed.to_string())
                on:change:target=move |event| page.set_seed(&event.target().value())
            />
        </label>
        <button type="button" on:click=move |_| page.new_seed()>"New seed"</button>
        <p class="error" id="seed-error" role="alert">{error}</p>
    }
}

/// Run state, simulated time, speed and fingerprint: always visible.
#[component]
fn Status() -> impl IntoView {
    let page = expect_context::<Page>();
    let phase = move || page.frame.with(|frame| frame.phase.clone());
    let time =
        move || page.frame.with(|f| format!("{} of {} s", seconds(f.sim_ms), seconds(f.total_ms)));
    let share = move || page.frame.with(|f| f.sim_ms / f.total_ms.max(1.0));
    let speed = move || {
        page.frame.with(|frame| match (frame.state, frame.speed_ratio) {
            (RunState::Running, ratio) if ratio >= 10.0 => format!("{ratio:.0}× real time"),
            (RunState::Running, ratio) if ratio >= 0.995 => format!("{ratio:.1}× real time"),
            (RunState::Running, ratio) if ratio > 0.0 => {
                format!("1/{:.0} of real time", 1.0 / ratio)
            }
            (state, _) => state.word().into(),
        })
    };
    let is_edited = move || page.frame.with(|frame| frame.edited_at_ms.is_some());
    let print = move || {
        page.frame.with(|frame| match (frame.fingerprint, frame.edited_at_ms) {
            (_, Some(ms)) => format!("edited at {} s", seconds(ms)),
            (Some(print), _) => print.to_string(),
            (None, None) => "–".into(),
        })
    };
    let weights = move || page.frame.with(|f| f.weights_name.map(|name| format!("weights {name}")));
    view! {
        <div class="status">
            <span class="phase">{phase}</span>
            <span class="clock">{time}</span>
            <span class="speed">{speed}</span>
            <span
                class="fingerprint"
                title="Everything the network has done up to now, as a name to compare aloud"
            >{print}</span>
            {move || weights().map(|name| view! { <span class="weights-name">{name}</span> })}
            {move || is_edited().then(|| view! {
                <button type="button" class="small" on:click=move |_| page.restart_edited()>
                    "Restart with these values"
                </button>
            })}
            <progress max="1" prop:value=share aria-label="Progress of the run"></progress>
        </div>
    }
}

/// Seconds with as many digits as say something.
fn seconds(ms: f64) -> String {
    match ms {
        ms if ms < 10_000.0 => format!("{:.3}", ms / 1_000.0),
        ms => format!("{:.1}", ms / 1_000.0),
    }
}
