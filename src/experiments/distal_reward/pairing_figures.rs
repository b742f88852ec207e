//! The figures of the single pairings.

use super::pairing::{NUM_TICKS, POPULATIONS, PairingRun, S_INIT, TRIAL_TICKS, TRIALS};
use super::DT_MS;
use crate::kit::figure::{Rows, Window};
use crate::lab::panel::{Axis, Panel, PanelKind, Width};
use crate::lab::{Draw, Unit};
use crate::record::Figure;
use crate::record::figure::{Level, Raster, Span, Trace};
use crate::sim::Tick;

/// The whole run.
const WHOLE: Window = Window { start: 0, width_ms: NUM_TICKS as f64, dt_ms: DT_MS };

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fig {
    Spikes,
    Eligibility,
    Dopamine,
    Weight,
}

impl Fig {
    pub const ALL: [Self; 4] = [Self::Spikes, Self::Eligibility, Self::Dopamine, Self::Weight];

    pub const fn panel(self) -> Panel {
        match self {
            Self::Spikes => Panel {
                width: Width::Full,
                ..Panel::new(
                    "spikes",
                    "Spikes and rewards", 
                    PanelKind::Raster,
                    (Axis::TIME, Axis::new("", Unit::None)),
                )
            },
            Self::Eligibility => Panel {
                value: Axis::new("eligibility per 10 ms", Unit::Mv),
                ..trace(
                    "eligibility",
                    "Memory of the synapse", 
                    Axis::new("eligibility, per 10 ms", Unit::Mv),
                )
            },
            Self::Dopamine => trace(
                "dopamine",
                "Dopamine", 
                Axis::new("dopamine", Unit::None),
            ),
            Self::Weight => trace(
                "weight",
                "Weight", 
                Axis::new("weight", Unit::Mv),
            ),
        }
    }
}

const fn trace(key: &'static str, title: &'static str, y: Axis) -> Panel {
    Panel {
        width: Width::Full,
        ..Panel::new(key, title, PanelKind::Trace, (Axis::TIME, y))
    }
}

impl Draw<PairingRun> for Fig {
    fn draw(self, run: &PairingRun, _now: Tick) -> Figure {
        let level = |label: &str, value| Level { label: label.into(), value, of: None };
        match self {
            Self::Spikes => Figure::Raster(raster(run)),
            Self::Eligibility => column(run, 0, "eligibility", vec![level("zero", 0.0)]),
            Self::Dopamine => column(run, 1, "dopamine", Vec::new()),
            Self::Weight => column(run, 2, "weight", vec![level("at the start", S_INIT as f32)]),
        }
    }
}

/// One of the recorded variables over the whole run.
fn column(run: &PairingRun, column: usize, name: &str, levels: Vec<Level>) -> Figure {
    let mut trace = WHOLE.trace(&run.trace, |_| name.into());
    let series = vec![trace.series.swap_remove(column)];
    Figure::Trace(Trace { start_ms: 0.0, series, levels, ..trace })
}

fn raster(run: &PairingRun) -> Raster {
    let spans = (0_u8..).zip(&TRIALS).map(|(idx, trial)| {
        let [from_ms, to_ms] = [idx, idx + 1].map(|trial| f32::from(trial) * TRIAL_TICKS as f32);
        Span { from_ms, to_ms, label: trial.label.into(), is_test: !trial.is_rewarded }
    });
    let mut rows = Rows::default();
    for name in POPULATIONS {
        rows.row(name, name, 0);
    }
    WHOLE.raster(rows, run.spikes.since(0, DT_MS), spans.collect())
}
