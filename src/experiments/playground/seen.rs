//! What is seen of the neurons: potentials, spikes, intervals.

use std::collections::VecDeque;

use get_size2::GetSize;

use super::params::{NeuronKind, Playground};
use crate::record::figure::Trace;
use crate::record::{Intervals, LocalVariation, RasterLog, TraceLog};
use crate::sim::Tick;
use crate::sim::network::Population;

/// Neurons whose potentials are kept: the first so many.
pub const FOLLOWED: u32 = 10;
/// A neuron's irregularity is told from so many intervals on.
pub const LEAST_INTERVALS: u32 = 20;
/// Samples of a figure.
const SAMPLES: Tick = 4_000;
/// The latest intervals, for their histogram, and the latest pairs of them.
const MOST_INTERVALS: usize = 20_000;
const MOST_PAIRS: usize = 1_000;

/// What is seen.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Seen {
    dt_ms: f64,
    num: u32,
    /// Whether a second variable is kept, or a threshold that moves.
    has_second: bool,
    /// Spikes come in. Under a current alone the figure says how high thresholds are.
    has_inputs: bool,
    /// The neuron that is looked at closely.
    pub chosen: u32,
    pub spikes: RasterLog,
    /// Of each neuron that is followed the potential, then the threshold where it moves or the second variable where there
    /// is one, then the potential without spikes where there is one.
    pub trace: TraceLog,
    /// At which of its columns the potentials without spikes begin.
    pub first_free: Option<u32>,
    /// Threshold without adaptation, where it is one.
    pub v_th_mv: Option<f32>,
    intervals: Intervals,
    /// The latest intervals of all neurons, in ms.
    pub latest_ms: VecDeque<f32>,
    /// The latest pairs of intervals, each of one neuron and one right after the other.
    pub pairs_ms: VecDeque<[f32; 2]>,
    local: LocalVariation,
    num_intervals: u64,
    last: Vec<Option<Tick>>,
    /// The interval before, 0 where there was none.
    before: Vec<Tick>,
    num_spikes: u64,
    /// Of the first neuron: when it fired first, its first interval and its last.
    first_spike: Option<Tick>,
    first_interval: Option<Tick>,
    last_interval: Option<Tick>,
    /// The highest threshold of all, where they move.
    threshold_max_mv: Option<f32>,
}

impl Seen {
    /// Nothing so far.
    pub fn new(p: &Playground, neurons: &Population, window: Tick) -> Self {
        let num = neurons.len() as u32;
        let has_second = second(neurons).is_some();
        let has_free = neurons.beside().is_some_and(|beside| beside.free_mv().is_some());
        let kept = FOLLOWED.min(num);
        let first_free = has_free.then(|| kept * if has_second { 2 } else { 1 });
        let width = kept * (1 + u32::from(has_second) + u32::from(has_free));
        // Neurons that fire by chance, and those with an upstroke of their own, have no sharp threshold.
        let v_th_mv = match p.neuron {
            NeuronKind::Linear | NeuronKind::HodgkinHuxley(_) | NeuronKind::Izhikevich(_) => None,
            NeuronKind::Exponential(ref c)
            | NeuronKind::AdEx(ref c, _)
            | NeuronKind::Clopath(ref c, ..) => Some(c.v_th_mv as f32),
            _ => Some(neurons.neurons.v_th_mv()),
        };
        Self {
            dt_ms: p.dt_ms,
            num,
            has_second,
            has_inputs: p.spikes().is_some(),
            chosen: 0,
            spikes: RasterLog::new(window),
            trace: TraceLog::new(width, window, (window / SAMPLES).max(1)),
            first_free,
            v_th_mv,
            intervals: Intervals::new(num as usize),
            latest_ms: VecDeque::new(),
            pairs_ms: VecDeque::new(),
            local: LocalVariation::new(num as usize),
            num_intervals: 0,
            last: vec![None; num as usize],
            before: vec![0; num as usize],
            num_spikes: 0,
            first_spike: None,
            first_interval: None,
            last_interval: None,
            threshold_max_mv: None,
        }
    }

    /// The neuron whose potential is drawn in front.
    pub fn followed(&self) -> u32 {
        self.chosen.min(FOLLOWED - 1)
    }

    /// Potential of each neuron that is followed, up to the peak of each spike: a sample between two steps misses it.
    pub fn with_peaks(&self, mut trace: Trace, peak_mv: Option<f32>) -> Trace {
        if let Some(peak_mv) = peak_mv {
            for series in &mut trace.series {
                for &sample in &series.spikes {
                    if let Some(v) = series.values.get_mut(sample as usize) {
                        *v = peak_mv;
                    }
                }
            }
        }
        trace
    }

    /// Spikes of all neurons.
    pub fn num_spikes(&self) -> u64 {
        self.num_spikes
    }

