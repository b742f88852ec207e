//! The same run from many seeds: what each came to, and what they say together.
//!
//! Quantiles are by linear interpolation between order statistics (Hyndman and Fan 1996, type 7,
//! doi:10.1080/00031305.1996.10473566). The interval of a success rate is Wilson's (1927,
//! doi:10.1080/01621459.1927.10502953) at 95 %, which also holds for rates of 0 and 1.

use serde::{Deserialize, Serialize};

use super::Session;
use super::spec::Entry;
pub use crate::record::middle::quantile;
use crate::record::{Fingerprint, middle};

/// The quantile of a normal distribution that leaves 2.5 % above it.
const Z_95: f64 = 1.959_964;

/// What one seed came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeedOutcome {
    /// The seed.
    pub seed: u32,
    /// Of the whole run.
    pub fingerprint: Fingerprint,
    /// The results, as flat names and numbers.
    pub summary: Vec<(String, f64)>,
    /// The learning curve: one value per block.
    pub curve: Vec<f32>,
    /// Why the run stopped before its end, if it did.
    pub fault: Option<String>,
    /// And when, in simulated milliseconds.
    pub stopped_ms: Option<f64>,
}

impl SeedOutcome {
    /// Of a run that is over.
    pub fn of(session: &Session) -> Self {
        let runner = &session.runner;
        Self {
            seed: session.spec.seed,
            fingerprint: runner.fingerprint(),
            summary: runner.summary(),
            curve: runner.learning_curve(),
            fault: runner.fault().map(|fault| fault.to_string()),
            stopped_ms: session.stopped_ms(),
        }
    }

    /// A result by its name, if the run has a value for it.
    pub fn get(&self, name: &str) -> Option<f64> {
        get(&self.summary, name)
    }

    /// Whether it counts as a success, where the experiment says what one is.
    pub fn is_success(&self, entry: &Entry) -> Option<bool> {
        let success = entry.success.as_ref()?;
        if self.fault.is_some() { Some(false) } else { (success.is_met)(&|name| self.get(name)) }
    }
}

/// The value that a summary has for `name`.
pub fn get(summary: &[(String, f64)], name: &str) -> Option<f64> {
    let value = summary.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
    value.filter(|value| value.is_finite())
}

/// How many of `count` succeeded, if the experiment says what success is: successes, and runs that
/// could be judged.
pub fn successes(outcomes: &[SeedOutcome], entry: &Entry) -> Option<(u32, u32)> {
    let judged = outcomes.iter().filter_map(|outcome| outcome.is_success(entry));
    let (met, all) = judged.fold((0, 0), |(met, all), is_met| (met + u32::from(is_met), all + 1));
    (all > 0).then_some((met, all))
}

/// The 95 % interval of a success rate.
pub fn wilson(successes: u32, runs: u32) -> (f64, f64) {
    let (n, p) = (f64::from(runs), f64::from(successes) / f64::from(runs.max(1)));
    if runs == 0 {
        return (0.0, 1.0);
    }
    let z2 = Z_95 * Z_95;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z_95 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    // At the ends rounding would leave the interval short of what was seen.
    let low = if successes == 0 { 0.0 } else { centre - half };
    let high = if successes == runs { 1.0 } else { centre + half };
    (low, high)
}

/// The quantile of the learning curves, block by block, as far as at least half of them go.
pub fn band(outcomes: &[SeedOutcome], share: f64) -> Vec<f32> {
    let curves: Vec<&[f32]> = outcomes.iter().map(|outcome| &outcome.curve[..]).collect();
    middle::band(&curves, share)
}

/// Every name that occurs in a summary, in the order of the summaries: a name that only some have stands behind the
/// one that it follows there, whichever run is the first to have it.
pub fn names<'o>(outcomes: impl Iterator<Item = &'o SeedOutcome>) -> Vec<&'o str> {
    let mut names: Vec<&str> = Vec::new();
    for outcome in outcomes {
        let mut place = 0;
        for (name, _) in &outcome.summary {
            match names.iter().position(|known| known == name) {
                Some(known) => place = known + 1,
                None => {
                    names.insert(place, name);
                    place += 1;
                }
            }
        }
    }
    names
}

