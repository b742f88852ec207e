//! The few things the page asks of the browser directly.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlElement, Window};

/// The window.
pub fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

/// The document.
pub fn document() -> Document {
    window().document().expect("a window has a document")
}

/// The demo's page within the document.
pub fn page() -> Option<Element> {
    document().get_element_by_id("page")
}

/// Calls `f` for every element that fits, below `root`.
pub fn each(root: &Element, selector: &str, mut f: impl FnMut(&Element)) {
    let Ok(found) = root.query_selector_all(selector) else { return };
    for place in 0..found.length() {
        if let Some(element) = found.item(place).and_then(|node| node.dyn_into().ok()) {
            f(&element);
        }
    }
}

/// Calls `f` once, `ms` milliseconds from now.
pub fn after_ms(ms: i32, f: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(f);
    _ = window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), ms);
}

/// Calls `f` before the next picture is painted.
pub fn before_paint(f: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(f);
    _ = window().request_animation_frame(callback.unchecked_ref());
}

/// Whether a media query holds.
pub fn matches_media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Calls `f` with whether a media query holds, at every change.
pub fn watch_media(query: &'static str, f: impl Fn(bool) + 'static) {
    if let Ok(Some(list)) = window().match_media(query) {
        listen(&list, "change", move || f(matches_media(query)));
    }
}

/// Calls `f` with the screen's pixels per CSS pixel, at every change: the visitor zooms, or moves the page to another screen.
pub fn watch_ratio(f: impl Fn(f64) + 'static) {
    watch_ratio_next(Rc::new(f));
}

// A query asks for one ratio only, so after each change another has to be asked.
fn watch_ratio_next(f: Rc<dyn Fn(f64)>) {
    let query = format!("(resolution: {}dppx)", window().device_pixel_ratio());
    let Ok(Some(list)) = window().match_media(&query) else { return };
    let options = web_sys::AddEventListenerOptions::new();
    options.set_once(true);
    let changed = Closure::once_into_js(move || {
        f(window().device_pixel_ratio());
        watch_ratio_next(f);
    });
    let changed = changed.unchecked_ref();
    _ = list.add_event_listener_with_callback_and_add_event_listener_options(
        "change", changed, &options,
    );
}

/// Calls `f` whenever `event` happens at `target`, for as long as the page lives.
pub fn listen(target: &web_sys::EventTarget, event: &str, f: impl Fn() + 'static) {
    let callback = Closure::<dyn Fn()>::new(f);
    _ = target.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref());
    callback.forget();
}

/// The same, with the event.
pub fn listen_to(target: &web_sys::EventTarget, event: &str, f: impl Fn(web_sys::Event) + 'static) {
    let callback = Closure::<dyn Fn(web_sys::Event)>::new(f);
    _ = target.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref());
    callback.forget();
}

/// Milliseconds since the page began.
pub fn now_ms() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Gives the visitor `text` as a file.
pub fn download(name: &str, mime: &str, text: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let parts = js_sys::Array::of1(&text.into());
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlElement = document().create_element("a")?.unchecked_into();
    anchor.set_attribute("href", &url)?;
    anchor.set_attribute("download", name)?;
    anchor.click();
    web_sys::Url::revoke_object_url(&url)
}

/// The page stands inside another.
pub fn is_framed() -> bool {
    let top = window().top().ok().flatten();
    !top.is_some_and(|top| js_sys::Object::is(&top, &window()))
}

/// Brings a part of the page into view.
pub fn show(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        element.scroll_into_view();
    }
}

/// Scrolls `holder` sideways until what it holds is in its middle; the page stays where it is. What it holds is
/// placed relative to it.
pub fn centre_within(holder: &web_sys::Element, selector: &str) {
    if let Ok(Some(element)) = holder.query_selector(selector) {
        let element: HtmlElement = element.unchecked_into();
        let middle = element.offset_left() + element.offset_width() / 2;
        holder.set_scroll_left(middle - holder.client_width() / 2);
    }
}

/// Calls `f` with whether `element` is on screen, now and at every change.
pub fn watch_visibility(element: &web_sys::Element, f: impl Fn(bool) + 'static) {
    let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        if let Some(entry) = entries.iter().last() {
            let entry: web_sys::IntersectionObserverEntry = entry.unchecked_into();
            f(entry.is_intersecting());
        }
    });
    if let Ok(observer) = web_sys::IntersectionObserver::new(callback.as_ref().unchecked_ref()) {
        observer.observe(element);
    }
    callback.forget();
}

/// Calls `f` with the width of `element` in CSS pixels, now and at every change.
pub fn watch_width(element: &web_sys::Element, f: impl Fn(f64) + 'static) {
    let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        if let Some(entry) = entries.iter().last() {
            let entry: web_sys::ResizeObserverEntry = entry.unchecked_into();
            f(entry.content_rect().width());
        }
    });
    if let Ok(observer) = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()) {
        observer.observe(element);
    }
    callback.forget();
}

/// Copies `text`. False where the browser does not allow it, or has no clipboard: on pages served by
/// plain http it is not there at all.
pub async fn copy(text: String) -> bool {
    let navigator = window().navigator();
    let has_one = js_sys::Reflect::get(&navigator, &"clipboard".into())
        .is_ok_and(|clipboard| clipboard.is_object());
    has_one && JsFuture::from(navigator.clipboard().write_text(&text)).await.is_ok()
}

/// A length of a style.
pub fn px(length: f64) -> String {
    format!("{length}px")
}
