//! A run of one of the two networks, tick by tick. One iteration of the published program counts as 1 ms.

use serde::{Deserialize, Serialize};

use super::ours_run::OursRun;
use super::params::{Mode, PatternClustering};
use super::published::{self, PublishedRun};
use super::{ours_figures, published_figures};
use crate::lab::{Experiment, Interaction, Panel, Runner};
use crate::record::{Figure, Fingerprint, Hasher, NamedArray, WeightsFile};
use crate::sim::{Fault, Tick};

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    mode: ModeRun,
    tick: Tick,
    hasher: Hasher,
}

// There is one at a time, so that its size does not matter.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum ModeRun {
    Ours(OursRun),
    Published(PublishedRun),
}

/// The figures of a mode.
pub fn panels(params: &PatternClustering) -> &'static [Panel] {
    match &params.mode {
        Mode::Ours(_) => &ours_figures::PANELS,
        Mode::Published(p) => published_figures::panels(p),
    }
}

impl Run {
    /// A run at its first tick.
    pub fn new(params: &PatternClustering, seed: u32) -> Self {
        let mode = match &params.mode {
            Mode::Ours(p) => ModeRun::Ours(OursRun::new(p, seed)),
            Mode::Published(p) => ModeRun::Published(PublishedRun::new(p, seed)),
        };
        Self { mode, tick: 0, hasher: Hasher::default() }
    }

    fn learned(&self) -> (&[f32], u32) {
        match &self.mode {
            ModeRun::Ours(run) => (&run.net.weights, run.net.num_out() as u32),
            ModeRun::Published(run) => (run.model.net.weights(), run.model.net.num_out() as u32),
        }
    }

    fn shape(&self) -> [u32; 2] {
        let (weights, num_out) = self.learned();
        [weights.len() as u32 / num_out, num_out]
    }
}

impl Runner for Run {
    fn tick(&mut self) {
        match &mut self.mode {
            ModeRun::Ours(run) => run.tick(self.tick, &mut self.hasher),
            ModeRun::Published(run) => run.tick(self.tick, &mut self.hasher),
        }
        self.tick += 1;
    }

    fn now(&self) -> Tick {
        self.tick
    }

    fn num_ticks(&self) -> Tick {
        match &self.mode {
            ModeRun::Ours(run) => run.net.schedule.num_ticks(),
            ModeRun::Published(run) => run.model.p.num_iterations.into(),
        }
    }

    fn dt_ms(&self) -> f64 {
        1.0
    }

    fn phase(&self) -> String {
        match &self.mode {
            ModeRun::Ours(run) => run.phase(),
            ModeRun::Published(run) => run.phase(self.tick),
        }
    }

    /// A trial is a presentation, or a point of the published curves.
    fn ticks_to_trial_end(&self) -> Tick {
        match &self.mode {
            ModeRun::Ours(run) => run.net.schedule.ticks_left(self.tick),
            ModeRun::Published(_) => published::BLOCK - self.tick % published::BLOCK,
        }
    }

    fn adopt(&mut self, params: &dyn Experiment) {
        let Some(PatternClustering { mode }) = params.as_any().downcast_ref() else { return };
        match (&mut self.mode, mode) {
            (ModeRun::Ours(run), Mode::Ours(p)) => run.net.adopt(p),
            (ModeRun::Published(run), Mode::Published(p)) => run.adopt(p),
            _ => {}
        }
    }

    fn interact(&mut self, _: &Interaction) -> bool {
        false
    }

    fn figures(&self, wanted: &dyn Fn(u16) -> bool) -> Vec<(u16, Figure)> {
        let figure = |panel| match &self.mode {
            ModeRun::Ours(run) => ours_figures::figure(run, panel, self.tick),
            ModeRun::Published(run) => published_figures::figure(run, panel, self.tick),
        };
        let all = (0..7).filter(|&panel| wanted(panel));
        all.filter_map(|panel| Some((panel, figure(panel)?))).collect()
    }

    fn fingerprint(&self) -> Fingerprint {
        self.hasher.fingerprint(self.tick, [self.learned().0])
    }

    fn summary(&self) -> Vec<(String, f64)> {
        let rows = match &self.mode {
            ModeRun::Ours(run) => run.summary(),
            ModeRun::Published(run) => run.summary(),
        };
        rows.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
    }

    fn fault(&self) -> Option<Fault> {
        match &self.mode {
            ModeRun::Ours(run) => run.fault().cloned(),
            ModeRun::Published(run) => run.fault().cloned(),
        }
    }

    /// Cosine of the two outputs' weights, by block.
    fn learning_curve(&self) -> Vec<f32> {
        match &self.mode {
            ModeRun::Ours(run) => run.cosine.clone(),
            ModeRun::Published(run) => run.cosine.clone(),
        }
    }

    fn weights(&self) -> Vec<NamedArray> {
        let (weights, _) = self.learned();
        let (shape, values) = (self.shape().to_vec(), weights.to_vec());
        vec![NamedArray { name: "input_to_output".into(), shape, values }]
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let weights = file.array("input_to_output", &self.shape())?;
        match &mut self.mode {
            ModeRun::Ours(run) => {
                if let Some(w) = weights.iter().find(|w| !(0.0..=1.0).contains(*w)) {
                    return Err(format!("a weight is {w}; these lie between 0 and 1"));
                }
                run.net.weights.copy_from_slice(weights);
                run.net.schedule.skip_training();
            }
            ModeRun::Published(run) => run.model.net.weights_mut().copy_from_slice(weights),
        }
        Ok(())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn snapshot(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("a run is plain data")
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn restore(&mut self, snapshot: &[u8]) -> Result<(), String> {
        *self = postcard::from_bytes(snapshot).map_err(|e| format!("not a snapshot: {e}"))?;
        Ok(())
    }
}
