//! What was not taken as given.

/// Something in a link or a form that was not taken as given.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Notice {
    /// The key it is about.
    pub key: String,
    /// What was given.
    pub given: String,
    /// What was used instead, empty if nothing was.
    pub used: String,
    /// The rule, and what to do.
    pub rule: String,
}

impl std::fmt::Display for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}={}: {}", self.key, self.given, self.rule)?;
        if self.used.is_empty() { Ok(()) } else { write!(f, " Used {}.", self.used) }
    }
}

/// What is said of a key that stands in a link more than once.
pub const TWICE: &str = "given more than once; the last counts.";

/// A notice.
pub(super) fn notice(key: &str, given: &str, used: &str, rule: String) -> Notice {
    Notice { key: key.into(), given: given.into(), used: used.into(), rule }
}
