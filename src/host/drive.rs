//! Drives the run at hand: on as fast as it goes, or to a moment that it has been at or will come to, in slices.

use super::film::Shown;
use super::run::Run;
use crate::lab::session::SliceEnd;
use crate::lab::{Clock, Session};
use crate::sim::Tick;
use crate::wire::RunState;

impl Run {
    /// To this moment of the run, as far as it has been computed. The run beside it stands at the same time.
    pub(super) fn seek(&mut self, ms: f64) {
        let ms = if ms.is_finite() { ms.clamp(0.0, self.film.to_ms) } else { self.film.to_ms };
        (self.stop_at_target, self.stop_at_spike) = (false, false);
        self.sought_ms = None;
        self.gather();
        let mut has_jumped = false;
        for session in self.sessions() {
            has_jumped |= session.approach(session.tick_at(ms));
        }
        if has_jumped {
            // What happened before it is no part of what leads there.
            self.since_frame = Default::default();
        }
        self.is_first_time = false;
        self.seek_ms = Some(ms);
        if matches!(self.state, RunState::Running | RunState::Finished | RunState::Failed) {
            self.state = RunState::Paused;
        }
    }

    /// Goes on to the moment that is wanted.
    fn seek_on(&mut self, ms: f64, clock: &mut dyn Clock, slice_ms: f64) {
        let mut is_there = true;
        for session in self.sessions() {
            let end = session.run_slice(clock, slice_ms, session.tick_at(ms));
            is_there &= end != SliceEnd::Budget;
        }
        if is_there {
            self.gather();
            self.is_first_time = self.is_new(self.now_ms());
            (self.seek_ms, self.sought_ms) = (None, Some(ms));
            self.is_dirty = true;
            self.state = match self.state_at_end() {
                Some(state) => state,
                None if self.session.runner.now() == 0 => RunState::Idle,
                None => RunState::Paused,
            };
        }
    }

    /// Whether there is work to do.
    pub(super) fn is_going(&self) -> bool {
        self.state == RunState::Running || self.seek_ms.is_some()
    }

    /// Runs a slice.
    pub fn advance(&mut self, clock: &mut dyn Clock, slice_ms: f64) {
        if let Some(ms) = self.seek_ms {
            return self.seek_on(ms, clock, slice_ms);
        }
        if self.state != RunState::Running {
            return;
        }
        // The twin first, so that the two never drift apart.
        if self.is_twin_behind() {
            return self.catch_up(clock, slice_ms);
        }
        let limit_ms = if self.stop_at_target { self.target_ms } else { f64::INFINITY };
        let begun_ms = clock.now_ms();
        // A film has some hundred frames: a slice may hold many of them.
        let mut left_ms = slice_ms;
        loop {
            let (end, is_frame) = self.go_towards(limit_ms, clock, left_ms);
            left_ms = slice_ms - (clock.now_ms() - begun_ms);
            let goes_on = is_frame && end == SliceEnd::Target && !self.is_twin_behind();
            if !goes_on || left_ms <= 0.0 {
                return self.after_slice(if is_frame { SliceEnd::Budget } else { end });
            }
        }
    }

    /// Goes there, but no further than to the next frame of the film; whether that is what ended it.
    fn go_towards(
        &mut self,
        limit_ms: f64,
        clock: &mut dyn Clock,
        left_ms: f64,
    ) -> (SliceEnd, bool) {
        let before_ms = self.leader().sim_ms();
        let frame_ms = if self.is_first_time { self.film.next_ms } else { self.film.to_ms };
        let stop_at_spike = self.stop_at_spike;
        let leader = self.leader_mut();
        let target = leader.tick_at(limit_ms.min(frame_ms));
        let end = match stop_at_spike {
            true => to_spike(leader, clock, left_ms, target),
            false => leader.run_slice(clock, left_ms, target),
        };
        let has_spiked = stop_at_spike && leader.num_answers() > 0;
        let after_ms = leader.sim_ms();
        self.meter.add(after_ms - before_ms, clock.now_ms());
        self.is_dirty |= after_ms != before_ms;
        if has_spiked {
            // What is left of the step.
            (self.target_ms, self.stop_at_spike) = (after_ms, false);
            return (SliceEnd::Target, false);
        }
        self.see();
        (end, frame_ms < limit_ms && end == SliceEnd::Target)
    }

