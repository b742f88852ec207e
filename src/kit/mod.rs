//! What experiments share and what names none of them.
//!
//! ```text
//! params   groups of parameters, each with what builds its part of the simulator
//! ```

pub mod params;
