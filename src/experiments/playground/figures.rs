//! The figures: of a network that learns from spikes, and of neurons under a current alone.

use super::alike::Likeness;
use super::describe::{INHIBITORY, INPUT, NEURON};
use super::groups::BINS;
use super::intervals::{interval_histogram, return_map};
use super::noisy::{self, Noisy};
use super::params::{NeuronKind, Playground};
use super::run::PlaygroundRun;
use super::seen::FOLLOWED;
use super::{flow, phase, up_down};
use crate::kit::figure::{Histogram, Rows, Window};
use crate::lab::{Axis, Figures, Named, Panel, Unit, panels};
use crate::record::figure::{Curve, Level, Line, LineStyle, Raster, RowRole, Trace};
use crate::sim::Tick;

const TIME: Axis = Axis::new("time", Unit::S);
const WEIGHT: Axis = Axis::new("weight", Unit::None);
/// Rows of a raster for inputs of each kind, and for neurons.
const ROWS: u32 = 20;
/// With more neurons than this only they are drawn.
const MOST_BESIDE: u32 = 6;
/// What lines are called that are of one input, or of one neuron.
const INPUTS: &[Named] = &[Named::new(INPUT, "weight of input ", 0)];
const NEURONS: &[Named] = &[Named::new(NEURON, "neuron ", 0)];

/// Figures of a network that learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = PlaygroundRun)]
pub enum Learning {
    #[figure("Weights over time", curve(TIME, WEIGHT), width = Full, hero, draw = weights,
             neurons = INPUTS)]
    Weights,
    #[figure("Weights now", curve(WEIGHT, "share" in Share), draw = histogram)]
    Histogram,
    #[figure("Rate of the neurons", curve(TIME, "rate" in Hz), other_seeds, draw = rate)]
    Rate,
    #[figure("Spikes", raster(Axis::TIME, "input"), draw = raster)]
    Spikes,
    #[figure("Potential", trace(Axis::TIME, "potential" in Mv), width = Full, draw = potential,
             neurons = NEURONS)]
    Potential,
    #[figure("What flows in", trace(Axis::TIME, "R I" in Mv), width = Full, draw = flows)]
    Flows,
    #[figure("Do neurons learn the same?", curve(TIME, "similarity of weight vectors"), draw = likeness)]
    Likeness,
    #[figure("Intervals", curve("interval" in Ms, "share" in Share), draw = intervals)]
    Intervals,
    #[figure("Return map", curve("interval" in Ms, "next interval" in Ms), draw = return_map_of)]
    ReturnMap,
    #[figure("Rate under a constant current", curve("current, as R I" in Mv, "rate" in Hz), draw = response)]
    Response,
    #[figure("Learning window", curve("output minus input, Δt = t_post − t_pre" in Ms, "change of a weight of 0.5"),
             draw = window)]
    Window,
    #[figure("Pairs at other rates", curve("rate of the pairs" in Hz, "relative change"), draw = frequency)]
    Frequency,
}

/// Figures of neurons under a current alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = PlaygroundRun)]
pub enum Firing {
    #[figure("Potential", trace(Axis::TIME, "potential" in Mv), width = Full, hero, draw = potential,
             neurons = NEURONS)]
    Potential,
    #[figure("What flows in", trace(Axis::TIME, "R I" in Mv), width = Full, draw = flows)]
    Flows,
    #[figure("Phase plane", curve("potential" in Mv, "second variable"), draw = plane)]
    Plane,
    #[figure("Rate over mean and fluctuation", curve("mean input, as R I" in Mv, "rate" in Hz), draw = noisy_rate)]
    NoisyRate,
    #[figure("Irregularity over mean and fluctuation", curve("mean input, as R I" in Mv, "CV of intervals"),
             draw = noisy_cv)]
    NoisyCv,
    #[figure("Do common inputs make common spikes?",
             curve("share of the input that is common" in Share, "correlation of spike counts"),
             draw = correlation)]
    Correlation,
    #[figure("Rate under a constant current", curve("current, as R I" in Mv, "rate" in Hz), draw = response)]
    Response,
    #[figure("Does its past decide?", curve("current, as R I" in Mv, "rate" in Hz), draw = both_ways)]
    UpDown,
    #[figure("Intervals", curve("interval" in Ms, "share" in Share), draw = intervals)]
    Intervals,
    #[figure("Return map", curve("interval" in Ms, "next interval" in Ms), draw = return_map_of)]
    ReturnMap,
    #[figure("Rate of the neurons", curve(TIME, "rate" in Hz), other_seeds, draw = rate)]
    Rate,
    #[figure("Spikes", raster(Axis::TIME, "neuron"), draw = raster)]
    Spikes,
}

