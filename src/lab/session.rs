//! A run being driven: many short ticks, a look at the clock now and then, and a look for faults at fixed ticks. It can
//! be wound back to any earlier tick, see `past.rs`.

use std::sync::Arc;

use super::files::{DATA, IMAGE, WEIGHTS};
use super::past::Past;
use super::picture::{Activity, Follower, Picture};
use super::shade_follower::ShadeFollower;
use super::snapshot::Snapshot;
use super::{Build, Describe, Interaction, Runner, Spec};
use crate::sim::Tick;
use crate::sim::encode::TrainCounts;

/// Where the time comes from: `performance.now()` in a browser, a monotonic clock natively, a list
/// of numbers in a test.
pub trait Clock {
    /// Milliseconds since any fixed moment.
    fn now_ms(&mut self) -> f64;
}

/// How far one press of Step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum StepKind {
    /// One tick.
    Tick,
    /// To the end of the trial (a presentation).
    Trial,
    /// To the next spike of somebody who is not only an input.
    Spike,
}

/// Why a slice ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SliceEnd {
    /// The time was used up.
    Budget,
    /// The tick asked for was reached.
    Target,
    /// The run is over.
    Finished,
    /// The run cannot go on; see [`Runner::fault`].
    Failed,
}

/// A run and the means to drive it.
pub struct Session {
    /// What is being run.
    pub spec: Spec,
    /// The network.
    pub runner: Box<dyn Runner>,
    /// What became of the spikes of the visitor's file, if the run is driven by one.
    pub train_counts: Option<TrainCounts>,
    /// Keys of the visitor's files that this run does not use, and why.
    pub unused: Vec<(&'static str, String)>,
    build: Build,
    past: Past,
    /// Follows the run, if it is drawn.
    follower: Option<Follower>,
    /// Follows all weights of a large projection.
    shades: Option<ShadeFollower>,
    /// The network as the run began, if it is followed.
    picture: Option<Arc<Picture>>,
    /// What was picked last: winding back does not undo it.
    picked: Option<Interaction>,
    /// Ticks between two looks at the clock, so that looking costs nothing. When a fault is looked for does not depend
    /// on it: the run stops at the same tick however it is cut into slices.
    ticks_per_glance: u32,
}

impl Session {
    /// A run at its first tick, with the visitor's files that its spec brings. A file that it cannot use is told in
    /// [`Session::unused`], and the run is what it is without.
    pub fn new(spec: Spec, build: Build) -> Self {
        let mut session = Self {
            runner: build(&spec),
            past: Past::new(&spec),
            spec,
            train_counts: None,
            unused: Vec::new(),
            build,
            follower: None,
            shades: None,
            picture: None,
            picked: None,
            ticks_per_glance: 16,
        };
        session.take_files();
        session
    }

    fn take_files(&mut self) {
        self.unused.clear();
        self.take_weights();
        self.take_image();
        self.take_trains();
    }

    fn take_image(&mut self) {
        let Some(image) = self.spec.files.image.as_ref().and_then(|file| file.content.clone())
        else {
            return;
        };
        if let Err(why) = self.runner.load_picture(&image) {
            self.unused.push((IMAGE, why));
        }
    }

    fn take_weights(&mut self) {
        let Some(file) = self.spec.files.weights.as_ref().and_then(|file| file.content.clone())
        else {
            return;
        };
        let fits = file.check_experiment(self.spec.entry.id);
        if let Err(why) = fits.and_then(|()| self.runner.load_weights(&file)) {
            // It may have taken some of them before it came to those that do not fit.
            self.runner = (self.build)(&self.spec);
            self.unused.push((WEIGHTS, why));
        }
    }

    fn take_trains(&mut self) {
        let Some(trains) = self.spec.files.data.as_ref().and_then(|file| file.content.clone())
        else {
            return;
        };
        match self.runner.load_trains(&trains) {
            Ok(counts) => self.train_counts = Some(counts),
            Err(why) => self.unused.push((DATA, why)),
        }
    }

    /// From now on keeps copies of the run, of no more than `most_bytes` in all, so that winding it back is quick.
    pub fn keep_past(&mut self, most_bytes: usize) {
        self.past.keep(&*self.runner, most_bytes);
    }

    /// From now on follows the run for a picture of its network: see [`Session::activity`].
    pub fn follow(&mut self, describe: Describe) -> Arc<Picture> {
        let (follower, mut picture) = Follower::new(describe(&self.spec), &mut *self.runner);
        self.follower = Some(follower);
        let shades = ShadeFollower::new(&picture, &*self.runner);
        (self.shades, picture.shades) = shades.unzip();
        let picture = Arc::new(picture);
        self.picture = Some(picture.clone());
        picture
    }

    /// The network as the run began, and as it stands; none if it is not followed.
    pub fn snapshot(&self) -> Option<(&Picture, Snapshot)> {
        let (follower, picture) = (self.follower.as_ref()?, self.picture.as_ref()?);
        let mut snapshot = Snapshot::of(picture, &*self.runner, follower);
        if let Some(shades) = &self.shades {
            snapshot.shades = shades.now(&*self.runner);
        }
        Some((picture, snapshot))
    }

