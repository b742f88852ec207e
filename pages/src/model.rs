//! What a page says, as plain data: the same for the program's tables and for the HTML.

use crate::course::Step;
use crate::when::When;

/// Everything in one experiment's `page.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The experiment's id in links: the name of its folder.
    pub id: String,
    /// Its name in the menu and over the page.
    pub title: String,
    /// For whom it is.
    pub level: Option<String>,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// What many believe beforehand and the demo corrects.
    pub misconception: Option<String>,
    /// The chapter of the course it belongs to, as a place in [`crate::course::GROUPS`].
    pub group: usize,
    /// Its place within the chapter, the least first.
    pub order: u32,
    /// Its step on a marked path.
    pub step: Option<Step>,
    /// The demo's story, complete.
    pub story: Story,
    /// Parts and choices that have a story of their own; the first whose condition holds is told.
    pub parts: Vec<Part>,
    /// What results mean, in the order in which they are told.
    pub measures: Vec<Measure>,
    /// Named parameter sets.
    pub presets: Vec<PresetGroup>,
    /// What to see in figures.
    pub captions: Vec<Caption>,
    /// Large parts that the gallery lists by themselves.
    pub cards: Vec<Card>,
}

/// A large part of an experiment with an entry of its own in the gallery.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The preset that it opens.
    pub preset: String,
    /// Its title.
    pub title: String,
    /// The key of the BibTeX entry that it is from.
    pub source: String,
    /// The question it asks.
    pub question: String,
}

/// The story of a part or of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name within the page.
    pub id: String,
    /// When it is told.
    pub when: When,
    /// What it says; what is missing is the demo's.
    pub story: Story,
}

/// What the page says around a run. In a part's story an absent section is the demo's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// What this is, in two sentences.
    pub about: Option<String>,
    /// The question to answer.
    pub question: Option<String>,
    /// Something to predict before it is seen.
    pub predict: Option<Prediction>,
    /// Where the film of it stops once, and asks.
    pub stop: Option<Stop>,
    /// What to change first.
    pub try_first: Vec<String>,
    /// What to notice.
    pub notice: Vec<Notice>,
    /// What is computed.
    pub equations: Vec<Equation>,
    /// Where it is from.
    pub sources: Vec<Source>,
    /// Where it differs from its sources.
    pub deviations: Vec<String>,
}

/// A question that the visitor answers before the page does.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// What will happen if.
    pub question: String,
    /// Possible answers.
    pub options: Vec<String>,
    /// The place of the right one.
    pub answer: usize,
    /// Why.
    pub because: String,
}

/// What is asked before anything is seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The question.
    pub ask: Ask,
    /// The id of the preset in which it is to be seen.
    pub preset: String,
}

/// What is asked where the film of the prediction's preset stops once.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The question.
    pub ask: Ask,
    /// Where, in simulated ms.
    pub at_ms: f64,
}

/// Something to notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// When it is true of the run on screen; always if there is none.
    pub when: Option<When>,
    /// What.
    pub text: String,
}

/// An equation with what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Equation {
    /// As it was written.
    pub latex: String,
    /// As browsers show it.
    pub mathml: String,
    /// The runs that it belongs to; all if there is none.
    pub when: Option<When>,
    /// In words.
    pub sentence: String,
}

/// A source.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Authors, year, title, where.
    pub text: String,
    /// Its address, empty if it has none.
    pub url: String,
    /// Its BibTeX entry, as it was written.
    pub bibtex: Option<String>,
}

impl Page {
    /// Every preset, in the order of the page.
    pub fn all_presets(&self) -> impl Iterator<Item = &Preset> {
        self.presets.iter().flat_map(|group| &group.presets)
    }

    /// Every source, the demo's first.
    pub fn all_sources(&self) -> impl Iterator<Item = &Source> {
        self.story.sources.iter().chain(self.parts.iter().flat_map(|part| &part.story.sources))
    }
}

/// What a result means.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its name in tables.
    pub name: String,
    /// Its name on the page.
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// One of the few that answer the demo's question.
    pub main: bool,
    /// What was measured, over what.
    pub help: String,
}

/// A unit, as a page writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// In a page.
    pub text: &'static str,
    /// The variant of the program's `Unit`.
    pub variant: &'static str,
}

impl Unit {
    /// Every unit there is.
    pub const ALL: [Self; 10] = [
        Self { text: "number", variant: "None" },
        Self { text: "share", variant: "Share" },
        Self { text: "yes or no", variant: "YesNo" },
        Self { text: "%", variant: "Percent" },
        Self { text: "ms", variant: "Ms" },
        Self { text: "s", variant: "S" },
        Self { text: "mV", variant: "Mv" },
        Self { text: "Hz", variant: "Hz" },
        Self { text: "pA", variant: "Pa" },
        Self { text: "px", variant: "Pixels" },
    ];
}

/// Presets under one heading.
#[derive(Clone, Debug, PartialEq)]
pub struct PresetGroup {
    /// The heading; empty for those above the first.
    pub name: String,
    /// Its presets.
    pub presets: Vec<Preset>,
}

/// A named set of parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    /// Its id within the experiment.
    pub id: String,
    /// Its name on the page.
    pub label: String,
    /// What it shows.
    pub help: String,
    /// `key=value&key=value`; empty for the defaults.
    pub link: String,
}

/// What to see in a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    /// The figure's key.
    pub figure: String,
    /// For which runs; for all that no other caption of this figure is for if there is none.
    pub when: Option<When>,
    /// The text under it.
    pub text: String,
}
