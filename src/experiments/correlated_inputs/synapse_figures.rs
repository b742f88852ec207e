//! The figures of the virtual synapse.

use super::synapse::{NUM_INPUTS, POPULATIONS, SynapseRun, Walker};
use super::{DT_MS, WINDOW_MS};
use crate::kit::figure::{Rows, Window};
use crate::lab::panel::{Axis, Panel, PanelKind, Width};
use crate::lab::{Draw, Unit};
use crate::record::Figure;
use crate::record::figure::{Curve, Line, Mark, Raster, RowBlock};
use crate::sim::{Tick, math};

const TIME: Axis = Axis::new("time", Unit::S);
const WEIGHT: Axis = Axis::new("weight", Unit::None);

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fig {
    Weight,
    Parts,
    Spikes,
    Window,
}

impl Fig {
    pub const ALL: [Self; 4] = [Self::Weight, Self::Parts, Self::Spikes, Self::Window];

    pub const fn panel(self) -> Panel {
        match self {
            Self::Weight => Panel {
                shows_other_seeds: true,
                ..Panel::new(
                    "weight",
                    "The virtual weight", 
                    PanelKind::Curve,
                    (TIME, WEIGHT),
                )
            },
            Self::Parts => Panel::new(
                "parts",
                "Which pairs moved the weight", 
                PanelKind::Curve,
                (TIME, WEIGHT),
            ),
            Self::Spikes => Panel {
                width: Width::Wide,
                ..Panel::new(
                    "spikes",
                    "Spikes of the chosen group", 
                    PanelKind::Raster,
                    (Axis::TIME, Axis::new("input", Unit::None)),
                )
            },
            Self::Window => Panel {
                width: Width::Narrow,
                ..Panel::new(
                    "window",
                    "The learning window", 
                    PanelKind::Curve,
                    (Axis::new("Δt", Unit::Ms), Axis::new("change", Unit::None)),
                )
            },
        }
    }
}

impl Draw<SynapseRun> for Fig {
    fn draw(self, run: &SynapseRun, now: Tick) -> Figure {
        let chosen = &run.walkers[0];
        match self {
            Self::Weight => {
                let line = |w: &Walker| run.blocks.line(&w.label, &w.curves[0]);
                curve(run, run.walkers.iter().map(line).collect())
            }
            Self::Parts => {
                let labels = ["all pairs", "without a lag", "0 before 1", "1 before 0"];
                let lines = labels.iter().zip(&chosen.curves);
                curve(run, lines.map(|(label, y)| run.blocks.line(label, y)).collect())
            }
            Self::Spikes => Figure::Raster(raster(run, now)),
            Self::Window => Figure::Curve(window(run)),
        }
    }
}

/// Weights over time, with an axis that holds them all.
fn curve(run: &SynapseRun, lines: Vec<Line>) -> Figure {
    let expected = (run.p.rate_hz * run.p.duration_s) as f32;
    let all = || lines.iter().flat_map(|line| line.y.iter().copied());
    let top = all().fold(1.1 * expected, f32::max);
    let bottom = all().fold(-0.1 * expected, f32::min);
    Figure::Curve(run.blocks.curve(lines, (bottom, top)))
}

fn raster(run: &SynapseRun, now: Tick) -> Raster {
    let window = Window::latest(now, WINDOW_MS, DT_MS);
    let labels = (0..NUM_INPUTS).map(|id| id.to_string()).collect();
    let blocks = vec![RowBlock::new(POPULATIONS[0], 0, NUM_INPUTS)];
    window.raster(Rows { labels, blocks }, run.log.since(window.start, DT_MS), Vec::new())
}

fn window(run: &SynapseRun) -> Curve {
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
