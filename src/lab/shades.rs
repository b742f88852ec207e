//! All weights of a projection among very many neurons, each as one of a few shades: so a film can hold tens of thousands
//! of them.
//!
//! Shades are told as changes since the last time. One change is one number of seven bits a byte, lowest first: how many
//! synapses are passed over, times 16, plus the new shade. Before the changes stands one byte: `CHANGES`, or the shade
//! that all others have.

use serde::{Deserialize, Serialize};

/// So many shades there are.
pub const NUM_SHADES: u8 = 16;
/// What follows are changes of the shades before.
pub(super) const CHANGES: u8 = u8::MAX;

/// Which weights have shades, and what these mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shades {
    /// The projection, by its place in the description.
    pub projection: u16,
    /// How many synapses it has.
    pub num_synapses: u32,
    /// So many of them one after the other have the same sender.
    pub per_sender: u32,
    /// The weight of the first shade.
    pub low: f32,
    /// The weight of the last shade.
    pub high: f32,
    /// The shades as the run begins.
    #[serde(with = "serde_bytes")]
    pub(super) start: Vec<u8>,
}

impl Shades {
    /// The weight that a shade stands for.
    pub fn weight_of(&self, shade: u8) -> f32 {
        self.low + (self.high - self.low) * f32::from(shade) / f32::from(NUM_SHADES - 1)
    }

    /// The shades as the run begins.
    pub fn at_start(&self) -> Vec<u8> {
        let mut all = vec![0; self.num_synapses as usize];
        apply(&self.start, &mut all);
        all
    }
}

/// Adds a number, seven bits a byte.
pub(super) fn push(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Changes shades as they were told to. What does not fit is left out.
pub(super) fn apply(told: &[u8], shades: &mut [u8]) {
    let Some((&first, changes)) = told.split_first() else { return };
    if first != CHANGES {
        shades.fill(first.min(NUM_SHADES - 1));
    }
    let (mut place, mut number, mut bits) = (0_usize, 0_u32, 0);
    for byte in changes {
        number |= u32::from(byte & 0x7F).checked_shl(bits).unwrap_or(0);
        bits += 7;
        if byte & 0x80 == 0 {
            place += (number >> 4) as usize;
            let Some(shade) = shades.get_mut(place) else { return };
            *shade = (number & 15) as u8;
            (place, number, bits) = (place + 1, 0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(all: &[(u32, u8)]) -> Vec<u8> {
        let mut out = vec![CHANGES];
        all.iter().for_each(|(passed, shade)| push(&mut out, passed << 4 | u32::from(*shade)));
        out
    }

    #[test]
    fn changes_reach_the_synapses_that_they_are_of() {
        let mut shades = vec![3; 100_000];
        apply(&changes(&[(0, 15), (0, 1), (7, 2), (8, 4), (90_000, 5)]), &mut shades);
        let told = [0, 1, 9, 18, 90_019];
        assert_eq!(told.map(|place| shades[place]), [15, 1, 2, 4, 5]);
        let others = (0..100_000).filter(|place| !told.contains(place));
        assert!(others.into_iter().all(|place| shades[place] == 3));
        // All of them, and then what differs.
        apply(&[7], &mut shades);
        assert!(shades.iter().all(|shade| *shade == 7));
        // What is none of these changes nothing beyond the end.
        apply(&changes(&[(200_000, 1)]), &mut shades);
        apply(&[CHANGES, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], &mut shades);
        assert!(shades.iter().all(|shade| *shade == 7));
    }
}
