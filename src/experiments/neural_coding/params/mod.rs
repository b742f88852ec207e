//! What can be changed. Keys and defaults are part of the link contract.

mod codes;
mod picture;

use get_size2::GetSize;

pub use codes::{CodeKind, SweepCode};
pub use picture::{PictureKind, PoolingKind};

use crate::lab::param::{Choice, FloatRange, Params, Problem};
use crate::sim::encode::codes::Noise;

/// All parameters.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
#[params(check = Self::problems)]
pub struct NeuralCoding {
    /// One code, one code at four rates, or eight codes side by side.
    #[group("experiment", "Experiment")]
    #[param("Experiment", main)]
    pub part: Part,

    /// What is shown. A picture of your own, opened as a file, takes its place.
    #[group("scene", "Picture")]
    #[param("Picture", main)]
    pub picture: PictureKind,
    /// How many pixels are coded.
    #[param("Pixels")]
    pub pooling: PoolingKind,

    /// Standard deviation of the moves of spikes, as a share of the presentation. Spikes stay within it.
    #[group("noise", "Noise")]
    #[param("Jitter", symbol = "σ", unit = Share, range = linear(0.0, 0.5, 0.01), default = 0.0, main)]
    pub jitter: f64,
    /// Each spike is lost with this probability.
    #[param("Deletion", unit = Share, range = linear(0.0, 0.9, 0.05), default = 0.0)]
    pub deletion: f64,
    /// Each neuron fires besides with this probability in each step.
    #[param("Background spikes", range = linear(0.0, 0.1, 0.001), default = 0.0)]
    pub background: f64,
    /// The picture comes on later than the reader thinks, by up to this share of the presentation.
    #[param("Unknown onset", unit = Share, range = linear(0.0, 0.5, 0.01), default = 0.0)]
    pub onset: f64,

    /// Length of a presentation. A step is 1 ms.
    #[group("time", "Presentations")]
    #[param("Steps", symbol = "T", range = 20..=300, default = 100)]
    pub steps: u32,
    /// How often the picture is shown. Codes and noise draw anew each time.
    #[param("Presentations", range = 3..=50, default = 5)]
    pub presentations: u32,
}

// There is one at a time, so that its size does not matter.
/// The experiments.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum Part {
    /// One code: its spikes, and the picture that is read back from them.
    #[choice("One code")]
    One(OneParams),
    /// The same code at four rates.
    #[choice("Four rates")]
    Sweep(SweepParams),
    /// Eight codes under the same noise.
    #[choice("A race of codes")]
    Race(RaceParams),
}

/// Parameters of one code.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct OneParams {
    /// How brightness becomes spikes.
    #[param("Code", main)]
    pub code: CodeKind,
    /// In which order pixels stand in the figure of spikes.
    #[param("Rows of the figure", key = "sort")]
    pub sort: Sort,
}

/// Parameters of four rates.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct SweepParams {
    /// A rate code, right or as published.
    #[param("Code", main, key = "rate_code")]
    pub code: SweepCode,
    /// Spikes per step of a white pixel.
    #[param("First rate", symbol = "λ₁", range = LAMBDA, default = 0.03, main)]
    pub lambda_1: f64,
    /// Spikes per step of a white pixel.
    #[param("Second rate", symbol = "λ₂", range = LAMBDA, default = 0.08)]
    pub lambda_2: f64,
    /// Spikes per step of a white pixel.
    #[param("Third rate", symbol = "λ₃", range = LAMBDA, default = 0.5)]
    pub lambda_3: f64,
    /// Spikes per step of a white pixel.
    #[param("Fourth rate", symbol = "λ₄", range = LAMBDA, default = 1.0)]
    pub lambda_4: f64,
    /// In which order pixels stand in the figure of spikes.
    #[param("Rows of the figure", key = "sort")]
    pub sort: Sort,
}

/// Parameters of the race.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct RaceParams {
    /// Spikes per step of a white pixel, for the two codes that count spikes.
    #[param("Rate", symbol = "λ", range = LAMBDA, default = 0.09, main)]
    pub lambda: f64,
    /// The comparison at equal spikes: each code may show the picture again until each pixel has spent so many.
    #[param("Spikes to spend", range = linear(0.5, 20.0, 0.5), default = 3.0, main)]
    pub budget: f64,
}

/// The order of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Sort {
    /// The darkest pixel at the bottom, so that the code shows its shape.
    #[choice("by brightness")]
    Brightness,
    /// From the first pixel at the bottom to the last, line by line of the picture, as published.
    #[choice("by pixel number")]
    Number,
}

const LAMBDA: FloatRange = FloatRange::log(0.01, 1.0, 0.01);
/// More spikes per presentation would take too long to make.
const MOST_SPIKES: f64 = 5e6;

impl NeuralCoding {
    /// What happens to spikes.
    pub fn noise(&self) -> Noise {
        let Self { jitter, deletion, background, onset, .. } = *self;
        Noise { jitter, deletion, background, onset }
    }

    fn problems(&self) -> Vec<Problem> {
        let is_race = matches!(self.part, Part::Race(_));
        let too_large = Problem::when(
            is_race && self.pooling == PoolingKind::Full,
            &["pooling"],
            || {
                "The race has eight codes for each pixel, and 256 × 256 pixels are too many for that. Take 32 × 32.".into()
            },
        );
        let steps = f64::from(self.steps);
        let spikes = self.num_pixels() * (self.most_per_step() + self.background) * steps;
        let too_many = Problem::when(
            too_large.is_none() && spikes > MOST_SPIKES,
            &["pooling"],
            || {
                format!(
                    "A presentation would have up to {} million spikes; up to 5 million can be shown. Take 32 × 32 pixels, \
                 fewer steps, or a lower rate.",
                    (spikes / 1e5).round() / 10.0
                )
            },
        );
        let period = match &self.part {
            Part::One(OneParams { code: CodeKind::Phase { period_ms }, .. }) => *period_ms,
            _ => 0.0,
        };
        let too_slow = Problem::when(period > steps, &["period_ms", "steps"], || {
            format!(
                "A cycle of {period} ms does not fit into {steps} steps. Take a shorter one, or more steps."
            )
        });
        too_large.into_iter().chain(too_many).chain(too_slow).collect()
    }

    fn num_pixels(&self) -> f64 {
        if self.pooling == PoolingKind::Full { 65_536.0 } else { 1_024.0 }
    }

    /// About how many spikes a pixel has per step at most, of all codes that are shown.
    fn most_per_step(&self) -> f64 {
        let steps = f64::from(self.steps);
        match &self.part {
            Part::One(p) => p.code.most_per_step(steps),
            Part::Sweep(p) => p.lambdas().into_iter().sum(),
            Part::Race(p) => 1.0 + 2.0 * p.lambda,
        }
    }
}

impl SweepParams {
    /// The four rates.
    pub fn lambdas(&self) -> [f64; 4] {
        [self.lambda_1, self.lambda_2, self.lambda_3, self.lambda_4]
    }
}
