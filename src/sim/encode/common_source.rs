//! Groups of inputs that share spikes of one source: equal rates, a chosen pairwise correlation.
//!
//! **Equations.** Per tick, with p = r dt. *√c*: a shared event happens with probability p, and
//! each input of the group joins it with √c; it also fires on its own with p (1 − √c). *MIP*
//! (multiple interaction process): a mother train fires with p/q, and each input copies each of its
//! spikes with q = p + c (1 − p); in continuous time that is a mother at r/c and q = c. An input
//! that would fire twice in a tick fires once.
//!
//! Both give rate r and pairwise correlation c, and are still not alike: shared events come at rate
//! r and take a share √c of the group, or at r/c and take a share c. What depends on many inputs
//! firing together (a neuron's output, for one) tells them apart, so the generator is named on the
//! screen. On the grid MIP is exact for every c; √c loses p √c (1 − √c) of its rate to doubles, and
//! its correlation at dt 1 ms and 10 Hz is 0.2481 for 0.25.
//!
//! **State.** The next shared event of each group, the next spike of each input on its own.
//!
//! **Source.** √c: the documentation of Brian 2; MIP: Kuhn, Aertsen and Rotter (2003,
//! doi:10.1162/089976603321043702).
//!
//! **Method.** Exact waiting times for shared and private events, see [`waiting`](super::waiting).

use get_size2::GetSize;

use super::Group;
use super::order::Order;
use super::poisson::{Counting, Poisson};
use super::waiting::{geometric_scale, geometric_ticks};
use crate::{Stream, Tick, TimeGrid};

/// Where shared spikes come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, GetSize)]
pub enum Recipe {
    /// Shared events at the inputs' own rate, joined with probability √c.
    SqrtC,
    /// A faster mother train, copied with probability c.
    Mip,
}

/// Groups that share spikes; other inputs are independent.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct CommonSource {
    recipe: Recipe,
    rate_hz: f32,
    dt_ms: f64,
    shared: Vec<Shared>,
    alone: Poisson,
    order: Order,
    stream: Stream,
}

/// The shared events of one group.
#[derive(Clone, Debug, PartialEq, GetSize)]
struct Shared {
    first: u32,
    size: u32,
    correlation: f32,
    next: Tick,
    scale: f32,
    join: f32,
}

impl CommonSource {
    /// `num_inputs` inputs at `rate_hz`; the groups follow one another from input 0 on. Random
    /// numbers come from the streams `name` and `name` + " shared".
    ///
    /// # Panics
    /// If the groups have more inputs than there are.
    pub fn new(
        recipe: Recipe,
        num_inputs: usize,
        rate_hz: f32,
        groups: &[Group],
        grid: TimeGrid,
        (seed, name): (u32, &str),
    ) -> Self {
        let alone = vec![rate_hz; num_inputs];
        let mut source = Self {
            recipe,
            rate_hz,
            dt_ms: grid.dt_ms(),
            shared: Vec::new(),
            alone: Poisson::new(Counting::OncePerTick, &alone, grid, Stream::new(seed, name)),
            order: Order::new(num_inputs),
            stream: Stream::new(seed, &[name, " shared"].concat()),
        };
        source.set(rate_hz, groups, 0);
        source
    }

    /// Changes rate and groups from `tick`, the next one to be fired, on.
    ///
    /// # Panics
    /// If the groups have more inputs than there are.
    pub fn set(&mut self, rate_hz: f32, groups: &[Group], tick: Tick) {
        self.rate_hz = rate_hz;
        let mut alone_hz = vec![rate_hz; self.num_inputs()];
        self.shared.clear();
        let mut first = 0;
        for group in groups {
            let correlation = group.correlation.clamp(0.0, 1.0);
            let (event, join, alone) = self.chances(correlation);
            let scale = geometric_scale(event);
            let next = tick + geometric_ticks(&mut self.stream, scale) - 1;
            let (size, join) = (group.size, join as f32);
            self.shared.push(Shared { first, size, correlation, next, scale, join });
            let members = first as usize..(first + size) as usize;
            alone_hz[members].fill((alone * 1_000.0 / self.dt_ms) as f32);
            first += size;
        }
        self.alone.set_rates(&alone_hz, tick);
    }

