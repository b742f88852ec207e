//! Escape-rate ("Poisson") neurons: a leaky membrane without a sharp threshold, which fires by
//! chance, the likelier the higher its potential.
//!
//! **Equations.** The membrane is that of [`Lif`]. In a step of length h a neuron fires with
//! probability P(V), see [`Escape`]; a refractory one does not. Then it is reset like any other.
//!
//! **State.** The steps for which each neuron stays silent; the potential belongs to the membrane.
//!
//! **Source.** Exponential escape: Gerstner and Kistler (2002, doi:10.1017/CBO9780511815706),
//! section 5.3.
//!
//! **Method.** One draw per neuron and step. Rates in Hz become 1 − e^(−ρ h), which is right at any
//! step while V stays constant within it. Under the exponential law most draws are far above P: a table of bounds
//! tells these without the two exponentials, and leaves every spike as it is.

use get_size2::GetSize;

use super::Lif;
use crate::{Stream, TimeGrid, math};

/// The law by which neurons fire; u = V − V_th.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub enum Escape {
    /// As published with a gain of 0.1: P = gain × max(0, u) per step, of any length. So the rate
    /// depends on the step: half of it, twice the rate.
    LinearPerStep {
        /// Probability per mV (or unit of the potential).
        gain: f64,
    },
    /// ρ = slope × max(0, u).
    Linear {
        /// Slope of the rate.
        slope_hz_per_mv: f64,
    },
    /// ρ = e^(u/Δ)/τ.
    Exponential {
        /// Width Δ of the soft threshold.
        delta_mv: f64,
        /// Mean waiting time at the threshold.
        tau_ms: f64,
    },
}

/// The table of bounds begins at this u/Δ …
const FIRST: f32 = -16.0;
/// … and has so many cells for a Δ, …
const CELLS_PER_DELTA: f32 = 8.0;
/// … so that it ends at u/Δ = 16.
const NUM_CELLS: usize = 256;
/// Above this a probability is surely not rounded to 0, and no rounding error is as large.
const SMALLEST_P: f32 = 1e-6;

/// Makes the neurons of a population fire by chance.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct EscapeRate {
    escape: Escape,
    dt_ms: f64,
    refractory_steps: u32,
    steps_left: Vec<u32>,
    stream: Stream,
    cells_per_mv: f32,
    /// By cell of u/Δ, what no probability in it exceeds; 0 where it may be none at all. Empty under other laws.
    highest: Vec<f32>,
}

impl EscapeRate {
    /// `num_neurons` neurons that follow this law and are silent for `t_ref_ms` after a spike, for
    /// which their membrane stays where it is as well.
    pub fn new(
        num_neurons: usize,
        escape: Escape,
        t_ref_ms: f64,
        grid: TimeGrid,
        stream: Stream,
    ) -> Self {
        let mut law = Self {
            escape,
            dt_ms: grid.dt_ms(),
            refractory_steps: grid.ticks_from_ms(t_ref_ms) as u32,
            steps_left: vec![0; num_neurons],
            stream,
            cells_per_mv: 0.0,
            highest: Vec::new(),
        };
        if let Escape::Exponential { delta_mv, .. } = escape {
            let cells_per_mv = CELLS_PER_DELTA / delta_mv as f32;
            law.cells_per_mv = cells_per_mv;
            let p_at = |cell: usize| {
                law.probability((cell as f32 + FIRST * CELLS_PER_DELTA) / cells_per_mv)
            };
            // With room for what rounding does, also to the cell that a potential falls into. The first and the last
            // cell stand for everything beyond as well.
            let bound = |cell| match cell > 0 && cell + 1 < NUM_CELLS && p_at(cell) > SMALLEST_P {
                true => 1.01 * p_at(cell + 1) + SMALLEST_P,
                false => 0.0,
            };
            law.highest = (0..NUM_CELLS).map(bound).collect();
        }
        law
    }

    /// Probability of firing in a step, `over_mv` above the threshold.
    pub fn probability(&self, over_mv: f32) -> f32 {
        let per_step =
            |rate: f64, unit_ms: f64| 1.0 - math::exp(-((rate * self.dt_ms / unit_ms) as f32));
        let above = f64::from(over_mv.max(0.0));
        match self.escape {
            Escape::LinearPerStep { gain } => ((gain * above) as f32).min(1.0),
            Escape::Linear { slope_hz_per_mv } => per_step(slope_hz_per_mv * above, 1_000.0),
            Escape::Exponential { delta_mv, tau_ms } => {
                per_step(f64::from(math::exp(over_mv / delta_mv as f32)), tau_ms)
            }
        }
    }

    /// Gathers the neurons that fire, whose thresholds are raised by `theta_mv` (none: not at all).
    /// Takes the place of [`Lif::find_crossings`].
    pub fn fire(&mut self, neurons: &Lif, theta_mv: Option<&[f32]>, fired: &mut Vec<u32>) {
        fired.clear();
        // A copy stays in registers.
        let mut stream = self.stream.clone();
        for neuron in 0..self.steps_left.len() {
            if self.steps_left[neuron] > 0 {
                self.steps_left[neuron] -= 1;
                continue;
            }
            if self.draw(neurons.overshoot_mv(neuron, theta_mv), &mut stream) {
                self.steps_left[neuron] = self.refractory_steps;
                fired.push(neuron as u32);
            }
        }
        self.stream = stream;
    }

