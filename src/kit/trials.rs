//! Trials: the schedule of a network's description, played one trial after the other.
//!
//! The phases say what is shown in which order; here it is drawn, as the run goes, from the streams `order` and
//! `test order`. A mixed order is drawn whole and before anything else, from a stream of its own, so that a test does not
//! depend on how long the training was. A shuffled order shuffles that of the round before, and goes on so in the next
//! phase.

use std::collections::VecDeque;
use std::sync::Arc;

use get_size2::GetSize;

use crate::net::{Order, Phase, Schedule};
use crate::record::figure::Span;
use crate::sim::{Stream, Tick, TimeGrid};

/// Trials of equal length, of which one follows another from the first tick on.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Trials {
    #[get_size(ignore)]
    phases: Arc<[Phase]>,
    /// Of each phase, how many trials there are up to its end.
    ends: Vec<u32>,
    /// Stimuli of all mixed phases, one phase after the other.
    mixed: Vec<u32>,
    /// Stimuli of the round that goes on.
    round: Vec<u32>,
    order: Stream,
    trial_ticks: u32,
    /// Steps done in the trial that goes on.
    step: u32,
    /// Trials that are over.
    num_done: u32,
    stimulus: u32,
}

impl Trials {
    /// Before the first trial.
    ///
    /// # Panics
    /// If the schedule has no phase.
    pub fn new(schedule: Schedule, grid: TimeGrid, seed: u32) -> Self {
        let phases = schedule.phases;
        let mut end = 0;
        let add = |phase: &Phase| {
            end += phase.num_trials;
            end
        };
        let ends = phases.iter().map(add).collect();
        let mut test_order = Stream::new(seed, "test order");
        let mut mixed = Vec::new();
        for phase in phases.iter().filter(|phase| phase.order == Order::Mixed) {
            let num = phase.stimuli.len() as u32;
            let first = mixed.len();
            mixed.extend((0..phase.num_trials).map(|place| place % num));
            test_order.shuffle(&mut mixed[first..]);
        }
        let first = &phases[0];
        let trial_ms = first.shown_ms + first.pause_ms;
        Self {
            ends,
            mixed,
            round: (0..first.stimuli.len() as u32).collect(),
            phases: phases.into(),
            order: Stream::new(seed, "order"),
            trial_ticks: grid.ticks_from_ms(trial_ms) as u32,
            step: 0,
            num_done: 0,
            stimulus: 0,
        }
    }

    /// Ticks of a trial.
    pub fn trial_ticks(&self) -> Tick {
        self.trial_ticks.into()
    }

    /// Ticks of the whole run.
    pub fn num_ticks(&self) -> Tick {
        Tick::from(self.num()) * self.trial_ticks()
    }

