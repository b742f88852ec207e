//! The still in the home page's hero: fifteen pixels, four outputs and the synapses between them, drawn of learned weights.

use std::fmt::Write;

use stdp_playground::record::figure::{Field, Fields};

const WIDTH: f64 = 680.0;
const HEIGHT: f64 = 360.0;
/// Across and down.
const CELL: f64 = 44.0;
const LEFT: f64 = 24.0;
/// Where the outputs stand, and their pictures beside them.
const OUTPUT: f64 = 474.0;
const PICTURE: f64 = 546.0;
const SMALL: f64 = 12.5;
/// The output that is shown to answer.
const ANSWERS: usize = 2;
/// A synapse above it draws its letter.
const STRONG: f32 = 0.5;

/// Colours by role, as in style/tokens.css, for light and for dark.
const STYLE: &str = "<style>.input{fill:#1f6fd0}.off{fill:#fff;stroke:#d3d7de}.out{fill:#c25a00}.ring{fill:#fff;stroke:#c25a00}\
    .line{stroke:#6f7988}.lit{stroke:#1f6fd0}.stop{stroke:#7a4fd0}.end{fill:#7a4fd0}text{fill:#5a616d;font:13px system-ui,\
    sans-serif}.name{fill:#1d2129;font-size:18px;font-weight:600}@media(prefers-color-scheme:dark){.input{fill:#6aa9f5}\
    .off{fill:#171b22;stroke:#3a424f}.out{fill:#f2a24e}.ring{fill:#171b22;stroke:#f2a24e}.line{stroke:#8f99a8}\
    .lit{stroke:#6aa9f5}.stop{stroke:#b49af2}.end{fill:#b49af2}text{fill:#9da5b2}.name{fill:#e7eaef}}</style>";

/// The network as an SVG document.
pub fn network(learned: &Fields) -> String {
    let share = |value: f32| (value - learned.low) / (learned.high - learned.low);
    let columns = learned.columns as usize;
    let top = (HEIGHT - 24.0 - CELL * f64::from(learned.rows)) / 2.0;
    let pixel = |idx: usize| {
        let (x, y) = ((idx % columns) as f64, (idx / columns) as f64);
        (LEFT + CELL * x, top + CELL * y)
    };
    let num = learned.fields.len();
    let middle = |output: usize| (output as f64 + 0.5) * (HEIGHT - 24.0) / num as f64;
    let shown = &learned.fields[ANSWERS];
    let is_on = |idx: usize| share(shown.values[idx]) > STRONG;

    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">{STYLE}"
    );
    // Lit ones last, so that they lie on top.
    for pass_lit in [false, true] {
        for (output, field) in learned.fields.iter().enumerate() {
            for idx in 0..shown.values.len() {
                let is_lit = output == ANSWERS && is_on(idx);
                if is_lit == pass_lit {
                    let (x, y) = pixel(idx);
                    let ends = (x + CELL - 5.0, y + CELL / 2.0, middle(output));
                    synapse(&mut out, ends, f64::from(share(field.values[idx])), is_lit);
                }
            }
        }
    }
    for idx in 0..shown.values.len() {
        let ((x, y), class) = (pixel(idx), if is_on(idx) { "input" } else { "off" });
        let _ = write!(
            out,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{2}\" height=\"{2}\" rx=\"7\"/>",
            x + 4.0,
            y + 4.0,
            CELL - 8.0
        );
    }
    for (output, field) in learned.fields.iter().enumerate() {
        if output != ANSWERS {
            inhibition(&mut out, middle(ANSWERS), middle(output));
        }
        neuron(&mut out, middle(output), output == ANSWERS);
        picture(&mut out, middle(output), field, columns, &share);
    }
    let bottom = HEIGHT - 6.0;
    let _ = write!(out, "<text x=\"{}\" y=\"{bottom}\">15 pixels</text>", LEFT + 4.0);
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{bottom}\" text-anchor=\"end\">4 output neurons and what they have learned</text>",
        WIDTH - 16.0
    );
    out + "</svg>\n"
}

fn synapse(out: &mut String, (x, y, end): (f64, f64, f64), weight: f64, is_lit: bool) {
    let (stop, mid) = (OUTPUT - 21.0, (x + OUTPUT) / 2.0);
    let (class, opacity) = if is_lit { ("lit", 0.85) } else { ("line", 0.07 + 0.3 * weight) };
    let _ = write!(
        out,
        "<path class=\"{class}\" d=\"M{x} {y}C{mid} {y} {mid} {end} {stop} {end}\" fill=\"none\" stroke-width=\"{:.2}\" \
         opacity=\"{opacity:.2}\"/>",
        0.5 + 2.8 * weight
    );
}

/// From the output that answers to another one, which it holds back: round at its end.
fn inhibition(out: &mut String, from: f64, to: f64) {
    let (side, num_away) = ((to - from).signum(), ((to - from).abs() / 84.0).round());
    let (start, end) = (from + 20.0 * side, to - 24.0 * side);
    let bulge = OUTPUT + 6.0 + 22.0 * num_away;
    let _ = write!(
        out,
        "<path class=\"stop\" d=\"M{x} {start}C{bulge} {start} {bulge} {end} {x} {end}\" fill=\"none\" stroke-width=\"1.75\"/>\
         <circle class=\"end\" cx=\"{x}\" cy=\"{end}\" r=\"4.5\"/>",
        x = OUTPUT + 8.0
    );
}

fn neuron(out: &mut String, y: f64, answers: bool) {
    if answers {
        let _ = write!(
            out,
            "<circle class=\"out\" cx=\"{OUTPUT}\" cy=\"{y}\" r=\"31\" opacity=\"0.2\"/><circle class=\"out\" cx=\"{OUTPUT}\" \
             cy=\"{y}\" r=\"20\"/>"
        );
    } else {
        let _ = write!(
            out,
            "<circle class=\"ring\" cx=\"{OUTPUT}\" cy=\"{y}\" r=\"19\" stroke-width=\"2.5\"/>"
        );
    }
}

fn picture(out: &mut String, y: f64, field: &Field, columns: usize, share: &dyn Fn(f32) -> f32) {
    let top = y - SMALL * (field.values.len() / columns) as f64 / 2.0;
    for (idx, value) in field.values.iter().enumerate() {
        let _ = write!(
            out,
            "<rect class=\"out\" x=\"{}\" y=\"{}\" width=\"{3}\" height=\"{3}\" rx=\"2\" opacity=\"{2:.2}\"/>",
            PICTURE + SMALL * (idx % columns) as f64,
            top + SMALL * (idx / columns) as f64,
            0.08 + 0.92 * share(*value),
            SMALL - 1.5
        );
    }
    let name = PICTURE + SMALL * columns as f64 + 14.0;
    let _ =
        write!(out, "<text class=\"name\" x=\"{name}\" y=\"{}\">{}</text>", y + 6.0, field.caption);
}
