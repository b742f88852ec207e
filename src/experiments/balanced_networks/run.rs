//! A network that keeps itself firing, and what is measured of it.

use std::collections::VecDeque;

use get_size2::GetSize;

use super::DT_MS;
use super::describe::{NEURONS, describe};
use super::params::{BalancedNetworks, Part};
use super::plane::Expected;
use super::response::{Response, set_strengths};
use crate::kit::figure::Blocks;
use crate::lab::{Model, Population, built};
use crate::record::{ArrayView, Hasher, Intervals, RasterLog, Spectrum, TraceLog, WeightsFile};
use crate::sim::network::Network;
use crate::sim::{Fault, Tick, TimeGrid};

/// Excitatory and inhibitory neurons in the raster: the first of each.
pub const ROWS: [u32; 2] = [80, 20];
/// Spikes of so many excitatory neurons are counted for synchrony and rhythm.
pub const COUNTED: u32 = 2_000;
/// Samples of a potential in a figure.
const SAMPLES: Tick = 1_000;
/// Counted in bins of 1 ms.
const BIN_TICKS: Tick = (1.0 / DT_MS) as Tick;
/// A neuron's irregularity is told from so many intervals on.
pub const LEAST_INTERVALS: u32 = 20;
/// Segments of the power spectrum, at most and in a short run.
const SEGMENT_MS: f64 = 500.0;

/// A network of excitatory and inhibitory neurons.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct RecurrentRun {
    network: Network,
    pub(super) sizes: [u32; 2],
    pub(super) blocks: Blocks,
    /// What is before this tick is not measured.
    pub(super) settled: Tick,
    pub(super) raster: RasterLog,
    /// Spikes of all neurons in each of the last bins, and in the present one; of those that are counted as well.
    pub(super) activity: VecDeque<u32>,
    in_bin: [u32; 2],
    pub(super) spectrum: Spectrum,
    pub(super) intervals: Intervals,
    pub(super) counts: Vec<u32>,
    /// All spikes, and those before the network had settled.
    num_spikes: u64,
    spikes_before: u64,
    /// Mean rate so far, at the end of each block.
    pub(super) rate_hz: Vec<f32>,
    /// The row whose neuron is looked at closely, once one was picked.
    pub(super) chosen: Option<u32>,
    /// Potentials of the neurons that the raster shows, row by row.
    pub(super) potentials: TraceLog,
    pub(super) window_ms: f64,
    /// Threshold of the neurons.
    pub(super) v_th_mv: f32,
    /// What theory says, of a random network.
    pub(super) expected: Option<Expected>,
    /// A benchmark at other strengths of inhibition.
    pub(super) response: Option<Response>,
}

impl RecurrentRun {
    /// The network at its first tick.
    pub fn new(p: &BalancedNetworks, seed: u32) -> Self {
        let described = describe(p);
        let network = built::network(&described, &[NEURONS], seed);
        let network = network.unwrap_or_else(|refused| panic!("{refused}"));
        let v_th_mv = network.populations[0].neurons.v_th_mv();
        let parts = &described.populations[0].parts;
        let num = (parts[0].size + parts[1].size) as usize;
        let (duration_s, settle_s, window_ms) = match &p.part {
            Part::Brunel(p) => (p.duration_s, (0.2 * p.duration_s).min(0.2), 200.0),
            Part::Benchmark(p) => (p.duration_s, 0.0, 500.0),
            Part::Learned(_) => unreachable!("a neuron alone has a run of its own"),
        };
        let ticks = |s: f64| TimeGrid::new(DT_MS).ticks_from_ms(1_000.0 * s);
        let measured_ms = 1_000.0 * (duration_s - settle_s);
        let window = ticks(window_ms / 1_000.0);
        let segment = SEGMENT_MS.min(measured_ms / 2.0) as usize;
        let (expected, response) = match &p.part {
            Part::Brunel(p) => (Some(Expected::new(p)), None),
            Part::Benchmark(p) => {
                let response = || Response::new(p, &network, ticks(duration_s));
                (None, p.response.then(response))
            }
            Part::Learned(_) => (None, None),
        };
        Self {
            network,
            sizes: [parts[0].size, parts[1].size],
            blocks: Blocks::new(ticks(duration_s), DT_MS),
            settled: ticks(settle_s),
            raster: RasterLog::new(window),
            activity: VecDeque::new(),
            in_bin: [0; 2],
            spectrum: Spectrum::new(1.0, segment),
            intervals: Intervals::new(num),
            counts: vec![0; num],
            num_spikes: 0,
            spikes_before: 0,
            rate_hz: Vec::new(),
            chosen: None,
            potentials: TraceLog::new(ROWS[0] + ROWS[1], window, (window / SAMPLES).max(1)),
            window_ms,
            v_th_mv,
            expected,
            response,
        }
    }

