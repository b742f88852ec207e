//! Whether somebody looks at the page, and whether the simulator still answers.

use leptos::prelude::*;

use super::super::dom;
use super::super::kept::Show;
use super::Page;
use crate::lab::link::Autorun;
use crate::wire::{Command, RunState};

/// A worker that does not answer within this time is taken for dead. Two networks of 31 million synapses are built in less.
const PING_TIMEOUT_MS: i32 = 12_000;

impl Page {
    /// The page has come on screen or left it.
    pub fn set_on_screen(self, is_on_screen: bool) {
        let kept = self.kept();
        kept.is_on_screen.set(is_on_screen);
        self.send(Command::Hidden(!is_on_screen));
        let is_embed = self.link.with_untracked(|link| link.page.embed);
        if is_on_screen {
            let autorun = self.link.with_untracked(|link| link.page.autorun);
            let is_idle = self.frame.with_untracked(|frame| frame.state == RunState::Idle);
            if kept.was_paused_off_screen.take() {
                self.play();
            } else if is_idle && kept.show.get() == Show::Nothing && autorun != Autorun::Off {
                self.open_link(self.first_show());
            }
        } else if is_embed && (self.is_playing.get_untracked() || kept.is_computing.get()) {
            kept.was_paused_off_screen.set(true);
            self.pause();
        }
    }

    /// Takes a worker for dead that does not answer.
    pub(super) fn expect_answer(self) {
        // A worker that is still being loaded has a time limit of its own.
        if !self.has_worker_up() {
            return;
        }
        self.kept().pings.set(self.kept().pings.get() + 1);
        self.send(Command::Ping);
        // Answers come in the order of the questions, so counting them tells which were answered.
        let (ping, run_id) = (self.kept().pings.get(), self.kept().run_id.get());
        dom::after_ms(PING_TIMEOUT_MS, move || {
            let is_silent = self.kept().pongs.get() < ping && self.kept().run_id.get() == run_id;
            if is_silent && self.trouble.get_untracked().is_none() {
                self.fail("the simulator does not answer".into());
            }
        });
    }

    /// Something was asked that it has not answered yet.
    pub(super) fn is_answer_awaited(self) -> bool {
        self.has_worker_up() && self.kept().pongs.get() < self.kept().pings.get()
    }

    /// What somebody who is asked for help would want to know.
    pub fn report(self) -> String {
        let link = self.link.with_untracked(|link| link.print());
        let what = self.trouble.get_untracked().map(|t| t.what).unwrap_or_default();
        let agent = dom::window().navigator().user_agent().unwrap_or_default();
        format!("STDP Playground {}\n?{link}\n{what}\n{agent}", env!("STDP_BUILD"))
    }
}
