//! Cells to numbers: exact, and never two ways.

use std::borrow::Cow;

use super::{MAX_TIME_NS, ReadError, Rule, TimeUnit};
use crate::sim::decimal;

/// Numbers of neurons stay exact up to here, before they are counted from the smallest.
const MAX_ID: u64 = 1 << 53;

/// The number in a cell, with a decimal comma if that is allowed.
pub fn number(cell: &str, allows_comma: bool) -> Option<f64> {
    let cell: Cow<'_, str> = match cell.split_once(',') {
        // A second comma, or a point too: thousands.
        Some((_, rest)) if !allows_comma || rest.contains(',') || cell.contains('.') => {
            return None;
        }
        Some(_) => cell.replace(',', ".").into(),
        None => cell.into(),
    };
    decimal::parse(&cell)
}

/// Whether a cell is a number.
pub fn is_number(cell: &str, allows_comma: bool) -> bool {
    number(cell, allows_comma).is_some()
}

/// The whole number in a cell, also as `20.0` or `2.0e+01`.
pub fn whole(cell: &str, allows_comma: bool) -> Option<u64> {
    const SAFE_DIGITS: usize = 15;
    if (1..=SAFE_DIGITS).contains(&cell.len()) && cell.bytes().all(|b| b.is_ascii_digit()) {
        return cell.parse().ok();
    }
    if is_group(cell) {
        return None;
    }
    let value = number(cell, allows_comma)?;
    let is_whole = libm::trunc(value) == value && (0.0..=MAX_ID as f64).contains(&value);
    is_whole.then_some(value as u64)
}

/// Whether a comma in the cell may just as well separate thousands: `1,234`.
fn is_group(cell: &str) -> bool {
    let Some((before, after)) = cell.split_once(',') else { return false };
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&before.len())
        && !before.starts_with('0')
        && is_digits(before)
        && after.len() == 3
        && is_digits(after)
}

/// Reads a column of times, and sees to it that all have the same decimal separator.
#[derive(Debug)]
pub struct Times {
    unit: TimeUnit,
    allows_comma: bool,
    has_point: bool,
    has_comma: bool,
    /// The first time with a comma, while all of them may have a thousands separator.
    group: Option<(u32, String)>,
    has_decimal_comma: bool,
}

impl Times {
    /// A column in this unit.
    pub fn new(unit: TimeUnit, allows_comma: bool) -> Self {
        Self {
            unit,
            allows_comma,
            has_point: false,
            has_comma: false,
            group: None,
            has_decimal_comma: false,
        }
    }

    /// The time in a cell, in ns.
    ///
    /// # Errors
    /// If it is no time of a spike.
    pub fn read(&mut self, line: u32, cell: &str) -> Result<u64, ReadError> {
        let wrong = |rule| ReadError::at(line, cell, rule);
        let value = number(cell, self.allows_comma).ok_or_else(|| wrong(Rule::Time))?;
        if self.allows_comma {
            self.note(line, cell)?;
        }
        if value < 0.0 {
            return Err(wrong(Rule::NegativeTime));
        }
        let time_ns = libm::round(value * self.unit.in_ns());
        if time_ns > MAX_TIME_NS as f64 {
            return Err(wrong(Rule::TooLate));
        }
        Ok(time_ns as u64)
    }

    fn note(&mut self, line: u32, cell: &str) -> Result<(), ReadError> {
        let has_comma = cell.contains(',');
        self.has_comma |= has_comma;
        self.has_point |= cell.contains('.');
        if self.has_comma && self.has_point {
            return Err(ReadError::at(line, cell, Rule::MixedDecimals));
        }
        if has_comma && !is_group(cell) {
            self.has_decimal_comma = true;
        } else if has_comma && self.group.is_none() {
            self.group = Some((line, cell.into()));
        }
        Ok(())
    }

    /// Looks back at the whole column.
    ///
    /// # Errors
    /// If its commas may all separate thousands: each is followed by three digits, none comes after a 0 or
    /// more than three digits.
    pub fn finish(self) -> Result<(), ReadError> {
        match self.group {
            Some((line, cell)) if !self.has_decimal_comma => {
                Err(ReadError::at(line, &cell, Rule::AmbiguousComma))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_written_in_many_ways() {
        for cell in ["20", "020", "20.0", "2.0e+01", "2.000000000000000000e+01", "+20", "20."] {
            assert_eq!(whole(cell, false), Some(20), "{cell}");
        }
        assert_eq!(whole("20,0", true), Some(20));
        for cell in ["", "2.5", "-1", "nan", "inf", "1e300", "1'000", "1_000", "1 000", "x", "0x1"]
        {
            assert_eq!(whole(cell, true), None, "{cell}");
        }
        assert_eq!((whole("1,0", false), whole("1,000", true)), (None, None));
    }

    fn column(cells: &[&str]) -> Result<Vec<u64>, Rule> {
        let mut times = Times::new(TimeUnit::Ms, true);
        let read = cells.iter().map(|cell| times.read(1, cell)).collect::<Result<_, _>>();
        read.and_then(|read| times.finish().map(|()| read)).map_err(|error| error.rule)
    }

    #[test]
    fn times_have_one_decimal_separator() {
        assert_eq!(column(&["1,5", "12", "1e1"]), Ok(vec![1_500_000, 12_000_000, 10_000_000]));
        assert_eq!(column(&["0,123", "1,234"]), Ok(vec![123_000, 1_234_000]));
        assert_eq!(column(&["1,234", "1234,567"]), Ok(vec![1_234_000, 1_234_567_000]));
        assert_eq!(column(&["999", "1,234"]), Err(Rule::AmbiguousComma));
        assert_eq!(column(&["1.5", "1,5"]), Err(Rule::MixedDecimals));
        assert_eq!(column(&["1,234.5"]), Err(Rule::Time));
        assert_eq!(column(&["1.234,5"]), Err(Rule::Time));
        assert_eq!(column(&["1,234,567"]), Err(Rule::Time));
    }

    #[test]
    fn times_lie_within_a_day() {
        assert_eq!(column(&["86400000", "0", "-0.0"]), Ok(vec![MAX_TIME_NS, 0, 0]));
        assert_eq!(column(&["86400000.1"]), Err(Rule::TooLate));
        assert_eq!(column(&["1e300"]), Err(Rule::TooLate));
        assert_eq!(column(&["-0.1"]), Err(Rule::NegativeTime));
        for cell in ["", "nan", "inf", "5 ms", "2024-01-05", "10:30:00", "1. Mai", "0x10"] {
            assert_eq!(column(&[cell]), Err(Rule::Time), "{cell}");
        }
    }

    #[test]
    fn units_give_the_same_nanosecond() {
        let of = |unit, cell: &str| Times::new(unit, false).read(1, cell).unwrap();
        for tenths in (0..864_000_000).step_by(12_347) {
            let ms = f64::from(tenths) / 10.0;
            let ns = u64::from(tenths as u32) * 100_000;
            assert_eq!(of(TimeUnit::Ms, &ms.to_string()), ns);
            assert_eq!(of(TimeUnit::S, &format!("{:.4}", ms / 1e3)), ns);
            assert_eq!(of(TimeUnit::Us, &format!("{:.0}", ms * 1e3)), ns);
            assert_eq!(of(TimeUnit::Ms, &format!("{ms:.18e}")), ns);
        }
    }
}
