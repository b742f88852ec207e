//! Parameters of the neuron with many inputs.

use get_size2::GetSize;

use super::ranges::{CORRELATION, DURATION};
use crate::kit::params::{CellKind, Generator, HomeostasisKind, LearningParams, RATE, RuleKind};
use crate::lab::param::{FloatRange, Params, Problem};

/// Parameters of the neuron with many inputs.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
#[params(check = Self::rules)]
pub struct NeuronParams {
    /// Correlation of the spike counts of two inputs in the correlated group.
    #[param("Correlation", symbol = "c", range = CORRELATION, main, default = 0.2,
            when = self.generator.is_of_groups())]
    pub correlation: f64,
    /// The rule.
    #[nest]
    pub learning: LearningParams,
    /// Lower end of the uniform distribution of initial weights.
    #[param("Initial weights from", range = WEIGHT, default = 0.2)]
    pub w_init_min: f64,
    /// Upper end of the uniform distribution of initial weights.
    #[param("Initial weights to", range = WEIGHT, default = 0.8)]
    pub w_init_max: f64,
    /// What holds the output rate or the sum of the weights, besides the learning rule.
    #[param("Homeostasis")]
    pub homeostasis: HomeostasisKind,

    /// Share of the inputs in the group, which is correlated, or in the pattern: the first ones.
    #[group("inputs", "Inputs")]
    #[param("Correlated inputs", range = SHARE, default = 0.5,
            when = !self.generator.is_of_one())]
    pub correlated_share: f64,
    /// Share of the inputs that form a second correlated group.
    #[param("Second group", range = SHARE, default = 0.0, when = self.generator.is_of_groups())]
    pub correlated_share_2: f64,
    /// Correlation of two inputs in the second group.
    #[param("Its correlation", symbol = "c₂", range = CORRELATION, default = 0.0,
            when = self.generator.is_of_groups())]
    pub correlation_2: f64,
    /// Generator.
    #[nest(behind("recipe"))]
    pub generator: Generator,
    /// Makes the inputs independent. A copy of the neuron gets the correlated inputs, and the gain of all synapses is
    /// adjusted so that both fire at the same rate.
    #[param("Yoked control", key = "yoked", default = false, when = self.generator.is_of_groups())]
    pub is_yoked: bool,
    /// How many input spike trains.
    #[param("Inputs", symbol = "N", range = 2..=2_000, default = 100)]
    pub num_inputs: u32,
    /// Mean rate of each input. The correlation does not change it.
    #[param("Input rate", symbol = "r", unit = Hz, range = RATE, default = 10.0,
            when = !self.generator.is_periodic())]
    pub rate_hz: f64,
    /// Rate of the fastest input minus rate of the slowest. Only without correlation.
    #[param("Spread of rates", unit = Hz, range = linear(0.0, 100.0, 1.0), default = 0.0)]
    pub rate_span_hz: f64,
    /// Simulated time of the whole run.
    #[param("Duration", unit = S, range = DURATION, default = 400.0)]
    pub duration_s: f64,

    /// Which neuron model makes the output spikes.
    #[group("neuron", "Neuron")]
    #[param("Neuron")]
    pub cell: CellKind,
}

const SHARE: FloatRange = FloatRange::linear(0.0, 1.0, 0.05);
const WEIGHT: FloatRange = FloatRange::linear(0.0, 1.0, 0.01);

impl NeuronParams {
    /// Its generator makes groups, and one of them is correlated.
    pub fn is_correlated(&self) -> bool {
        self.generator.is_of_groups()
            && (self.correlation * self.correlated_share > 0.0
                || self.correlation_2 * self.correlated_share_2 > 0.0)
    }

    /// What a yoked neuron follows: the same with correlated inputs. None for any other.
    pub fn leader(&self) -> Option<Self> {
        let is_follower = self.is_yoked && self.generator.is_of_groups();
        is_follower.then(|| Self { is_yoked: false, ..self.clone() })
    }

    fn rules(&self) -> Vec<Problem> {
        let shares = self.correlated_share + self.correlated_share_2;
        let Self { w_init_min, w_init_max, .. } = *self;
        let has_groups = self.generator.is_of_groups();
        let has_group = self.is_correlated() || !has_groups;
        let both = ["correlated_share", "correlated_share_2"];
        let problems = [
            Problem::when(shares > 1.0 + 1e-9, &both, || {
                format!(
                    "the two groups take {shares} of the inputs, more than all. Make one smaller."
                )
            }),
            Problem::when(w_init_min > w_init_max, &["w_init_min", "w_init_max"], || {
                format!("w_init_min ({w_init_min}) must not be above w_init_max ({w_init_max}).")
            }),
            Problem::when(self.correlated_share_2 > 0.0 && !has_groups, &both[1..], || {
                "this generator has no second group. Set correlated_share_2=0, or choose another recipe.".into()
            }),
            Problem::when(self.rate_span_hz > 0.0 && has_group, &["rate_span_hz"], || {
                "inputs of different rates cannot be correlated here. Set correlation=0 for a spread of rates.".into()
            }),
            Problem::when(matches!(self.learning.rule, RuleKind::Voltage(_)), &["rule"], || {
                "this rule reads potentials of neurons whose spikes have a shape, which are in the playground. Choose another rule, or open the playground.".into()
            }),
            Problem::when(self.learning.reads_potential(), &["on_input", "on_output"], || {
                "formulas with the potential v are for the playground. Write one without v, or open the playground.".into()
            }),
        ];
        problems.into_iter().flatten().collect()
    }
}
