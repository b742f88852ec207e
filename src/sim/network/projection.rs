//! Synapses from some members of one population to some of another: wiring, weights, delay, what a spike does, and how
//! they learn.

mod hears;

use get_size2::GetSize;

use super::effect::Effect;
use super::payout::Payout;
use super::population::Population;
use super::routes::{Bundled, Routes};
use super::span::Span;
use super::sparse_rule::{Learning, SparseRule};
use super::wiring::{Sparse, Wiring};
use crate::Tick;
use crate::delay::DelayLine;
use crate::plasticity::{Homeostasis, Rule, normalisation};
use crate::synapse::ShortTerm;

/// The weights of a projection.
#[derive(Clone, Debug, PartialEq, GetSize)]
enum Weights {
    /// All the same.
    Same(f32),
    /// Synapse by synapse.
    Each(Vec<f32>),
}

/// Synapses from some members of one population to some of another.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Projection {
    /// Index of the sending population.
    pub pre: u8,
    /// Index of the receiving population.
    pub post: u8,
    /// Which of its neurons send.
    from: Span,
    /// And which of the others receive.
    to: Span,
    wiring: Wiring,
    weights: Weights,
    /// What a spike does, in this order.
    pub effects: Vec<Effect>,
    /// Scales what a spike does by the spikes that its sender fired before it.
    pub short_term: Option<ShortTerm>,
    /// The learning rule, if the weights are plastic; for dense wiring.
    pub stdp: Option<Rule>,
    /// The same for sparse wiring.
    learning: Option<Learning>,
    /// When a rule that waits is paid out; none where the caller does it.
    pub payout: Option<Payout>,
    /// What the weights onto a neuron sum to after it has learned, if they are normalised.
    pub normalise_to: Option<f32>,
    /// Whether that is at its spikes, besides when changes that wait are paid out.
    pub normalises_at_spikes: bool,
    /// What acts on all its weights besides learning; for dense wiring.
    pub homeostasis: Homeostasis,
    /// Nobody is connected to the one with its own number, whatever a rule of dense synapses writes there.
    but_itself: bool,
    delay: DelayLine,
    /// Whose spikes take which ways, where delays differ.
    pub(super) routes: Option<Routes>,
}

impl Projection {
    /// From every neuron to every neuron; `weights[pre × num_post + post]`. They do nothing yet: give them effects and a
    /// rule.
    pub fn new(pre: u8, post: u8, num_post: usize, weights: Vec<f32>, delay_ticks: Tick) -> Self {
        let size = (weights.len() / num_post.max(1)) as u32;
        let spans = [size, num_post as u32].map(|size| Span { first: 0, size });
        let wiring = Wiring::Dense { num_post: num_post as u32 };
        Self::wired([pre, post], spans, wiring, Weights::Each(weights), delay_ticks)
    }

    /// From some to some, all with one weight.
    pub fn sparse(
        populations: [u8; 2],
        spans: [Span; 2],
        sparse: Sparse,
        weight: f32,
        delay_ticks: Tick,
    ) -> Self {
        let wiring = Wiring::sparse(sparse);
        Self::wired(populations, spans, wiring, Weights::Same(weight), delay_ticks)
    }

    /// The same with a delay for each synapse.
    pub fn of_bundles(
        populations: [u8; 2],
        spans: [Span; 2],
        bundled: Bundled,
        weight: f32,
    ) -> Self {
        let Bundled { sparse, routes, .. } = bundled;
        let longest = Tick::from(routes.longest());
        let projection = Self::sparse(populations, spans, sparse, weight, longest);
        Self { routes: Some(routes), ..projection }
    }

    fn wired(
        [pre, post]: [u8; 2],
        [from, to]: [Span; 2],
        wiring: Wiring,
        weights: Weights,
        delay_ticks: Tick,
    ) -> Self {
        Self {
            pre,
            post,
            from,
            to,
            wiring,
            weights,
            effects: Vec::new(),
            short_term: None,
            stdp: None,
            learning: None,
            payout: None,
            normalise_to: None,
            normalises_at_spikes: true,
            homeostasis: Homeostasis::None,
            but_itself: false,
            delay: DelayLine::new(delay_ticks),
            routes: None,
        }
    }

