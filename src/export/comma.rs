//! Tables as CSV: commas, points, one header line, quotation marks where a cell needs them.

use crate::lab::Table;

/// A table as the text of a CSV file.
pub fn csv(table: &Table) -> String {
    let mut text = String::new();
    for row in std::iter::once(&table.header).chain(&table.rows) {
        for (cell, place) in row.iter().zip(0..) {
            if place > 0 {
                text.push(',');
            }
            push(&mut text, cell);
        }
        text.push('\n');
    }
    text
}

fn push(text: &mut String, cell: &str) {
    if !cell.contains([',', '"', '\n', '\r']) {
        return text.push_str(cell);
    }
    text.push('"');
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_commas_and_quotation_marks_are_quoted() {
        let row = |cells: [&str; 2]| cells.map(String::from).to_vec();
        let table = Table { header: row(["a", "b"]), rows: vec![row(["1,5", "say \"x\""])] };
        assert_eq!(csv(&table), "a,b\n\"1,5\",\"say \"\"x\"\"\"\n");
    }
}
