//! Independent inputs with rates of their own, constant or following a common profile.
//!
//! **Equations.** *Once per tick* (Bernoulli): input i fires in a tick with probability p = r_i dt,
//! at most once. *Exact*: spike times form a Poisson process in continuous time, and each falls
//! into its tick, so an input may fire several times in one. The rates agree; counts of n ticks
//! have variance n p (1 − p) instead of n p, and intervals a coefficient of variation of √(1 − p)
//! instead of 1: at 10 Hz and 0.1 ms the difference is 1 in 1,000. Above 1/dt the first kind can
//! only fire in every tick.
//!
//! A *profile* multiplies all rates by a factor between 0 and 1 that is constant for some ticks at
//! a time.
//!
//! **State.** When each input fires next.
//!
//! **Source.** Profiles by thinning: Lewis and Shedler (1979, doi:10.1002/nav.3800260304).
//!
//! **Method.** Exact: waiting times, see [`waiting`](super::waiting); spikes drawn at the highest
//! rate are kept with the profile's probability. They have no memory, so a changed rate takes a new
//! waiting time.

use get_size2::GetSize;

use super::order::Order;
use super::waiting::{NEVER, Times, geometric_scale};
use super::wheel::Wheel;
use crate::{Stream, Tick, TimeGrid};

/// How often an input may fire in one tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum Counting {
    /// At most once (Bernoulli).
    OncePerTick,
    /// As often as it happens: an id may occur several times in a tick.
    Exact,
}

/// A factor for all rates, constant for `step_ticks` at a time.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Profile {
    /// The factors, in [0, 1]; the last holds on, unless the profile repeats.
    pub factors: Vec<f32>,
    /// How long each holds, at least 1.
    pub step_ticks: Tick,
    /// Whether it starts again at its end.
    pub is_repeated: bool,
}

impl Profile {
    /// The factor in this tick.
    pub fn at(&self, tick: Tick) -> f32 {
        let (place, len) = (tick / self.step_ticks.max(1), self.factors.len() as Tick);
        let place = if self.is_repeated { place % len.max(1) } else { place.min(len - 1) };
        self.factors[place as usize]
    }
}

/// Independent inputs.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Poisson {
    counting: Counting,
    dt_ms: f64,
    /// Scale of the waiting times in ticks.
    scales: Vec<f32>,
    /// Where in its tick the next spike is, if times are exact.
    phases: Vec<f32>,
    wheel: Wheel,
    order: Order,
    times: Times,
    /// With the stream that says which spikes it keeps.
    profile: Option<(Profile, Stream)>,
}

impl Poisson {
    /// Inputs with these rates, before tick 0.
    pub fn new(counting: Counting, rates_hz: &[f32], grid: TimeGrid, stream: Stream) -> Self {
        let num = rates_hz.len();
        let mut inputs = Self {
            counting,
            dt_ms: grid.dt_ms(),
            scales: vec![NEVER; num],
            phases: vec![0.0; if counting == Counting::Exact { num } else { 0 }],
            wheel: Wheel::new(num),
            order: Order::new(num),
            times: Times::new(stream),
            profile: None,
        };
        inputs.set_rates(rates_hz, 0);
        inputs
    }

    /// The same inputs, following a profile from tick 0 on; `thinning` says which spikes it keeps.
    pub fn with_profile(mut self, profile: Profile, thinning: Stream) -> Self {
        self.profile = (!profile.factors.is_empty()).then_some((profile, thinning));
        self
    }

    /// Number of inputs.
    pub fn num_inputs(&self) -> usize {
        self.scales.len()
    }

