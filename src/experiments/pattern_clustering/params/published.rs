//! Parameters of the published network.

use get_size2::GetSize;

use crate::lab::param::{Choice, FloatRange, Params};

/// Parameters of the published network.
#[derive(Clone, Debug, PartialEq, Params, GetSize)]
pub struct PublishedParams {
    /// What drives the inputs. Both groups get it at the same time.
    #[param("Stimulus", main)]
    pub stimulus: Stimulus,
    /// How weights change.
    #[param("Rule", main)]
    pub rule: PublishedRule,
    /// Potentials start around the threshold, and those above it are put to −70 mV. At 0 both outputs start alike.
    #[param("Spread at the start", unit = Mv, range = linear(0.0, 20.0, 1.0), default = 10.0, main,
            key = "v_init_sd")]
    pub v_init_sd_mv: f64,
    /// −1,000 as published: weights may become negative. At 0 the gate closes there, but a weight may overshoot once.
    #[param("Minimum weight", symbol = "w_min", range = linear(-1_000.0, 0.0, 10.0),
            default = -1_000.0, main)]
    pub w_min: f64,

    /// Mean current; 200 as published.
    #[group("input", "Inputs and rule")]
    #[param("Current into group ▲", symbol = "I_A", range = CURRENT, default = 200.0, live,
            when = self.stimulus == Stimulus::Currents)]
    pub i_a: f64,
    /// Mean current; 50 as published.
    #[param("Current into group ■", symbol = "I_B", range = CURRENT, default = 50.0, live,
            when = self.stimulus == Stimulus::Currents)]
    pub i_b: f64,
    /// Standard deviation of both currents, drawn anew in each iteration.
    #[param("Noise", symbol = "σ", range = linear(0.0, 200.0, 5.0), default = 100.0, live,
            when = self.stimulus == Stimulus::Currents)]
    pub noise_sd: f64,
    /// In iterations. 1,000 as published, longer than the run, so the rule counts spikes. At 20 it compares times.
    #[param("Memory of a spike trace", symbol = "τ_s", range = log(5.0, 10_000.0, 5.0),
            default = 1_000.0)]
    pub tau_s: f64,
    /// Adds an input without any current, and an output with a threshold of a million.
    #[param("Silent neurons", default = false)]
    pub silent: bool,
    /// Length of the run. 700 as published.
    #[param("Iterations", range = 100..=10_000, default = 700)]
    pub num_iterations: u32,
}

/// What drives the inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum Stimulus {
    /// A strong current into group ▲, a weak one into group ■, each with noise that its neurons share.
    #[choice("Noisy currents")]
    Currents,
    /// Spike trains from the pixels of two pictures, scrambled as the program scrambles them.
    #[choice("Two pictures")]
    Pictures,
}

/// The learning rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice, GetSize)]
pub enum PublishedRule {
    /// Amplitudes of 2; the gate is open from the minimum weight to 100.
    #[choice("STDP")]
    Stdp,
    /// Eligibility times dopamine; the gate ends at 200. There is no reward: dopamine is always 1.
    #[choice("\"R-STDP\"")]
    RStdp,
}

const CURRENT: FloatRange = FloatRange::linear(0.0, 400.0, 5.0);

impl PublishedParams {
    /// The upper end of the gate.
    pub fn w_max(&self) -> f32 {
        match self.rule {
            PublishedRule::Stdp => 100.0,
            PublishedRule::RStdp => 200.0,
        }
    }
}