    /// The neuron of a row of the raster.
    pub fn neuron_of(&self, row: u32) -> Option<u32> {
        let [exc, inh] = ROWS;
        match row {
            row if row < exc => Some(row),
            row if row < exc + inh => Some(self.sizes[0] + row - exc),
            _ => None,
        }
    }

    /// The row that is looked at closely: the one that was picked, or else the one that has fired most often.
    pub fn row(&self) -> u32 {
        let count = |row: &u32| {
            let neuron = self.neuron_of(*row).expect("a row");
            // Of several the lowest.
            (self.counts[neuron as usize], std::cmp::Reverse(*row))
        };
        self.chosen.or_else(|| (0..ROWS[0] + ROWS[1]).max_by_key(count)).unwrap_or(0)
    }

    /// How many neurons.
    pub fn num(&self) -> u32 {
        self.sizes[0] + self.sizes[1]
    }

    /// Excitatory neurons whose spikes are counted for synchrony and rhythm.
    pub fn num_counted(&self) -> u32 {
        self.sizes[0].min(COUNTED)
    }

    /// How long has been measured, in seconds.
    pub fn measured_s(&self, now: Tick) -> f64 {
        now.saturating_sub(self.settled) as f64 * DT_MS / 1_000.0
    }

    /// Mean rate of all neurons since it was first measured; until then since the beginning.
    pub fn mean_rate_hz(&self, now: Tick) -> f64 {
        let (spikes, seconds) = match now > self.settled {
            true => (self.num_spikes - self.spikes_before, self.measured_s(now)),
            false => (self.num_spikes, now as f64 * DT_MS / 1_000.0),
        };
        spikes as f64 / f64::from(self.num()) / seconds
    }

    /// The rate of each neuron since it was first measured.
    pub fn rates_hz(&self, now: Tick) -> impl Iterator<Item = f32> + '_ {
        let seconds = self.measured_s(now) as f32;
        self.counts.iter().map(move |count| *count as f32 / seconds)
    }

    fn end_bin(&mut self, is_measured: bool) {
        let [all, counted] = std::mem::take(&mut self.in_bin);
        self.activity.push_back(all);
        if self.activity.len() > self.window_ms as usize {
            self.activity.pop_front();
        }
        if is_measured {
            self.spectrum.add(counted as f32);
        }
    }

    /// Adds the spikes of a step that is measured.
    fn measure(&mut self, tick: Tick) {
        let fired = self.network.populations[0].fired();
        self.intervals.add(tick, fired);
        fired.iter().for_each(|neuron| self.counts[*neuron as usize] += 1);
    }
}

/// The row of a neuron in the raster, if it has one.
fn row_of(neuron: u32, [num_exc, _]: [u32; 2]) -> Option<u32> {
    let [exc, inh] = ROWS;
    match neuron {
        neuron if neuron < exc => Some(neuron),
        neuron if (num_exc..num_exc + inh).contains(&neuron) => Some(exc + neuron - num_exc),
        _ => None,
    }
}

