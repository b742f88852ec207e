//! The adaptive exponential neuron against what its equations say in closed form.

use super::*;

const LEAKY: AdExParams = AdExParams {
    c_m_pf: 200.0,
    g_l_ns: 10.0,
    e_l_mv: -70.0,
    v_th_mv: -50.0,
    delta_t_mv: 0.0,
    v_peak_mv: 0.0,
    v_reset_mv: -60.0,
    a_ns: 0.0,
    b_pa: 0.0,
    tau_w_ms: 0.0,
    t_ref_ms: 2.0,
};
/// One that adapts without ever oscillating below threshold: a/g_L < τ_m/τ_w.
const INTEGRATOR: AdExParams = AdExParams { tau_w_ms: 30.0, ..AdExParams::PYRAMIDAL };

fn one(params: &AdExParams, dt_ms: f64) -> AdEx {
    AdEx::new(1, params, TimeGrid::new(dt_ms))
}

/// Ticks of the spikes under a constant current.
fn spikes(neuron: &mut AdEx, drive_pa: f64, num_ticks: u64) -> Vec<u64> {
    let (mut fired, mut ticks) = (Vec::new(), Vec::new());
    for tick in 0..num_ticks {
        neuron.integrate(&[drive_pa as f32], &[0.0]);
        neuron.find_spikes(&mut fired);
        neuron.reset_fired(&fired);
        ticks.extend(fired.iter().map(|_| tick));
    }
    ticks
}

/// dV/dt and dw/dt of the equations, in double precision.
fn slopes(params: &AdExParams, [v, w]: [f64; 2], drive_pa: f64) -> [f64; 2] {
    let AdExParams { c_m_pf, g_l_ns, e_l_mv, v_th_mv, delta_t_mv, a_ns, tau_w_ms, .. } = *params;
    let upstroke = g_l_ns * delta_t_mv * math::exp_f64((v - v_th_mv) / delta_t_mv);
    let dv = (upstroke - g_l_ns * (v - e_l_mv) - w + drive_pa) / c_m_pf;
    [dv, (a_ns * (v - e_l_mv) - w) / tau_w_ms]
}

/// V and w after `ms` from rest, by Runge–Kutta steps of fourth order.
fn limit(params: &AdExParams, drive_pa: f64, ms: f64) -> [f64; 2] {
    let (mut state, h) = ([params.e_l_mv, 0.0], 0.005);
    let moved = |from: [f64; 2], by: [f64; 2], h: f64| [from[0] + h * by[0], from[1] + h * by[1]];
    for _ in 0..(ms / h).round() as u32 {
        let k_1 = slopes(params, state, drive_pa);
        let k_2 = slopes(params, moved(state, k_1, h / 2.0), drive_pa);
        let k_3 = slopes(params, moved(state, k_2, h / 2.0), drive_pa);
        let k_4 = slopes(params, moved(state, k_3, h), drive_pa);
        for (k, weight) in [(k_1, 1.0), (k_2, 2.0), (k_3, 2.0), (k_4, 1.0)] {
            state = moved(state, k, weight * h / 6.0);
        }
    }
    state
}

/// The current above which no fixed point is left, where the two of them meet (Touboul and Brette 2008,
/// doi:10.1007/s00422-008-0267-4): V_th + Δ_T ln(1 + a/g_L).
fn rheobase(params: &AdExParams) -> (f64, f64) {
    let AdExParams { g_l_ns, e_l_mv, v_th_mv, delta_t_mv, a_ns, .. } = *params;
    let v = v_th_mv + delta_t_mv * math::ln_f64(1.0 + a_ns / g_l_ns);
    (v, (g_l_ns + a_ns) * (v - e_l_mv - delta_t_mv))
}

#[test]
fn without_an_exponential_it_is_the_leaky_neuron() {
    // V = E_L + I/g_L (1 − e^(−t/τ)), τ = 20 ms.
    for dt_ms in [4.0, 1.0, 0.1] {
        let mut neuron = one(&LEAKY, dt_ms);
        assert!(spikes(&mut neuron, 190.0, (24.0 / dt_ms).round() as u64).is_empty());
        let expected = -70.0 + 19.0 * (1.0 - math::exp_f64(-24.0 / 20.0));
        assert!((f64::from(neuron.v_mv()[0]) - expected).abs() < 1e-4, "dt {dt_ms}");
    }
    // T = t_ref + τ ln((V_∞ − V_reset)/(V_∞ − V_th)), rounded up to the grid.
    let ticks = spikes(&mut one(&LEAKY, 0.1), 300.0, 3_000);
    let expected = (20.0 * math::ln_f64(20.0 / 10.0) / 0.1).ceil() as u64 + 20;
    assert!(ticks.len() > 10);
    assert!(ticks.windows(2).all(|pair| pair[1] - pair[0] == expected), "{ticks:?}");
}

