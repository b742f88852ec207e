//! For tests: figures as real runs produce them.

use super::theme::Colour;
use super::{Layout, Scale, Theme};
use crate::lab::panel::Width;
use crate::lab::{Axis, Drag, Panel, PanelKind, Unit};
use crate::record::Figure;
use crate::record::figure::*;

/// A noise that needs no generator: even enough for pictures.
fn noise(seed: usize) -> f32 {
    let mut bits = (seed as u32).wrapping_add(1).wrapping_mul(0x9E37_79B9);
    bits = (bits ^ (bits >> 15)).wrapping_mul(0x85EB_CA6B);
    (bits ^ (bits >> 13)) as f32 / u32::MAX as f32
}

fn letter(idx: usize) -> String {
    char::from(b'A' + (idx % 26) as u8).to_string()
}

/// 15 inputs and some outputs over three presentations of 300 ms, with three volleys each.
pub fn raster(num_outputs: usize) -> Figure {
    let mut raster = Raster { start_ms: 600.0, width_ms: 900.0, ..Raster::default() };
    raster.row_labels = (1..=num_outputs).map(|n| format!("A–n{n}")).collect();
    raster.row_labels.extend((1..=15).map(|n| format!("input {n}")));
    for volley in 0..9 {
        let start = 40.0 + 100.0 * volley as f32;
        for row in 0..15 {
            if noise(volley / 3 * 15 + row) < 0.5 {
                raster.times_ms.push(start + 6.0 * noise(volley * 31 + row));
                raster.rows.push((num_outputs + row) as u32);
            }
        }
        raster.times_ms.push(start + 14.0);
        raster.rows.push((volley / 3 % num_outputs) as u32);
    }
    raster.spans = (0..4)
        .map(|i| Span {
            from_ms: -20.0 + 300.0 * i as f32,
            to_ms: 230.0 + 300.0 * i as f32,
            label: letter(i),
            is_test: i >= 2,
        })
        .collect();
    Figure::Raster(raster)
}

/// Membrane potentials that climb in volleys; the second neuron is selected and fires.
pub fn trace(num: usize) -> Figure {
    let series = |n: usize| {
        let mut series = Series { label: format!("n{}", n + 1), ..Series::default() };
        series.is_selected = n == 1.min(num - 1);
        let mut v = -70.0_f32;
        for sample in 0..700 {
            v += (-70.0 - v) * 0.02;
            if sample % 200 > 60 && sample % 200 < 90 {
                v += 0.35 + 0.3 * noise(n * 13 + sample / 200) + 0.2 * noise(sample + n);
            }
            if v >= -54.0 {
                v = -70.0;
                series.spikes.push(sample as u32);
            }
            series.values.push(v);
        }
        series
    };
    Figure::Trace(Trace {
        start_ms: 0.0,
        width_ms: 350.0,
        step_ms: 0.5,
        series: (0..num).map(series).collect(),
        levels: vec![Level { label: "threshold".into(), value: -54.0, of: None }],
        note: String::new(),
    })
}

/// Traces with handles where their spikes are.
pub fn dragged_trace() -> (Panel, Figure) {
    const HANDLES: &[(f64, f64)] = &[(175.0, -0.5), (175.0, 0.5)];
    const DRAG: Drag = Drag { key: "delta_t_ms", handles: HANDLES, middle: None };
    let figure = trace(2);
    (Panel { key: "dragged", drag: Some(DRAG), ..panel_of(&figure) }, figure)
}

