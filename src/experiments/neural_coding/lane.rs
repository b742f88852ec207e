//! One code on one picture: its spikes, its reader, and what is measured of both.

use std::sync::Arc;

use get_size2::GetSize;

use super::rows::RowMap;
use super::tally::Tally;
use crate::sim::Stream;
use crate::sim::encode::codes::{Code, Noise, Presentation, Reader, brightness};
use crate::sim::encode::greys::Greys;

/// A code and what is seen of it.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Lane {
    /// What it is called in figures.
    pub label: String,
    /// The code.
    pub code: Code,
    shown: Presentation,
    reader: Reader,
    /// Brightness of each pixel.
    #[get_size(ignore)]
    target: Arc<[f32]>,
    /// What each pixel is read as now.
    pub values: Vec<f32>,
    /// Sums of what pixels were read as at the end of presentations.
    pub(super) sums: Vec<f32>,
    /// Presentations that are over.
    pub num_over: u32,
    /// Error and spikes per pixel after each step of this presentation, step 0 before the first.
    pub now: Vec<(f32, f32)>,
    /// Sums of the same over those that are over, by step.
    past: Vec<(f64, f64)>,
    /// Spikes per pixel spent up to the end of each presentation, and the error of the mean of what was read so far.
    pub spent: Vec<(f32, f32)>,
    /// Spikes and errors within the first presentation.
    pub first: Vec<(f32, f32)>,
    num_spikes: u64,
    /// Steps of first spikes, and how many pixels had one.
    first_steps: (u64, u64),
    pub tally: Tally,
    /// The neurons that have a row in the figure of spikes.
    #[get_size(ignore)]
    pub rows: Arc<RowMap>,
    /// Steps and rows of this presentation's spikes.
    pub log: Vec<(u32, u32)>,
}

/// What a lane is made of.
pub struct LaneSetup<'a> {
    /// What it is called in figures.
    pub label: &'a str,
    /// The code.
    pub code: Code,
    /// Its raster is scrambled as published.
    pub is_scrambled: bool,
    /// What happens to its spikes.
    pub noise: Noise,
    /// Steps of a presentation.
    pub num_steps: u32,
    /// The seed of the run, and a name for its streams.
    pub streams: (u32, &'a str),
}

impl Lane {
    /// A lane before its first presentation, with these rows.
    pub fn new(of: &LaneSetup<'_>, picture: &Greys, rows: RowMap) -> Self {
        let (seed, name) = of.streams;
        let streams = ["code", "noise"].map(|what| Stream::new(seed, &format!("{name} {what}")));
        let shown = Presentation::new(&of.code, of.num_steps, &picture.values, of.noise, streams);
        let num_neurons = shown.num_neurons();
        let target = picture.values.iter().map(|grey| brightness(*grey) as f32).collect();
        let mut lane = Self {
            label: of.label.into(),
            code: of.code,
            shown: shown.scrambled(of.is_scrambled),
            reader: Reader::new(&of.code, of.num_steps, picture.len() as u32),
            target,
            values: vec![0.5; picture.len()],
            sums: vec![0.0; picture.len()],
            num_over: 0,
            now: Vec::new(),
            past: vec![(0.0, 0.0); of.num_steps as usize + 1],
            spent: Vec::new(),
            first: Vec::new(),
            num_spikes: 0,
            first_steps: (0, 0),
            tally: Tally::new(num_neurons),
            rows: rows.into(),
            log: Vec::new(),
        };
        lane.begin();
        lane
    }

    /// Neurons.
    pub fn num_neurons(&self) -> u32 {
        self.shown.num_neurons()
    }

    fn num_pixels(&self) -> f64 {
        self.target.len() as f64
    }

    /// Begins a presentation: the reader knows nothing yet.
    pub fn begin(&mut self) {
        self.shown.begin();
        self.reader.begin();
        self.log.clear();
        self.now.clear();
        self.see(0);
    }

    /// Makes the spikes of a share of the pixels, so that all are made after the last one.
    pub fn prepare(&mut self, part: u64, of: u64) {
        let end = self.target.len() as u64 * (part + 1) / of;
        self.shown.prepare(end as u32);
    }

