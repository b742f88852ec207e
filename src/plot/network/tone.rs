//! Which of the roles' colours neurons have.

use super::block::role_of;
use crate::lab::picture::Picture;
use crate::net::Role;

/// Which of the roles' colours a neuron has.
pub(super) fn tone_of(picture: &Picture, population: usize, neuron: u32) -> Tone {
    match role_of(&picture.network.populations[population], neuron) {
        Role::Input => Tone::Input,
        Role::Output => Tone::Output,
        Role::Hidden | Role::Excitatory => Tone::Excite,
        Role::Inhibitory => Tone::Inhibit,
        Role::Control => Tone::Control,
    }
}

/// A role's colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    Input,
    Output,
    Excite,
    Inhibit,
    Control,
}

impl Tone {
    pub const ALL: [Self; 5] =
        [Self::Input, Self::Output, Self::Excite, Self::Inhibit, Self::Control];

    pub fn colour(self, theme: &super::super::Theme) -> super::super::theme::Colour {
        match self {
            Self::Input => theme.input,
            Self::Output => theme.output,
            Self::Excite => theme.excite,
            Self::Inhibit => theme.inhibit,
            Self::Control => theme.control,
        }
    }
}