/// The table that `stdp sweep` writes, as CSV.
pub fn table(outcomes: &[SeedOutcome]) -> String {
    let names = names(outcomes.iter());
    let mut text = String::from("seed,fingerprint,stopped_ms");
    for name in &names {
        text += ",";
        text += name;
    }
    text += "\n";
    for outcome in outcomes {
        let stopped = outcome.stopped_ms.map_or(String::new(), |ms| ms.to_string());
        text += &format!("{},{},{stopped}", outcome.seed, outcome.fingerprint);
        for name in &names {
            text += ",";
            if let Some(value) = outcome.get(name) {
                text += &value.to_string();
            }
        }
        text += "\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(seed: u32, curve: &[f32], score: f64) -> SeedOutcome {
        SeedOutcome {
            seed,
            fingerprint: Fingerprint::of_text(&seed.to_string()),
            summary: vec![("score".into(), score)],
            curve: curve.to_vec(),
            fault: None,
            stopped_ms: None,
        }
    }

    #[test]
    fn the_interval_is_wilsons() {
        // Brown, Cai and DasGupta (2001) and many tables: 8 of 10 gives 0.490 to 0.943.
        let (low, high) = wilson(8, 10);
        assert!((low - 0.4902).abs() < 1e-4 && (high - 0.9433).abs() < 1e-4, "{low} {high}");
        let (low, high) = wilson(0, 20);
        assert!(low == 0.0 && (high - 0.1611).abs() < 1e-4, "{high}");
        let (low, high) = wilson(20, 20);
        assert!((low - 0.8389).abs() < 1e-4 && high == 1.0, "{low}");
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }

    #[test]
    fn the_band_goes_as_far_as_half_of_the_curves() {
        let outcomes = [
            outcome(1, &[0.0, 1.0, 2.0], 0.0),
            outcome(2, &[2.0, 3.0], 0.0),
            outcome(3, &[4.0, 8.0], 0.0),
        ];
        assert_eq!(band(&outcomes, 0.5), [2.0, 3.0]);
        assert_eq!(band(&outcomes, 0.0), [0.0, 1.0]);
    }

    #[test]
    fn the_table_has_a_line_per_seed() {
        let outcomes = [outcome(3, &[], 0.25), outcome(4, &[], 1.0)];
        let table = table(&outcomes);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[0], "seed,fingerprint,stopped_ms,score");
        assert!(lines[1].starts_with("3,") && lines[1].ends_with(",0.25"), "{}", lines[1]);
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn a_result_that_only_some_runs_have_keeps_its_column() {
        let with = |seed, rows: &[(&str, f64)]| SeedOutcome {
            summary: rows.iter().map(|(name, value)| (name.to_string(), *value)).collect(),
            ..outcome(seed, &[], 0.0)
        };
        // The first run lacks `at_s`, the last has nothing else.
        let outcomes = [
            with(1, &[("reached", 0.0), ("rate", 5.0)]),
            with(2, &[("reached", 1.0), ("at_s", 30.0), ("rate", 6.0)]),
            with(3, &[("at_s", 10.0)]),
        ];
        assert_eq!(names(outcomes.iter()), ["reached", "at_s", "rate"]);
        // The same whichever run comes first.
        assert_eq!(names(outcomes.iter().rev()), ["reached", "at_s", "rate"]);
        let table = table(&outcomes);
        let cells: Vec<Vec<&str>> =
            table.lines().map(|line| line.split(',').skip(3).collect()).collect();
        let expected =
            [["reached", "at_s", "rate"], ["0", "", "5"], ["1", "30", "6"], ["", "10", ""]];
        assert_eq!(cells, expected);
        let mut times: Vec<f64> = outcomes.iter().filter_map(|o| o.get("at_s")).collect();
        assert_eq!(quantile(&mut times, 0.5), Some(20.0));
    }
}
