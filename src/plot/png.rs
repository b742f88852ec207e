//! A picture of few colours as a PNG inside an SVG: a dot for each of very many weights would be megabytes of shapes.
//!
//! Nothing is packed: two dots take a byte, and the same picture gives the same bytes everywhere. Layout: W3C, Portable
//! Network Graphics, third edition (2025); RFC 1950 and 1951 for the stream, RFC 4648 for its letters.

use super::theme::Colour;
use crate::record::crc32;

/// Bytes that a block of a stream holds at most.
const LONGEST_BLOCK: usize = 65_535;

/// A picture with a palette of at most 16 colours, one dot for each of `dots`, row by row; what is missing of the last
/// row has the first colour. As the address that an `image` of an SVG has.
pub(super) fn address(columns: u32, dots: &[u8], palette: &[Colour]) -> String {
    format!("data:image/png;base64,{}", base64(&png(columns, dots, palette)))
}

fn png(columns: u32, dots: &[u8], palette: &[Colour]) -> Vec<u8> {
    let columns = columns.max(1);
    let rows = dots.chunks(columns as usize);
    let num_rows = rows.len().max(1) as u32;
    let mut head = Vec::new();
    head.extend(columns.to_be_bytes());
    head.extend(num_rows.to_be_bytes());
    // Four bits a dot, by palette; the only packing and the only filter that there are; not interlaced.
    head.extend([4, 3, 0, 0, 0]);
    let colours: Vec<u8> = palette.iter().take(16).flat_map(|(r, g, b)| [*r, *g, *b]).collect();
    let mut lines = Vec::new();
    for row in rows {
        // Each row says that no filter was used.
        lines.push(0);
        let dot = |place: usize| row.get(place).copied().unwrap_or(0).min(15);
        lines.extend((0..columns.div_ceil(2) as usize).map(|byte| {
            let (left, right) = (2 * byte, 2 * byte + 1);
            dot(left) << 4 | dot(right)
        }));
    }
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, content) in
        [(b"IHDR", head), (b"PLTE", colours), (b"IDAT", stored(&lines)), (b"IEND", Vec::new())]
    {
        let mut chunk = name.to_vec();
        chunk.extend(&content);
        out.extend((content.len() as u32).to_be_bytes());
        out.extend(&chunk);
        out.extend(crc32(&chunk).to_be_bytes());
    }
    out
}

/// A stream in which nothing is packed.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let num = bytes.chunks(LONGEST_BLOCK).len();
    for (block, place) in bytes.chunks(LONGEST_BLOCK).zip(1..) {
        out.push(u8::from(place == num));
        let len = block.len() as u16;
        out.extend(len.to_le_bytes());
        out.extend((!len).to_le_bytes());
        out.extend(block);
    }
    let add = |(a, b): (u32, u32), byte: &u8| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    };
    let (a, b) = bytes.iter().fold((1, 0), add);
    out.extend((b << 16 | a).to_be_bytes());
    out
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place > three.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_standard() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_stream_has_its_published_check_sum() {
        // Adler-32 of "Wikipedia" is 11E60398.
        assert_eq!(stored(b"Wikipedia")[16..], [0x11, 0xE6, 0x03, 0x98]);
    }

    #[test]
    fn three_dots_are_two_rows() {
        let png = png(2, &[1, 15, 7], &[(0, 0, 0), (1, 2, 3)]);
        assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
        // Two columns and two rows.
        assert_eq!(png[16..29], [0, 0, 0, 2, 0, 0, 0, 2, 4, 3, 0, 0, 0]);
        let rows = [0, 0x1F, 0, 0x70];
        assert!(png.windows(4).any(|bytes| bytes == rows), "{png:?}");
    }
}
