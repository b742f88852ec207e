//! The files of a recording: spikes as text, weights as numbers.

use std::fmt::Display;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{link_of, write_file};
use crate::lab::{Population, Session, decimal, table};
use crate::record::Spike;
use crate::sim::Tick;

/// More is only written by those who ask for it.
pub const MOST_BYTES: u64 = 2_000_000_000;
/// Weights are written so often, unless it is said.
const DEFAULT_RECORDS: Tick = 100;
/// The first line of `recorded-spikes.csv`.
pub const SPIKES_HEADER: &str = "population,neuron,time_ms\n";

/// How often weights are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Every {
    /// A hundred times.
    Hundredth,
    /// At this interval.
    Ms(f64),
}

/// A size for people.
pub fn told(bytes: u64) -> String {
    let size = bytes as f64;
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", size / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", size / 1e6),
        _ => format!("{:.1} GB", size / 1e9),
    }
}

fn cannot_write(path: &Path, error: impl Display) -> String {
    format!("cannot write {}: {error}", path.display())
}

fn create(path: &Path) -> Result<BufWriter<File>, String> {
    File::create(path).map(BufWriter::new).map_err(|e| cannot_write(path, e))
}

/// The time of a step.
pub fn time_of(tick: Tick, dt_ms: f64) -> String {
    table::time_text(tick as f64 * dt_ms)
}

/// `recorded-spikes.csv`.
pub struct SpikesFile {
    path: PathBuf,
    file: BufWriter<File>,
    populations: Vec<Population>,
    /// Those of the latest steps.
    spikes: Vec<Spike>,
    /// Bytes that may still be written, and the time from which on there were none.
    room: u64,
    full_from_ms: Option<String>,
}

impl SpikesFile {
    /// Begins it; no more than `room` bytes will be written.
    pub fn begin(folder: &Path, session: &mut Session, room: u64) -> Result<Self, String> {
        let path = folder.join("recorded-spikes.csv");
        let mut file = create(&path)?;
        file.write_all(SPIKES_HEADER.as_bytes()).map_err(|e| cannot_write(&path, e))?;
        let (populations, spikes) = (session.runner.populations(), Vec::new());
        session.runner.hasher().keep();
        Ok(Self { path, file, populations, spikes, room, full_from_ms: None })
    }

    /// Writes what happened since the last time.
    pub fn drain(&mut self, session: &mut Session) -> Result<(), String> {
        session.runner.hasher().take(&mut self.spikes);
        let dt_ms = session.runner.dt_ms();
        let (mut tick_of_time, mut time) = (Tick::MAX, String::new());
        for (tick, population, neuron) in self.spikes.drain(..) {
            if tick != tick_of_time {
                (tick_of_time, time) = (tick, time_of(tick, dt_ms));
            }
            if self.full_from_ms.is_some() {
                continue;
            }
            let row = format!("{},{neuron},{time}\n", self.populations[population as usize].name);
            if row.len() as u64 > self.room {
                self.full_from_ms = Some(time.clone());
                continue;
            }
            self.room -= row.len() as u64;
            self.file.write_all(row.as_bytes()).map_err(|e| cannot_write(&self.path, e))?;
        }
        Ok(())
    }

    /// Ends it, and says if it is not whole.
    pub fn finish(mut self) -> Result<(), String> {
        if let Some(ms) = &self.full_from_ms {
            eprintln!(
                "stdp: {} ends at {ms} ms, where it reached {}: there were more spikes than the beginning of the run \
                 let expect; --yes writes them all",
                self.path.display(),
                told(MOST_BYTES)
            );
        }
        self.file.flush().map_err(|e| cannot_write(&self.path, e))
    }
}

/// How much of its weights a run will write.
pub struct Weights {
    every: Tick,
    /// How often they are written.
    pub num_records: u64,
    /// How many there are.
    pub num_weights: u64,
}

impl Weights {
    /// Those of a run that stands at its first step.
    pub fn of(session: &Session, every: Every) -> Result<Self, String> {
        let runner = &session.runner;
        let num_weights = runner.weights().iter().map(|array| array.values.len() as u64).sum();
        if num_weights == 0 {
            return Err("--record weights: this run has no weights; record its spikes".into());
        }
        let (dt_ms, rest) = (runner.dt_ms(), runner.num_ticks().saturating_sub(runner.now()));
        let every = match every {
            Every::Hundredth => (rest / DEFAULT_RECORDS).max(1),
            Every::Ms(ms) if ms < dt_ms => {
                return Err(format!(
                    "--record weights:{ms}: a step of this run is {dt_ms} ms: give that or more"
                ));
            }
            Every::Ms(ms) => (ms / dt_ms).round() as Tick,
        };
        Ok(Self { every, num_records: rest / every + 1, num_weights })
    }

    /// Size of the file.
    pub fn bytes(&self) -> u64 {
        self.num_records.saturating_mul(self.num_weights).saturating_mul(size_of::<f32>() as u64)
    }
}

/// `recorded-weights.bin` and `recorded-weights.json`.
pub struct WeightsFile {
    folder: PathBuf,
    path: PathBuf,
    file: BufWriter<File>,
    size: Weights,
    first: Tick,
    next: Tick,
    num_written: u64,
}

impl WeightsFile {
    /// Begins it.
    pub fn begin(folder: &Path, session: &Session, every: Every) -> Result<Self, String> {
        let path = folder.join("recorded-weights.bin");
        let (file, size) = (create(&path)?, Weights::of(session, every)?);
        let (folder, first) = (folder.into(), session.runner.now());
        Ok(Self { folder, path, file, size, first, next: first, num_written: 0 })
    }

    /// The step at which weights are written next.
    pub fn next(&self) -> Tick {
        self.next
    }

    /// Writes the weights as they are now.
    pub fn add(&mut self, session: &Session) -> Result<(), String> {
        let arrays = session.runner.weights();
        let values = arrays.iter().flat_map(|array| array.values.iter());
        let bytes: Vec<u8> = values.flat_map(|value| value.to_le_bytes()).collect();
        self.file.write_all(&bytes).map_err(|e| cannot_write(&self.path, e))?;
        self.num_written += 1;
        self.next = self.next.saturating_add(self.size.every);
        Ok(())
    }

    /// Writes what the numbers are.
    pub fn finish(mut self, session: &Session) -> Result<(), String> {
        self.file.flush().map_err(|e| cannot_write(&self.path, e))?;
        let (runner, spec) = (&session.runner, &session.spec);
        let mut first = 0;
        let arrays: Vec<_> = runner
            .weights()
            .into_iter()
            .map(|array| {
                let start = first;
                first += array.values.len();
                json!({ "name": array.name, "shape": array.shape, "first": start })
            })
            .collect();
        let ms = |tick: Tick| json!(decimal::parse(&time_of(tick, runner.dt_ms())));
        let info = json!({
            "format": "stdp-playground-recorded-weights 1",
            "file": "recorded-weights.bin",
            "type": "<f4",
            "experiment": spec.entry.id,
            "link": link_of(spec),
            "fingerprint": runner.fingerprint().to_string(),
            "dt_ms": runner.dt_ms(),
            "first_ms": ms(self.first),
            "every_ms": ms(self.size.every),
            "num_records": self.num_written,
            "num_weights": self.size.num_weights,
            "arrays": arrays,
        });
        write_file(&self.folder.join("recorded-weights.json"), &format!("{info:#}\n"))
    }
}
