//! What is wrong in a page: file, line, what was found, what is expected, and what to do.

use std::fmt;

/// Something wrong on a line, before the file is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    /// What stands there.
    pub found: String,
    /// What should stand there.
    pub expected: String,
    /// What to do.
    pub cure: String,
}

impl Fault {
    /// What stands on a line, what should, and what to do.
    pub fn new(
        line: usize,
        found: impl Into<String>,
        expected: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        Self { line, found: found.into(), expected: expected.into(), cure: cure.into() }
    }

    /// A name that is none of those known.
    pub fn unknown(line: usize, what: &str, name: &str, known: &[&str]) -> Self {
        let cure = match nearest(name, known) {
            Some(near) => format!("did you mean '{near}'?"),
            None => format!("take one of these, or take the {what} out"),
        };
        Self::new(line, format!("{what} '{name}'"), known.join(", "), cure)
    }
}

/// A fault in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The file's path, as it was given.
    pub file: String,
    /// What is wrong in it.
    pub fault: Fault,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { line, found, expected, cure } = &self.fault;
        write!(f, "{}:{line}: found {found}; expected {expected}; {cure}", self.file)
    }
}

impl std::error::Error for Error {}

/// The known name that is meant, if one is close enough to be.
fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let distance =
        |known: &str| strsim::damerau_levenshtein(&name.to_lowercase(), &known.to_lowercase());
    let near = known.iter().copied().min_by_key(|known| distance(known))?;
    (distance(near) <= 1 + near.len() / 4).then_some(near)
}
