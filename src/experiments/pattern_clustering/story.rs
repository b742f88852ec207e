//! What the page says about pattern clustering, and the presets.

use crate::lab::{Prediction, Preset, Story};

/// The page's text.
pub const STORY: Story = Story {
    about: "x",
    question: "Two",
    predict: Prediction {
        question: "x",
        options: &["a"],
        answer: 0,
        because: "",
        preset: "ours",
    },
    try_first: &[],
    notice: &[],
    equations: include!(concat!(env!("OUT_DIR"), "/pattern_clustering_equations.rs")),
    sources: &[],
    deviations: &[],
};

/// Named parameter sets.
pub const PRESETS: &[Preset] = &[
    Preset { id: "ours", label: "x", help: "x.", link: "" },
];
