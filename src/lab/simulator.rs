//! Simulators that a network can be written for.

use serde::{Deserialize, Serialize};

/// Another simulator, whose programs are Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Simulator {
    /// Brian 2.
    Brian2,
    /// NEST 3.
    Nest,
}

impl Simulator {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Brian2, Self::Nest];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brian2 => "Brian 2",
            Self::Nest => "NEST",
        }
    }

    /// Its name on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Brian2 => "brian2",
            Self::Nest => "nest",
        }
    }

    /// What a program for it is called: not like the module that it imports, which it would then find in its own folder.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Brian2 => "network_brian2.py",
            Self::Nest => "network_nest.py",
        }
    }
}
