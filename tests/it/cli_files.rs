//! Files on the command line: what drives a run, what is told of it, and how a run that stops ends.

use std::process::Output;

use serde_json::Value;

use crate::cli::{file_in, folder, json, one_line, output, rows, stdp, text};

const Q: &str = "demo=correlated_inputs&num_inputs=50&duration_s=10";
const STOP: &str = "demo=correlated_inputs&num_inputs=2000&rate_hz=500&num_inhibitory=0&w_init_min=1&w_init_max=1&g_in=1&duration_s=10";

/// Fifty neurons at about 20 Hz for ten seconds: neuron and time in tenths of a ms.
fn spikes() -> Vec<(u32, u32)> {
    let mut all = Vec::new();
    for neuron in 0..50 {
        for k in 0..200 {
            all.push((neuron, 500 * k + (neuron * 37 + k * 61) % 490));
        }
    }
    all
}

fn ms(tenths: u32) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn table(header: &str, line: impl Fn(u32, String) -> String) -> String {
    let lines = spikes().into_iter().map(|(neuron, tenths)| line(neuron, ms(tenths)));
    std::iter::once(header.to_string()).chain(lines).collect::<Vec<_>>().join("\n") + "\n"
}

fn base() -> String {
    table("neuron,time_ms", |neuron, ms| format!("{neuron},{ms}"))
}

fn written(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = file_in(&folder(&format!("files-{}", name.replace('.', "-"))), name);
    std::fs::write(&path, content).expect("writable");
    path
}

fn driven(path: &str, more: &[&str]) -> Value {
    json(&[&["run", Q, "--json", "--data", path], more].concat())
}

fn told(done: &Output) -> String {
    text(&done.stderr)
}

#[test]
fn however_it_is_written_the_run_is_the_same() {
    let base = driven(&written("base.csv", base()), &[]);
    let data = &base["data"];
    let of = |key: &str| data[key].as_f64().expect("a number");
    let numbers = ["spikes", "neurons", "played", "merged", "beyond_end", "unknown_inputs"].map(of);
    assert_eq!(numbers, [10_000.0, 50.0, 10_000.0, 0.0, 0.0, 0.0]);
    let link = base["link"].as_str().expect("a link");
    assert!(link.ends_with(&format!("&data={}", data["name"].as_str().unwrap())), "{link}");
    let seconds =
        table("neuron;spike time (s)", |n, ms| format!("{n};{}", ms.parse::<f64>().unwrap() / 1e3));
    let other = [
        ("swapped.csv", table("timestamps,node_ids", |n, ms| format!("{ms},{n}"))),
        ("seconds.csv", seconds),
        ("tabs.tsv", table("id\tt", |n, ms| format!("{n}.0\t{ms}")).replace('\n', "\r\n")),
        (
            "german.csv",
            format!(
                "sep=;\r\n{}",
                table("neuron;time_ms", |n, ms| format!("{n};{ms}").replace('.', ","))
            ),
        ),
        ("sender.dat", table("sender time_ms", |n, ms| format!("{} {ms}", n + 1))),
    ];
    for (name, content) in other {
        let run = driven(&written(name, content), &[]);
        assert_eq!(run["fingerprint"], base["fingerprint"], "{name}");
        assert_eq!(run["data"]["name"], data["name"], "{name}");
    }
    let micros =
        table("neuron,t", |n, ms| format!("{n},{}", (ms.parse::<f64>().unwrap() * 1e3).round()));
    let run = driven(&written("micros.csv", micros), &["--time-unit", "us"]);
    assert_eq!(run["fingerprint"], base["fingerprint"]);
}

