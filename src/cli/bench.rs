//! `stdp bench`: how fast every experiment and preset runs here, and the benchmarks that other simulators
//! have as well (`tests/reference/brian_speed.py`).

use rayon::prelude::*;
use serde_json::{Value, json};

use super::clock::{Stopwatch, cpu_s};
use super::out::say;
use crate::experiments::{self, REGISTRY};
use crate::lab::{Session, Spec, built, link};
use crate::sim::TimeGrid;
use crate::sim::encode::{CommonSource, Group, Recipe};
use crate::sim::network::{Network, Population};
use crate::sim::neuron::{AdEx, AdExParams};

/// Short runs are repeated until they have taken this long, and long ones cut off.
const LEAST_MS: f64 = 400.0;
/// The name by which the sweep is asked for.
const SWEEP: &str = "sweep";
/// The name of the general step beside a loop for one neuron.
const DESCRIBED: &str = "one neuron, described";
/// The name of the generator alone.
const STORED: &str = "groups stored";
/// The name of neurons without synapses.
const ADEX: &str = "AdEx";
/// The experiment whose networks are small: with fewer synapses than this a run is to be [`FAST`].
const SMALL: (&str, usize) = ("playground", 2_000);
/// Times real time.
const FAST: f64 = 20.0;

#[derive(clap::Args)]
pub struct Args {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    /// Measure only what has this name, or else this in its name: `experiment/preset`, a benchmark, or `sweep`.
    only: Option<String>,
}

impl Args {
    fn wants(&self, name: &str) -> bool {
        let Some(only) = self.only.as_deref() else { return true };
        // A preset's whole name may also begin those of others.
        name == only || (name.contains(only) && !names().any(|known| known == only))
    }
}

/// Everything that can be measured.
fn names() -> impl Iterator<Item = String> {
    let ids = REGISTRY.0.iter().flat_map(|entry| {
        entry.presets.iter().map(move |preset| format!("{}/{}", entry.id, preset.id))
    });
    let benchmarks = BENCHMARKS.iter().map(|benchmark| benchmark.name.to_string());
    ids.chain(benchmarks).chain([DESCRIBED, STORED, ADEX, SWEEP].map(String::from))
}

pub fn bench(args: &Args) -> Result<(), String> {
    let mut rows = Vec::new();
    for entry in REGISTRY.0 {
        for preset in entry.presets {
            let id = format!("{}/{}", entry.id, preset.id);
            if !args.wants(&id) {
                continue;
            }
            let speed = measure(&id);
            if !args.json {
                say!("{id:44}{speed:>8.0} simulated seconds per second");
            }
            let synapses = (entry.id == SMALL.0).then(|| num_synapses(&id));
            rows.push(json!({ "id": id, "sim_s_per_s": speed, "synapses": synapses }));
        }
    }
    let small = |row: &&Value| row["synapses"].as_u64().is_some_and(|num| num < SMALL.1 as u64);
    let speeds = rows.iter().filter(small).filter_map(|row| row["sim_s_per_s"].as_f64());
    if let (Some(slowest), false) = (speeds.clone().reduce(f64::min), args.json) {
        let (num, slow) = (speeds.clone().count(), speeds.filter(|speed| *speed < FAST).count());
        say!("{num} small networks: the slowest {slowest:.0} times real time, {slow} below {FAST}");
    }
    let mut benchmarks = Vec::new();
    for benchmark in BENCHMARKS.iter().filter(|benchmark| args.wants(benchmark.name)) {
        let (cost, figures) = cost_of(benchmark);
        if !args.json {
            let Benchmark { name, .. } = benchmark;
            say!("{name:44}{cost:>8.6} CPU s per simulated second   {figures:?}");
        }
        benchmarks.push(json!({
            "name": benchmark.name,
            "link": benchmark.link,
            "parts": benchmark.parts,
            "cpu_s_per_sim_s": cost,
            "figures": figures.into_iter().collect::<std::collections::BTreeMap<_, _>>(),
        }));
    }
    let mut stored = Vec::new();
    for c in [0.0, 0.5, 1.0].into_iter().filter(|_| args.wants(STORED)) {
        let (cost, rate_hz) = stored_group(c);
        if !args.json {
            say!(
                "{:44}{cost:>8.6} CPU s per simulated second   {rate_hz:.2} Hz",
                format!("{STORED}, c = {c}")
            );
        }
        stored.push(json!({ "c": c, "cpu_s_per_sim_s": cost, "rate_hz": rate_hz }));
    }
    let adex = args.wants(ADEX).then(adex);
    if let (Some((cost, rate_hz)), false) = (adex, args.json) {
        say!("{ADEX:44}{cost:>8.6} CPU s per simulated second   {rate_hz:.2} Hz");
    }
    let described = args.wants(DESCRIBED).then(described);
    if let (Some([own, general]), false) = (described, args.json) {
        let ratio = general / own;
        say!(
            "{DESCRIBED:44}{general:>8.6} CPU s per simulated second   {ratio:.2} of its own loop"
        );
    }
    let gain = args.wants(SWEEP).then(sweep_gain);
    if args.json {
        let all = json!({
            "runs": rows,
            "benchmarks": benchmarks,
            "groups_stored": stored,
            "adex": adex.map(|(cost, rate_hz)| json!({ "cpu_s_per_sim_s": cost, "rate_hz": rate_hz })),
            "described": described,
            "sweep_on_two_cores": gain,
        });
        say!("{all:#}");
    } else if let Some(gain) = gain {
        say!("a sweep on two cores is {gain:.2} times as fast as on one");
    }
    match &args.only {
        Some(only) if !names().any(|name| args.wants(&name)) => Err(format!(
            "nothing to measure has `{only}` in its name: `stdp list --presets` tells the presets"
        )),
        _ => Ok(()),
    }
}

