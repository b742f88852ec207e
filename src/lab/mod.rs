//! What an experiment *is*, without naming any: parameters, links, panels, and how a run is driven.
//!
//! An experiment is one file below `experiments/` that implements [`Experiment`] (its parameters)
//! and [`Model`] or [`Runner`] (its running network), plus one [`Entry`] in the registry. Form, link, menu,
//! presets, embed, command line, worker, plots, tests and bench all follow from these.

pub mod assets;
pub mod built;
pub mod change;
pub mod condition;
pub mod described;
pub mod digits;
pub mod eligible;
pub mod embed;
pub mod files;
pub mod film;
pub mod followed;
pub mod form;
pub mod levels;
pub mod link;
pub mod lit;
pub mod marked;
pub mod marks;
pub mod measure;
pub mod model;
pub mod named;
pub mod notice;
mod page_link;
pub mod pair;
pub mod panel;
pub mod param;
pub mod parts;
mod past;
pub mod pasted;
pub mod picture;
pub mod qr;
pub mod reading;
pub mod reel;
pub mod seeds;
pub mod session;
mod shade_follower;
pub mod shades;
pub mod shades_then;
mod simulator;
pub mod snapshot;
pub mod snippet;
pub mod spec;
pub mod table;
pub mod told;
pub mod values;
pub mod words;

pub use assets::Assets;
pub use condition::{Condition, Test};
pub use files::{DataKeys, Files};
pub use film::FilmFrame;
pub use followed::Followed;
pub use lit::Program;
pub use marked::Marked;
pub use measure::Measure;
pub use model::{Draw, Model, ModelRun, block_ticks};
pub use named::Named;
pub use notice::Notice;
pub use panel::{Axis, Drag, Figures, Panel, PanelKind, Plane, panels};
pub use param::{
    AllParams, Alternative, Choice, Experiment, Field, Group, ParamVisitor, Params, Problem, Scale,
    Unit,
};
pub use picture::{Activity, Picture};
pub use seeds::SeedOutcome;
pub use session::{Clock, Session, StepKind};
pub use shades::Shades;
pub use simulator::Simulator;
pub use snapshot::Snapshot;
pub use spec::{Contrast, Entry, Preset, Registry, Spec, Success};
pub use table::Table;
pub use words::{Ask, Caption, Observation, Prediction, Stop, Story, Words};

use crate::net::Network;
use crate::record::{ArrayView, Figure, Fingerprint, GreyPicture, Hasher, SeenLevel, SpikeTrains};
pub use crate::sim::decimal;
use crate::sim::encode::TrainCounts;
pub use crate::sim::plasticity::Formula;
use crate::sim::{Fault, Tick};

/// What a run that reads no spikes from a file says.
pub const TAKES_NO_TRAINS: &str = "this run takes no spike trains of yours";
/// What a run that shows no picture says.
pub const TAKES_NO_PICTURE: &str = "this run shows no picture of yours";

/// A running experiment. [`Runner::tick`] is short and is called many times, because browsers do not
/// optimise a loop that is already running.
pub trait Runner: Send + Sync {
    /// Does one step.
    fn tick(&mut self);

    /// Steps done so far.
    fn now(&self) -> Tick;

    /// The length of the run that the link names.
    fn num_ticks(&self) -> Tick;

    /// The step in milliseconds.
    fn dt_ms(&self) -> f64;

    /// Where the run is, for people: "training, epoch 3 of 40, letter B".
    fn phase(&self) -> String;

    /// Ticks until the end of the current trial (a presentation), at least 1.
    fn ticks_to_trial_end(&self) -> Tick;

    /// Takes over the live parameters of `params`, which are of this experiment and pass every check.
    fn adopt(&mut self, params: &dyn Experiment);

    /// An interaction in a panel. Returns false where there is nothing to do.
    fn interact(&mut self, interaction: &Interaction) -> bool;

    /// The figures of the panels whose index is wanted, in order.
    fn figures(&self, wanted: &dyn Fn(u16) -> bool) -> Vec<(u16, Figure)>;

    /// Everything the run has done up to now, as a hash.
    fn fingerprint(&self) -> Fingerprint;

