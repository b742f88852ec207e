//! The learning window: what its runs measure, against closed forms and published tables.

use stdp_playground::experiments::REGISTRY;
use stdp_playground::lab::{Interaction, link, table};
use stdp_playground::record::figure::LineStyle;
use stdp_playground::record::{Figure, NamedArray, WeightsFile};
use stdp_playground::sim::plasticity::Rule;
use stdp_playground::sim::plasticity::protocols::{
    REPEATS, SJOSTROM_2001, Spike, pair, post_pre_post, pre_post_pre, relative_change,
};
use stdp_playground::sim::plasticity::triplet::{ROWS, Triplet};
use stdp_playground::sim::{TimeGrid, math};

use crate::runs::{every_preset, finished, number, spec_of};

fn summary_of(link: &str, name: &str) -> f64 {
    number(&finished(&spec_of(link)), name)
}

fn figure(link: &str, panel: u16) -> Figure {
    let session = finished(&spec_of(link));
    session.runner.figures(&|idx| idx == panel).pop().expect("a figure").1
}

/// Labels, x and y of the lines of a curve.
fn lines(link: &str, panel: u16) -> Vec<(String, Vec<f32>, Vec<f32>)> {
    let Figure::Curve(curve) = figure(link, panel) else { panic!("not a curve") };
    curve.lines.into_iter().map(|line| (line.label, line.x, line.y)).collect()
}

#[test]
fn the_window_is_its_closed_form() {
    for preset in every_preset().iter().filter(|preset| preset.entry.id == "stdp_window") {
        let error = number(&finished(&preset.spec), "closed_form_error");
        // The power law knows weights themselves, so its changes are rounded as a weight near 1 is.
        let limit = if preset.id.ends_with("power_law") { 1e-4 } else { 1e-5 };
        assert!(error < limit, "{}: {error}", preset.id);
    }
    for dependence in ["additive", "gutig", "multiplicative", "van_rossum", "gate", "unbounded"] {
        for rest in
            ["&w_init=0.01", "&w_init=0.9&pairing=reduced", "&w_init=1&a_plus=1&a_minus=0.3"]
        {
            let link = format!("demo=stdp_window&dependence={dependence}{rest}");
            let error = summary_of(&link, "closed_form_error");
            assert!(error < 1e-5, "{link}: {error}");
        }
    }
    for rest in [
        "inhibitory&w_init=0.01&eta=0.3",
        "inhibitory&target_rate_hz=20&tau_ms=5&w_init=1",
        "offset&w_init=1",
        "offset&w_init=0.01&offset=0.9&tau_plus_ms=60",
        "asymptotic&w_init=1&a_plus=10&a_minus=10",
        "asymptotic&w_init=0.01&tau_plus_ms=0.5&tau_minus_ms=80",
    ] {
        let error = summary_of(&format!("demo=stdp_window&rule={rest}"), "closed_form_error");
        assert!(error < 1e-5, "{rest}: {error}");
    }
}

#[test]
fn inhibitory_plasticity_has_two_equal_sides_and_a_price() {
    let lines = lines("stdp_window/inhibitory", 1);
    assert!(lines[0].2.iter().zip(&lines[1].2).all(|(a, b)| (a - b).abs() < 2e-9));
    let (x, y) = (&lines[0].1, &lines[0].2);
    // e^(−Δt/τ) = α at 20 ln 5 = 32.2 ms; far away only the price of 0.01 · 0.2 is left.
    let crossing = (1..y.len()).find(|&i| y[i] < 0.0).expect("a crossing");
    assert_eq!(x[crossing], 33.0);
    let far = -0.01 * (0.2 - math::exp_f64(-5.0));
    assert!((f64::from(y[y.len() - 1]) - far).abs() < 1e-8, "{y:?}");
}

#[test]
fn the_offset_rule_moves_the_weights_of_a_silent_neuron() {
    for link in ["stdp_window/offset", "stdp_window/offset_search"] {
        let lines = lines(link, 1);
        let points: Vec<_> = lines.iter().filter(|l| l.1.len() == 10).collect();
        for (own, (_, x, y)) in lines.iter().zip(&points) {
            for (x, y) in x.iter().zip(y) {
                let at = own.1.iter().position(|own| own == x).expect("the same place");
                assert_eq!(own.2[at], *y);
            }
        }
        assert_eq!(points.len(), 2);
        // With the output first the distance does not matter.
        assert!(lines[1].2.iter().all(|y| (y + 0.095 * 0.294 * 0.25).abs() < 1e-8));
        // And its partner is the only synapse that other rules know.
        assert_eq!(self::lines("stdp_window/asymptotic", 1).len(), 4);
    }
    let found = lines("stdp_window/offset_search", 1).swap_remove(0);
    assert!(found.1.iter().zip(&found.2).all(|(ms, y)| *ms < 1.0 || *y < 0.0), "{found:?}");
    let left = 0.5 * (1.0 + summary_of("stdp_window/offset_search", "change_plus_10hz"));
    assert!(left < -1.6, "{left}");
}

