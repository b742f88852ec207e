//! How fast and how irregularly a leaky integrate-and-fire neuron fires under white noise: closed form.
//!
//! **Equations.** τ_m dV/dt = E_L − V + μ + σ √(2 τ_m) ξ(t), so that σ is the standard deviation of the potential without
//! spikes. With a = (V_r − E_L − μ)/(√2 σ) and b = (V_th − E_L − μ)/(√2 σ)
//!
//! - rate: 1/f = t_ref + τ_m √π ∫ₐᵇ e^(x²) (1 + erf x) dx,
//! - irregularity: CV² = 2π (f τ_m)² ∫ₐᵇ e^(x²) ∫₋∞ˣ e^(y²) (1 + erf y)² dy dx.
//!
//! In steps of dt a neuron is looked at only now and then, and so misses crossings in between. It fires as if its threshold
//! were higher by 0.5826 σ √(2 dt/τ_m), where 0.5826 = −ζ(½)/√(2π).
//!
//! **Source.** Siegert (1951, doi:10.1103/PhysRev.81.617), in the form of Ricciardi (1977, doi:10.1007/978-3-642-93059-1); CV:
//! Brunel (2000, doi:10.1023/A:1008925309027), appendix. Steps: Broadie, Glasserman and Kou (1997,
//! doi:10.1111/1467-9965.00035), for a random walk; near the threshold this is one.
//!
//! **Method.** e^(x²) (1 + erf x) is erfcx(−x), which neither overflows nor cancels. The outer integral is Simpson's. The
//! inner one, H(x) = e^(x²) ∫₋∞ˣ e^(−y²) erfcx(−y)² dy, goes from step to step, H(x + h) = e^((x+h)²−x²) H(x) + the same
//! integral over the step, from 6 below a, where what it begins with is forgotten. Both have an error of order h⁴, below 10⁻⁴.

use std::f64::consts::{PI, SQRT_2};

use super::LifParams;
use crate::math;

/// −ζ(½)/√(2π).
const OVERSHOOT: f64 = 0.582_597_157_939_01;
/// Beyond this e^(x²) is not a number that a computer holds: the neuron is silent.
const MOST: f64 = 26.0;
/// Simpson's parts of the outer integral.
const PARTS: u32 = 200;

/// By how much a step of `dt_ms` seems to raise the threshold of a membrane with this time constant.
pub fn overshoot_mv(sd_mv: f64, tau_m_ms: f64, dt_ms: f64) -> f64 {
    OVERSHOOT * sd_mv * (2.0 * dt_ms / tau_m_ms).sqrt()
}

/// Rate in Hz under a mean input of `mean_mv`, as R I, and white noise that alone would make the potential fluctuate by
/// `sd_mv`.
pub fn rate_hz(p: &LifParams, mean_mv: f64, sd_mv: f64) -> f64 {
    let (a, b) = ends(p, mean_mv, sd_mv);
    if b >= MOST {
        return 0.0;
    }
    let integral = simpson(a, b, |x| erfcx(-x));
    1_000.0 / (p.t_ref_ms + p.tau_m_ms * PI.sqrt() * integral)
}

/// Coefficient of variation of the intervals under the same input; not a number for a neuron that is silent.
pub fn cv(p: &LifParams, mean_mv: f64, sd_mv: f64) -> f64 {
    let (a, b) = ends(p, mean_mv, sd_mv);
    let f_tau = rate_hz(p, mean_mv, sd_mv) / 1_000.0 * p.tau_m_ms;
    if b >= MOST || f_tau <= 0.0 {
        return f64::NAN;
    }
    // From where what it begins with is forgotten.
    let from = a - 6.0;
    let first = inner(from) / (-2.0 * from).max(1.0);
    let (begun, _) = outer((from, a), first);
    let (_, integral) = outer((a, b), begun);
    (2.0 * PI * integral).sqrt() * f_tau
}

/// (1 + erf x)² e^(2x²).
fn inner(x: f64) -> f64 {
    let scaled = erfcx(-x);
    scaled * scaled
}

/// H at the end of a stretch, and its integral over it, from what it begins with.
fn outer((from, to): (f64, f64), begun: f64) -> (f64, f64) {
    // What grows fastest does so by less than a third in a step.
    let widest = 0.08 / from.abs().max(to.abs()).max(1.0);
    let num = 2 * ((to - from) / widest / 2.0).ceil().max(1.0) as u32;
    let step = (to - from) / f64::from(num);
    let (mut h, mut sum) = (begun, begun);
    for nth in 0..num {
        let x = from + f64::from(nth) * step;
        let (middle, next) = (x + step / 2.0, x + step);
        let kept = |y: f64| math::exp_f64((next - y) * (next + y));
        let of_step = kept(x) * inner(x) + 4.0 * kept(middle) * inner(middle) + inner(next);
        h = kept(x) * h + step / 6.0 * of_step;
        sum += h * if nth + 1 == num { 1.0 } else { 4.0 - 2.0 * f64::from(nth % 2) };
    }
    (h, sum * step / 3.0)
}

fn ends(p: &LifParams, mean_mv: f64, sd_mv: f64) -> (f64, f64) {
    let at = |v_mv: f64| (v_mv - p.e_l_mv - mean_mv) / (SQRT_2 * sd_mv);
    (at(p.v_reset_mv), at(p.v_th_mv))
}

fn simpson(a: f64, b: f64, of: impl Fn(f64) -> f64) -> f64 {
    let step = (b - a) / f64::from(2 * PARTS);
    let weight = |nth: u32| match nth {
        0 => 1.0,
        nth if nth == 2 * PARTS => 1.0,
        nth => 2.0 + 2.0 * f64::from(nth % 2),
    };
    let all = (0..=2 * PARTS).map(|nth| weight(nth) * of(a + f64::from(nth) * step));
    all.sum::<f64>() * step / 3.0
}

