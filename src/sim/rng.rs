//! Random numbers: one named stream per purpose, all derived from the link's seed.
//!
//! Streams make runs comparable: adding noise to the input does not move the initial weights,
//! since each draws from its own stream. The generator is xoshiro256++ (Blackman and Vigna 2021,
//! doi:10.1145/3460772), small enough to be cloned and saved with the rest of the state. What is
//! drawn from it is written here, because distributions of other libraries may change between
//! versions and call the platform's maths.

use get_size2::GetSize;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use xxhash_rust::xxh64::xxh64;

use super::math;

/// A named stream of random numbers.
#[derive(Clone, Debug, PartialEq, Eq, GetSize)]
pub struct Stream {
    // Plain numbers, all of them inside.
    #[get_size(ignore)]
    generator: Xoshiro256PlusPlus,
}

impl Stream {
    /// The stream called `name` of the run with this `seed`. Names are part of the link contract:
    /// renaming one changes the run.
    pub fn new(seed: u32, name: &str) -> Self {
        let key = xxh64(name.as_bytes(), u64::from(seed));
        Self { generator: Xoshiro256PlusPlus::seed_from_u64(key) }
    }

    /// 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.generator.next_u64()
    }

    /// Uniform in [0, 1) with 24 bits.
    #[inline]
    pub fn uniform(&mut self) -> f32 {
        (self.generator.next_u64() >> 40) as f32 * (1.0 / 16_777_216.0)
    }

    /// Uniform in (0, 1] with 53 bits.
    #[inline]
    pub fn uniform_above_0(&mut self) -> f64 {
        ((self.generator.next_u64() >> 11) + 1) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// Uniform in [`low`, `high`).
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.uniform()
    }

    /// A whole number in 0..`bound`, each equally likely (Lemire 2019, doi:10.1145/3230636).
    ///
    /// # Panics
    /// If `bound` is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        assert!(bound > 0, "nothing to choose from");
        let threshold = bound.wrapping_neg() % bound;
        loop {
            let product = (self.generator.next_u64() >> 32) * u64::from(bound);
            if product as u32 >= threshold {
                return (product >> 32) as u32;
            }
        }
    }

    /// True with probability `p`.
    #[inline]
    pub fn chance(&mut self, p: f32) -> bool {
        self.uniform() < p
    }

    /// Standard normal (Marsaglia's polar method; the second value is not kept).
    pub fn normal(&mut self) -> f32 {
        loop {
            let u = 2.0 * self.uniform() - 1.0;
            let v = 2.0 * self.uniform() - 1.0;
            let s = u * u + v * v;
            if s > 0.0 && s < 1.0 {
                return u * (-2.0 * math::ln(s) / s).sqrt();
            }
        }
    }

    /// Puts `items` in a random order (Fisher–Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last as u32 + 1) as usize;
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generator_matches_its_reference() {
        // First outputs of xoshiro256++ from state (1, 2, 3, 4), as its authors publish them.
        let mut seed = [0_u8; 32];
        for (word, chunk) in (1_u64..=4).zip(seed.chunks_exact_mut(8)) {
            chunk.copy_from_slice(&word.to_le_bytes());
        }
        let mut generator = Xoshiro256PlusPlus::from_seed(seed);
        let expected = [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386];
        assert_eq!(expected.map(|_| generator.next_u64()), expected);
    }

    #[test]
    fn streams_are_independent_by_name_and_seed() {
        let draw = |seed, name| Stream::new(seed, name).generator.next_u64();
        assert_eq!(draw(7, "input"), draw(7, "input"));
        assert_ne!(draw(7, "input"), draw(7, "wiring"));
        assert_ne!(draw(7, "input"), draw(8, "input"));
    }

    #[test]
    fn moments_and_bounds() {
        let mut stream = Stream::new(1, "test");
        let n = 100_000;
        let uniform_mean = (0..n).map(|_| stream.uniform()).sum::<f32>() / n as f32;
        assert!((uniform_mean - 0.5).abs() < 0.005, "{uniform_mean}");
        let normals: Vec<f32> = (0..n).map(|_| stream.normal()).collect();
        let mean = normals.iter().sum::<f32>() / n as f32;
        let variance = normals.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / n as f32;
        assert!(mean.abs() < 0.015 && (variance - 1.0).abs() < 0.02, "{mean} {variance}");
        let mut counts = [0_u32; 7];
        for _ in 0..70_000 {
            counts[stream.below(7) as usize] += 1;
        }
        assert!(counts.iter().all(|&c| (9_600..10_400).contains(&c)), "{counts:?}");
    }

    #[test]
    fn shuffle_keeps_everything() {
        let mut items: Vec<u32> = (0..26).collect();
        Stream::new(3, "order").shuffle(&mut items);
        assert_ne!(items, (0..26).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..26).collect::<Vec<_>>());
    }
}
