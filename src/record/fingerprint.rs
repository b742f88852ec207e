//! A run's fingerprint: a hash of every spike so far and of the weights now.
//!
//! Two people who opened the same link can compare it aloud, so it is written in pronounceable
//! groups: each 16 bits become a consonant–vowel word (Wilkerson 2009, arXiv:0901.4016).

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh64::{Xxh64, xxh64};

use super::spike::{ODD, Spike};
use super::watch::{SeenSpikes, SpikeWatch};
use crate::sim::Tick;

/// What a run has done up to a tick, in 48 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// The name of a file's content, shown beside a run that used it.
    pub fn of_text(text: &str) -> Self {
        Self(xxh64(text.as_bytes(), 0) >> 16)
    }

    /// Parses what [`Display`](std::fmt::Display) writes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bits = 0_u64;
        let mut groups = 0;
        for group in text.split('-') {
            bits = (bits << 16) | u64::from(bits_of_group(group)?);
            groups += 1;
        }
        (groups == 3).then_some(Self(bits))
    }
}

const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
const VOWELS: &[u8; 4] = b"aiou";

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, shift) in [32, 16, 0].into_iter().enumerate() {
            if place > 0 {
                f.write_str("-")?;
            }
            let bits = (self.0 >> shift) as u16 as usize;
            for letter in [
                CONSONANTS[bits >> 12],
                VOWELS[(bits >> 10) & 3],
                CONSONANTS[(bits >> 6) & 15],
                VOWELS[(bits >> 4) & 3],
                CONSONANTS[bits & 15],
            ] {
                write!(f, "{}", letter as char)?;
            }
        }
        Ok(())
    }
}

fn bits_of_group(group: &str) -> Option<u16> {
    let place = |set: &[u8], letter: u8| set.iter().position(|&l| l == letter).map(|i| i as u16);
    let &[a, b, c, d, e] = group.as_bytes() else { return None };
    Some(
        place(CONSONANTS, a)? << 12
            | place(VOWELS, b)? << 10
            | place(CONSONANTS, c)? << 6
            | place(VOWELS, d)? << 4
            | place(CONSONANTS, e)?,
    )
}

/// Gathers spikes as they happen; weights are added when a fingerprint is asked for. Whoever records a run has it
/// keep the spikes as well, and whoever draws it has them watched: that changes no fingerprint and is no part of a
/// run's state, so that a copy has no onlookers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hasher {
    state: u64,
    #[serde(skip)]
    onlookers: Onlookers,
}

/// Who sees the spikes besides; nearly always nobody.
#[derive(Debug, Default)]
struct Onlookers(Option<Box<Looking>>);

#[derive(Debug, Default)]
struct Looking {
    kept: Option<Vec<Spike>>,
    watch: Option<SpikeWatch>,
}

impl Clone for Onlookers {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Onlookers {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Onlookers {}

impl Looking {
    fn see(&mut self, tick: Tick, population: u8, neurons: &[u32]) {
        if let Some(kept) = &mut self.kept {
            kept.extend(neurons.iter().map(|&neuron| (tick, population, neuron)));
        }
        if let Some(watch) = &mut self.watch {
            watch.see(tick, population, neurons);
        }
    }
}

impl Hasher {
    /// Adds the spikes that population number `population` fired in `tick`.
    #[inline]
    pub fn spikes(&mut self, tick: Tick, population: u8, neurons: &[u32]) {
        self.spikes_of(tick, population, neurons);
        self.beside(tick, population, neurons);
    }

    /// Adds spikes that a recording has under another name, or not at all: see [`Hasher::beside`].
    pub fn spikes_of(&mut self, tick: Tick, population: u8, neurons: &[u32]) {
        for &neuron in neurons {
            let spike = u64::from(neuron) << 8 | u64::from(population);
            // Two multiplications each, since a run may have a hundred million spikes; the digest mixes the rest.
            self.state =
                ((self.state.rotate_left(5) ^ tick).wrapping_mul(ODD) ^ spike).wrapping_mul(ODD);
        }
    }

