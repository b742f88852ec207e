//! What waits at synapses for a signal, and fades meanwhile: τ dc/dt = −c.
//!
//! **State.** `c`, and the time since it last decayed: between two spikes nothing is added, so it decays when it is next
//! needed. With τ = 0 it lasts for the step in which it arises, as in Florian's rule without a trace (2007,
//! doi:10.1162/neco.2007.19.6.1468).
//!
//! **Method.** Exact on the grid up to the rounding of single precision; c below 10⁻²⁰ is zero.

use get_size2::GetSize;

use super::{PairStdp, PairStdpParams};
use crate::{TimeGrid, math};

/// Eligibilities, one for each synapse.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Waiting {
    rate_per_ms: f64,
    dt_ms: f64,
    /// Time since `c` last decayed.
    waited_ms: f64,
    c: Vec<f32>,
}

impl Waiting {
    /// Nothing, at so many synapses.
    pub fn new(num: usize, tau_ms: f64, grid: TimeGrid) -> Self {
        let rate_per_ms = 1.0 / tau_ms;
        Self { rate_per_ms, dt_ms: grid.dt_ms(), waited_ms: 0.0, c: vec![0.0; num] }
    }

    /// How many synapses there are.
    pub fn len(&self) -> usize {
        self.c.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.c.is_empty()
    }

    /// Time goes on by a tick.
    #[inline]
    pub fn tick(&mut self) {
        self.waited_ms += self.dt_ms;
    }

    /// Time goes on.
    pub fn jump_ms(&mut self, ms: f64) {
        self.waited_ms += ms;
    }

    /// The share of `c` that is left.
    fn left(&self) -> f32 {
        match self.waited_ms > 0.0 {
            true => math::exp_f64(-self.waited_ms * self.rate_per_ms) as f32,
            // Without a memory the rate has no end.
            false => 1.0,
        }
    }

    /// What waits now, to be added to.
    pub fn now_mut(&mut self) -> &mut [f32] {
        if self.waited_ms > 0.0 {
            let left = self.left();
            self.c.iter_mut().for_each(|c| *c = math::flush(*c * left));
            self.waited_ms = 0.0;
        }
        &mut self.c
    }

    /// What waits at each synapse now.
    pub fn now(&self) -> impl Fn(usize) -> f32 + '_ {
        let left = self.left();
        move |synapse| self.c[synapse] * left
    }

    /// Every weight changes by so many times what waits, and stays within its ends.
    pub fn pay(&mut self, gain: f32, [w_min, w_max]: [f32; 2], weights: &mut [f32]) {
        for (w, c) in weights.iter_mut().zip(self.now_mut()) {
            *w = (*w + gain * *c).clamp(w_min, w_max);
        }
    }

    /// Nothing waits any more.
    pub fn clear(&mut self) {
        self.c.fill(0.0);
        self.waited_ms = 0.0;
    }
}

/// Additive pair STDP of listed synapses whose changes wait.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct WaitingPairs {
    /// The rule, to which what waits is what weights are to others.
    pub pair: PairStdp,
    ends: [f32; 2],
    waiting: Waiting,
}

impl WaitingPairs {
    /// A rule without any spike behind it. `params` have the ends of the weights; what waits has none, so that changes must
    /// not depend on the weight.
    pub fn new(
        [num_pre, num_post, num]: [usize; 3],
        params: PairStdpParams,
        tau_ms: f64,
        grid: TimeGrid,
    ) -> Self {
        let ends = [params.w_min as f32, params.w_max as f32];
        let pair = PairStdp::new(num_pre, num_post, params.without_ends(), grid);
        Self { pair, ends, waiting: Waiting::new(num, tau_ms, grid) }
    }

    /// Time goes on by a tick.
    pub fn tick(&mut self) {
        self.pair.tick();
        self.waiting.tick();
    }

    /// A spike of a sender arrives, whose synapses onto `posts` begin at number `first`.
    pub fn pre_spike_at(&mut self, pre: usize, posts: &[u16], first: usize) {
        let row = &mut self.waiting.now_mut()[first..first + posts.len()];
        self.pair.pre_spike_at(pre, posts, row);
    }

    /// A receiver fires, onto which these synapses lead, each with its sender.
    pub fn post_spike_at(&mut self, post: usize, incoming: &[(u32, u32)]) {
        self.pair.post_spike_at(post, incoming, self.waiting.now_mut());
    }

    /// A signal arrives.
    pub fn succeed(&mut self, success: f32, weights: &mut [f32]) {
        self.waiting.pay(success, self.ends, weights);
    }

    /// What waits at each synapse now.
    pub fn waiting(&self) -> impl Fn(usize) -> f32 + '_ {
        self.waiting.now()
    }

    /// Forgets all spikes, and what they made eligible.
    pub fn reset(&mut self) {
        self.pair.reset();
        self.waiting.clear();
    }
}
