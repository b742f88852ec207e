//! The figures of the virtual synapse.

use super::synapse::{NUM_INPUTS, SynapseRun, Walker};
use super::{DT_MS, GROUPS, WINDOW_MS};
use crate::kit::figure::{Rows, Window};
use crate::lab::{Axis, Figures, Unit};
use crate::record::figure::{Curve, Line, Mark, Raster, RowRole};
use crate::sim::{Tick, math};

const TIME: Axis = Axis::new("time", Unit::S);
const WEIGHT: Axis = Axis::new("weight", Unit::None);

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = SynapseRun)]
pub enum Fig {
    #[figure("The virtual weight", curve(TIME, WEIGHT), other_seeds, draw = weight)]
    Weight,
    #[figure("Which pairs moved the weight", curve(TIME, WEIGHT), draw = parts)]
    Parts,
    #[figure("Spikes of the chosen group", raster(Axis::TIME, "input"), width = Wide,
             draw = raster)]
    Spikes,
    #[figure("The learning window", curve("Δt" in Ms, "change"), width = Narrow, draw = window)]
    Window,
}

fn weight(run: &SynapseRun, _: Tick) -> Curve {
    let line = |w: &Walker| run.blocks.line(&w.label, &w.curves[0]);
    curve(run, run.walkers.iter().map(line).collect())
}

fn parts(run: &SynapseRun, _: Tick) -> Curve {
    let labels = ["all pairs", "without a lag", "0 before 1", "1 before 0"];
    let lines = labels.iter().zip(&run.walkers[0].curves);
    curve(run, lines.map(|(label, y)| run.blocks.line(label, y)).collect())
}

/// Weights over time, with an axis that holds them all.
fn curve(run: &SynapseRun, lines: Vec<Line>) -> Curve {
    let expected = (run.p.rate_hz * run.p.duration_s) as f32;
    let all = || lines.iter().flat_map(|line| line.y.iter().copied());
    let top = all().fold(1.1 * expected, f32::max);
    let bottom = all().fold(-0.1 * expected, f32::min);
    run.blocks.curve(lines, (bottom, top))
}

fn raster(run: &SynapseRun, now: Tick) -> Raster {
    let window = Window::latest(now, WINDOW_MS, DT_MS);
    let labels = (0..NUM_INPUTS).map(|id| id.to_string()).collect();
    let rows = Rows::of(RowRole::Input, GROUPS[0], labels);
    window.raster(rows, run.log.since(window.start, DT_MS), Vec::new())
}

fn window(run: &SynapseRun, _: Tick) -> Curve {
    let p = &run.p;
    let reach = 3.0 * p.tau_plus_ms.max(p.tau_minus_ms);
    let side = |sign: f64, tau_ms: f64, a: f64| {
        let d_ms = (1..=60).map(|place| f64::from(place) / 60.0 * reach);
        let points = d_ms.map(|d| ((sign * d) as f32, (a * math::exp_f64(-d / tau_ms)) as f32));
        let (x, y) = points.unzip();
        Line { x, y, ..Line::default() }
    };
    let no_lag = if p.zero_lag { 1.0 } else { 0.0 };
    Curve {
        x_range: (-reach as f32, reach as f32),
        y_range: (-1.1 * p.a_minus.max(1.0) as f32, 1.1),
        lines: vec![
            Line { label: "0 before 1".into(), ..side(1.0, p.tau_plus_ms, 1.0) },
            Line { label: "1 before 0".into(), ..side(-1.0, p.tau_minus_ms, -p.a_minus) },
        ],
        marks: vec![Mark { x: 0.0, y: no_lag, label: String::new() }],
        ..Curve::default()
    }
}
