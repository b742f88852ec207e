//! What is taken home of the network: all that is needed to draw it, and a picture of it.

use leptos::prelude::*;
use plotters::prelude::IntoDrawingArea;
use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

use super::super::dom;
use super::super::fine::FineCanvas;
use super::Net;
use crate::lab::{Snapshot, snapshot};
use crate::plot::network::{FINE, Legend};
use crate::plot::{Rect, Scale, Theme};

impl Net {
    /// The network as it is seen now, to be taken home.
    pub(super) fn snapshot(self) -> Option<Snapshot> {
        let ms = self.page.shown_ms.get_untracked();
        self.with_moment(ms, |_, moment| Snapshot {
            weights: moment.weights.to_vec(),
            shades: moment.shades.to_vec(),
            activity: moment.activity.cloned().unwrap_or_default(),
            at_ms: moment.at_ms,
            level_at_ms: moment.level_at_ms,
            followed: moment.followed,
            shown: snapshot::moment(ms),
        })
    }

    /// Everything on one canvas, on white, with so many pixels to a CSS pixel, and the legend below it.
    pub(super) fn paint(self, ratio: f64) -> Option<HtmlCanvasElement> {
        let canvas: HtmlCanvasElement =
            dom::document().create_element("canvas").ok()?.unchecked_into();
        let legend = self.page.with_scene(self.side, Legend::below)?;
        let (width, height) = legend.size();
        let size = ((width * ratio) as u32, (height * ratio) as u32);
        let theme = Theme::light();
        let area = || FineCanvas::new(canvas.clone(), size, false, FINE);
        let ground = area()?.into_drawing_area();
        let scale = Scale::canvas(FINE * ratio);
        let ms = self.page.shown_ms.get_untracked();
        self.with_moment(ms, |scene, moment| {
            for step in 0..scene.num_steps() {
                _ = scene.draw_step(step, &ground, &theme, scale, moment.weights);
            }
            _ = legend.draw(&ground, &theme, scale);
            if let Some(carpet) = scene.carpet() {
                let pixels = carpet.pixels(moment.shades, &theme);
                let Rect { x, y, width, height } = carpet.rect;
                let place = [x, y, width, height].map(|length| length * ratio);
                dom::lay_pixels(&canvas, carpet.columns, &pixels, place);
            }
            let above = area()?.into_drawing_area();
            _ = scene.draw_moment(&above, &theme, scale, moment);
            Some(())
        })??;
        // The network on the page is drawn on weights of its own: it begins anew.
        self.begin();
        Some(canvas)
    }
}
