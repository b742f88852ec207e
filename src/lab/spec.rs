//! A run, completely: which experiment, with which parameters, from which seed.

use super::{Experiment, Files, Measure, Panel, values};

/// A named set of parameters, as the part of a link behind the experiment's id.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Its id within the experiment.
    pub id: &'static str,
    /// The presets that it stands among in the menu; empty where it stands alone.
    pub group: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// What it shows.
    pub help: &'static str,
    /// `key=value&key=value`.
    pub link: &'static str,
}

/// A control: what to change in a run to see what it owes to that. Its name on a button, as the end of "B: …", and
/// `key=value` of the changed run.
pub type Contrast = (&'static str, &'static [(&'static str, &'static str)]);

/// One experiment in the registry.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Its id in links.
    pub id: &'static str,
    /// Its name.
    pub title: &'static str,
    /// Counts changes of the model that change fingerprints; each has a line in the changelog.
    pub revision: u32,
    /// Named parameter sets.
    pub presets: &'static [Preset],
    /// What its results mean, those of all its parts.
    pub measures: &'static [Measure],
    /// What counts as a success, if anything does.
    pub success: Option<Success>,
    /// Its default parameters.
    pub defaults: fn() -> Box<dyn Experiment>,
}

impl Entry {
    /// An experiment with the parameters `P`, at its first revision, of which nothing more is said.
    pub const fn of<P: Experiment + Default + 'static>(
        id: &'static str,
        title: &'static str,
    ) -> Self {
        fn defaults<P: Experiment + Default + 'static>() -> Box<dyn Experiment> {
            Box::new(P::default())
        }
        Self {
            id,
            title,
            revision: 1,
            presets: &[],
            measures: &[],
            success: None,
            defaults: defaults::<P>,
        }
    }
}

/// Finds a result by its flat name.
pub type ResultByName<'a> = &'a dyn Fn(&str) -> Option<f64>;

/// What counts as a success of a run, for counting over seeds.
#[derive(Clone, Copy)]
pub struct Success {
    /// As the end of "in 17 of 20 runs …".
    pub what: &'static str,
    /// From the results by name; none where this run has nothing to be judged by.
    pub is_met: fn(ResultByName<'_>) -> Option<bool>,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry({})", self.id)
    }
}

/// All experiments, in the order of the menu.
#[derive(Clone, Copy, Debug)]
pub struct Registry(pub &'static [Entry]);

impl Registry {
    /// The experiment with this id.
    pub fn find(self, id: &str) -> Option<&'static Entry> {
        self.0.iter().find(|entry| entry.id == id)
    }

    /// The experiment that a link without a demo is of.
    pub fn first(self) -> &'static Entry {
        &self.0[0]
    }
}

/// A run, completely.
pub struct Spec {
    /// Which experiment.
    pub entry: &'static Entry,
    /// With which parameters.
    pub params: Box<dyn Experiment>,
    /// From which seed.
    pub seed: u32,
    /// With which files of the visitor's.
    pub files: Files,
}

impl Spec {
    /// The seed of a link that names none.
    pub const DEFAULT_SEED: u32 = 1;

    /// An experiment as it stands in the registry.
    pub fn of(entry: &'static Entry) -> Self {
        Self {
            entry,
            params: (entry.defaults)(),
            seed: Self::DEFAULT_SEED,
            files: Files::default(),
        }
    }

    /// The parameters, for the experiment's own code.
    ///
    /// # Panics
    /// If they are another experiment's.
    pub fn params_of<P: 'static>(&self) -> &P {
        self.params.as_any().downcast_ref().expect("parameters of this experiment")
    }

    /// The runs to compare this one with, by name: its controls, as far as they differ from it.
    pub fn controls(&self) -> Vec<(&'static str, Self)> {
        let changed = |(label, set): &Contrast| {
            let mut control = self.clone();
            for (key, value) in *set {
                values::set(&mut control.params, key, value).ok()?;
            }
            // Where a file drives the run, a control that makes inputs of its own says nothing about it.
            let is_driven = self.files.data.is_some() && self.params.data_keys().is_some();
            let fits = !is_driven || control.params.data_keys().is_some();
            (fits && control != *self).then_some((*label, control))
        };
        self.params.contrasts().iter().filter_map(changed).collect()
    }

    /// An asset that the run needs and that is not at hand.
    pub fn missing_asset(&self) -> Option<&'static str> {
        let needed = self.params.assets().iter().copied();
        needed.into_iter().find(|name| self.files.assets.get(name).is_none())
    }

    /// The figures.
    pub fn panels(&self) -> Vec<Panel> {
        self.params.panels()
    }
}

impl Clone for Spec {
    fn clone(&self) -> Self {
        Self {
            entry: self.entry,
            params: self.params.boxed_clone(),
            seed: self.seed,
            files: self.files.clone(),
        }
    }
}

impl PartialEq for Spec {
    fn eq(&self, other: &Self) -> bool {
        self.entry.id == other.entry.id
            && self.seed == other.seed
            && self.files == other.files
            && values::pairs(&*self.params) == values::pairs(&*other.params)
    }
}

impl std::fmt::Debug for Spec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Spec({}, seed {}, {:?})", self.entry.id, self.seed, values::pairs(&*self.params))
    }
}
