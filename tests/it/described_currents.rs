//! Currents that change in time, described and built, onto leaky neurons: what comes out has a closed form.

use stdp_playground::net::*;
use stdp_playground::sim::math;

use crate::described_networks::{build, lif};

#[test]
fn a_leaky_neuron_follows_a_sine_as_a_filter_does() {
    for frequency_hz in [2.0, 20.0, 100.0] {
        let mut net = Network::continuous(0.1, 1_000.0);
        let neurons = Population::new("neuron", 1, 1, Role::Output, lif(0.0, Firing::Sharp));
        let drive = Drive::SineCurrent { mean_mv: 5.0, amplitude_mv: 4.0, frequency_hz };
        net.drive("sine", neurons.all(), drive);
        let mut network = build(net, [Population::input("input", 1), neurons]);
        // After ten time constants, over whole periods.
        (0..2_000).for_each(|_| network.step(false));
        let [mut least, mut most] = [f32::INFINITY, f32::NEG_INFINITY];
        for _ in 0..5_000 {
            network.step(false);
            let v = network.populations[1].neurons.v_mv()[0];
            (least, most) = (least.min(v), most.max(v));
        }
        let turns = std::f64::consts::TAU * frequency_hz * 0.02;
        let amplitude = 4.0 / (1.0 + turns * turns).sqrt();
        let [mean, found] = [(most + least) / 2.0, (most - least) / 2.0].map(f64::from);
        assert!((found / amplitude - 1.0).abs() < 2e-3, "{frequency_hz} Hz: {found} {amplitude}");
        assert!((mean + 65.0).abs() < 2e-3, "{mean}");
    }
}

#[test]
fn a_stepwise_current_charges_a_neuron_from_its_moment_on() {
    let mut net = Network::continuous(0.1, 1_000.0);
    let neurons = Population::new("neuron", 1, 1, Role::Output, lif(0.0, Firing::Sharp));
    let levels = vec![(10.0, 8.0), (30.0, 0.0)];
    net.drive("step", neurons.all(), Drive::StepCurrent { levels });
    let mut network = build(net, [Population::input("input", 1), neurons]);
    for step in 0..600 {
        network.step(false);
        let end_ms = f64::from(step + 1) / 10.0;
        let charged = |from_ms: f64| 1.0 - math::exp_f64(-(end_ms - from_ms).max(0.0) / 20.0);
        let expected = -70.0 + 8.0 * (charged(10.0) - charged(30.0));
        let v = f64::from(network.populations[1].neurons.v_mv()[0]);
        assert!((v - expected).abs() < 1e-3, "{end_ms} ms: {v} {expected}");
    }
}

#[test]
fn coloured_noise_moves_a_potential_as_much_as_theory_says() {
    let mut net = Network::continuous(0.1, 1_000.0);
    let neurons = Population::new("neuron", 200, 1, Role::Output, lif(0.0, Firing::Sharp));
    let drive = Drive::ColouredNoise { mean_mv: 2.0, sd_mv: 3.0, tau_ms: 10.0, is_common: false };
    net.drive("noise", neurons.all(), drive);
    let mut network = build(net, [Population::input("input", 1), neurons]);
    (0..3_000).for_each(|_| network.step(false));
    let (mut sum, mut squares, mut num) = (0.0, 0.0, 0.0);
    for step in 0..20_000 {
        network.step(false);
        if step % 200 == 0 {
            for v in network.populations[1].neurons.v_mv() {
                let above = f64::from(*v) + 68.0;
                (sum, squares, num) = (sum + above, squares + above * above, num + 1.0);
            }
        }
    }
    // σ² τ_c/(τ_c + τ_m), of 20,000 values that are 20 ms apart: a standard error near 0.02 and 0.04.
    let (mean, variance) = (sum / num, squares / num);
    println!("{mean} mV from the mean, variance {variance}");
    assert!(mean.abs() < 0.08 && (variance - 3.0).abs() < 0.15, "{mean} {variance}");
}
