//! What a figure shows at one moment, as plain data: the page, the command line and the tests all
//! draw or read these, and none of them knows which experiment they came from.
//!
//! Times inside a figure are offsets from its `start_ms`, because single precision could not tell
//! two spikes apart late in a long run.

use serde::{Deserialize, Serialize};

/// The content of one panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Figure {
    /// Spikes of a population over time.
    Raster(Raster),
    /// State variables over time.
    Trace(Trace),
    /// Small pictures side by side: receptive fields, stimuli.
    Fields(Fields),
    /// Lines over any quantity, with fainter ones behind.
    Curve(Curve),
    /// A labelled table of numbers drawn as colours.
    Matrix(Matrix),
    /// Lamps that light up with an answer, beside a copy's.
    Lamps(Lamps),
}

/// Spikes over time. `times_ms[i]` and `rows[i]` are one spike.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Raster {
    /// Left edge in simulated milliseconds.
    pub start_ms: f64,
    /// Width in milliseconds.
    pub width_ms: f32,
    /// One label per row, from the bottom; rows without a name have an empty one.
    pub row_labels: Vec<String>,
    /// Whose spikes the rows show; rows that only make room belong to nobody.
    pub blocks: Vec<RowBlock>,
    /// Offsets from `start_ms`.
    pub times_ms: Vec<f32>,
    /// The row of each spike.
    pub rows: Vec<u32>,
    /// Stretches of time with a name, such as a presentation.
    pub spans: Vec<Span>,
}

/// Rows one above the other that show neurons of one population.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowBlock {
    /// The population's name, as recorded spikes have it.
    pub population: String,
    /// The lowest of the rows.
    pub first_row: u32,
    /// How many rows there are.
    pub num_rows: u32,
    /// The number that the neuron of the lowest row has in its population.
    pub first_neuron: u32,
    /// What the number grows by from one row to the next.
    pub stride: u32,
    /// What these neurons are there for, which gives the rows their colour.
    pub role: RowRole,
    /// Tells groups of the same role apart: 0 is the role's own colour.
    pub shade: u8,
}

/// What the neurons of some rows are there for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowRole {
    /// Nothing that has a colour of its own.
    #[default]
    Plain,
    /// They come in.
    Input,
    /// Between inputs and outputs.
    Hidden,
    /// They are read out.
    Output,
    /// They excite others, in a network without outputs.
    Excitation,
    /// They inhibit others.
    Inhibition,
    /// Rewards.
    Reward,
    /// They are there to compare with: a frozen twin, what is wanted.
    Control,
}

impl RowRole {
    /// Its name in a legend; none for rows without a role.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Input => "input",
            Self::Hidden => "hidden",
            Self::Output => "output",
            Self::Excitation => "excitatory",
            Self::Inhibition => "inhibitory",
            Self::Reward => "reward",
            Self::Control => "comparison",
        }
    }
}

impl RowBlock {
    /// Rows of `num` neurons of a population, from number 0 on and from row `first_row` on.
    pub fn new(population: &str, first_row: u32, num: u32) -> Self {
        Self {
            population: population.into(),
            first_row,
            num_rows: num,
            first_neuron: 0,
            stride: 1,
            role: RowRole::Plain,
            shade: 0,
        }
    }

    /// The number of the neuron whose row this is, if it is one of these.
    pub fn neuron(&self, row: u32) -> Option<u32> {
        let place = row.checked_sub(self.first_row).filter(|place| *place < self.num_rows)?;
        Some(self.first_neuron + place * self.stride)
    }

    /// The row of this neuron, if it is in one of these.
    pub fn row(&self, neuron: u32) -> Option<u32> {
        let row = self.first_row + neuron.checked_sub(self.first_neuron)? / self.stride;
        (self.neuron(row) == Some(neuron)).then_some(row)
    }
}

impl Raster {
    /// The population and the number of the neuron that a row shows.
    pub fn neuron_of_row(&self, row: u32) -> Option<(&str, u32)> {
        self.blocks.iter().find_map(|block| Some((&*block.population, block.neuron(row)?)))
    }
}

/// A named stretch of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// Offset of its start from the figure's `start_ms`; may be negative.
    pub from_ms: f32,
    /// Offset of its end; may lie in the future.
    pub to_ms: f32,
    /// What is written above it.
    pub label: String,
    /// Learning was off.
    pub is_test: bool,
}

