//! A film as it is shown: from start to end in a few seconds, slowest where most is learned.
//!
//! A run may learn everything in its first third, and another one wait for an hour between two rewards. So the film's own
//! time follows the weights: most of it goes to the frames in which they move, and the rest evenly to all of them.

use super::film::FilmFrame;
use super::levels::LevelWithin;
use super::picture::{Activity, Picture};

/// So much of the film's time follows simulated time, the rest how far the weights move.
const EVEN_SHARE: f64 = 0.35;

/// The frames of a film, in order.
#[derive(Clone, Debug, Default)]
pub struct Reel {
    frames: Vec<FilmFrame>,
    /// The film's own time at the end of each frame, from 0 to 1.
    ends: Vec<f64>,
}

impl Reel {
    /// Adds frames. Those that begin earlier than the film ends replace its end.
    pub fn add(&mut self, frames: Vec<FilmFrame>) {
        if let Some(first) = frames.first() {
            let from_ms = first.activity.from_ms + 1e-6;
            self.frames.retain(|frame| frame.activity.to_ms <= from_ms);
        }
        self.frames.extend(frames);
        self.time();
    }

    /// Works out the film's own time.
    fn time(&mut self) {
        let until_ms = self.until_ms().max(f64::MIN_POSITIVE);
        let moved = |frame: &FilmFrame| {
            let twin = frame.twin.as_ref().map_or(0.0, |twin| twin.moved);
            // Square roots: one leap of all weights is not to last for half of the film.
            f64::from(frame.activity.moved.max(twin)).max(0.0).sqrt()
        };
        let all: f64 = self.frames.iter().map(moved).sum();
        let even = if all > 0.0 { EVEN_SHARE } else { 1.0 };
        let mut end = 0.0;
        self.ends = self
            .frames
            .iter()
            .map(|frame| {
                let long_ms = frame.activity.to_ms - frame.activity.from_ms;
                end += even * long_ms / until_ms;
                if all > 0.0 {
                    end += (1.0 - even) * moved(frame) / all;
                }
                end
            })
            .collect();
    }

    /// Whether there is nothing yet.
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// The frames.
    pub fn frames(&self) -> &[FilmFrame] {
        &self.frames
    }

    /// The panels whose figures the film holds.
    pub fn heroes(&self) -> Vec<u16> {
        let figures = self.frames.last().map(|frame| &frame.figures);
        figures.into_iter().flatten().map(|(panel, _)| *panel).collect()
    }

    /// Until when it goes, in simulated milliseconds.
    pub fn until_ms(&self) -> f64 {
        self.frames.last().map_or(0.0, |frame| frame.activity.to_ms)
    }

    /// The frame that holds this moment: of one between two frames the earlier, which ends there.
    pub fn place_of(&self, ms: f64) -> usize {
        let place = self.frames.partition_point(|frame| frame.activity.to_ms < ms - 1e-6);
        place.min(self.frames.len().saturating_sub(1))
    }

    /// The film's own time, from 0 to 1, of a moment in simulated milliseconds.
    pub fn share_at(&self, ms: f64) -> f64 {
        let place = self.place_of(ms);
        let Some(frame) = self.frames.get(place) else { return 0.0 };
        let Activity { from_ms, to_ms, .. } = frame.activity;
        let within = ((ms - from_ms) / (to_ms - from_ms).max(1e-9)).clamp(0.0, 1.0);
        let start = self.start(place);
        start + within * (self.ends[place] - start)
    }

    /// The moment, in simulated milliseconds, at this share of the film's own time.
    pub fn ms_at(&self, share: f64) -> f64 {
        let place = self.ends.partition_point(|end| *end < share);
        let Some(frame) = self.frames.get(place) else { return self.until_ms() };
        let start = self.start(place);
        let within = ((share - start) / (self.ends[place] - start).max(1e-12)).clamp(0.0, 1.0);
        let Activity { from_ms, to_ms, .. } = frame.activity;
        from_ms + within * (to_ms - from_ms)
    }

    fn start(&self, place: usize) -> f64 {
        if place == 0 { 0.0 } else { self.ends[place - 1] }
    }

