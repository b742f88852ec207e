//! Curves that both networks have: weights by group and output, and how alike the two outputs are.

use super::PATTERNS;
use super::seen::{POPULATIONS, Seen};
use crate::kit::figure::{self, Rows, Window};
use crate::lab::Named;
use crate::record::TraceLog;
use crate::record::figure::{Curve, Level, Line, LineStyle, Raster, RowRole, Span, Trace};

/// Names of the four means: of each group of inputs onto each output.
const GROUPS: [[&str; 2]; 3] = [["▲ → 1", "▲ → 2"], ["■ → 1", "■ → 2"], ["both → 1", "both → 2"]];

/// Names of lines and columns of outputs, and of lines of weights.
pub const OUTPUTS: &[Named] = &[Named::new(POPULATIONS[1], "out ", 1)];
pub const WEIGHTS: &[Named] = &[
    Named::new(POPULATIONS[0], "weight of input ", 0),
    // Means only: a line for each weight onto an output would cover all others.
    Named::new(POPULATIONS[1], "→ ", 1),
];

/// Points at the ends of blocks of length `per_block`.
fn line(label: &str, y: &[f32], per_block: f32, style: LineStyle) -> Line {
    figure::over_time(label, y, per_block.into(), style)
}

/// The mean of each group's weights onto each output, and every weight, pale. `history` holds one weight over all
/// blocks as `input × 2 + output`; `group_of` says which group an input belongs to, if any.
pub fn weights(
    history: &[Vec<f32>],
    group_of: impl Fn(usize) -> Option<usize>,
    (per_block, end): (f32, f32),
    least: (f32, f32),
) -> Curve {
    let (mut mains, mut members) = (Vec::new(), Vec::new());
    let num_blocks = history[0].len();
    for (group, labels) in GROUPS.iter().enumerate() {
        for (output, label) in labels.iter().enumerate() {
            let mut mean = vec![0.0_f32; num_blocks];
            let own = history.iter().enumerate().skip(output).step_by(2);
            let own: Vec<(usize, &Vec<f32>)> =
                own.filter(|(curve, _)| group_of(curve / 2) == Some(group)).collect();
            for (curve, w) in &own {
                mean.iter_mut().zip(*w).for_each(|(mean, w)| *mean += w / own.len() as f32);
                let name = format!("weight of input {} onto out {}", curve / 2, output + 1);
                members.push(line(label, w, per_block, LineStyle::Member).named(name));
            }
            if !own.is_empty() {
                mains.push(line(label, &mean, per_block, LineStyle::Main));
            }
        }
    }
    let all = || history.iter().flatten().copied();
    let low = all().fold(least.0, f32::min);
    let high = all().fold(least.1, f32::max);
    mains.extend(members);
    let margin = 0.03 * (high - low);
    figure::over_run(mains, (low - margin, high + margin), (per_block, end))
}

/// Cosine and centred similarity, and the cosine of the weights at the start.
pub fn similarity(seen: &Seen, (per_block, end): (f32, f32)) -> Curve {
    let lines = vec![
        line("cosine", &seen.cosine, per_block, LineStyle::Main),
        line("centred", &seen.centred, per_block, LineStyle::Main),
        figure::level("start", end, seen.baseline as f32),
    ];
    figure::over_run(lines, (-1.05, 1.1), (per_block, end))
}

/// What weights have gained: their mean, and each of them, pale.
pub fn gains(values: &[Vec<f32>], (per_block, end): (f32, f32)) -> Curve {
    let mut mean = vec![0.0_f32; values[0].len()];
    for own in values {
        mean.iter_mut().zip(own).for_each(|(mean, gain)| *mean += gain / values.len() as f32);
    }
    let mut lines = vec![line("mean", &mean, per_block, LineStyle::Main)];
    lines.extend(values.iter().enumerate().map(|(input, own)| {
        let name = format!("gain of the weight of input {input}");
        line("mean", own, per_block, LineStyle::Member).named(name)
    }));
    figure::over_run(lines, (-0.5, 3.0), (per_block, end))
}

/// Spikes of inputs in groups, each with its name, its shade and its size, and above them those of outputs, each with empty
/// rows below it, so that there is room for their names.
pub fn raster(
    seen: &Seen,
    window: Window,
    groups: &[(&str, u8, u32)],
    has_silent: bool,
    spans: Vec<Span>,
) -> Raster {
    let mut rows = Rows::default();
    for (name, shade, size) in groups.iter().filter(|(.., size)| *size > 0) {
        rows.role(RowRole::Input, *shade);
        rows.group(name, POPULATIONS[0], (rows.num(), 1), *size);
    }
    let num = rows.num();
    rows.role(RowRole::Output, 0);
    let gap = num / 10 + 1;
    let names = ["out 1", "out 2", "silent out"];
    for (output, name) in (0..).zip(&names[..2 + usize::from(has_silent)]) {
        rows.gap(gap);
        rows.row(name, POPULATIONS[1], output);
    }
    let (mut times_ms, mut spikes) = seen.inputs.since(window.start, window.dt_ms);
    let (times, outputs) = seen.outputs.since(window.start, window.dt_ms);
    times_ms.extend(times);
    spikes.extend(outputs.into_iter().map(|output| num + gap + output * (gap + 1)));
    window.raster(rows, (times_ms, spikes), spans)
}

/// Values of both outputs, and paler those of inputs.
pub fn trace(log: &TraceLog, window: Window, levels: Vec<Level>) -> Trace {
    const NAMES: [&str; 4] = ["out 1", "out 2", PATTERNS[0], PATTERNS[1]];
    let mut trace = window.trace(log, |column| NAMES[column as usize].into());
    trace.series[..2].iter_mut().for_each(|series| series.is_selected = true);
    Trace { levels, ..trace }
}

/// Two shares over blocks.
pub fn shares(labels: [&str; 2], values: [&[f32]; 2], (per_block, end): (f32, f32)) -> Curve {
    let lines = labels.into_iter().zip(values);
    let lines = lines.map(|(label, y)| line(label, y, per_block, LineStyle::Main)).collect();
    figure::over_run(lines, (-0.05, 1.05), (per_block, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_of_their_group_and_output() {
        // Inputs 0 and 1 belong to ▲, 2 to ■, 3 to none; the second number is the output.
        let history: Vec<Vec<f32>> =
            [1.0, 5.0, 3.0, 7.0, 10.0, 20.0, 99.0, 99.0].into_iter().map(|w| vec![w]).collect();
        let group_of = |input| [Some(0), Some(0), Some(1), None][input];
        let curve = weights(&history, group_of, (10.0, 100.0), (0.0, 1.0));
        let means: Vec<(&str, f32)> =
            curve.lines[..4].iter().map(|line| (line.label.as_str(), line.y[0])).collect();
        assert_eq!(means, [("▲ → 1", 2.0), ("▲ → 2", 6.0), ("■ → 1", 10.0), ("■ → 2", 20.0)]);
        assert_eq!(curve.lines.len(), 4 + 6);
        assert_eq!(curve.lines[0].x, [10.0]);
    }
}
