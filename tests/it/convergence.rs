//! What becomes of the error as the step halves, for every integrator that has a closed form.
//!
//! | model | between spikes | spikes |
//! |---|---|---|
//! | `Lif`, also with `ExponentialCurrent`; `DeltaLif`; traces, thresholds | exact at any step | late by half a step on average: order 1 |
//! | `ConductanceLif` | order 1, 1 and 2 (its own file) | as above |
//! | `AdEx` | order 2, exact without its exponential (its own file) | as above |
//! | `HodgkinHuxley` | order 2, in parts of 0.0125 ms at most (its own file) | found within the step, told at its end |
//! | `SynapticLif` | order 1, as the recursion's charge is summed by rectangles | as above |
//! | `Izhikevich` | no closed form; its step of 1 ms is part of the model | – |

use stdp_playground::sim::neuron::{
    DeltaLif, DeltaLifParams, Lif, LifParams, SynapticLif, SynapticLifParams, SynapticReset,
};
use stdp_playground::sim::synapse::ExponentialCurrent;
use stdp_playground::sim::{TimeGrid, math};

const STEPS_MS: [f64; 5] = [4.0, 2.0, 1.0, 0.5, 0.25];
const TAU_M_MS: f64 = 20.0;
const TAU_S_MS: f64 = 5.0;
const AFTER_MS: f64 = 24.0;

fn params(v_th_mv: f64) -> LifParams {
    LifParams { tau_m_ms: TAU_M_MS, e_l_mv: 0.0, v_th_mv, v_reset_mv: 0.0, t_ref_ms: 0.0 }
}

/// (e^(−t/τ_m) − e^(−t/τ_s))/(τ_m − τ_s)
fn response(t_ms: f64) -> f64 {
    (math::exp_f64(-t_ms / TAU_M_MS) - math::exp_f64(-t_ms / TAU_S_MS)) / (TAU_M_MS - TAU_S_MS)
}

fn num_steps(dt_ms: f64) -> u32 {
    (AFTER_MS / dt_ms).round() as u32
}

#[test]
fn lif_with_an_exponential_current_is_exact_at_any_step() {
    let (drive_mv, r_m, weight) = (6.0, 80.0, 1.5);
    let rest = drive_mv * (1.0 - math::exp_f64(-AFTER_MS / TAU_M_MS));
    let expected = rest + r_m * weight * response(AFTER_MS);
    for dt_ms in STEPS_MS {
        let grid = TimeGrid::new(dt_ms);
        let mut neuron = Lif::new(1, &params(1e3), grid);
        let mut current = ExponentialCurrent::new(1, TAU_S_MS, TAU_M_MS, r_m, grid);
        current.receive(&[weight as f32]);
        for _ in 0..num_steps(dt_ms) {
            let mut jump_mv = [0.0];
            current.advance(&mut jump_mv);
            neuron.integrate(&[drive_mv as f32], &jump_mv);
        }
        let error = (f64::from(neuron.v_mv()[0]) - expected).abs();
        println!("dt {dt_ms}: {error:.1e} mV");
        assert!(error < 1e-5, "dt {dt_ms}: {error}");
    }
}

#[test]
fn lif_that_input_lifts_at_once_is_exact_at_any_step() {
    let cell = DeltaLifParams { tau_m_ms: TAU_M_MS, e_l_mv: 0.0, v_th_mv: 1e3, v_reset_mv: 0.0 };
    for dt_ms in STEPS_MS {
        let mut cells = DeltaLif::new(1, &cell, TimeGrid::new(dt_ms));
        cells.add(0, 9.0);
        // The first step is that of the jump.
        (0..=num_steps(dt_ms)).for_each(|_| cells.step(&mut Vec::new()));
        let error = (f64::from(cells.v_mv(0)) - 9.0 * math::exp_f64(-AFTER_MS / TAU_M_MS)).abs();
        assert!(error < 1e-5, "dt {dt_ms}: {error}");
    }
}

#[test]
fn spikes_are_late_by_half_a_step_on_average() {
    // Without a refractory time the first spike under R I comes at τ ln(RI/(RI − V_th)).
    let drives_mv: Vec<f64> = (0..400).map(|n| 10.5 + 0.05 * f64::from(n)).collect();
    for dt_ms in STEPS_MS {
        let mut late_ms = 0.0;
        for drive_mv in &drives_mv {
            let mut neuron = Lif::new(1, &params(10.0), TimeGrid::new(dt_ms));
            let (mut fired, mut steps) = (Vec::new(), 0);
            while fired.is_empty() {
                neuron.integrate(&[*drive_mv as f32], &[0.0]);
                neuron.find_crossings(None, &mut fired);
                steps += 1;
            }
            let exact_ms = TAU_M_MS * math::ln_f64(drive_mv / (drive_mv - 10.0));
            let late = f64::from(steps) * dt_ms - exact_ms;
            assert!((-1e-3..=dt_ms + 1e-3).contains(&late), "dt {dt_ms}, {drive_mv} mV: {late}");
            late_ms += late / drives_mv.len() as f64;
        }
        println!("dt {dt_ms}: late by {late_ms:.4} ms");
        assert!((late_ms / dt_ms - 0.5).abs() < 0.05, "dt {dt_ms}: {late_ms}");
    }
}

/// The second-order neuron with the constants of a step, and a weight that brings the same charge in it.
fn second_order(dt_ms: f64) -> f64 {
    let params = SynapticLifParams {
        alpha: math::decay_per_step(dt_ms, TAU_S_MS),
        beta: math::decay_per_step(dt_ms, TAU_M_MS),
        threshold: 1e3,
        reset: SynapticReset::Subtract,
        refractory_steps: 0,
    };
    let mut neuron = SynapticLif::new(1, params);
    for step in 0..=num_steps(dt_ms) {
        neuron.integrate(&[if step == 0 { (dt_ms / TAU_M_MS) as f32 } else { 0.0 }]);
    }
    f64::from(neuron.v()[0])
}

#[test]
fn the_second_order_neuron_approaches_the_equation_with_order_one() {
    let exact = TAU_S_MS * response(AFTER_MS);
    for pair in STEPS_MS.windows(2) {
        let errors = [pair[0], pair[1]].map(|dt_ms| (second_order(dt_ms) - exact).abs());
        let ratio = errors[0] / errors[1];
        println!(
            "dt {} to {}: {:.1e} to {:.1e}, {ratio:.3}",
            pair[0], pair[1], errors[0], errors[1]
        );
        assert!((1.75..2.3).contains(&ratio), "dt {}: {ratio}", pair[0]);
    }
}
