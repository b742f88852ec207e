//! A timing wheel: who fires when, for waiting times that are known in advance.
//!
//! **State.** A ring of buckets, one per tick; each bucket is a linked list through `next`, so that
//! an event costs a few memory accesses and an empty tick one. An event further away than the ring
//! is long waits in its bucket until its own turn comes. Every id is in the wheel at most once.
//!
//! **Source.** Varghese and Lauck (1987, doi:10.1145/41457.37504), the hashed wheel with unsorted
//! lists.
//!
//! **Method.** Waiting times are geometric: the number of Bernoulli trials up to the first success
//! is G = 1 + ⌊ln u / ln(1 − p)⌋ with u uniform in (0, 1]. So jumping from spike to spike gives the
//! very distribution that a draw in every tick gives; u has 48 bits, so that small p are not
//! coarse.

use serde::{Deserialize, Serialize};

use crate::sim::{Stream, Tick, math};

/// Length of the ring; a power of two. At 10 Hz and 0.1 ms, 2 % of the events are further away.
const NUM_BUCKETS: usize = 4096;
/// End of a list.
const NONE: u32 = u32::MAX;
/// Waiting times end here, so that ticks cannot overflow: 3,500 years of 0.1 ms.
const LONGEST_TICKS: f64 = 1e15;

/// The scale of waiting times for something that never happens: finite, so that it can be saved as
/// text.
pub const NEVER: f32 = f32::MAX;

/// Events of `num_ids` ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wheel {
    heads: Vec<u32>,
    next: Vec<u32>,
    due: Vec<Tick>,
}

impl Wheel {
    /// A wheel without events.
    pub fn new(num_ids: usize) -> Self {
        Self { heads: vec![NONE; NUM_BUCKETS], next: vec![NONE; num_ids], due: vec![0; num_ids] }
    }

    /// Puts the event of `id`, which must not be in the wheel, into tick `due`.
    #[inline]
    pub fn put(&mut self, id: u32, due: Tick) {
        let head = &mut self.heads[due as usize % NUM_BUCKETS];
        self.due[id as usize] = due;
        self.next[id as usize] = *head;
        *head = id;
    }

    /// Takes out the ids that are due by `tick` and lie in its bucket, in no particular order, and
    /// adds them to `ids`.
    #[inline]
    pub fn take(&mut self, tick: Tick, ids: &mut Vec<u32>) {
        let bucket = tick as usize % NUM_BUCKETS;
        let mut id = self.heads[bucket];
        if id == NONE {
            return;
        }
        self.heads[bucket] = NONE;
        while id != NONE {
            let next = self.next[id as usize];
            if self.due[id as usize] <= tick {
                ids.push(id);
            } else {
                self.next[id as usize] = self.heads[bucket];
                self.heads[bucket] = id;
            }
            id = next;
        }
    }

    /// The tick in which `id` is, or last was, due.
    pub fn due(&self, id: u32) -> Tick {
        self.due[id as usize]
    }

    /// Nothing is due in `from..` this tick. It may be too early, but never too late.
    pub fn next_tick(&self, from: Tick) -> Tick {
        let is_used = |tick: &Tick| self.heads[*tick as usize % NUM_BUCKETS] != NONE;
        let end = from + NUM_BUCKETS as Tick;
        (from..end).find(is_used).unwrap_or(end)
    }

    /// Takes all events out.
    pub fn clear(&mut self) {
        self.heads.fill(NONE);
    }
}

/// −1/ln(1 − p), by which [`geometric_ticks`] draws waiting times, or [`NEVER`].
pub fn geometric_scale(p: f64) -> f32 {
    match p {
        p if p >= 1.0 => 0.0,
        p if p > 0.0 => (-1.0 / math::ln_f64(1.0 - p)) as f32,
        _ => NEVER,
    }
}

