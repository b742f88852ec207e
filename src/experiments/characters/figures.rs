//! The figures of a run, as data.

use super::glyphs::{COLUMNS, NUM_PIXELS, ROWS};
use super::params::{Characters, Mode};
use super::run::{POPULATIONS, Run, WINDOW_MS};
use super::score;
use crate::kit::figure::{Rows, Window, level, over_run, over_time};
use crate::lab::{Axis, Figures, Named};
use crate::record::RasterLog;
use crate::record::figure::{
    Curve, Field, Fields, Level, Line, LineStyle, Mark, Matrix, Raster, RowRole, Trace,
};
use crate::sim::Tick;
use crate::sim::published::race::DENDRITES;

/// What outputs are called in figures.
const OUTPUTS: &[Named] = &[Named::new(POPULATIONS[1], "n", 1)];

/// The figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = Run)]
pub enum Fig {
    #[figure("Shown now", fields(Axis::NONE, Axis::NONE), value = "ink", width = Narrow,
             draw = glyph)]
    Glyph,
    #[figure("What each output has learned", fields(Axis::NONE, "weight"), width = Wide,
             draw = receptive_fields, pick = output, neurons = OUTPUTS)]
    Weights,
    #[figure("Input spikes", raster(Axis::TIME, "input"), draw = inputs)]
    Inputs,
    #[figure("Output spikes", raster(Axis::TIME, "output"), draw = outputs)]
    Outputs,
    #[figure("The race", trace(Axis::TIME, "potential" in Mv), draw = race, pick = output,
             neurons = OUTPUTS)]
    Potentials,
    #[figure("Hit rate", curve("epoch", "hit rate" in Share), other_seeds, draw = hit_rate)]
    HitRate,
    #[figure("Who wins which letter", matrix("output", "glyph"), value = "presentations won",
             draw = confusion, pick = owner, neurons = OUTPUTS)]
    Confusion,
    #[figure("Dendrites of the chosen output", curve("weight", "time constant" in Ms),
             value = "time constant in ms or gain", draw = dendrites)]
    Dendrites,
    #[figure("Eligibility, waiting for the verdict", trace(Axis::TIME, "eligibility"), draw = eligibility,
             neurons = OUTPUTS)]
    Eligibility,
}

impl Fig {
    /// Those of a run, in the order of the page: dendrites and eligibility only where the model has them.
    pub fn of(params: &Characters) -> Vec<Self> {
        use Fig::*;
        let mut figures = vec![Glyph, Weights, Inputs, Outputs, Potentials, HitRate, Confusion];
        match params.mode {
            Mode::Fixed(_) | Mode::Brian(_) => {}
            Mode::Reward(_) => figures.push(Eligibility),
            Mode::Paper(_) | Mode::Coded(_) => figures.push(Dendrites),
        }
        figures
    }
}

fn output(run: &Run, item: u32) -> Option<u32> {
    Some(item).filter(|&neuron| (neuron as usize) < run.task.num())
}

/// A row of the table: the output that owns this glyph.
fn owner(run: &Run, row: u32) -> Option<u32> {
    columns(run).get(row as usize).copied()
}

/// Outputs are numbered from 1 for people.
fn name(neuron: u32) -> String {
    format!("n{}", neuron + 1)
}

fn glyph(run: &Run, _: Tick) -> Fields {
    let pixels = (0..NUM_PIXELS).map(|pixel| f32::from(u8::from(run.shown.is_ink(pixel))));
    let shown = Field {
        label: run.glyph().name.to_string(),
        caption: if run.is_test { "test" } else { "training" }.into(),
        values: pixels.collect(),
        is_selected: false,
    };
    pictures(1.0, vec![shown])
}

fn pictures(high: f32, fields: Vec<Field>) -> Fields {
    let (columns, rows) = (COLUMNS as u32, ROWS as u32);
    Fields { columns, rows, low: 0.0, high, filler: 0, fields }
}

