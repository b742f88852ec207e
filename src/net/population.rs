//! Neurons, and inputs: how many, of which model, and where they stand in a picture.

pub use super::model::{Method, Model};

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
