//! What somebody looks at in a figure: a stretch of its horizontal axis, without the lines that were put away.

use super::figure::{Curve, Figure, Line, LineStyle, Raster, Trace};

/// A part of a figure. The whole of it by default.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Where the stretch begins, as a share of the axis.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
    /// Names of the lines that were put away.
    pub hidden: Vec<String>,
}

impl Default for Look {
    fn default() -> Self {
        Self { from: 0.0, to: 1.0, hidden: Vec::new() }
    }
}

/// No shorter stretch can be looked at.
const LEAST: f32 = 0.01;

impl Look {
    /// The same lines in the stretch between two shares of what is seen now, in either order.
    pub fn zoom(&mut self, one: f32, other: f32) {
        let at = |share: f32| self.from + share.clamp(0.0, 1.0) * (self.to - self.from);
        let (from, to) = (at(one.min(other)), at(one.max(other)));
        self.stretch(from, to);
    }

    /// The same lines between two shares of the axis.
    pub fn stretch(&mut self, from: f32, to: f32) {
        self.from = from.clamp(0.0, 1.0 - LEAST);
        self.to = to.clamp(self.from + LEAST, 1.0);
    }

    /// Puts a line away, or takes it back.
    pub fn toggle(&mut self, name: &str) {
        let before = self.hidden.len();
        self.hidden.retain(|hidden| hidden != name);
        if self.hidden.len() == before {
            self.hidden.push(name.into());
        }
    }

    /// What is seen of a figure; none of those that have no horizontal axis.
    pub fn of(&self, figure: &Figure) -> Option<Figure> {
        Some(match figure {
            Figure::Curve(curve) => Figure::Curve(self.curve(curve)),
            Figure::Trace(trace) => Figure::Trace(self.trace(trace)),
            Figure::Raster(raster) => Figure::Raster(self.raster(raster)),
            Figure::Fields(_) | Figure::Matrix(_) | Figure::Lamps(_) => return None,
        })
    }

    fn is_hidden(&self, name: &str) -> bool {
        self.hidden.iter().any(|hidden| hidden == name)
    }

    fn curve(&self, curve: &Curve) -> Curve {
        let (low, high) = curve.x_range;
        let at = |share: f32| low + share * (high - low);
        let range = (at(self.from), at(self.to));
        // Lines keep their places, since colours go by them.
        let line = |line: &Line| match self.is_hidden(&line.label) {
            true => without_points(line),
            false => clipped(line, range),
        };
        let marks = curve.marks.iter().filter(|mark| mark.x >= range.0 && mark.x <= range.1);
        Curve {
            x_range: range,
            lines: curve.lines.iter().map(line).collect(),
            marks: marks.cloned().collect(),
            ..curve.clone()
        }
    }

    fn trace(&self, trace: &Trace) -> Trace {
        let samples = trace.width_ms / trace.step_ms.max(f32::MIN_POSITIVE);
        let (first, last) = ((self.from * samples).ceil(), (self.to * samples).floor());
        let mut seen = trace.clone();
        seen.start_ms += f64::from(first) * f64::from(trace.step_ms);
        seen.width_ms *= self.to - self.from;
        let (first, last) = (first as u32, last as u32);
        for series in &mut seen.series {
            if self.is_hidden(&series.label) {
                series.values.clear();
                series.spikes.clear();
            }
            series.values.truncate(last as usize + 1);
            series.values.drain(..series.values.len().min(first as usize));
            series.spikes.retain(|sample| (first..=last).contains(sample));
            series.spikes.iter_mut().for_each(|sample| *sample -= first);
        }
        seen.levels.retain(|level| !self.is_hidden(&level.label));
        seen
    }

    fn raster(&self, raster: &Raster) -> Raster {
        let (from, to) = (self.from * raster.width_ms, self.to * raster.width_ms);
        let spikes = raster.times_ms.iter().zip(&raster.rows);
        let seen = spikes.filter(|(time, _)| **time >= from && **time <= to);
        let (times_ms, rows) = seen.map(|(time, row)| (time - from, *row)).unzip();
        let mut spans = raster.spans.clone();
        for span in &mut spans {
            span.from_ms -= from;
            span.to_ms -= from;
        }
        spans.retain(|span| span.to_ms > 0.0 && span.from_ms < to - from);
        Raster {
            start_ms: raster.start_ms + f64::from(from),
            width_ms: to - from,
            row_labels: raster.row_labels.clone(),
            blocks: raster.blocks.clone(),
            times_ms,
            rows,
            spans,
        }
    }
}

/// The names of lines that can be put away, each once.
pub fn names(figure: &Figure) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &String| {
        if !name.is_empty() && !names.contains(name) {
            names.push(name.clone());
        }
    };
    match figure {
        Figure::Curve(curve) => curve.lines.iter().for_each(|line| add(&line.label)),
        // Levels come and go with the line that they are of.
        Figure::Trace(trace) => trace.series.iter().for_each(|series| add(&series.label)),
        _ => {}
    }
    names
}

