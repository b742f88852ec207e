//! What runs are built from besides their parameters: bytes by name, such as digits or weights that were trained before.
//!
//! An experiment names what its parameters need ([`Experiment::assets`](super::Experiment::assets)), and whoever drives
//! the run brings that and nothing else. It comes by the same door as the visitor's files: it stands in the spec
//! ([`Files`](super::Files)), so that both sides of a comparison, every seed and every restart have it, and a run that
//! lacks something is not built.

use std::sync::Arc;

/// Bytes by name; names are those of files.
#[derive(Clone, Debug, Default)]
pub struct Assets(Vec<(String, Arc<[u8]>)>);

/// What a run is made of follows from its parameters, so that runs do not differ by what is at hand.
impl PartialEq for Assets {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Assets {
    /// Puts bytes in the place of those of the same name.
    pub fn put(&mut self, name: &str, bytes: Arc<[u8]>) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.into(), bytes));
    }

    /// The bytes of this name.
    pub fn get(&self, name: &str) -> Option<&Arc<[u8]>> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes)
    }
}