/// State variables sampled every `step_ms`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// Time of the first sample.
    pub start_ms: f64,
    /// Width of the axis in milliseconds.
    pub width_ms: f32,
    /// Time between two samples.
    pub step_ms: f32,
    /// The lines.
    pub series: Vec<Series>,
    /// Horizontal lines, such as a threshold.
    pub levels: Vec<Level>,
    /// Written into the middle: why there is nothing to see. Usually empty.
    pub note: String,
}

impl Trace {
    /// Least and greatest value, of levels too.
    fn extremes(&self) -> (f32, f32) {
        let values = self.series.iter().flat_map(|series| &series.values);
        let all = values.chain(self.levels.iter().map(|level| &level.value));
        all.filter(|value| value.is_finite())
            .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), v| (low.min(*v), high.max(*v)))
    }
}

/// One line of a trace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Its name in the legend.
    pub label: String,
    /// One value per sample.
    pub values: Vec<f32>,
    /// Samples at which this neuron spiked.
    pub spikes: Vec<u32>,
    /// Drawn in front and in full colour.
    pub is_selected: bool,
}

/// A horizontal line with a name; without one it is not drawn, and only the axis reaches there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Its name.
    pub label: String,
    /// Where it is.
    pub value: f32,
    /// The line that it belongs to, whose colour it has.
    pub of: Option<u32>,
}

/// Pictures of `columns × rows` pixels, row by row from the top.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fields {
    /// Pixels across.
    pub columns: u32,
    /// Pixels down.
    pub rows: u32,
    /// Value of the palest colour.
    pub low: f32,
    /// Value of the strongest colour.
    pub high: f32,
    /// Pixels at the end of each picture that only fill its last row.
    pub filler: u32,
    /// The pictures.
    pub fields: Vec<Field>,
}

/// One small picture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Written above it.
    pub label: String,
    /// Written below it.
    pub caption: String,
    /// One value per pixel.
    pub values: Vec<f32>,
    /// The one the visitor picked.
    pub is_selected: bool,
}

/// Lines over any quantity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// Least and greatest x shown.
    pub x_range: (f32, f32),
    /// Least and greatest y shown.
    pub y_range: (f32, f32),
    /// The lines, the first in front.
    pub lines: Vec<Line>,
    /// Single points with a name.
    pub marks: Vec<Mark>,
    /// What x gains from one value of a learning curve to the next, where those of other seeds are laid
    /// behind.
    pub per_block: f32,
    /// Written into the middle while there are no points, if there is more to say than that.
    pub note: String,
}

/// One line of a curve.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Its name in the legend.
    pub label: String,
    /// Its own name, where several lines share a label or one has none: see [`Line::name`].
    pub own_name: String,
    /// Horizontal positions.
    pub x: Vec<f32>,
    /// Values.
    pub y: Vec<f32>,
    /// How far the error bar of each point reaches to either side; empty if there are none.
    pub errors: Vec<f32>,
    /// How it is drawn.
    pub style: LineStyle,
}

impl Curve {
    /// Whether there is anything but levels to compare with.
    pub fn has_points(&self) -> bool {
        let is_own = |line: &&Line| {
            use LineStyle::{Expected, Reference, Ticks};
            !matches!(line.style, Reference | Expected | Ticks)
        };
        let mut own = self.lines.iter().filter(is_own);
        !self.marks.is_empty() || own.any(|line| line.y.iter().any(|y| y.is_finite()))
    }

    /// Widens the vertical axis so that it holds these values too.
    pub fn reach<'v>(&mut self, values: impl Iterator<Item = &'v f32>) {
        for y in values.filter(|y| y.is_finite()) {
            self.y_range = widest(self.y_range, (*y, *y));
        }
    }
}

impl Line {
    /// Whether it is at the same height all along.
    pub fn is_level(&self) -> bool {
        self.y.iter().all(|y| *y == self.y[0])
    }

    /// A line without error bars.
    pub fn new(label: &str, x: Vec<f32>, y: Vec<f32>, style: LineStyle) -> Self {
        Self { label: label.into(), x, y, style, ..Self::default() }
    }

    /// With a name of its own.
    pub fn named(self, name: impl Into<String>) -> Self {
        Self { own_name: name.into(), ..self }
    }

