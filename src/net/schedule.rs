//! What is shown when, and in which order a step happens.

described! {
    /// A run from its beginning to its end.
    pub struct Schedule {
        /// One after the other.
        phases: Vec<Phase> [None],
    }
}

described! {
    /// Trials that are alike.
    pub struct Phase {
        /// Its name.
        name: String [None],
        /// How many trials.
        num_trials: u32 [Trials],
        /// How long something is shown in each.
        shown_ms: f64 [Ms],
        /// How long nothing is, after it.
        pause_ms: f64 [Ms],
        /// The longest pause, where they are drawn uniformly from the one above on.
        pause_max_ms: Option<f64> [Ms],
        /// What can be shown; empty where trials do not differ.
        stimuli: Vec<String> [None],
        /// Which comes next.
        order: Order [None],
        /// How many members of a stimulus change sides by chance, anew in every trial.
        flips: u32 [None],
        /// Whether weights and thresholds change.
        is_learning: bool [None],
        /// Whether the network begins every trial at rest.
        starts_at_rest: bool [None],
        /// When a trial is given once more; none: never.
        repeat: Option<Repeat> [None],
    }
}

described! {
    /// Which stimulus comes next.
    pub enum Order {
        /// Always the same order.
        Fixed = "one after the other",
        /// Each once in every round, in a new order.
        Shuffled = "shuffled in every round",
        /// Each equally often in one mixed order.
        Mixed = "mixed, each equally often",
        /// Drawn anew for every trial.
        Random = "random",
        /// All at the same time.
        Together = "all at once",
    }
}

described! {
    /// Once more, with more input.
    pub struct Repeat {
        /// The population whose spikes are counted while something is shown.
        population: String [None],
        /// With fewer spikes than this.
        fewer_than: u32 [None],
        /// What is added to the intensity of the source.
        adds: f64 [None],
        /// The source.
        source: String [None],
    }
}

described! {
    /// In which order a step happens.
    pub enum Update {
        /// Encode, deliver, integrate, threshold, learn, modulate, reset, record.
        Standard = "standard",
        /// As the source of the model has it.
        AsSource = "as its source" {
            /// The source.
            source: String [None],
            /// What happens, in order.
            steps: Vec<String> [None],
        },
    }
}

impl Schedule {
    /// One run without trials.
    pub fn continuous(duration_ms: f64) -> Self {
        Self { phases: vec![Phase::new("run", 1, duration_ms)] }
    }

    /// Whether it is made of trials, not of one piece.
    pub fn has_trials(&self) -> bool {
        self.phases.iter().map(|phase| phase.num_trials).sum::<u32>() > 1
    }

    /// The length of the run in ms, unless trials are repeated; with random pauses the mean of it.
    pub fn duration_ms(&self) -> f64 {
        let pause_ms = |p: &Phase| (p.pause_ms + p.pause_max_ms.unwrap_or(p.pause_ms)) / 2.0;
        let of = |p: &Phase| f64::from(p.num_trials) * (p.shown_ms + pause_ms(p));
        self.phases.iter().map(of).sum()
    }
}

impl Phase {
    /// Trials of learning without pauses, of one kind.
    pub fn new(name: &str, num_trials: u32, shown_ms: f64) -> Self {
        Self {
            name: name.into(),
            num_trials,
            shown_ms,
            pause_ms: 0.0,
            pause_max_ms: None,
            stimuli: Vec::new(),
            order: Order::Fixed,
            flips: 0,
            is_learning: true,
            starts_at_rest: false,
            repeat: None,
        }
    }
}

impl Update {
    /// A source's own order.
    pub fn as_source(source: &str, steps: &[&str]) -> Self {
        let steps = steps.iter().map(|step| step.to_string()).collect();
        Self::AsSource { source: source.into(), steps }
    }
}