/// e^(x²) erfc x.
fn erfcx(x: f64) -> f64 {
    if x < 20.0 {
        return math::exp_f64(x * x) * math::erfc_f64(x);
    }
    let square = 1.0 / (x * x);
    (1.0 - square * (0.5 - square * (0.75 - square * 1.875))) / (x * PI.sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::Lif;
    use super::*;
    use crate::{Stream, TimeGrid};

    const P: LifParams = LifParams {
        tau_m_ms: 20.0,
        e_l_mv: -70.0,
        v_th_mv: -54.0,
        v_reset_mv: -60.0,
        t_ref_ms: 2.0,
    };

    /// Rate and CV by adaptive quadrature with 20 digits (mpmath 1.3), the later ones by sums of 200,000 parts.
    const BY_QUADRATURE: [(f64, f64, f64, f64); 10] = [
        (0.0, 5.0, 0.360_085_18, 1.065_553_3),
        (10.0, 2.0, 0.574_503_842, 0.990_040_72),
        (10.0, 5.0, 16.721_233_9, 1.049_935_9),
        (15.0, 5.0, 39.234_579, 0.884_868_1),
        (16.0, 2.0, 26.562_501_5, 0.568_296_4),
        (16.0, 10.0, 70.590_225_3, 1.140_890_7),
        (20.0, 2.0, 53.285_115_1, 0.384_539_1),
        (25.0, 5.0, 91.790_806_7, 0.591_094_4),
        (40.0, 2.0, 155.320_836, 0.153_171_9),
        (40.0, 10.0, 166.588_882, 0.649_763_7),
    ];

    #[test]
    fn integrals_are_those_of_adaptive_quadrature() {
        for (mean, sd, rate, cv) in BY_QUADRATURE {
            let found = [rate_hz(&P, mean, sd) / rate, super::cv(&P, mean, sd) / cv];
            assert!(found.iter().all(|ratio| (ratio - 1.0).abs() < 1e-4), "{mean} {sd}: {found:?}");
        }
    }

    /// With little noise the neuron does what it does under a constant current, or nothing.
    #[test]
    fn without_noise_it_is_the_rate_of_a_clock() {
        let clock = 1_000.0 / (2.0 + 20.0 * math::ln_f64(20.0 / 14.0));
        let found = rate_hz(&P, 30.0, 0.01);
        assert!((found / clock - 1.0).abs() < 1e-3, "{found} {clock}");
        assert!(super::cv(&P, 30.0, 0.05) < 0.01);
        assert_eq!(rate_hz(&P, 0.0, 0.1), 0.0);
        assert!(super::cv(&P, 0.0, 0.1).is_nan());
    }

    /// Rate and CV of 100 simulated neurons.
    fn simulated(dt_ms: f64, mean: f32, sd: f64) -> [f64; 2] {
        const NUM: usize = 100;
        let mut neurons = Lif::new(NUM, &P, TimeGrid::new(dt_ms));
        let mut stream = Stream::new(7, "white noise");
        let left = math::exp_f64(-dt_ms / P.tau_m_ms);
        let sd = (sd * ((1.0 + left) / (1.0 - left)).sqrt()) as f32;
        let (mut drive, mut fired) = (vec![0.0; NUM], Vec::new());
        let (mut last, mut sums) = (vec![None; NUM], [0.0; 3]);
        let num_steps = (10_000.0 / dt_ms) as u32;
        for step in 0..num_steps {
            drive.iter_mut().for_each(|drive| *drive = mean + sd * stream.normal());
            if neurons.integrate(&drive, &[0.0; NUM]) {
                neurons.find_crossings(None, &mut fired);
                for &neuron in &fired {
                    if let Some(last) = last[neuron as usize].replace(step) {
                        let interval = f64::from(step - last) * dt_ms;
                        let all = [1.0, interval, interval * interval];
                        sums.iter_mut().zip(all).for_each(|(sum, of)| *sum += of);
                    }
                }
                neurons.reset_fired(&fired);
                fired.clear();
            }
        }
        let (mean, square) = (sums[1] / sums[0], sums[2] / sums[0]);
        [1_000.0 / mean, (square - mean * mean).sqrt() / mean]
    }

    /// Mean intervals over 10 s per neuron; where it fires rarely, long ones are cut off, so only faster ones are compared.
    /// Standard errors are near 1 %.
    #[test]
    fn neurons_in_steps_fire_as_if_their_threshold_were_higher() {
        for (dt_ms, mean, sd) in
            [(0.1, 15.0, 5.0), (0.5, 15.0, 5.0), (0.1, 20.0, 2.0), (0.5, 10.0, 10.0)]
        {
            let [rate, cv] = simulated(dt_ms, mean as f32, sd);
            let raised = P.v_th_mv + overshoot_mv(sd, P.tau_m_ms, dt_ms);
            let seen = LifParams { v_th_mv: raised, ..P };
            let expected = [rate_hz(&seen, mean, sd), super::cv(&seen, mean, sd)];
            let plain = rate_hz(&P, mean, sd);
            println!(
                "{dt_ms} {mean} {sd}: {rate:.2} {cv:.3}, {expected:.3?}, without steps {plain:.2}"
            );
            assert!((rate / expected[0] - 1.0).abs() < 0.03, "{rate} {expected:?}");
            assert!((cv / expected[1] - 1.0).abs() < 0.03, "{cv} {expected:?}");
            assert!(
                (rate / plain - 1.0).abs() > (rate / expected[0] - 1.0).abs(),
                "{rate} {plain}"
            );
        }
    }
}
