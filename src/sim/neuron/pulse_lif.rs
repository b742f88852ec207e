//! One leaky integrate-and-fire neuron whose input spikes lift the membrane at once, with a threshold that may
//! be soft, or rise with every spike.
//!
//! **Equations.** V ← E_L + (V − E_L) e^(−dt/τ_m) + Σ w. With a sharp threshold the neuron fires at V ≥ V_th + θ,
//! with a soft one by chance, see [`Escape`](super::Escape), at u = V − V_th − θ. Reset, hard or
//! soft, and refractory time are those of [`Lif`]; a soft threshold has its own refractory time, of the same length.
//!
//! **State.** That of its three parts: [`Lif`], [`EscapeRate`], [`AdaptiveThreshold`].
//!
//! **Source.** The study "STDP-research" (2024) has both neurons; its inputs are scaled by dt/τ_m.
//!
//! **Method.** Exact on the grid.

use get_size2::GetSize;

use super::{EscapeRate, Lif};
use crate::plasticity::AdaptiveThreshold;

/// One neuron.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PulseLif {
    membrane: Lif,
    escape: Option<EscapeRate>,
    threshold: Option<AdaptiveThreshold>,
}

impl PulseLif {
    /// Of a population of one: its membrane, its soft threshold (none: sharp), what raises it (none: nothing).
    pub fn new(
        membrane: Lif,
        escape: Option<EscapeRate>,
        threshold: Option<AdaptiveThreshold>,
    ) -> Self {
        Self { membrane, escape, threshold }
    }

    /// The potential, after the reset.
    pub fn v_mv(&self) -> f32 {
        self.membrane.v_mv()[0]
    }

    /// The threshold, if it moves.
    pub fn moving_threshold_mv(&self) -> Option<f32> {
        self.threshold.as_ref().map(|threshold| self.membrane.v_th_mv() + threshold.theta_mv()[0])
    }

    /// One step with input spikes that together lift the potential by `jump_mv`.
    #[inline]
    pub fn step(&mut self, jump_mv: f32, fired: &mut Vec<u32>) {
        self.membrane.integrate(&[0.0], &[jump_mv]);
        let theta_mv = self.threshold.as_ref().map(AdaptiveThreshold::theta_mv);
        match &mut self.escape {
            Some(escape) => escape.fire(&self.membrane, theta_mv, fired),
            None => self.membrane.find_crossings(theta_mv, fired),
        }
        if let Some(threshold) = &mut self.threshold {
            threshold.step(fired);
        }
        self.membrane.reset_fired(fired);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::neuron::{Escape, LifParams};
    use crate::plasticity::RelaxingThresholdParams;
    use crate::{Stream, TimeGrid, math};

    const PARAMS: LifParams = LifParams {
        tau_m_ms: 20.0,
        e_l_mv: -70.0,
        v_th_mv: -54.0,
        v_reset_mv: -60.0,
        t_ref_ms: 0.0,
    };

    fn membrane(grid: TimeGrid) -> Lif {
        Lif::new(1, &PARAMS, grid)
    }

    #[test]
    fn pulses_add_up_decay_and_fire() {
        let mut neuron = PulseLif::new(membrane(TimeGrid::new(1.0)), None, None);
        let mut fired = Vec::new();
        neuron.step(10.0, &mut fired);
        assert!(fired.is_empty());
        (0..4).for_each(|_| neuron.step(0.0, &mut fired));
        let expected = -70.0 + 10.0 * math::exp_f64(-0.2);
        assert!((f64::from(neuron.v_mv()) - expected).abs() < 1e-4);
        neuron.step(9.0, &mut fired);
        assert_eq!((fired.len(), neuron.v_mv()), (1, -60.0));
    }

    #[test]
    fn a_raised_threshold_asks_for_more() {
        let grid = TimeGrid::new(1.0);
        let relaxing = RelaxingThresholdParams {
            theta_plus_mv: 8.0,
            ratio: 1.0,
            distance_mv: 16.0,
            tau_ms: 40.0,
        };
        let threshold = AdaptiveThreshold::relaxing(1, &relaxing, grid);
        let mut neuron = PulseLif::new(membrane(grid), None, Some(threshold));
        let mut fired = Vec::new();
        neuron.step(17.0, &mut fired);
        assert_eq!((fired.len(), neuron.moving_threshold_mv()), (1, Some(-46.0)));
        // 9.5 + 8 mV above rest: enough for the resting threshold, not for this one.
        neuron.step(8.0, &mut fired);
        assert!(fired.is_empty() && neuron.v_mv() > -54.0);
    }

    #[test]
    fn refractory_neurons_take_no_input_and_do_not_fire_by_chance_either() {
        let grid = TimeGrid::new(1.0);
        let params = LifParams { t_ref_ms: 3.0, ..PARAMS };
        let escape = Escape::Linear { slope_hz_per_mv: 1e9 };
        let escape = EscapeRate::new(1, escape, 3.0, grid, Stream::new(1, "output"));
        for escape in [None, Some(escape)] {
            let mut neuron = PulseLif::new(Lif::new(1, &params, grid), escape, None);
            let (mut fired, mut ticks) = (Vec::new(), Vec::new());
            for tick in 0..10 {
                neuron.step(20.0, &mut fired);
                ticks.extend(fired.iter().map(|_| tick));
            }
            assert_eq!(ticks, [0, 4, 8]);
        }
    }

    #[test]
    fn a_soft_threshold_fires_by_chance() {
        // A step is a draw with P = 1 − e^(−ρ dt), ρ = e^(u/Δ)/τ at u = −6 mV after each reset.
        let (grid, steps) = (TimeGrid::new(1.0), 200_000);
        let escape = Escape::Exponential { delta_mv: 4.0, tau_ms: 10.0 };
        let escape = EscapeRate::new(1, escape, 0.0, grid, Stream::new(1, "output"));
        let still = LifParams { tau_m_ms: 1e9, e_l_mv: -60.0, ..PARAMS };
        let mut neuron = PulseLif::new(Lif::new(1, &still, grid), Some(escape), None);
        let (mut fired, mut count) = (Vec::new(), 0);
        for _ in 0..steps {
            neuron.step(0.0, &mut fired);
            count += fired.len();
        }
        let p = 1.0 - math::exp_f64(-math::exp_f64(-1.5) / 10.0);
        let expected = p * f64::from(steps);
        assert!((count as f64 - expected).abs() < 4.0 * expected.sqrt(), "{count}, not {expected}");
    }
}
