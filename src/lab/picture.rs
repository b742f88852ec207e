//! What a picture of a running network is drawn from: its description with a sample of its synapses, told once, and
//! what happened in it from one frame to the next.
//!
//! Populations, projections and modulators are named by their places in the description. Nothing is worked out but when
//! a frame is made, apart from counting spikes, and a run that nobody draws pays for nothing.

use serde::{Deserialize, Serialize};

use super::Runner;
use super::eligible::{Eligible, Waiting};
use super::levels::LevelWithin;
use super::shades::Shades;
use crate::net::{Network, Projection, Role, Signal, Wiring};
use crate::record::watch::spread;
use crate::record::{ArrayView, Values};
use crate::sim::Tick;

/// Synapses of a projection that are followed.
pub const MOST_SYNAPSES: u32 = 2_000;
/// A weight is told again when it has moved by more than this share of its range.
const VISIBLE: f32 = 1.0 / 200.0;
/// Lists of a description are cut at so many.
const LONGEST_LIST: usize = 500;

/// A network, and those of its synapses that are followed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// The network. Lists of single synapses, spikes and numbers are cut short.
    pub network: Network,
    /// For each of its projections.
    pub samples: Vec<Sample>,
    /// Of a projection among very many neurons all weights.
    pub shades: Option<Shades>,
}

impl Picture {
    /// Whether those of this population are more than inputs.
    pub fn has_answers(&self, population: u16) -> bool {
        let population = self.network.populations.get(usize::from(population));
        population.is_some_and(|p| p.parts.iter().any(|part| part.role != Role::Input))
    }
}

/// Synapses of a projection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// How many weights the projection has in the run; 0 where the run does not tell them.
    pub num_weights: u64,
    /// Some of them, evenly spread.
    pub synapses: Vec<SampledSynapse>,
}

/// A synapse that is followed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampledSynapse {
    /// Its place in the array of weights.
    pub place: u32,
    /// Its sender, counted within those of the projection.
    pub pre: u32,
    /// Its receiver, likewise.
    pub post: u32,
    /// Its weight when the picture was made.
    pub weight: f32,
}

/// What happened in a network in a stretch of simulated time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// From there.
    pub from_ms: f64,
    /// Until there.
    pub to_ms: f64,
    /// All spikes of each population; 0 for those that the run does not tell.
    pub num_spikes: Vec<u64>,
    /// Some of those of neurons that are followed, as they happened.
    pub spikes: Vec<SampledSpike>,
    /// Of so many spikes of neurons that are followed one is here, on average.
    pub one_in: u32,
    /// Weights that have visibly moved since they were told last.
    pub weights: Vec<WeightNow>,
    /// How far they have moved, as shares of their range, on average over all synapses that are followed.
    pub moved: f32,
    /// Levels of modulators that the run tells.
    pub levels: Vec<LevelWithin>,
    /// What waited at synapses for them.
    pub eligibility: Eligible,
}

impl Activity {
    /// What is there at the end of the stretch, as if that were all of it: levels and what waits for them, and no spikes.
    pub fn ending(self) -> Self {
        let long_ms = (self.to_ms - self.from_ms) as f32;
        let end = |level: LevelWithin| LevelWithin::steady(level.modulator, level.at(long_ms));
        Self {
            num_spikes: Vec::new(),
            spikes: Vec::new(),
            levels: self.levels.into_iter().map(end).collect(),
            eligibility: self.eligibility.ending(),
            ..self
        }
    }
}

/// A spike.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampledSpike {
    /// Whose: the population.
    pub population: u16,
    /// And the neuron of it.
    pub neuron: u32,
    /// When, in ms from the beginning of the stretch.
    pub at_ms: f32,
}

/// A weight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightNow {
    /// The projection.
    pub projection: u16,
    /// The synapse, by its place in the projection's sample.
    pub synapse: u16,
    /// The weight now.
    pub weight: f32,
}

/// Follows a run from frame to frame.
pub struct Follower {
    /// How many populations the description has, and where those of the run stand in it.
    num_populations: usize,
    populations: Vec<(u32, Option<u16>)>,
    /// Whether these are inputs and nothing else.
    are_inputs: Vec<bool>,
    followed: Vec<Followed>,
    /// Names of modulators, and the level where it is always the same.
    modulators: Vec<(String, Option<f32>)>,
    waiting: Waiting,
    from: Tick,
}

/// The sample of a projection whose weights a run tells.
struct Followed {
    projection: u16,
    /// Which of the run's arrays has them.
    array: usize,
    /// Between the projection's bounds, if it has both.
    range: Option<f32>,
    /// Places in the array, and the weights as they were told.
    told: Vec<(u32, f32)>,
}

