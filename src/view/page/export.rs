//! What is taken home of the run on screen. The simulator makes it; the page hands it over.

use leptos::prelude::*;

use super::super::saved::{self, Button};
use super::Page;
use crate::wire::{Command, Export};

impl Page {
    /// Asks for something to take home.
    pub fn export(self, export: Export) {
        self.send(Command::Export(export));
    }

    pub(super) fn exported(self, panel: Option<u16>, name: String, mime: &str, bytes: &[u8]) {
        let button = panel.map_or(Button::Everything, Button::Figure);
        self.saved.set(Some(saved::hand_over_bytes(button, name, mime, bytes)));
    }
}
