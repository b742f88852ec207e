//! The five networks of the task as plain data.

use super::coded::{self, SLIPPED_TAU_M, STEPS_TO_FIRE};
use super::glyphs::{Glyph, NUM_PIXELS};
use super::judge::BASELINE_PRESENTATIONS;
use super::params::{
    Amplitudes, BrianParams, Characters, CodedParams, Feedback, FixedParams, InitialWeights, Mode,
    PaperParams, RewardParams,
};
use super::rules::{R_M, TAU_S_MS, VOLLEY_MV, VOLLEY_PERIOD_MS, unit_peak};
use super::task::Task;
use crate::lab::described::{lif, pair_rule, pair_weights, steady};
use crate::net::{
    Baseline, Competition, Delay, Dependence, Draw, Drive, Eligibility, Firing, Homeostasis,
    Method, Model, Modulator, Network, Payout, Population, Projection, Receptor, Release, Reset,
    Role, Rule, Schedule, Signal, Source, Synapse, Unit, Update, Weights, Window, Wiring,
};
use crate::sim::neuron::LifParams;
use crate::sim::neuron::adds::AddsParams;
use crate::sim::plasticity::PairStdpParams;

/// Pixels across and down.
const GRID: [u32; 2] = [3, 5];
/// The name of the weights from inputs among what was learned.
const WEIGHTS: &str = "input_to_output";
const LATERAL: &str = "output_to_output";
const THETA: &str = "theta_mv";
/// Constants of our inputs: 50 ms, 20 mV, and R I of an active one.
const INPUT: LifParams =
    LifParams { tau_m_ms: 50.0, e_l_mv: 0.0, v_th_mv: 20.0, v_reset_mv: 0.0, t_ref_ms: 0.0 };
const DRIVE_MV: f64 = 24.0;
const T_REF_MS: f64 = 20.0;
/// Of the paper's: membrane of inputs, refractory time of outputs, and the current straight to the soma.
const PAPER_INPUT: LifParams =
    LifParams { tau_m_ms: 16.0, e_l_mv: 0.0, v_th_mv: 10.0, v_reset_mv: 0.0, t_ref_ms: 0.0 };
const PAPER_T_REF_MS: f64 = 8.0;
const PAPER_TAU_S_MS: f64 = 2.0;
/// R I of an active input of the early programs.
const BRIAN_DRIVE_MV: f64 = 20.0;

/// The inputs that each glyph makes fire; with complements, each pixel has a second one that is active when it is not.
fn inputs_of(task: &Task, has_complement: bool) -> Vec<Vec<u32>> {
    let copies = if has_complement { 2 } else { 1 };
    let of = |glyph: &Glyph| {
        let active = task.active(*glyph);
        let is_on = |input: &usize| active[input % NUM_PIXELS] == (*input < NUM_PIXELS);
        (0..copies * NUM_PIXELS).filter(is_on).map(|input| input as u32).collect()
    };
    task.glyphs.iter().map(of).collect()
}

/// The network of a run.
pub fn describe(p: &Characters) -> Network {
    let task = Task::new(p);
    let schedule = task.schedule(p);
    match &p.mode {
        Mode::Fixed(m) => {
            let mut net = Network::new(1.0, schedule);
            add_fixed(&mut net, m, &task, "");
            net
        }
        Mode::Reward(m) => rewarded(m, &task, schedule),
        Mode::Paper(m) => paper(m, &task, schedule),
        Mode::Brian(m) => brian(m, &task, schedule),
        Mode::Coded(m) => coded(m, &task, schedule),
    }
}

fn drive(r_i_mv: f64, start_mv: f64, stimuli: Vec<Vec<u32>>) -> Drive {
    Drive::ShownCurrent { r_i_mv, start_mv, stimuli }
}

fn delayed(projection: Projection, delay_ms: f64) -> Projection {
    Projection { delay: Delay::Fixed { delay_ms }, ..projection }
}

