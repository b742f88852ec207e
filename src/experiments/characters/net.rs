//! One face for all networks, so that a run need not know which it drives.

use get_size2::GetSize;

use super::changes::Changes;
use super::coded::{self, Coded};
use super::glyphs::NUM_PIXELS;
use super::params::{Characters, Mode};
use super::spiking::Spiking;
use crate::sim::{Fault, Tick, TimeGrid};

/// Which pixels of a glyph make their inputs fire.
pub type Active = [bool; NUM_PIXELS];

/// A network for the task.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Net {
    kind: Kind,
    grid: TimeGrid,
    num_neurons: u32,
    active: [bool; NUM_PIXELS],
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
    Coded(Box<Coded>),
}

impl Net {
    /// The network that these parameters name.
    pub fn new(params: &Characters, num_neurons: usize, seed: u32) -> Self {
        let (kind, grid) = match &params.mode {
            Mode::Fixed(p) => {
                let (spiking, grid) = Spiking::fixed(p, num_neurons, seed);
                (Kind::Spiking(Box::new(spiking)), grid)
            }
            Mode::Reward(p) => {
                let (spiking, grid) = Spiking::rewarded(p, num_neurons, seed);
                (Kind::Spiking(Box::new(spiking)), grid)
            }
            Mode::Paper(p) => {
                let (spiking, grid) = Spiking::paper(p, num_neurons, seed);
                (Kind::Spiking(Box::new(spiking)), grid)
            }
            Mode::Brian(p) => {
                let (spiking, grid) = Spiking::brian(p, num_neurons, seed);
                (Kind::Spiking(Box::new(spiking)), grid)
            }
            Mode::Coded(p) => {
                let race = Coded::new(p.clone(), num_neurons, seed);
                (Kind::Coded(Box::new(race)), TimeGrid::new(1.0))
            }
        };
        let changes = match &kind {
            Kind::Spiking(spiking) if matches!(params.mode, Mode::Paper(_) | Mode::Brian(_)) => {
                Some(Changes::new(spiking.weights()))
            }
            _ => None,
        };
        let active = [false; NUM_PIXELS];
        let (input_fired, output_fired) = (Vec::new(), Vec::new());
        Self {
            kind,
            grid,
            num_neurons: num_neurons as u32,
            active,
            input_fired,
            output_fired,
            step: 0,
            changes,
        }
    }

    /// Its step.
    pub fn grid(&self) -> TimeGrid {
        self.grid
    }

    /// Output neurons.
    pub fn num_neurons(&self) -> usize {
        self.num_neurons as usize
    }

    /// Starts a presentation of these active pixels.
    pub fn begin(&mut self, active: [bool; NUM_PIXELS], is_testing: bool) {
        self.active = active;
        self.step = 0;
        if let Some(changes) = self.changes.as_mut().filter(|_| !is_testing) {
            changes.begin_presentation();
        }
        match &mut self.kind {
            Kind::Spiking(spiking) => spiking.begin(&active, is_testing),
            Kind::Coded(race) => race.begin(is_testing),
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
                spiking.step(is_learning);
                self.input_fired.extend_from_slice(spiking.input_fired());
                self.output_fired.extend_from_slice(spiking.output_fired());
                if let Some(changes) = self.changes.as_mut().filter(|_| is_learning) {
                    changes.count(spiking.weights(), &self.output_fired, &self.active);
                }
            }
            Kind::Coded(race) => {
                if self.step == 0 {
                    let pixels = 0..NUM_PIXELS as u32;
                    self.input_fired.extend(pixels.filter(|&pixel| self.active[pixel as usize]));
                }
                self.output_fired.extend(race.step(self.step, &self.input_fired));
                if is_learning && self.step + 1 == coded::INTERVAL_MS {
                    race.learn(&self.active);
                }
            }
        }
        self.step += 1;
    }

    /// Forgets potentials and spikes under way; what was learned stays.
    pub fn quiet(&mut self) {
        if let Kind::Spiking(spiking) = &mut self.kind {
            spiking.quiet();
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
            Kind::Coded(_) => Vec::new(),
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

    /// Potentials of the outputs.
    pub fn potential_mv(&self) -> &[f32] {
        match &self.kind {
            Kind::Spiking(spiking) => spiking.potential_mv(),
            Kind::Coded(race) => race.potential_mv(),
        }
    }

    /// Threshold of output `neuron`.
    pub fn threshold_mv(&self, neuron: usize) -> f32 {
        match &self.kind {
            Kind::Spiking(spiking) => spiking.threshold_mv(neuron),
            Kind::Coded(_) => coded::THRESHOLD_MV,
        }
    }

    /// `weights[input × num_neurons + neuron]`; inputs beyond the pixels are the silent pixels' own.
    pub fn weights(&self) -> &[f32] {
        match &self.kind {
            Kind::Spiking(spiking) => spiking.weights(),
            Kind::Coded(race) => race.weights(),
        }
    }

    /// Inputs, those for silent pixels included.
    pub fn num_inputs(&self) -> usize {
        self.weights().len() / self.num_neurons()
    }

    /// Everything learned: name, shape, values.
    pub fn learned(&self) -> Vec<(&'static str, Vec<u32>, &[f32])> {
        match &self.kind {
            Kind::Spiking(spiking) => spiking.learned(),
            Kind::Coded(race) => {
                let shape = vec![NUM_PIXELS as u32, self.num_neurons];
                vec![("input_to_output", shape, race.weights())]
            }
        }
    }

    /// Takes over what [`Net::learned`] gives under this name.
    pub fn set_learned(&mut self, name: &str, values: &[f32]) {
        match &mut self.kind {
            Kind::Spiking(spiking) => spiking.set_learned(name, values),
            Kind::Coded(race) => race.set_weights(values),
        }
        if let (Some(changes), Kind::Spiking(spiking)) = (&mut self.changes, &self.kind) {
            changes.set(spiking.weights());
        }
    }

    /// How often weights grew and shrank in training, as results, where nothing but a rule moves them.
    pub fn changes(&self) -> Vec<(&'static str, f64)> {
        self.changes.as_ref().map_or(Vec::new(), Changes::results)
    }

    /// Takes over live parameters of the same mode.
    pub fn adopt(&mut self, mode: &Mode) {
        match (&mut self.kind, mode) {
            (Kind::Spiking(spiking), Mode::Fixed(p)) => spiking.adopt_fixed(p),
            (Kind::Spiking(spiking), Mode::Reward(p)) => spiking.adopt_fixed(&p.net),
            (Kind::Spiking(spiking), Mode::Paper(p)) => spiking.adopt_rules(p.rules()),
            (Kind::Spiking(spiking), Mode::Brian(p)) => spiking.adopt_rules(p.rules()),
            (Kind::Coded(race), Mode::Coded(p)) => race.set_params(p.clone()),
            // Another mode is another network; the page restarts for it.
            _ => {}
        }
    }

    /// Looks for what it cannot go on with; `now` steps are done.
    pub fn look(&mut self, now: Tick) -> Option<Fault> {
        match &mut self.kind {
            Kind::Spiking(spiking) => spiking.look(),
            Kind::Coded(race) => {
                let columns = [("a weight", race.weights()), ("potential", race.potential_mv())];
                Fault::non_finite(now, "outputs", columns)
            }
        }
    }
}

/// Adds the spikes of a step.
pub fn count(net: &Net, spikes: &mut [u32]) {
    net.output_fired().iter().for_each(|&neuron| spikes[neuron as usize] += 1);
}