#[test]
fn the_asymptotic_rule_strengthens_a_large_weight_as_much_as_a_small_one() {
    let lines = lines("stdp_window/asymptotic", 5);
    let (plus, minus) = (&lines[0].2, &lines[1].2);
    assert!(plus.iter().all(|y| *y == plus[0]) && plus[0] > 3e-7, "{plus:?}");
    assert!((f64::from(minus[25] / plus[25]) + 50.0).abs() < 0.01, "{minus:?}");
    let (label, _, with_end) = &lines[4];
    assert_eq!(label, "end at 1");
    assert!(with_end[0] > 99.0 * plus[0] && with_end[50] == 0.0);
    let dw = summary_of("stdp_window/asymptotic_search", "dw");
    assert!((dw + 0.58).abs() < 0.001, "{dw}");
    // It goes on for ever, and every number stays one.
    let session = finished(&spec_of("demo=stdp_window&rule=asymptotic&a_minus=9.3"));
    assert!(session.runner.summary().iter().all(|(_, value)| value.is_finite()));
    assert!(number(&session, "change_minus_50hz") < -1e5);
}

#[test]
fn a_gate_is_stepped_over_once() {
    let w = summary_of("stdp_window/gate", "weight");
    assert!(w > 1.002, "{w}");
    let mut session = finished(&spec_of("stdp_window/gate"));
    let values = NamedArray { name: "weight".into(), shape: vec![1], values: vec![1.0] };
    let file = WeightsFile::new("stdp_window", "demo=stdp_window&v=1", vec![values]);
    session.runner.load_weights(&file).expect("a weight in the range");
    assert_eq!(number(&session, "dw_plus"), 0.0);
    assert_eq!(number(&session, "dw_minus"), 0.0);
}

#[test]
fn the_fits_to_visual_cortex_have_their_published_errors() {
    for (row, expected) in [
        ("visual_full", 0.342),
        ("visual_min", 0.356),
        ("visual_nearest_full", 0.232),
        ("visual_nearest_min", 0.348),
    ] {
        let chi2 = summary_of(&format!("stdp_window/{row}"), "chi2_per_point");
        assert!((chi2 - expected).abs() < 0.005, "{row}: {chi2}");
    }
    assert!(summary_of("stdp_window/pair_only", "chi2_per_point") > 10.0);
}

/// The table of papers, row by row in the order of the protocol's points.
const TABLE: [(&str, [f64; 10]); 5] = [
    (
        "visual_full",
        [0.0, -0.3122, 0.1321, -0.3336, 0.2470, -0.3516, 0.5337, 0.1548, 0.7409, 0.7272],
    ),
    (
        "visual_min",
        [0.0, -0.3166, 0.1186, -0.3322, 0.2278, -0.3417, 0.5321, 0.1737, 0.7627, 0.7492],
    ),
    (
        "visual_nearest_full",
        [0.0, -0.2943, 0.1036, -0.4113, 0.3232, -0.3382, 0.5603, 0.2598, 0.6243, 0.6193],
    ),
    (
        "visual_nearest_min",
        [0.0, -0.3568, 0.1009, -0.3556, 0.3220, -0.2786, 0.5683, 0.2898, 0.6358, 0.6299],
    ),
    (
        "pair_only",
        [0.165, -0.317, 0.1353, -0.3321, 0.0097, -0.3788, -0.2919, -0.4401, -0.4451, -0.4608],
    ),
];

#[test]
fn sixty_pairs_give_the_published_table_at_every_frequency() {
    for (row, expected) in TABLE {
        let lines = lines(&format!("stdp_window/{row}"), 3);
        for (point, expected) in SJOSTROM_2001.iter().zip(expected) {
            let (label, x, y) = &lines[usize::from(point.delta_ms < 0.0)];
            let at = x.iter().position(|rate| *rate == point.rate_hz as f32).expect("the rate");
            let got = f64::from(y[at]);
            assert!((got - expected).abs() < 0.002, "{row}, {label}, {point:?}: {got}");
        }
    }
}

#[test]
fn pairs_sink_with_the_frequency_and_triplets_cross_to_potentiation() {
    let plus = &lines("stdp_window/pair_only", 3)[0].2;
    assert!(plus.windows(2).all(|pair| pair[1] < pair[0] + 1e-6), "{plus:?}");
    assert!(plus[0] > 0.1 && plus[plus.len() - 1] < -0.4);
    for (row, _) in &TABLE[..4] {
        let (_, rates, minus) = lines(&format!("stdp_window/{row}"), 3).swap_remove(1);
        let crossings = (1..minus.len()).filter(|&i| (minus[i] > 0.0) != (minus[i - 1] > 0.0));
        let crossings: Vec<f32> = crossings.map(|i| rates[i]).collect();
        assert!(
            matches!(crossings[..], [rate] if rate > 20.0 && rate <= 40.0),
            "{row}: {crossings:?}"
        );
    }
}

