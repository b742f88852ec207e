//! A run of the task: trials without learning, with it, and without it again.

use serde::{Deserialize, Serialize};

use super::net::{Net, WEIGHTS, weights_of};
use super::params::{Part, RewardBaseline, TaskParams};
use super::task::{NAMES, NUM_STIMULI, Task};
use super::{DT_MS, figures};
use crate::lab::{Experiment, Model};
use crate::record::{Figure, Hasher, NamedArray, RasterLog, WeightsFile};
use crate::sim::plasticity::SuccessSignal;
use crate::sim::{Fault, Stream, Tick, TimeGrid};

/// Trials without learning before and after.
pub const TEST_TRIALS: u32 = 200;

/// What the trials of one stimulus gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trials {
    num: u32,
    score: f64,
    chance: f64,
    reward: f64,
    /// In units of σ_R.
    success: f64,
    spikes: f64,
}

impl Trials {
    fn add(&mut self, one: &Self) {
        self.num += one.num;
        self.score += one.score;
        self.chance += one.chance;
        self.reward += one.reward;
        self.success += one.success;
        self.spikes += one.spikes;
    }

    fn mean(&self, of: fn(&Self) -> f64) -> f64 {
        of(self) / f64::from(self.num.max(1))
    }
}

/// What is drawn of one stimulus: a value per block.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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

/// Where a trial stands in the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The untrained level is measured.
    Before,
    /// Weights learn.
    Learning,
    /// The result is measured.
    After,
}

/// The network, the task and all that was seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskRun {
    pub(super) p: TaskParams,
    pub(super) task: Task,
    pub(super) net: Net,
    pub(super) curves: Vec<Curves>,
    pub(super) log: RasterLog,
    pub(super) stimulus: u32,
    pub(super) tick_in_trial: u32,
    fault: Option<Fault>,
    trial: u32,
    trial_ticks: u32,
    /// The next spike of the pattern.
    cursor: u32,
    is_frozen: bool,
    success: SuccessSignal,
    order: Stream,
    luck: Stream,
    /// Spike times of each output in this trial.
    responses: Vec<Vec<f32>>,
    block: Vec<Trials>,
    /// By phase and stimulus.
    phases: Vec<Vec<Trials>>,
}

impl TaskRun {
    /// A run at its first tick.
    pub fn new(p: &TaskParams, seed: u32) -> Self {
        let grid = TimeGrid::new(DT_MS);
        let trial_ticks = trial_ticks(p);
        let trials = vec![Trials::default(); NUM_STIMULI];
        Self {
            task: Task::new(p, grid, seed),
            net: Net::new(
                [p.num_inputs, p.num_outputs],
                &p.cell,
                p.rule.gated(),
                grid,
                ["weights", "output"].map(|name| Stream::new(seed, name)),
            ),
            success: SuccessSignal::new(NUM_STIMULI, p.success()),
            curves: vec![Curves::default(); NUM_STIMULI],
            log: RasterLog::new(Tick::from(trial_ticks)),
            stimulus: 0,
            tick_in_trial: 0,
            fault: None,
            trial: 0,
            trial_ticks,
            cursor: 0,
            is_frozen: false,
            order: Stream::new(seed, "order"),
            luck: Stream::new(seed, "luck"),
            responses: vec![Vec::new(); p.num_outputs as usize],
            block: trials.clone(),
            phases: vec![trials; 3],
            p: p.clone(),
        }
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
        self.stimulus = u32::from(self.order.chance(0.5));
        self.cursor = 0;
        self.net.rest();
        self.responses.iter_mut().for_each(Vec::clear);
    }

    fn phase_now(&self) -> Phase {
        if self.trial < TEST_TRIALS {
            Phase::Before
        } else if self.trial < TEST_TRIALS + self.p.num_trials {
            Phase::Learning
        } else {
            Phase::After
        }
    }

    fn end_trial(&mut self, tick: Tick) {
        let stimulus = self.stimulus as usize;
        let phase = self.phase_now();
        let score = self.task.score(stimulus, &self.responses);
        let luck = self.p.luck * f64::from(self.luck.normal());
        let bonus = if stimulus == 0 { self.p.bonus } else { 0.0 };
        let reward = score + luck + bonus;
        let sigma = self.success.sigma();
        let success = self.success.judge(stimulus, reward);
        if phase == Phase::Learning && !self.is_frozen {
            self.net.gate((self.p.rule.eta * success) as f32);
            self.fault = self.fault.take().or_else(|| self.net.find_fault(tick));
        }
        let num_spikes: usize = self.responses.iter().map(Vec::len).sum();
        let one = Trials {
            num: 1,
            score,
            chance: self.task.chance(&self.responses),
            reward,
            success: if sigma > 0.0 { success / sigma } else { 0.0 },
            spikes: num_spikes as f64 / self.responses.len() as f64,
        };
        self.block[stimulus].add(&one);
        self.phases[phase as usize][stimulus].add(&one);
        self.trial += 1;
        self.tick_in_trial = 0;
        if self.trial.is_multiple_of(self.block_trials()) {
            self.end_block();
        }
    }

