//! The visitor's files: read here, so that the page does not stand still for a long one, and kept for the runs whose
//! link names them.

use super::Host;
use super::run::Run;
use crate::lab::files::{Shelved, kind_of};
use crate::lab::link::{self, Link};
use crate::lab::{Notice, Spec};
use crate::record::VisitorFile;
use crate::wire::Event;

impl Host {
    /// The link, with the contents of the files that it names, and the assets at hand.
    pub(super) fn linked(&self, link: &str) -> Link {
        let (mut link, _) = link::parse(link, self.registry);
        let specs = std::iter::once(&mut link.spec).chain(&mut link.twin);
        specs.for_each(|spec| {
            spec.files.fill(&self.shelf);
            spec.files.assets = self.assets.clone();
        });
        link
    }

    /// Builds the run of a link; none where a file of it is missing, since that would be another run.
    pub(super) fn open(&mut self, run_id: u32, link: &str) {
        let Link { spec, twin, .. } = self.linked(link);
        self.run = None;
        self.run_id = run_id;
        if let Some(notice) = missing(&spec).or_else(|| twin.as_ref().and_then(missing)) {
            self.events.push(Event::Refused { run_id, notice });
            return;
        }
        let run = Run::new(run_id, spec, twin, self.makers);
        self.events.push(run.files_told());
        self.run = Some(run);
    }

    /// Reads a file and tells whether the run at hand can use it. That goes on as it was.
    pub(super) fn load_file(&mut self, bytes: &[u8]) {
        let run_id = self.run_id;
        let read = VisitorFile::read(bytes, None).map(Shelved::new);
        let usable = read.and_then(|(file, notices)| {
            let refusal = self.run.as_ref().and_then(|run| run.refusal(&file));
            refusal.map_or(Ok((file, notices)), Err)
        });
        match usable {
            Ok((file, notices)) => {
                let (key, name) = (file.key().into(), file.name());
                self.shelve(file);
                self.events.push(Event::FileRead { run_id, key, name, notices });
            }
            Err(rule) => {
                let [key, given] = ["file", "yours"].map(String::from);
                let notice = Notice { key, given, used: String::new(), rule };
                self.events.push(Event::Refused { run_id, notice });
            }
        }
    }

    /// A file that was read before.
    pub(super) fn keep_file(&mut self, bytes: &[u8]) {
        if let Ok(file) = VisitorFile::read(bytes, None) {
            self.shelve(Shelved::new(file).0);
        }
    }

    fn shelve(&mut self, file: Shelved) {
        let is_there = |other: &Shelved| other.name() == file.name() && other.key() == file.key();
        if !self.shelf.iter().any(is_there) {
            self.shelf.push(file);
        }
    }
}

/// The first file or asset that a run lacks.
pub(super) fn missing(spec: &Spec) -> Option<Notice> {
    if let Some(name) = spec.missing_asset() {
        let rule =
            format!("{name}, which this run is built from, is not here: load the page again.");
        let [key, given] = ["asset", name].map(String::from);
        return Some(Notice { key, given, used: String::new(), rule });
    }
    let (key, name) = spec.files.missing().into_iter().next()?;
    let rule = format!("the {} that the link names are not here: load the file.", kind_of(key));
    Some(Notice { key: key.into(), given: name.to_string(), used: String::new(), rule })
}
