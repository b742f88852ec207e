//! Models of neurons, with their constants.

use get_size2::GetSize;

use super::shape::ShapeParams;
use crate::kit::params::{AdaptiveParams, EscapeLaw, ResetKind, ResponseParams};
use crate::lab::param::{Choice, FloatRange, Params};

/// Which model.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum NeuronKind {
    /// Leaky integrate-and-fire: the potential leaks towards rest, and at the threshold the neuron fires.
    #[choice("leaky integrate-and-fire", key = "lif")]
    Lif(LifParams),
    /// The same, and every spike raises the threshold for a while.
    #[choice("LIF, adaptive threshold", key = "adaptive")]
    Adaptive(LifParams, AdaptiveParams),
    /// Leaky, and fires by chance: the higher the potential, the likelier (system "STDP-research": "Poisson neuron").
    #[choice("LIF, escape noise", key = "escape")]
    Escape {
        /// The membrane.
        #[nest]
        lif: LifParams,
        /// How chance depends on the potential.
        #[param("Escape noise")]
        law: EscapeLaw,
    },
    /// The upstroke of a spike is an exponential, so that there is no sharp threshold (Fourcaud-Trocmé).
    #[choice("exponential IF", key = "exponential")]
    Exponential(ExponentialParams),
    /// Exponential, with a current that follows the potential and grows with every spike (Brette and Gerstner).
    #[choice("adaptive exponential (AdEx)", key = "adex")]
    AdEx(ExponentialParams, AdExParams),
    /// The same, whose spikes have a shape: held for a while, then an after-current and a raised threshold (Clopath).
    #[choice("AdEx with spike shape (Clopath)", key = "clopath")]
    Clopath(
        #[nest(default = ExponentialParams::layer_5())] ExponentialParams,
        #[nest(default = AdExParams::layer_5())] AdExParams,
        ShapeParams,
    ),
    /// Two equations that make many kinds of neuron (Izhikevich).
    #[choice("Izhikevich", key = "izhikevich")]
    Izhikevich(IzhikevichParams),
    /// Sodium and potassium channels of the squid's axon.
    #[choice("Hodgkin–Huxley", key = "hodgkin_huxley")]
    HodgkinHuxley(ChannelParams),
    /// Fires with the weighted sum of its input spikes, so that learning has a closed form.
    #[choice("linear Poisson", key = "linear")]
    Linear,
    /// A current and a potential that decay in steps of 1 ms (snnTorch's Synaptic). Pure numbers, with a threshold of 1.
    #[choice("second order", key = "second_order")]
    SecondOrder(SecondOrderParams),
    /// A potential that decays in steps of 1 ms (snnTorch's Leaky). Pure numbers, with a threshold of 1.
    #[choice("first order (snnTorch's Leaky)", key = "first_order")]
    FirstOrder(FirstOrderParams),
    /// Adaptive exponential, as the program "Neural-Learning-and-Coding" (system 0) has it: what adapts it counts spikes.
    #[choice("AdEx as coded", key = "counted")]
    Counted(CountedParams),
    /// Every input spike adds a potential that rises and falls; an output spike removes them all (SRM₀).
    #[choice("SRM₀", key = "response")]
    Response(#[nest(default = few_inputs())] ResponseParams),
}

/// Constants of a leaky membrane.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct LifParams {
    /// How fast the potential leaks.
    #[param("Membrane time constant", symbol = "τ_m", unit = Ms, range = log(0.1, 1_000.0, 0.1), default = 20.0)]
    pub tau_m_ms: f64,
    /// Potential without input.
    #[param("Resting potential", symbol = "E_L", unit = Mv, range = MEMBRANE, default = -70.0)]
    pub e_l_mv: f64,
    /// Potential at which the neuron fires.
    #[param("Threshold", symbol = "V_th", unit = Mv, range = MEMBRANE, default = -54.0)]
    pub v_th_mv: f64,
    /// Potential after a spike.
    #[param("Reset potential", symbol = "V_r", unit = Mv, range = MEMBRANE, default = -60.0)]
    pub v_reset_mv: f64,
    /// Time after a spike in which the potential stands still and the neuron cannot fire.
    #[param("Refractory time", symbol = "t_ref", unit = Ms, range = T_REF, default = 2.0)]
    pub t_ref_ms: f64,
    /// Where the potential goes after a spike.
    #[param("Reset")]
    pub reset: ResetKind,
}

