//! The figures of our network.

use super::PATTERNS;
use super::curves;
use super::ours_run::{BLOCK, OursRun, WINDOW_MS};
use super::seen::POPULATIONS;
use crate::kit::figure::Window;
use crate::lab::{Axis, Figures, Named, Unit};
use crate::record::figure::{Curve, Field, Fields, Level, Matrix, Raster, Trace};
use crate::sim::Tick;
use crate::sim::fast::pattern_net::{E_L_MV, OUTPUTS, V_TH_MV};

const PRESENTATION: Axis = Axis::new("presentation", Unit::None);

/// What outputs are called beside their pictures.
const OUTPUTS_BY_NAME: &[Named] = &[Named::new(POPULATIONS[1], "output ", 1)];

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = OursRun)]
pub enum Fig {
    #[figure("Weights onto each output", fields(Axis::NONE, "weight"), hero, draw = pictures,
             neurons = OUTPUTS_BY_NAME)]
    Pictures,
    #[figure("Which output answers?", curve(PRESENTATION, "output 1 wins" in Share), draw = answers)]
    Answers,
    #[figure("Are the two outputs alike?", curve(PRESENTATION, "similarity"), other_seeds,
             draw = cosine)]
    Cosine,
    #[figure("Weights", curve(PRESENTATION, "weight"), width = Full, draw = weights,
             neurons = curves::WEIGHTS)]
    Weights,
    #[figure("Spikes", raster(Axis::TIME, "neuron"), width = Wide, draw = raster)]
    Spikes,
    #[figure("Test, without learning", matrix("output", "pattern"), value = "presentations won", width = Narrow,
             draw = test, neurons = curves::OUTPUTS)]
    TestTable,
    #[figure("Membrane potential", trace(Axis::TIME, "potential" in Mv), draw = potential,
             neurons = curves::OUTPUTS)]
    Potential,
    #[figure("Synaptic drive", trace(Axis::TIME, "drive" in Mv), draw = current,
             neurons = curves::OUTPUTS)]
    Current,
}

/// What a block is of curves, and how far they go.
fn reach(run: &OursRun) -> (f32, f32) {
    (BLOCK as f32, run.p.num_training as f32)
}

/// Both patterns, and the weights from the same inputs onto each output: below one another, so that inputs of both
/// patterns are the columns that are lit in both.
fn pictures(run: &OursRun, _: Tick) -> Fields {
    let members = run.net.members();
    let patterns = PATTERNS.into_iter().zip(0..).map(|(name, pattern)| Field {
        label: format!("pattern {name}"),
        values: members.iter().map(|of| f32::from(u8::from(of[pattern]))).collect(),
        ..Field::default()
    });
    let outputs = (0..OUTPUTS).map(|output| Field {
        label: format!("output {}", output + 1),
        values: run.weights_onto(output).take(members.len()).collect(),
        ..Field::default()
    });
    let fields = patterns.chain(outputs).collect();
    Fields { columns: members.len() as u32, rows: 1, low: 0.0, high: 1.0, filler: 0, fields }
}

fn answers(run: &OursRun, _: Tick) -> Curve {
    let shares = [&run.shares[0][..], &run.shares[1][..]];
    curves::shares(PATTERNS, shares, reach(run))
}

fn cosine(run: &OursRun, _: Tick) -> Curve {
    curves::similarity(&run.seen, reach(run))
}

fn weights(run: &OursRun, _: Tick) -> Curve {
    let group_of = |input: usize| match run.net.members()[input] {
        [true, false] => Some(0),
        [false, true] => Some(1),
        [true, true] => Some(2),
        _ => None,
    };
    curves::weights(&run.seen.history, group_of, reach(run), (0.0, 1.0))
}

fn current(run: &OursRun, now: Tick) -> Trace {
    curves::trace(&run.seen.currents, Window::latest(now, WINDOW_MS, 1.0), Vec::new())
}

fn raster(run: &OursRun, now: Tick) -> Raster {
    let start = now.saturating_sub(run.raster_ticks);
    let shared = run.p.num_shared();
    let own = run.p.pattern_size - shared;
    let groups = [
        (PATTERNS[0], 0, own),
        ("both", 2, shared),
        (PATTERNS[1], 1, own),
        ("", 3, shared),
        ("silent in", 3, u32::from(run.p.silent)),
    ];
    let spans = run.recent.spans(start, 1.0);
    let window = Window { start, width_ms: run.raster_ticks as f64, dt_ms: 1.0 };
    curves::raster(&run.seen, window, &groups, run.p.silent, spans)
}

fn potential(run: &OursRun, now: Tick) -> Trace {
    let theta = run.net.theta_mv();
    let levels = (0..OUTPUTS).map(|output| Level {
        label: format!("threshold {}", output + 1),
        value: E_L_MV + V_TH_MV as f32 + theta[output],
        of: Some(output as u32),
    });
    let window = Window::latest(now, WINDOW_MS, 1.0);
    let mut trace = curves::trace(&run.seen.potentials, window, levels.collect());
    for series in &mut trace.series {
        series.values.iter_mut().for_each(|v| *v += E_L_MV);
    }
    trace
}

fn test(run: &OursRun, _: Tick) -> Matrix {
    let wins = run.answers.wins.iter().flatten();
    Matrix {
        row_labels: PATTERNS.map(String::from).to_vec(),
        column_labels: vec!["out 1".into(), "out 2".into()],
        values: wins.map(|wins| *wins as f32).collect(),
        high: run.p.num_test as f32,
        marked: None,
    }
}
