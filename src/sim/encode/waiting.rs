//! Waiting times: exponential in continuous time, geometric in ticks.
//!
//! **Equations.** With u uniform in (0, 1], −ln u is exponential with mean 1. The number of
//! Bernoulli trials up to and including the first success is G = 1 + ⌊ln u / ln(1 − p)⌋. So jumping
//! from spike to spike gives the very distribution that a draw in every tick gives. u has 48 bits,
//! so that small p are not coarse.
//!
//! **Method.** These logarithms are most of what an input spike costs, so they have a version of
//! their own: u = 2ᵉ m, m is brought near 1 by one of 64 tabulated factors, and five terms of the
//! series do the rest. Its error is below 1e-13, and it uses only operations that are the same
//! everywhere. Where one after the other is needed, they are drawn in batches ([`Times`]).

use get_size2::GetSize;

use crate::{Stream, Tick, math};

/// The scale of waiting times for something that never happens: finite, so that it can be saved as
/// text.
pub const NEVER: f32 = f32::MAX;
/// Waiting times end here, so that ticks cannot overflow: 3,500 years of 0.1 ms.
const LONGEST_TICKS: f64 = 1e15;
/// How many times are drawn at once.
const BATCH: usize = 64;
/// Bits of the mantissa that choose a factor.
const TABLE_BITS: u32 = 6;
/// Factors near 1/m for m in [1, 2), each with −ln of it.
const TABLE: [(f64, f64); 1 << TABLE_BITS] = table();

const fn table() -> [(f64, f64); 1 << TABLE_BITS] {
    let mut table = [(0.0, 0.0); 1 << TABLE_BITS];
    let mut place = 0;
    while place < table.len() {
        let middle = 1.0 + (place as f64 + 0.5) / table.len() as f64;
        // ln x = 2 (s + s³/3 + s⁵/5 + …), s = (x − 1)/(x + 1) < 1/3.
        let s = (middle - 1.0) / (middle + 1.0);
        let (mut power, mut sum, mut odd) = (s, 0.0, 1.0);
        while odd < 50.0 {
            sum += power / odd;
            power *= s * s;
            odd += 2.0;
        }
        table[place] = (1.0 / middle, 2.0 * sum);
        place += 1;
    }
    table
}

/// −ln u for u in (0, 1].
#[inline]
fn minus_ln(u: f64) -> f64 {
    const MANTISSA: u32 = f64::MANTISSA_DIGITS - 1;
    let bits = u.to_bits();
    let exponent = (bits >> MANTISSA) as i32 - 1_023;
    let place = (bits >> (MANTISSA - TABLE_BITS)) as usize % TABLE.len();
    let (factor, ln) = TABLE[place];
    let m = f64::from_bits(bits & ((1 << MANTISSA) - 1) | 1_023 << MANTISSA);
    let r = m * factor - 1.0;
    let series = r * (1.0 - r * (0.5 - r * (1.0 / 3.0 - r * (0.25 - r * 0.2))));
    -(f64::from(exponent) * std::f64::consts::LN_2 + ln + series)
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
    whole_ticks(exponential(stream, scale))
}

#[inline]
fn whole_ticks(ticks: f64) -> Tick {
    // It fits a signed number, to which processors convert in fewer steps.
    1 + (if ticks < LONGEST_TICKS { ticks } else { LONGEST_TICKS } as i64) as Tick
}

/// An exponential waiting time with this mean, infinite for [`NEVER`].
#[inline]
pub fn exponential(stream: &mut Stream, mean: f32) -> f64 {
    if mean == NEVER {
        return f64::INFINITY;
    }
    standard_exponential(stream.uniform_above_0()) * f64::from(mean)
}

/// Exponential with mean 1, from u in (0, 1].
#[inline]
fn standard_exponential(u: f64) -> f64 {
    // At u = 1 rounding may leave less than nothing.
    let time = minus_ln(u);
    if time > 0.0 { time } else { 0.0 }
}

/// Waiting times from a stream that nothing else draws from, the same as [`exponential`] and [`geometric_ticks`]
/// give. They are drawn in batches: no logarithm of a batch waits for another, so a processor works on several.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Times {
    stream: Stream,
    /// With mean 1, those before `place` used; the bits of numbers, which no format of a saved run rounds.
    batch: Vec<u64>,
    place: u32,
}

impl Times {
    /// Times from this stream.
    pub fn new(stream: Stream) -> Self {
        Self { stream, batch: Vec::new(), place: 0 }
    }

    /// The next exponential time with this mean, which is not [`NEVER`].
    #[inline]
    pub fn exponential(&mut self, mean: f32) -> f64 {
        if self.place as usize == self.batch.len() {
            self.draw();
        }
        let time = f64::from_bits(self.batch[self.place as usize]);
        self.place += 1;
        time * f64::from(mean)
    }

    /// The next number of ticks up to and including a success, at least 1.
    #[inline]
    pub fn geometric_ticks(&mut self, scale: f32) -> Tick {
        whole_ticks(self.exponential(scale))
    }

    #[inline(never)]
    fn draw(&mut self) {
        self.batch.resize(BATCH, 0);
        // A copy stays in registers.
        let mut stream = self.stream.clone();
        self.batch.iter_mut().for_each(|u| *u = stream.uniform_above_0().to_bits());
        let time = |u: u64| standard_exponential(f64::from_bits(u)).to_bits();
        self.batch.iter_mut().for_each(|u| *u = time(*u));
        self.stream = stream;
        self.place = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_one() {
        let mut stream = Stream::new(1, "u");
        let small = (0..48).map(|k| 1.0 / (1_u64 << k) as f64);
        let near_one = (1..48).map(|k| 1.0 - 1.0 / (1_u64 << k) as f64);
        let any: Vec<f64> = (0..100_000).map(|_| 1.0 - f64::from(stream.uniform())).collect();
        for u in small.chain(near_one).chain(any) {
            let error = minus_ln(u) + math::ln_f64(u);
            assert!(error.abs() < 1e-13, "{u}: {error}");
        }
    }

    #[test]
    fn batches_change_nothing() {
        let mut stream = Stream::new(4, "times");
        let mut times = Times::new(stream.clone());
        for draw in 0..5 * BATCH {
            assert_eq!(times.geometric_ticks(700.0), geometric_ticks(&mut stream, 700.0));
            assert_eq!(times.exponential(0.3), exponential(&mut stream, 0.3));
            if draw == 100 {
                times = times.clone();
            }
        }
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
