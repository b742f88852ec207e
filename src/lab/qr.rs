//! A link as a QR code, for a telephone's camera: one path of squares, in modules.

use std::fmt::Write;

use qrcodegen_no_heap::{QrCode, QrCodeEcc, Version};

/// 117 modules a side. Beyond that a camera in the last row cannot tell them apart.
const FINEST: Version = Version::new(25);

/// The empty modules around a code that readers need.
pub const MARGIN: i32 = 4;

/// A QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Modules on each side, without the margin.
    pub size: i32,
    /// Its dark modules as the path of an SVG picture, in units of a module.
    pub path: String,
}

impl Qr {
    /// The code of `text`; none if that is too long for one that can be read off a screen (1,273 bytes).
    pub fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut data = vec![0; FINEST.buffer_len()];
        let mut drawn = vec![0; FINEST.buffer_len()];
        data.get_mut(..bytes.len())?.copy_from_slice(bytes);
        // The weakest correction makes the largest modules; where the size has room for a stronger one, it is taken.
        let (level, least) = (QrCodeEcc::Low, Version::MIN);
        let code = QrCode::encode_binary(
            &mut data,
            bytes.len(),
            &mut drawn,
            level,
            least,
            FINEST,
            None,
            true,
        )
        .ok()?;
        let size = code.size();
        let mut path = String::new();
        for y in 0..size {
            let mut x = 0;
            while x < size {
                let start = x;
                while code.get_module(x, y) {
                    x += 1;
                }
                if x > start {
                    let run = x - start;
                    _ = write!(path, "M{start} {y}h{run}v1h-{run}z");
                }
                x += 1;
            }
        }
        Some(Self { size, path })
    }

    /// As the address of a picture, dark on light whatever is around it, with its margin.
    pub fn picture(&self) -> String {
        let (from, side) = (-MARGIN, self.size + 2 * MARGIN);
        let path = self.path.replace(' ', "%20");
        format!(
            "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='{from}%20{from}%20{side}%20{side}'\
             %20shape-rendering='crispEdges'%3E%3Crect%20x='{from}'%20y='{from}'%20width='{side}'%20height='{side}'\
             %20fill='white'/%3E%3Cpath%20d='{path}'/%3E%3C/svg%3E"
        )
    }
}
