//! Neural coding: what a picture looks like in spikes, and how well it can be read back from them.
//!
//! **Question.** A picture is coded once in first-spike times and once in rates. Which can be read better, and what does
//! noise change about that?
//!
//! **What to change first.** The code, then the jitter.
//!
//! **What you should see.** One well-timed spike per pixel beats a handful of counted ones, until spike times are
//! uncertain by a tenth of the presentation. A published "Poisson" code decodes too well, because it is too regular, and its
//! raster is scrambled.
//!
//! **Parts.** `one`: one code. `sweep`: a rate code at four rates. `race`: eight codes under the same noise, at equal time
//! and at equal spikes, and each of them under each kind of noise alone.
//!
//! **Sources** of the codes are in `sim::encode::codes`; the published ones are of M. Zamani, Neural-Learning-and-Coding.
//!
//! **How it is measured.** Readers know the code and say in every step what they take each pixel for
//! (`sim::encode::codes::Reader`). The error is the root of the mean squared difference of brightness, of which white is 1.
//!
//! **Deviations** are in `page.md`.

mod describe;
mod figures;
mod lane;
mod one_figures;
mod params;
mod race_figures;
mod rows;
mod run;
mod stress;
mod sweep_figures;
mod tally;

/// What the page says: made of `page.md`.
pub(super) mod words {
    include!(concat!(env!("OUT_DIR"), "/neural_coding_words.rs"));
}

pub use describe::describe;
pub use params::NeuralCoding;

use params::{CodeKind, Part};
use run::Run;

use crate::lab::{Contrast, Entry, Experiment, Figures, ModelRun, Panel, Runner, panels};
use crate::sim::Tick;
use crate::sim::encode::codes::Code;

/// A step.
const DT_MS: f64 = 1.0;
/// Steps between two presentations, in which the next spikes are made.
const PAUSE: Tick = 20;
/// Names of populations, in the order of codes.
const POPULATIONS: [&str; 8] =
    ["pixels", "pixels_2", "pixels_3", "pixels_4", "pixels_5", "pixels_6", "pixels_7", "pixels_8"];
/// Names of the four rates.
const SWEEP_LABELS: [&str; 4] = ["λ₁", "λ₂", "λ₃", "λ₄"];
/// Spikes, error and coefficient of variation at each of the four rates.
const SWEEP_NAMES: [[&str; 3]; 4] = [
    ["spikes_per_pixel_1", "decode_rmse_1", "isi_cv_1"],
    ["spikes_per_pixel_2", "decode_rmse_2", "isi_cv_2"],
    ["spikes_per_pixel_3", "decode_rmse_3", "isi_cv_3"],
    ["spikes_per_pixel_4", "decode_rmse_4", "isi_cv_4"],
];

/// A code of the race.
struct Racer {
    label: &'static str,
    /// By the rate of a white pixel and the steps of a presentation.
    code: fn(f64, u32) -> Code,
    /// Results: error at the end, error at equal spikes, spikes per pixel.
    names: [&'static str; 3],
}

/// The codes of the race.
const RACE: [Racer; 8] = [
    Racer {
        label: "first spike",
        code: |_, _| Code::Ttfs,
        names: ["rmse_first_spike", "equal_first_spike", "spikes_first_spike"],
    },
    Racer {
        label: "rank order",
        code: |_, _| Code::RankOrder,
        names: ["rmse_rank", "equal_rank", "spikes_rank"],
    },
    Racer {
        label: "phase",
        // Three cycles, so that there is something to average.
        code: |_, steps| Code::Phase { period: steps / 3 },
        names: ["rmse_phase", "equal_phase", "spikes_phase"],
    },
    Racer {
        label: "weighted",
        code: |_, _| Code::Weighted { bits: 8 },
        names: ["rmse_weighted", "equal_weighted", "spikes_weighted"],
    },
    Racer {
        label: "burst",
        code: |_, _| Code::Burst { most: 5 },
        names: ["rmse_burst", "equal_burst", "spikes_burst"],
    },
    Racer {
        label: "population",
        code: |_, _| Code::Population { fields: 8 },
        names: ["rmse_population", "equal_population", "spikes_population"],
    },
    Racer {
        label: "Poisson rate",
        code: |gain, _| Code::Poisson { gain },
        names: ["rmse_poisson", "equal_poisson", "spikes_poisson"],
    },
    Racer {
        label: "published \"Poisson\"",
        code: |gain, _| Code::PublishedIsi { gain },
        names: ["rmse_published", "equal_published", "spikes_published"],
    },
];

/// The registry's entry.
pub const ENTRY: Entry = Entry {
    presets: words::PRESETS,
    measures: words::MEASURES,
    ..Entry::of::<NeuralCoding>("neural_coding", words::TITLE)
};

/// A run at its first tick.
pub fn build(p: &NeuralCoding, seed: u32) -> Box<dyn Runner> {
    let run = Run::new(p, seed);
    match &p.part {
        Part::One(_) => Box::new(ModelRun::new(run, DT_MS, one_figures::Fig::ALL)),
        Part::Sweep(_) => Box::new(ModelRun::new(run, DT_MS, sweep_figures::Fig::ALL)),
        Part::Race(_) => Box::new(ModelRun::new(run, DT_MS, race_figures::Fig::ALL)),
    }
}

impl Experiment for NeuralCoding {
    fn panels(&self) -> Vec<Panel> {
        match &self.part {
            Part::One(_) => panels(one_figures::Fig::ALL),
            Part::Sweep(_) => panels(sweep_figures::Fig::ALL),
            Part::Race(_) => panels(race_figures::Fig::ALL),
        }
    }

    /// A presentation takes some seconds.
    fn watch_speed(&self) -> f64 {
        f64::from(self.steps) / 4.0
    }

    fn has_chance(&self) -> bool {
        match &self.part {
            Part::One(p) => p.code.has_chance() || self.noise().is_any(),
            _ => true,
        }
    }

    fn contrasts(&self) -> &'static [Contrast] {
        match &self.part {
            Part::One(p) => match p.code {
                CodeKind::PublishedPoisson { scrambled: true, .. } => {
                    &[("not scrambled", &[("scrambled", "0")]), JITTERED, QUIET]
                }
                CodeKind::PublishedPoisson { .. } => {
                    &[("a Poisson process", &[("code", "poisson")]), JITTERED, QUIET]
                }
                CodeKind::Bernoulli { .. } | CodeKind::Poisson { .. } => {
                    &[("first spike", &[("code", "ttfs")]), JITTERED, QUIET]
                }
                _ => &[JITTERED, QUIET, ("a Poisson process", &[("code", "poisson")])],
            },
            Part::Sweep(_) => &[
                ("a Poisson process", &[("rate_code", "poisson")]),
                ("published", &[("rate_code", "published")]),
                JITTERED,
            ],
            Part::Race(_) => &[JITTERED, QUIET],
        }
    }
}

const JITTERED: Contrast = ("with jitter", &[("jitter", "0.2")]);
const QUIET: Contrast =
    ("without noise", &[("jitter", "0"), ("deletion", "0"), ("background", "0"), ("onset", "0")]);
