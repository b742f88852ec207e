//! Reward: who judges a presentation, when the verdict arrives, and the networks run beside for comparison.

use get_size2::GetSize;

use super::net::{Active, Net, count};
use super::params::{Characters, Feedback, Mode, RewardParams};
use super::probe::Probe;
use super::score::{self, Response};
use crate::record::TraceLog;
use crate::sim::{Fault, Stream, Tick};

/// Presentations over which the baseline is a mean.
pub(super) const BASELINE_PRESENTATIONS: f32 = 20.0;

/// A verdict that has arrived is shown for this long.
const PULSE_MS: f64 = 10.0;


/// Verdicts on their way to a network.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Judge {
    params: RewardParams,
    delay_ticks: Tick,
    /// When each arrives, in order.
    due: Vec<(Tick, f32)>,
    arrived: (Tick, f32),
    mean: f32,
}

impl Judge {
    /// Nothing is on its way.
    pub fn new(params: RewardParams, net: &Net) -> Self {
        let delay_ticks = net.grid().ticks_from_ms(params.reward_delay_ms);
        Self { params, delay_ticks, due: Vec::new(), arrived: (0, 0.0), mean: 0.0 }
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
        self.arrived = (now, verdict);
        net.succeed(verdict - baseline);
    }
}

/// Another network on the same seed that is shown the same, for comparison.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Twin {
    net: Net,
    /// None for the network that learns without reward.
    judge: Option<Judge>,
    spikes: Vec<u32>,
    probing: Option<Box<Probe>>,
    /// Hit rate after each epoch, with each output's own letter.
    pub curve: Vec<f32>,
    /// At the test.
    pub responses: Vec<Response>,
}

impl Twin {
    fn new(params: &Characters, mode: Mode, num_neurons: usize, seed: u32) -> Self {
        let judge = match &mode {
            Mode::Reward(p) => Some(p.clone()),
            _ => None,
        };
        let net = Net::new(&Characters { mode, ..params.clone() }, num_neurons, seed);
        let judge = judge.map(|p| Judge::new(p, &net));
        let (curve, responses) = (Vec::new(), Vec::new());
        Self { net, judge, spikes: vec![0; num_neurons], probing: None, curve, responses }
    }

    /// What it is called in a figure.
    pub fn label(&self) -> &'static str {
        if self.judge.is_some() { "rewarded twin" } else { "without reward" }
    }

    /// Its number of learned letters in the summary.
    pub fn letters_name(&self) -> &'static str {
        if self.judge.is_some() { "rewarded_letters" } else { "unrewarded_letters" }
    }

    fn step(&mut self, now: Tick, is_learning: bool) {
        self.net.step(is_learning);
        count(&self.net, &mut self.spikes);
        if is_learning && let Some(judge) = &mut self.judge {
            judge.deliver(now, &mut self.net);
        }
        if self.probing.as_mut().is_some_and(|probe| probe.go_on()) {
            self.end_probe();
        }
    }

    fn end_probe(&mut self) {
        if let Some(probe) = self.probing.take() {
            let responses = probe.finish();
            let score = score::assigned(&responses, responses.len(), self.spikes.len());
            self.curve.push(score.hit_rate as f32);
        }
    }
}

/// All that the reward mode adds to a run.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Reward {
    judge: Judge,
    /// The verdicts of the epoch before, in random order, and those of this epoch.
    yoked: [Vec<f32>; 2],
    order: Stream,
    /// Eligibility of each output, and the verdict, over time in training.
    pub trace: TraceLog,
    /// The network without reward, and the one whose verdicts a yoked network gets.
    pub twins: Vec<Twin>,
}

impl Reward {
    /// For a run at its first tick; none in the other modes.
    pub fn new(params: &Characters, net: &Net, window: Tick, seed: u32) -> Option<Self> {
        let Mode::Reward(p) = &params.mode else { return None };
        let twin = |mode| Twin::new(params, mode, net.num_neurons(), seed);
        let mut twins = vec![twin(Mode::Fixed(p.net.clone()))];
        if p.feedback == Feedback::Yoked {
            let feedback = Feedback::Contingent;
            twins.push(twin(Mode::Reward(RewardParams { feedback, ..p.clone() })));
        }
        Some(Self {
            judge: Judge::new(p.clone(), net),
            yoked: Default::default(),
            order: Stream::new(seed, "yoked"),
            trace: TraceLog::new(net.num_neurons() as u32 + 1, window, 2),
            twins,
        })
    }

    /// A presentation begins.
    pub fn begin(&mut self, active: Active, is_test: bool, is_first_test: bool) {
        for twin in &mut self.twins {
            if is_first_test {
                twin.net.quiet();
            }
            twin.net.begin(active, is_test);
            twin.spikes.fill(0);
        }
    }

    /// A step after that of `net`: verdicts arrive.
    pub fn step(&mut self, now: Tick, is_learning: bool, net: &mut Net) {
        if is_learning {
            self.judge.deliver(now, net);
            if now.is_multiple_of(self.trace.stride()) {
                let (at, verdict) = self.judge.arrived;
                let is_new = now < at + net.grid().ticks_from_ms(PULSE_MS);
                let mut values = net.eligibility();
                values.push(if is_new { verdict } else { 0.0 });
                self.trace.push(now, &values, &[]);
            }
        }
        self.twins.iter_mut().for_each(|twin| twin.step(now, is_learning));
    }

