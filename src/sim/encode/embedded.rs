//! A frozen pattern of spikes that comes back in random background activity.
//!
//! **Equations.** Every input fires with probability p per tick. The pattern is a table, drawn
//! once, in which each of its inputs fires in each of L ticks with probability p₁. Time is cut into
//! windows; in each, the pattern is shown once, at a random place, and takes the place of its
//! inputs' background, or of all of it but a share q. Its spikes come as in the table, or each of them
//! early or late by a normal time of its own. As published: p = 1/2, L = 5, p₁ = min(1.25 p, 0.8), all
//! inputs, q = 0, no jitter; and p₁ > p, so that the pattern can be found by its rate alone. Take
//! p₁ + q p = p to rule that out.
//!
//! **State.** The table, where the pattern stands in the present window (and in the next, where early spikes
//! of it may come before that begins), its jittered spikes that are still to come, and the background.
//!
//! **Source.** The teaching notebooks that this page replaces. Jitter and the share that goes on:
//! Masquelier, Guyonneau and Thorpe (2008, doi:10.1371/journal.pone.0001377).
//!
//! **Method.** Exact waiting times for the background, see [`waiting`](super::waiting).

use std::collections::VecDeque;

use get_size2::GetSize;

use super::order::Order;
use super::poisson::{Counting, Poisson};
use crate::{Stream, Tick, TimeGrid};

/// A jittered spike is no more standard deviations away from its time than this.
const FARTHEST: f32 = 4.0;

/// What pattern and background look like.
#[derive(Clone, Copy, Debug, PartialEq, GetSize)]
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
    /// Share of its members' background that goes on while it is shown.
    pub noise: f32,
    /// Standard deviation of its spikes' times, in ticks.
    pub jitter_ticks: f32,
}

/// Background activity in which a pattern returns.
#[derive(Clone, Debug, PartialEq, GetSize)]
pub struct EmbeddedPattern {
    params: PatternParams,
    /// The members that fire, by tick of the pattern, ascending.
    table: Vec<Vec<u32>>,
    background: Poisson,
    /// The first window that has no place yet.
    next_window: Tick,
    /// Places in windows that have not begun.
    ahead: VecDeque<Tick>,
    start: Tick,
    stream: Stream,
    jitter: Option<Jitter>,
    order: Order,
}

/// Spikes that leave their places.
#[derive(Clone, Debug, PartialEq, GetSize)]
struct Jitter {
    sd_ticks: f32,
    /// How far a spike may be from its place.
    margin: Tick,
    /// The spikes to come, by their tick in a ring.
    ring: Vec<Vec<u32>>,
    /// Showings whose spikes have no times yet.
    to_draw: VecDeque<Tick>,
    stream: Stream,
}

impl Jitter {
    fn new(params: &PatternParams, stream: Stream) -> Self {
        let margin = (FARTHEST * params.jitter_ticks) as Tick + 1;
        Self {
            sd_ticks: params.jitter_ticks,
            margin,
            ring: vec![Vec::new(); params.length_ticks as usize + 2 * margin as usize + 1],
            to_draw: VecDeque::new(),
            stream,
        }
    }

    /// Draws the times of all spikes of the showing that begins to be due in this tick, if one does.
    fn draw_due(&mut self, table: &[Vec<u32>], tick: Tick) {
        while self.to_draw.front().is_some_and(|&start| start <= tick + self.margin) {
            let start = self.to_draw.pop_front().unwrap_or_default();
            for (place, members) in (start..).zip(table) {
                for &id in members {
                    self.place(id, place);
                }
            }
        }
    }

    /// Moves one spike from its place, to the nearest tick and within the margin.
    fn place(&mut self, id: u32, place: Tick) {
        let late = self.sd_ticks * self.stream.normal();
        let late = (late + self.margin as f32 + 0.5).clamp(0.0, 2.0 * self.margin as f32);
        // What would come before the first tick does not come.
        if let Some(tick) = (place + late as Tick).checked_sub(self.margin) {
            let slot = tick as usize % self.ring.len();
            self.ring[slot].push(id);
        }
    }

