//! Pairing protocols: spikes at chosen times for one synapse, as an experimenter applies them.
//!
//! **Protocol.** A *motif* of input and output spikes (a pair, a triplet) is repeated at a frequency,
//! usually 60 times, at exact times, from silence. The answer is the relative change of the weight.
//!
//! **Source.** Frequency series: Sjöström, Turrigiano and Nelson (2001, doi:10.1016/S0896-6273(01)00542-6), as
//! tabulated by Pfister and Gerstner (2006, doi:10.1523/JNEUROSCI.1425-06.2006).

use super::rule::Rule;

/// How often a motif is repeated, unless something else is said.
pub const REPEATS: u32 = 60;

/// One measured point of a frequency series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// How often per second the pair was repeated.
    pub rate_hz: f64,
    /// t_post − t_pre.
    pub delta_ms: f64,
    /// Relative change of the weight.
    pub change: f64,
    /// Its standard error of the mean.
    pub sem: f64,
}

const fn measured(rate_hz: f64, delta_ms: f64, change: f64, sem: f64) -> Measured {
    Measured { rate_hz, delta_ms, change, sem }
}

/// Pairs onto layer 5 cells of visual cortex, 60 times. The points at 0.1 and 50 Hz were checked in a
/// second source; those between are recalled, and confirmed by the published errors of the fits.
pub const SJOSTROM_2001: [Measured; 10] = [
    measured(0.1, 10.0, -0.04, 0.05),
    measured(0.1, -10.0, -0.29, 0.08),
    measured(10.0, 10.0, 0.14, 0.10),
    measured(10.0, -10.0, -0.41, 0.11),
    measured(20.0, 10.0, 0.29, 0.14),
    measured(20.0, -10.0, -0.34, 0.10),
    measured(40.0, 10.0, 0.53, 0.11),
    measured(40.0, -10.0, 0.56, 0.32),
    measured(50.0, 10.0, 0.56, 0.26),
    measured(50.0, -10.0, 0.75, 0.19),
];

/// A spike of a motif.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spike {
    /// Of the input, at this time.
    Pre(f64),
    /// Of the output, at this time.
    Post(f64),
}

impl Spike {
    fn at_ms(self) -> f64 {
        match self {
            Self::Pre(ms) | Self::Post(ms) => ms,
        }
    }
}

/// One pair with this Δt = t_post − t_pre.
pub fn pair(delta_ms: f64) -> [Spike; 2] {
    [Spike::Pre(0.0), Spike::Post(delta_ms)]
}

/// Input, output, input: Δt of the first pair and of the second, which is negative.
pub fn pre_post_pre(first_ms: f64, second_ms: f64) -> [Spike; 3] {
    [Spike::Pre(-first_ms), Spike::Post(0.0), Spike::Pre(-second_ms)]
}

/// Output, input, output: Δt of the first pair, which is negative, and of the second.
pub fn post_pre_post(first_ms: f64, second_ms: f64) -> [Spike; 3] {
    [Spike::Post(first_ms), Spike::Pre(0.0), Spike::Post(second_ms)]
}

/// Change of a weight that starts at `w_init`, relative to it, after `repeats` motifs at `rate_hz`.
///
/// `rule` is one of a single synapse; its spikes are forgotten first. The motif must be shorter than
/// its period.
pub fn relative_change(
    rule: &mut Rule,
    w_init: f32,
    motif: &[Spike],
    rate_hz: f64,
    repeats: u32,
) -> f64 {
    let mut motif = motif.to_vec();
    // Insertion into order: a motif has two or three spikes.
    for last in 1..motif.len() {
        for i in (1..=last).rev() {
            if motif[i].at_ms() < motif[i - 1].at_ms() {
                motif.swap(i, i - 1);
            }
        }
    }
    rule.reset();
    let (mut w, mut now_ms) = ([w_init], motif[0].at_ms());
    for repeat in 0..repeats {
        let start_ms = f64::from(repeat) * 1_000.0 / rate_hz;
        for spike in &motif {
            let at_ms = start_ms + spike.at_ms();
            rule.jump_ms(at_ms - now_ms);
            now_ms = at_ms;
            match spike {
                Spike::Pre(_) => rule.pre_spike(0, &mut w),
                Spike::Post(_) => rule.post_spike(0, &mut w),
            }
        }
    }
    f64::from(w[0] - w_init) / f64::from(w_init)
}

/// The frequency series of [`SJOSTROM_2001`] for a rule.
pub fn frequency_series(rule: &mut Rule, w_init: f32) -> [f64; 10] {
    SJOSTROM_2001
        .map(|point| relative_change(rule, w_init, &pair(point.delta_ms), point.rate_hz, REPEATS))
}

