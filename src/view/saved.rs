//! Files that were handed to the browser.

use super::dom;

/// The button with which something is saved.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// The weights of the run.
    Weights,
    /// The table of many seeds.
    Seeds,
}

/// A file that was handed to the browser.
#[derive(Clone)]
pub struct Saved {
    /// With which button.
    pub button: Button,
    /// Its name.
    pub file: String,
    /// The browser took it.
    pub is_taken: bool,
}

/// Gives the visitor `text` as a CSV file.
pub fn hand_over(button: Button, file: String, text: &str) -> Saved {
    let is_taken = dom::download(&file, "text/csv", text).is_ok();
    Saved { button, file, is_taken }
}
