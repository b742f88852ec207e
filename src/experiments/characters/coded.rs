//! The published program's network, as its code does it: an interval-wise race with a hand-made
//! winner-take-all.
//!
//! **Schedule.** Intervals of 100 ms in steps of 1 ms. In the first step every active pixel spikes once.
//! Every output neuron integrates without inhibition. Once one has reached the threshold the highest
//! fires, two steps later: the program's winner-take-all reads the potential of the step before, sets
//! the displayed one to exactly the threshold, and only the growth of the next step lifts it above.
//! (That delay is inferred from the code; of the delays tried it reproduces the published scores best.)
//! After that nobody fires until the interval ends. All state but the weights starts each interval at
//! zero.
//!
//! **Equations.** Those of `sim/neuron/adds.rs` in explicit Euler steps of 1 ms, as the source's
//! simulator takes them: I += (−I + R w δ) dt/τ_i; I_s += (−I_s + Σ w δ) dt/τ_s;
//! U += (−U + R_m (I_s + Σ I)) dt/τ_m, all with the values before the step.
//!
//! **Learning**, once per interval and for the winner only: with Δt = t_pre − t_post of each pixel's
//! spike, w += η A₊ e^(Δt/τ₊) (1 − w) g₊ where the pixel spiked, and w += η A₋ e^(−Δt/τ₋) (w + 1) g₋ for a
//! pixel that did not, as if it had spiked 1 ms after the winner; then w is clipped to [0, 1].
//!
//! **Source.** tartavull/snn-rl (2014–2019), after Gupta and Long (2007,
//! doi:10.1109/IJCNN.2007.4370930).

use serde::{Deserialize, Serialize};

use super::glyphs::NUM_PIXELS;
use super::params::CodedParams;
use crate::sim::neuron::adds::AddsParams;
use crate::sim::{Stream, math};

/// Steps of 1 ms per interval.
pub const INTERVAL_MS: u64 = 100;

const TAU_S_MS: f32 = 2.0;
const DENDRITES: AddsParams =
    AddsParams { tau_min_ms: 2.0, tau_max_ms: 30.0, tau_m_ms: 30.0, v_th_mv: 10.0, r_m: 80.0 };
/// From reaching the threshold to the spike: one step until the winner-take-all reads the potential and
/// sets the displayed one to exactly the threshold, one until that has grown above it. The race goes on.
const STEPS_TO_FIRE: u64 = 2;
/// The program's membrane time constant in seconds, which slips into a formula in milliseconds.
const SLIPPED_TAU_M: f64 = 0.03;

/// The race of one interval, and the weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coded {
    params: CodedParams,
    num_neurons: usize,
    /// `weights[pixel × num_neurons + neuron]`.
    weights: Vec<f32>,
    tau_ms: Vec<f32>,
    gain: Vec<f32>,
    dendrite: Vec<f32>,
    soma_current: Vec<f32>,
    potential_mv: Vec<f32>,
    /// Steps since a potential first reached the threshold.
    steps_above: u64,
    winner: Option<(u32, u64)>,
    ties: Stream,
    is_testing: bool,
}

impl Coded {
    /// Random weights, no state.
    pub fn new(params: CodedParams, num_neurons: usize, seed: u32) -> Self {
        let mut wiring = Stream::new(seed, "wiring");
        let (low, high) = (params.w_init_min as f32, params.w_init_max as f32);
        let size = NUM_PIXELS * num_neurons;
        let mut race = Self {
            params,
            num_neurons,
            weights: (0..size).map(|_| wiring.between(low, high)).collect(),
            tau_ms: vec![0.0; size],
            gain: vec![0.0; size],
            dendrite: vec![0.0; size],
            soma_current: vec![0.0; num_neurons],
            potential_mv: vec![0.0; num_neurons],
            steps_above: 0,
            winner: None,
            ties: Stream::new(seed, "ties"),
            is_testing: false,
        };
        race.derive_all();
        race
    }

    /// Starts an interval. Testing uses the program's other formula for the gain, if that is on.
    pub fn begin(&mut self, is_testing: bool) {
        self.dendrite.fill(0.0);
        self.soma_current.fill(0.0);
        self.potential_mv.fill(0.0);
        self.steps_above = 0;
        self.winner = None;
        if is_testing != self.is_testing {
            self.is_testing = is_testing;
            self.derive_all();
        }
    }

    /// One step of 1 ms; `active` are the pixels that spike in it. Gives the neuron that fires.
    pub fn step(&mut self, step: u64, active: &[u32]) -> Option<u32> {
        self.integrate(active);
        if self.winner.is_some() {
            return None;
        }
        let leader = self.leader_above_threshold()?;
        self.steps_above += 1;
        if self.steps_above <= STEPS_TO_FIRE {
            return None;
        }
        self.winner = Some((leader, step));
        Some(leader)
    }

