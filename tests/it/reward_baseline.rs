//! What a baseline is good for, over seeds: both stimuli are learned with a critic, and with nothing else.
//!
//! A network that only drifts ends above its untrained level on both stimuli in a quarter of all seeds: of 20 seeds in 5,
//! and in at most 9 with 98.6 % probability (binomial). Means come with their 95 % interval, 1.96 standard errors.

use rayon::prelude::*;

use stdp_playground::lab::{Session, Spec};
use stdp_playground::record::{Figure, WeightsFile};

use crate::runs::{finished, number, spec_of, with_file};

/// The most seeds of 20 in which drift alone ends above on both.
const DRIFT: usize = 9;

/// Results of one protocol over seeds 1 to `num_seeds`: a list for each of these names.
fn over_seeds<const N: usize>(link: &str, num_seeds: u32, names: [&str; N]) -> [Vec<f64>; N] {
    let spec = spec_of(link);
    let run = |seed| {
        let session = finished(&Spec { seed, ..spec.clone() });
        assert!(session.runner.fault().is_none(), "{link}, seed {seed}");
        names.map(|name| number(&session, name))
    };
    let rows: Vec<[f64; N]> = (1..=num_seeds).into_par_iter().map(run).collect();
    std::array::from_fn(|column| rows.iter().map(|row| row[column]).collect())
}

/// Mean and half the width of its 95 % interval.
fn interval(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    (mean, 1.96 * (squares / (n - 1.0) / n).sqrt())
}

/// How far the two stimuli ended above their untrained level and above the chance level of their spikes.
struct Gains {
    over_untrained: [Vec<f64>; 2],
    over_chance: [Vec<f64>; 2],
}

impl Gains {
    fn of(link: &str, num_seeds: u32) -> Self {
        let gain = |performance: Vec<f64>, level: Vec<f64>| -> Vec<f64> {
            performance.iter().zip(&level).map(|(performance, level)| performance - level).collect()
        };
        let names = [
            "performance_a",
            "untrained_a",
            "chance_a",
            "performance_b",
            "untrained_b",
            "chance_b",
        ];
        let [a, untrained_a, chance_a, b, untrained_b, chance_b] =
            over_seeds(link, num_seeds, names);
        let gains = Self {
            over_untrained: [gain(a.clone(), untrained_a), gain(b.clone(), untrained_b)],
            over_chance: [gain(a, chance_a), gain(b, chance_b)],
        };
        let [a, b] = gains.over_untrained.each_ref().map(|gains| interval(gains));
        let [c, d] = gains.over_chance.each_ref().map(|gains| interval(gains));
        println!(
            "{link}: over untrained A {:+.3} ± {:.3}, B {:+.3} ± {:.3}; over chance A {:+.3} ± {:.3}, B {:+.3} ± {:.3}; \
             both above in {} of {num_seeds}",
            a.0,
            a.1,
            b.0,
            b.1,
            c.0,
            c.1,
            d.0,
            d.1,
            gains.num_both()
        );
        gains
    }

    /// Seeds that end above their untrained level on both stimuli.
    fn num_both(&self) -> usize {
        let [a, b] = &self.over_untrained;
        a.iter().zip(b).filter(|(a, b)| **a > 0.0 && **b > 0.0).count()
    }

    /// Both stimuli are above untrained and chance level by more than the interval.
    fn is_learned(&self) -> bool {
        let all = self.over_untrained.iter().chain(&self.over_chance);
        all.map(|gains| interval(gains)).all(|(mean, width)| mean > width)
    }

    /// Both stimuli are below the untrained level by more than the interval.
    fn is_below(&self) -> bool {
        self.over_untrained.iter().map(|gains| interval(gains)).all(|(mean, width)| mean < -width)
    }
}

const SHORT: &str = "num_trials=3000&eta=0.5";

#[test]
fn with_a_critic_both_stimuli_are_learned() {
    let gains = Gains::of(&format!("demo=reward_baseline&{SHORT}"), 6);
    assert!(gains.num_both() >= 5 && gains.is_learned());
}

