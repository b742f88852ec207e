//! Signals of a description as the simulator's. Verdicts, scores and what else belongs to trials the caller plays.

use super::{Unbuildable, refused, span};
use crate::net::{self, Method, Signal};
use crate::sim::network::{Modulator, Pairing, Payout, Release, RunningMean, Who};
use crate::sim::plasticity::Dopamine;
use crate::sim::plasticity::dopamine::Decay;
use crate::sim::{Stream, Tick, TimeGrid};

/// A signal that goes on in time; none of those that the caller plays. What it draws comes from a stream of its own name.
pub(super) fn modulator(
    of: &net::Modulator,
    place_of: impl Fn(&net::Members) -> Option<usize>,
    grid: TimeGrid,
    seed: u32,
) -> Result<Option<Modulator>, Unbuildable> {
    let mut mean = None;
    let (level, pulse) = match &of.signal {
        Signal::Success { .. } => return Ok(None),
        &Signal::Constant { level } => (Dopamine::new(level, 1.0, Decay::Exact, grid), 0.0),
        Signal::Dopamine { tonic, pulse, tau_ms, tau_mean_ms, method } => {
            let decay = match method {
                Method::Exact => Decay::Exact,
                Method::Euler => Decay::Euler,
                _ => {
                    return refused(
                        &of.name,
                        "a decay that is not built",
                        "Decay exactly, or by Euler steps.",
                    );
                }
            };
            mean = tau_mean_ms.map(|tau_ms| RunningMean::new(tau_ms, grid));
            (Dopamine::new(*tonic, *tau_ms, decay, grid), *pulse)
        }
    };
    let ticks = |ms: f64| grid.ticks_from_ms(ms);
    let who = |members: &net::Members| match place_of(members) {
        Some(place) => Ok(Who { population: place as u8, members: span(members) }),
        None => refused(
            &of.name,
            format!("releases by '{}', which is not built with it", members.population),
            "Build that population as well.",
        ),
    };
    let release = match &of.release {
        net::Release::Never | net::Release::Always => Release::Never,
        &net::Release::Every { every_ms } => Release::Every(ticks(every_ms).max(1)),
        net::Release::Spikes { of, delay_ms, earns, is_shuffled: false } if earns.is_empty() => {
            Release::Spikes(who(of)?, ticks(*delay_ms))
        }
        net::Release::Pairing { pre, post: Some(post), within_ms, delay_min_ms, delay_max_ms } => {
            let delay = [ticks(*delay_min_ms), ticks((*delay_max_ms).max(*delay_min_ms))];
            Release::Pairing(Box::new(Pairing {
                pre: who(pre)?,
                post: who(post)?,
                within: ticks(*within_ms),
                delay,
                stream: Stream::new(seed, &of.name),
                fired: None,
            }))
        }
        _ => {
            return refused(
                &of.name,
                "releases of a kind that is not built",
                "Release it by the clock, by spikes, or by a pairing of named neurons.",
            );
        }
    };
    Ok(Some(Modulator { level, mean, pulse, release }))
}

/// When the rule of a projection is paid out; none where it does not wait, or where the caller pays.
pub(super) fn payout(
    of: &net::Projection,
    place_of: impl Fn(&str) -> Option<usize>,
    grid: TimeGrid,
) -> Result<Option<Payout>, Unbuildable> {
    let waits = of.rule.as_ref().and_then(|rule| rule.eligibility.as_ref());
    let Some(waits) = waits else { return Ok(None) };
    if waits.start != 0.0 {
        return refused(&of.name, "eligibilities that do not begin at 0", "Begin at 0.");
    }
    let Some(place) = place_of(&waits.modulator) else { return Ok(None) };
    let (every, gain): (Tick, f64) = match waits.payout {
        net::Payout::Continuous => (1, waits.eta * grid.dt_ms()),
        net::Payout::Every { every_ms } => (grid.ticks_from_ms(every_ms).max(1), waits.eta),
        net::Payout::AtSignal => {
            let remedy = "Pay out all the time, or regularly.";
            return refused(&of.name, "payouts at the releases of a level", remedy);
        }
    };
    Ok(Some(Payout { modulator: place as u8, every, gain: gain as f32 }))
}