fn without_points(line: &Line) -> Line {
    let Line { label, own_name, style, .. } = line;
    Line::new(label, Vec::new(), Vec::new(), *style).named(own_name)
}

/// The part of a line within a range, up to its ends where the line goes on.
fn clipped(line: &Line, (low, high): (f32, f32)) -> Line {
    let is_joined = !matches!(line.style, LineStyle::Points | LineStyle::Ticks | LineStyle::Band);
    let mut seen = without_points(line);
    let mut before: Option<(f32, f32)> = None;
    for (idx, (&x, &y)) in line.x.iter().zip(&line.y).enumerate() {
        if let Some((x0, y0)) = before.filter(|_| is_joined) {
            for end in [low, high] {
                if x0 < end && end < x {
                    seen.x.push(end);
                    seen.y.push(y0 + (y - y0) * (end - x0) / (x - x0));
                }
            }
        }
        if x >= low && x <= high {
            seen.x.push(x);
            seen.y.push(y);
            seen.errors.extend(line.errors.get(idx));
        }
        before = Some((x, y));
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::figure::{Level, RowBlock, Series, Span};

    fn half() -> Look {
        let mut look = Look::default();
        look.zoom(0.75, 0.25);
        look
    }

    #[test]
    fn lines_are_cut_at_the_ends_and_keep_their_places() {
        let level = Line::new("target", vec![0.0, 100.0], vec![5.0, 5.0], LineStyle::Reference);
        let rising =
            Line::new("rate", vec![0.0, 50.0, 100.0], vec![0.0, 50.0, 100.0], LineStyle::Main);
        let curve = Curve { x_range: (0.0, 100.0), lines: vec![rising, level], ..Curve::default() };
        let mut look = half();
        let Some(Figure::Curve(seen)) = look.of(&Figure::Curve(curve.clone())) else {
            panic!("a curve")
        };
        assert_eq!(seen.x_range, (25.0, 75.0));
        assert_eq!(
            (&seen.lines[0].x, &seen.lines[0].y),
            (&vec![25.0, 50.0, 75.0], &vec![25.0, 50.0, 75.0])
        );
        assert_eq!((&seen.lines[1].x, &seen.lines[1].y), (&vec![25.0, 75.0], &vec![5.0, 5.0]));
        // Closer still, and without a line.
        look.zoom(0.5, 1.0);
        look.toggle("rate");
        let Some(Figure::Curve(seen)) = look.of(&Figure::Curve(curve.clone())) else {
            panic!("a curve")
        };
        assert_eq!((seen.x_range, seen.lines.len()), ((50.0, 75.0), 2));
        assert!(seen.lines[0].x.is_empty());
        look.toggle("rate");
        assert!(look.hidden.is_empty());
        assert_eq!(Look::default().of(&Figure::Curve(curve.clone())), Some(Figure::Curve(curve)));
    }

    #[test]
    fn samples_and_spikes_keep_their_times() {
        let series = Series {
            label: "n1".into(),
            values: (0..100_u8).map(f32::from).collect(),
            spikes: vec![10, 30, 80],
            is_selected: true,
        };
        let level = Level { label: "threshold".into(), value: 3.0, of: None };
        let trace = Trace {
            start_ms: 1_000.0,
            width_ms: 200.0,
            step_ms: 2.0,
            series: vec![series],
            levels: vec![level],
            ..Trace::default()
        };
        let figure = Figure::Trace(trace);
        assert_eq!(names(&figure), ["n1"]);
        let Some(Figure::Trace(seen)) = half().of(&figure) else { panic!("a trace") };
        assert_eq!((seen.start_ms, seen.width_ms), (1_050.0, 100.0));
        assert_eq!((seen.series[0].values[0], seen.series[0].values.len()), (25.0, 51));
        // Sample 30 is now the sixth: 1,060 ms as before.
        assert_eq!(seen.series[0].spikes, [5]);
        assert_eq!(Look::default().of(&figure), Some(figure));

        let raster = Figure::Raster(Raster {
            start_ms: 500.0,
            width_ms: 100.0,
            row_labels: vec!["a".into()],
            blocks: vec![RowBlock::new("a", 0, 1)],
            times_ms: vec![10.0, 30.0, 90.0],
            rows: vec![0, 0, 0],
            spans: vec![Span { from_ms: 20.0, to_ms: 60.0, label: "A".into(), is_test: false }],
        });
        let Some(Figure::Raster(seen)) = half().of(&raster) else { panic!("a raster") };
        assert_eq!((seen.start_ms, seen.times_ms, seen.rows), (525.0, vec![5.0], vec![0]));
        assert_eq!((seen.spans[0].from_ms, seen.spans[0].to_ms), (-5.0, 35.0));
        assert_eq!(Look::default().of(&raster), Some(raster));
    }
}
