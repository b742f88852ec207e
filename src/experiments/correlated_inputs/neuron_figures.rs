//! The figures of the neuron with many inputs.

use super::classes::Class;
use super::neuron::{NeuronRun, POPULATIONS, ROWS, WINDOW_MS};
use super::params::NeuronParams;
use crate::kit::figure::{Histogram, Rows, Window};
use crate::kit::params::{CellKind, V_TH_MV};
use crate::lab::{Axis, Figures, Named, Panel, Unit, panels};
use crate::record::figure::{Curve, Level, Line, LineStyle, Raster, RowRole, Trace};
use crate::sim::Tick;

const TIME: Axis = Axis::new("time", Unit::S);
const WEIGHT: Axis = Axis::new("weight", Unit::None);
/// Columns of the histogram.
const BINS: usize = 20;

/// What lines are called that are of one input, or of the neuron.
const INPUTS: &[Named] = &[Named::new(POPULATIONS[0], "weight of input ", 0)];
const OUTPUT: &[Named] = &[Named::new(POPULATIONS[1], "output", 1)];

/// The figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = NeuronRun)]
pub enum Fig {
    #[figure("Weights over time", curve(TIME, WEIGHT), width = Full, hero, draw = weights,
             neurons = INPUTS)]
    Weights,
    #[figure("Weights now", curve(WEIGHT, "share" in Share), draw = histogram)]
    Histogram,
    #[figure("Output rate", curve(TIME, "rate" in Hz), other_seeds, draw = rate)]
    Rate,
    #[figure("How fast weights move", curve(TIME, "weight per second"), draw = drift)]
    Drift,
    #[figure("Input and output spikes", raster(Axis::TIME, "input"), draw = raster)]
    Spikes,
    #[figure("Membrane potential", trace(Axis::TIME, "potential" in Mv), width = Full,
             draw = potential, neurons = OUTPUT)]
    Potential,
    #[figure("Strength of inhibition", curve(TIME, WEIGHT), width = Full, draw = inhibition)]
    Inhibition,
}

impl Fig {
    /// Those of a run, in the order of the page. A linear neuron has no membrane. Where inhibition is what learns, it
    /// comes first, and excitatory weights, which stand still, last.
    pub fn of(p: &NeuronParams) -> &'static [Self] {
        use Fig::*;
        match &p.cell {
            CellKind::Linear => &[Weights, Histogram, Rate, Drift, Spikes],
            CellKind::Conductance(c) if c.is_vogels => {
                &[Inhibition, Rate, Histogram, Drift, Spikes, Potential, Weights]
            }
            _ => &[Weights, Histogram, Rate, Drift, Spikes, Potential],
        }
    }

    /// The panels of a run. The potential of some neurons is a pure number.
    pub fn panels(p: &NeuronParams) -> Vec<Panel> {
        let mut panels = panels(Self::of(p));
        if matches!(p.cell, CellKind::Response(_) | CellKind::SecondOrder(_)) {
            panels[5].y = Axis::new("potential", Unit::None);
        }
        panels
    }
}

fn over_time(run: &NeuronRun, of: fn(&Class) -> &Vec<f32>) -> Vec<Line> {
    run.classes.iter().map(|class| run.blocks.line(&class.label, of(class))).collect()
}

fn weights(run: &NeuronRun, _: Tick) -> Curve {
    let mut lines = over_time(run, |class| &class.mean);
    for class in &run.classes {
        for (place, member) in class.members.iter().enumerate() {
            let line = run.blocks.line(&class.label, member);
            let name = format!("weight of input {}", class.input_of_member(place));
            lines.push(Line { style: LineStyle::Member, ..line }.named(name));
        }
    }
    run.blocks.curve(lines, weight_range(run))
}

fn rate(run: &NeuronRun, _: Tick) -> Curve {
    let line = run.blocks.line("this seed", &run.rate_hz);
    let least = run.target_hz().map_or(10.0, |hz| hz.max(10.0) as f32);
    let led = run.leader_hz().map(|hz| Line {
        style: LineStyle::Expected,
        ..run.blocks.line("with correlated inputs", &hz)
    });
    let all = [&line].into_iter().chain(&led).flat_map(|line| &line.y);
    let top = all.copied().fold(least, f32::max);
    let mut lines = vec![line];
    lines.extend(led);
    lines.extend(run.target_hz().map(|hz| run.blocks.level("target", hz as f32)));
    run.blocks.curve(lines, (0.0, 1.1 * top))
}

