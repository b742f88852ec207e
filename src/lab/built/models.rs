//! Models of a description as the simulator's neurons.

use super::constants::{adex, conductance_lif, hodgkin_huxley, membrane, one_model};
use super::{Unbuildable, refused};
use crate::net::{self, Counted, Firing, Method, Model, Recovery, Reset};
use crate::sim::network::{Escaping, Population, Responses, SpikeSource};
use crate::sim::neuron::izhikevich::{self, Form};
use crate::sim::neuron::{
    self as neuron, AdEx, ConductanceLif, CountedAdEx, CountedAdExParams, Escape, EscapeRate,
    HodgkinHuxley, Integrator, Izhikevich, IzhikevichParams, Lif, LinearPoisson, ShapedAdEx,
    SpikeResponse, SpikeResponseParams, SynapticLif, SynapticLifParams, SynapticReset,
};
use crate::sim::{Stream, TimeGrid, math};

/// What is solved by what here.
const METHODS: &str = "Solve leaky neurons exactly, exponential and Hodgkin–Huxley ones by exact parts in turn, Izhikevich's and those driven by counted spikes by forward Euler, in two halves or whole.";

/// A population of this model. Those that fire by chance have the stream `fires NAME`.
pub(super) fn population(
    name: &str,
    of: &net::Population,
    network: &net::Network,
    seed: u32,
    grid: TimeGrid,
) -> Result<Population, Unbuildable> {
    let num = of.size as usize;
    let by_chance = || Stream::new(seed, &format!("fires {}", of.name));
    Ok(match one_model(of)? {
        Model::SpikeSource => Population::new(name, SpikeSource::new(num)),
        Model::Lif { method, .. } if *method != Method::Exact => return unsolved(of),
        Model::AdEx { method, .. } | Model::HodgkinHuxley { method, .. }
            if *method != Method::Splitting =>
        {
            return unsolved(of);
        }
        Model::Lif { reset, firing, .. } => {
            let p = membrane(of).expect("leaky neurons");
            let neurons = Lif::new(num, &p, grid);
            let is_soft = *reset == Reset::Soft;
            let neurons = if is_soft { neurons.with_soft_reset() } else { neurons };
            match escape(firing) {
                None => Population::new(name, neurons),
                Some(law) => {
                    let law = EscapeRate::new(num, law, p.t_ref_ms, grid, by_chance());
                    Population::new(name, Escaping::new(neurons, law))
                }
            }
        }
        Model::ConductanceLif { reset, method, .. } => {
            let (p, by) = (conductance_lif(of, network)?, integrator(of, method)?);
            let neurons = ConductanceLif::new(num, &p, by, grid);
            let is_soft = *reset == Reset::Soft;
            Population::new(name, if is_soft { neurons.with_soft_reset() } else { neurons })
        }
        Model::AdEx { .. } => {
            let (p, shape) = adex(of)?;
            match shape {
                None => Population::new(name, AdEx::new(num, &p, grid).driven_in_mv(&p)),
                Some(shape) => {
                    let neurons = ShapedAdEx::new(num, &p, &shape, grid).driven_in_mv(&p);
                    Population::new(name, neurons)
                }
            }
        }
        Model::HodgkinHuxley { .. } => {
            let p = hodgkin_huxley(of)?;
            Population::new(name, HodgkinHuxley::new(num, &p, grid).driven_in_mv())
        }
        Model::Izhikevich {
            a,
            b,
            c_mv,
            d,
            v_peak_mv,
            quadratic,
            linear,
            constant,
            recovery,
            method,
        } => {
            let is_halved = match method {
                Method::TwoHalves => true,
                Method::Euler => false,
                _ => return unsolved(of),
            };
            let form = Form {
                quadratic: *quadratic,
                linear: *linear,
                constant: *constant,
                v_peak_mv: *v_peak_mv,
                dt_ms: grid.dt_ms(),
                is_halved,
                recovery: match *recovery {
                    Recovery::Follows => izhikevich::Recovery::Follows,
                    Recovery::Sums { v_u_mv } => izhikevich::Recovery::Sums { v_u_mv },
                },
            };
            let one = IzhikevichParams { a: *a, b: *b, c_mv: *c_mv, d: *d };
            Population::new(name, Izhikevich::of_form(&vec![one; num], form))
        }
        Model::LinearPoisson { divisor } => {
            let neurons = LinearPoisson::new(num, 1, by_chance()).divided_by(*divisor);
            Population::new(name, neurons)
        }
        Model::SecondOrder { tau_m_ms, tau_s_ms, threshold, t_ref_ms, reset } => {
            let decay = |tau_ms: f64| math::decay_per_step(grid.dt_ms(), tau_ms);
            let p = SynapticLifParams {
                alpha: decay(*tau_s_ms),
                beta: decay(*tau_m_ms),
                threshold: *threshold as f32,
                reset: of_step(reset),
                refractory_steps: grid.ticks_from_ms(*t_ref_ms) as u32,
            };
            Population::new(name, SynapticLif::new(num, p))
        }
        &Model::FirstOrder { tau_m_ms, threshold, t_ref_ms, ref reset } => {
            let p = SynapticLifParams {
                alpha: 0.0,
                beta: math::decay_per_step(grid.dt_ms(), tau_m_ms),
                threshold: threshold as f32,
                reset: of_step(reset),
                refractory_steps: grid.ticks_from_ms(t_ref_ms) as u32,
            };
            Population::new(name, SynapticLif::new(num, p))
        }
        Model::CountedAdEx { method, .. } if *method != Method::Euler => return unsolved(of),
        &Model::CountedAdEx {
            tau_m_ms,
            e_l_mv,
            v_th_mv,
            delta_t_mv,
            v_peak_mv,
            v_reset_mv,
            a,
            b_mv,
            tau_w_ms,
            ref counted,
            ..
        } => {
            let counted = match counted {
                Counted::AllSoFar => neuron::Counted::AllSoFar,
                Counted::OfTheStep => neuron::Counted::OfTheStep,
            };
            let p = CountedAdExParams {
                tau_m_ms,
                e_l_mv,
                v_th_mv,
                delta_t_mv,
                v_peak_mv,
                v_reset_mv,
                a,
                b_mv,
                tau_w_ms,
                counted,
            };
            Population::new(name, CountedAdEx::new(num, &p, grid))
        }
        &Model::SpikeResponse {
            threshold,
            tau_m_ms,
            tau_s_ms,
            t_ref_ms,
            after_spike,
            after_pull,
        } => {
            if (after_spike, after_pull) != (2.0, 4.0) {
                let what = format!("{after_spike} and {after_pull} thresholds after a spike");
                return refused(&of.name, what, "Take 2 and 4, as published.");
            }
            let p = SpikeResponseParams { threshold, tau_m_ms, tau_s_ms, t_ref_ms };
            Population::new(name, Responses::new(num, SpikeResponse::new(&p, grid)))
        }
        other @ Model::Softmax { .. } => {
            return refused(
                &of.name,
                format!("neurons of the model \"{}\"", other.word()),
                "Take leaky, exponential or Izhikevich's neurons, or those of the other models.",
            );
        }
    })
}

