//! A run of our network, with what its figures need.

use get_size2::GetSize;

use super::WEIGHTS;
use super::curves::POPULATIONS;
use super::ours::{OUTPUTS, Ours};
use super::params::{Mode, OursParams, PatternClustering, Reward};
use super::similarity::{centred, cosine, mean, onto, preference};
use crate::lab::{Model, Population};
use crate::record::{ArrayView, Hasher, RasterLog, TraceLog, WeightsFile};
use crate::sim::{Fault, Tick};

/// Presentations between two points of the curves.
pub const BLOCK: u32 = 5;
/// Presentations that the raster shows.
const SHOWN: f64 = 8.0;
/// Traces reach back this far: four presentations of the default length.
pub const WINDOW_MS: f64 = 1_000.0;

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct OursRun {
    pub(super) net: Ours,
    pub(super) baseline: f64,
    pub(super) cosine: Vec<f32>,
    pub(super) centred: Vec<f32>,
    /// Output 1's share of ▲, and of ■, by block.
    pub(super) shares: [Vec<f32>; 2],
    /// Every weight at the end of every block, as `input × 2 + output`.
    pub(super) history: Vec<Vec<f32>>,
    pub(super) inputs_log: RasterLog,
    pub(super) outputs_log: RasterLog,
    pub(super) v_log: TraceLog,
    pub(super) drive_log: TraceLog,
    /// How far the raster reaches back.
    pub(super) raster_ticks: Tick,
    /// Beginnings of presentations within it.
    pub(super) recent: Vec<(Tick, String, bool)>,
}

impl OursRun {
    /// A run at its first tick.
    pub fn new(p: &OursParams, seed: u32) -> Self {
        let net = Ours::new(p, seed);
        let window = WINDOW_MS as Tick;
        let raster_ticks = (SHOWN * net.schedule.lengths().0 as f64) as Tick;
        let stride = 2;
        let mut run = Self {
            baseline: 0.0,
            cosine: Vec::new(),
            centred: Vec::new(),
            shares: [Vec::new(), Vec::new()],
            history: vec![Vec::new(); 4 * p.pattern_size as usize],
            inputs_log: RasterLog::new(raster_ticks),
            outputs_log: RasterLog::new(raster_ticks),
            v_log: TraceLog::new(OUTPUTS as u32, window, stride),
            drive_log: TraceLog::new(OUTPUTS as u32, window, stride),
            raster_ticks,
            recent: Vec::new(),
            net,
        };
        run.baseline = run.cosine_now();
        run
    }

    /// Weights onto an output, without the silent input's.
    pub fn onto(&self, output: usize) -> impl Iterator<Item = f64> + Clone {
        let num = 2 * self.net.p.pattern_size as usize;
        onto(&self.net.weights, self.net.num_out(), output).take(num)
    }

    fn cosine_now(&self) -> f64 {
        cosine(self.onto(0), self.onto(1))
    }

    /// Mean weight onto an output from inputs of one pattern only; from all of the pattern's where the patterns are
    /// the same.
    fn mean_of(&self, output: usize, pattern: usize) -> f64 {
        let is_same = self.net.p.num_shared() == self.net.p.pattern_size;
        let members = self.net.members.iter();
        let own = self.onto(output).zip(members);
        mean(own.filter(|(_, m)| m[pattern] && (is_same || !m[1 - pattern])).map(|(w, _)| w))
    }

    /// Of each output: for ▲ 1, for ■ −1.
    pub fn preferences(&self) -> [f64; OUTPUTS] {
        [0, 1].map(|output| preference(self.mean_of(output, 0), self.mean_of(output, 1)))
    }

    fn begin_presentation(&mut self, tick: Tick) {
        let schedule = &self.net.schedule;
        let (length, _) = schedule.lengths();
        let oldest = tick.saturating_sub(self.raster_ticks + length);
        self.recent.retain(|(start, _, _)| *start >= oldest);
        self.recent.push((tick, schedule.label().into(), schedule.is_test()));
    }

