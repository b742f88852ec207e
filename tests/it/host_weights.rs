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
        page.send(Command::LoadFile(file));
        assert_eq!(page.refused, [], "{mode}");
        page.work();
        assert!(page.frame().phase.starts_with("test"), "{mode}: {}", page.frame().phase);
        let tested = page.finish().clone();
        assert!(tested.total_ms < end.total_ms);
        let is_told = |name: &str| !NOT_OF_THE_TEST.contains(&name);
        let own = end.summary.iter().filter(|(name, _)| is_told(name)).cloned();
        assert_eq!(tested.summary, own.collect::<Vec<_>>(), "{mode}");
        assert!(tested.file_name.is_some() && end.file_name.is_none());
    }
}

#[test]
fn loaded_weights_survive_a_reset() {
    let (file, end) = trained(LINK);
    let mut page = Page::open(LINK);
    page.send(Command::LoadFile(file));
    let first = page.finish().clone();
    page.send(Command::Reset);
    assert_eq!(page.work_until(RunState::Idle).file_name, first.file_name);
    let again = page.finish();
    assert_eq!((again.fingerprint, &again.summary), (first.fingerprint, &end.summary));
}

#[test]
fn a_file_that_does_not_fit_is_refused_and_nothing_is_lost() {
    let (file, _) = trained(LINK);
    let (other_model, _) = trained("demo=characters&mode=coded&intervals=8");
    let cases = [
        (String::new(), "not a weights file"),
        ("{}".into(), "not a weights file"),
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
        page.send(Command::LoadFile(text));
        let notice = page.refused.pop().expect(expected);
        assert_eq!(notice.key, "weights");
        assert!(notice.rule.contains(expected), "{notice}");
    }
    assert_eq!(fingerprint(page.finish()), end_fingerprint(&spec_of(LINK)));
    assert!(page.frame().file_name.is_none());
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
    page.send(Command::LoadFile(with_huge_weights(&file)));
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

#[test]
fn spike_trains_of_ones_own_drive_the_neuron() {
    const NEURON: &str = "demo=correlated_inputs&part=neuron&duration_s=2";
    let trains = |times: &[u32]| {
        let line = |input: u32| times.iter().map(move |ms| format!("{input},{ms}\n"));
        (0..60).flat_map(line).collect::<String>()
    };
    let mut page = Page::open(NEURON);
    let alone = page.finish().fingerprint;
    let mut after = |text: &str| {
        page.send(Command::LoadFile(text.into()));
        assert_eq!(page.refused, []);
        let end = page.finish();
        let rate_hz = end.summary.iter().find(|(name, _)| name == "rate_hz").expect("a rate").1;
        (end.fingerprint, end.file_name.expect("a name"), rate_hz)
    };
    // Sixty of a hundred inputs, the correlated ones among them, fire twice in two seconds.
    let (first, name, rate_hz) = after(&trains(&[100, 900]));
    assert_ne!(first, alone);
    assert!((rate_hz - 1.0).abs() < 1e-9, "{rate_hz} Hz");
    let (other, other_name, _) = after(&trains(&[100, 950]));
    assert!(other != first && other_name != name);
    for (text, expected) in
        [("0,1\n0,x\n", "line 2"), ("time,5\n", "line 1"), ("# nothing\n", "no spike")]
    {
        page.send(Command::LoadFile(text.into()));
        let notice = page.refused.pop().expect(expected);
        assert!(notice.rule.contains(expected), "{notice}");
    }
}
