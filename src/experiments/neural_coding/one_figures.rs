//! The figures of one code.

use super::figures;
use super::params::Part;
use super::run::Run;
use crate::lab::{Axis, Figures, Unit};
use crate::record::figure::{Curve, Fields, Line, LineStyle, Raster};
use crate::sim::Tick;
use crate::sim::encode::codes::{Code, brightness};

const SINCE_ONSET: Axis = Axis::new("time since onset", Unit::Ms);
/// Classes of brightness.
const CLASSES: usize = 16;
/// What a CV or a Fano factor is cut off at.
const TOP: f32 = 1.5;

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = Run)]
pub enum Fig {
    #[figure("The picture, and what is read", fields(Axis::NONE, "brightness"), hero, grey, draw = pictures)]
    Pictures,
    #[figure("Spikes of a presentation", raster(Axis::TIME, "pixel"), width = Full, draw = raster)]
    Spikes,
    #[figure("Error over time", curve(SINCE_ONSET, "error"), other_seeds, draw = error_time)]
    ErrorTime,
    #[figure("Error over spikes", curve("spikes per pixel", "error"), draw = error_spikes)]
    ErrorSpikes,
    #[figure("Spikes by brightness", curve("brightness", "spikes per presentation"), draw = tuning)]
    Tuning,
    #[figure("How irregular?", curve("brightness", "CV or Fano factor"), draw = irregular)]
    Irregular,
}

fn pictures(run: &Run, _: Tick) -> Fields {
    let lane = &run.lanes[0];
    let error = lane.now.last().map_or(0.0, |(error, _)| *error);
    let caption = format!("error {error:.3}");
    let mut all = vec![
        figures::original(run),
        figures::field(&run.picture, "read so far", &caption, &lane.values),
    ];
    if lane.num_over > 0 && lane.code.has_chance() | run.params.noise().is_any() {
        let caption =
            lane.spent.last().map_or(String::new(), |(_, error)| format!("error {error:.3}"));
        let label = format!("mean of {}", lane.num_over);
        all.push(figures::field(&run.picture, &label, &caption, &lane.mean()));
    }
    figures::fields(run, all)
}

fn raster(run: &Run, now: Tick) -> Raster {
    figures::raster(run, now, |_, _| String::new())
}

fn error_time(run: &Run, _: Tick) -> Curve {
    figures::error_over_time(run)
}

fn error_spikes(run: &Run, _: Tick) -> Curve {
    figures::error_over_spikes(run, 1.0)
}

/// Brightness, CV, Fano factor and spikes for classes of brightness.
fn classes(run: &Run) -> Vec<[f32; 4]> {
    let lane = &run.lanes[0];
    let per_pixel = lane.code.neurons_per_pixel();
    let of = |neuron: u32| brightness(run.picture.values[(neuron / per_pixel) as usize]) as f32;
    lane.tally.by_brightness(CLASSES, of)
}

/// A line through what is finite in a column.
fn line(label: &str, classes: &[[f32; 4]], column: usize, top: f32) -> Line {
    let points = classes.iter().filter(|class| class[column].is_finite());
    let (x, y) = points.map(|class| (class[0], class[column].min(top))).unzip();
    Line::new(label, x, y, LineStyle::Main)
}

fn tuning(run: &Run, _: Tick) -> Curve {
    let classes = classes(run);
    let top = classes.iter().map(|class| class[3]).fold(1.0, f32::max) * 1.1;
    let lines = vec![line("spikes", &classes, 3, top)];
    let mut curve = Curve { x_range: (0.0, 1.0), y_range: (0.0, top), lines, ..Curve::default() };
    curve.note = "After the first presentation.".into();
    if run.lanes[0].num_over == 0 {
        curve.lines.clear();
    }
    curve
}

/// How irregular trains are, what a Poisson process would be, and √r for intervals from a Poisson distribution.
fn irregular(run: &Run, _: Tick) -> Curve {
    let classes = classes(run);
    let mut lines = vec![line("CV", &classes, 1, TOP), line("Fano", &classes, 2, TOP)];
    lines.push(Line::new("Poisson process", vec![0.0, 1.0], vec![1.0; 2], LineStyle::Reference));
    if let (Code::PublishedIsi { gain }, Part::One(_)) = (run.lanes[0].code, &run.params.part) {
        let x: Vec<f32> = (0..=32).map(|place| place as f32 / 32.0).collect();
        let y = x.iter().map(|x| (x * gain as f32).sqrt()).collect();
        lines.push(Line::new("√(λ x)", x, y, LineStyle::Reference));
    }
    Curve {
        x_range: (0.0, 1.0),
        y_range: (0.0, TOP),
        lines,
        note: "No pixel has two intervals so far.".into(),
        ..Curve::default()
    }
}