/// Our network. One that runs beside has a name of its own; its weights begin as those of the run.
fn add_fixed(net: &mut Network, p: &FixedParams, task: &Task, beside: &str) {
    let is_beside = !beside.is_empty();
    let own = |what: &str| if is_beside { format!("{beside}_{what}") } else { what.to_string() };
    let role = |role| if is_beside { Role::Control } else { role };
    let copies = if p.complement { 2 } else { 1 };
    let num_inputs = copies * NUM_PIXELS as u32;
    let num = task.num() as u32;
    let outputs = LifParams {
        tau_m_ms: p.tau_m_ms,
        e_l_mv: 0.0,
        v_th_mv: p.v_th_mv,
        v_reset_mv: 0.0,
        t_ref_ms: T_REF_MS,
    };
    let input = Population::new(&own("input"), num_inputs, 0, role(Role::Input), lif(&INPUT))
        .in_grid(GRID[0], copies * GRID[1]);
    let mut output = Population::new(&own("output"), num, 1, role(Role::Output), lif(&outputs));
    if p.homeostasis {
        let array = (!is_beside).then_some(THETA);
        output.adaptation = Some(steady(&p.threshold(num as usize), array));
    }
    output.competition = p
        .competition
        .then_some(Competition::WinnerTakeAll { inhibition_mv: p.inhibition_mv, size: num });
    let glyph = drive(DRIVE_MV, p.input_jitter_mv, inputs_of(task, p.complement));
    net.sources.push(Source::new(&own("glyphs"), input.all(), glyph));
    let scale = 1.0 / f64::from(num_inputs);
    let stdp = p.stdp();
    let start = Draw::Uniform { low: 0.6 * scale, high: 1.4 * scale };
    let start = if is_beside { Draw::SameAs { projection: "synapses".into() } } else { start };
    let weights = pair_weights(&stdp, start, Unit::None);
    let area_mv_ms = VOLLEY_MV / unit_peak(TAU_S_MS, p.tau_m_ms);
    let synapse = Synapse::Current { tau_s_ms: TAU_S_MS, area_mv_ms };
    let ends = [input.all(), output.all()];
    let synapses = Projection::new(&own("synapses"), ends, Wiring::AllToAll, weights, synapse);
    let mut synapses = delayed(synapses, net.dt_ms);
    synapses.rule = Some(pair_rule(&stdp));
    synapses.array = (!is_beside).then(|| WEIGHTS.into());
    if p.normalise {
        synapses.homeostasis.push(Homeostasis::NormaliseAtSpikes { total: 1.0, from_start: true });
    }
    net.projections.push(synapses);
    net.populations.extend([input, output]);
}

/// The same, waiting for verdicts. A yoked network gets those of another one, which runs beside.
fn rewarded(p: &RewardParams, task: &Task, schedule: Schedule) -> Network {
    let mut net = Network::new(1.0, schedule);
    add_rewarded(&mut net, p, task, "");
    let verdict = Release::Verdict {
        right: p.reward,
        wrong: -p.punishment,
        tie: -p.punishment,
        silent: -p.silence,
        delay_ms: p.reward_delay_ms,
    };
    let release = match p.feedback {
        Feedback::Contingent => verdict.clone(),
        Feedback::Yoked => Release::Shuffled { of: "rewarded_output".into() },
        Feedback::Nothing => Release::Never,
    };
    let tau_trials = f64::from(BASELINE_PRESENTATIONS);
    let baseline = || if p.baseline { Baseline::Mean { tau_trials } } else { Baseline::None };
    let signal = || Signal::Success { baseline: baseline(), offset: 0.0 };
    net.modulators.push(Modulator { name: "verdict".into(), signal: signal(), release });
    add_fixed(&mut net, &p.net, task, "unrewarded");
    if p.feedback == Feedback::Yoked {
        add_rewarded(&mut net, p, task, "rewarded");
        let name = "rewarded_verdict".into();
        net.modulators.push(Modulator { name, signal: signal(), release: verdict });
    }
    net
}

fn add_rewarded(net: &mut Network, p: &RewardParams, task: &Task, beside: &str) {
    add_fixed(net, &p.net, task, beside);
    let own = |what: &str| {
        if beside.is_empty() { what.to_string() } else { format!("{beside}_{what}") }
    };
    if p.noise_mv > 0.0
        && let Some(output) = net.populations.last()
    {
        let noise = Drive::TrialNoise { sd_mv: p.noise_mv };
        net.sources.push(Source::new(&own("noise"), output.all(), noise));
    }
    let Some(synapses) = net.projections.last_mut() else { return };
    if p.net.normalise {
        synapses.homeostasis =
            vec![Homeostasis::NormalisePerTrial { total: 1.0, from_start: true }];
    }
    synapses.rule = Some(pair_rule(&p.net.stdp()).waiting(Eligibility {
        modulator: own("verdict"),
        tau_e_ms: Some(p.tau_e_ms),
        payout: Payout::AtSignal,
        scale: 1.0,
        eta: 1.0,
        start: 0.0,
    }));
}

