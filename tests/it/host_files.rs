//! The visitor's files through the message loop: they stay with the run, drive both sides of a comparison and every
//! seed, are named in the link, and what of them is not used is told.

use stdp_playground::experiments::build;
use stdp_playground::lab::files::{self, Shelved};
use stdp_playground::lab::told::FileTold;
use stdp_playground::lab::{Session, Spec};
use stdp_playground::record::{SpikeTrains, VisitorFile};
use stdp_playground::wire::{Command, Frame, RunState};

use crate::golden::is_update;
use crate::page::Page;
use crate::runs::{link_of, spec_of};

const NEURON: &str = "demo=correlated_inputs&v=1&num_inputs=50&duration_s=2";

/// Fifty inputs at about 20 Hz for two seconds, a different file for each number.
fn trains(which: u32) -> String {
    let mut text = String::from("neuron,time_ms\n");
    for neuron in 0..50_u32 {
        for k in 0..40_u32 {
            let ms = f64::from(50 * k + (neuron * 7 + k * 13 + which * 17) % 50) + 0.3;
            text += &format!("{neuron},{ms}\n");
        }
    }
    text
}

/// The run of a link with a file, by itself, as the command line runs it.
fn alone(link: &str, text: &str) -> String {
    let (file, _) = Shelved::new(VisitorFile::read(text.as_bytes(), None).expect("readable"));
    let mut spec = spec_of(link);
    spec.files.put(&file);
    let mut session = Session::new(spec, build);
    assert_eq!(session.unused, []);
    session.run_to_end();
    session.runner.fingerprint().to_string()
}

fn print(frame: &Frame) -> String {
    frame.fingerprint.expect("its own").to_string()
}

fn rate_hz(frame: &Frame) -> f64 {
    frame.summary.iter().find(|(name, _)| name == "rate_hz").expect("a rate").1
}

fn told(page: &Page) -> &FileTold {
    &page.told[0][0]
}

#[test]
fn spike_trains_drive_the_run_and_its_link_names_them() {
    let mut page = Page::open(NEURON);
    let without = print(page.finish());
    page.load(trains(0));
    assert_eq!(page.refused, []);
    let frame = page.finish().clone();
    assert_eq!(print(&frame), alone(NEURON, &trains(0)));
    assert_ne!(print(&frame), without);
    assert!((rate_hz(&frame) - 20.0).abs() < 1e-9, "{} Hz", rate_hz(&frame));
    assert!(page.link.ends_with(&format!("&data={}", told(&page).name)), "{}", page.link);
    let other = {
        page.load(trains(1));
        print(page.finish())
    };
    assert_eq!(other, alone(NEURON, &trains(1)));
}

#[test]
fn they_stay_through_parameters_seeds_and_resets() {
    let mut page = Page::open(NEURON);
    page.load(trains(0));
    let name = told(&page).name;
    for change in ["a_plus=0.004", "seed=9", "mu=0.5", "homeostasis=scaling", "cell=linear"] {
        page.go_to(&format!("{NEURON}&{change}&data={name}"));
        let frame = page.finish().clone();
        assert_eq!(print(&frame), alone(&format!("{NEURON}&{change}"), &trains(0)), "{change}");
        page.send(Command::Reset);
        page.work_until(RunState::Idle);
        assert_eq!(print(page.finish()), print(&frame), "{change}, again");
    }
}

#[test]
fn they_drive_both_sides_of_a_comparison() {
    let link = format!("{NEURON}&compare=1");
    let mut page = Page::open(&link);
    page.load(trains(0));
    let frame = page.finish();
    let twin = frame.twin.as_ref().expect("a twin").fingerprint.expect("its own").to_string();
    assert_eq!((print(frame), twin), (alone(NEURON, &trains(0)), alone(NEURON, &trains(0))));
    page.go_to(&format!("{link}&b.a_plus=0.004&data={}", told(&page).name));
    let twin = page.finish().twin.as_ref().expect("a twin").fingerprint.expect("its own");
    assert_eq!(twin.to_string(), alone(&format!("{NEURON}&a_plus=0.004"), &trains(0)));
}

#[test]
fn they_drive_every_one_of_many_seeds() {
    let mut page = Page::new(1.0);
    let file = trains(0);
    page.send(Command::KeepFile(file.clone().into_bytes()));
    let (name, _) = Shelved::new(VisitorFile::read(file.as_bytes(), None).unwrap());
    for seed in [3, 4] {
        let link = format!("{NEURON}&seed={seed}&data={}", name.name());
        page.send(Command::Job { job: seed, link });
        page.work_until_idle();
        let (_, outcome) = page.outcomes.pop().expect("an outcome");
        let expected = alone(&format!("{NEURON}&seed={seed}"), &file);
        assert_eq!(outcome.fingerprint.to_string(), expected);
    }
}

#[test]
fn a_link_without_its_file_runs_nothing_else() {
    let link = format!("{NEURON}&data=zugim-rabid-vizos");
    let mut page = Page::open(&link);
    let notice = page.refused.pop().expect("a notice");
    assert_eq!((notice.key.as_str(), notice.given.as_str()), ("data", "zugim-rabid-vizos"));
    page.send(Command::Run);
    page.work_until_idle();
    assert!(page.frames.is_empty());
    page.send(Command::Job { job: 1, link });
    page.work_until_idle();
    assert!(page.outcomes.is_empty() && page.refused.len() == 1);
    // Another file of the right kind can be loaded in its place.
    page.load(trains(0));
    assert_eq!(print(page.finish()), alone(NEURON, &trains(0)));
}

