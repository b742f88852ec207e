//! The few things the page asks of the browser directly.

use std::rc::Rc;

use wasm_bindgen::Clamped;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Document, Element, HtmlCanvasElement, HtmlElement, Window};

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

/// Bytes of this kind, as the browser holds them.
pub fn blob(mime: &str, bytes: &[u8]) -> Result<Blob, JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options)
}

/// Gives the visitor a file.
pub fn download(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = web_sys::Url::create_object_url_with_blob(blob)?;
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

/// Calls `f` with width and height of `element` in CSS pixels, now and at every change.
pub fn watch_size(element: &web_sys::Element, f: impl Fn(f64, f64) + 'static) {
    let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        if let Some(entry) = entries.iter().last() {
            let entry: web_sys::ResizeObserverEntry = entry.unchecked_into();
            let size = entry.content_rect();
            f(size.width(), size.height());
        }
    });
    if let Ok(observer) = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()) {
        observer.observe(element);
    }
    callback.forget();
}

/// Makes a canvas show what another one does.
pub fn copy_canvas(from: &HtmlCanvasElement, to: &HtmlCanvasElement) {
    let size = (from.width(), from.height());
    if (to.width(), to.height()) != size {
        to.set_width(size.0);
        to.set_height(size.1);
    }
    if let Some(context) = context_of(to) {
        _ = context.draw_image_with_html_canvas_element(from, 0.0, 0.0);
    }
}

/// Makes a canvas a picture of `columns` pixels across, of these: red, green, blue and alpha of each, row by row.
pub fn put_pixels(canvas: &HtmlCanvasElement, columns: u32, pixels: &[u8]) {
    let rows = (pixels.len() / 4) as u32 / columns.max(1);
    if (canvas.width(), canvas.height()) != (columns, rows) {
        canvas.set_width(columns);
        canvas.set_height(rows);
    }
    let image =
        web_sys::ImageData::new_with_u8_clamped_array_and_sh(Clamped(pixels), columns, rows);
    if let (Some(context), Ok(image)) = (context_of(canvas), image) {
        _ = context.put_image_data(&image, 0.0, 0.0);
    }
}

/// Lays such a picture on a canvas: from the left, from the top, so wide and so high, in pixels of the canvas.
pub fn lay_pixels(
    canvas: &HtmlCanvasElement,
    columns: u32,
    pixels: &[u8],
    [x, y, width, height]: [f64; 4],
) {
    let Ok(small) = document().create_element("canvas") else { return };
    let small: HtmlCanvasElement = small.unchecked_into();
    put_pixels(&small, columns, pixels);
    if let Some(context) = context_of(canvas) {
        _ = context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        context.set_image_smoothing_enabled(false);
        _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(&small, x, y, width, height);
    }
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<web_sys::CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Whether the browser can put pictures on the clipboard.
pub fn can_copy_pictures() -> bool {
    property(&window(), "ClipboardItem").is_function()
}

/// Copies a picture that is still being made: the clipboard has to be asked while the click is fresh. False where that is
/// not allowed.
pub async fn copy_picture(png: js_sys::Promise) -> bool {
    let asked = ask_clipboard(&png);
    match asked.and_then(|answer| answer.dyn_into::<js_sys::Promise>()) {
        Ok(answer) => JsFuture::from(answer).await.is_ok(),
        Err(_) => false,
    }
}

// By name, since web-sys counts ClipboardItem among what may still change.
fn ask_clipboard(png: &js_sys::Promise) -> Result<JsValue, JsValue> {
    let content = js_sys::Object::new();
    js_sys::Reflect::set(&content, &"image/png".into(), png)?;
    let item: js_sys::Function = property(&window(), "ClipboardItem").dyn_into()?;
    let item = js_sys::Reflect::construct(&item, &js_sys::Array::of1(&content))?;
    let clipboard = property(&window().navigator(), "clipboard");
    let write: js_sys::Function = property(&clipboard, "write").dyn_into()?;
    write.call1(&clipboard, &js_sys::Array::of1(&item))
}

fn property(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).unwrap_or_default()
}

/// The width that the document has, without a scroll bar, in CSS pixels.
pub fn width() -> i32 {
    document().document_element().map_or(0, |root| root.client_width())
}

/// Where `element` ends, in CSS pixels from the top of the document.
pub fn bottom(element: &web_sys::Element) -> f64 {
    element.get_bounding_client_rect().bottom() + window().scroll_y().unwrap_or_default()
}

/// Sends a message to the page around this one, whoever that is. `json` is what it says.
pub fn tell_parent(json: &str) {
    if let (Ok(Some(parent)), Ok(message)) = (window().parent(), js_sys::JSON::parse(json)) {
        _ = parent.post_message(&message, "*");
    }
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
