//! What is built, as plain data.

use super::params::{
    CurrentKind, LateralKind, LifParams, NeuronKind, Playground, ShortTermKind, SpikeParams,
    SynapseKind, WiringKind,
};
use crate::kit::params::ResetKind;
use crate::lab::described::{by_chance, hodgkin_huxley};
use crate::net::{
    Adaptation, Competition, Counting, Draw, Drive, Firing, Method, Model, Network, Population,
    Projection, Reset, Role, ShortTerm, Synapse, Unit, Weights, Wiring,
};
use crate::sim::neuron::HodgkinHuxleyParams;
use crate::sim::{Tick, TimeGrid};

/// Populations, by their names in recordings and pictures.
pub const INPUT: &str = "input";
pub const NEURON: &str = "neuron";
pub const INHIBITORY: &str = "inhibitory";
/// What is learned.
pub const LEARNED: &str = "input_to_neuron";
/// The peak of an exponential spike.
const V_PEAK_MV: f64 = 0.0;
/// Reversal potentials of conductances.
const E_REV_MV: [f64; 2] = [0.0, -80.0];

/// The network of a run.
pub fn describe(p: &Playground) -> Network {
    let grid = TimeGrid::new(p.dt_ms);
    let num_ticks = p.num_ticks();
    let mut net = Network::continuous(p.dt_ms, num_ticks as f64 * p.dt_ms);
    let neurons = neurons(p);
    if let Some(spikes) = p.spikes() {
        add_inputs(&mut net, spikes, (num_ticks, grid));
        let input = net.population(INPUT).expect("just added").clone();
        net.projections.push(excitation(p, spikes, [&input, &neurons]));
        add_inhibition(&mut net, p, spikes, &neurons);
    }
    if let Some(drive) = current(p) {
        net.drive("current", neurons.all(), drive);
    }
    if let LateralKind::Synapses { inhibition_mv } = *p.lateral() {
        let weights = Weights::fixed(inhibition_mv, Unit::Mv);
        let synapse = Synapse::Delta { per_weight: 1.0 };
        let ends = [neurons.all(), neurons.all()];
        let lateral =
            Projection::new("lateral inhibition", ends, Wiring::AllToOthers, weights, synapse);
        net.projections.push(lateral.inhibitory());
    }
    net.populations.push(neurons);
    net
}

/// Neurons of this kind alone, without any input, so many.
pub fn alone(p: &Playground, num: u32, duration_ms: f64) -> Network {
    let mut net = Network::continuous(p.dt_ms, duration_ms);
    let neurons = neurons(p);
    net.populations.push(Population {
        competition: None,
        adaptation: neurons.adaptation,
        ..Population::new(NEURON, num, 1, Role::Output, neurons.parts[0].model.clone())
    });
    net
}

impl Playground {
    /// Steps of the whole run.
    pub fn num_ticks(&self) -> Tick {
        TimeGrid::new(self.dt_ms).ticks_from_ms(self.duration_s * 1_000.0).max(1)
    }

    fn has_conductances(&self) -> bool {
        let is_open = matches!(self.synapse, SynapseKind::Conductance { .. });
        is_open && self.spikes().is_some() && self.neuron.takes_conductances()
    }
}

fn neurons(p: &Playground) -> Population {
    let mut neurons = Population::new(NEURON, p.num_neurons(), 1, Role::Output, model(p));
    if let NeuronKind::Adaptive(lif, threshold) = &p.neuron {
        neurons.adaptation = Some(Adaptation::Relaxing {
            theta_plus_mv: threshold.theta_plus_mv,
            ratio: threshold.theta_ratio,
            distance_mv: lif.v_th_mv - lif.e_l_mv,
            tau_theta_ms: threshold.tau_theta_ms,
            theta_start_mv: 0.0,
            array: None,
        });
    }
    if let LateralKind::WinnerTakeAll { inhibition_mv } = *p.lateral() {
        neurons.competition =
            Some(Competition::WinnerTakeAll { inhibition_mv, size: p.num_neurons() });
    }
    neurons
}

