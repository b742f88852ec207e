//! Recordings of runs: all spikes, and weights over time.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use stdp_playground::experiments::build;
use stdp_playground::lab::{Session, table};
use stdp_playground::record::Spike;

use crate::cli::{folder, json, one_line, read, rows, stdp, text};
use crate::runs::{arrays, end_fingerprint, spec_of};

/// Runs of all seven experiments, none of which takes long.
const LINKS: [&str; 9] = [
    "demo=characters&epochs=1&test_presentations=3",
    "demo=stdp_window",
    "demo=correlated_inputs&duration_s=2",
    "demo=correlated_inputs&part=groups&duration_s=1&num_inputs=50",
    "demo=xor_reward&epochs=2&test_epochs=1",
    "demo=distal_reward&duration_s=5",
    "demo=distal_reward&part=pairing",
    "demo=reward_baseline&num_trials=100",
    "demo=pattern_clustering&num_training=20",
];

/// All spikes of a run, by the names of their populations.
fn spikes_of(link: &str) -> Vec<Vec<String>> {
    let mut session = Session::new(spec_of(link), build);
    session.runner.hasher().keep();
    session.run_to_end();
    let (mut spikes, names) = (Vec::<Spike>::new(), session.runner.populations());
    session.runner.hasher().take(&mut spikes);
    let row = |(tick, population, neuron): Spike| {
        let time = table::time_text(tick as f64 * session.runner.dt_ms());
        vec![names[population as usize].name.into(), neuron.to_string(), time]
    };
    spikes.into_iter().map(row).collect()
}

/// The weights after each so many steps, from the start on.
fn weights_of(link: &str, every: u64) -> Vec<Vec<f32>> {
    let mut session = Session::new(spec_of(link), build);
    let mut records = Vec::new();
    loop {
        let weights = session.runner.weights();
        records.push(weights.iter().flat_map(|array| array.values.iter()).collect());
        drop(weights);
        if session.tick_times(every) < every {
            return records;
        }
    }
}

fn singles(path: &Path) -> Vec<f32> {
    let bytes = std::fs::read(path).expect("a file");
    bytes
        .chunks(4)
        .map(|four| f32::from_le_bytes(four.try_into().expect("whole numbers")))
        .collect()
}

#[test]
fn every_spike_is_written_and_the_run_is_the_same() {
    for (number, link) in LINKS.into_iter().enumerate() {
        let out = folder(&format!("record_spikes_{number}"));
        let path = out.to_str().expect("UTF-8");
        let done = json(&["run", link, "--record", "spikes", "--out", path, "--json"]);
        assert_eq!(done["fingerprint"], end_fingerprint(&spec_of(link)), "{link}");
        let table = rows(out.join("recorded-spikes.csv").to_str().expect("UTF-8"));
        assert_eq!(table[0], ["population", "neuron", "time_ms"]);
        let expected = spikes_of(link);
        assert!(expected.len() > 1, "{link}: {} spikes", expected.len());
        assert!(table[1..] == expected[..], "{link}: {} and {}", table.len() - 1, expected.len());
        assert!(!out.join("recorded-weights.bin").exists());
    }
}

#[test]
fn weights_are_written_at_their_interval() {
    let link = "demo=correlated_inputs&duration_s=2";
    let out = folder("record_weights");
    let path = out.to_str().expect("UTF-8");
    let args = ["run", link, "--record", "weights:130.04,spikes", "--out", path, "--json"];
    let done = json(&args);
    assert_eq!(done["fingerprint"], end_fingerprint(&spec_of(link)));
    let info: Value =
        serde_json::from_str(&read(&format!("{path}/recorded-weights.json"))).expect("JSON");
    // Steps are 0.1 ms.
    assert_eq!(
        (&info["first_ms"], &info["every_ms"], &info["dt_ms"]),
        (&0.0.into(), &130.0.into(), &0.1.into())
    );
    assert_eq!(info["fingerprint"], done["fingerprint"]);
    let num = info["num_weights"].as_u64().expect("a number") as usize;
    let written = singles(&out.join("recorded-weights.bin"));
    assert_eq!(written.len() / num, info["num_records"].as_u64().expect("a number") as usize);
    assert_eq!(written.len() / num, 16);
    let expected = weights_of(link, 1_300);
    assert_ne!(expected[0], expected[15]);
    assert!(written.chunks(num).eq(expected.iter().map(|record| &record[..])));
}