    /// The same without synapses from a member to the one with its own number: their weights are 0, and stay so.
    pub fn but_itself(mut self) -> Self {
        self.but_itself = true;
        self.clear_own();
        self
    }

    fn num_post(&self) -> usize {
        self.to.size as usize
    }

    /// `weights[pre × num_post + post]` of dense wiring, or synapse by synapse; empty where all are the same.
    pub fn weights(&self) -> &[f32] {
        match &self.weights {
            Weights::Same(_) => &[],
            Weights::Each(weights) => weights,
        }
    }

    /// Its wiring; where delays differ, not from senders but from their bundles.
    pub fn wiring(&self) -> &Wiring {
        &self.wiring
    }

    /// Gives every synapse a weight of its own: what is not learned is held as one number else.
    pub fn give_each_a_weight(&mut self) {
        _ = self.weights_mut();
    }

    /// Gives every synapse a weight of its own, as plastic ones need.
    fn weights_mut(&mut self) -> &mut Vec<f32> {
        if let Weights::Same(weight) = self.weights {
            self.weights = Weights::Each(vec![weight; self.num_synapses()]);
        }
        match &mut self.weights {
            Weights::Each(weights) => weights,
            Weights::Same(_) => unreachable!("each has its own now"),
        }
    }

    /// How many synapses there are.
    pub fn num_synapses(&self) -> usize {
        match &self.wiring {
            Wiring::Dense { num_post } => (self.from.size * num_post) as usize,
            Wiring::Sparse(sparse) => sparse.len(),
        }
    }

    fn clear_own(&mut self) {
        if let (true, Weights::Each(weights)) = (self.but_itself, &mut self.weights) {
            weights.iter_mut().step_by(self.to.size as usize + 1).for_each(|weight| *weight = 0.0);
        }
    }

    /// Replaces all weights.
    pub fn set_weights(&mut self, weights: &[f32]) {
        self.weights_mut().copy_from_slice(weights);
        self.clear_own();
        self.derive_dendrites(0..weights.len());
    }

    /// Gives all synapses this weight.
    pub fn set_weight(&mut self, weight: f32) {
        self.weights = Weights::Same(weight);
    }

    /// The same with a rule, for sparse wiring.
    ///
    /// # Panics
    /// If the wiring is dense.
    pub fn learning(mut self, rule: SparseRule) -> Self {
        let Wiring::Sparse(sparse) = &self.wiring else { panic!("dense wiring") };
        self.learning = Some(Learning::new(rule, sparse, self.num_post()));
        self.weights_mut();
        self
    }

    /// Scales the weights onto every neuron as [`Projection::normalise_to`] says.
    pub fn normalise_all(&mut self) {
        if let Some(total) = self.normalise_to {
            let num_post = self.num_post();
            let weights = self.weights_mut();
            for post in 0..num_post {
                normalisation::normalise_onto(weights, num_post, post, total);
            }
            self.derive_dendrites(0..self.num_synapses());
        }
    }

