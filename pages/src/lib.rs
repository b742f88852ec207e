//! The words of the experiments: reads `page.md`, and writes it as Rust tables for the program and as HTML.
//!
//! A page is ordinary Markdown. Its front matter has scalars, each heading of the second depth is a section, and a
//! heading of the first depth begins the story of a part or of a choice; sections that it leaves out are the demo's:
//!
//! ````text
//! ---
//! title: Distal reward
//! misconception: Dopamine strengthens what is active now.
//! group: reward
//! order: 1
//! path: reward 1
//! ---
//!
//! ## About
//!
//! Reward comes seconds after the spikes that earned it.
//!
//! ## Predict
//!
//! What becomes of the synapse?
//!
//! - [ ] it climbs
//! - [x] it stays weak
//!
//! Because: Reward that follows nothing tells nothing.
//!
//! See: `yoked`
//!
//! ## Stop
//!
//! It has climbed to 2 mV. And then?
//!
//! - [ ] it climbs on
//! - [x] it sinks
//!
//! Because: That was luck.
//!
//! At: `1470 s`
//!
//! ## Notice
//!
//! - It climbs in steps.
//! - `when: reward=yoked` It does not climb.
//!
//! ## Equations
//!
//! $$\frac{ds}{dt} = c\,d$$
//! The weight moves by memory times dopamine.
//!
//! ## Sources
//!
//! - [Authors (year). Title. Where.](https://doi.org/…)
//!
//!   ```bibtex
//!   @article{key, author = {…}, year = {…}, title = {…}}
//!   ```
//!
//! ## Measures
//!
//! - `synapse_final` **Chosen synapse** (mV, main) Its weight now.
//!
//! ## Presets
//!
//! - `hour` **The rewarded synapse** One hour.
//! - `yoked` **Yoked** As many rewards, at other times. `reward=yoked`
//!
//! ## Cards
//!
//! - `yoked` **Rewards at other times** (key) Does it still climb?
//!
//! # When `part=pairing` {#pairing}
//!
//! ## About
//!
//! One synapse, three pairs of spikes.
//! ````
//! "Question", "Try" and "Deviations" are needed too; presets may have groups, `### Name`; `## Captions` has figures'
//! texts by their keys, `` - `figure` Text. ``, for some runs `` - `figure` `when: part=pairing` Text. ``. The sentence of an
//! equation may begin with such a condition as well.
//!
//! The home page ([`home`]) has a card for each demo, in the chapter (`group`) and at the place (`order`) of its front
//! matter, and one for each of its "Cards": large parts, each with its preset, title, source (a BibTeX key) and question.
//! `path` marks a step of one of two paths; [`course`] has chapters and paths. Pictures of cards are drawn by
//! `tests/it/posters.rs`.
//!
//! A sentence that claims something ends with the tests that prove it: `` `proof: file::test, file::test` ``. Everything
//! under "Notice" and every "Because" must; see [`claims`].

mod bibtex;
mod claim;
pub mod course;
mod fault;
pub mod frame;
mod front;
mod glossary;
pub mod home;
pub mod html;
mod lists;
mod math;
pub mod model;
mod outline;
mod prose;
mod read;
mod rust;
mod section;
pub mod site;
mod story;
mod when;

pub use claim::{Claim, claims};
pub use fault::{Error, Fault};
pub use glossary::Glossary;
pub use model::Page;
pub use read::read;
pub use rust::tables;
pub use when::{Is, Test, When};

#[cfg(test)]
mod tests;
