//! Any run can be copied, and wound back to any tick it has been at.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use rayon::prelude::*;

use stdp_playground::experiments::build;
use stdp_playground::lab::session::SliceEnd;
use stdp_playground::lab::{Interaction, Session, Spec, values};
use stdp_playground::sim::Tick;

use crate::cli::{json, one_line};
use crate::moments::Moment;
use crate::runs::{Named, every_preset, spec_of};

/// Longer runs are cut short.
const MOST_TICKS: Tick = 200_000;
const PAST_BYTES: usize = 64 << 20;

/// Counts what this thread asks for: what a copy really weighs.
struct Counting;

thread_local! {
    static BYTES: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: everything is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // A thread that ends has no counter any more.
        let _ = BYTES.try_with(|bytes| bytes.set(bytes.get() + layout.size()));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Bytes that this thread has asked for.
pub fn allocated() -> usize {
    BYTES.get()
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Everything that is told and shown of a run.
fn state(session: &Session) -> (String, Moment, Vec<f32>) {
    let runner = &session.runner;
    (runner.fingerprint().to_string(), Moment::of(session), runner.learning_curve())
}

/// The end of a run, or a tick that a test can wait for.
fn last_tick(session: &Session) -> Tick {
    session.runner.num_ticks().min(MOST_TICKS)
}

#[test]
fn every_preset_goes_back_to_any_tick() {
    every_preset().into_par_iter().for_each(|Named { id, spec, .. }| {
        let mut straight = Session::new(spec.clone(), build);
        let end = last_tick(&straight);
        // In the middle of presentations, and not where copies are.
        let ticks = [end / 7 + 1, end / 2 + (end / 7).min(37), end * 4 / 5 + 3, end];
        let there = ticks.map(|tick| {
            straight.advance_to(tick);
            state(&straight)
        });
        let mut session = Session::new(spec, build);
        session.keep_past(PAST_BYTES);
        session.advance_to(end);
        for place in [2, 0, 1, 3] {
            session.go_to(ticks[place]);
            assert_eq!(session.runner.now(), ticks[place], "{id}");
            assert_eq!(state(&session), there[place], "{id} at tick {}", ticks[place]);
        }
    });
}

#[test]
fn a_copy_weighs_what_it_says() {
    for Named { id, spec, .. } in every_preset() {
        let mut session = Session::new(spec, build);
        session.advance_to(20_000);
        let before = BYTES.get();
        let copy = session.runner.boxed_clone();
        let real = BYTES.get() - before;
        let said = copy.state_bytes();
        // What a map or a box costs besides its content is not counted.
        assert!(
            (0.9..=1.1).contains(&(said as f64 / real as f64)),
            "{id}: {said} for {real} bytes"
        );
        assert!(
            said < 4_000_000,
            "{id}: a copy of {said} bytes; what never changes belongs behind an Arc"
        );
    }
}

#[test]
fn without_copies_a_run_is_begun_again() {
    let spec = spec_of("characters");
    let mut straight = Session::new(spec.clone(), build);
    straight.advance_to(5_000);
    for most_bytes in [0, 1, 10_000, 1_000_000] {
        let mut session = Session::new(spec.clone(), build);
        session.keep_past(most_bytes);
        session.advance_to(30_000);
        session.go_to(5_000);
        assert_eq!(state(&session), state(&straight), "{most_bytes}");
    }
}

#[test]
fn what_was_changed_under_way_happens_again() {
    let change = |session: &mut Session, eta: &str| {
        values::set(&mut session.spec.params, "eta", eta).expect("a value");
        session.adopt();
    };
    let mut straight = Session::new(spec_of("characters"), build);
    straight.keep_past(PAST_BYTES);
    straight.advance_to(10_007);
    assert_eq!(straight.edited_at(), None);
    change(&mut straight, "0.5");
    straight.advance_to(12_000);
    let at_12_000 = state(&straight);
    change(&mut straight, "0.001");
    straight.advance_to(20_000);
    let at_20_000 = state(&straight);
    let eta = |session: &Session| {
        values::pairs(&*session.spec.params)
            .into_iter()
            .find(|(key, _)| *key == "eta")
            .expect("eta")
            .1
    };
    // Back before both changes: it is the link's run, and then they come again.
    straight.go_to(10_000);
    assert_eq!((straight.edited_at(), &*eta(&straight)), (None, "0.02"));
    let mut unchanged = Session::new(spec_of("characters"), build);
    unchanged.advance_to(10_000);
    assert_eq!(state(&straight), state(&unchanged));
    straight.go_to(12_000);
    assert_eq!(state(&straight), at_12_000);
    assert_eq!((straight.edited_at(), &*eta(&straight)), (Some(10_007), "0.5"));
    straight.go_to(20_000);
    assert_eq!(state(&straight), at_20_000);
    // Another change in between: what had come after it does not.
    straight.go_to(11_000);
    change(&mut straight, "0.3");
    straight.advance_to(20_000);
    assert_eq!(eta(&straight), "0.3");
    assert_ne!(state(&straight), at_20_000);
    // And without any copy.
    let mut again = Session::new(spec_of("characters"), build);
    again.advance_to(10_007);
    change(&mut again, "0.5");
    again.advance_to(20_000);
    again.go_to(12_000);
    assert_eq!(state(&again), at_12_000);
}

#[test]
fn a_run_that_stopped_is_wound_back_and_stops_again() {
    let link = "demo=correlated_inputs&rate_inhibitory_hz=1000&g_in=1&reset=soft";
    let mut session = Session::new(spec_of(link), build);
    session.keep_past(PAST_BYTES);
    assert_eq!(session.run_to_end(), SliceEnd::Failed);
    let (stop, end) = (session.runner.now(), state(&session));
    assert_eq!(session.go_to(stop / 2), SliceEnd::Target);
    assert!(session.runner.fault().is_none() && session.runner.now() == stop / 2);
    assert_eq!(session.run_to_end(), SliceEnd::Failed);
    assert_eq!((session.runner.now(), state(&session)), (stop, end));
}

#[test]
fn what_was_picked_stays_picked() {
    let spec: Spec = spec_of("characters");
    let panels = spec.panels();
    let panel = panels.iter().position(|panel| panel.key == "weights").expect("a panel") as u16;
    let mut session = Session::new(spec, build);
    session.keep_past(PAST_BYTES);
    session.advance_to(9_000);
    assert!(session.interact(&Interaction::Pick { panel, item: 2 }));
    session.go_to(3_000);
    let mut straight = Session::new(spec_of("characters"), build);
    straight.interact(&Interaction::Pick { panel, item: 2 });
    straight.advance_to(3_000);
    assert_eq!(state(&session), state(&straight));
}

#[test]
fn the_command_line_goes_back_too() {
    let mut straight = Session::new(spec_of("characters"), build);
    straight.advance_to(12_345);
    let at_ms = straight.sim_ms();
    let told = json(&["run", "characters", "--at", &at_ms.to_string(), "--json"]);
    assert_eq!(told["fingerprint"], straight.runner.fingerprint().to_string());
    assert_eq!(told["sim_time_ms"], at_ms);
    // Told before anything is computed.
    for wrong in ["-1", "1e12", "soon"] {
        let long = "demo=distal_reward&duration_s=20000";
        let message = one_line(&["run", long, "--at", wrong]);
        assert!(message.contains("--at") && message.contains("from 0 to"), "{message}");
    }
    let stopping = "demo=correlated_inputs&rate_inhibitory_hz=1000&g_in=1&reset=soft";
    let message = one_line(&["run", stopping, "--at", "1000"]);
    assert!(message.contains("stopped at 409.6 ms (") && message.contains("earlier"), "{message}");
}
