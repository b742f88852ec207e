//! The figures of a run, as data.

use super::measure::{
    Measured, PAIR_MS, WIDEST_MS, change_by_pair, intervals_ms, neighbour_ms, rates_hz, sampled,
    weights, window_ms,
};
use super::params::{Sign, StdpWindow};
use super::rules::{DT_MS, PairRule, RuleParams};
use super::run::{Run, STRIDE};
use crate::kit::figure::level;
use crate::lab::{Axis, Drag, Figures, Model, Panel, Unit, panels};
use crate::record::figure::{Curve, Level, Line, LineStyle, Mark, Series, Trace};
use crate::sim::Tick;
use crate::sim::plasticity::protocols::SJOSTROM_2001;

const KEY: &str = "delta_t_ms";
/// Input and output stand around the middle of the pair, which is moved so that the one that is not dragged stays.
const SPIKES: Drag =
    Drag { key: KEY, handles: &[(0.0, -0.5), (0.0, 0.5)], middle: Some("middle_ms") };
const POST_MINUS_PRE: Drag = Drag { key: KEY, handles: &[(0.0, 1.0)], middle: None };
const PRE_MINUS_POST: Drag = Drag { key: KEY, handles: &[(0.0, -1.0)], middle: None };

/// Relative changes that are shown: no rule with bounds goes further.
const REACH: (f32, f32) = (-1.5, 10.0);

const CHANGE: Axis = Axis::new("change of the weight", Unit::None);
const SHARE: Axis = Axis::new("relative change", Unit::None);

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = Run)]
pub enum Fig {
    #[figure("Two spikes", trace(Axis::TIME, "trace"), drag = SPIKES, draw = spikes)]
    Spikes,
    #[figure("Learning window", curve("output minus input, Δt = t_post − t_pre" in Ms, CHANGE),
             drag = POST_MINUS_PRE, hero, draw = window)]
    Window,
    #[figure("Weight over time", curve(Axis::TIME, "weight"), draw = weight)]
    Weight,
    #[figure("Sixty pairs", curve("frequency of the pairs" in Hz, SHARE), draw = frequency)]
    Frequency,
    #[figure("Sixty triplets", curve("interval between neighbours" in Ms, SHARE), draw = triplets)]
    Triplets,
    #[figure("Does the change depend on the weight?", curve("weight before", CHANGE), draw = by_weight)]
    ByWeight,
}

impl Fig {
    /// The panels of a run. The window has the axis that was asked for.
    pub fn panels(params: &StdpWindow) -> Vec<Panel> {
        let mut panels = panels(Self::ALL);
        if params.sign == Sign::PreMinusPost {
            panels[Fig::Window as usize].x.label = "input minus output, t_pre − t_post";
            panels[Fig::Window as usize].drag = Some(PRE_MINUS_POST);
        }
        panels
    }
}

fn spikes(run: &Run, _: Tick) -> Trace {
    let labels: &[&str] = match &run.params.rule {
        RuleParams::Offset(_) => &["x, input", "y, not used"],
        RuleParams::Triplet { .. } => &["r₁, input", "r₂", "o₁, output", "o₂"],
        _ => &["x, input", "y, output"],
    };
    let is_pre = |place: usize| place < labels.len() / 2;
    let sample = |tick: u64| vec![(tick / STRIDE) as u32];
    let series =
        labels.iter().zip(&run.columns).enumerate().map(|(place, (label, values))| Series {
            label: label.to_string(),
            values: values.clone(),
            // Shown before they come, so that they can be dragged; a slow trace has those of its neighbour.
            spikes: match place % (labels.len() / 2) {
                0 => sample(if is_pre(place) { run.pre_tick } else { run.post_tick }),
                _ => Vec::new(),
            },
            is_selected: false,
        });
    Trace {
        start_ms: 0.0,
        width_ms: run_ms(run) as f32,
        step_ms: (STRIDE as f64 * DT_MS) as f32,
        series: series.collect(),
        // Whole traces fit from the start.
        levels: vec![Level { value: 1.0, ..Level::default() }],
        ..Trace::default()
    }
}

fn run_ms(run: &Run) -> f64 {
    run.num_ticks() as f64 * DT_MS
}

