//! Holds a neuron at the output rate of another one, so that the two differ in what they hear and not in how often
//! they fire.
//!
//! **Equation.** The follower's gain, which every input spike is multiplied by, grows by 2 % with each output spike of the
//! leader and shrinks by as much with each of its own: ln g = ln g₀ + ln 1.02 (n_leader − n_follower). So the gain moves
//! until both fire equally often, and the numbers of spikes can only part by what the gain needs: 35 for a gain of twice
//! or half as much. Weights and learning rule are untouched: a spike of a synapse counts more, what it learns does not.
//!
//! **State.** The leader, which nothing here acts on, and the gain.
//!
//! **Source.** Ours; the reward demos yoke in the same sense. Its limits are wide enough for every rule whose weights stay
//! above zero. Where weights may sink below, no gain makes a neuron fire.

use get_size2::GetSize;

/// What one output spike multiplies or divides the gain by.
pub const STEP: f32 = 1.02;
/// The gain stays within this factor of the leader's.
pub const LIMIT: f32 = 100.0;

/// The neuron that leads, and the gain of the one that follows.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Yoke<L> {
    /// The neuron whose output rate is followed.
    pub leader: L,
    relative_gain: f32,
}

/// A neuron that can lead.
pub trait Leads {
    /// One tick.
    fn step(&mut self);
    /// It fired in that tick.
    fn has_fired(&self) -> bool;
    /// Its gain, that of all its inputs together.
    fn gain(&self) -> f32;
}

impl<L: Leads> Yoke<L> {
    /// The follower begins with the leader's gain.
    pub fn new(leader: L) -> Self {
        Self { leader, relative_gain: 1.0 }
    }

    /// The follower's gain in units of the leader's.
    pub fn relative_gain(&self) -> f32 {
        self.relative_gain
    }

    /// One tick of the leader; the follower fired or did not in this tick. Gives its gain from the next tick on.
    #[inline]
    pub fn step(&mut self, has_fired: bool) -> f32 {
        self.leader.step();
        match (self.leader.has_fired(), has_fired) {
            (true, false) => self.relative_gain = (self.relative_gain * STEP).min(LIMIT),
            (false, true) => self.relative_gain = (self.relative_gain / STEP).max(1.0 / LIMIT),
            _ => {}
        }
        self.leader.gain() * self.relative_gain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::{Counting, Poisson, Source};
    use crate::fast::fan_in::{Cell, FanIn};
    use crate::neuron::LinearPoisson;
    use crate::{Stream, TimeGrid};

    /// Fifty inputs at 10 Hz of this weight on a linear neuron, which fires at 10 Hz times weight and gain.
    fn linear(weight: f32, stream: &str) -> FanIn {
        let (num, grid) = (50, TimeGrid::new(1.0));
        let input = Stream::new(1, stream);
        let source = Source::Poisson(Poisson::new(Counting::OncePerTick, &[10.0; 50], grid, input));
        let cell = Cell::Linear(LinearPoisson::new(1, num, Stream::new(1, "output")));
        FanIn::new(grid, source, cell, vec![weight; num], 1.0, None)
    }

    /// Output spikes of leader and follower in the second half of 1,000 s, and the mean gain.
    fn follow(mut neuron: FanIn) -> (f64, f64, f64) {
        let (mut led, mut own, mut gain) = (0.0, 0.0, 0.0);
        for tick in 0..1_000_000 {
            neuron.step();
            if tick >= 500_000 {
                own += neuron.fired().len() as f64;
                let yoke = neuron.yoke.as_ref().expect("a yoke");
                led += yoke.leader.fired().len() as f64;
                gain += f64::from(yoke.relative_gain()) / 500_000.0;
            }
        }
        (led, own, gain)
    }

    #[test]
    fn the_gain_makes_up_for_what_weights_lack_or_have_too_much() {
        for (weight, gain) in [(0.4, 2.0), (0.1, 8.0), (0.8, 1.0), (1.0, 0.8)] {
            let mut neuron = linear(weight, "own input");
            neuron.yoke = Some(Box::new(Yoke::new(linear(0.8, "input"))));
            let (led, own, found) = follow(neuron);
            assert!((own / led - 1.0).abs() < 0.02, "{weight}: {own} spikes for {led}");
            assert!((found / gain - 1.0).abs() < 0.1, "{weight}: a gain of {found}, not {gain}");
        }
    }

    #[test]
    fn a_leader_does_not_notice() {
        let mut alone = linear(0.8, "input");
        let mut neuron = linear(0.2, "own input");
        neuron.yoke = Some(Box::new(Yoke::new(alone.clone())));
        for _ in 0..100_000 {
            alone.step();
            neuron.step();
            let leader = &neuron.yoke.as_ref().expect("a yoke").leader;
            assert_eq!((alone.spikes(), alone.fired()), (leader.spikes(), leader.fired()));
        }
        assert_eq!(alone, neuron.yoke.expect("a yoke").leader);
    }

    #[test]
    fn the_same_neuron_needs_no_other_gain_and_a_dead_one_gets_no_more_than_the_limit() {
        let mut twin = linear(0.8, "input");
        twin.yoke = Some(Box::new(Yoke::new(twin.clone())));
        let mut dead = linear(0.0, "own input");
        dead.yoke = Some(Box::new(Yoke::new(linear(0.8, "input"))));
        for _ in 0..200_000 {
            twin.step();
            dead.step();
            assert_eq!(twin.gain, 1.0);
        }
        assert_eq!(dead.yoke.expect("a yoke").relative_gain(), LIMIT);
    }
}
