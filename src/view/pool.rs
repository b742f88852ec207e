//! Many runs at once: as many workers as there are cores, each with one run after the other.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use super::dom;
use super::engine::Engine;
use crate::lab::SeedOutcome;
use crate::wire::{Command, Event};

/// More would only wait for memory.
const MOST_WORKERS: usize = 16;

/// What the pool has to say.
pub enum News {
    /// The share of all work that is done, from 0 to 1.
    Progress(f64),
    /// A job is done; its place among the links, and what it came to.
    Done(usize, SeedOutcome),
    /// Nothing is left to do.
    Over,
    /// It cannot go on.
    Failed(String),
}

/// Runs in progress. Dropping it ends them.
pub struct Pool {
    links: Vec<String>,
    /// What makes the visitor's files known to a worker.
    files: Vec<Command>,
    waiting: RefCell<VecDeque<usize>>,
    seats: RefCell<Vec<Seat>>,
    num_done: Cell<usize>,
    tell: Box<dyn Fn(News)>,
}

/// A worker and what it is doing.
struct Seat {
    engine: Engine,
    job: Option<usize>,
    share: f64,
}

impl Pool {
    /// Runs every link to its end.
    pub fn start(
        links: Vec<String>,
        files: Vec<Command>,
        tell: impl Fn(News) + 'static,
    ) -> Rc<Self> {
        let pool = Rc::new(Self {
            waiting: RefCell::new((0..links.len()).collect()),
            links,
            files,
            seats: RefCell::new(Vec::new()),
            num_done: Cell::new(0),
            tell: Box::new(tell),
        });
        pool.open_seats();
        pool
    }

    fn open_seats(self: &Rc<Self>) {
        let cores = dom::window().navigator().hardware_concurrency() as usize;
        let num = cores.clamp(1, MOST_WORKERS).min(self.links.len());
        for seat in 0..num {
            let (weak, dying) = (Rc::downgrade(self), Rc::downgrade(self));
            let take = move |event| with(&weak, |pool| pool.take(seat, event));
            let die = move |why: String| with(&dying, |pool| pool.lose(seat, &why));
            let Ok(engine) = Engine::in_worker(take, die) else { break };
            self.sit(engine);
            self.give(seat);
        }
        if self.seats.borrow().is_empty() {
            self.work_in_page();
        }
    }

    /// Where workers are refused the page does the work, one run after the other.
    fn work_in_page(self: &Rc<Self>) {
        let (weak, dying) = (Rc::downgrade(self), Rc::downgrade(self));
        let seat = self.seats.borrow().len();
        let take = move |event| with(&weak, |pool| pool.take(seat, event));
        let die = move |why| with(&dying, |pool| (pool.tell)(News::Failed(why)));
        self.sit(Engine::in_page(take, die));
        self.give(seat);
    }

    fn sit(&self, engine: Engine) {
        self.files.iter().for_each(|file| engine.send(file.clone()));
        self.seats.borrow_mut().push(Seat { engine, job: None, share: 0.0 });
    }

    /// Gives a worker its next job.
    fn give(&self, seat: usize) {
        let Some(job) = self.waiting.borrow_mut().pop_front() else { return };
        let engine = {
            let mut seats = self.seats.borrow_mut();
            seats[seat].job = Some(job);
            seats[seat].share = 0.0;
            seats[seat].engine.clone()
        };
        // Not while the seats are borrowed: an engine in the page may answer at once.
        engine.send(Command::Job { job: job as u32, link: self.links[job].clone() });
    }

    fn take(&self, seat: usize, event: Event) {
        match event {
            Event::JobProgress { share, .. } => {
                self.seats.borrow_mut()[seat].share = share;
                self.tell_progress();
            }
            Event::JobDone { job, outcome } => {
                self.num_done.set(self.num_done.get() + 1);
                {
                    let mut seats = self.seats.borrow_mut();
                    seats[seat].job = None;
                    seats[seat].share = 0.0;
                }
                (self.tell)(News::Done(job as usize, outcome));
                self.tell_progress();
                self.give(seat);
                if self.num_done.get() == self.links.len() {
                    (self.tell)(News::Over);
                }
            }
            // Nothing else is asked of it than what it has files for.
            Event::Refused { notice, .. } => (self.tell)(News::Failed(notice.to_string())),
            _ => {}
        }
    }

    /// A worker is gone: its job goes to another, or to the page where there is none.
    fn lose(self: &Rc<Self>, seat: usize, why: &str) {
        let job = {
            let mut seats = self.seats.borrow_mut();
            seats[seat].share = 0.0;
            seats[seat].job.take()
        };
        if let Some(job) = job {
            self.waiting.borrow_mut().push_front(job);
        }
        let is_anybody_left = self.seats.borrow().iter().any(|seat| seat.job.is_some());
        if !is_anybody_left {
            if self.num_done.get() > 0 {
                // They did run before, so it is the run that kills them.
                return (self.tell)(News::Failed(why.into()));
            }
            self.work_in_page();
        }
    }

    fn tell_progress(&self) {
        let under_way: f64 = self.seats.borrow().iter().map(|seat| seat.share).sum();
        let share = (self.num_done.get() as f64 + under_way) / self.links.len() as f64;
        (self.tell)(News::Progress(share));
    }
}

fn with(pool: &Weak<Pool>, f: impl FnOnce(&Rc<Pool>)) {
    if let Some(pool) = pool.upgrade() {
        f(&pool);
    }
}
