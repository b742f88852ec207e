//! Rules of the visitor's own, as the simulator's: a window through points, and formulas.

use super::checks::long_enough;
use super::{Unbuildable, refused};
use crate::net::{self, Coincidence, Dependence, Pairing, Window};
use crate::sim::TimeGrid;
use crate::sim::plasticity::formula::Variable;
use crate::sim::plasticity::{
    self, Drawn, DrawnParams, DrawnWindow, Formula, FormulaParams, FormulaRule, Rule,
};

/// The ends of weights; none: as far as numbers go.
pub(super) fn ends(weights: &net::Weights) -> [f64; 2] {
    [weights.min.unwrap_or(f64::NEG_INFINITY), weights.max.unwrap_or(f64::INFINITY)]
}

/// The rule of dense synapses from so many to so many, if it is one's own.
pub(super) fn own(
    of: &net::Projection,
    rule: &net::Rule,
    [num_pre, num]: [usize; 2],
    grid: TimeGrid,
) -> Result<Option<Rule>, Unbuildable> {
    Ok(match &rule.window {
        Window::Drawn { points } => {
            let params = drawn(of, rule, points)?;
            Some(Rule::Drawn(Drawn::new(num_pre, num, params, grid)))
        }
        Window::Formula { .. } => {
            let params = formula(of, rule, grid)?;
            Some(Rule::Formula(FormulaRule::new(num_pre, num, params, grid)))
        }
        _ => None,
    })
}

/// What both have in common: whether only nearest spikes are paired.
fn is_nearest(of: &net::Projection, rule: &net::Rule) -> Result<bool, Unbuildable> {
    if rule.eligibility.is_some() {
        let remedy = "Let changes be made at once, or take pair STDP.";
        return refused(&of.name, "a rule of one's own that waits", remedy);
    }
    if rule.dependence != Dependence::Hard {
        let what =
            "a rule of one's own that depends on the weight as another rule does, or has no ends";
        let remedy = "Let changes be additive, cut off at the ends; a formula may name w itself.";
        return refused(&of.name, what, remedy);
    }
    match rule.pairing {
        Pairing::AllToAll => Ok(false),
        Pairing::Nearest => Ok(true),
        _ => {
            let what = format!("a rule of one's own with pairing \"{}\"", rule.pairing.word());
            refused(&of.name, what, "Pair all spikes, or the nearest ones.")
        }
    }
}

fn drawn(
    of: &net::Projection,
    rule: &net::Rule,
    points: &[(f64, f64)],
) -> Result<DrawnParams, Unbuildable> {
    let is_nearest = is_nearest(of, rule)?;
    let is_step = |pair: &[(f64, f64)]| pair[0].0 == 0.0 && pair[1].0 == 0.0;
    let is_ordered = points.windows(2).all(|pair| pair[0].0 < pair[1].0 || is_step(pair))
        && points.windows(2).filter(|pair| is_step(pair)).count() <= 1;
    if points.len() < 2 || !is_ordered {
        let what = "a window whose points do not go from left to right, or are fewer than two";
        return refused(&of.name, what, "Give each lag once, and only 0 twice: for a step.");
    }
    let [w_min, w_max] = ends(&of.weights);
    let coincidence = match rule.coincidence {
        Coincidence::PreFirst => plasticity::Coincidence::PreFirst,
        Coincidence::PostFirst => plasticity::Coincidence::PostFirst,
        Coincidence::Both => plasticity::Coincidence::Both,
        Coincidence::Neither => plasticity::Coincidence::Neither,
    };
    Ok(DrawnParams { window: DrawnWindow::new(points), is_nearest, coincidence, w_min, w_max })
}

fn formula(
    of: &net::Projection,
    rule: &net::Rule,
    grid: TimeGrid,
) -> Result<FormulaParams, Unbuildable> {
    let Window::Formula { on_input, on_output, tau_x_ms, tau_x_slow_ms, tau_y_ms, tau_y_slow_ms } =
        &rule.window
    else {
        panic!("a rule without formulas");
    };
    let is_nearest = is_nearest(of, rule)?;
    let read = |side: &str, text: &str| match Formula::parse(text) {
        Ok(formula) => Ok(formula),
        Err(why) => {
            let what = format!("a formula for {side} spikes that makes no sense {why}");
            refused(&of.name, what, "Mend it there.")
        }
    };
    let taus_ms = [*tau_x_ms, *tau_x_slow_ms, *tau_y_ms, *tau_y_slow_ms];
    let shortest_ms = taus_ms.into_iter().fold(f64::INFINITY, f64::min);
    long_enough(&of.name, "a time constant of its rule", shortest_ms, grid.dt_ms())?;
    let is_post_first = match rule.coincidence {
        Coincidence::PreFirst => false,
        Coincidence::PostFirst => true,
        _ => {
            let remedy = "Let spikes of one step potentiate, or depress.";
            return refused(
                &of.name,
                "formulas, and spikes of one step that do both or nothing",
                remedy,
            );
        }
    };
    let [w_min, w_max] = ends(&of.weights);
    let params = FormulaParams {
        on_input: read("input", on_input)?,
        on_output: read("output", on_output)?,
        tau_x_ms: *tau_x_ms,
        tau_x_slow_ms: *tau_x_slow_ms,
        tau_y_ms: *tau_y_ms,
        tau_y_slow_ms: *tau_y_slow_ms,
        is_nearest,
        is_post_first,
        w_min,
        w_max,
    };
    let names_end = [&params.on_input, &params.on_output].iter().any(|of| of.uses(Variable::WMax));
    match names_end && !w_max.is_finite() {
        true => refused(
            &of.name,
            "a formula with w_max, of weights without ends",
            "Give weights a greatest value.",
        ),
        false => Ok(params),
    }
}