/// Constants of an exponential membrane. Where it fires follows from them: the peak of a spike is 0 mV.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct ExponentialParams {
    /// Capacitance. The membrane time constant is C/g_L.
    #[param("Capacitance", symbol = "C", unit = Pf, range = log(20.0, 1_000.0, 1.0), default = 200.0)]
    pub c_m_pf: f64,
    /// Conductance of the leak. Currents are given as R I with R = 1/g_L.
    #[param("Leak conductance", symbol = "g_L", unit = Ns, range = log(1.0, 100.0, 0.5), default = 10.0)]
    pub g_l_ns: f64,
    /// Resting potential of the leak.
    #[param("Resting potential", symbol = "E_L", unit = Mv, range = POTENTIAL, default = -70.0)]
    pub e_l_mv: f64,
    /// Where the exponential grows as fast as the leak.
    #[param("Threshold", symbol = "V_T", unit = Mv, range = POTENTIAL, default = -50.0)]
    pub v_th_mv: f64,
    /// How sharply a spike sets in.
    #[param("Slope factor", symbol = "Δ_T", unit = Mv, range = linear(0.1, 10.0, 0.1), default = 2.0)]
    pub delta_t_mv: f64,
    /// Potential after a spike. Above the threshold it makes the neuron burst.
    #[param("Reset potential", symbol = "V_r", unit = Mv, range = POTENTIAL, default = -58.0)]
    pub v_reset_mv: f64,
    /// Time after a spike in which the potential stands still.
    #[param("Refractory time", symbol = "t_ref", unit = Ms, range = T_REF, default = 0.0)]
    pub t_ref_ms: f64,
}

/// Constants of the adaptation.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct AdExParams {
    /// How much the adaptation current follows the potential between spikes. Negative: it drives instead.
    #[param("Subthreshold adaptation", symbol = "a", unit = Ns, range = linear(-20.0, 50.0, 0.5), default = 2.0)]
    pub a_ns: f64,
    /// What every spike adds to the adaptation current.
    #[param("Spike-triggered adaptation", symbol = "b", unit = Pa, range = linear(0.0, 500.0, 1.0), main, default = 60.0)]
    pub b_pa: f64,
    /// How long it remembers.
    #[param("Adaptation time constant", symbol = "τ_w", unit = Ms, range = log(2.0, 1_000.0, 1.0), default = 300.0)]
    pub tau_w_ms: f64,
}

/// Constants of the neuron that counts its spikes. Its defaults are ours: the program never runs it.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct CountedParams {
    /// How fast the potential leaks.
    #[param("Membrane time constant", symbol = "τ_m", unit = Ms, range = log(1.0, 1_000.0, 0.5), default = 10.0)]
    pub tau_m_ms: f64,
    /// Potential without input.
    #[param("Resting potential", symbol = "E_L", unit = Mv, range = POTENTIAL, default = -65.0)]
    pub e_l_mv: f64,
    /// Where the exponential grows as fast as the leak.
    #[param("Threshold", symbol = "V_T", unit = Mv, range = POTENTIAL, default = -50.0)]
    pub v_th_mv: f64,
    /// How sharply a spike sets in.
    #[param("Slope factor", symbol = "Δ_T", unit = Mv, range = linear(0.1, 10.0, 0.1), default = 2.0)]
    pub delta_t_mv: f64,
    /// Potential at which it fires.
    #[param("Peak", symbol = "V_peak", unit = Mv, range = POTENTIAL, default = -40.0)]
    pub v_peak_mv: f64,
    /// Potential after a spike.
    #[param("Reset potential", symbol = "V_r", unit = Mv, range = POTENTIAL, default = -70.0)]
    pub v_reset_mv: f64,
    /// How much the adaptation follows the potential between spikes.
    #[param("Subthreshold adaptation", symbol = "a", range = linear(-1.0, 5.0, 0.05), default = 0.2)]
    pub a: f64,
    /// What a spike of the step adds to the adaptation; of all spikes so far, what each adds in every ms.
    #[param("Spike-triggered adaptation", symbol = "b", unit = Mv, range = linear(0.0, 20.0, 0.01), default = 3.0)]
    pub b_mv: f64,
    /// How long the adaptation remembers.
    #[param("Adaptation time constant", symbol = "τ_k", unit = Ms, range = log(2.0, 1_000.0, 1.0), default = 100.0)]
    pub tau_w_ms: f64,
    /// Which spikes drive the adaptation.
    #[param("Adaptation counts", main)]
    pub counted: CountedKind,
}

