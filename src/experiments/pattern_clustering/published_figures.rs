//! The figures of the published network.

use super::PATTERNS;
use super::curves;
use super::params::PublishedParams;
use super::published::GROUP;
use super::published_run::{BLOCK, PublishedRun, WINDOW};
use crate::kit::figure::Window;
use crate::lab::{Axis, Figures, Unit};
use crate::record::figure::{Curve, Level, Raster, Trace};
use crate::sim::Tick;
use crate::sim::published::counting_net::{E_L_MV, V_TH_MV};

const ITERATION: Axis = Axis::new("iteration", Unit::None);

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = PublishedRun)]
pub enum Fig {
    #[figure("Weights", curve(ITERATION, "weight"), width = Full, draw = weights,
             neurons = curves::WEIGHTS)]
    Weights,
    #[figure("Are the two outputs alike?", curve(ITERATION, "similarity"), other_seeds,
             draw = cosine)]
    Cosine,
    #[figure("Why: where the outputs started",
             curve("start of output 1" in Mv, "start of output 2" in Mv), draw = starts)]
    Starts,
    #[figure("Spikes", raster(ITERATION, "neuron"), width = Full, draw = raster)]
    Spikes,
    #[figure("Membrane potential", trace(ITERATION, "potential" in Mv), draw = potential,
             neurons = curves::OUTPUTS)]
    Potential,
    #[figure("Current", trace(ITERATION, "current"), draw = current,
             neurons = curves::OUTPUTS)]
    Current,
    #[figure("Weights onto the silent output", curve(ITERATION, "gain"), draw = silent_weights,
             neurons = curves::WEIGHTS)]
    SilentWeights,
}

impl Fig {
    /// Those of a run; the last one only where there is a silent output.
    pub fn of(p: &PublishedParams) -> &'static [Self] {
        &Self::ALL[..Self::ALL.len() - usize::from(!p.silent)]
    }
}

/// What a block is of curves, and how far they go.
fn reach(run: &PublishedRun) -> (f32, f32) {
    (BLOCK as f32, run.model.p.num_iterations as f32)
}

fn weights(run: &PublishedRun, _: Tick) -> Curve {
    let group_of = |input: usize| (input < 2 * GROUP).then_some(input / GROUP);
    curves::weights(&run.seen.history, group_of, reach(run), (40.0, 60.0))
}

fn cosine(run: &PublishedRun, _: Tick) -> Curve {
    curves::similarity(&run.seen, reach(run))
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
    curves::trace(&run.seen.potentials, window(now), levels.into())
}

fn current(run: &PublishedRun, now: Tick) -> Trace {
    curves::trace(&run.seen.currents, window(now), Vec::new())
}

fn silent_weights(run: &PublishedRun, _: Tick) -> Curve {
    curves::gains(&run.silent_history, reach(run))
}

fn raster(run: &PublishedRun, _: Tick) -> Raster {
    let size = GROUP as u32;
    let silent = u32::from(run.model.p.silent);
    let groups = [(PATTERNS[0], 0, size), (PATTERNS[1], 1, size), ("silent in", 3, silent)];
    let window = Window { start: 0, width_ms: run.model.p.num_iterations.into(), dt_ms: 1.0 };
    curves::raster(&run.seen, window, &groups, run.model.p.silent, Vec::new())
}

fn window(now: Tick) -> Window {
    Window::latest(now, WINDOW as f64, 1.0)
}
