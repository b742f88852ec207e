//! Neurons, and inputs: how many, of which model, and where they stand in a picture.

described! {
    /// Neurons, or inputs, that are counted together from 0.
    pub struct Population {
        /// Its name.
        name: String [None],
        /// How many there are.
        size: u32 [None],
        /// Where it stands in a picture.
        place: Place [None],
        /// Its parts, one behind the other; most populations have one.
        parts: Vec<Part> [None],
        /// What raises thresholds, if they move.
        adaptation: Option<Adaptation> [None],
        /// How its neurons compete, if they do without synapses.
        competition: Option<Competition> [None],
    }
}

described! {
    /// Neurons of one kind, which stand side by side.
    pub struct Part {
        /// Its name; empty where it is the whole population.
        name: String [None],
        /// How many there are.
        size: u32 [None],
        /// What they are there for.
        role: Role [None],
        /// What a neuron does.
        model: Model [None],
        /// Where variables begin that do not begin at rest.
        start: Vec<Start> [None],
    }
}

described! {
    /// Where a variable begins.
    pub struct Start {
        /// Its name.
        variable: String [None],
        /// In the variable's own unit.
        from: super::weights::Draw [None],
        /// What is drawn at or above the first of these becomes the second.
        at_or_above: Option<(f64, f64)> [None],
    }
}

described! {
    /// What neurons are there for.
    pub enum Role {
        /// What comes in.
        Input = "input",
        /// Between inputs and outputs.
        Hidden = "hidden",
        /// What is read out.
        Output = "output",
        /// Excites others, in a network without outputs.
        Excitatory = "excitatory",
        /// Inhibits others.
        Inhibitory = "inhibitory",
        /// Belongs to a network that runs beside, for comparison.
        Control = "control",
    }
}

described! {
    /// Where a population stands in a picture.
    pub struct Place {
        /// Layers from the left, from 0.
        layer: u32 [None],
        /// How its members stand in it.
        layout: Layout [None],
    }
}

described! {
    /// How members stand.
    pub enum Layout {
        /// One below the other.
        Column = "column",
        /// Row by row from the top left.
        Grid = "grid" {
            /// Across.
            columns: u32 [None],
            /// Down.
            rows: u32 [None],
        },
        /// A grid of circuits, each with some members.
        Circuits = "grid of circuits" {
            /// Circuits across.
            columns: u32 [None],
            /// Circuits down.
            rows: u32 [None],
            /// Members of each, row by row.
            sizes: Vec<u32> [None],
        },
    }
}

described! {
    /// Some members of a population, side by side.
    pub struct Members {
        /// Whose.
        population: String [None],
        /// The first of them, from 0.
        first: u32 [None],
        /// How many.
        size: u32 [None],
    }
}

