//! The networks that are real spiking networks: ours, the paper's, and the early programs'.
//!
//! All have one leaky integrate-and-fire input per pixel, driven by a constant current while its pixel
//! is active (about three spikes in 300 ms), and one output per glyph, connected to all inputs.
//!
//! **Ours** (`fixed`). Outputs are leaky integrate-and-fire neurons with exponential synapses. Pair STDP
//! with soft bounds at every spike; the weights onto a neuron keep their sum; the first output to cross
//! its threshold inhibits the others; thresholds rise with every spike and sink at a steady rate, so that
//! each neuron wins as often as there are glyphs for it. With reward (`reward`) the same changes of the
//! weights wait for a verdict, and outputs may get random currents in training.
//!
//! **The paper's** (`paper`). Outputs have active dendrites (`sim/neuron/adds.rs`) and a direct current to
//! the soma; they inhibit each other through that current with plastic weights in [−1, 0]. One rule, pair
//! STDP with soft bounds and windows of 1 ms, for both kinds of weight. Nothing else competes. Two gains
//! are ours: with input spikes as full impulses every output fires at every volley, and with inhibition at
//! face value nobody is held back.
//!
//! **The early programs'** (`brian`). Outputs are leaky integrate-and-fire neurons,
//! τ_m dV/dt = −V + g_e − g_i; a spike of weight w mV adds w to g_e or, from another output, to g_i, after
//! a delay, and both decay exponentially. All pairs of spikes, additive STDP with hard bounds. These
//! programs write their input spikes down, three volleys 100 ms apart; here an input's current makes it
//! fire at once and its refractory time is the interval.

use get_size2::GetSize;

use super::glyphs::NUM_PIXELS;
use super::params::{Amplitudes, BrianParams, FixedParams, PaperParams, RewardParams};
use crate::sim::competition::WinnerTakeAll;
use crate::sim::network::{Network, Population, Projection};
use crate::sim::neuron::adds::{AddsParams, Dendrites};
use crate::sim::neuron::{Lif, LifParams};
use crate::sim::plasticity::{
    AdaptiveThreshold, AdaptiveThresholdParams, Bound, Coincidence, EligibilityStdp, PairStdp,
    PairStdpParams, Pairing, Rule,
};
use crate::sim::synapse::ExponentialCurrent;
use crate::sim::{Fault, Stream, TimeGrid, connect};

/// The populations' and projections' places in the network.
const INPUT: usize = 0;
const OUTPUT: usize = 1;
const INPUT_TO_OUTPUT: usize = 0;

/// Rise of the synaptic potential.
pub(super) const TAU_S_MS: f64 = 5.0;
/// Potential that a volley through weights that sum to 1 gives an output.
pub(super) const VOLLEY_MV: f64 = 20.0;

/// Time between two spikes of a driven input: 50 ms · ln(24 / (24 − 20)) on the grid.
const INPUT_PERIOD_MS: f64 = 90.0;

/// A spiking network for the task.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Spiking {
    pub(super) network: Network,
    /// R I of an active input.
    drive_mv: f32,
    /// Every pixel has a second input that is active when it is not.
    has_complement: bool,
    jitter_mv: f32,
    /// Spread of the random R I of the outputs in training.
    noise_mv: f32,
    /// Outputs forget one presentation before the next.
    starts_quiet: bool,
    noise: Stream,
}

