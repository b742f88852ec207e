//! What figures of all parts have in common.

use super::lane::Lane;
use super::run::Run;
use super::{DT_MS, PAUSE, POPULATIONS};
use crate::kit::figure::{Rows, Window};
use crate::record::figure::{Curve, Field, Fields, Line, LineStyle, Raster, RowRole, Span};
use crate::sim::Tick;
use crate::sim::encode::codes::brightness;
use crate::sim::encode::greys::Greys;

/// Pixels across and down that a picture is shown with at most.
const SHOWN: u32 = 64;
/// Errors above this are cut off: a reader that knows nothing is at about 0.3.
pub const ERROR_TOP: f32 = 0.5;

/// The picture itself.
pub fn original(run: &Run) -> Field {
    let values: Vec<f32> = run.picture.values.iter().map(|grey| brightness(*grey) as f32).collect();
    field(&run.picture, "picture", "", &values)
}

/// A picture, of as many pixels as are shown.
pub fn field(picture: &Greys, label: &str, caption: &str, values: &[f32]) -> Field {
    let (times, [columns, rows]) = shown(picture);
    let mean = |row: u32, column: u32| {
        let line = |down: u32| {
            let first = ((row * times + down) * picture.columns + column * times) as usize;
            &values[first..first + times as usize]
        };
        (0..times).flat_map(line).sum::<f32>() / (times * times) as f32
    };
    let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    Field {
        label: label.into(),
        caption: caption.into(),
        values: places.map(|(row, column)| mean(row, column)).collect(),
        ..Field::default()
    }
}

/// How many pixels become one, and how many are left across and down.
fn shown(picture: &Greys) -> (u32, [u32; 2]) {
    let times = picture.columns.max(picture.rows).div_ceil(SHOWN).max(1);
    (times, [(picture.columns / times).max(1), (picture.rows / times).max(1)])
}

/// Pictures side by side.
pub fn fields(run: &Run, fields: Vec<Field>) -> Fields {
    let (_, [columns, rows]) = shown(&run.picture);
    Fields { columns, rows, low: 0.0, high: 1.0, filler: 0, fields }
}

/// The spikes of this presentation, each code above the one before.
pub fn raster(run: &Run, now: Tick, label: impl Fn(usize, &Lane) -> String) -> Raster {
    let period = run.period();
    // At the end of a presentation it is still the one that was shown.
    let start = now.saturating_sub(1) / period * period;
    let (mut rows, mut times_ms, mut spikes) = (Rows::default(), Vec::new(), Vec::new());
    // The first code on top.
    for (idx, lane) in run.lanes.iter().enumerate().rev() {
        if rows.num() > 0 {
            rows.gap(8);
        }
        rows.role(RowRole::Input, (idx % 2) as u8);
        let first = lane.rows.add_to(&mut rows, &label(idx, lane), POPULATIONS[idx]);
        times_ms.extend(
            lane.log.iter().map(|(step, _)| ((PAUSE + Tick::from(*step)) as f64 * DT_MS) as f32),
        );
        spikes.extend(lane.log.iter().map(|(_, row)| first + row));
    }
    let on = Span {
        from_ms: (PAUSE as f64 * DT_MS) as f32,
        to_ms: (period as f64 * DT_MS) as f32,
        label: "picture on".into(),
        is_test: false,
    };
    let window = Window { start, width_ms: period as f64 * DT_MS, dt_ms: DT_MS };
    window.raster(rows, (times_ms, spikes), vec![on])
}

/// The error of each code since the onset: now, and behind it the mean over presentations.
pub fn error_over_time(run: &Run) -> Curve {
    let steps =
        |errors: &[f32]| (0..errors.len()).map(|step| (step as f64 * DT_MS) as f32).collect();
    let label = |lane: &Lane| if run.lanes.len() == 1 { "now".into() } else { lane.label.clone() };
    let mut lines: Vec<Line> = Vec::new();
    for lane in &run.lanes {
        // Of several, each as it was at its last end, until there is more of this one.
        let errors: Vec<f32> = lane.now.iter().map(|(error, _)| error.min(ERROR_TOP)).collect();
        lines.push(Line::new(&label(lane), steps(&errors), errors, LineStyle::Main));
    }
    if let [lane] = &run.lanes[..]
        && lane.num_over > 0
    {
        let errors: Vec<f32> =
            lane.mean_errors().iter().map(|error| error.min(ERROR_TOP)).collect();
        lines.push(Line::new("mean", steps(&errors), errors, LineStyle::Behind));
    }
    Curve {
        x_range: (0.0, (f64::from(run.num_steps) * DT_MS) as f32),
        y_range: (0.0, ERROR_TOP),
        lines,
        per_block: DT_MS as f32,
        ..Curve::default()
    }
}

/// The error of each code when each pixel has spent so many spikes: within the first presentation, and then of the mean of
/// all so far.
pub fn error_over_spikes(run: &Run, least: f32) -> Curve {
    let line = |lane: &Lane| {
        let within: Vec<(f32, f32)> = match lane.num_over {
            0 => lane.now.iter().map(|(error, spikes)| (*spikes, *error)).collect(),
            _ => lane.first.clone(),
        };
        let all = within.into_iter().chain(lane.spent.iter().skip(1).copied());
        let (x, y): (Vec<f32>, Vec<f32>) = all.unzip();
        let y = y.into_iter().map(|error| error.min(ERROR_TOP)).collect();
        Line::new(if run.lanes.len() == 1 { "error" } else { &lane.label }, x, y, LineStyle::Main)
    };
    let lines: Vec<Line> = run.lanes.iter().map(line).collect();
    let most = lines.iter().flat_map(|line| &line.x).copied().fold(least, f32::max);
    Curve { x_range: (0.0, most), y_range: (0.0, ERROR_TOP), lines, ..Curve::default() }
}
