//! Who is connected to whom, sender by sender.
//!
//! A dense table has a place for every pair; a sparse one lists the receivers of each sender. Synapses are counted sender
//! by sender, and the receivers of one sender in the order in which they were drawn or listed.

use std::ops::Range;
use std::sync::Arc;

use get_size2::GetSize;

use crate::{Stream, math};

/// The synapses of a projection.
#[derive(Clone, Debug, PartialEq)]
pub enum Wiring {
    /// Every sender with every receiver: synapse `pre × num_post + post`.
    Dense {
        /// How many receivers.
        num_post: u32,
    },
    /// Some of them. Wiring does not change, so that copies of a run share it.
    Sparse(Arc<Sparse>),
}

/// Receivers of each sender.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Sparse {
    /// Where the synapses of each sender begin, and after the last one where they end.
    starts: Vec<u32>,
    /// The receiver of each synapse, counted within the projection.
    posts: Vec<u16>,
}

/// The most receivers a sparse projection can have.
pub const MOST_RECEIVERS: usize = 1 << 16;

impl Sparse {
    /// From the receivers of each sender in turn.
    ///
    /// # Panics
    /// If a receiver's number does not fit into 16 bits.
    pub fn of_rows(rows: impl IntoIterator<Item = Vec<u32>>) -> Self {
        let (mut starts, mut posts) = (vec![0], Vec::new());
        for row in rows {
            let narrow = |post: u32| u16::try_from(post).expect("fewer than 65,536 receivers");
            posts.extend(row.into_iter().map(narrow));
            starts.push(posts.len() as u32);
        }
        posts.shrink_to_fit();
        Self { starts, posts }
    }

    /// From pairs of sender and receiver, in any order.
    pub fn of_pairs(num_pre: usize, pairs: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut rows = vec![Vec::new(); num_pre];
        pairs.into_iter().for_each(|(pre, post)| rows[pre as usize].push(post));
        Self::of_rows(rows)
    }

    /// Each sender with all receivers.
    pub fn all([num_pre, num_post]: [usize; 2]) -> Self {
        Self::of_rows((0..num_pre).map(|_| (0..num_post as u32).collect()))
    }

    /// Each sender with `num` receivers that are drawn one by one, so that some are drawn twice.
    pub fn of_out_degree(
        [num_pre, num_post]: [usize; 2],
        num: usize,
        but_itself: bool,
        stream: &mut Stream,
    ) -> Self {
        let mut draw = |pre: usize| loop {
            let post = stream.below(num_post as u32);
            if !(but_itself && pre == post as usize) {
                return post;
            }
        };
        Self::of_rows((0..num_pre).map(|pre| (0..num).map(|_| draw(pre)).collect()))
    }

    /// Each pair by a chance of its own, `p(pre, post)`, from sender to sender.
    pub fn by_law(
        [num_pre, num_post]: [usize; 2],
        p: impl Fn(u32, u32) -> f64,
        stream: &mut Stream,
    ) -> Self {
        let mut is_drawn = |pre: u32, post: u32| stream.chance(p(pre, post) as f32);
        Self::of_rows(
            (0..num_pre as u32)
                .map(|pre| (0..num_post as u32).filter(|post| is_drawn(pre, *post)).collect()),
        )
    }

    /// Each pair by chance `p`, from sender to sender. With `but_itself` nobody is connected to its own number.
    ///
    /// # Panics
    /// If there are more than [`MOST_RECEIVERS`] receivers.
    pub fn by_chance(
        [num_pre, num_post]: [usize; 2],
        p: f64,
        but_itself: bool,
        stream: &mut Stream,
    ) -> Self {
        assert!(num_post <= MOST_RECEIVERS, "{num_post} receivers");
        // From one synapse to the next: the waiting times of rare events.
        let scale = 1.0 / math::ln_f64(1.0 - p.min(1.0 - 1e-12));
        let mut skip = move || {
            let waited = math::ln_f64(stream.uniform_above_0()) * scale;
            waited.min(u32::MAX as f64) as u64
        };
        let num_pairs = num_pre as u64 * num_post as u64;
        // Room for what is expected and five standard deviations, so that the list hardly ever has to move.
        let expected = num_pairs as f64 * p.clamp(0.0, 1.0);
        let room = (expected + 5.0 * expected.sqrt()) as u64;
        let mut posts = Vec::with_capacity(room.min(num_pairs) as usize);
        let mut starts = Vec::with_capacity(num_pre + 1);
        if p > 0.0 && num_post > 0 {
            let mut place = skip();
            while place < num_pairs {
                let (pre, post) = (place / num_post as u64, place % num_post as u64);
                if !(but_itself && pre == post) {
                    // Here begins this sender, and each before it that has none.
                    starts.resize(pre as usize + 1, posts.len() as u32);
                    posts.push(post as u16);
                }
                place += 1 + skip();
            }
        }
        starts.resize(num_pre + 1, posts.len() as u32);
        posts.shrink_to_fit();
        Self { starts, posts }
    }