/// A run whose cost is compared with other simulators'.
struct Benchmark {
    name: &'static str,
    link: &'static str,
    /// The run does that many of it at once.
    parts: u32,
    /// What shows that the right thing was computed.
    figures: &'static [&'static str],
}

const BENCHMARKS: &[Benchmark] = &[
    Benchmark {
        name: "correlated groups, each",
        link: "demo=correlated_inputs&part=groups&num_inputs=1000&duration_s=60",
        parts: 3,
        figures: &["rate_hz", "pairwise_correlation"],
    },
    Benchmark {
        name: "STDP inputs",
        link: "demo=correlated_inputs&preset=brian_example",
        parts: 1,
        figures: &["mean_weight", "output_rate_hz_overall"],
    },
    Benchmark {
        name: "500 inputs",
        link: "demo=correlated_inputs&preset=find_correlated",
        parts: 1,
        figures: &["mean_weight_correlated", "mean_weight_uncorrelated"],
    },
    Benchmark {
        name: "XOR",
        link: "demo=xor_reward&preset=temporal_mstdpet",
        parts: 1,
        figures: &["margin_hz", "frozen_margin_hz"],
    },
    Benchmark {
        name: "DA-STDP network",
        link: "demo=distal_reward&preset=benchmark",
        parts: 1,
        figures: &["rate_hz", "mean_weight"],
    },
    Benchmark {
        name: "ten neurons",
        link: "demo=playground&num_inputs=1000&rate_hz=10&correlation=0&jump_total_mv=250&neurons=several&lateral=synapses&\
               duration_s=20",
        parts: 1,
        figures: &["output_rate_hz", "mean_weight"],
    },
    Benchmark {
        name: "CUBA",
        link: "demo=balanced_networks&preset=cuba&response=0",
        parts: 1,
        figures: &["rate_hz"],
    },
    Benchmark {
        name: "COBA",
        link: "demo=balanced_networks&preset=coba&response=0",
        parts: 1,
        figures: &["rate_hz"],
    },
    Benchmark {
        name: "Brunel AI",
        link: "demo=balanced_networks&preset=ai",
        parts: 1,
        figures: &["rate_hz"],
    },
];

/// CPU seconds per simulated second, the least of five runs, and the figures.
fn cost_of(benchmark: &Benchmark) -> (f64, Vec<(String, f64)>) {
    let (link, _) = link::parse(benchmark.link, REGISTRY);
    let mut least = f64::INFINITY;
    let mut figures = Vec::new();
    for _ in 0..5 {
        let mut session = Session::new(link.spec.clone(), experiments::build);
        let (cost_s, _) = cpu_s(|| session.run_to_end());
        least = least.min(cost_s / (session.sim_ms() / 1_000.0) / f64::from(benchmark.parts));
        figures = session.runner.summary();
    }
    figures.retain(|(name, _)| benchmark.figures.contains(&name.as_str()));
    (least, figures)
}

/// CPU seconds per simulated second of one neuron with 1,000 inputs that learn: in a loop of its own, without a page's
/// figures, and in the general step of the network that its description says. In turn, the least of five.
fn described() -> [f64; 2] {
    const DURATION_S: f64 = 20.0;
    let (link, _) = link::parse("demo=correlated_inputs&preset=brian_example", REGISTRY);
    let network = experiments::describe(&link.spec);
    let num_ticks = TimeGrid::new(network.dt_ms).ticks_from_ms(DURATION_S * 1_000.0);
    let mut least = [f64::INFINITY; 2];
    for _ in 0..5 {
        let mut own = experiments::build(&link.spec);
        let (own_s, ()) = cpu_s(|| (0..num_ticks).for_each(|_| own.tick()));
        let names: Vec<&str> = network.populations.iter().map(|of| &*of.name).collect();
        let general = built::network(&network, &names, link.spec.seed);
        let mut general = general.unwrap_or_else(|why| panic!("{why}"));
        let (general_s, ()) = cpu_s(|| (0..num_ticks).for_each(|_| general.step(true)));
        for (least, cost_s) in least.iter_mut().zip([own_s, general_s]) {
            *least = least.min(cost_s / DURATION_S);
        }
    }
    least
}

