//! Spikes with a shape against what their equations say in closed form.

use super::*;

/// Without an exponential, so that all is linear between spikes.
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
    t_ref_ms: 0.0,
};
const NONE: SpikeShape = SpikeShape {
    i_sp_pa: 0.0,
    tau_z_ms: 0.0,
    v_th_max_mv: -50.0,
    tau_th_ms: 0.0,
    t_clamp_ms: 0.0,
    v_clamp_mv: 0.0,
};
const CLOPATH: AdExParams =
    AdExParams { v_peak_mv: 33.0, v_reset_mv: -60.0, ..AdExParams::PYRAMIDAL };

fn one(params: &AdExParams, shape: &SpikeShape, dt_ms: f64) -> ShapedAdEx {
    ShapedAdEx::new(1, params, shape, TimeGrid::new(dt_ms))
}

/// A step; whether the neuron fired, and what its potential was before its reset.
fn step(neuron: &mut ShapedAdEx, drive_pa: f32, jump_mv: f32) -> (bool, f32) {
    let mut fired = Vec::new();
    neuron.integrate(&[drive_pa], &[jump_mv]);
    neuron.find_spikes(&mut fired);
    let v = neuron.v_mv()[0];
    neuron.reset_fired(&fired);
    (!fired.is_empty(), v)
}

#[test]
fn without_additions_it_is_the_plain_neuron() {
    for (plain, t_ref_ms) in
        [(AdExParams::PYRAMIDAL, 0.0), (AdExParams::PYRAMIDAL, 2.0), (LEAKY, 2.0)]
    {
        let params = AdExParams { t_ref_ms, ..plain };
        let shape = SpikeShape { v_th_max_mv: params.v_th_mv, ..NONE };
        let (mut shaped, mut plain) =
            (one(&params, &shape, 0.1), AdEx::new(1, &params, TimeGrid::new(0.1)));
        let (mut fired, mut num) = (Vec::new(), 0);
        for tick in 0..10_000 {
            let (drive, jump) = (900.0, if tick % 700 == 0 { 60.0 } else { 0.0 });
            let (has_fired, _) = step(&mut shaped, drive, jump);
            plain.integrate(&[drive], &[jump]);
            plain.find_spikes(&mut fired);
            plain.reset_fired(&fired);
            assert_eq!(has_fired, !fired.is_empty(), "tick {tick}");
            assert_eq!((shaped.v_mv(), shaped.w_pa()), (plain.v_mv(), plain.w_pa()), "{tick}");
            num += u32::from(has_fired);
        }
        assert!(num > 20, "{num}");
    }
}

#[test]
fn a_spike_is_held_for_its_time_and_then_reset() {
    for (t_clamp_ms, t_ref_ms) in [(2.0, 0.0), (2.0, 1.0), (0.1, 0.0), (0.0, 1.0)] {
        let shape = SpikeShape { t_clamp_ms, ..SpikeShape::CLOPATH };
        let mut neuron = one(&AdExParams { t_ref_ms, ..CLOPATH }, &shape, 0.1);
        let (has_fired, mut v) = step(&mut neuron, 0.0, 150.0);
        assert!(has_fired);
        let mut held = (0, 0);
        for _ in 0..60 {
            held.0 += u32::from(v == 33.0);
            held.1 += u32::from(v == -60.0);
            // Input in the meantime is lost.
            let is_held = neuron.clamp_left[0] + neuron.plain.steps_left[0] > 0.0;
            let next = step(&mut neuron, 0.0, if is_held { 200.0 } else { 0.0 });
            assert!(!next.0);
            v = next.1;
        }
        let steps = |ms: f64| (ms * 10.0).round() as u32;
        // The end of the clamp is the first step that ends at the reset.
        let expected = match t_clamp_ms > 0.0 {
            true => (steps(t_clamp_ms), steps(t_ref_ms) + 1),
            false => (1, steps(t_ref_ms)),
        };
        assert_eq!(held, expected, "{t_clamp_ms} and {t_ref_ms} ms");
    }
}

#[test]
fn adaptation_stands_still_in_the_clamp_and_the_rest_decays() {
    let mut neuron = one(&CLOPATH, &SpikeShape::CLOPATH, 0.1);
    neuron.w_pa_mut()[0] = 50.0;
    step(&mut neuron, 0.0, 150.0);
    // A jump at the step's end: w has gone on until then.
    let w = neuron.w_pa()[0];
    assert!((w - 130.5).abs() < 0.1, "{w}");
    for n in 1..=20 {
        step(&mut neuron, 0.0, 0.0);
        assert_eq!(neuron.w_pa()[0], w);
        let decayed = |from: f64, tau: f64| from * math::exp_f64(-0.1 * f64::from(n) / tau);
        assert!((f64::from(neuron.z_pa()[0]) - decayed(400.0, 40.0)).abs() < 1e-3);
        assert!((f64::from(neuron.theta_mv()[0]) - decayed(20.0, 50.0)).abs() < 1e-4);
    }
}