    /// Each receiver with `num` different senders, drawn receiver by receiver.
    ///
    /// # Panics
    /// If there are not as many senders, or more than [`MOST_RECEIVERS`] receivers.
    pub fn of_in_degree(
        [num_pre, num_post]: [usize; 2],
        num: usize,
        but_itself: bool,
        stream: &mut Stream,
    ) -> Self {
        assert!(num_post <= MOST_RECEIVERS, "{num_post} receivers");
        let most = num_pre - usize::from(but_itself && num_pre > 0);
        assert!(num <= most, "{num} different senders of {most}");
        // Who was drawn for this receiver already.
        let mut drawn_for = vec![usize::MAX; num_pre];
        let mut draw = |stream: &mut Stream, found: &mut dyn FnMut(usize, usize)| {
            drawn_for.fill(usize::MAX);
            for post in 0..num_post {
                let mut left = num;
                while left > 0 {
                    let pre = stream.below(num_pre as u32) as usize;
                    if drawn_for[pre] != post && !(but_itself && pre == post) {
                        drawn_for[pre] = post;
                        found(pre, post);
                        left -= 1;
                    }
                }
            }
        };
        // All is drawn twice, first to count: lists that grow would take several times the memory, which a browser's
        // tab does not get back.
        let mut starts = vec![0_u32; num_pre + 1];
        draw(&mut stream.clone(), &mut |pre, _| starts[pre + 1] += 1);
        for pre in 0..num_pre {
            starts[pre + 1] += starts[pre];
        }
        let (mut next, mut posts) = (starts.clone(), vec![0_u16; num * num_post]);
        draw(stream, &mut |pre, post| {
            posts[next[pre] as usize] = post as u16;
            next[pre] += 1;
        });
        Self { starts, posts }
    }

    /// Looks at all of a sender's row a while before it is needed. Rows lie scattered over megabytes: looked at all at
    /// once, the lines of memory come together, and not one after the other.
    #[inline]
    pub fn bring(&self, pre: u32) {
        const POSTS_PER_LINE: usize = 32;
        let some = self.posts(pre).iter().step_by(POSTS_PER_LINE);
        std::hint::black_box(some.fold(0, |all, post| all | post));
    }

    /// Receivers of a sender.
    #[inline]
    pub fn posts(&self, pre: u32) -> &[u16] {
        &self.posts[self.row(pre)]
    }

    /// Synapses of a sender.
    #[inline]
    pub fn row(&self, pre: u32) -> Range<usize> {
        self.starts[pre as usize] as usize..self.starts[pre as usize + 1] as usize
    }

    /// How many senders.
    pub fn num_pre(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many synapses.
    pub fn len(&self) -> usize {
        self.posts.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.posts.is_empty()
    }

    /// Synapses by their receivers: where those of each begin, and after the last one where they end; and synapse and
    /// sender of each.
    pub fn by_receiver(&self, num_post: usize) -> (Vec<u32>, Vec<(u32, u32)>) {
        let mut starts = vec![0_u32; num_post + 1];
        for &post in &self.posts {
            starts[usize::from(post) + 1] += 1;
        }
        for post in 0..num_post {
            starts[post + 1] += starts[post];
        }
        let mut next = starts.clone();
        let mut incoming = vec![(0, 0); self.posts.len()];
        for pre in 0..self.num_pre() as u32 {
            for synapse in self.row(pre) {
                let place = &mut next[usize::from(self.posts[synapse])];
                incoming[*place as usize] = (synapse as u32, pre);
                *place += 1;
            }
        }
        (starts, incoming)
    }

    /// Sender and receiver of a synapse.
    pub fn ends(&self, synapse: usize) -> (u32, u32) {
        let pre = self.starts.partition_point(|start| *start as usize <= synapse) - 1;
        (pre as u32, u32::from(self.posts[synapse]))
    }
}

impl Wiring {
    /// A sparse one.
    pub fn sparse(sparse: Sparse) -> Self {
        Self::Sparse(Arc::new(sparse))
    }

