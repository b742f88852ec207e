//! A learning rule as it is tried at one synapse.

use super::learning::{LearningParams, RuleKind};
use crate::kit::probe::Tried;
use crate::sim::TimeGrid;
use crate::sim::neuron::{AdExParams, SpikeShape};

impl LearningParams {
    /// The rule with one synapse, onto a neuron of this kind where it reads potentials. None where nothing is learned, and of
    /// formulas over the potential, which pairs of spikes alone do not tell.
    pub fn tried(&self, neuron: Option<(AdExParams, SpikeShape)>) -> Option<Tried> {
        let grid = TimeGrid::new(0.1);
        match &self.rule {
            RuleKind::Fixed => None,
            RuleKind::Voltage(p) => {
                let (neuron, shape) = neuron?;
                Some(Tried::Potential(p.params(neuron.e_l_mv), neuron, shape))
            }
            RuleKind::Offset { .. } | RuleKind::Asymptotic { .. } => {
                self.build_published(1, grid).map(Tried::Steps)
            }
            // Without the noise.
            RuleKind::VanRossum { a_plus, a_minus, .. } => {
                let rule = RuleKind::VanRossum { a_plus: *a_plus, a_minus: *a_minus, noise: 0.0 };
                let still = Self { rule, ..self.clone() };
                still.build_rule(1, grid, 0).map(|rule| Tried::Spikes(Box::new(rule)))
            }
            _ if self.reads_potential() => None,
            _ => self.build_rule(1, grid, 0).map(|rule| Tried::Spikes(Box::new(rule))),
        }
    }

    /// Whether [`LearningParams::tried`] finds something to try, at a neuron with a spike shape or at another one.
    pub fn can_be_tried(&self, has_shape: bool) -> bool {
        match self.rule {
            RuleKind::Fixed => false,
            RuleKind::Voltage(_) => has_shape,
            _ => !self.reads_potential(),
        }
    }
}