#[test]
fn the_measured_points_stand_beside_every_rule_with_their_errors() {
    let Figure::Curve(curve) = figure("stdp_window", 3) else { panic!("not a curve") };
    let points: Vec<_> = curve.lines.iter().filter(|l| l.style == LineStyle::Points).collect();
    assert_eq!(points.len(), 2);
    assert!(points.iter().all(|line| line.x.len() == 5 && line.errors.len() == 5));
    let panel = spec_of("demo=stdp_window").panels()[3];
    let table = table::of(&Figure::Curve(curve.clone()), &panel);
    assert_eq!(table.header, ["line", "frequency_of_the_pairs_hz", "relative_change", "error"]);
    assert!(table.rows.iter().any(|row| row == &["measured, −10 ms", "50", "0.75", "0.19"]));
}

#[test]
fn triplets_are_told_apart_in_hippocampus_and_not_by_pairs() {
    let at_10_ms = |link: &str| {
        let lines = lines(link, 4);
        [0, 1].map(|line| f64::from(lines[line].2[5]))
    };
    let [pre_post_pre, post_pre_post] = at_10_ms("stdp_window/hippocampus_full");
    assert!((pre_post_pre - 0.005).abs() < 1e-3 && (post_pre_post - 0.204).abs() < 1e-3);
    let [pre_post_pre, post_pre_post] = at_10_ms("stdp_window/pair_only");
    assert!((pre_post_pre - post_pre_post).abs() < 1e-4);
}

/// Change of a weight of 1 by sixty motifs, one per second, stepped through on the grid as runs step, where
/// [`relative_change`] jumps from spike to spike.
fn change_on_the_grid(rule: &mut Rule, motif: &[Spike]) -> f64 {
    let (ticks_per_ms, ticks_per_s) = (10.0, 10_000);
    // In the middle of the second; motifs reach 40 ms to either side.
    let tick_of = |ms: f64| ticks_per_s / 2 + (ms * ticks_per_ms).round() as i64;
    rule.reset();
    let mut w = [1.0_f32];
    for tick in 0..ticks_per_s * i64::from(REPEATS) {
        rule.tick();
        for spike in motif {
            match *spike {
                Spike::Pre(ms) if tick_of(ms) == tick % ticks_per_s => rule.pre_spike(0, &mut w),
                Spike::Post(ms) if tick_of(ms) == tick % ticks_per_s => rule.post_spike(0, &mut w),
                _ => {}
            }
        }
    }
    f64::from(w[0]) - 1.0
}

#[test]
fn sixty_pairs_and_triplets_a_second_apart_give_the_hippocampal_table() {
    let row = ROWS.iter().find(|row| row.name == "hippocampus, all-to-all, full").expect("the row");
    let mut rule = Rule::Triplet(Triplet::new(1, 1, row.params(), TimeGrid::new(0.1)));
    let pairs = [
        (-40.0, -0.043),
        (-20.0, -0.077),
        (-10.0, -0.104),
        (-5.0, -0.120),
        (5.0, 0.272),
        (10.0, 0.202),
        (20.0, 0.111),
        (40.0, 0.034),
    ];
    let inputs_outside =
        [(5.0, -5.0, 0.043), (10.0, -10.0, 0.005), (15.0, -5.0, -0.078), (5.0, -15.0, 0.102)];
    let outputs_outside =
        [(-5.0, 5.0, 0.358), (-10.0, 10.0, 0.204), (-5.0, 15.0, 0.108), (-15.0, 5.0, 0.325)];
    let mut table: Vec<(Vec<Spike>, f64)> = Vec::new();
    table.extend(pairs.map(|(ms, change)| (pair(ms).to_vec(), change)));
    table.extend(inputs_outside.map(|(one, two, change)| (pre_post_pre(one, two).into(), change)));
    table
        .extend(outputs_outside.map(|(one, two, change)| (post_pre_post(one, two).into(), change)));
    assert_eq!(table.len(), 16);
    for (motif, expected) in table {
        let jumped = relative_change(&mut rule, 1.0, &motif, 1.0, REPEATS);
        let stepped = change_on_the_grid(&mut rule, &motif);
        for got in [jumped, stepped] {
            assert!((got - expected).abs() < 0.002, "{motif:?}: {got}, not {expected}");
        }
    }
}

