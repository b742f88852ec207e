//! What the page of the correlated inputs claims, measured over seeds: each number is computed here, written as the page
//! writes it, and looked for in `page.md`. So a sentence cannot say anything else than its runs do.
//!
//! Spreads are standard deviations over seeds. The tests that take long are ignored by `make test`; `make papers` runs
//! them.

use std::fmt;
use std::fs;

use rayon::prelude::*;

use stdp_playground::experiments::build;
use stdp_playground::lab::{Session, Spec};
use stdp_playground::record::{Figure, WeightsFile};

use crate::runs::{arrays, finished, number, spec_of};

const PAGE: &str = "src/experiments/correlated_inputs/page.md";
pub const NEURON: &str = "demo=correlated_inputs&part=neuron";
pub const GROUPS: [&str; 2] = ["mean_weight_correlated", "mean_weight_uncorrelated"];
pub const RATE: [&str; 1] = ["output_rate_hz"];

/// The page says this, wherever its lines break.
pub fn said(text: &str) {
    let page = fs::read_to_string(PAGE).expect("the words of the experiment");
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains(text), "the page does not say: {text}");
}

/// One number over seeds.
#[derive(Debug)]
pub struct Spread(pub Vec<f64>);

impl Spread {
    pub fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }

    pub fn sd(&self) -> f64 {
        let mean = self.mean();
        let squares = self.0.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
        (squares / (self.0.len() as f64 - 1.0)).sqrt()
    }

    pub fn min(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    pub fn max(&self) -> f64 {
        self.0.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }

    pub fn times(&self, factor: f64) -> Self {
        Self(self.0.iter().map(|x| factor * x).collect())
    }
}

/// As the page writes it, with as many digits as are asked for.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = f.precision().unwrap_or(2);
        let text = format!("{:.digits$} ± {:.digits$}", self.mean(), self.sd());
        f.write_str(&text.replace('-', "−"))
    }
}

/// What `look` finds in the finished runs of seeds 1 to `num_seeds`.
pub fn each<T: Send>(link: &str, num_seeds: u32, look: impl Fn(Session) -> T + Sync) -> Vec<T> {
    let spec = spec_of(link);
    let run = |seed| {
        let session = finished(&Spec { seed, ..spec.clone() });
        assert!(session.runner.fault().is_none(), "{link}, seed {seed}");
        look(session)
    };
    (1..=num_seeds).into_par_iter().map(run).collect()
}

fn over<const N: usize>(num_seeds: u32, link: &str, names: [&str; N]) -> [Spread; N] {
    let runs = each(link, num_seeds, |session| names.map(|name| number(&session, name)));
    let found = std::array::from_fn(|place| Spread(runs.iter().map(|run| run[place]).collect()));
    println!("{link}");
    for (name, spread) in names.iter().zip(&found) {
        println!("  {name}: {spread:.4}, {:.4} to {:.4}", spread.min(), spread.max());
    }
    found
}

/// Over the ten seeds of most claims.
pub fn ten<const N: usize>(link: &str, names: [&str; N]) -> [Spread; N] {
    over(10, link, names)
}

/// A preset with some of its parameters changed.
pub fn preset(id: &str, changes: &str) -> String {
    format!("demo=correlated_inputs&preset={id}{changes}")
}

/// Weights of the plastic inputs.
pub fn weights(session: &Session) -> Vec<f64> {
    let arrays = session.runner.weights();
    let inputs = arrays.iter().find(|array| array.name == "input_to_output").expect("weights");
    inputs.values.iter().map(f64::from).collect()
}

pub fn mean_and_sd(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, (values.iter().map(|w| (w - mean) * (w - mean)).sum::<f64>() / n).sqrt())
}

