//! Who is shown when in our network: training in random order, then a test of both patterns in random order.

use get_size2::GetSize;

use super::PATTERNS;
use super::params::OursParams;
use crate::sim::{Stream, Tick};

/// Background only, after every presentation.
pub const PAUSE_MS: f64 = 50.0;
/// Share of its presentations by which an output owns a pattern.
pub const CONSISTENT: f64 = 0.9;
/// Presentations of a pattern over which answers are smoothed.
const SMOOTHING: f32 = 8.0;

/// The presentations of a run, and who answered.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Schedule {
    on_ticks: Tick,
    all_ticks: Tick,
    is_alternating: bool,
    num_training: u32,
    test: Vec<u8>,
    order: Stream,
    /// Presentations begun.
    begun: u32,
    pattern: u8,
    /// Of each pattern, the share that output 1 won lately.
    pub(super) lately: [f32; 2],
    /// Test presentations of each pattern that outputs 1 and 2 won.
    pub(super) wins: [[u32; 2]; 2],
    /// Spikes of both outputs in the test, by pattern.
    pub(super) spikes: [[u32; 2]; 2],
    /// Test presentations of each pattern that are over.
    pub(super) tested: [u32; 2],
}

impl Schedule {
    /// A schedule before its first presentation.
    pub fn new(p: &OursParams, seed: u32) -> Self {
        let mut test: Vec<u8> = (0..2 * p.num_test).map(|n| (n % 2) as u8).collect();
        Stream::new(seed, "test order").shuffle(&mut test);
        Self {
            on_ticks: p.presentation_ms.round() as Tick,
            all_ticks: (p.presentation_ms + PAUSE_MS).round() as Tick,
            is_alternating: p.alternating,
            num_training: p.num_training,
            test,
            order: Stream::new(seed, "order"),
            begun: 0,
            pattern: 0,
            lately: [0.5; 2],
            wins: [[0; 2]; 2],
            spikes: [[0; 2]; 2],
            tested: [0; 2],
        }
    }

    /// Ticks of the whole run.
    pub fn num_ticks(&self) -> Tick {
        (u64::from(self.num_training) + self.test.len() as u64) * self.all_ticks
    }

    /// A presentation begins with this tick.
    pub fn begins(&self, tick: Tick) -> bool {
        tick.is_multiple_of(self.all_ticks)
    }

    /// A presentation ends with this tick.
    pub fn ends(&self, tick: Tick) -> bool {
        (tick + 1).is_multiple_of(self.all_ticks)
    }

    /// Ticks of a presentation and of its part with a pattern.
    pub fn lengths(&self) -> (Tick, Tick) {
        (self.all_ticks, self.on_ticks)
    }

    /// Goes on to the next presentation. Behind its end the test repeats its last one.
    pub fn next(&mut self) {
        let place = self.begun.checked_sub(self.num_training).map(|test| test as usize);
        self.pattern = match place {
            None => u8::from(self.order.chance(0.5)),
            Some(place) => self.test[place.min(self.test.len() - 1)],
        };
        self.begun += 1;
    }

    /// Straight to the test: a presentation of training that is going on becomes its first one.
    pub fn skip_training(&mut self) {
        if !self.is_test() {
            self.num_training = self.begun.saturating_sub(1);
            self.pattern = self.test[0];
        }
    }

    /// The pattern of this presentation; of both at once the one that reward is about.
    pub fn pattern(&self) -> u8 {
        self.pattern
    }

    /// Nothing is learned any more.
    pub fn is_test(&self) -> bool {
        self.begun > self.num_training
    }

    /// Presentations that are over or going on.
    pub fn begun(&self) -> u32 {
        self.begun
    }

    /// Presentations of training and of the test.
    pub fn lens(&self) -> (u32, u32) {
        (self.num_training, self.test.len() as u32)
    }

    /// Whether ▲ and ■ are shown in this tick.
    pub fn shown(&self, tick: Tick) -> [bool; 2] {
        if tick % self.all_ticks >= self.on_ticks {
            return [false; 2];
        }
        let is_both = !self.is_alternating && !self.is_test();
        [is_both || self.pattern == 0, is_both || self.pattern == 1]
    }

    /// What is written above a presentation.
    pub fn label(&self) -> &'static str {
        match (self.is_alternating || self.is_test(), self.pattern) {
            (false, _) => "▲ + ■",
            (_, pattern) => PATTERNS[usize::from(pattern)],
        }
    }

    /// A presentation is over, in which the outputs fired so often.
    pub fn answered(&mut self, spikes: [u32; 2]) {
        let (pattern, [one, two]) = (self.pattern as usize, spikes);
        let answer = if one == two { 0.5 } else { f32::from(u8::from(one > two)) };
        let is_over = self.is_test() && self.begun > self.num_training + self.test.len() as u32;
        if is_over {
            return;
        }
        self.lately[pattern] += (answer - self.lately[pattern]) / SMOOTHING;
        if self.is_test() {
            self.tested[pattern] += 1;
            self.wins[pattern][0] += u32::from(one > two);
            self.wins[pattern][1] += u32::from(two > one);
            self.spikes[pattern][0] += one;
            self.spikes[pattern][1] += two;
        }
    }

    /// Share of its test presentations that output `output` won.
    pub fn share(&self, pattern: usize, output: usize) -> f64 {
        f64::from(self.wins[pattern][output]) / f64::from(self.tested[pattern].max(1))
    }

    /// Each pattern's most frequent winner: in the test, or lately while there is none.
    pub fn owners(&self) -> [usize; 2] {
        [0, 1].map(|pattern| match self.tested {
            [0, 0] => usize::from(self.lately[pattern] < 0.5),
            _ => usize::from(self.wins[pattern][1] > self.wins[pattern][0]),
        })
    }

    /// Different outputs won the two patterns in the test, each nearly always.
    pub fn is_separated(&self) -> bool {
        let owners = self.owners();
        owners[0] != owners[1]
            && (0..2).all(|pattern| self.share(pattern, owners[pattern]) >= CONSISTENT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_shows_both_patterns_equally_often_and_counts_winners() {
        let p = OursParams { num_training: 20, num_test: 5, ..OursParams::default() };
        let mut schedule = Schedule::new(&p, 1);
        assert_eq!(schedule.num_ticks(), 30 * 250);
        let mut shown = [0; 2];
        for presentation in 0..30 {
            schedule.next();
            assert_eq!(schedule.is_test(), presentation >= 20);
            let pattern = schedule.pattern() as usize;
            shown[pattern] += u32::from(schedule.is_test());
            // Output 1 answers to ■, output 2 to ▲.
            schedule.answered(if pattern == 0 { [1, 5] } else { [4, 2] });
        }
        assert_eq!(shown, [5, 5]);
        assert_eq!(schedule.wins, [[0, 5], [5, 0]]);
        assert_eq!(schedule.owners(), [1, 0]);
        assert!(schedule.is_separated());
        schedule.next();
        schedule.answered([0, 9]);
        assert_eq!(schedule.tested, [5, 5]);
    }

    #[test]
    fn a_pause_shows_nothing_and_both_at_once_is_for_training_only() {
        let p = OursParams { alternating: false, num_training: 20, ..OursParams::default() };
        let mut schedule = Schedule::new(&p, 1);
        schedule.next();
        assert_eq!(schedule.shown(199), [true, true]);
        assert_eq!(schedule.shown(200), [false, false]);
        (0..20).for_each(|_| schedule.next());
        assert_eq!(schedule.shown(250).map(u8::from).iter().sum::<u8>(), 1);
    }
}
