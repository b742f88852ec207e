//! A run of the character task: training presentations, then the test, tick by tick.
//!
//! After every epoch a copy of the network is probed, see [`probe`](super::probe), which gives the learning curve
//! without touching the run.

use get_size2::GetSize;

use super::glyphs::{self, Glyph};
use super::net::{Active, Net};
use super::params::{Characters, Mode, Polarity};
use super::probe::Probe;
use super::reward::Reward;
use super::schedule::{Presentation, Schedule, nearest_template_hit, with_noise};
use super::score::{self, Response, Score};
use crate::lab::Model;
#[cfg(not(target_arch = "wasm32"))]
use crate::lab::Population;
use crate::record::{Hasher, NamedArray, RasterLog, TraceLog, WeightsFile};
use crate::sim::{Fault, Stream, Tick};

/// Rasters and traces reach back this far.
pub const WINDOW_MS: f64 = 900.0;
/// Who fires, in the order of the fingerprint.
pub const POPULATIONS: [&str; 2] = ["input", "output"];

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Run {
    pub(super) params: Characters,
    pub(super) task: Vec<Glyph>,
    pub(super) unseen: Vec<Glyph>,
    pub(super) net: Net,
    /// Verdicts, and what the reward mode is compared with.
    pub(super) reward: Option<Box<Reward>>,
    pub(super) schedule: Schedule,
    pub(super) ticks_per_presentation: Tick,
    /// Steps done.
    pub(super) tick: Tick,
    pub(super) presentation: u32,
    pub(super) current: Presentation,
    pub(super) shown: Glyph,
    pub(super) recent: Vec<(Tick, Presentation)>,
    spikes: Vec<u32>,
    pub(super) responses: Vec<Response>,
    /// The latest probe, and the next where it is under way.
    pub(super) probe: Vec<Response>,
    probing: Option<Box<Probe>>,
    pub(super) curve: Vec<f32>,
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
        let mut task = glyphs::letters(&params.letters);
        task.extend(glyphs::drawn(&params.drawn));
        let mut unseen = glyphs::drawn(&params.unseen);
        for (glyph, name) in unseen.iter_mut().zip('a'..) {
            glyph.name = name;
        }
        let net = Net::new(params, task.len(), seed);
        let grid = net.grid();
        let presentation_ms = match &params.mode {
            Mode::Fixed(p) => p.presentation_ms,
            Mode::Reward(p) => p.net.presentation_ms,
            Mode::Paper(_) | Mode::Brian(_) => 300.0,
            Mode::Coded(_) => 100.0,
        };
        let window = grid.ticks_from_ms(WINDOW_MS);
        let num_neurons = task.len();
        let mut run = Self {
            params: params.clone(),
            schedule: Schedule::new(params, task.len(), unseen.len(), seed),
            ticks_per_presentation: grid.ticks_from_ms(presentation_ms),
            tick: 0,
            presentation: 0,
            current: Presentation { glyph: 0, is_test: false },
            shown: task[0],
            recent: Vec::new(),
            spikes: vec![0; num_neurons],
            responses: Vec::new(),
            probe: Vec::new(),
            probing: None,
            curve: Vec::new(),
            nearest_hits: 0.0,
            noise: Stream::new(seed, "noise"),
            input_log: RasterLog::new(window),
            output_log: RasterLog::new(window),
            trace: TraceLog::new(num_neurons as u32, window, (window / 450).max(1)),
            selected: 0,
            reward: Reward::new(params, &net, window, seed).map(Box::new),
            net,
            task,
            unseen,
        };
        run.begin_presentation();
        run
    }

    /// The step in milliseconds.
    pub fn dt_ms(&self) -> f64 {
        self.net.grid().dt_ms()
    }

    fn begin_presentation(&mut self) {
        self.current = self.schedule.next(self.presentation);
        let is_first_test =
            self.current.is_test && self.presentation == self.schedule.num_training();
        if is_first_test {
            self.net.quiet();
        }
        let flips = match self.current.is_test {
            true => self.params.test_flips,
            false => self.params.train_flips,
        };
        let glyph = self.glyph(self.current.glyph);
        self.shown = with_noise(glyph, flips, &mut self.noise);
        let active = self.active(self.shown);
        self.net.begin(active, self.current.is_test);
        if let Some(reward) = &mut self.reward {
            reward.begin(active, self.current.is_test, is_first_test);
        }
        self.spikes.fill(0);
        let window = self.net.grid().ticks_from_ms(WINDOW_MS);
        let oldest = self.tick.saturating_sub(window + self.ticks_per_presentation);
        self.recent.retain(|(start, _)| *start >= oldest);
        self.recent.push((self.tick, self.current));
    }

    fn end_presentation(&mut self) {
        let response = Response { glyph: self.current.glyph, spikes: self.spikes.clone() };
        if let Some(reward) = &mut self.reward {
            reward.end(self.tick, &response, self.current.is_test);
        }
        if self.current.is_test {
            self.responses.push(response);
            if let Some(&truth) =
                self.task.get(self.current.glyph as usize).map(|_| &self.current.glyph)
            {
                self.nearest_hits += nearest_template_hit(self.shown, truth as usize, &self.task);
            }
        } else if self.schedule.ends_epoch(self.presentation) {
            self.begin_probe();
        }
        self.presentation += 1;
        if self.presentation < self.schedule.len() {
            self.begin_presentation();
        }
    }

    fn begin_probe(&mut self) {
        // It is over long before the next; but the curve has a point for each epoch, come what may.
        self.end_probe();
        let task: Vec<Active> = self.task.iter().map(|glyph| self.active(*glyph)).collect();
        self.probing = Some(Probe::new(&self.net, &task, self.ticks_per_presentation));
        if let Some(reward) = &mut self.reward {
            reward.end_epoch(&task, self.ticks_per_presentation);
        }
    }

    fn end_probe(&mut self) {
        if let Some(probe) = self.probing.take() {
            self.probe = probe.finish();
            self.curve.push(self.score_of(&self.probe).hit_rate as f32);
        }
    }

    /// The glyph at this place: of the task, or beyond it one for the test only.
    pub(super) fn glyph(&self, place: u32) -> Glyph {
        let place = place as usize;
        match place.checked_sub(self.task.len()) {
            None => self.task[place],
            Some(beyond) => self.unseen[beyond],
        }
    }

    fn active(&self, glyph: Glyph) -> Active {
        let fires_on_ink = self.params.polarity == Polarity::Ink;
        std::array::from_fn(|pixel| glyph.is_ink(pixel) == fires_on_ink)
    }

    /// The test so far, or the latest probe while there is none.
    pub(super) fn latest_responses(&self) -> &[Response] {
        if self.responses.is_empty() { &self.probe } else { &self.responses }
    }

    /// The score of the test so far, with the outputs' own letters where these are given.
    pub(super) fn score(&self) -> Score {
        self.score_of(&self.responses)
    }

    pub(super) fn score_of(&self, responses: &[Response]) -> Score {
        let is_assigned = matches!(self.params.mode, Mode::Reward(_));
        let score = if is_assigned { score::assigned } else { score::score };
        score(responses, self.task.len(), self.net.num_neurons())
    }
}

