//! Delays that differ from synapse to synapse.
//!
//! The synapses of a sender that share a delay are a bundle. To wiring and learning rules a bundle is a sender of its own,
//! with its own trace, whose spikes arrive when they do; only firing knows whose bundles they are.

use std::ops::Range;
use std::sync::Arc;

use get_size2::GetSize;

use super::wiring::Sparse;

/// The bundles of each sender, with their delays. They do not change, so that copies of a run share them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Routes(Arc<Bundles>);

#[derive(Debug, PartialEq)]
struct Bundles {
    /// Where the bundles of each sender begin, and after the last one where they end.
    starts: Vec<u32>,
    delay_ticks: Vec<u16>,
}

/// Synapses in bundles.
pub struct Bundled {
    /// With a bundle for each sender.
    pub sparse: Sparse,
    pub(super) routes: Routes,
    /// Which synapse each was before.
    pub order: Vec<u32>,
}

impl Bundled {
    /// Synapses whose spikes travel `delay_ticks` steps, at least one each, in the order of the synapses.
    ///
    /// # Panics
    /// If there is not a delay for each.
    pub fn new(sparse: &Sparse, delay_ticks: &[u16]) -> Self {
        assert_eq!(delay_ticks.len(), sparse.len(), "a delay for each synapse");
        let (mut starts, mut of_bundles) = (vec![0], Vec::new());
        let (mut rows, mut order) = (Vec::new(), Vec::new());
        for pre in 0..sparse.num_pre() as u32 {
            let mut own: Vec<u32> = sparse.row(pre).map(|synapse| synapse as u32).collect();
            own.sort_by_key(|synapse| delay_ticks[*synapse as usize]);
            for bundle in own.chunk_by(|a, b| delay_ticks[*a as usize] == delay_ticks[*b as usize])
            {
                of_bundles.push(delay_ticks[bundle[0] as usize].max(1));
                rows.push(bundle.iter().map(|synapse| sparse.ends(*synapse as usize).1).collect());
            }
            order.extend(own);
            starts.push(rows.len() as u32);
        }
        let routes = Routes(Arc::new(Bundles { starts, delay_ticks: of_bundles }));
        Self { sparse: Sparse::of_rows(rows), routes, order }
    }
}

impl Routes {
    fn of(&self, sender: u32) -> Range<usize> {
        self.0.starts[sender as usize] as usize..self.0.starts[sender as usize + 1] as usize
    }

    /// The bundles of a sender, and how long spikes in them travel.
    pub(super) fn bundles(&self, sender: u32) -> impl Iterator<Item = (u32, u16)> {
        self.of(sender).map(|bundle| (bundle as u32, self.0.delay_ticks[bundle]))
    }

    /// Whose bundle this is.
    pub(super) fn sender(&self, bundle: u32) -> u32 {
        self.0.starts.partition_point(|start| *start <= bundle) as u32 - 1
    }

    /// The longest delay.
    pub(super) fn longest(&self) -> u16 {
        self.0.delay_ticks.iter().copied().max().unwrap_or(1)
    }
}

impl GetSize for Routes {
    /// What is shared by copies is not theirs.
    fn get_heap_size(&self) -> usize {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synapses_of_one_delay_travel_together() {
        let sparse = Sparse::of_rows([vec![4, 2, 9, 1], vec![], vec![5]]);
        let Bundled { sparse, routes, order } = Bundled::new(&sparse, &[3, 1, 3, 0, 2]);
        assert_eq!(order, [3, 1, 0, 2, 4]);
        // A delay of 0 is one step, in a bundle of its own.
        let bundles: Vec<Vec<_>> = (0..3).map(|pre| routes.bundles(pre).collect()).collect();
        assert_eq!(bundles, [vec![(0, 1), (1, 1), (2, 3)], vec![], vec![(3, 2)]]);
        assert_eq!(
            (0..4).map(|bundle| sparse.posts(bundle)).collect::<Vec<_>>(),
            [&[1][..], &[2], &[4, 9], &[5]]
        );
        assert_eq!((0..4).map(|bundle| routes.sender(bundle)).collect::<Vec<_>>(), [0, 0, 0, 2]);
        assert_eq!(routes.longest(), 3);
    }
}
