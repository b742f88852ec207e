//! Everything about a run, as files.

use super::script::{self, About};
use super::told::{self, SIDES};
use super::{Print, citation, csv, readme};
use crate::lab::link::{self, Link, PageOptions};
use crate::lab::{Describe, Session, Simulator, Spec, pair, snapshot, table};
use crate::record::WeightsFile;

/// A file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its place, with `/` between folders.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What a bundle is made of.
pub struct Bundle<'s> {
    /// The run as it stands.
    pub session: &'s Session,
    /// The run that it is compared with.
    pub twin: Option<&'s Session>,
    /// BibTeX entries of the demo's sources.
    pub sources: &'s str,
    /// What describes the network.
    pub describe: Describe,
}

impl Bundle<'_> {
    /// Its name without an ending.
    pub fn name(&self) -> String {
        let spec = &self.session.spec;
        format!("{}-seed-{}", spec.entry.id, spec.seed)
    }

    /// All files, in order.
    ///
    /// # Errors
    /// What cannot be drawn.
    pub fn files(&self) -> Result<Vec<File>, String> {
        let runs: Vec<&Session> = std::iter::once(self.session).chain(self.twin).collect();
        let is_edited = readme::is_edited(&runs);
        // A run that was edited is another one from its start.
        let link = self.link(readme::moment(&runs).filter(|_| !is_edited));
        let mut files = Vec::new();
        let mut add = |path: &str, text: String| {
            files.push(File { path: path.into(), bytes: text.into_bytes() });
        };
        add("README.txt", readme::readme(&runs, &link));
        add("link.txt", readme::link_file(&runs, &link));
        add("run.json", told::run(&runs, &link));
        add("parameters.csv", csv(&told::parameters(&runs)));
        add("results.csv", csv(&told::results(&runs)));
        add("citation.bib", citation::bib(&runs, &link, is_edited, self.sources));
        let mut figures: Vec<pair::Figures> =
            runs.iter().map(|run| run.runner.figures(&|_| true)).collect();
        if let ([a, b], [own, others]) = (&runs[..], &mut figures[..]) {
            pair::link_axes((&a.spec, own), (&b.spec, others));
        }
        for ((run, figures), side) in runs.iter().zip(&figures).zip(SIDES) {
            let folder = if runs.len() > 1 { format!("{side}/") } else { String::new() };
            add(&format!("{folder}weights.csv"), weights(run));
            // Not every network can be written for every simulator.
            for simulator in Simulator::ALL {
                if let Ok(script) = script(&run.spec, self.describe, simulator) {
                    add(&format!("{folder}{}", simulator.file()), script);
                }
            }
            if let Some((picture, snapshot)) = run.snapshot() {
                let svg = Print::default().network(picture, &snapshot)?;
                add(&format!("{folder}figures/network.svg"), svg);
                let data = csv(&snapshot::table(picture, &snapshot.weights));
                add(&format!("{folder}data/network.csv"), data);
            }
            let panels = run.spec.panels();
            for (idx, figure) in figures {
                let panel = &panels[*idx as usize];
                let data = csv(&table::of(figure, panel));
                add(&format!("{folder}data/{}.csv", panel.key), data);
                let svg = Print::default().svg(panel, figure, run.stopped_ms())?;
                add(&format!("{folder}figures/{}.svg", panel.key), svg);
            }
        }
        Ok(files)
    }

    /// The link of the run, or of both, at the moment at which they stand if that is not their end.
    fn link(&self, moment_ms: Option<f64>) -> String {
        let twin = self.twin.map(|twin| twin.spec.clone());
        let page = PageOptions { moment_ms, ..PageOptions::default() };
        Link { spec: self.session.spec.clone(), twin, page }.print()
    }
}

/// The network of a run as a program for this simulator.
///
/// # Errors
/// Why there is none, and what to do.
pub fn script(spec: &Spec, describe: Describe, simulator: Simulator) -> Result<String, String> {
    if !spec.files.names().is_empty() {
        return Err("a script draws inputs and weights by itself, and this run has files of yours. Take the files out.".into());
    }
    let link = link::print(spec, &PageOptions::default());
    let (title, is_recorded) = (spec.entry.title, false);
    let about = About { title, link: &link, seed: spec.seed, is_recorded };
    script::script(&describe(spec), &about, simulator).map_err(|why| why.to_string())
}

/// The file of what a run has learned by now. It names the run's link, and says if that gives other weights.
pub fn weights(session: &Session) -> String {
    let spec = &session.spec;
    let mut link = link::print(spec, &PageOptions::default());
    if let Some(ms) = session.edited_at_ms() {
        link += &format!(" (changed under way at {ms} ms: this link gives other weights)");
    } else if !session.is_over() {
        link += &format!(" (at {} ms)", session.sim_ms());
    }
    WeightsFile::csv_of(spec.entry.id, &link, &session.runner.weights())
}
