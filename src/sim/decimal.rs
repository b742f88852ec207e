//! Decimal text to number, the same on every machine.
//!
//! The standard library's parser rounds correctly for any text at all, and for that carries a table of 10 kB
//! that every visitor would download. This one is exact for up to 19 digits between 10⁻²¹ and 10²¹,
//! which is every number that a link or a file of ours holds; beyond, the last bit may be off.
//!
//! **Method.** digits · 10^exponent as a fraction of 128-bit integers, with one bit that says whether the division
//! left something, so that the one rounding is that of the conversion to floating point.

/// The number that `text` writes: digits with an optional sign, point and exponent.
pub fn parse(text: &str) -> Option<f64> {
    let (is_negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let mut mantissa = 0_u64;
    let mut exponent = 0_i32;
    let (mut has_digits, mut has_point) = (false, false);
    let mut rest = digits.iter();
    for &byte in rest.by_ref() {
        match byte {
            b'0'..=b'9' => {
                has_digits = true;
                // Digits beyond the nineteenth only move the point.
                let is_kept = mantissa < 1_000_000_000_000_000_000;
                if is_kept {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                }
                exponent += i32::from(!is_kept) - i32::from(has_point);
            }
            b'.' if !has_point => has_point = true,
            b'e' | b'E' if has_digits => {
                let written: i32 = std::str::from_utf8(rest.as_slice()).ok()?.parse().ok()?;
                exponent = exponent.saturating_add(written);
                break;
            }
            _ => return None,
        }
    }
    if !has_digits {
        return None;
    }
    let size = scaled(mantissa, exponent);
    Some(if is_negative { -size } else { size })
}

/// mantissa · 10^exponent.
fn scaled(mantissa: u64, exponent: i32) -> f64 {
    const EXACT: i32 = 21;
    if mantissa == 0 {
        return 0.0;
    }
    // Beyond the exact range in steps, until nothing changes any more.
    let over = exponent.clamp(-EXACT, EXACT);
    let mut beyond = (exponent - over).clamp(-400, 400);
    let mut value = if over >= 0 {
        let power = 10_u128.pow(over as u32);
        // At most 2^64 · 10^21, which is below 2^134: split where it does not fit.
        match u128::from(mantissa).checked_mul(power) {
            Some(product) => product as f64,
            None => mantissa as f64 * power as f64,
        }
    } else {
        let divisor = 10_u128.pow(-over as u32);
        let shift = u128::from(mantissa).leading_zeros();
        let shifted = u128::from(mantissa) << shift;
        let left_over = u128::from(!shifted.is_multiple_of(divisor));
        let mut quotient = ((shifted / divisor) | left_over) as f64;
        // Powers of two are exact.
        for _ in 0..shift {
            quotient *= 0.5;
        }
        quotient
    };
    while beyond > 0 {
        value *= 10.0;
        beyond -= 1;
    }
    while beyond < 0 {
        value /= 10.0;
        beyond += 1;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Stream;

    #[test]
    fn the_bits_are_those_of_the_standard_library() {
        let mut stream = Stream::new(1, "decimals");
        for _ in 0..200_000 {
            let digits =
                u64::from(stream.below(u32::MAX)) << 32 | u64::from(stream.below(u32::MAX));
            let digits = digits >> stream.below(60);
            let exponent = stream.below(40) as i32 - 20;
            let text = format!("{digits}e{exponent}");
            if digits < 1_000_000_000_000_000_000 {
                assert_eq!(parse(&text), text.parse().ok(), "{text}");
            }
            // What is printed is read back.
            let value = f64::from(stream.normal()) * f64::from(stream.uniform());
            assert_eq!(parse(&value.to_string()), Some(value));
            let value = value as f32;
            assert_eq!(parse(&value.to_string()).map(|x| x as f32), Some(value));
        }
    }

    #[test]
    fn far_away_numbers_are_near() {
        for text in
            ["1e300", "1.7e308", "5e-324", "3.4028235e38", "1.1754944e-38", "1e999", "1e-999"]
        {
            let (ours, theirs) = (parse(text).unwrap(), text.parse::<f64>().unwrap());
            let is_near = ours == theirs || (ours / theirs - 1.0).abs() < 1e-13;
            assert!(is_near || theirs < 1e-300, "{text}: {ours}, not {theirs}");
        }
        assert_eq!(parse("1.1754944e-38").map(|x| x as f32), Some(f32::MIN_POSITIVE));
    }

    #[test]
    fn only_decimals_are_numbers() {
        for text in
            ["", ".", "-", "e5", "1e", "1.2.3", "0x10", "inf", "nan", " 1", "1_000", "1e5e5"]
        {
            assert_eq!(parse(text), None, "'{text}'");
        }
        for (text, value) in
            [("-0.5", -0.5), ("+2.", 2.0), (".25", 0.25), ("1E3", 1e3), ("007", 7.0)]
        {
            assert_eq!(parse(text), Some(value), "'{text}'");
        }
    }
}