/// The weight over time, in the range that any pair can bring it to.
fn weight(run: &Run, _: Tick) -> Curve {
    let y = run.columns.last().cloned().unwrap_or_default();
    let step_ms = STRIDE as f64 * DT_MS;
    let x = (0..y.len()).map(|sample| (sample as f64 * step_ms) as f32).collect();
    let (before, after) = (run.w_init as f32, y.last().copied().unwrap_or(run.w_init as f32));
    let last_spike_ms = run.pre_tick.max(run.post_tick) as f64 * DT_MS;
    let is_over = run.tick > run.pre_tick.max(run.post_tick);
    let mark = Mark { x: last_spike_ms as f32, y: after, label: change_text(run.measured.chosen) };
    let Measured { causal, acausal, at_zero, .. } = &run.measured;
    let (low, high) = range_of(&[causal, acausal, &[*at_zero]]);
    Curve {
        x_range: (0.0, run_ms(run) as f32),
        y_range: (before + low, before + high),
        lines: vec![
            Line::new("w", x, y, LineStyle::Main),
            level("before", run_ms(run) as f32, before),
        ],
        marks: if is_over { vec![mark] } else { Vec::new() },
        ..Curve::default()
    }
}

/// The range of all values with 0 in it and some air.
fn range_of(columns: &[&[f32]]) -> (f32, f32) {
    let (mut low, mut high) = (0.0_f32, 0.0_f32);
    for value in columns.iter().copied().flatten() {
        (low, high) = (low.min(*value), high.max(*value));
    }
    // Where nothing changes, what single precision rounds away is not a picture.
    let air = (0.08 * (high - low)).max(1e-5);
    (low - air, high + air)
}

/// A change with three significant digits and its sign.
fn change_text(change: f32) -> String {
    let size = change.abs();
    let mut decimals = 2;
    let mut limit = 1.0;
    while size < limit && decimals < 8 {
        limit /= 10.0;
        decimals += 1;
    }
    // What a fit leaves over at the tenth digit is nothing.
    if size < 1e-6 {
        return "0".into();
    }
    format!("{}{size:.decimals$}", if change < 0.0 { "−" } else { "+" })
}

fn window(run: &Run, _: Tick) -> Curve {
    let (measured, w) = (&run.measured, run.w_init);
    let axis = if run.params.sign == Sign::PreMinusPost { -1.0 } else { 1.0 };
    let deltas_ms = window_ms();
    let x = |sign: f64| sampled(&deltas_ms, &mut |ms| sign * axis * ms);
    let rule = &run.params.rule;
    let formula = |sign: f64| sampled(&deltas_ms, &mut |ms| rule.expected(sign * ms, w).change);
    let mut lines = vec![
        Line::new("input first", x(1.0), measured.causal.clone(), LineStyle::Main),
        Line::new("output first", x(-1.0), measured.acausal.clone(), LineStyle::Main),
        Line::new("", x(1.0), formula(1.0), LineStyle::Reference).named("input first, closed form"),
        Line::new("", x(-1.0), formula(-1.0), LineStyle::Reference)
            .named("output first, closed form"),
    ];
    let neighbour = |(sign, y): (f64, &Vec<f32>)| {
        let x = sampled(&neighbour_ms(), &mut |ms| sign * axis * ms);
        let (label, name) = if sign > 0.0 {
            ("silent neuron", "input first, silent neuron")
        } else {
            ("", "output first, silent neuron")
        };
        Line::new(label, x, y.clone(), LineStyle::Points).named(name)
    };
    if !measured.neighbour[0].is_empty() {
        lines.extend([1.0, -1.0].into_iter().zip(&measured.neighbour).map(neighbour));
    }
    let mut y_range = range_of(&[&measured.causal, &measured.acausal]);
    if let RuleParams::Triplet { .. } = rule {
        // What the same synapses are without triplets.
        let pairs = RuleParams::Pair(PairRule::alone());
        for (sign, label, name) in [
            (1.0, "pairs alone", "input first, pairs alone"),
            (-1.0, "", "output first, pairs alone"),
        ] {
            let y = sampled(&deltas_ms, &mut |ms| pairs.expected(sign * ms, w).change);
            let (low, high) = range_of(&[&y]);
            y_range = (y_range.0.min(low), y_range.1.max(high));
            lines.push(Line::new(label, x(sign), y, LineStyle::Behind).named(name));
        }
    }
    let delta_ms = run.params.delta_t_ms;
    let mark = |ms: f64, y: f32, label: String| Mark { x: (axis * ms) as f32, y, label };
    let mut marks = vec![mark(delta_ms, measured.chosen, change_text(measured.chosen))];
    if delta_ms != 0.0 {
        marks.push(mark(0.0, measured.at_zero, "Δt = 0".into()));
    }
    let widest = WIDEST_MS as f32;
    Curve { x_range: (-widest, widest), y_range, lines, marks, ..Curve::default() }
}

