//! A drawn window against sums by hand, and against pair STDP.

use super::super::{Bound, PairStdp, PairStdpParams, Pairing};
use super::*;
use crate::{Stream, math};

/// Points of pair STDP's window.
fn exponentials(num: u32) -> Vec<(f64, f64)> {
    let ms = |place: u32| f64::from(place) * 400.0 / f64::from(num);
    let left = (0..=num).rev().map(|place| (-ms(place), -0.022 * math::exp_f64(-ms(place) / 30.0)));
    let right = (0..=num).map(|place| (ms(place), 0.02 * math::exp_f64(-ms(place) / 20.0)));
    // A zero has no sign in a list of points.
    left.map(|(ms, dw)| (ms + 0.0, dw)).chain(right).collect()
}

fn params(points: &[(f64, f64)], is_nearest: bool, coincidence: Coincidence) -> DrawnParams {
    let window = DrawnWindow::new(points);
    DrawnParams { window, is_nearest, coincidence, w_min: 0.0, w_max: 1.0 }
}

/// With a point at each step a drawn window is that of pair STDP: under either pairing, whatever one step means.
#[test]
fn a_window_of_exponentials_is_pair_stdp() {
    let grid = TimeGrid::new(0.5);
    for coincidence in
        [Coincidence::PreFirst, Coincidence::PostFirst, Coincidence::Both, Coincidence::Neither]
    {
        for pairing in [Pairing::AllToAll, Pairing::Nearest] {
            let known = PairStdpParams {
                a_plus: 0.02,
                a_minus: 0.022,
                tau_plus_ms: 20.0,
                tau_minus_ms: 30.0,
                w_min: 0.0,
                w_max: 1.0,
                bound: Bound::Hard,
                pairing,
                coincidence,
            };
            let mut known = PairStdp::new(3, 2, known, grid);
            let is_nearest = pairing == Pairing::Nearest;
            let mut drawn =
                Drawn::new(3, 2, params(&exponentials(800), is_nearest, coincidence), grid);
            assert_eq!(
                known.is_post_first() && coincidence != Coincidence::Neither,
                drawn.is_post_first()
            );
            let mut stream = Stream::new(1, "spikes");
            let mut w = [[0.5_f32; 6]; 2];
            let mut farthest = 0.0_f32;
            for _ in 0..3_000 {
                let fires: [bool; 5] = std::array::from_fn(|_| stream.chance(0.02));
                known.tick();
                drawn.tick();
                let [known_first, drawn_first] = [known.is_post_first(), drawn.is_post_first()];
                for is_second in [false, true] {
                    for pre in (0..3).filter(|pre| fires[*pre]) {
                        let row = 2 * pre..2 * pre + 2;
                        if is_second == known_first {
                            known.pre_spike(pre, &mut w[0][row.clone()]);
                        }
                        if is_second == drawn_first {
                            drawn.pre_spike(pre, &mut w[1][row]);
                        }
                    }
                    for post in (0..2).filter(|post| fires[3 + post]) {
                        if is_second != known_first {
                            known.post_spike(post, &mut w[0]);
                        }
                        if is_second != drawn_first {
                            drawn.post_spike(post, &mut w[1]);
                        }
                    }
                }
                for (a, b) in w[0].iter().zip(&w[1]) {
                    farthest = farthest.max((a - b).abs());
                }
            }
            let moved = w[0].iter().map(|w| (w - 0.5).abs()).fold(0.0, f32::max);
            // A point at each step of the grid; what is beyond 400 ms is cut off.
            println!("{coincidence:?}, {pairing:?}: {farthest} apart of {moved}");
            assert!(
                farthest < 1e-5 && moved > 0.1,
                "{coincidence:?}, {pairing:?}: {farthest} of {moved}"
            );
        }
    }
}

