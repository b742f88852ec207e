//! Rules of one's own against Brian 2, which is given the same formulas and pairs; and voltage-based plasticity against NEST.

use serde::Deserialize;

use stdp_playground::sim::TimeGrid;
use stdp_playground::sim::neuron::{AdExParams, ShapedAdEx, SpikeShape};
use stdp_playground::sim::plasticity::{
    Coincidence, Drawn, DrawnParams, DrawnWindow, Formula, FormulaParams, FormulaRule, Rule,
    VoltageStdp, VoltageStdpParams,
};

use super::reference_neurons::load;

#[derive(Deserialize)]
struct Case {
    name: String,
    on_input: Option<String>,
    on_output: Option<String>,
    points: Option<Vec<(f64, f64)>>,
    is_nearest: bool,
    weights: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct File {
    dt_ms: f64,
    num_ticks: u64,
    ticks_per_sample: u64,
    pre_ticks: Vec<Vec<u64>>,
    post_ticks: Vec<Vec<u64>>,
    cases: Vec<Case>,
}

fn rule(file: &File, case: &Case) -> Rule {
    let (num_pre, num_post) = (file.pre_ticks.len(), file.post_ticks.len());
    let grid = TimeGrid::new(file.dt_ms);
    match &case.points {
        Some(points) => {
            let params = DrawnParams {
                window: DrawnWindow::new(points),
                is_nearest: case.is_nearest,
                coincidence: Coincidence::PreFirst,
                w_min: 0.0,
                w_max: 1.0,
            };
            Rule::Drawn(Drawn::new(num_pre, num_post, params, grid))
        }
        None => {
            let read = |text: &Option<String>| {
                Formula::parse(text.as_deref().expect("a formula")).expect("it makes sense")
            };
            let params = FormulaParams {
                on_input: read(&case.on_input),
                on_output: read(&case.on_output),
                tau_x_ms: 20.0,
                tau_x_slow_ms: 100.0,
                tau_y_ms: 30.0,
                tau_y_slow_ms: 125.0,
                is_nearest: case.is_nearest,
                is_post_first: false,
                w_min: 0.0,
                w_max: 1.0,
            };
            Rule::Formula(FormulaRule::new(num_pre, num_post, params, grid))
        }
    }
}

#[test]
fn own_rules_learn_as_in_brian() {
    let file: File = load("own_rules.json");
    assert!(file.cases.len() >= 6);
    for case in &file.cases {
        let mut rule = rule(&file, case);
        let num_post = file.post_ticks.len();
        let mut w = vec![0.5_f32; file.pre_ticks.len() * num_post];
        let (mut worst, mut moved) = (0.0_f64, 0.0_f64);
        for tick in 0..file.num_ticks {
            rule.tick();
            for (pre, _) in file.pre_ticks.iter().enumerate().filter(|(_, of)| of.contains(&tick)) {
                rule.pre_spike(pre, &mut w[pre * num_post..(pre + 1) * num_post]);
            }
            for (post, _) in file.post_ticks.iter().enumerate().filter(|(_, of)| of.contains(&tick))
            {
                rule.post_spike(post, &mut w);
            }
            if (tick + 1).is_multiple_of(file.ticks_per_sample) {
                let theirs = &case.weights[((tick + 1) / file.ticks_per_sample - 1) as usize];
                for (a, b) in w.iter().zip(theirs) {
                    worst = worst.max((f64::from(*a) - b).abs());
                    moved = moved.max((b - 0.5).abs());
                }
            }
        }
        println!("{}: {worst:.2e} apart, moved by {moved:.3}", case.name);
        assert!(worst < 1e-4, "{}: {worst}", case.name);
        assert!(moved > 0.02, "{}: {moved}", case.name);
    }
}

#[derive(Deserialize)]
struct Pairing {
    rate_hz: f64,
    pre_ticks: Vec<u64>,
    kick_ticks: Vec<u64>,
    output_ticks: Vec<u64>,
    weight: f64,
}

#[derive(Deserialize)]
struct NestFile {
    dt_ms: f64,
    neuron: AdExParams,
    shape: SpikeShape,
    rule: VoltageStdpParams,
    w_start: f64,
    kick_mv: f64,
    pairings: Vec<Pairing>,
}

/// NEST's `clopath_synapse` onto `aeif_psc_delta_clopath`: Sjöström's pairings.
#[test]
fn pairings_leave_the_weights_of_nest() {
    let file: NestFile = load("clopath_nest.json");
    let grid = TimeGrid::new(file.dt_ms);
    assert!(file.pairings.len() >= 8);
    let mut worst = 0.0_f64;
    for of in &file.pairings {
        let mut cell = ShapedAdEx::new(1, &file.neuron, &file.shape, grid);
        let mut rule = VoltageStdp::new(1, 1, &file.rule, grid);
        let (mut w, mut fired, mut ticks) = ([file.w_start as f32], Vec::new(), Vec::new());
        let last = of.pre_ticks.iter().chain(&of.kick_ticks).max().expect("spikes") + 3_000;
        for tick in 0..last {
            rule.tick();
            let jump_mv = if of.kick_ticks.contains(&tick) { file.kick_mv as f32 } else { 0.0 };
            cell.integrate(&[0.0], &[jump_mv]);
            cell.find_spikes(&mut fired);
            ticks.extend(fired.iter().map(|_| tick));
            rule.observe(cell.v_mv(), &mut w);
            cell.reset_fired(&fired);
            if of.pre_ticks.contains(&tick) {
                rule.pre_spike(0, &mut w);
            }
        }
        let (ours, theirs) = (f64::from(w[0]) - file.w_start, of.weight - file.w_start);
        println!("{} Hz: {ours:.5}, NEST {theirs:.5}; {ticks:?} {:?}", of.rate_hz, of.output_ticks);
        assert_eq!(ticks.len(), of.output_ticks.len());
        worst = worst.max((ours - theirs).abs());
    }
    println!("at most {worst:.5} apart");
    assert!(worst < 0.003, "{worst}");
}