    /// Senders whose spikes arrive in the next step, counted within the projection; once for each delay.
    pub fn arriving(&self) -> impl Iterator<Item = u32> + '_ {
        let whose = |spike: &u32| self.routes.as_ref().map_or(*spike, |of| of.sender(*spike));
        self.delay.arriving().iter().map(whose)
    }

    /// How many senders a rule knows: each, or each of their bundles.
    pub fn num_pre(&self) -> usize {
        match &self.wiring {
            Wiring::Dense { .. } => self.from.size as usize,
            Wiring::Sparse(sparse) => sparse.num_pre(),
        }
    }

    fn derive_dendrites(&mut self, idxs: impl Iterator<Item = usize> + Clone) {
        let Weights::Each(weights) = &self.weights else { return };
        for effect in &mut self.effects {
            if let Effect::Dendrites(dendrites) = effect {
                idxs.clone().for_each(|idx| dendrites.set_weight(idx, weights[idx]));
            }
        }
    }

    /// Spikes arrive at this tick. With one delay for all, those of a sender are as far apart as when it fired them.
    pub(super) fn deliver(&mut self, to: &mut Population, is_learning: bool, tick: Tick) {
        if is_learning {
            self.stdp.iter_mut().for_each(Rule::tick);
            self.learning.iter_mut().for_each(Learning::tick);
        }
        match (&self.wiring, &self.short_term) {
            (Wiring::Dense { num_post: 1 }, None) => self.act_on_one(to),
            _ => self.act_on_each(to, tick),
        }
        if is_learning && !self.is_post_first() && !self.reads_potential() {
            self.learn_from_arriving();
        }
    }

    /// Where there is one receiver, a step's spikes are one sum.
    fn act_on_one(&mut self, to: &mut Population) {
        let arriving = self.delay.arriving();
        if arriving.is_empty() {
            return;
        }
        let sum = match &self.weights {
            Weights::Same(weight) => weight * arriving.len() as f32,
            Weights::Each(weights) => arriving.iter().map(|pre| weights[*pre as usize]).sum(),
        };
        for effect in &mut self.effects {
            if let Effect::Dendrites(dendrites) = effect {
                arriving.iter().for_each(|pre| dendrites.receive(*pre));
            } else if let Some((column, per_weight)) = effect.column_mut(to, self.to.range()) {
                column[0] += sum * per_weight;
            }
        }
    }

    fn act_on_each(&mut self, to: &mut Population, tick: Tick) {
        for place in 0..self.delay.arriving().len() {
            let pre = self.delay.arriving()[place];
            if let (Wiring::Sparse(sparse), Some(next)) =
                (&self.wiring, self.delay.arriving().get(place + 1))
            {
                sparse.bring(*next);
            }
            let factor = self.short_term.as_mut().map_or(1.0, |of| of.spike(pre as usize, tick));
            self.act(pre, to, factor);
        }
    }

    /// A spike of a sender arrives at all its receivers, so many times as strong as its weights.
    #[inline]
    fn act(&mut self, pre: u32, to: &mut Population, factor: f32) {
        let row = self.wiring.row(pre);
        for effect in &mut self.effects {
            if let Effect::Dendrites(dendrites) = effect {
                dendrites.receive(pre);
                continue;
            }
            let Some((column, per_weight)) = effect.column_mut(to, self.to.range()) else {
                continue;
            };
            let per_weight = per_weight * factor;
            match (&self.wiring, &self.weights) {
                (Wiring::Dense { .. }, Weights::Each(weights)) => {
                    for (value, weight) in column.iter_mut().zip(&weights[row.clone()]) {
                        *value += weight * per_weight;
                    }
                }
                (Wiring::Dense { .. }, Weights::Same(weight)) => {
                    column.iter_mut().for_each(|value| *value += weight * per_weight);
                }
                (Wiring::Sparse(sparse), Weights::Same(weight)) => {
                    let step = weight * per_weight;
                    for post in sparse.posts(pre) {
                        column[usize::from(*post)] += step;
                    }
                }
                (Wiring::Sparse(sparse), Weights::Each(weights)) => {
                    for (post, weight) in sparse.posts(pre).iter().zip(&weights[row.clone()]) {
                        column[usize::from(*post)] += weight * per_weight;
                    }
                }
            }
        }
    }

    fn learn_from_input(&mut self, pre: u32) {
        let row = self.wiring.row(pre);
        let Weights::Each(weights) = &mut self.weights else { return };
        if let Some(stdp) = &mut self.stdp {
            stdp.pre_spike(pre as usize, &mut weights[row.clone()]);
            if self.but_itself {
                weights[row.start + pre as usize] = 0.0;
            }
            self.derive_dendrites(row);
        } else if let (Some(learning), Wiring::Sparse(sparse)) = (&mut self.learning, &self.wiring)
        {
            learning.pre_spike(pre as usize, sparse.posts(pre), (row, weights));
        }
    }

    pub(super) fn drive(&mut self, to: &mut Population) {
        let span = self.to.range();
        for effect in &mut self.effects {
            match effect {
                Effect::Current(current) => current.advance(&mut to.jump_mut()[span.clone()]),
                Effect::Drive(current) => current.advance(&mut to.current_mut()[span.clone()]),
                Effect::Dendrites(dendrites) => dendrites.advance(&mut to.jump_mut()[span.clone()]),
                Effect::Jump(_) | Effect::Pulse(_) | Effect::Conductance(..) => {}
            }
        }
    }

    /// From the potentials of the receivers, which are not reset yet, and from their spikes.
    pub(super) fn learn(&mut self, to: &Population) {
        let fired = self.to.of(&to.fired);
        let is_post_first = self.is_post_first();
        if let (Some(learning), Weights::Each(weights)) = (&mut self.learning, &mut self.weights) {
            for post in fired {
                learning.post_spike((post - self.to.first) as usize, weights);
            }
            if is_post_first {
                self.learn_from_arriving();
            }
            return;
        }
        let num_post = self.num_post();
        let (Some(stdp), Weights::Each(weights)) = (&mut self.stdp, &mut self.weights) else {
            return;
        };
        let potentials = || &to.neurons.v_mv()[self.to.range()];
        let all_changed = stdp.observe(potentials, weights);
        if !is_post_first && self.reads_potential() {
            self.learn_from_arriving();
        }
        let (Some(stdp), Weights::Each(weights)) = (&mut self.stdp, &mut self.weights) else {
            return;
        };
        for &post in fired {
            let post = post as usize;
            stdp.post_spike(post, weights);
            if self.but_itself {
                weights[post * num_post + post] = 0.0;
            }
            if let (Some(total), true) = (self.normalise_to, self.normalises_at_spikes) {
                normalisation::normalise_onto(weights, num_post, post, total);
            }
        }
        if all_changed {
            self.clear_own();
            self.derive_dendrites(0..self.num_synapses());
        }
        for &post in fired {
            self.derive_dendrites((post as usize..self.num_synapses()).step_by(num_post));
        }
        if is_post_first {
            self.learn_from_arriving();
        }
    }

    /// Goes on by a step with what keeps weights in their range.
    pub(super) fn keep_in_range(&mut self, fired: &[u32]) {
        if matches!(self.homeostasis, Homeostasis::None) {
            return;
        }
        let first = self.to.first;
        let fired = self.to.of(fired).iter().map(|neuron| neuron - first);
        if let Weights::Each(weights) = &mut self.weights
            && self.homeostasis.step(fired, weights)
        {
            self.derive_dendrites(0..self.num_synapses());
        }
    }

    /// Output spikes of a step are to be learned from before its input spikes, not after them.
    fn is_post_first(&self) -> bool {
        self.stdp.as_ref().is_some_and(Rule::is_post_first)
            || self.learning.as_ref().is_some_and(|learning| learning.rule.is_post_first())
    }

    /// Input spikes of a step are to be learned from only once its potentials are there.
    fn reads_potential(&self) -> bool {
        self.stdp.as_ref().is_some_and(Rule::reads_potential)
    }

    /// From the spikes that arrived in this step: the line moves on when it ends.
    fn learn_from_arriving(&mut self) {
        let has_one = matches!(self.wiring, Wiring::Dense { num_post: 1 });
        if let (true, Some(stdp), Weights::Each(weights)) =
            (has_one, &mut self.stdp, &mut self.weights)
        {
            stdp.pre_spikes(self.delay.arriving(), weights);
            if self.effects.iter().any(|effect| matches!(effect, Effect::Dendrites(_))) {
                self.derive_dendrites(0..self.num_synapses());
            }
            return;
        }
        for place in 0..self.delay.arriving().len() {
            self.learn_from_input(self.delay.arriving()[place]);
        }
    }

    /// Spikes of this step set off.
    pub(super) fn send(&mut self, fired: &[u32]) {
        let first = self.from.first;
        let senders = self.from.of(fired).iter().map(|neuron| neuron - first);
        match &self.routes {
            None => self.delay.send(senders),
            Some(routes) => self.delay.send_each(senders.flat_map(|of| routes.bundles(of))),
        }
    }

    /// Every column of numbers that can blow up, with its name.
    pub(super) fn columns(&self) -> impl Iterator<Item = (&'static str, &[f32])> {
        let of_effects = self.effects.iter().filter_map(Effect::column);
        [("a weight", self.weights())].into_iter().chain(of_effects)
    }

    pub(super) fn clear(&mut self) {
        self.delay.clear();
        for effect in &mut self.effects {
            match effect {
                Effect::Current(current) | Effect::Drive(current) => current.clear(),
                Effect::Dendrites(dendrites) => dendrites.clear(),
                Effect::Jump(_) | Effect::Pulse(_) | Effect::Conductance(..) => {}
            }
        }
        self.short_term.iter_mut().for_each(ShortTerm::reset);
        self.stdp.iter_mut().for_each(Rule::reset);
        self.learning.iter_mut().for_each(Learning::reset);
    }
}
