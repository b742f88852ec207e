//! Distal reward: how does a synapse get the credit for something that pays off seconds later?
//!
//! **Question.** Reward comes one to three seconds after the pair of spikes that earned it, and in between thousands of
//! other spikes have come and gone. Which synapse is to be strengthened?
//!
//! **What to change first.** What earns the reward: this synapse, or nothing that it does (yoked). Then how long it
//! takes.
//!
//! **What you should see.** The synapse starts at 0 and climbs to its cap within the hour when its own pairings are
//! rewarded. With the same rewards at other times it does not.
//!
//! **Parts.** `network`: 1,000 neurons, of whose 80,000 plastic synapses one is chosen. `pairing`: one synapse in
//! slow motion, with and without the third factor.
//!
//! **Sources.** Izhikevich (2007, doi:10.1093/cercor/bhl152), figure 1, and its published program (ModelDB 84167);
//! Izhikevich (2003, doi:10.1109/TNN.2003.820440), the neuron. Potjans, Morrison and Diesmann (2010,
//! doi:10.3389/fncom.2010.00141), the synapse of `pairing`.
//!
//! **Deviations** are in `page.md`.

mod describe;
mod network;
mod network_figures;
mod pairing;
mod pairing_figures;
mod params;

/// What the page says: made of `page.md`.
pub(super) mod words {
    include!(concat!(env!("OUT_DIR"), "/distal_reward_words.rs"));
}

pub use describe::describe;
use network::NetworkRun;
use pairing::PairingRun;
pub use params::DistalReward;
use params::Part;

use crate::lab::{Contrast, Entry, Experiment, Figures, ModelRun, Panel, Runner, Success, panels};

/// The step of both parts.
const DT_MS: f64 = 1.0;

/// The registry's entry.
pub const ENTRY: Entry = Entry {
    presets: words::PRESETS,
    measures: words::MEASURES,
    success: Some(Success {
        what: "the chosen synapse reached its maximum weight",
        is_met: |of| Some(of("reached_cap")? > 0.5),
    }),
    ..Entry::of::<DistalReward>("distal_reward", words::TITLE)
};

/// A run at its first tick.
pub fn build(p: &DistalReward, seed: u32) -> Box<dyn Runner> {
    match &p.part {
        Part::Network(p) => {
            let run = NetworkRun::new(p, seed);
            Box::new(ModelRun::new(run, DT_MS, network_figures::Fig::ALL))
        }
        Part::Pairing(p) => {
            let run = PairingRun::new(p, seed);
            Box::new(ModelRun::new(run, DT_MS, pairing_figures::Fig::ALL))
        }
    }
}

impl Experiment for DistalReward {
    fn panels(&self) -> Vec<Panel> {
        match &self.part {
            Part::Network(_) => panels(network_figures::Fig::ALL),
            Part::Pairing(_) => panels(pairing_figures::Fig::ALL),
        }
    }

    /// In a pairing it only says when the pairs come.
    fn has_chance(&self) -> bool {
        matches!(self.part, Part::Network(_))
    }

    /// The network as fast as it can be computed, which is half a minute to a minute; a pairing at half its own speed.
    fn watch_speed(&self) -> f64 {
        match &self.part {
            Part::Network(p) => p.duration_s * 1_000.0 / 45.0,
            Part::Pairing(_) => 500.0,
        }
    }

    fn contrasts(&self) -> &'static [Contrast] {
        match &self.part {
            Part::Network(_) => &[
                ("yoked rewards", &[("reward", "yoked")]),
                ("no rewards", &[("reward", "none")]),
                ("rewards for its pairings", &[("reward", "contingent")]),
            ],
            Part::Pairing(_) => {
                &[("classical STDP", &[("gated", "0")]), ("gated by dopamine", &[("gated", "1")])]
            }
        }
    }
}
