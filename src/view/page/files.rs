//! The visitor's files: read by the simulator, kept here for every later run, named in the link.

use std::rc::Rc;

use leptos::prelude::*;

use super::super::dom;
use super::super::kept::{KeptFile, Show};
use super::Page;
use crate::lab::Notice;
use crate::lab::files::{KEYS, kind_of};
use crate::lab::link::Link;
use crate::lab::told::Fit;
use crate::record::Fingerprint;
use crate::wire::Command;

/// The key of notices about a file that was loaded.
pub const FILE: &str = "file";
/// What was read is shown once it is on the page.
const SHOW_MS: i32 = 100;

/// A notice about a file, which says nothing any more once something else was changed.
pub fn is_of_file(notice: &Notice) -> bool {
    notice.key == FILE || KEYS.contains(&notice.key.as_str())
}

impl Page {
    /// A file was chosen; its content comes later. Files are loaded in the order in which they were chosen, however long
    /// each takes to come.
    pub fn expect_file(self) -> u32 {
        let kept = self.kept();
        let ticket = kept.tickets.get() + 1;
        kept.tickets.set(ticket);
        kept.expected.borrow_mut().push_back((ticket, None));
        ticket
    }

    /// The content of a file that was chosen, or why it cannot be had.
    pub fn file_came(self, ticket: u32, file_name: String, content: Result<Vec<u8>, String>) {
        let kept = self.kept();
        if let Some((_, place)) =
            kept.expected.borrow_mut().iter_mut().find(|(number, _)| *number == ticket)
        {
            *place = Some((file_name, content));
        }
        loop {
            let is_next = matches!(kept.expected.borrow().front(), Some((_, Some(_))));
            let next = if is_next { kept.expected.borrow_mut().pop_front() } else { None };
            match next {
                Some((_, Some((file_name, Ok(bytes))))) => self.load_file(file_name, bytes),
                Some((_, Some((file_name, Err(rule))))) => self.refuse_file(file_name, rule),
                _ => return,
            }
        }
    }

    /// Reads a file's content: weights, with which a run goes straight to its test, or spike trains. The run on screen
    /// goes on as it is until the file turns out to be one that it can use.
    fn load_file(self, file_name: String, bytes: Vec<u8>) {
        if self.kept().loading.borrow().is_empty() {
            self.notices.set(Vec::new());
        }
        self.kept().loading.borrow_mut().push_back((file_name, Rc::new(bytes.clone())));
        self.send(Command::LoadFile(bytes));
    }

    /// The simulator has read the file that was loaded first.
    pub(super) fn file_read(self, key: String, name: Fingerprint, told: Vec<String>) {
        let Some((file_name, bytes)) = self.kept().loading.borrow_mut().pop_front() else { return };
        let named = self.link.with_untracked(|link| link.spec.files.name_of(&key));
        let is_other = named.is_some_and(|named| named != name && !self.has_file(&key, named));
        let mut notices: Vec<Notice> = Vec::new();
        if let Some(named) = named.filter(|_| is_other) {
            let rule =
                format!("the link names the {} {named}; this is another file.", kind_of(&key));
            notices.push(Notice {
                key: key.clone(),
                given: named.to_string(),
                used: name.to_string(),
                rule,
            });
        }
        notices.extend(told.into_iter().map(|rule| Notice {
            key: FILE.into(),
            given: file_name.clone(),
            used: String::new(),
            rule,
        }));
        if !self.has_file(&key, name) {
            let file = KeptFile { key: key.clone(), name, file_name, bytes };
            self.kept().files.borrow_mut().push(file);
        }
        self.name_file(&key, Some(name));
        self.notices.update(|all| all.extend(notices));
        dom::after_ms(SHOW_MS, || dom::show(".files"));
        self.open_link(Show::Result);
    }

    /// The simulator has refused the file that was loaded first, and why.
    pub(super) fn file_refused(self, rule: String) {
        let loading = self.kept().loading.borrow_mut().pop_front();
        self.refuse_file(loading.map(|(file_name, _)| file_name).unwrap_or_default(), rule);
    }

    /// A file that is not used, and why. The run goes on as it was.
    pub fn refuse_file(self, given: String, rule: String) {
        let rule = format!("not loaded, and the run is what it was: {rule}");
        let notice = Notice { key: FILE.into(), given, used: String::new(), rule };
        self.announcement.set(notice.to_string());
        self.notices.update(|all| all.push(notice));
        // The button is far below.
        dom::after_ms(SHOW_MS, || dom::show(".notices"));
    }

    /// Takes a file out of the run.
    pub fn remove_file(self, key: &str) {
        self.name_file(key, None);
        self.reopen();
    }

    /// Names a file of this kind in the link, or none.
    fn name_file(self, key: &str, name: Option<Fingerprint>) {
        let before = self.link.get_untracked();
        self.link.update(|link| {
            let Link { spec, twin, .. } = link;
            std::iter::once(spec).chain(twin).for_each(|spec| _ = spec.files.set(key, name));
        });
        self.remember(&before, None, None);
    }

    /// Changes a parameter, of both runs where two are compared, so that the run fits the data.
    pub fn fit(self, fit: &Fit) {
        self.change_both(&fit.key, &fit.value);
    }

    fn has_file(self, key: &str, name: Fingerprint) -> bool {
        self.file_name(key, name).is_some()
    }

    /// What a file that was loaded is called on the visitor's machine.
    pub fn file_name(self, key: &str, name: Fingerprint) -> Option<String> {
        let kept = self.kept();
        let files = kept.files.borrow();
        let file = files.iter().find(|file| file.key == key && file.name == name)?;
        Some(file.file_name.clone())
    }

    /// Files that the link names and nobody has loaded: without them the run would be another one.
    pub fn missing_files(self) -> Vec<(&'static str, Fingerprint)> {
        let names = self.link.with(|link| link.spec.files.names());
        names.into_iter().filter(|(key, name)| !self.has_file(key, *name)).collect()
    }

    /// Hands all files to a simulator that has just been started, and those that are still to be read.
    pub(super) fn keep_files(self) {
        self.file_commands().into_iter().for_each(|command| self.send(command));
        let loading: Vec<_> = self.kept().loading.borrow().iter().cloned().collect();
        loading.into_iter().for_each(|(_, bytes)| self.send(Command::LoadFile(bytes.to_vec())));
    }

    /// What makes the files known to a simulator.
    pub fn file_commands(self) -> Vec<Command> {
        let kept = self.kept();
        let files = kept.files.borrow();
        files.iter().map(|file| Command::KeepFile(file.bytes.to_vec())).collect()
    }
}
