//! How fast a neuron fires while the current climbs in small steps, and while it sinks again: one neuron, never put back to
//! rest. Where the two differ it can do both, rest or fire, and its past decides.
//!
//! From one current to the next it glides: a jump can stop a neuron that would fire on, or start one that would rest.

use get_size2::GetSize;

use super::describe::{NEURON, alone};
use super::params::{NeuronKind, Playground};
use super::response::currents_mv;
use crate::kit::beside::{Aside, Beside};
use crate::lab::built;
use crate::record::figure::{Curve, Line, LineStyle};
use crate::sim::network::Network;
use crate::sim::{Tick, TimeGrid};

/// Currents on the way up: the lower half of those under which the neurons fire from rest.
const NUM: usize = 21;
/// How long each current takes. Channels forget sooner, and take short steps.
const HOLD_MS: f64 = 500.0;
const HOLD_OF_CHANNELS_MS: f64 = 300.0;
/// In how much of that, its beginning, it glides there, and how much, its end, is counted.
const GLIDE: f64 = 0.2;
const COUNTED: f64 = 0.7;

/// The curve, once it is there, and what finds it.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct UpDown {
    beside: Beside<Ramp>,
    steps_per_tick: u32,
    currents_mv: Vec<f32>,
    /// Rates on the way up, then on the way down.
    rates_hz: Vec<f32>,
}

/// A neuron under currents, one after the other.
#[derive(Clone, Debug, PartialEq, GetSize)]
struct Ramp {
    network: Network,
    currents_mv: Vec<f32>,
    hold: Tick,
    glide: Tick,
    counted: Tick,
    dt_ms: f64,
    /// While the present current is counted: how many spikes, and when the first and the last.
    spikes: (u32, Tick, Tick),
    rates_hz: Vec<f32>,
}

/// Neurons that have more to remember than a potential, which a spike resets.
pub fn remembers(neuron: &NeuronKind) -> bool {
    use NeuronKind::{AdEx, HodgkinHuxley, Izhikevich};
    matches!(neuron, AdEx(..) | HodgkinHuxley(_) | Izhikevich(_))
}

impl UpDown {
    /// Of neurons under a current alone that remember.
    pub fn new(p: &Playground, seed: u32) -> Option<Self> {
        if p.spikes().is_some() || !remembers(&p.neuron) {
            return None;
        }
        let grid = TimeGrid::new(p.dt_ms);
        let network = built::network(&alone(p, 1, HOLD_MS), &[NEURON], seed);
        let network = network.unwrap_or_else(|refused| panic!("{refused}"));
        let mut up = currents_mv(p);
        up.truncate(NUM);
        let down = up.iter().rev().copied();
        let hold_ms = match p.neuron {
            NeuronKind::HodgkinHuxley(_) => HOLD_OF_CHANNELS_MS,
            _ => HOLD_MS,
        };
        let [hold, glide, counted] =
            [1.0, GLIDE, COUNTED].map(|share| grid.ticks_from_ms(share * hold_ms));
        let ramp = Ramp {
            network,
            currents_mv: up.iter().copied().chain(down).collect(),
            hold,
            glide,
            counted,
            dt_ms: p.dt_ms,
            spikes: (0, 0, 0),
            rates_hz: Vec::new(),
        };
        // Done before the run is.
        let all = hold * ramp.currents_mv.len() as Tick;
        let steps_per_tick = (5 * all).div_ceil(4 * p.num_ticks()).max(1) as u32;
        let mut beside = Beside::default();
        beside.begin(ramp);
        Some(Self { beside, steps_per_tick, currents_mv: up, rates_hz: Vec::new() })
    }

    /// Some steps.
    pub fn go_on(&mut self) {
        if let Some(rates_hz) = self.beside.go_on(self.steps_per_tick) {
            self.rates_hz = rates_hz;
        }
    }

    /// Rate over current, both ways.
    pub fn curve(&self) -> Curve {
        let num = self.currents_mv.len();
        let line = |label: &str, rates_hz: Vec<f32>| {
            Line::new(label, self.currents_mv.clone(), rates_hz, LineStyle::Main)
        };
        let lines = match self.rates_hz.get(..2 * num) {
            None => Vec::new(),
            Some(rates) => vec![
                line("going up", rates[..num].to_vec()),
                line("going down", rates[num..].iter().rev().copied().collect()),
            ],
        };
        let most = self.currents_mv.last().copied().unwrap_or(1.0);
        let top = self.rates_hz.iter().copied().fold(1.0, f32::max);
        let note = "Measured beside the run.".into();
        Curve { x_range: (0.0, most), y_range: (0.0, 1.1 * top), lines, note, ..Curve::default() }
    }
}

impl Aside for Ramp {
    type End = Vec<f32>;

    fn step(&mut self) -> Option<Self::End> {
        let (place, tick) = (self.rates_hz.len(), self.network.tick() % self.hold);
        let (to, before) = (self.currents_mv[place], place.saturating_sub(1));
        let left = 1.0 - (tick as f32 / self.glide.max(1) as f32).min(1.0);
        self.network.populations[0].drive_mv[0] = to + left * (self.currents_mv[before] - to);
        self.network.step(true);
        let counts = tick + self.counted >= self.hold;
        if counts && !self.network.populations[0].fired().is_empty() {
            let (num, first, last) = &mut self.spikes;
            *first = if *num == 0 { tick } else { *first };
            (*num, *last) = (*num + 1, tick);
        }
        if tick + 1 < self.hold {
            return None;
        }
        let hz = |spikes: f64, ticks: Tick| spikes / (ticks as f64 * self.dt_ms / 1_000.0);
        // Over whole intervals, where there are some.
        let rate_hz = match std::mem::take(&mut self.spikes) {
            (num @ 3.., first, last) => hz(f64::from(num - 1), last - first),
            // Two of a burst are no interval of the whole.
            (2, first, last) if 3 * (last - first) > self.counted => hz(1.0, last - first),
            (num, ..) => hz(f64::from(num), self.counted),
        };
        self.rates_hz.push(rate_hz as f32);
        (self.rates_hz.len() == self.currents_mv.len()).then(|| std::mem::take(&mut self.rates_hz))
    }
}
