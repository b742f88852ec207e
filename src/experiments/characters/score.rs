//! What a test says: which neuron owns which letter, and how well it tells it from the others.
//!
//! A test is a table of spike counts, one row per presentation. Nothing here knows how the spikes
//! came about.

use get_size2::GetSize;
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// The answer to one test presentation.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Response {
    /// The glyph shown, by its place in the task.
    pub glyph: u32,
    /// Spikes of each output neuron.
    pub spikes: Vec<u32>,
}

impl Response {
    /// The neuron that spiked most, unless two did or none.
    pub fn winner(&self) -> Option<usize> {
        let most = *self.spikes.iter().max()?;
        let mut with_most = (0..self.spikes.len()).filter(|&n| self.spikes[n] == most);
        let first = with_most.next()?;
        (most > 0 && with_most.next().is_none()).then_some(first)
    }

    /// Nobody fired.
    pub fn is_silent(&self) -> bool {
        self.spikes.iter().all(|&count| count == 0)
    }
}

/// A scored test.
#[derive(Clone, Debug, Default, PartialEq, GetSize)]
pub struct Score {
    /// The neuron that owns each glyph of the task.
    pub owners: Vec<u32>,
    /// Glyphs for which the same neuron won every time and spiked for no other.
    pub is_learned: Vec<bool>,
    /// Share of presentations in which the owner, and nobody else, spiked.
    pub hit_rate: f64,
    /// Share of (presentation, neuron) pairs that were right: the owner spiked, or another did not.
    pub accuracy: f64,
    /// Mean spikes of an owner per presentation of its glyph.
    pub spikes_own: f64,
    /// Mean spikes of an owner per presentation of another glyph.
    pub spikes_other: f64,
}

impl Score {
    /// Glyphs that are learned.
    pub fn num_learned(&self) -> usize {
        self.is_learned.iter().filter(|learned| **learned).count()
    }
}

/// Presentations in which neuron `column` won glyph `row`, and wins in all.
pub fn win_table(responses: &[Response], num_glyphs: usize, num_neurons: usize) -> Vec<u32> {
    let mut table = vec![0; num_glyphs * num_neurons];
    for response in responses {
        if let Some(winner) = response.winner() {
            table[response.glyph as usize * num_neurons + winner] += 1;
        }
    }
    table
}

/// Scores a test of `num` glyphs, with as many neurons: for the best owners or, if glyphs are assigned, with neuron k
/// for glyph k, whatever it does: others then learn a glyph in vain.
pub fn score(responses: &[Response], num: usize, is_assigned: bool) -> Score {
    let responses: Vec<&Response> = responses.iter().filter(|r| (r.glyph as usize) < num).collect();
    if responses.is_empty() {
        return Score::default();
    }
    let owners = match is_assigned {
        true => (0..num as u32).collect(),
        false => best_owners(&responses, num),
    };
    let is_learned =
        |glyph| learner(&responses, glyph).is_some_and(|neuron| !is_assigned || neuron == glyph);
    let is_learned = (0..num).map(is_learned).collect();
    let owner_of = |r: &Response| owners[r.glyph as usize] as usize;
    let mut hits = 0;
    let mut right = 0;
    let (mut own, mut other) = (0_u64, 0_u64);
    for response in &responses {
        let owner = owner_of(response);
        let others_silent = (0..num).filter(|&n| n != owner && response.spikes[n] == 0).count();
        let owner_fires = response.spikes[owner] > 0;
        hits += usize::from(owner_fires && others_silent == num - 1);
        right += others_silent + usize::from(owner_fires);
        own += u64::from(response.spikes[owner]);
        other += owners
            .iter()
            .filter(|&&n| n as usize != owner)
            .map(|&n| u64::from(response.spikes[n as usize]))
            .sum::<u64>();
    }
    let presentations = responses.len() as f64;
    Score {
        is_learned,
        hit_rate: hits as f64 / presentations,
        accuracy: right as f64 / (presentations * num as f64),
        spikes_own: own as f64 / presentations,
        spikes_other: other as f64 / (presentations * (num as f64 - 1.0).max(1.0)),
        owners,
    }
}

/// The neuron that wins every presentation of the glyph and spikes for no other glyph.
fn learner(responses: &[&Response], glyph: usize) -> Option<usize> {
    let mut own = responses.iter().filter(|r| r.glyph as usize == glyph);
    let winner = own.next()?.winner()?;
    let has_learned = own.all(|r| r.winner() == Some(winner))
        && responses.iter().all(|r| r.glyph as usize == glyph || r.spikes[winner] == 0);
    has_learned.then_some(winner)
}

/// The one-to-one assignment of neurons to glyphs with the most presentations won, and among those
/// the one with the most spikes for the own glyph.
fn best_owners(responses: &[&Response], num: usize) -> Vec<u32> {
    let mut gain = Matrix::new(num, num, 0_i64);
    for response in responses {
        let glyph = response.glyph as usize;
        if let Some(winner) = response.winner() {
            gain[(glyph, winner)] += 1_000_000;
        }
        for (neuron, spikes) in response.spikes.iter().enumerate() {
            gain[(glyph, neuron)] += i64::from(*spikes);
        }
    }
    kuhn_munkres(&gain).1.into_iter().map(|neuron| neuron as u32).collect()
}