impl Spiking {
    /// Our network.
    pub fn fixed(p: &FixedParams, num_neurons: usize, seed: u32) -> (Self, TimeGrid) {
        let grid = TimeGrid::new(1.0);
        let num_inputs = if p.complement { 2 * NUM_PIXELS } else { NUM_PIXELS };
        let inputs = LifParams {
            tau_m_ms: 50.0,
            e_l_mv: 0.0,
            v_th_mv: 20.0,
            v_reset_mv: 0.0,
            t_ref_ms: 0.0,
        };
        let outputs = LifParams {
            tau_m_ms: p.tau_m_ms,
            e_l_mv: 0.0,
            v_th_mv: p.v_th_mv,
            v_reset_mv: 0.0,
            t_ref_ms: 20.0,
        };
        let input = Population::new("inputs", Lif::new(num_inputs, &inputs, grid));
        let mut output = Population::new("outputs", Lif::new(num_neurons, &outputs, grid));
        if p.homeostasis {
            output.threshold =
                Some(AdaptiveThreshold::new(num_neurons, &p.threshold(num_neurons), grid));
        }
        if p.competition {
            let ties = Stream::new(seed, "ties");
            output.competition = Some(WinnerTakeAll::new(p.inhibition_mv as f32, ties));
        }
        let mut wiring = Stream::new(seed, "wiring");
        let scale = 1.0 / num_inputs as f32;
        let weights =
            connect::all_to_all(num_inputs, num_neurons, 0.6 * scale, 1.4 * scale, &mut wiring);
        let mut projection = Projection::new(0, 1, num_neurons, weights, 1);
        let r_m = VOLLEY_MV / unit_peak(TAU_S_MS, p.tau_m_ms);
        projection.soma =
            Some(ExponentialCurrent::new(num_neurons, TAU_S_MS, p.tau_m_ms, r_m, grid));
        projection.stdp = Some(Rule::Pair(PairStdp::new(num_inputs, num_neurons, p.stdp(), grid)));
        projection.normalise_to = p.normalise.then_some(1.0);
        projection.normalise_all();
        let network = Network::new(grid, vec![input, output], vec![projection]);
        let spiking = Self {
            network,
            drive_mv: 24.0,
            has_complement: p.complement,
            jitter_mv: p.input_jitter_mv as f32,
            noise_mv: 0.0,
            starts_quiet: false,
            noise: Stream::new(seed, "jitter"),
        };
        (spiking, grid)
    }

    /// Our network when its synapses wait for a success signal.
    pub fn rewarded(p: &RewardParams, num_neurons: usize, seed: u32) -> (Self, TimeGrid) {
        let (mut spiking, grid) = Self::fixed(&p.net, num_neurons, seed);
        spiking.noise_mv = p.noise_mv as f32;
        let num_inputs = spiking.network.populations[INPUT].len();
        let rule = EligibilityStdp::new(num_inputs, num_neurons, p.net.stdp(), p.tau_e_ms, grid);
        spiking.input_to_output().stdp = Some(Rule::Eligibility(rule));
        (spiking, grid)
    }

    /// The paper's network.
    pub fn paper(p: &PaperParams, num_neurons: usize, seed: u32) -> (Self, TimeGrid) {
        let grid = TimeGrid::new(0.2);
        let inputs = LifParams {
            tau_m_ms: 16.0,
            e_l_mv: 0.0,
            v_th_mv: 10.0,
            v_reset_mv: 0.0,
            t_ref_ms: 0.0,
        };
        let outputs = LifParams { tau_m_ms: p.tau_m_ms, t_ref_ms: 8.0, ..inputs };
        let input = Population::new("inputs", Lif::new(NUM_PIXELS, &inputs, grid));
        let output = Population::new("outputs", Lif::new(num_neurons, &outputs, grid));
        let soma =
            |gain: f64| ExponentialCurrent::new(num_neurons, 2.0, p.tau_m_ms, R_M * gain, grid);
        let mut wiring = Stream::new(seed, "wiring");
        let (low, high) = p.initial.range();
        let weights = connect::all_to_all(NUM_PIXELS, num_neurons, low, high, &mut wiring);
        let mut excitation = Projection::new(0, 1, num_neurons, weights, 1);
        excitation.dendrites =
            Some(Dendrites::new(num_neurons, excitation.weights(), p.dendrites(), grid));
        excitation.soma = Some(soma(p.input_gain));
        excitation.stdp =
            Some(Rule::Pair(PairStdp::new(NUM_PIXELS, num_neurons, p.rules()[0], grid)));
        let weights = connect::all_to_others(num_neurons, -0.75, -0.25, &mut wiring);
        let mut inhibition = Projection::new(1, 1, num_neurons, weights, 1);
        inhibition.soma = Some(soma(p.inhibition_gain));
        if p.plastic_inhibition {
            inhibition.stdp =
                Some(Rule::Pair(PairStdp::new(num_neurons, num_neurons, p.rules()[1], grid)));
        }
        let network = Network::new(grid, vec![input, output], vec![excitation, inhibition]);
        let spiking = Self {
            network,
            drive_mv: p.input_drive_mv as f32,
            has_complement: false,
            jitter_mv: 0.0,
            noise_mv: 0.0,
            starts_quiet: true,
            noise: Stream::new(seed, "jitter"),
        };
        (spiking, grid)
    }