    /// Its name on the screen.
    pub fn name(&self) -> &'static str {
        match self.counting {
            Counting::OncePerTick => "independent, at most one spike per step (Bernoulli)",
            Counting::Exact => "independent Poisson",
        }
    }

    /// Changes the rates from `tick`, the next one to be fired, on. Inputs whose rate stays keep
    /// their next spike.
    pub fn set_rates(&mut self, rates_hz: &[f32], tick: Tick) {
        self.wheel.clear();
        for (id, &rate_hz) in (0..).zip(rates_hz) {
            let p = f64::from(rate_hz) * self.dt_ms / 1_000.0;
            let scale = match self.counting {
                Counting::OncePerTick => geometric_scale(p),
                Counting::Exact if p > 0.0 => (1.0 / p) as f32,
                Counting::Exact => NEVER,
            };
            let is_kept = scale == self.scales[id as usize];
            self.scales[id as usize] = scale;
            if scale == NEVER {
                continue;
            }
            if is_kept {
                self.wheel.put(id, self.wheel.due(id));
            } else if self.counting == Counting::OncePerTick {
                let due = tick + self.times.geometric_ticks(scale) - 1;
                self.wheel.put(id, due);
            } else {
                self.phases[id as usize] = 0.0;
                let due = tick + self.draw_gap(id);
                self.wheel.put(id, due);
            }
        }
    }

    /// Draws the next exact time of `id`: the ticks from that of its last one on, and the new
    /// phase.
    fn draw_gap(&mut self, id: u32) -> Tick {
        let phase = &mut self.phases[id as usize];
        let time = f64::from(*phase) + self.times.exponential(self.scales[id as usize]);
        let ticks = time as Tick;
        *phase = (time - ticks as f64) as f32;
        ticks
    }

    /// The inputs that fire in this tick, ascending.
    #[inline]
    pub fn fire(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        spikes.clear();
        self.wheel.take(tick, spikes);
        if spikes.is_empty() {
            return;
        }
        self.order.sort_distinct(spikes);
        if self.counting == Counting::OncePerTick {
            for &id in spikes.iter() {
                let gap = self.times.geometric_ticks(self.scales[id as usize]);
                self.wheel.put(id, tick + gap);
            }
        } else {
            self.repeat_within(tick, spikes);
        }
        if let Some((profile, thinning)) = &mut self.profile {
            let factor = profile.at(tick);
            spikes.retain(|_| thinning.chance(factor));
        }
    }

    /// Fires those again whose next spike is in the same tick.
    fn repeat_within(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        let mut place = 0;
        while place < spikes.len() {
            let id = spikes[place];
            let gap = self.draw_gap(id);
            place += 1;
            if gap == 0 {
                spikes.insert(place, id);
            } else {
                self.wheel.put(id, tick + gap);
            }
        }
    }

    /// No input fires in `from..` this tick.
    pub fn next_tick(&self, from: Tick) -> Tick {
        self.wheel.next_tick(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(counting: Counting, rates_hz: &[f32], dt_ms: f64) -> Poisson {
        Poisson::new(counting, rates_hz, TimeGrid::new(dt_ms), Stream::new(11, "input"))
    }

    /// Spike counts of every input.
    fn counts(inputs: &mut Poisson, ticks: std::ops::Range<Tick>) -> Vec<u32> {
        let (mut counts, mut spikes) = (vec![0; inputs.num_inputs()], Vec::new());
        for tick in ticks {
            inputs.fire(tick, &mut spikes);
            assert!(spikes.is_sorted());
            spikes.iter().for_each(|&id| counts[id as usize] += 1);
        }
        counts
    }

    #[test]
    fn rates_are_kept_by_both_kinds() {
        for counting in [Counting::OncePerTick, Counting::Exact] {
            let rates = [0.0, 2.0, 10.0, 50.0, 400.0];
            let counts = counts(&mut inputs(counting, &rates, 1.0), 0..1_000_000);
            for (count, rate) in counts.iter().zip(rates) {
                let expected = rate * 1_000.0;
                let error = (*count as f32 - expected).abs();
                assert!(error <= 4.0 * expected.sqrt(), "{counting:?}, {rate} Hz: {count}");
            }
        }
    }

    #[test]
    fn the_two_kinds_differ_in_the_variance_of_counts() {
        // p = 0.4: counts of 20 ticks have a variance of 20 × 0.4 × 0.6, or of 20 × 0.4.
        for (counting, expected) in [(Counting::OncePerTick, 4.8), (Counting::Exact, 8.0)] {
            let mut inputs = inputs(counting, &[400.0; 10], 1.0);
            let (mut sum, mut sum_2, num_bins) = (0.0, 0.0, 2_000);
            for bin in 0..num_bins {
                for count in counts(&mut inputs, bin * 20..(bin + 1) * 20) {
                    sum += f64::from(count);
                    sum_2 += f64::from(count * count);
                }
            }
            let n = num_bins as f64 * 10.0;
            let variance = sum_2 / n - (sum / n) * (sum / n);
            assert!((variance / expected - 1.0).abs() < 0.05, "{counting:?}: {variance}");
        }
    }

    #[test]
    fn certain_inputs_fire_in_every_tick() {
        let mut inputs = inputs(Counting::OncePerTick, &[1_000.0, 5_000.0], 1.0);
        assert_eq!(counts(&mut inputs, 0..5_000), [5_000; 2]);
    }

    #[test]
    fn a_changed_rate_holds_at_once_and_the_others_keep_their_spikes() {
        let mut one = inputs(Counting::OncePerTick, &[20.0, 20.0], 1.0);
        let mut other = one.clone();
        counts(&mut one, 0..1_000);
        counts(&mut other, 0..1_000);
        other.set_rates(&[20.0, 0.0], 1_000);
        let next = one.wheel.due(0);
        assert_eq!(other.wheel.due(0), next);
        assert_eq!(counts(&mut other, 1_000..100_000)[1], 0);
        other.set_rates(&[20.0, 500.0], 100_000);
        let fired = counts(&mut other, 100_000..200_000)[1];
        assert!((49_000..51_000).contains(&fired), "{fired}");
    }

    #[test]
    fn a_profile_thins() {
        let factors = vec![1.0, 0.25, 0.0];
        for counting in [Counting::OncePerTick, Counting::Exact] {
            let profile = Profile { factors: factors.clone(), step_ticks: 100, is_repeated: true };
            let inputs = inputs(counting, &[100.0; 50], 1.0);
            let mut inputs = inputs.with_profile(profile, Stream::new(11, "profile"));
            let mut phases = [0_u32; 3];
            for start in (0..60_000).step_by(100) {
                let fired: u32 = counts(&mut inputs, start..start + 100).iter().sum();
                phases[start as usize / 100 % 3] += fired;
            }
            // 200 rounds × 50 inputs × 10 spikes.
            for (fired, factor) in phases.iter().zip(&factors) {
                let error = (*fired as f32 - factor * 100_000.0).abs();
                assert!(error < 1_500.0, "{counting:?}: {phases:?}");
            }
        }
        let profile = Profile { factors, step_ticks: 10, is_repeated: false };
        assert_eq!(profile.at(1_000_000), 0.0);
    }
}
