//! From the parameters of a neuron to its simulation.

use super::cell::{
    AdaptiveParams, AfterSpike, CellKind, ConductanceParams, EscapeLaw, PulseParams, ResponseParams,
};
use crate::sim::encode::{Counting, Poisson, Source};
use crate::sim::fast::fan_in::{Cell, Inhibition};
use crate::sim::neuron::{
    ConductanceLif, ConductanceLifParams, Escape, EscapeRate, Integrator, Lif, LifParams,
    LinearPoisson, PulseLif, SpikeResponse, SpikeResponseParams, SynapticLif, SynapticLifParams,
    SynapticReset,
};
use crate::sim::plasticity::{
    AdaptiveThreshold, InhibitoryStdp, InhibitoryStdpParams, RelaxingThresholdParams,
};
use crate::sim::{Stream, TimeGrid, math};

/// Threshold of neurons with a membrane in mV.
pub const V_TH_MV: f64 = -54.0;
/// Their reset.
const V_RESET_MV: f64 = -60.0;
/// The neuron of second order: decay of its current and of its potential.
pub(super) const SECOND_ORDER_TAUS_MS: [f64; 2] = [10.0, 5.0];
/// The window of the inhibitory rule, as in its source.
const VOGELS_TAU_MS: f64 = 20.0;
/// Its strongest synapse in units of the leak.
const VOGELS_W_MAX: f64 = 1.0;

impl CellKind {
    /// The neuron at rest, and what a spike of an input with weight 1 adds to it.
    pub fn build(&self, num_inputs: u32, grid: TimeGrid, seed: u32) -> (Cell, f32) {
        let output = || Stream::new(seed, "output");
        let share = |total: f64| (total / f64::from(num_inputs)) as f32;
        match self {
            Self::Conductance(c) => (conductance(c, grid), share(c.g_total)),
            Self::Linear => {
                (Cell::Linear(LinearPoisson::new(1, num_inputs as usize, output())), 1.0)
            }
            Self::SecondOrder(after) => (second_order(after, grid), 1.0),
            Self::Adaptive(c, threshold) => {
                let params = threshold.threshold_params(c.membrane.e_l_mv);
                let threshold = AdaptiveThreshold::relaxing(1, &params, grid);
                let neuron = PulseLif::new(membrane(c, grid), None, Some(threshold));
                (Cell::Pulse(neuron), share(c.jump_total_mv))
            }
            Self::Escape { pulse: c, law } => {
                let t_ref_ms = c.membrane.after.t_ref_ms;
                let escape = EscapeRate::new(1, law.escape(), t_ref_ms, grid, output());
                let neuron = PulseLif::new(membrane(c, grid), Some(escape), None);
                (Cell::Pulse(neuron), share(c.jump_total_mv))
            }
            Self::Response(c) => (response(c, grid), 1.0),
        }
    }

    /// Its independent inhibitory inputs, if it has any.
    pub fn build_inhibition(&self, grid: TimeGrid, seed: u32) -> Option<Inhibition> {
        match self {
            Self::Conductance(c) if c.num_inhibitory > 0 => Some(inhibition(c, grid, seed)),
            _ => None,
        }
    }
}

impl ConductanceParams {
    /// The neuron's constants.
    pub(super) fn lif_params(&self) -> ConductanceLifParams {
        ConductanceLifParams {
            tau_m_ms: self.membrane.tau_m_ms,
            e_l_mv: self.membrane.e_l_mv,
            e_e_mv: 0.0,
            e_i_mv: -70.0,
            tau_e_ms: 5.0,
            tau_i_ms: 5.0,
            v_th_mv: V_TH_MV,
            v_reset_mv: V_RESET_MV,
            t_ref_ms: self.membrane.after.t_ref_ms,
        }
    }

