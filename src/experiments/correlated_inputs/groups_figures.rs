//! The figures of the inputs alone.

use super::groups::{GroupsRun, ROWS, Watched};
use super::{DT_MS, GROUPS, WINDOW_MS};
use crate::kit::figure::{Rows, Window};
use crate::lab::{Axis, Figures, Unit};
use crate::record::figure::{Curve, Line, LineStyle, Raster, RowRole};
use crate::sim::Tick;

const TIME: Axis = Axis::new("time", Unit::S);

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = GroupsRun)]
pub enum Fig {
    #[figure("Spikes of three groups", raster(Axis::TIME, "input"), width = Full, hero, draw = raster)]
    Spikes,
    #[figure("Pairwise correlation so far", curve(TIME, "correlation"), other_seeds,
             draw = pairwise)]
    Pairwise,
    #[figure("Mean rate so far", curve(TIME, "rate" in Hz), draw = rate)]
    Rate,
    #[figure("How many inputs fire together", curve("inputs at once", "how often" in Hz), width = Full,
             draw = together)]
    Together,
}

fn pairwise(run: &GroupsRun, _: Tick) -> Curve {
    measured(run, |group| &group.correlation, |expected| expected.1, 1.05)
}

fn rate(run: &GroupsRun, _: Tick) -> Curve {
    let expected_hz = run.groups[0].expected.map_or(run.rate_hz, |expected| expected.0);
    let measured_hz = run.groups[0].rate.last().copied().unwrap_or(0.0);
    let top = 1.5 * (expected_hz as f32).max(measured_hz / 1.2);
    measured(run, |group| &group.rate, |expected| expected.0, top)
}

/// What was measured of each group, and what theory expects of it.
fn measured(
    run: &GroupsRun,
    of: fn(&Watched) -> &Vec<f32>,
    theory: fn((f64, f64)) -> f64,
    y_max: f32,
) -> Curve {
    let mut lines: Vec<Line> = Vec::new();
    for group in &run.groups {
        lines.push(run.blocks.line(&group.label, of(group)));
    }
    for group in &run.groups {
        // None is an empty line, so that each belongs to its group.
        let level = group.expected.map(|expected| {
            let label = format!("{}, theory", group.label);
            run.blocks.level(&label, theory(expected) as f32)
        });
        lines.push(Line { style: LineStyle::Expected, ..level.unwrap_or_default() });
    }
    let values: Vec<f32> = lines.iter().flat_map(|line| &line.y).copied().collect();
    let mut curve = run.blocks.curve(lines, (0.0, y_max));
    curve.reach(values.iter());
    curve
}

/// Independent inputs at the bottom, identical ones at the top.
fn raster(run: &GroupsRun, now: Tick) -> Raster {
    let window = Window::latest(now, WINDOW_MS, DT_MS);
    let (mut all, mut times_ms, mut rows) = (Rows::default(), Vec::new(), Vec::new());
    for (shade, group) in (0..).zip([1, 0, 2]) {
        all.role(RowRole::Input, [3, 1, 0][shade]);
        let (population, group) = (GROUPS[group], &run.groups[group]);
        let first = all.group(&group.label, population, (0, 1), run.num_inputs.min(ROWS));
        let (times, ids) = group.log.since(window.start, DT_MS);
        times_ms.extend(times);
        rows.extend(ids.iter().map(|id| id + first));
    }
    window.raster(all, (times_ms, rows), Vec::new())
}

fn together(run: &GroupsRun, _: Tick) -> Curve {
    let line = |group: &Watched| {
        let y: Vec<f32> = group.meter.at_once_hz(DT_MS).skip(1).map(|hz| hz as f32).collect();
        let x = (2..).map(|n| n as f32).take(y.len()).collect();
        Line { label: group.label.clone(), x, y, ..Line::default() }
    };
    let lines: Vec<Line> = run.groups.iter().map(line).collect();
    let top = lines.iter().flat_map(|line| &line.y).copied().fold(1.0, f32::max);
    Curve {
        x_range: (0.0, run.num_inputs as f32),
        y_range: (0.0, top * 1.05),
        lines,
        ..Curve::default()
    }
}
