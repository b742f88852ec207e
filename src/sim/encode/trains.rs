//! The visitor's own spike trains, from text with one spike per line: neuron, time in ms.
//!
//! Columns are separated by a comma, a semicolon or a tab; numbers have a decimal point. A first
//! line without numbers is a header; what follows a `#` is a comment; empty lines are left out.
//! Spikes may come in any order.
//!
//! **State.** The spikes, sorted by tick and input, and the next one to be played.
//!
//! **Method.** A spike falls on the nearest tick, so that times that were written on the same grid
//! come back exactly. Spikes of one input that fall into one tick are played once;
//! [`Trains::num_merged`] counts the others.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::sim::decimal;
use crate::sim::{Tick, TimeGrid};

/// Most inputs that trains may have.
pub const MAX_INPUTS: u32 = 10_000;
/// Most spikes that trains may have.
pub const MAX_SPIKES: usize = 1_000_000;
/// Latest time of a spike: one day.
pub const MAX_TIME_MS: f64 = 86_400_000.0;

/// One spike: input and time in ms.
pub type Spike = (u32, f64);

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrainRule {
    /// It has not two columns.
    TwoColumns,
    /// The first is not an input's number.
    Neuron,
    /// The second is not a time.
    Time,
    /// There are too many.
    TooMany,
}

/// Why a text is not a list of spike trains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainError {
    /// The line, counted from 1.
    pub line: u32,
    /// What it says there.
    pub value: String,
    /// The rule that it breaks.
    pub rule: TrainRule,
}

impl fmt::Display for TrainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: “{}” ", self.line, self.value)?;
        match self.rule {
            TrainRule::TwoColumns => f.write_str(
                "has not two columns: write the neuron's number, a comma, and the time in ms, \
                 with a point in decimals",
            ),
            TrainRule::Neuron => write!(
                f,
                "is not a neuron's number: give a whole number from 0 to {}",
                MAX_INPUTS - 1
            ),
            TrainRule::Time => {
                write!(f, "is not a time: give milliseconds from 0 to {MAX_TIME_MS}")
            }
            TrainRule::TooMany => {
                write!(f, "is spike {}: remove spikes, {MAX_SPIKES} are allowed", MAX_SPIKES + 1)
            }
        }
    }
}

/// Reads spikes from text.
///
/// # Errors
/// The first line that is wrong.
pub fn parse(text: &str) -> Result<Vec<Spike>, TrainError> {
    let mut spikes = Vec::new();
    let mut may_be_header = true;
    for (line, raw) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let content = raw.split('#').next().unwrap_or_default().trim();
        if content.is_empty() {
            continue;
        }
        let is_first = std::mem::take(&mut may_be_header);
        let error = |value: &str, rule| {
            // Enough to find the place.
            let value = value.chars().take(40).collect();
            Err(TrainError { line, value, rule })
        };
        let mut columns = content.split([',', ';', '\t']).map(str::trim);
        let (Some(neuron), Some(time), None) = (columns.next(), columns.next(), columns.next())
        else {
            return error(content, TrainRule::TwoColumns);
        };
        if is_first && decimal::parse(neuron).is_none() && decimal::parse(time).is_none() {
            continue;
        }
        let Some(neuron) = neuron.parse().ok().filter(|neuron| *neuron < MAX_INPUTS) else {
            return error(neuron, TrainRule::Neuron);
        };
        let Some(time_ms) = decimal::parse(time).filter(|ms| (0.0..=MAX_TIME_MS).contains(ms))
        else {
            return error(time, TrainRule::Time);
        };
        if spikes.len() == MAX_SPIKES {
            return error(content, TrainRule::TooMany);
        }
        spikes.push((neuron, time_ms));
    }
    Ok(spikes)
}

/// Writes spikes as [`parse`] reads them.
pub fn write(spikes: impl IntoIterator<Item = Spike>) -> String {
    use fmt::Write;
    let mut text = String::from("neuron,time_ms\n");
    for (neuron, time_ms) in spikes {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{neuron},{time_ms}");
    }
    text
}

/// Trains that are played.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trains {
    num_inputs: u32,
    ticks: Vec<Tick>,
    inputs: Vec<u32>,
    next: u32,
    num_merged: u32,
}