    /// Trials of the whole run.
    pub fn num(&self) -> u32 {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Trials that are over.
    pub fn num_done(&self) -> u32 {
        self.num_done
    }

    /// Trials up to the end of all learning.
    pub fn num_until_test(&self) -> u32 {
        let mut phases = self.phases.iter().zip(&self.ends);
        phases.rfind(|(phase, _)| phase.is_learning).map_or(0, |(_, end)| *end)
    }

    /// Steps done in the trial that goes on; 0 before it.
    pub fn step(&self) -> u32 {
        self.step
    }

    /// The phase and the place within it of a trial; behind the end those of the last one.
    fn place_of(&self, trial: u32) -> (usize, u32) {
        let trial = trial.min(self.num().saturating_sub(1));
        let phase = self.ends.iter().take_while(|end| **end <= trial).count();
        let start = if phase > 0 { self.ends[phase - 1] } else { 0 };
        (phase, trial - start)
    }

    /// The number of the phase of the trial that goes on, or comes next.
    pub fn phase_number(&self) -> usize {
        self.place_of(self.num_done).0
    }

    /// The phase of the trial that goes on, or comes next.
    pub fn phase(&self) -> &Phase {
        &self.phases[self.phase_number()]
    }

    /// The trial that goes on, or comes next, is the first of its phase.
    pub fn begins_phase(&self) -> bool {
        self.place_of(self.num_done).1 == 0
    }

    /// The stimulus of the trial that was begun last.
    pub fn stimulus(&self) -> u32 {
        self.stimulus
    }

    /// Stimuli of the round that goes on, in their order.
    pub fn round(&self) -> &[u32] {
        &self.round
    }

    /// The trial that goes on is the last of a round, in which every stimulus was shown once.
    pub fn ends_round(&self) -> bool {
        (self.place_of(self.num_done).1 + 1).is_multiple_of(self.phase().stimuli.len() as u32)
    }

    /// Draws what the next trial shows. To be called once for each, in order.
    pub fn begin(&mut self) -> u32 {
        let (phase, place) = self.place_of(self.num_done);
        let num = self.phases[phase].stimuli.len() as u32;
        self.stimulus = match self.phases[phase].order {
            Order::Mixed => {
                let earlier = self.phases[..phase].iter().filter(|of| of.order == Order::Mixed);
                let first: u32 = earlier.map(|of| of.num_trials).sum();
                self.mixed[(first + place) as usize]
            }
            // A coin for two. Of all that are shown at once it is the one that counts.
            Order::Random | Order::Together if num == 2 => u32::from(self.order.chance(0.5)),
            Order::Random | Order::Together => self.order.below(num),
            Order::Fixed | Order::Shuffled => self.next_of_round(phase, place % num),
        };
        self.stimulus
    }

    fn next_of_round(&mut self, phase: usize, place: u32) -> u32 {
        let Phase { stimuli, order, .. } = &self.phases[phase];
        if self.round.len() != stimuli.len() {
            self.round = (0..stimuli.len() as u32).collect();
        }
        if place == 0 && *order == Order::Shuffled {
            self.order.shuffle(&mut self.round);
        }
        self.round[place as usize]
    }

    /// A step is done; true if it was the last of its trial, which is then to be ended.
    #[inline]
    pub fn advance(&mut self) -> bool {
        self.step += 1;
        self.step == self.trial_ticks
    }

    /// The trial that goes on is over.
    pub fn end(&mut self) {
        self.step = 0;
        self.num_done += 1;
    }

    /// Straight to where nothing is learned any more.
    pub fn skip_learning(&mut self) {
        let (mut start, mut end) = (0, 0);
        for (phase, phase_end) in self.phases.iter().zip(&mut self.ends) {
            let num = *phase_end - std::mem::replace(&mut start, *phase_end);
            // Of a phase of learning there only is what was done.
            end += if phase.is_learning { num.min(self.num_done.saturating_sub(end)) } else { num };
            *phase_end = end;
        }
    }

    /// "training, epoch 3 of 40": where a trial stands in its phase, counted in `unit`s of `size` trials.
    pub fn told(&self, trial: u32, unit: &str, size: u32) -> String {
        let (phase, place) = self.place_of(trial);
        let start = if phase > 0 { self.ends[phase - 1] } else { 0 };
        let num = (self.ends[phase] - start).div_ceil(size);
        format!("{}, {unit} {} of {num}", self.phases[phase].name, place / size + 1)
    }
}

/// The trials of the latest stretch of time, to be written above a raster.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Recent {
    /// How far it reaches back, and how long each is shown.
    window: Tick,
    shown: Tick,
    trials: VecDeque<(Tick, String, bool)>,
}

impl Recent {
    /// None yet, of a stretch of `window` ticks, of trials that show something for `shown` ticks.
    pub fn new(window: Tick, shown: Tick) -> Self {
        Self { window, shown, trials: VecDeque::new() }
    }

    /// A trial begins.
    pub fn push(&mut self, tick: Tick, label: &str, is_test: bool) {
        // One that began before the window may reach into it.
        while self.trials.front().is_some_and(|(at, ..)| at + self.window + self.shown < tick) {
            self.trials.pop_front();
        }
        self.trials.push_back((tick, label.into(), is_test));
    }

