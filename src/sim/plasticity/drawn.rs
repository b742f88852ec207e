//! STDP with a window of any form, drawn through points.
//!
//! **Equations.** A pair at Δt = t_post − t_pre changes w by W(Δt), at the later of its spikes; w is cut off at its ends. W
//! goes through given points as [`Monotone`] has it, and is 0 outside them. Where Δt = 0 has two values, there are two
//! branches, with a step between them.
//!
//! **State.** The times of those spikes of each neuron that the window still reaches; of nearest pairs, of the last two.
//!
//! **Source.** The window itself is the visitor's. That its integral decides what uncorrelated spikes do: Kempter, Gerstner
//! and van Hemmen (1999, doi:10.1103/PhysRevE.59.4498).
//!
//! **Method.** Exact, on the grid and between its points: every pair is summed at its own Δt, in double precision.

use std::collections::VecDeque;

use get_size2::GetSize;

use super::monotone::Monotone;
use super::pair_stdp::Coincidence;
use crate::TimeGrid;

/// The form of a window: one curve, or two with a step at Δt = 0.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct DrawnWindow {
    /// The branch of Δt < 0, or all of it.
    left: Monotone,
    /// The branch of Δt > 0, where it is one by itself.
    right: Option<Monotone>,
}

impl DrawnWindow {
    /// Through points (Δt in ms, Δw) in the order of Δt. Two at Δt = 0 make a step.
    pub fn new(points: &[(f64, f64)]) -> Self {
        let second = points.windows(2).position(|pair| pair[0].0 == 0.0 && pair[1].0 == 0.0);
        match second {
            Some(place) => Self {
                left: Monotone::new(&points[..=place]),
                right: Some(Monotone::new(&points[place + 1..])),
            },
            None => Self { left: Monotone::new(points), right: None },
        }
    }

    /// Δw of a pair, which at Δt = 0 counts as one whose input comes first, or as one whose output does.
    pub fn at(&self, delta_ms: f64, is_input_first: bool) -> f64 {
        let is_right = delta_ms > 0.0 || delta_ms == 0.0 && is_input_first;
        match &self.right {
            Some(right) if is_right => right.at(delta_ms),
            _ => self.left.at(delta_ms),
        }
    }

    /// Its integral in ms.
    pub fn area_ms(&self) -> f64 {
        self.left.integral() + self.right.as_ref().map_or(0.0, Monotone::integral)
    }

    /// How far it reaches to the left and to the right, in ms.
    pub fn reach_ms(&self) -> [f64; 2] {
        let [first, last] = self.left.ends();
        let last = self.right.as_ref().map_or(last, |right| right.ends()[1]);
        [(-first).max(0.0), last.max(0.0)]
    }
}

/// The constants of the rule.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct DrawnParams {
    /// The window; Δw in the unit of the weight.
    pub window: DrawnWindow,
    /// Every spike is paired with the latest of the other side, not with all.
    pub is_nearest: bool,
    /// What Δt = 0 does: the right branch, the left one, both or neither.
    pub coincidence: Coincidence,
    /// Least weight.
    pub w_min: f64,
    /// Greatest weight.
    pub w_max: f64,
}

/// The spikes of one projection that are not forgotten.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Drawn {
    params: DrawnParams,
    reach_ms: [f64; 2],
    num_post: u32,
    dt_ms: f64,
    ticks: u64,
    jumped_ms: f64,
    /// When each input, and each output, fired.
    pre_ms: Vec<VecDeque<f64>>,
    post_ms: Vec<VecDeque<f64>>,
}

impl Drawn {
    /// A rule without any spike behind it.
    pub fn new(num_pre: usize, num_post: usize, params: DrawnParams, grid: TimeGrid) -> Self {
        Self {
            reach_ms: params.window.reach_ms(),
            params,
            num_post: num_post as u32,
            dt_ms: grid.dt_ms(),
            ticks: 0,
            jumped_ms: 0.0,
            pre_ms: vec![VecDeque::new(); num_pre],
            post_ms: vec![VecDeque::new(); num_post],
        }
    }

    /// Output spikes of a tick are to be handed over before its input spikes, not after them.
    pub fn is_post_first(&self) -> bool {
        self.params.coincidence == Coincidence::PostFirst
    }

