//! Trained weights as a file: CSV that people, spreadsheets and scripts can read.
//!
//! ```csv
//! # stdp-playground-weights 1
//! # experiment: characters
//! # link: demo=characters&v=1
//! array,row,column,value
//! input_to_output,0,0,0.5
//! theta_mv,0,,12.25
//! ```
//! The number in the first line is the version of this layout. An array with one axis leaves the column
//! empty. Values are written so that reading them gives the same bits; rows may come in any order.

use std::fmt::Write;

use crate::sim::decimal;

/// How every weights file begins.
pub const FORMAT: &str = "# stdp-playground-weights ";
/// The version of the layout that is written and read.
pub const VERSION: &str = "1";
const COLUMNS: &str = "array,row,column,value";

/// An array with a name and a shape.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedArray {
    /// What it holds, such as `input_to_output`.
    pub name: String,
    /// Its axes: one or two.
    pub shape: Vec<u32>,
    /// Row by row.
    pub values: Vec<f32>,
}

/// What a training run leaves behind.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightsFile {
    /// The experiment's id.
    pub experiment: String,
    /// The link of the run that trained them.
    pub link: String,
    /// Everything learned.
    pub arrays: Vec<NamedArray>,
}

impl WeightsFile {
    /// A file of the current version.
    pub fn new(experiment: &str, link: &str, arrays: Vec<NamedArray>) -> Self {
        Self { experiment: experiment.into(), link: link.into(), arrays }
    }

    /// The file's text.
    pub fn to_csv(&self) -> String {
        let (experiment, link) = (&self.experiment, &self.link);
        let mut text =
            format!("{FORMAT}{VERSION}\n# experiment: {experiment}\n# link: {link}\n{COLUMNS}\n");
        for NamedArray { name, shape, values } in &self.arrays {
            for (idx, value) in values.iter().enumerate() {
                // Writing to a string cannot fail.
                _ = match shape.get(1) {
                    Some(&num) => {
                        let (row, column) = (idx as u32 / num, idx as u32 % num);
                        writeln!(text, "{name},{row},{column},{value}")
                    }
                    None => writeln!(text, "{name},{idx},,{value}"),
                };
            }
        }
        text
    }

    /// Whether a text is meant to be a weights file.
    pub fn is_one(text: &str) -> bool {
        text.starts_with(FORMAT)
    }

    /// Reads a file for `experiment`. The error says what is wrong and what is expected.
    pub fn from_csv(text: &str, experiment: &str) -> Result<Self, String> {
        let version = text.lines().next().and_then(|line| line.strip_prefix(FORMAT));
        let version = version.ok_or_else(|| {
            format!("this is not a weights file: its first line is not '{FORMAT}…'")
        })?;
        if version.trim() != VERSION {
            return Err(format!("version is {version}; this page reads version {VERSION}"));
        }
        let found = note(text, "# experiment: ");
        if found != experiment {
            return Err(format!(
                "these weights are from '{found}'; open that experiment to load them into '{experiment}'"
            ));
        }
        let mut tables: Vec<Table> = Vec::new();
        for (idx, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() || line.trim() == COLUMNS {
                continue;
            }
            let wrong = |what| format!("line {}, '{line}', {what}", idx + 1);
            let (name, cell) = cell(line).map_err(wrong)?;
            match tables.iter_mut().find(|table| table.name == name) {
                Some(table) => table.cells.push(cell),
                None => tables.push(Table { name, cells: vec![cell] }),
            }
        }
        let arrays = tables.into_iter().map(Table::array).collect::<Result<_, _>>()?;
        Ok(Self::new(experiment, note(text, "# link: "), arrays))
    }

    /// The array called `name` with this shape, or what is wrong with the file.
    pub fn array(&self, name: &str, shape: &[u32]) -> Result<&[f32], String> {
        let array = self
            .arrays
            .iter()
            .find(|array| array.name == name)
            .ok_or_else(|| format!("the file has no array '{name}'"))?;
        if array.shape != shape {
            return Err(format!(
                "'{name}' has shape {:?}; this network needs {shape:?}",
                array.shape
            ));
        }
        Ok(&array.values)
    }
}

/// What a line of the file's head says after `label`.
fn note<'t>(text: &'t str, label: &str) -> &'t str {
    text.lines().find_map(|line| line.strip_prefix(label)).unwrap_or_default().trim()
}

/// One value and where it belongs.
struct Cell {
    row: u32,
    column: Option<u32>,
    value: f32,
}

