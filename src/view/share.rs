//! Handing the run to somebody else: its link, and its weights.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::address;
use super::dom;
use super::page::Page;

/// Share, and weights in and out.
#[component]
pub fn Share() -> impl IntoView {
    let page = expect_context::<Page>();
    let is_open = RwSignal::new(false);
    let copied = RwSignal::new("");
    let url = move || page.link.with(address::absolute);
    let copy = move || {
        leptos::task::spawn_local(async move {
            let clipboard = dom::window().navigator().clipboard();
            let done = JsFuture::from(clipboard.write_text(&url())).await.is_ok();
            // Clipboards need permission, which frames often lack; the text can still be selected.
            copied.set(if done { "Copied." } else { "Select the link and copy it." });
        });
    };
    view! {
        <section class="share" aria-label="Share">
            <button
                type="button"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| {
                    is_open.update(|open| *open = !*open);
                    if is_open.get_untracked() {
                        copy();
                    }
                }
            >"Share"</button>
            <button type="button" on:click=move |_| page.save_weights()>"Save weights"</button>
            <LoadWeights />
            {move || is_open.get().then(|| view! {
                <div class="share-card">
                    <label>
                        "This link replays exactly this run: "
                        <input type="text" name="link" readonly prop:value=url on:focus:target=|event| event.target().select() />
                    </label>
                    <output>{copied}</output>
                </div>
            })}
        </section>
    }
}

#[component]
fn LoadWeights() -> impl IntoView {
    let page = expect_context::<Page>();
    let take = move |input: web_sys::HtmlInputElement| {
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // The same file can be chosen again.
        input.set_value("");
        leptos::task::spawn_local(async move {
            if let Ok(text) = JsFuture::from(file.text()).await {
                page.load_weights(text.as_string().unwrap_or_default());
            }
        });
    };
    view! {
        <label class="button">
            "Load weights"
            <input
                type="file"
                name="weights"
                accept=".json,application/json"
                class="visually-hidden"
                on:change:target=move |event| take(event.target())
            />
        </label>
    }
}
