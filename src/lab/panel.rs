//! Panels: what figures an experiment has, as data. The page, the command line and the tests draw
//! any panel without knowing the experiment.
//!
//! Each figure is declared once, at its name; the order of the names is the order on the page:
//!
//! ```text
//! #[derive(Clone, Copy, Figures)]
//! #[figures(of = Run)]
//! pub enum Fig {
//!     // Its key is `rates`, unless (…, key = "other"); fn rates(&Run, Tick) -> Curve makes it.
//!     // It stands beside the network: without `hero` the first with `other_seeds` does, or the first.
//!     #[figure("Output rate", curve(EPOCH, "rate" in Hz), other_seeds, hero, draw = rates)]
//!     Rates,
//!     // A click on an item picks what fn neuron(&Run, u32) -> Option<u32> finds there.
//!     #[figure("Weights", matrix("output", "input"), value = "weight" in Mv, width = Full, draw = weights,
//!              pick = neuron)]
//!     Weights,
//!     // Its lines are called "n1", "n2", …, after the neurons of the population "output": they are found by those who
//!     // follow one in the network.
//!     #[figure("Potentials", trace(Axis::TIME, "potential" in Mv), draw = potentials,
//!              neurons = &[Named::new("output", "n", 1)])]
//!     Potentials,
//!     // Black is black and white is white in every theme: a photograph.
//!     #[figure("Picture", fields(Axis::NONE, "brightness"), grey, draw = picture)]
//!     Picture,
//!     #[figure("Two spikes", trace(Axis::TIME, Axis::NONE), drag = SPIKES, draw = spikes)]
//!     Spikes,
//!     // A click on a cell sets two parameters.
//!     #[figure("Rates", matrix("g", "external rate"), value = "rate" in Hz, plane = PLANE, draw = plane)]
//!     Plane,
//! }
//! ```
//! Shapes are `curve`, `trace`, `raster`, `fields`, `matrix` and `lamps`, each with its horizontal and its vertical axis: a
//! quantity, with its [`Unit`] if it has one, or any [`Axis`]. The derive writes [`trait@Figures`] for the page and
//! [`super::Draw`] for the simulator.

pub use stdp_derive::Figures;

use super::{Named, Unit};

/// A labelled axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The quantity.
    pub label: &'static str,
    /// Its unit.
    pub unit: Unit,
}

impl Axis {
    /// An axis that needs no label, such as the rows of a raster.
    pub const NONE: Self = Self { label: "", unit: Unit::None };

    /// Simulated time.
    pub const TIME: Self = Self { label: "time", unit: Unit::Ms };

    /// A quantity with its unit.
    pub const fn new(label: &'static str, unit: Unit) -> Self {
        Self { label, unit }
    }

    /// The quantity without what is said of it behind a comma: "interval", as it is read out.
    pub fn short(self) -> &'static str {
        self.label.split(',').next().unwrap_or_default()
    }

    /// The name of a table's column: quantity and unit, "membrane_potential_mv". Pure numbers have no unit.
    pub fn column(self) -> String {
        let unit = match self.unit {
            Unit::None | Unit::YesNo => "",
            Unit::Percent => "percent",
            unit => unit.word(),
        };
        let mut name = String::new();
        for letter in self.short().chars() {
            match letter {
                '/' => name.push_str("per"),
                'σ' => name.push_str("sigma"),
                letter if letter.is_ascii_alphanumeric() => name.push(letter.to_ascii_lowercase()),
                _ if name.is_empty() || name.ends_with('_') => {}
                _ => name.push('_'),
            }
        }
        let name = name.trim_end_matches('_');
        if unit.is_empty() || name == unit {
            name.into()
        } else {
            format!("{name}_{}", unit.to_ascii_lowercase())
        }
    }

    /// "membrane potential (mV)".
    pub fn text(self) -> String {
        match self.unit.symbol() {
            "" => self.label.into(),
            symbol => format!("{} ({symbol})", self.label),
        }
    }
}

/// Which shape of figure a panel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelKind {
    /// Spikes over time.
    Raster,
    /// State variables over time.
    Trace,
    /// Small pictures.
    Fields,
    /// Lines over any quantity.
    Curve,
    /// A table of numbers as colours.
    Matrix,
    /// Lamps that light up with an answer.
    Lamps,
}

