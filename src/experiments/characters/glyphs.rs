//! The 5×3 glyphs: the 26 capital letters, and those that a visitor draws.
//!
//! Pixels go row by row from the top left; a set bit is ink. The letters are those of the published
//! program, which stores their complement.

use get_size2::GetSize;

/// Pixels across.
pub const COLUMNS: usize = 3;
/// Pixels down.
pub const ROWS: usize = 5;
/// Pixels of a glyph.
pub const NUM_PIXELS: usize = ROWS * COLUMNS;
/// The most glyphs that can be drawn for one task.
const MAX_DRAWN: usize = 6;

/// Which pixels make their inputs fire.
pub type Active = [bool; NUM_PIXELS];

/// One glyph: bit `i` of `ink` is pixel `i`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub struct Glyph {
    /// Its letter, or a digit for a drawn one.
    pub name: char,
    /// Its pixels.
    ink: u16,
}

impl Glyph {
    /// Whether pixel `idx` is ink.
    pub fn is_ink(self, idx: usize) -> bool {
        self.ink >> idx & 1 == 1
    }

    /// The same glyph with pixel `idx` turned over.
    pub fn flipped(self, idx: usize) -> Self {
        Self { ink: self.ink ^ (1 << idx), ..self }
    }

    /// In how many pixels two glyphs differ.
    pub fn distance(self, other: Self) -> u32 {
        (self.ink ^ other.ink).count_ones()
    }

    fn from_bits(name: char, bits: &str) -> Option<Self> {
        if bits.len() != NUM_PIXELS || !bits.bytes().all(|b| b == b'0' || b == b'1') {
            return None;
        }
        let ink = bits.bytes().enumerate().map(|(idx, bit)| u16::from(bit == b'1') << idx).sum();
        Some(Self { name, ink })
    }
}

/// The capital letter `name`.
pub fn letter(name: char) -> Option<Glyph> {
    let (_, bits) = ALPHABET.iter().find(|(letter, _)| *letter == name)?;
    Glyph::from_bits(name, bits)
}

/// The letters in `text`, which has passed [`letters_rule`].
pub fn letters(text: &str) -> Vec<Glyph> {
    text.chars().filter_map(letter).collect()
}

/// The drawn glyphs in `text`, which has passed [`drawn_rule`]; named 1, 2, …
pub fn drawn(text: &str) -> Vec<Glyph> {
    text.split(',')
        .zip('1'..)
        .filter_map(|(bits, name)| Glyph::from_bits(name, bits.trim()))
        .collect()
}

/// Accepts capital letters, each once; `A-Z` for all.
pub fn letters_rule(text: &str) -> Result<String, String> {
    let text = text.trim().to_ascii_uppercase();
    if text == "A-Z" {
        return Ok(('A'..='Z').collect());
    }
    let mut seen = String::new();
    for name in text.chars() {
        if !name.is_ascii_uppercase() {
            return Err(format!("'{name}' is not one of the letters A to Z."));
        }
        if seen.contains(name) {
            return Err(format!("'{name}' is given twice; each letter can be learned once."));
        }
        seen.push(name);
    }
    Ok(seen)
}

/// Accepts up to six glyphs of fifteen 0s and 1s with commas between them, or nothing.
pub fn drawn_rule(text: &str) -> Result<String, String> {
    let words: Vec<&str> = text.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    if words.len() > MAX_DRAWN {
        return Err(format!("{} letters; at most {MAX_DRAWN} can be drawn.", words.len()));
    }
    for word in &words {
        if Glyph::from_bits('1', word).is_none() {
            let word: String = word.chars().take(20).collect();
            return Err(format!(
                "'{word}' is not a letter: {NUM_PIXELS} times 0 or 1, row by row."
            ));
        }
    }
    Ok(words.join(","))
}

#[rustfmt::skip]
const ALPHABET: [(char, &str); 26] = [
    ('A', "010101111101101"), ('B', "110101110101110"), ('C', "111100100100111"),
    ('D', "110101101101110"), ('E', "111100110100111"), ('F', "111100110100100"),
    ('G', "111100100101111"), ('H', "101101111101101"), ('I', "111010010010111"),
    ('J', "111001001101111"), ('K', "101110100110101"), ('L', "100100100100111"),
    ('M', "101111101101101"), ('N', "101111111111101"), ('O', "010101101101010"),
    ('P', "111101111100100"), ('Q', "010101101010001"), ('R', "110101111110101"),
    ('S', "011100010001110"), ('T', "111010010010010"), ('U', "101101101101111"),
    ('V', "101101101101010"), ('W', "101101101111101"), ('X', "101101010101101"),
    ('Y', "101101010010010"), ('Z', "111001010100111"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_published_bitmaps() {
        let distance = |a, b| letter(a).unwrap().distance(letter(b).unwrap());
        assert_eq!(
            [('A', 'B'), ('A', 'C'), ('A', 'D'), ('B', 'C'), ('B', 'D'), ('C', 'D')]
                .map(|(a, b)| distance(a, b)),
            [4, 7, 4, 5, 2, 5]
        );
        let ink = |name| (0..NUM_PIXELS).filter(|&i| letter(name).unwrap().is_ink(i)).count();
        assert_eq!((ink('L'), ink('N')), (7, 13));
        let mut close = Vec::new();
        for a in 'A'..='Z' {
            close.extend(('A'..a).filter(|&b| distance(a, b) == 1).map(|b| (b, a)));
        }
        assert_eq!(close, [('C', 'E'), ('C', 'G')]);
    }

    #[test]
    fn rules_say_what_is_wrong() {
        assert_eq!(letters_rule(" abcd ").unwrap(), "ABCD");
        assert_eq!(letters_rule("A-Z").unwrap().len(), 26);
        assert!(letters_rule("AB3").unwrap_err().contains("'3'"));
        assert!(letters_rule("ABA").unwrap_err().contains("twice"));
        assert_eq!(drawn_rule("111101111101111, 000000000000000").unwrap().len(), 31);
        assert!(drawn_rule("1111").unwrap_err().contains("15 times"));
        assert_eq!(drawn("").len(), 0);
        assert_eq!(drawn("111101111101111")[0].name, '1');
    }
}
