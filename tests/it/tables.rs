//! What leaves the house: every figure of every preset as a table, and who its spikes belong to.

use std::collections::BTreeSet;

use stdp_playground::experiments::build;
use stdp_playground::lab::table::{self, Table};
use stdp_playground::lab::{Axis, Panel, PanelKind, Runner, Session, Spec, Unit};
use stdp_playground::record::figure::Raster;
use stdp_playground::record::{Figure, Spike};

use crate::runs::{arrays, every_preset, spec_of, with_file};

const TICKS: u64 = 3_000;
/// A population of no neurons: the moments at which outputs should fire.
const WANTED: &str = "wanted";

/// A run whose spikes are all kept, after some ticks.
fn kept(spec: &Spec, ticks: u64) -> (Box<dyn Runner>, Vec<Spike>) {
    let mut runner = build(spec);
    runner.hasher().keep();
    (0..ticks.min(runner.num_ticks())).for_each(|_| runner.tick());
    let mut spikes = Vec::new();
    runner.hasher().take(&mut spikes);
    (runner, spikes)
}

fn is_snake(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !name.is_empty() && name.chars().all(allowed) && !name.contains("__") && !name.ends_with('_')
}

/// The header names quantities, each with its unit.
fn check_header(table: &Table, panel: &Panel, id: &str) {
    let of = |axis: Axis| {
        assert!(!axis.label.is_empty(), "{id} {}: a number without a name", panel.key);
        let column = axis.column();
        let unit = match axis.unit {
            Unit::None | Unit::YesNo => "",
            Unit::Percent => "percent",
            unit => unit.word(),
        };
        assert!(column.ends_with(&unit.to_lowercase()), "{column} does not end in {unit}");
        column
    };
    let time = if panel.x == Axis::NONE { Axis::TIME } else { panel.x };
    let expected = match panel.kind {
        PanelKind::Raster => vec!["population".into(), "neuron".into(), of(time)],
        PanelKind::Trace => vec!["line".into(), of(time), of(panel.quantity())],
        PanelKind::Fields => {
            vec!["picture".into(), "row".into(), "column".into(), of(panel.quantity())]
        }
        PanelKind::Curve => vec!["line".into(), of(panel.x), of(panel.quantity())],
        PanelKind::Matrix => vec![of(panel.y), of(panel.x), of(panel.value)],
        PanelKind::Lamps => {
            vec!["whose".into(), of(panel.x), "should_be_lit".into(), of(panel.quantity())]
        }
    };
    assert_eq!(table.header[..expected.len()], expected, "{id} {}", panel.key);
    for name in &table.header[expected.len()..] {
        assert!(name.starts_with("error"), "{id} {}: {name}", panel.key);
    }
    assert!(table.header.iter().all(|name| is_snake(name)), "{:?}", table.header);
    let unique: BTreeSet<&String> = table.header.iter().collect();
    assert_eq!(unique.len(), table.header.len(), "{id} {}: {:?}", panel.key, table.header);
}

/// No two things of a figure have the same name in its table.
fn check_names(figure: &Figure, id: &str) {
    let names: Vec<&str> = match figure {
        Figure::Raster(_) => return,
        Figure::Trace(trace) => trace.series.iter().map(|series| &*series.label).collect(),
        Figure::Fields(fields) => fields.fields.iter().map(|field| &*field.label).collect(),
        Figure::Curve(curve) => {
            let told = curve.lines.iter().filter(|line| !line.x.is_empty());
            told.map(|line| line.name()).collect()
        }
        Figure::Matrix(matrix) => matrix.row_labels.iter().map(|label| &**label).collect(),
        Figure::Lamps(lamps) => lamps.lamps.iter().map(|lamp| &*lamp.label).collect(),
    };
    let unique: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(unique.len(), names.len(), "{id}: two of {names:?} have the same name");
    assert!(!unique.contains(""), "{id}: one of {names:?} has no name");
}

/// Rows belong to neurons that there are, and every spike to one of them.
fn check_rows(raster: &Raster, runner: &dyn Runner, id: &str) {
    let populations = runner.populations();
    for block in raster.blocks.iter().filter(|block| block.population != WANTED) {
        let own = populations.iter().find(|population| population.name == block.population);
        let size = own.unwrap_or_else(|| panic!("{id}: no population {}", block.population)).size;
        let last = block.neuron(block.first_row + block.num_rows - 1).expect("its own row");
        assert!(last < size, "{id}: {} has no neuron {last}", block.population);
        assert!((block.first_row + block.num_rows) as usize <= raster.row_labels.len(), "{id}");
    }
    let mut shown = BTreeSet::new();
    for row in 0..raster.row_labels.len() as u32 {
        if let Some((population, neuron)) = raster.neuron_of_row(row) {
            assert!(shown.insert((population, neuron)), "{id}: {population} {neuron} twice");
        }
    }
}

