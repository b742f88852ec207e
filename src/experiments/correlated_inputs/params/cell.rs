//! Which neuron, and its constants.

use get_size2::GetSize;

use super::RATE;
use crate::experiments::correlated_inputs::DT_MS;
use crate::lab::param::{
    Alternative, Field, FloatRange, IntRange, ParamVisitor, Problem, Unit, choose,
};
use crate::sim::neuron::SpikeResponse;

/// Which neuron.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum CellKind {
    /// Leaky integrate-and-fire with conductances.
    Conductance(ConductanceParams),
    /// Linear Poisson.
    Linear,
    /// Second order, in steps of 1 ms.
    SecondOrder(AfterSpike),
    /// Input spikes lift the membrane at once; the threshold rises with every spike.
    Adaptive(PulseParams, AdaptiveParams),
    /// The same membrane, which fires by chance.
    Escape(PulseParams, EscapeParams),
    /// Every input spike adds a potential of fixed shape.
    Response(ResponseParams),
}

/// Constants of the spike response neuron, which has no units of its own.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct ResponseParams {
    /// In units of the peak that a spike of weight 1 makes.
    pub threshold: f64,
    /// Decay of the potential.
    pub tau_m_ms: f64,
    /// Its rise.
    pub tau_s_ms: f64,
    /// Time after a spike without another.
    pub t_ref_ms: f64,
}

/// What a spike does to a membrane.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct AfterSpike {
    /// Refractory time.
    pub t_ref_ms: f64,
    /// Index into [`RESETS`].
    pub reset: u32,
}

/// Constants of a membrane that input spikes lift at once.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PulseParams {
    /// What all inputs of weight 1 together would add, each spiking once.
    pub jump_total_mv: f64,
    /// Membrane time constant.
    pub tau_m_ms: f64,
    /// Resting potential.
    pub e_l_mv: f64,
    /// What a spike does.
    pub after: AfterSpike,
}

/// Constants of a threshold that rises with every spike.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct AdaptiveParams {
    /// What a spike adds.
    pub theta_plus_mv: f64,
    /// By what a spike multiplies the distance of the threshold from rest.
    pub theta_ratio: f64,
    /// Time constant of its way back.
    pub tau_theta_ms: f64,
}

/// Constants of a soft threshold.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct EscapeParams {
    /// Index into [`LAWS`].
    pub law: u32,
    /// Published: probability per step and mV above the threshold.
    pub gain: f64,
    /// Linear: rate per mV above the threshold.
    pub slope_hz_per_mv: f64,
    /// Exponential: width of the soft threshold.
    pub delta_mv: f64,
    /// Exponential: mean waiting time at the threshold.
    pub tau_escape_ms: f64,
}

/// Constants of the conductance neuron. Conductances are in units of the leak.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct ConductanceParams {
    /// What all inputs of weight 1 together would add, each spiking once.
    pub g_total: f64,
    /// Inhibitory inputs.
    pub num_inhibitory: u32,
    /// Their rate.
    pub rate_inhibitory_hz: f64,
    /// What one of their spikes adds.
    pub g_in: f64,
    /// Membrane time constant.
    pub tau_m_ms: f64,
    /// Resting potential.
    pub e_l_mv: f64,
    /// What a spike does.
    pub after: AfterSpike,
    /// Inhibitory synapses learn.
    pub is_vogels: bool,
    /// Their learning rate.
    pub eta: f64,
    /// The output rate at which they balance.
    pub rho_0_hz: f64,
}

impl Default for ConductanceParams {
    fn default() -> Self {
        Self {
            g_total: 10.0,
            num_inhibitory: 200,
            rate_inhibitory_hz: 10.0,
            g_in: 0.05,
            tau_m_ms: 20.0,
            e_l_mv: -70.0,
            after: AfterSpike::default(),
            is_vogels: false,
            eta: 2e-4,
            rho_0_hz: 6.25,
        }
    }
}

impl Default for PulseParams {
    fn default() -> Self {
        let after = AfterSpike::default();
        Self { jump_total_mv: 200.0, tau_m_ms: 20.0, e_l_mv: -70.0, after }
    }
}

