//! What several tests need: every run that has a name, and ways to run one.

use rayon::prelude::*;

use stdp_playground::experiments::{REGISTRY, build};
use stdp_playground::lab::files::Shelved;
use stdp_playground::lab::{Entry, Notice, Runner, Session, Spec, link};
use stdp_playground::record::{ArrayView, NamedArray, VisitorFile};

/// A preset of the registry.
pub struct Named {
    /// `experiment/preset`.
    pub id: String,
    pub entry: &'static Entry,
    pub spec: Spec,
    pub notices: Vec<Notice>,
}

/// Every preset of every experiment.
pub fn every_preset() -> Vec<Named> {
    let mut all = Vec::new();
    for entry in REGISTRY.0 {
        for preset in entry.presets {
            let id = format!("{}/{}", entry.id, preset.id);
            let (link, notices) = link::parse(&id, REGISTRY);
            all.push(Named { id, entry, spec: link.spec, notices });
        }
    }
    all
}

/// The run that a link names, which must need no repair.
pub fn spec_of(link: &str) -> Spec {
    let (link, notices) = link::parse(link, REGISTRY);
    assert_eq!(notices, [], "the link of a test");
    link.spec
}

/// The link of a run, without page options.
pub fn link_of(spec: &Spec) -> String {
    link::print(spec, &link::PageOptions::default())
}

/// The run of a spec with the file whose text this is, or why it takes none.
pub fn with_file(spec: Spec, text: &str) -> Result<Session, String> {
    let file = VisitorFile::read(text.as_bytes(), None)?;
    let mut spec = spec;
    spec.files.put(&Shelved::new(file).0);
    let session = Session::new(spec, build);
    match session.unused.first() {
        Some((_, why)) => Err(why.clone()),
        None => Ok(session),
    }
}

/// A copy of what a run has learned by now.
pub fn arrays(runner: &dyn Runner) -> Vec<NamedArray> {
    runner.weights().iter().map(ArrayView::to_array).collect()
}

/// These numbers of the summary, for each of the seeds 1 to `num_seeds`.
pub fn over_seeds<const N: usize>(link: &str, num_seeds: u32, names: [&str; N]) -> Vec<[f64; N]> {
    let spec = spec_of(link);
    let run = |seed| {
        let session = finished(&Spec { seed, ..spec.clone() });
        assert!(session.runner.fault().is_none(), "{link}, seed {seed}");
        names.map(|name| number(&session, name))
    };
    (1..=num_seeds).into_par_iter().map(run).collect()
}

/// A run at its end.
pub fn finished(spec: &Spec) -> Session {
    let mut session = Session::new(spec.clone(), build);
    session.run_to_end();
    session
}

/// The fingerprint at the end of a run.
pub fn end_fingerprint(spec: &Spec) -> String {
    finished(spec).runner.fingerprint().to_string()
}

/// One number of a run's summary.
pub fn number(session: &Session, name: &str) -> f64 {
    let summary = session.runner.summary();
    let found = summary.iter().find(|(key, _)| key == name);
    found.unwrap_or_else(|| panic!("no '{name}' in the summary")).1
}