    fn end_block(&mut self) {
        for (stimulus, curves) in self.curves.iter_mut().enumerate() {
            let block = std::mem::take(&mut self.block[stimulus]);
            let mut push = |line: fn(&mut Curves) -> &mut Vec<f32>, of: fn(&Trials) -> f64| {
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
        self.phases[Phase::Before as usize][stimulus].mean(|t| t.score)
    }

    /// The worse of the two scores in each block.
    pub fn worse(&self) -> Vec<f32> {
        let pairs = self.curves[0].score.iter().zip(&self.curves[1].score);
        pairs.map(|(a, b)| if a < b { *a } else { *b }).collect()
    }
}

impl Model for TaskRun {
    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        if self.tick_in_trial == 0 {
            self.start_trial();
        }
        let pattern = &self.task.patterns[self.stimulus as usize][self.cursor as usize..];
        let num = pattern.iter().take_while(|(at, _)| *at == self.tick_in_trial).count();
        self.net.step(pattern[..num].iter().map(|(_, input)| *input));
        self.cursor += num as u32;
        if !self.net.fired.is_empty() {
            let at_ms = (f64::from(self.tick_in_trial) * DT_MS) as f32;
            for &output in &self.net.fired {
                self.responses[output as usize].push(at_ms);
            }
            hasher.spikes(tick, 0, &self.net.fired);
        }
        self.log.push(tick, &self.net.fired);
        self.tick_in_trial += 1;
        if self.tick_in_trial == self.trial_ticks {
            self.end_trial(tick);
        }
    }

    fn num_ticks(&self) -> Tick {
        num_ticks(&self.p)
    }

    fn trial_ticks(&self) -> Tick {
        Tick::from(self.trial_ticks)
    }

    fn phase(&self, _now: Tick) -> String {
        let name = NAMES[self.stimulus as usize];
        let (first, num, what) = match self.phase_now() {
            Phase::Before => (0, TEST_TRIALS, "untrained"),
            Phase::Learning => (TEST_TRIALS, self.p.num_trials, "learning"),
            Phase::After => (TEST_TRIALS + self.p.num_trials, TEST_TRIALS, "test"),
        };
        let trial = (self.trial - first + 1).min(num);
        format!("{what}, trial {trial} of {num}, stimulus {name}")
    }

    fn adopt(&mut self, params: &dyn Experiment) {
        if let Some(RewardBaseline { part: Part::Task(p) }) = params.as_any().downcast_ref() {
            self.success.set_params(p.success());
            self.p = p.clone();
        }
    }

    fn figure(&self, panel: u16, now: Tick) -> Option<Figure> {
        figures::task(self, panel, now)
    }

    /// The results. The performance is that of the test, and before it that of the last block.
    fn summary(&self, _now: Tick) -> Vec<(&'static str, f64)> {
        let [before, learning, after] = &self.phases[..] else { unreachable!("three phases") };
        let performance = |k: usize| match after[k].num {
            0 => f64::from(self.curves[k].score.last().copied().unwrap_or(0.0)),
            _ => after[k].mean(|t| t.score),
        };
        let chance = |k: usize| match after[k].num {
            0 => f64::from(self.curves[k].chance.last().copied().unwrap_or(0.0)),
            _ => after[k].mean(|t| t.chance),
        };
        vec![
            ("performance_a", performance(0)),
            ("performance_b", performance(1)),
            ("untrained_a", before[0].mean(|t| t.score)),
            ("untrained_b", before[1].mean(|t| t.score)),
            ("chance_a", chance(0)),
            ("chance_b", chance(1)),
            ("success_sigma_a", learning[0].mean(|t| t.success)),
            ("success_sigma_b", learning[1].mean(|t| t.success)),
            ("spikes_a", after[0].mean(|t| t.spikes)),
            ("spikes_b", after[1].mean(|t| t.spikes)),
            ("reward_sigma", self.success.sigma()),
        ]
    }

    fn fault(&self) -> Option<Fault> {
        self.fault.clone()
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.worse()
    }

    fn weights(&self) -> Vec<NamedArray> {
        let shape = vec![self.p.num_inputs, self.p.num_outputs];
        vec![NamedArray { name: WEIGHTS.into(), shape, values: self.net.weights.clone() }]
    }

    /// They are not changed any more.
    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let shape = [self.p.num_inputs, self.p.num_outputs];
        self.net.weights.copy_from_slice(weights_of(file, shape, &self.p.cell)?);
        self.is_frozen = true;
        Ok(())
    }
}

/// Steps of a trial.
pub fn trial_ticks(p: &TaskParams) -> u32 {
    TimeGrid::new(DT_MS).ticks_from_ms(p.trial_ms) as u32
}

/// Steps of the whole run.
pub fn num_ticks(p: &TaskParams) -> Tick {
    Tick::from(trial_ticks(p)) * Tick::from(p.num_trials + 2 * TEST_TRIALS)
}
