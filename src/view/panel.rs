//! The figures of a run: each with its heading, its picture, and the same as text.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::{Event, HtmlDetailsElement};

use super::code;
use super::page::Page;
use super::picture::{Back, picture};
use super::reactive::{El, button, effect, el};
use super::results;
use super::seeds;
use super::story;
use super::take;
use super::theme::Surface;
use super::zoom::Drawn;
use super::zoom::{has_stretch, view_controls};
use crate::lab::link::Link;
use crate::lab::panel::{PanelKind, Width};
use crate::lab::parts::{RESULTS, SEEDS, shows_figure};
use crate::lab::{Panel, Spec, panel, table};
use crate::record::Figure;
use crate::record::look::Look;
use crate::wire::TWIN;

/// Rows of the data table; more would only slow the page down, and the command line writes them all.
const MAX_TABLE_ROWS: usize = 400;

/// One figure with its heading.
fn panel_view(page: Page, surface: Surface, Shown { idx, side, panel }: Shown) -> El {
    let look = RwSignal::new(Look::default());
    let whole = Memo::new(move |_| Drawn(page.figure_with_others(idx, &panel)));
    let drawn = Memo::new(move |_| {
        let Drawn(figure) = whole.get();
        Drawn(look.with(|look| match &figure {
            Some(whole) if *look != Look::default() => look.of(whole).map(Arc::new).or(figure),
            _ => figure,
        }))
    });
    let title = format!("{side}{}", panel.title);
    let heading = format!("panel-{}-{idx}", panel.key);
    let is_large = RwSignal::new(false);
    let can_follow = panel.pickable && panel.kind == PanelKind::Fields;
    let header = el("HEADER")
        .child(el("H2").attr("id", heading.clone()).text(title.clone()))
        .maybe(can_follow.then(|| follow(page, idx, drawn)))
        .child(enlarge(is_large, &title))
        .child(take::menu(page, idx, panel, &title, drawn));
    let picture = picture(surface, panel, title.clone(), drawn, Some(Back { page, idx, look }));
    el("SECTION")
        .class("panel")
        .class_if("large", move || is_large.get())
        .on("keydown", move |event| close_on_escape(is_large, &event))
        .attr("data-panel", panel.key)
        .attr("data-side", side.trim_end_matches(" · "))
        .attr("data-width", if side.is_empty() { width_word(panel.width) } else { "half" })
        .attr("aria-labelledby", heading.clone())
        .child(header)
        .child(picture)
        .child(el("P").class("caption").text_of(move || caption(page, idx, panel.key)))
        .child(
            el("DIV")
                .class("below")
                .maybe(
                    has_stretch(panel.kind).then(|| view_controls((&heading, &title), look, whole)),
                )
                .child(data_table(title, panel, drawn)),
        )
}

/// Shows a figure as large as the window, and small again.
pub fn enlarge(is_large: RwSignal<bool>, title: &str) -> El {
    let title = title.to_string();
    let label = move || {
        let what = if is_large.get() { "Make small again" } else { "Enlarge" };
        Some(format!("{what}: {title}"))
    };
    button("⤢", move || is_large.update(|is_large| *is_large = !*is_large))
        .class("enlarge")
        .attr_of("aria-label", label.clone())
        .attr_of("title", label)
        .attr_of("aria-pressed", move || Some(is_large.get().to_string()))
}

/// What is as large as the window is left as everywhere.
pub fn close_on_escape(is_large: RwSignal<bool>, event: &Event) {
    let key = js_sys::Reflect::get(event, &"key".into()).ok().and_then(|key| key.as_string());
    if is_large.get_untracked() && key.as_deref() == Some("Escape") {
        is_large.set(false);
    }
}

/// What to see in it, for the run on screen.
fn caption(page: Page, idx: u16, key: &str) -> String {
    page.link.with(|link| {
        let twin = link.twin.as_ref().filter(|_| idx >= TWIN);
        let spec = twin.unwrap_or(&link.spec);
        story::caption(spec, key)
    })
}

fn width_word(width: Width) -> &'static str {
    match width {
        Width::Narrow => "narrow",
        Width::Half => "half",
        Width::Wide => "wide",
        Width::Full => "full",
    }
}

