//! Rules that a visitor draws or writes: what is read from their texts, and what is said of a text that makes no sense.

use get_size2::GetSize;

use crate::lab::decimal;
use crate::lab::param::{FloatRange, Params};
use crate::sim::plasticity::{Formula, VoltageStdpParams};

/// Points of a window at most.
const MOST_POINTS: usize = 16;
/// How far they may reach.
const FARTHEST_MS: f64 = 200.0;

/// The points of a drawn window, "Δt:Δw" by Δt, in its canonical spelling.
///
/// # Errors
/// What stands there, the rule, and what to do.
pub fn window_rule(text: &str) -> Result<String, String> {
    let points = points(text)?;
    let written: Vec<String> = points.iter().map(|(ms, dw)| format!("{ms}:{dw}")).collect();
    Ok(written.join(","))
}

/// The points themselves, by Δt.
///
/// # Errors
/// As [`window_rule`].
pub fn points(text: &str) -> Result<Vec<(f64, f64)>, String> {
    let mut points = Vec::new();
    let is_between = |c: char| matches!(c, ',' | ';' | '|') || c.is_whitespace();
    let words = text.split(is_between).filter(|word| !word.is_empty());
    for (place, word) in (1..).zip(words) {
        let minus = word.replace(['−', '–'], "-");
        let read = minus.split_once(':').and_then(|(ms, dw)| {
            Some((decimal::parse(ms.trim())? + 0.0, decimal::parse(dw.trim())? + 0.0))
        });
        let Some((ms, dw)) = read else {
            return Err(format!(
                "point {place}, “{word}”, is not lag:change. Write it like 10:0.005, with spaces or commas between points."
            ));
        };
        if !(ms.abs() <= FARTHEST_MS && dw.abs() <= 1.0) {
            return Err(format!(
                "point {place}, “{word}”, is too far: lags lie between −200 and 200 ms, changes between −1 and 1. Move it."
            ));
        }
        points.push((ms, dw));
    }
    if !(2..=MOST_POINTS).contains(&points.len()) {
        return Err(format!("{} points. A window has 2 to {MOST_POINTS}.", points.len()));
    }
    // Two points at 0 stay in their order: left and right of the step.
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let same = points.windows(2).position(|pair| pair[0].0 == pair[1].0 && pair[0].0 != 0.0);
    let zeros = points.iter().filter(|(ms, _)| *ms == 0.0).count();
    match (same, zeros) {
        (Some(place), _) => Err(format!(
            "two points at {} ms. Only 0 may have two: the window then has a step there. Take one away.",
            points[place].0
        )),
        (None, 3..) => Err(format!("{zeros} points at 0 ms. Give one, or two for a step.")),
        _ => Ok(points),
    }
}

/// The same points, seen in a mirror: Δt and −Δt change places.
pub fn mirrored(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    points.iter().rev().map(|(ms, dw)| (-ms + 0.0, *dw)).collect()
}

/// A formula that makes sense, without blanks around it.
///
/// # Errors
/// Where it stops making sense, and what to do.
pub fn formula_rule(text: &str) -> Result<String, String> {
    Formula::parse(text).map_err(|why| why.to_string())?;
    Ok(text.trim().into())
}

/// Constants of the voltage-based rule, with those of the authors' program for visual cortex.
#[derive(Clone, Copy, Debug, PartialEq, Params, GetSize)]
pub struct VoltageParams {
    /// Depression by an input spike for each mV of the filtered potential above θ₋.
    #[param("Depression", symbol = "A_LTD", range = FloatRange::log(1e-6, 1e-2, 1e-6), default = 14e-5)]
    pub a_ltd: f64,
    /// Potentiation for each mV² of both potentials above their thresholds.
    #[param("Potentiation", symbol = "A_LTP", range = FloatRange::log(1e-6, 1e-2, 1e-6), default = 8e-5)]
    pub a_ltp: f64,
    /// Filtered potentials count above it.
    #[param("Lower threshold", symbol = "θ₋", unit = Mv, range = linear(-90.0, -40.0, 0.1), default = -70.6)]
    pub theta_minus_mv: f64,
    /// The potential itself counts above it: during spikes.
    #[param("Upper threshold", symbol = "θ₊", unit = Mv, range = linear(-70.0, 20.0, 0.1), default = -45.3)]
    pub theta_plus_mv: f64,
    /// Filter of the potential that depresses.
    #[param("Filter of depression", symbol = "τ₋", unit = Ms, range = FILTER, default = 10.0)]
    pub tau_u_minus_ms: f64,
    /// Filter of the potential that potentiates.
    #[param("Filter of potentiation", symbol = "τ₊", unit = Ms, range = FILTER, default = 7.0)]
    pub tau_u_plus_ms: f64,
    /// How long an input spike is remembered.
    #[param("Trace of the input", symbol = "τ_x", unit = Ms, range = FILTER, default = 15.0)]
    pub tau_x_ms: f64,
    /// How much older filtered potentials are than the potential, so that a spike does not count by itself.
    #[param("Lag of the filters", unit = Ms, range = linear(0.0, 10.0, 0.5), default = 4.0)]
    pub lag_ms: f64,
    /// Mean square depolarisation at which depression is A_LTD; below it is weaker, above stronger. 0: it does not change.
    #[param("Reference of homeostasis", symbol = "u_ref²", range = linear(0.0, 1_000.0, 1.0), default = 0.0)]
    pub u_ref_mv2: f64,
}

