//! A run of the published network, with what its figures need.

use get_size2::GetSize;

use super::params::{Mode, PatternClustering, PublishedParams};
use super::published::{GROUP, Published, Start};
use super::seen::{self, Seen};
use super::similarity::Onto;
use super::starts::Starts;
use crate::lab::{Model, Population};
use crate::record::{ArrayView, Hasher};
use crate::sim::published::counting_net::V_TH_MV;
use crate::sim::{Fault, Tick};

/// Iterations between two points of the curves.
pub const BLOCK: Tick = 10;
/// Traces and rasters reach back this far.
pub const WINDOW: Tick = 200;

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PublishedRun {
    pub(super) model: Published,
    pub(super) start_mv: [f32; 2],
    pub(super) starts: Starts,
    pub(super) seen: Seen,
    /// Of every weight onto the silent output what it has gained, at the end of every block.
    pub(super) silent_history: Vec<Vec<f32>>,
    silent_start: Vec<f32>,
    fired: Vec<u32>,
    num_spikes: [u64; 2],
    num_spikes_in: [u64; 2],
}

impl PublishedRun {
    /// A run at its first iteration.
    pub fn new(p: &PublishedParams, seed: u32) -> Self {
        let start = Start::new(p, seed, "initial state");
        let start_mv = start.outputs_mv(p);
        let model = Published::new(p, start, seed, "noise");
        let silent_start = model.onto_silent();
        Self {
            seen: Seen::new(model.onto(), p.num_iterations.into(), (4, WINDOW, 1)),
            starts: Starts::new(p, seed),
            silent_history: vec![Vec::new(); silent_start.len()],
            silent_start,
            fired: Vec::new(),
            num_spikes: [0; 2],
            num_spikes_in: [0; 2],
            model,
            start_mv,
        }
    }

    /// The outputs, and the first neuron of each group.
    fn log_traces(&mut self, tick: Tick) {
        let net = &self.model.net;
        let first = net.v_mv().len() - net.num_out();
        let shown = [first, first + 1, 0, GROUP];
        let (inputs, outputs) = net.fired();
        self.fired.clear();
        self.fired.extend_from_slice(outputs);
        for (column, input) in [(2, 0), (3, GROUP as u32)] {
            if inputs.contains(&input) {
                self.fired.push(column);
            }
        }
        self.seen.potentials.push(tick, &shown.map(|n| net.v_mv()[n]), &self.fired);
        self.seen.currents.push(tick, &shown.map(|n| net.current()[n]), &[]);
    }

    fn end_block(&mut self) {
        self.seen.end_block(self.model.onto());
        let gains = self.model.onto_silent().into_iter().zip(&self.silent_start);
        for (values, (now, start)) in self.silent_history.iter_mut().zip(gains) {
            values.push(now - start);
        }
    }

    /// How many of the two outputs started above the threshold.
    pub fn num_above(&self) -> u32 {
        self.start_mv.map(|v| u32::from(v >= V_TH_MV)).iter().sum()
    }
}

impl Model for PublishedRun {
    type Params = PatternClustering;

    /// One iteration, and some of the other starts.
    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        self.model.step(tick);
        self.starts.run_some(&self.model.p);
        let (inputs, outputs) = self.model.net.fired();
        self.seen.fired(tick, inputs, outputs, hasher);
        outputs.iter().for_each(|&output| self.num_spikes[output as usize] += 1);
        for &input in inputs.iter().filter(|input| **input < 2 * GROUP as u32) {
            self.num_spikes_in[input as usize / GROUP] += 1;
        }
        self.log_traces(tick);
        if (tick + 1).is_multiple_of(BLOCK) {
            self.end_block();
        }
    }

    fn num_ticks(&self) -> Tick {
        self.model.p.num_iterations.into()
    }

    /// A point of the curves.
    fn trial_ticks(&self) -> Tick {
        BLOCK
    }

    fn phase(&self, now: Tick) -> String {
        let which = match self.start_mv.map(|v| v >= V_TH_MV) {
            [true, true] => "both outputs started above threshold",
            [true, false] => "output 1 started above threshold",
            [false, true] => "output 2 started above threshold",
            [false, false] => "no output started above threshold",
        };
        format!("iteration {now} of {}; {which}", self.model.p.num_iterations)
    }

    /// Other starts are run again, with the new values.
    fn adopt(&mut self, params: &PatternClustering) {
        if let Mode::Published(p) = &params.mode {
            self.model.p = p.clone();
            self.starts.begin_again(p);
        }
    }

    fn summary(&self, _now: Tick) -> Vec<(&'static str, f64)> {
        let model = &self.model;
        let [one, two] = model.preferences();
        let per_neuron = |spikes: u64| spikes as f64 / GROUP as f64;
        let lowest = model.net.weights().iter().copied().fold(f32::MAX, f32::min);
        let highest = model.net.weights().iter().copied().fold(f32::MIN, f32::max);
        let mut rows = self.seen.summary(model.onto(), [one, two]);
        rows.extend([
            ("same_winner", f64::from(u8::from(model.is_same_winner()))),
            ("outputs_started_above", f64::from(self.num_above())),
            ("preference_1", one),
            ("preference_2", two),
            ("weight_min", f64::from(lowest)),
            ("weight_max", f64::from(highest)),
            ("spikes_input_a", per_neuron(self.num_spikes_in[0])),
            ("spikes_input_b", per_neuron(self.num_spikes_in[1])),
            ("spikes_output_1", self.num_spikes[0] as f64),
            ("spikes_output_2", self.num_spikes[1] as f64),
            ("dopamine", f64::from(model.net.dopamine())),
        ]);
        if model.p.silent {
            let gains = model.onto_silent().into_iter().zip(&self.silent_start);
            let largest = gains.map(|(now, start)| (now - start).abs()).fold(0.0, f32::max);
            rows.push(("silent_output_change", largest.into()));
        }
        rows.extend(self.starts.summary());
        rows
    }

    fn look(&mut self, now: Tick) -> Option<Fault> {
        self.model.net.find_fault(now)
    }

    /// Cosine of the two outputs' weights, by block.
    fn learning_curve(&self) -> Vec<f32> {
        self.seen.cosine.clone()
    }

    fn populations(&self) -> Vec<Population> {
        seen::populations(self.model.onto())
    }

    fn eligibilities(&self) -> Vec<ArrayView<'_>> {
        seen::arrays(Onto { weights: self.model.net.eligibility(), ..self.model.onto() })
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        seen::arrays(self.model.onto())
    }

    fn weights_mut(&mut self) -> Vec<&mut [f32]> {
        vec![self.model.net.weights_mut()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = PublishedRun::new(&PublishedParams::default(), 1);
        run.model.net.weights_mut()[3] = f32::NAN;
        assert_stops(run, 1);
    }
}
