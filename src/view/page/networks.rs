//! The networks on the page.

use std::rc::Rc;

use leptos::prelude::*;

use super::super::kept::{OnPage, Show};
use super::Page;
use crate::lab::reel::{Reel, WeightsThen};
use crate::lab::shades_then::ShadesThen;
use crate::lab::{Followed, Interaction, Marked, Panel, Picture};
use crate::plot::network::Scene;
use crate::record::Figure;
use crate::wire::{Command, TWIN};

/// The weights of a network.
#[derive(Clone, Copy)]
pub struct Weights<'n> {
    /// Of each synapse that is followed.
    pub single: &'n [Vec<f32>],
    /// All of those that have shades.
    pub shades: &'n [u8],
}

impl Page {
    /// The networks of the run and of the one beside it have come.
    pub(super) fn take_networks(self, pictures: Vec<Picture>) {
        let kept = |picture: Picture| {
            let (then, shades) = (WeightsThen::of(&picture), ShadesThen::of(&picture));
            OnPage { picture: Rc::new(picture), then, shades, scene: None }
        };
        *self.kept().networks.borrow_mut() = pictures.into_iter().map(kept).collect();
        if self.followed.with_untracked(Option::is_some) {
            self.followed.set(None);
        }
        // A result replaces the one before at once, without the unlearned network between them.
        if self.kept().show.get() != Show::Result {
            self.film.update(|count| *count += 1);
        }
    }

    /// The network of a run: 0 is A.
    pub fn picture(self, side: usize) -> Option<Rc<Picture>> {
        self.kept().networks.borrow().get(side).map(|network| network.picture.clone())
    }

    /// Whether the run is of trials, as it is taken to be until it is known.
    pub fn has_trials(self) -> bool {
        self.film.track();
        self.picture(0).is_none_or(|picture| picture.network.schedule.has_trials())
    }

    /// Whether all there is of a network is one neuron, of which its potential tells more.
    pub fn is_of_one_neuron(self) -> bool {
        self.film.track();
        self.picture(0).is_some_and(|picture| picture.network.is_one_neuron())
    }

    /// Whether the run has weights to be saved, once it is known.
    pub fn has_weights(self) -> bool {
        self.film.track();
        self.picture(0).is_some_and(|picture| picture.network.is_kept())
    }

    /// Places a network on so many CSS pixels, if it does not stand there already.
    pub fn place_scene(self, side: usize, width: f64, height: f64) {
        let kept = self.kept();
        let mut networks = kept.networks.borrow_mut();
        let Some(network) = networks.get_mut(side).filter(|_| width >= 1.0 && height >= 1.0) else {
            return;
        };
        let is_there = network.scene.as_ref().is_some_and(|(w, h, _)| (*w, *h) == (width, height));
        if !is_there {
            network.scene = Some((width, height, Scene::new(&network.picture, width, height)));
            drop(networks);
            self.scenes.update(|count| *count += 1);
        }
    }

    /// What a network's picture tells of itself.
    pub fn with_scene<T>(self, side: usize, f: impl FnOnce(&Scene) -> T) -> Option<T> {
        let kept = self.kept();
        let networks = kept.networks.borrow();
        networks.get(side)?.scene.as_ref().map(|(.., scene)| f(scene))
    }

    /// A network with its weights and shades after so many frames of the film.
    pub fn with_network<T>(
        self,
        side: usize,
        num_frames: usize,
        f: impl FnOnce(&Scene, Weights<'_>, &Reel) -> T,
    ) -> Option<T> {
        let kept = self.kept();
        let reel = kept.reel.borrow();
        let mut networks = kept.networks.borrow_mut();
        let OnPage { then, shades, scene, .. } = networks.get_mut(side)?;
        let (.., scene) = scene.as_ref()?;
        let single = then.after(&reel, num_frames, side == 1);
        let shades = shades.after(&reel, num_frames, side == 1);
        Some(f(scene, Weights { single, shades }, &reel))
    }

    /// What of a figure belongs to the neurons that are followed.
    pub fn marked(self, idx: u16, figure: &Figure, panel: &Panel) -> Marked {
        let side = usize::from(idx >= TWIN);
        let (Some(followed), Some(picture)) = (self.followed.get(), self.picture(side)) else {
            return Marked::default();
        };
        let neurons = picture.neurons_of(followed);
        let kept = self.kept();
        let num_frames = self.num_frames(self.shown_ms.get_untracked());
        let (reel, mut networks) = (kept.reel.borrow(), kept.networks.borrow_mut());
        let weights = networks.get_mut(side).map_or(Vec::new(), |network| {
            let now = network.then.after(&reel, num_frames, side == 1);
            match followed {
                Followed::Neuron { .. } => {
                    neurons.iter().flat_map(|neuron| picture.weights_of(*neuron, now)).collect()
                }
                Followed::Synapse { projection, synapse } => {
                    let of = now.get(usize::from(projection));
                    of.and_then(|of| of.get(usize::from(synapse))).copied().into_iter().collect()
                }
            }
        });
        Marked::of(figure, panel, &neurons).with_weights(figure, panel, weights)
    }

    /// Who is followed, and where that is to be seen; nothing while nobody is.
    pub fn followed_told(self) -> Option<String> {
        let (followed, picture) = (self.followed.get()?, self.picture(0)?);
        let neurons = picture.neurons_of(followed);
        let name = |(population, neuron): &(&str, u32)| {
            let size = picture.network.population(population).map_or(0, |it| it.size);
            let noun = population.replace('_', " ");
            if size == 1 { noun } else { format!("{noun} {}", neuron + 1) }
        };
        let names: Vec<String> = neurons.iter().map(name).collect();
        let who = names.join(" → ");
        let panels = self.link.with(|link| link.spec.panels());
        let is_marked = |idx: u16, panel: &Panel| {
            let figure = self.figure(idx).get();
            figure.is_some_and(|figure| !self.marked(idx, &figure, panel).is_empty())
        };
        let marked = (0..).zip(&panels).filter(|(idx, panel)| is_marked(*idx, panel));
        let titles: Vec<&str> = marked.map(|(_, panel)| panel.title).collect();
        Some(match titles[..] {
            [] => format!("Followed: {who}. No figure in sight shows it by itself."),
            _ => format!("Followed: {who}. Marked in: {}.", titles.join(", ")),
        })
    }

    /// So many frames of the film have happened, or are happening, at this moment.
    pub fn num_frames(self, ms: f64) -> usize {
        let kept = self.kept();
        let reel = kept.reel.borrow();
        if ms <= 1e-6 || reel.is_empty() { 0 } else { reel.place_of(ms) + 1 }
    }

    /// In slow motion, and where it rests, where this moment lies within its frame: what happened long before in the same
    /// frame is not shown then.
    pub fn within_frame(self, ms: f64) -> Option<f32> {
        let kept = self.kept();
        let reel = kept.reel.borrow();
        let frame = reel.frames().get(reel.place_of(ms))?;
        (!self.plays_film()).then_some((ms - frame.activity.from_ms) as f32)
    }

    /// Somebody picked this in a network: it is followed there and, if it is a neuron that answers, in the figures.
    pub fn follow_in_network(self, side: usize, picked: Option<Followed>) {
        self.followed.set(picked);
        let (Some(Followed::Neuron { population, neuron }), Some(picture)) =
            (picked, self.picture(side))
        else {
            return;
        };
        if picture.has_answers(population) {
            self.send(Command::Interact(Interaction::Neuron { neuron }));
        }
    }
}
