//! Exponential neurons whose spikes have a shape, and voltage-based plasticity onto them, against Brian 2: a network that is
//! built from its description, in which what is learned acts.
//!
//! The traces are limits, of steps a tenth as long as ours. Ours are off by up to a tick at every spike, which also is when
//! weights change most.

use serde::Deserialize;
use stdp_playground::lab::built;
use stdp_playground::net::*;
use stdp_playground::sim::network::Network as Built;
use stdp_playground::sim::neuron::{AdExParams, SpikeShape};
use stdp_playground::sim::plasticity::VoltageStdpParams;

use super::reference_neurons::load;

#[derive(Deserialize)]
struct Case {
    name: String,
    neuron: AdExParams,
    shape: SpikeShape,
    rule: VoltageStdpParams,
    /// For some ticks each.
    drive_pa: Vec<f32>,
    /// When spikes arrive, input by input.
    input_ticks: Vec<Vec<u64>>,
    output_ticks: Vec<u64>,
    v_mv: Vec<f64>,
    /// All weights now and then.
    weights: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct File {
    dt_ms: f64,
    start_weight: f64,
    per_weight: f64,
    ticks_per_drive: usize,
    ticks_per_weights: usize,
    cases: Vec<Case>,
}

impl File {
    fn described(&self, case: &Case) -> Network {
        let AdExParams { c_m_pf, g_l_ns, e_l_mv, v_th_mv, delta_t_mv, .. } = case.neuron;
        let AdExParams { v_peak_mv, v_reset_mv, a_ns, b_pa, tau_w_ms, t_ref_ms, .. } = case.neuron;
        let SpikeShape { i_sp_pa, tau_z_ms, v_th_max_mv, tau_th_ms, t_clamp_ms, v_clamp_mv } =
            case.shape;
        let model = Model::AdEx {
            c_m_pf,
            g_l_ns,
            e_l_mv,
            v_th_mv,
            delta_t_mv,
            v_peak_mv,
            v_reset_mv,
            a_ns,
            b_pa,
            tau_w_ms,
            t_ref_ms,
            i_sp_pa,
            tau_z_ms,
            v_th_max_mv,
            tau_th_ms,
            t_clamp_ms,
            v_clamp_mv,
            method: Method::Splitting,
        };
        let window = Window::Voltage {
            a_ltd: case.rule.a_ltd,
            a_ltp: case.rule.a_ltp,
            theta_minus_mv: case.rule.theta_minus_mv,
            theta_plus_mv: case.rule.theta_plus_mv,
            tau_minus_ms: case.rule.tau_minus_ms,
            tau_plus_ms: case.rule.tau_plus_ms,
            tau_x_ms: case.rule.tau_x_ms,
            lag_ms: case.rule.lag_ms,
            u_ref_mv2: case.rule.u_ref_mv2,
            tau_u_ms: case.rule.tau_u_ms,
        };
        let mut net = Network::continuous(self.dt_ms, 1_000.0);
        let inputs = Population::input("input", case.input_ticks.len() as u32);
        let neuron = Population::new("neuron", 1, 1, Role::Output, model);
        // They set off a tick before they arrive.
        let spikes = case.input_ticks.iter().enumerate().flat_map(|(input, ticks)| {
            ticks.iter().map(move |tick| (input as u32, (tick - 1) as f64 * self.dt_ms))
        });
        net.drive("spikes", inputs.all(), Drive::SpikeTimes { spikes: spikes.collect() });
        let weights =
            Weights::fixed(self.start_weight, Unit::None).within(case.rule.w_min, case.rule.w_max);
        let synapse = Synapse::Delta { per_weight: self.per_weight };
        let projection = Projection::all_to_all("x", [&inputs, &neuron], weights, synapse);
        net.projections.push(projection.learning(Rule::new(window, Dependence::Hard)));
        net.populations = vec![inputs, neuron];
        net
    }
}

fn build(net: &Network) -> Result<Built, built::Unbuildable> {
    built::network(net, &["input", "neuron"], 1)
}

#[test]
fn a_rule_that_reads_potentials_needs_neurons_that_show_their_spikes() {
    let file: File = load("clopath.json");
    let fits = file.described(&file.cases[0]);
    assert!(build(&fits).is_ok());
    let remedy = |change: fn(&mut Network)| {
        let mut net = fits.clone();
        change(&mut net);
        build(&net).expect_err("a refusal").remedy
    };
    let needs = "Take exponential neurons that hold their spikes, with t_clamp_ms above 0, or a rule that reads spikes.";
    let told = remedy(|net| {
        if let Model::AdEx { t_clamp_ms, .. } = &mut net.populations[1].parts[0].model {
            *t_clamp_ms = 0.0;
        }
    });
    assert_eq!(told, needs);
    let told = remedy(|net| {
        net.populations[1].parts[0].model = Model::Lif {
            tau_m_ms: 20.0,
            e_l_mv: -70.0,
            v_th_mv: -54.0,
            v_reset_mv: -60.0,
            t_ref_ms: 2.0,
            reset: Reset::Hard,
            firing: Firing::Sharp,
            method: Method::Exact,
        };
    });
    assert_eq!(told, needs);
    let told = remedy(|net| {
        let rule = net.projections[0].rule.take().expect("a rule");
        let waits = Eligibility::new("dopamine", 50.0, Payout::Continuous);
        net.projections[0].rule = Some(rule.waiting(waits));
        let level = Signal::Constant { level: 1.0 };
        net.modulators.push(Modulator::new("dopamine", level, Release::Never));
    });
    assert_eq!(told, "Let changes be made at once, or take pair STDP.");
    let told = remedy(|net| {
        net.projections[0].rule.as_mut().expect("a rule").dependence = Dependence::Soft;
    });
    assert_eq!(told, "Let changes be additive, cut off at the ends.");
}

#[test]
fn voltage_based_plasticity_approaches_the_limit() {
    let file: File = load("clopath.json");
    assert_eq!(file.cases.len(), 2);
    for case in &file.cases {
        let mut network = build(&file.described(case)).expect("a network");
        let (mut ticks, mut worst_mv, mut worst_weight) = (Vec::new(), 0.0_f64, 0.0_f64);
        for tick in 0..file.ticks_per_drive * case.drive_pa.len() {
            let drive_pa = case.drive_pa[tick / file.ticks_per_drive];
            network.populations[1].drive_mv[0] = drive_pa / case.neuron.g_l_ns as f32;
            network.step(true);
            ticks.extend(network.populations[1].fired().iter().map(|_| tick as u64));
            let done = tick + 1;
            let near = |spike: &u64| (-10..40).contains(&(tick as i64 - *spike as i64));
            let is_quiet = !case.output_ticks.iter().any(near);
            // As long as all spikes have fallen in the same tick.
            if done.is_multiple_of(file.ticks_per_drive)
                && is_quiet
                && case.output_ticks.starts_with(&ticks)
            {
                let theirs = case.v_mv[done / file.ticks_per_drive - 1];
                let ours = f64::from(network.populations[1].neurons.v_mv()[0]);
                worst_mv = worst_mv.max((ours - theirs).abs());
            }
            if done.is_multiple_of(file.ticks_per_weights) {
                let theirs = &case.weights[done / file.ticks_per_weights - 1];
                let ours = network.projections[0].weights();
                let apart = ours.iter().zip(theirs).map(|(a, b)| (f64::from(*a) - b).abs());
                worst_weight = worst_weight.max(apart.fold(0.0, f64::max));
            }
        }
        let same = ticks.iter().zip(&case.output_ticks).filter(|(a, b)| a == b).count();
        let last = case.weights.last().expect("weights");
        let moved = last.iter().map(|w| (w - file.start_weight).abs()).sum::<f64>();
        println!(
            "{}: {} spikes, {same} in the same tick; {worst_mv:.4} mV; weights {worst_weight:.5} apart, moved by {:.3}",
            case.name,
            case.output_ticks.len(),
            moved / last.len() as f64
        );
        assert_eq!(ticks.len(), case.output_ticks.len(), "{}", case.name);
        let apart = ticks.iter().zip(&case.output_ticks).map(|(a, b)| a.abs_diff(*b));
        assert!(apart.max() <= Some(1), "{}: {ticks:?} {:?}", case.name, case.output_ticks);
        assert!(same * 10 >= ticks.len() * 8, "{}: {same}", case.name);
        assert!(worst_mv < 0.1, "{}: {worst_mv}", case.name);
        assert!(worst_weight < 0.005, "{}: {worst_weight}", case.name);
        assert!(moved / last.len() as f64 > 0.03, "{}: {last:?}", case.name);
    }
}