#[test]
fn without_an_exponential_adaptation_is_exact_at_any_step() {
    // With τ_w = τ_m and a = g_L the potential oscillates: V − E_L = I/2g_L (1 − e^(−x) (cos x − sin x)), x = t/τ.
    let params = AdExParams { a_ns: 10.0, tau_w_ms: 20.0, ..LEAKY };
    for dt_ms in [7.0, 1.4, 0.1] {
        let mut neuron = one(&params, dt_ms);
        assert!(spikes(&mut neuron, 200.0, (28.0 / dt_ms).round() as u64).is_empty());
        // cos 1.4 and sin 1.4
        let (cos, sin, decay) = (0.169_967_142_9, 0.985_449_730_0, math::exp_f64(-1.4));
        let v = -70.0 + 10.0 * (1.0 - decay * (cos - sin));
        let w = 100.0 * (1.0 - decay * (cos + sin));
        assert!((f64::from(neuron.v_mv()[0]) - v).abs() < 1e-4, "dt {dt_ms}: {neuron:?} {v}");
        assert!((f64::from(neuron.w_pa()[0]) - w).abs() < 1e-3, "dt {dt_ms}: {neuron:?} {w}");
    }
}

#[test]
fn rests_where_the_equations_say() {
    for (params, drive_pa) in
        [(INTEGRATOR, 0.0), (INTEGRATOR, 600.0), (AdExParams::INTERNEURON, 15.0)]
    {
        let mut neuron = one(&params, 0.1);
        assert!(spikes(&mut neuron, drive_pa, 20_000).is_empty());
        // Between E_L − 1 mV, where V rises, and the potential of the rheobase.
        let (mut low, mut high) = (params.e_l_mv - 1.0, rheobase(&params).0);
        for _ in 0..60 {
            let v = (low + high) / 2.0;
            let w = params.a_ns * (v - params.e_l_mv);
            let rises = slopes(&params, [v, w], drive_pa)[0] > 0.0;
            (low, high) = if rises { (v, high) } else { (low, v) };
        }
        let (v, w) = (f64::from(neuron.v_mv()[0]), f64::from(neuron.w_pa()[0]));
        println!("{drive_pa} pA: {v} for {low} mV");
        // Single precision: what pulls V by less than half its last place in a step, 2e-6 mV, does not move it. At 15 pA,
        // near the rheobase, the pull is 0.0024 of the distance.
        assert!((v - low).abs() < 1e-3, "{drive_pa} pA: {v} and not {low}");
        assert!((w - params.a_ns * (v - params.e_l_mv)).abs() < 5e-3, "{drive_pa} pA: {w}");
    }
}

#[test]
fn the_rheobase_is_that_of_the_saddle_node() {
    for params in [INTEGRATOR, INTEGRATOR.without_adaptation()] {
        let (v, current) = rheobase(&params);
        for (factor, fires) in [(0.9995, false), (1.0005, true)] {
            let mut neuron = one(&params, 0.1);
            // Just below where the fixed points meet, on the line on which w rests.
            neuron.v_mv_mut()[0] = v as f32 - 1.0;
            neuron.w_pa_mut()[0] = (params.a_ns * (v - 1.0 - params.e_l_mv)) as f32;
            let found = spikes(&mut neuron, current * factor, 20_000);
            assert_eq!(!found.is_empty(), fires, "{factor} of {current} pA: {found:?}");
        }
    }
}

#[test]
fn the_period_is_the_integral_over_the_potential() {
    // T = ∫ dV/(dV/dt) from reset to peak, by Simpson's rule; from 0 mV on, no time is left.
    let params = AdExParams::INTERNEURON;
    for (drive_pa, dt_ms) in [(40.0, 0.1), (40.0, 0.02), (80.0, 0.1), (200.0, 0.1)] {
        let (num, low) = (20_000, params.v_reset_mv);
        let h = (params.v_peak_mv - low) / f64::from(num);
        let of = |n: u32| 1.0 / slopes(&params, [low + h * f64::from(n), 0.0], drive_pa)[0];
        let inner: f64 = (1..num).map(|n| f64::from(2 + 2 * (n % 2)) * of(n)).sum();
        let free_ms = h / 3.0 * (of(0) + inner + of(num));
        let expected = (free_ms / dt_ms).ceil() + params.t_ref_ms / dt_ms;
        let ticks = spikes(&mut one(&params, dt_ms), drive_pa, (1_000.0 / dt_ms) as u64);
        println!("{drive_pa} pA, dt {dt_ms} ms: {free_ms} ms, {} spikes", ticks.len());
        assert!(ticks.len() > 5);
        for pair in ticks.windows(2) {
            assert_eq!((pair[1] - pair[0]) as f64, expected.round(), "{drive_pa} pA: {free_ms} ms");
        }
    }
}

