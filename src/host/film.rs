//! Makes the film of a run while it is computed for the first time.

use crate::lab::film::{FilmFrame, MOST_BYTES, MOST_FRAMES};
use crate::lab::picture::Activity;
use crate::record::Figure;
use crate::wire::encode;

/// A frame that would make the film heavier than its share of the run waits for the next.
const SLACK_BYTES: usize = 1 << 20;

/// What is made for a frame alone, once it is due.
pub struct Shown {
    /// What is going on, in words.
    pub phase: String,
    /// The figures that the film holds.
    pub figures: Vec<(u16, Figure)>,
    /// What has changed in the shades of weights, in the run and the one beside it.
    pub shades: [Vec<u8>; 2],
}

/// Makes a film.
#[derive(Default)]
pub struct Film {
    total_ms: f64,
    /// So far it goes.
    pub to_ms: f64,
    /// The next frame is due then.
    pub next_ms: f64,
    spacing_ms: f64,
    /// Since the last frame, of the run and the one beside it.
    pending: [Activity; 2],
    num_bytes: usize,
    /// Not handed over yet.
    frames: Vec<FilmFrame>,
}

impl Film {
    /// Of a run of this length in steps of `dt_ms`.
    pub fn new(total_ms: f64, dt_ms: f64) -> Self {
        let num_ticks = total_ms / dt_ms;
        let spacing_ms = (num_ticks / f64::from(MOST_FRAMES)).ceil().max(1.0) * dt_ms;
        Self { total_ms, next_ms: spacing_ms, spacing_ms, ..Self::default() }
    }

    /// From here on the run is another.
    pub fn cut(&mut self, now_ms: f64) {
        self.pending = Default::default();
        self.to_ms = now_ms;
        self.next_ms = self.after(now_ms);
    }

    fn after(&self, ms: f64) -> f64 {
        (((ms / self.spacing_ms + 1e-6).floor() + 1.0) * self.spacing_ms).min(self.total_ms.max(ms))
    }

    /// Something happened right after what it knows of.
    pub fn append(&mut self, now_ms: f64, happened: [Activity; 2]) {
        let is_begun = !self.pending[0].num_spikes.is_empty();
        for (pending, next) in self.pending.iter_mut().zip(happened) {
            pending.append(next);
        }
        // A run that is over stands still while the other one goes on, and the film with it.
        let first = &mut self.pending[0];
        first.from_ms = if is_begun { first.from_ms } else { self.to_ms };
        first.to_ms = now_ms;
        self.to_ms = now_ms;
    }

    /// A frame of this moment, if it is due.
    pub fn shoot(
        &mut self,
        now_ms: f64,
        is_over: bool,
        has_twin: bool,
        shown: impl FnOnce() -> Shown,
    ) {
        let is_due = now_ms + 1e-9 >= self.next_ms || is_over;
        if !is_due || self.pending[0].num_spikes.is_empty() {
            return;
        }
        self.next_ms = self.after(now_ms);
        let share = now_ms / self.total_ms.max(1e-9);
        let allowed = (MOST_BYTES as f64 * share) as usize + SLACK_BYTES;
        if self.num_bytes > allowed && !is_over {
            return;
        }
        let Shown { phase, figures, shades: [shades, twin_shades] } = shown();
        let [mut activity, mut twin] = std::mem::take(&mut self.pending);
        // What waits at this very moment is asked for where the film rests.
        activity.eligibility.at_end.clear();
        twin.eligibility.at_end.clear();
        let twin = has_twin.then_some(twin);
        let frame = FilmFrame { activity, twin, shades, twin_shades, phase, figures };
        self.num_bytes += encode(&frame).len();
        self.frames.push(frame);
    }

    /// What has been added since the last time.
    pub fn take(&mut self) -> Vec<FilmFrame> {
        std::mem::take(&mut self.frames)
    }
}
