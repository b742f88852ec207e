//! The form that makes an embed: what it shows, how it starts and looks, with a preview, and the text to paste.

use std::sync::Arc;

use leptos::prelude::*;

use super::copied::copied;
use super::preview::preview;
use super::select;
use crate::lab::embed::{Kind, Part, compact, parts_of, showing, shown};
use crate::lab::link::{Autorun, Link, Theme};
use crate::lab::reading;
use crate::lab::snippet::{Format, Frame, HEIGHT_SCRIPT};
use crate::view::address;
use crate::view::page::Page;
use crate::view::reactive::{El, button, effect, el};

/// Common sizes, in CSS pixels.
const SIZES: [(&str, f64, f64); 2] =
    [("700 × 500, in a text", 700.0, 500.0), ("1000 × 600, a slide", 1000.0, 600.0)];
const OWN_SIZE: &str = "own size";
const STARTS: [(&str, &str); 3] = [
    ("visible", "on screen: shows the result"),
    ("1", "on screen: result, then slow motion"),
    ("0", "waits for Run"),
];
const THEMES: [(&str, &str); 3] =
    [("auto", "as the reader's system"), ("light", "light"), ("dark", "dark")];

/// What was chosen. It stays while the card is closed.
#[derive(Clone, Copy)]
pub struct Form {
    page: Page,
    /// How the embed is shown; which run, `page` knows.
    options: RwSignal<Link>,
    width: RwSignal<f64>,
    height: RwSignal<f64>,
    has_own_size: RwSignal<bool>,
    /// What is wrong with a size that was typed.
    refused: RwSignal<String>,
    format: RwSignal<String>,
}

impl Form {
    /// Nothing is chosen yet.
    pub fn new(page: Page) -> Self {
        let mut options = page.link.get_untracked();
        options.page = Default::default();
        Self {
            page,
            options: RwSignal::new(options),
            width: RwSignal::new(SIZES[0].1),
            height: RwSignal::new(SIZES[0].2),
            has_own_size: RwSignal::new(false),
            refused: RwSignal::new(String::new()),
            format: RwSignal::new(Format::ALL[0].label().into()),
        }
    }

    /// The run on screen as the embed shows it.
    fn link(self) -> Link {
        let page = self.options.with(|options| options.page.clone());
        self.page.link.with(|link| Link { page, ..link.clone() })
    }

    /// Chooses parts by their names.
    fn choose(self, pick: impl FnOnce(&Link, &[Part], Vec<&'static str>) -> Vec<&'static str>) {
        let link = untrack(|| self.link());
        let parts = parts_of(&link);
        let chosen = pick(&link, &parts, shown(&link, &parts));
        self.options.update(|options| options.page = showing(&link, &parts, &chosen));
    }

    fn toggle(self, name: &'static str) {
        self.choose(|_, _, mut chosen| {
            match chosen.iter().position(|other| *other == name) {
                Some(place) => _ = chosen.remove(place),
                None => chosen.push(name),
            }
            chosen
        });
    }

    fn frame(self) -> Frame {
        let link = self.link();
        let full = Link { page: Default::default(), ..link.clone() };
        let entry = link.spec.entry;
        Frame {
            title: format!("{}: STDP Playground", entry.title),
            src: address::absolute(&link),
            full: address::absolute(&full),
            poster: address::beside(&format!("posters/{}.svg", entry.id)),
            width: self.width.get() as u32,
            height: self.height.get() as u32,
        }
    }

    fn format(self) -> Format {
        let label = self.format.get();
        Format::ALL.into_iter().find(|format| format.label() == label).unwrap_or(Format::Html)
    }
}

/// The form, the preview, and what to paste.
pub fn embed(form: Form) -> El {
    let names = Memo::new(move |_| {
        let link = form.page.link.get();
        parts_of(&link).into_iter().map(|part| part.name).collect::<Vec<_>>()
    });
    // At first, and where another model has other figures, the embed is a compact one.
    let start = move || form.choose(|link, parts, _| compact(link, parts));
    if !form.options.with_untracked(|options| options.page.embed) {
        start();
    }
    let mut before = None;
    effect(move || {
        let names = names.get();
        if before.as_ref().is_some_and(|before| *before != names) {
            start();
        }
        before = Some(names);
    });
    let ticked = Memo::new(move |_| {
        let link = form.link();
        shown(&link, &parts_of(&link))
    });
    let lists = move || {
        // Only another set of parts makes other boxes: what has the focus keeps it.
        names.track();
        untrack(|| lists(form, ticked))
    };
    let src = move || address::absolute(&form.link());
    el("DIV")
        .class("embed")
        .child(
            el("DIV")
                .class("choices")
                .children_of(lists)
                .child(shortcuts(form, ticked))
                .child(looks(form)),
        )
        .child(
            el("DIV").class("seen").child(preview(Arc::new(src), form.width, form.height)).child(
                el("A")
                    .attr_of("href", move || Some(src()))
                    .attr("target", "_blank")
                    .attr("rel", "noopener")
                    .text("Open this embed by itself"),
            ),
        )
        .child(paste(form))
}

/// A box for every part, in lists by kind.
fn lists(form: Form, ticked: Memo<Vec<&'static str>>) -> Vec<El> {
    let parts = parts_of(&form.page.link.get());
    let tick = move |part: &Part| {
        let name = part.name;
        let input = el("INPUT")
            .attr("type", "checkbox")
            .attr("name", format!("embed-{name}"))
            .checked(move || ticked.with(|ticked| ticked.contains(&name)))
            .on("change", move |_| form.toggle(name));
        el("LABEL").class("switch").child(input).child(el("SPAN").text(part.label))
    };
    let of = |kind: Kind| parts.iter().filter(move |part| part.kind == kind).map(tick);
    let list = |legend: &'static str, kind: Kind| {
        el("FIELDSET").child(el("LEGEND").text(legend)).children(of(kind))
    };
    let others: Vec<El> = of(Kind::Control).collect();
    let more = (!others.is_empty()).then(|| {
        el("DETAILS")
            .child(el("SUMMARY").text(format!("{} more", others.len())))
            .child(el("DIV").class("more").children(others))
    });
    vec![
        list("Figures", Kind::Figure),
        list("Controls", Kind::MainControl).maybe(more),
        list("Around them", Kind::Section),
    ]
}

