//! `stdp list`: what there is to run.

use crate::experiments::REGISTRY;

#[derive(clap::Args)]
pub struct Args {
    /// List the presets too, as ids that `run` takes.
    #[arg(long)]
    presets: bool,
}

pub fn list(args: &Args) -> Result<(), String> {
    for entry in REGISTRY.0 {
        println!("{}\t{}", entry.id, entry.title);
        if args.presets {
            for preset in entry.presets {
                println!("{}/{}\t{}", entry.id, preset.id, preset.label);
            }
        }
    }
    Ok(())
}
