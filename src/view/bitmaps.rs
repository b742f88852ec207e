//! An editor for small black-and-white pictures: a grid of buttons, one picture at a time.

use leptos::prelude::*;

use super::page::Page;

/// Edits the list of pictures in `text`, words of 0 and 1 with commas between them.
#[component]
pub fn Bitmaps(key: &'static str, columns: u32, rows: u32, text: Signal<String>) -> impl IntoView {
    let page = expect_context::<Page>();
    let size = (columns * rows) as usize;
    let draft = RwSignal::new(vec![false; size]);
    let words = move || -> Vec<String> {
        text.get().split(',').filter(|word| !word.is_empty()).map(String::from).collect()
    };
    let set = move |words: Vec<String>| page.set_param(key, &words.join(","), false);
    let add = move |_| {
        let bits = draft.with(|d| d.iter().map(|&on| if on { '1' } else { '0' }).collect());
        set(words().into_iter().chain([bits]).collect());
    };
    let pixel = move |idx: usize| {
        let (row, column) = (idx as u32 / columns + 1, idx as u32 % columns + 1);
        view! {
            <button
                type="button"
                class="pixel"
                aria-label=format!("row {row} column {column}")
                aria-pressed=move || draft.with(|d| d[idx].to_string())
                on:click=move |_| draft.update(|d| d[idx] = !d[idx])
            ></button>
        }
    };
    view! {
        <div class="bitmaps">
            <div
                class="grid"
                role="group"
                aria-label="Draw a picture"
                style:grid-template-columns=format!("repeat({columns}, 1fr)")
            >
                {(0..size).map(pixel).collect_view()}
            </div>
            <div class="bitmap-list">
                {move || words().into_iter().enumerate().map(|(place, word)| {
                    let load = word.clone();
                    view! {
                        <span class="bitmap-item">
                            <button
                                type="button"
                                aria-label=format!("Edit a copy of picture {}", place + 1)
                                on:click=move |_| draft.set(load.bytes().map(|b| b == b'1').collect())
                            >
                                <Thumbnail word columns />
                            </button>
                            <button
                                type="button"
                                class="remove"
                                aria-label=format!("Remove picture {}", place + 1)
                                on:click=move |_| {
                                    let mut rest = words();
                                    rest.remove(place);
                                    set(rest);
                                }
                            >"×"</button>
                        </span>
                    }
                }).collect_view()}
                <button type="button" on:click=add>"Add"</button>
            </div>
        </div>
    }
}

#[component]
fn Thumbnail(word: String, columns: u32) -> impl IntoView {
    let pixels = word.bytes().map(|bit| view! { <i class:on=bit == b'1'></i> }).collect_view();
    view! { <span class="thumbnail" style:grid-template-columns=format!("repeat({columns}, 6px)")>{pixels}</span> }
}
