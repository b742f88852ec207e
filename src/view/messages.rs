//! What the page has to tell: notices about the link, and the card for when the simulator is gone.

use leptos::prelude::*;

use super::dom;
use super::page::{Page, is_of_file};
use super::reactive::{El, button, el, views_of};
use super::save;
use super::told::faults_of;
use crate::lab::Notice;
use crate::wire::RunState;

/// What was not taken from the link as given.
pub fn notices(page: Page) -> AnyView {
    let item = |notice: Notice| {
        let given = format!("{}={}", notice.key, shortened(&notice.given));
        let item = el("LI").child(el("CODE").text(given)).text(" ").text(notice.rule);
        if notice.used.is_empty() {
            return item;
        }
        item.text(" Used ").child(el("CODE").text(shortened(&notice.used))).text(".")
    };
    views_of(move || {
        let notices = page.notices.get();
        let heading = match notices.iter().all(is_of_file) {
            true => "About your file",
            false => "Part of this link was not understood",
        };
        (!notices.is_empty()).then(|| {
            el("DIV")
                .class("notices")
                .attr("role", "status")
                .child(el("H2").text(heading))
                .child(el("UL").children(notices.into_iter().map(item)))
                .child(button("Dismiss", move || page.notices.set(Vec::new())))
        })
    })
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// The run stopped by itself, or the simulator is gone.
pub fn problem(page: Page) -> AnyView {
    let card = |heading: &'static str, what: String| {
        el("DIV")
            .class("problem")
            .attr("role", "alert")
            .child(el("H2").text(heading))
            .child(el("P").text(what))
    };
    let dead = move || {
        let trouble = page.trouble.get()?;
        let rest = match page.frame.with_untracked(|frame| frame.total_ms > 0.0) {
            true => {
                "The figures show the last state. Nothing else is lost: the link holds the whole run."
            }
            false => {
                "Nothing has been computed yet. Nothing is lost: the link holds the whole run."
            }
        };
        Some(
            card("The simulator stopped working", trouble.what)
                .child(el("P").text(rest))
                .child(button("Restart", move || page.start()).class("primary"))
                .child(report(page)),
        )
    };
    // Frames come often; the card is made anew only when the fault changes.
    let fault = Memo::new(move |_| {
        page.frame.with(|f| faults_of(f).filter(|_| f.state == RunState::Failed))
    });
    let stopped = move || {
        let back = button("Back to the start", move || page.reset());
        Some(card("The run stopped", fault.get()?).child(back))
    };
    views_of(move || dead().into_iter().chain(stopped()))
}

/// Copies what happened, for those who can mend it; where that is not allowed, shows it.
fn report(page: Page) -> El {
    let told = RwSignal::new(None::<(bool, String)>);
    let copy = move || {
        let report = page.report();
        leptos::task::spawn_local(async move {
            let is_copied = dom::copy(report.clone()).await;
            told.set(Some((is_copied, report)));
        });
    };
    let result = move || {
        let (is_copied, report) = told.get()?;
        let text = (!is_copied).then(|| {
            el("TEXTAREA")
                .attr("readonly", "")
                .attr("rows", "8")
                .attr("aria-label", "Report")
                .text(report)
        });
        let note = el("OUTPUT").text(save::copy_note(is_copied, "the report"));
        Some(el("DIV").class("report").child(note).maybe(text))
    };
    el("DIV").class("report").child(button("Copy report", copy)).children_of(result)
}