#[test]
fn correlation_wins() {
    let names = [GROUPS[0], GROUPS[1], "share_below_0_1", "share_above_0_9", "selectivity"];
    let [group, others, low, high, selectivity] = ten("correlated_inputs/neuron", names);
    assert!(selectivity.min() > 0.8, "{selectivity:?}");
    said(&format!("{group:.3}, that of the others at {others:.2}, in all of 10 runs"));
    let (low, high) = (low.times(100.0), high.times(100.0));
    said(&format!("{low:.0} % below 0.1 and {high:.1} % above 0.9"));
    // None of the groups is the busier one.
    let counts =
        each(&preset("groups", "&correlation=0.2&num_inputs=50&duration_s=400"), 10, |run| {
            number(&run, "rate_hz")
        });
    let rate_hz = Spread(counts);
    assert!((rate_hz.mean() - 10.0).abs() < 0.1, "{rate_hz:?}");
}

#[test]
fn no_correlation_no_winner() {
    let names =
        [GROUPS[0], GROUPS[1], "output_rate_hz", "output_rate_hz_correlated", "synapse_gain"];
    let [first, others, rate_hz, led_hz, gain] = ten("correlated_inputs/not_correlated", names);
    said(&format!("{first:.2} and {others:.2} (Compare A|B, 10 seeds)"));
    let pairs = rate_hz.0.iter().zip(&led_hz.0);
    assert!(pairs.clone().all(|(a, b)| (a / b - 1.0).abs() < 0.02), "{rate_hz:?}, {led_hz:?}");
    assert!(gain.min() > 1.05, "{gain:?}");
    let [silent_hz] = ten("demo=correlated_inputs&correlation=0", RATE);
    said(&format!("nearly falls silent ({silent_hz:.1} Hz)"));
}

#[test]
fn the_ratio_sets_depression() {
    let of = |ratio: &str| {
        let link = format!("demo=correlated_inputs&ratio={ratio}");
        ten(&link, [GROUPS[1], "output_rate_hz"])
    };
    let ([low, low_hz], [usual, usual_hz], [high, _]) = (of("1.02"), of("1.1"), of("1.2"));
    said(&format!("the others keep {low:.2} at 1.02, {usual:.2} at 1.10 and {high:.2} at 1.20"));
    assert!(low_hz.min() > usual_hz.max(), "{low_hz:?}, {usual_hz:?}");
}

#[test]
fn little_correlation_is_enough() {
    let [group, others] = ten("demo=correlated_inputs&correlation=0.05", GROUPS);
    said(&format!("at 0.05 the half ends at {group:.3} and the others at {others:.2}"));
}

#[test]
fn two_groups_after_10_s() {
    let names = [GROUPS[0], "mean_weight_second", GROUPS[1]];
    let [first, second, rest] = ten(&preset("two_groups", "&duration_s=10"), names);
    said(&format!("{first:.2}, {second:.2} and, for the rest, {rest:.2} after 10 s"));
}

/// Five rows of 1,000 inputs over 2,000 s.
#[test]
#[ignore = "a minute"]
fn a_thousand_inputs() {
    let names = ["output_rate_hz", "share_below_0_1", "share_above_0_9", "output_cv"];
    let of = |id: &str| ten(&format!("correlated_inputs/{id}"), names);
    let [hz_10, low, high, cv] = of("song_10hz");
    let [hz_20, ..] = of("song_20hz");
    let [hz_40, ..] = of("song_40hz");
    let [hz_low, .., cv_low] = of("song_ratio_low");
    let [hz_high, ..] = of("song_ratio_high");
    said(&format!("{hz_10:.1}, {hz_20:.1} and {hz_40:.1} Hz of output"));
    said(&format!("{hz_low:.1}, {hz_20:.1} and {hz_high:.2} Hz"));
    said(&format!(
        "{:.0} % end below 0.1 and {:.0} % above 0.9",
        low.times(100.0),
        high.times(100.0)
    ));
    said(&format!("has a CV of {cv:.2}"));
    said(&format!("{cv_low:.3} at A₋/A₊ = 1.02"));
    assert!(hz_40.min() < 2.0 * hz_10.min() && hz_40.max() < 2.0 * hz_10.max());
}

