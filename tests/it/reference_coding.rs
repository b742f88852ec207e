//! Neural codes against their published definitions, written down in NumPy in another form.

use serde::Deserialize;

use stdp_playground::sim::Stream;
use stdp_playground::sim::encode::codes::{Code, CodedSpike, Coder, isi};
use stdp_playground::sim::encode::greys::{Greys, Pooling};

use crate::reference_neurons::load;

#[derive(Deserialize)]
struct Trains {
    steps: u32,
    trains: Vec<Vec<u32>>,
}

#[derive(Deserialize)]
struct Statistics {
    rate: f64,
    cv: f64,
    found: f64,
}

#[derive(Deserialize)]
struct Scrambled {
    steps: u32,
    pixels: u32,
    table: Vec<(u32, u32)>,
    read: Vec<(u32, u32)>,
}

#[derive(Deserialize)]
struct Population {
    fields: u32,
    steps: u32,
    when: Vec<Vec<Option<u32>>>,
}

#[derive(Deserialize)]
struct Membrane {
    tau: f64,
    drive: f64,
    steps: u32,
    when: Vec<Option<u32>>,
}

#[derive(Deserialize)]
struct Pooled {
    columns: u32,
    rows: u32,
    greys: Vec<u8>,
    mean: Vec<u8>,
    max: Vec<u8>,
    min: Vec<u8>,
}

#[derive(Deserialize)]
struct Reference {
    first_spike: Vec<Trains>,
    position: Vec<Trains>,
    intervals: Vec<Statistics>,
    scrambled: Scrambled,
    weighted: Vec<Vec<u32>>,
    population: Population,
    lif: Membrane,
    pooled: Pooled,
}

fn reference() -> Reference {
    load("coding_numpy.json")
}

/// The spikes of every grey.
fn spikes(code: Code, num_steps: u32) -> Vec<Vec<CodedSpike>> {
    let greys: Vec<u8> = (0..=255).collect();
    let coder = Coder::new(&code, num_steps, &greys);
    let mut stream = Stream::new(1, "code");
    let of = |pixel| {
        let mut all = Vec::new();
        coder.encode(pixel, &mut stream, |spike| all.push(spike));
        all
    };
    (0..256).map(of).collect()
}

fn steps(code: Code, num_steps: u32) -> Vec<Vec<u32>> {
    let steps = |train: Vec<CodedSpike>| train.into_iter().map(|(_, step)| step).collect();
    spikes(code, num_steps).into_iter().map(steps).collect()
}

#[test]
fn published_first_spikes_and_positions_are_those_of_numpy() {
    let reference = reference();
    for case in reference.first_spike {
        assert_eq!(case.trains.len(), 256);
        assert_eq!(steps(Code::PublishedTtfs { is_off_by_one: true }, case.steps), case.trains);
    }
    for case in reference.position {
        let own = steps(Code::PublishedPosition { is_growing: true }, case.steps);
        assert_eq!(own, case.trains, "{} steps", case.steps);
    }
}

#[test]
fn published_intervals_have_the_statistics_of_numpys() {
    for Statistics { rate, cv, found } in reference().intervals {
        // A brightness of ½.
        let coder = Coder::new(&Code::PublishedIsi { gain: 2.0 * rate }, 6_000, &[128; 200]);
        let mut stream = Stream::new(1, "code");
        let (mut gaps, mut num): (Vec<f64>, usize) = (Vec::new(), 0);
        for pixel in 0..200 {
            let mut train = Vec::new();
            coder.encode(pixel, &mut stream, |(_, step)| train.push(step));
            num += train.len();
            gaps.extend(train.windows(2).map(|pair| f64::from(pair[1] - pair[0])));
        }
        let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
        let variance =
            gaps.iter().map(|gap| (gap - mean) * (gap - mean)).sum::<f64>() / gaps.len() as f64;
        let own = variance.sqrt() / mean;
        println!("rate {rate}: CV {own:.4}, NumPy {cv:.4}");
        assert!((own - cv).abs() < 0.002, "CV {own}, NumPy {cv}");
        let own = num as f64 / 200.0 / 6_000.0;
        assert!((own / found - 1.0).abs() < 0.003, "rate {own}, NumPy {found}");
    }
}

#[test]
fn the_scrambled_raster_is_numpys_reshape() {
    let Scrambled { steps, pixels, table, mut read } = reference().scrambled;
    assert!(table.len() > 10 && table.len() == read.len());
    let place = |&(step, pixel): &(u32, u32)| isi::scrambled((pixel, step), pixels, steps);
    let mut own: Vec<(u32, u32)> = table.iter().map(place).collect();
    own.sort_unstable();
    read.sort_unstable();
    assert_eq!(own, read);
}

#[test]
fn weighted_spikes_populations_and_membranes_are_those_of_numpy() {
    let reference = reference();
    assert_eq!(steps(Code::Weighted { bits: 8 }, 8), reference.weighted);
    let Population { fields, steps: num_steps, when } = reference.population;
    let own = spikes(Code::Population { fields }, num_steps);
    for (own, when) in own.iter().zip(when) {
        let fires = |(field, step): (u32, Option<u32>)| Some((field, step?));
        let expected: Vec<CodedSpike> = (0..).zip(when).filter_map(fires).collect();
        assert_eq!(*own, expected);
    }
    let Membrane { tau, drive, steps: num_steps, when } = reference.lif;
    let own = steps(Code::LifLatency { tau_steps: tau, drive }, num_steps);
    let expected: Vec<Vec<u32>> = when.iter().map(|step| step.iter().copied().collect()).collect();
    assert_eq!(own, expected);
}

#[test]
fn pooled_pictures_are_numpys() {
    let Pooled { columns, rows, greys, mean, max, min } = reference().pooled;
    let picture = Greys { columns, rows, values: greys.into() };
    for (pooling, expected) in [(Pooling::Mean, mean), (Pooling::Max, max), (Pooling::Min, min)] {
        let pooled = picture.pooled(8, pooling);
        assert_eq!((pooled.columns, pooled.rows), (2, 3));
        assert_eq!(pooled.values.to_vec(), expected, "{pooling:?}");
    }
}
