//! Parameters: each is declared once, at its field, and everything that needs to know about parameters is a
//! visitor: form, validator, link reader and writer, command line, documentation.
//!
//! The order of the fields is the order on the page, a field's doc comment is its help, and its type says
//! what it is: `f64`, `u32`, `bool`, `String`, or a choice.
//!
//! ```text
//! #[derive(Clone, Debug, PartialEq, Params)]
//! #[params(check = Self::rules)]              // fn(&self) -> Vec<Problem>, if there are rules
//! pub struct Demo {
//!     /// What tells a 0 from a 1.
//!     #[group("task", "Task")]                // a group begins
//!     #[param("Coding", main, split)]         // split: what its variants bring comes further down
//!     pub coding: Coding,
//!     /// What a reward of 1 makes of a pair of 1.
//!     #[param("Learning rate", symbol = "γ", unit = Mv, range = linear(0.0, 2.0, 0.005), live, main,
//!             by_choice(coding) = if self.is_rate() { 0.6 } else { 0.25 })]
//!     pub gamma_mv: f64,
//!     /// Each shows the four patterns once.
//!     #[param("Epochs", range = 1..=1_000, default = 200)]
//!     #[variant_of(coding)]                   // here: behind the epochs, as it stands behind their #[param]
//!     pub epochs: u32,
//!     /// Which capital letters are learned.
//!     #[param("Letters", text = letters_rule, default = "ABCD", when = self.is_rate())]
//!     pub letters: String,
//!     #[nest(behind("epochs"))]               // parameters of another struct; this key is not `main` here
//!     pub net: NetParams,
//! }
//!
//! #[derive(Clone, Debug, PartialEq, Choice)]
//! pub enum Coding {
//!     /// Silent for 0, firing for 1.
//!     #[choice("rate (60–60–1)")]             // its key is `rate`, unless (…, key = "other")
//!     Rate {
//!         /// Of every input of a bit that is 1.
//!         #[param("Input rate", unit = Hz, range = linear(1.0, 200.0, 1.0), default = 40.0)]
//!         rate_hz: f64,
//!     },
//!     /// Membrane and threshold of their own.
//!     #[choice("adaptive")]
//!     Adaptive(PulseParams, #[nest(default = AdaptiveParams::slow())] AdaptiveParams),
//!     /// No input.
//!     #[choice("none", key = "none")]
//!     #[default]                              // else the first is
//!     Off,
//! }
//! ```
//! A value that `by_choice` gives is set anew when one of the named choices changes, and they stand in front
//! of it. The same key may mean the same quantity in each variant, with that variant's default.

mod field;
mod live;
mod range;
mod table;
#[cfg(test)]
mod tests;

use std::any::Any;

pub use field::{Alternative, Field, Group, TextEditor, TextRule, Unit};
pub use live::adopt_live;
pub use range::{FloatRange, IntRange, Scale};
pub use stdp_derive::{Choice, Params};
pub use table::{
    Choice, EVERY_CHOICE, Kind, Params, Row, Slot, no_place, no_slot, problems, visit,
};

use super::{Contrast, DataKeys, Panel};

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
    /// One of several alternatives, by index.
    fn choice(&mut self, field: Field, options: &'static [Alternative], value: &mut usize);
    /// Text with a grammar of its own.
    fn text(&mut self, field: Field, editor: TextEditor, rule: TextRule, value: &mut String);
}

/// A rule between parameters that is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The keys to put back to their defaults to mend it.
    pub keys: Vec<&'static str>,
    /// What, the value, the rule, and what to do.
    pub message: String,
}

impl Problem {
    /// The problem, if the rule is broken.
    pub fn when(
        is_broken: bool,
        keys: &[&'static str],
        message: impl FnOnce() -> String,
    ) -> Option<Self> {
        is_broken.then(|| Self { keys: keys.to_vec(), message: message() })
    }
}

/// What is asked of all parameters of an experiment together. Those that derive [`trait@Params`] and `Clone` have it.
pub trait AllParams {
    /// Shows every parameter to `visitor`, in the order of the page.
    fn visit(&mut self, visitor: &mut dyn ParamVisitor);

    /// The rules between parameters that are broken; ranges are checked without it.
    fn check(&self) -> Vec<Problem>;

    /// A copy.
    fn boxed_clone(&self) -> Box<dyn Experiment>;

    /// For an experiment's own code to get at its own type.
    fn as_any(&self) -> &dyn Any;
}

impl<T: Experiment + Params + Clone + 'static> AllParams for T {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visit(self, visitor);
    }

    fn check(&self) -> Vec<Problem> {
        problems(&mut self.clone())
    }

    fn boxed_clone(&self) -> Box<dyn Experiment> {
        Box::new(self.clone())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The parameters of an experiment, and what follows from them without a run.
pub trait Experiment: AllParams + Send + Sync {
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

    /// What a run with these parameters is to be compared with, what tells most first.
    fn contrasts(&self) -> &'static [Contrast];

    /// The parameters that spike trains of the visitor's have to fit, where they can drive the run.
    fn data_keys(&self) -> Option<DataKeys> {
        None
    }

    /// Names of the [`Assets`](super::Assets) that a run with these parameters is built from.
    fn assets(&self) -> &'static [&'static str] {
        &[]
    }
}
