//! The virtual synapse of a course page: there is no neuron, and a weight between two inputs of a correlated group moves
//! with their own spikes.
//!
//! **As published.** The spikes of the group are one list, ordered by step and, within a step, by input. Wherever inputs
//! 0 and 1 follow one another in it, in either order, W changes by f(d), d = t_1 − t_0: e^(−d/τ₊) for d > 0,
//! −A₋ e^(d/τ₋) for d < 0, and +1 for d = 0. All shared spikes fall into the same step, so nearly everything comes from
//! the branch d = 0.
//!
//! **State.** What each of the three branches has added, the latest spike of the list, or traces where all pairs count,
//! and spikes that are late.
//!
//! **Source.** E. Ezra Tsur, Neuromorphic Engineering, section 7.4. That all pairs count, and that spikes are late, are
//! ours.
//!
//! **Method.** Exact for neighbours; traces on the grid where all pairs count.

use get_size2::GetSize;

use crate::encode::{CommonSource, Group, Recipe, Source};
use crate::plasticity::Traces;
use crate::{Stream, Tick, TimeGrid, math};

/// The three ways in which a pair can lie.
const NO_LAG: usize = 0;
const PLUS: usize = 1;
const MINUS: usize = 2;

/// What a group and its weight are.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct VirtualSynapseParams {
    /// Inputs of the group.
    pub num_inputs: u32,
    /// Their rate.
    pub rate_hz: f64,
    /// Pairwise correlation of their counts.
    pub correlation: f64,
    /// Every spike comes late by whole steps, fewer than these; 0 for none.
    pub jitter_ticks: u32,
    /// A₋
    pub a_minus: f64,
    /// τ₊
    pub tau_plus_ms: f64,
    /// τ₋
    pub tau_minus_ms: f64,
    /// Pairs without a lag count.
    pub has_zero_lag: bool,
    /// Every pair counts, instead of neighbours in the list.
    pub pairs_all: bool,
}

/// A group and its weight.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct VirtualSynapse {
    p: VirtualSynapseParams,
    dt_ms: f64,
    source: Source,
    /// Spikes on their way, ascending by when they are due.
    late: Vec<(Tick, u32)>,
    noise: Stream,
    /// The latest spike in the merged list.
    latest: Option<(Tick, u32)>,
    /// Traces of input 0 and input 1, of spikes before this step.
    traces: [Traces; 2],
    /// What each kind of pair has added: without a lag, potentiation, depression.
    pub parts: [f64; 3],
}

impl VirtualSynapse {
    /// A weight of 0, and a group with random numbers of this seed and name.
    pub fn new(p: VirtualSynapseParams, grid: TimeGrid, (seed, name): (u32, &str)) -> Self {
        let groups = [Group { size: p.num_inputs, correlation: p.correlation as f32 }];
        let (num, rate) = (p.num_inputs as usize, p.rate_hz as f32);
        let source = CommonSource::new(Recipe::SqrtC, num, rate, &groups, grid, (seed, name));
        Self {
            p,
            dt_ms: grid.dt_ms(),
            source: Source::CommonSource(source),
            late: Vec::new(),
            noise: Stream::new(seed, &[name, " jitter"].concat()),
            latest: None,
            traces: [p.tau_plus_ms, p.tau_minus_ms].map(|tau_ms| Traces::new(1, tau_ms, grid)),
            parts: [0.0; 3],
        }
    }

    /// The weight.
    pub fn weight(&self) -> f64 {
        self.parts.iter().sum()
    }

    /// What pairs without a lag have added to it.
    pub fn without_lag(&self) -> f64 {
        self.parts[NO_LAG]
    }

    /// One step: replaces `spikes` by those of the inputs, and moves the weight.
    #[inline]
    pub fn step(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        self.fire(tick, spikes);
        if self.p.pairs_all {
            self.pair_all(spikes);
        } else {
            self.pair_neighbours(tick, spikes);
        }
    }

    /// Replaces `spikes` by those of this step that are no longer late.
    fn fire(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        self.source.fire(tick, spikes);
        if self.p.jitter_ticks == 0 {
            return;
        }
        for &id in &*spikes {
            let spike = (tick + Tick::from(self.noise.below(self.p.jitter_ticks)), id);
            let place = self.late.partition_point(|other| *other < spike);
            self.late.insert(place, spike);
        }
        spikes.clear();
        let num_due = self.late.partition_point(|(due, _)| *due <= tick);
        spikes.extend(self.late.drain(..num_due).map(|(_, id)| id));
        // An input fires once in a step, also where two of its spikes meet.
        spikes.dedup();
    }

