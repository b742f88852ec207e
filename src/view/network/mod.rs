//! The network, live: a canvas with everything as it stands, and a transparent one above it for what happens.
//!
//! The lower one is drawn anew at most twice a second, in steps that leave the page free between them. The upper one is
//! drawn for every picture of the film.

mod taken;

use std::rc::Rc;

use leptos::prelude::*;
use plotters::prelude::IntoDrawingArea;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlCanvasElement, HtmlElement, KeyboardEvent, MouseEvent};

use super::dom::{self, px};
use super::fine::FineCanvas;
use super::page::{Page, Weights};
use super::panel::{close_on_escape, enlarge};
use super::reactive::{El, ElRef, effect, el};
use super::take;
use super::theme::Surface;
use crate::lab::eligible::Eligible;
use crate::lab::reel::Reel;
use crate::lab::{Activity, Followed};
use crate::plot::network::{FINE, Moment, Scene};
use crate::plot::{Rect, Scale, Theme};

/// Spikes are seen for so long, as a share of the film: a third of a second.
const FLASH_SHARE: f64 = 0.037;
/// Time for steps of the lower picture, of each picture of the film.
const STEPS_MS: f64 = 8.0;
/// The lower picture is drawn anew after this time at the earliest.
const REDRAW_MS: f64 = 500.0;

/// The network of the run, and below it that of the run it is compared with.
pub fn network(page: Page, surface: Surface) -> El {
    let has_twin = Memo::new(move |_| page.link.with(|link| link.twin.is_some()));
    let both = [0, 1].map(|side| Net::new(page, surface, side));
    let nets = move || {
        let is_one_of_two = has_twin.get();
        let all = both.into_iter().take(if is_one_of_two { 2 } else { 1 });
        all.map(move |net| Net { is_one_of_two, ..net })
    };
    let sides = move || nets().map(Net::view);
    let menus = move || nets().map(Net::menu);
    let legend = move || {
        page.scenes.track();
        let told = page.with_scene(0, Scene::legend).unwrap_or_default();
        told.into_iter().map(|(role, words)| {
            el("LI").child(el("I").class("dot").attr("data-role", role)).text(words)
        })
    };
    let sentences = move || {
        page.film.track();
        let told = page.picture(0).map(|picture| picture.network.sentences()).unwrap_or_default();
        told.into_iter().map(|sentence| el("LI").text(sentence))
    };
    let words = el("DETAILS")
        .class("data")
        .child(el("SUMMARY").text("The network in words"))
        .child(el("UL").children_of(sentences));
    let is_large = RwSignal::new(false);
    let header = el("HEADER")
        .child(el("UL").class("legend").children_of(legend))
        .child(enlarge(is_large, "The network"))
        .children_of(menus);
    let followed = move || page.followed_told().map(|told| el("P").class("help").text(told));
    el("SECTION")
        .class("panel network")
        .class_if("large", move || is_large.get())
        .on("keydown", move |event| close_on_escape(is_large, &event))
        .attr("data-panel", "network")
        .attr("aria-label", "The network")
        .child(header)
        .children_of(sides)
        .child(el("DIV").class("followed").attr("role", "status").children_of(followed))
        .child(words)
}

/// The network of one run.
#[derive(Clone, Copy)]
struct Net {
    page: Page,
    surface: Surface,
    side: usize,
    /// There is another one beside it.
    is_one_of_two: bool,
    base: ElRef,
    /// Where the base is drawn, step by step: it is seen when it is done.
    behind: ElRef,
    /// Dots of all synapses, where there are very many.
    carpet: ElRef,
    above: ElRef,
    width: RwSignal<f64>,
    height: RwSignal<f64>,
    /// What is below the pointer, and where that is.
    reading: RwSignal<String>,
    x: RwSignal<f64>,
    y: RwSignal<f64>,
    drawn: StoredValue<Drawn>,
}

/// How far the lower picture is.
#[derive(Clone, Copy, Default)]
struct Drawn {
    /// The step that is drawn next; none is left once it is drawn.
    step: usize,
    /// When it was begun.
    begun_ms: f64,
    /// So many frames of the film were in the weights then.
    num_frames: usize,
    /// So often the film had changed then.
    film: u32,
    /// A redraw is asked for.
    is_due: bool,
}

impl Net {
    fn new(page: Page, surface: Surface, side: usize) -> Self {
        Self {
            page,
            surface,
            side,
            is_one_of_two: false,
            base: ElRef::new(),
            behind: ElRef::new(),
            carpet: ElRef::new(),
            above: ElRef::new(),
            width: RwSignal::new(0.0),
            height: RwSignal::new(0.0),
            reading: RwSignal::new(String::new()),
            x: RwSignal::new(0.0),
            y: RwSignal::new(0.0),
            drawn: StoredValue::new(Drawn::default()),
        }
    }

