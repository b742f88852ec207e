//! Files that were handed to the browser.

use super::dom;

/// The button with which something is saved.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// The weights of the run.
    Weights,
    /// The table of many seeds.
    Seeds,
    /// The menu of the figure with this index.
    Figure(u16),
    /// Everything about the run.
    Everything,
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
    hand_over_bytes(button, file, "text/csv", text.as_bytes())
}

/// Gives the visitor a file of this kind.
pub fn hand_over_bytes(button: Button, file: String, mime: &str, bytes: &[u8]) -> Saved {
    let blob = dom::blob(mime, bytes);
    let is_taken = blob.and_then(|blob| dom::download(&file, &blob)).is_ok();
    Saved { button, file, is_taken }
}