    /// What has changed in the shades of weights since the last time; nothing where there are none.
    pub fn shades(&mut self) -> Vec<u8> {
        let shades = self.shades.as_mut();
        shades.map_or_else(Vec::new, |shades| shades.tell(&*self.runner))
    }

    /// The next time all shades are told: what they have changed from is not known where they are heard.
    pub fn forget_shades(&mut self) {
        self.shades.iter_mut().for_each(ShadeFollower::forget);
    }

    /// What happened in the network since the last time; nothing if it is not followed.
    pub fn activity(&mut self) -> Activity {
        let follower = self.follower.as_mut();
        follower.map_or_else(Activity::default, |follower| follower.activity(&mut *self.runner))
    }

    /// Spikes since the last time of those who are not only inputs; none if the run is not followed.
    pub fn num_answers(&mut self) -> u64 {
        let follower = self.follower.as_ref();
        follower.map_or(0, |follower| follower.num_answers(&mut *self.runner))
    }

    /// Takes over the live parameters of its spec, which were changed. The run is no longer the link's.
    pub fn adopt(&mut self) {
        self.runner.adopt(&*self.spec.params);
        self.past.edit(self.runner.now(), &*self.spec.params);
    }

    /// An interaction in a panel. Returns false where there is nothing to do.
    pub fn interact(&mut self, interaction: &Interaction) -> bool {
        let is_taken = self.runner.interact(interaction);
        if is_taken {
            self.picked = Some(interaction.clone());
        }
        is_taken
    }

    /// Goes to a tick that it has been at, or on to a later one, as far as there is no fault: exactly as it was or will
    /// be. What was changed under way is changed again at its tick, unless something else is changed before.
    pub fn go_to(&mut self, tick: Tick) -> SliceEnd {
        self.approach(tick);
        self.advance_to(tick)
    }

    /// Goes where the shortest way to this tick begins: back, or on to a copy of a time that it has been at. False if that
    /// is where it stands.
    pub fn approach(&mut self, tick: Tick) -> bool {
        let now = self.runner.now();
        let copied = self.past.last_before(tick);
        if tick >= now && copied.is_none_or(|copied| copied <= now) {
            return false;
        }
        if let Some(copy) = self.past.copy_before(tick) {
            self.runner = copy;
            self.spec.params = self.past.params();
        } else {
            self.past.forget_passed();
            self.spec.params = self.past.params();
            self.runner = (self.build)(&self.spec);
            self.take_files();
        }
        if let Some(picked) = &self.picked {
            self.runner.interact(picked);
        }
        if let Some(follower) = &mut self.follower {
            follower.watch(&mut *self.runner);
        }
        true
    }

    /// Simulated milliseconds so far.
    pub fn sim_ms(&self) -> f64 {
        self.runner.now() as f64 * self.runner.dt_ms()
    }

    /// The last tick that begins by this simulated time.
    pub fn tick_at(&self, sim_ms: f64) -> Tick {
        // A time that was made from a tick is not to come out as the tick before.
        (sim_ms / self.runner.dt_ms() + 1e-6) as Tick
    }

    /// Simulated milliseconds of the whole run.
    pub fn total_ms(&self) -> f64 {
        self.runner.num_ticks() as f64 * self.runner.dt_ms()
    }

    /// The tick at which a live parameter was first changed, if one was by now: the run is no longer the link's.
    pub fn edited_at(&self) -> Option<Tick> {
        self.past.first_edit()
    }

    /// When a live parameter was first changed, in simulated milliseconds, also where the run was wound back to before that.
    pub fn ever_edited_at_ms(&self) -> Option<f64> {
        self.past.first_of_all().map(|tick| tick as f64 * self.runner.dt_ms())
    }

    /// When that was, in simulated milliseconds.
    pub fn edited_at_ms(&self) -> Option<f64> {
        self.edited_at().map(|tick| tick as f64 * self.runner.dt_ms())
    }

    /// Nothing more is to be done: it is finished, or a fault has stopped it.
    pub fn is_over(&self) -> bool {
        self.is_finished() || self.runner.fault().is_some()
    }

    /// When a fault stopped it, in simulated milliseconds.
    pub fn stopped_ms(&self) -> Option<f64> {
        self.runner.fault().map(|_| self.sim_ms())
    }

    /// All ticks of the run are done.
    pub fn is_finished(&self) -> bool {
        self.runner.now() >= self.runner.num_ticks()
    }

