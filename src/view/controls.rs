//! The form: one native control per parameter, made from the experiment's own description.

use leptos::prelude::*;

use super::bitmaps::Bitmaps;
use super::page::Page;
use crate::lab::form::{Control, ControlKind, controls};
use crate::lab::param::{Field, FloatRange, Scale, TextEditor};
use crate::sim::math;

/// Steps of a logarithmic slider.
const LOG_STEPS: f64 = 400.0;

/// Preset, seed, and all parameters in their groups.
#[component]
pub fn Controls() -> impl IntoView {
    let page = expect_context::<Page>();
    // The set of controls depends on the model; their values update in place.
    let keys = Memo::new(move |_| {
        page.link.with(|link| {
            let all = controls(&*link.spec.params);
            let groups = all.iter().map(|c| c.group.key);
            let names: Vec<&str> = groups.chain(all.iter().map(|c| c.field.key)).collect();
            all.iter()
                .filter(|c| {
                    link.page.shows(c.field.key, &names)
                        || link.page.show.iter().any(|s| s == c.group.key)
                })
                .filter(|c| !link.page.hide.iter().any(|h| h == c.group.key))
                .map(|c| (c.group.label, c.field.key, c.field.main))
                .collect::<Vec<_>>()
        })
    });
    let of = move |is_main: bool| {
        let keys = keys.get().into_iter().filter(move |(_, _, main)| *main == is_main);
        keys.map(|(group, key, _)| (group, key)).collect::<Vec<_>>()
    };
    let groups = move || {
        let mut groups: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
        for (group, key) in of(false) {
            match groups.last_mut() {
                Some((last, keys)) if *last == group => keys.push(key),
                _ => groups.push((group, vec![key])),
            }
        }
        groups
    };
    view! {
        <form class="controls" aria-label="Parameters" on:submit=|event| event.prevent_default()>
            <Presets />
            {move || of(true).into_iter().map(|(_, key)| view! { <ControlView key /> }).collect_view()}
            {move || {
                let groups = groups();
                (!groups.is_empty()).then(|| view! {
                    <details class="all-parameters">
                        <summary>"All parameters"</summary>
                        {groups.into_iter().map(|(label, keys)| view! {
                            <fieldset>
                                <legend>{label}</legend>
                                {keys.into_iter().map(|key| view! { <ControlView key /> }).collect_view()}
                            </fieldset>
                        }).collect_view()}
                    </details>
                })
            }}
        </form>
    }
}

/// Named parameter sets.
#[component]
fn Presets() -> impl IntoView {
    let page = expect_context::<Page>();
    let entry = move || page.link.with(|link| link.spec.entry);
    // Shown as chosen while nothing has been changed since.
    let chosen = Memo::new(move |_| page.preset_id());
    let help = move || {
        let preset = entry().presets.iter().find(|preset| Some(preset.id) == chosen.get());
        preset.map_or("Your own settings.", |preset| preset.help)
    };
    view! {
        <div class="control" class:hidden=move || entry().presets.is_empty()>
            <label for="preset">"Preset"</label>
            <select
                id="preset"
                name="preset"
                aria-describedby="preset-help"
                prop:value=move || chosen.get().unwrap_or_default()
                on:change:target=move |event| page.choose_preset(&event.target().value())
            >
                <option value="" selected=move || chosen.get().is_none()>"own settings"</option>
                {move || entry().presets.iter().map(|preset| view! {
                    <option value=preset.id selected=move || chosen.get() == Some(preset.id)>{preset.label}</option>
                }).collect_view()}
            </select>
            <p class="help" id="preset-help">{help}</p>
        </div>
    }
}

/// The control of one parameter, with its help and what is wrong with its value.
#[component]
fn ControlView(key: &'static str) -> impl IntoView {
    let page = expect_context::<Page>();
    let now = Memo::new(move |_| {
        page.link.with(|link| {
            let found = controls(&*link.spec.params).into_iter().find(|c| c.field.key == key);
            found.map(|control| control.text)
        })
    });
    let control = page.link.with_untracked(|link| {
        controls(&*link.spec.params).into_iter().find(|c| c.field.key == key)
    });
    let Some(Control { field, kind, .. }) = control else { return ().into_any() };
    let text = Signal::derive(move || now.get().unwrap_or_default());
    let error = move || page.errors.with(|errors| errors.get(key).cloned());
    let input = match kind {
        ControlKind::Flag => view! { <Flag field text /> }.into_any(),
        ControlKind::Choice(options) => view! {
            <Label field />
            <select
                id=key
                name=key
                aria-describedby=described(key)
                prop:value=text
                on:change:target=move |event| page.set_param(key, &event.target().value(), field.live)
            >
                {options.iter().map(|option| view! {
                    <option value=option.key selected=move || text.get() == option.key>{option.label}</option>
                }).collect_view()}
            </select>
        }
        .into_any(),
        ControlKind::Float(range) => view! { <Number field text range step="any".to_string() /> }.into_any(),
        ControlKind::Int(range) => {
            let (min, max) = (f64::from(range.min), f64::from(range.max));
            let range = FloatRange::linear(min, max, 1.0);
            view! { <Number field text range step="1".to_string() /> }.into_any()
        }
        ControlKind::Text(editor) => view! {
            <Label field />
            {match editor {
                TextEditor::Bitmaps { columns, rows } => {
                    view! { <Bitmaps key columns rows text /> }.into_any()
                }
                TextEditor::Line => ().into_any(),
            }}
            <input
                id=key
                name=key
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=described(key)
                aria-invalid=move || error().is_some().then_some("true")
                prop:value=text
                on:change:target=move |event| page.set_param(key, &event.target().value(), field.live)
            />
        }
        .into_any(),
    };
    view! {
        <div class="control" data-key=key>
            {input}
            <p class="error" id=format!("{key}-error") role="alert">{error}</p>
            <p class="help" id=format!("{key}-help")>{field.help}</p>
        </div>
    }
    .into_any()
}

