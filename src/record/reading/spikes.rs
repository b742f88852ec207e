//! A table of spikes: finds its head, reads its rows.
//!
//! The head is everything before the first row of numbers: comments, titles, the line of names. Names may stand in a
//! comment (`# neuron time`). A line of units may follow the names. Without names there are two columns: neuron, time.

use std::collections::BTreeMap;

use super::columns::{self, Columns};
use super::lines::{Line, Lines};
use super::numbers::{self, Times};
use super::separator::{Row, Separator, Splitter};
use super::spike::Spike;
use super::{MAX_NEURONS, MAX_SPIKES, ReadError, Rule, TimeUnit, counted, seconds};

/// The spikes in a text, sorted, and notices: whole sentences on what was understood in a way that should be known.
///
/// A `unit` that is given counts more than what the header says.
///
/// # Errors
/// The first line that is wrong, or what is wrong with the whole.
pub fn read(text: &str, unit: Option<TimeUnit>) -> Result<(Vec<Spike>, Vec<String>), ReadError> {
    let head = Head::of_text(text)?;
    let mut notices = Vec::new();
    let columns = &head.columns;
    let used = unit.or(columns.unit);
    if let (Some(given), Some(named)) = (unit, columns.unit)
        && given != named
    {
        notices.push(format!("The file's header says {named}; its times were read as {given}."));
    }
    if !columns.unused.is_empty() {
        let names: Vec<_> =
            columns.unused.iter().map(|name| format!("“{}”", short(name))).collect();
        let (noun, verb) = if names.len() == 1 { ("Column", "was") } else { ("Columns", "were") };
        notices.push(format!("{noun} {} {verb} not used.", names.join(", ")));
    }
    let mut splitter = Splitter::new(head.separator);
    let mut rows = Rows::new(&head, used.unwrap_or(TimeUnit::Ms));
    rows.own = own_population(&head, &mut splitter);
    for line in head.rows.clone() {
        if line.is_blank() || line.comment().is_some() {
            continue;
        }
        let content = without_remark(line.text);
        let Some(row) = splitter.split(content) else {
            return Err(ReadError::at(line.number, content, Rule::Quotes));
        };
        if rows.is_of_others(row) {
            continue;
        }
        rows.read(Line { text: content, ..line }, row)?;
    }
    if rows.num_others > 0 {
        let num = counted(rows.num_others);
        notices.push(format!(
            "The table has more than one population: those of “{OWN}” were read, and {num} spikes of others were not."
        ));
    }
    let mut spikes = rows.finish(&mut notices)?;
    spikes.sort_unstable();
    if used.is_none()
        && let Some(evidence) = seconds::evidence(&spikes)
    {
        return Err(ReadError::of_file(Rule::LooksLikeSeconds(evidence)));
    }
    Ok((spikes, notices))
}

/// The column of populations, if some of its rows are of inputs: a recording of a whole run.
fn own_population(head: &Head<'_>, splitter: &mut Splitter) -> Option<usize> {
    let is_named = |(_, name): &&(usize, String)| name.trim().eq_ignore_ascii_case("population");
    let (idx, _) = head.columns.origins.iter().find(is_named)?;
    let mut rows = head.rows.clone().filter(|line| !line.is_blank() && line.comment().is_none());
    let is_own = |line: Line<'_>| {
        let row = splitter.split(without_remark(line.text));
        row.is_some_and(|row| row.len() > *idx && row.cell(*idx) == OWN)
    };
    rows.any(is_own).then_some(*idx)
}

/// A name as it is shown.
fn short(name: &str) -> String {
    name.chars().take(40).collect()
}

/// A line without a remark at its end: `3,1.5 # late`.
fn without_remark(line: &str) -> &str {
    match line.split_once('#') {
        Some((row, _)) if !line.contains('"') && row.ends_with([' ', '\t', ',', ';']) => {
            row.trim_end_matches(' ')
        }
        _ => line,
    }
}

/// What stands before the rows.
struct Head<'t> {
    separator: Separator,
    columns: Columns,
    /// The lines from the first row on.
    rows: Lines<'t>,
}

