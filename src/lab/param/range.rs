//! What values a number may have, and how a slider goes through them.

use crate::sim::math;

/// How a slider moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Equal steps.
    Linear,
    /// Equal ratios.
    Log,
}

/// Least and greatest allowed value, and how a slider goes through them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloatRange {
    /// Least.
    pub min: f64,
    /// Greatest.
    pub max: f64,
    /// Step of the slider. Links may hold any value in the range.
    pub step: f64,
    /// How the slider moves.
    pub scale: Scale,
}

impl FloatRange {
    /// `min..=max` in equal steps.
    pub const fn linear(min: f64, max: f64, step: f64) -> Self {
        Self { min, max, step, scale: Scale::Linear }
    }

    /// `min..=max` in equal ratios; `step` is that of the number box.
    pub const fn log(min: f64, max: f64, step: f64) -> Self {
        Self { min, max, step, scale: Scale::Log }
    }

    /// How far along a slider `value` is, from 0 to 1.
    pub fn share_of(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Linear => (value - self.min) / (self.max - self.min),
            Scale::Log => math::ln_f64(value / self.min) / math::ln_f64(self.max / self.min),
        }
    }

    /// The value that far along a slider.
    pub fn value_at(&self, share: f64) -> f64 {
        match self.scale {
            Scale::Linear => self.min + share * (self.max - self.min),
            Scale::Log => self.min * math::powf_f64(self.max / self.min, share),
        }
    }
}

/// Least and greatest allowed whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntRange {
    /// Least.
    pub min: u32,
    /// Greatest.
    pub max: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slider_gives_back_the_value_it_was_set_to() {
        for range in [FloatRange::linear(-2.0, 6.0, 0.5), FloatRange::log(0.2, 200.0, 0.1)] {
            assert_eq!(range.share_of(range.min), 0.0);
            assert!((range.value_at(1.0) - range.max).abs() < 1e-9);
            for value in [0.3, 1.0, 5.5] {
                assert!((range.value_at(range.share_of(value)) - value).abs() < 1e-9);
            }
        }
    }
}
