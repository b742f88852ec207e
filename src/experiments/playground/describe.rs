//! What is built, as plain data.

use super::params::{
    CountedKind, IzhikevichForm, IzhikevichParams, LateralKind, LifParams, NeuronKind, Playground,
    ShortTermKind, SpikeParams, StepResetKind, SynapseKind, WiringKind,
};
use crate::kit::params::ResetKind;
use crate::lab::described::{by_chance, hodgkin_huxley};
use crate::net::{
    Adaptation, Competition, Counted, Counting, Delay, Draw, Drive, Firing, Method, Model, Network,
    Population, Projection, Recovery, Reset, Role, ShortTerm, Start, Synapse, Unit, Weights,
    Wiring,
};
use crate::sim::neuron::HodgkinHuxleyParams;
use crate::sim::{Tick, TimeGrid};

/// Populations, by their names in recordings and pictures.
pub const INPUT: &str = "input";
pub const NEURON: &str = "neuron";
pub const INHIBITORY: &str = "inhibitory";
pub const INTERNEURON: &str = "interneuron";
/// What a spike adds to the potential of the neuron's own interneuron, far above the threshold.
const SURE_MV: f64 = 40.0;
/// What is learned.
pub const LEARNED: &str = "input_to_neuron";
/// The peak of an exponential spike.
const V_PEAK_MV: f64 = 0.0;
/// Reversal potential of inhibitory conductances.
const E_I_MV: f64 = -80.0;
/// Where Izhikevich's neurons begin unless told otherwise.
const IZHIKEVICH_START_MV: f64 = -65.0;

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
    for (name, drive) in super::currents::drives(p) {
        net.drive(name, neurons.all(), drive);
    }
    let interneurons = add_interneurons(&mut net, p, &neurons);
    if let LateralKind::Synapses { inhibition_mv } = *p.lateral() {
        let weights = Weights::fixed(inhibition_mv, Unit::Mv);
        let synapse = Synapse::Delta { per_weight: 1.0 };
        let ends = [neurons.all(), neurons.all()];
        let lateral =
            Projection::new("lateral inhibition", ends, Wiring::AllToOthers, weights, synapse);
        net.projections.push(lateral.inhibitory());
    }
    net.populations.push(neurons);
    net.populations.extend(interneurons);
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
    // They begin as the run's do.
    net.populations[0].parts[0].start = neurons.parts[0].start.clone();
    net
}

impl Playground {
    /// Steps of the whole run.
    pub fn num_ticks(&self) -> Tick {
        TimeGrid::new(self.dt_ms).ticks_from_ms(self.duration_s * 1_000.0).max(1)
    }

