//! Part 1: three groups of inputs, measured against theory.

use serde::{Deserialize, Serialize};

use super::blocks::Blocks;
use super::inputs::{Generator, expected};
use super::meter::Meter;
use super::params::GroupsParams;
use super::{DT_MS, WINDOW_MS};
#[cfg(not(target_arch = "wasm32"))]
use crate::lab::Population;
use crate::lab::panel::{Axis, Panel, PanelKind, Width};
use crate::lab::{Model, Unit};
use crate::record::figure::{Curve, Line, LineStyle, Raster, RowBlock};
use crate::record::{Figure, Hasher, NamedArray, RasterLog, SpikeTrains, WeightsFile};
use crate::sim::encode::TrainCounts;
use crate::sim::encode::{Group, Source};
use crate::sim::{Fault, Tick, TimeGrid};

/// Rows of each group in the raster.
const ROWS: u32 = 20;
/// The groups.
const POPULATIONS: [&str; 3] = [CHOSEN, "independent", "identical"];
/// Random numbers of the group in the middle.
const CHOSEN: &str = "chosen";

const TIME: Axis = Axis::new("time", Unit::S);

pub const PANELS: [Panel; 4] = [
    Panel {
        width: Width::Full,
        ..Panel::new(
            "spikes",
            "Spikes of three groups",
            "Independent at the bottom, identical at the top, and the one of your choice between them.",
            PanelKind::Raster,
            (Axis::TIME, Axis::new("input", Unit::None)),
        )
    },
    Panel {
        shows_other_seeds: true,
        ..Panel::new(
            "pairwise",
            "Pairwise correlation so far",
            "Mean over all pairs of a group. Dashed: theory. Faint: the chosen group from other seeds.",
            PanelKind::Curve,
            (TIME, Axis::new("correlation", Unit::None)),
        )
    },
    Panel::new(
        "rate",
        "Rate so far",
        "Mean over the inputs of a group: the correlation does not change it.",
        PanelKind::Curve,
        (TIME, Axis::new("rate", Unit::Hz)),
    ),
    Panel {
        width: Width::Full,
        ..Panel::new(
            "together",
            "How many fire together",
            "Steps of 0.1 ms with that many spikes in the group, per second. Two generators of equal pairwise \
             correlation differ here.",
            PanelKind::Curve,
            (Axis::new("inputs at once", Unit::None), Axis::new("how often", Unit::Hz)),
        )
    },
];

/// One group and what was seen of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Watched {
    label: String,
    source: Source,
    meter: Meter,
    expected: Option<(f64, f64)>,
    log: RasterLog,
    rate: Vec<f32>,
    correlation: Vec<f32>,
}

/// The three groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupsRun {
    num_inputs: u32,
    rate_hz: f64,
    groups: Vec<Watched>,
    blocks: Blocks,
    spikes: Vec<u32>,
}

impl GroupsRun {
    /// Groups with correlation 0, the chosen one and 1.
    pub fn new(p: &GroupsParams, seed: u32, num_ticks: Tick) -> Self {
        let grid = TimeGrid::new(DT_MS);
        // Beside a generator without groups stand those of the shared source.
        let is_of_groups = p.generator.is_of_groups();
        let shared = Generator::default();
        let watched = |c: f64, name: &str| {
            let group = [Group { size: p.num_inputs, correlation: c as f32 }];
            let is_chosen = name == CHOSEN;
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
            groups: vec![
                watched(p.correlation, CHOSEN),
                watched(0.0, "independent"),
                watched(1.0, "identical"),
            ],
            blocks: Blocks::new(num_ticks, DT_MS),
            spikes: Vec::new(),
        }
    }
}

impl Model for GroupsRun {
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

