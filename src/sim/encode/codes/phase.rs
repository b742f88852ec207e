//! Phase of an oscillation: one spike per cycle, the brighter the earlier in it.
//!
//! **Equations.** In each cycle of P steps a pixel fires at round((1 − x)(P − 1)), read as x = 1 − k/(P − 1) and averaged
//! over cycles. The rounding costs at most 1/(2 (P − 1)): less than 1/256 from P = 130 on. The oscillation goes on whatever
//! is shown, so a reader that hears it needs not know when the picture came on.
//!
//! **Source.** Montemurro, Rasch, Murayama, Logothetis and Panzeri (2008, doi:10.1016/j.cub.2008.02.023) and Kayser,
//! Montemurro, Logothetis and Panzeri (2009, doi:10.1016/j.neuron.2009.01.008) measured how much phases of local field
//! potentials tell. That brightness sets the phase in equal steps is the simplest such code, and ours.

/// The step within a cycle.
pub fn step(x: f64, period: u32) -> u32 {
    ((1.0 - x.clamp(0.0, 1.0)) * f64::from(period - 1)).round() as u32
}

/// The brightness that a step within a cycle stands for.
pub fn value(step: u32, period: u32) -> f32 {
    (1.0 - f64::from(step) / f64::from(period - 1)) as f32
}
