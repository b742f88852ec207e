//! The figures of both parts.

use super::DT_MS;
use super::bio::{BioRun, WINDOW_MS};
use super::net::POPULATIONS;
use super::learner::{Curves, Learner, num_trials, trial_ticks};
use super::offsets;
use super::task::NAMES;
use super::task_run::TaskRun;
use crate::lab::panel::{Axis, Panel, PanelKind, Width};
use crate::lab::{Draw, Unit};
use crate::kit::figure::{self, Rows, Window};
use crate::record::Figure;
use crate::record::figure::{Curve, Field, Fields, Line, LineStyle, Raster, RowBlock, Span};
use crate::sim::Tick;

const TRIAL: Axis = Axis::new("trial", Unit::None);
const TIME: Axis = Axis::new("time", Unit::S);
const SCORE: Axis = Axis::new("score", Unit::None);
const WEIGHT: Axis = Axis::new("weight", Unit::Mv);
/// Blocks that a smoothed curve looks back.
const SMOOTH: usize = 5;
/// The moments at which outputs should fire, in a raster.
const WANTED: &str = "wanted";
/// Pixels across in a picture of weights.
const COLUMNS: u32 = 20;

/// The figures of the task, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskFig {
    Performance,
    Worse,
    Offsets,
    Success,
    Rewards,
    Spikes,
    Fields,
}

impl TaskFig {
    pub const ALL: [Self; 7] = [
        Self::Performance,
        Self::Worse,
        Self::Offsets,
        Self::Success,
        Self::Rewards,
        Self::Spikes,
        Self::Fields,
    ];

    pub const fn panel(self) -> Panel {
        match self {
            Self::Performance => Panel {
                width: Width::Full,
                ..Panel::new(
                    "performance",
                    "Score with each stimulus", 
                    PanelKind::Curve,
                    (TRIAL, SCORE),
                )
            },
            Self::Worse => Panel {
                shows_other_seeds: true,
                ..Panel::new(
                    "worse",
                    "The stimulus that goes worse", 
                    PanelKind::Curve,
                    (TRIAL, SCORE),
                )
            },
            Self::Offsets => offsets::PANEL,
            Self::Success => Panel::new(
                "success",
                "Mean success", 
                PanelKind::Curve,
                (TRIAL, Axis::new("success / σ_R", Unit::None)),
            ),
            Self::Rewards => Panel::new(
                "rewards",
                "Reward and baseline", 
                PanelKind::Curve,
                (TRIAL, Axis::new("reward", Unit::None)),
            ),
            Self::Spikes => Panel::new(
                "spikes",
                "Spikes of this trial", 
                PanelKind::Raster,
                (Axis::TIME, Axis::NONE),
            ),
            Self::Fields => Panel {
                width: Width::Full,
                ..Panel::new(
                    "fields",
                    "Weights", 
                    PanelKind::Fields,
                    (Axis::NONE, WEIGHT),
                )
            },
        }
    }
}

/// The figures of the biofeedback, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BioFig {
    Rates,
    MeanWeights,
    Spikes,
    Dopamine,
    Fields,
}

impl BioFig {
    pub const ALL: [Self; 5] =
        [Self::Rates, Self::MeanWeights, Self::Spikes, Self::Dopamine, Self::Fields];

    pub const fn panel(self) -> Panel {
        match self {
            Self::Rates => Panel {
                width: Width::Full,
                shows_other_seeds: true,
                ..Panel::new(
                    "rates",
                    "Firing rates", 
                    PanelKind::Curve,
                    (TIME, Axis::new("rate", Unit::Hz)),
                )
            },
            Self::MeanWeights => Panel::new(
                "mean_weights",
                "Mean weight", 
                PanelKind::Curve,
                (TIME, WEIGHT),
            ),
            Self::Spikes => Panel::new(
                "spikes",
                "Spikes", 
                PanelKind::Raster,
                (Axis::TIME, Axis::NONE),
            ),
            Self::Dopamine => Panel::new(
                "dopamine",
                "Dopamine, for all synapses", 
                PanelKind::Trace,
                (Axis::TIME, Axis::new("dopamine", Unit::None)),
            ),
            Self::Fields => Panel::new(
                "fields",
                "Weights", 
                PanelKind::Fields,
                (Axis::NONE, WEIGHT),
            ),
        }
    }
}

