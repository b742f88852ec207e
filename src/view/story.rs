//! What the page says around the run: what this is, the question, what to notice, where it is from.

use leptos::prelude::*;

use super::page::Page;
use crate::lab::Story;

/// Title, what this is, and the question to answer.
#[component]
pub fn Opening() -> impl IntoView {
    let entry = current_entry();
    view! {
        <header class="opening">
            <h1>{move || entry.get().title}</h1>
            <p class="about">{move || entry.get().story.about}</p>
            <p class="question">{move || entry.get().story.question}</p>
        </header>
    }
}

/// What to try, what to notice, equations, sources and deviations.
#[component]
pub fn Closing() -> impl IntoView {
    let page = expect_context::<Page>();
    let entry = current_entry();
    let story = move || entry.get().story;
    let shows =
        move |name: &'static str| page.link.with(|link| link.page.shows(name, super::SECTIONS));
    view! {
        <div class="closing">
            <section class:hidden=move || !shows("try")>
                <h2>"Try this first"</h2>
                <ol>{move || items(story().try_first)}</ol>
            </section>
            <section class:hidden=move || !shows("notice")>
                <h2>"What to notice"</h2>
                <ul>{move || items(story().notice)}</ul>
            </section>
            <section class:hidden=move || !shows("equations")>
                <h2>"Equations"</h2>
                <dl class="equations">{move || equations(story())}</dl>
            </section>
            <section class:hidden=move || !shows("sources")>
                <h2>"Sources, and where this differs"</h2>
                <ul>
                    {move || story().sources.iter().map(|(text, link)| view! {
                        <li><a href=*link rel="noopener">{*text}</a></li>
                    }).collect_view()}
                </ul>
                <ul>{move || items(story().deviations)}</ul>
            </section>
        </div>
    }
}

fn current_entry() -> Memo<EntryRef> {
    let page = expect_context::<Page>();
    Memo::new(move |_| EntryRef(page.link.with(|link| link.spec.entry)))
}

/// An entry, compared by its id.
#[derive(Clone, Copy)]
struct EntryRef(&'static crate::lab::Entry);

impl PartialEq for EntryRef {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl std::ops::Deref for EntryRef {
    type Target = crate::lab::Entry;
    fn deref(&self) -> &Self::Target {
        self.0
    }
}

fn items(texts: &'static [&'static str]) -> impl IntoView {
    texts.iter().map(|text| view! { <li>{*text}</li> }).collect_view()
}

fn equations(story: Story) -> impl IntoView {
    let pairs = story.equations.iter();
    pairs
        .map(|(mathml, text)| view! { <dt inner_html=*mathml></dt><dd>{*text}</dd> })
        .collect_view()
}
