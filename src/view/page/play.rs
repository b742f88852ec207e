//! Playing a run: the film from start to end, slow motion, and going to any moment.
//!
//! The film (network and the figure that answers the question) is on the page; every other figure, and the exact state
//! where the film rests, comes from the simulator, which is asked for one moment at a time.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::address;
use super::super::dom;
use super::super::kept::{Mark, Show};
use super::Page;
use crate::lab::link::Autorun;
use crate::lab::{StepKind, marks};
use crate::wire::{Command, RunState};

/// From start to end.
const FILM_MS: f64 = 9_000.0;
/// A page that was away for longer does not jump.
const LONGEST_GAP_MS: f64 = 100.0;
/// How long the last picture stands before a film in a loop begins again.
const HOLD_MS: i32 = 2_500;

impl Page {
    /// The run has been computed: shows of it what was planned.
    pub(super) fn show_computed(self) {
        match self.kept().show.get() {
            Show::FilmFrom(ms) => {
                // What was just said of an answer stays.
                let asks = self.asks.get_untracked();
                self.play_from(ms);
                self.asks.set(asks);
            }
            Show::Moment(ms) => {
                let until_ms = self.kept().reel.borrow().until_ms();
                let is_named = ms < until_ms - 1e-6 && !untrack(|| self.is_edited());
                self.set_moment(Some(ms).filter(|_| is_named));
                self.shown_ms.set(ms.min(until_ms));
                self.want(ms.min(until_ms));
            }
            Show::Nothing | Show::Result | Show::Live => {
                self.asks.set(false);
                self.shown_ms.set(self.kept().reel.borrow().until_ms());
            }
        }
    }

    /// The whole run is there to be played.
    pub fn is_computed(self) -> bool {
        !self.kept().is_computing.get() && !self.kept().reel.borrow().is_empty()
    }

    /// Plays on; from the start where the end is shown. What has not been computed is computed first.
    pub fn play(self) {
        let kept = self.kept();
        let state = self.frame.with_untracked(|frame| frame.state);
        if kept.is_computing.get() {
            // A run that rests somewhere meanwhile goes on from there.
            let rests_at_ms = if let Show::Moment(ms) = kept.show.get() { ms } else { 0.0 };
            kept.show.set(Show::FilmFrom(rests_at_ms));
            self.asks.set(false);
        } else if kept.reel.borrow().is_empty() {
            self.open_link(Show::FilmFrom(0.0));
        } else if self.is_stopped_half_way() {
            kept.is_computing.set(true);
            kept.show.set(Show::Live);
            self.send(Command::Run);
        } else {
            let shown_ms = self.shown_ms.get_untracked();
            let is_at_end = shown_ms >= kept.reel.borrow().until_ms() - 1e-6;
            self.play_from(if is_at_end || state == RunState::Failed { 0.0 } else { shown_ms });
        }
        self.expect_answer();
    }

    /// Somebody has stopped it while it was computed.
    fn is_stopped_half_way(self) -> bool {
        let until_ms = self.kept().reel.borrow().until_ms();
        self.frame.with_untracked(|frame| until_ms + 1e-6 < frame.total_ms && frame.fault.is_none())
            && !self.kept().is_computing.get()
            && self.kept().show.get() != Show::Nothing
    }

    fn play_from(self, ms: f64) {
        self.set_moment(None);
        self.asks.set(false);
        self.shown_ms.set(ms);
        self.kept().moved_ms.set(dom::now_ms());
        if !self.is_playing.get_untracked() {
            self.is_playing.set(true);
            dom::before_paint(move || self.move_on());
        }
    }

    /// The film plays, not slow motion.
    pub fn plays_film(self) -> bool {
        self.is_playing.get_untracked() && self.speed.get_untracked().is_none()
    }

