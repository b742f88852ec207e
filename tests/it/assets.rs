//! A run that is built from bytes besides its parameters: an experiment of its own, whose synapse begins at a weight that
//! comes with the program.

use stdp_playground::experiments;
use stdp_playground::host::Host;
use stdp_playground::lab::link::parse;
use stdp_playground::lab::param::Params;
use stdp_playground::lab::{
    Contrast, Entry, Experiment, Makers, Panel, Registry, Runner, Session, Spec,
};
use stdp_playground::net::Network;
use stdp_playground::record::{ArrayView, WeightsFile};
use stdp_playground::wire::{Command, RunState};

use crate::page::{Page, SLICE_MS};
use crate::runs::spec_of;

const CHECKPOINT: &str = "checkpoint.csv";
const DEMO: &str = "stdp_window";

#[derive(Clone, Debug, PartialEq, Params)]
struct Restored {
    /// Whether it begins at the weight that comes with the program.
    #[group("start", "Start")]
    #[param("Restored", default = true)]
    is_restored: bool,
}

impl Experiment for Restored {
    fn panels(&self) -> Vec<Panel> {
        Vec::new()
    }
    fn contrasts(&self) -> &'static [Contrast] {
        &[]
    }
    fn assets(&self) -> &'static [&'static str] {
        if self.is_restored { &[CHECKPOINT] } else { &[] }
    }
}

fn describe(_: &Spec) -> Network {
    experiments::describe(&spec_of(DEMO))
}

fn build(spec: &Spec) -> Box<dyn Runner> {
    let mut runner = experiments::build(&spec_of(DEMO));
    if spec.params_of::<Restored>().is_restored {
        let bytes = spec.files.assets.get(CHECKPOINT).expect("no run is built without");
        let weights = WeightsFile::read(bytes).expect("a weights file");
        runner.load_weights(&weights).expect("a weight");
    }
    runner
}

static ENTRIES: [Entry; 1] = [Entry {
    id: "restored",
    title: "Restored",
    revision: 1,
    presets: &[],
    measures: &[],
    success: None,
    defaults: || Box::new(Restored::default()),
}];
const REGISTRY: Registry = Registry(&ENTRIES);

fn page() -> Page {
    let makers = Makers { describe, build };
    Page::of(Host::new(REGISTRY, makers, SLICE_MS), 1.0)
}

/// A weight that is not where the demo begins.
fn checkpoint() -> Vec<u8> {
    WeightsFile::csv_of(DEMO, "", &[ArrayView::row("weight", &[0.125])]).into_bytes()
}

#[test]
fn a_run_is_built_from_what_it_names_and_not_without() {
    let mut page = page();
    page.go_to("demo=restored");
    let notice = page.refused.pop().expect("refused");
    assert_eq!((&*notice.key, &*notice.given), ("asset", CHECKPOINT));
    assert!(notice.rule.contains("not here"), "{}", notice.rule);
    page.work_until_idle();
    assert_eq!((page.frames.len(), page.networks.len()), (0, 0));
    // One that needs none is built at once.
    page.go_to("demo=restored&is_restored=0");
    let plain = page.finish().fingerprint;
    page.frames.clear();
    page.send(Command::Asset { name: CHECKPOINT.into(), bytes: checkpoint() });
    page.go_to("demo=restored");
    assert_eq!(page.refused, []);
    let restored = page.finish().fingerprint;
    assert_ne!(restored, plain);
    // It is there after a restart, and by itself.
    page.frames.clear();
    page.send(Command::Reset);
    page.work_until(RunState::Idle);
    assert_eq!(page.finish().fingerprint, restored);
    let mut spec = parse("demo=restored", REGISTRY).0.spec;
    assert_eq!(spec.missing_asset(), Some(CHECKPOINT));
    spec.files.assets.put(CHECKPOINT, checkpoint().into());
    assert_eq!(spec.missing_asset(), None);
    let mut session = Session::new(spec, build);
    session.run_to_end();
    assert_eq!(Some(session.runner.fingerprint()), restored);
}

#[test]
fn a_comparison_needs_what_either_side_needs() {
    let mut page = page();
    page.go_to("demo=restored&is_restored=0&compare=1&b.is_restored=1");
    assert_eq!(page.refused.pop().map(|notice| notice.key).as_deref(), Some("asset"));
    page.send(Command::Asset { name: CHECKPOINT.into(), bytes: checkpoint() });
    page.go_to("demo=restored&is_restored=0&compare=1&b.is_restored=1");
    assert_eq!(page.refused, []);
    let frame = page.finish();
    assert_ne!(frame.twin.as_ref().expect("a twin").fingerprint, frame.fingerprint);
}
