//! How inputs fire, and together with whom.

use get_size2::GetSize;

use super::ranges::RATE;
use crate::lab::param::{Choice, Params};

/// A generator and its constants.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct Generator {
    /// How input spikes are made. At equal pairwise correlation, different numbers of inputs can fire together. Growing
    /// rates, offsets, patterns, volleys and rates that change do not use the correlation.
    #[param("Generator", main)]
    pub recipe: Recipe,
}

/// Which generator.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum Recipe {
    /// Common events at the input rate; each input joins with probability √c.
    #[choice("shared source (√c)")]
    Shared,
    /// A faster mother train, each spike of which is copied with probability c.
    #[choice("mother train (MIP)")]
    Mip,
    /// As the mother train, but each copied spike is shifted by its own random time.
    #[choice("jittered mother train")]
    Jittered {
        /// Width of the uniform distribution of shifts.
        #[param("Jitter", unit = Ms, range = linear(0.0, 100.0, 1.0), default = 20.0)]
        jitter_ms: f64,
    },
    /// Rates that fluctuate together; spikes are independent otherwise (doubly stochastic).
    #[choice("common rates")]
    Modulated {
        /// How long a common rate holds, on average.
        #[param("Correlation time", symbol = "τ_c", unit = Ms, range = log(2.0, 500.0, 1.0), default = 20.0)]
        tau_c_ms: f64,
        /// Standard deviation of the common rate, as a share of its mean.
        #[param("Modulation", symbol = "σ", range = linear(0.0, 1.0, 0.05), default = 0.5)]
        sigma: f64,
    },
    /// Rates grow along the inputs, up to the input rate, and are halved after half of the run. The group: the slower
    /// inputs.
    #[choice("growing rates")]
    Growing,
    /// Each input is active for half of the run, from one of ten starts. The group: the early inputs.
    #[choice("random offsets")]
    Offsets,
    /// One fixed pattern of spikes returns among random spikes. The group: the inputs in the pattern.
    #[choice("repeated pattern")]
    Pattern {
        /// Length of the pattern.
        #[param("Pattern", unit = Ms, range = log(1.0, 500.0, 1.0), default = 5.0)]
        pattern_ms: f64,
        /// The pattern is shown once in each window of this length, at a random time.
        #[param("Pattern every", unit = Ms, range = log(1.0, 10_000.0, 1.0), default = 50.0)]
        pattern_every_ms: f64,
        /// Rate of the pattern's own spikes, over the rate outside. Above 1 the pattern can be found by rate alone.
        #[param("Its rate", range = linear(0.5, 2.0, 0.05), default = 1.25)]
        pattern_gain: f64,
        /// Share of the random spikes that go on during the pattern. This share and the rate above should add up to 1;
        /// otherwise the pattern can be found by rate alone.
        #[param("Random spikes in it", unit = Share, range = linear(0.0, 1.0, 0.05), default = 0.0)]
        pattern_noise: f64,
        /// Standard deviation of its spike times, drawn anew at each showing.
        #[param("Its jitter", unit = Ms, range = linear(0.0, 10.0, 0.1), default = 0.0)]
        pattern_jitter_ms: f64,
    },
    /// All inputs fire in the same step, at regular intervals, and are one group.
    #[choice("periodic volleys")]
    Periodic {
        /// Time between two volleys. The input rate is not used.
        #[param("Period", unit = Ms, range = log(1.0, 1_000.0, 1.0), default = 100.0)]
        period_ms: f64,
    },
    /// All inputs fire at one rate, which is another in the second half of the run. They are one group.
    #[choice("two rates, in halves", key = "halves")]
    Halves {
        /// Rate in the second half.
        #[param("Rate in the second half", unit = Hz, range = RATE, default = 10.0)]
        later_hz: f64,
    },
    /// All inputs fire at one rate in the first and last third of the run, and at another between. They are one group.
    #[choice("a rate with a pause, in thirds", key = "thirds")]
    Thirds {
        /// Rate in the second third.
        #[param("Rate in the second third", unit = Hz, range = RATE, default = 1.0)]
        middle_hz: f64,
    },
}

impl Generator {
    /// It makes groups of a given correlation.
    pub fn is_of_groups(&self) -> bool {
        matches!(
            self.recipe,
            Recipe::Shared | Recipe::Mip | Recipe::Jittered { .. } | Recipe::Modulated { .. }
        )
    }

    /// All inputs fire in the same step, at intervals of its own.
    pub fn is_periodic(&self) -> bool {
        matches!(self.recipe, Recipe::Periodic { .. })
    }

    /// All inputs are one group, whatever share of them a group could be.
    pub fn is_of_one(&self) -> bool {
        matches!(
            self.recipe,
            Recipe::Periodic { .. } | Recipe::Halves { .. } | Recipe::Thirds { .. }
        )
    }

    /// How long its pattern is, and how long it takes until it is shown again, in ms.
    pub fn pattern_ms(&self) -> Option<(f64, f64)> {
        match self.recipe {
            Recipe::Pattern { pattern_ms, pattern_every_ms, .. } => {
                Some((pattern_ms, pattern_every_ms))
            }
            _ => None,
        }
    }

    /// Its inputs differ from the first to the last.
    pub fn is_graded(&self) -> bool {
        matches!(self.recipe, Recipe::Growing | Recipe::Offsets)
    }

    /// Names of its group and of the other inputs; no other name where all inputs are the group.
    pub fn names(&self) -> (&'static str, &'static str) {
        match self.recipe {
            Recipe::Growing => ("slower", "faster"),
            Recipe::Offsets => ("early", "late"),
            Recipe::Pattern { .. } => ("in the pattern", "background"),
            Recipe::Periodic { .. } => ("volleys", ""),
            Recipe::Halves { .. } | Recipe::Thirds { .. } => ("all inputs", ""),
            _ => ("correlated", "independent"),
        }
    }
}
