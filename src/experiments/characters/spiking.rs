//! The two networks that are real spiking networks: ours, and the paper's.
//!
//! Both have one leaky integrate-and-fire input per pixel, driven by a constant current while its pixel
//! is active (about three spikes in 300 ms), and one output per glyph, connected to all inputs.
//!
//! **Ours** (`fixed`). Outputs are leaky integrate-and-fire neurons with exponential synapses. Pair STDP
//! with soft bounds at every spike; the weights onto a neuron keep their sum; the first output to cross
//! its threshold inhibits the others; thresholds rise with every spike and sink at a steady rate, so that
//! each neuron wins as often as there are glyphs for it.
//!
//! **The paper's** (`paper`). Outputs have active dendrites (`sim/neuron/adds.rs`) and a direct current to
//! the soma; they inhibit each other through that current with plastic weights in [−1, 0]. One rule, pair
//! STDP with soft bounds and windows of 1 ms, for both kinds of weight. Nothing else competes. Two gains
//! are ours: with input spikes as full impulses every output fires at every volley, and with inhibition at
//! face value nobody is held back.

use serde::{Deserialize, Serialize};

use super::glyphs::NUM_PIXELS;
use super::params::{FixedParams, PaperParams};
use crate::sim::competition::WinnerTakeAll;
use crate::sim::network::{Network, Population, Projection};
use crate::sim::neuron::adds::{AddsParams, Dendrites};
use crate::sim::neuron::{Lif, LifParams};
use crate::sim::plasticity::{
    AdaptiveThreshold, AdaptiveThresholdParams, Bound, Coincidence, PairStdp, PairStdpParams,
    Pairing, Rule,
};
use crate::sim::synapse::ExponentialCurrent;
use crate::sim::{Stream, TimeGrid, connect};

/// The populations' and projections' places in the network.
const INPUT: usize = 0;
const OUTPUT: usize = 1;
const INPUT_TO_OUTPUT: usize = 0;

/// Rise of the synaptic potential.
const TAU_S_MS: f64 = 5.0;
/// Potential that a volley through weights that sum to 1 gives an output.
const VOLLEY_MV: f64 = 20.0;

/// Time between two spikes of a driven input: 50 ms · ln(24 / (24 − 20)) on the grid.
const INPUT_PERIOD_MS: f64 = 90.0;

/// A spiking network for the task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spiking {
    network: Network,
    /// R I of an active input.
    drive_mv: f32,
    /// Every pixel has a second input that is active when it is not.
    has_complement: bool,
    jitter_mv: f32,
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
            starts_quiet: false,
            noise: Stream::new(seed, "jitter"),
        };
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
        let (low, high) = (p.w_init_min as f32, p.w_init_max as f32);
        let weights = connect::all_to_all(NUM_PIXELS, num_neurons, low, high, &mut wiring);
        let mut excitation = Projection::new(0, 1, num_neurons, weights, 1);
        excitation.dendrites =
            Some(Dendrites::new(num_neurons, excitation.weights(), p.dendrites(), grid));
        excitation.soma = Some(soma(p.input_gain));
        excitation.stdp =
            Some(Rule::Pair(PairStdp::new(NUM_PIXELS, num_neurons, p.stdp(0.0, 1.0), grid)));
        let weights = connect::all_to_others(num_neurons, -0.75, -0.25, &mut wiring);
        let mut inhibition = Projection::new(1, 1, num_neurons, weights, 1);
        inhibition.soma = Some(soma(p.inhibition_gain));
        if p.plastic_inhibition {
            inhibition.stdp =
                Some(Rule::Pair(PairStdp::new(num_neurons, num_neurons, p.stdp(-1.0, 0.0), grid)));
        }
        let network = Network::new(grid, vec![input, output], vec![excitation, inhibition]);
        let spiking = Self {
            network,
            drive_mv: p.input_drive_mv as f32,
            has_complement: false,
            jitter_mv: 0.0,
            starts_quiet: true,
            noise: Stream::new(seed, "jitter"),
        };
        (spiking, grid)
    }

    /// Starts a presentation of these active pixels: inputs start anew; ours lets outputs go on.
    pub fn begin(&mut self, active: &[bool; NUM_PIXELS]) {
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
    }

    /// One step.
    pub fn step(&mut self, is_learning: bool) {
        self.network.step(is_learning);
    }

    /// Forgets potentials and spikes under way; weights and thresholds stay.
    pub fn quiet(&mut self) {
        self.network.quiet();
    }

    /// The network, to look at.
    pub fn network(&self) -> &Network {
        &self.network
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

    /// The same for the paper's network.
    pub fn adopt_paper(&mut self, p: &PaperParams) {
        let bounds = [(0.0, 1.0), (-1.0, 0.0)];
        for (projection, (low, high)) in self.network.projections.iter_mut().zip(bounds) {
            if let Some(stdp) = &mut projection.stdp {
                stdp.set_pair_params(p.stdp(low, high));
            }
        }
    }
}

/// Resistance of the paper's somas.
const R_M: f64 = 80.0;

impl FixedParams {
    fn stdp(&self) -> PairStdpParams {
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

    fn threshold(&self, num_neurons: usize) -> AdaptiveThresholdParams {
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
    fn stdp(&self, w_min: f64, w_max: f64) -> PairStdpParams {
        PairStdpParams {
            a_plus: self.eta * self.a_plus,
            a_minus: self.eta * self.a_minus,
            tau_plus_ms: self.tau_plus_ms,
            tau_minus_ms: self.tau_minus_ms,
            w_min,
            w_max,
            bound: Bound::Soft,
            pairing: Pairing::AllToAll,
            coincidence: Coincidence::PreFirst,
        }
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

/// Peak of the potential that a unit weight gives a soma of resistance 1.
fn unit_peak(tau_s_ms: f64, tau_m_ms: f64) -> f64 {
    use crate::sim::math::{exp_f64, ln_f64};
    let at_ms = ln_f64(tau_m_ms / tau_s_ms) / (1.0 / tau_s_ms - 1.0 / tau_m_ms);
    (exp_f64(-at_ms / tau_m_ms) - exp_f64(-at_ms / tau_s_ms)) / (tau_m_ms - tau_s_ms)
}