fn model(p: &Playground) -> Model {
    match &p.neuron {
        NeuronKind::Lif(lif) | NeuronKind::Adaptive(lif, _) if p.has_conductances() => {
            let &LifParams { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset } = lif;
            let (reset, method) = (of(reset), Method::ExponentialEuler);
            Model::ConductanceLif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset, method }
        }
        NeuronKind::Lif(lif) | NeuronKind::Adaptive(lif, _) => leaky(lif, Firing::Sharp),
        NeuronKind::Escape { lif, law } => leaky(lif, by_chance(law.escape())),
        NeuronKind::Exponential(c) | NeuronKind::AdEx(c, _) => {
            let adaptation = match &p.neuron {
                NeuronKind::AdEx(_, own) => Some(own),
                _ => None,
            };
            Model::AdEx {
                c_m_pf: c.c_m_pf,
                g_l_ns: c.g_l_ns,
                e_l_mv: c.e_l_mv,
                v_th_mv: c.v_th_mv,
                delta_t_mv: c.delta_t_mv,
                v_peak_mv: V_PEAK_MV,
                v_reset_mv: c.v_reset_mv,
                a_ns: adaptation.map_or(0.0, |of| of.a_ns),
                b_pa: adaptation.map_or(0.0, |of| of.b_pa),
                tau_w_ms: adaptation.map_or(100.0, |of| of.tau_w_ms),
                t_ref_ms: c.t_ref_ms,
                i_sp_pa: 0.0,
                tau_z_ms: 1.0,
                v_th_max_mv: c.v_th_mv,
                tau_th_ms: 1.0,
                t_clamp_ms: 0.0,
                v_clamp_mv: 0.0,
                method: Method::Splitting,
            }
        }
        NeuronKind::Izhikevich(c) => Model::Izhikevich {
            a: c.a,
            b: c.b,
            c_mv: c.c_mv,
            d: c.d,
            v_peak_mv: 30.0,
            quadratic: 0.04,
            linear: 5.0,
            constant: 140.0,
            method: Method::Euler,
        },
        NeuronKind::HodgkinHuxley(c) => hodgkin_huxley(&HodgkinHuxleyParams {
            g_na_msiemens_per_cm2: c.g_na,
            g_k_msiemens_per_cm2: c.g_k,
            g_l_msiemens_per_cm2: c.g_leak,
            ..HodgkinHuxleyParams::SQUID
        }),
        NeuronKind::Linear => {
            let num_inputs = p.spikes().map_or(1, |spikes| spikes.num_inputs);
            Model::LinearPoisson { divisor: f64::from(num_inputs) }
        }
        NeuronKind::SecondOrder(c) => Model::SecondOrder {
            tau_m_ms: c.tau_m_ms,
            tau_s_ms: c.tau_s_ms,
            threshold: 1.0,
            t_ref_ms: c.t_ref_ms,
            reset: of(c.reset),
        },
        NeuronKind::Response(c) => Model::SpikeResponse {
            threshold: c.threshold,
            tau_m_ms: c.tau_m_ms,
            tau_s_ms: c.tau_s_ms,
            t_ref_ms: c.t_ref_ms,
            after_spike: 2.0,
            after_pull: 4.0,
        },
    }
}

fn of(reset: ResetKind) -> Reset {
    match reset {
        ResetKind::Hard => Reset::Hard,
        ResetKind::Soft => Reset::Soft,
    }
}

fn leaky(lif: &LifParams, firing: Firing) -> Model {
    let &LifParams { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset } = lif;
    let (reset, method) = (of(reset), Method::Exact);
    Model::Lif { tau_m_ms, e_l_mv, v_th_mv, v_reset_mv, t_ref_ms, reset, firing, method }
}

/// What flows into every neuron.
fn current(p: &Playground) -> Option<Drive> {
    Some(match p.current {
        CurrentKind::None => return None,
        CurrentKind::Constant { current_mv } => Drive::Current { r_i_mv: current_mv },
        CurrentKind::Step { current_mv, on_ms, off_ms } => {
            Drive::StepCurrent { levels: vec![(on_ms, current_mv), (off_ms, 0.0)] }
        }
        CurrentKind::Staircase { stair_mv, hold_ms } => {
            let num = (p.duration_s * 1_000.0 / hold_ms).ceil().min(1_000.0) as u32;
            let stair = |step: u32| (f64::from(step) * hold_ms, f64::from(step + 1) * stair_mv);
            Drive::StepCurrent { levels: (0..num).map(stair).collect() }
        }
        CurrentKind::Ramp { slope_mv_per_s } => {
            Drive::RampCurrent { from_ms: 0.0, start_mv: 0.0, slope_mv_per_s }
        }
        CurrentKind::Sine { current_mv, amplitude_mv, frequency_hz } => {
            Drive::SineCurrent { mean_mv: current_mv, amplitude_mv, frequency_hz }
        }
        CurrentKind::Noise { current_mv, sd_mv, tau_c_ms } => {
            Drive::ColouredNoise { mean_mv: current_mv, sd_mv, tau_ms: tau_c_ms, is_common: false }
        }
    })
}