#[test]
fn a_critic_that_expects_too_much_makes_it_worse_than_untrained() {
    let gains = Gains::of(&format!("demo=reward_baseline&{SHORT}&offset=-0.4"), 6);
    assert!(gains.is_below() && gains.num_both() == 0);
}

#[test]
fn an_offset_is_seen_in_the_mean_success_and_only_there() {
    for offset in [-0.5, 0.5] {
        let link = format!("demo=reward_baseline&num_trials=2000&offset={offset}");
        let session = finished(&spec_of(&link));
        for name in ["success_sigma_a", "success_sigma_b"] {
            let success = number(&session, name);
            assert!((success - offset).abs() < 0.05, "{name} is {success}, not {offset}");
        }
    }
    // The mean of all trials is off by half the difference of the rewards; hardly anything is learned here.
    let link =
        "demo=reward_baseline&num_trials=2000&baseline=mean&eta=0.001&bonus=0.4&tau_trials=200";
    let session = finished(&spec_of(link));
    let difference = 0.4 + number(&session, "untrained_a") - number(&session, "untrained_b");
    let half = difference / 2.0 / number(&session, "reward_sigma");
    let [a, b] = ["success_sigma_a", "success_sigma_b"].map(|name| number(&session, name));
    assert!((a - half).abs() < 0.15 && (b + half).abs() < 0.15, "{a}, {b}, not ±{half}");
}

/// The lines of the figure against the offset: their offsets, and the scores of both stimuli and the untrained level.
fn against_the_offset(session: &Session) -> (Vec<f32>, [Vec<f32>; 3]) {
    let panels = session.spec.params.panels();
    let place = panels.iter().position(|panel| panel.key == "offsets").expect("the panel") as u16;
    let mut figures = session.runner.figures(&|panel| panel == place);
    let (_, Figure::Curve(mut curve)) = figures.remove(0) else { panic!("a curve") };
    let x = curve.lines[0].x.clone();
    (x, std::array::from_fn(|line| std::mem::take(&mut curve.lines[line].y)))
}

#[test]
fn a_run_is_seen_against_the_offset() {
    let ends = |link: &str| against_the_offset(&finished(&spec_of(link)));
    let (x, [a, b, untrained]) = ends(&format!("demo=reward_baseline&{SHORT}"));
    assert_eq!(x, [-0.4, -0.25, -0.1, 0.0, 0.1, 0.25, 0.4]);
    let session = finished(&spec_of(&format!("demo=reward_baseline&{SHORT}&offset=-0.4")));
    for (name, scores) in [("performance_a", &a), ("performance_b", &b)] {
        // The copy with this offset did what a run with it does.
        assert_eq!(scores[0], number(&session, name) as f32);
        // It fails at the ends, and at the lower one it is worse than before.
        assert!(scores[3] > untrained[0] && scores[0] < untrained[0], "{scores:?}");
        assert!(scores[0] < scores[3] - 0.2 && scores[6] < scores[3] - 0.05, "{scores:?}");
    }
    assert_eq!(against_the_offset(&session).1, [a, b, untrained]);
    // Weights that are tested only are the same with every offset: there is nothing to show.
    let file = WeightsFile::csv_of("reward_baseline", "", &session.runner.weights());
    let mut tested = with_file(session.spec.clone(), &file).expect("weights");
    tested.run_to_end();
    assert!(against_the_offset(&tested).0.is_empty());
}

#[test]
fn biofeedback_raises_the_rewarded_neuron_only() {
    let names =
        ["rate_rewarded_start_hz", "rate_rewarded_hz", "rate_others_hz", "rate_fastest_other_hz"];
    let [start, rewarded, others, fastest] = over_seeds("reward_baseline/biofeedback", 4, names);
    for seed in 0..4 {
        assert!((2.5..5.5).contains(&start[seed]), "{start:?}");
        assert!(rewarded[seed] > 2.0 * start[seed], "{start:?} {rewarded:?}");
        assert!(rewarded[seed] > 1.5 * fastest[seed], "{rewarded:?} {fastest:?}");
        assert!(others[seed] < 1.5 * start[seed], "{start:?} {others:?}");
    }
}

