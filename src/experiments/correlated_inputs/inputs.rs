//! The inputs of all three parts: which generator, and what theory says about it.

use get_size2::GetSize;

use crate::lab::param::{Alternative, Field, FloatRange, ParamVisitor, Unit, choose};
use crate::sim::encode::{
    CommonSource, DoublyStochastic, EmbeddedPattern, Group, HalfGrowing, Jitter, Jittered,
    PatternParams, Periodic, RandomOffsets, RateParams, Recipe, Source,
};
use crate::sim::{Stream, Tick, TimeGrid};

/// A generator and its constants.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Generator {
    /// Index into [`RECIPES`].
    pub recipe: u32,
    /// Width of the uniform shifts of copies.
    pub jitter_ms: f64,
    /// How long common rates hold.
    pub tau_c_ms: f64,
    /// Standard deviation of a rate, in units of its mean.
    pub sigma: f64,
    /// Length of the pattern.
    pub pattern_ms: f64,
    /// It comes once in this time.
    pub pattern_every_ms: f64,
    /// Rate within the pattern over the rate outside it.
    pub pattern_gain: f64,
    /// Share of the background of its inputs that goes on while it is shown.
    pub pattern_noise: f64,
    /// Standard deviation of its spikes' times.
    pub pattern_jitter_ms: f64,
    /// Time between two volleys.
    pub period_ms: f64,
}

/// Recipes by their place in [`RECIPES`].
const JITTERED: u32 = 2;
const MODULATED: u32 = 3;
const GROWING: u32 = 4;
const OFFSETS: u32 = 5;
const PATTERN: u32 = 6;
const PERIODIC: u32 = 7;
/// The published pattern is no denser than this, per step.
pub(super) const DENSITY_LIMIT: f64 = 0.8;

const RECIPES: &[Alternative] = &[
    Alternative {
        key: "shared",
        label: "shared source (√c)",
        help: "Shared events at the inputs' own rate; each input joins with probability √c.",
    },
    Alternative {
        key: "mip",
        label: "mother train (MIP)",
        help: "A faster mother train, each spike of which is copied with probability c.",
    },
    Alternative {
        key: "jittered",
        label: "jittered mother train",
        help: "As MIP, and every copy is moved by a time of its own.",
    },
    Alternative {
        key: "modulated",
        label: "common rates",
        help: "Rates that fluctuate together; spikes are independent otherwise (doubly stochastic).",
    },
    Alternative {
        key: "growing",
        label: "growing rates",
        help: "Rates grow along the inputs up to the input rate, and are halved after half of the run. The group: the \
               slower inputs.",
    },
    Alternative {
        key: "offsets",
        label: "random offsets",
        help: "Each input is active for half of the run, from one of ten starts on. The group: the early inputs.",
    },
    Alternative {
        key: "pattern",
        label: "repeated pattern",
        help: "One frozen pattern of spikes returns in random activity. The group: the inputs that take part in it.",
    },
    Alternative {
        key: "periodic",
        label: "periodic volleys",
        help: "All inputs fire at once, at regular intervals. There is one group, of all inputs.",
    },
];

impl Default for Generator {
    fn default() -> Self {
        Self {
            recipe: 0,
            jitter_ms: 20.0,
            tau_c_ms: 20.0,
            sigma: 0.5,
            pattern_ms: 5.0,
            pattern_every_ms: 50.0,
            pattern_gain: 1.25,
            pattern_noise: 0.0,
            pattern_jitter_ms: 0.0,
            period_ms: 100.0,
        }
    }
}