    /// What the end of a slice means.
    fn after_slice(&mut self, end: SliceEnd) {
        if self.is_twin_behind() {
            return;
        }
        match end {
            // Each of two runs ends for itself; the other one goes on.
            SliceEnd::Failed | SliceEnd::Finished => {
                if let Some(state) = self.state_at_end() {
                    self.state = state;
                }
            }
            SliceEnd::Target => self.state = RunState::Paused,
            SliceEnd::Budget => {}
        }
        self.is_dirty |= self.state != RunState::Running;
    }

    /// Whether there is nothing more to do, and how it came to that.
    fn state_at_end(&mut self) -> Option<RunState> {
        if !self.is_over() {
            return None;
        }
        let has_failed = self.sessions().any(|session| session.runner.fault().is_some());
        Some(if has_failed { RunState::Failed } else { RunState::Finished })
    }

    fn catch_up(&mut self, clock: &mut dyn Clock, slice_ms: f64) {
        let now_ms = self.session.sim_ms();
        if let Some(twin) = &mut self.twin {
            twin.run_slice(clock, slice_ms, twin.tick_at(now_ms));
        }
        self.is_dirty = true;
        self.see();
    }

    /// Where both runs stand at the same time, makes a frame of the film if it is due.
    fn see(&mut self) {
        if self.is_twin_behind() {
            return;
        }
        self.gather();
        let now_ms = self.now_ms();
        if self.is_first_time {
            self.shoot(now_ms);
        } else {
            self.is_first_time = self.is_new(now_ms);
        }
    }

    /// When it is: of two runs the one that has come further, since each ends for itself.
    pub(super) fn now_ms(&self) -> f64 {
        self.session.sim_ms().max(self.twin.as_ref().map_or(0.0, Session::sim_ms))
    }

    /// It has not been beyond this.
    fn is_new(&self, now_ms: f64) -> bool {
        now_ms + 1e-9 >= self.film.to_ms
    }

    /// Takes what has happened in the networks since the last time, for the next frame and for the film.
    pub(super) fn gather(&mut self) {
        let twin = self.twin.as_mut().map(Session::activity);
        let happened = [self.session.activity(), twin.unwrap_or_default()];
        for (since, next) in self.since_frame.iter_mut().zip(&happened) {
            since.append(next.clone());
        }
        if self.is_first_time {
            self.film.append(self.now_ms(), happened);
        }
    }

    fn shoot(&mut self, now_ms: f64) {
        let (is_over, has_twin) = (self.is_over(), self.twin.is_some());
        if now_ms + 1e-9 < self.film.next_ms && !is_over {
            return;
        }
        // Lent for as long as the figures of the run are made.
        let mut film = std::mem::take(&mut self.film);
        film.shoot(now_ms, is_over, has_twin, || Shown {
            phase: self.session.runner.phase(),
            figures: self.figures(&self.heroes),
            shades: [
                self.session.shades(),
                self.twin.as_mut().map(Session::shades).unwrap_or_default(),
            ],
        });
        self.film = film;
    }
}

/// On until somebody who is not only an input spikes.
fn to_spike(session: &mut Session, clock: &mut dyn Clock, left_ms: f64, target: Tick) -> SliceEnd {
    const TICKS_PER_GLANCE: u32 = 64;
    let start_ms = clock.now_ms();
    loop {
        for _ in 0..TICKS_PER_GLANCE {
            let next = session.runner.now() + 1;
            let end = session.advance_to(next.min(target));
            if end != SliceEnd::Target || next >= target || session.num_answers() > 0 {
                return end;
            }
        }
        if clock.now_ms() - start_ms >= left_ms {
            return SliceEnd::Budget;
        }
    }
}
