//! The figures of a network.

use super::DT_MS;
use super::describe::NEURONS;
use super::params::{BalancedNetworks, Part};
use super::plane::{Expected, PLANE};
use super::response::Response;
use super::run::{LEAST_INTERVALS, ROWS, RecurrentRun};
use crate::kit::figure::{Histogram, Rows, Window};
use crate::lab::{Axis, Figures, Unit};
use crate::record::figure::{
    Curve, Level, Line, LineStyle, Matrix, Raster, RowRole, Series, Trace,
};
use crate::sim::{Tick, math};

const TIME: Axis = Axis::new("time", Unit::S);
const INHIBITION: Axis = Axis::new("inhibition, multiple of the benchmark's", Unit::None);

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = RecurrentRun)]
pub enum Fig {
    #[figure("Spikes of 100 neurons", raster(Axis::TIME, "neuron"), width = Full, hero, draw = raster,
             pick = neuron_of_row)]
    Spikes,
    #[figure("Activity of all neurons", trace(Axis::TIME, "rate" in Hz), draw = activity)]
    Activity,
    #[figure("Rates in theory: click a point to run it",
             matrix("inhibition over excitation, g", "external rate"), value = "rate" in Hz,
             plane = PLANE, draw = plane)]
    Plane,
    #[figure("Rhythms", curve("frequency" in Hz, "power, dB over independent spikes"), draw = rhythms)]
    Rhythms,
    #[figure("Mean rate so far", curve(TIME, "rate" in Hz), other_seeds, draw = rate)]
    Rate,
    #[figure("More or less inhibition: rate", curve(INHIBITION, "rate" in Hz), draw = rate_response)]
    RateResponse,
    #[figure("More or less inhibition: irregularity", curve(INHIBITION, "CV of intervals"),
             draw = cv_response)]
    CvResponse,
    #[figure("Irregularity of each neuron", curve("CV of its intervals", "share" in Share),
             draw = irregularity)]
    Irregularity,
    #[figure("Rate of each neuron", curve("rate" in Hz, "share" in Share), draw = rates)]
    Rates,
    #[figure("Potential of one neuron", trace(Axis::TIME, "potential" in Mv), width = Full,
             draw = potential)]
    Potential,
}

impl Fig {
    /// Only random networks have a plane, and only benchmarks run at other strengths of inhibition.
    pub fn of(p: &BalancedNetworks) -> Vec<Self> {
        let is_random = matches!(p.part, Part::Brunel(_));
        let has_response = matches!(&p.part, Part::Benchmark(p) if p.response);
        let has = |figure: &Self| match figure {
            Self::Plane => is_random,
            Self::RateResponse | Self::CvResponse => has_response,
            _ => true,
        };
        Self::ALL.iter().copied().filter(has).collect()
    }
}

fn plane(run: &RecurrentRun, _: Tick) -> Matrix {
    run.expected.as_ref().map(Expected::matrix).unwrap_or_default()
}

fn rate_response(run: &RecurrentRun, _: Tick) -> Curve {
    run.response.as_ref().map(Response::rates).unwrap_or_default()
}

fn cv_response(run: &RecurrentRun, _: Tick) -> Curve {
    run.response.as_ref().map(Response::cvs).unwrap_or_default()
}

fn raster(run: &RecurrentRun, now: Tick) -> Raster {
    let window = Window::latest(now, run.window_ms, DT_MS);
    let mut rows = Rows::default();
    rows.role(RowRole::Excitation, 0);
    rows.group("excitatory", NEURONS, (0, 1), ROWS[0]);
    rows.role(RowRole::Inhibition, 0);
    rows.group("inhibitory", NEURONS, (run.sizes[0], 1), ROWS[1]);
    window.raster(rows, run.raster.since(window.start, DT_MS), Vec::new())
}

/// A click on a row picks its neuron.
fn neuron_of_row(run: &RecurrentRun, row: u32) -> Option<u32> {
    run.neuron_of(row)
}

fn activity(run: &RecurrentRun, now: Tick) -> Trace {
    // Bins of 1 ms, the last of which may not have ended.
    let ended_ms = (now as f64 * DT_MS).floor();
    let in_hz = 1_000.0 / run.num() as f32;
    let values: Vec<f32> = run.activity.iter().map(|count| *count as f32 * in_hz).collect();
    let mean = values.iter().sum::<f32>() / values.len().max(1) as f32;
    Trace {
        start_ms: (ended_ms - values.len() as f64).max(0.0),
        width_ms: run.window_ms as f32,
        step_ms: 1.0,
        series: vec![Series { label: "all neurons".into(), values, ..Series::default() }],
        levels: vec![
            Level { label: "mean".into(), value: mean, of: Some(0) },
            Level { value: 0.0, ..Level::default() },
        ],
        ..Trace::default()
    }
}

