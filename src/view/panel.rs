//! One figure: a canvas, what lies below the pointer, and the same as text.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::dom;
use super::page::Page;
use super::theme::IsDark;
use crate::lab::Panel;
use crate::lab::panel::{PanelKind, Width};
use crate::plot::{self, Layout, Scale, Theme};
use crate::record::Figure;

/// Rows of the data table; more would only slow the page down, and the command line writes them all.
const MAX_TABLE_ROWS: usize = 400;

/// One figure with its heading.
#[component]
pub fn PanelView(idx: u16, panel: Panel) -> impl IntoView {
    let page = expect_context::<Page>();
    let IsDark(is_dark) = expect_context();
    let canvas = NodeRef::<html::Canvas>::new();
    let width = RwSignal::new(0.0);
    let layout = StoredValue::new(None::<Layout>);
    let hover = RwSignal::new(None::<(f64, f64, String)>);
    let drawn = Memo::new(move |_| Drawn(page.figure_with_others(idx, &panel)));
    let height = height_of(&panel);

    Effect::new(move |_| {
        if let Some(canvas) = canvas.get()
            && let Some(holder) = canvas.parent_element()
        {
            dom::watch_width(&holder, move |css_width| _ = width.try_set(css_width));
        }
    });
    Effect::new(move |_| {
        let (Some(canvas), Drawn(Some(figure))) = (canvas.get(), drawn.get()) else { return };
        let theme = if is_dark.get() { Theme::dark() } else { Theme::light() };
        let size = (width.get(), height);
        if size.0 >= 1.0 {
            layout.set_value(paint(&canvas, size, &panel, &figure, &theme));
        }
    });

    let locate = move |event: &web_sys::MouseEvent| {
        let Drawn(figure) = drawn.get_untracked();
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        layout.with_value(|layout| layout.as_ref()?.locate(figure.as_deref()?, x, y))
    };
    let pick = move |event: web_sys::MouseEvent| {
        if panel.pickable
            && let Some(hit) = locate(&event)
        {
            page.pick(idx, hit.item);
        }
    };
    let summary = move || drawn.with(|d| d.0.as_ref().map_or(String::new(), |f| f.summary()));
    // Kept, since two attributes need it and the view moves what it is given.
    let heading = StoredValue::new(format!("panel-{}", panel.key));

    view! {
        <section class="panel" data-panel=panel.key data-width=width_word(panel.width) aria-labelledby=heading.get_value()>
            <header>
                <h3 id=heading.get_value()>{panel.title}</h3>
                {(panel.pickable && panel.kind == PanelKind::Fields)
                    .then(|| view! { <Follow idx drawn /> })}
            </header>
            <div class="plot" style:height=format!("{height}px")>
                <canvas
                    node_ref=canvas
                    role="img"
                    aria-label=move || format!("{}. {}", panel.title, summary())
                    class:pickable=panel.pickable
                    on:pointermove=move |event| {
                        hover.set(locate(&event).map(|hit| (hit.x, hit.y, hit.text)));
                    }
                    on:pointerleave=move |_| hover.set(None)
                    on:click=pick
                ></canvas>
                {move || hover.get().map(|(x, y, text)| {
                    // To the left of the pointer in the right half, so that it stays inside.
                    let side = if x > width.get() / 2.0 { "left" } else { "right" };
                    view! {
                        <output class="readout" data-side=side style:left=format!("{x}px") style:top=format!("{y}px")>
                            {text}
                        </output>
                    }
                })}
            </div>
            <p class="caption">{panel.caption}</p>
            <DataTable drawn />
        </section>
    }
}

/// A figure that is compared by identity: comparing contents would cost more than drawing.
#[derive(Clone)]
struct Drawn(Option<Arc<Figure>>);

impl PartialEq for Drawn {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        }
    }
}

fn height_of(panel: &Panel) -> f64 {
    match (panel.kind, panel.width) {
        (PanelKind::Fields, _) => 200.0,
        (PanelKind::Matrix, _) => 280.0,
        _ => 240.0,
    }
}

fn width_word(width: Width) -> &'static str {
    match width {
        Width::Narrow => "narrow",
        Width::Half => "half",
        Width::Wide => "wide",
        Width::Full => "full",
    }
}

