//! The figures of the published network.

use super::PATTERNS;
use super::curves;
use super::network::{E_L_MV, V_TH_MV};
use super::params::PublishedParams;
use super::published::GROUP;
use super::published_run::{BLOCK, PublishedRun, WINDOW};
use super::starts;
use crate::lab::panel::{Axis, Panel, PanelKind, Width};
use crate::lab::{Draw, Unit};
use crate::kit::figure::Window;
use crate::record::Figure;
use crate::record::figure::{Level, Raster, Trace};
use crate::sim::Tick;

const ITERATION: Axis = Axis::new("iteration", Unit::None);

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fig {
    Weights,
    Similarity,
    Starts,
    Spikes,
    Potential,
    Current,
    SilentWeights,
}

impl Fig {
    const ALL: [Self; 7] = [
        Self::Weights,
        Self::Similarity,
        Self::Starts,
        Self::Spikes,
        Self::Potential,
        Self::Current,
        Self::SilentWeights,
    ];

    /// Those of a run; the last one only where there is a silent output.
    pub fn of(p: &PublishedParams) -> &'static [Self] {
        &Self::ALL[..Self::ALL.len() - usize::from(!p.silent)]
    }

    pub const fn panel(self) -> Panel {
        match self {
            Self::Weights => Panel {
                width: Width::Full,
                ..Panel::new(
                    "weights",
                    "Weights", 
                    PanelKind::Curve,
                    (ITERATION, Axis::new("weight", Unit::None)),
                )
            },
            Self::Similarity => Panel {
                shows_other_seeds: true,
                ..Panel::new(
                    "cosine",
                    "Are the two outputs alike?", 
                    PanelKind::Curve,
                    (ITERATION, Axis::new("similarity", Unit::None)),
                )
            },
            Self::Starts => starts::PANEL,
            Self::Spikes => Panel {
                width: Width::Full,
                ..Panel::new(
                    "spikes",
                    "Spikes", 
                    PanelKind::Raster,
                    (ITERATION, Axis::new("neuron", Unit::None)),
                )
            },
            Self::Potential => Panel::new(
                "potential",
                "Membrane potential", 
                PanelKind::Trace,
                (ITERATION, Axis::new("potential", Unit::Mv)),
            ),
            Self::Current => Panel::new(
                "current",
                "Current", 
                PanelKind::Trace,
                (ITERATION, Axis::new("current", Unit::None)),
            ),
            Self::SilentWeights => Panel::new(
                "silent_weights",
                "Weights onto the silent output", 
                PanelKind::Curve,
                (ITERATION, Axis::new("gain", Unit::None)),
            ),
        }
    }
}

impl Draw<PublishedRun> for Fig {
    fn draw(self, run: &PublishedRun, now: Tick) -> Figure {
        let end = run.model.p.num_iterations as f32;
        let per_block = BLOCK as f32;
        match self {
            Self::Weights => {
                let group_of = |input: usize| (input < 2 * GROUP).then_some(input / GROUP);
                let least = (40.0, 60.0);
                Figure::Curve(curves::weights(&run.history, group_of, per_block, end, least))
            }
            Self::Similarity => Figure::Curve(curves::similarity(
                &run.cosine,
                &run.centred,
                run.baseline,
                per_block,
                end,
            )),
            Self::Starts => Figure::Curve(run.starts.figure(run.start_mv)),
            Self::Spikes => Figure::Raster(raster(run)),
            Self::Potential => {
                let levels = [("threshold", V_TH_MV), ("rest", E_L_MV)]
                    .map(|(label, value)| Level { label: label.into(), value, of: None });
                Figure::Trace(trace(&run.v_log, now, levels.into()))
            }
            Self::Current => Figure::Trace(trace(&run.current_log, now, Vec::new())),
            Self::SilentWeights => {
                Figure::Curve(curves::gains(&run.silent_history, per_block, end))
            }
        }
    }
}

fn raster(run: &PublishedRun) -> Raster {
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
