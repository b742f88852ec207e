//! The order in which the demos make a course: its chapters, and two marked paths through them.

/// A chapter.
#[derive(Debug)]
pub struct Group {
    /// In front matter: `group: rules`.
    pub key: &'static str,
    /// Its heading.
    pub name: &'static str,
}

/// A few demos that tell one story in their order.
#[derive(Debug)]
pub struct Path {
    /// In front matter: `path: timing 2`.
    pub key: &'static str,
    /// Its heading.
    pub name: &'static str,
    /// What one knows at its end.
    pub promise: &'static str,
}

/// A demo's place on a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which of [`PATHS`].
    pub path: usize,
    /// The first step is 1.
    pub place: u32,
}

const fn group(key: &'static str, name: &'static str) -> Group {
    Group { key, name }
}

/// All chapters, in their order. Only those that have demos are shown.
pub const GROUPS: [Group; 8] = [
    group("neuron", "One neuron"),
    group("codes", "Codes"),
    group("rules", "Learning rules"),
    group("correlation", "Correlation"),
    group("competition", "Competition"),
    group("networks", "Networks"),
    group("reward", "Reward"),
    group("tasks", "Tasks"),
];

/// The marked paths.
pub const PATHS: [Path; 2] = [
    Path {
        key: "timing",
        name: "How timing becomes learning",
        promise: "From one pair of spikes to neurons that know letters.",
    },
    Path {
        key: "reward",
        name: "How one reward reaches one synapse",
        promise: "From a late reward to what it should be compared with.",
    },
];
