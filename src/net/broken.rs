//! What can be wrong with a description, and how to mend it.

/// A rule that a description breaks.
#[derive(Clone, Debug, PartialEq)]
pub enum Broken {
    /// A name that nothing has.
    Unknown {
        /// Who uses it.
        what: String,
        /// The name.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// Two things of one kind with one name.
    Twice {
        /// Their kind.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// Nothing in it.
    Empty {
        /// What.
        what: String,
    },
    /// More or fewer than there have to be.
    Count {
        /// Of what.
        what: String,
        /// How many it has.
        has: u32,
        /// How many it must have.
        must: u32,
        /// Why.
        rule: &'static str,
    },
    /// Members that the population does not have.
    Beyond {
        /// Who wants them.
        what: String,
        /// One more than the last of them.
        end: u32,
        /// How many there are.
        size: u32,
    },
    /// A number outside its range.
    Range {
        /// Which.
        what: String,
        /// The number.
        value: f64,
        /// The range, as in "must not be negative".
        rule: &'static str,
    },
    /// Weights that begin where they may not be.
    Weight {
        /// The projection.
        projection: String,
        /// The weight that can be drawn.
        value: f64,
        /// The least and the greatest weight.
        bounds: (f64, f64),
    },
    /// A wiring by number between unequal numbers.
    Unequal {
        /// The projection.
        projection: String,
        /// Senders.
        from: u32,
        /// Receivers.
        to: u32,
    },
    /// A population fires as its source says and has none.
    Silent {
        /// The population.
        population: String,
    },
    /// A source makes members fire that have a model of their own, or a current into those that have no membrane.
    Misplaced {
        /// The source.
        source: String,
        /// Onto whom.
        to: String,
        /// What it makes.
        makes: &'static str,
    },
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown { what, name, known } if known.is_empty() => {
                write!(f, "{what}: there is no '{name}', and nothing else either. Add it.")
            }
            Self::Unknown { what, name, known } => {
                write!(f, "{what}: there is no '{name}'. Use one of {}.", known.join(", "))
            }
            Self::Twice { what, name } => {
                write!(f, "two {what} are named '{name}', and names must differ. Rename one.")
            }
            Self::Empty { what } => {
                write!(
                    f,
                    "{what}: 0, and there must be at least 1. Leave it out or make it larger."
                )
            }
            Self::Count { what, has, must, rule } => {
                write!(f, "{what}: {has}, and it must be {must}, since {rule}.")
            }
            Self::Beyond { what, end, size } => write!(
                f,
                "{what}: members up to {end} are wanted, and there are {size}. Take fewer, or a larger population."
            ),
            Self::Range { what, value, rule } => write!(f, "{what}: {value} {rule}. Change it."),
            Self::Weight { projection, value, bounds: (low, high) } => write!(
                f,
                "{projection}: weights may begin at {value} and must lie between {low} and {high}. Draw others, or move the bounds."
            ),
            Self::Unequal { projection, from, to } => write!(
                f,
                "{projection}: {from} senders and {to} receivers, and wiring by number needs equally many. Make them equal, or use another wiring."
            ),
            Self::Silent { population } => write!(
                f,
                "{population}: it fires as its source says, and no source makes it fire. Add a source, or give it a model."
            ),
            Self::Misplaced { source, to, makes } => write!(
                f,
                "{source}: it makes {makes}, which '{to}' cannot take. Put spikes into a population that fires as its source says, and currents into neurons."
            ),
        }
    }
}
