//! Named parameter sets: a menu in groups, with a line on the one that is chosen, and a box to search a long one.

use leptos::prelude::*;

use super::super::page::Page;
use super::super::reactive::{El, el};
use crate::lab::Preset;

/// From so many presets on the menu can be searched: a screen does not hold more.
const LONG: usize = 30;

/// Its name, its line or its group has all of these words.
fn is_found(preset: &Preset, words: &str) -> bool {
    let Preset { label, help, group, .. } = preset;
    let text = [*group, *label, *help].join(" ").to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

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
    let words = RwSignal::new(String::new());
    // What is chosen stays in the menu, whatever is searched for.
    let is_shown =
        move |preset: &&Preset| is_found(preset, &words.get()) || chosen.get() == Some(preset.id);
    let group = move |presets: &'static [Preset]| {
        let found: Vec<&Preset> = presets.iter().filter(is_shown).collect();
        let options = found.into_iter().map(move |preset| option(Some(preset.id), preset.label));
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
        Some(first) if !first.group.is_empty() => select.children_of(move || {
            let groups = all.chunk_by(|a, b| a.group == b.group);
            groups.filter(move |of| of.iter().any(|preset| is_shown(&preset))).map(group)
        }),
        _ => select.children(all.iter().map(|preset| option(Some(preset.id), preset.label))),
    };
    let search = (all.len() >= LONG).then(|| {
        el("INPUT")
            .attr("type", "search")
            .attr("aria-label", "Search presets")
            .attr("placeholder", "Search presets")
            .attr("autocomplete", "off")
            .on("input", move |event| words.set(event_target_value(&event)))
    });
    el("DIV")
        .class("control")
        .class_if("hidden", move || all.is_empty())
        .child(el("DIV").class("head").child(el("LABEL").attr("for", "preset").text("Preset")))
        .maybe(search)
        .child(select)
        .child(el("P").class("help").attr("id", "preset-help").text_of(help))
}
