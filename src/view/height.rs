//! How high an embed is, told to the page around it: `{snn: 1, event: "height", px}`.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;

use super::dom;
use super::page::Page;

/// Tells the height of what the frame holds, at first and whenever it changes.
pub fn tell(page: Page) {
    let Some(main) = dom::page().filter(|_| dom::is_framed()) else { return };
    // Height that follows the frame's own would make a frame grow for ever that follows it in turn.
    let is_from_frame = Rc::new(Cell::new(false));
    let width = Cell::new(dom::width());
    let resized = is_from_frame.clone();
    dom::listen(&dom::window(), "resize", move || {
        // A page that has become narrower is higher for a good reason.
        if width.replace(dom::width()) == dom::width() {
            resized.set(true);
            let resized = resized.clone();
            // The observer is asked after this and before the next picture.
            dom::before_paint(move || dom::after_ms(0, move || resized.set(false)));
        }
    });
    let told = Cell::new(0);
    let watched = main.clone();
    dom::watch_size(&main, move |_, _| {
        let px = dom::bottom(&watched).ceil() as i32;
        let is_embed = page.link.with_untracked(|link| link.page.embed);
        if is_embed && !is_from_frame.get() && px > 0 && told.replace(px) != px {
            dom::tell_parent(&format!("{{\"snn\": 1, \"event\": \"height\", \"px\": {px}}}"));
        }
    });
}