    /// A tick passes.
    #[inline]
    pub fn tick(&mut self) {
        self.ticks += 1;
    }

    /// Any time passes.
    pub fn jump_ms(&mut self, ms: f64) {
        self.jumped_ms += ms;
    }

    fn now_ms(&self) -> f64 {
        self.ticks as f64 * self.dt_ms + self.jumped_ms
    }

    /// An input spike: pairs with the output spikes before it, of all outputs.
    pub fn pre_spike(&mut self, pre: usize, row: &mut [f32]) {
        let now_ms = self.now_ms();
        let Self { params, reach_ms, post_ms, pre_ms, .. } = self;
        for (w, times) in row.iter_mut().zip(post_ms) {
            // Output spikes of this step are there already only where they come first.
            let change = params.sum(times, now_ms, reach_ms[0], |ms| match ms {
                0.0 if params.coincidence != Coincidence::PostFirst => None,
                _ => Some(params.window.at(-ms, false)),
            });
            *w = params.cut(*w, change);
        }
        params.note(&mut pre_ms[pre], now_ms);
    }

    /// An output spike: pairs with the input spikes before it, in its column of `weights[pre × num_post + post]`.
    pub fn post_spike(&mut self, post: usize, weights: &mut [f32]) {
        let (now_ms, num_post) = (self.now_ms(), self.num_post as usize);
        let Self { params, reach_ms, post_ms, pre_ms, .. } = self;
        // To a nearest spike of this very step the one before is no longer the nearest.
        let before = post_ms[post].back().filter(|_| params.is_nearest);
        let seen = before.map_or(0.0, |ms| params.window.at(ms - now_ms, false));
        let column = weights[post..].iter_mut().step_by(num_post);
        for (w, times) in column.zip(pre_ms) {
            let change =
                params.sum(times, now_ms, reach_ms[1], |ms| match (ms, params.coincidence) {
                    (0.0, Coincidence::Neither | Coincidence::PostFirst) => None,
                    (0.0, Coincidence::Both) => {
                        Some(params.window.at(0.0, true) + params.window.at(0.0, false) - seen)
                    }
                    _ => Some(params.window.at(ms, true)),
                });
            *w = params.cut(*w, change);
        }
        params.note(&mut post_ms[post], now_ms);
    }

    /// For how long ago this input and this output fired last, in ms; infinite if they did not, or not lately.
    pub fn ages_ms(&self, pre: usize, post: usize) -> [f64; 2] {
        let age =
            |times: &VecDeque<f64>| times.back().map_or(f64::INFINITY, |ms| self.now_ms() - ms);
        [age(&self.pre_ms[pre]), age(&self.post_ms[post])]
    }

    /// Forgets all spikes.
    pub fn reset(&mut self) {
        self.pre_ms.iter_mut().chain(&mut self.post_ms).for_each(VecDeque::clear);
        (self.ticks, self.jumped_ms) = (0, 0.0);
    }
}

impl DrawnParams {
    /// What pairs with these spikes come to now. Those that the window no longer reaches are forgotten.
    fn sum(
        &self,
        times: &mut VecDeque<f64>,
        now_ms: f64,
        reach_ms: f64,
        change: impl Fn(f64) -> Option<f64>,
    ) -> f64 {
        // Further by a little: what is rounded must not cut off the end.
        while times.front().is_some_and(|ms| now_ms - ms > reach_ms + 1e-6) {
            times.pop_front();
        }
        let mut found = times.iter().rev().filter_map(|ms| change(now_ms - ms));
        if self.is_nearest { found.next().unwrap_or(0.0) } else { found.sum() }
    }

    /// The weight after a change, within its ends.
    fn cut(&self, w: f32, change: f64) -> f32 {
        if change == 0.0 {
            return w;
        }
        let w = w + change as f32;
        let (low, high) = (self.w_min as f32, self.w_max as f32);
        let w = if w < low { low } else { w };
        if w > high { high } else { w }
    }

    fn note(&self, times: &mut VecDeque<f64>, now_ms: f64) {
        // The second last is needed where one of this very step does not count.
        if self.is_nearest && times.len() == 2 {
            times.pop_front();
        }
        times.push_back(now_ms);
    }
}

#[cfg(test)]
mod tests;
