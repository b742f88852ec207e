//! What neurons of this kind do under noise, measured by copies beside the run: rate and irregularity over mean and
//! fluctuation of the input, and how much of a common input is found in the spikes.
//!
//! **The noise** is white: drawn anew in every step ([`draw`]), and as strong as makes a leaky membrane with the neuron's time constant
//! fluctuate by σ where it never fires. The noise of the run itself remembers itself; the σ that stands for it here is the
//! fluctuation that it causes, σ_I √(τ_c/(τ_c + τ_m)).
//!
//! **Closed forms** of leaky neurons with a hard reset: [`siegert`]. Of the correlation: each neuron answers a slow change
//! of its mean by df/dμ of it, so that counts of long windows correlate by c · 2 τ_m σ² (df/dμ)²/(CV² f) for a small share c
//! (de la Rocha et al. 2007, doi:10.1038/nature06028).

use get_size2::GetSize;

use super::describe::{NEURON, alone};
use super::params::{CurrentKind, NeuronKind, Playground};
use crate::kit::beside::{Aside, Beside};
use crate::kit::params::ResetKind;
use crate::lab::built;
use crate::record::Intervals;
use crate::record::figure::{Curve, Line, LineStyle};
use crate::sim::network::Network;
use crate::sim::neuron::{LifParams, siegert};
use crate::sim::{Stream, Tick, TimeGrid, math};

/// Fluctuations that are tried, and how many means of each, from 0 up.
const SD_MV: [f64; 3] = [2.0, 5.0, 10.0];
const NUM_MEANS: u32 = 11;
/// Shares of the input that are common, from 0 to 1, and how many neurons share it.
const NUM_SHARES: u32 = 6;
const NUM_SHARING: u32 = 6;
/// Spikes are counted in windows of this length.
const WINDOW_MS: f64 = 100.0;
/// What is seen first still tells how it began.
const SETTLING_MS: f64 = 500.0;
/// Neurons with fewer intervals have no CV here.
const LEAST_INTERVALS: u32 = 20;
/// How many steps copies take, those under several means and those with common noise: 10 and 20 s in steps of 0.1 ms.
const NUM_STEPS: [Tick; 2] = [100_000, 200_000];

/// What was found, and what finds it.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Noisy {
    beside: Beside<Copies>,
    /// The copies after those that go on.
    next: Option<Box<Copies>>,
    steps_per_tick: u32,
    means_mv: Vec<f64>,
    /// Rate and CV, mean by mean for each fluctuation.
    found: Vec<[f32; 2]>,
    expected: Vec<[f32; 2]>,
    /// Correlations, share by share, and the slope that is expected.
    correlations: Vec<f32>,
    slope: Option<f32>,
}

/// Neurons under white noise, some of it common to those of a group.
#[derive(Clone, Debug, PartialEq, GetSize)]
struct Copies {
    network: Network,
    stream: Stream,
    mean_mv: Vec<f32>,
    /// What a draw of one's own and one of the group's adds to the drive.
    own_mv: Vec<f32>,
    common_mv: Vec<f32>,
    /// Neurons of a group, which stand one after the other.
    group_size: u32,
    settling: Tick,
    num_ticks: Tick,
    dt_ms: f64,
    num_spikes: Vec<u32>,
    intervals: Intervals,
    window: Tick,
    in_window: Vec<u32>,
    /// Sums over windows of each neuron's counts and their squares, and of the squares of the group's.
    counts: Vec<[f64; 2]>,
    group_squares: Vec<f64>,
}

/// What copies come to.
struct Found {
    of_each: Vec<[f32; 2]>,
    correlations: Vec<f32>,
}

/// A membrane time constant, where the model has a leak and takes steps that are long enough to be done beside a run.
fn tau_m_ms(neuron: &NeuronKind) -> Option<f64> {
    match neuron {
        NeuronKind::Exponential(c) | NeuronKind::AdEx(c, _) => Some(c.c_m_pf / c.g_l_ns),
        neuron => neuron.lif().map(|lif| lif.tau_m_ms),
    }
}

/// The run has copies under noise: it is under noise itself, and without input spikes.
pub fn is_noisy(p: &Playground) -> bool {
    let is_noise = matches!(p.current, CurrentKind::Noise { .. });
    is_noise && p.spikes().is_none() && tau_m_ms(&p.neuron).is_some()
}