    /// Probabilities per tick: of a shared event, of joining it, of firing alone.
    fn chances(&self, correlation: f32) -> (f64, f64, f64) {
        let p = (f64::from(self.rate_hz) * self.dt_ms / 1_000.0).min(1.0);
        let c = f64::from(correlation);
        match self.recipe {
            _ if c <= 0.0 => (0.0, 0.0, p),
            Recipe::SqrtC => (p, c.sqrt(), p * (1.0 - c.sqrt())),
            Recipe::Mip => {
                let copy = p + c * (1.0 - p);
                (p / copy, copy, 0.0)
            }
        }
    }

    /// Number of inputs.
    pub fn num_inputs(&self) -> usize {
        self.alone.num_inputs()
    }

    /// Where its shared spikes come from.
    pub fn recipe(&self) -> Recipe {
        self.recipe
    }

    /// Its name on the screen.
    pub fn name(&self) -> &'static str {
        match self.recipe {
            Recipe::SqrtC => "shared source, joined with √c",
            Recipe::Mip => "mother train, copied with probability c (MIP)",
        }
    }

    /// The inputs that fire in this tick, ascending.
    #[inline]
    pub fn fire(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        self.alone.fire(tick, spikes);
        for shared in &mut self.shared {
            if shared.next <= tick {
                shared.next = tick + geometric_ticks(&mut self.stream, shared.scale);
                recruit(shared, &mut self.stream, spikes);
                self.order.sort(spikes);
            }
        }
    }

    /// No input fires in `from..` this tick.
    pub fn next_tick(&self, from: Tick) -> Tick {
        let shared = self.shared.iter().map(|shared| shared.next.max(from));
        shared.fold(self.alone.next_tick(from), Tick::min)
    }

    /// What the recipe gives on the grid: rate in Hz and pairwise correlation of counts, which is
    /// the same in bins of any length. Group `None` is that of the independent inputs.
    pub fn expected(&self, group: Option<usize>) -> (f64, f64) {
        let c = group.map_or(0.0, |group| self.shared[group].correlation);
        let (event, join, alone) = self.chances(c);
        let with_event = join + (1.0 - join) * alone;
        let p = event * with_event + (1.0 - event) * alone;
        let both = event * with_event * with_event + (1.0 - event) * alone * alone;
        let correlation = if p > 0.0 && p < 1.0 { (both - p * p) / (p * (1.0 - p)) } else { 0.0 };
        (p * 1_000.0 / self.dt_ms, correlation)
    }
}

/// Below this, jumping from member to member costs less than asking each.
const FEW_JOIN: f32 = 0.1;

