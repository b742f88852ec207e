//! What a network knows by now: a frozen copy of it is shown each glyph once, off the record.
//!
//! That takes as many steps as an epoch. Done at once at the end of an epoch they would keep whoever presses Pause
//! waiting, so they are spread over the ticks that follow.

use get_size2::GetSize;

use super::glyphs::Active;
use super::net::Net;
use super::score::Response;
use crate::kit::beside::Aside;
use crate::sim::Tick;

/// Steps of the copy in each tick of the run: it is done after a quarter of an epoch.
pub const STEPS_PER_TICK: u32 = 4;

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
    pub fn new(net: &Net, task: &[Active], ticks_per_glyph: Tick) -> Self {
        let mut net = net.clone();
        net.quiet();
        let left = task.iter().rev().copied().collect();
        Self { net, left, ticks_per_glyph, ticks_left: 0, responses: Vec::new() }
    }
}

impl Aside for Probe {
    /// What each glyph brought about, in the order of the task.
    type End = Vec<Response>;

    fn step(&mut self) -> Option<Vec<Response>> {
        if self.ticks_left == 0 {
            let Some(active) = self.left.pop() else {
                return Some(std::mem::take(&mut self.responses));
            };
            self.net.begin(active, true);
            self.ticks_left = self.ticks_per_glyph;
            let glyph = self.responses.len() as u32;
            self.responses.push(Response { glyph, spikes: vec![0; self.net.num_neurons()] });
        }
        self.net.step(false);
        self.ticks_left -= 1;
        if let Some(response) = self.responses.last_mut() {
            self.net.count(&mut response.spikes);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::params::Characters;
    use super::super::run::Run;
    use super::*;
    use crate::kit::beside::Beside;
    use crate::lab::Model;
    use crate::record::Hasher;

    #[test]
    fn in_pieces_it_is_the_same_as_at_once() {
        let mut run = Run::new(&Characters::default(), 5);
        (0..run.num_ticks()).for_each(|tick| run.tick(tick, &mut Hasher::default()));
        let task: Vec<Active> =
            run.task.glyphs.iter().map(|g| std::array::from_fn(|p| g.is_ink(p))).collect();
        let probe = || {
            let mut beside = Beside::default();
            beside.begin(Probe::new(&run.main.net, &task, 1_501));
            beside
        };
        let at_once = probe().finish().expect("responses");
        assert!(
            at_once.iter().all(|response| response.spikes.iter().sum::<u32>() > 0),
            "{at_once:?}"
        );
        let mut pieces = probe();
        let (mut ticks, mut end) = (0, None);
        while end.is_none() {
            (ticks, end) = (ticks + 1, pieces.go_on(STEPS_PER_TICK));
        }
        // The last tick finds that nothing is left.
        assert_eq!(ticks, 4 * 1_501 / STEPS_PER_TICK + 1);
        assert_eq!(end, Some(at_once));
    }

    #[test]
    fn every_epoch_has_its_point() {
        let params = Characters { letters: "A-Z".into(), ..Characters::default() };
        for params in [Characters::default(), params] {
            let mut run = Run::new(&params, 2);
            let epochs = run.trials.num_until_test() as usize / run.task.num();
            (0..run.num_ticks()).for_each(|tick| run.tick(tick, &mut Hasher::default()));
            let points = run.main.curve.len();
            assert!(epochs > 1 && points == epochs, "{points} of {epochs}");
        }
    }
}