/// Which spikes drive an adaptation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum CountedKind {
    /// All that the neuron has fired so far, as coded.
    #[choice("all spikes so far, as coded", key = "all")]
    All,
    /// Those of the step, as meant.
    #[choice("spikes of the step, as meant", key = "step")]
    Step,
}

/// Izhikevich's four numbers.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct IzhikevichParams {
    /// How fast the recovery variable u follows, per ms.
    #[param("Speed of recovery", symbol = "a", key = "izh_a", range = linear(-0.05, 1.0, 0.001), default = 0.02)]
    pub a: f64,
    /// How strongly u follows the potential.
    #[param("Sensitivity of recovery", symbol = "b", key = "izh_b", range = linear(-1.0, 1.0, 0.01), default = 0.2)]
    pub b: f64,
    /// Potential after a spike.
    #[param("Reset potential", symbol = "c", key = "izh_c_mv", unit = Mv, range = POTENTIAL, default = -65.0)]
    pub c_mv: f64,
    /// What a spike adds to u.
    #[param("Recovery after a spike", symbol = "d", key = "izh_d", range = linear(-25.0, 20.0, 0.05), main, default = 8.0)]
    pub d: f64,
    /// Which equations. Three of his twenty patterns need others than the rest.
    #[param("Equations", key = "izh_form")]
    pub form: IzhikevichForm,
    /// Potential at the beginning; u begins where it stands still there.
    #[param("Begins at", key = "izh_start_mv", unit = Mv, range = POTENTIAL, default = -65.0)]
    pub start_mv: f64,
}

/// Izhikevich's equations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum IzhikevichForm {
    /// 0.04 v² + 5 v + 140, and u follows b v.
    #[choice("as usual", key = "usual")]
    Usual,
    /// 0.04 v² + 4.1 v + 108: class 1 and integrator.
    #[choice("4.1 v + 108", key = "class_1")]
    ClassOne,
    /// du/dt = a b (v + 65): accommodation. What u has it keeps.
    #[choice("u sums up v + 65", key = "sums")]
    Sums,
}

impl IzhikevichForm {
    /// k₁ and k₀ of 0.04 v² + k₁ v + k₀.
    pub fn of_v(self) -> [f64; 2] {
        match self {
            Self::Usual | Self::Sums => [5.0, 140.0],
            Self::ClassOne => [4.1, 108.0],
        }
    }
}

/// Channels of Hodgkin and Huxley's membrane of 1 µF/cm².
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct ChannelParams {
    /// Conductance of all sodium channels, were they open, in mS/cm².
    #[param("Sodium", symbol = "g_Na", range = linear(0.0, 240.0, 1.0), default = 120.0)]
    pub g_na: f64,
    /// Conductance of all potassium channels, were they open, in mS/cm².
    #[param("Potassium", symbol = "g_K", range = linear(0.0, 72.0, 0.5), default = 36.0)]
    pub g_k: f64,
    /// Conductance of the leak, in mS/cm². Currents are given as R I with R = 1/g_l.
    #[param("Leak", symbol = "g_l", range = linear(0.05, 2.0, 0.05), default = 0.3)]
    pub g_leak: f64,
}

/// Constants of the neuron of first order.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct FirstOrderParams {
    /// How long the potential lasts. In a step it keeps β = e^(−dt/τ_m).
    #[param("Membrane time constant", symbol = "τ_m", unit = Ms, range = log(1.0, 1_000.0, 0.5), default = 10.0)]
    pub tau_m_ms: f64,
    /// Time after a spike in which the neuron cannot fire.
    #[param("Refractory time", symbol = "t_ref", unit = Ms, range = T_REF, default = 0.0)]
    pub t_ref_ms: f64,
    /// Where the potential goes in the step after a spike.
    #[param("Reset", key = "step_reset")]
    pub reset: StepResetKind,
}

/// What the step after a spike does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum StepResetKind {
    /// The threshold is taken away, as snnTorch does unless told otherwise.
    #[choice("by subtraction", key = "subtract")]
    Subtract,
    /// The potential is zero; the input of that step is lost.
    #[choice("to zero", key = "zero")]
    Zero,
    /// Nothing: it fires in every step in which it is above the threshold.
    #[choice("none", key = "none")]
    Never,
}

