//! What `show=` and `hide=` can name: sections of the page, its cards, the figures, and groups of parameters and parameters.

use super::form::{Control, controls};
use super::notice::notice;
use super::page_link::Link;
use super::spec::{Entry, Registry};
use super::{Notice, Spec, values};

/// The section with the figures and the cards.
pub const FIGURES: &str = "figures";
/// The section with the parameters.
pub const CONTROLS: &str = "controls";
/// Sections of the page.
pub const SECTIONS: &[&str] = &[
    "opening",
    FIGURES,
    CONTROLS,
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
/// The card with the network.
pub const NETWORK: &str = "network";
/// Cards are named like figures.
pub const CARDS: [&str; 3] = [NETWORK, RESULTS, SEEDS];

/// What a section or a card is called where people choose it; one that has no other name by its own.
pub fn title_of(name: &'static str) -> &'static str {
    match name {
        "opening" => "Title and question",
        FIGURES => "All figures",
        CONTROLS => "All controls",
        "transport" => "Run, pause, speed",
        "share" => "Share",
        "network" => "The network",
        "predict" => "Predict first",
        "try" => "Try this first",
        "notice" => "What to notice",
        "equations" => "Equations",
        "sources" => "Sources",
        RESULTS => "Results",
        SEEDS => "Many seeds",
        name => name,
    }
}

/// The names that the figures and the parameters of some runs have.
#[derive(Default)]
struct Names {
    /// Figures and cards.
    figures: Vec<&'static str>,
    /// Parameters, each with the group it stands in.
    parameters: Vec<(&'static str, &'static str)>,
}

impl Names {
    /// Those of these runs.
    fn of<'s>(specs: impl IntoIterator<Item = &'s Spec>) -> Self {
        let mut names = Self { figures: CARDS.into(), parameters: Vec::new() };
        for spec in specs {
            names.figures.extend(spec.panels().iter().map(|panel| panel.key));
            let controls = controls(&*spec.params).into_iter();
            names.parameters.extend(controls.map(|control| (control.group.key, control.field.key)));
        }
        names
    }

    /// Those of every preset of a demo: another part of it may have what this one has not.
    fn of_demo(entry: &'static Entry, own: &Link) -> Self {
        let presets = entry.presets.iter().map(|preset| {
            let given = form_urlencoded::parse(preset.link.as_bytes()).into_owned();
            let mut spec = Spec::of(entry);
            values::apply(&mut spec.params, &given.collect::<Vec<_>>());
            spec
        });
        let specs: Vec<Spec> = presets.chain([Spec::of(entry)]).collect();
        let own = std::iter::once(&own.spec).chain(&own.twin);
        Self::of(specs.iter().chain(own.filter(|spec| spec.entry.id == entry.id)))
    }

    fn all(&self) -> impl Iterator<Item = &'static str> {
        let parameters = self.parameters.iter().flat_map(|(group, key)| [*group, *key]);
        SECTIONS.iter().copied().chain(self.figures.iter().copied()).chain(parameters)
    }
}

fn is_in(list: &[String], name: &str) -> bool {
    list.iter().any(|word| word == name)
}

/// Whether a section of the page is shown. A figure or parameter that `show` names brings its section along.
pub fn shows_section(link: &Link, section: &str) -> bool {
    let page = &link.page;
    if page.shows(section, SECTIONS) {
        return true;
    }
    if is_in(&page.hide, section) || !matches!(section, FIGURES | CONTROLS) {
        return false;
    }
    let names = Names::of_demo(link.spec.entry, link);
    let is_named = |name: &str| is_in(&page.show, name) && !is_in(&page.hide, name);
    if section == FIGURES {
        return names.figures.iter().any(|name| is_named(name));
    }
    let is_brought = |(group, key): &(&str, &str)| {
        (is_named(group) || is_named(key)) && !is_in(&page.hide, group) && !is_in(&page.hide, key)
    };
    names.parameters.iter().any(is_brought)
}

/// Whether a figure or a card is shown, in the section of the figures.
pub fn shows_figure(link: &Link, key: &str) -> bool {
    let names = Names::of(std::iter::once(&link.spec).chain(&link.twin));
    link.page.shows(key, &names.figures)
}

/// The controls of `spec`, one of the runs of `link`, that are shown: each with whether `show` names it or its group.
pub fn shown_controls(link: &Link, spec: &Spec) -> Vec<(Control, bool)> {
    let is_in_show =
        |c: &Control| is_in(&link.page.show, c.group.key) || is_in(&link.page.show, c.field.key);
    let is_hidden =
        |c: &Control| is_in(&link.page.hide, c.group.key) || is_in(&link.page.hide, c.field.key);
    let all: Vec<(Control, bool)> = controls(&*spec.params)
        .into_iter()
        .map(|control| {
            let is_named = is_in_show(&control);
            (control, is_named)
        })
        .collect();
    let is_restricted = all.iter().any(|(_, is_named)| *is_named);
    let is_shown = |(c, is_named): &(Control, bool)| !is_hidden(c) && (!is_restricted || *is_named);
    all.into_iter().filter(is_shown).collect()
}

/// Leaves out words that name nothing in this link's demo, whatever its preset, and tells of them.
pub(super) fn check(link: &mut Link, registry: Registry) -> Vec<Notice> {
    if link.page.show.is_empty() && link.page.hide.is_empty() {
        return Vec::new();
    }
    let known: Vec<&str> = Names::of_demo(link.spec.entry, link).all().collect();
    let rule = |word: &str| {
        let near = values::nearest(word, known.iter().copied());
        let near = near.map(|near| format!("did you mean {near}?"));
        let others = registry.0.iter().filter(|entry| {
            entry.id != link.spec.entry.id && Names::of_demo(entry, link).all().any(|n| n == word)
        });
        let others: Vec<&str> = others.map(|entry| entry.id).collect();
        if !others.is_empty() {
            let near = near.map_or(String::new(), |near| format!(" Or {near}"));
            return format!("not of this demo but of {}.{near}", others.join(", "));
        }
        let near = near.unwrap_or_else(|| format!("parts are {}.", SECTIONS.join(", ")));
        format!("no such part, figure or parameter; {near}")
    };
    let unknown = |key: &'static str, list: &[String]| {
        let words = list.iter().filter(|word| !known.contains(&word.as_str()));
        words.map(|word| notice(key, word, "", rule(word))).collect::<Vec<_>>()
    };
    let mut notices = unknown("show", &link.page.show);
    notices.extend(unknown("hide", &link.page.hide));
    for list in [&mut link.page.show, &mut link.page.hide] {
        list.retain(|word| known.contains(&word.as_str()));
    }
    notices
}
