//! The form: undo, presets, and one native control per parameter, made from the experiment's own description.

mod control;
mod number;
mod parts;
mod presets;
mod side;

use leptos::prelude::*;

use super::page::Page;
use super::reactive::{El, el};
use crate::lab::form::Control;
use crate::lab::link::Link;
use crate::lab::parts::shown_controls;
use crate::lab::values;
use control::control;

/// A control that is shown.
struct Shown {
    control: Control,
    /// The link names it.
    is_named: bool,
    /// Its default value, as links write it.
    default: Option<String>,
}

/// The controls that are shown. The parameters are read once for every change, and each control finds its own.
type Form = Memo<Vec<Shown>>;

/// Undo and redo, preset, and all parameters in their groups.
pub fn controls_view(page: Page) -> El {
    let form: Form =
        Memo::new_with_compare(move |_| page.link.with(|link| shown(page, link)), |_, _| true);
    // The set of controls depends on the model; their values update in place.
    let keys = Memo::new(move |_| {
        form.with(|form| {
            let key = |Shown { control: c, is_named, .. }: &Shown| {
                (c.group.label, c.field.key, c.field.main, *is_named)
            };
            form.iter().map(key).collect::<Vec<_>>()
        })
    });
    let of = move |is_main: bool| {
        let keys = keys.get().into_iter().filter(move |(_, _, main, _)| *main == is_main);
        keys.map(|(group, key, _, is_named)| (group, key, is_named)).collect::<Vec<_>>()
    };
    let groups = move || {
        let mut groups: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
        for (group, key, _) in of(false) {
            match groups.last_mut() {
                Some((last, keys)) if *last == group => keys.push(key),
                _ => groups.push((group, vec![key])),
            }
        }
        groups
    };
    let more = move || {
        let groups = groups();
        let fieldset = |(label, keys): (&'static str, Vec<&'static str>)| {
            let controls = keys.into_iter().filter_map(|key| control(page, form, key));
            el("FIELDSET").child(el("LEGEND").text(label)).children(controls)
        };
        (!groups.is_empty()).then(|| {
            let details = el("DETAILS").class("all-parameters");
            // What a link names is to be seen.
            let is_named = of(false).iter().any(|(_, _, is_named)| *is_named);
            let details = if is_named { details.attr("open", "") } else { details };
            details
                .child(el("SUMMARY").text("More parameters"))
                .children(groups.into_iter().map(fieldset))
        })
    };
    el("FORM")
        .class("controls")
        .attr("aria-label", "Parameters")
        .on("submit", |event| event.prevent_default())
        .child(steps(page))
        .child_if(move || page.link.with(|link| link.twin.is_some()), move || side::side(page))
        .child(presets::presets(page))
        .children_of(move || {
            of(true).into_iter().filter_map(move |(_, key, _)| control(page, form, key))
        })
        .children_of(more)
}

fn shown(page: Page, link: &Link) -> Vec<Shown> {
    let spec = page.edited(link);
    let defaults = values::defaults_at(&*spec.params, (spec.entry.defaults)());
    let controls = shown_controls(link, spec).into_iter();
    let with_default = |(control, is_named): (Control, bool)| {
        let default = defaults.iter().find(|(key, _)| *key == control.field.key);
        Shown { default: default.map(|(_, value)| value.clone()), control, is_named }
    };
    controls.map(with_default).collect()
}

/// Two buttons that say what they would take back or do again.
fn steps(page: Page) -> El {
    let undo = move || match page.undoes() {
        Some(told) => format!("Undo: {told}"),
        None => "Nothing to undo".into(),
    };
    let redo = move || match page.redoes() {
        Some(told) => format!("Redo: {told}"),
        None => "Nothing to redo".into(),
    };
    // A button that is switched off would lose the focus.
    let step = |sign: &'static str, keys: &'static str| {
        el("BUTTON")
            .attr("type", "button")
            .class("icon")
            .attr("aria-keyshortcuts", keys)
            .child(el("SPAN").attr("aria-hidden", "true").text(sign))
    };
    let undo = step("↶", "Control+Z")
        .attr_of("title", move || Some(undo()))
        .attr_of("aria-label", move || Some(undo()))
        .attr_of("aria-disabled", move || page.undoes().is_none().then(|| "true".into()))
        .on("click", move |_| page.undo());
    let redo = step("↷", "Control+Shift+Z")
        .attr_of("title", move || Some(redo()))
        .attr_of("aria-label", move || Some(redo()))
        .attr_of("aria-disabled", move || page.redoes().is_none().then(|| "true".into()))
        .on("click", move |_| page.redo());
    el("DIV").class("steps").child(el("H2").text("Parameters")).child(undo).child(redo)
}