impl<'t> Head<'t> {
    fn of_text(text: &'t str) -> Result<Self, ReadError> {
        let mut lines = Lines::new(text);
        let mut directive = None;
        let mut ahead = lines.clone();
        if let Some(separator) = ahead.next().and_then(|line| Separator::of_directive(line.text)) {
            directive = Some(separator);
            lines = ahead;
        }
        let separator = directive.unwrap_or_else(|| separator_of(lines.clone()));
        let mut splitter = Splitter::new(separator);
        let (mut names, mut comments) = (Vec::new(), Vec::new());
        loop {
            let rows = lines.clone();
            let Some(line) = lines.next() else {
                return Err(Self::without_rows(&names, separator));
            };
            if line.is_blank() {
                continue;
            }
            if let Some(comment) = line.comment() {
                comments.push(Line { text: comment, ..line });
                continue;
            }
            let content = without_remark(line.text);
            let has_comma = separator.allows_decimal_comma();
            match splitter.split(content) {
                Some(row) if row.iter().any(|cell| numbers::is_number(cell, has_comma)) => {
                    let first = Line { text: content, ..line };
                    return Self::found(separator, &names, &comments, first, row, rows);
                }
                Some(_) => names.push((line, rows)),
                None => return Err(ReadError::at(line.number, line.text, Rule::Quotes)),
            }
        }
    }

    /// No row of numbers: that is all that is wrong, unless the last line was meant to be one.
    fn without_rows(names: &[(Line<'t>, Lines<'t>)], separator: Separator) -> ReadError {
        let Some((line, _)) = names.last() else { return ReadError::of_file(Rule::NoSpikes) };
        let names = columns::names_in(line.text, separator);
        match Columns::of_names(&names, (names.len(), names.len()), false) {
            Ok(_) => ReadError::of_file(Rule::NoSpikes),
            Err(rule) => ReadError::at(line.number, line.text, rule),
        }
    }

    fn found(
        separator: Separator,
        names: &[(Line<'t>, Lines<'t>)],
        comments: &[Line<'t>],
        first: Line<'t>,
        row: Row<'_>,
        rows: Lines<'t>,
    ) -> Result<Self, ReadError> {
        let of = |line: &Line<'t>| columns::of_header(line.text, separator, row);
        let mut fault = None;
        for (place, (line, _)) in names.iter().enumerate().rev() {
            match of(line) {
                Ok(mut columns) => {
                    // Between the names and the numbers stand units, or rows that are wrong.
                    let rows = match &names[place + 1..] {
                        [] => rows,
                        [(below, at)] => match unit_in(below, separator, &columns) {
                            Some(unit) => {
                                columns.unit = columns.unit.or(Some(unit));
                                rows
                            }
                            None => at.clone(),
                        },
                        [(_, at), ..] => at.clone(),
                    };
                    return Ok(Self { separator, columns, rows });
                }
                // The line nearest to the numbers is the one that should have named them.
                Err(rule) => {
                    let at = if matches!(rule, Rule::Ragged { .. }) { &first } else { line };
                    fault.get_or_insert_with(|| ReadError::at(at.number, at.text, rule));
                }
            }
        }
        if let Some(fault) = fault {
            return Err(fault);
        }
        let named = comments.iter().rev().find_map(|line| of(line).ok());
        if named.is_none() && row.len_filled() != 2 {
            return Err(ReadError::at(first.number, first.text, Rule::NoNames));
        }
        Ok(Self { separator, columns: named.unwrap_or_else(Columns::without_names), rows })
    }
}

/// The separator of a table, from its first lines.
fn separator_of<'t>(lines: Lines<'t>) -> Separator {
    const SAMPLE: usize = 200;
    let is_row = |line: &Line<'_>| !line.is_blank() && line.comment().is_none();
    let text = |line: Line<'t>| without_remark(line.text);
    let sample: Vec<&str> = lines.filter(is_row).take(SAMPLE).map(text).collect();
    let of_names = || Separator::of_names(sample.first().copied().unwrap_or_default());
    Separator::of_lines(&sample).unwrap_or_else(of_names)
}

/// The unit that a line of units gives the times.
fn unit_in(line: &Line<'_>, separator: Separator, columns: &Columns) -> Option<TimeUnit> {
    let units = columns::names_in(line.text, separator);
    let unit = units.get(columns.time)?.trim_matches(['(', ')', '[', ']']);
    TimeUnit::parse(unit)
}

/// What inputs are called in the tables that a run writes.
const OWN: &str = "input";

