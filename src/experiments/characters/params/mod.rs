//! What can be changed in the character task. Keys and defaults are part of the link contract.

mod brian;
mod coded;
mod fixed;
mod paper;
mod reward;

use get_size2::GetSize;

pub use brian::BrianParams;
pub use coded::CodedParams;
pub use fixed::FixedParams;
pub use paper::PaperParams;
pub use reward::{Feedback, RewardParams};

use super::glyphs;
use crate::lab::param::{
    Alternative, Field, FloatRange, Group, IntRange, ParamVisitor, Problem, TextEditor, Unit,
    choose,
};

/// All parameters.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Characters {
    /// Letters to learn.
    pub letters: String,
    /// Drawn glyphs to learn.
    pub drawn: String,
    /// Drawn glyphs that are only shown at the test.
    pub unseen: String,
    /// Which pixels make their input fire: ink (0) or background (1).
    pub polarity: u32,
    /// The model.
    pub mode: Mode,
    /// Pixels turned over in every training presentation.
    pub train_flips: u32,
    /// Pixels turned over in every test presentation.
    pub test_flips: u32,
    /// Test presentations per glyph.
    pub test_presentations: u32,
}

/// The models.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub enum Mode {
    /// Ours.
    Fixed(FixedParams),
    /// As the paper describes it.
    Paper(PaperParams),
    /// As the published program does it.
    Coded(CodedParams),
    /// As the program's early versions do it.
    Brian(BrianParams),
    /// Ours, learning from reward.
    Reward(RewardParams),
}

impl Default for Characters {
    fn default() -> Self {
        Self {
            letters: "ABCD".into(),
            drawn: String::new(),
            unseen: String::new(),
            polarity: 0,
            mode: Mode::Fixed(FixedParams::default()),
            train_flips: 0,
            test_flips: 0,
            test_presentations: 3,
        }
    }
}

const MODES: &[Alternative] = &[
    Alternative {
        key: "fixed",
        label: "Mended (ours)",
        help: "Real STDP in milliseconds, with homeostasis, normalisation and complement coding.",
    },
    Alternative {
        key: "paper",
        label: "As the paper",
        help: "Gupta and Long 2007 as described: active dendrites, plastic inhibition.",
    },
    Alternative {
        key: "coded",
        label: "As coded",
        help: "The published program snn-rl, with its quirks as switches.",
    },
    Alternative {
        key: "brian",
        label: "As the early Brian programs",
        help: "The program's first versions: plain neurons with excitation, inhibition and delays.",
    },
    Alternative {
        key: "reward",
        label: "With reward (ours)",
        help: "The mended network, told after each letter whether the right output won.",
    },
];

const POLARITIES: &[Alternative] = &[
    Alternative { key: "ink", label: "ink", help: "Inputs of inked pixels fire." },
    Alternative {
        key: "background",
        label: "background",
        help: "Inputs of blank pixels fire, as in the published program.",
    },
];

const BITMAPS: TextEditor =
    TextEditor::Bitmaps { columns: glyphs::COLUMNS as u32, rows: glyphs::ROWS as u32 };
const WEIGHT: FloatRange = FloatRange::linear(0.0, 1.0, 0.01);
const WINDOW: FloatRange = FloatRange::log(0.2, 200.0, 0.1);
const ETA: FloatRange = FloatRange::log(1e-4, 1.0, 1e-4);

