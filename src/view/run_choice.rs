//! Which run: its seed, and another one beside it.

use leptos::prelude::*;

use super::page::Page;
use super::reactive::{El, button, el};
use crate::lab::form::controls;

/// Seed and comparison, below the parameters.
pub fn run_choice(page: Page) -> El {
    let switch = el("INPUT")
        .attr("type", "checkbox")
        .attr("name", "change_here")
        .attr("aria-describedby", "change-here-told")
        .checked(move || page.changes_here.get())
        .on("change", move |_| page.changes_here.update(|is_on| *is_on = !*is_on));
    let change_here = el("LABEL")
        .class("switch change-here")
        .attr("title", "Some controls change the run from the moment that is shown on")
        .child(switch)
        .child(el("SPAN").text("Change from here"));
    el("DIV")
        .class("run-choice")
        .child(seed_control(page))
        .child(compare_button(page))
        .child(change_here)
        .child(what_changes(page))
}

/// Which controls change a run under way, where that is wanted: the others begin a new one.
fn what_changes(page: Page) -> El {
    let told = move || {
        if !page.changes_here.get() {
            return String::new();
        }
        let all = page.link.with(|link| controls(&*link.spec.params));
        let live = all.iter().map(|control| control.field).filter(|field| field.live);
        let names = live.map(|field| field.label).collect::<Vec<_>>().join(", ");
        match names.is_empty() {
            true => "Every control here begins a new run.".into(),
            false => format!("From here: {names}. Any other control begins a new run."),
        }
    };
    el("P").class("help").attr("id", "change-here-told").attr("role", "status").text_of(told)
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
