//! What can be changed in the character task. Keys and defaults are part of the link contract.

use serde::{Deserialize, Serialize};

use super::glyphs;
use crate::lab::param::{
    Choice, Field, FloatRange, Group, IntRange, ParamVisitor, Problem, TextEditor, Unit,
};

/// All parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Characters {
    /// Letters to learn.
    pub letters: String,
    /// Drawn glyphs to learn.
    pub drawn: String,
    /// Drawn glyphs that are only shown at the test.
    pub unseen: String,
    /// Which pixels make their input fire: ink (0) or background (1).
    pub polarity: usize,
    /// The model.
    pub mode: Mode,
    /// Pixels turned over in every training presentation.
    pub train_flips: u32,
    /// Pixels turned over in every test presentation.
    pub test_flips: u32,
    /// Test presentations per glyph.
    pub test_presentations: u32,
}

/// The three models.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Mode {
    /// Ours.
    Fixed(FixedParams),
    /// As the paper describes it.
    Paper(PaperParams),
    /// As the published program does it.
    Coded(CodedParams),
}

/// Parameters of our model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FixedParams {
    /// Times every glyph is shown.
    pub epochs: u32,
    /// A new order in every epoch.
    pub random_order: bool,
    /// Length of a presentation.
    pub presentation_ms: f64,
    /// Inputs for silent pixels too.
    pub complement: bool,
    /// Neurons that win often become harder to excite.
    pub homeostasis: bool,
    /// Weights onto a neuron keep their sum.
    pub normalise: bool,
    /// Only the first to cross fires, and inhibits the others.
    pub competition: bool,
    /// Learning rate.
    pub eta: f64,
    /// Depression over potentiation.
    pub depression: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
    /// Membrane time constant of the outputs.
    pub tau_m_ms: f64,
    /// Their threshold before adaptation.
    pub v_th_mv: f64,
    /// What a spike adds to it.
    pub theta_plus_mv: f64,
    /// Lateral inhibition.
    pub inhibition_mv: f64,
    /// Spread of the inputs' potentials at the start of a presentation.
    pub input_jitter_mv: f64,
}

impl Default for FixedParams {
    fn default() -> Self {
        Self {
            epochs: 40,
            random_order: true,
            presentation_ms: 300.0,
            complement: true,
            homeostasis: true,
            normalise: true,
            competition: true,
            eta: 0.02,
            depression: 0.5,
            tau_plus_ms: 20.0,
            tau_minus_ms: 20.0,
            tau_m_ms: 20.0,
            v_th_mv: 10.0,
            theta_plus_mv: 0.16,
            inhibition_mv: 20.0,
            input_jitter_mv: 0.0,
        }
    }
}

/// Parameters of the paper's model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaperParams {
    /// Times every glyph is shown.
    pub epochs: u32,
    /// A new order in every epoch.
    pub random_order: bool,
    /// Steady potential that the constant current would give an input.
    pub input_drive_mv: f64,
    /// Window of potentiation.
    pub tau_plus_ms: f64,
    /// Window of depression.
    pub tau_minus_ms: f64,
    /// Learning rate.
    pub eta: f64,
    /// Amplitude of potentiation.
    pub a_plus: f64,
    /// Amplitude of depression.
    pub a_minus: f64,
    /// Membrane time constant of the outputs.
    pub tau_m_ms: f64,
    /// Least initial weight.
    pub w_init_min: f64,
    /// Greatest initial weight.
    pub w_init_max: f64,
    /// Inhibition between outputs learns too.
    pub plastic_inhibition: bool,
}

impl Default for PaperParams {
    fn default() -> Self {
        Self {
            epochs: 100,
            random_order: false,
            input_drive_mv: 10.04,
            tau_plus_ms: 1.0,
            tau_minus_ms: 1.0,
            eta: 0.1,
            a_plus: 0.1,
            a_minus: 0.105,
            tau_m_ms: 30.0,
            w_init_min: 0.5,
            w_init_max: 1.0,
            plastic_inhibition: true,
        }
    }
}

/// Parameters of the published program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

