//! A figure as a table: what a screen reader, a spreadsheet and a script read. Long form: one row for each value,
//! with names that say whose it is, and a header that names quantity and unit.
//!
//! | Figure | Columns |
//! |---|---|
//! | raster | `population`, `neuron` (its number in its population), `time_ms` |
//! | trace | `line`, `time_ms`, the quantity |
//! | curve | `line`, both quantities, and `error` where there are error bars; a band is two lines |
//! | pictures | `picture`, `row`, `column`, the quantity |
//! | matrix | what rows and columns are, and the quantity |
//! | lamps | whose lamp, what is asked, whether it should be lit, and the quantity |

use super::panel::Axis;
use super::{Panel, decimal};
use crate::record::Figure;
use crate::record::figure::{Curve, Fields, Lamps, LineStyle, Matrix, Raster, Trace};

/// Rows of text below a header.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the columns, with units.
    pub header: Vec<String>,
    /// The cells.
    pub rows: Vec<Vec<String>>,
}

/// The numbers behind a picture.
pub fn of(figure: &Figure, panel: &Panel) -> Table {
    match figure {
        Figure::Raster(raster) => spikes(raster, panel),
        Figure::Trace(trace) => samples(trace, panel),
        Figure::Fields(fields) => pixels(fields, panel),
        Figure::Curve(curve) => points(curve, panel),
        Figure::Matrix(matrix) => cells(matrix, panel),
        Figure::Lamps(lamps) => answers(lamps, panel),
    }
}

/// The axis of time, which panels need not name.
fn time(panel: &Panel) -> Axis {
    if panel.x == Axis::NONE { Axis::TIME } else { panel.x }
}

fn spikes(raster: &Raster, panel: &Panel) -> Table {
    let header = vec!["population".into(), "neuron".into(), time(panel).column()];
    let spikes = raster.times_ms.iter().zip(&raster.rows);
    let rows = spikes.filter_map(|(offset, row)| {
        let (population, neuron) = raster.neuron_of_row(*row)?;
        let time = time_text(raster.start_ms + written(*offset));
        Some(vec![population.into(), neuron.to_string(), time])
    });
    Table { header, rows: rows.collect() }
}

/// Sample by sample, all lines of each.
fn samples(trace: &Trace, panel: &Panel) -> Table {
    let header = vec!["line".into(), time(panel).column(), panel.quantity().column()];
    let num = trace.series.iter().map(|series| series.values.len()).max().unwrap_or(0);
    let step_ms = written(trace.step_ms);
    let mut rows = Vec::new();
    for sample in 0..num {
        let time = time_text(trace.start_ms + sample as f64 * step_ms);
        for series in &trace.series {
            if let Some(value) = series.values.get(sample) {
                rows.push(vec![series.label.clone(), time.clone(), value.to_string()]);
            }
        }
    }
    Table { header, rows }
}

fn pixels(fields: &Fields, panel: &Panel) -> Table {
    let header = vec!["picture".into(), "row".into(), "column".into(), panel.quantity().column()];
    let mut rows = Vec::new();
    for field in &fields.fields {
        let num = field.values.len().saturating_sub(fields.filler as usize);
        for (value, place) in field.values[..num].iter().zip(0_u32..) {
            let (row, column) = (place / fields.columns + 1, place % fields.columns + 1);
            let place = [row.to_string(), column.to_string(), value.to_string()];
            rows.push([field.label.clone()].into_iter().chain(place).collect());
        }
    }
    Table { header, rows }
}

/// Line by line, then the points that have a name.
fn points(curve: &Curve, panel: &Panel) -> Table {
    let quantity = panel.quantity();
    let mut header = vec!["line".into(), panel.x.column(), quantity.column()];
    let is_band = |style| style == LineStyle::Band;
    let mut bars = curve.lines.iter().filter(|line| !is_band(line.style));
    let has_errors = bars.any(|line| !line.errors.is_empty());
    if has_errors {
        header.push(Axis { label: "error", ..quantity }.column());
    }
    let mut rows = Vec::new();
    let mut add = |name: &str, x: f32, y: f32, error: Option<&f32>| {
        let mut row = vec![name.into(), plain(x), y.to_string()];
        if has_errors {
            row.push(error.map_or(String::new(), f32::to_string));
        }
        rows.push(row);
    };
    for line in &curve.lines {
        let points = || line.x.iter().zip(&line.y).zip(0..);
        if is_band(line.style) {
            points().for_each(|((x, y), _)| add(&format!("{}, from", line.name()), *x, *y, None));
            for ((x, y), place) in points() {
                let high = *y + line.errors.get(place).unwrap_or(&f32::NAN);
                add(&format!("{}, to", line.name()), *x, high, None);
            }
            continue;
        }
        points().for_each(|((x, y), place)| add(line.name(), *x, *y, line.errors.get(place)));
    }
    for (mark, number) in curve.marks.iter().zip(1..) {
        let of_label = if mark.label.is_empty() { "" } else { ": " };
        add(&format!("mark {number}{of_label}{}", mark.label), mark.x, mark.y, None);
    }
    Table { header, rows }
}

