//! Runs that a fault stops: at the same tick, with the same fingerprint, however they are driven.
//!
//! `tests/golden/stopped.json` is read by the tests in node and in browsers too. `UPDATE_GOLDEN=1` writes it again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use stdp_playground::experiments::build;
use stdp_playground::lab::session::SliceEnd;
use stdp_playground::lab::{Session, StepKind};
use stdp_playground::sim::Tick;
use stdp_playground::wire::{Command, RunState};

use crate::golden::is_update;
use crate::page::Page;
use crate::runs::spec_of;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/stopped.json");

/// Every kind of fault, in simulators of different kinds.
const LINKS: [(&str, &str); 3] = [
    (
        "runaway rate",
        "demo=correlated_inputs&v=1&num_inputs=2000&rate_hz=500&num_inhibitory=0&w_init_min=1&w_init_max=1&g_in=1&duration_s=10",
    ),
    ("soft reset", "demo=correlated_inputs&v=1&rate_inhibitory_hz=1000&g_in=1&reset=soft"),
    ("brian", "demo=characters&v=1&mode=brian&tau_m_ms=1&v_th_mv=-1&v_reset_mv=-1.1"),
];

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Stopped {
    link: String,
    tick: Tick,
    sim_ms: f64,
    fingerprint: String,
    fault: String,
}

fn alone(link: &str) -> Stopped {
    let mut session = Session::new(spec_of(link), build);
    assert_eq!(session.run_to_end(), SliceEnd::Failed, "{link}");
    told(link, &session)
}

fn told(link: &str, session: &Session) -> Stopped {
    Stopped {
        link: link.into(),
        tick: session.runner.now(),
        sim_ms: session.sim_ms(),
        fingerprint: session.runner.fingerprint().to_string(),
        fault: session.runner.fault().expect("a fault").to_string(),
    }
}

#[test]
fn stopped_runs_keep_tick_and_fingerprint() {
    let now: BTreeMap<String, Stopped> =
        LINKS.iter().map(|(name, link)| (name.to_string(), alone(link))).collect();
    if is_update() {
        let text = serde_json::to_string_pretty(&now).expect("plain data");
        std::fs::write(FILE, text + "\n").unwrap_or_else(|e| panic!("{FILE}: {e}"));
    }
    let text = std::fs::read_to_string(FILE).unwrap_or_else(|e| panic!("{FILE}: {e}"));
    let golden: BTreeMap<String, Stopped> = serde_json::from_str(&text).expect("our own file");
    assert_eq!(now, golden);
    for (name, run) in now {
        assert!(run.fault.contains(&format!("at tick {}", run.tick)), "{name}: {run:?}");
    }
}

/// However a run is cut into slices, it stops at the same tick, and no tick is done after it.
#[test]
fn where_a_run_stops_does_not_depend_on_slices() {
    for (name, link) in LINKS {
        let expected = alone(link);
        for size in [1, 7, 255, 256, 4_095, 4_097, 100_003] {
            let mut session = Session::new(spec_of(link), build);
            while session.tick_times(size) > 0 {}
            assert_eq!(told(link, &session), expected, "{name}, slices of {size}");
            assert_eq!(session.tick_times(1_000), 0);
            assert_eq!(session.advance_to(Tick::MAX), SliceEnd::Failed);
        }
    }
}

#[test]
fn the_page_stops_where_the_command_line_does() {
    for (name, link) in LINKS {
        let expected = alone(link);
        // Slow and fast machines glance at the clock after other numbers of ticks.
        for per_look_ms in [0.01, 0.3, 1.0, 5.0] {
            let mut page = Page::new(per_look_ms);
            page.send(Command::Open { run_id: 1, link: link.into() });
            page.send(Command::Run);
            let frame = page.work_until(RunState::Failed);
            assert_eq!(
                frame.fingerprint.expect("its own").to_string(),
                expected.fingerprint,
                "{name}"
            );
            assert_eq!(
                (frame.sim_ms, frame.fault.as_ref()),
                (expected.sim_ms, Some(&expected.fault))
            );
        }
    }
}

#[test]
fn step_by_step_it_stops_there_too() {
    let (_, link) = LINKS[0];
    let expected = alone(link);
    let mut page = Page::open(link);
    while page.frames.last().is_none_or(|frame| frame.state != RunState::Failed) {
        page.send(Command::Step(StepKind::Trial));
        while page.frames.last().is_none_or(|frame| frame.state == RunState::Running) {
            page.work();
        }
        page.work();
    }
    assert_eq!(page.frame().fingerprint.expect("its own").to_string(), expected.fingerprint);
}

/// Of two runs each ends for itself.
#[test]
fn compared_runs_stop_each_for_itself() {
    let (_, link) = LINKS[0];
    let stopped = alone(link);
    let sound = "demo=correlated_inputs&v=1&num_inputs=2000&rate_hz=500&num_inhibitory=0&w_init_min=0&w_init_max=0&g_in=1&duration_s=10";
    let finished = Session::new(spec_of(sound), build);
    let finished = {
        let mut session = finished;
        assert_eq!(session.run_to_end(), SliceEnd::Finished);
        session.runner.fingerprint().to_string()
    };
    let print = |fingerprint: Option<_>| {
        fingerprint.map(|p: stdp_playground::record::Fingerprint| p.to_string())
    };
    // A and B alike; only B stops; only A stops.
    for (twin, a, b) in [
        (format!("{link}&compare=1"), &stopped.fingerprint, &stopped.fingerprint),
        (
            format!("{sound}&compare=1&b.w_init_min=1&b.w_init_max=1"),
            &finished,
            &stopped.fingerprint,
        ),
        (
            format!("{link}&compare=1&b.w_init_min=0&b.w_init_max=0"),
            &stopped.fingerprint,
            &finished,
        ),
    ] {
        let mut page = Page::open(&twin);
        page.send(Command::Run);
        let frame = page.work_until(RunState::Failed).clone();
        let other = frame.twin.expect("a twin");
        assert_eq!(print(frame.fingerprint).as_ref(), Some(a), "A of {twin}");
        assert_eq!(print(other.fingerprint).as_ref(), Some(b), "B of {twin}");
        let tells = [(&frame.fault, frame.sim_ms, a), (&other.fault, other.sim_ms, b)];
        for (fault, sim_ms, fingerprint) in tells {
            let has_stopped = *fingerprint == stopped.fingerprint;
            assert_eq!(fault.is_some(), has_stopped, "{twin}");
            assert_eq!(sim_ms, if has_stopped { stopped.sim_ms } else { 10_000.0 }, "{twin}");
        }
    }
}
