//! What a learning rule does to one synapse, found by trying: a pair of spikes at every lag, and pairs at every rate.
//!
//! Rules of spikes are tried at exact times, from silence, with a weight in the middle. A rule that reads potentials is tried
//! at a neuron with a spike shape, which is made to fire by a jump of its potential, as the protocol's authors inject
//! current.
//!
//! **Protocol of the rates.** Sjöström, Turrigiano and Nelson (2001, doi:10.1016/S0896-6273(01)00542-6): pairs at a lag of 10 ms
//! either way. Rules of spikes get 60 pairs, as Pfister and Gerstner (2006) give them; the voltage-based rule 15 times 5
//! pairs, far from each other, and at 0.1 Hz 50 pairs, as Clopath et al. (2010) do.

use get_size2::GetSize;

use crate::lab::digits::short;
use crate::record::figure::{Curve, Line, LineStyle, Mark};
use crate::sim::TimeGrid;
use crate::sim::neuron::{AdExParams, ShapedAdEx, SpikeShape};
use crate::sim::plasticity::protocols::{REPEATS, SJOSTROM_2001, pair, relative_change};
use crate::sim::plasticity::{Published, Rule, VoltageStdp, VoltageStdpParams};

/// The weight before.
const W: f32 = 0.5;
/// Lag of the pairs at many rates.
const LAG_MS: f64 = 10.0;
/// Rates of rules of spikes.
const RATES_HZ: [f64; 13] =
    [0.1, 1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 50.0];
/// The same where each takes a neuron's time.
const FEW_RATES_HZ: [f64; 6] = [0.1, 10.0, 20.0, 30.0, 40.0, 50.0];
/// The figure of the window reaches so far.
const SHOWN_MS: f64 = 100.0;
/// Of a neuron that is tried.
const DT_MS: f64 = 0.1;
/// More than any threshold: the neuron fires at once.
const KICK_MV: f32 = 200.0;

/// What can be tried.
pub(crate) enum Tried {
    /// A rule of spikes, with one synapse.
    Spikes(Box<Rule>),
    /// A rule of whole steps, with one synapse.
    Steps(Published),
    /// A rule that reads potentials, and the neuron that it reads.
    Potential(VoltageStdpParams, AdExParams, SpikeShape),
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, GetSize)]
pub struct Probe {
    /// Lag in ms and change, output first and input first, from 0 outwards.
    window: [Vec<[f32; 2]>; 2],
    /// The window's integral, in ms.
    pub area_ms: f64,
    /// Rate in Hz and relative change, for an input 10 ms before the output, and after it.
    by_rate: [Vec<[f32; 2]>; 2],
    /// The same, input first, while the potential is held.
    held: Vec<[f32; 2]>,
}

impl Tried {
    /// What one pair does, and at a lag of 0 which order it counts as.
    fn pair(&mut self, lag_ms: f64, is_input_first: bool) -> f64 {
        let mut w = [W];
        let mut spike = |is_input: bool, ms: f64| match self {
            Self::Spikes(rule) => {
                rule.jump_ms(ms);
                if is_input { rule.pre_spike(0, &mut w) } else { rule.post_spike(0, &mut w) }
            }
            Self::Steps(rule) => {
                rule.jump_ms(ms);
                if is_input { rule.pre_spike(0, &mut w) } else { rule.post_spike(0, &mut w) }
            }
            Self::Potential(..) => {}
        };
        spike(is_input_first, 0.0);
        spike(!is_input_first, lag_ms.abs());
        match self {
            Self::Spikes(rule) => rule.reset(),
            Self::Steps(rule) => rule.reset(),
            Self::Potential(rule, neuron, shape) => {
                w[0] += at_neuron((rule, neuron, shape), lag_ms, (1, 1_000.0), false) as f32;
            }
        }
        f64::from(w[0] - W)
    }

