//! What is taken home of a run: a figure for print, its numbers, and everything in one zip.
//!
//! The page asks the simulator for it, and the command line writes the same bytes (`stdp run LINK --out FILE.zip`): nothing
//! in here reads a clock, and files in a zip have a fixed date.
//!
//! | File | Content |
//! |---|---|
//! | `README.txt` | what each file is, and how to replay the run |
//! | `link.txt` | the link of the run |
//! | `run.json` | version, seed, moment, fingerprint, and what happened to the run |
//! | `parameters.csv`, `results.csv` | every parameter and every result, with unit |
//! | `citation.bib` | this software with the run, and the sources |
//! | `weights.csv` | everything learned, as Save weights writes it |
//! | `network_brian2.py`, `network_nest.py` | the network as a program for Brian 2 and for NEST, where it can be written so |
//! | `data/FIGURE.csv`, `figures/FIGURE.svg` | each figure as numbers, and for print |
//! | `data/network.csv`, `figures/network.svg` | the network at that moment: weights of the synapses that are drawn |
//!
//! [`mod@script`] writes the network as a program for another simulator (`stdp script LINK --for brian2`, or `nest`).
//!
//! Of two runs that are compared, the weights, data and figures are in the folders `a` and `b`.

mod bundle;
mod citation;
mod comma;
mod print;
mod readme;
pub mod script;
mod told;
mod zip;

pub use bundle::{Bundle, File, script, weights};
pub use comma::csv;
pub use print::Print;
pub use zip::zip;