impl Generator {
    /// Shows its parameters.
    pub fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            recipe,
            jitter_ms,
            tau_c_ms,
            sigma,
            pattern_ms,
            pattern_every_ms,
            pattern_gain,
            pattern_noise,
            pattern_jitter_ms,
            period_ms,
        } = self;
        let help = "How the group comes to be correlated. Equal pairwise correlation does not mean that \
                    equally many fire together. Growing rates, offsets, patterns and volleys do not use the correlation.";
        choose(v, Field::new("recipe", "Generator", help).main(), RECIPES, recipe);
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
            PATTERN => {
                v.float(
                    Field::new("pattern_ms", "Pattern", "Its length.").with("", Unit::Ms),
                    FloatRange::log(1.0, 500.0, 1.0),
                    pattern_ms,
                );
                let help = "It is shown once in this time, at a random place.";
                v.float(
                    Field::new("pattern_every_ms", "Pattern every", help).with("", Unit::Ms),
                    FloatRange::log(1.0, 10_000.0, 1.0),
                    pattern_every_ms,
                );
                let help = "Rate within the pattern over the rate outside it. Above 1 it can be found by its rate alone.";
                v.float(
                    Field::new("pattern_gain", "Its rate", help),
                    FloatRange::linear(0.5, 2.0, 0.05),
                    pattern_gain,
                );
                let help = "Share of the random spikes of its inputs that goes on while it is shown. With its rate it \
                            should add up to 1, or the pattern can be found by its rate alone.";
                v.float(
                    Field::new("pattern_noise", "Random spikes in it", help).with("", Unit::Share),
                    FloatRange::linear(0.0, 1.0, 0.05),
                    pattern_noise,
                );
                v.float(
                    Field::new(
                        "pattern_jitter_ms",
                        "Its jitter",
                        "Standard deviation of its spikes' times, drawn anew each time it is shown.",
                    )
                    .with("", Unit::Ms),
                    FloatRange::linear(0.0, 10.0, 0.1),
                    pattern_jitter_ms,
                );
            }
            PERIODIC => v.float(
                Field::new(
                    "period_ms",
                    "Period",
                    "Time between two volleys; the input rate is not used.",
                )
                .with("", Unit::Ms),
                FloatRange::log(1.0, 1_000.0, 1.0),
                period_ms,
            ),
            _ => {}
        }
    }

    /// It makes groups of a given correlation.
    pub fn is_of_groups(&self) -> bool {
        self.recipe <= MODULATED
    }

    /// Its inputs differ from the first to the last.
    pub fn is_graded(&self) -> bool {
        matches!(self.recipe, GROWING | OFFSETS)
    }

    /// It shows a pattern.
    pub fn has_pattern(&self) -> bool {
        self.recipe == PATTERN
    }

    /// Names of its group and of the other inputs; no other name where all inputs are the group.
    pub fn names(&self) -> (&'static str, &'static str) {
        match self.recipe {
            GROWING => ("slower", "faster"),
            OFFSETS => ("early", "late"),
            PATTERN => ("in the pattern", "background"),
            PERIODIC => ("volleys", ""),
            _ => ("correlated", "independent"),
        }
    }

    /// The source of a run of `run_ticks`.
    pub fn source(
        &self,
        (num_inputs, run_ticks): (u32, Tick),
        rate_hz: f64,
        groups: &[Group],
        grid: TimeGrid,
        seed: (u32, &str),
    ) -> Source {
        let (num, per_tick) = (num_inputs as usize, rate_hz * grid.dt_ms() / 1_000.0);
        let rate_hz = rate_hz as f32;
        let stream = || Stream::new(seed.0, seed.1);
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
            GROWING => {
                let peak = per_tick.min(1.0) as f32;
                Source::HalfGrowing(HalfGrowing::new(
                    num_inputs,
                    run_ticks / 2,
                    peak,
                    grid,
                    stream(),
                ))
            }
            OFFSETS => {
                let p = per_tick.min(1.0) as f32;
                Source::RandomOffsets(RandomOffsets::new(num_inputs, run_ticks, p, grid, stream()))
            }
            PATTERN => {
                let ticks = |ms| grid.ticks_from_ms(ms).max(1) as u32;
                let params = PatternParams {
                    num_inputs,
                    num_members: groups.first().map_or(0, |group| group.size),
                    length_ticks: ticks(self.pattern_ms),
                    window_ticks: ticks(self.pattern_every_ms),
                    background: per_tick.min(1.0) as f32,
                    density: (per_tick * self.pattern_gain).min(DENSITY_LIMIT) as f32,
                    noise: self.pattern_noise as f32,
                    jitter_ticks: (self.pattern_jitter_ms / grid.dt_ms()) as f32,
                };
                Source::EmbeddedPattern(EmbeddedPattern::new(params, grid, seed))
            }
            PERIODIC => {
                let period_ticks = grid.ticks_from_ms(self.period_ms);
                Source::Periodic(Periodic::new(num_inputs, period_ticks))
            }
            _ => {
                let (sigma, tau_ms) = (self.sigma as f32, self.tau_c_ms);
                let params = RateParams { rate_hz, sigma, tau_ms };
                Source::DoublyStochastic(DoublyStochastic::new(params, num, groups, grid, seed))
            }
        }
    }
}

/// The rate and the correlation of counts in bins that theory gives for the first group, where there is one.
pub fn expected(source: &Source, rate_hz: f64, bin_ms: f64, grid: TimeGrid) -> Option<(f64, f64)> {
    Some(match source {
        Source::CommonSource(source) => source.expected(Some(0)),
        Source::Jittered(source) => {
            (rate_hz, source.expected_correlation(0, grid.ticks_from_ms(bin_ms).max(1) as u32))
        }
        Source::DoublyStochastic(source) => (rate_hz, source.expected_correlation(0, bin_ms)),
        _ => return None,
    })
}
