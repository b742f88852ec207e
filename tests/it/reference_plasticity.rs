//! Our learning rules against independent simulators: same rule, same spikes, same weights.
//!
//! The series and the script that makes them are in `tests/reference/`.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use stdp_playground::sim::TimeGrid;
use stdp_playground::sim::plasticity::triplet::ROWS;
use stdp_playground::sim::plasticity::{
    AdaptiveThreshold, Bound, Coincidence, InhibitoryStdp, InhibitoryStdpParams, PairStdp,
    PairStdpParams, Pairing, Published, PublishedVariant, RelaxingThresholdParams, Rule,
    SynapticScaling, SynapticScalingParams, Triplet,
};

/// Weights may differ by this much; they range from 0 to about 1.
const TOLERANCE: f64 = 1e-4;

fn load<T: DeserializeOwned>(name: &str) -> T {
    let path = format!("{}/tests/reference/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The spikes that all rules of a file learn from.
#[derive(Clone, Deserialize)]
pub(crate) struct Trains {
    dt_ms: f64,
    num_ticks: u64,
    pub ticks_per_sample: u64,
    pre_ticks: Vec<Vec<u64>>,
    post_ticks: Vec<Vec<u64>>,
}

impl Trains {
    pub fn size(&self) -> (usize, usize) {
        (self.pre_ticks.len(), self.post_ticks.len())
    }

    pub fn grid(&self) -> TimeGrid {
        TimeGrid::new(self.dt_ms)
    }

    fn without_coincidences(&self) -> Self {
        let mut trains = self.clone();
        for train in &mut trains.post_ticks {
            train.retain(|tick| !self.pre_ticks.iter().any(|pre| pre.contains(tick)));
        }
        trains
    }

    /// What `step`, given the spikes of each tick, answers after every sample.
    pub fn step_by_step(&self, mut step: impl FnMut(&[u32], &[u32]) -> Vec<f32>) -> Vec<Vec<f32>> {
        let ids = |trains, tick| firing(trains, tick).map(|n| n as u32).collect::<Vec<_>>();
        let answers = (0..self.num_ticks)
            .map(|tick| step(&ids(&self.pre_ticks, tick), &ids(&self.post_ticks, tick)));
        let last = self.ticks_per_sample as usize - 1;
        answers.skip(last).step_by(last + 1).collect()
    }

    /// All weights after every sample; with `at_input` as they were just after their last input spike.
    pub fn replay(&self, mut rule: Rule, w_init: f32, at_input: bool) -> Vec<Vec<f32>> {
        let num_post = self.post_ticks.len();
        let mut weights = vec![w_init; self.pre_ticks.len() * num_post];
        let (mut seen, mut samples) = (weights.clone(), Vec::new());
        for tick in 0..self.num_ticks {
            rule.tick();
            for is_input in [!rule.is_post_first(), rule.is_post_first()] {
                if is_input {
                    for pre in firing(&self.pre_ticks, tick) {
                        let row = pre * num_post..(pre + 1) * num_post;
                        rule.pre_spike(pre, &mut weights[row]);
                    }
                } else {
                    for post in firing(&self.post_ticks, tick) {
                        rule.post_spike(post, &mut weights);
                    }
                }
            }
            for pre in firing(&self.pre_ticks, tick) {
                let row = pre * num_post..(pre + 1) * num_post;
                seen[row.clone()].copy_from_slice(&weights[row]);
            }
            if (tick + 1).is_multiple_of(self.ticks_per_sample) {
                samples.push(if at_input { seen.clone() } else { weights.clone() });
            }
        }
        samples
    }
}

fn firing(trains: &[Vec<u64>], tick: u64) -> impl Iterator<Item = usize> {
    (0..trains.len()).filter(move |&neuron| trains[neuron].binary_search(&tick).is_ok())
}

pub(crate) fn compare(name: &str, ours: &[Vec<f32>], theirs: &[Vec<f64>]) {
    assert_eq!(ours.len(), theirs.len(), "{name}");
    let first = theirs[0].clone();
    assert!(theirs.iter().flatten().any(|w| (w - first[0]).abs() > 0.02), "{name}: nothing moves");
    let mut worst = 0.0_f64;
    for (sample, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        assert_eq!(ours.len(), theirs.len(), "{name}");
        for (idx, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
            let error = (f64::from(*ours) - theirs).abs();
            worst = worst.max(error);
            assert!(error < TOLERANCE, "{name}, sample {sample}, {idx}: {ours} and {theirs}");
        }
    }
    println!("{name}: within {worst:.1e}");
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum BoundCase {
    Unbounded,
    Hard,
    Gate,
    Power { mu_plus: f64, mu_minus: f64 },
    PowerLaw { mu: f64, w_0: f64 },
}

#[derive(Deserialize)]
struct PairCase {
    a_plus: f64,
    a_minus: f64,
    tau_plus_ms: f64,
    tau_minus_ms: f64,
    w_min: f64,
    w_max: f64,
    w_init: f32,
    pairing: String,
    coincidence: String,
    bound: BoundCase,
    #[serde(default)]
    model: String,
    #[serde(default)]
    without_coincidences: bool,
    weights: Vec<Vec<f64>>,
}

impl PairCase {
    fn params(&self) -> PairStdpParams {
        PairStdpParams {
            a_plus: self.a_plus,
            a_minus: self.a_minus,
            tau_plus_ms: self.tau_plus_ms,
            tau_minus_ms: self.tau_minus_ms,
            w_min: self.w_min,
            w_max: self.w_max,
            bound: match self.bound {
                BoundCase::Unbounded => Bound::Unbounded,
                BoundCase::Hard => Bound::Hard,
                BoundCase::Gate => Bound::Gate,
                BoundCase::Power { mu_plus, mu_minus } => Bound::Power { mu_plus, mu_minus },
                BoundCase::PowerLaw { mu, w_0 } => Bound::PowerLaw { mu, w_0 },
            },
            pairing: match self.pairing.as_str() {
                "all_to_all" => Pairing::AllToAll,
                "nearest" => Pairing::Nearest,
                "presynaptic_centred" => Pairing::PresynapticCentred,
                "reduced" => Pairing::Reduced,
                other => panic!("{other}"),
            },
            coincidence: match self.coincidence.as_str() {
                "pre_first" => Coincidence::PreFirst,
                "post_first" => Coincidence::PostFirst,
                "both" => Coincidence::Both,
                "neither" => Coincidence::Neither,
                other => panic!("{other}"),
            },
        }
    }

    fn compare(&self, trains: &Trains, at_input: bool) {
        let params = self.params();
        let name = format!("{} {params:?}", self.model);
        let (num_pre, num_post) = trains.size();
        let rule = Rule::Pair(PairStdp::new(num_pre, num_post, params, trains.grid()));
        compare(&name, &trains.replay(rule, self.w_init, at_input), &self.weights);
    }
}

#[derive(Deserialize)]
struct TripletCase {
    row: usize,
    w_init: f32,
    weights: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct InhibitoryCase {
    params: InhibitoryCaseParams,
    weights: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct InhibitoryCaseParams {
    #[serde(flatten)]
    params: InhibitoryStdpParams,
    w_init: f32,
}

#[derive(Deserialize)]
struct BrianFile {
    #[serde(flatten)]
    trains: Trains,
    pairs: Vec<PairCase>,
    triplets: Vec<TripletCase>,
    inhibitory: InhibitoryCase,
}

#[test]
fn pair_rules_are_brians() {
    let file: BrianFile = load("plasticity_brian.json");
    assert_eq!(file.pairs.len(), 15);
    for case in &file.pairs {
        case.compare(&file.trains, false);
    }
}

#[test]
fn triplet_rules_are_brians() {
    let file: BrianFile = load("plasticity_brian.json");
    assert_eq!(file.triplets.len(), 5);
    let (num_pre, num_post) = file.trains.size();
    for case in &file.triplets {
        let row = ROWS[case.row];
        let rule = Triplet::new(num_pre, num_post, row.params(), file.trains.grid());
        let ours = file.trains.replay(Rule::Triplet(rule), case.w_init, false);
        compare(row.name, &ours, &case.weights);
    }
}

#[test]
fn inhibitory_plasticity_is_brians() {
    let file: BrianFile = load("plasticity_brian.json");
    let (num_pre, num_post) = file.trains.size();
    let InhibitoryCaseParams { params, w_init } = file.inhibitory.params;
    let rule = InhibitoryStdp::new(num_pre, num_post, params, file.trains.grid());
    let ours = file.trains.replay(Rule::Inhibitory(rule), w_init, false);
    compare("inhibitory", &ours, &file.inhibitory.weights);
}

#[derive(Deserialize)]
struct NestFile {
    #[serde(flatten)]
    trains: Trains,
    cases: Vec<PairCase>,
}

#[test]
fn pair_rules_are_nests() {
    let file: NestFile = load("plasticity_nest.json");
    assert_eq!(file.cases.len(), 7);
    for case in &file.cases {
        if case.without_coincidences {
            case.compare(&file.trains.without_coincidences(), true);
        } else {
            case.compare(&file.trains, true);
        }
    }
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum VariantCase {
    Classic { a_plus: f64, a_minus: f64 },
    Offset { learning_rate: f64, offset: f64, w_max: f64 },
    Asymptotic { a_plus: f64, a_minus: f64, w_min: f64 },
}

#[derive(Deserialize)]
struct PublishedCase {
    keep: [f64; 2],
    w_init: f32,
    variant: VariantCase,
    weights: Vec<Vec<f64>>,
}

impl PublishedCase {
    fn variant(&self) -> PublishedVariant {
        match self.variant {
            VariantCase::Classic { a_plus, a_minus } => {
                PublishedVariant::Classic { a_plus, a_minus }
            }
            VariantCase::Offset { learning_rate, offset, w_max } => {
                PublishedVariant::Offset { learning_rate, offset, w_max }
            }
            VariantCase::Asymptotic { a_plus, a_minus, w_min } => {
                PublishedVariant::Asymptotic { a_plus, a_minus, w_min }
            }
        }
    }
}

#[derive(Deserialize)]
struct ScalingCase {
    params: SynapticScalingParams,
    w_init: Vec<f32>,
    weights: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct ThresholdCase {
    params: RelaxingThresholdParams,
    theta_mv: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct NumpyFile {
    #[serde(flatten)]
    trains: Trains,
    published: Vec<PublishedCase>,
    scaling: ScalingCase,
    threshold: ThresholdCase,
}

#[test]
fn published_rules_are_those_of_their_matrices() {
    let file: NumpyFile = load("plasticity_numpy.json");
    assert_eq!(file.published.len(), 3);
    let (num_pre, num_post) = file.trains.size();
    for case in &file.published {
        let mut rule = Published::new(num_pre, num_post, case.variant(), case.keep);
        let mut weights = vec![case.w_init; num_pre * num_post];
        let ours = file.trains.step_by_step(|pre, post| {
            rule.step(pre, post, &mut weights);
            weights.clone()
        });
        compare(&format!("{:?}", case.variant()), &ours, &case.weights);
    }
}

#[test]
fn synaptic_scaling_is_the_loop_in_double_precision() {
    let NumpyFile { trains, scaling, .. } = load("plasticity_numpy.json");
    let mut rule = SynapticScaling::new(trains.size().1, &scaling.params, trains.grid());
    let mut weights = scaling.w_init;
    let ours = trains.step_by_step(|_, post| {
        rule.step(post.iter().copied(), &mut weights);
        weights.clone()
    });
    compare("scaling", &ours, &scaling.weights);
}

#[test]
fn a_relaxing_threshold_is_the_loop_in_double_precision() {
    let NumpyFile { trains, threshold, .. } = load("plasticity_numpy.json");
    let (num_post, grid) = (trains.size().1, trains.grid());
    let mut rule = AdaptiveThreshold::relaxing(num_post, &threshold.params, grid);
    let ours = trains.step_by_step(|_, post| {
        rule.step(post);
        rule.theta_mv().to_vec()
    });
    compare("threshold", &ours, &threshold.theta_mv);
}

#[test]
fn the_trains_tell_the_rules_apart() {
    // Otherwise a rule could pass for another.
    let file: BrianFile = load("plasticity_brian.json");
    for (n, one) in file.pairs.iter().enumerate() {
        for other in &file.pairs[..n] {
            let values = one.weights.iter().flatten().zip(other.weights.iter().flatten());
            let far = values.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(far > 0.03, "{:?} and {:?}: {far}", one.params(), other.params());
        }
    }
    let post = &file.trains.post_ticks;
    assert!(post.iter().all(|post| post.iter().any(|t| file.trains.pre_ticks[2].contains(t))));
}
