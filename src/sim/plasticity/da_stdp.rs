//! Dopamine-modulated STDP of one synapse, exact at any step: spike timing proposes, dopamine decides.
//!
//! **Equations.** dc/dt = −c/τ_c + A₊ K₊ δ(t − t_post) − A₋ K₋ δ(t − t_pre), dw/dt = c (dopamine), w within its bounds.
//! K₊ and K₋ count the spikes before or after, each decaying with its window (all to all), and dopamine is that of
//! [`Dopamine`], b + n. Spikes of one moment do not see each other.
//!
//! **State.** `w`, the eligibility `c`, the traces `k_plus` and `k_minus`. `w` is in double precision, because what one
//! step adds may be less than the last digit of a single one.
//!
//! **Source.** Izhikevich (2007, doi:10.1093/cercor/bhl152) in the form of Potjans, Morrison and Diesmann (2010,
//! doi:10.3389/fncom.2010.00141), whose synapse takes dopamine less a baseline: b is minus that.
//!
//! **Method.** Between events c and n are exponentials, so that ∫ c (b + n) dt has a closed form, which
//! [`DaStdp::advance`] adds for one step. Bounds are held at every step; the paper holds them at events.

use get_size2::GetSize;

use super::Dopamine;
use crate::{TimeGrid, math};

/// The constants of the rule.
#[derive(Clone, Copy, Debug, PartialEq, GetSize, serde::Deserialize)]
pub struct DaStdpParams {
    /// What a post spike right after a pre spike adds to c.
    pub a_plus: f64,
    /// What a pre spike right after a post spike takes from it.
    pub a_minus: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
    /// How long the synapse remembers.
    pub tau_c_ms: f64,
    /// How long dopamine stays, which must be that of the [`Dopamine`] it is advanced with.
    pub tau_n_ms: f64,
    /// Least weight.
    pub w_min: f64,
    /// Greatest weight.
    pub w_max: f64,
}

/// One synapse.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct DaStdp {
    params: DaStdpParams,
    plus_factor: f32,
    minus_factor: f32,
    c_factor: f32,
    /// ∫ of the decays of c and n, and of that of c, over one step, in ms.
    phasic_ms: f32,
    tonic_ms: f32,
    w: f64,
    c: f32,
    k_plus: f32,
    k_minus: f32,
}

impl DaStdp {
    /// A synapse of weight `w` that remembers nothing.
    pub fn new(w: f64, params: DaStdpParams, grid: TimeGrid) -> Self {
        let DaStdpParams { tau_plus_ms, tau_minus_ms, tau_c_ms, tau_n_ms, .. } = params;
        let dt = grid.dt_ms();
        let integral = |tau: f64| (tau * (1.0 - math::exp_f64(-dt / tau))) as f32;
        Self {
            plus_factor: math::decay_per_step(dt, tau_plus_ms),
            minus_factor: math::decay_per_step(dt, tau_minus_ms),
            c_factor: math::decay_per_step(dt, tau_c_ms),
            phasic_ms: integral(1.0 / (1.0 / tau_c_ms + 1.0 / tau_n_ms)),
            tonic_ms: integral(tau_c_ms),
            w,
            c: 0.0,
            k_plus: 0.0,
            k_minus: 0.0,
            params,
        }
    }

    /// The weight.
    pub fn w(&self) -> f64 {
        self.w
    }

    /// The eligibility.
    pub fn c(&self) -> f32 {
        self.c
    }

    /// Moves on by one step, at whose beginning dopamine is as given.
    pub fn advance(&mut self, dopamine: &Dopamine) {
        let change =
            self.c * (dopamine.phasic() * self.phasic_ms + dopamine.tonic() * self.tonic_ms);
        self.set_w(self.w + f64::from(change));
        self.c = math::flush(self.c * self.c_factor);
        self.k_plus = math::flush(self.k_plus * self.plus_factor);
        self.k_minus = math::flush(self.k_minus * self.minus_factor);
    }

    /// The spikes of this moment.
    pub fn spikes(&mut self, is_pre: bool, is_post: bool) {
        self.c += self.proposal(is_pre, is_post);
        self.k_plus += f32::from(is_pre);
        self.k_minus += f32::from(is_post);
    }

    /// The spikes of this moment where there is no third factor: they change the weight at once.
    pub fn spikes_without_dopamine(&mut self, is_pre: bool, is_post: bool, gain: f32) {
        self.set_w(self.w + f64::from(gain * self.proposal(is_pre, is_post)));
        self.spikes(is_pre, is_post);
    }

