//! `stdp sweep`: a link over values and seeds, on all cores.

use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::files::{self, FileArgs};
use super::{Failure, open};
use crate::experiments;
use crate::lab::{Entry, Notice, SeedOutcome, Session, Spec, seeds, values};

#[derive(clap::Args)]
pub struct Args {
    /// A link, its query, or an id.
    link: String,
    /// A parameter and its values, such as `eta=0.01,0.02`. Repeated: every combination.
    #[arg(long, value_name = "KEY=V1,V2")]
    over: Vec<String>,
    /// Seeds: `1..20` for 1 to 20, or a list such as `1,5,9`.
    #[arg(long, default_value = "1..10")]
    seeds: String,
    /// Threads; all cores if not given.
    #[arg(long)]
    jobs: Option<usize>,
    /// The table. Printed to standard output if not given.
    #[arg(long, value_name = "FILE.csv")]
    out: Option<PathBuf>,
    #[command(flatten)]
    files: FileArgs,
}

/// One run of the sweep.
struct Job {
    values: Vec<String>,
    spec: Spec,
}

/// The values that a run was made with, and what it came to.
type Row = (Vec<String>, SeedOutcome);

pub fn sweep(args: &Args) -> Result<(), Failure> {
    let (mut link, notices) = open(&args.link, None)?;
    for notice in &notices {
        eprintln!("stdp: {notice}");
    }
    args.files.load(&mut link)?;
    let first = Session::new(link.spec.clone(), experiments::build);
    let second = link.twin.clone().map(|twin| Session::new(twin, experiments::build));
    files::tell(&args.files, &std::iter::once(&first).chain(&second).collect::<Vec<_>>())?;
    let mut axes = axes(&args.over)?;
    let mut jobs = jobs(&link.spec, &axes, &read_seeds(&args.seeds)?)?;
    if let Some(twin) = &link.twin {
        // Both runs of a comparison, told apart in a column of their own.
        let mut others = self::jobs(twin, &axes, &read_seeds(&args.seeds)?)?;
        axes.push(("run".into(), vec!["A".into(), "B".into()]));
        jobs.iter_mut().for_each(|job| job.values.push("A".into()));
        others.iter_mut().for_each(|job| job.values.push("B".into()));
        // Two runs that are alike to begin with may be compared on purpose.
        let are_alike = link.spec == *twin;
        let same = jobs.iter().zip(&others).position(|(a, b)| a.spec == b.spec);
        if let Some(place) = same.filter(|_| !are_alike) {
            return Err(alike(&axes, &jobs[place].values).into());
        }
        jobs.extend(others);
    }
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = args.jobs {
        pool = pool.num_threads(threads.max(1));
    }
    let pool = pool.build().map_err(|e| format!("cannot start threads: {e}"))?;
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} runs, {eta} left")
        .expect("the template is fixed");
    let bar = ProgressBar::new(jobs.len() as u64).with_style(style);
    let rows: Vec<Row> = pool.install(|| {
        // `collect` keeps the order of the jobs, whichever is done first.
        jobs.into_par_iter().map(run_job).inspect(|_| bar.inc(1)).collect()
    });
    bar.finish_and_clear();
    let keys = axes.iter().map(|(key, _)| key.as_str());
    write_table(args.out.as_ref(), keys, &rows)?;
    tell_successes(link.spec.entry, &axes, &rows);
    tell_stopped(&rows)
}

/// How many runs a fault stopped. Why each did stands in the table.
fn tell_stopped(rows: &[Row]) -> Result<(), Failure> {
    let mut faults = rows.iter().filter_map(|(_, outcome)| outcome.fault.as_ref());
    let Some(first) = faults.next() else { return Ok(()) };
    let (num, all) = (1 + faults.count(), rows.len());
    Err(Failure::Stopped(format!("{num} of {all} runs stopped; the first: {first}")))
}

fn run_job(job: Job) -> Row {
    let mut session = Session::new(job.spec, experiments::build);
    session.run_to_end();
    (job.values, SeedOutcome::of(&session))
}

/// How many runs of each combination succeeded, where the experiment says what success is.
fn tell_successes(entry: &Entry, axes: &[(String, Vec<String>)], rows: &[Row]) {
    let Some(success) = entry.success else { return };
    let mut told: Vec<&[String]> = Vec::new();
    for (values, _) in rows {
        if told.contains(&values.as_slice()) {
            continue;
        }
        told.push(values);
        let same = rows.iter().filter(|(others, _)| others == values);
        let outcomes: Vec<SeedOutcome> = same.map(|(_, outcome)| outcome.clone()).collect();
        let Some((met, all)) = seeds::successes(&outcomes, entry) else { continue };
        let (low, high) = seeds::wilson(met, all);
        let names = axes.iter().zip(values).map(|((key, _), value)| format!("{key}={value}: "));
        let names: String = names.collect();
        eprintln!(
            "stdp: {names}in {met} of {all} runs {} (95 % interval {:.1} to {:.1} %)",
            success.what,
            100.0 * low,
            100.0 * high
        );
    }
}

