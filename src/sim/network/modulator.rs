//! Signals that all synapses of a rule hear: what sets them off, and when they turn what waits into weight.
//!
//! **Order.** At the end of learning: releases are ordered by who fired, the level goes on by a step, and then rules that
//! wait are paid out. So a spike that is rewarded at once is paid for in its own step.

use get_size2::GetSize;

use super::payout::Payout;
use super::population::Population;
use super::projection::Projection;
use super::span::Span;
use crate::plasticity::Dopamine;
use crate::{Stream, Tick, TimeGrid, math};

/// Some neurons of a population.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub struct Who {
    /// Whose.
    pub population: u8,
    /// Which.
    pub members: Span,
}

/// What sets a release off.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Release {
    /// Nothing, or the caller.
    Never,
    /// The clock, so often; first after that time.
    Every(Tick),
    /// Each spike of these, so much later.
    Spikes(Who, Tick),
    /// A spike of the second not later than this after one of the first; the release comes after a random time.
    Pairing(Box<Pairing>),
}

/// Two groups of neurons, one of which fires soon after the other.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Pairing {
    /// Who fires first.
    pub pre: Who,
    /// And who soon after.
    pub post: Who,
    /// How soon.
    pub within: Tick,
    /// From there to the release, at least and at most.
    pub delay: [Tick; 2],
    /// Where delays come from.
    pub stream: Stream,
    /// When the first fired last.
    pub fired: Option<Tick>,
}

/// The mean of a level over about so much time, by Euler steps.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct RunningMean {
    mean: f32,
    /// The share of the way that it goes in a step.
    share: f32,
}

/// A signal.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Modulator {
    /// Its level.
    pub level: Dopamine,
    /// A running mean that is taken off the level.
    pub mean: Option<RunningMean>,
    /// What a release adds.
    pub pulse: f64,
    /// What sets one off.
    pub release: Release,
}

impl Who {
    fn has_fired(self, populations: &[Population]) -> u32 {
        let (first, end) = (self.members.first, self.members.first + self.members.size);
        let fired = populations[usize::from(self.population)].fired();
        fired.iter().filter(|neuron| (first..end).contains(*neuron)).count() as u32
    }
}

impl RunningMean {
    /// A mean of 0 so far.
    pub fn new(tau_ms: f64, grid: TimeGrid) -> Self {
        Self { mean: 0.0, share: (grid.dt_ms() / tau_ms) as f32 }
    }

    fn step(&mut self, level: f32) {
        self.mean = math::flush(self.mean + (level - self.mean) * self.share);
    }
}

impl Modulator {
    /// The level as synapses hear it.
    pub fn heard(&self) -> f32 {
        self.level.level() - self.mean.map_or(0.0, |of| of.mean)
    }

    /// Orders what is set off in step `tick`, and goes on by that step.
    pub(super) fn step(&mut self, populations: &[Population], tick: Tick) {
        match &mut self.release {
            Release::Never => {}
            Release::Every(every) => {
                if (tick + 1).is_multiple_of(*every) {
                    self.level.release_at(tick, self.pulse);
                }
            }
            Release::Spikes(who, delay) => {
                for _ in 0..who.has_fired(populations) {
                    self.level.release_at(tick + *delay, self.pulse);
                }
            }
            Release::Pairing(pairing) => {
                if let Some(due) = pairing.step(populations, tick) {
                    self.level.release_at(due, self.pulse);
                }
            }
        }
        self.level.step(tick);
        let level = self.level.level();
        self.mean.iter_mut().for_each(|mean| mean.step(level));
    }

    /// Takes away what was released and ordered; tonic level and mean stay.
    pub(super) fn clear(&mut self) {
        self.level.clear();
        if let Release::Pairing(pairing) = &mut self.release {
            pairing.fired = None;
        }
    }
}

impl Pairing {
    /// When the release comes that this step earns.
    fn step(&mut self, populations: &[Population], tick: Tick) -> Option<Tick> {
        // In the same step neither comes first.
        let is_soon = self.fired.is_some_and(|fired| tick - fired <= self.within);
        let earns = is_soon && self.post.has_fired(populations) > 0;
        if earns {
            self.fired = None;
        }
        if self.pre.has_fired(populations) > 0 {
            self.fired = Some(tick);
        }
        earns.then(|| {
            let [low, high] = self.delay;
            tick + low + Tick::from(self.stream.below((high - low + 1) as u32))
        })
    }
}

/// Pays out what waits at the synapses of a projection, if it is time.
pub(super) fn pay(projection: &mut Projection, modulators: &[Modulator], tick: Tick) {
    let Some(Payout { modulator, every, gain }) = projection.payout else { return };
    if (tick + 1).is_multiple_of(every) {
        let level = modulators[usize::from(modulator)].heard();
        if level != 0.0 {
            projection.succeed(gain * level);
        }
    }
}
