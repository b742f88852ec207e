//! A run of one of the three parts, tick by tick.

use serde::{Deserialize, Serialize};

use super::blocks::block_ticks;
use super::groups::{self, GroupsRun};
use super::neuron::NeuronRun;
use super::neuron_figures;
use super::params::{CorrelatedInputs, Part};
use super::synapse::{self, SynapseRun};
use super::{DT_MS, build_neuron};
use crate::lab::{Experiment, Interaction, Panel, Runner};
use crate::record::{Figure, Fingerprint, Hasher, NamedArray, WeightsFile};
use crate::sim::{Fault, Tick, TimeGrid};

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    part: PartRun,
    dt_ms: f64,
    tick: Tick,
    num_ticks: Tick,
    hasher: Hasher,
}

// There is one at a time, so that its size does not matter.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum PartRun {
    Groups(GroupsRun),
    Synapse(SynapseRun),
    Neuron(NeuronRun),
}

/// The figures of a part.
pub fn panels(params: &CorrelatedInputs) -> &'static [Panel] {
    match &params.part {
        Part::Groups(_) => &groups::PANELS,
        Part::Synapse(_) => &synapse::PANELS,
        Part::Neuron(p) => neuron_figures::panels(p),
    }
}

impl Run {
    /// A run at its first tick.
    pub fn new(params: &CorrelatedInputs, seed: u32) -> Self {
        let (duration_s, grid) = match &params.part {
            Part::Groups(p) => (p.duration_s, TimeGrid::new(DT_MS)),
            Part::Synapse(p) => (p.duration_s, TimeGrid::new(DT_MS)),
            Part::Neuron(p) => (p.duration_s, build_neuron::grid_of(&p.cell)),
        };
        let num_ticks = grid.ticks_from_ms(duration_s * 1_000.0);
        let part = match &params.part {
            Part::Groups(p) => PartRun::Groups(GroupsRun::new(p, seed, num_ticks)),
            Part::Synapse(p) => PartRun::Synapse(SynapseRun::new(p, seed, num_ticks)),
            Part::Neuron(p) => PartRun::Neuron(NeuronRun::new(p, seed, num_ticks)),
        };
        Self { part, dt_ms: grid.dt_ms(), tick: 0, num_ticks, hasher: Hasher::default() }
    }

    /// What has been learned, by name.
    fn learned(&self) -> Vec<(&'static str, Vec<f32>)> {
        match &self.part {
            PartRun::Groups(_) => Vec::new(),
            PartRun::Synapse(run) => vec![("virtual_weights", run.weights())],
            PartRun::Neuron(run) => {
                let mut all = vec![("input_to_output", run.neuron.weights.clone())];
                if let Some(weights) = run.inhibitory_weights() {
                    all.push(("inhibition_to_output", weights.to_vec()));
                }
                all
            }
        }
    }
}

impl Runner for Run {
    fn tick(&mut self) {
        match &mut self.part {
            PartRun::Groups(run) => run.tick(self.tick, &mut self.hasher),
            PartRun::Synapse(run) => run.tick(self.tick, &mut self.hasher),
            PartRun::Neuron(run) => run.tick(self.tick, &mut self.hasher),
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
        self.dt_ms
    }

    fn phase(&self) -> String {
        match &self.part {
            PartRun::Groups(run) => run.phase(),
            PartRun::Synapse(run) => run.phase(),
            PartRun::Neuron(run) => run.phase(),
        }
    }

    /// A trial is one point of the curves.
    fn ticks_to_trial_end(&self) -> Tick {
        let block = block_ticks(self.num_ticks);
        block - self.tick % block
    }

    fn adopt(&mut self, params: &dyn Experiment) {
        if let Some(CorrelatedInputs { part: Part::Neuron(p) }) = params.as_any().downcast_ref()
            && let PartRun::Neuron(run) = &mut self.part
        {
            run.adopt(p);
        }
    }

    fn interact(&mut self, _: &Interaction) -> bool {
        false
    }

    fn figures(&self, wanted: &dyn Fn(u16) -> bool) -> Vec<(u16, Figure)> {
        let figure = |panel| match &self.part {
            PartRun::Groups(run) => run.figure(panel, self.tick),
            PartRun::Synapse(run) => run.figure(panel, self.tick),
            PartRun::Neuron(run) => neuron_figures::figure(run, panel, self.tick),
        };
        let all = (0..7).filter(|&panel| wanted(panel));
        all.filter_map(|panel| Some((panel, figure(panel)?))).collect()
    }

    fn fingerprint(&self) -> Fingerprint {
        let learned = self.learned();
        self.hasher.fingerprint(self.tick, learned.iter().map(|(_, values)| &values[..]))
    }

    fn summary(&self) -> Vec<(String, f64)> {
        let rows = match &self.part {
            PartRun::Groups(run) => run.summary(),
            PartRun::Synapse(run) => run.summary(),
            PartRun::Neuron(run) => run.summary(),
        };
        rows.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
    }

    fn fault(&self) -> Option<Fault> {
        match &self.part {
            PartRun::Neuron(run) => run.neuron.fault().cloned(),
            _ => None,
        }
    }

    fn learning_curve(&self) -> Vec<f32> {
        match &self.part {
            PartRun::Groups(run) => run.learning_curve(),
            PartRun::Synapse(run) => run.learning_curve(),
            PartRun::Neuron(run) => run.learning_curve(),
        }
    }

    fn weights(&self) -> Vec<NamedArray> {
        let array = |(name, values): (&str, Vec<f32>)| {
            let shape = vec![values.len() as u32];
            NamedArray { name: name.into(), shape, values }
        };
        self.learned().into_iter().map(array).collect()
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let PartRun::Neuron(run) = &mut self.part else {
            return Err("only the neuron (part=neuron) has weights to load".into());
        };
        let num = run.neuron.weights.len() as u32;
        let weights = file.array("input_to_output", &[num])?;
        let has_ends = !run.p.rule.is_unbounded();
        if let Some(w) = weights.iter().find(|w| has_ends && !(0.0..=1.0).contains(*w)) {
            return Err(format!("a weight is {w}; weights of this neuron lie between 0 and 1"));
        }
        run.neuron.weights.copy_from_slice(weights);
        Ok(())
    }

    fn load_trains(&mut self, text: &str) -> Result<(), String> {
        match &mut self.part {
            PartRun::Neuron(run) => run.load_trains(text),
            _ => Err("only the neuron (part=neuron) takes spike trains of yours".into()),
        }
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
