//! In which rhythms a population fires: the power spectrum of its spike counts, and how much they vary.
//!
//! **Equations.** Counts n_i of a segment of N bins are weighted by Hann's window w_i, and
//! P(f) = |Σ w_i (n_i − n̄) e^(−2πi f t_i)|² / (n̄ Σ w_i²): 1 at all frequencies for independent Poisson spikes. Segments
//! overlap by half, and their spectra are averaged (Welch). The Fano factor is the variance of the counts over their mean,
//! again 1 for independent Poisson spikes.
//!
//! **Rhythm.** The spectrum is smoothed over a fifth to either side; around its maximum f, the centre of gravity of the
//! power from 0.55 f to 1.6 f is the rhythm: of a sharp line the line, of a broad hump its middle.
//!
//! **Source.** Welch (1967, doi:10.1109/TAU.1967.1161901).
//!
//! **Method.** Each frequency is summed directly; cosines come from one table, so that no error grows.

use std::sync::Arc;

use get_size2::GetSize;

use crate::sim::math;

/// Slower rhythms are not looked for: a segment holds only a few of their periods.
const LEAST_HZ: f64 = 5.0;

/// Counts bin by bin, and what was made of them.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Spectrum {
    bin_ms: f64,
    /// Hann's window, and a period of the cosine in as many steps.
    #[get_size(ignore)]
    tables: Arc<[Vec<f32>; 2]>,
    /// The bins of the present segment.
    segment: Vec<f32>,
    /// Sums over segments, from the first frequency above 0 on.
    power: Vec<f64>,
    num_segments: u32,
    num_bins: u64,
    sum: f64,
    squares: f64,
}

impl Spectrum {
    /// For segments of so many bins, or up to three fewer: a quarter of them is a whole number.
    pub fn new(bin_ms: f64, segment_bins: usize) -> Self {
        let segment_bins = (segment_bins / 4 * 4).max(4);
        let cosine: Vec<f32> =
            (0..segment_bins).map(|n| math::cos_of_turn(n, segment_bins)).collect();
        let hann = cosine.iter().map(|cos| 0.5 * (1.0 - cos)).collect();
        Self {
            bin_ms,
            tables: Arc::new([hann, cosine]),
            segment: Vec::new(),
            power: vec![0.0; segment_bins / 2],
            num_segments: 0,
            num_bins: 0,
            sum: 0.0,
            squares: 0.0,
        }
    }

    /// Adds the count of a bin.
    pub fn add(&mut self, count: f32) {
        self.num_bins += 1;
        self.sum += f64::from(count);
        self.squares += f64::from(count) * f64::from(count);
        self.segment.push(count);
        if self.segment.len() == self.tables[0].len() {
            self.end_segment();
            let half = self.segment.len() / 2;
            self.segment.drain(..self.segment.len() - half);
        }
    }

    fn end_segment(&mut self) {
        let [hann, cosine] = &*self.tables;
        let num = self.segment.len();
        let mean = self.segment.iter().sum::<f32>() / num as f32;
        self.num_segments += 1;
        if mean == 0.0 {
            return;
        }
        let weighted: Vec<f32> =
            self.segment.iter().zip(hann).map(|(count, hann)| (count - mean) * hann).collect();
        let scale = f64::from(mean) * hann.iter().map(|w| f64::from(w * w)).sum::<f64>();
        for (k, power) in (1..).zip(&mut self.power) {
            let (mut re, mut im, mut turn) = (0.0_f32, 0.0_f32, 0);
            // A quarter of a turn earlier the cosine is the sine.
            let mut quarter = num - num / 4;
            for value in &weighted {
                re += value * cosine[turn];
                im += value * cosine[quarter];
                turn = wrapped(turn + k, num);
                quarter = wrapped(quarter + k, num);
            }
            *power += f64::from(re * re + im * im) / scale;
        }
    }

    /// Frequencies in Hz and the power at each, of as many segments as there were; none before the first has ended.
    pub fn points(&self) -> (Vec<f32>, Vec<f32>) {
        if self.num_segments == 0 {
            return Default::default();
        }
        let num = f64::from(self.num_segments);
        let power = |sum: &f64| (sum / num) as f32;
        let frequency = |k: usize| (k as f64 * self.step_hz()) as f32;
        ((1..=self.power.len()).map(frequency).collect(), self.power.iter().map(power).collect())
    }

    /// From one frequency to the next.
    fn step_hz(&self) -> f64 {
        1_000.0 / (self.bin_ms * self.tables[0].len() as f64)
    }

    /// Variance of the counts over their mean; not a number before there are any.
    pub fn fano(&self) -> f64 {
        let num = self.num_bins as f64;
        let mean = self.sum / num;
        (self.squares / num - mean * mean) / mean
    }

