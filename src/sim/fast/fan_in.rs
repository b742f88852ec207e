//! One neuron and its plastic inputs, as most experiments on learning rules have it.
//!
//! **Order of a tick.** 1 inputs fire · 2 their spikes arrive · 3 integrate · 4 threshold · 5 learn, the output's
//! spike before or after the inputs' as the rule declares · 6 reset · 7 homeostasis. A linear Poisson neuron
//! gets its input one tick later (its ε): 2 comes after 4 for it.
//!
//! A [`Network`](crate::network::Network) of one neuron does the same (`tests/it/general_step.rs`); this one costs some
//! tens of nanoseconds per tick, because it touches only the inputs that fire.

use get_size2::GetSize;

use super::yoke::{Leads, Yoke};
use crate::encode::Source;
use crate::fault::{Fault, SpikeCount};
use crate::neuron::{ConductanceLif, LinearPoisson, PulseLif, SpikeResponse, SynapticLif};
use crate::plasticity::{Homeostasis, InhibitoryStdp, Published, Rule};
use crate::{Tick, TimeGrid};

/// Ticks between two looks for faults.
pub const LOOK_TICKS: Tick = 4_096;
/// A neuron that fires in a greater share of its ticks has run away.
const SHARE_LIMIT: f64 = 0.5;
/// The neuron's name in messages.
const POPULATION: &str = "output";

/// The neuron, whichever it is.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Cell {
    /// Leaky integrate-and-fire with conductances.
    Conductance(ConductanceLif),
    /// Fires with the weighted sum of its input spikes.
    Linear(LinearPoisson),
    /// Second-order integrate-and-fire in steps.
    Synaptic(SynapticLif),
    /// Integrate-and-fire without synaptic currents, with a threshold that may be soft or move.
    Pulse(PulseLif),
    /// Sums potentials of fixed shape.
    Response(SpikeResponse),
}

impl Cell {
    /// The potential; none where there is no membrane.
    pub fn potential(&self) -> Option<f32> {
        match self {
            Self::Conductance(cell) => Some(cell.v_mv()[0]),
            Self::Linear(_) => None,
            Self::Synaptic(cell) => Some(cell.v()[0]),
            Self::Pulse(cell) => Some(cell.v_mv()),
            Self::Response(cell) => Some(cell.u()),
        }
    }
}

/// Inhibitory inputs, whose synapses are all alike unless they learn.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Inhibition {
    /// Who fires.
    pub source: Source,
    /// What a spike adds to the inhibitory conductance, before any learning.
    pub weight: f32,
    /// Weights of their own, in the same unit, and the rule that changes them.
    pub learning: Option<(InhibitoryStdp, Vec<f32>)>,
}

impl Inhibition {
    /// What the spikes of these inputs add.
    #[inline]
    fn arriving(&self, spikes: &[u32]) -> f32 {
        match &self.learning {
            None => self.weight * spikes.len() as f32,
            Some((_, weights)) => arriving(weights, spikes),
        }
    }

    #[inline]
    fn learn(&mut self, spikes: &[u32], has_fired: bool) {
        let Some((rule, weights)) = &mut self.learning else { return };
        rule.tick();
        for &pre in spikes {
            let pre = pre as usize;
            rule.pre_spike(pre, &mut weights[pre..=pre]);
        }
        if has_fired {
            rule.post_spike(0, weights);
        }
    }
}

/// One neuron with its inputs.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct FanIn {
    grid: TimeGrid,
    tick: Tick,
    /// Who fires among the plastic inputs.
    pub source: Source,
    /// Inhibition, if there is any; only a conductance neuron has it.
    pub inhibition: Option<Inhibition>,
    /// The neuron.
    pub cell: Cell,
    /// One weight per plastic input.
    pub weights: Vec<f32>,
    /// What an input of weight 1 adds to the neuron's conductance or current.
    pub gain: f32,
    /// The learning rule; without one the weights stay.
    pub rule: Option<Rule>,
    /// A rule that needs all weights at once, in place of the other.
    pub published: Option<Published>,
    /// What acts on all plastic weights besides learning.
    pub homeostasis: Homeostasis,
    /// Another neuron whose output rate this one is held at, by its gain.
    pub yoke: Option<Box<Yoke<FanIn>>>,
    spikes: Vec<u32>,
    inhibitory_spikes: Vec<u32>,
    fired: Vec<u32>,
    since_look: SpikeCount,
}

