//! Pair-based spike-timing-dependent plasticity with two exponential traces.
//!
//! **Equations.** Each input has a trace x (τ₊), each output a trace y (τ₋). An input spike depresses,
//! w ← w − A₋ f₋(w) y; an output spike potentiates, w ← w + A₊ f₊(w) x. The factors f are those of
//! [`super::weight_dependence`]. So one pair at Δt = t_post − t_pre > 0 changes w by A₊ e^(−Δt/τ₊), one at
//! Δt < 0 by −A₋ e^(Δt/τ₋).
//!
//! **Pairing** says which spikes form pairs; **coincidence** says what Δt = 0 is. Results depend on both.
//!
//! **State.** `x`, `y`; the weights belong to the projection. Where a spike is used up by the spike of
//! one partner and not by that of another, there is one trace per synapse.
//!
//! **Source.** Song, Miller and Abbott (2000, doi:10.1038/78829); soft bounds as in Gupta and Long (2007,
//! doi:10.1109/IJCNN.2007.4370930); pairings: Morrison, Diesmann and Gerstner (2008,
//! doi:10.1007/s00422-008-0233-1).
//!
//! **Method.** Exact on the grid; between grid points too, with [`PairStdp::jump_ms`].

use get_size2::GetSize;

use super::traces::Traces;
use super::weight_dependence::{Bound, Noise, WeightDependence};
use crate::TimeGrid;

/// Which spikes are paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum Pairing {
    /// Every input spike with every output spike.
    AllToAll,
    /// Every spike with the latest of the other side ("symmetric nearest neighbour").
    Nearest,
    /// Every input spike with the nearest output spike before and the nearest after it. An output spike
    /// is paired with all input spikes since the previous output spike.
    PresynapticCentred,
    /// As [`Pairing::Nearest`], but a spike that was used is used up: potentiation and depression take
    /// turns ("reduced" or "restricted" symmetric nearest neighbour). NEST's `stdp_nn_restr_synapse` does
    /// the same unless spikes coincide; then it takes the output's spike for used, against its manual.
    Reduced,
}

impl Pairing {
    fn is_per_synapse(self) -> bool {
        matches!(self, Self::PresynapticCentred | Self::Reduced)
    }
}

/// What an input and an output spike of the same tick do to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, GetSize)]
pub enum Coincidence {
    /// They potentiate: an input is delivered before the threshold is tested, so it can have caused
    /// the output spike of its own tick.
    #[default]
    PreFirst,
    /// They depress, as in Song, Miller and Abbott (2000).
    PostFirst,
    /// They potentiate and then depress, each with its full amplitude: a program that updates its traces
    /// before its weights.
    Both,
    /// They do not see each other; each is paired with earlier spikes. This is what NEST does (but see
    /// [`Pairing::Reduced`]).
    Neither,
}

/// The constants of the rule. Amplitudes have the unit of the weight.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct PairStdpParams {
    /// Amplitude of potentiation.
    pub a_plus: f64,
    /// Amplitude of depression, positive.
    pub a_minus: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
    /// Least weight.
    pub w_min: f64,
    /// Greatest weight.
    pub w_max: f64,
    /// Dependence on the weight.
    pub bound: Bound,
    /// Pairing.
    pub pairing: Pairing,
    /// What Δt = 0 does.
    pub coincidence: Coincidence,
}

/// The traces of one projection.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PairStdp {
    params: PairStdpParams,
    dependence: WeightDependence,
    noise: Option<Noise>,
    num_post: u32,
    x: Traces,
    y: Traces,
    /// Where the convention needs to know who fired in this tick: the inputs ([`Coincidence::Both`])
    /// or the outputs, whose spikes are not in their traces yet ([`Coincidence::Neither`]).
    just_fired: Vec<u32>,
}

