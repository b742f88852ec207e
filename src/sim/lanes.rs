//! Several numbers at a time, for the few loops that run over whole networks in every step.
//!
//! The page is compiled for size, and then no loop is vectorised; written with these, it is: four numbers go together
//! in wasm. Elsewhere the compiler does the same with plain loops, and a "lane" is a single number. Each lane does what
//! a single number would, so that the bits are the same everywhere.

use std::ops::{Add, Mul, Sub};

pub use imp::{WIDTH, any_reaches, fill_from_u16s};

/// [`WIDTH`] numbers. Columns are as long as a multiple of it.
#[derive(Clone, Copy, Debug)]
pub struct Lanes(imp::Wide);

impl Lanes {
    /// The same number in all lanes.
    #[inline(always)]
    pub fn splat(value: f32) -> Self {
        Self(imp::splat(value))
    }

    /// Numbers of a column.
    #[inline(always)]
    pub fn load(numbers: &[f32; WIDTH]) -> Self {
        Self(imp::load(numbers))
    }

    /// Puts them back.
    #[inline(always)]
    pub fn store(self, numbers: &mut [f32; WIDTH]) {
        imp::store(self.0, numbers);
    }

    /// Each lane, or 0 where it is less than [`SMALLEST`](super::math::SMALLEST); for numbers that are not negative.
    #[inline(always)]
    pub fn flushed(self) -> Self {
        Self(imp::flushed(self.0))
    }
}

/// Makes a function, a loop over columns, that takes the widest registers which the processor has: what is compiled for
/// every x86-64 has those of four numbers only, and nearly all of today have those of eight. Each number is computed as
/// before, nothing is fused, and so the bits stay the same. What the function calls has to be inlined.
macro_rules! widely {
    ($(#[$attribute:meta])* fn $name:ident($($arg:ident: $Arg:ty),* $(,)?) $(-> $Found:ty)? $body:block) => {
        $(#[$attribute])*
        fn $name($($arg: $Arg),*) $(-> $Found)? {
            #[inline(always)]
            fn plain($($arg: $Arg),*) $(-> $Found)? $body

            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn by_eight($($arg: $Arg),*) $(-> $Found)? {
                    plain($($arg),*)
                }
                if std::arch::is_x86_feature_detected!("avx2") {
                    // SAFETY: the processor has just said that it can do this.
                    return unsafe { by_eight($($arg),*) };
                }
            }
            plain($($arg),*)
        }
    };
}

pub(crate) use widely;

impl Add for Lanes {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(imp::add(self.0, other.0))
    }
}

impl Sub for Lanes {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(imp::sub(self.0, other.0))
    }
}

