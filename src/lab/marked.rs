//! Which parts of a figure belong to the neurons that are followed in the picture of the network. A figure need not be made
//! anew for it: rows of a raster say whose they are, and of other figures the panel says which names neurons have.

use super::Panel;
use crate::record::Figure;

/// No more lines are marked: a neuron with a line for each of its synapses would cover all others.
const MOST: usize = 40;

/// Parts of a figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marked {
    /// Rows of a raster or of a matrix, pictures, lines.
    pub items: Vec<u32>,
    /// Columns of a matrix.
    pub columns: Vec<u32>,
    /// Places on the horizontal axis: weights in a histogram of weights.
    pub places: Vec<f32>,
}

impl Marked {
    /// The parts of a figure that belong to these neurons, each with the name of its population.
    pub fn of(figure: &Figure, panel: &Panel, neurons: &[(&str, u32)]) -> Self {
        let is_followed = |name: &str| {
            panel.neurons.iter().any(|named| {
                let neuron = named.neuron(name);
                neuron.is_some_and(|neuron| neurons.contains(&(named.population, neuron)))
            })
        };
        let all = |names: &mut dyn Iterator<Item = &str>| {
            let found = (0..).zip(names).filter(|(_, name)| is_followed(name));
            found.map(|(place, _)| place).take(MOST).collect::<Vec<u32>>()
        };
        let items = match figure {
            Figure::Raster(raster) => {
                let rows = |(population, neuron): &(&str, u32)| {
                    let own = raster.blocks.iter().filter(move |it| it.population == *population);
                    own.filter_map(|block| block.row(*neuron)).collect::<Vec<u32>>()
                };
                neurons.iter().flat_map(rows).collect()
            }
            Figure::Trace(trace) => all(&mut trace.series.iter().map(|series| &*series.label)),
            Figure::Fields(fields) => all(&mut fields.fields.iter().map(|field| &*field.label)),
            Figure::Curve(curve) => all(&mut curve.lines.iter().map(|line| line.name())),
            Figure::Matrix(matrix) => all(&mut matrix.row_labels.iter().map(|label| &**label)),
            Figure::Lamps(_) => Vec::new(),
        };
        let columns = match figure {
            Figure::Matrix(matrix) => all(&mut matrix.column_labels.iter().map(|label| &**label)),
            _ => Vec::new(),
        };
        Self { items, columns, places: Vec::new() }
    }

    /// With the weights of these neurons, if it is a histogram of weights.
    pub fn with_weights(mut self, figure: &Figure, panel: &Panel, weights: Vec<f32>) -> Self {
        let is_histogram = panel.x.label == "weight" && panel.y.label == "share";
        if let Figure::Curve(curve) = figure
            && is_histogram
        {
            let (low, high) = curve.x_range;
            self.places = weights;
            self.places.retain(|weight| (low..=high).contains(weight));
        }
        self
    }

    /// Whether nothing in the figure belongs to them.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.columns.is_empty() && self.places.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Axis, Named, PanelKind, Unit};
    use super::*;
    use crate::record::figure::{Curve, Field, Fields, Line, LineStyle, Matrix, Raster, RowBlock};

    const OUTPUTS: &[Named] = &[Named::new("output", "n", 1), Named::new("output", "first", 0)];

    fn panel(kind: PanelKind, x: &'static str, y: &'static str) -> Panel {
        let axes = (Axis::new(x, Unit::None), Axis::new(y, Unit::None));
        Panel { neurons: OUTPUTS, ..Panel::new("key", "Title", kind, axes) }
    }

    #[test]
    fn rows_pictures_and_columns_are_found() {
        let shown = RowBlock { first_neuron: 10, stride: 5, ..RowBlock::new("output", 3, 4) };
        let raster = Figure::Raster(Raster { blocks: vec![shown], ..Raster::default() });
        let of = |figure: &Figure, kind, neurons: &[(&str, u32)]| {
            Marked::of(figure, &panel(kind, "time", "neuron"), neurons)
        };
        assert_eq!(of(&raster, PanelKind::Raster, &[("output", 20)]).items, [5]);
        assert!(of(&raster, PanelKind::Raster, &[("output", 21), ("input", 20)]).is_empty());
        let field = |label: &str| Field { label: label.into(), ..Field::default() };
        let fields = vec![field("pattern"), field("n1"), field("n2 for B")];
        let fields = Figure::Fields(Fields { fields, ..Fields::default() });
        assert_eq!(of(&fields, PanelKind::Fields, &[("output", 1)]).items, [2]);
        let labels = |all: [&str; 3]| all.map(String::from).to_vec();
        let matrix = Figure::Matrix(Matrix {
            row_labels: labels(["A", "B", "C"]),
            column_labels: labels(["n3", "n1", "n2"]),
            ..Matrix::default()
        });
        let marked = of(&matrix, PanelKind::Matrix, &[("output", 0), ("output", 2)]);
        assert_eq!((marked.items, marked.columns), (vec![], vec![0, 1]));
    }

    #[test]
    fn weights_are_marked_in_histograms_of_weights_only() {
        let line = Line::new("n1", vec![0.0], vec![0.0], LineStyle::Main);
        let curve =
            Figure::Curve(Curve { x_range: (0.0, 1.0), lines: vec![line], ..Curve::default() });
        let of = |x, y| {
            let panel = panel(PanelKind::Curve, x, y);
            let marked = Marked::of(&curve, &panel, &[("output", 0)]);
            marked.with_weights(&curve, &panel, vec![0.5, 7.0, f32::NAN])
        };
        assert_eq!(of("weight", "share").places, [0.5]);
        assert_eq!(of("time", "share"), Marked { items: vec![0], ..Marked::default() });
    }
}
