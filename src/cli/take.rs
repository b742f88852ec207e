//! `stdp run --out`: everything about a run, in a folder or in one zip.

use std::path::Path;

use serde_json::Value;

use crate::experiments;
use crate::export::{Bundle, zip};
use crate::lab::Session;

/// The name of one zip rather than of a folder.
pub fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// Writes all files of a run, and of the one that it is compared with. Into a folder also results.json, which is what
/// `--json` prints: it tells of this call as well, such as how long it took.
///
/// # Errors
/// What cannot be drawn or written.
pub fn write(
    path: &Path,
    session: &Session,
    twin: Option<&Session>,
    results: &Value,
) -> Result<(), String> {
    let spec = &session.spec;
    let sources = experiments::words(spec.entry).story(&*spec.params).bibtex.join("\n\n");
    let bundle = Bundle { session, twin, sources: &sources, describe: experiments::describe };
    let files = bundle.files()?;
    if is_zip(path) {
        return put(path, &zip(&files));
    }
    for file in &files {
        put(&path.join(&file.path), &file.bytes)?;
    }
    put(&path.join("results.json"), format!("{results:#}\n").as_bytes())
}

/// Writes a file, and the folders above it.
fn put(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|e| format!("cannot make the folder {}: {e}", folder.display()))?;
    }
    std::fs::write(path, bytes).map_err(|e| format!("cannot write {}: {e}", path.display()))
}
