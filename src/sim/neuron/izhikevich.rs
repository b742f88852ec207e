//! Izhikevich's simple model: two variables, and four numbers that make it any of many kinds of neuron.
//!
//! **Equations.** dv/dt = 0.04 v² + 5 v + 140 − u + I, du/dt = a (b v − u), in mV and ms; at v ≥ 30 mV the neuron
//! fires, and then v = c, u ← u + d. I has the unit mV/ms, as the weights of synapses onto it have.
//!
//! **State.** `v_mv`, `u`, and the input `current` of the step to come. a, b, c, d are columns, so that one population
//! may hold several kinds.
//!
//! **Source.** Izhikevich (2003, doi:10.1109/TNN.2003.820440); the scheme is that of its program.
//!
//! **Method.** Steps of 1 ms: v by forward Euler in two halves, then u in one step with the new v. It is
//! part of the model: spikes fall on the millisecond, and v overshoots 30 mV. Every step of 1 ms has the same bits
//! on every machine, since only products and sums occur. [`Form`] has other steps, halves or none, and the equation's
//! coefficients, as some kinds of neuron need them (Izhikevich 2004, doi:10.1109/TNN.2004.832719): two of his twenty have
//! 4.1 v + 108 in place of 5 v + 140, and the one that accommodates has du/dt = a b (v + 65), in which u does not decay
//! ([`Recovery::Sums`]); it begins where v stands still.

use get_size2::GetSize;

use crate::lanes::{Lanes, any_reaches};

/// What makes a kind of neuron.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct IzhikevichParams {
    /// How fast u recovers, per ms.
    pub a: f64,
    /// How much u follows v below threshold.
    pub b: f64,
    /// v after a spike.
    pub c_mv: f64,
    /// What a spike adds to u.
    pub d: f64,
}

impl IzhikevichParams {
    /// An excitatory cell of the cortex: it adapts.
    pub const REGULAR_SPIKING: Self = Self { a: 0.02, b: 0.2, c_mv: -65.0, d: 8.0 };
    /// An inhibitory one: it fires fast and does not.
    pub const FAST_SPIKING: Self = Self { a: 0.1, b: 0.2, c_mv: -65.0, d: 2.0 };
}

/// What u follows.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub enum Recovery {
    /// du/dt = a (b v − u).
    Follows,
    /// du/dt = a b (v − v_u): it sums up how far v was from here, and forgets nothing.
    Sums {
        /// v_u, where u stands still.
        v_u_mv: f64,
    },
}

/// What all neurons of a population have in common: the coefficients of dv/dt = k₂ v² + k₁ v + k₀ − u + I, and how a step
/// is taken.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub struct Form {
    /// k₂, per mV and ms.
    pub quadratic: f64,
    /// k₁, per ms.
    pub linear: f64,
    /// k₀, in mV per ms.
    pub constant: f64,
    /// Potential at which a neuron fires.
    pub v_peak_mv: f64,
    /// The step.
    pub dt_ms: f64,
    /// v takes it in two halves, otherwise in one.
    pub is_halved: bool,
    /// What u follows.
    pub recovery: Recovery,
}

impl Form {
    /// That of the program of 2003.
    pub const PROGRAM: Self = Self {
        quadratic: 0.04,
        linear: 5.0,
        constant: 140.0,
        v_peak_mv: 30.0,
        dt_ms: 1.0,
        is_halved: true,
        recovery: Recovery::Follows,
    };

    /// u where neurons begin: where it stands still, or, if it stands still nowhere, where v does.
    fn u_start(&self, b: f64) -> f32 {
        let v = f64::from(V_START_MV);
        match self.recovery {
            Recovery::Follows => (b * v) as f32,
            Recovery::Sums { .. } => {
                ((self.quadratic * v + self.linear) * v + self.constant) as f32
            }
        }
    }
}

/// Columns are multiples of this long.
const BLOCK: usize = 8;
/// Where they all begin.
const V_START_MV: f32 = -65.0;

/// A population. Columns are filled up to whole blocks with neurons that are never shown.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Izhikevich {
    num_neurons: u32,
    form: Form,
    /// a times the step.
    a: Vec<f32>,
    b: Vec<f32>,
    c_mv: Vec<f32>,
    d: Vec<f32>,
    v_mv: Vec<f32>,
    u: Vec<f32>,
    current: Vec<f32>,
}

impl Izhikevich {
    /// A neuron of each kind in `kinds`, at v = −65 mV and u = b v, as the program of 2003 has them.
    pub fn new(kinds: &[IzhikevichParams]) -> Self {
        Self::of_form(kinds, Form::PROGRAM)
    }

