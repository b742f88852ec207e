//! The five networks of the task as plain data.

use super::glyphs::{COLUMNS, Glyph, NUM_PIXELS, ROWS};
use super::params::{
    BrianParams, Characters, CodedParams, Feedback, FixedParams, InitialWeights, Mode, PaperParams,
    RewardParams,
};
use super::rules::{BASELINE_PRESENTATIONS, R_M, TAU_S_MS, VOLLEY_MV, VOLLEY_PERIOD_MS, unit_peak};
use super::task::Task;
use crate::lab::described::{lif, pair_rule, pair_weights, steady};
use crate::net::{
    Baseline, Competition, Dependence, Draw, Drive, Eligibility, Homeostasis, Method, Model,
    Modulator, Network, Owner, Payout, Population, Projection, Release, Role, Rule, Schedule,
    Signal, Synapse, Unit, Update, Weights, Window, Wiring,
};
use crate::sim::neuron::LifParams;
use crate::sim::neuron::adds::AddsParams;
use crate::sim::plasticity::PairStdpParams;
use crate::sim::published::race::{self, DENDRITES, RaceParams, SLIPPED_TAU_M, STEPS_TO_FIRE};

/// Pixels across and down.
const GRID: [u32; 2] = [COLUMNS as u32, ROWS as u32];
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
            add_fixed(&mut net, m, &task, Owner::RUN);
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

/// Our network. One that runs beside has a name of its own; its weights begin as those of the run.
fn add_fixed(net: &mut Network, p: &FixedParams, task: &Task, owner: Owner) {
    let copies = if p.complement { 2 } else { 1 };
    let (num_inputs, num) = (copies * NUM_PIXELS as u32, task.num() as u32);
    let FixedParams { tau_m_ms, v_th_mv, .. } = *p;
    let outputs = LifParams { tau_m_ms, v_th_mv, t_ref_ms: T_REF_MS, ..INPUT };
    let input = owner
        .population("input", num_inputs, 0, Role::Input, lif(&INPUT))
        .in_grid(GRID[0], copies * GRID[1]);
    let mut output = owner.population("output", num, 1, Role::Output, lif(&outputs));
    if p.homeostasis {
        output.adaptation = Some(steady(&p.threshold(num as usize), owner.array(THETA).as_deref()));
    }
    output.competition = p
        .competition
        .then_some(Competition::WinnerTakeAll { inhibition_mv: p.inhibition_mv, size: num });
    let glyph = drive(DRIVE_MV, p.input_jitter_mv, inputs_of(task, p.complement));
    net.drive(&owner.name("glyphs"), input.all(), glyph);
    let scale = 1.0 / f64::from(num_inputs);
    let start = match owner.is_beside() {
        true => Draw::SameAs { projection: "synapses".into() },
        false => Draw::Uniform { low: 0.6 * scale, high: 1.4 * scale },
    };
    let stdp = p.stdp();
    let weights = pair_weights(&stdp, start, Unit::None);
    let area_mv_ms = VOLLEY_MV / unit_peak(TAU_S_MS, p.tau_m_ms);
    let synapse = Synapse::Current { tau_s_ms: TAU_S_MS, area_mv_ms };
    let synapses =
        Projection::all_to_all(&owner.name("synapses"), [&input, &output], weights, synapse);
    let mut synapses = synapses.delayed(net.dt_ms).learning(pair_rule(&stdp));
    synapses.array = owner.array(WEIGHTS);
    if p.normalise {
        synapses.homeostasis.push(Homeostasis::NormaliseAtSpikes { total: 1.0, from_start: true });
    }
    net.projections.push(synapses);
    net.populations.extend([input, output]);
}

