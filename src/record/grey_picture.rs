//! A picture of the visitor's, as greys: 256 × 256 pixels, whatever the file had, so that what is hashed, saved and coded is
//! one and the same.
//!
//! PGM files are read, plain (P2) and raw (P5), with one or two bytes per pixel. The largest square in the middle is taken,
//! and each pixel of the result is the mean of what it covers, in whole numbers, so that it is the same everywhere. A file
//! that was saved here is read back as it was.

use xxhash_rust::xxh64::Xxh64;

use super::Fingerprint;
use crate::sim::encode::greys::Greys;

/// Pixels across and down.
pub const SIDE: u32 = 256;
/// A file may have as many pixels across or down.
const MOST: u32 = 4_096;
/// The largest grey that a file can have.
const BRIGHTEST: u32 = 65_535;

/// A picture and its name.
#[derive(Clone, Debug, PartialEq)]
pub struct GreyPicture {
    greys: Greys,
}

impl GreyPicture {
    /// Whether a file says that it is one.
    pub fn is_one(bytes: &[u8]) -> bool {
        matches!(bytes, [b'P', b'2' | b'5', next, ..] if next.is_ascii_whitespace() || *next == b'#')
    }

    /// Reads a PGM file.
    ///
    /// # Errors
    /// What is wrong with it, and what to do.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let mut words = Words { bytes, place: 2 };
        let mut number = |what: &str, least: u32, most: u32| {
            let number = words
                .number()
                .ok_or_else(|| format!("this PGM file ends before its {what}: save it again"))?;
            let rule = || {
                format!(
                    "the {what} of this PGM file is {number}; it has to be from {least} to {most}"
                )
            };
            (least..=most).contains(&number).then_some(number).ok_or_else(rule)
        };
        let columns = number("width", 1, MOST)?;
        let rows = number("height", 1, MOST)?;
        let brightest = number("largest grey", 1, BRIGHTEST)?;
        let num = (columns * rows) as usize;
        let greys = match bytes[1] {
            b'2' => (0..num).map_while(|_| words.number()).collect(),
            _ => {
                // One space, then the pixels.
                let pixels = bytes.get(words.place + 1..).unwrap_or_default();
                let per_pixel = if brightest < 256 { 1 } else { 2 };
                let grey =
                    |pixel: &[u8]| pixel.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
                pixels.chunks_exact(per_pixel).take(num).map(grey).collect::<Vec<u32>>()
            }
        };
        if greys.len() < num {
            return Err(format!(
                "this PGM file has {} of the {num} pixels that it promises: save it again",
                greys.len()
            ));
        }
        Ok(Self::of_pixels((columns, rows), brightest, &greys))
    }

    /// The middle of a picture of any size, whose whitest pixels are `brightest`.
    fn of_pixels((columns, rows): (u32, u32), brightest: u32, greys: &[u32]) -> Self {
        let side = columns.min(rows);
        let [left, top] = [(columns - side) / 2, (rows - side) / 2];
        // What a pixel covers, at least one of the file's.
        let covered = |place: u32| {
            let start = place * side / SIDE;
            start..((place + 1) * side / SIDE).max(start + 1)
        };
        let greys = Greys::of(SIDE, SIDE, |row, column| {
            let (mut sum, mut num) = (0_u64, 0_u64);
            for y in covered(row) {
                for x in covered(column) {
                    let grey = greys[((top + y) * columns + left + x) as usize].min(brightest);
                    sum += u64::from(grey);
                    num += 1;
                }
            }
            let whole = num * u64::from(brightest);
            ((sum * 255 + whole / 2) / whole) as u8
        });
        Self { greys }
    }

    /// The picture.
    pub fn greys(&self) -> &Greys {
        &self.greys
    }

    /// A hash of its pixels.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hash = Xxh64::new(u64::from(SIDE));
        hash.update(&self.greys.values);
        Fingerprint(hash.digest() >> 16)
    }

    /// A raw PGM file that is read back as the same picture.
    pub fn to_pgm(&self) -> Vec<u8> {
        let mut file = format!("P5\n{SIDE} {SIDE}\n255\n").into_bytes();
        file.extend_from_slice(&self.greys.values);
        file
    }

    /// What is in it: `a picture of 256 × 256 greys from 3 to 250`.
    pub fn sentence(&self) -> String {
        let values = self.greys.values.iter();
        let [low, high] =
            [values.clone().min(), values.max()].map(|grey| grey.copied().unwrap_or(0));
        format!("a picture of {SIDE} × {SIDE} greys from {low} to {high}")
    }
}