    /// The constants of the inhibitory rule, if inhibition learns.
    pub fn learning_params(&self) -> Option<InhibitoryStdpParams> {
        self.is_vogels.then_some(InhibitoryStdpParams {
            eta: self.eta,
            target_rate_hz: self.rho_0_hz,
            tau_ms: VOGELS_TAU_MS,
            w_min: 0.0,
            w_max: VOGELS_W_MAX,
        })
    }
}

impl PulseParams {
    /// The membrane's constants.
    pub(super) fn lif_params(&self) -> LifParams {
        LifParams {
            tau_m_ms: self.membrane.tau_m_ms,
            e_l_mv: self.membrane.e_l_mv,
            v_th_mv: V_TH_MV,
            v_reset_mv: V_RESET_MV,
            t_ref_ms: self.membrane.after.t_ref_ms,
        }
    }
}

impl AdaptiveParams {
    /// The constants of a threshold above this resting potential.
    pub fn threshold_params(&self, e_l_mv: f64) -> RelaxingThresholdParams {
        RelaxingThresholdParams {
            theta_plus_mv: self.theta_plus_mv,
            ratio: self.theta_ratio,
            distance_mv: V_TH_MV - e_l_mv,
            tau_ms: self.tau_theta_ms,
        }
    }
}

impl EscapeLaw {
    /// The law with its constants, as the simulator has it.
    pub fn escape(&self) -> Escape {
        match *self {
            Self::Published { gain } => Escape::LinearPerStep { gain },
            Self::Linear { slope_hz_per_mv } => Escape::Linear { slope_hz_per_mv },
            Self::Exponential { delta_mv, tau_escape_ms } => {
                Escape::Exponential { delta_mv, tau_ms: tau_escape_ms }
            }
        }
    }
}

fn inhibition(c: &ConductanceParams, grid: TimeGrid, seed: u32) -> Inhibition {
    let num = c.num_inhibitory as usize;
    let rates = vec![c.rate_inhibitory_hz as f32; num];
    let stream = Stream::new(seed, "inhibition");
    let source = Source::Poisson(Poisson::new(Counting::OncePerTick, &rates, grid, stream));
    let weight = c.g_in as f32;
    let rule = c.learning_params().map(|params| InhibitoryStdp::new(num, 1, params, grid));
    let learning = rule.map(|rule| (rule, vec![weight; num]));
    Inhibition { source, weight, learning }
}

/// Song, Miller and Abbott's neuron.
fn conductance(c: &ConductanceParams, grid: TimeGrid) -> Cell {
    let neuron = ConductanceLif::new(1, &c.lif_params(), Integrator::Euler, grid);
    Cell::Conductance(if c.membrane.after.is_soft() { neuron.with_soft_reset() } else { neuron })
}

/// The published script's neuron: decay factors e^(−0.1) and e^(−0.2) per step.
fn second_order(after: &AfterSpike, grid: TimeGrid) -> Cell {
    Cell::Synaptic(SynapticLif::new(
        1,
        SynapticLifParams {
            alpha: math::decay_per_step(1.0, SECOND_ORDER_TAUS_MS[0]),
            beta: math::decay_per_step(1.0, SECOND_ORDER_TAUS_MS[1]),
            threshold: 1.0,
            reset: if after.is_soft() { SynapticReset::Subtract } else { SynapticReset::ToZero },
            refractory_steps: grid.ticks_from_ms(after.t_ref_ms) as u32,
        },
    ))
}

/// A membrane without synaptic currents.
fn membrane(c: &PulseParams, grid: TimeGrid) -> Lif {
    let neuron = Lif::new(1, &c.lif_params(), grid);
    if c.membrane.after.is_soft() { neuron.with_soft_reset() } else { neuron }
}

fn response(c: &ResponseParams, grid: TimeGrid) -> Cell {
    let params = SpikeResponseParams {
        threshold: c.threshold,
        tau_m_ms: c.tau_m_ms,
        tau_s_ms: c.tau_s_ms,
        t_ref_ms: c.t_ref_ms,
    };
    Cell::Response(SpikeResponse::new(&params, grid))
}