    /// Those that are over after tick `start`, from when on their times are counted.
    pub fn spans(&self, start: Tick, dt_ms: f64) -> Vec<Span> {
        let ms = |tick: Tick| ((tick as f64 - start as f64) * dt_ms) as f32;
        let spans = self.trials.iter().map(|(from, label, is_test)| Span {
            from_ms: ms(*from),
            to_ms: ms(from + self.shown),
            label: label.clone(),
            is_test: *is_test,
        });
        spans.filter(|span| span.to_ms > 0.0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phase(name: &str, num_trials: u32, order: Order, is_learning: bool) -> Phase {
        let stimuli = ["a", "b", "c"].map(String::from).to_vec();
        Phase { stimuli, order, is_learning, ..Phase::new(name, num_trials, 2.0) }
    }

    fn trials(first: Order, second: Order) -> Trials {
        let phases = vec![phase("training", 6, first, true), phase("test", 9, second, false)];
        Trials::new(Schedule { phases }, TimeGrid::new(1.0), 3)
    }

    /// The stimuli of all trials that are left.
    fn shown(trials: &mut Trials) -> Vec<u32> {
        let mut shown = Vec::new();
        while trials.num_done() < trials.num() {
            assert_eq!(trials.step(), 0);
            shown.push(trials.begin());
            assert_eq!([trials.advance(), trials.advance()], [false, true]);
            trials.end();
        }
        shown
    }

    fn is_each_once(round: &[u32]) -> bool {
        (0..3).all(|stimulus| round.contains(&stimulus))
    }

    #[test]
    fn every_order_shows_what_it_says() {
        let mut fixed = trials(Order::Fixed, Order::Shuffled);
        assert_eq!((fixed.num_ticks(), fixed.num_until_test()), (30, 6));
        let shown_fixed = shown(&mut fixed);
        assert_eq!(shown_fixed[..6], [0, 1, 2, 0, 1, 2]);
        assert!(shown_fixed[6..].chunks(3).all(is_each_once), "{shown_fixed:?}");
        let mixed = shown(&mut trials(Order::Random, Order::Mixed));
        assert!((0..3).all(|of| mixed[6..].iter().filter(|shown| **shown == of).count() == 3));
        assert!(!mixed[6..].chunks(3).all(is_each_once), "mixed over all rounds: {mixed:?}");
        let other = shown(&mut trials(Order::Shuffled, Order::Mixed));
        assert_eq!(other[6..], mixed[6..], "a test does not depend on the training");
        assert!(other[..6].chunks(3).all(is_each_once), "{other:?}");
    }

    #[test]
    fn a_trial_knows_its_place() {
        let mut trials = trials(Order::Shuffled, Order::Mixed);
        let mut ends = Vec::new();
        for trial in 0..15 {
            let phase = usize::from(trial >= 6);
            assert_eq!((trials.phase_number(), trials.phase().is_learning), (phase, phase == 0));
            assert_eq!(trials.begins_phase(), trial == 0 || trial == 6);
            trials.begin();
            ends.push(trials.ends_round());
            trials.end();
        }
        assert_eq!(ends[..6], [false, false, true, false, false, true]);
        let told = |trial| [trials.told(trial, "epoch", 3), trials.told(trial, "trial", 1)];
        assert_eq!(told(4), ["training, epoch 2 of 2", "training, trial 5 of 6"]);
        assert_eq!(told(6), ["test, epoch 1 of 3", "test, trial 1 of 9"]);
        assert_eq!(told(99), told(14), "behind the end");
    }

    #[test]
    fn without_the_learning_the_same_test_is_left() {
        let whole = shown(&mut trials(Order::Shuffled, Order::Mixed));
        for num_done in [0, 2, 6, 8] {
            let mut trials = trials(Order::Shuffled, Order::Mixed);
            (0..num_done).for_each(|_| {
                trials.begin();
                trials.end();
            });
            trials.skip_learning();
            assert_eq!(trials.num_until_test(), num_done.min(6));
            let left = shown(&mut trials);
            assert_eq!(left, whole[num_done.max(6) as usize..], "after {num_done}");
        }
    }

    #[test]
    fn spans_are_those_of_the_window() {
        let mut recent = Recent::new(100, 30);
        (0..10).for_each(|trial| recent.push(50 * trial, &trial.to_string(), trial > 8));
        let spans = recent.spans(350, 0.5);
        let found: Vec<_> = spans.iter().map(|span| (&span.label[..], span.from_ms)).collect();
        assert_eq!(found, [("7", 0.0), ("8", 25.0), ("9", 50.0)]);
        assert_eq!((spans[2].to_ms, spans[2].is_test), (65.0, true));
        assert_eq!(recent.trials.len(), 3, "older ones are forgotten");
    }
}
