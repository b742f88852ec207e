//! Links that were published once: each still gives the same run, the same notices, the same spikes.
//!
//! One file each in `tests/golden/links/`; none is ever removed. `UPDATE_GOLDEN=1` fills in the fingerprint of a new
//! one, and writes those of an experiment whose revision was raised. What a link means is never rewritten.

use std::path::{Path, PathBuf};

use stdp_playground::experiments::REGISTRY;
use stdp_playground::lab::link;

use crate::golden::{advice, is_update};
use crate::runs::end_fingerprint;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/links");

/// A file of `key: value` lines and comments.
struct Frozen {
    path: PathBuf,
    text: String,
}

impl Frozen {
    fn read(path: PathBuf) -> Self {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        Self { path, text }
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
    }

    fn need(&self, key: &str) -> &str {
        self.get(key).unwrap_or_else(|| panic!("{}: no line '{key}:'", self.name()))
    }

    fn name(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Writes the run's side of the file: everything else stays as it was published.
    fn write(&self, revision: &str, fingerprint: &str) {
        let is_run =
            |line: &&str| line.starts_with("revision: ") || line.starts_with("fingerprint: ");
        let kept: Vec<&str> = self.text.lines().filter(|line| !is_run(line)).collect();
        let text =
            format!("{}\nrevision: {revision}\nfingerprint: {fingerprint}\n", kept.join("\n"));
        std::fs::write(&self.path, text).expect("a writable file");
    }

    fn check(&self) {
        let name = self.name();
        let (link, notices) = link::parse(self.need("link"), REGISTRY);
        assert_eq!(link.print(), self.need("print"), "{name}");
        assert_eq!(notices.len().to_string(), self.need("notices"), "{name}: {notices:?}");
        let revision = link.spec.entry.revision.to_string();
        let fingerprint = end_fingerprint(&link.spec);
        if self.get("revision") == Some(&revision) {
            assert_eq!(self.need("fingerprint"), fingerprint, "{}", advice(&name));
        } else if is_update() {
            self.write(&revision, &fingerprint);
        } else {
            panic!("{name} has no fingerprint of revision {revision}: run with UPDATE_GOLDEN=1");
        }
    }
}

fn frozen_links() -> Vec<Frozen> {
    let entries = std::fs::read_dir(Path::new(FOLDER)).expect("the folder of frozen links");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths.into_iter().map(Frozen::read).collect()
}

#[test]
fn every_frozen_link_still_means_what_it_meant() {
    let all = frozen_links();
    assert!(all.len() >= 10, "frozen links were removed");
    for frozen in &all {
        frozen.check();
    }
}
