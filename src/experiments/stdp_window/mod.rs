//! The learning window: what does one pair of spikes do to a weight, and what do sixty?
//!
//! **Question.** A weight sees the times of two spikes and nothing else. Does it matter how often the pair
//! comes?
//!
//! **What to change first.** Drag a spike, then choose another rule and look at the sixty pairs.
//!
//! **What you should see.** Every rule has nearly the same window, and pairs alone get the frequency wrong:
//! the triplet rule turns from depression to potentiation at −10 ms, as the measured synapses do.
//!
//! Inhibitory plasticity has a window of its own, and two rules of a study show in theirs why they cannot work.
//!
//! **Sources.** Song, Miller and Abbott (2000, doi:10.1038/78829) for the default; Pfister and Gerstner (2006,
//! doi:10.1523/JNEUROSCI.1425-06.2006) for triplets and the data of Sjöström, Turrigiano and Nelson (2001,
//! doi:10.1016/S0896-6273(01)00542-6); the rules' own files name theirs.
//!
//! **How it is measured.** Every number comes from running the rule, spike by spike, at exact times; the closed
//! form is only drawn beside it. The run itself is one pair on a grid of 0.1 ms.
//!
//! **Deviations** are in `page.md`.

mod describe;
mod figures;
mod measure;
mod more_rules;
mod params;
mod rules;
mod run;

/// What the page says: made of `page.md`.
pub(super) mod words {
    include!(concat!(env!("OUT_DIR"), "/stdp_window_words.rs"));
}

pub use describe::describe;
use figures::Fig;
pub use params::StdpWindow;
use rules::RuleParams;
use run::Run;

use crate::lab::{Contrast, Entry, Experiment, Figures, ModelRun, Panel, Runner};

/// The registry's entry.
pub const ENTRY: Entry = Entry {
    id: "stdp_window",
    title: words::TITLE,
    revision: 1,
    presets: words::PRESETS,
    measures: words::MEASURES,
    success: None,
    defaults: || Box::new(StdpWindow::default()),
};

/// A run at its first tick. Nothing is drawn at random, so the seed changes nothing.
pub fn build(p: &StdpWindow, _seed: u32) -> Box<dyn Runner> {
    let run = Run::new(p, p.rule.w_init());
    Box::new(ModelRun::new(run, rules::DT_MS, Fig::ALL))
}

impl Experiment for StdpWindow {
    fn panels(&self) -> Vec<Panel> {
        Fig::panels(self)
    }

    fn watch_speed(&self) -> f64 {
        // Long enough to see the weight wait for the second spike.
        50.0
    }

    fn has_chance(&self) -> bool {
        false
    }

    fn contrasts(&self) -> &'static [Contrast] {
        match self.rule {
            RuleParams::Pair(_) => &[
                ("multiplicative", &[("dependence", "multiplicative")]),
                ("additive", &[("dependence", "additive")]),
                ("triplets", &[("rule", "triplet")]),
            ],
            _ => &[("pairs", &[("rule", "pair")])],
        }
    }
}
