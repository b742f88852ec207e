//! Linear Poisson neurons: the output rate is the weighted sum of the input spikes, and nothing
//! else.
//!
//! **Equations.** λ(t) = (1/N) Σ_j w_j Σ_f δ(t − t_j^f − ε): in a tick, the neuron fires with
//! probability P = (1/N) Σ w_j over the N inputs' spikes that arrive in it. With weights in [0, 1]
//! and at most one spike per input and tick, P ≤ 1. So each input spike makes the neuron fire with
//! w_j/N, the output rate is the mean of w_j r_j, and correlations of inputs and output have closed
//! forms, which is what the model is for.
//!
//! Learning rules feel the step here: of pairs within a tick, only those count that the neuron did
//! not cause. If they potentiate and do not depress, the window's positive side is larger by dt/τ,
//! which at 1 ms and 20 ms undoes a depression that is 5 % stronger. The closed forms hold with ε =
//! one tick and pairs within a tick left out.
//!
//! There is no refractory time, neither here nor in the sources: the output would no longer be the weighted sum of the
//! input spikes, and the closed forms would not hold.
//!
//! **State.** The sum of the spikes that have arrived in this tick; there is no membrane. ε is the
//! delay of the projection, at least one tick: a spike delivered in tick t can make the neuron fire
//! in tick t, and was fired in t − ε.
//!
//! **Source.** Gütig, Aharonov, Rotter and Sompolinsky (2003,
//! doi:10.1523/JNEUROSCI.23-09-03697.2003); the form is that of Kempter, Gerstner and van Hemmen
//! (1999, doi:10.1103/PhysRevE.59.4498).
//!
//! **Method.** One draw per neuron and tick with input.

use get_size2::GetSize;

use crate::Stream;

/// A population of linear Poisson neurons.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct LinearPoisson {
    per_weight: f32,
    drive: Vec<f32>,
    stream: Stream,
}

impl LinearPoisson {
    /// `num_neurons` neurons with `num_inputs` inputs each.
    pub fn new(num_neurons: usize, num_inputs: usize, stream: Stream) -> Self {
        Self { per_weight: 1.0 / num_inputs.max(1) as f32, drive: vec![0.0; num_neurons], stream }
    }

    /// The same neurons, whose sums of weights are divided by this instead of the number of inputs.
    pub fn divided_by(mut self, divisor: f64) -> Self {
        self.per_weight = (1.0 / divisor) as f32;
        self
    }

    /// One spike arrives at every neuron, `row[post]` being its weight there.
    pub fn receive(&mut self, row: &[f32]) {
        for (drive, weight) in self.drive.iter_mut().zip(row) {
            *drive += weight;
        }
    }

    /// The sums of weights that have arrived in this tick.
    pub fn input(&self) -> &[f32] {
        &self.drive
    }

    /// The same, to add to.
    pub fn input_mut(&mut self) -> &mut [f32] {
        &mut self.drive
    }

    /// Gathers the neurons that fire in this tick, and forgets its input.
    pub fn fire(&mut self, fired: &mut Vec<u32>) {
        fired.clear();
        for (neuron, drive) in (0..).zip(&mut self.drive) {
            if *drive > 0.0 && self.stream.chance(*drive * self.per_weight) {
                fired.push(neuron);
            }
            *drive = 0.0;
        }
    }

    /// Forgets the input of this tick.
    pub fn reset(&mut self) {
        self.drive.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TimeGrid;
    use crate::encode::{Counting, Poisson};

    #[test]
    fn the_output_rate_is_the_mean_of_weight_times_rate() {
        let rates: Vec<f32> = (0..50).map(|input| input as f32).collect();
        let weights: Vec<f32> = (0..50).map(|input| input as f32 / 50.0).collect();
        let stream = Stream::new(1, "input");
        let mut inputs = Poisson::new(Counting::OncePerTick, &rates, TimeGrid::new(1.0), stream);
        let mut neuron = LinearPoisson::new(2, 50, Stream::new(1, "output"));
        let (mut spikes, mut fired, mut counts) = (Vec::new(), Vec::new(), [0_u32; 2]);
        for tick in 0..1_000_000 {
            inputs.fire(tick, &mut spikes);
            for &input in &spikes {
                let weight = weights[input as usize];
                neuron.receive(&[weight, weight / 2.0]);
            }
            neuron.fire(&mut fired);
            fired.iter().for_each(|&neuron| counts[neuron as usize] += 1);
        }
        let mean = rates.iter().zip(&weights).map(|(r, w)| r * w).sum::<f32>() / 50.0;
        for (count, expected) in counts.into_iter().zip([mean * 1_000.0, mean * 500.0]) {
            let error = (count as f32 - expected).abs();
            assert!(error < 4.0 * expected.sqrt(), "{count} for {expected}");
        }
    }

    #[test]
    fn without_input_nothing_fires_and_nothing_is_drawn() {
        let mut neuron = LinearPoisson::new(3, 10, Stream::new(1, "output"));
        let before = neuron.clone();
        let mut fired = vec![9];
        neuron.fire(&mut fired);
        assert!(fired.is_empty());
        assert_eq!(neuron, before);
    }
}
