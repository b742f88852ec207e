//! What a picture of a running network needs of its modulators: how far each level went since the last look, and when.
//!
//! A pulse of dopamine is over long before the next frame of a film, so levels are noted in every tick while somebody
//! draws. A course has a point where a level has visibly changed and no more points than a picture can show; how far it
//! went is kept apart from it, and exact.

use crate::sim::Tick;

/// Points of a course from one look to the next.
pub const MOST_POINTS: usize = 48;
/// A level has a new point when it has moved by more than this share of the farthest that it ever was.
const VISIBLE: f32 = 1.0 / 50.0;

/// A level from one look to the next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeenLevel {
    /// Whose, by the name of the description.
    pub name: &'static str,
    /// The one that was farthest from 0 in the ticks since the last look; 0 if there were none.
    pub farthest: f32,
    /// Its course, from the last look on: from each of these ticks on it was about so high.
    pub course: Vec<(Tick, f32)>,
}

/// Watches levels.
#[derive(Clone, Debug, Default)]
pub struct LevelWatch(Vec<Watched>);

#[derive(Clone, Debug)]
struct Watched {
    seen: SeenLevel,
    last: f32,
    /// How far it must move for a new point.
    step: f32,
}

impl LevelWatch {
    /// Of these levels, which are those before tick `now`.
    pub fn new(now: Tick, levels: impl Iterator<Item = (&'static str, f32)>) -> Self {
        let watched = |(name, last): (&'static str, f32)| Watched {
            seen: SeenLevel { name, farthest: 0.0, course: vec![(now, last)] },
            last,
            step: VISIBLE * last.abs(),
        };
        Self(levels.map(watched).collect())
    }

    /// These are the levels at the end of `tick`, in the same order.
    #[inline]
    pub fn see(&mut self, tick: Tick, levels: impl Iterator<Item = (&'static str, f32)>) {
        for (Watched { seen, last, step }, (_, level)) in self.0.iter_mut().zip(levels) {
            *last = level;
            if level.abs() > seen.farthest.abs() {
                seen.farthest = level;
                *step = step.max(VISIBLE * level.abs());
            }
            if seen.course.last().is_none_or(|(_, told)| (level - told).abs() > *step) {
                seen.course.push((tick, level));
                thin(&mut seen.course, *step);
            }
        }
    }

    /// What was seen before tick `now`, since the last time.
    pub fn take(&mut self, now: Tick) -> Vec<SeenLevel> {
        let next = |Watched { seen, last, .. }: &mut Watched| {
            let next = SeenLevel { name: seen.name, farthest: 0.0, course: vec![(now, *last)] };
            std::mem::replace(seen, next)
        };
        self.0.iter_mut().map(next).collect()
    }
}

/// Leaves a course no more than [`MOST_POINTS`], those at which it moved most: by more than `step`, or twice as much, and
/// so on. The first one stays.
pub fn thin<T: Copy>(course: &mut Vec<(T, f32)>, step: f32) {
    let mut step = step.max(f32::MIN_POSITIVE);
    // A level that is not a number stands still for what it is worth.
    while course.len() > MOST_POINTS && step.is_finite() {
        let mut last = None;
        course.retain(|(_, level)| {
            let is_kept = last.is_none_or(|last: f32| (level - last).abs() > step);
            if is_kept {
                last = Some(*level);
            }
            is_kept
        });
        step *= 2.0;
    }
    course.truncate(MOST_POINTS);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(level_at: impl Fn(Tick) -> f32, num_ticks: Tick) -> SeenLevel {
        let level = |tick| [("dopamine", level_at(tick))].into_iter();
        let mut watch = LevelWatch::new(0, level(0));
        (0..num_ticks).for_each(|tick| watch.see(tick, level(tick)));
        watch.take(num_ticks).remove(0)
    }

    #[test]
    fn a_pulse_between_two_looks_is_seen() {
        let seen = seen(|tick| if (40..42).contains(&tick) { -0.5 } else { 0.1 }, 100);
        assert_eq!((seen.name, seen.farthest), ("dopamine", -0.5));
        assert_eq!(seen.course, [(0, 0.1), (40, -0.5), (42, 0.1)]);
    }

    #[test]
    fn every_look_begins_where_the_last_one_ended() {
        let levels = |a, b| [("a", a), ("b", b)].into_iter();
        let mut watch = LevelWatch::new(0, levels(0.0, 0.0));
        watch.see(0, levels(3.0, 0.0));
        assert_eq!(watch.take(1)[0].farthest, 3.0);
        watch.see(1, levels(1.0, -2.0));
        let seen = watch.take(2);
        assert_eq!([seen[0].farthest, seen[1].farthest], [1.0, -2.0]);
        assert_eq!(seen[0].course, [(1, 3.0), (1, 1.0)]);
        // Without a tick nothing went anywhere, but a level is there.
        let seen = watch.take(2);
        assert_eq!((seen[1].farthest, &seen[1].course[..]), (0.0, &[(2, -2.0)][..]));
    }

    #[test]
    fn a_long_course_keeps_its_shape_in_few_points() {
        let sine = |tick: Tick| crate::sim::math::exp_f64(-((tick % 500) as f64) / 100.0) as f32;
        let seen = seen(sine, 5_000);
        assert_eq!(seen.farthest, 1.0);
        assert!((MOST_POINTS / 4..=MOST_POINTS).contains(&seen.course.len()));
        let at = |tick: Tick| seen.course.iter().rev().find(|(from, _)| *from <= tick);
        let gap = |tick| (at(tick).expect("a point").1 - sine(tick)).abs();
        let worst = (0..5_000).map(gap).fold(0.0, f32::max);
        assert!(worst < 0.7, "{worst}");
        // What is not a number ends no loop and no course.
        let odd = [f32::NAN, f32::INFINITY, 1.0];
        let mut course: Vec<(u8, f32)> = (0..200).map(|n| (n, odd[usize::from(n) % 3])).collect();
        thin(&mut course, 0.1);
        assert!(course.len() <= MOST_POINTS);
    }
}
