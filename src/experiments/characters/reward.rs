//! What the reward mode adds to a run: networks that run beside it for comparison, and verdicts that are shuffled.

use get_size2::GetSize;

use super::glyphs::Active;
use super::learner::Learner;
use super::params::{Characters, Feedback, Mode, RewardParams};
use super::score::Response;
use crate::record::TraceLog;
use crate::sim::{Fault, Stream, Tick};

/// A verdict that has arrived is shown for this long.
const PULSE_MS: f64 = 10.0;

/// All that the reward mode adds to a run.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Reward {
    feedback: Feedback,
    /// The verdicts of the epoch before, in random order, and those of this epoch.
    yoked: [Vec<f32>; 2],
    order: Stream,
    /// Eligibility of each output, and the verdict, over time in training.
    pub trace: TraceLog,
    /// On the same seed, and shown the same: the network without reward, and the one whose verdicts a yoked network gets.
    pub twins: Vec<Learner>,
}

impl Reward {
    /// For a run at its first tick; none in the other modes.
    pub fn new(params: &Characters, num_glyphs: usize, window: Tick, seed: u32) -> Option<Self> {
        let Mode::Reward(p) = &params.mode else { return None };
        let twin = |mode| {
            let params = Characters { mode, ..params.clone() };
            let mut twin = Learner::new(&params, seed);
            twin.is_assigned = true;
            twin
        };
        let mut twins = vec![twin(Mode::Fixed(p.net.clone()))];
        if p.feedback == Feedback::Yoked {
            let feedback = Feedback::Contingent;
            twins.push(twin(Mode::Reward(RewardParams { feedback, ..p.clone() })));
        }
        Some(Self {
            feedback: p.feedback,
            yoked: Default::default(),
            order: Stream::new(seed, "yoked"),
            trace: TraceLog::new(num_glyphs as u32 + 1, window, 2),
            twins,
        })
    }

    /// The latest verdicts less their baselines, by the names of the description.
    pub fn levels(&self, main: &Learner) -> impl Iterator<Item = (&'static str, f32)> {
        let of = |name, learner: &Learner| Some((name, learner.judge.as_ref()?.heard));
        let beside = self.twins.iter().filter_map(move |twin| of("rewarded_verdict", twin));
        of("verdict", main).into_iter().chain(beside)
    }

    /// A step after that of the run's own network.
    pub fn step(&mut self, now: Tick, is_learning: bool, main: &Learner) {
        if is_learning
            && now.is_multiple_of(self.trace.stride())
            && let Some(judge) = &main.judge
        {
            let (at, verdict) = judge.arrived;
            let is_new = now < at + main.net.grid().ticks_from_ms(PULSE_MS);
            let mut values = main.net.eligibility();
            values.push(if is_new { verdict } else { 0.0 });
            self.trace.push(now, &values, &[]);
        }
        self.twins.iter_mut().for_each(|twin| twin.step(now, is_learning));
    }

    /// A presentation has ended with this response of the run's own network.
    pub fn end(&mut self, now: Tick, response: &Response, is_test: bool, main: &mut Learner) {
        let Some(judge) = &mut main.judge else { return };
        let mut verdict = Some(judge.verdict(response));
        for twin in &mut self.twins {
            let response = twin.end(response.glyph, is_test);
            if !is_test && let Some(judge) = &mut twin.judge {
                let earned = judge.verdict(&response);
                judge.send(now, earned);
                self.yoked[1].push(earned);
                verdict = self.yoked[0].pop();
            }
        }
        if self.feedback != Feedback::Nothing
            && !is_test
            && let Some(verdict) = verdict
        {
            judge.send(now, verdict);
        }
    }

    /// An epoch has ended: twins are probed, verdicts shuffled.
    pub fn end_epoch(&mut self, task: &[Active], ticks: Tick) {
        self.twins.iter_mut().for_each(|twin| twin.begin_probe(task, ticks));
        self.yoked.swap(0, 1);
        self.yoked[1].clear();
        self.order.shuffle(&mut self.yoked[0]);
    }

    /// Looks for what a network beside the run cannot go on with.
    pub fn look(&mut self, now: Tick) -> Option<Fault> {
        let found = self.twins.iter_mut().map(|twin| twin.net.look(now));
        found.fold(None, |first: Option<Fault>, next| first.or(next))
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
    use crate::record::{ArrayView, Hasher};

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
            let learned = |learner: &Learner| -> Vec<_> {
                learner.net.learned().iter().map(ArrayView::to_array).collect()
            };
            assert_eq!(learned(twin), learned(&alone.main), "{}", twin.label());
            assert_eq!(twin.responses, alone.main.responses);
            assert_ne!(run.main.net.weights(), alone.main.net.weights());
        }
        assert_eq!(twins[1].curve, alone[1].main.curve);
    }

    #[test]
    fn a_yoked_network_gets_the_verdicts_of_the_epoch_before_in_another_order() {
        let p = rewarded(Feedback::Yoked);
        let (letters, mode) = ("AB".into(), Mode::Reward(p));
        let params = Characters { letters, mode, ..Characters::default() };
        let mut main = Learner::new(&params, 1);
        let mut reward = Reward::new(&params, 2, 100, 1).expect("the reward mode");
        let mut now = 0;
        let mut arrived = Vec::new();
        for epoch in 0..2 {
            for place in 0..20 {
                // Its twin earns three rewards, five punishments and silence.
                let spikes = [u32::from(place < 3), u32::from((3..8).contains(&place))];
                reward.twins[1].spikes = spikes.to_vec();
                now += 300;
                let response = Response { glyph: 0, spikes: vec![0, 0] };
                reward.end(now, &response, false, &mut main);
            }
            let due = &main.judge.as_ref().expect("a judge").due;
            assert_eq!(due.len(), 20 * epoch, "a verdict late, none lost");
            reward.end_epoch(&[], 0);
        }
        let due = &main.judge.as_ref().expect("a judge").due;
        arrived.extend(due.iter().map(|(_, verdict)| *verdict));
        let first_three: f32 = arrived[..3].iter().sum();
        assert_ne!(first_three, 1.8, "shuffled");
        let num = |value: f32| arrived.iter().filter(|v| **v == value).count();
        assert_eq!([num(0.6), num(-0.3), num(0.0)], [3, 5, 12]);
    }
}
