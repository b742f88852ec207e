//! Leaky integrate-and-fire neurons whose input spikes lift the membrane at once, on a grid.
//!
//! **Equations.** V(t + δt) = E_L + (V(t) − E_L) e^(−δt/τ_m) + Σ w over the input spikes of step t; at V ≥ θ the
//! neuron fires and V = V_reset. As in the source there is no refractory time.
//!
//! **State.** `v`, from E_L, as it was after the last step that brought an input to anybody; `quiet_steps`
//! since then; the `input` of the step to come.
//!
//! **Source.** Florian (2007, doi:10.1162/neco.2007.19.6.1468), equation of the simulated networks; it is NEST's
//! `iaf_psc_delta` with a delay of one step.
//!
//! **Method.** Exact on the grid. Without input nobody can fire, so such steps only count; powers of the decay are
//! tabulated, and what has decayed to nothing is zero.

use get_size2::GetSize;

use crate::{TimeGrid, math};

/// What the neurons of a population have in common.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct DeltaLifParams {
    /// Membrane time constant.
    pub tau_m_ms: f64,
    /// Resting potential.
    pub e_l_mv: f64,
    /// Threshold.
    pub v_th_mv: f64,
    /// Reset, below the threshold.
    pub v_reset_mv: f64,
}

/// A population.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct DeltaLif {
    e_l_mv: f32,
    threshold: f32,
    reset: f32,
    /// e^(−k δt/τ_m) for k = 0, 1, … while it is not nothing.
    powers: Vec<f32>,
    v: Vec<f32>,
    input: Vec<f32>,
    has_input: bool,
    quiet_steps: u32,
}

impl DeltaLif {
    /// `num_neurons` neurons at rest.
    pub fn new(num_neurons: usize, params: &DeltaLifParams, grid: TimeGrid) -> Self {
        let per_step = grid.dt_ms() / params.tau_m_ms;
        let power = |k: u32| math::exp_f64(-f64::from(k) * per_step) as f32;
        Self {
            e_l_mv: params.e_l_mv as f32,
            threshold: (params.v_th_mv - params.e_l_mv) as f32,
            reset: (params.v_reset_mv - params.e_l_mv) as f32,
            powers: (0..).map(power).take_while(|power| *power > math::SMALLEST).collect(),
            v: vec![0.0; num_neurons],
            input: vec![0.0; num_neurons],
            has_input: false,
            quiet_steps: 0,
        }
    }

    /// An input spike to everybody: one weight for each neuron, in mV.
    #[inline]
    pub fn add_row(&mut self, weights: &[f32]) {
        self.has_input = true;
        self.input.iter_mut().zip(weights).for_each(|(input, w)| *input += w);
    }

    /// An input spike to one neuron.
    #[inline]
    pub fn add(&mut self, neuron_idx: usize, weight: f32) {
        self.has_input = true;
        self.input[neuron_idx] += weight;
    }

    /// Moves everybody on by one step, with the input since the last, and puts those that fire into `fired`.
    #[inline]
    pub fn step(&mut self, fired: &mut Vec<u32>) {
        fired.clear();
        self.quiet_steps = self.quiet_steps.saturating_add(1);
        if self.has_input {
            self.integrate(fired);
        }
    }

    fn integrate(&mut self, fired: &mut Vec<u32>) {
        let decay = self.decay();
        let (threshold, reset) = (self.threshold, self.reset);
        let mut num_fired = 0;
        for (v, input) in self.v.iter_mut().zip(&mut self.input) {
            *v = math::flush(*v * decay) + *input;
            *input = 0.0;
            num_fired += u32::from(*v >= threshold);
        }
        if num_fired > 0 {
            for (neuron, v) in (0..).zip(&mut self.v) {
                if *v >= threshold {
                    *v = reset;
                    fired.push(neuron);
                }
            }
        }
        self.has_input = false;
        self.quiet_steps = 0;
    }

    fn decay(&self) -> f32 {
        self.powers.get(self.quiet_steps as usize).copied().unwrap_or(0.0)
    }

    /// The potential of one neuron in mV.
    pub fn v_mv(&self, neuron_idx: usize) -> f32 {
        self.e_l_mv + self.v[neuron_idx] * self.decay()
    }

    /// The potentials above rest as they were when the last input came.
    pub fn latest_v(&self) -> &[f32] {
        &self.v
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: DeltaLifParams =
        DeltaLifParams { tau_m_ms: 20.0, e_l_mv: -70.0, v_th_mv: -54.0, v_reset_mv: -70.0 };

    #[test]
    fn between_inputs_the_potential_is_the_closed_form() {
        let mut cells = DeltaLif::new(2, &PARAMS, TimeGrid::new(1.0));
        let mut fired = Vec::new();
        let inputs = [(3, 9.0), (8, -4.0), (40, 6.5), (41, 2.0)];
        for step in 0..1_500_u32 {
            cells.step(&mut fired);
            assert!(fired.is_empty());
            let arrived = inputs.iter().filter(|(at, _)| *at < step);
            let expected: f64 =
                arrived.map(|(at, w)| w * math::exp_f64(-f64::from(step - at - 1) / 20.0)).sum();
            let error = f64::from(cells.v_mv(0)) + 70.0 - expected;
            assert!(error.abs() < 1e-5, "step {step}: {error}");
            assert_eq!(cells.v_mv(1), -70.0);
            for (_, w) in inputs.iter().filter(|(at, _)| *at == step) {
                cells.add(0, *w as f32);
            }
        }
    }

    #[test]
    fn who_reaches_the_threshold_fires_a_step_after_its_input() {
        let mut cells = DeltaLif::new(3, &PARAMS, TimeGrid::new(1.0));
        let mut fired = Vec::new();
        cells.step(&mut fired);
        cells.add_row(&[16.0, 15.9, -30.0]);
        cells.step(&mut fired);
        assert_eq!(fired, [0]);
        assert_eq!(cells.v_mv(0), -70.0);
        // e^(−1/20) of 15.9 and 1.0 are enough.
        cells.add_row(&[1.0; 3]);
        cells.step(&mut fired);
        assert_eq!(fired, [1]);
        cells.step(&mut fired);
        assert!(fired.is_empty());
    }

    #[test]
    fn long_silence_leaves_nothing_that_is_slow() {
        let mut cells = DeltaLif::new(1, &PARAMS, TimeGrid::new(1.0));
        let mut fired = Vec::new();
        cells.add(0, 1.0);
        for _ in 0..20 {
            (0..500).for_each(|_| cells.step(&mut fired));
            cells.add(0, 0.0);
        }
        cells.step(&mut fired);
        assert_eq!(cells.latest_v(), [0.0]);
    }
}
