//! A description as tables of words, for people.

use super::modulator::Modulator;
use super::network::Network;
use super::population::{Layout, Population};
use super::projection::{Delay, Projection};
use super::rule::Rule;
use super::schedule::{Phase, Update};
use super::source::Source;
use super::tell::{Quantity, Tell, Value};
use super::weights::{Draw, Weights};

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What it shows.
    pub title: &'static str,
    /// Names of its columns.
    pub header: Vec<&'static str>,
    /// Its rows, each as long as the header.
    pub rows: Vec<Vec<String>>,
}

/// Longer lists are cut.
const LONGEST_LIST: usize = 8;

impl Network {
    /// What there is, one row each, and then every quantity of all of it. Tables without rows are left out.
    pub fn tables(&self) -> Vec<Table> {
        let mut tables = vec![
            Table {
                title: "Populations",
                header: vec!["name", "size", "role", "layer", "layout", "model"],
                rows: self.populations.iter().flat_map(population_rows).collect(),
            },
            Table {
                title: "Sources",
                header: vec!["name", "to", "makes"],
                rows: self.sources.iter().map(|source| self.source_row(source)).collect(),
            },
            Table {
                title: "Projections",
                header: vec![
                    "name", "from", "to", "wiring", "weights", "delay", "receptor", "synapse",
                    "rule",
                ],
                rows: self.projections.iter().map(|p| self.projection_row(p)).collect(),
            },
            Table {
                title: "Modulators",
                header: vec!["name", "signal", "released by"],
                rows: self.modulators.iter().map(modulator_row).collect(),
            },
            Table {
                title: "Schedule",
                header: vec!["phase", "trials", "shown", "pause", "order", "learning"],
                rows: self.schedule.phases.iter().map(phase_row).collect(),
            },
        ];
        tables.push(self.step_table());
        tables.push(self.quantities());
        tables.retain(|table| !table.rows.is_empty());
        tables
    }

    fn source_row(&self, source: &Source) -> Vec<String> {
        vec![source.name.clone(), self.name_of(&source.to), source.drive.word().into()]
    }

    fn projection_row(&self, projection: &Projection) -> Vec<String> {
        let Projection { name, from, to, wiring, weights, delay, synapse, receptor, rule, .. } =
            projection;
        vec![
            name.clone(),
            self.name_of(from),
            self.name_of(to),
            in_words(&wiring.tell()),
            weights_in_words(weights),
            delay_in_words(delay),
            receptor.word().into(),
            synapse.word().into(),
            rule.as_ref().map_or("fixed".into(), Rule::short_name),
        ]
    }

    fn step_table(&self) -> Table {
        let mut rows = vec![
            vec!["step".into(), format!("{} ms", self.dt_ms)],
            vec!["length".into(), format!("{} ms", self.schedule.duration_ms())],
            vec!["order".into(), self.update.word().into()],
        ];
        if let Update::AsSource { source, steps } = &self.update {
            rows.push(vec!["source".into(), source.clone()]);
            let steps =
                (1..).zip(steps).map(|(number, step)| vec![format!("{number}"), step.clone()]);
            rows.extend(steps);
        }
        Table { title: "Step", header: vec!["what", "value"], rows }
    }

    /// Every number, switch and kind, in long form.
    fn quantities(&self) -> Table {
        let mut rows = Vec::new();
        let mut list = |owner: &str, value: Value| {
            value.walk("", &mut |path, quantity| {
                let Quantity { label, value, unit, name } = quantity;
                // Names and places stand in the tables above.
                let is_told = matches!(*name, "name" | "from" | "to" | "place" | "population");
                let is_below = ["from.", "to.", "place."].iter().any(|told| path.starts_with(told));
                if !is_told && !is_below && has_value(value) {
                    let value = shallow(value);
                    rows.push(vec![
                        owner.into(),
                        path.into(),
                        value,
                        unit.symbol().into(),
                        label.to_string(),
                    ]);
                }
            });
        };
        self.populations.iter().for_each(|p| list(&p.name, p.tell()));
        self.sources.iter().for_each(|s| list(&s.name, s.tell()));
        self.projections.iter().for_each(|p| list(&p.name, p.tell()));
        self.modulators.iter().for_each(|m| list(&m.name, m.tell()));
        self.schedule.phases.iter().for_each(|p| list(&p.name, p.tell()));
        let header = vec!["of", "quantity", "value", "unit", "what it is"];
        Table { title: "Quantities", header, rows }
    }
}

