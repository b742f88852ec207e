//! What a link says: a run, and how the page shows it. [`link`](super::link) reads and writes it.

use super::spec::Spec;

/// Whether the run starts by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Autorun {
    /// Waits for Run.
    Off,
    /// Shows the finished run, then replays it in slow motion.
    On,
    /// Shows the finished run as soon as the page is on screen.
    #[default]
    Visible,
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
