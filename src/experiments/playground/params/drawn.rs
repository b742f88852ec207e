//! What a visitor draws: points of a rate, and single spikes.

/// The most points of a rate, and the most spikes: more make a link that nobody can pass on.
const MOST_POINTS: usize = 16;
const MOST_SPIKES: usize = 60;
/// The highest rate that can be drawn.
const MOST_HZ: f64 = 1_000.0;
/// The longest run.
const MOST_S: f64 = 1_000.0;
/// Spikes of a whole run.
pub const MOST_IN_ALL: usize = 200_000;

/// A rate over time: straight between points, level before the first and after the last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RatePoints(Vec<(f64, f64)>);

impl RatePoints {
    /// From "0:5 20:60": seconds and Hz.
    ///
    /// # Errors
    /// What cannot be read, and the rule.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut points: Vec<(f64, f64)> = Vec::new();
        for word in words(text) {
            let (time_s, rate_hz) = pair(word, ':').ok_or_else(|| {
                format!("'{word}' is not a point: write the time in s, a colon and the rate in Hz, as 20:60.")
            })?;
            if !(0.0..=MOST_S).contains(&time_s) || !(0.0..=MOST_HZ).contains(&rate_hz) {
                return Err(format!(
                    "'{word}': times go from 0 to {MOST_S} s, rates from 0 to {MOST_HZ} Hz."
                ));
            }
            if points.last().is_some_and(|(before_s, _)| time_s <= *before_s) {
                return Err(format!(
                    "'{word}' is not after the point before it. Put points in order of time."
                ));
            }
            points.push((time_s, rate_hz));
        }
        match points.len() {
            0 => Err("no points; write at least one, as 0:20.".into()),
            num if num > MOST_POINTS => {
                Err(format!("{num} points; at most {MOST_POINTS} can be drawn."))
            }
            _ => Ok(Self(points)),
        }
    }

    /// The rate at this time in s.
    pub fn at(&self, time_s: f64) -> f64 {
        let after = self.0.partition_point(|(point_s, _)| *point_s <= time_s);
        match (after.checked_sub(1).map(|before| self.0[before]), self.0.get(after)) {
            (Some((t0, r0)), Some((t1, r1))) => r0 + (r1 - r0) * (time_s - t0) / (t1 - t0),
            (Some((_, rate_hz)), None) => rate_hz,
            (None, Some((_, rate_hz))) => *rate_hz,
            (None, None) => 0.0,
        }
    }
}

/// Single spikes: input and time in ms.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpikePoints(Vec<(u32, f64)>);

impl SpikePoints {
    /// From "0@10 3@12.5".
    ///
    /// # Errors
    /// What cannot be read, and the rule.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut spikes = Vec::new();
        for word in words(text) {
            let (input, time_ms) = pair(word, '@')
                .filter(|(input, _)| input.fract() == 0.0 && (0.0..1_000.0).contains(input))
                .ok_or_else(|| {
                    format!("'{word}' is not a spike: write the number of an input, @ and the time in ms, as 3@12.5.")
                })?;
            if !(0.0..=1_000.0 * MOST_S).contains(&time_ms) {
                return Err(format!("'{word}': times go from 0 to {} ms.", 1_000.0 * MOST_S));
            }
            spikes.push((input as u32, time_ms));
        }
        match spikes.len() {
            num if num > MOST_SPIKES => Err(format!(
                "{num} spikes; at most {MOST_SPIKES} can be drawn. Load more from a file."
            )),
            _ => Ok(Self(spikes)),
        }
    }

    /// The highest number of an input.
    pub fn highest(&self) -> Option<u32> {
        self.0.iter().map(|(input, _)| *input).max()
    }

    /// The latest time.
    pub fn last_ms(&self) -> f64 {
        self.0.iter().map(|(_, time_ms)| *time_ms).fold(0.0, f64::max)
    }

    /// How many there are in a run, if they come again every so often (0: once).
    pub fn num_in(&self, every_ms: f64, duration_ms: f64) -> usize {
        let times = if every_ms > 0.0 { (duration_ms / every_ms).ceil().max(1.0) } else { 1.0 };
        (self.0.len() as f64 * times).min(1e12) as usize
    }

    /// All of a run, in order of time.
    pub fn repeated(&self, every_ms: f64, duration_ms: f64) -> Vec<(u32, f64)> {
        let times =
            if every_ms > 0.0 { (duration_ms / every_ms).ceil().max(1.0) as u32 } else { 1 };
        let most = MOST_IN_ALL / self.0.len().max(1);
        let again = (0..times).take(most).flat_map(|nth| {
            self.0.iter().map(move |(input, time_ms)| (*input, time_ms + f64::from(nth) * every_ms))
        });
        let mut all: Vec<(u32, f64)> = again.filter(|(_, ms)| *ms < duration_ms).collect();
        all.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        all
    }
}

