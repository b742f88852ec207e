//! A picture of the visitor's, decoded by the browser: the middle square in 256 × 256 greys, as a PGM file, which is what
//! is kept, hashed and saved from then on, and what the command line reads too.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

use super::dom;
use crate::record::grey_picture::SIDE;

/// Longer files are refused unread.
const MOST_BYTES: f64 = 30e6;

/// Whether the browser takes a file for a picture. PGM files it does not know; they are read as they are.
pub fn is_picture(file: &File) -> bool {
    file.type_().starts_with("image/") && !file.name().to_ascii_lowercase().ends_with(".pgm")
}

/// The picture in a file as a PGM file.
///
/// # Errors
/// Why there is none.
pub async fn as_pgm(file: &File) -> Result<Vec<u8>, String> {
    if file.size() > MOST_BYTES {
        return Err(format!(
            "the picture has {:.0} MB; up to {:.0} MB are read.",
            file.size() / 1e6,
            MOST_BYTES / 1e6
        ));
    }
    let unreadable = |_| "the browser cannot read this picture; take a PNG or a JPEG.".to_string();
    let promise = dom::window().create_image_bitmap_with_blob(file).map_err(unreadable)?;
    let bitmap = JsFuture::from(promise).await.map_err(unreadable)?;
    let bitmap: ImageBitmap = bitmap.unchecked_into();
    let pixels = pixels_of(&bitmap).ok_or("the browser does not let its pixels be read.")?;
    bitmap.close();
    let mut pgm = format!("P5\n{SIDE} {SIDE}\n255\n").into_bytes();
    // On black where it is transparent; weights of ITU-R BT.601.
    pgm.extend(pixels.chunks_exact(4).map(|pixel| {
        let [r, g, b, alpha] = [0, 1, 2, 3].map(|place| u32::from(pixel[place]));
        ((299 * r + 587 * g + 114 * b) * alpha / 255_000) as u8
    }));
    Ok(pgm)
}

/// Red, green, blue and opacity of the middle square, drawn in the size that is kept.
fn pixels_of(bitmap: &ImageBitmap) -> Option<Vec<u8>> {
    let canvas: HtmlCanvasElement =
        dom::document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(SIDE);
    canvas.set_height(SIDE);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let side = width.min(height);
    let [left, top] = [width, height].map(|length| (length - side) / 2.0);
    let to = f64::from(SIDE);
    context
        .draw_image_with_image_bitmap_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            bitmap, left, top, side, side, 0.0, 0.0, to, to,
        )
        .ok()?;
    Some(context.get_image_data(0.0, 0.0, to, to).ok()?.data().0)
}
