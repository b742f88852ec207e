//! XOR from reward: can one number for the whole network teach it?
//!
//! **Question.** A network of spiking neurons is to fire where two bits differ and to be quiet where they do not. All
//! it is told is a reward of +1 or −1 for each output spike, the same for every synapse. Does it learn?
//!
//! **What to change first.** The coding, then the rule, then the reward (yoked).
//!
//! **What you should see.** By rate, the untrained network fires most for 11 and comes round; by spike times it
//! passes the paper's test three times in four without any learning, so look at the margin and the frozen twin.
//!
//! **Sources.** Florian (2007, doi:10.1162/neco.2007.19.6.1468).
//!
//! **Deviations** are in `page.md`.

mod describe;
mod figures;
mod net;
mod params;
mod run;

/// What the page says: made of `page.md`.
pub(super) mod words {
    include!(concat!(env!("OUT_DIR"), "/xor_reward_words.rs"));
}

pub use describe::describe;
use figures::Fig;
pub use params::XorReward;
use run::Run;

use crate::lab::{Contrast, Entry, Experiment, Figures, ModelRun, Panel, Runner, Success, panels};

/// The registry's entry.
pub const ENTRY: Entry = Entry {
    id: "xor_reward",
    title: words::TITLE,
    revision: 1,
    presets: words::PRESETS,
    measures: words::MEASURES,
    success: Some(Success {
        what: "both single inputs ended above both together",
        // Where weights are frozen after learning, what they then do is what counts.
        is_met: |of| Some(of("success_after_freezing").or(of("success"))? > 0.5),
    }),
    defaults: || Box::new(XorReward::default()),
};

/// A run at its first tick.
pub fn build(p: &XorReward, seed: u32) -> Box<dyn Runner> {
    let run = Run::new(p, seed);
    Box::new(ModelRun::new(run, run::DT_MS, Fig::ALL))
}

impl Experiment for XorReward {
    fn panels(&self) -> Vec<Panel> {
        panels(Fig::ALL)
    }

    /// Four epochs of the default length per second, a minute for the whole run.
    fn watch_speed(&self) -> f64 {
        8_000.0
    }

    fn contrasts(&self) -> &'static [Contrast] {
        &[
            ("yoked reward", &[("reward", "yoked")]),
            ("no reward", &[("reward", "none")]),
            ("reward for XOR", &[("reward", "xor")]),
        ]
    }
}
