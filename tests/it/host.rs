//! The message loop around a run, driven with a clock that the test holds.

use stdp_playground::host::Next;
use stdp_playground::lab::{Spec, StepKind};
use stdp_playground::wire::{Command, Frame, RunState};

use crate::page::{Page, SLICE_MS};
use crate::runs::{end_fingerprint, finished, spec_of};

/// Looks at the clock in one call of `work`, apart from those between its ticks.
const LOOKS_AROUND: f64 = 8.0;
/// A run of 1 ms per tick that takes some dozens of slices.
const LINK: &str = "demo=characters&v=1&epochs=6";
/// One that takes some hundreds.
const LONG_LINK: &str = "demo=characters&v=1";
/// Its presentations, in milliseconds.
const TRIAL_MS: f64 = 300.0;

fn fingerprint(frame: &Frame) -> String {
    frame.fingerprint.expect("a fingerprint").to_string()
}

#[test]
fn a_slice_ends_when_its_time_is_up() {
    let mut page = Page::open(LINK);
    page.send(Command::Run);
    for _ in 0..10 {
        let ms = page.time_of_work();
        assert!((SLICE_MS..=SLICE_MS + LOOKS_AROUND).contains(&ms), "{ms} ms");
    }
    assert!(page.pause() > 0.0);
    assert!(page.frame().sim_ms < page.frame().total_ms);
}

#[test]
fn a_slow_machine_looks_at_the_clock_after_every_tick() {
    // 30 ms between two looks: a slice is over at once, and must do less and less in it.
    let mut page = Page::new(30.0);
    page.send(Command::Open { run_id: 1, link: LINK.into() });
    page.send(Command::Run);
    for _ in 0..20 {
        page.work();
    }
    let before_ms = page.pause();
    page.send(Command::Run);
    page.work();
    assert_eq!(page.pause() - before_ms, 1.0);
}

#[test]
fn commands_are_answered_within_one_slice() {
    type Check = fn(&Page) -> bool;
    let cases: Vec<(Command, Check)> = vec![
        (Command::Pause, |page| page.frame().state == RunState::Paused),
        (Command::Step(StepKind::Tick), |page| page.frame().state == RunState::Paused),
        (Command::Reset, |page| page.frame().state == RunState::Idle && page.frame().sim_ms == 0.0),
        (Command::Open { run_id: 2, link: LINK.into() }, |page| page.frame().run_id == 2),
    ];
    for (command, is_answered) in cases {
        let mut page = Page::open(LINK);
        page.send(Command::Run);
        page.work_for(100.0);
        assert!(!is_answered(&page), "{command:?} looks answered before it is given");
        page.send(command.clone());
        let ms = page.time_of_work();
        assert!(is_answered(&page), "{command:?}: {:?}", page.frame().state);
        assert!(ms <= SLICE_MS + LOOKS_AROUND, "{command:?} took {ms} ms");
    }
}

#[test]
fn a_change_under_way_shows_in_the_next_frame() {
    let mut page = Page::open(LINK);
    page.send(Command::Run);
    page.work_for(100.0);
    page.send(Command::Set { key: "eta".into(), value: "0.1".into(), is_twin: false });
    let frames = page.frames.len();
    page.work_for(60.0);
    assert!(page.frames.len() > frames);
    assert!(page.frames[frames].edited_at_ms.is_some());
}

#[test]
fn what_needs_no_work_is_answered_at_once() {
    let mut page = Page::open(LINK);
    page.send(Command::Ping);
    page.send(Command::Set { key: "eta".into(), value: "7".into(), is_twin: false });
    page.send(Command::SaveWeights);
    page.send(Command::LoadFile(b"nonsense".to_vec()));
    assert_eq!((page.pongs, page.refused.len(), page.files.len()), (1, 2, 1));
}

#[test]
fn a_host_without_a_run_has_nothing_to_do() {
    let mut page = Page::new(1.0);
    page.send(Command::Run);
    page.send(Command::SaveWeights);
    assert_eq!(page.work(), Next::Idle);
    assert_eq!((page.frames.len(), page.files.len()), (0, 0));
}

#[test]
fn frames_wait_for_credit() {
    let mut page = Page::open(LONG_LINK);
    page.answers = false;
    page.send(Command::Run);
    page.work_for(1_000.0);
    assert_eq!(page.frames.len(), 1, "unanswered");
    page.send(Command::Credit(1));
    page.work_for(500.0);
    assert_eq!(page.frames.len(), 2);
    // Credit beyond what is under way is not saved up.
    page.send(Command::Credit(1_000));
    page.work_for(1_000.0);
    assert_eq!(page.frames.len(), 3);
    // A new state is told at once all the same, without figures: they follow with the credit.
    page.send(Command::Watch(vec![0]));
    page.send(Command::Pause);
    page.work();
    assert_eq!((page.frames.len(), page.frame().state), (4, RunState::Paused));
    assert!(page.frame().figures.is_empty());
    page.send(Command::Credit(1));
    page.work();
    assert_eq!((page.frames.len(), page.frame().figures.len()), (5, 1));
}