    /// A trial is one point of the curves.
    fn trial_ticks(&self) -> Tick {
        self.blocks.block_ticks()
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

    fn figure(&self, panel: u16, now: Tick) -> Option<Figure> {
        let measured =
            |of: fn(&Watched) -> &Vec<f32>, theory: fn((f64, f64)) -> f64, y_max: f32| {
                let mut lines: Vec<Line> = Vec::new();
                for group in &self.groups {
                    lines.push(self.blocks.line(&group.label, of(group)));
                }
                for group in &self.groups {
                    // None is an empty line, so that each belongs to its group.
                    let level = group.expected.map(|expected| {
                        let label = format!("{}, theory", group.label);
                        self.blocks.level(&label, theory(expected) as f32)
                    });
                    lines.push(Line { style: LineStyle::Expected, ..level.unwrap_or_default() });
                }
                let values: Vec<f32> = lines.iter().flat_map(|line| &line.y).copied().collect();
                let mut curve = self.blocks.curve(lines, (0.0, y_max));
                curve.reach(values.iter());
                Figure::Curve(curve)
            };
        Some(match panel {
            0 => Figure::Raster(self.raster(now)),
            1 => measured(|group| &group.correlation, |expected| expected.1, 1.05),
            2 => {
                let expected_hz =
                    self.groups[0].expected.map_or(self.rate_hz, |expected| expected.0);
                let measured_hz = self.groups[0].rate.last().copied().unwrap_or(0.0);
                let top = 1.5 * (expected_hz as f32).max(measured_hz / 1.2);
                measured(|group| &group.rate, |expected| expected.0, top)
            }
            3 => Figure::Curve(self.together()),
            _ => return None,
        })
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn populations(&self) -> Vec<Population> {
        Population::all(POPULATIONS, [self.num_inputs; 3])
    }

    fn weights(&self) -> Vec<NamedArray> {
        Vec::new()
    }

    fn load_weights(&mut self, _: &WeightsFile) -> Result<(), String> {
        Err("only the neuron (part=neuron) has weights to load".into())
    }

    fn load_trains(&mut self, _: &SpikeTrains) -> Result<TrainCounts, String> {
        Err("only the neuron (part=neuron) takes spike trains of yours".into())
    }
}

impl GroupsRun {
    /// Independent inputs at the bottom, identical ones at the top.
    fn raster(&self, now: Tick) -> Raster {
        let window = (WINDOW_MS / DT_MS) as Tick;
        let start = now.saturating_sub(window);
        let rows = self.num_inputs.min(ROWS);
        let mut raster = Raster {
            start_ms: start as f64 * DT_MS,
            width_ms: WINDOW_MS as f32,
            ..Raster::default()
        };
        for (block, group) in [1, 0, 2].into_iter().enumerate() {
            let first_row = block as u32 * rows;
            raster.blocks.push(RowBlock::new(POPULATIONS[group], first_row, rows));
            let group = &self.groups[group];
            let (times, ids) = group.log.since(start, DT_MS);
            raster.times_ms.extend(times);
            raster.rows.extend(ids.iter().map(|id| id + first_row));
            for row in 0..rows {
                let is_named = row == rows / 2;
                raster.row_labels.push(if is_named { group.label.clone() } else { String::new() });
            }
        }
        raster
    }

    fn together(&self) -> Curve {
        let line = |group: &Watched| {
            let y: Vec<f32> = group.meter.at_once_hz(DT_MS).skip(1).map(|hz| hz as f32).collect();
            let x = (2..).map(|n| n as f32).take(y.len()).collect();
            Line { label: group.label.clone(), x, y, ..Line::default() }
        };
        let lines: Vec<Line> = self.groups.iter().map(line).collect();
        let top = lines.iter().flat_map(|line| &line.y).copied().fold(1.0, f32::max);
        Curve {
            x_range: (0.0, self.num_inputs as f32),
            y_range: (0.0, top * 1.05),
            lines,
            ..Curve::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Counted;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = GroupsRun::new(&GroupsParams::default(), 1, 100_000);
        run.groups[1].rate.push(f32::NAN);
        assert_stops(Counted::new(run, DT_MS), 1);
    }
}
