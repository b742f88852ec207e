//! Hodgkin and Huxley's neuron against its equations in double precision, and against what is known of it.

use super::*;
use crate::Stream;

const SQUID: HodgkinHuxleyParams = HodgkinHuxleyParams::SQUID;

fn one(dt_ms: f64) -> HodgkinHuxley {
    HodgkinHuxley::new(1, &SQUID, TimeGrid::new(dt_ms))
}

/// When the neuron fires under a current for so long.
fn spikes_ms(neuron: &mut HodgkinHuxley, drive: f64, dt_ms: f64, ms: f64) -> Vec<f64> {
    let (mut fired, mut times) = (Vec::new(), Vec::new());
    for tick in 0..(ms / dt_ms).round() as u64 {
        neuron.integrate(&[drive as f32], &[0.0]);
        neuron.find_spikes(&mut fired);
        times.extend(fired.iter().map(|_| (tick + 1) as f64 * dt_ms));
    }
    times
}

/// α and β of m, h and n, as they are printed, but with the limit where they have none.
fn printed_rates(v: f64) -> [[f64; 2]; 3] {
    let exp = math::exp_f64;
    let limited = |x: f64| if x == 0.0 { 1.0 } else { x / (1.0 - exp(-x)) };
    [
        [limited((v + 40.0) / 10.0), 4.0 * exp(-(v + 65.0) / 18.0)],
        [0.07 * exp(-(v + 65.0) / 20.0), 1.0 / (1.0 + exp(-(v + 35.0) / 10.0))],
        [0.1 * limited((v + 55.0) / 10.0), 0.125 * exp(-(v + 65.0) / 80.0)],
    ]
}

/// Where gates settle.
fn printed_gates(v: f64) -> [f64; 3] {
    printed_rates(v).map(|[alpha, beta]| alpha / (alpha + beta))
}

/// dV/dt and those of the gates.
fn slopes([v, m, h, n]: [f64; 4], drive: f64) -> [f64; 4] {
    let channels = 120.0 * m * m * m * h * (50.0 - v) + 36.0 * n * n * n * n * (-77.0 - v);
    let gates = [m, h, n];
    let [dm, dh, dn] = [0, 1, 2].map(|gate| {
        let [alpha, beta] = printed_rates(v)[gate];
        alpha * (1.0 - gates[gate]) - beta * gates[gate]
    });
    [channels + 0.3 * (-54.4 - v) + drive, dm, dh, dn]
}

/// Where V rests under a current: between −200 mV, where it rises, and −40 mV, where it falls.
fn resting_mv(drive: f64) -> f64 {
    let (mut low, mut high) = (-200.0, -40.0);
    for _ in 0..60 {
        let v = (low + high) / 2.0;
        let [m, h, n] = printed_gates(v);
        let rises = slopes([v, m, h, n], drive)[0] > 0.0;
        (low, high) = if rises { (v, high) } else { (low, v) };
    }
    low
}

/// V after each of so many ms from rest, by Runge–Kutta steps of fourth order, and when it crosses 0 mV.
fn limit(drive: f64, num_ms: u32) -> (Vec<f64>, Vec<f64>) {
    const PER_MS: u32 = 1_000;
    let h = 1.0 / f64::from(PER_MS);
    let [m_0, h_0, n_0] = printed_gates(resting_mv(0.0));
    let mut state = [resting_mv(0.0), m_0, h_0, n_0];
    let along = |by: [f64; 4], h: f64, from: [f64; 4]| [0, 1, 2, 3].map(|x| from[x] + h * by[x]);
    let (mut v_mv, mut crossings) = (Vec::new(), Vec::new());
    for step in 1..=num_ms * PER_MS {
        let before = state;
        let k_1 = slopes(before, drive);
        let k_2 = slopes(along(k_1, h / 2.0, before), drive);
        let k_3 = slopes(along(k_2, h / 2.0, before), drive);
        let k_4 = slopes(along(k_3, h, before), drive);
        for (k, weight) in [(k_1, 1.0), (k_2, 2.0), (k_3, 2.0), (k_4, 1.0)] {
            state = along(k, weight * h / 6.0, state);
        }
        if before[0] < 0.0 && state[0] >= 0.0 {
            let share = before[0] / (before[0] - state[0]);
            crossings.push((f64::from(step - 1) + share) * h);
        }
        if step.is_multiple_of(PER_MS) {
            v_mv.push(state[0]);
        }
    }
    (v_mv, crossings)
}

