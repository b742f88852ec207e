//! Parameters of the paper's model.

use get_size2::GetSize;

use super::{WINDOW, epochs_field, initial_weights, order_field, rule_amplitudes};
use crate::lab::param::{Field, FloatRange, Group, IntRange, ParamVisitor, Unit};

/// Parameters of the paper's model.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PaperParams {
    /// Times every glyph is shown.
    pub epochs: u32,
    /// A new order in every epoch.
    pub random_order: bool,
    /// Steady potential that the constant current would give an input.
    pub input_drive_mv: f64,
    /// Size of an input spike.
    pub input_gain: f64,
    /// Strength of the inhibition between outputs.
    pub inhibition_gain: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
    /// Learning rate.
    pub eta: f64,
    /// Amplitude of potentiation.
    pub a_plus: f64,
    /// Amplitude of depression.
    pub a_minus: f64,
    /// Membrane time constant of the outputs.
    pub tau_m_ms: f64,
    /// Least initial weight.
    pub w_init_min: f64,
    /// Greatest initial weight.
    pub w_init_max: f64,
    /// Inhibition between outputs learns too.
    pub plastic_inhibition: bool,
}

impl Default for PaperParams {
    fn default() -> Self {
        Self {
            epochs: 100,
            random_order: false,
            input_drive_mv: 10.04,
            input_gain: 0.2,
            inhibition_gain: 15.0,
            tau_plus_ms: 1.0,
            tau_minus_ms: 1.0,
            eta: 0.1,
            a_plus: 0.1,
            a_minus: 0.105,
            tau_m_ms: 30.0,
            w_init_min: 0.5,
            w_init_max: 1.0,
            plastic_inhibition: true,
        }
    }
}

impl PaperParams {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            epochs,
            random_order,
            input_drive_mv,
            input_gain,
            inhibition_gain,
            tau_plus_ms,
            tau_minus_ms,
            eta,
            a_plus,
            a_minus,
            tau_m_ms,
            w_init_min,
            w_init_max,
            plastic_inhibition,
        } = self;
        v.int(epochs_field(), IntRange { min: 1, max: 500 }, epochs);
        v.group(Group { key: "learning", label: "Learning" });
        v.float(Field::new("tau_plus_ms", "Window of potentiation", "1 ms in the paper. With volleys 90 ms apart only inputs of the same volley can pair.").with("τ₊", Unit::Ms), WINDOW, tau_plus_ms);
        v.float(
            Field::new(
                "tau_minus_ms",
                "Window of depression",
                "1 ms in the paper, with which no weight was ever lowered here.",
            )
            .with("τ₋", Unit::Ms),
            WINDOW,
            tau_minus_ms,
        );
        rule_amplitudes(v, eta, a_plus, a_minus);
        v.flag(
            Field::new(
                "plastic_inhibition",
                "Plastic inhibition",
                "The inhibitory weights between outputs, in [−1, 0], learn by the same rule.",
            ),
            plastic_inhibition,
        );
        initial_weights(v, w_init_min, w_init_max);
        v.group(Group { key: "neurons", label: "Neurons" });
        v.float(
            Field::new("tau_m_ms", "Membrane time constant", "Of the outputs' somas.")
                .with("τ_m", Unit::Ms),
            FloatRange::log(6.0, 100.0, 0.1),
            tau_m_ms,
        );
        v.float(
            Field::new("input_drive_mv", "Input drive", "Steady potential that an active pixel's current would give its input; the threshold is 10 mV. 10.04 mV gives three spikes in 300 ms.").with("R I", Unit::Mv),
            FloatRange::linear(10.001, 20.0, 0.001),
            input_drive_mv,
        );
        v.float(
            Field::new(
                "input_gain",
                "Input gain",
                "Size of an input spike. 1 is the impulse of the equations: then every output fires at \
                 every volley. Ours.",
            ),
            FloatRange::log(0.02, 2.0, 0.01),
            input_gain,
        );
        v.float(
            Field::new(
                "inhibition_gain",
                "Inhibition gain",
                "Strength of the inhibition between outputs. 1 is face value: then nobody is held back. \
                 Ours.",
            ),
            FloatRange::log(0.1, 100.0, 0.1),
            inhibition_gain,
        );
        v.flag(order_field(), random_order);
    }
}