#[test]
fn the_error_shrinks_with_the_square_of_the_step() {
    let (params, drive_pa, ms) = (AdExParams::PYRAMIDAL, 600.0, 24.0);
    let [v, w] = limit(&params, drive_pa, ms);
    let errors = [2.0, 1.0, 0.5, 0.1].map(|dt_ms| {
        let mut neuron = one(&params, dt_ms);
        assert!(spikes(&mut neuron, drive_pa, (ms / dt_ms).round() as u64).is_empty());
        let (dv, dw) = (f64::from(neuron.v_mv()[0]) - v, f64::from(neuron.w_pa()[0]) - w);
        println!("dt {dt_ms}: {dv:.6} mV, {dw:.6} pA");
        dv.abs()
    });
    for pair in errors[..3].windows(2) {
        assert!((0.8..1.3).contains(&(pair[0] / pair[1] / 4.0)), "{errors:?}");
    }
    assert!(errors[3] < 1e-4, "{errors:?}");
}

#[test]
fn halving_the_step_hardly_moves_spikes() {
    let times = |dt_ms: f64| {
        let mut neuron = one(&AdExParams::PYRAMIDAL, dt_ms);
        let ticks = spikes(&mut neuron, 900.0, (500.0 / dt_ms) as u64);
        ticks.into_iter().map(|tick| (tick + 1) as f64 * dt_ms).collect::<Vec<_>>()
    };
    let all = [0.1, 0.05, 0.025].map(times);
    assert!(all[2].len() > 8, "{all:?}");
    for (pair, dt_ms) in all.windows(2).zip([0.1, 0.05]) {
        assert_eq!(pair[0].len(), pair[1].len());
        for (n, (coarse, fine)) in pair[0].iter().zip(&pair[1]).enumerate() {
            // Each interval is rounded up to the grid, so every spike may be later by a step than the one before.
            assert!((coarse - fine).abs() <= dt_ms * (n + 1) as f64, "spike {n}: {coarse} {fine}");
        }
    }
}

#[test]
fn a_refractory_neuron_stays_at_its_reset_while_its_adaptation_goes_on() {
    let params = AdExParams { t_ref_ms: 2.0, a_ns: 0.0, ..AdExParams::PYRAMIDAL };
    let mut neuron = one(&params, 1.0);
    neuron.reset_fired(&[0]);
    for _ in 0..2 {
        neuron.integrate(&[5_000.0], &[30.0]);
        assert_eq!(neuron.v_mv(), [-70.6]);
    }
    let expected = 80.5 * math::exp_f64(-2.0 / 144.0);
    assert!((f64::from(neuron.w_pa()[0]) - expected).abs() < 1e-4);
    neuron.integrate(&[0.0], &[30.0]);
    assert!(neuron.v_mv()[0] > -42.0);
    neuron.reset();
    assert_eq!(neuron, one(&params, 1.0));
}

#[test]
fn whatever_comes_in_is_a_spike_and_nothing_worse() {
    let mut neurons = AdEx::new(4, &AdExParams::PYRAMIDAL, TimeGrid::new(1.0));
    neurons.integrate(&[1e6, 0.0, 0.0, -1e6], &[0.0, 1e6, 90.0, -1e4]);
    let mut fired = Vec::new();
    neurons.find_spikes(&mut fired);
    // The third stands above the threshold now, and fires in the next step.
    assert_eq!(fired, [0, 1]);
    neurons.reset_fired(&fired);
    neurons.integrate(&[0.0; 4], &[0.0; 4]);
    neurons.find_spikes(&mut fired);
    assert_eq!(fired, [2]);
    assert!(neurons.v_mv().iter().chain(neurons.w_pa()).all(|x| x.is_finite()));
}

#[test]
fn a_broken_rule_is_named_with_its_remedy() {
    let fits = [AdExParams::PYRAMIDAL, AdExParams::INTERNEURON, LEAKY, INTEGRATOR];
    assert!(fits.iter().all(|params| params.check().is_empty()));
    let told = |params: AdExParams| {
        params.check().iter().map(AdExBroken::to_string).collect::<Vec<_>>().join("\n")
    };
    let pyramidal = AdExParams::PYRAMIDAL;
    for (params, message) in [
        (
            AdExParams { c_m_pf: 0.0, ..pyramidal },
            "c_m_pf: 0, and it must be above 0. Make it larger.",
        ),
        (
            AdExParams { tau_w_ms: 0.0, ..pyramidal },
            "tau_w_ms: 0, and it must be above 0. Make it larger.",
        ),
        (
            AdExParams { t_ref_ms: -1.0, ..pyramidal },
            "t_ref_ms: -1, and it must not be negative. Make it 0 or larger.",
        ),
        (
            AdExParams { a_ns: f64::NAN, ..pyramidal },
            "a_ns: NaN, and it must be a finite number. Give one.",
        ),
        (
            AdExParams { v_peak_mv: -55.0, ..pyramidal },
            "v_peak_mv: -55, and it must not be below v_th_mv = -50.4. Raise the peak or lower the threshold.",
        ),
        (
            AdExParams { v_reset_mv: -50.0, ..LEAKY },
            "v_reset_mv: -50, and it must be below -50, where the neuron fires. Lower it.",
        ),
    ] {
        assert_eq!(told(params), message);
    }
    // Without adaptation the time constant of w may be anything.
    assert!(AdExParams { tau_w_ms: 0.0, ..pyramidal }.without_adaptation().check().is_empty());
}
