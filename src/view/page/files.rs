//! The visitor's files: read by the simulator, kept here for every later run, named in the link.

use std::rc::Rc;

use leptos::prelude::*;

use super::super::kept::{KeptFile, Plan};
use super::Page;
use crate::lab::Notice;
use crate::lab::files::{Fit, kind_of};
use crate::lab::link::Link;
use crate::record::Fingerprint;
use crate::wire::Command;

impl Page {
    /// Reads a file's content: weights, with which a run goes straight to its test, or spike trains. The run on screen
    /// goes on as it is until the file turns out to be one that it can use.
    pub fn load_file(self, file_name: String, bytes: Vec<u8>) {
        self.notices.set(Vec::new());
        self.kept().loading.borrow_mut().push_back((file_name, Rc::new(bytes.clone())));
        self.send(Command::LoadFile(bytes));
    }

    /// The simulator has read the file that was loaded first, or has refused it.
    pub(super) fn file_read(self, read: Option<(String, Fingerprint, Vec<String>)>) {
        let Some((file_name, bytes)) = self.kept().loading.borrow_mut().pop_front() else { return };
        let Some((key, name, told)) = read else { return };
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
            key: "file".into(),
            given: file_name.clone(),
            used: String::new(),
            rule,
        }));
        if !self.has_file(&key, name) {
            let file = KeptFile { key: key.clone(), name, file_name, bytes };
            self.kept().files.borrow_mut().push(file);
        }
        self.name_file(&key, Some(name));
        self.notices.set(notices);
        self.open_link(Some(Plan::ShowResult { replay: false }));
    }

    /// A file that is not even read, and why.
    pub fn refuse_file(self, file_name: String, rule: String) {
        let notice = Notice { key: "file".into(), given: file_name, used: String::new(), rule };
        self.announcement.set(notice.to_string());
        self.notices.set(vec![notice]);
    }

    /// Takes a file out of the run.
    pub fn remove_file(self, key: &str) {
        self.name_file(key, None);
        self.reopen();
    }

    /// Names a file of this kind in the link, or none.
    fn name_file(self, key: &str, name: Option<Fingerprint>) {
        self.link.update(|link| {
            let Link { spec, twin, .. } = link;
            std::iter::once(spec).chain(twin).for_each(|spec| _ = spec.files.set(key, name));
        });
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

    /// Hands all files to a simulator that has just been started.
    pub(super) fn keep_files(self) {
        self.file_commands().into_iter().for_each(|command| self.send(command));
    }

    /// What makes the files known to a simulator.
    pub fn file_commands(self) -> Vec<Command> {
        let kept = self.kept();
        let files = kept.files.borrow();
        files.iter().map(|file| Command::KeepFile(file.bytes.to_vec())).collect()
    }
}
