//! `stdp list`: what there is to run.

use super::out::say;
use crate::experiments::REGISTRY;
use crate::lab::Measure;

#[derive(clap::Args)]
pub struct Args {
    /// List the presets too, as ids that `run` takes.
    #[arg(long)]
    presets: bool,
    /// List what the results are called, with their units and what they mean.
    #[arg(long)]
    results: bool,
}

pub fn list(args: &Args) -> Result<(), String> {
    for entry in REGISTRY.0 {
        say!("{}\t{}", entry.id, entry.title);
        if args.presets {
            for preset in entry.presets {
                say!("{}/{}\t{}", entry.id, preset.id, preset.label);
            }
        }
        if args.results {
            for Measure { name, label, unit, help, .. } in entry.measures {
                say!("{}\t{name}\t{}\t{label}: {help}", entry.id, unit.word());
            }
        }
    }
    Ok(())
}
