//! Part 2: the published virtual synapse. There is no neuron: a weight between two of ten correlated inputs
//! moves with their own spikes.
//!
//! **As published.** The spikes of all ten are one list, ordered by step and, within a step, by input.
//! Wherever inputs 0 and 1 follow one another in it, in either order, W changes by f(d), d = t_1 − t_0:
//! e^(−d/τ₊) for d > 0, −A₋ e^(d/τ₋) for d < 0, and +1 for d = 0. All shared spikes fall into
//! the same step, so nearly everything comes from the branch d = 0.

use get_size2::GetSize;

use super::CorrelatedInputs;
use super::blocks::Blocks;
use super::params::SynapseParams;
use super::{DT_MS, WINDOW_MS};
use crate::lab::Model;
#[cfg(not(target_arch = "wasm32"))]
use crate::lab::Population;
use crate::record::{Hasher, NamedArray, RasterLog, SpikeTrains, WeightsFile};
use crate::sim::encode::TrainCounts;
use crate::sim::encode::{CommonSource, Group, Recipe, Source};
use crate::sim::plasticity::Traces;
use crate::sim::{Fault, Stream, Tick, TimeGrid, math};

/// Inputs of a group, as published.
pub const NUM_INPUTS: u32 = 10;
/// The pairs of inputs, in the order of the fingerprint.
pub const POPULATIONS: [&str; 3] = ["chosen", "independent", "identical"];

/// The three ways in which a pair can lie.
const NO_LAG: usize = 0;
const PLUS: usize = 1;
const MINUS: usize = 2;

/// A group and its weight.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Walker {
    pub(super) label: String,
    pub(super) source: Source,
    /// Spikes on their way, ascending by when they are due.
    pub(super) late: Vec<(Tick, u32)>,
    pub(super) noise: Stream,
    /// The latest spike in the merged list.
    pub(super) latest: Option<(Tick, u32)>,
    /// Traces of input 0 and input 1, of spikes before this step.
    pub(super) traces: [Traces; 2],
    /// What each kind of pair has added.
    pub(super) parts: [f64; 3],
    /// Over the blocks so far: the weight, and its parts.
    pub(super) curves: [Vec<f32>; 4],
}

/// The three groups.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct SynapseRun {
    pub(super) p: SynapseParams,
    pub(super) walkers: Vec<Walker>,
    pub(super) log: RasterLog,
    pub(super) blocks: Blocks,
    pub(super) spikes: Vec<u32>,
}

impl Walker {
    fn new(p: &SynapseParams, c: f64, seed: u32, name: &str) -> Self {
        let grid = TimeGrid::new(DT_MS);
        let groups = [Group { size: NUM_INPUTS, correlation: c as f32 }];
        let (num, rate) = (NUM_INPUTS as usize, p.rate_hz as f32);
        let source = CommonSource::new(Recipe::SqrtC, num, rate, &groups, grid, (seed, name));
        Self {
            label: format!("c = {c}"),
            source: Source::CommonSource(source),
            late: Vec::new(),
            noise: Stream::new(seed, &[name, " jitter"].concat()),
            latest: None,
            traces: [p.tau_plus_ms, p.tau_minus_ms].map(|tau_ms| Traces::new(1, tau_ms, grid)),
            parts: [0.0; 3],
            curves: Default::default(),
        }
    }

    fn weight(&self) -> f64 {
        self.parts.iter().sum()
    }

    /// Replaces `spikes` by those of this step that are no longer late.
    fn fire(&mut self, tick: Tick, jitter_ticks: u32, spikes: &mut Vec<u32>) {
        self.source.fire(tick, spikes);
        if jitter_ticks == 0 {
            return;
        }
        for &id in &*spikes {
            let spike = (tick + Tick::from(self.noise.below(jitter_ticks)), id);
            let place = self.late.partition_point(|other| *other < spike);
            self.late.insert(place, spike);
        }
        spikes.clear();
        let num_due = self.late.partition_point(|(due, _)| *due <= tick);
        spikes.extend(self.late.drain(..num_due).map(|(_, id)| id));
        // An input fires once in a step, also where two of its spikes meet.
        spikes.dedup();
    }

    fn change(&mut self, p: &SynapseParams, kind: usize, size: f64) {
        match kind {
            NO_LAG if !p.zero_lag => {}
            MINUS => self.parts[MINUS] -= p.a_minus * size,
            _ => self.parts[kind] += size,
        }
    }

