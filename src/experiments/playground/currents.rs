//! What flows into every neuron, as plain data.

use super::params::{CurrentKind, Playground};
use crate::net::Drive;

/// The currents of a run, each with its name.
pub fn drives(p: &Playground) -> Vec<(&'static str, Drive)> {
    let one = match p.current {
        CurrentKind::None => return Vec::new(),
        CurrentKind::Constant { current_mv } => Drive::Current { r_i_mv: current_mv },
        CurrentKind::Step { current_mv, on_ms, off_ms, base_mv } => {
            let levels = vec![(on_ms, current_mv), (off_ms, base_mv)];
            return vec![("current", above(base_mv, levels))];
        }
        CurrentKind::Pulses { current_mv, base_mv, pulse_ms, first_ms, gap_ms } => {
            let starts = [first_ms, first_ms + gap_ms];
            return vec![(
                "current",
                above(base_mv, pulses(&starts, pulse_ms, current_mv, base_mv)),
            )];
        }
        CurrentKind::Pairs { current_mv, pulse_ms, first_ms, gap_ms, again_ms, again_gap_ms } => {
            let starts = [first_ms, first_ms + gap_ms, again_ms, again_ms + again_gap_ms];
            Drive::StepCurrent { levels: pulses(&starts, pulse_ms, current_mv, 0.0) }
        }
        CurrentKind::Primed { current_mv, pulse_ms, first_ms, again_ms, other_mv, lead_ms } => {
            let mut levels = pulses(&[first_ms], pulse_ms, current_mv, 0.0);
            levels.extend(pulses(&[again_ms - lead_ms], pulse_ms, other_mv, 0.0));
            levels.extend(pulses(&[again_ms], pulse_ms, current_mv, 0.0));
            Drive::StepCurrent { levels }
        }
        CurrentKind::Staircase { stair_mv, hold_ms } => {
            let num = (p.duration_s * 1_000.0 / hold_ms).ceil().min(1_000.0) as u32;
            let stair = |step: u32| (f64::from(step) * hold_ms, f64::from(step + 1) * stair_mv);
            Drive::StepCurrent { levels: (0..num).map(stair).collect() }
        }
        CurrentKind::Ramp { slope_mv_per_s, base_mv, from_ms } => {
            let ramp = Drive::RampCurrent { from_ms, to_ms: None, start_mv: 0.0, slope_mv_per_s };
            let base = Drive::Current { r_i_mv: base_mv };
            let base = (base_mv != 0.0).then_some(("current at the beginning", base));
            return [("current", ramp)].into_iter().chain(base).collect();
        }
        CurrentKind::Ramps { slope_mv_per_s, slow_ms, again_ms, steep_mv_per_s, steep_ms } => {
            let ramp = |from_ms: f64, length_ms: f64, slope_mv_per_s: f64| {
                let to_ms = Some(from_ms + length_ms);
                Drive::RampCurrent { from_ms, to_ms, start_mv: 0.0, slope_mv_per_s }
            };
            return vec![
                ("slow ramp", ramp(0.0, slow_ms, slope_mv_per_s)),
                ("steep ramp", ramp(again_ms, steep_ms, steep_mv_per_s)),
            ];
        }
        CurrentKind::Sine { current_mv, amplitude_mv, frequency_hz } => {
            Drive::SineCurrent { mean_mv: current_mv, amplitude_mv, frequency_hz }
        }
        CurrentKind::Noise { current_mv, sd_mv, tau_c_ms } => {
            Drive::ColouredNoise { mean_mv: current_mv, sd_mv, tau_ms: tau_c_ms, is_common: false }
        }
        CurrentKind::CommonNoise { current_mv, sd_mv } => {
            Drive::CommonCurrent { mean: current_mv, sd: sd_mv, r_mv: 1.0 }
        }
    };
    vec![("current", one)]
}

/// These levels, with another from the beginning on.
fn above(base_mv: f64, levels: Vec<(f64, f64)>) -> Drive {
    // Before its first level a current is 0.
    let first = (base_mv != 0.0).then_some((0.0, base_mv));
    Drive::StepCurrent { levels: first.into_iter().chain(levels).collect() }
}

/// Levels of pulses that begin at these times.
fn pulses(starts_ms: &[f64], pulse_ms: f64, current_mv: f64, base_mv: f64) -> Vec<(f64, f64)> {
    let pulse = |from_ms: &f64| [(*from_ms, current_mv), (from_ms + pulse_ms, base_mv)];
    starts_ms.iter().flat_map(pulse).collect()
}
