//! `stdp run`: one run from its link to its results.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::clock::Stopwatch;
use super::files::{self, FileArgs};
use super::out::say;
use super::{Failure, link_of, open, record, stopped, take, write_file};
use crate::experiments;
use crate::export::weights;
use crate::lab::form::{ControlKind, controls};
use crate::lab::link::{self, Link, PageOptions};
use crate::lab::{Notice, Session, Spec, decimal};

/// What may be kept of a run's past.
const PAST_BYTES: usize = 64 << 20;

#[derive(clap::Args)]
pub struct Args {
    /// A link, its query, or an id such as `characters` or `characters/as_coded`.
    link: String,
    /// Replaces the link's seed.
    #[arg(long)]
    seed: Option<u32>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// Write everything about the run into this folder, or into one file if its name ends in .zip: README.txt, the link,
    /// parameters, results, citation, weights, and every figure as CSV and as SVG for print (85 mm, 7 pt). Of two runs that
    /// are compared, folders a and b hold each one's own. The page's "Everything (zip)" has the same bytes.
    #[arg(long, value_name = "DIR|FILE.zip")]
    out: Option<PathBuf>,
    /// Write what was learned.
    #[arg(long, value_name = "FILE")]
    save_weights: Option<PathBuf>,
    #[command(flatten)]
    files: FileArgs,
    #[command(flatten)]
    record: record::RecordArgs,
    /// Wind the finished run back to this simulated time, in ms, and tell what it was there.
    #[arg(long, value_name = "MS", conflicts_with = "record", allow_hyphen_values = true)]
    at: Option<String>,
    /// Treat a link that has to be repaired as an error.
    #[arg(long)]
    strict: bool,
}

pub fn run(args: &Args) -> Result<(), Failure> {
    let (mut link, notices) = open(&args.link, args.seed)?;
    for notice in &notices {
        eprintln!("stdp: {notice}");
    }
    if args.strict && !notices.is_empty() {
        return Err(format!("{} notices; --strict makes them errors", notices.len()).into());
    }
    args.files.load(&mut link)?;
    // A link that names a moment is of that moment.
    let moment = link.page.moment_ms.map(|ms| ms.to_string());
    let at = args.at.clone().or(moment);
    let whole_link = Link { page: PageOptions::default(), ..link.clone() }.print();
    let mut session = Session::new(link.spec, experiments::build);
    let mut twin = link.twin.map(|spec| Session::new(spec, experiments::build));
    files::tell(&args.files, &both(&session, twin.as_ref()))?;
    // A recording is written while the run goes, which a zip cannot take.
    let folder = args.out.as_deref().filter(|path| !take::is_zip(path));
    let plan = record::plan(&args.record, folder, &both(&session, twin.as_ref()))?;
    if args.out.is_some() {
        for session in std::iter::once(&mut session).chain(&mut twin) {
            session.follow(experiments::describe);
        }
    }
    let watch = Stopwatch::start();
    let at_ms = match &at {
        Some(at) => Some(read_at(at, &both(&session, twin.as_ref()))?),
        None => None,
    };
    for session in std::iter::once(&mut session).chain(&mut twin).filter(|_| at_ms.is_some()) {
        session.keep_past(PAST_BYTES);
    }
    record::drive(plan.as_ref(), &mut session, "")?;
    if let Some(ms) = at_ms {
        wind_back(&mut session, "", ms)?;
    }
    let mut results = results(&session, &notices, watch.ms());
    if let Some(twin) = &mut twin {
        let watch = Stopwatch::start();
        record::drive(plan.as_ref(), twin, "b")?;
        if let Some(ms) = at_ms {
            wind_back(twin, " B", ms)?;
        }
        let wall_ms = watch.ms();
        // The link of both; that of B alone stands with it.
        results["link"] = json!(whole_link);
        results["twin"] = self::results(twin, &[], wall_ms);
    }
    if let Some(path) = &args.save_weights {
        write_file(path, &weights(&session))?;
    }
    if let Some(path) = &args.out {
        take::write(path, &session, twin.as_ref(), &results)?;
    }
    if args.json {
        say!("{results:#}");
    } else {
        print_for_people(&results);
    }
    stopped(&both(&session, twin.as_ref()))
}

/// The time of `--at`, which every run has to reach, before any of them is computed.
fn read_at(at: &str, sessions: &[&Session]) -> Result<f64, String> {
    let least_ms = sessions.iter().map(|session| session.total_ms()).fold(f64::MAX, f64::min);
    decimal::parse(at).filter(|ms| (0.0..=least_ms).contains(ms)).ok_or_else(|| {
        let which = if sessions.len() > 1 { "the shorter of the two runs" } else { "the run" };
        format!("--at {at}: {which} lasts {least_ms} ms; give a time in ms from 0 to that")
    })
}

/// Goes to the last tick that begins by this time; `side` is which of two runs it is.
fn wind_back(session: &mut Session, side: &str, ms: f64) -> Result<(), String> {
    let end_ms = session.sim_ms();
    if ms > end_ms {
        let why = session.runner.fault().map(|fault| fault.to_string()).unwrap_or_default();
        return Err(format!(
            "--at {ms}: the run{side} stopped at {end_ms} ms ({why}); give an earlier time"
        ));
    }
    session.go_to(session.tick_at(ms));
    Ok(())
}

fn both<'s>(session: &'s Session, twin: Option<&'s Session>) -> Vec<&'s Session> {
    std::iter::once(session).chain(twin).collect()
}

/// One object with everything that is known of the run.
fn results(session: &Session, notices: &[Notice], wall_ms: f64) -> Value {
    let spec = &session.spec;
    let summary: Map<String, Value> =
        session.runner.summary().into_iter().map(|(name, value)| (name, json!(value))).collect();
    let mut results = json!({
        "id": spec.entry.id,
        "version": link::VERSION,
        "revision": spec.entry.revision,
        "link": link_of(spec),
        "seed": spec.seed,
        "params": params(spec),
        "notices": notices,
        "sim_time_ms": session.sim_ms(),
        "wall_ms": wall_ms,
        "fingerprint": session.runner.fingerprint().to_string(),
        "fault": session.runner.fault().map(|fault| fault.to_string()),
        "summary": summary,
    });
    for (key, file) in files::as_json(session) {
        results[key] = file;
    }
    results
}

/// Parameters as JSON of their own kind.
fn params(spec: &Spec) -> Map<String, Value> {
    let value = |kind, text: String| match kind {
        ControlKind::Float(_) => json!(text.parse::<f64>().unwrap_or_default()),
        ControlKind::Int(_) => json!(text.parse::<u32>().unwrap_or_default()),
        ControlKind::Flag => json!(text == "1"),
        ControlKind::Choice(_) | ControlKind::Text(_) => json!(text),
    };
    let controls = controls(&*spec.params).into_iter();
    controls.map(|c| (c.field.key.to_string(), value(c.kind, c.text))).collect()
}

fn print_for_people(results: &Value) {
    for key in ["link", "fingerprint", "sim_time_ms", "wall_ms"] {
        say!("{key:28}{}", results[key].to_string().trim_matches('"'));
    }
    if let Some(twin) = results.get("twin") {
        say!("{:28}{}", "b.fingerprint", twin["fingerprint"].to_string().trim_matches('"'));
        print_summary("b.", &twin["summary"]);
    }
    print_summary("", &results["summary"]);
}

fn print_summary(side: &str, summary: &Value) {
    for (name, value) in summary.as_object().into_iter().flatten() {
        let text = if value.is_null() { "–".into() } else { value.to_string() };
        say!("{:28}{text}", format!("{side}{name}"));
    }
}