/// Excitatory inputs, in one group of which spikes come together, and the others.
fn add_inputs(net: &mut Network, spikes: &SpikeParams, time: (Tick, TimeGrid)) {
    let input = Population::input(INPUT, spikes.num_inputs);
    let (num, members) = (spikes.num_inputs, spikes.num_correlated());
    if spikes.generator.is_of_groups() {
        let groups = [
            ("correlated", 0, members, spikes.correlation),
            ("independent", members, num - members, 0.0),
        ];
        for (label, first, size, correlation) in
            groups.into_iter().filter(|(_, _, size, _)| *size > 0)
        {
            let drive = spikes.generator.drive((spikes.rate_hz, correlation), size, time);
            net.drive(&format!("{label} inputs"), input.some(first, size), drive);
        }
    } else {
        let drive = spikes.generator.drive((spikes.rate_hz, 0.0), members, time);
        net.drive("inputs", input.all(), drive);
    }
    net.populations.push(input);
}

/// What a spike does at weight 1, divided among so many.
fn synapse(p: &Playground, share: f64, e_rev_mv: f64) -> Synapse {
    match (&p.neuron, &p.synapse) {
        (NeuronKind::SecondOrder(c), _) => Synapse::OneStep { per_weight: c.jump_total * share },
        (NeuronKind::Linear | NeuronKind::Response(_), _) => Synapse::Delta { per_weight: 1.0 },
        (_, SynapseKind::Jump { jump_total_mv }) => {
            Synapse::Delta { per_weight: jump_total_mv * share }
        }
        (_, &SynapseKind::Current { current_total_mv, tau_s_ms }) => {
            Synapse::Current { tau_s_ms, area_mv_ms: current_total_mv * share * tau_s_ms }
        }
        (_, &SynapseKind::Conductance { g_total, tau_s_ms }) => {
            Synapse::Conductance { tau_s_ms, e_rev_mv, per_weight: g_total * share }
        }
    }
}

/// One of the inputs that a neuron has, as a share of all of them.
fn share(p: &Playground, spikes: &SpikeParams) -> f64 {
    let num = f64::from(spikes.num_inputs);
    let own = match spikes.wiring {
        WiringKind::All => num,
        WiringKind::Chance { connected } => num * connected,
        WiringKind::InDegree { in_degree } => f64::from(in_degree),
        WiringKind::OneToOne => num / f64::from(p.num_neurons()),
    };
    1.0 / own.max(1.0)
}

/// Synapses that may learn.
fn excitation(p: &Playground, spikes: &SpikeParams, ends: [&Population; 2]) -> Projection {
    let (low, high) = (spikes.w_init_min, spikes.w_init_max);
    let start = if low == high { Draw::Fixed { value: low } } else { Draw::Uniform { low, high } };
    let weights = spikes.learning.describe_weights(start);
    let wiring = match spikes.wiring {
        WiringKind::All => Wiring::AllToAll,
        WiringKind::Chance { connected } => Wiring::Probability { p: connected },
        WiringKind::InDegree { in_degree } => Wiring::InDegree { num: in_degree },
        WiringKind::OneToOne if spikes.num_inputs == p.num_neurons() => Wiring::OneToOne,
        WiringKind::OneToOne => Wiring::Listed {
            pairs: (0..spikes.num_inputs).map(|input| (input, input % p.num_neurons())).collect(),
        },
    };
    let synapse = synapse(p, share(p, spikes), E_REV_MV[0]);
    let mut excitation =
        Projection::new("excitation", ends.map(Population::all), wiring, weights, synapse)
            .delayed(spikes.delay_ms.max(p.dt_ms))
            .kept_as(LEARNED);
    excitation.rule = spikes.learning.describe_rule();
    excitation.homeostasis.extend(spikes.homeostasis.describe(spikes.num_inputs));
    if let ShortTermKind::TsodyksMarkram { stp_u, stp_tau_d_ms, stp_tau_f_ms } = spikes.short_term {
        excitation.short_term = Some(ShortTerm {
            u: stp_u,
            tau_d_ms: stp_tau_d_ms,
            tau_f_ms: stp_tau_f_ms,
            sd: 0.0,
            tau_least_ms: 0.0,
        });
    }
    excitation
}

/// Independent inhibitory inputs, which do not learn.
fn add_inhibition(net: &mut Network, p: &Playground, spikes: &SpikeParams, neurons: &Population) {
    if spikes.num_inhibitory == 0 {
        return;
    }
    let inputs =
        Population::new(INHIBITORY, spikes.num_inhibitory, 0, Role::Inhibitory, Model::SpikeSource);
    let drive = Drive::Poisson { rate_hz: spikes.rate_hz, counting: Counting::OncePerStep };
    net.drive("inhibitory inputs", inputs.all(), drive);
    let synapse = synapse(p, share(p, spikes), E_REV_MV[1]);
    let weights = Weights::fixed(spikes.g, Unit::None);
    let ends = [&inputs, neurons];
    let inhibition = Projection::all_to_all("inhibition", ends, weights, synapse);
    net.projections.push(inhibition.delayed(spikes.delay_ms.max(p.dt_ms)).inhibitory());
    net.populations.push(inputs);
}