fn shortcuts(form: Form, ticked: Memo<Vec<&'static str>>) -> El {
    let every = |_: &Link, parts: &[Part]| parts.iter().map(|part| part.name).collect::<Vec<_>>();
    let set = move |pick: fn(&Link, &[Part]) -> Vec<&'static str>| {
        move || form.choose(|link, parts, _| pick(link, parts))
    };
    el("DIV")
        .class("shortcuts")
        .child(button("Compact", set(compact)).class("small"))
        .child(button("Everything", set(every)).class("small"))
        .child_if(
            move || ticked.with(Vec::is_empty),
            || {
                el("P")
                    .class("error")
                    .attr("role", "status")
                    .text("Nothing is chosen: tick a figure.")
            },
        )
}

/// Size, start and theme.
fn looks(form: Form) -> El {
    let sizes = SIZES.map(|(label, ..)| (label, label)).into_iter().chain([(OWN_SIZE, OWN_SIZE)]);
    let size = move || {
        let now = (form.width.get(), form.height.get());
        let known = SIZES.iter().find(|(_, width, height)| (*width, *height) == now);
        let known = known.filter(|_| !form.has_own_size.get());
        known.map_or(OWN_SIZE, |(label, ..)| *label).to_string()
    };
    let set_size = move |label: String| {
        form.refused.set(String::new());
        let known = SIZES.iter().find(|(known, ..)| *known == label);
        form.has_own_size.set(known.is_none());
        if let Some((_, width, height)) = known {
            form.width.set(*width);
            form.height.set(*height);
        }
    };
    let start = move || form.options.with(|options| options.page.autorun.word().into());
    let set_start = move |word: String| {
        form.options.update(|options| options.page.autorun = Autorun::of(&word));
    };
    let theme = move || form.options.with(|options| options.page.theme.word().into());
    let set_theme = move |word: String| {
        form.options.update(|options| options.page.theme = Theme::of(&word));
    };
    el("DIV")
        .class("looks")
        .child(select("Size", "embed-size", sizes.collect(), Arc::new(size), Box::new(set_size)))
        .child_if(move || form.has_own_size.get(), move || own_size(form))
        .child(select(
            "Start",
            "embed-autorun",
            STARTS.into(),
            Arc::new(start),
            Box::new(set_start),
        ))
        .child(select("Theme", "embed-theme", THEMES.into(), Arc::new(theme), Box::new(set_theme)))
}

fn own_size(form: Form) -> El {
    let length = move |label: &'static str, name: &'static str, value: RwSignal<f64>| {
        let set = move |typed: String| match reading::whole(&typed) {
            Ok(px) if (200..=4_000).contains(&px) => {
                form.refused.set(String::new());
                value.set(f64::from(px));
            }
            _ => form.refused.set(format!(
                "{label} '{typed}' is not taken: type a whole number of pixels from 200 to 4000."
            )),
        };
        let is_refused = move || form.refused.with(|refused| refused.starts_with(label));
        let input = el("INPUT")
            .attr("type", "text")
            .attr("inputmode", "numeric")
            .attr("name", name)
            .typed(move || value.get().to_string(), is_refused, set);
        el("LABEL").class("field").child(el("SPAN").text(label)).child(input)
    };
    el("DIV")
        .class("own-size")
        .child(length("Width", "embed-width", form.width))
        .child(length("Height", "embed-height", form.height))
        .child(el("P").class("error").attr("role", "status").text_of(move || form.refused.get()))
}

/// What to paste, for the place where it goes.
fn paste(form: Form) -> El {
    let formats = Format::ALL.map(|format| (format.label(), format.label()));
    let chosen = move || form.format.get();
    let set = move |label: String| form.format.set(label);
    let text = move || form.format().of(&form.frame());
    let is_html = move || form.format() == Format::Html;
    let script = || {
        copied(
            "Once per page, for frames as high as what is in them",
            "embed-script",
            Arc::new(|| HEIGHT_SCRIPT.into()),
        )
    };
    el("DIV")
        .class("paste")
        .child(select("For", "embed-format", formats.into(), Arc::new(chosen), Box::new(set)))
        .child(el("P").class("help").text_of(move || form.format().note().into()))
        .child(copied("Text to paste", "embed-snippet", Arc::new(text)))
        .child_if(is_html, script)
}
