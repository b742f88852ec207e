//! What is seen of both networks: who fired, traces of some neurons, and at the end of every block the weights and how
//! alike they are onto the two outputs.

use get_size2::GetSize;

use super::WEIGHTS;
use super::similarity::Onto;
use crate::lab::Population;
use crate::record::{ArrayView, Hasher, RasterLog, TraceLog, WeightsFile};
use crate::sim::Tick;

/// Who fires, in the order of the fingerprint.
pub const POPULATIONS: [&str; 2] = ["input", "output"];

/// What was seen so far.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Seen {
    /// Cosine of the weights at the start.
    pub(super) baseline: f64,
    /// Cosine of both outputs' weights, by block.
    pub(super) cosine: Vec<f32>,
    /// The same of weights less their mean.
    pub(super) centred: Vec<f32>,
    /// Every weight at the end of every block, as `input × 2 + output`.
    pub(super) history: Vec<Vec<f32>>,
    pub(super) inputs: RasterLog,
    pub(super) outputs: RasterLog,
    pub(super) potentials: TraceLog,
    pub(super) currents: TraceLog,
}

impl Seen {
    /// Nothing yet. Spikes are kept for `raster` ticks; traces are so wide, and kept for so long in such steps.
    pub fn new(start: Onto<'_>, raster: Tick, (width, window, stride): (u32, Tick, Tick)) -> Self {
        let trace = || TraceLog::new(width, window, stride);
        Self {
            baseline: start.cosine(),
            cosine: Vec::new(),
            centred: Vec::new(),
            history: vec![Vec::new(); 2 * start.num_in],
            inputs: RasterLog::new(raster),
            outputs: RasterLog::new(raster),
            potentials: trace(),
            currents: trace(),
        }
    }

    /// Who fired in this tick.
    pub fn fired(&mut self, tick: Tick, inputs: &[u32], outputs: &[u32], hasher: &mut Hasher) {
        hasher.spikes(tick, 0, inputs);
        hasher.spikes(tick, 1, outputs);
        self.inputs.push(tick, inputs);
        self.outputs.push(tick, outputs);
    }

    /// The weights at the end of a block.
    pub fn end_block(&mut self, now: Onto<'_>) {
        self.cosine.push(now.cosine() as f32);
        self.centred.push(now.centred() as f32);
        for (curve, values) in self.history.iter_mut().enumerate() {
            values.push(now.weights[curve / 2 * now.num_out + curve % 2]);
        }
    }

    /// Results of weights with these preferences of the two outputs.
    pub fn summary(&self, now: Onto<'_>, [one, two]: [f64; 2]) -> Vec<(&'static str, f64)> {
        vec![
            ("cosine_final", now.cosine()),
            ("cosine_centred", now.centred()),
            ("cosine_baseline", self.baseline),
            ("selectivity", (one - two).abs() / 2.0),
        ]
    }
}

/// Inputs and outputs, with silent ones.
fn shape(now: Onto<'_>) -> [u32; 2] {
    [now.weights.len() / now.num_out, now.num_out].map(|num| num as u32)
}

/// Who can fire.
pub fn populations(now: Onto<'_>) -> Vec<Population> {
    Population::all(POPULATIONS, shape(now))
}

/// The weights, to be kept.
pub fn arrays(now: Onto<'_>) -> Vec<ArrayView<'_>> {
    vec![ArrayView::new(WEIGHTS, &shape(now), now.weights)]
}

/// Weights that were kept.
pub fn loaded<'f>(file: &'f WeightsFile, now: Onto<'_>) -> Result<&'f [f32], String> {
    file.array(WEIGHTS, &shape(now))
}
