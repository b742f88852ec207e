//! Networks that are built from their descriptions against Brian 2, from wiring, weights and delays that are drawn to
//! the last spike.
//!
//! Brian has the same synapses, drawn once more by `streams.py`, and does the rest with its own queues and equations.

use serde::Deserialize;
use stdp_playground::lab::built;
use stdp_playground::lab::described::{izhikevich, lif, pair_rule, pair_weights};
use stdp_playground::net::*;
use stdp_playground::sim::network::{Network as Built, Projection as Synapses, Wiring as Wired};
use stdp_playground::sim::neuron::{AdExParams, IzhikevichParams, LifParams};
use stdp_playground::sim::plasticity::{Bound, Coincidence, PairStdpParams, Pairing};

use super::reference_neurons::load;

/// What every network of the file has.
#[derive(Deserialize)]
struct Case {
    seed: u32,
    dt_ms: f64,
    duration_ms: f64,
    num_neurons: u32,
    p: f64,
    weights: [f64; 2],
    delay_ms: [f64; 2],
    /// When each input fires.
    input_ms: Vec<Vec<f64>>,
    /// Synapse by synapse, as they were drawn.
    senders: Vec<u32>,
    receivers: Vec<u32>,
    start_weights: Vec<f64>,
    delay_ticks: Vec<u64>,
    /// Spike by spike.
    output_ticks: Vec<u64>,
    output_neurons: Vec<usize>,
}

#[derive(Deserialize)]
struct AdExCase {
    #[serde(flatten)]
    case: Case,
    #[serde(flatten)]
    params: AdExParams,
    tau_s_ms: f64,
    area_mv_ms: f64,
    ticks_per_sample: u64,
    sampled: Vec<usize>,
    v_mv: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct StdpCase {
    #[serde(flatten)]
    case: Case,
    #[serde(flatten)]
    params: LifParams,
    per_weight: f64,
    a_plus: f64,
    a_minus: f64,
    tau_plus_ms: f64,
    tau_minus_ms: f64,
    w_min: f64,
    w_max: f64,
    end_weights: Vec<f64>,
}

#[derive(Deserialize)]
struct IzhikevichCase {
    #[serde(flatten)]
    case: Case,
    #[serde(flatten)]
    params: IzhikevichParams,
    per_weight: f64,
}

#[derive(Deserialize)]
struct File {
    adex: AdExCase,
    sparse_stdp: StdpCase,
    izhikevich: IzhikevichCase,
}

impl Case {
    fn num_ticks(&self) -> u64 {
        (self.duration_ms / self.dt_ms).round() as u64
    }

    fn start(&self) -> Draw {
        Draw::Uniform { low: self.weights[0], high: self.weights[1] }
    }

    /// The network of inputs onto neurons of this model, with the very synapses that Brian has.
    fn build(
        &self,
        model: Model,
        (weights, synapse): (Weights, Synapse),
        rule: Option<Rule>,
    ) -> Built {
        let mut net = Network::continuous(self.dt_ms, self.duration_ms);
        let inputs = Population::input("input", self.input_ms.len() as u32);
        let neurons = Population::new("neuron", self.num_neurons, 1, Role::Output, model);
        let trains = (0_u32..).zip(&self.input_ms);
        let spikes = trains.flat_map(|(input, train)| train.iter().map(move |ms| (input, *ms)));
        net.drive("trains", inputs.all(), Drive::SpikeTimes { spikes: spikes.collect() });
        let (ends, wiring) = ([inputs.all(), neurons.all()], Wiring::Probability { p: self.p });
        let [low_ms, high_ms] = self.delay_ms;
        let projection = Projection::new("synapses", ends, wiring, weights, synapse);
        let delay = Delay::Uniform { low_ms, high_ms };
        net.projections.push(Projection { delay, rule, ..projection });
        net.populations = vec![inputs, neurons];
        let network = built::network(&net, &["input", "neuron"], self.seed).expect("a network");
        self.assert_same_synapses(&network.projections[0]);
        network
    }

