//! The middle of many curves: quantiles, and other seeds laid behind the one on screen.

use super::figure::{Curve, Line, LineStyle};

/// With fewer other seeds each is drawn: their middle half would be no more than two of them.
const FEW: usize = 5;

/// A quantile between the values that are numbers, which it puts in order; none of no values.
pub fn quantile(values: &mut Vec<f64>, share: f64) -> Option<f64> {
    values.retain(|value| value.is_finite());
    // Few values, and a sort of the standard library's would weigh more than the page has room for.
    for end in 1..values.len() {
        let mut place = end;
        while place > 0 && values[place - 1] > values[place] {
            values.swap(place - 1, place);
            place -= 1;
        }
    }
    let last = values.len().checked_sub(1)?;
    let at = share.clamp(0.0, 1.0) * last as f64;
    let below = at as usize;
    let above = (below + 1).min(last);
    Some(values[below] + (values[above] - values[below]) * (at - below as f64))
}

/// The quantile of curves, block by block, as far as at least half of them go.
pub fn band(curves: &[&[f32]], share: f64) -> Vec<f32> {
    let longest = curves.iter().map(|curve| curve.len()).max().unwrap_or(0);
    let at = |block: usize| {
        let mut values: Vec<f64> =
            curves.iter().filter_map(|curve| curve.get(block)).map(|y| f64::from(*y)).collect();
        let are_enough = values.len() * 2 >= curves.len();
        quantile(&mut values, share).filter(|_| are_enough).map(|value| value as f32)
    };
    (0..longest).map_while(at).collect()
}

impl Curve {
    /// Lays the learning curves of other seeds behind, and makes room for them: a few one by one, more as
    /// their median and their middle half.
    pub fn lay_behind(&mut self, others: &[Vec<f32>]) {
        let per_block = self.per_block;
        let x_of = |len: usize| (1..=len).map(|block| block as f32 * per_block).collect();
        if others.len() < FEW {
            // They may go where this run has not been yet.
            self.reach(others.iter().flatten());
            self.lines.extend(others.iter().zip(1..).map(|(y, number)| {
                Line::new("other seeds", x_of(y.len()), y.clone(), LineStyle::Faint)
                    .named(format!("other seed {number}"))
            }));
            return;
        }
        let curves: Vec<&[f32]> = others.iter().map(|curve| &curve[..]).collect();
        let [low, median, high] = [0.25, 0.5, 0.75].map(|share| band(&curves, share));
        self.reach(low.iter().chain(&high));
        let label = format!("{} other seeds", others.len());
        let line = |y: Vec<f32>, style| Line::new(&label, x_of(y.len()), y, style);
        let errors = high.iter().zip(&low).map(|(high, low)| high - low).collect();
        let middle = line(low, LineStyle::Band).named(format!("middle half of {label}"));
        self.lines.push(line(median, LineStyle::Behind).named(format!("median of {label}")));
        self.lines.push(Line { errors, ..middle });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_the_values() {
        let mut values = vec![4.0, 1.0, f64::NAN, 3.0, 2.0];
        assert_eq!(quantile(&mut values, 0.5), Some(2.5));
        assert_eq!(quantile(&mut values, 0.25), Some(1.75));
        assert_eq!(quantile(&mut values, 1.0), Some(4.0));
        assert_eq!(quantile(&mut vec![7.0], 0.9), Some(7.0));
        assert_eq!(quantile(&mut Vec::new(), 0.5), None);
    }

    fn run() -> Curve {
        let own = Line::new("this seed", vec![10.0, 20.0], vec![0.0, 0.5], LineStyle::Main);
        Curve { y_range: (0.0, 1.0), lines: vec![own], per_block: 10.0, ..Curve::default() }
    }

    #[test]
    fn a_few_other_seeds_are_lines_of_their_own() {
        let mut curve = run();
        curve.lay_behind(&vec![vec![0.1, 1.5]; FEW - 1]);
        let names: Vec<&str> = curve.lines.iter().map(Line::name).collect();
        let expected =
            ["this seed", "other seed 1", "other seed 2", "other seed 3", "other seed 4"];
        assert_eq!(names, expected);
        assert!(curve.lines[1..].iter().all(|line| line.style == LineStyle::Faint));
        assert_eq!((&curve.lines[1].x[..], curve.y_range), (&[10.0, 20.0][..], (0.0, 1.5)));
    }

    #[test]
    fn more_are_their_median_and_their_middle_half() {
        let mut curve = run();
        let others: Vec<Vec<f32>> = (0..5).map(|seed| vec![seed as f32, 10.0]).collect();
        curve.lay_behind(&others);
        let [_, median, middle] = &curve.lines[..] else { panic!("{:?}", curve.lines) };
        assert_eq!((median.style, middle.style), (LineStyle::Behind, LineStyle::Band));
        assert_eq!((&median.label, &middle.label), (&middle.label, &"5 other seeds".to_string()));
        assert_eq!(median.y, [2.0, 10.0]);
        assert_eq!((&middle.y[..], &middle.errors[..]), (&[1.0, 10.0][..], &[2.0, 0.0][..]));
        assert_eq!(curve.y_range, (0.0, 10.0));
        // The outermost seeds do not squeeze this one.
        let mut wild = run();
        let mut others = vec![vec![0.5, 0.5]; 9];
        others.push(vec![900.0, 900.0]);
        wild.lay_behind(&others);
        assert_eq!(wild.y_range, (0.0, 1.0));
    }

    #[test]
    fn nothing_is_laid_behind_without_other_seeds() {
        let mut curve = run();
        curve.lay_behind(&[]);
        assert_eq!(curve, run());
    }
}
