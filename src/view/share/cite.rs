//! The run outside the page: its data by the command line, and how to cite it.

use std::sync::Arc;

use leptos::prelude::*;

use super::copied::copied;
use crate::lab::link::Link;
use crate::lab::snippet::Cited;
use crate::view::address;
use crate::view::page::Page;
use crate::view::reactive::{El, el};
use crate::wire::RunState;

/// Data and citation.
pub fn cite(page: Page) -> El {
    let text = move || cited(page).text();
    let bibtex = move || cited(page).bibtex();
    let command = move || page.link.with(command);
    el("DIV")
        .class("cite")
        .child_if(move || page.is_edited(), || {
            el("P").class("help").text(
                "You changed this run while it was going. What stands here is of the run that its link starts.",
            )
        })
        .child(copied("Citation", "citation", Arc::new(text)))
        .child(copied("BibTeX", "bibtex", Arc::new(bibtex)))
        .child(copied("All figures and data as files, by the command line", "command", Arc::new(command)))
}

fn cited(page: Page) -> Cited {
    // One that is not over has a fingerprint of where it is, which says nothing of the run.
    let fingerprint = page.frame.with(|frame| {
        let print = frame.fingerprint.filter(|_| frame.state == RunState::Finished);
        print.map(|print| print.to_string())
    });
    page.link.with(|link| Cited {
        title: link.spec.entry.title.into(),
        id: link.spec.entry.id.into(),
        link: address::absolute(&bare(link)),
        fingerprint: fingerprint.filter(|_| !page.is_edited()),
    })
}

/// The run without how it is shown.
fn bare(link: &Link) -> Link {
    Link { page: Default::default(), ..link.clone() }
}

fn command(link: &Link) -> String {
    let run = format!("{}.html?{}", link.spec.entry.id, bare(link).query());
    let files = link.spec.files.names().into_iter().map(|(key, _)| format!(" --{key} YOUR_FILE"));
    let files: String = files.collect();
    format!("cargo run --release --features cli -- run \"{run}\"{files} --out results")
}
