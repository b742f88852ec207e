//! Every native test that needs more than one module: one binary, so that it links once.

mod bugs;
mod characters_reward;
mod cli;
mod clustering;
mod correlated;
mod distal_reward;
mod encoders;
mod floors;
mod frozen;
mod golden;
mod host;
mod host_pairs;
mod host_weights;
mod links;
mod page;
mod papers;
mod reference;
mod reference_eligibility;
mod reference_neurons;
mod reference_plasticity;
mod registry;
mod reward_baseline;
mod runs;
mod stdp_window;
mod wire;
mod xor_reward;
