//! An editor for small black-and-white pictures: a grid of buttons, one picture at a time.

use leptos::prelude::*;

use super::page::Page;
use super::reactive::{El, button, el};

/// Edits the list of pictures in `text`, words of 0 and 1 with commas between them.
pub fn bitmaps(
    page: Page,
    key: &'static str,
    (columns, rows): (u32, u32),
    text: Signal<String>,
) -> El {
    let size = (columns * rows) as usize;
    let draft = RwSignal::new(vec![false; size]);
    let words = move || -> Vec<String> {
        text.get().split(',').filter(|word| !word.is_empty()).map(String::from).collect()
    };
    let set = move |words: Vec<String>| page.set_param(key, &words.join(","), false);
    let add = move || {
        let bits = draft.with(|d| d.iter().map(|&on| if on { '1' } else { '0' }).collect());
        set(words().into_iter().chain([bits]).collect());
    };
    let pixel = move |idx: usize| {
        let (row, column) = (idx as u32 / columns + 1, idx as u32 % columns + 1);
        button("", move || draft.update(|d| d[idx] = !d[idx]))
            .class("pixel")
            .attr("aria-label", format!("row {row} column {column}"))
            .attr_of("aria-pressed", move || draft.with(|d| Some(d[idx].to_string())))
    };
    let item = move |(place, word): (usize, String)| {
        let thumbnail = thumbnail(&word, columns);
        let load = move || draft.set(word.bytes().map(|b| b == b'1').collect());
        let remove = move || {
            let mut rest = words();
            rest.remove(place);
            set(rest);
        };
        let edit_label = format!("Edit a copy of picture {}", place + 1);
        let remove_label = format!("Remove picture {}", place + 1);
        el("SPAN")
            .class("bitmap-item")
            .child(button("", load).attr("aria-label", edit_label).child(thumbnail))
            .child(button("×", remove).class("remove").attr("aria-label", remove_label))
    };
    let grid = el("DIV")
        .class("grid")
        .attr("role", "group")
        .attr("aria-label", "Draw a picture")
        .style("grid-template-columns", format!("repeat({columns}, minmax(0, 26px))"))
        .children((0..size).map(pixel));
    let list = el("DIV")
        .class("bitmap-list")
        .children_of(move || words().into_iter().enumerate().map(item))
        .child(button("Add", add));
    el("DIV").class("bitmaps").child(grid).child(list)
}

fn thumbnail(word: &str, columns: u32) -> El {
    let pixels = word.bytes().map(|bit| match bit {
        b'1' => el("I").class("on"),
        _ => el("I"),
    });
    el("SPAN")
        .class("thumbnail")
        .style("grid-template-columns", format!("repeat({columns}, 6px)"))
        .children(pixels)
}