/// The same, waiting for verdicts. A yoked network gets those of another one, which runs beside.
fn rewarded(p: &RewardParams, task: &Task, schedule: Schedule) -> Network {
    let mut net = Network::new(1.0, schedule);
    let rewarded = Owner("rewarded_");
    add_rewarded(&mut net, p, task, Owner::RUN);
    let verdict = Release::Verdict {
        right: p.reward,
        wrong: -p.punishment,
        tie: -p.punishment,
        silent: -p.silence,
        delay_ms: p.reward_delay_ms,
    };
    let release = match p.feedback {
        Feedback::Contingent => verdict.clone(),
        Feedback::Yoked => Release::Shuffled { of: rewarded.name("output") },
        Feedback::Nothing => Release::Never,
    };
    let tau_trials = f64::from(BASELINE_PRESENTATIONS);
    let baseline = if p.baseline { Baseline::Mean { tau_trials } } else { Baseline::None };
    let signal = Signal::Success { baseline, offset: 0.0 };
    net.modulators.push(Modulator::new("verdict", signal.clone(), release));
    add_fixed(&mut net, &p.net, task, Owner("unrewarded_"));
    if p.feedback == Feedback::Yoked {
        add_rewarded(&mut net, p, task, rewarded);
        net.modulators.push(Modulator::new(&rewarded.name("verdict"), signal, verdict));
    }
    net
}

fn add_rewarded(net: &mut Network, p: &RewardParams, task: &Task, owner: Owner) {
    add_fixed(net, &p.net, task, owner);
    if p.noise_mv > 0.0
        && let Some(output) = net.populations.last().map(Population::all)
    {
        net.drive(&owner.name("noise"), output, Drive::TrialNoise { sd_mv: p.noise_mv });
    }
    let Some(synapses) = net.projections.last_mut() else { return };
    if p.net.normalise {
        synapses.homeostasis =
            vec![Homeostasis::NormalisePerTrial { total: 1.0, from_start: true }];
    }
    let verdict = Eligibility::new(&owner.name("verdict"), p.tau_e_ms, Payout::AtSignal);
    synapses.rule = Some(pair_rule(&p.net.stdp()).waiting(verdict));
}

fn dendrite(p: &AddsParams, tau_m_slip_ms: Option<f64>, tau_s_ms: f64, area_mv_ms: f64) -> Synapse {
    let AddsParams { tau_min_ms, tau_max_ms, r_m, impulse, .. } = *p;
    Synapse::Dendrite { tau_min_ms, tau_max_ms, r_m, impulse, tau_m_slip_ms, tau_s_ms, area_mv_ms }
}

/// Inputs and outputs of a published network, with what is shown.
fn published(
    net: &mut Network,
    task: &Task,
    [inputs, outputs]: [Model; 2],
    show: impl FnOnce(Vec<Vec<u32>>) -> Drive,
) -> [Population; 2] {
    let input = Population::new("input", NUM_PIXELS as u32, 0, Role::Input, inputs)
        .in_grid(GRID[0], GRID[1]);
    let output = Population::new("output", task.num() as u32, 1, Role::Output, outputs);
    net.drive("glyphs", input.all(), show(inputs_of(task, false)));
    [input, output]
}

/// The synapses of a published network: from inputs to outputs, and between outputs.
struct Published {
    rules: [PairStdpParams; 2],
    starts: [Draw; 2],
    unit: Unit,
    synapses: [Synapse; 2],
    delays_ms: [f64; 2],
    is_plastic: [bool; 2],
}

impl Published {
    fn add_to(self, net: &mut Network, [input, output]: [Population; 2]) {
        let [start, lateral_start] = self.starts;
        let [synapse, lateral_synapse] = self.synapses;
        let weights = pair_weights(&self.rules[0], start, self.unit);
        let excitation = Projection::all_to_all("excitation", [&input, &output], weights, synapse);
        let weights = pair_weights(&self.rules[1], lateral_start, self.unit);
        let ends = [output.all(), output.all()];
        let inhibition =
            Projection::new("inhibition", ends, Wiring::AllToOthers, weights, lateral_synapse);
        let both = [excitation.kept_as(WEIGHTS), inhibition.inhibitory().kept_as(LATERAL)];
        for (place, projection) in both.into_iter().enumerate() {
            let mut projection = projection.delayed(self.delays_ms[place]);
            projection.rule = self.is_plastic[place].then(|| pair_rule(&self.rules[place]));
            net.projections.push(projection);
        }
        net.populations = vec![input, output];
    }
}

