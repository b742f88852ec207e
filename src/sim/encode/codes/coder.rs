//! Makes the spikes of a picture's pixels.

use get_size2::GetSize;

use super::burst::Burst;
use super::isi::Intervals;
use super::{
    Code, CodedSpike, NUM_GREYS, brightness, latency, phase, population, position, rank, weighted,
};
use crate::Stream;
use crate::encode::waiting::{exponential, geometric_scale, geometric_ticks};

/// A code, ready for a picture.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Coder {
    num_steps: u32,
    greys: Vec<u8>,
    trains: Trains,
}

/// Where the spikes of a pixel come from.
#[derive(Clone, Debug, PartialEq, GetSize)]
enum Trains {
    /// Those of its grey.
    OfGrey(Vec<Vec<CodedSpike>>),
    /// The step of each pixel's only spike.
    OfPixel(Vec<u32>),
    /// Scales of the waiting times of each grey, in whole steps.
    Bernoulli(Vec<f32>),
    /// Mean waiting times of each grey, in continuous time.
    Poisson(Vec<f32>),
    /// The intervals of each grey.
    Isi(Vec<Intervals>),
}

impl Coder {
    /// A code for presentations of `num_steps` (at least 2) of a picture.
    pub fn new(code: &Code, num_steps: u32, greys: &[u8]) -> Self {
        let trains = match *code {
            Code::RankOrder => {
                let num = greys.len() as u32;
                let steps = rank::ranks(greys).into_iter();
                Trains::OfPixel(steps.map(|rank| rank::step(rank, num, num_steps)).collect())
            }
            Code::Bernoulli { gain, min_rate } => {
                let scale = |x: f64| geometric_scale((gain * x + min_rate).clamp(0.0, 1.0));
                Trains::Bernoulli(of_greys(scale))
            }
            Code::Poisson { gain } => {
                let never = super::super::waiting::NEVER;
                let mean = |x: f64| if gain * x > 0.0 { (1.0 / (gain * x)) as f32 } else { never };
                Trains::Poisson(of_greys(mean))
            }
            Code::PublishedIsi { gain } => {
                Trains::Isi(of_greys(|x| Intervals::new(gain * x, num_steps)))
            }
            _ => Trains::OfGrey(of_greys(|x| train(code, x, num_steps))),
        };
        Self { num_steps, greys: greys.to_vec(), trains }
    }

    /// Pixels.
    pub fn num_pixels(&self) -> u32 {
        self.greys.len() as u32
    }

    /// Hands on the spikes of a pixel, in no particular order.
    pub fn encode(&self, pixel: u32, stream: &mut Stream, mut add: impl FnMut(CodedSpike)) {
        let grey = usize::from(self.greys[pixel as usize]);
        match &self.trains {
            Trains::OfGrey(trains) => trains[grey].iter().for_each(|spike| add(*spike)),
            Trains::OfPixel(steps) => add((0, steps[pixel as usize])),
            Trains::Bernoulli(scales) => {
                let mut end = geometric_ticks(stream, scales[grey]);
                while end <= u64::from(self.num_steps) {
                    add((0, end as u32 - 1));
                    end += geometric_ticks(stream, scales[grey]);
                }
            }
            Trains::Poisson(means) => {
                let mut time = exponential(stream, means[grey]);
                while time < f64::from(self.num_steps) {
                    add((0, time as u32));
                    time += exponential(stream, means[grey]);
                }
            }
            Trains::Isi(intervals) => {
                intervals[grey].draw(self.num_steps, stream, |step| add((0, step)));
            }
        }
    }
}

/// A value for each grey.
fn of_greys<T>(of: impl Fn(f64) -> T) -> Vec<T> {
    (0..NUM_GREYS).map(|grey| of(brightness(grey as u8))).collect()
}

/// The spikes of a brightness under a code that depends on nothing else.
pub(super) fn train(code: &Code, x: f64, num_steps: u32) -> Vec<CodedSpike> {
    let alone = |step: u32| vec![(0, step)];
    match *code {
        Code::Ttfs => alone(latency::linear_step(x, num_steps)),
        Code::LifLatency { tau_steps, drive } => {
            let step = latency::lif_step(x, (tau_steps, drive), num_steps);
            step.map(|step| (0, step)).into_iter().collect()
        }
        Code::Phase { period } => {
            let first = phase::step(x, period);
            (first..num_steps).step_by(period as usize).map(|step| (0, step)).collect()
        }
        Code::Weighted { bits } => {
            let fires = |step: &u32| weighted::fires(x, step % bits, bits);
            (0..num_steps).filter(fires).map(|step| (0, step)).collect()
        }
        Code::Burst { most } => {
            Burst::new(most, num_steps).steps(x).map(|step| (0, step)).collect()
        }
        Code::Population { fields } => {
            let spike = |field| Some((field, population::step(x, field, fields, num_steps)?));
            (0..fields).filter_map(spike).collect()
        }
        Code::PublishedTtfs { is_off_by_one } => {
            alone(latency::published_step(x, num_steps, is_off_by_one))
        }
        Code::PublishedPosition { is_growing } => {
            position::steps(x, num_steps, is_growing).into_iter().map(|step| (0, step)).collect()
        }
        Code::RankOrder
        | Code::Bernoulli { .. }
        | Code::Poisson { .. }
        | Code::PublishedIsi { .. } => Vec::new(),
    }
}