    fn integrate(&mut self, active: &[u32]) {
        let n = self.num_neurons;
        let per_tau_m = 1.0 / DENDRITES.tau_m_ms as f32;
        for neuron in 0..n {
            let dendrites: f32 = self.dendrite[neuron..].iter().step_by(n).sum();
            let drive = DENDRITES.r_m as f32 * (self.soma_current[neuron] + dendrites);
            self.potential_mv[neuron] += (drive - self.potential_mv[neuron]) * per_tau_m;
        }
        for (current, tau) in self.dendrite.iter_mut().zip(&self.tau_ms) {
            *current = math::flush(*current - *current / tau);
        }
        for current in &mut self.soma_current {
            *current -= *current / TAU_S_MS;
        }
        for &pixel in active {
            let row = pixel as usize * n..(pixel as usize + 1) * n;
            for (neuron, idx) in row.enumerate() {
                let weight = self.weights[idx];
                self.dendrite[idx] += self.gain[idx] * weight / self.tau_ms[idx];
                self.soma_current[neuron] += weight / TAU_S_MS;
            }
        }
    }

    /// The highest potential at or above threshold; among equals one at random, never the first.
    fn leader_above_threshold(&mut self) -> Option<u32> {
        let highest = self.potential_mv.iter().copied().fold(f32::MIN, f32::max);
        if highest < THRESHOLD_MV {
            return None;
        }
        let is_leader = |n: &usize| self.potential_mv[*n] == highest;
        let leaders: Vec<usize> = (0..self.num_neurons).filter(is_leader).collect();
        let pick = if leaders.len() > 1 { self.ties.below(leaders.len() as u32) } else { 0 };
        Some(leaders[pick as usize] as u32)
    }

    /// Ends a training interval: the winner learns.
    pub fn learn(&mut self, active: &[bool; NUM_PIXELS]) {
        let Some((neuron, step)) = self.winner else { return };
        let p = self.params.clone();
        // The window's constants are 1 s or 1 ms: the program divides seconds by them.
        let tau_ms = if p.window_in_seconds { 1_000.0 } else { 1.0 };
        let plus = p.eta * p.a_plus * p.gain_plus * math::exp_f64(-(step as f64) / tau_ms);
        let minus = p.eta * p.a_minus * p.gain_minus * math::exp_f64(-1.0 / tau_ms);
        let (plus, minus) = (plus as f32, minus as f32);
        for pixel in 0..NUM_PIXELS {
            let idx = pixel * self.num_neurons + neuron as usize;
            let w = self.weights[idx];
            let change = if active[pixel] {
                plus * (1.0 - w)
            } else if p.pair_silent_pixels {
                -minus * (w + 1.0)
            } else {
                0.0
            };
            self.weights[idx] = (w + change).clamp(0.0, 1.0);
            self.derive(idx);
        }
    }

    fn derive_all(&mut self) {
        for idx in 0..self.weights.len() {
            self.derive(idx);
        }
    }

    /// Time constant and gain of a dendrite from its weight.
    fn derive(&mut self, idx: usize) {
        let tau = DENDRITES.tau_i_ms(f64::from(self.weights[idx]));
        let gain = if self.is_testing && self.params.test_gain_slip {
            let ratio = DENDRITES.tau_m_ms / tau;
            let exponent = SLIPPED_TAU_M / (SLIPPED_TAU_M - tau);
            tau * DENDRITES.v_th_mv / DENDRITES.r_m * math::powf_f64(ratio, exponent)
        } else {
            DENDRITES.r_i(tau)
        };
        self.tau_ms[idx] = tau as f32;
        self.gain[idx] = gain as f32;
    }

    /// Potentials of the race, without inhibition.
    pub fn potential_mv(&self) -> &[f32] {
        &self.potential_mv
    }

    /// `weights[pixel × num_neurons + neuron]`.
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// Takes over weights trained elsewhere.
    pub fn set_weights(&mut self, weights: &[f32]) {
        self.weights.copy_from_slice(weights);
        self.derive_all();
    }

    /// Takes over parameters that may change under way.
    pub fn set_params(&mut self, params: CodedParams) {
        self.params = params;
    }
}

/// The threshold of the race.
pub const THRESHOLD_MV: f32 = DENDRITES.v_th_mv as f32;

/// The dendrites' constants, for the figure of w → τ → R.
pub fn dendrites() -> AddsParams {
    DENDRITES
}
