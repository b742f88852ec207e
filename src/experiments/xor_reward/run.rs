//! A run, tick by tick: epochs of four presentations to a network that learns and to its frozen twin.

use get_size2::GetSize;

use super::net;
use super::params::{Reward, XorReward};
use crate::kit::trials::Trials;
use crate::lab::param::adopt_live;
use crate::lab::{Model, Population};
use crate::net::{Order, Phase, Schedule};
use crate::record::{ArrayView, Hasher, RasterLog, TraceLog, WeightsFile};
use crate::sim::encode::BitInputs;
use crate::sim::fast::RewardNet;
use crate::sim::{Fault, Stream, Tick, TimeGrid};

/// The step of the model.
pub const DT_MS: f64 = 1.0;
/// Who fires, in the order of the fingerprint; the twin's hidden neurons stand beside it.
pub const POPULATIONS: [&str; 5] = ["input", "hidden", "output", "frozen_output", "frozen_hidden"];
/// Names of the patterns, by number.
pub const PATTERNS: [&str; 4] = ["00", "01", "10", "11"];
/// Patterns in an epoch.
const NUM_PATTERNS: u32 = 4;

/// Parts of a presentation in which spikes are counted one by one.
pub const NUM_PARTS: usize = 10;
/// Latest epochs over which these counts and the rates of the results are averaged.
const MEAN_EPOCHS: usize = 20;

/// Epochs of learning, then some in which weights stand still.
pub fn schedule(p: &XorReward) -> Schedule {
    let phase = |name, epochs, is_learning| Phase {
        stimuli: PATTERNS.map(String::from).to_vec(),
        order: Order::Shuffled,
        is_learning,
        ..Phase::new(name, epochs * NUM_PATTERNS, p.presentation_ms.into())
    };
    let mut phases = vec![phase("learning", p.epochs, true)];
    if p.test_epochs > 0 {
        phases.push(phase("weights frozen", p.test_epochs, false));
    }
    Schedule { phases }
}

/// Output rate in Hz for each pattern, in one epoch.
pub type Rates = [f32; 4];

/// How far both rates that should be high are above the one that should be low.
pub fn margin_hz(rates: &Rates) -> f32 {
    let high = if rates[1] < rates[2] { rates[1] } else { rates[2] };
    high - rates[3]
}

/// Mean rates over some epochs; 0 if there are none.
fn mean(epochs: &[Rates]) -> Rates {
    let num = epochs.len() as f32;
    let mut mean = Rates::default();
    for rates in epochs {
        mean.iter_mut().zip(rates).for_each(|(mean, hz)| *mean += hz / num);
    }
    mean
}

/// What a network fired in response to the patterns.
#[derive(Clone, Debug, Default, PartialEq, GetSize)]
pub struct Answers {
    /// Output spikes in this epoch.
    counts: [u32; 4],
    /// Rates of all epochs so far.
    pub epochs: Vec<Rates>,
}

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Run {
    pub(super) p: XorReward,
    /// Rounds are epochs.
    pub(super) trials: Trials,
    pub(super) inputs: BitInputs,
    yoke_stream: Stream,
    /// What an output spike earns in each of the epoch's presentations, and now.
    pub(super) earns: [f32; 4],
    reward: f32,
    pub(super) learning: RewardNet,
    pub(super) frozen: RewardNet,
    pub(super) answers: [Answers; 2],
    /// Output spikes in each part of this presentation.
    in_parts: [u32; NUM_PARTS],
    /// Rate in Hz for each pattern and part, a running mean over the latest epochs of learning.
    pub(super) within: [[f32; NUM_PARTS]; 4],
    input_fired: Vec<u32>,
    pub(super) input_log: RasterLog,
    pub(super) hidden_log: RasterLog,
    /// 0 is the learning network's output, 1 its twin's.
    pub(super) output_log: RasterLog,
    pub(super) eligibility: TraceLog,
}

impl Run {
    /// A run at its first tick.
    pub fn new(p: &XorReward, seed: u32) -> Self {
        let grid = TimeGrid::new(DT_MS);
        let learning = net::build(p, grid, seed);
        let epoch = Tick::from(NUM_PATTERNS * p.presentation_ms);
        Self {
            p: p.clone(),
            trials: Trials::new(schedule(p), grid, seed),
            inputs: net::inputs(p, seed),
            yoke_stream: Stream::new(seed, "yoke"),
            earns: [0.0; 4],
            reward: 0.0,
            frozen: learning.frozen(),
            learning,
            answers: Default::default(),
            in_parts: Default::default(),
            within: Default::default(),
            input_fired: Vec::new(),
            input_log: RasterLog::new(epoch),
            hidden_log: RasterLog::new(epoch),
            output_log: RasterLog::new(epoch),
            eligibility: TraceLog::new(2, epoch, 1),
        }
    }

    pub(super) fn epoch_ticks(&self) -> Tick {
        Tick::from(NUM_PATTERNS * self.p.presentation_ms)
    }

    /// The epoch of the latest of `now` steps, from 0.
    pub(super) fn epoch(&self, now: Tick) -> Tick {
        now.saturating_sub(1) / self.epoch_ticks()
    }

