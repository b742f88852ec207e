//! Members of a population that stand side by side.

use std::ops::Range;

use get_size2::GetSize;

/// Members that stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub struct Span {
    /// The first of them.
    pub first: u32,
    /// How many.
    pub size: u32,
}

impl Span {
    pub(super) fn range(self) -> Range<usize> {
        self.first as usize..(self.first + self.size) as usize
    }

    /// Of neurons in order those within it.
    pub(super) fn of(self, fired: &[u32]) -> &[u32] {
        let (Some(least), Some(most)) = (fired.first(), fired.last()) else { return fired };
        // Most spans are all of a population.
        if self.first <= *least && *most < self.first + self.size {
            return fired;
        }
        let from = fired.partition_point(|neuron| *neuron < self.first);
        let to = fired.partition_point(|neuron| *neuron < self.first + self.size);
        &fired[from..to]
    }
}
