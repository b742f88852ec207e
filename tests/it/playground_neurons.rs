//! What the page of the playground claims about neurons as published programs have them, and about Izhikevich's and Naud's patterns.

use crate::reference_published::{published, ticks_of};
use crate::runs::{finished, number, over_seeds, spec_of};

fn preset(id: &str, more: &str) -> Vec<f64> {
    let spec = spec_of(&format!("demo=playground&preset={id}{more}"));
    let dt_ms = stdp_playground::experiments::describe(&spec).dt_ms;
    ticks_of(&spec).into_iter().map(|tick| tick as f64 * dt_ms).collect()
}

fn intervals(times_ms: &[f64]) -> Vec<f64> {
    times_ms.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

/// Spike for spike: see also `reference_published::izhikevichs_patterns_are_brians`.
#[test]
fn the_twenty_fire_as_their_program_does() {
    let letters: String = published()
        .izhikevich
        .iter()
        .filter_map(|of| of.preset.strip_prefix("izh_")?.chars().next())
        .collect();
    assert_eq!(letters, "abcdefghijklmnopqrst");
    for of in published().izhikevich.iter().filter(|of| of.preset.starts_with("izh_")) {
        let mut ours = preset(&of.preset, "");
        ours.retain(|ms| *ms <= of.duration_ms);
        let theirs: Vec<f64> = of.output_ticks.iter().map(|tick| *tick as f64 * of.dt_ms).collect();
        let shared = ours.len().min(theirs.len());
        let most_ms = if of.preset == "izh_h_class_2" { 3.0 } else { of.dt_ms + 1e-9 };
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert!((ours - theirs).abs() <= most_ms, "{}: {ours} {theirs}", of.preset);
        }
        // A spike of the program's last step is beyond our last.
        assert!(shared + 1 >= theirs.len() && shared == ours.len(), "{}: {ours:?}", of.preset);
    }
}

/// Counts at his step and at half of it. The others' patterns stay: what is silent, fires once or in bursts does so still.
#[test]
fn four_of_the_twenty_are_made_by_the_step() {
    let both =
        |id: &str, half: &str| [preset(id, "").len(), preset(id, &format!("&dt_ms={half}")).len()];
    let [p, q] = [both("izh_p_bistability", "0.125"), both("izh_q_afterpotential", "0.05")];
    let [s, t] = [both("izh_s_inhibition", "0.25"), both("izh_t_inhibition_burst", "0.25")];
    println!("{p:?} {q:?} {s:?} {t:?}");
    assert!(p[0] == 5 && p[1] == 7, "{p:?}");
    assert_eq!(q, [1, 2]);
    assert_eq!(s, [3, 4]);
    assert!(t[0] == 12 && t[1] > 100, "{t:?}");
    for (id, half) in [
        ("izh_b_phasic", "0.125"),
        // From the step after 10 ms on, as in his program.
        ("izh_i_latency", "0.1&on_ms=10.1"),
        ("izh_j_subthreshold", "0.125"),
        ("izh_k_resonator", "0.125"),
        ("izh_l_integrator", "0.125"),
        ("izh_m_rebound", "0.1"),
        ("izh_o_variability", "0.125"),
        ("izh_r_accommodation", "0.25"),
    ] {
        assert_eq!(both(id, half), [1, 1], "{id}");
    }
    for (id, half) in [("izh_d_phasic_burst", "0.1"), ("izh_n_rebound_burst", "0.1")] {
        assert!(both(id, half).iter().all(|num| (6..=10).contains(num)), "{id}");
    }
}

/// Class 1 has a saddle-node: (4.1 − b)² = 0.16 (108 + I) at I = 2.25, where the rate begins at 0. Class 2 loses its rest before
/// that, in a Hopf bifurcation: 0.08 v + 5 = a at v = −60 mV, I = 0.4.
#[test]
fn class_1_begins_slowly_class_2_does_not() {
    let last = |kind: &str, current: f64| {
        // From rest, so that nothing but the current makes it fire.
        let spec = spec_of(&format!(
            "demo=playground&inputs=none&neuron=izhikevich&{kind}&izh_start_mv=-60\
             &current=constant&current_mv={current}&duration_s=4"
        ));
        let ticks = ticks_of(&spec);
        let times_ms: Vec<f64> = ticks.into_iter().map(|tick| tick as f64 * 0.25).collect();
        (times_ms.len(), intervals(&times_ms).last().copied().unwrap_or(f64::INFINITY))
    };
    let one = |current| last("izh_form=class_1&izh_b=-0.1&izh_c_mv=-55&izh_d=6", current);
    let two = |current| last("izh_a=0.2&izh_b=0.26&izh_d=0", current);
    println!("{:?} {:?} {:?} {:?}", one(2.2), one(2.26), two(0.38), two(0.41));
    assert_eq!(one(2.2).0, 0);
    assert!(one(2.26).1 > 900.0 && one(3.0).1 < 170.0, "{:?}", one(2.26));
    assert_eq!(two(0.38).0, 0);
    assert!((24.0..32.0).contains(&two(0.41).1), "{:?}", two(0.41));
}