    /// Spikes open conductances of its neurons.
    pub(super) fn has_conductances(&self) -> bool {
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
    if let NeuronKind::Izhikevich(c) = &p.neuron {
        neurons.parts[0].start = begin(c);
    }
    neurons.competition = match *p.lateral() {
        LateralKind::WinnerTakeAll { inhibition_mv } => {
            Some(Competition::WinnerTakeAll { inhibition_mv, size: p.num_neurons() })
        }
        LateralKind::Soft { soft_strength: strength } => Some(Competition::Soft { strength }),
        _ => None,
    };
    neurons
}

/// Where the potential is at the beginning, and u with it: where it stands still, or, where it only sums, where the potential
/// does.
fn begin(c: &IzhikevichParams) -> Vec<Start> {
    let v = c.start_mv;
    if v == IZHIKEVICH_START_MV {
        return Vec::new();
    }
    let [linear, constant] = c.form.of_v();
    let u = match c.form {
        IzhikevichForm::Sums => (0.04 * v + linear) * v + constant,
        IzhikevichForm::Usual | IzhikevichForm::ClassOne => c.b * v,
    };
    let start = |(variable, value): (&str, f64)| Start {
        variable: variable.into(),
        from: Draw::Fixed { value },
        at_or_above: None,
    };
    [("v_mv", v), ("u", u)].map(start).into()
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
        NeuronKind::Clopath(..) => shaped(p),
        NeuronKind::Izhikevich(c) => Model::Izhikevich {
            a: c.a,
            b: c.b,
            c_mv: c.c_mv,
            d: c.d,
            v_peak_mv: 30.0,
            quadratic: 0.04,
            linear: c.form.of_v()[0],
            constant: c.form.of_v()[1],
            recovery: match c.form {
                IzhikevichForm::Sums => Recovery::Sums { v_u_mv: -65.0 },
                IzhikevichForm::Usual | IzhikevichForm::ClassOne => Recovery::Follows,
            },
            method: Method::Euler,
        },
        NeuronKind::HodgkinHuxley(c) => hodgkin_huxley(&HodgkinHuxleyParams {
            g_na_msiemens_per_cm2: c.g_na,
            g_k_msiemens_per_cm2: c.g_k,
            g_l_msiemens_per_cm2: c.g_leak,
            ..HodgkinHuxleyParams::SQUID
        }),
        NeuronKind::Linear => {
            let num_inputs = p.spikes().map_or(1, |spikes| spikes.num_all());
            Model::LinearPoisson { divisor: f64::from(num_inputs) }
        }
        NeuronKind::SecondOrder(c) => Model::SecondOrder {
            tau_m_ms: c.tau_m_ms,
            tau_s_ms: c.tau_s_ms,
            threshold: 1.0,
            t_ref_ms: c.t_ref_ms,
            reset: of(c.reset),
        },
        NeuronKind::FirstOrder(c) => Model::FirstOrder {
            tau_m_ms: c.tau_m_ms,
            threshold: 1.0,
            t_ref_ms: c.t_ref_ms,
            reset: match c.reset {
                StepResetKind::Subtract => Reset::Soft,
                StepResetKind::Zero => Reset::Hard,
                StepResetKind::Never => Reset::Never,
            },
        },
        NeuronKind::Counted(c) => Model::CountedAdEx {
            tau_m_ms: c.tau_m_ms,
            e_l_mv: c.e_l_mv,
            v_th_mv: c.v_th_mv,
            delta_t_mv: c.delta_t_mv,
            v_peak_mv: c.v_peak_mv,
            v_reset_mv: c.v_reset_mv,
            a: c.a,
            b_mv: c.b_mv,
            tau_w_ms: c.tau_w_ms,
            counted: match c.counted {
                CountedKind::All => Counted::AllSoFar,
                CountedKind::Step => Counted::OfTheStep,
            },
            method: Method::Euler,
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

/// Exponential neurons whose spikes have a shape.
fn shaped(p: &Playground) -> Model {
    let (c, shape) = p.neuron.shaped().expect("neurons with a spike shape");
    Model::AdEx {
        c_m_pf: c.c_m_pf,
        g_l_ns: c.g_l_ns,
        e_l_mv: c.e_l_mv,
        v_th_mv: c.v_th_mv,
        delta_t_mv: c.delta_t_mv,
        v_peak_mv: c.v_peak_mv,
        v_reset_mv: c.v_reset_mv,
        a_ns: c.a_ns,
        b_pa: c.b_pa,
        tau_w_ms: c.tau_w_ms,
        t_ref_ms: c.t_ref_ms,
        i_sp_pa: shape.i_sp_pa,
        tau_z_ms: shape.tau_z_ms,
        v_th_max_mv: shape.v_th_max_mv,
        tau_th_ms: shape.tau_th_ms,
        t_clamp_ms: shape.t_clamp_ms,
        v_clamp_mv: shape.v_clamp_mv,
        method: Method::Splitting,
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

/// Excitatory inputs, in one group of which spikes come together, and the others.
fn add_inputs(net: &mut Network, spikes: &SpikeParams, time: (Tick, TimeGrid)) {
    let input = Population::input(INPUT, spikes.num_all());
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
    } else if num > 0 {
        let drive = spikes.generator.drive((spikes.rate_hz, 0.0), members, time);
        net.drive("inputs", input.some(0, num), drive);
    }
    let (num_ticks, grid) = time;
    if let Some(drive) = spikes.added.drive(num_ticks as f64 * grid.dt_ms()) {
        net.drive("added inputs", input.some(num, spikes.added.num()), drive);
    }
    net.populations.push(input);
}

/// What a spike does at weight 1, divided among so many.
fn synapse(p: &Playground, share: f64, e_i_mv: Option<f64>) -> Synapse {
    match (&p.neuron, &p.synapse) {
        (NeuronKind::SecondOrder(c), _) => Synapse::OneStep { per_weight: c.jump_total * share },
        (NeuronKind::FirstOrder(_), _) => Synapse::OneStep { per_weight: p.step_total * share },
        (NeuronKind::Linear | NeuronKind::Response(_), _) => Synapse::Delta { per_weight: 1.0 },
        (_, SynapseKind::Jump { jump_total_mv }) => {
            Synapse::Delta { per_weight: jump_total_mv * share }
        }
        (_, &SynapseKind::Current { current_total_mv, tau_s_ms }) => {
            Synapse::Current { tau_s_ms, area_mv_ms: current_total_mv * share * tau_s_ms }
        }
        (_, &SynapseKind::Conductance { g_total, tau_s_ms, e_rev_mv }) => {
            let e_rev_mv = e_i_mv.unwrap_or(e_rev_mv);
            Synapse::Conductance { tau_s_ms, e_rev_mv, per_weight: g_total * share }
        }
    }
}

/// One of the inputs that a neuron has, as a share of all of them.
fn share(p: &Playground, spikes: &SpikeParams) -> f64 {
    1.0 / num_of_each(p, spikes).max(1.0)
}

/// How many inputs a neuron has, on average.
fn num_of_each(p: &Playground, spikes: &SpikeParams) -> f64 {
    let num = f64::from(spikes.num_all());
    match spikes.wiring {
        WiringKind::All => num,
        WiringKind::Chance { connected } => num * connected,
        WiringKind::InDegree { in_degree } => f64::from(in_degree),
        WiringKind::OneToOne => num / f64::from(p.num_neurons()),
    }
}

/// Mean rate of an input over the run.
fn mean_rate_hz(p: &Playground, spikes: &SpikeParams, input: u32) -> f64 {
    let Some(added) = input.checked_sub(spikes.num_inputs) else {
        return spikes.generator.mean_rate_hz(spikes.rate_hz, input, spikes.num_inputs);
    };
    let duration_ms = p.duration_s * 1_000.0;
    match spikes.added.drive(duration_ms) {
        Some(Drive::Poisson { rate_hz, .. } | Drive::CommonSource { rate_hz, .. }) => rate_hz,
        Some(Drive::Periodic { period_ms }) => 1_000.0 / period_ms,
        Some(Drive::Stages { stages }) => {
            stages.iter().map(|(_, rate_hz)| rate_hz).sum::<f64>() / stages.len() as f64
        }
        Some(Drive::SpikeTimes { spikes }) => {
            let own = spikes.iter().filter(|(of, _)| *of == added).count();
            own as f64 / p.duration_s
        }
        _ => 0.0,
    }
}

/// Synapses that may learn.
fn excitation(p: &Playground, spikes: &SpikeParams, ends: [&Population; 2]) -> Projection {
    let rate_hz = |input| mean_rate_hz(p, spikes, input);
    let start = spikes.w_init.draw(spikes.num_all(), num_of_each(p, spikes), rate_hz);
    let weights = spikes.learning.describe_weights(start);
    let wiring = match spikes.wiring {
        WiringKind::All => Wiring::AllToAll,
        WiringKind::Chance { connected } => Wiring::Probability { p: connected },
        WiringKind::InDegree { in_degree } => Wiring::InDegree { num: in_degree },
        WiringKind::OneToOne if spikes.num_all() == p.num_neurons() => Wiring::OneToOne,
        WiringKind::OneToOne => Wiring::Listed {
            pairs: (0..spikes.num_all()).map(|input| (input, input % p.num_neurons())).collect(),
        },
    };
    let synapse = synapse(p, share(p, spikes), None);
    let mut excitation =
        Projection::new("excitation", ends.map(Population::all), wiring, weights, synapse)
            .delayed(spikes.delay_ms.max(p.dt_ms))
            .kept_as(LEARNED);
    if spikes.delay_spread_ms > 0.0 {
        let (low_ms, spread_ms) = (spikes.delay_ms.max(p.dt_ms), spikes.delay_spread_ms);
        excitation.delay = Delay::Uniform { low_ms, high_ms: low_ms + spread_ms };
    }
    excitation.rule = spikes.learning.describe_rule();
    excitation.homeostasis.extend(spikes.homeostasis.describe(spikes.num_all()));
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

/// An inhibitory neuron for each neuron, which fires with it and inhibits all others.
fn add_interneurons(net: &mut Network, p: &Playground, neurons: &Population) -> Option<Population> {
    let LateralKind::Interneurons { inhibition_mv } = *p.lateral() else { return None };
    let lif = LifParams {
        tau_m_ms: 10.0,
        e_l_mv: -70.0,
        v_th_mv: -54.0,
        v_reset_mv: -70.0,
        t_ref_ms: 2.0,
        reset: ResetKind::Hard,
    };
    let model = leaky(&lif, Firing::Sharp);
    let interneurons = Population::new(INTERNEURON, p.num_neurons(), 2, Role::Inhibitory, model);
    let synapse = || Synapse::Delta { per_weight: 1.0 };
    let fixed = |size_mv| Weights::fixed(size_mv, Unit::Mv);
    let there = [neurons.all(), interneurons.all()];
    let back = [interneurons.all(), neurons.all()];
    net.projections.push(Projection::new(
        "to interneurons",
        there,
        Wiring::OneToOne,
        fixed(SURE_MV),
        synapse(),
    ));
    let inhibition = fixed(inhibition_mv);
    let lateral =
        Projection::new("lateral inhibition", back, Wiring::AllToOthers, inhibition, synapse());
    net.projections.push(lateral.inhibitory());
    Some(interneurons)
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
    let synapse = synapse(p, share(p, spikes), Some(E_I_MV));
    let weights = Weights::fixed(spikes.g, Unit::None);
    let ends = [&inputs, neurons];
    let inhibition = Projection::all_to_all("inhibition", ends, weights, synapse);
    net.projections.push(inhibition.delayed(spikes.delay_ms.max(p.dt_ms)).inhibitory());
    net.populations.push(inputs);
}