impl Follower {
    /// Begins to follow a run whose network this is.
    pub fn new(network: Network, runner: &mut dyn Runner) -> (Self, Picture) {
        let arrays = runner.weights();
        let samples: Vec<Sample> =
            (0..network.projections.len()).map(|idx| sample(&network, idx, &arrays)).collect();
        let followed = (0..).zip(&network.projections).zip(&samples);
        let followed = followed.filter_map(|((idx, projection), sample)| {
            let array = array_of(projection, &arrays)?;
            let told = sample.synapses.iter().map(|synapse| (synapse.place, synapse.weight));
            let bounds = projection.weights.min.zip(projection.weights.max);
            let range = bounds.map(|(min, max)| (max - min) as f32);
            Some(Followed { projection: idx, array, range, told: told.collect() })
        });
        let followed = followed.collect();
        drop(arrays);
        let place_of = |name: &str| network.populations.iter().position(|p| p.name == name);
        let place_of = |name: &str| place_of(name).map(|place| place as u16);
        let populations = runner.populations();
        let is_input = |name: &str| {
            let parts = network.population(name).map(|population| &population.parts);
            parts.is_some_and(|parts| parts.iter().all(|part| part.role == Role::Input))
        };
        let are_inputs = populations.iter().map(|p| is_input(p.name)).collect();
        let constant = |signal: &Signal| match signal {
            Signal::Constant { level } => Some(*level as f32),
            Signal::Dopamine { .. } | Signal::Success { .. } => None,
        };
        let modulators = network.modulators.iter();
        let mut follower = Self {
            num_populations: network.populations.len(),
            populations: populations.iter().map(|p| (p.size, place_of(p.name))).collect(),
            are_inputs,
            followed,
            modulators: modulators.map(|m| (m.name.clone(), constant(&m.signal))).collect(),
            waiting: waiting(&network, &samples, runner),
            from: runner.now(),
        };
        follower.watch(runner);
        (follower, Picture { network: cut(network), samples, shades: None })
    }

    /// From now on follows this run, which is the same at another tick.
    pub fn watch(&mut self, runner: &mut dyn Runner) {
        let sizes: Vec<u32> = self.populations.iter().map(|(size, _)| *size).collect();
        runner.hasher().watch(&sizes);
        runner.watch_levels();
        self.waiting.forget();
        self.from = runner.now();
    }

    /// The next tick at whose end the run is to be glimpsed at.
    pub fn next_glimpse(&self, now: Tick) -> Tick {
        self.waiting.next_glimpse(now)
    }

    /// Sees what would be over before the next frame.
    pub fn glimpse(&mut self, runner: &dyn Runner) {
        self.waiting.glimpse(&runner.eligibilities());
    }

    /// What has happened since the last time.
    pub fn activity(&mut self, runner: &mut dyn Runner) -> Activity {
        let levels = self.levels(runner);
        let seen = runner.hasher().watched();
        let (dt_ms, from, now) = (runner.dt_ms(), self.from, runner.now());
        let mut num_spikes = vec![0; self.num_populations];
        for (num, (_, place)) in seen.num_spikes.iter().zip(&self.populations) {
            if let Some(place) = place {
                num_spikes[usize::from(*place)] += num;
            }
        }
        let spikes = seen.spikes.iter().filter_map(|&(tick, population, neuron)| {
            let population = self.populations.get(usize::from(population))?.1?;
            let at_ms = (tick.saturating_sub(from) as f64 * dt_ms) as f32;
            Some(SampledSpike { population, neuron, at_ms })
        });
        let spikes = spikes.collect();
        let arrays = runner.weights();
        let (mut weights, mut moved, mut num) = (Vec::new(), 0.0, 0);
        for followed in &mut self.followed {
            num += followed.told.len();
            if let Some(array) = arrays.get(followed.array) {
                moved += followed.tell(&array.values, &mut weights);
            }
        }
        self.from = now;
        Activity {
            from_ms: from as f64 * dt_ms,
            to_ms: now as f64 * dt_ms,
            num_spikes,
            spikes,
            one_in: seen.one_in,
            weights,
            moved: moved / num.max(1) as f32,
            levels,
            eligibility: self.waiting.take(&runner.eligibilities()),
        }
    }

    /// Spikes since the last time of those who are not only inputs; of all, where there are none but inputs.
    pub fn num_answers(&self, runner: &mut dyn Runner) -> u64 {
        let nums = runner.hasher().num_watched();
        let is_answer = |(num, is_input): (&u64, &bool)| if *is_input { 0 } else { *num };
        if self.are_inputs.contains(&false) {
            nums.iter().zip(&self.are_inputs).map(is_answer).sum()
        } else {
            nums.iter().sum()
        }
    }

    /// Modulators as they stand, and what waits for them.
    pub(super) fn standing(&self, runner: &dyn Runner) -> (Vec<LevelWithin>, Eligible) {
        let told = runner.levels();
        let level = |(place, (name, constant)): (u16, &(String, Option<f32>))| {
            let own = told.iter().find(|(of, _)| of == name).map(|(_, level)| *level);
            own.or(*constant).map(|level| LevelWithin::steady(place, level))
        };
        let levels = (0..).zip(&self.modulators).filter_map(level).collect();
        (levels, self.waiting.now(&runner.eligibilities()))
    }

