//! `stdp bench`: how fast every experiment and preset runs here.

use serde_json::json;

use super::clock::Stopwatch;
use crate::experiments::{self, REGISTRY};
use crate::lab::{Session, link};

/// Short runs are repeated until they have taken this long.
const LEAST_MS: f64 = 1_000.0;

#[derive(clap::Args)]
pub struct Args {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

pub fn bench(args: &Args) -> Result<(), String> {
    let mut rows = Vec::new();
    for entry in REGISTRY.0 {
        for preset in entry.presets {
            let id = format!("{}/{}", entry.id, preset.id);
            let (speed, fingerprint) = measure(&id);
            if !args.json {
                println!("{id:36}{speed:>12.0} simulated seconds per second   {fingerprint}");
            }
            rows.push(json!({
                "id": id,
                "sim_s_per_s": speed,
                "fingerprint": fingerprint,
            }));
        }
    }
    if args.json {
        println!("{:#}", json!({ "runs": rows }));
    }
    Ok(())
}

/// The best of several runs, since anything else the machine does only makes it slower.
fn measure(id: &str) -> (f64, String) {
    let (link, _) = link::parse(id, REGISTRY);
    let mut best = 0.0_f64;
    let mut total_ms = 0.0;
    loop {
        let mut session = Session::new(link.spec.clone(), experiments::build);
        let watch = Stopwatch::start();
        session.run_to_end();
        let ms = watch.ms();
        best = best.max(session.sim_ms() / ms);
        total_ms += ms;
        if total_ms > LEAST_MS {
            return (best, session.runner.fingerprint().to_string());
        }
    }
}