fn cells(matrix: &Matrix, panel: &Panel) -> Table {
    let header = vec![panel.y.column(), panel.x.column(), panel.value.column()];
    let width = matrix.column_labels.len().max(1);
    let mut rows = Vec::new();
    for (row, values) in matrix.row_labels.iter().zip(matrix.values.chunks(width)) {
        for (column, value) in matrix.column_labels.iter().zip(values) {
            rows.push(vec![row.clone(), column.clone(), value.to_string()]);
        }
    }
    Table { header, rows }
}

/// Lamp by lamp, its own and the copy's.
fn answers(lamps: &Lamps, panel: &Panel) -> Table {
    let asked = panel.x.column();
    let header = vec!["whose".into(), asked, "should_be_lit".into(), panel.quantity().column()];
    let mut rows = Vec::new();
    for (name, of) in lamps.names.iter().zip(0..) {
        for lamp in &lamps.lamps {
            let target = if lamp.is_target { "yes" } else { "no" };
            let value = lamp.values[of].to_string();
            rows.push(vec![name.clone(), lamp.label.clone(), target.into(), value]);
        }
    }
    Table { header, rows }
}

/// The number that a single is written as: 0.1 and not the single next to it.
fn written(x: f32) -> f64 {
    decimal::parse(&x.to_string()).unwrap_or(f64::from(x))
}

/// A time to a millionth of a millisecond, which is finer than any step and coarser than what sums leave over.
pub fn time_text(ms: f64) -> String {
    const PARTS: f64 = 1e6;
    ((ms * PARTS).round() / PARTS).to_string()
}

