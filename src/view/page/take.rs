//! What comes from the simulator, and what becomes of it on screen.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::dom;
use super::super::kept::{OnPage, Show};
use super::super::saved;
use super::super::told::{faults_of, told};
use super::Page;
use super::files::FILE;
use crate::lab::reel::Reel;
use crate::lab::{FilmFrame, Program};
use crate::record::Figure;
use crate::wire::{Command, Event, Frame, PYTHON, RunState, SCRIPT};

/// After a picture the page rests for as long as it took, but no longer.
const LONGEST_REST_MS: f64 = 100.0;
/// How long a run is computed before it is estimated how long that will take.
const ESTIMATE_AFTER_MS: f64 = 600.0;
/// What takes longer to compute is shown as it is computed.
const LONG_MS: f64 = 10_000.0;

impl Page {
    /// Takes an event.
    pub(super) fn take(self, event: Event) {
        let run_id = self.kept().run_id.get();
        match event {
            Event::Frame(frame) if frame.run_id == run_id => self.take_frame(*frame),
            Event::Film { run_id: id, frames } if id == run_id => self.take_film(frames),
            Event::Network { run_id: id, picture, twin } if id == run_id => {
                self.take_networks(std::iter::once(picture).chain(twin).map(|it| *it).collect());
            }
            Event::OtherSeed { run_id: id, curve, .. } if id == run_id => {
                self.others.update(|others| others.push(curve));
            }
            Event::FileRead { key, name, notices, .. } => self.file_read(key, name, notices),
            Event::Opened { run_id: id, files, twin_files } if id == run_id => {
                self.files.set([files, twin_files]);
            }
            Event::Refused { notice, .. } if notice.key == FILE => self.file_refused(notice.rule),
            Event::Refused { notice, .. } if notice.key == SCRIPT && self.is_code() => {
                let refused = format!("No program of this run: {}", notice.rule);
                self.code.set(Program { refused, ..Program::default() });
            }
            Event::Refused { notice, .. } if notice.key == SCRIPT => {
                self.no_script.set(format!("No script: {}", notice.rule));
            }
            Event::Refused { run_id: id, notice } if id == run_id => {
                self.announcement.set(notice.to_string());
                self.notices.update(|notices| notices.push(notice));
            }
            Event::Weights { run_id: id, text } if id == run_id => {
                let name = self.link.with_untracked(|link| link.spec.entry.id);
                let file = format!("{name}-weights.csv");
                self.saved.set(Some(saved::hand_over(saved::Button::Weights, file, &text)));
            }
            // That of a run before is stale, but it has come.
            Event::Exported { run_id: id, name, mime, bytes, .. }
                if mime == PYTHON && self.is_code() && id == run_id =>
            {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                self.code.update(|code| *code = code.then(name, text));
            }
            Event::Exported { run_id: id, panel, name, mime, bytes } if id == run_id => {
                self.exported(panel, name, &mime, &bytes);
            }
            Event::Pong => self.kept().pongs.set(self.kept().pongs.get() + 1),
            // Hello is handled by the engine; everything else is stale.
            _ => {}
        }
    }

    /// Nothing of the run before is to be played.
    pub(super) fn forget_film(self, show: Show) {
        let kept = self.kept();
        kept.show.set(show);
        kept.is_computing.set(show != Show::Nothing);
        kept.changed_ping.set(0);
        kept.is_seeking.set(false);
        kept.wanted_ms.set(f64::NAN);
        kept.step_ping.set(None);
        kept.filmed.set(usize::MAX);
        if !self.edited_ms.get_untracked().is_nan() {
            self.edited_ms.set(f64::NAN);
        }
        *kept.reel.borrow_mut() = Reel::default();
        kept.networks.borrow_mut().iter_mut().for_each(OnPage::forget);
        if self.is_playing.get_untracked() {
            self.is_playing.set(false);
        }
        if let Show::Moment(_) | Show::FilmFrom(_) = show {
            self.shown_ms.set(0.0);
        }
    }

    fn take_film(self, frames: Vec<FilmFrame>) {
        let kept = self.kept();
        let until_ms = kept.reel.borrow().until_ms();
        if frames.first().is_some_and(|frame| frame.activity.from_ms + 1e-6 < until_ms) {
            kept.networks.borrow_mut().iter_mut().for_each(OnPage::forget);
        }
        kept.reel.borrow_mut().add(frames);
        let until_ms = kept.reel.borrow().until_ms();
        match kept.show.get() {
            Show::Live if self.stops_between(self.shown_ms.get_untracked(), until_ms) => {}
            Show::Result | Show::Live if kept.is_computing.get() => self.shown_ms.set(until_ms),
            // It need not wait for the rest.
            Show::Moment(ms) if ms > 0.0 && ms <= until_ms && kept.is_computing.get() => {
                if self.shown_ms.get_untracked() != ms {
                    self.shown_ms.set(ms);
                }
                self.show_filmed(ms);
            }
            _ => {}
        }
        self.film.update(|count| *count += 1);
    }

