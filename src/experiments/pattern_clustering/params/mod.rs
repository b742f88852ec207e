//! What can be changed in the two models. Keys and defaults are part of the link contract.

mod ours;
mod published;

use get_size2::GetSize;

pub use ours::{OursParams, Reward};
pub use published::{PublishedParams, PublishedRule, Stimulus};

use crate::lab::param::{Alternative, Field, Group, ParamVisitor};

/// All parameters.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PatternClustering {
    /// Which network, with its own parameters.
    pub mode: Mode,
}

/// The two networks.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Mode {
    /// What the authors set out to do.
    Ours(OursParams),
    /// The authors' program.
    Published(PublishedParams),
}

impl Default for PatternClustering {
    fn default() -> Self {
        Self { mode: Mode::Ours(OursParams::default()) }
    }
}

const MODES: &[Alternative] = &[
    Alternative {
        key: "ours",
        label: "Patterns that take turns",
        help: "What the authors set out to do: two patterns, two outputs that compete, a window of milliseconds.",
    },
    Alternative {
        key: "published",
        label: "As published",
        help: "The authors' program, step by step: two groups of inputs at once, and a rule that counts spikes.",
    },
];

impl PatternClustering {
    /// The parameters in the order of the page.
    pub fn visit_all(&mut self, v: &mut dyn ParamVisitor) {
        let Self { mode } = self;
        v.group(Group { key: "model", label: "Model" });
        let mut chosen = usize::from(matches!(mode, Mode::Published(_)));
        let before = chosen;
        v.choice(
            Field::new("mode", "Network", "The published program, or what it was meant to be.")
                .main(),
            MODES,
            &mut chosen,
        );
        if chosen != before {
            *mode = match chosen {
                0 => Mode::Ours(OursParams::default()),
                _ => Mode::Published(PublishedParams::default()),
            };
        }
        match mode {
            Mode::Ours(params) => params.visit(v),
            Mode::Published(params) => params.visit(v),
        }
    }
}
