//! Part 1: a network in which the pairings of one synapse are rewarded, seconds later.

use get_size2::GetSize;

use super::DT_MS;
use super::params::{DistalReward, NetworkParams, Reward};
use crate::kit::figure::Blocks;
use crate::lab::param::adopt_live;
use crate::lab::{Model, Population};
use crate::record::{ArrayView, Hasher, RasterLog, TraceLog, WeightsFile};
use crate::sim::fast::{DaNetwork, DaNetworkParams, da_network};
use crate::sim::plasticity::EligibilityParams;
use crate::sim::{Fault, Stream, Tick, TimeGrid};

/// Excitatory neurons, inhibitory ones, and synapses of each.
pub const NUM_EXC: u32 = 800;
pub(super) const NUM_INH: u32 = 200;
pub(super) const NUM_TARGETS: u32 = 100;
/// Who fires, in the order of the fingerprint; the twin stands beside it. Inhibitory neurons follow excitatory ones.
pub const POPULATIONS: [&str; 2] = ["neuron", "twin"];
/// Name and shape of the weights in a file.
pub(super) const WEIGHTS: &str = "excitatory";
const SHAPE: [u32; 2] = [NUM_EXC, NUM_TARGETS];
/// Greatest weight.
pub const S_MAX: f32 = 4.0;
/// The raster reaches back this far, and memory and dopamine this far.
pub const RASTER_MS: Tick = 1_000;
pub const TRACE_MS: Tick = 20_000;
const TRACE_STRIDE: Tick = 40;
/// The memory is drawn so many times as large, since it is small beside dopamine.
const MEMORY_SCALE: f32 = 5.0;
/// A yoked reward comes this much later than the twin's, when nothing of the pairing is remembered.
pub(super) const YOKE_MS: (f32, f32) = (10_000.0, 60_000.0);

/// A network and the pairings of its chosen synapse.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub(super) struct Watched {
    pub(super) network: DaNetwork,
    /// The synapse, and the neurons at its ends.
    pub(super) chosen: u32,
    pre: u32,
    post: u32,
    last_pre: Option<Tick>,
    delays: Stream,
}

impl Watched {
    fn new(p: &NetworkParams, seed: u32) -> Self {
        let params = DaNetworkParams {
            num_exc: NUM_EXC,
            num_inh: NUM_INH,
            num_targets: NUM_TARGETS,
            noise: p.noise,
            s_init: p.s_init,
            s_inh: 1.0,
            rule: EligibilityParams {
                a_plus: 0.1,
                ratio: p.ratio,
                tau_ms: 20.0,
                tau_c_ms: p.tau_c_ms,
                s_max: f64::from(S_MAX),
            },
            tonic: p.tonic,
            tau_n_ms: p.tau_n_ms,
        };
        let mut network = DaNetwork::new(&params, seed);
        // The first synapse of neuron 0 that leads to another neuron.
        let others = (0..NUM_TARGETS).find(|synapse| network.target(*synapse) != 0);
        let chosen = others.unwrap_or(0);
        network.synapses_mut().set_weight(chosen, p.s_chosen as f32);
        let post = network.target(chosen);
        Self { network, chosen, pre: 0, post, last_pre: None, delays: Stream::new(seed, "delays") }
    }

    /// One step; true if the chosen synapse's neurons fired one soon after the other.
    #[inline]
    fn step(&mut self, tick: Tick, interval: Tick) -> (bool, bool) {
        let is_update = self.network.step();
        let (mut has_pre, mut is_pairing) = (false, false);
        for &neuron in self.network.fired() {
            has_pre |= neuron == self.pre;
            // Spikes of one step are no pair.
            let since = self.last_pre.map(|last| tick - last);
            is_pairing |= neuron == self.post && since.is_some_and(|since| since < interval);
        }
        if has_pre {
            self.last_pre = Some(tick);
        }
        (is_update, is_pairing)
    }

    /// Orders the reward for a pairing of this step.
    fn earn(&mut self, tick: Tick, p: &NetworkParams) {
        let (min, max) = (1_000.0 * p.delay_min_s as f32, 1_000.0 * p.delay_max_s as f32);
        let delay = self.delays.between(min, max) as Tick + 1;
        self.network.dopamine.release_at(tick + delay, p.pulse);
    }

    pub(super) fn s(&self) -> f32 {
        self.network.synapses().weight(self.chosen)
    }
}