#[test]
fn every_figure_is_a_table_with_names_and_units() {
    for preset in every_preset() {
        let panels = preset.spec.panels();
        let mut runner = build(&preset.spec);
        for _ in 0..2 {
            for (idx, figure) in runner.figures(&|_| true) {
                let panel = &panels[idx as usize];
                let id = format!("{} {}", preset.id, panel.key);
                let table = table::of(&figure, panel);
                check_header(&table, panel, &preset.id);
                check_names(&figure, &id);
                let width = table.header.len();
                assert!(table.rows.iter().all(|row| row.len() == width), "{id}: a ragged table");
                if let Figure::Raster(raster) = &figure {
                    assert_eq!(table.rows.len(), raster.times_ms.len(), "{id}: spikes of nobody");
                    check_rows(raster, &*runner, &id);
                }
            }
            (0..TICKS).for_each(|_| runner.tick());
        }
    }
}

/// Every spike of a raster, by the numbers in its table, is one of those that the run had.
#[test]
fn the_spikes_of_rasters_are_those_of_the_run() {
    let mut num_checked = 0;
    for preset in every_preset() {
        let (runner, spikes) = kept(&preset.spec, TICKS);
        let names = runner.populations();
        let all: BTreeSet<(&str, u32, u64)> = spikes
            .iter()
            .map(|&(tick, population, neuron)| (names[population as usize].name, neuron, tick))
            .collect();
        let panels = preset.spec.panels();
        for (idx, figure) in runner.figures(&|_| true) {
            let panel = &panels[idx as usize];
            if panel.kind != PanelKind::Raster {
                continue;
            }
            for row in table::of(&figure, panel).rows {
                let time_ms: f64 = row[2].parse().expect("a time");
                let tick = (time_ms / runner.dt_ms()).round() as u64;
                let neuron = row[1].parse().expect("a number");
                let spike = (row[0].as_str(), neuron, tick);
                assert!(row[0] == WANTED || all.contains(&spike), "{}: {spike:?}", preset.id);
                num_checked += 1;
            }
        }
    }
    assert!(num_checked > 10_000, "{num_checked}");
}

#[test]
fn who_fires_has_a_name_and_keeping_it_changes_nothing() {
    for preset in every_preset() {
        let (runner, spikes) = kept(&preset.spec, TICKS);
        let names = runner.populations();
        let unique: BTreeSet<&str> = names.iter().map(|population| population.name).collect();
        assert_eq!(unique.len(), names.len(), "{}: {names:?}", preset.id);
        for (tick, population, neuron) in &spikes {
            let own = names.get(*population as usize);
            let own = own.unwrap_or_else(|| panic!("{}: population {population}", preset.id));
            assert!(*neuron < own.size, "{}: {} {neuron} at {tick}", preset.id, own.name);
        }
        assert!(spikes.is_sorted_by_key(|(tick, _, _)| *tick), "{}", preset.id);
        assert!(!spikes.is_empty(), "{}", preset.id);
        let mut plain = build(&preset.spec);
        (0..TICKS.min(plain.num_ticks())).for_each(|_| plain.tick());
        assert_eq!(plain.fingerprint(), runner.fingerprint(), "{}", preset.id);
    }
}

#[test]
fn trains_of_three_inputs_come_back_with_their_numbers() {
    let spec = spec_of("demo=correlated_inputs&duration_s=10");
    let text = "neuron,time_ms\n0,10\n10,20.5\n50,30\n50,40\n";
    let mut session = with_file(spec, text).expect("readable");
    session.tick_times(5_000);
    let panels = session.spec.panels();
    let spikes = panels.iter().position(|panel| panel.key == "spikes").expect("a raster") as u16;
    let (_, figure) = session.runner.figures(&|idx| idx == spikes).remove(0);
    let table = table::of(&figure, &panels[spikes as usize]);
    let mut inputs: Vec<String> =
        table.rows.iter().filter(|row| row[0] == "input").map(|row| row[1..].join(" ")).collect();
    inputs.sort();
    assert_eq!(inputs, ["0 10", "10 20.5", "50 30", "50 40"]);
}

#[test]
fn single_weights_are_named_by_their_inputs() {
    let mut session = Session::new(spec_of("demo=correlated_inputs&duration_s=10"), build);
    session.tick_times(20_000);
    let panels = session.spec.panels();
    let (_, figure) = session.runner.figures(&|idx| idx == 0).remove(0);
    let table = table::of(&figure, &panels[0]);
    let weights = &arrays(&*session.runner)[0].values;
    let last_s =
        table.rows.iter().rev().find(|row| row[0].starts_with("weight of input")).expect("a line");
    let mut num_found = 0;
    let single = session.sim_ms() / 1_000.0;
    assert_eq!(last_s[1], single.to_string());
    for row in table.rows.iter().filter(|row| row[1] == last_s[1]) {
        let Some(input) = row[0].strip_prefix("weight of input ") else { continue };
        let input: usize = input.parse().expect("a number");
        assert_eq!(row[2], weights[input].to_string(), "input {input}");
        num_found += 1;
    }
    assert!(num_found > 5, "{num_found}");
}