fn cell(line: &str) -> Result<(String, Cell), &'static str> {
    let mut parts = line.trim().split(',');
    let mut part = || parts.next().ok_or("needs four columns: array,row,column,value");
    let (name, row, column, value) = (part()?, part()?, part()?, part()?);
    let row = row.parse().map_err(|_| "needs a row that is a whole number")?;
    let column = match column {
        "" => None,
        column => Some(column.parse().map_err(|_| "needs a column that is a whole number")?),
    };
    let value = decimal::parse(value).ok_or("needs a value that is a number")? as f32;
    if !value.is_finite() {
        return Err("has a value that is not a finite number");
    }
    Ok((name.into(), Cell { row, column, value }))
}

/// The cells of one array, in any order.
struct Table {
    name: String,
    cells: Vec<Cell>,
}

impl Table {
    fn array(self) -> Result<NamedArray, String> {
        let num_rows = self.cells.iter().map(|cell| u64::from(cell.row) + 1).max().unwrap_or(0);
        let num_columns =
            self.cells.iter().filter_map(|c| c.column).max().map(|n| u64::from(n) + 1);
        let needed = num_rows * num_columns.unwrap_or(1);
        let mut values = vec![None; self.cells.len()];
        for cell in &self.cells {
            let idx = u64::from(cell.row) * num_columns.unwrap_or(1)
                + u64::from(cell.column.unwrap_or(0));
            // Too many cells leave some without a place, too few leave a place without a cell.
            if let Some(place) = values.get_mut(idx as usize)
                && cell.column.is_some() == num_columns.is_some()
            {
                *place = Some(cell.value);
            }
        }
        let shape = [Some(num_rows as u32), num_columns.map(|n| n as u32)];
        let shape: Vec<u32> = shape.into_iter().flatten().collect();
        match values.into_iter().collect::<Option<Vec<f32>>>() {
            Some(values) if values.len() as u64 == needed => {
                Ok(NamedArray { name: self.name, shape, values })
            }
            _ => Err(format!(
                "'{}' has {} values; its shape {shape:?} needs {needed}, each once",
                self.name,
                self.cells.len()
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> WeightsFile {
        let values = vec![0.1, 0.2, 1.0 / 3.0, f32::MIN_POSITIVE, 1e10, -0.7];
        let w = NamedArray { name: "w".into(), shape: vec![2, 3], values };
        let theta = NamedArray { name: "theta".into(), shape: vec![2], values: vec![12.25, -1e-7] };
        WeightsFile::new("characters", "demo=characters&v=1", vec![w, theta])
    }

    #[test]
    fn what_is_written_is_read_to_the_bit() {
        assert_eq!(WeightsFile::from_csv(&file().to_csv(), "characters").unwrap(), file());
    }

    #[test]
    fn rows_may_come_in_any_order() {
        let text = file().to_csv();
        let (head, rows) = text.split_at(text.find("\nw,").expect("rows") + 1);
        let mut rows: Vec<&str> = rows.lines().collect();
        rows.reverse();
        let turned = format!("{head}{}", rows.join("\r\n"));
        let read = WeightsFile::from_csv(&turned, "characters").unwrap();
        assert_eq!(read.array("w", &[2, 3]), file().array("w", &[2, 3]));
        assert_eq!(read.array("theta", &[2]), file().array("theta", &[2]));
    }

    #[test]
    fn says_what_is_wrong() {
        let error = |text: &str| WeightsFile::from_csv(text, "characters").unwrap_err();
        let text = file().to_csv();
        assert!(error("[1, 2").contains("not a weights file"));
        assert!(error(&text.replace("weights 1", "weights 9")).contains("version is 9"));
        let other = WeightsFile { experiment: "xor".into(), ..file() };
        assert!(error(&other.to_csv()).contains("'xor'"));
        assert!(error(&text.replace("w,1,2,-0.7\n", "")).contains("has 5 values"));
        assert!(error(&text.replace("w,1,2,", "w,1,1,")).contains("each once"));
        assert!(error(&text.replace("w,1,2,", "w,4000000000,2,")).contains("needs 12000000003"));
        assert!(error(&text.replace("w,1,2,", "w,1,,")).contains("each once"));
        assert!(error(&text.replace("-0.7", "x")).contains("line 10, 'w,1,2,x', needs a value"));
        assert!(error(&text.replace("-0.7", "1e39")).contains("not a finite number"));
        assert!(error(&format!("{text}w\n")).contains("needs four columns"));
        assert!(file().array("w", &[3, 2]).unwrap_err().contains("[3, 2]"));
        assert!(file().array("x", &[3, 2]).unwrap_err().contains("no array 'x'"));
    }
}