    /// What takes its picture home.
    fn menu(self) -> El {
        let title = match (self.is_one_of_two, self.side) {
            (false, _) => "The network",
            (true, 0) => "A · The network",
            (true, _) => "B · The network",
        };
        let network = take::Network {
            is_twin: self.side == 1,
            snapshot: Rc::new(move || self.snapshot()),
            paint: Rc::new(move |ratio| self.paint(ratio)),
        };
        take::network_menu(self.page, title, network)
    }

    fn view(self) -> El {
        self.follow();
        let title = move || {
            self.page.film.track();
            let told = self.page.picture(self.side).map(|picture| picture.network.sentences());
            Some(format!("The network. {}", told.unwrap_or_default().join(" ")))
        };
        let above = el("CANVAS")
            .place(self.above)
            .attr("aria-hidden", "true")
            .on("pointermove", move |event| self.read(&event))
            .on("pointerleave", move |_| self.reading.set(String::new()))
            .on("click", move |event| self.pick(&event));
        let readout = move || {
            let text = self.reading.get();
            let is_right = self.x.get() > self.width.get() / 2.0;
            let (side, off) = if is_right {
                ("right", self.width.get() - self.x.get())
            } else {
                ("left", self.x.get())
            };
            (!text.is_empty()).then(|| {
                el("OUTPUT")
                    .class("readout")
                    .attr("aria-live", "off")
                    .style(side, px(off + 14.0))
                    .style("top", px(self.y.get()))
                    .text(text)
            })
        };
        let name = if self.side == 0 { "A" } else { "B" };
        el("DIV")
            .class("net")
            .attr("data-side", if self.is_one_of_two { name } else { "" })
            .attr("tabindex", "0")
            .attr("role", "group")
            .attr("aria-label", "Neurons: the arrow keys choose one to follow")
            .on("keydown", move |event| self.step(&event))
            .child(el("CANVAS").place(self.base).attr("role", "img").attr_of("aria-label", title))
            .child(el("CANVAS").place(self.behind).class("behind").attr("aria-hidden", "true"))
            .child(el("CANVAS").place(self.carpet).class("carpet").attr("aria-hidden", "true"))
            .child(above)
            .children_of(readout)
            .maybe(self.is_one_of_two.then(|| el("SPAN").class("side-name").text(name)))
    }

    /// Keeps both pictures in step with size, surroundings, network and moment.
    fn follow(self) {
        effect(move || {
            if let Some(holder) = self.base.get().and_then(|canvas| canvas.parent_element()) {
                dom::watch_size(&holder, move |width, height| {
                    _ = self.width.try_set(width);
                    _ = self.height.try_set(height);
                });
            }
        });
        effect(move || {
            let (width, height) = (self.width.get(), self.height.get());
            self.page.film.track();
            self.page.place_scene(self.side, width, height);
        });
        effect(move || {
            self.page.scenes.track();
            self.surface.is_dark.track();
            self.surface.ratio.track();
            self.begin();
        });
        // Where the film rests the simulator tells what waits at that very moment.
        let sought = Memo::new(move |_| self.page.frame.with(|frame| frame.sought_ms));
        effect(move || {
            self.page.film.track();
            self.page.scenes.track();
            self.page.followed.track();
            self.surface.is_dark.track();
            sought.track();
            let ms = self.page.shown_ms.get();
            self.draw_above(ms);
            self.redraw_later(ms);
        });
    }

    /// Draws the lower picture from its beginning.
    fn begin(self) {
        let num_frames = self.page.num_frames(self.page.shown_ms.get_untracked());
        let begun_ms = dom::now_ms();
        let before = self.drawn.get_value();
        let film = self.page.film.get_untracked();
        self.drawn.set_value(Drawn { step: 0, begun_ms, num_frames, film, is_due: false });
        // One that is being drawn goes on from the beginning.
        if before.begun_ms == 0.0 || before.step == usize::MAX {
            self.go_on();
        }
    }