/// The spelling of points that links have.
pub fn rates_rule(text: &str) -> Result<String, String> {
    let RatePoints(points) = RatePoints::read(text)?;
    let words: Vec<String> = points.iter().map(|(s, hz)| format!("{s}:{hz}")).collect();
    Ok(words.join(" "))
}

/// The spelling of spikes that links have.
pub fn spikes_rule(text: &str) -> Result<String, String> {
    let SpikePoints(spikes) = SpikePoints::read(text)?;
    let words: Vec<String> = spikes.iter().map(|(input, ms)| format!("{input}@{ms}")).collect();
    Ok(words.join(" "))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', ';', '\n', '\t']).filter(|word| !word.is_empty())
}

fn pair(word: &str, between: char) -> Option<(f64, f64)> {
    let (first, second) = word.split_once(between)?;
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    Some((number(first)?, number(second)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawn_rate_is_straight_between_its_points() {
        let rate = RatePoints::read("1:10, 3:30").expect("points");
        assert_eq!(
            [0.0, 1.0, 2.0, 2.5, 3.0, 9.0].map(|s| rate.at(s)),
            [10.0, 10.0, 20.0, 25.0, 30.0, 30.0]
        );
        assert_eq!(rates_rule(" 1:10;3:30.50 ").as_deref(), Ok("1:10 3:30.5"));
    }

    #[test]
    fn what_is_no_point_or_spike_is_told() {
        let rate = |text| rates_rule(text).expect_err(text);
        assert!(rate("").contains("at least one"));
        for text in ["5", "a:5", "5:NaN", "1:2:3", ":", "5:inf"] {
            assert!(rate(text).contains("not a point"), "{text}");
        }
        assert!(rate("2:5 1:5").contains("order of time") && rate("0:-1").contains("0 to 1000 Hz"));
        let many: Vec<String> = (0..17).map(|s| format!("{s}:5")).collect();
        assert!(rate(&many.join(" ")).contains("at most 16"));
        let spike = |text| spikes_rule(text).expect_err(text);
        for text in ["5", "1.5@3", "-1@3", "x@3", "1@", "1000@3"] {
            assert!(spike(text).contains("not a spike"), "{text}");
        }
        assert!(spike("1@-3").contains("times go from 0"));
        assert!(spike(&"0@1 ".repeat(61)).contains("at most 60"));
        assert_eq!(spikes_rule("").as_deref(), Ok(""));
    }

    #[test]
    fn drawn_spikes_come_again() {
        let spikes = SpikePoints::read("1@5 0@2").expect("spikes");
        assert_eq!(spikes.repeated(0.0, 100.0), [(0, 2.0), (1, 5.0)]);
        assert_eq!(spikes.repeated(10.0, 14.0), [(0, 2.0), (1, 5.0), (0, 12.0)]);
        assert_eq!(spikes.num_in(10.0, 14.0), 4);
        assert_eq!((spikes.highest(), spikes.last_ms()), (Some(1), 5.0));
    }
}