    /// One picture of the film, or of slow motion.
    fn move_on(self) {
        if !self.is_playing.get_untracked() {
            return;
        }
        let kept = self.kept();
        let now_ms = dom::now_ms();
        let gap_ms = (now_ms - kept.moved_ms.replace(now_ms)).clamp(0.0, LONGEST_GAP_MS);
        let shown_ms = self.shown_ms.get_untracked();
        let (ms, until_ms) = {
            let reel = kept.reel.borrow();
            let ms = match self.speed.get_untracked() {
                None => reel.ms_at(reel.share_at(shown_ms) + gap_ms / FILM_MS),
                Some(speed) => shown_ms + gap_ms * speed / 1_000.0,
            };
            (ms, reel.until_ms())
        };
        if self.stops_between(shown_ms, ms) {
            return;
        }
        if ms >= until_ms - 1e-6 {
            self.stop_at(until_ms);
            self.begin_again();
            return;
        }
        self.shown_ms.set(ms);
        self.show_filmed(ms);
        self.want(ms);
        dom::before_paint(move || self.move_on());
    }

    fn begin_again(self) {
        let run_id = self.kept().run_id.get();
        if self.link.with_untracked(|link| link.page.autorun) == Autorun::Loop {
            dom::after_ms(HOLD_MS, move || {
                let is_same = self.kept().run_id.get() == run_id;
                if is_same && self.kept().is_on_screen.get() && !self.is_playing.get_untracked() {
                    self.play_from(0.0);
                }
            });
        }
    }

    /// The figures of the film at this moment.
    pub(super) fn show_filmed(self, ms: f64) {
        let kept = self.kept();
        let place = kept.reel.borrow().place_of(ms);
        let has_only_film = self.plays_film() || kept.is_computing.get();
        if !has_only_film || kept.filmed.replace(place) == place {
            return;
        }
        let figures = kept.reel.borrow().frames().get(place).map(|frame| frame.figures.clone());
        for (panel, figure) in figures.unwrap_or_default() {
            self.figure(panel).set(Some(Arc::new(figure)));
        }
    }

    /// Stops where it is.
    pub fn pause(self) {
        let kept = self.kept();
        if self.is_playing.get_untracked() {
            kept.tells_next.set(true);
            self.rest_at(self.shown_ms.get_untracked());
        } else if kept.is_computing.get() {
            kept.is_computing.set(false);
            kept.show.set(Show::Live);
            self.send(Command::Pause);
        }
        self.expect_answer();
    }

    /// Shows this moment and stays there: the visitor has chosen it.
    pub fn rest_at(self, ms: f64) {
        self.hold_while_computing(ms);
        let until_ms = self.kept().reel.borrow().until_ms();
        let is_whole = !self.kept().is_computing.get();
        let is_end = ms >= until_ms - 1e-6;
        self.set_moment(Some(ms).filter(|_| is_whole && !is_end && !untrack(|| self.is_edited())));
        self.stop_at(ms.min(until_ms));
    }

    fn stop_at(self, ms: f64) {
        if self.is_playing.get_untracked() {
            self.is_playing.set(false);
        }
        self.asks.set(false);
        self.kept().filmed.set(usize::MAX);
        self.shown_ms.set(ms);
        self.want(ms);
    }

    /// A run that is still being computed rests there now and when that is done.
    fn hold_while_computing(self, ms: f64) {
        if self.kept().is_computing.get() {
            self.kept().show.set(Show::Moment(ms));
            self.show_filmed(ms);
        }
    }

    /// Goes to this moment while somebody drags there.
    pub fn scrub(self, ms: f64) {
        if self.is_playing.get_untracked() {
            self.is_playing.set(false);
        }
        self.hold_while_computing(ms);
        self.asks.set(false);
        self.shown_ms.set(ms);
        self.want(ms);
    }

    /// Asks the simulator for a moment, or notes it while another is on its way. A run that is being computed is not
    /// disturbed.
    pub(super) fn want(self, ms: f64) {
        let kept = self.kept();
        kept.wanted_ms.set(ms);
        // A step that is still on its way does not move what was chosen since.
        kept.step_ping.set(None);
        if !kept.is_seeking.get() {
            self.ask_for_wanted();
        }
    }

