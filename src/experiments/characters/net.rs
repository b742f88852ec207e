//! One face for all networks, so that a run need not know which it drives.

use get_size2::GetSize;

use super::glyphs::{Active, NUM_PIXELS};
use super::params::{Characters, Mode};
use super::spiking::Spiking;
use super::task::Task;
use crate::record::{ArrayView, Changes};
use crate::sim::published::{Race, race};
use crate::sim::{Fault, Tick, TimeGrid};

/// The same of either kind.
macro_rules! each {
    ($kind:expr, $net:ident => $what:expr) => {
        match $kind {
            Kind::Spiking($net) => $what,
            Kind::Race($net) => $what,
        }
    };
}

/// A network for the task.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Net {
    kind: Kind,
    grid: TimeGrid,
    active: Active,
    input_fired: Vec<u32>,
    output_fired: Vec<u32>,
    /// Steps since the presentation began.
    step: Tick,
    /// Of the published spiking networks: nothing but their rule moves their weights.
    changes: Option<Changes>,
}

#[derive(Clone, Debug, PartialEq, GetSize)]
enum Kind {
    Spiking(Box<Spiking>),
    Race(Box<Race>),
}

impl Net {
    /// The network that these parameters name.
    pub fn new(params: &Characters, seed: u32) -> Self {
        let (kind, grid) = match &params.mode {
            Mode::Coded(p) => {
                let shape = [NUM_PIXELS, Task::new(params).num()];
                let race = Race::new(p.race(), shape, p.initial.range(), seed);
                (Kind::Race(Box::new(race)), TimeGrid::new(1.0))
            }
            _ => {
                let (spiking, grid) = Spiking::new(params, seed);
                (Kind::Spiking(Box::new(spiking)), grid)
            }
        };
        let is_counted = matches!(params.mode, Mode::Paper(_) | Mode::Brian(_));
        let weights = each!(&kind, net => net.weights());
        Self {
            grid,
            active: [false; NUM_PIXELS],
            input_fired: Vec::new(),
            output_fired: Vec::new(),
            step: 0,
            changes: is_counted.then(|| Changes::new(weights)),
            kind,
        }
    }

    /// Its step.
    pub fn grid(&self) -> TimeGrid {
        self.grid
    }

    /// Output neurons.
    pub fn num_neurons(&self) -> usize {
        self.potential_mv().len()
    }

    /// Starts a presentation of these active pixels.
    pub fn begin(&mut self, active: Active, is_testing: bool) {
        self.active = active;
        self.step = 0;
        if let Some(changes) = self.changes.as_mut().filter(|_| !is_testing) {
            changes.begin_presentation();
        }
        match &mut self.kind {
            Kind::Spiking(spiking) => spiking.begin(&active, is_testing),
            Kind::Race(race) => race.begin(is_testing),
        }
    }

    /// One step.
    pub fn step(&mut self, is_learning: bool) {
        self.input_fired.clear();
        self.output_fired.clear();
        match &mut self.kind {
            Kind::Spiking(spiking) => {
                if let Some(changes) = &mut self.changes {
                    changes.expect(spiking.network.projections[0].arriving());
                }
                spiking.network.step(is_learning);
                let input_fired = spiking.network.populations[0].fired();
                self.input_fired.extend_from_slice(input_fired);
                self.output_fired.extend_from_slice(spiking.outputs().fired());
                if let Some(changes) = self.changes.as_mut().filter(|_| is_learning) {
                    changes.count(spiking.weights(), &self.output_fired, &self.active);
                }
            }
            Kind::Race(race) => {
                if self.step == 0 {
                    let pixels = 0..NUM_PIXELS as u32;
                    self.input_fired.extend(pixels.filter(|&pixel| self.active[pixel as usize]));
                }
                self.output_fired.extend(race.step(self.step, &self.input_fired));
                if is_learning && self.step + 1 == race::INTERVAL_MS {
                    race.learn(&self.active);
                }
            }
        }
        self.step += 1;
    }