/// A hit rate that rises towards 1, as long as the run has come; other seeds went to the end.
pub fn curve(num_others: usize) -> Figure {
    let line = |seed: usize, length: usize, label: &str, style| {
        let x: Vec<f32> = (0..length).map(|i| 4.0 * i as f32).collect();
        let y = x.iter().enumerate().map(|(i, x)| {
            let rise = x / (x + 40.0 + 60.0 * noise(seed));
            (0.25 + 0.75 * rise + 0.08 * (noise(seed * 97 + i) - 0.5)).clamp(0.0, 1.0)
        });
        Line { label: label.into(), y: y.collect(), x, style, ..Line::default() }
    };
    let mut lines = vec![line(1, 62, "this seed", LineStyle::Main)];
    lines.push(Line {
        label: "published".into(),
        x: vec![0.0, 400.0],
        y: vec![0.94, 0.94],
        style: LineStyle::Reference,
        ..Line::default()
    });
    lines.extend((0..num_others).map(|i| line(i + 7, 101, "other seeds", LineStyle::Faint)));
    let mark = Mark { x: lines[0].x[6], y: lines[0].y[6], label: "first A".into() };
    let (x_range, y_range) = ((0.0, 400.0), (0.0, 1.0));
    Figure::Curve(Curve { x_range, y_range, lines, marks: vec![mark], ..Curve::default() })
}

/// Two fitted lines and what was measured, with error bars, and a handle.
pub fn measured_curve() -> (Panel, Figure) {
    let x = vec![0.1, 10.0, 20.0, 40.0, 50.0];
    let measured = |label: &str, y: Vec<f32>, style| Line {
        label: label.into(),
        x: x.clone(),
        errors: if style == LineStyle::Points { vec![0.1, 0.1, 0.3, 2.0, 0.2] } else { vec![] },
        y,
        style,
        own_name: String::new(),
    };
    let lines = vec![
        measured("Δt = +10 ms", vec![0.0, 0.1, 0.3, 0.5, 0.6], LineStyle::Main),
        measured("Δt = −10 ms", vec![-0.3, -0.4, -0.3, 0.2, 0.7], LineStyle::Main),
        measured("measured, +10 ms", vec![-0.04, 0.14, 0.29, 0.53, 0.56], LineStyle::Points),
        measured("measured, −10 ms", vec![-0.29, -0.41, -0.34, 0.56, 0.75], LineStyle::Points),
    ];
    let mark = Mark { x: 40.0, y: 0.2, label: "now".into() };
    let (x_range, y_range) = ((0.0, 52.0), (-1.0, 1.0));
    let curve = Curve { x_range, y_range, lines, marks: vec![mark], ..Curve::default() };
    let figure = Figure::Curve(curve);
    (Panel { key: "measured", ..panel_of(&figure) }, figure)
}

/// Pictures of 3 by 5 pixels.
pub fn fields(num: usize) -> Figure {
    let field =
        |n: usize| Field {
            label: format!("n{}", n + 1),
            caption: if n % 7 == 5 { "–".into() } else { letter(n) },
            values: (0..15)
                .map(|i| {
                    if noise(n * 15 + i) > 0.5 {
                        0.75 + 0.25 * noise(i)
                    } else {
                        0.2 * noise(n + i)
                    }
                })
                .collect(),
            is_selected: n == 2,
        };
    let fields = (0..num).map(field).collect();
    Figure::Fields(Fields { columns: 3, rows: 5, low: 0.0, high: 1.0, filler: 0, fields })
}

/// Which neuron answered to which letter.
pub fn matrix(num: usize) -> Figure {
    let value = |row: usize, column: usize| match (row + 3) % num == column {
        true => 12.0,
        false if noise(row * 40 + column) > 0.9 => (noise(row + column) * 8.0).round(),
        false => 0.0,
    };
    Figure::Matrix(Matrix {
        row_labels: (0..num).map(letter).collect(),
        column_labels: (1..=num).map(|n| format!("n{n}")).collect(),
        values: (0..num * num).map(|i| value(i / num, i % num)).collect(),
        high: 12.0,
        marked: None,
    })
}

/// Four questions, two of which are to be answered.
pub fn lamps() -> Figure {
    let lamp = |label: &str, values, is_target| Lamp { label: label.into(), values, is_target };
    Figure::Lamps(Lamps {
        names: ["output".into(), "frozen twin".into()],
        high: 40.0,
        lamps: vec![
            lamp("00", [2.0, 0.0], false),
            lamp("01", [34.0, 21.0], true),
            lamp("10", [31.0, 18.0], true),
            lamp("11", [9.0, 38.0], false),
        ],
    })
}

