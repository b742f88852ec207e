//! Reads a picture back from its spikes, step by step.

use get_size2::GetSize;

use super::burst::Burst;
use super::coder::train;
use super::inverse::Inverse;
use super::{Code, NUM_GREYS, brightness, latency, phase, population, weighted};

/// No spike so far.
const NONE: u32 = u32::MAX;

/// What a reader makes of the spikes that it has heard.
#[derive(Clone, Debug, PartialEq, GetSize)]
enum Kind {
    /// The step of the first spike, by a table.
    First(Vec<f32>),
    /// How many came before.
    Order,
    /// Spikes per step, of which `min` is everybody's and `gain` that of a brightness of 1.
    Count { gain: f32, min: f32 },
    /// The mean phase.
    Phase(u32),
    /// Weights of whole cycles.
    Weighted(u32),
    /// Number and intervals.
    Burst(Burst),
    /// The mean centre.
    Population(u32, Inverse),
    /// The mean place in time.
    Position(Inverse),
}

/// A reader and what it remembers of each pixel.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Reader {
    kind: Kind,
    num_steps: u32,
    neurons_per_pixel: u32,
    /// Steps that it has heard.
    done: u32,
    /// Pixels whose first spike has come.
    num_arrived: u32,
    first: Vec<u32>,
    last: Vec<u32>,
    count: Vec<u32>,
    sum: Vec<f32>,
    other: Vec<f32>,
}

impl Reader {
    /// A reader of presentations of `num_steps`.
    pub fn new(code: &Code, num_steps: u32, num_pixels: u32) -> Self {
        let num = num_pixels as usize;
        Self {
            kind: kind(code, num_steps),
            num_steps,
            neurons_per_pixel: code.neurons_per_pixel(),
            done: 0,
            num_arrived: 0,
            first: vec![NONE; num],
            last: vec![0; num],
            count: vec![0; num],
            sum: vec![0.0; num],
            other: vec![0.0; num],
        }
    }

    /// Forgets what it has heard.
    pub fn begin(&mut self) {
        (self.done, self.num_arrived) = (0, 0);
        self.first.fill(NONE);
        self.count.fill(0);
        self.sum.fill(0.0);
        self.other.fill(0.0);
    }

    /// Hears who fires in the next step, ascending.
    pub fn hear(&mut self, fired: &[u32]) {
        let step = self.done;
        let mut num_new = 0;
        for &neuron in fired {
            let (pixel, field) =
                ((neuron / self.neurons_per_pixel) as usize, neuron % self.neurons_per_pixel);
            if self.first[pixel] == NONE {
                self.first[pixel] = step;
                num_new += 1;
            }
            self.last[pixel] = step;
            self.count[pixel] += 1;
            match &self.kind {
                Kind::First(_) | Kind::Order | Kind::Count { .. } | Kind::Burst(_) => {}
                Kind::Phase(period) => self.sum[pixel] += phase::value(step % period, *period),
                Kind::Weighted(bits) => self.other[pixel] += weighted::weight(step % bits),
                Kind::Population(fields, _) => {
                    let answer = population::answer(step, self.num_steps);
                    self.sum[pixel] += answer * population::centre(field, *fields) as f32;
                    self.other[pixel] += answer;
                }
                Kind::Position(_) => self.sum[pixel] += (self.num_steps - 1 - step) as f32,
            }
        }
        if matches!(self.kind, Kind::Order) {
            self.give_ranks(fired, step, num_new);
        }
        self.num_arrived += num_new;
        self.done += 1;
        if let Kind::Weighted(bits) = self.kind
            && self.done.is_multiple_of(bits)
        {
            self.end_cycle();
        }
    }

    /// Adds a cycle to those that are whole.
    fn end_cycle(&mut self) {
        for (whole, now) in self.sum.iter_mut().zip(&mut self.other) {
            *whole += std::mem::take(now);
        }
    }

    /// Pixels that arrive in the same step share their mean rank.
    fn give_ranks(&mut self, fired: &[u32], step: u32, num_new: u32) {
        let rank = self.num_arrived as f32 + num_new as f32 / 2.0;
        let value = 1.0 - rank / self.first.len() as f32;
        for &neuron in fired {
            let pixel = neuron as usize;
            if self.first[pixel] == step {
                self.sum[pixel] = value;
            }
        }
    }