/// χ² per point of a frequency series against [`SJOSTROM_2001`].
pub fn chi2_per_point(changes: &[f64; 10]) -> f64 {
    let terms = changes.iter().zip(&SJOSTROM_2001).map(|(change, point)| {
        let z = (change - point.change) / point.sem;
        z * z
    });
    terms.sum::<f64>() / 10.0
}

#[cfg(test)]
mod tests {
    use super::super::triplet::{ROWS, Triplet};
    use super::super::{Bound, Coincidence, PairStdp, PairStdpParams, Pairing};
    use super::*;
    use crate::TimeGrid;

    fn triplet(row: usize) -> Rule {
        Rule::Triplet(Triplet::new(1, 1, ROWS[row].params(), TimeGrid::new(1.0)))
    }

    fn pair_rule() -> Rule {
        let params = PairStdpParams {
            a_plus: 5e-3,
            a_minus: 7.1e-3,
            tau_plus_ms: 16.8,
            tau_minus_ms: 33.7,
            w_min: 0.0,
            w_max: 1.0,
            bound: Bound::Unbounded,
            pairing: Pairing::AllToAll,
            coincidence: Coincidence::PreFirst,
        };
        Rule::Pair(PairStdp::new(1, 1, params, TimeGrid::new(1.0)))
    }

    #[test]
    fn the_fitted_rows_give_the_frequency_table() {
        let table: [([f64; 10], f64); 4] = [
            (
                [0.0, -0.3122, 0.1321, -0.3336, 0.2470, -0.3516, 0.5337, 0.1548, 0.7409, 0.7272],
                0.342,
            ),
            (
                [0.0, -0.3166, 0.1186, -0.3322, 0.2278, -0.3417, 0.5321, 0.1737, 0.7627, 0.7492],
                0.356,
            ),
            (
                [0.0, -0.2943, 0.1036, -0.4113, 0.3232, -0.3382, 0.5603, 0.2598, 0.6243, 0.6193],
                0.232,
            ),
            (
                [0.0, -0.3568, 0.1009, -0.3556, 0.3220, -0.2786, 0.5683, 0.2898, 0.6358, 0.6299],
                0.348,
            ),
        ];
        for (row, (expected, chi2)) in table.iter().enumerate() {
            let series = frequency_series(&mut triplet(row), 1.0);
            for (got, expected) in series.iter().zip(expected) {
                assert!((got - expected).abs() < 2e-4, "row {row}: {series:?}");
            }
            let got = chi2_per_point(&series);
            assert!((got - chi2).abs() < 0.001, "row {row}: {got}");
        }
    }

    #[test]
    fn pairs_alone_go_down_with_frequency() {
        let series = frequency_series(&mut pair_rule(), 1.0);
        let expected =
            [0.165, -0.317, 0.1353, -0.3321, 0.0097, -0.3788, -0.2919, -0.4401, -0.4451, -0.4608];
        for (got, expected) in series.iter().zip(&expected) {
            assert!((got - expected).abs() < 1e-3, "{series:?}");
        }
        assert!(chi2_per_point(&series) > 10.0);
    }

    #[test]
    fn the_hippocampal_row_tells_the_order_of_triplets_apart() {
        let mut rule = triplet(4);
        let mut change = |motif: &[Spike]| relative_change(&mut rule, 1.0, motif, 1.0, REPEATS);
        let pairs = [
            (-40.0, -0.043),
            (-20.0, -0.077),
            (-10.0, -0.104),
            (-5.0, -0.120),
            (5.0, 0.272),
            (10.0, 0.202),
            (20.0, 0.111),
            (40.0, 0.034),
        ];
        for (delta, expected) in pairs {
            let got = change(&pair(delta));
            assert!((got - expected).abs() < 1e-3, "{delta}: {got}");
        }
        let triplets =
            [(5.0, -5.0, 0.043), (10.0, -10.0, 0.005), (15.0, -5.0, -0.078), (5.0, -15.0, 0.102)];
        for (first, second, expected) in triplets {
            let got = change(&pre_post_pre(first, second));
            assert!((got - expected).abs() < 1e-3, "{first} {second}: {got}");
        }
        let triplets =
            [(-5.0, 5.0, 0.358), (-10.0, 10.0, 0.204), (-5.0, 15.0, 0.108), (-15.0, 5.0, 0.325)];
        for (first, second, expected) in triplets {
            let got = change(&post_pre_post(first, second));
            assert!((got - expected).abs() < 1e-3, "{first} {second}: {got}");
        }
    }
}