impl Learning {
    /// Those of a run, in the order of the page.
    pub fn of(p: &Playground) -> Vec<Self> {
        let has = |figure: &Self| match figure {
            Self::Likeness => p.num_neurons() > 1,
            Self::Flows => flow::flows(p),
            Self::Response => p.neuron.takes_current(),
            Self::Potential => !matches!(p.neuron, NeuronKind::Linear),
            Self::Window | Self::Frequency => super::tried::has(p, *figure == Self::Frequency),
            _ => true,
        };
        Self::ALL.iter().copied().filter(has).collect()
    }
}

impl Firing {
    /// Those of a run, in the order of the page.
    pub fn of(p: &Playground) -> Vec<Self> {
        let has = |figure: &Self| match figure {
            Self::Plane => phase::has_plane(&p.neuron),
            Self::Flows => flow::flows(p),
            Self::NoisyRate | Self::NoisyCv | Self::Correlation => noisy::is_noisy(p),
            Self::UpDown => up_down::remembers(&p.neuron),
            Self::Response => p.neuron.takes_current(),
            Self::Potential => !matches!(p.neuron, NeuronKind::Linear),
            _ => true,
        };
        Self::ALL.iter().copied().filter(has).collect()
    }
}

/// The panels of a run. The potential of some neurons is a pure number.
pub fn panels_of(p: &Playground) -> Vec<Panel> {
    let mut all = match p.spikes() {
        Some(_) => panels(&Learning::of(p)),
        None => panels(&Firing::of(p)),
    };
    if p.neuron.is_of_pure_numbers() {
        for panel in all.iter_mut().filter(|panel| panel.key == "potential") {
            panel.y = Axis::new("potential", Unit::None);
        }
    }
    let (is_open, is_moving) = (p.has_conductances(), matches!(p.neuron, NeuronKind::Adaptive(..)));
    for panel in &mut all {
        match panel.key {
            "flows" if is_open => panel.y = Axis::new("conductance over leak", Unit::None),
            "flows" if matches!(p.neuron, NeuronKind::SecondOrder(_)) => {
                panel.y = Axis::new("current", Unit::None);
            }
            "plane" if is_moving => panel.y = Axis::new("threshold", Unit::Mv),
            _ => {}
        }
    }
    all
}

fn weights(run: &PlaygroundRun, _: Tick) -> Curve {
    let mut lines: Vec<Line> =
        run.groups.iter().map(|group| run.blocks.line(&group.label, &group.mean)).collect();
    let is_alone = run.p.num_neurons() == 1;
    for group in &run.groups {
        for ((input, neuron), then) in &group.members {
            let name = match is_alone {
                true => format!("weight of input {input}"),
                false => format!("weight of input {input} onto neuron {neuron}"),
            };
            let line = run.blocks.line(&group.label, then);
            lines.push(Line { style: LineStyle::Member, ..line }.named(name));
        }
    }
    run.blocks.curve(lines, weight_range(run))
}

/// From 0 to 1; as far as they are, where a rule has no ends.
fn weight_range(run: &PlaygroundRun) -> (f32, f32) {
    let is_open = run.p.spikes().is_some_and(|spikes| spikes.learning.rule.is_unbounded());
    if !is_open {
        return (0.0, 1.0);
    }
    let then = run.groups.iter().flat_map(|group| group.members.iter().flat_map(|(_, then)| then));
    let now = run.excitation().map_or(&[][..], |of| of.weights());
    let all = then.chain(now).filter(|w| w.is_finite());
    let (low, high) = all.fold((0.0_f32, 0.1_f32), |(low, high), &w| (low.min(w), high.max(w)));
    (1.05 * low, 1.05 * high)
}