impl Default for AfterSpike {
    fn default() -> Self {
        Self { t_ref_ms: 0.0, reset: 0 }
    }
}

impl Default for AdaptiveParams {
    fn default() -> Self {
        Self { theta_plus_mv: 5.0, theta_ratio: 1.0, tau_theta_ms: 100.0 }
    }
}

impl Default for ResponseParams {
    fn default() -> Self {
        // The refractory time is that of Hathway and Goodman (2018).
        Self { threshold: 500.0, tau_m_ms: 10.0, tau_s_ms: 2.5, t_ref_ms: 1.0 }
    }
}

impl Default for EscapeParams {
    fn default() -> Self {
        Self { law: 2, gain: 0.1, slope_hz_per_mv: 20.0, delta_mv: 2.0, tau_escape_ms: 10.0 }
    }
}

const CELLS: &[Alternative] = &[
    Alternative {
        key: "conductance",
        label: "conductance LIF",
        help: "Leaky integrate-and-fire with excitatory and inhibitory conductances (Song, Miller and Abbott).",
    },
    Alternative {
        key: "linear",
        label: "linear Poisson",
        help: "Fires with the weighted sum of its input spikes, so that learning has a closed form (Gütig).",
    },
    Alternative {
        key: "second_order",
        label: "second order",
        help: "A current and a potential that decay in steps of 1 ms (snnTorch's Synaptic).",
    },
    Alternative {
        key: "adaptive",
        label: "LIF, adaptive threshold",
        help: "Every input spike lifts the membrane at once; every output spike raises the threshold for a while.",
    },
    Alternative {
        key: "escape",
        label: "escape rate (Poisson)",
        help: "Every input spike lifts the membrane at once; the neuron fires by chance, the likelier the higher it is.",
    },
    Alternative {
        key: "response",
        label: "spike response",
        help: "Every input spike adds a potential that rises and falls; an output spike wipes them out (Masquelier).",
    },
];

/// What the escape rate depends on; the order is that of [`EscapeParams::law`].
const LAWS: &[Alternative] = &[
    Alternative {
        key: "published",
        label: "as published",
        help: "A probability per step, whatever the step: half of the step, twice the rate.",
    },
    Alternative {
        key: "linear",
        label: "linear",
        help: "A rate in proportion to the potential above threshold; none below.",
    },
    Alternative {
        key: "exponential",
        label: "exponential",
        help: "A rate that grows by e with every Δ, and is small, not zero, below the threshold.",
    },
];

/// The order is that of [`AfterSpike::reset`].
const RESETS: &[Alternative] = &[
    Alternative { key: "hard", label: "hard", help: "To the reset potential, wherever it was." },
    Alternative {
        key: "soft",
        label: "soft",
        help: "Down by the distance from threshold to reset, so that what was above the threshold is not lost.",
    },
];

const T_REF: FloatRange = FloatRange::linear(0.0, 50.0, 0.1);
const EXCITATION_MV: FloatRange = FloatRange::log(10.0, 2_000.0, 1.0);
const TAU_M: FloatRange = FloatRange::log(2.0, 100.0, 0.5);
const E_L: FloatRange = FloatRange::linear(-90.0, -55.0, 1.0);

fn tau_m_field() -> Field {
    Field::new("tau_m_ms", "Membrane time constant", "Without synaptic conductances.")
        .with("τ_m", Unit::Ms)
}

fn e_l_field() -> Field {
    Field::new("e_l_mv", "Resting potential", "Threshold is −54 mV, reset −60 mV.")
        .with("E_L", Unit::Mv)
}

fn t_ref_field() -> Field {
    let help =
        "Time after a spike in which the potential stays where it is and the neuron does not fire.";
    Field::new("t_ref_ms", "Refractory time", help).with("t_ref", Unit::Ms)
}

impl AfterSpike {
    fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { t_ref_ms, reset } = self;
        v.float(t_ref_field(), T_REF, t_ref_ms);
        let help = "Where a spike leaves the potential.";
        choose(v, Field::new("reset", "Reset", help), RESETS, reset);
    }

    /// Down by the distance from threshold to reset, instead of to the reset.
    pub fn is_soft(&self) -> bool {
        self.reset == 1
    }
}

