//! Reward and its baseline: why a reward has to be compared with what this stimulus usually pays.
//!
//! **Question.** Eligibility traces of spike-timing-dependent plasticity, times a reward: is that enough to learn?
//! It is not, if rewards are not judged by what was to be expected of the stimulus.
//!
//! **What to change first.** The baseline; then the offset of the success signal.
//!
//! **What you should see.** One network is to learn two stimuli, one of which pays a bonus whatever the network does.
//! Without a baseline every trial is a success and the outputs fire too much; with the mean of all trials one
//! stimulus is always a success and the other always a failure; only a mean per stimulus (a critic) lets it learn
//! both. The same harm is done by an offset of a quarter of the reward's standard deviation, added on purpose (the
//! paper: failure sets in there, and below −0.4 the network ends under its untrained level). The figure "Against the
//! offset" runs the same trials with other offsets beside the run (`offsets`).
//!
//! **The task** (ours). Each stimulus is a spike pattern of 100 inputs, drawn once: every input fires with 6 Hz for 200
//! ms. Each of 5 outputs is to fire once in a trial, at a moment that was drawn for this output and this stimulus. An
//! output scores 1, less 0.5 if no spike is within 40 ms of the moment (in proportion to the distance if one is), less
//! 0.1 for every spike too many or for a missing one. Reward = mean score of the outputs + luck (standard deviation
//! 0.2) + a bonus of 0.2 in trials with stimulus ▲. Stimuli come in random order; the network begins each trial
//! at rest. After a trial every weight moves by η S e, with S = R − b + o σ_R and e what its spike pairs left. 200
//! trials without learning come first (the untrained level and the first baseline), and 200 last (the result).
//!
//! **Chance.** The *untrained level* is the score of the same network before it learns. A network that only drifts is
//! as likely above it as below, so it ends above it on both stimuli in a quarter of all seeds: 5 of 20, and at most 9
//! of 20 with 98.6 % probability. The *chance* level of given spikes is what they score on average if every output is
//! judged by the targets of all outputs and both stimuli.
//!
//! **Biofeedback** (`part=biofeedback`): every spike of one neuron is rewarded a moment later; its rate rises, and that
//! of its neighbours, with the same dopamine, does not.
//!
//! **Sources.** Frémaux, Sprekeler and Gerstner (2010, doi:10.1523/JNEUROSCI.6249-09.2010): the argument, the
//! baselines, the offset. Legenstein, Pecevski and Maass (2008, doi:10.1371/journal.pcbi.1000180): biofeedback.
//!
//! **Deviations** are in `page.md`.

mod bio;
mod describe;
mod figures;
mod learner;
mod net;
mod offsets;
mod params;
mod task;
mod task_run;

/// What the page says: made of `page.md`.
pub(super) mod words {
    include!(concat!(env!("OUT_DIR"), "/reward_baseline_words.rs"));
}

pub use describe::describe;
use figures::{BioFig, TaskFig};

use bio::BioRun;
use params::Part;
pub use params::RewardBaseline;
use task_run::TaskRun;

use crate::lab::{Contrast, Entry, Experiment, Figures, ModelRun, Panel, Runner, Success, panels};

/// The step.
const DT_MS: f64 = 1.0;

/// The registry's entry.
pub const ENTRY: Entry = Entry {
    id: "reward_baseline",
    title: words::TITLE,
    revision: 1,
    presets: words::PRESETS,
    measures: words::MEASURES,
    success: Some(Success {
        what: "both stimuli ended above the untrained level",
        is_met: |of| {
            let gain = |now, before| Some(of(now)? - of(before)?);
            Some(
                gain("performance_a", "untrained_a")?.min(gain("performance_b", "untrained_b")?)
                    > 0.0,
            )
        },
    }),
    defaults: || Box::new(RewardBaseline::default()),
};

/// A run at its first tick.
pub fn build(p: &RewardBaseline, seed: u32) -> Box<dyn Runner> {
    match &p.part {
        Part::Task(p) => {
            let run = TaskRun::new(p, seed);
            Box::new(ModelRun::new(run, DT_MS, TaskFig::ALL))
        }
        Part::Biofeedback(p) => {
            let run = BioRun::new(p, seed);
            Box::new(ModelRun::new(run, DT_MS, BioFig::ALL))
        }
    }
}

impl Experiment for RewardBaseline {
    fn panels(&self) -> Vec<Panel> {
        match &self.part {
            Part::Task(_) => panels(TaskFig::ALL),
            Part::Biofeedback(_) => panels(BioFig::ALL),
        }
    }

    /// Learning takes a thousand trials and more: half a minute for the whole run.
    fn watch_speed(&self) -> f64 {
        let duration_ms = match &self.part {
            Part::Task(p) => task::schedule(p).duration_ms(),
            Part::Biofeedback(p) => bio::num_ticks(p) as f64 * DT_MS,
        };
        duration_ms / 30.0
    }

    fn contrasts(&self) -> &'static [Contrast] {
        match &self.part {
            Part::Task(_) => &[
                ("mean of all trials", &[("baseline", "mean")]),
                ("no baseline", &[("baseline", "none")]),
                ("mean per stimulus", &[("baseline", "critic")]),
            ],
            Part::Biofeedback(_) => {
                &[("no baseline", &[("tau_mean_s", "0")]), ("a baseline", &[("tau_mean_s", "10")])]
            }
        }
    }
}
