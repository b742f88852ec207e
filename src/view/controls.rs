//! The form: one native control per parameter, made from the experiment's own description.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

use super::bitmaps::bitmaps;
use super::page::Page;
use super::reactive::{El, button, el};
use super::symbols;
use crate::lab::Spec;
use crate::lab::form::{Control, ControlKind, controls};
use crate::lab::link::Link;
use crate::lab::param::{Alternative, Field, FloatRange, IntRange, Scale, TextEditor};
use crate::lab::parts::shown_controls;
use crate::lab::{decimal, reading};

/// Steps of a logarithmic slider.
const LOG_STEPS: f64 = 400.0;

/// The controls that are shown, each with whether the link names it. The parameters are read once for every change,
/// and each control finds its own.
type Form = Memo<Vec<(Control, bool)>>;

/// Preset, seed, and all parameters in their groups.
pub fn controls_view(page: Page) -> El {
    let form: Form = Memo::new_with_compare(
        move |_| page.link.with(|link| shown_controls(link, page.edited(link))),
        |_, _| true,
    );
    // The set of controls depends on the model; their values update in place.
    let keys = Memo::new(move |_| {
        form.with(|form| {
            let key = |(c, is_named): &(Control, bool)| {
                (c.group.label, c.field.key, c.field.main, *is_named)
            };
            form.iter().map(key).collect::<Vec<_>>()
        })
    });
    let of = move |is_main: bool| {
        let keys = keys.get().into_iter().filter(move |(_, _, main, _)| *main == is_main);
        keys.map(|(group, key, _, is_named)| (group, key, is_named)).collect::<Vec<_>>()
    };
    let groups = move || {
        let mut groups: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
        for (group, key, _) in of(false) {
            match groups.last_mut() {
                Some((last, keys)) if *last == group => keys.push(key),
                _ => groups.push((group, vec![key])),
            }
        }
        groups
    };
    let all_parameters = move || {
        let groups = groups();
        let fieldset = |(label, keys): (&'static str, Vec<&'static str>)| {
            let controls = keys.into_iter().filter_map(|key| control(page, form, key));
            el("FIELDSET").child(el("LEGEND").text(label)).children(controls)
        };
        (!groups.is_empty()).then(|| {
            let details = el("DETAILS").class("all-parameters");
            // What a link names is to be seen.
            let is_named = of(false).iter().any(|(_, _, is_named)| *is_named);
            let details = if is_named { details.attr("open", "") } else { details };
            details
                .child(el("SUMMARY").text("All parameters"))
                .children(groups.into_iter().map(fieldset))
        })
    };
    el("FORM")
        .class("controls")
        .attr("aria-label", "Parameters")
        .on("submit", |event| event.prevent_default())
        .child_if(move || page.link.with(|link| link.twin.is_some()), move || side(page))
        .child(presets(page))
        .children_of(move || {
            of(true).into_iter().filter_map(move |(_, key, _)| control(page, form, key))
        })
        .children_of(all_parameters)
}

/// Which of two runs the controls change.
fn side(page: Page) -> El {
    let option = move |(is_twin, label): (bool, &'static str)| {
        let radio = el("INPUT")
            .attr("type", "radio")
            .attr("name", "side")
            .attr("value", label)
            .checked(move || page.edits_twin.get() == is_twin)
            .on("change", move |_| page.edit_side(is_twin));
        el("LABEL").class("switch").child(radio).child(el("SPAN").text(label))
    };
    el("FIELDSET")
        .class("side")
        .child(el("LEGEND").text("These controls change"))
        .children([(false, "A"), (true, "B")].map(option))
        .child(el("P").class("help").text_of(move || page.link.with(difference)))
        .child(contrasts(page))
}

/// The controls of the run, each by one button.
fn contrasts(page: Page) -> El {
    // The buttons stay, and with them the focus, while the run that they choose changes.
    let labels = Memo::new(move |_| {
        let controls = page.link.with(|link| link.spec.controls());
        controls.into_iter().map(|(label, _)| label).collect::<Vec<_>>()
    });
    let choice = move |label: &'static str| {
        let is_here = move || {
            page.link.with(|link| {
                let is_this = |(name, control): (_, Spec)| {
                    name == label && link.twin.as_ref() == Some(&control)
                };
                link.spec.controls().into_iter().any(is_this)
            })
        };
        button(format!("B: {label}"), move || page.compare_with(label))
            .class("small")
            .attr_of("aria-pressed", move || Some(is_here().to_string()))
    };
    el("DIV").class("contrasts").children_of(move || labels.get().into_iter().map(choice))
}

