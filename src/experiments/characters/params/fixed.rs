//! Parameters of our model.

use get_size2::GetSize;

use super::{ETA, WINDOW, epochs_field, order_field};
use crate::lab::param::{Field, FloatRange, Group, IntRange, ParamVisitor, Unit};

/// Parameters of our model.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct FixedParams {
    /// Times every glyph is shown.
    pub epochs: u32,
    /// A new order in every epoch.
    pub random_order: bool,
    /// Length of a presentation.
    pub presentation_ms: f64,
    /// Inputs for silent pixels too.
    pub complement: bool,
    /// Neurons that win often become harder to excite.
    pub homeostasis: bool,
    /// Weights onto a neuron keep their sum.
    pub normalise: bool,
    /// Only the first to cross fires, and inhibits the others.
    pub competition: bool,
    /// Learning rate.
    pub eta: f64,
    /// Depression over potentiation.
    pub depression: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
    /// Membrane time constant of the outputs.
    pub tau_m_ms: f64,
    /// Their threshold before adaptation.
    pub v_th_mv: f64,
    /// What a spike adds to it.
    pub theta_plus_mv: f64,
    /// Lateral inhibition.
    pub inhibition_mv: f64,
    /// Spread of the inputs' potentials at the start of a presentation.
    pub input_jitter_mv: f64,
}

impl Default for FixedParams {
    fn default() -> Self {
        Self {
            epochs: 40,
            random_order: true,
            presentation_ms: 300.0,
            complement: true,
            homeostasis: true,
            normalise: true,
            competition: true,
            eta: 0.02,
            depression: 0.5,
            tau_plus_ms: 20.0,
            tau_minus_ms: 20.0,
            tau_m_ms: 20.0,
            v_th_mv: 10.0,
            theta_plus_mv: 0.16,
            inhibition_mv: 20.0,
            input_jitter_mv: 0.0,
        }
    }
}

impl FixedParams {
    /// `is_alone`: no mode of its own has parameters that matter more.
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor, is_alone: bool) {
        let Self {
            epochs,
            random_order,
            presentation_ms,
            complement,
            homeostasis,
            normalise,
            competition,
            eta,
            depression,
            tau_plus_ms,
            tau_minus_ms,
            tau_m_ms,
            v_th_mv,
            theta_plus_mv,
            inhibition_mv,
            input_jitter_mv,
        } = self;
        v.int(epochs_field(), IntRange { min: 1, max: 500 }, epochs);
        v.group(Group { key: "mends", label: "What mends it" });
        v.flag(
            Field { main: is_alone, ..Field::new("homeostasis", "Homeostasis", "Every spike of an output raises its threshold, and time lowers it, so that each neuron wins its share. Off: one neuron takes letter after letter.") },
            homeostasis,
        );
        v.flag(
            Field::new("normalise", "Normalisation", "The weights onto a neuron keep their sum: a synapse grows at the cost of the others."),
            normalise,
        );
        v.flag(
            Field::new("complement", "Complement coding", "Each pixel has two inputs, one for firing and one for silent, so that absence counts as evidence. Needed where one letter contains another."),
            complement,
        );
        v.flag(
            Field::new("competition", "Winner-take-all", "The first output to reach its threshold inhibits the others. Off: everybody learns everything."),
            competition,
        );
        v.group(Group { key: "learning", label: "Learning" });
        v.float(
            Field::new(
                "eta",
                "Learning rate",
                "Share of the remaining room that a full pairing fills.",
            )
            .with("η", Unit::None)
            .live(),
            ETA,
            eta,
        );
        v.float(
            Field::new(
                "depression",
                "Depression",
                "Strength of depression relative to potentiation.",
            )
            .with("A₋/A₊", Unit::None),
            FloatRange::linear(0.0, 3.0, 0.05),
            depression,
        );
        v.float(
            Field::new(
                "tau_plus_ms",
                "Window of potentiation",
                "An input that fired this long before the output still counts about a third.",
            )
            .with("τ₊", Unit::Ms),
            WINDOW,
            tau_plus_ms,
        );
        v.float(Field::new("tau_minus_ms", "Window of depression", "An input that fires this long after the output is still weakened by about a third of the most.").with("τ₋", Unit::Ms), WINDOW, tau_minus_ms);
        v.float(
            Field::new(
                "theta_plus_mv",
                "Threshold step",
                "What one spike adds to an output's threshold.",
            )
            .with("θ₊", Unit::Mv)
            .live(),
            FloatRange::log(0.001, 5.0, 0.001),
            theta_plus_mv,
        );
        v.group(Group { key: "neurons", label: "Neurons" });
        v.float(
            Field::new(
                "tau_m_ms",
                "Membrane time constant",
                "How long an output remembers its input.",
            )
            .with("τ_m", Unit::Ms),
            FloatRange::log(6.0, 100.0, 0.1),
            tau_m_ms,
        );
        v.float(
            Field::new("v_th_mv", "Threshold", "Potential at which an output fires, before adaptation. A volley through weights that all match gives 20 mV.").with("V_th", Unit::Mv),
            FloatRange::linear(2.0, 19.0, 0.1),
            v_th_mv,
        );
        v.float(
            Field::new(
                "inhibition_mv",
                "Lateral inhibition",
                "What the winner takes from every other output's potential.",
            )
            .with("", Unit::Mv),
            FloatRange::linear(0.0, 60.0, 0.5),
            inhibition_mv,
        );
        v.group(Group { key: "input", label: "Input" });
        v.float(
            Field::new(
                "presentation_ms",
                "Presentation",
                "How long a glyph is shown; 300 ms give three volleys.",
            )
            .with("", Unit::Ms),
            FloatRange::linear(100.0, 1_000.0, 10.0),
            presentation_ms,
        );
        v.float(
            Field::new("input_jitter_mv", "Input jitter", "Inputs start each presentation at a random potential up to this value, so that volleys fray. The threshold is 20 mV.").with("", Unit::Mv),
            FloatRange::linear(0.0, 15.0, 0.1),
            input_jitter_mv,
        );
        v.flag(order_field(), random_order);
    }
}
