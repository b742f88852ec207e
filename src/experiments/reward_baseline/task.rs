//! The task: two stimuli, and for each the moment at which every output is to fire once.
//!
//! **Score.** An output's spikes are turned into the wanted one at least cost: adding or taking away a spike costs 1,
//! moving one costs its way divided by the precision (Victor and Purpura 1996, doi:10.1152/jn.1996.76.2.1310). With D
//! this cost and n spikes, the score is 1 − D/(n + 1): 1 for a single spike at the right moment, 0 for none and for
//! spikes that are all too far away.

use serde::{Deserialize, Serialize};

use super::params::TaskParams;
use crate::sim::{Stream, TimeGrid};

/// Stimuli A and B.
pub const NUM_STIMULI: usize = 2;
/// Their names.
pub const NAMES: [&str; NUM_STIMULI] = ["A", "B"];
/// No target lies nearer to the beginning or the end of a trial, as a share of it.
const MARGIN: f64 = 0.2;

/// What is shown, and what is wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

    /// With one target the cheapest way moves its nearest spike, if that is cheaper than adding and
    /// taking away, and takes away the rest.
    fn score_of(&self, spikes: &[f32], target_ms: f32) -> f32 {
        let mut nearest = 2.0_f32;
        for spike in spikes {
            let cost = (spike - target_ms).abs() / self.precision_ms;
            nearest = if cost < nearest { cost } else { nearest };
        }
        if spikes.is_empty() {
            return 0.0;
        }
        let num = spikes.len() as f32;
        1.0 - (num - 1.0 + nearest) / (num + 1.0)
    }
}
