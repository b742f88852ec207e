//! Part 1: three groups of inputs, measured against theory.

use get_size2::GetSize;

use super::CorrelatedInputs;
use super::params::GroupsParams;
use super::{DT_MS, GROUPS, WINDOW_MS, groups_of};
use crate::kit::figure::Blocks;
use crate::kit::params::{Generator, expected};
use crate::lab::{Model, Population};
use crate::record::{ArrayView, Hasher, Meter, RasterLog, SpikeTrains, WeightsFile};
use crate::sim::encode::TrainCounts;
use crate::sim::encode::{Group, Source};
use crate::sim::{Fault, Tick, TimeGrid};

/// Inputs of each group that are kept to be shown.
pub const ROWS: u32 = 20;

/// One group and what was seen of it.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Watched {
    pub(super) label: String,
    pub(super) source: Source,
    pub(super) meter: Meter,
    pub(super) expected: Option<(f64, f64)>,
    pub(super) log: RasterLog,
    pub(super) rate: Vec<f32>,
    pub(super) correlation: Vec<f32>,
}

/// The three groups.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct GroupsRun {
    pub(super) num_inputs: u32,
    pub(super) rate_hz: f64,
    pub(super) groups: Vec<Watched>,
    pub(super) blocks: Blocks,
    pub(super) spikes: Vec<u32>,
}

impl GroupsRun {
    /// Groups with correlation 0, the chosen one and 1.
    pub fn new(p: &GroupsParams, seed: u32, num_ticks: Tick) -> Self {
        let grid = TimeGrid::new(DT_MS);
        // Beside a generator without groups stand those of the shared source.
        let is_of_groups = p.generator.is_of_groups();
        let shared = Generator::default();
        let watched = |(name, c): (&str, f64)| {
            let group = [Group { size: p.num_inputs, correlation: c as f32 }];
            let is_chosen = name == GROUPS[0];
            let generator = if is_chosen || is_of_groups { &p.generator } else { &shared };
            let size = (p.num_inputs, num_ticks);
            let source = generator.source(size, p.rate_hz, &group, grid, (seed, name));
            Watched {
                label: if is_chosen && !is_of_groups {
                    "chosen".into()
                } else {
                    format!("c = {c}")
                },
                expected: expected(&source, p.rate_hz, p.bin_ms, grid),
                source,
                meter: Meter::new(p.num_inputs, grid.ticks_from_ms(p.bin_ms)),
                log: RasterLog::new(grid.ticks_from_ms(WINDOW_MS)),
                rate: Vec::new(),
                correlation: Vec::new(),
            }
        };
        Self {
            num_inputs: p.num_inputs,
            rate_hz: p.rate_hz,
            groups: groups_of(p.correlation).map(watched).into(),
            blocks: Blocks::new(num_ticks, DT_MS),
            spikes: Vec::new(),
        }
    }
}

impl Model for GroupsRun {
    type Params = CorrelatedInputs;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        for (population, group) in (0..).zip(&mut self.groups) {
            group.source.fire(tick, &mut self.spikes);
            group.meter.add(tick, &self.spikes, 0);
            hasher.spikes(tick, population, &self.spikes);
            let shown = self.spikes.partition_point(|&id| id < ROWS);
            group.log.push(tick, &self.spikes[..shown]);
        }
        if self.blocks.ends(tick) {
            for group in &mut self.groups {
                group.rate.push(group.meter.rate_hz(DT_MS) as f32);
                group.correlation.push(group.meter.correlation() as f32);
            }
        }
    }

    fn num_ticks(&self) -> Tick {
        self.blocks.num_ticks()
    }

    fn phase(&self, _: Tick) -> String {
        let chosen = &self.groups[0];
        match chosen.expected {
            Some(_) => format!("{}, {}", chosen.source.name(), chosen.label),
            None => chosen.source.name().into(),
        }
    }

    /// Generators draw when the next spike comes; the rates that they draw with are all that could fail, and those are
    /// checked parameters. What is measured of them is looked at.
    fn look(&mut self, now: Tick) -> Option<Fault> {
        let measured = |of: fn(&Watched) -> &[f32]| self.groups.iter().map(of);
        let rates = measured(|group| &group.rate).map(|column| ("rate", column));
        let correlations = measured(|g| &g.correlation).map(|column| ("correlation", column));
        Fault::non_finite(now, "inputs", rates.chain(correlations))
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.groups[0].correlation.clone()
    }

    fn summary(&self, _: Tick) -> Vec<(&'static str, f64)> {
        let chosen = &self.groups[0];
        let mut rows = vec![
            ("rate_hz", chosen.meter.rate_hz(DT_MS)),
            ("pairwise_correlation", chosen.meter.correlation()),
            ("pairwise_correlation_independent", self.groups[1].meter.correlation()),
            ("pairwise_correlation_identical", self.groups[2].meter.correlation()),
        ];
        if let Some((rate_hz, correlation)) = chosen.expected {
            rows.insert(1, ("rate_hz_expected", rate_hz));
            rows.insert(3, ("pairwise_correlation_expected", correlation));
        }
        rows
    }

    fn populations(&self) -> Vec<Population> {
        Population::all(GROUPS, [self.num_inputs; 3])
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        Vec::new()
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
        let mut run = GroupsRun::new(&GroupsParams::default(), 1, 100_000);
        run.groups[1].rate.push(f32::NAN);
        assert_stops(run, 1);
    }
}
