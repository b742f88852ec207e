//! Part 2: the published virtual synapse ([`crate::sim::VirtualSynapse`]), in three groups of inputs.

use get_size2::GetSize;

use super::CorrelatedInputs;
use super::params::SynapseParams;
use super::{DT_MS, GROUPS, WINDOW_MS, groups_of};
use crate::kit::figure::Blocks;
use crate::lab::{Model, Population};
use crate::record::{ArrayView, Hasher, RasterLog, SpikeTrains, WeightsFile};
use crate::sim::encode::TrainCounts;
use crate::sim::published::VirtualSynapse;
use crate::sim::published::virtual_synapse::VirtualSynapseParams;
use crate::sim::{Fault, Tick, TimeGrid};

/// Inputs of a group, as published.
pub const NUM_INPUTS: u32 = 10;

/// A group and what was seen of its weight.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Walker {
    pub(super) label: String,
    pub(super) synapse: VirtualSynapse,
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
    fn new(p: &SynapseParams, (name, c): (&str, f64), seed: u32) -> Self {
        let grid = TimeGrid::new(DT_MS);
        let params = VirtualSynapseParams {
            num_inputs: NUM_INPUTS,
            rate_hz: p.rate_hz,
            correlation: c,
            jitter_ticks: grid.ticks_from_ms(p.jitter_ms) as u32,
            a_minus: p.a_minus,
            tau_plus_ms: p.tau_plus_ms,
            tau_minus_ms: p.tau_minus_ms,
            has_zero_lag: p.zero_lag,
            pairs_all: p.all_pairs,
        };
        let synapse = VirtualSynapse::new(params, grid, (seed, name));
        Self { label: format!("c = {c}"), synapse, curves: Default::default() }
    }

    fn end_block(&mut self) {
        let [no_lag, plus, minus] = self.synapse.parts;
        let values = [self.synapse.weight(), no_lag, plus, minus];
        for (curve, value) in self.curves.iter_mut().zip(values) {
            curve.push(value as f32);
        }
    }
}

impl SynapseRun {
    /// Groups with the chosen correlation, 0 and 1.
    pub fn new(p: &SynapseParams, seed: u32, num_ticks: Tick) -> Self {
        Self {
            walkers: groups_of(p.correlation).map(|group| Walker::new(p, group, seed)).into(),
            log: RasterLog::new((WINDOW_MS / DT_MS) as Tick),
            blocks: Blocks::new(num_ticks, DT_MS),
            spikes: Vec::new(),
            p: p.clone(),
        }
    }

    fn virtual_weights(&self) -> Vec<f32> {
        self.walkers.iter().map(|walker| walker.synapse.weight() as f32).collect()
    }
}

impl Model for SynapseRun {
    type Params = CorrelatedInputs;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        for (population, walker) in (0..).zip(&mut self.walkers) {
            walker.synapse.step(tick, &mut self.spikes);
            hasher.spikes(tick, population, &self.spikes);
            if population == 0 {
                self.log.push(tick, &self.spikes);
            }
        }
        if self.blocks.ends(tick) {
            self.walkers.iter_mut().for_each(Walker::end_block);
        }
    }

    fn num_ticks(&self) -> Tick {
        self.blocks.num_ticks()
    }

    fn phase(&self, _: Tick) -> String {
        format!("virtual weight {:.1}", self.walkers[0].synapse.weight())
    }

    fn populations(&self) -> Vec<Population> {
        Population::all(GROUPS, [NUM_INPUTS; 3])
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        let weight = |walker: usize| self.walkers[walker].synapse.weight() as f32;
        vec![ArrayView::worked_out("virtual_weights", &[self.walkers.len() as u32], weight)]
    }

    fn look(&mut self, now: Tick) -> Option<Fault> {
        Fault::non_finite(now, "groups", [("the virtual weight", &self.virtual_weights()[..])])
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.walkers[0].curves[0].clone()
    }

    fn summary(&self, _: Tick) -> Vec<(&'static str, f64)> {
        let [chosen, independent, identical] = [0, 1, 2].map(|of: usize| &self.walkers[of].synapse);
        vec![
            ("virtual_weight", chosen.weight()),
            ("virtual_weight_without_lag", chosen.without_lag()),
            ("virtual_weight_independent", independent.weight()),
            ("virtual_weight_identical", identical.weight()),
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
        run.walkers[2].synapse.parts[1] = f64::NAN;
        assert_stops(run, 1);
    }
}
