//! One neuron whose inhibitory synapses learn.

use get_size2::GetSize;

use super::DT_MS;
use super::describe::{GROUP, INPUT, LEARNED, NUM_GROUPS, OUTPUT, describe};
use super::params::{BalancedNetworks, LearnedParams, Part};
use crate::kit::figure::Blocks;
use crate::lab::{Model, Population, built};
use crate::record::{ArrayView, Hasher, Intervals, RasterLog, TraceLog};
use crate::sim::network::Network;
use crate::sim::{Fault, Tick, TimeGrid};

/// Rasters reach back this far, and so does the trace of the potential.
pub const WINDOW_MS: f64 = 1_000.0;
/// Inputs of each group that are shown, excitatory and inhibitory.
pub const SHOWN: [u32; 2] = [4, 1];
/// Groups, and inhibitory weights of each.
const SHAPE: [u32; 2] = [NUM_GROUPS, GROUP[1]];
/// The window in which the last rate is counted, as a share of the run.
const LAST: f64 = 0.2;

/// The neuron, its inputs, and what was seen of them.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct LearnedRun {
    network: Network,
    p: LearnedParams,
    pub(super) blocks: Blocks,
    /// Excitatory weight of each group.
    pub(super) excitation: Vec<f32>,
    /// At the end of each block: output rate, and how far inhibition follows excitation.
    pub(super) rate_hz: Vec<f32>,
    pub(super) tuning: Vec<f32>,
    /// Mean inhibitory weight of each group at the end of each block.
    pub(super) weights_then: Vec<Vec<f32>>,
    in_block: u32,
    in_last: u32,
    last: Tick,
    intervals: Intervals,
    pub(super) raster: RasterLog,
    pub(super) outputs: RasterLog,
    pub(super) potential: TraceLog,
}

impl LearnedRun {
    /// The neuron at its first tick.
    pub fn new(p: &BalancedNetworks, seed: u32) -> Self {
        let Part::Learned(own) = &p.part else { unreachable!("networks have a run of their own") };
        let network = built::network(&describe(p), &[INPUT, OUTPUT], seed);
        let network = network.unwrap_or_else(|refused| panic!("{refused}"));
        let grid = TimeGrid::new(DT_MS);
        let num_ticks = grid.ticks_from_ms(1_000.0 * own.duration_s);
        let window = grid.ticks_from_ms(WINDOW_MS);
        Self {
            network,
            p: own.clone(),
            blocks: Blocks::new(num_ticks, DT_MS),
            excitation: own.excitation().into_iter().map(|w| w as f32).collect(),
            rate_hz: Vec::new(),
            tuning: Vec::new(),
            weights_then: vec![Vec::new(); NUM_GROUPS as usize],
            in_block: 0,
            in_last: 0,
            last: num_ticks - (LAST * num_ticks as f64) as Tick,
            intervals: Intervals::new(1),
            raster: RasterLog::new(window),
            outputs: RasterLog::new(window),
            potential: TraceLog::new(1, window, 10),
        }
    }

    /// The rate at which inhibition stops changing.
    pub fn target_hz(&self) -> f32 {
        self.p.target_hz as f32
    }

    /// Inhibitory weights of a group, which are a projection of their own.
    fn weights_of(&self, group: usize) -> &[f32] {
        self.network.projections[2 * group + 1].weights()
    }

    /// Mean inhibitory weight of each group.
    pub fn inhibition(&self) -> Vec<f32> {
        let mean = |of: &[f32]| of.iter().sum::<f32>() / of.len() as f32;
        (0..NUM_GROUPS as usize).map(|group| mean(self.weights_of(group))).collect()
    }

    /// Correlation over the groups of mean inhibitory with excitatory weights: 1 where inhibition follows excitation.
    pub fn follows(&self) -> f64 {
        correlation(&self.excitation, &self.inhibition())
    }

    fn end_block(&mut self) {
        self.rate_hz.push(self.in_block as f32 / self.blocks.block_s() as f32);
        self.in_block = 0;
        self.tuning.push(self.follows() as f32);
        let now = self.inhibition();
        self.weights_then.iter_mut().zip(now).for_each(|(then, now)| then.push(now));
    }
}

fn correlation(a: &[f32], b: &[f32]) -> f64 {
    let mean =
        |values: &[f32]| values.iter().map(|v| f64::from(*v)).sum::<f64>() / values.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut product, mut square_a, mut square_b) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (f64::from(*a) - mean_a, f64::from(*b) - mean_b);
        product += a * b;
        square_a += a * a;
        square_b += b * b;
    }
    product / (square_a * square_b).sqrt()
}

