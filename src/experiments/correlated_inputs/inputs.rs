//! The inputs of all three parts: which generator, and what theory says about it.

use serde::{Deserialize, Serialize};

use crate::lab::param::{Choice, Field, FloatRange, ParamVisitor, Unit};
use crate::sim::TimeGrid;
use crate::sim::encode::{
    CommonSource, DoublyStochastic, Group, Jitter, Jittered, RateParams, Recipe, Source,
};

/// A generator and its constants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Generator {
    /// Index into [`RECIPES`].
    pub recipe: usize,
    /// Width of the uniform shifts of copies.
    pub jitter_ms: f64,
    /// How long common rates hold.
    pub tau_c_ms: f64,
    /// Standard deviation of a rate, in units of its mean.
    pub sigma: f64,
}

/// Recipes by their place in [`RECIPES`].
pub const JITTERED: usize = 2;
const MODULATED: usize = 3;

const RECIPES: &[Choice] = &[
    Choice {
        key: "shared",
        label: "shared source (√c)",
        help: "Shared events at the inputs' own rate; each input joins with probability √c.",
    },
    Choice {
        key: "mip",
        label: "mother train (MIP)",
        help: "A faster mother train, each spike of which is copied with probability c.",
    },
    Choice {
        key: "jittered",
        label: "jittered mother train",
        help: "As MIP, and every copy is moved by a time of its own.",
    },
    Choice {
        key: "modulated",
        label: "common rates",
        help: "Rates that fluctuate together; spikes are independent otherwise.",
    },
];

impl Default for Generator {
    fn default() -> Self {
        Self { recipe: 0, jitter_ms: 20.0, tau_c_ms: 20.0, sigma: 0.5 }
    }
}

impl Generator {
    /// Shows its parameters.
    pub fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { recipe, jitter_ms, tau_c_ms, sigma } = self;
        let help = "How the group comes to be correlated. Equal pairwise correlation does not mean that \
                    equally many fire together.";
        v.choice(Field::new("recipe", "Generator", help).main(), RECIPES, recipe);
        match *recipe {
            JITTERED => v.float(
                Field::new("jitter_ms", "Jitter", "Copies are moved by up to this, uniformly.")
                    .with("", Unit::Ms),
                FloatRange::linear(0.0, 100.0, 1.0),
                jitter_ms,
            ),
            MODULATED => {
                v.float(
                    Field::new(
                        "tau_c_ms",
                        "Correlation time",
                        "How long common rates hold, on average.",
                    )
                    .with("τ_c", Unit::Ms),
                    FloatRange::log(2.0, 500.0, 1.0),
                    tau_c_ms,
                );
                v.float(
                    Field::new(
                        "sigma",
                        "Modulation",
                        "Standard deviation of a rate over its mean.",
                    )
                    .with("σ", Unit::None),
                    FloatRange::linear(0.0, 1.0, 0.05),
                    sigma,
                );
            }
            _ => {}
        }
    }

    /// The source.
    pub fn source(
        &self,
        num_inputs: u32,
        rate_hz: f64,
        groups: &[Group],
        grid: TimeGrid,
        seed: (u32, &str),
    ) -> Source {
        let (num, rate_hz) = (num_inputs as usize, rate_hz as f32);
        let common = |recipe| {
            Source::CommonSource(CommonSource::new(recipe, num, rate_hz, groups, grid, seed))
        };
        match self.recipe {
            0 => common(Recipe::SqrtC),
            1 => common(Recipe::Mip),
            JITTERED => {
                let half = grid.ticks_from_ms(self.jitter_ms / 2.0) as i32;
                let jitter = Jitter::Uniform { low_ticks: -half, high_ticks: half.max(1) };
                Source::Jittered(Jittered::new(jitter, num, rate_hz, groups, grid, seed))
            }
            _ => {
                let (sigma, tau_ms) = (self.sigma as f32, self.tau_c_ms);
                let params = RateParams { rate_hz, sigma, tau_ms };
                Source::DoublyStochastic(DoublyStochastic::new(params, num, groups, grid, seed))
            }
        }
    }
}

/// The rate and the correlation of counts in bins that theory gives for the first group.
pub fn expected(source: &Source, rate_hz: f64, bin_ms: f64, grid: TimeGrid) -> (f64, f64) {
    match source {
        Source::CommonSource(source) => source.expected(Some(0)),
        Source::Jittered(source) => {
            (rate_hz, source.expected_correlation(0, grid.ticks_from_ms(bin_ms).max(1) as u32))
        }
        Source::DoublyStochastic(source) => (rate_hz, source.expected_correlation(0, bin_ms)),
        _ => (rate_hz, 0.0),
    }
}
