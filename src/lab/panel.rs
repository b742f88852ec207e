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
//!     #[figure("Output rate", curve(EPOCH, "rate" in Hz), other_seeds, draw = rates)]
//!     Rates,
//!     // A click on an item picks what fn neuron(&Run, u32) -> Option<u32> finds there.
//!     #[figure("Weights", matrix("output", "input"), value = "weight" in Mv, width = Full, draw = weights,
//!              pick = neuron)]
//!     Weights,
//!     #[figure("Two spikes", trace(Axis::TIME, Axis::NONE), drag = SPIKES, draw = spikes)]
//!     Spikes,
//! }
//! ```
//! Shapes are `curve`, `trace`, `raster`, `fields` and `matrix`, each with its horizontal and its vertical axis: a
//! quantity, with its [`Unit`] if it has one, or any [`Axis`]. The derive writes [`trait@Figures`] for the page and
//! [`super::Draw`] for the simulator.

pub use stdp_derive::Figures;

use super::Unit;

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
    /// What can be dragged in it.
    pub drag: Option<Drag>,
}

impl Panel {
    /// What its numbers are.
    pub fn quantity(&self) -> Axis {
        if self.value == Axis::NONE { self.y } else { self.value }
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
            drag: None,
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

/// The panels of these figures.
pub fn panels<F: Figures>(figures: &[F]) -> Vec<Panel> {
    figures.iter().map(|figure| figure.panel()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
