//! What the page says around the run: what this is, the question, what to notice, where it is from.

use leptos::prelude::*;

use super::page::Page;
use super::reactive::{El, button, el};
use crate::experiments::words;
use crate::lab::parts::shows_section;
use crate::lab::{Prediction, Spec, Story};

/// Items of a list that are seen at once; a list that is hardly longer is seen whole.
const NUM_SEEN: usize = 5;

/// Title, what this is, and the question to answer.
pub fn opening(page: Page) -> El {
    let story = story_of(page);
    el("HEADER")
        .class("opening")
        .child(el("H1").text_of(move || page.link.with(|link| link.spec.entry.title.into())))
        .child(el("P").class("about").text_of(move || story().about.into()))
        .child(el("P").class("question").text_of(move || story().question.into()))
}

/// What to try, what to notice, equations, sources and deviations.
pub fn closing(page: Page) -> El {
    let story = story_of(page);
    let section = move |name: &'static str, heading: &'static str| {
        let is_hidden = move || page.link.with(|link| !shows_section(link, name));
        el("SECTION").class_if("hidden", is_hidden).child(el("H2").text(heading))
    };
    let notice = move || {
        // Follows what the story follows.
        story();
        page.link.with_untracked(|link| notice_of(&link.spec))
    };
    let equations = move || {
        let pairs = story().equations.iter();
        // An equation scrolls on a small screen, and so must be reached by keyboard.
        let term = |mathml| el("DT").attr("tabindex", "0").html(mathml);
        pairs.flat_map(move |(mathml, text)| [term(*mathml), el("DD").text(*text)])
    };
    let sources = move || {
        story().sources.iter().map(|(text, link)| match *link {
            "" => el("LI").text(*text),
            link => el("LI").child(el("A").attr("href", link).attr("rel", "noopener").text(*text)),
        })
    };
    el("DIV")
        .class("closing")
        .child(
            section("predict", "Predict first")
                .children_of(move || [prediction(page, story().predict)]),
        )
        .child(
            section("try", "Try this first")
                .child(el("OL").children_of(move || items(story().try_first))),
        )
        .child(section("notice", "What to notice").children_of(move || folded(&notice())))
        .child(
            section("equations", "Equations")
                .child(el("DL").class("equations").children_of(equations)),
        )
        .child(
            section("sources", "Sources, and where this differs")
                .child(el("UL").children_of(sources))
                .children_of(move || folded(story().deviations)),
        )
}

/// A question with its answers; what is right, and why, appears once one is chosen.
fn prediction(page: Page, asked: Prediction) -> El {
    let chosen = RwSignal::new(usize::MAX);
    let option = move |(place, text): (usize, &&'static str)| {
        let input = el("INPUT")
            .attr("type", "radio")
            .attr("name", "prediction")
            .attr("value", place.to_string())
            .on("change", move |_| chosen.set(place));
        el("LABEL").class("inline").child(input).text(" ").text(*text)
    };
    let verdict = move || match chosen.get() {
        usize::MAX => String::new(),
        place if place == asked.answer => format!("Right. {}", asked.because),
        _ => format!("No: {}. {}", asked.options[asked.answer], asked.because),
    };
    let see = move || {
        let see = move || {
            page.choose_preset(asked.preset);
            super::dom::show(".stage");
        };
        button("See it", see).class("small")
    };
    el("FIELDSET")
        .class("prediction")
        .child(el("LEGEND").text(asked.question))
        .children(asked.options.iter().enumerate().map(option))
        .child(el("P").attr("role", "status").text_of(verdict))
        .child_if(move || chosen.get() != usize::MAX, see)
}

/// The story of the demo on screen; it changes with the demo, and with what is chosen where that is told about.
fn story_of(page: Page) -> impl Fn() -> Story + Copy + Send + Sync + 'static {
    // No two are alike in both. (Each type in a memo is compiled anew; this one is there already.)
    let told = Memo::new(move |_| {
        let (about, notice) =
            page.link.with(|link| (words_of(&link.spec).about, notice_of(&link.spec)));
        [&[about], &*notice].concat()
    });
    move || {
        // Read, not only tracked: a memo that nobody has read yet follows nothing.
        told.get();
        page.link.with_untracked(|link| words_of(&link.spec))
    }
}

fn words_of(spec: &Spec) -> Story {
    *words(spec.entry).story(&*spec.params)
}

fn notice_of(spec: &Spec) -> Vec<&'static str> {
    words(spec.entry).notice(&*spec.params)
}

/// A list of which the first items are seen at once, and the rest when somebody wants more.
fn folded(texts: &[&'static str]) -> Vec<El> {
    let num_seen = if texts.len() > NUM_SEEN + 2 { NUM_SEEN } else { texts.len() };
    let (first, more) = texts.split_at(num_seen);
    let list = |texts: &[&'static str]| el("UL").children(items(texts));
    let rest = (!more.is_empty()).then(|| {
        let count = el("SUMMARY").text(format!("{} more", more.len()));
        el("DETAILS").child(count).child(list(more))
    });
    std::iter::once(list(first)).chain(rest).collect()
}

fn items(texts: &[&'static str]) -> impl Iterator<Item = El> {
    texts.iter().map(|text| el("LI").text(*text))
}