/// What a step after a spike does to neurons in steps.
fn of_step(reset: &Reset) -> SynapticReset {
    match reset {
        Reset::Hard => SynapticReset::ToZero,
        Reset::Soft => SynapticReset::Subtract,
        Reset::Never => SynapticReset::Never,
    }
}

fn unsolved<T>(of: &net::Population) -> Result<T, Unbuildable> {
    refused(&of.name, "a numerical method that its model is not solved by here", METHODS)
}

/// Neurons whose threshold can be raised.
pub(super) fn can_adapt(model: &Model) -> bool {
    matches!(
        model,
        Model::Lif { .. }
            | Model::ConductanceLif { .. }
            | Model::FirstOrder { .. }
            | Model::SecondOrder { .. }
    )
}

/// Neurons of which the first to cross can be told, and the others be inhibited.
pub(super) fn can_compete(model: &Model) -> bool {
    matches!(
        model,
        Model::Lif { firing: Firing::Sharp, .. }
            | Model::ConductanceLif { .. }
            | Model::FirstOrder { .. }
            | Model::SecondOrder { .. }
    )
}

fn escape(firing: &Firing) -> Option<Escape> {
    match *firing {
        Firing::Sharp => None,
        Firing::Exponential { delta_mv, tau_ms } => Some(Escape::Exponential { delta_mv, tau_ms }),
        Firing::Linear { slope_hz_per_mv } => Some(Escape::Linear { slope_hz_per_mv }),
        Firing::LinearPerStep { gain } => Some(Escape::LinearPerStep { gain }),
    }
}

fn integrator(of: &net::Population, method: &Method) -> Result<Integrator, Unbuildable> {
    match method {
        Method::Euler => Ok(Integrator::Euler),
        Method::ExponentialEuler => Ok(Integrator::ExponentialEuler),
        _ => refused(
            &of.name,
            "a numerical method that conductances are not solved by here",
            "Take forward Euler or exponential Euler.",
        ),
    }
}
