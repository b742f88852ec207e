//! What a rule does, measured by running it: one pair at every Δt and at every weight, sixty pairs at
//! every frequency, sixty triplets.

use get_size2::GetSize;

use super::rules::RuleParams;
use crate::sim::plasticity::Rule;
use crate::sim::plasticity::protocols::{
    REPEATS, Spike, frequency_series, pair, post_pre_post, pre_post_pre, relative_change,
};

/// |Δt| of the pairs that are repeated, and of `dw_plus` and `dw_minus`.
pub const PAIR_MS: f64 = 10.0;
/// Widest Δt of the window.
pub const WIDEST_MS: u32 = 100;
/// How often triplets are repeated per second.
const TRIPLET_RATE_HZ: f64 = 1.0;

/// `first`, and then the multiples of `step`.
fn steps(first: f64, step: f64, count: u32) -> Vec<f64> {
    let mut values = vec![first];
    values.extend((1..=count).map(|place| step * f64::from(place)));
    values
}

/// Δt of the window on one side, from just beside 0 outwards.
pub fn window_ms() -> Vec<f64> {
    steps(0.05, 1.0, WIDEST_MS)
}

/// Δt at which the other output is looked at.
pub fn neighbour_ms() -> Vec<f64> {
    steps(5.0, 10.0, 9)
}

/// How often per second the pair is repeated.
pub fn rates_hz() -> Vec<f64> {
    steps(0.1, 2.0, 25)
}

/// Weights at which one pair is tried.
pub fn weights() -> Vec<f64> {
    steps(0.0, 0.02, 50)
}

/// Intervals of the triplets.
pub fn intervals_ms() -> Vec<f64> {
    steps(1.0, 2.0, 25)
}

/// `f` at every one of `places`. One function for all of them: each kind of closure would be compiled
/// once more.
pub fn sampled(places: &[f64], f: &mut dyn FnMut(f64) -> f64) -> Vec<f32> {
    places.iter().map(|place| f(*place) as f32).collect()
}

/// Everything that was measured.
#[derive(Clone, Debug, Default, PartialEq, GetSize)]
pub struct Measured {
    /// Δw at every Δt of [`window_ms`], input first.
    pub causal: Vec<f32>,
    /// The same, output first.
    pub acausal: Vec<f32>,
    /// Δw at Δt = 0.
    pub at_zero: f32,
    /// Δw at the Δt that was asked for.
    pub chosen: f32,
    /// Δw at ±10 ms.
    pub pair: [f32; 2],
    /// Largest relative distance between the window and its closed form.
    pub closed_form_error: f64,
    /// Δw at ±10 ms for every one of [`weights`].
    pub by_weight: [Vec<f32>; 2],
    /// Relative change by sixty pairs at ±10 ms for every one of [`rates_hz`].
    pub by_rate: [Vec<f32>; 2],
    /// The same at the points of the measured table.
    pub series: [f64; 10],
    /// Relative change by sixty triplets for every one of [`intervals_ms`]: input, output, input; and the
    /// other way round.
    pub triplets: [Vec<f32>; 2],
    /// What the pair does to the input's weight onto another output, which did not fire, at every Δt of
    /// [`neighbour_ms`], input first and then output first; none where a rule leaves that weight alone.
    pub neighbour: [Vec<f32>; 2],
}

impl Measured {
    /// Runs the rule over all protocols, from weight `w`.
    pub fn new(params: &RuleParams, delta_ms: f64, w: f64) -> Self {
        let mut one = |delta_ms| change_by_pair(params, delta_ms, w);
        let deltas_ms = window_ms();
        let mut measured = Self {
            causal: sampled(&deltas_ms, &mut one),
            acausal: sampled(&deltas_ms, &mut |ms| one(-ms)),
            at_zero: one(0.0) as f32,
            chosen: one(delta_ms) as f32,
            pair: [one(PAIR_MS) as f32, one(-PAIR_MS) as f32],
            ..Self::default()
        };
        measured.closed_form_error =
            worst(params, w, &measured.causal, 1.0).max(worst(params, w, &measured.acausal, -1.0));
        let mut rule = params.rule(0.0, 1);
        for (place, ms) in [PAIR_MS, -PAIR_MS].into_iter().enumerate() {
            let mut found = |w| change_by_pair(params, ms, w);
            measured.by_weight[place] = sampled(&weights(), &mut found);
            let mut often = |rate_hz| repeated(&mut rule, w, &pair(ms), rate_hz);
            measured.by_rate[place] = sampled(&rates_hz(), &mut often);
            let mut around = |ms| {
                let motif = if place == 0 { pre_post_pre(ms, -ms) } else { post_pre_post(-ms, ms) };
                repeated(&mut rule, w, &motif, TRIPLET_RATE_HZ)
            };
            measured.triplets[place] = sampled(&intervals_ms(), &mut around);
        }
        if matches!(params, RuleParams::Offset(_)) {
            measured.neighbour = [1.0, -1.0].map(|sign| {
                let mut other = |ms| changes_by_pair::<2>(params, sign * ms, w)[1];
                sampled(&neighbour_ms(), &mut other)
            });
        }
        measured.series = frequency_series(&mut rule, w as f32);
        measured
    }

    /// All numbers, for the fingerprint.
    pub fn numbers(&self) -> Vec<f32> {
        let Self { at_zero, chosen, pair, series, .. } = self;
        let mut all = vec![*at_zero, *chosen, pair[0], pair[1]];
        all.extend(series.iter().map(|change| *change as f32));
        let few =
            [&self.by_weight, &self.by_rate, &self.triplets, &self.neighbour].into_iter().flatten();
        [&self.causal, &self.acausal].into_iter().chain(few).for_each(|c| all.extend_from_slice(c));
        all
    }
}

fn repeated(rule: &mut Rule, w: f64, motif: &[Spike], rate_hz: f64) -> f64 {
    relative_change(rule, w as f32, motif, rate_hz, REPEATS)
}

/// What one pair does to a weight `w`.
pub fn change_by_pair(params: &RuleParams, delta_ms: f64, w: f64) -> f64 {
    changes_by_pair::<1>(params, delta_ms, w)[0]
}

/// What one pair does to the weights `w` of one input onto `N` outputs, of which the first fires.
fn changes_by_pair<const N: usize>(params: &RuleParams, delta_ms: f64, w: f64) -> [f64; N] {
    let origin = params.origin(w);
    let mut rule = params.rule(origin, N);
    let start = (w - origin) as f32;
    let mut weights = [start; N];
    let mut is_post = delta_ms < 0.0 || delta_ms == 0.0 && rule.is_post_first();
    for _ in 0..2 {
        if is_post {
            rule.post_spike(0, &mut weights);
        } else {
            rule.pre_spike(0, &mut weights);
        }
        // After the second spike it does not matter any more.
        rule.jump_ms(delta_ms.abs());
        is_post = !is_post;
    }
    weights.map(|weight| f64::from(weight - start))
}

/// Largest error of one side of the window, relative to the terms that it is made of.
fn worst(params: &RuleParams, w: f64, side: &[f32], sign: f64) -> f64 {
    let mut worst = 0.0_f64;
    for (ms, change) in window_ms().into_iter().zip(side) {
        let expected = params.expected(sign * ms, w);
        let error = (f64::from(*change) - expected.change).abs();
        // A trace that has sunk to nothing is zero; see `math::SMALLEST`.
        worst = worst.max(if expected.size < 1e-18 { error } else { error / expected.size });
    }
    worst
}