fn rhythms(run: &RecurrentRun, _: Tick) -> Curve {
    let (frequencies, power) = run.spectrum.points();
    // Silence at a frequency has no logarithm.
    let decibels: Vec<f32> =
        power.iter().map(|power| 10.0 * math::log10(power.max(1e-2))).collect();
    let independent =
        Line::new("independent spikes", vec![0.0, 500.0], vec![0.0; 2], LineStyle::Reference);
    let mut lines = Vec::new();
    if !decibels.is_empty() {
        lines.push(Line::new("network", frequencies, decibels, LineStyle::Main));
    }
    lines.push(independent);
    let mut curve =
        Curve { x_range: (0.0, 500.0), y_range: (-10.0, 20.0), lines, ..Curve::default() };
    let reach: Vec<f32> = curve.lines[0].y.iter().flat_map(|db| [db - 1.0, db + 1.0]).collect();
    curve.reach(reach.iter());
    curve.note = "Once half of the time is over.".into();
    curve
}

fn rate(run: &RecurrentRun, _: Tick) -> Curve {
    let mut lines = vec![run.blocks.line("this run", &run.rate_hz)];
    if let Some(expected) = &run.expected {
        lines.push(run.blocks.level("mean-field theory", expected.rate_hz as f32));
    }
    let values = lines.iter().flat_map(|line| &line.y).copied();
    let top = values.filter(|hz| hz.is_finite()).fold(1.0, f32::max);
    run.blocks.curve(lines, (0.0, 1.2 * top))
}

fn irregularity(run: &RecurrentRun, _: Tick) -> Curve {
    let cvs = run.intervals.cvs(LEAST_INTERVALS);
    let high = if cvs.iter().any(|cv| *cv > 2.0) { 4.0 } else { 2.0 };
    let bins = Histogram { low: 0.0, high, num_bins: 40 };
    let mut lines = Vec::new();
    if !cvs.is_empty() {
        lines.push(bins.outline("neurons with 20 intervals or more", &cvs));
    }
    let top = lines.iter().flat_map(|line| &line.y).copied().fold(0.1, f32::max);
    lines.push(Line::new("Poisson", vec![1.0; 2], vec![0.0, top], LineStyle::Reference));
    let note = "No neuron has 20 intervals yet.".into();
    Curve { x_range: (0.0, high), y_range: (0.0, 1.1 * top), lines, note, ..Curve::default() }
}

fn rates(run: &RecurrentRun, now: Tick) -> Curve {
    let rates: Vec<f32> = run.rates_hz(now).filter(|hz| hz.is_finite()).collect();
    // A rate is a whole number of spikes in the time that was measured, and so is a bin.
    let least = 1.0 / run.measured_s(now).max(0.01) as f32;
    let most = rates.iter().copied().fold(10.0, f32::max);
    let width = (most / 40.0 / least).ceil().max(1.0) * least;
    let num_bins = (most / width) as usize + 1;
    let most = num_bins as f32 * width;
    // Edges between whole numbers, since a rate at an edge could fall to either side.
    let rates: Vec<f32> = rates.iter().map(|hz| hz + 0.5 * least).collect();
    let bins = Histogram { low: 0.0, high: most, num_bins };
    let lines = match rates.is_empty() {
        true => Vec::new(),
        false => vec![bins.outline("all neurons", &rates)],
    };
    let top = lines.iter().flat_map(|line| &line.y).copied().fold(0.05, f32::max);
    Curve { x_range: (0.0, most), y_range: (0.0, 1.1 * top), lines, ..Curve::default() }
}

fn potential(run: &RecurrentRun, now: Tick) -> Trace {
    let row = run.row();
    let kind = if row < ROWS[0] { "excitatory" } else { "inhibitory" };
    let neuron = run.neuron_of(row).unwrap_or(0);
    let window = Window::latest(now, run.window_ms, DT_MS);
    let mut trace = window.trace(&run.potentials, |column| match column == row {
        true => format!("{kind}, number {neuron}"),
        false => String::new(),
    });
    trace.series.retain(|series| !series.label.is_empty());
    trace.levels.push(Level { label: "threshold".into(), value: run.v_th_mv, of: None });
    trace
}
