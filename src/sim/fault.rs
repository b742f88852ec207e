//! What can go wrong inside a run, and how it is told.

use serde::{Deserialize, Serialize};

use super::Tick;

/// Why a run stopped before its end. The plots up to that tick stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// The first tick whose state is not usable.
    pub tick: Tick,
    /// The population it happened in.
    pub population: String,
    /// What was seen.
    pub kind: FaultKind,
}

/// The kinds of fault the simulator looks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FaultKind {
    /// A state variable is infinite or not a number.
    NonFinite {
        /// The variable's name.
        variable: String,
        /// The first neuron it was seen in.
        neuron_idx: u32,
    },
    /// The population fires faster than any neuron could.
    RunawayRate {
        /// Mean rate over the last check interval.
        rate_hz: f32,
        /// The most that is taken for sound.
        limit_hz: f32,
    },
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.kind {
            FaultKind::NonFinite { variable, neuron_idx } => write!(
                f,
                "{variable} of neuron {neuron_idx} in {} is not a finite number at tick {}: \
                 the equations blew up. Try smaller gains, a larger time constant or a smaller step.",
                self.population, self.tick
            ),
            FaultKind::RunawayRate { rate_hz, limit_hz } => write!(
                f,
                "{} fires at {rate_hz:.0} Hz at tick {}, above the limit of {limit_hz:.0} Hz: \
                 excitation feeds itself. Try weaker weights, more inhibition or a higher threshold.",
                self.population, self.tick
            ),
        }
    }
}

/// Looks for the first value that is infinite or not a number.
pub fn find_non_finite(column: &[f32]) -> Option<u32> {
    // The sum of |x|·0 is 0 exactly when all are finite; one branch-free pass over the column.
    let probe: f32 = column.iter().map(|x| x * 0.0).sum();
    if probe == 0.0 {
        return None;
    }
    column.iter().position(|x| !x.is_finite()).map(|idx| idx as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_bad_value() {
        assert_eq!(find_non_finite(&[0.0, -1.0, f32::MAX, 1e-30]), None);
        assert_eq!(find_non_finite(&[0.0, f32::NAN, f32::INFINITY]), Some(1));
        assert_eq!(find_non_finite(&[f32::NEG_INFINITY]), Some(0));
    }
}
