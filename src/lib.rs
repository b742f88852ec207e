//! STDP Playground: a web page on which people see spiking networks learn.
//!
//! map to come

#[cfg(feature = "cli")]
pub mod cli;
pub mod experiments;
pub mod host;
pub mod lab;
pub mod plot;
#[cfg(feature = "worker")]
pub mod pump;
pub mod record;
pub mod sim;
#[cfg(feature = "web")]
pub mod view;
pub mod wire;
#[cfg(feature = "worker")]
pub mod worker;