impl Model for Run {
    type Params = Characters;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        self.net.step(!self.current.is_test);
        let fired = self.net.output_fired();
        for &neuron in fired {
            self.spikes[neuron as usize] += 1;
        }
        hasher.spikes(tick, 0, self.net.input_fired());
        hasher.spikes(tick, 1, fired);
        self.input_log.push(tick, self.net.input_fired());
        self.output_log.push(tick, fired);
        self.trace.push(tick, self.net.potential_mv(), fired);
        if let Some(reward) = &mut self.reward {
            reward.step(tick, !self.current.is_test, &mut self.net);
        }
        if self.probing.as_mut().is_some_and(|probe| probe.go_on()) {
            self.end_probe();
        }
        self.tick = tick + 1;
        if self.tick.is_multiple_of(self.ticks_per_presentation) {
            self.end_presentation();
        }
    }

    fn num_ticks(&self) -> Tick {
        u64::from(self.schedule.len()) * self.ticks_per_presentation
    }

    fn phase(&self, now: Tick) -> String {
        if now >= self.num_ticks() {
            let learned = self.score().num_learned();
            return format!("finished: {learned} of {} letters learned", self.task.len());
        }
        let phase = self.schedule.phase(self.presentation);
        format!("{phase}, letter {}", self.glyph(self.current.glyph).name)
    }

    fn trial_ticks(&self) -> Tick {
        self.ticks_per_presentation
    }

    fn adopt(&mut self, params: &Characters) {
        self.params = params.clone();
        self.net.adopt(&params.mode);
        if let Some(reward) = &mut self.reward {
            reward.adopt(&params.mode);
        }
    }

    fn pick(&mut self, neuron: u32) {
        self.selected = neuron;
    }

    fn summary(&self, _now: Tick) -> Vec<(&'static str, f64)> {
        let neurons = self.net.num_neurons();
        if self.responses.is_empty() {
            // Nothing is known before the test.
            return vec![("num_letters", self.task.len() as f64)];
        }
        let score = score::score(&self.responses, self.task.len(), neurons);
        let learned = score.num_learned();
        let tested = self.responses.iter().filter(|r| (r.glyph as usize) < self.task.len()).count();
        let mut rows = vec![
            ("hit_rate", score.hit_rate),
            ("accuracy", score.accuracy),
            ("accuracy_if_silent", (neurons as f64 - 1.0) / neurons as f64),
            ("distinct_outputs", learned as f64),
            ("num_letters", self.task.len() as f64),
            ("spikes_own", score.spikes_own),
            ("spikes_other", score.spikes_other),
            ("hit_rate_nearest_template", self.nearest_hits / tested.max(1) as f64),
        ];
        if let Mode::Reward(_) = self.params.mode {
            let assigned = self.score();
            rows.push(("assigned_letters", assigned.num_learned() as f64));
            rows.push(("assigned_hit_rate", assigned.hit_rate));
        }
        for twin in self.reward.iter().flat_map(|reward| &reward.twins) {
            let score = self.score_of(&twin.responses);
            rows.push((twin.letters_name(), score.num_learned() as f64));
        }
        rows.extend(self.net.changes());
        if matches!(self.params.mode, Mode::Coded(_)) {
            let published = score::published_score(&self.responses, self.task.len(), neurons);
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
        self.net.look(now).or(beside)
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.curve.clone()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn populations(&self) -> Vec<Population> {
        let sizes = [self.net.num_inputs(), self.net.num_neurons()];
        Population::all(POPULATIONS, sizes.map(|size| size as u32))
    }

    fn weights(&self) -> Vec<NamedArray> {
        let learned = self.net.learned().into_iter();
        learned
            .map(|(name, shape, values)| NamedArray {
                name: name.into(),
                shape,
                values: values.to_vec(),
            })
            .collect()
    }

    fn load_weights(&mut self, file: &WeightsFile) -> Result<(), String> {
        let mut net = self.net.clone();
        for (name, shape, _) in self.net.learned() {
            net.set_learned(name, file.array(name, &shape)?);
        }
        self.net = net;
        self.schedule.skip_training();
        // Those beside it were not trained.
        self.reward.iter_mut().for_each(|reward| reward.twins.clear());
        self.recent.clear();
        self.begin_presentation();
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
            let num = run.net.weights().len();
            run.net.set_learned("input_to_output", &vec![f32::NAN; num]);
            assert_stops(run, 1);
        }
        // A network that the run is compared with is part of it.
        let mode = Mode::Reward(Default::default());
        let mut run = Run::new(&Characters { mode, ..Characters::default() }, 1);
        run.reward.as_mut().expect("the reward mode").break_twin();
        assert_stops(run, 1);
    }
}
