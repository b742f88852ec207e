//! The command line's contract, against the real binary.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::export::opened;
use crate::runs::{end_fingerprint, every_preset, link_of, spec_of};

/// Runs `stdp` with these arguments.
pub fn stdp(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_stdp")).args(args).output().expect("stdp starts")
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Standard output of a call that must succeed.
pub fn output(args: &[&str]) -> String {
    let done = stdp(args);
    assert!(done.status.success(), "{args:?}: {}", text(&done.stderr));
    text(&done.stdout)
}

pub fn json(args: &[&str]) -> Value {
    let printed = output(args);
    serde_json::from_str(&printed).unwrap_or_else(|e| panic!("{args:?}: {e}\n{printed}"))
}

/// Standard error of a call that must fail with code 2 and print nothing else.
pub fn refusal(args: &[&str]) -> String {
    let done = stdp(args);
    assert_eq!(done.status.code(), Some(2), "{args:?}: {}", text(&done.stderr));
    assert!(done.stdout.is_empty(), "{args:?} printed {}", text(&done.stdout));
    text(&done.stderr)
}

/// One line on standard error, with code 2.
pub fn one_line(args: &[&str]) -> String {
    let message = refusal(args);
    assert_eq!(message.lines().count(), 1, "{args:?}: {message}");
    assert!(message.starts_with("stdp: ") && message.len() > 20, "{message}");
    message
}

/// A folder of this test's own, empty.
pub fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a folder for the test");
    path
}

pub fn file_in(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().expect("UTF-8").into()
}

pub fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Rows of a CSV file, the header first.
pub fn rows(path: &str) -> Vec<Vec<String>> {
    let mut csv = csv::ReaderBuilder::new().has_headers(false).from_path(path).expect("a CSV file");
    let cells = |row: csv::StringRecord| row.iter().map(String::from).collect();
    csv.records().map(|row| cells(row.expect("a row"))).collect()
}

pub const SHORT: &str = "demo=characters&epochs=2";

#[test]
fn list_names_what_there_is_to_run() {
    let short = output(&["list"]);
    assert!(short.lines().any(|line| line == "characters\t5×3 characters"), "{short}");
    let ids: Vec<String> = output(&["list", "--presets"])
        .lines()
        .map(|line| line.split('\t').next().unwrap_or_default().to_string())
        .collect();
    for preset in every_preset() {
        assert!(ids.contains(&preset.id), "{}", preset.id);
    }
    assert!(ids.len() > short.lines().count());
}

#[test]
fn run_prints_one_object_with_every_field() {
    let results = json(&["run", SHORT, "--json"]);
    let mut keys: Vec<&str> =
        results.as_object().expect("an object").keys().map(|k| &**k).collect();
    keys.sort_unstable();
    let expected = [
        "fault",
        "fingerprint",
        "id",
        "link",
        "notices",
        "params",
        "revision",
        "seed",
        "sim_time_ms",
        "summary",
        "version",
        "wall_ms",
    ];
    assert_eq!(keys, expected);
    assert_eq!((&results["id"], &results["version"]), (&"characters".into(), &1.into()));
    assert_eq!(results["link"], "demo=characters&v=1&epochs=2");
    assert_eq!((&results["seed"], &results["notices"]), (&1.into(), &Value::Array(vec![])));
    // Two epochs of four letters and three rounds of test, 300 ms each.
    assert_eq!(results["sim_time_ms"], 6_000.0);
    assert!(results["wall_ms"].as_f64().is_some_and(|ms| ms > 0.0));
    assert_eq!(results["fingerprint"], end_fingerprint(&spec_of(SHORT)));
    let params = &results["params"];
    assert_eq!((&params["epochs"], &params["letters"]), (&2.into(), &"ABCD".into()));
    assert_eq!((&params["homeostasis"], &params["eta"]), (&true.into(), &0.02.into()));
}

#[test]
fn the_summary_has_what_others_rely_on() {
    for id in ["characters", "characters/as_coded", "characters/as_paper"] {
        let summary = json(&["run", id, "--json"])["summary"].clone();
        for name in [
            "hit_rate",
            "accuracy",
            "accuracy_if_silent",
            "distinct_outputs",
            "num_letters",
            "spikes_own",
            "spikes_other",
        ] {
            assert!(summary[name].is_f64(), "{id}: {name} is {}", summary[name]);
        }
        assert_eq!(summary["num_letters"], 4.0);
        assert_eq!(summary["accuracy_if_silent"], 0.75);
        assert_eq!(summary["published_hit_rate"].is_f64(), id == "characters/as_coded");
    }
}