/// Picks an item without a pointer.
fn follow(page: Page, idx: u16, drawn: Memo<Drawn>) -> El {
    // Labels and which is selected change rarely; the list is only rebuilt when they do.
    let items = Memo::new(move |_| {
        drawn.with(|drawn| match drawn.0.as_deref() {
            Some(Figure::Fields(fields)) => {
                let items = fields.fields.iter();
                items.map(|f| (format!("{} {}", f.label, f.caption), f.is_selected)).collect()
            }
            _ => Vec::new(),
        })
    });
    let option = |(item, (label, is_selected)): (usize, (String, bool))| {
        let option = el("OPTION").attr("value", item.to_string()).text(label);
        if is_selected { option.attr("selected", "") } else { option }
    };
    let select = el("SELECT")
        .attr("name", "follow")
        .on_change(move |item| {
            if let Ok(item) = item.parse() {
                page.pick(idx, item);
            }
        })
        .children_of(move || items.get().into_iter().enumerate().map(option));
    el("LABEL").class("follow").text("follow ").child(select)
}

/// The numbers behind the figure, made when somebody opens it.
fn data_table(title: String, panel: Panel, drawn: Memo<Drawn>) -> El {
    let is_open = RwSignal::new(false);
    let table = move || {
        let figure = drawn.get().0.filter(|_| is_open.get())?;
        let table = table::of(&figure, &panel);
        let hidden = table.rows.len().saturating_sub(MAX_TABLE_ROWS);
        let head = table.header.into_iter().map(|cell| el("TH").attr("scope", "col").text(cell));
        let rows = table
            .rows
            .into_iter()
            .take(MAX_TABLE_ROWS)
            .map(|row| el("TR").children(row.into_iter().map(|cell| el("TD").text(cell))));
        let table = el("TABLE")
            .child(el("THEAD").child(el("TR").children(head)))
            .child(el("TBODY").children(rows));
        let view = el("DIV")
            .class("table-scroll")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", format!("{title}: data"))
            .child(table);
        Some(if hidden > 0 { view.text(format!("and {hidden} more rows")) } else { view })
    };
    let toggle = move |event: Event| {
        is_open.set(event_target::<HtmlDetailsElement>(&event).open());
    };
    el("DETAILS")
        .class("data")
        .on("toggle", toggle)
        .child(el("SUMMARY").text("Data"))
        .children_of(table)
}

/// A panel on the page.
#[derive(Clone, Copy, PartialEq)]
struct Shown {
    idx: u16,
    /// "A · " or "B · " where two runs are compared.
    side: &'static str,
    panel: Panel,
}

/// The panels that a link shows; those of two runs that are compared side by side.
fn shown_panels(link: &Link) -> Vec<Shown> {
    let own = link.spec.panels();
    let Some(twin) = link.twin.as_ref().map(Spec::panels) else {
        let all = own.iter().zip(0..).map(|(panel, idx)| Shown { idx, side: "", panel: *panel });
        return all.filter(|shown| shows_figure(link, shown.panel.key)).collect();
    };
    let mut all = Vec::new();
    for (panel, idx) in own.iter().zip(0..) {
        all.push(Shown { idx, side: "A · ", panel: *panel });
        let same = twin.iter().position(|other| other.key == panel.key);
        if let Some(other) = same {
            all.push(Shown { idx: other as u16 + TWIN, side: "B · ", panel: twin[other] });
        }
    }
    for (panel, idx) in twin.iter().zip(TWIN..) {
        if own.iter().all(|other| other.key != panel.key) {
            all.push(Shown { idx, side: "B · ", panel: *panel });
        }
    }
    all.retain(|shown| shows_figure(link, shown.panel.key));
    all
}

/// The figures of a link in three places: beside the network, below the stage, and behind a tab.
#[derive(Clone, Default, PartialEq)]
struct Places {
    heroes: Vec<Shown>,
    first: Vec<Shown>,
    more: Vec<Shown>,
}

/// Figures below the stage that are seen at once.
const NUM_FIRST: usize = 2;

