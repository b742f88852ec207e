//! Dopamine-modulated STDP on a grid: every synapse remembers what spike timing proposed, and dopamine
//! turns the memory into weight now and then.
//!
//! **Equations.** At a presynaptic spike c −= A₋ x_post, at a postsynaptic one c += A₊ x_pre, where a spike sets its
//! neuron's x to 1 and x decays with τ (nearest spike). Every ten steps s ← clip(s + dopamine · c, 0, s_max), then
//! c decays with τ_c.
//!
//! **State.** `synapses`, a pair of numbers for each, one after the other for each presynaptic neuron; `trace` = A₊ x
//! for each neuron, in whole lanes.
//!
//! **Source.** Izhikevich (2007, doi:10.1093/cercor/bhl152) as its published program has it. The program calls c
//! "derivative" and scales it so that a weight moves by c times dopamine every 10 ms.
//!
//! **Method.** Decays as in the program, of first order: 1 − dt/τ and 1 − 10 dt/τ_c. Spikes of one step do not
//! see each other: [`EligibilityColumns::mark`] comes after all of them. Synapses are brought up to date only when one
//! of their neurons fires, 40 times as seldom as every ten steps. With q the decay of c since some moment, c/q is
//! constant between spikes, and s moves by (c/q) · P, where P sums dopamine · q; a sum of one sign that is clipped at
//! its end is clipped as if it had been clipped at every term. So a synapse is the pair (s − (c/q) P, c/q). That is the
//! same rule, apart from rounding. Dopamine must not be negative. The rule without a grid is
//! [`DaStdp`](super::da_stdp::DaStdp).

use get_size2::GetSize;

use super::dopamine::Decay;
use crate::lanes::{Lanes, WIDTH};
use crate::{TimeGrid, math};

/// Steps from one update of the weights to the next.
pub const UPDATE_TICKS: u64 = 10;

/// The constants of the rule.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct EligibilityParams {
    /// What a post spike right after a pre spike adds to c.
    pub a_plus: f64,
    /// Depression over potentiation, A₋/A₊.
    pub ratio: f64,
    /// Window of both.
    pub tau_ms: f64,
    /// How long a synapse remembers.
    pub tau_c_ms: f64,
    /// Greatest weight; the least is 0.
    pub s_max: f64,
}

/// After so many updates q begins at 1 again, so that neither c/q nor P grows large: 2.5 s.
const REBASE_UPDATES: u32 = 256;

/// The plastic synapses of a network.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct EligibilityColumns {
    a_plus: f32,
    ratio: f32,
    trace_factor: f32,
    factor: f64,
    s_max: f32,
    trace: Vec<f32>,
    synapses: Vec<Synapse>,
    clock: Clock,
    num_updates: u32,
}

/// s − (c/q) P and c/q.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
struct Synapse {
    base: f32,
    memory: f32,
}

/// What all synapses have in common.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
struct Clock {
    q: f64,
    sum: f64,
    /// P and 1/q, as synapses use them.
    p: f32,
    per_q: f32,
}

impl Clock {
    const START: Self = Self { q: 1.0, sum: 0.0, p: 0.0, per_q: 1.0 };
}

impl Synapse {
    #[inline(always)]
    fn s(self, p: f32, s_max: f32) -> f32 {
        let s = self.base + self.memory * p;
        let s = if s < 0.0 { 0.0 } else { s };
        if s > s_max { s_max } else { s }
    }

    /// Brings the weight up to date, which it gives, and adds `change` to c/q.
    #[inline(always)]
    fn propose(&mut self, change: f32, p: f32, s_max: f32) -> f32 {
        let s = self.s(p, s_max);
        self.memory += change;
        self.base = s - self.memory * p;
        s
    }
}

