//! Short-term plasticity: a spike's effect depends on the spikes that its sender fired before it.
//!
//! **Equations.** Of the resources R a spike uses the share u, and its effect is u R times that of the weight. Between
//! spikes dR/dt = (1 − R)/τ_d and du/dt = −u/τ_f. At a spike first u⁺ = u⁻ + U (1 − u⁻), then the effect u⁺ R⁻, then R⁺ =
//! R⁻ (1 − u⁺): the spike uses u as it has just raised it, and R as it found it. A sender begins with u = 0 and R = 1, as
//! after a long silence, so that its first effect is U.
//!
//! From spike to spike, an interval t apart, that is u ← U + u (1 − U) e^(−t/τ_f) and R ← 1 + (R − u R − 1) e^(−t/τ_d), in
//! u⁺ and R⁻: the recursion of NEST's `tsodyks2_synapse`, whose `u` and `x` they are, begun with u = U and x = 1 at the
//! first spike. (Where u relaxes to U and not to 0, the first effect is U + U (1 − U); that is another model.)
//!
//! **State.** Per sender `u` and `r` right after its last spike, and the tick of that spike. Its constants are columns
//! too, since they may be drawn. All synapses of a sender share them.
//!
//! **Source.** Tsodyks, Pawelzik and Markram (1998, doi:10.1162/089976698300017502); the recursion as in Maass and Markram
//! (2002, doi:10.1016/S0893-6080(01)00144-7).
//!
//! **Method.** Exact: u and R are brought up to date when their sender fires. The factors are computed in double
//! precision and kept in single.

use get_size2::GetSize;

use crate::{Stream, Tick, TimeGrid, math};

/// What the senders have in common.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct ShortTermParams {
    /// U, the share that a spike uses after a long silence, in 0 to 1.
    pub u: f64,
    /// τ_d, recovery from depression, at least 0.
    pub tau_d_ms: f64,
    /// τ_f, decay of facilitation, at least 0; 0 is none.
    pub tau_f_ms: f64,
    /// Standard deviation of each constant over senders, in units of its mean; 0: all are alike.
    pub sd: f64,
    /// The least time constant that is drawn.
    pub tau_least_ms: f64,
}

/// A rule that parameters break.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ShortTermBroken {
    /// A number that is negative, infinite or not a number.
    Negative {
        /// The parameter's name.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// More than everything would be used.
    ShareAbove1 {
        /// The share.
        u: f64,
    },
    /// Half of what is drawn, or more, would be cut off.
    LeastAboveMean {
        /// The least time constant.
        tau_least_ms: f64,
        /// The time constant's name.
        name: &'static str,
        /// Its mean.
        mean_ms: f64,
    },
}

impl std::fmt::Display for ShortTermBroken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Negative { name, value } => {
                write!(f, "{name}: {value}, and it must be 0 or a number above it. Change it.")
            }
            Self::ShareAbove1 { u } => {
                write!(f, "u: {u}, and a share must not be above 1. Make it smaller.")
            }
            Self::LeastAboveMean { tau_least_ms, name, mean_ms } => write!(
                f,
                "tau_least_ms: {tau_least_ms}, and it must be below {name} = {mean_ms}, the mean of what is drawn. Lower it, or set sd to 0."
            ),
        }
    }
}

impl ShortTermParams {
    /// Every rule that is broken; empty if all fits.
    pub fn check(&self) -> Vec<ShortTermBroken> {
        let Self { u, tau_d_ms, tau_f_ms, sd, tau_least_ms } = *self;
        let taus = [("tau_d_ms", tau_d_ms), ("tau_f_ms", tau_f_ms)];
        let others = [("u", u), ("sd", sd), ("tau_least_ms", tau_least_ms)];
        let mut broken = Vec::new();
        for (name, value) in taus.into_iter().chain(others) {
            if !(value.is_finite() && value >= 0.0) {
                broken.push(ShortTermBroken::Negative { name, value });
            }
        }
        if u > 1.0 {
            broken.push(ShortTermBroken::ShareAbove1 { u });
        }
        for (name, mean_ms) in taus {
            if sd > 0.0 && tau_least_ms >= mean_ms {
                broken.push(ShortTermBroken::LeastAboveMean { tau_least_ms, name, mean_ms });
            }
        }
        broken
    }
}

/// u and R of every sender of a projection.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct ShortTerm {
    dt_ms: f64,
    share: Vec<f32>,
    tau_d_ms: Vec<f32>,
    tau_f_ms: Vec<f32>,
    u: Vec<f32>,
    r: Vec<f32>,
    last_tick: Vec<Tick>,
}