    /// The same of another form.
    pub fn of_form(kinds: &[IzhikevichParams], form: Form) -> Self {
        let padding = kinds.len().next_multiple_of(BLOCK) - kinds.len();
        let padded = || {
            let rest = std::iter::repeat_n(IzhikevichParams::REGULAR_SPIKING, padding);
            kinds.iter().copied().chain(rest)
        };
        let column = |of: fn(IzhikevichParams) -> f64| padded().map(|p| of(p) as f32).collect();
        Self {
            num_neurons: kinds.len() as u32,
            form,
            a: padded().map(|p| (p.a * form.dt_ms) as f32).collect(),
            b: column(|p| p.b),
            c_mv: column(|p| p.c_mv),
            d: column(|p| p.d),
            v_mv: vec![V_START_MV; kinds.len() + padding],
            u: padded().map(|p| form.u_start(p.b)).collect(),
            current: vec![0.0; kinds.len() + padding],
        }
    }

    /// Membrane potentials.
    pub fn v_mv(&self) -> &[f32] {
        &self.v_mv[..self.num_neurons as usize]
    }

    /// Recovery variables.
    pub fn u(&self) -> &[f32] {
        &self.u[..self.num_neurons as usize]
    }

    /// Membrane potentials, for a start that is not at −65 mV.
    pub fn v_mv_mut(&mut self) -> &mut [f32] {
        &mut self.v_mv[..self.num_neurons as usize]
    }

    /// Recovery variables, for a start that is not at b v.
    pub fn u_mut(&mut self) -> &mut [f32] {
        &mut self.u[..self.num_neurons as usize]
    }

    /// Potential at which a neuron fires.
    pub fn v_peak_mv(&self) -> f32 {
        self.form.v_peak_mv as f32
    }

    /// Input of the step to come, in whole blocks of eight: what lies behind the last neuron is of no effect.
    #[inline]
    pub fn current_mut(&mut self) -> &mut [f32] {
        &mut self.current
    }

    /// Moves all neurons on by one step under their input, which stays.
    pub fn integrate(&mut self) {
        let splat = |of: f64| Lanes::splat(of as f32);
        let Form { quadratic, linear, constant, dt_ms, is_halved, recovery, .. } = self.form;
        // Without a decay, u + a (b v − b v_u).
        let (decay, held) = match recovery {
            Recovery::Follows => (splat(1.0), splat(0.0)),
            Recovery::Sums { v_u_mv } => (splat(0.0), splat(v_u_mv)),
        };
        let part = splat(if is_halved { dt_ms / 2.0 } else { dt_ms });
        let (square, linear, constant) = (splat(quadratic), splat(linear), splat(constant));
        let states = self.v_mv.as_chunks_mut().0.iter_mut().zip(self.u.as_chunks_mut().0);
        let constants = self.a.as_chunks().0.iter().zip(self.b.as_chunks().0);
        let inputs = self.current.as_chunks().0;
        for (((v_out, u_out), (a, b)), current) in states.zip(constants).zip(inputs) {
            let (mut v, u) = (Lanes::load(v_out), Lanes::load(u_out));
            let rest = constant - u + Lanes::load(current);
            v = v + part * ((square * v + linear) * v + rest);
            if is_halved {
                v = v + part * ((square * v + linear) * v + rest);
            }
            v.store(v_out);
            (u + Lanes::load(a) * (Lanes::load(b) * (v - held) - decay * u)).store(u_out);
        }
        // Nobody resets those that fill the last lanes up.
        self.v_mv[self.num_neurons as usize..].fill(V_START_MV);
    }

    /// The same under this input, after which potentials jump. Says whether any of them then is at its peak.
    pub fn integrate_under(&mut self, current: &[f32], jump_mv: &[f32]) -> bool {
        self.current[..current.len()].copy_from_slice(current);
        self.integrate();
        let v_peak = self.v_peak_mv();
        let mut is_any = false;
        for (v, jump) in self.v_mv.iter_mut().zip(jump_mv) {
            *v += jump;
            is_any |= *v >= v_peak;
        }
        is_any
    }

    /// Gathers the neurons that have reached the peak.
    pub fn find_spikes(&self, fired: &mut Vec<u32>) {
        fired.clear();
        let v_peak = self.v_peak_mv();
        for (block, v_mv) in self.v_mv.as_chunks::<BLOCK>().0.iter().enumerate() {
            if any_reaches(v_mv, v_peak) {
                let all = (0..).zip(v_mv).filter(|(_, v)| **v >= v_peak);
                fired.extend(all.map(|(place, _)| (block * BLOCK) as u32 + place));
            }
        }
    }

    /// Resets the neurons that fired.
    #[inline]
    pub fn reset(&mut self, fired: &[u32]) {
        for &neuron in fired {
            let neuron = neuron as usize;
            self.v_mv[neuron] = self.c_mv[neuron];
            self.u[neuron] += self.d[neuron];
        }
    }

