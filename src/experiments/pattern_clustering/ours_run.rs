//! A run of our network: what is shown when, who is rewarded, and what figures need.

use get_size2::GetSize;

use super::PATTERNS;
use super::answers::Answers;
use super::params::{Mode, OursParams, PatternClustering, Reward};
use super::seen::{self, Seen};
use super::similarity::{Onto, mean, preference};
use crate::kit::trials::{Recent, Trials};
use crate::lab::{Model, Population};
use crate::net::{Order, Phase, Schedule};
use crate::record::{ArrayView, Hasher, WeightsFile};
use crate::sim::fast::PatternNet;
use crate::sim::fast::pattern_net::{OUTPUTS, PatternNetParams};
use crate::sim::plasticity::{Bound, Coincidence, PairStdpParams, Pairing};
use crate::sim::{Fault, Stream, Tick, TimeGrid};

/// Background only, after every presentation.
const PAUSE_MS: f64 = 50.0;
/// Presentations between two points of the curves.
pub const BLOCK: u32 = 5;
/// Presentations that the raster shows.
const SHOWN: Tick = 8;
/// Traces reach back this far: four presentations of the default length.
pub const WINDOW_MS: f64 = 1_000.0;

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct OursRun {
    pub(super) p: OursParams,
    pub(super) net: PatternNet,
    trials: Trials,
    /// Of the presentation that was begun last: whether nothing is learned in it, and the patterns that are shown.
    is_test: bool,
    shown: [bool; 2],
    /// How long they are.
    shown_ticks: u32,
    pub(super) answers: Answers,
    coin: Stream,
    /// Spikes of both outputs in this presentation.
    spikes: [u32; OUTPUTS],
    last_reward: f32,
    pub(super) seen: Seen,
    /// Output 1's share of ▲, and of ■, by block.
    pub(super) shares: [Vec<f32>; 2],
    /// How far the raster reaches back.
    pub(super) raster_ticks: Tick,
    /// Presentations within it.
    pub(super) recent: Recent,
}

/// The rule of a run.
pub fn rule_of(p: &OursParams) -> PairStdpParams {
    PairStdpParams {
        a_plus: p.a_plus,
        a_minus: p.a_plus * p.ratio,
        tau_plus_ms: p.tau_ms,
        tau_minus_ms: p.tau_ms,
        w_min: 0.0,
        w_max: 1.0,
        // An eligibility has no ends; weights that it changes are cut off when they change.
        bound: if p.reward == Reward::None { Bound::Hard } else { Bound::Unbounded },
        pairing: Pairing::AllToAll,
        coincidence: Coincidence::PreFirst,
    }
}

/// Training in random order, then a test of both patterns in random order.
pub fn schedule(p: &OursParams) -> Schedule {
    // Together they are whole steps.
    let shown_ms = p.presentation_ms.round();
    let pause_ms = (p.presentation_ms + PAUSE_MS).round() - shown_ms;
    let phase = |name, num_trials, order, is_learning| Phase {
        pause_ms,
        stimuli: PATTERNS.map(String::from).to_vec(),
        order,
        is_learning,
        ..Phase::new(name, num_trials, shown_ms)
    };
    let order = if p.alternating { Order::Random } else { Order::Together };
    let test = phase("test", 2 * p.num_test, Order::Mixed, false);
    Schedule { phases: vec![phase("training", p.num_training, order, true), test] }
}

fn net_params(p: &OursParams) -> PatternNetParams {
    let size = p.pattern_size;
    let first_b = size - p.num_shared();
    let patterns_of = |input| [input < size, (first_b..first_b + size).contains(&input)];
    PatternNetParams {
        members: (0..2 * size).map(patterns_of).collect(),
        has_silent: p.silent,
        rate_hz: p.rate_hz,
        background_hz: p.background_hz,
        background_out_hz: p.background_out_hz,
        inhibition_mv: p.inhibition_mv,
        has_homeostasis: p.homeostasis,
        rule: rule_of(p),
        tau_c_ms: (p.reward != Reward::None).then_some(p.tau_c_ms),
    }
}

