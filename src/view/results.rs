//! The run's results as numbers, beside its figures.

use leptos::prelude::*;

use super::page::Page;

/// A card with every number of the summary, by its flat name.
#[component]
pub fn Results() -> impl IntoView {
    let page = expect_context::<Page>();
    let rows = Memo::new(move |_| page.frame.with(|frame| frame.summary.clone()));
    let list = move || {
        let rows = rows.get().into_iter();
        rows.map(|(name, value)| {
            view! { <div><dt>{name.replace('_', " ")}</dt><dd>{number(value)}</dd></div> }
        })
        .collect_view()
        .into_any()
    };
    view! {
        <section class="panel results" data-panel="results" data-width="half" aria-labelledby="results-heading">
            <header><h3 id="results-heading">"Results"</h3></header>
            <dl>{list}</dl>
            <p class="caption">"Complete at the end of the test."</p>
        </section>
    }
    .into_any()
}

/// At most three digits behind the point, and no point where none is needed.
fn number(value: f64) -> String {
    let rounded = (value * 1_000.0).round() / 1_000.0;
    rounded.to_string()
}
