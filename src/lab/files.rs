//! The visitor's files as part of a run: spike trains of its inputs, weights, and a picture to be shown.
//!
//! A link names them by a hash of what was read (`data=`, `weights=`, `image=`); their content is added by whoever has it: the
//! page's worker, or the command line. They stay with the run through changes of parameters, seed and comparison, and
//! a part of an experiment that takes none keeps them and says so.

use std::sync::Arc;

use super::Assets;
use crate::record::{Fingerprint, GreyPicture, SpikeTrains, VisitorFile, WeightsFile};

/// The key of spike trains in links.
pub const DATA: &str = "data";
/// The key of weights in links.
pub const WEIGHTS: &str = "weights";
/// The key of a picture in links.
pub const IMAGE: &str = "image";
/// The keys of all kinds of files.
pub const KEYS: [&str; 3] = [DATA, WEIGHTS, IMAGE];

/// A file that a run needs: its name, and its content where that is at hand. Files of the same name are the same.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// A hash of what was read.
    pub name: Fingerprint,
    /// What was read.
    pub content: Option<Arc<T>>,
}

impl<T> PartialEq for Named<T> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// The files that a run needs. Both runs of a comparison use the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Files {
    /// Spike trains of the inputs.
    pub data: Option<Named<SpikeTrains>>,
    /// Weights learned elsewhere.
    pub weights: Option<Named<WeightsFile>>,
    /// A picture.
    pub image: Option<Named<GreyPicture>>,
    /// What comes with the program.
    pub assets: Assets,
}

impl Files {
    /// Keys and names, as in links.
    pub fn names(&self) -> Vec<(&'static str, Fingerprint)> {
        let data = self.data.as_ref().map(|file| (DATA, file.name));
        let weights = self.weights.as_ref().map(|file| (WEIGHTS, file.name));
        let image = self.image.as_ref().map(|file| (IMAGE, file.name));
        data.into_iter().chain(weights).chain(image).collect()
    }

    /// The name of the file that this key of links stands for.
    pub fn name_of(&self, key: &str) -> Option<Fingerprint> {
        self.names().into_iter().find_map(|(known, name)| (known == key).then_some(name))
    }

    /// Names a file, or none, in place of the one of this key. False if that is no key of a file.
    pub fn set(&mut self, key: &str, name: Option<Fingerprint>) -> bool {
        match key {
            DATA => self.data = name.map(|name| Named { name, content: None }),
            WEIGHTS => self.weights = name.map(|name| Named { name, content: None }),
            IMAGE => self.image = name.map(|name| Named { name, content: None }),
            _ => return false,
        }
        true
    }

    /// Puts a file in the place of the one of its kind.
    pub fn put(&mut self, file: &Shelved) {
        match file {
            Shelved::Trains(name, content) => {
                self.data = Some(Named { name: *name, content: Some(content.clone()) });
            }
            Shelved::Weights(name, content) => {
                self.weights = Some(Named { name: *name, content: Some(content.clone()) });
            }
            Shelved::Picture(name, content) => {
                self.image = Some(Named { name: *name, content: Some(content.clone()) });
            }
        }
    }

    /// Adds the contents of the files that are on the shelf.
    pub fn fill(&mut self, shelf: &[Shelved]) {
        for file in shelf {
            if self.name_of(file.key()) == Some(file.name()) {
                self.put(file);
            }
        }
    }

    /// Keys and names of those whose content is not at hand.
    pub fn missing(&self) -> Vec<(&'static str, Fingerprint)> {
        let data = self.data.as_ref().filter(|file| file.content.is_none());
        let weights = self.weights.as_ref().filter(|file| file.content.is_none());
        let data = data.map(|file| (DATA, file.name));
        let image = self.image.as_ref().filter(|file| file.content.is_none());
        let weights = weights.map(|file| (WEIGHTS, file.name));
        data.into_iter().chain(weights).chain(image.map(|file| (IMAGE, file.name))).collect()
    }
}

/// A file that was read, with its name.
#[derive(Clone, Debug)]
pub enum Shelved {
    /// Spike trains.
    Trains(Fingerprint, Arc<SpikeTrains>),
    /// Weights.
    Weights(Fingerprint, Arc<WeightsFile>),
    /// A picture.
    Picture(Fingerprint, Arc<GreyPicture>),
}

impl Shelved {
    /// The file, and notices on how it was understood.
    pub fn new(file: VisitorFile) -> (Self, Vec<String>) {
        let name = file.fingerprint();
        match file {
            VisitorFile::Trains(trains, notices) => (Self::Trains(name, trains.into()), notices),
            VisitorFile::Weights(weights) => (Self::Weights(name, weights.into()), Vec::new()),
            VisitorFile::Picture(picture) => (Self::Picture(name, picture.into()), Vec::new()),
        }
    }

    /// Its key in links.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Trains(..) => DATA,
            Self::Weights(..) => WEIGHTS,
            Self::Picture(..) => IMAGE,
        }
    }

    /// Its name in links.
    pub fn name(&self) -> Fingerprint {
        match self {
            Self::Trains(name, _) | Self::Weights(name, _) | Self::Picture(name, _) => *name,
        }
    }
}

/// What a file of this key is called.
pub fn kind_of(key: &str) -> &'static str {
    match key {
        DATA => "spike trains",
        IMAGE => "picture",
        _ => "weights",
    }
}

/// Parameters that spike trains have to fit: keys of the number of inputs, and of the length of the run in s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataKeys {
    /// How many inputs there are.
    pub num_inputs: &'static str,
    /// How long the run is.
    pub duration_s: &'static str,
}
