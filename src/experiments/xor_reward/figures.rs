//! The figures of a run.

use super::inputs::GROUP;
use super::params::Coding;
use super::run::{Answers, DT_MS, PATTERNS, Rates, Run, margin_hz};
use crate::lab::Unit;
use crate::lab::panel::{Axis, Panel, PanelKind, Width};
use crate::record::Figure;
use crate::record::figure::{Curve, Line, LineStyle, Raster, Series, Span, Trace};
use crate::sim::Tick;

const EPOCH: Axis = Axis::new("epoch", Unit::None);
const RATE: Axis = Axis::new("output rate", Unit::Hz);
/// Columns of the histogram.
const BINS: usize = 20;
/// Inputs of each half of a group that the raster shows.
const SHOWN_INPUTS: u32 = 6;
/// Hidden neurons that it shows.
const SHOWN_HIDDEN: u32 = 20;
/// Ticks between two points of the reward.
const STRIDE: Tick = 4;

/// The panels.
pub const PANELS: [Panel; 6] = [
    Panel::new(
        "rates",
        "Output rate per input",
        "How fast the output answers each pattern. XOR is there when 01 and 10 are above 11. Pale: the frozen twin.",
        PanelKind::Curve,
        (EPOCH, RATE),
    ),
    Panel {
        shows_other_seeds: true,
        ..Panel::new(
            "margin",
            "Margin",
            "The lower rate of 01 and 10 less that of 11: above 0 the gate works. Faint: other seeds.",
            PanelKind::Curve,
            (EPOCH, Axis::new("margin", Unit::Hz)),
        )
    },
    Panel {
        width: Width::Full,
        ..Panel::new(
            "spikes",
            "Spikes of this epoch",
            "Each band is one pattern, with what an output spike earns in it. On top the output of the network that \
             learns and that of its frozen twin.",
            PanelKind::Raster,
            (Axis::TIME, Axis::NONE),
        )
    },
    Panel::new(
        "earned",
        "Reward",
        "What the output's spikes have earned since the pattern began: up where bits differ, down where not.",
        PanelKind::Trace,
        (Axis::TIME, Axis::new("sum of rewards", Unit::None)),
    ),
    Panel::new(
        "eligibility",
        "Eligibility",
        "Two synapses: what a reward now would change. Spike pairs push it up or down; with MSTDPET it fades.",
        PanelKind::Trace,
        (Axis::TIME, Axis::new("eligibility", Unit::None)),
    ),
    Panel::new(
        "weights",
        "Weights now",
        "Share of the synapses by their weight. Dashed: as they were drawn at first, all alike.",
        PanelKind::Curve,
        (Axis::new("weight", Unit::Mv), Axis::new("share", Unit::Share)),
    ),
];

/// The figure of panel `panel`.
pub fn figure(run: &Run, panel: u16) -> Figure {
    match panel {
        0 => Figure::Curve(rates(run)),
        1 => Figure::Curve(margin(run)),
        2 => Figure::Raster(raster(run)),
        3 => Figure::Trace(earned(run)),
        4 => Figure::Trace(eligibility(run)),
        _ => Figure::Curve(weights(run)),
    }
}

/// One value for each epoch of a network.
fn line(answers: &Answers, label: &str, of: &dyn Fn(&Rates) -> f32, style: LineStyle) -> Line {
    let y: Vec<f32> = answers.epochs.iter().map(of).collect();
    Line::new(label, (1..=y.len()).map(|epoch| epoch as f32).collect(), y, style)
}

/// Lines over the epochs of the whole run, with a mark where learning ends.
fn over_epochs(run: &Run, mut lines: Vec<Line>, least: f32) -> Curve {
    let (mut low, mut high) = (least, 20.0_f32);
    for y in lines.iter().flat_map(|line| &line.y) {
        (low, high) = (low.min(*y), high.max(*y));
    }
    let room = 0.05 * (high - low);
    let y_range = (if low < 0.0 { low - room } else { low }, high + room);
    let num_epochs = (run.p.epochs + run.p.test_epochs) as f32;
    if run.p.test_epochs > 0 {
        let end = run.p.epochs as f32 + 0.5;
        let y = vec![y_range.0, y_range.1];
        lines.push(Line::new("frozen from here", vec![end, end], y, LineStyle::Reference));
    }
    Curve { x_range: (0.0, num_epochs), y_range, lines, marks: Vec::new(), per_block: 1.0 }
}

fn rates(run: &Run) -> Curve {
    let mut lines = Vec::new();
    for (answers, style) in run.answers.iter().zip([LineStyle::Main, LineStyle::Member]) {
        for pattern in [1, 2, 3, 0] {
            lines.push(line(answers, PATTERNS[pattern], &|rates| rates[pattern], style));
        }
    }
    over_epochs(run, lines, 0.0)
}

fn margin(run: &Run) -> Curve {
    let num_epochs = (run.p.epochs + run.p.test_epochs) as f32;
    let [learning, frozen] = &run.answers;
    let lines = vec![
        line(learning, "learning", &margin_hz, LineStyle::Main),
        line(frozen, "frozen twin", &margin_hz, LineStyle::Main),
        Line::new("", vec![0.0, num_epochs], vec![0.0; 2], LineStyle::Reference),
    ];
    over_epochs(run, lines, -20.0)
}

/// First tick and length in milliseconds of the latest epoch.
fn window(run: &Run) -> (Tick, f32) {
    (run.epoch() * run.epoch_ticks(), (run.epoch_ticks() as f64 * DT_MS) as f32)
}

