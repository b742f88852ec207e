//! A network at one moment, complete enough to draw it: what the page shows, or how a run stands.

use serde::{Deserialize, Serialize};

use super::Runner;
use super::followed::Followed;
use super::picture::{Activity, Follower, Picture, array_of};
use super::table::Table;

/// A network at one moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Weights per projection and sampled synapse.
    pub weights: Vec<Vec<f32>>,
    /// Of all weights that have some: see [`super::shades`].
    #[serde(with = "serde_bytes")]
    pub shades: Vec<u8>,
    /// What happens.
    pub activity: Activity,
    /// Slow motion: the moment within what happens.
    pub at_ms: Option<f32>,
    /// Levels are those of this moment within it.
    pub level_at_ms: Option<f32>,
    /// Who is followed.
    pub followed: Option<Followed>,
    /// What is shown, in words; may be empty.
    pub shown: String,
}

impl Snapshot {
    /// As a run begins.
    pub fn at_start(picture: &Picture) -> Self {
        let of = |sample: &super::picture::Sample| {
            sample.synapses.iter().map(|synapse| synapse.weight).collect()
        };
        let shades = picture.shades.as_ref().map(super::Shades::at_start).unwrap_or_default();
        Self { weights: picture.samples.iter().map(of).collect(), shades, ..Self::default() }
    }

    /// As a run stands, whose picture was made when it began. Nobody is lit: a moment has no stretch in which to fire.
    pub(super) fn of(picture: &Picture, runner: &dyn Runner, follower: &Follower) -> Self {
        let arrays = runner.weights();
        let projections = picture.network.projections.iter().zip(&picture.samples);
        let weights = projections.map(|(projection, sample)| {
            let array = array_of(projection, &arrays).map(|array| &arrays[array]);
            let now = |synapse: &super::picture::SampledSynapse| {
                array.map_or(synapse.weight, |array| array.values.get(synapse.place as usize))
            };
            sample.synapses.iter().map(now).collect()
        });
        let ms = runner.now() as f64 * runner.dt_ms();
        let (levels, eligibility) = follower.standing(runner);
        let activity =
            Activity { from_ms: ms, to_ms: ms, levels, eligibility, ..Activity::default() };
        Self { weights: weights.collect(), activity, shown: moment(ms), ..Self::default() }
    }
}

/// A moment in words: "t = 12.4 s".
pub fn moment(ms: f64) -> String {
    match ms < 1_000.0 {
        true => format!("t = {} ms", (ms * 10.0).round() / 10.0),
        false => format!("t = {} s", (ms / 10.0).round() / 100.0),
    }
}

/// The weights of the synapses that are followed as a table: one row for each, with the numbers that its neurons have in
/// their populations. Of very many synapses a sample is followed: `num_synapses` says of how many.
pub fn table(picture: &Picture, weights: &[Vec<f32>]) -> Table {
    let header = [
        "projection",
        "pre_population",
        "pre",
        "post_population",
        "post",
        "weight",
        "start_weight",
        "unit",
        "num_synapses",
    ];
    let mut rows = Vec::new();
    let projections = picture.network.projections.iter().zip(&picture.samples);
    for ((projection, sample), now) in projections.zip(weights) {
        for (synapse, weight) in sample.synapses.iter().zip(now) {
            let ends = [(&projection.from, synapse.pre), (&projection.to, synapse.post)];
            let [pre, post] = ends.map(|(members, end)| {
                [members.population.clone(), (members.first + end).to_string()]
            });
            let values = [*weight, synapse.weight].map(|value| value.to_string());
            let mut row = vec![projection.name.clone()];
            row.extend(pre.into_iter().chain(post).chain(values));
            row.push(projection.weights.unit.symbol().into());
            row.push(sample.num_weights.to_string());
            rows.push(row);
        }
    }
    Table { header: header.map(String::from).to_vec(), rows }
}