/// One stepped outline for each group, and where it was as the run began.
fn histogram(run: &PlaygroundRun, _: Tick) -> Curve {
    let (low, high) = weight_range(run);
    let is_bounded = (low, high) == (BINS.low, BINS.high);
    let histogram = Histogram { low, high, ..BINS };
    let all = run.excitation().map_or(&[][..], |of| of.weights());
    let outline =
        |group: &super::groups::Group| histogram.outline(&group.label, group.weights(all));
    let mut lines: Vec<Line> = run.groups.iter().map(outline).collect();
    for group in run.groups.iter().filter(|_| is_bounded) {
        let line = histogram.stepped(&group.label, &group.at_start, LineStyle::Member);
        lines.push(line.named(format!("{} at the start", group.label)));
    }
    let top = lines.iter().flat_map(|line| &line.y).fold(0.2_f32, |top, y| top.max(*y));
    Curve { x_range: (low, high), y_range: (0.0, 1.05 * top), lines, ..Curve::default() }
}

fn rate(run: &PlaygroundRun, _: Tick) -> Curve {
    let line = run.blocks.line("this seed", &run.rate_hz);
    let top = line.y.iter().copied().fold(10.0, f32::max);
    run.blocks.curve(vec![line], (0.0, 1.1 * top))
}

/// Correlation and cosine, each with what weights in random order would have.
fn likeness(run: &PlaygroundRun, _: Tick) -> Curve {
    let line = |label: &str, of: fn(&Likeness) -> f32| {
        let values: Vec<f32> = run.likeness.iter().map(of).collect();
        run.blocks.line(label, &values)
    };
    let expected = |line: Line| Line { style: LineStyle::Expected, ..line };
    let lines = vec![
        line("correlation", |of| of.correlation),
        line("cosine", |of| of.cosine),
        expected(run.blocks.level("by chance", 0.0)),
        expected(line("cosine by chance", |of| of.cosine_by_chance)),
    ];
    Curve {
        note: "Where every input reaches every neuron.".into(),
        ..run.blocks.curve(lines, (-1.05, 1.05))
    }
}

fn window(run: &PlaygroundRun, _: Tick) -> Curve {
    run.tried.as_ref().map(super::tried::TriedRule::window).unwrap_or_default()
}

fn frequency(run: &PlaygroundRun, _: Tick) -> Curve {
    run.tried.as_ref().map(super::tried::TriedRule::frequency).unwrap_or_default()
}

fn response(run: &PlaygroundRun, _: Tick) -> Curve {
    run.response.as_ref().map(super::response::Response::curve).unwrap_or_default()
}

fn both_ways(run: &PlaygroundRun, _: Tick) -> Curve {
    run.up_down.as_ref().map(up_down::UpDown::curve).unwrap_or_default()
}

fn noisy_rate(run: &PlaygroundRun, _: Tick) -> Curve {
    run.noisy.as_ref().map(Noisy::rate).unwrap_or_default()
}

fn noisy_cv(run: &PlaygroundRun, _: Tick) -> Curve {
    run.noisy.as_ref().map(Noisy::cv).unwrap_or_default()
}

fn correlation(run: &PlaygroundRun, _: Tick) -> Curve {
    run.noisy.as_ref().map(Noisy::correlation).unwrap_or_default()
}

fn plane(run: &PlaygroundRun, now: Tick) -> Curve {
    phase::plane(run, now)
}

fn intervals(run: &PlaygroundRun, _: Tick) -> Curve {
    let label = run.seen.irregularity();
    interval_histogram(&label, run.seen.latest_ms.iter(), run.p.dt_ms as f32)
}

fn return_map_of(run: &PlaygroundRun, _: Tick) -> Curve {
    return_map(run.seen.pairs_ms.iter())
}

