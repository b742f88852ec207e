//! What is taken home of the run on screen. The simulator makes it; the page hands it over.

use leptos::prelude::*;

use super::super::saved::{self, Button};
use super::Page;
use crate::lab::Simulator;
use crate::wire::{Command, Export, PYTHON};

impl Page {
    /// Asks for something to take home.
    pub fn export(self, export: Export) {
        self.send(Command::Export(export));
    }

    /// Asks for the program of the run on screen, to look at.
    pub fn ask_code(self, simulator: Simulator) {
        let asked = &self.kept().code_asked;
        asked.set(asked.get() + 1);
        self.export(Export::Script { simulator });
    }

    /// Whether what has come was to be looked at. It is asked once for each.
    pub(super) fn is_code(self) -> bool {
        let asked = &self.kept().code_asked;
        let num = asked.get();
        asked.set(num.saturating_sub(1));
        num > 0
    }

    /// Saves the program that is looked at.
    pub fn save_code(self) {
        let (name, text) = self.code.with_untracked(|code| (code.name.clone(), code.text.clone()));
        let saved = saved::hand_over_bytes(Button::Everything, name, PYTHON, text.as_bytes());
        self.saved.set(Some(saved));
    }

    pub(super) fn exported(self, panel: Option<u16>, name: String, mime: &str, bytes: &[u8]) {
        let button = panel.map_or(Button::Everything, Button::Figure);
        self.saved.set(Some(saved::hand_over_bytes(button, name, mime, bytes)));
    }
}