    fn end_block(&mut self) {
        self.cosine.push(self.cosine_now() as f32);
        self.centred.push(centred(self.onto(0), self.onto(1)) as f32);
        for (share, lately) in self.shares.iter_mut().zip(self.net.schedule.lately) {
            share.push(lately);
        }
        let num_out = self.net.num_out();
        for (curve, values) in self.history.iter_mut().enumerate() {
            values.push(self.net.weights[curve / 2 * num_out + curve % 2]);
        }
    }

    fn shape(&self) -> [u32; 2] {
        [self.net.members.len() as u32, self.net.num_out() as u32]
    }
}

impl Model for OursRun {
    type Params = PatternClustering;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        let before = self.net.schedule.begun();
        self.net.step(tick);
        if self.net.schedule.begun() != before {
            self.begin_presentation(tick);
        }
        let net = &self.net;
        hasher.spikes(tick, 0, &net.fired_in);
        hasher.spikes(tick, 1, &net.fired_out);
        self.inputs_log.push(tick, &net.fired_in);
        self.outputs_log.push(tick, &net.fired_out);
        self.v_log.push(tick, &net.v_mv()[..OUTPUTS], &net.fired_out);
        self.drive_log.push(tick, &net.drive_mv(), &[]);
        if self.net.schedule.ends(tick) {
            let schedule = &self.net.schedule;
            if !schedule.is_test() && schedule.begun().is_multiple_of(BLOCK) {
                self.end_block();
            }
        }
    }

    fn num_ticks(&self) -> Tick {
        self.net.schedule.num_ticks()
    }

    /// A presentation.
    fn trial_ticks(&self) -> Tick {
        self.net.schedule.lengths().0
    }

    fn phase(&self, _now: Tick) -> String {
        let schedule = &self.net.schedule;
        let (training, test) = schedule.lens();
        let (begun, label) = (schedule.begun(), schedule.label());
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
        let schedule = &self.net.schedule;
        let [one, two] = self.preferences();
        let owners = schedule.owners();
        let flag = |is: bool| f64::from(u8::from(is));
        let spikes = |pattern: usize, output: usize| {
            f64::from(schedule.spikes[pattern][output]) / f64::from(schedule.tested[pattern].max(1))
        };
        let by_spikes = [0, 1].map(|output| preference(spikes(0, output), spikes(1, output)));
        let theta = self.net.threshold.theta_mv();
        let mut rows = vec![
            ("cosine_final", self.cosine_now()),
            ("cosine_centred", centred(self.onto(0), self.onto(1))),
            ("cosine_baseline", self.baseline),
            ("selectivity", (one - two).abs() / 2.0),
            ("same_winner", flag(owners[0] == owners[1])),
            ("theta_1_mv", f64::from(theta[0])),
            ("theta_2_mv", f64::from(theta[1])),
        ];
        if schedule.tested != [0, 0] {
            rows.extend([
                ("selectivity_spikes", (by_spikes[0] - by_spikes[1]).abs() / 2.0),
                ("separated", flag(schedule.is_separated())),
                ("share_of_a", schedule.share(0, owners[0])),
                ("share_of_b", schedule.share(1, owners[1])),
                ("assigned_share", (schedule.share(0, 0) + schedule.share(1, 1)) / 2.0),
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
        self.centred.clone()
    }

    fn populations(&self) -> Vec<Population> {
        let sizes = [self.net.members.len(), self.net.num_out()];
        Population::all(POPULATIONS, sizes.map(|size| size as u32))
    }

    fn levels(&self) -> Vec<(&'static str, f32)> {
        vec![("reward", self.net.last_reward)]
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        vec![ArrayView::new(WEIGHTS, &self.shape(), &self.net.weights)]
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let weights = file.array(WEIGHTS, &self.shape())?;
        if let Some(w) = weights.iter().find(|w| !(0.0..=1.0).contains(*w)) {
            return Err(format!("a weight is {w}; these lie between 0 and 1"));
        }
        self.net.weights.copy_from_slice(weights);
        self.net.schedule.skip_training();
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
