//! Eligibility: changes of weights that wait at their synapses for a modulator, told for those that a picture follows.
//!
//! Traces fade within milliseconds or seconds, and a frame of a film may be longer. So the run is glimpsed at between
//! two frames, some hundred or thousand times from start to end, at fixed ticks: the same run tells the same. Only synapses at which
//! much waits are told.

use serde::{Deserialize, Serialize};

use crate::record::ArrayView;
use crate::sim::Tick;

/// Synapses that a frame tells of.
pub const MOST_ELIGIBLE: usize = 300;
/// Less than this share of the largest eligibility is not told.
pub const LEAST_SHARE: f32 = 0.1;
/// Glimpses from start to end of a run, about; fewer where they would look at more synapses than this in all, but about
/// one for each frame of a film.
const NUM_GLIMPSES: [Tick; 2] = [600, 2_400];
const MOST_LOOKS: Tick = 2_000_000;

/// What waits at a synapse.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EligibleSynapse {
    /// The projection.
    pub projection: u16,
    /// The synapse, by its place in the projection's sample.
    pub synapse: u16,
    /// Its eligibility, in the units of its rule: above 0 a reward makes the weight grow.
    pub value: f32,
}

impl EligibleSynapse {
    fn key(&self) -> (u16, u16) {
        (self.projection, self.synapse)
    }
}

/// What waits in a network.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Eligible {
    /// For each projection: the largest magnitude that the synapses of its array have had in the run so far, by which
    /// shares are told. Empty where nothing waits.
    pub scales: Vec<f32>,
    /// What waited in a stretch of time, as far from 0 as it went, ordered by projection and synapse.
    pub within: Vec<EligibleSynapse>,
    /// What waits at its end. A film leaves it out.
    pub at_end: Vec<EligibleSynapse>,
}

impl Eligible {
    /// From −1 to 1: a share of the largest in the run so far.
    pub fn share(&self, of: &EligibleSynapse) -> f32 {
        let scale = self.scales.get(usize::from(of.projection)).copied().unwrap_or(0.0);
        if scale > 0.0 { (of.value / scale).clamp(-1.0, 1.0) } else { 0.0 }
    }

    /// What waited at a synapse in this stretch, if it is told.
    pub fn of(&self, projection: u16, synapse: u16) -> Option<f32> {
        let place = self.within.binary_search_by_key(&(projection, synapse), EligibleSynapse::key);
        place.ok().map(|place| self.within[place].value)
    }

    /// What waits at the end of the stretch, as if that were all of it.
    pub fn ending(self) -> Self {
        Self { within: self.at_end.clone(), ..self }
    }

    /// Adds what waited in the next stretch.
    pub fn append(&mut self, next: Self) {
        let scales = self.scales.iter_mut().zip(&next.scales);
        scales.for_each(|(scale, next)| *scale = scale.max(*next));
        if self.scales.is_empty() {
            self.scales = next.scales;
        }
        self.at_end = next.at_end;
        let before = std::mem::take(&mut self.within);
        self.within = merged(before, next.within, EligibleSynapse::key, |a, b| {
            if b.value.abs() > a.value.abs() { b } else { a }
        });
        self.leave_out_little();
    }

    /// Leaves the synapses at which most waits.
    fn leave_out_little(&mut self) {
        let mut within = std::mem::take(&mut self.within);
        within.retain(|of| self.share(of).abs() >= LEAST_SHARE);
        if within.len() > MOST_ELIGIBLE {
            let by = |of: &EligibleSynapse| self.share(of).abs();
            within.sort_by(|a, b| by(b).total_cmp(&by(a)).then(a.key().cmp(&b.key())));
            within.truncate(MOST_ELIGIBLE);
            within.sort_unstable_by_key(EligibleSynapse::key);
        }
        self.within = within;
    }
}

/// Two lists, each in the order of its keys, as one; `of_two` makes one of two with the same key.
pub fn merged<T: Copy, K: Ord>(
    a: Vec<T>,
    b: Vec<T>,
    key: impl Fn(&T) -> K,
    of_two: impl Fn(T, T) -> T,
) -> Vec<T> {
    let mut all: Vec<T> = Vec::with_capacity(a.len() + b.len());
    let mut b = b.into_iter().peekable();
    for own in a {
        while let Some(other) = b.next_if(|other| key(other) < key(&own)) {
            all.push(other);
        }
        all.push(match b.next_if(|other| key(other) == key(&own)) {
            Some(other) => of_two(own, other),
            None => own,
        });
    }
    all.extend(b);
    all
}

/// Follows what waits at the synapses of a picture.
pub(super) struct Waiting {
    projections: Vec<Followed>,
    num_projections: usize,
    spacing: Tick,
}