    /// Some steps of it.
    fn go_on(self) {
        let start_ms = dom::now_ms();
        let Some(Drawn { mut step, num_frames, .. }) = self.drawn.try_get_value() else { return };
        let Some(surface) = self.canvas(self.behind, false) else {
            self.drawn.update_value(|drawn| drawn.step = usize::MAX);
            return;
        };
        let num_steps = self.page.with_network(self.side, num_frames, |scene, weights, _| {
            let weights = weights.single;
            let num_steps = scene.num_steps();
            while step < num_steps && dom::now_ms() - start_ms < STEPS_MS {
                _ = scene.draw_step(step, &surface.area, &surface.theme, surface.scale, weights);
                step += 1;
            }
            num_steps
        });
        let is_done = num_steps.is_none_or(|num_steps| step >= num_steps);
        self.drawn.update_value(|drawn| drawn.step = if is_done { usize::MAX } else { step });
        if is_done {
            self.show_base();
            // What has changed since it was begun.
            self.redraw_later(self.page.shown_ms.get_untracked());
        } else {
            dom::before_paint(move || self.go_on());
        }
    }

    /// What was drawn behind is seen.
    fn show_base(self) {
        if let (Some(Some(behind)), Some(Some(base))) =
            (self.behind.try_get_untracked(), self.base.try_get_untracked())
        {
            dom::copy_canvas(behind.unchecked_ref(), base.unchecked_ref());
        }
    }

    /// The weights are others than when the lower picture was drawn: it is drawn anew, but not all the time.
    fn redraw_later(self, ms: f64) {
        let Drawn { step, begun_ms, num_frames, film, is_due } = self.drawn.get_value();
        let is_same =
            self.page.num_frames(ms) == num_frames && self.page.film.get_untracked() == film;
        if is_due || step != usize::MAX || is_same {
            return;
        }
        self.drawn.update_value(|drawn| drawn.is_due = true);
        let wait_ms = (begun_ms + REDRAW_MS - dom::now_ms()).max(0.0);
        dom::after_ms(wait_ms as i32, move || {
            if self.drawn.try_get_value().is_some() {
                self.begin();
                self.draw_above(self.page.shown_ms.get_untracked());
            }
        });
    }

    /// What happens.
    fn draw_above(self, ms: f64) {
        let Some(surface) = self.canvas(self.above, true) else { return };
        self.with_moment(ms, |scene, moment| {
            self.draw_carpet(scene, moment.shades, &surface.theme);
            _ = scene.draw_moment(&surface.area, &surface.theme, surface.scale, moment);
        });
    }

    /// Dots of all synapses, a pixel each on a canvas of their own that the browser makes larger.
    fn draw_carpet(self, scene: &Scene, shades: &[u8], theme: &Theme) {
        let Some(Some(canvas)) = self.carpet.try_get_untracked() else { return };
        let canvas: HtmlCanvasElement = canvas.unchecked_into();
        let style = HtmlElement::style(&canvas);
        let place = |name: &str, value: f64| _ = style.set_property(name, &px(value));
        let Some(carpet) = scene.carpet() else { return place("width", 0.0) };
        dom::put_pixels(&canvas, carpet.columns, &carpet.pixels(shades, theme));
        let Rect { x, y, width, height } = carpet.rect;
        [("left", x), ("top", y), ("width", width), ("height", height)]
            .into_iter()
            .for_each(|(name, value)| place(name, value));
    }

