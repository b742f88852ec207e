//! Balanced networks: irregular firing without noise, rhythms, and inhibition that learns to cancel excitation.
//!
//! **Question.** Neurons of the cortex fire irregularly. Does a network need noise for that?
//!
//! **What to change first.** Inhibition over excitation, then the external rate.
//!
//! **What you should see.** Where inhibition outweighs excitation, a network of clock-like neurons fires at low rates and
//! irregularly, and its rhythm depends on delays and drive; where it does not, all fire as fast as they can.
//!
//! **Parts.** `brunel`: random networks of 12,500 neurons in four states. `benchmark`: 4,000 neurons with currents or
//! conductances and no noise at all. `learned`: one neuron whose inhibition comes to follow its excitation.
//!
//! **Sources.** Brunel (2000, doi:10.1023/A:1008925309027): networks, states and mean-field theory. Brette et al. (2007,
//! doi:10.1007/s10827-007-0038-6), benchmarks 1 and 2, after Vogels and Abbott (2005, doi:10.1523/JNEUROSCI.3508-05.2005).
//! Vogels, Sprekeler, Zenke, Clopath and Gerstner (2011, doi:10.1126/science.1211095): inhibition that learns.
//!
//! **Deviations** are in `page.md`.

mod describe;
mod figures;
mod learned;
mod learned_figures;
mod mean_field;
mod params;
mod plane;
mod response;
mod run;

/// What the page says: made of `page.md`.
pub(super) mod words {
    include!(concat!(env!("OUT_DIR"), "/balanced_networks_words.rs"));
}

pub use describe::describe;
pub use params::BalancedNetworks;

use learned::LearnedRun;
use params::Part;
use run::RecurrentRun;

use crate::lab::{Contrast, Entry, Experiment, Figures, ModelRun, Panel, Runner, Success, panels};

/// The step of all parts.
const DT_MS: f64 = 0.1;

/// The registry's entry.
pub const ENTRY: Entry = Entry {
    presets: words::PRESETS,
    measures: words::MEASURES,
    success: Some(Success {
        what: "inhibition followed excitation (correlation of at least 0.8)",
        is_met: |of| Some(of("tuning")? >= 0.8),
    }),
    ..Entry::of::<BalancedNetworks>("balanced_networks", words::TITLE)
};

/// A run at its first tick.
pub fn build(p: &BalancedNetworks, seed: u32) -> Box<dyn Runner> {
    match &p.part {
        Part::Brunel(_) | Part::Benchmark(_) => {
            let figures = figures::Fig::of(p);
            Box::new(ModelRun::new(RecurrentRun::new(p, seed), DT_MS, figures))
        }
        Part::Learned(_) => {
            Box::new(ModelRun::new(LearnedRun::new(p, seed), DT_MS, learned_figures::Fig::ALL))
        }
    }
}

impl Experiment for BalancedNetworks {
    fn panels(&self) -> Vec<Panel> {
        match &self.part {
            Part::Brunel(_) | Part::Benchmark(_) => panels(&figures::Fig::of(self)),
            Part::Learned(_) => panels(learned_figures::Fig::ALL),
        }
    }

    /// A tenth of a second in a second; learning in half a minute.
    fn watch_speed(&self) -> f64 {
        match &self.part {
            Part::Brunel(_) | Part::Benchmark(_) => 100.0,
            Part::Learned(p) => p.duration_s * 1_000.0 / 30.0,
        }
    }

    fn contrasts(&self) -> &'static [Contrast] {
        match &self.part {
            Part::Brunel(_) => &[
                ("stronger inhibition", &[("g", "8")]),
                ("inhibition and excitation equal", &[("g", "4")]),
                ("asynchronous irregular", &[("g", "5"), ("external", "2")]),
            ],
            Part::Benchmark(_) => &[
                ("half the inhibition", &[("inhibition", "0.5")]),
                ("twice the inhibition", &[("inhibition", "2")]),
                ("the benchmark", &[("inhibition", "1"), ("excitation", "1")]),
            ],
            Part::Learned(_) => &[
                ("shuffled inhibitory inputs", &[("signals", "shuffled")]),
                ("no learning", &[("eta", "0")]),
                (
                    "inhibitory inputs follow their group",
                    &[("signals", "shared"), ("eta", "0.0003")],
                ),
            ],
        }
    }
}
