//! Populations and projections, and the one order in which a step happens.
//!
//! **Order.** 1 deliver the spikes that arrive · 2 integrate · 3 threshold and competition · 4 learn ·
//! 5 reset · 6 send. The input (encoding) is what the caller put into [`Population::drive_mv`] before the
//! step; recording is what it does after. Results depend on this order, so it is written here once.

use get_size2::GetSize;

use super::competition::WinnerTakeAll;
use super::delay::DelayLine;
use super::fault::{Fault, LOOK_TICKS, SpikeCount};
use super::neuron::Lif;
use super::neuron::adds::Dendrites;
use super::plasticity::{AdaptiveThreshold, Rule, normalisation};
use super::synapse::ExponentialCurrent;
use super::{Tick, TimeGrid};

/// No neuron that is modelled here fires faster for long.
const RATE_LIMIT_HZ: f32 = 900.0;

/// Neurons of one kind.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Population {
    /// Its name in messages.
    pub name: String,
    /// The neurons.
    pub neurons: Lif,
    /// R I of each neuron's constant input current.
    pub drive_mv: Vec<f32>,
    /// Raises thresholds, if they adapt.
    pub threshold: Option<AdaptiveThreshold>,
    /// Lateral inhibition, if there is any.
    pub competition: Option<WinnerTakeAll>,
    fired: Vec<u32>,
    jump_mv: Vec<f32>,
    before_mv: Vec<f32>,
    spikes_since_look: SpikeCount,
}

impl Population {
    /// Neurons without input.
    pub fn new(name: &str, neurons: Lif) -> Self {
        let num = neurons.v_mv().len();
        Self {
            name: name.into(),
            neurons,
            drive_mv: vec![0.0; num],
            threshold: None,
            competition: None,
            fired: Vec::new(),
            jump_mv: vec![0.0; num],
            before_mv: vec![0.0; num],
            spikes_since_look: SpikeCount::default(),
        }
    }

    /// The neurons that fired in the last step.
    pub fn fired(&self) -> &[u32] {
        &self.fired
    }

    /// Number of neurons.
    pub fn len(&self) -> usize {
        self.drive_mv.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.drive_mv.is_empty()
    }

    fn integrate_and_fire(&mut self) {
        if self.competition.is_some() {
            self.before_mv.copy_from_slice(self.neurons.v_mv());
        }
        self.neurons.integrate(&self.drive_mv, &self.jump_mv);
        self.jump_mv.fill(0.0);
        let theta = self.threshold.as_ref().map(AdaptiveThreshold::theta_mv);
        self.neurons.find_crossings(theta, &mut self.fired);
        if let Some(competition) = &mut self.competition {
            let base = self.neurons.v_th_mv();
            let threshold = |n: usize| base + theta.map_or(0.0, |theta| theta[n]);
            let v = self.neurons.v_mv_mut();
            competition.decide(&mut self.fired, &self.before_mv, v, threshold);
        }
        self.spikes_since_look.add(self.fired.len());
    }

    fn look(&mut self, tick: Tick, dt_ms: f64) -> Option<Fault> {
        let spikes = self.spikes_since_look.take_per_tick(tick, LOOK_TICKS);
        let rate_hz = spikes / self.len().max(1) as f64 / dt_ms * 1_000.0;
        Fault::non_finite(tick, &self.name, [("membrane potential", self.neurons.v_mv())])
            .or_else(|| Fault::runaway(tick, &self.name, rate_hz as f32, RATE_LIMIT_HZ))
    }
}

/// Synapses from every neuron of one population to every neuron of another.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Projection {
    /// Index of the sending population.
    pub pre: u8,
    /// Index of the receiving population.
    pub post: u8,
    /// `weights[pre × num_post + post]`.
    weights: Vec<f32>,
    num_post: u32,
    /// Current straight to the soma.
    pub soma: Option<ExponentialCurrent>,
    /// Currents through active dendrites.
    pub dendrites: Option<Dendrites>,
    /// The learning rule, if the weights are plastic.
    pub stdp: Option<Rule>,
    /// What the weights onto a neuron sum to after it has learned, if they are normalised.
    pub normalise_to: Option<f32>,
    delay: DelayLine,
}