impl ConductanceParams {
    fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            g_total,
            num_inhibitory,
            rate_inhibitory_hz,
            g_in,
            tau_m_ms,
            e_l_mv,
            after,
            is_vogels,
            eta,
            rho_0_hz,
        } = self;
        v.float(
            Field::new("g_total", "Excitation", "Conductance of all plastic synapses together at their greatest weight, in units of the leak: each has g_max = this/N.")
                .with("N g_max", Unit::None),
            FloatRange::log(1.0, 200.0, 0.5),
            g_total,
        );
        v.int(
            Field::new(
                "num_inhibitory",
                "Inhibitory inputs",
                "Independent; their synapses learn only if told to.",
            ),
            IntRange { min: 0, max: 1_000 },
            num_inhibitory,
        );
        v.float(
            Field::new("rate_inhibitory_hz", "Rate of inhibition", "Of every inhibitory input.")
                .with("", Unit::Hz),
            RATE,
            rate_inhibitory_hz,
        );
        v.float(
            Field::new(
                "g_in",
                "Inhibition",
                "What a spike of one inhibitory input adds, in units of the leak.",
            ),
            FloatRange::linear(0.0, 1.0, 0.01),
            g_in,
        );
        v.float(tau_m_field(), TAU_M, tau_m_ms);
        v.float(e_l_field(), E_L, e_l_mv);
        after.visit(v);
        let help = "Inhibitory synapses learn, each from the strength above on, until the neuron fires at its target.";
        v.flag(Field::new("vogels", "Inhibition learns", help), is_vogels);
        if *is_vogels {
            v.float(
                Field::new("rho_0_hz", "Target rate", "Of the output, at which inhibition rests.")
                    .with("ρ₀", Unit::Hz),
                FloatRange::linear(1.0, 50.0, 0.25),
                rho_0_hz,
            );
            v.float(
                Field::new("eta", "Its learning rate", "What a pair adds, in units of the leak.")
                    .with("η", Unit::None),
                FloatRange::log(1e-6, 0.1, 1e-6),
                eta,
            );
        }
    }
}

impl PulseParams {
    fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { jump_total_mv, tau_m_ms, e_l_mv, after } = self;
        let help =
            "What all plastic synapses together add at their greatest weight; each adds this/N.";
        let field = Field::new("jump_total_mv", "Excitation", help).with("N J", Unit::Mv);
        v.float(field, EXCITATION_MV, jump_total_mv);
        v.float(tau_m_field(), TAU_M, tau_m_ms);
        v.float(e_l_field(), E_L, e_l_mv);
        after.visit(v);
    }
}

impl AdaptiveParams {
    fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { theta_plus_mv, theta_ratio, tau_theta_ms } = self;
        v.float(
            Field::new("theta_plus_mv", "Threshold step", "What a spike adds to the threshold.")
                .with("θ₊", Unit::Mv),
            FloatRange::linear(0.0, 40.0, 0.5),
            theta_plus_mv,
        );
        let help =
            "By what a spike multiplies the distance from rest to threshold; 1 for not at all.";
        v.float(
            Field::new("theta_ratio", "Threshold ratio", help),
            FloatRange::linear(1.0, 7.0, 0.1),
            theta_ratio,
        );
        v.float(
            Field::new("tau_theta_ms", "Threshold memory", "Time constant of its way back.")
                .with("τ_θ", Unit::Ms),
            FloatRange::log(1.0, 10_000.0, 1.0),
            tau_theta_ms,
        );
    }
}

impl EscapeParams {
    fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { law, gain, slope_hz_per_mv, delta_mv, tau_escape_ms } = self;
        choose(
            v,
            Field::new("law", "Escape rate", "How chance depends on the potential."),
            LAWS,
            law,
        );
        match *law {
            0 => v.float(
                Field::new("gain", "Gain", "Probability per step and mV above the threshold."),
                FloatRange::log(1e-4, 1.0, 1e-4),
                gain,
            ),
            1 => v.float(
                Field::new("slope_hz_per_mv", "Slope", "Rate in Hz per mV above the threshold."),
                FloatRange::log(0.1, 1_000.0, 0.1),
                slope_hz_per_mv,
            ),
            _ => {
                v.float(
                    Field::new("delta_mv", "Softness", "Width of the soft threshold.")
                        .with("Δ", Unit::Mv),
                    FloatRange::log(0.1, 20.0, 0.1),
                    delta_mv,
                );
                v.float(
                    Field::new(
                        "tau_escape_ms",
                        "Escape time",
                        "Mean waiting time at the threshold.",
                    )
                    .with("τ", Unit::Ms),
                    FloatRange::log(0.1, 1_000.0, 0.1),
                    tau_escape_ms,
                );
            }
        }
    }
}