#[test]
fn rates_are_those_printed_also_where_they_are_0_by_0() {
    let rates = |v: f32| rates(v, exponents(v).map(math::exp));
    assert_eq!((rates(-40.0)[0][0], rates(-55.0)[2][0]), (1.0, 0.1));
    let mut worst = 0.0_f64;
    let near =
        [-40.0_f64, -55.0].into_iter().flat_map(|v| [1e-5, 1e-3, 0.1, 4.9, 5.1].map(|d| v + d));
    for v in (-250..=250).map(|n| f64::from(n) + 0.3).chain(near) {
        // As it is in single precision, within the range.
        let v = f64::from((v as f32).min(250.0));
        for (ours, printed) in
            rates(v as f32).as_flattened().iter().zip(printed_rates(v).as_flattened())
        {
            worst = worst.max((f64::from(*ours) / printed - 1.0).abs());
        }
    }
    println!("{worst:e}");
    assert!(worst < 4e-6, "{worst}");
}

#[test]
fn gates_settle_and_potentials_rest_where_the_equations_say() {
    for drive in [0.0, 2.0, 5.0, -5.0, -20.0] {
        let mut neuron = one(0.1);
        assert!(spikes_ms(&mut neuron, drive, 0.1, 2_000.0).len() <= 1);
        let v = f64::from(neuron.v_mv()[0]);
        let expected = resting_mv(drive);
        println!("{drive}: {v} mV, {:?}", neuron.gates());
        assert!((v - expected).abs() < 1e-3, "{drive}: {v} and not {expected} mV");
        for (gate, expected) in neuron.gates().iter().zip(printed_gates(v)) {
            assert!((f64::from(gate[0]) - expected).abs() < 5e-5, "{drive}: {gate:?}, {expected}");
        }
    }
}

#[test]
fn rest_is_where_it_begins_and_does_not_drift() {
    let mut neuron = one(0.1);
    let begin = neuron.clone();
    assert!((f64::from(begin.v_mv()[0]) + 65.0).abs() < 0.01);
    for (gate, known) in begin.gates().iter().zip([0.0529, 0.5961, 0.3177]) {
        assert!((gate[0] - known).abs() < 1e-4, "{gate:?}");
    }
    assert!(spikes_ms(&mut neuron, 0.0, 0.1, 10_000.0).is_empty());
    let drift = neuron.v_mv()[0] - begin.v_mv()[0];
    println!("{} mV, drift {drift:e}", begin.v_mv()[0]);
    assert!(drift.abs() < 1e-4, "{drift}");
    neuron.reset();
    assert_eq!(neuron, begin);
}

#[test]
fn the_error_shrinks_with_the_square_of_the_part() {
    let (drive, ms) = (10.0, 30);
    let (v_mv, crossings) = limit(drive, ms);
    assert_eq!(crossings.len(), 2);
    let errors = [2, 4, 8, 16].map(|num_parts| {
        let grid = TimeGrid::new(0.1);
        let mut neuron = HodgkinHuxley::in_parts(1, &SQUID, grid, num_parts);
        let (mut worst_mv, mut times) = (0.0_f64, Vec::new());
        for expected in &v_mv {
            let mut before = neuron.v_mv()[0];
            for _ in 0..10 {
                neuron.integrate(&[drive as f32], &[0.0]);
                times.push((before, neuron.v_mv()[0]));
                before = neuron.v_mv()[0];
            }
            worst_mv = worst_mv.max((f64::from(before) - expected).abs());
        }
        let crossed = times.iter().enumerate().filter(|(_, (a, b))| *a < 0.0 && *b >= 0.0);
        let late: Vec<f64> = crossed
            .zip(&crossings)
            .map(|((tick, (a, b)), at)| (tick as f64 + f64::from(a / (a - b))) * 0.1 - at)
            .collect();
        println!("{num_parts} parts: {worst_mv} mV, {late:?} ms late");
        worst_mv
    });
    assert!(errors[2] < 0.12, "{errors:?}");
    for pair in errors.windows(2) {
        assert!((0.8..1.3).contains(&(pair[0] / pair[1] / 4.0)), "{errors:?}");
    }
}