    /// Shows onlookers spikes that are no part of the fingerprint.
    #[inline]
    pub fn beside(&mut self, tick: Tick, population: u8, neurons: &[u32]) {
        if let Some(looking) = &mut self.onlookers.0 {
            looking.see(tick, population, neurons);
        }
    }

    /// Keeps spikes from now on.
    pub fn keep(&mut self) {
        self.looking().kept.get_or_insert_default();
    }

    /// Moves the spikes kept since the last time to the end of `spikes`.
    pub fn take(&mut self, spikes: &mut Vec<Spike>) {
        if let Some(Looking { kept: Some(kept), .. }) = self.onlookers.0.as_deref_mut() {
            spikes.append(kept);
        }
    }

    /// Watches spikes of populations of these sizes from now on.
    pub fn watch(&mut self, sizes: &[u32]) {
        self.looking().watch = Some(SpikeWatch::new(sizes));
    }

    /// What was watched since the last time; nothing where nobody watches.
    pub fn watched(&mut self) -> SeenSpikes {
        match self.onlookers.0.as_deref_mut() {
            Some(Looking { watch: Some(watch), .. }) => watch.take(),
            _ => SeenSpikes::default(),
        }
    }

    /// How many spikes of each population there were since then.
    pub fn num_watched(&self) -> &[u64] {
        match self.onlookers.0.as_deref() {
            Some(Looking { watch: Some(watch), .. }) => watch.num_spikes(),
            _ => &[],
        }
    }

    fn looking(&mut self) -> &mut Looking {
        self.onlookers.0.get_or_insert_default()
    }

    /// The fingerprint at `tick` of all spikes so far together with these weights, one after the other.
    pub fn fingerprint(&self, tick: Tick, weights: impl IntoIterator<Item = f32>) -> Fingerprint {
        let mut hash = Xxh64::new(self.state);
        hash.update(&tick.to_le_bytes());
        for value in weights {
            // −0 and +0 compare equal and act alike, so they must hash alike.
            hash.update(&(value + 0.0).to_bits().to_le_bytes());
        }
        Fingerprint(hash.digest() >> 16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_bits_are_one_to_one() {
        for bits in [0, 1, 0xffff_ffff_ffff, 0x1234_5678_9abc] {
            let print = Fingerprint(bits);
            assert_eq!(Fingerprint::parse(&print.to_string()), Some(print));
        }
        // 127.0.0.1 is Wilkerson's own example.
        assert_eq!(Fingerprint(0x7f00_0001).to_string(), "babab-lusab-babad");
        assert_eq!(Fingerprint::parse("lusab-babad"), None);
    }

    #[test]
    fn kept_spikes_change_no_fingerprint() {
        let (mut plain, mut keeping, mut kept) = (Hasher::default(), Hasher::default(), Vec::new());
        keeping.keep();
        for hasher in [&mut plain, &mut keeping] {
            hasher.spikes(3, 1, &[7, 8]);
            hasher.beside(4, 2, &[9]);
            hasher.spikes_of(5, 0, &[2]);
        }
        assert_eq!(plain.fingerprint(9, []), keeping.fingerprint(9, []));
        keeping.take(&mut kept);
        keeping.take(&mut kept);
        plain.take(&mut kept);
        assert_eq!(kept, [(3, 1, 7), (3, 1, 8), (4, 2, 9)]);
        let [bytes, again] =
            [&plain, &keeping].map(|h| postcard::to_stdvec(h).expect("plain data"));
        assert_eq!(bytes, again);
    }

    #[test]
    fn every_spike_and_weight_counts() {
        let mut one = Hasher::default();
        one.spikes(3, 0, &[1, 2]);
        let weights = [0.5_f32, 0.25];
        let base = one.fingerprint(10, weights);
        assert_eq!(base, one.clone().fingerprint(10, weights));
        assert_ne!(base, one.fingerprint(11, weights));
        assert_ne!(base, one.fingerprint(10, [0.5, 0.25000003]));
        let mut other = Hasher::default();
        other.spikes(3, 1, &[1, 2]);
        assert_ne!(base, other.fingerprint(10, weights));
        assert_eq!(one.fingerprint(1, [0.0]), one.fingerprint(1, [-0.0]));
    }
}
