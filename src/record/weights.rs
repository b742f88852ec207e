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
//!
//! A spreadsheet that saves the file may add empty cells, quotation marks and a byte order mark, choose another separator
//! and a decimal comma: that is read as well.

use std::fmt::Write;

use xxhash_rust::xxh64::Xxh64;

use super::array::{ArrayView, NamedArray};
use super::fingerprint::Fingerprint;
use super::reading::lines::{Line, Lines};
use super::reading::separator::{Separator, Splitter};
use super::reading::{decode, numbers};

/// How every weights file begins.
pub const FORMAT: &str = "# stdp-playground-weights ";
/// The version of the layout that is written and read.
pub const VERSION: &str = "1";
const COLUMNS: &str = "array,row,column,value";

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
        let arrays: Vec<_> = self.arrays.iter().map(NamedArray::view).collect();
        Self::csv_of(&self.experiment, &self.link, &arrays)
    }

    /// The text of a file with these arrays, which are read in place.
    pub fn csv_of(experiment: &str, link: &str, arrays: &[ArrayView<'_>]) -> String {
        let mut text =
            format!("{FORMAT}{VERSION}\n# experiment: {experiment}\n# link: {link}\n{COLUMNS}\n");
        for ArrayView { name, shape, values, .. } in arrays {
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
        first_line(text).1.is_some()
    }

    /// Reads a file, also after a spreadsheet rewrote it. The error says what is wrong and what is expected.
    ///
    /// Lines `# key: value` that it does not know are left out.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        Self::of_text(&decode::decode(bytes).map_err(|error| error.to_string())?)
    }

    /// Reads a file that is text already.
    pub(super) fn of_text(text: &str) -> Result<Self, String> {
        let (lines, version) = first_line(text);
        let version = version.ok_or_else(|| {
            format!("this is not a weights file: its first line is not '{FORMAT}…'")
        })?;
        if version != VERSION {
            return Err(format!("version is {version}; this page reads version {VERSION}"));
        }
        let mut file = Self::new("", "", Vec::new());
        let mut tables: Vec<Table> = Vec::new();
        let mut layout: Option<Layout> = None;
        for line in lines {
            if let Some((key, value)) = note(line) {
                match key.as_str() {
                    "experiment" => file.experiment = value,
                    "link" => file.link = value,
                    _ => {}
                }
            }
            if line.comment().is_some() || line.is_blank() {
                continue;
            }
            let text = line.text.trim();
            let wrong = |what| format!("line {}, '{text}', {what}", line.number);
            let Some(layout) = &mut layout else {
                let found = Layout::of_names(text);
                layout =
                    Some(found.ok_or_else(|| {
                        wrong("needs to name the columns array,row,column,value")
                    })?);
                continue;
            };
            let (name, cell) = layout.cell(text).map_err(wrong)?;
            match tables.iter_mut().find(|table| table.name == name) {
                Some(table) => table.cells.push(cell),
                None => tables.push(Table { name, cells: vec![cell] }),
            }
        }
        file.arrays = tables.into_iter().map(Table::array).collect::<Result<_, _>>()?;
        Ok(file)
    }

    /// Refuses weights of another experiment than this.
    pub fn check_experiment(&self, id: &str) -> Result<(), String> {
        let found = &self.experiment;
        if found == id {
            return Ok(());
        }
        Err(format!(
            "these weights are from '{found}'; open that experiment to load them into '{id}'"
        ))
    }

    /// A hash of the arrays: names, shapes and values, in whatever order and way the file writes them.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut arrays: Vec<&NamedArray> = self.arrays.iter().collect();
        arrays.sort_by(|a, b| a.name.cmp(&b.name));
        let mut hash = Xxh64::new(0);
        for array in arrays {
            // Lengths first, so that no two lists of arrays give the same bytes.
            hash.update(&(array.name.len() as u32).to_le_bytes());
            hash.update(array.name.as_bytes());
            hash.update(&(array.shape.len() as u32).to_le_bytes());
            for num in &array.shape {
                hash.update(&num.to_le_bytes());
            }
            for value in &array.values {
                // −0 and +0 act alike.
                hash.update(&(value + 0.0).to_bits().to_le_bytes());
            }
        }
        Fingerprint(hash.digest() >> 16)
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

/// The lines after the first, and the version that the first tells; none if this is no weights file.
fn first_line(text: &str) -> (Lines<'_>, Option<&str>) {
    let mut lines = Lines::new(text);
    let is_content =
        |line: &Line<'_>| !line.is_blank() && Separator::of_directive(line.text).is_none();
    let version = lines.find(is_content).and_then(Line::comment).and_then(|comment| {
        let version = comment.trim_start().strip_prefix(FORMAT.trim_start_matches('#').trim())?;
        version.starts_with(char::is_whitespace).then(|| without_padding(version))
    });
    (lines, version)
}

/// A line of the head: `# key: value`.
fn note(line: Line<'_>) -> Option<(String, String)> {
    let (key, value) = line.comment()?.split_once(':')?;
    // Within quotation marks a spreadsheet doubles them.
    Some((key.trim().into(), without_padding(value).replace("\"\"", "\"")))
}

/// What is left without the empty cells that a spreadsheet adds.
fn without_padding(text: &str) -> &str {
    text.trim().trim_end_matches([',', ';', '\t', '|', '"']).trim()
}

/// One value and where it belongs.
struct Cell {
    row: u32,
    column: Option<u32>,
    value: f32,
}

/// Where the cells of a line stand.
struct Layout {
    splitter: Splitter,
    allows_comma: bool,
    /// Of array, row, column and value.
    places: [usize; 4],
    has_point: bool,
    has_comma: bool,
}

impl Layout {
    /// The layout that a line of names gives.
    fn of_names(line: &str) -> Option<Self> {
        Separator::ALL.into_iter().find_map(|separator| {
            let mut splitter = Splitter::new(separator);
            let row = splitter.split(line)?;
            let place = |name: &str| row.iter().position(|cell| cell.eq_ignore_ascii_case(name));
            let places = [place("array")?, place("row")?, place("column")?, place("value")?];
            let allows_comma = separator.allows_decimal_comma();
            Some(Self { splitter, allows_comma, places, has_point: false, has_comma: false })
        })
    }

    fn cell(&mut self, line: &str) -> Result<(String, Cell), &'static str> {
        let allows_comma = self.allows_comma;
        let row = self.splitter.split(line).ok_or("has a quotation mark at the wrong place")?;
        if self.places.iter().any(|place| *place >= row.len()) {
            return Err("needs four columns: array,row,column,value");
        }
        let [name, row, column, value] = self.places.map(|place| row.cell(place));
        let whole =
            |cell: &str| numbers::whole(cell, allows_comma).and_then(|n| u32::try_from(n).ok());
        let row = whole(row).ok_or("needs a row that is a whole number")?;
        let column = match column {
            "" => None,
            column => Some(whole(column).ok_or("needs a column that is a whole number")?),
        };
        self.has_comma |= value.contains(',');
        self.has_point |= value.contains('.');
        let value =
            numbers::number(value, allows_comma).ok_or("needs a value that is a number")? as f32;
        if !value.is_finite() {
            return Err("has a value that is not a finite number");
        }
        if self.has_comma && self.has_point {
            return Err("has another decimal separator than values above it");
        }
        Ok((name.into(), Cell { row, column, value }))
    }
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
mod tests;
