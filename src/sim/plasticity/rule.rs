//! The learning rule of a projection, whichever it is.
//!
//! A tick is: [`Rule::tick`], then the tick's input spikes, then its output spikes; the other way round
//! where [`Rule::is_post_first`] says so. Every rule declares by that what Δt = 0 means to it. One that reads potentials
//! is shown them before either, by [`Rule::observe`].

use get_size2::GetSize;

use super::{
    Drawn, EligibilityStdp, FormulaRule, InhibitoryStdp, PairStdp, PairStdpParams, Published,
    Triplet, VoltageStdp,
};

/// A rule with its traces.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Rule {
    /// Pairs of spikes.
    Pair(PairStdp),
    /// Triplets of spikes.
    Triplet(Triplet),
    /// Inhibition that finds a target rate.
    Inhibitory(InhibitoryStdp),
    /// Pairs of spikes that wait for a success signal; spikes alone change nothing.
    Eligibility(EligibilityStdp),
    /// A rule of the study "STDP-research".
    Published(Published),
    /// Input spikes and the output's potential.
    Voltage(VoltageStdp),
    /// Pairs of spikes, with a window of any form.
    Drawn(Drawn),
    /// What spikes do, as formulas.
    Formula(FormulaRule),
}

/// Hands the call to whichever rule it is.
macro_rules! each {
    ($rule:expr, $inner:ident => $call:expr) => {
        match $rule {
            Rule::Pair($inner) => $call,
            Rule::Triplet($inner) => $call,
            Rule::Inhibitory($inner) => $call,
            Rule::Eligibility($inner) => $call,
            Rule::Published($inner) => $call,
            Rule::Voltage($inner) => $call,
            Rule::Drawn($inner) => $call,
            Rule::Formula($inner) => $call,
        }
    };
}

impl Rule {
    /// Lets the traces decay by one tick.
    #[inline]
    pub fn tick(&mut self) {
        each!(self, rule => rule.tick());
    }

    /// Lets the traces decay by any time, for spikes that are not on the grid.
    pub fn jump_ms(&mut self, ms: f64) {
        each!(self, rule => rule.jump_ms(ms));
    }

    /// Output spikes of a tick are to be handed over before its input spikes, not after them.
    pub fn is_post_first(&self) -> bool {
        match self {
            Self::Pair(rule) => rule.is_post_first(),
            Self::Triplet(rule) => rule.is_post_first(),
            Self::Eligibility(rule) => rule.is_post_first(),
            Self::Published(rule) => rule.is_post_first(),
            Self::Drawn(rule) => rule.is_post_first(),
            Self::Formula(rule) => rule.is_post_first(),
            // Its window is symmetric: either order counts a coincidence once.
            Self::Inhibitory(_) => false,
            // Its input spikes are read with the potentials of their own tick.
            Self::Voltage(_) => true,
        }
    }

    /// An input spike changes `row`, the input's weights to every output.
    #[inline]
    pub fn pre_spike(&mut self, pre: usize, row: &mut [f32]) {
        each!(self, rule => rule.pre_spike(pre, row));
    }

    /// All input spikes of a tick, where there is one output: what [`Rule::pre_spike`] does for one after the other.
    #[inline]
    pub fn pre_spikes(&mut self, spikes: &[u32], weights: &mut [f32]) {
        if let Self::Pair(rule) = self {
            return rule.pre_spikes(spikes, weights);
        }
        for &pre in spikes {
            let pre = pre as usize;
            self.pre_spike(pre, &mut weights[pre..=pre]);
        }
    }

    /// An output spike changes its column of `weights[pre × num_post + post]`.
    #[inline]
    pub fn post_spike(&mut self, post: usize, weights: &mut [f32]) {
        match self {
            Self::Pair(rule) => rule.post_spike(post, weights),
            Self::Triplet(rule) => rule.post_spike(post, weights),
            Self::Inhibitory(rule) => rule.post_spike(post, weights),
            Self::Eligibility(rule) => rule.post_spike(post, weights),
            Self::Published(rule) => rule.post_spike(post, weights),
            Self::Drawn(rule) => rule.post_spike(post, weights),
            Self::Formula(rule) => rule.post_spike(post, weights),
            // It has seen the potential.
            Self::Voltage(_) => {}
        }
    }

    /// Input spikes of a tick are to be learned from only once its potentials are there.
    pub fn reads_potential(&self) -> bool {
        matches!(self, Self::Formula(rule) if rule.reads_potential())
    }

    /// What it came to that is no number, in words.
    pub fn undefined(&self) -> Option<String> {
        match self {
            Self::Formula(rule) => rule.undefined().map(|of| of.to_string()),
            _ => None,
        }
    }

