//! Text to lines with their numbers, whatever ends a line.

/// A line, or more where a quoted cell contains the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// Counted from 1; of its beginning.
    pub number: u32,
    /// Without its end.
    pub text: &'t str,
}

impl<'t> Line<'t> {
    /// What a comment says; none for other lines. A spreadsheet puts a comment in quotation marks.
    pub fn comment(self) -> Option<&'t str> {
        let text = self.text.trim_start();
        match text.strip_prefix('"') {
            Some(quoted) => {
                let comment = quoted.trim_start().strip_prefix(['#', '%'])?;
                Some(comment.trim_end().trim_end_matches([',', ';', '\t', '|', '"']))
            }
            None => text.strip_prefix(['#', '%']),
        }
    }

    /// Whether nothing is in it, though a spreadsheet may have padded it with separators.
    pub fn is_blank(self) -> bool {
        self.text
            .chars()
            .all(|c| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '"' | '\u{1a}'))
    }
}

/// The lines of a text.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    rest: &'t str,
    number: u32,
}

impl<'t> Lines<'t> {
    /// All lines of `text`.
    pub fn new(text: &'t str) -> Self {
        Self { rest: text, number: 1 }
    }

    /// Takes what ends with the next end of a line; that end is left out.
    fn physical(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        self.number = self.number.saturating_add(1);
        let (line, rest) = match self.rest.find(['\n', '\r']) {
            Some(end) => {
                let (line, rest) = self.rest.split_at(end);
                (line, rest.strip_prefix("\r\n").unwrap_or(&rest[1..]))
            }
            None => (self.rest, ""),
        };
        self.rest = rest;
        Some(line)
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        // A cell of more lines than this is a quotation mark that stands alone.
        const LONGEST_CELL: usize = 20;
        let (number, start) = (self.number, self.rest);
        let text = self.physical()?;
        let line = Line { number, text };
        let mut num_marks = text.matches('"').count();
        if num_marks.is_multiple_of(2) || text.trim_start().starts_with('#') {
            return Some(line);
        }
        let mut ahead = self.clone();
        for _ in 0..LONGEST_CELL {
            let Some(more) = ahead.physical() else { break };
            num_marks += more.matches('"').count();
            if num_marks.is_multiple_of(2) {
                let text = &start[..start.len() - ahead.rest.len()];
                *self = ahead;
                return Some(Line { number, text: text.trim_end_matches(['\n', '\r']) });
            }
        }
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_every_way() {
        let lines: Vec<_> = Lines::new("a\nb\r\nc\rd\n\ne").map(|l| (l.number, l.text)).collect();
        assert_eq!(lines, [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, ""), (6, "e")]);
        assert_eq!(Lines::new("").count(), 0);
    }

    #[test]
    fn a_quoted_cell_may_have_lines() {
        let text = "\"time\n(ms)\",neuron\n1,2\n";
        let lines: Vec<_> = Lines::new(text).map(|l| (l.number, l.text)).collect();
        assert_eq!(lines, [(1, "\"time\n(ms)\",neuron"), (3, "1,2")]);
        let alone: Vec<_> = Lines::new("1,2\"\n3,4\n").map(|l| l.text).collect();
        assert_eq!(alone, ["1,2\"", "3,4"]);
        let long = format!("1,2\"\n{}", "3,4\n".repeat(30));
        assert_eq!(Lines::new(&long).count(), 31);
    }

    #[test]
    fn comments_and_blanks() {
        let line = |text| Line { number: 1, text };
        assert_eq!(line(" # a").comment(), Some(" a"));
        assert_eq!(line("\"# a, b\"").comment(), Some(" a, b"));
        assert_eq!(line("1 # a").comment(), None);
        assert!(line(" ,, ").is_blank() && line("").is_blank() && !line(",0").is_blank());
    }
}
