//! When a rule that waits is paid out.

use get_size2::GetSize;

use crate::Tick;

/// When a rule that waits hears a signal, and what eligibility times level is multiplied by then.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct Payout {
    /// Index of the modulator in the network.
    pub modulator: u8,
    /// So often; 1: in every step.
    pub every: Tick,
    /// The factor.
    pub gain: f32,
}
