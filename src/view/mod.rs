//! The page: Leptos components over the [`Page`]'s signals. Nothing in here knows any one experiment;
//! form, panels and menu come from the registry.

mod address;
mod bitmaps;
mod code;
mod controls;
mod dom;
mod engine;
mod files;
mod fine;
mod height;
mod kept;
mod messages;
mod network;
mod page;
mod panel;
mod picture;
mod picture_file;
mod pool;
mod predict;
mod reactive;
mod results;
mod run_choice;
mod save;
mod saved;
mod scrub;
mod seeds;
mod share;
mod stage;
mod story;
mod symbols;
mod take;
mod theme;
mod told;
mod transport;
mod zoom;

use leptos::prelude::*;
use leptos::tachys::dom::body;

use page::Page;
use reactive::{effect, el, view_if};
use wasm_bindgen::JsCast;

use crate::lab::link::Theme;
use crate::lab::parts;
use crate::wire::{Frame, RunState};

/// Puts the page into the document. Where there is none (in Node, for tests), it does nothing.
pub fn start() {
    if web_sys::window().is_none() {
        return;
    }
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        show_crash();
    }));
    _ = body().class_list().add_1("is-started");
    if let Some(card) = dom::document().get_element_by_id("crash") {
        // It is there if the program took long.
        _ = card.set_attribute("hidden", "");
    }
    mount_into("machine", app);
}

/// Shows the plain card that is part of the document from the start.
fn show_crash() {
    let of = |id| dom::document().get_element_by_id(id);
    if let (Some(card), Some(heading), Some(reason)) =
        (of("crash"), of("crash-heading"), of("crash-reason"))
    {
        heading.set_text_content(Some("The playground stopped working"));
        reason.set_text_content(Some(
            "Something went wrong that should not. Reload the page: the link in the address bar holds the run.",
        ));
        _ = card.remove_attribute("hidden");
    }
}

/// What runs, between the words.
fn app() -> Vec<AnyView> {
    let page = Page::new();
    let surface = theme::follow(page);
    let is_embed = move || page.link.with(|link| link.page.embed);
    let shows = move |name| move || page.link.with(|link| parts::shows_section(link, name));
    story::follow(page);
    predict::follow(page);
    symbols::follow();
    mount_into("theme", move || vec![share::way_there().into(), theme::choice(page).into()]);
    follow_link(page);
    tell(page);
    height::tell(page);
    dom::listen(&dom::window(), "popstate", move || page.reread());
    scrub::follow_keys(page);
    page.follow_keys();
    let announcement = el("P")
        .class("visually-hidden")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .text_of(move || match page.frame.with(|frame| frame.state) {
            RunState::Idle => String::new(),
            _ => page.announcement.get(),
        });
    let full_version = move || {
        let link = save::full_version(page, "Open the full version");
        el("P").class("full-version").child(link)
    };
    vec![
        messages::notices(page),
        messages::problem(page),
        stage::stage(page, surface).into(),
        view_if(shows("share"), move || share::share(page)),
        announcement.into(),
        view_if(move || surface.is_printed.get(), move || transport::provenance(page)),
        view_if(is_embed, full_version),
    ]
}

/// Puts views into an element of the document that waits for it. It stays as long as the page.
fn mount_into(id: &str, views: impl FnOnce() -> Vec<AnyView> + 'static) {
    if let Some(place) = dom::document().get_element_by_id(id) {
        place.set_inner_html("");
        leptos::mount::mount_to(place.unchecked_into(), views).forget();
    }
}

/// Starts the run once the page stands, and keeps what the document says of itself in step with the link.
fn follow_link(page: Page) {
    let Some(main) = dom::page() else { return };
    let watched = main.clone();
    dom::before_paint(move || {
        show_editor();
        page.start();
        dom::watch_visibility(&watched, move |is_on_screen| page.set_on_screen(is_on_screen));
    });
    effect(move || {
        let (is_embed, theme) = page.link.with(|link| (link.page.embed, link.page.theme));
        _ = main.class_list().toggle_with_force("embed", is_embed);
        let Some(root) = dom::document().document_element() else { return };
        _ = root.class_list().toggle_with_force("is-embed", is_embed);
        // The theme goes along to other demos, and home.
        dom::each(&root, "header.site a", |link| {
            let href = link.get_attribute("href").unwrap_or_default();
            let own = href.split("&theme=").next().unwrap_or_default();
            let own = own.split("?theme=").next().unwrap_or_default();
            let with_theme = match theme {
                Theme::Auto => own.to_string(),
                theme => {
                    let sign = if own.contains('?') { '&' } else { '?' };
                    format!("{own}{sign}theme={}", theme.word())
                }
            };
            _ = link.set_attribute("href", &with_theme);
        });
    });
}

/// A link to `#drawn` leads to where pictures are drawn.
fn show_editor() {
    let is_wanted = dom::window().location().hash().is_ok_and(|hash| hash == "#drawn");
    let grid = dom::document().query_selector(".bitmaps .pixel").ok().flatten();
    let Some(pixel) = grid.filter(|_| is_wanted) else { return };
    if let Some(details) = pixel.closest("details").ok().flatten() {
        _ = details.set_attribute("open", "");
    }
    pixel.scroll_into_view();
    _ = pixel.unchecked_into::<web_sys::HtmlElement>().focus();
}

/// Says on the page's element how the run is, for tests and for pages around an embed.
fn tell(page: Page) {
    let follow = move |name: &'static str, told: fn(&Frame) -> Option<String>| {
        let Some(main) = dom::page() else { return };
        effect(move || {
            // From the moment of the change on, not from the simulator's answer to it.
            let is_withheld = name.ends_with("fingerprint") && page.is_edited();
            let told = page.frame.with(told);
            _ = match told.map(|told| if is_withheld { String::new() } else { told }) {
                Some(told) => main.set_attribute(name, &told),
                None => main.remove_attribute(name),
            };
        });
    };
    follow("data-run-state", |frame| Some(frame.state.word().into()));
    follow("data-fingerprint", |frame| {
        let print = frame.fingerprint.filter(|_| frame.edited_at_ms.is_none());
        Some(print.map(|print| print.to_string()).unwrap_or_default())
    });
    follow("data-twin-fingerprint", |frame| Some(frame.twin.as_ref()?.fingerprint?.to_string()));
    follow("data-sim-ms", |frame| Some(frame.sim_ms.to_string()));
    let Some(main) = dom::page() else { return };
    effect(move || {
        page.frame.track();
        page.film.track();
        let is_playing = page.is_playing.get();
        let film = match (is_playing, page.is_computed()) {
            (true, _) => "playing",
            (false, true) => "resting",
            (false, false) => "none",
        };
        _ = main.set_attribute("data-film", film);
        _ = main.set_attribute("data-shown-ms", &page.shown_ms.get().to_string());
    });
}
