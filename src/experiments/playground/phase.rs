//! Phase planes of neurons with two variables: where each of them stands still, and the way of one neuron.

use super::params::{AdExParams, ExponentialParams, IzhikevichForm, NeuronKind};
use super::run::PlaygroundRun;
use super::seen::FOLLOWED;
use crate::kit::figure::Window;
use crate::record::figure::{Curve, Line, LineStyle};
use crate::sim::{Tick, math};

/// Points of a nullcline.
const POINTS: u32 = 200;
/// How far back the way goes.
const LATEST_MS: f64 = 300.0;

/// It has two variables.
pub fn has_plane(neuron: &NeuronKind) -> bool {
    matches!(neuron, NeuronKind::AdEx(..) | NeuronKind::Izhikevich(_) | NeuronKind::Adaptive(..))
}

/// Where the potential, and where the second variable, stands still at this potential and under this current.
fn nullclines(neuron: &NeuronKind, v: f64, current_mv: f64) -> Option<[f64; 2]> {
    match neuron {
        NeuronKind::AdEx(c, a) => Some(adex(c, a, v, current_mv)),
        NeuronKind::Izhikevich(c) => {
            let [linear, constant] = c.form.of_v();
            // Where u only sums, it stands still at one potential, whatever it is.
            let of_u = if c.form == IzhikevichForm::Sums { f64::NAN } else { c.b * v };
            Some([0.04 * v * v + linear * v + constant + current_mv, of_u])
        }
        _ => None,
    }
}

fn adex(c: &ExponentialParams, a: &AdExParams, v: f64, current_mv: f64) -> [f64; 2] {
    let upstroke = c.delta_t_mv * math::exp_f64((v - c.v_th_mv) / c.delta_t_mv);
    [c.g_l_ns * (c.e_l_mv - v + upstroke + current_mv), a.a_ns * (v - c.e_l_mv)]
}

/// The plane of the chosen neuron. A spike goes up to its peak; then the neuron begins anew elsewhere.
pub fn plane(run: &PlaygroundRun, now: Tick) -> Curve {
    let width_ms = run.p.window_ms().min(LATEST_MS);
    let window = Window::latest(now, width_ms, run.p.dt_ms);
    let kept = FOLLOWED.min(run.p.num_neurons()) as usize;
    let trace = window.trace(&run.seen.trace, |_| String::new());
    let trace = run.seen.with_peaks(trace, run.p.neuron.peak_mv());
    let chosen = run.seen.followed() as usize;
    let (of_v, of_second) = (&trace.series[chosen], &trace.series[kept + chosen].values);
    let (mut v, mut second) = (of_v.values.clone(), of_second.clone());
    for spike in of_v.spikes.iter().rev() {
        let after = (*spike as usize + 1).min(v.len());
        v.insert(after, f32::NAN);
        second.insert(after, f32::NAN);
    }
    if let NeuronKind::Adaptive(lif, _) = &run.p.neuron {
        let stands_still_mv = lif.e_l_mv + run.p.current.lasting_mv();
        return moving_threshold([v, second], [stands_still_mv as f32, lif.v_th_mv as f32]);
    }
    let peak_mv = run.p.neuron.peak_mv().unwrap_or(0.0);
    let (low, high) = (-95.0_f32, peak_mv + 5.0);
    let current_mv = run.p.current.lasting_mv();
    let at = |place: u32| low + (high - low) * place as f32 / (POINTS - 1) as f32;
    let points: Vec<(f32, [f32; 2])> = (0..POINTS)
        .map(at)
        .filter_map(|v| {
            let lines = nullclines(&run.p.neuron, f64::from(v), current_mv)?;
            Some((v, lines.map(|line| line as f32)))
        })
        .collect();
    // As far as the neuron goes and the potential's line reaches down, and some more.
    let bottom = points.iter().map(|(_, lines)| lines[0]).fold(f32::INFINITY, f32::min);
    let reach = second.iter().copied().chain([bottom]).filter(|y| y.is_finite());
    let (least, most) = reach.fold((0.0_f32, 1.0_f32), |(a, b), y| (a.min(y), b.max(y)));
    let room = 0.2 * (most - least);
    let y_range = (least - room, most + room);
    let mut lines = Vec::new();
    if !v.is_empty() {
        lines.push(Line::new("neuron", v, second, LineStyle::Main));
    }
    let labels = ["potential stands still", "second variable stands still"];
    for (of, label) in labels.into_iter().enumerate() {
        // What lies above or below is cut off.
        let line = points.iter().map(|(v, lines)| (*v, lines[of]));
        let (x, y) = line.filter(|(_, y)| (y_range.0..=y_range.1).contains(y)).unzip();
        lines.push(Line::new(label, x, y, LineStyle::Reference));
    }
    Curve { x_range: (low, high), y_range, lines, ..Curve::default() }
}

/// A potential and the threshold that it has to reach, which stand still at these values.
fn moving_threshold([v, threshold]: [Vec<f32>; 2], [v_mv, threshold_mv]: [f32; 2]) -> Curve {
    let range = |values: &[f32], also: f32| {
        let all = values.iter().copied().filter(|v| v.is_finite()).chain([also]);
        let (low, high) = all.fold((also, also), |(low, high), v| (low.min(v), high.max(v)));
        (low - 2.0, high + 2.0)
    };
    let (x_range, y_range) = (range(&v, v_mv), range(&threshold, threshold_mv));
    let mut lines = Vec::new();
    if !v.is_empty() {
        lines.push(Line::new("neuron", v, threshold, LineStyle::Main));
    }
    let (low, high) = (x_range.0.max(y_range.0), x_range.1.min(y_range.1));
    if low < high {
        let ends = vec![low, high];
        lines.push(Line::new("fires", ends.clone(), ends, LineStyle::Expected));
    }
    let across = |x: [f32; 2], y: [f32; 2], label: &str| {
        Line::new(label, x.to_vec(), y.to_vec(), LineStyle::Reference)
    };
    lines.push(across([v_mv; 2], [y_range.0, y_range.1], "potential stands still"));
    lines.push(across([x_range.0, x_range.1], [threshold_mv; 2], "threshold stands still"));
    Curve { x_range, y_range, lines, ..Curve::default() }
}