/// Into the chosen neuron.
fn flows(run: &PlaygroundRun, now: Tick) -> Trace {
    let window = Window::latest(now, run.p.window_ms(), run.p.dt_ms);
    let flows = run.flows.as_ref();
    flows.map(|flows| flows.trace(window, run.seen.followed())).unwrap_or_default()
}

/// Whose rows a raster has, from the bottom: inputs of each group, inhibitory inputs, and the neurons.
fn rows(run: &PlaygroundRun) -> Rows {
    let mut rows = Rows::default();
    for (shade, group) in run.groups.iter().enumerate() {
        rows.role(RowRole::Input, [0, 3, 1][shade]);
        let stride = stride(run, group.size);
        rows.group(&group.label, INPUT, (group.first, stride), group.size.min(ROWS));
    }
    if let Some(spikes) = run.p.spikes().filter(|spikes| spikes.num_inhibitory > 0) {
        rows.role(RowRole::Inhibition, 0);
        rows.group("inhibitory", INHIBITORY, (0, 1), spikes.num_inhibitory.min(ROWS));
    }
    rows.role(RowRole::Output, 0);
    rows.group("neurons", NEURON, (0, 1), run.p.num_neurons().min(2 * ROWS));
    rows
}

/// Inputs that differ from the first to the last are shown from all of their range.
fn stride(run: &PlaygroundRun, size: u32) -> u32 {
    let is_graded = run.p.spikes().is_some_and(|spikes| spikes.generator.is_graded());
    if is_graded { (size / ROWS).max(1) } else { 1 }
}

fn raster(run: &PlaygroundRun, now: Tick) -> Raster {
    let window = Window::latest(now, run.p.window_ms(), run.p.dt_ms);
    let rows = rows(run);
    let (mut times_ms, mut spikes) = (Vec::new(), Vec::new());
    for (population, log) in
        [(INPUT, &run.input_log), (INHIBITORY, &run.inhibitory_log), (NEURON, &run.seen.spikes)]
    {
        let (times, neurons) = log.since(window.start, window.dt_ms);
        for (time, neuron) in times.into_iter().zip(neurons) {
            if let Some(row) = rows.row_of(population, neuron) {
                times_ms.push(time);
                spikes.push(row);
            }
        }
    }
    window.raster(rows, (times_ms, spikes), Vec::new())
}

/// The chosen neuron's potential in front, those of the others behind.
fn potential(run: &PlaygroundRun, now: Tick) -> Trace {
    let window = Window::latest(now, run.p.window_ms(), run.p.dt_ms);
    let kept = FOLLOWED.min(run.p.num_neurons());
    let trace = window.trace(&run.seen.trace, |column| format!("neuron {}", column % kept));
    let mut trace = run.seen.with_peaks(trace, run.p.neuron.peak_mv());
    let chosen = run.seen.followed() as usize;
    let is_moving = matches!(run.p.neuron, NeuronKind::Adaptive(..));
    let threshold = is_moving.then(|| trace.series[kept as usize + chosen].clone());
    // Among more lines it would have no name.
    let first_free = run.seen.first_free.filter(|_| kept <= MOST_BESIDE);
    let free = first_free.map(|first| trace.series[first as usize + chosen].clone());
    trace.series.truncate(kept as usize);
    trace.series[chosen].is_selected = true;
    if let Some(free) = free {
        let (label, spikes) = ("without spikes".into(), Vec::new());
        trace.series.push(crate::record::figure::Series { label, spikes, ..free });
    }
    if let Some(moving) = threshold {
        let label = "threshold".into();
        trace.series.push(crate::record::figure::Series { label, spikes: Vec::new(), ..moving });
    } else if let Some(value) = run.seen.v_th_mv {
        // Where an exponential sets in nothing is reached yet.
        let label = if run.p.neuron.peak_mv().is_some() { "V_T" } else { "threshold" };
        trace.levels.push(Level { label: label.into(), value, of: None });
    }
    trace
}
