//! A run of the character task: training presentations, then the test, tick by tick.
//!
//! After every epoch a copy of the network is probed, see [`probe`](super::probe), which gives the learning curve
//! without touching the run.

use get_size2::GetSize;

use super::glyphs::{Active, Glyph};
use super::learner::Learner;
use super::params::{Characters, Mode};
use super::reward::Reward;
use super::score;
use super::task::{Task, nearest_template_hit, with_noise};
use crate::kit::trials::{Recent, Trials};
use crate::lab::{Model, Population};
use crate::record::{ArrayView, Hasher, RasterLog, TraceLog, WeightsFile};
use crate::sim::{Fault, Stream, Tick};

/// Rasters and traces reach back this far.
pub const WINDOW_MS: f64 = 900.0;
/// Who fires, in the order of the fingerprint.
pub const POPULATIONS: [&str; 2] = ["input", "output"];

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Run {
    pub(super) params: Characters,
    pub(super) task: Task,
    pub(super) main: Learner,
    /// What the reward mode is compared with.
    pub(super) reward: Option<Box<Reward>>,
    /// Rounds are epochs.
    pub(super) trials: Trials,
    /// Learning is off.
    pub(super) is_test: bool,
    pub(super) shown: Glyph,
    pub(super) recent: Recent,
    nearest_hits: f64,
    noise: Stream,
    pub(super) input_log: RasterLog,
    pub(super) output_log: RasterLog,
    pub(super) trace: TraceLog,
    pub(super) selected: u32,
}

impl Run {
    /// A run at its first tick.
    pub fn new(params: &Characters, seed: u32) -> Self {
        let task = Task::new(params);
        let num = task.num();
        let main = Learner::new(params, seed);
        let grid = main.net.grid();
        let window = grid.ticks_from_ms(WINDOW_MS);
        let trials = Trials::new(task.schedule(params), grid, seed);
        let mut run = Self {
            params: params.clone(),
            main,
            reward: Reward::new(params, num, window, seed).map(Box::new),
            is_test: false,
            shown: task.glyphs[0],
            recent: Recent::new(window, trials.trial_ticks()),
            nearest_hits: 0.0,
            noise: Stream::new(seed, "noise"),
            input_log: RasterLog::new(window),
            output_log: RasterLog::new(window),
            trace: TraceLog::new(num as u32, window, (window / 450).max(1)),
            selected: 0,
            trials,
            task,
        };
        run.begin_presentation(0);
        run
    }

    /// The step in milliseconds.
    pub fn dt_ms(&self) -> f64 {
        self.main.net.grid().dt_ms()
    }

    /// The network and those beside it.
    fn networks(&mut self) -> impl Iterator<Item = &mut Learner> {
        let beside = self.reward.iter_mut().flat_map(|reward| &mut reward.twins);
        std::iter::once(&mut self.main).chain(beside)
    }

    fn begin_presentation(&mut self, now: Tick) {
        self.trials.begin();
        let (phase, begins_phase) = (self.trials.phase(), self.trials.begins_phase());
        let (is_test, flips) = (!phase.is_learning, phase.flips);
        let glyph = self.glyph();
        self.is_test = is_test;
        self.shown = with_noise(glyph, flips, &mut self.noise);
        let active = self.task.active(self.shown);
        for network in self.networks() {
            network.begin(active, is_test, begins_phase);
        }
        self.recent.push(now, &glyph.name.to_string(), is_test);
    }

    fn end_presentation(&mut self, now: Tick) {
        let glyph = self.trials.stimulus();
        let response = self.main.end(glyph, self.is_test);
        if let Some(reward) = &mut self.reward {
            reward.end(now, &response, self.is_test, &mut self.main);
        }
        if self.is_test && (glyph as usize) < self.task.num() {
            let learned = self.task.learned();
            self.nearest_hits += nearest_template_hit(self.shown, glyph as usize, learned);
        } else if !self.is_test && self.trials.ends_round() {
            self.end_epoch();
        }
        self.trials.end();
        if self.trials.num_done() < self.trials.num() {
            self.begin_presentation(now);
        }
    }

    fn end_epoch(&mut self) {
        let task: Vec<Active> =
            self.task.learned().iter().map(|glyph| self.task.active(*glyph)).collect();
        let ticks = self.trials.trial_ticks();
        self.main.begin_probe(&task, ticks);
        if let Some(reward) = &mut self.reward {
            reward.end_epoch(&task, ticks);
        }
    }

    /// The glyph on show, without noise.
    pub(super) fn glyph(&self) -> Glyph {
        self.task.glyphs[self.trials.stimulus() as usize]
    }
}