impl PairStdp {
    /// A rule without any spike behind it.
    pub fn new(num_pre: usize, num_post: usize, params: PairStdpParams, grid: TimeGrid) -> Self {
        let num_synapses = num_pre * num_post;
        let num_x = if params.pairing.is_per_synapse() { num_synapses } else { num_pre };
        let num_y = if params.pairing == Pairing::Reduced { num_synapses } else { num_post };
        Self {
            dependence: WeightDependence::new(params.bound, params.w_min, params.w_max),
            noise: None,
            num_post: num_post as u32,
            x: Traces::new(num_x, params.tau_plus_ms, grid),
            y: Traces::new(num_y, params.tau_minus_ms, grid),
            just_fired: Vec::new(),
            params,
        }
    }

    /// The same rule with noise on every change.
    pub fn with_noise(mut self, noise: Noise) -> Self {
        self.noise = Some(noise);
        self
    }

    /// Takes over other amplitudes and bounds; windows, pairing and coincidence stay.
    pub fn set_params(&mut self, params: PairStdpParams) {
        let PairStdpParams { tau_plus_ms, tau_minus_ms, pairing, coincidence, .. } = self.params;
        self.dependence = WeightDependence::new(params.bound, params.w_min, params.w_max);
        self.params = PairStdpParams { tau_plus_ms, tau_minus_ms, pairing, coincidence, ..params };
    }

    /// Output spikes of a tick are to be handed over before its input spikes, not after them.
    pub fn is_post_first(&self) -> bool {
        matches!(self.params.coincidence, Coincidence::PostFirst | Coincidence::Neither)
    }

    /// Lets the traces decay by one tick.
    #[inline]
    pub fn tick(&mut self) {
        self.end_coincidence();
        self.x.tick();
        self.y.tick();
    }

    /// Lets the traces decay by any time. Spikes with no time between them coincide.
    pub fn jump_ms(&mut self, ms: f64) {
        if ms > 0.0 {
            self.end_coincidence();
            self.x.jump_ms(ms);
            self.y.jump_ms(ms);
        }
    }

    /// x and y of this input and this output, as they see each other.
    pub fn traces(&self, pre: usize, post: usize) -> [f32; 2] {
        let synapse = pre * self.num_post() + post;
        let pairing = self.params.pairing;
        let x = if pairing.is_per_synapse() { synapse } else { pre };
        let y = if pairing == Pairing::Reduced { synapse } else { post };
        [self.x.value(x), self.y.value(y)]
    }

    fn num_post(&self) -> usize {
        self.num_post as usize
    }

    #[inline]
    fn end_coincidence(&mut self) {
        if !self.just_fired.is_empty() {
            if self.params.coincidence == Coincidence::Neither {
                for place in 0..self.just_fired.len() {
                    self.bump_y(self.just_fired[place] as usize);
                }
            }
            self.just_fired.clear();
        }
    }

    /// An input spike: depresses `row`, its weights to every output.
    pub fn pre_spike(&mut self, pre: usize, row: &mut [f32]) {
        let (y, factor) = self.y.scaled();
        let own = pre * row.len()..(pre + 1) * row.len();
        let is_reduced = self.params.pairing == Pairing::Reduced;
        let y = if is_reduced { &y[own.clone()] } else { y };
        self.dependence.depress(row.iter_mut().zip(y), self.params.a_minus as f32 * factor);
        if let Some(noise) = &mut self.noise {
            noise.shake(&self.dependence, row.iter_mut().zip(y));
        }
        if is_reduced {
            own.clone().for_each(|synapse| self.y.clear(synapse));
        }
        if self.params.coincidence == Coincidence::Both {
            self.just_fired.push(pre as u32);
        }
        self.bump_x(pre);
    }

    /// All input spikes of a tick onto the only output: the same as [`PairStdp::pre_spike`] for one after the other,
    /// in less time, since they see one trace.
    #[inline]
    pub fn pre_spikes(&mut self, spikes: &[u32], weights: &mut [f32]) {
        let is_own = self.params.pairing.is_per_synapse() || self.noise.is_some();
        if is_own || self.num_post != 1 || self.params.coincidence == Coincidence::Both {
            for &pre in spikes {
                let pre = pre as usize;
                self.pre_spike(pre, &mut weights[pre..=pre]);
            }
            return;
        }
        let (y, factor) = self.y.scaled();
        let gain = self.params.a_minus as f32 * factor;
        self.dependence.depress_at(weights, spikes, y[0], gain);
        let (x, one) = self.x.scaled_mut();
        if self.params.pairing == Pairing::AllToAll {
            spikes.iter().for_each(|&pre| x[pre as usize] += one);
        } else {
            spikes.iter().for_each(|&pre| x[pre as usize] = one);
        }
    }

