//! What a run's results mean: each flat name of a summary with its name for people, unit and explanation.

use super::Unit;
use super::digits::short;

/// One result.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Its name in [`super::Runner::summary`] and in tables: never changes once published.
    pub name: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// What was measured, over what, in a sentence.
    pub help: &'static str,
    /// One of the few that answer the demo's question: shown first, and told when a run ends.
    pub main: bool,
}

impl Measure {
    /// One of many.
    pub const fn new(
        name: &'static str,
        label: &'static str,
        unit: Unit,
        help: &'static str,
    ) -> Self {
        Self { name, label, unit, help, main: false }
    }

    /// One that answers the question.
    pub const fn main(self) -> Self {
        Self { main: true, ..self }
    }

    /// A value with its unit, for people.
    pub fn text(&self, value: f64) -> String {
        match (self.unit, value) {
            (Unit::YesNo, value) => if value > 0.5 { "yes" } else { "no" }.into(),
            (unit, value) => {
                let number = readable(value);
                match unit.symbol() {
                    "" => number,
                    symbol => format!("{number}\u{a0}{symbol}"),
                }
            }
        }
    }
}

/// A number in few digits, with a true minus.
pub fn readable(value: f64) -> String {
    short(value).replacen('-', "−", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_with_their_units() {
        let of = |unit| Measure::new("x", "X", unit, "");
        assert_eq!(of(Unit::Hz).text(-12.345678), "−12.3\u{a0}Hz");
        assert_eq!(of(Unit::None).text(4.0), "4");
        assert_eq!(of(Unit::YesNo).text(1.0), "yes");
        assert_eq!(of(Unit::YesNo).text(0.0), "no");
    }
}
