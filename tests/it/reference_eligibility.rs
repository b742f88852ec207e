//! STDP that waits for a success signal against an independent simulator: same spikes and signals, same
//! weights. The series and the script that makes them are in `tests/reference/`.

use serde::Deserialize;

use stdp_playground::sim::TimeGrid;
use stdp_playground::sim::plasticity::{
    Bound, Coincidence, EligibilityStdp, PairStdpParams, Pairing,
};

/// Weights range from 0 to 1.
const TOLERANCE: f64 = 1e-4;

#[derive(Deserialize)]
struct Reference {
    dt_ms: f64,
    num_ticks: u64,
    ticks_per_sample: u64,
    a_plus: f64,
    a_minus: f64,
    tau_plus_ms: f64,
    tau_minus_ms: f64,
    w_init: f32,
    pre_ticks: Vec<Vec<u64>>,
    post_ticks: Vec<Vec<u64>>,
    signal_ticks: Vec<u64>,
    signals: Vec<f32>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    bound: String,
    tau_e_ms: f64,
    weights: Vec<Vec<f64>>,
}

fn firing(trains: &[Vec<u64>], tick: u64) -> impl Iterator<Item = usize> {
    (0..trains.len()).filter(move |&i| trains[i].binary_search(&tick).is_ok())
}

/// All weights after every sample.
fn replay(reference: &Reference, case: &Case) -> Vec<Vec<f32>> {
    let params = PairStdpParams {
        a_plus: reference.a_plus,
        a_minus: reference.a_minus,
        tau_plus_ms: reference.tau_plus_ms,
        tau_minus_ms: reference.tau_minus_ms,
        w_min: 0.0,
        w_max: 1.0,
        bound: if case.bound == "soft" { Bound::Soft } else { Bound::Unbounded },
        pairing: Pairing::AllToAll,
        coincidence: Coincidence::PreFirst,
    };
    let (num_pre, num_post) = (reference.pre_ticks.len(), reference.post_ticks.len());
    let grid = TimeGrid::new(reference.dt_ms);
    let mut rule = EligibilityStdp::new(num_pre, num_post, params, case.tau_e_ms, grid);
    let mut weights = vec![reference.w_init; num_pre * num_post];
    let mut samples = Vec::new();
    for tick in 0..reference.num_ticks {
        rule.tick();
        for pre in firing(&reference.pre_ticks, tick) {
            rule.pre_spike(pre, &weights[pre * num_post..(pre + 1) * num_post]);
        }
        for post in firing(&reference.post_ticks, tick) {
            rule.post_spike(post, &weights);
        }
        if let Ok(place) = reference.signal_ticks.binary_search(&tick) {
            rule.succeed(reference.signals[place], &mut weights);
        }
        if (tick + 1).is_multiple_of(reference.ticks_per_sample) {
            samples.push(weights.clone());
        }
    }
    samples
}

#[test]
fn eligibility_learns_as_in_brian() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/eligibility.json");
    let text = std::fs::read_to_string(path).expect("the reference");
    let reference: Reference = serde_json::from_str(&text).expect("a reference");
    assert_eq!(reference.cases.len(), 3);
    for case in &reference.cases {
        let ours = replay(&reference, case);
        assert_eq!(ours.len(), case.weights.len());
        let pairs = ours.iter().flatten().zip(case.weights.iter().flatten());
        let worst = pairs.map(|(a, b)| (f64::from(*a) - b).abs()).fold(0.0, f64::max);
        println!("{} {} ms: {worst:.1e}", case.bound, case.tau_e_ms);
        assert!(worst < TOLERANCE, "{} {}: {worst}", case.bound, case.tau_e_ms);
        let moved = ours[ours.len() - 1].iter().filter(|w| (**w - reference.w_init).abs() > 0.05);
        assert!(moved.count() >= 3, "the weights must have something to show");
    }
}