impl Mul for Lanes {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(imp::mul(self.0, other.0))
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod imp {
    use core::arch::wasm32 as simd;

    use crate::math::SMALLEST;

    /// How many numbers go together.
    pub const WIDTH: usize = 4;
    pub type Wide = simd::v128;

    #[inline(always)]
    pub fn splat(value: f32) -> Wide {
        simd::f32x4_splat(value)
    }

    #[inline(always)]
    pub fn load(numbers: &[f32; WIDTH]) -> Wide {
        // SAFETY: sixteen bytes that may be read; no alignment is needed.
        unsafe { simd::v128_load(numbers.as_ptr().cast()) }
    }

    #[inline(always)]
    pub fn store(wide: Wide, numbers: &mut [f32; WIDTH]) {
        // SAFETY: sixteen bytes that may be written; no alignment is needed.
        unsafe { simd::v128_store(numbers.as_mut_ptr().cast(), wide) }
    }

    #[inline(always)]
    pub fn flushed(a: Wide) -> Wide {
        simd::v128_andnot(a, simd::f32x4_lt(a, simd::f32x4_splat(SMALLEST)))
    }

    #[inline(always)]
    pub fn add(a: Wide, b: Wide) -> Wide {
        simd::f32x4_add(a, b)
    }

    #[inline(always)]
    pub fn sub(a: Wide, b: Wide) -> Wide {
        simd::f32x4_sub(a, b)
    }

    #[inline(always)]
    pub fn mul(a: Wide, b: Wide) -> Wide {
        simd::f32x4_mul(a, b)
    }

    /// Whether one of so many numbers, a multiple of four, is at or above `threshold`.
    #[inline(always)]
    pub fn any_reaches<const N: usize>(numbers: &[f32; N], threshold: f32) -> bool {
        let fours = numbers.as_chunks::<WIDTH>().0.iter();
        simd::v128_any_true(fours.fold(splat(0.0), |any, four| {
            simd::v128_or(any, simd::f32x4_ge(load(four), splat(threshold)))
        }))
    }

    /// Fills a column with `low + step · n`, where each n is 16 bits, four of them from one word of `bits`.
    #[inline(always)]
    pub fn fill_from_u16s(
        column: &mut [f32],
        (low, step): (f32, f32),
        mut bits: impl FnMut() -> u64,
    ) {
        for numbers in column.as_chunks_mut::<4>().0 {
            let n = simd::u32x4_extend_low_u16x8(simd::u64x2_splat(bits()));
            store(add(splat(low), mul(splat(step), simd::f32x4_convert_u32x4(n))), numbers);
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod imp {
    use crate::math;

    /// How many numbers go together.
    pub const WIDTH: usize = 1;
    pub type Wide = f32;

    #[inline(always)]
    pub fn splat(value: f32) -> Wide {
        value
    }

    #[inline(always)]
    pub fn load([number]: &[f32; WIDTH]) -> Wide {
        *number
    }

    #[inline(always)]
    pub fn store(wide: Wide, numbers: &mut [f32; WIDTH]) {
        *numbers = [wide];
    }

    #[inline(always)]
    pub fn flushed(a: Wide) -> Wide {
        if a < math::SMALLEST { 0.0 } else { a }
    }

    #[inline(always)]
    pub fn add(a: Wide, b: Wide) -> Wide {
        a + b
    }

    #[inline(always)]
    pub fn sub(a: Wide, b: Wide) -> Wide {
        a - b
    }

    #[inline(always)]
    pub fn mul(a: Wide, b: Wide) -> Wide {
        a * b
    }

    /// Whether one of so many numbers, a multiple of four, is at or above `threshold`.
    #[inline(always)]
    pub fn any_reaches<const N: usize>(numbers: &[f32; N], threshold: f32) -> bool {
        // Without a way out, so that all are compared at once.
        numbers.iter().fold(false, |any, number| any | (*number >= threshold))
    }

    /// Fills a column with `low + step · n`, where each n is 16 bits, four of them from one word of `bits`.
    #[inline(always)]
    pub fn fill_from_u16s(
        column: &mut [f32],
        (low, step): (f32, f32),
        mut bits: impl FnMut() -> u64,
    ) {
        for numbers in column.as_chunks_mut::<4>().0 {
            let bits = bits();
            for (lane, number) in (0..).zip(numbers) {
                // By way of i32, for which every processor has a conversion.
                *number = low + step * i32::from((bits >> (16 * lane)) as u16) as f32;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(lanes: Lanes) -> f32 {
        let mut numbers = [0.0; WIDTH];
        lanes.store(&mut numbers);
        numbers[WIDTH - 1]
    }

    #[test]
    fn every_lane_does_what_a_number_does() {
        let [a, b] = [Lanes::load(&[-3.5; WIDTH]), Lanes::splat(0.2)];
        assert_eq!(number(a + b), -3.5 + 0.2);
        assert_eq!(number(a - b), -3.5 - 0.2);
        assert_eq!(number(a * b), -3.5 * 0.2);
        assert_eq!(number(Lanes::splat(1e-21).flushed()), 0.0);
        assert_eq!(number(Lanes::splat(1e-19).flushed()), 1e-19);
    }

    #[test]
    fn one_of_eight_is_enough() {
        for place in 0..8 {
            let mut numbers = [-65.0; 8];
            assert!(!any_reaches(&numbers, 30.0));
            numbers[place] = 30.0;
            assert!(any_reaches(&numbers, 30.0) && !any_reaches(&numbers, 30.1));
        }
    }

    #[test]
    fn sixteen_bits_make_a_number() {
        let mut column = [0.0; 8];
        let mut words = [0xffff_0001_8000_0000_u64, 0x0002_0000_0000_0003].into_iter();
        fill_from_u16s(&mut column, (-1.0, 0.5), || words.next().unwrap());
        assert_eq!(column, [-1.0, 16_383.0, -0.5, 32_766.5, 0.5, -1.0, -1.0, 0.0]);
    }
}