impl OursRun {
    /// A run at its first tick.
    pub fn new(p: &OursParams, seed: u32) -> Self {
        let net = PatternNet::new(net_params(p), seed);
        let trials = Trials::new(schedule(p), TimeGrid::new(1.0), seed);
        let raster_ticks = SHOWN * trials.trial_ticks();
        let shown_ticks = p.presentation_ms.round() as u32;
        let traces = (OUTPUTS as u32, WINDOW_MS as Tick, 2);
        Self {
            seen: Seen::new(onto(&net), raster_ticks, traces),
            shares: [Vec::new(), Vec::new()],
            raster_ticks,
            recent: Recent::new(raster_ticks, shown_ticks.into()),
            is_test: false,
            shown: [true, !p.alternating],
            shown_ticks,
            answers: Answers::new(),
            coin: Stream::new(seed, "coin"),
            spikes: [0; OUTPUTS],
            last_reward: 0.0,
            p: p.clone(),
            net,
            trials,
        }
    }

    /// Mean weight onto an output from inputs of one pattern only; from all of the pattern's where the patterns are
    /// the same.
    fn mean_of(&self, output: usize, pattern: usize) -> f64 {
        let is_same = self.p.num_shared() == self.p.pattern_size;
        let own = onto(&self.net).output(output).zip(self.net.members());
        mean(own.filter(|(_, m)| m[pattern] && (is_same || !m[1 - pattern])).map(|(w, _)| w))
    }

    /// The weights of all inputs onto an output.
    pub(super) fn weights_onto(&self, output: usize) -> impl Iterator<Item = f32> {
        onto(&self.net).output(output).map(|w| w as f32)
    }

    /// Of each output: for ▲ 1, for ■ −1.
    pub fn preferences(&self) -> [f64; OUTPUTS] {
        [0, 1].map(|output| preference(self.mean_of(output, 0), self.mean_of(output, 1)))
    }

    /// A presentation begins.
    fn begin(&mut self) {
        let pattern = self.trials.begin();
        let phase = self.trials.phase();
        self.is_test = !phase.is_learning;
        self.shown = [0, 1].map(|own| phase.order == Order::Together || own == pattern);
        self.spikes = [0; OUTPUTS];
    }

    /// What is written above a presentation.
    fn label(&self) -> &'static str {
        match self.shown {
            [true, true] => "▲ + ■",
            _ => PATTERNS[self.trials.stimulus() as usize],
        }
    }

    /// A presentation is over.
    fn end(&mut self) {
        if !self.is_test {
            self.give_reward();
        }
        let is_counted = self.trials.num_done() < self.trials.num();
        if is_counted {
            self.answers.add(self.trials.stimulus() as usize, self.spikes, self.is_test);
        }
        self.trials.end();
        if !self.is_test && self.trials.num_done().is_multiple_of(BLOCK) {
            self.end_block();
        }
    }

    fn give_reward(&mut self) {
        let own = self.trials.stimulus() as usize;
        let (right, wrong) = (self.spikes[own], self.spikes[1 - own]);
        let heads = self.coin.chance(0.5);
        let sign = |is_good: bool| if is_good { 1.0 } else { -1.0 };
        self.last_reward = match self.p.reward {
            Reward::None => return,
            Reward::Response if right == wrong => 0.0,
            Reward::Response => sign(right > wrong),
            Reward::Constant => 1.0,
            Reward::Coin => sign(heads),
        };
        self.net.reward(self.last_reward);
    }

    fn end_block(&mut self) {
        self.seen.end_block(onto(&self.net));
        for (share, lately) in self.shares.iter_mut().zip(self.answers.lately) {
            share.push(lately);
        }
    }
}

/// The weights of a network.
fn onto(net: &PatternNet) -> Onto<'_> {
    Onto { weights: &net.weights, num_in: net.members().len(), num_out: net.num_out() }
}

