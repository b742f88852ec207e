//! The task: two stimuli, and for each the moment at which every output is to fire once.
//!
//! **Score.** An output scores 1, less [`MISS`] if no spike is near the moment (the precision says how near; less
//! is lost if one is half-way near), less [`SURPLUS`] for every spike too many, or if there is none.

use get_size2::GetSize;

use super::DT_MS;
use super::params::TaskParams;
use crate::net::{Order, Phase, Schedule};
use crate::sim::{Stream, TimeGrid};

/// There are two stimuli; in results they are called a and b.
pub const NUM_STIMULI: usize = 2;
/// Their names on screen, where A and B are two runs that are compared.
pub const NAMES: [&str; NUM_STIMULI] = ["▲", "■"];
/// What it costs not to fire at the right moment.
pub(super) const MISS: f32 = 0.5;
/// What every spike too many costs, and the one that is missing.
pub(super) const SURPLUS: f32 = 0.1;
/// No target lies nearer to the beginning or the end of a trial, as a share of it.
pub(super) const MARGIN: f64 = 0.2;

/// Trials without learning before and after.
pub const TEST_TRIALS: u32 = 200;
/// The phases: the untrained level is measured, weights learn, the result is measured.
pub const BEFORE: usize = 0;
pub const LEARNING: usize = 1;
pub const AFTER: usize = 2;

/// The phases and the trials of each.
pub fn schedule(p: &TaskParams) -> Schedule {
    let trial_ms = (p.trial_ms / DT_MS).round() * DT_MS;
    let phase = |name, num_trials, is_learning| Phase {
        stimuli: NAMES.map(String::from).to_vec(),
        order: Order::Random,
        is_learning,
        starts_at_rest: true,
        ..Phase::new(name, num_trials, trial_ms)
    };
    let phases = vec![
        phase("untrained", TEST_TRIALS, false),
        phase("learning", p.num_trials, true),
        phase("test", TEST_TRIALS, false),
    ];
    Schedule { phases }
}

/// What is shown, and what is wanted.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Task {
    /// Of each stimulus, the spikes as tick and input, in order.
    pub patterns: Vec<Vec<(u32, u32)>>,
    /// Of each stimulus, the moment wanted of each output.
    pub targets_ms: Vec<Vec<f32>>,
    precision_ms: f32,
}

impl Task {
    /// Draws patterns and targets.
    pub fn new(p: &TaskParams, grid: TimeGrid, seed: u32) -> Self {
        let ticks = grid.ticks_from_ms(p.trial_ms) as u32;
        let chance = (p.rate_hz * grid.dt_ms() / 1_000.0) as f32;
        let num_shared = (p.similarity * f64::from(p.num_inputs)).round() as u32;
        let mut input = Stream::new(seed, "patterns");
        let mut draw = || -> Vec<(u32, u32)> {
            let all = (0..ticks).flat_map(|tick| (0..p.num_inputs).map(move |id| (tick, id)));
            all.filter(|_| input.chance(chance)).collect()
        };
        let (a, mut b) = (draw(), draw());
        // The first inputs fire alike in both.
        b.retain(|(_, id)| *id >= num_shared);
        b.extend(a.iter().filter(|(_, id)| *id < num_shared));
        b.sort_unstable();
        let mut wanted = Stream::new(seed, "targets");
        let (low, high) = ((MARGIN * p.trial_ms) as f32, ((1.0 - MARGIN) * p.trial_ms) as f32);
        let targets_ms = (0..NUM_STIMULI)
            .map(|_| (0..p.num_outputs).map(|_| wanted.between(low, high)).collect())
            .collect();
        Self { patterns: vec![a, b], targets_ms, precision_ms: p.precision_ms as f32 }
    }

    /// Mean score of the outputs, whose spike times are `responses`.
    pub fn score(&self, stimulus: usize, responses: &[Vec<f32>]) -> f64 {
        let pairs = responses.iter().zip(&self.targets_ms[stimulus]);
        let sum: f32 = pairs.map(|(spikes, target)| self.score_of(spikes, *target)).sum();
        f64::from(sum) / responses.len() as f64
    }

    /// Mean score of the same spikes if every output were asked for every moment that is wanted of
    /// some output: what spikes earn that know nothing of their target.
    pub fn chance(&self, responses: &[Vec<f32>]) -> f64 {
        let (mut sum, mut num) = (0.0, 0);
        for target in self.targets_ms.iter().flatten() {
            for spikes in responses {
                sum += self.score_of(spikes, *target);
                num += 1;
            }
        }
        f64::from(sum) / f64::from(num)
    }

    /// The score of one output.
    fn score_of(&self, spikes: &[f32], target_ms: f32) -> f32 {
        let mut miss = 1.0_f32;
        for spike in spikes {
            let off = (spike - target_ms).abs() / self.precision_ms;
            miss = if off < miss { off } else { miss };
        }
        let surplus = (spikes.len() as f32 - 1.0).abs();
        1.0 - MISS * miss - SURPLUS * surplus
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(similarity: f64) -> Task {
        Task::new(&TaskParams { similarity, ..TaskParams::default() }, TimeGrid::new(1.0), 3)
    }

    #[test]
    fn scores_are_those_of_the_rule() {
        let mut task = task(0.0);
        task.targets_ms = vec![vec![100.0], vec![20.0]];
        let cases: [(&[f32], f64); 6] = [
            (&[100.0], 1.0),
            (&[120.0], 0.75),
            (&[150.0], 0.5),
            (&[], 0.4),
            (&[10.0, 90.0, 100.0], 0.8),
            (&[10.0, 30.0], 0.4),
        ];
        for (spikes, expected) in cases {
            let score = task.score(0, &[spikes.to_vec()]);
            assert!((score - expected).abs() < 1e-6, "{spikes:?}: {score}, not {expected}");
        }
        // Judged by both targets: 1 at 100 ms, and 0.5 at 20 ms.
        assert!((task.chance(&[vec![100.0]]) - 0.75).abs() < 1e-6);
    }

    #[test]
    fn patterns_share_what_similarity_says() {
        for similarity in [0.0, 0.5, 1.0] {
            let task = task(similarity);
            let of = |k: usize, id: u32| -> Vec<u32> {
                let own = task.patterns[k].iter().filter(|(_, input)| *input == id);
                own.map(|(tick, _)| *tick).collect()
            };
            let alike = (0..100).filter(|&id| !of(0, id).is_empty() && of(0, id) == of(1, id));
            let active = (0..100).filter(|&id| !of(0, id).is_empty()).count() as f64;
            let share = alike.count() as f64 / active;
            assert!((share - similarity).abs() < 0.15, "{similarity}: {share}");
            assert!(task.patterns.iter().all(|pattern| pattern.is_sorted()));
            // 100 inputs of 6 Hz for 200 ms.
            assert!((90..=150).contains(&task.patterns[0].len()), "{}", task.patterns[0].len());
        }
    }
}
