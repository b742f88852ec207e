//! One figure: a canvas, what lies below the pointer, and the same as text.

use std::sync::Arc;

use leptos::prelude::*;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, Event, HtmlCanvasElement, HtmlDetailsElement, MouseEvent};

use super::dom;
use super::page::Page;
use super::reactive::{El, ElRef, effect, el};
use super::results;
use super::theme::IsDark;
use crate::lab::decimal;
use crate::lab::form::{Control, ControlKind, controls};
use crate::lab::panel::{PanelKind, Width};
use crate::lab::{Drag, Panel};
use crate::plot::{self, Layout, Scale, Theme};
use crate::record::Figure;

/// The name of the results card in `show=` and `hide=`.
const RESULTS: &str = "results";
/// Rows of the data table; more would only slow the page down, and the command line writes them all.
const MAX_TABLE_ROWS: usize = 400;

/// How near to a handle the pointer has to be.
const GRIP: f64 = 18.0;

/// Handles that are dragged to set a parameter.
#[derive(Clone, Copy)]
struct Handles {
    page: Page,
    drag: Option<Drag>,
    layout: StoredValue<Option<Layout>>,
    /// The handle that is being dragged, and the run that its latest value was set in.
    held: StoredValue<Option<(usize, u32)>>,
}

impl Handles {
    /// The handle under the pointer, of those that stand where the parameter is now.
    fn near(self, px: f64) -> Option<usize> {
        let drag = self.drag?;
        let control = self.control(drag.key)?;
        let value = decimal::parse(&control.text)?;
        self.layout.with_value(|layout| {
            let layout = layout.as_ref()?;
            let far =
                |&(origin, slope): &(f64, f64)| (layout.px_of(origin + slope * value) - px).abs();
            let handles = drag.handles.iter().map(far).enumerate();
            let nearest = handles.min_by(|a, b| a.1.total_cmp(&b.1));
            nearest.filter(|(_, far)| *far <= GRIP).map(|(handle, _)| handle)
        })
    }

    fn control(self, key: &str) -> Option<Control> {
        self.page.link.with_untracked(|link| {
            controls(&*link.spec.params).into_iter().find(|control| control.field.key == key)
        })
    }

    /// Takes hold of what is below the pointer.
    fn grasp(self, event: &Event) {
        let Some(handle) = self.near(place_of(event).0) else { return };
        self.held.set_value(Some((handle, 0)));
        // Later moves come here too when the pointer leaves the figure.
        let canvas: HtmlCanvasElement = event_target(event);
        let id = js_sys::Reflect::get(event, &"pointerId".into()).ok();
        if let Some(id) = id.and_then(|id| id.as_f64()) {
            let _ = canvas.set_pointer_capture(id as i32);
        }
        event.prevent_default();
    }

    /// Sets the parameter to where the pointer is. While a run is being built for the value before, the
    /// pointer may move on; `is_last` waits for nothing.
    fn follow(self, event: &Event, is_last: bool) {
        let (Some(drag), Some((handle, set_in))) = (self.drag, self.held.get_value()) else {
            return;
        };
        let shown = self.page.frame.with_untracked(|frame| frame.run_id);
        let Some(control) = self.control(drag.key) else { return };
        let ControlKind::Float(range) = control.kind else { return };
        if shown == set_in && !is_last {
            return;
        }
        let (origin, slope) = drag.handles[handle];
        let px = place_of(event).0;
        let x = self.layout.with_value(|layout| layout.as_ref().map(|layout| layout.x_at(px)));
        let Some(x) = x else { return };
        let value = ((x - origin) / slope / range.step).round() * range.step;
        let text = value.clamp(range.min, range.max).to_string();
        if text != control.text {
            self.held.set_value(Some((handle, shown)));
            self.page.set_param(drag.key, &text, control.field.live);
        }
    }
}

/// Where the pointer is within the figure.
fn place_of(event: &Event) -> (f64, f64) {
    let event: &MouseEvent = event.unchecked_ref();
    (f64::from(event.offset_x()), f64::from(event.offset_y()))
}