/// One network, two stimuli, three baselines.
#[test]
#[ignore = "half a minute"]
fn only_a_critic_learns_both_stimuli() {
    let critic = Gains::of("reward_baseline/critic", 20);
    assert!(critic.is_learned() && critic.num_both() >= 19, "{}", critic.num_both());
    for preset in ["running_mean", "no_baseline"] {
        let gains = Gains::of(&format!("reward_baseline/{preset}"), 20);
        assert!(!gains.is_learned(), "{preset}");
        assert!(gains.num_both() <= DRIFT, "{preset}: {}", gains.num_both());
    }
    // Without a bonus the mean of all trials does as well.
    assert!(Gains::of("reward_baseline/same_pay", 20).is_learned());
}

/// Performance against the offset of the success.
#[test]
#[ignore = "a minute"]
fn an_offset_of_a_quarter_sigma_stops_learning() {
    let at = |offset: f64| {
        let link = format!("demo=reward_baseline&offset={offset}");
        Gains::of(&link, 20)
    };
    for offset in [-1.0, -0.6, -0.4] {
        let gains = at(offset);
        assert!(gains.is_below() && gains.num_both() == 0, "{offset}");
    }
    for offset in [-0.25, 0.25, 0.4, 0.6, 1.0] {
        let gains = at(offset);
        assert!(!gains.is_learned() && gains.num_both() <= DRIFT, "{offset}");
    }
    let (half, none) = (at(-0.1), at(0.0));
    assert!(half.is_learned() && none.is_learned());
    for stimulus in 0..2 {
        let of = |gains: &Gains| interval(&gains.over_untrained[stimulus]).0;
        assert!(of(&half) < of(&none));
    }
}

/// The rewarded neuron's rate goes from about 4 to about 12 Hz in 20 minutes, the others' stay.
#[test]
#[ignore = "half a minute"]
fn biofeedback_over_seeds() {
    let names =
        ["rate_rewarded_start_hz", "rate_rewarded_hz", "rate_others_start_hz", "rate_others_hz"];
    let [start, rewarded, others_start, others] =
        over_seeds("reward_baseline/biofeedback", 20, names).map(|values| interval(&values));
    println!(
        "rewarded {start:.2?} to {rewarded:.2?} Hz, others {others_start:.2?} to {others:.2?} Hz"
    );
    assert!((3.0..5.0).contains(&start.0) && (9.0..15.0).contains(&rewarded.0));
    assert!(others.0 < 1.25 * others_start.0);
    // Without a mean to compare with, all rates rise.
    let [rewarded, others] = over_seeds(
        "demo=reward_baseline&part=biofeedback&tau_mean_s=0",
        4,
        ["rate_rewarded_hz", "rate_others_hz"],
    );
    assert!(interval(&others).0 > 0.8 * interval(&rewarded).0, "{rewarded:?} {others:?}");
}

fn assert_near(what: &str, got: f64, expected: f64, within: f64) {
    assert!((got - expected).abs() < within, "{what}: {got}, not {expected}");
}

/// What the page says of the three baselines: scores, spikes of each output and success by stimulus, over 20 seeds.
#[test]
#[ignore = "a minute"]
fn the_numbers_on_the_page_by_baseline() {
    const NAMES: [&str; 6] = [
        "performance_a",
        "performance_b",
        "spikes_a",
        "spikes_b",
        "success_sigma_a",
        "success_sigma_b",
    ];
    for (preset, both, expected) in [
        ("critic", 20, [0.80, 0.81, 1.3, 1.3, 0.0, 0.0]),
        ("running_mean", 3, [0.56, 0.51, 2.3, 0.5, 0.6, -0.6]),
        ("no_baseline", 5, [0.52, 0.54, 3.0, 2.9, 3.6, 2.7]),
    ] {
        let link = format!("reward_baseline/{preset}");
        assert_eq!(Gains::of(&link, 20).num_both(), both, "{preset}");
        let means = over_seeds(&link, 20, NAMES).map(|values| interval(&values));
        println!("{preset}: {means:.3?}");
        for (place, name) in NAMES.iter().enumerate() {
            // A score has two digits on the page, everything else one.
            let within = if place < 2 { 0.005 } else { 0.05 };
            assert_near(&format!("{preset}, {name}"), means[place].0, expected[place], within);
        }
        if preset == "critic" {
            assert!(means[0].1 < 0.025 && means[1].1 < 0.025, "{means:?}");
        }
    }
    for level in over_seeds("reward_baseline/critic", 20, ["untrained_a", "untrained_b"]) {
        assert_near("untrained", interval(&level).0, 0.54, 0.005);
    }
    assert_eq!(Gains::of("reward_baseline/same_pay", 20).num_both(), 13);
}