/// Adds the members of a group that join an event.
fn recruit(shared: &Shared, stream: &mut Stream, spikes: &mut Vec<u32>) {
    let Shared { first, size, join, .. } = *shared;
    if join >= 1.0 {
        spikes.extend(first..first + size);
    } else if join < FEW_JOIN {
        let scale = geometric_scale(f64::from(join));
        let mut place = geometric_ticks(stream, scale);
        while place <= Tick::from(size) {
            spikes.push(first + place as u32 - 1);
            place += geometric_ticks(stream, scale);
        }
    } else {
        // Written whether it joins or not: nobody can predict this branch.
        let mut end = spikes.len();
        spikes.resize(end + size as usize, 0);
        for id in first..first + size {
            spikes[end] = id;
            end += usize::from(stream.chance(join));
        }
        spikes.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::tests::{Counted, count};

    fn source(recipe: Recipe, correlations: [f32; 2]) -> CommonSource {
        let groups = correlations.map(|correlation| Group { size: 4, correlation });
        CommonSource::new(recipe, 10, 10.0, &groups, TimeGrid::new(1.0), (5, "input"))
    }

    #[test]
    fn rates_and_correlations_are_as_asked() {
        for recipe in [Recipe::SqrtC, Recipe::Mip] {
            for correlations in [[0.25, 0.5], [0.05, 1.0], [0.0, 0.8]] {
                let mut source = source(recipe, correlations);
                let found: Counted = count(10, 2_000_000, 1, |t, spikes| source.fire(t, spikes));
                let name = source.name();
                let rate = found.rates_hz(1.0).iter().sum::<f64>() / 10.0;
                assert!((rate / 10.0 - 1.0).abs() < 0.02, "{name}: {rate} Hz");
                for (group, c) in correlations.into_iter().enumerate() {
                    let first = group * 4;
                    let measured = found.mean_correlation(first..first + 4);
                    let (rate_hz, theory) = source.expected(Some(group));
                    assert!((measured - f64::from(c)).abs() < 0.02, "{name} {c}: {measured}");
                    assert!((measured - theory).abs() < 0.01, "{name} {c}: {measured} {theory}");
                    assert!((rate_hz / 10.0 - 1.0).abs() < 0.003, "{name} {c}: {rate_hz}");
                }
                // Between groups, and to the others, there is none.
                for (a, b) in [(0, 4), (0, 8), (4, 9), (8, 9)] {
                    assert!(found.correlation(a, b).abs() < 0.01, "{name}: {a} and {b}");
                }
            }
        }
    }

    #[test]
    fn the_published_values_on_the_grid() {
        let (rate_hz, c) = source(Recipe::SqrtC, [0.25, 0.5]).expected(Some(0));
        assert!((c - 0.2481).abs() < 5e-5 && (rate_hz - 9.975).abs() < 1e-6, "{rate_hz} {c}");
        let (_, c) = source(Recipe::SqrtC, [0.25, 0.5]).expected(Some(1));
        assert!((c - 0.4981).abs() < 2e-4, "{c}");
        let (rate_hz, c) = source(Recipe::Mip, [0.25, 0.5]).expected(Some(0));
        assert!((c - 0.25).abs() < 1e-12 && (rate_hz - 10.0).abs() < 1e-6, "{rate_hz} {c}");
    }

    #[test]
    fn equal_correlations_differ_in_how_many_fire_together() {
        // c = 0.25 of 100 inputs: √c takes 50 at a time, MIP 25, four times as often.
        let largest = |recipe| {
            let groups = [Group { size: 100, correlation: 0.25 }];
            let grid = TimeGrid::new(0.1);
            let mut source = CommonSource::new(recipe, 100, 10.0, &groups, grid, (5, "input"));
            let found = count(100, 200_000, 1, |t, spikes| source.fire(t, spikes));
            (found.ticks_with_at_least(12), found.most_at_once())
        };
        let ((sqrt_events, sqrt_most), (mip_events, mip_most)) =
            (largest(Recipe::SqrtC), largest(Recipe::Mip));
        assert!((150..=250).contains(&sqrt_events), "{sqrt_events}");
        assert!((700..=900).contains(&mip_events), "{mip_events}");
        assert!(sqrt_most > mip_most, "{sqrt_most} {mip_most}");
    }

    #[test]
    fn empty_ticks_may_be_skipped() {
        let mut every = source(Recipe::SqrtC, [0.3, 0.6]);
        let mut skipping = every.clone();
        let (mut expected, mut found, mut spikes) = (Vec::new(), Vec::new(), Vec::new());
        for tick in 0..50_000 {
            every.fire(tick, &mut spikes);
            expected.extend(spikes.iter().map(|&id| (tick, id)));
        }
        let mut tick = skipping.next_tick(0);
        while tick < 50_000 {
            skipping.fire(tick, &mut spikes);
            found.extend(spikes.iter().map(|&id| (tick, id)));
            tick = skipping.next_tick(tick + 1);
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn groups_can_change_during_the_run() {
        let mut source = source(Recipe::SqrtC, [0.0, 0.0]);
        source.set(20.0, &[Group { size: 10, correlation: 1.0 }], 1_000);
        let mut spikes = Vec::new();
        let mut events = 0;
        for tick in 1_000..201_000 {
            source.fire(tick, &mut spikes);
            assert!(spikes.is_empty() || spikes.len() == 10);
            events += usize::from(!spikes.is_empty());
        }
        assert!((3_750..4_250).contains(&events), "{events}");
    }
}
