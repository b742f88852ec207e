//! How synapses learn, and what keeps their weights in range.

described! {
    /// A learning rule.
    pub struct Rule {
        /// What spikes do to a weight.
        window: Window [None],
        /// Which spikes are paired.
        pairing: Pairing [None],
        /// What two spikes of one step do to each other.
        coincidence: Coincidence [None],
        /// How changes depend on the weight.
        dependence: Dependence [None],
        /// What it sees.
        reads: Vec<Reads> [None],
        /// Where changes wait for a modulator; none where they are made at once.
        eligibility: Option<Eligibility> [None],
        /// How its traces decay.
        method: super::population::Method [None],
    }
}

described! {
    /// What spikes do to a weight, apart from [`Dependence`].
    pub enum Window {
        /// One trace per side.
        Pair = "pair STDP" {
            /// Potentiation of a pair.
            a_plus: f64 [None],
            /// Depression of a pair, positive; negative: it potentiates.
            a_minus: f64 [None],
            /// Memory of the input.
            tau_plus_ms: f64 [Ms],
            /// Memory of the output.
            tau_minus_ms: f64 [Ms],
        },
        /// Two traces per side (Pfister and Gerstner).
        Triplet = "triplet STDP" {
            /// Potentiation of a pair.
            a2_plus: f64 [None],
            /// Potentiation of an output-input-output triplet.
            a3_plus: f64 [None],
            /// Depression of a pair.
            a2_minus: f64 [None],
            /// Depression of an input-output-input triplet.
            a3_minus: f64 [None],
            /// Memory of the input.
            tau_plus_ms: f64 [Ms],
            /// Memory of the output.
            tau_minus_ms: f64 [Ms],
            /// Slow memory of the input.
            tau_x_ms: f64 [Ms],
            /// Slow memory of the output.
            tau_y_ms: f64 [Ms],
        },
        /// At an output spike w += η_post x y₂, at an input spike w −= η_pre y₁ (Diehl and Cook's program).
        PostTriplet = "triplet-like STDP" {
            /// Learning rate at input spikes.
            eta_pre: f64 [None],
            /// Learning rate at output spikes.
            eta_post: f64 [None],
            /// Memory of the input.
            tau_pre_ms: f64 [Ms],
            /// Memory of the output that depresses.
            tau_post_1_ms: f64 [Ms],
            /// Memory of the output that potentiates, before the spike itself.
            tau_post_2_ms: f64 [Ms],
        },
        /// Either order strengthens, every input spike weakens by η α (Vogels).
        Inhibitory = "inhibitory STDP" {
            /// Learning rate.
            eta: f64 [None],
            /// The output rate at which changes balance.
            target_rate_hz: f64 [Hz],
            /// Memory of both sides.
            tau_ms: f64 [Ms],
        },
        /// Any output spike moves the weights of all neurons by r (x − o) (w_max − w)².
        Offset = "offset rule" {
            /// r
            learning_rate: f64 [None],
            /// o, the trace at which nothing changes.
            offset: f64 [None],
            /// Where changes vanish.
            w_max: f64 [None],
            /// Memory of the input.
            tau_plus_ms: f64 [Ms],
        },
        /// Potentiation by (M − w)² with M ahead of the largest weight, depression by (w − w_min)².
        Asymptotic = "asymptotic rule" {
            /// Potentiation.
            a_plus: f64 [None],
            /// Depression.
            a_minus: f64 [None],
            /// Where depression vanishes.
            w_min: f64 [None],
            /// How far M is ahead.
            lead: f64 [None],
            /// Memory of the input.
            tau_plus_ms: f64 [Ms],
            /// Memory of the output.
            tau_minus_ms: f64 [Ms],
        },
        /// One trace per side; pairs without a lag add a number of their own.
        ZeroLag = "pair STDP with a branch at zero lag" {
            /// Potentiation of a pair.
            a_plus: f64 [None],
            /// Depression of a pair.
            a_minus: f64 [None],
            /// Window of potentiation.
            tau_plus_ms: f64 [Ms],
            /// Window of depression.
            tau_minus_ms: f64 [Ms],
            /// What a pair without a lag adds.
            a_zero: f64 [None],
        },
        /// Once per trial and for its winner: inputs before it strengthen; silent inputs are paired with a made-up spike after it.
        Winner = "once per trial, winner only" {
            /// Potentiation.
            a_plus: f64 [None],
            /// Depression.
            a_minus: f64 [None],
            /// Window of both.
            tau_ms: f64 [Ms],
            /// How long after the winner the made-up spike is; none where silent inputs stay as they are.
            silent_lag_ms: Option<f64> [None],
        },
        /// Voltage-based (Clopath): −A_LTD [ū₋ − θ₋]₊ at input spikes, A_LTP x̄ [u − θ₊]₊ [ū₊ − θ₋]₊ all the time.
        Voltage = "voltage-based" {
            /// Depression, at the reference of the homeostasis.
            a_ltd: f64 [PerMv],
            /// Potentiation.
            a_ltp: f64 [PerMv2Ms],
            /// θ₋, above which filtered potentials count.
            theta_minus_mv: f64 [Mv],
            /// θ₊, above which the potential itself counts.
            theta_plus_mv: f64 [Mv],
            /// Filter of the potential that depresses.
            tau_minus_ms: f64 [Ms],
            /// Filter of the potential that potentiates.
            tau_plus_ms: f64 [Ms],
            /// Memory of the input.
            tau_x_ms: f64 [Ms],
            /// How much older the filtered potentials are than the potential, so that a spike does not count by itself.
            lag_ms: f64 [Ms],
            /// Mean square depolarisation at which depression is `a_ltd`, in mV²; none: it does not change.
            u_ref_mv2: Option<f64> [None],
            /// Time over which that mean is taken.
            tau_u_ms: f64 [Ms],
        },
        /// A pair changes the weight by a curve through points, which does not overshoot between them.
        Drawn = "STDP with a drawn window" {
            /// Lag (ms, output minus input) and change of each point, by lag; two at lag 0 are a step.
            points: Vec<(f64, f64)> [None],
        },
        /// What a spike on either side adds, as a formula over traces x and y, the weight w and the potential v.
        Formula = "a rule of one's own" {
            /// At an input spike.
            on_input: String [None],
            /// At an output spike.
            on_output: String [None],
            /// Memory x of the input.
            tau_x_ms: f64 [Ms],
            /// Slow memory of the input.
            tau_x_slow_ms: f64 [Ms],
            /// Memory y of the output.
            tau_y_ms: f64 [Ms],
            /// Slow memory of the output.
            tau_y_slow_ms: f64 [Ms],
        },
        /// At an output spike w += η (c y e^(−w) − 1): weights find the logarithm of how likely y is given the spike.
        LogWeight = "log-weight STDP" {
            /// c
            c: f64 [None],
            /// η, or where it tracks the variance of w what that is multiplied by.
            eta: f64 [None],
            /// η = η* (Q − S²)/(e^(−S) + 1) with running means S of w and Q of w².
            tracks_variance: bool [None],
            /// S at the beginning.
            s_start: f64 [None],
            /// Q at the beginning.
            q_start: f64 [None],
        },
    }
}

