//! The codes as plain data: neurons that fire as the code of a picture says, and nothing else.

use super::params::{NeuralCoding, Part};
use super::run::lanes_of;
use super::{DT_MS, PAUSE, POPULATIONS, RACE, SWEEP_LABELS};
use crate::net::{Drive, Network, Population};

/// Columns of populations in the picture of the network.
const ACROSS: u32 = 4;

/// The network of a run.
pub fn describe(p: &NeuralCoding) -> Network {
    let picture = p.pooling.of(&p.picture.greys());
    let steps = f64::from(p.steps);
    let duration_ms = f64::from(p.presentations) * (PAUSE as f64 + steps) * DT_MS;
    let mut net = Network::continuous(DT_MS, duration_ms);
    for (idx, (_, code, _)) in lanes_of(p).into_iter().enumerate() {
        let per_pixel = code.neurons_per_pixel();
        let population = Population::input(POPULATIONS[idx], picture.len() as u32 * per_pixel);
        let mut population = match per_pixel {
            1 => population.in_grid(picture.columns, picture.rows),
            _ => population,
        };
        population.place.layer = idx as u32 % ACROSS;
        let drive = Drive::Coded {
            code: name_of(p, idx),
            length_ms: steps * DT_MS,
            pause_ms: PAUSE as f64 * DT_MS,
            jitter_ms: p.jitter * steps * DT_MS,
            deletion: p.deletion,
            background: p.background,
            onset_ms: p.onset * steps * DT_MS,
        };
        net.drive(&format!("{} code", population.name), population.all(), drive);
        net.populations.push(population);
    }
    net
}

/// What the code of a population is called.
fn name_of(p: &NeuralCoding, idx: usize) -> String {
    match &p.part {
        Part::One(one) => {
            use crate::lab::param::Choice;
            let code = &one.code;
            code.alternatives()[code.place()].label.into()
        }
        Part::Sweep(sweep) => format!("{} = {}", SWEEP_LABELS[idx], sweep.lambdas()[idx]),
        Part::Race(_) => RACE[idx].label.into(),
    }
}
