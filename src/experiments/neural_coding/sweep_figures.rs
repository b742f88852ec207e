//! The figures of four rates.

use super::figures;
use super::lane::Lane;
use super::params::Part;
use super::run::Run;
use crate::lab::{Axis, Figures, Unit};
use crate::record::figure::{Curve, Field, Fields, Raster};
use crate::sim::Tick;

const SINCE_ONSET: Axis = Axis::new("time since onset", Unit::Ms);

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = Run)]
pub enum Fig {
    #[figure("The picture, and what is read", fields(Axis::NONE, "brightness"), hero, grey, draw = pictures)]
    Pictures,
    #[figure("Spikes of a presentation", raster(Axis::TIME, "pixel"), width = Full, draw = raster)]
    Spikes,
    #[figure("Error over time", curve(SINCE_ONSET, "error"), draw = error_time)]
    ErrorTime,
    #[figure("Error over spikes", curve("spikes per pixel", "error"), draw = error_spikes)]
    ErrorSpikes,
}

fn label(run: &Run, idx: usize) -> String {
    match &run.params.part {
        Part::Sweep(p) => format!("λ {}", p.lambdas()[idx]),
        _ => String::new(),
    }
}

fn pictures(run: &Run, _: Tick) -> Fields {
    let read = |(idx, lane): (usize, &Lane)| -> Field {
        let error = lane.now.last().map_or(0.0, |(error, _)| *error);
        figures::field(&run.picture, &label(run, idx), &format!("error {error:.3}"), &lane.values)
    };
    let all = std::iter::once(figures::original(run)).chain(run.lanes.iter().enumerate().map(read));
    figures::fields(run, all.collect())
}

fn raster(run: &Run, now: Tick) -> Raster {
    figures::raster(run, now, |idx, _| label(run, idx))
}

fn named(run: &Run, mut curve: Curve) -> Curve {
    for (idx, line) in curve.lines.iter_mut().enumerate() {
        line.label = label(run, idx);
    }
    curve
}

fn error_time(run: &Run, _: Tick) -> Curve {
    named(run, figures::error_over_time(run))
}

fn error_spikes(run: &Run, _: Tick) -> Curve {
    named(run, figures::error_over_spikes(run, 1.0))
}