described! {
    /// Which spikes are paired.
    pub enum Pairing {
        /// Every input spike with every output spike.
        AllToAll = "all to all",
        /// Every spike with the latest of the other side.
        Nearest = "nearest",
        /// Every input spike with the nearest output spike on either side.
        PresynapticCentred = "presynaptic-centred",
        /// Only spikes that follow one another in the merged list of all inputs.
        Neighbours = "neighbours in the list of all spikes",
        /// Nearest, and a spike that was paired is used up.
        Reduced = "reduced",
    }
}

described! {
    /// What an input and an output spike of one step do to each other.
    pub enum Coincidence {
        /// They potentiate, as if the input came first.
        PreFirst = "potentiates",
        /// They depress, as if the output came first.
        PostFirst = "depresses",
        /// They do both.
        Both = "does both",
        /// They do not see each other.
        Neither = "does nothing",
    }
}

described! {
    /// How changes depend on the weight. Ends are those of the projection's weights.
    pub enum Dependence {
        /// Full changes, no ends.
        Unbounded = "additive, no bounds",
        /// Full changes, cut off at the ends.
        Hard = "additive",
        /// In proportion to the room that is left, in units of the weight.
        Soft = "soft bounds",
        /// In proportion to the room up to ends that are not those of the weights.
        SoftBetween = "soft bounds of its own" {
            /// Where depression vanishes.
            low: f64 [None],
            /// Where potentiation vanishes.
            high: f64 [None],
        },
        /// Full changes inside the ends, none outside: a weight may overshoot.
        Gate = "gate",
        /// Powers of the share of the range that is left.
        Power = "power of the room" {
            /// Exponent of potentiation.
            mu_plus: f64 [None],
            /// Exponent of depression.
            mu_minus: f64 [None],
            /// Standard deviation of noise on every change, as a share of the weight.
            noise: f64 [None],
        },
        /// Potentiation by w₀^(1−μ) w^μ, depression by w.
        PowerLaw = "power law" {
            /// μ
            mu: f64 [None],
            /// w₀
            w_0: f64 [None],
        },
    }
}