    /// A presentation has ended with this response.
    pub fn end(&mut self, now: Tick, response: &Response, is_test: bool) {
        let mut verdict = Some(self.judge.verdict(response));
        for twin in &mut self.twins {
            let response = Response { glyph: response.glyph, spikes: twin.spikes.clone() };
            if is_test {
                twin.responses.push(response);
            } else if let Some(judge) = &mut twin.judge {
                let earned = judge.verdict(&response);
                judge.send(now, earned);
                self.yoked[1].push(earned);
                verdict = self.yoked[0].pop();
            }
        }
        if self.judge.params.feedback == Feedback::Nothing || is_test {
            return;
        }
        if let Some(verdict) = verdict {
            self.judge.send(now, verdict);
        }
    }

    /// An epoch has ended: twins are probed, verdicts shuffled.
    pub fn end_epoch(&mut self, task: &[Active], ticks: Tick) {
        for twin in &mut self.twins {
            twin.end_probe();
            twin.probing = Some(Probe::new(&twin.net, task, ticks));
        }
        self.yoked.swap(0, 1);
        self.yoked[1].clear();
        self.order.shuffle(&mut self.yoked[0]);
    }

    /// Looks for what a network beside the run cannot go on with.
    pub fn look(&mut self, now: Tick) -> Option<Fault> {
        let found = self.twins.iter_mut().map(|twin| twin.net.look(now));
        found.fold(None, |first: Option<Fault>, next| first.or(next))
    }

    /// Takes over live parameters.
    pub fn adopt(&mut self, mode: &Mode) {
        self.twins.iter_mut().for_each(|twin| twin.net.adopt(mode));
    }
}

#[cfg(test)]
impl Reward {
    /// For tests: a network beside the run whose weights are not finite.
    pub fn break_twin(&mut self) {
        let net = &mut self.twins[0].net;
        let num = net.weights().len();
        net.set_learned("input_to_output", &vec![f32::NAN; num]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::run::Run;
    use super::*;
    use crate::lab::Model;
    use crate::record::Hasher;

    fn finished(mode: Mode, seed: u32) -> Run {
        let mut run = Run::new(&Characters { mode, ..Characters::default() }, seed);
        (0..run.num_ticks()).for_each(|tick| run.tick(tick, &mut Hasher::default()));
        run
    }

    fn rewarded(feedback: Feedback) -> RewardParams {
        let mut p = RewardParams { feedback, ..RewardParams::default() };
        p.net.epochs = 5;
        p
    }

    #[test]
    fn the_twins_are_the_networks_they_are_said_to_be() {
        let run = finished(Mode::Reward(rewarded(Feedback::Yoked)), 3);
        let twins = &run.reward.as_ref().expect("the reward mode").twins;
        let alone = [
            finished(Mode::Fixed(rewarded(Feedback::Yoked).net), 3),
            finished(Mode::Reward(rewarded(Feedback::Contingent)), 3),
        ];
        for (twin, alone) in twins.iter().zip(&alone) {
            assert_eq!(twin.net.learned(), alone.net.learned(), "{}", twin.label());
            assert_eq!(twin.responses, alone.responses);
            assert_ne!(run.net.weights(), alone.net.weights());
        }
        assert_eq!(twins[1].curve, alone[1].curve);
    }

    #[test]
    fn a_yoked_network_gets_the_verdicts_of_the_epoch_before_in_another_order() {
        let p = rewarded(Feedback::Yoked);
        let params = Characters { mode: Mode::Reward(p), ..Characters::default() };
        let net = Net::new(&params, 2, 1);
        let mut reward = Reward::new(&params, &net, 100, 1).expect("the reward mode");
        let mut now = 0;
        let mut arrived = Vec::new();
        for epoch in 0..2 {
            for place in 0..20 {
                // Its twin earns three rewards, five punishments and silence.
                let spikes = [u32::from(place < 3), u32::from((3..8).contains(&place))];
                reward.twins[1].spikes = spikes.to_vec();
                now += 300;
                reward.end(now, &Response { glyph: 0, spikes: vec![0, 0] }, false);
            }
            assert_eq!(reward.judge.due.len(), 20 * epoch, "a verdict late, none lost");
            reward.end_epoch(&[], 0);
        }
        arrived.extend(reward.judge.due.iter().map(|(_, verdict)| *verdict));
        let first_three: f32 = arrived[..3].iter().sum();
        assert_ne!(first_three, 1.8, "shuffled");
        let num = |value: f32| arrived.iter().filter(|v| **v == value).count();
        assert_eq!([num(0.6), num(-0.3), num(0.0)], [3, 5, 12]);
    }

    #[test]
    fn a_verdict_takes_its_delay_and_the_baseline_is_taken_off() {
        let p = RewardParams { baseline: true, ..RewardParams::default() };
        let params = Characters { mode: Mode::Reward(p.clone()), ..Characters::default() };
        let mut net = Net::new(&params, 2, 1);
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
