//! Synapses by their ends, and weights that are arranged by them.

use super::projection::Projection;
use super::wiring::Wiring;

impl Projection {
    /// Sender and receiver of a synapse, counted within the projection.
    pub fn ends(&self, synapse: usize) -> (u32, u32) {
        match self.wiring() {
            Wiring::Dense { num_post } => {
                let num_post = *num_post as usize;
                ((synapse / num_post) as u32, (synapse % num_post) as u32)
            }
            Wiring::Sparse(sparse) => {
                let (sender, receiver) = sparse.ends(synapse);
                (self.routes.as_ref().map_or(sender, |of| of.sender(sender)), receiver)
            }
        }
    }

    /// Multiplies the weights onto each receiver so that their mean is `mean`, and cuts off what is beyond `ends` then.
    /// Receivers whose weights are all zero keep them.
    pub fn scale_each_receiver(&mut self, mean: f32, ends: [f32; 2]) {
        let mut sums: Vec<(f64, u32)> = Vec::new();
        let receiver = |of: &Self, synapse| of.ends(synapse).1 as usize;
        for synapse in 0..self.num_synapses() {
            let place = receiver(self, synapse);
            if sums.len() <= place {
                sums.resize(place + 1, (0.0, 0));
            }
            sums[place].0 += f64::from(self.weights()[synapse]);
            sums[place].1 += 1;
        }
        let scaled = |synapse: usize| {
            let (sum, num) = sums[receiver(self, synapse)];
            let w = self.weights()[synapse];
            let factor = f64::from(mean) * f64::from(num) / sum;
            if sum > 0.0 { ((f64::from(w) * factor) as f32).clamp(ends[0], ends[1]) } else { w }
        };
        let weights: Vec<f32> = (0..self.num_synapses()).map(scaled).collect();
        self.set_weights(&weights);
    }

    /// Gives each synapse the weight of its sender.
    pub fn set_weights_of_senders(&mut self, of_senders: &[f32]) {
        let own = |synapse| of_senders[self.ends(synapse).0 as usize];
        let weights: Vec<f32> = (0..self.num_synapses()).map(own).collect();
        self.set_weights(&weights);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Bundled, Span, Sparse};
    use super::*;

    /// Senders 0 and 1 onto receivers 0 and 1, all with weights of their own; with or without delays that differ.
    fn four(delays: Option<[u16; 4]>) -> Projection {
        let sparse = Sparse::of_rows([vec![0, 1], vec![0, 1]]);
        let spans = [Span { first: 0, size: 2 }, Span { first: 0, size: 2 }];
        match delays {
            None => Projection::sparse([0, 1], spans, sparse, 0.0, 1),
            Some(delays) => {
                Projection::of_bundles([0, 1], spans, Bundled::new(&sparse, &delays), 0.0)
            }
        }
    }

    #[test]
    fn a_synapse_knows_its_sender_also_where_delays_differ() {
        for delays in [None, Some([1, 1, 1, 1]), Some([3, 1, 2, 5])] {
            let mut all = four(delays);
            let mut ends: Vec<(u32, u32)> = (0..4).map(|synapse| all.ends(synapse)).collect();
            ends.sort_unstable();
            assert_eq!(ends, [(0, 0), (0, 1), (1, 0), (1, 1)], "{delays:?}");
            all.set_weights_of_senders(&[0.25, 0.75]);
            for synapse in 0..4 {
                assert_eq!(all.weights()[synapse], [0.25, 0.75][all.ends(synapse).0 as usize]);
            }
        }
        let dense = Projection::new(0, 1, 3, vec![0.0; 6], 1);
        assert_eq!((dense.ends(2), dense.ends(3)), ((0, 2), (1, 0)));
    }

    #[test]
    fn each_receiver_has_the_mean_it_was_scaled_to() {
        let mut all = Projection::new(0, 1, 2, vec![0.1, 0.0, 0.3, 0.0, 0.2, 0.0], 1);
        all.scale_each_receiver(0.5, [0.0, 0.7]);
        let expected = [0.25, 0.0, 0.7, 0.0, 0.5, 0.0];
        for (w, expected) in all.weights().iter().zip(expected) {
            assert!((w - expected).abs() < 1e-6, "{:?}", all.weights());
        }
    }
}
