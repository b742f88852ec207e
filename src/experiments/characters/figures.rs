//! The figures of a run, as data.

use super::glyphs::{COLUMNS, NUM_PIXELS, ROWS};
use super::params::{Characters, Mode};
use super::run::{POPULATIONS, Run, WINDOW_MS};
use super::score;
use crate::lab::panel::{Axis, Panel, PanelKind, Width};
use crate::lab::{Draw, Unit};
use crate::record::Figure;
use crate::record::figure::{
    Curve, Field, Fields, Level, Line, LineStyle, Mark, Matrix, Raster, RowBlock, Span, Trace,
};
use crate::sim::Tick;

/// The figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fig {
    Glyph,
    Weights,
    Inputs,
    Outputs,
    Potentials,
    HitRate,
    Confusion,
    Dendrites,
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

    /// The panels of a run.
    pub fn panels(params: &Characters) -> Vec<Panel> {
        Self::of(params).into_iter().map(Self::panel).collect()
    }

    const fn panel(self) -> Panel {
        match self {
            Self::Glyph => Panel {
                key: "glyph",
                title: "Shown now",
                kind: PanelKind::Fields,
                x: Axis::NONE,
                y: Axis::NONE,
                value: Axis::new("ink", Unit::None),
                width: Width::Narrow,
                pickable: false,
                shows_other_seeds: false,
                drag: None,
            },
            Self::Weights => Panel {
                key: "weights",
                title: "What each output has learned",
                kind: PanelKind::Fields,
                x: Axis::NONE,
                y: Axis::new("weight", Unit::None),
                value: Axis::NONE,
                width: Width::Wide,
                pickable: true,
                shows_other_seeds: false,
                drag: None,
            },
            Self::Inputs => Panel {
                key: "inputs",
                title: "Input spikes",
                kind: PanelKind::Raster,
                x: Axis::TIME,
                y: Axis::new("input", Unit::None),
                value: Axis::NONE,
                width: Width::Half,
                pickable: false,
                shows_other_seeds: false,
                drag: None,
            },
            Self::Outputs => Panel {
                key: "outputs",
                title: "Output spikes",
                kind: PanelKind::Raster,
                x: Axis::TIME,
                y: Axis::new("output", Unit::None),
                value: Axis::NONE,
                width: Width::Half,
                pickable: false,
                shows_other_seeds: false,
                drag: None,
            },
            Self::Potentials => Panel {
                key: "potentials",
                title: "The race",
                kind: PanelKind::Trace,
                x: Axis::TIME,
                y: Axis::new("potential", Unit::Mv),
                value: Axis::NONE,
                width: Width::Half,
                pickable: true,
                shows_other_seeds: false,
                drag: None,
            },
            Self::HitRate => Panel {
                key: "hit_rate",
                title: "Hit rate",
                kind: PanelKind::Curve,
                x: Axis::new("epoch", Unit::None),
                y: Axis::new("hit rate", Unit::Share),
                value: Axis::NONE,
                width: Width::Half,
                pickable: false,
                shows_other_seeds: true,
                drag: None,
            },
            Self::Confusion => Panel {
                key: "confusion",
                title: "Who wins which letter",
                kind: PanelKind::Matrix,
                x: Axis::new("output", Unit::None),
                y: Axis::new("glyph", Unit::None),
                value: Axis::new("presentations won", Unit::None),
                width: Width::Half,
                pickable: true,
                shows_other_seeds: false,
                drag: None,
            },
            Self::Dendrites => Panel {
                key: "dendrites",
                title: "Dendrites of the chosen output",
                kind: PanelKind::Curve,
                x: Axis::new("weight", Unit::None),
                y: Axis::new("time constant", Unit::Ms),
                value: Axis::new("time constant in ms or gain", Unit::None),
                width: Width::Half,
                pickable: false,
                shows_other_seeds: false,
                drag: None,
            },
            Self::Eligibility => Panel::new(
                "eligibility",
                "Eligibility, waiting for the verdict", 
                PanelKind::Trace,
                (Axis::TIME, Axis::new("eligibility", Unit::None)),
            ),
        }
    }
}

impl Draw<Run> for Fig {
    fn draw(self, run: &Run, _now: Tick) -> Figure {
        match self {
            Self::Glyph => Figure::Fields(glyph(run)),
            Self::Weights => Figure::Fields(receptive_fields(run)),
            Self::Inputs => Figure::Raster(inputs(run)),
            Self::Outputs => Figure::Raster(outputs(run)),
            Self::Potentials => Figure::Trace(race(run)),
            Self::HitRate => Figure::Curve(hit_rate(run)),
            Self::Confusion => Figure::Matrix(confusion(run)),
            Self::Dendrites => Figure::Curve(dendrites(run)),
            Self::Eligibility => Figure::Trace(eligibility(run)),
        }
    }

    fn neuron_at(self, run: &Run, item: u32) -> Option<u32> {
        let num = run.net.num_neurons() as u32;
        match self {
            Self::Weights | Self::Potentials => Some(item).filter(|&neuron| neuron < num),
            // A row of the table: the output that owns this glyph.
            Self::Confusion => columns(run).get(item as usize).copied(),
            _ => None,
        }
    }
}

