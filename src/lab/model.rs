//! What runs have in common: they count their ticks, hash their spikes, draw their figures by name, and are copied.
//!
//! An experiment implements [`Model`], one of several parts for each of them, and [`Draw`] for the names of its
//! figures; [`ModelRun`] makes a [`Runner`] of the two. A model knows nothing of figures.

use get_size2::GetSize;

use super::{Experiment, Interaction, Population, Runner};
use crate::record::{
    ArrayView, Figure, Fingerprint, GreyPicture, Hasher, LevelWatch, SeenLevel, SpikeTrains,
    Values, WeightsFile,
};
use crate::sim::encode::TrainCounts;
use crate::sim::{Fault, LOOK_TICKS, Tick};

/// Ticks of one of the blocks into which a run of `num_ticks` is cut, each of which is a point of its curves; at least 1.
pub fn block_ticks(num_ticks: Tick) -> Tick {
    const NUM_BLOCKS: Tick = 200;
    (num_ticks / NUM_BLOCKS).max(1)
}

/// A network and what is seen of it, without a clock of its own. A clone goes on as the original does; what never
/// changes (wiring, spike trains) is behind an `Arc`, so that clones share it.
pub trait Model: Clone + GetSize + Send + Sync + 'static {
    /// The parameters of its experiment.
    type Params: 'static;

    /// Does step number `tick`, counted from 0, and tells `hasher` who fired.
    fn tick(&mut self, tick: Tick, hasher: &mut Hasher);

    /// See [`Runner::num_ticks`].
    fn num_ticks(&self) -> Tick;

    /// Ticks of a trial, of which one follows another from the first tick on: a block of the curves, unless it says.
    fn trial_ticks(&self) -> Tick {
        block_ticks(self.num_ticks())
    }

    /// See [`Runner::ticks_to_trial_end`]; `now` steps are done. To be written where trials are not all as long.
    fn ticks_to_trial_end(&self, now: Tick) -> Tick {
        let trial = self.trial_ticks();
        trial - now % trial
    }

    /// See [`Runner::phase`]; `now` steps are done. Trials are counted, unless there is more to say.
    fn phase(&self, now: Tick) -> String {
        let trial = self.trial_ticks();
        let num = self.num_ticks().div_ceil(trial);
        format!("trial {} of {num}", (now / trial + 1).min(num))
    }

    /// See [`Runner::adopt`].
    fn adopt(&mut self, _params: &Self::Params) {}

    /// From now on this neuron is the one that is looked at closely. Changes nothing that is simulated.
    fn pick(&mut self, _neuron: u32) {}

    /// Whether this is a neuron that can be picked: one of those in its last population, which answers, unless it says.
    fn has_neuron(&self, neuron: u32) -> bool {
        self.populations().last().is_some_and(|population| neuron < population.size)
    }

    /// See [`Runner::summary`]; `now` steps are done.
    fn summary(&self, now: Tick) -> Vec<(&'static str, f64)>;

    /// See [`Runner::look_ticks`].
    fn look_ticks(&self) -> Tick {
        LOOK_TICKS
    }

    /// Looks for values that are not finite, and whatever else the model cannot go on with; `now` steps are done. What is
    /// learned is looked at, unless it says; a model with more state than that looks at all of it.
    fn look(&mut self, now: Tick) -> Option<Fault> {
        let learned = self.weights();
        // A model that works its weights out looks at what it does so from.
        let kept = learned.iter().filter_map(|array| match array.values {
            Values::Lent(values) => Some((array.name, values)),
            Values::WorkedOut(..) => None,
        });
        Fault::non_finite(now, "what is learned", kept)
    }

    /// See [`Runner::learning_curve`].
    fn learning_curve(&self) -> Vec<f32> {
        Vec::new()
    }

    /// See [`Runner::populations`].
    fn populations(&self) -> Vec<Population>;

    /// Levels of modulators by the names of the description, as synapses hear them: what is taken off a signal (a
    /// baseline, its running mean) is off. A level that never changes stands in the description already.
    fn levels(&self) -> impl Iterator<Item = (&'static str, f32)> {
        std::iter::empty()
    }

    /// See [`Runner::eligibilities`]: those that a modulator may still turn into weight.
    fn eligibilities(&self) -> Vec<ArrayView<'_>> {
        Vec::new()
    }

    /// Everything learned, all of which is part of the fingerprint.
    fn weights(&self) -> Vec<ArrayView<'_>>;

    /// What was measured before the first tick and is part of the fingerprint as well, ahead of the weights.
    fn measured(&self) -> Vec<f32> {
        Vec::new()
    }

    /// The values of [`Model::weights`], array by array, where any value may stand that a file gives. Where there is more
    /// to do than to put them there, [`Model::load_weights`] is to be written instead.
    fn weights_mut(&mut self) -> Vec<&mut [f32]> {
        Vec::new()
    }

    /// See [`Runner::load_weights`].
    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let own = self.weights().into_iter();
        let given = own.map(|array| file.array(array.name, &array.shape));
        let given: Vec<&[f32]> = given.collect::<Result<_, _>>()?;
        let places = self.weights_mut();
        if places.len() != given.len() {
            return Err("this run takes no weights".into());
        }
        places.into_iter().zip(given).for_each(|(place, values)| place.copy_from_slice(values));
        Ok(())
    }

    /// See [`Runner::load_trains`].
    fn load_trains(&mut self, _trains: &SpikeTrains) -> Result<TrainCounts, String> {
        Err(super::TAKES_NO_TRAINS.into())
    }

    /// See [`Runner::load_picture`].
    fn load_picture(&mut self, _picture: &GreyPicture) -> Result<(), String> {
        Err(super::TAKES_NO_PICTURE.into())
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
    /// For whoever draws the network.
    levels: Option<LevelWatch>,
    /// Its figures, in the order of their panels.
    figures: Vec<F>,
}