    fn lags_ms(&self) -> Vec<f64> {
        match self {
            Self::Potential(..) => (0..=50).map(|place| 2.0 * f64::from(place)).collect(),
            // Densely where windows are steep, and as far as the slowest reaches.
            _ => {
                let near = (0..=100).map(|place| 0.5 * f64::from(place));
                let middle = (26..=100).map(|place| 2.0 * f64::from(place));
                near.chain(middle).chain((21..=100).map(|place| 10.0 * f64::from(place))).collect()
            }
        }
    }

    fn relative(&mut self, lag_ms: f64, rate_hz: f64, is_held: bool) -> f64 {
        match self {
            Self::Spikes(rule) => relative_change(rule, W, &pair(lag_ms), rate_hz, REPEATS),
            Self::Steps(_) => 0.0,
            Self::Potential(rule, neuron, shape) => {
                // Rare pairs do not know of one another.
                let is_rare = rate_hz < 1.0;
                let (num, rounds) = if is_rare { (1, 50.0) } else { (5, 15.0) };
                let period_ms = if is_rare { 1_000.0 } else { 1_000.0 / rate_hz };
                let one = at_neuron((rule, neuron, shape), lag_ms, (num, period_ms), is_held);
                rounds * one / f64::from(W)
            }
        }
    }
}

/// What so many pairs at this period do to the weight at a neuron, held at rest or not.
fn at_neuron(
    (rule, neuron, shape): (&VoltageStdpParams, &AdExParams, &SpikeShape),
    lag_ms: f64,
    (num, period_ms): (u32, f64),
    is_held: bool,
) -> f64 {
    let grid = TimeGrid::new(DT_MS);
    let mut cell = ShapedAdEx::new(1, neuron, shape, grid);
    let mut rule = VoltageStdp::new(1, 1, rule, grid);
    let ticks = |ms: f64| grid.ticks_from_ms(ms);
    let (first, lag, period) = (ticks(20.0), ticks(lag_ms.abs()), ticks(period_ms));
    let (pre, post) = if lag_ms >= 0.0 { (first, first + lag) } else { (first + lag, first) };
    let num = u64::from(num);
    let is_at = |tick: u64, first: u64| {
        tick >= first && (tick - first).is_multiple_of(period) && (tick - first) / period < num
    };
    let (mut w, mut fired) = ([W], Vec::new());
    // As long as the last pair is remembered.
    for tick in 0..first + lag + (num - 1) * period + ticks(200.0) {
        rule.tick();
        let jump_mv = if is_at(tick, post) && !is_held { KICK_MV } else { 0.0 };
        cell.integrate(&[0.0], &[jump_mv]);
        cell.find_spikes(&mut fired);
        rule.observe(cell.v_mv(), &mut w);
        cell.reset_fired(&fired);
        if is_at(tick, pre) {
            rule.pre_spike(0, &mut w);
        }
    }
    f64::from(w[0] - W)
}

impl Probe {
    /// Tries it.
    pub(crate) fn new(mut tried: Tried) -> Self {
        let lags_ms = tried.lags_ms();
        let window = [false, true].map(|is_input_first| {
            let sign = if is_input_first { 1.0 } else { -1.0 };
            let try_at = |ms: &f64| {
                let change = tried.pair(sign * ms, is_input_first);
                [(sign * ms) as f32, change as f32]
            };
            lags_ms.iter().map(try_at).collect::<Vec<_>>()
        });
        let under = |side: &Vec<[f32; 2]>| {
            let piece = |pair: &[[f32; 2]]| {
                f64::from((pair[1][0] - pair[0][0]).abs()) * f64::from(pair[0][1] + pair[1][1])
                    / 2.0
            };
            side.windows(2).map(piece).sum::<f64>()
        };
        let area_ms = window.iter().map(under).sum();
        let rates: &[f64] = match tried {
            Tried::Spikes(_) => &RATES_HZ,
            Tried::Potential(..) => &FEW_RATES_HZ,
            Tried::Steps(_) => &[],
        };
        let mut at_rates = |lag_ms: f64, is_held: bool| -> Vec<[f32; 2]> {
            let at = |hz: &f64| [*hz as f32, tried.relative(lag_ms, *hz, is_held) as f32];
            rates.iter().map(at).collect()
        };
        let by_rate = [LAG_MS, -LAG_MS].map(|lag_ms| at_rates(lag_ms, false));
        let held =
            if rates.len() == FEW_RATES_HZ.len() { at_rates(LAG_MS, true) } else { Vec::new() };
        Self { window, area_ms, by_rate, held }
    }

