//! What each code does with a brightness, and how well it is read.

use super::*;
use crate::Stream;

/// The spikes of one pixel.
fn spikes(code: &Code, num_steps: u32, grey: u8, seed: u32) -> Vec<CodedSpike> {
    let coder = Coder::new(code, num_steps, &[grey]);
    let mut all = Vec::new();
    coder.encode(0, &mut Stream::new(seed, "code"), |spike| all.push(spike));
    all
}

fn steps(code: &Code, num_steps: u32, grey: u8) -> Vec<u32> {
    spikes(code, num_steps, grey, 1).into_iter().map(|(_, step)| step).collect()
}

/// All greys once, shown with this code and read again: the largest error, as a share of white.
fn worst_error(code: &Code, num_steps: u32) -> f32 {
    let greys: Vec<u8> = (0..=255).collect();
    errors(code, num_steps, &greys, Noise::default()).into_iter().fold(0.0, f32::max)
}

fn errors(code: &Code, num_steps: u32, greys: &[u8], noise: Noise) -> Vec<f32> {
    let streams = ["code", "noise"].map(|name| Stream::new(1, name));
    let mut shown = Presentation::new(code, num_steps, greys, noise, streams);
    let mut reader = Reader::new(code, num_steps, greys.len() as u32);
    shown.begin();
    // In pieces, as a run has it.
    (0..=greys.len() as u32).step_by(7).for_each(|end| shown.prepare(end));
    shown.prepare(greys.len() as u32);
    for step in 0..num_steps {
        reader.hear(shown.fire(step));
    }
    let error =
        |(pixel, grey): (usize, &u8)| (reader.value(pixel) - brightness(*grey) as f32).abs();
    greys.iter().enumerate().map(error).collect()
}

#[test]
fn the_published_first_spikes_are_in_their_steps() {
    let step = |grey, is_off_by_one| steps(&Code::PublishedTtfs { is_off_by_one }, 250, grey);
    let of = [255, 200, 128, 64, 0, 1, 2];
    assert_eq!(of.map(|grey| step(grey, true)[0]), [1, 55, 125, 188, 249, 249, 249]);
    assert!((0..=255).all(|grey| step(grey, true).len() == 1 && step(grey, true)[0] > 0));
    // Without the second subtraction the brightest greys use step 0.
    assert_eq!(of.map(|grey| step(grey, false)[0]), [0, 54, 124, 187, 249, 249, 248]);
}

#[test]
fn the_published_position_code_fires_three_to_seven_times_and_grows_with_t() {
    let counts = |num_steps, is_growing| -> Vec<usize> {
        let code = Code::PublishedPosition { is_growing };
        (0..=255).map(|grey| steps(&code, num_steps, grey).len()).collect()
    };
    let told = |counts: &[usize]| {
        let mean = counts.iter().sum::<usize>() as f64 / counts.len() as f64;
        (*counts.iter().min().unwrap(), *counts.iter().max().unwrap(), (mean * 10.0).round() / 10.0)
    };
    assert_eq!(told(&counts(100, true)), (3, 7, 6.1));
    assert_eq!(told(&counts(100, false)), (3, 6, 5.6));
    let (low, high, mean) = told(&counts(250, true));
    assert!((low, high) == (23, 45) && (41.0..43.0).contains(&mean), "{low} {high} {mean}");
    assert_eq!(told(&counts(250, false)).1, 15);
    // Without gaps, and within 7.9 greys.
    for grey in 0..=255 {
        let steps = steps(&Code::PublishedPosition { is_growing: true }, 100, grey);
        assert!(steps.windows(2).all(|pair| pair[1] == pair[0] + 1));
        let far = steps.iter().map(|step| (f64::from(99 - step) * 2.56 - f64::from(grey)).abs());
        assert!(far.fold(0.0, f64::max) < 7.9, "{grey}");
    }
}

/// Coefficient of variation of the intervals of many trains, and spikes per step.
fn cv_of(code: &Code, num_steps: u32, grey: u8) -> (f64, f64) {
    let (mut intervals, mut num) = (Vec::new(), 0);
    for seed in 0..40 {
        let mut steps: Vec<u32> =
            spikes(code, num_steps, grey, seed).into_iter().map(|(_, step)| step).collect();
        steps.sort_unstable();
        num += steps.len();
        intervals.extend(steps.windows(2).map(|pair| f64::from(pair[1] - pair[0])));
    }
    let n = intervals.len() as f64;
    let mean = intervals.iter().sum::<f64>() / n;
    let variance = intervals.iter().map(|i| (i - mean) * (i - mean)).sum::<f64>() / n;
    (variance.sqrt() / mean, num as f64 / 40.0 / f64::from(num_steps))
}

