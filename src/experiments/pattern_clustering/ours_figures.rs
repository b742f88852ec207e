//! The figures of our network.

use super::PATTERNS;
use super::curves;
use super::ours::{E_L_MV, OUTPUTS, V_TH_MV};
use super::ours_run::{BLOCK, OursRun, WINDOW_MS};
use crate::kit::figure::Window;
use crate::lab::panel::{Axis, Panel, PanelKind, Width};
use crate::lab::{Draw, Unit};
use crate::record::figure::{Level, Matrix, Raster, Span, Trace};
use crate::record::{Figure, TraceLog};
use crate::sim::Tick;

const PRESENTATION: Axis = Axis::new("presentation", Unit::None);

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fig {
    Answers,
    Cosine,
    Weights,
    Spikes,
    TestTable,
    Potential,
    Current,
}

impl Fig {
    pub const ALL: [Self; 7] = [
        Self::Answers,
        Self::Cosine,
        Self::Weights,
        Self::Spikes,
        Self::TestTable,
        Self::Potential,
        Self::Current,
    ];

    pub const fn panel(self) -> Panel {
        match self {
            Self::Answers => Panel::new(
                "answers",
                "Which output answers?", 
                PanelKind::Curve,
                (PRESENTATION, Axis::new("output 1 wins", Unit::Share)),
            ),
            Self::Cosine => Panel {
                shows_other_seeds: true,
                ..Panel::new(
                    "cosine",
                    "Are the two outputs alike?", 
                    PanelKind::Curve,
                    (PRESENTATION, Axis::new("similarity", Unit::None)),
                )
            },
            Self::Weights => Panel {
                width: Width::Full,
                ..Panel::new(
                    "weights",
                    "Weights", 
                    PanelKind::Curve,
                    (PRESENTATION, Axis::new("weight", Unit::None)),
                )
            },
            Self::Spikes => Panel {
                width: Width::Wide,
                ..Panel::new(
                    "spikes",
                    "Spikes", 
                    PanelKind::Raster,
                    (Axis::TIME, Axis::new("neuron", Unit::None)),
                )
            },
            Self::TestTable => Panel {
                width: Width::Narrow,
                value: Axis::new("presentations won", Unit::None),
                ..Panel::new(
                    "test_table",
                    "Test, without learning", 
                    PanelKind::Matrix,
                    (Axis::new("output", Unit::None), Axis::new("pattern", Unit::None)),
                )
            },
            Self::Potential => Panel::new(
                "potential",
                "Membrane potential", 
                PanelKind::Trace,
                (Axis::TIME, Axis::new("potential", Unit::Mv)),
            ),
            Self::Current => Panel::new(
                "current",
                "Synaptic drive", 
                PanelKind::Trace,
                (Axis::TIME, Axis::new("drive", Unit::Mv)),
            ),
        }
    }
}

impl Draw<OursRun> for Fig {
    fn draw(self, run: &OursRun, now: Tick) -> Figure {
        let (end, per_block) = (run.net.p.num_training as f32, BLOCK as f32);
        match self {
            Self::Answers => {
                let shares = [&run.shares[0][..], &run.shares[1][..]];
                Figure::Curve(curves::shares(PATTERNS, shares, per_block, end))
            }
            Self::Cosine => Figure::Curve(curves::similarity(
                &run.cosine,
                &run.centred,
                run.baseline,
                per_block,
                end,
            )),
            Self::Weights => {
                let group_of = |input: usize| match run.net.members[input] {
                    [true, false] => Some(0),
                    [false, true] => Some(1),
                    [true, true] => Some(2),
                    _ => None,
                };
                let least = (0.0, 1.0);
                Figure::Curve(curves::weights(&run.history, group_of, per_block, end, least))
            }
            Self::Spikes => Figure::Raster(raster(run, now)),
            Self::TestTable => Figure::Matrix(test(run)),
            Self::Potential => Figure::Trace(potential(run, now)),
            Self::Current => Figure::Trace(trace(&run.drive_log, now, Vec::new())),
        }
    }
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

fn test(run: &OursRun) -> Matrix {
    let schedule = &run.net.schedule;
    let wins = schedule.wins.iter().flatten();
    Matrix {
        row_labels: PATTERNS.map(String::from).to_vec(),
        column_labels: vec!["out 1".into(), "out 2".into()],
        values: wins.map(|wins| *wins as f32).collect(),
        high: run.net.p.num_test as f32,
    }
}
