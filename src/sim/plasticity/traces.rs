//! A column of exponentially decaying traces whose decay costs the same whatever their number.
//!
//! **Equations.** τ dx_i/dt = −x_i; a spike adds to x_i or sets it.
//!
//! **State.** `values[i] = x_i · scale`, where one common `scale` grows by e^(dt/τ) per tick. So a tick is
//! one multiplication, and a loop over all traces multiplies by `1/scale` once, outside.
//!
//! **Method.** Exact. The scale is double precision; when it passes 10⁶ the column is brought back to
//! scale 1, and what has decayed to nothing becomes zero, so nothing ever turns subnormal.

use get_size2::GetSize;

use crate::{Tick, TimeGrid, math};

/// The scale at which the column is brought back to scale 1.
const SCALE_LIMIT: f64 = 1e6;

/// Traces with one time constant.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Traces {
    rate_per_ms: f64,
    dt_ms: f64,
    growth: f64,
    scale: f64,
    values: Vec<f32>,
}

impl Traces {
    /// `num` traces without any spike behind them.
    pub fn new(num: usize, tau_ms: f64, grid: TimeGrid) -> Self {
        let (rate_per_ms, dt_ms) = (1.0 / tau_ms, grid.dt_ms());
        Self {
            rate_per_ms,
            dt_ms,
            growth: math::exp_f64(dt_ms * rate_per_ms),
            scale: 1.0,
            values: vec![0.0; num],
        }
    }

    /// Lets all traces decay by one tick.
    #[inline]
    pub fn tick(&mut self) {
        self.grow(self.growth);
    }

    /// Lets all traces decay by any time: exact for spikes that are not on the grid.
    pub fn jump_ms(&mut self, ms: f64) {
        self.grow(math::exp_f64(ms * self.rate_per_ms));
    }

    /// Lets all traces decay by several ticks at once.
    pub fn jump_ticks(&mut self, ticks: Tick) {
        self.jump_ms(ticks as f64 * self.dt_ms);
    }

    #[inline]
    fn grow(&mut self, factor: f64) {
        self.scale *= factor;
        if self.scale > SCALE_LIMIT {
            self.renormalise();
        }
    }

    #[cold]
    fn renormalise(&mut self) {
        // After a very long jump the scale is infinite, and everything becomes zero.
        let factor = (1.0 / self.scale) as f32;
        for value in &mut self.values {
            *value = math::flush(*value * factor);
        }
        self.scale = 1.0;
    }

    /// Trace `i`.
    #[inline]
    pub fn value(&self, i: usize) -> f32 {
        self.values[i] * (1.0 / self.scale) as f32
    }

    /// All traces, each still to be multiplied by the factor.
    #[inline]
    pub fn scaled(&self) -> (&[f32], f32) {
        (&self.values, (1.0 / self.scale) as f32)
    }

    /// All traces, and the factor that an amount takes before it is added to one of them.
    #[inline]
    pub fn scaled_mut(&mut self) -> (&mut [f32], f32) {
        (&mut self.values, self.scale as f32)
    }

    /// Adds to trace `i`.
    #[inline]
    pub fn add(&mut self, i: usize, amount: f32) {
        self.values[i] += amount * self.scale as f32;
    }

    /// Sets trace `i`.
    #[inline]
    pub fn set(&mut self, i: usize, value: f32) {
        self.values[i] = value * self.scale as f32;
    }

    /// Sets traces `start`, `start + stride`, `start + 2 stride`, …
    pub fn set_every(&mut self, start: usize, stride: usize, value: f32) {
        let value = value * self.scale as f32;
        if stride == 1 {
            self.values[start..].fill(value);
        } else {
            self.values[start..].iter_mut().step_by(stride).for_each(|v| *v = value);
        }
    }

    /// Trace `i` forgets its spikes.
    pub fn clear(&mut self, i: usize) {
        self.values[i] = 0.0;
    }

    /// All traces forget their spikes.
    pub fn clear_all(&mut self) {
        self.values.fill(0.0);
        self.scale = 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decay_is_the_closed_form_over_many_renormalisations() {
        let (tau, dt) = (20.0, 0.1);
        let mut traces = Traces::new(2, tau, TimeGrid::new(dt));
        traces.add(0, 1.0);
        for tick in 1..20_000_u32 {
            traces.tick();
            let expected = math::exp_f64(-f64::from(tick) * dt / tau);
            if expected > 1e-19 {
                let error = f64::from(traces.value(0)) / expected - 1.0;
                assert!(error.abs() < 5e-7, "tick {tick}: {error}");
            }
            assert!(traces.values.iter().all(|v| *v == 0.0 || v.is_normal()));
        }
        assert_eq!(traces.value(0), 0.0);
        assert_eq!(traces.value(1), 0.0);
    }

    #[test]
    fn jumps_are_as_good_as_ticks() {
        let grid = TimeGrid::new(0.5);
        let (mut ticked, mut jumped) = (Traces::new(1, 17.0, grid), Traces::new(1, 17.0, grid));
        for traces in [&mut ticked, &mut jumped] {
            traces.set(0, 1.0);
        }
        for _ in 0..123 {
            ticked.tick();
        }
        jumped.jump_ticks(100);
        jumped.jump_ms(11.5);
        assert!((ticked.value(0) / jumped.value(0) - 1.0).abs() < 1e-6);
        // A jump that overflows the scale leaves zero, and the next spike counts.
        jumped.jump_ms(1e9);
        assert_eq!(jumped.value(0), 0.0);
        jumped.add(0, 1.0);
        assert_eq!(jumped.value(0), 1.0);
    }

    #[test]
    fn adding_and_setting_hold_at_any_scale() {
        let mut traces = Traces::new(4, 10.0, TimeGrid::new(1.0));
        for _ in 0..57 {
            traces.tick();
        }
        traces.set_every(0, 2, 1.0);
        traces.add(2, 0.5);
        traces.set(3, 2.0);
        let (values, factor) = traces.scaled();
        let all: Vec<f32> = values.iter().map(|v| v * factor).collect();
        for (ours, expected) in all.iter().zip([1.0, 0.0, 1.5, 2.0]) {
            assert!((ours - expected).abs() < 1e-6, "{all:?}");
        }
        traces.clear(3);
        assert_eq!(traces.value(3), 0.0);
    }
}
