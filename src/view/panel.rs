//! The figures of a run: each with its heading, its picture, and the same as text.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::{Event, HtmlDetailsElement};

use super::page::Page;
use super::picture::{Back, picture};
use super::reactive::{El, effect, el};
use super::results;
use super::seeds;
use super::story;
use super::theme::Surface;
use super::zoom::Drawn;
use super::zoom::{has_stretch, view_controls};
use crate::lab::link::Link;
use crate::lab::panel::{PanelKind, Width};
use crate::lab::parts::{RESULTS, SEEDS, shows_figure};
use crate::lab::{Panel, Spec, table};
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
    let can_follow = panel.pickable && panel.kind == PanelKind::Fields;
    let header = el("HEADER")
        .child(el("H2").attr("id", heading.clone()).text(title.clone()))
        .maybe(can_follow.then(|| follow(page, idx, drawn)));
    let picture = picture(surface, panel, title.clone(), drawn, Some(Back { page, idx, look }));
    el("SECTION")
        .class("panel")
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

/// The room beside the last of these panels, or a row where there is none.
fn rest_of_row(shown: &[Shown]) -> Width {
    let add = |taken: u32, shown: &Shown| {
        let columns = match shown.panel.width {
            Width::Narrow => 1,
            Width::Half => 2,
            Width::Wide => 3,
            Width::Full => 4,
        };
        if taken + columns > 4 { columns } else { taken + columns }
    };
    let is_twofold = shown.iter().any(|shown| !shown.side.is_empty());
    match shown.iter().fold(0, add) {
        1 if !is_twofold => Width::Wide,
        2 if !is_twofold => Width::Half,
        _ => Width::Full,
    }
}

/// All figures of the run that the link does not hide.
pub fn panels(page: Page, surface: Surface) -> El {
    // Which panels there are, and how they are labelled, changes with few parameters.
    let shown = Memo::new(move |_| page.link.with(shown_panels));
    effect(move || {
        page.watch(shown.with(|shown| shown.iter().map(|shown| shown.idx).collect()));
    });
    let room = Memo::new(move |_| width_word(shown.with(|shown| rest_of_row(shown))));
    let views = move || shown.get().into_iter().map(move |shown| panel_view(page, surface, shown));
    let has_seeds = move || page.link.with(|link| link.spec.params.has_chance());
    let shows = move |card: &'static str| move || page.link.with(|link| shows_figure(link, card));
    el("DIV")
        .class("panels")
        .children_of(views)
        .child_if(shows(RESULTS), move || results::results(page, room))
        .child_if(move || has_seeds() && shows(SEEDS)(), move || seeds::card(page, surface))
}
