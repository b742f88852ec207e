//! Biofeedback: neurons with inputs of their own, and common dopamine for every spike of the first.
//!
//! **Equations.** A spike of neuron 1 adds r to the dopamine D after a delay; τ_d dD/dt = −D. Its success is S = D − D̄
//! with a running mean D̄. Weights move by dw/dt = η S e; S and e are looked at every [`STRIDE`] steps.

use std::collections::VecDeque;

use get_size2::GetSize;

use super::DT_MS;
use super::net::{self, POPULATIONS, WEIGHTS, weights_of};
use super::params::{BioParams, RewardBaseline};
use crate::lab::param::adopt_live;
use crate::lab::{Model, Population};
use crate::record::{ArrayView, Hasher, RasterLog, TraceLog, WeightsFile};
use crate::sim::encode::{Counting, Poisson};
use crate::sim::fast::GatedNet;
use crate::sim::{Fault, Stream, Tick, TimeGrid, math};

/// Rasters and traces reach back this far.
pub const WINDOW_MS: f64 = 2_000.0;
/// Points of a curve over the whole run.
const NUM_BLOCKS: Tick = 100;
/// Steps between two changes of the weights.
pub(super) const STRIDE: Tick = 10;

/// The neurons, their dopamine and what was seen.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct BioRun {
    pub(super) p: BioParams,
    /// One for each neuron.
    pub(super) nets: Vec<GatedNet>,
    pub(super) log: RasterLog,
    pub(super) trace: TraceLog,
    /// Of each neuron, in each block.
    pub(super) rate_hz: Vec<Vec<f32>>,
    /// Mean weight onto each neuron at the end of each block.
    pub(super) weight: Vec<Vec<f32>>,
    num_ticks: Tick,
    inputs: Poisson,
    spikes: Vec<u32>,
    fired: Vec<u32>,
    dopamine: f32,
    decay: f32,
    mean: f32,
    to_mean: f32,
    is_frozen: bool,
    /// When rewards are due.
    due: VecDeque<Tick>,
    counts: Vec<u32>,
}

impl BioRun {
    /// A run at its first tick.
    pub fn new(p: &BioParams, seed: u32) -> Self {
        let grid = TimeGrid::new(DT_MS);
        let window = grid.ticks_from_ms(WINDOW_MS);
        let rates = vec![p.rate_hz as f32; (p.num_inputs * p.num_outputs) as usize];
        let outputs = p.num_outputs as usize;
        let constants = net::constants(&p.cell, &p.rule);
        let net = |neuron: u32| {
            let stream = |what: &str| Stream::new(seed, &format!("{what} {neuron}"));
            let streams = [stream("weights"), stream("output")];
            GatedNet::new([p.num_inputs, 1], &constants, grid, streams)
        };
        Self {
            nets: (0..p.num_outputs).map(net).collect(),
            log: RasterLog::new(window),
            trace: TraceLog::new(2, window, 4),
            rate_hz: vec![Vec::new(); outputs],
            weight: vec![Vec::new(); outputs],
            num_ticks: num_ticks(p),
            inputs: Poisson::new(Counting::OncePerTick, &rates, grid, Stream::new(seed, "input")),
            spikes: Vec::new(),
            fired: Vec::new(),
            dopamine: 0.0,
            decay: math::decay_per_step(DT_MS, p.tau_d_ms),
            mean: 0.0,
            to_mean: if p.tau_mean_s > 0.0 {
                (DT_MS / (p.tau_mean_s * 1_000.0)) as f32
            } else {
                0.0
            },
            is_frozen: false,
            due: VecDeque::new(),
            counts: vec![0; outputs],
            p: p.clone(),
        }
    }

    /// Steps that make one point of the curves.
    pub fn block_ticks(&self) -> Tick {
        (self.num_ticks / NUM_BLOCKS).max(1)
    }

    /// Inputs are sorted: those of the first neuron come first.
    fn step_neurons(&mut self) {
        self.fired.clear();
        let num_inputs = self.p.num_inputs;
        let mut rest = &self.spikes[..];
        for (neuron, net) in (0..).zip(&mut self.nets) {
            let first = neuron * num_inputs;
            let (own, others) = rest.split_at(rest.partition_point(|&id| id < first + num_inputs));
            rest = others;
            net.step(own.iter().map(|id| id - first));
            if !net.fired.is_empty() {
                self.fired.push(neuron);
                self.counts[neuron as usize] += 1;
            }
        }
    }

    fn end_block(&mut self) {
        let seconds = self.block_ticks() as f64 * DT_MS / 1_000.0;
        for (neuron, count) in self.counts.iter_mut().enumerate() {
            self.rate_hz[neuron].push((f64::from(*count) / seconds) as f32);
            *count = 0;
            let own = self.nets[neuron].weights.iter();
            self.weight[neuron].push(own.sum::<f32>() / self.p.num_inputs as f32);
        }
    }

    /// Mean over the neurons that are not rewarded, by block.
    pub fn others(&self, of: &[Vec<f32>]) -> Vec<f32> {
        let others = &of[1..];
        (0..of[0].len())
            .map(|block| others.iter().map(|line| line[block]).sum::<f32>() / others.len() as f32)
            .collect()
    }
}

