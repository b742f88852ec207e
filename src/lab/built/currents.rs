//! Currents of a description that change in time, as the simulator's.

use super::{Unbuildable, refused};
use crate::net::{Drive, Source};
use crate::sim::network::{Coloured, Shape};
use crate::sim::{Stream, Tick, TimeGrid};

/// Sums of times may be off by so much.
const ROUNDING_MS: f64 = 1e-9;

/// How a current changes.
pub(super) fn shape(of: &Source, grid: TimeGrid, stream: Stream) -> Result<Shape, Unbuildable> {
    let dt_ms = grid.dt_ms();
    match &of.drive {
        Drive::StepCurrent { levels } => {
            if levels.iter().any(|(from_ms, _)| *from_ms < 0.0)
                || levels.windows(2).any(|pair| pair[1].0 < pair[0].0 - ROUNDING_MS)
            {
                let what = "levels of a current that are not in the order of their times";
                return refused(&of.name, what, "Sort them, from 0 ms on.");
            }
            let ticks =
                |(from_ms, level): &(f64, f64)| (grid.ticks_from_ms(*from_ms), *level as f32);
            Ok(Shape::Levels(levels.iter().map(ticks).collect()))
        }
        &Drive::RampCurrent { from_ms, to_ms, start_mv, slope_mv_per_s } => {
            let slope = slope_mv_per_s * dt_ms / 1_000.0;
            let ticks = |ms: f64| grid.ticks_from_ms(ms.max(0.0));
            let span = [ticks(from_ms), to_ms.map_or(Tick::MAX, ticks)];
            Ok(Shape::Ramp(span, start_mv, slope))
        }
        &Drive::SineCurrent { mean_mv, amplitude_mv, frequency_hz } => {
            let periods = frequency_hz * dt_ms / 1_000.0;
            match periods <= 0.5 {
                true => Ok(Shape::Sine([mean_mv, amplitude_mv, periods])),
                false => refused(
                    &of.name,
                    format!(
                        "{frequency_hz} periods a second in steps of {dt_ms} ms, fewer than two of which are in each"
                    ),
                    "Take a lower frequency, or a shorter step.",
                ),
            }
        }
        &Drive::ColouredNoise { mean_mv, sd_mv, tau_ms, is_common } => {
            if tau_ms <= 0.0 || sd_mv < 0.0 {
                let what = format!("noise of {sd_mv} mV that remembers itself for {tau_ms} ms");
                return refused(&of.name, what, "Take a longer time, and no negative deviation.");
            }
            let num = if is_common { 1 } else { of.to.size as usize };
            Ok(Shape::Coloured(Coloured::new(num, [mean_mv, sd_mv, tau_ms], grid, stream)))
        }
        _ => refused(&of.name, "a current of a kind that is not built", "Take another one."),
    }
}