#[test]
fn the_run_does_what_the_window_says() {
    for (delta_ms, events) in [(30.0, [110.0, 140.0]), (-12.5, [118.7, 131.2]), (0.0, [125.0; 2])] {
        let session =
            finished(&spec_of(&format!("demo=stdp_window&preset=pair_only&delta_t_ms={delta_ms}")));
        let moved = number(&session, "weight") - 1.0;
        let expected = number(&session, "dw");
        assert!((moved - expected).abs() < 1e-7, "{delta_ms}: {moved} {expected}");
        let Figure::Trace(trace) = figure(&format!("demo=stdp_window&delta_t_ms={delta_ms}"), 0)
        else {
            panic!("not a trace")
        };
        let mut times: Vec<f32> = trace.series.iter().map(|s| s.spikes[0] as f32 * 0.2).collect();
        times.sort_by(f32::total_cmp);
        for (time, event) in times.iter().zip(events) {
            assert!((time - event).abs() < 0.31, "{delta_ms}: {times:?}");
        }
    }
}

#[test]
fn both_signs_are_mirror_images_with_their_names() {
    let (here, there) =
        (lines("demo=stdp_window", 1), lines("demo=stdp_window&sign=pre_minus_post", 1));
    for ((_, x, y), (_, mirrored, same)) in here.iter().zip(&there) {
        assert!(x.iter().zip(mirrored).all(|(x, m)| *x == -m));
        assert_eq!(y, same);
    }
    let label = |link: &str| spec_of(link).panels()[1].x.label;
    assert!(label("demo=stdp_window").contains("t_post − t_pre"));
    assert!(label("demo=stdp_window&sign=pre_minus_post").contains("t_pre − t_post"));
}

#[test]
fn coincidence_is_what_the_link_says() {
    let zero = |how: &str| {
        summary_of(&format!("demo=stdp_window&dependence=unbounded&coincidence={how}"), "dw_zero")
    };
    for (how, expected) in
        [("potentiates", 0.005), ("depresses", -0.00525), ("both", -0.00025), ("neither", 0.0)]
    {
        assert!((zero(how) - expected).abs() < 1e-8, "{how}: {}", zero(how));
    }
    assert_eq!(summary_of("stdp_window/course_page", "dw_zero"), 1.0);
}

/// Every handle stands where the parameter is, and gives back the value it stands for.
#[test]
fn handles_stand_on_the_spikes_and_on_the_dot() {
    for (link, delta_ms, middle_ms) in [
        ("delta_t_ms=42", 42.0, 125.0),
        ("delta_t_ms=42&middle_ms=100.5", 42.0, 100.5),
        ("delta_t_ms=-7&sign=pre_minus_post", -7.0, 125.0),
    ] {
        let spec = spec_of(&format!("demo=stdp_window&{link}"));
        let session = finished(&spec);
        let panels = spec.panels();
        let place = |panel: usize, handle: usize| {
            let drag = panels[panel].drag.expect("handles");
            assert_eq!(drag.key, "delta_t_ms");
            let middle_ms = if drag.middle.is_some() { middle_ms } else { 0.0 };
            drag.place(handle, delta_ms, middle_ms)
        };
        let figures = session.runner.figures(&|_| true);
        let Figure::Trace(trace) = &figures[0].1 else { panic!("not a trace") };
        for handle in [0, 1] {
            let spike_ms = f64::from(trace.series[handle].spikes[0]) * 0.2;
            assert!((place(0, handle) - spike_ms).abs() < 0.2, "{link}, {handle}");
        }
        let Figure::Curve(curve) = &figures[1].1 else { panic!("not a curve") };
        assert_eq!(place(1, 0) as f32, curve.marks[0].x);
    }
}

#[test]
fn a_weight_is_loaded_or_refused() {
    let file = |w: f32| {
        let values = NamedArray { name: "weight".into(), shape: vec![1], values: vec![w] };
        WeightsFile::new("stdp_window", "demo=stdp_window&v=1", vec![values])
    };
    let mut session = finished(&spec_of("stdp_window/multiplicative"));
    let before = number(&session, "dw_plus");
    session.runner.load_weights(&file(0.25)).expect("a weight in the range");
    assert!(number(&session, "dw_plus") > 1.4 * before);
    for w in [-0.5, 0.0, 7.0] {
        assert!(session.runner.load_weights(&file(w)).unwrap_err().contains("0.01 to 1"));
    }
    let mut session = finished(&spec_of("stdp_window/visual_min"));
    assert!(session.runner.load_weights(&file(0.5)).unwrap_err().contains("shares"));
    assert!(!session.runner.interact(&Interaction::Pick { panel: 0, item: 0 }));
}

#[test]
fn the_seed_changes_nothing() {
    let (link, _) = link::parse("demo=stdp_window&seed=9", REGISTRY);
    let (seed_9, seed_1) = (finished(&link.spec), finished(&spec_of("demo=stdp_window")));
    assert_eq!(seed_9.runner.fingerprint(), seed_1.runner.fingerprint());
}