const MODES: &[Choice] = &[
    Choice {
        key: "fixed",
        label: "Mended (ours)",
        help: "Real STDP in milliseconds, with homeostasis, normalisation and complement coding.",
    },
    Choice {
        key: "paper",
        label: "As the paper",
        help: "Gupta and Long 2007 as described: active dendrites, plastic inhibition.",
    },
    Choice {
        key: "coded",
        label: "As coded",
        help: "The published program snn-rl, with its quirks as switches.",
    },
];

const POLARITIES: &[Choice] = &[
    Choice { key: "ink", label: "ink", help: "Inputs of inked pixels fire." },
    Choice {
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
        v.choice(
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
            Field::new("mode", "Model", "Our mended model, or one of the two published ones.")
                .main(),
            MODES,
            &mut chosen,
        );
        if chosen != mode.index() {
            *mode = Mode::of_index(chosen);
        }
        match mode {
            Mode::Fixed(params) => params.visit(v),
            Mode::Paper(params) => params.visit(v),
            Mode::Coded(params) => params.visit(v),
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
            Mode::Fixed(p) => {
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
        }
    }

    fn of_index(index: usize) -> Self {
        match index {
            0 => Self::Fixed(FixedParams::default()),
            1 => Self::Paper(PaperParams::default()),
            _ => Self::Coded(CodedParams::default()),
        }
    }
}

fn epochs_field() -> Field {
    Field::new("epochs", "Epochs", "How many times every glyph is shown in training.").main()
}

fn order_field() -> Field {
    Field::new("random_order", "Random order", "A new order of the glyphs in every epoch.")
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

impl FixedParams {
    fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            epochs,
            random_order,
            presentation_ms,
            complement,
            homeostasis,
            normalise,
            competition,
            eta,
            depression,
            tau_plus_ms,
            tau_minus_ms,
            tau_m_ms,
            v_th_mv,
            theta_plus_mv,
            inhibition_mv,
            input_jitter_mv,
        } = self;
        v.int(epochs_field(), IntRange { min: 1, max: 500 }, epochs);
        v.group(Group { key: "mends", label: "What mends it" });
        v.flag(
            Field::new("homeostasis", "Homeostasis", "Every spike of an output raises its threshold, and time lowers it, so that each neuron wins its share. Off: one neuron takes letter after letter.").main(),
            homeostasis,
        );
        v.flag(
            Field::new("normalise", "Normalisation", "The weights onto a neuron keep their sum: a synapse grows at the cost of the others."),
            normalise,
        );
        v.flag(
            Field::new("complement", "Complement coding", "Each pixel has two inputs, one for firing and one for silent, so that absence counts as evidence. Needed where one letter contains another."),
            complement,
        );
        v.flag(
            Field::new("competition", "Winner-take-all", "The first output to reach its threshold inhibits the others. Off: everybody learns everything."),
            competition,
        );
        v.group(Group { key: "learning", label: "Learning" });
        v.float(
            Field::new(
                "eta",
                "Learning rate",
                "Share of the remaining room that a full pairing fills.",
            )
            .with("η", Unit::None)
            .live(),
            ETA,
            eta,
        );
        v.float(
            Field::new(
                "depression",
                "Depression",
                "Strength of depression relative to potentiation.",
            )
            .with("A₋/A₊", Unit::None),
            FloatRange::linear(0.0, 3.0, 0.05),
            depression,
        );
        v.float(
            Field::new(
                "tau_plus_ms",
                "Window of potentiation",
                "An input that fired this long before the output still counts about a third.",
            )
            .with("τ₊", Unit::Ms),
            WINDOW,
            tau_plus_ms,
        );
        v.float(Field::new("tau_minus_ms", "Window of depression", "An input that fires this long after the output is still weakened by about a third of the most.").with("τ₋", Unit::Ms), WINDOW, tau_minus_ms);
        v.float(
            Field::new(
                "theta_plus_mv",
                "Threshold step",
                "What one spike adds to an output's threshold.",
            )
            .with("θ₊", Unit::Mv)
            .live(),
            FloatRange::log(0.001, 5.0, 0.001),
            theta_plus_mv,
        );
        v.group(Group { key: "neurons", label: "Neurons" });
        v.float(
            Field::new(
                "tau_m_ms",
                "Membrane time constant",
                "How long an output remembers its input.",
            )
            .with("τ_m", Unit::Ms),
            FloatRange::log(6.0, 100.0, 0.1),
            tau_m_ms,
        );
        v.float(
            Field::new("v_th_mv", "Threshold", "Potential at which an output fires, before adaptation. A volley through weights that all match gives 20 mV.").with("V_th", Unit::Mv),
            FloatRange::linear(2.0, 19.0, 0.1),
            v_th_mv,
        );
        v.float(
            Field::new(
                "inhibition_mv",
                "Lateral inhibition",
                "What the winner takes from every other output's potential.",
            )
            .with("", Unit::Mv),
            FloatRange::linear(0.0, 60.0, 0.5),
            inhibition_mv,
        );
        v.group(Group { key: "input", label: "Input" });
        v.float(
            Field::new(
                "presentation_ms",
                "Presentation",
                "How long a glyph is shown; 300 ms give three volleys.",
            )
            .with("", Unit::Ms),
            FloatRange::linear(100.0, 1_000.0, 10.0),
            presentation_ms,
        );
        v.float(
            Field::new("input_jitter_mv", "Input jitter", "Inputs start each presentation at a random potential up to this value, so that volleys fray. The threshold is 20 mV.").with("", Unit::Mv),
            FloatRange::linear(0.0, 15.0, 0.1),
            input_jitter_mv,
        );
        v.flag(order_field(), random_order);
    }
}