/// Rows while they are read.
struct Rows<'c> {
    columns: &'c Columns,
    /// The column of populations, where only one of them is read, and how many spikes of others there were.
    own: Option<usize>,
    num_others: u64,
    allows_comma: bool,
    times: Times,
    /// Number as it stands in the file, and time in ns.
    found: Vec<(u64, u64)>,
    smallest: u64,
    /// The largest number, its line and its cell.
    largest: (u64, u32, String),
    /// What each column that counts rows should say next.
    counts: Vec<Option<u64>>,
    /// The one value that each neuron has, for each column of origins.
    origins: Vec<BTreeMap<u64, String>>,
}

impl<'c> Rows<'c> {
    fn new(head: &'c Head<'_>, unit: TimeUnit) -> Self {
        let allows_comma = head.separator.allows_decimal_comma();
        Self {
            columns: &head.columns,
            own: None,
            num_others: 0,
            allows_comma,
            times: Times::new(unit, allows_comma),
            found: Vec::new(),
            smallest: u64::MAX,
            largest: (0, 0, String::new()),
            counts: vec![None; head.columns.counters.len()],
            origins: vec![BTreeMap::new(); head.columns.origins.len()],
        }
    }

    /// The row is of another population than the one that is read.
    fn is_of_others(&mut self, row: Row<'_>) -> bool {
        let is_other = self.own.is_some_and(|idx| row.len() > idx && row.cell(idx) != OWN);
        self.num_others += u64::from(is_other);
        is_other
    }

    fn read(&mut self, line: Line<'_>, row: Row<'_>) -> Result<(), ReadError> {
        let columns = self.columns;
        if row.len_filled() > columns.num || row.len() < columns.num {
            let (expected, found) = (columns.num as u32, row.len() as u32);
            return Err(ReadError::at(line.number, line.text, Rule::Ragged { expected, found }));
        }
        if self.found.len() == MAX_SPIKES {
            return Err(ReadError::at(line.number, line.text, Rule::TooMany));
        }
        // An empty cell shows nothing: show its line.
        let shown = |cell: &str, rule| {
            let value = if cell.is_empty() { line.text } else { cell };
            Err(ReadError::at(line.number, value, rule))
        };
        let cell = row.cell(columns.neuron);
        let Some(number) = numbers::whole(cell, self.allows_comma) else {
            return shown(cell, Rule::Neuron);
        };
        if number >= u64::from(MAX_NEURONS) && !columns.is_of_recorder {
            return shown(cell, Rule::NeuronTooLarge);
        }
        self.smallest = self.smallest.min(number);
        if number > self.largest.0 {
            self.largest = (number, line.number, cell.into());
        }
        let cell = row.cell(columns.time);
        if cell.is_empty() {
            return shown(cell, Rule::Time);
        }
        self.found.push((number, self.times.read(line.number, cell)?));
        self.check_others(line, row, number)
    }

    /// Columns that are not read must not make a difference either.
    fn check_others(&mut self, line: Line<'_>, row: Row<'_>, neuron: u64) -> Result<(), ReadError> {
        let columns = self.columns;
        for (next, idx) in self.counts.iter_mut().zip(&columns.counters) {
            let cell = row.cell(*idx);
            let count = numbers::whole(cell, self.allows_comma);
            if count.is_none() || next.is_some() && count != *next {
                return Err(ReadError::at(line.number, line.text, Rule::NoCounter));
            }
            *next = count.map(|count| count + 1);
        }
        for (values, (idx, name)) in self.origins.iter_mut().zip(&columns.origins) {
            let cell = row.cell(*idx);
            if values.entry(neuron).or_insert_with(|| cell.into()) != cell {
                let rule = Rule::TwoOrigins { column: short(name) };
                return Err(ReadError::at(line.number, line.text, rule));
            }
        }
        Ok(())
    }

    fn finish(self, notices: &mut Vec<String>) -> Result<Vec<Spike>, ReadError> {
        if self.found.is_empty() {
            return Err(ReadError::of_file(Rule::NoSpikes));
        }
        self.times.finish()?;
        let mut first = 0;
        if self.columns.is_of_recorder && self.smallest > 0 {
            first = self.smallest;
            notices.push(format!(
                "The recorder counts its senders from {first}: {first} is neuron 0, {} neuron 1, and so on.",
                first + 1
            ));
        }
        let (largest, line, cell) = self.largest;
        if largest.saturating_sub(first) >= u64::from(MAX_NEURONS) {
            return Err(ReadError::at(line, &cell, Rule::NeuronTooLarge));
        }
        let spike = |(number, time_ns)| Spike { time_ns, neuron: (number - first) as u32 };
        Ok(self.found.into_iter().map(spike).collect())
    }
}
