//! Two runs side by side, and runs of which only the results are wanted.

use stdp_playground::experiments;
use stdp_playground::host::Next;
use stdp_playground::lab::{SeedOutcome, Session, StepKind};
use stdp_playground::record::Figure;
use stdp_playground::wire::{Command, RunState, TWIN};

use crate::page::Page;
use crate::runs::{end_fingerprint, spec_of};

const LINK: &str = "demo=characters&v=1&epochs=6&compare=1&b.eta=0.05";
const A: &str = "demo=characters&v=1&epochs=6";
const B: &str = "demo=characters&v=1&epochs=6&eta=0.05";

fn alone(link: &str) -> String {
    end_fingerprint(&spec_of(link))
}

#[test]
fn both_runs_are_what_they_would_be_alone() {
    let mut page = Page::open(LINK);
    let frame = page.finish().clone();
    assert_eq!(frame.fingerprint.map(|p| p.to_string()), Some(alone(A)));
    let twin = frame.twin.expect("a twin");
    assert_eq!(twin.fingerprint.map(|p| p.to_string()), Some(alone(B)));
    assert_eq!(twin.summary.len(), frame.summary.len());
}

#[test]
fn they_stand_at_the_same_time_wherever_they_stop() {
    let mut page = Page::open(LINK);
    let alone_and_twin = |page: &Page| {
        let frame = page.frame();
        let mut alone = Session::new(spec_of(B), experiments::build);
        while alone.sim_ms() < frame.sim_ms {
            alone.runner.tick();
        }
        (alone.runner.fingerprint(), frame.twin.as_ref().and_then(|twin| twin.fingerprint))
    };
    page.send(Command::Step(StepKind::Trial));
    page.work_until(RunState::Paused);
    let (alone, twin) = alone_and_twin(&page);
    assert_eq!(Some(alone), twin);
    page.send(Command::Run);
    page.work_for(80.0);
    // A pause is one of both, at the same time.
    page.send(Command::Pause);
    page.work_until(RunState::Paused);
    let (paused, twin) = alone_and_twin(&page);
    assert_eq!(Some(paused), twin);
    assert_eq!(page.frame().twin.as_ref().map(|twin| twin.sim_ms), Some(page.frame().sim_ms));
    page.send(Command::Step(StepKind::Tick));
    page.work_until(RunState::Paused);
    let (alone, twin) = alone_and_twin(&page);
    assert_eq!(Some(alone), twin);
}

#[test]
fn a_longer_twin_runs_to_its_own_end() {
    let mut page = Page::open("demo=characters&v=1&epochs=2&compare=1&b.epochs=5");
    let frame = page.finish();
    let twin = frame.twin.as_ref().unwrap().fingerprint.unwrap();
    assert_eq!(twin.to_string(), alone("demo=characters&v=1&epochs=5"));
}

#[test]
fn their_figures_have_the_same_axes() {
    let mut page = Page::open("demo=characters&v=1&epochs=6&compare=1&b.epochs=12");
    let panels = spec_of(A).panels();
    let curve = panels.iter().position(|panel| panel.shows_other_seeds).unwrap() as u16;
    page.send(Command::Watch(vec![curve, curve + TWIN]));
    let frame = page.finish();
    let of = |idx: u16| match frame.figures.iter().find(|(panel, _)| *panel == idx) {
        Some((_, Figure::Curve(curve))) => curve,
        other => panic!("{other:?}"),
    };
    assert_eq!(of(curve).x_range, of(curve + TWIN).x_range);
    assert_eq!(of(curve).x_range.1, 12.0);
    assert_eq!(frame.figures.len(), 2);
}

#[test]
fn a_live_change_is_one_runs_own() {
    let mut page = Page::open(LINK);
    page.send(Command::Run);
    page.work_for(100.0);
    page.send(Command::Set { key: "eta".into(), value: "0.01".into(), is_twin: true });
    let frame = page.work_until(RunState::Finished);
    assert!(frame.edited_at_ms.is_some());
    assert_eq!(frame.twin.as_ref().unwrap().fingerprint, None);
    assert_eq!(frame.fingerprint.map(|p| p.to_string()), Some(alone(A)));
}

#[test]
fn a_job_is_the_run_of_its_link() {
    let mut page = Page::new(1.0);
    let link = "demo=characters&v=1&epochs=6&seed=9";
    page.send(Command::Job { job: 4, link: link.into() });
    while page.outcomes.is_empty() {
        assert_eq!(page.work(), if page.outcomes.is_empty() { Next::Soon } else { Next::Idle });
    }
    let mut session = Session::new(spec_of(link), experiments::build);
    session.run_to_end();
    assert_eq!(page.outcomes, [(4, SeedOutcome::of(&session))]);
    assert!(page.progress.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", page.progress);
    assert_eq!(page.work(), Next::Idle);
    assert!(page.frames.is_empty());
}
