//! Every native test that needs more than one module: one binary, so that it links once.

mod floors;
mod links;
mod papers;
mod reference;
mod registry;
mod runs;
mod wire;
