//! Synapses: from whom to whom, with which weights and delays, what a spike does, and how they learn.

use super::population::{Members, Population};
use super::rule::{Homeostasis, Rule};
use super::weights::Weights;

described! {
    /// Synapses from some members to some others.
    pub struct Projection {
        /// Its name.
        name: String [None],
        /// Who sends.
        from: Members [None],
        /// Who receives.
        to: Members [None],
        /// Who is connected to whom.
        wiring: Wiring [None],
        /// The weights.
        weights: Weights [None],
        /// How long spikes are under way.
        delay: Delay [None],
        /// What a spike does.
        synapse: Synapse [None],
        /// Whether it excites.
        receptor: Receptor [None],
        /// How a spike's effect depends on the spikes before it.
        short_term: Option<ShortTerm> [None],
        /// The learning rule; none where weights stay as they are.
        rule: Option<Rule> [None],
        /// What acts on weights besides learning.
        homeostasis: Vec<Homeostasis> [None],
        /// The name of the weights among what was learned; none if they are not kept. Several projections may share it.
        array: Option<String> [None],
    }
}

described! {
    /// Who is connected to whom.
    pub enum Wiring {
        /// All to all.
        AllToAll = "all to all",
        /// All to all, but not to the one with its own number, which within a population is itself.
        AllToOthers = "all but its own number",
        /// Each to the one with its own number.
        OneToOne = "one to one",
        /// Each pair by chance.
        Probability = "fixed probability" {
            /// Of a synapse.
            p: f64 [Share],
        },
        /// Each receiver has equally many senders.
        InDegree = "fixed in-degree" {
            /// How many.
            num: u32 [None],
        },
        /// Each sender has equally many receivers, drawn one by one, so that some are drawn twice.
        OutDegree = "fixed out-degree, with repetition" {
            /// How many.
            num: u32 [None],
        },
        /// Each pair of neurons by chance, the likelier the nearer: p = λ e^(−λ d).
        ByDistance = "by distance of neurons" {
            /// λ, per step of the grid.
            lambda: f64 [None],
        },
        /// Pairs of circuits, all of whose neurons are connected, drawn by the same law until there are enough of them.
        ByCircuit = "by distance of circuits" {
            /// λ, per step of the grid.
            lambda: f64 [None],
            /// How many different pairs, in one direction.
            num_pairs: u32 [None],
            /// How far a pair's distance may be from the distance that was drawn.
            tolerance: f64 [None],
        },
        /// Written down one by one.
        Listed = "listed" {
            /// Sender and receiver, counted within those of the projection.
            pairs: Vec<(u32, u32)> [None],
        },
    }
}

described! {
    /// How long a spike is under way. 0: it arrives in the step in which it was fired.
    pub enum Delay {
        /// The same for all.
        Fixed = "fixed" {
            /// The delay.
            delay_ms: f64 [Ms],
        },
        /// Drawn for each synapse.
        Uniform = "uniform" {
            /// The least.
            low_ms: f64 [Ms],
            /// The greatest.
            high_ms: f64 [Ms],
        },
    }
}

described! {
    /// What a spike does to the neuron that it reaches.
    pub enum Synapse {
        /// Nothing: the weight is only looked at.
        Nothing = "acts on nobody",
        /// It lifts the potential at once.
        Delta = "at once" {
            /// By how much, for weight 1, in the potential's own unit.
            per_weight: f64 [None],
        },
        /// A current that flows for one step.
        OneStep = "current of one step" {
            /// What it adds to the model's current (of a leaky neuron: R I in mV) for weight 1.
            per_weight: f64 [None],
        },
        /// A current that jumps and decays exponentially.
        Current = "exponential current" {
            /// Its decay.
            tau_s_ms: f64 [Ms],
            /// The area under R I for weight 1.
            area_mv_ms: f64 [MvMs],
        },
        /// A conductance that jumps and decays exponentially.
        Conductance = "exponential conductance" {
            /// Its decay.
            tau_s_ms: f64 [Ms],
            /// Its reversal potential.
            e_rev_mv: f64 [Mv],
            /// The jump for weight 1, in units of the leak.
            per_weight: f64 [None],
        },
        /// A potential of two exponentials: w A (e^(−s/τ_d) − e^(−s/τ_r)).
        DoubleExponential = "double-exponential potential" {
            /// τ_r
            tau_rise_ms: f64 [Ms],
            /// τ_d
            tau_decay_ms: f64 [Ms],
            /// A
            amplitude: f64 [None],
        },
        /// A dendrite for each synapse whose time constant and gain follow the weight (ADDS), and a current straight to the soma.
        Dendrite = "active dendrite" {
            /// Time constant at weight 1.
            tau_min_ms: f64 [Ms],
            /// Time constant at weight 0.
            tau_max_ms: f64 [Ms],
            /// Resistance of the soma, as a pure number.
            r_m: f64 [None],
            /// Size of a spike; 1 is the impulse of the equations.
            impulse: f64 [None],
            /// The membrane time constant that slips into a dendrite's gain at the test, where a program has it wrong.
            tau_m_slip_ms: Option<f64> [Ms],
            /// Decay of the current straight to the soma.
            tau_s_ms: f64 [Ms],
            /// The area under R I of that current, for weight 1.
            area_mv_ms: f64 [MvMs],
        },
    }
}