impl Draw<TaskRun> for TaskFig {
    fn draw(self, all: &TaskRun, now: Tick) -> Figure {
        let run = &all.learner;
        match self {
            Self::Performance => {
                let mut lines = of_stimuli(run, |curves| &curves.score);
                let untrained = (run.untrained(0) + run.untrained(1)) as f32 / 2.0;
                lines.push(level(run, "untrained", untrained));
                let both = run.curves[0].chance.iter().zip(&run.curves[1].chance);
                let chance = both.map(|(a, b)| (a + b) / 2.0).collect();
                lines.push(line(run, "chance", chance, LineStyle::Reference));
                Figure::Curve(over_trials(run, lines, Some((0.2, 1.0))))
            }
            Self::Worse => {
                let lines = vec![line(run, "this seed", run.worse(), LineStyle::Main)];
                Figure::Curve(over_trials(run, lines, Some((0.2, 1.0))))
            }
            Self::Offsets => Figure::Curve(all.offsets.figure(run)),
            Self::Success => {
                let mut lines = of_stimuli(run, |curves| &curves.success);
                lines.iter_mut().for_each(|line| line.y = smooth(&line.y));
                lines.push(level(run, "a quarter", 0.25));
                lines.push(level(run, "", -0.25).named("minus a quarter"));
                Figure::Curve(over_trials(run, lines, None))
            }
            Self::Rewards => {
                let mut lines = of_stimuli(run, |curves| &curves.reward);
                for (name, curves) in NAMES.iter().zip(&run.curves) {
                    let label = format!("{name} expected");
                    lines.push(line(run, &label, curves.baseline.clone(), LineStyle::Expected));
                }
                Figure::Curve(over_trials(run, lines, None))
            }
            Self::Spikes => Figure::Raster(trial(all, now)),
            Self::Fields => {
                let num = run.p.num_outputs as usize;
                let weights = &run.net.weights;
                let of = |output| weights.iter().skip(output).step_by(num).copied().collect();
                Figure::Fields(fields((0..num).map(of), run.p.cell.w_max_mv))
            }
        }
    }
}

fn line(run: &Learner, label: &str, y: Vec<f32>, style: LineStyle) -> Line {
    figure::over_time(label, &y, run.block_trials().into(), style)
}

fn of_stimuli(run: &Learner, of: fn(&Curves) -> &Vec<f32>) -> Vec<Line> {
    let pairs = NAMES.iter().zip(&run.curves);
    pairs.map(|(name, curves)| line(run, name, of(curves).clone(), LineStyle::Main)).collect()
}

fn last_trial(run: &Learner) -> f32 {
    num_trials(&run.p) as f32
}

fn level(run: &Learner, label: &str, height: f32) -> Line {
    figure::level(label, last_trial(run), height)
}

/// Lines over the whole run; the range takes in all of them.
fn over_trials(run: &Learner, lines: Vec<Line>, least: Option<(f32, f32)>) -> Curve {
    let (mut low, mut high) = least.unwrap_or((f32::MAX, f32::MIN));
    for y in lines.iter().flat_map(|line| &line.y) {
        low = low.min(*y);
        high = high.max(*y);
    }
    if low > high {
        (low, high) = (0.0, 1.0);
    }
    let room = 0.05 * (high - low).max(0.1);
    Curve {
        x_range: (0.0, last_trial(run)),
        y_range: (low - room, high + room),
        lines,
        per_block: run.block_trials() as f32,
        ..Curve::default()
    }
}

/// Running means over some blocks, since the success of one is mostly luck.
fn smooth(values: &[f32]) -> Vec<f32> {
    let mean = |end: usize| {
        let recent = &values[(end + 1).saturating_sub(SMOOTH)..=end];
        recent.iter().sum::<f32>() / recent.len() as f32
    };
    (0..values.len()).map(mean).collect()
}