#[test]
fn frames_come_at_most_at_the_rate_of_a_screen() {
    let mut page = Page::open(LONG_LINK);
    page.send(Command::Run);
    page.work_for(1_000.0);
    assert!((15..=32).contains(&page.frames.len()), "{} frames in 1 s", page.frames.len());
}

#[test]
fn only_watched_panels_have_figures() {
    let mut page = Page::open(LINK);
    page.work();
    assert!(page.frame().figures.is_empty());
    page.send(Command::Watch(vec![2, 5]));
    page.work();
    let panels: Vec<u16> = page.frame().figures.iter().map(|(panel, _)| *panel).collect();
    assert_eq!(panels, [2, 5]);
}

#[test]
fn a_new_run_silences_the_old_one() {
    let mut page = Page::open(LINK);
    page.send(Command::Run);
    page.work_for(200.0);
    assert!(page.frames.iter().all(|frame| frame.run_id == 1));
    page.frames.clear();
    page.send(Command::Open { run_id: 2, link: "demo=characters&epochs=2".into() });
    page.finish();
    page.work_until_idle();
    assert!(page.frames.iter().all(|frame| frame.run_id == 2));
    assert!(page.others.iter().all(|(run_id, _, _)| *run_id == 2));
    assert_eq!(fingerprint(page.frame()), end_fingerprint(&spec_of("demo=characters&epochs=2")));
}

#[test]
fn steps_go_one_tick_or_to_the_end_of_the_trial() {
    let mut page = Page::open(LINK);
    for expected_ms in [1.0, 2.0, 3.0] {
        page.send(Command::Step(StepKind::Tick));
        assert_eq!(page.work_until(RunState::Paused).sim_ms, expected_ms);
        page.frames.clear();
    }
    for trials in [1.0, 2.0] {
        page.send(Command::Step(StepKind::Trial));
        assert_eq!(page.work_until(RunState::Paused).sim_ms, trials * TRIAL_MS);
        page.frames.clear();
    }
}

#[test]
fn a_page_that_is_busy_is_not_flooded_with_the_film() {
    // Of two runs each slice ends with a frame of the film.
    let link = "demo=characters&epochs=20&compare=1&b.homeostasis=0";
    for (answers, least_ms) in [(true, 25.0), (false, 240.0)] {
        let mut page = Page::new(1.0);
        page.answers = answers;
        page.send(Command::Open { run_id: 1, link: link.into() });
        page.send(Command::Run);
        page.work_for(2_000.0);
        assert!(page.film_ms.len() > 2, "{:?}", page.film_ms);
        let gaps = page.film_ms.windows(2).map(|pair| pair[1] - pair[0]);
        let least = gaps.fold(f64::INFINITY, f64::min);
        assert!(least >= least_ms, "{answers}: {least} ms");
    }
}

#[test]
fn run_after_a_step_that_is_still_going_goes_on() {
    let mut page = Page::open(LINK);
    page.send(Command::Step(StepKind::Trial));
    page.send(Command::Run);
    page.work_until(RunState::Finished);
}

#[test]
fn weights_are_hashed_when_the_run_stands() {
    let mut page = Page::open(LINK);
    page.work();
    page.send(Command::Run);
    page.work_for(200.0);
    page.pause();
    page.send(Command::Run);
    page.work_until(RunState::Finished);
    let is_going = |frame: &&Frame| frame.state == RunState::Running;
    assert!(page.frames.iter().filter(is_going).count() > 3);
    for frame in &page.frames {
        assert_eq!(frame.fingerprint.is_some(), !is_going(&frame), "{:?}", frame.state);
    }
}

#[test]
fn steps_and_pauses_change_nothing() {
    let mut page = Page::open(LINK);
    for _ in 0..5 {
        page.send(Command::Step(StepKind::Tick));
        page.work_until(RunState::Paused);
        page.send(Command::Run);
        page.work();
        page.pause();
        page.send(Command::Step(StepKind::Trial));
        page.work_until(RunState::Paused);
    }
    assert_eq!(fingerprint(page.finish()), end_fingerprint(&spec_of(LINK)));
}

#[test]
fn reset_goes_back_to_the_first_tick() {
    let mut page = Page::open(LINK);
    page.work();
    let start = page.frame().clone();
    assert_eq!((start.state, start.sim_ms), (RunState::Idle, 0.0));
    page.send(Command::Run);
    page.work_for(200.0);
    page.send(Command::Reset);
    assert_eq!(page.work_until(RunState::Idle).fingerprint, start.fingerprint);
    assert_eq!(page.work(), Next::Idle);
    assert_eq!(fingerprint(page.finish()), end_fingerprint(&spec_of(LINK)));
}