impl<M: Model, F: Draw<M>> ModelRun<M, F> {
    /// A run in steps of `dt_ms`, at its first, with figures in the order of the experiment's panels.
    pub fn new(model: M, dt_ms: f64, figures: impl Into<Vec<F>>) -> Self {
        let (hasher, figures) = (Hasher::default(), figures.into());
        Self { model, dt_ms, tick: 0, hasher, fault: None, levels: None, figures }
    }
}

impl<M: Model, F: Draw<M>> Runner for ModelRun<M, F> {
    fn tick(&mut self) {
        self.model.tick(self.tick, &mut self.hasher);
        if let Some(watch) = &mut self.levels {
            watch.see(self.tick, self.model.levels());
        }
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
        let neuron = match *interaction {
            Interaction::Pick { panel, item } => {
                let figure = self.figures.get(panel as usize);
                figure.and_then(|figure| figure.neuron_at(&self.model, item))
            }
            Interaction::Neuron { neuron } => self.model.has_neuron(neuron).then_some(neuron),
        };
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

    fn load_picture(&mut self, picture: &GreyPicture) -> Result<(), String> {
        self.model.load_picture(picture)
    }

    fn populations(&self) -> Vec<Population> {
        self.model.populations()
    }

    fn hasher(&mut self) -> &mut Hasher {
        &mut self.hasher
    }

    fn watch_levels(&mut self) {
        self.levels = Some(LevelWatch::new(self.tick, self.model.levels()));
    }

    fn levels(&self) -> Vec<(&'static str, f32)> {
        self.model.levels().collect()
    }

    fn watched_levels(&mut self) -> Vec<SeenLevel> {
        let now = self.tick;
        self.levels.as_mut().map_or(Vec::new(), |watch| watch.take(now))
    }

    fn eligibilities(&self) -> Vec<ArrayView<'_>> {
        self.model.eligibilities()
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
