//! Numbers and switches as people and scripts write them. Links, number boxes and the command line read them here.
//!
//! A number may have a decimal comma. What could be two numbers (`1,234` is 1.234 to one reader and 1234 to
//! another) is refused: a clear message is better than another number than was meant.

use super::decimal;

/// What is said where [`number`] finds two numbers in one text.
pub const TWO_WAYS: &str =
    "write one point for decimals and nothing between thousands, as in 1234.5";

/// What is said of a text that is no switch.
pub const SWITCH: &str = "a switch is 1 (on) or 0 (off).";

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misread {
    /// It is something else.
    Other,
    /// Its commas, points or spaces may stand between thousands or before decimals.
    TwoWays,
}

/// The number that `text` writes, with a point or a comma before its decimals.
pub fn number(text: &str) -> Result<f64, Misread> {
    let text: String = text.trim().chars().map(plain).collect();
    // In a query a plus is a space, and scripts write 1e+06.
    let text = text.replace("e ", "e").replace("E ", "E");
    if let Some(number) = decimal::parse(&text) {
        return Ok(number);
    }
    let is_grouped = |c: char| matches!(c, ',' | '.' | '\'' | '’' | '_') || c.is_whitespace();
    let bare: String = text.chars().filter(|c| !is_grouped(*c)).collect();
    if decimal::parse(&bare).is_none() {
        return Err(Misread::Other);
    }
    match decimal::parse(&text.replacen(',', ".", 1)) {
        Some(number) if !is_like_thousands(&text) => Ok(number),
        _ => Err(Misread::TwoWays),
    }
}

/// The whole number that `text` writes: `50`, `50.0`, `5e1`.
pub fn whole(text: &str) -> Result<u32, Misread> {
    let number = number(text)?;
    let is_whole = number == number.trunc() && (0.0..=f64::from(u32::MAX)).contains(&number);
    if is_whole { Ok(number as u32) } else { Err(Misread::Other) }
}

/// Whether `text` says on or off, if it says either.
pub fn switch(text: &str) -> Option<bool> {
    let text = text.trim();
    let is_one_of = |words: [&str; 6]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_one_of(["true", "on", "yes", "t", "y", "enabled"]) {
        return Some(true);
    }
    if is_one_of(["false", "off", "no", "f", "n", "disabled"]) {
        return Some(false);
    }
    match number(text) {
        Ok(1.0) => Some(true),
        Ok(0.0) => Some(false),
        _ => None,
    }
}

/// Signs and digits of other keyboards as the usual ones.
fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{fe63}' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Whether the comma of `text` may be one between thousands: `1,234`, but neither `0,234` nor `1,23`.
fn is_like_thousands(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '+']);
    let Some((before, after)) = text.split_once(',') else { return false };
    let after = after.split(['e', 'E']).next().unwrap_or_default();
    after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_is_read_where_it_can_only_be_a_decimal_one() {
        for (text, value) in [
            ("12,5", 12.5),
            ("-0,005", -0.005),
            ("0,125", 0.125),
            ("1,5e3", 1500.0),
            ("1234,567", 1234.567),
            (",5", 0.5),
            ("12,", 12.0),
            (" 12.5\u{a0}", 12.5),
            ("−5", -5.0),
            ("–0,5", -0.5),
            ("＋１２．５", 12.5),
            ("1e+06", 1e6),
            ("1e 06", 1e6),
            ("+7", 7.0),
        ] {
            assert_eq!(number(text), Ok(value), "'{text}'");
        }
    }

    #[test]
    fn what_could_be_two_numbers_is_none() {
        for text in [
            "1,234",
            "12,500",
            "-1,234",
            "1,234e2",
            "1.234,5",
            "1,234.5",
            "1,234,567",
            "1 000",
            "1\u{202f}000",
            "1'000",
            "1’000,5",
            "1_000",
            "1.2.3",
            "1,2,3",
            "1.234.567",
        ] {
            assert_eq!(number(text), Err(Misread::TwoWays), "'{text}'");
            assert!(whole(text).is_err(), "'{text}'");
        }
        for text in ["", " ", ",", "-", "many", "nan", "inf", "0x10", "12,5 or so", "7€"] {
            assert_eq!(number(text), Err(Misread::Other), "'{text}'");
        }
    }

    #[test]
    fn whole_numbers_are_those_whose_value_is_whole() {
        for (text, value) in
            [("7", 7), ("7.0", 7), ("7,0", 7), ("50.", 50), ("1e3", 1000), ("-0", 0), ("+3", 3)]
        {
            assert_eq!(whole(text), Ok(value), "'{text}'");
        }
        assert_eq!(whole("4294967295"), Ok(u32::MAX));
        for text in ["2.5", "2,5", "-1", "4294967296", "1e99", "5e-1", ""] {
            assert_eq!(whole(text), Err(Misread::Other), "'{text}'");
        }
    }

    #[test]
    fn switches_have_one_grammar() {
        for text in ["1", "true", "True", "TRUE", "on", "On", "yes", "YES", "y", " 1.0 ", "01"] {
            assert_eq!(switch(text), Some(true), "'{text}'");
        }
        for text in ["0", "false", "False", "FALSE", "off", "OFF", "no", "n", "0.0", "-0", "0,0"] {
            assert_eq!(switch(text), Some(false), "'{text}'");
        }
        for text in ["", "2", "-1", "0.5", "perhaps", "null", "None", "1,000"] {
            assert_eq!(switch(text), None, "'{text}'");
        }
    }
}
