//! The 5×3 character task: can a few spiking neurons learn to tell letters apart by themselves?
//!
//! **Question.** Each output neuron should come to fire for one letter and no other. Nobody tells it
//! which. What does it take?
//!
//! **What to change first.** Switch homeostasis off and watch one neuron win letter after letter.
//!
//! **What you should see.** With homeostasis every letter finds an owner within a dozen epochs.
//!
//! **Sources.** Gupta and Long (2007, doi:10.1109/IJCNN.2007.4370930) describe the task and the network
//! (mode `paper`); the program snn-rl by tartavull (2014–2019) is the published implementation (mode
//! `coded`; its early versions, mode `brian`). Mode `fixed` is ours.
//!
//! **Quirks of the program, and what we did with each.**
//! 1. It feeds the background instead of the ink: `polarity`.
//! 2. Its STDP window is in seconds, so that spike times have no effect: `window_in_seconds`.
//! 3. Silent pixels are depressed by a pair that never happened: `pair_silent_pixels`. Only the winner
//!    learns, in every mode; a neuron that never wins never changes, which is what homeostasis mends.
//! 4. At the test the dendrites' gain is computed with 0.03 instead of 30 ms: `test_gain_slip`.
//! 5. The neuron it means to exempt from inhibition is mis-indexed. It changes nothing that is scored,
//!    and is left out.
//! 6. Fixed order, no noise, no seed: `random_order`, `train_flips`, `test_flips`, and every run has a seed.
//!
//! **Quirks of its early versions** (for Brian 1), and what we did with each.
//! 1. The rule's amplitude of depression has the wrong sign, so that all pairs strengthen:
//!    `depression_slip`. Amplitudes of "1 mV" are taken as 0.001 of the greatest weight: `a_plus`, `a_minus`.
//! 2. The first version feeds the background, the notebook the ink: `polarity`.
//! 3. The notebook's outputs rest at 0 mV, above their threshold of −54 mV: they fire without input. Its
//!    "El = −74 mV" is not used by any equation.
//! 4. In the notebook outputs do not inhibit themselves to begin with, but the rule changes those weights
//!    too: kept.
//! 5. The notebook's synapses have a random delay each; ours have the mean.
//! 6. Fixed order, continuous time, no test: we test as everywhere, from rest.
//!
//! **Reward** (mode `reward`). No source has one. Output k is to win glyph k; a verdict on each training
//! presentation reaches synapses that wait for it (`sim/plasticity/eligibility_stdp.rs`). Its controls: the
//! same network without reward beside it, yoked verdicts, none.
//!
//! **Deviations** of mode `paper` are in `page.md`; the paper's text was not to be had, so it follows the
//! oldest transcription (MATLAB files in the program's history) with the membrane constant of 30 ms that a
//! notebook comment attributes to the article.

mod describe;
mod figures;
mod glyphs;
mod judge;
mod learner;
mod net;
mod params;
mod probe;
mod reward;
mod rules;
mod run;
mod score;
mod spiking;
mod task;

/// What the page says: made of `page.md`.
pub(super) mod words {
    include!(concat!(env!("OUT_DIR"), "/characters_words.rs"));
}

pub use describe::describe;
use figures::Fig;
pub use params::Characters;
use params::Mode;
use run::Run;

use crate::lab::{Contrast, Entry, Experiment, ModelRun, Panel, Runner, Success, panels};

/// The registry's entry.
pub const ENTRY: Entry = Entry {
    revision: 3,
    presets: words::PRESETS,
    measures: words::MEASURES,
    success: Some(Success {
        what: "all letters were learned",
        // With reward each output has to learn the letter that it was given.
        is_met: |of| Some(of("assigned_letters").or(of("distinct_outputs"))? >= of("num_letters")?),
    }),
    ..Entry::of::<Characters>("characters", words::TITLE)
};

/// A run at its first tick.
pub fn build(p: &Characters, seed: u32) -> Box<dyn Runner> {
    let run = Run::new(p, seed);
    let dt_ms = run.dt_ms();
    Box::new(ModelRun::new(run, dt_ms, Fig::of(p)))
}

impl Experiment for Characters {
    fn panels(&self) -> Vec<Panel> {
        panels(&Fig::of(self))
    }

    fn contrasts(&self) -> &'static [Contrast] {
        match &self.mode {
            Mode::Reward(_) => &[
                ("yoked reward", &[("feedback", "yoked")]),
                ("no reward", &[("feedback", "none")]),
            ],
            Mode::Fixed(_) => &[
                ("no homeostasis", &[("homeostasis", "0")]),
                ("with homeostasis", &[("homeostasis", "1")]),
                ("as coded", &[("mode", "coded")]),
            ],
            Mode::Paper(_) | Mode::Coded(_) | Mode::Brian(_) => {
                &[("our version", &[("mode", "fixed")])]
            }
        }
    }
}
