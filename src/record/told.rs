//! A figure in one sentence, for those who do not see it.

use super::figure::{Figure, Lamps, LineStyle};

/// With more marks than this a figure's summary does not name them.
const MAX_TOLD_MARKS: usize = 4;

impl Figure {
    /// One sentence that says what is to be seen.
    pub fn summary(&self) -> String {
        match self {
            Self::Raster(raster) => format!(
                "{} spikes of {} neurons from {:.0} to {:.0} ms.",
                raster.times_ms.len(),
                raster.row_labels.len(),
                raster.start_ms,
                raster.start_ms + f64::from(raster.width_ms)
            ),
            Self::Trace(trace) => {
                let latest: Vec<String> = trace
                    .series
                    .iter()
                    .filter_map(|s| Some(format!("{} {:.1}", s.label, s.values.last()?)))
                    .collect();
                let space = if trace.note.is_empty() { "" } else { " " };
                format!("{}{space}Latest values: {}.", trace.note, join_or(&latest, "none yet"))
            }
            Self::Fields(fields) => {
                let names: Vec<String> =
                    fields.fields.iter().map(|f| format!("{} {}", f.label, f.caption)).collect();
                format!(
                    "{} pictures of {} by {} pixels: {}.",
                    names.len(),
                    fields.columns,
                    fields.rows,
                    join_or(&names, "none")
                )
            }
            Self::Curve(curve) => {
                let mut latest: Vec<String> = curve
                    .lines
                    .iter()
                    .filter(|l| {
                        use LineStyle::{Band, Faint, Member, Ticks};
                        !matches!(l.style, Band | Faint | Member | Ticks)
                    })
                    .filter_map(|l| {
                        let (x, y) = (l.x.last()?, l.y.last()?);
                        let x =
                            if x.abs() < 10.0 { (x * 100.0).round() / 100.0 } else { x.round() };
                        Some(format!("{} {y:.3} at {x}", l.label))
                    })
                    .collect();
                // A few marks are what the figure is about; many are a cloud.
                if curve.marks.len() <= MAX_TOLD_MARKS {
                    let named = curve.marks.iter().filter(|mark| !mark.label.is_empty());
                    latest.extend(named.map(|mark| mark.label.clone()));
                }
                format!("{}.", join_or(&latest, "No points yet"))
            }
            Self::Matrix(matrix) => {
                let width = matrix.column_labels.len().max(1);
                let peaks: Vec<String> = matrix
                    .row_labels
                    .iter()
                    .zip(matrix.values.chunks(width))
                    .map(|(label, row)| {
                        let largest = row.iter().copied().fold(0.0, f32::max);
                        let at: Vec<&str> = matrix
                            .column_labels
                            .iter()
                            .zip(row)
                            .filter(|(_, value)| **value == largest && largest > 0.0)
                            .map(|(column, _)| column.as_str())
                            .collect();
                        format!(
                            "{label}: {}",
                            if at.is_empty() { "none".into() } else { at.join("/") }
                        )
                    })
                    .collect();
                if let Some((row, column)) = matrix.marked {
                    let value = matrix.values[row as usize * width + column as usize];
                    let [row, column] =
                        [&matrix.row_labels[row as usize], &matrix.column_labels[column as usize]];
                    return format!("Marked: row {row}, column {column}: {value:.1}.");
                }
                format!("Largest entry per row: {}.", join_or(&peaks, "none yet"))
            }
            Self::Lamps(lamps) => lamps_told(lamps),
        }
    }
}

/// Each question with both answers.
fn lamps_told(lamps: &Lamps) -> String {
    let answer = |value: f32| {
        if value.is_finite() { format!("{value:.1}") } else { "no answer yet".into() }
    };
    let [own, copy] = &lamps.names;
    let of = |lamp: &super::figure::Lamp| {
        let target = if lamp.is_target { "should be lit" } else { "should be dark" };
        let [ours, others] = lamp.values.map(answer);
        format!("{} ({target}): {own} {ours}, {copy} {others}", lamp.label)
    };
    let told: Vec<String> = lamps.lamps.iter().map(of).collect();
    format!("{}.", join_or(&told, "No lamps"))
}

fn join_or(parts: &[String], nothing: &str) -> String {
    if parts.is_empty() { nothing.into() } else { parts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::super::figure::{Lamp, Matrix};
    use super::*;

    #[test]
    fn a_matrix_tells_ties_as_ties() {
        let matrix = Figure::Matrix(Matrix {
            row_labels: vec!["B".into(), "D".into()],
            column_labels: vec!["n1".into(), "n2".into()],
            values: vec![3.0, 3.0, 0.0, 0.0],
            high: 3.0,
            marked: None,
        });
        assert_eq!(matrix.summary(), "Largest entry per row: B: n1/n2, D: none.");
        let Figure::Matrix(matrix) = matrix else { unreachable!() };
        let marked = Figure::Matrix(Matrix { marked: Some((0, 1)), ..matrix });
        assert_eq!(marked.summary(), "Marked: row B, column n2: 3.0.");
    }

    #[test]
    fn lamps_tell_what_was_asked_and_answered() {
        let lamp = |label: &str, values, is_target| Lamp { label: label.into(), values, is_target };
        let figure = Figure::Lamps(Lamps {
            names: ["output".into(), "frozen twin".into()],
            high: 40.0,
            lamps: vec![lamp("01", [31.25, f32::NAN], true), lamp("11", [2.0, 30.0], false)],
        });
        assert_eq!(
            figure.summary(),
            "01 (should be lit): output 31.2, frozen twin no answer yet, \
             11 (should be dark): output 2.0, frozen twin 30.0."
        );
    }
}
