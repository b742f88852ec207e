//! Winner-take-all: of the neurons that cross the threshold in one step only the first fires, and it
//! inhibits the others at once.
//!
//! **Rule.** The moment of crossing within the step is found by straight interpolation between the
//! potentials before and after it; the earliest wins. Exact ties are drawn at random, never broken by
//! index, which would make low numbers better learners. Every loser's potential drops by
//! `inhibition_mv`, but not below so much under rest.
//!
//! It stands for a fast inhibitory neuron that every output excites and that inhibits all others.
//!
//! **Source.** Lateral inhibition as in Diehl and Cook (2015, doi:10.3389/fncom.2015.00099), made
//! instantaneous.
//!
//! A softer kind lets all that cross fire: see [`Soft`].

use get_size2::GetSize;

use super::{Stream, math};

/// Lateral inhibition within a population.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Competition {
    /// Only the first to cross fires.
    WinnerTakeAll(WinnerTakeAll),
    /// Spikes take current away from others.
    Soft(Soft),
}

/// As soon as anybody fires, every neuron but the one with the highest potential loses some synaptic current, which does not
/// sink below 0. All that cross the threshold fire; the lowest number counts as the highest of equals. Of "STDP-research" (2024).
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct Soft {
    /// What the others lose.
    pub strength: f32,
}

impl Soft {
    /// Takes current away where somebody `fired`. Potentials are those before the reset.
    pub fn act(self, fired: &[u32], v: &[f32], current: &mut [f32]) {
        if fired.is_empty() {
            return;
        }
        let higher = |best: usize, n: usize| if v[n] > v[best] { n } else { best };
        let best = (0..v.len()).reduce(higher).unwrap_or(0);
        for (neuron, current) in current.iter_mut().enumerate() {
            if neuron != best {
                *current = math::larger(*current - self.strength, 0.0);
            }
        }
    }
}

/// The first to cross wins.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct WinnerTakeAll {
    inhibition_mv: f32,
    /// No potential is brought below this.
    least_mv: f32,
    ties: Stream,
}

impl WinnerTakeAll {
    /// Inhibition of this strength among neurons that rest at 0, and a stream for ties.
    pub fn new(inhibition_mv: f32, ties: Stream) -> Self {
        Self { inhibition_mv, least_mv: -inhibition_mv, ties }
    }

    /// The same among neurons that rest elsewhere.
    pub fn resting_at(mut self, rest_mv: f32) -> Self {
        self.least_mv = rest_mv - self.inhibition_mv;
        self
    }

    /// Leaves only the winner in `crossed` and inhibits all other potentials.
    pub fn decide(
        &mut self,
        crossed: &mut Vec<u32>,
        before_mv: &[f32],
        v_mv: &mut [f32],
        threshold_mv: impl Fn(usize) -> f32,
    ) {
        if crossed.is_empty() {
            return;
        }
        let moment = |neuron: u32| {
            let n = neuron as usize;
            let (from, to, th) = (before_mv[n], v_mv[n], threshold_mv(n));
            // A neuron that was above already (its threshold sank) crosses at once.
            if to > from { ((th - from) / (to - from)).max(0.0) } else { 0.0 }
        };
        let first = crossed.iter().map(|&n| moment(n)).fold(f32::MAX, f32::min);
        crossed.retain(|&n| moment(n) == first);
        if crossed.len() > 1 {
            let pick = self.ties.below(crossed.len() as u32) as usize;
            crossed.swap(0, pick);
            crossed.truncate(1);
        }
        let winner = crossed[0] as usize;
        for (neuron, v) in v_mv.iter_mut().enumerate() {
            if neuron != winner {
                *v = math::larger(*v - self.inhibition_mv, self.least_mv);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_to_cross_wins_and_the_others_sink() {
        let mut rule = WinnerTakeAll::new(5.0, Stream::new(1, "ties"));
        // Neuron 1 ends lower but was closer to its threshold.
        let (before, mut v) = ([0.0, 9.0, 3.0], [20.0, 11.0, 4.0]);
        let mut crossed = vec![0, 1];
        rule.decide(&mut crossed, &before, &mut v, |_| 10.0);
        // 0 crosses at half the step, 1 at half the step too: equal, so make 1 clearly earlier.
        let (before, mut v2) = ([0.0, 9.5, 3.0], [20.0, 11.0, 4.0]);
        let mut crossed = vec![0, 1];
        rule.decide(&mut crossed, &before, &mut v2, |_| 10.0);
        assert_eq!(crossed, [1]);
        assert_eq!(v2, [15.0, 11.0, -1.0]);
    }

    #[test]
    fn losers_sink_below_rest_wherever_it_is() {
        for rest in [0.0_f32, -70.0] {
            let mut rule = WinnerTakeAll::new(5.0, Stream::new(1, "ties")).resting_at(rest);
            let before = [9.0, 1.0, -4.0].map(|v| rest + v);
            let mut v = [11.0, 2.0, -4.0].map(|v| rest + v);
            rule.decide(&mut vec![0], &before, &mut v, |_| rest + 10.0);
            assert_eq!(v, [11.0, -3.0, -5.0].map(|v| rest + v), "{rest}");
        }
    }

    #[test]
    fn softly_all_but_the_highest_lose_current() {
        let mut current = [0.375, 0.0625, 0.5];
        let soft = Soft { strength: 0.125 };
        soft.act(&[], &[1.0, 2.0, 1.5], &mut current);
        assert_eq!(current, [0.375, 0.0625, 0.5], "nobody fired");
        // The highest is spared, whoever fired.
        soft.act(&[2], &[1.0, 2.0, 1.5], &mut current);
        assert_eq!(current, [0.25, 0.0625, 0.375]);
        soft.act(&[0, 2], &[2.0, 1.0, 2.0], &mut current);
        assert_eq!(current, [0.25, 0.0, 0.25]);
    }

    #[test]
    fn ties_go_to_everyone_alike() {
        let mut rule = WinnerTakeAll::new(5.0, Stream::new(2, "ties"));
        let mut wins = [0; 4];
        for _ in 0..4_000 {
            let mut crossed = vec![0, 1, 2, 3];
            rule.decide(&mut crossed, &[0.0; 4], &mut [12.0; 4], |_| 10.0);
            wins[crossed[0] as usize] += 1;
        }
        assert!(wins.iter().all(|w| (880..1_120).contains(w)), "{wins:?}");
    }
}