/// The current trial, or the one that has just ended.
fn trial(all: &TaskRun, now: Tick) -> Raster {
    let run = &all.learner;
    let length = trial_ticks(&run.p);
    let done = if run.tick_in_trial == 0 && now > 0 { length } else { run.tick_in_trial };
    let start = now - Tick::from(done);
    let (mut times_ms, fired) = all.log.since(start, DT_MS);
    let mut rows: Vec<u32> = fired.iter().map(|output| 2 * output).collect();
    let (mut row_labels, mut blocks) = (Vec::new(), Vec::new());
    for (output, target_ms) in (0..).zip(&run.task.targets_ms[run.stimulus as usize]) {
        row_labels.push(format!("output {}", output + 1));
        row_labels.push("wanted".into());
        for (population, row) in [(POPULATIONS[0], 2 * output), (WANTED, 2 * output + 1)] {
            blocks.push(RowBlock { first_neuron: output, ..RowBlock::new(population, row, 1) });
        }
        times_ms.push(*target_ms);
        rows.push(2 * output + 1);
    }
    let width_ms = run.p.trial_ms as f32;
    let label = format!("stimulus {}", NAMES[run.stimulus as usize]);
    let spans = vec![Span { from_ms: 0.0, to_ms: width_ms, label, is_test: false }];
    let start_ms = start as f64 * DT_MS;
    Raster { start_ms, width_ms, row_labels, blocks, times_ms, rows, spans }
}

/// A picture for each column of weights, all inputs of an output.
fn fields(columns: impl Iterator<Item = Vec<f32>>, w_max_mv: f64) -> Fields {
    let (mut rows, mut filler) = (0, 0);
    let fields = columns.zip(1..).map(|(mut values, output): (Vec<f32>, u32)| {
        rows = (values.len() as u32).div_ceil(COLUMNS);
        filler = rows * COLUMNS - values.len() as u32;
        values.resize((rows * COLUMNS) as usize, 0.0);
        Field { label: output.to_string(), values, ..Field::default() }
    });
    let fields = fields.collect();
    Fields { columns: COLUMNS, rows, low: 0.0, high: w_max_mv as f32, filler, fields }
}

impl Draw<BioRun> for BioFig {
    fn draw(self, run: &BioRun, now: Tick) -> Figure {
        let window = Window::latest(now, WINDOW_MS, DT_MS);
        match self {
            Self::Rates => Figure::Curve(over_time(run, &run.rate_hz, 10.0)),
            Self::MeanWeights => {
                Figure::Curve(over_time(run, &run.weight, run.p.cell.w_init_mv as f32))
            }
            Self::Spikes => {
                let name = |neuron: u32| match neuron {
                    0 => "rewarded".into(),
                    _ => (neuron + 1).to_string(),
                };
                let labels = (0..run.p.num_outputs).map(name).collect();
                let blocks = vec![RowBlock::new(POPULATIONS[0], 0, run.p.num_outputs)];
                let spikes = run.log.since(window.start, DT_MS);
                Figure::Raster(window.raster(Rows { labels, blocks }, spikes, Vec::new()))
            }
            Self::Dopamine => {
                let name = |column| if column == 0 { "dopamine".into() } else { "mean".into() };
                let mut trace = window.trace(&run.trace, name);
                trace.series[0].is_selected = true;
                Figure::Trace(trace)
            }
            Self::Fields => {
                let weights = run.nets.iter().map(|net| net.weights.clone());
                Figure::Fields(fields(weights, run.p.cell.w_max_mv))
            }
        }
    }
}

/// Neuron 1, the mean of the others, and the others one by one.
fn over_time(run: &BioRun, of: &[Vec<f32>], least: f32) -> Curve {
    let per_block = (run.block_ticks() as f64 * DT_MS / 1_000.0) as f32;
    let line =
        |label: &str, y: Vec<f32>, style| figure::over_time(label, &y, per_block.into(), style);
    let mut lines = vec![
        line("rewarded", of[0].clone(), LineStyle::Main),
        line("others", run.others(of), LineStyle::Main),
    ];
    let others = of[1..].iter().zip(2..);
    lines.extend(others.map(|(y, neuron)| {
        line("others", y.clone(), LineStyle::Member).named(format!("neuron {neuron}"))
    }));
    let high = lines.iter().flat_map(|line| &line.y).copied().fold(least, f32::max);
    Curve {
        x_range: (0.0, run.p.duration_s as f32),
        y_range: (0.0, 1.1 * high),
        lines,
        per_block,
        ..Curve::default()
    }
}