#[test]
fn both_sides_of_a_comparison_and_every_run_of_a_sweep_get_the_file() {
    let path = written("both.csv", base());
    let alone = driven(&path, &[]);
    let pair = json(&["run", &format!("{Q}&compare=1"), "--json", "--data", &path]);
    assert_eq!(pair["fingerprint"], alone["fingerprint"]);
    assert_eq!(pair["twin"]["fingerprint"], alone["fingerprint"]);
    let out = file_in(&folder("files-sweep"), "table.csv");
    output(&["sweep", &format!("{Q}&compare=1"), "--seeds", "1", "--data", &path, "--out", &out]);
    let rows = rows(&out);
    let column = rows[0].iter().position(|name| name == "fingerprint").expect("a column");
    for row in &rows[1..] {
        assert_eq!(row[column], alone["fingerprint"].as_str().unwrap());
    }
    assert_eq!(rows.len(), 3);
    let svg = file_in(&folder("files-render"), "sheet.svg");
    output(&["render", &format!("{Q}&compare=1"), "--data", &path, "--out", &svg]);
    let sheet = crate::cli::read(&svg);
    let print = alone["fingerprint"].as_str().unwrap();
    assert!(
        sheet.contains(&format!("A: fingerprint {print}"))
            && sheet.contains(&format!("B: fingerprint {print}"))
    );
    assert!(sheet.contains("A · ") && sheet.contains("B · "), "both runs are drawn");
}

#[test]
fn weights_are_both_sides_own_too() {
    let path = file_in(&folder("files-weights"), "weights.csv");
    output(&["run", "demo=characters&epochs=4", "--save-weights", &path]);
    let alone = json(&["run", "demo=characters&epochs=4", "--json", "--weights", &path]);
    let pair = json(&["run", "demo=characters&epochs=4&compare=1", "--json", "--weights", &path]);
    assert_eq!(pair["twin"]["fingerprint"], alone["fingerprint"]);
    assert_eq!(pair["fingerprint"], alone["fingerprint"]);
    // A spreadsheet's copy is the same file.
    let copy = crate::cli::read(&path).replace('\n', "\r\n");
    let copied = written("copy.csv", format!("\u{feff}{copy}"));
    let again = json(&["run", "demo=characters&epochs=4", "--json", "--weights", &copied]);
    assert_eq!(
        (&again["weights"], &again["fingerprint"]),
        (&alone["weights"], &alone["fingerprint"])
    );
}

