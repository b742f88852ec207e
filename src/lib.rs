//! STDP Playground: a web page on which people see spiking networks learn. This page is the map.
//!
//! # The river
//!
//! ```text
//! link + files ─► lab::link ─► lab::Spec ─► experiments::build ─► lab::Runner   (the simulator, tick by tick)
//!                                                             │
//!                                              record::Figure, Fingerprint
//!                                                             │  slices of a few ms (lab::Session)
//!                                              host::Host ─► wire::Event   (bytes, run id, credit)
//!                                                             │  postMessage
//!                                              view ─► plot::draw ─► canvas
//! ```
//! The command line (`cli`, behind the feature of that name) takes the same river and leaves
//! it after [`lab::Session`]. What is taken home ([`export`]) is made there too, in the simulator's module: print draws
//! with `plot` on SVG, and the page gets bytes.
//!
//! # The floors
//!
//! A module uses only floors below its own; `tests/it/floors.rs` reads every `use` and checks it.
//!
//! | Floor | Module | What it is |
//! |---|---|---|
//! | 0 | [`net`] | what a network is, as plain data: populations, sources, projections, rules, schedule |
//! | 0 | [`sim`] | time, maths, random streams, neurons, synapses, plasticity, networks |
//! | 1 | [`record`] | figures, logs, fingerprints, files of weights and spikes: looking without touching |
//! | 2 | [`lab`] | what an experiment is: parameters, links, panels, sessions |
//! | 3 | [`kit`] | what experiments share: makers of figures, groups of parameters with what builds from them, trials, copies beside a run, what a rule does to one synapse |
//! | 4 | [`experiments`] | one file or folder each, and the registry |
//! | 4 | [`plot`] | figures on any plotters backend |
//! | 4 | [`wire`] | the only shapes that cross between page and worker |
//! | 4 | [`export`] | what is taken home of a run: figures for print, tables, programs for Brian 2 and NEST, everything as a zip |
//! | 5 | [`host`] | the message loop around a session; no browser in it |
//! | 5 | `pump` | runs a host on a browser's event loop (feature `simulator`) |
//! | 6 | `worker` | the simulator's module: bytes in, bytes out (feature `simulator`) |
//! | 6 | `view` | the page (feature `page`) |
//! | 6 | `cli` | run, render, sweep, bench, list, describe (feature `cli`) |
//! | 7 | `bin/*` | a few lines each |
//!
//! [`sim`] is a crate of its own, `src/sim`, so that the compiler sees to its floor, and so that its tests are built in seconds.
//!
//! A default build has no feature on and so contains no web crate: the compiler proves that the
//! simulator needs none.
//!
//! The site is two modules that speak only [`wire`] bytes to each other: the page (feature `page`, bin `page`: view, plot,
//! lab and what the experiments declare) and the simulator (feature `simulator`, package `src/bin/simulator`: host and what the
//! experiments run), each in a profile of its own: all of the page is compiled to be small, and of the simulator all but
//! [`sim`]. Where workers are refused, the page loads the simulator beside itself and speaks the same bytes. `tests/e2e/modules.test.mjs` finds no run in the page's module.
//!
//! A run is computed once, at full speed, and filmed meanwhile ([`lab::film`], `host/film.rs`): some hundred frames of network
//! and hero figure, each with all that happened since the one before. The page plays that film (`lab/reel.rs`, slowest where
//! most is learned; `view/page/play.rs`) and asks the simulator for the exact state of the moment on screen, which copies of
//! the run make quick (`lab/past.rs`). The network is drawn from its description ([`plot::network`]).
//!
//! The words of a demo are HTML and no part of a module: after each build Trunk calls `pages/src/bin/pages.rs`, which makes
//! of every `page.md` a document `ID.html` with title, description, poster, story, equations and sources. The page's module
//! attaches to it: it fills `#machine`, and shows what belongs to the run on screen (`view/story.rs`). The root is the home
//! page (`pages/src/home.rs`): all demos as cards, and a demo in a frame, which `public/home.js` puts in. `public/start.js`
//! sends links of before, `?demo=ID&…`, to their documents.
//!
//! # Recipes
//!
//! *An experiment*: declare its parameters at their fields ([`mod@lab::param`]), write its network as plain data
//! ([`net::Network`]), its run ([`lab::Model`]), its figures at their names ([`mod@lab::panel`]), what to compare a run with
//! ([`lab::Experiment`]) and its words (`page.md`) below `experiments/`, and name it in `experiments/mod.rs`. Form, link,
//! menu, presets, worker, plots, command line, rewind, tests and bench follow. `tests/it/cookbook.rs` is a whole one, in a
//! registry of its own. Then `UPDATE_GOLDEN=1 make native` once. What a run is built from besides its parameters it names in
//! [`lab::Experiment::assets`].
//!
//! *Words*: story, equations, sources, presets and what results mean stand in the experiment's `page.md`, also those
//! of parts and choices; `pages/src/lib.rs` shows the form. `build.rs` makes constants of it, which the experiment
//! includes as its module `words`, and names the line of a slip. A sentence that claims something ends with the tests
//! behind it (`` `proof: file::test` ``; `tests/it/claims.rs` asks for them). Terms that a reader may not know stand in
//! `experiments/glossary.md`. `make pictures` draws posters and previews anew.
//!
//! *A network of its own*: describe populations, sources and projections, and have [`lab::built`] make the simulator's network of
//! the description; `experiments/playground` is nothing else, `experiments/balanced_networks` another example. What cannot be built is refused with what to do.
//!
//! *A neuron, synapse or rule*: one file below `sim/`, with equations, state, source and method in its
//! header, a closed-form test beside it, and a trace from an independent simulator in `tests/reference/`. For the general step it
//! is a [`sim::network::Neurons`] or an [`sim::network::Effect`], and `lab/built` makes it of its description;
//! `tests/it/any_network.rs` then meets it in ten thousand networks.
//!
//! *A change of a model that changes spikes*: raise the entry's `revision`, add a line to CHANGELOG.md,
//! renew the golden fingerprints.

// What the derives of `derive/` write names this crate as others do.
extern crate self as stdp_playground;

pub use stdp_sim as sim;

#[cfg(feature = "cli")]
pub mod cli;
pub mod experiments;
pub mod export;
pub mod host;
pub mod kit;
pub mod lab;
pub mod net;
pub mod plot;
#[cfg(feature = "simulator")]
pub mod pump;
pub mod record;
#[cfg(feature = "page")]
pub mod view;
pub mod wire;
#[cfg(feature = "simulator")]
pub mod worker;