/// The same run from some other seeds: their median and their middle half.
pub fn curve_of_seeds() -> (Panel, Figure) {
    let Figure::Curve(mut curve) = curve(12) else { unreachable!() };
    let others: Vec<Vec<f32>> = curve.lines.drain(2..).map(|line| line.y).collect();
    curve.per_block = 4.0;
    curve.lay_behind(&others);
    let figure = Figure::Curve(curve);
    (Panel { key: "curve_of_seeds", ..panel_of(&figure) }, figure)
}

/// Shares of two kinds of weights.
pub fn histogram() -> (Panel, Figure) {
    let line = |label: &str, middle: f32| {
        let mut line = Line::new(label, Vec::new(), Vec::new(), LineStyle::Filled);
        for bin in 0..20 {
            let off = (bin as f32 + 0.5) / 20.0 - middle;
            for edge in [bin, bin + 1] {
                line.x.push(edge as f32 / 20.0);
                line.y.push(0.3 / (1.0 + 40.0 * off * off));
            }
        }
        line
    };
    let lines = vec![line("correlated", 0.85), line("others", 0.15)];
    let (x_range, y_range) = ((0.0, 1.0), (0.0, 0.32));
    let figure = Figure::Curve(Curve { x_range, y_range, lines, ..Curve::default() });
    let axes = (Axis::new("weight", Unit::None), Axis::new("share", Unit::Share));
    (Panel { key: "histogram", x: axes.0, y: axes.1, ..panel_of(&figure) }, figure)
}

/// Rows of several roles, and of two groups of the same one.
pub fn grouped_raster() -> (Panel, Figure) {
    let Figure::Raster(mut raster) = raster(4) else { unreachable!() };
    let block = |first_row, num, role, shade| RowBlock {
        role,
        shade,
        ..RowBlock::new("own", first_row, num)
    };
    raster.blocks = vec![
        block(0, 3, RowRole::Output, 0),
        block(3, 1, RowRole::Inhibition, 0),
        block(4, 8, RowRole::Input, 0),
        block(12, 7, RowRole::Input, 1),
    ];
    let figure = Figure::Raster(raster);
    (Panel { key: "raster_grouped", ..panel_of(&figure) }, figure)
}

/// A panel as an experiment would declare it.
pub fn panel_of(figure: &Figure) -> Panel {
    let (kind, x, y) = match figure {
        Figure::Raster(_) => (PanelKind::Raster, Axis::TIME, Axis::NONE),
        Figure::Trace(_) => {
            (PanelKind::Trace, Axis::TIME, Axis::new("membrane potential", Unit::Mv))
        }
        Figure::Fields(_) => (PanelKind::Fields, Axis::NONE, Axis::new("weight", Unit::None)),
        Figure::Curve(_) => (
            PanelKind::Curve,
            Axis::new("presentation", Unit::None),
            Axis::new("hit rate", Unit::Share),
        ),
        Figure::Matrix(_) => {
            (PanelKind::Matrix, Axis::new("neuron", Unit::None), Axis::new("letter", Unit::None))
        }
        Figure::Lamps(_) => {
            (PanelKind::Lamps, Axis::new("pattern", Unit::None), Axis::new("rate", Unit::Hz))
        }
    };
    Panel {
        key: "sample",
        title: "Sample",
        kind,
        x,
        y,
        width: Width::Half,
        pickable: true,
        shows_other_seeds: false,
        is_hero: false,
        is_grey: false,
        value: Axis::NONE,
        drag: None,
        plane: None,
        neurons: &[],
    }
}

/// Three runs with long names and crowded marks, over an axis with a long title.
pub fn crowded_curve() -> (Panel, Figure) {
    let Figure::Curve(mut curve) = curve(2) else { unreachable!() };
    curve.lines[0].label = "with lateral inhibition".into();
    let mut second = curve.lines[0].clone();
    second.label = "without lateral inhibition".into();
    second.y.iter_mut().for_each(|y| *y *= 0.97);
    curve.lines.insert(1, second);
    curve.marks = (0..7)
        .map(|i| Mark { x: 200.0 + 6.0 * i as f32, y: 0.8, label: format!("epoch {i}") })
        .collect();
    let figure = Figure::Curve(curve);
    let x = Axis::new("presentations of the learned letters so far", Unit::None);
    (Panel { key: "curve_crowded", x, ..panel_of(&figure) }, figure)
}

