//! What is shown.

use get_size2::GetSize;

use crate::lab::param::{Choice, TextEditor};
use crate::sim::encode::greys::{Greys, Pooling};
use crate::sim::encode::own_pictures::{OwnPicture, SIDE, own_picture};

/// Pixels of a drawing across and down.
const DRAWN: u32 = 16;
const EDITOR: TextEditor = TextEditor::Bitmaps { columns: DRAWN, rows: DRAWN };
/// Side of the blocks that become a pixel.
const BLOCK: u32 = 8;
/// An eye, in white on black.
const EYE: &str = "0000000000000000000001111110000000011000000110000010000000000100\
0100001111000010100001100110000110001100001100011000110110110001\
1000110110110001100011000011000110000110011000010100001111000010\
0010000000000100000110000001100000000111111000000000000000000000";

/// The pictures.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum PictureKind {
    /// A ball, a disc, a box and a triangle on a slope of brightness: all greys.
    #[choice("Shapes on a slope")]
    Shapes,
    /// Random clouds on five scales, as in natural pictures.
    #[choice("Texture")]
    Texture,
    /// Rings, stripes and a chequerboard: nearly all of it black or white.
    #[choice("High contrast")]
    Contrast,
    /// A night scene: hardly anything is brighter than a quarter of white.
    #[choice("Dim")]
    Dim,
    /// White on black, drawn by you.
    #[choice("Drawn by you")]
    Drawn {
        /// Press or drag over pixels.
        #[param("Drawing", text = drawn_rule, editor = EDITOR, default = EYE)]
        drawn: String,
    },
}

/// How many pixels, and what becomes of those that are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum PoolingKind {
    /// Each pixel is the mean of a block of 8 × 8, as published.
    #[choice("32 × 32: means of blocks")]
    Mean,
    /// Each pixel is the brightest of a block.
    #[choice("32 × 32: maximum of blocks")]
    Max,
    /// Each pixel is the darkest of a block.
    #[choice("32 × 32: minimum of blocks")]
    Min,
    /// All of them: 65,536 neurons.
    #[choice("256 × 256")]
    Full,
}

impl PictureKind {
    /// The whole picture.
    pub fn greys(&self) -> Greys {
        own_picture(match self {
            Self::Shapes => OwnPicture::Shapes,
            Self::Texture => OwnPicture::Texture,
            Self::Contrast => OwnPicture::Contrast,
            Self::Dim => OwnPicture::Dim,
            Self::Drawn { drawn } => {
                let bits = drawn.as_bytes();
                let grey = |row, column| {
                    let bit = bits.get((row * DRAWN + column) as usize);
                    if bit == Some(&b'1') { 255 } else { 0 }
                };
                return Greys::of(DRAWN, DRAWN, grey).enlarged(SIDE / DRAWN);
            }
        })
    }
}

impl PoolingKind {
    /// What is coded of a picture.
    pub fn of(self, picture: &Greys) -> Greys {
        match self {
            Self::Full => picture.clone(),
            Self::Mean => picture.pooled(BLOCK, Pooling::Mean),
            Self::Max => picture.pooled(BLOCK, Pooling::Max),
            Self::Min => picture.pooled(BLOCK, Pooling::Min),
        }
    }
}

/// Accepts one drawing: 256 times 0 or 1, row by row.
fn drawn_rule(text: &str) -> Result<String, String> {
    let words: Vec<&str> = text.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    let num = (DRAWN * DRAWN) as usize;
    match words[..] {
        [] => Ok("0".repeat(num)),
        [word] if word.len() == num && word.bytes().all(|b| b == b'0' || b == b'1') => {
            Ok(word.into())
        }
        [word] => Err(format!(
            "The drawing has {} pixels; it needs {num} times 0 or 1, row by row. Draw it in the grid.",
            word.chars().count()
        )),
        _ => {
            Err(format!("There are {} drawings; one can be shown. Remove the others.", words.len()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_one_word_of_256_pixels() {
        assert_eq!(EYE.len(), 256);
        assert_eq!(drawn_rule(EYE).as_deref(), Ok(EYE));
        assert_eq!(drawn_rule("").unwrap(), "0".repeat(256));
        assert!(drawn_rule("0101").unwrap_err().contains("has 4 pixels"));
        assert!(drawn_rule(&format!("{EYE},{EYE}")).unwrap_err().contains("2 drawings"));
        let picture = PictureKind::Drawn { drawn: EYE.into() }.greys();
        assert_eq!((picture.columns, picture.rows), (256, 256));
        let white = picture.values.iter().filter(|grey| **grey == 255).count();
        assert_eq!(white, 256 * EYE.matches('1').count());
    }
}
