//! The figures of a run.

use super::net::GROUP;
use super::params::Reward;
use super::run::{Answers, DT_MS, NUM_PARTS, PATTERNS, POPULATIONS, Rates, Run, margin_hz};
use crate::kit::figure::{self, Histogram, Rows, Window, over_run};
use crate::lab::{Axis, Figures, Unit};
use crate::record::figure::{
    Curve, Lamp, Lamps, Line, LineStyle, Raster, RowRole, Series, Span, Trace,
};
use crate::sim::Tick;

const EPOCH: Axis = Axis::new("epoch", Unit::None);
const RATE: Axis = Axis::new("output rate", Unit::Hz);
/// Columns of the histogram.
const BINS: usize = 20;
/// Inputs of each half of a group that the raster shows.
const SHOWN_INPUTS: u32 = 4;
/// Hidden neurons that it shows.
const SHOWN_HIDDEN: u32 = 20;
/// Empty rows between its groups.
const GAP: u32 = 5;
/// Inputs of a bit that excite, or that inhibit.
const HALF: u32 = GROUP / 2;
/// A lamp is fully lit at no less than this, so that a hardly active network looks dark.
const LEAST_LIGHT_HZ: f32 = 20.0;
/// Ticks between two points of the reward.
const STRIDE: Tick = 4;

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = Run)]
pub enum Fig {
    #[figure("Truth table", lamps("pattern", RATE), hero, draw = truth)]
    Truth,
    #[figure("Output rate per pattern", curve(EPOCH, RATE), draw = rates)]
    Rates,
    #[figure("Margin", curve(EPOCH, "margin" in Hz), other_seeds, draw = margin)]
    Margin,
    #[figure("Spikes of this epoch", raster(Axis::TIME, Axis::NONE), width = Full, draw = raster)]
    Spikes,
    #[figure("Reward earned", trace(Axis::TIME, "sum of rewards"), draw = earned)]
    Earned,
    #[figure("Rate within a presentation", curve("time since the pattern began" in Ms, RATE),
             draw = within)]
    Within,
    #[figure("Weights now", curve("weight" in Mv, "share" in Share), draw = weights)]
    Weights,
    #[figure("Eligibility", trace(Axis::TIME, "eligibility"), draw = eligibility)]
    Eligibility,
}

/// What the output does with each pattern, the mean of the latest epochs, and what its frozen twin does.
fn truth(run: &Run, _: Tick) -> Lamps {
    let [ours, frozen] = [0, 1].map(|network| run.latest(network));
    let lamps = (0..PATTERNS.len()).map(|pattern| Lamp {
        label: PATTERNS[pattern].into(),
        values: [&ours, &frozen]
            .map(|rates| rates.as_ref().map_or(f32::NAN, |rates| rates[pattern])),
        is_target: matches!(pattern, 1 | 2),
    });
    let lamps: Vec<Lamp> = lamps.collect();
    let high = lamps.iter().flat_map(|lamp| lamp.values).fold(LEAST_LIGHT_HZ, f32::max);
    Lamps { names: ["output".into(), "frozen twin".into()], high, lamps }
}

/// One value for each epoch of a network.
fn line(answers: &Answers, label: &str, of: &dyn Fn(&Rates) -> f32, style: LineStyle) -> Line {
    let y: Vec<f32> = answers.epochs.iter().map(of).collect();
    figure::over_time(label, &y, 1.0, style)
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
    over_run(lines, y_range, (1.0, num_epochs))
}

fn rates(run: &Run, _: Tick) -> Curve {
    let mut lines = Vec::new();
    for (answers, style) in run.answers.iter().zip([LineStyle::Main, LineStyle::Member]) {
        for pattern in [1, 2, 3, 0] {
            let of = line(answers, PATTERNS[pattern], &|rates| rates[pattern], style);
            lines.push(match style {
                LineStyle::Member => of.named(format!("{}, frozen twin", PATTERNS[pattern])),
                _ => of,
            });
        }
    }
    over_epochs(run, lines, 0.0)
}

fn margin(run: &Run, _: Tick) -> Curve {
    let num_epochs = (run.p.epochs + run.p.test_epochs) as f32;
    let [learning, frozen] = &run.answers;
    let lines = vec![
        line(learning, "learning", &margin_hz, LineStyle::Main),
        line(frozen, "frozen twin", &margin_hz, LineStyle::Main),
        Line::new("", vec![0.0, num_epochs], vec![0.0; 2], LineStyle::Reference).named("zero"),
    ];
    over_epochs(run, lines, -5.0)
}

/// The latest epoch.
fn window(run: &Run, now: Tick) -> Window {
    let width_ms = run.epoch_ticks() as f64 * DT_MS;
    Window { start: run.epoch(now) * run.epoch_ticks(), width_ms, dt_ms: DT_MS }
}

/// The presentations of the latest epoch.
fn spans(run: &Run, now: Tick) -> Vec<Span> {
    let is_test = run.epoch(now) >= Tick::from(run.p.epochs);
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
    run.trials.round().iter().zip(&run.earns).enumerate().map(of).collect()
}