impl PaperParams {
    fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            epochs,
            random_order,
            input_drive_mv,
            tau_plus_ms,
            tau_minus_ms,
            eta,
            a_plus,
            a_minus,
            tau_m_ms,
            w_init_min,
            w_init_max,
            plastic_inhibition,
        } = self;
        v.int(epochs_field(), IntRange { min: 1, max: 500 }, epochs);
        v.group(Group { key: "learning", label: "Learning" });
        v.float(Field::new("tau_plus_ms", "Window of potentiation", "1 ms in the paper. With volleys 90 ms apart only inputs of the same volley can pair.").with("τ₊", Unit::Ms), WINDOW, tau_plus_ms);
        v.float(
            Field::new(
                "tau_minus_ms",
                "Window of depression",
                "1 ms in the paper, so that depression hardly ever happens.",
            )
            .with("τ₋", Unit::Ms),
            WINDOW,
            tau_minus_ms,
        );
        v.float(
            Field::new("eta", "Learning rate", "Scales every weight change.")
                .with("η", Unit::None)
                .live(),
            ETA,
            eta,
        );
        v.float(
            Field::new("a_plus", "Potentiation", "Amplitude of potentiation.")
                .with("A₊", Unit::None),
            WEIGHT,
            a_plus,
        );
        v.float(
            Field::new("a_minus", "Depression", "Amplitude of depression.").with("A₋", Unit::None),
            WEIGHT,
            a_minus,
        );
        v.flag(
            Field::new(
                "plastic_inhibition",
                "Plastic inhibition",
                "The inhibitory weights between outputs, in [−1, 0], learn by the same rule.",
            ),
            plastic_inhibition,
        );
        initial_weights(v, w_init_min, w_init_max);
        v.group(Group { key: "neurons", label: "Neurons" });
        v.float(
            Field::new("tau_m_ms", "Membrane time constant", "Of the outputs' somas.")
                .with("τ_m", Unit::Ms),
            FloatRange::log(6.0, 100.0, 0.1),
            tau_m_ms,
        );
        v.float(
            Field::new("input_drive_mv", "Input drive", "Steady potential that an active pixel's current would give its input; the threshold is 10 mV. 10.04 mV gives three spikes in 300 ms.").with("R I", Unit::Mv),
            FloatRange::linear(10.001, 20.0, 0.001),
            input_drive_mv,
        );
        v.flag(order_field(), random_order);
    }
}

impl CodedParams {
    fn visit(&mut self, v: &mut dyn ParamVisitor) {
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
        v.float(
            Field::new("eta", "Learning rate", "Scales every weight change.")
                .with("η", Unit::None)
                .live(),
            ETA,
            eta,
        );
        v.float(
            Field::new("a_plus", "Potentiation", "Amplitude of potentiation.")
                .with("A₊", Unit::None),
            WEIGHT,
            a_plus,
        );
        v.float(
            Field::new("a_minus", "Depression", "Amplitude of depression.").with("A₋", Unit::None),
            WEIGHT,
            a_minus,
        );
        initial_weights(v, w_init_min, w_init_max);
    }
}