    /// The network at a moment, with what happens then.
    fn with_moment<T>(self, ms: f64, f: impl FnOnce(&Scene, &Moment<'_>) -> T) -> Option<T> {
        let num_frames = self.page.num_frames(ms);
        let at_ms = self.page.within_frame(ms);
        let (is_twin, followed) = (self.side == 1, self.page.followed.get_untracked());
        self.page.with_network(self.side, num_frames, |scene, weights, reel| {
            let place = num_frames.checked_sub(1);
            let frame = place.and_then(|place| reel.frames().get(place));
            let is_still = !self.page.is_playing.get_untracked() && ms >= reel.until_ms() - 1e-6;
            let plays_film = self.page.plays_film();
            // Nothing is to flash more than three times a second.
            let recent = plays_film.then(|| reel.recent(ms, FLASH_SHARE, is_twin)).flatten();
            let activity = frame.filter(|_| !is_still).and_then(|frame| match is_twin {
                _ if plays_film => recent.as_ref(),
                true => frame.twin.as_ref(),
                false => Some(&frame.activity),
            });
            let stood = activity.zip(self.waiting_at(ms));
            let stood =
                stood.map(|(activity, eligibility)| Activity { eligibility, ..activity.clone() });
            let activity = stood.as_ref().or(activity);
            let within_ms = frame.map(|frame| (ms - frame.activity.from_ms) as f32);
            let level_at_ms = within_ms.filter(|_| !plays_film);
            // Words that change many times a second cannot be read.
            let shown = frame.filter(|_| !plays_film && !is_twin);
            let shown = shown.and_then(|_| self.page.phase_at(ms)).unwrap_or_default();
            let shown = &shown;
            let Weights { single: weights, shades } = weights;
            let moment = Moment { weights, shades, activity, at_ms, level_at_ms, followed, shown };
            f(scene, &moment)
        })
    }

    /// What waits at the synapses at this moment, if the run stands there.
    fn waiting_at(self, ms: f64) -> Option<Eligible> {
        let is_twin = self.side == 1;
        self.page.frame.with_untracked(|frame| {
            let is_there = frame.sought_ms.is_some_and(|sought_ms| (sought_ms - ms).abs() < 1e-6);
            let activity = match (&frame.twin, is_twin) {
                (Some(twin), true) => &twin.activity,
                (None, true) => return None,
                (_, false) => &frame.activity,
            };
            is_there.then(|| activity.eligibility.clone().ending())
        })
    }

    /// What is told of the synapses on screen: at the moment at which the film rests, else within its frame.
    fn waiting_now(self, reel: &Reel, num_frames: usize) -> Option<Eligible> {
        let ms = self.page.shown_ms.get_untracked();
        self.waiting_at(ms).or_else(|| {
            let frame = reel.frames().get(num_frames.checked_sub(1)?)?;
            let activity = if self.side == 1 { frame.twin.as_ref()? } else { &frame.activity };
            Some(activity.eligibility.clone())
        })
    }

    /// A canvas to draw on, as large as it is seen.
    fn canvas(self, place: ElRef, is_clear: bool) -> Option<Canvas> {
        let canvas: HtmlCanvasElement = place.try_get_untracked()??.unchecked_into();
        let (width, height) = (self.width.get_untracked(), self.height.get_untracked());
        let ratio = self.surface.ratio.get_untracked();
        let size = ((width * ratio) as u32, (height * ratio) as u32);
        if width < 1.0 || height < 1.0 {
            return None;
        }
        let area = FineCanvas::new(canvas, size, is_clear, FINE)?.into_drawing_area();
        let is_dark = self.surface.is_dark.get_untracked();
        let theme = if is_dark { Theme::dark() } else { Theme::light() };
        Some(Canvas { area, theme, scale: Scale::canvas(FINE * ratio) })
    }

    fn locate(self, event: &Event) -> Option<(String, Followed)> {
        let event: &MouseEvent = event.unchecked_ref();
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        self.x.set(x);
        self.y.set(y);
        let num_frames = self.page.num_frames(self.page.shown_ms.get_untracked());
        self.page.with_network(
            self.side,
            num_frames,
            |scene, Weights { single, shades }, reel| {
                let waiting = self.waiting_now(reel, num_frames);
                scene.locate((x, y), (single, shades), waiting.as_ref())
            },
        )?
    }

    fn read(self, event: &Event) {
        let text = self.locate(event).map_or(String::new(), |(text, _)| text);
        if self.reading.with_untracked(|before| *before != text) {
            self.reading.set(text);
        }
    }

    /// The arrow keys go from neuron to neuron; Escape lets go.
    fn step(self, event: &Event) {
        let key = event.unchecked_ref::<KeyboardEvent>().key();
        let by = match &*key {
            "ArrowRight" | "ArrowDown" => 1,
            "ArrowLeft" | "ArrowUp" => -1,
            "Escape" if self.page.followed.with_untracked(Option::is_some) => 0,
            _ => return,
        };
        event.prevent_default();
        let neurons = self.page.with_scene(self.side, Scene::neurons).unwrap_or_default();
        let followed = self.page.followed.get_untracked();
        let place = neurons.iter().position(|(neuron, ..)| followed == Some(*neuron));
        let num = neurons.len() as i32;
        let next = match place {
            _ if by == 0 || num == 0 => None,
            Some(place) => Some((place as i32 + by).rem_euclid(num)),
            None => Some(if by > 0 { 0 } else { num - 1 }),
        };
        let next = next.and_then(|next| neurons.get(next as usize));
        self.page.follow_in_network(self.side, next.map(|(neuron, ..)| *neuron));
    }

    fn pick(self, event: &Event) {
        self.read(event);
        let picked = self.locate(event).map(|(_, followed)| followed);
        // Picked once more it is let go.
        let picked = picked.filter(|picked| self.page.followed.get_untracked() != Some(*picked));
        self.page.follow_in_network(self.side, picked);
    }
}

/// What is drawn on.
struct Canvas {
    area: plotters::drawing::DrawingArea<FineCanvas, plotters::coord::Shift>,
    theme: Theme,
    scale: Scale,
}
