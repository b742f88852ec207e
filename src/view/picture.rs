//! The canvas of a figure, and what lies below the pointer.

use leptos::prelude::*;
use plotters::prelude::IntoDrawingArea;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlCanvasElement, MouseEvent};

use super::dom::{self, px};
use super::fine::FineCanvas;
use super::page::Page;
use super::reactive::{El, ElRef, effect, el};
use super::theme::Surface;
use super::zoom::{Drawn, Zoom, has_stretch};
use crate::lab::decimal;
use crate::lab::form::{Control, ControlKind, controls};
use crate::lab::panel::{PanelKind, Width};
use crate::lab::param::FloatRange;
use crate::lab::{Drag, Marked, Panel};
use crate::plot::{self, Hit, Layout, Scale, Theme};
use crate::record::Figure;
use crate::record::look::Look;
use crate::wire::TWIN;

/// How near to a handle the pointer has to be.
const GRIP: f64 = 18.0;
/// How far the reading stays away from the pointer.
const OFF: f64 = 16.0;
/// Steps in which the arrow keys cross a figure.
const STEPS: f64 = 40.0;
/// Pixels per CSS pixel on paper: 288 per inch.
const PRINT_RATIO: f64 = 3.0;

/// Handles that are dragged to set a parameter.
#[derive(Clone, Copy)]
struct Handles {
    page: Page,
    is_twin: bool,
    drag: Option<Drag>,
    layout: StoredValue<Option<Layout>>,
    /// The handle that is being dragged, and the run that its latest value was set in.
    held: StoredValue<Option<(usize, u32)>>,
}

impl Handles {
    /// The handle under the pointer, of those that stand where the parameter is now.
    fn near(self, px: f64) -> Option<usize> {
        let drag = self.drag?;
        let (value, middle) = self.now(drag)?;
        self.layout.with_value(|layout| {
            let layout = layout.as_ref()?;
            let far = |handle| (layout.px_of(drag.place(handle, value, middle)) - px).abs();
            let handles = (0..drag.handles.len()).map(far).enumerate();
            let nearest = handles.min_by(|a, b| a.1.total_cmp(&b.1));
            nearest.filter(|(_, far)| *far <= GRIP).map(|(handle, _)| handle)
        })
    }

    /// The values that the handles stand for.
    fn now(self, drag: Drag) -> Option<(f64, f64)> {
        let value = |key: &str| decimal::parse(&self.control(key)?.text);
        Some((value(drag.key)?, drag.middle.map_or(Some(0.0), value)?))
    }

