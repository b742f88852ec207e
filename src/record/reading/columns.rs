//! Which column holds the neuron, which the time, and what the others are for.

use super::names::{self, NeuronName, Role};
use super::separator::{Row, Separator, Splitter};
use super::{Rule, TimeUnit};

/// The columns of a table of spikes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The neuron's.
    pub neuron: usize,
    /// The time's.
    pub time: usize,
    /// The unit of the times, if the names tell it.
    pub unit: Option<TimeUnit>,
    /// How many cells a line has.
    pub num: usize,
    /// The neuron's column is a recorder's, whose numbers count through the whole network.
    pub is_of_recorder: bool,
    /// Columns that have to count the rows, or they could be the neuron's; empty names where the table has none.
    pub counters: Vec<usize>,
    /// Columns that tell neurons of one number apart, with their names.
    pub origins: Vec<(usize, String)>,
    /// Names of columns that are not used.
    pub unused: Vec<String>,
}

impl Columns {
    /// A table without names: neuron, time.
    pub fn without_names() -> Self {
        Self {
            neuron: 0,
            time: 1,
            unit: None,
            num: 2,
            is_of_recorder: false,
            counters: Vec::new(),
            origins: Vec::new(),
            unused: Vec::new(),
        }
    }

    /// What the names say. `num_cells` is how many cells the first row of numbers has, and `num_filled` how many up
    /// to the last that is not empty; one more than names is allowed if rows `may_have_names`.
    ///
    /// # Errors
    /// Why the columns cannot be told apart.
    pub fn of_names(
        names: &[String],
        (num_cells, num_filled): (usize, usize),
        may_have_names: bool,
    ) -> Result<Self, Rule> {
        let num_named = names.iter().rposition(|name| !name.is_empty()).map_or(0, |idx| idx + 1);
        let mut names = names[..num_named].to_vec();
        let ragged = Rule::Ragged { expected: num_named as u32, found: num_cells as u32 };
        // R, and what prints a data frame, give the rows a number and that column no name.
        let has_row_names = may_have_names && num_filled == num_named + 1;
        if has_row_names {
            names.insert(0, String::new());
        }
        let num = names.len();
        let mut columns = Self { num, ..Self::without_names() };
        let roles: Vec<Role> = names.iter().map(|name| names::role(name)).collect();
        columns.find_time(&roles)?;
        columns.find_neuron(&roles)?;
        if num_filled > num || num_cells < num {
            return Err(ragged);
        }
        if has_row_names {
            columns.counters.push(0);
        }
        for (idx, (role, name)) in roles.iter().zip(&names).enumerate() {
            if *role == Role::Origin {
                columns.origins.push((idx, name.clone()));
            } else if ![columns.neuron, columns.time].contains(&idx)
                && !columns.counters.contains(&idx)
                && !name.is_empty()
                && !name.starts_with("Unnamed")
            {
                columns.unused.push(name.clone());
            }
        }
        Ok(columns)
    }

    fn find_time(&mut self, roles: &[Role]) -> Result<(), Rule> {
        if roles.contains(&Role::TimeInTwoUnits) {
            return Err(Rule::TwoUnits);
        }
        let mut found = roles.iter().enumerate().filter_map(|(idx, role)| match role {
            Role::Time(unit) => Some((idx, *unit)),
            _ => None,
        });
        match (found.next(), found.next()) {
            (Some((idx, unit)), None) => (self.time, self.unit) = (idx, unit),
            (Some(_), Some(_)) => return Err(Rule::TwoTimeColumns),
            (None, _) if roles.contains(&Role::Steps) => return Err(Rule::Steps),
            (None, _) => return Err(Rule::NoTimeColumn),
        }
        Ok(())
    }

    fn find_neuron(&mut self, roles: &[Role]) -> Result<(), Rule> {
        let found: Vec<(usize, NeuronName)> = roles
            .iter()
            .enumerate()
            .filter_map(|(idx, role)| match role {
                Role::Neuron(name) => Some((idx, *name)),
                _ => None,
            })
            .collect();
        let best = found.iter().map(|(_, name)| *name).max().ok_or(Rule::NoNeuronColumn)?;
        let is_certain = best >= NeuronName::Neuron;
        let rivals = found
            .iter()
            .filter(|(_, name)| *name == best || is_certain && *name >= NeuronName::Neuron);
        if rivals.count() > 1 {
            return Err(Rule::TwoNeuronColumns);
        }
        for (idx, name) in found {
            if name == best {
                self.neuron = idx;
            } else if !is_certain || name > NeuronName::Place {
                self.counters.push(idx);
            }
        }
        self.is_of_recorder = best == NeuronName::Sender;
        Ok(())
    }
}

