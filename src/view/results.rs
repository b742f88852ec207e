//! The run's results as numbers, beside its figures: what answers the question large, the rest below.

use leptos::prelude::*;

use super::page::Page;
use super::reactive::{El, el};
use super::take;
use super::told::{main_of, sides_of};
use crate::lab::seeds::get;
use crate::lab::{Entry, Measure};
use crate::wire::{Frame, RunState};

/// One result: what it is, and its value in the run and, if there is one, in that which it is compared with.
#[derive(Clone, PartialEq)]
struct Row {
    label: &'static str,
    help: &'static str,
    is_main: bool,
    values: Vec<String>,
}

/// A card with every number of the summary, as wide as `room` says.
pub fn results(page: Page, room: Memo<&'static str>) -> El {
    let rows = Memo::new(move |_| {
        let entry = page.link.with(|link| link.spec.entry);
        page.frame.with(|frame| rows_of(frame, entry))
    });
    let of = move |is_main: bool| {
        rows.get().into_iter().filter(move |row| row.is_main == is_main).map(view)
    };
    let has_rest = move || rows.with(|rows| rows.iter().any(|row| !row.is_main));
    let rest = move || {
        el("DETAILS")
            .child(el("SUMMARY").text("All numbers"))
            .child(el("DL").class("rest").children_of(move || of(false)))
    };
    let has_main = move || rows.with(|rows| rows.iter().any(|row| row.is_main));
    let is_over = move || page.frame.with(|frame| frame.state == RunState::Finished);
    let caption = move || match (is_over(), has_main()) {
        (true, _) => "At the end of the run.",
        (false, true) => "So far: complete at the end of the run.",
        (false, false) => "What answers the question is measured at the end of the run.",
    };
    el("SECTION")
        .class("panel results")
        .attr("data-panel", "results")
        .attr_of("data-width", move || Some(room.get().into()))
        .attr("aria-labelledby", "results-heading")
        .child(el("HEADER").child(el("H2").attr("id", "results-heading").text("Results")))
        .child(el("DL").class("main").children_of(move || of(true)))
        .child_if(has_rest, rest)
        .child(el("P").class("caption").text_of(move || caption().into()))
        .child(take::everything(page))
}

fn view(row: Row) -> El {
    let is_twofold = row.values.len() > 1;
    let value = move |(side, value): (&'static str, String)| {
        let cell = el("DD");
        match is_twofold {
            true => cell.child(el("SPAN").class("which").text(side)).text(value),
            false => cell.text(value),
        }
    };
    el("DIV")
        .child(el("DT").text(row.label))
        .children(["A\u{a0}", "B\u{a0}"].into_iter().zip(row.values).map(value))
        .child(el("DD").class("help").text(row.help))
}

/// Each result by name, of one run or of both.
fn rows_of(frame: &Frame, entry: &Entry) -> Vec<Row> {
    let sides = sides_of(frame);
    let main: Vec<_> = main_of(&sides, entry).iter().map(|measure| measure.name).collect();
    let row = |measure: &Measure| {
        let found: Vec<_> = sides.iter().map(|side| get(side, measure.name)).collect();
        found.iter().any(Option::is_some).then(|| Row {
            label: measure.label,
            help: measure.help,
            is_main: main.contains(&measure.name),
            // Before the first tick nothing is measured.
            values: found
                .into_iter()
                .map(|value| value.filter(|_| frame.sim_ms > 0.0))
                .map(|value| value.map_or("–".into(), |value| measure.text(value)))
                .collect(),
        })
    };
    entry.measures.iter().filter_map(row).collect()
}