    /// Where each of our synapses stands in the file: those of a sender are sorted by delay here.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.senders.len()).collect();
        order.sort_by_key(|synapse| (self.senders[*synapse], self.delay_ticks[*synapse]));
        order
    }

    fn assert_same_synapses(&self, built: &Synapses) {
        let order = self.order();
        assert_eq!(built.num_synapses(), order.len());
        let Wired::Sparse(sparse) = built.wiring() else { panic!("dense wiring") };
        // A sender for each delay.
        let bundle_of = |synapse: usize| (self.senders[synapse], self.delay_ticks[synapse]);
        let num_bundles = order.chunk_by(|a, b| bundle_of(*a) == bundle_of(*b)).count();
        assert_eq!(built.num_pre(), num_bundles);
        for (ours, theirs) in order.into_iter().enumerate() {
            assert_eq!(sparse.ends(ours).1, self.receivers[theirs], "synapse {theirs}");
            let apart = (f64::from(built.weights()[ours]) - self.start_weights[theirs]).abs();
            assert!(apart < 1e-8, "synapse {theirs}: {apart}");
        }
    }

    /// Brian's spikes, neuron by neuron.
    fn trains(&self) -> Vec<Vec<u64>> {
        let mut trains = vec![Vec::new(); self.num_neurons as usize];
        let spikes = self.output_ticks.iter().zip(&self.output_neurons);
        spikes.for_each(|(tick, neuron)| trains[*neuron].push(*tick));
        trains
    }

    /// How many spikes come in the same step here and in Brian, as a share of all that come in either.
    fn share(&self, ours: &[Vec<u64>]) -> f64 {
        let pairs: Vec<_> = ours.iter().zip(self.trains()).collect();
        let same = |(ours, theirs): &(&Vec<u64>, Vec<u64>)| {
            ours.iter().filter(|tick| theirs.contains(tick)).count()
        };
        let both: usize = pairs.iter().map(same).sum();
        let all: usize = pairs.iter().map(|(ours, theirs)| ours.len() + theirs.len()).sum();
        both as f64 / (all - both) as f64
    }

    /// Steps through the whole run, and shows the network after every step. Spikes, neuron by neuron.
    fn run(
        &self,
        network: &mut Built,
        is_learning: bool,
        mut look: impl FnMut(u64, &Built),
    ) -> Vec<Vec<u64>> {
        let mut trains = vec![Vec::new(); self.num_neurons as usize];
        for tick in 0..self.num_ticks() {
            network.step(is_learning);
            let fired = network.populations[1].fired();
            fired.iter().for_each(|neuron| trains[*neuron as usize].push(tick));
            look(tick, network);
        }
        trains
    }
}

/// The neuron of a description with these constants.
fn adex(p: &AdExParams) -> Model {
    Model::AdEx {
        c_m_pf: p.c_m_pf,
        g_l_ns: p.g_l_ns,
        e_l_mv: p.e_l_mv,
        v_th_mv: p.v_th_mv,
        delta_t_mv: p.delta_t_mv,
        v_peak_mv: p.v_peak_mv,
        v_reset_mv: p.v_reset_mv,
        a_ns: p.a_ns,
        b_pa: p.b_pa,
        tau_w_ms: p.tau_w_ms,
        t_ref_ms: p.t_ref_ms,
        i_sp_pa: 0.0,
        tau_z_ms: 40.0,
        v_th_max_mv: p.v_th_mv,
        tau_th_ms: 50.0,
        t_clamp_ms: 0.0,
        v_clamp_mv: 0.0,
        method: Method::Splitting,
    }
}

