//! Arrays with names and shapes: kept, as read from a file, and lent, as a run shows what it has learned.
//!
//! A run has many weights and is looked at often, so it lends them in place and nobody copies what is only read.

/// An array with a name and a shape.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedArray {
    /// What it holds, such as `input_to_output`.
    pub name: String,
    /// Its axes: one or two.
    pub shape: Vec<u32>,
    /// Row by row.
    pub values: Vec<f32>,
}

impl NamedArray {
    /// The array in place.
    pub fn view(&self) -> ArrayView<'_> {
        ArrayView::new(&self.name, &self.shape, &self.values)
    }
}

/// Gives sender and receiver of each synapse by its index.
pub type Ends<'a> = Box<dyn Fn(usize) -> (u32, u32) + 'a>;

/// An array of somebody else's.
pub struct ArrayView<'a> {
    /// What it holds, such as `input_to_output`.
    pub name: &'a str,
    /// Its axes: one or two.
    pub shape: Vec<u32>,
    /// Row by row.
    pub values: Values<'a>,
    /// Sender and receiver of each synapse, counted within their groups, where a description does not tell them.
    pub ends: Option<Ends<'a>>,
}

impl<'a> ArrayView<'a> {
    /// An array of this shape.
    pub fn new(name: &'a str, shape: &[u32], values: &'a [f32]) -> Self {
        Self::of(name, shape, Values::Lent(values))
    }

    /// An array with one axis.
    pub fn row(name: &'a str, values: &'a [f32]) -> Self {
        Self::new(name, &[values.len() as u32], values)
    }

    /// An array of this shape that is not kept as such: `value_at` works out each value by its index.
    pub fn worked_out(name: &'a str, shape: &[u32], value_at: impl Fn(usize) -> f32 + 'a) -> Self {
        let num = shape.iter().product::<u32>() as usize;
        Self::of(name, shape, Values::WorkedOut(num, Box::new(value_at)))
    }

    fn of(name: &'a str, shape: &[u32], values: Values<'a>) -> Self {
        Self { name, shape: shape.to_vec(), values, ends: None }
    }

    /// The same, of synapses each of which leads from the first neuron that `ends_at` gives to the second.
    pub fn between(self, ends_at: impl Fn(usize) -> (u32, u32) + 'a) -> Self {
        Self { ends: Some(Box::new(ends_at)), ..self }
    }

    /// A copy to keep.
    pub fn to_array(&self) -> NamedArray {
        let values = self.values.iter().collect();
        NamedArray { name: self.name.into(), shape: self.shape.clone(), values }
    }
}

/// The values of an array, to be read in place.
pub enum Values<'a> {
    /// They are kept as they are.
    Lent(&'a [f32]),
    /// How many there are, and what works each of them out.
    WorkedOut(usize, Box<dyn Fn(usize) -> f32 + 'a>),
}

impl Values<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Lent(values) => values.len(),
            Self::WorkedOut(num, _) => *num,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of this index.
    ///
    /// # Panics
    /// If there are no more than `idx`.
    pub fn get(&self, idx: usize) -> f32 {
        match self {
            Self::Lent(values) => values[idx],
            Self::WorkedOut(_, value_at) => value_at(idx),
        }
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = f32> + '_ {
        (0..self.len()).map(|idx| self.get(idx))
    }
}