impl Model for BioRun {
    type Params = RewardBaseline;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        self.inputs.fire(tick, &mut self.spikes);
        self.step_neurons();
        hasher.spikes(tick, 0, &self.fired);
        hasher.beside(tick, 1, &self.spikes);
        self.log.push(tick, &self.fired);
        if self.fired.first() == Some(&0) {
            self.due.push_back(tick + (self.p.delay_ms / DT_MS).round() as Tick);
        }
        self.dopamine = math::flush(self.dopamine * self.decay);
        while self.due.front().is_some_and(|due| *due <= tick) {
            self.due.pop_front();
            self.dopamine += self.p.reward as f32;
        }
        self.mean = math::flush(self.mean + (self.dopamine - self.mean) * self.to_mean);
        self.trace.push(tick, &[self.dopamine, self.mean], &[]);
        if (tick + 1).is_multiple_of(STRIDE) && !self.is_frozen {
            let seconds = STRIDE as f64 * DT_MS / 1_000.0;
            let success = f64::from(self.dopamine - self.mean);
            let gain = (self.p.rule.eta * success * seconds) as f32;
            self.nets.iter_mut().for_each(|net| net.gate(gain));
        }
        if (tick + 1).is_multiple_of(self.block_ticks()) {
            self.end_block();
        }
    }

    fn num_ticks(&self) -> Tick {
        self.num_ticks
    }

    /// One point of the curves.
    fn trial_ticks(&self) -> Tick {
        self.block_ticks()
    }

    fn phase(&self, _now: Tick) -> String {
        let rate = self.rate_hz[0].last().copied().unwrap_or(0.0);
        format!("the rewarded neuron fires at {rate:.1} Hz")
    }

    fn adopt(&mut self, params: &RewardBaseline) {
        adopt_live(&mut self.p, &mut params.clone());
    }

    /// Rates in the first and the last tenth of what was done.
    fn summary(&self, _now: Tick) -> Vec<(&'static str, f64)> {
        let num = self.rate_hz[0].len();
        let tenth = (num / 10).max(1).min(num);
        let mean = |values: &[f32]| {
            let sum: f64 = values.iter().map(|x| f64::from(*x)).sum();
            sum / values.len().max(1) as f64
        };
        let others = self.others(&self.rate_hz);
        let last = |line: &[Vec<f32>]| -> Vec<f64> {
            line.iter().map(|rates| mean(&rates[num - tenth..])).collect()
        };
        let rates = last(&self.rate_hz);
        let fastest = rates[1..].iter().copied().fold(0.0, f64::max);
        vec![
            ("rate_rewarded_start_hz", mean(&self.rate_hz[0][..tenth])),
            ("rate_rewarded_hz", rates[0]),
            ("rate_others_start_hz", mean(&others[..tenth])),
            ("rate_others_hz", mean(&others[num - tenth..])),
            ("rate_fastest_other_hz", fastest),
        ]
    }

    fn look(&mut self, now: Tick) -> Option<Fault> {
        self.nets.iter().find_map(|net| net.find_fault(now))
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.rate_hz[0].clone()
    }

    fn populations(&self) -> Vec<Population> {
        let BioParams { num_inputs, num_outputs, .. } = self.p;
        Population::all(POPULATIONS, [num_outputs, num_outputs * num_inputs])
    }

    /// Dopamine above its running mean, which is what synapses hear.
    fn levels(&self) -> impl Iterator<Item = (&'static str, f32)> {
        std::iter::once(("dopamine", self.dopamine - self.mean))
    }

    fn eligibilities(&self) -> Vec<ArrayView<'_>> {
        if self.is_frozen {
            return Vec::new();
        }
        let (shape, num) = ([self.p.num_outputs, self.p.num_inputs], self.p.num_inputs as usize);
        let value = move |idx: usize| self.nets[idx / num].eligibility(idx % num, 0);
        vec![ArrayView::worked_out(WEIGHTS, &shape, value)]
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        let (shape, num) = ([self.p.num_outputs, self.p.num_inputs], self.p.num_inputs as usize);
        let weight = move |idx: usize| self.nets[idx / num].weights[idx % num];
        vec![ArrayView::worked_out(WEIGHTS, &shape, weight)]
    }

    /// They are not changed any more.
    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let shape = [self.p.num_outputs, self.p.num_inputs];
        let parts = weights_of(file, shape, &self.p.cell)?.chunks_exact(shape[1] as usize);
        for (net, part) in self.nets.iter_mut().zip(parts) {
            net.weights.copy_from_slice(part);
        }
        self.is_frozen = true;
        Ok(())
    }
}

/// Steps of the whole run.
pub fn num_ticks(p: &BioParams) -> Tick {
    TimeGrid::new(DT_MS).ticks_from_ms(p.duration_s * 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = BioRun::new(&BioParams::default(), 1);
        run.nets[1].weights[0] = f32::NAN;
        assert_stops(run, 1);
    }
}
