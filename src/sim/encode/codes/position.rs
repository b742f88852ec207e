//! The published "numerical value" of a pixel: a short burst whose place in time says how bright it is.
//!
//! **Equations** (M. Zamani, Neural-Learning-and-Coding). Centres m_k = 256 k/T for k = 0 … T − 1, a width s = T/π³, and
//! g_k = round(s π exp(−(256 x − m_k)²/(2 s²))): a spike in step T − 1 − k for every k with g_k ≠ 0. The factor s π is not
//! that of a normal density, which would be 1/(s √(2π)). So a pixel fires a burst without gaps, about
//! |256 x − m_k| < s √(2 ln(2 π s)): 3 to 7 spikes at T = 100. As s grows with T, the bursts do too: 23 to 45 spikes at
//! T = 250. The switch keeps the width at 3 greys, where bursts get longer only as steps get finer.
//!
//! There is one neuron for each pixel here, not a population of receptive fields, which the report describes.
//!
//! **Reading.** The mean place of a pixel's spikes, looked up among those of all 256 greys, since bursts of the darkest and
//! the brightest are cut off.

use crate::math;

/// π³.
const PI_CUBED: f64 = std::f64::consts::PI * std::f64::consts::PI * std::f64::consts::PI;
/// The width in greys where it does not grow: about that of T = 100.
const FIXED_WIDTH: f64 = 3.0;

/// The width in greys.
pub fn width(num_steps: u32, is_growing: bool) -> f64 {
    if is_growing { f64::from(num_steps) / PI_CUBED } else { FIXED_WIDTH }
}

/// The steps in which a pixel of this brightness fires, ascending.
pub fn steps(x: f64, num_steps: u32, is_growing: bool) -> Vec<u32> {
    let width = width(num_steps, is_growing);
    let fires = |place: &u32| {
        let distance = 256.0 * x - 256.0 * f64::from(*place) / f64::from(num_steps);
        let exponent = -distance * distance / (2.0 * width * width);
        // Rounded to even: a half is 0.
        width * std::f64::consts::PI * math::exp_f64(exponent) > 0.5
    };
    (0..num_steps).rev().filter(fires).map(|place| num_steps - 1 - place).collect()
}
