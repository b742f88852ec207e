//! From the parameters of a neuron to its description.

use super::build_cell::SECOND_ORDER_TAUS_MS;
use super::cell::{AfterSpike, CellKind, ConductanceParams, PulseParams, ResponseParams};
use crate::lab::described::{by_chance, inhibitory_rule, lif, relaxing};
use crate::net::{
    Adaptation, Counting, Drive, Firing, Method, Model, Network, Owner, Population, Projection,
    Reset, Role, Synapse, Unit, Weights,
};
use crate::sim::neuron::ConductanceLifParams;

impl CellKind {
    /// What the neuron does.
    pub fn model(&self, num_inputs: u32) -> Model {
        match self {
            Self::Conductance(c) => conductance(c),
            Self::Linear => Model::LinearPoisson { divisor: f64::from(num_inputs) },
            Self::SecondOrder(after) => {
                let [tau_s_ms, tau_m_ms] = SECOND_ORDER_TAUS_MS;
                let (t_ref_ms, reset) = (after.t_ref_ms.round(), reset(after));
                Model::SecondOrder { tau_m_ms, tau_s_ms, threshold: 1.0, t_ref_ms, reset }
            }
            Self::Adaptive(c, _) => membrane(c, Firing::Sharp),
            Self::Escape { pulse, law } => membrane(pulse, by_chance(law.escape())),
            Self::Response(c) => {
                let ResponseParams { threshold, tau_m_ms, tau_s_ms, t_ref_ms } = *c;
                let (after_spike, after_pull) = (2.0, 4.0);
                Model::SpikeResponse {
                    threshold,
                    tau_m_ms,
                    tau_s_ms,
                    t_ref_ms,
                    after_spike,
                    after_pull,
                }
            }
        }
    }

    /// What raises its threshold, if anything does.
    pub fn adaptation(&self) -> Option<Adaptation> {
        let Self::Adaptive(c, threshold) = self else { return None };
        Some(relaxing(&threshold.threshold_params(c.membrane.e_l_mv)))
    }

    /// Its plastic synapses, from all inputs.
    pub fn synapses(&self, name: &str, ends: [&Population; 2], weights: Weights) -> Projection {
        let share = |total: f64| total / f64::from(ends[0].size);
        let synapse = match self {
            Self::Conductance(c) => {
                let ConductanceLifParams { tau_e_ms, e_e_mv, .. } = c.lif_params();
                let per_weight = share(c.g_total);
                Synapse::Conductance { tau_s_ms: tau_e_ms, e_rev_mv: e_e_mv, per_weight }
            }
            Self::SecondOrder(_) => Synapse::OneStep { per_weight: 1.0 },
            Self::Linear | Self::Response(_) => Synapse::Delta { per_weight: 1.0 },
            Self::Adaptive(c, _) | Self::Escape { pulse: c, .. } => {
                Synapse::Delta { per_weight: share(c.jump_total_mv) }
            }
        };
        let synapses = Projection::all_to_all(name, ends, weights, synapse);
        match self {
            // It hears of a spike one step later.
            Self::Linear => synapses.delayed(self.grid().dt_ms()),
            _ => synapses,
        }
    }

    /// Adds its independent inhibitory inputs, if it has any, whose weights are jumps of the conductance.
    pub fn add_inhibition(&self, net: &mut Network, output: &Population, owner: Owner<'_>) {
        let Self::Conductance(c) = self else { return };
        if c.num_inhibitory == 0 {
            return;
        }
        let (role, size) = (Role::Inhibitory, c.num_inhibitory);
        let inputs = owner.population("inhibitory", size, 0, role, Model::SpikeSource);
        let rate_hz = c.rate_inhibitory_hz;
        let drive = Drive::Poisson { rate_hz, counting: Counting::OncePerStep };
        net.drive(&owner.name("inhibitory inputs"), inputs.all(), drive);
        net.projections.push(inhibition(c, [&inputs, output], owner));
        net.populations.push(inputs);
    }
}

fn reset(after: &AfterSpike) -> Reset {
    if after.is_soft() { Reset::Soft } else { Reset::Hard }
}

fn conductance(c: &ConductanceParams) -> Model {
    let ConductanceLifParams { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, .. } =
        c.lif_params();
    let (reset, method) = (reset(&c.membrane.after), Method::Euler);
    Model::ConductanceLif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset, method }
}

fn membrane(c: &PulseParams, by: Firing) -> Model {
    let mut model = lif(&c.lif_params());
    if let Model::Lif { reset: own, firing, .. } = &mut model {
        (*own, *firing) = (reset(&c.membrane.after), by);
    }
    model
}

fn inhibition(c: &ConductanceParams, ends: [&Population; 2], owner: Owner<'_>) -> Projection {
    let ConductanceLifParams { tau_i_ms, e_i_mv, .. } = c.lif_params();
    let synapse = Synapse::Conductance { tau_s_ms: tau_i_ms, e_rev_mv: e_i_mv, per_weight: 1.0 };
    let weights = Weights::fixed(c.g_in, Unit::None);
    let name = owner.name("inhibition");
    let mut inhibition = Projection::all_to_all(&name, ends, weights, synapse).inhibitory();
    if let Some(params) = c.learning_params() {
        inhibition.weights = inhibition.weights.within(params.w_min, params.w_max);
        inhibition.rule = Some(inhibitory_rule(&params));
        inhibition.array = owner.array("inhibition_to_output");
    }
    inhibition
}
