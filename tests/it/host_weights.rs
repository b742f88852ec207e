//! Weights files through the message loop: saved, loaded, refused, and what happens when they blow up.

use stdp_playground::lab::StepKind;
use stdp_playground::record::WeightsFile;
use stdp_playground::wire::{Command, Frame, RunState};

use crate::page::Page;
use crate::runs::{end_fingerprint, spec_of};

/// A run of 1 ms per tick that takes some dozens of slices.
const LINK: &str = "demo=characters&v=1&epochs=6";

fn fingerprint(frame: &Frame) -> String {
    frame.fingerprint.expect("a fingerprint").to_string()
}

/// Trains, saves, and gives the file and the test's results.
fn trained(link: &str) -> (String, Frame) {
    let mut page = Page::open(link);
    let end = page.finish().clone();
    page.send(Command::SaveWeights);
    (page.files.pop().expect("a file"), end)
}

/// Results of the training, or of what is run beside: neither is there with weights that were loaded.
const NOT_OF_THE_TEST: [&str; 5] = [
    "unrewarded_letters",
    "raised_weights",
    "lowered_weights",
    "depression_share",
    "changed_weights_silent",
];

#[test]
fn loaded_weights_do_in_the_test_what_trained_ones_did() {
    for mode in ["fixed", "paper", "reward", "coded&intervals=24"] {
        let epochs = if mode.contains("coded") { "" } else { "&epochs=6" };
        let link = format!("demo=characters&mode={mode}{epochs}");
        let (file, end) = trained(&link);
        let mut page = Page::open(&link);
        page.load(file);
        assert_eq!(page.refused, [], "{mode}");
        page.work();
        assert!(page.frame().phase.starts_with("test"), "{mode}: {}", page.frame().phase);
        let tested = page.finish().clone();
        assert!(tested.total_ms < end.total_ms);
        let is_told = |name: &str| !NOT_OF_THE_TEST.contains(&name);
        let own = end.summary.iter().filter(|(name, _)| is_told(name)).cloned();
        assert_eq!(tested.summary, own.collect::<Vec<_>>(), "{mode}");
        assert!(page.told[0].iter().all(|file| file.is_used) && page.told[0].len() == 1);
    }
}

#[test]
fn loaded_weights_survive_a_reset() {
    let (file, end) = trained(LINK);
    let mut page = Page::open(LINK);
    page.load(file);
    let first = page.finish().clone();
    page.send(Command::Reset);
    page.work_until(RunState::Idle);
    let again = page.finish();
    assert_eq!((again.fingerprint, &again.summary), (first.fingerprint, &end.summary));
}

#[test]
fn a_file_that_does_not_fit_is_refused_and_nothing_is_lost() {
    let (file, _) = trained(LINK);
    let (other_model, _) = trained("demo=characters&mode=coded&intervals=8");
    let cases = [
        (String::new(), "no spike"),
        ("{}".into(), "column"),
        (file[..file.len() / 2].into(), "each once"),
        (file.replace("weights 1\n", "weights 2\n"), "version is 2"),
        (file.replace("array,row", "array,line"), "name the columns"),
        (file.replace("experiment: characters", "experiment: xor"), "'xor'"),
        (file.replace("theta_mv", "theta"), "no array 'theta_mv'"),
        (other_model, "[15, 4]"),
        (with_first_weight(&file, "1e39"), "not a finite number"),
    ];
    let mut page = Page::open(LINK);
    page.send(Command::Run);
    page.work_for(100.0);
    page.pause();
    for (text, expected) in cases {
        page.load(text);
        let notice = page.refused.pop().expect(expected);
        assert_eq!(notice.key, "file");
        assert!(notice.rule.contains(expected), "{notice}");
    }
    assert_eq!(fingerprint(page.finish()), end_fingerprint(&spec_of(LINK)));
    assert!(page.told[0].is_empty());
}

/// The file with another first value of its first array.
fn with_first_weight(file: &str, value: &str) -> String {
    let first = file.lines().find(|line| line.contains(",0,0,")).expect("an array");
    let (place, _) = first.rsplit_once(',').expect("a value");
    file.replace(first, &format!("{place},{value}"))
}

/// The file with weights whose sum is not finite: potentials fall without end.
fn with_huge_weights(file: &str) -> String {
    let mut file = WeightsFile::read(file.as_bytes()).expect("a weights file");
    file.arrays[0].values.fill(f32::MIN);
    file.to_csv()
}

#[test]
fn a_fault_stops_the_run_and_says_so() {
    let (file, _) = trained(LINK);
    let mut page = Page::open(LINK);
    page.load(with_huge_weights(&file));
    assert_eq!(page.refused, []);
    page.send(Command::Run);
    let fault = page.work_until(RunState::Failed).fault.clone().expect("a reason");
    assert!(fault.contains("not a finite number at tick"), "{fault}");
    let stopped_ms = page.frame().sim_ms;
    for command in [Command::Run, Command::Step(StepKind::Trial), Command::Pause] {
        page.send(command);
        page.work();
        assert_eq!((page.frame().state, page.frame().sim_ms), (RunState::Failed, stopped_ms));
    }
    page.send(Command::Open { run_id: 2, link: LINK.into() });
    assert_eq!(page.work_until(RunState::Idle).fault, None);
}
