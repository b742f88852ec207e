//! Which output answers which pattern in our network, and which patterns outputs own.

use get_size2::GetSize;

/// Share of its presentations by which an output owns a pattern.
const CONSISTENT: f64 = 0.9;
/// Presentations of a pattern over which answers are smoothed.
const SMOOTHING: f32 = 8.0;

/// Who answered so far.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Answers {
    /// Of each pattern, the share that output 1 won lately.
    pub(super) lately: [f32; 2],
    /// Test presentations of each pattern that outputs 1 and 2 won.
    pub(super) wins: [[u32; 2]; 2],
    /// Spikes of both outputs in the test, by pattern.
    pub(super) spikes: [[u32; 2]; 2],
    /// Test presentations of each pattern that are over.
    pub(super) tested: [u32; 2],
}

impl Answers {
    /// Before the first presentation.
    pub fn new() -> Self {
        Self { lately: [0.5; 2], wins: [[0; 2]; 2], spikes: [[0; 2]; 2], tested: [0; 2] }
    }

    /// A presentation of this pattern is over, in which the outputs fired so often.
    pub fn add(&mut self, pattern: usize, [one, two]: [u32; 2], is_test: bool) {
        let answer = if one == two { 0.5 } else { f32::from(u8::from(one > two)) };
        self.lately[pattern] += (answer - self.lately[pattern]) / SMOOTHING;
        if is_test {
            self.tested[pattern] += 1;
            self.wins[pattern][0] += u32::from(one > two);
            self.wins[pattern][1] += u32::from(two > one);
            self.spikes[pattern][0] += one;
            self.spikes[pattern][1] += two;
        }
    }

    /// Share of its test presentations that output `output` won.
    pub fn share(&self, pattern: usize, output: usize) -> f64 {
        f64::from(self.wins[pattern][output]) / f64::from(self.tested[pattern].max(1))
    }

    /// Each pattern's most frequent winner: in the test, or lately while there is none.
    pub fn owners(&self) -> [usize; 2] {
        [0, 1].map(|pattern| match self.tested {
            [0, 0] => usize::from(self.lately[pattern] < 0.5),
            _ => usize::from(self.wins[pattern][1] > self.wins[pattern][0]),
        })
    }

    /// Different outputs won the two patterns in the test, each nearly always.
    pub fn is_separated(&self) -> bool {
        let owners = self.owners();
        owners[0] != owners[1]
            && (0..2).all(|pattern| self.share(pattern, owners[pattern]) >= CONSISTENT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn winners_are_counted_in_the_test() {
        let mut answers = Answers::new();
        // In the training output 1 answers to ▲ and output 2 to ■; in the test they have changed places.
        answers.add(0, [5, 1], false);
        answers.add(1, [1, 5], false);
        assert_eq!((answers.owners(), answers.tested), ([0, 1], [0, 0]));
        for pattern in [0, 1, 0, 1, 0] {
            answers.add(pattern, if pattern == 0 { [1, 5] } else { [4, 2] }, true);
        }
        assert_eq!((answers.wins, answers.owners()), ([[0, 3], [2, 0]], [1, 0]));
        assert_eq!((answers.spikes, answers.tested), ([[3, 15], [8, 4]], [3, 2]));
        assert!(answers.is_separated());
        // A draw is nobody's.
        answers.add(0, [3, 3], true);
        assert_eq!((answers.share(0, 1), answers.is_separated()), (0.75, false));
    }
}
