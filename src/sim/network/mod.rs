//! Populations and projections, and the one order in which a step happens.
//!
//! **Order.** 0 encode: sources make spikes and kicks · 1 deliver the spikes that arrive · 2 integrate · 3 threshold and
//! competition · 4 learn (potentials are not reset yet), then modulators and what waits for them · 5 reset · 6 send. Input that is constant is what the caller put into
//! [`Population::drive_mv`] before the step; recording is what it does after. Results depend on this order, so it is
//! written here once.
//!
//! **Delays.** A spike of step s arrives in step s + d, d ≥ 1, before its receivers are integrated. This is NEST's
//! convention: what a spike does is seen a delay after it. In Brian 2 a spike acts after the threshold of its step, so
//! that a delay there is one step shorter than here.

mod arrange;
mod beside;
mod effect;
mod modulator;
mod neurons;
mod payout;
mod population;
mod projection;
mod routes;
mod source;
mod span;
mod sparse_rule;
mod wave;
mod wiring;

use get_size2::GetSize;

use super::fault::Fault;
use super::{Tick, TimeGrid};
pub use beside::Beside;
pub use effect::Effect;
pub use modulator::{Modulator, Pairing, Release, RunningMean, Who};
pub use neurons::{AnyNeurons, Conductance, Escaping, Neurons, Responses, SpikeSource};
pub use payout::Payout;
pub use population::Population;
pub use projection::Projection;
pub use routes::Bundled;
pub use source::{Input, Kicks, Law, Noise, Spikes};
pub use span::Span;
pub use sparse_rule::SparseRule;
pub use wave::{Coloured, Shape, Wave};
pub use wiring::{MOST_RECEIVERS, Sparse, Wiring};

/// A network and its time.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Network {
    grid: TimeGrid,
    tick: Tick,
    /// What drives populations from outside, in the order of the step.
    pub inputs: Vec<Input>,
    /// In the order of the step.
    pub populations: Vec<Population>,
    /// In the order of the step.
    pub projections: Vec<Projection>,
    /// Signals that rules wait for.
    pub modulators: Vec<Modulator>,
}

impl Network {
    /// A network at tick 0.
    pub fn new(grid: TimeGrid, populations: Vec<Population>, projections: Vec<Projection>) -> Self {
        let (inputs, modulators) = (Vec::new(), Vec::new());
        Self { grid, tick: 0, inputs, populations, projections, modulators }
    }

    /// One step. Without learning, weights and thresholds stay as they are.
    pub fn step(&mut self, is_learning: bool) {
        for input in &mut self.inputs {
            input.drive(&mut self.populations, self.tick);
        }
        for projection in &mut self.projections {
            let to = &mut self.populations[usize::from(projection.post)];
            projection.deliver(to, is_learning, self.tick);
            projection.drive(to);
        }
        for population in &mut self.populations {
            population.integrate_and_fire();
        }
        if is_learning {
            for projection in &mut self.projections {
                let to = &self.populations[usize::from(projection.post)];
                projection.learn(to);
                projection.keep_in_range(&to.fired);
            }
            for population in &mut self.populations {
                if let Some(threshold) = &mut population.threshold {
                    threshold.step(&population.fired);
                }
            }
        }
        for modulator in &mut self.modulators {
            modulator.step(&self.populations, self.tick);
        }
        if is_learning {
            for projection in &mut self.projections {
                modulator::pay(projection, &self.modulators, self.tick);
            }
        }
        for population in &mut self.populations {
            population.neurons.reset_fired(&population.fired);
        }
        for projection in &mut self.projections {
            projection.send(&self.populations[usize::from(projection.pre)].fired);
        }
        self.tick += 1;
    }

    /// Steps so far.
    pub fn tick(&self) -> Tick {
        self.tick
    }

    /// Looks for what the network cannot go on with: values that are not finite, and rates that are not possible. To
    /// be called every [`LOOK_TICKS`](super::LOOK_TICKS).
    pub fn look(&mut self) -> Option<Fault> {
        let (tick, dt_ms) = (self.tick, self.grid.dt_ms());
        // All populations, since each begins to count anew.
        let found = self.populations.iter_mut().map(|population| population.look(tick, dt_ms));
        let fault = found.fold(None, |first: Option<Fault>, next| first.or(next));
        fault.or_else(|| {
            self.projections.iter().find_map(|projection| {
                let population = &self.populations[usize::from(projection.post)].name;
                let undefined = projection.undefined();
                Fault::non_finite(tick, population, projection.columns())
                    .or_else(|| undefined.map(|told| Fault::undefined(tick, population, told)))
            })
        })
    }

