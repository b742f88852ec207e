//! Our modules against traces of independent simulators: same parameters, same input spikes, same answer.
//!
//! The traces and the scripts that make them are in `tests/reference/`.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use stdp_playground::sim::TimeGrid;
use stdp_playground::sim::network::{Effect, Network, Population, Projection};
use stdp_playground::sim::neuron::adds::{AddsParams, Dendrites};
use stdp_playground::sim::neuron::{Lif, LifParams};
use stdp_playground::sim::plasticity::{Bound, Coincidence, PairStdp, PairStdpParams, Pairing};
use stdp_playground::sim::synapse::ExponentialCurrent;

use crate::reference_neurons::assert_same_spikes;

/// Potentials may differ by this much, in mV.
const V_TOLERANCE_MV: f64 = 1e-3;
/// Weights may differ by this share of `w_max`.
const W_TOLERANCE: f64 = 1e-4;
/// Samples this close to an output spike, in ticks, are not compared: a spike may be a tick late.
const NEAR_A_SPIKE: u64 = 2;

fn load<T: DeserializeOwned>(name: &str) -> T {
    let path = format!("{}/tests/reference/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// What every trace of a neuron has.
#[derive(Deserialize)]
struct Trace {
    ticks_per_sample: u64,
    v_mv: Vec<f64>,
    output_ticks: Vec<u64>,
}

impl Trace {
    /// Steps the network through the trace and compares population `idx`, of one neuron, with it.
    fn compare(&self, name: &str, network: &mut Network, idx: usize, inputs: &[Vec<u64>]) {
        let num_ticks = self.ticks_per_sample * self.v_mv.len() as u64;
        let (mut v_mv, mut fired) = (Vec::new(), Vec::new());
        for tick in 0..num_ticks {
            force_spikes(network, inputs, tick);
            network.step(false);
            let population = &network.populations[idx];
            fired.extend(population.fired().iter().map(|_| tick));
            if (tick + 1).is_multiple_of(self.ticks_per_sample) {
                v_mv.push(f64::from(population.neurons.v_mv()[0]));
            }
        }
        assert_same_spikes(name, &fired, &self.output_ticks);
        self.compare_potentials(name, &v_mv);
    }

    fn compare_potentials(&self, name: &str, v_mv: &[f64]) {
        let mut compared = 0;
        for (sample, (ours, theirs)) in v_mv.iter().zip(&self.v_mv).enumerate() {
            let tick = (sample as u64 + 1) * self.ticks_per_sample - 1;
            if self.output_ticks.iter().any(|spike| spike.abs_diff(tick) <= NEAR_A_SPIKE) {
                continue;
            }
            let error = (ours - theirs).abs();
            assert!(error < V_TOLERANCE_MV, "{name} at tick {tick}: {ours} and {theirs} mV");
            compared += 1;
        }
        assert!(compared * 2 > self.v_mv.len(), "{name}: only {compared} samples compared");
    }
}

/// Makes the neurons of population 0 fire in these ticks, whatever their potential.
fn force_spikes(network: &mut Network, trains: &[Vec<u64>], tick: u64) {
    for (neuron, train) in trains.iter().enumerate() {
        if train.contains(&tick) {
            network.populations[0].neurons.v_mv_mut()[neuron] = 1e6;
        }
    }
}

/// Neurons that only fire when forced to.
fn sources(num: usize, grid: TimeGrid) -> Population {
    let params =
        LifParams { tau_m_ms: 1.0, e_l_mv: 0.0, v_th_mv: 1.0, v_reset_mv: 0.0, t_ref_ms: 0.0 };
    Population::new("sources", Lif::new(num, &params, grid))
}

#[derive(Deserialize)]
struct LifCase {
    #[serde(flatten)]
    params: LifParams,
    r_m: f64,
    #[serde(default)]
    drive_mv: f64,
    #[serde(default)]
    tau_s_ms: f64,
    #[serde(flatten)]
    trace: Trace,
}

#[derive(Deserialize)]
struct LifFile {
    dt_ms: f64,
    #[serde(default)]
    weights: Vec<f32>,
    #[serde(default)]
    input_ticks: Vec<Vec<u64>>,
    cases: Vec<LifCase>,
}

fn compare_constant_current(file: &str) {
    let LifFile { dt_ms, cases, .. } = load(file);
    let grid = TimeGrid::new(dt_ms);
    assert!(!cases.is_empty());
    for case in cases {
        let mut neuron = Population::new("neuron", Lif::new(1, &case.params, grid));
        neuron.drive_mv[0] = case.drive_mv as f32;
        let mut network = Network::new(grid, vec![neuron], vec![]);
        let name = format!("{file}, {} mV, {} ms", case.drive_mv, case.params.t_ref_ms);
        case.trace.compare(&name, &mut network, 0, &[]);
    }
}

fn compare_exponential_current(file: &str) {
    let LifFile { dt_ms, weights, input_ticks, cases } = load(file);
    let grid = TimeGrid::new(dt_ms);
    assert!(!cases.is_empty());
    for case in cases {
        let neuron = Population::new("neuron", Lif::new(1, &case.params, grid));
        let mut projection = Projection::new(0, 1, 1, weights.clone(), 1);
        let (tau_s_ms, tau_m_ms) = (case.tau_s_ms, case.params.tau_m_ms);
        let current = ExponentialCurrent::new(1, tau_s_ms, tau_m_ms, case.r_m, grid);
        projection.effects = vec![Effect::Current(current)];
        let populations = vec![sources(weights.len(), grid), neuron];
        let mut network = Network::new(grid, populations, vec![projection]);
        let name = format!("{file}, {tau_s_ms} and {tau_m_ms} ms");
        case.trace.compare(&name, &mut network, 1, &input_ticks);
    }
}

#[test]
fn lif_with_a_constant_current_is_brians() {
    compare_constant_current("lif_constant.json");
}

#[test]
fn lif_with_a_constant_current_is_nests() {
    compare_constant_current("lif_constant_nest.json");
}

#[test]
fn lif_with_an_exponential_current_is_brians() {
    compare_exponential_current("lif_exponential.json");
}

#[test]
fn lif_with_an_exponential_current_is_nests() {
    compare_exponential_current("lif_exponential_nest.json");
}

#[derive(Deserialize)]
struct AddsFile {
    dt_ms: f64,
    cases: Vec<AddsCase>,
}

#[derive(Deserialize)]
struct AddsCase {
    w: f64,
    #[serde(flatten)]
    params: AddsParams,
    tau_i_ms: f64,
    r_i: f64,
    input_ticks: Vec<u64>,
    #[serde(flatten)]
    trace: Trace,
}

#[test]
fn active_dendrites_are_brians() {
    let AddsFile { dt_ms, cases } = load("adds.json");
    let grid = TimeGrid::new(dt_ms);
    assert!(!cases.is_empty());
    for case in cases {
        let params = case.params;
        let name = format!("weight {}, {} spikes", case.w, case.input_ticks.len());
        assert!((params.tau_i_ms(case.w) - case.tau_i_ms).abs() < 1e-9, "{name}");
        assert!((params.r_i(case.tau_i_ms) - case.r_i).abs() < 1e-9, "{name}");
        let soma = LifParams {
            tau_m_ms: params.tau_m_ms,
            e_l_mv: 0.0,
            v_th_mv: params.v_th_mv,
            v_reset_mv: 0.0,
            t_ref_ms: 0.0,
        };
        let mut projection = Projection::new(0, 1, 1, vec![case.w as f32], 1);
        let dendrites = Dendrites::new(1, projection.weights(), params, grid);
        projection.effects = vec![Effect::Dendrites(dendrites)];
        let soma = Population::new("soma", Lif::new(1, &soma, grid));
        let mut network = Network::new(grid, vec![sources(1, grid), soma], vec![projection]);
        case.trace.compare(&name, &mut network, 1, &[case.input_ticks]);
    }
}

#[derive(Deserialize)]
struct StdpFile {
    dt_ms: f64,
    num_ticks: u64,
    ticks_per_sample: u64,
    a_plus: f64,
    a_minus: f64,
    tau_plus_ms: f64,
    tau_minus_ms: f64,
    w_min: f64,
    w_max: f64,
    w_init: f32,
    pre_ticks: Vec<Vec<u64>>,
    post_ticks: Vec<Vec<u64>>,
    cases: Vec<StdpCase>,
}

#[derive(Deserialize)]
struct StdpCase {
    pairing: String,
    bound: String,
    weights: Vec<Vec<f64>>,
}

impl StdpFile {
    fn params(&self, case: &StdpCase) -> PairStdpParams {
        PairStdpParams {
            a_plus: self.a_plus,
            a_minus: self.a_minus,
            tau_plus_ms: self.tau_plus_ms,
            tau_minus_ms: self.tau_minus_ms,
            w_min: self.w_min,
            w_max: self.w_max,
            bound: if case.bound == "soft" { Bound::Soft } else { Bound::Hard },
            pairing: if case.pairing == "nearest" { Pairing::Nearest } else { Pairing::AllToAll },
            coincidence: Coincidence::PreFirst,
        }
    }

    /// All weights after every `ticks_per_sample` ticks.
    fn replay(&self, params: PairStdpParams) -> Vec<Vec<f32>> {
        let (num_pre, num_post) = (self.pre_ticks.len(), self.post_ticks.len());
        let mut stdp = PairStdp::new(num_pre, num_post, params, TimeGrid::new(self.dt_ms));
        let mut weights = vec![self.w_init; num_pre * num_post];
        let mut samples = Vec::new();
        for tick in 0..self.num_ticks {
            stdp.tick();
            for pre in firing(&self.pre_ticks, tick) {
                stdp.pre_spike(pre, &mut weights[pre * num_post..(pre + 1) * num_post]);
            }
            for post in firing(&self.post_ticks, tick) {
                stdp.post_spike(post, &mut weights);
            }
            if (tick + 1).is_multiple_of(self.ticks_per_sample) {
                samples.push(weights.clone());
            }
        }
        samples
    }
}

fn firing(trains: &[Vec<u64>], tick: u64) -> impl Iterator<Item = usize> {
    (0..trains.len()).filter(move |&neuron| trains[neuron].binary_search(&tick).is_ok())
}

#[test]
fn pair_stdp_is_brians() {
    let file: StdpFile = load("stdp.json");
    assert_eq!(file.cases.len(), 4);
    for case in &file.cases {
        let samples = file.replay(file.params(case));
        assert_eq!(samples.len(), case.weights.len());
        for (sample, (ours, theirs)) in samples.iter().zip(&case.weights).enumerate() {
            for (idx, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                let error = (f64::from(*ours) - theirs).abs();
                assert!(
                    error < W_TOLERANCE * file.w_max,
                    "{} {}, sample {sample}, weight {idx}: {ours} and {theirs}",
                    case.pairing,
                    case.bound
                );
            }
        }
    }
}

#[test]
fn the_stdp_trains_tell_the_rules_apart() {
    // Otherwise a rule could pass for another.
    let file: StdpFile = load("stdp.json");
    let last = |case: &StdpCase| case.weights.last().cloned().unwrap_or_default();
    for (n, one) in file.cases.iter().enumerate() {
        for other in &file.cases[..n] {
            let far = last(one).iter().zip(last(other)).any(|(a, b)| (a - b).abs() > 0.05);
            assert!(far, "{} {} and {} {}", one.pairing, one.bound, other.pairing, other.bound);
        }
    }
    let coincides = |post: &Vec<u64>| post.iter().any(|t| file.pre_ticks[2].contains(t));
    assert!(file.post_ticks.iter().all(coincides));
}
