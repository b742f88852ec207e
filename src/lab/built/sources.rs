//! Sources of a description as the simulator's.

use super::{Unbuildable, refused, span};
use crate::net::{self, Counting, Drive};
use crate::sim::encode::{
    self, CommonSource, DoublyStochastic, Group, HalfGrowing, Jitter, Jittered, Periodic, Poisson,
    RateParams, Source,
};
use crate::sim::network::{Input, Kicks, Spikes};
use crate::sim::{Stream, TimeGrid};

/// Kicks are drawn step by step; more would not be independent inputs but a current.
const MOST_KICKS_PER_STEP: f64 = 20.0;

/// A source onto the population at this place, with streams of the source's own name. None where the source follows what is
/// shown in a trial: that the caller plays.
pub(super) fn input(
    of: &net::Source,
    place: usize,
    grid: TimeGrid,
    seed: u32,
) -> Result<Option<Input>, Unbuildable> {
    let stream = || Stream::new(seed, &of.name);
    let (num, to) = (of.to.size as usize, place as u8);
    let seed = (seed, &*of.name);
    let group = |correlation: f64| [Group { size: of.to.size, correlation: correlation as f32 }];
    let source = match &of.drive {
        Drive::ShownCurrent { .. }
        | Drive::TrialNoise { .. }
        | Drive::Shown { .. }
        | Drive::Volley { .. }
        | Drive::Image { .. }
        | Drive::OncePerTrial { .. } => return Ok(None),
        &Drive::Kicks { rate_hz, size_mv } => {
            if rate_hz * grid.dt_ms() / 1_000.0 > MOST_KICKS_PER_STEP {
                return refused(
                    &of.name,
                    format!("{rate_hz} kicks a second, more than {MOST_KICKS_PER_STEP} in a step"),
                    "Take fewer and larger ones, or a shorter step.",
                );
            }
            let kicks = Kicks::new((to, span(&of.to)), rate_hz, size_mv, stream(), grid);
            return Ok(Some(Input::Kicks(kicks)));
        }
        &Drive::Poisson { rate_hz, ref counting } => {
            let counting = match counting {
                Counting::OncePerStep => encode::Counting::OncePerTick,
                Counting::Exact => encode::Counting::Exact,
            };
            Source::Poisson(Poisson::new(counting, &vec![rate_hz as f32; num], grid, stream()))
        }
        &Drive::PoissonSpan { low_hz, high_hz } => {
            let step_hz = (high_hz - low_hz) / (num.max(2) - 1) as f64;
            let rates: Vec<f32> = (0..num).map(|n| (low_hz + n as f64 * step_hz) as f32).collect();
            Source::Poisson(Poisson::new(encode::Counting::OncePerTick, &rates, grid, stream()))
        }
        &Drive::CommonSource { ref recipe, rate_hz, correlation, late_ms: 0.0 } => {
            let recipe = match recipe {
                net::Recipe::SqrtC => encode::Recipe::SqrtC,
                net::Recipe::Mip => encode::Recipe::Mip,
            };
            let (rate_hz, group) = (rate_hz as f32, group(correlation));
            Source::CommonSource(CommonSource::new(recipe, num, rate_hz, &group, grid, seed))
        }
        &Drive::Jittered { rate_hz, correlation, low_ms, high_ms } => {
            let ticks = |ms: f64| (ms / grid.dt_ms()).round() as i32;
            let (low_ticks, high_ticks) = (ticks(low_ms), ticks(high_ms));
            let jitter = Jitter::Uniform { low_ticks, high_ticks: high_ticks.max(low_ticks + 1) };
            let (rate_hz, group) = (rate_hz as f32, group(correlation));
            Source::Jittered(Jittered::new(jitter, num, rate_hz, &group, grid, seed))
        }
        &Drive::DoublyStochastic { rate_hz, correlation, sigma, tau_ms } => {
            let params = RateParams { rate_hz: rate_hz as f32, sigma: sigma as f32, tau_ms };
            let group = group(correlation);
            Source::DoublyStochastic(DoublyStochastic::new(params, num, &group, grid, seed))
        }
        &Drive::HalfGrowing { rate_hz, half_ms } => {
            let chance = (rate_hz * grid.dt_ms() / 1_000.0).min(1.0) as f32;
            let half = grid.ticks_from_ms(half_ms);
            Source::HalfGrowing(HalfGrowing::new(of.to.size, half, chance, grid, stream()))
        }
        &Drive::Periodic { period_ms } => {
            Source::Periodic(Periodic::new(of.to.size, grid.ticks_from_ms(period_ms)))
        }
        _ => {
            return refused(
                &of.name,
                format!("a source of the kind \"{}\"", of.drive.word()),
                "Take Poisson spikes, a common source, jittered copies, common rates, volleys or kicks.",
            );
        }
    };
    Ok(Some(Input::Spikes(Spikes::new(to, of.to.first, source))))
}