    /// The spikes that are due in this tick.
    fn due_in(&mut self, tick: Tick) -> &mut Vec<u32> {
        let slot = tick as usize % self.ring.len();
        &mut self.ring[slot]
    }
}

impl EmbeddedPattern {
    /// Draws the pattern. Random numbers come from the streams `name`, `name` + " pattern" and, for jitter,
    /// `name` + " jitter".
    pub fn new(params: PatternParams, grid: TimeGrid, (seed, name): (u32, &str)) -> Self {
        let mut stream = Stream::new(seed, &[name, " pattern"].concat());
        let num_members = params.num_members.min(params.num_inputs);
        let mut member_ids =
            |_| (0..num_members).filter(|_| stream.chance(params.density)).collect();
        let table = (0..params.length_ticks).map(&mut member_ids).collect();
        let rate_hz = params.background * (1_000.0 / grid.dt_ms()) as f32;
        let rates_hz = vec![rate_hz; params.num_inputs as usize];
        let background = Stream::new(seed, name);
        let jitter = (params.jitter_ticks > 0.0)
            .then(|| Jitter::new(&params, Stream::new(seed, &[name, " jitter"].concat())));
        Self {
            jitter,
            order: Order::new(params.num_inputs as usize),
            params: PatternParams {
                num_members,
                window_ticks: params.window_ticks.max(params.length_ticks).max(1),
                ..params
            },
            table,
            background: Poisson::new(Counting::OncePerTick, &rates_hz, grid, background),
            next_window: 0,
            ahead: VecDeque::new(),
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
        let window = Tick::from(window_ticks);
        let lead = self.jitter.as_ref().map_or(0, |jitter| jitter.margin);
        while self.next_window * window <= tick + lead {
            let place = self.stream.below(window_ticks - length_ticks + 1);
            let start = self.next_window * window + Tick::from(place);
            self.next_window += 1;
            self.ahead.push_back(start);
            if let Some(jitter) = &mut self.jitter {
                jitter.to_draw.push_back(start);
            }
        }
        if let Some(&start) = self.ahead.front()
            && start / window <= tick / window
        {
            self.start = start;
            self.ahead.pop_front();
        }
        self.background.fire(tick, spikes);
        if let Some(shown) = tick.checked_sub(self.start)
            && let Some(members) = self.table.get(shown as usize)
        {
            let noise = self.params.noise;
            if noise > 0.0 {
                spikes.retain(|&id| id >= num_members || self.stream.chance(noise));
            } else {
                spikes.retain(|&id| id >= num_members);
            }
            if self.jitter.is_none() {
                spikes.splice(0..0, members.iter().copied());
                if noise > 0.0 {
                    self.order.sort(spikes);
                }
            }
        }
        if let Some(jitter) = &mut self.jitter {
            jitter.draw_due(&self.table, tick);
            let due = jitter.due_in(tick);
            if !due.is_empty() {
                spikes.append(due);
                self.order.sort(spikes);
            }
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
        noise: 0.0,
        jitter_ticks: 0.0,
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

    #[test]
    fn spikes_leave_their_places_by_a_normal_time() {
        let (sd, window) = (6.0, 80);
        let params = PatternParams {
            length_ticks: 20,
            window_ticks: window,
            background: 0.0,
            density: 0.05,
            jitter_ticks: sd,
            ..PARAMS
        };
        let mut source = EmbeddedPattern::new(params, TimeGrid::new(1.0), (8, "input"));
        let table = source.table().to_vec();
        // Members that fire once in the pattern, with their place.
        let places = |id: u32| (0_i64..).zip(&table).filter(move |(_, ids)| ids.contains(&id));
        let once: Vec<(u32, i64)> = (0..40)
            .filter(|&id| places(id).count() == 1)
            .map(|id| (id, places(id).next().expect("one").0))
            .collect();
        let num_windows = 20_000_u32;
        let (mut starts, mut spikes, mut all) = (Vec::new(), Vec::new(), Vec::new());
        let mut in_first_tick = 0;
        for tick in 0..u64::from(num_windows * window) {
            source.fire(tick, &mut spikes);
            if tick % u64::from(window) == 0 {
                starts.push(source.start() as i64);
                in_first_tick += spikes.len();
            }
            let kept = spikes.iter().filter_map(|id| once.iter().find(|(other, _)| other == id));
            all.extend(kept.map(|&(_, place)| tick as i64 - place));
        }
        all.sort_unstable();
        // Times from the start of showings that stand alone.
        let mut moved: Vec<i64> = Vec::new();
        for three in starts.windows(3).filter(|w| w[1] - w[0] > 60 && w[2] - w[1] > 60) {
            let near = all.partition_point(|&time| time < three[1] - 30);
            let times = all[near..].iter().map(|time| time - three[1]);
            moved.extend(times.take_while(|late| *late <= 30));
        }
        let num = moved.len() as f64;
        let mean = moved.iter().sum::<i64>() as f64 / num;
        let square = moved.iter().map(|m| (*m * *m) as f64).sum::<f64>() / num;
        let unmoved = moved.iter().filter(|m| **m == 0).count() as f64 / num;
        assert!(num > 50_000.0 && mean.abs() < 0.1, "{num} {mean}");
        assert!((square.sqrt() / f64::from(sd) - 1.0).abs() < 0.03, "{}", square.sqrt());
        // 1/(σ √(2π)) of them fall into any one tick near the place.
        assert!((unmoved - 0.0665).abs() < 0.005, "{unmoved}");
        // Spikes come before their window begins, and do not gather in its first tick.
        let per_tick = table.iter().map(Vec::len).sum::<usize>() as f64 / f64::from(window);
        let first = in_first_tick as f64 / f64::from(num_windows);
        assert!(first < 1.5 * per_tick, "{first} {per_tick}");
    }

    #[test]
    fn jitter_and_background_blur_the_pattern_and_leave_the_rate() {
        // Over many showings, how often each member fires in each tick around the pattern's start.
        let params = PatternParams {
            length_ticks: 50,
            window_ticks: 200,
            background: 0.05,
            density: 0.04,
            noise: 0.2,
            jitter_ticks: 3.0,
            ..PARAMS
        };
        let mut source = EmbeddedPattern::new(params, TimeGrid::new(1.0), (8, "input"));
        let table = source.table().to_vec();
        let (mut spikes, mut sum_in, mut sum_all, mut near) = (Vec::new(), 0_u32, 0_u32, 0_u32);
        let (first, of_first) = (0..).zip(&table).find(|(_, ids)| !ids.is_empty()).expect("one");
        for tick in 0..400_000 {
            source.fire(tick, &mut spikes);
            assert!(spikes.windows(2).all(|pair| pair[0] < pair[1]));
            let members = spikes.partition_point(|&id| id < 40) as u32;
            sum_all += members;
            let shown = tick as i64 - source.start() as i64;
            sum_in += if (0..50).contains(&shown) { members } else { 0 };
            near += u32::from((shown - first).abs() <= 6 && spikes.contains(&of_first[0]));
        }
        let in_table: usize = table.iter().map(Vec::len).sum();
        let expected = in_table as f64 / 2_000.0 + 0.2 * 0.05;
        let rate = f64::from(sum_in) / (2_000.0 * 50.0 * 40.0);
        // Some spikes are moved out of it, and some fall together.
        assert!(rate < expected && rate > 0.85 * expected, "{rate} {expected}");
        let rate = f64::from(sum_all) / (400_000.0 * 40.0);
        assert!((rate / (0.25 * expected + 0.75 * 0.05) - 1.0).abs() < 0.03, "{rate}");
        // 95 % of them are within two standard deviations, besides what fires there by chance.
        let share = f64::from(near) / 2_000.0;
        assert!(share > 0.93, "{share}");
    }
}
