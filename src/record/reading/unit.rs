//! Units of time that a header or the visitor may name.

use std::fmt;

/// The unit of a file's times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds.
    S,
    /// Milliseconds.
    Ms,
    /// Microseconds.
    Us,
    /// Nanoseconds.
    Ns,
}

impl TimeUnit {
    /// The unit that a word names: `s`, `ms`, `µs`, `seconds` …
    pub fn parse(word: &str) -> Option<Self> {
        // Both Unicode characters for micro become a u.
        let word = word.trim().to_lowercase().replace(['µ', 'μ'], "u");
        Some(match word.as_str() {
            "s" | "sec" | "secs" | "second" | "seconds" | "sekunde" | "sekunden" => Self::S,
            "ms" | "msec" | "msecs" | "msecond" | "mseconds" | "milli" | "millis" | "millisec"
            | "millisecond" | "milliseconds" | "millisekunden" => Self::Ms,
            "us" | "usec" | "usecs" | "usecond" | "useconds" | "micro" | "micros" | "microsec"
            | "microsecond" | "microseconds" | "mikrosekunden" => Self::Us,
            "ns" | "nsec" | "nsecs" | "nanos" | "nanosecond" | "nanoseconds" => Self::Ns,
            _ => return None,
        })
    }

    /// How many nanoseconds it has.
    pub fn in_ns(self) -> f64 {
        match self {
            Self::S => 1e9,
            Self::Ms => 1e6,
            Self::Us => 1e3,
            Self::Ns => 1.0,
        }
    }
}

impl fmt::Display for TimeUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::S => "s",
            Self::Ms => "ms",
            Self::Us => "µs",
            Self::Ns => "ns",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::TimeUnit;

    #[test]
    fn units_have_many_names() {
        for (word, unit) in [
            ("s", TimeUnit::S),
            ("Seconds", TimeUnit::S),
            (" ms ", TimeUnit::Ms),
            ("µs", TimeUnit::Us),
            ("\u{3bc}s", TimeUnit::Us),
            ("usec", TimeUnit::Us),
            ("ns", TimeUnit::Ns),
        ] {
            assert_eq!(TimeUnit::parse(word), Some(unit), "{word}");
        }
        for unit in [TimeUnit::S, TimeUnit::Ms, TimeUnit::Us, TimeUnit::Ns] {
            assert_eq!(TimeUnit::parse(&unit.to_string()), Some(unit));
        }
        assert!(
            ["", "m", "min", "h", "mV", "samples"].iter().all(|w| TimeUnit::parse(w).is_none())
        );
    }
}