/// The network and all that was seen of it.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct NetworkRun {
    pub(super) p: NetworkParams,
    pub(super) main: Watched,
    /// Earns the rewards of a yoked run.
    pub(super) twin: Option<Box<Watched>>,
    yoke: Stream,
    pub(super) blocks: Blocks,
    /// At the end of each block: weight of the chosen synapse and of the twin's, mean weight, rate.
    pub(super) s: Vec<f32>,
    pub(super) s_twin: Vec<f32>,
    pub(super) s_mean: Vec<f32>,
    pub(super) rate_hz: Vec<f32>,
    spikes_at_block: u64,
    pub(super) rewards_s: Vec<f32>,
    num_pairings: u32,
    first_cap: Option<Tick>,
    pub(super) raster: RasterLog,
    pub(super) trace: TraceLog,
}

impl NetworkRun {
    /// The network at its first tick.
    pub fn new(p: &NetworkParams, seed: u32) -> Self {
        let num_ticks = TimeGrid::new(DT_MS).ticks_from_ms(p.duration_s * 1_000.0);
        let twin = (p.reward == Reward::Yoked).then(|| Box::new(Watched::new(p, seed)));
        Self {
            p: p.clone(),
            main: Watched::new(p, seed),
            twin,
            yoke: Stream::new(seed, "yoke"),
            blocks: Blocks::new(num_ticks, DT_MS),
            s: Vec::new(),
            s_twin: Vec::new(),
            s_mean: Vec::new(),
            rate_hz: Vec::new(),
            spikes_at_block: 0,
            rewards_s: Vec::new(),
            num_pairings: 0,
            first_cap: None,
            raster: RasterLog::new(RASTER_MS),
            trace: TraceLog::new(2, TRACE_MS, TRACE_STRIDE),
        }
    }

    /// The twin earns rewards with its own pairings, and gives each of them to the other network too, much later.
    fn step_twin(&mut self, tick: Tick, interval: Tick) {
        let Some(twin) = &mut self.twin else { return };
        let before = twin.network.num_releases();
        if twin.step(tick, interval).1 {
            twin.earn(tick, &self.p);
        }
        for _ in before..twin.network.num_releases() {
            let later = self.yoke.between(YOKE_MS.0, YOKE_MS.1) as Tick;
            self.main.network.dopamine.release_at(tick + later, self.p.pulse);
        }
    }

    fn look(&mut self, tick: Tick, is_pairing: bool, is_rewarded: bool) {
        let network = &self.main.network;
        let memory = network.synapses().eligibility(self.main.chosen);
        let values = [MEMORY_SCALE * memory, network.dopamine.level()];
        let marks: &[u32] = match (is_pairing, is_rewarded) {
            (true, true) => &[0, 1],
            (true, false) => &[0],
            (false, true) => &[1],
            (false, false) => &[],
        };
        self.trace.push(tick, &values, marks);
        if self.first_cap.is_none() && self.main.s() >= S_MAX {
            self.first_cap = Some(tick);
        }
    }

    fn end_block(&mut self) {
        self.s.push(self.main.s());
        if let Some(twin) = &self.twin {
            self.s_twin.push(twin.s());
        }
        self.s_mean.push(self.mean_weight() as f32);
        let num_spikes = self.main.network.num_spikes();
        let in_block = (num_spikes - self.spikes_at_block) as f32;
        self.spikes_at_block = num_spikes;
        let block_ticks = self.blocks.block_ticks();
        let neuron_s = (self.main.network.num_neurons() as Tick * block_ticks) as f32 / 1_000.0;
        self.rate_hz.push(in_block / neuron_s);
    }

    fn mean_weight(&self) -> f64 {
        let synapses = self.main.network.synapses();
        synapses.weights().map(f64::from).sum::<f64>() / f64::from(synapses.num_synapses())
    }
}

