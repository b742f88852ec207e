//! Bits as spikes: what inputs fire while two of them are shown.
//!
//! By rate: an input of an active group fires in a step with probability r δt. By spike times: each of two
//! inputs fires one of two trains, whose spikes are at different steps drawn once per run.

use get_size2::GetSize;

use super::waiting::{geometric_scale, geometric_ticks};
use crate::{Stream, Tick};

/// What makes the input spikes.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum BitInputs {
    /// A group for each bit, silent or active.
    Rate {
        /// Inputs of a group.
        size: u32,
        /// Scale of the waiting times.
        scale: f32,
        /// First input and number of inputs of the active groups, which stand side by side.
        active: [u32; 2],
        /// Place of the next spike among the active inputs of all steps, one after the other.
        next: Tick,
        /// Draws waiting times.
        stream: Stream,
    },
    /// Two inputs that fire one of two trains.
    Temporal {
        /// Steps of the spikes that stand for 0 and for 1, in order.
        trains: [Vec<u32>; 2],
        /// Which train each input fires.
        bits: [u32; 2],
        /// The next spike of each.
        next: [u32; 2],
    },
}

impl BitInputs {
    /// Groups of this size, which fire with this probability in a step while their bit is 1.
    pub fn by_rate(size: u32, probability: f64, stream: Stream) -> Self {
        let scale = geometric_scale(probability);
        Self::Rate { size, scale, active: [0, 0], next: 0, stream }
    }

    /// Two trains of so many steps and spikes.
    pub fn by_time(num_steps: u32, num_spikes: u32, mut stream: Stream) -> Self {
        let trains = [0; 2].map(|_| train(&mut stream, num_steps, num_spikes));
        Self::Temporal { trains, bits: [0, 0], next: [0, 0] }
    }

    /// A presentation of these two bits begins.
    pub fn begin(&mut self, pattern: [u32; 2]) {
        match self {
            Self::Rate { size, scale, active, next, stream } => {
                let first = if pattern[0] == 1 { 0 } else { *size };
                *active = [first, *size * (pattern[0] + pattern[1])];
                *next = geometric_ticks(stream, *scale) - 1;
            }
            Self::Temporal { bits, next, .. } => (*bits, *next) = (pattern, [0, 0]),
        }
    }

    /// Who fires in step `step` of the presentation, in order.
    #[inline]
    pub fn fire(&mut self, step: u32, fired: &mut Vec<u32>) {
        fired.clear();
        match self {
            Self::Rate { scale, active: [first, num], next, stream, .. } => {
                let start = Tick::from(step) * Tick::from(*num);
                while *next < start + Tick::from(*num) {
                    fired.push(*first + (*next - start) as u32);
                    *next += geometric_ticks(stream, *scale);
                }
            }
            Self::Temporal { trains, bits, next } => {
                for input in 0..2 {
                    let train = &trains[bits[input] as usize];
                    if train.get(next[input] as usize) == Some(&step) {
                        next[input] += 1;
                        fired.push(input as u32);
                    }
                }
            }
        }
    }
}

/// `num_spikes` different steps of `num_steps`, in order.
fn train(stream: &mut Stream, num_steps: u32, num_spikes: u32) -> Vec<u32> {
    let mut steps: Vec<u32> = (0..num_steps).collect();
    stream.shuffle(&mut steps);
    steps.truncate(num_spikes as usize);
    let mut is_in = vec![false; num_steps as usize];
    steps.iter().for_each(|&step| is_in[step as usize] = true);
    (0..num_steps).filter(|&step| is_in[step as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fired(inputs: &mut BitInputs, pattern: [u32; 2], num_steps: u32) -> Vec<(u32, u32)> {
        let (mut all, mut now) = (Vec::new(), Vec::new());
        inputs.begin(pattern);
        for step in 0..num_steps {
            inputs.fire(step, &mut now);
            all.extend(now.iter().map(|&input| (step, input)));
        }
        all
    }

    #[test]
    fn active_groups_fire_at_their_rate_and_silent_ones_do_not() {
        let mut inputs = BitInputs::by_rate(30, 0.04, Stream::new(1, "input"));
        for (pattern, range) in [([0, 1], 30..60), ([1, 0], 0..30), ([1, 1], 0..60)] {
            let spikes = fired(&mut inputs, pattern, 20_000);
            assert!(spikes.iter().all(|(_, input)| range.contains(input)), "{pattern:?}");
            let mut counts = [0_u32; 60];
            let is_on = range.start as usize..range.end as usize;
            spikes.iter().for_each(|(_, input)| counts[*input as usize] += 1);
            // 800 spikes of each, give or take 28.
            assert!(counts[is_on].iter().all(|count| count.abs_diff(800) < 130), "{counts:?}");
        }
        assert_eq!(fired(&mut inputs, [0, 0], 20_000), []);
    }

    #[test]
    fn a_symbol_is_the_same_train_every_time_and_on_either_input() {
        let mut inputs = BitInputs::by_time(500, 50, Stream::new(3, "input"));
        let mut of = |pattern, input| -> Vec<u32> {
            let spikes = fired(&mut inputs, pattern, 500);
            spikes.iter().filter(|(_, i)| *i == input).map(|(step, _)| *step).collect()
        };
        let (zero, one) = (of([0, 1], 0), of([0, 1], 1));
        assert_eq!([zero.len(), one.len()], [50, 50]);
        assert_ne!(zero, one);
        assert_eq!([of([1, 0], 1), of([1, 1], 0)], [zero, one.clone()]);
        assert_eq!(of([1, 1], 1), one);
    }
}