    /// The rhythm in Hz and the power there, smoothed; none before the first segment has ended, of silence, and where power only
    /// falls with frequency.
    pub fn rhythm(&self) -> Option<(f64, f64)> {
        if self.num_segments == 0 {
            return None;
        }
        let num = f64::from(self.num_segments);
        let mean = |low: f64, high: f64| {
            let own = self.between(low, high);
            own.iter().map(|(_, power)| power).sum::<f64>() / own.len().max(1) as f64 / num
        };
        let all = self.between(LEAST_HZ, f64::INFINITY);
        let smooth = all.iter().map(|(hz, _)| (*hz, mean(hz / 1.2, hz * 1.2)));
        let (peak_hz, power) = smooth.max_by(|a, b| a.1.total_cmp(&b.1))?;
        // What only falls from the slowest frequency on is no rhythm.
        if peak_hz <= all[0].0 {
            return None;
        }
        let around = self.between(0.55 * peak_hz, 1.6 * peak_hz);
        let total: f64 = around.iter().map(|(_, power)| power).sum();
        let moment: f64 = around.iter().map(|(hz, power)| hz * power).sum();
        (total > 0.0).then(|| (moment / total, power))
    }

    /// Frequencies of a band with their sums.
    fn between(&self, low_hz: f64, high_hz: f64) -> Vec<(f64, f64)> {
        let step = self.step_hz();
        let all = (1..).map(|k| f64::from(k) * step).zip(self.power.iter().copied());
        all.filter(|(hz, _)| (low_hz..=high_hz).contains(hz)).collect()
    }
}

/// Counted round a table; `place` is below twice its length.
fn wrapped(place: usize, num: usize) -> usize {
    if place >= num { place - num } else { place }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Stream;

    /// Poisson counts with a mean that `at` says.
    fn counted(num_bins: usize, at: impl Fn(usize) -> f64) -> Spectrum {
        let mut spectrum = Spectrum::new(1.0, 500);
        let mut stream = Stream::new(4, "counts");
        for bin in 0..num_bins {
            // 2,000 neurons, each with a small chance.
            let p = (at(bin) / 2_000.0) as f32;
            let count = (0..2_000).filter(|_| stream.uniform() < p).count();
            spectrum.add(count as f32);
        }
        spectrum
    }

    #[test]
    fn independent_spikes_have_power_one_and_fano_factor_one() {
        let spectrum = counted(10_000, |_| 20.0);
        let (hz, power) = spectrum.points();
        assert_eq!((hz[0], hz.len(), *hz.last().expect("frequencies")), (2.0, 250, 500.0));
        let mean = power.iter().sum::<f32>() / 250.0;
        assert!((mean - 1.0).abs() < 0.05, "{mean}");
        assert!((spectrum.fano() - 1.0).abs() < 0.05, "{}", spectrum.fano());
    }

    #[test]
    fn a_rhythm_is_found_at_its_frequency_and_with_its_power() {
        for (hz, depth) in [(22.0, 0.5), (180.0, 0.3), (333.0, 0.9)] {
            let turns = |bin: usize| hz * bin as f64 / 1_000.0;
            let wave =
                |bin: usize| math::cos_of_turn((turns(bin).fract() * 1e6) as usize, 1_000_000);
            let spectrum = counted(8_000, |bin| 20.0 * (1.0 + depth * f64::from(wave(bin))));
            let (found, _) = spectrum.rhythm().expect("a rhythm");
            assert!((found / hz - 1.0).abs() < 0.05, "{found} for {hz} Hz");
            // Counts of a rate r (1 + d cos): variance r + r² d²/2.
            let fano = 1.0 + 20.0 * depth * depth / 2.0;
            assert!((spectrum.fano() / fano - 1.0).abs() < 0.1, "{} for {fano}", spectrum.fano());
            // At the line itself: 1 + r d² (Σ w)² / (4 Σ w²), with Hann's window N/6.
            let (frequencies, power) = spectrum.points();
            let line = frequencies.iter().position(|f| (f64::from(*f) - hz).abs() <= 1.0);
            let expected = 1.0 + 20.0 * depth * depth * 500.0 / 6.0;
            let at_line = f64::from(power[line.expect("a frequency")]);
            // The line may lie between two frequencies.
            assert!((0.65 * expected..1.1 * expected).contains(&at_line), "{at_line}, {expected}");
        }
    }

    #[test]
    fn silence_has_no_rhythm() {
        let mut spectrum = Spectrum::new(1.0, 100);
        assert!(spectrum.rhythm().is_none() && spectrum.points().0.is_empty());
        (0..300).for_each(|_| spectrum.add(0.0));
        assert!(spectrum.rhythm().is_none() && spectrum.fano().is_nan());
        assert!(spectrum.points().1.iter().all(|power| *power == 0.0));
    }
}