impl Model for NetworkRun {
    type Params = DistalReward;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        if let Reward::Regular { every_s } = self.p.reward
            && (tick + 1).is_multiple_of(((1_000.0 * every_s) as Tick).max(1))
        {
            self.main.network.dopamine.release_at(tick, self.p.pulse);
        }
        let interval = self.p.interval_ms as Tick;
        let releases_before = self.main.network.num_releases();
        let (is_update, is_pairing) = self.main.step(tick, interval);
        if is_pairing {
            self.num_pairings += 1;
            if self.p.reward == Reward::Contingent {
                self.main.earn(tick, &self.p);
            }
        }
        self.step_twin(tick, interval);
        let fired = self.main.network.fired();
        hasher.spikes(tick, 0, fired);
        if let Some(twin) = &self.twin {
            hasher.beside(tick, 1, twin.network.fired());
        }
        self.raster.push(tick, fired);
        let is_rewarded = self.main.network.num_releases() > releases_before;
        if is_rewarded {
            self.rewards_s.push(tick as f32 / 1_000.0);
        }
        if is_update || is_pairing || is_rewarded {
            self.look(tick, is_pairing, is_rewarded);
        }
        if self.blocks.ends(tick) {
            self.end_block();
        }
    }

    fn num_ticks(&self) -> Tick {
        self.blocks.num_ticks()
    }

    /// One point of the curves.
    fn trial_ticks(&self) -> Tick {
        self.blocks.block_ticks()
    }

    fn phase(&self, _now: Tick) -> String {
        format!("chosen synapse {:.2} mV, {} rewards", self.main.s(), self.rewards_s.len())
    }

    fn adopt(&mut self, params: &DistalReward) {
        adopt_live(&mut self.p, &mut params.clone());
        self.main.network.dopamine.set_tonic(self.p.tonic);
        if let Some(twin) = &mut self.twin {
            twin.network.dopamine.set_tonic(self.p.tonic);
        }
    }

    fn summary(&self, now: Tick) -> Vec<(&'static str, f64)> {
        let synapses = self.main.network.synapses();
        let s = self.main.s();
        let count = |is_in: &dyn Fn(f32) -> bool| {
            let num = synapses.weights().filter(|weight| is_in(*weight)).count();
            num as f64 / f64::from(synapses.num_synapses())
        };
        let seconds = now.max(1) as f64 / 1_000.0;
        let num_neurons = f64::from(self.main.network.num_neurons());
        let mut rows = vec![
            ("synapse_final", f64::from(s)),
            // Half of those that are as strong count as weaker.
            ("synapse_percentile", 100.0 * (count(&|w| w < s) + 0.5 * count(&|w| w == s))),
            ("reached_cap", f64::from(u8::from(self.first_cap.is_some()))),
            (
                "first_cap_s",
                self.first_cap.map_or(f64::NAN, |first_cap| first_cap as f64 / 1_000.0),
            ),
            ("num_rewards", f64::from(self.main.network.num_releases())),
            ("num_pairings", f64::from(self.num_pairings)),
            ("rate_hz", self.main.network.num_spikes() as f64 / num_neurons / seconds),
            ("mean_weight", self.mean_weight()),
            ("share_near_cap", count(&|w| w >= 3.9)),
        ];
        if let Some(twin) = &self.twin {
            rows.push(("synapse_final_twin", f64::from(twin.s())));
            rows.push(("num_rewards_twin", f64::from(twin.network.num_releases())));
        }
        rows
    }

    fn look_ticks(&self) -> Tick {
        da_network::LOOK_TICKS
    }

    /// The network whose rewards a yoked one gets is part of the run.
    fn look(&mut self, _now: Tick) -> Option<Fault> {
        let twin = self.twin.as_mut().and_then(|twin| twin.network.look());
        self.main.network.look().or(twin)
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.s.clone()
    }

    fn populations(&self) -> Vec<Population> {
        let twins = if self.twin.is_some() { NUM_EXC + NUM_INH } else { 0 };
        Population::all(POPULATIONS, [NUM_EXC + NUM_INH, twins])
    }

    fn levels(&self) -> impl Iterator<Item = (&'static str, f32)> {
        let twin = self.twin.iter().map(|twin| ("twin dopamine", twin.network.dopamine.level()));
        std::iter::once(("dopamine", self.main.network.dopamine.level())).chain(twin)
    }

    fn eligibilities(&self) -> Vec<ArrayView<'_>> {
        let synapses = self.main.network.synapses();
        let value = |synapse: usize| synapses.eligibility(synapse as u32);
        vec![ArrayView::worked_out(WEIGHTS, &SHAPE, value)]
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        let synapses = self.main.network.synapses();
        let weight = |synapse: usize| synapses.weight(synapse as u32);
        let ends = |synapse: usize| self.main.network.ends(synapse as u32);
        vec![ArrayView::worked_out(WEIGHTS, &SHAPE, weight).between(ends)]
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let weights = file.array(WEIGHTS, &SHAPE)?;
        if let Some(s) = weights.iter().find(|s| !(0.0..=S_MAX).contains(*s)) {
            return Err(format!(
                "a weight is {s}; weights of this network lie between 0 and {S_MAX}"
            ));
        }
        for (synapse, &s) in (0..).zip(weights) {
            self.main.network.synapses_mut().set_weight(synapse, s);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let p = NetworkParams { duration_s: 100.0, ..NetworkParams::default() };
        let mut run = NetworkRun::new(&p, 1);
        // A weight shows once its neuron fires.
        run.main.network.synapses_mut().set_weight(0, f32::NAN);
        assert_stops(run, 20);
    }
}
