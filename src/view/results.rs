//! The run's results as numbers, beside its figures.

use leptos::prelude::*;

use super::page::Page;
use super::reactive::{El, el};

/// A card with every number of the summary, by its flat name.
pub fn results(page: Page) -> El {
    let rows = Memo::new(move |_| page.frame.with(|frame| frame.summary.clone()));
    let row = |(name, value): (String, f64)| {
        el("DIV").child(el("DT").text(name.replace('_', " "))).child(el("DD").text(number(value)))
    };
    el("SECTION")
        .class("panel results")
        .attr("data-panel", "results")
        .attr("data-width", "half")
        .attr("aria-labelledby", "results-heading")
        .child(el("HEADER").child(el("H2").attr("id", "results-heading").text("Results")))
        .child(el("DL").children_of(move || rows.get().into_iter().map(row)))
        .child(el("P").class("caption").text("Complete at the end of the run."))
}

/// At most three digits behind the point, or as many as show three that count, and no point where none
/// is needed.
fn number(value: f64) -> String {
    let mut scale = 1_000.0;
    while value != 0.0 && (value * scale).abs() < 100.0 && scale < 1e15 {
        scale *= 10.0;
    }
    ((value * scale).round() / scale).to_string()
}
