//! The figures of the single pairings.

use super::DT_MS;
use super::pairing::{NUM_TICKS, POPULATIONS, PairingRun, S_INIT, TRIAL_TICKS, TRIALS};
use crate::kit::figure::{Rows, Window};
use crate::lab::{Axis, Figures};
use crate::record::figure::{Level, Raster, RowRole, Span, Trace};
use crate::sim::Tick;

/// The whole run.
const WHOLE: Window = Window { start: 0, width_ms: NUM_TICKS as f64, dt_ms: DT_MS };

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = PairingRun)]
pub enum Fig {
    #[figure("Spikes and rewards", raster(Axis::TIME, Axis::NONE), width = Full, draw = raster)]
    Spikes,
    #[figure("Memory of the synapse", trace(Axis::TIME, "eligibility, per 10 ms" in Mv),
             width = Full,
             value = "eligibility per 10 ms" in Mv, draw = eligibility)]
    Eligibility,
    #[figure("Dopamine", trace(Axis::TIME, "dopamine"), width = Full, draw = dopamine)]
    Dopamine,
    #[figure("Weight", trace(Axis::TIME, "weight" in Mv), width = Full, hero, draw = weight)]
    Weight,
}

fn eligibility(run: &PairingRun, _: Tick) -> Trace {
    column(run, 0, "eligibility", &[("zero", 0.0)])
}

fn dopamine(run: &PairingRun, _: Tick) -> Trace {
    column(run, 1, "dopamine", &[])
}

fn weight(run: &PairingRun, _: Tick) -> Trace {
    column(run, 2, "weight", &[("at the start", S_INIT as f32)])
}

/// One of the recorded variables over the whole run.
fn column(run: &PairingRun, column: usize, name: &str, levels: &[(&str, f32)]) -> Trace {
    let mut trace = WHOLE.trace(&run.trace, |_| name.into());
    let series = vec![trace.series.swap_remove(column)];
    let level =
        |(label, value): &(&str, f32)| Level { label: label.to_string(), value: *value, of: None };
    Trace { start_ms: 0.0, series, levels: levels.iter().map(level).collect(), ..trace }
}

fn raster(run: &PairingRun, _: Tick) -> Raster {
    let spans = (0_u8..).zip(&TRIALS).map(|(idx, trial)| {
        let [from_ms, to_ms] = [idx, idx + 1].map(|trial| f32::from(trial) * TRIAL_TICKS as f32);
        Span { from_ms, to_ms, label: trial.label.into(), is_test: !trial.is_rewarded }
    });
    let mut rows = Rows::default();
    let roles = [RowRole::Input, RowRole::Output, RowRole::Reward];
    for (name, role) in POPULATIONS.into_iter().zip(roles) {
        rows.role(role, 0);
        rows.row(name, name, 0);
    }
    WHOLE.raster(rows, run.spikes.since(0, DT_MS), spans.collect())
}
