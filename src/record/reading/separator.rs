//! What separates a table's columns, and lines to cells.

use super::numbers;

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// One character: tab, semicolon, vertical bar or comma.
    Byte(u8),
    /// Any number of spaces and tabs.
    Spaces,
}

impl Separator {
    /// All that are tried. Of two that fit equally well, the first is meant: a comma may stand in decimals.
    pub const ALL: [Self; 5] =
        [Self::Byte(b'\t'), Self::Byte(b';'), Self::Byte(b'|'), Self::Byte(b','), Self::Spaces];

    /// What a spreadsheet's first line `sep=;` says.
    pub fn of_directive(line: &str) -> Option<Self> {
        let line = line.trim_start().trim_start_matches('"');
        let (key, value) = line.split_at_checked(4)?;
        if !key.eq_ignore_ascii_case("sep=") {
            return None;
        }
        match value.as_bytes() {
            [byte @ (b'\t' | b';' | b'|' | b','), ..] => Some(Self::Byte(*byte)),
            [b'\\', b't', ..] => Some(Self::Byte(b'\t')),
            [b' ', ..] => Some(Self::Spaces),
            _ => None,
        }
    }

    /// Whether a comma between digits stands for the decimal point.
    pub fn allows_decimal_comma(self) -> bool {
        self != Self::Byte(b',')
    }

    /// The one that makes most of these lines a table of numbers: two or more in a line, and little else.
    pub fn of_lines(lines: &[&str]) -> Option<Self> {
        let score = |separator: Self| {
            let mut splitter = Splitter::new(separator);
            let has_comma = separator.allows_decimal_comma();
            let (mut num_rows, mut num_others) = (0, 0);
            for line in lines {
                let Some(row) = splitter.split(line) else { continue };
                let num_numbers =
                    row.iter().filter(|cell| numbers::is_number(cell, has_comma)).count();
                if num_numbers > 1 && !row.iter().any(is_torn) {
                    num_rows += 1;
                    num_others += row.iter().filter(|cell| !cell.is_empty()).count() - num_numbers;
                }
            }
            (num_rows, std::cmp::Reverse(num_others))
        };
        // Of equal ones, `max_by_key` takes the last.
        let best = Self::ALL.into_iter().rev().map(|separator| (score(separator), separator));
        best.max_by_key(|(score, _)| *score).filter(|(score, _)| score.0 > 0).map(|(_, best)| best)
    }

    /// The one that stands in a line without numbers.
    pub fn of_names(line: &str) -> Self {
        let stands_in = |separator: &Self| match separator {
            Self::Byte(byte) => line.as_bytes().contains(byte),
            Self::Spaces => true,
        };
        Self::ALL.into_iter().find(stands_in).unwrap_or(Self::Spaces)
    }
}

/// Whether spaces stand between digits: `1,5 3,5` cut at its decimal commas.
fn is_torn(cell: &str) -> bool {
    let ends_in_digits = cell.starts_with(|c: char| c.is_ascii_digit())
        && cell.ends_with(|c: char| c.is_ascii_digit());
    ends_in_digits && cell.contains(char::is_whitespace)
}

/// The cells of a line.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    source: &'a str,
    ends: &'a [(usize, usize)],
}

impl<'a> Row<'a> {
    /// Number of cells.
    pub fn len(self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.ends.is_empty()
    }

    /// A cell without padding and quotation marks; empty if there is none.
    pub fn cell(self, idx: usize) -> &'a str {
        let Some(&(start, end)) = self.ends.get(idx) else { return "" };
        let cell = self.source[start..end].trim();
        let inner = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
        inner.map_or(cell, str::trim)
    }

    /// All cells.
    pub fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |idx| self.cell(idx))
    }

    /// Number of cells up to the last that is not empty.
    pub fn len_filled(self) -> usize {
        let last = (0..self.len()).rev().find(|idx| !self.cell(*idx).is_empty());
        last.map_or(0, |idx| idx + 1)
    }
}

/// Splits lines, with buffers that are used again.
#[derive(Debug)]
pub struct Splitter {
    separator: Separator,
    ends: Vec<(usize, usize)>,
    quoted: String,
    reader: csv_core::Reader,
}

impl Splitter {
    /// A splitter at `separator`.
    pub fn new(separator: Separator) -> Self {
        let delimiter = match separator {
            Separator::Byte(byte) => byte,
            Separator::Spaces => b' ',
        };
        let reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Self { separator, ends: Vec::new(), quoted: String::new(), reader }
    }

