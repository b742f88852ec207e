//! What flows into neurons over the last stretch of a run: currents as R I, or conductances.

use get_size2::GetSize;

use super::describe::NEURON;
use super::params::{CurrentKind, NeuronKind, Playground, SynapseKind};
use super::seen::FOLLOWED;
use crate::kit::figure::Window;
use crate::net::{Network as Described, Receptor, Synapse};
use crate::record::TraceLog;
use crate::record::figure::Trace;
use crate::sim::Tick;
use crate::sim::network::{Effect, Network};

/// Samples of a figure.
const SAMPLES: Tick = 2_000;

/// One of the things that flow.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
enum Flow {
    /// The current from outside.
    Outside,
    /// The current of a neuron of second order.
    Own,
    /// A conductance of the neurons, of excitation or of inhibition.
    Conductance {
        /// Which.
        excites: bool,
    },
    /// The current of synapses.
    Synapses {
        /// Their place in the network.
        projection: u8,
        /// R I of a current of 1.
        r_mv: f32,
    },
}

impl Flow {
    fn name(self) -> &'static str {
        match self {
            Self::Outside | Self::Own => "current",
            Self::Conductance { excites: true } => "excitation",
            Self::Synapses { r_mv, .. } if r_mv > 0.0 => "excitation",
            Self::Conductance { .. } | Self::Synapses { .. } => "inhibition",
        }
    }
}

/// What flows into the neurons that are followed.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Flows {
    flows: Vec<Flow>,
    kept: u32,
    log: TraceLog,
}

/// There is something to see: synapses that bring more than a jump, or a current that changes.
pub fn flows(p: &Playground) -> bool {
    let changes = !matches!(p.current, CurrentKind::None | CurrentKind::Constant { .. });
    let lasts = match p.neuron {
        NeuronKind::SecondOrder(_) => p.spikes().is_some(),
        _ => p.neuron.has_membrane() && !matches!(p.synapse, SynapseKind::Jump { .. }),
    };
    changes || lasts && p.spikes().is_some()
}

impl Flows {
    /// Nothing so far; of runs in which something flows.
    pub fn new(p: &Playground, described: &Described, window: Tick) -> Option<Self> {
        if !flows(p) {
            return None;
        }
        let to_neurons = (0..).zip(&described.projections);
        let of_synapses = to_neurons.filter(|(_, of)| of.to.population == NEURON).filter_map(
            |(projection, of)| {
                let inhibits = of.receptor == Receptor::Inhibitory;
                match of.synapse {
                    Synapse::Conductance { .. } => Some(Flow::Conductance { excites: !inhibits }),
                    Synapse::Current { area_mv_ms, .. } => {
                        let r_mv = area_mv_ms as f32 * if inhibits { -1.0 } else { 1.0 };
                        Some(Flow::Synapses { projection, r_mv })
                    }
                    Synapse::OneStep { .. } if !inhibits => Some(Flow::Own),
                    _ => None,
                }
            },
        );
        let mut flows: Vec<Flow> = of_synapses.collect();
        // Beside synapses a current from outside is not told apart from theirs everywhere.
        if flows.is_empty() {
            flows.push(Flow::Outside);
        }
        let kept = FOLLOWED.min(p.num_neurons());
        let log = TraceLog::new(kept * flows.len() as u32, window, (window / SAMPLES).max(1));
        Some(Self { flows, kept, log })
    }

    /// A step of these neurons, which stand at this place in the network.
    pub fn see(&mut self, tick: Tick, network: &Network, place: u8) {
        let (flows, kept) = (&self.flows, self.kept as usize);
        let sample = || {
            let mut all = Vec::with_capacity(kept * flows.len());
            for flow in flows {
                flow.add(network, place, kept, &mut all);
            }
            all
        };
        self.log.push_with(tick, sample, &[]);
    }

    /// Into this neuron, over this stretch of time.
    pub fn trace(&self, window: Window, neuron: u32) -> Trace {
        let kept = self.kept;
        let name = |column: u32| self.flows[(column / kept) as usize].name().to_string();
        let mut trace = window.trace(&self.log, name);
        let mut column = 0..;
        trace.series.retain(|_| column.next().is_some_and(|column: u32| column % kept == neuron));
        trace
    }
}

impl Flow {
    fn add(self, network: &Network, place: u8, kept: usize, all: &mut Vec<f32>) {
        let population = &network.populations[usize::from(place)];
        let column = |name: &str| {
            let columns = population.neurons.columns();
            columns.into_iter().find(|(own, _)| *own == name).map(|(_, values)| values)
        };
        let (values, factor) = match self {
            Self::Outside => (population.beside().map(|beside| beside.drive_mv()), 1.0),
            Self::Own => (column("current"), 1.0),
            Self::Conductance { excites: true } => (column("excitatory conductance"), 1.0),
            Self::Conductance { .. } => (column("inhibitory conductance"), 1.0),
            Self::Synapses { projection, r_mv } => {
                let effects = &network.projections[usize::from(projection)].effects;
                let current = effects.iter().find_map(|effect| match effect {
                    Effect::Current(current) | Effect::Drive(current) => Some(current.current()),
                    _ => None,
                });
                (current, r_mv)
            }
        };
        let end = all.len() + kept;
        all.extend(values.into_iter().flatten().take(kept).map(|value| factor * value));
        all.resize(end, f32::NAN);
    }
}