    /// The early programs' network.
    pub fn brian(p: &BrianParams, num_neurons: usize, seed: u32) -> (Self, TimeGrid) {
        let grid = TimeGrid::new(0.1);
        let inputs = LifParams {
            tau_m_ms: 1.0,
            e_l_mv: 0.0,
            v_th_mv: 1.0,
            v_reset_mv: 0.0,
            t_ref_ms: VOLLEY_PERIOD_MS - grid.dt_ms(),
        };
        let outputs = LifParams {
            tau_m_ms: p.tau_m_ms,
            v_th_mv: p.v_th_mv,
            v_reset_mv: p.v_reset_mv,
            t_ref_ms: 0.0,
            ..inputs
        };
        let input = Population::new("inputs", Lif::new(NUM_PIXELS, &inputs, grid));
        let output = Population::new("outputs", Lif::new(num_neurons, &outputs, grid));
        let mut wiring = Stream::new(seed, "wiring");
        let (low, high) = (p.w_init_min as f32, p.w_init_max as f32);
        let from_inputs = connect::all_to_all(NUM_PIXELS, num_neurons, low, high, &mut wiring);
        let high = p.inhibition_init_mv as f32;
        let lateral = connect::all_to_others(num_neurons, 0.0, high, &mut wiring);
        let rules = p.rules();
        let projection = |pre, weights, delay_ms, tau_ms, r_m, stdp: Option<PairStdpParams>| {
            // As in Brian, a spike that has arrived takes effect in the step after.
            let delay_ticks = grid.ticks_from_ms(delay_ms) + 1;
            let mut projection = Projection::new(pre, 1, num_neurons, weights, delay_ticks);
            let soma = ExponentialCurrent::new(num_neurons, tau_ms, p.tau_m_ms, r_m, grid);
            projection.soma = Some(soma);
            let num_pre = if pre == 0 { NUM_PIXELS } else { num_neurons };
            projection.stdp =
                stdp.map(|rule| Rule::Pair(PairStdp::new(num_pre, num_neurons, rule, grid)));
            projection
        };
        // A current of area w through a resistance of τ starts at w.
        let excitation =
            projection(0, from_inputs, p.delay_e_ms, p.tau_e_ms, p.tau_e_ms, Some(rules[0]));
        let lateral_rule = p.plastic_inhibition.then_some(rules[1]);
        let inhibition =
            projection(1, lateral, p.delay_i_ms, p.tau_i_ms, -p.tau_i_ms, lateral_rule);
        let spiking = Self {
            network: Network::new(grid, vec![input, output], vec![excitation, inhibition]),
            drive_mv: 20.0,
            has_complement: false,
            jitter_mv: 0.0,
            noise_mv: 0.0,
            starts_quiet: false,
            noise: Stream::new(seed, "jitter"),
        };
        (spiking, grid)
    }

    /// Starts a presentation of these active pixels: inputs start anew; ours lets outputs go on.
    pub fn begin(&mut self, active: &[bool; NUM_PIXELS], is_testing: bool) {
        if self.starts_quiet {
            self.network.quiet();
        }
        let input = &mut self.network.populations[INPUT];
        input.neurons.reset();
        for (idx, drive) in input.drive_mv.iter_mut().enumerate() {
            let is_on = active[idx % NUM_PIXELS] == (idx < NUM_PIXELS);
            *drive = if is_on { self.drive_mv } else { 0.0 };
        }
        if self.jitter_mv > 0.0 {
            for v in input.neurons.v_mv_mut() {
                *v = self.noise.between(0.0, self.jitter_mv);
            }
        }
        if self.noise_mv > 0.0 {
            for drive in &mut self.network.populations[OUTPUT].drive_mv {
                *drive = if is_testing { 0.0 } else { self.noise_mv * self.noise.normal() };
            }
        }
    }

    /// One step.
    pub fn step(&mut self, is_learning: bool) {
        self.network.step(is_learning);
    }

    /// Forgets potentials and spikes under way; weights and thresholds stay.
    pub fn quiet(&mut self) {
        self.network.quiet();
    }

    /// The synapses that learn, to hand them a success signal.
    pub fn input_to_output(&mut self) -> &mut Projection {
        &mut self.network.projections[INPUT_TO_OUTPUT]
    }

    /// Looks for what it cannot go on with.
    pub fn look(&mut self) -> Option<Fault> {
        self.network.look()
    }

    /// Inputs that fired in the last step.
    pub fn input_fired(&self) -> &[u32] {
        self.network.populations[INPUT].fired()
    }

    /// Outputs that fired in the last step.
    pub fn output_fired(&self) -> &[u32] {
        self.network.populations[OUTPUT].fired()
    }

    /// Potentials of the outputs.
    pub fn potential_mv(&self) -> &[f32] {
        self.network.populations[OUTPUT].neurons.v_mv()
    }