fn dendrite(p: &AddsParams, tau_m_slip_ms: Option<f64>, tau_s_ms: f64, area_mv_ms: f64) -> Synapse {
    let AddsParams { tau_min_ms, tau_max_ms, r_m, impulse, .. } = *p;
    Synapse::Dendrite { tau_min_ms, tau_max_ms, r_m, impulse, tau_m_slip_ms, tau_s_ms, area_mv_ms }
}

/// Inputs and outputs of a published network, with the current of what is shown.
fn published(net: &mut Network, task: &Task, models: [Model; 2], r_i_mv: f64) -> [Population; 2] {
    let [inputs, outputs] = models;
    let input = Population::new("input", NUM_PIXELS as u32, 0, Role::Input, inputs)
        .in_grid(GRID[0], GRID[1]);
    let output = Population::new("output", task.num() as u32, 1, Role::Output, outputs);
    let glyph = drive(r_i_mv, 0.0, inputs_of(task, false));
    net.sources.push(Source::new("glyphs", input.all(), glyph));
    [input, output]
}

/// Synapses between outputs.
fn lateral(
    output: &Population,
    start: Draw,
    unit: Unit,
    rule: &PairStdpParams,
    (tau_s_ms, area_mv_ms): (f64, f64),
) -> Projection {
    let synapse = Synapse::Current { tau_s_ms, area_mv_ms };
    let weights = pair_weights(rule, start, unit);
    let ends = [output.all(), output.all()];
    let lateral = Projection::new("inhibition", ends, Wiring::AllToOthers, weights, synapse);
    Projection { receptor: Receptor::Inhibitory, array: Some(LATERAL.into()), ..lateral }
}

fn paper(p: &PaperParams, task: &Task, schedule: Schedule) -> Network {
    let mut net = Network::new(0.2, schedule);
    let outputs = LifParams { tau_m_ms: p.tau_m_ms, t_ref_ms: PAPER_T_REF_MS, ..PAPER_INPUT };
    let models = [lif(&PAPER_INPUT), lif(&outputs)];
    let [input, output] = published(&mut net, task, models, p.input_drive_mv);
    let rules = p.rules();
    let start = Draw::Uniform { low: p.initial.w_init_min, high: p.initial.w_init_max };
    let synapse = dendrite(&p.dendrites(), None, PAPER_TAU_S_MS, R_M * p.input_gain);
    let weights = pair_weights(&rules[0], start, Unit::None);
    let ends = [input.all(), output.all()];
    let mut excitation = Projection::new("excitation", ends, Wiring::AllToAll, weights, synapse);
    excitation.rule = Some(pair_rule(&rules[0]));
    excitation.array = Some(WEIGHTS.into());
    let start = Draw::Uniform { low: -0.75, high: -0.25 };
    let current = (PAPER_TAU_S_MS, R_M * p.inhibition_gain);
    let mut inhibition = lateral(&output, start, Unit::None, &rules[1], current);
    inhibition.rule = p.plastic_inhibition.then(|| pair_rule(&rules[1]));
    net.projections =
        [excitation, inhibition].map(|projection| delayed(projection, net.dt_ms)).to_vec();
    net.populations = vec![input, output];
    net
}

