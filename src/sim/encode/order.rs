//! Puts the ids of one tick in order, each once.
//!
//! Up to four ids go through a sorting network, which takes no branch that depends on them; some are
//! inserted into order; many are marked in a set of bits, which is read from the lowest on. Each costs
//! less than a general sort, and the result does not depend on which was taken.

use get_size2::GetSize;

/// Up to this many ids are put in order one by one.
const SOME: usize = 12;

/// A set of ids, empty between calls.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Order {
    words: Vec<u64>,
}

impl Order {
    /// For ids below `num_ids`.
    pub fn new(num_ids: usize) -> Self {
        Self { words: vec![0; num_ids.div_ceil(64)] }
    }

    /// Makes `ids` ascending and takes doubles out.
    #[inline]
    pub fn sort(&mut self, ids: &mut Vec<u32>) {
        match ids.len() {
            0 | 1 => {}
            2..=SOME => {
                arrange(ids);
                ids.dedup();
            }
            _ => self.mark(ids),
        }
    }

    /// Makes `ids` ascending, none of which occurs twice.
    #[inline]
    pub fn sort_distinct(&mut self, ids: &mut Vec<u32>) {
        match ids.len() {
            0 | 1 => {}
            2..=SOME => arrange(ids),
            _ => self.mark(ids),
        }
    }

    fn mark(&mut self, ids: &mut Vec<u32>) {
        for &id in ids.iter() {
            self.words[id as usize / 64] |= 1 << (id % 64);
        }
        ids.clear();
        for (base, word) in (0..).step_by(64).zip(&mut self.words) {
            let mut bits = std::mem::take(word);
            while bits != 0 {
                ids.push(base + bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
    }
}

/// Makes a few ids ascending.
#[inline]
fn arrange(ids: &mut [u32]) {
    match ids {
        [a, b] => swap(a, b),
        [a, b, c] => {
            swap(a, b);
            swap(b, c);
            swap(a, b);
        }
        [a, b, c, d] => {
            swap(a, b);
            swap(c, d);
            swap(a, c);
            swap(b, d);
            swap(b, c);
        }
        _ => insert(ids),
    }
}

/// Puts two ids in order.
#[inline(always)]
fn swap(low: &mut u32, high: &mut u32) {
    (*low, *high) = ((*low).min(*high), (*low).max(*high));
}

fn insert(ids: &mut [u32]) {
    for end in 1..ids.len() {
        let id = ids[end];
        let mut place = end;
        while place > 0 && ids[place - 1] > id {
            ids[place] = ids[place - 1];
            place -= 1;
        }
        ids[place] = id;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Stream;

    #[test]
    fn few_and_many_come_out_ascending_and_once() {
        let mut stream = Stream::new(2, "order");
        let mut order = Order::new(130);
        for len in [0, 1, 2, 3, 4, 4, 4, 5, 12, 13, 60, 400] {
            let mut ids: Vec<u32> = (0..len).map(|_| stream.below(130)).collect();
            let mut expected = ids.clone();
            expected.sort_unstable();
            expected.dedup();
            order.sort(&mut ids);
            assert_eq!(ids, expected);
            stream.shuffle(&mut ids);
            order.sort_distinct(&mut ids);
            assert_eq!(ids, expected);
        }
    }
}