fn described(key: &str) -> String {
    format!("{key}-error {key}-help")
}

#[component]
fn Label(field: Field) -> impl IntoView {
    view! {
        <label for=field.key>
            {field.label}
            {(!field.symbol.is_empty()).then(|| view! { " " <var>{field.symbol}</var> })}
            {(!field.unit.symbol().is_empty())
                .then(|| view! { <span class="unit">{format!(" in {}", field.unit.symbol())}</span> })}
        </label>
    }
}

#[component]
fn Flag(field: Field, text: Signal<String>) -> impl IntoView {
    let page = expect_context::<Page>();
    view! {
        <label class="switch">
            <input
                id=field.key
                name=field.key
                type="checkbox"
                aria-describedby=described(field.key)
                prop:checked=move || text.get() == "1"
                on:change:target=move |event| {
                    let value = if event.target().checked() { "1" } else { "0" };
                    page.set_param(field.key, value, field.live);
                }
            />
            <span>{field.label}</span>
        </label>
    }
}

/// A box to type into and a slider to feel with.
#[component]
fn Number(field: Field, text: Signal<String>, range: FloatRange, step: String) -> impl IntoView {
    let page = expect_context::<Page>();
    let error = move || page.errors.with(|errors| errors.contains_key(field.key));
    // While the slider moves, the box shows where it is; the value counts when it is let go, or at
    // once where the parameter is live.
    let sliding = RwSignal::new(None::<String>);
    let shown = move || sliding.get().unwrap_or_else(|| text.get());
    let slider = Slider::new(range, step == "1");
    let place = move || slider.place(text.get().parse().unwrap_or(range.min));
    view! {
        <Label field />
        <div class="number">
            <input
                type="range"
                min="0"
                max=slider.steps.to_string()
                step="1"
                aria-label=format!("{}, slider", field.label)
                aria-valuetext=shown
                prop:value=move || place().to_string()
                on:input:target=move |event| {
                    let value = slider.value(event.target().value().parse().unwrap_or(0.0));
                    if field.live {
                        page.set_param(field.key, &value, true);
                    } else {
                        sliding.set(Some(value));
                    }
                }
                on:change:target=move |event| {
                    sliding.set(None);
                    let value = slider.value(event.target().value().parse().unwrap_or(0.0));
                    page.set_param(field.key, &value, field.live);
                }
            />
            <input
                id=field.key
                name=field.key
                type="number"
                inputmode="decimal"
                min=range.min.to_string()
                max=range.max.to_string()
                step=step
                aria-describedby=described(field.key)
                aria-invalid=move || error().then_some("true")
                prop:value=shown
                on:change:target=move |event| page.set_param(field.key, &event.target().value(), field.live)
            />
        </div>
    }
}

/// Places on a slider and the values they stand for.
#[derive(Clone, Copy)]
struct Slider {
    range: FloatRange,
    steps: f64,
    is_whole: bool,
}

impl Slider {
    fn new(range: FloatRange, is_whole: bool) -> Self {
        let steps = match range.scale {
            Scale::Linear => ((range.max - range.min) / range.step).round(),
            Scale::Log => LOG_STEPS,
        };
        Self { range, steps, is_whole }
    }

    fn place(self, value: f64) -> f64 {
        let FloatRange { min, max, scale, .. } = self.range;
        let share = match scale {
            Scale::Linear => (value - min) / (max - min),
            Scale::Log => math::ln_f64(value / min) / math::ln_f64(max / min),
        };
        (share * self.steps).round()
    }

    fn value(self, place: f64) -> String {
        let FloatRange { min, max, scale, .. } = self.range;
        let share = place / self.steps;
        let value = match scale {
            Scale::Linear => min + share * (max - min),
            Scale::Log => min * math::powf_f64(max / min, share),
        };
        if self.is_whole {
            return value.round().to_string();
        }
        // Three significant digits are as fine as a hand can be, and they keep links short.
        let digits = 2 - libm::floor(libm::log10(value.abs().max(1e-9))) as i32;
        let scale = libm::pow(10.0, f64::from(digits));
        ((value * scale).round() / scale).clamp(min, max).to_string()
    }
}