/// `key=v1,v2` as a key and its values; each key once.
fn axes(over: &[String]) -> Result<Vec<(String, Vec<String>)>, String> {
    let axes = over
        .iter()
        .map(|axis| {
            let (key, list) = axis
                .split_once('=')
                .filter(|(key, list)| !key.is_empty() && !list.is_empty())
                .ok_or_else(|| format!("--over {axis}: write it as key=v1,v2"))?;
            Ok((key.to_string(), list.split(',').map(String::from).collect()))
        })
        .collect::<Result<Vec<(String, Vec<String>)>, String>>()?;
    let keys: Vec<&String> = axes.iter().map(|(key, _)| key).collect();
    match twice(&keys) {
        Some(key) => Err(format!(
            "--over {key}: given twice; write all its values into one list, as --over {key}=v1,v2,v3"
        )),
        None => Ok(axes),
    }
}

/// What is wrong where both runs of a comparison come to the same.
fn alike(axes: &[(String, Vec<String>)], values: &[String]) -> String {
    let set = axes.iter().zip(values).map(|((key, _), value)| format!("{key}={value}"));
    let set = set.filter(|set| set != "run=A").collect::<Vec<_>>().join(" ");
    format!(
        "--over sets {set} in A and in B, and then both are the same run: vary what they do not differ in"
    )
}

/// The first of these that stands there twice.
fn twice<T: PartialEq>(items: &[T]) -> Option<&T> {
    items
        .iter()
        .enumerate()
        .find(|(place, item)| items[..*place].contains(item))
        .map(|(_, item)| item)
}

fn read_seeds(text: &str) -> Result<Vec<u32>, String> {
    let wrong = || format!("--seeds {text}: write 1..20 for 1 to 20, or a list such as 1,5,9");
    let number = |s: &str| s.trim().parse::<u32>().map_err(|_| wrong());
    let seeds: Vec<u32> = match text.split_once("..") {
        Some((first, last)) => (number(first)?..=number(last.trim_start_matches('='))?).collect(),
        None => text.split(',').map(number).collect::<Result<_, _>>()?,
    };
    if !text.contains("..")
        && let Some(seed) = twice(&seeds)
    {
        return Err(format!(
            "--seeds {text}: {seed} stands there twice, and would be the same run: name it once"
        ));
    }
    if seeds.is_empty() { Err(wrong()) } else { Ok(seeds) }
}

/// Every combination of values with every seed.
fn jobs(base: &Spec, axes: &[(String, Vec<String>)], seeds: &[u32]) -> Result<Vec<Job>, String> {
    let mut specs = vec![(Vec::new(), base.clone())];
    for (key, list) in axes {
        let mut wider = Vec::new();
        for (labels, spec) in &specs {
            let mut known: Vec<Spec> = Vec::new();
            for value in list {
                let mut spec = spec.clone();
                values::set(&mut spec.params, key, value)
                    .map_err(|n: Notice| format!("--over {n}"))?;
                // However it is written.
                if known.contains(&spec) {
                    return Err(format!(
                        "--over {key}={}: {value} stands there twice, and would be the same run: name it once",
                        list.join(",")
                    ));
                }
                known.push(spec.clone());
                let labels: Vec<String> = labels.iter().chain([value]).cloned().collect();
                wider.push((labels, spec));
            }
        }
        specs = wider;
    }
    let mut jobs = Vec::new();
    for (values, spec) in specs {
        for &seed in seeds {
            jobs.push(Job { values: values.clone(), spec: Spec { seed, ..spec.clone() } });
        }
    }
    Ok(jobs)
}

fn write_table<'k>(
    path: Option<&PathBuf>,
    keys: impl Iterator<Item = &'k str>,
    rows: &'k [Row],
) -> Result<(), String> {
    let out: Box<dyn std::io::Write> = match path {
        Some(path) => Box::new(
            std::fs::File::create(path)
                .map_err(|e| format!("cannot write {}: {e}", path.display()))?,
        ),
        None => Box::new(std::io::stdout()),
    };
    let mut csv = csv::Writer::from_writer(out);
    // Modes have summaries of their own: the table has every name that occurs.
    let names = seeds::names(rows.iter().map(|(_, outcome)| outcome));
    let header = keys.chain(["seed", "fingerprint", "stopped_ms"]).chain(names.iter().copied());
    let wrong = |e: csv::Error| format!("cannot write the table: {e}");
    csv.write_record(header).map_err(wrong)?;
    for (labels, outcome) in rows {
        let stopped = outcome.stopped_ms.map_or(String::new(), |ms| ms.to_string());
        let run = [outcome.seed.to_string(), outcome.fingerprint.to_string(), stopped];
        let cells =
            names.iter().map(|name| outcome.get(name).map_or(String::new(), |v| v.to_string()));
        csv.write_record(labels.iter().cloned().chain(run).chain(cells)).map_err(wrong)?;
    }
    csv.flush().map_err(|e| format!("cannot write the table: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_varied_once() {
        let of =
            |over: &[&str]| axes(&over.iter().map(|axis| axis.to_string()).collect::<Vec<_>>());
        assert_eq!(of(&["a=1,2", "b=3"]).unwrap().len(), 2);
        assert!(of(&["a=1", "b=3", "a=2"]).unwrap_err().contains("--over a: given twice"));
    }

    #[test]
    fn seeds_are_ranges_or_lists() {
        assert_eq!(read_seeds("1..4").unwrap(), [1, 2, 3, 4]);
        assert_eq!(read_seeds("7").unwrap(), [7]);
        assert_eq!(read_seeds("3, 9").unwrap(), [3, 9]);
        assert!(read_seeds("a..b").unwrap_err().contains("1..20"));
        assert!(read_seeds("5..1").is_err());
        assert!(read_seeds("1,2,1").unwrap_err().contains("--seeds 1,2,1: 1 stands there twice"));
    }
}
