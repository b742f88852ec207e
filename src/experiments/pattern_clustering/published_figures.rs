//! The figures of the published network.

use super::PATTERNS;
use super::curves;
use super::network::{E_L_MV, V_TH_MV};
use super::params::PublishedParams;
use super::published::GROUP;
use super::published_run::{BLOCK, PublishedRun, WINDOW};
use crate::kit::figure::Window;
use crate::lab::{Axis, Figures, Unit};
use crate::record::figure::{Curve, Level, Raster, Trace};
use crate::sim::Tick;

const ITERATION: Axis = Axis::new("iteration", Unit::None);
const PER_BLOCK: f32 = BLOCK as f32;

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = PublishedRun)]
pub enum Fig {
    #[figure("Weights", curve(ITERATION, "weight"), width = Full, draw = weights)]
    Weights,
    #[figure("Are the two outputs alike?", curve(ITERATION, "similarity"), other_seeds,
             draw = cosine)]
    Cosine,
    #[figure("Why: where the outputs started",
             curve("start of output 1" in Mv, "start of output 2" in Mv), draw = starts)]
    Starts,
    #[figure("Spikes", raster(ITERATION, "neuron"), width = Full, draw = raster)]
    Spikes,
    #[figure("Membrane potential", trace(ITERATION, "potential" in Mv), draw = potential)]
    Potential,
    #[figure("Current", trace(ITERATION, "current"), draw = current)]
    Current,
    #[figure("Onto the silent output", curve(ITERATION, "gain"), draw = silent_weights)]
    SilentWeights,
}

impl Fig {
    /// Those of a run; the last one only where there is a silent output.
    pub fn of(p: &PublishedParams) -> &'static [Self] {
        &Self::ALL[..Self::ALL.len() - usize::from(!p.silent)]
    }
}

/// How far curves go.
fn end(run: &PublishedRun) -> f32 {
    run.model.p.num_iterations as f32
}

fn weights(run: &PublishedRun, _: Tick) -> Curve {
    let group_of = |input: usize| (input < 2 * GROUP).then_some(input / GROUP);
    curves::weights(&run.history, group_of, PER_BLOCK, end(run), (40.0, 60.0))
}

fn cosine(run: &PublishedRun, _: Tick) -> Curve {
    curves::similarity(&run.cosine, &run.centred, run.baseline, PER_BLOCK, end(run))
}

fn starts(run: &PublishedRun, _: Tick) -> Curve {
    run.starts.figure(run.start_mv)
}

fn potential(run: &PublishedRun, now: Tick) -> Trace {
    let levels = [("threshold", V_TH_MV), ("rest", E_L_MV)].map(|(label, value)| Level {
        label: label.into(),
        value,
        of: None,
    });
    trace(&run.v_log, now, levels.into())
}

fn current(run: &PublishedRun, now: Tick) -> Trace {
    trace(&run.current_log, now, Vec::new())
}

fn silent_weights(run: &PublishedRun, _: Tick) -> Curve {
    curves::gains(&run.silent_history, PER_BLOCK, end(run))
}

fn raster(run: &PublishedRun, _: Tick) -> Raster {
    let (mut times_ms, mut rows) = run.inputs_log.since(0, 1.0);
    let mut row_labels: Vec<String> = Vec::new();
    for group in PATTERNS {
        row_labels.extend((0..GROUP).map(|n| if n == 1 { group.into() } else { String::new() }));
    }
    if run.model.p.silent {
        row_labels.push("silent in".into());
    }
    let (times, outputs) = run.outputs_log.since(0, 1.0);
    times_ms.extend(times);
    let mut all = curves::input_rows(row_labels);
    let row_of = curves::output_rows(&mut all, run.model.p.silent);
    rows.extend(outputs.into_iter().map(row_of));
    let window = Window { start: 0, width_ms: run.model.p.num_iterations.into(), dt_ms: 1.0 };
    window.raster(all, (times_ms, rows), Vec::new())
}

fn trace(log: &crate::record::TraceLog, now: Tick, levels: Vec<Level>) -> Trace {
    const NAMES: [&str; 4] = ["out 1", "out 2", PATTERNS[0], PATTERNS[1]];
    let window = Window::latest(now, WINDOW as f64, 1.0);
    let mut trace = window.trace(log, |column| NAMES[column as usize].into());
    trace.series[..2].iter_mut().for_each(|series| series.is_selected = true);
    Trace { levels, ..trace }
}