/// Means up to twice the way to the threshold.
fn most_mv(neuron: &NeuronKind) -> f64 {
    match neuron {
        NeuronKind::Exponential(c) | NeuronKind::AdEx(c, _) => 2.0 * (c.v_th_mv - c.e_l_mv),
        neuron => neuron.lif().map_or(60.0, |lif| 2.0 * (lif.v_th_mv - lif.e_l_mv)),
    }
    .max(10.0)
}

/// The leaky neuron whose closed form this is, seen only at the steps.
fn closed(p: &Playground, sd_mv: f64) -> Option<LifParams> {
    let NeuronKind::Lif(lif) = &p.neuron else { return None };
    let raised = siegert::overshoot_mv(sd_mv, lif.tau_m_ms, p.dt_ms);
    (lif.reset == ResetKind::Hard).then_some(LifParams {
        tau_m_ms: lif.tau_m_ms,
        e_l_mv: lif.e_l_mv,
        v_th_mv: lif.v_th_mv + raised,
        v_reset_mv: lif.v_reset_mv,
        t_ref_ms: lif.t_ref_ms,
    })
}

impl Noisy {
    /// Of a run under noise.
    pub fn new(p: &Playground, seed: u32) -> Option<Self> {
        let (CurrentKind::Noise { current_mv, sd_mv, tau_c_ms }, Some(tau_ms)) =
            (&p.current, tau_m_ms(&p.neuron).filter(|_| is_noisy(p)))
        else {
            return None;
        };
        let most = most_mv(&p.neuron);
        let means_mv: Vec<f64> =
            (0..NUM_MEANS).map(|nth| most * f64::from(nth) / f64::from(NUM_MEANS - 1)).collect();
        let grid = |sd: f64| means_mv.iter().map(move |mean| (*mean, sd, 0.0));
        let over: Vec<_> = SD_MV.into_iter().flat_map(grid).collect();
        let own_sd = sd_mv * (tau_c_ms / (tau_c_ms + tau_ms)).sqrt();
        let share = |nth: u32| f64::from(nth) / f64::from(NUM_SHARES - 1);
        let sharing = (0..NUM_SHARES * NUM_SHARING)
            .map(|neuron| (*current_mv, own_sd, share(neuron / NUM_SHARING)));
        let sharing: Vec<_> = sharing.collect();
        let expected = over.iter().map_while(|(mean, sd, _)| {
            let lif = closed(p, *sd)?;
            Some([siegert::rate_hz(&lif, *mean, *sd), siegert::cv(&lif, *mean, *sd)])
        });
        let expected = expected.map(|pair| pair.map(|value| value as f32)).collect();
        let mut beside = Beside::default();
        let copies = Copies::new(p, (seed, "mean and fluctuation"), (&over, 1), NUM_STEPS[0]);
        let next = Copies::new(p, (seed, "common input"), (&sharing, NUM_SHARING), NUM_STEPS[1]);
        // Done before the run is.
        let all = copies.num_ticks + next.num_ticks;
        let steps_per_tick = (5 * all).div_ceil(4 * p.num_ticks()).max(1) as u32;
        beside.begin(copies);
        Some(Self {
            beside,
            next: Some(Box::new(next)),
            steps_per_tick,
            means_mv,
            found: Vec::new(),
            expected,
            correlations: Vec::new(),
            slope: closed(p, own_sd).map(|lif| slope(&lif, *current_mv, own_sd) as f32),
        })
    }

    /// Some steps.
    pub fn go_on(&mut self) {
        let Some(found) = self.beside.go_on(self.steps_per_tick) else { return };
        if let Some(next) = self.next.take() {
            self.found = found.of_each;
            self.beside.begin(*next);
        } else {
            self.correlations = found.correlations;
        }
    }