    /// Thresholds of the outputs, raised part included.
    pub fn threshold_mv(&self, neuron: usize) -> f32 {
        let output = &self.network.populations[OUTPUT];
        let raised = output.threshold.as_ref().map_or(0.0, |t| t.theta_mv()[neuron]);
        output.neurons.v_th_mv() + raised
    }

    /// `weights[input × num_neurons + neuron]`.
    pub fn weights(&self) -> &[f32] {
        self.network.projections[INPUT_TO_OUTPUT].weights()
    }

    /// Everything learned, by name.
    pub fn learned(&self) -> Vec<(&'static str, Vec<u32>, &[f32])> {
        let outputs = self.network.populations[OUTPUT].len() as u32;
        let inputs = self.network.populations[INPUT].len() as u32;
        let mut arrays = vec![("input_to_output", vec![inputs, outputs], self.weights())];
        if let Some(inhibition) = self.network.projections.get(1) {
            arrays.push(("output_to_output", vec![outputs, outputs], inhibition.weights()));
        }
        if let Some(threshold) = &self.network.populations[OUTPUT].threshold {
            arrays.push(("theta_mv", vec![outputs], threshold.theta_mv()));
        }
        arrays
    }

    /// Takes over the array that [`Spiking::learned`] gives under this name.
    pub fn set_learned(&mut self, name: &str, values: &[f32]) {
        match name {
            "input_to_output" => self.network.projections[INPUT_TO_OUTPUT].set_weights(values),
            "output_to_output" => self.network.projections[1].set_weights(values),
            _ => {
                if let Some(threshold) = &mut self.network.populations[OUTPUT].threshold {
                    threshold.theta_mv_mut().copy_from_slice(values);
                }
            }
        }
    }

    /// Takes over constants of the rules that may change under way.
    pub fn adopt_fixed(&mut self, p: &FixedParams) {
        let num_neurons = self.network.populations[OUTPUT].len();
        if let Some(stdp) = &mut self.network.projections[INPUT_TO_OUTPUT].stdp {
            stdp.set_pair_params(p.stdp());
        }
        if let Some(threshold) = &mut self.network.populations[OUTPUT].threshold {
            threshold.set_params(&p.threshold(num_neurons));
        }
    }

    /// The same for the published networks: the rules of excitation and inhibition.
    pub fn adopt_rules(&mut self, rules: [PairStdpParams; 2]) {
        for (projection, rule) in self.network.projections.iter_mut().zip(rules) {
            if let Some(stdp) = &mut projection.stdp {
                stdp.set_pair_params(rule);
            }
        }
    }
}

/// Resistance of the paper's somas.
pub(super) const R_M: f64 = 80.0;

impl FixedParams {
    pub(super) fn stdp(&self) -> PairStdpParams {
        PairStdpParams {
            a_plus: self.eta,
            a_minus: self.eta * self.depression,
            tau_plus_ms: self.tau_plus_ms,
            tau_minus_ms: self.tau_minus_ms,
            w_min: 0.0,
            w_max: 1.0,
            bound: Bound::Soft,
            pairing: Pairing::Nearest,
            coincidence: Coincidence::PreFirst,
        }
    }

    pub(super) fn threshold(&self, num_neurons: usize) -> AdaptiveThresholdParams {
        // All volleys, shared equally.
        let volleys = (self.presentation_ms / INPUT_PERIOD_MS).floor();
        AdaptiveThresholdParams {
            theta_plus_mv: self.theta_plus_mv,
            target_rate_hz: volleys / self.presentation_ms * 1_000.0 / num_neurons as f64,
            theta_min_mv: -0.85 * self.v_th_mv,
        }
    }
}

impl PaperParams {
    /// Of excitation and of inhibition.
    pub fn rules(&self) -> [PairStdpParams; 2] {
        let Amplitudes { eta, a_plus, a_minus } = self.amplitudes;
        [(0.0, 1.0), (-1.0, 0.0)].map(|(w_min, w_max)| PairStdpParams {
            a_plus: eta * a_plus,
            a_minus: eta * a_minus,
            tau_plus_ms: self.tau_plus_ms,
            tau_minus_ms: self.tau_minus_ms,
            w_min,
            w_max,
            bound: Bound::Soft,
            pairing: Pairing::AllToAll,
            coincidence: Coincidence::PreFirst,
        })
    }

    /// Constants of the dendrites.
    pub fn dendrites(&self) -> AddsParams {
        AddsParams {
            tau_min_ms: 2.0,
            tau_max_ms: 30.0,
            tau_m_ms: self.tau_m_ms,
            v_th_mv: 10.0,
            r_m: R_M,
            impulse: self.input_gain,
        }
    }
}