    /// The results so far, as flat names and numbers. Complete once the run is finished. What this run has no value
    /// for, as the time of something that has not happened, is NaN: null in JSON, empty in a table.
    fn summary(&self) -> Vec<(String, f64)>;

    /// Ticks between two looks for faults. A run is stopped at a multiple of it or at its end, never between, so that
    /// it stops at the same tick however it is cut into slices.
    fn look_ticks(&self) -> Tick;

    /// Looks for what the run cannot go on with; [`Runner::fault`] tells what was found. To be called after every
    /// [`Runner::look_ticks`] ticks and at the end, as [`Session`] does.
    fn look(&mut self);

    /// Why the run cannot go on, if a look has found something.
    fn fault(&self) -> Option<Fault>;

    /// The learning curve to lay behind that of other seeds: one value per trial block.
    fn learning_curve(&self) -> Vec<f32>;

    /// Everything learned, in place.
    fn weights(&self) -> Vec<ArrayView<'_>>;

    /// Takes over what was learned elsewhere and goes straight to the test.
    fn load_weights(&mut self, file: &crate::record::WeightsFile) -> Result<(), String>;

    /// Takes the spikes of its inputs from the visitor's trains, and tells what becomes of them.
    ///
    /// # Errors
    /// Why it takes none. The run is then what it was.
    fn load_trains(&mut self, _trains: &SpikeTrains) -> Result<TrainCounts, String> {
        Err(TAKES_NO_TRAINS.into())
    }

    /// Shows the visitor's picture instead of its own.
    ///
    /// # Errors
    /// Why it does not. The run is then what it was.
    fn load_picture(&mut self, _picture: &GreyPicture) -> Result<(), String> {
        Err(TAKES_NO_PICTURE.into())
    }

    /// Who fires: the populations in the order of their numbers in the fingerprint.
    fn populations(&self) -> Vec<Population>;

    /// What sees the spikes, to have it keep or watch them.
    fn hasher(&mut self) -> &mut Hasher;

    /// From now on notes the levels of modulators in every tick, which changes nothing that is simulated.
    fn watch_levels(&mut self);

    /// Levels now, by the names of the description.
    fn levels(&self) -> Vec<(&'static str, f32)>;

    /// Levels since the last time, by the names of the description: dopamine, a success signal. None where nobody watches.
    fn watched_levels(&mut self) -> Vec<SeenLevel>;

    /// What waits at synapses for a modulator: arrays with the names and shapes of those weights.
    fn eligibilities(&self) -> Vec<ArrayView<'_>>;

    /// A copy that goes on as this one does. What never changes is shared by both.
    fn boxed_clone(&self) -> Box<dyn Runner>;

    /// What a copy weighs in memory, in bytes, without what it shares.
    fn state_bytes(&self) -> usize;
}

/// Neurons, or inputs, that are counted together from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Population {
    /// Its name.
    pub name: &'static str,
    /// How many there are.
    pub size: u32,
}

impl Population {
    /// Populations by their names and sizes.
    pub fn all<const N: usize>(names: [&'static str; N], sizes: [u32; N]) -> Vec<Self> {
        names.into_iter().zip(sizes).map(|(name, size)| Self { name, size }).collect()
    }
}

/// Builds a run at its first tick, from parameters that pass every check and with all the assets that they need. It is
/// handed to whoever
/// drives runs and is no part of an [`Entry`], so that the page, which only shows them, does not
/// carry the simulator.
pub type Build = fn(&Spec) -> Box<dyn Runner>;

/// Describes the network of a run, as plain data. Who fires in it, how many they are and what is learned have the names that
/// they have in the run. It belongs to the simulator as well: the page gets a description as it gets figures.
pub type Describe = fn(&Spec) -> Network;

/// What the simulator makes of a spec: the description of its network, and its run.
#[derive(Clone, Copy)]
pub struct Makers {
    /// Describes.
    pub describe: Describe,
    /// Builds.
    pub build: Build,
}

/// What a visitor does inside a panel.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Interaction {
    /// Picked one item (a neuron) of panel `panel`.
    Pick {
        /// The panel's index.
        panel: u16,
        /// The item's index.
        item: u32,
    },
    /// Picked a neuron that answers in the picture of the network.
    Neuron {
        /// Its number in its population.
        neuron: u32,
    },
}
