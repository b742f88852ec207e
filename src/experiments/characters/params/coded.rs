//! Parameters of the published program.

use get_size2::GetSize;

use super::{initial_weights, order_field, rule_amplitudes};
use crate::lab::param::{Field, FloatRange, Group, IntRange, ParamVisitor};

/// Parameters of the published program.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct CodedParams {
    /// Training intervals of 100 ms, one glyph each.
    pub intervals: u32,
    /// A new order in every epoch; the program has a fixed one.
    pub random_order: bool,
    /// Least initial weight.
    pub w_init_min: f64,
    /// Greatest initial weight.
    pub w_init_max: f64,
    /// Learning rate.
    pub eta: f64,
    /// Amplitude of potentiation.
    pub a_plus: f64,
    /// Amplitude of depression, positive.
    pub a_minus: f64,
    /// Fixed gain on potentiation.
    pub gain_plus: f64,
    /// Fixed gain on depression.
    pub gain_minus: f64,
    /// Takes the window's 1 ms for 1 s.
    pub window_in_seconds: bool,
    /// Depresses silent pixels by a made-up pair.
    pub pair_silent_pixels: bool,
    /// Computes the gain with 0.03 instead of 30 ms when testing.
    pub test_gain_slip: bool,
}

impl Default for CodedParams {
    fn default() -> Self {
        Self {
            intervals: 100,
            random_order: false,
            w_init_min: 0.5,
            w_init_max: 1.0,
            eta: 0.2,
            a_plus: 0.1,
            a_minus: 0.105,
            gain_plus: 1.0,
            gain_minus: 2.0,
            window_in_seconds: true,
            pair_silent_pixels: true,
            test_gain_slip: true,
        }
    }
}

impl CodedParams {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            intervals,
            random_order,
            w_init_min,
            w_init_max,
            eta,
            a_plus,
            a_minus,
            gain_plus,
            gain_minus,
            window_in_seconds,
            pair_silent_pixels,
            test_gain_slip,
        } = self;
        v.int(
            Field::new("intervals", "Training intervals", "Intervals of 100 ms, one glyph each: 100 are the 25 epochs of four letters, 550 the 55 s of the alphabet.").main(),
            IntRange { min: 1, max: 20_000 },
            intervals,
        );
        v.group(Group { key: "quirks", label: "Quirks of the program" });
        v.flag(
            Field::new("window_in_seconds", "Window in seconds", "The program divides seconds by τ = 1: spike times then have no effect at all. Off: 1 ms."),
            window_in_seconds,
        );
        v.flag(
            Field::new(
                "pair_silent_pixels",
                "Pairs for silent pixels",
                "Pixels without a spike are depressed as if they had spiked 1 ms after the winner.",
            ),
            pair_silent_pixels,
        );
        v.flag(
            Field::new("test_gain_slip", "Unit slip at the test", "When testing, the dendrites' gain is computed with 0.03 instead of 30 ms and comes out 4 to 18 times too small."),
            test_gain_slip,
        );
        v.flag(order_field(), random_order);
        v.group(Group { key: "learning", label: "Learning" });
        let gain = FloatRange::linear(0.0, 10.0, 0.01);
        v.float(
            Field::new(
                "gain_plus",
                "Gain on potentiation",
                "The program's posReinf, a fixed number; no reward exists.",
            )
            .live(),
            gain,
            gain_plus,
        );
        v.float(
            Field::new(
                "gain_minus",
                "Gain on depression",
                "The program's negReinf, a fixed number.",
            )
            .live(),
            gain,
            gain_minus,
        );
        rule_amplitudes(v, eta, a_plus, a_minus);
        initial_weights(v, w_init_min, w_init_max);
    }
}