/// In what two runs differ, by the names of their parameters.
fn difference(link: &Link) -> String {
    let Some(twin) = &link.twin else { return String::new() };
    let [a, b] = [&link.spec, twin].map(|spec| controls(&*spec.params));
    let other = |key| a.iter().find(|control| control.field.key == key);
    let differs = |b: &&Control| other(b.field.key).is_none_or(|a| a.text != b.text);
    let names: Vec<&str> = b.iter().filter(differs).map(|control| control.field.label).collect();
    match names.len() {
        0 => "Both are the same run so far: change something in one of them.".into(),
        1..=3 => format!("B differs in: {}.", names.join(", ")),
        more => format!("B differs in: {}, and {} more.", names[..2].join(", "), more - 2),
    }
}

/// Named parameter sets.
fn presets(page: Page) -> El {
    let entry = move || page.link.with(|link| link.spec.entry);
    // Shown as chosen while nothing has been changed since.
    let chosen = Memo::new(move |_| page.preset_id());
    let help = move || {
        let preset = entry().presets.iter().find(|preset| Some(preset.id) == chosen.get());
        preset.map_or("Your own settings.", |preset| preset.help).into()
    };
    let option = move |id: Option<&'static str>, label: &'static str| {
        el("OPTION")
            .attr("value", id.unwrap_or_default())
            .attr_if("selected", move || chosen.get() == id)
            .text(label)
    };
    let options =
        move || entry().presets.iter().map(move |preset| option(Some(preset.id), preset.label));
    let select = el("SELECT")
        .attr("id", "preset")
        .attr("name", "preset")
        .attr("aria-describedby", "preset-help")
        .value(move || chosen.get().unwrap_or_default().into())
        .on_change(move |id| page.choose_preset(&id))
        .child(option(None, "own settings"))
        .children_of(options);
    el("DIV")
        .class("control")
        .class_if("hidden", move || entry().presets.is_empty())
        .child(el("LABEL").attr("for", "preset").text("Preset"))
        .child(select)
        .child(el("P").class("help").attr("id", "preset-help").text_of(help))
}

/// The control of one parameter, with its help and what is wrong with its value.
fn control(page: Page, form: Form, key: &'static str) -> Option<El> {
    let find = move |form: &Vec<(Control, bool)>| {
        form.iter()
            .find(|(control, _)| control.field.key == key)
            .map(|(control, _)| control.clone())
    };
    let now = Memo::new(move |_| form.with(find).map(|control| control.text));
    let Control { field, kind, .. } = form.with_untracked(find)?;
    let text = Signal::derive(move || now.get().unwrap_or_default());
    let set = move |text: String| page.set_param(key, &text, field.live);
    let error = move || page.error_of(key);
    // What all boxes and lists have; `id` and `name` are the same.
    let named = move |tag: &'static str| {
        el(tag)
            .attr("id", key)
            .attr("name", key)
            .attr("aria-describedby", format!("{key}-error {key}-help"))
    };
    let view = el("DIV")
        .class("control")
        .attr("data-key", key)
        .attr("data-live", field.live.to_string())
        .attr(symbols::ATTRIBUTE, symbols::symbols_of(field.symbol));
    let view = match kind {
        ControlKind::Flag => {
            let set = move |event| set(if event_target_checked(&event) { "1" } else { "0" }.into());
            let tick = named("INPUT")
                .attr("type", "checkbox")
                .checked(move || text.get() == "1")
                .on("change", set);
            let label = el("LABEL").class("switch").child(tick);
            view.child(label.child(el("SPAN").text(field.label)))
        }
        ControlKind::Choice(options) => {
            let option = move |option: &'static Alternative| {
                el("OPTION")
                    .attr("value", option.key)
                    .attr_if("selected", move || text.get() == option.key)
                    .text(option.label)
            };
            let select = named("SELECT").value(move || text.get()).on_change(set);
            view.child(label(field)).child(select.children(options.iter().map(option)))
        }
        ControlKind::Float(range) => {
            let input = named("INPUT");
            view.child(label(field)).child(number(page, field, text, range, false, input))
        }
        ControlKind::Int(range) => {
            let range = whole_range(range);
            let input = named("INPUT");
            view.child(label(field)).child(number(page, field, text, range, true, input))
        }
        ControlKind::Text(editor) => {
            let line = named("INPUT")
                .attr("type", "text")
                .attr("autocomplete", "off")
                .attr("spellcheck", "false")
                .typed(move || text.get(), move || error().is_some(), set);
            let pictures = match editor {
                TextEditor::Bitmaps { columns, rows } => {
                    Some(bitmaps(page, key, (columns, rows), text))
                }
                TextEditor::Line => None,
            };
            view.child(label(field)).maybe(pictures).child(line)
        }
    };
    let error_line =
        el("P").class("error").attr("id", format!("{key}-error")).attr("role", "alert");
    let help_line = el("P").class("help").attr("id", format!("{key}-help")).text(field.help);
    let help_line = match kind {
        ControlKind::Float(range) => help_line.child(bounds(field, range)),
        ControlKind::Int(range) => help_line.child(bounds(field, whole_range(range))),
        _ => help_line,
    };
    Some(view.child(error_line.text_of(move || error().unwrap_or_default())).child(help_line))
}

