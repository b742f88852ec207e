//! The run's results as numbers, beside its figures.

use leptos::prelude::*;

use super::page::Page;
use super::reactive::{El, el};
use crate::lab::seeds::short;
use crate::wire::Frame;

/// A card with every number of the summary, by its flat name.
pub fn results(page: Page) -> El {
    let rows = Memo::new(move |_| page.frame.with(rows_of));
    let row = |(name, values): (String, Vec<Option<f64>>)| {
        let cells = values.into_iter().map(|value| el("DD").text(value.map_or("–".into(), short)));
        el("DIV").child(el("DT").text(name.replace('_', " "))).children(cells)
    };
    let is_twofold = move || rows.with(|rows| rows.first().is_some_and(|(_, v)| v.len() > 1));
    let head = || {
        let sides = ["A", "B"].map(|side| el("DD").text(side));
        el("DIV").class("head").child(el("DT").text("")).children(sides)
    };
    el("SECTION")
        .class("panel results")
        .attr("data-panel", "results")
        .attr("data-width", "half")
        .attr("aria-labelledby", "results-heading")
        .child(el("HEADER").child(el("H2").attr("id", "results-heading").text("Results")))
        .child(
            el("DL")
                .child_if(is_twofold, head)
                .children_of(move || rows.get().into_iter().map(row)),
        )
        .child(el("P").class("caption").text("Complete at the end of the run."))
}

/// Each result by name, of one run or of both.
fn rows_of(frame: &Frame) -> Vec<(String, Vec<Option<f64>>)> {
    let Some(twin) = &frame.twin else {
        return frame.summary.iter().map(|(name, v)| (name.clone(), vec![Some(*v)])).collect();
    };
    let of = |summary: &[(String, f64)], name: &str| {
        summary.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    };
    let theirs = twin.summary.iter().filter(|(name, _)| of(&frame.summary, name).is_none());
    let names = frame.summary.iter().chain(theirs).map(|(name, _)| name);
    names
        .map(|name| (name.clone(), vec![of(&frame.summary, name), of(&twin.summary, name)]))
        .collect()
}
