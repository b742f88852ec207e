//! Named parameter sets: a menu in groups, with a line on the one that is chosen.

use leptos::prelude::*;

use super::super::page::Page;
use super::super::reactive::{El, el};
use crate::lab::Preset;

/// The menu.
pub fn presets(page: Page) -> El {
    let entry = move || page.link.with(|link| link.spec.entry);
    // Shown as chosen while nothing has been changed since.
    let chosen = Memo::new(move |_| page.preset_id());
    let help = move || {
        let preset = entry().presets.iter().find(|preset| Some(preset.id) == chosen.get());
        preset.map_or("Your own settings.", |preset| preset.help).into()
    };
    let option = move |id: Option<&'static str>, label: &'static str| {
        el("OPTION")
            .attr("value", id.unwrap_or_default())
            .attr_if("selected", move || chosen.get() == id)
            .text(label)
    };
    let group = move |presets: &'static [Preset]| {
        let options = presets.iter().map(move |preset| option(Some(preset.id), preset.label));
        el("OPTGROUP").attr("label", presets[0].group).children(options)
    };
    let select = el("SELECT")
        .attr("id", "preset")
        .attr("name", "preset")
        .attr("aria-describedby", "preset-help")
        .value(move || chosen.get().unwrap_or_default().into())
        .on_change(move |id| page.choose_preset(&id))
        .child(option(None, "own settings"));
    // The presets of a page are those of its one demo.
    let all = untrack(entry).presets;
    let select = match all.first() {
        Some(first) if !first.group.is_empty() => {
            select.children(all.chunk_by(|a, b| a.group == b.group).map(group))
        }
        _ => select.children(all.iter().map(|preset| option(Some(preset.id), preset.label))),
    };
    el("DIV")
        .class("control")
        .class_if("hidden", move || all.is_empty())
        .child(el("DIV").class("head").child(el("LABEL").attr("for", "preset").text("Preset")))
        .child(select)
        .child(el("P").class("help").attr("id", "preset-help").text_of(help))
}
