//! The same network with more or less inhibition, to see how its rate and its irregularity respond.
//!
//! Every point is a simulation of its own: the same wiring and the same start, another strength of inhibition. They go on
//! beside the run, one after the other and two steps in each of its ticks. Each is a quarter as long as the run, so that all
//! are done when it is: a longer run tells more, since at 5 Hz a neuron needs seconds to show how irregular it is.

use std::sync::Arc;

use get_size2::GetSize;

use super::DT_MS;
use super::params::BenchmarkParams;
use crate::kit::beside::{Aside, Beside};
use crate::record::Intervals;
use crate::record::figure::{Curve, Line, LineStyle};
use crate::sim::Tick;
use crate::sim::network::Network;

/// Strengths of inhibition, as multiples of the benchmark's, in the order in which they are run.
const INHIBITION: [f64; 8] = [0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0];
/// In each tick of the run.
const STEPS_PER_TICK: u32 = 2;
/// No point is shorter, even if a short run then ends before all are done.
const LEAST_TICKS: Tick = 2_000;
/// What of each point is not measured: its first 0.1 s.
const SETTLE_TICKS: Tick = 1_000;
/// Points are short: a neuron's irregularity is told from so many intervals on, and only if so many neurons have them.
const LEAST_INTERVALS: u32 = 5;
const LEAST_NEURONS: usize = 50;
/// How far the horizontal axis reaches beyond the points.
const MARGIN: f64 = 0.1;

/// Gives excitatory and inhibitory synapses these strengths.
pub fn set_strengths(network: &mut Network, strengths: [f64; 2]) {
    for (projection, strength) in network.projections.iter_mut().zip(strengths) {
        projection.set_weight(strength as f32);
    }
}

/// The network at other strengths of inhibition.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Response {
    /// The run's, as they are now.
    p: BenchmarkParams,
    /// The network before its first step. It never changes, and copies of the run share it.
    #[get_size(ignore)]
    start: Arc<Network>,
    /// Of each point.
    num_ticks: Tick,
    beside: Beside<Other>,
    /// In the order in which they are run.
    ends: Vec<End>,
}

/// A network on its way.
#[derive(Clone, Debug, PartialEq, GetSize)]
struct Other {
    network: Network,
    done: Tick,
    num_ticks: Tick,
    num_spikes: u64,
    intervals: Intervals,
}

/// What one of them comes to.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
struct End {
    rate_hz: f32,
    /// None where too few neurons have enough intervals.
    cv: Option<f32>,
}

impl Other {
    fn new(start: &Network, p: &BenchmarkParams, num_ticks: Tick) -> Self {
        let mut network = start.clone();
        set_strengths(&mut network, p.strengths());
        let intervals = Intervals::new(network.populations[0].len());
        Self { network, done: 0, num_ticks, num_spikes: 0, intervals }
    }
}

impl Aside for Other {
    type End = End;

    fn step(&mut self) -> Option<End> {
        self.network.step(false);
        if self.done >= SETTLE_TICKS {
            let fired = self.network.populations[0].fired();
            self.intervals.add(self.done, fired);
            self.num_spikes += fired.len() as u64;
        }
        self.done += 1;
        (self.done == self.num_ticks).then(|| {
            let seconds = (self.num_ticks - SETTLE_TICKS) as f64 * DT_MS / 1_000.0;
            let num = self.network.populations[0].len() as f64;
            let has_enough = self.intervals.cvs(LEAST_INTERVALS).len() >= LEAST_NEURONS;
            End {
                rate_hz: (self.num_spikes as f64 / num / seconds) as f32,
                cv: has_enough.then(|| self.intervals.mean_cv(LEAST_INTERVALS) as f32),
            }
        })
    }
}

impl Response {
    /// Of a network that has not taken a step, in a run of so many.
    pub fn new(p: &BenchmarkParams, start: &Network, num_ticks: Tick) -> Self {
        let in_all = num_ticks * Tick::from(STEPS_PER_TICK);
        Self {
            p: p.clone(),
            start: Arc::new(start.clone()),
            num_ticks: (in_all / INHIBITION.len() as Tick).max(LEAST_TICKS),
            beside: Beside::default(),
            ends: Vec::new(),
        }
    }

    /// Other inhibition of the run changes no point; with other excitation all of them begin again.
    pub fn adopt(&mut self, p: &BenchmarkParams) {
        let before = std::mem::replace(&mut self.p, p.clone());
        if before.excitation != p.excitation {
            self.ends.clear();
            self.beside.stop();
        }
    }

