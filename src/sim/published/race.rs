//! The network of the program snn-rl, as its code does it: an interval-wise race of outputs with active dendrites, and a
//! hand-made winner-take-all.
//!
//! **Schedule.** Intervals of 100 ms in steps of 1 ms. In the first step every active pixel spikes once.
//! Every output neuron integrates without inhibition. Once one has reached the threshold the highest
//! fires, one step later: the program sets the displayed potential to exactly the threshold, and only
//! the growth of the next step lifts it above. Then nobody fires until the interval ends. All state but
//! the weights starts each interval at zero.
//!
//! **Equations.** Those of `sim/neuron/adds.rs` in steps of 1 ms: U += (−U + R_m (I_s + Σ I)) dt/τ_m with the
//! currents before the step; then all currents decay exponentially, and the volley adds R w/τ_i and w/τ_s.
//!
//! **What is inferred.** The order of these and the step between threshold and spike cannot be read off
//! with certainty. Of some twenty readings tried, this one comes closest to all nine published and checked
//! hit rates (root mean square 0.011); others miss the alphabet's by up to 0.05. It was chosen for that.
//!
//! **Learning**, once per interval and for the winner only: with Δt = t_pre − t_post of each pixel's
//! spike, w += A₊ e^(Δt/τ) (1 − w) where the pixel spiked, and w −= A₋ e^(−Δt/τ) (w + 1) for a
//! pixel that did not, as if it had spiked 1 ms after the winner; then w is clipped to [0, 1].
//!
//! **Source.** tartavull/snn-rl (2014–2019), after Gupta and Long (2007,
//! doi:10.1109/IJCNN.2007.4370930).

use get_size2::GetSize;

use crate::neuron::adds::AddsParams;
use crate::{Fault, Stream, Tick, connect, math};

/// Steps of 1 ms per interval.
pub const INTERVAL_MS: u64 = 100;

/// Decay of the current straight to the soma.
pub const TAU_S_MS: f32 = 2.0;
/// The dendrites' constants.
pub const DENDRITES: AddsParams = AddsParams {
    tau_min_ms: 2.0,
    tau_max_ms: 30.0,
    tau_m_ms: 30.0,
    v_th_mv: 10.0,
    r_m: 80.0,
    impulse: 1.0,
};
/// From reaching the threshold to the spike. The race goes on meanwhile.
pub const STEPS_TO_FIRE: u64 = 1;
/// The program's membrane time constant in seconds, which slips into a formula in milliseconds.
pub const SLIPPED_TAU_M: f64 = 0.03;

/// The threshold.
pub const THRESHOLD_MV: f32 = DENDRITES.v_th_mv as f32;

/// Constants of the rule, and what the program does besides.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct RaceParams {
    /// A₊ with all its factors.
    pub a_plus: f64,
    /// A₋ with all its factors.
    pub a_minus: f64,
    /// Both windows' time constant.
    pub tau_ms: f64,
    /// Silent pixels are depressed.
    pub pairs_silent: bool,
    /// At the test the gain is computed with [`SLIPPED_TAU_M`].
    pub has_slip: bool,
}

/// The race of one interval, and the weights.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Race {
    params: RaceParams,
    num_neurons: u32,
    /// `weights[pixel × num_neurons + neuron]`.
    weights: Vec<f32>,
    tau_ms: Vec<f32>,
    gain: Vec<f32>,
    decay: Vec<f32>,
    soma_decay: f32,
    dendrite: Vec<f32>,
    soma_current: Vec<f32>,
    potential_mv: Vec<f32>,
    /// Steps since a potential first reached the threshold.
    steps_above: u64,
    winner: Option<(u32, u64)>,
    ties: Stream,
    is_testing: bool,
}

impl Race {
    /// `shape` inputs and outputs without state, and weights from the first to the second of these.
    pub fn new(params: RaceParams, shape: [usize; 2], (low, high): (f32, f32), seed: u32) -> Self {
        let [num_inputs, num_neurons] = shape;
        let mut wiring = Stream::new(seed, "wiring");
        let size = num_inputs * num_neurons;
        let mut race = Self {
            params,
            num_neurons: num_neurons as u32,
            weights: connect::all_to_all(num_inputs, num_neurons, low, high, &mut wiring),
            tau_ms: vec![0.0; size],
            gain: vec![0.0; size],
            decay: vec![0.0; size],
            soma_decay: math::decay_per_step(1.0, f64::from(TAU_S_MS)),
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
        let n = self.num_neurons as usize;
        let per_tau_m = 1.0 / DENDRITES.tau_m_ms as f32;
        for neuron in 0..n {
            let dendrites: f32 = self.dendrite[neuron..].iter().step_by(n).sum();
            let drive = DENDRITES.r_m as f32 * (self.soma_current[neuron] + dendrites);
            self.potential_mv[neuron] += (drive - self.potential_mv[neuron]) * per_tau_m;
        }
        for (current, decay) in self.dendrite.iter_mut().zip(&self.decay) {
            *current = math::flush(*current * decay);
        }
        for current in &mut self.soma_current {
            *current = math::flush(*current * self.soma_decay);
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
        let leaders: Vec<usize> = (0..self.num_neurons as usize).filter(is_leader).collect();
        let pick = if leaders.len() > 1 { self.ties.below(leaders.len() as u32) } else { 0 };
        Some(leaders[pick as usize] as u32)
    }

    /// Ends a training interval: the winner learns.
    pub fn learn(&mut self, active: &[bool]) {
        let Some((neuron, step)) = self.winner else { return };
        let p = self.params;
        let plus = p.a_plus * math::exp_f64(-(step as f64) / p.tau_ms);
        let minus = p.a_minus * math::exp_f64(-1.0 / p.tau_ms);
        let (plus, minus) = (plus as f32, minus as f32);
        for (pixel, &is_active) in active.iter().enumerate() {
            let idx = pixel * self.num_neurons as usize + neuron as usize;
            let w = self.weights[idx];
            let change = if is_active {
                plus * (1.0 - w)
            } else if p.pairs_silent {
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
        let gain = if self.is_testing && self.params.has_slip {
            // The published factor to the power 1/1000, since only the numerator is in seconds.
            let factor = DENDRITES.r_i(tau) / (tau * DENDRITES.v_th_mv / DENDRITES.r_m);
            let slipped = math::powf_f64(factor, SLIPPED_TAU_M / DENDRITES.tau_m_ms);
            tau * DENDRITES.v_th_mv / DENDRITES.r_m * slipped
        } else {
            DENDRITES.r_i(tau)
        };
        self.tau_ms[idx] = tau as f32;
        self.gain[idx] = gain as f32;
        self.decay[idx] = math::decay_per_step(1.0, tau);
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

    /// Takes over constants that may change under way.
    pub fn set_params(&mut self, params: RaceParams) {
        self.params = params;
    }

    /// Looks for what it cannot go on with; `now` steps are done.
    pub fn look(&self, now: Tick) -> Option<Fault> {
        let columns = [("a weight", &self.weights[..]), ("potential", &self.potential_mv[..])];
        Fault::non_finite(now, "outputs", columns)
    }
}