impl Model for Run {
    type Params = Characters;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        self.main.step(tick, !self.is_test);
        let net = &self.main.net;
        let fired = net.output_fired();
        hasher.spikes(tick, 0, net.input_fired());
        hasher.spikes(tick, 1, fired);
        self.input_log.push(tick, net.input_fired());
        self.output_log.push(tick, fired);
        self.trace.push(tick, net.potential_mv(), fired);
        if let Some(reward) = &mut self.reward {
            reward.step(tick, !self.is_test, &self.main);
        }
        if self.trials.advance() {
            self.end_presentation(tick + 1);
        }
    }

    fn num_ticks(&self) -> Tick {
        self.trials.num_ticks()
    }

    fn phase(&self, now: Tick) -> String {
        if now >= self.num_ticks() {
            let learned = self.main.score().num_learned();
            return format!("finished: {learned} of {} letters learned", self.task.num());
        }
        let unit = if self.is_test { "part" } else { "epoch" };
        let size = self.trials.phase().stimuli.len() as u32;
        let told = self.trials.told(self.trials.num_done(), unit, size);
        format!("{told}, letter {}", self.glyph().name)
    }

    fn trial_ticks(&self) -> Tick {
        self.trials.trial_ticks()
    }

    fn adopt(&mut self, params: &Characters) {
        self.params = params.clone();
        self.networks().for_each(|network| network.net.adopt(&params.mode));
    }

    fn pick(&mut self, neuron: u32) {
        self.selected = neuron;
    }

    fn summary(&self, _now: Tick) -> Vec<(&'static str, f64)> {
        let (num, responses) = (self.task.num(), &self.main.responses[..]);
        if responses.is_empty() {
            // Nothing is known before the test.
            return vec![("num_letters", num as f64)];
        }
        let score = score::score(responses, num, false);
        let tested = responses.iter().filter(|r| (r.glyph as usize) < num).count();
        let mut rows = vec![
            ("hit_rate", score.hit_rate),
            ("accuracy", score.accuracy),
            ("accuracy_if_silent", (num as f64 - 1.0) / num as f64),
            ("distinct_outputs", score.num_learned() as f64),
            ("num_letters", num as f64),
            ("spikes_own", score.spikes_own),
            ("spikes_other", score.spikes_other),
            ("hit_rate_nearest_template", self.nearest_hits / tested.max(1) as f64),
        ];
        if let Mode::Reward(_) = self.params.mode {
            let assigned = self.main.score();
            rows.push(("assigned_letters", assigned.num_learned() as f64));
            rows.push(("assigned_hit_rate", assigned.hit_rate));
        }
        for twin in self.reward.iter().flat_map(|reward| &reward.twins) {
            rows.push((twin.letters_name(), twin.score().num_learned() as f64));
        }
        rows.extend(self.main.net.changes());
        if matches!(self.params.mode, Mode::Coded(_)) {
            let published = score::published_score(responses, num);
            rows.extend([
                ("published_hit_rate", published.hit_rate),
                ("published_total_correct", published.total_correct),
                ("published_tp", f64::from(published.true_positives)),
                ("published_fp", f64::from(published.false_positives)),
                ("published_tn", f64::from(published.true_negatives)),
                ("published_fn", f64::from(published.false_negatives)),
            ]);
        }
        rows
    }

    /// Networks that the reward mode is compared with are part of the run.
    fn look(&mut self, now: Tick) -> Option<Fault> {
        let beside = self.reward.as_mut().and_then(|reward| reward.look(now));
        self.main.net.look(now).or(beside)
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.main.curve.clone()
    }

    fn populations(&self) -> Vec<Population> {
        let sizes = [self.main.net.num_inputs(), self.task.num()];
        Population::all(POPULATIONS, sizes.map(|size| size as u32))
    }

    fn levels(&self) -> impl Iterator<Item = (&'static str, f32)> {
        self.reward.iter().flat_map(|reward| reward.levels(&self.main))
    }

    /// None in the test, in which nothing is judged.
    fn eligibilities(&self) -> Vec<ArrayView<'_>> {
        let waiting = self.main.net.waiting().filter(|_| !self.is_test);
        let shape = [self.main.net.num_inputs(), self.task.num()].map(|num| num as u32);
        let array = |value| ArrayView::worked_out("input_to_output", &shape, value);
        waiting.map(array).into_iter().collect()
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        self.main.net.learned()
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let mut net = self.main.net.clone();
        for of in self.main.net.learned() {
            net.set_learned(of.name, file.array(of.name, &of.shape)?);
        }
        self.main.net = net;
        self.trials.skip_learning();
        // Those beside it were not trained.
        self.reward.iter_mut().for_each(|reward| reward.twins.clear());
        self.recent =
            Recent::new(self.main.net.grid().ticks_from_ms(WINDOW_MS), self.trial_ticks());
        self.begin_presentation(0);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        for mode in [Mode::Fixed(Default::default()), Mode::Coded(Default::default())] {
            let mut run = Run::new(&Characters { mode, ..Characters::default() }, 1);
            let num = run.main.net.weights().len();
            run.main.net.set_learned("input_to_output", &vec![f32::NAN; num]);
            assert_stops(run, 1);
        }
        // A network that the run is compared with is part of it.
        let mode = Mode::Reward(Default::default());
        let mut run = Run::new(&Characters { mode, ..Characters::default() }, 1);
        run.reward.as_mut().expect("the reward mode").break_twin();
        assert_stops(run, 1);
    }
}
