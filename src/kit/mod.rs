//! What experiments share: makers of figures, groups of parameters with what builds from them, trials, and copies that run
//! beside a run. Names no single experiment.
//!
//! ```text
//! figure   makers of figures
//! params   groups of parameters, each with what builds its part of the simulator
//! trials   the schedule of a description, played
//! probe    what a rule does to one synapse: its window, and pairs at every rate
//! beside   copies that go on beside a run, some steps in each of its ticks
//! ```

pub mod beside;
pub mod figure;
pub mod params;
pub mod probe;
pub mod trials;