impl Trains {
    /// Puts spikes on the grid. There are as many inputs as the highest number needs, at least
    /// `num_inputs`.
    pub fn new(spikes: &[Spike], num_inputs: u32, grid: TimeGrid) -> Self {
        // One number each: tick, then input.
        const INPUTS: i64 = MAX_INPUTS as i64;
        let on_grid =
            |&(input, ms): &Spike| grid.ticks_from_ms(ms) as i64 * INPUTS + i64::from(input);
        let mut placed: Vec<i64> = spikes.iter().map(on_grid).collect();
        placed.sort_unstable();
        placed.dedup();
        let needed = spikes.iter().map(|(input, _)| input + 1).max().unwrap_or(0);
        Self {
            num_inputs: num_inputs.max(needed),
            ticks: placed.iter().map(|spike| (spike / INPUTS) as Tick).collect(),
            inputs: placed.iter().map(|spike| (spike % INPUTS) as u32).collect(),
            next: 0,
            num_merged: (spikes.len() - placed.len()) as u32,
        }
    }

    /// Number of inputs.
    pub fn num_inputs(&self) -> usize {
        self.num_inputs as usize
    }

    /// Spikes that are not played, since their input has another in the same tick.
    pub fn num_merged(&self) -> u32 {
        self.num_merged
    }

    /// One more than the tick of the last spike.
    pub fn end(&self) -> Tick {
        self.ticks.last().map_or(0, |tick| tick + 1)
    }

    /// Its name on the screen.
    pub fn name(&self) -> &'static str {
        "your own spike trains"
    }

    /// The inputs that fire in this tick, ascending.
    pub fn fire(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        spikes.clear();
        while self.ticks.get(self.next as usize).is_some_and(|due| *due <= tick) {
            if self.ticks[self.next as usize] == tick {
                spikes.push(self.inputs[self.next as usize]);
            }
            self.next += 1;
        }
    }

    /// No input fires in `from..` this tick.
    pub fn next_tick(&self, from: Tick) -> Tick {
        self.ticks.get(self.next as usize).map_or(Tick::MAX, |due| (*due).max(from))
    }

    /// Starts again from tick 0.
    pub fn rewind(&mut self) {
        self.next = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_with_everything_allowed_is_read() {
        let text = "\u{feff}# mine\n\nneuron; time_ms\r\n3,1.5 # late\n0;2e1\r\n 2\t0.1 \n";
        assert_eq!(parse(text), Ok(vec![(3, 1.5), (0, 20.0), (2, 0.1)]));
        assert_eq!(parse(""), Ok(vec![]));
        assert_eq!(parse("1,5"), Ok(vec![(1, 5.0)]));
    }

    #[test]
    fn errors_name_line_value_rule_and_cure() {
        let of = |text: &str| parse(text).expect_err(text).to_string();
        assert_eq!(
            of("0,1\n1;2,5"),
            "line 2: “1;2,5” has not two columns: write the neuron's number, a comma, and the time \
             in ms, with a point in decimals"
        );
        assert_eq!(
            of("neuron,ms\n10000,1"),
            "line 2: “10000” is not a neuron's number: give a whole number from 0 to 9999"
        );
        assert_eq!(
            of("1,-0.5"),
            "line 1: “-0.5” is not a time: give milliseconds from 0 to 86400000"
        );
        for text in ["1,nan", "1,inf", "1,x", "-1,2", "1.5,2", "a,b\nc,d", "7", "1,"] {
            of(text);
        }
        let many = "0,1\n".repeat(MAX_SPIKES + 1);
        assert_eq!(parse(&many).expect_err("too many").rule, TrainRule::TooMany);
        assert!(of(&"x".repeat(500)).len() < 250);
    }

    #[test]
    fn trains_are_played_on_the_grid() {
        let grid = TimeGrid::new(0.1);
        // 0.3 / 0.1 is a little less than 3.
        let spikes = [(1, 0.3), (0, 0.3), (1, 0.32), (2, 100.0)];
        let mut trains = Trains::new(&spikes, 2, grid);
        assert_eq!((trains.num_inputs(), trains.num_merged(), trains.end()), (3, 1, 1_001));
        let (mut played, mut fired) = (Vec::new(), Vec::new());
        let mut tick = trains.next_tick(0);
        while tick < 2_000 {
            trains.fire(tick, &mut fired);
            played.push((tick, fired.clone()));
            tick = trains.next_tick(tick + 1);
        }
        assert_eq!(played, [(3, vec![0, 1]), (1_000, vec![2])]);
        trains.rewind();
        assert_eq!(trains.next_tick(0), 3);
    }

    #[test]
    fn what_is_written_can_be_read() {
        let grid = TimeGrid::new(0.1);
        let spikes: Vec<Spike> =
            (0..1_000).map(|k| (k % 7, grid.ms_from_ticks(k.into()))).collect();
        let read = parse(&write(spikes.iter().copied())).expect("readable");
        assert_eq!(read, spikes);
        let trains = Trains::new(&read, 0, grid);
        assert_eq!(trains.ticks, (0..1_000).collect::<Vec<Tick>>());
    }
}
