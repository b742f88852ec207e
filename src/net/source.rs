//! What drives neurons and inputs from outside: spikes that are generated, and currents.

use super::population::Members;

described! {
    /// A generator of spikes or currents.
    pub struct Source {
        /// Its name.
        name: String [None],
        /// Who gets what it makes.
        to: Members [None],
        /// What that is.
        drive: Drive [None],
    }
}

described! {
    /// How often an input may fire in one step.
    pub enum Counting {
        /// At most once (Bernoulli).
        OncePerStep = "at most once per step",
        /// As often as it happens.
        Exact = "as often as it happens",
    }
}

described! {
    /// Where shared spikes come from.
    pub enum Recipe {
        /// Shared events at the inputs' own rate, joined with probability √c.
        SqrtC = "joined with √c",
        /// A faster mother train, copied with probability c.
        Mip = "copied with c (MIP)",
    }
}

described! {
    /// What a source makes. Unless it says otherwise, its members fire.
    pub enum Drive {
        /// Independent spikes.
        Poisson = "Poisson" {
            /// Rate of each.
            rate_hz: f64 [Hz],
            /// How often it may fire in a step.
            counting: Counting [None],
        },
        /// Independent spikes, with rates in equal steps from the first to the last.
        PoissonSpan = "Poisson with a span of rates" {
            /// Rate of the first.
            low_hz: f64 [Hz],
            /// Rate of the last.
            high_hz: f64 [Hz],
        },
        /// Spikes shared in one and the same step.
        CommonSource = "common source" {
            /// Where they come from.
            recipe: Recipe [None],
            /// Rate of each.
            rate_hz: f64 [Hz],
            /// Pairwise correlation of counts.
            correlation: f64 [Share],
            /// Each spike is late by a time of its own, uniformly up to this.
            late_ms: f64 [Ms],
        },
        /// Copies of a mother train, each spike of each moved by a time of its own, uniformly.
        Jittered = "jittered copies of a mother train" {
            /// Rate of each.
            rate_hz: f64 [Hz],
            /// Pairwise correlation of counts in long bins.
            correlation: f64 [Share],
            /// Earliest shift.
            low_ms: f64 [None],
            /// Latest shift.
            high_ms: f64 [None],
        },
        /// Rates that fluctuate together, and are drawn anew after exponential times.
        DoublyStochastic = "common rates" {
            /// Mean rate.
            rate_hz: f64 [Hz],
            /// Pairwise correlation of rates.
            correlation: f64 [Share],
            /// Standard deviation of a rate, in units of the mean.
            sigma: f64 [None],
            /// Mean time for which rates hold.
            tau_ms: f64 [Ms],
        },
        /// A frozen pattern that returns at random places, one in each window.
        Embedded = "repeated pattern" {
            /// Background rate.
            rate_hz: f64 [Hz],
            /// Rate within the pattern.
            pattern_hz: f64 [Hz],
            /// How many of the inputs take part, from the first on.
            members: u32 [None],
            /// Length of the pattern.
            pattern_ms: f64 [Ms],
            /// Length of a window.
            every_ms: f64 [Ms],
            /// Share of its members' background that goes on in it.
            noise: f64 [Share],
            /// Standard deviation of its spikes' times.
            jitter_ms: f64 [Ms],
        },
        /// Input i of n fires with i/n of the rate, and half of that in the second half of the run.
        HalfGrowing = "rates that grow along the inputs" {
            /// Rate of the last.
            rate_hz: f64 [Hz],
            /// When rates are halved.
            half_ms: f64 [Ms],
        },
        /// Independent spikes, all at one rate that changes at set times.
        Stages = "rates in stages" {
            /// From when on, in ms, which rate, in Hz; silent before the first.
            stages: Vec<(f64, f64)> [None],
        },
        /// Each input is active for half of the run, from one of some starts on.
        RandomOffsets = "random offsets" {
            /// Rate of an active input.
            rate_hz: f64 [Hz],
            /// How many starts there are.
            num_starts: u32 [None],
            /// For how long an input is active.
            active_ms: f64 [Ms],
        },
        /// All fire at once, again and again.
        Periodic = "periodic volleys" {
            /// Time between two volleys.
            period_ms: f64 [Ms],
        },
        /// Spikes at written-down times.
        SpikeTimes = "listed spikes" {
            /// Member and time in ms of each.
            spikes: Vec<(u32, f64)> [None],
        },
        /// A spike in every trial, at a random time.
        OncePerTrial = "one spike per trial" {
            /// Earliest, from the trial's beginning.
            low_ms: f64 [Ms],
            /// Latest.
            high_ms: f64 [Ms],
            /// How much later in each kind of trial, in their order; negative: another source's spike comes first.
            lags_ms: Vec<f64> [None],
        },
        /// Poisson spikes, faster in members that belong to the stimulus on show.
        Shown = "Poisson, by what is shown" {
            /// Rate of a member that belongs to what is shown.
            on_hz: f64 [Hz],
            /// Rate of the others.
            off_hz: f64 [Hz],
            /// The members that belong to each stimulus.
            stimuli: Vec<Vec<u32>> [None],
        },
        /// Patterns of spikes that are drawn once, one for each stimulus.
        Frozen = "frozen patterns" {
            /// Rate at which they were drawn.
            rate_hz: f64 [Hz],
            /// Their length.
            length_ms: f64 [Ms],
            /// How many there are.
            patterns: u32 [None],
            /// How many inputs, from the first on, do the same in all of them.
            shared: u32 [None],
            /// Rate of the random spikes on top, while one is shown.
            noise_hz: f64 [Hz],
            /// Rate of random spikes while none is shown.
            pause_hz: f64 [Hz],
        },
        /// Two trains of spikes, drawn once: each member fires that of its bit.
        BitTrains = "one of two trains per bit" {
            /// Spikes of a train.
            num_spikes: u32 [None],
            /// Its length.
            length_ms: f64 [Ms],
            /// The bit of each member, for each stimulus.
            bits: Vec<Vec<u32>> [None],
        },
        /// Spikes whenever a modulator is released.
        Signal = "releases of a modulator" {
            /// The modulator.
            modulator: String [None],
        },
        /// Volleys of the members that are active in what is shown.
        Volley = "a volley of what is shown" {
            /// When, from the trial's beginning on.
            at_ms: f64 [Ms],
            /// The members that are active in each stimulus.
            stimuli: Vec<Vec<u32>> [None],
        },
        /// Rates in proportion to the grey values of an image.
        Image = "Poisson, by grey values" {
            /// Rate of the brightest pixel at intensity 1.
            rate_hz: f64 [Hz],
            /// What rates are multiplied by.
            intensity: f64 [None],
        },
        /// The published encoder of pictures, which reads its table of spikes by the wrong side.
        Pictures = "pictures, re-shaped" {
            /// Spikes per step of a white pixel.
            ratio: f64 [None],
            /// Pixels across and down.
            side: u32 [None],
            /// Steps of the encoder, and the side that is taken for the other.
            steps: u32 [None],
        },
        /// A neural code of a picture, shown again and again, with what noise does to its spikes.
        Coded = "a picture, coded" {
            /// The code.
            code: String [None],
            /// How long the picture is on.
            length_ms: f64 [Ms],
            /// The pause before it.
            pause_ms: f64 [Ms],
            /// Standard deviation of the moves of spikes.
            jitter_ms: f64 [Ms],
            /// Share of spikes that are lost.
            deletion: f64 [Share],
            /// Probability of a spike besides, per step.
            background: f64 [None],
            /// The most by which the onset is late.
            onset_ms: f64 [Ms],
        },
        /// A file of a visitor's, whose spikes are played.
        File = "spike trains of a file" {
            /// The name of its hash in links.
            key: String [None],
        },
        /// A current while what is shown makes the member active.
        ShownCurrent = "current of what is shown" {
            /// R I while it is active.
            r_i_mv: f64 [Mv],
            /// Potentials at the beginning of a trial are drawn uniformly from 0 to this.
            start_mv: f64 [Mv],
            /// The members that are active in each stimulus.
            stimuli: Vec<Vec<u32>> [None],
        },
        /// A normal current, drawn anew for each member in every trial of learning.
        TrialNoise = "noise current per trial" {
            /// Standard deviation of R I.
            sd_mv: f64 [Mv],
        },
        /// The same current all the time.
        Current = "constant current" {
            /// R I of leaky and exponential neurons; I of Izhikevich's, in mV per ms.
            r_i_mv: f64 [Mv],
        },
        /// A current that jumps from level to level: a step, a staircase, pulses.
        StepCurrent = "stepwise current" {
            /// From when on which level, as R I (of Izhikevich's neurons I, in mV per ms), in order; 0 before the first.
            levels: Vec<(f64, f64)> [None],
        },
        /// A current that grows steadily.
        RampCurrent = "ramp of current" {
            /// When it begins; 0 before.
            from_ms: f64 [Ms],
            /// When it ends; 0 after. None: it goes on.
            to_ms: Option<f64> [Ms],
            /// Where it begins, as R I.
            start_mv: f64 [Mv],
            /// By how much it grows in a second, as R I.
            slope_mv_per_s: f64 [None],
        },
        /// A current that follows a sine.
        SineCurrent = "sine current" {
            /// Its mean, as R I.
            mean_mv: f64 [Mv],
            /// How far it goes from there, as R I.
            amplitude_mv: f64 [Mv],
            /// How often it does so.
            frequency_hz: f64 [Hz],
        },
        /// Ornstein–Uhlenbeck noise, one for each member or one for all.
        ColouredNoise = "coloured noise current" {
            /// Its mean, as R I.
            mean_mv: f64 [Mv],
            /// Its standard deviation, as R I.
            sd_mv: f64 [Mv],
            /// How long it remembers itself.
            tau_ms: f64 [Ms],
            /// Whether all members share it.
            is_common: bool [None],
        },
        /// A current that is drawn anew in every step, for all members together.
        CommonCurrent = "common noisy current" {
            /// Mean.
            mean: f64 [None],
            /// Standard deviation.
            sd: f64 [None],
            /// R I of a current of 1.
            r_mv: f64 [Mv],
        },
        /// A uniform current around 0, drawn anew in every step for each member.
        UniformNoise = "uniform noise current" {
            /// From the least to the greatest.
            width: f64 [MvPerMs],
        },
        /// Poisson spikes that lift the potential at once.
        Kicks = "kicks" {
            /// Rate onto each member.
            rate_hz: f64 [Hz],
            /// What each adds.
            size_mv: f64 [Mv],
        },
    }
}

impl Source {
    /// A source.
    pub fn new(name: &str, to: Members, drive: Drive) -> Self {
        Self { name: name.into(), to, drive }
    }
}

impl Drive {
    /// It acts on a membrane; otherwise it makes its members fire.
    pub fn is_current(&self) -> bool {
        matches!(
            self,
            Self::ShownCurrent { .. }
                | Self::TrialNoise { .. }
                | Self::Current { .. }
                | Self::StepCurrent { .. }
                | Self::RampCurrent { .. }
                | Self::SineCurrent { .. }
                | Self::ColouredNoise { .. }
                | Self::CommonCurrent { .. }
                | Self::UniformNoise { .. }
                | Self::Kicks { .. }
        )
    }
}