    /// Steps that it has heard.
    pub fn done(&self) -> u32 {
        self.done
    }

    /// The step of a pixel's first spike.
    pub fn first_step(&self, pixel: usize) -> Option<u32> {
        (self.first[pixel] != NONE).then_some(self.first[pixel])
    }

    /// Spikes of each pixel so far.
    pub fn counts(&self) -> &[u32] {
        &self.count
    }

    /// What it takes a pixel for, from 0 to 1.
    pub fn value(&self, pixel: usize) -> f32 {
        let (first, count, done) = (self.first[pixel], self.count[pixel], self.done);
        let value = match &self.kind {
            Kind::First(values) if first == NONE => values[done.min(self.num_steps) as usize] / 2.0,
            Kind::First(values) => values[first as usize],
            Kind::Order if first == NONE => {
                (1.0 - self.num_arrived as f32 / self.first.len() as f32) / 2.0
            }
            Kind::Order => self.sum[pixel],
            Kind::Count { .. } if done == 0 => 0.5,
            Kind::Count { gain, min } => (count as f32 / done as f32 - min) / gain,
            Kind::Phase(period) if count == 0 => phase::value(done.min(period - 1), *period) / 2.0,
            Kind::Phase(_) => self.sum[pixel] / count as f32,
            Kind::Weighted(bits) => match done / bits {
                0 => self.other[pixel] + weighted::weight(done),
                cycles => self.sum[pixel] / cycles as f32,
            },
            Kind::Burst(burst) => burst.read(count, (first, self.last[pixel]), done) as f32,
            Kind::Population(_, inverse) if self.other[pixel] > 0.0 => {
                inverse.at(self.sum[pixel] / self.other[pixel])
            }
            Kind::Population(..) => 0.5,
            Kind::Position(_) if count == 0 => (1.0 - done as f32 / self.num_steps as f32) / 2.0,
            Kind::Position(inverse) => inverse.at(self.sum[pixel] / count as f32),
        };
        value.clamp(0.0, 1.0)
    }

    /// What it takes all pixels for.
    pub fn read(&self, values: &mut [f32]) {
        values.iter_mut().enumerate().for_each(|(pixel, value)| *value = self.value(pixel));
    }
}

fn kind(code: &Code, num_steps: u32) -> Kind {
    // Places in time and brightnesses of all greys without noise.
    let table = |of: &dyn Fn(f64) -> Option<f32>| {
        let greys = (0..NUM_GREYS).map(|grey| brightness(grey as u8));
        Inverse::new(greys.filter_map(|x| Some((of(x)?, x as f32))))
    };
    match *code {
        Code::Ttfs => Kind::First(latency::linear_values(num_steps)),
        Code::LifLatency { tau_steps, drive } => {
            Kind::First(latency::lif_values(num_steps, tau_steps, drive))
        }
        Code::PublishedTtfs { is_off_by_one } => {
            Kind::First(latency::published_values(num_steps, is_off_by_one))
        }
        Code::RankOrder => Kind::Order,
        Code::Bernoulli { gain, min_rate } => {
            Kind::Count { gain: gain as f32, min: min_rate as f32 }
        }
        Code::Poisson { gain } | Code::PublishedIsi { gain } => {
            Kind::Count { gain: gain as f32, min: 0.0 }
        }
        Code::Phase { period } => Kind::Phase(period),
        Code::Weighted { bits } => Kind::Weighted(bits),
        Code::Burst { most } => Kind::Burst(Burst::new(most, num_steps)),
        Code::Population { fields } => Kind::Population(
            fields,
            table(&|x| {
                let (mut sum, mut total) = (0.0, 0.0);
                for (field, step) in train(code, x, num_steps) {
                    let answer = population::answer(step, num_steps);
                    sum += answer * population::centre(field, fields) as f32;
                    total += answer;
                }
                (total > 0.0).then(|| sum / total)
            }),
        ),
        Code::PublishedPosition { .. } => Kind::Position(table(&|x| {
            let spikes = train(code, x, num_steps);
            let sum = spikes.iter().map(|(_, step)| (num_steps - 1 - step) as f32).sum::<f32>();
            (!spikes.is_empty()).then(|| sum / spikes.len() as f32)
        })),
    }
}
