//! From a generator to its description.

use super::build_generator::DENSITY_LIMIT;
use super::generator::{Generator, Recipe};
use crate::net::{Counting, Drive, Recipe as Shared};
use crate::sim::encode::patterns::NUM_STARTS;
use crate::sim::{Tick, TimeGrid};

impl Generator {
    /// Mean rate of an input of so many over the run, in Hz.
    pub fn mean_rate_hz(&self, rate_hz: f64, input: u32, num: u32) -> f64 {
        match self.recipe {
            // Half of it in the second half of the run.
            Recipe::Growing => 0.75 * rate_hz * f64::from(input) / f64::from(num.max(1)),
            Recipe::Offsets => 0.5 * rate_hz,
            Recipe::Periodic { period_ms } => 1_000.0 / period_ms,
            Recipe::Halves { later_hz } => 0.5 * (rate_hz + later_hz),
            Recipe::Thirds { middle_hz } => (2.0 * rate_hz + middle_hz) / 3.0,
            _ => rate_hz,
        }
    }

    /// What it makes of inputs with this rate and this correlation in a run of `num_ticks`; `members` take part in a
    /// pattern.
    pub fn drive(
        &self,
        (rate_hz, correlation): (f64, f64),
        members: u32,
        (num_ticks, grid): (Tick, TimeGrid),
    ) -> Drive {
        let dt_ms = grid.dt_ms();
        let ticks_ms = |ms: f64| grid.ticks_from_ms(ms).max(1) as f64 * dt_ms;
        let half_ms = (num_ticks / 2) as f64 * dt_ms;
        // No input fires more often than once in a step.
        let per_step = |p: f64| p.min(1.0) / dt_ms * 1_000.0;
        let p = rate_hz * dt_ms / 1_000.0;
        let common = |recipe| Drive::CommonSource { recipe, rate_hz, correlation, late_ms: 0.0 };
        match self.recipe {
            Recipe::Shared | Recipe::Mip | Recipe::Jittered { .. } if correlation == 0.0 => {
                Drive::Poisson { rate_hz, counting: Counting::OncePerStep }
            }
            Recipe::Shared => common(Shared::SqrtC),
            Recipe::Mip => common(Shared::Mip),
            Recipe::Jittered { jitter_ms } => {
                let half = grid.ticks_from_ms(jitter_ms / 2.0);
                // The last tick of the range is not in it.
                let high_ms = half.saturating_sub(1) as f64 * dt_ms;
                Drive::Jittered { rate_hz, correlation, low_ms: -(half as f64) * dt_ms, high_ms }
            }
            Recipe::Modulated { sigma, tau_c_ms: tau_ms } => {
                Drive::DoublyStochastic { rate_hz, correlation, sigma, tau_ms }
            }
            Recipe::Growing => Drive::HalfGrowing { rate_hz: per_step(p), half_ms },
            Recipe::Offsets => Drive::RandomOffsets {
                rate_hz: per_step(p),
                num_starts: NUM_STARTS,
                active_ms: half_ms,
            },
            Recipe::Pattern {
                pattern_ms,
                pattern_every_ms,
                pattern_gain,
                pattern_noise: noise,
                pattern_jitter_ms: jitter_ms,
            } => Drive::Embedded {
                rate_hz: per_step(p),
                pattern_hz: per_step((p * pattern_gain).min(DENSITY_LIMIT)),
                members,
                pattern_ms: ticks_ms(pattern_ms),
                every_ms: ticks_ms(pattern_every_ms.max(pattern_ms)),
                noise,
                jitter_ms,
            },
            Recipe::Halves { .. } | Recipe::Thirds { .. } => {
                Drive::Stages { stages: self.stages(rate_hz, (num_ticks, grid)) }
            }
            Recipe::Periodic { period_ms } => Drive::Periodic { period_ms: ticks_ms(period_ms) },
        }
    }
}