described! {
    /// What a neuron does. Synapses say how its inputs act on it.
    pub enum Model {
        /// Has no state: it fires when its source says so.
        SpikeSource = "fires as its source says",
        /// τ_m dV/dt = −(V − E_L) + R I; at V ≥ V_th it fires.
        Lif = "leaky integrate-and-fire" {
            /// Membrane time constant.
            tau_m_ms: f64 [Ms],
            /// Resting potential.
            e_l_mv: f64 [Mv],
            /// Threshold.
            v_th_mv: f64 [Mv],
            /// Potential after a spike.
            v_reset_mv: f64 [Mv],
            /// Refractory time.
            t_ref_ms: f64 [Ms],
            /// What a spike does to the potential.
            reset: Reset [None],
            /// What makes it fire.
            firing: Firing [None],
            /// How a step is taken.
            method: Method [None],
        },
        /// τ_m dV/dt = (E_L − V) + Σ g (E − V), with conductances in units of the leak.
        ConductanceLif = "leaky integrate-and-fire with conductances" {
            /// Membrane time constant.
            tau_m_ms: f64 [Ms],
            /// Resting potential.
            e_l_mv: f64 [Mv],
            /// Threshold.
            v_th_mv: f64 [Mv],
            /// Potential after a spike.
            v_reset_mv: f64 [Mv],
            /// Refractory time.
            t_ref_ms: f64 [Ms],
            /// What a spike does to the potential.
            reset: Reset [None],
            /// How a step is taken.
            method: Method [None],
        },
        /// Per step I ← I e^(−dt/τ_s) + Σ w and V ← V e^(−dt/τ_m) + I; fires at V > θ. Pure numbers, as in snnTorch.
        SecondOrder = "second-order integrate-and-fire in steps" {
            /// Membrane time constant.
            tau_m_ms: f64 [Ms],
            /// Time constant of the current.
            tau_s_ms: f64 [Ms],
            /// Threshold.
            threshold: f64 [None],
            /// Refractory time, from the reset on, in which input is lost.
            t_ref_ms: f64 [Ms],
            /// Soft: less the threshold; hard: to zero.
            reset: Reset [None],
        },
        /// SRM₀: sums potentials of fixed shape with a peak of 1, and begins anew with each of its spikes.
        SpikeResponse = "spike response" {
            /// Threshold, in units of the peak that a spike of weight 1 makes.
            threshold: f64 [None],
            /// Decay of the potential.
            tau_m_ms: f64 [Ms],
            /// Its rise.
            tau_s_ms: f64 [Ms],
            /// Refractory time.
            t_ref_ms: f64 [Ms],
            /// Potential right after a spike, in thresholds.
            after_spike: f64 [None],
            /// What pulls it down again: the size of the second kernel, in thresholds.
            after_pull: f64 [None],
        },
        /// Fires in a step with probability Σ w / n over the inputs that arrive.
        LinearPoisson = "linear Poisson" {
            /// n, what the sum of weights is divided by.
            divisor: f64 [None],
        },
        /// dv/dt = k₂ v² + k₁ v + k₀ − u + I, du/dt = a (b v − u); at the peak v = c, u ← u + d.
        Izhikevich = "Izhikevich" {
            /// How fast u recovers.
            a: f64 [PerMs],
            /// How much u follows v below threshold.
            b: f64 [None],
            /// Potential after a spike.
            c_mv: f64 [Mv],
            /// What a spike adds to u.
            d: f64 [MvPerMs],
            /// Potential at which it fires.
            v_peak_mv: f64 [Mv],
            /// k₂
            quadratic: f64 [PerMvMs],
            /// k₁
            linear: f64 [PerMs],
            /// k₀
            constant: f64 [MvPerMs],
            /// How a step is taken.
            method: Method [None],
        },
        /// Adaptive exponential, with Clopath's additions: a depolarising spike after-current z and a moving threshold.
        AdEx = "adaptive exponential" {
            /// Capacitance.
            c_m_pf: f64 [Pf],
            /// Leak conductance.
            g_l_ns: f64 [Ns],
            /// Resting potential.
            e_l_mv: f64 [Mv],
            /// Threshold at rest.
            v_th_mv: f64 [Mv],
            /// Width of the spike's upstroke.
            delta_t_mv: f64 [Mv],
            /// Potential at which a spike is counted.
            v_peak_mv: f64 [Mv],
            /// Potential after a spike.
            v_reset_mv: f64 [Mv],
            /// Subthreshold adaptation.
            a_ns: f64 [SignedNs],
            /// What a spike adds to the adaptation.
            b_pa: f64 [Pa],
            /// Time constant of the adaptation.
            tau_w_ms: f64 [Ms],
            /// Refractory time.
            t_ref_ms: f64 [Ms],
            /// What a spike sets the after-current to; 0 without one.
            i_sp_pa: f64 [Pa],
            /// Time constant of the after-current.
            tau_z_ms: f64 [Ms],
            /// Threshold right after a spike.
            v_th_max_mv: f64 [Mv],
            /// Time constant of its way back.
            tau_th_ms: f64 [Ms],
            /// For how long the potential of a spike is held.
            t_clamp_ms: f64 [Ms],
            /// That potential.
            v_clamp_mv: f64 [Mv],
            /// How a step is taken.
            method: Method [None],
        },
        /// C dV/dt = g_Na m³h (E_Na − V) + g_K n⁴ (E_K − V) + g_L (E_L − V) + I; a spike is an upstroke through V_th.
        HodgkinHuxley = "Hodgkin–Huxley" {
            /// Capacitance.
            c_m_uf_per_cm2: f64 [UfPerCm2],
            /// Conductance of all sodium channels, were they open.
            g_na_msiemens_per_cm2: f64 [MsiemensPerCm2],
            /// Conductance of all potassium channels, were they open.
            g_k_msiemens_per_cm2: f64 [MsiemensPerCm2],
            /// Leak conductance; its inverse is the R of currents that are given as R I.
            g_l_msiemens_per_cm2: f64 [MsiemensPerCm2],
            /// Reversal potential of sodium.
            e_na_mv: f64 [Mv],
            /// Reversal potential of potassium.
            e_k_mv: f64 [Mv],
            /// Reversal potential of the leak.
            e_l_mv: f64 [Mv],
            /// Potential at which a spike is counted, on its way up.
            v_th_mv: f64 [Mv],
            /// How a step is taken.
            method: Method [None],
        },
        /// Fires by chance at its share of its circuit's rate: r eᵘ / Σ eᵘ, u = Σ w y.
        Softmax = "softmax within its circuit" {
            /// Rate of a whole circuit.
            rate_hz: f64 [Hz],
        },
    }
}