/// CPU seconds per simulated second of 1,000 inputs at 10 Hz with a shared source, in steps of 0.1 ms for 60 s, all
/// of whose spikes are stored; the least of five runs, and their rate.
fn stored_group(correlation: f32) -> (f64, f64) {
    const NUM: usize = 1_000;
    const DURATION_S: f64 = 60.0;
    let grid = TimeGrid::new(0.1);
    let num_ticks = grid.ticks_from_ms(DURATION_S * 1_000.0);
    let run = |_| {
        let group = [Group { size: NUM as u32, correlation }];
        cpu_s(|| {
            let mut source =
                CommonSource::new(Recipe::SqrtC, NUM, 10.0, &group, grid, (1, "input"));
            let (mut all, mut spikes) = (Vec::new(), Vec::new());
            for tick in 0..num_ticks {
                source.fire(tick, &mut spikes);
                all.extend(spikes.iter().map(|&id| (tick, id)));
            }
            all
        })
    };
    let runs: Vec<_> = (0..5).map(run).collect();
    let least = runs.iter().map(|(cost, _)| *cost).fold(f64::INFINITY, f64::min);
    (least / DURATION_S, runs[0].1.len() as f64 / DURATION_S / NUM as f64)
}

/// CPU seconds per simulated second of 1,000 adaptive exponential neurons without synapses, in steps of 0.1 ms for 2 s,
/// under currents from 200 to 800 pA; the least of five runs, and their rate.
fn adex() -> (f64, f64) {
    const NUM: usize = 1_000;
    const DURATION_S: f64 = 2.0;
    let params = AdExParams {
        c_m_pf: 200.0,
        g_l_ns: 10.0,
        e_l_mv: -70.0,
        v_th_mv: -50.0,
        delta_t_mv: 2.0,
        v_peak_mv: 0.0,
        v_reset_mv: -58.0,
        a_ns: 2.0,
        b_pa: 60.0,
        tau_w_ms: 30.0,
        t_ref_ms: 0.0,
    };
    let grid = TimeGrid::new(0.1);
    let num_ticks = grid.ticks_from_ms(DURATION_S * 1_000.0);
    let (mut least, mut num_spikes) = (f64::INFINITY, 0);
    for _ in 0..5 {
        let mut neurons = Population::new("neurons", AdEx::new(NUM, &params, grid));
        for (place, current_pa) in neurons.drive_mv.iter_mut().enumerate() {
            *current_pa = 200.0 + 600.0 * place as f32 / (NUM - 1) as f32;
        }
        let mut network = Network::new(grid, vec![neurons], Vec::new());
        num_spikes = 0;
        let (cost_s, ()) = cpu_s(|| {
            for _ in 0..num_ticks {
                network.step(false);
                num_spikes += network.populations[0].fired().len();
            }
        });
        least = least.min(cost_s / DURATION_S);
    }
    (least, num_spikes as f64 / NUM as f64 / DURATION_S)
}

/// Synapses of a preset that is built of its description.
fn num_synapses(id: &str) -> usize {
    let (link, _) = link::parse(id, REGISTRY);
    let described = experiments::describe(&link.spec);
    let names: Vec<&str> = described.populations.iter().map(|of| &*of.name).collect();
    let built = built::network(&described, &names, link.spec.seed);
    let network = built.unwrap_or_else(|why| panic!("{why}"));
    network.projections.iter().map(|projection| projection.num_synapses()).sum()
}

/// How many times as fast two cores are as one, for sixty runs of some tens of milliseconds each. The best of
/// three for either, in turns.
fn sweep_gain() -> f64 {
    let (link, _) = link::parse("demo=characters&letters=ABCDEFGH&epochs=100", REGISTRY);
    let time = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("threads can be started");
        let watch = Stopwatch::start();
        pool.install(|| {
            (1..=60_u32).into_par_iter().for_each(|seed| {
                let spec = Spec { seed, ..link.spec.clone() };
                Session::new(spec, experiments::build).run_to_end();
            });
        });
        watch.ms()
    };
    let mut best = [f64::INFINITY; 2];
    for _ in 0..3 {
        for (threads, best) in best.iter_mut().enumerate() {
            *best = best.min(time(threads + 1));
        }
    }
    best[0] / best[1]
}

/// The best of several runs, since anything else the machine does only makes it slower.
fn measure(id: &str) -> f64 {
    let (link, _) = link::parse(id, REGISTRY);
    let mut best = 0.0_f64;
    let whole = Stopwatch::start();
    loop {
        let mut session = Session::new(link.spec.clone(), experiments::build);
        let watch = Stopwatch::start();
        while !session.is_finished() && watch.ms() < LEAST_MS {
            session.tick_times(2_000);
        }
        best = best.max(session.sim_ms() / watch.ms());
        if whole.ms() > LEAST_MS {
            return best;
        }
    }
}
