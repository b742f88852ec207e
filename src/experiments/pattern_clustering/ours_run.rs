//! A run of our network, with what its figures need.

use get_size2::GetSize;

use super::ours::{OUTPUTS, Ours};
use super::params::{Mode, OursParams, PatternClustering, Reward};
use super::seen::{self, Seen};
use super::similarity::{mean, preference};
use crate::kit::trials::Recent;
use crate::lab::{Model, Population};
use crate::record::{ArrayView, Hasher, WeightsFile};
use crate::sim::{Fault, Tick};

/// Presentations between two points of the curves.
pub const BLOCK: u32 = 5;
/// Presentations that the raster shows.
const SHOWN: Tick = 8;
/// Traces reach back this far: four presentations of the default length.
pub const WINDOW_MS: f64 = 1_000.0;

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct OursRun {
    pub(super) net: Ours,
    pub(super) seen: Seen,
    /// Output 1's share of ▲, and of ■, by block.
    pub(super) shares: [Vec<f32>; 2],
    /// How far the raster reaches back.
    pub(super) raster_ticks: Tick,
    /// Presentations within it.
    pub(super) recent: Recent,
}

impl OursRun {
    /// A run at its first tick.
    pub fn new(p: &OursParams, seed: u32) -> Self {
        let net = Ours::new(p, seed);
        let raster_ticks = SHOWN * net.trials.trial_ticks();
        let traces = (OUTPUTS as u32, WINDOW_MS as Tick, 2);
        Self {
            seen: Seen::new(net.onto(), raster_ticks, traces),
            shares: [Vec::new(), Vec::new()],
            raster_ticks,
            recent: Recent::new(raster_ticks, net.shown_ticks.into()),
            net,
        }
    }

    /// Mean weight onto an output from inputs of one pattern only; from all of the pattern's where the patterns are
    /// the same.
    fn mean_of(&self, output: usize, pattern: usize) -> f64 {
        let is_same = self.net.p.num_shared() == self.net.p.pattern_size;
        let members = self.net.members.iter();
        let own = self.net.onto().output(output).zip(members);
        mean(own.filter(|(_, m)| m[pattern] && (is_same || !m[1 - pattern])).map(|(w, _)| w))
    }

    /// Of each output: for ▲ 1, for ■ −1.
    pub fn preferences(&self) -> [f64; OUTPUTS] {
        [0, 1].map(|output| preference(self.mean_of(output, 0), self.mean_of(output, 1)))
    }

    fn end_block(&mut self) {
        self.seen.end_block(self.net.onto());
        for (share, lately) in self.shares.iter_mut().zip(self.net.answers.lately) {
            share.push(lately);
        }
    }
}

impl Model for OursRun {
    type Params = PatternClustering;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        let begins = self.net.trials.step() == 0;
        self.net.step();
        if begins {
            self.recent.push(tick, self.net.label(), self.net.is_test);
        }
        let net = &self.net;
        self.seen.fired(tick, &net.fired_in, &net.fired_out, hasher);
        self.seen.potentials.push(tick, &net.v_mv()[..OUTPUTS], &net.fired_out);
        self.seen.currents.push(tick, &net.drive_mv(), &[]);
        let trials = &self.net.trials;
        let is_over = trials.step() == 0 && !self.net.is_test;
        if is_over && trials.num_done().is_multiple_of(BLOCK) {
            self.end_block();
        }
    }

    fn num_ticks(&self) -> Tick {
        self.net.trials.num_ticks()
    }

    /// A presentation.
    fn trial_ticks(&self) -> Tick {
        self.net.trials.trial_ticks()
    }

    fn phase(&self, _now: Tick) -> String {
        let (begun, label) = (self.net.num_begun(), self.net.label());
        let training = self.net.trials.num_until_test();
        let test = self.net.trials.num() - training;
        let reward = match (self.net.p.reward, self.net.last_reward) {
            (Reward::None, _) => "",
            (_, r) if r > 0.0 => ", last reward +1",
            (_, r) if r < 0.0 => ", last reward −1",
            _ => ", last reward 0",
        };
        match begun.checked_sub(training) {
            None | Some(0) => {
                format!("training, presentation {begun} of {training}: {label}{reward}")
            }
            Some(n) => format!("test, presentation {} of {test}: {label}", n.min(test)),
        }
    }

    fn adopt(&mut self, params: &PatternClustering) {
        if let Mode::Ours(p) = &params.mode {
            self.net.adopt(p);
        }
    }

    fn summary(&self, _now: Tick) -> Vec<(&'static str, f64)> {
        let answers = &self.net.answers;
        let [one, two] = self.preferences();
        let owners = answers.owners();
        let flag = |is: bool| f64::from(u8::from(is));
        let spikes = |pattern: usize, output: usize| {
            f64::from(answers.spikes[pattern][output]) / f64::from(answers.tested[pattern].max(1))
        };
        let by_spikes = [0, 1].map(|output| preference(spikes(0, output), spikes(1, output)));
        let theta = self.net.threshold.theta_mv();
        let mut rows = self.seen.summary(self.net.onto(), [one, two]);
        rows.extend([
            ("same_winner", flag(owners[0] == owners[1])),
            ("theta_1_mv", f64::from(theta[0])),
            ("theta_2_mv", f64::from(theta[1])),
        ]);
        if answers.tested != [0, 0] {
            rows.extend([
                ("selectivity_spikes", (by_spikes[0] - by_spikes[1]).abs() / 2.0),
                ("separated", flag(answers.is_separated())),
                ("share_of_a", answers.share(0, owners[0])),
                ("share_of_b", answers.share(1, owners[1])),
                ("assigned_share", (answers.share(0, 0) + answers.share(1, 1)) / 2.0),
                ("spikes_1_to_a", spikes(0, 0)),
                ("spikes_2_to_a", spikes(0, 1)),
                ("spikes_1_to_b", spikes(1, 0)),
                ("spikes_2_to_b", spikes(1, 1)),
            ]);
        }
        rows
    }

    fn look(&mut self, now: Tick) -> Option<Fault> {
        let columns = [("v", self.net.v_mv()), ("weight", &self.net.weights[..])];
        Fault::non_finite(now, "the network", columns)
    }

    /// Cosine of the two outputs' weights, each less its mean, by block.
    fn learning_curve(&self) -> Vec<f32> {
        self.seen.centred.clone()
    }

    fn populations(&self) -> Vec<Population> {
        seen::populations(self.net.onto())
    }

    fn levels(&self) -> Vec<(&'static str, f32)> {
        vec![("reward", self.net.last_reward)]
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        seen::arrays(self.net.onto())
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let weights = seen::loaded(file, self.net.onto())?;
        if let Some(w) = weights.iter().find(|w| !(0.0..=1.0).contains(*w)) {
            return Err(format!("a weight is {w}; these lie between 0 and 1"));
        }
        self.net.weights.copy_from_slice(weights);
        self.net.skip_training();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = OursRun::new(&OursParams::default(), 1);
        run.net.weights[3] = f32::NAN;
        assert_stops(run, 1);
    }
}