    /// Forgets potentials and spikes under way; what was learned stays.
    pub fn quiet(&mut self) {
        if let Kind::Spiking(spiking) = &mut self.kind {
            spiking.network.quiet();
        }
    }

    /// A success signal arrives.
    pub fn succeed(&mut self, success: f32) {
        if let Kind::Spiking(spiking) = &mut self.kind {
            spiking.input_to_output().succeed(success);
        }
    }

    /// The strongest eligibility of each output's synapses, if these wait for a success signal.
    pub fn eligibility(&self) -> Vec<f32> {
        match &self.kind {
            Kind::Spiking(spiking) => spiking.network.projections[0].eligibility(),
            Kind::Race(_) => Vec::new(),
        }
    }

    /// The eligibility of each synapse onto the outputs, if these wait for a success signal.
    pub fn waiting(&self) -> Option<impl Fn(usize) -> f32 + '_> {
        match &self.kind {
            Kind::Spiking(spiking) => spiking.network.projections[0].waiting(),
            Kind::Race(_) => None,
        }
    }

    /// Inputs that fired in the last step.
    pub fn input_fired(&self) -> &[u32] {
        &self.input_fired
    }

    /// Outputs that fired in the last step.
    pub fn output_fired(&self) -> &[u32] {
        &self.output_fired
    }

    /// Adds the output spikes of the last step.
    pub fn count(&self, spikes: &mut [u32]) {
        self.output_fired.iter().for_each(|&neuron| spikes[neuron as usize] += 1);
    }

    /// Potentials of the outputs.
    pub fn potential_mv(&self) -> &[f32] {
        each!(&self.kind, net => net.potential_mv())
    }

    /// Threshold of output `neuron`.
    pub fn threshold_mv(&self, neuron: usize) -> f32 {
        match &self.kind {
            Kind::Spiking(spiking) => spiking.threshold_mv(neuron),
            Kind::Race(_) => race::THRESHOLD_MV,
        }
    }

    /// `weights[input × num_neurons + neuron]`; inputs beyond the pixels are the silent pixels' own.
    pub fn weights(&self) -> &[f32] {
        each!(&self.kind, net => net.weights())
    }

    /// Inputs, those for silent pixels included.
    pub fn num_inputs(&self) -> usize {
        self.weights().len() / self.num_neurons()
    }

    /// Everything learned.
    pub fn learned(&self) -> Vec<ArrayView<'_>> {
        match &self.kind {
            Kind::Spiking(spiking) => spiking.learned(),
            Kind::Race(race) => {
                let shape = [NUM_PIXELS as u32, self.num_neurons() as u32];
                vec![ArrayView::new("input_to_output", &shape, race.weights())]
            }
        }
    }

    /// Takes over what [`Net::learned`] gives under this name.
    pub fn set_learned(&mut self, name: &str, values: &[f32]) {
        match &mut self.kind {
            Kind::Spiking(spiking) => spiking.set_learned(name, values),
            Kind::Race(race) => race.set_weights(values),
        }
        if let Some(changes) = &mut self.changes {
            changes.set(each!(&self.kind, net => net.weights()));
        }
    }

    /// How often weights grew and shrank in training, as results, where nothing but a rule moves them.
    pub fn changes(&self) -> Vec<(&'static str, f64)> {
        const NAMES: [&str; 4] =
            ["raised_weights", "lowered_weights", "depression_share", "changed_weights_silent"];
        let found = self.changes.as_ref().and_then(Changes::results);
        NAMES.into_iter().zip(found.into_iter().flatten()).collect()
    }

    /// Takes over live parameters. Another mode is another network; the page restarts for it.
    pub fn adopt(&mut self, mode: &Mode) {
        match (&mut self.kind, mode) {
            (Kind::Spiking(spiking), _) => spiking.adopt(mode),
            (Kind::Race(race), Mode::Coded(p)) => race.set_params(p.race()),
            (Kind::Race(_), _) => {}
        }
    }

    /// Looks for what it cannot go on with; `now` steps are done.
    pub fn look(&mut self, now: Tick) -> Option<Fault> {
        each!(&mut self.kind, net => net.look(now))
    }
}
