//! Transcendental functions with the same bits on every platform.
//!
//! The standard library's `exp`, `ln`, `pow` call the platform's C library, and wasm's differ from
//! Linux's in the last bits. `libm` is Rust all the way down. `+ − × ÷` and `sqrt` are exact by
//! IEEE 754 everywhere, so they need no wrapper.

/// eˣ in single precision.
pub fn exp(x: f32) -> f32 {
    libm::expf(x)
}

/// eˣ of each number, with the bits of [`exp`].
#[inline(always)]
pub fn exp_all(numbers: &mut [f32]) {
    for some in numbers.chunks_mut(32) {
        // Without a way out, so that several are compared at once.
        if some.iter().fold(true, |all, x| all & is_moderate(*x)) {
            some.iter_mut().for_each(|x| *x = exp_moderate(*x));
        } else if some.iter().fold(true, |all, x| all & is_normal(*x)) {
            some.iter_mut().for_each(|x| *x = exp_normal(*x));
        } else {
            some.iter_mut().for_each(|x| *x = exp(*x));
        }
    }
}

/// 2⁻¹⁴ < |x| ≤ ½ ln 2.
#[inline(always)]
fn is_moderate(x: f32) -> bool {
    (x.abs() > f32::from_bits(0x3900_0000)) & (x.abs() <= f32::from_bits(0x3eb1_7218))
}

/// What `libm` does for moderate numbers. Without its branches the compiler takes several numbers at a time.
#[inline(always)]
fn exp_moderate(x: f32) -> f32 {
    let square = x * x;
    let c = x - square * (1.666_662_5e-1 + square * -2.766_733_3e-3);
    1.0 + (x * c / (2.0 - c) + x)
}

/// |x| ≤ 80: eˣ is not near the ends of what a number holds.
#[inline(always)]
fn is_normal(x: f32) -> bool {
    x.abs() <= 80.0
}

/// What `libm` does for these: eˣ = 2ᵏ eʳ with a moderate r, and 1 + x up to 2⁻¹⁴. There is no instruction that turns several numbers into
/// integers as Rust does, so that k is found, and put into an exponent, by adding what has no room for fractions.
#[inline(always)]
fn exp_normal(x: f32) -> f32 {
    const WHOLE: f32 = (1 << 23) as f32;
    // ln 2 in two parts, the first of which has room for k.
    let [ln_2_high, ln_2_low] = [0x3f31_7200, 0x35bf_be8e].map(f32::from_bits);
    let (size, sign) = (x.abs(), 1.0_f32.copysign(x));
    let far = std::f32::consts::LOG2_E * size + 0.5;
    let nearest = (far + WHOLE) - WHOLE;
    let below = nearest - if nearest > far { 1.0 } else { 0.0 };
    // Up to 1½ ln 2 it is not computed, since it could be rounded otherwise at the borders.
    let near = if size > f32::from_bits(0x3eb1_7218) { 1.0 } else { 0.0 };
    let k = sign * if size > f32::from_bits(0x3f85_1592) { below } else { near };
    let (high, low) = (x - k * ln_2_high, k * ln_2_low);
    let r = high - low;
    let square = r * r;
    let c = r - square * (1.666_662_5e-1 + square * -2.766_733_3e-3);
    let y = 1.0 + (r * c / (2.0 - c) - low + high);
    let y = y * f32::from_bits((k + (127.0 + WHOLE)).to_bits() << 23);
    if size > f32::from_bits(0x3900_0000) { y } else { 1.0 + x }
}

/// The natural logarithm of each number, with the bits of [`ln`].
#[inline(always)]
pub fn ln_all(numbers: &mut [f32]) {
    for some in numbers.chunks_mut(32) {
        // Positive and neither subnormal nor infinite.
        let is_normal = |x: f32| (f32::MIN_POSITIVE..=f32::MAX).contains(&x);
        if some.iter().fold(true, |all, x| all & is_normal(*x)) {
            some.iter_mut().for_each(|x| *x = ln_normal(*x));
        } else {
            some.iter_mut().for_each(|x| *x = ln(*x));
        }
    }
}

/// What `libm` does for these: x = 2ᵏ (1 + f) with 1 + f between √½ and √2, and the logarithm of that by a series in
/// f/(2 + f). Without its branches the compiler takes several numbers at a time.
#[inline(always)]
fn ln_normal(x: f32) -> f32 {
    const ONE: u32 = 0x3f80_0000;
    const SQRT_HALF: u32 = 0x3f35_04f3;
    let [ln_2_high, ln_2_low] = [0x3f31_7180, 0x3717_f7d1].map(f32::from_bits);
    let bits = x.to_bits() + (ONE - SQRT_HALF);
    let k = ((bits >> 23) as i32 - 0x7f) as f32;
    let f = f32::from_bits((bits & 0x007f_ffff) + SQRT_HALF) - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let odd = w * (0.400_009_72 + w * 0.242_790_79);
    let even = z * (0.666_666_6 + w * 0.284_987_87);
    let half_square = 0.5 * f * f;
    s * (half_square + (even + odd)) + k * ln_2_low - half_square + f + k * ln_2_high
}