    /// Some steps more.
    pub fn run_some(&mut self) {
        let (p, start, num_ticks) = (&self.p, &*self.start, self.num_ticks);
        let next = |ends: &[End]| {
            let inhibition = *INHIBITION.get(ends.len())?;
            Some(Other::new(start, &BenchmarkParams { inhibition, ..p.clone() }, num_ticks))
        };
        self.beside.go_on_in_turn(STEPS_PER_TICK, &mut self.ends, next);
    }

    /// Mean rate over inhibition.
    pub fn rates(&self) -> Curve {
        let mut curve = self.figure(|end| Some(end.rate_hz), 10.0);
        curve.note = "Points come one by one while the run goes on.".into();
        curve
    }

    /// Mean CV over inhibition.
    pub fn cvs(&self) -> Curve {
        let mut curve = self.figure(|end| end.cv, 1.1);
        let x = vec![curve.x_range.0, curve.x_range.1];
        curve.lines.push(Line::new("Poisson", x, vec![1.0; 2], LineStyle::Reference));
        curve.note = "Too few neurons have 5 intervals. Longer runs have more.".into();
        curve
    }

    /// One of both, as high as this at least.
    fn figure(&self, of: fn(&End) -> Option<f32>, least: f32) -> Curve {
        let own = self.p.inhibition;
        let [low, high] = [own.min(INHIBITION[0]) - MARGIN, own.max(INHIBITION[7]) + MARGIN];
        let known = INHIBITION.iter().zip(&self.ends);
        let (x, y): (Vec<f32>, Vec<f32>) =
            known.filter_map(|(x, end)| Some((*x as f32, of(end)?))).unzip();
        let top = 1.1 * y.iter().copied().fold(least, f32::max);
        let length = format!("{} s each", self.num_ticks as f64 * DT_MS / 1_000.0);
        let lines = vec![
            Line::new(&length, x, y, LineStyle::Main),
            Line::new("this run", vec![own as f32; 2], vec![0.0, top], LineStyle::Reference),
        ];
        let x_range = (low.max(0.0) as f32, high as f32);
        Curve { x_range, y_range: (0.0, top), lines, ..Curve::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::balanced_networks::describe::{NEURONS, describe};
    use crate::experiments::balanced_networks::params::{BalancedNetworks, Part};
    use crate::lab::built;

    /// Of a run that is so long; few neurons are connected, which is quick.
    fn response(num_ticks: Tick) -> Response {
        let p = BenchmarkParams { connected: 0.005, ..BenchmarkParams::default() };
        let described = describe(&BalancedNetworks { part: Part::Benchmark(p.clone()) });
        let network = built::network(&described, &[NEURONS], 1).expect("a network");
        Response::new(&p, &network, num_ticks)
    }

    fn go_on(response: &mut Response, num_ticks: Tick) {
        (0..num_ticks).for_each(|_| response.run_some());
    }

    #[test]
    fn all_points_are_done_with_the_run_and_a_short_one_has_fewer() {
        let mut all = response(8_800);
        assert_eq!(all.num_ticks, 2_200);
        go_on(&mut all, 8_799);
        assert_eq!(all.ends.len(), 7);
        go_on(&mut all, 1);
        assert_eq!(all.ends.len(), 8);
        let end = all.clone();
        go_on(&mut all, 100);
        assert!(all == end, "nothing is left to do");
        let mut short = response(3_000);
        go_on(&mut short, 3_000);
        assert_eq!((short.num_ticks, short.ends.len()), (2_000, 3));
        assert_eq!(short.rates().lines[0].x, [0.5, 0.75, 1.0]);
    }

    #[test]
    fn points_without_enough_intervals_have_a_rate_and_no_cv() {
        let mut response = response(4_000);
        response.adopt(&BenchmarkParams { excitation: 0.0, ..response.p.clone() });
        go_on(&mut response, 1_000);
        assert_eq!((response.rates().lines[0].x.len(), response.cvs().lines[0].x.len()), (1, 0));
        assert!(response.rates().has_points() && !response.cvs().has_points());
    }

    #[test]
    fn other_inhibition_leaves_the_points_and_other_excitation_does_not() {
        let mut response = response(4_000);
        go_on(&mut response, 1_500);
        let before = response.clone();
        response.adopt(&BenchmarkParams { inhibition: 0.2, ..before.p.clone() });
        assert!(response.ends == before.ends && response.beside == before.beside);
        let line = &response.rates().lines[1];
        assert_eq!((line.x[0], response.rates().x_range.0), (0.2, 0.1));
        response.adopt(&BenchmarkParams { excitation: 1.5, ..before.p.clone() });
        assert!(response.ends.is_empty() && !response.rates().has_points());
        go_on(&mut response, 1_500);
        assert!(response.ends.len() == 1 && response.ends != before.ends);
    }
}