#[test]
fn periods_are_those_of_the_limit() {
    for drive in [7.0, 10.0, 40.0] {
        let (_, crossings) = limit(drive, 300);
        let times = spikes_ms(&mut one(0.1), drive, 0.1, 300.0);
        assert_eq!(times.len(), crossings.len());
        let late = times.iter().zip(&crossings).map(|(ours, theirs)| ours - theirs);
        let late: Vec<f64> = late.collect();
        println!("{drive}: {} spikes, the last {} ms late", times.len(), late[late.len() - 1]);
        assert!(late.iter().all(|late| (-0.05..0.15).contains(late)), "{drive}: {late:?}");
    }
}

#[test]
fn firing_begins_at_once_and_with_a_rate_far_from_0() {
    let rate_hz = |drive: f64, dt_ms: f64| {
        let times = spikes_ms(&mut one(dt_ms), drive, dt_ms, 2_000.0);
        let late: Vec<f64> = times.into_iter().filter(|ms| *ms > 1_000.0).collect();
        match late[..] {
            [first, .., last] => 1_000.0 * (late.len() - 1) as f64 / (last - first),
            _ => 0.0,
        }
    };
    // Between a current that makes it fire for ever and one that does not.
    let (mut low, mut high) = (5.0, 8.0);
    for _ in 0..10 {
        let middle = (low + high) / 2.0;
        (low, high) = if rate_hz(middle, 0.1) > 0.0 { (low, middle) } else { (middle, high) };
    }
    println!("rheobase {low} to {high}, {} Hz", rate_hz(high, 0.1));
    assert!((6.25..6.27).contains(&high), "{high}");
    assert!(rate_hz(high, 0.1) >= 50.0);
    let mut last = 0.0;
    for drive in [7.0, 10.0, 20.0, 50.0] {
        let [coarse, fine] = [0.1, 0.05].map(|dt_ms| rate_hz(drive, dt_ms));
        println!("{drive}: {coarse} and {fine} Hz");
        assert!((coarse / fine - 1.0).abs() < 0.02, "{drive}: {coarse} and {fine} Hz");
        assert!(coarse > last);
        last = coarse;
    }
    // Under more of it oscillations no longer get up to 0 mV, and at last they cease.
    assert_eq!(rate_hz(65.0, 0.1), 0.0);
}

#[test]
fn a_long_inhibition_ends_with_a_spike() {
    let mut neuron = one(0.1);
    assert!(spikes_ms(&mut neuron, -10.0, 0.1, 100.0).is_empty());
    let times = spikes_ms(&mut neuron, 0.0, 0.1, 100.0);
    println!("{times:?}");
    assert!(times.len() == 1 && times[0] < 20.0, "{times:?}");
    let mut neuron = one(0.1);
    spikes_ms(&mut neuron, -1.0, 0.1, 100.0);
    assert!(spikes_ms(&mut neuron, 0.0, 0.1, 100.0).is_empty(), "too little");
}