/// Brian's is the limit of fine steps, so that our error shows: some spikes come a step early, as in
/// `reference_adex.rs`.
#[test]
fn exponential_neurons_under_currents_are_brians() {
    let AdExCase { case, params, tau_s_ms, area_mv_ms, ticks_per_sample, sampled, v_mv } =
        load::<File>("described.json").adex;
    assert_eq!(params, AdExParams { t_ref_ms: 2.0, ..AdExParams::PYRAMIDAL });
    let weights = Weights::new(case.start(), Unit::None);
    let synapse = Synapse::Current { tau_s_ms, area_mv_ms };
    let mut network = case.build(adex(&params), (weights, synapse), None);
    let theirs = case.trains();
    let (mut before_mv, mut num_compared) = (0.0_f64, 0);
    let ours = case.run(&mut network, false, |tick, network| {
        if !(tick + 1).is_multiple_of(ticks_per_sample) {
            return;
        }
        for (neuron, v_mv) in sampled.iter().zip(&v_mv) {
            if theirs[*neuron].first().is_none_or(|first| tick + ticks_per_sample < *first) {
                let v = f64::from(network.populations[1].neurons.v_mv()[*neuron]);
                before_mv = before_mv.max((v - v_mv[(tick / ticks_per_sample) as usize]).abs());
                num_compared += 1;
            }
        }
    });
    let (mut num_spikes, mut num_early) = (0, 0);
    for (neuron, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        assert_eq!(ours.len(), theirs.len(), "neuron {neuron}: {ours:?} and not {theirs:?}");
        for (ours, theirs) in ours.iter().zip(theirs) {
            let is_early = ours + 1 == *theirs;
            assert!(is_early || ours == theirs, "neuron {neuron}: {ours} and not {theirs}");
            num_early += usize::from(is_early);
        }
        num_spikes += ours.len();
    }
    println!("{num_early} of {num_spikes} a step early; {before_mv} mV in {num_compared} samples");
    assert!(num_spikes > 50 && num_early * 10 <= num_spikes, "{num_early} of {num_spikes}");
    assert!(num_compared > 50 && before_mv < 1e-3, "{before_mv} mV in {num_compared}");
}

#[test]
fn sparse_synapses_with_delays_learn_as_brians() {
    let of = load::<File>("described.json").sparse_stdp;
    let (case, per_weight) = (&of.case, of.per_weight);
    let rule = PairStdpParams {
        a_plus: of.a_plus,
        a_minus: of.a_minus,
        tau_plus_ms: of.tau_plus_ms,
        tau_minus_ms: of.tau_minus_ms,
        w_min: of.w_min,
        w_max: of.w_max,
        bound: Bound::Hard,
        pairing: Pairing::AllToAll,
        coincidence: Coincidence::PreFirst,
    };
    let weights = pair_weights(&rule, case.start(), Unit::None);
    let synapse = Synapse::Delta { per_weight };
    let learning = Some(pair_rule(&rule));
    let mut network = case.build(lif(&of.params), (weights, synapse), learning);
    let ours = case.run(&mut network, true, |_, _| ());
    let share = case.share(&ours);
    let found = network.projections[0].weights();
    let pairs = found.iter().zip(case.order());
    let apart = pairs.map(|(ours, theirs)| (f64::from(*ours) - of.end_weights[theirs]).abs());
    let worst = apart.fold(0.0, f64::max);
    let num_spikes = ours.iter().map(Vec::len).sum::<usize>();
    println!("{share} of {num_spikes} spikes in the same step; weights {worst:.1e} apart");
    assert!(num_spikes > 100 && share >= 0.99, "{share} of {num_spikes}");
    assert!(worst < 1e-4, "{worst}");
    let changes = of.end_weights.iter().zip(&case.start_weights).map(|(end, start)| end - start);
    assert!(changes.filter(|change| change.abs() > 0.01).count() > 50, "they learned");
}

#[test]
fn izhikevichs_neurons_under_pulses_are_brians() {
    let IzhikevichCase { case, params, per_weight } = load::<File>("described.json").izhikevich;
    let mut model = izhikevich(&params);
    if let Model::Izhikevich { method, .. } = &mut model {
        *method = Method::Euler;
    }
    let weights = Weights::new(case.start(), Unit::None);
    let mut network = case.build(model, (weights, Synapse::OneStep { per_weight }), None);
    let ours = case.run(&mut network, false, |_, _| ());
    let (share, num_spikes) = (case.share(&ours), ours.iter().map(Vec::len).sum::<usize>());
    println!("{share} of {num_spikes} spikes in the same step");
    assert!(num_spikes > 50 && share >= 0.99, "{share} of {num_spikes}");
}
