//! What experiments share: makers of figures, and groups of parameters with what builds from them. Names no single
//! experiment.
//!
//! ```text
//! figure   makers of figures
//! params   groups of parameters, each with what builds its part of the simulator
//! ```

pub mod figure;
pub mod params;
