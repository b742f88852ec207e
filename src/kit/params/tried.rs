//! A learning rule as it is tried at one synapse.

use super::learning::{LearningParams, RuleKind};
use crate::kit::probe::Tried;
use crate::sim::TimeGrid;
use crate::sim::neuron::{AdExParams, SpikeShape};

impl LearningParams {
    /// The rule with one synapse, onto a neuron of this kind where it reads potentials. None where nothing is learned, and of
    /// formulas over the potential, which pairs of spikes alone do not tell.
    pub(crate) fn tried(&self, neuron: Option<(AdExParams, SpikeShape)>) -> Option<Tried> {
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

    /// Whether there is something to try, at a neuron with a spike shape or at another one.
    pub fn can_be_tried(&self, has_shape: bool) -> bool {
        match self.rule {
            RuleKind::Fixed => false,
            RuleKind::Voltage(_) => has_shape,
            _ => !self.reads_potential(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::TripletFit;
    use super::*;
    use crate::kit::probe::Probe;
    use crate::sim::plasticity::VoltageStdpParams;

    fn probe(rule: RuleKind) -> Probe {
        let learning = LearningParams { rule, ..LearningParams::default() };
        Probe::new(learning.tried(None).expect("a rule that can be tried"))
    }

    #[test]
    fn a_tried_window_has_the_area_of_its_closed_form() {
        let of = probe(RuleKind::Pair);
        assert!((of.area_ms - 20.0 * (0.005 - 0.0055)).abs() < 2e-4, "{}", of.area_ms);
        assert_eq!(of.at_rate(7.0), None);
    }

    /// Half the amplitudes at half the weight are shares as published.
    #[test]
    fn tried_rates_are_those_of_the_protocol() {
        let rule = RuleKind::Triplet { fit: TripletFit::VisualMinimal, scale: 0.5 };
        let [before, after] = probe(rule).at_rate(10.0).expect("a rate");
        assert!(
            (before - 0.1186).abs() < 0.001 && (after + 0.3322).abs() < 0.001,
            "{before} {after}"
        );
    }

    /// 100, 103, 115, 145 and 165 % for +10 ms in the program's own neuron, whose b hardly matters.
    #[test]
    fn voltage_based_plasticity_is_tried_at_a_neuron() {
        let neuron = AdExParams {
            v_peak_mv: 33.0,
            v_reset_mv: -49.5,
            b_pa: 0.0805,
            ..AdExParams::PYRAMIDAL
        };
        let rule = VoltageStdpParams::VISUAL_CORTEX;
        let of = Probe::new(Tried::Potential(rule, neuron, SpikeShape::CLOPATH));
        let all = [0.1, 10.0, 20.0, 40.0, 50.0].map(|hz| of.at_rate(hz).expect("a rate"));
        println!("{all:.3?}");
        let known = [[0.0, -0.27], [0.03, -0.41], [0.15, -0.41], [0.45, 0.03], [0.65, 0.46]];
        for (found, known) in all.iter().flatten().zip(known.iter().flatten()) {
            assert!((found - known).abs() < 0.02, "{all:?}");
        }
    }
}
