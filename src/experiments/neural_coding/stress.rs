//! What hurts which code: each code of the race under each kind of noise alone, beside the run.

use get_size2::GetSize;

use super::RACE;
use super::lane::rmse;
use super::params::{NeuralCoding, Part};
use crate::sim::Stream;
use crate::sim::encode::codes::{Noise, Presentation, Reader, brightness};
use crate::sim::encode::greys::Greys;

/// Kinds of noise, by the names of columns.
pub const KINDS: [(&str, Noise); 5] = [
    ("none", QUIET),
    ("jitter", Noise { jitter: 0.1, ..QUIET }),
    ("deletion", Noise { deletion: 0.2, ..QUIET }),
    ("background", Noise { background: 0.01, ..QUIET }),
    ("onset", Noise { onset: 0.1, ..QUIET }),
];
const QUIET: Noise = Noise { jitter: 0.0, deletion: 0.0, background: 0.0, onset: 0.0 };

/// A code under a kind of noise.
#[derive(Clone, Debug, PartialEq, GetSize)]
struct Cell {
    shown: Presentation,
    reader: Reader,
    /// Sum of the errors at the end of presentations.
    sum: f64,
}

/// All codes under all kinds, row by row.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Stress {
    cells: Vec<Cell>,
    target: Vec<f32>,
    num_over: u32,
}

impl Stress {
    /// Before the first presentation.
    pub fn new(params: &NeuralCoding, seed: u32, picture: &Greys) -> Self {
        let lambda = if let Part::Race(p) = &params.part { p.lambda } else { 1.0 };
        let cells = RACE.iter().flat_map(|of| {
            let code = (of.code)(lambda, params.steps);
            KINDS.map(|(kind, noise)| {
                let name = |what| format!("{} under {kind}: {what}", of.label);
                let streams = ["code", "noise"].map(|what| Stream::new(seed, &name(what)));
                let shown = Presentation::new(&code, params.steps, &picture.values, noise, streams);
                let reader = Reader::new(&code, params.steps, picture.len() as u32);
                Cell { shown, reader, sum: 0.0 }
            })
        });
        let target = picture.values.iter().map(|grey| brightness(*grey) as f32).collect();
        let mut stress = Self { cells: cells.collect(), target, num_over: 0 };
        stress.begin();
        stress
    }

    /// Begins a presentation.
    pub fn begin(&mut self) {
        for cell in &mut self.cells {
            cell.shown.begin();
            cell.reader.begin();
        }
    }

    /// Makes the spikes of a share of the pixels.
    pub fn prepare(&mut self, part: u64, of: u64) {
        let end = (self.target.len() as u64 * (part + 1) / of) as u32;
        self.cells.iter_mut().for_each(|cell| cell.shown.prepare(end));
    }

    /// The next step.
    pub fn step(&mut self, step: u32) {
        for cell in &mut self.cells {
            cell.reader.hear(cell.shown.fire(step));
        }
    }

    /// Ends a presentation.
    pub fn end(&mut self) {
        let mut values = vec![0.0; self.target.len()];
        for cell in &mut self.cells {
            cell.reader.read(&mut values);
            cell.sum += f64::from(rmse(&values, 1.0, &self.target));
        }
        self.num_over += 1;
    }

    /// Mean error of each code under each kind of noise, row by row; zeros before a presentation is over.
    pub fn errors(&self) -> Vec<f32> {
        let num = f64::from(self.num_over.max(1));
        self.cells.iter().map(|cell| (cell.sum / num) as f32).collect()
    }
}