    fn proposal(&self, is_pre: bool, is_post: bool) -> f32 {
        let DaStdpParams { a_plus, a_minus, .. } = self.params;
        let plus = if is_post { a_plus as f32 * self.k_plus } else { 0.0 };
        let minus = if is_pre { a_minus as f32 * self.k_minus } else { 0.0 };
        plus - minus
    }

    fn set_w(&mut self, w: f64) {
        self.w = w.clamp(self.params.w_min, self.params.w_max);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plasticity::Decay;

    const PARAMS: DaStdpParams = DaStdpParams {
        a_plus: 1.0,
        a_minus: 1.5,
        tau_plus_ms: 20.0,
        tau_minus_ms: 30.0,
        tau_c_ms: 1_000.0,
        tau_n_ms: 200.0,
        w_min: 0.0,
        w_max: 200.0,
    };

    /// A pair at 100 and 110 ms and a pulse of 0.5 at 600 ms; c after the pair, and the weight at 20 s.
    fn run(dt_ms: f64, tonic: f64, pre_first: bool) -> (f64, f64) {
        let grid = TimeGrid::new(dt_ms);
        let mut synapse = DaStdp::new(100.0, PARAMS, grid);
        let mut dopamine = Dopamine::new(tonic, PARAMS.tau_n_ms, Decay::Exact, grid);
        let tick_of = |ms: f64| grid.ticks_from_ms(ms);
        dopamine.release_at(tick_of(600.0), 0.5);
        let (first, second) = (tick_of(100.0), tick_of(110.0));
        let mut after_pair = 0.0;
        for tick in 0..tick_of(20_000.0) {
            if tick > 0 {
                synapse.advance(&dopamine);
            }
            dopamine.step(tick);
            let (pre, post) = if pre_first { (first, second) } else { (second, first) };
            synapse.spikes(tick == pre, tick == post);
            if tick == second {
                after_pair = synapse.c();
            }
        }
        (f64::from(after_pair), synapse.w())
    }

    #[test]
    fn a_pair_and_a_pulse_move_the_weight_by_the_closed_form() {
        // ∫ c e^(−490/1000) h e^(−t (1/τ_c + 1/τ_n)) dt over all t.
        let cashed = |c: f64| c * math::exp_f64(-0.49) * 0.5 / (1.0 / 1_000.0 + 1.0 / 200.0);
        for dt_ms in [1.0, 0.5, 0.1] {
            let plus = math::exp_f64(-0.5);
            let (c, w) = run(dt_ms, 0.0, true);
            assert!((c - plus).abs() < 1e-5, "{c}");
            assert!(((w - 100.0) / cashed(plus) - 1.0).abs() < 2e-4, "dt {dt_ms}: {w}");
            let minus = -1.5 * math::exp_f64(-10.0 / 30.0);
            let (c, w) = run(dt_ms, 0.0, false);
            assert!((c - minus).abs() < 1e-5, "{c}");
            assert!(((w - 100.0) / cashed(minus) - 1.0).abs() < 2e-4, "dt {dt_ms}: {w}");
        }
    }

    #[test]
    fn tonic_dopamine_adds_its_own_share() {
        let (c, with) = run(0.5, 0.002, true);
        let (_, without) = run(0.5, 0.0, true);
        // b c τ_c, of which e^(−20) is still to come.
        assert!((with - without - 0.002 * c * 1_000.0).abs() < 2e-3, "{}", with - without);
    }

    #[test]
    fn without_dopamine_and_without_memory_the_pair_acts_at_once() {
        let mut synapse = DaStdp::new(1.0, PARAMS, TimeGrid::new(1.0));
        let none = Dopamine::new(0.0, PARAMS.tau_n_ms, Decay::Exact, TimeGrid::new(1.0));
        synapse.spikes_without_dopamine(true, false, 0.1);
        (0..10).for_each(|_| synapse.advance(&none));
        synapse.spikes_without_dopamine(false, true, 0.1);
        let expected = 1.0 + 0.1 * math::exp_f64(-0.5);
        assert!((synapse.w() - expected).abs() < 1e-6);
        // Bounds hold.
        synapse.spikes_without_dopamine(true, false, 1e6);
        assert_eq!(synapse.w(), 0.0);
    }
}
