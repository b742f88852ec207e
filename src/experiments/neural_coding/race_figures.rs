//! The figures of the race.

use super::figures;
use super::lane::Lane;
use super::params::Part;
use super::run::Run;
use super::stress::KINDS;
use crate::lab::{Axis, Figures, Unit};
use crate::record::figure::{Curve, Fields, Line, LineStyle, Matrix, Raster};
use crate::sim::Tick;

const SINCE_ONSET: Axis = Axis::new("time since onset", Unit::Ms);

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = Run)]
pub enum Fig {
    #[figure("The picture, and what is read", fields(Axis::NONE, "brightness"), grey, draw = pictures)]
    Pictures,
    #[figure("Spikes of a presentation", raster(Axis::TIME, "pixel"), width = Full, draw = raster)]
    Spikes,
    #[figure("At equal time", curve(SINCE_ONSET, "error"), hero, draw = error_time)]
    ErrorTime,
    #[figure("At equal spikes", curve("spikes per pixel", "error"), draw = error_spikes)]
    ErrorSpikes,
    #[figure("What hurts which code?", matrix("code", "noise"), value = "error", width = Full, draw = hurts)]
    Hurts,
}

fn pictures(run: &Run, _: Tick) -> Fields {
    let read = |lane: &Lane| {
        let error = lane.now.last().map_or(0.0, |(error, _)| *error);
        figures::field(&run.picture, &lane.label, &format!("error {error:.3}"), &lane.values)
    };
    let all = std::iter::once(figures::original(run)).chain(run.lanes.iter().map(read));
    figures::fields(run, all.collect())
}

fn raster(run: &Run, now: Tick) -> Raster {
    figures::raster(run, now, |_, lane| lane.label.clone())
}

fn error_time(run: &Run, _: Tick) -> Curve {
    figures::error_over_time(run)
}

fn error_spikes(run: &Run, _: Tick) -> Curve {
    let Part::Race(p) = &run.params.part else { return Curve::default() };
    // As far as what may be spent, and a bit.
    let end = (1.5 * p.budget) as f32;
    let mut curve = figures::error_over_spikes(run, end);
    curve.x_range.1 = end;
    let level = vec![0.0, figures::ERROR_TOP];
    let budget = p.budget as f32;
    curve.lines.push(Line::new("to spend", vec![budget; 2], level, LineStyle::Reference));
    curve
}

fn hurts(run: &Run, _: Tick) -> Matrix {
    let values = run.stress.as_ref().map_or(Vec::new(), |stress| stress.errors());
    Matrix {
        row_labels: run.lanes.iter().map(|lane| lane.label.clone()).collect(),
        column_labels: KINDS.map(|(kind, _)| kind.to_string()).to_vec(),
        high: values.iter().copied().fold(0.2, f32::max),
        values,
        marked: None,
    }
}