/// Constants of the neuron of second order.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct SecondOrderParams {
    /// How long a synaptic current lasts.
    #[param("Synaptic time constant", symbol = "τ_s", unit = Ms, range = log(1.0, 200.0, 0.1), default = 10.0)]
    pub tau_s_ms: f64,
    /// How long the potential lasts.
    #[param("Membrane time constant", symbol = "τ_m", unit = Ms, range = log(1.0, 1_000.0, 0.5), default = 5.0)]
    pub tau_m_ms: f64,
    /// Time after a spike in which the neuron cannot fire.
    #[param("Refractory time", symbol = "t_ref", unit = Ms, range = T_REF, default = 0.0)]
    pub t_ref_ms: f64,
    /// Where the potential goes after a spike.
    #[param("Reset")]
    pub reset: ResetKind,
    /// What all synapses together add to the current at maximum weight; the threshold is 1. One adds the N-th part.
    #[param("Excitation", symbol = "N J", range = log(0.1, 2_000.0, 0.1), default = 2.0)]
    pub jump_total: f64,
}

/// A threshold that some of a hundred inputs reach together.
fn few_inputs() -> ResponseParams {
    ResponseParams { threshold: 6.0, ..ResponseParams::default() }
}

impl ExponentialParams {
    /// A pyramidal cell of layer 5, as in the authors' program for visual cortex.
    fn layer_5() -> Self {
        Self {
            c_m_pf: 281.0,
            g_l_ns: 30.0,
            e_l_mv: -70.6,
            v_th_mv: -50.4,
            delta_t_mv: 2.0,
            v_reset_mv: -49.5,
            t_ref_ms: 0.0,
        }
    }
}

impl AdExParams {
    /// The same cell's.
    fn layer_5() -> Self {
        Self { a_ns: 4.0, b_pa: 80.5, tau_w_ms: 144.0 }
    }
}

const POTENTIAL: FloatRange = FloatRange::linear(-100.0, -20.0, 0.5);
/// Of leaky neurons, which may also be given in numbers: rest 0, threshold 1.
const MEMBRANE: FloatRange = FloatRange::linear(-100.0, 20.0, 0.5);
const T_REF: FloatRange = FloatRange::linear(0.0, 50.0, 0.1);

impl NeuronKind {
    /// The step that its source takes.
    pub fn usual_dt_ms(&self) -> f64 {
        match self {
            Self::Linear | Self::SecondOrder(_) | Self::FirstOrder(_) => 1.0,
            Self::Izhikevich(_) => 0.25,
            Self::HodgkinHuxley(_) => 0.05,
            _ => 0.1,
        }
    }

    /// It has a membrane into which a current can flow.
    pub fn takes_current(&self) -> bool {
        !matches!(self, Self::Linear | Self::SecondOrder(_) | Self::Response(_))
    }

    /// Its synapses can be chosen; the others have one kind each.
    pub fn has_membrane(&self) -> bool {
        self.takes_current() && !self.is_of_pure_numbers()
    }

    /// Its potential and its threshold are pure numbers.
    pub fn is_of_pure_numbers(&self) -> bool {
        matches!(self, Self::SecondOrder(_) | Self::FirstOrder(_) | Self::Response(_))
    }

    /// Without spikes its potential would stay finite: it only leaks.
    pub fn is_leaky(&self) -> bool {
        matches!(
            self,
            Self::Lif(_) | Self::Adaptive(..) | Self::Escape { .. } | Self::SecondOrder(_)
        )
    }

    /// It can be a leaky neuron with conductances.
    pub fn takes_conductances(&self) -> bool {
        matches!(self, Self::Lif(_) | Self::Adaptive(..))
    }

    /// Of several, the first to cross the threshold can be told.
    pub fn can_compete(&self) -> bool {
        matches!(
            self,
            Self::Lif(_) | Self::Adaptive(..) | Self::SecondOrder(_) | Self::FirstOrder(_)
        )
    }

    /// Potential to which a spike goes up before the reset, where the model has one.
    pub fn peak_mv(&self) -> Option<f32> {
        match self {
            Self::Exponential(_) | Self::AdEx(..) => Some(0.0),
            Self::Clopath(..) => Some(33.0),
            Self::Izhikevich(_) => Some(30.0),
            _ => None,
        }
    }

    /// Constants of its leaky membrane, if it has one.
    pub fn lif(&self) -> Option<&LifParams> {
        match self {
            Self::Lif(lif) | Self::Adaptive(lif, _) | Self::Escape { lif, .. } => Some(lif),
            _ => None,
        }
    }
}
