//! Files of a run that a program reads instead of drawing: all its spikes, and its synapses.
//!
//! | File | Content |
//! |---|---|
//! | `recorded-spikes.csv` | `population,neuron,time_ms`: every spike, of inputs and of neurons |
//! | `recorded-synapses-N.csv` | `from,to,weight,weight_at_end,delay_ms`: the synapses of projection N |
//!
//! With these a program can be compared with the run spike by spike, and it does so: it prints how many spikes came in the
//! same step, and how far the weights are apart. What is drawn *within* a network as it runs (neurons that fire by chance,
//! noise, kicks) no file holds, and such networks are refused.

use super::refused;
use super::words::ident;
use crate::lab::built::{ListedSynapse, Unbuildable};
use crate::net::{Delay, Draw, Drive, Firing, Model, Network, Population, Projection, Wiring};

/// The file of all spikes.
pub const SPIKES: &str = "recorded-spikes.csv";

/// The file of the synapses of the projection at this place.
pub fn synapses_file(place: usize) -> String {
    format!("recorded-synapses-{place}.csv")
}

/// Reads both.
pub(super) const READER: &str = r#"

here = Path(__file__).resolve().parent


def recorded(population):
    """Who of a population fired, and when (ms), in the run itself."""
    with open(here / "recorded-spikes.csv") as file:
        rows = [row for row in csv.DictReader(file) if row["population"] == population]
    return np.array([int(row["neuron"]) for row in rows]), np.array([float(row["time_ms"]) for row in rows])


def recorded_synapses(place):
    """Senders, receivers, weights at the start and at the end, and delays (ms) of a projection's synapses."""
    table = np.loadtxt(here / f"recorded-synapses-{place}.csv", delimiter=",", skiprows=1, ndmin=2)
    return table[:, 0].astype(int), table[:, 1].astype(int), *table[:, 2:].T


def same_step(population, neurons, steps, dt):
    """Number of spikes in the run itself, and share of those that came in the same step here."""
    own, times = recorded(population)
    ours = set(zip(own.tolist(), np.rint(times/dt).astype(int).tolist()))
    here_too = ours & set(zip(np.asarray(neurons).tolist(), np.asarray(steps).astype(int).tolist()))
    return len(ours), len(here_too)/max(len(ours), len(steps), 1)

"#;

/// Reads the spikes of inputs that the other simulator cannot draw, as the run itself had them.
pub(super) fn reader(link: &str) -> String {
    format!(
        r#"

def recorded(population):
    """Who of these inputs fired, and when (ms), in the run itself, as it is written down by
    stdp run "{link}" --record spikes --out run"""
    with open("run/recorded-spikes.csv") as file:
        rows = [row for row in csv.DictReader(file) if row["population"] == population]
    return np.array([int(row["neuron"]) for row in rows]), np.array([float(row["time_ms"]) for row in rows])

"#
    )
}

/// Prints how many spikes of these neurons came in the same step; `theirs`: expressions of neurons and of steps.
pub(super) fn compared(population: &Population, theirs: &str, dt_ms: f64) -> String {
    let name = ident(&population.name);
    format!(
        "num_recorded, share = same_step(\"{}\", {theirs}, {})\n\
         print(\"{name} num_spikes\", len(spikes_{name}_steps))\n\
         print(\"{name} num_recorded\", num_recorded)\n\
         print(\"{name} same_step\", share)\n",
        population.name,
        super::words::number(dt_ms)
    )
}

/// Prints how far apart the weights are at the end, in units of the largest.
pub(super) fn weights_compared(of: &Projection, place: usize, theirs: &str) -> String {
    let most =
        of.weights.max.map_or_else(|| format!("np.max(w_end_{place})"), super::words::number);
    format!(
        "print(\"{} weights_apart\", np.max(np.abs({theirs} - w_end_{place}))/{most})\n",
        ident(&of.name)
    )
}

/// The synapses of this projection are read from a file: something about them is drawn, or they learn.
pub fn is_read(of: &Projection) -> bool {
    let is_drawn = matches!(
        of.wiring,
        Wiring::Probability { .. }
            | Wiring::InDegree { .. }
            | Wiring::OutDegree { .. }
            | Wiring::ByDistance { .. }
            | Wiring::ByCircuit { .. }
    );
    is_drawn
        || of.is_plastic()
        || !matches!(of.weights.start, Draw::Fixed { .. } | Draw::Listed { .. })
        || matches!(of.delay, Delay::Uniform { .. })
}

/// The file of some synapses, with their weights at the end of the run.
pub fn synapses_csv(synapses: &[ListedSynapse], at_end: &[f32]) -> String {
    let mut text = String::from("from,to,weight,weight_at_end,delay_ms\n");
    for (place, of) in synapses.iter().enumerate() {
        let end = at_end.get(place).copied().unwrap_or(of.weight);
        text += &format!("{},{},{},{end},{}\n", of.from, of.to, of.weight, of.delay_ms);
    }
    text
}

/// What no file holds.
pub(super) fn check(net: &Network) -> Result<(), Unbuildable> {
    for population in &net.populations {
        for part in &population.parts {
            let is_by_chance = match &part.model {
                Model::Lif { firing, .. } => *firing != Firing::Sharp,
                Model::LinearPoisson { .. } | Model::Softmax { .. } => true,
                _ => false,
            };
            if is_by_chance {
                let remedy = "Take neurons that fire at a threshold, or a script that draws.";
                return refused(
                    &population.name,
                    "neurons that fire by chance, of which no file could say when they would have",
                    remedy,
                );
            }
            let is_fixed = |from: &Draw| matches!(from, Draw::Fixed { .. });
            if part.start.iter().any(|start| !is_fixed(&start.from)) {
                let remedy = "Let neurons begin at rest, or take a script that draws.";
                return refused(&population.name, "neurons that begin where it was drawn", remedy);
            }
        }
    }
    let is_noise = |drive: &Drive| {
        matches!(
            drive,
            Drive::Kicks { .. }
                | Drive::ColouredNoise { .. }
                | Drive::CommonCurrent { .. }
                | Drive::UniformNoise { .. }
                | Drive::TrialNoise { .. }
        )
    };
    match net.sources.iter().find(|source| is_noise(&source.drive)) {
        None => Ok(()),
        Some(source) => refused(
            &source.name,
            format!(
                "a drive of the kind \"{}\", which is drawn step by step and not recorded",
                source.drive.word()
            ),
            "Take inputs that fire, or a script that draws.",
        ),
    }
}
