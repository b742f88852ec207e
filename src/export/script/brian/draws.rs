//! Draws as expressions of Brian 2.

use crate::export::script::refused;
use crate::export::script::words::number;
use crate::lab::built::Unbuildable;
use crate::net::Draw;

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
