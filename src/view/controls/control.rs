//! The control of one parameter: its name, its value, the way back to the default, and its help.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::bitmaps::bitmaps;
use super::super::dom;
use super::super::page::Page;
use super::super::reactive::{El, button, el};
use super::super::symbols;
use super::number::number;
use super::parts::Parts;
use super::{Form, Shown};
use crate::lab::change::value_text;
use crate::lab::form::{Control, ControlKind};
use crate::lab::param::{Alternative, Field, FloatRange, IntRange, TextEditor};

/// The control of one parameter, with its help and what is wrong with its value.
pub fn control(page: Page, form: Form, key: &'static str) -> Option<El> {
    let find = move |form: &Vec<Shown>| {
        let shown = form.iter().find(|shown| shown.control.field.key == key)?;
        Some((shown.control.clone(), shown.default.clone()))
    };
    let now = Memo::new(move |_| form.with(find).map(|(control, _)| control.text));
    let usual = Memo::new(move |_| form.with(find).and_then(|(_, default)| default));
    let (Control { field, kind, .. }, _) = form.with_untracked(find)?;
    let text = Signal::derive(move || now.get().unwrap_or_default());
    let default = Signal::derive(move || usual.get().unwrap_or_else(|| text.get()));
    let parts = Parts { page, field, text, default };
    let is_open = RwSignal::new(false);
    let view = el("DIV")
        .class("control")
        .attr("data-key", key)
        .attr("data-live", field.live.to_string())
        .attr(symbols::ATTRIBUTE, symbols::symbols_of(field.symbol));
    let label = match kind {
        ControlKind::Flag => {
            let set = move |event| parts.set(if event_target_checked(&event) { "1" } else { "0" });
            let tick = parts
                .named("INPUT")
                .attr("type", "checkbox")
                .checked(move || text.get() == "1")
                .on("change", set);
            el("LABEL").class("switch").child(tick).child(el("SPAN").text(field.label))
        }
        _ => label(field),
    };
    let view = view.child(el("DIV").class("head").child(label).child(more(field, is_open)));
    let view = match kind {
        ControlKind::Flag => view,
        ControlKind::Choice(options) => view.child(choice(parts, options)),
        ControlKind::Float(range) => view.child(number(parts, range, false, parts.named("INPUT"))),
        ControlKind::Int(range) => {
            view.child(number(parts, whole_range(range), true, parts.named("INPUT")))
        }
        ControlKind::Text(editor) => view.children(line(parts, editor)),
    };
    let is_changed = move || text.get() != default.get();
    let back = move || back(parts, form.with_untracked(find).map(|(control, _)| control));
    let error_line =
        el("P").class("error").attr("id", format!("{key}-error")).attr("role", "alert");
    let error_line = error_line.text_of(move || parts.error().unwrap_or_default());
    Some(view.child_if(is_changed, back).child(error_line).child(help(parts, kind, is_open)))
}

/// A list of options.
fn choice(parts: Parts, options: &'static [Alternative]) -> El {
    let text = parts.text;
    let option = move |option: &'static Alternative| {
        el("OPTION")
            .attr("value", option.key)
            .attr_if("selected", move || text.get() == option.key)
            .text(option.label)
    };
    let select = parts.named("SELECT").value(move || text.get());
    select.on_change(move |text| parts.set(&text)).children(options.iter().map(option))
}

/// A line of text, below the pictures that it stands for.
fn line(parts: Parts, editor: TextEditor) -> Vec<El> {
    let text = parts.text;
    let line = parts
        .named("INPUT")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .typed(move || text.get(), move || parts.error().is_some(), move |text| parts.set(&text));
    let pictures = match editor {
        TextEditor::Bitmaps { columns, rows } => {
            Some(bitmaps(parts.page, parts.field.key, (columns, rows), text))
        }
        TextEditor::Line => None,
    };
    pictures.into_iter().chain([line]).collect()
}

/// The button that shows the help, which is read out without it.
fn more(field: Field, is_open: RwSignal<bool>) -> El {
    button("?", move || is_open.update(|is_open| *is_open = !*is_open))
        .class("icon ask")
        .attr("aria-label", format!("Help: {}", field.label))
        .attr("title", field.help)
        .attr("aria-controls", format!("{}-help", field.key))
        .attr_of("aria-expanded", move || Some(is_open.get().to_string()))
}

/// The button back to the default; it goes away then, and leaves the focus to its control.
fn back(parts: Parts, control: Option<Control>) -> El {
    let name = parts.field.label;
    let title = move || {
        let text = parts.default.get();
        let told = control.clone().map(|control| value_text(&Control { text, ..control }));
        match told.unwrap_or_default() {
            told if told.is_empty() => "Back to nothing".into(),
            told => format!("Back to {told}"),
        }
    };
    let titled = title.clone();
    let reset = move || {
        parts.set_default();
        if let Some(input) = dom::document().get_element_by_id(parts.field.key) {
            _ = input.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    };
    button("↺", reset)
        .class("icon back")
        .attr_of("title", move || Some(titled()))
        .attr_of("aria-label", move || Some(format!("{name}: {}", title())))
}

/// What the parameter does, and the option that is chosen; out of sight until it is asked for.
fn help(parts: Parts, kind: ControlKind, is_open: RwSignal<bool>) -> El {
    let Parts { field, text, .. } = parts;
    let line = el("P")
        .class("help")
        .class_if("visually-hidden", move || !is_open.get())
        .attr("id", format!("{}-help", field.key))
        .text(field.help);
    match kind {
        ControlKind::Float(range) => line.text(bounds(field, range)),
        ControlKind::Int(range) => line.text(bounds(field, whole_range(range))),
        ControlKind::Choice(options) => line.text_of(move || {
            let chosen = options.iter().find(|option| option.key == text.get());
            chosen.map_or(String::new(), |it| format!(" {}: {}", it.label, it.help))
        }),
        _ => line,
    }
}

fn whole_range(range: IntRange) -> FloatRange {
    FloatRange::linear(f64::from(range.min), f64::from(range.max), 1.0)
}

/// What may be typed.
fn bounds(field: Field, range: FloatRange) -> String {
    let text = format!(" From {} to {} {}", range.min, range.max, field.unit.symbol());
    format!("{}.", text.trim_end())
}

fn label(field: Field) -> El {
    let label = el("LABEL").attr("for", field.key).text(field.label);
    let label = match field.symbol {
        "" => label,
        symbol => label.text(" ").child(typeset(symbol)),
    };
    // The unit is seen behind the value.
    match field.unit.symbol() {
        "" => label,
        unit => label.child(el("SPAN").class("visually-hidden").text(format!(" in {unit}"))),
    }
}

/// A symbol with what stands behind `_`, up to a blank or a stroke, below the line: τ_m, N g_max.
fn typeset(symbol: &'static str) -> El {
    let mut typeset = el("VAR");
    for part in symbol.split_inclusive([' ', '/']) {
        let term = part.trim_end_matches([' ', '/']);
        typeset = match term.split_once('_') {
            Some((base, index)) => typeset.text(base).child(el("SUB").text(index)),
            None => typeset.text(term),
        };
        typeset = typeset.text(&part[term.len()..]);
    }
    typeset
}
