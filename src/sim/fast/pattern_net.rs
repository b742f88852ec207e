//! A network for two patterns: inputs, two outputs that compete for them, and learning that may wait for a reward.
//!
//! **Equations.** Inputs are Poisson trains in steps of 1 ms, fast if their pattern is shown. A spike adds w to a
//! synaptic current (τ_s = 5 ms), which charges an output (τ_m = 10 ms). *Inhibition*: of outputs that cross their
//! thresholds in one step only the first fires; the other loses some potential. *Homeostasis*: a threshold rises with each
//! spike of its output and sinks steadily, so that both fire equally often in the long run; weights onto an output are
//! scaled to a fixed sum. *Learning*: additive pair STDP between 0 and 1. With a reward, the same changes go into an
//! eligibility, τ_c dc/dt = −c + ΔW_STDP, and when reward r comes w ← w + r c.
//!
//! **State.** Potentials, currents, thresholds, weights, eligibilities, traces.
//!
//! **Source.** The parts are those of this floor, with their sources; the task is that of the assignment behind
//! M. Zamani, Neural-Learning-and-Coding, from whose network thresholds and resets are. Eligibility: Izhikevich (2007,
//! doi:10.1093/cercor/bhl152).
//!
//! **Method.** Membrane and currents exact on the grid.

use get_size2::GetSize;

use crate::competition::WinnerTakeAll;
use crate::neuron::{Lif, LifParams};
use crate::plasticity::normalisation::normalise_onto;
use crate::plasticity::{AdaptiveThreshold, AdaptiveThresholdParams, PairStdp, PairStdpParams};
use crate::synapse::ExponentialCurrent;
use crate::{Stream, TimeGrid, math};

/// The two outputs that can fire.
pub const OUTPUTS: usize = 2;
/// Potentials are counted from rest, as inhibition is.
pub const E_L_MV: f32 = -65.0;
/// Threshold above rest.
pub const V_TH_MV: f64 = 25.0;
const TAU_M_MS: f64 = 10.0;
/// An output.
pub const LIF: LifParams = LifParams {
    tau_m_ms: TAU_M_MS,
    e_l_mv: 0.0,
    v_th_mv: V_TH_MV,
    v_reset_mv: -5.0,
    t_ref_ms: 0.0,
};
/// Decay of synaptic currents.
pub const TAU_S_MS: f64 = 5.0;
/// What a spike of weight 1 brings, all in all.
pub const R_MV_MS: f64 = 100.0;
/// A kick by noise, from rest to above the threshold.
pub const KICK_MV: f32 = 40.0;
/// How thresholds move.
pub const THRESHOLD: AdaptiveThresholdParams =
    AdaptiveThresholdParams { theta_plus_mv: 0.05, target_rate_hz: 20.0, theta_min_mv: -10.0 };
/// Mean weight at the start, and its spread.
pub const W_INIT: (f32, f32) = (0.5, 0.05);

/// Constants of the network.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PatternNetParams {
    /// Which patterns each input belongs to.
    pub members: Vec<[bool; 2]>,
    /// There are an input more, and an output, that never fire.
    pub has_silent: bool,
    /// Rate of inputs whose pattern is shown.
    pub rate_hz: f64,
    /// Rate of the others.
    pub background_hz: f64,
    /// How often noise alone makes an output fire.
    pub background_out_hz: f64,
    /// What the output that comes second loses; 0 for no inhibition.
    pub inhibition_mv: f64,
    /// Thresholds move, and weights keep their sum.
    pub has_homeostasis: bool,
    /// The rule; without ends where its changes wait.
    pub rule: PairStdpParams,
    /// Memory of the eligibility in which changes wait for a reward; none: they are made at once.
    pub tau_c_ms: Option<f64>,
}

