//! The run again at other offsets of the success, beside it, to see how much error learning endures.
//!
//! Until learning begins the offset does nothing. So the network is copied then, with its weights, its expectations and
//! all its random streams, and each copy goes through the same trials with an offset of its own. Copies run one after
//! the other, some steps of them in every step of the run: of full length, all are done when the run is.

use get_size2::GetSize;

use super::learner::Learner;
use super::params::TaskParams;
use super::task::{NAMES, NUM_STIMULI, TEST_TRIALS};
use crate::kit::beside::{Aside, Beside};
use crate::record::figure::{Curve, Line, LineStyle, Mark};

/// In units of σ_R, in the order in which they are run: the ends and the middle tell most.
const OFFSETS: [f64; 7] = [-0.4, 0.4, 0.0, -0.25, 0.25, -0.1, 0.1];
/// Offsets that differ by less are the same.
const SAME: f64 = 1e-6;

/// Ends of the run at other offsets.
#[derive(Clone, Debug, Default, PartialEq, GetSize)]
pub struct Offsets {
    /// The network when learning began.
    origin: Option<Box<Learner>>,
    beside: Beside<Learner>,
    ends: Vec<End>,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct End {
    offset: f64,
    /// By stimulus.
    scores: [f64; NUM_STIMULI],
}

impl Offsets {
    /// A trial of the run is over: copies begin where its learning does.
    pub fn trial_is_over(&mut self, run: &Learner) {
        if run.trials.num_done() == TEST_TRIALS && !run.is_frozen {
            self.origin = Some(Box::new(run.clone()));
        }
    }

    /// Another offset of the run changes no copy; with any other live parameter all of them begin again.
    pub fn adopt(&mut self, old: &TaskParams, new: &TaskParams) {
        if *old != (TaskParams { offset: old.offset, ..new.clone() }) {
            self.ends.clear();
            self.beside.stop();
            if let Some(origin) = &mut self.origin {
                origin.adopt(new);
            }
        }
    }

    /// As many steps as there are offsets, of all but the run's own.
    pub fn run_some(&mut self, own: f64) {
        let Some(origin) = self.origin.as_deref() else { return };
        let next = |ends: &[End]| next(origin, ends, own);
        self.beside.go_on_in_turn(OFFSETS.len() as u32, &mut self.ends, next);
    }

    /// Final scores over the offset; those of the run itself once it is done.
    pub fn figure(&self, run: &Learner) -> Curve {
        let own = run.p.offset;
        let scores = std::array::from_fn(|stimulus| run.performance(stimulus));
        let mut ends = self.ends.clone();
        if run.is_done() && !run.is_frozen {
            ends.retain(|end| (end.offset - own).abs() > SAME);
            ends.push(End { offset: own, scores });
        }
        let ends = in_order(&ends);
        let x: Vec<f32> = ends.iter().map(|end| end.offset as f32).collect();
        let line = |stimulus: usize| {
            let y = ends.iter().map(|end| end.scores[stimulus] as f32).collect();
            Line::new(NAMES[stimulus], x.clone(), y, LineStyle::Main)
        };
        let x_range = ((own.min(OFFSETS[0]) - 0.05) as f32, (own.max(OFFSETS[1]) + 0.05) as f32);
        let untrained = (run.untrained(0) + run.untrained(1)) as f32 / 2.0;
        let level = vec![untrained; 2];
        let mut lines: Vec<Line> = (0..NUM_STIMULI).map(line).collect();
        lines.push(Line::new("untrained", vec![x_range.0, x_range.1], level, LineStyle::Reference));
        let mut curve = Curve { x_range, y_range: (0.2, 1.0), lines, ..Curve::default() };
        // Before the first block there is no score.
        if !run.curves[0].score.is_empty() {
            let mark =
                |(y, label): (f64, &str)| Mark { x: own as f32, y: y as f32, label: label.into() };
            curve.marks = scores.into_iter().zip(["this run", ""]).map(mark).collect();
        }
        let all = curve.lines.iter().flat_map(|line| &line.y);
        let all: Vec<f32> = all.copied().chain(curve.marks.iter().map(|mark| mark.y)).collect();
        curve.reach(all.iter());
        curve
    }
}

impl Aside for Learner {
    type End = End;

