//! What `show=` and `hide=` can name: sections of the page, its cards, the figures, and groups of parameters and parameters.

use super::form::controls;
use super::link::{Link, notice};
use super::{Notice, Spec, values};

/// Sections of the page.
pub const SECTIONS: &[&str] = &[
    "opening",
    "figures",
    "controls",
    "transport",
    "share",
    "predict",
    "try",
    "notice",
    "equations",
    "sources",
];
/// The card with the results.
pub const RESULTS: &str = "results";
/// The card for many seeds.
pub const SEEDS: &str = "seeds";
/// Cards are named like figures.
pub const CARDS: [&str; 2] = [RESULTS, SEEDS];

/// Leaves out words that name nothing in this link's demo, whatever its preset, and tells of them.
pub(super) fn check(link: &mut Link) -> Vec<Notice> {
    if link.page.show.is_empty() && link.page.hide.is_empty() {
        return Vec::new();
    }
    let mut known: Vec<&str> = SECTIONS.iter().copied().chain(CARDS).collect();
    // Another part of the demo may have what this one has not.
    let presets = link.spec.entry.presets.iter().map(|preset| {
        let given = form_urlencoded::parse(preset.link.as_bytes()).into_owned();
        let mut spec = Spec::of(link.spec.entry);
        values::apply(&mut spec.params, &given.collect::<Vec<_>>());
        spec
    });
    for spec in presets.chain([link.spec.clone()]).chain(link.twin.clone()) {
        known.extend(spec.panels().iter().map(|panel| panel.key));
        known.extend(controls(&*spec.params).iter().flat_map(|c| [c.group.key, c.field.key]));
    }
    let mut notices = Vec::new();
    for (key, list) in [("show", &mut link.page.show), ("hide", &mut link.page.hide)] {
        list.retain(|word| {
            let is_known = known.contains(&word.as_str());
            if !is_known {
                let rule = match values::nearest(word, known.iter().copied()) {
                    Some(near) => {
                        format!("no such part, figure or parameter; did you mean {near}?")
                    }
                    None => {
                        let parts = SECTIONS.join(", ");
                        format!("no such part, figure or parameter; parts are {parts}.")
                    }
                };
                notices.push(notice(key, word, "", rule));
            }
            is_known
        });
    }
    notices
}