impl EligibilityColumns {
    /// `num_synapses` synapses of weight `s_init` between `num_neurons` neurons, without memories.
    pub fn new(
        num_neurons: usize,
        num_synapses: usize,
        s_init: f64,
        params: EligibilityParams,
        grid: TimeGrid,
    ) -> Self {
        let dt_ms = grid.dt_ms();
        Self {
            a_plus: params.a_plus as f32,
            ratio: params.ratio as f32,
            trace_factor: Decay::Euler.factor(dt_ms, params.tau_ms),
            factor: 1.0 - UPDATE_TICKS as f64 * dt_ms / params.tau_c_ms,
            s_max: params.s_max as f32,
            trace: vec![0.0; num_neurons.next_multiple_of(WIDTH)],
            synapses: vec![Synapse { base: s_init as f32, memory: 0.0 }; num_synapses],
            clock: Clock::START,
            num_updates: 0,
        }
    }

    /// The weight of one synapse.
    #[inline]
    pub fn weight(&self, synapse: u32) -> f32 {
        self.synapses[synapse as usize].s(self.clock.p, self.s_max)
    }

    /// What one synapse remembers, c.
    pub fn eligibility(&self, synapse: u32) -> f32 {
        self.synapses[synapse as usize].memory * self.clock.q as f32
    }