#[test]
fn run_after_the_end_replays() {
    let mut page = Page::open(LINK);
    let first = page.finish().clone();
    assert_eq!(first.sim_ms, first.total_ms);
    page.frames.clear();
    page.send(Command::Run);
    page.work_for(100.0);
    assert!(page.frame().state == RunState::Running && page.frame().sim_ms < first.sim_ms);
    let again = page.work_until(RunState::Finished);
    assert_eq!((again.fingerprint, &again.summary), (first.fingerprint, &first.summary));
}

#[test]
fn a_step_after_the_end_starts_over() {
    let mut page = Page::open(LINK);
    page.finish();
    page.frames.clear();
    page.send(Command::Step(StepKind::Tick));
    assert_eq!(page.work_until(RunState::Paused).sim_ms, 1.0);
}

#[test]
fn a_change_under_way_marks_the_run_until_it_restarts() {
    let mut page = Page::open(LINK);
    page.send(Command::Run);
    page.work_for(100.0);
    let edited_ms = page.pause();
    page.send(Command::Set { key: "eta".into(), value: "0.1".into(), is_twin: false });
    page.work();
    assert_eq!((page.frame().edited_at_ms, page.frame().fingerprint), (Some(edited_ms), None));
    // A second change does not move the mark.
    page.send(Command::Run);
    page.work_for(100.0);
    page.send(Command::Set { key: "eta".into(), value: "0.2".into(), is_twin: false });
    let end = page.work_until(RunState::Finished);
    assert_eq!((end.edited_at_ms, end.fingerprint), (Some(edited_ms), None));
    page.send(Command::Reset);
    let start = page.work_until(RunState::Idle);
    assert!(start.edited_at_ms.is_none() && start.fingerprint.is_some());
    // It is now the run of the changed link.
    let link = format!("{LINK}&eta=0.2");
    assert_eq!(fingerprint(page.finish()), end_fingerprint(&spec_of(&link)));
}

#[test]
fn a_change_before_the_first_tick_is_another_link() {
    let mut page = Page::open(LINK);
    page.send(Command::Set { key: "eta".into(), value: "0.2".into(), is_twin: false });
    let link = format!("{LINK}&eta=0.2");
    assert_eq!(fingerprint(page.finish()), end_fingerprint(&spec_of(&link)));
}

#[test]
fn a_change_that_is_not_allowed_is_refused_and_leaves_the_run_alone() {
    let mut page = Page::open(LINK);
    page.send(Command::Run);
    page.work_for(100.0);
    for (key, value) in [("eta", "7"), ("eta", "x"), ("nonsense", "1")] {
        page.send(Command::Set { key: key.into(), value: value.into(), is_twin: false });
        assert_eq!(page.refused.pop().expect("refused").key, key);
    }
    assert_eq!(fingerprint(page.work_until(RunState::Finished)), end_fingerprint(&spec_of(LINK)));
}

#[test]
fn a_parameter_that_is_not_live_is_refused_under_way() {
    let mut page = Page::open(LINK);
    page.send(Command::Run);
    page.work_for(100.0);
    for (key, value) in [("polarity", "background"), ("mode", "paper"), ("letters", "AB")] {
        page.send(Command::Set { key: key.into(), value: value.into(), is_twin: false });
        assert_eq!(page.refused.pop().map(|notice| notice.key).as_deref(), Some(key));
    }
    assert_eq!(fingerprint(page.work_until(RunState::Finished)), end_fingerprint(&spec_of(LINK)));
}

#[test]
fn other_seeds_follow_when_the_run_is_done() {
    let mut page = Page::open("demo=characters&epochs=3");
    page.finish();
    page.work_until_idle();
    let seeds: Vec<u32> = page.others.iter().map(|(_, seed, _)| *seed).collect();
    assert_eq!(seeds, (2..=13).collect::<Vec<_>>());
    for (_, seed, curve) in &page.others[..3] {
        let run = finished(&Spec { seed: *seed, ..spec_of("demo=characters&epochs=3") });
        assert_eq!((curve, curve.len()), (&run.runner.learning_curve(), 3), "seed {seed}");
    }
    assert_eq!(page.frame().state, RunState::Finished);
}

#[test]
fn nobody_works_ahead_while_hidden() {
    let mut page = Page::open("demo=characters&epochs=3");
    page.send(Command::Hidden(true));
    page.finish();
    page.work_until_idle();
    assert_eq!(page.others.len(), 0);
    page.send(Command::Hidden(false));
    page.work_until_idle();
    assert_eq!(page.others.len(), 12);
}

#[test]
fn an_idle_run_does_nothing_by_itself() {
    let mut page = Page::open(LINK);
    page.work_until_idle();
    page.work_for(1_000.0);
    assert_eq!((page.frames.len(), page.others.len(), page.frame().sim_ms), (1, 0, 0.0));
}
