//! Sources of a description as the simulator's.

use super::{Unbuildable, refused, span};
use crate::net::{self, Counting, Drive};
use crate::sim::encode::{
    self, CommonSource, DoublyStochastic, EmbeddedPattern, Group, HalfGrowing, Jitter, Jittered,
    NUM_STARTS, PatternParams, Periodic, Poisson, RandomOffsets, RateParams, Source, Stages,
    Trains,
};
use crate::sim::network::{Input, Kicks, Law, Noise, Spikes, Wave};
use crate::sim::{Stream, Tick, TimeGrid};

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
    let noise = |law| Ok(Some(Input::Noise(Noise::new((to, span(&of.to)), law, stream()))));
    let chance = |rate_hz: f64| (rate_hz * grid.dt_ms() / 1_000.0).min(1.0) as f32;
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
            let (half, chance) = (grid.ticks_from_ms(half_ms), chance(rate_hz));
            Source::HalfGrowing(HalfGrowing::new(of.to.size, half, chance, grid, stream()))
        }
        Drive::Stages { stages } => {
            if stages.windows(2).any(|pair| pair[1].0 < pair[0].0) {
                let what = "stages that are not in the order of their times";
                return refused(&of.name, what, "Sort them, from 0 ms on.");
            }
            // No input fires more often than once in a step.
            let stage = |&(from_ms, rate_hz): &(f64, f64)| {
                let most_hz = 1_000.0 / grid.dt_ms();
                (grid.ticks_from_ms(from_ms.max(0.0)), rate_hz.min(most_hz) as f32)
            };
            let stages: Vec<(Tick, f32)> = stages.iter().map(stage).collect();
            Source::Stages(Stages::new(of.to.size, &stages, grid, stream()))
        }
        &Drive::RandomOffsets { rate_hz, num_starts: NUM_STARTS, active_ms } => {
            let (run, chance) = (2 * grid.ticks_from_ms(active_ms), chance(rate_hz));
            Source::RandomOffsets(RandomOffsets::new(of.to.size, run, chance, grid, stream()))
        }
        &Drive::Embedded {
            rate_hz,
            pattern_hz,
            members,
            pattern_ms,
            every_ms,
            noise,
            jitter_ms,
        } => {
            let ticks = |ms| grid.ticks_from_ms(ms).max(1) as u32;
            if members > of.to.size || pattern_ms > every_ms {
                return refused(
                    &of.name,
                    format!(
                        "a pattern of {pattern_ms} ms in {members} inputs, which do not fit into {every_ms} ms and {} inputs",
                        of.to.size
                    ),
                    "Shorten the pattern, or let it return more rarely, or take fewer members.",
                );
            }
            let params = PatternParams {
                num_inputs: of.to.size,
                num_members: members,
                length_ticks: ticks(pattern_ms),
                window_ticks: ticks(every_ms),
                background: chance(rate_hz),
                density: chance(pattern_hz),
                noise: noise as f32,
                jitter_ticks: (jitter_ms / grid.dt_ms()) as f32,
            };
            Source::EmbeddedPattern(EmbeddedPattern::new(params, grid, seed))
        }
        Drive::SpikeTimes { spikes } => {
            let (trains, _) = Trains::new(spikes.iter().copied(), of.to.size, Tick::MAX, grid);
            Source::Trains(trains)
        }
        &Drive::CommonCurrent { mean, sd, r_mv } => {
            return noise(Law::Common { mean: (mean * r_mv) as f32, sd: (sd * r_mv) as f32 });
        }
        Drive::StepCurrent { .. }
        | Drive::RampCurrent { .. }
        | Drive::SineCurrent { .. }
        | Drive::ColouredNoise { .. } => {
            let shape = super::currents::shape(of, grid, stream())?;
            return Ok(Some(Input::Wave(Wave::new((to, span(&of.to)), shape))));
        }
        &Drive::UniformNoise { width } => return noise(Law::Uniform { width: width as f32 }),
        &Drive::Periodic { period_ms } => {
            Source::Periodic(Periodic::new(of.to.size, grid.ticks_from_ms(period_ms)))
        }
        _ => {
            return refused(
                &of.name,
                format!("a source of the kind \"{}\"", of.drive.word()),
                "Take Poisson spikes, a common source, jittered copies, common rates, a pattern, volleys, listed spikes, kicks or a current.",
            );
        }
    };
    Ok(Some(Input::Spikes(Spikes::new(to, of.to.first, source))))
}
