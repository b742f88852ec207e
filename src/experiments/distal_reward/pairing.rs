//! Part 2: one synapse, three pairs of spikes, and what becomes of each.

use get_size2::GetSize;

use super::DT_MS;
use super::DistalReward;
use super::params::PairingParams;
use crate::lab::{Model, Population};
use crate::record::{ArrayView, Hasher, RasterLog, TraceLog, WeightsFile};
use crate::sim::plasticity::{DaStdp, DaStdpParams, Decay, Dopamine};
use crate::sim::{Fault, Stream, Tick, TimeGrid};

/// Each pair has so long.
pub const TRIAL_TICKS: Tick = 5_000;
/// The whole run.
pub const NUM_TICKS: Tick = TRIAL_TICKS * TRIALS.len() as Tick;
pub const STRIDE: Tick = 10;
/// Initial weight.
pub const S_INIT: f64 = 1.0;
/// What a pair proposes per ms of dopamine 1, so that memory is in the units of the network's program.
pub(super) const A_PLUS: f64 = 0.01;
/// A pair of classical STDP changes the weight by so many ms of what it would propose.
pub(super) const CLASSICAL_MS: f32 = 20.0;

/// A pair of spikes and whether reward follows.
pub struct Trial {
    pub(super) label: &'static str,
    pub(super) pre_first: bool,
    pub(super) is_rewarded: bool,
}

pub const TRIALS: [Trial; 3] = [
    Trial { label: "pre, post, reward", pre_first: true, is_rewarded: true },
    Trial { label: "post, pre, reward", pre_first: false, is_rewarded: true },
    Trial { label: "pre, post, no reward", pre_first: true, is_rewarded: false },
];

/// What happens.
pub const POPULATIONS: [&str; 3] = ["pre", "post", "reward"];

/// The synapse and all that was seen of it.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PairingRun {
    pub(super) p: PairingParams,
    pub(super) synapse: DaStdp,
    pub(super) dopamine: Dopamine,
    /// First spikes of the pairs.
    pub(super) onsets: Vec<Tick>,
    pub(super) spikes: RasterLog,
    pub(super) trace: TraceLog,
    /// At the end of each trial.
    pub(super) ends: Vec<f32>,
    pub(super) blocks: Vec<f32>,
}

impl PairingRun {
    /// A synapse at its first tick.
    pub fn new(p: &PairingParams, seed: u32) -> Self {
        let grid = TimeGrid::new(DT_MS);
        let params = DaStdpParams {
            a_plus: A_PLUS,
            a_minus: A_PLUS * p.ratio,
            tau_plus_ms: 20.0,
            tau_minus_ms: 20.0,
            tau_c_ms: p.tau_c_ms,
            tau_n_ms: p.tau_n_ms,
            w_min: 0.0,
            w_max: 4.0,
        };
        let mut stream = Stream::new(seed, "onsets");
        let starts = (0..TRIALS.len() as Tick).map(|trial| trial * TRIAL_TICKS);
        let onsets = starts.map(|start| start + 300 + Tick::from(stream.below(400))).collect();
        Self {
            p: p.clone(),
            synapse: DaStdp::new(S_INIT, params, grid),
            dopamine: Dopamine::new(0.0, p.tau_n_ms, Decay::Exact, grid),
            onsets,
            spikes: RasterLog::new(NUM_TICKS),
            trace: TraceLog::new(3, NUM_TICKS, STRIDE),
            ends: Vec::new(),
            blocks: Vec::new(),
        }
    }
}

impl Model for PairingRun {
    type Params = DistalReward;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        let idx = ((tick / TRIAL_TICKS) as usize).min(TRIALS.len() - 1);
        let (trial, onset) = (&TRIALS[idx], self.onsets[idx]);
        let second = onset + self.p.lag_ms as Tick;
        let (pre, post) = if trial.pre_first { (onset, second) } else { (second, onset) };
        if tick > 0 && self.p.gated {
            self.synapse.advance(&self.dopamine);
        } else if tick > 0 {
            self.synapse.advance(&self.dopamine.silent());
        }
        if tick == second && trial.is_rewarded {
            let due = tick + (1_000.0 * self.p.delay_s) as Tick;
            self.dopamine.release_at(due, self.p.pulse);
        }
        let has_reward = self.dopamine.step(tick) > 0;
        let (has_pre, has_post) = (tick == pre, tick == post);
        if self.p.gated {
            self.synapse.spikes(has_pre, has_post);
        } else {
            self.synapse.spikes_without_dopamine(has_pre, has_post, CLASSICAL_MS);
        }
        for (row, fires) in (0..).zip([has_pre, has_post, has_reward]) {
            if fires {
                self.spikes.push(tick, &[row]);
                hasher.spikes_of(tick, 0, &[row]);
                hasher.beside(tick, row as u8, &[0]);
            }
        }
        let w = self.synapse.w() as f32;
        self.trace.push(tick, &[10.0 * self.synapse.c(), self.dopamine.phasic(), w], &[]);
        if (tick + 1).is_multiple_of(TRIAL_TICKS) {
            self.ends.push(w);
        }
        if (tick + 1).is_multiple_of(STRIDE * 10) {
            self.blocks.push(w);
        }
    }

    fn num_ticks(&self) -> Tick {
        NUM_TICKS
    }

    fn trial_ticks(&self) -> Tick {
        TRIAL_TICKS
    }

    fn phase(&self, now: Tick) -> String {
        let idx = ((now / TRIAL_TICKS) as usize).min(TRIALS.len() - 1);
        format!("pair {} of {}: {}", idx + 1, TRIALS.len(), TRIALS[idx].label)
    }

    fn summary(&self, _now: Tick) -> Vec<(&'static str, f64)> {
        let mut rows = vec![("synapse_final", self.synapse.w())];
        let mut before = S_INIT as f32;
        let names = ["change_rewarded", "change_reversed", "change_unrewarded"];
        for (name, end) in names.into_iter().zip(&self.ends) {
            rows.push((name, f64::from(end - before)));
            before = *end;
        }
        rows
    }

    fn look(&mut self, now: Tick) -> Option<Fault> {
        Fault::non_finite(now, "the synapse", [("weight", &[self.synapse.w() as f32][..])])
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.blocks.clone()
    }

    fn populations(&self) -> Vec<Population> {
        Population::all(POPULATIONS, [1; 3])
    }

    fn levels(&self) -> impl Iterator<Item = (&'static str, f32)> {
        std::iter::once(("dopamine", self.dopamine.level()))
    }

    fn eligibilities(&self) -> Vec<ArrayView<'_>> {
        vec![ArrayView::worked_out("synapse", &[1], |_| self.synapse.c())]
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        vec![ArrayView::worked_out("synapse", &[1], |_| self.synapse.w() as f32)]
    }

    fn load_weights(&mut self, _: &WeightsFile) -> Result<(), String> {
        Err("only the network (part=network) has weights to load".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = PairingRun::new(&PairingParams::default(), 1);
        let params = DaStdpParams {
            a_plus: f64::NAN,
            a_minus: A_PLUS,
            tau_plus_ms: 20.0,
            tau_minus_ms: 20.0,
            tau_c_ms: 1_000.0,
            tau_n_ms: 200.0,
            w_min: 0.0,
            w_max: 4.0,
        };
        run.synapse = DaStdp::new(f64::NAN, params, TimeGrid::new(DT_MS));
        assert_stops(run, 1);
    }
}