impl FanIn {
    /// A neuron at tick 0.
    pub fn new(
        grid: TimeGrid,
        source: Source,
        cell: Cell,
        weights: Vec<f32>,
        gain: f32,
        rule: Option<Rule>,
    ) -> Self {
        Self {
            grid,
            tick: 0,
            source,
            inhibition: None,
            cell,
            weights,
            gain,
            rule,
            published: None,
            homeostasis: Homeostasis::None,
            yoke: None,
            spikes: Vec::new(),
            inhibitory_spikes: Vec::new(),
            fired: Vec::new(),
            since_look: SpikeCount::default(),
        }
    }

    /// Inputs that fired in the last tick, ascending.
    pub fn spikes(&self) -> &[u32] {
        &self.spikes
    }

    /// Inhibitory inputs that fired in the last tick, ascending.
    pub fn inhibitory_spikes(&self) -> &[u32] {
        &self.inhibitory_spikes
    }

    /// Input 0 alone, if the neuron fired in the last tick, else nobody.
    pub fn fired(&self) -> &[u32] {
        &self.fired
    }

    /// One tick.
    #[inline]
    pub fn step(&mut self) {
        self.source.fire(self.tick, &mut self.spikes);
        match &mut self.cell {
            Cell::Conductance(cell) => {
                cell.g_e_mut()[0] += self.gain * arriving(&self.weights, &self.spikes);
                if let Some(inhibition) = &mut self.inhibition {
                    inhibition.source.fire(self.tick, &mut self.inhibitory_spikes);
                    cell.g_i_mut()[0] += inhibition.arriving(&self.inhibitory_spikes);
                }
                self.fired.clear();
                if cell.integrate(&[0.0], &[0.0]) {
                    cell.find_crossings(None, &mut self.fired);
                    cell.reset_fired(&self.fired);
                }
            }
            Cell::Synaptic(cell) => {
                cell.integrate(&[self.gain * arriving(&self.weights, &self.spikes)]);
                cell.find_crossings(None, &mut self.fired);
                cell.reset_fired(&self.fired);
            }
            Cell::Pulse(cell) => {
                cell.step(self.gain * arriving(&self.weights, &self.spikes), &mut self.fired);
            }
            Cell::Response(cell) => {
                cell.step(self.gain * arriving(&self.weights, &self.spikes), &mut self.fired);
            }
            Cell::Linear(cell) => {
                cell.fire(&mut self.fired);
                cell.receive(&[self.gain * arriving(&self.weights, &self.spikes)]);
            }
        }
        self.since_look.add(self.fired.len());
        if let Some(yoke) = &mut self.yoke {
            self.gain = yoke.step(!self.fired.is_empty());
        }
        self.learn();
        if let Some(published) = &mut self.published {
            published.step(&self.spikes, &self.fired, &mut self.weights);
        }
        if let Some(inhibition) = &mut self.inhibition {
            inhibition.learn(&self.inhibitory_spikes, !self.fired.is_empty());
        }
        self.homeostasis.step(self.fired.iter().copied(), &mut self.weights);
        self.tick += 1;
    }

    #[inline]
    fn learn(&mut self) {
        let Some(rule) = &mut self.rule else { return };
        rule.tick();
        let has_fired = !self.fired.is_empty();
        let is_post_first = has_fired && rule.is_post_first();
        if is_post_first {
            rule.post_spike(0, &mut self.weights);
        }
        rule.pre_spikes(&self.spikes, &mut self.weights);
        if has_fired && !is_post_first {
            rule.post_spike(0, &mut self.weights);
        }
    }

    /// Looks for what the neuron cannot go on with. To be called every [`LOOK_TICKS`].
    #[cold]
    pub fn look(&mut self) -> Option<Fault> {
        let share = self.since_look.take_per_tick(self.tick, LOOK_TICKS);
        // Without the neuron that it follows, nothing holds it.
        let leader = self.yoke.as_mut().and_then(|yoke| yoke.leader.look());
        let potential = self.cell.potential();
        let learning = self.inhibition.as_ref().and_then(|inhibition| inhibition.learning.as_ref());
        let columns = [("a weight", &self.weights[..])]
            .into_iter()
            .chain(learning.map(|(_, weights)| ("an inhibitory weight", &weights[..])))
            .chain(potential.as_ref().map(|v| ("membrane potential", std::slice::from_ref(v))));
        Fault::non_finite(self.tick, POPULATION, columns).or_else(|| {
            let per_s = 1_000.0 / self.grid.dt_ms();
            let [rate_hz, limit_hz] = [share, SHARE_LIMIT].map(|share| (share * per_s) as f32);
            let undefined = self.rule.as_ref().and_then(Rule::undefined);
            let undefined = undefined.map(|told| Fault::undefined(self.tick, POPULATION, told));
            undefined.or(Fault::runaway(self.tick, POPULATION, rate_hz, limit_hz)).or(leader)
        })
    }
}

