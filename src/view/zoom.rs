//! Looking closer at a figure: a stretch of it dragged out with the mouse, or set with sliders, and lines put away.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDetailsElement, MouseEvent};

use super::dom::px;
use super::reactive::{El, button, el};
use crate::lab::{PanelKind, decimal};
use crate::plot::Layout;
use crate::record::Figure;
use crate::record::look::{Look, names as names_of};

/// A figure that is compared by identity: comparing contents would cost more than drawing.
#[derive(Clone)]
pub struct Drawn(pub Option<Arc<Figure>>);

impl PartialEq for Drawn {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        }
    }
}

/// A shorter drag is a click.
const LEAST_DRAG: f64 = 8.0;

/// Whether figures of this kind have a horizontal axis to look closer at.
pub fn has_stretch(kind: PanelKind) -> bool {
    matches!(kind, PanelKind::Raster | PanelKind::Trace | PanelKind::Curve)
}

/// Dragging a stretch out of a figure.
#[derive(Clone, Copy)]
pub struct Zoom {
    look: RwSignal<Look>,
    layout: StoredValue<Option<Layout>>,
    /// From where to where, in CSS pixels; no number where nothing is dragged.
    start: RwSignal<f64>,
    end: RwSignal<f64>,
}

impl Zoom {
    /// Of a figure that is drawn with this layout.
    pub fn new(look: RwSignal<Look>, layout: StoredValue<Option<Layout>>) -> Self {
        Self { look, layout, start: RwSignal::new(f64::NAN), end: RwSignal::new(f64::NAN) }
    }

    /// The mouse goes down. A finger scrolls the page, and has the sliders.
    pub fn begin(self, event: &Event, x: f64) {
        let kind = js_sys::Reflect::get(event, &"pointerType".into()).ok();
        let is_mouse = kind.and_then(|kind| kind.as_string()).is_some_and(|kind| kind == "mouse");
        let event: &MouseEvent = event.unchecked_ref();
        if is_mouse && event.button() == 0 {
            self.start.set(x);
            self.end.set(x);
        }
    }

    /// It moves. True while a stretch is being dragged out.
    pub fn follow(self, x: f64) -> bool {
        let start = self.start.get_untracked();
        if start.is_nan() {
            return false;
        }
        self.end.set(x);
        (x - start).abs() >= LEAST_DRAG
    }

    /// It goes up.
    pub fn end(self) {
        let (start, end) = (self.start.get_untracked(), self.end.get_untracked());
        self.cancel();
        // Neither where nothing was dragged.
        if start.is_nan() || (end - start).abs() < LEAST_DRAG {
            return;
        }
        let plot = self.layout.with_value(|layout| layout.as_ref().map(|layout| layout.plot));
        if let Some(plot) = plot.filter(|plot| plot.width > 0.0) {
            let share = |x: f64| ((x - plot.x) / plot.width) as f32;
            self.look.update(|look| look.zoom(share(start), share(end)));
        }
    }

    /// Nothing is dragged any more.
    pub fn cancel(self) {
        self.start.set(f64::NAN);
    }

    /// The whole axis again.
    pub fn out(self) {
        self.look.update(|look| look.stretch(0.0, 1.0));
    }

    /// The stretch so far.
    pub fn overlay(self) -> Option<El> {
        let (start, end) = (self.start.get(), self.end.get());
        let plot = self.layout.with_value(|layout| layout.as_ref().map(|layout| layout.plot))?;
        let wide = (end - start).abs();
        let stretch = || {
            el("I")
                .class("stretch")
                .style("left", px(start.min(end)))
                .style("width", px(wide))
                .style("top", px(plot.y))
                .style("height", px(plot.height))
        };
        (wide >= LEAST_DRAG).then(stretch)
    }
}

/// The same without a mouse: where the stretch begins and ends, and which lines are seen. `id` is the figure's own.
pub fn view_controls((id, title): (&str, &str), look: RwSignal<Look>, drawn: Memo<Drawn>) -> El {
    let (id, title) = (id.to_string(), title.to_string());
    let key = id.clone();
    let slider = move |name: &'static str, value: fn(&Look) -> f32, set: fn(&mut Look, f32)| {
        let input = el("INPUT")
            .attr("type", "range")
            .attr("name", format!("{key}-{name}"))
            .attr("min", "0")
            .attr("max", "100")
            .attr("aria-label", format!("{title}: {name}, in percent of the axis"))
            .value(move || (100.0 * look.with(value)).round().to_string())
            .on_change(move |text| {
                let share = decimal::parse(&text).unwrap_or_default() as f32 / 100.0;
                look.update(|look| set(look, share));
            });
        el("LABEL").class("inline").text(name).child(input)
    };
    let line = move |name: String| {
        let label = name.clone();
        let key = format!("{id}-line-{name}");
        let is_seen = {
            let name = name.clone();
            move || look.with(|look| !look.hidden.contains(&name))
        };
        let input = el("INPUT")
            .attr("type", "checkbox")
            .attr("name", key)
            .checked(is_seen)
            .on("change", move |_| look.update(|look| look.toggle(&name)));
        el("LABEL").class("inline").child(input).text(label)
    };
    // With a flag beside each, as in the other lists of the page: each type in a memo is compiled anew.
    let names = Memo::new(move |_| {
        let names = drawn.with(|drawn| drawn.0.as_deref().map(names_of)).unwrap_or_default();
        names.into_iter().map(|name| (name, true)).collect::<Vec<_>>()
    });
    let lines = move || {
        // A single line is the figure.
        let names = Some(names.get()).filter(|names| names.len() > 1);
        names.into_iter().flatten().map(|(name, _)| line(name)).collect::<Vec<_>>()
    };
    let is_open = RwSignal::new(false);
    let toggle = move |event: Event| {
        is_open.set(event_target::<HtmlDetailsElement>(&event).open());
    };
    let parts = move || {
        let stretch = el("DIV")
            .class("view")
            .child(slider(
                "from",
                |look| look.from,
                |look, from| look.stretch(from, look.to.max(from)),
            ))
            .child(slider("to", |look| look.to, |look, to| look.stretch(look.from.min(to), to)))
            .child(button("Whole", move || look.set(Look::default())).class("small"));
        let lines = lines.clone();
        [stretch, el("DIV").class("view").children_of(lines)]
    };
    el("DETAILS")
        .class("data")
        .on("toggle", toggle)
        .child(el("SUMMARY").text("View"))
        .children_of(move || is_open.get().then(&parts).into_iter().flatten())
}