    /// Rates, or irregularities, over the mean.
    fn over_mean(&self, of: usize, least_top: f32) -> Curve {
        let num = self.means_mv.len();
        let mut lines = Vec::new();
        let mut add = |all: &[[f32; 2]], style: LineStyle, name: &dyn Fn(f64) -> [String; 2]| {
            for (values, sd_mv) in all.chunks(num).zip(SD_MV) {
                let points = self.means_mv.iter().zip(values.iter().map(|pair| pair[of]));
                let points = points.filter(|(_, value)| value.is_finite());
                let (x, y) = points.map(|(mean, value)| (*mean as f32, value)).unzip();
                let [label, own_name] = name(sd_mv);
                lines.push(Line::new(&label, x, y, style).named(own_name));
            }
        };
        add(&self.found, LineStyle::Main, &|sd| [format!("σ {sd} mV"), format!("σ {sd} mV")]);
        if !self.found.is_empty() {
            add(&self.expected, LineStyle::Expected, &|sd| {
                let label = if sd == SD_MV[0] { "closed form" } else { "" };
                [label.into(), format!("closed form, σ {sd} mV")]
            });
        }
        let top = lines.iter().flat_map(|line| &line.y).copied().fold(least_top, f32::max);
        let most = self.means_mv.last().map_or(1.0, |mean| *mean as f32);
        let note = "Measured beside the run.".into();
        Curve { x_range: (0.0, most), y_range: (0.0, 1.1 * top), lines, note, ..Curve::default() }
    }

    /// Rate over mean and fluctuation.
    pub fn rate(&self) -> Curve {
        self.over_mean(0, 10.0)
    }

    /// CV over the same.
    pub fn cv(&self) -> Curve {
        self.over_mean(1, 1.0)
    }

    /// Correlation of spike counts over the share of the input that is common.
    pub fn correlation(&self) -> Curve {
        let share = |nth: usize| nth as f32 / (NUM_SHARES - 1) as f32;
        let points = self.correlations.iter().enumerate().filter(|(_, value)| value.is_finite());
        let (x, y): (Vec<f32>, Vec<f32>) = points.map(|(nth, value)| (share(nth), *value)).unzip();
        let mut lines = Vec::new();
        if !x.is_empty() {
            lines.push(Line::new("spikes", x, y, LineStyle::Main));
            let ends = vec![0.0, 1.0];
            lines.push(Line::new("as the inputs", ends.clone(), ends, LineStyle::Reference));
        }
        if let Some(slope) = self.slope.filter(|slope| slope.is_finite() && !lines.is_empty()) {
            // It is meant for small shares.
            let ends = vec![0.0, 0.5];
            let y = ends.iter().map(|share| slope * share).collect();
            lines.push(Line::new("closed form", ends, y, LineStyle::Expected));
        }
        let note = match self.next.is_none() && !self.beside.goes_on() {
            true => "Too few spikes to tell.",
            false => "Measured beside the run.",
        };
        let (x_range, y_range) = ((0.0, 1.0), (-0.1, 1.05));
        Curve { x_range, y_range, lines, note: note.into(), ..Curve::default() }
    }
}

/// Correlation of the spikes per share of the input, for small shares and long windows.
fn slope(p: &LifParams, mean_mv: f64, sd_mv: f64) -> f64 {
    const NEAR_MV: f64 = 0.05;
    let per_ms = |mean_mv: f64| siegert::rate_hz(p, mean_mv, sd_mv) / 1_000.0;
    let gain = (per_ms(mean_mv + NEAR_MV) - per_ms(mean_mv - NEAR_MV)) / (2.0 * NEAR_MV);
    let cv = siegert::cv(p, mean_mv, sd_mv);
    2.0 * p.tau_m_ms * sd_mv * sd_mv * gain * gain / (cv * cv * per_ms(mean_mv))
}

/// A number with mean 0 and standard deviation 1: four uniform ones together, which are nearly normal, and of which the
/// membrane adds up hundreds. Truly normal ones would take most of the time.
fn draw(stream: &mut Stream) -> f32 {
    const PART: u64 = 0xffff;
    let bits = stream.bits();
    let sum = (bits & PART) + ((bits >> 16) & PART) + ((bits >> 32) & PART) + (bits >> 48);
    // Its mean is 4 · 65535/2, its deviation 65536/√3.
    (sum as f32 - 131_070.0) * (1.732_050_8 / 65_536.0)
}