    fn control(self, key: &str) -> Option<Control> {
        self.page.link.with_untracked(|link| {
            let spec = link.twin.as_ref().filter(|_| self.is_twin).unwrap_or(&link.spec);
            controls(&*spec.params).into_iter().find(|control| control.field.key == key)
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
        let px = place_of(event).0;
        let x = self.layout.with_value(|layout| layout.as_ref().map(|layout| layout.x_at(px)));
        let (Some(x), Some(now)) = (x, self.now(drag)) else { return };
        let value = in_range(drag.value_at(handle, x, now), range);
        let text = value.to_string();
        if text != control.text {
            self.held.set_value(Some((handle, shown)));
            let middle = drag.middle.and_then(|key| self.control(key));
            let also = middle.and_then(|control| {
                let ControlKind::Float(range) = control.kind else { return None };
                let middle = in_range(drag.middle_for(handle, value, now), range);
                Some((control.field.key, middle.to_string()))
            });
            let also = also.as_ref().map(|(key, text)| (*key, &**text));
            self.page.set_with(self.is_twin, (drag.key, &text), also, control.field.live);
        }
    }
}

/// The nearest value that a control can have.
fn in_range(value: f64, range: FloatRange) -> f64 {
    ((value / range.step).round() * range.step).clamp(range.min, range.max)
}

/// Where the pointer is within the figure.
fn place_of(event: &Event) -> (f64, f64) {
    let event: &MouseEvent = event.unchecked_ref();
    (f64::from(event.offset_x()), f64::from(event.offset_y()))
}

/// CSS pixels.
fn height_of(panel: &Panel) -> f64 {
    match (panel.kind, panel.width) {
        (PanelKind::Fields | PanelKind::Lamps, _) => 200.0,
        (PanelKind::Matrix, Width::Half | Width::Wide | Width::Full) => 280.0,
        _ => 224.0,
    }
}

/// The way back from a figure to the page: its panel's index, for what is picked and dragged, and what is looked at.
#[derive(Clone, Copy)]
pub struct Back {
    pub page: Page,
    pub idx: u16,
    pub look: RwSignal<Look>,
}

/// CSS pixels on paper, about; the printed page fits figures to its own width.
fn printed_width(panel: &Panel) -> f64 {
    match panel.width {
        Width::Narrow => 160.0,
        Width::Half => 340.0,
        Width::Wide => 510.0,
        Width::Full => 690.0,
    }
}

/// A canvas with what is drawn, under the name that `title` and its content give it.
pub fn picture(
    surface: Surface,
    panel: Panel,
    title: String,
    drawn: Memo<Drawn>,
    back: Option<Back>,
) -> El {
    let canvas = ElRef::new();
    let width = RwSignal::new(0.0);
    let layout = StoredValue::new(None::<Layout>);
    let hover = RwSignal::new(None::<Hover>);
    // Where lines are read by keyboard too; other figures take the focus only so that they can lose it.
    let is_read = matches!(panel.kind, PanelKind::Trace | PanelKind::Curve);
    let height = RwSignal::new(0.0);
    effect(move || {
        if let Some(canvas) = canvas.get()
            && let Some(holder) = canvas.parent_element()
        {
            dom::watch_size(&holder, move |css_width, css_height| {
                _ = width.try_set(css_width);
                _ = height.try_set(css_height);
            });
        }
    });
    effect(move || {
        let (Some(canvas), Drawn(Some(figure))) = (canvas.get(), drawn.get()) else { return };
        let theme = if surface.is_dark.get() { Theme::dark() } else { Theme::light() };
        let (width, height, ratio) = match surface.is_printed.get() {
            true => (printed_width(&panel), height_of(&panel), PRINT_RATIO),
            false => (width.get(), height.get(), surface.ratio.get()),
        };
        if width >= 1.0 && height >= 1.0 {
            let canvas: HtmlCanvasElement = canvas.unchecked_into();
            let stopped_ms = back.and_then(|back| back.page.stopped_ms(back.idx));
            let size = (width, height, ratio);
            let marked = back.map(|back| back.page.marked(back.idx, &figure, &panel));
            let shown = (&*figure, &marked.unwrap_or_default());
            layout.set_value(paint(&canvas, size, &panel, shown, stopped_ms, &theme));
        }
    });

    let summary = move || drawn.with(|d| d.0.as_ref().map_or(String::new(), |f| f.summary()));
    let picture = el("CANVAS")
        .place(canvas)
        .attr("role", "img")
        .attr_of("aria-label", move || Some(format!("{title}. {}", summary())))
        .attr("tabindex", if is_read { "0" } else { "-1" })
        .on("pointerleave", move |_| hover.set(None))
        .on("blur", move |_| hover.set(None));
    let picture = if is_read {
        picture.on("keydown", move |event| {
            let key = js_sys::Reflect::get(&event, &"key".into()).ok();
            let is_enter = key.and_then(|key| key.as_string()).is_some_and(|key| key == "Enter");
            let read = hover.get_untracked().filter(|_| is_enter && panel.is_over_run());
            if let (Some(back), Some(Hover { x, y, .. })) = (back, read) {
                return go_to(back.page, layout, (x, y));
            }
            let before = hover.get_untracked().map(|hover| hover.x);
            let moved = layout.with_value(|layout| walk(layout.as_ref()?, before, &event));
            if let Some(to) = moved {
                event.prevent_default();
                hover.set(to);
            }
        })
    } else {
        picture
    };
    let reading = Reading { drawn, layout, hover, width, height, is_read };
    let zoom = back.map(|back| Zoom::new(back.look, layout));
    let picture = match back.zip(zoom) {
        Some((back, zoom)) => with_hands(picture, panel, back, zoom, reading),
        None => picture
            .on("pointermove", move |event| reading.look(&event))
            .on("click", move |event| reading.look(&event)),
    };
    let overlay = move || zoom.and_then(Zoom::overlay);
    let plot = el("DIV").class("plot").style("--height", px(height_of(&panel)));
    plot.child(picture).children_of(move || reading.readout()).children_of(overlay)
}

/// What a pointer does to a figure of the page: reads, picks, drags handles, drags a stretch out.
fn with_hands(picture: El, panel: Panel, back: Back, zoom: Zoom, reading: Reading) -> El {
    let Back { page, idx, .. } = back;
    let held = StoredValue::new(None);
    let layout = reading.layout;
    let handles = Handles { page, is_twin: idx >= TWIN, drag: panel.drag, layout, held };
    let is_near = RwSignal::new(false);
    let can_zoom = has_stretch(panel.kind) && panel.drag.is_none();
    let was_dragged = StoredValue::new(false);
    let by_finger = StoredValue::new(false);
    let down = move |event: Event| {
        handles.grasp(&event);
        was_dragged.set_value(false);
        let kind = js_sys::Reflect::get(&event, &"pointerType".into()).ok();
        by_finger.set_value(kind.and_then(|kind| kind.as_string()).is_some_and(|it| it == "touch"));
        if can_zoom {
            zoom.begin(&event, place_of(&event).0);
        }
    };
    let moved = move |event: Event| {
        if held.get_value().is_some() {
            handles.follow(&event, false);
            return reading.hover.set(None);
        }
        if zoom.follow(place_of(&event).0) {
            was_dragged.set_value(true);
            return reading.hover.set(None);
        }
        if panel.drag.is_some() {
            is_near.set(handles.near(place_of(&event).0).is_some());
        }
        reading.look(&event);
    };
    let release = move |event: Event| {
        handles.follow(&event, true);
        held.set_value(None);
        zoom.end();
    };
    let cancel = move |_| {
        held.set_value(None);
        zoom.cancel();
    };
    // What is tapped is read too, after the finger has left.
    let pick = move |event: Event| {
        if was_dragged.get_value() {
            return;
        }
        reading.look(&event);
        // A finger has no other way to read, and the bar to move.
        if panel.is_over_run() && !by_finger.get_value() {
            go_to(page, layout, place_of(&event));
        }
        let Some(hit) = reading.locate(&event) else { return };
        if panel.pickable {
            page.pick(idx, hit.item);
        }
        let column = layout.with_value(|layout| Some(layout.as_ref()?.x_at(place_of(&event).0)));
        if let (Some(plane), Some(column)) = (panel.plane, column) {
            page.set_plane(idx >= TWIN, plane, [column.max(0.0) as u32, hit.item]);
        }
    };
    picture
        .class_if("pickable", move || {
            panel.pickable || panel.plane.is_some() || panel.is_over_run()
        })
        .class_if("draggable", move || panel.drag.is_some())
        .class_if("grip", move || is_near.get())
        .on("pointerdown", down)
        .on("pointermove", moved)
        .on("pointerup", release)
        .on("pointercancel", cancel)
        .on("pointerleave", move |_| zoom.cancel())
        .on("click", pick)
        .on("dblclick", move |_| zoom.out())
}

/// Goes to the moment that lies below the pointer in a figure over the time of the run, in seconds.
fn go_to(page: Page, layout: StoredValue<Option<Layout>>, (x, y): (f64, f64)) {
    let at = layout.with_value(|layout| {
        let layout = layout.as_ref().filter(|layout| layout.plot.contains(x, y, 1.0))?;
        Some(layout.x_at(x))
    });
    if let Some(seconds) = at {
        page.rest_at(1_000.0 * seconds.max(0.0));
    }
}

/// Reading a figure's values below the pointer, or where the keyboard has moved to.
#[derive(Clone, Copy)]
struct Reading {
    drawn: Memo<Drawn>,
    layout: StoredValue<Option<Layout>>,
    hover: RwSignal<Option<Hover>>,
    width: RwSignal<f64>,
    height: RwSignal<f64>,
    is_read: bool,
}

impl Reading {
    fn look(self, event: &Event) {
        let (x, y) = place_of(event);
        self.hover.set(Some(Hover { x, y, by_keyboard: false }));
    }

    fn locate(self, event: &Event) -> Option<Hit> {
        let Drawn(figure) = self.drawn.get_untracked();
        let (x, y) = place_of(event);
        self.layout.with_value(|layout| layout.as_ref()?.locate(figure.as_deref()?, x, y))
    }

    /// The values, beside the pointer, and the line along which they are read.
    fn readout(self) -> Vec<El> {
        let Self { drawn, layout, hover, width, height, is_read } = self;
        let Some(Hover { x, y, by_keyboard }) = hover.get() else { return Vec::new() };
        // Under a pointer that rests values go on while the run does; a reader is told once.
        let Drawn(figure) = if by_keyboard { drawn.get_untracked() } else { drawn.get() };
        let hit = layout.with_value(|layout| {
            let layout = layout.as_ref()?;
            Some((layout.locate(figure.as_deref()?, x, y)?, layout.plot))
        });
        let Some((hit, plot)) = hit else { return Vec::new() };
        let line = el("I")
            .class("reading-line")
            .style("left", px(hit.x))
            .style("top", px(plot.y))
            .style("height", px(plot.height));
        // Beside the pointer on the side with more room, from there towards the middle.
        let across =
            if x > width.get() / 2.0 { [None, Some(width.get() - x)] } else { [Some(x), None] };
        let height = height.get();
        let down = if y > height / 2.0 { [None, Some(height - y)] } else { [Some(y), None] };
        let place = |end: Option<f64>, off| end.map_or("auto".into(), |end| px(end + off));
        let readout = el("OUTPUT")
            .class("readout")
            .attr("aria-live", if by_keyboard { "polite" } else { "off" })
            .style("left", place(across[0], OFF))
            .style("right", place(across[1], OFF))
            .style("top", place(down[0], 0.0))
            .style("bottom", place(down[1], 0.0))
            .text(hit.text);
        if is_read { vec![line, readout] } else { vec![readout] }
    }
}

/// The pointer, or what takes its place for those who read a figure by keyboard.
#[derive(Clone, Copy)]
struct Hover {
    x: f64,
    y: f64,
    by_keyboard: bool,
}

/// Where a key moves the reading to, from `before`; nothing if it is not such a key.
fn walk(layout: &Layout, before: Option<f64>, event: &Event) -> Option<Option<Hover>> {
    let plot = layout.plot;
    let right = plot.x + plot.width;
    let step = plot.width / STEPS;
    let key = js_sys::Reflect::get(event, &"key".into()).ok()?.as_string()?;
    let x = match (key.as_str(), before) {
        ("Escape", Some(_)) => return Some(None),
        ("Home", _) | ("ArrowRight", None) => plot.x,
        ("End", _) | ("ArrowLeft", None) => right,
        ("ArrowRight", Some(x)) => x + step,
        ("ArrowLeft", Some(x)) => x - step,
        _ => return None,
    };
    let (x, y) = (x.clamp(plot.x, right), plot.y + plot.height / 2.0);
    Some(Some(Hover { x, y, by_keyboard: true }))
}

/// Draws a figure, and what is marked in it, into the canvas, so many pixels to a CSS pixel.
pub fn paint(
    canvas: &HtmlCanvasElement,
    (width, height, ratio): (f64, f64, f64),
    panel: &Panel,
    (figure, marked): (&Figure, &Marked),
    stopped_ms: Option<f64>,
    theme: &Theme,
) -> Option<Layout> {
    // The backend rounds to whole pixels, so that at ratio 1 slow curves would look stepped.
    let ratio = ratio.max(2.0);
    let size = ((width * ratio) as u32, (height * ratio) as u32);
    // In whole pixels: the figures' hairlines are made of them.
    let area = FineCanvas::new(canvas.clone(), size, false, 1.0)?.into_drawing_area();
    let scale = Scale::canvas(ratio);
    let layout = plot::draw(&area, panel, figure, stopped_ms, theme, scale).ok()?;
    _ = plot::mark(&area, &layout, figure, marked, theme, scale);
    Some(layout)
}