/// Rows from the bottom: inputs by bit, hidden neurons, the twin's output, the output. Empty rows between them
/// leave room for the names.
fn rows(run: &Run) -> Rows {
    let [input, hidden, output, twin, _] = POPULATIONS;
    let mut rows = Rows::default();
    for (bit, label) in [(0, "bit 1"), (1, "bit 2")] {
        rows.role(RowRole::Input, bit as u8);
        if run.p.is_rate() {
            // Some that excite and some that inhibit; the name stands between them.
            rows.group("", input, (2 * bit * HALF, 1), SHOWN_INPUTS);
            let middle = rows.group("", input, ((2 * bit + 1) * HALF, 1), SHOWN_INPUTS);
            rows.labels[middle as usize] = label.into();
        } else {
            rows.row(label, input, bit);
        }
        rows.gap(GAP);
    }
    rows.role(RowRole::Hidden, 0);
    rows.group("hidden", hidden, (0, 1), run.p.num_hidden.min(SHOWN_HIDDEN));
    rows.gap(GAP);
    rows.role(RowRole::Control, 0);
    rows.row("frozen", twin, 0);
    rows.gap(GAP);
    rows.role(RowRole::Output, 0);
    rows.row("output", output, 0);
    // In the order of who is asked for most: hidden neurons, the output, its twin, inputs.
    rows.blocks.rotate_right(3);
    rows.blocks.swap(1, 2);
    rows
}

fn raster(run: &Run, now: Tick) -> Raster {
    let (window, rows) = (window(run, now), rows(run));
    let logs = [(&run.input_log, 0), (&run.hidden_log, 1), (&run.output_log, 2)];
    let mut spikes = (Vec::new(), Vec::new());
    for (log, population) in logs {
        let (times, ids) = log.since(window.start, DT_MS);
        for (time, id) in times.into_iter().zip(ids) {
            // The log of outputs has the number of the network.
            let (population, neuron) = if population == 2 { (2 + id, 0) } else { (population, id) };
            if let Some(row) = rows.row_of(POPULATIONS[population as usize], neuron) {
                spikes.0.push(time);
                spikes.1.push(row);
            }
        }
    }
    window.raster(rows, spikes, spans(run, now))
}

/// Sum of the rewards since each presentation began; the twin's spikes would have earned the other.
fn earned(run: &Run, now: Tick) -> Trace {
    let window = window(run, now);
    let start = window.start;
    let (times, ids) = run.output_log.since(start, DT_MS);
    let num_samples = (((now - start) as f64 * DT_MS) as u64).div_ceil(STRIDE);
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
    let is_test = run.epoch(now) >= Tick::from(run.p.epochs);
    let note = match (is_test, run.p.reward) {
        (true, _) => "This is the test: the weights stay fixed, and spikes earn nothing.",
        (_, Reward::Off) => "The reward is off: spikes earn nothing.",
        _ => "",
    };
    Trace {
        start_ms: window.start_ms(),
        width_ms: window.width_ms as f32,
        step_ms: (STRIDE as f64 * DT_MS) as f32,
        series,
        note: note.into(),
        ..Trace::default()
    }
}

fn eligibility(run: &Run, now: Tick) -> Trace {
    window(run, now).trace(&run.eligibility, |column| match column {
        0 => "input → hidden".into(),
        _ => "hidden → output".into(),
    })
}

/// How the output answers each pattern from its beginning to its end.
fn within(run: &Run, _: Tick) -> Curve {
    let part_ms = run.p.presentation_ms as f32 / NUM_PARTS as f32;
    let middle = |part: usize| (part as f32 + 0.5) * part_ms;
    let lines: Vec<Line> = [1, 2, 3, 0]
        .map(|pattern| {
            let x = (0..NUM_PARTS).map(middle).collect();
            Line::new(PATTERNS[pattern], x, run.within[pattern].to_vec(), LineStyle::Main)
        })
        .into();
    let top = lines.iter().flat_map(|line| &line.y).fold(20.0_f32, |top, y| top.max(*y));
    let x_range = (0.0, run.p.presentation_ms as f32);
    Curve { x_range, y_range: (0.0, 1.05 * top), lines, ..Curve::default() }
}

/// One stepped outline for each layer.
fn weights(run: &Run, _: Tick) -> Curve {
    let w_max = run.p.w_in_max_mv.max(run.p.w_out_max_mv) as f32;
    let histogram = Histogram { low: -w_max, high: w_max, num_bins: BINS };
    let lines = vec![
        histogram.outline("input → hidden", &run.learning.w_in),
        histogram.outline("hidden → output", &run.learning.w_out),
    ];
    let top = lines.iter().flat_map(|line| &line.y).fold(0.2_f32, |top, y| top.max(*y));
    Curve { x_range: (-w_max, w_max), y_range: (0.0, 1.05 * top), lines, ..Curve::default() }
}