    /// The outputs' potentials in this tick, before a spike resets them, for a rule that reads them. Whether weights have
    /// changed by that.
    #[inline]
    pub fn observe<'v>(&mut self, v_mv: impl FnOnce() -> &'v [f32], weights: &mut [f32]) -> bool {
        match self {
            Self::Voltage(rule) => rule.observe(v_mv(), weights),
            Self::Formula(rule) if rule.reads_potential() => {
                rule.observe(v_mv());
                false
            }
            _ => false,
        }
    }

    /// The traces of this input and this output: those of pairs, then the triplet rule's slow ones; or x̄, ū₋ − θ₋, 0 and
    /// ū₊ − θ₋.
    pub fn traces(&self, pre: usize, post: usize) -> [f32; 4] {
        let [x, y] = match self {
            Self::Pair(rule) => rule.traces(pre, post),
            Self::Inhibitory(rule) => rule.traces(pre, post),
            Self::Eligibility(rule) => rule.pair().traces(pre, post),
            Self::Published(rule) => rule.traces(pre, post),
            Self::Triplet(rule) => return rule.traces(pre, post),
            Self::Voltage(rule) => {
                let [x, minus, plus] = rule.traces(pre, post);
                return [x, minus, 0.0, plus];
            }
            Self::Formula(rule) => return rule.traces(pre, post),
            // It has none; how long ago spikes were, as traces of 20 ms.
            Self::Drawn(rule) => {
                rule.ages_ms(pre, post).map(|ms| crate::math::exp((-ms / 20.0) as f32))
            }
        };
        [x, y, 0.0, 0.0]
    }

    /// Forgets all spikes.
    pub fn reset(&mut self) {
        each!(self, rule => rule.reset());
    }

    /// Takes over other amplitudes and bounds, if this is pair STDP, waiting or not.
    pub fn set_pair_params(&mut self, params: PairStdpParams) {
        match self {
            Self::Pair(rule) => rule.set_params(params),
            Self::Eligibility(rule) => rule.set_params(params),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::triplet::ROWS;
    use super::super::{
        Bound, Coincidence, DrawnParams, DrawnWindow, Formula, FormulaParams, InhibitoryStdpParams,
        Pairing, PublishedVariant,
    };
    use super::*;
    use crate::{Stream, TimeGrid};

    const GRID_MS: f64 = 0.5;

    fn pair(pairing: Pairing, coincidence: Coincidence) -> PairStdpParams {
        PairStdpParams {
            a_plus: 0.02,
            a_minus: 0.02,
            tau_plus_ms: 20.0,
            tau_minus_ms: 30.0,
            w_min: 0.0,
            w_max: 1.0,
            bound: Bound::Power { mu_plus: 0.5, mu_minus: 0.5 },
            pairing,
            coincidence,
        }
    }

    fn rules(num_pre: usize, num_post: usize) -> Vec<Rule> {
        let grid = TimeGrid::new(GRID_MS);
        let inhibitory = InhibitoryStdpParams {
            eta: 0.02,
            target_rate_hz: 6.0,
            tau_ms: 20.0,
            w_min: 0.0,
            w_max: 1.0,
        };
        let mut rules = vec![
            Rule::Triplet(Triplet::new(num_pre, num_post, ROWS[0].params(), grid)),
            Rule::Inhibitory(InhibitoryStdp::new(num_pre, num_post, inhibitory, grid)),
        ];
        let pairings =
            [Pairing::AllToAll, Pairing::Nearest, Pairing::PresynapticCentred, Pairing::Reduced];
        let coincidences = [
            Coincidence::PreFirst,
            Coincidence::PostFirst,
            Coincidence::Both,
            Coincidence::Neither,
        ];
        for pairing in pairings {
            for coincidence in coincidences {
                let params = pair(pairing, coincidence);
                rules.push(Rule::Pair(PairStdp::new(num_pre, num_post, params, grid)));
            }
        }
        rules.extend(own(num_pre, num_post));
        let asymptotic = PublishedVariant::Asymptotic { a_plus: 0.1, a_minus: 0.02, w_min: 0.0 };
        let taus_ms = [20.0, 30.0];
        let published = Published::with_windows(num_pre, num_post, asymptotic, taus_ms, grid);
        // Last, so that the others stand side by side: its upper end depends on all outputs.
        if num_post == 2 {
            rules.push(Rule::Published(published));
        }
        rules
    }

    /// Rules of the visitor's own.
    fn own(num_pre: usize, num_post: usize) -> [Rule; 3] {
        let grid = TimeGrid::new(GRID_MS);
        let drawn = |is_nearest| {
            let points = [(-40.0, 0.0), (-10.0, -0.01), (0.0, -0.02), (0.0, 0.02), (30.0, 0.0)];
            let window = DrawnWindow::new(&points);
            let coincidence = Coincidence::Both;
            let params = DrawnParams { window, is_nearest, coincidence, w_min: 0.0, w_max: 1.0 };
            Rule::Drawn(Drawn::new(num_pre, num_post, params, grid))
        };
        let read = |text| Formula::parse(text).expect("a formula");
        let params = FormulaParams {
            on_input: read("-0.02*w*y"),
            on_output: read("0.01*(w_max - w)*x*(1 + y_slow)"),
            tau_x_ms: 20.0,
            tau_x_slow_ms: 100.0,
            tau_y_ms: 30.0,
            tau_y_slow_ms: 125.0,
            is_nearest: false,
            is_post_first: true,
            w_min: 0.0,
            w_max: 1.0,
        };
        let formula = Rule::Formula(FormulaRule::new(num_pre, num_post, params, grid));
        [drawn(false), drawn(true), formula]
    }

    /// Weights onto `posts` after noise of three inputs and two outputs; `jumps`: the time between two
    /// busy ticks at once.
    fn run(rule: &mut Rule, posts: &[usize], jumps: bool) -> Vec<f32> {
        let mut stream = Stream::new(1, "spikes");
        let mut weights = vec![0.5; 3 * posts.len()];
        let mut waiting = 0;
        for _ in 0..4_000 {
            let fires: [bool; 5] = std::array::from_fn(|_| stream.chance(0.03));
            waiting += 1;
            if jumps && fires.iter().any(|&fires| fires) {
                rule.jump_ms(f64::from(std::mem::take(&mut waiting)) * GRID_MS);
            } else if !jumps {
                rule.tick();
            }
            for is_input in [!rule.is_post_first(), rule.is_post_first()] {
                for pre in (0..3).filter(|&pre| is_input && fires[pre]) {
                    let row = pre * posts.len()..(pre + 1) * posts.len();
                    rule.pre_spike(pre, &mut weights[row]);
                }
                for (place, _) in
                    posts.iter().enumerate().filter(|&(_, &post)| !is_input && fires[3 + post])
                {
                    rule.post_spike(place, &mut weights);
                }
            }
        }
        weights
    }

    #[test]
    fn an_output_learns_the_same_alone_as_beside_another() {
        let pairs = rules(3, 2).into_iter().zip(rules(3, 1));
        for (mut both, mut one) in pairs {
            let together = run(&mut both, &[0, 1], false);
            let alone = run(&mut one, &[1], false);
            let second: Vec<f32> = together.iter().skip(1).step_by(2).copied().collect();
            assert_eq!(second, alone, "{one:?}");
            assert!(alone.iter().any(|w| (w - 0.5).abs() > 0.01), "{one:?}: {alone:?}");
        }
    }

    #[test]
    fn spikes_of_one_tick_do_together_what_they_do_one_by_one() {
        let mut stream = Stream::new(2, "spikes");
        for mut one_by_one in rules(9, 1) {
            let mut together = one_by_one.clone();
            let mut weights = [vec![0.5; 9], vec![0.5; 9]];
            for _ in 0..3_000 {
                let spikes: Vec<u32> = (0..9).filter(|_| stream.chance(0.05)).collect();
                let has_fired = stream.chance(0.05);
                for (rule, weights) in
                    [&mut one_by_one, &mut together].into_iter().zip(&mut weights)
                {
                    rule.tick();
                    if has_fired && rule.is_post_first() {
                        rule.post_spike(0, weights);
                    }
                }
                for &pre in &spikes {
                    let pre = pre as usize;
                    one_by_one.pre_spike(pre, &mut weights[0][pre..=pre]);
                }
                together.pre_spikes(&spikes, &mut weights[1]);
                for (rule, weights) in
                    [&mut one_by_one, &mut together].into_iter().zip(&mut weights)
                {
                    if has_fired && !rule.is_post_first() {
                        rule.post_spike(0, weights);
                    }
                }
            }
            assert_eq!(weights[0], weights[1], "{together:?}");
            assert_eq!(one_by_one, together);
        }
    }

    #[test]
    fn jumping_over_silence_is_ticking_through_it() {
        for (mut ticking, mut jumping) in rules(3, 2).into_iter().zip(rules(3, 2)) {
            let ours = run(&mut ticking, &[0, 1], false);
            for (a, b) in ours.iter().zip(run(&mut jumping, &[0, 1], true)) {
                assert!((a - b).abs() < 1e-5, "{jumping:?}: {a} {b}");
            }
        }
    }

    #[test]
    fn a_copied_rule_goes_on_where_it_was_and_a_reset_one_starts_anew() {
        for mut rule in rules(3, 2) {
            let first = run(&mut rule, &[0, 1], false);
            let mut cloned = rule.clone();
            let goes_on = run(&mut rule, &[0, 1], false);
            assert_eq!(run(&mut cloned, &[0, 1], false), goes_on);
            rule.reset();
            assert_eq!(run(&mut rule, &[0, 1], false), first);
        }
    }
}
