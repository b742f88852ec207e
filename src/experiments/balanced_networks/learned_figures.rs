//! The figures of inhibition that learns.

use super::DT_MS;
use super::describe::{INPUT, NUM_GROUPS, OUTPUT, first_of};
use super::learned::{LearnedRun, SHOWN, WINDOW_MS, shown};
use crate::kit::figure::{Rows, Window};
use crate::lab::{Axis, Figures, Unit};
use crate::record::figure::{Curve, Line, LineStyle, Raster, RowRole, Trace};
use crate::sim::Tick;

const TIME: Axis = Axis::new("time", Unit::S);

/// The figures, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Figures)]
#[figures(of = LearnedRun)]
pub enum Fig {
    #[figure("Tuning of excitation and inhibition", curve("group of inputs", "weight, share of the largest"),
             hero, draw = tuning)]
    Tuning,
    #[figure("Output rate", curve(TIME, "rate" in Hz), draw = rate)]
    Rate,
    #[figure("Does inhibition follow excitation?", curve(TIME, "correlation over groups"), other_seeds,
             draw = follows)]
    Follows,
    #[figure("Inhibitory weights of the groups", curve(TIME, "mean weight, in leaks"), draw = weights)]
    Weights,
    #[figure("Spikes, last second", raster(Axis::TIME, "input"), width = Full, draw = raster)]
    Spikes,
    #[figure("Potential of the output", trace(Axis::TIME, "potential" in Mv), width = Full,
             draw = potential)]
    Potential,
}

/// As shares of the largest, since inhibition takes other weights to cancel as much.
fn tuning(run: &LearnedRun, _: Tick) -> Curve {
    let line = |label: &str, weights: &[f32], style| {
        let most = weights.iter().copied().fold(1e-9, f32::max);
        let x = (1..=NUM_GROUPS).map(|group| group as f32).collect();
        Line::new(label, x, weights.iter().map(|w| w / most).collect(), style)
    };
    let lines = vec![
        line("inhibition, learned", &run.inhibition(), LineStyle::Main),
        line("excitation, fixed", &run.excitation, LineStyle::Reference),
    ];
    Curve {
        x_range: (0.5, NUM_GROUPS as f32 + 0.5),
        y_range: (0.0, 1.1),
        lines,
        ..Curve::default()
    }
}

fn rate(run: &LearnedRun, _: Tick) -> Curve {
    let lines =
        vec![run.blocks.line("output", &run.rate_hz), run.blocks.level("target", run.target_hz())];
    let top = lines.iter().flat_map(|line| &line.y).copied().fold(10.0, f32::max);
    run.blocks.curve(lines, (0.0, 1.1 * top))
}

fn follows(run: &LearnedRun, _: Tick) -> Curve {
    let line = run.blocks.line("this run", &run.tuning);
    run.blocks.curve(vec![line], (-1.05, 1.05))
}

fn weights(run: &LearnedRun, _: Tick) -> Curve {
    let lines: Vec<Line> = (1..)
        .zip(&run.weights_then)
        .map(|(group, then)| run.blocks.line(&format!("group {group}"), then))
        .collect();
    let top = lines.iter().flat_map(|line| &line.y).copied().fold(0.05, f32::max);
    run.blocks.curve(lines, (0.0, 1.1 * top))
}

/// The groups from the bottom, each with its inhibitory input above its excitatory ones, and the output on top.
fn raster(run: &LearnedRun, now: Tick) -> Raster {
    let window = Window::latest(now, WINDOW_MS, DT_MS);
    let mut rows = Rows::default();
    let mut firsts = Vec::new();
    for group in 0..NUM_GROUPS {
        let [exc, inh] = first_of(group);
        rows.role(RowRole::Input, (group % 2) as u8);
        let first = rows.group(&format!("{}", group + 1), INPUT, (exc, 1), SHOWN[0]);
        rows.role(RowRole::Inhibition, 0);
        let inhibitory = rows.group("", INPUT, (inh, 1), SHOWN[1]);
        firsts.push([first, inhibitory]);
    }
    rows.gap(1);
    rows.role(RowRole::Output, 0);
    let output = rows.row("output", OUTPUT, 0);
    let (mut times_ms, mut spikes) = run.raster.since(window.start, DT_MS);
    for row in &mut spikes {
        let (group, is_inhibitory, place) = shown(*row).expect("an input that is shown");
        *row = firsts[group as usize][usize::from(is_inhibitory)] + place;
    }
    let (outputs_ms, _) = run.outputs.since(window.start, DT_MS);
    spikes.extend(outputs_ms.iter().map(|_| output));
    times_ms.extend(outputs_ms);
    window.raster(rows, (times_ms, spikes), Vec::new())
}

fn potential(run: &LearnedRun, now: Tick) -> Trace {
    Window::latest(now, WINDOW_MS, DT_MS).trace(&run.potential, |_| "output".into())
}
