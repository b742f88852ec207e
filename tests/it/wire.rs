//! Messages between page and worker: all survive the trip, and noise is refused without a panic.

use proptest::prelude::*;

use stdp_playground::experiments::{build, describe};
use stdp_playground::lab::told::{FileTold, Fit};
use stdp_playground::lab::{
    FilmFrame, Interaction, Notice, SeedOutcome, Session, Simulator, StepKind,
};
use stdp_playground::record::figure::Curve;
use stdp_playground::record::{Figure, Fingerprint};
use stdp_playground::wire::{
    Command, Event, Export, Format, Frame, RunState, TWIN, TwinFrame, decode, encode,
};

use crate::runs::spec_of;

fn commands() -> Vec<Command> {
    vec![
        Command::Open { run_id: 7, link: "demo=characters&v=1".into() },
        Command::Run,
        Command::Pause,
        Command::Step(StepKind::Tick),
        Command::Step(StepKind::Trial),
        Command::Step(StepKind::Spike),
        Command::Seek { ms: 0.1 + 0.2 },
        Command::Reset,
        Command::Set { key: "eta".into(), value: "0.1".into(), is_twin: false },
        Command::Interact(Interaction::Pick { panel: 3, item: 70_000 }),
        Command::Watch(vec![0, 7, u16::MAX]),
        Command::Credit(u32::MAX),
        Command::Hidden(true),
        Command::SaveWeights,
        Command::LoadFile(vec![0, 255, 7]),
        Command::KeepFile(vec![1; 300]),
        Command::Asset { name: "digits.bin".into(), bytes: vec![7; 300] },
        Command::Ping,
        Command::Job { job: u32::MAX, link: "demo=characters&seed=3".into() },
        Command::Export(Export::Figure { panel: 3, shown: None, format: Format::Csv }),
        Command::Export(Export::Figure {
            panel: TWIN,
            shown: Some(Box::new(Figure::Curve(Curve::default()))),
            format: Format::Svg { width_mm: 85.0, font_pt: 7.5, is_dark: true },
        }),
        Command::Export(Export::Network {
            is_twin: true,
            shown: Some(Box::default()),
            format: Format::Csv,
        }),
        Command::Export(Export::Everything { sources: "@misc{é}".into() }),
        Command::Export(Export::Script { simulator: Simulator::Nest }),
    ]
}

/// The place of a variant; a new one does not compile until it stands here and in [`commands`].
fn command_place(command: &Command) -> usize {
    match command {
        Command::Open { .. } => 0,
        Command::Run => 1,
        Command::Pause => 2,
        Command::Step(_) => 3,
        Command::Export(_) => 4,
        Command::Reset => 5,
        Command::Set { .. } => 6,
        Command::Interact(_) => 7,
        Command::Watch(_) => 8,
        Command::Credit(_) => 9,
        Command::Hidden(_) => 10,
        Command::SaveWeights => 11,
        Command::LoadFile(_) => 12,
        Command::Ping => 13,
        Command::Job { .. } => 14,
        Command::KeepFile(_) => 15,
        Command::Asset { .. } => 16,
        Command::Seek { .. } => 17,
    }
}

const NUM_COMMANDS: usize = 18;

fn events() -> Vec<Event> {
    let notice = Notice {
        key: "eta".into(),
        given: "7".into(),
        used: String::new(),
        rule: "outside 0.0001 to 1.".into(),
    };
    let mut session = Session::new(spec_of("demo=characters&epochs=1"), build);
    session.run_to_end();
    let outcome = SeedOutcome::of(&session);
    let picture = Box::new((*session.follow(describe)).clone());
    let film_frame = FilmFrame {
        activity: full_frame().activity,
        twin: Some(Default::default()),
        shades: vec![255, 16],
        twin_shades: vec![3],
        phase: "test".into(),
        figures: full_frame().figures,
    };
    let fit = Fit { label: "Run longer".into(), key: "duration_s".into(), value: "10".into() };
    let told = FileTold {
        key: "data".into(),
        name: Fingerprint(7),
        text: "3 spikes".into(),
        is_used: true,
        fits: vec![fit],
    };
    vec![
        Event::Hello { protocol: 1 },
        Event::Frame(Box::new(full_frame())),
        Event::Frame(Box::default()),
        Event::Refused { run_id: 1, notice },
        Event::OtherSeed { run_id: 1, seed: u32::MAX, curve: vec![0.0, f32::MIN_POSITIVE, 1.0] },
        Event::Weights { run_id: 1, text: "w".into() },
        Event::Pong,
        Event::JobProgress { job: 2, share: 0.25 },
        Event::JobDone { job: 2, outcome },
        Event::FileRead {
            run_id: 1,
            key: "data".into(),
            name: Fingerprint(7),
            notices: vec!["counted from 1".into()],
        },
        Event::Opened { run_id: 1, files: vec![told], twin_files: vec![] },
        Event::Network { run_id: 1, picture: picture.clone(), twin: Some(picture) },
        Event::Film { run_id: 1, frames: vec![film_frame] },
        Event::Exported {
            run_id: 1,
            panel: Some(TWIN),
            name: "a.zip".into(),
            mime: "application/zip".into(),
            bytes: vec![0, 255],
        },
    ]
}

