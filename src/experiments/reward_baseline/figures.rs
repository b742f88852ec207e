//! The figures of both parts.

use super::DT_MS;
use super::bio::{BioRun, WINDOW_MS};
use super::learner::{Curves, Learner};
use super::net::POPULATIONS;
use super::task::NAMES;
use super::task_run::TaskRun;
use crate::kit::figure::{self, Rows, Window, over_run};
use crate::lab::{Axis, Figures, Named, Unit};
use crate::record::figure::{Curve, Field, Fields, Line, LineStyle, Raster, RowRole, Span, Trace};
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

/// What outputs are called below their pictures, and beside their lines.
const PICTURES: &[Named] = &[Named::new(POPULATIONS[0], "", 1)];
const LINES: &[Named] =
    &[Named::new(POPULATIONS[0], "rewarded", 1), Named::new(POPULATIONS[0], "neuron ", 1)];

/// The figures of the task, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = TaskRun)]
pub enum TaskFig {
    #[figure("Score with each stimulus", curve(TRIAL, SCORE), width = Full, hero, draw = performance)]
    Performance,
    #[figure("The stimulus that goes worse", curve(TRIAL, SCORE), other_seeds, draw = worse)]
    Worse,
    #[figure("Against the offset", curve("offset / σ_R", SCORE), draw = offsets)]
    Offsets,
    #[figure("Mean success", curve(TRIAL, "success / σ_R"), draw = success)]
    Success,
    #[figure("Reward and baseline", curve(TRIAL, "reward"), draw = rewards)]
    Rewards,
    #[figure("Spikes of this trial", raster(Axis::TIME, Axis::NONE), draw = trial)]
    Spikes,
    #[figure("Weights", fields(Axis::NONE, WEIGHT), width = Full, draw = fields_of_outputs,
             neurons = PICTURES)]
    Fields,
}

/// The figures of the biofeedback, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = BioRun)]
pub enum BioFig {
    #[figure("Firing rates", curve(TIME, "rate" in Hz), width = Full, other_seeds, draw = rates,
             neurons = LINES)]
    Rates,
    #[figure("Mean weight", curve(TIME, WEIGHT), draw = mean_weights, neurons = LINES)]
    MeanWeights,
    #[figure("Spikes", raster(Axis::TIME, Axis::NONE), draw = spikes)]
    Spikes,
    #[figure("Dopamine, for all synapses", trace(Axis::TIME, "dopamine"), draw = dopamine)]
    Dopamine,
    #[figure("Weights", fields(Axis::NONE, WEIGHT), draw = fields_of_neurons, neurons = PICTURES)]
    Fields,
}

fn performance(TaskRun { learner: run, .. }: &TaskRun, _: Tick) -> Curve {
    let mut lines = of_stimuli(run, |curves| &curves.score);
    let untrained = (run.untrained(0) + run.untrained(1)) as f32 / 2.0;
    lines.push(level(run, "untrained", untrained));
    let both = run.curves[0].chance.iter().zip(&run.curves[1].chance);
    let chance = both.map(|(a, b)| (a + b) / 2.0).collect();
    lines.push(line(run, "chance", chance, LineStyle::Reference));
    over_trials(run, lines, Some((0.2, 1.0)))
}

fn worse(TaskRun { learner: run, .. }: &TaskRun, _: Tick) -> Curve {
    let lines = vec![line(run, "this seed", run.worse(), LineStyle::Main)];
    over_trials(run, lines, Some((0.2, 1.0)))
}

fn offsets(run: &TaskRun, _: Tick) -> Curve {
    run.offsets.figure(&run.learner)
}

fn success(TaskRun { learner: run, .. }: &TaskRun, _: Tick) -> Curve {
    let mut lines = of_stimuli(run, |curves| &curves.success);
    lines.iter_mut().for_each(|line| line.y = smooth(&line.y));
    lines.push(level(run, "a quarter", 0.25));
    lines.push(level(run, "", -0.25).named("minus a quarter"));
    over_trials(run, lines, None)
}

