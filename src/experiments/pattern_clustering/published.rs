//! A run of the published network, with what its figures need.

use get_size2::GetSize;

use super::WEIGHTS;
#[cfg(not(target_arch = "wasm32"))]
use super::curves::POPULATIONS;
use super::network::{Drive, Network, V_TH_MV};
use super::params::{Mode, PatternClustering, PublishedParams, Stimulus};
use super::pictures::Pictures;
use super::similarity::{centred, cosine, mean, onto, preference};
use super::starts::Starts;
use crate::lab::Model;
#[cfg(not(target_arch = "wasm32"))]
use crate::lab::Population;
use crate::record::{Hasher, NamedArray, RasterLog, TraceLog, WeightsFile};
use crate::sim::{Fault, Stream, Tick};

/// Inputs of a group.
pub const GROUP: usize = 4;
/// Iterations between two points of the curves.
pub const BLOCK: Tick = 10;
/// Traces and rasters reach back this far.
pub const WINDOW: Tick = 200;

/// The network and its stimulus.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Published {
    pub(super) p: PublishedParams,
    pub(super) net: Network,
    noise: Stream,
    pictures: Option<Pictures>,
    currents: Vec<f32>,
    clamped: Vec<u32>,
}

/// A start: weights and potentials.
pub struct Start {
    v_mv: Vec<f32>,
    weights: Vec<f32>,
}

impl Start {
    /// Drawn anew: W from N(50, 5), v from around the threshold.
    pub fn new(p: &PublishedParams, seed: u32, name: &str) -> Self {
        let num_in = 2 * GROUP + usize::from(p.silent);
        let num_out = 2 + usize::from(p.silent);
        let mut stream = Stream::new(seed, name);
        let sd = p.v_init_sd_mv as f32;
        let mut draw = |num: usize, mean: f32, sd: f32| -> Vec<f32> {
            (0..num).map(|_| mean + sd * stream.normal()).collect()
        };
        let weights = draw(num_in * num_out, 50.0, 5.0);
        Self { weights, v_mv: draw(num_in + num_out, V_TH_MV, sd) }
    }

    /// Potentials of the two outputs.
    pub fn outputs_mv(&self, p: &PublishedParams) -> [f32; 2] {
        let first = 2 * GROUP + usize::from(p.silent);
        [self.v_mv[first], self.v_mv[first + 1]]
    }
}

impl Published {
    /// A network at this start.
    pub fn new(p: &PublishedParams, start: Start, seed: u32, noise: &str) -> Self {
        let num_out = 2 + usize::from(p.silent);
        let gate = (p.w_min as f32, p.w_max());
        let noise = Stream::new(seed, noise);
        let pictures = match p.stimulus {
            Stimulus::Currents => None,
            Stimulus::Pictures => Some(Pictures::new(noise.clone())),
        };
        let net = Network::new(p.rule, gate, p.tau_s as f32, start.v_mv, start.weights, num_out);
        Self { p: p.clone(), net, noise, pictures, currents: Vec::new(), clamped: Vec::new() }
    }

    /// One iteration.
    pub fn step(&mut self, tick: Tick) {
        if let Some(pictures) = &mut self.pictures {
            pictures.fire(tick, &mut self.clamped);
            self.net.step(&Drive::Spikes(&self.clamped));
            return;
        }
        self.currents.clear();
        for mean in [self.p.i_a, self.p.i_b] {
            // One draw for the whole group.
            let current = mean as f32 + self.p.noise_sd as f32 * self.noise.normal();
            self.currents.extend([current; GROUP]);
        }
        if self.p.silent {
            self.currents.push(0.0);
        }
        self.net.step(&Drive::Currents(&self.currents));
    }

    /// Weights onto an output, from both groups; the silent input's is left out.
    pub fn onto(&self, output: usize) -> impl Iterator<Item = f64> + Clone {
        onto(self.net.weights(), self.net.num_out(), output).take(2 * GROUP)
    }

    /// Weights onto the silent output, if there is one.
    fn onto_silent(&self) -> Vec<f32> {
        let silent = self.net.weights().iter().skip(2).step_by(3);
        if self.p.silent { silent.copied().collect() } else { Vec::new() }
    }

    /// Cosine of the two outputs' weights.
    pub fn cosine(&self) -> f64 {
        cosine(self.onto(0), self.onto(1))
    }

    /// The mean weight from each group onto an output.
    pub fn means(&self, output: usize) -> [f64; 2] {
        [mean(self.onto(output).take(GROUP)), mean(self.onto(output).skip(GROUP))]
    }

