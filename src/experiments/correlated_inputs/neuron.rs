//! Part 3: a neuron with many inputs, some of them correlated, whose synapses learn from its spikes.

use get_size2::GetSize;

use super::build_neuron::build;
use super::classes::{Class, classes};
use super::drift;
use super::params::{CorrelatedInputs, NeuronParams, Part};
use crate::kit::figure::Blocks;
use crate::kit::params::{CellKind, HomeostasisKind};
use crate::lab::{Model, Population};
use crate::record::{
    ArrayView, Hasher, Meter, PatternWatch, RasterLog, SpikeTrains, TraceLog, WeightsFile,
};
use crate::sim::encode::{Source, TrainCounts, Trains};
use crate::sim::fast::fan_in::{self, Cell};
use crate::sim::fast::{FanIn, Yoke};
use crate::sim::{Fault, Tick, TimeGrid};

/// Rasters and traces reach back this far.
pub const WINDOW_MS: f64 = 500.0;
/// Rows of each group in the raster.
pub const ROWS: u32 = 20;
/// Who fires, in the order of the fingerprint; inhibitory inputs stand beside it.
pub const POPULATIONS: [&str; 3] = ["input", "output", "inhibitory"];

/// Output spikes of one block, for rate and regularity.
#[derive(Clone, Copy, Debug, Default, PartialEq, GetSize)]
struct Output {
    num: u32,
    /// Those of the neuron that this one follows.
    num_led: u32,
    /// How many of them answered the pattern.
    num_in_pattern: u32,
    /// How many showings of the pattern were over, how many of them answered, and the sum of the latencies in ticks.
    num_shown: u32,
    num_hit: u32,
    late: f64,
    /// Intervals that ended in the block: how many, their sum and sum of squares in ticks.
    intervals: u32,
    sum: f64,
    squares: f64,
}

/// The neuron and all that was seen of it.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct NeuronRun {
    pub(super) p: NeuronParams,
    pub(super) neuron: FanIn,
    pub(super) classes: Vec<Class>,
    pub(super) blocks: Blocks,
    pub(super) rate_hz: Vec<f32>,
    pub(super) input_log: RasterLog,
    pub(super) output_log: RasterLog,
    pub(super) trace: TraceLog,
    pub(super) inhibition: Vec<f32>,
    pub(super) pattern: PatternWatch,
    meter: Meter,
    output: Output,
    outputs: Vec<Output>,
    last_output: Option<Tick>,
    shown: Vec<u32>,
}

impl NeuronRun {
    /// The neuron at its first tick.
    pub fn new(p: &NeuronParams, seed: u32, num_ticks: Tick) -> Self {
        let grid = p.cell.grid();
        let window = grid.ticks_from_ms(WINDOW_MS);
        let classes = classes(p);
        let mut neuron = build(p, &classes, num_ticks, grid, seed);
        neuron.yoke = p.leader().map(|leader| {
            let classes = super::classes::classes(&leader);
            Box::new(Yoke::new(build(&leader, &classes, num_ticks, grid, seed)))
        });
        // A threshold that moves is drawn beside the potential.
        let width = 1 + u32::from(matches!(p.cell, CellKind::Adaptive(..)));
        Self {
            p: p.clone(),
            blocks: Blocks::new(num_ticks, grid.dt_ms()),
            rate_hz: Vec::new(),
            input_log: RasterLog::new(window),
            output_log: RasterLog::new(window),
            trace: TraceLog::new(width, window, (window / 500).max(1)),
            inhibition: Vec::new(),
            pattern: PatternWatch::new(p.generator.pattern_ms(), grid, window),
            meter: Meter::new(classes[0].size, 1),
            output: Output::default(),
            outputs: Vec::new(),
            last_output: None,
            shown: Vec::new(),
            neuron,
            classes,
        }
    }

    pub fn grid(&self) -> TimeGrid {
        self.p.cell.grid()
    }

    /// The raster shows every so many inputs of a class: the first, or where they differ, from all of its range.
    #[inline]
    pub fn shown_stride(&self, class: &Class) -> u32 {
        if self.p.generator.is_graded() { (class.size / ROWS).max(1) } else { 1 }
    }

    fn log_inputs(&mut self, tick: Tick) {
        let spikes = self.neuron.spikes();
        self.shown.clear();
        for (class, place) in self.classes.iter().zip(0..) {
            let stride = self.shown_stride(class);
            let end = class.first + stride * ROWS.min(class.size);
            // Few are shown: only those are divided.
            for &id in class.own(spikes).iter().take_while(|id| **id < end) {
                let member = id - class.first;
                if member.is_multiple_of(stride) {
                    self.shown.push(member / stride + place * ROWS);
                }
            }
        }
        self.input_log.push(tick, &self.shown);
    }