/// The shortest number within rounding of a position that was computed in single precision.
fn plain(x: f32) -> String {
    let exact = f64::from(x);
    let room = 2.0 * f64::from(f32::EPSILON) * exact.abs();
    let shorter = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6].into_iter();
    let mut near = shorter.map(|parts| (exact * parts).round() / parts);
    let found = near.find(|short| (short - exact).abs() <= room);
    found.map_or(x.to_string(), |short| short.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{PanelKind, Unit};
    use crate::record::figure::{Field, Lamp, Line, LineStyle, Mark, RowBlock, Series};

    fn panel(kind: PanelKind, x: Axis, y: Axis) -> Panel {
        Panel::new("key", "Title", kind, (x, y))
    }

    #[test]
    fn late_spikes_keep_their_times_and_neurons() {
        let raster = Figure::Raster(Raster {
            start_ms: 3_600_000.0,
            width_ms: 100.0,
            row_labels: vec![String::new(); 3],
            blocks: vec![RowBlock { first_neuron: 50, stride: 10, ..RowBlock::new("input", 1, 2) }],
            times_ms: vec![0.1, 0.25],
            rows: vec![1, 2],
            spans: vec![],
        });
        let table = of(&raster, &panel(PanelKind::Raster, Axis::TIME, Axis::NONE));
        assert_eq!(table.header, ["population", "neuron", "time_ms"]);
        assert_eq!(table.rows, [["input", "50", "3600000.1"], ["input", "60", "3600000.25"]]);
    }

    #[test]
    fn samples_are_told_one_by_one() {
        let series = |label: &str, values: &[f32]| Series {
            label: label.into(),
            values: values.into(),
            ..Series::default()
        };
        let trace = Figure::Trace(Trace {
            start_ms: 0.3,
            step_ms: 0.1,
            series: vec![series("a", &[-70.0, -69.5]), series("b", &[1.0])],
            ..Trace::default()
        });
        let y = Axis::new("potential", Unit::Mv);
        let table = of(&trace, &panel(PanelKind::Trace, Axis::TIME, y));
        assert_eq!(table.header, ["line", "time_ms", "potential_mv"]);
        assert_eq!(table.rows, [["a", "0.3", "-70"], ["b", "0.3", "1"], ["a", "0.4", "-69.5"]]);
    }

    #[test]
    fn a_band_is_its_lower_and_its_upper_edge() {
        let band = Line::new("20 other seeds", vec![1.0], vec![0.25], LineStyle::Band);
        let band = Line { errors: vec![0.5], ..band.named("middle half") };
        let curve = Figure::Curve(Curve { lines: vec![band], ..Curve::default() });
        let axes = (Axis::new("epoch", Unit::None), Axis::new("rate", Unit::Hz));
        let table = of(&curve, &panel(PanelKind::Curve, axes.0, axes.1));
        assert_eq!(table.header, ["line", "epoch", "rate_hz"]);
        let rows = [["middle half, from", "1", "0.25"], ["middle half, to", "1", "0.75"]];
        assert_eq!(table.rows, rows);
    }

    #[test]
    fn lamps_are_told_with_what_they_should_be() {
        let lamp = Lamp { label: "11".into(), values: [2.0, 30.5], is_target: false };
        let names = ["output".into(), "frozen twin".into()];
        let lamps = Figure::Lamps(Lamps { names, high: 40.0, lamps: vec![lamp] });
        let axes = (Axis::new("pattern", Unit::None), Axis::new("rate", Unit::Hz));
        let table = of(&lamps, &panel(PanelKind::Lamps, axes.0, axes.1));
        assert_eq!(table.header, ["whose", "pattern", "should_be_lit", "rate_hz"]);
        let rows = [["output", "11", "no", "2"], ["frozen twin", "11", "no", "30.5"]];
        assert_eq!(table.rows, rows);
    }

    #[test]
    fn points_have_the_names_of_their_lines_and_no_noise() {
        let member = Line::new("mean", vec![0.3 * 3.0], vec![0.1], LineStyle::Member);
        let mut mean = Line::new("mean", vec![0.1 + 0.2], vec![0.5], LineStyle::Main);
        mean.errors = vec![0.25];
        let curve = Figure::Curve(Curve {
            lines: vec![mean, member.named("weight of input 37")],
            marks: vec![Mark { x: 16_777_215.0, y: 2.0, label: "here".into() }],
            ..Curve::default()
        });
        let x = Axis::new("time", Unit::S);
        let table = of(&curve, &panel(PanelKind::Curve, x, Axis::new("rate", Unit::Hz)));
        assert_eq!(table.header, ["line", "time_s", "rate_hz", "error_hz"]);
        assert_eq!(table.rows[0], ["mean", "0.3", "0.5", "0.25"]);
        assert_eq!(table.rows[1], ["weight of input 37", "0.9", "0.1", ""]);
        assert_eq!(table.rows[2], ["mark 1: here", "16777215", "2", ""]);
    }

    #[test]
    fn pixels_and_cells_say_where_they_are() {
        let field =
            Field { label: "n1".into(), values: vec![1.0, 2.0, 3.0, 0.0], ..Field::default() };
        let fields =
            Fields { columns: 2, rows: 2, filler: 1, fields: vec![field], ..Fields::default() };
        let y = Axis::new("weight", Unit::Mv);
        let table = of(&Figure::Fields(fields), &panel(PanelKind::Fields, Axis::NONE, y));
        assert_eq!(table.header, ["picture", "row", "column", "weight_mv"]);
        assert_eq!(table.rows.len(), 3);
        assert_eq!(table.rows[2], ["n1", "2", "1", "3"]);
        let matrix = Figure::Matrix(Matrix {
            row_labels: vec!["B".into()],
            column_labels: vec!["n1".into(), "n2".into()],
            values: vec![3.0, 4.0],
            high: 4.0,
            marked: None,
        });
        let axes = (Axis::new("output", Unit::None), Axis::new("glyph", Unit::None));
        let value = Axis::new("presentations won", Unit::None);
        let panel = Panel { value, ..panel(PanelKind::Matrix, axes.0, axes.1) };
        let table = of(&matrix, &panel);
        assert_eq!(table.header, ["glyph", "output", "presentations_won"]);
        assert_eq!(table.rows[1], ["B", "n2", "4"]);
    }
}