    fn step(&mut self) -> Option<End> {
        let is_over = self.step() && self.is_done();
        let scores = || std::array::from_fn(|stimulus| self.performance(stimulus));
        is_over.then(|| End { offset: self.p.offset, scores: scores() })
    }
}

/// A copy with an offset that is new.
fn next(origin: &Learner, ends: &[End], own: f64) -> Option<Learner> {
    let is_new = |offset: f64| {
        let mut known = ends.iter().map(|end| end.offset).chain([own]);
        known.all(|other| (other - offset).abs() > SAME)
    };
    let offset = OFFSETS.into_iter().find(|offset| is_new(*offset))?;
    let mut copy = origin.clone();
    copy.adopt(&TaskParams { offset, ..copy.p.clone() });
    Some(copy)
}

/// The ends by their offsets.
fn in_order(ends: &[End]) -> Vec<End> {
    let mut sorted: Vec<End> = Vec::with_capacity(ends.len());
    for end in ends {
        let place = sorted.iter().take_while(|other| other.offset < end.offset).count();
        sorted.insert(place, *end);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(offset: f64) -> TaskParams {
        TaskParams { offset, num_trials: 300, ..TaskParams::default() }
    }

    /// A run with its copies, which are all done at its end.
    fn finished(offset: f64) -> (Learner, Offsets) {
        let (mut run, mut offsets) = (Learner::new(&params(offset), 3), Offsets::default());
        while !run.is_done() {
            offsets.run_some(run.p.offset);
            if run.step() {
                offsets.trial_is_over(&run);
            }
        }
        (run, offsets)
    }

    #[test]
    fn a_copy_ends_as_a_run_with_its_offset_does() {
        let (run, offsets) = finished(0.05);
        assert_eq!(offsets.ends.len(), OFFSETS.len());
        for offset in [-0.25, 0.0, 0.4] {
            let (other, _) = finished(offset);
            let own = offsets.ends.iter().find(|end| end.offset == offset).expect("an end");
            assert_eq!(own.scores, [other.performance(0), other.performance(1)]);
            assert_ne!(own.scores, [run.performance(0), run.performance(1)]);
        }
    }

    #[test]
    fn the_figure_has_every_offset_in_order_and_the_run_among_them() {
        let (run, offsets) = finished(-0.25);
        assert_eq!(offsets.ends.len(), OFFSETS.len() - 1);
        let figure = offsets.figure(&run);
        assert_eq!(figure.lines[0].x, [-0.4, -0.25, -0.1, 0.0, 0.1, 0.25, 0.4]);
        assert_eq!(figure.lines[1].y[1], run.performance(1) as f32);
        let (run, offsets) = finished(-1.5);
        let figure = offsets.figure(&run);
        assert_eq!((figure.lines[0].x.len(), figure.lines[0].x[0]), (8, -1.5));
        assert!(figure.x_range.0 < -1.5 && figure.x_range.1 > 0.4);
    }

    #[test]
    fn another_offset_of_the_run_leaves_the_ends_and_another_rate_does_not() {
        let (_, mut offsets) = finished(0.0);
        let all = offsets.ends.len();
        offsets.adopt(&params(0.0), &params(0.3));
        assert_eq!(offsets.ends.len(), all);
        let mut other = params(0.3);
        other.rule.eta = 1.0;
        offsets.adopt(&params(0.3), &other);
        assert!(offsets.ends.is_empty());
        let origin = offsets.origin.as_deref().expect("learning began");
        assert_eq!(next(origin, &[], 0.3).expect("a copy").p.rule.eta, 1.0);
    }
}
