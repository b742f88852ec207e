//! A network on its way through the task: what it answers, and what it knows by now.

use get_size2::GetSize;

use super::glyphs::Active;
use super::judge::Judge;
use super::net::Net;
use super::params::{Characters, Mode};
use super::probe::{Probe, STEPS_PER_TICK};
use super::score::{Response, Score, score};
use crate::kit::beside::Beside;
use crate::sim::Tick;

/// The network of a run, or one that runs beside it.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Learner {
    /// The network.
    pub net: Net,
    /// Who tells it how well it did; nobody where it learns without reward.
    pub judge: Option<Judge>,
    /// Output k is to win glyph k.
    pub is_assigned: bool,
    /// Of each output in this presentation.
    pub spikes: Vec<u32>,
    /// At the test.
    pub responses: Vec<Response>,
    /// What the latest probe found.
    pub probe: Vec<Response>,
    probing: Beside<Probe>,
    /// Hit rate after each epoch.
    pub curve: Vec<f32>,
}

impl Learner {
    /// The network that these parameters name, with an output for each glyph.
    pub fn new(params: &Characters, seed: u32) -> Self {
        let net = Net::new(params, seed);
        let judge = match &params.mode {
            Mode::Reward(p) => Some(Judge::new(p.clone(), &net)),
            _ => None,
        };
        Self {
            is_assigned: judge.is_some(),
            judge,
            spikes: vec![0; net.num_neurons()],
            net,
            responses: Vec::new(),
            probe: Vec::new(),
            probing: Beside::default(),
            curve: Vec::new(),
        }
    }

    /// A presentation begins; before a phase of tests the network is quiet.
    pub fn begin(&mut self, active: Active, is_test: bool, begins_phase: bool) {
        if is_test && begins_phase {
            self.net.quiet();
        }
        self.net.begin(active, is_test);
        self.spikes.fill(0);
    }

    /// One step, and some of the probe; a verdict may arrive.
    pub fn step(&mut self, now: Tick, is_learning: bool) {
        self.net.step(is_learning);
        self.net.count(&mut self.spikes);
        if is_learning && let Some(judge) = &mut self.judge {
            judge.deliver(now, &mut self.net);
        }
        let probed = self.probing.go_on(STEPS_PER_TICK);
        self.take(probed);
    }

    /// A presentation has ended, with this response.
    pub fn end(&mut self, glyph: u32, is_test: bool) -> Response {
        let response = Response { glyph, spikes: self.spikes.clone() };
        if is_test {
            self.responses.push(response.clone());
        }
        response
    }

    /// An epoch has ended: a frozen copy is shown the task.
    pub fn begin_probe(&mut self, task: &[Active], ticks: Tick) {
        // The last is over long before; but the curve has a point for each epoch, come what may.
        let probed = self.probing.finish();
        self.take(probed);
        self.probing.begin(Probe::new(&self.net, task, ticks));
    }

    fn take(&mut self, probed: Option<Vec<Response>>) {
        if let Some(probed) = probed {
            self.probe = probed;
            self.curve.push(self.score_of(&self.probe).hit_rate as f32);
        }
    }

    /// The test so far, or the latest probe while there is none.
    pub fn latest(&self) -> &[Response] {
        if self.responses.is_empty() { &self.probe } else { &self.responses }
    }

    /// The score of the test so far.
    pub fn score(&self) -> Score {
        self.score_of(&self.responses)
    }

    /// A score, with the outputs' own glyphs where these are given.
    pub fn score_of(&self, responses: &[Response]) -> Score {
        score(responses, self.spikes.len(), self.is_assigned)
    }

    /// What it is called where it runs beside another.
    pub fn label(&self) -> &'static str {
        if self.judge.is_some() { "rewarded" } else { "without reward" }
    }

    /// Its number of learned letters among the results of the other.
    pub fn letters_name(&self) -> &'static str {
        if self.judge.is_some() { "rewarded_letters" } else { "unrewarded_letters" }
    }
}
