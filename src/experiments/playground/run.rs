//! A network of the visitor's, and what is seen of it.

use get_size2::GetSize;

use super::alike::{Likeness, likeness};
use super::describe::{INHIBITORY, INPUT, INTERNEURON, LEARNED, NEURON, describe};
use super::flow::Flows;
use super::groups::{ADDED, Group, groups};
use super::noisy::Noisy;
use super::params::Playground;
use super::response::Response;
use super::seen::Seen;
use super::tried::TriedRule;
use super::up_down::UpDown;
use crate::kit::figure::Blocks;
use crate::lab::{Model, Population, built};
use crate::record::{ArrayView, Hasher, RasterLog, SpikeTrains, WeightsFile};
use crate::sim::encode::{Source, TrainCounts, Trains};
use crate::sim::network::{Input, Network, Projection, Spikes, Wiring};
use crate::sim::{Fault, Tick, TimeGrid};

/// Weights begin at 1 at most. Where a rule gives them no end, farther than this they mean nothing any more.
const MOST_WEIGHT: f32 = 100.0;

/// The network, and what was seen of it.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PlaygroundRun {
    pub(super) p: Playground,
    network: Network,
    /// Places in the network: inputs, inhibitory inputs and inhibitory neurons, where there are any, and the neurons.
    inputs: Option<u8>,
    inhibitory: Option<u8>,
    interneurons: Option<u8>,
    neurons: u8,
    pub(super) blocks: Blocks,
    pub(super) groups: Vec<Group>,
    pub(super) seen: Seen,
    pub(super) input_log: RasterLog,
    pub(super) inhibitory_log: RasterLog,
    /// Rate per neuron in each block, and how alike the weights of two neurons are at its end.
    pub(super) rate_hz: Vec<f32>,
    pub(super) likeness: Vec<Likeness>,
    in_block: u32,
    pub(super) flows: Option<Flows>,
    /// The same neurons under other currents: from rest, up and down, and under noise.
    pub(super) response: Option<Response>,
    /// The rule, tried at one synapse.
    pub(super) tried: Option<TriedRule>,
    pub(super) up_down: Option<UpDown>,
    pub(super) noisy: Option<Noisy>,
}

impl PlaygroundRun {
    /// The network at its first tick.
    pub fn new(p: &Playground, seed: u32) -> Self {
        let described = describe(p);
        let names: Vec<&str> = described.populations.iter().map(|of| &*of.name).collect();
        let network = built::network(&described, &names, seed);
        // Parameters that pass their checks can be built.
        let mut network = network.unwrap_or_else(|refused| panic!("{refused}"));
        show_weights(p, &mut network);
        let place = |name| names.iter().position(|own| *own == name).map(|place| place as u8);
        let grid = TimeGrid::new(p.dt_ms);
        let window = grid.ticks_from_ms(p.window_ms());
        let neurons = place(NEURON).expect("there are neurons");
        network.populations[usize::from(neurons)].look_beside(p.neuron.is_leaky());
        let mut groups = groups(p, p.spikes().and(excitation(&network)));
        let start = excitation(&network).map_or(&[][..], |of| of.weights());
        groups.iter_mut().for_each(|group| group.begin(start));
        Self {
            p: p.clone(),
            inputs: place(INPUT),
            inhibitory: place(INHIBITORY),
            interneurons: place(INTERNEURON),
            neurons,
            blocks: Blocks::new(p.num_ticks(), p.dt_ms),
            groups,
            seen: Seen::new(p, &network.populations[usize::from(neurons)], window),
            input_log: RasterLog::new(window),
            inhibitory_log: RasterLog::new(window),
            rate_hz: Vec::new(),
            likeness: Vec::new(),
            in_block: 0,
            flows: Flows::new(p, &described, window),
            response: Response::new(p, seed),
            tried: TriedRule::new(p),
            up_down: UpDown::new(p, seed),
            noisy: Noisy::new(p, seed),
            network,
        }
    }

    /// The synapses that may learn, if there are any.
    pub fn excitation(&self) -> Option<&Projection> {
        self.inputs.and(excitation(&self.network))
    }

