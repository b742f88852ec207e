//! What is known of a parameter apart from its value and its range.

/// The unit of a parameter or an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A pure number.
    None,
    /// Milliseconds.
    Ms,
    /// Seconds.
    S,
    /// Millivolts.
    Mv,
    /// Hertz.
    Hz,
    /// Picoamperes.
    Pa,
    /// Picofarads.
    Pf,
    /// Nanosiemens.
    Ns,
    /// A share between 0 and 1, shown as it is.
    Share,
    /// A number of pixels.
    Pixels,
    /// Of a hundred.
    Percent,
    /// 1 for yes, 0 for no.
    YesNo,
}

impl Unit {
    /// What is written behind a number, empty for pure numbers.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::None | Self::Share | Self::YesNo => "",
            Self::Ms => "ms",
            Self::S => "s",
            Self::Mv => "mV",
            Self::Hz => "Hz",
            Self::Pa => "pA",
            Self::Pf => "pF",
            Self::Ns => "nS",
            Self::Pixels => "px",
            Self::Percent => "%",
        }
    }

    /// The unit by a word, also of numbers that have none behind them.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "number",
            Self::Share => "share",
            Self::YesNo => "0 or 1",
            unit => unit.symbol(),
        }
    }
}

/// What is known of a parameter apart from its value.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in links: never changes once published.
    pub key: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// Its symbol in the equations, empty if it has none.
    pub symbol: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// What it does, in a sentence or two.
    pub help: &'static str,
    /// May change while the network runs.
    pub live: bool,
    /// One of the three or four that the page shows at once.
    pub main: bool,
}

impl Field {
    /// A field without symbol or unit, which restarts the run and stands among "more parameters".
    pub const fn new(key: &'static str, label: &'static str, help: &'static str) -> Self {
        Self { key, label, symbol: "", unit: Unit::None, help, live: false, main: false }
    }

    /// With a symbol and a unit.
    pub const fn with(self, symbol: &'static str, unit: Unit) -> Self {
        Self { symbol, unit, ..self }
    }

    /// May change while the network runs.
    pub const fn live(self) -> Self {
        Self { live: true, ..self }
    }

    /// Shown at once.
    pub const fn main(self) -> Self {
        Self { main: true, ..self }
    }
}

/// A named group of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// For `show=` and `hide=`.
    pub key: &'static str,
    /// Its heading.
    pub label: &'static str,
}

/// One option of a choice.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    /// Its name in links.
    pub key: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// What it means.
    pub help: &'static str,
}

/// Reads a piece of text for a text parameter and gives its one canonical spelling, or says what is
/// wrong with it.
pub type TextRule = fn(&str) -> Result<String, String>;

/// How a text parameter is edited on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextEditor {
    /// A line of text.
    Line,
    /// A grid of pixels, `columns × rows`, whose text is a list of `0`/`1` words.
    Bitmaps {
        /// Pixels across.
        columns: u32,
        /// Pixels down.
        rows: u32,
    },
}
