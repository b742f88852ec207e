//! Which parts a run has to choose from for an embed, and the link that shows exactly those that were chosen.

use super::form::controls;
use super::link::{Link, PageOptions};
use super::panel;
use super::parts::{CARDS, CONTROLS, FIGURES, NETWORK, SECTIONS, SEEDS, title_of};
use super::parts::{shown_controls, shows_figure, shows_section};

/// Sections that stand below a whole page and in no embed.
const BELOW: [&str; 5] = ["predict", "try", "notice", "equations", "sources"];

/// Controls of a compact embed.
const FEW: usize = 4;

/// What kind of part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A figure or a card.
    Figure,
    /// One of the controls that the page shows at once.
    MainControl,
    /// Any other control.
    Control,
    /// A section of the page.
    Section,
}

/// A part that an embed shows or leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name in `show=` and `hide=`.
    pub name: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// What kind of part.
    pub kind: Kind,
}

/// Everything that an embed of this link can show, in the order of the page.
pub fn parts_of(link: &Link) -> Vec<Part> {
    let mut all: Vec<Part> = Vec::new();
    let mut add = |part: Part| {
        if all.iter().all(|other| other.name != part.name) {
            all.push(part);
        }
    };
    let specs = || std::iter::once(&link.spec).chain(&link.twin);
    for panel in specs().flat_map(|spec| spec.panels()) {
        add(Part { name: panel.key, label: panel.title, kind: Kind::Figure });
    }
    for name in CARDS {
        if name != SEEDS || link.spec.params.has_chance() {
            add(Part { name, label: title_of(name), kind: Kind::Figure });
        }
    }
    for control in specs().flat_map(|spec| controls(&*spec.params)) {
        let kind = if control.field.main { Kind::MainControl } else { Kind::Control };
        add(Part { name: control.field.key, label: control.field.label, kind });
    }
    for name in SECTIONS {
        if ![FIGURES, CONTROLS].contains(name) && !BELOW.contains(name) {
            add(Part { name, label: title_of(name), kind: Kind::Section });
        }
    }
    all
}

/// The names of those parts that a link shows.
pub fn shown(link: &Link, parts: &[Part]) -> Vec<&'static str> {
    let has_figures = shows_section(link, FIGURES);
    let is_with_controls = shows_section(link, CONTROLS);
    let specs = std::iter::once(&link.spec).chain(&link.twin);
    let controls: Vec<&str> = specs
        .filter(|_| is_with_controls)
        .flat_map(|spec| shown_controls(link, spec))
        .map(|(control, _)| control.field.key)
        .collect();
    let is_shown = |part: &&Part| match part.kind {
        Kind::Figure => has_figures && shows_figure(link, part.name),
        Kind::MainControl | Kind::Control => controls.contains(&part.name),
        Kind::Section => shows_section(link, part.name),
    };
    parts.iter().filter(is_shown).map(|part| part.name).collect()
}

/// What a compact embed shows: question, network, the figure that answers the question, a few controls, and the transport.
pub fn compact(link: &Link, parts: &[Part]) -> Vec<&'static str> {
    let panels = link.spec.panels();
    let hero = panels.get(panel::hero(&panels)).map(|panel| panel.key);
    let main = parts.iter().filter(|part| part.kind == Kind::MainControl).take(FEW);
    let main: Vec<&str> = main.map(|part| part.name).collect();
    let named = [Some("opening"), Some(NETWORK), hero, Some("transport")];
    let is_in = |name: &str| named.contains(&Some(name)) || main.contains(&name);
    parts.iter().map(|part| part.name).filter(|name| is_in(name)).collect()
}

/// How a link shows the parts of these names and no others, in the fewest words; the rest of its options are those of `link`.
pub fn showing(link: &Link, parts: &[Part], chosen: &[&str]) -> PageOptions {
    let chosen: Vec<&'static str> =
        parts.iter().map(|part| part.name).filter(|name| chosen.contains(name)).collect();
    let mut best: Option<(usize, PageOptions)> = None;
    // Each kind by what is to be seen, or by what is not. What one name also means decides which of them say it exactly.
    for ways in 0..8 {
        let [sections, figures, controls] = [1, 2, 4].map(|bit| ways & bit != 0);
        let (show, hide) = lists(parts, &chosen, (sections, figures, controls));
        let page = PageOptions { embed: true, show, hide, ..link.page.clone() };
        let length: usize = page.show.iter().chain(&page.hide).map(|word| word.len() + 1).sum();
        let mut told = link.clone();
        told.page = page;
        let wrong = shown(&told, parts).iter().filter(|name| !chosen.contains(name)).count()
            + chosen.iter().filter(|name| !shown(&told, parts).contains(name)).count();
        // A word too much is better than a part too much.
        let cost = length + 10_000 * wrong;
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, told.page));
        }
    }
    best.map_or_else(PageOptions::default, |(_, page)| page)
}

/// `show` and `hide`, where each of sections, figures and controls is named in `show` if so told, else in `hide`.
fn lists(
    parts: &[Part],
    chosen: &[&str],
    (sections, figures, controls): (bool, bool, bool),
) -> (Vec<String>, Vec<String>) {
    let (mut show, mut hide) = (Vec::new(), Vec::new());
    let mut own_sections = parts.iter().filter(|part| part.kind == Kind::Section);
    let is_bare = !own_sections.any(|part| chosen.contains(&part.name));
    let kinds: [(&[Kind], bool, Option<&str>); 3] = [
        (&[Kind::Section], sections, None),
        (&[Kind::Figure], figures, Some(FIGURES)),
        (&[Kind::MainControl, Kind::Control], controls, Some(CONTROLS)),
    ];
    for (kinds, is_named, section) in kinds {
        let own = || parts.iter().filter(|part| kinds.contains(&part.kind));
        let is_any = own().any(|part| chosen.contains(&part.name));
        // What is named brings its section along; all or none of a kind is its section's business.
        let is_every = own().all(|part| chosen.contains(&part.name));
        match section {
            Some(section) if !is_any && !sections => hide.push(section.to_owned()),
            // Where no section is named, all are shown.
            Some(section) if is_any && sections && (is_every || !is_named || is_bare) => {
                show.push(section.to_owned());
            }
            _ => {}
        }
        if section.is_some() && (!is_any || is_every) {
            continue;
        }
        for part in own() {
            match (chosen.contains(&part.name), is_named) {
                (true, true) => show.push(part.name.to_owned()),
                (false, false) => hide.push(part.name.to_owned()),
                _ => {}
            }
        }
    }
    (show, hide)
}
