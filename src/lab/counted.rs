//! What runs have in common: they count their ticks, hash their spikes, and are saved whole.
//!
//! An experiment implements [`Model`], one of several parts for each of them, and [`Counted`] makes a [`Runner`] of it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

#[cfg(not(target_arch = "wasm32"))]
use super::Population;
use super::{Experiment, Interaction, Runner, files};
use crate::record::{Figure, Fingerprint, Hasher, NamedArray, SpikeTrains, WeightsFile};
use crate::sim::encode::TrainCounts;
use crate::sim::{Fault, LOOK_TICKS, Tick};

/// More panels than any experiment has.
const MOST_PANELS: u16 = 16;

/// A network and what is seen of it, without a clock of its own. Its whole state is plain data.
pub trait Model: Send + Serialize + DeserializeOwned {
    /// Does step number `tick`, counted from 0, and tells `hasher` who fired.
    fn tick(&mut self, tick: Tick, hasher: &mut Hasher);

    /// See [`Runner::num_ticks`].
    fn num_ticks(&self) -> Tick;

    /// Ticks of a trial, of which one follows another from the first tick on.
    fn trial_ticks(&self) -> Tick;

    /// See [`Runner::phase`]; `now` steps are done.
    fn phase(&self, now: Tick) -> String;

    /// See [`Runner::adopt`].
    fn adopt(&mut self, _params: &dyn Experiment) {}

    /// The figure of panel `panel` after `now` steps, if there is such a panel.
    fn figure(&self, panel: u16, now: Tick) -> Option<Figure>;

    /// See [`Runner::summary`]; `now` steps are done.
    fn summary(&self, now: Tick) -> Vec<(&'static str, f64)>;

    /// See [`Runner::look_ticks`].
    fn look_ticks(&self) -> Tick {
        LOOK_TICKS
    }

    /// Looks for values that are not finite, and whatever else the model cannot go on with; `now` steps are done.
    fn look(&mut self, now: Tick) -> Option<Fault>;

    /// See [`Runner::learning_curve`].
    fn learning_curve(&self) -> Vec<f32>;

    /// See [`Runner::populations`].
    #[cfg(not(target_arch = "wasm32"))]
    fn populations(&self) -> Vec<Population>;

    /// Everything learned, all of which is part of the fingerprint.
    fn weights(&self) -> Vec<NamedArray>;

    /// See [`Runner::load_weights`].
    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String>;

    /// See [`Runner::load_trains`].
    fn load_trains(&mut self, _trains: &SpikeTrains) -> Result<TrainCounts, String> {
        Err(files::TAKES_NO_TRAINS.into())
    }
}

/// The run of a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counted<M> {
    model: M,
    dt_ms: f64,
    tick: Tick,
    hasher: Hasher,
    fault: Option<Fault>,
}

impl<M: Model> Counted<M> {
    /// A run in steps of `dt_ms`, at its first.
    pub fn new(model: M, dt_ms: f64) -> Self {
        Self { model, dt_ms, tick: 0, hasher: Hasher::default(), fault: None }
    }
}

impl<M: Model> Runner for Counted<M> {
    fn tick(&mut self) {
        self.model.tick(self.tick, &mut self.hasher);
        self.tick += 1;
    }

    fn now(&self) -> Tick {
        self.tick
    }

    fn num_ticks(&self) -> Tick {
        self.model.num_ticks()
    }

    fn dt_ms(&self) -> f64 {
        self.dt_ms
    }

    fn phase(&self) -> String {
        self.model.phase(self.tick)
    }

    fn ticks_to_trial_end(&self) -> Tick {
        let trial = self.model.trial_ticks();
        trial - self.tick % trial
    }

    fn adopt(&mut self, params: &dyn Experiment) {
        self.model.adopt(params);
    }

    fn interact(&mut self, _: &Interaction) -> bool {
        false
    }

    fn figures(&self, wanted: &dyn Fn(u16) -> bool) -> Vec<(u16, Figure)> {
        let all = (0..MOST_PANELS).filter(|&panel| wanted(panel));
        all.filter_map(|panel| Some((panel, self.model.figure(panel, self.tick)?))).collect()
    }

    fn fingerprint(&self) -> Fingerprint {
        let weights = self.model.weights();
        self.hasher.fingerprint(self.tick, weights.iter().map(|array| &array.values[..]))
    }

    fn summary(&self) -> Vec<(String, f64)> {
        let rows = self.model.summary(self.tick);
        rows.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
    }

    fn look_ticks(&self) -> Tick {
        self.model.look_ticks()
    }

    fn look(&mut self) {
        self.fault = self.model.look(self.tick);
    }

    fn fault(&self) -> Option<Fault> {
        self.fault.clone()
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.model.learning_curve()
    }

    fn weights(&self) -> Vec<NamedArray> {
        self.model.weights()
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        self.model.load_weights(file)
    }

    fn load_trains(&mut self, trains: &SpikeTrains) -> Result<TrainCounts, String> {
        self.model.load_trains(trains)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn populations(&self) -> Vec<Population> {
        self.model.populations()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn hasher(&mut self) -> &mut Hasher {
        &mut self.hasher
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