    /// Of each output: for ▲ 1, for ■ −1.
    pub fn preferences(&self) -> [f64; 2] {
        [0, 1].map(|output| {
            let [a, b] = self.means(output);
            preference(a, b)
        })
    }

    /// Whether both groups have their stronger weights onto the same output.
    pub fn is_same_winner(&self) -> bool {
        let (one, two) = (self.means(0), self.means(1));
        (one[0] > two[0]) == (one[1] > two[1])
    }
}

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PublishedRun {
    pub(super) model: Published,
    pub(super) start_mv: [f32; 2],
    pub(super) starts: Starts,
    pub(super) baseline: f64,
    pub(super) cosine: Vec<f32>,
    pub(super) centred: Vec<f32>,
    /// Every weight onto the first output at the end of every block, then onto the second, by input.
    pub(super) history: Vec<Vec<f32>>,
    /// Of every weight onto the silent output what it has gained, at the end of every block.
    pub(super) silent_history: Vec<Vec<f32>>,
    silent_start: Vec<f32>,
    pub(super) inputs_log: RasterLog,
    pub(super) outputs_log: RasterLog,
    pub(super) v_log: TraceLog,
    pub(super) current_log: TraceLog,
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
            baseline: model.cosine(),
            starts: Starts::new(seed),
            cosine: Vec::new(),
            centred: Vec::new(),
            history: vec![Vec::new(); 4 * GROUP],
            silent_history: vec![Vec::new(); silent_start.len()],
            silent_start,
            inputs_log: RasterLog::new(Tick::from(p.num_iterations)),
            outputs_log: RasterLog::new(Tick::from(p.num_iterations)),
            v_log: TraceLog::new(4, WINDOW, 1),
            current_log: TraceLog::new(4, WINDOW, 1),
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
        self.v_log.push(tick, &shown.map(|n| net.v_mv()[n]), &self.fired);
        self.current_log.push(tick, &shown.map(|n| net.current()[n]), &[]);
    }

    fn end_block(&mut self) {
        self.cosine.push(self.model.cosine() as f32);
        self.centred.push(centred(self.model.onto(0), self.model.onto(1)) as f32);
        let (weights, num_out) = (self.model.net.weights(), self.model.net.num_out());
        for (curve, values) in self.history.iter_mut().enumerate() {
            values.push(weights[curve / 2 * num_out + curve % 2]);
        }
        let gains = self.model.onto_silent().into_iter().zip(&self.silent_start);
        for (values, (now, start)) in self.silent_history.iter_mut().zip(gains) {
            values.push(now - start);
        }
    }

    /// How many of the two outputs started above the threshold.
    pub fn num_above(&self) -> u32 {
        self.start_mv.map(|v| u32::from(v >= V_TH_MV)).iter().sum()
    }

    fn shape(&self) -> [u32; 2] {
        let (weights, num_out) = (self.model.net.weights(), self.model.net.num_out());
        [(weights.len() / num_out) as u32, num_out as u32]
    }
}

impl Model for PublishedRun {
    type Params = PatternClustering;

    /// One iteration, and some of the other starts.
    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        self.model.step(tick);
        self.starts.run_some(&self.model.p);
        let (inputs, outputs) = self.model.net.fired();
        hasher.spikes(tick, 0, inputs);
        hasher.spikes(tick, 1, outputs);
        self.inputs_log.push(tick, inputs);
        self.outputs_log.push(tick, outputs);
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
            self.starts.forget();
        }
    }

    fn summary(&self, _now: Tick) -> Vec<(&'static str, f64)> {
        let model = &self.model;
        let [one, two] = model.preferences();
        let per_neuron = |spikes: u64| spikes as f64 / GROUP as f64;
        let lowest = model.net.weights().iter().copied().fold(f32::MAX, f32::min);
        let highest = model.net.weights().iter().copied().fold(f32::MIN, f32::max);
        let mut rows = vec![
            ("cosine_final", model.cosine()),
            ("cosine_centred", centred(model.onto(0), model.onto(1))),
            ("cosine_baseline", self.baseline),
            ("selectivity", (one - two).abs() / 2.0),
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
        ];
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
        self.cosine.clone()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn populations(&self) -> Vec<Population> {
        let net = &self.model.net;
        Population::all(POPULATIONS, [net.num_in() as u32, net.num_out() as u32])
    }

    fn weights(&self) -> Vec<NamedArray> {
        let (shape, values) = (self.shape().to_vec(), self.model.net.weights().to_vec());
        vec![NamedArray { name: WEIGHTS.into(), shape, values }]
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let weights = file.array(WEIGHTS, &self.shape())?;
        self.model.net.weights_mut().copy_from_slice(weights);
        Ok(())
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
