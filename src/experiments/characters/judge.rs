//! Who judges a presentation, and when the verdict arrives.

use get_size2::GetSize;

use super::net::Net;
use super::params::RewardParams;
use super::rules::BASELINE_PRESENTATIONS;
use super::score::Response;
use crate::sim::Tick;

/// Verdicts on their way to a network.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Judge {
    params: RewardParams,
    delay_ticks: Tick,
    /// When each arrives, in order.
    pub due: Vec<(Tick, f32)>,
    /// When the latest arrived, and it.
    pub arrived: (Tick, f32),
    /// That verdict less the baseline, as the synapses heard it.
    pub heard: f32,
    mean: f32,
}

impl Judge {
    /// Nothing is on its way.
    pub fn new(params: RewardParams, net: &Net) -> Self {
        let delay_ticks = net.grid().ticks_from_ms(params.reward_delay_ms);
        Self { params, delay_ticks, due: Vec::new(), arrived: (0, 0.0), heard: 0.0, mean: 0.0 }
    }

    /// The verdict on a response: neuron k is to win glyph k.
    pub fn verdict(&self, response: &Response) -> f32 {
        let verdict = match response.winner() {
            Some(winner) if winner == response.glyph as usize => self.params.reward,
            None if response.is_silent() => -self.params.silence,
            _ => -self.params.punishment,
        };
        verdict as f32
    }

    /// A verdict sets out at the end of the presentation that ends now.
    pub fn send(&mut self, now: Tick, verdict: f32) {
        self.due.push((now + self.delay_ticks, verdict));
    }

    /// Hands `net` the verdict that arrives now, less the baseline.
    pub fn deliver(&mut self, now: Tick, net: &mut Net) {
        if self.due.first().is_none_or(|(at, _)| *at > now) {
            return;
        }
        let verdict = self.due.remove(0).1;
        let baseline = if self.params.baseline { self.mean } else { 0.0 };
        self.mean += (verdict - self.mean) / BASELINE_PRESENTATIONS;
        (self.arrived, self.heard) = ((now, verdict), verdict - baseline);
        net.succeed(self.heard);
    }
}

#[cfg(test)]
mod tests {
    use super::super::params::{Characters, Mode};
    use super::*;

    #[test]
    fn a_verdict_takes_its_delay_and_the_baseline_is_taken_off() {
        let p = RewardParams { baseline: true, ..RewardParams::default() };
        let params = Characters { mode: Mode::Reward(p.clone()), ..Characters::default() };
        let mut net = Net::new(&params, 1);
        let mut judge = Judge::new(p, &net);
        judge.send(300, 1.0);
        for now in 300..350 {
            judge.deliver(now, &mut net);
            assert_eq!(judge.mean, 0.0, "{now}");
        }
        judge.deliver(350, &mut net);
        assert_eq!((judge.mean, judge.arrived), (0.05, (350, 1.0)));
        let verdict =
            |spikes: [u32; 2]| judge.verdict(&Response { glyph: 1, spikes: spikes.into() });
        assert_eq!([[0, 3], [3, 1], [2, 2], [0, 0]].map(verdict), [0.6, -0.3, -0.3, 0.0]);
    }
}