    /// Simulated milliseconds that pass there per unit of the film's own time.
    pub fn pace_at(&self, ms: f64) -> f64 {
        let place = self.place_of(ms);
        let Some(frame) = self.frames.get(place) else { return 0.0 };
        let long_ms = frame.activity.to_ms - frame.activity.from_ms;
        long_ms / (self.ends[place] - self.start(place)).max(1e-12)
    }

    /// What happened within this share of the film's own time before a moment, taken together: shown frame by frame, a
    /// neuron that fires in every other one would flicker.
    pub fn recent(&self, ms: f64, share: f64, is_twin: bool) -> Option<Activity> {
        let last = self.place_of(ms);
        let from = self.share_at(ms) - share;
        let first = self.ends.partition_point(|end| *end <= from).min(last);
        let frames = self.frames.get(first..=last)?;
        let mut sum = Activity::default();
        for frame in frames {
            let activity = if is_twin { frame.twin.as_ref() } else { Some(&frame.activity) };
            sum.append(activity?.clone());
        }
        Some(sum)
    }

    /// Moments at which a modulator told more than at its neighbours, such as rewards: each with whether that was above 0.
    /// No more than `most`, the strongest.
    pub fn peaks(&self, most: usize) -> Vec<(f64, bool)> {
        let level = |place: usize| {
            let levels = self.frames.get(place).map(|frame| &frame.activity.levels);
            let far = |far: f32, level: &LevelWithin| {
                if level.farthest.abs() > far.abs() { level.farthest } else { far }
            };
            levels.map_or(0.0, |levels| levels.iter().fold(0.0, far))
        };
        let is_peak = |place: &usize| {
            let before = place.checked_sub(1).map_or(0.0, level);
            level(*place).abs() > before.abs() && level(*place).abs() >= level(place + 1).abs()
        };
        let mut peaks: Vec<usize> = (0..self.frames.len()).filter(is_peak).collect();
        peaks.sort_by(|a, b| level(*b).abs().total_cmp(&level(*a).abs()));
        peaks.truncate(most);
        peaks.sort_unstable();
        let peak = |place: usize| (self.frames[place].activity.to_ms, level(place) > 0.0);
        peaks.into_iter().map(peak).collect()
    }
}

/// The weights of the synapses that a picture follows, at any frame of a film.
#[derive(Clone, Debug, Default)]
pub struct WeightsThen {
    first: Vec<Vec<f32>>,
    now: Vec<Vec<f32>>,
    /// So many frames are in.
    num_frames: usize,
}

impl WeightsThen {
    /// As the run began.
    pub fn of(picture: &Picture) -> Self {
        let of = |sample: &super::picture::Sample| {
            sample.synapses.iter().map(|synapse| synapse.weight).collect()
        };
        let first: Vec<Vec<f32>> = picture.samples.iter().map(of).collect();
        Self { now: first.clone(), first, num_frames: 0 }
    }

    /// The weights after so many frames; of the run beside it where `is_twin`.
    pub fn after(&mut self, reel: &Reel, num_frames: usize, is_twin: bool) -> &[Vec<f32>] {
        if num_frames < self.num_frames {
            self.now.clone_from(&self.first);
            self.num_frames = 0;
        }
        let end = num_frames.min(reel.frames.len());
        for frame in &reel.frames[self.num_frames.min(end)..end] {
            let activity = if is_twin { frame.twin.as_ref() } else { Some(&frame.activity) };
            for told in activity.into_iter().flat_map(|activity| &activity.weights) {
                let place = self.now.get_mut(usize::from(told.projection));
                if let Some(weight) = place.and_then(|all| all.get_mut(usize::from(told.synapse))) {
                    *weight = told.weight;
                }
            }
        }
        self.num_frames = end;
        &self.now
    }

