//! Bytes to text: UTF-8, UTF-16, and the one-byte encoding of Western Windows programs.

use std::borrow::Cow;

use super::{ReadError, Rule};

/// Files that are no text, by how they begin.
const OTHER_FILES: [(&[u8], &str); 6] = [
    (b"PK\x03\x04", "a workbook or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\x93NUMPY", "a NumPy array file"),
    (b"MATLAB 5.0 MAT-file", "a MATLAB file"),
    (b"\x1f\x8b", "a gzip archive"),
];

/// The text of a file, without its byte order mark.
///
/// Bytes that are not UTF-8 are read as Latin-1: digits and separators are the same in both, so that only letters
/// such as the µ in a header depend on it.
///
/// # Errors
/// If it is no text.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    let refused = |what| Err(ReadError::of_file(Rule::NotText(what)));
    if let Some((_, what)) = OTHER_FILES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return refused(what);
    }
    if let Some((content, to_unit)) = utf_16(bytes) {
        let text = of_utf_16(content, to_unit).filter(|text| !text.chars().any(is_binary));
        return text
            .map_or_else(|| refused("not a text (UTF-16 that is damaged)"), |t| Ok(t.into()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::from(text),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    };
    if text.chars().any(is_binary) {
        return refused("not a text");
    }
    Ok(text)
}

/// Characters that no table has. A vertical tab or the end-of-file mark of old programs do no harm.
fn is_binary(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{19}' | '\u{1b}'..='\u{1f}')
}

/// Two bytes to a unit of UTF-16.
type ToUnit = fn([u8; 2]) -> u16;

/// What follows the mark of UTF-16; without a mark, every second byte of a table is zero.
fn utf_16(bytes: &[u8]) -> Option<(&[u8], ToUnit)> {
    const LITTLE: ToUnit = u16::from_le_bytes;
    const BIG: ToUnit = u16::from_be_bytes;
    match bytes {
        [0xff, 0xfe, content @ ..] => Some((content, LITTLE)),
        [0xfe, 0xff, content @ ..] => Some((content, BIG)),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => Some((bytes, LITTLE)),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => Some((bytes, BIG)),
        _ => None,
    }
}

fn of_utf_16(bytes: &[u8], to_unit: ToUnit) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text = char::decode_utf16(pairs.iter().map(|pair| to_unit(*pair)));
    rest.is_empty().then(|| text.collect::<Result<_, _>>().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let text = "t (µs)\n1";
        let marked = format!("\u{feff}{text}");
        let le = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let be = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        let latin_1 = text.chars().map(|c| c as u8).collect();
        let files: [Vec<u8>; 7] = [
            text.into(),
            marked.clone().into(),
            le(&marked),
            be(&marked),
            le(text),
            be(text),
            latin_1,
        ];
        for bytes in files {
            assert_eq!(decode(&bytes).unwrap(), text, "{bytes:?}");
        }
        assert_eq!(decode(b"").unwrap(), "");
    }

    #[test]
    fn what_is_no_text_says_what_it_is() {
        let error = |bytes: &[u8]| decode(bytes).unwrap_err().to_string();
        assert!(error(b"PK\x03\x04rest").contains("workbook"));
        assert!(error(b"\x89HDF\r\n").contains("HDF5"));
        assert!(error(b"\x93NUMPY\x01").contains("NumPy"));
        assert!(error(b"1,2\n\0\0\0").contains("not a text"));
        assert!(error(b"\xff\xfe1\0\n").contains("UTF-16"));
    }
}
