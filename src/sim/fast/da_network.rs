//! A recurrent network of Izhikevich neurons whose excitatory synapses learn by dopamine-modulated STDP.
//!
//! **Equations.** Those of [`Izhikevich`], [`EligibilityColumns`] and [`Dopamine`]. A spike adds its synapse's weight to
//! I of its target in the next step, so that the delay is 1 ms. I is noise besides, anew in every step for every neuron:
//! `noise` · (U − ½) with U uniform.
//!
//! **State.** Excitatory neurons come first. Synapse k of neuron i has the index i · `num_targets` + k.
//!
//! **Source.** Izhikevich (2007, doi:10.1093/cercor/bhl152) and its published program.
//!
//! **Method.** Steps of 1 ms in this order: dopamine, membranes, traces, spikes (transmission, depression, potentiation),
//! resets, and every tenth step the weights. Four U come from 64 random bits, each with 16 bits, the middle of its
//! interval.

use get_size2::GetSize;

use crate::fault::{Fault, SpikeCount};
use crate::lanes::fill_from_u16s;
use crate::neuron::{Izhikevich, IzhikevichParams};
use crate::plasticity::eligibility::UPDATE_TICKS;
use crate::plasticity::{Decay, Dopamine, EligibilityColumns, EligibilityParams};
use crate::{Stream, Tick, TimeGrid};

/// The network's size and constants.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct DaNetworkParams {
    /// Excitatory neurons, with plastic synapses onto any neuron.
    pub num_exc: u32,
    /// Inhibitory neurons, with fixed synapses onto excitatory ones.
    pub num_inh: u32,
    /// Synapses of each neuron; targets are drawn with replacement.
    pub num_targets: u32,
    /// Width of the noise in mV/ms.
    pub noise: f64,
    /// Initial weight of the plastic synapses.
    pub s_init: f64,
    /// Weight of the inhibitory synapses, positive.
    pub s_inh: f64,
    /// The rule.
    pub rule: EligibilityParams,
    /// Tonic dopamine.
    pub tonic: f64,
    /// Decay of a pulse.
    pub tau_n_ms: f64,
}

/// More than this no neuron of the model fires for long.
const LIMIT_HZ: f32 = 200.0;
/// The network's name in messages.
const POPULATION: &str = "network";
/// Steps between two looks at rates and values.
pub const LOOK_TICKS: Tick = 1_000;

/// The network.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct DaNetwork {
    /// Dopamine, to be released from outside.
    pub dopamine: Dopamine,
    num_exc: u32,
    num_targets: u32,
    noise: f32,
    s_inh: f32,
    tick: Tick,
    neurons: Izhikevich,
    synapses: EligibilityColumns,
    /// Of all neurons, one after the other.
    targets: Vec<u16>,
    /// Where the incoming synapses of each neuron begin, and after the last one where they end.
    incoming_starts: Vec<u32>,
    /// Plastic synapses ordered by their targets, each with its presynaptic neuron.
    incoming: Vec<(u32, u32)>,
    stream: Stream,
    fired: Vec<u32>,
    num_spikes: u64,
    num_releases: u32,
    since_look: SpikeCount,
}

impl DaNetwork {
    /// A network at its first step, with wiring and noise from `seed`.
    ///
    /// # Panics
    /// If there are more than 65,536 neurons.
    pub fn new(params: &DaNetworkParams, seed: u32) -> Self {
        let grid = TimeGrid::new(1.0);
        let DaNetworkParams { num_exc, num_inh, num_targets, .. } = *params;
        let num = num_exc + num_inh;
        assert!(num <= 1 << 16, "{num} neurons do not fit into 16 bits");
        let mut wiring = Stream::new(seed, "wiring");
        let mut draw = |sources: u32, bound: u32| -> Vec<u16> {
            (0..sources * num_targets).map(|_| wiring.below(bound) as u16).collect()
        };
        let mut targets = draw(num_exc, num);
        let (incoming_starts, incoming) = incoming(&targets, num, num_targets);
        targets.extend(draw(num_inh, num_exc));
        let mut kinds = vec![IzhikevichParams::REGULAR_SPIKING; num_exc as usize];
        kinds.resize(num as usize, IzhikevichParams::FAST_SPIKING);
        let num_plastic = (num_exc * num_targets) as usize;
        let mut network = Self {
            dopamine: Dopamine::new(params.tonic, params.tau_n_ms, Decay::Euler, grid),
            num_exc,
            num_targets,
            noise: params.noise as f32,
            s_inh: params.s_inh as f32,
            tick: 0,
            neurons: Izhikevich::new(&kinds),
            synapses: EligibilityColumns::new(
                num as usize,
                num_plastic,
                params.s_init,
                params.rule,
                grid,
            ),
            targets,
            incoming_starts,
            incoming,
            stream: Stream::new(seed, "noise"),
            fired: Vec::new(),
            num_spikes: 0,
            num_releases: 0,
            since_look: SpikeCount::default(),
        };
        network.draw_noise();
        network
    }

