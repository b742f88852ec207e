//! What a network knows by now: a frozen copy of it is shown each glyph once, off the record.
//!
//! That takes as many steps as an epoch. Done at once at the end of an epoch they would keep whoever presses Pause
//! waiting, so they are spread over the ticks that follow.

use serde::{Deserialize, Serialize};

use super::net::Net;
use super::reward::{Active, count};
use super::score::Response;
use crate::sim::Tick;

/// Steps of the copy in each tick of the run: it is done after a quarter of an epoch.
const STEPS_PER_TICK: u32 = 4;

/// A probe under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