    /// Runs until tick `target`, the end, a fault, or for about `budget_ms`, whichever is first.
    pub fn run_slice(&mut self, clock: &mut dyn Clock, budget_ms: f64, target: Tick) -> SliceEnd {
        let start_ms = clock.now_ms();
        let mut last_ms = start_ms;
        loop {
            if let Some(end) = self.end(target) {
                return end;
            }
            let glance = Tick::from(self.ticks_per_glance);
            let done = self.tick_times(glance.min(target - self.runner.now()));
            // What was cut short says nothing about the time that so many ticks take.
            if done < glance {
                continue;
            }
            let now_ms = clock.now_ms();
            self.adapt(now_ms - last_ms);
            last_ms = now_ms;
            if now_ms - start_ms >= budget_ms {
                return self.end(target).unwrap_or(SliceEnd::Budget);
            }
        }
    }

    /// Runs until tick `target`, the end or a fault, whichever is first, without looking at any clock.
    pub fn advance_to(&mut self, target: Tick) -> SliceEnd {
        self.tick_times(target.saturating_sub(self.runner.now()));
        self.end(target).unwrap_or(SliceEnd::Target)
    }

    /// Runs to the end, or to a fault, without looking at any clock.
    pub fn run_to_end(&mut self) -> SliceEnd {
        self.advance_to(Tick::MAX)
    }

    /// So many ticks, or as many as are left; no tick is done after a look that finds a fault. Tells how many were done.
    pub fn tick_times(&mut self, ticks: Tick) -> Tick {
        let start = self.runner.now();
        let end = start.saturating_add(ticks);
        // After winding back, what was changed under way is changed again.
        while let Some(edit) = self.past.next_edit().filter(|edit| *edit < end) {
            self.tick_until(edit);
            if self.runner.now() < edit {
                break;
            }
            self.past.pass();
            self.spec.params = self.past.params();
            self.runner.adopt(&*self.spec.params);
        }
        self.tick_until(end);
        self.runner.now() - start
    }

    /// On to this tick, as far as there are ticks to be done; whoever follows the run glimpses at it on the way.
    fn tick_until(&mut self, end: Tick) {
        while self.runner.now() < end {
            let now = self.runner.now();
            let follower = self.follower.as_ref();
            let glimpse = follower.map_or(Tick::MAX, |follower| follower.next_glimpse(now));
            let (past, stop) = (&mut self.past, end.min(glimpse));
            if tick_times(&mut *self.runner, stop - now, &mut |runner| past.see(runner))
                < stop - now
            {
                return;
            }
            if let Some(follower) = self.follower.as_mut().filter(|_| stop == glimpse) {
                follower.glimpse(&*self.runner);
            }
        }
    }

    /// Why no tick is to be done, if none is.
    fn end(&self, target: Tick) -> Option<SliceEnd> {
        if self.runner.fault().is_some() {
            Some(SliceEnd::Failed)
        } else if self.is_finished() {
            Some(SliceEnd::Finished)
        } else {
            (self.runner.now() >= target).then_some(SliceEnd::Target)
        }
    }

    /// Glances at the clock about once per millisecond.
    fn adapt(&mut self, took_ms: f64) {
        if took_ms < 0.5 {
            self.ticks_per_glance = (self.ticks_per_glance * 2).min(1 << 16);
        } else if took_ms > 2.0 {
            self.ticks_per_glance = (self.ticks_per_glance / 2).max(1);
        }
    }
}

/// See [`Session::tick_times`]. After every look `see` sees the run. Nothing is asked of it between two looks: in wasm a
/// call of an unknown function costs as much as a small network's tick.
fn tick_times(runner: &mut dyn Runner, ticks: Tick, see: &mut dyn FnMut(&dyn Runner)) -> Tick {
    let (start, whole) = (runner.now(), runner.num_ticks());
    let end = start.saturating_add(ticks).min(whole);
    let look_ticks = runner.look_ticks();
    let mut now = start;
    while now < end && runner.fault().is_none() {
        let next_look = (now / look_ticks + 1) * look_ticks;
        let stop = next_look.min(end);
        (now..stop).for_each(|_| runner.tick());
        now = stop;
        if now == next_look || now == whole {
            runner.look();
            see(runner);
        }
    }
    now - start
}

/// Holds a model that a value was put into which is not finite to stopping at one of the next looks, and to standing
/// still then. For the tests of every model.
#[cfg(test)]
pub(crate) fn assert_stops(model: impl super::Model, most_looks: Tick) {
    let mut runner = super::ModelRun::new(model, 1.0, Vec::<super::model::NoFigure>::new());
    let (start, look_ticks) = (runner.now(), runner.look_ticks());
    tick_times(&mut runner, Tick::MAX, &mut |_| ());
    let fault = runner.fault().expect("a fault");
    let now = runner.now();
    assert!(fault.to_string().contains("not a finite number"), "{fault}");
    assert_eq!(fault.tick, now);
    assert!(now.is_multiple_of(look_ticks) || now == runner.num_ticks(), "between looks: {now}");
    assert!(now <= (start / look_ticks + most_looks) * look_ticks, "only at {now}");
    assert_eq!(tick_times(&mut runner, 1_000, &mut |_| ()), 0, "no tick is done after it");
}