    /// Neurons that fired in the last step, in order.
    pub fn fired(&self) -> &[u32] {
        &self.fired
    }

    /// The plastic synapses.
    pub fn synapses(&self) -> &EligibilityColumns {
        &self.synapses
    }

    /// The plastic synapses, for weights of their own.
    pub fn synapses_mut(&mut self) -> &mut EligibilityColumns {
        &mut self.synapses
    }

    /// The neuron that synapse `synapse` leads to.
    pub fn target(&self, synapse: u32) -> u32 {
        u32::from(self.targets[synapse as usize])
    }

    /// Spikes so far.
    pub fn num_spikes(&self) -> u64 {
        self.num_spikes
    }

    /// Releases of dopamine so far.
    pub fn num_releases(&self) -> u32 {
        self.num_releases
    }

    /// The neurons that a plastic synapse leads from and to.
    pub fn ends(&self, synapse: u32) -> (u32, u32) {
        (synapse / self.num_targets, u32::from(self.targets[synapse as usize]))
    }

    /// Number of neurons.
    pub fn num_neurons(&self) -> u32 {
        self.incoming_starts.len() as u32 - 1
    }

    /// Does one step of 1 ms. True when weights have changed.
    pub fn step(&mut self) -> bool {
        self.num_releases += self.dopamine.step(self.tick);
        self.neurons.integrate();
        self.synapses.decay_traces();
        self.draw_noise();
        self.neurons.find_spikes(&mut self.fired);
        self.transmit();
        self.neurons.reset(&self.fired);
        self.synapses.mark(&self.fired);
        self.num_spikes += self.fired.len() as u64;
        self.since_look.add(self.fired.len());
        self.tick += 1;
        let is_update = self.tick.is_multiple_of(UPDATE_TICKS);
        if is_update {
            self.synapses.update(self.dopamine.level());
        }
        is_update
    }

    /// Input of the step to come, before any spike.
    fn draw_noise(&mut self) {
        let step = self.noise / 65_536.0;
        let stream = &mut self.stream;
        fill_from_u16s(self.neurons.current_mut(), (0.5 * (step - self.noise), step), || {
            stream.bits()
        });
    }

    /// Hands the spikes of this step to targets and synapses.
    #[inline]
    fn transmit(&mut self) {
        let num_targets = self.num_targets as usize;
        let current = self.neurons.current_mut();
        for &neuron in &self.fired {
            let first = neuron as usize * num_targets;
            let targets = &self.targets[first..first + num_targets];
            if neuron < self.num_exc {
                self.synapses.pre_spike(first, targets, current);
            } else {
                for &target in targets {
                    current[usize::from(target)] -= self.s_inh;
                }
            }
            let [from, to] =
                [0, 1].map(|next| self.incoming_starts[neuron as usize + next] as usize);
            self.synapses.post_spike(&self.incoming[from..to]);
        }
    }

    /// Looks for what the network cannot go on with. To be called every [`LOOK_TICKS`].
    pub fn look(&mut self) -> Option<Fault> {
        // A step is 1 ms.
        let per_neuron = 1_000.0 / f64::from(self.num_neurons());
        let rate_hz = (self.since_look.take_per_tick(self.tick, LOOK_TICKS) * per_neuron) as f32;
        Fault::non_finite(self.tick, POPULATION, [("v_mv", self.neurons.v_mv())])
            .or_else(|| Fault::runaway(self.tick, POPULATION, rate_hz, LIMIT_HZ))
    }
}

