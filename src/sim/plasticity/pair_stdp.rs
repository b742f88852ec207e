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
    /// Whether a spike is used up synapse by synapse, so that there is a trace for each.
    pub fn is_per_synapse(self) -> bool {
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

impl PairStdpParams {
    /// The same without ends, for what is not a weight yet.
    pub fn without_ends(self) -> Self {
        Self { bound: Bound::Unbounded, ..self }
    }
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

    /// An input spike where an input does not reach every output: `row` are its weights onto `posts`.
    ///
    /// # Panics
    /// If a spike is used up synapse by synapse: such pairings have no sparse form.
    pub fn pre_spike_at(&mut self, pre: usize, posts: &[u16], row: &mut [f32]) {
        assert!(!self.params.pairing.is_per_synapse(), "a trace per synapse");
        let (y, factor) = self.y.scaled();
        let seen = posts.iter().map(|post| &y[usize::from(*post)]);
        self.dependence.depress(row.iter_mut().zip(seen), self.params.a_minus as f32 * factor);
        if self.params.coincidence == Coincidence::Both {
            self.just_fired.push(pre as u32);
        }
        self.bump_x(pre);
    }

    /// An output spike where not every input reaches it: those that do, each with its synapse.
    pub fn post_spike_at(&mut self, post: usize, incoming: &[(u32, u32)], weights: &mut [f32]) {
        let (x, factor) = self.x.scaled();
        let gain = self.params.a_plus as f32 * factor;
        for (synapse, pre) in incoming {
            let w = &mut weights[*synapse as usize];
            self.dependence.potentiate([w].into_iter().zip(&x[*pre as usize..]), gain);
        }
        match self.params.coincidence {
            Coincidence::PreFirst | Coincidence::PostFirst => self.bump_y(post),
            Coincidence::Neither => self.just_fired.push(post as u32),
            Coincidence::Both => {
                let rest = [1.0 - self.seen_by_coincident(post)];
                for (synapse, _) in incoming.iter().filter(|(_, pre)| self.just_fired.contains(pre))
                {
                    let w = &mut weights[*synapse as usize];
                    self.dependence.depress([w].into_iter().zip(&rest), self.params.a_minus as f32);
                }
                self.bump_y(post);
            }
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
        } else if is_per_synapse {
            let x = x[post..].iter().step_by(num_post);
            self.dependence.potentiate(column(weights, post, num_post).zip(x), gain);
        } else {
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
        let seen = self.seen_by_coincident(post);
        for &pre in &self.just_fired {
            let w = &mut weights[pre as usize * self.num_post() + post];
            let rest = [1.0 - seen];
            self.dependence.depress([w].into_iter().zip(&rest), self.params.a_minus as f32);
        }
    }

    /// What the inputs of this tick have seen already of the trace that this output spike leaves.
    fn seen_by_coincident(&self, post: usize) -> f32 {
        match self.params.pairing {
            Pairing::AllToAll | Pairing::Reduced => 0.0,
            Pairing::Nearest | Pairing::PresynapticCentred => self.y.value(post),
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
mod tests;
