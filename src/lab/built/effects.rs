//! What a spike does, as descriptions say it and as the simulator does it.

use super::constants::{kind_of, membrane, one_model};
use super::{Unbuildable, refused};
use crate::net::{self, Model, Receptor, Synapse};
use crate::sim::TimeGrid;
use crate::sim::network::{Effect, Projection};
use crate::sim::neuron::LifParams;
use crate::sim::neuron::adds::{AddsParams, Dendrites};
use crate::sim::synapse::ExponentialCurrent;

/// Neurons without a membrane, and those that count in pure numbers, take one kind of synapse each.
const TAKES: &str = "Let spikes lift the sum of linear Poisson and spike response neurons at once, and give second-order ones currents of one step.";

/// What a spike does.
pub(super) fn add(
    of: &net::Projection,
    receiver: &net::Population,
    grid: TimeGrid,
    projection: &mut Projection,
) -> Result<(), Unbuildable> {
    let num = of.to.size as usize;
    // Inhibition is told by strengths, by weights that may be negative themselves, or by what a weight of 1 does.
    let least = of.weights.min.unwrap_or(0.0).min(of.weights.start.range().0);
    let is_strength = of.receptor == Receptor::Inhibitory && least >= 0.0;
    let signed = |of_weight: f64| if is_strength { -of_weight.abs() } else { of_weight };
    takes(of, one_model(receiver)?)?;
    let current = |tau_s_ms, area_mv_ms: f64| match membrane(receiver) {
        Some(LifParams { tau_m_ms, .. }) => {
            let area = signed(area_mv_ms);
            Effect::Current(ExponentialCurrent::new(num, tau_s_ms, tau_m_ms, area, grid))
        }
        None => {
            Effect::Drive(ExponentialCurrent::as_drive(num, tau_s_ms, signed(area_mv_ms), grid))
        }
    };
    projection.effects = match of.synapse {
        Synapse::Nothing => Vec::new(),
        Synapse::Delta { per_weight } => vec![Effect::Jump(signed(per_weight) as f32)],
        Synapse::OneStep { per_weight } => vec![Effect::Pulse(signed(per_weight) as f32)],
        Synapse::Current { tau_s_ms, area_mv_ms } => vec![current(tau_s_ms, area_mv_ms)],
        Synapse::Conductance { per_weight, .. } => {
            vec![Effect::Conductance(kind_of(of), per_weight as f32)]
        }
        Synapse::Dendrite {
            tau_min_ms, tau_max_ms, r_m, impulse, tau_s_ms, area_mv_ms, ..
        } => {
            let Some(LifParams { tau_m_ms, v_th_mv, .. }) = membrane(receiver) else {
                let remedy = "Take leaky neurons, or let spikes bring currents.";
                return refused(&of.name, "dendrites of neurons that are not leaky ones", remedy);
            };
            let p = AddsParams { tau_min_ms, tau_max_ms, tau_m_ms, v_th_mv, r_m, impulse };
            let dendrites = Dendrites::new(num, projection.weights(), p, grid);
            vec![current(tau_s_ms, area_mv_ms), Effect::Dendrites(dendrites)]
        }
        Synapse::DoubleExponential { .. } => {
            return refused(
                &of.name,
                "synapses of a kind that is not built",
                "Let spikes lift potentials, currents or conductances.",
            );
        }
    };
    Ok(())
}

/// Whether neurons of this model feel such synapses.
fn takes(of: &net::Projection, model: &Model) -> Result<(), Unbuildable> {
    let is_felt = match (model, &of.synapse) {
        (_, Synapse::Nothing) => true,
        (Model::SpikeSource, _) => false,
        (Model::LinearPoisson { .. } | Model::SpikeResponse { .. }, synapse) => {
            matches!(synapse, Synapse::Delta { .. })
        }
        (Model::FirstOrder { .. } | Model::SecondOrder { .. }, synapse) => {
            matches!(synapse, Synapse::OneStep { .. })
        }
        (Model::ConductanceLif { .. }, _) => true,
        (_, synapse) => !matches!(synapse, Synapse::Conductance { .. }),
    };
    match is_felt {
        true => Ok(()),
        false => refused(
            &of.name,
            format!(
                "synapses of the kind \"{}\" onto neurons that do not feel them",
                of.synapse.word()
            ),
            TAKES,
        ),
    }
}
