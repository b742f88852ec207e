//! Taking things home: the "⋯" menu of each figure and of the network, and everything about the run in one zip.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlCanvasElement, HtmlDetailsElement, HtmlElement};

use super::dom;
use super::page::Page;
use super::picture::paint;
use super::reactive::{El, button, el};
use super::save;
use super::saved::{Button, Saved};
use super::zoom::Drawn;
use crate::lab::parts::NETWORK;
use crate::lab::{Panel, Simulator, Snapshot, decimal};
use crate::plot::Theme;
use crate::wire::{Export, Format, NETWORK as NETWORK_PANEL, TWIN};

/// Pixels of a PNG per CSS pixel of the figure.
const PNG_RATIO: f64 = 2.0;
/// Widths of one and of two columns of a journal, in millimetres.
const COLUMNS: [(&str, f64); 2] = [("1 column", 85.0), ("2 columns", 174.0)];

thread_local! {
    /// Millimetres and points of the next SVG, for as long as the page is open: one for the boxes of all menus.
    static PRINT: ArcRwSignal<(f64, f64)> = ArcRwSignal::new((COLUMNS[0].1, 7.0));
}

/// One of the two numbers of a print.
type Part = fn(&mut (f64, f64)) -> &mut f64;

/// The menu of a figure or of the network.
#[derive(Clone, Copy)]
struct Menu {
    page: Page,
    /// The panel's index, as the simulator tells it of what was taken home.
    idx: u16,
    /// Names files.
    key: &'static str,
    what: What,
    /// What became of a picture that was to be copied.
    told: RwSignal<String>,
}

/// What is taken home.
#[derive(Clone, Copy)]
enum What {
    Figure { panel: Panel, drawn: Memo<Drawn> },
    Network(StoredValue<Network, LocalStorage>),
}

/// The network of a run, to be taken home.
pub struct Network {
    pub is_twin: bool,
    /// As it is seen.
    pub snapshot: Rc<dyn Fn() -> Option<Snapshot>>,
    /// As it is seen, on a canvas with so many pixels to a CSS pixel.
    pub paint: Rc<dyn Fn(f64) -> Option<HtmlCanvasElement>>,
}

/// The "⋯" menu of the figure with this index.
pub fn menu(page: Page, idx: u16, panel: Panel, title: &str, drawn: Memo<Drawn>) -> El {
    Menu::new(page, idx, panel.key, What::Figure { panel, drawn }).view(title)
}

/// The "⋯" menu of a network.
pub fn network_menu(page: Page, title: &str, network: Network) -> El {
    let idx = NETWORK_PANEL + if network.is_twin { TWIN } else { 0 };
    Menu::new(page, idx, NETWORK, What::Network(StoredValue::new_local(network))).view(title)
}

/// A button that is told its figure's panel.
fn action(label: &'static str, f: impl Fn(Element) + 'static) -> El {
    el("BUTTON").attr("type", "button").text(label).on("click", move |event: Event| {
        let target: HtmlElement = event_target(&event);
        if let Ok(Some(panel)) = target.closest("[data-panel]") {
            f(panel);
        }
    })
}

fn close_on_escape(event: Event) {
    let key = js_sys::Reflect::get(&event, &"key".into()).ok().and_then(|key| key.as_string());
    let target: Element = event_target(&event);
    let menu = target.closest("details.take").ok().flatten();
    if let Some(menu) = menu.filter(|_| key.as_deref() == Some("Escape")) {
        let menu: HtmlDetailsElement = menu.unchecked_into();
        menu.set_open(false);
        if let Ok(Some(summary)) = menu.query_selector("summary") {
            _ = summary.unchecked_into::<HtmlElement>().focus();
        }
    }
}

/// Opens the numbers below the figure.
fn open_table(panel: Element) {
    if let Ok(Some(table)) = panel.query_selector(".below > details:last-child") {
        let table: HtmlDetailsElement = table.unchecked_into();
        table.set_open(true);
        table.scroll_into_view();
    }
}

/// The size of figures for print: a width, two usual ones, and the size of letters.
fn print_options() -> El {
    let number = |name: &'static str, (least, most): (f64, f64), step: &'static str, at: Part| {
        let shown = move || at(&mut PRINT.with(ArcRwSignal::get)).to_string();
        let remember = move |text: String| {
            // What is no number changes nothing.
            if let Some(value) = decimal::parse(&text) {
                PRINT.with(|print| print.update(|print| *at(print) = value.clamp(least, most)));
            }
        };
        el("INPUT")
            .attr("type", "number")
            .attr("name", name)
            .attr("min", least.to_string())
            .attr("max", most.to_string())
            .attr("step", step)
            .typed(shown, || false, remember)
    };
    let width = number("width_mm", (50.0, 400.0), "1", |(mm, _)| mm);
    let font = number("font_pt", (5.0, 14.0), "0.5", |(_, pt)| pt);
    let columns = COLUMNS.map(|(label, mm)| {
        button(label, move || PRINT.with(|print| print.update(|(width, _)| *width = mm)))
            .class("small")
    });
    el("FIELDSET")
        .child(el("LEGEND").text("SVG"))
        .child(el("LABEL").text("Width ").child(width).text(" mm"))
        .children(columns)
        .child(el("LABEL").text("Font size ").child(font).text(" pt"))
}

impl Menu {
    fn new(page: Page, idx: u16, key: &'static str, what: What) -> Self {
        Self { page, idx, key, what, told: RwSignal::new(String::new()) }
    }

