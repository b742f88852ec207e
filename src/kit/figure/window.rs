//! The stretch of time that a raster or a trace shows.

use super::Rows;
use crate::record::TraceLog;
use crate::record::figure::{Raster, Span, Trace};
use crate::sim::Tick;

/// A stretch of time.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Its first tick.
    pub start: Tick,
    /// Its width.
    pub width_ms: f64,
    /// The step of the run.
    pub dt_ms: f64,
}

impl Window {
    /// The latest `width_ms` of a run after `now` steps.
    pub fn latest(now: Tick, width_ms: f64, dt_ms: f64) -> Self {
        Self { start: now.saturating_sub((width_ms / dt_ms) as Tick), width_ms, dt_ms }
    }

    /// When it begins.
    pub fn start_ms(&self) -> f64 {
        self.start as f64 * self.dt_ms
    }

    /// Spikes, given as times since the start and rows, in these rows.
    pub fn raster(
        &self,
        rows: Rows,
        (times_ms, spikes): (Vec<f32>, Vec<u32>),
        spans: Vec<Span>,
    ) -> Raster {
        Raster {
            start_ms: self.start_ms(),
            width_ms: self.width_ms as f32,
            row_labels: rows.labels,
            blocks: rows.blocks,
            times_ms,
            rows: spikes,
            spans,
        }
    }

    /// What a log has kept of it, each column by its name.
    pub fn trace(&self, log: &TraceLog, label: impl Fn(u32) -> String) -> Trace {
        let (first, series) = log.since(self.start, label);
        Trace {
            start_ms: first as f64 * self.dt_ms,
            width_ms: self.width_ms as f32,
            step_ms: (log.stride() as f64 * self.dt_ms) as f32,
            series,
            ..Trace::default()
        }
    }
}