    fn change(&mut self, kind: usize, size: f64) {
        match kind {
            NO_LAG if !self.p.has_zero_lag => {}
            MINUS => self.parts[MINUS] -= self.p.a_minus * size,
            _ => self.parts[kind] += size,
        }
    }

    /// Neighbours in the merged list, as published.
    fn pair_neighbours(&mut self, tick: Tick, spikes: &[u32]) {
        for &id in spikes {
            if let Some((before, other)) = self.latest.replace((tick, id))
                && id + other == 1
            {
                let d_ms = (tick - before) as f64 * self.dt_ms;
                match (before == tick, id) {
                    (true, _) => self.change(NO_LAG, 1.0),
                    (false, 1) => self.change(PLUS, math::exp_f64(-d_ms / self.p.tau_plus_ms)),
                    (false, _) => self.change(MINUS, math::exp_f64(-d_ms / self.p.tau_minus_ms)),
                }
            }
        }
    }

    /// Every pair of a spike of input 0 with one of input 1.
    fn pair_all(&mut self, spikes: &[u32]) {
        self.traces.iter_mut().for_each(Traces::tick);
        let fires = [0, 1].map(|input| spikes.contains(&input));
        let [x, y] = [0, 1].map(|input: usize| f64::from(self.traces[input].value(0)));
        if fires[1] {
            self.change(PLUS, x);
        }
        if fires[0] {
            self.change(MINUS, y);
        }
        if fires == [true; 2] {
            self.change(NO_LAG, 1.0);
        }
        for (trace, _) in self.traces.iter_mut().zip(fires).filter(|(_, fires)| *fires) {
            trace.add(0, 1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: VirtualSynapseParams = VirtualSynapseParams {
        num_inputs: 3,
        rate_hz: 10.0,
        correlation: 0.0,
        jitter_ticks: 0,
        a_minus: 2.0,
        tau_plus_ms: 10.0,
        tau_minus_ms: 5.0,
        has_zero_lag: true,
        pairs_all: false,
    };

    /// The parts after these spikes in steps of 0.1 ms; all other steps are silent.
    fn parts(p: VirtualSynapseParams, spikes: &[(Tick, &[u32])]) -> [f64; 3] {
        let mut synapse = VirtualSynapse::new(p, TimeGrid::new(0.1), (1, "group"));
        for tick in 0..=200 {
            let now = spikes.iter().find(|(at, _)| *at == tick).map_or(&[][..], |(_, now)| now);
            match p.pairs_all {
                true => synapse.pair_all(now),
                false => synapse.pair_neighbours(tick, now),
            }
        }
        synapse.parts
    }

    fn assert_near(found: [f64; 3], expected: [f64; 3]) {
        let is_near = found.iter().zip(expected).all(|(found, other)| (found - other).abs() < 1e-4);
        assert!(is_near, "{found:?} is not {expected:?}");
    }

    #[test]
    fn pairs_change_the_weight_as_the_window_says() {
        let near = math::exp_f64(-1.0);
        // 0 before 1 by 10 ms, 1 before 0 by 5 ms; the third input stands between the last two.
        let spikes: [(Tick, &[u32]); 4] = [(0, &[0]), (100, &[1]), (150, &[0]), (200, &[2, 1])];
        assert_near(parts(PARAMS, &spikes), [0.0, near, -2.0 * near]);
        let all = VirtualSynapseParams { pairs_all: true, ..PARAMS };
        let plus = near + math::exp_f64(-2.0) + math::exp_f64(-0.5);
        assert_near(parts(all, &spikes), [0.0, plus, -2.0 * near]);
    }

    #[test]
    fn pairs_without_a_lag_have_a_branch_of_their_own() {
        for pairs_all in [false, true] {
            let p = VirtualSynapseParams { pairs_all, ..PARAMS };
            assert_near(parts(p, &[(7, &[0, 1])]), [1.0, 0.0, 0.0]);
            let without = VirtualSynapseParams { has_zero_lag: false, ..p };
            assert_near(parts(without, &[(7, &[0, 1])]), [0.0; 3]);
        }
    }
}
