//! What can happen to spikes between a picture and its reader.
//!
//! *Jitter*: each spike moves by a normal variate, in whole steps, and stays within the presentation. *Deletion*: each spike
//! is lost with some probability. *Background*: each neuron fires besides with some probability per step. *Unknown onset*:
//! the picture comes on later than the reader thinks, by a uniform variate that all spikes of a presentation
//! share; what falls outside the time that the reader listens is lost. Spikes that an oscillation times
//! ([`super::Code::is_clocked`]) keep their phase then, because the reader hears the same oscillation.

use get_size2::GetSize;

use crate::Stream;

/// How much of it there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, GetSize)]
pub struct Noise {
    /// Standard deviation of the moves of spikes, as a share of the presentation.
    pub jitter: f64,
    /// Probability that a spike is lost.
    pub deletion: f64,
    /// Probability that a neuron fires besides, per step.
    pub background: f64,
    /// The most by which the onset is late, as a share of the presentation.
    pub onset: f64,
}

impl Noise {
    /// Whether there is any.
    pub fn is_any(&self) -> bool {
        *self != Self::default()
    }

    /// By how many steps the onset of a presentation is late.
    pub fn late_steps(&self, num_steps: u32, stream: &mut Stream) -> i64 {
        if self.onset <= 0.0 {
            return 0;
        }
        let most = self.onset * f64::from(num_steps);
        (most * stream.uniform_above_0()).round() as i64
    }

    /// Where a spike ends up; none if it is lost.
    pub fn moved(&self, step: u32, num_steps: u32, stream: &mut Stream) -> Option<u32> {
        if self.deletion > 0.0 && stream.uniform_above_0() <= self.deletion {
            return None;
        }
        if self.jitter <= 0.0 {
            return Some(step);
        }
        let by = self.jitter * f64::from(num_steps) * f64::from(stream.normal());
        let moved = (f64::from(step) + by).round();
        Some(moved.clamp(0.0, f64::from(num_steps - 1)) as u32)
    }
}
