//! The run: a pause in which the next spikes are made, then the picture, step by step, again and again.

use std::sync::Arc;

use get_size2::GetSize;

use super::lane::{Lane, LaneSetup};
use super::params::{NeuralCoding, OneParams, Part, Sort};
use super::rows::RowMap;
use super::stress::Stress;
use super::{PAUSE, POPULATIONS, RACE, SWEEP_LABELS};
use crate::lab::{Model, Population};
use crate::record::fingerprint::Hasher;
use crate::record::{ArrayView, GreyPicture, WeightsFile};
use crate::sim::encode::codes::Code;
use crate::sim::encode::greys::Greys;
use crate::sim::{Fault, Tick};

/// Rows of the figure of spikes, of one code and of each of several.
const ROWS: [f64; 2] = [256.0, 48.0];
/// At most so many dots in it.
const MOST_DOTS: f64 = 20_000.0;

/// A run and all it remembers.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Run {
    pub(super) params: NeuralCoding,
    seed: u32,
    #[get_size(ignore)]
    pub(super) picture: Arc<Greys>,
    pub(super) lanes: Vec<Lane>,
    pub(super) stress: Option<Stress>,
    /// Steps of a presentation.
    pub(super) num_steps: u32,
}

impl Run {
    /// A run of the picture that is chosen.
    pub fn new(params: &NeuralCoding, seed: u32) -> Self {
        Self::of_picture(params, seed, &params.picture.greys())
    }

    /// A run of this picture, which is pooled as is chosen.
    pub fn of_picture(params: &NeuralCoding, seed: u32, whole: &Greys) -> Self {
        let picture = params.pooling.of(whole);
        let codes = lanes_of(params);
        let is_alone = codes.len() == 1;
        let lane = |(idx, (label, code, is_scrambled)): (usize, (&str, Code, bool))| {
            let setup = LaneSetup {
                label,
                code,
                is_scrambled,
                noise: params.noise(),
                num_steps: params.steps,
                streams: (seed, POPULATIONS[idx]),
            };
            let most = ROWS[usize::from(!is_alone)];
            let dots = most_per_step(params, &code) * f64::from(params.steps);
            let most = (MOST_DOTS / dots.max(1.0)).clamp(24.0, most) as u32;
            let rows = RowMap::new(&picture, code.neurons_per_pixel(), sort_of(params), most);
            Lane::new(&setup, &picture, rows)
        };
        let lanes = codes.into_iter().enumerate().map(lane).collect();
        let is_race = matches!(params.part, Part::Race(_));
        Self {
            params: params.clone(),
            seed,
            stress: is_race.then(|| Stress::new(params, seed, &picture)),
            picture: picture.into(),
            lanes,
            num_steps: params.steps,
        }
    }

    /// Ticks of a pause and a presentation.
    pub(super) fn period(&self) -> Tick {
        PAUSE + Tick::from(self.num_steps)
    }

    /// Ticks into the present trial, of which the first [`PAUSE`] are the pause.
    fn place(&self, tick: Tick) -> Tick {
        tick % self.period()
    }
}

fn sort_of(params: &NeuralCoding) -> Sort {
    match &params.part {
        Part::One(p) => p.sort,
        Part::Sweep(p) => p.sort,
        Part::Race(_) => Sort::Brightness,
    }
}

/// Labels, codes, and whether they are scrambled.
pub(super) fn lanes_of(params: &NeuralCoding) -> Vec<(&'static str, Code, bool)> {
    match &params.part {
        Part::One(OneParams { code, .. }) => vec![("read", code.code(), code.is_scrambled())],
        Part::Sweep(p) => {
            let is_scrambled = p.code == super::params::SweepCode::Scrambled;
            let lane = |(label, gain)| (label, p.code.code(gain), is_scrambled);
            SWEEP_LABELS.into_iter().zip(p.lambdas()).map(lane).collect()
        }
        Part::Race(p) => {
            RACE.iter().map(|of| (of.label, (of.code)(p.lambda, params.steps), false)).collect()
        }
    }
}

fn most_per_step(params: &NeuralCoding, code: &Code) -> f64 {
    match (code, &params.part) {
        (
            Code::Bernoulli { gain, .. } | Code::Poisson { gain } | Code::PublishedIsi { gain },
            _,
        ) => *gain + params.background,
        (_, Part::One(p)) => p.code.most_per_step(f64::from(params.steps)) + params.background,
        (Code::Weighted { .. }, _) => 0.5 + params.background,
        _ => 0.1 + params.background,
    }
}