/// Whether the raster shows this input, and in which place of its group.
pub fn shown(input: u32) -> Option<(u32, bool, u32)> {
    let size = GROUP[0] + GROUP[1];
    let (group, place) = (input / size, input % size);
    let is_inhibitory = place >= GROUP[0];
    let place = if is_inhibitory { place - GROUP[0] } else { place };
    (place < SHOWN[usize::from(is_inhibitory)]).then_some((group, is_inhibitory, place))
}

impl Model for LearnedRun {
    type Params = BalancedNetworks;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        self.network.step(true);
        let [inputs, output] = [0, 1].map(|place| self.network.populations[place].fired());
        hasher.spikes(tick, 0, inputs);
        hasher.spikes(tick, 1, output);
        let rows: Vec<u32> = inputs.iter().copied().filter(|id| shown(*id).is_some()).collect();
        self.raster.push(tick, &rows);
        self.outputs.push(tick, output);
        self.potential.push(tick, self.network.populations[1].neurons.v_mv(), output);
        self.intervals.add(tick, output);
        self.in_block += output.len() as u32;
        if tick >= self.last {
            self.in_last += output.len() as u32;
        }
        if self.blocks.ends(tick) {
            self.end_block();
        }
    }

    fn num_ticks(&self) -> Tick {
        self.blocks.num_ticks()
    }

    fn phase(&self, _: Tick) -> String {
        let latest = &self.rate_hz[self.rate_hz.len().saturating_sub(20)..];
        let mean = latest.iter().sum::<f32>() / latest.len().max(1) as f32;
        format!("output at {mean:.1} Hz lately")
    }

    fn adopt(&mut self, p: &BalancedNetworks) {
        let Part::Learned(p) = &p.part else { return };
        self.p = LearnedParams { eta: p.eta, target_hz: p.target_hz, ..self.p.clone() };
        for projection in &mut self.network.projections {
            projection.set_inhibition(self.p.rule());
        }
    }

    fn summary(&self, now: Tick) -> Vec<(&'static str, f64)> {
        let last_s = now.saturating_sub(self.last) as f64 * DT_MS / 1_000.0;
        // Where all are alike, none is.
        let inhibition = self.inhibition();
        let are_alike = inhibition.iter().all(|w| *w == inhibition[0]);
        let groups = (1..).zip(inhibition).filter(|_| !are_alike);
        let strongest = groups.max_by(|a, b| a.1.total_cmp(&b.1));
        vec![
            ("output_rate_hz", f64::from(self.in_last) / last_s),
            ("isi_cv", self.intervals.mean_cv(super::run::LEAST_INTERVALS)),
            ("tuning", self.follows()),
            ("strongest_group", strongest.map_or(f64::NAN, |(group, _)| f64::from(group))),
        ]
    }

    fn look(&mut self, _now: Tick) -> Option<Fault> {
        self.network.look()
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.tuning.clone()
    }

    fn populations(&self) -> Vec<Population> {
        Population::all([INPUT, OUTPUT], [NUM_GROUPS * (GROUP[0] + GROUP[1]), 1])
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        let of_group = GROUP[1] as usize;
        let weight = move |idx: usize| self.weights_of(idx / of_group)[idx % of_group];
        vec![ArrayView::worked_out(LEARNED, &SHAPE, weight)]
    }

    fn load_weights(&mut self, file: &crate::record::WeightsFile) -> Result<(), String> {
        let given = file.array(LEARNED, &SHAPE)?;
        if let Some(w) = given.iter().find(|w| !(0.0..=2.0).contains(*w)) {
            return Err(format!("a weight is {w}; inhibitory weights lie between 0 and 2"));
        }
        for (group, weights) in given.chunks(GROUP[1] as usize).enumerate() {
            self.network.projections[2 * group + 1].set_weights(weights);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    fn run() -> LearnedRun {
        let part = Part::Learned(LearnedParams { duration_s: 5.0, ..LearnedParams::default() });
        LearnedRun::new(&BalancedNetworks { part }, 1)
    }

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = run();
        run.network.projections[1].set_weights(&[f32::NAN; 25]);
        assert_stops(run, 1);
    }

    #[test]
    fn correlations_are_those_of_lists() {
        assert!((correlation(&[1.0, 2.0, 3.0], &[10.0, 20.0, 30.0]) - 1.0).abs() < 1e-12);
        assert!((correlation(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]) + 1.0).abs() < 1e-12);
        assert!(correlation(&[1.0, 2.0, 3.0], &[1.0; 3]).is_nan());
    }

    #[test]
    fn the_raster_shows_a_few_of_every_group() {
        let all: Vec<_> = (0..1_000).filter_map(shown).collect();
        assert_eq!(all.len(), 40);
        assert_eq!(
            all[..5],
            [(0, false, 0), (0, false, 1), (0, false, 2), (0, false, 3), (0, true, 0)]
        );
        assert_eq!(all[39], (7, true, 0));
    }
}
