//! Levels of modulators in a stretch of a run: how far each went, and its course.

use serde::{Deserialize, Serialize};

use crate::record::level_watch::{SeenLevel, thin};
use crate::sim::Tick;

/// The level of a modulator in a stretch of simulated time, as synapses hear it: counted from 0, at which nothing is paid
/// out. What is taken off a signal (a baseline, its running mean) is off already.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LevelWithin {
    /// The modulator, by its place in the description.
    pub modulator: u16,
    /// The one that was farthest from 0: a pulse is told however short it was.
    pub farthest: f32,
    /// Its course: from each of these times on, in ms from the beginning of the stretch, it was about so high.
    pub course: Vec<(f32, f32)>,
}

impl LevelWithin {
    /// A level that stands.
    pub fn steady(modulator: u16, level: f32) -> Self {
        Self { modulator, farthest: level, course: vec![(0.0, level)] }
    }

    /// What was seen of it from tick `from` on, in steps of `dt_ms`.
    pub fn seen(modulator: u16, seen: &SeenLevel, from: Tick, dt_ms: f64) -> Self {
        let point = |&(tick, level): &(Tick, f32)| {
            ((tick.saturating_sub(from) as f64 * dt_ms) as f32, level)
        };
        let course = seen.course.iter().map(point).collect();
        Self { modulator, farthest: seen.farthest, course }
    }

    /// The level at this moment, in ms from the beginning of the stretch.
    pub fn at(&self, at_ms: f32) -> f32 {
        let after = self.course.partition_point(|(from_ms, _)| *from_ms <= at_ms);
        let point = self.course.get(after.saturating_sub(1));
        point.map_or(self.farthest, |(_, level)| *level)
    }

    /// Adds what became of it in the stretch that begins `late_ms` after this one.
    fn append(&mut self, next: Self, late_ms: f32) {
        if next.farthest.abs() > self.farthest.abs() {
            self.farthest = next.farthest;
        }
        self.course.extend(next.course.into_iter().map(|(at_ms, level)| (at_ms + late_ms, level)));
        thin(&mut self.course, self.farthest.abs() / 50.0);
    }
}

/// Adds what became of levels in the stretch that begins `late_ms` after that of `all`.
pub fn append(all: &mut Vec<LevelWithin>, next: Vec<LevelWithin>, late_ms: f32) {
    for level in next {
        match all.iter_mut().find(|other| other.modulator == level.modulator) {
            Some(before) => before.append(level, late_ms),
            None => all.push(level),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_told_at_any_moment() {
        let course = vec![(0, 0.0), (100, 0.5), (150, 0.2)];
        let seen = SeenLevel { name: "dopamine", farthest: 0.5, course };
        let level = LevelWithin::seen(1, &seen, 50, 2.0);
        let at: Vec<f32> = [-1.0, 0.0, 99.0, 100.0, 199.0, 900.0].map(|ms| level.at(ms)).into();
        assert_eq!(at, [0.0, 0.0, 0.0, 0.5, 0.5, 0.2]);
        assert_eq!(LevelWithin::steady(0, -1.0).at(7.0), -1.0);
    }

    #[test]
    fn the_farthest_of_two_stretches_is_kept_with_its_sign() {
        let level = |farthest, at_ms| {
            let course = vec![(0.0, 0.0), (at_ms, farthest)];
            vec![LevelWithin { modulator: 0, farthest, course }]
        };
        for (first, second, farthest) in [(-0.8, 0.5, -0.8), (0.5, -0.8, -0.8), (0.2, 0.9, 0.9)] {
            let mut all = level(first, 10.0);
            append(&mut all, level(second, 20.0), 100.0);
            assert_eq!((all.len(), all[0].farthest), (1, farthest));
            assert_eq!([15.0, 110.0, 125.0].map(|ms| all[0].at(ms)), [first, 0.0, second]);
            append(&mut all, vec![LevelWithin::steady(3, 1.0)], 100.0);
            assert_eq!(all.len(), 2);
        }
    }
}
