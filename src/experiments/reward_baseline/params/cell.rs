//! Parameters of the rule and of the neurons, which both parts have.

use get_size2::GetSize;

use crate::lab::param::{Field, FloatRange, Group, ParamVisitor, Unit};
use crate::sim::plasticity::GatedStdpParams;

/// Parameters of the rule.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct RuleParams {
    /// Learning rate, in mV for a success and an eligibility of 1.
    pub eta: f64,
    /// How long pairs are remembered.
    pub tau_e_ms: f64,
    /// Amplitude of depression over that of potentiation.
    pub ratio: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
}

/// Parameters of the neurons and their synapses.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct CellParams {
    /// Mean initial weight.
    pub w_init_mv: f64,
    /// Greatest weight.
    pub w_max_mv: f64,
    /// Membrane time constant.
    pub tau_m_ms: f64,
    /// Width of the soft threshold.
    pub delta_mv: f64,
    /// Mean waiting time at the threshold.
    pub tau_escape_ms: f64,
}

const WINDOW: FloatRange = FloatRange::log(1.0, 200.0, 0.5);

impl RuleParams {
    /// The rule's constants: A₊ is 1, since η scales it.
    pub fn gated(&self) -> GatedStdpParams {
        GatedStdpParams {
            a_plus: 1.0,
            a_minus: self.ratio,
            tau_plus_ms: self.tau_plus_ms,
            tau_minus_ms: self.tau_minus_ms,
            tau_e_ms: self.tau_e_ms,
        }
    }

    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { eta, tau_e_ms, ratio, tau_plus_ms, tau_minus_ms } = self;
        v.float(
            Field::new(
                "eta",
                "Learning rate",
                "How far a success of 1 moves a weight whose eligibility is 1.",
            )
            .with("η", Unit::Mv)
            .live(),
            FloatRange::log(0.001, 100.0, 0.01),
            eta,
        );
        v.float(
            Field::new("tau_e_ms", "Eligibility", "How long pairs of spikes are remembered.")
                .with("τ_e", Unit::Ms),
            FloatRange::log(10.0, 10_000.0, 10.0),
            tau_e_ms,
        );
        v.float(
            Field::new(
                "ratio",
                "Depression over potentiation",
                "Amplitudes of the window, output first over input first.",
            )
            .with("A₋/A₊", Unit::None),
            FloatRange::linear(0.0, 2.0, 0.05),
            ratio,
        );
        v.float(
            Field::new("tau_plus_ms", "Window of potentiation", "Its time constant.")
                .with("τ₊", Unit::Ms),
            WINDOW,
            tau_plus_ms,
        );
        v.float(
            Field::new("tau_minus_ms", "Window of depression", "Its time constant.")
                .with("τ₋", Unit::Ms),
            WINDOW,
            tau_minus_ms,
        );
    }
}

impl CellParams {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { w_init_mv, w_max_mv, tau_m_ms, delta_mv, tau_escape_ms } = self;
        v.group(Group { key: "neurons", label: "Neurons" });
        v.float(
            Field::new(
                "w_init_mv",
                "Initial weights",
                "Their mean; they are drawn from half to one and a half of it.",
            )
            .with("", Unit::Mv),
            FloatRange::log(0.05, 10.0, 0.05),
            w_init_mv,
        );
        v.float(
            Field::new(
                "w_max_mv",
                "Greatest weight",
                "As the height of the potential that one input spike makes.",
            )
            .with("w_max", Unit::Mv),
            FloatRange::log(0.1, 20.0, 0.1),
            w_max_mv,
        );
        v.float(
            Field::new(
                "tau_m_ms",
                "Membrane time constant",
                "Rest is −70 mV, the middle of the threshold −55 mV.",
            )
            .with("τ_m", Unit::Ms),
            FloatRange::log(2.0, 100.0, 0.5),
            tau_m_ms,
        );
        v.float(
            Field::new("delta_mv", "Softness of the threshold", "The softer, the more spikes come by chance, and chance is what finds better responses.")
                .with("Δ", Unit::Mv),
            FloatRange::log(0.1, 10.0, 0.1),
            delta_mv,
        );
        v.float(
            Field::new(
                "tau_escape_ms",
                "Waiting time at the threshold",
                "Mean time to a spike of a neuron that stays there.",
            )
            .with("τ_V", Unit::Ms),
            FloatRange::log(1.0, 1_000.0, 1.0),
            tau_escape_ms,
        );
    }
}
