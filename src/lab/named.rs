//! Names of lines, pictures, rows and columns that are those of neurons.

/// How the items of a figure (lines, pictures, rows or columns) are named after the neurons of a population.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The population, as the description of the network has it.
    pub population: &'static str,
    /// What stands before the number of the neuron: at the beginning of a name or after a space. Where no number
    /// follows, it is the first neuron.
    pub before: &'static str,
    /// The number that the first neuron has there.
    pub first: u32,
}

impl Named {
    /// Neurons of `population` are called `before` and a number, from `first` on.
    pub const fn new(population: &'static str, before: &'static str, first: u32) -> Self {
        Self { population, before, first }
    }

    /// The neuron that a name is of.
    pub fn neuron(&self, name: &str) -> Option<u32> {
        let is_start = |at: &usize| *at == 0 || name[..*at].ends_with(' ');
        let at = name.match_indices(self.before).map(|(at, _)| at).find(is_start)?;
        let rest = &name[at + self.before.len()..];
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        match rest[..digits].parse::<u32>() {
            Ok(number) => number.checked_sub(self.first),
            Err(_) => rest.is_empty().then_some(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUTS: [Named; 2] = [Named::new("output", "n", 1), Named::new("output", "first", 0)];

    #[test]
    fn names_tell_neurons() {
        let named = OUTPUTS[0];
        let of = |name| named.neuron(name);
        assert_eq!(
            [of("n1"), of("n12 for A"), of("threshold of n3")],
            [Some(0), Some(11), Some(2)]
        );
        assert_eq!(
            [of("n"), of("n0"), of("verdict"), of("nobody"), of("mean")],
            [Some(0), None, None, None, None]
        );
        assert_eq!(OUTPUTS[1].neuron("first"), Some(0));
    }
}
