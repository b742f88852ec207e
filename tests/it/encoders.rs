//! Input generators against what theory says about them, all through the one interface that
//! experiments use.

use stdp_playground::sim::encode::{
    CommonSource, Counting, DoublyStochastic, EmbeddedPattern, Group, HalfGrowing, Jitter,
    Jittered, PatternParams, Periodic, Poisson, Profile, RandomOffsets, RateParams, Recipe, Source,
    Trains,
};
use stdp_playground::sim::{Stream, Tick, TimeGrid};

const NUM: usize = 8;

fn grid() -> TimeGrid {
    TimeGrid::new(1.0)
}

fn poisson(counting: Counting, rate_hz: f32) -> Poisson {
    Poisson::new(counting, &[rate_hz; NUM], grid(), Stream::new(1, "input"))
}

fn common(recipe: Recipe, correlation: f32) -> Source {
    let groups = [Group { size: NUM as u32, correlation }];
    Source::CommonSource(CommonSource::new(recipe, NUM, 10.0, &groups, grid(), (1, "input")))
}

/// One source of every kind.
fn all() -> Vec<Source> {
    let groups = [Group { size: 3, correlation: 0.5 }, Group { size: 3, correlation: 0.2 }];
    let uniform = Jitter::Uniform { low_ticks: -20, high_ticks: 20 };
    let exponential = Jitter::Exponential { tau_ticks: 5.0 };
    let jittered = |jitter| Jittered::new(jitter, NUM, 10.0, &groups, grid(), (1, "input"));
    let rates = RateParams { rate_hz: 10.0, sigma: 0.5, tau_ms: 20.0 };
    let pattern = PatternParams {
        num_inputs: NUM as u32,
        num_members: 5,
        length_ticks: 5,
        window_ticks: 40,
        background: 0.05,
        density: 0.2,
        noise: 0.0,
        jitter_ticks: 0.0,
    };
    let blurred = PatternParams { noise: 0.2, jitter_ticks: 1.5, ..pattern };
    let profile = Profile { factors: vec![1.0, 0.2], step_ticks: 30, is_repeated: true };
    let spikes: Vec<_> = (0..900).map(|k| (k % NUM as u32, f64::from(k) * 1.5)).collect();
    let stream = || Stream::new(1, "input");
    vec![
        Source::Poisson(poisson(Counting::OncePerTick, 10.0)),
        Source::Poisson(poisson(Counting::Exact, 10.0)),
        Source::Poisson(
            poisson(Counting::OncePerTick, 10.0).with_profile(profile, Stream::new(1, "profile")),
        ),
        Source::Poisson(poisson(Counting::OncePerTick, 0.0)),
        common(Recipe::SqrtC, 0.5),
        common(Recipe::Mip, 0.5),
        common(Recipe::Mip, 0.0),
        Source::Jittered(jittered(uniform)),
        Source::Jittered(jittered(exponential)),
        Source::DoublyStochastic(DoublyStochastic::new(rates, NUM, &groups, grid(), (1, "input"))),
        Source::Periodic(Periodic::new(NUM as u32, 8)),
        Source::HalfGrowing(HalfGrowing::new(NUM as u32, 1_200, 0.5, grid(), stream())),
        Source::RandomOffsets(RandomOffsets::new(NUM as u32, 2_000, 0.5, grid(), stream())),
        Source::EmbeddedPattern(EmbeddedPattern::new(pattern, grid(), (1, "input"))),
        Source::EmbeddedPattern(EmbeddedPattern::new(blurred, grid(), (1, "input"))),
        Source::Trains(Trains::new(spikes, NUM as u32, 3_000, grid()).0),
    ]
}

/// All spikes of these ticks.
fn spikes(source: &mut Source, ticks: std::ops::Range<Tick>) -> Vec<(Tick, u32)> {
    let (mut all, mut fired) = (Vec::new(), Vec::new());
    for tick in ticks {
        source.fire(tick, &mut fired);
        all.extend(fired.iter().map(|&id| (tick, id)));
    }
    all
}

#[test]
fn a_copied_source_goes_on_where_it_was() {
    for mut source in all() {
        spikes(&mut source, 0..777);
        let mut copy = source.clone();
        let rest = spikes(&mut source, 777..3_000);
        assert_eq!(spikes(&mut copy, 777..3_000), rest, "{}", source.name());
    }
}

#[test]
fn ticks_that_a_source_calls_empty_may_be_left_out() {
    for mut source in all() {
        let mut skipping = source.clone();
        let every = spikes(&mut source, 0..3_000);
        let (mut found, mut fired) = (Vec::new(), Vec::new());
        let mut tick = skipping.next_tick(0);
        while tick < 3_000 {
            skipping.fire(tick, &mut fired);
            found.extend(fired.iter().map(|&id| (tick, id)));
            tick = skipping.next_tick(tick + 1);
        }
        assert_eq!(found, every, "{}", source.name());
    }
}