    /// Nobody has fired.
    pub fn is_silent(&self) -> bool {
        self.num_spikes == 0
    }

    /// A step.
    pub fn see(&mut self, tick: Tick, neurons: &Population) {
        let fired = neurons.fired();
        self.spikes.push(tick, fired);
        let kept = FOLLOWED.min(self.num) as usize;
        let marked = &fired[..fired.partition_point(|neuron| (*neuron as usize) < kept)];
        let v_mv = &neurons.neurons.v_mv()[..kept];
        if self.has_second || self.first_free.is_some() {
            let sample = || {
                let mut all = v_mv.to_vec();
                all.extend(second(neurons).into_iter().flat_map(|of| of.into_iter().take(kept)));
                let free = neurons.beside().and_then(|beside| beside.free_mv());
                all.extend(free.into_iter().flat_map(|of| of.iter().take(kept)));
                all
            };
            self.trace.push_with(tick, sample, marked);
        } else {
            self.trace.push(tick, v_mv, marked);
        }
        if fired.is_empty() {
            return;
        }
        self.num_spikes += fired.len() as u64;
        // A threshold is never higher than after a spike.
        if let (Some(threshold), true) = (&neurons.threshold, self.has_inputs) {
            let of = |neuron: &u32| threshold.theta_mv()[*neuron as usize];
            let highest = fired.iter().map(of).fold(f32::NEG_INFINITY, f32::max);
            let highest = neurons.neurons.v_th_mv() + highest;
            self.threshold_max_mv =
                Some(self.threshold_max_mv.map_or(highest, |so_far| so_far.max(highest)));
        }
        self.intervals.add(tick, fired);
        for &neuron in fired {
            let Some(last) = self.last[neuron as usize].replace(tick) else {
                if neuron == 0 {
                    self.first_spike = Some(tick);
                }
                continue;
            };
            self.see_interval(neuron as usize, tick - last);
            if neuron == 0 {
                self.first_interval = self.first_interval.or(Some(tick - last));
                self.last_interval = Some(tick - last);
            }
        }
    }

    fn see_interval(&mut self, neuron: usize, interval: Tick) {
        let ms = |ticks: Tick| (ticks as f64 * self.dt_ms) as f32;
        if self.latest_ms.len() == MOST_INTERVALS {
            self.latest_ms.pop_front();
        }
        self.latest_ms.push_back(ms(interval));
        self.num_intervals += 1;
        let before = std::mem::replace(&mut self.before[neuron], interval);
        if before > 0 {
            if self.pairs_ms.len() == MOST_PAIRS {
                self.pairs_ms.pop_front();
            }
            self.pairs_ms.push_back([ms(before), ms(interval)]);
            self.local.add(neuron, [before, interval]);
        }
    }

    /// How many intervals there were and how irregular, in words: "n = 240, CV 0.52, CV2 0.61, LV 0.55".
    pub fn irregularity(&self) -> String {
        let [cv2, lv] = self.local.means(LEAST_INTERVALS);
        let of = [("CV", self.intervals.mean_cv(LEAST_INTERVALS)), ("CV2", cv2), ("LV", lv)];
        let told = of.iter().filter(|(_, value)| value.is_finite());
        let told = told.map(|(name, value)| format!(", {name} {value:.2}"));
        format!("n = {}{}", self.num_intervals, told.collect::<String>())
    }

    /// Rate, regularity, and how the first neuron's firing changes.
    pub fn summary(&self, seconds: f64) -> Vec<(&'static str, f64)> {
        let ms = |ticks: Option<Tick>| ticks.map_or(f64::NAN, |ticks| ticks as f64 * self.dt_ms);
        let [cv2, lv] = self.local.means(LEAST_INTERVALS);
        let mut rows = vec![
            ("output_rate_hz", self.num_spikes as f64 / f64::from(self.num) / seconds),
            ("isi_cv", self.intervals.mean_cv(LEAST_INTERVALS)),
            ("isi_cv2", cv2),
            ("isi_lv", lv),
            ("first_spike_ms", ms(self.first_spike)),
            ("first_interval_ms", ms(self.first_interval)),
            ("last_interval_ms", ms(self.last_interval)),
        ];
        rows.extend(self.threshold_max_mv.map(|mv| ("threshold_max_mv", f64::from(mv))));
        rows
    }
}

/// The threshold of each neuron, where it moves, or its second variable, where it has one.
fn second(neurons: &Population) -> Option<Vec<f32>> {
    if let Some(threshold) = &neurons.threshold {
        let base = neurons.neurons.v_th_mv();
        return Some(threshold.theta_mv().iter().map(|theta| base + theta).collect());
    }
    let columns = neurons.neurons.columns();
    let (_, values) = columns
        .iter()
        .find(|(name, _)| matches!(*name, "adaptation current" | "recovery variable"))?;
    Some(values.to_vec())
}
