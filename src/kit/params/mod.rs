//! Groups of parameters that more than one experiment can have, each with what builds its part of the simulator.
//!
//! An experiment nests them (`#[nest]`, or `#[param]` where it is a choice) and asks them to build and to describe. Random streams are
//! told apart by name: `output` (a neuron that fires by chance), `inhibition` and `noise` are used here, and an
//! experiment with two of a kind gives them different seeds.
//!
//! ```text
//! cell         which neuron         build_cell       its simulation, and the inhibition that belongs to it
//! generator    how inputs fire      build_generator  a source of their spikes
//! learning     which rule           build_learning   the rule, of spikes or of whole steps, and its description
//! own_rules    rules that are drawn or written, and the voltage-based rule's constants
//! tried        the rule as kit::probe tries it
//! homeostasis  what else acts on weights, with its builder and its description
//! describe_cell, describe_generator  the neuron and the inputs as plain data
//! ranges       ranges of quantities that stand in more than one of them
//! ```

mod build_cell;
mod build_generator;
mod build_learning;
mod cell;
mod describe_cell;
mod describe_generator;
mod generator;
mod homeostasis;
mod learning;
mod own_rules;
mod ranges;
mod tried;

pub use build_cell::V_TH_MV;
pub use build_generator::expected;
pub use cell::{
    AdaptiveParams, AfterSpike, CellKind, ConductanceParams, EscapeLaw, MembraneParams,
    PulseParams, ResetKind, ResponseParams,
};
pub use generator::{Generator, Recipe};
pub use homeostasis::HomeostasisKind;
pub use learning::{CoincidenceKind, LearningParams, PairingKind, RuleKind, TripletFit};
pub use own_rules::{VoltageParams, formula_rule, mirrored, points, window_rule};
pub use ranges::RATE;
