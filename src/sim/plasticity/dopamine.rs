//! Dopamine as one concentration that all synapses see: a tonic level, and pulses that decay.
//!
//! **Equations.** dopamine = b + n; dn/dt = −n/τ_n + Σ h δ(t − t_release). A release may be ordered for later, as
//! reward comes after what earned it.
//!
//! **State.** `phasic` = n, and the releases to come, the next one last.
//!
//! **Source.** Izhikevich (2007, doi:10.1093/cercor/bhl152).
//!
//! **Method.** A factor per step, then the releases of the step: e^(−dt/τ_n), which is exact, or 1 − dt/τ_n as in
//! the paper's program, which forgets 0.25 % sooner at τ_n = 200 dt.

use get_size2::GetSize;

use crate::{Tick, TimeGrid, math};

/// What is lost in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum Decay {
    /// e^(−dt/τ).
    Exact,
    /// 1 − dt/τ.
    Euler,
}

impl Decay {
    /// The factor for a step of `dt_ms`.
    pub fn factor(self, dt_ms: f64, tau_ms: f64) -> f32 {
        match self {
            Self::Exact => math::decay_per_step(dt_ms, tau_ms),
            Self::Euler => (1.0 - dt_ms / tau_ms) as f32,
        }
    }
}

/// The concentration.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Dopamine {
    tonic: f32,
    phasic: f32,
    factor: f32,
    due: Vec<(Tick, f32)>,
}

impl Dopamine {
    /// The tonic level `tonic` and no pulse.
    pub fn new(tonic: f64, tau_n_ms: f64, decay: Decay, grid: TimeGrid) -> Self {
        let factor = decay.factor(grid.dt_ms(), tau_n_ms);
        Self { tonic: tonic as f32, phasic: 0.0, factor, due: Vec::new() }
    }

    /// Takes over another tonic level.
    pub fn set_tonic(&mut self, tonic: f64) {
        self.tonic = tonic as f32;
    }

    /// Orders a release of `amount` in tick `due`, or in the next step if that is over.
    pub fn release_at(&mut self, due: Tick, amount: f64) {
        let place = self.due.partition_point(|(tick, _)| *tick > due);
        self.due.insert(place, (due, amount as f32));
    }

    /// Lets the pulses decay by one step and releases what is due in `tick`; gives the number of releases.
    #[inline]
    pub fn step(&mut self, tick: Tick) -> u32 {
        self.phasic = math::flush(self.phasic * self.factor);
        let mut num = 0;
        while let Some((_, amount)) = self.due.pop_if(|(due, _)| *due <= tick) {
            self.phasic += amount;
            num += 1;
        }
        num
    }

    /// No dopamine at all, in its place.
    pub fn silent(&self) -> Self {
        Self { tonic: 0.0, phasic: 0.0, factor: self.factor, due: Vec::new() }
    }

    /// Takes away all pulses, also those to come.
    pub fn clear(&mut self) {
        self.phasic = 0.0;
        self.due.clear();
    }

    /// What the pulses have left, n.
    pub fn phasic(&self) -> f32 {
        self.phasic
    }

    /// The tonic level, b.
    pub fn tonic(&self) -> f32 {
        self.tonic
    }

    /// The concentration, b + n.
    #[inline]
    pub fn level(&self) -> f32 {
        self.tonic + self.phasic
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pulses_come_when_they_are_due_and_decay() {
        let mut dopamine = Dopamine::new(0.002, 200.0, Decay::Exact, TimeGrid::new(1.0));
        for (due, amount) in [(500, 0.5), (100, 1.0), (500, 0.25), (300, 2.0)] {
            dopamine.release_at(due, amount);
        }
        let mut released = Vec::new();
        for tick in 0..1_000 {
            let num = dopamine.step(tick);
            released.extend((num > 0).then_some((tick, num)));
            let left = |due: Tick, amount: f64| {
                let age_ms = tick as f64 - due as f64;
                if age_ms < 0.0 { 0.0 } else { amount * math::exp_f64(-age_ms / 200.0) }
            };
            let expected = 0.002 + left(100, 1.0) + left(300, 2.0) + left(500, 0.75);
            assert!((f64::from(dopamine.level()) - expected).abs() < 1e-5, "tick {tick}");
        }
        assert_eq!(released, [(100, 1), (300, 1), (500, 2)]);
    }

    #[test]
    fn the_program_takes_the_first_order() {
        let grid = TimeGrid::new(1.0);
        let mut dopamine = Dopamine::new(0.0, 200.0, Decay::Euler, grid);
        dopamine.release_at(0, 0.5);
        dopamine.step(0);
        dopamine.step(1);
        assert_eq!(dopamine.level(), 0.5 * 0.995);
        // A pulse sinks to nothing and not into subnormal numbers.
        (2..100_000).for_each(|tick| _ = dopamine.step(tick));
        assert_eq!(dopamine.phasic(), 0.0);
    }
}
