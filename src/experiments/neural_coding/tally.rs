//! How irregular spikes are: intervals of single neurons, and their counts from presentation to presentation.

use get_size2::GetSize;

/// At most so many neurons are counted, evenly spread.
const MOST: u32 = 4_096;
/// No spike so far in this presentation.
const NONE: u32 = u32::MAX;

/// What is known of a neuron.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
struct Neuron {
    last: u32,
    /// Spikes in this presentation.
    now: u32,
    /// Number, sum and sum of squares of intervals.
    intervals: [f32; 3],
    /// Sum and sum of squares of counts.
    counts: [f32; 2],
}

/// What is known of some neurons.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Tally {
    stride: u32,
    neurons: Vec<Neuron>,
    num_over: u32,
}

impl Tally {
    /// Of a population of this size.
    pub fn new(num_neurons: u32) -> Self {
        let stride = num_neurons.div_ceil(MOST).max(1);
        let neuron = Neuron { last: NONE, now: 0, intervals: [0.0; 3], counts: [0.0; 2] };
        let num = num_neurons.div_ceil(stride) as usize;
        Self { stride, neurons: vec![neuron; num], num_over: 0 }
    }

    /// Adds the neurons that fired in a step.
    pub fn add(&mut self, step: u32, fired: &[u32]) {
        for &id in fired.iter().filter(|id| id.is_multiple_of(self.stride)) {
            let neuron = &mut self.neurons[(id / self.stride) as usize];
            neuron.now += 1;
            if neuron.last != NONE {
                let interval = (step - neuron.last) as f32;
                neuron.intervals[0] += 1.0;
                neuron.intervals[1] += interval;
                neuron.intervals[2] += interval * interval;
            }
            neuron.last = step;
        }
    }

    /// Ends a presentation.
    pub fn end(&mut self) {
        self.num_over += 1;
        for neuron in &mut self.neurons {
            let count = neuron.now as f32;
            neuron.counts[0] += count;
            neuron.counts[1] += count * count;
            (neuron.now, neuron.last) = (0, NONE);
        }
    }

    /// The coefficient of variation of intervals of these neurons: its mean square over them, each as often as it has
    /// intervals but one. NaN where nobody has two.
    fn cv_of<'n>(neurons: impl Iterator<Item = &'n Neuron>) -> f64 {
        let (mut sum, mut weight) = (0.0, 0.0);
        for neuron in neurons.filter(|neuron| neuron.intervals[0] >= 2.0) {
            let [num, total, squares] = neuron.intervals.map(f64::from);
            let mean = total / num;
            let variance = ((squares - total * mean) / (num - 1.0)).max(0.0);
            if mean > 0.0 {
                sum += (num - 1.0) * variance / (mean * mean);
                weight += num - 1.0;
            }
        }
        if weight > 0.0 { (sum / weight).sqrt() } else { f64::NAN }
    }

    /// Mean variance over mean count; NaN before two presentations are over, or where nobody fires.
    fn fano_of<'n>(neurons: impl Iterator<Item = &'n Neuron>, num_over: u32) -> f64 {
        let num = f64::from(num_over);
        let (mut variance, mut mean) = (0.0, 0.0);
        for neuron in neurons {
            let [sum, squares] = neuron.counts.map(f64::from);
            variance += ((squares - sum * sum / num) / (num - 1.0)).max(0.0);
            mean += sum / num;
        }
        if num_over >= 2 && mean > 0.0 { variance / mean } else { f64::NAN }
    }

    /// Coefficient of variation of the intervals of all.
    pub fn cv(&self) -> f64 {
        Self::cv_of(self.neurons.iter())
    }

    /// Fano factor of the counts of all.
    pub fn fano(&self) -> f64 {
        Self::fano_of(self.neurons.iter(), self.num_over)
    }

    /// Brightness, CV, Fano factor and spikes per presentation for neurons in `num` equal classes of brightness, which is
    /// told by neuron.
    pub fn by_brightness(&self, num: usize, brightness: impl Fn(u32) -> f32) -> Vec<[f32; 4]> {
        let class = |place: usize| {
            let x = brightness(place as u32 * self.stride);
            ((x * num as f32) as usize).min(num - 1)
        };
        let mut classes: Vec<Vec<&Neuron>> = vec![Vec::new(); num];
        self.neurons
            .iter()
            .enumerate()
            .for_each(|(place, neuron)| classes[class(place)].push(neuron));
        let told = classes.iter().enumerate().filter(|(_, neurons)| !neurons.is_empty());
        told.map(|(place, neurons)| {
            let sum: f64 = neurons.iter().map(|neuron| f64::from(neuron.counts[0])).sum();
            let count = sum / f64::from(self.num_over.max(1)) / neurons.len() as f64;
            let middle = (place as f32 + 0.5) / num as f32;
            let own = || neurons.iter().copied();
            [
                middle,
                Self::cv_of(own()) as f32,
                Self::fano_of(own(), self.num_over) as f32,
                count as f32,
            ]
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_and_counts_are_those_of_single_neurons() {
        let mut tally = Tally::new(3);
        // Neuron 0: intervals 2 and 4, then 3; counts 3 and 2. Neuron 1: nothing. Neuron 2: once, then never.
        for (step, fired) in [(1, &[0, 2][..]), (3, &[0]), (7, &[0])] {
            tally.add(step, fired);
        }
        assert!(tally.fano().is_nan());
        tally.end();
        for step in [10, 13] {
            tally.add(step, &[0]);
        }
        tally.end();
        assert!((tally.cv() - 1.0 / 3.0).abs() < 1e-6, "{}", tally.cv());
        // Variances of a half each; means of 2.5 and a half.
        assert!((tally.fano() - 1.0 / 3.0).abs() < 1e-6, "{}", tally.fano());
        let classes = tally.by_brightness(2, |neuron| neuron as f32 / 2.0);
        assert_eq!(classes.len(), 2);
        assert_eq!((classes[0][0], classes[0][3]), (0.25, 2.5));
        assert!(classes[1][1].is_nan() && classes[1][3] == 0.25);
    }
}