described! {
    /// What makes a leaky neuron fire; u is how far its potential is above the threshold.
    pub enum Firing {
        /// It reaches the threshold.
        Sharp = "at the threshold",
        /// By chance, with rate e^(u/Δ)/τ.
        Exponential = "by chance, exponential" {
            /// Δ, the width of the soft threshold.
            delta_mv: f64 [Mv],
            /// τ, the mean waiting time at the threshold.
            tau_ms: f64 [Ms],
        },
        /// By chance, with a rate in proportion to u.
        Linear = "by chance, linear" {
            /// Slope of the rate.
            slope_hz_per_mv: f64 [HzPerMv],
        },
        /// By chance, with a probability per step, of any length, in proportion to u.
        LinearPerStep = "by chance, linear per step" {
            /// Probability per mV.
            gain: f64 [PerMv],
        },
    }
}

described! {
    /// What a spike does to the potential.
    pub enum Reset {
        /// It goes to the reset potential.
        Hard = "hard",
        /// It falls by the distance from threshold to reset.
        Soft = "soft",
    }
}

described! {
    /// How a step is taken.
    pub enum Method {
        /// Exact on the grid.
        Exact = "exact",
        /// Forward Euler.
        Euler = "forward Euler",
        /// Potentials by forward Euler in two half steps, then the rest in one with the new potential.
        TwoHalves = "forward Euler in two halves",
        /// The linear part exactly for half a step, the rest exactly for a whole one, the linear part again (Strang).
        Splitting = "exact parts in turn",
        /// Exact for conductances that stay as they are within the step; conductances by their exponential.
        ExponentialEuler = "exponential Euler",
        /// The same for the potential, and conductances by forward Euler: a spike's charge is then its weight times τ.
        ExponentialEulerMembrane = "exponential Euler, conductances by forward Euler",
    }
}

described! {
    /// A threshold that moves: V_th + θ.
    pub enum Adaptation {
        /// A spike adds, and time takes away at a steady rate.
        Steady = "sinks steadily" {
            /// What a spike adds.
            theta_plus_mv: f64 [Mv],
            /// The rate at which θ stays where it is.
            target_rate_hz: f64 [Hz],
            /// The lowest θ.
            theta_min_mv: f64 [Mv],
            /// θ at the beginning.
            theta_start_mv: f64 [Mv],
            /// The name of θ among what was learned; none if it is not kept.
            array: Option<String> [None],
        },
        /// A spike adds, and multiplies the threshold's distance from rest; θ decays exponentially.
        Relaxing = "relaxes" {
            /// What a spike adds.
            theta_plus_mv: f64 [Mv],
            /// By what a spike multiplies the distance of the threshold from rest.
            ratio: f64 [None],
            /// That distance without adaptation.
            distance_mv: f64 [Mv],
            /// Time constant of its way back.
            tau_theta_ms: f64 [Ms],
            /// θ at the beginning.
            theta_start_mv: f64 [Mv],
            /// The name of θ among what was learned; none if it is not kept.
            array: Option<String> [None],
        },
    }
}

