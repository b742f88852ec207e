//! The rows of a raster, from the bottom.

use crate::record::figure::{RowBlock, RowRole};

/// Rows with their names, and whose they are.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// One for each row, empty for rows without a name.
    pub labels: Vec<String>,
    /// Whose rows are.
    pub blocks: Vec<RowBlock>,
    /// Role and shade of the rows to come.
    next: (RowRole, u8),
}

impl Rows {
    /// One for each neuron of a population, with its name.
    pub fn of(role: RowRole, population: &str, labels: Vec<String>) -> Self {
        let block = RowBlock::new(population, 0, labels.len() as u32);
        Self { labels, blocks: vec![RowBlock { role, ..block }], next: (role, 0) }
    }

    /// What the rows to come are there for. Shades tell groups of a role apart, from 0, the role's own colour.
    pub fn role(&mut self, role: RowRole, shade: u8) {
        self.next = (role, shade);
    }

    /// How many there are so far.
    pub fn num(&self) -> u32 {
        self.labels.len() as u32
    }

    /// Rows of nobody, which make room.
    pub fn gap(&mut self, num: u32) {
        self.labels.extend((0..num).map(|_| String::new()));
    }

    /// Rows of a group, named in their middle: the `num` neurons of `population` from number `first` on, every
    /// `stride`-th of them. Gives the first row.
    pub fn group(
        &mut self,
        label: &str,
        population: &str,
        (first_neuron, stride): (u32, u32),
        num: u32,
    ) -> u32 {
        let first_row = self.num();
        let (role, shade) = self.next;
        let block = RowBlock::new(population, first_row, num);
        self.blocks.push(RowBlock { first_neuron, stride, role, shade, ..block });
        self.labels.extend((0..num).map(|row| if row == num / 2 { label } else { "" }.to_string()));
        first_row
    }

    /// A row of one neuron.
    pub fn row(&mut self, label: &str, population: &str, neuron: u32) -> u32 {
        self.group(label, population, (neuron, 1), 1)
    }

    /// The row of a neuron, if it has one.
    pub fn row_of(&self, population: &str, neuron: u32) -> Option<u32> {
        let mut own = self.blocks.iter().filter(|block| block.population == population);
        own.find_map(|block| block.row(neuron))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_their_neurons_and_groups_their_names() {
        let mut rows = Rows::default();
        assert_eq!(rows.group("a", "in", (10, 5), 3), 0);
        rows.gap(2);
        rows.role(RowRole::Output, 1);
        assert_eq!(rows.row("out", "out", 4), 5);
        let roles: Vec<(RowRole, u8)> = rows.blocks.iter().map(|b| (b.role, b.shade)).collect();
        assert_eq!(roles, [(RowRole::Plain, 0), (RowRole::Output, 1)]);
        assert_eq!(rows.labels, ["", "a", "", "", "", "out"]);
        let neurons: Vec<Option<u32>> = (0..3).map(|row| rows.blocks[0].neuron(row)).collect();
        assert_eq!(neurons, [Some(10), Some(15), Some(20)]);
        assert_eq!(rows.blocks[1].neuron(5), Some(4));
        let row_of = |neuron| rows.row_of("in", neuron);
        assert_eq!([10, 20, 25, 12, 0].map(row_of), [Some(0), Some(2), None, None, None]);
        assert_eq!([rows.row_of("out", 4), rows.row_of("none", 4)], [Some(5), None]);
    }
}
