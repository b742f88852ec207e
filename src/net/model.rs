//! What a neuron does: its equations by name, with their constants.

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
        /// Per step V ← V e^(−dt/τ_m) + Σ w; fires at V > θ. Pure numbers, as in snnTorch.
        FirstOrder = "leaky integrate-and-fire in steps" {
            /// Membrane time constant.
            tau_m_ms: f64 [Ms],
            /// Threshold.
            threshold: f64 [None],
            /// Refractory time, from the reset on, in which input is lost.
            t_ref_ms: f64 [Ms],
            /// What the step after a spike does. Soft: less the threshold; hard: to zero.
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
            /// What u does.
            recovery: Recovery [None],
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
        /// Adaptive exponential as a published program has it: τ_k dw/dt = a (V − E_L) − w + b τ_k N, w as R times a current.
        CountedAdEx = "adaptive exponential, driven by counted spikes" {
            /// Membrane time constant.
            tau_m_ms: f64 [Ms],
            /// Resting potential.
            e_l_mv: f64 [Mv],
            /// Threshold.
            v_th_mv: f64 [Mv],
            /// Width of the spike's upstroke.
            delta_t_mv: f64 [Mv],
            /// Potential at which it fires.
            v_peak_mv: f64 [Mv],
            /// Potential after a spike.
            v_reset_mv: f64 [Mv],
            /// How much w follows the potential.
            a: f64 [None],
            /// b: what one of N adds to w per ms; to w, where N is the spikes of the step.
            b_mv: f64 [Mv],
            /// Time constant of w.
            tau_w_ms: f64 [Ms],
            /// N.
            counted: Counted [None],
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
        /// Nothing. For neurons in steps only.
        Never = "none",
    }
}

described! {
    /// What the recovery of Izhikevich's neurons does.
    pub enum Recovery {
        /// du/dt = a (b v − u).
        Follows = "follows v",
        /// du/dt = a b (v − v_u).
        Sums = "sums up v" {
            /// v_u, where it stands still.
            v_u_mv: f64 [Mv],
        },
    }
}

described! {
    /// Which spikes drive an adaptation.
    pub enum Counted {
        /// All so far, as coded.
        AllSoFar = "all spikes so far",
        /// Those of the step, as meant.
        OfTheStep = "the spikes of the step",
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
