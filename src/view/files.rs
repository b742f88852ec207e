//! The visitor's files on the page: what was read of each, what of it the run uses, and the way to take it out; or
//! which file is missing.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use super::page::Page;
use super::picture_file;
use super::reactive::{El, button, el};
use crate::lab::files::kind_of;
use crate::lab::told::FileTold;
use crate::record::Fingerprint;

/// Longer files are refused unread: a million spikes take a tenth of it.
const MOST_BYTES: f64 = 200e6;

/// A line for each file, and a card for those that are missing.
pub fn files(page: Page) -> El {
    let lines = move || {
        let [own, twin] = page.files.get();
        let other = |file: &FileTold| {
            let same = twin.iter().find(|other| other.key == file.key)?;
            (same.text != file.text).then(|| same.text.clone())
        };
        own.iter().map(|file| line(page, file.clone(), other(file))).collect::<Vec<_>>()
    };
    let is_missing = Memo::new(move |_| {
        // Files come with the runs that they make possible.
        page.files.track();
        page.missing_files()
    });
    el("DIV")
        .class("files")
        .child_if(move || is_missing.with(|m| !m.is_empty()), move || missing(page, is_missing))
        .child(el("UL").class("file-list").attr("aria-label", "Your files").children_of(lines))
}

fn line(page: Page, file: FileTold, twin: Option<String>) -> El {
    let called = page.file_name(&file.key, file.name).unwrap_or_default();
    let sides = match twin {
        Some(twin) => format!("A: {} B: {twin}", file.text),
        None => file.text,
    };
    let key = file.key.clone();
    let remove = button("Remove", move || page.remove_file(&key))
        .class("small")
        .attr("aria-label", format!("Remove the {}", kind_of(&file.key)));
    let fits = file
        .fits
        .into_iter()
        .map(move |fit| button(fit.label.clone(), move || page.fit(&fit)).class("small"));
    el("LI")
        .attr("data-file", file.key.clone())
        .class_if("unused", move || !file.is_used)
        .child(el("B").text(called))
        .text(" ")
        .child(el("CODE").text(file.name.to_string()))
        .text(format!(" {sides} "))
        .children(fits)
        .child(remove)
}

/// The link names files that are not here.
fn missing(page: Page, files: Memo<Vec<(&'static str, Fingerprint)>>) -> El {
    let what = move || {
        let told = |(key, name): (&str, Fingerprint)| format!("the {} {name}", kind_of(key));
        let told: Vec<String> = files.get().into_iter().map(told).collect();
        format!(
            "This link is of a run with {}. A link cannot carry a file: load it here, or ask whoever gave you the \
             link for it.",
            told.join(" and ")
        )
    };
    let without = move || {
        files.get_untracked().into_iter().for_each(|(key, _)| page.remove_file(key));
    };
    el("DIV")
        .class("problem")
        .attr("role", "alert")
        .attr("data-missing", "")
        .child(el("H2").text("A file is missing"))
        .child(el("P").text_of(what))
        .child(load_button(page, "Load the file"))
        .child(button("Run without it", without))
}

/// Chooses a file of the visitor's.
pub fn load_button(page: Page, label: &'static str) -> El {
    let take = move |input: HtmlInputElement| {
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // The same file can be chosen again.
        input.set_value("");
        let ticket = page.expect_file();
        leptos::task::spawn_local(async move {
            let content = match file.size() {
                size if size > MOST_BYTES => Err(format!(
                    "the file has {:.0} MB; up to {:.0} MB are read.",
                    size / 1e6,
                    MOST_BYTES / 1e6
                )),
                _ if picture_file::is_picture(&file) => picture_file::as_pgm(&file).await,
                _ => match JsFuture::from(file.array_buffer()).await {
                    Ok(buffer) => Ok(js_sys::Uint8Array::new(&buffer).to_vec()),
                    Err(_) => Err("the browser cannot read it.".into()),
                },
            };
            page.file_came(ticket, file.name(), content);
        });
    };
    let input = el("INPUT")
        .attr("type", "file")
        .attr("name", "file")
        .attr("accept", ".csv,.tsv,.txt,.dat,.gdf,.pgm,text/*,image/png,image/jpeg")
        .class("visually-hidden")
        .on("change", move |event| take(event_target(&event)));
    el("LABEL")
        .class("button")
        .text(label)
        .attr(
            "title",
            "Weights that were saved, spike trains with a neuron and a time in each line, or a picture",
        )
        .child(input)
}