    fn bump_x(&mut self, pre: usize) {
        let num_post = self.num_post();
        let own = pre * num_post..(pre + 1) * num_post;
        match self.params.pairing {
            Pairing::AllToAll => self.x.add(pre, 1.0),
            Pairing::Nearest => self.x.set(pre, 1.0),
            Pairing::PresynapticCentred => own.for_each(|synapse| self.x.add(synapse, 1.0)),
            Pairing::Reduced => own.for_each(|synapse| self.x.set(synapse, 1.0)),
        }
    }

    /// An output spike: potentiates its column of `weights[pre × num_post + post]`.
    pub fn post_spike(&mut self, post: usize, weights: &mut [f32]) {
        let num_post = self.num_post();
        let (x, factor) = self.x.scaled();
        let gain = self.params.a_plus as f32 * factor;
        let is_per_synapse = self.params.pairing.is_per_synapse();
        if num_post == 1 {
            // The same as below; contiguous loops vectorise.
            self.dependence.potentiate(weights.iter_mut().zip(x), gain);
        } else {
            let (start, stride) = if is_per_synapse { (post, num_post) } else { (0, 1) };
            let x = x[start..].iter().step_by(stride);
            self.dependence.potentiate(column(weights, post, num_post).zip(x), gain);
        }
        if let Some(noise) = &mut self.noise {
            let (start, stride) = if is_per_synapse { (post, num_post) } else { (0, 1) };
            let x = x[start..].iter().step_by(stride);
            noise.shake(&self.dependence, column(weights, post, num_post).zip(x));
        }
        if is_per_synapse {
            self.x.set_every(post, num_post, 0.0);
        }
        match self.params.coincidence {
            Coincidence::PreFirst | Coincidence::PostFirst => self.bump_y(post),
            Coincidence::Neither => self.just_fired.push(post as u32),
            Coincidence::Both => {
                self.depress_coincident(post, weights);
                self.bump_y(post);
            }
        }
    }

    fn bump_y(&mut self, post: usize) {
        match self.params.pairing {
            Pairing::AllToAll => self.y.add(post, 1.0),
            Pairing::Nearest | Pairing::PresynapticCentred => self.y.set(post, 1.0),
            Pairing::Reduced => self.y.set_every(post, self.num_post(), 1.0),
        }
    }

    /// The inputs of this tick have seen the trace before this output spike: they get the rest now.
    fn depress_coincident(&self, post: usize, weights: &mut [f32]) {
        let seen = match self.params.pairing {
            Pairing::AllToAll | Pairing::Reduced => 0.0,
            Pairing::Nearest | Pairing::PresynapticCentred => self.y.value(post),
        };
        for &pre in &self.just_fired {
            let w = &mut weights[pre as usize * self.num_post() + post];
            let rest = [1.0 - seen];
            self.dependence.depress([w].into_iter().zip(&rest), self.params.a_minus as f32);
        }
    }

    /// Forgets all spikes.
    pub fn reset(&mut self) {
        self.x.clear_all();
        self.y.clear_all();
        self.just_fired.clear();
    }
}