    /// Neighbours in the merged list, as published.
    fn pair_neighbours(&mut self, p: &SynapseParams, tick: Tick, spikes: &[u32]) {
        for &id in spikes {
            if let Some((before, other)) = self.latest.replace((tick, id))
                && id + other == 1
            {
                let d_ms = (tick - before) as f64 * DT_MS;
                match (before == tick, id) {
                    (true, _) => self.change(p, NO_LAG, 1.0),
                    (false, 1) => self.change(p, PLUS, math::exp_f64(-d_ms / p.tau_plus_ms)),
                    (false, _) => self.change(p, MINUS, math::exp_f64(-d_ms / p.tau_minus_ms)),
                }
            }
        }
    }

    /// Every pair of a spike of input 0 with one of input 1.
    fn pair_all(&mut self, p: &SynapseParams, spikes: &[u32]) {
        self.traces.iter_mut().for_each(Traces::tick);
        let fires = [0, 1].map(|input| spikes.contains(&input));
        let [x, y] = [0, 1].map(|input: usize| f64::from(self.traces[input].value(0)));
        if fires[1] {
            self.change(p, PLUS, x);
        }
        if fires[0] {
            self.change(p, MINUS, y);
        }
        if fires == [true; 2] {
            self.change(p, NO_LAG, 1.0);
        }
        for (trace, _) in self.traces.iter_mut().zip(fires).filter(|(_, fires)| *fires) {
            trace.add(0, 1.0);
        }
    }
}

impl SynapseRun {
    /// Groups with the chosen correlation, 0 and 1.
    pub fn new(p: &SynapseParams, seed: u32, num_ticks: Tick) -> Self {
        let walkers = [(p.correlation, "chosen"), (0.0, "independent"), (1.0, "identical")];
        Self {
            walkers: walkers.map(|(c, name)| Walker::new(p, c, seed, name)).into(),
            log: RasterLog::new((WINDOW_MS / DT_MS) as Tick),
            blocks: Blocks::new(num_ticks, DT_MS),
            spikes: Vec::new(),
            p: p.clone(),
        }
    }
}

impl Model for SynapseRun {
    type Params = CorrelatedInputs;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        let jitter_ticks = TimeGrid::new(DT_MS).ticks_from_ms(self.p.jitter_ms) as u32;
        for (population, walker) in (0..).zip(&mut self.walkers) {
            walker.fire(tick, jitter_ticks, &mut self.spikes);
            if self.p.all_pairs {
                walker.pair_all(&self.p, &self.spikes);
            } else {
                walker.pair_neighbours(&self.p, tick, &self.spikes);
            }
            hasher.spikes(tick, population, &self.spikes);
            if population == 0 {
                self.log.push(tick, &self.spikes);
            }
        }
        if self.blocks.ends(tick) {
            for walker in &mut self.walkers {
                let [no_lag, plus, minus] = walker.parts;
                let values = [walker.weight(), no_lag, plus, minus];
                for (curve, value) in walker.curves.iter_mut().zip(values) {
                    curve.push(value as f32);
                }
            }
        }
    }

    fn num_ticks(&self) -> Tick {
        self.blocks.num_ticks()
    }

    /// A trial is one point of the curves.
    fn trial_ticks(&self) -> Tick {
        self.blocks.block_ticks()
    }

    fn phase(&self, _: Tick) -> String {
        format!("virtual weight {:.1}", self.walkers[0].weight())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn populations(&self) -> Vec<Population> {
        Population::all(POPULATIONS, [NUM_INPUTS; 3])
    }

    fn weights(&self) -> Vec<NamedArray> {
        let values: Vec<f32> = self.walkers.iter().map(|walker| walker.weight() as f32).collect();
        let shape = vec![values.len() as u32];
        vec![NamedArray { name: "virtual_weights".into(), shape, values }]
    }

    fn look(&mut self, now: Tick) -> Option<Fault> {
        let weights: Vec<f32> = self.walkers.iter().map(|walker| walker.weight() as f32).collect();
        Fault::non_finite(now, "groups", [("the virtual weight", &weights[..])])
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.walkers[0].curves[0].clone()
    }

    fn summary(&self, _: Tick) -> Vec<(&'static str, f64)> {
        let chosen = &self.walkers[0];
        vec![
            ("virtual_weight", chosen.weight()),
            ("virtual_weight_without_lag", chosen.parts[NO_LAG]),
            ("virtual_weight_independent", self.walkers[1].weight()),
            ("virtual_weight_identical", self.walkers[2].weight()),
        ]
    }

    fn load_weights(&mut self, _: &WeightsFile) -> Result<(), String> {
        Err("only the neuron (part=neuron) has weights to load".into())
    }

    fn load_trains(&mut self, _: &SpikeTrains) -> Result<TrainCounts, String> {
        Err("only the neuron (part=neuron) takes spike trains of yours".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = SynapseRun::new(&SynapseParams::default(), 1, 100_000);
        run.walkers[2].parts[PLUS] = f64::NAN;
        assert_stops(run, 1);
    }
}
