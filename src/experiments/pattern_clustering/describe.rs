//! Our network and the published one as plain data.

use super::ours_run;
use super::params::{
    Mode, OursParams, PatternClustering, PublishedParams, PublishedRule, Reward, Stimulus,
};
use super::published::GROUP;
use super::{DT_MS, PATTERNS, WEIGHTS};
use crate::lab::described::{lif, pair_rule, steady};
use crate::net::{
    Baseline, Coincidence, Competition, Dependence, Draw, Drive, Eligibility, Firing, Homeostasis,
    Method, Model, Modulator, Network, Part, Payout, Population, Projection, Release, Reset, Role,
    Rule, Signal, Start, Synapse, Unit, Update, Weights, Window,
};
use crate::sim::encode::pictures::{RATIO, SIDE, STEPS};
use crate::sim::fast::pattern_net::{self, OUTPUTS};
use crate::sim::neuron::LifParams;
use crate::sim::published::counting_net::{A, E_L_MV, NEVER_MV, R, TAU_C, V_RESET_MV, V_TH_MV};

/// The network of a run.
pub fn describe(p: &PatternClustering) -> Network {
    match &p.mode {
        Mode::Ours(p) => ours(p),
        Mode::Published(p) => published(p),
    }
}

/// Outputs, and one whose threshold is out of reach, if there is a silent one.
fn with_silent(
    name: &str,
    num: u32,
    layer: u32,
    role: Role,
    of: (Model, Option<Model>),
) -> Population {
    let mut parts = vec![Part::new("", num, role.clone(), of.0)];
    parts.extend(of.1.map(|model| Part::new("silent", 1, role, model)));
    Population::of_parts(name, layer, parts)
}

/// A silent input is there, and never fires.
fn silence() -> Drive {
    Drive::SpikeTimes { spikes: Vec::new() }
}

fn ours(p: &OursParams) -> Network {
    let mut net = Network::new(DT_MS, ours_run::schedule(p));
    let num_active = 2 * p.pattern_size;
    let silent = p.silent.then_some(Model::SpikeSource);
    let input = with_silent("input", num_active, 0, Role::Input, (Model::SpikeSource, silent));
    let num_out = OUTPUTS as u32;
    let silent = p.silent.then(|| lif(&LifParams { v_th_mv: NEVER_MV.into(), ..pattern_net::LIF }));
    let mut output =
        with_silent("output", num_out, 1, Role::Output, (lif(&pattern_net::LIF), silent));
    output.adaptation = p.homeostasis.then(|| steady(&pattern_net::THRESHOLD, None));
    output.competition = (p.inhibition_mv > 0.0)
        .then_some(Competition::WinnerTakeAll { inhibition_mv: p.inhibition_mv, size: num_out });
    let first_b = p.pattern_size - p.num_shared();
    let stimuli = [0, first_b].map(|first| (first..first + p.pattern_size).collect()).to_vec();
    let shown = Drive::Shown { on_hz: p.rate_hz, off_hz: p.background_hz, stimuli };
    let kicks =
        Drive::Kicks { rate_hz: p.background_out_hz, size_mv: f64::from(pattern_net::KICK_MV) };
    net.drive("patterns", input.some(0, num_active), shown);
    if p.silent {
        net.drive("silence", input.some(num_active, 1), silence());
    }
    net.drive("background", output.some(0, num_out), kicks);
    net.projections.push(ours_synapses(p, &input, &output));
    net.modulators.extend(reward(p));
    net.populations = vec![input, output];
    net
}

fn ours_synapses(p: &OursParams, input: &Population, output: &Population) -> Projection {
    let [mean, sd] = [pattern_net::W_INIT.0, pattern_net::W_INIT.1].map(plain);
    let start = Draw::Normal { mean, sd, low: Some(0.0), high: Some(1.0) };
    let synapse =
        Synapse::Current { tau_s_ms: pattern_net::TAU_S_MS, area_mv_ms: pattern_net::R_MV_MS };
    let weights = Weights::new(start, Unit::None).within(0.0, 1.0);
    let synapses = Projection::all_to_all("synapses", [input, output], weights, synapse);
    let rule = pair_rule(&ours_run::rule_of(p));
    let (total, from_start) = (mean * f64::from(input.size), false);
    let (rule, homeostasis) = match p.reward {
        Reward::None => (rule, Homeostasis::NormaliseAtSpikes { total, from_start }),
        _ => {
            let eligibility = Eligibility::new("reward", p.tau_c_ms, Payout::AtSignal);
            (rule.waiting(eligibility), Homeostasis::NormalisePerTrial { total, from_start })
        }
    };
    let mut synapses = synapses.learning(rule).kept_as(WEIGHTS);
    synapses.homeostasis.extend(p.homeostasis.then_some(homeostasis));
    synapses
}

