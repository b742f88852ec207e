//! Reward baseline (being built).
pub mod net;
pub mod params;
pub mod task;
pub mod task_run;