    fn end_block(&mut self) {
        let seconds = self.blocks.block_s();
        let output = std::mem::take(&mut self.output);
        let rate_hz = f64::from(output.num) / seconds;
        self.outputs.push(output);
        self.rate_hz.push(rate_hz as f32);
        if let Some(weights) = self.inhibitory_weights() {
            self.inhibition.push(weights.iter().sum::<f32>() / weights.len() as f32);
        }
        let dt_ms = self.grid().dt_ms();
        let has_theory = drift::is_known(&self.p);
        let gain = self.neuron.yoke.as_ref().map_or(1.0, |yoke| f64::from(yoke.relative_gain()));
        for class in &mut self.classes {
            let mean = class.mean_of(&self.neuron.weights);
            let before = class.mean.last().map_or(mean, |mean| f64::from(*mean));
            class.drift.push(((mean - before) / seconds) as f32);
            let weights = class.weights(&self.neuron.weights);
            if has_theory {
                let theory =
                    drift::drift_per_s(&self.p, class.correlation, weights, (rate_hz, gain), dt_ms);
                class.theory.push(theory as f32);
            }
            class.mean.push(mean as f32);
            let num = class.members.len();
            let weights = class.weights(&self.neuron.weights);
            for (place, member) in class.members.iter_mut().enumerate() {
                member.push(weights[place * weights.len() / num]);
            }
        }
    }

    /// The weights of inhibition, if they learn.
    pub fn inhibitory_weights(&self) -> Option<&[f32]> {
        let (_, weights) = self.neuron.inhibition.as_ref()?.learning.as_ref()?;
        Some(weights)
    }

    /// The output rate of the neuron that this one follows, block by block.
    pub fn leader_hz(&self) -> Option<Vec<f32>> {
        self.neuron.yoke.as_ref()?;
        let rate_hz = |block: &Output| (f64::from(block.num_led) / self.blocks.block_s()) as f32;
        Some(self.outputs.iter().map(rate_hz).collect())
    }

    /// The rate that a homeostasis aims at, if there is one.
    pub fn target_hz(&self) -> Option<f64> {
        match (&self.p.cell, &self.p.homeostasis) {
            (CellKind::Conductance(c), _) if c.is_vogels => Some(c.rho_0_hz),
            (_, HomeostasisKind::Scaling { target_rate_hz, .. }) => Some(*target_rate_hz),
            _ => None,
        }
    }

    /// Over the last fifth of the run so far: rate of the output and of the neuron that it follows, coefficient of
    /// variation, and all that was counted.
    fn output(&self) -> ([f64; 2], f64, Output) {
        let num_blocks = (self.outputs.len() / 5).max(1).min(self.outputs.len());
        let mut all = Output::default();
        for block in &self.outputs[self.outputs.len() - num_blocks..] {
            all.num += block.num;
            all.num_led += block.num_led;
            all.num_in_pattern += block.num_in_pattern;
            all.num_shown += block.num_shown;
            all.num_hit += block.num_hit;
            all.late += block.late;
            all.intervals += block.intervals;
            all.sum += block.sum;
            all.squares += block.squares;
        }
        let seconds = num_blocks as f64 * self.blocks.block_s();
        let num = f64::from(all.intervals.max(1));
        let (mean, square) = (all.sum / num, all.squares / num);
        let cv = if mean > 0.0 { (square - mean * mean).max(0.0).sqrt() / mean } else { 0.0 };
        ([all.num, all.num_led].map(|num| f64::from(num) / seconds.max(1e-9)), cv, all)
    }
}

