//! The page: Leptos components over the [`Page`]'s signals. Nothing in here knows any one experiment;
//! form, panels and menu come from the registry.

mod address;
mod bitmaps;
mod controls;
mod dom;
mod engine;
mod messages;
mod page;
mod panel;
mod share;
mod story;
mod theme;
mod transport;

use leptos::html;
use leptos::prelude::*;
use leptos::tachys::dom::body;

use controls::Controls;
use messages::{Notices, Problem};
use page::Page;
use panel::Panels;
use share::Share;
use story::{Closing, Opening};
use transport::Transport;

use crate::experiments::REGISTRY;
use crate::lab::link::Theme;
use crate::wire::RunState;

/// Parts of the page that `show=` and `hide=` know beside panels, groups and parameters.
pub const SECTIONS: &[&str] = &[
    "opening",
    "figures",
    "controls",
    "transport",
    "share",
    "try",
    "notice",
    "equations",
    "sources",
];

/// Puts the page into the document.
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        show_crash();
    }));
    _ = body().class_list().add_1("is-started");
    leptos::mount::mount_to_body(App);
}

/// Shows the plain card that is part of the document from the start.
fn show_crash() {
    if let Some(card) = dom::document().get_element_by_id("crash") {
        _ = card.remove_attribute("hidden");
    }
}

#[component]
fn App() -> impl IntoView {
    let page = Page::new();
    provide_context(page);
    provide_context(theme::follow(page));
    let main = NodeRef::<html::Main>::new();
    let is_embed = move || page.link.with(|link| link.page.embed);
    let shows = move |name: &'static str| page.link.with(|link| link.page.shows(name, SECTIONS));
    let print = move || {
        page.frame.with(|f| f.fingerprint.map(|print| print.to_string()).unwrap_or_default())
    };
    Effect::new(move |_| {
        if let Some(main) = main.get() {
            page.start();
            dom::watch_visibility(&main, move |is_on_screen| page.set_on_screen(is_on_screen));
        }
    });
    Effect::new(move |_| {
        let title = page.link.with(|link| link.spec.entry.title);
        dom::document().set_title(&format!("{title} · STDP Playground"));
    });
    dom::listen(&dom::window(), "popstate", move || page.visit(&address::query(), true));
    view! {
        {move || (!is_embed()).then(|| view! { <SiteHeader /> })}
        <main
            node_ref=main
            class:embed=is_embed
            data-demo=move || page.link.with(|link| link.spec.entry.id)
            data-run-state=move || page.frame.with(|frame| frame.state.word())
            data-fingerprint=print
            data-sim-ms=move || page.frame.with(|frame| frame.sim_ms.to_string())
        >
            {move || shows("opening").then(|| view! { <Opening /> })}
            <Notices />
            <Problem />
            {move || shows("transport").then(|| view! { <Transport /> })}
            <div class="stage" class:alone=move || !shows("controls")>
                {move || shows("controls").then(|| view! { <Controls /> })}
                {move || shows("figures").then(|| view! { <Panels /> })}
            </div>
            {move || shows("share").then(|| view! { <Share /> })}
            <Closing />
            <p class="visually-hidden" role="status" aria-live="polite">
                {move || (page.frame.with(|f| f.state) != RunState::Idle).then(|| page.announcement.get())}
            </p>
            {move || is_embed().then(|| view! { <FullVersion /> })}
        </main>
        {move || (!is_embed()).then(|| view! {
            <footer class="site">
                <p>
                    "Everything runs in this tab. No cookies, no analytics, no request to anybody else."
                </p>
            </footer>
        })}
    }
}

/// Name, menu, light or dark.
#[component]
fn SiteHeader() -> impl IntoView {
    let page = expect_context::<Page>();
    let current = move || page.link.with(|link| link.spec.entry.id);
    let theme = move || match page.link.with(|link| link.page.theme) {
        Theme::Auto => "auto",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let set_theme = move |word: String| {
        page.link.update(|link| {
            link.page.theme = match word.as_str() {
                "light" => Theme::Light,
                "dark" => Theme::Dark,
                _ => Theme::Auto,
            }
        });
        address::replace_soon(page.link);
    };
    view! {
        <header class="site">
            <a class="brand" href="./">"STDP Playground"</a>
            <nav aria-label="Demos">
                {REGISTRY.0.iter().map(|entry| view! {
                    <a
                        href=format!("?demo={}", entry.id)
                        aria-current=move || (current() == entry.id).then_some("page")
                        on:click=move |event| {
                            event.prevent_default();
                            page.visit(&format!("demo={}", entry.id), false);
                        }
                    >{entry.title}</a>
                }).collect_view()}
            </nav>
            <label class="inline">
                "Theme "
                <select name="theme" on:change:target=move |event| set_theme(event.target().value())>
                    {["auto", "light", "dark"].map(|word| view! {
                        <option value=word selected=move || theme() == word>{word}</option>
                    })}
                </select>
            </label>
        </header>
    }
}

/// From an embed to the whole page.
#[component]
fn FullVersion() -> impl IntoView {
    let page = expect_context::<Page>();
    let url = move || {
        page.link.with(|link| {
            let mut full = link.clone();
            full.page = Default::default();
            address::absolute(&full)
        })
    };
    view! { <p class="full-version"><a href=url target="_blank" rel="noopener">"Open the full version"</a></p> }
}
