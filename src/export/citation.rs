//! How to cite: this software with the run, and the sources of the demo.

use super::readme::fingerprints;
use crate::lab::Session;

/// A BibTeX file: an entry of this software that names the run, then the entries of the sources.
pub(super) fn bib(runs: &[&Session], link: &str, is_edited: bool, sources: &str) -> String {
    let spec = &runs[0].spec;
    let (demo, revision) = (spec.entry.id, spec.entry.revision);
    let replay = match is_edited {
        true => "changed under way, so that no link replays it".into(),
        false => {
            format!("link {}, fingerprint {}", quoted(&format!("?{link}")), fingerprints(runs))
        }
    };
    let note = format!("Demo {}, revision {revision}; {replay}", quoted(demo));
    let version = env!("CARGO_PKG_VERSION");
    let mut text = format!(
        "@software{{stdp_playground,\n  author = {{{{The STDP Playground contributors}}}},\n  \
         title = {{{{STDP Playground}}: {}}},\n  version = {{{version}}},\n  note = {{{note}}}\n}}\n",
        quoted(spec.entry.title)
    );
    let sources = sources.trim();
    if !sources.is_empty() {
        text += &format!("\n% The sources of this demo.\n\n{sources}\n");
    }
    text
}

/// With a backslash before what has a meaning to LaTeX.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for letter in text.chars() {
        if matches!(letter, '&' | '_' | '%' | '#' | '$' | '{' | '}') {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted
}