impl Model for NeuronRun {
    type Params = CorrelatedInputs;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        self.neuron.step();
        let spikes = self.neuron.spikes();
        hasher.spikes(tick, 0, spikes);
        hasher.beside(tick, 2, self.neuron.inhibitory_spikes());
        self.meter.add(tick, self.classes[0].own(spikes), 0);
        self.log_inputs(tick);
        if let Source::EmbeddedPattern(source) = &self.neuron.source
            && let Some(answer) = self.pattern.see(tick, source.start())
        {
            self.output.num_shown += 1;
            self.output.num_hit += u32::from(answer.is_some());
            self.output.late += answer.unwrap_or(0) as f64;
        }
        let fired = self.neuron.fired();
        if !fired.is_empty() {
            hasher.spikes(tick, 1, fired);
            self.output.num += 1;
            self.output.num_in_pattern += u32::from(self.pattern.is_answer(tick));
            if let Some(last) = self.last_output.replace(tick) {
                let interval = (tick - last) as f64;
                self.output.intervals += 1;
                self.output.sum += interval;
                self.output.squares += interval * interval;
            }
        }
        if let Some(yoke) = &self.neuron.yoke {
            self.output.num_led += yoke.leader.fired().len() as u32;
        }
        self.output_log.push(tick, fired);
        if let Cell::Pulse(cell) = &self.neuron.cell
            && let Some(threshold) = cell.moving_threshold_mv()
        {
            self.trace.push(tick, &[cell.v_mv(), threshold], fired);
        } else if let Some(v) = self.neuron.cell.potential() {
            self.trace.push(tick, &[v], fired);
        }
        if self.blocks.ends(tick) {
            self.end_block();
        }
    }

    fn num_ticks(&self) -> Tick {
        self.blocks.num_ticks()
    }

    fn phase(&self, _: Tick) -> String {
        format!("output at {:.1} Hz", self.rate_hz.last().copied().unwrap_or(0.0))
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.rate_hz.clone()
    }

    fn adopt(&mut self, params: &CorrelatedInputs) {
        let Part::Neuron(p) = &params.part else { return };
        self.p = p.clone();
        let leader = self.neuron.yoke.as_mut().map(|yoke| &mut yoke.leader.rule);
        for rule in [&mut self.neuron.rule].into_iter().chain(leader).flatten() {
            rule.set_pair_params(p.learning.pair_params());
        }
    }

    fn summary(&self, _: Tick) -> Vec<(&'static str, f64)> {
        let weights = &self.neuron.weights;
        let num = weights.len() as f64;
        let share =
            |is_in: fn(f32) -> bool| weights.iter().filter(|w| is_in(**w)).count() as f64 / num;
        let ([rate_hz, led_hz], cv, output) = self.output();
        let overall_hz = self.rate_hz.iter().map(|hz| f64::from(*hz)).sum::<f64>()
            / self.rate_hz.len().max(1) as f64;
        let mean = weights.iter().map(|w| f64::from(*w)).sum::<f64>() / num;
        let mut rows = vec![
            ("rate_hz", self.meter.rate_hz(self.grid().dt_ms())),
            ("pairwise_correlation", self.meter.correlation()),
            ("mean_weight", mean),
            ("share_below_0_1", share(|w| w < 0.1)),
            ("share_above_0_9", share(|w| w > 0.9)),
            ("output_rate_hz", rate_hz),
            ("output_rate_hz_overall", overall_hz),
            ("output_cv", cv),
        ];
        if let Some(yoke) = &self.neuron.yoke {
            rows.push(("output_rate_hz_correlated", led_hz));
            rows.push(("synapse_gain", f64::from(yoke.relative_gain())));
        }
        let mean_of = |class: &Class| class.mean_of(weights);
        let group = self.classes.first().filter(|class| class.is_group).map(mean_of);
        let others = self.classes.last().filter(|class| !class.is_group).map(mean_of);
        let gain = group.zip(others).map(|(group, others)| group - others);
        let second = (self.classes.len() > 2).then(|| mean_of(&self.classes[1]));
        let names = ["mean_weight_correlated", "mean_weight_uncorrelated", "selectivity"];
        let found = names.into_iter().zip([group, others, gain]);
        let found = found.chain([("mean_weight_second", second)]);
        rows.extend(found.filter_map(|(name, value)| Some((name, value?))));
        if let Some(chance) = self.pattern.time_share() {
            let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
            rows.push(("output_in_pattern", share(output.num_in_pattern, output.num)));
            rows.push(("output_in_pattern_by_chance", chance));
            rows.push(("pattern_hit_share", share(output.num_hit, output.num_shown)));
            rows.push(("false_alarms", f64::from(output.num - output.num_in_pattern)));
            let late = output.late / f64::from(output.num_hit);
            rows.push(("pattern_latency_ms", late * self.grid().dt_ms()));
        }
        if let Some(mean) = self.inhibition.last() {
            rows.push(("mean_weight_inhibitory", f64::from(*mean)));
        }
        rows
    }

    fn look_ticks(&self) -> Tick {
        fan_in::LOOK_TICKS
    }

    fn look(&mut self, _now: Tick) -> Option<Fault> {
        self.neuron.look()
    }

    fn populations(&self) -> Vec<Population> {
        let inhibition = self.neuron.inhibition.as_ref();
        let inhibitory = inhibition.map_or(0, |inhibition| inhibition.source.num_inputs());
        let sizes = [self.neuron.weights.len() as u32, 1, inhibitory as u32];
        Population::all(POPULATIONS, sizes)
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        let mut all = vec![ArrayView::row("input_to_output", &self.neuron.weights)];
        all.extend(self.inhibitory_weights().map(|w| ArrayView::row("inhibition_to_output", w)));
        all
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let num = self.neuron.weights.len() as u32;
        let weights = file.array("input_to_output", &[num])?;
        let has_ends = !self.p.learning.rule.is_unbounded();
        if let Some(w) = weights.iter().find(|w| has_ends && !(0.0..=1.0).contains(*w)) {
            return Err(format!("a weight is {w}; weights of this neuron lie between 0 and 1"));
        }
        self.neuron.weights.copy_from_slice(weights);
        if let Some(yoke) = &mut self.neuron.yoke {
            yoke.leader.weights.copy_from_slice(weights);
        }
        Ok(())
    }

    /// Takes the spikes of its inputs from a list; after its end they are silent.
    fn load_trains(&mut self, trains: &SpikeTrains) -> Result<TrainCounts, String> {
        if self.neuron.yoke.is_some() {
            return Err("a yoked control makes independent inputs of its own; switch it off to use spike trains".into());
        }
        let (num, num_ticks) = (self.p.num_inputs, self.blocks.num_ticks());
        let (trains, counts) = Trains::new(trains.spikes(), num, num_ticks, self.grid());
        self.neuron.source = Source::Trains(trains);
        self.pattern.forget();
        Ok(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = NeuronRun::new(&NeuronParams::default(), 1, 100_000);
        run.neuron.weights[7] = f32::NAN;
        assert_stops(run, 1);
    }
}