    /// Puts potentials to rest and forgets spikes, currents and traces under way. What was learned
    /// stays.
    pub fn quiet(&mut self) {
        self.populations.iter_mut().for_each(Population::quiet);
        self.projections.iter_mut().for_each(Projection::clear);
        self.modulators.iter_mut().for_each(Modulator::clear);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LOOK_TICKS;
    use crate::neuron::Lif;
    use crate::neuron::LifParams;
    use crate::plasticity::Rule;
    use crate::synapse::ExponentialCurrent;

    fn lif(num: usize, grid: TimeGrid) -> Lif {
        let params = LifParams {
            tau_m_ms: 10.0,
            e_l_mv: 0.0,
            v_th_mv: 10.0,
            v_reset_mv: 0.0,
            t_ref_ms: 0.0,
        };
        Lif::new(num, &params, grid)
    }

    /// One driven neuron and one that it makes fire.
    fn chain(weight: f32, delay_ticks: Tick) -> Network {
        let grid = TimeGrid::new(1.0);
        let source = Population::new("source", lif(1, grid));
        let target = Population::new("target", lif(1, grid));
        let mut projection = Projection::new(0, 1, 1, vec![weight], delay_ticks);
        projection.effects =
            vec![Effect::Current(ExponentialCurrent::new(1, 2.0, 10.0, 1.0, grid))];
        Network::new(grid, vec![source, target], vec![projection])
    }

    #[test]
    fn a_spike_takes_its_delay_to_the_target() {
        let response = |delay| {
            let mut network = chain(1e3, delay);
            network.populations[0].neurons.v_mv_mut()[0] = 20.0;
            (0..50).find(|_| {
                network.step(false);
                network.populations[1].neurons.v_mv()[0] > 0.0
                    || !network.populations[1].fired().is_empty()
            })
        };
        assert_eq!(response(1), Some(1));
        assert_eq!(response(5), Some(5));
    }

    #[test]
    fn a_rule_decides_what_a_coincidence_is() {
        use crate::plasticity::{Bound, Coincidence, PairStdp, PairStdpParams, Pairing};
        for (coincidence, expected) in [
            (Coincidence::PreFirst, 0.51),
            (Coincidence::PostFirst, 0.48),
            (Coincidence::Both, 0.49),
            (Coincidence::Neither, 0.5),
        ] {
            let mut network = chain(0.5, 1);
            let params = PairStdpParams {
                a_plus: 0.01,
                a_minus: 0.02,
                tau_plus_ms: 20.0,
                tau_minus_ms: 20.0,
                w_min: 0.0,
                w_max: 1.0,
                bound: Bound::Hard,
                pairing: Pairing::AllToAll,
                coincidence,
            };
            let rule = PairStdp::new(1, 1, params, TimeGrid::new(1.0));
            network.projections[0].stdp = Some(Rule::Pair(rule));
            network.populations[0].neurons.v_mv_mut()[0] = 100.0;
            network.step(true);
            // The spike arrives in the next step, in which its target fires.
            network.populations[1].neurons.v_mv_mut()[0] = 100.0;
            network.step(true);
            let w = network.projections[0].weights()[0];
            assert!((w - expected).abs() < 1e-6, "{coincidence:?}: {w}");
        }
    }

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut network = chain(1.0, 1);
        network.populations[1].neurons.v_mv_mut()[0] = f32::NAN;
        for _ in 0..LOOK_TICKS {
            network.step(false);
        }
        let fault = network.look().expect("a fault");
        assert_eq!(fault.population, "target");
        assert!(fault.to_string().contains("not a finite number at tick 256"), "{fault}");
    }

    #[test]
    fn a_runaway_rate_is_a_fault() {
        let mut network = chain(1.0, 1);
        network.populations[0].drive_mv[0] = 1e6;
        for _ in 0..LOOK_TICKS {
            network.step(false);
        }
        let fault = network.look().expect("a fault").to_string();
        assert!(fault.contains("mean rate of source: 1000 Hz"), "{fault}");
    }
}