fn places(link: &Link) -> Places {
    let all = shown_panels(link);
    let named = |spec: &Spec| {
        let panels = spec.panels();
        panels.get(panel::hero(&panels)).map(|panel| panel.key)
    };
    let heroes = [named(&link.spec), link.twin.as_ref().and_then(named)];
    let is_hero = |shown: &Shown| {
        let own = if shown.idx >= TWIN { heroes[1] } else { heroes[0] };
        own == Some(shown.panel.key)
    };
    let (mut heroes, rest): (Vec<Shown>, Vec<Shown>) = all.into_iter().partition(is_hero);
    let mut rest = rest.into_iter();
    if heroes.is_empty() {
        // A link that shows some figures and not this one: the first of them stands there.
        heroes.extend(rest.next());
        let key = heroes.first().map(|shown| shown.panel.key);
        let (same, others): (Vec<_>, Vec<_>) = rest.partition(|shown| Some(shown.panel.key) == key);
        heroes.extend(same);
        rest = others.into_iter();
    }
    let rest: Vec<Shown> = rest.collect();
    // Both runs of two count as one figure.
    let num_first = if link.twin.is_some() { 2 * NUM_FIRST } else { NUM_FIRST };
    let is_short = rest.len() <= num_first + 1;
    let first = if is_short { rest.len() } else { num_first };
    Places { heroes, first: rest[..first].to_vec(), more: rest[first..].to_vec() }
}

/// The figure that answers the question, of both runs where two are compared.
pub fn heroes(page: Page, surface: Surface) -> El {
    let shown = Memo::new(move |_| page.link.with(places).heroes);
    let views = move || shown.get().into_iter().map(move |shown| panel_view(page, surface, shown));
    el("DIV").class("heroes").children_of(views)
}

/// What a tab below the stage shows.
const TABS: [(&str, &str); 5] = [
    ("figures", "Figures"),
    ("more", "More figures"),
    ("seeds", "Many seeds"),
    ("results", "Results"),
    ("code", "Code"),
];

/// The other figures, many seeds and results, each behind a tab.
pub fn more(page: Page, surface: Surface) -> El {
    let placed = Memo::new(move |_| page.link.with(places));
    let shows = move |card: &'static str| page.link.with(|link| shows_figure(link, card));
    let has_seeds = move || page.link.with(|link| link.spec.params.has_chance());
    let has = move |tab: &str| match tab {
        "figures" => placed.with(|placed| !placed.first.is_empty()),
        "more" => placed.with(|placed| !placed.more.is_empty()),
        "seeds" => has_seeds() && shows(SEEDS),
        // Of what is shown in trials nobody writes a program yet.
        "code" => shows(RESULTS) && !page.has_trials(),
        _ => shows(RESULTS),
    };
    let chosen = RwSignal::new(String::from("figures"));
    let open = Memo::new(move |_| {
        let chosen = chosen.get();
        let is_there = |(tab, _): &&(&'static str, &str)| *tab == chosen && has(tab);
        let first = || TABS.iter().find(|(tab, _)| has(tab));
        TABS.iter().find(is_there).or_else(first).map_or("", |(tab, _)| tab)
    });
    effect(move || {
        let Places { heroes, first, more } = placed.get();
        let below = match open.get() {
            "figures" => first,
            "more" => more,
            _ => Vec::new(),
        };
        page.watch(heroes.iter().chain(&below).map(|shown| shown.idx).collect());
    });
    let tab = move |(tab, label): (&'static str, &'static str)| {
        button(label, move || chosen.set(tab.into()))
            .attr("role", "tab")
            .attr("id", format!("tab-{tab}"))
            .attr("aria-controls", "below")
            .attr_of("aria-selected", move || Some((open.get() == tab).to_string()))
    };
    let tabs = move || {
        let there: Vec<_> = TABS.into_iter().filter(|(tab, _)| has(tab)).collect();
        there.into_iter().map(tab)
    };
    let figures = move || {
        let shown = match open.get() {
            "figures" => placed.get().first,
            "more" => placed.get().more,
            _ => Vec::new(),
        };
        shown.into_iter().map(move |shown| panel_view(page, surface, shown))
    };
    let full = Memo::new(|_| width_word(Width::Full));
    el("SECTION")
        .class("more")
        .attr("aria-label", "Figures and results")
        .child(el("DIV").class("tabs").attr("role", "tablist").children_of(tabs))
        .child(
            el("DIV")
                .class("panels")
                .attr("id", "below")
                .attr("role", "tabpanel")
                .attr_of("aria-labelledby", move || Some(format!("tab-{}", open.get())))
                .children_of(figures)
                .child_if(move || open.get() == "seeds", move || seeds::card(page, surface))
                .child_if(move || open.get() == "results", move || results::results(page, full))
                .child_if(move || open.get() == "code", move || code::card(page)),
        )
}
