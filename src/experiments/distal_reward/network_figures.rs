//! The figures of the network.

use super::DT_MS;
use super::network::{NUM_EXC, NetworkRun, POPULATIONS, RASTER_MS, S_MAX, TRACE_MS};
use crate::lab::panel::{Axis, Panel, PanelKind, Width};
use crate::lab::{Draw, Unit};
use crate::kit::figure::{self, Histogram, Rows, Window};
use crate::record::Figure;
use crate::record::figure::{Curve, Line, LineStyle, Mark, Raster, RowBlock, Trace};
use crate::sim::Tick;

const TIME: Axis = Axis::new("time", Unit::S);
/// Columns of the histogram, and where its axis ends.
const BINS: usize = 40;
const TOP_SHARE: f32 = 0.12;
/// More ticks than this say no more.
const MOST_TICKS: usize = 600;

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fig {
    Synapse,
    Memory,
    Histogram,
    Rate,
    Spikes,
}

impl Fig {
    pub const ALL: [Self; 5] =
        [Self::Synapse, Self::Memory, Self::Histogram, Self::Rate, Self::Spikes];

    pub const fn panel(self) -> Panel {
        match self {
            Self::Synapse => Panel {
                width: Width::Full,
                shows_other_seeds: true,
                ..Panel::new(
                    "synapse",
                    "The chosen synapse", 
                    PanelKind::Curve,
                    (TIME, Axis::new("weight", Unit::Mv)),
                )
            },
            Self::Memory => Panel {
                width: Width::Full,
                value: Axis::new("5 times memory in mv or dopamine", Unit::None),
                ..Panel::new(
                    "memory",
                    "Memory and dopamine, last 20 s", 
                    PanelKind::Trace,
                    (Axis::TIME, Axis::new("memory, dopamine", Unit::None)),
                )
            },
            Self::Histogram => Panel::new(
                "histogram",
                "All weights now", 
                PanelKind::Curve,
                (Axis::new("weight", Unit::Mv), Axis::new("share", Unit::Share)),
            ),
            Self::Rate => Panel::new(
                "rate",
                "Network rate", 
                PanelKind::Curve,
                (TIME, Axis::new("rate", Unit::Hz)),
            ),
            Self::Spikes => Panel {
                width: Width::Full,
                ..Panel::new(
                    "spikes",
                    "Spikes, last second", 
                    PanelKind::Raster,
                    (Axis::TIME, Axis::new("neuron", Unit::None)),
                )
            },
        }
    }
}

impl Draw<NetworkRun> for Fig {
    fn draw(self, run: &NetworkRun, now: Tick) -> Figure {
        match self {
            Self::Synapse => Figure::Curve(synapse(run)),
            Self::Memory => Figure::Trace(memory(run, now)),
            Self::Histogram => Figure::Curve(histogram(run)),
            Self::Rate => {
                let line = over_time(run, "network", &run.rate_hz, LineStyle::Main);
                let top = line.y.iter().copied().fold(2.0, f32::max);
                Figure::Curve(curve(run, vec![line], (0.0, 1.05 * top)))
            }
            Self::Spikes => Figure::Raster(raster(run, now)),
        }
    }
}

fn over_time(run: &NetworkRun, label: &str, values: &[f32], style: LineStyle) -> Line {
    figure::over_time(label, values, run.block_s().into(), style)
}

fn curve(run: &NetworkRun, lines: Vec<Line>, y_range: (f32, f32)) -> Curve {
    let (x_range, per_block) = ((0.0, run.duration_s()), run.block_s());
    Curve { x_range, y_range, lines, per_block, ..Curve::default() }
}

fn synapse(run: &NetworkRun) -> Curve {
    let mut lines = vec![
        over_time(run, "chosen", &run.s, LineStyle::Main),
        over_time(run, "mean of all", &run.s_mean, LineStyle::Main),
        rewards(run),
    ];
    if run.twin.is_some() {
        lines.push(over_time(run, "rewarded twin", &run.s_twin, LineStyle::Reference));
    }
    curve(run, lines, (-0.5, 1.05 * S_MAX))
}

/// A comb below the axis.
fn rewards(run: &NetworkRun) -> Line {
    let (bottom, top) = (-0.45, -0.15);
    let mut line = Line::new("rewards", vec![0.0], vec![bottom], LineStyle::Ticks);
    let step = run.rewards_s.len() / MOST_TICKS + 1;
    for &time in run.rewards_s.iter().step_by(step) {
        line.x.extend([time; 3]);
        line.y.extend([bottom, top, bottom]);
    }
    line
}

fn memory(run: &NetworkRun, now: Tick) -> Trace {
    let window = Window::latest(now, TRACE_MS as f64, DT_MS);
    window.trace(&run.trace, |column| ["5 × memory", "dopamine"][column as usize].into())
}

fn histogram(run: &NetworkRun) -> Curve {
    let histogram = Histogram { low: 0.0, high: S_MAX, num_bins: BINS };
    let weights = run.main.network.synapses().weights();
    let line = histogram.outline("all", &weights);
    let s = run.main.s();
    let y = line.y[2 * histogram.bin_of(s)].min(0.95 * TOP_SHARE);
    let marks = vec![Mark { x: s, y, label: "chosen".into() }];
    let (x_range, y_range) = ((0.0, S_MAX), (0.0, TOP_SHARE));
    Curve { x_range, y_range, lines: vec![line], marks, ..Curve::default() }
}

fn raster(run: &NetworkRun, now: Tick) -> Raster {
    let window = Window::latest(now, RASTER_MS as f64, DT_MS);
    let spikes = run.raster.since(window.start, DT_MS);
    let num = run.main.network.num_neurons();
    let mut row_labels = vec![String::new(); num as usize];
    for (row, name) in [(NUM_EXC / 2, "excitatory"), ((NUM_EXC + num) / 2, "inhibitory")] {
        row_labels[row as usize] = name.into();
    }
    let blocks = vec![RowBlock::new(POPULATIONS[0], 0, num)];
    window.raster(Rows { labels: row_labels, blocks }, spikes, Vec::new())
}
