//! What a network knows by now: a frozen copy of it is shown each glyph once, off the record.
//!
//! That takes as many steps as an epoch. Done at once at the end of an epoch they would keep whoever presses Pause
//! waiting, so they are spread over the ticks that follow.

use get_size2::GetSize;

use super::net::{Active, Net, count};
use super::score::Response;
use crate::sim::Tick;

/// Steps of the copy in each tick of the run: it is done after a quarter of an epoch.
const STEPS_PER_TICK: u32 = 4;

/// A probe under way.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Probe {
    net: Net,
    /// The glyphs that are still to come, the last first.
    left: Vec<Active>,
    ticks_per_glyph: Tick,
    ticks_left: Tick,
    responses: Vec<Response>,
}

impl Probe {
    /// Of this network with these glyphs.
    pub fn new(net: &Net, task: &[Active], ticks_per_glyph: Tick) -> Box<Self> {
        let mut net = net.clone();
        net.quiet();
        let left = task.iter().rev().copied().collect();
        Box::new(Self { net, left, ticks_per_glyph, ticks_left: 0, responses: Vec::new() })
    }

    /// Goes on for one tick of the run; true once all glyphs were shown.
    pub fn go_on(&mut self) -> bool {
        (0..STEPS_PER_TICK).any(|_| !self.step())
    }

    /// Goes to its end, if it is not there: what each glyph brought about, in the order of the task.
    pub fn finish(mut self) -> Vec<Response> {
        while self.step() {}
        self.responses
    }

    /// False if there is nothing left to show.
    fn step(&mut self) -> bool {
        if self.ticks_left == 0 {
            let Some(active) = self.left.pop() else { return false };
            self.net.begin(active, true);
            self.ticks_left = self.ticks_per_glyph;
            let glyph = self.responses.len() as u32;
            self.responses.push(Response { glyph, spikes: vec![0; self.net.num_neurons()] });
        }
        self.net.step(false);
        self.ticks_left -= 1;
        if let Some(response) = self.responses.last_mut() {
            count(&self.net, &mut response.spikes);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::params::Characters;
    use super::super::run::Run;
    use super::*;
    use crate::lab::Model;
    use crate::record::Hasher;

    #[test]
    fn in_pieces_it_is_the_same_as_at_once() {
        let mut run = Run::new(&Characters::default(), 5);
        (0..run.num_ticks()).for_each(|tick| run.tick(tick, &mut Hasher::default()));
        let task: Vec<Active> =
            run.task.iter().map(|g| std::array::from_fn(|p| g.is_ink(p))).collect();
        let probe = || Probe::new(&run.net, &task, 1_501);
        let at_once = probe().finish();
        assert!(
            at_once.iter().all(|response| response.spikes.iter().sum::<u32>() > 0),
            "{at_once:?}"
        );
        let mut pieces = probe();
        let ticks = (1..).find(|_| pieces.go_on()).expect("it ends");
        // The last tick finds that nothing is left.
        assert_eq!(ticks, 4 * 1_501 / STEPS_PER_TICK + 1);
        assert_eq!(pieces.finish(), at_once);
    }

    #[test]
    fn every_epoch_has_its_point() {
        let params = Characters { letters: "A-Z".into(), ..Characters::default() };
        for params in [Characters::default(), params] {
            let mut run = Run::new(&params, 2);
            let mut epochs = 0;
            for presentation in 0..run.schedule.num_training() {
                epochs += usize::from(run.schedule.ends_epoch(presentation));
            }
            (0..run.num_ticks()).for_each(|tick| run.tick(tick, &mut Hasher::default()));
            assert!(epochs > 1 && run.curve.len() == epochs, "{} of {epochs}", run.curve.len());
        }
    }
}
