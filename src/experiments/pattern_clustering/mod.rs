//! Pattern clustering: do two outputs learn two patterns, and how would one know?
//!
//! **Question.** Two groups of inputs, two outputs, a plastic synapse from each to each. Does every output become a
//! specialist of one group, and what does it take?
//!
//! **What to change first.** The overlap; lateral inhibition; homeostasis; the reward. In the published network the spread
//! of potentials at the start.
//!
//! **What you should see.** In the published network the outputs' weights come apart in some runs and not in others, and
//! that depends on where the outputs' potentials started: both groups of inputs prefer the same output. With patterns
//! that take turns and outputs that compete, each output learns a pattern of its own.
//!
//! **Parts.** `published`, `starts`: the published program on `sim`'s network that counts spikes, and what its end depends on.
//! `ours_run`, `answers`: `sim`'s network that learns patterns, and what is shown to it. `similarity`: the measures.
//!
//! **Sources.** M. Zamani, Neural-Learning-and-Coding: the published network, both stimuli, STDP and "R-STDP", silent
//! neurons, cosine similarity. Izhikevich (2007, doi:10.1093/cercor/bhl152): eligibility and reward. Querlioz et al.
//! (2013, doi:10.1109/TNANO.2013.2250995): homeostasis. Diehl and Cook (2015, doi:10.3389/fncom.2015.00099): competition.
//!
//! **Deviations** are in `page.md`.

mod answers;
mod curves;
mod describe;
mod ours_figures;
mod ours_run;
mod params;
mod published;
mod published_figures;
mod published_run;
mod seen;
mod similarity;
mod starts;

/// What the page says: made of `page.md`.
pub(super) mod words {
    include!(concat!(env!("OUT_DIR"), "/pattern_clustering_words.rs"));
}

pub use describe::describe;
use ours_run::OursRun;
use params::Mode;
pub use params::PatternClustering;
use published_run::PublishedRun;

use crate::lab::{Contrast, Entry, Experiment, Figures, ModelRun, Panel, Runner, Success, panels};

/// The step; an iteration of the published program counts as one.
const DT_MS: f64 = 1.0;
/// The patterns on screen, where A and B are two runs that are compared. In results they are called a and b.
const PATTERNS: [&str; 2] = ["▲", "■"];
/// The weights' name in a file.
const WEIGHTS: &str = "input_to_output";

/// The registry's entry.
pub const ENTRY: Entry = Entry {
    id: "pattern_clustering",
    title: words::TITLE,
    revision: 1,
    presets: words::PRESETS,
    measures: words::MEASURES,
    success: Some(Success {
        what: "the patterns had different winners",
        is_met: |of| Some(of("separated").or(of("same_winner").map(|same| 1.0 - same))? > 0.5),
    }),
    defaults: || Box::new(PatternClustering::default()),
};

/// A run at its first tick.
pub fn build(p: &PatternClustering, seed: u32) -> Box<dyn Runner> {
    match &p.mode {
        Mode::Ours(p) => {
            let run = OursRun::new(p, seed);
            Box::new(ModelRun::new(run, DT_MS, ours_figures::Fig::ALL))
        }
        Mode::Published(p) => {
            let run = PublishedRun::new(p, seed);
            Box::new(ModelRun::new(run, DT_MS, published_figures::Fig::of(p)))
        }
    }
}

impl Experiment for PatternClustering {
    fn panels(&self) -> Vec<Panel> {
        match &self.mode {
            Mode::Ours(_) => panels(ours_figures::Fig::ALL),
            Mode::Published(p) => panels(published_figures::Fig::of(p)),
        }
    }

    /// Four presentations a second, or the published run in ten seconds.
    fn watch_speed(&self) -> f64 {
        match self.mode {
            Mode::Ours(_) => 1_000.0,
            Mode::Published(_) => 70.0,
        }
    }

    fn contrasts(&self) -> &'static [Contrast] {
        match &self.mode {
            // Both patterns at once are one pattern already: the test with its halves says nothing about another one.
            Mode::Ours(p) if !p.alternating => &[("no lateral inhibition", &[("inhibition", "0")])],
            Mode::Ours(_) => &[
                ("no lateral inhibition", &[("inhibition", "0")]),
                ("the same pattern twice", &[("overlap", "1")]),
            ],
            Mode::Published(_) => &[
                ("equal starts", &[("v_init_sd", "0")]),
                ("starts that differ", &[("v_init_sd", "10")]),
            ],
        }
    }
}
