//! What generators make of inputs, as descriptions have it.

use crate::kit::params::{self, DENSITY_LIMIT, Generator};
use crate::net::{Counting, Drive, Recipe};
use crate::sim::encode::patterns::NUM_STARTS;
use crate::sim::{Tick, TimeGrid};

/// What a generator has to know of its inputs.
pub struct Inputs {
    /// Their rate.
    pub rate_hz: f64,
    /// The length of the run.
    pub num_ticks: Tick,
    /// Its grid.
    pub grid: TimeGrid,
}

impl Inputs {
    /// What the generator makes of inputs with this correlation; `members` take part in a pattern.
    pub fn drive(&self, generator: &Generator, correlation: f64, members: u32) -> Drive {
        let Self { rate_hz, num_ticks, grid } = *self;
        let dt_ms = grid.dt_ms();
        let ticks_ms = |ms: f64| grid.ticks_from_ms(ms).max(1) as f64 * dt_ms;
        // No input fires more often than once in a step.
        let per_step = |p: f64| p.min(1.0) / dt_ms * 1_000.0;
        let p = rate_hz * dt_ms / 1_000.0;
        let common = |recipe| Drive::CommonSource { recipe, rate_hz, correlation, late_ms: 0.0 };
        match generator.recipe {
            params::Recipe::Shared | params::Recipe::Mip | params::Recipe::Jittered { .. }
                if correlation == 0.0 =>
            {
                Drive::Poisson { rate_hz, counting: Counting::OncePerStep }
            }
            params::Recipe::Shared => common(Recipe::SqrtC),
            params::Recipe::Mip => common(Recipe::Mip),
            params::Recipe::Jittered { jitter_ms } => {
                let half = grid.ticks_from_ms(jitter_ms / 2.0);
                // The last tick of the range is not in it.
                let high_ms = half.saturating_sub(1) as f64 * dt_ms;
                Drive::Jittered { rate_hz, correlation, low_ms: -(half as f64) * dt_ms, high_ms }
            }
            params::Recipe::Modulated { sigma, tau_c_ms: tau_ms } => {
                Drive::DoublyStochastic { rate_hz, correlation, sigma, tau_ms }
            }
            params::Recipe::Growing => {
                let half_ms = (num_ticks / 2) as f64 * dt_ms;
                Drive::HalfGrowing { rate_hz: per_step(p), half_ms }
            }
            params::Recipe::Offsets => Drive::RandomOffsets {
                rate_hz: per_step(p),
                num_starts: NUM_STARTS,
                active_ms: (num_ticks / 2) as f64 * dt_ms,
            },
            params::Recipe::Pattern {
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
            params::Recipe::Periodic { period_ms } => {
                Drive::Periodic { period_ms: ticks_ms(period_ms) }
            }
        }
    }
}