    /// Puts every neuron back to where it began.
    pub fn rest(&mut self) {
        self.v_mv.fill(V_START_MV);
        for (u, b) in self.u.iter_mut().zip(&self.b) {
            *u = self.form.u_start(f64::from(*b));
        }
        self.current.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [IzhikevichParams; 5] = {
        let (exc, inh) = (IzhikevichParams::REGULAR_SPIKING, IzhikevichParams::FAST_SPIKING);
        [exc, inh, exc, exc, inh]
    };

    fn run(neurons: &mut Izhikevich, current: f32, num_ms: u32) -> Vec<(u32, u32)> {
        let (mut fired, mut spikes) = (Vec::new(), Vec::new());
        for ms in 0..num_ms {
            neurons.current_mut().fill(current);
            neurons.integrate();
            neurons.find_spikes(&mut fired);
            spikes.extend(fired.iter().map(|&neuron| (ms, neuron)));
            neurons.reset(&fired);
        }
        spikes
    }

    #[test]
    fn rests_where_the_equations_say() {
        // 0.04 v² + 5 v + 140 = b v at v = (−4.8 − √(4.8² − 22.4))/0.08 = −70 mV.
        let mut neurons = Izhikevich::new(&KINDS);
        assert_eq!(run(&mut neurons, 0.0, 2_000), []);
        for (v, u) in neurons.v_mv().iter().zip(neurons.u()) {
            assert!((v + 70.0).abs() < 1e-3 && (u + 14.0).abs() < 1e-3, "{v} {u}");
        }
        assert_eq!(neurons.v_mv().len(), 5);
    }

    #[test]
    fn without_a_fixed_point_it_fires_and_adapts() {
        // Rest and threshold meet where (5 − b)² = 0.16 (140 + I), at I = 4. The jump to 3.5 may make a spike.
        let below = run(&mut Izhikevich::new(&KINDS), 3.5, 1_000);
        assert!(below.iter().all(|(ms, _)| *ms < 100), "{below:?}");
        let spikes = run(&mut Izhikevich::new(&KINDS), 10.0, 1_000);
        let times = |id| spikes.iter().filter(|s| s.1 == id).map(|s| s.0).collect::<Vec<_>>();
        let (regular, fast) = (times(0), times(1));
        assert!(fast.len() > 2 * regular.len() && regular.len() > 10, "{regular:?} {fast:?}");
        assert_eq!(regular, times(3));
        assert_eq!(fast, times(4));
        let first = regular[1] - regular[0];
        let last = regular[regular.len() - 1] - regular[regular.len() - 2];
        assert!(last > first, "{regular:?}");
    }

    #[test]
    fn another_form_has_its_own_fixed_point_at_any_step() {
        // Class 1: 0.04 v² + 4.1 v + 108 = −0.1 v at v = (−4.2 − √(4.2² − 17.28))/0.08 = −60 mV.
        let class_1 = IzhikevichParams { a: 0.02, b: -0.1, c_mv: -55.0, d: 6.0 };
        for (dt_ms, is_halved) in [(0.5, true), (0.25, false)] {
            let form = Form { linear: 4.1, constant: 108.0, dt_ms, is_halved, ..Form::PROGRAM };
            let mut neurons = Izhikevich::of_form(&[class_1; 3], form);
            let begin = neurons.clone();
            for _ in 0..(3_000.0 / dt_ms) as u32 {
                neurons.integrate_under(&[0.0; 3], &[0.0; 3]);
            }
            for (v, u) in neurons.v_mv().iter().zip(neurons.u()) {
                assert!((v + 60.0).abs() < 1e-3 && (u - 6.0).abs() < 1e-4, "{dt_ms}: {v} {u}");
            }
            neurons.rest();
            assert_eq!(neurons, begin);
        }
    }

    #[test]
    fn a_recovery_that_only_sums_keeps_what_it_has() {
        // It begins where v stands still, u = 0.04 · 65² − 5 · 65 + 140 = −16.
        let form = Form {
            dt_ms: 0.5,
            is_halved: false,
            recovery: Recovery::Sums { v_u_mv: -65.0 },
            ..Form::PROGRAM
        };
        let kind = IzhikevichParams { a: 0.02, b: 1.0, c_mv: -55.0, d: 4.0 };
        let mut neurons = Izhikevich::of_form(&[kind], form);
        let begin = neurons.clone();
        neurons.integrate_under(&[0.0], &[0.0]);
        assert_eq!((neurons.v_mv()[0], neurons.u()[0]), (-65.0, -16.0));
        // Under a current that has grown slowly v is at −65 mV again: u has taken it over.
        for step in 0..8_000_u16 {
            neurons.integrate_under(&[(f32::from(step) / 2_000.0).min(2.0)], &[0.0]);
        }
        assert!((neurons.v_mv()[0] + 65.0).abs() < 1e-3, "{:?}", neurons.v_mv());
        assert!((neurons.u()[0] + 14.0).abs() < 1e-3, "{:?}", neurons.u());
        neurons.rest();
        assert_eq!(neurons, begin);
    }

    #[test]
    fn a_step_is_two_halves_and_one() {
        let mut neurons = Izhikevich::new(&KINDS[..1]);
        neurons.current_mut()[0] = 7.0;
        neurons.integrate();
        let (mut v, u) = (-65.0_f64, -13.0_f64);
        for _ in 0..2 {
            v += 0.5 * (0.04 * v * v + 5.0 * v + 140.0 - u + 7.0);
        }
        assert!((f64::from(neurons.v_mv()[0]) - v).abs() < 1e-4);
        assert!((f64::from(neurons.u()[0]) - (u + 0.02 * (0.2 * v - u))).abs() < 1e-5);
    }
}
