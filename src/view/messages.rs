//! What the page has to tell: notices about the link, and the card for when the simulator is gone.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::dom;
use super::page::Page;
use crate::wire::RunState;

/// What was not taken from the link as given.
#[component]
pub fn Notices() -> impl IntoView {
    let page = expect_context::<Page>();
    let has_any = move || page.notices.with(|notices| !notices.is_empty());
    move || {
        has_any().then(|| view! {
            <aside class="notices" role="status">
                <h2>"Not everything was taken as given"</h2>
                <ul>
                    {page.notices.get().into_iter().map(|notice| view! {
                        <li>
                            <code>{format!("{}={}", notice.key, shortened(&notice.given))}</code>
                            " "{notice.rule}
                            {(!notice.used.is_empty()).then(|| view! {
                                " Used " <code>{shortened(&notice.used)}</code> "."
                            })}
                        </li>
                    }).collect_view()}
                </ul>
                <button type="button" on:click=move |_| page.notices.set(Vec::new())>"Dismiss"</button>
            </aside>
        })
    }
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// The run stopped by itself, or the simulator is gone.
#[component]
pub fn Problem() -> impl IntoView {
    let page = expect_context::<Page>();
    let fault =
        move || page.frame.with(|f| f.fault.clone().filter(|_| f.state == RunState::Failed));
    let copy = move |_| {
        let report = page.report();
        leptos::task::spawn_local(async move {
            let clipboard = dom::window().navigator().clipboard();
            _ = JsFuture::from(clipboard.write_text(&report)).await;
        });
    };
    let dead = move || {
        page.trouble.get().map(|trouble| view! {
            <aside class="problem" role="alert">
                <h2>"The simulator stopped working"</h2>
                <p>{trouble.what}</p>
                <p>"The figures show the last state. Nothing else is lost: the link holds the whole run."</p>
                <button type="button" class="primary" on:click=move |_| page.start()>"Restart"</button>
                <button type="button" on:click=copy>"Copy report"</button>
            </aside>
        })
    };
    let stopped = move || {
        fault().map(|fault| view! {
            <aside class="problem" role="alert">
                <h2>"The run stopped"</h2>
                <p>{fault}</p>
                <button type="button" on:click=move |_| page.reset()>"Back to the start"</button>
            </aside>
        })
    };
    view! { {dead} {stopped} }
}