/// The weights that 1,000 inputs at 10 Hz leave, held still while the inputs fire at 40 Hz.
#[test]
#[ignore = "half a minute"]
fn old_weights_at_40_hz() {
    let link = "part=neuron&rule=none&num_inputs=1000&g_total=15&correlated_share=0&rate_hz=40&duration_s=20";
    let still = spec_of(&format!("demo=correlated_inputs&{link}"));
    let factors = each("correlated_inputs/song_10hz", 10, |learned| {
        let file = WeightsFile::new("correlated_inputs", "", arrays(&*learned.runner));
        let mut held = Session::new(Spec { seed: learned.spec.seed, ..still.clone() }, build);
        held.runner.load_weights(&file).expect("weights of as many inputs");
        held.run_to_end();
        number(&held, "output_rate_hz") / number(&learned, "output_rate_hz")
    });
    let factor = Spread(factors);
    println!("{factor:.2}");
    assert!(factor.min() > 35.0 && factor.max() < 50.0, "{factor:?}");
}

#[test]
#[ignore = "half a minute"]
fn half_of_a_thousand() {
    let names = [GROUPS[0], GROUPS[1], "output_rate_hz"];
    let of = |id: &str| ten(&format!("correlated_inputs/{id}"), names);
    let [group, others, hz] = of("song_correlated");
    said(&format!("at 0.2 it ends at {group:.3} and the others at {others:.3}, at {hz:.0} Hz"));
    let [group, others, hz] = of("song_weakly_correlated");
    said(&format!("at 0.05 at {group:.3} and {others:.3}, at {hz:.1} Hz"));
    let [group, others, hz] = of("song_modulated");
    said(&format!("{group:.2} against {others:.2}, at {hz:.1} Hz"));
}

#[test]
#[ignore = "half a minute"]
fn pairs_of_one_step() {
    let [hz] = ten(&preset("song_10hz", "&coincidence=minus"), RATE);
    said(&format!("to {:.0} Hz", hz.mean()));
    assert!(hz.max() < 10.0, "{hz:?}");
}

/// How many trains of the chosen group fire in one step, where at least two do, and how often per second.
fn crowd(link: &str) -> [Spread; 2] {
    let runs = each(link, 10, |session| {
        let figures = session.runner.figures(&|panel| panel == 3);
        let Figure::Curve(curve) = &figures[0].1 else { panic!("a curve") };
        let line = &curve.lines[0];
        let times_hz: f64 = line.y.iter().map(|hz| f64::from(*hz)).sum();
        let all = line.x.iter().zip(&line.y).map(|(n, hz)| f64::from(*n) * f64::from(*hz));
        [all.sum::<f64>() / times_hz, times_hz]
    });
    [0, 1].map(|place| Spread(runs.iter().map(|run| run[place]).collect()))
}

#[test]
fn other_crowds() {
    let [shared, shared_hz] = crowd("correlated_inputs/groups");
    let [mother, mother_hz] = crowd("correlated_inputs/groups_mip");
    said(&format!(
        "{:.0} of 10 trains fire together, {:.0} times a second",
        shared.mean(),
        shared_hz.mean()
    ));
    said(&format!("only {:.0}, but {:.0} times a second", mother.mean(), mother_hz.mean()));
    assert!(shared.min() > mother.max() + 1.0, "{shared:?}, {mother:?}");
}

#[test]
fn rates_and_correlations() {
    for id in ["groups", "groups_mip"] {
        let names = ["rate_hz", "pairwise_correlation", "pairwise_correlation_expected"];
        let [hz, found, expected] = ten(&preset(id, "&duration_s=400"), names);
        assert!(hz.0.iter().all(|hz| (hz / 10.0 - 1.0).abs() < 0.02), "{id}: {hz:?}");
        let mut pairs = found.0.iter().zip(&expected.0);
        assert!(pairs.all(|(found, expected)| (found - expected).abs() < 0.02), "{id}: {found:?}");
    }
}

