//! A canvas that can be drawn on in units finer than its pixels: curves between whole pixels would look stepped.
//!
//! All pictures of the page are drawn on one type of canvas: for each other one all that draws would be compiled anew.

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// The canvas. Its backend draws what it is told; the canvas itself makes it smaller.
pub struct FineCanvas(CanvasBackend, (u32, u32));

impl FineCanvas {
    /// A canvas of so many pixels, cleared if it is to be seen through, that is drawn on in `fine` units per pixel.
    pub fn new(
        canvas: HtmlCanvasElement,
        size: (u32, u32),
        is_clear: bool,
        fine: f64,
    ) -> Option<Self> {
        if (canvas.width(), canvas.height()) != size {
            canvas.set_width(size.0);
            canvas.set_height(size.1);
        }
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        context.set_line_join("round");
        context.set_line_cap(if fine > 1.0 { "round" } else { "butt" });
        _ = context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        if is_clear {
            context.clear_rect(0.0, 0.0, size.0.into(), size.1.into());
        }
        _ = context.set_transform(1.0 / fine, 0.0, 0.0, 1.0 / fine, 0.0, 0.0);
        let units = (size.0 * fine as u32, size.1 * fine as u32);
        Some(Self(CanvasBackend::with_canvas_object(canvas)?, units))
    }
}

type Done<E> = Result<(), DrawingErrorKind<E>>;

impl DrawingBackend for FineCanvas {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.1
    }

    fn ensure_prepared(&mut self) -> Done<Self::ErrorType> {
        self.0.ensure_prepared()
    }

    fn present(&mut self) -> Done<Self::ErrorType> {
        self.0.present()
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> Done<Self::ErrorType> {
        self.0.draw_pixel(at, colour)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Done<Self::ErrorType> {
        self.0.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        corner: BackendCoord,
        other: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Done<Self::ErrorType> {
        self.0.draw_rect(corner, other, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done<Self::ErrorType> {
        self.0.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Done<Self::ErrorType> {
        self.0.draw_circle(centre, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        outline: I,
        style: &S,
    ) -> Done<Self::ErrorType> {
        self.0.fill_polygon(outline, style)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        at: BackendCoord,
    ) -> Done<Self::ErrorType> {
        self.0.draw_text(text, style, at)
    }
}
