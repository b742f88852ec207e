//! Whether times without a unit, read as milliseconds, are seconds.
//!
//! **Rule.** One of these, none of which a recording in milliseconds shows:
//! 1. More than half of the intervals between a neuron's spikes (at least three) are shorter than 1 ms, which no
//!    neuron manages. A Poisson train comes there at 690 Hz.
//! 2. Everything, at two moments or more, lies within the first millisecond.
//! 3. Neurons fire at more than 250 Hz on average over the whole file, and most times are finer than 0.01 ms.
//!    Seconds written with four digits are; a simulation's steps are not.
//!
//! Regular firing up to 1 Hz in whole seconds, or very few spikes, cannot be recognised.

use super::MAX_NEURONS;
use super::spike::Spike;

const MS_NS: u64 = 1_000_000;
/// 0.01 ms.
const FINE_NS: u64 = 10_000;

/// What shows that these spikes, sorted by time, are not in milliseconds.
pub fn evidence(spikes: &[Spike]) -> Option<&'static str> {
    let (first, last) = (spikes.first()?, spikes.last()?);
    if last.time_ns < MS_NS && first.time_ns != last.time_ns {
        return Some("all would lie within the first one");
    }
    let mut before = vec![u64::MAX; MAX_NEURONS as usize];
    let (mut num_neurons, mut num_intervals, mut num_short, mut num_fine) = (0_u64, 0, 0, 0);
    for spike in spikes {
        let before = &mut before[spike.neuron as usize];
        num_neurons += u64::from(*before == u64::MAX);
        // Spikes that stand twice in the file say nothing.
        if *before != u64::MAX && *before != spike.time_ns {
            num_intervals += 1;
            num_short += u64::from(spike.time_ns - *before < MS_NS);
        }
        num_fine += u64::from(spike.time_ns % FINE_NS != 0);
        *before = spike.time_ns;
    }
    if num_intervals >= 3 && num_short * 2 > num_intervals {
        return Some("most neurons would fire again within one");
    }
    let rate_hz = num_intervals as f64 / num_neurons as f64 / (last.time_ns as f64 / 1e9);
    let is_fine = num_fine * 2 > spikes.len() as u64;
    (num_intervals >= 10 && rate_hz > 250.0 && is_fine)
        .then_some("neurons would fire at more than 250 Hz on average")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Stream;

    /// Poisson trains of some neurons: rate, length, step.
    fn poisson(num: u32, rate_hz: f64, length_s: f64, step_ns: u64) -> Vec<Spike> {
        let mut stream = Stream::new(1, "trains");
        let mut spikes = Vec::new();
        for neuron in 0..num {
            let mut time_s = 0.0;
            loop {
                time_s -= crate::sim::math::ln_f64(stream.uniform_above_0()) / rate_hz;
                if time_s >= length_s {
                    break;
                }
                let time_ns = (time_s * 1e9) as u64 / step_ns * step_ns;
                spikes.push(Spike { time_ns, neuron });
            }
        }
        spikes.sort_unstable();
        spikes
    }

    fn in_seconds(spikes: &[Spike]) -> Vec<Spike> {
        spikes.iter().map(|spike| Spike { time_ns: spike.time_ns / 1_000, ..*spike }).collect()
    }

    #[test]
    fn seconds_are_recognised_and_milliseconds_are_not() {
        for (num, rate_hz, length_s) in [
            (50, 20.0, 10.0),
            (1, 10.0, 1.0),
            (100, 1.0, 60.0),
            (100, 0.5, 100.0),
            (100, 100.0, 0.5),
            (1_000, 5.0, 0.02),
            (10, 5.0, 400.0),
            (5, 500.0, 2.0),
            (200, 150.0, 0.1),
        ] {
            for step_ns in [100_000, 1_000_000, 33_333, 1] {
                let spikes = poisson(num, rate_hz, length_s, step_ns);
                let case = format!("{num} neurons, {rate_hz} Hz, {length_s} s, {step_ns} ns");
                let is_refused = rate_hz > 250.0 && step_ns % FINE_NS != 0;
                assert_eq!(evidence(&spikes).is_some(), is_refused, "ms: {case}");
                let is_sparse = rate_hz * length_s < 1.0;
                let is_coarse = rate_hz < 1.0 && step_ns > 100_000;
                let is_found = evidence(&in_seconds(&spikes)).is_some();
                assert!(is_found || is_coarse || is_sparse && length_s > 1.0, "s: {case}");
            }
        }
    }

    #[test]
    fn single_trials_in_milliseconds_are_read() {
        let spikes = |times: &[(u32, u64)]| {
            let of = |&(neuron, time_us): &(u32, u64)| Spike { time_ns: time_us * 1_000, neuron };
            let mut spikes: Vec<_> = times.iter().map(of).collect();
            spikes.sort_unstable();
            spikes
        };
        // One spike of each neuron, a doublet, one spike, two neurons at one moment, a burst of 400 Hz.
        for times in [
            &[(0, 1_300), (1, 2_100), (2, 5_020), (3, 19_900)][..],
            &[(0, 1_000), (0, 1_900), (1, 15_000)],
            &[(0, 500)],
            &[(0, 500), (1, 500)],
            &[(0, 1_033), (0, 3_533), (0, 6_033), (1, 8_033), (1, 10_533)],
            &[],
        ] {
            assert_eq!(evidence(&spikes(times)), None, "{times:?}");
        }
        assert!(evidence(&spikes(&[(0, 100), (0, 350), (0, 700), (0, 1_200)])).is_some());
        assert!(evidence(&spikes(&[(0, 12), (1, 305), (2, 700)])).is_some());
    }
}