/// The sample of a projection.
struct Followed {
    projection: u16,
    /// The name of the array in which the run tells it.
    array: String,
    places: Vec<u32>,
    /// For each place, as far from 0 as it was in this stretch.
    farthest: Vec<f32>,
    /// The largest magnitude so far.
    largest: f32,
}

impl Waiting {
    /// Follows those projections of `num_projections`: number, name of the array and places in it, in a run of so many
    /// ticks whose first trial has `trial_ticks`.
    pub fn new(
        projections: Vec<(u16, String, Vec<u32>)>,
        num_projections: usize,
        num_ticks: Tick,
        trial_ticks: Tick,
    ) -> Self {
        let num: usize = projections.iter().map(|(.., places)| places.len()).sum();
        let followed = projections.into_iter().map(|(projection, array, places)| {
            let farthest = vec![0.0; places.len()];
            Followed { projection, array, places, farthest, largest: 0.0 }
        });
        let [fewest, most] = NUM_GLIMPSES;
        let num_glimpses = (MOST_LOOKS / num.max(1) as Tick).clamp(fewest, most);
        let mut spacing = (num_ticks / num_glimpses).max(1);
        // Every moment of a trial comes to be seen, not only its end, after which traces may be gone.
        while trial_ticks > 0 && common(spacing, trial_ticks) > 1 {
            spacing += 1;
        }
        Self { projections: followed.collect(), num_projections, spacing }
    }

    /// The next tick at whose end to glimpse; never, if nothing waits.
    pub fn next_glimpse(&self, now: Tick) -> Tick {
        if self.projections.is_empty() {
            return Tick::MAX;
        }
        (now / self.spacing + 1) * self.spacing
    }