/// A raster an hour into a run, with names too long for their room.
pub fn late_raster() -> (Panel, Figure) {
    let Figure::Raster(mut raster) = raster(4) else { unreachable!() };
    raster.start_ms = 3_600_000.0;
    raster.row_labels[0] = "the neuron that has learned the letter A best of all".into();
    raster.row_labels[7].clear();
    raster.spans[1].label = "a presentation with quite a long name, longer than it lasts".into();
    let figure = Figure::Raster(raster);
    let y = Axis::new("neuron", Unit::None);
    (Panel { key: "raster_late", y, ..panel_of(&figure) }, figure)
}

/// Pictures with long captions.
pub fn wordy_fields() -> (Panel, Figure) {
    let Figure::Fields(mut fields) = fields(5) else { unreachable!() };
    for field in &mut fields.fields {
        field.caption = "answers to A, B and sometimes to C".into();
    }
    let figure = Figure::Fields(fields);
    (Panel { key: "fields_wordy", ..panel_of(&figure) }, figure)
}

/// Every kind of figure, small and large.
pub fn gallery() -> Vec<(Panel, Figure)> {
    let named = |key, figure: Figure| (Panel { key, ..panel_of(&figure) }, figure);
    vec![
        named("raster4", raster(4)),
        named("raster26", raster(26)),
        named("trace4", trace(4)),
        named("trace26", trace(26)),
        named("fields4", fields(4)),
        named("fields26", fields(26)),
        named("fields32", fields(32)),
        named("curve12", curve(12)),
        named("matrix4", matrix(4)),
        named("matrix26", matrix(26)),
        named("lamps", lamps()),
        curve_of_seeds(),
        histogram(),
        grouped_raster(),
        crowded_curve(),
        measured_curve(),
        dragged_trace(),
        late_raster(),
        wordy_fields(),
    ]
}

/// Puts values that are no numbers, rows that do not exist and missing values everywhere.
pub fn poison(figure: &mut Figure) {
    let bad = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e38];
    let spoil = |values: &mut Vec<f32>| {
        values.iter_mut().step_by(3).zip(bad.iter().cycle()).for_each(|(v, b)| *v = *b);
        values.pop();
    };
    match figure {
        Figure::Raster(raster) => {
            spoil(&mut raster.times_ms);
            raster.rows[1] = 1000;
            raster.spans[1].to_ms = f32::NAN;
        }
        Figure::Trace(trace) => {
            trace.levels[0].value = f32::INFINITY;
            trace.series.iter_mut().for_each(|s| {
                spoil(&mut s.values);
                s.spikes.push(u32::MAX);
            });
        }
        Figure::Fields(fields) => {
            fields.high = f32::NAN;
            fields.fields.iter_mut().for_each(|f| spoil(&mut f.values));
        }
        Figure::Curve(curve) => {
            curve.x_range = (0.0, f32::NAN);
            curve.lines.iter_mut().for_each(|l| spoil(&mut l.y));
            curve.marks.iter_mut().for_each(|mark| mark.x = f32::INFINITY);
        }
        Figure::Matrix(matrix) => {
            matrix.high = 0.0;
            spoil(&mut matrix.values);
        }
        Figure::Lamps(lamps) => {
            lamps.high = f32::NAN;
            lamps.lamps.iter_mut().for_each(|lamp| lamp.values = [f32::NAN, f32::INFINITY]);
        }
    }
}

/// The layout of a figure drawn as SVG.
pub fn layout_of(figure: &Figure, width: u32, height: u32) -> Layout {
    use plotters::prelude::{IntoDrawingArea, SVGBackend};
    let mut document = String::new();
    let area = SVGBackend::with_string(&mut document, (width * 2, height * 2)).into_drawing_area();
    super::draw(&area, &panel_of(figure), figure, None, &Theme::light(), Scale::svg(2.0)).unwrap()
}

/// A colour as the SVG backend writes it.
pub fn hex(colour: Colour) -> String {
    format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2)
}
