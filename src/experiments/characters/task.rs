//! The task: which glyphs are learned, which are shown at the test besides, and when.

use get_size2::GetSize;

use super::glyphs::{self, Active, Glyph, NUM_PIXELS};
use super::params::{Characters, Mode, Polarity, RewardParams};
use crate::net::{Order, Phase, Schedule};
use crate::sim::Stream;
use crate::sim::published::race::INTERVAL_MS;

/// Presentations of the published spiking networks.
const PUBLISHED_MS: f64 = 300.0;

/// What is shown.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Task {
    /// Those that are learned, then those for the test only.
    pub glyphs: Vec<Glyph>,
    num_learned: u32,
    fires_on_ink: bool,
}

impl Task {
    /// That of a run.
    pub fn new(p: &Characters) -> Self {
        let mut glyphs = glyphs::letters(&p.letters);
        glyphs.extend(glyphs::drawn(&p.drawn));
        let num_learned = glyphs.len() as u32;
        for (mut glyph, name) in glyphs::drawn(&p.unseen).into_iter().zip('a'..) {
            glyph.name = name;
            glyphs.push(glyph);
        }
        Self { glyphs, num_learned, fires_on_ink: p.polarity == Polarity::Ink }
    }

    /// How many are learned; each has an output.
    pub fn num(&self) -> usize {
        self.num_learned as usize
    }

    /// Those that are learned.
    pub fn learned(&self) -> &[Glyph] {
        &self.glyphs[..self.num()]
    }

    /// The pixels that make their inputs fire.
    pub fn active(&self, glyph: Glyph) -> Active {
        std::array::from_fn(|pixel| glyph.is_ink(pixel) == self.fires_on_ink)
    }

    /// Training, and a test in mixed order with glyphs that were never learned, too.
    pub fn schedule(&self, p: &Characters) -> Schedule {
        let num = self.num_learned;
        let (num_training, shown_ms, is_random) = match &p.mode {
            Mode::Fixed(m) | Mode::Reward(RewardParams { net: m, .. }) => {
                (m.epochs * num, m.presentation_ms, m.random_order)
            }
            Mode::Paper(m) => (m.epochs * num, PUBLISHED_MS, m.random_order),
            Mode::Brian(m) => (m.epochs * num, PUBLISHED_MS, m.random_order),
            Mode::Coded(m) => (m.intervals, INTERVAL_MS as f64, m.random_order),
        };
        let phase = |name, num_trials, glyphs: &[Glyph]| Phase {
            stimuli: glyphs.iter().map(|glyph| glyph.name.into()).collect(),
            starts_at_rest: matches!(p.mode, Mode::Paper(_) | Mode::Coded(_)),
            ..Phase::new(name, num_trials, shown_ms)
        };
        let mut training = phase("training", num_training, self.learned());
        training.order = if is_random { Order::Shuffled } else { Order::Fixed };
        training.flips = p.train_flips;
        let num_test = self.glyphs.len() as u32 * p.test_presentations;
        let mut test = phase("test", num_test, &self.glyphs);
        (test.order, test.flips, test.is_learning) = (Order::Mixed, p.test_flips, false);
        Schedule { phases: vec![training, test] }
    }
}

/// `glyph` with `flips` different pixels turned over.
pub fn with_noise(glyph: Glyph, flips: u32, stream: &mut Stream) -> Glyph {
    let mut places: Vec<usize> = (0..NUM_PIXELS).collect();
    let mut noisy = glyph;
    for done in 0..flips as usize {
        // The first places of a shuffle are a draw without repetition.
        let other = done + stream.below((NUM_PIXELS - done) as u32) as usize;
        places.swap(done, other);
        noisy = noisy.flipped(places[done]);
    }
    noisy
}

/// The chance that a guess between the nearest glyphs of the task is right; ties are shared.
pub fn nearest_template_hit(shown: Glyph, truth: usize, task: &[Glyph]) -> f64 {
    let nearest = task.iter().map(|glyph| glyph.distance(shown)).min().unwrap_or(0);
    let ties = task.iter().filter(|glyph| glyph.distance(shown) == nearest).count();
    if task[truth].distance(shown) == nearest { 1.0 / ties as f64 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::letters;
    use super::*;

    #[test]
    fn noise_turns_over_exactly_that_many_pixels() {
        let mut stream = Stream::new(1, "noise");
        let glyph = letters("A")[0];
        for flips in 0..=7 {
            for _ in 0..100 {
                assert_eq!(with_noise(glyph, flips, &mut stream).distance(glyph), flips);
            }
        }
    }

    #[test]
    fn nearest_template_shares_ties() {
        let task = letters("BD");
        assert_eq!(nearest_template_hit(task[0], 0, &task), 1.0);
        // B and D differ in two pixels; half way between, either is as good.
        let pixel = (0..NUM_PIXELS).find(|&i| task[0].is_ink(i) != task[1].is_ink(i)).unwrap();
        assert_eq!(nearest_template_hit(task[0].flipped(pixel), 0, &task), 0.5);
        assert_eq!(nearest_template_hit(task[1], 0, &task), 0.0);
    }
}
