//! The loop around a run: commands in, work in slices, events out.
//!
//! The worker runs it, and the page itself where workers are refused. It knows no DOM and reads the
//! clock it is given, so tests drive it with a list of times.

mod drive;
mod export;
mod files;
mod film;
mod job;
mod meter;
mod others;
mod run;

use job::Job;
use run::Run;

use crate::lab::files::Shelved;
use crate::lab::{Assets, Clock, Makers, Registry, Session};
use crate::wire::{Command, Event, RunState};

/// A frame at most this often.
const FRAME_INTERVAL_MS: f64 = 33.0;
/// A page that is busy with pictures gets what has been filmed no more often than this: it draws whatever comes.
const LONGEST_FILM_MS: f64 = 250.0;
/// Frames that may be under way unanswered.
const FIRST_CREDIT: u32 = 1;

/// What the caller should do next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    /// Call [`Host::work`] again as soon as commands have been looked at.
    Soon,
    /// Nothing to do until a command comes.
    Idle,
}

/// Drives one run at a time, with a second one beside it where two are compared; and, where there is
/// nothing to watch, jobs.
pub struct Host {
    registry: Registry,
    makers: Makers,
    slice_ms: f64,
    run: Option<Run>,
    /// Of the latest link, whether its run could be built or not.
    run_id: u32,
    job: Option<Job>,
    watched: Vec<u16>,
    credit: u32,
    is_hidden: bool,
    events: Vec<Event>,
    /// The visitor's files, for links that name them.
    shelf: Vec<Shelved>,
    assets: Assets,
}

impl Host {
    /// A host whose slices take about `slice_ms` milliseconds.
    pub fn new(registry: Registry, makers: Makers, slice_ms: f64) -> Self {
        Self {
            registry,
            makers,
            slice_ms,
            run: None,
            run_id: 0,
            job: None,
            watched: Vec::new(),
            credit: FIRST_CREDIT,
            is_hidden: false,
            events: Vec::new(),
            shelf: Vec::new(),
            assets: Assets::default(),
        }
    }

    /// What has happened since the last call.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Carries out a command; its effect is seen in the next frame.
    pub fn handle(&mut self, command: Command) {
        match command {
            Command::Open { run_id, link } => {
                self.open(run_id, &link);
                self.credit = FIRST_CREDIT;
            }
            Command::Watch(panels) => {
                self.watched = panels;
                if let Some(run) = &mut self.run {
                    run.is_dirty = true;
                }
            }
            Command::Credit(frames) => self.credit = (self.credit + frames).min(FIRST_CREDIT),
            Command::Hidden(is_hidden) => self.is_hidden = is_hidden,
            Command::Ping => self.events.push(Event::Pong),
            Command::Job { job, link } => {
                let spec = self.linked(&link).spec;
                match files::missing(&spec) {
                    Some(notice) => self.events.push(Event::Refused { run_id: 0, notice }),
                    None => self.job = Some(Job::new(job, Session::new(spec, self.makers.build))),
                }
            }
            Command::LoadFile(bytes) => self.load_file(&bytes),
            Command::KeepFile(bytes) => self.keep_file(&bytes),
            Command::Asset { name, bytes } => self.assets.put(&name, bytes.into()),
            other => {
                if let Some(run) = &mut self.run {
                    run.handle(other, &mut self.events);
                }
            }
        }
    }

    fn work_on_job(&mut self, clock: &mut dyn Clock) -> Next {
        let Some(job) = &mut self.job else { return Next::Idle };
        let is_over = job.work(clock, self.slice_ms, &mut self.events);
        if is_over {
            self.job = None;
            return Next::Idle;
        }
        Next::Soon
    }

    /// Works for one slice and says when to call again.
    pub fn work(&mut self, clock: &mut dyn Clock) -> Next {
        let Some(run) = &mut self.run else { return self.work_on_job(clock) };
        run.advance(clock, self.slice_ms);
        let now_ms = clock.now_ms();
        let is_due = now_ms - run.last_frame_ms >= FRAME_INTERVAL_MS
            || run.state != RunState::Running
            || run.last_frame_ms == 0.0;
        // On its way to a moment, only that moment is of interest.
        let has_news = run.is_dirty && run.seek_ms.is_none() && is_due && self.credit > 0;
        let run_id = run.id;
        let is_told = has_news || run.state != run.told_state;
        if is_told {
            self.events.extend(run.network_told());
        }
        let film_age_ms = now_ms - run.last_film_ms;
        let is_film_due = film_age_ms >= FRAME_INTERVAL_MS && self.credit > 0
            || film_age_ms >= LONGEST_FILM_MS
            || run.state != RunState::Running;
        if is_film_due || is_told {
            let frames = run.film.take();
            if !frames.is_empty() {
                run.last_film_ms = now_ms;
                self.events.push(Event::Film { run_id, frames });
            }
        }
        if has_news {
            self.credit -= 1;
            run.is_dirty = false;
            run.last_frame_ms = now_ms;
            run.told_state = run.state;
            let frame = run.frame(&self.watched, now_ms);
            self.events.push(Event::Frame(Box::new(frame)));
        } else if run.state != run.told_state && run.seek_ms.is_none() {
            // Who has pressed Pause hears of it at once, however long the last picture takes to draw.
            run.told_state = run.state;
            self.events.push(Event::Frame(Box::new(run.frame(&[], now_ms))));
        }
        if run.is_going() {
            return Next::Soon;
        }
        // The run stands: time for other seeds.
        let wants_others = run.state != RunState::Idle && !self.is_hidden;
        if wants_others && run.others.work(&run.session, self.makers.build, clock, self.slice_ms) {
            if let Some((seed, curve)) = run.others.take() {
                self.events.push(Event::OtherSeed { run_id: run.id, seed, curve });
            }
            return Next::Soon;
        }
        Next::Idle
    }
}