/// The place of a variant, as [`command_place`].
fn event_place(event: &Event) -> usize {
    match event {
        Event::Hello { .. } => 0,
        Event::Frame(_) => 1,
        Event::Refused { .. } => 2,
        Event::OtherSeed { .. } => 3,
        Event::Weights { .. } => 4,
        Event::Pong => 5,
        Event::JobProgress { .. } => 6,
        Event::JobDone { .. } => 7,
        Event::FileRead { .. } => 8,
        Event::Opened { .. } => 9,
        Event::Network { .. } => 10,
        Event::Film { .. } => 11,
        Event::Exported { .. } => 12,
    }
}

const NUM_EVENTS: usize = 13;

/// A frame with every kind of figure and no field empty.
fn full_frame() -> Frame {
    let mut session = Session::new(spec_of("demo=characters&mode=paper&epochs=2"), build);
    session.follow(describe);
    for _ in 0..5_000 {
        session.runner.tick();
    }
    let activity = session.activity();
    Frame {
        run_id: 3,
        state: RunState::Failed,
        sim_ms: session.sim_ms(),
        total_ms: session.total_ms(),
        computed_ms: 12.5,
        sought_ms: Some(7.25),
        speed_ratio: 0.25,
        phase: session.runner.phase(),
        fingerprint: Some(session.runner.fingerprint()),
        edited_at_ms: Some(0.1 + 0.2),
        fault: Some("θ is not finite".into()),
        summary: session.runner.summary(),
        figures: session.runner.figures(&|_| true),
        activity: activity.clone(),
        twin: Some(TwinFrame {
            sim_ms: 0.1 + 0.2,
            phase: "test".into(),
            fingerprint: Some(session.runner.fingerprint()),
            fault: Some("v is not finite".into()),
            summary: session.runner.summary(),
            activity,
        }),
    }
}

fn covers(places: impl Iterator<Item = usize>, num: usize) {
    let found: std::collections::BTreeSet<usize> = places.collect();
    assert_eq!(found, (0..num).collect());
}

#[test]
fn every_command_survives_the_trip() {
    covers(commands().iter().map(command_place), NUM_COMMANDS);
    for command in commands() {
        assert_eq!(decode::<Command>(&encode(&command)), Ok(command));
    }
}

#[test]
fn every_event_survives_the_trip() {
    covers(events().iter().map(event_place), NUM_EVENTS);
    for event in events() {
        assert_eq!(decode::<Event>(&encode(&event)), Ok(event));
    }
    let Frame { figures, activity, .. } = full_frame();
    assert_eq!(figures.len(), 8);
    assert!(!activity.spikes.is_empty() && !activity.weights.is_empty());
}

#[test]
fn a_message_cut_short_is_refused() {
    for bytes in commands().iter().map(encode).filter(|bytes| bytes.len() > 1) {
        let error = decode::<Command>(&bytes[..bytes.len() - 1]).expect_err("cut short");
        assert!(error.contains("not a message of this build"), "{error}");
    }
    assert!(decode::<Command>(&[]).is_err());
    assert!(decode::<Command>(&[NUM_COMMANDS as u8]).is_err());
    assert!(decode::<Event>(&[NUM_EVENTS as u8]).is_err());
}

/// Decodes, and checks that what is understood is understood for good: no panic, no loss.
fn check_any_bytes(bytes: &[u8]) {
    if let Ok(command) = decode::<Command>(bytes) {
        let again = encode(&command);
        assert_eq!(encode(&decode::<Command>(&again).expect("our own bytes")), again);
    }
    if let Ok(event) = decode::<Event>(bytes) {
        let again = encode(&event);
        assert_eq!(encode(&decode::<Event>(&again).expect("our own bytes")), again);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check_any_bytes(&bytes);
    }

    #[test]
    fn damaged_messages_never_panic(which in 0..7_usize, place: prop::sample::Index, byte: u8) {
        let mut bytes = encode(&events()[which]);
        let place = place.index(bytes.len());
        bytes[place] = byte;
        check_any_bytes(&bytes);
    }
}