fn brian(p: &BrianParams, task: &Task, schedule: Schedule) -> Network {
    let mut net = Network::new(0.1, schedule);
    let inputs = LifParams {
        tau_m_ms: 1.0,
        e_l_mv: 0.0,
        v_th_mv: 1.0,
        v_reset_mv: 0.0,
        t_ref_ms: VOLLEY_PERIOD_MS - net.dt_ms,
    };
    let outputs = LifParams {
        tau_m_ms: p.tau_m_ms,
        v_th_mv: p.v_th_mv,
        v_reset_mv: p.v_reset_mv,
        t_ref_ms: 0.0,
        ..inputs
    };
    let models = [lif(&inputs), lif(&outputs)];
    let [input, output] = published(&mut net, task, models, BRIAN_DRIVE_MV);
    let rules = p.rules();
    let start = Draw::Uniform { low: p.w_init_min, high: p.w_init_max };
    // A current of area w through a resistance of τ starts at w.
    let synapse = Synapse::Current { tau_s_ms: p.tau_e_ms, area_mv_ms: p.tau_e_ms };
    let weights = pair_weights(&rules[0], start, Unit::Mv);
    let ends = [input.all(), output.all()];
    let mut excitation = Projection::new("excitation", ends, Wiring::AllToAll, weights, synapse);
    excitation.rule = Some(pair_rule(&rules[0]));
    excitation.array = Some(WEIGHTS.into());
    let start = Draw::Uniform { low: 0.0, high: p.inhibition_init_mv };
    let current = (p.tau_i_ms, -p.tau_i_ms);
    let mut inhibition = lateral(&output, start, Unit::Mv, &rules[1], current);
    inhibition.rule = p.plastic_inhibition.then(|| pair_rule(&rules[1]));
    // As in Brian, a spike that has arrived takes effect in the step after.
    let delay_ms = |delay_ms: f64| (delay_ms / net.dt_ms).round() * net.dt_ms + net.dt_ms;
    let delays = [delay_ms(p.delay_e_ms), delay_ms(p.delay_i_ms)];
    let [delay_e, delay_i] = delays;
    net.projections = vec![delayed(excitation, delay_e), delayed(inhibition, delay_i)];
    net.populations = vec![input, output];
    net
}

fn coded(p: &CodedParams, task: &Task, schedule: Schedule) -> Network {
    let mut net = Network::new(1.0, schedule);
    net.update = Update::as_source(
        "tartavull/snn-rl",
        &[
            "potentials by forward Euler, with the currents before the step",
            "all currents decay, and the volley adds to them",
            "the highest potential at the threshold fires one step later; nobody fires after it",
            "at the end of an interval of training the winner learns",
        ],
    );
    let adds = coded::dendrites();
    let neuron = Model::Lif {
        tau_m_ms: adds.tau_m_ms,
        e_l_mv: 0.0,
        v_th_mv: adds.v_th_mv,
        v_reset_mv: 0.0,
        t_ref_ms: 0.0,
        reset: Reset::Hard,
        firing: Firing::Sharp,
        method: Method::Euler,
    };
    let input = Population::new("input", NUM_PIXELS as u32, 0, Role::Input, Model::SpikeSource)
        .in_grid(GRID[0], GRID[1]);
    let mut output = Population::new("output", task.num() as u32, 1, Role::Output, neuron);
    output.competition = Some(Competition::Race { delay_ms: STEPS_TO_FIRE as f64 * net.dt_ms });
    let volley = Drive::Volley { at_ms: 0.0, stimuli: inputs_of(task, false) };
    net.sources.push(Source::new("glyphs", input.all(), volley));
    let slip = p.test_gain_slip.then_some(SLIPPED_TAU_M);
    let synapse = dendrite(&adds, slip, f64::from(coded::TAU_S_MS), adds.r_m);
    let InitialWeights { w_init_min, w_init_max } = p.initial;
    let weights = Weights::uniform(w_init_min, w_init_max, Unit::None).within(0.0, 1.0);
    let ends = [input.all(), output.all()];
    let mut synapses = Projection::new("synapses", ends, Wiring::AllToAll, weights, synapse);
    synapses.rule = Some(winner_rule(p));
    synapses.array = Some(WEIGHTS.into());
    net.projections = vec![synapses];
    net.populations = vec![input, output];
    net
}

fn winner_rule(p: &CodedParams) -> Rule {
    let Amplitudes { eta, a_plus, a_minus } = p.amplitudes;
    let window = Window::Winner {
        a_plus: eta * a_plus * p.gain_plus,
        a_minus: eta * a_minus * p.gain_minus,
        // 1 s or 1 ms: the program divides seconds by them.
        tau_ms: if p.window_in_seconds { 1_000.0 } else { 1.0 },
        silent_lag_ms: p.pair_silent_pixels.then_some(1.0),
    };
    Rule::new(window, Dependence::SoftBetween { low: -1.0, high: 1.0 })
}
