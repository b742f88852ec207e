//! Tells the shades of weights from frame to frame: see [`super::shades`].

use super::Runner;
use super::picture::{MOST_SYNAPSES, Picture, array_of};
use super::shades::{CHANGES, NUM_SHADES, Shades, push};

/// A shade changes once a weight is so many shades away from the middle of it: one that trembles at an edge does not flicker.
const SLACK: f32 = 0.7;

/// Follows the shades of a run.
pub(super) struct ShadeFollower {
    /// Which of the run's arrays has the weights, and from where on.
    array: usize,
    first: usize,
    low: f32,
    high: f32,
    told: Vec<u8>,
    /// What was told before is not known where the next is heard.
    is_new: bool,
}

impl ShadeFollower {
    /// Of the first projection among the neurons of a population that has more synapses than are followed one by one.
    pub fn new(picture: &Picture, runner: &dyn Runner) -> Option<(Self, Shades)> {
        let arrays = runner.weights();
        let projections = (0_u16..).zip(&picture.network.projections).zip(&picture.samples);
        let mut large = projections.filter(|((_, projection), sample)| {
            sample.num_weights > u64::from(MOST_SYNAPSES)
                && projection.from.population == projection.to.population
        });
        let ((idx, projection), sample) = large.next()?;
        let array = array_of(projection, &arrays)?;
        let first = sample.synapses.first()?.place as usize;
        let (low, high) = projection.weights.min.zip(projection.weights.max)?;
        let num = u32::try_from(sample.num_weights).ok()?;
        let mut follower = Self {
            array,
            first,
            low: low as f32,
            high: high as f32,
            told: vec![0; num as usize],
            is_new: true,
        };
        let shades = Shades {
            projection: idx,
            num_synapses: num,
            per_sender: (num / projection.from.size.max(1)).max(1),
            low: follower.low,
            high: follower.high,
            start: follower.tell(runner),
        };
        Some((follower, shades))
    }

    /// What has changed since the last time.
    pub fn tell(&mut self, runner: &dyn Runner) -> Vec<u8> {
        let arrays = runner.weights();
        let Some(array) = arrays.get(self.array) else { return Vec::new() };
        let mut told = std::mem::take(&mut self.told);
        let mut out = vec![CHANGES];
        if self.is_new {
            // Most weights begin alike, the first ones perhaps not.
            let common = self.place(array.values.get(self.first + told.len() / 2)).round() as u8;
            told.fill(common);
            out[0] = common;
        }
        let slack = if self.is_new { 0.5 } else { SLACK };
        let mut passed = 0_u32;
        for (synapse, told) in told.iter_mut().enumerate() {
            let now = self.place(array.values.get(self.first + synapse));
            if (now - f32::from(*told)).abs() > slack {
                *told = now.round() as u8;
                push(&mut out, passed << 4 | u32::from(*told));
                passed = 0;
            } else {
                passed += 1;
            }
        }
        self.told = told;
        let is_same = !self.is_new && out.len() == 1;
        self.is_new = false;
        if is_same { Vec::new() } else { out }
    }

    /// The next time everything is told.
    pub fn forget(&mut self) {
        self.is_new = true;
    }

    /// The shades as they are.
    pub fn now(&self, runner: &dyn Runner) -> Vec<u8> {
        let arrays = runner.weights();
        let Some(array) = arrays.get(self.array) else { return Vec::new() };
        let shade = |synapse| self.place(array.values.get(self.first + synapse)).round() as u8;
        (0..self.told.len()).map(shade).collect()
    }

    /// A weight on the scale of shades; not a number is none of them, and becomes the first.
    fn place(&self, weight: f32) -> f32 {
        let most = f32::from(NUM_SHADES - 1);
        ((weight - self.low) / (self.high - self.low) * most).max(0.0).min(most)
    }
}