    fn view(self, title: &str) -> El {
        let has_table = matches!(self.what, What::Figure { .. });
        let choices = el("DIV")
            .class("choices")
            .child(action("PNG", move |within| self.png(&within, false)))
            .child(action("SVG for print", move |_| self.wish(self.svg())))
            .child(action("CSV", move |_| self.wish(Format::Csv)))
            .maybe(
                dom::can_copy_pictures()
                    .then(|| action("Copy picture", move |within| self.png(&within, true))),
            )
            .maybe(has_table.then(|| action("Table", open_table)));
        let body = el("DIV")
            .class("sheet")
            .child(choices)
            .child(print_options())
            .child(el("OUTPUT").text_of(move || self.told.get()))
            .child(save::note(self.page, Button::Figure(self.idx)));
        el("DETAILS")
            .class("take")
            // Browsers close the others of this name.
            .attr("name", "take")
            .on("keydown", close_on_escape)
            .child(el("SUMMARY").attr("aria-label", format!("Save figure: {title}")).text("⋯"))
            .child(body)
    }

    fn svg(self) -> Format {
        let (width_mm, font_pt) = PRINT.with(ArcRwSignal::get_untracked);
        Format::Svg { width_mm, font_pt, is_dark: false }
    }

    /// Asks for what is drawn as it is seen: with the stretch that is looked at, and other seeds behind.
    fn wish(self, format: Format) {
        match self.what {
            What::Figure { drawn, .. } => {
                let Drawn(figure) = drawn.get_untracked();
                let shown = figure.map(|figure| Box::new((*figure).clone()));
                self.page.export(Export::Figure { panel: self.idx, shown, format });
            }
            What::Network(network) => {
                // At rest the run stands at the moment on screen, and knows its weights to the last digit.
                let is_asked = format != Format::Csv || self.page.is_playing.get_untracked();
                let snapshot = network.with_value(|network| network.snapshot.clone());
                let shown = is_asked.then(|| snapshot()).flatten().map(Box::new);
                let is_twin = self.idx >= TWIN;
                self.page.export(Export::Network { is_twin, shown, format });
            }
        }
    }

    /// The figure in the size that it has on screen, finer and on white: as a file, or on the clipboard.
    fn png(self, within: &Element, is_copied: bool) {
        self.told.set(String::new());
        let Some(png) = self.painted(within) else {
            return self.told.set("There is no figure yet: press Run first.".into());
        };
        leptos::task::spawn_local(async move {
            if is_copied {
                let told = match dom::copy_picture(png).await {
                    true => "Copied.",
                    false if dom::is_framed() => {
                        "This frame may not use the clipboard. Save the PNG."
                    }
                    false => "The browser refused to copy. Save the PNG.",
                };
                return self.told.set(told.into());
            }
            let file = self.file_name();
            let blob = JsFuture::from(png).await.and_then(|blob| blob.dyn_into());
            let is_taken = blob.and_then(|blob| dom::download(&file, &blob)).is_ok();
            self.page.saved.set(Some(Saved { button: Button::Figure(self.idx), file, is_taken }));
        });
    }

    /// A promise of what is drawn as a PNG.
    fn painted(self, within: &Element) -> Option<js_sys::Promise> {
        let canvas = match self.what {
            What::Figure { panel, drawn } => self.figure_painted(within, &panel, drawn)?,
            What::Network(network) => {
                let paint = network.with_value(|network| network.paint.clone());
                paint(PNG_RATIO)?
            }
        };
        Some(js_sys::Promise::new(&mut |made, failed| {
            if let Err(error) = canvas.to_blob_with_type(&made, "image/png") {
                _ = failed.call1(&JsValue::NULL, &error);
            }
        }))
    }

    fn figure_painted(
        self,
        within: &Element,
        panel: &Panel,
        drawn: Memo<Drawn>,
    ) -> Option<HtmlCanvasElement> {
        let shown = within.query_selector("canvas").ok()??;
        let (width, height) = (f64::from(shown.client_width()), f64::from(shown.client_height()));
        let figure = drawn.get_untracked().0?;
        let canvas = dom::document().create_element("canvas").ok()?;
        let canvas: HtmlCanvasElement = canvas.unchecked_into();
        let (size, stopped_ms) = ((width, height, PNG_RATIO), self.page.stopped_ms(self.idx));
        let marked = untrack(|| self.page.marked(self.idx, &figure, panel));
        paint(&canvas, size, panel, (&figure, &marked), stopped_ms, &Theme::light())?;
        Some(canvas)
    }

    fn file_name(self) -> String {
        self.page.link.with_untracked(|link| {
            let side = match &link.twin {
                None => "",
                Some(_) if self.idx < TWIN => "-a",
                Some(_) => "-b",
            };
            format!("{}-{}{side}.png", link.spec.entry.id, self.key)
        })
    }
}

/// A button for all files of the run in one zip, and what became of it.
pub fn everything(page: Page) -> El {
    el("DIV")
        .class("everything")
        .child(button("Everything (zip)", move || {
            page.export(Export::Everything { sources: sources() });
        }))
        .children(Simulator::ALL.map(|simulator| {
            button(format!("Script for {}", simulator.name()), move || {
                page.no_script.set(String::new());
                page.export(Export::Script { simulator });
            })
        }))
        .child(el("P").class("help").text("Figures, data, parameters, weights, link and citation; or the network as a Python program."))
        .child(el("OUTPUT").text_of(move || page.no_script.get()))
        .child(save::note(page, Button::Everything))
}

/// The BibTeX entries of the sources on the page, which stand in its document and in no module.
fn sources() -> String {
    let mut entries = Vec::new();
    if let Some(main) = dom::page() {
        dom::each(&main, "#sources ul:not([hidden]) .bibtex pre", |entry| {
            entries.extend(entry.text_content());
        });
    }
    entries.join("\n\n")
}