/// Draws into the canvas at the screen's own resolution.
fn paint(
    canvas: &HtmlCanvasElement,
    (width, height): (f64, f64),
    panel: &Panel,
    figure: &Figure,
    theme: &Theme,
) -> Option<Layout> {
    // The backend rounds to whole pixels, so that at ratio 1 slow curves would look stepped.
    let ratio = dom::window().device_pixel_ratio().max(2.0);
    let (device_width, device_height) = ((width * ratio) as u32, (height * ratio) as u32);
    if canvas.width() != device_width || canvas.height() != device_height {
        canvas.set_width(device_width);
        canvas.set_height(device_height);
    }
    if let Ok(Some(context)) = canvas.get_context("2d")
        && let Ok(context) = context.dyn_into::<CanvasRenderingContext2d>()
    {
        context.set_line_join("round");
    }
    let area = CanvasBackend::with_canvas_object(canvas.clone())?.into_drawing_area();
    plot::draw(&area, panel, figure, theme, Scale::canvas(ratio)).ok()
}

/// Picks an item without a pointer.
#[component]
fn Follow(idx: u16, drawn: Memo<Drawn>) -> impl IntoView {
    let page = expect_context::<Page>();
    // Labels and which is selected change rarely; the list is only rebuilt when they do.
    let items = Memo::new(move |_| {
        drawn.with(|drawn| match drawn.0.as_deref() {
            Some(Figure::Fields(fields)) => {
                let items = fields.fields.iter();
                items.map(|f| (format!("{} {}", f.label, f.caption), f.is_selected)).collect()
            }
            _ => Vec::new(),
        })
    });
    view! {
        <label class="follow">
            "follow "
            <select on:change:target=move |event| {
                if let Ok(item) = event.target().value().parse() {
                    page.pick(idx, item);
                }
            }>
                {move || items.get().into_iter().enumerate().map(|(item, (label, is_selected))| {
                    view! { <option value=item.to_string() selected=is_selected>{label}</option> }
                }).collect_view()}
            </select>
        </label>
    }
}

/// The numbers behind the figure, made when somebody opens it.
#[component]
fn DataTable(drawn: Memo<Drawn>) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let table = move || {
        let table = drawn.with(|drawn| drawn.0.as_ref().map(|figure| figure.table()))?;
        let hidden = table.rows.len().saturating_sub(MAX_TABLE_ROWS);
        let head = table.header.into_iter().map(|cell| view! { <th scope="col">{cell}</th> });
        let rows = table.rows.into_iter().take(MAX_TABLE_ROWS).map(|row| {
            let cells = row.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view();
            view! { <tr>{cells}</tr> }
        });
        Some(view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label="data table">
                <table><thead><tr>{head.collect_view()}</tr></thead><tbody>{rows.collect_view()}</tbody></table>
                {(hidden > 0).then(|| format!("and {hidden} more rows"))}
            </div>
        })
    };
    view! {
        <details class="data" on:toggle:target=move |event| {
            let details: web_sys::HtmlDetailsElement = event.target().unchecked_into();
            is_open.set(details.open());
        }>
            <summary>"Data"</summary>
            {move || is_open.get().then(table)}
        </details>
    }
}

/// All figures of the run that the link does not hide.
#[component]
pub fn Panels() -> impl IntoView {
    let page = expect_context::<Page>();
    // Which panels there are changes with the model, not with every parameter.
    let shown = Memo::new(move |_| {
        page.link.with(|link| {
            let panels = link.spec.panels();
            let keys: Vec<&str> = panels.iter().map(|panel| panel.key).collect();
            let panels = panels.iter().enumerate();
            panels
                .filter(|(_, panel)| link.page.shows(panel.key, &keys))
                .map(|(idx, panel)| (idx as u16, panel.key))
                .collect::<Vec<_>>()
        })
    });
    Effect::new(move |_| {
        page.watch(shown.with(|shown| shown.iter().map(|(idx, _)| *idx).collect()));
    });
    view! {
        <div class="panels">
            <For each=move || shown.get() key=|shown| *shown let((idx, key))>
                {
                    let panels = page.link.with_untracked(|link| link.spec.panels());
                    let panel = panels.into_iter().find(|panel| panel.key == key);
                    panel.map(|panel| view! { <PanelView idx panel /> })
                }
            </For>
        </div>
    }
}
