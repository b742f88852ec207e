//! What a formula means, and what is said of a text that is none.

use super::*;
use crate::math;

fn value(text: &str) -> f32 {
    let formula = Formula::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
    // x, x_slow, y, y_slow, w, w_max, v
    formula.eval(&[0.5, 0.25, 2.0, 3.0, 0.4, 1.0, -60.0])
}

#[test]
fn signs_bind_as_everywhere() {
    for (text, expected) in [
        ("", 0.0),
        ("1 + 2*3", 7.0),
        ("(1 + 2)*3", 9.0),
        ("2^3^2", 512.0),
        ("2**3", 8.0),
        ("-2^2", -4.0),
        ("2^-1", 0.5),
        ("8/2/2", 2.0),
        ("5 - 2 - 1", 2.0),
        ("--3", 3.0),
        ("−x · y", -1.0),
        ("x_pre_slow + y_post_slow", 3.25),
        ("w_max - W", 0.6),
        ("(v > -65)*2", 2.0),
        ("1 + 1 < 3", 1.0),
        ("v >= -60", 1.0),
        ("w == 0.4", 1.0),
        ("w != 0.4", 0.0),
        ("min(3, x, 2) + max(1, y)", 2.5),
        ("step(0) + step(0.1) + pos(-3) + pos(3)", 4.0),
        ("abs(-3) + sqrt(16)", 7.0),
        ("1e-3 * 5E+2", 0.5),
        (".5", 0.5),
    ] {
        assert!((value(text) - expected).abs() < 1e-6, "{text}: {}", value(text));
    }
    assert_eq!(value("exp(-0.05)").to_bits(), math::exp(-0.05).to_bits());
    assert_eq!(value("log(0.3) + 0").to_bits(), math::ln(0.3).to_bits());
}

#[test]
fn what_is_no_number_is_not_lost() {
    for text in [
        "log(-1)",
        "sqrt(-1)",
        "0/0",
        "(-8)^0.5",
        "max(1, 0/0)",
        "step(0/0)",
        "(0/0) > 1",
        "pos(0/0)",
    ] {
        assert!(value(text).is_nan(), "{text}: {}", value(text));
    }
    assert!(value("1/0").is_infinite());
}

#[test]
fn a_slip_is_told_where_it_stands() {
    for (text, at, part) in [
        ("0.1*xx", 5, "there is no “xx”"),
        ("2x", 2, "Write * between them"),
        ("1 + ", 5, "ends where a number"),
        ("(1 + 2", 7, "never closed"),
        ("1 + 2)", 6, "closes nothing"),
        ("0,5", 2, "Decimals have a point"),
        ("exp", 1, "needs parentheses"),
        ("sin(x)", 1, "no function “sin”"),
        ("w(1)", 1, "is no function"),
        ("min(1)", 6, "Give it two or more"),
        ("w = 3", 3, "write =="),
        ("1 < 2 < 3", 7, "second comparison"),
        ("3 $ 4", 3, "where the formula could end"),
        ("* 3", 1, "should stand"),
        ("1.2.3", 1, "no number"),
        ("1e99", 1, "no number"),
    ] {
        let why = Formula::parse(text).expect_err(text);
        assert_eq!(why.at, at, "{text}: {why}");
        assert!(why.message.contains(part), "{text}: {why}");
        assert!(why.message.ends_with('.'), "{text}: {why}");
    }
}

#[test]
fn no_text_is_too_much() {
    for letter in ["(", "-", "x+(", "min(x,", "2^", "exp(", "1+", "x*x-"] {
        for num in [1, 10, 23, 24, 25, 47, 48, 49, 60, 100] {
            _ = Formula::parse(&letter.repeat(num));
            _ = Formula::parse(&format!("{}1{}", letter.repeat(num), ")".repeat(num)));
        }
    }
    // As deep as it may be, it runs.
    let deepest = (1..200)
        .rev()
        .find_map(|num| Formula::parse(&format!("{}x{}", "x+(".repeat(num), ")".repeat(num))).ok());
    assert!(deepest.expect("a formula").eval(&[1.0; 7]) > 20.0);
    assert!(Formula::parse(&"1+".repeat(300)).is_err());
}

/// Texts drawn of all there is: none panics, and what is read can be worked out.
#[test]
fn any_text_is_read_or_refused() {
    let parts = [
        "x",
        "y_slow",
        "w",
        "v",
        "w_max",
        "1",
        "0.5",
        "1e-3",
        "+",
        "-",
        "*",
        "/",
        "^",
        "**",
        "(",
        ")",
        ",",
        "exp(",
        "log(",
        "min(",
        "max(",
        "step(",
        "<",
        ">=",
        "==",
        " ",
        "e",
        ".",
        "_",
        "é",
        "−",
        "\u{0}",
        "9999999999",
    ];
    let mut stream = crate::Stream::new(1, "texts");
    let mut num_read = 0;
    for _ in 0..200_000 {
        let mut text = String::new();
        for _ in 0..=stream.below(12) {
            text += parts[stream.below(parts.len() as u32) as usize];
        }
        match Formula::parse(&text) {
            Ok(formula) => {
                num_read += 1;
                _ = formula.eval(&[0.5, 0.25, 2.0, 3.0, 0.4, 1.0, -60.0]);
            }
            Err(why) => assert!(why.at >= 1 && why.at <= text.chars().count() + 1, "{text}: {why}"),
        }
    }
    assert!(num_read > 5_000, "{num_read}");
}

#[test]
fn a_formula_is_said_in_brians_words() {
    for (text, said) in [
        ("-0.0055*y", "((-0.0055) * y)"),
        ("0.005*(w_max - w)^2", "(0.005 * ((1.0 - w) ** 2))"),
        ("min(x, 1) + step(v > -60)", "(clip(x, -inf, 1) + int(int((v_post/mV) > (-60)) > 0))"),
        ("pos(log(y_slow))", "clip(log(y_slow), 0, inf)"),
    ] {
        assert_eq!(Formula::parse(text).expect("a formula").in_brian("1.0"), said);
    }
}