/// Plastic synapses by their targets: where those of each neuron begin, and the synapses.
fn incoming(targets: &[u16], num: u32, num_targets: u32) -> (Vec<u32>, Vec<(u32, u32)>) {
    let mut starts = vec![0_u32; num as usize + 1];
    for &target in targets {
        starts[usize::from(target) + 1] += 1;
    }
    for neuron in 0..num as usize {
        starts[neuron + 1] += starts[neuron];
    }
    let mut next = starts.clone();
    let mut incoming = vec![(0, 0); targets.len()];
    for (synapse, &target) in (0..).zip(targets) {
        let place = &mut next[usize::from(target)];
        incoming[*place as usize] = (synapse, synapse / num_targets);
        *place += 1;
    }
    (starts, incoming)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: DaNetworkParams = DaNetworkParams {
        num_exc: 40,
        num_inh: 10,
        num_targets: 10,
        noise: 13.0,
        s_init: 1.0,
        s_inh: 1.0,
        rule: EligibilityParams {
            a_plus: 0.1,
            ratio: 1.5,
            tau_ms: 20.0,
            tau_c_ms: 1_000.0,
            s_max: 4.0,
        },
        tonic: 0.002,
        tau_n_ms: 200.0,
    };

    #[test]
    fn every_synapse_comes_in_where_it_goes() {
        let network = DaNetwork::new(&PARAMS, 3);
        assert_eq!((network.num_neurons(), network.incoming.len()), (50, 400));
        for neuron in 0..50_usize {
            let [from, to] = [0, 1].map(|next| network.incoming_starts[neuron + next] as usize);
            for &(synapse, pre) in &network.incoming[from..to] {
                assert_eq!(network.target(synapse), neuron as u32);
                assert_eq!(pre, synapse / 10);
            }
        }
        // Inhibition ends on excitatory neurons only.
        assert!(network.targets[400..].iter().all(|&target| target < 40));
    }

    #[test]
    fn noise_has_the_moments_of_its_width() {
        let mut network = DaNetwork::new(&PARAMS, 1);
        let (mut sum, mut squares, mut n) = (0.0_f64, 0.0_f64, 0.0_f64);
        for _ in 0..2_000 {
            network.draw_noise();
            for current in &network.neurons.current_mut()[..50] {
                assert!(current.abs() < 6.5);
                sum += f64::from(*current);
                squares += f64::from(*current) * f64::from(*current);
                n += 1.0;
            }
        }
        // Variance 13²/12.
        assert!((sum / n).abs() < 0.05, "{}", sum / n);
        assert!((squares / n / (169.0 / 12.0) - 1.0).abs() < 0.01, "{}", squares / n);
    }

    /// The same step written as the equations are, one neuron and one synapse after the other.
    #[test]
    fn the_step_is_that_of_the_equations() {
        let mut network = DaNetwork::new(&PARAMS, 5);
        // Strong enough that spikes cause spikes.
        (0..400).for_each(|synapse| network.synapses.set_weight(synapse, 4.0));
        let num = 50;
        let (mut v, mut u, mut x) =
            (vec![-65.0_f32; num], vec![-13.0_f32; num], vec![0.0_f32; num]);
        let (mut s, mut c) = (vec![4.0_f32; 400], vec![0.0_f32; 400]);
        let mut dopamine = 0.0_f32;
        let mut num_spikes = 0;
        for tick in 0..5_000_u64 {
            let input = network.neurons.current_mut().to_vec();
            if tick % 1_000 == 700 {
                network.dopamine.release_at(tick, 0.5);
            }
            network.step();
            dopamine = dopamine * 0.995 + if tick % 1_000 == 700 { 0.5 } else { 0.0 };
            for i in 0..num {
                for _ in 0..2 {
                    v[i] += 0.5 * ((0.04 * v[i] + 5.0) * v[i] + (140.0 - u[i] + input[i]));
                }
                let a = if i < 40 { 0.02 } else { 0.1 };
                u[i] += a * (0.2 * v[i] - u[i]);
                x[i] *= 0.95;
            }
            let fired: Vec<usize> = (0..num).filter(|&i| v[i] >= 30.0).collect();
            assert!(
                network.fired().iter().map(|&i| i as usize).eq(fired.iter().copied()),
                "{tick}"
            );
            for (synapse, c) in c.iter_mut().enumerate() {
                let (pre, post) = (synapse / 10, network.target(synapse as u32) as usize);
                // In the order in which neurons hand their spikes over.
                let (did_pre, did_post) = (fired.contains(&pre), fired.contains(&post));
                let turns = if pre <= post { [did_pre, false] } else { [false, did_pre] };
                for (turn, is_pre) in turns.into_iter().enumerate() {
                    if is_pre {
                        *c -= 1.5 * x[post];
                    }
                    if turn == 0 && did_post {
                        *c += x[pre];
                    }
                }
            }
            for &i in &fired {
                v[i] = -65.0;
                u[i] += if i < 40 { 8.0 } else { 2.0 };
                x[i] = 0.1;
            }
            num_spikes += fired.len();
            if (tick + 1) % 10 == 0 {
                for (s, c) in s.iter_mut().zip(&mut c) {
                    *s = (*s + (0.002 + dopamine) * *c).clamp(0.0, 4.0);
                    *c *= 0.99;
                }
            }
            let mut weights = network.synapses.weights().zip(&s);
            assert!(weights.all(|(a, b)| (a - b).abs() < 1e-5), "{tick}");
        }
        assert!(num_spikes > 300 && num_spikes as u64 == network.num_spikes(), "{num_spikes}");
        assert_eq!(network.num_releases(), 5);
        assert!(s.iter().any(|s| (s - 4.0).abs() > 0.02), "nothing was learned");
    }

    #[test]
    fn a_network_that_blows_up_is_stopped() {
        let mut network = DaNetwork::new(&DaNetworkParams { noise: 1e9, ..PARAMS }, 1);
        (0..3_000).for_each(|_| _ = network.step());
        assert!(network.look().is_some());
    }
}