    pub(super) fn ask_for_wanted(self) {
        let kept = self.kept();
        let ms = kept.wanted_ms.get();
        if ms.is_nan() || kept.is_computing.get() {
            return;
        }
        kept.wanted_ms.set(f64::NAN);
        kept.is_seeking.set(true);
        self.send(Command::Seek { ms });
    }

    /// The moment that the link names.
    fn set_moment(self, ms: Option<f64>) {
        let ms = ms.map(|ms| (ms * 1e6).round() / 1e6);
        if self.link.with_untracked(|link| link.page.moment_ms) != ms {
            self.link.update(|link| link.page.moment_ms = ms);
            address::replace_soon(self.link);
        }
    }

    /// Goes a little: to the next spike, trial or tick.
    pub fn step(self, kind: StepKind) {
        let kept = self.kept();
        if kept.is_computing.get() {
            return;
        }
        if kept.reel.borrow().is_empty() {
            self.open_link(Show::Moment(0.0));
        } else {
            self.is_playing.set(false);
            kept.is_seeking.set(false);
            kept.wanted_ms.set(f64::NAN);
            // Asked before it: what comes after the answer is of this step, not of one before.
            self.expect_answer();
            kept.step_ping.set(Some(kept.pings.get()));
            self.send(Command::Step(kind));
            return;
        }
        self.expect_answer();
    }

    /// A step has come to its end.
    pub(super) fn stepped(self, sim_ms: f64) {
        self.asks.set(false);
        self.shown_ms.set(sim_ms);
        let until_ms = self.kept().reel.borrow().until_ms();
        let is_edited = untrack(|| self.is_edited());
        self.set_moment(Some(sim_ms).filter(|ms| *ms < until_ms - 1e-6 && !is_edited));
    }

    /// Back to the first tick.
    pub fn reset(self) {
        if self.kept().reel.borrow().is_empty() || self.kept().is_computing.get() {
            self.open_link(Show::Moment(0.0));
        } else {
            self.rest_at(0.0);
        }
        self.expect_answer();
    }

    /// Straight to the end.
    pub fn finish(self) {
        let kept = self.kept();
        if kept.is_computing.get() {
            kept.show.set(Show::Result);
            self.set_moment(None);
        } else if kept.reel.borrow().is_empty() {
            self.open_link(Show::Result);
        } else if self.is_stopped_half_way() {
            kept.is_computing.set(true);
            kept.show.set(Show::Result);
            self.send(Command::Run);
        } else {
            let until_ms = kept.reel.borrow().until_ms();
            self.rest_at(until_ms);
        }
        self.expect_answer();
    }

    /// It plays, or is being computed and nobody is asked meanwhile.
    pub fn is_going(self) -> bool {
        let is_computing = self.kept().is_computing.get() && !self.asks.get_untracked();
        self.is_playing.get_untracked() || is_computing
    }

    /// Where a moment lies in the film, from 0 to 1; as long as there is no whole film, in the time of the run.
    pub fn film_share(self, ms: f64) -> f64 {
        match self.time_of_part() {
            Some(whole_ms) => ms / whole_ms,
            None => self.kept().reel.borrow().share_at(ms),
        }
    }

    /// The moment at a share of the film, as far as it goes.
    pub fn moment_at(self, share: f64) -> f64 {
        let kept = self.kept();
        let reel = kept.reel.borrow();
        match self.time_of_part() {
            Some(whole_ms) => (share * whole_ms).min(reel.until_ms()),
            None => reel.ms_at(share),
        }
    }