/// The sum of the weights of those who fire.
#[inline(always)]
fn arriving(weights: &[f32], spikes: &[u32]) -> f32 {
    let mut sum = 0.0;
    for &pre in spikes {
        sum += weights[pre as usize];
    }
    sum
}

impl Leads for FanIn {
    fn step(&mut self) {
        Self::step(self);
    }

    fn has_fired(&self) -> bool {
        !self.fired.is_empty()
    }

    fn gain(&self) -> f32 {
        self.gain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::{Counting, Poisson};
    use crate::neuron::{ConductanceLifParams, Integrator};
    use crate::plasticity::{Bound, Coincidence, PairStdp, PairStdpParams, Pairing};
    use crate::{Stream, math};

    fn rule(num: usize, mu: f64, coincidence: Coincidence, grid: TimeGrid) -> Rule {
        let params = PairStdpParams {
            a_plus: 0.005,
            a_minus: 0.005 * 1.05,
            tau_plus_ms: 20.0,
            tau_minus_ms: 20.0,
            w_min: 0.0,
            w_max: 1.0,
            bound: Bound::Power { mu_plus: mu, mu_minus: mu },
            pairing: Pairing::AllToAll,
            coincidence,
        };
        Rule::Pair(PairStdp::new(num, 1, params, grid))
    }

    fn poisson(num: usize, grid: TimeGrid) -> Source {
        let rates = vec![10.0; num];
        Source::Poisson(Poisson::new(Counting::OncePerTick, &rates, grid, Stream::new(1, "input")))
    }

    #[test]
    fn a_linear_neuron_learns_the_fixed_point_of_the_closed_form() {
        let (num, mu, grid) = (200, 0.5, TimeGrid::new(1.0));
        let cell = Cell::Linear(LinearPoisson::new(1, num, Stream::new(1, "output")));
        let rule = rule(num, mu, Coincidence::Neither, grid);
        let mut neuron =
            FanIn::new(grid, poisson(num, grid), cell, vec![0.6; num], 1.0, Some(rule));
        let (mut sum, mut fired) = (0.0, 0);
        for tick in 0..1_000_000 {
            neuron.step();
            if tick >= 500_000 {
                fired += neuron.fired().len();
                sum += if tick % 100 == 0 { neuron.weights.iter().sum::<f32>() } else { 0.0 };
            }
        }
        let w = f64::from(sum) / (5_000.0 * num as f64);
        let alpha = 1.05 / (1.0 + 1.0 / 40.0);
        let theory = 1.0 / (1.0 + math::powf_f64(alpha, 1.0 / mu));
        assert!((w - theory).abs() < 0.01, "{w} {theory}");
        let rate_hz = fired as f64 / 500.0;
        assert!((rate_hz / (10.0 * w) - 1.0).abs() < 0.05, "{rate_hz} Hz");
        assert_eq!(neuron.look(), None);
    }

    #[test]
    fn a_spike_lifts_the_conductance_by_its_weight() {
        let grid = TimeGrid::new(0.1);
        let params = ConductanceLifParams {
            tau_m_ms: 20.0,
            e_l_mv: -70.0,
            e_e_mv: 0.0,
            e_i_mv: -70.0,
            tau_e_ms: 5.0,
            tau_i_ms: 5.0,
            v_th_mv: -54.0,
            v_reset_mv: -60.0,
            t_ref_ms: 0.0,
        };
        let cell = ConductanceLif::new(1, &params, Integrator::Euler, grid);
        let cell = Cell::Conductance(cell);
        let mut neuron = FanIn::new(grid, poisson(1, grid), cell, vec![0.5], 0.02, None);
        while neuron.spikes().is_empty() {
            neuron.step();
        }
        let Cell::Conductance(cell) = &neuron.cell else { unreachable!("it was put in") };
        assert!((cell.g_e()[0] - 0.01 * (1.0 - 0.1 / 5.0)).abs() < 1e-7);
    }

    #[test]
    fn a_weight_that_is_not_finite_stops_the_run() {
        let grid = TimeGrid::new(1.0);
        let cell = Cell::Linear(LinearPoisson::new(1, 3, Stream::new(1, "output")));
        let weights = vec![0.5, f32::NAN, 0.5];
        let mut neuron = FanIn::new(grid, poisson(3, grid), cell, weights, 1.0, None);
        for _ in 0..LOOK_TICKS {
            neuron.step();
        }
        let text = neuron.look().expect("a fault").to_string();
        assert!(text.contains("a weight of neuron 1 in output"), "{text}");
    }
}
