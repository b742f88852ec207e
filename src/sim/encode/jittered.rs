//! Groups of inputs that copy a mother train, each copy of each spike at a time shift of its own.
//!
//! **Equations.** The mother fires with p/q per tick, p = r dt; every input of the group copies
//! each of her spikes with q = max(c, p) and moves the copy by an independent shift: whole ticks,
//! uniform in [low, high), or exponential with mean τ. So inputs fire with rate r; counts in bins
//! that are long against the shifts have correlation c, and the cross-correlation is a triangle of
//! half-width high − low, or e^(−|s|/τ). With c = 1 and a uniform shift, this is the published
//! generator. Copies that meet in one tick are one spike, which costs about p/2 of the rate.
//!
//! **State.** The mother's next spike, and copies under way in a ring of ticks.
//!
//! **Source.** Exponential shifts: the mixture of Brette (2009, doi:10.1162/neco.2009.12-07-657)
//! with one source.
//!
//! **Method.** The mother is ahead by −low, so that shifts into the past need none, and starts
//! early by the longest shift, so that the group is stationary from tick 0 on. (In the published
//! program, a shift beyond an end of the run moved the spikes of other inputs; here there is no
//! end.) Exponential shifts end at 16 τ.

use get_size2::GetSize;

use super::Group;
use super::order::Order;
use super::poisson::{Counting, Poisson};
use super::waiting::{exponential, geometric_scale, geometric_ticks};
use crate::{Stream, Tick, TimeGrid, math};

/// How far copies are moved.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
pub enum Jitter {
    /// By a whole number of ticks, each of low..high equally likely; negative ones are earlier.
    Uniform {
        /// Least shift.
        low_ticks: i32,
        /// One more than the greatest.
        high_ticks: i32,
    },
    /// By an exponentially distributed time.
    Exponential {
        /// Its mean in ticks.
        tau_ticks: f32,
    },
}

impl Jitter {
    /// One more than the longest shift, counted from the shortest.
    fn reach(self) -> u32 {
        match self {
            Jitter::Uniform { low_ticks, high_ticks } => (high_ticks - low_ticks).max(1) as u32,
            Jitter::Exponential { tau_ticks } => (16.0 * tau_ticks) as u32 + 1,
        }
    }

    fn draw(self, stream: &mut Stream) -> u32 {
        match self {
            Jitter::Uniform { .. } => stream.below(self.reach()),
            Jitter::Exponential { tau_ticks } => {
                (exponential(stream, tau_ticks) as u32).min(self.reach() - 1)
            }
        }
    }

    /// Probability that two copies of one spike are `lag` ticks apart, one way.
    fn lag_probability(self, lag: u32) -> f64 {
        let (lag, width) = (f64::from(lag), f64::from(self.reach()));
        match self {
            Jitter::Uniform { .. } => (width - lag).max(0.0) / (width * width),
            Jitter::Exponential { tau_ticks } => {
                let a = math::exp_f64(-1.0 / f64::from(tau_ticks));
                (1.0 - a) / (1.0 + a) * math::powf_f64(a, lag)
            }
        }
    }
}

/// The mother of one group.
#[derive(Clone, Debug, PartialEq, GetSize)]
struct Mother {
    first: u32,
    size: u32,
    correlation: f32,
    /// Counted from `reach` ticks before tick 0.
    next: Tick,
    scale: f32,
    copy: f32,
}

/// Groups of jittered copies; other inputs are independent.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct Jittered {
    jitter: Jitter,
    mothers: Vec<Mother>,
    ring: Vec<Vec<u32>>,
    alone: Poisson,
    order: Order,
    stream: Stream,
}

impl Jittered {
    /// `num_inputs` inputs at `rate_hz`; the groups follow one another from input 0 on. Random
    /// numbers come from the streams `name` and `name` + " shared".
    ///
    /// # Panics
    /// If the groups have more inputs than there are.
    pub fn new(
        jitter: Jitter,
        num_inputs: usize,
        rate_hz: f32,
        groups: &[Group],
        grid: TimeGrid,
        (seed, name): (u32, &str),
    ) -> Self {
        let p = (f64::from(rate_hz) * grid.dt_ms() / 1_000.0).min(1.0);
        let mut stream = Stream::new(seed, &[name, " shared"].concat());
        let (mut first, mut mothers) = (0, Vec::new());
        let mut alone_hz = vec![rate_hz; num_inputs];
        for group in groups {
            let correlation = group.correlation.clamp(0.0, 1.0);
            let (size, copy) = (group.size, f64::from(correlation).max(p));
            let mut event = 0.0;
            if correlation > 0.0 {
                alone_hz[first as usize..(first + size) as usize].fill(0.0);
                event = p / copy;
            }
            let scale = geometric_scale(event);
            let next = geometric_ticks(&mut stream, scale) - 1;
            let copy = copy as f32;
            mothers.push(Mother { first, size, correlation, next, scale, copy });
            first += group.size;
        }
        Self {
            jitter,
            mothers,
            // One tick more than shifts reach: copies of a spike never meet those that fire now.
            ring: vec![Vec::new(); jitter.reach() as usize + 1],
            alone: Poisson::new(Counting::OncePerTick, &alone_hz, grid, Stream::new(seed, name)),
            order: Order::new(num_inputs),
            stream,
        }
    }

