//! Which glyph is shown when, in training and at the test.

use get_size2::GetSize;

use super::glyphs::{Glyph, NUM_PIXELS};
use super::params::{Characters, Mode};
use crate::sim::Stream;

/// One presentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub struct Presentation {
    /// The glyph, by its place in the task; beyond the task: glyphs for the test only.
    pub glyph: u32,
    /// Learning is off.
    pub is_test: bool,
}

/// The order of a run: training epochs, then the test.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Schedule {
    num_glyphs: u32,
    num_unseen: u32,
    num_training: u32,
    num_test: u32,
    is_random: bool,
    order: Vec<u32>,
    test_order: Vec<u32>,
    stream: Stream,
}

impl Schedule {
    /// The schedule of a run over this many glyphs.
    pub fn new(params: &Characters, num_glyphs: usize, num_unseen: usize, seed: u32) -> Self {
        let (num_glyphs, num_unseen) = (num_glyphs as u32, num_unseen as u32);
        let (num_training, is_random) = match &params.mode {
            Mode::Fixed(p) => (p.epochs * num_glyphs, p.random_order),
            Mode::Reward(p) => (p.net.epochs * num_glyphs, p.net.random_order),
            Mode::Paper(p) => (p.epochs * num_glyphs, p.random_order),
            Mode::Brian(p) => (p.epochs * num_glyphs, p.random_order),
            Mode::Coded(p) => (p.intervals, p.random_order),
        };
        let shown = num_glyphs + num_unseen;
        let num_test = shown * params.test_presentations;
        // The test has an order of its own, drawn before anything else so that it does not depend on
        // how long the training was.
        let mut test_order: Vec<u32> = (0..num_test).map(|place| place % shown).collect();
        Stream::new(seed, "test order").shuffle(&mut test_order);
        Self {
            num_glyphs,
            num_unseen,
            num_training,
            num_test,
            is_random,
            order: (0..num_glyphs).collect(),
            test_order,
            stream: Stream::new(seed, "order"),
        }
    }

    /// Presentations in all.
    pub fn len(&self) -> u32 {
        self.num_training + self.num_test
    }

    /// Training presentations.
    pub fn num_training(&self) -> u32 {
        self.num_training
    }

    /// Leaves out the training.
    pub fn skip_training(&mut self) {
        self.num_training = 0;
    }

    /// Glyphs of the task.
    pub fn num_glyphs(&self) -> u32 {
        self.num_glyphs
    }

    /// Presentation number `idx`. Call once for each, in order: a new epoch draws a new order.
    pub fn next(&mut self, idx: u32) -> Presentation {
        if idx >= self.num_training {
            let place = (idx - self.num_training) as usize;
            return Presentation { glyph: self.test_order[place], is_test: true };
        }
        let place = idx % self.num_glyphs;
        if place == 0 && self.is_random {
            self.stream.shuffle(&mut self.order);
        }
        Presentation { glyph: self.order[place as usize], is_test: false }
    }

    /// Whether training presentation `idx` ends an epoch.
    pub fn ends_epoch(&self, idx: u32) -> bool {
        idx < self.num_training && (idx + 1).is_multiple_of(self.num_glyphs)
    }

    /// "training, epoch 3 of 40" or "test, round 1 of 3".
    pub fn phase(&self, idx: u32) -> String {
        if idx < self.num_training {
            let epochs = self.num_training.div_ceil(self.num_glyphs);
            return format!("training, epoch {} of {epochs}", idx / self.num_glyphs + 1);
        }
        let shown = self.num_glyphs + self.num_unseen;
        let rounds = self.num_test / shown;
        format!("test, part {} of {rounds}", (idx - self.num_training) / shown + 1)
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
    fn the_test_shows_every_glyph_equally_often_in_mixed_order() {
        let params = Characters::default();
        let mut schedule = Schedule::new(&params, 4, 1, 3);
        let test: Vec<u32> = (schedule.num_training()..schedule.len())
            .map(|idx| schedule.next(idx))
            .inspect(|shown| assert!(shown.is_test))
            .map(|shown| shown.glyph)
            .collect();
        assert_eq!(test.len(), 15);
        assert!((0..5).all(|glyph| test.iter().filter(|g| **g == glyph).count() == 3));
        assert_ne!(test[..5], test[5..10]);
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
