//! Inputs that are treated alike, and what was seen of their weights.

use get_size2::GetSize;

use super::params::NeuronParams;

/// Inputs of each group whose weights are drawn one by one.
const MEMBERS: u32 = 12;

/// Inputs that are treated alike.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Class {
    /// Its name on the screen.
    pub label: String,
    /// Its first input.
    pub first: u32,
    /// How many there are.
    pub size: u32,
    /// Pairwise correlation within it.
    pub correlation: f64,
    /// It is the group that the generator makes.
    pub is_group: bool,
    /// Mean weight at the end of each block.
    pub mean: Vec<f32>,
    /// Some of its weights at the end of each block, one list for each input.
    pub members: Vec<Vec<f32>>,
    /// How fast the mean weight moved in each block, per second.
    pub drift: Vec<f32>,
    /// The same by theory, where there is one.
    pub theory: Vec<f32>,
}

impl Class {
    pub fn range(&self) -> std::ops::Range<usize> {
        self.first as usize..(self.first + self.size) as usize
    }

    /// The input whose weight a member is.
    pub fn input_of_member(&self, place: usize) -> u32 {
        self.first + (place * self.size as usize / self.members.len()) as u32
    }

    /// Those of `spikes`, which are ascending, that are its own.
    #[inline]
    pub fn own<'s>(&self, spikes: &'s [u32]) -> &'s [u32] {
        let end = self.first + self.size;
        // Most runs have one class; nothing is searched for then.
        let to = match spikes.last() {
            Some(last) if *last >= end => spikes.partition_point(|id| *id < end),
            _ => spikes.len(),
        };
        let from = match self.first {
            0 => 0,
            first => spikes.partition_point(|id| *id < first),
        };
        &spikes[from..to]
    }

    /// Mean weight of its inputs.
    pub fn mean_of(&self, weights: &[f32]) -> f64 {
        let sum: f64 = weights[self.range()].iter().map(|w| f64::from(*w)).sum();
        sum / f64::from(self.size.max(1))
    }

    /// The weights of its inputs.
    pub fn weights<'w>(&self, weights: &'w [f32]) -> &'w [f32] {
        &weights[self.range()]
    }
}

/// The correlated groups, if they have members, and the rest.
pub fn classes(p: &NeuronParams) -> Vec<Class> {
    let size = |share: f64| (share * f64::from(p.num_inputs)).round() as u32;
    let is_yoked = p.leader().is_some();
    let (group, others) = p.generator.names();
    let (group, others) = if is_yoked { ("first inputs", "other inputs") } else { (group, others) };
    let first = if others.is_empty() { 1.0 } else { p.correlated_share };
    let first = size(first).min(p.num_inputs);
    let second = size(p.correlated_share_2).min(p.num_inputs - first);
    let groups = [
        (first, p.correlation, group),
        (second, p.correlation_2, "second group"),
        (p.num_inputs - first - second, 0.0, others),
    ];
    let mut classes: Vec<Class> = Vec::new();
    for (size, correlation, label) in groups {
        if size > 0 {
            let first = classes.last().map_or(0, |class| class.first + class.size);
            classes.push(Class {
                label: label.into(),
                first,
                size,
                correlation: if is_yoked { 0.0 } else { correlation },
                is_group: label == group,
                mean: Vec::new(),
                members: vec![Vec::new(); size.min(MEMBERS) as usize],
                drift: Vec::new(),
                theory: Vec::new(),
            });
        }
    }
    classes
}
