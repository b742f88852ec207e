//! Which of two runs the controls change, and what the second is.

use leptos::prelude::*;

use super::super::page::Page;
use super::super::reactive::{El, button, el};
use crate::lab::Spec;
use crate::lab::form::{Control, controls};
use crate::lab::link::Link;

/// Which of two runs the controls change.
pub fn side(page: Page) -> El {
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