impl Projection {
    /// Synapses that do nothing yet: give them a soma current, dendrites, a rule.
    pub fn new(pre: u8, post: u8, num_post: usize, weights: Vec<f32>, delay_ticks: Tick) -> Self {
        Self {
            pre,
            post,
            weights,
            num_post: num_post as u32,
            soma: None,
            dendrites: None,
            stdp: None,
            normalise_to: None,
            delay: DelayLine::new(delay_ticks),
        }
    }

    fn num_post(&self) -> usize {
        self.num_post as usize
    }

    /// `weights[pre × num_post + post]`.
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// Replaces all weights.
    pub fn set_weights(&mut self, weights: &[f32]) {
        self.weights.copy_from_slice(weights);
        self.derive_dendrites(0..self.weights.len());
    }

    /// Scales the weights onto every neuron as [`Projection::normalise_to`] says.
    pub fn normalise_all(&mut self) {
        if let Some(total) = self.normalise_to {
            let num_post = self.num_post();
            for post in 0..num_post {
                normalisation::normalise_onto(&mut self.weights, num_post, post, total);
            }
            self.derive_dendrites(0..self.weights.len());
        }
    }

    /// A success signal arrives, which only a rule that waits for one hears.
    pub fn succeed(&mut self, success: f32) {
        if let Some(Rule::Eligibility(rule)) = &mut self.stdp {
            rule.succeed(success, &mut self.weights);
            self.normalise_all();
        }
    }

    /// The strongest eligibility of each neuron's synapses; empty under rules that do not wait.
    pub fn eligibility(&self) -> Vec<f32> {
        match &self.stdp {
            Some(Rule::Eligibility(rule)) => rule.strongest(self.num_post()),
            _ => Vec::new(),
        }
    }

    /// Senders whose spikes arrive in the next step.
    pub fn arriving(&self) -> &[u32] {
        self.delay.arriving()
    }

    fn derive_dendrites(&mut self, idxs: impl Iterator<Item = usize>) {
        if let Some(dendrites) = &mut self.dendrites {
            for idx in idxs {
                dendrites.set_weight(idx, self.weights[idx]);
            }
        }
    }

    fn deliver(&mut self, is_learning: bool) {
        if is_learning && let Some(stdp) = &mut self.stdp {
            stdp.tick();
        }
        for place in 0..self.delay.arriving().len() {
            let pre = self.delay.arriving()[place];
            let row = pre as usize * self.num_post()..(pre as usize + 1) * self.num_post();
            if let Some(soma) = &mut self.soma {
                soma.receive(&self.weights[row.clone()]);
            }
            if let Some(dendrites) = &mut self.dendrites {
                dendrites.receive(pre);
            }
            if is_learning && self.stdp.as_ref().is_some_and(|stdp| !stdp.is_post_first()) {
                self.learn_from_input(pre);
            }
        }
    }

    fn learn_from_input(&mut self, pre: u32) {
        let row = pre as usize * self.num_post()..(pre as usize + 1) * self.num_post();
        if let Some(stdp) = &mut self.stdp {
            stdp.pre_spike(pre as usize, &mut self.weights[row.clone()]);
            self.derive_dendrites(row);
        }
    }

    fn drive(&mut self, jump_mv: &mut [f32]) {
        if let Some(soma) = &mut self.soma {
            soma.advance(jump_mv);
        }
        if let Some(dendrites) = &mut self.dendrites {
            dendrites.advance(jump_mv);
        }
    }