/// What the page says of offsets: the scores at ±0.4, and of 20 seeds those that end above on both.
#[test]
#[ignore = "a minute"]
fn the_numbers_on_the_page_by_offset() {
    for (offset, both) in [(-0.4, 0), (-0.25, 2), (-0.1, 18), (0.1, 9), (0.25, 8), (0.4, 5)] {
        let link = format!("demo=reward_baseline&offset={offset}");
        assert_eq!(Gains::of(&link, 20).num_both(), both, "{offset}");
        let names = ["performance_a", "performance_b", "spikes_a", "spikes_b"];
        let [a, b, spikes_a, spikes_b] =
            over_seeds(&link, 20, names).map(|values| interval(&values).0);
        let (score, spikes) = match offset {
            -0.4 => (0.43, 0.1),
            0.4 => (0.55, 3.0),
            _ => continue,
        };
        for (name, got) in [("▲", a), ("■", b)] {
            assert_near(&format!("{offset}, score with {name}"), got, score, 0.006);
        }
        for (name, got) in [("▲", spikes_a), ("■", spikes_b)] {
            assert_near(&format!("{offset}, spikes with {name}"), got, spikes, 0.15);
        }
    }
}

/// What the page says of biofeedback, over 20 seeds.
#[test]
#[ignore = "half a minute"]
fn the_numbers_on_the_page_of_biofeedback() {
    let names =
        ["rate_rewarded_start_hz", "rate_rewarded_hz", "rate_others_start_hz", "rate_others_hz"];
    let means =
        over_seeds("reward_baseline/biofeedback", 20, names).map(|values| interval(&values));
    println!("{means:.2?}");
    for (place, (expected, width)) in
        [(4.0, 0.3), (12.1, 0.9), (3.7, 0.1), (4.2, 0.2)].into_iter().enumerate()
    {
        assert_near(names[place], means[place].0, expected, 0.05);
        assert_near(names[place], means[place].1, width, 0.05);
    }
    let names = ["rate_rewarded_hz", "rate_others_hz", "rate_fastest_other_hz"];
    let [rewarded, others, fastest] =
        over_seeds("reward_baseline/biofeedback_no_baseline", 20, names);
    for seed in 0..20 {
        // The slowest of five is at least their sum less four times the fastest.
        let slowest = 5.0 * others[seed] - 4.0 * fastest[seed];
        assert!(rewarded[seed] > 40.0 && slowest > 40.0, "{rewarded:?} {others:?} {fastest:?}");
    }
}

/// Dopamine that comes after the eligibility has faded (400 ms) tells no neuron from the others.
#[test]
fn late_dopamine_singles_out_no_neuron() {
    let at = |delay_ms: u32| {
        let link = format!("demo=reward_baseline&part=biofeedback&delay_ms={delay_ms}");
        over_seeds(&link, 10, ["rate_rewarded_hz", "rate_others_hz"])
    };
    let ([soon, others_soon], [late, others_late]) = (at(100), at(1_000));
    assert!(interval(&soon).0 > 2.0 * interval(&others_soon).0, "{soon:?} {others_soon:?}");
    assert!(interval(&late).0 < 1.25 * interval(&others_late).0, "{late:?} {others_late:?}");
}
