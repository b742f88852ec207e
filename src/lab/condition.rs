//! Conditions on parameters: for which runs a text is told. They are written in `page.md`, as `rule=triplet`.

use super::{Experiment, values};

/// Holds if one of the alternatives does; an alternative holds if all of its tests do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition(pub &'static [&'static [Test]]);

/// A test of the parameter with this key. One that the run does not have fails it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Test {
    /// It is one of these, as links write it.
    OneOf(&'static str, &'static [&'static str]),
    /// It is a number above this one.
    Above(&'static str, f64),
    /// It is a number below this one.
    Below(&'static str, f64),
}

/// Whether a condition holds for a run with these [`values::pairs`], written as in `data-when`: alternatives with blanks
/// between them, tests of one with `&`, a test as `key=one|other`, `key>number` or
/// `key<number`.
pub fn holds(when: &str, pairs: &[(&'static str, String)]) -> bool {
    let value_of =
        |key: &str| pairs.iter().find(|(known, _)| *known == key).map(|(_, value)| value);
    let test = |test: &str| {
        if let Some((key, words)) = test.split_once('=') {
            return value_of(key).is_some_and(|value| words.split('|').any(|word| word == value));
        }
        let (key, bound) = test.split_once(['>', '<']).unwrap_or((test, ""));
        let number = |text: &str| text.parse::<f64>().ok();
        let both = value_of(key).and_then(|value| number(value)).zip(number(bound));
        both.is_some_and(|(value, bound)| match test.contains('>') {
            true => value > bound,
            false => value < bound,
        })
    };
    when.split_whitespace().any(|tests| tests.split('&').all(test))
}

impl Condition {
    /// Whether it holds for these parameters.
    pub fn holds(self, params: &dyn Experiment) -> bool {
        let pairs = values::pairs(params);
        self.0.iter().any(|tests| tests.iter().all(|test| test.holds(&pairs)))
    }
}

impl Test {
    /// The key of its parameter.
    pub fn key(self) -> &'static str {
        match self {
            Self::OneOf(key, _) | Self::Above(key, _) | Self::Below(key, _) => key,
        }
    }

    fn holds(self, pairs: &[(&'static str, String)]) -> bool {
        let found = pairs.iter().find(|(key, _)| *key == self.key());
        found.is_some_and(|(_, value)| match self {
            Self::OneOf(_, words) => words.contains(&&**value),
            Self::Above(_, bound) => value.parse().is_ok_and(|number: f64| number > bound),
            Self::Below(_, bound) => value.parse().is_ok_and(|number: f64| number < bound),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_look_at_what_a_link_would_say() {
        let pairs = [("rule", String::from("pair")), ("mu", "0.2".into()), ("yoked", "1".into())];
        let holds = |test: Test| test.holds(&pairs);
        assert!(holds(Test::OneOf("rule", &["triplet", "pair"])));
        assert!(!holds(Test::OneOf("rule", &["triplet"])));
        assert!(holds(Test::OneOf("yoked", &["1"])));
        assert!(holds(Test::Above("mu", 0.0)) && !holds(Test::Above("mu", 0.2)));
        assert!(!holds(Test::Above("rule", 0.0)) && !holds(Test::Above("sigma", 0.0)));
        assert!(holds(Test::Below("mu", 0.3)) && !holds(Test::Below("mu", 0.2)));
        let holds = |when: &str| super::holds(when, &pairs);
        assert!(holds("rule=triplet|pair") && holds("rule=pair&mu>0") && holds("mu>1 yoked=1"));
        assert!(!holds("rule=triplet") && !holds("rule=pair&mu>0.2") && !holds("sigma=1 sigma>0"));
        assert!(holds("mu<0.3&rule=pair") && !holds("mu<0.2") && !holds("rule<1"));
        assert!(!holds("") && !holds("rule") && !holds("mu>"));
    }
}