    fn begin_presentation(&mut self) {
        let pattern = self.trials.begin();
        let turn = (self.trials.num_done() % NUM_PATTERNS) as usize;
        if turn == 0 {
            let mut judged_as = [0; 4];
            judged_as.copy_from_slice(self.trials.round());
            if self.p.reward == Reward::Yoked {
                self.yoke_stream.shuffle(&mut judged_as);
            }
            let is_on = self.p.reward != Reward::Off && self.trials.phase().is_learning;
            let sign = |pattern| if matches!(pattern, 1 | 2) { 1.0 } else { -1.0 };
            self.earns = judged_as.map(|pattern| if is_on { sign(pattern) } else { 0.0 });
        }
        self.inputs.begin([pattern >> 1, pattern & 1]);
        self.reward = self.earns[turn];
    }

    fn end_presentation(&mut self) {
        let pattern = self.trials.stimulus() as usize;
        let counts = std::mem::take(&mut self.in_parts);
        if self.trials.phase().is_learning {
            let epoch = self.trials.num_done() / NUM_PATTERNS;
            let part_s = self.p.presentation_ms as f32 / (1_000.0 * NUM_PARTS as f32);
            let share = 1.0 / (epoch + 1).min(MEAN_EPOCHS as u32) as f32;
            for (mean, count) in self.within[pattern].iter_mut().zip(counts) {
                *mean += share * (count as f32 / part_s - *mean);
            }
        }
        if self.trials.ends_round() {
            let seconds = self.p.presentation_ms as f32 / 1_000.0;
            for answers in &mut self.answers {
                let counts = std::mem::take(&mut answers.counts);
                answers.epochs.push(counts.map(|count| count as f32 / seconds));
            }
        }
        self.trials.end();
    }

    fn log(&mut self, tick: Tick, hasher: &mut Hasher) {
        let [hidden, output, twin] =
            [&self.learning.hidden_fired, &self.learning.output_fired, &self.frozen.output_fired];
        hasher.spikes(tick, 0, &self.input_fired);
        hasher.spikes(tick, 1, hidden);
        hasher.spikes(tick, 2, output);
        hasher.spikes(tick, 3, twin);
        hasher.beside(tick, 4, &self.frozen.hidden_fired);
        self.input_log.push(tick, &self.input_fired);
        self.hidden_log.push(tick, hidden);
        self.output_log.push(tick, output);
        if !twin.is_empty() {
            self.output_log.push(tick, &[1]);
        }
        self.eligibility.push(tick, &self.learning.eligibility(), &[]);
    }

    /// Rates of one network in the epochs of learning that are over.
    fn while_learning(&self, network: usize) -> &[Rates] {
        let epochs = &self.answers[network].epochs;
        &epochs[..epochs.len().min(self.p.epochs as usize)]
    }

    /// Mean rates of one network in the latest epochs, those after freezing apart; none before the first is over.
    pub(super) fn latest(&self, network: usize) -> Option<Rates> {
        let epochs = &self.answers[network].epochs;
        let frozen_from = self.p.epochs as usize;
        let first = if epochs.len() > frozen_from { frozen_from } else { 0 };
        let own = &epochs[first.max(epochs.len().saturating_sub(MEAN_EPOCHS))..];
        (!own.is_empty()).then(|| mean(own))
    }

    /// Whether the gate works in the latest epoch of learning, as the paper judges it: 1 or 0.
    fn success(&self, network: usize) -> f64 {
        let works = |rates: &Rates| margin_hz(rates) > 0.0;
        f64::from(u8::from(self.while_learning(network).last().is_some_and(works)))
    }

    /// What the frozen weights do: `[mean margin is right, share of epochs in which the gate works, margin]`.
    fn after_freezing(&self) -> Option<[f64; 3]> {
        let tests = self.answers[0].epochs.get(self.p.epochs as usize..)?;
        if tests.is_empty() {
            return None;
        }
        let works = tests.iter().filter(|rates| margin_hz(rates) > 0.0).count() as f64;
        let margin = f64::from(margin_hz(&mean(tests)));
        Some([f64::from(u8::from(margin > 0.0)), works / tests.len() as f64, margin])
    }
}

