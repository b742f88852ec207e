//! Changing the run: parameters, presets, seed, and the run that it is compared with.

use leptos::prelude::*;

use super::Page;
use crate::experiments::REGISTRY;
use crate::lab::form::{ControlKind, controls};
use crate::lab::link::{self, Link};
use crate::lab::{Plane, Preset, Spec, values};
use crate::wire::Command;

impl Page {
    /// What is wrong with the value of this control.
    pub fn error_of(self, key: &str) -> Option<String> {
        self.errors.with(|errors| {
            errors.iter().find(|(wrong, _)| wrong == key).map(|(_, rule)| rule.clone())
        })
    }

    fn set_error(self, key: &str, rule: Option<String>) {
        self.errors.update(|errors| {
            errors.retain(|(wrong, _)| wrong != key);
            errors.extend(rule.map(|rule| (key.into(), rule)));
        });
    }

    /// A new run from this seed.
    pub fn set_seed(self, text: &str) {
        let mut notices = Vec::new();
        let seed = link::read_seed(text, &mut notices);
        if let Some(notice) = notices.pop() {
            self.set_error("seed", Some(notice.rule));
            return;
        }
        self.set_error("seed", None);
        let before = self.link.get_untracked();
        self.link.update(|link| {
            link.spec.seed = seed;
            if let Some(twin) = &mut link.twin {
                twin.seed = seed;
            }
        });
        self.remember(&before, None, None);
        self.reopen();
    }

    /// A seed that nobody has chosen.
    pub fn new_seed(self) {
        // Only here does chance come from outside: the link then fixes it.
        let mut bytes = [0; 4];
        if getrandom::fill(&mut bytes).is_ok() {
            self.set_seed(&u32::from_le_bytes(bytes).to_string());
        }
    }

    /// The run that the controls change.
    pub fn edited(self, link: &Link) -> &Spec {
        link.twin.as_ref().filter(|_| self.edits_twin.get()).unwrap_or(&link.spec)
    }

    /// Changes the run, or the one that it is compared with, and shows it. False if that changes nothing.
    fn edit(self, is_twin: bool, change: impl FnOnce(&mut Spec)) -> bool {
        self.link.try_update(|link| {
            let spec = match &mut link.twin {
                Some(twin) if is_twin => twin,
                _ => &mut link.spec,
            };
            let before = spec.clone();
            change(spec);
            *spec != before
        }) == Some(true)
    }

    /// Sets a parameter: under way where it is live, with a new run where it is not.
    pub fn set_param(self, key: &'static str, text: &str, is_live: bool) {
        self.set_param_of(self.edits_twin.get_untracked(), key, text, is_live);
    }

    /// Sets a parameter of the run, or of the one that it is compared with.
    pub fn set_param_of(self, is_twin: bool, key: &'static str, text: &str, is_live: bool) {
        self.set_with(is_twin, (key, text), None, is_live);
    }