    fn end_block(&mut self) {
        let seconds = self.blocks.block_s() as f32;
        self.rate_hz.push(self.in_block as f32 / seconds / self.p.num_neurons() as f32);
        self.in_block = 0;
        let Some(of) = self.inputs.and(excitation(&self.network)) else { return };
        self.groups.iter_mut().for_each(|group| group.end_block(of.weights()));
        if self.p.num_neurons() > 1 && matches!(of.wiring(), Wiring::Dense { .. }) {
            self.likeness.push(likeness(of.weights(), self.p.num_neurons() as usize));
        }
    }
}

/// Weights that are all the same and do not learn are held as one number: here each is to be seen.
fn show_weights(p: &Playground, network: &mut Network) {
    if p.spikes().is_none() {
        return;
    }
    if let Some(of) = network.projections.first_mut() {
        of.give_each_a_weight();
    }
}

/// The synapses of the inputs, which stand first.
fn excitation(network: &Network) -> Option<&Projection> {
    network.projections.first()
}

impl Model for PlaygroundRun {
    type Params = Playground;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        self.network.step(true);
        let populations = &self.network.populations;
        let log = |place: Option<u8>, log: &mut RasterLog, hasher: &mut Hasher| {
            if let Some(place) = place {
                let fired = populations[usize::from(place)].fired();
                hasher.spikes(tick, place, fired);
                log.push(tick, fired);
            }
        };
        log(self.inputs, &mut self.input_log, hasher);
        log(self.inhibitory, &mut self.inhibitory_log, hasher);
        let neurons = &populations[usize::from(self.neurons)];
        hasher.spikes(tick, self.neurons, neurons.fired());
        if let Some(place) = self.interneurons {
            hasher.spikes(tick, place, populations[usize::from(place)].fired());
        }
        self.in_block += neurons.fired().len() as u32;
        self.seen.see(tick, neurons);
        if let Some(flows) = &mut self.flows {
            flows.see(tick, &self.network, self.neurons);
        }
        if self.blocks.ends(tick) {
            self.end_block();
        }
        if let Some(response) = &mut self.response {
            response.go_on();
        }
        if let Some(up_down) = &mut self.up_down {
            up_down.go_on();
        }
        if let Some(noisy) = &mut self.noisy {
            noisy.go_on();
        }
    }

    fn num_ticks(&self) -> Tick {
        self.blocks.num_ticks()
    }

    fn phase(&self, _: Tick) -> String {
        if self.seen.is_silent() && self.rate_hz.len() > 20 {
            return "silent so far: raise the excitation or the current".into();
        }
        // The rate of a neuron in a thousandth of a second says nothing.
        if self.p.spikes().is_none() {
            return match self.seen.num_spikes() {
                1 => "1 spike".into(),
                num => format!("{num} spikes"),
            };
        }
        format!("{:.1} Hz", self.rate_hz.last().copied().unwrap_or(0.0))
    }

    fn adopt(&mut self, p: &Playground) {
        self.p = p.clone();
        self.tried = TriedRule::new(p);
        let Some(spikes) = p.spikes() else { return };
        for projection in &mut self.network.projections {
            projection.set_pair_params(spikes.learning.pair_params());
        }
    }

    fn pick(&mut self, neuron: u32) {
        self.seen.chosen = neuron;
    }

    fn has_neuron(&self, neuron: u32) -> bool {
        neuron < self.p.num_neurons()
    }

    fn summary(&self, now: Tick) -> Vec<(&'static str, f64)> {
        let seconds = now as f64 * self.p.dt_ms / 1_000.0;
        let mut rows = self.seen.summary(seconds);
        if let Some(of) = self.excitation() {
            let weights = of.weights();
            let num = of.num_synapses() as f64;
            let share =
                |is_in: fn(f32) -> bool| weights.iter().filter(|w| is_in(**w)).count() as f64 / num;
            rows.push(("mean_weight", weights.iter().map(|w| f64::from(*w)).sum::<f64>() / num));
            rows.push(("share_below_0_1", share(|w| w < 0.1)));
            rows.push(("share_above_0_9", share(|w| w > 0.9)));
            let added = self.groups.last().filter(|group| group.label == ADDED);
            if let Some(added) = added {
                rows.push(("mean_weight_added", added.mean_of(weights)));
            }
            if let [group, others, ..] = &self.groups[..]
                && others.label != ADDED
            {
                let means = [group, others].map(|of| of.mean_of(weights));
                rows.push(("mean_weight_correlated", means[0]));
                rows.push(("mean_weight_uncorrelated", means[1]));
                rows.push(("selectivity", means[0] - means[1]));
            }
            if let Some(likeness) = self.likeness.last() {
                rows.push(("likeness", f64::from(likeness.correlation)));
            }
            if let (Some(tried), Some(spikes)) = (&self.tried, self.p.spikes()) {
                rows.extend(tried.summary([spikes.rate_hz, rows[0].1]));
            }
        }
        rows
    }

    fn look(&mut self, now: Tick) -> Option<Fault> {
        self.network.look().or_else(|| {
            let is_open = self.p.spikes()?.learning.rule.is_unbounded();
            let weights = self.excitation().filter(|_| is_open)?.weights();
            Fault::runaway_weight(now, NEURON, weights, MOST_WEIGHT)
        })
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.rate_hz.clone()
    }

    fn populations(&self) -> Vec<Population> {
        let all = [
            (self.inputs, INPUT),
            (self.inhibitory, INHIBITORY),
            (Some(self.neurons), NEURON),
            (self.interneurons, INTERNEURON),
        ];
        let size = |place: u8| self.network.populations[usize::from(place)].len() as u32;
        let there = all.into_iter().filter_map(|(place, name)| Some((size(place?), name)));
        there.map(|(size, name)| Population { name, size }).collect()
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        let Some(of) = self.excitation() else { return Vec::new() };
        let weights = of.weights();
        vec![match of.wiring() {
            Wiring::Dense { num_post } => {
                let num_pre = weights.len() as u32 / num_post;
                ArrayView::new(LEARNED, &[num_pre, *num_post], weights)
            }
            Wiring::Sparse(_) => {
                ArrayView::row(LEARNED, weights).between(|synapse| of.ends(synapse))
            }
        }]
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let shape = self.weights().first().map(|own| own.shape.clone());
        let (Some(shape), Some(spikes)) = (shape, self.p.spikes()) else {
            return Err("without input spikes there are no weights to load".into());
        };
        let weights = file.array(LEARNED, &shape)?;
        let has_ends = !spikes.learning.rule.is_unbounded();
        if let Some(w) = weights.iter().find(|w| has_ends && !(0.0..=1.0).contains(*w)) {
            return Err(format!("a weight is {w}; weights of these neurons lie between 0 and 1"));
        }
        self.network.projections[0].set_weights(weights);
        self.groups.iter_mut().for_each(|group| group.begin(weights));
        Ok(())
    }

    /// Takes the spikes of the inputs from a list; after its end they are silent.
    fn load_trains(&mut self, trains: &SpikeTrains) -> Result<TrainCounts, String> {
        let (Some(place), Some(spikes)) = (self.inputs, self.p.spikes()) else {
            return Err("without input spikes there is nobody to fire as the file says".into());
        };
        let grid = TimeGrid::new(self.p.dt_ms);
        let num_ticks = self.blocks.num_ticks();
        let (trains, counts) = Trains::new(trains.spikes(), spikes.num_inputs, num_ticks, grid);
        let inputs = &mut self.network.inputs;
        // A third group goes on as it was.
        let is_added = |input: &Input| input.first().is_some_and(|at| at >= spikes.num_inputs);
        inputs.retain(|input| input.population() != place || is_added(input));
        inputs.insert(0, Input::Spikes(Spikes::new(place, 0, Source::Trains(trains))));
        Ok(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = PlaygroundRun::new(&Playground::default(), 1);
        run.network.projections[0].set_weights(&[f32::NAN; 100]);
        assert_stops(run, 1);
    }
}