/// Ticks up to and including the next success, at least 1.
#[inline]
pub fn geometric_ticks(stream: &mut Stream, scale: f32) -> Tick {
    1 + exponential(stream, scale).min(LONGEST_TICKS) as Tick
}

/// An exponential waiting time with this mean, infinite for [`NEVER`].
#[inline]
pub fn exponential(stream: &mut Stream, mean: f32) -> f64 {
    if mean == NEVER {
        return f64::INFINITY;
    }
    -math::ln_f64(uniform_48(stream)) * f64::from(mean)
}

/// Uniform in (0, 1] with 48 bits.
#[inline]
fn uniform_48(stream: &mut Stream) -> f64 {
    let high = f64::from(stream.uniform());
    1.0 - (high + f64::from(stream.uniform()) * (1.0 / 16_777_216.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_out_in_their_tick_however_far_it_is() {
        let dues = [0, 7, 7, 4_096, 4_103, 12_295, 99_999];
        let mut wheel = Wheel::new(dues.len());
        for (id, due) in (0..).zip(dues) {
            wheel.put(id, due);
        }
        let mut found = Vec::new();
        for tick in 0..=100_000 {
            let mut ids = Vec::new();
            wheel.take(tick, &mut ids);
            found.extend(ids.iter().map(|&id| (id, tick)));
        }
        found.sort_unstable();
        assert_eq!(found, (0..).zip(dues).collect::<Vec<_>>());
    }

    #[test]
    fn empty_ticks_may_be_skipped() {
        let mut wheel = Wheel::new(2);
        wheel.put(0, 100);
        wheel.put(1, 9_000);
        let (mut tick, mut found) = (0, Vec::new());
        while tick < 20_000 {
            tick = wheel.next_tick(tick);
            let mut ids = Vec::new();
            wheel.take(tick, &mut ids);
            found.extend(ids.iter().map(|_| tick));
            tick += 1;
        }
        assert_eq!(found, [100, 9_000]);
    }

    #[test]
    fn waiting_times_are_those_of_a_draw_in_every_tick() {
        // χ² of the gaps against p (1 − p)^(k−1), with the tail in the last class.
        for (p, num_classes) in [(0.5, 8), (0.1, 30), (0.01, 100)] {
            let (scale, n) = (geometric_scale(p), 100_000);
            let mut stream = Stream::new(3, "gaps");
            let mut counts = vec![0_u32; num_classes];
            for _ in 0..n {
                let gap = geometric_ticks(&mut stream, scale) as usize;
                counts[(gap - 1).min(num_classes - 1)] += 1;
            }
            let (mut left, mut chi2) = (1.0, 0.0);
            for (class, &count) in counts.iter().enumerate() {
                let share = if class == num_classes - 1 { left } else { left * p };
                let expected = share * f64::from(n);
                chi2 += (f64::from(count) - expected) * (f64::from(count) - expected) / expected;
                left *= 1.0 - p;
            }
            // Mean is the number of classes − 1, standard deviation √(2 × that).
            let df = (num_classes - 1) as f64;
            assert!((chi2 - df).abs() < 4.0 * (2.0 * df).sqrt(), "p {p}: χ² {chi2} for {df}");
        }
    }

    #[test]
    fn the_ends_of_probability_are_safe() {
        let mut stream = Stream::new(1, "ends");
        for p in [1.0, 2.0, 1.0 - 1e-16] {
            assert_eq!(geometric_ticks(&mut stream, geometric_scale(p)), 1);
        }
        for p in [0.0, -1.0] {
            assert_eq!(geometric_scale(p), NEVER);
            assert!(geometric_ticks(&mut stream, geometric_scale(p)) >= LONGEST_TICKS as Tick);
        }
        let scale = geometric_scale(1e-9);
        let mean =
            (0..20_000).map(|_| geometric_ticks(&mut stream, scale) as f64).sum::<f64>() / 2e4;
        assert!((mean / 1e9 - 1.0).abs() < 0.03, "{mean}");
    }
}
