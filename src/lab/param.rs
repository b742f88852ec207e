//! Parameters: each is named once, in its experiment's [`Experiment::visit`], and everything that
//! needs to know about parameters is a visitor: form, validator, link reader and writer, command
//! line, documentation.
//!
//! `visit` destructures `Self` without `..`, so a forgotten field does not compile. Defaults exist
//! only in `impl Default`. A choice whose variants bring their own parameters is visited first and
//! then the chosen variant's group, so the same key may mean the same quantity in each variant, with
//! that variant's default.

use std::any::Any;

use super::{Contrast, DataKeys, Panel, Story};
use crate::net::Network;
use crate::sim::math;

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

/// How a slider moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Equal steps.
    Linear,
    /// Equal ratios.
    Log,
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
    /// A field without symbol or unit, which restarts the run and stands among "all parameters".
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

/// Visits a choice that is kept as a number of a fixed size, as saved data wants it.
pub fn choose(v: &mut dyn ParamVisitor, field: Field, options: &'static [Choice], value: &mut u32) {
    let mut chosen = *value as usize;
    v.choice(field, options, &mut chosen);
    *value = chosen as u32;
}

/// One option of a choice.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
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

/// Somebody who wants to see each parameter once.
pub trait ParamVisitor {
    /// The parameters up to the next call belong to this group.
    fn group(&mut self, group: Group);
    /// A number within a range.
    fn float(&mut self, field: Field, range: FloatRange, value: &mut f64);
    /// A whole number within a range.
    fn int(&mut self, field: Field, range: IntRange, value: &mut u32);
    /// A switch.
    fn flag(&mut self, field: Field, value: &mut bool);
    /// One of several options, by index.
    fn choice(&mut self, field: Field, options: &'static [Choice], value: &mut usize);
    /// Text with a grammar of its own.
    fn text(&mut self, field: Field, editor: TextEditor, rule: TextRule, value: &mut String);
}

/// Least and greatest allowed value, and how a slider goes through them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloatRange {
    /// Least.
    pub min: f64,
    /// Greatest.
    pub max: f64,
    /// Step of the slider. Links may hold any value in the range.
    pub step: f64,
    /// How the slider moves.
    pub scale: Scale,
}

impl FloatRange {
    /// `min..=max` in equal steps.
    pub const fn linear(min: f64, max: f64, step: f64) -> Self {
        Self { min, max, step, scale: Scale::Linear }
    }

    /// `min..=max` in equal ratios; `step` is that of the number box.
    pub const fn log(min: f64, max: f64, step: f64) -> Self {
        Self { min, max, step, scale: Scale::Log }
    }

    /// How far along a slider `value` is, from 0 to 1.
    pub fn share_of(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Linear => (value - self.min) / (self.max - self.min),
            Scale::Log => math::ln_f64(value / self.min) / math::ln_f64(self.max / self.min),
        }
    }

    /// The value that far along a slider.
    pub fn value_at(&self, share: f64) -> f64 {
        match self.scale {
            Scale::Linear => self.min + share * (self.max - self.min),
            Scale::Log => self.min * math::powf_f64(self.max / self.min, share),
        }
    }
}

/// Least and greatest allowed whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntRange {
    /// Least.
    pub min: u32,
    /// Greatest.
    pub max: u32,
}

/// A rule between parameters that is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The keys to put back to their defaults to mend it.
    pub keys: Vec<&'static str>,
    /// What, the value, the rule, and what to do.
    pub message: String,
}

/// The parameters of an experiment.
pub trait Experiment: Send + Sync {
    /// Shows every parameter to `visitor`, in the order of the page.
    fn visit(&mut self, visitor: &mut dyn ParamVisitor);

    /// Rules between parameters; ranges are checked without it.
    fn check(&self) -> Vec<Problem>;

    /// The network that a run with these parameters simulates, as plain data. Who fires in it, how many they are and
    /// what is learned have the names that they have in the run.
    fn describe(&self) -> Network;

    /// The figures of a run with these parameters.
    fn panels(&self) -> Vec<Panel>;

    /// Simulated milliseconds per second at which a run is worth watching, unless the link says.
    fn watch_speed(&self) -> f64 {
        200.0
    }

    /// Whether another seed makes another result. Where it does not, the page offers none.
    fn has_chance(&self) -> bool {
        true
    }

    /// What the page says, where what is chosen (a part, a rule) has a story of its own; else its entry's is told.
    fn story(&self) -> Option<Story> {
        None
    }

    /// What a run with these parameters is to be compared with, what tells most first.
    fn contrasts(&self) -> &'static [Contrast];

    /// The parameters that spike trains of the visitor's have to fit, where they can drive the run.
    fn data_keys(&self) -> Option<DataKeys> {
        None
    }

    /// A copy.
    fn boxed_clone(&self) -> Box<dyn Experiment>;

    /// For an experiment's own code to get at its own type.
    fn as_any(&self) -> &dyn Any;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slider_gives_back_the_value_it_was_set_to() {
        for range in [FloatRange::linear(-2.0, 6.0, 0.5), FloatRange::log(0.2, 200.0, 0.1)] {
            assert_eq!(range.share_of(range.min), 0.0);
            assert!((range.value_at(1.0) - range.max).abs() < 1e-9);
            for value in [0.3, 1.0, 5.5] {
                assert!((range.value_at(range.share_of(value)) - value).abs() < 1e-9);
            }
        }
    }
}