impl Model for OursRun {
    type Params = PatternClustering;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        if self.trials.step() == 0 {
            self.begin();
            self.recent.push(tick, self.label(), self.is_test);
        }
        let is_pause = self.trials.step() >= self.shown_ticks;
        let shown = if is_pause { [false; 2] } else { self.shown };
        self.net.step(shown, !self.is_test);
        let net = &self.net;
        for &output in &net.fired_out {
            self.spikes[output as usize] += 1;
        }
        self.seen.fired(tick, &net.fired_in, &net.fired_out, hasher);
        self.seen.potentials.push(tick, &net.v_mv()[..OUTPUTS], &net.fired_out);
        self.seen.currents.push(tick, &net.drive_mv(), &[]);
        if self.trials.advance() {
            self.end();
        }
    }

    fn num_ticks(&self) -> Tick {
        self.trials.num_ticks()
    }

    /// A presentation.
    fn trial_ticks(&self) -> Tick {
        self.trials.trial_ticks()
    }

    fn phase(&self, _now: Tick) -> String {
        let begun = self.trials.num_done() + u32::from(self.trials.step() > 0);
        let training = self.trials.num_until_test();
        let (test, label) = (self.trials.num() - training, self.label());
        let reward = match (self.p.reward, self.last_reward) {
            (Reward::None, _) => "",
            (_, r) if r > 0.0 => ", last reward +1",
            (_, r) if r < 0.0 => ", last reward −1",
            _ => ", last reward 0",
        };
        match begun.checked_sub(training) {
            None | Some(0) => {
                format!("training, presentation {begun} of {training}: {label}{reward}")
            }
            Some(n) => format!("test, presentation {} of {test}: {label}", n.min(test)),
        }
    }

    fn adopt(&mut self, params: &PatternClustering) {
        if let Mode::Ours(p) = &params.mode {
            self.p = p.clone();
            self.net.set_params(net_params(p));
        }
    }

    fn summary(&self, _now: Tick) -> Vec<(&'static str, f64)> {
        let answers = &self.answers;
        let [one, two] = self.preferences();
        let owners = answers.owners();
        let flag = |is: bool| f64::from(u8::from(is));
        let spikes = |pattern: usize, output: usize| {
            f64::from(answers.spikes[pattern][output]) / f64::from(answers.tested[pattern].max(1))
        };
        let by_spikes = [0, 1].map(|output| preference(spikes(0, output), spikes(1, output)));
        let theta = self.net.theta_mv();
        let mut rows = self.seen.summary(onto(&self.net), [one, two]);
        rows.extend([
            ("same_winner", flag(owners[0] == owners[1])),
            ("theta_1_mv", f64::from(theta[0])),
            ("theta_2_mv", f64::from(theta[1])),
        ]);
        if answers.tested != [0, 0] {
            rows.extend([
                ("selectivity_spikes", (by_spikes[0] - by_spikes[1]).abs() / 2.0),
                ("separated", flag(answers.is_separated())),
                ("share_of_a", answers.share(0, owners[0])),
                ("share_of_b", answers.share(1, owners[1])),
                ("assigned_share", (answers.share(0, 0) + answers.share(1, 1)) / 2.0),
                ("spikes_1_to_a", spikes(0, 0)),
                ("spikes_2_to_a", spikes(0, 1)),
                ("spikes_1_to_b", spikes(1, 0)),
                ("spikes_2_to_b", spikes(1, 1)),
            ]);
        }
        rows
    }

    fn look(&mut self, now: Tick) -> Option<Fault> {
        let columns = [("v", self.net.v_mv()), ("weight", &self.net.weights[..])];
        Fault::non_finite(now, "the network", columns)
    }

    /// Cosine of the two outputs' weights, each less its mean, by block.
    fn learning_curve(&self) -> Vec<f32> {
        self.seen.centred.clone()
    }

    fn populations(&self) -> Vec<Population> {
        seen::populations(onto(&self.net))
    }

    fn levels(&self) -> impl Iterator<Item = (&'static str, f32)> {
        std::iter::once(("reward", self.last_reward))
    }

    /// None in the test, in which nothing is rewarded.
    fn eligibilities(&self) -> Vec<ArrayView<'_>> {
        if self.is_test {
            return Vec::new();
        }
        let net = &self.net;
        seen::arrays(Onto { weights: net.eligibility(), ..onto(net) })
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        seen::arrays(onto(&self.net))
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let weights = seen::loaded(file, onto(&self.net))?;
        if let Some(w) = weights.iter().find(|w| !(0.0..=1.0).contains(*w)) {
            return Err(format!("a weight is {w}; these lie between 0 and 1"));
        }
        self.net.weights.copy_from_slice(weights);
        // A presentation of training that is going on becomes the first one of the test.
        if !self.is_test {
            self.trials.skip_learning();
            if self.trials.step() > 0 {
                self.begin();
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    fn params() -> OursParams {
        OursParams { num_training: 20, num_test: 5, ..OursParams::default() }
    }

    fn go_on(run: &mut OursRun, num_ticks: Tick) {
        let start = run.trials.trial_ticks() * Tick::from(run.trials.num_done());
        let now = start + Tick::from(run.trials.step());
        (now..now + num_ticks).for_each(|tick| run.tick(tick, &mut Hasher::default()));
    }

    #[test]
    fn patterns_share_what_their_overlap_says() {
        for (overlap, shared) in [(0.0, 0), (0.25, 2), (0.5, 4), (1.0, 8)] {
            let members = net_params(&OursParams { overlap, ..params() }).members;
            let count = |of: [bool; 2]| members.iter().filter(|m| **m == of).count();
            assert_eq!(count([true, true]), shared);
            assert_eq!(count([true, false]), 8 - shared);
            assert_eq!(count([false, true]), 8 - shared);
            assert_eq!(members.len(), 16);
        }
    }

    #[test]
    fn the_test_freezes_everything_and_counts_answers() {
        let mut run = OursRun::new(&params(), 1);
        go_on(&mut run, 5_001);
        assert!(run.is_test);
        let frozen = (run.net.weights.clone(), run.net.theta_mv().to_vec());
        go_on(&mut run, 2_499);
        assert_eq!((run.num_ticks(), run.answers.tested), (7_500, [5, 5]));
        // Behind the end nothing is counted any more.
        go_on(&mut run, 250);
        assert_eq!(run.answers.tested, [5, 5]);
        assert_eq!(frozen, (run.net.weights.clone(), run.net.theta_mv().to_vec()));
    }

    #[test]
    fn a_pause_shows_nothing_and_both_at_once_is_for_training_only() {
        let p = OursParams { rate_hz: 1_000.0, background_hz: 0.0, overlap: 0.0, ..params() };
        let mut run = OursRun::new(&OursParams { alternating: false, ..p }, 1);
        let mut fired = |num_ticks| {
            go_on(&mut run, num_ticks);
            run.net.fired_in.len()
        };
        assert_eq!([fired(200), fired(1), fired(49)], [16, 0, 0]);
        // The twentieth, and the first of the test.
        assert_eq!([fired(19 * 250 - 50), fired(51), fired(199), fired(1)], [16, 8, 8, 0]);
    }

    #[test]
    fn who_answers_to_its_own_pattern_is_rewarded() {
        let p = OursParams { reward: Reward::Response, ..params() };
        let mut run = OursRun::new(&p, 1);
        run.begin();
        let own = run.trials.stimulus() as usize;
        for (right, wrong, reward) in [(3, 1, 1.0), (0, 1, -1.0), (2, 2, 0.0)] {
            (run.spikes[own], run.spikes[1 - own]) = (right, wrong);
            run.give_reward();
            assert_eq!(run.last_reward, reward);
        }
    }

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = OursRun::new(&OursParams::default(), 1);
        run.net.weights[3] = f32::NAN;
        assert_stops(run, 1);
    }
}