fn paper(p: &PaperParams, task: &Task, schedule: Schedule) -> Network {
    let mut net = Network::new(0.2, schedule);
    let outputs = LifParams { tau_m_ms: p.tau_m_ms, t_ref_ms: PAPER_T_REF_MS, ..PAPER_INPUT };
    let models = [lif(&PAPER_INPUT), lif(&outputs)];
    let ends = published(&mut net, task, models, |of| drive(p.input_drive_mv, 0.0, of));
    let InitialWeights { w_init_min: low, w_init_max: high } = p.initial;
    let excitation = dendrite(&p.dendrites(), None, PAPER_TAU_S_MS, R_M * p.input_gain);
    let area_mv_ms = R_M * p.inhibition_gain;
    let inhibition = Synapse::Current { tau_s_ms: PAPER_TAU_S_MS, area_mv_ms };
    let synapses = Published {
        rules: p.rules(),
        starts: [Draw::Uniform { low, high }, Draw::Uniform { low: -0.75, high: -0.25 }],
        unit: Unit::None,
        synapses: [excitation, inhibition],
        delays_ms: [net.dt_ms; 2],
        is_plastic: [true, p.plastic_inhibition],
    };
    synapses.add_to(&mut net, ends);
    net
}

fn brian(p: &BrianParams, task: &Task, schedule: Schedule) -> Network {
    let mut net = Network::new(0.1, schedule);
    let t_ref_ms = VOLLEY_PERIOD_MS - net.dt_ms;
    let inputs = LifParams { tau_m_ms: 1.0, v_th_mv: 1.0, t_ref_ms, ..INPUT };
    let BrianParams { tau_m_ms, v_th_mv, v_reset_mv, .. } = *p;
    let outputs = LifParams { tau_m_ms, v_th_mv, v_reset_mv, t_ref_ms: 0.0, ..inputs };
    let models = [lif(&inputs), lif(&outputs)];
    let ends = published(&mut net, task, models, |of| drive(BRIAN_DRIVE_MV, 0.0, of));
    let (low, high) = (p.w_init_min, p.w_init_max);
    // A current of area w through a resistance of τ starts at w.
    let current = |tau_s_ms, sign| Synapse::Current { tau_s_ms, area_mv_ms: sign * tau_s_ms };
    // As in Brian, a spike that has arrived takes effect in the step after.
    let delay_ms = |delay_ms: f64| (delay_ms / net.dt_ms).round() * net.dt_ms + net.dt_ms;
    let synapses = Published {
        rules: p.rules(),
        starts: [
            Draw::Uniform { low, high },
            Draw::Uniform { low: 0.0, high: p.inhibition_init_mv },
        ],
        unit: Unit::Mv,
        synapses: [current(p.tau_e_ms, 1.0), current(p.tau_i_ms, -1.0)],
        delays_ms: [delay_ms(p.delay_e_ms), delay_ms(p.delay_i_ms)],
        is_plastic: [true, p.plastic_inhibition],
    };
    synapses.add_to(&mut net, ends);
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
    let adds = DENDRITES;
    let AddsParams { tau_m_ms, v_th_mv, .. } = adds;
    let neuron = lif(&LifParams { tau_m_ms, v_th_mv, ..PAPER_INPUT }).solved_by(Method::Euler);
    let volley = |stimuli| Drive::Volley { at_ms: 0.0, stimuli };
    let [input, mut output] = published(&mut net, task, [Model::SpikeSource, neuron], volley);
    output.competition = Some(Competition::Race { delay_ms: STEPS_TO_FIRE as f64 * net.dt_ms });
    let slip = p.test_gain_slip.then_some(SLIPPED_TAU_M);
    let synapse = dendrite(&adds, slip, f64::from(race::TAU_S_MS), adds.r_m);
    let InitialWeights { w_init_min, w_init_max } = p.initial;
    let weights = Weights::uniform(w_init_min, w_init_max, Unit::None).within(0.0, 1.0);
    let synapses = Projection::all_to_all("synapses", [&input, &output], weights, synapse);
    net.projections.push(synapses.learning(winner_rule(p)).kept_as(WEIGHTS));
    net.populations = vec![input, output];
    net
}

fn winner_rule(p: &CodedParams) -> Rule {
    let RaceParams { a_plus, a_minus, tau_ms, .. } = p.race();
    let silent_lag_ms = p.pair_silent_pixels.then_some(1.0);
    let window = Window::Winner { a_plus, a_minus, tau_ms, silent_lag_ms };
    Rule::new(window, Dependence::SoftBetween { low: -1.0, high: 1.0 })
}
