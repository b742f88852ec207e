//! The published "Poisson" code: intervals, not counts, come from a Poisson distribution.
//!
//! **Equations** (BindsNET's `poisson`, Hazan et al. 2018, doi:10.3389/fninf.2018.00089, and M. Zamani after it).
//! r = λ x. Intervals are drawn from a Poisson distribution of mean 1/r, zeros become ones, and a spike falls in the step
//! before each running sum. x = 0 stays silent.
//!
//! **What is wrong with it.** A Poisson *process* has exponential intervals, whose coefficient of variation (CV) is 1. A
//! Poisson distribution of mean m has a standard deviation of √m, so here the CV is about √r: 0.30 at r = 0.09. The trains
//! are far too regular, and all begin in phase: the first spike comes near 1/r. So counts hardly vary, and it decodes better
//! than any Poisson process could.
//!
//! **The scrambled raster.** The program has a table of T rows, one per step, and reads the same numbers as a table with one
//! row per pixel, without transposing it: see [`scrambled`].
//!
//! **Method.** One number per interval, looked up in the distribution's running sum.

use get_size2::GetSize;

use crate::{Stream, math};

/// Above this mean no interval ends within the longest presentation: e^(−m) would be no normal number either.
const LONGEST_MEAN: f64 = 700.0;

/// The distribution of the intervals of one grey.
#[derive(Clone, Debug, Default, PartialEq, GetSize)]
pub struct Intervals {
    /// Probability of an interval of at most 0, 1, …; empty for those who stay silent.
    at_most: Vec<f64>,
}

impl Intervals {
    /// Intervals of mean 1/`rate`, of which those longer than `num_steps` do not matter.
    pub fn new(rate: f64, num_steps: u32) -> Self {
        let mean = 1.0 / rate;
        if rate <= 0.0 || mean > LONGEST_MEAN {
            return Self::default();
        }
        let (mut share, mut sum) = (math::exp_f64(-mean), 0.0);
        let at_most = (0..=num_steps).map(|interval| {
            sum += share;
            share *= mean / f64::from(interval + 1);
            sum
        });
        Self { at_most: at_most.collect() }
    }

    /// Adds the steps of a train of `num_steps`.
    pub fn draw(&self, num_steps: u32, stream: &mut Stream, mut add: impl FnMut(u32)) {
        if self.at_most.is_empty() {
            return;
        }
        let mut end = 0;
        loop {
            let u = stream.uniform_above_0();
            let interval = self.at_most.partition_point(|at_most| *at_most < u) as u32;
            end += interval.max(1);
            if end > num_steps {
                return;
            }
            add(end - 1);
        }
    }
}

/// Where the spike of a neuron in a step ends up as step and row, when a table of `num_steps` rows of `num_neurons` is read
/// as one of `num_neurons` rows of `num_steps`.
pub fn scrambled((neuron, step): (u32, u32), num_neurons: u32, num_steps: u32) -> (u32, u32) {
    let place = u64::from(step) * u64::from(num_neurons) + u64::from(neuron);
    let steps = u64::from(num_steps);
    ((place / steps) as u32, (place % steps) as u32)
}