    /// The next step. Gives the neurons that fire.
    pub fn step(&mut self, step: u32) -> &[u32] {
        let fired = self.shown.fire(step);
        self.reader.hear(fired);
        self.tally.add(step, fired);
        self.log.extend(fired.iter().filter_map(|neuron| Some((step, self.rows.row(*neuron)?))));
        let num = fired.len();
        self.see(num);
        self.shown.fire(step)
    }

    /// Reads the picture, and notes how well.
    fn see(&mut self, num_spikes: usize) {
        self.reader.read(&mut self.values);
        let error = rmse(&self.values, 1.0, &self.target);
        let so_far = self.now.last().map_or(0.0, |(_, spikes)| *spikes);
        self.now.push((error, so_far + (num_spikes as f64 / self.num_pixels()) as f32));
    }

    /// Ends a presentation.
    pub fn end(&mut self) {
        self.num_over += 1;
        self.sums.iter_mut().zip(&self.values).for_each(|(sum, value)| *sum += value);
        for (past, (error, spikes)) in self.past.iter_mut().zip(&self.now) {
            past.0 += f64::from(*error);
            past.1 += f64::from(*spikes);
        }
        if self.num_over == 1 {
            self.first = self.now.iter().map(|(error, spikes)| (*spikes, *error)).collect();
        }
        let own = self.now.last().map_or(0.0, |(_, spikes)| *spikes);
        let spent = self.spent.last().map_or(0.0, |(spikes, _)| *spikes) + own;
        let error = rmse(&self.sums, 1.0 / self.num_over as f32, &self.target);
        self.spent.push((spent, error));
        self.num_spikes += self.reader.counts().iter().map(|count| u64::from(*count)).sum::<u64>();
        for step in (0..self.target.len()).filter_map(|pixel| self.reader.first_step(pixel)) {
            self.first_steps.0 += u64::from(step);
            self.first_steps.1 += 1;
        }
        self.tally.end();
    }

    /// The mean of what pixels were read as at the end of presentations; of this one before any is over.
    pub fn mean(&self) -> Vec<f32> {
        match self.num_over {
            0 => self.values.clone(),
            num => self.sums.iter().map(|sum| sum / num as f32).collect(),
        }
    }

    /// Mean error at each step of the presentations that are over.
    pub fn mean_errors(&self) -> Vec<f32> {
        let num = f64::from(self.num_over.max(1));
        self.past.iter().map(|(error, _)| (error / num) as f32).collect()
    }

    /// The error at the end of a presentation: the mean of those that are over, or what it is now.
    pub fn rmse(&self) -> f64 {
        match (self.num_over, self.past.last()) {
            (1.., Some((error, _))) => error / f64::from(self.num_over),
            _ => self.now.last().map_or(0.0, |(error, _)| f64::from(*error)),
        }
    }

    /// Spikes of a pixel in a presentation, likewise.
    pub fn spikes_per_pixel(&self) -> f64 {
        match self.num_over {
            0 => self.now.last().map_or(0.0, |(_, spikes)| f64::from(*spikes)),
            num => self.num_spikes as f64 / f64::from(num) / self.num_pixels(),
        }
    }

    /// Mean time of a pixel's first spike after the onset, in steps; none before a presentation is over.
    pub fn first_step(&self) -> f64 {
        match self.first_steps {
            (_, 0) => f64::NAN,
            (sum, num) => sum as f64 / num as f64,
        }
    }

    /// The error of the mean of what was read, when each pixel has spent so many spikes.
    pub fn error_at(&self, budget: f64) -> f64 {
        let all: Vec<(f32, f32)> =
            self.first.iter().chain(self.spent.iter().skip(1)).copied().collect();
        let budget = budget as f32;
        let above = all.partition_point(|(spikes, _)| *spikes < budget);
        match (above.checked_sub(1).map(|below| all[below]), all.get(above)) {
            (Some(low), Some(high)) => {
                let share = (budget - low.0) / (high.0 - low.0);
                f64::from(low.1 + share * (high.1 - low.1))
            }
            (Some(only), None) | (None, Some(&only)) => f64::from(only.1),
            (None, None) => self.rmse(),
        }
    }
}

/// The root of the mean squared difference.
pub fn rmse(values: &[f32], factor: f32, target: &[f32]) -> f32 {
    let square = |(value, target): (&f32, &f32)| {
        let error = f64::from(value * factor - target);
        error * error
    };
    let sum: f64 = values.iter().zip(target).map(square).sum();
    (sum / target.len() as f64).sqrt() as f32
}
