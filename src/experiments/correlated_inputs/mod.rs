//! Correlated inputs: does a synapse learn who fires together?
//!
//! **Question.** Of a hundred inputs at the same rate, half fire together now and then. What does a neuron with
//! spike-timing-dependent plasticity make of them, and what in a rule is it that does it?
//!
//! **What to change first.** The correlation, then the ratio of depression to potentiation.
//!
//! **What you should see.** Correlated inputs cause output spikes, win, and keep the others small. In the
//! published demonstration without a neuron, all of the effect is one branch of the rule.
//!
//! **Parts.** `groups`: the inputs alone, measured against theory. `synapse`: the demonstration of the course
//! page, as published and with what it rests on switched off. `neuron`: N inputs on a neuron.
//! Its control without correlation follows a copy with it, so that both fire equally often (`sim::fast::yoke`).
//!
//! **Sources.** Song, Miller and Abbott (2000, doi:10.1038/78829): the neuron, the rule, its rate regulation.
//! Gütig et al. (2003, doi:10.1523/JNEUROSCI.23-09-03697.2003): weight dependence, the linear neuron. Kuhn,
//! Aertsen and Rotter (2003, doi:10.1162/089976603321043702): MIP. E. Ezra Tsur, Neuromorphic Engineering, section
//! 7.4: the virtual synapse. G. Lattaruolo, STDP-research: 500 jittered inputs on a second-order neuron, the
//! generators from growing rates on, the escape-rate neuron, the offset and the asymptotic rule. Pfister and
//! Gerstner (2006, doi:10.1523/JNEUROSCI.1425-06.2006): triplets. Morrison, Aertsen and Diesmann (2007,
//! doi:10.1162/neco.2007.19.6.1437): the power law. Vogels et al. (2011, doi:10.1126/science.1211095): inhibition
//! that learns. Turrigiano et al. (1998, doi:10.1038/36103): synaptic scaling. Masquelier, Guyonneau and Thorpe
//! (2008, doi:10.1371/journal.pone.0001377): a pattern of 50 ms in half of 2,000 inputs. Van Rossum, Bi and Turrigiano
//! (2000, doi:10.1523/JNEUROSCI.20-23-08812.2000): depression in proportion to the weight, and noise.
//!
//! **Deviations** are in `page.md`.

mod build_neuron;
mod classes;
mod describe;
mod drift;
mod groups;
mod groups_figures;
mod neuron;
mod neuron_figures;
mod params;
mod synapse;
mod synapse_figures;

/// What the page says: made of `page.md`.
pub(super) mod words {
    include!(concat!(env!("OUT_DIR"), "/correlated_inputs_words.rs"));
}

pub use describe::describe;
pub use params::CorrelatedInputs;

use groups::GroupsRun;
use neuron::NeuronRun;
use params::Part;
use synapse::SynapseRun;

use crate::kit::params::RuleKind;
use crate::lab::{
    Contrast, DataKeys, Entry, Experiment, Figures, ModelRun, Panel, Runner, Success, panels,
};
use crate::sim::TimeGrid;

/// The step of everything but neurons that are defined in steps of 1 ms.
const DT_MS: f64 = 0.1;
/// Rasters reach back this far.
const WINDOW_MS: f64 = 1_000.0;
/// The groups of both parts without a neuron, in the order of the fingerprint.
const GROUPS: [&str; 3] = ["chosen", "independent", "identical"];

/// Each group with its correlation, which is chosen for the first.
fn groups_of(correlation: f64) -> [(&'static str, f64); 3] {
    [(GROUPS[0], correlation), (GROUPS[1], 0.0), (GROUPS[2], 1.0)]
}

/// The registry's entry.
pub const ENTRY: Entry = Entry {
    revision: 2,
    presets: words::PRESETS,
    measures: words::MEASURES,
    success: Some(Success {
        what: "the group won (0.1 above the others, or nine tenths of the patterns answered and of the spikes in them)",
        is_met: |of| match (of("output_in_pattern"), of("pattern_hit_share")) {
            (Some(inside), Some(hit)) => Some(inside >= 0.9 && hit >= 0.9),
            _ => Some(of("mean_weight_correlated")? - of("mean_weight_uncorrelated")? >= 0.1),
        },
    }),
    ..Entry::of::<CorrelatedInputs>("correlated_inputs", words::TITLE)
};

/// A run at its first tick.
pub fn build(p: &CorrelatedInputs, seed: u32) -> Box<dyn Runner> {
    let num_ticks = |s: f64, grid: TimeGrid| grid.ticks_from_ms(s * 1_000.0);
    let grid = TimeGrid::new(DT_MS);
    match &p.part {
        Part::Groups(p) => {
            let model = GroupsRun::new(p, seed, num_ticks(p.duration_s, grid));
            Box::new(ModelRun::new(model, DT_MS, groups_figures::Fig::ALL))
        }
        Part::Synapse(p) => {
            let model = SynapseRun::new(p, seed, num_ticks(p.duration_s, grid));
            Box::new(ModelRun::new(model, DT_MS, synapse_figures::Fig::ALL))
        }
        Part::Neuron(p) => {
            let grid = p.cell.grid();
            let model = NeuronRun::new(p, seed, num_ticks(p.duration_s, grid));
            Box::new(ModelRun::new(model, grid.dt_ms(), neuron_figures::Fig::of(p)))
        }
    }
}

impl Experiment for CorrelatedInputs {
    fn panels(&self) -> Vec<Panel> {
        match &self.part {
            Part::Groups(_) => panels(groups_figures::Fig::ALL),
            Part::Synapse(_) => panels(synapse_figures::Fig::ALL),
            Part::Neuron(p) => neuron_figures::Fig::panels(p),
        }
    }

    /// Learning takes minutes: half a minute for the whole run; inputs alone in their own time.
    fn watch_speed(&self) -> f64 {
        match &self.part {
            Part::Neuron(p) => p.duration_s * 1_000.0 / 30.0,
            _ => 1_000.0,
        }
    }

    fn contrasts(&self) -> &'static [Contrast] {
        match &self.part {
            // Parts 1 and 2 have no output whose rate a control could change.
            Part::Groups(_) => &[
                ("not correlated", &[("correlation", "0")]),
                ("correlated", &[("correlation", "0.5")]),
            ],
            Part::Synapse(_) => &[
                ("pairs without a lag left out", &[("zero_lag", "0")]),
                ("all as published", &[("zero_lag", "1")]),
            ],
            // Of the offset rule weights sink below zero, and then no gain makes a neuron fire.
            Part::Neuron(p)
                if p.is_correlated() && !matches!(p.learning.rule, RuleKind::Offset { .. }) =>
            {
                &[
                    ("not correlated, gain holds the output rate", &[("yoked", "1")]),
                    ("correlated", &[("yoked", "0")]),
                    ("no learning", &[("rule", "none")]),
                ]
            }
            Part::Neuron(_) => {
                &[("no learning", &[("rule", "none")]), ("pair STDP", &[("rule", "pair")])]
            }
        }
    }

    fn data_keys(&self) -> Option<DataKeys> {
        let keys = DataKeys { num_inputs: "num_inputs", duration_s: "duration_s" };
        // A yoked control makes inputs of its own.
        matches!(&self.part, Part::Neuron(p) if !p.is_yoked).then_some(keys)
    }
}