    /// What it is called where no two lines may have the same name, as in tables.
    pub fn name(&self) -> &str {
        if self.own_name.is_empty() { &self.label } else { &self.own_name }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineStyle {
    /// In full colour.
    #[default]
    Main,
    /// In full colour, and filled down to 0: a histogram.
    Filled,
    /// Ticks in a colour of their own: where they are counts, and their height means nothing.
    Ticks,
    /// Pale, behind the others: another seed.
    Faint,
    /// Grey, behind the others: the median of other seeds.
    Behind,
    /// Pale, in the colour of the main line of the same name: one of those that it is the mean of.
    Member,
    /// Filled from y to y + error, in the pale colour of the line of the same name.
    Band,
    /// Dashed: a level to compare with.
    Reference,
    /// Dashed, in the colour of the main line that it is the expectation of: the first such line belongs to
    /// the first main one, and so on.
    Expected,
    /// Single points, measured ones: the first such line belongs to the first main one, and so on.
    Points,
}

impl LineStyle {
    /// In front and in full colour: what the figure is about.
    pub fn is_main(self) -> bool {
        matches!(self, Self::Main | Self::Filled)
    }
}

/// One point with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Horizontal position.
    pub x: f32,
    /// Value.
    pub y: f32,
    /// Its name.
    pub label: String,
}

/// A table of numbers, row by row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// One per row.
    pub row_labels: Vec<String>,
    /// One per column.
    pub column_labels: Vec<String>,
    /// `row_labels.len() × column_labels.len()` values.
    pub values: Vec<f32>,
    /// Value of the strongest colour; the palest is 0.
    pub high: f32,
    /// Row and column of the cell that is meant, if one is.
    pub marked: Option<(u32, u32)>,
}

/// Lamps side by side, one for each thing that is asked, and below each the lamp of a copy to compare with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lamps {
    /// Whose lamps they are: those above, and those below.
    pub names: [String; 2],
    /// Value of a lamp that is fully lit; at 0 it is dark.
    pub high: f32,
    /// From the left.
    pub lamps: Vec<Lamp>,
}

/// A lamp and the one below it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lamp {
    /// What is asked.
    pub label: String,
    /// The answer, and the copy's; no number while there is none.
    pub values: [f32; 2],
    /// It should be lit.
    pub is_target: bool,
}

/// The least and greatest of two ranges.
fn widest(a: (f32, f32), b: (f32, f32)) -> (f32, f32) {
    (a.0.min(b.0), a.1.max(b.1))
}

impl Figure {
    /// Gives two figures of the same panel the same axes, so that they can be compared. Traces have axes
    /// that follow their values: each gets the other's extremes as levels without a name.
    pub fn link_axes(a: &mut Self, b: &mut Self) {
        match (a, b) {
            (Self::Curve(a), Self::Curve(b)) => {
                a.x_range = widest(a.x_range, b.x_range);
                a.y_range = widest(a.y_range, b.y_range);
                (b.x_range, b.y_range) = (a.x_range, a.y_range);
            }
            (Self::Matrix(a), Self::Matrix(b)) => {
                a.high = a.high.max(b.high);
                b.high = a.high;
            }
            (Self::Fields(a), Self::Fields(b)) => {
                (a.low, a.high) = widest((a.low, a.high), (b.low, b.high));
                (b.low, b.high) = (a.low, a.high);
            }
            (Self::Lamps(a), Self::Lamps(b)) => {
                a.high = a.high.max(b.high);
                b.high = a.high;
            }
            (Self::Trace(a), Self::Trace(b)) => {
                let (low, high) = widest(a.extremes(), b.extremes());
                let reach = [low, high].map(|value| Level { value, ..Level::default() });
                a.levels.extend(reach.clone());
                b.levels.extend(reach);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_their_neurons() {
        let mut raster = Raster { blocks: vec![RowBlock::new("input", 0, 2)], ..Raster::default() };
        let shown = RowBlock { first_neuron: 100, stride: 5, ..RowBlock::new("output", 4, 3) };
        raster.blocks.push(shown);
        let neurons: Vec<_> = (0..8).map(|row| raster.neuron_of_row(row)).collect();
        let out = |neuron| Some(("output", neuron));
        let expected = [Some(("input", 0)), Some(("input", 1)), None, None];
        assert_eq!(neurons[..4], expected);
        assert_eq!(neurons[4..], [out(100), out(105), out(110), None]);
    }
}
