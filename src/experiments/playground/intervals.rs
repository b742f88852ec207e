//! The intervals between spikes: their histogram, and each against the one before it.

use crate::kit::figure::Histogram;
use crate::record::figure::{Curve, Line, LineStyle};

/// Bins of a histogram, about.
const BINS: f32 = 40.0;
/// Pairs that a return map shows: the latest. More would only cover each other.
const MOST_PAIRS: usize = 400;

/// Share of intervals by their length, in ms and on a grid of `dt_ms`.
pub fn interval_histogram<'v>(
    label: &str,
    all: impl Iterator<Item = &'v f32> + Clone,
    dt_ms: f32,
) -> Curve {
    let longest = all.clone().copied().fold(1.0, f32::max);
    // Whole steps, so that no bin holds more of them than its neighbours.
    let width = (longest / BINS / dt_ms).ceil().max(1.0) * dt_ms;
    let num_bins = (longest / width) as usize + 1;
    let bins = Histogram { low: 0.0, high: num_bins as f32 * width, num_bins };
    let lines = match all.clone().next() {
        None => Vec::new(),
        Some(_) => vec![bins.outline(label, all.map(|interval| interval + 0.5 * dt_ms))],
    };
    let top = lines.iter().flat_map(|line| &line.y).copied().fold(0.05, f32::max);
    let note = "Fewer than two spikes so far.".into();
    Curve { x_range: (0.0, bins.high), y_range: (0.0, 1.1 * top), lines, note, ..Curve::default() }
}

/// Each interval, and the one after it. On the dashed line they are equal.
pub fn return_map<'v>(pairs: impl ExactSizeIterator<Item = &'v [f32; 2]>) -> Curve {
    let surplus = pairs.len().saturating_sub(MOST_PAIRS);
    let (x, y): (Vec<f32>, Vec<f32>) = pairs.skip(surplus).map(|[a, b]| (*a, *b)).unzip();
    let longest = x.iter().chain(&y).copied().fold(1.0, f32::max);
    let range = (0.0, 1.05 * longest);
    let is_empty = x.is_empty();
    let mut lines = vec![Line::new("pairs", x, y, LineStyle::Points)];
    if !is_empty {
        let ends = vec![0.0, range.1];
        lines.push(Line::new("equal", ends.clone(), ends, LineStyle::Reference));
    }
    let note = "Fewer than three spikes so far.".into();
    Curve { x_range: range, y_range: range, lines, note, ..Curve::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_interval_is_in_the_histogram_and_the_latest_pairs_in_the_map() {
        let all = [10.0_f32, 10.0, 30.0, 30.0, 30.0];
        let curve = interval_histogram("all", all.iter(), 0.1);
        let share = |ms: f32| {
            let line = &curve.lines[0];
            let bin = line.x.windows(2).position(|edge| edge[0] <= ms && ms < edge[1]);
            bin.map(|bin| line.y[bin])
        };
        assert_eq!([share(10.05), share(30.05), share(20.05)], [Some(0.4), Some(0.6), Some(0.0)]);
        assert!(!interval_histogram("all", [].iter(), 0.1).has_points());
        let pairs: Vec<[f32; 2]> = (0..1_000).map(|nth| [nth as f32, 7.0]).collect();
        let map = return_map(pairs.iter());
        assert_eq!((map.lines[0].x.len(), map.lines[0].x[0]), (MOST_PAIRS, 600.0));
        assert!(!return_map([].iter()).has_points());
    }
}