fn drift(run: &NeuronRun, _: Tick) -> Curve {
    let mut lines = over_time(run, |class| &class.drift);
    for mut theory in over_time(run, |class| &class.theory) {
        // None is an empty line, so that each belongs to its group.
        theory.label = match (theory.y.is_empty(), &run.p.cell) {
            (true, _) => String::new(),
            (false, CellKind::Linear) => theory.label + ", theory",
            (false, _) => theory.label + ", by chance",
        };
        theory.style = LineStyle::Expected;
        lines.push(theory);
    }
    lines.iter_mut().for_each(|line| smooth(&mut line.y));
    let far = lines.iter().flat_map(|line| &line.y).fold(1e-4_f32, |far, y| far.max(y.abs()));
    run.blocks.curve(lines, (-1.1 * far, 1.1 * far))
}

fn inhibition(run: &NeuronRun, _: Tick) -> Curve {
    let line = run.blocks.line("mean", &run.inhibition);
    let top = line.y.iter().copied().fold(1e-3, f32::max);
    run.blocks.curve(vec![line], (0.0, 1.1 * top))
}

/// From 0 to 1; as far as they are, where a rule has no ends.
fn weight_range(run: &NeuronRun) -> (f32, f32) {
    if !run.p.learning.rule.is_unbounded() {
        return (0.0, 1.0);
    }
    let all = run.classes.iter().flat_map(|class| class.members.iter().chain([&class.mean]));
    let (low, high) = all
        .flatten()
        .chain(&run.neuron.weights)
        .filter(|w| w.is_finite())
        .fold((0.0_f32, 0.1_f32), |(low, high), &w| (low.min(w), high.max(w)));
    (1.05 * low, 1.05 * high)
}

/// Each value becomes a running mean over about ten blocks, since drift is small beside its noise.
fn smooth(values: &mut [f32]) {
    let mut mean = values.first().copied().unwrap_or(0.0);
    for (weight, value) in (1..).zip(values) {
        mean += (*value - mean) / (weight.min(10) as f32);
        *value = mean;
    }
}

/// One stepped outline for each group.
fn histogram(run: &NeuronRun, _: Tick) -> Curve {
    let (low, high) = weight_range(run);
    let histogram = Histogram { low, high, num_bins: BINS };
    let outline =
        |class: &Class| histogram.outline(&class.label, class.weights(&run.neuron.weights));
    let lines: Vec<Line> = run.classes.iter().map(outline).collect();
    let top = lines.iter().flat_map(|line| &line.y).fold(0.2_f32, |top, y| top.max(*y));
    Curve { x_range: (low, high), y_range: (0.0, 1.05 * top), lines, ..Curve::default() }
}

/// What rasters and traces show.
fn window(run: &NeuronRun, now: Tick) -> Window {
    Window::latest(now, WINDOW_MS, run.grid().dt_ms())
}

fn raster(run: &NeuronRun, now: Tick) -> Raster {
    let window = window(run, now);
    let (mut times_ms, logged) = run.input_log.since(window.start, window.dt_ms);
    let mut all = Rows::default();
    // Classes of fewer inputs than rows leave no gap.
    let row_of_class = |(shade, class): (u8, &Class)| {
        // What is not correlated is pale, however many groups are.
        let is_alone = shade > 0 && class.correlation == 0.0;
        all.role(RowRole::Input, if is_alone { 3 } else { shade });
        let which = (class.first, run.shown_stride(class));
        all.group(&class.label, POPULATIONS[0], which, class.size.min(ROWS))
    };
    let first_rows: Vec<u32> = (0..).zip(&run.classes).map(row_of_class).collect();
    let row_of = |id: &u32| first_rows[(id / ROWS) as usize] + id % ROWS;
    let mut rows: Vec<u32> = logged.iter().map(row_of).collect();
    all.role(RowRole::Output, 0);
    let output = all.row("output", POPULATIONS[1], 0);
    let (times, _) = run.output_log.since(window.start, window.dt_ms);
    rows.extend(times.iter().map(|_| output));
    times_ms.extend(times);
    window.raster(all, (times_ms, rows), run.pattern.spans(window.start, window.dt_ms))
}

fn potential(run: &NeuronRun, now: Tick) -> Trace {
    let label = |column: u32| if column == 0 { "output" } else { "threshold" }.to_string();
    let mut trace = window(run, now).trace(&run.trace, label);
    trace.series[0].is_selected = true;
    let threshold = match &run.p.cell {
        CellKind::SecondOrder(_) => Some(1.0),
        CellKind::Response(c) => Some(c.threshold as f32),
        CellKind::Adaptive(..) => None,
        _ => Some(V_TH_MV as f32),
    };
    let level = |value| Level { label: "threshold".into(), value, of: None };
    Trace { levels: threshold.into_iter().map(level).collect(), ..trace }
}
