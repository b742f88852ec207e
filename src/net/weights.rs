//! Where weights, and other numbers, begin, and between which ends they stay.

use super::tell::Unit;

described! {
    /// The weights of a projection.
    pub struct Weights {
        /// Where they begin.
        start: Draw [None],
        /// Their unit.
        unit: Unit [None],
        /// The least, if there is one.
        min: Option<f64> [None],
        /// The greatest, if there is one.
        max: Option<f64> [None],
    }
}

described! {
    /// How numbers are drawn.
    pub enum Draw {
        /// All the same.
        Fixed = "all the same" {
            /// The number.
            value: f64 [None],
        },
        /// All the same but one.
        FixedButOne = "all the same but one" {
            /// The number.
            value: f64 [None],
            /// That of the one.
            other: f64 [None],
            /// Which it is.
            which: String [None],
        },
        /// The very same as those of another projection.
        SameAs = "the same as another's" {
            /// The projection.
            projection: String [None],
        },
        /// Each equally likely between two ends.
        Uniform = "uniform" {
            /// The least.
            low: f64 [None],
            /// The greatest.
            high: f64 [None],
        },
        /// Normal.
        Normal = "normal" {
            /// The mean.
            mean: f64 [None],
            /// The standard deviation.
            sd: f64 [None],
            /// What is below becomes this.
            low: Option<f64> [None],
            /// What is above becomes this.
            high: Option<f64> [None],
        },
        /// Uniform between two ends, then multiplied for each receiver so that its mean is this; ends of the weights hold.
        Scaled = "uniform, scaled for each receiver" {
            /// The least, before.
            low: f64 [None],
            /// The greatest, before.
            high: f64 [None],
            /// The mean over a receiver's synapses.
            mean: f64 [None],
        },
        /// The same for all synapses of a sender.
        BySender = "by sender" {
            /// In the order of the senders.
            values: Vec<f64> [None],
        },
        /// The logarithm of a number between 0 and 1, each of which is equally likely.
        LogUniform = "logarithm of uniform",
        /// Written down one by one.
        Listed = "listed" {
            /// In the order of the synapses, or neurons.
            values: Vec<f64> [None],
        },
    }
}

impl super::tell::Tell for Unit {
    fn tell(&self) -> super::tell::Value {
        super::tell::Value::Word(self.symbol().into())
    }
}

impl Weights {
    /// Weights that begin like this, without ends.
    pub fn new(start: Draw, unit: Unit) -> Self {
        Self { start, unit, min: None, max: None }
    }

    /// Weights that are all the same.
    pub fn fixed(value: f64, unit: Unit) -> Self {
        Self::new(Draw::Fixed { value }, unit)
    }

    /// Weights that are drawn uniformly.
    pub fn uniform(low: f64, high: f64, unit: Unit) -> Self {
        Self::new(Draw::Uniform { low, high }, unit)
    }

    /// The same between these ends.
    pub fn within(self, min: f64, max: f64) -> Self {
        Self { min: Some(min), max: Some(max), ..self }
    }
}

impl Draw {
    /// The least and the greatest number that can be drawn; infinite where there is no end.
    pub fn range(&self) -> (f64, f64) {
        match self {
            Self::Fixed { value } => (*value, *value),
            Self::FixedButOne { value, other, .. } => (value.min(*other), value.max(*other)),
            Self::SameAs { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Self::Uniform { low, high } => (*low, *high),
            Self::Normal { low, high, .. } => {
                (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY))
            }
            Self::LogUniform => (f64::NEG_INFINITY, 0.0),
            Self::Scaled { mean, .. } => (0.0, *mean),
            Self::Listed { values } | Self::BySender { values } => {
                let low = values.iter().copied().fold(f64::INFINITY, f64::min);
                (low, values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
            }
        }
    }
}