#[test]
fn a_seed_given_apart_is_the_links_seed() {
    let apart = json(&["run", SHORT, "--seed", "7", "--json"]);
    let within = json(&["run", &format!("{SHORT}&seed=7"), "--json"]);
    assert_eq!((&apart["seed"], &apart["link"]), (&7.into(), &within["link"]));
    assert_eq!(apart["fingerprint"], within["fingerprint"]);
    assert_ne!(apart["fingerprint"], json(&["run", SHORT, "--json"])["fingerprint"]);
    assert!(apart["link"].as_str().is_some_and(|link| link.contains("seed=7")));
}

#[test]
fn a_printed_link_replays_the_run() {
    let first = json(&["run", "characters/as_coded", "--seed", "3", "--json"]);
    let link = format!("https://example.org/?{}", first["link"].as_str().expect("a link"));
    let again = json(&["run", &link, "--json"]);
    assert_eq!(
        (&again["fingerprint"], &again["summary"]),
        (&first["fingerprint"], &first["summary"])
    );
}

#[test]
fn run_prints_for_people_too() {
    let printed = output(&["run", SHORT]);
    for word in ["fingerprint", "hit_rate", "demo=characters&v=1&epochs=2"] {
        assert!(printed.contains(word), "{word} is not in\n{printed}");
    }
}

#[test]
fn out_writes_results_and_every_figure() {
    let folder = folder("out").join("new/folder");
    let path = folder.to_str().expect("UTF-8");
    let printed = json(&["run", SHORT, "--json", "--out", path]);
    let written: Value = serde_json::from_str(&read(&file_in(&folder, "results.json"))).unwrap();
    assert_eq!(written, printed);
    for panel in spec_of(SHORT).panels() {
        let table = rows(&file_in(&folder, &format!("data/{}.csv", panel.key)));
        assert!(table.len() > 1 && table[0].len() > 1, "{}: {table:?}", panel.key);
        check_svg(&read(&file_in(&folder, &format!("figures/{}.svg", panel.key))));
    }
    let zip = format!("{path}.zip");
    output(&["run", SHORT, "--out", &zip]);
    let files = opened(&std::fs::read(&zip).expect("a zip"));
    for (path, bytes) in &files {
        assert_eq!(std::fs::read(folder.join(path)).expect(path), *bytes, "{path}");
    }
    // And the network.
    assert_eq!(files.len(), 7 + 2 * (spec_of(SHORT).panels().len() + 1));
}

fn check_svg(svg: &str) {
    assert!(
        svg.trim_start().starts_with("<svg") && svg.trim_end().ends_with("</svg>"),
        "{svg:.80}"
    );
    assert!(svg.contains("width=") && svg.matches('<').count() > 5, "{svg:.80}");
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "a number is missing");
}

#[test]
fn weights_are_saved_and_tested_apart() {
    let path = file_in(&folder("weights"), "weights.csv");
    let trained = json(&["run", "demo=characters&epochs=8", "--json", "--save-weights", &path]);
    let tested = json(&["run", "demo=characters&epochs=8", "--json", "--weights", &path]);
    assert_eq!(tested["summary"], trained["summary"]);
    // Only the test ran: three rounds of four letters.
    assert_eq!(tested["sim_time_ms"], 3_600.0);
    assert!(tested["weights"].is_string() && trained["weights"].is_null());
    let file = read(&path);
    let head: Vec<&str> = file.lines().take(4).collect();
    let link = format!("# link: {}", trained["link"].as_str().expect("a link"));
    let columns = "array,row,column,value";
    assert_eq!(head, ["# stdp-playground-weights 1", "# experiment: characters", &link, columns]);
    assert!(file.contains("input_to_output,29,3,") && !file.contains("input_to_output,30,"));
}

#[test]
fn a_link_is_repaired_with_notices() {
    let link = "demo=characters&epochs=2&eta=7&tau_plus=3";
    let done = stdp(&["run", link, "--json"]);
    assert_eq!(done.status.code(), Some(0));
    let results: Value =
        serde_json::from_slice(&done.stdout).expect("only JSON on standard output");
    let notices = results["notices"].as_array().expect("a list");
    assert_eq!(notices.len(), 2);
    for field in ["key", "given", "used", "rule"] {
        assert!(notices.iter().all(|notice| notice[field].is_string()), "{field}");
    }
    let told = text(&done.stderr);
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(told.contains("eta=7") && told.contains("Did you mean 'tau_plus_ms'?"), "{told}");
    assert_eq!(results["link"], "demo=characters&v=1&epochs=2&eta=1");
}

#[test]
fn strict_makes_notices_errors() {
    let told = refusal(&["run", "demo=characters&epochs=2&eta=7", "--json", "--strict"]);
    assert!(told.contains("eta=7") && told.contains("--strict"), "{told}");
    assert!(stdp(&["run", SHORT, "--strict"]).status.success());
}

