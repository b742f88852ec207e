//! The figures of the network.

use super::DT_MS;
use super::network::{NUM_EXC, NetworkRun, POPULATIONS, RASTER_MS, S_MAX, TRACE_MS};
use crate::kit::figure::{self, Histogram, Rows, Window};
use crate::lab::{Axis, Figures, Unit};
use crate::record::figure::{Curve, Line, LineStyle, Mark, Raster, RowRole, Trace};
use crate::sim::Tick;

const TIME: Axis = Axis::new("time", Unit::S);
/// Columns of the histogram, and where its axis ends.
const BINS: usize = 40;
const TOP_SHARE: f32 = 0.12;
/// More ticks than this say no more.
const MOST_TICKS: usize = 600;

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = NetworkRun)]
pub enum Fig {
    #[figure("The chosen synapse", curve(TIME, "weight" in Mv), width = Full, other_seeds,
             draw = synapse)]
    Synapse,
    #[figure("Memory and dopamine, last 20 s", trace(Axis::TIME, "memory, dopamine"), width = Full,
             value = "5 times memory in mv or dopamine", draw = memory)]
    Memory,
    #[figure("All weights now", curve("weight" in Mv, "share" in Share), draw = histogram)]
    Histogram,
    #[figure("Network rate", curve(TIME, "rate" in Hz), draw = rate)]
    Rate,
    #[figure("Spikes, last second", raster(Axis::TIME, "neuron"), width = Full, draw = raster)]
    Spikes,
}

fn over_time(run: &NetworkRun, label: &str, values: &[f32], style: LineStyle) -> Line {
    // As far apart as the curve says that blocks are, which is in single precision.
    figure::over_time(label, values, (run.blocks.block_s() as f32).into(), style)
}

fn curve(run: &NetworkRun, lines: Vec<Line>, y_range: (f32, f32)) -> Curve {
    run.blocks.curve(lines, y_range)
}

fn synapse(run: &NetworkRun, _: Tick) -> Curve {
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

fn rate(run: &NetworkRun, _: Tick) -> Curve {
    let line = over_time(run, "network", &run.rate_hz, LineStyle::Main);
    let top = line.y.iter().copied().fold(2.0, f32::max);
    curve(run, vec![line], (0.0, 1.05 * top))
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

fn histogram(run: &NetworkRun, _: Tick) -> Curve {
    let histogram = Histogram { low: 0.0, high: S_MAX, num_bins: BINS };
    let line = histogram.outline("all", run.main.network.synapses().weights());
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
    let mut rows = Rows::default();
    rows.role(RowRole::Excitation, 0);
    rows.group("excitatory", POPULATIONS[0], (0, 1), NUM_EXC);
    rows.role(RowRole::Inhibition, 0);
    rows.group("inhibitory", POPULATIONS[0], (NUM_EXC, 1), num - NUM_EXC);
    window.raster(rows, spikes, Vec::new())
}