/// The scores that the published program prints, with its own rules: a neuron owns the first glyph
/// window in which it fires, if neither has an owner yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, GetSize)]
pub struct PublishedScore {
    /// Spikes of the owner in its own window.
    pub true_positives: u32,
    /// Other spikes.
    pub false_positives: u32,
    /// Silent neurons, less one where nobody fired.
    pub true_negatives: u32,
    /// Intervals whose owner has not fired so far.
    pub false_negatives: u32,
    /// What the program calls the true-positive percentage, as a share: TP / intervals.
    pub hit_rate: f64,
    /// (TP + TN) / (intervals × neurons).
    pub total_correct: f64,
}

/// Scores a test as the published program does: windows in the order of the task.
pub fn published_score(responses: &[Response], num: usize) -> PublishedScore {
    let mut score = PublishedScore::default();
    let mut owner_of: Vec<Option<usize>> = vec![None; num];
    let mut owns: Vec<bool> = vec![false; num];
    let mut intervals = 0;
    for (glyph, owner) in owner_of.iter_mut().enumerate() {
        let mut owner_fired = false;
        for response in responses.iter().filter(|r| r.glyph as usize == glyph) {
            intervals += 1;
            for neuron in (0..num).filter(|&n| response.spikes[n] > 0) {
                if owner.is_none() && !owns[neuron] {
                    *owner = Some(neuron);
                    owns[neuron] = true;
                }
                if *owner == Some(neuron) {
                    score.true_positives += 1;
                    owner_fired = true;
                } else {
                    score.false_positives += 1;
                }
            }
            let silent = response.spikes.iter().filter(|&&count| count == 0).count() as u32;
            score.true_negatives += silent - u32::from(response.is_silent());
            score.false_negatives += u32::from(!owner_fired);
        }
    }
    let all = f64::from(intervals).max(1.0);
    score.hit_rate = f64::from(score.true_positives) / all;
    score.total_correct =
        f64::from(score.true_positives + score.true_negatives) / (all * num as f64);
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    fn responses(rows: &[(u32, [u32; 3])]) -> Vec<Response> {
        rows.iter()
            .map(|(glyph, spikes)| Response { glyph: *glyph, spikes: spikes.to_vec() })
            .collect()
    }

    #[test]
    fn a_perfect_test() {
        let all = responses(&[(0, [0, 3, 0]), (1, [3, 0, 0]), (2, [0, 0, 3]), (0, [0, 3, 0])]);
        let score = score(&all, 3, false);
        assert_eq!(score.owners, [1, 0, 2]);
        assert_eq!(score.is_learned, [true; 3]);
        let numbers = [score.hit_rate, score.accuracy, score.spikes_own, score.spikes_other];
        assert_eq!(numbers, [1.0, 1.0, 3.0, 0.0]);
    }

    #[test]
    fn one_neuron_for_two_letters_owns_one_of_them_and_has_learned_neither() {
        let all = responses(&[(0, [3, 0, 0]), (1, [3, 0, 0]), (2, [0, 0, 3])]);
        let score = score(&all, 3, false);
        assert_eq!(score.is_learned, [false, false, true]);
        assert!((score.hit_rate - 2.0 / 3.0).abs() < 1e-12);
        assert!((score.accuracy - 7.0 / 9.0).abs() < 1e-12);
        assert!((score.spikes_other - 3.0 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn owners_are_assigned_for_the_whole_and_not_first_come() {
        // Neuron 0 wins both letters, but only it ever wins letter 1.
        let all = responses(&[
            (0, [2, 1, 0]),
            (0, [1, 2, 0]),
            (1, [1, 0, 0]),
            (1, [1, 0, 0]),
            (2, [0, 0, 1]),
        ]);
        assert_eq!(score(&all, 3, false).owners, [1, 0, 2]);
    }

    #[test]
    fn a_tie_has_no_winner() {
        assert_eq!(Response { glyph: 0, spikes: vec![2, 2, 1] }.winner(), None);
        assert_eq!(Response { glyph: 0, spikes: vec![0, 0, 0] }.winner(), None);
        assert_eq!(Response { glyph: 0, spikes: vec![0, 1, 0] }.winner(), Some(1));
    }

    #[test]
    fn a_network_that_never_fires_looks_accurate() {
        let all = responses(&[(0, [0, 0, 0]), (1, [0, 0, 0]), (2, [0, 0, 0])]);
        let score = score(&all, 3, false);
        assert_eq!(score.hit_rate, 0.0);
        assert!((score.accuracy - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn published_scores_of_the_published_example() {
        // Four letters, three intervals each, B and D share a neuron: TP 9, FP 3, TN 33, FN 3; 0.75, 0.875
        // is what the program prints with its older scoring; TN counts three silent neurons each.
        let wins = [0, 1, 2, 1];
        let mut all = Vec::new();
        for (glyph, winner) in wins.into_iter().enumerate() {
            for _ in 0..3 {
                let mut spikes = vec![0; 4];
                spikes[winner] = 1;
                all.push(Response { glyph: glyph as u32, spikes });
            }
        }
        let score = published_score(&all, 4);
        assert_eq!((score.true_positives, score.false_positives), (9, 3));
        assert_eq!(score.hit_rate, 0.75);
        assert_eq!(score.false_negatives, 3);
    }
}
