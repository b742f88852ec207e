//! The whole of a description.

use super::modulator::Modulator;
use super::population::{Adaptation, Members, Population};
use super::projection::Projection;
use super::schedule::{Schedule, Update};
use super::source::{Drive, Source};

described! {
    /// A network.
    pub struct Network {
        /// The step.
        dt_ms: f64 [Ms],
        /// Who fires.
        populations: Vec<Population> [None],
        /// What drives them.
        sources: Vec<Source> [None],
        /// How they are connected.
        projections: Vec<Projection> [None],
        /// What tells them how well they do.
        modulators: Vec<Modulator> [None],
        /// What is shown when.
        schedule: Schedule [None],
        /// In which order a step happens.
        update: Update [None],
    }
}

impl Network {
    /// Nobody yet, who is shown this.
    pub fn new(dt_ms: f64, schedule: Schedule) -> Self {
        Self {
            dt_ms,
            populations: Vec::new(),
            sources: Vec::new(),
            projections: Vec::new(),
            modulators: Vec::new(),
            schedule,
            update: Update::Standard,
        }
    }

    /// Nobody yet, who runs for so long without trials.
    pub fn continuous(dt_ms: f64, duration_ms: f64) -> Self {
        Self::new(dt_ms, Schedule::continuous(duration_ms))
    }

    /// Adds what drives these.
    pub fn drive(&mut self, name: &str, to: Members, drive: Drive) {
        self.sources.push(Source { name: name.into(), to, drive });
    }

    /// The population of this name.
    pub fn population(&self, name: &str) -> Option<&Population> {
        self.populations.iter().find(|population| population.name == name)
    }

    /// Whether it is one neuron, without synapses.
    pub fn is_one_neuron(&self) -> bool {
        self.projections.is_empty() && self.populations.iter().map(|of| of.size).sum::<u32>() == 1
    }

    /// Whether anything is kept of what it learns: weights, or raised thresholds.
    pub fn is_kept(&self) -> bool {
        self.projections.iter().any(|projection| projection.array.is_some())
            || self.populations.iter().any(|population| match &population.adaptation {
                Some(Adaptation::Steady { array, .. } | Adaptation::Relaxing { array, .. }) => {
                    array.is_some()
                }
                None => false,
            })
    }

    /// Members by name: `input`, or where these are not all `input[15..30]`.
    pub fn name_of(&self, members: &Members) -> String {
        let is_all = |p: &Population| members.first == 0 && members.size == p.size;
        match self.population(&members.population) {
            Some(population) if is_all(population) => population.name.clone(),
            _ => members.to_string(),
        }
    }
}