/// Time between two of the early programs' volleys.
pub(super) const VOLLEY_PERIOD_MS: f64 = 100.0;

impl BrianParams {
    /// Of excitation and of inhibition.
    pub fn rules(&self) -> [PairStdpParams; 2] {
        let sign = if self.depression_slip { -1.0 } else { 1.0 };
        [self.w_max_mv, self.inhibition_max_mv].map(|w_max| PairStdpParams {
            a_plus: self.a_plus * w_max,
            a_minus: sign * self.a_minus * w_max,
            tau_plus_ms: self.tau_plus_ms,
            tau_minus_ms: self.tau_minus_ms,
            w_min: 0.0,
            w_max,
            bound: Bound::Hard,
            pairing: Pairing::AllToAll,
            coincidence: Coincidence::PreFirst,
        })
    }
}

/// Peak of the potential that a unit weight gives a soma of resistance 1.
pub(super) fn unit_peak(tau_s_ms: f64, tau_m_ms: f64) -> f64 {
    use crate::sim::math::{exp_f64, ln_f64};
    let at_ms = ln_f64(tau_m_ms / tau_s_ms) / (1.0 / tau_s_ms - 1.0 / tau_m_ms);
    (exp_f64(-at_ms / tau_m_ms) - exp_f64(-at_ms / tau_s_ms)) / (tau_m_ms - tau_s_ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::math::exp_f64;

    /// What a spike of weight 1 that took effect `t_ms` ago does to V.
    fn response(tau_s_ms: f64, tau_m_ms: f64, t_ms: f64) -> f64 {
        let t = t_ms.max(0.0);
        tau_s_ms / (tau_m_ms - tau_s_ms) * (exp_f64(-t / tau_m_ms) - exp_f64(-t / tau_s_ms))
    }

    fn one_pixel() -> [bool; NUM_PIXELS] {
        std::array::from_fn(|pixel| pixel == 0)
    }

    #[test]
    fn a_spike_gives_the_difference_of_two_exponentials_after_its_delay() {
        let p = BrianParams::default();
        let (mut net, grid) = Spiking::brian(&p, 2, 1);
        // The pixel makes output 1 fire, and output 0 sees both signs.
        let (w, w_i) = (30.0, 4.0);
        let mut weights = [0.0; 2 * NUM_PIXELS];
        weights[..2].copy_from_slice(&[w, 1e3]);
        net.set_learned("input_to_output", &weights);
        net.set_learned("output_to_output", &[0.0, 0.0, w_i, 0.0]);
        net.begin(&one_pixel(), false);
        let (mut inhibited_at, mut volleys) = (Vec::new(), Vec::new());
        for tick in 0..2_500_u64 {
            net.step(false);
            let end_ms = (tick + 1) as f64 * grid.dt_ms();
            // Spikes belong to the end of their step.
            if !net.input_fired().is_empty() {
                volleys.push(end_ms);
            }
            if net.output_fired().contains(&1) {
                inhibited_at.push(end_ms + p.delay_i_ms);
            }
            let sum = |tau_s, starts: &[f64]| -> f64 {
                starts.iter().map(|start| response(tau_s, p.tau_m_ms, end_ms - start)).sum()
            };
            let arrivals: Vec<f64> = volleys.iter().map(|at| at + p.delay_e_ms).collect();
            let expected = f64::from(w) * sum(p.tau_e_ms, &arrivals)
                - f64::from(w_i) * sum(p.tau_i_ms, &inhibited_at);
            let v = f64::from(net.potential_mv()[0]);
            assert!((v - expected).abs() < 1e-4, "{end_ms} ms: {v} {expected}");
        }
        let period: Vec<f64> = volleys.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!(period.len(), 2);
        assert!(period.iter().all(|ms| (ms - VOLLEY_PERIOD_MS).abs() < 1e-9), "{period:?}");
        assert!(!inhibited_at.is_empty());
    }

    #[test]
    fn the_sign_slip_turns_depression_into_growth() {
        for depression_slip in [true, false] {
            let p = BrianParams { depression_slip, delay_e_ms: 0.0, ..BrianParams::default() };
            let (mut net, _) = Spiking::brian(&p, 1, 1);
            // An output above its threshold fires just before the input arrives.
            net.network.populations[OUTPUT].neurons.v_mv_mut()[0] = 6.0;
            net.begin(&one_pixel(), false);
            let before = net.weights()[0];
            (0..5).for_each(|_| net.step(true));
            assert_eq!(net.weights()[0] > before, depression_slip);
        }
    }
}