described! {
    /// What a rule sees.
    pub enum Reads {
        /// Spikes of the sender, when they arrive.
        PreSpikes = "input spikes",
        /// Spikes of the receiver.
        PostSpikes = "output spikes",
        /// The potential of the receiver.
        PostVoltage = "output's potential",
        /// What spikes do to the receiver, after synapse and short-term plasticity.
        PostPotential = "postsynaptic potentials",
        /// A modulator.
        Modulator = "modulator",
    }
}

described! {
    /// Changes that wait for a modulator.
    pub struct Eligibility {
        /// The modulator that turns them into weight.
        modulator: String [None],
        /// How long they are remembered; none: only in the step in which they arise.
        tau_e_ms: Option<f64> [Ms],
        /// When they are paid out.
        payout: Payout [None],
        /// What a change is multiplied by when it is noted down.
        scale: f64 [None],
        /// What eligibility times modulator is multiplied by at a payout; all the time: per ms.
        eta: f64 [None],
        /// Where eligibilities begin.
        start: f64 [None],
    }
}

described! {
    /// When an eligibility becomes weight.
    pub enum Payout {
        /// All the time.
        Continuous = "all the time",
        /// Now and then.
        Every = "regularly" {
            /// How often.
            every_ms: f64 [Ms],
        },
        /// When the modulator speaks.
        AtSignal = "when the signal comes",
    }
}

described! {
    /// What keeps the weights onto a neuron in their range.
    pub enum Homeostasis {
        /// They are scaled to one sum after a neuron has learned from its own spike.
        NormaliseAtSpikes = "fixed sum, at its spikes" {
            /// The sum.
            total: f64 [None],
            /// Weights have that sum from the beginning.
            from_start: bool [None],
        },
        /// They are scaled to one sum now and then.
        NormaliseEvery = "fixed sum, regularly" {
            /// The sum.
            total: f64 [None],
            /// How often.
            every_ms: f64 [Ms],
        },
        /// They are scaled to one sum when a trial begins, or when it ends.
        NormalisePerTrial = "fixed sum, per trial" {
            /// The sum.
            total: f64 [None],
            /// Weights have that sum from the beginning.
            from_start: bool [None],
        },
        /// They are scaled until the neuron fires at its target rate.
        Scaling = "synaptic scaling" {
            /// The rate.
            target_rate_hz: f64 [Hz],
            /// Memory of the estimated rate.
            tau_rate_ms: f64 [Ms],
            /// How fast weights are scaled.
            tau_scaling_ms: f64 [Ms],
            /// How often.
            every_ms: f64 [Ms],
        },
        /// What a spike does is scaled until the neuron fires as often as another one; weights stay.
        Yoke = "gain held by another's rate" {
            /// The population that leads.
            leader: String [None],
            /// What one of its spikes multiplies the gain by.
            step: f64 [None],
            /// Farthest ratio of both gains.
            limit: f64 [None],
        },
    }
}

impl Window {
    /// Pair STDP with amplitudes and time constants of potentiation and of depression.
    pub fn pair([a_plus, a_minus]: [f64; 2], [tau_plus_ms, tau_minus_ms]: [f64; 2]) -> Self {
        Self::Pair { a_plus, a_minus, tau_plus_ms, tau_minus_ms }
    }
}

impl Eligibility {
    /// Changes as the rule makes them, none at first, remembered for so long.
    pub fn new(modulator: &str, tau_e_ms: f64, payout: Payout) -> Self {
        let (modulator, tau_e_ms) = (modulator.into(), Some(tau_e_ms));
        Self { modulator, tau_e_ms, payout, scale: 1.0, eta: 1.0, start: 0.0 }
    }
}

impl Rule {
    /// A rule of spikes that changes weights at once, with exact traces: all to all, inputs before outputs.
    pub fn new(window: Window, dependence: Dependence) -> Self {
        Self {
            window,
            pairing: Pairing::AllToAll,
            coincidence: Coincidence::PreFirst,
            dependence,
            reads: vec![Reads::PreSpikes, Reads::PostSpikes],
            eligibility: None,
            method: super::population::Method::Exact,
        }
    }

    /// The same, waiting for a modulator.
    pub fn waiting(mut self, eligibility: Eligibility) -> Self {
        self.reads.push(Reads::Modulator);
        self.eligibility = Some(eligibility);
        self
    }

    /// Its name in a picture: "pair STDP", or "pair STDP × dopamine".
    pub fn short_name(&self) -> String {
        match &self.eligibility {
            None => self.window.word().into(),
            Some(Eligibility { modulator, .. }) => format!("{} × {modulator}", self.window.word()),
        }
    }
}