/// How much room a panel takes on a wide page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// A quarter of the row.
    Narrow,
    /// Half of it.
    Half,
    /// Three quarters.
    Wide,
    /// All of it.
    Full,
}

/// Handles that are dragged sideways to set a parameter, which has a control of its own beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drag {
    /// The parameter.
    pub key: &'static str,
    /// Each handle stands at `handle.0 + handle.1 · value` on the horizontal axis.
    pub handles: &'static [(f64, f64)],
    /// A parameter by whose value two handles are moved together. It is set so that the handle that is not dragged
    /// stays where it is.
    pub middle: Option<&'static str>,
}

impl Drag {
    /// Where a handle stands, by the values of the parameter and of the middle, which is 0 without one.
    pub fn place(&self, handle: usize, value: f64, middle: f64) -> f64 {
        let (origin, slope) = self.handles[handle];
        origin + middle + slope * value
    }

    /// The other handle, if it is to stay.
    fn other(&self, handle: usize) -> Option<usize> {
        self.middle.and((self.handles.len() == 2).then_some(1 - handle))
    }

    /// The value for which a handle stands at `x`, when both parameters are `now`.
    pub fn value_at(&self, handle: usize, x: f64, now: (f64, f64)) -> f64 {
        let (origin, slope) = self.handles[handle];
        match self.other(handle) {
            None => (x - origin - now.1) / slope,
            Some(other) => {
                let stays = self.place(other, now.0, now.1) - self.handles[other].0;
                (x - origin - stays) / (slope - self.handles[other].1)
            }
        }
    }

    /// The middle for which the other handle stays, when the value is no longer that of `now` but `value`.
    pub fn middle_for(&self, handle: usize, value: f64, now: (f64, f64)) -> f64 {
        let slope = self.other(handle).map_or(0.0, |other| self.handles[other].1);
        now.1 + slope * (now.0 - value)
    }
}

/// A table whose cells stand for values of two parameters: a click on a cell sets both. Each has a control of its own too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    /// The parameters of columns and of rows.
    pub keys: [&'static str; 2],
    /// Value of the first column and of the first row.
    pub first: [f64; 2],
    /// From one column, and from one row, to the next.
    pub step: [f64; 2],
}

impl Plane {
    /// The values of both parameters in this column and row.
    pub fn values(&self, place: [u32; 2]) -> [f64; 2] {
        [0, 1].map(|axis| self.first[axis] + f64::from(place[axis]) * self.step[axis])
    }

    /// The column and the row that are nearest to these values, of a table of so many; none outside.
    pub fn nearest(&self, values: [f64; 2], num: [u32; 2]) -> Option<[u32; 2]> {
        let [column, row] = [0, 1].map(|axis| {
            let place = ((values[axis] - self.first[axis]) / self.step[axis]).round();
            (0.0..f64::from(num[axis])).contains(&place).then_some(place as u32)
        });
        Some([column?, row?])
    }
}

/// One figure of an experiment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Panel {
    /// Its name for `show=` and `hide=`, and for files.
    pub key: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Its shape.
    pub kind: PanelKind,
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// What its numbers are, where the vertical axis does not say or says too little: for tables.
    pub value: Axis,
    /// Its room.
    pub width: Width,
    /// A click on an item is sent back as [`super::Interaction::Pick`].
    pub pickable: bool,
    /// The learning curves of other seeds are laid behind this one.
    pub shows_other_seeds: bool,
    /// It answers the demo's question, and stands beside the network.
    pub is_hero: bool,
    /// Its pictures are photographs: black is black and white is white in every theme.
    pub is_grey: bool,
    /// What can be dragged in it.
    pub drag: Option<Drag>,
    /// What a click on one of its cells sets.
    pub plane: Option<Plane>,
    /// How its lines, pictures, rows and columns are named after neurons. Rows of a raster say whose they are.
    pub neurons: &'static [Named],
}

impl Panel {
    /// What its numbers are.
    pub fn quantity(&self) -> Axis {
        if self.value == Axis::NONE { self.y } else { self.value }
    }