#[test]
fn the_published_poisson_code_is_far_too_regular() {
    // A brightness of ½, so λ is twice the rate.
    let of = |rate: f64| cv_of(&Code::PublishedIsi { gain: 2.0 * rate }, 6_000, 128);
    let (cv, rate) = of(0.09);
    assert!((cv - 0.300).abs() < 0.004 && (rate - 0.09).abs() < 5e-4, "{cv} {rate}");
    let (cv, rate) = of(0.03);
    assert!((cv - 0.1745).abs() < 0.003 && (rate - 0.03).abs() < 3e-4, "{cv} {rate}");
    let (cv, _) = of(0.3);
    assert!((cv - 0.53).abs() < 0.01, "{cv}");
    let (_, half) = of(0.5);
    let (_, one) = of(0.999_9);
    assert!((half - 0.47).abs() < 0.005 && (one - 0.73).abs() < 0.005, "{half} {one}");
    // True processes: √(1 − p) in steps, 1 in continuous time.
    let (cv, rate) = cv_of(&Code::Bernoulli { gain: 0.18, min_rate: 0.0 }, 6_000, 128);
    assert!((cv - 0.954).abs() < 0.01 && (rate - 0.09).abs() < 0.001, "{cv} {rate}");
    let (cv, rate) = cv_of(&Code::Poisson { gain: 0.18 }, 6_000, 128);
    assert!((cv - 1.0).abs() < 0.015 && (rate - 0.09).abs() < 0.001, "{cv} {rate}");
}

#[test]
fn codes_without_chance_are_read_within_their_steps() {
    let within = |code: Code, num_steps, most: f32| {
        let error = worst_error(&code, num_steps);
        assert!(error <= most, "{code:?}: {error} > {most}");
    };
    within(Code::Ttfs, 250, 0.5 / 249.0 + 1e-6);
    within(Code::Ttfs, 60, 0.5 / 59.0 + 1e-6);
    within(Code::PublishedTtfs { is_off_by_one: true }, 250, 1.0 / 250.0 + 1e-6);
    within(Code::PublishedTtfs { is_off_by_one: false }, 250, 0.5 / 250.0 + 1e-6);
    within(Code::Phase { period: 130 }, 260, 1.0 / 256.0);
    within(Code::Weighted { bits: 8 }, 60, 0.0);
    within(Code::Weighted { bits: 4 }, 60, 1.0 / 16.0);
    within(Code::PublishedPosition { is_growing: true }, 100, 0.5 / 100.0);
    // A sixth of a width would be too much.
    within(Code::Population { fields: 8 }, 60, 0.15 * population::width(8) as f32);
    within(Code::Population { fields: 8 }, 250, 0.03 * population::width(8) as f32);
    // The darkest have one spike and no interval.
    within(Code::Burst { most: 5 }, 60, 0.1 + 1e-6);
}

#[test]
fn each_code_is_exact_on_its_own_grid() {
    for step in 0..60 {
        let value = latency::linear_values(60)[step as usize];
        assert_eq!(latency::linear_step(f64::from(value), 60), step);
        let value = latency::published_values(60, true)[step as usize];
        assert_eq!(latency::published_step(f64::from(value), 60, true), step);
        let value = phase::value(step, 60);
        assert_eq!(phase::step(f64::from(value), 60), step);
        let value = f64::from(latency::lif_values(60, 20.0, 3.0)[step as usize]);
        if value < 1.0 {
            assert_eq!(latency::lif_step(value, (20.0, 3.0), 60), Some(step));
        }
    }
    // Greys of eight digits, and as many ranks as there are pixels.
    assert_eq!(worst_error(&Code::Weighted { bits: 8 }, 8), 0.0);
    let ramp: Vec<u8> = (0..=255).collect();
    let errors = errors(&Code::RankOrder, 256, &ramp, Noise::default());
    assert!(errors.iter().all(|error| (error - 0.5 / 256.0).abs() < 1e-6), "{errors:?}");
    // Bursts whose interval and number fit a brightness exactly.
    let burst = burst::Burst::new(5, 60);
    for grey in 60..=255 {
        let x = brightness(grey);
        let steps: Vec<u32> = burst.steps(x).collect();
        let ends = (steps[0], *steps.last().unwrap());
        assert!(ends.1 < 60);
        let read = burst.read(steps.len() as u32, ends, 60);
        assert_eq!(burst.interval(read), burst.interval(x), "{grey}");
    }
}

#[test]
fn a_membrane_reaches_its_threshold_when_the_closed_form_says() {
    // Euler's method in steps of a ten-thousandth.
    for (x, drive) in [(0.9, 3.0), (0.5, 3.0), (0.4, 2.6)] {
        let (mut v, mut time, dt) = (0.0, 0.0, 1e-4);
        while v < 1.0 {
            v += dt / 20.0 * (x * drive - v);
            time += dt;
        }
        let expected = latency::lif_time(x, 20.0, drive).unwrap();
        assert!((time - expected).abs() < 0.01, "{time} {expected}");
    }
    assert_eq!(latency::lif_time(0.3, 20.0, 3.0), None);
}