#[test]
fn an_upstroke_is_a_spike_once() {
    let mut neurons = HodgkinHuxley::new(3, &SQUID, TimeGrid::new(0.1));
    // The last begins above the threshold, which is no crossing.
    neurons.v_mv_mut()[2] = 10.0;
    let mut all = Vec::new();
    for tick in 0..200 {
        // A jump past the threshold, and one to where V goes on by itself.
        let jump_mv = if tick == 0 { [90.0, 20.0, 0.0] } else { [0.0; 3] };
        let is_any = neurons.integrate(&[0.0; 3], &jump_mv);
        let mut fired = Vec::new();
        neurons.find_spikes(&mut fired);
        assert_eq!(is_any, !fired.is_empty());
        all.extend(fired.iter().map(|neuron| (tick, *neuron)));
    }
    assert!(all.len() == 2 && all[0] == (0, 0) && all[1].1 == 1, "{all:?}");
    assert!((5..40).contains(&all[1].0), "{all:?}");
}

#[test]
fn a_spike_within_a_long_step_is_not_lost() {
    let times = |dt_ms: f64| spikes_ms(&mut one(dt_ms), 10.0, dt_ms, 200.0);
    let (fine, coarse) = (times(0.1), times(4.0));
    assert_eq!(fine.len(), coarse.len());
    assert!(fine.iter().zip(&coarse).all(|(fine, coarse)| (0.0..4.1).contains(&(coarse - fine))));
}

#[test]
fn whatever_comes_in_gates_stay_shares_and_potentials_numbers() {
    let mut stream = Stream::new(1952, "currents");
    for dt_ms in [0.1, 0.05, 0.01] {
        let num = 200;
        let mut neurons = HodgkinHuxley::new(num, &SQUID, TimeGrid::new(dt_ms));
        for neuron in 0..num {
            neurons.v_mv_mut()[neuron] = stream.between(-200.0, 200.0);
            let gates = neurons.gates_mut();
            gates.into_iter().for_each(|gates| gates[neuron] = stream.uniform_above_0() as f32);
        }
        for _ in 0..2_000 {
            let size = [1.0, 100.0, 1e4][stream.below(3) as usize];
            let drive: Vec<f32> = (0..num).map(|_| stream.between(-size, size)).collect();
            let jump_mv: Vec<f32> = (0..num)
                .map(|_| if stream.chance(0.01) { stream.between(-size, size) } else { 0.0 })
                .collect();
            neurons.integrate(&drive, &jump_mv);
            assert!(neurons.v_mv().iter().all(|v| v.abs() < 1e5));
            let gates = neurons.gates();
            assert!(gates.iter().all(|gates| gates.iter().all(|x| (0.0..=1.0).contains(x))));
        }
        // And what is left of it is a neuron.
        (0..(500.0 / dt_ms) as u32).for_each(|_| {
            neurons.integrate(&vec![0.0; num], &vec![0.0; num]);
        });
        let rest = one(dt_ms).v_mv()[0];
        assert!(neurons.v_mv().iter().all(|v| (v - rest).abs() < 0.01));
    }
}

#[test]
fn a_broken_rule_is_named_with_its_remedy() {
    assert!(SQUID.check().is_empty());
    let told = |params: HodgkinHuxleyParams| {
        params.check().iter().map(HodgkinHuxleyBroken::to_string).collect::<Vec<_>>().join("\n")
    };
    for (params, message) in [
        (
            HodgkinHuxleyParams { c_m_uf_per_cm2: 0.0, ..SQUID },
            "c_m_uf_per_cm2: 0, and it must be above 0. Give such a number.",
        ),
        (
            HodgkinHuxleyParams { g_k_msiemens_per_cm2: -1.0, ..SQUID },
            "g_k_msiemens_per_cm2: -1, and it must be 0 or larger. Give such a number.",
        ),
        (
            HodgkinHuxleyParams { e_l_mv: f64::NAN, ..SQUID },
            "e_l_mv: NaN, and it must be a finite number. Give such a number.",
        ),
        (
            HodgkinHuxleyParams { v_th_mv: 50.0, ..SQUID },
            "v_th_mv: 50, and it must be below e_na_mv = 50, where spikes end. Lower it.",
        ),
    ] {
        assert_eq!(told(params), message);
    }
}