/// Numbers of a header, between which there are spaces and comments.
struct Words<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl Words<'_> {
    /// The next number; none at the end, or where something else stands. The place is then right behind it.
    fn number(&mut self) -> Option<u32> {
        loop {
            match self.bytes.get(self.place)? {
                b'#' => {
                    let rest = &self.bytes[self.place..];
                    self.place += rest.iter().position(|byte| *byte == b'\n')?;
                }
                byte if byte.is_ascii_whitespace() => self.place += 1,
                _ => break,
            }
        }
        let rest = &self.bytes[self.place..];
        let len = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        self.place += len;
        std::str::from_utf8(&rest[..len]).ok()?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plain file whose greys grow from left to right, twice as wide as high.
    fn wide() -> String {
        let row = |_| (0..512).map(|x| (x / 2).to_string()).collect::<Vec<_>>().join(" ");
        let rows: Vec<String> = (0..256).map(row).collect();
        format!("P2 # ours\n512 256\n255\n{}\n", rows.join("\n"))
    }

    #[test]
    fn the_middle_is_taken_and_what_is_saved_is_read_back() {
        let picture = GreyPicture::read(wide().as_bytes()).unwrap();
        // Columns 128 to 383.
        assert_eq!((picture.greys.values[0], picture.greys.values[255]), (64, 191));
        assert_eq!(picture.sentence(), "a picture of 256 × 256 greys from 64 to 191");
        let file = picture.to_pgm();
        assert!(GreyPicture::is_one(&file));
        let again = GreyPicture::read(&file).unwrap();
        assert_eq!(again, picture);
        assert_eq!(again.fingerprint(), picture.fingerprint());
        assert_ne!(GreyPicture::read(b"P2 1 1 1 1").unwrap().fingerprint(), picture.fingerprint());
    }

    #[test]
    fn pixels_become_means_of_what_they_cover() {
        // Two bytes per pixel; each pixel of the result covers 2 × 2.
        let mut file = b"P5 512 512 65535\n".to_vec();
        for pixel in 0..512 * 512_u32 {
            let grey: u16 = if pixel % 2 == 0 { 0 } else { 65_535 };
            file.extend(grey.to_be_bytes());
        }
        let picture = GreyPicture::read(&file).unwrap();
        assert!(picture.greys.values.iter().all(|grey| *grey == 128));
        // A small one is enlarged.
        let picture = GreyPicture::read(b"P2\n2 2\n1\n0 1\n1 0\n").unwrap();
        let at = |row: usize, column: usize| picture.greys.values[row * 256 + column];
        assert_eq!([at(0, 127), at(0, 128), at(255, 0), at(255, 255)], [0, 255, 255, 0]);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let why = |file: &[u8]| GreyPicture::read(file).unwrap_err();
        assert!(why(b"P5\n").contains("ends before its width"));
        assert!(why(b"P5 20 0 255\n").contains("height of this PGM file is 0"));
        assert!(why(b"P5 20 20 99999\n").contains("largest grey"));
        assert!(why(b"P5 20 20 255\nabc").contains("3 of the 400 pixels"));
        assert!(why(b"P2 2 1 255\n3 x").contains("1 of the 2 pixels"));
        assert!(!GreyPicture::is_one(b"P6 1 1 255\n") && !GreyPicture::is_one(b"P2"));
    }
}