#[test]
fn a_neuron_feels_crowds() {
    let names = ["output_cv", "output_rate_hz", "selectivity"];
    let [shared, shared_hz, _] = ten("correlated_inputs/neuron", names);
    let [mother, mother_hz, _] = ten("demo=correlated_inputs&recipe=mip", names);
    said(&format!(
        "CV of {shared:.2} with the shared source, and of {mother:.2} with the mother train"
    ));
    assert!((shared_hz.mean() / mother_hz.mean() - 1.0).abs() < 0.05);
}

#[test]
fn the_virtual_weight() {
    let of = |id: &str, c: &str| {
        let [weight] = over(200, &preset(id, &format!("&correlation={c}")), ["virtual_weight"]);
        assert!(weight.sd() / 200_f64.sqrt() < 0.5, "the page's standard error");
        format!("{:.1}", weight.mean() + 0.0).replace("-0.0", "0.0").replace('-', "−")
    };
    let published = ["0", "0.5", "1"].map(|c| of("published_synapse", c));
    let [none, half, full] = &published;
    said(&format!("{none}, {half} and {full} for correlations of 0, 0.5 and 1"));
    let [none, half_left, full_left] = ["0", "0.5", "1"].map(|c| of("published_synapse_mended", c));
    said(&format!("{none}, {half_left} and {full_left} are left"));
    said(&format!("{full} becomes {full_left}, and {half} becomes {half_left}"));
}

/// Mean weights of the slower and of the faster half.
fn halves(link: &str) -> [Spread; 2] {
    let runs = each(link, 10, |run| {
        let w = weights(&run);
        let (slow, fast) = w.split_at(w.len() / 2);
        [mean_and_sd(slow).0, mean_and_sd(fast).0]
    });
    [0, 1].map(|place| Spread(runs.iter().map(|run| run[place]).collect()))
}

#[test]
fn the_busiest_inputs_lose() {
    let [slow, fast] = halves("correlated_inputs/growing");
    assert!(slow.0.iter().zip(&fast.0).all(|(slow, fast)| slow - fast > 0.1));
    said(&format!("the slower half keeps {slow:.2} and the faster half {fast:.2}"));
    let [slow, fast] = halves("correlated_inputs/brian_example");
    assert!(slow.0.iter().zip(&fast.0).all(|(slow, fast)| slow > fast));
    said(&format!("{slow:.2} against {fast:.2} where 1,000 inputs fire at 10 to 40 Hz"));
}

#[test]
fn silent_inputs_wait() {
    let [early, late] = ten("correlated_inputs/offsets", GROUPS);
    said(&format!("the early half ends at {early:.2} and the late half at {late:.2}"));
    // There are ten starts, and inputs are ordered by them: before the sixth about half of them are still silent.
    for seed in 1..=10 {
        let spec = Spec { seed, ..spec_of("correlated_inputs/offsets") };
        let mut session = Session::new(spec, build);
        let start = weights(&session);
        let sixth = session.runner.num_ticks() / 2 * 5 / 9;
        (1..sixth).for_each(|_| session.runner.tick());
        let moved: Vec<bool> =
            weights(&session).iter().zip(&start).map(|(now, then)| now != then).collect();
        let num = |ids: std::ops::Range<usize>| moved[ids].iter().filter(|moved| **moved).count();
        assert!(num(0..35) == 35 && num(65..100) == 0, "seed {seed}: {moved:?}");
    }
}

#[test]
fn volleys() {
    for seed in 1..=10 {
        let spec = Spec { seed, ..spec_of("correlated_inputs/periodic") };
        let mut session = Session::new(spec, build);
        let start = weights(&session);
        session.run_to_end();
        let end = weights(&session);
        for (i, j) in (0..10).flat_map(|i| (0..i).map(move |j| (i, j))) {
            // At the ends weights are cut off, so that differences shrink, and none turns round.
            let (was, is) = (start[i] - start[j], end[i] - end[j]);
            assert!(was * is >= 0.0 && is.abs() <= was.abs() + 1e-4, "seed {seed}: {was}, {is}");
        }
    }
}

