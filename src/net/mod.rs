//! What a network *is*, as plain data: populations, what drives them, how they are connected and learn, and when they
//! are shown what.
//!
//! One description serves four readers: the simulator that is built from it, the picture of the network, the tables
//! of its parameters, and the scripts for other simulators. So it holds every number of the model, also those that
//! no link can change, each with its unit. It does nothing itself and keeps no state.
//!
//! Everything is declared with `described!` (in [`tell`]): a field with its label and unit is written down once, and
//! [`Tell`] lists it. [`Network::check`] finds what does not fit together. A network that the general simulator
//! cannot run, such as a published program with an order of its own, is described all the same: [`Update`] says so.

#[macro_use]
pub mod tell;

mod broken;
mod check;
pub mod model;
pub mod modulator;
pub mod network;
pub mod population;
pub mod projection;
pub mod rule;
pub mod schedule;
mod sentences;
pub mod source;
pub mod table;
pub mod weights;

pub use broken::Broken;
pub use model::{Counted, Firing, Method, Model, Recovery, Reset};
pub use modulator::{Baseline, Modulator, Release, Signal};
pub use network::Network;
pub use population::{
    Adaptation, Competition, Layout, Members, Owner, Part, Place, Population, Role, Start,
};
pub use projection::{Delay, Projection, Receptor, ShortTerm, Synapse, Wiring};
pub use rule::{
    Coincidence, Dependence, Eligibility, Homeostasis, Pairing, Payout, Reads, Rule, Window,
};
pub use schedule::{Order, Phase, Repeat, Schedule, Update};
pub use sentences::count;
pub use source::{Counting, Drive, Recipe, Source};
pub use table::Table;
pub use tell::{Quantity, Tell, Unit, Value};
pub use weights::{Draw, Weights};