    fn learn(&mut self, fired: &[u32]) {
        let num_post = self.num_post();
        let Some(stdp) = &mut self.stdp else { return };
        let is_post_first = stdp.is_post_first();
        for &post in fired {
            let post = post as usize;
            stdp.post_spike(post, &mut self.weights);
            if let Some(total) = self.normalise_to {
                normalisation::normalise_onto(&mut self.weights, num_post, post, total);
            }
        }
        for &post in fired {
            self.derive_dendrites((post as usize..self.weights.len()).step_by(self.num_post()));
        }
        if is_post_first {
            // The spikes that arrived in this step: the line moves on when it ends.
            for place in 0..self.delay.arriving().len() {
                self.learn_from_input(self.delay.arriving()[place]);
            }
        }
    }

    /// Every column of numbers that can blow up, with its name.
    fn columns(&self) -> impl Iterator<Item = (&'static str, &[f32])> {
        let soma = self.soma.iter().map(|soma| ("the synaptic current", soma.current()));
        let dendrites = self.dendrites.iter().map(|d| ("the current of a dendrite", d.current()));
        [("a weight", self.weights())].into_iter().chain(soma).chain(dendrites)
    }

    fn clear(&mut self) {
        self.delay.clear();
        self.soma.as_mut().into_iter().for_each(ExponentialCurrent::clear);
        self.dendrites.as_mut().into_iter().for_each(Dendrites::clear);
        self.stdp.as_mut().into_iter().for_each(Rule::reset);
    }
}

/// A network and its time.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Network {
    grid: TimeGrid,
    tick: Tick,
    /// In the order of the step.
    pub populations: Vec<Population>,
    /// In the order of the step.
    pub projections: Vec<Projection>,
}

impl Network {
    /// A network at tick 0.
    pub fn new(grid: TimeGrid, populations: Vec<Population>, projections: Vec<Projection>) -> Self {
        Self { grid, tick: 0, populations, projections }
    }

    /// One step. Without learning, weights and thresholds stay as they are.
    pub fn step(&mut self, is_learning: bool) {
        for projection in &mut self.projections {
            projection.deliver(is_learning);
            projection.drive(&mut self.populations[projection.post as usize].jump_mv);
        }
        for population in &mut self.populations {
            population.integrate_and_fire();
        }
        if is_learning {
            for projection in &mut self.projections {
                projection.learn(&self.populations[projection.post as usize].fired);
            }
            for population in &mut self.populations {
                if let Some(threshold) = &mut population.threshold {
                    threshold.step(&population.fired);
                }
            }
        }
        for population in &mut self.populations {
            population.neurons.reset_fired(&population.fired);
        }
        for projection in &mut self.projections {
            projection.delay.send(&self.populations[projection.pre as usize].fired);
        }
        self.tick += 1;
    }

    /// Looks for what the network cannot go on with: values that are not finite, and rates that are not possible. To
    /// be called every [`LOOK_TICKS`].
    pub fn look(&mut self) -> Option<Fault> {
        let (tick, dt_ms) = (self.tick, self.grid.dt_ms());
        // All populations, since each begins to count anew.
        let found = self.populations.iter_mut().map(|population| population.look(tick, dt_ms));
        let fault = found.fold(None, |first: Option<Fault>, next| first.or(next));
        fault.or_else(|| {
            self.projections.iter().find_map(|projection| {
                let population = &self.populations[projection.post as usize].name;
                Fault::non_finite(tick, population, projection.columns())
            })
        })
    }

    /// Puts potentials to rest and forgets spikes, currents and traces under way. What was learned
    /// stays.
    pub fn quiet(&mut self) {
        for population in &mut self.populations {
            population.neurons.reset();
            population.jump_mv.fill(0.0);
        }
        self.projections.iter_mut().for_each(Projection::clear);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::neuron::LifParams;

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
        projection.soma = Some(ExponentialCurrent::new(1, 2.0, 10.0, 1.0, grid));
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
        use crate::sim::plasticity::{Bound, Coincidence, PairStdp, PairStdpParams, Pairing};
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
        assert!(fault.contains("source fires at 1000 Hz"), "{fault}");
    }
}
