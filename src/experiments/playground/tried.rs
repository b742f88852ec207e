//! The rule of a run, tried at one synapse: its window, pairs at other rates, and what it does to chance pairs.

use get_size2::GetSize;

use super::params::Playground;
use crate::kit::params::{PairingKind, RuleKind};
use crate::kit::probe::Probe;
use crate::record::figure::Curve;
use crate::sim::plasticity::DrawnWindow;

/// What was found.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct TriedRule {
    probe: Probe,
    /// Of a window that was drawn, its points.
    points: Vec<(f64, f64)>,
    area_ms: f64,
    /// All spikes are paired, so that chance pairs drift by the area.
    is_of_all: bool,
    /// Its summary tells of it; older rules have none.
    is_own: bool,
}

/// Whether there is a window, or pairs at other rates, to be drawn.
pub fn has(p: &Playground, at_rates: bool) -> bool {
    let Some(spikes) = p.spikes() else { return false };
    let of_steps =
        matches!(spikes.learning.rule, RuleKind::Offset { .. } | RuleKind::Asymptotic { .. });
    spikes.learning.can_be_tried(p.neuron.shaped().is_some()) && !(at_rates && of_steps)
}

impl TriedRule {
    /// Of a run that learns by a rule that can be tried.
    pub fn new(p: &Playground) -> Option<Self> {
        let learning = &p.spikes()?.learning;
        let probe = Probe::new(learning.tried(p.neuron.shaped())?);
        let points = learning.drawn_window().unwrap_or_default();
        let area_ms = match points.is_empty() {
            true => probe.area_ms,
            false => DrawnWindow::new(&points).area_ms(),
        };
        let is_own = matches!(
            learning.rule,
            RuleKind::Window { .. } | RuleKind::Formula { .. } | RuleKind::Voltage(_)
        );
        let is_of_all = learning.pairing == PairingKind::AllToAll
            && matches!(learning.rule, RuleKind::Window { .. });
        Some(Self { probe, points, area_ms, is_of_all, is_own })
    }

    pub fn window(&self) -> Curve {
        self.probe.window(&self.points, self.area_ms)
    }

    pub fn frequency(&self) -> Curve {
        self.probe.frequency()
    }

    /// Area of the window; for a drawn one what it does to chance pairs at these rates; and pairs at 10 and 50 Hz.
    pub fn summary(&self, rates_hz: [f64; 2]) -> Vec<(&'static str, f64)> {
        let mut rows = Vec::new();
        if !self.is_own {
            return rows;
        }
        rows.push(("window_area_ms", self.area_ms));
        if self.is_of_all {
            // Area times both rates, per second.
            let [input_hz, output_hz] = rates_hz;
            rows.push(("chance_drift_per_s", input_hz * output_hz * self.area_ms / 1_000.0));
        }
        let names = [
            (10.0, ["change_plus_10hz", "change_minus_10hz"]),
            (50.0, ["change_plus_50hz", "change_minus_50hz"]),
        ];
        for (rate_hz, names) in names {
            if let Some(changes) = self.probe.at_rate(rate_hz) {
                rows.extend(names.into_iter().zip(changes));
            }
        }
        rows
    }
}