/// The weights onto output `post`.
pub(super) fn column(
    weights: &mut [f32],
    post: usize,
    num_post: usize,
) -> impl Iterator<Item = &mut f32> {
    weights[post..].iter_mut().step_by(num_post)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math;

    fn params(bound: Bound, pairing: Pairing) -> PairStdpParams {
        PairStdpParams {
            a_plus: 0.01,
            a_minus: 0.012,
            tau_plus_ms: 17.0,
            tau_minus_ms: 34.0,
            w_min: 0.0,
            w_max: 1.0,
            bound,
            pairing,
            coincidence: Coincidence::PreFirst,
        }
    }

    /// Changes of two weights of 0.5, of one input onto two outputs, of which the second fires only
    /// at tick 0. Spikes are at these ticks of 0.5 ms.
    fn changes(rule: PairStdpParams, pre: &[u64], post: &[u64]) -> [f64; 2] {
        let mut stdp = PairStdp::new(1, 2, rule, TimeGrid::new(0.5));
        let mut w = [0.5_f32; 2];
        for tick in 0..1_000 {
            stdp.tick();
            if pre.contains(&tick) && !stdp.is_post_first() {
                stdp.pre_spike(0, &mut w);
            }
            if tick == 0 {
                stdp.post_spike(1, &mut w);
            }
            if post.contains(&tick) {
                stdp.post_spike(0, &mut w);
            }
            if pre.contains(&tick) && stdp.is_post_first() {
                stdp.pre_spike(0, &mut w);
            }
        }
        w.map(|w| f64::from(w) - 0.5)
    }

    fn change(rule: PairStdpParams, pre: &[u64], post: &[u64]) -> f64 {
        changes(rule, pre, post)[0]
    }

    /// Sum of the pairs at these Δt, in ticks.
    fn pairs(deltas: &[i64]) -> f64 {
        let window = |delta: i64| {
            let ms = delta as f64 * 0.5;
            if delta >= 0 {
                0.01 * math::exp_f64(-ms / 17.0)
            } else {
                -0.012 * math::exp_f64(ms / 34.0)
            }
        };
        deltas.iter().map(|&delta| window(delta)).sum()
    }

    #[test]
    fn the_window_is_the_closed_form() {
        let rule = params(Bound::Hard, Pairing::AllToAll);
        for delta in [1_u64, 10, 40, 100] {
            let (plus, minus) =
                (change(rule, &[200], &[200 + delta]), change(rule, &[200 + delta], &[200]));
            assert!((plus - pairs(&[delta as i64])).abs() < 2e-7, "{plus}");
            assert!((minus - pairs(&[-(delta as i64)])).abs() < 2e-7, "{minus}");
        }
    }

    #[test]
    fn every_pairing_counts_its_own_pairs() {
        let (pre, post) = ([200, 210, 224, 230], [205, 216, 220, 240]);
        for (pairing, expected) in [
            (
                Pairing::AllToAll,
                &[5, 16, 20, 40, -5, 6, 10, 30, -19, -8, -4, 16, -25, -14, -10, 10][..],
            ),
            (Pairing::Nearest, &[5, -5, 6, 10, -4, -10, 10]),
            (Pairing::PresynapticCentred, &[5, -5, 6, -4, -10, 16, 10]),
            (Pairing::Reduced, &[5, -5, 6, -4, 10]),
        ] {
            let rule = params(Bound::Hard, pairing);
            let [busy, idle] = changes(rule, &pre, &post);
            assert!((busy - pairs(expected)).abs() < 3e-7, "{pairing:?}: {busy}");
            // The second output's single spike is paired with its inputs, whatever the first does.
            let all = pairs(&[-200, -210, -224, -230]);
            let expected = if pairing == Pairing::Reduced { pairs(&[-200]) } else { all };
            assert!((idle - expected).abs() < 3e-7, "{pairing:?}: {idle}");
        }
    }

    #[test]
    fn every_convention_counts_a_coincidence_as_it_says() {
        let pairings =
            [Pairing::AllToAll, Pairing::Nearest, Pairing::PresynapticCentred, Pairing::Reduced];
        for pairing in pairings {
            for (coincidence, expected) in [
                (Coincidence::PreFirst, 0.01),
                (Coincidence::PostFirst, -0.012),
                (Coincidence::Both, -0.002),
                (Coincidence::Neither, 0.0),
            ] {
                let rule = PairStdpParams { coincidence, ..params(Bound::Hard, pairing) };
                let got = change(rule, &[200], &[200]);
                assert!((got - expected).abs() < 2e-7, "{pairing:?} {coincidence:?}: {got}");
            }
        }
        // The example of NEST's documentation: inputs at 10 and 20 ms, an output at 20 ms.
        let rule = PairStdpParams {
            coincidence: Coincidence::Neither,
            ..params(Bound::Hard, Pairing::Nearest)
        };
        assert!((change(rule, &[20, 40], &[40]) - pairs(&[20])).abs() < 2e-7);
        // The output spike still meets the next input spike, and the input spike the next output.
        let later = change(rule, &[200, 250], &[200, 240]);
        assert!((later - pairs(&[40, -10])).abs() < 2e-7, "{later}");
    }

    #[test]
    fn exact_times_give_what_the_grid_gives() {
        let rule = params(Bound::Soft, Pairing::AllToAll);
        let mut stdp = PairStdp::new(1, 1, rule, TimeGrid::new(0.5));
        let mut w = [0.5_f32];
        stdp.pre_spike(0, &mut w);
        stdp.jump_ms(5.0);
        stdp.post_spike(0, &mut w);
        stdp.jump_ms(20.0);
        stdp.pre_spike(0, &mut w);
        let on_grid = change(rule, &[200, 250], &[210]);
        assert!((f64::from(w[0]) - 0.5 - on_grid).abs() < 1e-7);
    }

    #[test]
    fn soft_bounds_scale_with_the_room_left() {
        let rule = params(Bound::Soft, Pairing::AllToAll);
        let hard = params(Bound::Hard, Pairing::AllToAll);
        let ratio = change(rule, &[200], &[210]) / change(hard, &[200], &[210]);
        assert!((ratio - 0.5).abs() < 1e-5, "{ratio}");
        // However often it is potentiated, the weight stays below its bound.
        let all: Vec<u64> = (0..1_000).collect();
        assert!(change(rule, &all, &all) <= 0.5);
    }

    #[test]
    fn hard_bounds_clip() {
        let rule = PairStdpParams { a_plus: 10.0, ..params(Bound::Hard, Pairing::AllToAll) };
        assert_eq!(change(rule, &[1], &[2]), 0.5);
        let rule = PairStdpParams { a_minus: 10.0, ..rule };
        assert_eq!(change(rule, &[2], &[1]), -0.5);
    }

    #[test]
    fn noise_makes_van_rossums_weights_spread_around_their_balance() {
        let bound = Bound::Power { mu_plus: 0.0, mu_minus: 1.0 };
        // c₊ = 1, c₋ = 0.003 per unit of weight, as published; pairs at ±5 ms.
        let rule = PairStdpParams {
            a_plus: 1.0,
            a_minus: 0.003 * 2_000.0,
            tau_plus_ms: 20.0,
            tau_minus_ms: 20.0,
            w_max: 2_000.0,
            ..params(bound, Pairing::Nearest)
        };
        let num = 400;
        let noise = Noise::new(0.015, crate::Stream::new(1, "noise"));
        let mut stdp = PairStdp::new(num, 1, rule, TimeGrid::new(0.5)).with_noise(noise);
        let mut w = vec![100.0_f32; num];
        for _ in 0..4_000 {
            stdp.post_spike(0, &mut w);
            stdp.jump_ms(5.0);
            (0..num).for_each(|pre| stdp.pre_spike(pre, &mut w[pre..=pre]));
            stdp.jump_ms(5.0);
        }
        let mean = w.iter().sum::<f32>() / num as f32;
        let moment = |power: i32| {
            let terms = w.iter().map(|w| (0..power).fold(1.0, |p, _| p * (w - mean)));
            terms.sum::<f32>() / num as f32
        };
        let skewness = moment(3) / (moment(2) * moment(2).sqrt());
        assert!((mean - 1.0 / 0.003).abs() < 15.0, "{mean}");
        assert!(skewness > 0.1, "{skewness}");
        assert!(w.iter().all(|w| *w > 100.0 && *w < 1_900.0));
    }
}