const ANSWERS: [&str; 5] = [
    "output_in_pattern",
    "pattern_hit_share",
    "pattern_latency_ms",
    "false_alarms",
    "output_rate_hz",
];

#[test]
#[ignore = "half a minute"]
fn a_pattern_of_500_inputs() {
    let [inside, hit, ..] = over(20, "correlated_inputs/pattern", ANSWERS);
    let [naive, ..] = over(20, &preset("pattern", "&rule=none"), ANSWERS);
    let (inside_percent, hit, naive) = (inside.times(100.0), hit.times(100.0), naive.times(100.0));
    said(&format!(
        "{naive:.0} % of the output spikes fall into it, by chance 24 %; with learning {inside_percent:.0} %"
    ));
    let num_found = inside.0.iter().filter(|share| **share >= 0.9).count();
    let num_never = inside.0.iter().filter(|share| **share == 0.0).count();
    said(&format!("nine tenths in {num_found} of 20 runs, none at all in {num_never}"));
    said(&format!("answers only {hit:.0} % of the showings"));
}

#[test]
fn the_pattern_of_stdp_research() {
    let [inside, ..] = over(20, "correlated_inputs/pattern_published", ANSWERS);
    said(&format!("{:.0} % of the output spikes answer it", inside.times(100.0)));
    assert!(inside.max() < 0.15, "{inside:?}");
    let [later, ..] = over(20, "correlated_inputs/pattern_response", ANSWERS);
    let num_found = later.0.iter().filter(|share| **share >= 0.9).count();
    said(&format!("{num_found} of 20 seeds find it"));
}

#[test]
#[ignore = "half a minute"]
fn masqueliers_neuron() {
    let [inside, hit, late_ms, alarms, hz] = over(20, "correlated_inputs/masquelier", ANSWERS);
    assert!(hit.min() == 1.0 && inside.min() == 1.0 && alarms.max() == 0.0);
    said(&format!(
        "{:.1} ms after 100 s ({:.1} to {:.1})",
        late_ms.mean(),
        late_ms.min(),
        late_ms.max()
    ));
    let link = preset("masquelier", "&a_plus=0.00001&duration_s=5");
    let [chance, .., before_hz] = over(20, &link, ANSWERS);
    said(&format!(
        "{:.0} output spikes per second, {:.0} % of them in the pattern",
        before_hz.mean(),
        100.0 * chance.mean()
    ));
    said(&format!("become {:.0}", hz.mean()));
    for pairing in ["all", "nearest"] {
        let [silent_hz] = ten(&preset("masquelier", &format!("&pairing={pairing}")), RATE);
        assert_eq!(silent_hz.max(), 0.0, "{pairing}");
    }
}

/// As long as the paper's runs, by its criterion.
#[test]
#[ignore = "two minutes"]
fn masqueliers_neuron_after_450_s() {
    let found = |runs: &[Spread; 5]| {
        let [_, hit, late_ms, alarms, _] = runs;
        let is_found =
            |run: &usize| hit.0[*run] > 0.98 && late_ms.0[*run] < 10.0 && alarms.0[*run] == 0.0;
        (0..20).filter(is_found).count()
    };
    let short = found(&over(20, "correlated_inputs/masquelier", ANSWERS));
    let runs = over(20, &preset("masquelier", "&duration_s=450"), ANSWERS);
    said(&format!("{short} of 20 have it after 100 s, {} after 450 s", found(&runs)));
    said(&format!("{:.1} ms after 450 s", runs[2].mean()));
    let hit = runs[1].times(100.0);
    said(&format!(
        "{:.0} % of the showings are answered ({:.0} to {:.0})",
        hit.mean(),
        hit.min(),
        hit.max()
    ));
}
