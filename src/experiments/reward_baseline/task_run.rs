//! A run of the task: trials without learning, with it, and without it again.

use serde::{Deserialize, Serialize};

use super::net::Net;
use super::params::TaskParams;
use super::task::{NAMES, NUM_STIMULI, Task};
use crate::record::{Hasher, RasterLog};
use crate::sim::plasticity::SuccessSignal;
use crate::sim::{Stream, Tick, TimeGrid};

/// Trials without learning before and after.
pub const TEST_TRIALS: u32 = 200;
/// The step.
pub const DT_MS: f64 = 1.0;

/// Sums over the trials of one stimulus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    num: u32,
    score: f64,
    chance: f64,
    reward: f64,
    success: f64,
    rate: f64,
}

impl Tally {
    fn over(&self, sum: f64) -> f64 {
        sum / f64::from(self.num.max(1))
    }
}

/// What is drawn of one stimulus, per block.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Curves {
    pub score: Vec<f32>,
    pub chance: Vec<f32>,
    pub reward: Vec<f32>,
    pub baseline: Vec<f32>,
    pub success: Vec<f32>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskRun {
    pub(super) p: TaskParams,
    pub(super) task: Task,
    pub(super) net: Net,
    pub(super) success: SuccessSignal,
    pub(super) curves: Vec<Curves>,
    pub(super) log: RasterLog,
    pub(super) stimulus: u32,
    pub(super) trial: u32,
    pub(super) tick_in_trial: u32,
    order: Stream,
    trial_ticks: u32,
    next_spike: u32,
    responses: Vec<Vec<f32>>,
    block: Vec<Tally>,
    before: Vec<Tally>,
    during: Vec<Tally>,
    after: Vec<Tally>,
}

impl TaskRun {
    pub fn new(p: &TaskParams, seed: u32) -> Self {
        let grid = TimeGrid::new(DT_MS);
        let trial_ticks = grid.ticks_from_ms(p.trial_ms);
        Self {
            task: Task::new(p, grid, seed),
            net: Net::new(p.num_inputs, p.num_outputs, &p.cell, p.rule.gated(), grid, seed),
            success: SuccessSignal::new(NUM_STIMULI, p.success()),
            curves: vec![Curves::default(); NUM_STIMULI],
            log: RasterLog::new(trial_ticks),
            stimulus: 0,
            trial: 0,
            tick_in_trial: 0,
            order: Stream::new(seed, "order"),
            trial_ticks: trial_ticks as u32,
            next_spike: 0,
            responses: vec![Vec::new(); p.num_outputs as usize],
            block: vec![Tally::default(); NUM_STIMULI],
            before: vec![Tally::default(); NUM_STIMULI],
            during: vec![Tally::default(); NUM_STIMULI],
            after: vec![Tally::default(); NUM_STIMULI],
            p: p.clone(),
        }
    }

    pub fn num_ticks(p: &TaskParams) -> Tick {
        let trial_ticks = TimeGrid::new(DT_MS).ticks_from_ms(p.trial_ms);
        trial_ticks * Tick::from(p.num_trials + 2 * TEST_TRIALS)
    }

    pub fn block_trials(&self) -> u32 {
        (self.p.num_trials / 40).max(20)
    }

    pub fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        if self.tick_in_trial == 0 {
            self.start_trial();
        }
        let pattern = &self.task.patterns[self.stimulus as usize];
        let first = self.next_spike as usize;
        let num = pattern[first..].iter().take_while(|(at, _)| *at == self.tick_in_trial).count();
        self.next_spike += num as u32;
        self.net.step(pattern[first..first + num].iter().map(|(_, input)| *input));
        let at_ms = (f64::from(self.tick_in_trial) * DT_MS) as f32;
        for &output in &self.net.fired {
            self.responses[output as usize].push(at_ms);
        }
        hasher.spikes(tick, 0, &self.net.fired);
        self.log.push(tick, &self.net.fired);
        self.tick_in_trial += 1;
        if self.tick_in_trial == self.trial_ticks {
            self.end_trial();
        }
    }

    fn start_trial(&mut self) {
        self.stimulus = u32::from(self.order.chance(0.5));
        self.next_spike = 0;
        self.net.rest();
        self.responses.iter_mut().for_each(Vec::clear);
    }

    /// Learning is on in this trial.
    pub fn is_learning(&self) -> bool {
        (TEST_TRIALS..TEST_TRIALS + self.p.num_trials).contains(&self.trial)
    }

    fn end_trial(&mut self) {
        let k = self.stimulus as usize;
        let score = self.task.score(k, &self.responses);
        let reward = score + if k == 0 { self.p.bonus } else { 0.0 };
        let success = self.success.judge(k, reward);
        let is_learning = self.is_learning();
        if is_learning {
            self.net.gate((self.p.rule.eta * success) as f32);
        }
        let chance = self.task.chance(&self.responses);
        let phase = if is_learning {
            &mut self.during
        } else if self.trial < TEST_TRIALS {
            &mut self.before
        } else {
            &mut self.after
        };
        let num: usize = self.responses.iter().map(Vec::len).sum();
        for tally in [&mut phase[k], &mut self.block[k]] {
            tally.num += 1;
            tally.score += score;
            tally.chance += chance;
            tally.reward += reward;
            tally.success += success;
            tally.rate += num as f64 / self.responses.len() as f64;
        }
        self.trial += 1;
        self.tick_in_trial = 0;
    }

    pub fn summary(&self) -> Vec<(String, f64)> {
        let mut rows = Vec::new();
        for (k, name) in NAMES.iter().enumerate() {
            let name = name.to_ascii_lowercase();
            let (b, d, a) = (self.before[k], self.during[k], self.after[k]);
            rows.push((format!("performance_{name}"), a.over(a.score)));
            rows.push((format!("untrained_{name}"), b.over(b.score)));
            rows.push((format!("chance_{name}"), a.over(a.chance)));
            rows.push((format!("success_{name}"), d.over(d.success)));
            rows.push((format!("spikes_{name}"), a.over(a.rate)));
            rows.push((format!("spikes0_{name}"), b.over(b.rate)));
        }
        rows.push(("sigma".into(), self.success.sigma()));
        rows
    }
}
