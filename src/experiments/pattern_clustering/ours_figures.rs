//! The figures of our network.

use super::PATTERNS;
use super::curves;
use super::ours::{E_L_MV, OUTPUTS, V_TH_MV};
use super::ours_run::{BLOCK, OursRun, WINDOW_MS};
use crate::kit::figure::Window;
use crate::lab::{Axis, Figures, Unit};
use crate::record::TraceLog;
use crate::record::figure::{Curve, Level, Matrix, Raster, Span, Trace};
use crate::sim::Tick;

const PRESENTATION: Axis = Axis::new("presentation", Unit::None);
const PER_BLOCK: f32 = BLOCK as f32;

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = OursRun)]
pub enum Fig {
    #[figure("Who answers?", curve(PRESENTATION, "output 1 wins" in Share), draw = answers)]
    Answers,
    #[figure("Are the two outputs alike?", curve(PRESENTATION, "similarity"), other_seeds,
             draw = cosine)]
    Cosine,
    #[figure("Weights", curve(PRESENTATION, "weight"), width = Full, draw = weights)]
    Weights,
    #[figure("Spikes", raster(Axis::TIME, "neuron"), width = Wide, draw = raster)]
    Spikes,
    #[figure("The test", matrix("output", "pattern"), value = "presentations won", width = Narrow,
             draw = test)]
    TestTable,
    #[figure("Membrane potential", trace(Axis::TIME, "potential" in Mv), draw = potential)]
    Potential,
    #[figure("Current", trace(Axis::TIME, "drive" in Mv), draw = current)]
    Current,
}

/// How far curves go.
fn end(run: &OursRun) -> f32 {
    run.net.p.num_training as f32
}

fn answers(run: &OursRun, _: Tick) -> Curve {
    let shares = [&run.shares[0][..], &run.shares[1][..]];
    curves::shares(PATTERNS, shares, PER_BLOCK, end(run))
}

fn cosine(run: &OursRun, _: Tick) -> Curve {
    curves::similarity(&run.cosine, &run.centred, run.baseline, PER_BLOCK, end(run))
}

fn weights(run: &OursRun, _: Tick) -> Curve {
    let group_of = |input: usize| match run.net.members[input] {
        [true, false] => Some(0),
        [false, true] => Some(1),
        [true, true] => Some(2),
        _ => None,
    };
    curves::weights(&run.history, group_of, PER_BLOCK, end(run), (0.0, 1.0))
}

fn current(run: &OursRun, now: Tick) -> Trace {
    trace(&run.drive_log, now, Vec::new())
}

fn raster(run: &OursRun, now: Tick) -> Raster {
    let start = now.saturating_sub(run.raster_ticks);
    let (mut times_ms, mut rows) = run.inputs_log.since(start, 1.0);
    let group = |members: &[bool; 2]| match members {
        [true, false] => PATTERNS[0],
        [false, true] => PATTERNS[1],
        [true, true] => "both",
        _ => "",
    };
    let groups: Vec<&str> = run.net.members.iter().map(group).collect();
    // The middle row of each group is named.
    let mut row_labels: Vec<String> = vec![String::new(); groups.len()];
    for name in [PATTERNS[0], "both", PATTERNS[1]] {
        let num = groups.iter().filter(|group| **group == name).count();
        if let Some(first) = groups.iter().position(|group| *group == name) {
            row_labels[first + num / 2] = name.into();
        }
    }
    if run.net.p.silent {
        row_labels[groups.len() - 1] = "silent in".into();
    }
    let (times, outputs) = run.outputs_log.since(start, 1.0);
    times_ms.extend(times);
    let mut all = curves::input_rows(row_labels);
    let row_of = curves::output_rows(&mut all, run.net.p.silent);
    rows.extend(outputs.into_iter().map(row_of));
    let (_, on) = run.net.schedule.lengths();
    let ms = |tick: Tick| (tick as f64 - start as f64) as f32;
    let spans = run.recent.iter().map(|(from, label, is_test)| Span {
        from_ms: ms(*from),
        to_ms: ms(from + on),
        label: label.clone(),
        is_test: *is_test,
    });
    let spans = spans.filter(|span| span.to_ms > 0.0).collect();
    let window = Window { start, width_ms: run.raster_ticks as f64, dt_ms: 1.0 };
    window.raster(all, (times_ms, rows), spans)
}

fn trace(log: &TraceLog, now: Tick, levels: Vec<Level>) -> Trace {
    let window = Window::latest(now, WINDOW_MS, 1.0);
    let mut trace = window.trace(log, |column| format!("out {}", column + 1));
    trace.series.iter_mut().for_each(|series| series.is_selected = true);
    Trace { levels, ..trace }
}

fn potential(run: &OursRun, now: Tick) -> Trace {
    let theta = run.net.threshold.theta_mv();
    let levels = (0..OUTPUTS).map(|output| Level {
        label: format!("threshold {}", output + 1),
        value: E_L_MV + V_TH_MV as f32 + theta[output],
        of: Some(output as u32),
    });
    let mut trace = trace(&run.v_log, now, levels.collect());
    for series in &mut trace.series {
        series.values.iter_mut().for_each(|v| *v += E_L_MV);
    }
    trace
}

fn test(run: &OursRun, _: Tick) -> Matrix {
    let schedule = &run.net.schedule;
    let wins = schedule.wins.iter().flatten();
    Matrix {
        row_labels: PATTERNS.map(String::from).to_vec(),
        column_labels: vec!["out 1".into(), "out 2".into()],
        values: wins.map(|wins| *wins as f32).collect(),
        high: run.net.p.num_test as f32,
    }
}