    /// All weights, worked out one after the other.
    pub fn weights(&self) -> impl Iterator<Item = f32> + '_ {
        self.synapses.iter().map(|synapse| synapse.s(self.clock.p, self.s_max))
    }

    /// Gives a synapse a weight; what it remembers stays.
    pub fn set_weight(&mut self, synapse: u32, s: f32) {
        let Synapse { base, memory } = &mut self.synapses[synapse as usize];
        *base = s - *memory * self.clock.p;
    }

    /// Number of synapses.
    pub fn num_synapses(&self) -> u32 {
        self.synapses.len() as u32
    }

    /// Greatest weight.
    pub fn s_max(&self) -> f32 {
        self.s_max
    }

    /// Lets the traces decay by one step.
    pub fn decay_traces(&mut self) {
        let factor = Lanes::splat(self.trace_factor);
        for trace in self.trace.as_chunks_mut().0 {
            (Lanes::load(trace) * factor).flushed().store(trace);
        }
    }

    /// A presynaptic neuron fired whose synapses are those from `first` on, onto `targets`: each weight is added to
    /// its target's `current`, and each synapse is depressed.
    #[inline]
    pub fn pre_spike(&mut self, first: usize, targets: &[u16], current: &mut [f32]) {
        let (p, s_max, gain) = (self.clock.p, self.s_max, self.ratio * self.clock.per_q);
        let synapses = &mut self.synapses[first..first + targets.len()];
        for (synapse, &target) in synapses.iter_mut().zip(targets) {
            let x_post = self.trace[usize::from(target)];
            current[usize::from(target)] += synapse.propose(-gain * x_post, p, s_max);
        }
    }

    /// A postsynaptic neuron fired that has the synapses `incoming`, each with its presynaptic neuron: they are
    /// potentiated.
    #[inline]
    pub fn post_spike(&mut self, incoming: &[(u32, u32)]) {
        let (p, s_max, gain) = (self.clock.p, self.s_max, self.clock.per_q);
        for &(synapse, pre) in incoming {
            let x_pre = self.trace[pre as usize];
            self.synapses[synapse as usize].propose(gain * x_pre, p, s_max);
        }
    }

    /// Notes who fired, after the spikes of the step have been handed over.
    #[inline]
    pub fn mark(&mut self, fired: &[u32]) {
        for &neuron in fired {
            self.trace[neuron as usize] = self.a_plus;
        }
    }

    /// Turns memories into weight, every [`UPDATE_TICKS`] steps.
    pub fn update(&mut self, dopamine: f32) {
        let clock = &mut self.clock;
        clock.sum += f64::from(dopamine) * clock.q;
        clock.q *= self.factor;
        (clock.p, clock.per_q) = (clock.sum as f32, (1.0 / clock.q) as f32);
        self.num_updates += 1;
        if self.num_updates == REBASE_UPDATES {
            self.rebase();
        }
    }

    /// Begins a new stretch of q, and forgets what has faded.
    fn rebase(&mut self) {
        let (p, q, s_max) = (self.clock.p, self.clock.q as f32, self.s_max);
        for synapse in &mut self.synapses {
            synapse.base = synapse.s(p, s_max);
            synapse.memory = math::flush(synapse.memory * q);
        }
        self.clock = Clock::START;
        self.num_updates = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: EligibilityParams =
        EligibilityParams { a_plus: 0.1, ratio: 1.5, tau_ms: 20.0, tau_c_ms: 1_000.0, s_max: 4.0 };

    /// Pre and post spike at these steps, and a pulse of dopamine at `reward`; gives c after the pair and the
    /// weight at the end.
    fn pair(pre: u64, post: u64, reward: u64) -> (f64, f64) {
        let mut columns = EligibilityColumns::new(2, 1, 1.0, PARAMS, TimeGrid::new(1.0));
        let mut current = [0.0; 2];
        let mut after_pair = 0.0;
        for tick in 0..3_000 {
            columns.decay_traces();
            if tick == pre {
                columns.pre_spike(0, &[1], &mut current);
                columns.mark(&[0]);
            }
            if tick == post {
                columns.post_spike(&[(0, 0)]);
                columns.mark(&[1]);
            }
            if tick == pre.max(post) {
                after_pair = columns.eligibility(0);
            }
            if (tick + 1) % UPDATE_TICKS == 0 {
                columns.update(if tick / UPDATE_TICKS == reward / UPDATE_TICKS {
                    0.5
                } else {
                    0.0
                });
            }
        }
        assert_eq!(current, [0.0, 1.0]);
        (f64::from(after_pair), f64::from(columns.weight(0)))
    }

    #[test]
    fn a_pair_leaves_its_window_and_reward_cashes_it() {
        let power = |base: f64, exponent: u64| math::powf_f64(base, exponent as f64);
        for (pre, post) in [(100, 101), (100, 110), (100, 140)] {
            let (c, s) = pair(pre, post, 1_200);
            let expected = 0.1 * power(0.95, post - pre);
            assert!((c - expected).abs() < 1e-6, "{c}, not {expected}");
            // Updates between the pair and the pulse.
            let updates = 1_200 / UPDATE_TICKS - post / UPDATE_TICKS;
            let gain = 0.5 * expected * power(0.99, updates);
            assert!((s - 1.0 - gain).abs() < 1e-6, "{s}, not 1 + {gain}");
        }
        let (c, s) = pair(110, 100, 1_200);
        assert!((c + 0.15 * power(0.95, 10)).abs() < 1e-6, "{c}");
        assert!(s < 0.99, "{s}");
    }

    #[test]
    fn reward_before_the_pair_and_no_reward_change_nothing() {
        assert_eq!(pair(100, 110, 80).1, 1.0);
        assert_eq!(pair(100, 110, 9_999).1, 1.0);
    }

    #[test]
    fn weights_stay_within_their_bounds_and_come_back_from_them() {
        let mut columns = EligibilityColumns::new(6, 6, 1.0, PARAMS, TimeGrid::new(1.0));
        let memories = [9.0, -9.0, 0.5, 0.0, 1e-19, 0.1];
        for (synapse, memory) in columns.synapses.iter_mut().zip(memories) {
            synapse.memory = memory;
        }
        columns.update(0.5);
        assert_eq!(columns.weights().collect::<Vec<_>>(), [4.0, 0.0, 1.25, 1.0, 1.0, 1.05]);
        // A synapse at a bound leaves it as soon as its memory turns.
        columns.synapses[0].propose(-18.0 / 0.99, columns.clock.p, 4.0);
        columns.update(0.1);
        assert!((columns.weight(0) - (4.0 - 0.1 * 0.99 * (18.0 / 0.99 - 9.0))).abs() < 1e-5);
        columns.set_weight(2, 3.0);
        assert_eq!(columns.weight(2), 3.0);
        (2..REBASE_UPDATES).for_each(|_| columns.update(0.0));
        assert_eq!(columns.clock, Clock::START);
        assert_eq!(columns.weight(2), 3.0);
        assert_eq!(columns.eligibility(4), 0.0);
        let left = 0.5 * math::powf_f64(0.99, f64::from(REBASE_UPDATES));
        assert!((f64::from(columns.eligibility(2)) - left).abs() < 1e-6);
    }
}