described! {
    /// Competition without synapses, at once.
    pub enum Competition {
        /// Of those that cross the threshold in one step the first fires; all others lose some potential.
        WinnerTakeAll = "the first to cross fires and inhibits the others" {
            /// What the others lose.
            inhibition_mv: f64 [Mv],
            /// How many take part, from the first on.
            size: u32 [None],
        },
        /// As soon as one fires, all but the one with the highest potential lose some synaptic current.
        Soft = "a spike takes current from all but the highest" {
            /// What the others lose, in the model's own unit; nothing sinks below 0.
            strength: f64 [None],
        },
        /// The first to cross the threshold wins the trial: nobody fires after it.
        Race = "one winner per trial" {
            /// From the crossing to the spike; the race goes on meanwhile.
            delay_ms: f64 [Ms],
        },
    }
}

/// Whose the parts of a network are: the run's own, or those of a copy beside it, whose names begin with this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner<'n>(pub &'n str);

impl Owner<'_> {
    /// The run itself.
    pub const RUN: Owner<'static> = Owner("");

    /// It is there for comparison.
    pub fn is_beside(self) -> bool {
        !self.0.is_empty()
    }

    /// The name of one of its parts.
    pub fn name(self, what: &str) -> String {
        [self.0, what].concat()
    }

    /// What neurons with this role are there for.
    pub fn role(self, role: Role) -> Role {
        if self.is_beside() { Role::Control } else { role }
    }

    /// The name of weights among what was learned; those of a copy are not kept.
    pub fn array(self, name: &str) -> Option<String> {
        (!self.is_beside()).then(|| name.into())
    }

    /// One of its populations.
    pub fn population(
        self,
        name: &str,
        size: u32,
        layer: u32,
        role: Role,
        model: Model,
    ) -> Population {
        Population::new(&self.name(name), size, layer, self.role(role), model)
    }
}

impl Population {
    /// Inputs, which fire as their source says.
    pub fn input(name: &str, size: u32) -> Self {
        Self::new(name, size, 0, Role::Input, Model::SpikeSource)
    }

    /// Neurons of one kind in a column, which begin at rest.
    pub fn new(name: &str, size: u32, layer: u32, role: Role, model: Model) -> Self {
        Self::of_parts(name, layer, vec![Part::new("", size, role, model)])
    }

    /// Neurons of several kinds, one behind the other.
    pub fn of_parts(name: &str, layer: u32, parts: Vec<Part>) -> Self {
        Self {
            name: name.into(),
            size: parts.iter().map(|part| part.size).sum(),
            place: Place { layer, layout: Layout::Column },
            parts,
            adaptation: None,
            competition: None,
        }
    }

    /// Row by row.
    pub fn in_grid(mut self, columns: u32, rows: u32) -> Self {
        self.place.layout = Layout::Grid { columns, rows };
        self
    }

    /// All its members.
    pub fn all(&self) -> Members {
        Members { population: self.name.clone(), first: 0, size: self.size }
    }

    /// Some of its members.
    pub fn some(&self, first: u32, size: u32) -> Members {
        Members { population: self.name.clone(), first, size }
    }
}

impl Model {
    /// The same, if it is a leaky neuron, with another reason to fire.
    pub fn firing_by(mut self, other: Firing) -> Self {
        if let Self::Lif { firing, .. } = &mut self {
            *firing = other;
        }
        self
    }

    /// The same, if it is a leaky neuron, by another numerical method.
    pub fn solved_by(mut self, other: Method) -> Self {
        if let Self::Lif { method, .. } = &mut self {
            *method = other;
        }
        self
    }
}

impl Part {
    /// Neurons that begin at rest.
    pub fn new(name: &str, size: u32, role: Role, model: Model) -> Self {
        Self { name: name.into(), size, role, model, start: Vec::new() }
    }
}

impl std::fmt::Display for Members {
    /// `input`, or of some `input[15..30]`: from 15 to before 30. Who they are of how many, only the network knows.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { population, first, size } = self;
        write!(f, "{population}[{first}..{}]", first + size)
    }
}
