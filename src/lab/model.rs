//! What runs have in common: they count their ticks, hash their spikes, draw their figures by name, and are copied.
//!
//! An experiment implements [`Model`], one of several parts for each of them, and [`Draw`] for the names of its
//! figures; [`ModelRun`] makes a [`Runner`] of the two. A model knows nothing of figures.

use get_size2::GetSize;

use super::{Experiment, Interaction, Population, Runner};
use crate::record::{ArrayView, Figure, Fingerprint, Hasher, SpikeTrains, WeightsFile};
use crate::sim::encode::TrainCounts;
use crate::sim::{Fault, LOOK_TICKS, Tick};

/// A network and what is seen of it, without a clock of its own. A clone goes on as the original does; what never
/// changes (wiring, spike trains) is behind an `Arc`, so that clones share it.
pub trait Model: Clone + GetSize + Send + Sync + 'static {
    /// The parameters of its experiment.
    type Params: 'static;

    /// Does step number `tick`, counted from 0, and tells `hasher` who fired.
    fn tick(&mut self, tick: Tick, hasher: &mut Hasher);

    /// See [`Runner::num_ticks`].
    fn num_ticks(&self) -> Tick;

    /// Ticks of a trial, of which one follows another from the first tick on.
    fn trial_ticks(&self) -> Tick;

    /// See [`Runner::ticks_to_trial_end`]; `now` steps are done. To be written where trials are not all as long.
    fn ticks_to_trial_end(&self, now: Tick) -> Tick {
        let trial = self.trial_ticks();
        trial - now % trial
    }

    /// See [`Runner::phase`]; `now` steps are done.
    fn phase(&self, now: Tick) -> String;

    /// See [`Runner::adopt`].
    fn adopt(&mut self, _params: &Self::Params) {}

    /// From now on this neuron is the one that is looked at closely. Changes nothing that is simulated.
    fn pick(&mut self, _neuron: u32) {}

    /// See [`Runner::summary`]; `now` steps are done.
    fn summary(&self, now: Tick) -> Vec<(&'static str, f64)>;

    /// See [`Runner::look_ticks`].
    fn look_ticks(&self) -> Tick {
        LOOK_TICKS
    }

    /// Looks for values that are not finite, and whatever else the model cannot go on with; `now` steps are done.
    fn look(&mut self, now: Tick) -> Option<Fault>;

    /// See [`Runner::learning_curve`].
    fn learning_curve(&self) -> Vec<f32> {
        Vec::new()
    }

    /// See [`Runner::populations`].
    fn populations(&self) -> Vec<Population>;

    /// See [`Runner::levels`]. A level that never changes stands in the description already.
    fn levels(&self) -> Vec<(&'static str, f32)> {
        Vec::new()
    }

    /// Everything learned, all of which is part of the fingerprint.
    fn weights(&self) -> Vec<ArrayView<'_>>;

    /// What was measured before the first tick and is part of the fingerprint as well, ahead of the weights.
    fn measured(&self) -> Vec<f32> {
        Vec::new()
    }

    /// See [`Runner::load_weights`].
    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String>;

    /// See [`Runner::load_trains`].
    fn load_trains(&mut self, _trains: &SpikeTrains) -> Result<TrainCounts, String> {
        Err(super::TAKES_NO_TRAINS.into())
    }
}

/// The names of a model's figures: an enum, a variant for each.
pub trait Draw<M>: Copy + Send + Sync + 'static {
    /// The figure after `now` steps.
    fn draw(self, run: &M, now: Tick) -> Figure;

    /// The neuron that a click on item `item` of this figure picks, if there is one.
    fn neuron_at(self, _run: &M, _item: u32) -> Option<u32> {
        None
    }
}

/// The run of a model.
#[derive(Clone)]
pub struct ModelRun<M, F: 'static> {
    model: M,
    dt_ms: f64,
    tick: Tick,
    hasher: Hasher,
    fault: Option<Fault>,
    /// Its figures, in the order of their panels.
    figures: Vec<F>,
}

impl<M: Model, F: Draw<M>> ModelRun<M, F> {
    /// A run in steps of `dt_ms`, at its first, with figures in the order of the experiment's panels.
    pub fn new(model: M, dt_ms: f64, figures: impl Into<Vec<F>>) -> Self {
        let (hasher, figures) = (Hasher::default(), figures.into());
        Self { model, dt_ms, tick: 0, hasher, fault: None, figures }
    }
}

impl<M: Model, F: Draw<M>> Runner for ModelRun<M, F> {
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
        self.model.ticks_to_trial_end(self.tick)
    }

    fn adopt(&mut self, params: &dyn Experiment) {
        let params = params.as_any().downcast_ref().expect("parameters of this experiment");
        self.model.adopt(params);
    }

    fn interact(&mut self, interaction: &Interaction) -> bool {
        let Interaction::Pick { panel, item } = *interaction;
        let figure = self.figures.get(panel as usize);
        let neuron = figure.and_then(|figure| figure.neuron_at(&self.model, item));
        neuron.map(|neuron| self.model.pick(neuron)).is_some()
    }

    fn figures(&self, wanted: &dyn Fn(u16) -> bool) -> Vec<(u16, Figure)> {
        let all = (0..).zip(&self.figures).filter(|(panel, _)| wanted(*panel));
        all.map(|(panel, figure)| (panel, figure.draw(&self.model, self.tick))).collect()
    }

    fn fingerprint(&self) -> Fingerprint {
        let (measured, weights) = (self.model.measured(), self.model.weights());
        let weights = weights.iter().flat_map(|array| array.values.iter());
        self.hasher.fingerprint(self.tick, measured.into_iter().chain(weights))
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

    fn weights(&self) -> Vec<ArrayView<'_>> {
        self.model.weights()
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        self.model.load_weights(file)
    }

    fn load_trains(&mut self, trains: &SpikeTrains) -> Result<TrainCounts, String> {
        self.model.load_trains(trains)
    }

    fn populations(&self) -> Vec<Population> {
        self.model.populations()
    }

    fn hasher(&mut self) -> &mut Hasher {
        &mut self.hasher
    }

    fn levels(&self) -> Vec<(&'static str, f32)> {
        self.model.levels()
    }

    fn boxed_clone(&self) -> Box<dyn Runner> {
        Box::new(self.clone())
    }

    fn state_bytes(&self) -> usize {
        size_of::<Self>() + self.model.get_heap_size() + size_of_val(&self.figures[..])
    }
}

/// The name of no figure, for tests of models.
#[cfg(test)]
#[derive(Clone, Copy)]
pub enum NoFigure {}

#[cfg(test)]
impl<M> Draw<M> for NoFigure {
    fn draw(self, _: &M, _: Tick) -> Figure {
        match self {}
    }
}