/// The curve, cut off where a rule without bounds runs away.
fn within_reach(mut curve: Curve) -> Curve {
    for line in &mut curve.lines {
        let is_beyond = |y: &f32| !(REACH.0..=REACH.1).contains(y);
        if let Some(first) = line.y.iter().position(is_beyond) {
            let (x, y) = (line.x[first], line.y[first].clamp(REACH.0, REACH.1));
            curve.marks.push(Mark { x, y, label: "off the scale".into() });
        }
        line.y.iter_mut().for_each(|y| *y = y.clamp(REACH.0, REACH.1));
    }
    // With air for what is shown, not for what ran away.
    if curve.y_range.0 < REACH.0 {
        let y: Vec<&[f32]> = curve.lines.iter().map(|line| &line.y[..]).collect();
        let (_, high) = range_of(&y);
        curve.y_range = (REACH.0, high.max(1.0));
    }
    curve
}

fn frequency(run: &Run, _: Tick) -> Curve {
    let [plus, minus] = &run.measured.by_rate;
    let x = || sampled(&rates_hz(), &mut |rate_hz| rate_hz);
    let zero = level("", 50.0, 0.0).named("zero");
    let data = |label| Line::new(label, Vec::new(), Vec::new(), LineStyle::Points);
    let mut lines = vec![
        Line::new("+10 ms", x(), plus.clone(), LineStyle::Main),
        Line::new("−10 ms", x(), minus.clone(), LineStyle::Main),
        data("measured, +10 ms"),
        data("measured, −10 ms"),
        zero,
    ];
    let mut ends = Vec::new();
    for point in &SJOSTROM_2001 {
        let line = &mut lines[if point.delta_ms > 0.0 { 2 } else { 3 }];
        line.x.push(point.rate_hz as f32);
        line.y.push(point.change as f32);
        line.errors.push(point.sem as f32);
        ends.extend([point.change - point.sem, point.change + point.sem].map(|end| end as f32));
    }
    let y_range = range_of(&[plus, minus, &ends]);
    within_reach(Curve { x_range: (-1.0, 51.0), y_range, lines, ..Curve::default() })
}

fn triplets(run: &Run, _: Tick) -> Curve {
    let x = || sampled(&intervals_ms(), &mut |ms| ms);
    let [pre_post_pre, post_pre_post] = &run.measured.triplets;
    let lines = vec![
        Line::new("pre-post-pre", x(), pre_post_pre.clone(), LineStyle::Main),
        Line::new("post-pre-post", x(), post_pre_post.clone(), LineStyle::Main),
        level("", 50.0, 0.0).named("zero"),
    ];
    let y_range = range_of(&[pre_post_pre, post_pre_post]);
    within_reach(Curve { x_range: (0.0, 50.0), y_range, lines, ..Curve::default() })
}

fn by_weight(run: &Run, _: Tick) -> Curve {
    let rule = &run.params.rule;
    let [plus, minus] = &run.measured.by_weight;
    let x = || sampled(&weights(), &mut |w| w);
    let formula = |ms: f64| sampled(&weights(), &mut |w| rule.expected(ms, w).change);
    let mut lines = vec![
        Line::new("+10 ms", x(), plus.clone(), LineStyle::Main),
        Line::new("−10 ms", x(), minus.clone(), LineStyle::Main),
        Line::new("", x(), formula(PAIR_MS), LineStyle::Reference).named("+10 ms, closed form"),
        Line::new("", x(), formula(-PAIR_MS), LineStyle::Reference).named("−10 ms, closed form"),
    ];
    let mut y_range = range_of(&[plus, minus]);
    if let RuleParams::Asymptotic(asymptotic) = rule {
        let y = sampled(&weights(), &mut |w| asymptotic.with_an_end(PAIR_MS, w));
        y_range = range_of(&[plus, minus, &y]);
        lines.push(Line::new("end at 1", x(), y, LineStyle::Reference));
    }
    let mark = |ms: f64| {
        let y = change_by_pair(rule, ms, run.w_init) as f32;
        Mark { x: run.w_init as f32, y, label: change_text(y) }
    };
    let marks = vec![mark(PAIR_MS), mark(-PAIR_MS)];
    Curve { x_range: (0.0, 1.0), y_range, lines, marks, ..Curve::default() }
}