fn receptive_fields(run: &Run, _: Tick) -> Fields {
    let (weights, num) = (run.main.net.weights(), run.task.num());
    let pixels = &weights[..NUM_PIXELS * num];
    let responses = run.main.latest();
    let owners = run.main.score_of(responses).owners;
    let wins = score::win_table(responses, run.task.glyphs.len(), num);
    let fields = (0..num as u32).map(|neuron| {
        let glyph = owners.iter().position(|owner| *owner == neuron);
        let has_won = glyph.is_some_and(|glyph| wins[glyph * num + neuron as usize] > 0);
        let caption = match glyph {
            Some(glyph) if has_won => run.task.glyphs[glyph].name.to_string(),
            _ => "–".into(),
        };
        let own = run.reward.as_ref().and(glyph).map(|glyph| run.task.glyphs[glyph].name);
        Field {
            label: own.map_or(name(neuron), |own| format!("{} for {own}", name(neuron))),
            caption,
            values: pixels[neuron as usize..].iter().step_by(num).copied().collect(),
            is_selected: neuron == run.selected,
        }
    });
    // Normalised weights are a share of the sum, so the scale follows the largest.
    let largest = pixels.iter().copied().fold(1e-6, f32::max);
    let high = match &run.params.mode {
        Mode::Brian(p) => p.w_max_mv as f32,
        _ if largest > 0.5 => 1.0,
        _ => largest,
    };
    pictures(high, fields.collect())
}

/// The latest whole presentations up to `now`.
fn window(run: &Run, now: Tick) -> Window {
    let dt_ms = run.dt_ms();
    let presentation = run.trials.trial_ticks();
    let end = now.div_ceil(presentation) * presentation;
    Window::latest(end, WINDOW_MS, dt_ms)
}

fn raster(run: &Run, now: Tick, population: usize, log: &RasterLog, labels: Vec<String>) -> Raster {
    let window = window(run, now);
    let role = if population == 0 { RowRole::Input } else { RowRole::Output };
    let rows = Rows::of(role, POPULATIONS[population], labels);
    let spans = run.recent.spans(window.start, run.dt_ms());
    window.raster(rows, log.since(window.start, run.dt_ms()), spans)
}

fn inputs(run: &Run, now: Tick) -> Raster {
    let labels = (0..run.main.net.num_inputs()).map(|input| {
        let (pixel, is_complement) = (input % NUM_PIXELS, input >= NUM_PIXELS);
        let place = format!("{}.{}", pixel / COLUMNS + 1, pixel % COLUMNS + 1);
        if is_complement { format!("¬{place}") } else { place }
    });
    raster(run, now, 0, &run.input_log, labels.collect())
}

fn outputs(run: &Run, now: Tick) -> Raster {
    raster(run, now, 1, &run.output_log, (0..run.task.num() as u32).map(name).collect())
}

fn race(run: &Run, now: Tick) -> Trace {
    let presentation = run.trials.trial_ticks();
    // Just ended counts as now: the race that was run is what one wants to look at.
    let start = now.saturating_sub(1) / presentation * presentation;
    let width_ms = presentation as f64 * run.dt_ms();
    let mut trace = Window { start, width_ms, dt_ms: run.dt_ms() }.trace(&run.trace, name);
    // Of the neuron that is followed, and of the one that has just won.
    let mut shown = vec![run.selected];
    if let Some(&winner) = run.output_log.since(start, run.dt_ms()).1.last() {
        shown.push(winner);
    }
    shown.dedup();
    let level = |neuron: u32| Level {
        label: format!("threshold of {}", name(neuron)),
        value: run.main.net.threshold_mv(neuron as usize),
        of: Some(neuron),
    };
    trace.levels = shown.into_iter().map(level).collect();
    if let Some(selected) = trace.series.get_mut(run.selected as usize) {
        selected.is_selected = true;
    }
    for (neuron, series) in trace.series.iter_mut().enumerate() {
        // A spike and its reset fall between two samples.
        for &sample in &series.spikes {
            if let Some(value) = series.values.get_mut(sample as usize) {
                *value = run.main.net.threshold_mv(neuron);
            }
        }
    }
    trace
}