const FILTER: FloatRange = FloatRange::log(1.0, 200.0, 0.5);

impl VoltageParams {
    /// For weights from 0 to 1, onto neurons with this resting potential.
    pub fn params(&self, e_l_mv: f64) -> VoltageStdpParams {
        VoltageStdpParams {
            a_ltd: self.a_ltd,
            a_ltp: self.a_ltp,
            theta_minus_mv: self.theta_minus_mv,
            theta_plus_mv: self.theta_plus_mv,
            tau_minus_ms: self.tau_u_minus_ms,
            tau_plus_ms: self.tau_u_plus_ms,
            tau_x_ms: self.tau_x_ms,
            lag_ms: self.lag_ms,
            e_l_mv,
            u_ref_mv2: (self.u_ref_mv2 > 0.0).then_some(self.u_ref_mv2),
            ..VoltageStdpParams::VISUAL_CORTEX
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::plasticity::DrawnWindow;

    #[test]
    fn points_are_read_in_any_order_and_written_by_lag() {
        let text = "10:0.005 0:-0.002, 0:0.004;-20:−1e-3 | 40:0";
        let written = window_rule(text).expect("points");
        assert_eq!(written, "-20:-0.001,0:-0.002,0:0.004,10:0.005,40:0");
        assert_eq!(window_rule(&written), Ok(written));
    }

    #[test]
    fn a_slip_in_a_point_is_told() {
        for (text, part) in [
            ("", "0 points"),
            ("10:1", "1 points"),
            ("10:0.1,20", "point 2, “20”, is not lag:change"),
            ("10:0.1,ten:0.1", "point 2, “ten:0.1”"),
            ("10:0.1,300:0.1", "point 2, “300:0.1”, is too far"),
            ("10:0.1,20:1.5", "changes between"),
            ("10:0.1,10:0.2", "two points at 10 ms"),
            ("0:0.1,0:0.2,0:0.3", "3 points at 0 ms"),
            ("10:NaN,20:0", "is not lag:change"),
        ] {
            let why = window_rule(text).expect_err(text);
            assert!(why.contains(part), "{text}: {why}");
        }
        let many: Vec<String> = (0..17).map(|ms| format!("{ms}:0")).collect();
        assert!(window_rule(&many.join(",")).is_err());
        assert!(window_rule(&many[..16].join(",")).is_ok());
    }

    #[test]
    fn a_mirrored_window_has_the_same_area() {
        let points = points("-50:0,-10:-0.002,0:-0.006,0:0.004,30:0.001,60:0").expect("points");
        let turned = mirrored(&points);
        let [one, other] = [&points, &turned].map(|points| DrawnWindow::new(points));
        assert!((one.area_ms() - other.area_ms()).abs() < 1e-15);
        for ms in [-40.0, -7.0, 3.0, 45.0] {
            assert!((one.at(ms, true) - other.at(-ms, true)).abs() < 1e-15);
        }
        assert_eq!(one.at(0.0, true), other.at(0.0, false));
        assert_eq!(mirrored(&turned), points);
    }

    #[test]
    fn a_formula_that_makes_no_sense_says_where() {
        let why = formula_rule("0.1 * yy").expect_err("no such name");
        assert!(why.starts_with("at character 7: there is no “yy”"), "{why}");
        assert_eq!(formula_rule("  0.1*y ").as_deref(), Ok("0.1*y"));
    }
}
