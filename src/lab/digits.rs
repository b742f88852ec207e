//! Numbers for people.

/// A result in few digits: three that count, and all before the point.
pub fn short(value: f64) -> String {
    let (mut scale, mut digits) = (1.0, 0);
    while value != 0.0 && (value * scale).abs() < 99.5 && digits < 300 {
        scale *= 10.0;
        digits += 1;
    }
    let kept = (value * scale).round();
    // 0.00001 is hard to read.
    if digits > 6 {
        format!("{}e-{}", kept / 100.0, digits - 2)
    } else {
        // Not "-0".
        (kept / scale + 0.0).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_in_few_digits() {
        let values =
            [0.0, 4.0, 98.201, 12.225, -0.73951, 42_778.793, 0.000_299_6, 2.764e-10, f64::NAN];
        let expected = ["0", "4", "98.2", "12.2", "-0.74", "42779", "0.0003", "2.76e-10", "NaN"];
        assert_eq!(values.map(short), expected);
    }
}