fn eligibility(run: &Run, now: Tick) -> Trace {
    let (Mode::Reward(p), Some(reward)) = (&run.params.mode, &run.reward) else {
        return Trace::default();
    };
    // Nothing is eligible at the test: the end of the training stays.
    let training = Tick::from(run.trials.num_until_test()) * run.trials.trial_ticks();
    let num = run.task.num() as u32;
    let label = |column| if column < num { name(column) } else { "verdict".into() };
    let mut trace = window(run, now.min(training)).trace(&reward.trace, label);
    for (column, series) in (0..).zip(&mut trace.series) {
        series.is_selected = column == run.selected || column == num;
        if column < num {
            series.values.iter_mut().for_each(|c| *c /= p.net.eta as f32);
        }
    }
    trace
}

fn hit_rate(run: &Run, _: Tick) -> Curve {
    let num_glyphs = run.task.num() as u32;
    let end = run.trials.num_until_test().div_ceil(num_glyphs).max(1) as f32;
    let mut lines = vec![over_time("this seed", &run.main.curve, 1.0, LineStyle::Main)];
    for twin in run.reward.iter().flat_map(|reward| &reward.twins) {
        lines.push(over_time(twin.label(), &twin.curve, 1.0, LineStyle::Reference));
    }
    if !run.main.responses.is_empty() {
        lines.push(level("final test", end, run.main.score().hit_rate as f32));
    }
    over_run(lines, (0.0, 1.0), (1.0, end))
}

/// Outputs in the order of the glyphs they own, then the rest.
fn columns(run: &Run) -> Vec<u32> {
    let num = run.task.num();
    let mut columns = run.main.score_of(run.main.latest()).owners;
    let rest = (0..num as u32).filter(|neuron| !columns.contains(neuron)).collect::<Vec<_>>();
    columns.extend(rest);
    columns
}

fn confusion(run: &Run, _: Tick) -> Matrix {
    let (num, glyphs) = (run.task.num(), &run.task.glyphs);
    let rows = glyphs.len();
    let wins = score::win_table(run.main.latest(), rows, num);
    let columns = columns(run);
    let value = |row: usize, neuron: u32| wins[row * num + neuron as usize] as f32;
    let rounds = match run.main.responses.is_empty() {
        true => 1.0,
        false => run.params.test_presentations as f32,
    };
    Matrix {
        row_labels: glyphs.iter().map(|glyph| glyph.name.to_string()).collect(),
        values: (0..rows).flat_map(|row| columns.iter().map(move |&n| value(row, n))).collect(),
        column_labels: columns.iter().map(|&neuron| name(neuron)).collect(),
        high: rounds,
        marked: None,
    }
}

/// Time constant and gain over the weight, and where the picked output's dendrites are.
fn dendrites(run: &Run, _: Tick) -> Curve {
    let adds = match &run.params.mode {
        Mode::Fixed(_) | Mode::Brian(_) | Mode::Reward(_) => return Curve::default(),
        Mode::Paper(p) => p.dendrites(),
        Mode::Coded(_) => DENDRITES,
    };
    let x: Vec<f32> = (0..=50).map(|step| step as f32 / 50.0).collect();
    let tau = |w: f32| adds.tau_i_ms(f64::from(w));
    let of = |value: &dyn Fn(f64) -> f64| x.iter().map(|&w| value(tau(w)) as f32).collect();
    let num = run.task.num();
    let own = run.main.net.weights()[run.selected as usize..].iter().step_by(num);
    let marks = own.enumerate().map(|(pixel, &w)| Mark {
        x: w,
        y: tau(w) as f32,
        label: format!("pixel {}", pixel + 1),
    });
    Curve {
        x_range: (0.0, 1.0),
        y_range: (0.0, adds.tau_max_ms as f32 * 1.1),
        lines: vec![
            Line::new("τ (ms)", x.clone(), of(&|tau| tau), LineStyle::Main),
            Line::new("R", x.clone(), of(&|tau| adds.r_i(tau)), LineStyle::Main),
        ],
        marks: marks.collect(),
        ..Curve::default()
    }
}