    /// Synapses of a sender.
    #[inline]
    pub fn row(&self, pre: u32) -> Range<usize> {
        match self {
            Self::Dense { num_post } => {
                let num_post = *num_post as usize;
                pre as usize * num_post..(pre as usize + 1) * num_post
            }
            Self::Sparse(sparse) => sparse.row(pre),
        }
    }
}

impl GetSize for Wiring {
    /// What is shared by copies is not theirs.
    fn get_heap_size(&self) -> usize {
        0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn stream() -> Stream {
        Stream::new(3, "wiring")
    }

    #[test]
    fn every_pair_is_as_likely() {
        let (num, p) = ([40, 50], 0.1);
        let mut counts = vec![0_u32; 2_000];
        let mut stream = stream();
        for _ in 0..500 {
            let sparse = Sparse::by_chance(num, p, false, &mut stream);
            for synapse in 0..sparse.len() {
                let (pre, post) = sparse.ends(synapse);
                counts[(pre * 50 + post) as usize] += 1;
            }
        }
        let total: u32 = counts.iter().sum();
        // 10⁶ draws with a standard deviation of 300.
        assert!((f64::from(total) - 1e5).abs() < 1_500.0, "{total}");
        // 50 of each, with one of 6.7.
        assert!(counts.iter().all(|count| (18..=90).contains(count)));
        let far = counts.iter().map(|count| f64::from(*count) - 50.0);
        let squares: f64 = far.map(|far| far * far).sum();
        assert!((squares / 2_000.0 / 45.0 - 1.0).abs() < 0.15, "{}", squares / 2_000.0);
    }

    #[test]
    fn certainty_and_nothing_are_limits() {
        assert_eq!(Sparse::by_chance([7, 9], 1.0, false, &mut stream()).len(), 63);
        assert_eq!(Sparse::by_chance([9, 9], 1.0, true, &mut stream()).len(), 72);
        assert!(Sparse::by_chance([7, 9], 0.0, false, &mut stream()).is_empty());
    }

    #[test]
    fn an_in_degree_is_met_by_different_senders() {
        let sparse = Sparse::of_in_degree([30, 20], 12, true, &mut stream());
        let mut senders = vec![Vec::new(); 20];
        for synapse in 0..sparse.len() {
            let (pre, post) = sparse.ends(synapse);
            assert_ne!(pre, post);
            senders[post as usize].push(pre);
        }
        for own in &mut senders {
            own.sort_unstable();
            own.dedup();
            assert_eq!(own.len(), 12);
        }
    }

    #[test]
    fn an_out_degree_is_met_and_a_law_is_followed() {
        let mut stream = stream();
        let sparse = Sparse::of_out_degree([20, 3], 40, true, &mut stream);
        assert!((0..20).all(|pre| sparse.posts(pre).len() == 40));
        assert!((0..3).all(|pre| !sparse.posts(pre).contains(&(pre as u16))));
        let (mut counts, num) = ([[0_u32; 3]; 2], 20_000);
        for _ in 0..num {
            let sparse =
                Sparse::by_law([2, 3], |pre, post| f64::from(pre + post) / 4.0, &mut stream);
            for synapse in 0..sparse.len() {
                let (pre, post) = sparse.ends(synapse);
                counts[pre as usize][post as usize] += 1;
            }
        }
        for (pre, row) in counts.iter().enumerate() {
            for (post, count) in row.iter().enumerate() {
                let share = f64::from(*count) / f64::from(num);
                assert!((share - (pre + post) as f64 / 4.0).abs() < 0.02, "{pre} {post}: {share}");
            }
        }
    }

    /// As it is said: a list for each sender.
    fn simply(
        num_pre: usize,
        stream: &mut Stream,
        draw: impl Fn(&mut Stream, &mut dyn FnMut(usize, usize)),
    ) -> Sparse {
        let mut rows = vec![Vec::new(); num_pre];
        draw(stream, &mut |pre, post| rows[pre].push(post as u32));
        Sparse::of_rows(rows)
    }

    #[test]
    fn lists_that_do_not_grow_hold_the_same() {
        let (mut ours, mut simple) = (stream(), stream());
        for ([num_pre, num_post], but_itself) in
            [([50, 40], false), ([30, 30], true), ([300, 2], false), ([1, 500], false)]
        {
            for p in [0.002, 0.1, 0.9] {
                let found = Sparse::by_chance([num_pre, num_post], p, but_itself, &mut ours);
                let rows = simply(num_pre, &mut simple, |stream, found| {
                    let scale = 1.0 / math::ln_f64(1.0 - p);
                    let mut place = 0;
                    loop {
                        place += (math::ln_f64(stream.uniform_above_0()) * scale) as usize;
                        let (pre, post) = (place / num_post, place % num_post);
                        if pre >= num_pre {
                            return;
                        }
                        if !(but_itself && pre == post) {
                            found(pre, post);
                        }
                        place += 1;
                    }
                });
                assert_eq!(found, rows, "{num_pre} x {num_post} at {p}");
            }
            let num = num_pre / 3;
            let found = Sparse::of_in_degree([num_pre, num_post], num, but_itself, &mut ours);
            let rows = simply(num_pre, &mut simple, |stream, found| {
                for post in 0..num_post {
                    let mut drawn = BTreeSet::new();
                    while drawn.len() < num {
                        let pre = stream.below(num_pre as u32) as usize;
                        if !(but_itself && pre == post) && drawn.insert(pre) {
                            found(pre, post);
                        }
                    }
                }
            });
            assert_eq!(found, rows, "{num_pre} x {num_post}, {num} each");
            assert_eq!(ours, simple, "the stream goes on at the same place");
        }
    }

    #[test]
    fn pairs_come_back_sender_by_sender() {
        let sparse = Sparse::of_pairs(4, [(2, 5), (0, 1), (2, 3), (3, 0)]);
        let ends: Vec<_> = (0..sparse.len()).map(|synapse| sparse.ends(synapse)).collect();
        assert_eq!(ends, [(0, 1), (2, 5), (2, 3), (3, 0)]);
        assert_eq!((sparse.posts(1), sparse.posts(2)), (&[][..], &[5, 3][..]));
        assert_eq!(sparse.num_pre(), 4);
    }
}