fn rewards(TaskRun { learner: run, .. }: &TaskRun, _: Tick) -> Curve {
    let mut lines = of_stimuli(run, |curves| &curves.reward);
    for (name, curves) in NAMES.iter().zip(&run.curves) {
        let label = format!("{name} expected");
        lines.push(line(run, &label, curves.baseline.clone(), LineStyle::Expected));
    }
    over_trials(run, lines, None)
}

fn fields_of_outputs(TaskRun { learner: run, .. }: &TaskRun, _: Tick) -> Fields {
    let num = run.p.num_outputs as usize;
    let weights = &run.net.weights;
    let of = |output| weights.iter().skip(output).step_by(num).copied().collect();
    fields((0..num).map(of), run.p.cell.w_max_mv)
}

fn line(run: &Learner, label: &str, y: Vec<f32>, style: LineStyle) -> Line {
    figure::over_time(label, &y, run.block_trials().into(), style)
}

fn of_stimuli(run: &Learner, of: fn(&Curves) -> &Vec<f32>) -> Vec<Line> {
    let pairs = NAMES.iter().zip(&run.curves);
    pairs.map(|(name, curves)| line(run, name, of(curves).clone(), LineStyle::Main)).collect()
}

fn last_trial(run: &Learner) -> f32 {
    run.trials.num() as f32
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
    over_run(lines, (low - room, high + room), (run.block_trials() as f32, last_trial(run)))
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
    let done = match run.trials.step() {
        0 if now > 0 => run.trials.trial_ticks(),
        step => step.into(),
    };
    let start = now - done;
    let stimulus = run.trials.stimulus() as usize;
    let width_ms = run.p.trial_ms;
    let window = Window { start, width_ms, dt_ms: DT_MS };
    let (mut times_ms, fired) = all.log.since(start, DT_MS);
    let mut rows = Rows::default();
    let mut wanted = Vec::new();
    for (output, target_ms) in (0..).zip(&run.task.targets_ms[stimulus]) {
        rows.role(RowRole::Output, 0);
        rows.row(&format!("output {}", output + 1), POPULATIONS[0], output);
        rows.role(RowRole::Control, 0);
        wanted.push(rows.row("wanted", WANTED, output));
        times_ms.push(*target_ms);
    }
    let fired = fired.into_iter().filter_map(|output| rows.row_of(POPULATIONS[0], output));
    let spikes = fired.chain(wanted).collect();
    let label = format!("stimulus {}", NAMES[stimulus]);
    let spans = vec![Span { from_ms: 0.0, to_ms: width_ms as f32, label, is_test: false }];
    window.raster(rows, (times_ms, spikes), spans)
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

fn rates(run: &BioRun, _: Tick) -> Curve {
    over_time(run, &run.rate_hz, 10.0)
}

fn mean_weights(run: &BioRun, _: Tick) -> Curve {
    over_time(run, &run.weight, run.p.cell.w_init_mv as f32)
}

fn spikes(run: &BioRun, now: Tick) -> Raster {
    let window = Window::latest(now, WINDOW_MS, DT_MS);
    let name = |neuron: u32| match neuron {
        0 => "rewarded".into(),
        _ => (neuron + 1).to_string(),
    };
    let rows =
        Rows::of(RowRole::Output, POPULATIONS[0], (0..run.p.num_outputs).map(name).collect());
    window.raster(rows, run.log.since(window.start, DT_MS), Vec::new())
}

fn dopamine(run: &BioRun, now: Tick) -> Trace {
    let name = |column| if column == 0 { "dopamine".into() } else { "mean".into() };
    let mut trace = Window::latest(now, WINDOW_MS, DT_MS).trace(&run.trace, name);
    trace.series[0].is_selected = true;
    trace
}

fn fields_of_neurons(run: &BioRun, _: Tick) -> Fields {
    fields(run.nets.iter().map(|net| net.weights.clone()), run.p.cell.w_max_mv)
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
    over_run(lines, (0.0, 1.1 * high), (per_block, run.p.duration_s as f32))
}
