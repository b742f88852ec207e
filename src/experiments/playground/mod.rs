//! The playground: build a small network of any neuron, any input and any rule, and watch it.
//!
//! **Question.** What does a neuron do, and what does it learn?
//!
//! **What to change first.** The neuron, then what drives it, then the rule.
//!
//! **What you should see.** Inputs that fire together with others win: their synapses grow, the others shrink. Under a current
//! alone, how a neuron fires is a matter of few constants.
//!
//! **Sources.** Models and rules have theirs in `sim`. Firing patterns: Naud, Marcille, Clopath and Gerstner (2008,
//! doi:10.1007/s00422-008-0264-7), Izhikevich (2003, doi:10.1109/TNN.2003.820440). The playground of "STDP-research" (system 1).
//!
//! Everything runs in the general step of [`crate::sim::network`], built of the description.
//!
//! **Deviations** are in `page.md`.

mod alike;
mod currents;
mod describe;
mod figures;
mod flow;
mod groups;
mod intervals;
mod noisy;
mod params;
mod phase;
mod response;
mod run;
mod seen;
mod tried;
mod up_down;

/// What the page says: made of `page.md`.
pub(super) mod words {
    include!(concat!(env!("OUT_DIR"), "/playground_words.rs"));
}

pub use describe::describe;
pub use params::Playground;

use figures::{Firing, Learning};
use params::{FurtherKind, LateralKind, NeuronKind, SynapseKind};
use run::PlaygroundRun;

use crate::kit::params::RuleKind;
use crate::lab::{Contrast, DataKeys, Entry, Experiment, ModelRun, Panel, Runner, Success};

/// The registry's entry.
pub const ENTRY: Entry = Entry {
    presets: words::PRESETS,
    measures: words::MEASURES,
    success: Some(Success {
        what: "the group won (0.1 above the others)",
        is_met: |of| Some(of("selectivity")? >= 0.1),
    }),
    ..Entry::of::<Playground>("playground", words::TITLE)
};

/// A run at its first tick.
pub fn build(p: &Playground, seed: u32) -> Box<dyn Runner> {
    let run = PlaygroundRun::new(p, seed);
    match p.spikes() {
        Some(_) => Box::new(ModelRun::new(run, p.dt_ms, Learning::of(p))),
        None => Box::new(ModelRun::new(run, p.dt_ms, Firing::of(p))),
    }
}

impl Playground {
    /// A leaky neuron in steps of 1 ms: what lifts it far above the threshold in one step is lost with the reset.
    fn loses_input(&self) -> bool {
        self.dt_ms >= 1.0 && self.neuron.lif().is_some()
    }

    /// Rasters and traces reach back this far: a second of neurons under a current, half of it where they learn.
    fn window_ms(&self) -> f64 {
        let most_ms = if self.spikes().is_some() { 500.0 } else { 1_000.0 };
        (self.duration_s * 1_000.0).min(most_ms)
    }
}

impl Experiment for Playground {
    fn panels(&self) -> Vec<Panel> {
        figures::panels_of(self)
    }

    /// Half a minute for a run that learns; neurons under a current ten times slower than their own time.
    fn watch_speed(&self) -> f64 {
        match self.spikes() {
            Some(_) => self.duration_s * 1_000.0 / 30.0,
            None => 100.0,
        }
    }

    fn contrasts(&self) -> &'static [Contrast] {
        match self.spikes() {
            Some(spikes) if matches!(spikes.learning.rule, RuleKind::Window { .. }) => &[
                ("mirrored window", &[("mirrored", "1")]),
                ("not mirrored", &[("mirrored", "0")]),
                ("no learning", &[("rule", "none")]),
            ],
            Some(_)
                if matches!(
                    self.lateral(),
                    LateralKind::Interneurons { .. } | LateralKind::Soft { .. }
                ) =>
            {
                &[
                    ("no inhibition", &[("lateral", "none")]),
                    ("no learning", &[("rule", "none")]),
                    ("pair STDP", &[("rule", "pair")]),
                ]
            }
            // A neuron that never fires learns nothing either.
            Some(spikes)
                if spikes.generator.is_of_groups()
                    && spikes.learning.rule == RuleKind::Fixed
                    && matches!(self.synapse, SynapseKind::Conductance { .. }) =>
            {
                &[
                    ("correlated", &[("correlation", "0.2")]),
                    ("not correlated", &[("correlation", "0")]),
                ]
            }
            // What does not learn is compared with the same that does, whatever its inputs are. Where input is lost,
            // correlation changes the rate as well.
            Some(spikes)
                if spikes.generator.is_of_groups()
                    && spikes.num_inputs > 0
                    && spikes.added == FurtherKind::None
                    && !matches!(
                        spikes.learning.rule,
                        RuleKind::Fixed | RuleKind::Formula { .. } | RuleKind::Voltage(_)
                    )
                    && !self.loses_input() =>
            {
                &[
                    ("not correlated", &[("correlation", "0")]),
                    ("no learning", &[("rule", "none")]),
                    ("correlated", &[("correlation", "0.2"), ("rule", "pair")]),
                ]
            }
            Some(_) => &[("no learning", &[("rule", "none")]), ("pair STDP", &[("rule", "pair")])],
            None if matches!(self.neuron, NeuronKind::Counted(_)) => &[
                ("as meant", &[("counted", "step")]),
                ("as coded", &[("counted", "all")]),
                ("a leaky neuron", &[("neuron", "lif")]),
            ],
            None => &[
                ("a leaky neuron", &[("neuron", "lif")]),
                ("an adaptive threshold", &[("neuron", "adaptive")]),
                ("a current of 10 mV", &[("current_mv", "10")]),
                ("a current of 40 mV", &[("current_mv", "40")]),
            ],
        }
    }

    fn data_keys(&self) -> Option<DataKeys> {
        let keys = DataKeys { num_inputs: "num_inputs", duration_s: "duration_s" };
        self.spikes().map(|_| keys)
    }
}
