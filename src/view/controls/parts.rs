//! What a control is made from.

use leptos::prelude::*;

use super::super::page::Page;
use super::super::reactive::{El, el};
use crate::lab::param::Field;

/// What a control is made of.
#[derive(Clone, Copy)]
pub struct Parts {
    pub page: Page,
    pub field: Field,
    /// Its value, as links write it.
    pub text: Signal<String>,
    /// Its default value; as long as there is none, its value.
    pub default: Signal<String>,
}

impl Parts {
    /// Sets the parameter.
    pub fn set(self, text: &str) {
        self.page.set_param(self.field.key, text, self.field.live);
    }

    /// Back to the default.
    pub fn set_default(self) {
        self.set(&self.default.get_untracked());
    }

    /// What is wrong with its value.
    pub fn error(self) -> Option<String> {
        self.page.error_of(self.field.key)
    }

    /// What all boxes and lists have; `id` and `name` are the same.
    pub fn named(self, tag: &'static str) -> El {
        let key = self.field.key;
        el(tag)
            .attr("id", key)
            .attr("name", key)
            .attr("aria-describedby", format!("{key}-error {key}-help"))
    }
}