    /// Sees what waits now.
    pub fn glimpse(&mut self, arrays: &[ArrayView<'_>]) {
        for followed in &mut self.projections {
            let array = arrays.iter().find(|array| array.name == followed.array);
            let Some(array) = array else { continue };
            for (place, farthest) in followed.places.iter().zip(&mut followed.farthest) {
                let value = array.values.get(*place as usize);
                if value.is_finite() && value.abs() > farthest.abs() {
                    *farthest = value;
                }
            }
        }
        self.measure(|followed| followed.farthest.iter().copied().fold(0.0, larger));
    }

    /// What was seen since the last time, and what waits now.
    pub fn take(&mut self, arrays: &[ArrayView<'_>]) -> Eligible {
        if self.projections.is_empty() {
            return Eligible::default();
        }
        let within: Vec<_> = self.projections.iter_mut().map(Followed::take).collect();
        let now: Vec<Vec<f32>> = self.projections.iter().map(|of| of.now(arrays)).collect();
        let mut each = now.iter();
        self.measure(|_| each.next().map_or(0.0, |now| now.iter().copied().fold(0.0, larger)));
        let at_end = self.listed(&now);
        Eligible { at_end, ..self.listed_with_scales(&within) }
    }

    /// What waits now.
    pub fn now(&self, arrays: &[ArrayView<'_>]) -> Eligible {
        if self.projections.is_empty() {
            return Eligible::default();
        }
        let now: Vec<Vec<f32>> = self.projections.iter().map(|of| of.now(arrays)).collect();
        self.listed_with_scales(&now)
    }

    /// Forgets what was seen in this stretch.
    pub fn forget(&mut self) {
        self.projections.iter_mut().for_each(|followed| _ = followed.take());
    }

    /// Keeps the largest magnitude of those with one array.
    fn measure(&mut self, mut largest_of: impl FnMut(&Followed) -> f32) {
        for place in 0..self.projections.len() {
            let followed = &self.projections[place];
            let largest = followed.largest.max(largest_of(followed));
            let array = followed.array.clone();
            let same = self.projections.iter_mut().filter(|other| other.array == array);
            same.for_each(|other| other.largest = other.largest.max(largest));
        }
    }

    fn listed(&self, values: &[Vec<f32>]) -> Vec<EligibleSynapse> {
        self.listed_with_scales(values).within
    }

    fn listed_with_scales(&self, values: &[Vec<f32>]) -> Eligible {
        let mut scales = vec![0.0; self.num_projections];
        let mut within = Vec::new();
        for (followed, values) in self.projections.iter().zip(values) {
            let Followed { projection, largest, .. } = *followed;
            scales[usize::from(projection)] = largest;
            let least = LEAST_SHARE * largest;
            let told =
                (0..).zip(values).filter(|(_, value)| value.abs() >= least && **value != 0.0);
            within.extend(told.map(|(synapse, &value)| EligibleSynapse {
                projection,
                synapse,
                value,
            }));
        }
        let mut eligible = Eligible { scales, within, at_end: Vec::new() };
        eligible.leave_out_little();
        eligible
    }
}

impl Followed {
    fn take(&mut self) -> Vec<f32> {
        let none = vec![0.0; self.places.len()];
        std::mem::replace(&mut self.farthest, none)
    }

    fn now(&self, arrays: &[ArrayView<'_>]) -> Vec<f32> {
        let array = arrays.iter().find(|array| array.name == self.array);
        let value = |place: &u32| {
            let value = array.map_or(0.0, |array| array.values.get(*place as usize));
            if value.is_finite() { value } else { 0.0 }
        };
        self.places.iter().map(value).collect()
    }
}

fn larger(most: f32, value: f32) -> f32 {
    most.max(value.abs())
}

/// The greatest number that divides both.
fn common(a: Tick, b: Tick) -> Tick {
    if b == 0 { a } else { common(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(projection: u16, synapse: u16, value: f32) -> EligibleSynapse {
        EligibleSynapse { projection, synapse, value }
    }

    #[test]
    fn stretches_keep_what_went_farthest_and_its_sign() {
        let mut sum = Eligible::default();
        let first = vec![of(0, 1, -0.5), of(0, 4, 0.2), of(1, 0, 0.3)];
        sum.append(Eligible { scales: vec![0.5, 1.0], within: first, at_end: vec![of(0, 1, 0.1)] });
        let second = vec![of(0, 0, 0.9), of(0, 1, 0.4), of(0, 4, -0.6)];
        sum.append(Eligible {
            scales: vec![1.0, 1.0],
            within: second,
            at_end: vec![of(0, 2, 0.2)],
        });
        let expected = [of(0, 0, 0.9), of(0, 1, -0.5), of(0, 4, -0.6), of(1, 0, 0.3)];
        assert_eq!((&sum.within[..], &sum.scales[..]), (&expected[..], &[1.0, 1.0][..]));
        assert_eq!((sum.of(0, 4), sum.of(0, 2)), (Some(-0.6), None));
        assert_eq!(sum.ending().within, [of(0, 2, 0.2)]);
    }

    #[test]
    fn only_so_many_are_told_and_those_at_which_most_waits() {
        let mut sum = Eligible::default();
        for stretch in 0..4_u16 {
            let value = |n: u16| (f32::from(n) - 500.0) / 500.0;
            let all = (0..250).map(|n| of(0, 4 * n + stretch, value(4 * n + stretch)));
            let (within, scales) = (all.collect(), vec![1.0]);
            sum.append(Eligible { scales, within, at_end: Vec::new() });
        }
        assert_eq!(sum.within.len(), MOST_ELIGIBLE);
        assert!(sum.within.is_sorted_by_key(EligibleSynapse::key));
        let least = sum.within.iter().map(|of| of.value.abs()).fold(1.0, f32::min);
        assert!(least > 0.69, "{least}");
        // A larger scale makes little of what was much.
        let scales = vec![20.0];
        sum.append(Eligible { scales, ..Eligible::default() });
        assert!(sum.within.is_empty());
    }

    #[test]
    fn what_is_over_before_a_frame_was_glimpsed() {
        let projections = vec![(1, "w".to_string(), vec![0, 2]), (2, "w".to_string(), vec![3])];
        let mut waiting = Waiting::new(projections, 4, 100, 10);
        for values in [[0.0, 9.0, -4.0, 1.0], [0.5, 0.0, 2.0, f32::NAN]] {
            waiting.glimpse(&[ArrayView::row("w", &values)]);
        }
        let told = waiting.take(&[ArrayView::row("w", &[0.0, 0.0, 0.0, 2.0])]);
        // Of all synapses that are followed in one array the largest is the scale.
        assert_eq!(told.scales, [0.0, 4.0, 4.0, 0.0]);
        assert_eq!(told.within, [of(1, 0, 0.5), of(1, 1, -4.0), of(2, 0, 1.0)]);
        assert_eq!(told.at_end, [of(2, 0, 2.0)]);
        assert_eq!(told.within.iter().map(|of| told.share(of)).sum::<f32>(), 0.125 - 1.0 + 0.25);
        // The next stretch begins with nothing, and where a run tells nothing, nothing waits.
        let none = waiting.take(&[]);
        assert!(none.within.is_empty() && none.at_end.is_empty() && none.scales[1] == 4.0);
        assert_eq!(Waiting::new(Vec::new(), 4, 100, 10).next_glimpse(3), Tick::MAX);
    }

    #[test]
    fn glimpses_meet_every_moment_of_a_trial() {
        for (num_ticks, trial) in [(4_800_000, 1_000), (600, 300), (24_000 * 500, 500), (7, 1)] {
            let waiting = Waiting::new(vec![(0, "w".into(), vec![0])], 1, num_ticks, trial);
            let spacing = waiting.next_glimpse(0);
            assert_eq!(common(spacing, trial), 1, "{spacing}");
            assert!(spacing <= num_ticks / NUM_GLIMPSES[1] + 12, "{spacing}");
            assert_eq!(waiting.next_glimpse(spacing), 2 * spacing);
        }
    }
}
