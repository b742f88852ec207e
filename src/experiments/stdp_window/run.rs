//! One pair of spikes on a grid, and what was measured beside it.

use get_size2::GetSize;

use super::measure::Measured;
use super::params::StdpWindow;
use super::rules::{DT_MS, RuleParams};
use crate::lab::{Model, Population};
use crate::record::fingerprint::Hasher;
use crate::record::{ArrayView, WeightsFile};
use crate::sim::plasticity::protocols::chi2_per_point;
use crate::sim::plasticity::{Rule, Traces};
use crate::sim::{Fault, Tick, TimeGrid};

/// Length of the run.
const RUN_TICKS: Tick = 2_500;
/// Ticks between two samples of the traces.
pub const STRIDE: Tick = 2;
/// Its length in milliseconds.
pub const RUN_MS: f64 = RUN_TICKS as f64 * DT_MS;
/// Least weight that a file may bring: relative changes divide by it.
const LEAST_WEIGHT: f64 = 0.01;

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Run {
    pub(super) params: StdpWindow,
    pub(super) measured: Measured,
    pub(super) w_init: f64,
    rule: Rule,
    /// The rule's traces once more, to look at: those of the input, then as many of the output.
    shown: Vec<Traces>,
    w: [f32; 1],
    /// Steps done.
    pub(super) tick: Tick,
    pub(super) pre_tick: Tick,
    pub(super) post_tick: Tick,
    /// A column for each of them, and one for the weight.
    pub(super) columns: Vec<Vec<f32>>,
}

impl Run {
    /// A run at its first tick, from weight `w_init`.
    pub fn new(params: &StdpWindow, w_init: f64) -> Self {
        let ticks = (params.delta_t_ms / DT_MS).round() as i64;
        let pre_tick = (params.middle_ms / DT_MS).round() as i64 - ticks.div_euclid(2);
        let taus_ms = params.rule.taus_ms();
        let shown = taus_ms.iter().map(|tau_ms| Traces::new(1, *tau_ms, TimeGrid::new(DT_MS)));
        Self {
            measured: Measured::new(&params.rule, params.delta_t_ms, w_init),
            rule: params.rule.rule(0.0, 1),
            params: params.clone(),
            w_init,
            shown: shown.collect(),
            w: [w_init as f32],
            tick: 0,
            pre_tick: pre_tick as Tick,
            post_tick: (pre_tick + ticks) as Tick,
            columns: vec![Vec::new(); taus_ms.len() + 1],
        }
    }

    fn pre_spike(&mut self, tick: Tick, hasher: &mut Hasher) {
        if tick == self.pre_tick {
            self.rule.pre_spike(0, &mut self.w);
            let half = self.shown.len() / 2;
            let (own, other) = self.shown.split_at_mut(half);
            own.iter_mut().for_each(|trace| trace.add(0, 1.0));
            if self.params.rule.uses_up_post() {
                other.iter_mut().for_each(Traces::clear_all);
            }
            hasher.spikes(tick, 0, &[0]);
        }
    }

    fn post_spike(&mut self, tick: Tick, hasher: &mut Hasher) {
        if tick == self.post_tick {
            self.rule.post_spike(0, &mut self.w);
            let half = self.shown.len() / 2;
            let (other, own) = self.shown.split_at_mut(half);
            own.iter_mut().for_each(|trace| trace.add(0, 1.0));
            if self.params.rule.uses_up_pre() {
                other.iter_mut().for_each(Traces::clear_all);
            }
            hasher.spikes(tick, 1, &[0]);
        }
    }

    fn sample(&mut self) {
        let values = self.shown.iter().map(|trace| trace.value(0)).chain(self.w);
        for (column, value) in self.columns.iter_mut().zip(values) {
            column.push(value);
        }
    }

    /// The spikes that are over.
    fn num_spikes(&self) -> usize {
        usize::from(self.tick > self.pre_tick) + usize::from(self.tick > self.post_tick)
    }
}

impl Model for Run {
    type Params = StdpWindow;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        self.rule.tick();
        self.shown.iter_mut().for_each(Traces::tick);
        if self.rule.is_post_first() {
            self.post_spike(tick, hasher);
            self.pre_spike(tick, hasher);
        } else {
            self.pre_spike(tick, hasher);
            self.post_spike(tick, hasher);
        }
        if tick.is_multiple_of(STRIDE) {
            self.sample();
        }
        self.tick = tick + 1;
    }

    fn num_ticks(&self) -> Tick {
        RUN_TICKS
    }

    fn trial_ticks(&self) -> Tick {
        RUN_TICKS
    }

    /// A step goes to just behind the next spike.
    fn ticks_to_trial_end(&self, now: Tick) -> Tick {
        let ends = [self.pre_tick + 1, self.post_tick + 1, RUN_TICKS];
        let next = ends.into_iter().filter(|end| *end > now).min();
        next.map_or(1, |end| end - now)
    }

    fn phase(&self, now: Tick) -> String {
        match (self.num_spikes(), now >= RUN_TICKS) {
            (_, true) => "finished: one pair",
            (0, _) => "before the first spike",
            (1, _) => "the first spike's trace fades",
            _ => "both spikes are over",
        }
        .into()
    }

    fn summary(&self, _now: Tick) -> Vec<(&'static str, f64)> {
        let Measured { pair, chosen, at_zero, series, closed_form_error, .. } = &self.measured;
        vec![
            ("dw", f64::from(*chosen)),
            ("dw_plus", f64::from(pair[0])),
            ("dw_minus", f64::from(pair[1])),
            ("dw_zero", f64::from(*at_zero)),
            ("closed_form_error", *closed_form_error),
            ("chi2_per_point", chi2_per_point(series)),
            ("change_plus_10hz", series[2]),
            ("change_plus_50hz", series[8]),
            ("change_minus_10hz", series[3]),
            ("change_minus_50hz", series[9]),
            ("weight", f64::from(self.w[0])),
        ]
    }

    fn look(&mut self, now: Tick) -> Option<Fault> {
        Fault::non_finite(now, "the synapse", [("weight", &self.w[..])])
    }

    fn populations(&self) -> Vec<Population> {
        Population::all(["input", "output"], [1, 1])
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        vec![ArrayView::row("weight", &self.w)]
    }

    fn measured(&self) -> Vec<f32> {
        self.measured.numbers().to_vec()
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let w = f64::from(file.array("weight", &[1])?[0]);
        if matches!(self.params.rule, RuleParams::Triplet { .. }) {
            return Err("the triplet rule's amplitudes are shares of a weight that is 1 before; \
                        choose pairs to start from another weight"
                .into());
        }
        if !(LEAST_WEIGHT..=1.0).contains(&w) {
            return Err(format!("the weight is {w}; a pair can be shown from {LEAST_WEIGHT} to 1"));
        }
        *self = Self::new(&self.params, w);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = Run::new(&StdpWindow::default(), 0.5);
        run.w[0] = f32::NAN;
        assert_stops(run, 1);
    }
}
