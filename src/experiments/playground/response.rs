//! How fast a neuron fires under a constant current: the same neurons, without inputs, side by side under many currents.
//!
//! Onset is the inverse of the first interval; the steady rate that of the intervals in the second half of a second.

use get_size2::GetSize;

use super::describe::alone;
use super::params::{NeuronKind, Playground};
use crate::kit::beside::{Aside, Beside};
use crate::lab::built;
use crate::record::figure::{Curve, Line, LineStyle};
use crate::sim::network::Network;
use crate::sim::{Tick, TimeGrid, math};

/// Currents, from 0 up.
const NUM: u32 = 41;
/// How long each flows.
const DURATION_MS: f64 = 1_000.0;

/// The curve, once it is there, and what finds it.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Response {
    beside: Beside<Currents>,
    steps_per_tick: u32,
    /// Current, onset and steady rate.
    points: Vec<[f32; 3]>,
    /// What the closed form says of a leaky neuron.
    expected: Vec<[f32; 2]>,
}

/// Neurons under currents.
#[derive(Clone, Debug, PartialEq, GetSize)]
struct Currents {
    network: Network,
    num_ticks: Tick,
    dt_ms: f64,
    currents_mv: Vec<f32>,
    /// When each fired first and second.
    first: Vec<[Option<Tick>; 2]>,
    /// In the second half: how many spikes, and when the first and the last.
    late: Vec<(u32, Tick, Tick)>,
}

impl Response {
    /// Of neurons into which currents can flow.
    pub fn new(p: &Playground, seed: u32) -> Option<Self> {
        if !p.neuron.takes_current() {
            return None;
        }
        let grid = TimeGrid::new(p.dt_ms);
        let num_ticks = grid.ticks_from_ms(DURATION_MS);
        let network = built::network(&alone(p, NUM, DURATION_MS), &[super::describe::NEURON], seed);
        let mut network = network.unwrap_or_else(|refused| panic!("{refused}"));
        let currents_mv = currents_mv(p);
        network.populations[0].drive_mv.copy_from_slice(&currents_mv);
        let expected = currents_mv.iter().filter_map(|mv| Some([*mv, expected_hz(p, *mv)?]));
        let expected = expected.collect();
        let mut beside = Beside::default();
        let num = NUM as usize;
        let (first, late) = (vec![[None; 2]; num], vec![(0, 0, 0); num]);
        let dt_ms = p.dt_ms;
        beside.begin(Currents { network, num_ticks, dt_ms, currents_mv, first, late });
        // Done when a tenth of the run is, or sooner.
        let steps_per_tick = (10 * num_ticks).div_ceil(p.num_ticks()).max(5) as u32;
        Some(Self { beside, steps_per_tick, points: Vec::new(), expected })
    }

    /// Some steps.
    pub fn go_on(&mut self) {
        if let Some(points) = self.beside.go_on(self.steps_per_tick) {
            self.points = points;
        }
    }

    /// Rate over current.
    pub fn curve(&self) -> Curve {
        let line = |label: &str, of: usize, style| {
            let points = self.points.iter().filter(|point| point[of].is_finite());
            let (x, y) = points.map(|point| (point[0], point[of])).unzip();
            Line::new(label, x, y, style)
        };
        let mut lines = Vec::new();
        if !self.points.is_empty() {
            lines.push(line("steady", 2, LineStyle::Main));
            lines.push(line("first interval", 1, LineStyle::Main));
        }
        if !self.expected.is_empty() && !lines.is_empty() {
            let (x, y) = self.expected.iter().map(|[mv, hz]| (*mv, *hz)).unzip();
            lines.push(Line::new("closed form", x, y, LineStyle::Expected));
        }
        let most = self.points.last().map_or(1.0, |point| point[0]);
        let top = lines.iter().flat_map(|line| &line.y).copied().fold(1.0, f32::max);
        let note = "Measured beside the run.".into();
        Curve { x_range: (0.0, most), y_range: (0.0, 1.1 * top), lines, note, ..Curve::default() }
    }
}

/// The currents, from 0 up.
pub fn currents_mv(p: &Playground) -> Vec<f32> {
    let most = most_mv(&p.neuron).max(1.2 * p.current.lasting_mv() as f32);
    (0..NUM).map(|place| place as f32 / (NUM - 1) as f32 * most).collect()
}

/// The largest of the currents.
fn most_mv(neuron: &NeuronKind) -> f32 {
    match neuron {
        NeuronKind::Izhikevich(_) => 40.0,
        NeuronKind::HodgkinHuxley(_) => 100.0,
        // An input in every step, of a threshold of 1.
        NeuronKind::FirstOrder(_) => 1.0,
        _ => 60.0,
    }
}

/// What a leaky neuron with a sharp threshold and a hard reset does: 1/f = t_ref + τ ln((R I + E_L − V_r)/(R I + E_L − V_th)).
fn expected_hz(p: &Playground, current_mv: f32) -> Option<f32> {
    let NeuronKind::Lif(lif) = &p.neuron else { return None };
    if lif.reset != crate::kit::params::ResetKind::Hard {
        return None;
    }
    let v_inf = f64::from(current_mv) + lif.e_l_mv;
    if v_inf <= lif.v_th_mv {
        return Some(0.0);
    }
    let ratio = (v_inf - lif.v_reset_mv) / (v_inf - lif.v_th_mv);
    Some((1_000.0 / (lif.t_ref_ms + lif.tau_m_ms * math::ln_f64(ratio))) as f32)
}

impl Aside for Currents {
    type End = Vec<[f32; 3]>;

    fn step(&mut self) -> Option<Self::End> {
        let tick = self.network.tick();
        // Its thresholds may move.
        self.network.step(true);
        let is_late = 2 * tick >= self.num_ticks;
        for &neuron in self.network.populations[0].fired() {
            let neuron = neuron as usize;
            match &mut self.first[neuron] {
                [first @ None, _] | [Some(_), first @ None] => *first = Some(tick),
                _ => {}
            }
            if is_late {
                let (num, first, last) = &mut self.late[neuron];
                *first = if *num == 0 { tick } else { *first };
                (*num, *last) = (*num + 1, tick);
            }
        }
        (tick + 1 == self.num_ticks).then(|| {
            let hz = |spikes: f64, ticks: Tick| spikes / (ticks as f64 * self.dt_ms / 1_000.0);
            let half = self.num_ticks - self.num_ticks.div_ceil(2);
            let point = |place: usize| {
                let onset_hz = match self.first[place] {
                    [Some(first), Some(second)] => hz(1.0, second - first),
                    _ => 0.0,
                };
                // Over whole intervals, where there are some: a count in half a second would be even.
                let steady_hz = match self.late[place] {
                    (num @ 3.., first, last) => hz(f64::from(num - 1), last - first),
                    (num, ..) => hz(f64::from(num), half),
                };
                [self.currents_mv[place], onset_hz as f32, steady_hz as f32]
            };
            (0..self.currents_mv.len()).map(point).collect()
        })
    }
}
