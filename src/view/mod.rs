//! The page: Leptos components over the [`Page`]'s signals. Nothing in here knows any one experiment;
//! form, panels and menu come from the registry.

mod address;
mod bitmaps;
mod controls;
mod dom;
mod engine;
mod files;
mod kept;
mod messages;
mod page;
mod panel;
mod picture;
mod pool;
mod reactive;
mod results;
mod save;
mod saved;
mod seeds;
mod share;
mod story;
mod symbols;
mod theme;
mod told;
mod transport;
mod zoom;

use leptos::prelude::*;
use leptos::tachys::dom::body;

use page::Page;
use reactive::{El, ElRef, effect, el, view_if};

use crate::experiments::REGISTRY;
use crate::lab::link::Theme;
use crate::lab::parts;
use crate::wire::RunState;

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
    leptos::mount::mount_to_body(app);
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

fn app() -> Vec<AnyView> {
    let page = Page::new();
    let surface = theme::follow(page);
    let main = ElRef::new();
    let is_embed = move || page.link.with(|link| link.page.embed);
    let shows = move |name| move || page.link.with(|link| parts::shows_section(link, name));
    effect(move || {
        if let Some(main) = main.get() {
            page.start();
            dom::watch_visibility(&main, move |is_on_screen| page.set_on_screen(is_on_screen));
        }
    });
    effect(move || {
        let title = page.link.with(|link| link.spec.entry.title);
        dom::document().set_title(&format!("{title} · STDP Playground"));
    });
    dom::listen(&dom::window(), "popstate", move || page.visit(&address::query(), true));
    let stage = el("DIV")
        .class("stage")
        .class_if("alone", move || !shows("controls")())
        .child_if(shows("controls"), move || controls::controls_view(page))
        .child_if(shows("figures"), move || panel::panels(page, surface));
    let announcement = el("P")
        .class("visually-hidden")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .text_of(move || match page.frame.with(|frame| frame.state) {
            RunState::Idle => String::new(),
            _ => page.announcement.get(),
        });
    let main = el("MAIN")
        .place(main)
        .class_if("embed", is_embed)
        .attr_of("data-demo", move || page.link.with(|link| Some(link.spec.entry.id.into())))
        .attr_of("data-run-state", move || page.frame.with(|f| Some(f.state.word().into())))
        .attr_of("data-fingerprint", move || {
            page.frame.with(|f| Some(f.fingerprint.map(|p| p.to_string()).unwrap_or_default()))
        })
        .attr_of("data-twin-fingerprint", move || {
            page.frame.with(|f| Some(f.twin.as_ref()?.fingerprint?.to_string()))
        })
        .attr_of("data-sim-ms", move || page.frame.with(|f| Some(f.sim_ms.to_string())))
        .child_if(shows("opening"), move || story::opening(page))
        .child(messages::notices(page))
        .child(messages::problem(page))
        .child_if(shows("transport"), move || transport::transport(page))
        .child(files::files(page))
        .child(stage)
        .child_if(shows("share"), move || share::share(page))
        .child(story::closing(page))
        .child(announcement)
        .child_if(move || surface.is_printed.get(), move || transport::provenance(page))
        .child_if(is_embed, move || {
            el("P").class("full-version").child(save::full_version(page, "Open the full version"))
        });
    let main = symbols::follow(main);
    let footer = || {
        let text =
            "Everything runs in this tab. No cookies, no analytics, no request to anybody else.";
        el("FOOTER").class("site").child(el("P").text(text))
    };
    vec![
        view_if(move || !is_embed(), move || header(page)),
        main.into(),
        view_if(move || !is_embed(), footer),
    ]
}

/// Name, menu, light or dark.
fn header(page: Page) -> El {
    let link_to = move |(id, title): (&'static str, &'static str)| {
        let is_here = move || page.link.with(|link| link.spec.entry.id) == id;
        let href = move || match page.link.with(|link| link.page.theme) {
            Theme::Auto => format!("?demo={id}"),
            theme => format!("?demo={id}&theme={}", theme.word()),
        };
        el("A")
            .attr_of("href", move || Some(href()))
            .attr_of("aria-current", move || is_here().then(|| "page".into()))
            .on("click", move |event| {
                event.prevent_default();
                page.visit(&format!("demo={id}"), false);
            })
            .text(title)
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
    let option = move |(theme, word): (Theme, &'static str)| {
        el("OPTION")
            .attr("value", word)
            .attr_if("selected", move || page.link.with(|link| link.page.theme) == theme)
            .text(word)
    };
    let themes = [(Theme::Auto, "auto"), (Theme::Light, "light"), (Theme::Dark, "dark")];
    let select =
        el("SELECT").attr("name", "theme").on_change(set_theme).children(themes.map(option));
    let menu = ElRef::new();
    let here = Memo::new(move |_| page.link.with(|link| link.spec.entry.id));
    effect(move || {
        here.track();
        if let Some(menu) = menu.get() {
            dom::before_paint(move || dom::centre_within(&menu, "[aria-current]"));
        }
    });
    let demos = REGISTRY.0.iter().map(|entry| (entry.id, entry.title));
    // A link that is partly in sight is not brought there by the browser when it gets the focus.
    let nav = el("NAV").attr("aria-label", "Demos").place(menu).children(demos.map(link_to)).on(
        "focusin",
        move |_| {
            if let Some(menu) = menu.get_untracked() {
                dom::centre_within(&menu, ":focus");
            }
        },
    );
    el("HEADER")
        .class("site")
        .child(el("A").class("brand").attr("href", "./").text("STDP Playground"))
        .child(nav)
        .child(el("LABEL").class("inline").text("Theme ").child(select))
}