/// eˣ in double precision, for constants that are derived once per run.
pub fn exp_f64(x: f64) -> f64 {
    libm::exp(x)
}

/// The natural logarithm in single precision.
pub fn ln(x: f32) -> f32 {
    libm::logf(x)
}

/// The natural logarithm in double precision.
pub fn ln_f64(x: f64) -> f64 {
    libm::log(x)
}

/// The decadic logarithm in single precision.
pub fn log10(x: f32) -> f32 {
    libm::log10f(x)
}

/// The cosine of `part` of a turn that is cut into `of` parts.
pub fn cos_of_turn(part: usize, of: usize) -> f32 {
    libm::cos(std::f64::consts::TAU * part as f64 / of as f64) as f32
}

/// The sine of so many turns in double precision.
pub fn sin_of_turns_f64(turns: f64) -> f64 {
    libm::sin(std::f64::consts::TAU * (turns - turns.floor()))
}

/// The complementary error function in double precision.
pub fn erfc_f64(x: f64) -> f64 {
    libm::erfc(x)
}

/// `base` to the power `exponent` in single precision.
pub fn powf(base: f32, exponent: f32) -> f32 {
    libm::powf(base, exponent)
}

/// `base` to the power `exponent` in double precision.
pub fn powf_f64(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

/// The factor by which something with time constant `tau_ms` shrinks in one step: `exp(−dt/τ)`.
pub fn decay_per_step(dt_ms: f64, tau_ms: f64) -> f32 {
    exp_f64(-dt_ms / tau_ms) as f32
}

/// The larger of two numbers, neither of them NaN. `f32::max` looks for NaN too, and wasm calls a
/// function for that, which costs more than what surrounds it in a step.
#[inline(always)]
pub fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// Below this magnitude a decaying variable is set to zero. Single precision turns subnormal at
/// 1.2e-38, where processors become several times slower, and wasm cannot flush them to zero.
pub const SMALLEST: f32 = 1e-20;

/// `x`, or zero where it has decayed to less than [`SMALLEST`].
#[inline(always)]
pub fn flush(x: f32) -> f32 {
    if x.abs() < SMALLEST { 0.0 } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reference_bits() {
        // Golden bits: a change here changes every fingerprint, on every platform.
        assert_eq!(exp(-0.05).to_bits(), 0x3f73_83c6);
        assert_eq!(ln(0.3).to_bits(), 0xbf9a_1bc8);
        assert_eq!(powf(15.0, 1.0714286).to_bits(), 0x4191_9be0);
        assert_eq!(exp_f64(-0.05).to_bits(), 0x3fee_7078_b0a7_26a6);
    }

    #[test]
    fn exponentials_of_many_numbers_have_the_bits_of_one() {
        // Around the borders of what is moderate and of what is normal, and every 97th number from one to the other.
        let borders = [0x3900_0000_u32, 0x3eb1_7218, 0x3f85_1592, 80.0_f32.to_bits()];
        let near = borders.into_iter().flat_map(|bits| bits - 20..=bits + 20);
        let small = (0..borders[0]).step_by(9_973);
        let bits = near.chain(small).chain((borders[0]..borders[3]).step_by(97));
        let mut numbers: Vec<f32> = bits.map(f32::from_bits).flat_map(|x| [x, -x]).collect();
        numbers.extend([0.0, -0.0, 1.0, -3.0, 1e-20, 100.0, -200.0, f32::INFINITY]);
        let mut all = numbers.clone();
        exp_all(&mut all);
        for (x, found) in numbers.into_iter().zip(all) {
            assert_eq!(found.to_bits(), exp(x).to_bits(), "{x:e}");
        }
    }

    #[test]
    fn logarithms_of_many_numbers_have_the_bits_of_one() {
        let near = [0x0080_0000_u32, 0x3f35_04f3, 0x3f80_0000, 0x3fb5_04f3, 0x7f7f_ffe0];
        let near = near.into_iter().flat_map(|bits| bits - 20..=bits + 20);
        let bits = near.chain((0x0080_0000..0x7f80_0000).step_by(1_997));
        let mut numbers: Vec<f32> = bits.map(f32::from_bits).collect();
        numbers.extend([0.0, -0.0, -1.0, 1e-40, f32::INFINITY]);
        let mut all = numbers.clone();
        ln_all(&mut all);
        for (x, found) in numbers.into_iter().zip(all) {
            let expected = ln(x);
            let is_same = found.to_bits() == expected.to_bits();
            assert!(is_same || found.is_nan() && expected.is_nan(), "{x:e}: {found:e}");
        }
    }

    #[test]
    fn decay_never_becomes_subnormal() {
        let factor = decay_per_step(1.0, 20.0);
        let mut x = 1.0_f32;
        for _ in 0..10_000 {
            x = flush(x * factor);
            assert!(x == 0.0 || x.is_normal());
        }
        assert_eq!(x, 0.0);
    }
}
