//! A network in its task, trial by trial: it learns, and the scores of its trials are kept.

use get_size2::GetSize;

use super::DT_MS;
use super::net;
use super::params::TaskParams;
use super::task::{AFTER, BEFORE, LEARNING, NUM_STIMULI, Task, schedule};
use crate::kit::trials::Trials;
use crate::sim::fast::GatedNet;
use crate::sim::plasticity::SuccessSignal;
use crate::sim::{Stream, TimeGrid};

/// What the trials of one stimulus gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, GetSize)]
pub struct Tally {
    /// How many; the others are sums over them.
    pub num: u32,
    /// Mean score of the outputs.
    pub score: f64,
    /// What the same spikes would score at any output's target.
    pub chance: f64,
    /// Score, luck and bonus.
    pub reward: f64,
    /// In units of σ_R.
    pub success: f64,
    /// Of all outputs, per output.
    pub spikes: f64,
}

impl Tally {
    fn add(&mut self, one: &Self) {
        self.num += one.num;
        self.score += one.score;
        self.chance += one.chance;
        self.reward += one.reward;
        self.success += one.success;
        self.spikes += one.spikes;
    }

    /// Mean of one of the sums over the trials; 0 without trials.
    pub fn mean(&self, of: fn(&Self) -> f64) -> f64 {
        of(self) / f64::from(self.num.max(1))
    }
}

/// What is drawn of one stimulus: a value per block.
#[derive(Clone, Debug, Default, PartialEq, GetSize)]
pub struct Curves {
    /// Mean score.
    pub score: Vec<f32>,
    /// What the same spikes would score at any output's target.
    pub chance: Vec<f32>,
    /// Mean reward.
    pub reward: Vec<f32>,
    /// What is expected at the end of the block.
    pub baseline: Vec<f32>,
    /// Mean success in units of σ_R.
    pub success: Vec<f32>,
}

/// The network, its task, and what its trials gave.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Learner {
    /// Its parameters.
    pub p: TaskParams,
    /// What is shown, and what is wanted.
    pub task: Task,
    /// The network.
    pub net: GatedNet,
    /// By stimulus.
    pub curves: Vec<Curves>,
    /// Which trial goes on.
    pub trials: Trials,
    /// Inputs that fired in the latest step.
    pub input_fired: Vec<u32>,
    /// Weights are not changed any more.
    pub is_frozen: bool,
    /// By phase and stimulus.
    pub phases: Vec<Vec<Tally>>,
    /// The next spike of the pattern.
    cursor: u32,
    success: SuccessSignal,
    /// Of the latest trial.
    pub last_success: f32,
    luck: Stream,
    /// Spike times of each output in this trial.
    responses: Vec<Vec<f32>>,
    block: Vec<Tally>,
}

impl Learner {
    /// A network before its first trial.
    pub fn new(p: &TaskParams, seed: u32) -> Self {
        let grid = TimeGrid::new(DT_MS);
        let none = vec![Tally::default(); NUM_STIMULI];
        Self {
            task: Task::new(p, grid, seed),
            net: GatedNet::new(
                [p.num_inputs, p.num_outputs],
                &net::constants(&p.cell, &p.rule),
                grid,
                ["weights", "output"].map(|name| Stream::new(seed, name)),
            ),
            curves: vec![Curves::default(); NUM_STIMULI],
            trials: Trials::new(schedule(p), grid, seed),
            input_fired: Vec::new(),
            is_frozen: false,
            phases: vec![none.clone(); 3],
            cursor: 0,
            success: SuccessSignal::new(NUM_STIMULI, p.success()),
            last_success: 0.0,
            luck: Stream::new(seed, "luck"),
            responses: vec![Vec::new(); p.num_outputs as usize],
            block: none,
            p: p.clone(),
        }
    }

    /// Takes over live parameters; what was learned and expected stays.
    pub fn adopt(&mut self, p: &TaskParams) {
        self.success.set_params(p.success());
        self.p = p.clone();
    }

    /// One step; whether it was the last of its trial. [`GatedNet::fired`] are the outputs that fired.
    pub fn step(&mut self) -> bool {
        let step = self.trials.step();
        if step == 0 {
            self.start_trial();
        }
        let pattern = &self.task.patterns[self.trials.stimulus() as usize][self.cursor as usize..];
        let num = pattern.iter().take_while(|(at, _)| *at == step).count();
        self.input_fired.clear();
        self.input_fired.extend(pattern[..num].iter().map(|(_, input)| *input));
        self.net.step(self.input_fired.iter().copied());
        self.cursor += num as u32;
        let at_ms = (f64::from(step) * DT_MS) as f32;
        for &output in &self.net.fired {
            self.responses[output as usize].push(at_ms);
        }
        let is_over = self.trials.advance();
        if is_over {
            self.end_trial();
        }
        is_over
    }

