//! Links that were published once: each still gives the same run, the same notices, the same spikes.
//!
//! One file each in `tests/golden/links/`; none is ever removed. `UPDATE_GOLDEN=1` fills in the fingerprint of a new
//! one, and writes those of an experiment whose revision was raised. What a link means is never rewritten. Where two
//! runs are compared, there is a fingerprint of the second one too.

use std::path::{Path, PathBuf};

use stdp_playground::experiments::REGISTRY;
use stdp_playground::lab::link;

use crate::golden::{advice, is_update};
use crate::runs::end_fingerprint;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/links");

/// The lines that a raised revision rewrites.
const RUN_KEYS: [&str; 3] = ["revision", "fingerprint", "b_fingerprint"];

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
    fn write(&self, revision: &str, run: &[(&str, String)]) {
        let is_run = |line: &&str| RUN_KEYS.iter().any(|key| line.starts_with(&format!("{key}: ")));
        let kept: Vec<&str> = self.text.lines().filter(|line| !is_run(line)).collect();
        let mut text = format!("{}\nrevision: {revision}\n", kept.join("\n"));
        run.iter().for_each(|(key, fingerprint)| text += &format!("{key}: {fingerprint}\n"));
        std::fs::write(&self.path, text).expect("a writable file");
    }

    fn check(&self) {
        let name = self.name();
        let (link, notices) = link::parse(self.need("link"), REGISTRY);
        assert_eq!(link.print(), self.need("print"), "{name}");
        assert_eq!(notices.len().to_string(), self.need("notices"), "{name}: {notices:?}");
        let revision = link.spec.entry.revision.to_string();
        let mut run = vec![("fingerprint", end_fingerprint(&link.spec))];
        run.extend(link.twin.iter().map(|twin| ("b_fingerprint", end_fingerprint(twin))));
        if self.get("revision") == Some(&revision) {
            for (key, fingerprint) in &run {
                assert_eq!(self.need(key), fingerprint, "{}", advice(&name));
            }
        } else if is_update() {
            self.write(&revision, &run);
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
    assert!(all.len() >= 33, "frozen links were removed");
    for frozen in &all {
        frozen.check();
    }
}