impl Characters {
    /// The parameters in the order of the page.
    pub fn visit_all(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            letters,
            drawn,
            unseen,
            polarity,
            mode,
            train_flips,
            test_flips,
            test_presentations,
        } = self;
        v.group(Group { key: "task", label: "Task" });
        v.text(
            Field::new(
                "letters",
                "Letters",
                "Which capital letters are learned, such as ABCD; A-Z for all.",
            )
            .main(),
            TextEditor::Line,
            glyphs::letters_rule,
            letters,
        );
        choose(
            v,
            Field::new(
                "polarity",
                "Pixels that fire",
                "Which pixels of a glyph make their input neuron fire.",
            )
            .main(),
            POLARITIES,
            polarity,
        );
        v.text(
            Field::new(
                "drawn",
                "Your own glyphs",
                "Drawn glyphs that are learned beside the letters.",
            ),
            BITMAPS,
            glyphs::drawn_rule,
            drawn,
        );
        v.text(
            Field::new(
                "unseen",
                "Glyphs for the test",
                "Drawn glyphs that are shown at the test without having been learned.",
            ),
            BITMAPS,
            glyphs::drawn_rule,
            unseen,
        );
        let flips = IntRange { min: 0, max: 7 };
        v.int(
            Field::new(
                "train_flips",
                "Noise in training",
                "Pixels turned over, at random, in every training presentation.",
            )
            .with("", Unit::Pixels),
            flips,
            train_flips,
        );
        v.int(
            Field::new(
                "test_flips",
                "Noise at the test",
                "Pixels turned over, at random, in every test presentation.",
            )
            .with("", Unit::Pixels),
            flips,
            test_flips,
        );
        v.int(
            Field::new(
                "test_presentations",
                "Test presentations",
                "How often every glyph is shown at the test.",
            ),
            IntRange { min: 3, max: 100 },
            test_presentations,
        );
        v.group(Group { key: "model", label: "Model" });
        let mut chosen = mode.index();
        v.choice(
            Field::new("mode", "Model", "Our mended model, or a published one.").main(),
            MODES,
            &mut chosen,
        );
        if chosen != mode.index() {
            *mode = Mode::of_index(chosen);
        }
        match mode {
            Mode::Fixed(params) => params.visit(v, true),
            Mode::Paper(params) => params.visit(v),
            Mode::Coded(params) => params.visit(v),
            Mode::Brian(params) => params.visit(v),
            Mode::Reward(params) => params.visit(v),
        }
    }

    /// Rules between parameters.
    pub fn check_all(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let num_glyphs = self.letters.len() + glyphs::drawn(&self.drawn).len();
        if num_glyphs < 2 {
            problems.push(Problem {
                keys: vec!["letters"],
                message: format!(
                    "{num_glyphs} glyphs to learn; the task needs at least 2. Add letters."
                ),
            });
        }
        let (low, high) = match &self.mode {
            Mode::Fixed(p) | Mode::Reward(RewardParams { net: p, .. }) => {
                if p.theta_plus_mv > p.v_th_mv {
                    problems.push(Problem {
                        keys: vec!["theta_plus_mv", "v_th_mv"],
                        message: format!(
                            "a spike raises the threshold by {} mV, more than the threshold itself ({} mV). Use a smaller theta_plus_mv.",
                            p.theta_plus_mv, p.v_th_mv
                        ),
                    });
                }
                return problems;
            }
            Mode::Paper(p) => (p.w_init_min, p.w_init_max),
            Mode::Coded(p) => (p.w_init_min, p.w_init_max),
            Mode::Brian(p) => {
                if p.w_init_max > p.w_max_mv {
                    problems.push(Problem {
                        keys: vec!["w_init_max", "w_max_mv"],
                        message: format!(
                            "w_init_max ({} mV) must not be above w_max_mv ({} mV).",
                            p.w_init_max, p.w_max_mv
                        ),
                    });
                }
                if p.v_reset_mv >= p.v_th_mv {
                    problems.push(Problem {
                        keys: vec!["v_reset_mv", "v_th_mv"],
                        message: format!(
                            "v_reset_mv ({} mV) must be below v_th_mv ({} mV).",
                            p.v_reset_mv, p.v_th_mv
                        ),
                    });
                }
                (p.w_init_min, p.w_init_max)
            }
        };
        if low >= high {
            problems.push(Problem {
                keys: vec!["w_init_min", "w_init_max"],
                message: format!("w_init_min ({low}) must be below w_init_max ({high})."),
            });
        }
        problems
    }
}

impl Mode {
    fn index(&self) -> usize {
        match self {
            Self::Fixed(_) => 0,
            Self::Paper(_) => 1,
            Self::Coded(_) => 2,
            Self::Brian(_) => 3,
            Self::Reward(_) => 4,
        }
    }

    fn of_index(index: usize) -> Self {
        match index {
            0 => Self::Fixed(FixedParams::default()),
            1 => Self::Paper(PaperParams::default()),
            2 => Self::Coded(CodedParams::default()),
            3 => Self::Brian(BrianParams::default()),
            _ => Self::Reward(RewardParams::default()),
        }
    }
}

fn epochs_field() -> Field {
    Field::new("epochs", "Epochs", "How many times every glyph is shown in training.").main()
}

fn order_field() -> Field {
    Field::new("random_order", "Random order", "A new order of the glyphs in every epoch.")
}

/// The three numbers of the published rule.
fn rule_amplitudes(v: &mut dyn ParamVisitor, eta: &mut f64, a_plus: &mut f64, a_minus: &mut f64) {
    v.float(
        Field::new("eta", "Learning rate", "Scales every weight change.")
            .with("η", Unit::None)
            .live(),
        ETA,
        eta,
    );
    v.float(
        Field::new("a_plus", "Potentiation", "Amplitude of potentiation.").with("A₊", Unit::None),
        WEIGHT,
        a_plus,
    );
    v.float(
        Field::new("a_minus", "Depression", "Amplitude of depression.").with("A₋", Unit::None),
        WEIGHT,
        a_minus,
    );
}

fn initial_weights(v: &mut dyn ParamVisitor, low: &mut f64, high: &mut f64) {
    v.float(
        Field::new(
            "w_init_min",
            "Initial weights from",
            "Initial weights are drawn uniformly from this value up.",
        ),
        WEIGHT,
        low,
    );
    v.float(
        Field::new(
            "w_init_max",
            "Initial weights to",
            "Initial weights are drawn uniformly up to this value.",
        ),
        WEIGHT,
        high,
    );
}