    /// The trial that goes on is judged for its weights.
    pub fn learns(&self) -> bool {
        !self.is_done() && !self.is_frozen && self.trials.phase_number() == LEARNING
    }

    /// All trials are done.
    pub fn is_done(&self) -> bool {
        self.trials.num_done() >= self.trials.num()
    }

    /// Score with a stimulus: that of the test, and before it that of the last block.
    pub fn performance(&self, stimulus: usize) -> f64 {
        self.after(stimulus, |t| t.score, |c| &c.score)
    }

    /// What the same spikes would score at any output's target, of the same trials.
    pub fn chance(&self, stimulus: usize) -> f64 {
        self.after(stimulus, |t| t.chance, |c| &c.chance)
    }

    fn after(&self, stimulus: usize, of: fn(&Tally) -> f64, line: fn(&Curves) -> &Vec<f32>) -> f64 {
        let after = &self.phases[AFTER][stimulus];
        match after.num {
            0 => f64::from(line(&self.curves[stimulus]).last().copied().unwrap_or(0.0)),
            _ => after.mean(of),
        }
    }

    /// The running standard deviation of the reward.
    pub fn reward_sigma(&self) -> f64 {
        self.success.sigma()
    }

    /// Trials that make one point of the curves.
    pub fn block_trials(&self) -> u32 {
        match self.p.num_trials {
            0..1_000 => 20,
            1_000..3_000 => 50,
            3_000..20_000 => 100,
            _ => 200,
        }
    }

    fn start_trial(&mut self) {
        self.trials.begin();
        self.cursor = 0;
        self.net.rest();
        self.responses.iter_mut().for_each(Vec::clear);
    }

    fn end_trial(&mut self) {
        let stimulus = self.trials.stimulus() as usize;
        let phase = self.trials.phase_number();
        let score = self.task.score(stimulus, &self.responses);
        let luck = self.p.luck * f64::from(self.luck.normal());
        let bonus = if stimulus == 0 { self.p.bonus } else { 0.0 };
        let reward = score + luck + bonus;
        let sigma = self.success.sigma();
        let success = self.success.judge(stimulus, reward);
        self.last_success = success as f32;
        if phase == LEARNING && !self.is_frozen {
            self.net.gate((self.p.rule.eta * success) as f32);
        }
        let num_spikes: usize = self.responses.iter().map(Vec::len).sum();
        let one = Tally {
            num: 1,
            score,
            chance: self.task.chance(&self.responses),
            reward,
            success: if sigma > 0.0 { success / sigma } else { 0.0 },
            spikes: num_spikes as f64 / self.responses.len() as f64,
        };
        self.block[stimulus].add(&one);
        self.phases[phase][stimulus].add(&one);
        self.trials.end();
        if self.trials.num_done().is_multiple_of(self.block_trials()) {
            self.end_block();
        }
    }

    fn end_block(&mut self) {
        for (stimulus, curves) in self.curves.iter_mut().enumerate() {
            let block = std::mem::take(&mut self.block[stimulus]);
            let mut push = |line: fn(&mut Curves) -> &mut Vec<f32>, of: fn(&Tally) -> f64| {
                // A stimulus may, by chance, not have come at all.
                let last = line(curves).last().copied().unwrap_or(0.0);
                line(curves).push(if block.num > 0 { block.mean(of) as f32 } else { last });
            };
            push(|c| &mut c.score, |t| t.score);
            push(|c| &mut c.chance, |t| t.chance);
            push(|c| &mut c.reward, |t| t.reward);
            push(|c| &mut c.success, |t| t.success);
            curves.baseline.push(self.success.baseline(stimulus) as f32);
        }
    }

    /// The untrained level of a stimulus, so far.
    pub fn untrained(&self, stimulus: usize) -> f64 {
        self.phases[BEFORE][stimulus].mean(|t| t.score)
    }

    /// The worse of the two scores in each block.
    pub fn worse(&self) -> Vec<f32> {
        let pairs = self.curves[0].score.iter().zip(&self.curves[1].score);
        pairs.map(|(a, b)| if a < b { *a } else { *b }).collect()
    }
}