#[test]
fn what_does_not_exist_is_one_clear_line() {
    let cases: [(&[&str], &str); 9] = [
        (&["run", "demo=nonsense"], "nonsense"),
        (&["run", "nonsense", "--json"], "characters"),
        (&["run", "characters/nonsense"], "as_coded"),
        (&["render", "nonsense", "--out", "x.svg"], "nonsense"),
        (&["sweep", "nonsense"], "nonsense"),
        (&["run", SHORT, "--weights", "no/such/file.csv"], "no/such/file.csv"),
        (&["run", SHORT, "--save-weights", "no/such/file.csv"], "no/such/file.csv"),
        (&["render", SHORT, "--out", "no/such/file.svg"], "no/such/file.svg"),
        (&["sweep", SHORT, "--seeds", "1..2", "--out", "no/such/file.csv"], "no/such/file.csv"),
    ];
    for (args, expected) in cases {
        let message = one_line(args);
        assert!(message.contains(expected), "{args:?}: {message}");
    }
}

#[test]
fn what_a_sweep_cannot_read_is_one_clear_line() {
    let cases: [(&[&str], &str); 6] = [
        (&["--seeds", "a..b"], "1..20"),
        (&["--seeds", "5..1"], "1..20"),
        (&["--over", "eta"], "key=v1,v2"),
        (&["--over", "eta=7"], "outside"),
        (&["--over", "nonsense=1"], "nonsense"),
        (&["--over", "eta=fast"], "number"),
    ];
    for (args, expected) in cases {
        let message = one_line(&[&["sweep", SHORT], args].concat());
        assert!(message.contains(expected), "{args:?}: {message}");
    }
}

#[test]
fn a_flag_that_does_not_exist_is_told() {
    let cases: [&[&str]; 5] = [
        &["run", SHORT, "--nonsense"],
        &["nonsense"],
        &["run"],
        &["run", SHORT, "--seed", "x"],
        &["run", SHORT, "--seed", "4294967296"],
    ];
    for args in cases {
        let message = refusal(args);
        let first = message.lines().next().unwrap_or_default();
        assert!(first.starts_with("error: "), "{args:?}: {message}");
    }
}

#[test]
fn a_weights_file_that_does_not_fit_is_one_clear_line() {
    let folder = folder("misfit");
    let (fixed, broken) = (file_in(&folder, "fixed.json"), file_in(&folder, "broken.json"));
    output(&["run", SHORT, "--save-weights", &fixed]);
    let message = one_line(&["run", "characters/as_coded", "--weights", &fixed]);
    assert!(message.contains("[15, 4]") && message.contains("fixed.json"), "{message}");
    std::fs::write(&broken, "{ \"format\":").expect("a file");
    assert!(one_line(&["run", SHORT, "--weights", &broken]).contains("not a weights file"));
}

#[test]
fn render_draws_every_figure_into_one_file() {
    let path = file_in(&folder("render"), "figure.svg");
    for id in [SHORT, "demo=characters&mode=paper&epochs=2"] {
        output(&["render", id, "--out", &path]);
        let light = read(&path);
        check_svg(&light);
        let spec = spec_of(id);
        for panel in spec.panels() {
            assert!(light.contains(&format!(">{}</text>", panel.title)), "{}", panel.title);
        }
        assert!(light.contains(&end_fingerprint(&spec)), "no provenance");
        let link = link_of(&spec).replace('&', "&amp;");
        let foot: Vec<&str> =
            light.lines().last().into_iter().flat_map(|l| l.split("</text>")).collect();
        let texts: Vec<&str> = foot.iter().filter_map(|text| text.rsplit('>').next()).collect();
        assert!(texts.concat().contains(&link), "{texts:?} is not {link}");
        assert!(texts.iter().all(|text| text.replace("&amp;", "&").len() <= 180), "{texts:?}");
        output(&["render", id, "--out", &path, "--dark"]);
        assert_ne!(read(&path), light);
    }
}

#[test]
fn a_sweep_is_a_table_of_runs() {
    let path = file_in(&folder("sweep"), "table.csv");
    let args = ["sweep", SHORT, "--over", "eta=0.01,0.05", "--over", "epochs=1,2,3"];
    output(&[&args[..], &["--seeds", "3..4", "--out", &path]].concat());
    let table = rows(&path);
    assert_eq!(table.len(), 1 + 2 * 3 * 2);
    assert_eq!(table[0][..6], ["eta", "epochs", "seed", "fingerprint", "stopped_ms", "hit_rate"]);
    let labels: Vec<String> = table[1..].iter().map(|row| row[..3].join(" ")).collect();
    assert_eq!(labels[..3], ["0.01 1 3", "0.01 1 4", "0.01 2 3"]);
    for row in &table[1..] {
        let link = format!("demo=characters&eta={}&epochs={}&seed={}", row[0], row[1], row[2]);
        assert_eq!(row[3], end_fingerprint(&spec_of(&link)), "{link}");
    }
}