    /// From the start again: the film before is another.
    pub fn forget(&mut self) {
        self.num_frames = usize::MAX;
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture::WeightNow;
    use super::*;

    fn frame(from_ms: f64, to_ms: f64, moved: f32, level: f32) -> FilmFrame {
        let weights = vec![WeightNow { projection: 0, synapse: 0, weight: to_ms as f32 }];
        let levels = vec![LevelWithin::steady(0, level)];
        let activity = Activity { from_ms, to_ms, moved, weights, levels, ..Activity::default() };
        FilmFrame { activity, ..FilmFrame::default() }
    }

    fn reel() -> Reel {
        let mut reel = Reel::default();
        reel.add(vec![frame(0.0, 10.0, 0.9, 0.0), frame(10.0, 20.0, 0.0, 0.5)]);
        reel.add(vec![frame(20.0, 90.0, 0.0, 0.1), frame(90.0, 100.0, 0.1, -0.8)]);
        reel
    }

    #[test]
    fn the_film_lingers_where_weights_move() {
        let reel = reel();
        let shares = [10.0, 20.0, 90.0, 100.0].map(|ms| reel.share_at(ms));
        assert!((shares[3] - 1.0).abs() < 1e-9, "{shares:?}");
        // 10 of 100 ms, and nine of ten parts of the way, by their roots.
        let expected = 0.035 + 0.65 * 0.9_f64.sqrt() / (0.9_f64.sqrt() + 0.1_f64.sqrt());
        assert!((shares[0] - expected).abs() < 1e-4, "{shares:?}");
        assert!((shares[2] - shares[1] - 0.35 * 0.7).abs() < 1e-6, "{shares:?}");
        assert!(reel.pace_at(5.0) < reel.pace_at(50.0));
    }

    #[test]
    fn moments_and_shares_go_both_ways() {
        let reel = reel();
        for ms in [0.0, 3.0, 10.0, 10.5, 55.0, 99.0, 100.0] {
            assert!((reel.ms_at(reel.share_at(ms)) - ms).abs() < 1e-6, "{ms}");
        }
        assert_eq!((reel.ms_at(-1.0), reel.ms_at(2.0)), (0.0, 100.0));
        assert_eq!((Reel::default().ms_at(0.5), Reel::default().share_at(5.0)), (0.0, 0.0));
    }

    #[test]
    fn without_learning_time_is_even() {
        let mut reel = Reel::default();
        reel.add(vec![frame(0.0, 10.0, 0.0, 0.0), frame(10.0, 40.0, 0.0, 0.0)]);
        assert!((reel.share_at(10.0) - 0.25).abs() < 1e-9);
    }

    #[test]
    fn another_end_replaces_the_end() {
        let mut reel = reel();
        reel.add(vec![frame(20.0, 30.0, 0.0, 0.0)]);
        assert_eq!((reel.frames().len(), reel.until_ms()), (3, 30.0));
    }

    #[test]
    fn weights_are_found_forwards_and_backwards() {
        let reel = reel();
        let mut then = WeightsThen { first: vec![vec![7.0]], now: vec![vec![7.0]], num_frames: 0 };
        for (num, weight) in [(2, 20.0), (4, 100.0), (1, 10.0), (0, 7.0), (9, 100.0)] {
            assert_eq!(then.after(&reel, num, false)[0][0], weight, "{num}");
        }
    }

    #[test]
    fn what_happened_lately_is_taken_together() {
        let mut frames: Vec<FilmFrame> =
            (0..100).map(|nth| frame(f64::from(nth), f64::from(nth + 1), 0.0, 0.0)).collect();
        frames.iter_mut().for_each(|frame| frame.activity.num_spikes = vec![1]);
        let mut reel = Reel::default();
        reel.add(frames);
        let recent = reel.recent(50.0, 0.0399, false).expect("some");
        assert_eq!((recent.from_ms, recent.to_ms, recent.num_spikes[0]), (46.0, 50.0, 4));
        let recent = reel.recent(1.0, 0.5, false).expect("some");
        assert_eq!((recent.from_ms, recent.to_ms), (0.0, 1.0));
        assert!(
            reel.recent(50.0, 0.04, true).is_none()
                && Reel::default().recent(1.0, 0.1, false).is_none()
        );
    }

    #[test]
    fn rewards_and_punishments_are_marked() {
        assert_eq!(reel().peaks(9), [(20.0, true), (100.0, false)]);
        assert_eq!(reel().peaks(1), [(100.0, false)]);
    }
}