impl Model for Run {
    type Params = XorReward;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        let step = self.trials.step();
        if step == 0 {
            self.begin_presentation();
        }
        self.inputs.fire(step, &mut self.input_fired);
        let gain = self.p.gamma_mv as f32 * self.reward;
        self.learning.step(&self.input_fired, gain);
        self.frozen.step(&self.input_fired, 0.0);
        let pattern = self.trials.stimulus() as usize;
        for (network, answers) in [&self.learning, &self.frozen].into_iter().zip(&mut self.answers)
        {
            answers.counts[pattern] += network.output_fired.len() as u32;
        }
        if !self.learning.output_fired.is_empty() {
            let part = step as usize * NUM_PARTS / self.p.presentation_ms as usize;
            self.in_parts[part] += 1;
        }
        self.log(tick, hasher);
        if self.trials.advance() {
            self.end_presentation();
        }
    }

    fn num_ticks(&self) -> Tick {
        self.trials.num_ticks()
    }

    /// A presentation.
    fn trial_ticks(&self) -> Tick {
        self.trials.trial_ticks()
    }

    /// Of the presentation that goes on, or was the last.
    fn phase(&self, now: Tick) -> String {
        let trial = (now.saturating_sub(1) / self.trial_ticks()) as u32;
        let told = self.trials.told(trial, "epoch", NUM_PATTERNS);
        format!("{told}, input {}", PATTERNS[self.trials.stimulus() as usize])
    }

    fn adopt(&mut self, params: &XorReward) {
        adopt_live(&mut self.p, &mut params.clone());
    }

    /// Rates are means over the last 20 epochs of learning, or over as many as there are, and the margins are those of
    /// the mean rates: an epoch shows every pattern once, so that its own rates scatter by several Hz. Success is that
    /// of the last epoch alone.
    fn summary(&self, _now: Tick) -> Vec<(&'static str, f64)> {
        let [ours, frozen] = [0, 1].map(|network| {
            let epochs = self.while_learning(network);
            mean(&epochs[epochs.len().saturating_sub(MEAN_EPOCHS)..])
        });
        let mut rows: Vec<(&'static str, f64)> = ["rate_00", "rate_01", "rate_10", "rate_11"]
            .into_iter()
            .zip(ours)
            .map(|(name, hz)| (name, f64::from(hz)))
            .collect();
        rows.extend([
            ("margin_hz", f64::from(margin_hz(&ours))),
            ("success", self.success(0)),
            ("frozen_margin_hz", f64::from(margin_hz(&frozen))),
            ("frozen_success", self.success(1)),
            ("rate_11_begin", f64::from(self.within[3][0])),
            ("rate_11_end", f64::from(self.within[3][NUM_PARTS - 1])),
        ]);
        if let Some([success, share, margin]) = self.after_freezing() {
            rows.extend([
                ("success_after_freezing", success),
                ("share_after_freezing", share),
                ("margin_after_freezing_hz", margin),
            ]);
        }
        rows
    }

    fn look(&mut self, now: Tick) -> Option<Fault> {
        Fault::non_finite(now, "the learning network", self.learning.columns())
            .or_else(|| Fault::non_finite(now, "the frozen twin", self.frozen.columns()))
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.answers[0].epochs.iter().map(margin_hz).collect()
    }

    fn populations(&self) -> Vec<Population> {
        let hidden = self.p.num_hidden;
        Population::all(POPULATIONS, [net::num_inputs(&self.p), hidden, 1, 1, hidden])
    }

    /// What a spike of the output earns.
    fn levels(&self) -> impl Iterator<Item = (&'static str, f32)> {
        std::iter::once(("reward", self.reward))
    }

    /// None while weights are frozen.
    fn eligibilities(&self) -> Vec<ArrayView<'_>> {
        if self.trials.num_done() >= self.trials.num() || !self.trials.phase().is_learning {
            return Vec::new();
        }
        let [num_inputs, num_hidden] = [net::num_inputs(&self.p), self.p.num_hidden];
        let num = num_hidden as usize;
        let inner = move |idx: usize| self.learning.eligibility_of(0, idx / num, idx % num);
        let outer = |idx: usize| self.learning.eligibility_of(1, idx, 0);
        vec![
            ArrayView::worked_out("input_to_hidden_mv", &[num_inputs, num_hidden], inner),
            ArrayView::worked_out("hidden_to_output_mv", &[num_hidden], outer),
        ]
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        let [num_inputs, num_hidden] = [net::num_inputs(&self.p), self.p.num_hidden];
        let (w_in, w_out) = (&self.learning.w_in, &self.learning.w_out);
        vec![
            ArrayView::new("input_to_hidden_mv", &[num_inputs, num_hidden], w_in),
            ArrayView::row("hidden_to_output_mv", w_out),
        ]
    }

    /// Learning, or the test, goes on from these weights.
    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let [num_inputs, num_hidden] = [net::num_inputs(&self.p), self.p.num_hidden];
        let w_in = file.array("input_to_hidden_mv", &[num_inputs, num_hidden])?;
        let w_out = file.array("hidden_to_output_mv", &[num_hidden])?;
        let [onto_hidden, onto_output] = net::bounds(&self.p);
        let inner = w_in.chunks(num_hidden as usize).zip(&onto_hidden);
        let outer = w_out.chunks(1).zip(&onto_output);
        for (row, [low, high]) in inner.chain(outer) {
            if let Some(w) = row.iter().find(|w| !(*low..=*high).contains(*w)) {
                return Err(format!(
                    "a weight is {w} mV; here it lies between {low} and {high} mV"
                ));
            }
        }
        self.learning.w_in.copy_from_slice(w_in);
        self.learning.w_out.copy_from_slice(w_out);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        for is_frozen in [false, true] {
            let mut run = Run::new(&XorReward::default(), 1);
            let net = if is_frozen { &mut run.frozen } else { &mut run.learning };
            net.w_in[0] = f32::NAN;
            assert_stops(run, 1);
        }
    }
}