/// The names in a line, as this separator cuts them. A unit in brackets belongs to the name before it.
pub fn names_in(line: &str, separator: Separator) -> Vec<String> {
    let mut splitter = Splitter::new(separator);
    let Some(row) = splitter.split(line) else { return Vec::new() };
    if separator != Separator::Spaces {
        return row.iter().map(String::from).collect();
    }
    let mut names: Vec<String> = Vec::new();
    let mut is_open = false;
    for word in row.iter() {
        let opens = word.starts_with(['(', '[']);
        match names.last_mut() {
            Some(name) if opens || is_open => {
                name.push(' ');
                name.push_str(word);
            }
            _ => names.push(word.into()),
        }
        is_open = (is_open || opens) && !word.ends_with([')', ']']);
    }
    names
}

/// The columns that a line of names describes, cut as the table or in any other way.
///
/// # Errors
/// What is wrong with it, cut as the table.
pub fn of_header(line: &str, separator: Separator, first: Row<'_>) -> Result<Columns, Rule> {
    let num = (first.len(), first.len_filled());
    // With commas, a column too many is a decimal comma.
    let may_have_names = matches!(separator, Separator::Spaces | Separator::Byte(b'\t'));
    let of = |separator| Columns::of_names(&names_in(line, separator), num, may_have_names);
    let cut = of(separator);
    if cut.is_ok() {
        return cut;
    }
    Separator::ALL.into_iter().find_map(|other| of(other).ok()).map_or(cut, Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &str, num_cells: usize) -> Result<Columns, Rule> {
        let names: Vec<String> = names.split(',').map(String::from).collect();
        Columns::of_names(&names, (num_cells, num_cells), false)
    }

    fn places(names: &str, num_cells: usize) -> (usize, usize) {
        let columns = of(names, num_cells).unwrap();
        (columns.neuron, columns.time)
    }

    #[test]
    fn columns_stand_in_any_order() {
        assert_eq!(places("neuron,time_ms", 2), (0, 1));
        assert_eq!(places("timestamps,population,node_ids", 3), (2, 0));
        assert_eq!(places(",neuron,time_ms", 3), (1, 2));
        let names = ["neuron", "time_ms"].map(String::from);
        let rows_have_names = Columns::of_names(&names, (3, 3), true).unwrap();
        assert_eq!((rows_have_names.neuron, rows_have_names.counters), (1, vec![0]));
        assert_eq!(places("index,i,t", 3), (1, 2));
        assert_eq!(places("index,t", 2), (0, 1));
        assert_eq!(places("t,unit,channel,", 3), (1, 0));
        assert_eq!(of("index,i,t", 3).unwrap().counters, [0]);
        assert_eq!(of("a,neuron,t", 3).unwrap().unused, ["a"]);
    }

    #[test]
    fn what_cannot_be_told_apart_is_refused() {
        for (names, rule) in [
            ("a,b", Rule::NoTimeColumn),
            ("a,time", Rule::NoNeuronColumn),
            ("neuron,b", Rule::NoTimeColumn),
            ("neuron,cell,time", Rule::TwoNeuronColumns),
            ("sender,neuron,time", Rule::TwoNeuronColumns),
            ("neuron,time_ms,time_s", Rule::TwoTimeColumns),
            ("neuron,time_s (ms)", Rule::TwoUnits),
            ("sender,time_step,time_offset", Rule::Steps),
        ] {
            assert_eq!(of(names, names.split(',').count()), Err(rule), "{names}");
        }
        assert_eq!(of("neuron,time", 4), Err(Rule::Ragged { expected: 2, found: 4 }));
        assert_eq!(of("neuron,time,label", 2), Err(Rule::Ragged { expected: 3, found: 2 }));
    }

    #[test]
    fn units_in_brackets_belong_to_the_name() {
        let names = |line| names_in(line, Separator::Spaces);
        assert_eq!(names("time (ms) neuron"), ["time (ms)", "neuron"]);
        assert_eq!(names("neuron t [ s ]"), ["neuron", "t [ s ]"]);
    }
}
