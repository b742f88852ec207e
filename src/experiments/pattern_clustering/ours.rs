//! What the authors set out to do: two patterns that take turns, two outputs that compete for them, a window of
//! milliseconds, and a reward that may depend on the response.
//!
//! **Equations.** Inputs are Poisson trains in steps of 1 ms, fast if their pattern is shown. A spike adds w to a
//! synaptic current (τ_s = 5 ms), which charges an output (τ_m = 10 ms; thresholds and resets of the published
//! network). *Inhibition*: of outputs that cross their thresholds in one step only the first fires; the other loses
//! `inhibition_mv`. *Homeostasis*: a threshold rises with each spike of its output and sinks steadily, so that both
//! fire equally often in the long run; weights onto an output are scaled to a fixed sum. *Learning*: additive pair
//! STDP between 0 and 1. With a reward, the same changes go into an eligibility, τ_c dc/dt = −c + ΔW_STDP, and at the
//! end of a presentation w ← w + r c.
//!
//! **State.** Potentials, currents, thresholds, weights, eligibilities, traces; the place in the trials.
//!
//! **Source.** The parts are those of `sim`, with their sources; the task is that of the assignment behind
//! Neural-Learning-and-Coding. Eligibility: Izhikevich (2007, doi:10.1093/cercor/bhl152).
//!
//! **Method.** Membrane and currents exact on the grid.

use get_size2::GetSize;

use super::PATTERNS;
use super::answers::Answers;
use super::params::{OursParams, Reward};
use super::similarity::Onto;
use crate::kit::trials::Trials;
use crate::net::{Order, Phase, Schedule};
use crate::sim::competition::WinnerTakeAll;
use crate::sim::neuron::{Lif, LifParams};
use crate::sim::plasticity::normalisation::normalise_onto;
use crate::sim::plasticity::{
    AdaptiveThreshold, AdaptiveThresholdParams, Bound, Coincidence, PairStdp, PairStdpParams,
    Pairing,
};
use crate::sim::synapse::ExponentialCurrent;
use crate::sim::{Stream, TimeGrid, math};

/// The two outputs that can fire.
pub const OUTPUTS: usize = 2;
/// Potentials are counted from rest, as inhibition is.
pub const E_L_MV: f32 = -65.0;
/// Threshold above rest.
pub const V_TH_MV: f64 = 25.0;
const TAU_M_MS: f64 = 10.0;
pub(super) const LIF: LifParams = LifParams {
    tau_m_ms: TAU_M_MS,
    e_l_mv: 0.0,
    v_th_mv: V_TH_MV,
    v_reset_mv: -5.0,
    t_ref_ms: 0.0,
};
pub(super) const TAU_S_MS: f64 = 5.0;
/// What a spike of weight 1 brings, all in all.
pub(super) const R_MV_MS: f64 = 100.0;
/// A kick by noise, from rest to above the threshold.
pub(super) const KICK_MV: f32 = 40.0;
pub(super) const THRESHOLD: AdaptiveThresholdParams =
    AdaptiveThresholdParams { theta_plus_mv: 0.05, target_rate_hz: 20.0, theta_min_mv: -10.0 };
/// Mean weight at the start, and its spread.
pub(super) const W_INIT: (f32, f32) = (0.5, 0.05);

/// Background only, after every presentation.
const PAUSE_MS: f64 = 50.0;

/// The network and its presentations.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Ours {
    pub(super) p: OursParams,
    pub(super) trials: Trials,
    /// Of the presentation that was begun last: whether nothing is learned in it, and the patterns that are shown.
    pub(super) is_test: bool,
    shown: [bool; 2],
    /// How long they are.
    pub(super) shown_ticks: u32,
    pub(super) answers: Answers,
    /// Which patterns an input belongs to.
    pub(super) members: Vec<[bool; 2]>,
    num_out: u32,
    lif: Lif,
    current: ExponentialCurrent,
    inhibition: WinnerTakeAll,
    pub(super) threshold: AdaptiveThreshold,
    stdp: PairStdp,
    pub(super) weights: Vec<f32>,
    eligibility: Vec<f32>,
    keep_eligibility: f32,
    inputs: Stream,
    kicks: Stream,
    coin: Stream,
    ties: Stream,
    jump_mv: Vec<f32>,
    no_drive: Vec<f32>,
    before_mv: Vec<f32>,
    pub(super) fired_in: Vec<u32>,
    pub(super) fired_out: Vec<u32>,
    /// Spikes of both outputs in this presentation.
    pub(super) spikes: [u32; OUTPUTS],
    pub(super) last_reward: f32,
}