    /// The length of the run, where only a part of it has been computed.
    fn time_of_part(self) -> Option<f64> {
        let until_ms = self.kept().reel.borrow().until_ms();
        let whole_ms = self
            .frame
            .with_untracked(|frame| if frame.fault.is_some() { 0.0 } else { frame.total_ms });
        (until_ms + 1e-6 < whole_ms).then_some(whole_ms)
    }

    /// The end is shown: there is nothing to step to.
    pub fn is_at_end(self) -> bool {
        self.film.track();
        // Looked at in any case, or a change of it would go unnoticed.
        let shown_ms = self.shown_ms.get();
        let is_whole = self.is_computed() && self.time_of_part().is_none();
        is_whole && shown_ms >= self.computed_ms() - 1e-6
    }

    /// Until when the film goes.
    pub fn computed_ms(self) -> f64 {
        self.kept().reel.borrow().until_ms()
    }

    /// What is going on at a moment of the film.
    pub fn filmed_phase(self, ms: f64) -> Option<String> {
        let kept = self.kept();
        let reel = kept.reel.borrow();
        reel.frames().get(reel.place_of(ms)).map(|frame| frame.phase.clone())
    }

    /// What is going on at a moment: exactly, where the run stands there, else in its frame of the film.
    pub fn phase_at(self, ms: f64) -> Option<String> {
        let stands = self.frame.with_untracked(|frame| {
            let is_there = frame.sought_ms.is_some_and(|sought_ms| (sought_ms - ms).abs() < 1e-6);
            is_there.then(|| frame.phase.clone())
        });
        stands.or_else(|| self.filmed_phase(ms))
    }

    /// Simulated time per time of the film.
    pub fn film_pace(self, ms: f64) -> f64 {
        self.kept().reel.borrow().pace_at(ms) / FILM_MS
    }

    /// What is marked on the bar: phases and rounds, rewards and punishments.
    pub fn marks(self, most_peaks: usize) -> Vec<Mark> {
        let kept = self.kept();
        let reel = kept.reel.borrow();
        if reel.is_empty() {
            return Vec::new();
        }
        let moments = self.picture(0).map(|it| marks::moments(&it.network)).unwrap_or_default();
        let moments = moments.into_iter().filter(|moment| moment.ms < reel.until_ms());
        let scheduled = moments.map(|marks::Moment { ms, label }| {
            let kind = if label.is_empty() { "round" } else { "phase" };
            Mark { share: self.film_share(ms), kind, label }
        });
        let peak = |(ms, is_reward): (f64, bool)| {
            let kind = if is_reward { "reward" } else { "punish" };
            Mark { share: self.film_share(ms), kind, label: String::new() }
        };
        scheduled.chain(reel.peaks(most_peaks).into_iter().map(peak)).collect()
    }

    /// Another speed.
    pub fn set_speed(self, speed: Option<f64>) {
        self.speed.set(speed);
        self.kept().has_chosen_speed.set(true);
        self.kept().filmed.set(usize::MAX);
    }

    /// When a live control that is moved now changes the run: at the moment that is shown. While the run that was changed is
    /// still being computed, at the same moment again.
    pub(super) fn change_at_ms(self) -> f64 {
        let edited_ms = self.edited_ms.get_untracked();
        match self.kept().is_computing.get() && !edited_ms.is_nan() {
            true => edited_ms,
            false => self.shown_ms.get_untracked(),
        }
    }

    /// A live parameter was changed at the moment that is shown: the run goes on from there as another.
    pub(super) fn go_on_changed(self) {
        let kept = self.kept();
        let shown_ms = self.change_at_ms();
        self.is_playing.set(false);
        self.set_moment(None);
        kept.is_seeking.set(false);
        kept.wanted_ms.set(f64::NAN);
        if self.edited_ms.get_untracked().is_nan() {
            self.edited_ms.set(shown_ms);
        }
        kept.is_computing.set(true);
        kept.show.set(Show::FilmFrom(shown_ms));
        kept.opened_ms.set(dom::now_ms());
        self.send(Command::Run);
    }
}
