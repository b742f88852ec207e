//! The published run again from other starts, some of it in every iteration, to see what its end depends on.

use get_size2::GetSize;

use super::params::PublishedParams;
use super::published::{Published, Start};
use crate::kit::beside::{Aside, Beside};
use crate::record::figure::{Curve, Line, LineStyle, Mark};
use crate::sim::Tick;
use crate::sim::published::counting_net::V_TH_MV;

/// How many other starts.
const NUM: usize = 200;
/// Two outputs with a cosine below this have come apart.
const APART: f32 = 0.6;
/// The published length: other starts are not run for longer.
const MOST_ITERATIONS: Tick = 700;
/// Iterations of another start that are done at a time: in a run of the published length all starts are.
const SLICE: u32 = 200;

/// Ends of other starts.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Starts {
    seed: u32,
    /// Potentials of both outputs at the start, and the cosine at the end.
    ends: Vec<[f32; 3]>,
    going_on: Beside<Other>,
}

/// One of them on its way.
#[derive(Clone, Debug, PartialEq, GetSize)]
struct Other {
    start_mv: [f32; 2],
    model: Published,
    done: Tick,
}

impl Other {
    fn new(p: &PublishedParams, seed: u32, number: usize) -> Self {
        let start = Start::new(p, seed, &format!("start {number}"));
        let start_mv = start.outputs_mv(p);
        let model = Published::new(p, start, seed, &format!("noise {number}"));
        Self { start_mv, model, done: 0 }
    }
}

impl Aside for Other {
    type End = [f32; 3];

    fn step(&mut self) -> Option<[f32; 3]> {
        self.model.step(self.done);
        self.done += 1;
        let end = Tick::from(self.model.p.num_iterations).min(MOST_ITERATIONS);
        let [one, two] = self.start_mv;
        (self.done == end).then(|| [one, two, self.model.onto().cosine() as f32])
    }
}

impl Starts {
    /// None yet; the first is on its way.
    pub fn new(p: &PublishedParams, seed: u32) -> Self {
        let mut going_on = Beside::default();
        going_on.begin(Other::new(p, seed, 1));
        Self { seed, ends: Vec::new(), going_on }
    }

    /// Begins again with these parameters.
    pub fn begin_again(&mut self, p: &PublishedParams) {
        *self = Self::new(p, self.seed);
    }

    /// Some more iterations, of the next start if the one before is done.
    pub fn run_some(&mut self, p: &PublishedParams) {
        let Some(end) = self.going_on.go_on(SLICE) else { return };
        self.ends.push(end);
        if self.ends.len() < NUM {
            self.going_on.begin(Other::new(p, self.seed, self.ends.len() + 1));
        }
    }

    /// Median final cosines, with exactly one output above the threshold at the start, and otherwise. 0 where
    /// there was none.
    pub fn summary(&self) -> [(&'static str, f64); 3] {
        let median = |is_one: bool| {
            let kept = self
                .ends
                .iter()
                .filter(|[one, two, _]| ((*one >= V_TH_MV) != (*two >= V_TH_MV)) == is_one);
            median(kept.map(|[_, _, cosine]| *cosine).collect())
        };
        [
            ("other_starts", self.ends.len() as f64),
            ("other_starts_cosine_one_above", f64::from(median(true))),
            ("other_starts_cosine_else", f64::from(median(false))),
        ]
    }

    /// Starts as points, in two colours by their ends.
    pub fn figure(&self, start_mv: [f32; 2]) -> Curve {
        let all = || self.ends.iter().flat_map(|[one, two, _]| [*one, *two]).chain(start_mv);
        let low = all().fold(V_TH_MV - 5.0, f32::min) - 2.0;
        let high = all().fold(V_TH_MV + 5.0, f32::max) + 2.0;
        let points = |label: &str, is_apart: bool| {
            let kept = || self.ends.iter().filter(move |end| (end[2] < APART) == is_apart);
            let (x, y) = kept().map(|[one, two, _]| (*one, *two)).unzip();
            Line::new(label, x, y, LineStyle::Points)
        };
        let reference = |x: [f32; 2], y: [f32; 2], label: &str| {
            Line::new(label, x.to_vec(), y.to_vec(), LineStyle::Reference)
        };
        let th = V_TH_MV;
        Curve {
            x_range: (low, high),
            y_range: (low, high),
            lines: vec![
                points("apart", true),
                points("alike", false),
                reference([low, high], [th, th], "threshold"),
                reference([th, th], [low, high], "").named("threshold of the second"),
            ],
            marks: vec![Mark { x: start_mv[0], y: start_mv[1], label: "this run".into() }],
            per_block: 1.0,
            ..Curve::default()
        }
    }
}

/// The median; 0 of nothing. Few values: they are put in order by insertion.
pub fn median(values: Vec<f32>) -> f32 {
    let mut sorted: Vec<f32> = Vec::with_capacity(values.len());
    for value in values {
        let place = sorted.iter().take_while(|other| **other < value).count();
        sorted.insert(place, value);
    }
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        num if num % 2 == 1 => sorted[half],
        _ => (sorted[half - 1] + sorted[half]) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert_eq!(median(vec![]), 0.0);
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
    }

    #[test]
    fn ends_depend_on_who_started_above() {
        let p = PublishedParams::default();
        let mut starts = Starts::new(&p, 1);
        // Four slices each.
        for _ in 0..240 {
            starts.run_some(&p);
        }
        let [_, (_, one), (_, rest)] = starts.summary();
        assert!(one < 0.6 && rest > 0.8, "{one} {rest}");
        let figure = starts.figure([-45.0, -35.0]);
        assert_eq!(figure.lines[0].x.len() + figure.lines[1].x.len(), 60);
    }
}