impl ShortTerm {
    /// `num_senders` senders that have been silent for long. Of each, U, τ_d and τ_f are drawn from `stream`, in that
    /// order: normal, U cut off at 0 and 1, time constants at their least. Without a deviation nothing is cut off.
    ///
    /// # Panics
    /// If a rule is broken; [`ShortTermParams::check`] says so before.
    pub fn new(
        num_senders: usize,
        params: &ShortTermParams,
        grid: TimeGrid,
        stream: &mut Stream,
    ) -> Self {
        let broken = params.check();
        assert!(broken.is_empty(), "{}", broken[0]);
        let ShortTermParams { u, tau_d_ms, tau_f_ms, sd, tau_least_ms } = *params;
        let varies = sd > 0.0;
        let mut draw = |mean: f64, low: f64, high: f64| {
            if !varies {
                return mean as f32;
            }
            (mean * (1.0 + sd * f64::from(stream.normal()))).clamp(low, high) as f32
        };
        let mut constants = [(); 3].map(|()| Vec::with_capacity(num_senders));
        for _ in 0..num_senders {
            constants[0].push(draw(u, 0.0, 1.0));
            constants[1].push(draw(tau_d_ms, tau_least_ms, f64::INFINITY));
            constants[2].push(draw(tau_f_ms, tau_least_ms, f64::INFINITY));
        }
        let [share, tau_d_ms, tau_f_ms] = constants;
        Self {
            dt_ms: grid.dt_ms(),
            share,
            tau_d_ms,
            tau_f_ms,
            u: vec![0.0; num_senders],
            r: vec![1.0; num_senders],
            last_tick: vec![0; num_senders],
        }
    }

    /// U of each sender.
    pub fn share(&self) -> &[f32] {
        &self.share
    }

    /// τ_d of each sender, in ms.
    pub fn tau_d_ms(&self) -> &[f32] {
        &self.tau_d_ms
    }

    /// τ_f of each sender, in ms.
    pub fn tau_f_ms(&self) -> &[f32] {
        &self.tau_f_ms
    }

    /// u and R of a sender at `tick`, before a spike of that tick. Nothing changes.
    pub fn at(&self, sender: usize, tick: Tick) -> (f32, f32) {
        let elapsed_ms = tick.saturating_sub(self.last_tick[sender]) as f64 * self.dt_ms;
        let kept_u = kept(elapsed_ms, self.tau_f_ms[sender]);
        let kept_loss = kept(elapsed_ms, self.tau_d_ms[sender]);
        let (u, r) = (f64::from(self.u[sender]), f64::from(self.r[sender]));
        (math::flush((u * kept_u) as f32), (1.0 - (1.0 - r) * kept_loss) as f32)
    }

    /// A sender fires at `tick`, not before its last spike. By this factor, u R, its weights act.
    pub fn spike(&mut self, sender: usize, tick: Tick) -> f32 {
        let (u, r) = self.at(sender, tick);
        let raised = u + self.share[sender] * (1.0 - u);
        let effect = raised * r;
        self.u[sender] = raised;
        self.r[sender] = r - effect;
        self.last_tick[sender] = tick;
        effect
    }

    /// Lets every sender have been silent for long; the constants stay.
    pub fn reset(&mut self) {
        self.u.fill(0.0);
        self.r.fill(1.0);
        self.last_tick.fill(0);
    }
}