    /// The cells of a line; none if its quotation marks do not match.
    pub fn split<'a>(&'a mut self, line: &'a str) -> Option<Row<'a>> {
        self.ends.clear();
        if line.contains('"') {
            return self.split_quoted(line);
        }
        match self.separator {
            Separator::Byte(byte) => {
                let mut start = 0;
                for (idx, found) in line.bytes().enumerate() {
                    if found == byte {
                        self.ends.push((start, idx));
                        start = idx + 1;
                    }
                }
                self.ends.push((start, line.len()));
            }
            Separator::Spaces => {
                let mut start = None;
                for (idx, c) in line.char_indices() {
                    match (c.is_whitespace(), start) {
                        (true, Some(first)) => {
                            self.ends.push((first, idx));
                            start = None;
                        }
                        (false, None) => start = Some(idx),
                        _ => {}
                    }
                }
                self.ends.extend(start.map(|first| (first, line.len())));
            }
        }
        Some(Row { source: line, ends: &self.ends })
    }

    fn split_quoted(&mut self, line: &str) -> Option<Row<'_>> {
        use csv_core::ReadRecordResult::{End, InputEmpty, Record};
        if !line.matches('"').count().is_multiple_of(2) {
            return None;
        }
        self.reader.reset();
        let spaces_only = match self.separator {
            Separator::Spaces => Some(line.replace('\t', " ")),
            Separator::Byte(_) => None,
        };
        let input = spaces_only.as_deref().unwrap_or(line).as_bytes();
        // Unquoting makes nothing longer, and a line has at most one cell more than bytes.
        let mut output = vec![0; input.len()];
        let mut ends = vec![0; input.len() + 1];
        let (result, num_read, num_written, num_cells) =
            self.reader.read_record(input, &mut output, &mut ends);
        let (mut num_written, mut num_cells) = (num_written, num_cells);
        match result {
            InputEmpty => {
                // No input says that this was all.
                let (result, _, written, cells) = self.reader.read_record(
                    &[],
                    &mut output[num_written..],
                    &mut ends[num_cells..],
                );
                if !matches!(result, Record | End) {
                    return None;
                }
                num_written += written;
                num_cells += cells;
            }
            // Anything behind would be lost.
            Record if num_read == input.len() => {}
            _ => return None,
        }
        self.quoted = String::from_utf8(output[..num_written].to_vec()).ok()?;
        let mut start = 0;
        for &end in &ends[..num_cells] {
            self.quoted.get(start..end)?;
            if self.separator != Separator::Spaces || end > start {
                self.ends.push((start, end));
            }
            start = end;
        }
        Some(Row { source: &self.quoted, ends: &self.ends })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(separator: Separator, line: &str) -> Option<Vec<String>> {
        Splitter::new(separator).split(line).map(|row| row.iter().map(String::from).collect())
    }

    #[test]
    fn lines_become_cells() {
        let semicolon = Separator::Byte(b';');
        let comma = Separator::Byte(b',');
        let of = |separator, line| cells(separator, line).unwrap();
        assert_eq!(of(semicolon, "1; 2,5 ;"), ["1", "2,5", ""]);
        assert_eq!(of(comma, "\"a, \"\"b\"\"\", \"2\" ,3"), ["a, \"b\"", "2", "3"]);
        assert_eq!(of(comma, "\"time\n(ms)\",neuron"), ["time\n(ms)", "neuron"]);
        assert_eq!(of(Separator::Spaces, "  1 \t 2.5  "), ["1", "2.5"]);
        assert_eq!(of(Separator::Spaces, "\"my cell\"\t\"2\"  3"), ["my cell", "2", "3"]);
        assert_eq!(of(Separator::Spaces, ""), [""; 0]);
        // Two lines that a mark inside a cell joined: the second would be lost.
        assert_eq!(cells(comma, "3,5,2\"\n4,6,3\""), None);
        assert_eq!(cells(comma, "3,5,\""), None);
    }

    #[test]
    fn the_separator_is_what_makes_a_table() {
        for (line, separator) in [
            ("3,1.5", Separator::Byte(b',')),
            ("3, 1.5", Separator::Byte(b',')),
            ("3;1,5", Separator::Byte(b';')),
            ("3\t1,5", Separator::Byte(b'\t')),
            ("3 1,5", Separator::Spaces),
            ("1,5 3", Separator::Spaces),
            ("1.5 v1 3", Separator::Spaces),
            ("1,5 3,0", Separator::Spaces),
            ("1,5 v1 3,0", Separator::Spaces),
            ("3 , 1.5", Separator::Byte(b',')),
            ("3,my label,1.5", Separator::Byte(b',')),
            ("3\t\t1.5", Separator::Byte(b'\t')),
            ("3|1,5", Separator::Byte(b'|')),
            ("\"3\",\"1.5\"", Separator::Byte(b',')),
        ] {
            assert_eq!(Separator::of_lines(&[line]), Some(separator), "{line}");
        }
        assert_eq!(Separator::of_lines(&["neuron,time"]), None);
        assert_eq!(Separator::of_directive("sep=;"), Some(Separator::Byte(b';')));
        assert_eq!(Separator::of_directive("\"SEP=\t\""), Some(Separator::Byte(b'\t')));
        assert_eq!(Separator::of_directive("separator"), None);
    }
}
