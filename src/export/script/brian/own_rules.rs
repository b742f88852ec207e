//! Rules of the visitor's own. A formula is written in Brian 2's words; a drawn window has none there.

use super::rules::Learning;
use crate::export::script::refused;
use crate::export::script::words::number;
use crate::lab::Formula;
use crate::lab::built::Unbuildable;
use crate::net::{Coincidence, Pairing, Projection, Rule, Window};

/// Says a rule, if it is one's own.
pub(super) fn own(of: &Projection, rule: &Rule) -> Result<Option<Learning>, Unbuildable> {
    if rule.eligibility.is_some() {
        return Ok(None);
    }
    match &rule.window {
        Window::Drawn { .. } => refused(
            &of.name,
            "a drawn window: each pair counts by its own lag, and Brian 2 keeps traces only",
            "Take pair STDP or a formula, whose traces come close to the window.",
        ),
        Window::Formula {
            on_input,
            on_output,
            tau_x_ms,
            tau_x_slow_ms,
            tau_y_ms,
            tau_y_slow_ms,
        } => {
            let w_max = number(of.weights.max.unwrap_or(1.0));
            let say = |text: &String| match Formula::parse(text) {
                Ok(formula) => Ok(formula.in_brian(&w_max)),
                Err(why) => refused(
                    &of.name,
                    format!("a formula that makes no sense {why}"),
                    "Mend it there.",
                ),
            };
            let learn = |text: &String| {
                let [low, high] = [of.weights.min, of.weights.max].map(|end| end.map(number));
                let [low, high] = [low.unwrap_or("-inf".into()), high.unwrap_or("inf".into())];
                say(text).map(|change| format!("    w = clip(w + {change}, {low}, {high})\n"))
            };
            let fast = if rule.pairing == Pairing::Nearest { "=" } else { "+=" };
            let taus = [
                ("x", tau_x_ms),
                ("x_slow", tau_x_slow_ms),
                ("y", tau_y_ms),
                ("y_slow", tau_y_slow_ms),
            ];
            let trace = |(name, _): &(&str, &f64)| {
                format!("    d{name}/dt = -{name}/tau_{name} : 1 (event-driven)\n")
            };
            let constant = |(name, ms): &(&str, &f64)| format!("tau_{name}={}*ms", number(**ms));
            Ok(Some(Learning {
                model: taus.iter().map(trace).collect(),
                on_pre: format!("{}    x {fast} 1\n    x_slow += 1\n", learn(on_input)?),
                on_post: format!("{}    y {fast} 1\n    y_slow += 1\n", learn(on_output)?),
                constants: taus.iter().map(constant).collect::<Vec<_>>().join(", "),
                is_post_first: rule.coincidence == Coincidence::PostFirst,
            }))
        }
        _ => Ok(None),
    }
}
