//! What a link says: a run, and how the page shows it. [`link`](super::link) reads and writes it.

use super::spec::Spec;

/// Whether the run starts by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Autorun {
    /// Waits for Run.
    Off,
    /// Plays in slow motion as soon as the page is on screen.
    On,
    /// Plays the film of the run once, as soon as the page is on screen.
    #[default]
    Visible,
    /// Plays the film again and again.
    Loop,
}

impl Autorun {
    /// Its word in links.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "0",
            Self::On => "1",
            Self::Visible => "visible",
            Self::Loop => "loop",
        }
    }

    /// The one of this word; of any other the default.
    pub fn of(word: &str) -> Self {
        let all = [Self::Off, Self::On, Self::Loop];
        all.into_iter().find(|autorun| autorun.word() == word).unwrap_or_default()
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the visitor's system says.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Its word in links.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The one of this word; of any other the default.
    pub fn of(word: &str) -> Self {
        let all = [Self::Light, Self::Dark];
        all.into_iter().find(|theme| theme.word() == word).unwrap_or_default()
    }
}

/// How the page shows the run. None of it changes the run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageOptions {
    /// Without the site around it.
    pub embed: bool,
    /// If not empty: of each kind of part named here, only these.
    pub show: Vec<String>,
    /// Not these.
    pub hide: Vec<String>,
    /// Whether the run starts by itself.
    pub autorun: Autorun,
    /// Light or dark.
    pub theme: Theme,
    /// Simulated milliseconds per real second in slow motion, if not the page's own choice.
    pub speed: Option<f64>,
    /// The moment that is shown, in simulated milliseconds of the run; none: its end.
    pub moment_ms: Option<f64>,
    /// The answer that was chosen in the prediction, from 1.
    pub answer: Option<u32>,
}

/// What a link says.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The run.
    pub spec: Spec,
    /// How it is shown.
    pub page: PageOptions,
    /// The run to compare it with, of the same experiment and from the same seed.
    pub twin: Option<Spec>,
}
