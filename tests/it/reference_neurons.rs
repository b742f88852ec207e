//! More neuron models against traces of independent simulators: same scheme, same parameters, same
//! input spikes, same answer. NEST solves its equations adaptively, so there our error is compared,
//! at two steps.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use stdp_playground::sim::encode::{Counting, Poisson};
use stdp_playground::sim::neuron::{
    ConductanceLif, ConductanceLifParams, Integrator, Lif, LifParams, LinearPoisson,
};
use stdp_playground::sim::{Stream, TimeGrid, math};

/// Potentials may differ by this much, in mV, where the schemes are the same.
const V_TOLERANCE_MV: f64 = 1e-3;

pub(crate) fn load<T: DeserializeOwned>(name: &str) -> T {
    let path = format!("{}/tests/reference/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// What every trace of a neuron has.
#[derive(Deserialize)]
pub(crate) struct Trace {
    pub ticks_per_sample: u64,
    pub v_mv: Vec<f64>,
    pub output_ticks: Vec<u64>,
}

/// How far we are from a trace.
#[derive(Debug)]
pub(crate) struct Distance {
    pub worst_mv: f64,
    num_moved: usize,
    pub num_spikes: usize,
}

impl Trace {
    /// `step` moves the neuron on by one tick and gives its potential and whether it fired.
    pub fn distance(
        &self,
        name: &str,
        dt_ms: f64,
        mut step: impl FnMut(u64) -> (f32, bool),
    ) -> Distance {
        let num_ticks = self.ticks_per_sample * self.v_mv.len() as u64;
        let (mut v_mv, mut fired) = (Vec::new(), Vec::new());
        for tick in 0..num_ticks {
            let (v, has_fired) = step(tick);
            fired.extend(has_fired.then_some(tick));
            if (tick + 1).is_multiple_of(self.ticks_per_sample) {
                v_mv.push(f64::from(v));
            }
        }
        let num_moved = num_moved(name, &fired, &self.output_ticks);
        // Within a millisecond of a spike, a tick makes a difference.
        let near_ticks = ((1.0 / dt_ms) as u64).max(2);
        let (mut worst_mv, mut num_compared) = (0.0_f64, 0);
        for (sample, (ours, theirs)) in v_mv.iter().zip(&self.v_mv).enumerate() {
            let tick = (sample as u64 + 1) * self.ticks_per_sample - 1;
            if self.output_ticks.iter().all(|spike| spike.abs_diff(tick) > near_ticks) {
                worst_mv = worst_mv.max((ours - theirs).abs());
                num_compared += 1;
            }
        }
        assert!(num_compared * 3 > self.v_mv.len(), "{name}: only {num_compared} compared");
        let found = Distance { worst_mv, num_moved, num_spikes: fired.len() };
        println!("{name}: {found:?}");
        found
    }
}

impl Distance {
    pub fn assert_same_scheme(&self, name: &str) {
        assert!(self.worst_mv < V_TOLERANCE_MV, "{name}: {self:?}");
        self.assert_same_spikes(name);
    }

    /// At least 99 of 100 spikes in the same tick.
    pub fn assert_same_spikes(&self, name: &str) {
        assert_few_moved(name, self.num_moved, self.num_spikes);
    }
}

/// How many of our spikes are not in the tick of theirs. There must be as many, and none more than a tick away.
fn num_moved(name: &str, ours: &[u64], theirs: &[u64]) -> usize {
    assert_eq!(ours.len(), theirs.len(), "{name}: {ours:?}");
    let pairs = ours.iter().zip(theirs);
    let shifts: Vec<u64> = pairs.map(|(ours, theirs)| ours.abs_diff(*theirs)).collect();
    assert!(shifts.iter().all(|shift| *shift <= 1), "{name}: {shifts:?}");
    shifts.iter().filter(|shift| **shift > 0).count()
}

fn assert_few_moved(name: &str, num_moved: usize, num_spikes: usize) {
    assert!(num_moved * 100 <= num_spikes, "{name}: {num_moved} of {num_spikes} moved");
}

/// Holds spikes to those of the same scheme: as many, 99 of 100 in the same tick, the rest in the next to it.
pub(crate) fn assert_same_spikes(name: &str, ours: &[u64], theirs: &[u64]) {
    assert_few_moved(name, num_moved(name, ours, theirs), theirs.len());
}

#[derive(Deserialize)]
struct ConductanceCase {
    #[serde(flatten)]
    params: ConductanceLifParams,
    drive_mv: f32,
    #[serde(default)]
    method: String,
    /// Of this case, where the file has none.
    #[serde(default)]
    dt_ms: f64,
    /// Ticks of this case per tick of the input spikes.
    #[serde(default)]
    refine: u64,
    #[serde(flatten)]
    trace: Trace,
}

#[derive(Deserialize)]
struct ConductanceFile {
    #[serde(default)]
    dt_ms: f64,
    weights: Vec<f32>,
    is_excitatory: Vec<bool>,
    input_ticks: Vec<Vec<u64>>,
    cases: Vec<ConductanceCase>,
}

impl ConductanceFile {
    fn distance(&self, case: &ConductanceCase, integrator: Integrator) -> Distance {
        let (dt_ms, refine) = (self.dt_ms.max(case.dt_ms), case.refine.max(1));
        let mut neuron = ConductanceLif::new(1, &case.params, integrator, TimeGrid::new(dt_ms));
        let mut fired = Vec::new();
        let name = format!(
            "{integrator:?}, dt {dt_ms} ms, refractory {} ms, drive {} mV",
            case.params.t_ref_ms, case.drive_mv
        );
        case.trace.distance(&name, dt_ms, |tick| {
            // What was fired in a tick arrives in the next.
            let sent = tick.wrapping_sub(1);
            for (input, train) in self.input_ticks.iter().enumerate() {
                if sent.is_multiple_of(refine) && train.binary_search(&(sent / refine)).is_ok() {
                    let weight = self.weights[input];
                    match self.is_excitatory[input] {
                        true => neuron.g_e_mut()[0] += weight,
                        false => neuron.g_i_mut()[0] += weight,
                    }
                }
            }
            neuron.integrate(&[case.drive_mv], &[0.0]);
            neuron.find_crossings(None, &mut fired);
            neuron.reset_fired(&fired);
            (neuron.v_mv()[0], !fired.is_empty())
        })
    }
}

#[test]
fn conductance_neurons_are_brians() {
    for name in ["conductance_lif.json", "conductance_lif_example.json"] {
        let file: ConductanceFile = load(name);
        assert!(!file.cases.is_empty());
        for case in &file.cases {
            let integrator = match case.method.as_str() {
                "euler" => Integrator::Euler,
                _ => Integrator::ExponentialEuler,
            };
            let found = file.distance(case, integrator);
            found.assert_same_scheme(&format!("{name}, {}", case.method));
            assert!(found.num_spikes >= 20, "{name}: too few spikes to compare");
        }
    }
}

#[test]
fn conductance_neurons_approach_nests() {
    let file: ConductanceFile = load("conductance_lif_nest.json");
    assert_eq!(file.cases.len(), 6);
    for case in &file.cases {
        // Another scheme than NEST's, but so near that its spikes are held to the rule for the same scheme.
        let found = file.distance(case, Integrator::ExponentialMean);
        found.assert_same_scheme(&format!("dt {} ms, drive {} mV", case.dt_ms, case.drive_mv));
        if case.trace.output_ticks.is_empty() {
            // The methods of first order move spikes by more than a tick, so without spikes only.
            for integrator in [Integrator::Euler, Integrator::ExponentialEuler] {
                let found = file.distance(case, integrator);
                assert!(found.worst_mv < 2.0 * case.dt_ms, "{integrator:?}: {found:?}");
            }
        }
    }
}

#[derive(Deserialize)]
struct ResetCase {
    #[serde(flatten)]
    params: LifParams,
    drive_mv: f32,
    is_soft: bool,
    #[serde(flatten)]
    trace: Trace,
}

#[derive(Deserialize)]
struct ResetFile {
    dt_ms: f64,
    cases: Vec<ResetCase>,
}

#[test]
fn hard_and_soft_resets_are_brians() {
    let file: ResetFile = load("soft_reset.json");
    for case in &file.cases {
        let mut neuron = Lif::new(1, &case.params, TimeGrid::new(file.dt_ms));
        if case.is_soft {
            neuron = neuron.with_soft_reset();
        }
        let mut fired = Vec::new();
        let name = format!("soft {}, drive {} mV", case.is_soft, case.drive_mv);
        let found = case.trace.distance(&name, file.dt_ms, |_| {
            neuron.integrate(&[case.drive_mv], &[0.0]);
            neuron.find_crossings(None, &mut fired);
            neuron.reset_fired(&fired);
            (neuron.v_mv()[0], !fired.is_empty())
        });
        found.assert_same_scheme(&name);
    }
}

/// Mean weight and output rate of a linear Poisson neuron whose 200 inputs learn by pairs, over the
/// second half of 1,500 s. Were pairs within a tick to potentiate, the sum over the window's left
/// side would have a term less than that over its right one, 5 % at this step, and w would be 0.507
/// for μ = 1.
fn learned_by_a_linear_neuron(mu: f32) -> (f64, f64) {
    let (num, alpha, lambda) = (200, 1.05, 0.005);
    let rates = vec![10.0; num];
    let grid = TimeGrid::new(1.0);
    let mut inputs = Poisson::new(Counting::OncePerTick, &rates, grid, Stream::new(1, "input"));
    let mut neuron = LinearPoisson::new(1, num, Stream::new(1, "output"));
    let decay = math::decay_per_step(1.0, 20.0);
    let (mut w, mut x, mut y) = (vec![0.5_f32; num], vec![0.0_f32; num], 0.0_f32);
    let (mut spikes, mut fired, mut num_fired, mut sum) = (Vec::new(), Vec::new(), 0, 0.0);
    let num_ticks = 1_500_000;
    for tick in 0..num_ticks {
        x.iter_mut().for_each(|x| *x *= decay);
        y *= decay;
        // The spikes of the tick before; pairs within a tick do not count, on either side.
        neuron.fire(&mut fired);
        inputs.fire(tick, &mut spikes);
        if !fired.is_empty() {
            for (w, x) in w.iter_mut().zip(&x).filter(|(_, x)| **x > 1e-9) {
                *w = (*w + lambda * math::powf(1.0 - *w, mu) * x).min(1.0);
            }
        }
        for &input in &spikes {
            let input = input as usize;
            w[input] = (w[input] - lambda * alpha * math::powf(w[input], mu) * y).max(0.0);
            x[input] += 1.0;
            neuron.receive(&w[input..input + 1]);
        }
        y += fired.len() as f32;
        if tick >= num_ticks / 2 {
            num_fired += fired.len();
            sum += if tick % 100 == 0 { w.iter().sum::<f32>() / num as f32 } else { 0.0 };
        }
    }
    let half = num_ticks as f64 / 2.0;
    (f64::from(sum) / (half / 100.0), num_fired as f64 / half * 1_000.0)
}

#[test]
fn a_linear_neuron_learns_the_fixed_point_of_the_closed_form() {
    for (mu, published) in [(1.0, 0.494), (0.2, 0.470)] {
        let (w, rate_hz) = learned_by_a_linear_neuron(mu);
        // One input spike in N r τ = 40 is followed by the output spike that it made.
        let alpha = 1.05 / (1.0 + 1.0 / 40.0);
        let theory = 1.0 / (1.0 + math::powf_f64(alpha, 1.0 / f64::from(mu)));
        println!("μ {mu}: w {w}, theory {theory}, {rate_hz} Hz");
        assert!((theory - published).abs() < 6e-4, "{theory}");
        assert!((w - published).abs() < 0.01, "μ {mu}: {w}");
        assert!((rate_hz / (10.0 * w) - 1.0).abs() < 0.03, "μ {mu}: {rate_hz} Hz for {w}");
    }
}
