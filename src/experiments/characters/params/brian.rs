//! Parameters of the program's two early versions, which were written for the simulator Brian.

use get_size2::GetSize;

use super::{WINDOW, epochs_field, order_field};
use crate::lab::param::{Field, FloatRange, Group, IntRange, ParamVisitor, Unit};

/// Parameters of the early programs. Defaults are the first version's.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct BrianParams {
    /// Times every glyph is shown.
    pub epochs: u32,
    /// A new order in every epoch.
    pub random_order: bool,
    /// Takes the amplitude of depression with the wrong sign.
    pub depression_slip: bool,
    /// Inhibition between outputs learns too.
    pub plastic_inhibition: bool,
    /// Amplitude of potentiation, as a share of the greatest weight.
    pub a_plus: f64,
    /// Amplitude of depression, as a share of the greatest weight.
    pub a_minus: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
    /// Least initial weight.
    pub w_init_min: f64,
    /// Greatest initial weight.
    pub w_init_max: f64,
    /// Greatest weight.
    pub w_max_mv: f64,
    /// Greatest initial weight of inhibition; the least is 0.
    pub inhibition_init_mv: f64,
    /// Greatest weight of inhibition, if it learns.
    pub inhibition_max_mv: f64,
    /// Membrane time constant of the outputs.
    pub tau_m_ms: f64,
    /// Their threshold.
    pub v_th_mv: f64,
    /// Their potential after a spike.
    pub v_reset_mv: f64,
    /// Decay of excitation.
    pub tau_e_ms: f64,
    /// Decay of inhibition.
    pub tau_i_ms: f64,
    /// From an input's spike to its effect.
    pub delay_e_ms: f64,
    /// From an output's spike to its effect.
    pub delay_i_ms: f64,
}

impl Default for BrianParams {
    fn default() -> Self {
        Self {
            epochs: 100,
            random_order: false,
            depression_slip: true,
            plastic_inhibition: false,
            a_plus: 0.001,
            a_minus: 0.001,
            tau_plus_ms: 1.0,
            tau_minus_ms: 20.0,
            w_init_min: 10.0,
            w_init_max: 50.0,
            w_max_mv: 50.0,
            inhibition_init_mv: 5.0,
            inhibition_max_mv: 4_000.0,
            tau_m_ms: 20.0,
            v_th_mv: 5.0,
            v_reset_mv: 0.0,
            tau_e_ms: 1.0,
            tau_i_ms: 10.0,
            delay_e_ms: 10.0,
            delay_i_ms: 5.0,
        }
    }
}

const TAU: FloatRange = FloatRange::log(0.5, 1_000.0, 0.1);
const DELAY: FloatRange = FloatRange::linear(0.0, 50.0, 0.1);
const EXCITATION: FloatRange = FloatRange::linear(0.0, 200.0, 0.1);
const INHIBITION: FloatRange = FloatRange::linear(0.0, 10_000.0, 1.0);
const AMPLITUDE: FloatRange = FloatRange::log(1e-5, 1.0, 1e-5);
const POTENTIAL: FloatRange = FloatRange::linear(-100.0, 100.0, 0.1);

impl BrianParams {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            epochs,
            random_order,
            depression_slip,
            plastic_inhibition,
            a_plus,
            a_minus,
            tau_plus_ms,
            tau_minus_ms,
            w_init_min,
            w_init_max,
            w_max_mv,
            inhibition_init_mv,
            inhibition_max_mv,
            tau_m_ms,
            v_th_mv,
            v_reset_mv,
            tau_e_ms,
            tau_i_ms,
            delay_e_ms,
            delay_i_ms,
        } = self;
        let mv = |key, label, help| Field::new(key, label, help).with("", Unit::Mv);
        let ms = |key, label, help| Field::new(key, label, help).with("", Unit::Ms);
        v.int(epochs_field(), IntRange { min: 1, max: 500 }, epochs);
        v.group(Group { key: "learning", label: "Learning" });
        v.flag(
            Field::new("depression_slip", "Sign slip", "Brian 1 wants a negative number for depression and the programs give a positive one: nothing is ever depressed. Off: it is."),
            depression_slip,
        );
        v.flag(
            Field::new("plastic_inhibition", "Plastic inhibition", "Inhibition between outputs learns by the same rule, and an output comes to inhibit itself."),
            plastic_inhibition,
        );
        let amplitude = |key, label, symbol| {
            Field::new(key, label, "Change by a pair without delay, as a share of the greatest weight. Brian 1 reads the programs' 1 mV as 0.001.").with(symbol, Unit::None).live()
        };
        v.float(amplitude("a_plus", "Potentiation", "A₊"), AMPLITUDE, a_plus);
        v.float(amplitude("a_minus", "Depression", "A₋"), AMPLITUDE, a_minus);
        v.float(
            ms("tau_plus_ms", "Window of potentiation", "Decay of an input's trace."),
            WINDOW,
            tau_plus_ms,
        );
        v.float(
            ms("tau_minus_ms", "Window of depression", "Decay of an output's trace."),
            FloatRange { max: 1_000.0, ..WINDOW },
            tau_minus_ms,
        );
        v.group(Group { key: "synapses", label: "Synapses" });
        v.float(
            mv("w_init_min", "Initial weights from", "Least initial weight of an input."),
            EXCITATION,
            w_init_min,
        );
        v.float(
            mv("w_init_max", "Initial weights to", "Greatest initial weight of an input."),
            EXCITATION,
            w_init_max,
        );
        v.float(
            mv("w_max_mv", "Greatest weight", "Where an input's weight stops growing."),
            FloatRange { min: 0.1, ..EXCITATION },
            w_max_mv,
        );
        v.float(
            mv(
                "inhibition_init_mv",
                "Initial inhibition to",
                "Weights between outputs are drawn uniformly from 0 up to this.",
            ),
            INHIBITION,
            inhibition_init_mv,
        );
        v.float(
            mv(
                "inhibition_max_mv",
                "Greatest inhibition",
                "Where plastic inhibition stops growing.",
            ),
            FloatRange { min: 1.0, ..INHIBITION },
            inhibition_max_mv,
        );
        v.group(Group { key: "neurons", label: "Neurons" });
        v.float(ms("tau_m_ms", "Membrane time constant", "Of the outputs."), TAU, tau_m_ms);
        v.float(
            mv(
                "v_th_mv",
                "Threshold",
                "Outputs rest at 0 mV: with a threshold below that they fire without any input.",
            ),
            POTENTIAL,
            v_th_mv,
        );
        v.float(mv("v_reset_mv", "Reset", "Potential after a spike."), POTENTIAL, v_reset_mv);
        v.float(ms("tau_e_ms", "Decay of excitation", "Of g_e."), TAU, tau_e_ms);
        v.float(ms("tau_i_ms", "Decay of inhibition", "Of g_i."), TAU, tau_i_ms);
        v.float(
            ms("delay_e_ms", "Delay of excitation", "From an input's spike to its effect."),
            DELAY,
            delay_e_ms,
        );
        v.float(
            ms("delay_i_ms", "Delay of inhibition", "From an output's spike to its effect."),
            DELAY,
            delay_i_ms,
        );
        v.flag(order_field(), random_order);
    }
}
