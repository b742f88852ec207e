//! What the playground's figures show beside the run itself: neurons under rising and sinking currents and under noise, the
//! potential without spikes, what flows in.

use stdp_playground::experiments::build;
use stdp_playground::lab::{PanelKind, Session, Spec};
use stdp_playground::record::Figure;
use stdp_playground::record::figure::{Curve, Line, Trace};

use crate::runs::{finished, number, over_seeds, spec_of};

const ALONE: &str = "demo=playground&inputs=none";

fn figure(session: &Session, key: &str) -> Figure {
    let place = session.spec.panels().iter().position(|panel| panel.key == key);
    let place = place.unwrap_or_else(|| panic!("no figure {key}")) as u16;
    session.runner.figures(&|panel| panel == place).swap_remove(0).1
}

fn curve(session: &Session, key: &str) -> Curve {
    match figure(session, key) {
        Figure::Curve(curve) => curve,
        other => panic!("{other:?}"),
    }
}

fn trace(session: &Session, key: &str) -> Trace {
    match figure(session, key) {
        Figure::Trace(trace) => trace,
        other => panic!("{other:?}"),
    }
}

fn keys(link: &str) -> Vec<&'static str> {
    spec_of(link).panels().iter().map(|panel| panel.key).collect()
}

fn with_seed(link: &str, seed: u32) -> Session {
    finished(&Spec { seed, ..spec_of(link) })
}

/// The currents at which a line is above 0.
fn firing(line: &Line) -> Vec<f32> {
    let points = line.x.iter().zip(&line.y);
    points.filter(|(_, hz)| **hz > 0.0).map(|(mv, _)| *mv).collect()
}

/// Rest loses its stability at 9.78 µA/cm² (32.6 mV: Hopf), firing ends at 6.26 (20.9 mV): Rinzel and Miller (1980,
/// doi:10.1016/0025-5564(80)90109-1), Hassard (1978, doi:10.1016/0022-5193(78)90168-6). Currents lie 2.5 mV apart.
#[test]
fn a_squid_neuron_rests_or_fires_as_it_did_before() {
    let session = finished(&spec_of(&format!("{ALONE}&neuron=hodgkin_huxley&current=constant")));
    let lines = curve(&session, "up_down").lines;
    let [up, down] = &lines[..] else { panic!("{lines:?}") };
    let (up, down) = (firing(up), firing(down));
    println!("up from {}, down to {}", up[0], down[0]);
    assert!((30.0..=35.0).contains(&up[0]), "{}", up[0]);
    assert!((20.0..=23.0).contains(&down[0]), "{}", down[0]);
}

/// Without anything that outlasts a spike there is one rate for each current, and no such figure.
#[test]
fn where_nothing_outlasts_a_spike_there_is_one_way() {
    let has = |neuron: &str| keys(&format!("{ALONE}&neuron={neuron}")).contains(&"up_down");
    assert_eq!(["lif", "adex", "izhikevich", "exponential"].map(has), [false, true, true, false]);
    let session = finished(&spec_of(&format!("{ALONE}&neuron=izhikevich&current=constant")));
    let lines = curve(&session, "up_down").lines;
    let far = lines[0].y.iter().zip(&lines[1].y).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    println!("regular spiking: {far} Hz");
    assert!(far < 4.0, "{far}");
}

/// Over 9.5 s a rate f has a standard error of CV √(f/9.5 s), and a CV of n intervals one near CV √((1 + CV²)/2n): neurons of
/// 33 inputs lie within four of them, and 2 %, as their steps have an error of their own.
#[test]
fn leaky_neurons_under_noise_fire_as_siegert_says() {
    for seed in 1..=3 {
        let session = with_seed(&format!("{ALONE}&current=noise"), seed);
        let rates = curve(&session, "noisy_rate").lines;
        let cvs = curve(&session, "noisy_cv").lines;
        assert_eq!((rates.len(), cvs.len()), (6, 6));
        for sd in 0..3 {
            let (measured, closed) = (&rates[sd], &rates[sd + 3]);
            assert_eq!((measured.y.len(), closed.y.len()), (11, 11));
            let (found, expected_cvs) = (&cvs[sd], &cvs[sd + 3]);
            for ((mean, hz), expected) in measured.x.iter().zip(&measured.y).zip(&closed.y) {
                let place = |line: &Line| line.x.iter().position(|x| x == mean);
                let Some(cv) = place(expected_cvs).map(|at| expected_cvs.y[at]) else { continue };
                let error = cv * (expected / 9.5).sqrt();
                let far = (hz - expected).abs();
                assert!(far < 4.0 * error + 0.02 * expected, "{sd} {mean}: {hz} {expected}");
                let Some(own) = place(found).map(|at| found.y[at]) else { continue };
                let error = cv * ((1.0 + cv * cv) / (2.0 * 9.5 * expected)).sqrt();
                assert!((own - cv).abs() < 4.0 * error + 0.02, "{sd} {mean}: {own} {cv}");
            }
        }
        // Far below the threshold it fires by chance only, and the more it fluctuates the more.
        // At 9.6 mV.
        let at_10 = |line: &Line| line.y[3];
        let [calm, middle, wild] = [0, 1, 2].map(|sd| at_10(&rates[sd]));
        println!("seed {seed}: {calm:.1} {middle:.1} {wild:.1} Hz");
        assert!(calm < 2.0 && middle > 10.0 && wild > middle, "{calm} {middle} {wild}");
    }
}