/// The network.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PatternNet {
    p: PatternNetParams,
    num_in: u32,
    num_out: u32,
    lif: Lif,
    current: ExponentialCurrent,
    inhibition: WinnerTakeAll,
    threshold: AdaptiveThreshold,
    stdp: PairStdp,
    /// `weights[input × outputs + output]`, those of silent ones as well.
    pub weights: Vec<f32>,
    eligibility: Vec<f32>,
    keep_eligibility: f32,
    inputs: Stream,
    kicks: Stream,
    ties: Stream,
    jump_mv: Vec<f32>,
    no_drive: Vec<f32>,
    before_mv: Vec<f32>,
    /// Inputs that fired in the last step.
    pub fired_in: Vec<u32>,
    /// Outputs that fired in it.
    pub fired_out: Vec<u32>,
}

impl PatternNet {
    /// A network before its first step.
    pub fn new(p: PatternNetParams, seed: u32) -> Self {
        let grid = TimeGrid::new(1.0);
        let num_silent = usize::from(p.has_silent);
        let (num_in, num_out) = (p.members.len() + num_silent, OUTPUTS + num_silent);
        let mut draw = Stream::new(seed, "weights");
        let weights = (0..num_in * num_out)
            .map(|_| (W_INIT.0 + W_INIT.1 * draw.normal()).clamp(0.0, 1.0))
            .collect();
        let ties = Stream::new(seed, "ties");
        Self {
            num_in: num_in as u32,
            num_out: num_out as u32,
            lif: Lif::new(num_out, &LIF, grid),
            current: ExponentialCurrent::new(num_out, TAU_S_MS, TAU_M_MS, R_MV_MS, grid),
            inhibition: WinnerTakeAll::new(p.inhibition_mv as f32, ties.clone()),
            threshold: AdaptiveThreshold::new(num_out, &THRESHOLD, grid),
            stdp: PairStdp::new(num_in, num_out, p.rule, grid),
            weights,
            eligibility: vec![0.0; num_in * num_out],
            keep_eligibility: p.tau_c_ms.map_or(0.0, |tau_ms| math::decay_per_step(1.0, tau_ms)),
            inputs: Stream::new(seed, "inputs"),
            kicks: Stream::new(seed, "kicks"),
            ties,
            jump_mv: vec![0.0; num_out],
            no_drive: vec![0.0; num_out],
            before_mv: vec![0.0; num_out],
            fired_in: Vec::new(),
            fired_out: Vec::new(),
            p,
        }
    }

    /// Takes over rates, inhibition and amplitudes; the rest has to stay.
    pub fn set_params(&mut self, p: PatternNetParams) {
        self.stdp.set_params(p.rule);
        self.inhibition = WinnerTakeAll::new(p.inhibition_mv as f32, self.ties.clone());
        self.p = p;
    }

    /// Which patterns each input belongs to.
    pub fn members(&self) -> &[[bool; 2]] {
        &self.p.members
    }

    /// Outputs, with a silent one.
    pub fn num_out(&self) -> usize {
        self.num_out as usize
    }

    /// One step of 1 ms, in which these patterns are shown.
    pub fn step(&mut self, shown: [bool; 2], is_learning: bool) {
        self.fire_inputs(shown);
        let num_out = self.num_out();
        for &input in &self.fired_in {
            let row = input as usize * num_out;
            self.current.receive(&self.weights[row..row + num_out]);
        }
        self.fire_outputs();
        self.stdp.tick();
        if self.p.tau_c_ms.is_some() {
            self.eligibility.iter_mut().for_each(|c| *c = math::flush(*c * self.keep_eligibility));
        }
        if is_learning {
            self.learn();
        }
        self.lif.reset_fired(&self.fired_out);
    }