fn reward(p: &OursParams) -> Option<Modulator> {
    let release = match p.reward {
        Reward::None => return None,
        Reward::Response => {
            Release::Verdict { right: 1.0, wrong: -1.0, tie: 0.0, silent: 0.0, delay_ms: 0.0 }
        }
        Reward::Constant => Release::EveryTrial { size: 1.0 },
        Reward::Coin => Release::Coin { size: 1.0 },
    };
    let signal = Signal::Success { baseline: Baseline::None, offset: 0.0 };
    Some(Modulator::new("reward", signal, release))
}

/// A constant of the run in single precision, as it is written there.
fn plain(value: f32) -> f64 {
    (f64::from(value) * 1e6).round() / 1e6
}

fn published(p: &PublishedParams) -> Network {
    let mut net = Network::continuous(DT_MS, f64::from(p.num_iterations) * DT_MS);
    net.update = Update::as_source(
        "M. Zamani, Neural-Learning-and-Coding",
        &[
            "dopamine",
            "currents: external ones, and weights of the inputs that fired in the iteration before",
            "potentials, thresholds, resets",
            "traces, which contain the spikes of this iteration",
            "weights, or eligibilities and weights",
        ],
    );
    let neuron = |v_th_mv: f32| Model::Lif {
        // dt/τ is 0.001.
        tau_m_ms: 1_000.0 * DT_MS,
        e_l_mv: E_L_MV.into(),
        v_th_mv: v_th_mv.into(),
        v_reset_mv: V_RESET_MV.into(),
        t_ref_ms: 0.0,
        reset: Reset::Hard,
        firing: Firing::Sharp,
        method: Method::Euler,
    };
    let num_active = 2 * GROUP as u32;
    let is_clamped = p.stimulus == Stimulus::Pictures;
    let model = if is_clamped { Model::SpikeSource } else { neuron(V_TH_MV) };
    let silent = p.silent.then(|| model.clone());
    let mut input = with_silent("input", num_active, 0, Role::Input, (model, silent));
    let silent = p.silent.then(|| neuron(NEVER_MV));
    let mut output = with_silent("output", 2, 1, Role::Output, (neuron(V_TH_MV), silent));
    if !is_clamped {
        start_around_threshold(&mut input, p);
    }
    start_around_threshold(&mut output, p);
    add_published_sources(&mut net, p, &input);
    net.projections.push(published_synapses(p, &input, &output));
    if p.rule == PublishedRule::RStdp {
        let signal = Signal::Constant { level: 1.0 };
        net.modulators.push(Modulator::new("dopamine", signal, Release::Always));
    }
    net.populations = vec![input, output];
    net
}

/// Who starts above its threshold starts at the reset.
fn start_around_threshold(population: &mut Population, p: &PublishedParams) {
    for part in &mut population.parts {
        let Model::Lif { v_th_mv, .. } = part.model else { continue };
        part.start.push(Start {
            variable: "v_mv".into(),
            from: Draw::Normal { mean: V_TH_MV.into(), sd: p.v_init_sd_mv, low: None, high: None },
            at_or_above: Some((v_th_mv, V_RESET_MV.into())),
        });
    }
}

fn add_published_sources(net: &mut Network, p: &PublishedParams, input: &Population) {
    let group = GROUP as u32;
    if p.stimulus == Stimulus::Pictures {
        let pictures = Drive::Pictures { ratio: RATIO, side: SIDE as u32, steps: STEPS as u32 };
        net.drive("pictures", input.some(0, 2 * group), pictures);
        if p.silent {
            net.drive("silence", input.some(2 * group, 1), silence());
        }
        return;
    }
    for (first, mean, name) in [(0, p.i_a, PATTERNS[0]), (group, p.i_b, PATTERNS[1])] {
        let drive = Drive::CommonCurrent { mean, sd: p.noise_sd, r_mv: R.into() };
        net.drive(&format!("current of {name}"), input.some(first, group), drive);
    }
}

fn published_synapses(p: &PublishedParams, input: &Population, output: &Population) -> Projection {
    let start = Draw::Normal { mean: 50.0, sd: 5.0, low: None, high: None };
    let weights = Weights::new(start, Unit::None).within(p.w_min, p.w_max().into());
    let synapse = Synapse::OneStep { per_weight: R.into() };
    let window = Window::pair([A.into(); 2], [p.tau_s * DT_MS; 2]);
    let rule = Rule {
        coincidence: Coincidence::Both,
        method: Method::Euler,
        ..Rule::new(window, Dependence::Gate)
    };
    let rule = match p.rule {
        PublishedRule::Stdp => rule,
        PublishedRule::RStdp => {
            let tau_c_ms = f64::from(TAU_C) * DT_MS;
            let eligibility = Eligibility::new("dopamine", tau_c_ms, Payout::Continuous);
            rule.waiting(Eligibility { start: 1.0, ..eligibility })
        }
    };
    let synapses = Projection::all_to_all("synapses", [input, output], weights, synapse);
    synapses.delayed(DT_MS).learning(rule).kept_as(WEIGHTS)
}