/// Neurons that share a part c of their noise share less of their spikes; a small part is passed on as the closed form says.
#[test]
fn spikes_have_less_in_common_than_inputs() {
    let mut sums = [0.0_f32; 6];
    let mut slopes = Vec::new();
    for seed in 1..=4 {
        let lines = curve(&with_seed(&format!("{ALONE}&current=noise"), seed), "correlation").lines;
        let [spikes, _, small] = &lines[..] else { panic!("{lines:?}") };
        println!("seed {seed}: {:.3?}, slope {:.3}", spikes.y, small.y[1] / small.x[1]);
        sums.iter_mut().zip(&spikes.y).for_each(|(sum, rho)| *sum += rho / 4.0);
        slopes.push(small.y[1] / small.x[1]);
    }
    println!("{sums:.3?}");
    assert!(sums[0].abs() < 0.04 && sums[5] > 0.999, "{sums:?}");
    for (nth, rho) in sums.iter().enumerate().take(5).skip(1) {
        let share = nth as f32 / 5.0;
        assert!(*rho > 0.0 && *rho < share + 0.03, "{share}: {rho}");
    }
    // At 0.2: counts of 100 ms have a little less in common than long ones.
    assert!((0.6..1.15).contains(&(sums[1] / (0.2 * slopes[0]))), "{} {}", sums[1], slopes[0]);
}

/// Chance has a CV2 and an LV of 1, a clock of 0; in bursts neighbours differ by more than chance would have it.
#[test]
fn neighbouring_intervals_tell_chance_from_clocks() {
    let names = ["isi_cv", "isi_cv2", "isi_lv"];
    let chance = over_seeds("demo=playground&neuron=linear&rule=none&correlation=0", 4, names);
    println!("{chance:.3?}");
    for values in &chance {
        assert!(values.iter().all(|value| (0.9..1.1).contains(value)), "{values:?}");
    }
    let of = |preset: &str| {
        let session = finished(&spec_of(&format!("demo=playground&preset={preset}")));
        names.map(|name| number(&session, name))
    };
    let (tonic, chattering) = (of("tonic"), of("chattering"));
    println!("{tonic:.3?} {chattering:.3?}");
    assert!(tonic[1] < 0.01 && tonic[2] < 0.001, "{tonic:?}");
    assert!(chattering[0] > 1.0, "{chattering:?}");
}

#[test]
fn a_return_map_shows_each_interval_with_the_next() {
    let session = finished(&spec_of("demo=playground&preset=adapting"));
    let (map, bins) = (curve(&session, "return_map"), curve(&session, "intervals"));
    let points = &map.lines[0];
    // It tires: every interval is at least as long as the one before, less a step.
    assert!(points.x.len() > 10);
    assert!(points.x.iter().zip(&points.y).all(|(a, b)| b > &(a - 0.2)), "{points:?}");
    assert_eq!(points.x[1..], points.y[..points.y.len() - 1]);
    assert!(bins.lines[0].label.starts_with("n = 1"), "{}", bins.lines[0].label);
}

/// How far an interval lies from that which follows the nearest other interval, as a share of how far any two lie apart.
fn scatter(link: &str) -> f32 {
    let points = curve(&finished(&spec_of(link)), "return_map").lines.swap_remove(0);
    let mut pairs: Vec<(f32, f32)> = points.x.into_iter().zip(points.y).collect();
    assert!(pairs.len() > 100, "{}", pairs.len());
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mean = |lag: usize| {
        let far = pairs.windows(lag + 1).map(|some| (some[lag].1 - some[0].1).abs());
        far.sum::<f32>() / (pairs.len() - lag) as f32
    };
    mean(1) / mean(pairs.len() / 2)
}

#[test]
fn chaos_is_a_curve_and_noise_a_cloud() {
    let chaos = scatter("demo=playground&preset=irregular");
    let noise = scatter("demo=playground&preset=noise&duration_s=10");
    println!("{chaos:.3} {noise:.3}");
    assert!(chaos < 0.15 && noise > 0.7, "{chaos} {noise}");
}

