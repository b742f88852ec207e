//! Codes of the first spike: the brighter a pixel, the earlier its only spike.
//!
//! **Linear.** t = round((1 − x)(T − 1)), read as x = 1 − t/(T − 1). Black pixels fire too, last of all. It is the common
//! form of time to first spike (TTFS; Thorpe 1990; Gollisch and Meister 2008, doi:10.1126/science.1149639, measured such
//! latencies in the retina). The rounding costs at most half a step of brightness, 1/(2 (T − 1)).
//!
//! **As published** (M. Zamani, Neural-Learning-and-Coding). t = T − 1 − clip(⌊x T⌋ − 1, 0, T − 1). Because of the second
//! "− 1" step 0 is never used and the two darkest greys of T share a step. With 8-bit greys and T = 250: 255 fires in step 1,
//! 200 in 55, 128 in 125, 64 in 188, 0 in 249. Read as the middle of the greys that a step stands for.
//!
//! **Leaky integrate-and-fire.** A membrane under a constant current, τ dV/dt = −V + x I, begins at 0 and reaches the
//! threshold 1 at t = τ ln(x I/(x I − 1)). Where x I ≤ 1 or t ≥ T it stays silent. This is the closed form, so its only
//! error is the rounding to steps. Read as x = 1/(I (1 − e^(−t/τ))).
//!
//! **What silence says.** A pixel that has not fired by step t is darker than one that would fire in it: it is read as
//! half of that.

use crate::math;

/// The step of the linear code.
pub fn linear_step(x: f64, num_steps: u32) -> u32 {
    ((1.0 - x.clamp(0.0, 1.0)) * f64::from(num_steps - 1)).round() as u32
}

/// The step of the published code.
pub fn published_step(x: f64, num_steps: u32, is_off_by_one: bool) -> u32 {
    let place = (x * f64::from(num_steps)).floor() as i64 - i64::from(is_off_by_one);
    num_steps - 1 - place.clamp(0, i64::from(num_steps) - 1) as u32
}

/// When a membrane under the current x · `drive` reaches its threshold, in steps; none where it never does.
pub fn lif_time(x: f64, tau_steps: f64, drive: f64) -> Option<f64> {
    let current = x * drive;
    (current > 1.0).then(|| tau_steps * math::ln_f64(current / (current - 1.0)))
}

/// The step of the membrane's first spike.
pub fn lif_step(x: f64, (tau_steps, drive): (f64, f64), num_steps: u32) -> Option<u32> {
    let time = lif_time(x, tau_steps, drive)?.round();
    (time < f64::from(num_steps)).then_some(time as u32)
}

/// What a spike in each of `num_steps` + 1 steps stands for; the last is one that comes too late.
pub fn linear_values(num_steps: u32) -> Vec<f32> {
    let last = f64::from(num_steps - 1);
    (0..=num_steps).map(|step| (1.0 - f64::from(step) / last).max(0.0) as f32).collect()
}

/// The same of the published code: the middle of what a step stands for.
pub fn published_values(num_steps: u32, is_off_by_one: bool) -> Vec<f32> {
    let num = f64::from(num_steps);
    let middle = |step: u32| {
        let place = f64::from(num_steps - 1 - step);
        match (is_off_by_one, step == num_steps - 1) {
            (true, true) => 1.0 / num,
            (true, false) => (place + 1.5) / num,
            (false, _) => (place + 0.5) / num,
        }
    };
    (0..num_steps).map(|step| middle(step).min(1.0) as f32).chain([0.0]).collect()
}

/// The same of the membrane.
pub fn lif_values(num_steps: u32, tau_steps: f64, drive: f64) -> Vec<f32> {
    let value = |step: u32| match step {
        0 => 1.0,
        step => 1.0 / (drive * (1.0 - math::exp_f64(-f64::from(step) / tau_steps))),
    };
    (0..=num_steps).map(|step| value(step).min(1.0) as f32).collect()
}
