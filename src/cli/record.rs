//! `stdp run --record`: every spike of a run and its weights over time, written while it runs.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::recording::{
    Every, MOST_BYTES, SPIKES_HEADER, SpikesFile, Weights, WeightsFile, time_of, told,
};
use crate::lab::session::SliceEnd;
use crate::lab::{Session, decimal};
use crate::sim::Tick;

/// Spikes are written after so many steps at the latest.
const DRAIN_TICKS: Tick = 1_024;
/// The share of a run, one of so many, by which its spikes are estimated, and the least steps.
const TRIAL_SHARE: Tick = 100;
const TRIAL_TICKS: Tick = 1_000;

/// With indented lines, which a comment would make a test of.
const HELP: &str = "Write what happens, while it runs, into the folder of --out: `spikes`, `weights`, `weights:EVERY_MS`, or both.

recorded-spikes.csv has one row for each spike: population, neuron (counted from 0 in its population) and time in ms. It loads again as --data.

recorded-weights.bin has everything learned, from the start on and then at every EVERY_MS, as little-endian 32-bit floats without a
header; a hundredth of the run if it is not said. recorded-weights.json says which weight is which, and when. In NumPy:

    import json, numpy as np
    info = json.load(open(\"DIR/recorded-weights.json\"))
    weights = np.fromfile(\"DIR/recorded-weights.bin\", \"<f4\").reshape(-1, info[\"num_weights\"])

Row r is the time info[\"first_ms\"] + r * info[\"every_ms\"]. The recording of a run that it is compared with stands in the folder b.";

#[derive(clap::Args)]
pub struct RecordArgs {
    /// Write what happens, while it runs, into the folder of --out: `spikes`, `weights`, `weights:EVERY_MS`, or both.
    #[arg(long, value_name = "WHAT", long_help = HELP)]
    record: Option<String>,
    /// Record even what takes more than 2 GB.
    #[arg(long, requires = "record")]
    yes: bool,
}

/// What is to be recorded.
#[derive(Clone, Debug, Default, PartialEq)]
struct Record {
    spikes: bool,
    weights: Option<Every>,
}

impl FromStr for Record {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut record = Self::default();
        let wrong = |part: &str, rule: &str| Err(format!("--record {text}: `{part}` {rule}"));
        for part in text.split(',').map(str::trim) {
            let is_twice = match part.split_once(':') {
                None if part == "spikes" => std::mem::replace(&mut record.spikes, true),
                None if part == "weights" => record.weights.replace(Every::Hundredth).is_some(),
                Some(("weights", every)) => {
                    let every = decimal::parse(every).filter(|ms| ms.is_finite() && *ms > 0.0);
                    let Some(every) = every else {
                        return wrong(part, "needs a time in ms above 0, such as weights:100");
                    };
                    record.weights.replace(Every::Ms(every)).is_some()
                }
                _ => {
                    let rule = "cannot be recorded: write spikes, weights or weights:EVERY_MS, with a comma \
                                between two";
                    return wrong(part, rule);
                }
            };
            if is_twice {
                return wrong(part, "stands there twice: name each once");
            }
        }
        Ok(record)
    }
}

/// What is recorded of the runs of a link.
pub struct Plan {
    record: Record,
    folder: PathBuf,
    is_any_size_welcome: bool,
}

/// What is to be recorded of these runs, A's and perhaps B's, which stand at their first step; none if nothing is.
/// Tells how much that will be.
///
/// # Errors
/// If something cannot be recorded, or is more than 2 GB and nobody said yes.
pub fn plan(
    args: &RecordArgs,
    out: Option<&Path>,
    runs: &[&Session],
) -> Result<Option<Plan>, String> {
    let Some(text) = &args.record else { return Ok(None) };
    let record: Record = text.parse()?;
    let Some(folder) = out else {
        return Err(format!(
            "--record {text}: say with --out DIR where to write it (a folder, not a zip)"
        ));
    };
    let mut total = 0;
    for (run, side) in runs.iter().zip(["", "b/"]) {
        if let Some(every) = record.weights {
            let size = Weights::of(run, every)?;
            let (records, each, bytes) = (size.num_records, size.num_weights, size.bytes());
            total = u64::saturating_add(total, bytes);
            eprintln!(
                "stdp: {side}recorded-weights.bin: {}, {records} times {each} weights",
                told(bytes)
            );
        }
        if record.spikes {
            let bytes = spike_bytes(run)?;
            total = u64::saturating_add(total, bytes);
            eprintln!(
                "stdp: {side}recorded-spikes.csv: about {}, if the run goes on as it begins",
                told(bytes)
            );
        }
    }
    if total > MOST_BYTES && !args.yes {
        return Err(format!(
            "--record {text}: about {} is more than {}: record less, such as weights at a longer interval, or add --yes",
            told(total),
            told(MOST_BYTES)
        ));
    }
    let folder = folder.into();
    Ok(Some(Plan { record, folder, is_any_size_welcome: args.yes }))
}

/// Runs to the end and writes what is planned into the folder `side` of the plan's, or nothing without a plan.
///
/// # Errors
/// If a file cannot be written.
pub fn drive(plan: Option<&Plan>, session: &mut Session, side: &str) -> Result<SliceEnd, String> {
    let Some(plan) = plan else { return Ok(session.run_to_end()) };
    let folder = plan.folder.join(side);
    std::fs::create_dir_all(&folder)
        .map_err(|e| format!("cannot make the folder {}: {e}", folder.display()))?;
    let room = if plan.is_any_size_welcome { u64::MAX } else { MOST_BYTES };
    let mut spikes = match plan.record.spikes {
        true => Some(SpikesFile::begin(&folder, session, room)?),
        false => None,
    };
    let mut weights = match plan.record.weights {
        Some(every) => Some(WeightsFile::begin(&folder, session, every)?),
        None => None,
    };
    let end = loop {
        let now = session.runner.now();
        write_due(weights.as_mut(), session)?;
        let due = weights.as_ref().map_or(Tick::MAX, WeightsFile::next);
        let end = session.advance_to(due.min(now + DRAIN_TICKS));
        if let Some(spikes) = &mut spikes {
            spikes.drain(session)?;
        }
        if end != SliceEnd::Target {
            write_due(weights.as_mut(), session)?;
            break end;
        }
    };
    if let Some(spikes) = spikes {
        spikes.finish()?;
    }
    if let Some(weights) = weights {
        weights.finish(session)?;
    }
    Ok(end)
}

/// Writes the weights if it is time to.
fn write_due(weights: Option<&mut WeightsFile>, session: &Session) -> Result<(), String> {
    match weights {
        Some(weights) if weights.next() == session.runner.now() => weights.add(session),
        _ => Ok(()),
    }
}

/// How large the spikes of a run will be, by those of the beginning of a copy of it.
fn spike_bytes(session: &Session) -> Result<u64, String> {
    let mut copy = session.runner.boxed_clone();
    let rest = copy.num_ticks().saturating_sub(copy.now());
    let ticks = (rest / TRIAL_SHARE).max(TRIAL_TICKS).min(rest);
    let populations = copy.populations();
    let end = time_of(copy.num_ticks(), copy.dt_ms()).len();
    copy.hasher().keep();
    let (mut spikes, mut bytes) = (Vec::new(), 0);
    for tick in 1..=ticks {
        copy.tick();
        if tick % DRAIN_TICKS == 0 || tick == ticks {
            copy.hasher().take(&mut spikes);
            for (_, population, neuron) in spikes.drain(..) {
                let digits = neuron.checked_ilog10().unwrap_or(0) as usize + 1;
                bytes += populations[population as usize].name.len() + digits + end + 3;
            }
        }
    }
    let whole = bytes as f64 * rest as f64 / ticks.max(1) as f64;
    Ok(whole as u64 + SPIKES_HEADER.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_record_is_a_list() {
        let of = |text: &str| text.parse::<Record>();
        let both = Record { spikes: true, weights: Some(Every::Ms(2.5)) };
        assert_eq!(of("spikes, weights:2.5"), Ok(both));
        let weights = Record { spikes: false, weights: Some(Every::Hundredth) };
        assert_eq!(of("weights"), Ok(weights));
        for wrong in ["", "spike", "weights:", "weights:0", "weights:-1", "weights:x", "spikes:5"] {
            assert!(of(wrong).expect_err(wrong).starts_with("--record "), "{wrong}");
        }
        assert!(of("weights,weights:5").expect_err("twice").contains("twice"));
    }

    #[test]
    fn sizes_are_told_in_round_numbers() {
        assert_eq!(told(999), "999 bytes");
        assert_eq!(told(1_500), "1.5 kB");
        assert_eq!(told(MOST_BYTES), "2.0 GB");
    }
}