impl Model for Run {
    type Params = NeuralCoding;

    fn tick(&mut self, tick: Tick, hasher: &mut Hasher) {
        let place = self.place(tick);
        if place == 0 && tick > 0 {
            self.lanes.iter_mut().for_each(Lane::begin);
            self.stress.iter_mut().for_each(Stress::begin);
        }
        if place < PAUSE {
            self.lanes.iter_mut().for_each(|lane| lane.prepare(place, PAUSE));
            self.stress.iter_mut().for_each(|stress| stress.prepare(place, PAUSE));
            return;
        }
        let step = (place - PAUSE) as u32;
        for (population, lane) in (0..).zip(&mut self.lanes) {
            hasher.spikes(tick, population, lane.step(step));
        }
        self.stress.iter_mut().for_each(|stress| stress.step(step));
        if step + 1 == self.num_steps {
            self.lanes.iter_mut().for_each(Lane::end);
            self.stress.iter_mut().for_each(Stress::end);
        }
    }

    fn num_ticks(&self) -> Tick {
        Tick::from(self.params.presentations) * self.period()
    }

    fn trial_ticks(&self) -> Tick {
        self.period()
    }

    fn phase(&self, now: Tick) -> String {
        let num = Tick::from(self.params.presentations);
        let trial = (now / self.period() + 1).min(num);
        let what = if self.place(now) < PAUSE { "before the picture" } else { "the picture is on" };
        match now >= self.num_ticks() {
            true => format!("finished: {num} presentations"),
            false => format!("presentation {trial} of {num}, {what}"),
        }
    }

    fn summary(&self, _: Tick) -> Vec<(&'static str, f64)> {
        match &self.params.part {
            Part::One(_) => {
                let lane = &self.lanes[0];
                vec![
                    ("spikes_per_pixel", lane.spikes_per_pixel()),
                    ("isi_cv", lane.tally.cv()),
                    ("fano", lane.tally.fano()),
                    ("decode_rmse", lane.rmse()),
                    ("first_spike_ms", lane.first_step()),
                    (
                        "mean_rmse",
                        lane.spent.last().map_or(lane.rmse(), |(_, error)| f64::from(*error)),
                    ),
                ]
            }
            Part::Sweep(_) => {
                let told = self.lanes.iter().enumerate().flat_map(|(place, lane)| {
                    let [spikes, rmse, cv] = super::SWEEP_NAMES[place];
                    [(spikes, lane.spikes_per_pixel()), (rmse, lane.rmse()), (cv, lane.tally.cv())]
                });
                told.collect()
            }
            Part::Race(p) => {
                let told = self.lanes.iter().zip(&RACE).flat_map(|(lane, of)| {
                    let [rmse, equal, spikes] = of.names;
                    [
                        (rmse, lane.rmse()),
                        (equal, lane.error_at(p.budget)),
                        (spikes, lane.spikes_per_pixel()),
                    ]
                });
                told.collect()
            }
        }
    }

    fn look(&mut self, now: Tick) -> Option<Fault> {
        Fault::non_finite(
            now,
            "what is read",
            self.lanes
                .iter()
                .flat_map(|lane| [("pixel", &lane.values[..]), ("sum", &lane.sums[..])]),
        )
    }

    fn learning_curve(&self) -> Vec<f32> {
        self.lanes[0].mean_errors()
    }

    fn populations(&self) -> Vec<Population> {
        let all = POPULATIONS.into_iter().zip(&self.lanes);
        all.map(|(name, lane)| Population { name, size: lane.num_neurons() }).collect()
    }

    fn weights(&self) -> Vec<ArrayView<'_>> {
        Vec::new()
    }

    fn load_weights(&mut self, _: &WeightsFile) -> Result<(), String> {
        Err("codes have no weights to load".into())
    }

    fn load_picture(&mut self, picture: &GreyPicture) -> Result<(), String> {
        *self = Self::of_picture(&self.params, self.seed, picture.greys());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::session::assert_stops;

    #[test]
    fn a_value_that_is_not_finite_stops_the_run() {
        let mut run = Run::new(&NeuralCoding::default(), 1);
        run.lanes[0].sums[3] = f32::NAN;
        assert_stops(run, 1);
    }
}
