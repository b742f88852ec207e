//! The published network and its stimulus.

use get_size2::GetSize;

use super::params::{PublishedParams, PublishedRule, Stimulus};
use super::similarity::{Onto, mean, preference};
use crate::sim::encode::Pictures;
use crate::sim::published::CountingNet;
use crate::sim::published::counting_net::{Drive, V_TH_MV};
use crate::sim::{Stream, Tick};

/// Inputs of a group.
pub const GROUP: usize = 4;

/// The network and its stimulus.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Published {
    pub(super) p: PublishedParams,
    pub(super) net: CountingNet,
    noise: Stream,
    pictures: Option<Pictures>,
    currents: Vec<f32>,
    clamped: Vec<u32>,
}

/// A start: weights and potentials.
pub struct Start {
    v_mv: Vec<f32>,
    weights: Vec<f32>,
}

impl Start {
    /// Drawn anew: W from N(50, 5), v from around the threshold.
    pub fn new(p: &PublishedParams, seed: u32, name: &str) -> Self {
        let num_in = 2 * GROUP + usize::from(p.silent);
        let num_out = 2 + usize::from(p.silent);
        let mut stream = Stream::new(seed, name);
        let sd = p.v_init_sd_mv as f32;
        let mut draw = |num: usize, mean: f32, sd: f32| -> Vec<f32> {
            (0..num).map(|_| mean + sd * stream.normal()).collect()
        };
        let weights = draw(num_in * num_out, 50.0, 5.0);
        Self { weights, v_mv: draw(num_in + num_out, V_TH_MV, sd) }
    }

    /// Potentials of the two outputs.
    pub fn outputs_mv(&self, p: &PublishedParams) -> [f32; 2] {
        let first = 2 * GROUP + usize::from(p.silent);
        [self.v_mv[first], self.v_mv[first + 1]]
    }
}

impl Published {
    /// A network at this start.
    pub fn new(p: &PublishedParams, start: Start, seed: u32, noise: &str) -> Self {
        let num_out = 2 + usize::from(p.silent);
        let gate = (p.w_min as f32, p.w_max());
        let noise = Stream::new(seed, noise);
        let pictures = match p.stimulus {
            Stimulus::Currents => None,
            Stimulus::Pictures => Some(Pictures::new(noise.clone())),
        };
        let has_eligibility = p.rule == PublishedRule::RStdp;
        let net = CountingNet::new(
            has_eligibility,
            gate,
            p.tau_s as f32,
            start.v_mv,
            start.weights,
            num_out,
        );
        Self { p: p.clone(), net, noise, pictures, currents: Vec::new(), clamped: Vec::new() }
    }

    /// One iteration.
    pub fn step(&mut self, tick: Tick) {
        if let Some(pictures) = &mut self.pictures {
            pictures.fire(tick, &mut self.clamped);
            self.net.step(&Drive::Spikes(&self.clamped));
            return;
        }
        self.currents.clear();
        for mean in [self.p.i_a, self.p.i_b] {
            // One draw for the whole group.
            let current = mean as f32 + self.p.noise_sd as f32 * self.noise.normal();
            self.currents.extend([current; GROUP]);
        }
        if self.p.silent {
            self.currents.push(0.0);
        }
        self.net.step(&Drive::Currents(&self.currents));
    }

    /// The weights.
    pub fn onto(&self) -> Onto<'_> {
        Onto { weights: self.net.weights(), num_in: 2 * GROUP, num_out: self.net.num_out() }
    }

    /// Weights onto the silent output, if there is one.
    pub fn onto_silent(&self) -> Vec<f32> {
        let silent = self.net.weights().iter().skip(2).step_by(3);
        if self.p.silent { silent.copied().collect() } else { Vec::new() }
    }

    /// The mean weight from each group onto an output.
    pub fn means(&self, output: usize) -> [f64; 2] {
        let onto = self.onto().output(output);
        [mean(onto.clone().take(GROUP)), mean(onto.skip(GROUP))]
    }

    /// Of each output: for ▲ 1, for ■ −1.
    pub fn preferences(&self) -> [f64; 2] {
        [0, 1].map(|output| {
            let [a, b] = self.means(output);
            preference(a, b)
        })
    }

    /// Whether both groups have their stronger weights onto the same output.
    pub fn is_same_winner(&self) -> bool {
        let (one, two) = (self.means(0), self.means(1));
        (one[0] > two[0]) == (one[1] > two[1])
    }
}
