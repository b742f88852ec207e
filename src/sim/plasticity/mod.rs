//! What changes slowly: synaptic plasticity and homeostasis, one file per rule.

pub mod adaptive_threshold;
pub mod da_stdp;
pub mod dopamine;
pub mod eligibility;
pub mod eligibility_stdp;
pub mod gated_stdp;
pub mod inhibitory_stdp;
pub mod normalisation;
pub mod pair_stdp;
pub mod protocols;
pub mod published;
pub mod reward_stdp;
pub mod rule;
pub mod success_signal;
pub mod synaptic_scaling;
pub mod traces;
pub mod triplet;
pub mod weight_dependence;

pub use adaptive_threshold::{AdaptiveThreshold, AdaptiveThresholdParams, RelaxingThresholdParams};
pub use da_stdp::{DaStdp, DaStdpParams};
pub use dopamine::{Decay, Dopamine};
pub use eligibility::{EligibilityColumns, EligibilityParams};
pub use eligibility_stdp::EligibilityStdp;
pub use gated_stdp::{GatedStdp, GatedStdpParams};
pub use inhibitory_stdp::{InhibitoryStdp, InhibitoryStdpParams};
pub use pair_stdp::{Coincidence, PairStdp, PairStdpParams, Pairing};
pub use published::{Published, PublishedVariant};
pub use reward_stdp::{Eligibility, RewardStdp, RewardStdpParams};
pub use rule::Rule;
pub use success_signal::{Baseline, SuccessParams, SuccessSignal};
pub use synaptic_scaling::{SynapticScaling, SynapticScalingParams};
pub use traces::Traces;
pub use triplet::{Triplet, TripletParams, TripletRow};
pub use weight_dependence::{Bound, Noise, WeightDependence};