/// Where the neuron does not fire both are the same; where it does the free one is above the threshold.
#[test]
fn the_potential_without_spikes_shows_what_the_input_alone_would_do() {
    let both = |link: &str| {
        let trace = trace(&finished(&spec_of(link)), "potential");
        let of = |label: &str| trace.series.iter().find(|series| series.label == label);
        let values =
            ["neuron 0", "without spikes"].map(|label| of(label).expect(label).values.clone());
        (values, trace)
    };
    let ([v, free], _) = both(&format!("{ALONE}&current=constant&current_mv=15"));
    assert_eq!(v, free);
    let ([v, free], _) = both(&format!("{ALONE}&current=constant&current_mv=30"));
    let most = |values: &[f32]| values.iter().copied().fold(f32::MIN, f32::max);
    assert!(most(&v) < -54.0 && (most(&free) + 40.0).abs() < 0.01, "{} {}", most(&v), most(&free));
    for more in ["", "&synapse=current", "&synapse=conductance", "&neuron=second_order"] {
        let ([v, free], _) = both(&format!("demo=playground&rule=none&duration_s=2{more}"));
        // Spikes only take away.
        assert!(v.iter().zip(&free).all(|(v, free)| *v <= free + 1e-3), "{more}");
        assert!(most(&free) > most(&v), "{more}");
    }
    let panels = keys(&format!("{ALONE}&neuron=hodgkin_huxley&current=constant"));
    assert!(panels.contains(&"potential") && !panels.contains(&"flows"));
}

/// A neuron that never fires: what its synapses bring, through its membrane, is its potential.
#[test]
fn what_flows_in_is_what_moves_the_potential() {
    for (synapse, e_mv) in
        [("current&current_total_mv=100", None), ("conductance&g_total=2", Some(0.0))]
    {
        let link = format!("demo=playground&rule=none&duration_s=2&v_th_mv=-20&synapse={synapse}");
        let session = finished(&spec_of(&link));
        let (flows, potential) = (trace(&session, "flows"), trace(&session, "potential"));
        let [flow] = &flows.series[..] else { panic!("{flows:?}") };
        assert_eq!(flow.label, "excitation");
        let v = &potential.series[0].values;
        let every = (flows.step_ms / potential.step_ms).round() as usize;
        let (mut own, mut worst) = (f64::from(v[0]), 0.0_f64);
        for (step, now) in flow.values.iter().enumerate().skip(1) {
            // The mean of both ends of the stretch.
            let flow = f64::from(now + flow.values[step - 1]) / 2.0;
            let pull = match e_mv {
                None => -70.0 - own + flow,
                Some(e_mv) => -70.0 - own + flow * (e_mv - own),
            };
            own += f64::from(flows.step_ms) / 20.0 * pull;
            let seen = f64::from(v[(step * every).min(v.len() - 1)]);
            worst = worst.max((own - seen).abs());
        }
        let range = v.iter().fold((f32::MAX, f32::MIN), |(a, b), v| (a.min(*v), b.max(*v)));
        println!("{synapse}: {range:?}, off by {worst:.2} mV");
        assert!(range.1 - range.0 > 3.0 && worst < 1.0, "{synapse}: {range:?} {worst}");
    }
    // A current from outside as it is given; the conductances of inhibition too.
    let stairs = finished(&spec_of("demo=playground&preset=staircase"));
    let flows = trace(&stairs, "flows");
    assert_eq!(flows.series[0].values.first(), Some(&10.0));
    assert_eq!(flows.series[0].values.last(), Some(&50.0));
    let link = "demo=playground&synapse=conductance&num_inhibitory=20&duration_s=1";
    let labels = trace(&finished(&spec_of(link)), "flows").series.into_iter().map(|it| it.label);
    assert_eq!(labels.collect::<Vec<_>>(), ["excitation", "inhibition"]);
}

/// What goes on beside a run changes nothing of it, and is there before its end.
#[test]
fn copies_are_done_before_the_run_is() {
    for (link, keys) in [
        ("neuron=hodgkin_huxley&current=constant", &["up_down", "response"][..]),
        ("current=noise", &["noisy_rate", "noisy_cv", "correlation"]),
        ("neuron=adex&current=noise", &["noisy_rate", "correlation", "up_down"]),
    ] {
        let mut session = Session::new(spec_of(&format!("{ALONE}&{link}")), build);
        session.advance_to(session.runner.num_ticks() * 9 / 10);
        for key in keys {
            let curve = curve(&session, key);
            assert!(curve.has_points(), "{link}: {key}");
            let is_inside = |value: f32, (low, high): (f32, f32)| (low..=high).contains(&value);
            for line in &curve.lines {
                assert!(line.x.iter().all(|x| is_inside(*x, curve.x_range)), "{key}");
                assert!(line.y.iter().all(|y| is_inside(*y, curve.y_range)), "{key}: {line:?}");
            }
        }
    }
}

/// A click in a figure over time goes to that moment, where the histogram of weights is that of the moment.
#[test]
fn the_histogram_is_that_of_the_moment() {
    let mut session = finished(&spec_of("demo=playground&duration_s=20"));
    let panels = session.spec.panels();
    let weights = panels.iter().find(|panel| panel.key == "weights").expect("weights");
    assert!(weights.is_over_run() && weights.kind == PanelKind::Curve);
    let end = curve(&session, "histogram").lines;
    session.go_to(0);
    let start = curve(&session, "histogram").lines;
    // Two groups now, and two as the run began.
    assert_eq!((start.len(), end.len()), (4, 4));
    for group in 0..2 {
        assert_eq!(start[group].y, start[group + 2].y);
        assert_eq!(start[group].y, end[group + 2].y);
        assert_ne!(start[group].y, end[group].y);
    }
}