    /// Sets a parameter, and with it another one, in one step.
    pub fn set_with(
        self,
        is_twin: bool,
        (key, text): (&'static str, &str),
        also: Option<(&str, &str)>,
        is_live: bool,
    ) {
        let before = self.link.get_untracked();
        let mut refused = None;
        let is_changed = self.edit(is_twin, |spec| {
            refused = values::set(&mut spec.params, key, text).err();
            if let (None, Some((key, text))) = (&refused, also) {
                refused = values::set(&mut spec.params, key, text).err();
            }
        });
        if let Some(notice) = refused {
            self.set_error(key, Some(notice.rule));
            return;
        }
        self.set_error(key, None);
        if !is_changed {
            return;
        }
        // A choice changes what is on the page: a step of its own for Back as well.
        let series = (!self.is_choice(is_twin, key)).then_some((key, is_twin));
        self.remember(&before, None, series);
        if is_live && self.is_edited_live() {
            self.send(Command::Seek { ms: self.change_at_ms() });
            self.send(Command::Set { key: key.into(), value: text.into(), is_twin });
            // Asked before it runs on, so that the answer is there before a short run can be over.
            self.expect_answer();
            self.kept().changed_ping.set(self.kept().pings.get());
            self.go_on_changed();
        } else {
            self.reopen();
        }
    }

    /// A cell of a table was picked: sets the two parameters that it stands for.
    pub fn set_plane(self, is_twin: bool, plane: Plane, place: [u32; 2]) {
        // Steps are decimal numbers, and so are the values that they lead to.
        let [x, y] = plane.values(place).map(|value| ((value * 1e6).round() / 1e6).to_string());
        let [x_key, y_key] = plane.keys;
        self.set_with(is_twin, (x_key, &x), Some((y_key, &y)), false);
    }

    /// Sets a parameter of both runs, with a new run of each.
    pub fn change_both(self, key: &str, text: &str) {
        let before = self.link.get_untracked();
        let mut is_changed = false;
        for is_twin in [false, true] {
            is_changed |= self.edit(is_twin, |spec| {
                _ = values::set(&mut spec.params, key, text);
            });
        }
        if is_changed {
            self.remember(&before, None, None);
            self.reopen();
        }
    }

    fn is_choice(self, is_twin: bool, key: &str) -> bool {
        self.link.with_untracked(|link| {
            let spec = link.twin.as_ref().filter(|_| is_twin).unwrap_or(&link.spec);
            let mut controls = controls(&*spec.params).into_iter();
            controls.any(|it| it.field.key == key && matches!(it.kind, ControlKind::Choice(_)))
        })
    }

    /// The controls are for the one run or the other.
    pub fn edit_side(self, is_twin: bool) {
        self.errors.set(Vec::new());
        self.edits_twin.set(is_twin);
    }

    /// Sets a second run beside the first, its control until it is changed; or takes it away.
    pub fn compare(self, is_on: bool) {
        self.set_twin(|link| {
            let control = || link.spec.controls().into_iter().next().map(|(_, control)| control);
            is_on.then(|| control().unwrap_or_else(|| link.spec.clone()))
        });
    }

    /// Compares with the control of that name.
    pub fn compare_with(self, label: &'static str) {
        self.set_twin(|link| {
            let mut controls = link.spec.controls().into_iter();
            controls.find_map(|(name, control)| (name == label).then_some(control))
        });
    }

    fn set_twin(self, choose: impl FnOnce(&Link) -> Option<Spec>) {
        let before = self.link.get_untracked();
        self.link.update(|link| link.twin = choose(link));
        self.errors.set(Vec::new());
        self.edits_twin.set(self.link.with_untracked(|link| link.twin.is_some()));
        self.remember(&before, None, None);
        self.reopen();
    }

    /// The preset whose parameters these are, if they are one's.
    pub fn preset_id(self) -> Option<&'static str> {
        self.link.with(|link| {
            let spec = self.edited(link);
            let here = values::pairs(&*spec.params);
            let entry = spec.entry;
            let is_this = |preset: &&Preset| {
                let (named, _) = link::parse(&format!("{}/{}", entry.id, preset.id), REGISTRY);
                // A preset that compares stands for both runs.
                values::pairs(&*named.spec.params) == here
                    && (named.twin.is_none() || named.twin == link.twin)
            };
            entry.presets.iter().find(is_this).map(|preset| preset.id)
        })
    }

    /// Opens a preset of the demo on screen, with the seed on screen; while two runs are compared, for
    /// the one that is being changed.
    pub fn choose_preset(self, id: &str) {
        if id.is_empty() {
            return;
        }
        let (entry, seed) = self.link.with_untracked(|l| (l.spec.entry, l.spec.seed));
        let query = format!("demo={}&preset={id}&seed={seed}", entry.id);
        let label = entry.presets.iter().find(|preset| preset.id == id).map_or(id, |it| it.label);
        let name = format!("Preset: {label}");
        let before = self.link.get_untracked();
        if before.twin.is_none() {
            return self.visit(&query, name);
        }
        let preset = link::parse(&query, REGISTRY).0.spec;
        self.errors.set(Vec::new());
        let put = |spec: &mut Spec| {
            let files = std::mem::take(&mut spec.files);
            *spec = Spec { files, ..preset };
        };
        if self.edit(self.edits_twin.get_untracked(), put) {
            self.remember(&before, Some(name), None);
            self.reopen();
        }
    }
}