impl ResponseParams {
    /// A potential that rises faster than it falls, and is below the threshold again before the neuron may fire.
    pub(super) fn check(&self) -> Option<Problem> {
        let Self { threshold: _, tau_m_ms, tau_s_ms, t_ref_ms } = *self;
        let rule = if tau_s_ms >= tau_m_ms {
            "must be below tau_m_ms, or a potential would not rise and fall"
        } else if SpikeResponse::after_spike(tau_m_ms, tau_s_ms, t_ref_ms + DT_MS) >= 1.0 {
            "is so long that what an output spike leaves is still above the threshold when the refractory time, t_ref_ms, is \
             over: the neuron would fire for ever"
        } else {
            return None;
        };
        let message = format!(
            "tau_s_ms ({tau_s_ms}) {rule}. Take about a quarter of tau_m_ms ({tau_m_ms}), and a t_ref_ms of 1 or more."
        );
        Some(Problem { keys: vec!["tau_s_ms", "tau_m_ms", "t_ref_ms"], message })
    }

    fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self { threshold, tau_m_ms, tau_s_ms, t_ref_ms } = self;
        let help = "In units of the peak of the potential that a spike of weight 1 makes.";
        let field = Field::new("threshold", "Threshold", help).with("θ", Unit::None);
        v.float(field, FloatRange::log(1.0, 2_000.0, 1.0), threshold);
        v.float(tau_m_field(), TAU_M, tau_m_ms);
        let help = "How fast a potential rises. It has to differ from the membrane time constant.";
        let field = Field::new("tau_s_ms", "Synaptic time constant", help).with("τ_s", Unit::Ms);
        v.float(field, FloatRange::log(0.1, 50.0, 0.1), tau_s_ms);
        let help = "Time after a spike without another; the potential goes on.";
        let field = Field::new("t_ref_ms", "Refractory time", help).with("t_ref", Unit::Ms);
        v.float(field, T_REF, t_ref_ms);
    }
}

impl CellKind {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let mut chosen = self.index();
        v.choice(Field::new("cell", "Neuron", "Which neuron model."), CELLS, &mut chosen);
        if chosen != self.index() {
            *self = Self::of_index(chosen);
        }
        match self {
            Self::Conductance(params) => params.visit(v),
            Self::Linear => {}
            Self::SecondOrder(after) => after.visit(v),
            Self::Adaptive(membrane, threshold) => {
                membrane.visit(v);
                threshold.visit(v);
            }
            Self::Escape(membrane, law) => {
                membrane.visit(v);
                law.visit(v);
            }
            Self::Response(params) => params.visit(v),
        }
    }

    /// One of those that the published results are about, with a hard reset and without a refractory time.
    pub fn is_plain(&self) -> bool {
        match self {
            Self::Conductance(params) => params.after == AfterSpike::default(),
            Self::Linear => true,
            _ => false,
        }
    }

    fn index(&self) -> usize {
        match self {
            Self::Conductance(_) => 0,
            Self::Linear => 1,
            Self::SecondOrder(_) => 2,
            Self::Adaptive(..) => 3,
            Self::Escape(..) => 4,
            Self::Response(_) => 5,
        }
    }

    fn of_index(index: usize) -> Self {
        match index {
            0 => Self::Conductance(ConductanceParams::default()),
            1 => Self::Linear,
            2 => Self::SecondOrder(AfterSpike::default()),
            3 => Self::Adaptive(PulseParams::default(), AdaptiveParams::default()),
            4 => Self::Escape(PulseParams::default(), EscapeParams::default()),
            _ => Self::Response(ResponseParams::default()),
        }
    }
}