/// One figure with its heading.
fn panel_view(page: Page, IsDark(is_dark): IsDark, idx: u16, panel: Panel) -> El {
    let canvas = ElRef::new();
    let width = RwSignal::new(0.0);
    let layout = StoredValue::new(None::<Layout>);
    let hover = RwSignal::new(None::<(f64, f64, String)>);
    let drawn = Memo::new(move |_| Drawn(page.figure_with_others(idx, &panel)));
    let height = height_of(&panel);

    effect(move || {
        if let Some(canvas) = canvas.get()
            && let Some(holder) = canvas.parent_element()
        {
            dom::watch_width(&holder, move |css_width| _ = width.try_set(css_width));
        }
    });
    effect(move || {
        let (Some(canvas), Drawn(Some(figure))) = (canvas.get(), drawn.get()) else { return };
        let theme = if is_dark.get() { Theme::dark() } else { Theme::light() };
        let size = (width.get(), height);
        if size.0 >= 1.0 {
            let canvas: HtmlCanvasElement = canvas.unchecked_into();
            layout.set_value(paint(&canvas, size, &panel, &figure, &theme));
        }
    });

    let locate = move |event: &Event| {
        let Drawn(figure) = drawn.get_untracked();
        let (x, y) = place_of(event);
        layout.with_value(|layout| layout.as_ref()?.locate(figure.as_deref()?, x, y))
    };
    let handles = Handles { page, drag: panel.drag, layout, held: StoredValue::new(None) };
    let is_near = RwSignal::new(false);
    let moved = move |event: Event| {
        if handles.held.get_value().is_some() {
            handles.follow(&event, false);
            return hover.set(None);
        }
        if panel.drag.is_some() {
            is_near.set(handles.near(place_of(&event).0).is_some());
        }
        hover.set(locate(&event).map(|hit| (hit.x, hit.y, hit.text)));
    };
    let release = move |event: Event| {
        handles.follow(&event, true);
        handles.held.set_value(None);
    };
    let pick = move |event: Event| {
        if panel.pickable
            && let Some(hit) = locate(&event)
        {
            page.pick(idx, hit.item);
        }
    };
    let summary = move || drawn.with(|d| d.0.as_ref().map_or(String::new(), |f| f.summary()));
    let heading = format!("panel-{}", panel.key);
    let can_follow = panel.pickable && panel.kind == PanelKind::Fields;
    let header = el("HEADER")
        .child(el("H2").attr("id", heading.clone()).text(panel.title))
        .maybe(can_follow.then(|| follow(page, idx, drawn)));
    let picture = el("CANVAS")
        .place(canvas)
        .attr("role", "img")
        .attr_of("aria-label", move || Some(format!("{}. {}", panel.title, summary())))
        .class_if("pickable", move || panel.pickable)
        .class_if("draggable", move || panel.drag.is_some())
        .class_if("grip", move || is_near.get())
        .on("pointerdown", move |event| handles.grasp(&event))
        .on("pointermove", moved)
        .on("pointerup", release)
        .on("pointercancel", move |_| handles.held.set_value(None))
        .on("pointerleave", move |_| hover.set(None))
        .on("click", pick);
    let readout = move || {
        let (x, y, text) = hover.get()?;
        // To the left of the pointer in the right half, so that it stays inside.
        let side = if x > width.get() / 2.0 { "left" } else { "right" };
        let readout = el("OUTPUT").class("readout").attr("data-side", side).text(text);
        Some(readout.style("left", format!("{x}px")).style("top", format!("{y}px")))
    };
    let plot = el("DIV").class("plot").style("height", format!("{height}px"));
    el("SECTION")
        .class("panel")
        .attr("data-panel", panel.key)
        .attr("data-width", width_word(panel.width))
        .attr("aria-labelledby", heading)
        .child(header)
        .child(plot.child(picture).children_of(readout))
        .child(el("P").class("caption").text(panel.caption))
        .child(data_table(panel.title, drawn))
}

/// A figure that is compared by identity: comparing contents would cost more than drawing.
#[derive(Clone)]
struct Drawn(Option<Arc<Figure>>);

impl PartialEq for Drawn {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        }
    }
}

fn height_of(panel: &Panel) -> f64 {
    match (panel.kind, panel.width) {
        (PanelKind::Fields, _) => 200.0,
        (PanelKind::Matrix, _) => 280.0,
        _ => 240.0,
    }
}

fn width_word(width: Width) -> &'static str {
    match width {
        Width::Narrow => "narrow",
        Width::Half => "half",
        Width::Wide => "wide",
        Width::Full => "full",
    }
}

/// Draws into the canvas at the screen's own resolution.
fn paint(
    canvas: &HtmlCanvasElement,
    (width, height): (f64, f64),
    panel: &Panel,
    figure: &Figure,
    theme: &Theme,
) -> Option<Layout> {
    // The backend rounds to whole pixels, so that at ratio 1 slow curves would look stepped.
    let ratio = dom::window().device_pixel_ratio().max(2.0);
    let (device_width, device_height) = ((width * ratio) as u32, (height * ratio) as u32);
    if canvas.width() != device_width || canvas.height() != device_height {
        canvas.set_width(device_width);
        canvas.set_height(device_height);
    }
    if let Ok(Some(context)) = canvas.get_context("2d")
        && let Ok(context) = context.dyn_into::<CanvasRenderingContext2d>()
    {
        context.set_line_join("round");
    }
    let area = CanvasBackend::with_canvas_object(canvas.clone())?.into_drawing_area();
    plot::draw(&area, panel, figure, theme, Scale::canvas(ratio)).ok()
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
fn data_table(title: &'static str, drawn: Memo<Drawn>) -> El {
    let is_open = RwSignal::new(false);
    let table = move || {
        let figure = drawn.get().0.filter(|_| is_open.get())?;
        let table = figure.table();
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

/// All figures of the run that the link does not hide.
pub fn panels(page: Page, is_dark: IsDark) -> El {
    // Which panels there are, and how they are labelled, changes with few parameters.
    let shown = Memo::new(move |_| {
        page.link.with(|link| {
            let panels = link.spec.panels();
            let keys: Vec<&str> = panels.iter().map(|panel| panel.key).chain([RESULTS]).collect();
            let panels = panels.iter().enumerate();
            panels
                .filter(|(_, panel)| link.page.shows(panel.key, &keys))
                .map(|(idx, panel)| (idx as u16, *panel))
                .collect::<Vec<_>>()
        })
    });
    effect(move || {
        page.watch(shown.with(|shown| shown.iter().map(|(idx, _)| *idx).collect()));
    });
    let views = move || {
        shown.get().into_iter().map(move |(idx, panel)| panel_view(page, is_dark, idx, panel))
    };
    // The results card is named like a panel in links.
    let shows_results = move || {
        page.link.with(|link| {
            let panels = link.spec.panels();
            let keys: Vec<&str> = panels.iter().map(|panel| panel.key).chain([RESULTS]).collect();
            link.page.shows(RESULTS, &keys)
        })
    };
    el("DIV")
        .class("panels")
        .children_of(views)
        .child_if(shows_results, move || results::results(page))
}
