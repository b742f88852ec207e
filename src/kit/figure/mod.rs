//! Makers of figures: lines with a value per block, histograms, rasters in groups, traces of a window.

mod blocks;
mod histogram;
mod rows;
mod window;

pub use blocks::{Blocks, level, over_run, over_time};
pub use histogram::Histogram;
pub use rows::Rows;
pub use window::Window;