described! {
    /// Whether a spike excites.
    pub enum Receptor {
        /// It does.
        Excitatory = "excitatory",
        /// It inhibits.
        Inhibitory = "inhibitory",
        /// As the weight's sign says, or as the rest of its circuit does.
        Signed = "by the weight",
    }
}

described! {
    /// A spike's effect is u R times that of its weight. Each constant is drawn for every sender, normal.
    pub struct ShortTerm {
        /// U, the share that a spike uses after a long silence.
        u: f64 [Share],
        /// Recovery from depression.
        tau_d_ms: f64 [Ms],
        /// Decay of facilitation.
        tau_f_ms: f64 [Ms],
        /// Standard deviation of each, in units of its mean.
        sd: f64 [None],
        /// The least time constant that is drawn.
        tau_least_ms: f64 [Ms],
    }
}

impl Projection {
    /// Synapses that excite at once in the same step, and do not learn. What is different is set afterwards.
    pub fn new(
        name: &str,
        [from, to]: [Members; 2],
        wiring: Wiring,
        weights: Weights,
        synapse: Synapse,
    ) -> Self {
        Self {
            name: name.into(),
            from,
            to,
            wiring,
            weights,
            delay: Delay::Fixed { delay_ms: 0.0 },
            synapse,
            receptor: Receptor::Excitatory,
            short_term: None,
            rule: None,
            homeostasis: Vec::new(),
            array: None,
        }
    }

    /// The same from every member of a population to every one of another.
    pub fn all_to_all(
        name: &str,
        ends: [&Population; 2],
        weights: Weights,
        synapse: Synapse,
    ) -> Self {
        Self::new(name, ends.map(Population::all), Wiring::AllToAll, weights, synapse)
    }

    /// The same with spikes that are under way for so long.
    pub fn delayed(self, delay_ms: f64) -> Self {
        Self { delay: Delay::Fixed { delay_ms }, ..self }
    }

    /// The same with spikes that inhibit.
    pub fn inhibitory(self) -> Self {
        Self { receptor: Receptor::Inhibitory, ..self }
    }

    /// The same with a rule that changes its weights.
    pub fn learning(self, rule: Rule) -> Self {
        Self { rule: Some(rule), ..self }
    }

    /// The same with weights that are kept by this name among what was learned.
    pub fn kept_as(self, array: &str) -> Self {
        Self { array: Some(array.into()), ..self }
    }

    /// Its weights change by learning.
    pub fn is_plastic(&self) -> bool {
        self.rule.is_some()
    }

    /// How many places its table of weights has: every pair of a dense one, also where there is no synapse. None where
    /// the number is left to chance.
    pub fn num_weights(&self) -> Option<u64> {
        let [from, to] = [&self.from, &self.to].map(|members| u64::from(members.size));
        match &self.wiring {
            Wiring::AllToAll | Wiring::AllToOthers => Some(from * to),
            Wiring::OneToOne => Some(from),
            Wiring::InDegree { num } => Some(to * u64::from(*num)),
            Wiring::OutDegree { num } => Some(from * u64::from(*num)),
            Wiring::Listed { pairs } => Some(pairs.len() as u64),
            Wiring::Probability { .. } | Wiring::ByDistance { .. } | Wiring::ByCircuit { .. } => {
                None
            }
        }
    }
}