#[test]
fn pairs_are_summed_at_their_own_lag() {
    // A window with a step, of which the right branch ends at 40 ms, and the left one at −20 ms.
    let points = [(-20.0, -0.01), (0.0, -0.02), (0.0, 0.03), (10.0, 0.01), (40.0, 0.01)];
    let of = DrawnWindow::new(&points);
    assert_eq!([of.at(0.0, true), of.at(0.0, false)], [0.03, -0.02]);
    assert_eq!([of.at(40.0, true), of.at(40.01, true), of.at(-20.01, false)], [0.01, 0.0, 0.0]);
    assert_eq!(of.reach_ms(), [20.0, 40.0]);
    for (is_nearest, expected) in
        [(false, of.at(35.0, true) + of.at(5.0, true)), (true, of.at(5.0, true))]
    {
        let mut rule = Drawn::new(
            1,
            1,
            params(&points, is_nearest, Coincidence::PreFirst),
            TimeGrid::new(1.0),
        );
        let mut w = [0.5];
        rule.pre_spike(0, &mut w);
        rule.jump_ms(7.0);
        rule.pre_spike(0, &mut w);
        rule.jump_ms(30.0);
        rule.pre_spike(0, &mut w);
        rule.jump_ms(5.0);
        // 42, 35 and 5 ms ago, the first out of reach.
        rule.post_spike(0, &mut w);
        assert!((f64::from(w[0]) - 0.5 - expected).abs() < 1e-6, "{w:?} {expected}");
        assert_eq!(rule.ages_ms(0, 0), [5.0, 0.0]);
    }
}

#[test]
fn one_curve_goes_through_zero() {
    let of = DrawnWindow::new(&[(-10.0, -1.0), (10.0, 1.0)]);
    assert_eq!([of.at(0.0, true), of.at(0.0, false), of.at(5.0, true)], [0.0, 0.0, 0.5]);
    assert_eq!((of.area_ms(), of.reach_ms()), (0.0, [10.0, 10.0]));
    let one_sided = DrawnWindow::new(&[(5.0, 0.2), (15.0, 0.2)]);
    assert_eq!(one_sided.reach_ms(), [0.0, 15.0]);
    assert_eq!([one_sided.at(4.0, true), one_sided.at(10.0, true)], [0.0, 0.2]);
    assert!((one_sided.area_ms() - 2.0).abs() < 1e-12);
}

/// Chance pairs: dw/dt = r_pre r_post ∫W, as Kempter et al. have it; exactly, for a Bernoulli process in steps.
#[test]
fn uncorrelated_spikes_drift_by_the_area() {
    let points =
        [(-40.0, 0.0), (-10.0, -4e-5), (0.0, -4e-5), (0.0, 8e-5), (15.0, 2e-5), (50.0, 0.0)];
    let grid = TimeGrid::new(1.0);
    let mut rule = Drawn::new(200, 1, params(&points, false, Coincidence::PreFirst), grid);
    let mut stream = Stream::new(3, "spikes");
    let mut w = vec![0.5_f32; 200];
    for _ in 0..40_000 {
        rule.tick();
        for pre in 0..200 {
            if stream.chance(0.02) {
                rule.pre_spike(pre, &mut w[pre..=pre]);
            }
        }
        if stream.chance(0.03) {
            rule.post_spike(0, &mut w);
        }
    }
    let drift = (w.iter().map(|w| f64::from(*w)).sum::<f64>() / 200.0 - 0.5) / 40.0;
    // On the grid the integral is a sum, in which Δt = 0 is on the right.
    let of = &rule.params.window;
    let sum: f64 = (0..=50).map(|ms| of.at(f64::from(ms), true)).sum::<f64>()
        + (1..=40).map(|ms| of.at(-f64::from(ms), false)).sum::<f64>();
    let expected = 20.0 * 30.0 * sum / 1_000.0;
    println!(
        "drift {drift:.6}/s, expected {expected:.6}/s, area {:.6} ms, sum {sum:.6}",
        of.area_ms()
    );
    assert!((drift / expected - 1.0).abs() < 0.03, "{drift} {expected}");
}