fn population_rows(population: &Population) -> Vec<Vec<String>> {
    let Population { name, size, place, parts, .. } = population;
    let layout = match &place.layout {
        Layout::Column => "column".to_string(),
        Layout::Grid { columns, rows } => format!("{columns} × {rows}"),
        Layout::Circuits { columns, rows, .. } => format!("{columns} × {rows} circuits"),
    };
    let row = |name: String, size: u32, role: &str, model: &str| {
        vec![
            name,
            size.to_string(),
            role.into(),
            place.layer.to_string(),
            layout.clone(),
            model.into(),
        ]
    };
    if let [part] = &parts[..] {
        return vec![row(name.clone(), *size, part.role.word(), part.model.word())];
    }
    let mut rows = vec![row(name.clone(), *size, "", "")];
    for part in parts {
        let name = format!("{name}: {}", part.name);
        rows.push(row(name, part.size, part.role.word(), part.model.word()));
    }
    rows
}

fn modulator_row(modulator: &Modulator) -> Vec<String> {
    let Modulator { name, signal, release } = modulator;
    vec![name.clone(), signal.word().into(), release.word().into()]
}

fn phase_row(phase: &Phase) -> Vec<String> {
    let ms = |ms: f64| format!("{} ms", plain(ms));
    vec![
        phase.name.clone(),
        phase.num_trials.to_string(),
        ms(phase.shown_ms),
        ms(phase.pause_ms),
        phase.order.word().into(),
        if phase.is_learning { "yes" } else { "no" }.into(),
    ]
}

fn delay_in_words(delay: &Delay) -> String {
    match delay {
        Delay::Fixed { delay_ms } => format!("{} ms", plain(*delay_ms)),
        Delay::Uniform { low_ms, high_ms } => {
            format!("{} to {} ms", plain(*low_ms), plain(*high_ms))
        }
    }
}

fn weights_in_words(weights: &Weights) -> String {
    let unit = weights.unit.symbol();
    let start = match &weights.start {
        Draw::Fixed { value } => plain(*value),
        Draw::Uniform { low, high } => format!("{} to {}", plain(*low), plain(*high)),
        Draw::Normal { mean, sd, .. } => format!("{} ± {}", plain(*mean), plain(*sd)),
        Draw::FixedButOne { value, other, .. } => {
            format!("{}, one of them {}", plain(*value), plain(*other))
        }
        Draw::SameAs { projection } => format!("those of {projection}"),
        Draw::Scaled { mean, .. } => format!("uniform, scaled to a mean of {}", plain(*mean)),
        Draw::LogUniform | Draw::Listed { .. } | Draw::BySender { .. } => {
            weights.start.word().into()
        }
    };
    let bounds = match (weights.min, weights.max) {
        (Some(min), Some(max)) => format!(" in [{}, {}]", plain(min), plain(max)),
        (Some(min), None) => format!(" from {min} on"),
        (None, Some(max)) => format!(" up to {max}"),
        (None, None) => String::new(),
    };
    format!("{start}{bounds} {unit}").trim_end().into()
}

/// A value with all that is in it, in one line.
pub fn in_words(value: &Value) -> String {
    match value {
        Value::Kind(word, fields) if !fields.is_empty() => {
            let field = |q: &Quantity| {
                let unit = q.unit.symbol();
                let space = if unit.is_empty() { "" } else { " " };
                format!("{} {}{space}{unit}", q.name, in_words(&q.value))
            };
            let fields: Vec<String> = fields.iter().map(field).collect();
            format!("{word} ({})", fields.join(", "))
        }
        other => shallow(other),
    }
}

/// A number without the last digits, which products and quotients leave behind.
fn plain(number: f64) -> String {
    let rounded: f64 = format!("{number:.11e}").parse().unwrap_or(number);
    // Not "-0".
    format!("{}", rounded + 0.0)
}

/// A value without what stands below it.
fn shallow(value: &Value) -> String {
    match value {
        Value::Nothing => "none".into(),
        Value::Number(number) => plain(*number),
        Value::Flag(flag) => if *flag { "yes" } else { "no" }.into(),
        Value::Word(word) => word.clone(),
        Value::Kind(word, _) => word.to_string(),
        Value::List(members) => {
            let word = |member: &Value| match member {
                // Lists of lists would be wider than any screen.
                Value::List(inner) if inner.len() > 2 => format!("{} of them", inner.len()),
                // What a kind consists of stands below.
                Value::Kind(word, _) if !word.is_empty() => word.to_string(),
                other => in_words(other),
            };
            let mut words: Vec<String> = members.iter().take(LONGEST_LIST).map(word).collect();
            if members.len() > LONGEST_LIST {
                words.push(format!("… ({} in all)", members.len()));
            }
            words.join(", ")
        }
    }
}

/// There is something to say that is not said below it.
fn has_value(value: &Value) -> bool {
    match value {
        Value::Nothing => false,
        Value::Kind(word, _) => !word.is_empty(),
        Value::Word(word) => !word.is_empty(),
        // Members with quantities of their own stand below.
        Value::List(members) => {
            let is_plain = |member: &Value| match member {
                Value::Kind(word, fields) => fields.is_empty() || !word.is_empty(),
                _ => true,
            };
            !members.is_empty() && members.iter().all(is_plain)
        }
        Value::Number(_) | Value::Flag(_) => true,
    }
}
