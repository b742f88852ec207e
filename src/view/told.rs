//! What runs are doing, or have come to, in words.

use crate::lab::seeds::get;
use crate::lab::{Entry, Measure};
use crate::wire::{Frame, RunState};

pub type Summary = [(String, f64)];

pub fn sides_of(frame: &Frame) -> Vec<&Summary> {
    let twin = frame.twin.as_ref().map(|twin| &twin.summary[..]);
    std::iter::once(&frame.summary[..]).chain(twin).collect()
}

/// The results that answer the question; all that there are, where a part of the demo has none that do.
pub fn main_of<'e>(sides: &[&Summary], entry: &'e Entry) -> Vec<&'e Measure> {
    let is_told = |measure: &&Measure| sides.iter().any(|side| get(side, measure.name).is_some());
    let told: Vec<_> = entry.measures.iter().filter(is_told).collect();
    let main: Vec<_> = told.iter().copied().filter(|measure| measure.main).collect();
    if main.is_empty() { told } else { main }
}

/// What a finished run has come to, in a line: its first two answers, of both runs if there are two.
fn conclusion(frame: &Frame, entry: &Entry) -> String {
    let sides = sides_of(frame);
    let main = main_of(&sides, entry);
    let of_side = |(side, summary): (&str, &&Summary)| {
        let text = |m: &&Measure| Some(format!("{}: {}", m.label, m.text(get(summary, m.name)?)));
        let told = main.iter().filter_map(text);
        let text = told.take(2).collect::<Vec<_>>().join(" · ");
        if sides.len() > 1 { format!("{side} ({text})") } else { text }
    };
    ["A", "B"].into_iter().zip(&sides).map(of_side).collect::<Vec<_>>().join(", ")
}

/// What a run is doing, or what it has come to.
pub fn told(frame: &Frame, entry: &Entry) -> String {
    match (frame.state, &frame.twin) {
        (RunState::Finished, _) => conclusion(frame, entry),
        (_, Some(twin)) => {
            let side = |phase: &str, fault: &Option<String>, ms: f64| match fault {
                Some(_) => format!("stopped at {} s", seconds(ms)),
                None => phase.into(),
            };
            let a = side(&frame.phase, &frame.fault, frame.sim_ms);
            format!("A: {a} · B: {}", side(&twin.phase, &twin.fault, twin.sim_ms))
        }
        (_, None) => frame.phase.clone(),
    }
}

/// Why a run stopped, and the one beside it, if they did.
pub fn faults_of(frame: &Frame) -> Option<String> {
    let Some(twin) = &frame.twin else { return frame.fault.clone() };
    let told = |side: &str, fault: &Option<String>| {
        fault.as_ref().map(|fault| format!("{side} stopped: {fault}"))
    };
    let told = [told("A", &frame.fault), told("B", &twin.fault)];
    let told: Vec<String> = told.into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// Seconds with as many digits as say something.
pub fn seconds(ms: f64) -> String {
    match ms {
        ms if ms < 10_000.0 => format!("{:.3}", ms / 1_000.0),
        ms => format!("{:.1}", ms / 1_000.0),
    }
}
