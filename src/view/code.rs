//! The network as a program for another simulator, beside the network itself: what a control changes is lit there.

use std::sync::Arc;

use leptos::prelude::*;

use super::page::Page;
use super::reactive::{El, ElRef, button, effect, el};
use super::save;
use super::saved::Button;
use super::share::copy_button;
use crate::lab::{Program, Simulator};

/// A card with the program of the run on screen.
pub fn card(page: Page) -> El {
    let simulator = RwSignal::new(Simulator::Brian2);
    // Asked for when the run on screen is another one, and once more when that has been built: before it there is none.
    let run = Memo::new(move |_| page.frame.with(|frame| (frame.run_id, frame.state)));
    effect(move || {
        // Read, not only tracked: a memo that nobody reads looks at nothing.
        _ = run.get();
        page.ask_code(simulator.get());
    });
    let choose = |one: Simulator| {
        button(one.name(), move || {
            page.code.set(Program::default());
            simulator.set(one);
        })
        .class("small")
        .attr_of("aria-pressed", move || Some((simulator.get() == one).to_string()))
    };
    let lines = move || {
        let Program { text, lit, .. } = page.code.get();
        let lines: Vec<String> = text.lines().map(|line| format!("{line}\n")).collect();
        lines.into_iter().enumerate().map(move |(place, line)| match lit.contains(&place) {
            true => el("MARK").text(line),
            false => el("SPAN").text(line),
        })
    };
    let told = move || {
        page.code.with(|code| match code.lit.len() {
            _ if !code.refused.is_empty() => code.refused.clone(),
            0 => "Change a parameter, and the lines that it changes light up.".into(),
            1 => "1 line has changed.".into(),
            num => format!("{num} lines have changed."),
        })
    };
    // The first of them comes into view.
    let program = ElRef::new();
    effect(move || {
        let first = page.code.with(|code| code.lit.first().copied());
        if let (Some(first), Some(program)) = (first, program.get_untracked()) {
            super::dom::after_ms(0, move || scroll_to(&program, first));
        }
    });
    let (place, note) = (ElRef::new(), RwSignal::new(String::new()));
    let text = Arc::new(move || page.code.with(|code| code.text.clone()));
    let has_text = move || page.code.with(|code| !code.text.is_empty());
    let buttons = move || {
        el("DIV")
            .class("buttons")
            .child(copy_button("the program", place, note, text.clone()))
            .child(button("Save", move || page.save_code()).class("small"))
            .child(el("OUTPUT").text_of(move || note.get()))
            .child(save::note(page, Button::Everything))
    };
    el("SECTION")
        .class("panel code")
        .attr("data-panel", "code")
        .attr("data-width", "full")
        .attr("aria-labelledby", "code-heading")
        .child(
            el("HEADER")
                .child(el("H2").attr("id", "code-heading").text("The same network as a program"))
                .child(
                    el("DIV")
                        .class("buttons")
                        .attr("role", "group")
                        .attr("aria-label", "For which simulator")
                        .children(Simulator::ALL.map(choose)),
                ),
        )
        .child(el("P").class("caption").attr("role", "status").text_of(told))
        .child(
            el("PRE")
                .attr("tabindex", "0")
                .attr("aria-label", "The program")
                .attr_if("hidden", move || !has_text())
                .place(program)
                .child(el("CODE").place(place).children_of(lines)),
        )
        .child_if(has_text, buttons)
}

/// Scrolls a program so that this line is near its top.
fn scroll_to(program: &web_sys::HtmlElement, line: usize) {
    let num = program.text_content().map_or(1, |text| text.lines().count().max(1));
    let height = f64::from(program.scroll_height()) / num as f64;
    program.set_scroll_top(((line as f64 - 3.0).max(0.0) * height) as i32);
}