    fn fire_inputs(&mut self, shown: [bool; 2]) {
        self.fired_in.clear();
        let [fast, slow] = [self.p.rate_hz, self.p.background_hz].map(|hz| (hz / 1_000.0) as f32);
        for (input, [in_a, in_b]) in self.p.members.iter().enumerate() {
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
        let is_direct = self.p.tau_c_ms.is_none();
        let target = if is_direct { &mut self.weights } else { &mut self.eligibility };
        for &input in &self.fired_in {
            let row = input as usize * num_out;
            self.stdp.pre_spike(input as usize, &mut target[row..row + num_out]);
        }
        for &output in &self.fired_out {
            self.stdp.post_spike(output as usize, target);
        }
        if !self.p.has_homeostasis {
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
        let (total, num_out) = (W_INIT.0 * self.num_in as f32, self.num_out());
        normalise_onto(&mut self.weights, num_out, output, total);
    }

    /// A reward, or a punishment if it is below 0.
    pub fn reward(&mut self, reward: f32) {
        for (w, c) in self.weights.iter_mut().zip(&self.eligibility) {
            *w = (*w + reward * c).clamp(0.0, 1.0);
        }
        if self.p.has_homeostasis {
            (0..OUTPUTS).for_each(|output| self.normalise(output));
        }
    }

    /// `eligibility[input × outputs + output]`; all 0 where changes do not wait.
    pub fn eligibility(&self) -> &[f32] {
        &self.eligibility
    }

    /// Potentials above rest.
    pub fn v_mv(&self) -> &[f32] {
        self.lif.v_mv()
    }

    /// How far thresholds are raised.
    pub fn theta_mv(&self) -> &[f32] {
        self.threshold.theta_mv()
    }

    /// Synaptic currents, as the potential that they would hold.
    pub fn drive_mv(&self) -> [f32; OUTPUTS] {
        [0, 1].map(|output| self.current.current()[output] * R_MV_MS as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plasticity::{Bound, Coincidence, Pairing};

    /// Eight inputs for each pattern.
    fn net(tau_c_ms: Option<f64>, has_homeostasis: bool) -> PatternNet {
        let rule = PairStdpParams {
            a_plus: 0.015,
            a_minus: 0.012,
            tau_plus_ms: 20.0,
            tau_minus_ms: 20.0,
            w_min: 0.0,
            w_max: 1.0,
            bound: if tau_c_ms.is_none() { Bound::Hard } else { Bound::Unbounded },
            pairing: Pairing::AllToAll,
            coincidence: Coincidence::PreFirst,
        };
        let params = PatternNetParams {
            members: (0..16).map(|input| [input < 8, input >= 8]).collect(),
            has_silent: false,
            rate_hz: 50.0,
            background_hz: 3.0,
            background_out_hz: 1.0,
            inhibition_mv: 20.0,
            has_homeostasis,
            rule,
            tau_c_ms,
        };
        PatternNet::new(params, 1)
    }

    #[test]
    fn homeostasis_keeps_the_sum_and_without_learning_nothing_moves() {
        let mut net = net(None, true);
        for tick in 0..5_000 {
            net.step([tick / 250 % 2 == 0, tick / 250 % 2 == 1], true);
        }
        for output in 0..OUTPUTS {
            let sum: f32 = net.weights[output..].iter().step_by(2).sum();
            // Depression since the last output spike is not made up for yet.
            assert!((sum - 8.0).abs() < 0.2, "{sum}");
        }
        let (weights, theta) = (net.weights.clone(), net.threshold.clone());
        (0..2_500).for_each(|_| net.step([true, false], false));
        assert_eq!((weights, theta), (net.weights, net.threshold));
    }

    #[test]
    fn a_reward_pays_the_eligibility_out_and_a_punishment_takes_it() {
        let mut net = net(Some(200.0), false);
        net.weights.fill(0.5);
        net.eligibility.fill(0.1);
        net.eligibility[1] = 0.9;
        net.reward(1.0);
        assert_eq!((net.weights[0], net.weights[1]), (0.6, 1.0));
        net.reward(-1.0);
        assert!((net.weights[0] - 0.5).abs() < 1e-6);
        assert!((net.weights[1] - 0.1).abs() < 1e-6);
        net.reward(0.0);
        assert!((net.weights[0] - 0.5).abs() < 1e-6);
    }

    #[test]
    fn an_eligibility_decays_as_its_closed_form_says() {
        let mut net = net(Some(200.0), true);
        net.p.background_out_hz = 0.0;
        net.weights.fill(0.0);
        net.eligibility.fill(0.3);
        for _ in 0..100 {
            net.step([false; 2], false);
            assert!(net.fired_out.is_empty());
        }
        let expected = 0.3 * math::exp_f64(-100.0 / 200.0);
        assert!((f64::from(net.eligibility[0]) - expected).abs() < 1e-5);
    }
}
