//! What can be changed in the character task. Keys and defaults are part of the link contract.

mod brian;
mod coded;
mod fixed;
mod paper;
mod reward;
mod shared;

use get_size2::GetSize;

pub use brian::BrianParams;
pub use coded::CodedParams;
pub use fixed::FixedParams;
pub use paper::PaperParams;
pub use reward::{Feedback, RewardParams};
pub use shared::{Amplitudes, InitialWeights};

use super::glyphs;
use crate::lab::param::{Choice, IntRange, Params, Problem, TextEditor};

/// All parameters.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
#[params(check = Self::problems)]
pub struct Characters {
    /// Which capital letters are learned, such as ABCD; A-Z for all.
    #[group("task", "Task")]
    #[param("Letters", text = glyphs::letters_rule, default = "ABCD", main)]
    pub letters: String,
    /// Which pixels of a letter make their input neuron fire.
    #[param("Pixels that fire")]
    pub polarity: Polarity,
    /// Letters that you draw, learned beside those above.
    #[param("Your own letters", text = glyphs::drawn_rule, editor = BITMAPS, default = "")]
    pub drawn: String,
    /// Letters that you draw, shown at the test but not in training.
    #[param("Letters for the test only", text = glyphs::drawn_rule, editor = BITMAPS, default = "")]
    pub unseen: String,
    /// Pixels that are flipped, at random, in every training presentation.
    #[param("Noise in training", unit = Pixels, range = FLIPS, default = 0)]
    pub train_flips: u32,
    /// Pixels that are flipped, at random, in every test presentation.
    #[param("Noise at the test", unit = Pixels, range = FLIPS, default = 0)]
    pub test_flips: u32,
    /// How often every letter is shown at the test.
    #[param("Test presentations", range = 3..=100, default = 3)]
    pub test_presentations: u32,

    /// Our version, or a published one.
    #[group("model", "Model")]
    #[param("Model", main)]
    pub mode: Mode,
}

/// Which pixels make their input fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Polarity {
    /// Inputs of inked pixels fire.
    #[choice("ink")]
    Ink,
    /// Inputs of blank pixels fire, as in the published program.
    #[choice("background")]
    Background,
}

/// The models.
#[derive(Clone, Debug, PartialEq, Choice, GetSize)]
pub enum Mode {
    /// Real STDP in milliseconds, with homeostasis, normalisation and complement coding.
    #[choice("Our version")]
    Fixed(FixedParams),
    /// Gupta and Long 2007 as described: active dendrites, plastic inhibition.
    #[choice("As the paper")]
    Paper(PaperParams),
    /// The published program snn-rl, with a switch for each of its quirks.
    #[choice("As coded")]
    Coded(CodedParams),
    /// The program's first versions: plain neurons with excitation, inhibition and delays.
    #[choice("As the early Brian programs")]
    Brian(BrianParams),
    /// Our version, told after each letter whether the right output won.
    #[choice("With reward (ours)")]
    Reward(RewardParams),
}

const BITMAPS: TextEditor =
    TextEditor::Bitmaps { columns: glyphs::COLUMNS as u32, rows: glyphs::ROWS as u32 };
const FLIPS: IntRange = IntRange { min: 0, max: 7 };

impl Characters {
    fn problems(&self) -> Vec<Problem> {
        let num_glyphs = self.letters.len() + glyphs::drawn(&self.drawn).len();
        let too_few = Problem::when(num_glyphs < 2, &["letters"], || {
            format!("{num_glyphs} letters to learn; the task needs at least 2. Add letters.")
        });
        too_few.into_iter().collect()
    }
}