#[test]
fn a_part_that_takes_none_keeps_the_file_and_says_so() {
    let mut page = Page::open(NEURON);
    page.load(trains(0));
    let name = told(&page).name;
    let groups = "demo=correlated_inputs&v=1&part=groups&duration_s=2";
    page.go_to(&format!("{groups}&data={name}"));
    assert!(!told(&page).is_used && told(&page).text.contains("kept"), "{:?}", page.told);
    let mut session = Session::new(spec_of(groups), build);
    session.run_to_end();
    assert_eq!(print(page.finish()), session.runner.fingerprint().to_string());
    // Loaded anew where nothing could use it, it is refused, and nothing is lost.
    page.send(Command::LoadFile(trains(1).into_bytes()));
    assert!(page.refused.pop().expect("refused").rule.contains("part=neuron"));
}

#[test]
fn what_of_a_file_is_not_used_is_told() {
    let mut text = trains(0);
    // Two beyond the end of the run, one twice, one of a neuron that is not there.
    text += "0,2000\n1,9999.9\n0,0.34\n60,5\n";
    let mut page = Page::open(NEURON);
    page.load(text.clone());
    let file = told(&page).clone();
    for part in [
        "2,004 spikes of 51 neurons",
        "the run lasts 2 s and has 50 inputs",
        "1 spike merged",
        "2 spikes not played: they lie beyond",
        "1 spike not played: they name",
    ] {
        assert!(file.text.contains(part), "{part}: {}", file.text);
    }
    // Each button does what it says; with both, all is played.
    let fitted =
        file.fits.iter().map(|fit| format!("&{}={}", fit.key, fit.value)).collect::<String>();
    assert_eq!(fitted, "&duration_s=10&num_inputs=61");
    let base = "demo=correlated_inputs&v=1";
    page.go_to(&format!("{base}{fitted}&data={}", file.name));
    assert!(told(&page).fits.is_empty(), "{:?}", told(&page));
    assert!(!told(&page).text.contains("not played"), "{}", told(&page).text);
}

#[test]
fn a_spreadsheets_copy_is_the_same_file() {
    let mut page = Page::open(NEURON);
    page.load(trains(0));
    let first = told(&page).name;
    let copy = trains(0)
        .replace("neuron,time_ms", "\u{feff}\"Neuron\";\"Time (ms)\"")
        .replace(',', ";")
        .replace('.', ",")
        .replace('\n', "\r\n");
    page.load(copy);
    assert_eq!((page.refused.len(), told(&page).name), (0, first));
}

#[test]
fn files_that_cannot_be_used_are_refused_and_the_run_goes_on() {
    let mut page = Page::open(NEURON);
    page.load(trains(0));
    let expected = alone(NEURON, &trains(0));
    page.send(Command::Run);
    page.work_for(20.0);
    for (text, part) in [
        ("0,1\n0,x\n", "line 2"),
        ("# nothing\n", "no spike"),
        ("neuron,time_ms\n1,-5\n", "-5"),
        ("\u{0}\u{1}\u{2}", ""),
    ] {
        page.send(Command::LoadFile(text.into()));
        let notice = page.refused.pop().expect(part);
        assert!(notice.key == "file" && notice.rule.contains(part), "{notice}");
    }
    let weights = "# stdp-playground-weights 1\n# experiment: characters\n# link: x\narray,row,column,value\nw,0,,1\n";
    page.send(Command::LoadFile(weights.into()));
    assert!(page.refused.pop().expect("refused").rule.contains("characters"));
    assert_eq!(print(page.work_until(RunState::Finished)), expected);
}

#[test]
fn a_link_with_files_comes_back_as_it_was() {
    let name = SpikeTrains::read(trains(0).as_bytes(), None).unwrap().0.fingerprint();
    let link = format!("{NEURON}&data={name}");
    let spec: Spec = spec_of(&link);
    assert_eq!(spec.files.names(), [(files::DATA, name)]);
    assert_eq!(spec_of(&link_of(&spec)), spec);
    assert!(link_of(&spec).contains(&format!("data={name}")));
}

/// A file and a fingerprint that the tests in browsers are held to.
#[test]
fn the_golden_file_gives_the_golden_fingerprint() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    let golden = serde_json::json!({
        "link": NEURON,
        "name": SpikeTrains::read(trains(0).as_bytes(), None).unwrap().0.fingerprint().to_string(),
        "fingerprint": alone(NEURON, &trains(0)),
        "fingerprint_a_plus_0.004": alone(&format!("{NEURON}&a_plus=0.004"), &trains(0)),
    });
    let text = format!("{golden:#}\n");
    if is_update() {
        std::fs::write(format!("{folder}/trains.csv"), trains(0)).expect("writable");
        std::fs::write(format!("{folder}/trains.json"), &text).expect("writable");
    }
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).expect("golden");
    assert_eq!((read("trains.csv"), read("trains.json")), (trains(0), text));
}