/// Outputs are numbered from 1 for people.
fn name(neuron: u32) -> String {
    format!("n{}", neuron + 1)
}

fn glyph(run: &Run) -> Fields {
    let glyph = run.glyph(run.current.glyph);
    let pixels = (0..NUM_PIXELS).map(|pixel| f32::from(u8::from(run.shown.is_ink(pixel))));
    Fields {
        columns: COLUMNS as u32,
        rows: ROWS as u32,
        low: 0.0,
        high: 1.0,
        filler: 0,
        fields: vec![Field {
            label: glyph.name.to_string(),
            caption: if run.current.is_test { "test" } else { "training" }.into(),
            values: pixels.collect(),
            is_selected: false,
        }],
    }
}

fn receptive_fields(run: &Run) -> Fields {
    let (weights, num) = (run.net.weights(), run.net.num_neurons());
    let pixels = &weights[..NUM_PIXELS * num];
    let responses = run.latest_responses();
    let owners = run.score_of(responses).owners;
    let wins = score::win_table(responses, run.task.len() + run.unseen.len(), num);
    let fields = (0..num as u32).map(|neuron| {
        let glyph = owners.iter().position(|owner| *owner == neuron);
        let has_won = glyph.is_some_and(|glyph| wins[glyph * num + neuron as usize] > 0);
        let caption = match glyph {
            Some(glyph) if has_won => run.task[glyph].name.to_string(),
            _ => "–".into(),
        };
        let own = run.reward.as_ref().and(glyph).map(|glyph| run.task[glyph].name);
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
    Fields {
        columns: COLUMNS as u32,
        rows: ROWS as u32,
        low: 0.0,
        high,
        filler: 0,
        fields: fields.collect(),
    }
}

/// The tick at which the raster's window begins: whole presentations.
fn window_start(run: &Run) -> Tick {
    window_start_at(run, run.tick)
}

fn window_start_at(run: &Run, tick: Tick) -> Tick {
    let window = run.net.grid().ticks_from_ms(WINDOW_MS);
    let presentation = run.ticks_per_presentation;
    let end = tick.div_ceil(presentation) * presentation;
    end.saturating_sub(window)
}

fn spans(run: &Run, start: Tick) -> Vec<Span> {
    let ms = |tick: Tick| ((tick as f64 - start as f64) * run.dt_ms()) as f32;
    let presentations = run.recent.iter();
    presentations
        .map(|(from, shown)| Span {
            from_ms: ms(*from),
            to_ms: ms(from + run.ticks_per_presentation),
            label: run.glyph(shown.glyph).name.to_string(),
            is_test: shown.is_test,
        })
        .filter(|span| span.to_ms > 0.0)
        .collect()
}

fn inputs(run: &Run) -> Raster {
    let start = window_start(run);
    let (times_ms, rows) = run.input_log.since(start, run.dt_ms());
    let labels = (0..run.net.num_inputs()).map(|input| {
        let (pixel, is_complement) = (input % NUM_PIXELS, input >= NUM_PIXELS);
        let place = format!("{}.{}", pixel / COLUMNS + 1, pixel % COLUMNS + 1);
        if is_complement { format!("¬{place}") } else { place }
    });
    Raster {
        start_ms: start as f64 * run.dt_ms(),
        width_ms: WINDOW_MS as f32,
        row_labels: labels.collect(),
        blocks: vec![RowBlock::new(POPULATIONS[0], 0, run.net.num_inputs() as u32)],
        times_ms,
        rows,
        spans: spans(run, start),
    }
}

fn outputs(run: &Run) -> Raster {
    let start = window_start(run);
    let (times_ms, rows) = run.output_log.since(start, run.dt_ms());
    Raster {
        start_ms: start as f64 * run.dt_ms(),
        width_ms: WINDOW_MS as f32,
        row_labels: (0..run.net.num_neurons() as u32).map(name).collect(),
        blocks: vec![RowBlock::new(POPULATIONS[1], 0, run.net.num_neurons() as u32)],
        times_ms,
        rows,
        spans: spans(run, start),
    }
}

fn race(run: &Run) -> Trace {
    let presentation = run.ticks_per_presentation;
    // Just ended counts as now: the race that was run is what one wants to look at.
    let start = run.tick.saturating_sub(1) / presentation * presentation;
    let (first, mut series) = run.trace.since(start, name);
    // Of the neuron that is followed, and of the one that has just won.
    let mut shown = vec![run.selected];
    if let Some(&winner) = run.output_log.since(start, run.dt_ms()).1.last() {
        shown.push(winner);
    }
    shown.dedup();
    let level = |neuron: u32| Level {
        label: format!("threshold of {}", name(neuron)),
        value: run.net.threshold_mv(neuron as usize),
        of: Some(neuron),
    };
    let levels = shown.into_iter().map(level).collect();
    if let Some(selected) = series.get_mut(run.selected as usize) {
        selected.is_selected = true;
    }
    for (neuron, series) in series.iter_mut().enumerate() {
        // A spike and its reset fall between two samples.
        for &sample in &series.spikes {
            if let Some(value) = series.values.get_mut(sample as usize) {
                *value = run.net.threshold_mv(neuron);
            }
        }
    }
    Trace {
        start_ms: first as f64 * run.dt_ms(),
        width_ms: (presentation as f64 * run.dt_ms()) as f32,
        step_ms: (run.trace.stride() as f64 * run.dt_ms()) as f32,
        series,
        levels,
        ..Trace::default()
    }
}

fn eligibility(run: &Run) -> Trace {
    let (Mode::Reward(p), Some(reward)) = (&run.params.mode, &run.reward) else {
        return Trace::default();
    };
    // Nothing is eligible at the test: the end of the training stays.
    let training = u64::from(run.schedule.num_training()) * run.ticks_per_presentation;
    let start = window_start_at(run, run.tick.min(training));
    let num = run.net.num_neurons() as u32;
    let label = |column| if column < num { name(column) } else { "verdict".into() };
    let (first, mut series) = reward.trace.since(start, label);
    for (column, series) in (0..).zip(&mut series) {
        series.is_selected = column == run.selected || column == num;
        if column < num {
            series.values.iter_mut().for_each(|c| *c /= p.net.eta as f32);
        }
    }
    Trace {
        start_ms: first as f64 * run.dt_ms(),
        width_ms: WINDOW_MS as f32,
        step_ms: (reward.trace.stride() as f64 * run.dt_ms()) as f32,
        series,
        ..Trace::default()
    }
}

fn hit_rate(run: &Run) -> Curve {
    let epochs = run.schedule.num_training().div_ceil(run.schedule.num_glyphs()).max(1);
    let x = (1..=run.curve.len()).map(|epoch| epoch as f32).collect();
    let mut lines =
        vec![Line { label: "this seed".into(), x, y: run.curve.clone(), ..Line::default() }];
    for twin in run.reward.iter().flat_map(|reward| &reward.twins) {
        let x = lines[0].x.clone();
        lines.push(Line::new(twin.label(), x, twin.curve.clone(), LineStyle::Reference));
    }
    if !run.responses.is_empty() {
        let test = run.score().hit_rate as f32;
        lines.push(Line {
            label: "final test".into(),
            x: vec![0.0, epochs as f32],
            y: vec![test; 2],
            style: LineStyle::Reference,
            ..Line::default()
        });
    }
    Curve {
        x_range: (0.0, epochs as f32),
        y_range: (0.0, 1.0),
        lines,
        per_block: 1.0,
        ..Curve::default()
    }
}

/// Outputs in the order of the glyphs they own, then the rest.
fn columns(run: &Run) -> Vec<u32> {
    let num = run.net.num_neurons();
    let mut columns = run.score_of(run.latest_responses()).owners;
    let rest = (0..num as u32).filter(|neuron| !columns.contains(neuron)).collect::<Vec<_>>();
    columns.extend(rest);
    columns
}

fn confusion(run: &Run) -> Matrix {
    let num = run.net.num_neurons();
    let rows = run.task.len() + run.unseen.len();
    let wins = score::win_table(run.latest_responses(), rows, num);
    let columns = columns(run);
    let value = |row: usize, neuron: u32| wins[row * num + neuron as usize] as f32;
    let rounds = match run.responses.is_empty() {
        true => 1.0,
        false => run.params.test_presentations as f32,
    };
    Matrix {
        row_labels: (0..rows).map(|row| run.glyph(row as u32).name.to_string()).collect(),
        values: (0..rows).flat_map(|row| columns.iter().map(move |&n| value(row, n))).collect(),
        column_labels: columns.iter().map(|&neuron| name(neuron)).collect(),
        high: rounds,
    }
}

/// Time constant and gain over the weight, and where the picked output's dendrites are.
fn dendrites(run: &Run) -> Curve {
    let adds = match &run.params.mode {
        Mode::Fixed(_) | Mode::Brian(_) | Mode::Reward(_) => return Curve::default(),
        Mode::Paper(p) => p.dendrites(),
        Mode::Coded(_) => super::coded::dendrites(),
    };
    let x: Vec<f32> = (0..=50).map(|step| step as f32 / 50.0).collect();
    let tau = |w: f32| adds.tau_i_ms(f64::from(w));
    let num = run.net.num_neurons();
    let own = run.net.weights()[run.selected as usize..].iter().step_by(num);
    let marks = own.enumerate().map(|(pixel, &w)| Mark {
        x: w,
        y: tau(w) as f32,
        label: format!("pixel {}", pixel + 1),
    });
    Curve {
        x_range: (0.0, 1.0),
        y_range: (0.0, adds.tau_max_ms as f32 * 1.1),
        lines: vec![
            Line {
                label: "τ (ms)".into(),
                y: x.iter().map(|&w| tau(w) as f32).collect(),
                x: x.clone(),
                ..Line::default()
            },
            Line {
                label: "R".into(),
                y: x.iter().map(|&w| adds.r_i(tau(w)) as f32).collect(),
                x,
                ..Line::default()
            },
        ],
        marks: marks.collect(),
        ..Curve::default()
    }
}
