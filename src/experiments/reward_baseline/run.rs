//! A run of one of the two parts, tick by tick.

use serde::{Deserialize, Serialize};

use super::bio::{self, BioRun};
use super::params::{Part, RewardBaseline};
use super::task_run::{self, TaskRun};
use super::{DT_MS, figures};
use crate::lab::{Experiment, Interaction, Panel, Runner};
use crate::record::{Figure, Fingerprint, Hasher, NamedArray, WeightsFile};
use crate::sim::{Fault, Tick};

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    part: PartRun,
    tick: Tick,
    num_ticks: Tick,
    hasher: Hasher,
}

// There is one at a time, so that its size does not matter.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum PartRun {
    Task(TaskRun),
    Bio(BioRun),
}

/// The figures of a part.
pub fn panels(params: &RewardBaseline) -> &'static [Panel] {
    match &params.part {
        Part::Task(_) => &figures::TASK,
        Part::Biofeedback(_) => &figures::BIO,
    }
}

/// Steps of the whole run.
pub fn num_ticks(params: &RewardBaseline) -> Tick {
    match &params.part {
        Part::Task(p) => task_run::num_ticks(p),
        Part::Biofeedback(p) => bio::num_ticks(p),
    }
}

impl Run {
    /// A run at its first tick.
    pub fn new(params: &RewardBaseline, seed: u32) -> Self {
        let part = match &params.part {
            Part::Task(p) => PartRun::Task(TaskRun::new(p, seed)),
            Part::Biofeedback(p) => PartRun::Bio(BioRun::new(p, seed)),
        };
        Self { part, tick: 0, num_ticks: num_ticks(params), hasher: Hasher::default() }
    }

    /// All weights, their shape, and the greatest there may be.
    fn learned(&self) -> (Vec<f32>, [u32; 2], f64) {
        match &self.part {
            PartRun::Task(TaskRun { net, p, .. }) => {
                (net.weights.clone(), [p.num_inputs, p.num_outputs], p.cell.w_max_mv)
            }
            PartRun::Bio(BioRun { nets, p, .. }) => {
                let weights = nets.iter().flat_map(|net| &net.weights).copied().collect();
                (weights, [p.num_outputs, p.num_inputs], p.cell.w_max_mv)
            }
        }
    }
}

impl Runner for Run {
    fn tick(&mut self) {
        match &mut self.part {
            PartRun::Task(run) => run.tick(self.tick, &mut self.hasher),
            PartRun::Bio(run) => run.tick(self.tick, &mut self.hasher),
        }
        self.tick += 1;
    }

    fn now(&self) -> Tick {
        self.tick
    }

    fn num_ticks(&self) -> Tick {
        self.num_ticks
    }

    fn dt_ms(&self) -> f64 {
        DT_MS
    }

    fn phase(&self) -> String {
        match &self.part {
            PartRun::Task(run) => run.phase(),
            PartRun::Bio(run) => run.phase(),
        }
    }

    /// Without trials it is one point of the curves.
    fn ticks_to_trial_end(&self) -> Tick {
        match &self.part {
            PartRun::Task(run) => run.ticks_to_trial_end(),
            PartRun::Bio(run) => run.block_ticks() - self.tick % run.block_ticks(),
        }
    }

    fn adopt(&mut self, params: &dyn Experiment) {
        let Some(RewardBaseline { part }) = params.as_any().downcast_ref() else { return };
        match (part, &mut self.part) {
            (Part::Task(p), PartRun::Task(run)) => run.adopt(p),
            (Part::Biofeedback(p), PartRun::Bio(run)) => run.adopt(p),
            _ => {}
        }
    }

    fn interact(&mut self, _: &Interaction) -> bool {
        false
    }

    fn figures(&self, wanted: &dyn Fn(u16) -> bool) -> Vec<(u16, Figure)> {
        let figure = |panel| match &self.part {
            PartRun::Task(run) => figures::task(run, panel, self.tick),
            PartRun::Bio(run) => figures::bio(run, panel, self.tick),
        };
        let all = (0..6).filter(|&panel| wanted(panel));
        all.filter_map(|panel| Some((panel, figure(panel)?))).collect()
    }

    fn fingerprint(&self) -> Fingerprint {
        self.hasher.fingerprint(self.tick, [&self.learned().0[..]])
    }

    fn summary(&self) -> Vec<(String, f64)> {
        let rows = match &self.part {
            PartRun::Task(run) => run.summary(),
            PartRun::Bio(run) => run.summary(),
        };
        rows.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
    }

    fn fault(&self) -> Option<Fault> {
        match &self.part {
            PartRun::Task(run) => run.fault.clone(),
            PartRun::Bio(run) => run.fault.clone(),
        }
    }

    fn learning_curve(&self) -> Vec<f32> {
        match &self.part {
            PartRun::Task(run) => run.worse(),
            PartRun::Bio(run) => run.rate_hz[0].clone(),
        }
    }

    fn weights(&self) -> Vec<NamedArray> {
        let (values, shape, _) = self.learned();
        vec![NamedArray { name: "input_to_output".into(), shape: shape.to_vec(), values }]
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let (_, shape, w_max) = self.learned();
        let weights = file.array("input_to_output", &shape)?;
        if let Some(w) = weights.iter().find(|w| !(0.0..=w_max as f32).contains(*w)) {
            return Err(format!("a weight is {w}; weights lie between 0 and {w_max} mV here"));
        }
        match &mut self.part {
            PartRun::Task(run) => run.freeze(weights),
            PartRun::Bio(run) => run.freeze(weights),
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
