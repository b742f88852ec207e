//! Neurons as published programs have them against Brian 2: snnTorch's Leaky, the AdEx that counts its spikes, Izhikevich's
//! patterns and Naud's delayed bursting as the playground's presets build them.

use serde::Deserialize;

use stdp_playground::experiments::describe;
use stdp_playground::lab::{Spec, built};
use stdp_playground::sim::TimeGrid;
use stdp_playground::sim::neuron::{
    CountedAdEx, CountedAdExParams, SynapticLif, SynapticLifParams, SynapticReset,
};

use crate::reference_neurons::load;
use crate::runs::spec_of;

#[derive(Deserialize)]
pub(crate) struct File {
    pub(crate) izhikevich: Vec<Pattern>,
    leaky: LeakyFile,
    counted: CountedFile,
    pub(crate) delayed_bursting_ms: Vec<f64>,
}

#[derive(Deserialize)]
pub(crate) struct Pattern {
    pub(crate) preset: String,
    pub(crate) dt_ms: f64,
    pub(crate) duration_ms: f64,
    pub(crate) output_ticks: Vec<u64>,
}

#[derive(Deserialize)]
struct LeakyFile {
    drive: Vec<f32>,
    cases: Vec<LeakyCase>,
}

#[derive(Deserialize)]
struct LeakyCase {
    beta: f32,
    reset: String,
    output_ticks: Vec<u32>,
    v: Vec<f32>,
}

#[derive(Deserialize)]
struct CountedFile {
    dt_ms: f64,
    drive_mv: Vec<f32>,
    drive_dt_ms: f64,
    ticks_per_sample: u32,
    cases: Vec<CountedCase>,
}

#[derive(Deserialize)]
struct CountedCase {
    params: CountedAdExParams,
    output_ticks: Vec<u32>,
    w_mv: Vec<f32>,
}

pub(crate) fn published() -> File {
    load("published_neurons.json")
}

/// When the first neuron of a run without inputs fires, in ticks.
pub(crate) fn ticks_of(spec: &Spec) -> Vec<u64> {
    let net = describe(spec);
    let mut network = built::network(&net, &["neuron"], spec.seed).expect("a network");
    let num_ticks = (net.schedule.duration_ms() / net.dt_ms).round() as u64;
    let mut ticks = Vec::new();
    for tick in 0..num_ticks {
        network.step(true);
        ticks.extend(network.populations[0].fired().iter().filter(|of| **of == 0).map(|_| tick));
    }
    ticks
}

#[test]
fn leaky_neurons_in_steps_are_brians() {
    let LeakyFile { drive, cases } = published().leaky;
    for LeakyCase { beta, reset, output_ticks, v } in cases {
        let rule = match &*reset {
            "subtract" => SynapticReset::Subtract,
            "zero" => SynapticReset::ToZero,
            _ => SynapticReset::Never,
        };
        let (alpha, threshold, refractory_steps) = (0.0, 1.0, 0);
        let params = SynapticLifParams { alpha, beta, threshold, reset: rule, refractory_steps };
        let mut neuron = SynapticLif::new(1, params);
        let (mut fired, mut ours) = (Vec::new(), Vec::new());
        for (tick, (input, expected)) in (0..).zip(drive.iter().zip(&v)) {
            neuron.integrate(&[*input]);
            neuron.find_crossings(None, &mut fired);
            ours.extend(fired.iter().map(|_| tick));
            neuron.reset_fired(&fired);
            assert!((neuron.v()[0] - expected).abs() < 1e-5, "{reset}, {tick}: {:?}", neuron.v());
        }
        assert_eq!(ours, output_ticks, "{reset}");
        assert!(ours.len() > 100);
    }
}

#[test]
fn neurons_that_count_their_spikes_are_brians() {
    let file = published().counted;
    let grid = TimeGrid::new(file.dt_ms);
    for CountedCase { params, output_ticks, w_mv } in file.cases {
        let mut neuron = CountedAdEx::new(1, &params, grid);
        let (mut fired, mut ours, mut worst) = (Vec::new(), Vec::new(), 0.0_f32);
        for tick in 0..w_mv.len() as u32 * file.ticks_per_sample {
            let piece = (f64::from(tick) * file.dt_ms / file.drive_dt_ms + 1e-9) as usize;
            neuron.integrate(&[file.drive_mv[piece]], &[0.0]);
            neuron.find_spikes(&mut fired);
            ours.extend(fired.iter().map(|_| tick));
            neuron.reset_fired(&fired);
            if (tick + 1) % file.ticks_per_sample == 0 {
                let expected = w_mv[(tick / file.ticks_per_sample) as usize];
                worst = worst.max((neuron.w_mv()[0] - expected).abs());
            }
        }
        println!("{:?}: {} spikes, w {worst:.1e} mV apart", params.counted, ours.len());
        assert_eq!(ours, output_ticks);
        assert!(worst < 1e-2, "{worst}");
    }
}

/// Spikes of his program in the same step, or in one beside it, in single precision as in double. Where a current is a ramp, ours has
/// the value of the middle of a step and his that of its beginning; class 2, whose recovery is not reset, passes on what each spike
/// is early or late by.
#[test]
fn izhikevichs_patterns_are_brians() {
    for Pattern { preset, dt_ms, duration_ms, output_ticks } in published().izhikevich {
        let spec = spec_of(&format!("demo=playground&preset={preset}"));
        let mut ours = ticks_of(&spec);
        // Runs last 0.1 s at least; his program goes one step further.
        ours.retain(|tick| *tick as f64 * dt_ms <= duration_ms);
        let mut theirs = output_ticks;
        theirs.retain(|tick| (*tick as f64 * dt_ms) < net_ms(&spec));
        println!("{preset}: {ours:?} {theirs:?}");
        assert_eq!(ours.len(), theirs.len(), "{preset}");
        let most = if preset == "izh_h_class_2" { 12 } else { 1 };
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert!(ours.abs_diff(*theirs) <= most, "{preset}: {ours} {theirs}");
        }
    }
}

fn net_ms(spec: &Spec) -> f64 {
    describe(spec).schedule.duration_ms()
}

#[test]
fn delayed_bursting_is_brians() {
    let theirs = published().delayed_bursting_ms;
    let ours = ticks_of(&spec_of("demo=playground&preset=delayed_bursting&dt_ms=0.01"));
    let ours: Vec<f64> = ours.into_iter().map(|tick| tick as f64 * 0.01).collect();
    println!("{ours:.2?}\n{theirs:.2?}");
    // Four bursts of four; each burst passes on what it is late by.
    for (ours, theirs) in ours.iter().zip(&theirs).take(16) {
        assert!((ours - theirs).abs() < 1.0, "{ours} {theirs}");
    }
}