#[test]
fn what_was_read_is_told_and_what_is_not_played() {
    let mut content = base();
    content += "0,20000\n3,12.34\n3,12.33\n99,5\n";
    let done = stdp(&["run", Q, "--json", "--data", &written("late.csv", content)]);
    let told = told(&done);
    for part in [
        "10,004 spikes of 51 neurons",
        "the run lasts 10 s and has 50 inputs",
        "1 spike merged",
        "beyond the run",
        "not there",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let results: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    let of = |key: &str| results["data"][key].as_u64().expect("a number");
    assert_eq!(["merged", "beyond_end", "unknown_inputs"].map(of), [1, 1, 1]);
}

#[test]
fn a_missing_or_useless_file_is_one_clear_line() {
    let link = format!("{Q}&data=zugim-rabid-vizos");
    assert!(one_line(&["run", &link]).contains("zugim-rabid-vizos: give the file with --data"));
    let path = written("own.csv", base());
    assert!(one_line(&["run", "characters", "--data", &path]).contains("takes no spike trains"));
    assert!(one_line(&["sweep", "characters", "--data", &path]).contains("takes no spike trains"));
    assert!(one_line(&["render", &link, "--out", "x.svg"]).contains("zugim-rabid-vizos"));
    assert!(
        crate::cli::refusal(&["run", Q, "--data", &path, "--time-unit", "h"])
            .contains("s, ms or us")
    );
    // Another file than the link names is taken, and said.
    let done = stdp(&["run", &link, "--json", "--data", &path]);
    assert_eq!(done.status.code(), Some(0));
    assert!(told(&done).contains("the link names the spike trains zugim-rabid-vizos"));
}

#[test]
fn times_that_look_like_seconds_are_refused_with_the_remedy() {
    let content =
        table("neuron,time", |n, ms| format!("{n},{:.4}", ms.parse::<f64>().unwrap() / 1e3));
    let path = written("unlabelled.csv", content);
    let message = one_line(&["run", Q, "--data", &path]);
    assert!(message.contains("seconds") && message.contains("time_s"), "{message}");
    let run = driven(&path, &["--time-unit", "s"]);
    assert_eq!(run["fingerprint"], driven(&written("base2.csv", base()), &[])["fingerprint"]);
}

#[test]
fn a_stopped_run_is_told_by_line_code_and_column() {
    let done = stdp(&["run", STOP, "--json"]);
    assert_eq!(done.status.code(), Some(3), "{}", told(&done));
    assert!(
        told(&done).contains("the run stopped after 409.6 ms: mean rate of output"),
        "{}",
        told(&done)
    );
    let alone: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(alone["sim_time_ms"], 409.6);
    // Only B stops: A is whole, and both are told.
    let sound = STOP.replace("w_init_min=1&w_init_max=1", "w_init_min=0&w_init_max=0");
    let pair = format!("{sound}&compare=1&b.w_init_min=1&b.w_init_max=1");
    let done = stdp(&["run", &pair, "--json"]);
    assert_eq!(done.status.code(), Some(3));
    assert!(told(&done).contains("run B stopped after 409.6 ms"), "{}", told(&done));
    let results: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(
        (&results["sim_time_ms"], &results["twin"]["fingerprint"]),
        (&serde_json::json!(10_000.0), &alone["fingerprint"])
    );
    let out = file_in(&folder("stopped-sweep"), "table.csv");
    let done = stdp(&["sweep", &pair, "--seeds", "1", "--out", &out]);
    assert_eq!(done.status.code(), Some(3));
    assert!(told(&done).contains("1 of 2 runs stopped"), "{}", told(&done));
    let rows = rows(&out);
    let column = rows[0].iter().position(|name| name == "stopped_ms").expect("a column");
    let stopped: Vec<&str> = rows[1..].iter().map(|row| row[column].as_str()).collect();
    assert_eq!(stopped, ["", "409.6"]);
    let svg = file_in(&folder("stopped-render"), "sheet.svg");
    let done = stdp(&["render", &pair, "--out", &svg]);
    assert_eq!(done.status.code(), Some(3));
    assert!(crate::cli::read(&svg).contains("stopped at 409.6 ms"));
}

/// What was recorded of a run drives it again: the same inputs, and so the same spikes and weights.
#[test]
fn what_was_recorded_loads_again() {
    let out = folder("files-recorded");
    let dir = out.to_str().expect("UTF-8");
    let run = json(&["run", Q, "--json", "--out", dir, "--record", "spikes"]);
    let again = driven(&file_in(&out, "recorded-spikes.csv"), &[]);
    assert_eq!(again["fingerprint"], run["fingerprint"]);
    // The figure of the latest spikes has a file of its own.
    let num = |name: &str| rows(&file_in(&out, name)).len();
    assert!(num("recorded-spikes.csv") > 5_000 && num("data/spikes.csv") < 5_000);
    assert_eq!((&again["data"]["merged"], &again["data"]["beyond_end"]), (&0.into(), &0.into()));
    // The figure of the latest spikes, too, by its inputs' own numbers.
    let three = "neuron,time_ms\n0,9700\n10,9800.5\n49,9900\n";
    let shown = folder("files-three");
    let link = "demo=correlated_inputs&num_inputs=50&duration_s=10&correlated_share=0.2";
    let path = written("three.csv", three);
    json(&["run", link, "--json", "--out", shown.to_str().unwrap(), "--data", &path]);
    let table = rows(&file_in(&shown, "data/spikes.csv"));
    assert_eq!(table[0], ["population", "neuron", "time_ms"]);
    let inputs: Vec<&Vec<String>> = table.iter().filter(|row| row[0] == "input").collect();
    let expected = [["input", "0", "9700"], ["input", "10", "9800.5"]];
    assert!(
        expected.iter().all(|row| inputs.iter().any(|found| found[..] == row[..])),
        "{inputs:?}"
    );
    let loaded = driven(&file_in(&shown, "data/spikes.csv"), &[]);
    assert!(loaded["data"]["is_used"].as_bool().unwrap());
}