/// The presentations of the latest epoch.
fn spans(run: &Run) -> Vec<Span> {
    let is_test = run.epoch() >= Tick::from(run.p.epochs);
    let length = run.p.presentation_ms as f32;
    let of = |(place, (pattern, earns)): (usize, (&u32, &f32))| {
        let what = match *earns {
            _ if is_test => "",
            earns if earns > 0.0 => " +1",
            earns if earns < 0.0 => " −1",
            _ => "",
        };
        Span {
            from_ms: place as f32 * length,
            to_ms: (place + 1) as f32 * length,
            label: [PATTERNS[*pattern as usize], what].concat(),
            is_test,
        }
    };
    run.order.iter().zip(&run.earns).enumerate().map(of).collect()
}

/// Rows from the bottom: inputs by bit, hidden neurons, the twin's output, the output.
fn raster(run: &Run) -> Raster {
    let (start, width_ms) = window(run);
    let mut row_labels: Vec<String> = Vec::new();
    let mut add_rows = |num: u32, label: &str| {
        let first = row_labels.len() as u32;
        row_labels.extend((0..num).map(|row| if row == num / 2 { label } else { "" }.into()));
        first
    };
    let is_rate = matches!(run.p.coding, Coding::Rate { .. });
    let per_bit = if is_rate { 2 * SHOWN_INPUTS } else { 1 };
    add_rows(per_bit, "bit 1");
    add_rows(per_bit, "bit 2");
    let num_hidden = run.p.num_hidden.min(SHOWN_HIDDEN);
    let first_hidden = add_rows(num_hidden, "hidden");
    let first_output = add_rows(1, "frozen");
    add_rows(1, "output");

    let input_row = |input: u32| {
        if !is_rate {
            return Some(input);
        }
        let (half, place) = (input / (GROUP / 2), input % (GROUP / 2));
        (place < SHOWN_INPUTS).then_some(half * SHOWN_INPUTS + place)
    };
    let hidden_row = |neuron: u32| (neuron < num_hidden).then_some(first_hidden + neuron);
    let output_row = |network: u32| Some(first_output + 1 - network);
    let (mut times_ms, mut rows) = (Vec::new(), Vec::new());
    let logs: [(_, &dyn Fn(u32) -> Option<u32>); 3] = [
        (&run.input_log, &input_row),
        (&run.hidden_log, &hidden_row),
        (&run.output_log, &output_row),
    ];
    for (log, row_of) in logs {
        let (times, ids) = log.since(start, DT_MS);
        for (time, id) in times.into_iter().zip(ids) {
            if let Some(row) = row_of(id) {
                times_ms.push(time);
                rows.push(row);
            }
        }
    }
    let start_ms = start as f64 * DT_MS;
    Raster { start_ms, width_ms, row_labels, times_ms, rows, spans: spans(run) }
}

/// Sum of the rewards since each presentation began; the twin's spikes would have earned the other.
fn earned(run: &Run) -> Trace {
    let (start, width_ms) = window(run);
    let (times, ids) = run.output_log.since(start, DT_MS);
    let num_samples = ((run.now_ms() - start as f64 * DT_MS) as u64).div_ceil(STRIDE);
    let mut series = Vec::new();
    for (network, label) in [(0, "learning"), (1, "frozen twin")] {
        let mut spikes = times.iter().zip(&ids).filter(|(_, id)| **id == network).peekable();
        let (mut sum, mut turn) = (0.0, 0);
        let mut values = Vec::new();
        for sample in 0..num_samples {
            let time = (sample * STRIDE) as f32;
            if time as u32 / run.p.presentation_ms > turn {
                (sum, turn) = (0.0, turn + 1);
            }
            while spikes.next_if(|(at, _)| **at <= time).is_some() {
                sum += run.earns[turn as usize % 4];
            }
            values.push(sum);
        }
        let is_selected = network == 0;
        series.push(Series { label: label.into(), values, spikes: Vec::new(), is_selected });
    }
    Trace {
        start_ms: start as f64 * DT_MS,
        width_ms,
        step_ms: (STRIDE as f64 * DT_MS) as f32,
        series,
        levels: Vec::new(),
    }
}

fn eligibility(run: &Run) -> Trace {
    let (start, width_ms) = window(run);
    let label = |column| match column {
        0 => "input → hidden".into(),
        _ => "hidden → output".into(),
    };
    let (first, series) = run.eligibility.since(start, label);
    let step_ms = (run.eligibility.stride() as f64 * DT_MS) as f32;
    Trace { start_ms: first as f64 * DT_MS, width_ms, step_ms, series, levels: Vec::new() }
}

/// One stepped outline for each layer.
fn weights(run: &Run) -> Curve {
    let w_max = run.p.w_in_max_mv.max(run.p.w_out_max_mv) as f32;
    let outline = |label: &str, weights: &[f32], style| {
        let mut counts = [0.0_f32; BINS];
        for w in weights {
            let place = (w / w_max + 1.0) / 2.0 * BINS as f32;
            counts[(place as usize).min(BINS - 1)] += 1.0 / weights.len() as f32;
        }
        let mut line = Line::new(label, Vec::new(), Vec::new(), style);
        for (bin, share) in counts.into_iter().enumerate() {
            for edge in [bin, bin + 1] {
                line.x.push((2.0 * edge as f32 / BINS as f32 - 1.0) * w_max);
                line.y.push(share);
            }
        }
        line
    };
    let lines = vec![
        outline("onto hidden", &run.learning.w_in, LineStyle::Main),
        outline("onto output", &run.learning.w_out, LineStyle::Main),
        outline("", &run.frozen.w_in, LineStyle::Reference),
        outline("", &run.frozen.w_out, LineStyle::Reference),
    ];
    let top = lines.iter().flat_map(|line| &line.y).fold(0.2_f32, |top, y| top.max(*y));
    Curve { x_range: (-w_max, w_max), y_range: (0.0, 1.05 * top), lines, ..Curve::default() }
}
