//! A run of one of the two parts, tick by tick.

use serde::{Deserialize, Serialize};

use super::network::{self, NUM_EXC, NUM_TARGETS, NetworkRun, S_MAX};
use super::pairing::{self, PairingRun};
use super::params::{DistalReward, Part};
use super::{DT_MS, network_figures};
use crate::lab::{Experiment, Interaction, Panel, Runner};
use crate::record::{Figure, Fingerprint, Hasher, NamedArray, WeightsFile};
use crate::sim::{Fault, Tick, TimeGrid};

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
    Network(NetworkRun),
    Pairing(PairingRun),
}

/// The figures of a part.
pub fn panels(params: &DistalReward) -> &'static [Panel] {
    match &params.part {
        Part::Network(_) => &network_figures::PANELS,
        Part::Pairing(_) => &pairing::PANELS,
    }
}

impl Run {
    /// A run at its first tick.
    pub fn new(params: &DistalReward, seed: u32) -> Self {
        let grid = TimeGrid::new(DT_MS);
        let num_ticks = match &params.part {
            Part::Network(p) => grid.ticks_from_ms(p.duration_s * 1_000.0),
            Part::Pairing(_) => pairing::NUM_TICKS,
        };
        let part = match &params.part {
            Part::Network(p) => PartRun::Network(NetworkRun::new(p, seed, num_ticks)),
            Part::Pairing(p) => PartRun::Pairing(PairingRun::new(p, seed, grid)),
        };
        Self { part, tick: 0, num_ticks, hasher: Hasher::default() }
    }

    fn learned(&self) -> (&'static str, Vec<u32>, Vec<f32>) {
        match &self.part {
            PartRun::Network(run) => {
                let weights = run.main.network.synapses().weights();
                ("excitatory", vec![NUM_EXC, NUM_TARGETS], weights)
            }
            PartRun::Pairing(run) => ("synapse", vec![1], vec![run.w()]),
        }
    }
}

impl Runner for Run {
    fn tick(&mut self) {
        match &mut self.part {
            PartRun::Network(run) => run.tick(self.tick, &mut self.hasher),
            PartRun::Pairing(run) => run.tick(self.tick, &mut self.hasher),
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
            PartRun::Network(run) => run.phase(),
            PartRun::Pairing(run) => run.phase(self.tick),
        }
    }

    /// A trial is one pair, or one point of the curves.
    fn ticks_to_trial_end(&self) -> Tick {
        let trial = match &self.part {
            PartRun::Network(_) => network::block_ticks(self.num_ticks),
            PartRun::Pairing(_) => pairing::TRIAL_TICKS,
        };
        trial - self.tick % trial
    }

    fn adopt(&mut self, params: &dyn Experiment) {
        if let Some(DistalReward { part: Part::Network(p) }) = params.as_any().downcast_ref()
            && let PartRun::Network(run) = &mut self.part
        {
            run.adopt(p);
        }
    }

    fn interact(&mut self, _: &Interaction) -> bool {
        false
    }

    fn figures(&self, wanted: &dyn Fn(u16) -> bool) -> Vec<(u16, Figure)> {
        let figure = |panel| match &self.part {
            PartRun::Network(run) => network_figures::figure(run, panel, self.tick),
            PartRun::Pairing(run) => run.figure(panel),
        };
        let all = (0..5).filter(|&panel| wanted(panel));
        all.filter_map(|panel| Some((panel, figure(panel)?))).collect()
    }

    fn fingerprint(&self) -> Fingerprint {
        self.hasher.fingerprint(self.tick, [&self.learned().2[..]])
    }

    fn summary(&self) -> Vec<(String, f64)> {
        let rows = match &self.part {
            PartRun::Network(run) => run.summary(self.tick),
            PartRun::Pairing(run) => run.summary(),
        };
        rows.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
    }

    fn fault(&self) -> Option<Fault> {
        match &self.part {
            PartRun::Network(run) => run.fault().cloned(),
            PartRun::Pairing(_) => None,
        }
    }

    fn learning_curve(&self) -> Vec<f32> {
        match &self.part {
            PartRun::Network(run) => run.s.clone(),
            PartRun::Pairing(run) => run.learning_curve(),
        }
    }

    fn weights(&self) -> Vec<NamedArray> {
        let (name, shape, values) = self.learned();
        vec![NamedArray { name: name.into(), shape, values }]
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let PartRun::Network(run) = &mut self.part else {
            return Err("only the network (part=network) has weights to load".into());
        };
        let weights = file.array("excitatory", &[NUM_EXC, NUM_TARGETS])?;
        if let Some(s) = weights.iter().find(|s| !(0.0..=S_MAX).contains(*s)) {
            return Err(format!(
                "a weight is {s}; weights of this network lie between 0 and {S_MAX}"
            ));
        }
        for (synapse, &s) in (0..).zip(weights) {
            run.main.network.synapses_mut().set_weight(synapse, s);
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
