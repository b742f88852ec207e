//! Names, numbers and draws in Python.

use crate::lab::built::Unbuildable;
use crate::net::{Draw, Members};

use super::refused;

/// A name that Python takes.
pub(super) fn ident(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let name: String = name.chars().map(letter).collect();
    match name.starts_with(|c: char| c.is_ascii_digit()) || name.is_empty() {
        true => format!("group_{name}"),
        false => name,
    }
}

/// A number, with a point so that it is divided as one, and without what binary fractions leave behind.
pub(super) fn number(value: f64) -> String {
    let value: f64 = format!("{:.11e}", value + 0.0).parse().unwrap_or(value);
    match value.abs() {
        size if size != 0.0 && !(1e-4..1e7).contains(&size) => format!("{value:e}"),
        _ => format!("{value:?}"),
    }
}

/// Members of a population: all of it, or a slice.
pub(super) fn members(of: &Members, size: u32) -> String {
    let name = ident(&of.population);
    match of.first == 0 && of.size == size {
        true => name,
        false => format!("{name}[{}:{}]", of.first, of.first + of.size),
    }
}

/// An expression that draws a number for each, in this unit (`*mV` or nothing).
pub(super) fn drawn(who: &str, from: &Draw, unit: &str) -> Result<String, Unbuildable> {
    Ok(match from {
        Draw::Fixed { value } => format!("{}{unit}", number(*value)),
        Draw::Uniform { low, high } => {
            format!("({} + {}*rand()){unit}", number(*low), number(high - low))
        }
        Draw::Normal { mean, sd, low, high } => {
            let free = format!("{} + {}*randn()", number(*mean), number(*sd));
            match (low, high) {
                (None, None) => format!("({free}){unit}"),
                (low, high) => {
                    let end = |end: &Option<f64>, open: &str| end.map_or(open.into(), number);
                    format!("clip({free}, {}, {}){unit}", end(low, "-1e9"), end(high, "1e9"))
                }
            }
        }
        _ => {
            return refused(
                who,
                format!("numbers that are drawn as \"{}\"", from.word()),
                "Draw them fixed, uniform or normal, or list them.",
            );
        }
    })
}
