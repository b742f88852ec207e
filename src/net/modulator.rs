//! Signals that all synapses of a rule hear: dopamine, reward, success.

use super::population::Members;

described! {
    /// A signal, and what makes it.
    pub struct Modulator {
        /// Its name.
        name: String [None],
        /// How it goes on in time.
        signal: Signal [None],
        /// What sets it off.
        release: Release [None],
    }
}

described! {
    /// How a signal goes on.
    pub enum Signal {
        /// A tonic level, and pulses that decay.
        Dopamine = "dopamine" {
            /// The tonic level.
            tonic: f64 [None],
            /// What a release adds.
            pulse: f64 [None],
            /// Decay of a pulse.
            tau_ms: f64 [Ms],
            /// Time over which a mean is taken that is taken off; none: nothing is.
            tau_mean_ms: Option<f64> [Ms],
            /// How it decays.
            method: super::population::Method [None],
        },
        /// A reward less its baseline: S = R − b + o σ_R.
        Success = "success signal" {
            /// b
            baseline: Baseline [None],
            /// o, an error made on purpose, in standard deviations of the reward.
            offset: f64 [None],
        },
        /// The same level all the time.
        Constant = "constant" {
            /// The level, once it has settled.
            level: f64 [None],
        },
    }
}

described! {
    /// What is taken off a reward.
    pub enum Baseline {
        /// Nothing.
        None = "none",
        /// The mean of all trials.
        Mean = "running mean" {
            /// Trials over which it is taken.
            tau_trials: f64 [Trials],
        },
        /// The mean of the trials with the same stimulus.
        PerStimulus = "running mean per stimulus" {
            /// Trials of the stimulus over which it is taken.
            tau_trials: f64 [Trials],
        },
    }
}

described! {
    /// What sets a signal off.
    pub enum Release {
        /// Nothing.
        Never = "never",
        /// It is there from the beginning.
        Always = "always",
        /// One neuron fires soon after another.
        Pairing = "a pairing" {
            /// The first.
            pre: Members [None],
            /// The second; none: the receiver of the synapse that was chosen at random.
            post: Option<Members> [None],
            /// The second's spike comes before so much time is over.
            within_ms: f64 [Ms],
            /// From there to the release, drawn uniformly: least.
            delay_min_ms: f64 [Ms],
            /// Greatest.
            delay_max_ms: f64 [Ms],
        },
        /// The releases of a network beside, each later by a random time.
        Yoked = "another network's releases" {
            /// That network's population.
            leader: String [None],
            /// Later by at least.
            delay_min_ms: f64 [Ms],
            /// Later by at most.
            delay_max_ms: f64 [Ms],
        },
        /// The rewards of trials in shuffled order.
        Shuffled = "rewards of other trials" {
            /// Whose: this network's own, or those of a population beside.
            of: String [None],
        },
        /// The clock.
        Every = "the clock" {
            /// How often.
            every_ms: f64 [Ms],
        },
        /// Every spike of these neurons.
        Spikes = "spikes" {
            /// Whose.
            of: Members [None],
            /// From the spike to the release.
            delay_ms: f64 [Ms],
            /// How much a spike earns with each stimulus; empty: as much as the signal says.
            earns: Vec<f64> [None],
            /// Which stimulus earns what is drawn anew in every round.
            is_shuffled: bool [None],
        },
        /// Trials of a given kind.
        Trials = "some trials" {
            /// From the event to the release.
            delay_ms: f64 [Ms],
            /// Whether each kind of trial is followed by one.
            follows: Vec<bool> [None],
        },
        /// Whose spikes were most at the end of a trial.
        Verdict = "who fired most" {
            /// The right neuron alone.
            right: f64 [None],
            /// Another one.
            wrong: f64 [None],
            /// Several alike.
            tie: f64 [None],
            /// Nobody.
            silent: f64 [None],
            /// From the trial's end to the signal.
            delay_ms: f64 [Ms],
        },
        /// The end of every trial of learning.
        EveryTrial = "every trial" {
            /// What is gained.
            size: f64 [None],
        },
        /// A coin at the end of a trial: plus or minus.
        Coin = "a coin" {
            /// What is gained or lost.
            size: f64 [None],
        },
        /// How well spikes hit their times: 1 less a miss and every spike too many.
        Score = "score of spike times" {
            /// What a miss costs.
            miss: f64 [None],
            /// Distance from the moment at which a spike is a whole miss.
            precision_ms: f64 [Ms],
            /// What every spike too many costs, and a missing one.
            surplus: f64 [None],
            /// Standard deviation of luck.
            luck: f64 [None],
            /// What each stimulus pays besides.
            bonus: Vec<f64> [None],
            /// No moment is nearer to an end of the trial than this share of it.
            margin: f64 [Share],
        },
    }
}

impl Modulator {
    /// A signal, and what makes it.
    pub fn new(name: &str, signal: Signal, release: Release) -> Self {
        Self { name: name.into(), signal, release }
    }
}