#[test]
fn noise_moves_loses_and_adds_spikes() {
    let greys = vec![128; 4_000];
    let count = |code: &Code, noise: Noise| {
        let streams = ["code", "noise"].map(|name| Stream::new(3, name));
        let mut shown = Presentation::new(code, 100, &greys, noise, streams);
        shown.begin();
        shown.prepare(4_000);
        (0..100).map(|step| shown.fire(step).len()).collect::<Vec<usize>>()
    };
    let all = |noise| count(&Code::Ttfs, noise).iter().sum::<usize>();
    assert_eq!(count(&Code::Ttfs, Noise::default())[50], 4_000);
    let lost = all(Noise { deletion: 0.25, ..Noise::default() });
    assert!((2_900..3_100).contains(&lost), "{lost}");
    let more = all(Noise { background: 0.01, ..Noise::default() });
    assert!((7_800..8_200).contains(&more), "{more}");
    let moved = count(&Code::Ttfs, Noise { jitter: 0.1, ..Noise::default() });
    let within: usize = moved[40..=60].iter().sum();
    assert!((2_700..2_900).contains(&within), "{within}");
    assert_eq!(moved.iter().sum::<usize>(), 4_000);
    // All spikes of a presentation are late together; those of an oscillation keep their phase.
    let late = count(&Code::Ttfs, Noise { onset: 0.2, ..Noise::default() });
    assert!(late.iter().filter(|num| **num > 0).count() == 1 && late[50] == 0, "{late:?}");
    let phase = count(&Code::Phase { period: 50 }, Noise { onset: 0.1, ..Noise::default() });
    assert!(phase[25] + phase[75] >= 4_000 && phase.iter().sum::<usize>() == phase[25] + phase[75]);
}

#[test]
fn jitter_hurts_first_spikes_and_not_counts() {
    let greys: Vec<u8> = (0..2_048).map(|pixel| (pixel % 256) as u8).collect();
    let rmse = |code: &Code, noise| {
        let errors = errors(code, 60, &greys, noise);
        (errors.iter().map(|e| e * e).sum::<f32>() / errors.len() as f32).sqrt()
    };
    let jitter = Noise { jitter: 0.2, ..Noise::default() };
    let (ttfs, counts) = (Code::Ttfs, Code::PublishedIsi { gain: 0.09 });
    let rmses = [
        (&ttfs, Noise::default()),
        (&ttfs, jitter),
        (&counts, Noise::default()),
        (&counts, jitter),
    ]
    .map(|(code, noise)| rmse(code, noise));
    assert!((rmses[0] - 0.005).abs() < 0.001 && (rmses[1] - 0.176).abs() < 0.01, "{rmses:?}");
    assert!((rmses[2] - 0.123).abs() < 0.01 && (rmses[3] - rmses[2]).abs() < 0.01, "{rmses:?}");
}

#[test]
fn the_published_raster_is_the_table_read_by_the_wrong_side() {
    // 3 steps of 4 pixels, in which every number says where it belongs.
    let table: Vec<(u32, u32)> =
        (0..3).flat_map(|step| (0..4).map(move |pixel| (pixel, step))).collect();
    for (place, spike) in table.iter().enumerate() {
        let (row, column) = isi::scrambled(*spike, 4, 3);
        assert_eq!((row * 3 + column) as usize, place);
    }
    assert_eq!(isi::scrambled((1, 0), 4, 3), (0, 1));
    assert_eq!(isi::scrambled((3, 2), 4, 3), (3, 2));
}

#[test]
fn ranks_go_from_the_brightest_on_and_equal_pixels_by_number() {
    assert_eq!(rank::ranks(&[5, 200, 5, 90]), [2, 0, 3, 1]);
    let shifted = |onset| {
        let greys: Vec<u8> = (0..=255).collect();
        errors(&Code::RankOrder, 64, &greys, Noise { onset, ..Noise::default() })
    };
    // Nobody is late who does not fall out of the presentation.
    let lost = shifted(0.05).iter().filter(|error| **error > 0.02).count();
    assert!(lost < 32, "{lost}");
}

#[test]
fn silence_is_read_as_darker_and_darker() {
    for code in [
        Code::Ttfs,
        Code::PublishedTtfs { is_off_by_one: true },
        Code::LifLatency { tau_steps: 40.0, drive: 5.0 },
    ] {
        let mut reader = Reader::new(&code, 100, 1);
        let values: Vec<f32> = (0..100)
            .map(|_| {
                reader.hear(&[]);
                reader.value(0)
            })
            .collect();
        assert!(values.windows(2).all(|pair| pair[1] <= pair[0]), "{code:?}");
        assert!(values[0] > 0.45 && values[99] < 0.13, "{code:?}: {} {}", values[0], values[99]);
    }
}