fn whole_range(range: IntRange) -> FloatRange {
    FloatRange::linear(f64::from(range.min), f64::from(range.max), 1.0)
}

/// What may be typed, for those who do not see the slider.
fn bounds(field: Field, range: FloatRange) -> El {
    let text = format!(" From {} to {} {}", range.min, range.max, field.unit.symbol());
    el("SPAN").class("visually-hidden").text(format!("{}.", text.trim_end()))
}

fn label(field: Field) -> El {
    let label = el("LABEL").attr("for", field.key).text(field.label);
    let label = match field.symbol {
        "" => label,
        symbol => label.text(" ").child(el("VAR").text(symbol)),
    };
    match field.unit.symbol() {
        "" => label,
        unit => label.child(el("SPAN").class("unit").text(format!(" in {unit}"))),
    }
}

/// A box to type into and a slider to feel with.
fn number(
    page: Page,
    field: Field,
    text: Signal<String>,
    range: FloatRange,
    is_whole: bool,
    input: El,
) -> El {
    let is_refused = move || page.error_of(field.key).is_some();
    // While the slider moves, the box shows where it is; the value counts when it is let go, so that one movement
    // makes one new run. Where it changes a run that is going, it counts at once.
    let sliding = RwSignal::new(None::<String>);
    let shown = move || sliding.get().unwrap_or_else(|| text.get());
    let slider = Slider::new(range, is_whole);
    let place = move || slider.place(decimal::parse(&text.get()).unwrap_or(range.min));
    let value_at = move |place: String| slider.value(decimal::parse(&place).unwrap_or(0.0));
    let slide = move |event| {
        let value = value_at(event_target_value(&event));
        match field.live && page.is_edited_live() {
            true => page.set_param(field.key, &value, true),
            false => sliding.set(Some(value)),
        }
    };
    let release = move |place| {
        sliding.set(None);
        page.set_param(field.key, &value_at(place), field.live);
    };
    let bar = el("INPUT")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", slider.steps.to_string())
        .attr("step", "1")
        .attr("aria-label", format!("{}, slider", field.label))
        .attr_of("aria-valuetext", move || Some(shown()))
        .value(move || place().to_string())
        .on("input", slide)
        .on_change(release);
    let set = move |text: String| page.set_param(field.key, &text, field.live);
    let step_by = move |event: Event| {
        let typed = reading::number(&event_target_value(&event));
        if let (Some(steps), Ok(value)) = (steps_of(event.unchecked_ref()), typed) {
            // The caret would move otherwise.
            event.prevent_default();
            let text = stepped(value, steps, range).to_string();
            event_target::<HtmlInputElement>(&event).set_value(&text);
            set(text);
        }
    };
    // The pads of numbers that telephones show have no minus.
    let pad = if range.min < 0.0 { "text" } else { "decimal" };
    let input = input
        .attr("type", "text")
        .attr("inputmode", pad)
        .attr("autocomplete", "off")
        .attr("title", format!("{} to {}", range.min, range.max))
        .typed(shown, is_refused, set)
        .on("keydown", step_by);
    el("DIV").class("number").child(bar).child(input)
}

/// Steps up that a key means in a number box.
fn steps_of(event: &KeyboardEvent) -> Option<f64> {
    let is_else = event.shift_key() || event.alt_key() || event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "ArrowUp" if !is_else => Some(1.0),
        "ArrowDown" if !is_else => Some(-1.0),
        _ => None,
    }
}

/// `value` so many steps on, without the noise that sums of decimal fractions have.
fn stepped(value: f64, steps: f64, range: FloatRange) -> f64 {
    let sum = ((value + steps * range.step) * 1e9).round() / 1e9;
    sum.clamp(range.min, range.max)
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
        (self.range.share_of(value) * self.steps).round()
    }

    fn value(self, place: f64) -> String {
        let value = self.range.value_at(place / self.steps);
        if self.is_whole {
            return value.round().to_string();
        }
        // Three significant digits are as fine as a hand can be, and they keep links short.
        let digits = 2 - libm::floor(libm::log10(value.abs().max(1e-9))) as i32;
        let scale = libm::pow(10.0, f64::from(digits));
        ((value * scale).round() / scale).clamp(self.range.min, self.range.max).to_string()
    }
}
