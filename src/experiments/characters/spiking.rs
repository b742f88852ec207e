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

use super::describe::describe;
use super::glyphs::NUM_PIXELS;
use super::params::{Characters, Mode};
use crate::lab::built;
use crate::net::Drive;
use crate::record::ArrayView;
use crate::sim::network::{Network, Population, Projection};
use crate::sim::{Fault, Stream, Tick, TimeGrid, connect};

/// The populations' and projections' places in the network.
const INPUT: usize = 0;
const OUTPUT: usize = 1;
const INPUT_TO_OUTPUT: usize = 0;

/// A spiking network for the task.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Spiking {
    pub(super) network: Network,
    /// R I of an active input.
    drive_mv: f32,
    jitter_mv: f32,
    /// Spread of the random R I of the outputs in training.
    noise_mv: f32,
    /// Outputs forget one presentation before the next.
    starts_quiet: bool,
    noise: Stream,
}

impl Spiking {
    /// The simulator of a network that is described, but for those that run beside it.
    pub fn new(params: &Characters, seed: u32) -> (Self, TimeGrid) {
        let described = describe(params);
        let grid = TimeGrid::new(described.dt_ms);
        let [input, output] = ["input", "output"];
        let mut spiking = Self {
            network: built::network(&described, &[input, output], seed)
                .expect("a network that can be built"),
            drive_mv: 0.0,
            jitter_mv: 0.0,
            noise_mv: 0.0,
            starts_quiet: described.schedule.phases[0].starts_at_rest,
            noise: Stream::new(seed, "jitter"),
        };
        for source in &described.sources {
            let to = &source.to.population;
            match source.drive {
                Drive::ShownCurrent { r_i_mv, start_mv, .. } if to == input => {
                    (spiking.drive_mv, spiking.jitter_mv) = (r_i_mv as f32, start_mv as f32);
                }
                Drive::TrialNoise { sd_mv } if to == output => {
                    spiking.noise_mv = sd_mv as f32;
                }
                _ => {}
            }
        }
        if matches!(params.mode, Mode::Fixed(_) | Mode::Reward(_)) {
            spiking.start_near(seed);
        }
        (spiking, grid)
    }

    /// Our initial weights, whose ends are rounded to single precision before they are multiplied.
    fn start_near(&mut self, seed: u32) {
        let (num_inputs, num) = (self.network.populations[INPUT].len(), self.outputs().len());
        let w = 1.0 / num_inputs as f32;
        let mut wiring = Stream::new(seed, "wiring");
        let weights = connect::all_to_all(num_inputs, num, 0.6 * w, 1.4 * w, &mut wiring);
        self.input_to_output().set_weights(&weights);
        self.input_to_output().normalise_all();
    }

    /// The output neurons.
    pub fn outputs(&self) -> &Population {
        &self.network.populations[OUTPUT]
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

    /// The synapses that learn, to hand them a success signal.
    pub fn input_to_output(&mut self) -> &mut Projection {
        &mut self.network.projections[INPUT_TO_OUTPUT]
    }

    /// Looks for what it cannot go on with.
    pub fn look(&mut self, _now: Tick) -> Option<Fault> {
        self.network.look()
    }

    /// Potentials of the outputs.
    pub fn potential_mv(&self) -> &[f32] {
        self.outputs().neurons.v_mv()
    }

    /// Thresholds of the outputs, raised part included.
    pub fn threshold_mv(&self, neuron: usize) -> f32 {
        let output = self.outputs();
        let raised = output.threshold.as_ref().map_or(0.0, |t| t.theta_mv()[neuron]);
        output.neurons.v_th_mv() + raised
    }

    /// `weights[input × num_neurons + neuron]`.
    pub fn weights(&self) -> &[f32] {
        self.network.projections[INPUT_TO_OUTPUT].weights()
    }

    /// Everything learned, by name.
    pub fn learned(&self) -> Vec<ArrayView<'_>> {
        let inputs = self.network.populations[INPUT].len() as u32;
        let outputs = self.outputs().len() as u32;
        let mut arrays =
            vec![ArrayView::new("input_to_output", &[inputs, outputs], self.weights())];
        if let Some(inhibition) = self.network.projections.get(1) {
            let shape = [outputs, outputs];
            arrays.push(ArrayView::new("output_to_output", &shape, inhibition.weights()));
        }
        if let Some(threshold) = &self.outputs().threshold {
            arrays.push(ArrayView::row("theta_mv", threshold.theta_mv()));
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
    pub fn adopt(&mut self, mode: &Mode) {
        let num = self.outputs().len();
        for (projection, rule) in self.network.projections.iter_mut().zip(mode.rules()) {
            if let Some(stdp) = &mut projection.stdp {
                stdp.set_pair_params(rule);
            }
        }
        let threshold = self.network.populations[OUTPUT].threshold.as_mut();
        if let (Some(threshold), Some(params)) = (threshold, mode.threshold(num)) {
            threshold.set_params(&params);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::params::BrianParams;
    use super::super::rules::VOLLEY_PERIOD_MS;
    use super::*;
    use crate::sim::math::exp_f64;

    /// What a spike of weight 1 that took effect `t_ms` ago does to V.
    fn response(tau_s_ms: f64, tau_m_ms: f64, t_ms: f64) -> f64 {
        let t = t_ms.max(0.0);
        tau_s_ms / (tau_m_ms - tau_s_ms) * (exp_f64(-t / tau_m_ms) - exp_f64(-t / tau_s_ms))
    }

    /// With two outputs.
    fn brian(p: &BrianParams) -> (Spiking, TimeGrid) {
        let (letters, mode) = ("AB".into(), Mode::Brian(p.clone()));
        let params = Characters { letters, mode, ..Characters::default() };
        Spiking::new(&params, 1)
    }

    fn one_pixel() -> [bool; NUM_PIXELS] {
        std::array::from_fn(|pixel| pixel == 0)
    }

    #[test]
    fn a_spike_gives_the_difference_of_two_exponentials_after_its_delay() {
        let p = BrianParams::default();
        let (mut net, grid) = brian(&p);
        // The pixel makes output 1 fire, and output 0 sees both signs.
        let (w, w_i) = (30.0, 4.0);
        let mut weights = [0.0; 2 * NUM_PIXELS];
        weights[..2].copy_from_slice(&[w, 1e3]);
        net.set_learned("input_to_output", &weights);
        net.set_learned("output_to_output", &[0.0, 0.0, w_i, 0.0]);
        net.begin(&one_pixel(), false);
        let (mut inhibited_at, mut volleys) = (Vec::new(), Vec::new());
        for tick in 0..2_500_u64 {
            net.network.step(false);
            let end_ms = (tick + 1) as f64 * grid.dt_ms();
            // Spikes belong to the end of their step.
            if !net.network.populations[INPUT].fired().is_empty() {
                volleys.push(end_ms);
            }
            if net.outputs().fired().contains(&1) {
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
            let (mut net, _) = brian(&p);
            // An output above its threshold fires just before the input arrives.
            net.network.populations[OUTPUT].neurons.v_mv_mut()[0] = 6.0;
            net.begin(&one_pixel(), false);
            let before = net.weights()[0];
            (0..5).for_each(|_| net.network.step(true));
            assert_eq!(net.weights()[0] > before, depression_slip);
        }
    }
}