#[test]
fn arrays_say_where_they_stand_and_a_hundredth_is_the_interval() {
    let link = "demo=characters&epochs=2";
    let out = folder("record_arrays");
    let path = out.to_str().expect("UTF-8");
    json(&["run", link, "--record", "weights", "--out", path, "--json"]);
    let info: Value =
        serde_json::from_str(&read(&format!("{path}/recorded-weights.json"))).expect("JSON");
    assert_eq!(info["num_records"], 101);
    let last = singles(&out.join("recorded-weights.bin"));
    let last = &last[last.len() - info["num_weights"].as_u64().expect("a number") as usize..];
    let mut session = Session::new(spec_of(link), build);
    session.run_to_end();
    let arrays = arrays(&*session.runner);
    assert!(arrays.len() > 1);
    for (array, told) in arrays.iter().zip(info["arrays"].as_array().expect("a list")) {
        assert_eq!(
            (&told["name"], &told["shape"]),
            (&array.name.clone().into(), &array.shape.clone().into())
        );
        let first = told["first"].as_u64().expect("a number") as usize;
        assert_eq!(last[first..first + array.values.len()], array.values);
    }
    check_with_numpy(path, &arrays[0].values);
}

/// The lines that the help shows, where there is a NumPy.
fn check_with_numpy(path: &str, last: &[f32]) {
    let help = text(&stdp(&["run", "--help"]).stdout);
    let lines = help.lines().map(str::trim);
    let program = ["import json", "info =", "weights ="].map(|begin| {
        let found = lines.clone().find(|line| line.starts_with(begin));
        found.unwrap_or_else(|| panic!("no line {begin} in\n{help}")).replace("DIR", path)
    });
    let print = format!("print(float(weights[-1][:{}].sum()))", last.len());
    let program = format!("{}\n{print}", program.join("\n"));
    let has_numpy = |done: &std::process::Output| done.status.success();
    let numpy = Command::new("python3").args(["-c", "import numpy"]).output();
    if !numpy.is_ok_and(|done| has_numpy(&done)) {
        return;
    }
    let done = Command::new("python3").args(["-c", &program]).output().expect("Python starts");
    assert!(done.status.success(), "{program}\n{}", text(&done.stderr));
    let sum: f32 = text(&done.stdout).trim().parse().expect("a sum");
    let expected: f32 = last.iter().sum();
    assert!((sum - expected).abs() < 1e-3 * expected.abs(), "{sum} {expected}");
}

#[test]
fn both_runs_of_a_comparison_are_recorded() {
    let out = folder("record_both");
    let path = out.to_str().expect("UTF-8");
    let link = "demo=characters&epochs=1&b.eta=0.1";
    let done = stdp(&["run", link, "--record", "spikes,weights", "--out", path]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let told = text(&done.stderr);
    for file in ["recorded-weights.bin", "recorded-spikes.csv"] {
        assert!(told.contains(&format!("stdp: {file}: ")), "{told}");
        assert!(told.contains(&format!("stdp: b/{file}: ")), "{told}");
        let [a, b] = [out.join(file), out.join("b").join(file)]
            .map(|path| std::fs::read(path).expect("a file"));
        assert_ne!(a, b);
    }
    let b = spikes_of("demo=characters&epochs=1&eta=0.1");
    assert!(rows(&format!("{path}/b/recorded-spikes.csv"))[1..] == b[..]);
    // What was foretold of the size of spikes is of the right order; of weights it is exact.
    let size = std::fs::metadata(out.join("recorded-weights.bin")).expect("a file").len();
    assert!(told.contains(&format!("{:.1} kB, 101 times", size as f64 / 1e3)), "{told}: {size}");
}

#[test]
fn what_cannot_be_recorded_is_refused() {
    let out = folder("record_refused");
    let path = out.to_str().expect("UTF-8");
    let of = |link: &str, what: &str| one_line(&["run", link, "--record", what, "--out", path]);
    let link = "demo=characters&epochs=1";
    assert!(of(link, "spices").contains("`spices` cannot be recorded: write spikes"));
    assert!(of(link, "weights:-5").contains("needs a time in ms above 0"));
    assert!(of(link, "weights:0.0001").contains("a step of this run is"));
    assert!(of("demo=correlated_inputs&part=groups", "weights").contains("has no weights"));
    let message = one_line(&["run", link, "--record", "spikes"]);
    assert!(message.contains("say with --out DIR"), "{message}");
    // 80,000 weights at every step of 1,800 s.
    let huge =
        ["run", "demo=distal_reward&duration_s=1800", "--record", "weights:1", "--out", path];
    let done = stdp(&huge);
    let told = text(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{told}");
    assert!(told.contains("576.0 GB, 1800001 times 80000 weights"), "{told}");
    assert!(told.contains("is more than 2.0 GB") && told.contains("add --yes"), "{told}");
    assert!(std::fs::read_dir(&out).expect("a folder").next().is_none(), "nothing is written");
}
