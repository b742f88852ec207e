//! From a generator to a source of spikes, and what theory says about it.

use super::generator::{Generator, Recipe};
use crate::sim::encode::{
    CommonSource, DoublyStochastic, EmbeddedPattern, Group, HalfGrowing, Jitter, Jittered,
    PatternParams, Periodic, RandomOffsets, RateParams, Recipe as Shared, Source, Stages,
};
use crate::sim::{Stream, Tick, TimeGrid};

/// The published pattern is no denser than this, per step.
pub(super) const DENSITY_LIMIT: f64 = 0.8;

impl Generator {
    /// The source of a run of `run_ticks`.
    pub fn source(
        &self,
        (num_inputs, run_ticks): (u32, Tick),
        rate_hz: f64,
        groups: &[Group],
        grid: TimeGrid,
        seed: (u32, &str),
    ) -> Source {
        let num = num_inputs as usize;
        // Those who draw in every step cannot fire more often.
        let per_tick = rate_hz * grid.dt_ms() / 1_000.0;
        let chance = per_tick.min(1.0) as f32;
        let rate_hz = rate_hz as f32;
        let stream = || Stream::new(seed.0, seed.1);
        let common = |recipe| {
            Source::CommonSource(CommonSource::new(recipe, num, rate_hz, groups, grid, seed))
        };
        match self.recipe {
            Recipe::Shared => common(Shared::SqrtC),
            Recipe::Mip => common(Shared::Mip),
            Recipe::Jittered { jitter_ms } => {
                let half = grid.ticks_from_ms(jitter_ms / 2.0) as i32;
                let jitter = Jitter::Uniform { low_ticks: -half, high_ticks: half.max(1) };
                Source::Jittered(Jittered::new(jitter, num, rate_hz, groups, grid, seed))
            }
            Recipe::Modulated { tau_c_ms, sigma } => {
                let params = RateParams { rate_hz, sigma: sigma as f32, tau_ms: tau_c_ms };
                Source::DoublyStochastic(DoublyStochastic::new(params, num, groups, grid, seed))
            }
            Recipe::Growing => {
                let half = run_ticks / 2;
                Source::HalfGrowing(HalfGrowing::new(num_inputs, half, chance, grid, stream()))
            }
            Recipe::Offsets => {
                let stream = stream();
                let source = RandomOffsets::new(num_inputs, run_ticks, chance, grid, stream);
                Source::RandomOffsets(source)
            }
            Recipe::Pattern {
                pattern_ms,
                pattern_every_ms,
                pattern_gain,
                pattern_noise,
                pattern_jitter_ms,
            } => {
                let ticks = |ms| grid.ticks_from_ms(ms).max(1) as u32;
                let params = PatternParams {
                    num_inputs,
                    num_members: groups.first().map_or(0, |group| group.size),
                    length_ticks: ticks(pattern_ms),
                    window_ticks: ticks(pattern_every_ms),
                    background: chance,
                    density: (per_tick * pattern_gain).min(DENSITY_LIMIT) as f32,
                    noise: pattern_noise as f32,
                    jitter_ticks: (pattern_jitter_ms / grid.dt_ms()) as f32,
                };
                Source::EmbeddedPattern(EmbeddedPattern::new(params, grid, seed))
            }
            Recipe::Halves { .. } | Recipe::Thirds { .. } => {
                let stages = self.stages(f64::from(rate_hz), (run_ticks, grid));
                let most_hz = 1_000.0 / grid.dt_ms();
                let in_ticks = |(from_ms, rate_hz): (f64, f64)| {
                    (grid.ticks_from_ms(from_ms), rate_hz.min(most_hz) as f32)
                };
                let stages: Vec<(Tick, f32)> = stages.into_iter().map(in_ticks).collect();
                Source::Stages(Stages::new(num_inputs, &stages, grid, stream()))
            }
            Recipe::Periodic { period_ms } => {
                Source::Periodic(Periodic::new(num_inputs, grid.ticks_from_ms(period_ms)))
            }
        }
    }
}

impl Generator {
    /// From when on, in ms, inputs fire at which rate, in Hz, where their rate changes.
    pub(super) fn stages(
        &self,
        rate_hz: f64,
        (run_ticks, grid): (Tick, TimeGrid),
    ) -> Vec<(f64, f64)> {
        let at_ms = |part: Tick, of: Tick| (run_ticks * part / of) as f64 * grid.dt_ms();
        match self.recipe {
            Recipe::Halves { later_hz } => vec![(0.0, rate_hz), (at_ms(1, 2), later_hz)],
            Recipe::Thirds { middle_hz } => {
                vec![(0.0, rate_hz), (at_ms(1, 3), middle_hz), (at_ms(2, 3), rate_hz)]
            }
            _ => vec![(0.0, rate_hz)],
        }
    }
}

/// The rate and the correlation of counts in bins that theory gives for the first group, where there is one.
pub fn expected(source: &Source, rate_hz: f64, bin_ms: f64, grid: TimeGrid) -> Option<(f64, f64)> {
    Some(match source {
        Source::CommonSource(source) => source.expected(Some(0)),
        Source::Jittered(source) => {
            (rate_hz, source.expected_correlation(0, grid.ticks_from_ms(bin_ms).max(1) as u32))
        }
        Source::DoublyStochastic(source) => (rate_hz, source.expected_correlation(0, bin_ms)),
        _ => return None,
    })
}