    /// Its horizontal axis is the time of the run: a click there goes to that moment.
    pub fn is_over_run(&self) -> bool {
        self.kind == PanelKind::Curve && self.x == Axis::new("time", Unit::S)
    }

    /// A panel of half the row in which nothing can be picked or dragged.
    pub const fn new(
        key: &'static str,
        title: &'static str,
        kind: PanelKind,
        axes: (Axis, Axis),
    ) -> Self {
        Self {
            key,
            title,
            kind,
            x: axes.0,
            y: axes.1,
            value: Axis::NONE,
            width: Width::Half,
            pickable: false,
            shows_other_seeds: false,
            is_hero: false,
            is_grey: false,
            drag: None,
            plane: None,
            neurons: &[],
        }
    }
}

/// The names of figures: an enum, a variant for each.
pub trait Figures: Copy + Send + Sync + 'static {
    /// All of them, in the order of the page.
    const ALL: &'static [Self];

    /// Its panel.
    fn panel(self) -> Panel;
}

/// Which of these panels answers the question, by its place.
pub fn hero(panels: &[Panel]) -> usize {
    let first = |is_it: fn(&Panel) -> bool| panels.iter().position(is_it);
    first(|panel| panel.is_hero).or_else(|| first(|panel| panel.shows_other_seeds)).unwrap_or(0)
}

/// The panels of these figures.
pub fn panels<F: Figures>(figures: &[F]) -> Vec<Panel> {
    figures.iter().map(|figure| figure.panel()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_handle_that_is_dragged_moves() {
        let drag = Drag { key: "d", handles: &[(0.0, -0.5), (0.0, 0.5)], middle: Some("m") };
        let now = (10.0, 125.0);
        assert_eq!([drag.place(0, now.0, now.1), drag.place(1, now.0, now.1)], [120.0, 130.0]);
        for (handle, x, stays) in [(1, 150.0, 120.0), (0, 150.0, 130.0), (1, 100.0, 120.0)] {
            let value = drag.value_at(handle, x, now);
            let middle = drag.middle_for(handle, value, now);
            assert_eq!(drag.place(handle, value, middle), x);
            assert_eq!(drag.place(1 - handle, value, middle), stays);
        }
    }

    #[test]
    fn a_cell_stands_for_two_values() {
        let plane = Plane { keys: ["g", "eta"], first: [0.0, 4.0], step: [0.5, -0.25] };
        assert_eq!(plane.values([10, 8]), [5.0, 2.0]);
        assert_eq!(plane.nearest([5.1, 2.05], [17, 16]), Some([10, 8]));
        assert_eq!(plane.nearest([50.0, 2.0], [17, 16]), None);
        assert_eq!(plane.nearest([5.0, -1.0], [17, 16]), None);
    }

    #[test]
    fn curves_over_seconds_are_over_the_run() {
        let of = |kind, x| Panel::new("key", "Title", kind, (x, Axis::NONE)).is_over_run();
        assert!(of(PanelKind::Curve, Axis::new("time", Unit::S)));
        assert!(!of(PanelKind::Curve, Axis::new("epoch", Unit::None)));
        assert!(!of(PanelKind::Trace, Axis::TIME));
    }

    #[test]
    fn a_single_handle_stands_for_its_value() {
        let drag = Drag { key: "d", handles: &[(0.0, -1.0)], middle: None };
        assert_eq!(drag.value_at(0, 7.0, (3.0, 0.0)), -7.0);
        assert_eq!(drag.middle_for(0, -7.0, (3.0, 0.0)), 0.0);
        assert_eq!(drag.place(0, -7.0, 0.0), 7.0);
    }

    #[test]
    fn columns_are_named_by_quantity_and_unit() {
        let column = |label, unit| Axis::new(label, unit).column();
        assert_eq!(column("membrane potential", Unit::Mv), "membrane_potential_mv");
        assert_eq!(column("success / σ_R", Unit::None), "success_per_sigma_r");
        assert_eq!(
            column("output minus input, Δt = t_post − t_pre", Unit::Ms),
            "output_minus_input_ms"
        );
        assert_eq!(column("share", Unit::Share), "share");
        assert_eq!(column("hit rate", Unit::Share), "hit_rate_share");
        assert_eq!(Axis::TIME.column(), "time_ms");
    }
}