impl Copies {
    /// Neurons with these means, fluctuations and shares of common noise, in groups of so many.
    fn new(
        p: &Playground,
        (seed, name): (u32, &str),
        (all, group_size): (&[(f64, f64, f64)], u32),
        num_ticks: Tick,
    ) -> Self {
        let num = all.len();
        let grid = TimeGrid::new(p.dt_ms);
        let network = built::network(&alone(p, num as u32, 1.0), &[NEURON], seed);
        let network = network.unwrap_or_else(|refused| panic!("{refused}"));
        let left = math::exp_f64(-p.dt_ms / tau_m_ms(&p.neuron).unwrap_or(1.0));
        // A draw is held for a step.
        let per_draw = ((1.0 + left) / (1.0 - left)).sqrt();
        let column =
            |of: &dyn Fn(&(f64, f64, f64)) -> f64| all.iter().map(|it| of(it) as f32).collect();
        Self {
            network,
            stream: Stream::new(seed, name),
            mean_mv: column(&|(mean, ..)| *mean),
            own_mv: column(&|(_, sd, share)| per_draw * sd * (1.0 - share).sqrt()),
            common_mv: column(&|(_, sd, share)| per_draw * sd * share.sqrt()),
            group_size,
            settling: grid.ticks_from_ms(SETTLING_MS),
            num_ticks,
            dt_ms: p.dt_ms,
            num_spikes: vec![0; num],
            intervals: Intervals::new(num),
            window: grid.ticks_from_ms(WINDOW_MS).max(1),
            in_window: vec![0; num],
            counts: vec![[0.0; 2]; num],
            group_squares: vec![0.0; num / group_size as usize],
        }
    }

    fn drive(&mut self) {
        let drive_mv = &mut self.network.populations[0].drive_mv;
        let mut common = 0.0;
        for (neuron, drive) in drive_mv.iter_mut().enumerate() {
            if self.group_size > 1 && (neuron as u32).is_multiple_of(self.group_size) {
                common = draw(&mut self.stream);
            }
            let own = self.own_mv[neuron] * draw(&mut self.stream);
            *drive = self.mean_mv[neuron] + own + self.common_mv[neuron] * common;
        }
    }

    fn end_window(&mut self) {
        let size = self.group_size as usize;
        for (group, squares) in self.in_window.chunks(size).zip(&mut self.group_squares) {
            let sum = f64::from(group.iter().sum::<u32>());
            *squares += sum * sum;
        }
        for (count, sums) in self.in_window.iter_mut().zip(&mut self.counts) {
            let own = f64::from(std::mem::take(count));
            sums[0] += own;
            sums[1] += own * own;
        }
    }

    fn found(&self) -> Found {
        let seconds = (self.num_ticks - self.settling) as f64 * self.dt_ms / 1_000.0;
        let cvs = self.intervals.cv_of_each(LEAST_INTERVALS);
        let rates = self.num_spikes.iter().map(|num| (f64::from(*num) / seconds) as f32);
        let of_each = rates.zip(cvs).map(|(rate, cv)| [rate, cv]).collect();
        let num = ((self.num_ticks - self.settling) / self.window) as f64;
        let size = f64::from(self.group_size);
        let correlation = |(group, squares): (&[[f64; 2]], &f64)| {
            let sum: f64 = group.iter().map(|sums| sums[0]).sum();
            let own = group.iter().map(|[sum, squares]| squares - sum * sum / num);
            let own: f64 = own.sum::<f64>() / size;
            // Var ΣX = N var + N (N − 1) cov.
            let of_all = squares - sum * sum / num;
            ((of_all / size - own) / (size - 1.0) / own) as f32
        };
        let groups = self.counts.chunks(self.group_size as usize).zip(&self.group_squares);
        Found { of_each, correlations: groups.map(correlation).collect() }
    }
}

impl Aside for Copies {
    type End = Found;

    fn step(&mut self) -> Option<Self::End> {
        let tick = self.network.tick();
        self.drive();
        // Its thresholds may move.
        self.network.step(true);
        let after = (tick + 1).saturating_sub(self.settling);
        if after > 0 {
            let fired = self.network.populations[0].fired();
            self.intervals.add(tick, fired);
            for &neuron in fired {
                self.num_spikes[neuron as usize] += 1;
                self.in_window[neuron as usize] += 1;
            }
            if after.is_multiple_of(self.window) {
                self.end_window();
            }
        }
        (tick + 1 == self.num_ticks).then(|| self.found())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_has_no_mean_and_a_deviation_of_1() {
        let mut stream = Stream::new(1, "noise");
        let mut moments = [0.0_f64; 4];
        for _ in 0..1_000_000 {
            let (drawn, mut power) = (f64::from(draw(&mut stream)), 1.0);
            for moment in &mut moments {
                power *= drawn;
                *moment += power / 1e6;
            }
        }
        // Four standard errors. The fourth moment of four uniform numbers is 3 − 1.2/4.
        let expected = [0.0, 1.0, 0.0, 2.7];
        for (found, expected) in moments.iter().zip(expected) {
            assert!((found - expected).abs() < 0.02, "{moments:?}");
        }
    }
}