    /// Relative changes at this rate, input first and output first; none where it was not tried.
    pub fn at_rate(&self, rate_hz: f64) -> Option<[f64; 2]> {
        let place = self.by_rate[0]
            .iter()
            .position(|[hz, _]| f64::from(*hz) == f64::from(rate_hz as f32))?;
        Some([0, 1].map(|side| f64::from(self.by_rate[side][place][1])))
    }

    /// Change over lag, with these points on it.
    pub fn window(&self, points: &[(f64, f64)], area_ms: f64) -> Curve {
        let [left, right] = &self.window;
        let is_shown = |point: &&[f32; 2]| point[0].abs() <= SHOWN_MS as f32;
        let line = |label: &str, side: &Vec<[f32; 2]>| {
            let shown = side.iter().filter(is_shown);
            let (x, y) = shown.map(|[ms, dw]| (*ms, *dw)).unzip();
            Line::new(label, x, y, LineStyle::Main)
        };
        let mut lines = vec![line("input first", right), line("output first", left)];
        if !points.is_empty() {
            let (x, y) = points.iter().map(|(ms, dw)| (*ms as f32, *dw as f32)).unzip();
            lines.push(Line::new("your points", x, y, LineStyle::Points));
        }
        let shown = SHOWN_MS as f32;
        let far = points.iter().fold(shown, |far, (ms, _)| far.max(ms.abs() as f32));
        let y_range = range(&lines);
        let text = format!("area {} ms", short(area_ms));
        let marks = vec![Mark { x: 0.0, y: y_range.1, label: text }];
        Curve { x_range: (-far, far), y_range, lines, marks, ..Curve::default() }
    }

    /// Relative change over the rate of pairs, beside what was measured.
    pub fn frequency(&self) -> Curve {
        let line = |label: &str, points: &[[f32; 2]], style| {
            // What runs away is off the scale.
            let (x, y) = points.iter().map(|[hz, change]| (*hz, change.clamp(-1.5, 5.0))).unzip();
            Line::new(label, x, y, style)
        };
        let [before, after] = &self.by_rate;
        let mut lines =
            vec![line("+10 ms", before, LineStyle::Main), line("−10 ms", after, LineStyle::Main)];
        for (label, sign) in [("measured, +10 ms", 1.0), ("measured, −10 ms", -1.0)] {
            let own = || SJOSTROM_2001.iter().filter(|point| point.delta_ms * sign > 0.0);
            let (x, y) = own().map(|point| (point.rate_hz as f32, point.change as f32)).unzip();
            let errors = own().map(|point| point.sem as f32).collect();
            lines.push(Line { errors, ..Line::new(label, x, y, LineStyle::Points) });
        }
        if !self.held.is_empty() {
            lines.push(line("potential held", &self.held, LineStyle::Reference));
        }
        Curve { x_range: (-1.0, 52.0), y_range: range(&lines), lines, ..Curve::default() }
    }
}

/// The range of all lines, with their errors, 0 and some air.
fn range(lines: &[Line]) -> (f32, f32) {
    let (mut low, mut high) = (0.0_f32, 0.0_f32);
    for line in lines {
        for (place, y) in line.y.iter().enumerate() {
            let error = line.errors.get(place).copied().unwrap_or(0.0);
            (low, high) = (low.min(y - error), high.max(y + error));
        }
    }
    let air = (0.1 * (high - low)).max(1e-5);
    (low - air, high + air)
}
