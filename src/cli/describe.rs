//! `stdp describe`: the network behind a link, as tables or as JSON.

use serde_json::{Map, Value as Json, json};

use super::out::say;
use super::{Failure, link_of, open};
use crate::net::{Network, Table, Tell, Value};

#[derive(clap::Args)]
pub struct Args {
    /// A link, its query, or an id such as `characters` or `characters/as_coded`. Of a comparison, A is described.
    link: String,
    /// Print one JSON object with every quantity and its unit.
    #[arg(long)]
    json: bool,
}

pub fn describe(args: &Args) -> Result<(), Failure> {
    let (link, notices) = open(&args.link, None)?;
    for notice in &notices {
        eprintln!("stdp: {notice}");
    }
    let network = link.spec.params.describe();
    for broken in network.check() {
        eprintln!("stdp: {broken}");
    }
    let entry = link.spec.entry;
    if args.json {
        let whole = json!({
            "id": entry.id,
            "revision": entry.revision,
            "link": link_of(&link.spec),
            "network": as_json(&network),
        });
        say!("{whole:#}");
        return Ok(());
    }
    say!("{} ({})", entry.title, link_of(&link.spec));
    for table in network.tables() {
        say!("");
        print(&table);
    }
    Ok(())
}

/// With columns as wide as what stands in them.
fn print(table: &Table) {
    let width = |text: &str| text.chars().count();
    let cells = |column: usize| table.rows.iter().map(move |row| width(&row[column]));
    let columns = table.header.iter().enumerate();
    let widths: Vec<usize> =
        columns.map(|(at, name)| cells(at).max().unwrap_or(0).max(width(name))).collect();
    let line = |row: &mut dyn Iterator<Item = &str>| {
        let padded = row.zip(&widths).map(|(cell, all)| {
            let rest = all - width(cell);
            format!("{cell}{}", " ".repeat(rest))
        });
        let padded: Vec<String> = padded.collect();
        say!("{}", padded.join("  ").trim_end());
    };
    say!("{}", table.title);
    line(&mut table.header.iter().copied());
    for row in &table.rows {
        line(&mut row.iter().map(String::as_str));
    }
}

/// Every field of a network, under its name in the code.
fn as_json(network: &Network) -> Json {
    json_of(&network.tell(), "")
}

/// A number with a unit is an object of both; a kind is one with its name and its quantities.
fn json_of(value: &Value, unit: &str) -> Json {
    match value {
        Value::Nothing => Json::Null,
        Value::Number(number) if unit.is_empty() => json!(number),
        Value::Number(number) => json!({ "value": number, "unit": unit }),
        Value::Flag(flag) => json!(flag),
        Value::Word(word) => json!(word),
        Value::List(members) => members.iter().map(|member| json_of(member, unit)).collect(),
        Value::Kind(kind, fields) => {
            let mut object = Map::new();
            if !kind.is_empty() {
                object.insert("kind".into(), json!(kind));
            }
            for field in fields {
                let value = json_of(&field.value, field.unit.symbol());
                object.insert(field.name.into(), value);
            }
            Json::Object(object)
        }
    }
}