    /// Whether a neuron that is so far above its threshold fires now. Where it cannot, nothing is drawn.
    #[inline]
    fn draw(&self, over_mv: f32, stream: &mut Stream) -> bool {
        let cell = over_mv * self.cells_per_mv - FIRST * CELLS_PER_DELTA;
        // The conversion stops at both ends.
        let highest = self.highest.get(usize::from(cell as u8)).copied().unwrap_or(0.0);
        if highest > 0.0 {
            let drawn = stream.uniform();
            return drawn < highest && drawn < self.probability(over_mv);
        }
        let p = self.probability(over_mv);
        p > 0.0 && stream.chance(p)
    }

    /// Ends all refractory times.
    pub fn reset(&mut self) {
        self.steps_left.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::neuron::LifParams;

    /// Rate of neurons that rest 5 mV above threshold, also after a spike.
    fn rate_hz(escape: Escape, t_ref_ms: f64, dt_ms: f64) -> f64 {
        let params = LifParams {
            tau_m_ms: 10.0,
            e_l_mv: -50.0,
            v_th_mv: -55.0,
            v_reset_mv: -50.0,
            t_ref_ms,
        };
        let (grid, num) = (TimeGrid::new(dt_ms), 100);
        let mut neurons = Lif::new(num, &params, grid);
        let mut law = EscapeRate::new(num, escape, t_ref_ms, grid, Stream::new(4, "output"));
        let (mut fired, mut count) = (Vec::new(), 0);
        let (nothing, num_ticks) = (vec![0.0; num], (20_000.0 / dt_ms) as u32);
        for _ in 0..num_ticks {
            neurons.integrate(&nothing, &nothing);
            law.fire(&neurons, None, &mut fired);
            neurons.reset_fired(&fired);
            count += fired.len();
        }
        count as f64 / num as f64 / 20.0
    }

    #[test]
    fn rates_are_those_of_the_closed_form() {
        let linear = Escape::Linear { slope_hz_per_mv: 8.0 };
        let exponential = Escape::Exponential { delta_mv: 4.0, tau_ms: 100.0 };
        let rho = 10.0 * math::exp_f64(5.0 / 4.0);
        for dt_ms in [1.0, 0.25] {
            for (escape, rho_hz) in [(linear, 40.0), (exponential, rho)] {
                for t_ref_ms in [0.0, 10.0] {
                    // The mean interval on the grid: t_ref + dt/(1 − e^(−ρ dt)).
                    let p = 1.0 - math::exp_f64(-rho_hz * dt_ms / 1_000.0);
                    let expected = 1_000.0 / (t_ref_ms + dt_ms / p);
                    let found = rate_hz(escape, t_ref_ms, dt_ms);
                    assert!(
                        (found / expected - 1.0).abs() < 0.02,
                        "{escape:?}: {found} {expected}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_published_rate_depends_on_the_step() {
        let escape = Escape::LinearPerStep { gain: 0.01 };
        for (dt_ms, expected) in [(1.0, 50.0), (0.5, 100.0)] {
            let found = rate_hz(escape, 0.0, dt_ms);
            assert!((found / expected - 1.0).abs() < 0.02, "dt {dt_ms}: {found}");
        }
    }

    #[test]
    fn the_table_changes_no_spike_and_no_draw() {
        let mut potentials = Stream::new(5, "potentials");
        for (delta_mv, tau_ms, dt_ms) in
            [(2.0, 20.0, 1.0), (0.1, 1.0, 0.1), (10.0, 1_000.0, 1.0), (3.0, 1e4, 0.1)]
        {
            let escape = Escape::Exponential { delta_mv, tau_ms };
            let grid = TimeGrid::new(dt_ms);
            let with = EscapeRate::new(1, escape, 0.0, grid, Stream::new(1, "unused"));
            let without = EscapeRate { highest: Vec::new(), ..with.clone() };
            let mut streams = [Stream::new(6, "output"), Stream::new(6, "output")];
            let mut num_fired = 0;
            for round in 0..200_000 {
                let wide = potentials.between(-20.0, 18.0);
                // Every third one on the edge of a cell.
                let of_delta = if round % 3 == 0 { (8.0 * wide).round() / 8.0 } else { wide };
                let over_mv = of_delta * delta_mv as f32;
                let fires = with.draw(over_mv, &mut streams[0]);
                let expected = without.draw(over_mv, &mut streams[1]);
                assert_eq!(fires, expected, "{over_mv} mV of {escape:?}");
                num_fired += u32::from(fires);
            }
            assert!(num_fired > 10, "{escape:?}: {num_fired}");
            assert_eq!(streams[0], streams[1]);
            // Every bound is one, wherever in the cell the potential is.
            for step in 0..60_000 {
                let over_mv = (-20.0 + step as f32 * 7e-4) * delta_mv as f32;
                let highest =
                    with.highest[usize::from((over_mv * with.cells_per_mv + 128.0) as u8)];
                let p = with.probability(over_mv);
                assert!(highest == 0.0 || (p > 0.0 && p <= highest), "{over_mv}: {p} {highest}");
            }
            assert!(
                !with.draw(f32::NAN, &mut streams[0]) && !without.draw(f32::NAN, &mut streams[1])
            );
        }
    }

    #[test]
    fn below_the_threshold_only_the_exponential_law_fires() {
        let of = |escape| {
            let stream = Stream::new(1, "output");
            let law = EscapeRate::new(1, escape, 0.0, TimeGrid::new(0.1), stream);
            law.probability(-3.0)
        };
        assert_eq!(of(Escape::LinearPerStep { gain: 0.1 }), 0.0);
        assert_eq!(of(Escape::Linear { slope_hz_per_mv: 50.0 }), 0.0);
        assert!(of(Escape::Exponential { delta_mv: 3.0, tau_ms: 10.0 }) > 0.003);
    }
}
