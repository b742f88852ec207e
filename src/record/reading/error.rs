//! Why a file is refused: the line, what stands there, the rule that it breaks and what to do.

use std::fmt;

use super::{MAX_NEURONS, MAX_SPIKES};

/// What is wrong with a file of spikes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// It is no text; what it looks like.
    NotText(&'static str),
    /// No spike in it.
    NoSpikes,
    /// No names, and not two columns.
    NoNames,
    /// No column that may be the neuron's.
    NoNeuronColumn,
    /// No column that may be the time's.
    NoTimeColumn,
    /// Two columns that may be the neuron's.
    TwoNeuronColumns,
    /// Two columns that may be the time's.
    TwoTimeColumns,
    /// The time column counts steps or samples.
    Steps,
    /// The time column names two units.
    TwoUnits,
    /// Another number of columns than the table has.
    Ragged {
        /// Columns of the table.
        expected: u32,
        /// Columns of the line.
        found: u32,
    },
    /// A quotation mark at the wrong place.
    Quotes,
    /// A number of a neuron is wanted.
    Neuron,
    /// A neuron's number beyond the last.
    NeuronTooLarge,
    /// A time is wanted.
    Time,
    /// A time before 0.
    NegativeTime,
    /// A time after the first day.
    TooLate,
    /// Points and commas both stand in decimals.
    MixedDecimals,
    /// The comma may separate decimals or thousands.
    AmbiguousComma,
    /// A second column of numbers that does not count the rows.
    NoCounter,
    /// One neuron number in two populations or trials.
    TwoOrigins {
        /// The column that tells them apart.
        column: String,
    },
    /// More spikes than allowed.
    TooMany,
    /// Times without a unit that cannot be milliseconds.
    LooksLikeSeconds(&'static str),
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::NotText(what) => return write!(f, "is {what}: save the spikes as a CSV file"),
            Self::NoSpikes => {
                "there is no spike in it: write a first line neuron,time_ms and one spike per line"
            }
            Self::NoNames => {
                "has not two columns, and no line above names them: write a first line with their \
                 names, such as neuron,time_ms"
            }
            Self::NoNeuronColumn => "names no column of neurons: call it neuron",
            Self::NoTimeColumn => "names no column of times: call it time_ms or time_s",
            Self::TwoNeuronColumns => {
                "could both be the neuron: remove one column, or call only one neuron"
            }
            Self::TwoTimeColumns => "could both be the time: remove one column, or rename it",
            Self::Steps => "counts steps or samples: give times in a column time_ms or time_s",
            Self::TwoUnits => "names more than one unit: call the column time_ms or time_s",
            Self::Ragged { expected, found } => {
                return write!(
                    f,
                    "has {found} column{} where the table has {expected}: give each line the same \
                     columns; where commas separate them, decimals need a point",
                    if *found == 1 { "" } else { "s" }
                );
            }
            Self::Quotes => "has a quotation mark at the wrong place: put marks round whole cells",
            Self::Neuron => {
                return write!(
                    f,
                    "is not a neuron's number: give a whole number from 0 to {}",
                    counted(u64::from(MAX_NEURONS) - 1)
                );
            }
            Self::NeuronTooLarge => {
                return write!(
                    f,
                    "is beyond the last neuron's number, {}: number the neurons from 0",
                    counted(u64::from(MAX_NEURONS) - 1)
                );
            }
            Self::Time => {
                "is not a time: give a number without unit, date or thousands separator, such as \
                 1234.5"
            }
            Self::NegativeTime => "is before 0: count the times from the start of the run",
            Self::TooLate => {
                "is more than a day: count the times from the start of the run, and name their \
                 unit in the header (time_ms, time_s)"
            }
            Self::MixedDecimals => {
                "has another decimal separator than the times above it: use a point or a comma in \
                 all, and no thousands separators"
            }
            Self::AmbiguousComma => {
                "may have a decimal comma or a thousands separator: write decimals with a point, \
                 thousands without separator"
            }
            Self::NoCounter => {
                "has numbers in a second column that could be the neuron: remove that column, or \
                 call it label"
            }
            Self::TwoOrigins { column } => {
                return write!(
                    f,
                    "has spikes with more than one value of “{column}”: number the neurons of all \
                     differently, or keep one value"
                );
            }
            Self::TooMany => {
                return write!(
                    f,
                    "is spike {}: remove spikes, {} are allowed",
                    counted(MAX_SPIKES as u64 + 1),
                    counted(MAX_SPIKES as u64)
                );
            }
            Self::LooksLikeSeconds(why) => {
                return write!(
                    f,
                    "the times look like seconds, and no unit is given (as milliseconds, {why}): \
                     name the column time_s or time_ms in a first line (neuron,time_s), or on the command line give --time-unit s"
                );
            }
        };
        f.write_str(text)
    }
}

/// Why a file of spikes is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The line, counted from 1; none if it is the whole file.
    pub line: Option<u32>,
    /// What stands there, its beginning; empty if it is the whole file.
    pub value: String,
    /// The rule that it breaks.
    pub rule: Rule,
}

impl ReadError {
    /// A fault in a line.
    pub fn at(line: u32, value: &str, rule: Rule) -> Self {
        // Enough to find the place.
        const SHOWN: usize = 40;
        let mut shown: String = value.trim().chars().take(SHOWN).collect();
        if value.trim().chars().nth(SHOWN).is_some() {
            shown.push('…');
        }
        Self { line: Some(line), value: shown, rule }
    }

    /// A fault of the whole file.
    pub fn of_file(rule: Rule) -> Self {
        Self { line: None, value: String::new(), rule }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: “{}” {}", self.value, self.rule),
            None if matches!(self.rule, Rule::NotText(_)) => write!(f, "the file {}", self.rule),
            None => self.rule.fmt(f),
        }
    }
}

impl std::error::Error for ReadError {}

/// A count with a comma between thousands.
pub fn counted(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
