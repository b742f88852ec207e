//! The first act: controls, the network, the figure that answers the question, and the prediction beside it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::controls;
use super::dom;
use super::files;
use super::network;
use super::page::Page;
use super::panel;
use super::reactive::{El, ElRef, effect, el};
use super::run_choice;
use super::theme::Surface;
use super::transport;
use crate::lab::parts::{self, NETWORK};

/// The stage, with its bar and the figures below beside the controls.
pub fn stage(page: Page, surface: Surface) -> El {
    let shows = move |name| move || page.link.with(|link| parts::shows_section(link, name));
    let controls = move || {
        el("DIV")
            .class("side-column")
            .child(controls::controls_view(page))
            .child_if(shows("transport"), move || run_choice::run_choice(page))
    };
    el("DIV")
        .class("stage")
        .class_if("alone", move || !shows("controls")())
        .child_if(shows("controls"), controls)
        .child(act(page, surface))
        .child(files::files(page))
        .child_if(shows("figures"), move || panel::more(page, surface))
}

/// The network, and beside it the figure and the question.
fn act(page: Page, surface: Surface) -> El {
    let shows = move |name| move || page.link.with(|link| parts::shows_section(link, name));
    let has_network = move || {
        page.link.with(|link| {
            let figures = parts::shows_section(link, "figures");
            figures && parts::shows_figure(link, NETWORK)
        })
    };
    let slot = ElRef::new();
    // The question is part of the document; it is moved to where it is to be answered.
    effect(move || {
        if let Some(slot) = slot.get()
            && let Some(question) = dom::document().get_element_by_id("predict")
        {
            let slot: web_sys::Element = slot.unchecked_into();
            _ = slot.append_child(&question);
        }
    });
    let answer = el("DIV")
        .class("answer-column")
        .child_if(shows("figures"), move || panel::heroes(page, surface))
        .child(el("DIV").class("question-slot").place(slot));
    el("DIV")
        .class("act")
        .class_if("without-network", move || !has_network())
        .class_if("one-neuron", move || page.is_of_one_neuron())
        .child_if(has_network, move || network::network(page, surface))
        .child(answer)
        .child_if(shows("transport"), move || transport::transport(page))
}
