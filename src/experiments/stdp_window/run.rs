//! One pair of spikes on a grid, and what was measured beside it.

use serde::{Deserialize, Serialize};

use super::figures;
use super::measure::Measured;
use super::params::StdpWindow;
use super::rules::{DT_MS, RuleParams};
#[cfg(not(target_arch = "wasm32"))]
use crate::lab::Population;
use crate::lab::{Experiment, Interaction, Runner};
use crate::record::fingerprint::Hasher;
use crate::record::{Figure, Fingerprint, NamedArray, WeightsFile};
use crate::sim::plasticity::protocols::chi2_per_point;
use crate::sim::plasticity::{Rule, Traces};
use crate::sim::{Fault, LOOK_TICKS, Tick, TimeGrid};

/// Length of the run.
const RUN_TICKS: Tick = 2_500;
/// Ticks between two samples of the traces.
pub const STRIDE: Tick = 2;
/// The pair stands around the middle of the run.
pub const MIDDLE_MS: f64 = 125.0;
/// Least weight that a file may bring: relative changes divide by it.
const LEAST_WEIGHT: f64 = 0.01;

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub(super) params: StdpWindow,
    pub(super) measured: Measured,
    pub(super) w_init: f64,
    rule: Rule,
    /// The rule's traces once more, to look at: those of the input, then as many of the output.
    shown: Vec<Traces>,
    w: [f32; 1],
    tick: Tick,
    pub(super) pre_tick: Tick,
    pub(super) post_tick: Tick,
    hasher: Hasher,
    fault: Option<Fault>,
    /// A column for each of them, and one for the weight.
    pub(super) columns: Vec<Vec<f32>>,
}

impl Run {
    /// A run at its first tick, from weight `w_init`.
    pub fn new(params: &StdpWindow, w_init: f64) -> Self {
        let ticks = (params.delta_t_ms / DT_MS).round() as i64;
        let pre_tick = (MIDDLE_MS / DT_MS).round() as i64 - ticks.div_euclid(2);
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
            hasher: Hasher::default(),
            fault: None,
            columns: vec![Vec::new(); taus_ms.len() + 1],
        }
    }

    fn pre_spike(&mut self) {
        if self.tick == self.pre_tick {
            self.rule.pre_spike(0, &mut self.w);
            let half = self.shown.len() / 2;
            let (own, other) = self.shown.split_at_mut(half);
            own.iter_mut().for_each(|trace| trace.add(0, 1.0));
            if self.params.rule.uses_up_post() {
                other.iter_mut().for_each(Traces::clear_all);
            }
            self.hasher.spikes(self.tick, 0, &[0]);
        }
    }

    fn post_spike(&mut self) {
        if self.tick == self.post_tick {
            self.rule.post_spike(0, &mut self.w);
            let half = self.shown.len() / 2;
            let (other, own) = self.shown.split_at_mut(half);
            own.iter_mut().for_each(|trace| trace.add(0, 1.0));
            if self.params.rule.uses_up_pre() {
                other.iter_mut().for_each(Traces::clear_all);
            }
            self.hasher.spikes(self.tick, 1, &[0]);
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

impl Runner for Run {
    fn tick(&mut self) {
        self.rule.tick();
        self.shown.iter_mut().for_each(Traces::tick);
        if self.rule.is_post_first() {
            self.post_spike();
            self.pre_spike();
        } else {
            self.pre_spike();
            self.post_spike();
        }
        if self.tick.is_multiple_of(STRIDE) {
            self.sample();
        }
        self.tick += 1;
    }

    fn now(&self) -> Tick {
        self.tick
    }

    fn num_ticks(&self) -> Tick {
        RUN_TICKS
    }

    fn dt_ms(&self) -> f64 {
        DT_MS
    }

    fn phase(&self) -> String {
        match (self.num_spikes(), self.tick >= RUN_TICKS) {
            (_, true) => "finished: one pair",
            (0, _) => "before the first spike",
            (1, _) => "the first spike fades from memory",
            _ => "the pair has changed the weight",
        }
        .into()
    }

    fn ticks_to_trial_end(&self) -> Tick {
        // A step goes to just behind the next spike.
        let ends = [self.pre_tick + 1, self.post_tick + 1, RUN_TICKS];
        let next = ends.into_iter().filter(|end| *end > self.tick).min();
        next.map_or(1, |end| end - self.tick)
    }

    fn adopt(&mut self, _: &dyn Experiment) {}

    fn interact(&mut self, _: &Interaction) -> bool {
        false
    }

    fn figures(&self, wanted: &dyn Fn(u16) -> bool) -> Vec<(u16, Figure)> {
        let wanted = (0..figures::NUM_PANELS).filter(|&panel| wanted(panel));
        wanted.map(|panel| (panel, figures::figure(self, panel))).collect()
    }

    fn fingerprint(&self) -> Fingerprint {
        self.hasher.fingerprint(self.tick, [&self.measured.numbers()[..], &self.w])
    }

    fn summary(&self) -> Vec<(String, f64)> {
        let Measured { pair, chosen, at_zero, series, closed_form_error, .. } = &self.measured;
        let rows = [
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
        ];
        rows.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
    }

    fn look_ticks(&self) -> Tick {
        LOOK_TICKS
    }

    fn look(&mut self) {
        self.fault = Fault::non_finite(self.tick, "the synapse", [("weight", &self.w[..])]);
    }

    fn fault(&self) -> Option<Fault> {
        self.fault.clone()
    }

    fn learning_curve(&self) -> Vec<f32> {
        Vec::new()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn populations(&self) -> Vec<Population> {
        Population::all(["input", "output"], [1, 1])
    }

    fn weights(&self) -> Vec<NamedArray> {
        vec![NamedArray { name: "weight".into(), shape: vec![1], values: self.w.to_vec() }]
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

    #[cfg(not(target_arch = "wasm32"))]
    fn hasher(&mut self) -> &mut Hasher {
        &mut self.hasher
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn snapshot(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("a run is plain data")
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn restore(&mut self, snapshot: &[u8]) -> Result<(), String> {
        *self = postcard::from_bytes(snapshot).map_err(|e| format!("not a snapshot: {e}"))?;
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
