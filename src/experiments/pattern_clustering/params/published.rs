//! Parameters of the published network.

use get_size2::GetSize;

use crate::lab::param::{Alternative, Field, FloatRange, Group, IntRange, ParamVisitor, Unit};

/// What drives the inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum Stimulus {
    /// A noisy current for each group of neurons.
    Currents,
    /// Spike trains made from two pictures.
    Pictures,
}

/// The learning rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum PublishedRule {
    /// Additive, gated.
    Stdp,
    /// The same through an eligibility, times a dopamine that is always 1.
    RStdp,
}

/// Parameters of the published network.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct PublishedParams {
    /// What drives the inputs.
    pub stimulus: Stimulus,
    /// The learning rule.
    pub rule: PublishedRule,
    /// Spread of the potentials at the start, around the threshold.
    pub v_init_sd_mv: f64,
    /// The lower end of the gate.
    pub w_min: f64,
    /// Mean current into group ▲.
    pub i_a: f64,
    /// Mean current into group ■.
    pub i_b: f64,
    /// Spread of both currents.
    pub noise_sd: f64,
    /// Time constant of the spike traces, in iterations.
    pub tau_s: f64,
    /// A silent input and a silent output are there too.
    pub silent: bool,
    /// Length of the run.
    pub num_iterations: u32,
}

impl Default for PublishedParams {
    fn default() -> Self {
        Self {
            stimulus: Stimulus::Currents,
            rule: PublishedRule::Stdp,
            v_init_sd_mv: 10.0,
            w_min: -1_000.0,
            i_a: 200.0,
            i_b: 50.0,
            noise_sd: 100.0,
            tau_s: 1_000.0,
            silent: false,
            num_iterations: 700,
        }
    }
}

impl PublishedParams {
    /// The upper end of the gate.
    pub fn w_max(&self) -> f32 {
        match self.rule {
            PublishedRule::Stdp => 100.0,
            PublishedRule::RStdp => 200.0,
        }
    }
}

const STIMULI: &[Alternative] = &[
    Alternative {
        key: "currents",
        label: "Noisy currents",
        help: "A strong current into group ▲, a weak one into group ■, each with noise that its neurons share.",
    },
    Alternative {
        key: "pictures",
        label: "Two pictures",
        help: "Spike trains from the pixels of two pictures, scrambled as the program scrambles them.",
    },
];

const RULES: &[Alternative] = &[
    Alternative {
        key: "stdp",
        label: "STDP",
        help: "Amplitudes 2, gate from the least weight to 100.",
    },
    Alternative {
        key: "r_stdp",
        label: "\"R-STDP\"",
        help: "Eligibility times dopamine; the gate ends at 200. No reward: dopamine is 1 all the time.",
    },
];

impl PublishedParams {
    pub(super) fn visit(&mut self, v: &mut dyn ParamVisitor) {
        let Self {
            stimulus,
            rule,
            v_init_sd_mv,
            w_min,
            i_a,
            i_b,
            noise_sd,
            tau_s,
            silent,
            num_iterations,
        } = self;
        let mut chosen = *stimulus as usize;
        let help = "What the inputs get. Both groups get theirs at the same time.";
        v.choice(Field::new("stimulus", "Stimulus", help).main(), STIMULI, &mut chosen);
        *stimulus = if chosen == 0 { Stimulus::Currents } else { Stimulus::Pictures };
        let mut chosen = *rule as usize;
        v.choice(Field::new("rule", "Rule", "How weights change.").main(), RULES, &mut chosen);
        *rule = if chosen == 0 { PublishedRule::Stdp } else { PublishedRule::RStdp };
        v.float(
            Field::new(
                "v_init_sd",
                "Spread at the start",
                "Potentials start around the threshold, and those above it are put back to −70 mV. At 0 both outputs \
                 start alike.",
            )
            .with("", Unit::Mv)
            .main(),
            FloatRange::linear(0.0, 20.0, 1.0),
            v_init_sd_mv,
        );
        v.float(
            Field::new(
                "w_min",
                "Least weight",
                "−1000 as published: weights may turn negative. At 0 the cosine cannot.",
            )
            .with("w_min", Unit::None)
            .main(),
            FloatRange::linear(-1_000.0, 0.0, 10.0),
            w_min,
        );
        v.group(Group { key: "input", label: "Inputs and rule" });
        visit_inputs(v, [i_a, i_b, noise_sd]);
        v.float(
            Field::new(
                "tau_s",
                "Memory of a spike trace",
                "In iterations. 1,000 as published, longer than the run: the rule counts spikes. At 20 it would \
                 compare times.",
            )
            .with("τ_s", Unit::None),
            FloatRange::log(5.0, 10_000.0, 5.0),
            tau_s,
        );
        v.flag(
            Field::new(
                "silent",
                "Silent neurons",
                "An input without any current, and an output whose threshold is a million.",
            ),
            silent,
        );
        v.int(
            Field::new("num_iterations", "Iterations", "Length of the run; 700 as published."),
            IntRange { min: 100, max: 10_000 },
            num_iterations,
        );
    }
}

fn visit_inputs(v: &mut dyn ParamVisitor, [i_a, i_b, noise_sd]: [&mut f64; 3]) {
    let current = FloatRange::linear(0.0, 400.0, 5.0);
    v.float(
        Field::new("i_a", "Current into group ▲", "200 as published. Only noisy currents use it.")
            .with("I_A", Unit::None)
            .live(),
        current,
        i_a,
    );
    v.float(
        Field::new("i_b", "Current into group ■", "50 as published. Only noisy currents use it.")
            .with("I_B", Unit::None)
            .live(),
        current,
        i_b,
    );
    v.float(
        Field::new(
            "noise_sd",
            "Noise",
            "Standard deviation of both currents, drawn every iteration.",
        )
        .with("σ", Unit::None)
        .live(),
        FloatRange::linear(0.0, 200.0, 5.0),
        noise_sd,
    );
}