/// What is left after a time: e^(−t/τ). All of it right away, also with τ = 0.
fn kept(elapsed_ms: f64, tau_ms: f32) -> f64 {
    if elapsed_ms > 0.0 { math::exp_f64(-elapsed_ms / f64::from(tau_ms)) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEPRESSING: ShortTermParams =
        ShortTermParams { u: 0.5, tau_d_ms: 800.0, tau_f_ms: 0.0, sd: 0.0, tau_least_ms: 0.0 };
    const FACILITATING: ShortTermParams =
        ShortTermParams { u: 0.04, tau_d_ms: 100.0, tau_f_ms: 1_000.0, ..DEPRESSING };
    const BOTH: ShortTermParams = ShortTermParams { tau_f_ms: 50.0, ..DEPRESSING };

    fn one(params: &ShortTermParams, dt_ms: f64) -> ShortTerm {
        ShortTerm::new(1, params, TimeGrid::new(dt_ms), &mut Stream::new(1, "short term"))
    }

    /// Effects of a regular train that begins at `first`.
    fn train(params: &ShortTermParams, first: Tick, interval_ms: f64, num: u64) -> Vec<f64> {
        let mut synapse = one(params, 0.1);
        let interval = (interval_ms * 10.0).round() as u64;
        (0..num).map(|n| f64::from(synapse.spike(0, first + n * interval))).collect()
    }

    /// The effect that no longer changes: u = U/(1 − (1 − U) F), R = (1 − D)/(1 − (1 − u) D), with D = e^(−T/τ_d) and F =
    /// e^(−T/τ_f).
    fn steady(params: &ShortTermParams, interval_ms: f64) -> f64 {
        let left = |tau_ms: f64| math::exp_f64(-interval_ms / tau_ms);
        let u = params.u / (1.0 - (1.0 - params.u) * left(params.tau_f_ms));
        let d = left(params.tau_d_ms);
        u * (1.0 - d) / (1.0 - (1.0 - u) * d)
    }

    #[test]
    fn the_first_effect_is_u_whenever_it_comes() {
        for params in [DEPRESSING, FACILITATING, BOTH] {
            for first in [0, 1, 123_456] {
                assert_eq!(train(&params, first, 1.0, 1), [f64::from(params.u as f32)]);
            }
        }
    }

    #[test]
    fn a_regular_train_ends_in_the_closed_form() {
        for params in [DEPRESSING, FACILITATING, BOTH] {
            for interval_ms in [5.0, 20.0, 100.0, 1_000.0] {
                let found = train(&params, 7, interval_ms, 2_000)[1_999];
                let expected = steady(&params, interval_ms);
                assert!(
                    (found / expected - 1.0).abs() < 1e-5,
                    "{interval_ms} ms: {found} {expected}"
                );
            }
        }
    }

    #[test]
    fn depression_makes_fast_trains_alike() {
        // Effect times rate nears 1/τ_d: the rate no longer matters.
        for rate_hz in [50.0, 100.0, 200.0, 400.0] {
            let effect = train(&DEPRESSING, 0, 1_000.0 / rate_hz, 2_000)[1_999];
            let per_tau = effect * rate_hz * 0.8;
            println!("{rate_hz} Hz: {effect}, times rate and τ_d {per_tau}");
            assert!((per_tau - 1.0).abs() < 2.0 / rate_hz, "{rate_hz} Hz: {per_tau}");
        }
    }

    #[test]
    fn facilitation_rises_and_depression_falls() {
        let up = train(&FACILITATING, 0, 50.0, 5);
        assert!(up.windows(2).all(|pair| pair[1] > pair[0]), "{up:?}");
        let down = train(&DEPRESSING, 0, 50.0, 5);
        assert!(down.windows(2).all(|pair| pair[1] < pair[0]), "{down:?}");
        // The second effect by hand: U (1 − U e^(−T/τ_d)), u being U again.
        assert!((down[1] - 0.5 * (1.0 - 0.5 * math::exp_f64(-50.0 / 800.0))).abs() < 1e-7);
    }

    #[test]
    fn looking_changes_nothing_and_any_step_gives_the_same() {
        let mut fine = one(&BOTH, 0.1);
        let mut coarse = one(&BOTH, 1.0);
        for ms in [3, 10, 11, 60, 700] {
            for before in 0..10 * ms {
                fine.at(0, before);
            }
            let (u, r) = fine.at(0, 10 * ms);
            let (a, b) = (fine.spike(0, 10 * ms), coarse.spike(0, ms));
            assert!((a - b).abs() < 1e-6, "{ms} ms: {a} {b}");
            assert!((a - (u + 0.5 * (1.0 - u)) * r).abs() < 1e-6);
        }
        // Two spikes in one step: the second finds what the first has left.
        let (u, r) = fine.at(0, 7_000);
        assert_eq!((u, r), (fine.u[0], fine.r[0]));
        assert_eq!(fine.spike(0, 7_000), (u + 0.5 * (1.0 - u)) * r);
        let (u, r) = fine.at(0, 1_000_000);
        assert_eq!((u, r), (0.0, 1.0));
        fine.reset();
        assert_eq!(fine, one(&BOTH, 0.1));
    }

    #[test]
    fn constants_are_drawn_for_every_sender() {
        let params = ShortTermParams { sd: 0.5, tau_least_ms: 5.0, ..BOTH };
        let all = |seed| {
            ShortTerm::new(
                20_000,
                &params,
                TimeGrid::new(0.1),
                &mut Stream::new(seed, "short term"),
            )
        };
        let drawn = all(1);
        assert_eq!(drawn, all(1));
        assert_ne!(drawn.share, all(2).share);
        let columns = [(drawn.share(), 0.5), (drawn.tau_d_ms(), 800.0), (drawn.tau_f_ms(), 50.0)];
        for (column, mean) in columns {
            let num = column.len() as f64;
            let found = column.iter().map(|x| f64::from(*x)).sum::<f64>() / num;
            let square = |x: &f32| (f64::from(*x) / mean - 1.0) * (f64::from(*x) / mean - 1.0);
            let sd = (column.iter().map(square).sum::<f64>() / num).sqrt();
            // What is cut off, 2.3 % on either side, moves both by little.
            assert!((found / mean - 1.0).abs() < 0.02, "{found} for {mean}");
            assert!((sd - 0.5).abs() < 0.03, "{sd}");
        }
        assert!(drawn.share().iter().all(|u| (0.0..=1.0).contains(u)));
        assert_eq!(drawn.tau_f_ms().iter().copied().fold(f32::MAX, f32::min), 5.0);
    }

    #[test]
    fn a_broken_rule_is_named_with_its_remedy() {
        let told = |params: ShortTermParams| {
            params.check().iter().map(ShortTermBroken::to_string).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(told(DEPRESSING), "");
        assert_eq!(
            told(ShortTermParams { u: 1.5, ..BOTH }),
            "u: 1.5, and a share must not be above 1. Make it smaller."
        );
        assert_eq!(
            told(ShortTermParams { tau_d_ms: -1.0, ..BOTH }),
            "tau_d_ms: -1, and it must be 0 or a number above it. Change it."
        );
        assert_eq!(
            told(ShortTermParams { sd: 0.1, tau_least_ms: 60.0, ..BOTH }),
            "tau_least_ms: 60, and it must be below tau_f_ms = 50, the mean of what is drawn. Lower it, or set sd to 0."
        );
    }
}