#[test]
fn sources_keep_to_their_inputs_and_to_ascending_order() {
    for mut source in all() {
        assert_eq!(source.num_inputs(), NUM, "{}", source.name());
        let all = spikes(&mut source, 0..3_000);
        assert!(all.is_sorted() && all.iter().all(|(_, id)| (*id as usize) < NUM));
        assert!(!source.name().is_empty());
    }
}

/// Spike counts per second of each input over `seconds`, and the mean correlation over all pairs.
fn rates_and_correlation(source: &mut Source, seconds: u64, bin_ticks: u64) -> (f64, f64) {
    let num_bins = seconds * 1_000 / bin_ticks;
    let (mut sum, mut square, mut of_all) = (0.0, 0.0, 0.0);
    let mut fired = Vec::new();
    for bin in 0..num_bins {
        let mut counts = [0.0_f64; NUM];
        for tick in bin * bin_ticks..(bin + 1) * bin_ticks {
            source.fire(tick, &mut fired);
            fired.iter().for_each(|&id| counts[id as usize] += 1.0);
        }
        let total: f64 = counts.iter().sum();
        sum += total;
        square += counts.iter().map(|count| count * count).sum::<f64>();
        of_all += total * total;
    }
    let (bins, num) = (num_bins as f64, NUM as f64);
    let mean = sum / bins / num;
    let variance = square / bins / num - mean * mean;
    // Var Σ = N var + N (N − 1) cov.
    let of_sum = of_all / bins - num * num * mean * mean;
    let covariance = (of_sum - num * variance) / (num * (num - 1.0));
    (mean * 1_000.0 / bin_ticks as f64, covariance / variance)
}

#[test]
fn correlated_groups_have_rate_and_correlation_over_2000_seconds() {
    for recipe in [Recipe::SqrtC, Recipe::Mip] {
        for c in [0.0_f32, 0.1, 0.25, 0.5, 0.75, 1.0] {
            for bin_ticks in [1, 20] {
                let mut source = common(recipe, c);
                let (rate_hz, found) = rates_and_correlation(&mut source, 2_000, bin_ticks);
                let what = format!("{}, c {c}, bins of {bin_ticks} ms", source.name());
                assert!((rate_hz / 10.0 - 1.0).abs() < 0.02, "{what}: {rate_hz} Hz");
                assert!((found - f64::from(c)).abs() < 0.02, "{what}: {found}");
            }
        }
    }
}

/// Coefficient of variation of the intervals of all inputs.
fn interval_variation(source: &mut Source, ticks: Tick) -> f64 {
    let (mut last, mut n, mut sum, mut square) = ([None; NUM], 0.0, 0.0, 0.0);
    for (tick, id) in spikes(source, 0..ticks) {
        if let Some(before) = last[id as usize].replace(tick) {
            let interval = (tick - before) as f64;
            n += 1.0;
            sum += interval;
            square += interval * interval;
        }
    }
    let mean: f64 = sum / n;
    (square / n - mean * mean).sqrt() / mean
}

#[test]
fn intervals_vary_as_they_should() {
    // Bernoulli: √(1 − p).
    let bernoulli = |rate_hz| Source::Poisson(poisson(Counting::OncePerTick, rate_hz));
    for rate_hz in [10.0_f32, 200.0] {
        let found = interval_variation(&mut bernoulli(rate_hz), 1_000_000);
        let expected = f64::from(1.0 - rate_hz / 1_000.0).sqrt();
        assert!((found - expected).abs() < 0.01, "{rate_hz} Hz: {found}");
    }
    let mut exact = Source::Poisson(poisson(Counting::Exact, 10.0));
    let found = interval_variation(&mut exact, 1_000_000);
    assert!((found - 1.0).abs() < 0.01, "{found}");
    // Each input of a correlated group is as irregular as an independent one.
    for recipe in [Recipe::SqrtC, Recipe::Mip] {
        let found = interval_variation(&mut common(recipe, 0.5), 1_000_000);
        assert!((found - 0.995).abs() < 0.015, "{recipe:?}: {found}");
    }
    assert_eq!(interval_variation(&mut Source::Periodic(Periodic::new(8, 8)), 8_000), 0.0);
}

#[test]
fn skipping_gives_the_distribution_of_a_draw_in_every_tick() {
    // Numbers of inputs that fire in a tick, against as many draws: two-sample χ².
    let (num_ticks, p) = (200_000, 0.05);
    let mut skipping = Source::Poisson(poisson(Counting::OncePerTick, 50.0));
    let mut stream = Stream::new(2, "naive");
    let (mut ours, mut naive, mut fired) = ([0.0_f64; 5], [0.0_f64; 5], Vec::new());
    for tick in 0..num_ticks {
        skipping.fire(tick, &mut fired);
        ours[fired.len().min(4)] += 1.0;
        let num_naive = (0..NUM).filter(|_| stream.chance(p)).count();
        naive[num_naive.min(4)] += 1.0;
    }
    let chi2: f64 = ours.iter().zip(naive).map(|(a, b)| (a - b) * (a - b) / (a + b)).sum();
    // 4 degrees of freedom; 18.5 is exceeded once in 1,000 times.
    assert!(chi2 < 18.5, "{chi2}: {ours:?} {naive:?}");
}