    /// Number of inputs.
    pub fn num_inputs(&self) -> usize {
        self.alone.num_inputs()
    }

    /// Its name on the screen.
    pub fn name(&self) -> &'static str {
        match self.jitter {
            Jitter::Uniform { .. } => "jittered copies of a mother train, uniform shifts",
            Jitter::Exponential { .. } => "jittered copies of a mother train, exponential shifts",
        }
    }

    /// The inputs that fire in this tick, ascending.
    pub fn fire(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        self.alone.fire(tick, spikes);
        let ahead = tick + Tick::from(self.jitter.reach());
        let len = self.ring.len() as Tick;
        for mother in &mut self.mothers {
            while mother.next <= ahead {
                for id in mother.first..mother.first + mother.size {
                    if !self.stream.chance(mother.copy) {
                        continue;
                    }
                    let arrival = mother.next + Tick::from(self.jitter.draw(&mut self.stream));
                    // Those of the lead-in that come before the run are dropped.
                    if arrival >= ahead {
                        self.ring[(arrival % len) as usize].push(id);
                    }
                }
                mother.next += geometric_ticks(&mut self.stream, mother.scale);
            }
        }
        spikes.append(&mut self.ring[(ahead % len) as usize]);
        self.order.sort(spikes);
    }

    /// Correlation of the counts of two inputs of a group, in bins of `bin_ticks`.
    pub fn expected_correlation(&self, group: usize, bin_ticks: u32) -> f64 {
        let both = |lag| self.jitter.lag_probability(lag) * f64::from(bin_ticks - lag);
        let one_way: f64 = (1..bin_ticks).map(both).sum();
        let shared = (both(0) + 2.0 * one_way) / f64::from(bin_ticks);
        self.mothers.get(group).map_or(0.0, |mother| f64::from(mother.correlation) * shared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::tests::count;

    const JITTERS: [Jitter; 2] =
        [Jitter::Uniform { low_ticks: -5, high_ticks: 5 }, Jitter::Exponential { tau_ticks: 6.0 }];

    fn source(jitter: Jitter, correlation: f32) -> Jittered {
        let groups = [Group { size: 4, correlation }, Group { size: 2, correlation: 1.0 }];
        Jittered::new(jitter, 7, 10.0, &groups, TimeGrid::new(1.0), (9, "input"))
    }

    #[test]
    fn rates_and_correlations_are_as_asked_in_bins_of_any_length() {
        for jitter in JITTERS {
            for correlation in [1.0, 0.3] {
                for bin_ticks in [1, 5, 100] {
                    let mut source = source(jitter, correlation);
                    let fire = |tick, spikes: &mut Vec<u32>| source.fire(tick, spikes);
                    let found = count(7, 2_000_000, bin_ticks, fire);
                    let theory = source.expected_correlation(0, bin_ticks as u32);
                    let measured = found.mean_correlation(0..4);
                    let name = source.name();
                    assert!((measured - theory).abs() < 0.02, "{name}: {measured} for {theory}");
                    assert!(found.correlation(0, 5).abs() < 0.02, "{name}: between groups");
                    assert!(found.correlation(0, 6).abs() < 0.02, "{name}: to the others");
                    let rate = found.rates_hz(1.0).iter().sum::<f64>() / 7.0;
                    assert!((rate / 10.0 - 1.0).abs() < 0.02, "{name}: {rate} Hz");
                }
            }
        }
        let long = source(JITTERS[0], 0.3).expected_correlation(0, 10_000);
        assert!((long - 0.3).abs() < 1e-3, "{long}");
    }

    #[test]
    fn a_shift_of_nothing_is_the_mother_herself() {
        let jitter = Jitter::Uniform { low_ticks: 0, high_ticks: 1 };
        let mut source = source(jitter, 1.0);
        let mut spikes = Vec::new();
        for tick in 0..100_000 {
            source.fire(tick, &mut spikes);
            let num_first = spikes.iter().filter(|&&id| id < 4).count();
            assert!(num_first == 0 || num_first == 4, "{spikes:?}");
        }
    }

    #[test]
    fn the_group_fires_at_its_rate_from_the_start() {
        // Over many runs, the first ticks have as many spikes as any.
        let (mut early, mut late, mut spikes) = (0, 0, Vec::new());
        let groups = [Group { size: 10, correlation: 0.2 }];
        for seed in 0..2_000 {
            let (grid, jitter) = (TimeGrid::new(1.0), JITTERS[1]);
            let mut source = Jittered::new(jitter, 10, 50.0, &groups, grid, (seed, "input"));
            for tick in 0..100 {
                source.fire(tick, &mut spikes);
                early += if tick < 10 { spikes.len() } else { 0 };
                late += if tick >= 90 { spikes.len() } else { 0 };
            }
        }
        assert!((early as f64 / late as f64 - 1.0).abs() < 0.1, "{early} {late}");
    }
}
