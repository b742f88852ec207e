//! A spike as it is read from a file.

/// One spike; ordered by time, then neuron.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spike {
    /// When, from the start of the run.
    pub time_ns: u64,
    /// Who, from 0.
    pub neuron: u32,
}