#[test]
fn an_after_current_lifts_the_potential_as_its_closed_form() {
    // V − E_L = (I/C) (e^(−t/τ_z) − e^(−t/τ_m)) / (1/τ_m − 1/τ_z) after a reset to rest.
    let params = AdExParams { v_reset_mv: -70.0, ..LEAKY };
    let shape = SpikeShape { i_sp_pa: 150.0, tau_z_ms: 40.0, ..NONE };
    for dt_ms in [1.0, 0.5, 0.1] {
        let mut neuron = one(&params, &shape, dt_ms);
        assert!(step(&mut neuron, 0.0, 30.0).0);
        let num = (24.0 / dt_ms).round() as u32;
        (0..num).for_each(|_| assert!(!step(&mut neuron, 0.0, 0.0).0));
        let e = |tau: f64| math::exp_f64(-24.0 / tau);
        let expected = -70.0 + 150.0 / 200.0 * (e(40.0) - e(20.0)) / (1.0 / 20.0 - 1.0 / 40.0);
        let apart = f64::from(neuron.v_mv()[0]) - expected;
        println!("dt {dt_ms}: {apart:.2e} mV");
        // Of order dt²: z is taken by its mean in each half.
        assert!(apart.abs() < 2e-4 * dt_ms * dt_ms + 2e-5, "dt {dt_ms}: {apart}");
    }
}

#[test]
fn a_raised_threshold_is_met_where_it_has_come_down_to() {
    // Driven to V_∞ = −45: V = −45 − 15 e^(−t/20) from the reset, V_T = −50 + 20 e^(−t/50).
    let shape = SpikeShape { v_th_max_mv: -30.0, tau_th_ms: 50.0, ..NONE };
    let mut neuron = one(&LEAKY, &shape, 0.1);
    assert!(step(&mut neuron, 0.0, 30.0).0);
    let waited = (1..).find(|_| step(&mut neuron, 250.0, 0.0).0).expect("a spike");
    let above = |t: f64| 5.0 - 15.0 * math::exp_f64(-t / 20.0) - 20.0 * math::exp_f64(-t / 50.0);
    let expected = (1..).find(|n| above(0.1 * f64::from(*n)) >= 0.0).expect("a time");
    assert_eq!(waited, expected);
    assert!(expected > 600, "{expected}");
}

#[test]
fn halving_the_step_hardly_moves_spikes() {
    let times = |dt_ms: f64| {
        let mut neuron = one(&CLOPATH, &SpikeShape::CLOPATH, dt_ms);
        let ticks = (0..(500.0 / dt_ms) as u64).filter(|_| step(&mut neuron, 900.0, 0.0).0);
        ticks.map(|tick| (tick + 1) as f64 * dt_ms).collect::<Vec<_>>()
    };
    let all = [0.1, 0.05, 0.025].map(times);
    println!("{:?}", all[2]);
    assert!(all[2].len() > 5, "{all:?}");
    for (pair, dt_ms) in all.windows(2).zip([0.1, 0.05]) {
        assert_eq!(pair[0].len(), pair[1].len());
        for (n, (coarse, fine)) in pair[0].iter().zip(&pair[1]).enumerate() {
            // Each interval is rounded up to the grid, so every spike may be later by a step than the one before.
            assert!((coarse - fine).abs() <= dt_ms * (n + 1) as f64, "spike {n}: {coarse} {fine}");
        }
    }
}

#[test]
fn currents_may_come_in_mv() {
    let mut in_pa = one(&CLOPATH, &SpikeShape::CLOPATH, 0.1);
    let mut in_mv = in_pa.clone().driven_in_mv(&CLOPATH);
    for tick in 0..3_000 {
        let fired = step(&mut in_pa, 900.0, 0.0).0;
        assert_eq!(fired, step(&mut in_mv, 30.0, 0.0).0, "tick {tick}");
    }
    assert!(in_pa.theta_mv()[0] > 0.0);
    in_mv.reset();
    assert_eq!(in_mv, one(&CLOPATH, &SpikeShape::CLOPATH, 0.1).driven_in_mv(&CLOPATH));
}

#[test]
fn a_broken_rule_is_named_with_its_remedy() {
    let told = |shape: SpikeShape| {
        let broken = shape.check(&CLOPATH);
        broken.iter().map(AdExBroken::to_string).collect::<Vec<_>>().join("\n")
    };
    let clopath = SpikeShape::CLOPATH;
    assert_eq!(told(clopath), "");
    // What does not act may be anything.
    let off = SpikeShape { i_sp_pa: 0.0, tau_z_ms: 0.0, v_th_max_mv: -50.4, ..clopath };
    assert_eq!(told(SpikeShape { tau_th_ms: -1.0, ..off }), "");
    for (shape, message) in [
        (
            SpikeShape { tau_z_ms: 0.0, ..clopath },
            "tau_z_ms: 0, and it must be above 0. Make it larger.",
        ),
        (
            SpikeShape { t_clamp_ms: -1.0, ..clopath },
            "t_clamp_ms: -1, and it must not be negative. Make it 0 or larger.",
        ),
        (
            SpikeShape { v_clamp_mv: f64::NAN, ..clopath },
            "v_clamp_mv: NaN, and it must be a finite number. Give one.",
        ),
        (
            SpikeShape { v_th_max_mv: -60.0, ..clopath },
            "v_th_max_mv: -60, and it must not be below v_th_mv = -50.4. Raise it, or make them equal.",
        ),
    ] {
        assert_eq!(told(shape), message);
    }
}
