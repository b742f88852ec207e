//! Makers of figures: lines with a value per block, histograms, intervals, rasters in groups, traces of a window.

mod blocks;
mod histogram;
mod intervals;
mod rows;
mod window;

pub use blocks::{Blocks, level, over_run, over_time};
pub use histogram::Histogram;
pub use intervals::{interval_histogram, return_map};
pub use rows::Rows;
pub use window::Window;
