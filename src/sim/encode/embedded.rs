//! A frozen pattern of spikes that comes back in random background activity.
//!
//! **Equations.** Every input fires with probability p per tick. The pattern is a table, drawn
//! once, in which each of its inputs fires in each of L ticks with probability p₁. Time is cut into
//! windows; in each, the pattern is shown once, at a random place, and takes the place of its
//! inputs' background. As published: p = 1/2, L = 5, p₁ = min(1.25 p, 0.8), all inputs; and p₁ > p,
//! so that the pattern can be found by its rate alone. Take p₁ = p to rule that out.
//!
//! **State.** The table, where the pattern stands in the present window, and the background.
//!
//! **Source.** The teaching notebooks that this page replaces.
//!
//! **Method.** Exact waiting times for the background, see [`waiting`](super::waiting).

use serde::{Deserialize, Serialize};

use super::poisson::{Counting, Poisson};
use crate::sim::{Stream, Tick, TimeGrid};

/// What pattern and background look like.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatternParams {
    /// Number of inputs.
    pub num_inputs: u32,
    /// How many of them, from the first on, take part in the pattern.
    pub num_members: u32,
    /// Length of the pattern in ticks.
    pub length_ticks: u32,
    /// The pattern is shown once in so many ticks; at least its length.
    pub window_ticks: u32,
    /// Probability of a background spike per tick.
    pub background: f32,
    /// Probability of a spike in the pattern per tick.
    pub density: f32,
}

/// Background activity in which a pattern returns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EmbeddedPattern {
    params: PatternParams,
    /// The members that fire, by tick of the pattern, ascending.
    table: Vec<Vec<u32>>,
    background: Poisson,
    /// The first window that has no place yet.
    next_window: Tick,
    start: Tick,
    stream: Stream,
}

impl EmbeddedPattern {
    /// Draws the pattern. Random numbers come from the streams `name` and `name` + " pattern".
    pub fn new(params: PatternParams, grid: TimeGrid, (seed, name): (u32, &str)) -> Self {
        let mut stream = Stream::new(seed, &[name, " pattern"].concat());
        let num_members = params.num_members.min(params.num_inputs);
        let mut member_ids =
            |_| (0..num_members).filter(|_| stream.chance(params.density)).collect();
        let table = (0..params.length_ticks).map(&mut member_ids).collect();
        let rate_hz = params.background * (1_000.0 / grid.dt_ms()) as f32;
        let rates_hz = vec![rate_hz; params.num_inputs as usize];
        let background = Stream::new(seed, name);
        Self {
            params: PatternParams {
                num_members,
                window_ticks: params.window_ticks.max(params.length_ticks).max(1),
                ..params
            },
            table,
            background: Poisson::new(Counting::OncePerTick, &rates_hz, grid, background),
            next_window: 0,
            start: 0,
            stream,
        }
    }

    /// Number of inputs.
    pub fn num_inputs(&self) -> usize {
        self.background.num_inputs()
    }

    /// Its name on the screen.
    pub fn name(&self) -> &'static str {
        "a repeated pattern in background activity"
    }

    /// The pattern: the members that fire in each of its ticks.
    pub fn table(&self) -> &[Vec<u32>] {
        &self.table
    }

    /// Where the pattern starts in the window of the last tick that was fired.
    pub fn start(&self) -> Tick {
        self.start
    }

    /// The inputs that fire in this tick, ascending.
    pub fn fire(&mut self, tick: Tick, spikes: &mut Vec<u32>) {
        let PatternParams { window_ticks, length_ticks, num_members, .. } = self.params;
        let window = tick / Tick::from(window_ticks);
        if window >= self.next_window {
            let place = self.stream.below(window_ticks - length_ticks + 1);
            self.start = window * Tick::from(window_ticks) + Tick::from(place);
            self.next_window = window + 1;
        }
        self.background.fire(tick, spikes);
        if let Some(shown) = tick.checked_sub(self.start)
            && let Some(members) = self.table.get(shown as usize)
        {
            spikes.retain(|&id| id >= num_members);
            spikes.splice(0..0, members.iter().copied());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: PatternParams = PatternParams {
        num_inputs: 60,
        num_members: 40,
        length_ticks: 5,
        window_ticks: 50,
        background: 0.5,
        density: 0.625,
    };

    #[test]
    fn the_pattern_comes_once_per_window_and_is_always_the_same() {
        let mut source = EmbeddedPattern::new(PARAMS, TimeGrid::new(1.0), (8, "input"));
        let table = source.table().to_vec();
        let share = table.iter().map(Vec::len).sum::<usize>() as f64 / 200.0;
        assert!((share - 0.625).abs() < 0.1, "{share}");
        let (mut starts, mut num_background, mut spikes) = (Vec::new(), 0, Vec::new());
        for tick in 0..50_000 {
            source.fire(tick, &mut spikes);
            assert!(spikes.windows(2).all(|pair| pair[0] < pair[1]));
            let start = source.start();
            assert_eq!(start / 50, tick / 50);
            let members = spikes.partition_point(|&id| id < 40);
            match tick.checked_sub(start) {
                Some(shown) if shown < 5 => assert_eq!(spikes[..members], table[shown as usize]),
                _ => num_background += members,
            }
            if tick % 50 == 0 {
                starts.push(start % 50);
            }
        }
        let rate = num_background as f64 / 45_000.0 / 40.0;
        assert!((rate - 0.5).abs() < 0.01, "{rate}");
        assert!((0..=45).all(|place| starts.contains(&place)), "every place occurs");
    }
}