impl Model for RecurrentRun {
    type Params = BalancedNetworks;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        self.network.step(false);
        let fired = self.network.populations[0].fired();
        hasher.spikes(tick, 0, fired);
        let rows: Vec<u32> = fired.iter().filter_map(|id| row_of(*id, self.sizes)).collect();
        self.raster.push(tick, &rows);
        let v_mv = self.network.populations[0].neurons.v_mv();
        let [exc, inh] = [0, self.sizes[0]].map(|first| first as usize);
        let shown = [&v_mv[exc..][..ROWS[0] as usize], &v_mv[inh..][..ROWS[1] as usize]];
        self.potentials.push_with(tick, || shown.concat(), &rows);
        let counted = fired.partition_point(|neuron| *neuron < self.num_counted()) as u32;
        self.in_bin[0] += fired.len() as u32;
        self.num_spikes += fired.len() as u64;
        self.in_bin[1] += counted;
        let is_measured = tick >= self.settled;
        if is_measured {
            self.measure(tick);
        } else {
            self.spikes_before = self.num_spikes;
        }
        if (tick + 1).is_multiple_of(BIN_TICKS) {
            self.end_bin(is_measured);
        }
        if self.blocks.ends(tick) {
            self.rate_hz.push(self.mean_rate_hz(tick + 1) as f32);
        }
        if let Some(response) = &mut self.response {
            response.run_some();
        }
    }

    fn num_ticks(&self) -> Tick {
        self.blocks.num_ticks()
    }

    fn phase(&self, now: Tick) -> String {
        match now {
            0 => "at the start".into(),
            now if now > self.settled => format!("{:.1} Hz so far", self.mean_rate_hz(now)),
            _ => "settling".into(),
        }
    }

    /// Strengths can be turned while it runs.
    fn adopt(&mut self, p: &BalancedNetworks) {
        let strengths = match &p.part {
            Part::Brunel(p) => p.strengths(),
            Part::Benchmark(p) => p.strengths(),
            Part::Learned(_) => return,
        };
        set_strengths(&mut self.network, strengths);
        if let (Some(response), Part::Benchmark(p)) = (&mut self.response, &p.part) {
            response.adopt(p);
        }
    }

    fn pick(&mut self, neuron: u32) {
        self.chosen = row_of(neuron, self.sizes);
    }

    /// Those that the raster shows.
    fn has_neuron(&self, neuron: u32) -> bool {
        row_of(neuron, self.sizes).is_some()
    }

    fn summary(&self, now: Tick) -> Vec<(&'static str, f64)> {
        let cvs = self.intervals.cvs(LEAST_INTERVALS);
        let rhythm_hz = self.spectrum.rhythm().map_or(f64::NAN, |(hz, _)| hz);
        let mut rows = vec![
            ("rate_hz", self.mean_rate_hz(now)),
            ("isi_cv", self.intervals.mean_cv(LEAST_INTERVALS)),
            ("isi_cv_share", cvs.len() as f64 / f64::from(self.num())),
            ("synchrony", self.spectrum.fano()),
            ("rhythm_hz", rhythm_hz),
        ];
        if let Some(expected) = &self.expected {
            rows.push(("rate_hz_expected", expected.rate_hz));
        }
        rows
    }

    fn look(&mut self, _now: Tick) -> Option<Fault> {
        self.network.look()
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.rate_hz.clone()
    }

    fn populations(&self) -> Vec<Population> {
        Population::all([NEURONS], [self.num()])
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        Vec::new()
    }

    fn load_weights(&mut self, _: &WeightsFile) -> Result<(), String> {
        Err("only inhibition that learns (part=learned) has weights to load".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = RecurrentRun::new(&BalancedNetworks::default(), 1);
        run.network.populations[0].neurons.v_mv_mut()[7] = f32::NAN;
        assert_stops(run, 1);
    }
}