#[test]
fn a_result_that_only_some_runs_of_a_sweep_have_keeps_its_column() {
    // Only a synapse that is at the cap has a time for it; the first run has none.
    let link = "demo=distal_reward&duration_s=2&s_chosen=0";
    let path = file_in(&folder("sweep_names"), "table.csv");
    output(&["sweep", link, "--over", "s_chosen=0,4", "--seeds", "1..2", "--out", &path]);
    let table = rows(&path);
    assert_eq!(table.len(), 5);
    assert!(table.iter().all(|row| row.len() == table[0].len()), "{table:?}");
    let column = |name: &str| table[0].iter().position(|known| known == name).expect(name);
    assert_eq!(column("first_cap_s"), column("reached_cap") + 1);
    for row in &table[1..] {
        let is_strong = row[0] == "4";
        assert_eq!(row[column("reached_cap")], if is_strong { "1" } else { "0" });
        assert_eq!(row[column("first_cap_s")].is_empty(), !is_strong, "{row:?}");
        assert!(row[column("mean_weight")].parse::<f64>().is_ok_and(|w| w > 0.5), "{row:?}");
    }
    let json = json(&["run", link, "--json"]);
    assert_eq!(json["summary"].get("first_cap_s"), Some(&Value::Null));
}

#[test]
fn a_sweep_has_the_numbers_of_its_runs() {
    let path = file_in(&folder("sweep_numbers"), "table.csv");
    output(&["sweep", "characters/as_coded", "--seeds", "2,9", "--out", &path]);
    let table = rows(&path);
    assert_eq!(table.len(), 3);
    let results = json(&["run", "characters/as_coded", "--seed", "9", "--json"]);
    for (name, cell) in table[0].iter().zip(&table[2]).skip(3) {
        let value: f64 = cell.parse().expect("a number");
        assert_eq!(Some(value), results["summary"][name].as_f64(), "{name}");
    }
}

#[test]
fn a_sweep_does_not_depend_on_the_number_of_threads() {
    let folder = folder("jobs");
    let table = |jobs: &str| {
        let path = file_in(&folder, &format!("{jobs}.csv"));
        output(&["sweep", SHORT, "--seeds", "1..6", "--jobs", jobs, "--out", &path]);
        read(&path)
    };
    assert_eq!(table("1"), table("2"));
}

#[test]
fn a_sweep_without_a_file_prints_its_table() {
    let printed = output(&["sweep", SHORT, "--seeds", "1..2"]);
    assert_eq!(printed.lines().count(), 3, "{printed}");
    assert!(printed.starts_with("seed,fingerprint,stopped_ms,hit_rate,"), "{printed}");
}

#[test]
fn a_demo_given_twice_is_told_and_the_last_one_runs() {
    let link = "?demo=stdp_window&demo=characters&epochs=1";
    let done = json(&["run", link, "--json"]);
    assert_eq!((&done["id"], &done["notices"][0]["key"]), (&"characters".into(), &"demo".into()));
}

#[test]
fn the_link_of_a_comparison_runs_both_again() {
    let link = "?demo=characters&epochs=3&b.homeostasis=0";
    let out = folder("comparison");
    let out = out.to_str().expect("UTF-8");
    let both = json(&["run", link, "--json", "--out", out]);
    let again = json(&["run", both["link"].as_str().expect("a link"), "--json"]);
    assert_eq!(again["fingerprint"], both["fingerprint"]);
    assert_eq!(again["twin"]["fingerprint"], both["twin"]["fingerprint"]);
    let run: Value = serde_json::from_str(&read(&format!("{out}/run.json"))).expect("JSON");
    assert_eq!(run["link"], both["link"]);
    assert_eq!(run["runs"][0]["fingerprint"], both["fingerprint"]);
    assert_eq!(run["runs"][1]["fingerprint"], both["twin"]["fingerprint"]);
    let rows = |side: &str| rows(&format!("{out}/{side}/data/hit_rate.csv"));
    assert!(rows("a").len() > 1 && rows("b").len() > 1);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_no_success() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let done = Command::new(env!("CARGO_BIN_EXE_stdp")).arg("list").stdout(full).output();
    let done = done.expect("stdp starts");
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("cannot write to standard output"));
}
