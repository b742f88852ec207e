//! Weighted spikes: the binary digits of a brightness, one per step, the highest first, again and again.
//!
//! **Equations.** A cycle has K steps. In step k of it (from 0) a pixel fires if digit k of ⌊2^K x⌋ is 1, and such a spike
//! weighs 2^(−1−k). The sum of a cycle is x, to less than 2^(−K): exact for 8-bit greys at K = 8. In the first cycle what is
//! still to come is read as the middle of what it can be; later the mean of all whole cycles is taken.
//!
//! **Source.** J. Kim, H. Kim, S. Huh, J. Lee and K. Choi (2018). Deep neural networks with weighted spikes. Neurocomputing
//! 311, 373–386, doi:10.1016/j.neucom.2018.05.087. They call it a phase code too, since K phases of a clock carry the
//! weights.

/// Whether a pixel fires in step `step` of a cycle.
pub fn fires(x: f64, step: u32, bits: u32) -> bool {
    let number = (x.clamp(0.0, 1.0) * f64::from(1_u32 << bits)).floor() as u32;
    number.min((1 << bits) - 1) >> (bits - 1 - step) & 1 == 1
}

/// What a spike in this step of a cycle weighs.
pub fn weight(step: u32) -> f32 {
    0.5 / (1_u64 << step) as f32
}
