//! A population for each pixel: neurons that prefer one brightness each, and fire the earlier the better it fits.
//!
//! **Equations.** m neurons with Gaussian receptive fields: centres μ_i = (2 i − 3)/(2 (m − 2)) for i = 1 … m, width
//! σ = 1/(1.5 (m − 2)). Neuron i answers with a = exp(−(x − μ_i)²/(2 σ²)) and fires in step round((1 − a)(T − 1)); below
//! a = 0.1 it stays silent. A reader takes each spike for its answer and looks the mean centre, weighted with the answers, up
//! among those of all 256 greys.
//!
//! **Source.** Bohte, Kok and La Poutré (2002, doi:10.1016/S0925-2312(01)00658-0); β = 1.5 is theirs. They read nothing
//! back: that is ours.

use crate::math;

/// Narrower fields overlap less.
const BETA: f64 = 1.5;
/// A weaker answer is none.
const LEAST_ANSWER: f64 = 0.1;

/// The preferred brightness of each of `fields` neurons.
pub fn centre(field: u32, fields: u32) -> f64 {
    (2.0 * f64::from(field) - 1.0) / (2.0 * f64::from(fields - 2))
}

/// The width of their fields.
pub fn width(fields: u32) -> f64 {
    1.0 / (BETA * f64::from(fields - 2))
}

/// The step in which a neuron fires.
pub fn step(x: f64, field: u32, fields: u32, num_steps: u32) -> Option<u32> {
    let distance = (x - centre(field, fields)) / width(fields);
    let answer = math::exp_f64(-distance * distance / 2.0);
    (answer >= LEAST_ANSWER).then(|| ((1.0 - answer) * f64::from(num_steps - 1)).round() as u32)
}

/// The answer that a spike in this step tells of.
pub fn answer(step: u32, num_steps: u32) -> f32 {
    (1.0 - f64::from(step) / f64::from(num_steps - 1)) as f32
}
