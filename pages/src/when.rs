//! Conditions on a run's parameters, as a page writes them: `rule=triplet`, `rule=pair&mu>0`.

use std::fmt;

/// Holds if one of the alternatives does; an alternative holds if all of its tests do.
#[derive(Clone, Debug, PartialEq)]
pub struct When(pub Vec<Vec<Test>>);

/// A test of one parameter. One that the run does not have fails every test.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// The parameter's key in links.
    pub key: String,
    /// What its value must be.
    pub is: Is,
}

/// What a value must be.
#[derive(Clone, Debug, PartialEq)]
pub enum Is {
    /// One of these words.
    OneOf(Vec<String>),
    /// A number above this one.
    Above(f64),
    /// A number below this one.
    Below(f64),
}

impl When {
    /// Reads one alternative; the message says what is wrong with which test.
    ///
    /// # Errors
    /// If it is no condition.
    pub fn read_alternative(text: &str) -> Result<Vec<Test>, String> {
        text.split('&').map(|test| read_test(test.trim())).collect()
    }
}

fn read_test(text: &str) -> Result<Test, String> {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
    };
    let (key, is) = if let Some((key, values)) = text.split_once('=') {
        let values: Vec<String> = values.split('|').map(|value| value.trim().into()).collect();
        if !values.iter().all(|value| is_name(value)) {
            return Err(format!("'{text}' compares with no value"));
        }
        (key, Is::OneOf(values))
    } else if let Some((key, bound)) = text.split_once(['>', '<']) {
        let number = bound.trim().parse().map_err(|_| format!("'{bound}' is no number"))?;
        (key, if text.contains('>') { Is::Above(number) } else { Is::Below(number) })
    } else {
        return Err(format!("'{text}' has neither = nor > nor <"));
    };
    let key = key.trim();
    if is_name(key) { Ok(Test { key: key.into(), is }) } else { Err(format!("'{key}' is no key")) }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.is {
            Is::OneOf(values) => write!(f, "{}={}", self.key, values.join("|")),
            Is::Above(bound) => write!(f, "{}>{bound}", self.key),
            Is::Below(bound) => write!(f, "{}<{bound}", self.key),
        }
    }
}

impl fmt::Display for When {
    /// As `data-when` has it: alternatives parted by spaces, tests by `&`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, tests) in self.0.iter().enumerate() {
            let tests: Vec<String> = tests.iter().map(Test::to_string).collect();
            write!(f, "{}{}", if place == 0 { "" } else { " " }, tests.join("&"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_and_written() {
        let read = |text| When::read_alternative(text);
        let when = When(vec![
            read("rule=pair | none & mu>0").expect("a condition"),
            read("part=groups & c < 0.5").expect("a condition"),
        ]);
        assert_eq!(when.to_string(), "rule=pair|none&mu>0 part=groups&c<0.5");
        for (text, reason) in [
            ("triplet", "neither"),
            ("=x", "no key"),
            ("rule=", "no value"),
            ("mu>much", "no number"),
            ("a=b&", "neither"),
        ] {
            assert!(read(text).expect_err(text).contains(reason), "{text}");
        }
    }
}