pub(super) fn rule_of(p: &OursParams) -> PairStdpParams {
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

impl Ours {
    /// A network at its first tick.
    pub fn new(p: &OursParams, seed: u32) -> Self {
        let grid = TimeGrid::new(1.0);
        let size = p.pattern_size;
        let first_b = size - p.num_shared();
        let mut members: Vec<[bool; 2]> = (0..2 * size)
            .map(|input| [input < size, (first_b..first_b + size).contains(&input)])
            .collect();
        if p.silent {
            members.push([false; 2]);
        }
        let (num_in, num_out) = (members.len(), OUTPUTS + usize::from(p.silent));
        let mut draw = Stream::new(seed, "weights");
        let weights = (0..num_in * num_out)
            .map(|_| (W_INIT.0 + W_INIT.1 * draw.normal()).clamp(0.0, 1.0))
            .collect();
        let ties = Stream::new(seed, "ties");
        Self {
            trials: Trials::new(schedule(p), grid, seed),
            is_test: false,
            shown: [true, !p.alternating],
            shown_ticks: p.presentation_ms.round() as u32,
            answers: Answers::new(),
            num_out: num_out as u32,
            lif: Lif::new(num_out, &LIF, grid),
            current: ExponentialCurrent::new(num_out, TAU_S_MS, TAU_M_MS, R_MV_MS, grid),
            inhibition: WinnerTakeAll::new(p.inhibition_mv as f32, ties.clone()),
            threshold: AdaptiveThreshold::new(num_out, &THRESHOLD, grid),
            stdp: PairStdp::new(num_in, num_out, rule_of(p), grid),
            weights,
            eligibility: vec![0.0; num_in * num_out],
            keep_eligibility: math::decay_per_step(1.0, p.tau_c_ms),
            inputs: Stream::new(seed, "inputs"),
            kicks: Stream::new(seed, "kicks"),
            coin: Stream::new(seed, "coin"),
            ties,
            jump_mv: vec![0.0; num_out],
            no_drive: vec![0.0; num_out],
            before_mv: vec![0.0; num_out],
            fired_in: Vec::new(),
            fired_out: Vec::new(),
            spikes: [0; OUTPUTS],
            last_reward: 0.0,
            members,
            p: p.clone(),
        }
    }

    /// Outputs, with a silent one.
    pub fn num_out(&self) -> usize {
        self.num_out as usize
    }

    /// The weights.
    pub fn onto(&self) -> Onto<'_> {
        let num_in = 2 * self.p.pattern_size as usize;
        Onto { weights: &self.weights, num_in, num_out: self.num_out() }
    }

    /// Takes over what may change in a run.
    pub fn adopt(&mut self, p: &OursParams) {
        self.p = p.clone();
        self.stdp.set_params(rule_of(p));
        self.inhibition = WinnerTakeAll::new(p.inhibition_mv as f32, self.ties.clone());
    }

    /// A presentation begins.
    fn begin(&mut self) {
        let pattern = self.trials.begin();
        let phase = self.trials.phase();
        self.is_test = !phase.is_learning;
        self.shown = [0, 1].map(|own| phase.order == Order::Together || own == pattern);
        self.spikes = [0; OUTPUTS];
    }

    /// Presentations that are over or going on.
    pub fn num_begun(&self) -> u32 {
        self.trials.num_done() + u32::from(self.trials.step() > 0)
    }

    /// What is written above a presentation.
    pub fn label(&self) -> &'static str {
        match self.shown {
            [true, true] => "▲ + ■",
            _ => PATTERNS[self.trials.stimulus() as usize],
        }
    }

    /// Straight to the test: a presentation of training that is going on becomes its first one.
    pub fn skip_training(&mut self) {
        if !self.is_test {
            self.trials.skip_learning();
            if self.trials.step() > 0 {
                self.begin();
            }
        }
    }

    /// One step of 1 ms.
    pub fn step(&mut self) {
        if self.trials.step() == 0 {
            self.begin();
        }
        self.fire_inputs();
        let num_out = self.num_out();
        for &input in &self.fired_in {
            let row = input as usize * num_out;
            self.current.receive(&self.weights[row..row + num_out]);
        }
        self.fire_outputs();
        self.stdp.tick();
        if self.p.reward != Reward::None {
            self.eligibility.iter_mut().for_each(|c| *c = math::flush(*c * self.keep_eligibility));
        }
        if !self.is_test {
            self.learn();
        }
        for &output in &self.fired_out {
            self.spikes[output as usize] += 1;
        }
        self.lif.reset_fired(&self.fired_out);
        if self.trials.advance() {
            if !self.is_test {
                self.give_reward();
            }
            if self.trials.num_done() < self.trials.num() {
                let pattern = self.trials.stimulus() as usize;
                self.answers.add(pattern, self.spikes, self.is_test);
            }
            self.trials.end();
        }
    }

    fn fire_inputs(&mut self) {
        self.fired_in.clear();
        let is_pause = self.trials.step() >= self.shown_ticks;
        let shown = if is_pause { [false; 2] } else { self.shown };
        let [fast, slow] = [self.p.rate_hz, self.p.background_hz].map(|hz| (hz / 1_000.0) as f32);
        let num = 2 * self.p.pattern_size as usize;
        for (input, [in_a, in_b]) in self.members[..num].iter().enumerate() {
            let is_active = in_a & shown[0] | in_b & shown[1];
            if self.inputs.chance(if is_active { fast } else { slow }) {
                self.fired_in.push(input as u32);
            }
        }
    }

    fn fire_outputs(&mut self) {
        self.before_mv.copy_from_slice(self.lif.v_mv());
        self.jump_mv.fill(0.0);
        self.current.advance(&mut self.jump_mv);
        for jump in &mut self.jump_mv[..OUTPUTS] {
            if self.kicks.chance((self.p.background_out_hz / 1_000.0) as f32) {
                *jump += KICK_MV;
            }
        }
        self.lif.integrate(&self.no_drive, &self.jump_mv);
        let theta = self.threshold.theta_mv();
        self.lif.find_crossings(Some(theta), &mut self.fired_out);
        self.fired_out.retain(|output| (*output as usize) < OUTPUTS);
        if self.p.inhibition_mv > 0.0 {
            let at = |output: usize| V_TH_MV as f32 + theta[output];
            let (fired, before) = (&mut self.fired_out, &self.before_mv);
            self.inhibition.decide(fired, before, self.lif.v_mv_mut(), at);
        }
    }

    fn learn(&mut self) {
        let num_out = self.num_out();
        let is_direct = self.p.reward == Reward::None;
        let target = if is_direct { &mut self.weights } else { &mut self.eligibility };
        for &input in &self.fired_in {
            let row = input as usize * num_out;
            self.stdp.pre_spike(input as usize, &mut target[row..row + num_out]);
        }
        for &output in &self.fired_out {
            self.stdp.post_spike(output as usize, target);
        }
        if !self.p.homeostasis {
            return;
        }
        self.threshold.step(&self.fired_out);
        if is_direct {
            for place in 0..self.fired_out.len() {
                self.normalise(self.fired_out[place] as usize);
            }
        }
    }

    /// Brings the weights onto an output back to their sum.
    fn normalise(&mut self, output: usize) {
        let total = W_INIT.0 * self.members.len() as f32;
        let num_out = self.num_out();
        normalise_onto(&mut self.weights, num_out, output, total);
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
        for (w, c) in self.weights.iter_mut().zip(&self.eligibility) {
            *w = (*w + self.last_reward * c).clamp(0.0, 1.0);
        }
        if self.p.homeostasis {
            (0..OUTPUTS).for_each(|output| self.normalise(output));
        }
    }

    /// Potentials above rest.
    pub fn v_mv(&self) -> &[f32] {
        self.lif.v_mv()
    }

    /// Synaptic currents, as the potential that they would hold.
    pub fn drive_mv(&self) -> [f32; OUTPUTS] {
        [0, 1].map(|output| self.current.current()[output] * R_MV_MS as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params() -> OursParams {
        OursParams { num_training: 20, num_test: 5, ..OursParams::default() }
    }

    fn run(net: &mut Ours, num_ticks: u32) {
        (0..num_ticks).for_each(|_| net.step());
    }

    #[test]
    fn patterns_share_what_their_overlap_says() {
        for (overlap, shared) in [(0.0, 0), (0.25, 2), (0.5, 4), (1.0, 8)] {
            let net = Ours::new(&OursParams { overlap, ..params() }, 1);
            let count = |of: [bool; 2]| net.members.iter().filter(|m| **m == of).count();
            assert_eq!(count([true, true]), shared);
            assert_eq!(count([true, false]), 8 - shared);
            assert_eq!(count([false, true]), 8 - shared);
            assert_eq!(net.members.len(), 16);
        }
    }

    #[test]
    fn homeostasis_keeps_the_sum_and_the_test_freezes_everything() {
        let mut net = Ours::new(&params(), 1);
        run(&mut net, 5_000);
        for output in 0..OUTPUTS {
            let sum: f32 = net.weights[output..].iter().step_by(2).sum();
            // Depression since the last output spike is not made up for yet.
            assert!((sum - 8.0).abs() < 0.2, "{sum}");
        }
        run(&mut net, 1);
        let (weights, theta) = (net.weights.clone(), net.threshold.clone());
        assert!(net.is_test);
        run(&mut net, 2_499);
        assert_eq!(net.trials.num_ticks(), 7_500);
        assert_eq!(net.answers.tested, [5, 5]);
        // Behind the end nothing is counted any more.
        run(&mut net, 250);
        assert_eq!(net.answers.tested, [5, 5]);
        assert_eq!((weights, theta), (net.weights, net.threshold));
    }

    #[test]
    fn a_pause_shows_nothing_and_both_at_once_is_for_training_only() {
        let p = OursParams { rate_hz: 1_000.0, background_hz: 0.0, overlap: 0.0, ..params() };
        let mut net = Ours::new(&OursParams { alternating: false, ..p }, 1);
        let mut fired = |num_ticks| {
            run(&mut net, num_ticks);
            net.fired_in.len()
        };
        assert_eq!([fired(200), fired(1), fired(49)], [16, 0, 0]);
        // The twentieth, and the first of the test.
        assert_eq!([fired(19 * 250 - 50), fired(51), fired(199), fired(1)], [16, 8, 8, 0]);
    }

    #[test]
    fn a_reward_pays_the_eligibility_out_and_a_punishment_takes_it() {
        let p = OursParams { reward: Reward::Response, homeostasis: false, ..params() };
        let mut net = Ours::new(&p, 1);
        net.begin();
        let own = net.trials.stimulus() as usize;
        net.weights.fill(0.5);
        net.eligibility.fill(0.1);
        net.eligibility[1] = 0.9;
        net.spikes[own] = 3;
        net.give_reward();
        assert_eq!((net.weights[0], net.weights[1]), (0.6, 1.0));
        net.spikes = [0; 2];
        net.spikes[1 - own] = 1;
        net.give_reward();
        assert_eq!(net.last_reward, -1.0);
        assert!((net.weights[0] - 0.5).abs() < 1e-6);
        assert!((net.weights[1] - 0.1).abs() < 1e-6);
        // A draw is neither.
        net.spikes = [2; 2];
        net.give_reward();
        assert!((net.weights[0] - 0.5).abs() < 1e-6);
    }

    #[test]
    fn an_eligibility_decays_as_its_closed_form_says() {
        let p = OursParams {
            reward: Reward::Response,
            a_plus: 0.000_1,
            rate_hz: 5.0,
            background_hz: 0.0,
            background_out_hz: 0.0,
            ..params()
        };
        let mut net = Ours::new(&p, 1);
        net.weights.fill(0.0);
        net.eligibility.fill(0.3);
        for _ in 0..100 {
            net.step();
            assert!(net.fired_out.is_empty());
        }
        let expected = 0.3 * math::exp_f64(-100.0 / p.tau_c_ms);
        assert!((f64::from(net.eligibility[0]) - expected).abs() < 1e-5);
    }
}