#[test]
fn kinds_of_2003_that_were_missing_fire_as_named() {
    // From rest with growing intervals, at once when it is let go, and twice to a pulse.
    let [rest, burst, resonator] =
        ["thalamocortical", "thalamocortical_burst", "resonator"].map(|id| preset(id, ""));
    println!("{rest:?} {burst:?} {resonator:?}");
    assert!(intervals(&rest).iter().all(|ms| *ms > 13.0) && rest.len() == 4, "{rest:?}");
    assert!(intervals(&burst)[0] < 6.0 && burst.len() == 5, "{burst:?}");
    assert_eq!(resonator.len(), 2, "{resonator:?}");
    // With half the step as well.
    let half = preset("thalamocortical_burst", "&dt_ms=0.125");
    assert!(intervals(&half)[0] < 6.0 && half.len() >= 5, "{half:?}");
}

#[test]
fn delayed_bursting_is_silent_at_first() {
    for step in ["", "&dt_ms=0.05"] {
        let times_ms = preset("delayed_bursting", step);
        let all = intervals(&times_ms);
        println!("{:.1?}", &times_ms[..8]);
        assert!((55.0..60.0).contains(&times_ms[0]), "{}", times_ms[0]);
        // Bursts of four.
        assert!(all[..3].iter().all(|ms| *ms < 10.0) && (50.0..65.0).contains(&all[3]), "{all:?}");
    }
}

#[test]
fn counting_all_spikes_silences_a_neuron() {
    for dt in ["", "&dt_ms=0.1", "&dt_ms=0.05"] {
        let coded = preset("aelif_coded", dt);
        assert!(coded.len() == 2 && coded[1] < 11.0, "{coded:?}");
        let meant = intervals(&preset("aelif_meant", dt));
        let last = meant[meant.len() - 1];
        assert!((10.5..11.5).contains(&last) && meant.len() > 80, "{last}");
    }
}

/// V_n = I (1 − βⁿ)/(1 − β), and what each reset makes of it.
#[test]
fn leaky_in_steps_is_the_closed_form() {
    for (id, interval) in [("leaky_steps", 7.0), ("leaky_to_zero", 8.0), ("leaky_no_reset", 1.0)] {
        let times_ms = preset(id, "");
        // The first step is step 0.
        assert!((times_ms[0] - 6.0).abs() < 1e-9, "{id}: {times_ms:?}");
        let all = intervals(&times_ms);
        assert!(all.iter().all(|ms| (ms - interval).abs() < 1e-9), "{id}: {all:?}");
    }
    // Its limit I/(1 − β) is below the threshold.
    assert!(preset("leaky_steps", "&current_mv=0.09").is_empty());
    assert!(!preset("leaky_steps", "&current_mv=0.1").is_empty());
}

/// A threshold of 1 is passed from below 2.5, the mean input: then it is raised by 1.5, or to 1.5 times as much.
#[test]
fn the_threshold_of_b_1_peaks_at_3_9_or_3_4() {
    for (id, (low, high)) in [("b1_adding", (3.7, 4.0)), ("b1_multiplying", (3.25, 3.55))] {
        let link = format!("demo=playground&preset={id}");
        let all = over_seeds(&link, 4, ["threshold_max_mv", "output_rate_hz"]);
        println!("{id}: {all:.2?}");
        assert!(all.iter().all(|of| (low..=high).contains(&of[0])), "{id}: {all:?}");
    }
}

#[test]
fn a_reversal_potential_at_the_threshold_keeps_it_silent() {
    for more in ["", "&g_total=200", "&g_total=200&rate_hz=1000"] {
        let link = format!("demo=playground&preset=b3_conductances{more}");
        let all = over_seeds(&link, 4, ["output_rate_hz"]);
        assert!(all.iter().all(|[rate]| *rate == 0.0), "{more}: {all:?}");
    }
    let above = "demo=playground&preset=b3_conductances&e_rev_mv=3&g_total=2";
    let above = over_seeds(above, 4, ["output_rate_hz"]);
    println!("{above:?}");
    assert!(above.iter().all(|[rate]| *rate > 1.0), "{above:?}");
}

/// In 7 ms, as its run has: about 43 and 10 spikes of each neuron.
#[test]
fn the_first_inputs_of_a_5_fire_four_times_as_often() {
    let rate = |id: &str| {
        let session = finished(&spec_of(&format!("demo=playground&preset={id}")));
        0.007 * number(&session, "output_rate_hz")
    };
    let [strong, weak] = ["a5_strong", "a5_weak"].map(rate);
    println!("{strong:.1} {weak:.1}");
    assert!((40.0..48.0).contains(&strong) && (9.0..13.0).contains(&weak), "{strong} {weak}");
}
