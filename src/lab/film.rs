//! The film of a run: what happened in its network, some hundred frames from the first tick to the last.
//!
//! Frames are made while the run is computed for the first time. Each tells everything since the one before it: spikes add
//! up, weights are told where they stand, and levels as far as they went. So nothing is lost between two of them, however
//! long the run is.

use serde::{Deserialize, Serialize};

use super::eligible::merged;
use super::levels;
use super::picture::Activity;
use crate::record::Figure;

/// Frames of a film, at most.
pub const MOST_FRAMES: u32 = 600;
/// What a film weighs at most, in bytes of messages.
pub const MOST_BYTES: usize = 16 << 20;
/// Spikes that one frame shows.
const MOST_SPIKES: usize = 400;

/// A frame, of a run and the one beside it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FilmFrame {
    /// What happened since the frame before.
    pub activity: Activity,
    /// In the run beside it.
    pub twin: Option<Activity>,
    /// What has changed in the shades of weights: see [`super::shades`].
    #[serde(with = "serde_bytes")]
    pub shades: Vec<u8>,
    /// In those of the run beside it.
    #[serde(with = "serde_bytes")]
    pub twin_shades: Vec<u8>,
    /// What is going on, in words.
    pub phase: String,
    /// The figure that answers the question, of both, as panels of a frame are counted.
    pub figures: Vec<(u16, Figure)>,
}

impl Activity {
    /// Adds what happened in the stretch right after this one. Levels, and what waits for them, are told as far as they
    /// went from 0.
    pub fn append(&mut self, next: Self) {
        if self.num_spikes.is_empty() {
            *self = next;
            return;
        }
        let late_ms = (next.from_ms - self.from_ms) as f32;
        self.to_ms = next.to_ms;
        self.moved += next.moved;
        self.num_spikes.iter_mut().zip(&next.num_spikes).for_each(|(sum, num)| *sum += num);
        let one_in = self.one_in.max(next.one_in).max(1);
        let kept = every(&next.spikes, one_in / next.one_in.max(1));
        self.spikes = every(&self.spikes, one_in / self.one_in.max(1));
        self.spikes.extend(kept.into_iter().map(|mut spike| {
            spike.at_ms += late_ms;
            spike
        }));
        self.one_in = one_in;
        while self.spikes.len() > MOST_SPIKES {
            self.spikes = every(&self.spikes, 2);
            self.one_in *= 2;
        }
        let before = std::mem::take(&mut self.weights);
        let key = |told: &super::picture::WeightNow| (told.projection, told.synapse);
        self.weights = merged(before, next.weights, key, |_, moved| moved);
        levels::append(&mut self.levels, next.levels, late_ms);
        self.eligibility.append(next.eligibility);
    }
}

/// Every nth of these.
fn every<T: Clone>(all: &[T], nth: u32) -> Vec<T> {
    all.iter().step_by(nth.max(1) as usize).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::super::eligible::Eligible;
    use super::super::levels::LevelWithin;
    use super::super::picture::{SampledSpike, WeightNow};
    use super::*;

    fn stretch(from_ms: f64, num: u64, one_in: u32) -> Activity {
        let at = |nth| SampledSpike { population: 0, neuron: 0, at_ms: nth as f32 };
        let weight = from_ms as f32;
        Activity {
            from_ms,
            to_ms: from_ms + 100.0,
            num_spikes: vec![num],
            spikes: (0..num / u64::from(one_in)).map(at).collect(),
            one_in,
            weights: vec![WeightNow { projection: 0, synapse: 3, weight }],
            moved: 0.25,
            levels: vec![LevelWithin::steady(0, if from_ms == 0.0 { -2.0 } else { 1.0 })],
            eligibility: Eligible::default(),
        }
    }

    #[test]
    fn stretches_add_up() {
        let mut sum = Activity::default();
        sum.append(stretch(0.0, 20, 1));
        sum.append(stretch(100.0, 80, 4));
        assert_eq!((sum.from_ms, sum.to_ms, sum.num_spikes[0], sum.moved), (0.0, 200.0, 100, 0.5));
        // Both are sampled alike, and the later ones come later.
        assert_eq!((sum.one_in, sum.spikes.len()), (4, 5 + 20));
        assert!(sum.spikes[..5].iter().all(|spike| spike.at_ms < 100.0));
        assert!(sum.spikes[5..].iter().all(|spike| spike.at_ms >= 100.0));
        assert_eq!(sum.weights, [WeightNow { projection: 0, synapse: 3, weight: 100.0 }]);
        assert_eq!(sum.levels[0].farthest, -2.0);
        assert_eq!([0.0, 99.0, 100.0].map(|ms| sum.levels[0].at(ms)), [-2.0, -2.0, 1.0]);
    }

    #[test]
    fn a_frame_has_no_more_spikes_than_it_can_show() {
        let mut sum = stretch(0.0, 300, 1);
        (1..20).for_each(|nth| sum.append(stretch(100.0 * f64::from(nth), 300, 1)));
        assert_eq!(sum.num_spikes, [6_000]);
        assert!((MOST_SPIKES / 4..=MOST_SPIKES).contains(&sum.spikes.len()), "{}", sum.one_in);
    }
}