    fn take_frame(self, mut frame: Frame) {
        let taken_ms = dom::now_ms();
        let kept = self.kept();
        let figures = std::mem::take(&mut frame.figures);
        let is_sought = frame.sought_ms.is_some();
        if is_sought {
            kept.is_seeking.set(false);
        }
        let (state, sim_ms) = (frame.state, frame.sim_ms);
        let is_over = matches!(state, RunState::Finished | RunState::Failed);
        let is_first = kept.waits_for_first.take();
        // The end of the run as it was before a change may still be on its way here.
        let is_of_before = kept.pongs.get() < kept.changed_ping.get();
        let is_computed = kept.is_computing.get() && is_over && !is_of_before;
        // What is computed to be played later is not seen before.
        let is_hidden = kept.is_computing.get() && !kept.show.get().is_live() && !is_first;
        if is_hidden {
            self.frame.update(|shown| {
                shown.state = frame.state;
                (shown.computed_ms, shown.speed_ratio) = (frame.computed_ms, frame.speed_ratio);
                (shown.total_ms, shown.fault) = (frame.total_ms, frame.fault.take());
            });
            self.show_live_if_long(&frame);
        } else {
            self.announce(&frame);
            self.frame.set(frame);
            self.show_figures(figures);
        }
        // The page is busy with pictures half of the time at most, whatever they cost here.
        dom::before_paint(move || {
            let busy_ms = (dom::now_ms() - taken_ms).min(LONGEST_REST_MS);
            dom::after_ms(busy_ms as i32, move || self.send(Command::Credit(1)));
        });
        if is_first {
            // How long it takes to compute is counted from here, not from when the simulator was fetched.
            kept.opened_ms.set(dom::now_ms());
            self.send(Command::Run);
        }
        let is_step = kept.step_ping.get().is_some_and(|ping| kept.pongs.get() >= ping);
        if is_step && !is_sought && state != RunState::Running {
            kept.step_ping.set(None);
            self.stepped(sim_ms);
        }
        // A run that was stopped while it was computed stands between two frames of the film.
        let is_held = state == RunState::Paused && !is_sought && !kept.is_computing.get();
        if is_held && kept.show.get() == Show::Live {
            self.shown_ms.set(sim_ms);
        }
        if is_computed {
            kept.is_computing.set(false);
            self.show_computed();
        } else if !kept.is_seeking.get() {
            self.ask_for_wanted();
        }
    }

    /// Figures of the moment. While the film plays, the one that it holds comes from there.
    fn show_figures(self, figures: Vec<(u16, Figure)>) {
        let kept = self.kept();
        // Drawing what was on its way when a button was pressed would only delay the answer to it.
        let is_late = kept.is_computing.get() && self.is_answer_awaited();
        let of_film = if self.plays_film() { kept.reel.borrow().heroes() } else { Vec::new() };
        for (panel, figure) in figures {
            if !is_late && !of_film.contains(&panel) {
                self.figure(panel).set(Some(Arc::new(figure)));
            }
        }
    }

    /// Tells those who cannot see the page how the run stands, but not while it plays.
    fn announce(self, frame: &Frame) {
        let before = self.frame.with_untracked(|frame| frame.state);
        let is_wanted = frame.sought_ms.is_some() && self.kept().tells_next.take();
        if (frame.state == before && !is_wanted) || self.is_playing.get_untracked() {
            return;
        }
        self.announcement.set(match faults_of(frame) {
            Some(faults) => faults,
            None => {
                let entry = self.link.with_untracked(|link| link.spec.entry);
                format!("{}. {}", frame.state.word(), told(frame, entry))
            }
        });
    }

    /// A film that it takes long to make would be waited for.
    fn show_live_if_long(self, frame: &Frame) {
        let kept = self.kept();
        let spent_ms = dom::now_ms() - kept.opened_ms.get();
        let share = frame.computed_ms / frame.total_ms.max(1e-9);
        let is_film = matches!(kept.show.get(), Show::FilmFrom(_));
        // What is left of it, at this pace: the film of a run that is nearly there is nearly there as well.
        let is_long = spent_ms * (1.0 - share) > share * LONG_MS;
        if is_film && frame.state == RunState::Running && spent_ms > ESTIMATE_AFTER_MS && is_long {
            kept.show.set(Show::Live);
        }
    }
}