    fn levels(&self, runner: &mut dyn Runner) -> Vec<LevelWithin> {
        let (dt_ms, told) = (runner.dt_ms(), runner.watched_levels());
        let all = (0..).zip(&self.modulators);
        let level = |(place, (name, constant)): (u16, &(String, Option<f32>))| {
            let own = told.iter().find(|seen| seen.name == name);
            let own = own.map(|seen| LevelWithin::seen(place, seen, self.from, dt_ms));
            own.or(constant.map(|level| LevelWithin::steady(place, level)))
        };
        all.filter_map(level).collect()
    }
}

impl Followed {
    /// Adds the weights that have visibly moved, and tells how far in all. Without bounds the range is that of the
    /// sample, before and now, with 0 in it.
    fn tell(&mut self, values: &Values<'_>, moved: &mut Vec<WeightNow>) -> f32 {
        let range = self.range.unwrap_or_else(|| {
            let both = self.told.iter().flat_map(|(place, w)| [*w, values.get(*place as usize)]);
            let ends = both
                .filter(|w| w.is_finite())
                .fold((0.0_f32, 0.0_f32), |(low, high), w| (low.min(w), high.max(w)));
            ends.1 - ends.0
        });
        let mut far = 0.0;
        for (synapse, (place, told)) in (0..).zip(&mut self.told) {
            let weight = values.get(*place as usize);
            let change = (weight - *told).abs();
            if change > VISIBLE * range {
                // One that is no number any more has moved all the way.
                far += (change / range).min(1.0);
                *told = weight;
                moved.push(WeightNow { projection: self.projection, synapse, weight });
            }
        }
        far
    }
}

/// What waits for a modulator in the run's own network.
fn waiting(network: &Network, samples: &[Sample], runner: &dyn Runner) -> Waiting {
    let projections = (0..).zip(network.projections.iter().zip(samples));
    let followed = projections.filter_map(|(idx, (projection, sample))| {
        projection.rule.as_ref()?.eligibility.as_ref()?;
        let places: Vec<u32> = sample.synapses.iter().map(|synapse| synapse.place).collect();
        (!places.is_empty()).then_some((idx, projection.array.clone()?, places))
    });
    let (num, trial_ticks) = (network.projections.len(), runner.ticks_to_trial_end());
    Waiting::new(followed.collect(), num, runner.num_ticks(), trial_ticks)
}

/// Which of the arrays of a run has the weights of a projection.
pub(super) fn array_of(projection: &Projection, arrays: &[ArrayView<'_>]) -> Option<usize> {
    let name = projection.array.as_deref()?;
    arrays.iter().position(|array| array.name == name)
}

/// Synapses of projection number `idx`. Several projections of one array stand in it one after the other, in the order
/// of the description, and each sender by sender.
fn sample(network: &Network, idx: usize, arrays: &[ArrayView<'_>]) -> Sample {
    let projection = &network.projections[idx];
    let Some(array) = array_of(projection, arrays).map(|array| &arrays[array]) else {
        return Sample::default();
    };
    let before = network.projections[..idx].iter().filter(|other| other.array == projection.array);
    let first: u64 = before.filter_map(Projection::num_weights).sum();
    let len = array.values.len() as u64;
    let num = projection.num_weights().unwrap_or(len).min(len.saturating_sub(first));
    let synapse = |nth: u32| {
        let place = first as u32 + nth;
        let (pre, post) = match &array.ends {
            Some(ends) => ends(place as usize),
            None => ends_of(projection, nth)?,
        };
        let is_one = projection.wiring != Wiring::AllToOthers || pre != post;
        let weight = array.values.get(place as usize);
        is_one.then_some(SampledSynapse { place, pre, post, weight })
    };
    let synapses = spread(num as u32, MOST_SYNAPSES).filter_map(synapse).collect();
    Sample { num_weights: num, synapses }
}

/// Sender and receiver of the nth synapse, where the wiring alone says so.
fn ends_of(projection: &Projection, nth: u32) -> Option<(u32, u32)> {
    match &projection.wiring {
        Wiring::AllToAll | Wiring::AllToOthers => {
            let num = projection.to.size.max(1);
            Some((nth / num, nth % num))
        }
        Wiring::OneToOne => Some((nth, nth)),
        Wiring::Listed { pairs } => pairs.get(nth as usize).copied(),
        Wiring::Probability { .. }
        | Wiring::InDegree { .. }
        | Wiring::OutDegree { .. }
        | Wiring::ByDistance { .. }
        | Wiring::ByCircuit { .. } => None,
    }
}

/// The description without the ends of long lists: a picture has a sample of them.
fn cut(mut network: Network) -> Network {
    use crate::net::{Draw, Drive};
    let cut_draw = |draw: &mut Draw| {
        if let Draw::Listed { values } = draw {
            values.truncate(LONGEST_LIST);
        }
    };
    for projection in &mut network.projections {
        if let Wiring::Listed { pairs } = &mut projection.wiring {
            pairs.truncate(LONGEST_LIST);
        }
        cut_draw(&mut projection.weights.start);
    }
    for part in network.populations.iter_mut().flat_map(|population| &mut population.parts) {
        part.start.iter_mut().for_each(|start| cut_draw(&mut start.from));
    }
    for source in &mut network.sources {
        if let Drive::SpikeTimes { spikes } = &mut source.drive {
            spikes.truncate(LONGEST_LIST);
        }
    }
    network
}
